/* The one way in which rows change: rows and operations in the same transaction. */
#include "core/mem.h"
#include "core/text.h"
#include "db/checking.h"
#include "db/clock.h"
#include "db/filing_guard.h"
#include "db/id.h"
#include "db/internal.h"
#include "db/policy.h"

#include <stdlib.h>
#include <string.h>

static void batch_release(struct batch *batch)
{
    free(batch->kind);
    free(batch->who);
    free(batch->why);
    free(batch->undoes);
    free(batch->filed);
    checking_release(batch);
    memset(batch, 0, sizeof *batch);
}

bool store_require_batch(const struct store *store, struct error *err)
{
    return store->in_batch || error_set(err, ERROR_USAGE, "没有开始的改动，不能写入");
}

bool store_begin(struct store *store, const char *kind, const char *why, struct error *err)
{
    if (!store->writable)
        return error_set(err, ERROR_BUSY,
                         "现在是只读查看，不能改动；请先关闭正在使用这个文件的窗口");
    if (store->in_batch)
        return error_set(err, ERROR_USAGE, "上一次改动还没有结束，不能开始新的改动");
    if ((why && !store_check_line(why, err)) || !sql_exec(store->db, "BEGIN IMMEDIATE", err))
        return false;
    struct batch *batch = &store->batch;
    batch_release(batch);
    store->in_batch = true;
    id_new(batch->id);
    clock_now(batch->at);
    batch->kind = mem_text(kind);
    batch->who = mem_text(store_setting(store, "operator"));
    batch->why = text_is_empty(why) ? NULL : mem_text(why);
    bool ok = sql_number(store->db, "SELECT coalesce(max(seq), 0) FROM op WHERE site = ?",
                         store->site, NULL, &batch->next_seq, err);
    if (ok && (batch->next_seq < 0 || batch->next_seq > INT64_MAX / 2))
        ok = error_set(err, ERROR_FORMAT, "数据文件中的操作编号不合理，请用最近的备份恢复");
    batch->next_seq += ok;
    if (!ok)
        store_rollback(store);
    return ok;
}

bool store_explain(struct store *store, const char *why, struct error *err)
{
    struct batch *batch = &store->batch;
    struct buffer said = {0};
    if (text_is_empty(why))
        return true;
    if (!store_require_batch(store, err) || !store_check_line(why, err))
        return false;
    text_clean(why, false, &said);
    if (said.length) { /* blanks of any kind say nothing */
        free(batch->why);
        batch->why = buffer_take(&said);
        batch->explained = true;
    }
    buffer_release(&said);
    return true;
}

void store_rollback(struct store *store)
{
    if (!store->in_batch)
        return;
    store->in_batch = false;
    almanac_forget(store, NULL);
    policy_forget(store, NULL);
    /* After some errors SQLite has ended the transaction itself but puts the file back only when it
     * is read again; until then a copy of the file would not be whole. */
    int64_t ignored;
    if (!sqlite3_get_autocommit(store->db))
        sql_exec(store->db, "ROLLBACK", NULL);
    else
        sql_number(store->db, "SELECT count(*) FROM setting", NULL, NULL, &ignored, NULL);
    batch_release(&store->batch);
}

bool store_commit(struct store *store, struct error *err)
{
    if (!store_require_batch(store, err))
        return false;
    if (!checking_settle(store, err) || !sql_exec(store->db, "COMMIT", err)) {
        store_rollback(store);
        return false;
    }
    store->in_batch = false;
    batch_release(&store->batch);
    return true;
}

