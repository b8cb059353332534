/* buffer.h - a growing UTF-8 string. `text` is always NUL-terminated once something was added. */
#ifndef TAIZHANG_CORE_BUFFER_H
#define TAIZHANG_CORE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *text;    /* owned; NULL while empty and never used */
    size_t length; /* bytes, without the NUL */
    size_t capacity;
};

void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* length 0; the memory is kept */
void buffer_add(struct buffer *buffer, const char *text);
void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_addf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_addv(struct buffer *buffer, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* `text` as a JSON string with its quotes; control characters become \u00XX. */
void buffer_add_json(struct buffer *buffer, const char *text);

/* The text so far, "" when empty; valid until the next change. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the text over to the caller, who frees it; the buffer is empty afterwards. */
char *buffer_take(struct buffer *buffer);

#endif
