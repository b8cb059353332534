#include "core/buffer.h"
#include "core/mem.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buffer *buffer, size_t extra)
{
    size_t wanted = buffer->length + extra + 1;
    if (wanted <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < wanted)
        capacity *= 2;
    buffer->text = mem_resize(buffer->text, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->text);
    memset(buffer, 0, sizeof *buffer);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->text)
        buffer->text[0] = '\0';
}

void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t length)
{
    reserve(buffer, length);
    if (length)
        memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void buffer_add(struct buffer *buffer, const char *text)
{
    buffer_add_bytes(buffer, text, strlen(text));
}

void buffer_add_char(struct buffer *buffer, char c)
{
    buffer_add_bytes(buffer, &c, 1);
}

void buffer_addv(struct buffer *buffer, const char *format, va_list args)
{
    va_list again;
    reserve(buffer, 32);
    size_t room = buffer->capacity - buffer->length;
    va_copy(again, args);
    int length = vsnprintf(buffer->text + buffer->length, room, format, args);
    if (length > 0 && (size_t)length >= room) {
        reserve(buffer, (size_t)length);
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buffer->length += length > 0 ? (size_t)length : 0;
    buffer->text[buffer->length] = '\0';
}

void buffer_addf(struct buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buffer_addv(buffer, format, args);
    va_end(args);
}

static bool is_json_plain(unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
}

void buffer_add_json(struct buffer *buffer, const char *text)
{
    buffer_add_char(buffer, '"');
    while (*text) {
        size_t plain = 0;
        while (is_json_plain((unsigned char)text[plain]))
            plain++;
        buffer_add_bytes(buffer, text, plain);
        text += plain;
        if (*text == '\n')
            buffer_add(buffer, "\\n");
        else if (*text == '"' || *text == '\\')
            buffer_addf(buffer, "\\%c", *text);
        else if (*text)
            buffer_addf(buffer, "\\u%04x", (unsigned char)*text);
        text += *text != '\0';
    }
    buffer_add_char(buffer, '"');
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->text ? buffer->text : "";
}

char *buffer_take(struct buffer *buffer)
{
    char *text = buffer->text ? buffer->text : mem_text("");
    memset(buffer, 0, sizeof *buffer);
    return text;
}