static bool record_batch(struct store *store, struct error *err)
{
    struct batch *batch = &store->batch;
    sqlite3_stmt *insert;
    if (batch->recorded)
        return true;
    if (!sql_prepare(store->db,
                     "INSERT INTO batch (id, site, kind, at, who, why, undoes, seq)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     &insert, err))
        return false;
    const char *const values[] = {batch->id,  store->site, batch->kind,  batch->at,
                                  batch->who, batch->why,  batch->undoes};
    for (int i = 0; i < (int)COUNT_OF(values); i++)
        sql_bind_text(insert, i + 1, values[i]);
    sqlite3_bind_int64(insert, COUNT_OF(values) + 1, batch->next_seq);
    batch->recorded = sql_run(insert, err);
    sqlite3_finalize(insert);
    return batch->recorded;
}

bool op_write(struct store *store, const struct op *op, struct error *err)
{
    struct batch *batch = &store->batch;
    static const char sql[] =
        "INSERT INTO op (site, seq, batch, register, record, kind, field, old, new, at, who, why)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlite3_stmt *insert;
    if (!record_batch(store, err) || !sql_cached(store, sql, &insert, err))
        return false;
    const char action[] = {op->action, '\0'};
    const char *const texts[] = {batch->id,
                                 op->reg->name,
                                 op->record,
                                 action,
                                 op->field,
                                 op->before,
                                 op->after,
                                 batch->at,
                                 batch->who,
                                 op->why ? op->why : batch->why};
    sql_lend_text(insert, 1, store->site);
    sqlite3_bind_int64(insert, 2, batch->next_seq++);
    for (int i = 0; i < (int)COUNT_OF(texts); i++)
        sql_lend_text(insert, i + 3, texts[i]);
    return sql_run(insert, err);
}

/* All filled stored fields as a JSON object of canonical texts. */
static void write_snapshot(const struct record *record, struct buffer *json)
{
    struct buffer text = {0};
    buffer_add_char(json, '{');
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (!field_is_stored(field) || value_is_null(&record->values[walk.index]))
            continue;
        buffer_clear(&text);
        type_format(field, &record->values[walk.index], &text);
        buffer_add(json, json->length > 1 ? ",\"" : "\"");
        buffer_add(json, field->name);
        buffer_add(json, "\":");
        buffer_add_json(json, text.text);
    }
    buffer_add_char(json, '}');
    buffer_release(&text);
}

/* Whose county the number names: the record's own, else the bureau's. */
static void write_case_prefix(struct store *store, const struct record *record, struct buffer *out)
{
    const struct value *region = record_value(record, "region");
    buffer_addf(out, "%s-%s-%.4s", record->reg->prefix,
                region && !value_is_null(region) ? region->text : store_setting(store, "region"),
                store->batch.at);
}

static bool case_no_is_free(struct store *store, const struct reg *reg, const char *case_no,
                            bool *is_free, struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *select;
    bool row = true;
    buffer_addf(&sql, "SELECT 1 FROM \"%s\" WHERE case_no = ?", reg->name);
    bool ok = sql_cached(store, sql.text, &select, err);
    if (ok) {
        sql_bind_text(select, 1, case_no);
        ok = sql_step(select, &row, err);
        sqlite3_reset(select);
    }
    buffer_release(&sql);
    *is_free = !row;
    return ok;
}

static bool next_case_no(struct store *store, const char *prefix, int64_t *number,
                         struct error *err)
{
    sqlite3_stmt *count;
    bool row = false;
    if (!sql_cached(store,
                    "INSERT INTO sequence (name, last) VALUES (?, 1)"
                    " ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last",
                    &count, err))
        return false;
    sql_bind_text(count, 1, prefix);
    bool ok = sql_step(count, &row, err);
    if (row)
        *number = sqlite3_column_int64(count, 0);
    sqlite3_reset(count);
    return ok;
}

static bool give_case_no(struct store *store, struct record *record, struct error *err)
{
    struct value *case_no = record_value_for_change(record, "case_no");
    if (!record->reg->prefix || !case_no || !value_is_null(case_no))
        return true;
    struct buffer prefix = {0}, text = {0};
    write_case_prefix(store, record, &prefix);
    bool ok = true, is_free = false;
    while (ok && !is_free) {
        int64_t number = 1;
        ok = next_case_no(store, prefix.text, &number, err);
        buffer_clear(&text);
        buffer_addf(&text, "%s-%04lld", prefix.text, (long long)number);
        ok = ok && case_no_is_free(store, record->reg, text.text, &is_free, err);
    }
    if (ok)
        value_set_text(case_no, text.text);
    buffer_release(&prefix);
    buffer_release(&text);
    return ok;
}

void store_set_origins(struct store *store, const struct store_origins *origins)
{
    store->origins = origins;
}

/* Where the record comes from, and how the cells of fields `from` to `to` (excluded) were read;
 * nothing when nobody has said so. */
static void write_origins(const struct store *store, size_t from, size_t to, struct buffer *why)
{
    enum { MOST_BYTES = 2000 };
    const struct store_origins *origins = store->origins;
    if (!origins)
        return;
    if (store->batch.explained)
        buffer_addf(why, "%s；", store->batch.why);
    buffer_add(why, origins->where);
    for (size_t i = from; origins->fields && i < to && why->length < MOST_BYTES; i++)
        if (origins->fields[i])
            buffer_addf(why, "；%s", origins->fields[i]);
}

static bool put_new(struct store *store, struct record *record, struct error *err)
{
    if (!record->id[0])
        id_new(record->id);
    if (!give_case_no(store, record, err))
        return false;
    record->version = 1;
    struct buffer snapshot = {0}, why = {0};
    write_snapshot(record, &snapshot);
    write_origins(store, 0, reg_field_count(record->reg), &why);
    checking_note(store, NULL, record);
    bool ok = row_write(store, record, err) && op_write(store,
                                                        &(struct op){.action = 'C',
                                                                     .reg = record->reg,
                                                                     .record = record->id,
                                                                     .after = snapshot.text,
                                                                     .why = why.text},
                                                        err);
    buffer_release(&snapshot);
    buffer_release(&why);
    if (!ok)
        record->version = 0;
    return ok;
}

static bool write_field_op(struct store *store, const struct record *before,
                           const struct record *after, size_t index, struct error *err)
{
    const struct field *field = reg_field(after->reg, index);
    struct buffer old_text = {0}, new_text = {0}, why = {0};
    type_format(field, &before->values[index], &old_text);
    type_format(field, &after->values[index], &new_text);
    write_origins(store, index, index + 1, &why);
    bool ok = op_write(store,
                       &(struct op){.action = 'U',
                                    .reg = after->reg,
                                    .record = after->id,
                                    .field = field->name,
                                    .before = old_text.text,
                                    .after = new_text.text,
                                    .why = why.text},
                       err);
    buffer_release(&old_text);
    buffer_release(&new_text);
    buffer_release(&why);
    return ok;
}

static bool put_changed(struct store *store, struct record *record, const struct record *before,
                        bool *changed, struct error *err)
{
    *changed = false;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        if (!field_is_stored(walk.field) ||
            value_equal(&record->values[walk.index], &before->values[walk.index]))
            continue;
        *changed = true;
        if (!write_field_op(store, before, record, walk.index, err))
            return false;
    }
    record->version = before->version + (*changed ? 1 : 0);
    if (*changed)
        checking_note(store, before, record);
    return !*changed || row_write(store, record, err);
}

