/* Numbers: what was written becomes a number in the field's unit, exactly. */
#include "core/date.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/cell_figure.h"
#include "imports/cell_inside.h"
#include "imports/cell_unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum {
    SPREADSHEET_DIGITS = 15,
    COARSEST = 200 /* rounding by more than a part of this is refused */
};

/* A number times this is one of the field. */
struct ratio {
    int64_t numerator, denominator;
    bool is_assumed;
    bool is_judged; /* the field is a load or a concentration: held against limits and permits */
};

/* ---- units ---- */

/* 万 alone stands in front of what is counted, and takes the place of a 万 there. */
static bool attach_multiple(struct cell_unit *given, const struct cell_unit *base)
{
    int64_t multiple = given->multiple;
    *given = *base;
    given->multiple = multiple;
    return !__builtin_mul_overflow(given->numerator / base->multiple, multiple, &given->numerator);
}

static bool refuse_far(const struct cell *cell, const char *unit)
{
    return cell_refuse(cell, "“%s”的单位“%s”与 %s 相差太大，换算不了，请核对单位或改用 %s 填写",
                       cell->text, unit, cell->field->unit ? cell->field->unit : "本项的单位",
                       cell->field->unit ? cell->field->unit : "本项的单位");
}

static bool refuse_unit(const struct cell *cell, const char *unit)
{
    if (text_is_empty(cell->field->unit))
        return cell_refuse(cell, "“%s”带着单位“%s”，这一项只填数，请核对是不是填错了列", cell->text,
                           unit);
    return cell_refuse(cell, "“%s”的单位“%s”不能换算成 %s，请核对单位或改用 %s 填写", cell->text,
                       unit, cell->field->unit, cell->field->unit);
}

/* kg/a, mg/L, mg/kg: not the t/a and 万t of production and heaps. */
static bool is_judged_unit(const struct cell_unit *unit)
{
    enum { KILOGRAM = 1000000 };
    return (unit->top == CELL_MASS && unit->numerator / unit->denominator <= KILOGRAM) ||
           (unit->top == CELL_RATIO && unit->denominator > 1000);
}

/* Finds the ratio for a cell with its own unit, else with the heading's. *known is false when the
 * unit is none that we know: then the field type may say so. */
static bool find_ratio(const struct cell *cell, const char *own, struct ratio *ratio, bool *known)
{
    const char *heading = cell->context->unit ? cell->context->unit : "";
    const char *wanted = cell->field->unit ? cell->field->unit : "";
    const char *stated = *own ? own : heading;
    struct cell_unit given, above, field_unit;
    bool has_field = *wanted && cell_unit_read(wanted, &field_unit);
    *ratio = (struct ratio){1, 1, false, false};
    *known = true;
    if (!*stated || text_same(stated, wanted))
        return true;
    if (!cell_unit_read(stated, &given)) {
        *known = !*own; /* what a heading says may be anything */
        return true;
    }
    if (given.top == CELL_NOTHING) {
        bool has_above = *own && *heading && cell_unit_read(heading, &above);
        ratio->is_assumed = has_above ? above.multiple > 1 : has_field && field_unit.multiple > 1;
        if ((has_above || has_field) && !attach_multiple(&given, has_above ? &above : &field_unit))
            return refuse_far(cell, stated);
    }
    if (!has_field) {
        bool counts = given.top == CELL_COUNT || given.top == CELL_NOTHING;
        ratio->numerator = counts ? given.numerator : 1;
        return counts || (!*own && !*wanted) || refuse_unit(cell, stated);
    }
    ratio->is_judged = is_judged_unit(&field_unit);
    enum cell_conversion conversion =
        cell_unit_convert(&given, &field_unit, &ratio->numerator, &ratio->denominator);
    ratio->is_assumed = ratio->is_assumed || conversion == CELL_UNIT_ASSUMED;
    if (conversion == CELL_UNIT_FAR)
        return refuse_far(cell, stated);
    return conversion != CELL_UNIT_OTHER || refuse_unit(cell, stated);
}

/* ---- arithmetic ---- */

static wide magnitude(wide number)
{
    return number < 0 ? -number : number;
}

enum outcome { FITS, ROUNDED, TOO_COARSE, TOO_LARGE };

/* The number in the field's unit, scaled as the field is, half away from zero. */
static enum outcome convert(const struct cell_figure *figure, const struct ratio *ratio, int scale,
                            int64_t *scaled)
{
    enum { MOST_POWER = 18 };
    int shift = scale - figure->decimals;
    if (shift > MOST_POWER || shift < -MOST_POWER)
        return shift > 0 ? TOO_LARGE : TOO_COARSE;
    wide value = (wide)figure->digits * ratio->numerator, divisor = ratio->denominator;
    if (shift > 0 && __builtin_mul_overflow(value, (wide)decimal_unit(shift), &value))
        return TOO_LARGE;
    if (shift < 0)
        divisor *= decimal_unit(-shift);
    wide half = (value < 0 ? -divisor : divisor) / 2, raised;
    if (__builtin_add_overflow(value, half, &raised))
        return TOO_LARGE;
    wide rounded = raised / divisor;
    if (rounded > INT64_MAX || rounded < -INT64_MAX)
        return TOO_LARGE;
    *scaled = (int64_t)rounded;
    wide off = magnitude(rounded * divisor - value);
    if (off == 0)
        return FITS;
    return off > magnitude(value) / COARSEST ? TOO_COARSE : ROUNDED;
}

/* ---- endings ---- */

