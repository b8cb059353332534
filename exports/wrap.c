#include "exports/wrap.h"

#include "core/text.h"

#include <limits.h>
#include <stdbool.h>

/* Nearly every character is a common Han one or ASCII: those need no table. */
static int char_width(uint32_t code)
{
    if (code >= 0x4E00 && code <= 0x9FFF)
        return 2;
    return code >= 0x20 && code < 0x7F ? 1 : text_char_width(code);
}

/* Width of the unbreakable run at `text`: one Han character, or a Latin word. */
static int run_width(const char *text, size_t *bytes)
{
    uint32_t code = text_decode(text, bytes);
    int width = char_width(code);
    if (code == ' ' || width == 2)
        return width;
    for (size_t step;; *bytes += step) {
        code = text_decode(text + *bytes, &step);
        int more = char_width(code);
        if (step == 0 || code == '\n' || code == ' ' || more == 2)
            return width;
        width += more;
    }
}

/* Whether one line surely holds the text: nearly every cell, decided without decoding it. */
static bool fits(const char *text, int columns)
{
    const unsigned char *byte = (const unsigned char *)text;
    int bound = 0;
    for (; *byte && *byte != '\n' && bound <= columns; byte++)
        bound += *byte < 0x80 ? 1 : *byte < 0xC0 ? 0 : 2;
    return *byte == '\0' && bound <= columns;
}

/* Walks over the lines of `text` and stops where line `most` + 1 would begin. Returns the number of
 * lines; `*end` is where it stopped. */
static int walk(const char *text, int columns, int most, const char **end)
{
    int lines = 1, used = 0;
    while (*text) {
        size_t bytes = 1;
        int more = 0, next = 0;
        if (*text == '\n') {
            more = 1;
        } else {
            int width = 2;
            bytes = 3;
            if (!text_is_han(text))
                width = run_width(text, &bytes);
            bool wraps = used + width > columns && used > 0;
            more = wraps + (width > columns ? (width - 1) / columns : 0);
            next = width > columns ? (width - 1) % columns + 1 : wraps ? width : used + width;
        }
        if (lines + more > most)
            break;
        lines += more;
        used = next;
        text += bytes;
    }
    *end = text;
    return lines;
}

int wrap_lines(const char *text, int columns)
{
    const char *end;
    if (columns < 2)
        columns = 2;
    return fits(text, columns) ? 1 : walk(text, columns, INT_MAX / 2, &end);
}

/* A word that is longer than all these lines is cut. */
size_t wrap_prefix(const char *text, int columns, int most)
{
    const char *end;
    if (columns < 2)
        columns = 2;
    walk(text, columns, most, &end);
    size_t length = (size_t)(end - text), first;
    if (length || !*text)
        return length;
    text_decode(text, &first);
    size_t fit = text_fit(text, columns * most);
    return fit > first ? fit : first;
}
