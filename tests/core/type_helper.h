/* type_helper.h - what the tests of field types have in common. Each function fails the running
 * test. */
#ifndef TAIZHANG_TESTS_CORE_TYPE_HELPER_H
#define TAIZHANG_TESTS_CORE_TYPE_HELPER_H

#include "core/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* `text` is taken and shown as `canonical`, which gives the same value again, also from the
 * history. */
void assert_accepts(const struct field *field, const char *text, const char *canonical);

/* `text` is refused: the sentence begins with the label, contains `part`, names the field, and the
 * value that was there stays. */
void assert_refuses(const struct field *field, const char *text, const char *part);

/* -1, 0 or 1: the order of two texts as values. */
int order_of(const struct field *field, const char *a, const char *b);

/* The value, as JSON shows it, equals `json`. */
void assert_json(const struct field *field, const char *text, const char *json);

/* Checking the value gives exactly one finding of `rule` and `severity` that contains `part`; with
 * rule NULL none at all. */
void assert_finding(const struct field *field, const char *text, const char *rule,
                    enum severity severity, const char *part);

/* The field takes name and id of a record of register `target`, keeps the id and shows the name;
 * without a lookup it shows the id. What the register does not have is refused. */
void assert_points_to(const struct field *field, const char *target);

/* Knows two records of every register: "id-1" 甲, "id-2" 乙. */
extern const struct lookup helper_lookup;

#endif
