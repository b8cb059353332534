/* targets.h - what the files of 减排进度 and the desk's line of progress share. */
#ifndef TAIZHANG_TUI_SCREENS_TARGETS_H
#define TAIZHANG_TUI_SCREENS_TARGETS_H

#include "db/target_table.h"
#include "tui/app.h"

/* 减排进度: what each region is to cut, how far it is, and whether it will get there. A view: `id`
 * is not looked at. */
void targets_open(struct app *app, const char *id);

/* Who has cut and added for one target; `year` as in struct targets_query. */
void target_parts_open(struct app *app, const struct target_line *line, int year);

const struct screen_class *targets_class(void);
const struct screen_class *target_parts_class(void);

/* ---- targets_draw.c ---- */

/* "−6%", "+0.5%": of what is emitted, from hundredths of a percent of net cut. */
void targets_write_percent(int64_t hundredths, struct buffer *out);

/* A bar that is full when `progress` has reached `percent` (above 0). Returns the column behind. */
int targets_draw_bar(struct grid *row, int column, int width, int64_t progress, int64_t percent);

/* A load under others by its decimal point, "—" when unknown. */
void targets_draw_load(struct grid *row, int column, int width, struct amount load, unsigned style);

/* "✓ 已达到", "? 未达到", "算不出", and the style of it. */
const char *targets_tell_met(const struct target_line *line, unsigned *style);

/* Appends what becomes of the target by the end of its year, in a sentence. */
void targets_write_forecast(const struct target_line *line, const struct target_facts *facts,
                            struct buffer *out);

/* Draws the rows of the selected target below the list. */
void targets_draw_detail(const struct target_line *line, const struct targets *targets,
                         const struct target_table *table, struct grid *area);

#endif
