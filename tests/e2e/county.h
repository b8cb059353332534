/* county.h - a demo county that a test may change, the command line beside the desk, and the desk
 * itself. */
#ifndef TAIZHANG_TESTS_E2E_COUNTY_H
#define TAIZHANG_TESTS_E2E_COUNTY_H

#include "terminal.h"

struct county {
    char folder[512];
    char file[560];     /* of the running test */
    char template[560]; /* the demo county, made once */
};

/* Setup and teardown of a group: makes the demo county, once. *state is a struct county. */
int county_make(void **state);
int county_remove(void **state);

/* Setup of a test: `file` is as the demo county was made. */
int county_copy(void **state);

/* Runs the program on `file` with `arguments` as a shell reads them; returns its exit status. */
int county_command(const char *file, const char *arguments);

/* What the last command printed, with its errors. */
void county_assert_printed(const char *text);
void county_assert_not_printed(const char *text);

/* How many live records a register has, or those that satisfy `where`. */
int county_count(const struct county *county, const char *reg, const char *where);

/* The desk, 80 x 24. */
struct terminal_window *county_open(const struct county *county);

/* Leaves the desk by its own key from wherever it is. */
void county_leave(struct terminal_window **window);

#endif
