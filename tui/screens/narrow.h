/* narrow.h - the conditions that a list is narrowed by: asked for, and told in Chinese. */
#ifndef TAIZHANG_TUI_SCREENS_NARROW_H
#define TAIZHANG_TUI_SCREENS_NARROW_H

#include "tui/app.h"

#include "core/reg.h"

/* Asks for a field and a value, or for an expression, and adds the condition to `where`, which is
 * checked first. Whether it has changed. */
bool narrow_ask(struct app *app, const struct reg *reg, struct buffer *where);

/* Appends `where` as a person reads it: labels, ≤ and ≠. */
void narrow_tell(const struct reg *reg, const char *where, struct buffer *out);

/* Chooses a field of `reg`, those of the list first. `extra`: one more choice in front, NULL none;
 * *field is NULL when that was taken. */
bool narrow_choose_field(struct app *app, const char *title, const struct reg *reg,
                         const char *current, const char *extra, const struct field **field);

#endif
