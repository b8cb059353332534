/* fixture.h - for each test a folder with a new file in it, open for writing: bureau 441802
 * (清城区), operator 张三, clock 2026-06-15T10:42:07. What fails in here fails the running test. */
#ifndef TAIZHANG_TESTS_DB_FIXTURE_H
#define TAIZHANG_TESTS_DB_FIXTURE_H

#include "core/registers.h"
#include "db/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    char folder[64];
    char path[96]; /* of the file */
    struct store *store;
    struct error err; /* of the last call that was to fail */
};

/* Setup and teardown of cmocka; *state is a struct fixture. The group pair makes the file once and
 * each test copies it. */
int fixture_setup_group(void **state);
int fixture_teardown_group(void **state);
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Runs the tests of a program with all of the above. */
#define fixture_test(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
#define fixture_run(tests)                                                                         \
    cmocka_run_group_tests(tests, fixture_setup_group, fixture_teardown_group)

/* Closes the store (if open) and opens the file again. */
void fixture_reopen(struct fixture *fixture, enum store_mode mode);

/* A record from "name=甲厂 region=清城区": fields and values, separated by blanks. */
void fixture_fill(struct fixture *fixture, const struct reg *reg, const char *fields,
                  struct record *record);

/* The same, saved; its id. */
void fixture_add(struct fixture *fixture, const struct reg *reg, const char *fields,
                 char id[RECORD_ID_SIZE]);

/* A problem in `state` of the main line with all that the gate demands for it; `fields` as above,
 * and they win. */
void fixture_add_problem(struct fixture *fixture, const char *state, const char *fields,
                         char id[RECORD_ID_SIZE]);

/* Changes fields of a stored record and saves it; what the save did. */
enum store_change fixture_change(struct fixture *fixture, const struct reg *reg, const char *id,
                                 const char *fields);

void fixture_remove(struct fixture *fixture, const struct reg *reg, const char *id);

/* The canonical text of a field as it stands in the file; "-" when the record is a tombstone. Valid
 * until the next call. */
const char *fixture_text(struct fixture *fixture, const struct reg *reg, const char *id,
                         const char *field);

/* One number from the file, by a connection of its own. */
long long fixture_number(const struct fixture *fixture, const char *sql);

/* Executes SQL on a file, by a connection of its own. */
void fixture_execute(const char *path, const char *sql);

void fixture_copy(const char *from, const char *to);

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        struct error assert_err = {0};                                                             \
        struct error *const err = &assert_err;                                                     \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, assert_err.message);                                         \
    } while (0)

/* `call` fails with the code and with a sentence that contains `part`; it stores in `fixture->err`.
 */
#define assert_fails(fixture, call, error_code, part)                                              \
    do {                                                                                           \
        struct error *const err = &(fixture)->err;                                                 \
        *err = (struct error){0};                                                                  \
        if (call)                                                                                  \
            fail_msg("%s did not fail", #call);                                                    \
        if (err->code != (error_code) || !strstr(err->message, part))                              \
            fail_msg("%s: code %d, “%s”", #call, (int)err->code, err->message);                    \
    } while (0)

#endif
