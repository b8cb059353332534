#include "exports/wrap.h"

#include "core/text.h"

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
    for (; *byte && *byte != '\n'; byte++)
        bound += *byte < 0x80 ? 1 : *byte < 0xC0 ? 0 : 2;
    return *byte == '\0' && bound <= columns;
}

int wrap_lines(const char *text, int columns)
{
    int lines = 1, used = 0;
    if (columns < 2)
        columns = 2;
    if (fits(text, columns))
        return lines;
    while (*text) {
        if (*text == '\n') {
            lines++;
            used = 0;
            text++;
            continue;
        }
        size_t bytes;
        int width = run_width(text, &bytes);
        text += bytes;
        if (used + width > columns && used > 0) {
            lines++;
            used = 0;
        }
        lines += width > columns ? (width - 1) / columns : 0;
        used = width > columns ? (width - 1) % columns + 1 : used + width;
    }
    return lines;
}
