#include "db/filing.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/figures.h"
#include "db/id.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a report showed ---- */

void filing_rows_add(struct filing_rows *rows, const struct record *record, const bool *shown,
                     const struct lookup *lookup)
{
    struct buffer name = {0}, figures = {0};
    rows->items = mem_grow(rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    struct filing_row *row = &rows->items[rows->count++];
    *row = (struct filing_row){.reg = record->reg};
    memcpy(row->id, record->id, sizeof row->id);
    record_name(record, lookup, &name);
    figures_write(record, shown, &figures);
    row->name = buffer_take(&name);
    row->figures = buffer_take(&figures);
}

void filing_rows_add_within(struct filing_rows *rows, const struct record *record,
                            const bool *shown, const struct lookup *lookup)
{
    filing_rows_add(rows, record, shown, lookup);
    rows->items[rows->count - 1].is_within = true;
}

/* As the table sorts them: by the bytes of the register's name, then of the id. */
static int compare_rows(const void *left, const void *right)
{
    const struct filing_row *a = left, *b = right;
    int order = strcmp(a->reg->name, b->reg->name);
    return order ? order : strcmp(a->id, b->id);
}

static void release_row(struct filing_row *row)
{
    free(row->name);
    free(row->figures);
}

static void join(struct filing_row *into, struct filing_row *from)
{
    struct buffer both = {0};
    buffer_add(&both, into->figures);
    figures_join(&both, from->figures);
    free(into->figures);
    into->figures = buffer_take(&both);
    into->is_within = into->is_within && from->is_within;
    release_row(from);
}

void filing_rows_settle(struct filing_rows *rows)
{
    size_t kept = 0;
    if (rows->count)
        qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
    for (size_t i = 0; i < rows->count; i++) {
        if (kept && compare_rows(&rows->items[kept - 1], &rows->items[i]) == 0)
            join(&rows->items[kept - 1], &rows->items[i]);
        else
            rows->items[kept++] = rows->items[i];
    }
    rows->count = kept;
}

bool filing_rows_have(const struct filing_rows *rows, const struct reg *reg, const char *id)
{
    struct filing_row wanted = {.reg = reg};
    strncpy(wanted.id, id, sizeof wanted.id - 1);
    return rows->count &&
           bsearch(&wanted, rows->items, rows->count, sizeof wanted, compare_rows) != NULL;
}

void filing_rows_release(struct filing_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        release_row(&rows->items[i]);
    free(rows->items);
    *rows = (struct filing_rows){.count = 0};
}

/* ---- which there are ---- */

struct filing_subject filing_subject_of(const struct record *filing)
{
    return (struct filing_subject){
        .kind = record_text(filing, "kind"),
        .period = record_text(filing, "period"),
        .report = record_text(filing, "report"),
    };
}

static void lend_subject(sqlite3_stmt *stmt, const struct filing_subject *subject)
{
    sql_lend_text(stmt, 1, subject->kind);
    sql_lend_text(stmt, 2, subject->period);
    sql_lend_text(stmt, 3, subject->report);
}

#define LAST(COMPARED)                                                                             \
    "SELECT id FROM filing WHERE deleted = 0 AND kind = ? AND period " COMPARED " ?"               \
    " AND (report = ? OR report IS NULL) ORDER BY period DESC, id DESC LIMIT 1"

bool filing_last(struct store *store, const struct filing_subject *subject, bool with_same,
                 char id[RECORD_ID_SIZE], struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    memset(id, 0, RECORD_ID_SIZE);
    if (!sql_cached(store, with_same ? LAST("<=") : LAST("<"), &stmt, err))
        return false;
    lend_subject(stmt, subject);
    bool ok = sql_step(stmt, &row, err);
    if (row)
        strncpy(id, sql_column_text(stmt, 0), RECORD_ID_SIZE - 1);
    sqlite3_reset(stmt);
    return ok;
}

bool filing_count(struct store *store, const struct filing_subject *subject, int64_t *count,
                  struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_cached(store,
                    "SELECT count(*) FROM filing WHERE deleted = 0 AND kind = ? AND period = ?"
                    " AND (report = ? OR report IS NULL)",
                    &stmt, err))
        return false;
    lend_subject(stmt, subject);
    bool ok = sql_step(stmt, &row, err);
    *count = row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return ok;
}

