/* verdict.h - what the files of the calculator share; nobody else includes it (screens.h opens it).
 *
 * verdict.c holds what is typed, judges it and has the keys; verdict_draw.c draws. What is typed
 * goes into a sample that is never stored: it has the editors and the lists of the form, and is
 * judged as a stored one is. */
#ifndef TAIZHANG_TUI_SCREENS_VERDICT_H
#define TAIZHANG_TUI_SCREENS_VERDICT_H

#include "core/judge.h"
#include "tui/screens/form.h"

enum { VERDICT_INPUTS = 9, VERDICT_STANDARD = VERDICT_INPUTS - 1 };

/* In the order in which one fills them; the last one is the standard, which no sample has. */
struct verdict_input {
    const char *field; /* of register `sample`; of `limit` for the standard */
    const char *label; /* NULL: that of the field */
    int row;
    bool is_right; /* in the right half of its row */
};
extern const struct verdict_input verdict_inputs[VERDICT_INPUTS];

struct verdict_screen {
    struct form form; /* its record is the sample; first, so that it is the screen */
    struct form_field standard;
    size_t at; /* the input of the cursor; VERDICT_INPUTS: the list */
    struct judgement judgement;
    struct judge_limits limits;
    struct listview list;
    int list_top; /* where its first row stands in the body */
};

/* Whether the input concerns the sample: soil has no outlet, water no land use. */
bool verdict_shows(const struct verdict_screen *self, size_t input);

const struct field *verdict_field(size_t input);
struct form_field *verdict_box(struct verdict_screen *self, size_t input);

void verdict_draw(struct screen *screen, struct grid *body);

#endif
