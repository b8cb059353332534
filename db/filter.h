/* filter.h - narrowing a list of records to those that contain what is typed, as written or by
 * pinyin, while one types. Texts are read when they are first compared and held in memory. */
#ifndef TAIZHANG_DB_FILTER_H
#define TAIZHANG_DB_FILTER_H

#include "db/query.h"

struct filter;

/* `ids` are the records of `reg` to choose from; borrowed until the filter is closed, before the
 * store is. */
bool filter_open(struct filter **filter, struct store *store, const struct reg *reg,
                 const struct id_list *ids, struct error *err);
void filter_close(struct filter **filter);

/* What is looked for from now on; every word must stand in a field marked FIELD_SEARCH. */
void filter_ask(struct filter *filter, const char *text);

/* Works for about `milliseconds`. *more tells whether there may be more to find, or to read. */
bool filter_work(struct filter *filter, unsigned milliseconds, bool *more, struct error *err);

/* What was found so far, in the order of the list. */
size_t filter_count(const struct filter *filter);
const char *filter_id(const struct filter *filter, size_t index);

/* A list of it; `list` is empty before. */
void filter_list(const struct filter *filter, struct id_list *list);

#endif
