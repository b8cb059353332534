#include "exports/wrap.h"

#include "core/text.h"

static bool breaks(uint32_t code)
{
    return code == ' ' || text_char_width(code) == 2;
}

/* Width of the unbreakable run at `text`: one Han character, or a Latin word. */
static int run_width(const char *text, size_t *bytes)
{
    uint32_t code = text_decode(text, bytes);
    int width = text_char_width(code);
    if (breaks(code))
        return width;
    for (size_t step;; *bytes += step) {
        code = text_decode(text + *bytes, &step);
        if (step == 0 || code == '\n' || breaks(code))
            return width;
        width += text_char_width(code);
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
