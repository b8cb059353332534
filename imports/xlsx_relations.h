/* xlsx_relations.h - the .rels part of a part: which other parts it points to (ECMA-376 part 2). */
#ifndef TAIZHANG_IMPORTS_XLSX_RELATIONS_H
#define TAIZHANG_IMPORTS_XLSX_RELATIONS_H

#include "imports/zip.h"

struct xlsx_relation {
    char *id;
    char *type;   /* last segment of its URI, e.g. "worksheet" */
    char *target; /* part name from the root of the package, without a leading slash */
};

struct xlsx_relations {
    struct xlsx_relation *items; /* ascending by id; owned */
    size_t count, capacity;
};

/* Relations of `part`, "" for the package itself; none when there is no such .rels part. */
bool xlsx_relations_read(struct zip *zip, const char *part, struct xlsx_relations *relations,
                         struct error *err);
void xlsx_relations_release(struct xlsx_relations *relations);

/* A relation with that id, or of that type; NULL when there is none. */
const struct xlsx_relation *xlsx_relations_find_id(const struct xlsx_relations *relations,
                                                   const char *id);
const struct xlsx_relation *xlsx_relations_find_type(const struct xlsx_relations *relations,
                                                     const char *type);

#endif
