#include "imports/cell_unit.h"
#include "core/buffer.h"
#include "core/reg.h"
#include "core/text.h"

#include <string.h>

struct symbol {
    const char *text; /* folded */
    enum cell_dimension dimension;
    int64_t numerator, denominator; /* 0: 1 */
};

/* A mu is 2000/3 square metres (国务院 1984 法定计量单位). */
static const struct symbol symbols[] = {
    {"mg", CELL_MASS, 1, 0},
    {"毫克", CELL_MASS, 1, 0},
    {"ug", CELL_MASS, 1, 1000},
    {"μg", CELL_MASS, 1, 1000},
    {"µg", CELL_MASS, 1, 1000},
    {"微克", CELL_MASS, 1, 1000},
    {"g", CELL_MASS, 1000, 0},
    {"克", CELL_MASS, 1000, 0},
    {"kg", CELL_MASS, 1000000, 0},
    {"公斤", CELL_MASS, 1000000, 0},
    {"千克", CELL_MASS, 1000000, 0},
    {"斤", CELL_MASS, 500000, 0},
    {"市斤", CELL_MASS, 500000, 0},
    {"t", CELL_MASS, 1000000000, 0},
    {"吨", CELL_MASS, 1000000000, 0},
    {"㎎", CELL_MASS, 1, 0},
    {"㎏", CELL_MASS, 1000000, 0},

    {"m²", CELL_AREA, 1, 0},
    {"m2", CELL_AREA, 1, 0},
    {"㎡", CELL_AREA, 1, 0},
    {"平方米", CELL_AREA, 1, 0},
    {"平米", CELL_AREA, 1, 0},
    {"亩", CELL_AREA, 2000, 3},
    {"市亩", CELL_AREA, 2000, 3},
    {"公顷", CELL_AREA, 10000, 0},
    {"ha", CELL_AREA, 10000, 0},
    {"hm²", CELL_AREA, 10000, 0},
    {"hm2", CELL_AREA, 10000, 0},
    {"km²", CELL_AREA, 1000000, 0},
    {"km2", CELL_AREA, 1000000, 0},
    {"㎢", CELL_AREA, 1000000, 0},
    {"平方公里", CELL_AREA, 1000000, 0},
    {"平方千米", CELL_AREA, 1000000, 0},

    {"l", CELL_VOLUME, 1, 0},
    {"升", CELL_VOLUME, 1, 0},
    {"m³", CELL_VOLUME, 1000, 0},
    {"m3", CELL_VOLUME, 1000, 0},
    {"㎥", CELL_VOLUME, 1000, 0},
    {"立方米", CELL_VOLUME, 1000, 0},
    {"立方", CELL_VOLUME, 1000, 0},
    {"方", CELL_VOLUME, 1000, 0},
    {"nm³", CELL_GAS, 1000, 0},
    {"nm3", CELL_GAS, 1000, 0},
    {"标立方米", CELL_GAS, 1000, 0},
    {"标准立方米", CELL_GAS, 1000, 0},
    {"标m³", CELL_GAS, 1000, 0},
    {"标m3", CELL_GAS, 1000, 0},

    {"mm", CELL_LENGTH, 1, 0},
    {"毫米", CELL_LENGTH, 1, 0},
    {"cm", CELL_LENGTH, 10, 0},
    {"厘米", CELL_LENGTH, 10, 0},
    {"公分", CELL_LENGTH, 10, 0},
    {"m", CELL_LENGTH, 1000, 0},
    {"米", CELL_LENGTH, 1000, 0},
    {"km", CELL_LENGTH, 1000000, 0},
    {"公里", CELL_LENGTH, 1000000, 0},
    {"千米", CELL_LENGTH, 1000000, 0},

    {"元", CELL_MONEY, 1, 0},
    {"元人民币", CELL_MONEY, 1, 0},
    {"人民币元", CELL_MONEY, 1, 0},

    {"%", CELL_RATIO, 1, 100},
    {"‰", CELL_RATIO, 1, 1000},
    {"ppm", CELL_RATIO, 1, 1000000},
    {"ppb", CELL_RATIO, 1, 1000000000},

    {"h", CELL_HOURS, 1, 0},
    {"hr", CELL_HOURS, 1, 0},
    {"时", CELL_HOURS, 1, 0},
    {"小时", CELL_HOURS, 1, 0},
    {"d", CELL_HOURS, 24, 0},
    {"日", CELL_HOURS, 24, 0},
    {"天", CELL_HOURS, 24, 0},
    {"月", CELL_MONTHS, 1, 0},
    {"a", CELL_YEARS, 1, 0},
    {"年", CELL_YEARS, 1, 0},

    {"个", CELL_COUNT, 1, 0},
    {"家", CELL_COUNT, 1, 0},
    {"人", CELL_COUNT, 1, 0},
    {"口", CELL_COUNT, 1, 0},
    {"座", CELL_COUNT, 1, 0},
    {"处", CELL_COUNT, 1, 0},
    {"台", CELL_COUNT, 1, 0},
    {"套", CELL_COUNT, 1, 0},
    {"条", CELL_COUNT, 1, 0},
    {"眼", CELL_COUNT, 1, 0},
    {"次", CELL_COUNT, 1, 0},
    {"名", CELL_COUNT, 1, 0},
    {"户", CELL_COUNT, 1, 0},
    {"间", CELL_COUNT, 1, 0},
    {"起", CELL_COUNT, 1, 0},
    {"项", CELL_COUNT, 1, 0},
    {"批", CELL_COUNT, 1, 0},
    {"份", CELL_COUNT, 1, 0},
    {"根", CELL_COUNT, 1, 0},
    {"级", CELL_COUNT, 1, 0},
    {"倍", CELL_COUNT, 1, 0},
    {"字节", CELL_COUNT, 1, 0},
};

