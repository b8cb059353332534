/* desk.h - a store in a test's folder, and lists that are imported into it. */
#ifndef TAIZHANG_TESTS_IMPORTS_DESK_H
#define TAIZHANG_TESTS_IMPORTS_DESK_H

#include "tests/imports/fixture.h"

#include "core/registers.h"
#include "imports/import.h"

/* The bureau of 清城区 (441802). */
struct store *desk_open(struct fixture *fixture);
void desk_close(struct fixture *fixture, struct store *store);

/* Writes `text` as list.csv and opens it. */
struct import *desk_list(struct fixture *fixture, struct store *store, const struct reg *reg,
                         const char *text);

/* Runs it; the counts read "读入=新增+变更+相同+拒绝". */
void desk_run(struct import *import, struct store *store, bool dry, const char *counts);

/* All of this at once; `first` (NULL: not wanted) gets the message of the first row kept. */
void desk_import(struct fixture *fixture, struct store *store, const struct reg *reg,
                 const char *text, bool dry, const char *counts, char first[400]);

int64_t desk_count(struct store *store, const struct reg *reg, const char *where);

/* The row with that number; fails when it was not kept. */
const struct import_row *desk_row(const struct import *import, uint32_t number);

/* What the history says was why for the last change of the record with that name. */
void desk_why(struct store *store, const struct reg *reg, const char *name, char why[400]);

#endif
