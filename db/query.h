/* query.h - reading many records: filtered, sorted, one after the other or as a list of ids. */
#ifndef TAIZHANG_DB_QUERY_H
#define TAIZHANG_DB_QUERY_H

#include "db/store.h"

/* Ids of records, `count` entries of RECORD_ID_SIZE bytes. */
struct id_list {
    char (*ids)[RECORD_ID_SIZE];
    size_t count;
};

struct query {
    const struct reg *reg; /* required */
    const char *where;     /* as typed: "status=在产 base_total_kg>100 name~锌"; NULL: all */
    const char *parent;    /* id: only the children of that record; NULL: all */
    bool incomplete;       /* only records with required fields empty */
    const char *order;     /* field name; NULL: the register's own order */
    bool descending;
    bool unordered; /* in the order in which they are read fastest, whatever `order` says */
    const struct id_list *only; /* exactly these records in this order, whatever else is said; NULL:
                                   all that the conditions let through. Borrowed. */
    const bool *wanted; /* by field index: the others are not read and stay empty; NULL: all.
                           Borrowed while the cursor is opened. */
};

struct cursor;

/* Conditions are joined with and; operators = != < <= > >= ~ (contains). Values may be "quoted".
 * ERROR_USAGE names an unknown field or a malformed condition. */
bool cursor_open(struct cursor **cursor, struct store *store, const struct query *query,
                 struct error *err);

/* Steps to the next record: *record is borrowed until the next step, NULL at the end. */
bool cursor_next(struct cursor *cursor, const struct record **record, struct error *err);
void cursor_close(struct cursor **cursor);

bool query_count(struct store *store, const struct query *query, int64_t *count, struct error *err);

/* Ids of all records of a query in order. */
bool query_ids(struct store *store, const struct query *query, struct id_list *list,
               struct error *err);

/* Ids of the records of a register that lack something required, sorted, for id_list_has. */
bool query_incomplete(struct store *store, const struct reg *reg, struct id_list *list,
                      struct error *err);

/* Adds an id; `capacity` is 0 at first. */
void id_list_add(struct id_list *list, size_t *capacity, const char *id);
void id_list_copy(struct id_list *to, const struct id_list *from); /* `to` is empty before */
void id_list_release(struct id_list *list);

/* Sorts by id, and finds an id in a list so sorted. */
void id_list_sort(struct id_list *list);
bool id_list_has(const struct id_list *sorted, const char *id);

/* Leaves out what is not in `of`; the order stays. */
void id_list_keep(struct id_list *list, const struct id_list *of);

#endif
