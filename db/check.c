#include "db/check.h"
#include "core/mem.h"
#include "db/checking.h"
#include "db/clock.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    AT_ONCE = 64,     /* changes in one batch whose consequences are worked out within it */
    NEIGHBOURS = 200, /* records that one change may make the rules look at again */
    SLICE = 64,       /* records between two looks at the clock */
};

/* ---- noting ---- */

static void add_change(struct changes *changes, const struct reg *reg, const char *field,
                       const char *value)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *known = &changes->items[i];
        if (known->reg == reg && strcmp(known->field, field) == 0 &&
            strcmp(known->value, value) == 0)
            return;
    }
    changes->items =
        mem_grow(changes->items, changes->count, &changes->capacity, sizeof *changes->items);
    changes->items[changes->count++] =
        (struct change){.reg = reg, .field = field, .value = mem_text(value)};
}

static const struct reg *target_of(const struct rule *rule, const struct reg *reg)
{
    return rule->reg ? reg_find(rule->reg) : reg;
}

static bool looks_at(const struct rule *rule, const struct rule_link *link, const struct reg *reg)
{
    return link->reg ? strcmp(link->reg, reg->name) == 0 : rule_concerns(rule, reg);
}

/* Records of the rule's register that look at `record` through the link. */
static void add_neighbours(struct changes *changes, const struct rule *rule,
                           const struct rule_link *link, const struct record *record)
{
    struct buffer value = {0};
    if (strcmp(link->field, "id") == 0)
        buffer_add(&value, record->id);
    else
        record_format(record, link->field, &value);
    if (value.length)
        add_change(changes, target_of(rule, record->reg), link->match, value.text);
    buffer_release(&value);
}

static void add_whole(struct changes *changes, const struct reg *reg)
{
    if (!changes->whole)
        changes->whole = mem_new(register_count, sizeof *changes->whole);
    changes->whole[reg_index(reg)] = true;
}

/* One change among very many: only the registers are noted. */
static void note_bulk(struct changes *changes, const struct reg *reg)
{
    if (changes->last == reg)
        return;
    changes->last = reg;
    add_whole(changes, reg);
    for (size_t i = 0; i < rule_count; i++)
        for (const struct rule_link *link = rules[i]->links; link->match; link++)
            if (looks_at(rules[i], link, reg))
                add_whole(changes, target_of(rules[i], reg));
}

/* What policy says (a limit, a parameter, a holiday) may decide about any record. */
static void add_everything(struct changes *changes)
{
    for (size_t i = 0; i < register_count; i++)
        if (!(registers[i]->flags & REG_REFERENCE))
            add_whole(changes, registers[i]);
}

void checking_note(struct store *store, const struct record *before, const struct record *after)
{
    struct changes *changes = &store->batch.changes;
    changes->noted++;
    if ((after->reg->flags & REG_POLICY) && changes->last != after->reg) {
        add_everything(changes);
        store->policy_changed = true;
    }
    for (size_t i = 0; changes->last != after->reg && i < rule_count; i++)
        if (rules[i]->whole && strcmp(rules[i]->whole, after->reg->name) == 0)
            add_whole(changes, target_of(rules[i], after->reg));
    if (changes->noted > AT_ONCE) {
        note_bulk(changes, after->reg);
        return;
    }
    add_change(changes, after->reg, "id", after->id);
    for (size_t i = 0; i < rule_count; i++)
        for (const struct rule_link *link = rules[i]->links; link->match; link++) {
            if (!looks_at(rules[i], link, after->reg))
                continue;
            add_neighbours(changes, rules[i], link, after);
            if (before)
                add_neighbours(changes, rules[i], link, before);
        }
}

void checking_release(struct batch *batch)
{
    struct changes *changes = &batch->changes;
    for (size_t i = 0; i < changes->count; i++)
        free(changes->items[i].value);
    free(changes->items);
    free(changes->whole);
    memset(changes, 0, sizeof *changes);
}

/* ---- one record ---- */

