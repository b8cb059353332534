#include "imports/heading_unit.h"
#include "core/reg.h"
#include "core/text.h"
#include "imports/cell_unit.h"

#include <string.h>

/* Whether it is a unit of which no number is converted. */
static bool is_other(const char *text)
{
    /* As text_fold leaves them. */
    static const char *const units[] = {"°",       "度",     "度分秒", "°′″",    "十进制度",
                                        "℃",       "无量纲", "mg/m²a", "mg/m2a", "g/m²a",
                                        "mg/m²年", "db",     "ms/cm",  "μs/cm"};
    struct buffer folded = {0};
    bool found = false;
    text_fold(text, &folded);
    for (size_t i = 0; i < COUNT_OF(units) && !found; i++)
        found = strcmp(buffer_text(&folded), units[i]) == 0;
    buffer_release(&folded);
    return found;
}

bool heading_unit_is(const char *text)
{
    enum { LONGEST = 40 };
    struct cell_unit unit;
    if (!*text || strlen(text) > LONGEST)
        return false;
    /* A capital letter alone numbers something: 附件（A）. */
    if (!text[1] && *text >= 'A' && *text <= 'Z' && *text != 'L')
        return false;
    /* "年/月/日" says how to write a date. */
    return is_other(text) || (!text_starts_with(text, "年/") && cell_unit_read(text, &unit));
}

enum heading_units heading_unit_compare(const char *stated, const char *own)
{
    struct cell_unit from, to;
    int64_t numerator, denominator;
    if (!*stated || !own)
        return HEADING_UNITS_UNKNOWN;
    if (is_other(stated) || is_other(own))
        return text_same(stated, own) ? HEADING_UNITS_AGREE : HEADING_UNITS_UNKNOWN;
    if (!cell_unit_read(stated, &from) || !cell_unit_read(own, &to))
        return HEADING_UNITS_UNKNOWN;
    return cell_unit_convert(&from, &to, &numerator, &denominator) == CELL_UNIT_OTHER
               ? HEADING_UNITS_OTHER
               : HEADING_UNITS_AGREE;
}
