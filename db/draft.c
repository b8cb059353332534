#include "db/draft.h"
#include "core/mem.h"
#include "db/clock.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

static bool require_writable(const struct store *store, struct error *err)
{
    return store->writable || error_set(err, ERROR_BUSY, "现在是只读查看，不能保存草稿");
}

bool draft_keep(struct store *store, const struct reg *reg, const char *record, const char *field,
                const char *text, struct error *err)
{
    sqlite3_stmt *stmt;
    char now[CLOCK_TEXT_SIZE];
    clock_now(now);
    if (!require_writable(store, err) ||
        !sql_prepare(store->db,
                     "INSERT OR REPLACE INTO draft (register, record, field, text, at)"
                     " VALUES (?, ?, ?, ?, ?)",
                     &stmt, err))
        return false;
    const char *const values[] = {reg->name, record, field, text, now};
    for (int i = 0; i < (int)COUNT_OF(values); i++)
        sql_bind_text(stmt, i + 1, values[i]);
    bool ok = sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return ok;
}

/* The place is a row without the name of a field. */
bool draft_keep_place(struct store *store, const struct reg *reg, const char *record,
                      const char *place, struct error *err)
{
    return draft_keep(store, reg, record, "", place, err);
}

/* Prepares a statement with the record and the register as its two parameters. */
static bool prepare_for(struct store *store, const char *sql, const struct reg *reg,
                        const char *record, sqlite3_stmt **stmt, struct error *err)
{
    if (!sql_prepare(store->db, sql, stmt, err))
        return false;
    sql_bind_text(*stmt, 1, record);
    sql_bind_text(*stmt, 2, reg->name);
    return true;
}

bool draft_discard(struct store *store, const struct reg *reg, const char *record,
                   struct error *err)
{
    sqlite3_stmt *stmt;
    if (!require_writable(store, err) ||
        !prepare_for(store, "DELETE FROM draft WHERE record = ? AND register = ?", reg, record,
                     &stmt, err))
        return false;
    bool ok = sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return ok;
}

bool draft_place(struct store *store, const struct reg *reg, const char *record,
                 struct buffer *place, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    bool ok = prepare_for(store,
                          "SELECT text FROM draft WHERE record = ? AND register = ? AND field = ''",
                          reg, record, &stmt, err);
    ok = ok && sql_step(stmt, &row, err);
    if (ok && row)
        buffer_add(place, sql_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return ok;
}

static bool is_unstored(struct store *store, const struct draft *draft, bool *is_new,
                        struct error *err)
{
    struct buffer sql = {0};
    int64_t count = 0;
    buffer_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE id = ?", draft->reg->name);
    bool ok = sql_number(store->db, sql.text, draft->record, NULL, &count, err);
    buffer_release(&sql);
    *is_new = count == 0;
    return ok;
}

static bool read_draft(struct store *store, sqlite3_stmt *stmt, struct draft *draft,
                       struct error *err)
{
    *draft = (struct draft){
        .reg = reg_find(sql_column_text(stmt, 0)),
        .fields = sqlite3_column_int(stmt, 2),
    };
    strncpy(draft->record, sql_column_text(stmt, 1), sizeof draft->record - 1);
    strncpy(draft->at, sql_column_text(stmt, 3), sizeof draft->at - 1);
    return !draft->reg || is_unstored(store, draft, &draft->is_new, err);
}

bool draft_list(struct store *store, struct draft **drafts, size_t *count, struct error *err)
{
    sqlite3_stmt *stmt;
    size_t capacity = 0;
    bool row = false;
    *drafts = NULL;
    *count = 0;
    bool ok = sql_prepare(store->db,
                          "SELECT register, record, count(*), max(at) FROM draft"
                          " WHERE field <> '' GROUP BY record, register ORDER BY max(at) DESC",
                          &stmt, err);
    while (ok && (ok = sql_step(stmt, &row, err)) && row) {
        *drafts = mem_grow(*drafts, *count, &capacity, sizeof **drafts);
        ok = read_draft(store, stmt, &(*drafts)[*count], err);
        *count += ok && (*drafts)[*count].reg != NULL;
    }
    sqlite3_finalize(stmt);
    if (!ok) {
        free(*drafts);
        *drafts = NULL;
        *count = 0;
    }
    return ok;
}

bool draft_each(struct store *store, const struct reg *reg, const char *record,
                void (*each)(void *context, const char *field, const char *text), void *context,
                struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    bool ok = prepare_for(store,
                          "SELECT field, text FROM draft WHERE record = ? AND register = ?"
                          " AND field <> '' ORDER BY field",
                          reg, record, &stmt, err);
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        each(context, sql_column_text(stmt, 0), sql_column_text(stmt, 1));
    sqlite3_finalize(stmt);
    return ok;
}