static bool is_stored_as(sqlite3_stmt *row, const struct record *record,
                         const struct finding *finding)
{
    struct buffer value = {0};
    if (finding->field)
        record_format(record, finding->field, &value);
    bool same = strcmp(sql_column_text(row, 0), finding->rule) == 0 &&
                strcmp(sql_column_text(row, 1), finding->field ? finding->field : "") == 0 &&
                sqlite3_column_int(row, 2) == (int)finding->severity &&
                strcmp(sql_column_text(row, 3), finding->message) == 0 &&
                strcmp(sql_column_text(row, 4), finding->basis ? finding->basis : "") == 0 &&
                strcmp(sql_column_text(row, 5), buffer_text(&value)) == 0;
    buffer_release(&value);
    return same;
}

/* Whether the file holds exactly these findings; *any tells whether it holds one at all. */
static bool compare_stored(struct store *store, const struct record *record,
                           const struct findings *findings, bool *same, bool *any,
                           struct error *err)
{
    sqlite3_stmt *select;
    if (!sql_cached(store,
                    "SELECT rule, field, severity, message, basis, value FROM finding"
                    " WHERE record = ? AND register = ? ORDER BY rowid",
                    &select, err))
        return false;
    sql_lend_text(select, 1, record->id);
    sql_lend_text(select, 2, record->reg->name);
    bool ok, row = false;
    size_t count = 0;
    *same = true;
    while ((ok = sql_step(select, &row, err)) && row && *same) {
        *same = count < findings->count && is_stored_as(select, record, &findings->items[count]);
        count++;
    }
    sqlite3_reset(select);
    *any = count > 0;
    *same = *same && count == findings->count;
    return ok;
}

static bool remove_stored(struct store *store, const struct record *record, struct error *err)
{
    sqlite3_stmt *stmt;
    if (!sql_cached(store, "DELETE FROM finding WHERE record = ? AND register = ?", &stmt, err))
        return false;
    sql_lend_text(stmt, 1, record->id);
    sql_lend_text(stmt, 2, record->reg->name);
    return sql_run(stmt, err);
}

static bool insert_one(struct store *store, const struct record *record,
                       const struct finding *finding, struct error *err)
{
    sqlite3_stmt *stmt;
    struct buffer value = {0};
    if (!sql_cached(store,
                    "INSERT INTO finding (register, record, rule, field, severity, message, basis,"
                    " value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    &stmt, err))
        return false;
    if (finding->field)
        record_format(record, finding->field, &value);
    sql_lend_text(stmt, 1, record->reg->name);
    sql_lend_text(stmt, 2, record->id);
    sql_lend_text(stmt, 3, finding->rule);
    sql_lend_text(stmt, 4, finding->field ? finding->field : "");
    sqlite3_bind_int(stmt, 5, (int)finding->severity);
    sql_lend_text(stmt, 6, finding->message);
    sql_lend_text(stmt, 7, finding->basis ? finding->basis : "");
    sql_lend_text(stmt, 8, buffer_text(&value));
    bool ok = sql_run(stmt, err);
    buffer_release(&value);
    return ok;
}

static bool replace_stored(struct store *store, const struct record *record,
                           const struct findings *findings, struct error *err)
{
    bool same, any;
    if (!compare_stored(store, record, findings, &same, &any, err))
        return false;
    bool ok = same || !any || remove_stored(store, record, err);
    for (size_t i = 0; ok && !same && i < findings->count; i++)
        ok = insert_one(store, record, &findings->items[i], err);
    return ok;
}

/* Gaps are counted in the record's row, not kept one by one. */
static void drop_gaps(struct findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].is_gap)
            free(findings->items[i].message);
        else
            findings->items[kept++] = findings->items[i];
    }
    findings->count = kept;
}

/* What follows from other records and the policy follows them; nobody has typed it, so it is no
 * change of the record. */
static bool conclude_again(struct store *store, const struct check_context *context,
                           struct record *record, struct error *err)
{
    struct record before;
    if (!record->reg->conclude)
        return true;
    record_copy(&before, record);
    record_conclude(record, context);
    bool ok = row_write_computed(store, &before, record, err);
    record_release(&before);
    return ok;
}

