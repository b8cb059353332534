/* terms.h - the words by which lists call the fields of a register, for looking up headings. */
#ifndef TAIZHANG_IMPORTS_TERMS_H
#define TAIZHANG_IMPORTS_TERMS_H

#include "core/reg.h"

/* How sure it is that a heading means a field. */
enum term_grade {
    TERM_NONE,
    TERM_PART,  /* by the label alone, of a field that stands in a group */
    TERM_LOOSE, /* words that people vary apart (heading_text_loosen), or without its year */
    TERM_ALIAS,
    TERM_LABEL, /* its label or English name */
};

struct term {
    char *key; /* owned */
    size_t field;
    enum term_grade grade;
};

/* Sorted by key. */
struct term_list {
    struct term *items;
    size_t count, capacity;
};

struct terms {
    const struct reg *reg;
    struct term_list exact, loose; /* a key once; a loose one that two fields claim is left out */
    struct term_list parts;  /* labels of fields in groups; a key as often as groups have it */
    struct term_list groups; /* what their groups are called; `field` is the first of one */
};

void terms_init(struct terms *terms, const struct reg *reg);
void terms_release(struct terms *terms);

/* The field that is called `key` (a key of heading_text.h), TERM_NONE when there is none. */
enum term_grade terms_find(const struct terms *terms, const char *key, size_t *field);

/* The same for keys that were loosened; tried without their years as well. */
enum term_grade terms_find_loose(const struct terms *terms, const char *key, size_t *field);

/* Another field that is called so as well: a reference is called after what it points to, like the
 * name that is shown from there. */
bool terms_find_other(const struct terms *terms, const char *key, size_t not_field, size_t *field);

/* The first of the terms with that key, NULL none; those with the same key follow it. */
const struct term *term_list_find(const struct term_list *list, const char *key);

/* Whether groups are called so, years apart. */
bool terms_is_group(const struct terms *terms, const char *key);

/* The one field whose term is spelled nearly like `key`: so few characters of so many differ, and
 * none of those by which terms differ (水 and 气, 铅 and 镉). Fields with `taken` are left out.
 * False when there is none, or more than one equally near. */
bool terms_find_near(const struct terms *terms, const char *key, const bool *taken, size_t *field);

#endif
