#include "core/period.h"

#include <stdio.h>
#include <string.h>

enum { YEAR = 12, YEAR_LEAST = 1949, YEAR_MOST = 2199 };

struct shape {
    const char *pattern; /* year, part, %n */
    int months;          /* of one part; 12: the pattern has no part */
    int part;            /* when the words of the pattern say it, else 0 */
    const char *canonical;
};

static const struct shape shapes[] = {
    {.pattern = "%4d%n", .months = YEAR, .canonical = "%04d"},
    {.pattern = "%4d年%n", .months = YEAR, .canonical = "%04d"},
    {.pattern = "%4dH%1d%n", .months = 6, .canonical = "%04dH%d"},
    {.pattern = "%4dh%1d%n", .months = 6, .canonical = "%04dH%d"},
    {.pattern = "%4dQ%1d%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4dq%1d%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年第%1d季度%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年%1d季度%n", .months = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年第一季度%n", .months = 3, .part = 1, .canonical = "%04dQ%d"},
    {.pattern = "%4d年第二季度%n", .months = 3, .part = 2, .canonical = "%04dQ%d"},
    {.pattern = "%4d年第三季度%n", .months = 3, .part = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年第四季度%n", .months = 3, .part = 4, .canonical = "%04dQ%d"},
    {.pattern = "%4d年一季度%n", .months = 3, .part = 1, .canonical = "%04dQ%d"},
    {.pattern = "%4d年二季度%n", .months = 3, .part = 2, .canonical = "%04dQ%d"},
    {.pattern = "%4d年三季度%n", .months = 3, .part = 3, .canonical = "%04dQ%d"},
    {.pattern = "%4d年四季度%n", .months = 3, .part = 4, .canonical = "%04dQ%d"},
    {.pattern = "%4d年度%n", .months = YEAR, .canonical = "%04d"},
    {.pattern = "%4d年上半年%n", .months = 6, .part = 1, .canonical = "%04dH%d"},
    {.pattern = "%4d年下半年%n", .months = 6, .part = 2, .canonical = "%04dH%d"},
    {.pattern = "%4d-%2d%n", .months = 1, .canonical = "%04d-%02d"},
    {.pattern = "%4d年%2d月%n", .months = 1, .canonical = "%04d-%02d"},
};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

static bool match(const struct shape *shape, const char *text, int *year, int *part)
{
    int used = 0;
    *part = shape->part ? shape->part : 1;
    if (shape->months == YEAR || shape->part)
        sscanf(text, shape->pattern, year, &used);
    else
        sscanf(text, shape->pattern, year, part, &used);
    return used > 0 && text[used] == '\0' && *year >= YEAR_LEAST && *year <= YEAR_MOST &&
           *part >= 1 && *part <= YEAR / shape->months;
}

bool period_parse(const char *text, struct period *period)
{
    int year, part;
    /* sscanf would pass over blanks and take signs. */
    bool plain = strspn(text, "0123456789") == 4 && !strpbrk(text, " +");
    for (size_t i = 0; plain && i < SHAPES; i++) {
        if (!match(&shapes[i], text, &year, &part))
            continue;
        *period = (struct period){year, (part - 1) * shapes[i].months, shapes[i].months};
        return true;
    }
    *period = (struct period){0};
    return false;
}

void period_format(struct period period, char out[PERIOD_TEXT_SIZE])
{
    *out = '\0';
    for (size_t i = 0; !*out && period.year && i < SHAPES; i++)
        if (shapes[i].months == period.months)
            snprintf(out, PERIOD_TEXT_SIZE, shapes[i].canonical, period.year,
                     period.first / period.months + 1);
}

int period_compare(struct period a, struct period b)
{
    int begin = (a.year * YEAR + a.first) - (b.year * YEAR + b.first);
    return begin ? begin : b.months - a.months;
}

bool period_contains(struct period whole, struct period part)
{
    return part.year && part.year == whole.year && part.first >= whole.first &&
           part.first + part.months <= whole.first + whole.months;
}

bool period_overlaps(struct period a, struct period b)
{
    return period_contains(a, b) || period_contains(b, a);
}

static const int lengths[] = {YEAR, 6, 3, 1};

enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

struct period period_of_month(int year, int month, int months)
{
    return (struct period){year, month - month % months, months};
}

size_t period_parts(struct period whole, struct period parts[PERIOD_MOST_PARTS])
{
    size_t count = 0;
    for (size_t i = 0; i < LENGTHS; i++)
        for (int first = 0; whole.year && lengths[i] <= whole.months && first < whole.months;
             first += lengths[i])
            parts[count++] = (struct period){whole.year, whole.first + first, lengths[i]};
    return count;
}

size_t period_wholes(struct period part, struct period wholes[PERIOD_MOST_WHOLES])
{
    size_t count = 0;
    for (size_t i = 0; part.year && i < LENGTHS && lengths[i] > part.months; i++)
        wholes[count++] = period_of_month(part.year, part.first, lengths[i]);
    return count;
}

struct period period_move(struct period period, int steps)
{
    int first = period.year * YEAR + period.first + steps * period.months;
    return (struct period){first / YEAR, first % YEAR, period.months};
}
