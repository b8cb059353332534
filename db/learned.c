#include "db/learned.h"
#include "db/internal.h"

/* Runs a statement that gives no rows, with texts for its parameters (NULL binds null). */
static bool run(struct store *store, const char *sql, const char *const *texts, int count,
                struct error *err)
{
    sqlite3_stmt *stmt;
    if (!sql_cached(store, sql, &stmt, err))
        return false;
    for (int i = 0; i < count; i++)
        sql_bind_text(stmt, i + 1, texts[i]);
    return sql_run(stmt, err);
}

bool learned_find(struct store *store, const char *kind, const char *scope, const char *text,
                  struct buffer *meaning, bool *found, struct error *err)
{
    sqlite3_stmt *select;
    *found = false;
    if (!sql_cached(store, "SELECT meaning FROM learned WHERE kind = ? AND scope = ? AND text = ?",
                    &select, err))
        return false;
    const char *const values[] = {kind, scope, text};
    for (int i = 0; i < (int)COUNT_OF(values); i++)
        sql_bind_text(select, i + 1, values[i]);
    bool ok = sql_step(select, found, err);
    if (ok && *found)
        buffer_add(meaning, sql_column_text(select, 0));
    sqlite3_reset(select);
    return ok;
}

/* Of what one change decides twice the first time tells what it meant before. */
static bool note_former(struct store *store, const char *const learned[4], struct error *err)
{
    const char *const values[] = {store->batch.id, learned[0], learned[1], learned[2]};
    return !store->in_batch ||
           run(store,
               "INSERT INTO taught (batch, kind, scope, text, former) VALUES (?1, ?2, ?3, ?4,"
               " (SELECT meaning FROM learned WHERE kind = ?2 AND scope = ?3 AND text = ?4))"
               " ON CONFLICT DO NOTHING",
               values, COUNT_OF(values), err);
}

bool learned_keep(struct store *store, const char *kind, const char *scope, const char *text,
                  const char *meaning, struct error *err)
{
    const char *const values[] = {kind, scope, text, meaning};
    return note_former(store, values, err) &&
           run(store,
               "INSERT INTO learned (kind, scope, text, meaning) VALUES (?, ?, ?, ?)"
               " ON CONFLICT DO UPDATE SET meaning = excluded.meaning",
               values, COUNT_OF(values), err);
}

bool learned_each(struct store *store, void (*each)(void *context, const struct learned *learned),
                  void *context, struct error *err)
{
    sqlite3_stmt *select;
    bool row = false;
    bool ok = sql_prepare(
        store->db, "SELECT kind, scope, text, meaning FROM learned ORDER BY kind, scope, text",
        &select, err);
    while (ok && (ok = sql_step(select, &row, err)) && row)
        each(context, &(struct learned){.kind = sql_column_text(select, 0),
                                        .scope = sql_column_text(select, 1),
                                        .text = sql_column_text(select, 2),
                                        .meaning = sql_column_text(select, 3)});
    sqlite3_finalize(select);
    return ok;
}

bool learned_forget(struct store *store, const char *text, int64_t *count, struct error *err)
{
    *count = 0;
    if (!run(store, "DELETE FROM taught WHERE text = ?", &text, 1, err) ||
        !run(store, "DELETE FROM learned WHERE text = ?", &text, 1, err))
        return false;
    *count = sqlite3_changes64(store->db);
    return true;
}

bool learned_take_back(struct store *store, const char *batch, struct error *err)
{
    static const char *const steps[] = {
        "DELETE FROM learned WHERE (kind, scope, text) IN"
        " (SELECT kind, scope, text FROM taught WHERE batch = ? AND former IS NULL)",
        "UPDATE learned SET meaning = taught.former FROM taught WHERE taught.batch = ?"
        " AND taught.former IS NOT NULL AND taught.kind = learned.kind"
        " AND taught.scope = learned.scope AND taught.text = learned.text",
        "DELETE FROM taught WHERE batch = ?",
    };
    bool ok = true;
    for (size_t i = 0; ok && i < COUNT_OF(steps); i++)
        ok = run(store, steps[i], &batch, 1, err);
    return ok;
}