static bool check_one(struct store *store, const struct check_context *context,
                      const struct reg *reg, const char *id, struct error *err)
{
    struct record record;
    struct findings findings = {0};
    bool ok = true, is_there = store_get(store, reg, id, &record, NULL) && !record.deleted;
    if (is_there)
        ok = conclude_again(store, context, &record, err);
    if (ok && is_there)
        record_check(&record, context, &findings);
    else
        strncpy(record.id, id, RECORD_ID_SIZE - 1);
    drop_gaps(&findings);
    ok = ok && replace_stored(store, &record, &findings, err);
    findings_release(&findings);
    record_release(&record);
    return ok;
}

/* ---- what waits ---- */

static bool note_waiting(struct store *store, const struct reg *reg, const char *id, int64_t mark,
                         struct error *err)
{
    sqlite3_stmt *stmt;
    if (reg->flags & REG_REFERENCE)
        return true;
    if (!sql_cached(store,
                    "INSERT OR REPLACE INTO unchecked (register, record, mark) VALUES (?, ?, ?)",
                    &stmt, err))
        return false;
    sql_lend_text(stmt, 1, reg->name);
    sql_lend_text(stmt, 2, id);
    sqlite3_bind_int64(stmt, 3, mark);
    return sql_run(stmt, err);
}

static bool forget_waiting(struct store *store, const char *reg, const char *id, int64_t mark,
                           struct error *err)
{
    sqlite3_stmt *stmt;
    if (!sql_cached(store, "DELETE FROM unchecked WHERE register = ? AND record = ? AND mark = ?",
                    &stmt, err))
        return false;
    sql_lend_text(stmt, 1, reg);
    sql_lend_text(stmt, 2, id);
    sqlite3_bind_int64(stmt, 3, mark);
    return sql_run(stmt, err);
}

/* Another number each time that anything is noted. */
static bool next_mark(struct store *store, int64_t *mark, struct error *err)
{
    bool ok = sql_number(store->db, "SELECT coalesce(max(mark), 0) + 1 FROM unchecked", NULL, NULL,
                         mark, err);
    if (*mark <= store->sweep.mark)
        *mark = store->sweep.mark + 1;
    return ok;
}

bool checking_note_all(struct store *store, struct error *err)
{
    int64_t mark;
    bool ok = next_mark(store, &mark, err);
    for (size_t i = 0; ok && i < register_count; i++)
        ok = note_waiting(store, registers[i], "", mark, err);
    return ok;
}

/* The value that the concerned records have in the field. */
static bool read_key(const struct change *change, struct value *key, struct error *err)
{
    const struct field *field = reg_field_find(change->reg, change->field);
    if (field)
        return type_restore(field, change->value, key, err);
    value_set_text(key, change->value);
    return true;
}

/* Ids of the records that a change concerns, unless they are too many. */
static bool find_concerned(struct store *store, const struct change *change, struct id_list *list,
                           bool *too_many, struct error *err)
{
    struct buffer sql = {0};
    struct value key = {0};
    sqlite3_stmt *select = NULL;
    bool row = false;
    list->count = 0;
    *too_many = false;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = ?", change->reg->name, change->field);
    bool ok = read_key(change, &key, err) && sql_cached(store, sql.text, &select, err);
    if (ok)
        sql_bind_value(select, 1, &key);
    while (ok && (ok = sql_step(select, &row, err)) && row && !*too_many) {
        *too_many = list->count == NEIGHBOURS;
        if (!*too_many)
            strncpy(list->ids[list->count++], sql_column_text(select, 0), RECORD_ID_SIZE - 1);
    }
    if (select)
        sqlite3_reset(select);
    value_release(&key);
    buffer_release(&sql);
    return ok;
}

