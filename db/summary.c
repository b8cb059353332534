#include "db/summary.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

static bool read_number(struct store *store, const struct buffer *sql, const char *parameter,
                        int64_t *number, struct error *err)
{
    return sql_number(store->db, sql->text, parameter, NULL, number, err);
}

bool summary_stamp(struct store *store, int64_t *stamp, struct error *err)
{
    int64_t others; /* SQLite counts here what other processes commit, and there what we write */
    bool ok = sql_number(store->db, "PRAGMA data_version", NULL, NULL, &others, err);
    *stamp = ok ? (others << 40) + sqlite3_total_changes64(store->db) : -1;
    return ok;
}

/* Counting without a condition takes SQLite a fraction of counting with one: the few that do not
 * belong are counted and taken off. */
bool summary_count(struct store *store, const struct reg *reg, struct summary_counts *counts,
                   struct error *err)
{
    struct buffer all = {0}, dead = {0}, complete = {0};
    int64_t removed = 0, filled = 0;
    buffer_addf(&all, "SELECT count(*) FROM \"%s\"", reg->name);
    buffer_addf(&dead, "%s WHERE deleted > 0", all.text);
    buffer_addf(&complete, "%s WHERE deleted = 0 AND missing = 0", all.text);
    bool ok = read_number(store, &all, NULL, &counts->total, err) &&
              read_number(store, &dead, NULL, &removed, err) &&
              read_number(store, &complete, NULL, &filled, err);
    counts->total -= removed;
    counts->incomplete = counts->total - filled;
    buffer_release(&all);
    buffer_release(&dead);
    buffer_release(&complete);
    return ok;
}

bool summary_count_new(struct store *store, const struct reg *reg, const char *since,
                       int64_t *count, struct error *err)
{
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE deleted = 0 AND created_at >= ?",
                reg->name);
    bool ok = read_number(store, &sql, since, count, err);
    buffer_release(&sql);
    return ok;
}

/* ---- gaps ---- */

static bool may_lack(const struct field *field)
{
    return field_is_stored(field) && ((field->flags & (FIELD_REQUIRED | FIELD_KEY)) != 0 ||
                                      field->required_when.field != NULL);
}

static void add_literal(const struct value *value, struct buffer *sql)
{
    if (value->kind == VALUE_INTEGER) {
        buffer_addf(sql, "%lld", (long long)value->integer);
        return;
    }
    char *quoted = sqlite3_mprintf("%Q", value->text);
    buffer_add(sql, quoted);
    sqlite3_free(quoted);
}

/* " AND "status" IN ('停产','长期停产')" */
static void add_condition(const struct reg *reg, struct condition condition, struct buffer *sql)
{
    const struct field *field = reg_field_find(reg, condition.field);
    buffer_add(sql, " AND ");
    rows_field_expression(reg, field, "t", sql);
    buffer_add(sql, " IN (");
    const char *separator = "";
    for (const char *at = condition.values; at && *at;) {
        size_t length = strcspn(at, "|");
        struct buffer text = {0};
        struct value value = {0};
        buffer_add_bytes(&text, at, length);
        if (type_restore(field, buffer_text(&text), &value, NULL) && !value_is_null(&value)) {
            buffer_add(sql, separator);
            add_literal(&value, sql);
            separator = ",";
        }
        value_release(&value);
        buffer_release(&text);
        at += length + (at[length] == '|');
    }
    buffer_add_char(sql, ')');
}

static void add_gap(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    buffer_addf(sql, "sum(t.\"%s\" IS NULL", field->name);
    if (!(field->flags & (FIELD_REQUIRED | FIELD_KEY)))
        add_condition(reg, field->required_when, sql);
    buffer_add_char(sql, ')');
}

/* Keeps `gap` among the `most` greatest; of equals the one declared first stands first. */
static void keep_gap(struct summary_gap *gaps, size_t most, size_t *count, struct summary_gap gap)
{
    size_t at = *count;
    while (at > 0 && gaps[at - 1].count < gap.count)
        at--;
    if (gap.count == 0 || at >= most)
        return;
    size_t kept = *count < most ? *count : most - 1;
    memmove(&gaps[at + 1], &gaps[at], (kept - at) * sizeof *gaps);
    gaps[at] = gap;
    *count = kept + 1;
}

bool summary_gaps(struct store *store, const struct reg *reg, struct summary_gap *gaps, size_t most,
                  size_t *count, struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    bool row = false;
    *count = 0;
    buffer_add(&sql, "SELECT 0");
    for (size_t i = 0; i < reg_field_count(reg); i++) {
        if (!may_lack(reg_field(reg, i)))
            continue;
        buffer_add(&sql, ", ");
        add_gap(reg, reg_field(reg, i), &sql);
    }
    buffer_addf(&sql, " FROM \"%s\" AS t WHERE t.deleted = 0 AND t.missing > 0", reg->name);
    bool ok = sql_prepare(store->db, sql.text, &stmt, err) && sql_step(stmt, &row, err);
    int column = 1;
    for (size_t i = 0; ok && row && i < reg_field_count(reg); i++) {
        const struct field *field = reg_field(reg, i);
        if (may_lack(field))
            keep_gap(gaps, most, count,
                     (struct summary_gap){field, sqlite3_column_int64(stmt, column++)});
    }
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    return ok;
}

/* ---- problems ---- */

static const struct field *reference_to(const struct reg *from, const char *target)
{
    for (size_t i = 0; target && i < reg_field_count(from); i++) {
        const struct field *field = reg_field(from, i);
        bool points = field->type == TYPE_REF && field_is_stored(field) && field->target;
        if (points && strcmp(field->target, target) == 0)
            return field;
    }
    return NULL;
}

static bool write_relation(const struct reg *problem, const struct reg *reg, struct buffer *sql)
{
    const struct field *name = reg_field_find(reg, reg->name_field);
    const struct field *direct = reference_to(problem, reg->name);
    const struct field *shared = reference_to(problem, name->target);
    if (reg == problem)
        return true;
    if (direct)
        buffer_addf(sql, " AND \"%s\" IS NOT NULL", direct->name);
    else if (shared)
        buffer_addf(sql, " AND \"%s\" IN (SELECT \"%s\" FROM \"%s\" WHERE deleted = 0)",
                    shared->name, name->name, reg->name);
    return direct || shared;
}

bool summary_problems(struct store *store, const struct reg *reg, struct summary_problems *problems,
                      struct error *err)
{
    const struct reg *problem = reg_find("problem");
    struct buffer sql = {0};
    bool ok = true;
    *problems = (struct summary_problems){.related = false};
    buffer_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE deleted = 0", problem->name);
    problems->related = write_relation(problem, reg, &sql);
    if (problems->related) {
        ok = read_number(store, &sql, NULL, &problems->total, err);
        buffer_add(&sql, " AND coalesce(state, '') NOT IN ('已销号', '后督察')");
        ok = ok && read_number(store, &sql, NULL, &problems->open, err);
    }
    buffer_release(&sql);
    return ok;
}
