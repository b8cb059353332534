/* Measured values: below the detection limit in all its spellings, and units of the heading. */
#include "core/measure.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/cell_figure.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"

/* ---- below the detection limit ---- */

/* In lower case, the longer ones first. */
static const char *const below_words[] = {
    "低于方法检出限",
    "小于方法检出限",
    "低于检出限",
    "小于检出限",
    "低于检测限",
    "小于检测限",
    "未检出",
    "未检测到",
    "未检到",
    "未测出",
    "<检出限",
    "<lod",
    "<mdl",
    "<dl",
    "bdl",
    "n.d.",
    "n.d",
    "nd",
    "未检",
};

/* What may stand between such a word and the limit. */
static const char *const limit_words[] = {"方法", "检出限", "检测限", "为", "=",
                                          "<",    "lod",    "mdl",    "dl", "即"};

/* Appends `text` in lower case, without brackets, blanks and stops between its parts. */
static void add_bare(const char *text, struct buffer *out)
{
    static const char *const dropped[] = {"（", "）", "(",  ")", "[",  "]",  " ",
                                          "，", ",",  "：", ":", "。", "；", ";"};
    for (size_t step; *text; text += step) {
        bool drop = false;
        text_decode(text, &step);
        for (size_t i = 0; i < COUNT_OF(dropped) && !drop; i++)
            drop = text_starts_with(text, dropped[i]);
        if (text_starts_with(text, "＜"))
            buffer_add_char(out, '<');
        else if (*text >= 'A' && *text <= 'Z')
            buffer_add_char(out, (char)(*text - 'A' + 'a'));
        else if (!drop)
            buffer_add_bytes(out, text, step);
    }
}

/* Takes the word for "below" out of `text`; false when none stands there. */
static bool take_below_word(char *text)
{
    for (size_t i = 0; i < COUNT_OF(below_words); i++) {
        char *at = strstr(text, below_words[i]);
        if (!at)
            continue;
        const char *rest = at + strlen(below_words[i]);
        memmove(at, rest, strlen(rest) + 1);
        return true;
    }
    return false;
}

/* The number behind the words that introduce it; NULL when something else stands there. */
static const char *skip_limit_words(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(limit_words); i++) {
        if (!text_starts_with(text, limit_words[i]))
            continue;
        text += strlen(limit_words[i]);
        i = (size_t)-1; /* another one may follow */
    }
    return *text && strchr(DIGITS ".", *text) ? text : NULL;
}

/* Cuts the L that laboratories write behind a limit: "0.02L". */
static void cut_mark(char *text)
{
    size_t length = strlen(text);
    if (length > 1 && strchr("Ll", text[length - 1]) && strchr(DIGITS, text[length - 2]))
        text[length - 1] = '\0';
}

/* ---- numbers ---- */

static const char *heading_unit(const struct cell *cell)
{
    struct measure measure;
    const char *unit = cell->context->unit ? cell->context->unit : "";
    struct buffer trial = {0};
    if (!*unit || (cell->field->unit && text_same(unit, cell->field->unit)))
        return "";
    buffer_addf(&trial, "1 %s", unit);
    /* Headings also state 无量纲, or something that is no unit. */
    bool known = measure_parse(trial.text, NULL, &measure, NULL) && *measure.unit;
    buffer_release(&trial);
    return known ? unit : "";
}

/* The number without unit gets the heading's. */
static bool take_value(const struct cell *cell, const char *value, const struct cell_figure *figure,
                       const char *unit)
{
    const char *heading = *unit ? "" : heading_unit(cell);
    struct buffer text = {0}, canonical = {0};
    bool ok;
    buffer_add(&text, value);
    if (*unit || *heading)
        buffer_addf(&text, " %s", *unit ? unit : heading);
    bool is_taken = cell_accepts(cell, text.text, &canonical);
    if (!is_taken && *heading)
        ok = cell_refuse(cell, "列标题的单位“%s”不能换算成 %s，请核对单位", heading,
                         cell->field->unit ? cell->field->unit : "本项的单位");
    else if (figure->is_about && is_taken)
        ok = cell_guess(cell, canonical.text, NULL, "原为约数");
    else if (!is_taken || (!*heading && cell_accepts(cell, cell->text, NULL)))
        ok = cell_stands(cell);
    else
        ok = cell_take(cell, canonical.text, NULL,
                       *heading           ? "单位见列标题"
                       : figure->is_noisy ? "去掉尾差"
                                          : NULL);
    buffer_release(&text);
    buffer_release(&canonical);
    return ok;
}