/* ---- recording ---- */

static bool insert_rows(struct store *store, const char *filing, const struct filing_rows *rows,
                        struct error *err)
{
    sqlite3_stmt *insert;
    if (!sql_cached(store,
                    "INSERT INTO filed (filing, register, record, name, figures)"
                    " VALUES (?, ?, ?, ?, ?)",
                    &insert, err))
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct filing_row *row = &rows->items[i];
        struct buffer within = {0};
        if (row->is_within)
            figures_add_within(&within, row->figures);
        const char *const texts[] = {filing, row->reg->name, row->id, row->name,
                                     row->is_within ? within.text : row->figures};
        for (int n = 0; n < (int)COUNT_OF(texts); n++)
            sql_lend_text(insert, n + 1, texts[n]);
        bool ok = sql_run(insert, err);
        buffer_release(&within);
        if (!ok)
            return false;
    }
    return true;
}

static void set_number(struct record *filing, const char *field, int64_t number)
{
    value_set_integer(record_value_for_change(filing, field), number);
}

/* The register whose growth the filing's own fields tell. */
static const struct reg *find_reconciled(void)
{
    for (size_t i = 0; i < register_count; i++)
        if (registers[i]->flags & REG_RECONCILED)
            return registers[i];
    return NULL;
}

/* A former filing that was entered by hand has no rows: then only its own number is known. */
static bool fill_from_former(struct store *store, const struct reg *reg, const char *former,
                             struct record *filing, bool *frozen, struct error *err)
{
    struct record before;
    int64_t rows = 0;
    bool ok = store_get(store, &reg_filing, former, &before, err) &&
              sql_number(store->db,
                         "SELECT count(*) FROM (SELECT 1 FROM filed WHERE filing = ?"
                         " AND register = ? LIMIT 1)",
                         former, reg->name, &rows, err);
    const struct value *count = ok ? record_value(&before, "current_count") : NULL;
    if (count && !value_is_null(count))
        set_number(filing, "former_count", count->integer);
    record_release(&before);
    *frozen = rows > 0;
    return ok;
}

/* The rows are in the table already. */
static bool fill_counts(struct store *store, struct record *filing, struct error *err)
{
    char former[RECORD_ID_SIZE];
    bool frozen = false;
    struct filing_comparison comparison = {0};
    const struct filing_subject subject = filing_subject_of(filing);
    const struct reg *reg = find_reconciled();
    if (!reg)
        return true;
    bool ok = filing_last(store, &subject, false, former, err) &&
              filing_compare(store, former, filing->id, &comparison, err) &&
              (!*former || fill_from_former(store, reg, former, filing, &frozen, err));
    for (size_t i = 0; ok && i < comparison.balance_count; i++) {
        const struct filing_balance *balance = &comparison.balances[i];
        if (balance->reg != reg)
            continue;
        set_number(filing, "current_count", balance->current);
        if (!frozen)
            continue;
        set_number(filing, "former_count", balance->former);
        set_number(filing, "entered_count", balance->entered);
        set_number(filing, "removed_count", balance->removed);
    }
    filing_comparison_release(&comparison);
    return ok;
}

bool filing_keep(struct store *store, struct record *filing, const struct filing_rows *rows,
                 struct error *err)
{
    enum store_change change;
    if (!store_require_batch(store, err))
        return false;
    if (!filing->id[0])
        id_new(filing->id);
    return insert_rows(store, filing->id, rows, err) && fill_counts(store, filing, err) &&
           store_put(store, filing, &change, err);
}
