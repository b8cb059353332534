/* A reporting period: a year, half-year, quarter or month. Canonical text sorts by its beginning
 * only after the compare function has turned it into months. */
#include "core/types/types.h"

#include <stdio.h>
#include <string.h>

struct period {
    int year;
    int first_month, months;
};

struct shape {
    const char *pattern; /* year, part, %n */
    int months;          /* of one part; 12: the pattern has no part */
    int part;            /* when the words of the pattern say it, else 0 */
    const char *canonical;
};

static const struct shape shapes[] = {
    {.pattern = "%4d%n", .months = 12, .canonical = "%04d"},
    {.pattern = "%4d年%n", .months = 12, .canonical = "%04d"},
    {.pattern = "%4dH%1d%n", .months = 6, .canonical = "%04dH%d"},
    {.pattern = "%4dh%1d%n", .months = 6, .canonical = "%04dH%d"},
    {.pattern = "%4dQ%1d%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4dq%1d%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年第%1d季度%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年%1d季度%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年上半年%n", .months = 6, .part = 1, .canonical = "%04dH%d"},
    {.pattern = "%4d年下半年%n", .months = 6, .part = 2, .canonical = "%04dH%d"},
    {.pattern = "%4d-%2d%n", .months = 1, .canonical = "%04d-%02d"},
    {.pattern = "%4d年%2d月%n", .months = 1, .canonical = "%04d-%02d"},
};

static bool match(const struct shape *shape, const char *text, int *year, int *part)
{
    int used = 0;
    *part = shape->part ? shape->part : 1;
    if (shape->months == 12 || shape->part)
        sscanf(text, shape->pattern, year, &used);
    else
        sscanf(text, shape->pattern, year, part, &used);
    return used > 0 && text[used] == '\0' && *year >= 1949 && *year <= 2199 && *part >= 1 &&
           *part <= 12 / shape->months;
}

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    char canonical[32];
    int year, part;
    /* sscanf would pass over blanks and take signs. */
    bool plain = strspn(text, "0123456789") == 4 && !strpbrk(text, " +");
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (!plain || !match(&shapes[i], text, &year, &part))
            continue;
        snprintf(canonical, sizeof canonical, shapes[i].canonical, year, part);
        value_set_text(value, canonical);
        return true;
    }
    return error_set(err, ERROR_REFUSED,
                     "“%s”不是时段，请按 2025、2025H1、2025Q3 或 2025-03 的样子填写", text);
}

static struct period read_period(const char *text)
{
    int year = 0, part = 1;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (match(&shapes[i], text, &year, &part))
            return (struct period){year, (part - 1) * shapes[i].months, shapes[i].months};
    return (struct period){0};
}

/* By beginning; of two that begin together the longer one first. */
static int compare(const struct field *field, const struct value *a, const struct value *b)
{
    (void)field;
    struct period left = read_period(a->text), right = read_period(b->text);
    int begin = (left.year * 12 + left.first_month) - (right.year * 12 + right.first_month);
    return begin ? begin : right.months - left.months;
}

const struct type type_period = {
    .name = "period",
    .label = "时段",
    .width = 8,
    .max_chars = 20,
    .parse = parse,
    .format = type_format_text,
    .compare = compare,
};
