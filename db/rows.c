#include "core/mem.h"
#include "db/internal.h"
#include "db/policy.h"

#include <stdlib.h>
#include <string.h>

void rows_field_expression(const struct reg *reg, const struct field *field, const char *alias,
                           struct buffer *sql)
{
    if (field_is_stored(field)) {
        buffer_addf(sql, "%s.\"%s\"", alias, field->name);
        return;
    }
    const struct field *via = reg_field_find(reg, field->via);
    buffer_addf(sql, "(SELECT v.\"%s\" FROM \"%s\" AS v WHERE v.id = %s.\"%s\")", field->source,
                via->target, alias, via->name);
}

void rows_readable_expression(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    const char *target = type_target(field);
    const struct reg *to = target ? reg_find(target) : NULL;
    if (!to) {
        rows_field_expression(reg, field, "t", sql);
        return;
    }
    buffer_add(sql, "(SELECT ");
    rows_field_expression(to, reg_field_find(to, to->name_field), "r", sql);
    buffer_addf(sql, " FROM \"%s\" AS r WHERE r.id = ", to->name);
    rows_field_expression(reg, field, "t", sql);
    buffer_add_char(sql, ')');
}

enum { HEAD_COLUMNS = 3 }; /* id, version, deleted */

static void choose(const struct reg *reg, size_t index, struct rows_fields *fields)
{
    fields->items[fields->count++] = (struct rows_field){index, reg_field(reg, index)->type};
}

void rows_choose(const struct reg *reg, const bool *wanted, struct rows_fields *fields)
{
    const size_t count = reg_field_count(reg);
    *fields = (struct rows_fields){.items = mem_new(count, sizeof *fields->items)};
    for (size_t i = 0; i < count; i++)
        if (!wanted || wanted[i])
            choose(reg, i, fields);
}

void rows_choose_named(const struct reg *reg, const char *const *names, struct rows_fields *fields)
{
    size_t count = 0;
    while (names[count])
        count++;
    *fields = (struct rows_fields){.items = mem_new(count, sizeof *fields->items)};
    for (size_t i = 0; i < count; i++) {
        int index = reg_field_index(reg, names[i]);
        if (index >= 0)
            choose(reg, (size_t)index, fields);
    }
}

void rows_fields_release(struct rows_fields *fields)
{
    free(fields->items);
    *fields = (struct rows_fields){0};
}

static void write_field(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    buffer_add(sql, ", ");
    rows_field_expression(reg, field, "t", sql);
}

void rows_write_select(const struct reg *reg, const struct rows_fields *fields, struct buffer *sql)
{
    buffer_add(sql, "SELECT t.id, t.version, t.deleted");
    if (fields)
        for (size_t i = 0; i < fields->count; i++)
            write_field(reg, reg_field(reg, fields->items[i].index), sql);
    else
        for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
            write_field(reg, walk.field, sql);
    buffer_addf(sql, " FROM \"%s\" AS t", reg->name);
}

static void read_head(sqlite3_stmt *stmt, struct record *record)
{
    strncpy(record->id, sql_column_text(stmt, 0), RECORD_ID_SIZE - 1);
    /* A file may claim anything; counting on from the largest number would overflow. */
    int64_t version = sqlite3_column_int64(stmt, 1);
    record->version = version < 1 ? 1 : version > INT32_MAX ? INT32_MAX : version;
    record->deleted = sqlite3_column_int(stmt, 2) != 0;
}

void rows_read(sqlite3_stmt *stmt, const struct rows_fields *fields, struct record *record)
{
    int column = HEAD_COLUMNS;
    read_head(stmt, record);
    if (fields)
        for (size_t i = 0; i < fields->count; i++)
            sql_column_value(stmt, column++, fields->items[i].type,
                             &record->values[fields->items[i].index]);
    else
        for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
            sql_column_value(stmt, column++, walk.field->type, &record->values[walk.index]);
}

static struct reg_statements *statements_of(struct store *store, const struct reg *reg)
{
    for (size_t i = 0; i < register_count; i++)
        if (registers[i] == reg)
            return &store->statements[i];
    return NULL;
}

static bool prepare_select(struct store *store, const struct reg *reg, struct error *err)
{
    struct reg_statements *statements = statements_of(store, reg);
    if (statements->select)
        return true;
    struct buffer sql = {0};
    rows_write_select(reg, NULL, &sql);
    buffer_add(&sql, " WHERE t.id = ?");
    bool ok = sql_prepare(store->db, sql.text, &statements->select, err);
    buffer_release(&sql);
    return ok;
}

bool store_get(struct store *store, const struct reg *reg, const char *id, struct record *record,
               struct error *err)
{
    record_init(record, reg);
    if (!prepare_select(store, reg, err))
        return false;
    sqlite3_stmt *select = statements_of(store, reg)->select;
    bool row = false;
    sql_bind_text(select, 1, id);
    bool ok = sql_step(select, &row, err);
    if (row)
        rows_read(select, NULL, record);
    sqlite3_reset(select);
    if (ok && !row)
        return error_set(err, ERROR_MISSING, "%s中没有编号为“%s”的记录", reg->label, id);
    return ok;
}

