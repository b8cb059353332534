#include "imports/xlsx_text.h"
#include "core/text.h"
#include "imports/staging.h"

#include <string.h>

enum { ESCAPE_LENGTH = 7, MAX_RAW_BYTES = TABLE_MAX_CHARACTERS * ESCAPE_LENGTH };

void xlsx_text_clear(struct xlsx_text *text)
{
    buffer_clear(&text->buffer);
    text->open = false;
    text->phonetic = 0;
}

void xlsx_text_start(struct xlsx_text *text, const char *element)
{
    if (strcmp(element, "rPh") == 0)
        text->phonetic++;
    else if (strcmp(element, "t") == 0)
        text->open = text->phonetic == 0;
}

void xlsx_text_end(struct xlsx_text *text, const char *element)
{
    if (strcmp(element, "rPh") == 0)
        text->phonetic--;
    else if (strcmp(element, "t") == 0)
        text->open = false;
}

bool xlsx_text_add(struct xlsx_text *text, const char *bytes, size_t length)
{
    if (!text->open)
        return true;
    if (text->buffer.length + length > MAX_RAW_BYTES)
        return false;
    buffer_add_bytes(&text->buffer, bytes, length);
    return true;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The character that the escape at `at` means, or 0 when there is none (U+0000 is not decoded: it
 * would end the text). */
static uint32_t escaped(const char *at)
{
    if (at[0] != '_' || at[1] != 'x')
        return 0;
    uint32_t code = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return 0;
        code = code << 4 | (uint32_t)digit;
    }
    return at[6] == '_' ? code : 0;
}

/* The same, where two escapes in a row may be the halves of one character; `*length` is set to the
 * bytes that they take. */
static uint32_t escaped_character(const char *at, size_t *length)
{
    uint32_t code = escaped(at);
    *length = ESCAPE_LENGTH;
    if (code < 0xD800 || code > 0xDBFF)
        return code;
    uint32_t low = escaped(at + ESCAPE_LENGTH);
    if (low < 0xDC00 || low > 0xDFFF)
        return code;
    *length = 2 * ESCAPE_LENGTH;
    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

bool xlsx_text_finish(struct xlsx_text *text)
{
    struct buffer *buffer = &text->buffer;
    if (buffer->length == 0)
        return true;
    char *to = strstr(buffer->text, "_x");
    if (to) {
        for (const char *from = to; *from;) {
            size_t written = 0, length;
            uint32_t code = escaped_character(from, &length);
            if (code)
                written = text_encode(code, to);
            if (!written)
                *to = *from;
            from += written ? length : 1;
            to += written ? written : 1;
        }
        *to = '\0';
        buffer->length = (size_t)(to - buffer->text);
    }
    return staging_text_fits(buffer->text, buffer->length);
}
