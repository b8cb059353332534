#include "db/learned.h"
#include "db/internal.h"

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

bool learned_keep(struct store *store, const char *kind, const char *scope, const char *text,
                  const char *meaning, struct error *err)
{
    sqlite3_stmt *insert;
    if (!sql_cached(store,
                    "INSERT INTO learned (kind, scope, text, meaning) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET meaning = excluded.meaning",
                    &insert, err))
        return false;
    const char *const values[] = {kind, scope, text, meaning};
    for (int i = 0; i < (int)COUNT_OF(values); i++)
        sql_bind_text(insert, i + 1, values[i]);
    return sql_run(insert, err);
}
