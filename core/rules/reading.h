/* reading.h - how rules look into a record. Each function answers "no" for a field that the
 * register does not have or that is empty, so that a rule is silent where it cannot judge. */
#ifndef TAIZHANG_CORE_RULES_READING_H
#define TAIZHANG_CORE_RULES_READING_H

#include "core/record.h"

bool read_is_filled(const struct record *record, const char *name);

/* The stored text; NULL when empty. Borrowed. */
const char *read_text(const struct record *record, const char *name);

/* The stored integer or scaled decimal. */
bool read_integer(const struct record *record, const char *name, int64_t *integer);

bool read_date(const struct record *record, const char *name, struct date *date);

/* Days from the date in `name` until today, negative when it lies ahead. False without either. */
bool read_age(const struct record *record, const char *name, const struct check_context *context,
              int *days);

/* Whether a yes-or-no field says 是 (or 否). */
bool read_says(const struct record *record, const char *name, bool yes);

/* Whether the field is one of `values`, separated by '|'. */
bool read_is(const struct record *record, const char *name, const char *values);

/* Whether a list of several (choices, or names separated by 、，, ; / or a blank) holds `item`. */
bool read_lists(const struct record *record, const char *name, const char *item);

/* Whether the enterprise has been shut for good. */
bool read_is_shut(const struct record *record);

/* Whether it belongs to one of the six key industries of the national policy. */
bool read_is_key_industry(const struct record *record);

/* Calls `visit` for each item of such a list; returns how many there are. `visit` may be NULL. */
size_t read_each(const char *list, void (*visit)(void *context, const char *item), void *context);

/* The same for names of persons, each of them once: neither a blank inside a name ("李 四"), nor an
 * office in brackets, nor writing it twice makes a second person. */
size_t read_each_person(const char *list, void (*visit)(void *context, const char *item),
                        void *context);
bool read_has_person(const struct record *record, const char *name, const char *person);

/* Label of the field as a person sees it, with its group before it when it has one. Appends. */
void read_label(const struct record *record, const char *name, struct buffer *out);

#endif
