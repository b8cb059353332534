/* Figures in words. */
#include "exports/count.h"

#include "core/decimal.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

/* What stands between braces: one measure, or a share of one in another. */
struct figure {
    int part, whole; /* measures; whole -1: only the number */
    const char *label;
    size_t label_length;
    size_t length; /* of the text, with its braces */
};

static int find_measure(const char *text, size_t length)
{
    char key[32];
    if (length >= sizeof key)
        return -1;
    memcpy(key, text, length);
    key[length] = '\0';
    return measure_find(key);
}

/* The figure at `text`, which begins with a brace; false when it is none. */
static bool read_figure(const char *text, struct figure *figure)
{
    const char *end = strchr(text, '}');
    if (!end)
        return false;
    const char *inner = text + 1;
    const size_t length = (size_t)(end - inner);
    const char *space = memchr(inner, ' ', length), *slash = memchr(inner, '/', length);
    *figure = (struct figure){.whole = -1, .length = length + 2};
    if (!space || !slash || slash < space) {
        figure->part = find_measure(inner, length);
        return figure->part >= 0;
    }
    figure->label = inner;
    figure->label_length = (size_t)(space - inner);
    figure->part = find_measure(space + 1, (size_t)(slash - space - 1));
    figure->whole = find_measure(slash + 1, (size_t)(end - slash - 1));
    return figure->part >= 0 && figure->whole >= 0;
}

/* "（整改率 62.5%）" */
static void add_share(const struct figure *figure, const int64_t *numbers, struct buffer *out)
{
    enum { SCALE = 1 };
    char text[DECIMAL_TEXT_SIZE];
    const int64_t part = numbers[figure->part], whole = numbers[figure->whole];
    int64_t share;
    if (whole > 0 && decimal_multiply(part, 100 * decimal_unit(SCALE), whole, &share)) {
        decimal_format(share, SCALE, text);
        buffer_addf(out, "（%.*s %s%%）", (int)figure->label_length, figure->label, text);
    }
}

void counts_fill_words(const struct counts *counts, const char *text, struct buffer *out)
{
    while (*text) {
        const int64_t *numbers = counts->total.numbers;
        struct figure figure;
        if (*text != '{' || !read_figure(text, &figure)) {
            buffer_add_char(out, *text++);
            continue;
        }
        if (figure.whole < 0)
            buffer_addf(out, "%lld", (long long)numbers[figure.part]);
        else
            add_share(&figure, numbers, out);
        text += figure.length;
    }
}

bool counts_check_words(const char *text, struct error *err)
{
    const struct counts none = {.grouping_count = 0};
    struct buffer filled = {0};
    counts_fill_words(&none, text, &filled);
    bool ok = run_check_placeholders(buffer_text(&filled), NULL) ||
              error_set(err, ERROR_FORMAT,
                        "“%s”的花括号里只能是统计项（如 {problems}）、比率（如 {整改率 "
                        "mended/problems}）或 {截止日期} 这样的，请改正",
                        text);
    buffer_release(&filled);
    return ok;
}
