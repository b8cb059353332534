/* cells.h - tables of cells with what they are read as. */
#ifndef TAIZHANG_TESTS_IMPORTS_CELLS_H
#define TAIZHANG_TESTS_IMPORTS_CELLS_H

#include "imports/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* The store of a whole program that wants one, and what its cells are read with: group set-up and
 * tear-down of cmocka. */
extern struct store *cells_store;
int cells_open_store(void **state);
int cells_close_store(void **state);
struct cell_context cells_context(void);

struct cell_case {
    const char *text;
    const char *reading; /* "" no value; NULL: refused */
    const char *note; /* part of the note, NULL: there is none; part of the sentence of a refusal */
    bool is_guess;
};

/* Reads each cell. What is read otherwise than it stands is something that the field type takes; a
 * refusal names the field. */
void cells_check(const struct cell_context *context, const struct field *field,
                 const struct cell_case *cases, size_t count);

/* Each text stands as it is and the field type refuses it. */
void cells_left(const struct cell_context *context, const struct field *field,
                const char *const *texts, size_t count);

#define CELLS_CHECK(context, field, cases) cells_check(context, field, cases, COUNT_OF(cases))
#define CELLS_LEFT(context, field, texts)  cells_left(context, field, texts, COUNT_OF(texts))

#endif
