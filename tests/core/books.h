/* books.h - for tests of the quota accounts: records in memory, and a desk on 2026-06-15 whose
 * guards see some of them. What fails in here fails the running test. */
#ifndef TAIZHANG_TESTS_CORE_BOOKS_H
#define TAIZHANG_TESTS_CORE_BOOKS_H

#include "core/quota_guard.h"
#include "core/registers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* In struct loads. */
enum { LEAD, MERCURY, CADMIUM, CHROMIUM, ARSENIC, TOTAL };

/* Of a cut that may be used. */
#define SOUND "key_line=是 permit_held=已领证 load_basis=许可量差值 "

extern const struct check_context books_desk;

/* Nothing is seen; then `record` is seen, too, as it is when somebody looks. */
void books_forget(void);
void books_see(struct record *record);

void books_set(struct record *record, const char *field, const char *text);

/* A record from "name=甲 key_line=是": fields and values, separated by blanks. */
void books_fill(struct record *record, const struct reg *reg, const char *id, const char *fields);

void books_expect(const struct loads *loads, size_t metal, int64_t grams);

#endif
