/* transfer_stage.h - a stage for tables in and out: a desk with one enterprise, 甲示例电镀, on its
 * list, and a list of four, 2025清单.csv, in the folder of the test, which is the current one. */
#ifndef TAIZHANG_TESTS_TUI_TRANSFER_STAGE_H
#define TAIZHANG_TESTS_TUI_TRANSFER_STAGE_H

#include "form_stage.h"

void transfer_begin(struct stage *stage);
void transfer_end(struct stage *stage);

/* Writes a file of the test's folder. */
void transfer_write(const struct stage *stage, const char *name, const char *text);

/* How many enterprises meet the conditions; NULL: all. */
int64_t transfer_count(struct stage *stage, const char *where);

#endif
