#include "core/error.h"
#include "core/buffer.h"
#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Of a sentence that is too long the middle goes: what is quoted there is long, and how to mend it
 * stands at the end. */
static void shorten(const char *text, size_t length, char out[ERROR_MESSAGE_SIZE])
{
    static const char gap[] = "……";
    enum { HALF = (ERROR_MESSAGE_SIZE - sizeof gap) / 2 };
    char head[HALF + 1];
    memcpy(head, text, HALF);
    head[HALF] = '\0';
    text_cut_bytes(head, HALF);
    const char *tail = text + text_next(text, text_previous(text, length - HALF));
    snprintf(out, ERROR_MESSAGE_SIZE, "%s%s%s", head, gap, tail);
}

static void set_message(struct error *err, const char *format, va_list args)
{
    struct buffer text = {0};
    buffer_addv(&text, format, args);
    if (text.length < sizeof err->message)
        snprintf(err->message, sizeof err->message, "%s", buffer_text(&text));
    else
        shorten(text.text, text.length, err->message);
    buffer_release(&text);
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    if (!err)
        return false;
    va_list args;
    va_start(args, format);
    set_message(err, format, args);
    va_end(args);
    err->code = code;
    err->field[0] = '\0';
    err->basis[0] = '\0';
    err->wants_reason = false;
    err->proven = NULL;
    return false;
}

bool error_at_field(struct error *err, const char *field, const char *basis)
{
    if (!err)
        return false;
    snprintf(err->field, sizeof err->field, "%s", field ? field : "");
    snprintf(err->basis, sizeof err->basis, "%s", basis ? basis : "");
    text_cut_bytes(err->basis, sizeof err->basis - 1);
    return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
    if (!err)
        return false;
    char where[128];
    va_list args;
    va_start(args, format);
    vsnprintf(where, sizeof where, format, args);
    va_end(args);
    text_cut_bytes(where, sizeof where - 1);

    char rest[ERROR_MESSAGE_SIZE];
    memcpy(rest, err->message, sizeof rest);
    size_t room = sizeof err->message;
    int used = snprintf(err->message, room, "%s：", where);
    snprintf(err->message + used, room - (size_t)used, "%s", rest);
    text_cut_bytes(err->message, room - 1);
    return false;
}