bool discard_drafts(struct store *store, const struct record *record, struct error *err)
{
    sqlite3_stmt *stmt;
    if (!sql_cached(store, "DELETE FROM draft WHERE record = ? AND register = ?", &stmt, err))
        return false;
    sql_bind_text(stmt, 1, record->id);
    sql_bind_text(stmt, 2, record->reg->name);
    return sql_run(stmt, err);
}

static void compute(struct store *store, struct record *record, const struct record *before)
{
    struct check_context context = {0};
    if (record->reg->complete || record->reg->conclude)
        context = store_check_context(store);
    record_compute(record, before, &context);
}

/* Whether what is about to be written may stand in the file. */
static bool allow(struct store *store, const struct record *before, const struct record *after,
                  struct error *err)
{
    if (!after->deleted && !record_check_key(after, err))
        return false;
    if (!after->reg->life && !after->reg->guard)
        return true;
    struct check_context context = store_check_context(store);
    store->reads_files = true;
    bool ok = record_guard(before, after, &context, err);
    store->reads_files = false;
    return ok;
}

static bool put_existing(struct store *store, struct record *record, const struct record *before,
                         enum store_change *change, struct error *err)
{
    bool changed;
    if (before->version != record->version || before->deleted)
        return error_set(err, ERROR_BUSY, "这条记录在别处已被改动或删除，请重新打开后再改");
    compute(store, record, before);
    if (!allow(store, before, record, err) || !filing_guard(store, before, record, err) ||
        !put_changed(store, record, before, &changed, err))
        return false;
    *change = changed ? STORE_CHANGED : STORE_SAME;
    return discard_drafts(store, record, err);
}

static bool put(struct store *store, struct record *record, enum store_change *change,
                struct error *err)
{
    if (record->version > 0) {
        struct record before;
        bool ok = store_get(store, record->reg, record->id, &before, err) &&
                  put_existing(store, record, &before, change, err);
        record_release(&before);
        return ok;
    }
    /* Only a record that was edited before it was stored, and so has its id, can have a draft. */
    bool may_have_draft = record->id[0] != '\0';
    compute(store, record, NULL);
    *change = STORE_NEW;
    return allow(store, NULL, record, err) && put_new(store, record, err) &&
           (!may_have_draft || discard_drafts(store, record, err));
}

