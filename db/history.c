#include "db/history.h"
#include "core/mem.h"
#include "db/checking.h"
#include "db/internal.h"
#include "db/learned.h"

#include <stdlib.h>
#include <string.h>

#define OPERATIONS                                                                                 \
    "SELECT op.batch, batch.kind, op.kind, op.field, op.old, op.new, op.at, op.who, op.why,"       \
    " op.register, op.record FROM op JOIN batch ON batch.id = op.batch WHERE "
#define OF_RECORD "op.record = ?1 AND op.register = ?2"
#define OF_ACCEPTANCES                                                                             \
    "op.register = 'acceptance' AND op.record IN"                                                  \
    " (SELECT id FROM acceptance WHERE reg_name = ?2 AND record = ?1)"
#define IN_ORDER " ORDER BY op.site, op.seq"

static bool each_operation(struct store *store, const char *sql, const struct reg *reg,
                           const char *id,
                           void (*each)(void *context, const struct operation *operation),
                           void *context, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_prepare(store->db, sql, &stmt, err))
        return false;
    sql_bind_text(stmt, 1, id);
    sql_bind_text(stmt, 2, reg->name);
    bool ok;
    while ((ok = sql_step(stmt, &row, err)) && row) {
        const struct operation operation = {
            .batch = sql_column_text(stmt, 0),
            .kind = sql_column_text(stmt, 1),
            .action = sql_column_text(stmt, 2)[0],
            .reg = reg_find(sql_column_text(stmt, 9)),
            .record = sql_column_text(stmt, 10),
            .field = sql_column_text(stmt, 3),
            .before = sql_column_text(stmt, 4),
            .after = sql_column_text(stmt, 5),
            .at = sql_column_text(stmt, 6),
            .who = sql_column_text(stmt, 7),
            .why = sql_column_text(stmt, 8),
        };
        each(context, &operation);
    }
    sqlite3_finalize(stmt);
    return ok;
}

bool history_each(struct store *store, const struct reg *reg, const char *id,
                  void (*each)(void *context, const struct operation *operation), void *context,
                  struct error *err)
{
    return each_operation(store, OPERATIONS OF_RECORD IN_ORDER, reg, id, each, context, err);
}

bool history_each_with_acceptances(struct store *store, const struct reg *reg, const char *id,
                                   void (*each)(void *context, const struct operation *operation),
                                   void *context, struct error *err)
{
    return each_operation(store, OPERATIONS "(" OF_RECORD ") OR (" OF_ACCEPTANCES ")" IN_ORDER, reg,
                          id, each, context, err);
}

bool history_last_record(struct store *store, const struct reg *reg, const char *except,
                         char id[RECORD_ID_SIZE], struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    memset(id, 0, RECORD_ID_SIZE);
    if (!sql_cached(store,
                    "SELECT record FROM op WHERE site = ? AND register = ? AND record <> ?"
                    " AND kind IN ('C', 'U') ORDER BY seq DESC LIMIT 1",
                    &stmt, err))
        return false;
    sql_bind_text(stmt, 1, store->site);
    sql_bind_text(stmt, 2, reg->name);
    sql_bind_text(stmt, 3, except);
    bool ok = sql_step(stmt, &row, err);
    if (row)
        strncpy(id, sql_column_text(stmt, 0), RECORD_ID_SIZE - 1);
    sqlite3_reset(stmt);
    return ok;
}

/* ---- undo ---- */

struct undoable {
    char id[RECORD_ID_SIZE];
    char at[20];
    char *kind, *who;
    int64_t records;
    const struct reg *reg; /* of the first record; NULL when this program does not know it */
    char record[RECORD_ID_SIZE];
};

static void undoable_release(struct undoable *undoable)
{
    free(undoable->kind);
    free(undoable->who);
}

/* A change is named after its first record; a deletion after its last, for children go first. */
#define NAMED "CASE kind WHEN 'D' THEN -seq ELSE seq END"

static bool find_undoable(struct store *store, struct undoable *undoable, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    *undoable = (struct undoable){.records = 0};
    if (!sql_prepare(store->db,
                     "SELECT id, at, kind, who,"
                     " (SELECT count(DISTINCT record) FROM op WHERE batch = batch.id),"
                     " (SELECT register FROM op WHERE batch = batch.id ORDER BY " NAMED " LIMIT 1),"
                     " (SELECT record FROM op WHERE batch = batch.id ORDER BY " NAMED " LIMIT 1)"
                     " FROM batch WHERE site = ? AND undoes IS NULL AND undone_by IS NULL"
                     " AND kind <> 'init'"
                     " ORDER BY seq DESC LIMIT 1",
                     &stmt, err))
        return false;
    sql_bind_text(stmt, 1, store->site);
    bool ok = sql_step(stmt, &row, err);
    if (row) {
        strncpy(undoable->id, sql_column_text(stmt, 0), sizeof undoable->id - 1);
        strncpy(undoable->at, sql_column_text(stmt, 1), sizeof undoable->at - 1);
        undoable->kind = mem_text(sql_column_text(stmt, 2));
        undoable->who = mem_text(sql_column_text(stmt, 3));
        undoable->records = sqlite3_column_int64(stmt, 4);
        undoable->reg = reg_find(sql_column_text(stmt, 5));
        strncpy(undoable->record, sql_column_text(stmt, 6), RECORD_ID_SIZE - 1);
    }
    sqlite3_finalize(stmt);
    if (ok && !row)
        return error_set(err, ERROR_MISSING, "没有可以撤销的改动");
    return ok;
}

