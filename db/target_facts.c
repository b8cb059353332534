#include "db/target_facts.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/registers/enterprise.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

enum { ENTERPRISES = 4000, PROJECTS = 500 }; /* of a slice */

/* ---- enterprises ---- */

/* Columns of the query behind its row count and its last row. */
enum { COLUMN_REGION = 2, COLUMN_COUNT, COLUMN_CUT, COLUMN_ADDED, COLUMN_BASE };

static const char *base_name(size_t i)
{
    return load_field_name(&load_groups[LOAD_BASE], i);
}

/* Whether the enterprise is in the base, as rule V10 has it. */
static void write_listed(struct buffer *sql)
{
    buffer_add(sql, "(t.deleted = 0 AND coalesce(t.key_industry, '') <> '" NO_KEY_INDUSTRY
                    "' AND (t.removed_on IS NULL OR instr('|" REMOVED_IN_BASE
                    "|', '|' || coalesce(t.removal_reason, '') || '|') > 0))");
}

/* The + keeps SQLite on the index of the reference: one on `deleted` would have it read all
 * projects for each enterprise. */
static void write_figure(const char *field, const char *reg, struct buffer *sql)
{
    buffer_addf(sql,
                ", CASE WHEN t.%s > 0 AND NOT EXISTS (SELECT 1 FROM %s AS p WHERE p.enterprise ="
                " t.id AND +p.deleted = 0) THEN t.%s ELSE 0 END AS %s",
                field, reg, field, field);
}

static void write_enterprises(struct buffer *sql)
{
    buffer_add(sql, "SELECT count(*), max(r), region, sum(listed), sum(listed * cut_kg),"
                    " sum(listed * added_kg)");
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        buffer_addf(sql, ", sum(CASE WHEN listed THEN %s END)", base_name(i));
    buffer_add(sql, " FROM (SELECT t.rowid AS r, coalesce(t.region, '') AS region, ");
    write_listed(sql);
    buffer_add(sql, " AS listed");
    for (size_t i = 0; contribution_reg(i); i++)
        write_figure(contribution_listed(i), contribution_reg(i)->name, sql);
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        buffer_addf(sql, ", t.%s AS %s", base_name(i), base_name(i));
    buffer_addf(sql,
                " FROM enterprise AS t NOT INDEXED WHERE t.rowid > ?1 ORDER BY t.rowid LIMIT %d)"
                " GROUP BY region",
                ENTERPRISES);
}

static struct holding *holding_of(struct target_facts *facts, const char *region)
{
    for (size_t i = 0; i < facts->holding_count; i++)
        if (strcmp(facts->holdings[i].region, region) == 0)
            return &facts->holdings[i];
    facts->holdings = mem_grow(facts->holdings, facts->holding_count, &facts->holding_capacity,
                               sizeof *facts->holdings);
    struct holding *holding = &facts->holdings[facts->holding_count++];
    *holding = (struct holding){.count = 0};
    strncat(holding->region, region, sizeof holding->region - 1);
    return holding;
}

static bool add_holding(struct target_facts *facts, sqlite3_stmt *row, struct error *err)
{
    struct holding *holding = holding_of(facts, sql_column_text(row, COLUMN_REGION));
    bool fits = decimal_add(holding->listed_cut, sqlite3_column_int64(row, COLUMN_CUT),
                            &holding->listed_cut) &&
                decimal_add(holding->listed_added, sqlite3_column_int64(row, COLUMN_ADDED),
                            &holding->listed_added);
    holding->count += sqlite3_column_int64(row, COLUMN_COUNT);
    for (int i = 0; i < LOAD_FIELD_COUNT; i++) {
        if (sqlite3_column_type(row, COLUMN_BASE + i) == SQLITE_NULL)
            continue;
        holding->base.named[i] = true;
        fits = fits && decimal_add(holding->base.kg[i], sqlite3_column_int64(row, COLUMN_BASE + i),
                                   &holding->base.kg[i]);
    }
    return fits || error_set(err, ERROR_REFUSED,
                             "企业清单的排放量合计太大，无法精确计算，请核对数量和单位");
}

static bool read_enterprises(struct target_facts *facts, struct store *store, struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *select;
    bool row = false;
    int64_t rows = 0, last = facts->row;
    write_enterprises(&sql);
    bool ok = sql_cached(store, sql.text, &select, err);
    buffer_release(&sql);
    if (!ok)
        return false;
    sqlite3_bind_int64(select, 1, facts->row);
    while (ok && (ok = sql_step(select, &row, err)) && row) {
        rows += sqlite3_column_int64(select, 0);
        if (sqlite3_column_int64(select, 1) > last)
            last = sqlite3_column_int64(select, 1);
        ok = add_holding(facts, select, err);
    }
    sqlite3_reset(select);
    facts->row = last;
    facts->phase += rows < ENTERPRISES;
    return ok;
}

/* ---- projects ---- */

static void add_contribution(struct target_facts *facts, const struct record *record)
{
    facts->contributions = mem_grow(facts->contributions, facts->contribution_count,
                                    &facts->contribution_capacity, sizeof *facts->contributions);
    facts->contribution_count +=
        contribution_read(record, &facts->contributions[facts->contribution_count]);
}

/* `fields` must be released, whatever becomes of it. */
static bool prepare_projects(struct store *store, size_t source, struct rows_fields *fields,
                             sqlite3_stmt **select, struct error *err)
{
    const struct reg *reg = contribution_reg(source);
    struct buffer sql = {0};
    rows_choose_named(reg, contribution_fields(source), fields);
    rows_write_select(reg, fields, &sql);
    buffer_addf(&sql, " WHERE +t.deleted = 0 AND t.id > ?1 ORDER BY t.id LIMIT %d", PROJECTS);
    bool ok = sql_cached(store, sql.text, select, err);
    buffer_release(&sql);
    return ok;
}

static bool read_projects(struct target_facts *facts, struct store *store, size_t source,
                          struct error *err)
{
    struct rows_fields fields;
    struct record record;
    sqlite3_stmt *select;
    bool row = false;
    size_t rows = 0;
    bool ok = prepare_projects(store, source, &fields, &select, err);
    if (!ok) {
        rows_fields_release(&fields);
        return false;
    }
    record_init(&record, contribution_reg(source));
    sql_bind_text(select, 1, facts->id);
    while ((ok = sql_step(select, &row, err)) && row) {
        rows_read(select, &fields, &record);
        add_contribution(facts, &record);
        rows++;
    }
    sqlite3_reset(select);
    memcpy(facts->id, record.id, sizeof facts->id);
    if (rows < PROJECTS) {
        facts->phase++;
        facts->id[0] = '\0';
    }
    record_release(&record);
    rows_fields_release(&fields);
    return ok;
}

bool target_facts_step(struct target_facts *facts, struct store *store, struct error *err)
{
    bool ok = facts->phase == 0 ? read_enterprises(facts, store, err)
                                : read_projects(facts, store, facts->phase - 1, err);
    facts->done = ok && facts->phase > 0 && !contribution_reg(facts->phase - 1);
    return ok;
}

bool target_facts_read(struct target_facts *facts, struct store *store, struct error *err)
{
    bool ok = true;
    while (ok && !facts->done)
        ok = target_facts_step(facts, store, err);
    return ok;
}

void target_facts_release(struct target_facts *facts)
{
    free(facts->holdings);
    free(facts->contributions);
    *facts = (struct target_facts){.done = false};
}
