#include "core/error.h"
#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set_message(struct error *err, const char *format, va_list args)
{
    vsnprintf(err->message, sizeof err->message, format, args);
    text_cut_bytes(err->message, sizeof err->message - 1);
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

void error_clear(struct error *err)
{
    if (err)
        memset(err, 0, sizeof *err);
}
