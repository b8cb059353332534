/* loads.h - the three tables of yearly loads (permitted, base of 2020, actual) that an enterprise
 * carries: five metals under total control and their sum, each exact to the gram. */
#ifndef TAIZHANG_CORE_REGISTERS_LOADS_H
#define TAIZHANG_CORE_REGISTERS_LOADS_H

#include "core/record.h"

enum {
    LOAD_METAL_COUNT = 5,
    LOAD_FIELD_COUNT = LOAD_METAL_COUNT + 1,
    LOAD_SCALE = 3, /* of kg/a */
};

struct load_group {
    const char *label; /* "2020年基础排放量" */
    const char
        *metals[LOAD_METAL_COUNT]; /* names of fields: lead, mercury, cadmium, chromium, arsenic */
    const char *total;
};

enum { LOAD_PERMITTED, LOAD_BASE, LOAD_ACTUAL, LOAD_GROUP_COUNT };

extern const struct load_group load_groups[LOAD_GROUP_COUNT];

/* "铅", "汞", "镉", "铬", "砷" */
extern const char *const load_metals[LOAD_METAL_COUNT];

/* Adds up the metals of `group` that are filled. False when none is, when the register has no such
 * fields, or when the sum does not fit. */
bool load_sum(const struct record *record, const struct load_group *group, int64_t *sum);

/* Fills each total that is empty or that still is the sum of the parts as they were `before`; a
 * total that a person typed otherwise stays, and rule V09 names the difference. */
void load_derive(struct record *record, const struct record *before);

#endif