static bool refuse_fault(const struct cell *cell, enum cell_figure_fault fault)
{
    static const char *const sentences[] = {
        [FIGURE_RANGE] = "“%s”是一个范围，请填一个确定的数，范围写到备注里",
        [FIGURE_BOUND] = "“%s”不是一个确定的数，请填实际的数，多于、少于的意思写到备注里",
        [FIGURE_SPREAD] = "“%s”带着误差，请只填数值，误差写到备注里",
    };
    return fault == FIGURE_NONE ? cell_stands(cell)
                                : cell_refuse(cell, sentences[fault], cell->text);
}

/* A converted number, with what a person should know about it. */
static bool take_converted(const struct cell *cell, const struct cell_figure *figure,
                           const struct ratio *ratio)
{
    int scale = cell->field->scale;
    int64_t scaled = 0;
    char number[DECIMAL_TEXT_SIZE], why[64] = "";
    enum outcome outcome = convert(figure, ratio, scale, &scaled);
    /* Rounding might carry a load over its limit, or below it; what a formula left is no result. */
    bool is_worked_out = figure->significant >= SPREADSHEET_DIGITS;
    if (outcome == ROUNDED && ratio->is_judged && !is_worked_out)
        outcome = TOO_COARSE;
    if (outcome == TOO_LARGE)
        return cell_refuse(cell, "“%s”换算后太大，请核对数值和单位", cell->text);
    if (outcome == TOO_COARSE)
        return cell_refuse(cell, "“%s”换算成 %s 后超过 %d 位小数，请核对单位，或按本项的单位填写",
                           cell->text, cell->field->unit ? cell->field->unit : "本项的单位", scale);
    decimal_format(scaled, scale, number);
    if (outcome == ROUNDED)
        snprintf(why, sizeof why, "四舍五入到 %d 位小数", scale);
    else if (ratio->is_assumed)
        snprintf(why, sizeof why, "单位是推断的，请核对");
    else if (figure->is_about)
        snprintf(why, sizeof why, "原为约数");
    struct buffer shown = {0};
    buffer_add(&shown, number);
    if (cell->field->unit)
        buffer_addf(&shown, " %s", cell->field->unit);
    if (cell->context->unit && *cell->context->unit && !figure->unit_length)
        buffer_addf(&shown, "，列标题的单位是 %s", cell->context->unit);
    if (ratio->is_assumed || figure->is_about || (outcome == ROUNDED && ratio->is_judged))
        cell_guess(cell, number, shown.text, *why ? why : NULL);
    else
        cell_take(cell, number, shown.text, *why ? why : NULL);
    buffer_release(&shown);
    return true;
}

/* A number in the field's own unit: only its spelling changes, and noise behind it goes. */
static bool take_number(const struct cell *cell, const struct cell_figure *figure)
{
    int scale = cell->field->scale;
    char number[DECIMAL_TEXT_SIZE];
    struct ratio same = {1, 1, false, false};
    int64_t scaled;
    bool ok;
    /* So many digits are worked out, not typed. */
    if (figure->decimals > scale && figure->significant >= SPREADSHEET_DIGITS &&
        convert(figure, &same, scale, &scaled) == ROUNDED) {
        decimal_format(scaled, scale, number);
        return cell_guess(cell, number, NULL, "小数太长，四舍五入");
    }
    struct buffer plain = {0};
    cell_figure_format(figure, &plain);
    /* What the field type refuses either way it had better quote as it stands. */
    bool stands = cell_accepts(cell, cell->text, NULL) ||
                  (!figure->unit_length && !cell_accepts(cell, plain.text, NULL));
    if (figure->is_about)
        ok = cell_guess(cell, plain.text, NULL, "原为约数");
    else if (stands)
        ok = cell_stands(cell);
    else
        ok = cell_take(cell, plain.text, NULL, figure->is_noisy ? "去掉尾差" : NULL);
    buffer_release(&plain);
    return ok;
}

/* 3-5 typed into a spreadsheet becomes the fifth of March. */
static bool is_date(const char *text)
{
    struct date date;
    return strpbrk(text, "-/") && date_parse(text, &date, NULL);
}

/* ￥1,200: only where money is meant. */
static const char *skip_currency(const struct cell *cell)
{
    static const char *const signs[] = {"￥", "¥", "RMB", "人民币"};
    struct cell_unit unit;
    const char *text = cell->text;
    if (!cell->field->unit || !cell_unit_read(cell->field->unit, &unit) || unit.top != CELL_MONEY)
        return text;
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (text_starts_with(text, signs[i]))
            text += strlen(signs[i]);
    return text + strspn(text, " ");
}

bool cell_read_number(const struct cell *cell)
{
    struct cell_figure figure;
    struct ratio ratio;
    bool known;
    if (is_date(cell->text))
        return cell_refuse(cell,
                           "“%s”是日期，不是数，多半是“3-5”这样的写法被表格软件改成了日期，"
                           "请改填一个数",
                           cell->text);
    const char *text = skip_currency(cell);
    enum cell_figure_fault fault = cell_figure_read(text, &figure);
    if (fault)
        return refuse_fault(cell, fault);
    char *own = mem_text_part(figure.unit, figure.unit_length);
    bool ok = find_ratio(cell, own, &ratio, &known);
    if (ok && !known)
        ok = cell_stands(cell);
    else if (ok && ratio.numerator == ratio.denominator && !ratio.is_assumed)
        ok = take_number(cell, &figure);
    else if (ok)
        ok = take_converted(cell, &figure, &ratio);
    free(own);
    return ok;
}