/* The digits as they stand, for zeros at the end are part of a result; spelled anew only when they
 * are written in another way. */
static void add_digits(const struct cell_figure *figure, struct buffer *out)
{
    char *plain = mem_text_part(figure->number, strspn(figure->number, DIGITS "."));
    struct cell_figure again;
    bool same = cell_figure_read(plain, &again) == FIGURE_FINE && !again.is_noisy &&
                again.digits == figure->digits && again.decimals == figure->decimals;
    if (same)
        buffer_add(out, plain);
    else
        cell_figure_format(figure, out);
    free(plain);
}

/* A number behind a qualifier; what cannot be read is left to the type's sentence. */
static bool read_value(const struct cell *cell, const char *qualifier, const char *text)
{
    struct cell_figure figure;
    enum cell_figure_fault fault = cell_figure_read(text, &figure);
    if (fault == FIGURE_RANGE)
        return cell_refuse(cell, "“%s”是一个范围，监测值每次一条，请分开填写", cell->text);
    if (fault == FIGURE_SPREAD)
        return cell_refuse(cell, "“%s”带着误差，请只填数值，误差写到备注里", cell->text);
    if (fault)
        return cell_stands(cell);
    struct buffer value = {0};
    char *unit = mem_text_part(figure.unit, figure.unit_length);
    bool is_marked = !*qualifier && (strcmp(unit, "l") == 0 || strcmp(unit, "L") == 0); /* 0.02L */
    if (is_marked)
        *unit = '\0';
    buffer_add(&value, is_marked ? "<" : qualifier);
    add_digits(&figure, &value);
    bool ok = take_value(cell, value.text, &figure, unit);
    buffer_release(&value);
    free(unit);
    return ok;
}

/* Below the limit that stands in the row's own column for it. */
static bool read_below_limit(const struct cell *cell)
{
    const char *limit = cell->context->limit ? cell->context->limit : "";
    struct measure measure;
    struct buffer text = {0}, canonical = {0};
    limit += *limit == '<';
    bool ok = measure_parse(limit, NULL, &measure, NULL) && !measure.qualifier;
    if (ok) {
        buffer_addf(&text, "<%s", limit);
        if (!*measure.unit && *heading_unit(cell))
            buffer_addf(&text, " %s", heading_unit(cell));
        ok = cell_accepts(cell, text.text, &canonical);
    }
    if (ok)
        cell_take(cell, canonical.text, NULL, "照本行的检出限");
    else
        cell_refuse(cell, "“%s”没有写明检出限，请改写成 <检出限，例如 <0.02%s", cell->text,
                    cell->field->detection_limit ? "，或填写检出限一列" : "");
    buffer_release(&text);
    buffer_release(&canonical);
    return ok;
}

/* Whether the cell speaks of a value below the limit; then it is read. */
static bool read_below(const struct cell *cell, bool *ok)
{
    static const char *const signs[] = {"<", "≤", "小于", "低于", "不超过", "不大于"};
    struct buffer bare = {0};
    add_bare(cell->text, &bare);
    char *rest = buffer_take(&bare);
    const char *limit = rest;
    bool is_below = rest && take_below_word(rest);
    for (size_t i = 0; rest && !is_below && i < COUNT_OF(signs); i++) {
        is_below = text_starts_with(rest, signs[i]);
        limit = is_below ? rest + strlen(signs[i]) : limit;
    }
    if (is_below) {
        cut_mark(rest);
        limit = skip_limit_words(limit);
        *ok = limit ? read_value(cell, "<", limit) : read_below_limit(cell);
    }
    free(rest);
    return is_below;
}

/* Behind the sign for "more than", which goes on with the number; `text` itself when none stands
 * there. */
static const char *skip_above_sign(const char *text)
{
    static const char *const signs[] = {">", "＞", "≥", "大于", "高于"};
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (text_starts_with(text, signs[i]))
            return text + strlen(signs[i]);
    return text;
}

bool cell_read_measure(const struct cell *cell)
{
    bool ok;
    if (read_below(cell, &ok))
        return ok;
    const char *above = skip_above_sign(cell->text);
    return read_value(cell, above == cell->text ? "" : ">", above);
}
