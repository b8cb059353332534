/* fixture.h - a folder for each test, and workbooks made of nothing but what a test says. */
#ifndef TAIZHANG_TESTS_IMPORTS_FIXTURE_H
#define TAIZHANG_TESTS_IMPORTS_FIXTURE_H

#include "imports/table.h"
#include "zipfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct fixture {
    char folder[64];
    char path[160]; /* of the file written last */
    struct table table;
    struct error err;
};

/* Setup and teardown of cmocka; *state is a struct fixture. */
int fixture_open(void **state);
int fixture_close(void **state);

/* Parts of a workbook; those left out are those of one plain sheet "清单". */
struct fixture_workbook {
    const char *package, *workbook, *relations, *styles, *strings, *sheet, *second;
    const char *password;        /* of the sheet part */
    struct zipfile_part more[12]; /* parts besides */
};

void fixture_write(struct fixture *fixture, const char *name, const void *bytes, size_t length);
void fixture_write_text(struct fixture *fixture, const char *name, const char *text);
void fixture_write_workbook(struct fixture *fixture, const struct fixture_workbook *workbook);

/* A workbook whose only sheet has these rows (the inside of <sheetData>). */
void fixture_write_rows(struct fixture *fixture, const char *rows);

/* Reads the file written last; the cells are compared with `expected`: cells joined by |, rows by
 * a line feed. */
void fixture_expect(struct fixture *fixture, const char *sheet, const char *expected);

/* The file is refused with that code and a sentence that holds `words` and the file's name, and
 * nothing stays in the table. */
void fixture_refuse(struct fixture *fixture, const char *sheet, enum error_code code,
                    const char *words);

/* `unit` repeated, to be freed. */
char *fixture_repeat(const char *unit, size_t times);

#endif
