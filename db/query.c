#include "db/query.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/where.h"

#include <stdlib.h>
#include <string.h>

struct cursor {
    sqlite3_stmt *stmt;
    struct record record;
    struct rows_fields fields;
    const struct id_list *only; /* then the statement reads one record by its id */
    size_t next;
};

static void write_conditions(const struct query *query, const struct where *where,
                             struct buffer *sql)
{
    /* The sign keeps SQLite from going through an index to nearly all rows of the table. */
    buffer_add(sql, query->unordered || query->parent ? " WHERE +t.deleted = 0"
                                                      : " WHERE t.deleted = 0");
    if (query->incomplete)
        buffer_add(sql, " AND t.missing > 0");
    if (query->parent)
        buffer_addf(sql, " AND t.\"%s\" = ?", query->reg->parent);
    if (where->sql.length)
        buffer_addf(sql, " AND %s", where->sql.text);
}

/* 高 before 中 before 低: by the place in the declaration. */
static void write_choice_order(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    buffer_add(sql, "CASE ");
    rows_field_expression(reg, field, "t", sql);
    for (int i = 0; field->choices[i]; i++) {
        buffer_add(sql, " WHEN '");
        for (const char *c = field->choices[i]; *c; c++)
            buffer_addf(sql, "%s%c", *c == '\'' ? "'" : "", *c);
        buffer_addf(sql, "' THEN %d", i);
    }
    buffer_add(sql, " END");
}

/* What SQL sorts by so that the order is that of type_compare, and of names where references stand.
 */
static void write_sort_key(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    if (type_target(field)) {
        rows_readable_expression(reg, field, sql);
    } else if (field->type == TYPE_CHOICE) {
        write_choice_order(reg, field, sql);
    } else if (field->type == TYPE_MEASURE) {
        buffer_add(sql, "measure_nano(");
        rows_field_expression(reg, field, "t", sql);
        buffer_addf(sql, ", '%s')", field->unit ? field->unit : "");
    } else {
        rows_field_expression(reg, field, "t", sql);
    }
}

/* Empty values last, ties by id, so that the order never depends on chance. */
static bool write_order(const struct query *query, const struct where *where, struct buffer *sql,
                        struct error *err)
{
    const struct reg *reg = query->reg;
    const char *own = reg->order ? reg->order : reg->name_field;
    const char *name = query->order ? query->order : own;
    bool descending = query->order ? query->descending : reg->descending;
    const struct field *field = reg_field_find(reg, name);
    if (!field)
        return error_set(err, ERROR_USAGE, "%s没有名为“%s”的字段，不能按它排序", reg->label, name);
    buffer_add(sql, " ORDER BY ");
    write_sort_key(reg, field, sql);
    /* Where nothing is empty SQLite can walk the index, but only without the clause. */
    bool is_filled = (field->flags & FIELD_KEY) || where->compared == field;
    buffer_add(sql, descending ? " DESC" : "");
    buffer_add(sql, is_filled ? "" : " NULLS LAST");
    buffer_add(sql, descending ? ", t.id DESC" : ", t.id");
    return true;
}

static void bind_conditions(sqlite3_stmt *stmt, const struct query *query,
                            const struct where *where)
{
    int at = 1;
    if (query->parent)
        sql_bind_text(stmt, at++, query->parent);
    for (size_t i = 0; i < where->count; i++)
        sql_bind_value(stmt, at++, &where->values[i]);
}

/* `select` is everything up to the table alias t. */
static bool prepare(struct store *store, const struct query *query, const char *select,
                    bool ordered, sqlite3_stmt **stmt, struct error *err)
{
    struct where where;
    struct buffer sql = {0};
    *stmt = NULL;
    if (!where_parse(&where, query->reg, query->where, store_lookup(store), err))
        return false;
    buffer_add(&sql, select);
    write_conditions(query, &where, &sql);
    bool ok = (!ordered || write_order(query, &where, &sql, err)) &&
              sql_prepare(store->db, sql.text, stmt, err);
    if (ok)
        bind_conditions(*stmt, query, &where);
    buffer_release(&sql);
    where_release(&where);
    return ok;
}

bool cursor_open(struct cursor **out, struct store *store, const struct query *query,
                 struct error *err)
{
    struct buffer select = {0};
    struct cursor *cursor = mem_new(1, sizeof *cursor);
    rows_choose(query->reg, query->wanted, &cursor->fields);
    rows_write_select(query->reg, &cursor->fields, &select);
    record_init(&cursor->record, query->reg);
    cursor->only = query->only;
    if (query->only)
        buffer_add(&select, " WHERE t.deleted = 0 AND t.id = ?");
    bool ok = query->only
                  ? sql_prepare(store->db, select.text, &cursor->stmt, err)
                  : prepare(store, query, select.text, !query->unordered, &cursor->stmt, err);
    buffer_release(&select);
    *out = cursor;
    if (!ok)
        cursor_close(out);
    return ok;
}

