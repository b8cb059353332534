#include "core/measure.h"
#include "core/decimal.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

enum dimension { WATER, SOLID, AIR };

struct unit {
    const char *name; /* canonical */
    enum dimension dimension;
    int power; /* of ten, relative to the smallest unit of the dimension */
};

static const struct unit units[] = {
    {.name = "ng/L", .dimension = WATER, .power = 0},
    {.name = "μg/L", .dimension = WATER, .power = 3},
    {.name = "mg/L", .dimension = WATER, .power = 6},
    {.name = "g/L", .dimension = WATER, .power = 9},
    {.name = "μg/kg", .dimension = SOLID, .power = 0},
    {.name = "mg/kg", .dimension = SOLID, .power = 3},
    {.name = "g/t", .dimension = SOLID, .power = 3},
    {.name = "g/kg", .dimension = SOLID, .power = 6},
    {.name = "%", .dimension = SOLID, .power = 7},
    {.name = "μg/m³", .dimension = AIR, .power = 0},
    {.name = "mg/m³", .dimension = AIR, .power = 3},
};

static const struct {
    const char *written;
    const char *name;
} spellings[] = {
    {"ug/L", "μg/L"},   {"µg/L", "μg/L"},   {"微克/升", "μg/L"},    {"毫克/升", "mg/L"},
    {"ug/kg", "μg/kg"}, {"µg/kg", "μg/kg"}, {"毫克/千克", "mg/kg"}, {"克/吨", "g/t"},
    {"mg/m3", "mg/m³"}, {"ug/m3", "μg/m³"}, {"µg/m3", "μg/m³"},     {"％", "%"},
    {"ppm", "mg/kg"},   {"ppb", "μg/kg"},
};

static const struct unit *find_unit(const char *text)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(text, units[i].name) == 0)
            return &units[i];
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (text_same(text, spellings[i].written))
            text = spellings[i].name;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_same(text, units[i].name))
            return &units[i];
    return NULL;
}

/* Strips a qualifier at the front; the marks for "at most" and "at least" are taken as strict. */
static const char *read_qualifier(const char *text, char *qualifier)
{
    static const struct {
        const char *mark;
        char meaning;
    } marks[] = {{"<", '<'}, {"＜", '<'}, {"≤", '<'}, {"小于", '<'}, {"低于", '<'},
                 {">", '>'}, {"＞", '>'}, {"≥", '>'}, {"大于", '>'}};
    *qualifier = '\0';
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (text_starts_with(text, marks[i].mark)) {
            *qualifier = marks[i].meaning;
            text += strlen(marks[i].mark);
            break;
        }
    }
    return *text == ' ' ? text + 1 : text;
}

static bool read_unit(const char *text, const char *field_unit, struct measure *measure,
                      struct error *err)
{
    while (*text == ' ')
        text++;
    /* "0.02L" behind a bare number is the mark of a result below the detection limit. */
    if (strcmp(text, "L") == 0 && !measure->qualifier) {
        measure->qualifier = '<';
        text++;
    }
    if (!*text) {
        snprintf(measure->unit, sizeof measure->unit, "%s", field_unit ? field_unit : "");
        return true;
    }
    if (field_unit && strcmp(text, field_unit) == 0) {
        snprintf(measure->unit, sizeof measure->unit, "%s", field_unit);
        return true;
    }
    const struct unit *unit = find_unit(text);
    const struct unit *wanted = field_unit ? find_unit(field_unit) : unit;
    if (!unit && !field_unit)
        return error_set(err, ERROR_REFUSED,
                         "不认识单位“%s”，请写成 mg/L、μg/L、mg/kg、mg/m³ 这样的单位", text);
    if (!unit || !wanted || unit->dimension != wanted->dimension)
        return error_set(err, ERROR_REFUSED, "单位“%s”不能换算成 %s，请改用 %s", text,
                         text_is_empty(field_unit) ? "本项的单位" : field_unit,
                         text_is_empty(field_unit) ? "不带单位的数" : field_unit);
    snprintf(measure->unit, sizeof measure->unit, "%s", unit->name);
    return true;
}

bool measure_parse(const char *text, const char *unit, struct measure *measure, struct error *err)
{
    *measure = (struct measure){0};
    const char *number = read_qualifier(text, &measure->qualifier);
    size_t length = strspn(number, "0123456789.,");
    char digits[DECIMAL_TEXT_SIZE];
    if (length == 0 || length >= sizeof digits)
        return error_set(err, ERROR_REFUSED,
                         "“%s”不是监测值，请填数值，低于检出限的写成 <检出限，例如 <0.02", text);
    memcpy(digits, number, length);
    digits[length] = '\0';
    const char *point = strchr(digits, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    if (decimals > DECIMAL_MAX_SCALE)
        return error_set(err, ERROR_REFUSED, "“%s”的小数超过 9 位，请换用较小的单位", text);
    measure->scale = (int)decimals;
    return decimal_parse(digits, measure->scale, &measure->digits, err) &&
           read_unit(number + length, unit, measure, err);
}

void measure_format(const struct measure *measure, const char *unit, struct buffer *out)
{
    char digits[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(measure->digits, measure->scale, digits);
    if (measure->qualifier)
        buffer_add_char(out, measure->qualifier);
    buffer_add(out, digits);
    if (*measure->unit && strcmp(measure->unit, unit ? unit : "") != 0)
        buffer_addf(out, " %s", measure->unit);
}

bool measure_in_unit(const struct measure *measure, const char *unit, int64_t *nano)
{
    int power = DECIMAL_MAX_SCALE - measure->scale;
    if (strcmp(measure->unit, unit ? unit : "") != 0) {
        const struct unit *from = find_unit(measure->unit), *to = unit ? find_unit(unit) : NULL;
        if (!from || !to || from->dimension != to->dimension)
            return false;
        power += from->power - to->power;
    }
    if (power > 18 || power < -18)
        return false;
    return power >= 0 ? decimal_multiply(measure->digits, decimal_unit(power), 1, nano)
                      : decimal_multiply(measure->digits, 1, decimal_unit(-power), nano);
}

bool measure_align(const struct measure *a, const struct measure *b, int64_t *nano_a,
                   int64_t *nano_b)
{
    const struct unit *unit_a = find_unit(a->unit), *unit_b = find_unit(b->unit);
    const char *finer = unit_a && unit_b && unit_b->power < unit_a->power ? b->unit : a->unit;
    return measure_in_unit(a, finer, nano_a) && measure_in_unit(b, finer, nano_b);
}