/* More than can be asked about at once: each of them waits. */
static bool note_concerned(struct store *store, const struct change *change, struct error *err)
{
    struct buffer sql = {0};
    struct value key = {0};
    sqlite3_stmt *insert;
    int64_t mark;
    buffer_addf(&sql,
                "INSERT OR REPLACE INTO unchecked (register, record, mark)"
                " SELECT ?1, id, ?2 FROM \"%s\" WHERE \"%s\" = ?3",
                change->reg->name, change->field);
    bool ok = read_key(change, &key, err) && next_mark(store, &mark, err) &&
              sql_cached(store, sql.text, &insert, err);
    if (ok) {
        sql_bind_text(insert, 1, change->reg->name);
        sqlite3_bind_int64(insert, 2, mark);
        sql_bind_value(insert, 3, &key);
        ok = sql_run(insert, err);
    }
    value_release(&key);
    buffer_release(&sql);
    return ok;
}

static bool settle_change(struct store *store, const struct check_context *context,
                          const struct change *change, struct error *err)
{
    struct id_list list = {.ids = mem_new(NEIGHBOURS, RECORD_ID_SIZE)};
    bool too_many;
    bool ok = find_concerned(store, change, &list, &too_many, err);
    if (ok && too_many)
        ok = note_concerned(store, change, err);
    for (size_t i = 0; ok && !too_many && i < list.count; i++)
        ok = check_one(store, context, change->reg, list.ids[i], err);
    free(list.ids);
    return ok;
}

bool checking_settle(struct store *store, struct error *err)
{
    struct changes *changes = &store->batch.changes;
    if (changes->noted == 0)
        return true;
    bool ok = true;
    if (changes->noted > AT_ONCE) {
        for (size_t i = 0; i < changes->count; i++)
            add_whole(changes, changes->items[i].reg);
    } else {
        struct check_context context = store_check_context(store);
        for (size_t i = 0; ok && i < changes->count; i++)
            if (!(changes->items[i].reg->flags & REG_REFERENCE))
                ok = settle_change(store, &context, &changes->items[i], err);
    }
    int64_t mark;
    ok = ok && (!changes->whole || next_mark(store, &mark, err));
    for (size_t i = 0; ok && changes->whole && i < register_count; i++)
        ok = !changes->whole[i] || note_waiting(store, registers[i], "", mark, err);
    return ok;
}

/* ---- catching up ---- */

static int64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* Goes on with the register that is being swept; *done tells that its end is reached. */
static bool sweep_slice(struct store *store, const struct check_context *context, bool *done,
                        struct error *err)
{
    struct sweep *sweep = &store->sweep;
    struct buffer sql = {0};
    sqlite3_stmt *select = NULL;
    int64_t rows[SLICE];
    char(*ids)[RECORD_ID_SIZE] = mem_new(SLICE, RECORD_ID_SIZE);
    size_t count = 0;
    bool row = false;
    buffer_addf(&sql, "SELECT rowid, id FROM \"%s\" WHERE rowid > ? ORDER BY rowid LIMIT %d",
                sweep->reg->name, SLICE);
    bool ok = sql_cached(store, sql.text, &select, err);
    if (ok)
        sqlite3_bind_int64(select, 1, sweep->row);
    while (ok && count < SLICE && (ok = sql_step(select, &row, err)) && row) {
        rows[count] = sqlite3_column_int64(select, 0);
        strncpy(ids[count++], sql_column_text(select, 1), RECORD_ID_SIZE - 1);
    }
    if (select)
        sqlite3_reset(select);
    for (size_t i = 0; ok && i < count; i++) {
        ok = check_one(store, context, sweep->reg, ids[i], err);
        sweep->row = rows[i];
    }
    *done = count < SLICE;
    free(ids);
    buffer_release(&sql);
    return ok;
}

/* The next thing that waits; `reg` is NULL when nothing does. */
struct waiting {
    const struct reg *reg;
    char record[RECORD_ID_SIZE];
    int64_t mark;
};

/* What this program has not written would never be found again to be forgotten. */
static void read_waiting(sqlite3_stmt *select, struct waiting *waiting)
{
    enum { MOST_MARKS = 1 << 30 };
    const char *record = sql_column_text(select, 1);
    int64_t mark = sqlite3_column_int64(select, 2);
    if (sqlite3_column_type(select, 0) != SQLITE_TEXT ||
        sqlite3_column_type(select, 1) != SQLITE_TEXT ||
        sqlite3_column_type(select, 2) != SQLITE_INTEGER || strlen(record) >= RECORD_ID_SIZE ||
        strlen(record) != (size_t)sqlite3_column_bytes(select, 1) || mark < 1 || mark > MOST_MARKS)
        return;
    waiting->reg = reg_find(sql_column_text(select, 0));
    memcpy(waiting->record, record, strlen(record) + 1);
    waiting->mark = mark;
}