/* Writes the opposite of one operation onto the record as it is now. */
static bool apply_opposite(struct store *store, struct record *record, const struct op *op,
                           struct error *err)
{
    struct op opposite = {.reg = op->reg, .record = record->id};
    checking_note(store, NULL, record);
    if (op->action == 'U') {
        int index = reg_field_index(op->reg, op->field);
        if (index < 0)
            return error_set(err, ERROR_FORMAT, "历史中的字段“%s”在本程序中没有，请升级程序",
                             op->field);
        opposite.action = 'U';
        opposite.field = op->field;
        opposite.before = op->after;
        opposite.after = op->before;
        if (!type_restore(reg_field(op->reg, (size_t)index), op->before, &record->values[index],
                          err))
            return false;
    } else {
        record->deleted = op->action != 'D';
        opposite.action = record->deleted ? 'D' : 'R';
    }
    record->version++;
    checking_note(store, NULL, record);
    return row_write(store, record, err) && op_write(store, &opposite, err) &&
           (!record->deleted || discard_drafts(store, record, err));
}

static bool undo_operation(struct store *store, sqlite3_stmt *stmt, struct error *err)
{
    const struct op op = {
        .reg = reg_find(sql_column_text(stmt, 0)),
        .record = sql_column_text(stmt, 1),
        .action = sql_column_text(stmt, 2)[0],
        .field = sql_column_text(stmt, 3),
        .before = sql_column_text(stmt, 4),
        .after = sql_column_text(stmt, 5),
    };
    if (!op.reg)
        return error_set(err, ERROR_FORMAT, "历史中的清单“%s”在本程序中没有，请升级程序",
                         sql_column_text(stmt, 0));
    struct record record;
    bool ok = store_get(store, op.reg, op.record, &record, err) &&
              apply_opposite(store, &record, &op, err);
    record_release(&record);
    return ok;
}

static bool undo_operations(struct store *store, const char *batch, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    bool ok = sql_prepare(store->db,
                          "SELECT register, record, kind, field, old, new FROM op WHERE batch = ?"
                          " ORDER BY seq DESC",
                          &stmt, err);
    if (ok)
        sql_bind_text(stmt, 1, batch);
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        ok = undo_operation(store, stmt, err);
    sqlite3_finalize(stmt);
    return ok;
}

static bool mark_undone(struct store *store, const char *batch, struct error *err)
{
    sqlite3_stmt *stmt;
    if (!sql_prepare(store->db, "UPDATE batch SET undone_by = ? WHERE id = ?", &stmt, err))
        return false;
    sql_bind_text(stmt, 1, store->batch.id);
    sql_bind_text(stmt, 2, batch);
    bool ok = sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return ok;
}

const char *history_kind(const char *kind)
{
    static const struct {
        const char *kind, *label;
    } labels[] = {{"edit", "编辑"},   {"move", "办理"},     {"import", "导入"},
                  {"delete", "删除"}, {"undo", "撤销"},     {"pack", "装入政策包"},
                  {"init", "建立"},   {"demo", "示范数据"}, {"filing", "报送"}};
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (strcmp(kind, labels[i].kind) == 0)
            return labels[i].label;
    return kind;
}

/* "张 于 2026-06-15 10:42 的编辑：历史遗留点位“老厂沟废渣堆”", of several "…等 60 条记录". */
static void describe(struct store *store, const struct undoable *last, struct buffer *out)
{
    struct buffer name = {0};
    buffer_addf(out, "%s 于 %.10s %.5s 的%s：", *last->who ? last->who : "未署名", last->at,
                last->at + 11, history_kind(last->kind));
    if (last->reg)
        store->lookup.label(store, last->reg->name, last->record, &name);
    if (last->reg)
        buffer_addf(out, "%s“%s”", last->reg->label, name.length ? name.text : last->record);
    if (last->records > 1 || !last->reg)
        buffer_addf(out, "等 %lld 条记录", (long long)last->records);
    buffer_release(&name);
}

bool history_last(struct store *store, struct buffer *what, struct error *err)
{
    struct undoable last;
    bool ok = find_undoable(store, &last, err);
    if (ok)
        describe(store, &last, what);
    undoable_release(&last);
    return ok;
}

bool store_undo(struct store *store, struct buffer *summary, struct error *err)
{
    struct undoable last;
    bool ok = store_begin(store, "undo", NULL, err) && find_undoable(store, &last, err);
    if (!ok) {
        store_rollback(store);
        return false;
    }
    store->batch.undoes = mem_text(last.id);
    ok = undo_operations(store, last.id, err) && learned_take_back(store, last.id, err) &&
         mark_undone(store, last.id, err) && store_commit(store, err);
    if (ok) {
        buffer_add(summary, "已撤销 ");
        describe(store, &last, summary);
    }
    store_rollback(store);
    undoable_release(&last);
    return ok;
}
