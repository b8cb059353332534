#include "core/csv.h"
#include "core/text.h"

#include <string.h>

void csv_init(struct csv *csv, char *text)
{
    *csv = (struct csv){.text = text};
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        csv->text += 3;
}

/* Moves a quoted cell's text to its front, undoubling quotes; returns what follows the cell. */
static char *unquote(struct csv *csv, char *at, char **cell)
{
    char *to = at;
    *cell = at++;
    while (*at && !(at[0] == '"' && at[1] != '"')) {
        at += at[0] == '"';
        *to++ = *at++;
    }
    csv->unclosed = *at == '\0';
    at += *at == '"';
    char *after = at + strcspn(at, ",\r\n");
    /* The cell ends before its closing quote, so this does not touch what follows. */
    *to = '\0';
    return after;
}

bool csv_next(struct csv *csv)
{
    csv->text += strspn(csv->text, "\r\n");
    csv->count = 0;
    if (!*csv->text)
        return false;
    csv->line++;
    for (char *at = csv->text;;) {
        char *cell = at;
        at = *at == '"' ? unquote(csv, at, &cell) : at + strcspn(at, ",\r\n");
        if (csv->count < CSV_MAX_CELLS)
            csv->cells[csv->count++] = cell;
        char mark = *at;
        if (mark)
            *at++ = '\0';
        if (mark != ',') {
            csv->text = at;
            return true;
        }
    }
}

bool csv_check(const struct csv *csv, struct error *err)
{
    return !csv->unclosed ||
           error_set(err, ERROR_FORMAT, "有一个引号没有关上，后面的内容都被当成一格，请补上引号");
}

const char *csv_cell(const struct csv *csv, size_t index)
{
    return index < csv->count ? csv->cells[index] : "";
}

static bool is_plain_number(const char *text)
{
    text += strspn(text, "+-") == 1;
    size_t whole = strspn(text, "0123456789");
    text += whole;
    size_t part = *text == '.' ? strspn(text + 1, "0123456789") : 0;
    text += part ? part + 1 : 0;
    return *text == '\0' && whole + part > 0;
}

static bool is_formula(const char *text)
{
    const char *sign = text + strspn(text, "'");
    size_t step;
    uint32_t code = text_decode(sign, &step);
    if (code >= 0xFF01 && code <= 0xFF5E) /* full-width: Chinese Excel takes ＝ for = */
        code -= 0xFEE0;
    if (code == 0 || code >= 0x80 || !strchr("=+-@\t\r", (int)code))
        return false;
    return sign[step] != '\0' && !(sign == text && is_plain_number(text));
}

const char *csv_unguard(const char *cell)
{
    return *cell == '\'' && is_formula(cell) ? cell + 1 : cell;
}

void csv_add_cell(struct buffer *out, const char *text)
{
    bool guard = is_formula(text);
    if (!strpbrk(text, ",\"\r\n") && text[0] != ' ' && !text_ends_with(text, " ")) {
        buffer_add(out, guard ? "'" : "");
        buffer_add(out, text);
        return;
    }
    buffer_add(out, guard ? "\"'" : "\"");
    for (; *text; text++) {
        if (*text == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, *text);
    }
    buffer_add_char(out, '"');
}
