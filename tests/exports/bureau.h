/* bureau.h - for each test a folder with a new file of bureau 441802 (清城区) in it, operator 张三,
 * clock 2026-06-15T10:42:07, and what is exported from it. What fails in here fails the running
 * test. */
#ifndef TAIZHANG_TESTS_EXPORTS_BUREAU_H
#define TAIZHANG_TESTS_EXPORTS_BUREAU_H

#include "exports/report.h"

struct bureau {
    char *folder;
    struct store *store;
};

/* Setup and teardown of cmocka; *state is a struct bureau. */
int bureau_set_up(void **state);
int bureau_tear_down(void **state);

#define bureau_test(test) cmocka_unit_test_setup_teardown(test, bureau_set_up, bureau_tear_down)

/* Path of a file in the folder; valid until the next call. */
const char *bureau_path(struct bureau *bureau, const char *name);

/* A new record from pairs of field and text, ending with NULL. A text of an attachment field is
 * what the file contains (BUREAU_JPEG, BUREAU_PNG: a photo, pictures.h); its name is that of the
 * field with .jpg behind. */
#define BUREAU_JPEG "@jpeg"
#define BUREAU_PNG  "@png"
void bureau_add(struct bureau *bureau, const struct reg *reg, const char *const *pairs,
                char id[RECORD_ID_SIZE]);
#define BUREAU_ADD(bureau, reg, id, ...)                                                           \
    bureau_add(bureau, &(reg), (const char *const[]){__VA_ARGS__, NULL}, id)

/* A problem in `state` with all that the gate demands for it; `pairs` win. */
void bureau_add_problem(struct bureau *bureau, const char *state, const char *const *pairs,
                        char id[RECORD_ID_SIZE]);
#define BUREAU_ADD_PROBLEM(bureau, state, id, ...)                                                 \
    bureau_add_problem(bureau, state, (const char *const[]){__VA_ARGS__, NULL}, id)

/* Sets fields of a stored record from such pairs. */
void bureau_change(struct bureau *bureau, const struct reg *reg, const char *id,
                   const char *const *pairs);
#define BUREAU_CHANGE(bureau, reg, id, ...)                                                        \
    bureau_change(bureau, &(reg), id, (const char *const[]){__VA_ARGS__, NULL})

/* From here on it is this time. */
void bureau_go_to(const char *now);

bool bureau_try(struct bureau *bureau, const char *report, const struct report_options *options,
                const char *file, struct report_result *result, struct error *err);

/* Exports, and fails with the sentence if that does not work. */
void bureau_export(struct bureau *bureau, const char *report, const struct report_options *options,
                   const char *file);

/* The report refuses with this code and a sentence that holds `part`; no file appears. */
void bureau_refuses(struct bureau *bureau, const char *report, const struct report_options *options,
                    enum error_code code, const char *part);

/* Puts a layout file where reports are looked for; gone with the folder. */
void bureau_write_layout(struct bureau *bureau, const char *text);

/* Table `table` of the report as .csv; freed by the caller. */
char *bureau_csv(struct bureau *bureau, const char *report, struct report_options options,
                 const char *table);

/* Fails unless `text` holds `part`, or does. */
void assert_has(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);

#endif
