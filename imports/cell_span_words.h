/* cell_span_words.h - the words and spellings that stand in dates of lists. */
#ifndef TAIZHANG_IMPORTS_CELL_SPAN_WORDS_H
#define TAIZHANG_IMPORTS_CELL_SPAN_WORDS_H

#include "core/buffer.h"

#include <stdbool.h>

/* Each list ends with NULL. */
extern const char *const span_end_words[];   /* 底, 前, 完成 */
extern const char *const span_begin_words[]; /* 初, 起 */
extern const char *const span_idle_words[];  /* 度, 份 */
extern const char *const span_until_words[]; /* in front: 截至 */
extern const char *const span_plan_words[];  /* in front: 预计 */

/* Appends `text` without blanks, weekday and time of day, with Chinese numerals in figures and
 * every mark of a range a dash. Whether there was a time of day other than midnight. */
bool span_add_usual(const char *text, struct buffer *out);

#endif