static bool next_waiting(struct store *store, struct waiting *waiting, struct error *err)
{
    sqlite3_stmt *select;
    bool row = false;
    *waiting = (struct waiting){0};
    if (!sql_cached(store, "SELECT register, record, mark FROM unchecked LIMIT 1", &select, err))
        return false;
    bool ok = sql_step(select, &row, err);
    if (ok && row)
        read_waiting(select, waiting);
    sqlite3_reset(select);
    /* A register that this program does not have, or a row of somebody else. */
    if (!ok || !row || waiting->reg)
        return ok;
    store->sweep = (struct sweep){0};
    return sql_exec(store->db, "DELETE FROM unchecked", err) && checking_note_all(store, err) &&
           next_waiting(store, waiting, err);
}

static bool catch_up_one(struct store *store, const struct check_context *context,
                         const struct waiting *waiting, struct error *err)
{
    struct sweep *sweep = &store->sweep;
    bool done = true, ok;
    if (waiting->record[0]) {
        ok = check_one(store, context, waiting->reg, waiting->record, err);
    } else {
        if (sweep->reg != waiting->reg || sweep->mark != waiting->mark)
            *sweep = (struct sweep){.reg = waiting->reg, .mark = waiting->mark};
        ok = sweep_slice(store, context, &done, err);
    }
    return ok && (!done ||
                  forget_waiting(store, waiting->reg->name, waiting->record, waiting->mark, err));
}

bool check_catch_up(struct store *store, int milliseconds, bool *more, struct error *err)
{
    struct waiting waiting;
    int64_t end = now_milliseconds() + milliseconds;
    *more = false;
    if (!store->writable)
        return error_set(err, ERROR_BUSY,
                         "现在是只读查看，不能核验；请先关闭正在使用这个文件的窗口");
    if (!next_waiting(store, &waiting, err))
        return false;
    if (!waiting.reg)
        return true;
    struct check_context context = store_check_context(store);
    bool ok = sql_exec(store->db, "BEGIN IMMEDIATE", err);
    while (ok && waiting.reg && now_milliseconds() < end)
        ok = catch_up_one(store, &context, &waiting, err) && next_waiting(store, &waiting, err);
    if (!sql_exec(store->db, ok ? "COMMIT" : "ROLLBACK", ok ? err : NULL)) {
        sql_exec(store->db, "ROLLBACK", NULL);
        ok = false;
    }
    if (!ok)
        store->sweep = (struct sweep){0};
    *more = ok && waiting.reg != NULL;
    return ok;
}

bool check_policy_changed(const struct store *store)
{
    return store->policy_changed;
}

bool check_is_of_today(struct store *store)
{
    char today[DATE_TEXT_SIZE];
    date_format(clock_today(), today);
    return strcmp(store_setting(store, "checked_on"), today) == 0;
}

bool check_note_day(struct store *store, struct error *err)
{
    char today[DATE_TEXT_SIZE];
    if (check_is_of_today(store))
        return true;
    date_format(clock_today(), today);
    if (!sql_exec(store->db, "BEGIN IMMEDIATE", err))
        return false;
    bool ok = checking_note_all(store, err) && store_set_setting(store, "checked_on", today, err);
    bool ended = sql_exec(store->db, ok ? "COMMIT" : "ROLLBACK", ok ? err : NULL);
    return ok && ended;
}

bool check_waiting(struct store *store, int64_t *records, int64_t *registers_waiting,
                   struct error *err)
{
    return sql_number(store->db, "SELECT count(*) FROM unchecked WHERE record <> ''", NULL, NULL,
                      records, err) &&
           sql_number(store->db, "SELECT count(*) FROM unchecked WHERE record = ''", NULL, NULL,
                      registers_waiting, err);
}