/* INSERT and UPDATE list the same columns in the same order, the id last. */
static void write_insert(const struct reg *reg, struct buffer *sql)
{
    struct buffer marks = {0};
    buffer_addf(sql, "INSERT INTO \"%s\" (version, deleted, missing, updated_at", reg->name);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        if (!field_is_stored(walk.field))
            continue;
        buffer_addf(sql, ", \"%s\"", walk.field->name);
        buffer_add(&marks, ", ?");
    }
    buffer_addf(sql, ", id, created_at) VALUES (?, ?, ?, ?%s, ?, ?4)", buffer_text(&marks));
    buffer_release(&marks);
}

static void write_update(const struct reg *reg, struct buffer *sql)
{
    buffer_addf(sql, "UPDATE \"%s\" SET version = ?, deleted = ?, missing = ?, updated_at = ?",
                reg->name);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        if (field_is_stored(walk.field))
            buffer_addf(sql, ", \"%s\" = ?", walk.field->name);
    buffer_add(sql, " WHERE id = ?");
}

static bool prepare_write(struct store *store, const struct reg *reg, bool is_new,
                          sqlite3_stmt **stmt, struct error *err)
{
    struct reg_statements *statements = statements_of(store, reg);
    sqlite3_stmt **cached = is_new ? &statements->insert : &statements->update;
    bool ok = true;
    if (!*cached) {
        struct buffer sql = {0};
        if (is_new)
            write_insert(reg, &sql);
        else
            write_update(reg, &sql);
        ok = sql_prepare(store->db, sql.text, cached, err);
        buffer_release(&sql);
    }
    *stmt = *cached;
    return ok;
}

bool row_write(struct store *store, const struct record *record, struct error *err)
{
    sqlite3_stmt *stmt;
    if (!prepare_write(store, record->reg, record->version == 1, &stmt, err))
        return false;
    almanac_forget(store, record->reg);
    policy_forget(store, record->reg);
    int at = 1;
    sqlite3_bind_int64(stmt, at++, record->version);
    sqlite3_bind_int(stmt, at++, record->deleted);
    sqlite3_bind_int64(stmt, at++, (int64_t)record_missing(record));
    sql_lend_text(stmt, at++, store->batch.at);
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (field_is_stored(walk.field))
            sql_lend_value(stmt, at++, &record->values[walk.index]);
    sql_lend_text(stmt, at, record->id);
    return sql_run(stmt, err);
}

bool row_write_computed(struct store *store, const struct record *before,
                        const struct record *after, struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *update;
    bool ok = true;
    for (struct field_walk walk = {.reg = after->reg}; ok && reg_walk(&walk);) {
        const struct value *value = &after->values[walk.index];
        if (!field_is_stored(walk.field) || value_equal(value, &before->values[walk.index]))
            continue;
        buffer_clear(&sql);
        buffer_addf(&sql, "UPDATE \"%s\" SET \"%s\" = ? WHERE id = ?", after->reg->name,
                    walk.field->name);
        ok = sql_cached(store, sql.text, &update, err);
        if (ok) {
            sql_lend_value(update, 1, value);
            sql_lend_text(update, 2, after->id);
            ok = sql_run(update, err);
        }
    }
    buffer_release(&sql);
    return ok;
}

static bool recount_one(struct store *store, const struct reg *reg, const char *id, int64_t stored,
                        sqlite3_stmt *update, struct error *err)
{
    struct record record;
    bool ok = store_get(store, reg, id, &record, err);
    int64_t missing = ok ? (int64_t)record_missing(&record) : stored;
    record_release(&record);
    if (!ok || missing == stored)
        return ok;
    sqlite3_bind_int64(update, 1, missing);
    sql_bind_text(update, 2, id);
    return sql_run(update, err);
}

static bool recount_reg(struct store *store, const struct reg *reg, struct error *err)
{
    struct buffer select_sql = {0}, update_sql = {0};
    sqlite3_stmt *select = NULL, *update = NULL;
    bool row = false;
    buffer_addf(&select_sql, "SELECT id, missing FROM \"%s\"", reg->name);
    buffer_addf(&update_sql, "UPDATE \"%s\" SET missing = ? WHERE id = ?", reg->name);
    bool ok = sql_prepare(store->db, select_sql.text, &select, err) &&
              sql_prepare(store->db, update_sql.text, &update, err);
    while (ok && (ok = sql_step(select, &row, err)) && row)
        ok = recount_one(store, reg, sql_column_text(select, 0), sqlite3_column_int64(select, 1),
                         update, err);
    sqlite3_finalize(select);
    sqlite3_finalize(update);
    buffer_release(&select_sql);
    buffer_release(&update_sql);
    return ok;
}

bool rows_recount_missing(struct store *store, struct error *err)
{
    for (size_t i = 0; i < register_count; i++)
        if (!(registers[i]->flags & REG_REFERENCE) && !recount_reg(store, registers[i], err))
            return false;
    return true;
}
