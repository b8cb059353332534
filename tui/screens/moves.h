/* moves.h - what the files of 办理 share: moves.c shows where one case stands, moves_task.c asks
 * for what a move wants and does it, moves_all.c does one to many cases. moves_open and
 * moves_open_all stand in screens.h. */
#ifndef TAIZHANG_TUI_SCREENS_MOVES_H
#define TAIZHANG_TUI_SCREENS_MOVES_H

#include "core/life.h"
#include "tui/screens/form_task.h"

/* Asks for what the move wants and does it; a move that wants nothing is asked about and done. */
void moves_begin(struct app *app, const struct record *stored, const struct life_move *move);

/* Appends "县级核查 → 整改中", what the move does to a case in `record`'s state. */
void moves_tell_change(const struct life_move *move, const struct record *record,
                       struct buffer *out);

/* The field of the first day that the move asks for: today, most often. NULL: there is none, or it
 * is known. */
const char *moves_day(const struct life_move *move, const struct record *record);

/* Whether a clerk says so. `what` it is to be done to: "这一项". */
bool moves_confirm(struct app *app, const struct life_move *move, const struct record *record,
                   const char *what);

#endif
