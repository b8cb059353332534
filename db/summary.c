#include "db/summary.h"
#include "core/decimal.h"
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

/* Sums `count` expressions over the next rows of a table, a slice that takes a few milliseconds. */
static bool sum_slice(struct store *store, const struct reg *reg, const char *const *expressions,
                      size_t count, const char *parameter, struct summary_walk *walk,
                      int64_t *const *sums, struct error *err)
{
    enum { SLICE = 4000 };
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    bool row = false;
    buffer_add(&sql, "SELECT count(*), max(r)");
    for (size_t i = 0; i < count; i++)
        buffer_addf(&sql, ", coalesce(sum(v%zu), 0)", i);
    buffer_add(&sql, " FROM (SELECT t.rowid AS r");
    for (size_t i = 0; i < count; i++)
        buffer_addf(&sql, ", (t.deleted = 0) * (%s) AS v%zu", expressions[i], i);
    buffer_addf(&sql, " FROM \"%s\" AS t NOT INDEXED WHERE t.rowid > ?1 ORDER BY t.rowid LIMIT %d)",
                reg->name, SLICE);
    bool ok = sql_cached(store, sql.text, &stmt, err);
    buffer_release(&sql);
    if (!ok)
        return false;
    sqlite3_bind_int64(stmt, 1, walk->row);
    if (parameter)
        sql_bind_text(stmt, 2, parameter);
    ok = sql_step(stmt, &row, err) && row;
    walk->done = !ok || sqlite3_column_int64(stmt, 0) < SLICE;
    walk->row = ok ? sqlite3_column_int64(stmt, 1) : walk->row;
    for (size_t i = 0; ok && i < count; i++)
        if (!decimal_add(*sums[i], sqlite3_column_int64(stmt, 2 + (int)i), sums[i]))
            ok =
                error_set(err, ERROR_REFUSED, "%s的合计太大，无法精确计算，请核对数量", reg->label);
    sqlite3_reset(stmt);
    return ok;
}

