/* target_parts.h - who has cut and who has added: what counts for a target, by enterprise, county
 * or city. */
#ifndef TAIZHANG_DB_TARGET_PARTS_H
#define TAIZHANG_DB_TARGET_PARTS_H

#include "db/targets.h"

enum target_by { BY_ENTERPRISE, BY_COUNTY, BY_CITY };

struct target_part {
    char id[RECORD_ID_SIZE]; /* of an enterprise, or the code of a region; "" of projects whose
                                owner has no file, and of figures that only the list has */
    char *name;              /* owned */
    int64_t cut, added;      /* in kg/a at LOAD_SCALE */
    size_t projects;         /* 0: of figures that only the list has */
};

/* Starts as {0}. */
struct target_parts {
    struct target_part *parts; /* by net cut, the largest first; owned */
    size_t count, capacity;
};

void target_parts_read(struct target_parts *parts, struct store *store,
                       const struct target_line *line, const struct target_facts *facts,
                       enum target_by by);
void target_parts_release(struct target_parts *parts);

#endif
