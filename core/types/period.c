/* A reporting period: a year, half-year, quarter or month. Canonical text sorts by its beginning
 * only after the compare function has turned it into months. */
#include "core/period.h"
#include "core/types/types.h"

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    struct period period;
    char canonical[PERIOD_TEXT_SIZE];
    if (!period_parse(text, &period))
        return error_set(err, ERROR_REFUSED,
                         "“%s”不是时段，请按 2025、2025H1、2025Q3 或 2025-03 的样子填写", text);
    period_format(period, canonical);
    value_set_text(value, canonical);
    return true;
}

static int compare(const struct field *field, const struct value *a, const struct value *b)
{
    (void)field;
    struct period left, right;
    period_parse(a->text, &left);
    period_parse(b->text, &right);
    return period_compare(left, right);
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
