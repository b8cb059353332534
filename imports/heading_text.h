/* heading_text.h - one cell of a heading, taken apart: what names a field, what is its unit, and
 * what is neither (numbering, marks of what must be filled, explanations in brackets). */
#ifndef TAIZHANG_IMPORTS_HEADING_TEXT_H
#define TAIZHANG_IMPORTS_HEADING_TEXT_H

#include "core/buffer.h"

#include <stdbool.h>

/* From the most faithful reading of a cell to the freest; each is a key for comparing, in which
 * width, case, blanks, line breaks and brackets do not matter. */
enum heading_variant {
    HEADING_WHOLE, /* with what stands in brackets: 县（市、区） */
    HEADING_NAMED, /* without units: 堆存量（体积）（m³）, 铅/kg, 铅 kg, 铅kg */
    HEADING_BARE,  /* also without brackets: 企业名称（盖章） */
    HEADING_SHORT, /* also without a unit that is a word: 投资万元 */
    HEADING_NAMED_LOOSE, /* words that people vary brought to one: 是否…, …时间, 所属…, 总铅, Pb */
    HEADING_LOOSE, /* the same without brackets */
    HEADING__VARIANTS,
};

struct heading_text {
    struct buffer shown; /* as it stands there, on one line */
    struct buffer keys[HEADING__VARIANTS];
    struct buffer unit;      /* as written there; "" none */
    struct buffer word_unit; /* the one that HEADING_SHORT leaves out */
    bool is_unit;            /* it is a unit and nothing else */
};

/* Reads a cell; `text` is emptied first and may be used again and again. */
void heading_text_read(const char *cell, struct heading_text *text);
void heading_text_release(struct heading_text *text);

/* Folds a key further: words that people vary brought to one. Appends. */
void heading_text_loosen(const char *key, struct buffer *out);

/* Appends `key` without the years in it: "2024年实际排放量" and "上年实际排放量" are one then. */
void heading_text_undate(const char *key, struct buffer *out);

/* Four digits in front of 年, or 0: what a heading says of its year. */
int heading_text_year(const char *key);

/* Every unit behind a "单位：" in a line above the heading, with the words in front of it
 * ("排放量", or ""). "填报单位：清城分局" states none. */
typedef void heading_unit_visitor(void *context, const char *of, const char *unit);
void heading_text_each_unit(const char *line, heading_unit_visitor *visit, void *context);

#endif