/* Steps to the next of the chosen records that is still there. */
static bool step_chosen(struct cursor *cursor, bool *row, struct error *err)
{
    *row = false;
    while (!*row && cursor->next < cursor->only->count) {
        sqlite3_reset(cursor->stmt);
        sql_bind_text(cursor->stmt, 1, cursor->only->ids[cursor->next++]);
        if (!sql_step(cursor->stmt, row, err))
            return false;
    }
    return true;
}

bool cursor_next(struct cursor *cursor, const struct record **record, struct error *err)
{
    bool row;
    *record = NULL;
    if (!(cursor->only ? step_chosen(cursor, &row, err) : sql_step(cursor->stmt, &row, err)))
        return false;
    if (row) {
        rows_read(cursor->stmt, &cursor->fields, &cursor->record);
        *record = &cursor->record;
    }
    return true;
}

void cursor_close(struct cursor **cursor)
{
    if (!*cursor)
        return;
    sqlite3_finalize((*cursor)->stmt);
    record_release(&(*cursor)->record);
    rows_fields_release(&(*cursor)->fields);
    free(*cursor);
    *cursor = NULL;
}

bool query_count(struct store *store, const struct query *query, int64_t *count, struct error *err)
{
    struct buffer select = {0};
    sqlite3_stmt *stmt;
    bool row = false;
    if (query->only) {
        *count = (int64_t)query->only->count;
        return true;
    }
    buffer_addf(&select, "SELECT count(*) FROM \"%s\" AS t", query->reg->name);
    bool ok = prepare(store, query, select.text, false, &stmt, err) && sql_step(stmt, &row, err);
    *count = row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_finalize(stmt);
    buffer_release(&select);
    return ok;
}

void id_list_add(struct id_list *list, size_t *capacity, const char *id)
{
    list->ids = mem_grow(list->ids, list->count, capacity, sizeof *list->ids);
    /* Padded with NUL bytes, so that ids compare as a whole. */
    char *to = list->ids[list->count++];
    strncpy(to, id, RECORD_ID_SIZE - 1);
    to[RECORD_ID_SIZE - 1] = '\0';
}

bool query_ids(struct store *store, const struct query *query, struct id_list *list,
               struct error *err)
{
    struct buffer select = {0};
    sqlite3_stmt *stmt;
    size_t capacity = 0;
    bool row = false;
    *list = (struct id_list){0};
    buffer_addf(&select, "SELECT t.id FROM \"%s\" AS t", query->reg->name);
    bool ok = prepare(store, query, select.text, true, &stmt, err);
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        id_list_add(list, &capacity, sql_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    buffer_release(&select);
    if (!ok)
        id_list_release(list);
    return ok;
}

bool query_incomplete(struct store *store, const struct reg *reg, struct id_list *list,
                      struct error *err)
{
    const struct query query = {.reg = reg, .incomplete = true, .unordered = true};
    bool ok = query_ids(store, &query, list, err);
    id_list_sort(list);
    return ok;
}

void id_list_copy(struct id_list *to, const struct id_list *from)
{
    to->ids = mem_new(from->count, sizeof *to->ids);
    to->count = from->count;
    if (from->count)
        memcpy(to->ids, from->ids, from->count * sizeof *to->ids);
}

void id_list_release(struct id_list *list)
{
    free(list->ids);
    *list = (struct id_list){0};
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(a, b);
}

void id_list_sort(struct id_list *list)
{
    if (list->count)
        qsort(list->ids, list->count, sizeof *list->ids, compare_ids);
}

bool id_list_has(const struct id_list *sorted, const char *id)
{
    return sorted->count &&
           bsearch(id, sorted->ids, sorted->count, sizeof *sorted->ids, compare_ids);
}

void id_list_keep(struct id_list *list, const struct id_list *of)
{
    struct id_list sorted;
    size_t kept = 0;
    id_list_copy(&sorted, of);
    id_list_sort(&sorted);
    for (size_t i = 0; i < list->count; i++)
        if (id_list_has(&sorted, list->ids[i]))
            memmove(list->ids[kept++], list->ids[i], sizeof *list->ids);
    list->count = kept;
    id_list_release(&sorted);
}