bool store_put(struct store *store, struct record *record, enum store_change *change,
               struct error *err)
{
    bool ok = store_require_batch(store, err);
    if (ok) {
        record->plan = plans_find(store_plans(store), record->reg);
        ok = put(store, record, change, err);
        record->plan = NULL;
    }
    store->origins = NULL;
    return ok;
}

bool store_save(struct store *store, struct record *record, const char *why,
                enum store_change *change, struct error *err)
{
    if (!store_begin(store, "edit", NULL, err))
        return false;
    struct record typed;
    record_copy(&typed, record);
    bool ok = store_explain(store, why, err) && store_put(store, record, change, err) && store_commit(store, err);
    if (!ok) {
        store_rollback(store);
        /* Version and numbers that did not reach the file would forbid saving it again. */
        record_release(record);
        record_copy(record, &typed);
    }
    record_release(&typed);
    return ok;
}

/* Counts live records of `from` whose reference field points to the record. */
static bool count_references(struct store *store, const struct reg *from, const struct field *field,
                             const char *id, int64_t *count, struct error *err)
{
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE +deleted = 0 AND \"%s\" = ?", from->name,
                field->name);
    bool ok = sql_number(store->db, sql.text, id, NULL, count, err);
    buffer_release(&sql);
    return ok;
}

static bool is_child_of(const struct reg *child, const struct field *field)
{
    return child->parent && strcmp(child->parent, field->name) == 0;
}

/* Refuses while any register but a child table points to the record. */
static bool require_unreferenced(struct store *store, const struct reg *reg, const char *id,
                                 struct error *err)
{
    for (size_t i = 0; i < register_count; i++) {
        for (struct field_walk walk = {.reg = registers[i]}; reg_walk(&walk);) {
            const struct field *field = walk.field;
            int64_t count;
            if (!field_is_stored(field) || !field->target ||
                strcmp(field->target, reg->name) != 0 || field->type != TYPE_REF ||
                is_child_of(registers[i], field))
                continue;
            if (!count_references(store, registers[i], field, id, &count, err))
                return false;
            if (count > 0)
                return error_set(err, ERROR_REFUSED,
                                 "还有 %lld 条“%s”引用这条记录，请先处理它们，再删除",
                                 (long long)count, registers[i]->label);
        }
    }
    return true;
}

static bool remove_children(struct store *store, const struct reg *reg, const char *id,
                            struct error *err);

static bool remove_one(struct store *store, const struct reg *reg, const char *id,
                       struct error *err)
{
    struct record before, record;
    bool ok = store_get(store, reg, id, &before, err);
    if (ok && before.deleted)
        ok = error_set(err, ERROR_MISSING, "这条记录已经删除");
    record_copy(&record, &before);
    record.deleted = true;
    record.version++;
    ok = ok && allow(store, &before, &record, err) && filing_guard(store, &before, &record, err);
    checking_note(store, NULL, &record);
    ok = ok && remove_children(store, reg, id, err) && row_write(store, &record, err) &&
         op_write(store, &(struct op){.action = 'D', .reg = reg, .record = record.id}, err) &&
         discard_drafts(store, &record, err);
    record_release(&before);
    record_release(&record);
    return ok;
}

static bool remove_rows(struct store *store, const struct reg *child, const char *parent,
                        struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE +deleted = 0 AND \"%s\" = ?", child->name,
                child->parent);
    bool row = false;
    bool ok = sql_prepare(store->db, sql.text, &stmt, err);
    if (ok)
        sql_bind_text(stmt, 1, parent);
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        ok = remove_one(store, child, sql_column_text(stmt, 0), err);
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    return ok;
}

static bool remove_children(struct store *store, const struct reg *reg, const char *id,
                            struct error *err)
{
    const struct reg *child;
    for (size_t i = 0; (child = reg_child(reg, i)) != NULL; i++)
        if (!remove_rows(store, child, id, err))
            return false;
    return true;
}

bool store_remove(struct store *store, const struct reg *reg, const char *id, struct error *err)
{
    return store_require_batch(store, err) && require_unreferenced(store, reg, id, err) &&
           remove_one(store, reg, id, err);
}
