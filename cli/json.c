#include "cli/json.h"

#include "core/decimal.h"

#include <string.h>

void json_key(const char *key, struct buffer *out)
{
    char last = out->length ? out->text[out->length - 1] : '{';
    buffer_addf(out, "%s\"%s\":", strchr("{[,", last) ? "" : ",", key);
}

void json_text(const char *key, const char *text, struct buffer *out)
{
    json_key(key, out);
    if (text && *text)
        buffer_add_json(out, text);
    else
        buffer_add(out, "null");
}

void json_number(const char *key, int64_t scaled, int scale, struct buffer *out)
{
    json_known_number(key, true, scaled, scale, out);
}

void json_known_number(const char *key, bool is_known, int64_t scaled, int scale,
                       struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE] = "null";
    if (is_known)
        decimal_format(scaled, scale, text);
    json_key(key, out);
    buffer_add(out, text);
}

void json_flag(const char *key, bool flag, struct buffer *out)
{
    json_key(key, out);
    buffer_add(out, flag ? "true" : "false");
}

void json_date(const char *key, struct date date, struct buffer *out)
{
    char text[DATE_TEXT_SIZE] = "";
    if (date.year)
        date_format(date, text);
    json_text(key, text, out);
}