bool summary_count_new(struct store *store, const struct reg *reg, const char *since,
                       struct summary_walk *walk, int64_t *count, struct error *err)
{
    static const char *const expressions[] = {"t.created_at >= ?2"};
    return sum_slice(store, reg, expressions, 1, since, walk, &count, err);
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

/* Whether the field holds the value; of several choices, whether it is among them. */
static void add_comparison(const struct reg *reg, const struct field *field,
                           const struct value *value, struct buffer *sql)
{
    const char *around = CHOICES_SEPARATOR;
    if (field->type != TYPE_CHOICES) {
        rows_field_expression(reg, field, "t", sql);
        buffer_add(sql, " = ");
        add_literal(value, sql);
        return;
    }
    buffer_addf(sql, "instr('%s' || ", around);
    rows_field_expression(reg, field, "t", sql);
    buffer_addf(sql, " || '%s', '%s' || ", around, around);
    add_literal(value, sql);
    buffer_addf(sql, " || '%s') > 0", around);
}

/* The SQL of record_matches: " AND ("status" = '停产' OR "status" = '长期停产')". */
static void add_condition(const struct reg *reg, struct condition condition, struct buffer *sql)
{
    const struct field *field = reg_field_find(reg, condition.field);
    const char *separator = "";
    buffer_add(sql, " AND (");
    for (const char *at = condition.values; at && *at;) {
        size_t length = strcspn(at, "|");
        struct buffer text = {0};
        struct value value = {0};
        buffer_add_bytes(&text, at, length);
        if (type_restore(field, buffer_text(&text), &value, NULL) && !value_is_null(&value)) {
            buffer_add(sql, separator);
            add_comparison(reg, field, &value, sql);
            separator = " OR ";
        }
        value_release(&value);
        buffer_release(&text);
        at += length + (at[length] == '|');
    }
    buffer_add_char(sql, ')');
}

/* The SQL of record_lacks. */
static void add_gap(const struct reg *reg, const struct field *field, struct buffer *sql)
{
    buffer_addf(sql, "sum(t.\"%s\" IS NULL", field->name);
    if (!(field->flags & (FIELD_REQUIRED | FIELD_KEY)))
        add_condition(reg, field->required_when, sql);
    if (field->shown_when.field)
        add_condition(reg, field->shown_when, sql);
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
    buffer_addf(&sql,
                " FROM (SELECT * FROM \"%s\" WHERE deleted = 0 AND missing > 0 LIMIT %d) AS t",
                reg->name, SUMMARY_GAP_SAMPLE);
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

/* ---- days ---- */

/* Nobody need keep the day of a paused case. */
static void add_not_paused(const struct reg *reg, const struct duty *duty, struct buffer *sql)
{
    const struct condition paused = duty_paused(duty, reg);
    if (!paused.field)
        return;
    buffer_add(sql, " AND coalesce(NOT (1");
    add_condition(reg, paused, sql);
    buffer_add(sql, "), 1)");
}

/* Whether the duty still stands. */
static void add_open(const struct reg *reg, const struct duty *duty, struct buffer *sql)
{
    const struct condition closed = duty_closed(duty, reg);
    const char *ended = duty_ended_field(duty, reg);
    buffer_add(sql, "coalesce(NOT (1");
    if (closed.field)
        add_condition(reg, closed, sql);
    else
        buffer_add(sql, " = 0");
    buffer_add(sql, "), 1)");
    if (ended)
        buffer_addf(sql, " AND t.\"%s\" IS NULL", ended);
}

bool summary_days(struct store *store, const struct reg *reg, const struct duty *duty,
                  const char *from, const char *to, summary_day_visitor *visit, void *context,
                  struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    const char *date = duty_date(duty, reg);
    bool row = false;
    buffer_addf(&sql, "SELECT t.\"%s\", ", date);
    add_open(reg, duty, &sql);
    buffer_addf(&sql,
                " AS open, count(*) FROM \"%s\" AS t WHERE t.deleted = 0"
                " AND t.\"%s\" BETWEEN ?1 AND ?2",
                reg->name, date);
    add_not_paused(reg, duty, &sql);
    buffer_addf(&sql, " GROUP BY t.\"%s\", open ORDER BY t.\"%s\", open", date, date);
    bool ok = sql_prepare(store->db, sql.text, &stmt, err);
    buffer_release(&sql);
    if (ok) {
        sql_bind_text(stmt, 1, from);
        sql_bind_text(stmt, 2, to);
    }
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        visit(context, sql_column_text(stmt, 0), sqlite3_column_int(stmt, 1) != 0,
              sqlite3_column_int64(stmt, 2));
    sqlite3_finalize(stmt);
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

/* Whether problem t is about a record of `reg`. */
static bool write_relation(const struct reg *problem, const struct reg *reg, struct buffer *sql)
{
    const struct field *name = reg_field_find(reg, reg->name_field);
    const struct field *direct = reference_to(problem, reg->name);
    const struct field *shared = reference_to(problem, name->target);
    if (reg == problem)
        buffer_add(sql, "1");
    else if (direct)
        buffer_addf(sql, "t.\"%s\" IS NOT NULL", direct->name);
    else if (shared)
        buffer_addf(
            sql, "EXISTS (SELECT 1 FROM \"%s\" AS r WHERE r.\"%s\" = t.\"%s\" AND r.deleted = 0)",
            reg->name, name->name, shared->name);
    return sql->length > 0;
}

bool summary_problems(struct store *store, const struct reg *reg, struct summary_walk *walk,
                      struct summary_problems *problems, struct error *err)
{
    const struct reg *problem = reg_find("problem");
    struct buffer about = {0}, open = {0};
    bool ok = true;
    problems->related = write_relation(problem, reg, &about);
    walk->done = !problems->related;
    if (problems->related) {
        buffer_addf(&open, "(%s) AND NOT coalesce(1", about.text);
        add_condition(problem, problem->deadline->closed, &open);
        buffer_add(&open, ", 0)");
        ok = sum_slice(store, problem, (const char *const[]){about.text, open.text}, 2, NULL, walk,
                       (int64_t *[]){&problems->total, &problems->open}, err);
    }
    buffer_release(&about);
    buffer_release(&open);
    return ok;
}