static const struct {
    const char *text;
    int64_t factor;
} multiples[] = {
    {"千万", 10000000}, {"百万", 1000000}, {"万", 10000},       {"亿", 100000000},
    {"10^4", 10000},    {"10⁴", 10000},    {"10^8", 100000000},
};

static const struct symbol *find_symbol(const char *text, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(symbols); i++)
        if (symbols[i].text[0] == *text && strlen(symbols[i].text) == length &&
            memcmp(symbols[i].text, text, length) == 0)
            return &symbols[i];
    return NULL;
}

/* Where "per" stands: the first of its signs. */
static const char *find_per(const char *text, size_t *length)
{
    static const char *const signs[] = {"/", "每", "∕"};
    const char *first = NULL;
    for (size_t i = 0; i < COUNT_OF(signs); i++) {
        const char *at = strstr(text, signs[i]);
        if (!at || (first && first <= at))
            continue;
        first = at;
        *length = strlen(signs[i]);
    }
    return first;
}

static bool read_top(const char *text, size_t length, struct cell_unit *unit)
{
    const struct symbol *symbol = find_symbol(text, length);
    for (size_t i = 0; !symbol && i < COUNT_OF(multiples); i++) {
        size_t front = strlen(multiples[i].text);
        if (length < front || memcmp(text, multiples[i].text, front) != 0)
            continue;
        unit->multiple = unit->numerator = multiples[i].factor;
        if (length == front)
            return true;
        symbol = find_symbol(text + front, length - front);
        break;
    }
    if (!symbol)
        return false;
    unit->top = symbol->dimension;
    unit->numerator *= symbol->numerator;
    unit->denominator = symbol->denominator ? symbol->denominator : 1;
    unit->counted = symbol->dimension == CELL_COUNT ? symbol->text : NULL;
    return true;
}

/* Units that nobody writes (亿t/ppb) are more than a number can hold. */
static bool read_bottom(const char *text, struct cell_unit *unit)
{
    const struct symbol *symbol = find_symbol(text, strlen(text));
    if (!symbol ||
        (symbol->denominator &&
         __builtin_mul_overflow(unit->numerator, symbol->denominator, &unit->numerator)) ||
        __builtin_mul_overflow(unit->denominator, symbol->numerator, &unit->denominator))
        return false;
    unit->bottom = symbol->dimension;
    if (unit->top == CELL_MASS && unit->bottom == CELL_MASS) {
        unit->top = CELL_RATIO;
        unit->bottom = CELL_NOTHING;
    }
    return true;
}

static bool read_folded(const char *text, struct cell_unit *unit)
{
    size_t per_length = 0;
    const char *per = find_per(text, &per_length);
    size_t top = per ? (size_t)(per - text) : strlen(text);
    *unit = (struct cell_unit){.numerator = 1, .denominator = 1, .multiple = 1};
    return top > 0 && read_top(text, top, unit) && (!per || read_bottom(per + per_length, unit));
}

bool cell_unit_read(const char *text, struct cell_unit *unit)
{
    struct buffer folded = {0};
    text_fold(text, &folded);
    bool ok = read_folded(buffer_text(&folded), unit);
    buffer_release(&folded);
    return ok;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* a/b × c/d in lowest terms. */
static bool multiply(int64_t a, int64_t b, int64_t c, int64_t d, int64_t *numerator,
                     int64_t *denominator)
{
    int64_t first = common_divisor(a, d), second = common_divisor(c, b);
    return !__builtin_mul_overflow(a / first, c / second, numerator) &&
           !__builtin_mul_overflow(b / second, d / first, denominator);
}

enum cell_conversion cell_unit_convert(const struct cell_unit *from, const struct cell_unit *to,
                                       int64_t *numerator, int64_t *denominator)
{
    enum { KILOGRAM = 1000000 }; /* in the smallest unit of mass; a litre of water */
    struct cell_unit given = *from;
    bool assumed = false;
    if (given.top == CELL_COUNT && given.counted && to->counted &&
        strcmp(given.counted, to->counted) != 0 && strcmp(given.counted, "个") != 0)
        return CELL_UNIT_OTHER;
    if (given.top == CELL_MASS && to->top == CELL_VOLUME && to->bottom == CELL_HOURS) {
        assumed = true;
        given.top = CELL_VOLUME;
        if (__builtin_mul_overflow(given.denominator, (int64_t)KILOGRAM, &given.denominator))
            return CELL_UNIT_FAR;
    }
    if (given.bottom == CELL_NOTHING && to->bottom == CELL_YEARS)
        given.bottom = CELL_YEARS;
    if (given.top != to->top || given.bottom != to->bottom)
        return CELL_UNIT_OTHER;
    if (!multiply(given.numerator, given.denominator, to->denominator, to->numerator, numerator,
                  denominator))
        return CELL_UNIT_FAR;
    if (given.bottom == CELL_HOURS)
        assumed = assumed || *numerator % 24 == 0 || *denominator % 24 == 0;
    return assumed ? CELL_UNIT_ASSUMED : CELL_UNIT_EXACT;
}
