/* Two filings beside each other, and a filing beside the file as it is now. */
#include "core/mem.h"
#include "db/figures.h"
#include "db/filing.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

static struct filing_balance *balance_of(struct filing_comparison *comparison,
                                         const struct reg *reg)
{
    for (size_t i = 0; i < comparison->balance_count; i++)
        if (comparison->balances[i].reg == reg)
            return &comparison->balances[i];
    comparison->balances = mem_grow(comparison->balances, comparison->balance_count,
                                    &comparison->balance_capacity, sizeof *comparison->balances);
    struct filing_balance *balance = &comparison->balances[comparison->balance_count++];
    *balance = (struct filing_balance){.reg = reg};
    return balance;
}

static struct filing_change *add_change(struct filing_comparison *comparison,
                                        enum filing_difference kind, const struct reg *reg,
                                        const char *id, const char *name)
{
    comparison->changes = mem_grow(comparison->changes, comparison->count, &comparison->capacity,
                                   sizeof *comparison->changes);
    struct filing_change *change = &comparison->changes[comparison->count++];
    *change = (struct filing_change){.kind = kind, .reg = reg, .name = mem_text(name)};
    strncpy(change->id, id, RECORD_ID_SIZE - 1);
    return change;
}

void filing_comparison_release(struct filing_comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        struct filing_change *change = &comparison->changes[i];
        free(change->name);
        free(change->former);
        free(change->now);
        free(change->who);
        free(change->at);
        free(change->why);
    }
    free(comparison->changes);
    free(comparison->balances);
    *comparison = (struct filing_comparison){.count = 0};
}

void filing_display(struct store *store, const struct field *field, const char *canonical,
                    struct buffer *out)
{
    struct value value = {0};
    if (*canonical && type_restore(field, canonical, &value, NULL))
        type_display(field, &value, store_lookup(store), out);
    else
        buffer_add(out, canonical);
    value_release(&value);
}

/* ---- the rows of a filing, in their order ---- */

struct reader {
    sqlite3_stmt *stmt;
    bool has_row;
    const struct reg *reg; /* NULL: this program does not know it */
    const char *record, *name, *figures;
};

static bool reader_next(struct reader *reader, struct error *err)
{
    bool ok = sql_step(reader->stmt, &reader->has_row, err);
    if (ok && reader->has_row) {
        reader->reg = reg_find(sql_column_text(reader->stmt, 0));
        reader->record = sql_column_text(reader->stmt, 1);
        reader->name = sql_column_text(reader->stmt, 2);
        reader->figures = sql_column_text(reader->stmt, 3);
    }
    return ok;
}

static bool reader_open(struct reader *reader, struct store *store, const char *filing,
                        struct error *err)
{
    *reader = (struct reader){.stmt = NULL};
    if (!sql_prepare(store->db,
                     "SELECT register, record, name, figures FROM filed WHERE filing = ?"
                     " ORDER BY register, record",
                     &reader->stmt, err))
        return false;
    sql_bind_text(reader->stmt, 1, filing);
    return reader_next(reader, err);
}

/* ---- two filings ---- */

/* The fields that both showed, with other texts. */
static void compare_figures(struct filing_comparison *comparison, const struct reader *former,
                            const struct reader *now)
{
    struct buffer name = {0}, after = {0}, before = {0};
    bool changed = false;
    for (const char *at = now->figures; figures_next(&at, &name, &after);) {
        const struct field *field = reg_field_find(now->reg, buffer_text(&name));
        if (!field || !figures_find(former->figures, field->name, &before) ||
            strcmp(buffer_text(&before), buffer_text(&after)) == 0)
            continue;
        struct filing_change *change =
            add_change(comparison, FILING_CHANGED, now->reg, now->record, now->name);
        change->field = field;
        change->former = mem_text(buffer_text(&before));
        change->now = mem_text(buffer_text(&after));
        changed = true;
    }
    if (changed)
        balance_of(comparison, now->reg)->changed++;
    buffer_release(&name);
    buffer_release(&after);
    buffer_release(&before);
}

/* Which of the two rows comes first: below 0 the former, above 0 the one of now. */
static int order_of(const struct reader *former, const struct reader *now)
{
    if (!former->has_row || !now->has_row)
        return former->has_row ? -1 : 1;
    int order = strcmp(sql_column_text(former->stmt, 0), sql_column_text(now->stmt, 0));
    return order ? order : strcmp(former->record, now->record);
}

static void take_pair(struct filing_comparison *comparison, const struct reader *former,
                      const struct reader *now, int order)
{
    const struct reader *shown = order < 0 ? former : now;
    const bool was = order <= 0 && !figures_are_within(former->figures);
    const bool is = order >= 0 && !figures_are_within(now->figures);
    if (!shown->reg)
        return;
    if (was || is) {
        struct filing_balance *balance = balance_of(comparison, shown->reg);
        balance->former += was;
        balance->current += is;
        balance->removed += was && !is;
        balance->entered += is && !was;
    }
    if (was != is)
        add_change(comparison, was ? FILING_REMOVED : FILING_ENTERED, shown->reg, shown->record,
                   shown->name);
    else if (order == 0 && strcmp(former->figures, now->figures) != 0)
        compare_figures(comparison, former, now);
}

bool filing_compare(struct store *store, const char *former_id, const char *now_id,
                    struct filing_comparison *comparison, struct error *err)
{
    struct reader former = {0}, now = {0};
    *comparison = (struct filing_comparison){.count = 0};
    bool ok = reader_open(&former, store, former_id, err) && reader_open(&now, store, now_id, err);
    while (ok && (former.has_row || now.has_row)) {
        int order = order_of(&former, &now);
        take_pair(comparison, &former, &now, order);
        ok = (order > 0 || reader_next(&former, err)) && (order < 0 || reader_next(&now, err));
    }
    sqlite3_finalize(former.stmt);
    sqlite3_finalize(now.stmt);
    return ok;
}

/* ---- since then ---- */

/* Who brought the field to what it is now, or deleted the record. */
static bool find_author(struct store *store, struct filing_change *change, struct error *err)
{
    /* What the whole change was for, not what is noted about one of its cells. */
    static const char of_field[] =
        "SELECT at, who, coalesce((SELECT why FROM batch WHERE id = op.batch), why)"
        " FROM op WHERE record = ? AND register = ? AND kind = 'U'"
        " AND field = ? AND coalesce(new, '') = ? ORDER BY at DESC, seq DESC LIMIT 1";
    static const char of_record[] =
        "SELECT at, who, why FROM op WHERE record = ? AND register = ? AND kind = 'D'"
        " ORDER BY at DESC, seq DESC LIMIT 1";
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_cached(store, change->field ? of_field : of_record, &stmt, err))
        return false;
    sql_lend_text(stmt, 1, change->id);
    sql_lend_text(stmt, 2, change->reg->name);
    if (change->field) {
        sql_lend_text(stmt, 3, change->field->name);
        sql_lend_text(stmt, 4, change->now);
    }
    bool ok = sql_step(stmt, &row, err);
    change->at = mem_text(row ? sql_column_text(stmt, 0) : "");
    change->who = mem_text(row ? sql_column_text(stmt, 1) : "");
    change->why = mem_text(row ? sql_column_text(stmt, 2) : "");
    sqlite3_reset(stmt);
    return ok;
}

static bool compare_live(struct store *store, struct filing_comparison *comparison,
                         const struct reader *filed, const struct record *live, struct error *err)
{
    struct buffer name = {0}, before = {0}, now = {0};
    bool ok = true, changed = false;
    for (const char *at = filed->figures; ok && figures_next(&at, &name, &before);) {
        const struct field *field = reg_field_find(live->reg, buffer_text(&name));
        if (!field || !figures_freeze(live->reg, field) ||
            figures_are_past(filed->figures, live, field))
            continue;
        buffer_clear(&now);
        record_format(live, field->name, &now);
        if (strcmp(buffer_text(&before), buffer_text(&now)) == 0)
            continue;
        struct filing_change *change =
            add_change(comparison, FILING_CHANGED, live->reg, live->id, filed->name);
        change->field = field;
        change->former = mem_text(buffer_text(&before));
        change->now = mem_text(buffer_text(&now));
        changed = true;
        ok = find_author(store, change, err);
    }
    if (changed)
        balance_of(comparison, live->reg)->changed++;
    buffer_release(&name);
    buffer_release(&before);
    buffer_release(&now);
    return ok;
}

static bool take_live(struct store *store, struct filing_comparison *comparison,
                      const struct reader *filed, struct error *err)
{
    struct record live;
    struct error missing = {0};
    if (!filed->reg)
        return true;
    bool there = store_get(store, filed->reg, filed->record, &live, &missing);
    bool ok = there || missing.code == ERROR_MISSING;
    if (!ok && err)
        *err = missing;
    there = there && !live.deleted;
    if (!figures_are_within(filed->figures)) {
        struct filing_balance *balance = balance_of(comparison, filed->reg);
        balance->former++;
        balance->current += there;
        balance->removed += !there;
    }
    if (ok && there)
        ok = compare_live(store, comparison, filed, &live, err);
    else if (ok)
        ok = find_author(
            store, add_change(comparison, FILING_REMOVED, filed->reg, filed->record, filed->name),
            err);
    record_release(&live);
    return ok;
}

bool filing_changes_since(struct store *store, const char *filing,
                          struct filing_comparison *comparison, struct error *err)
{
    struct reader filed = {0};
    *comparison = (struct filing_comparison){.count = 0};
    bool ok = reader_open(&filed, store, filing, err);
    while (ok && filed.has_row)
        ok = take_live(store, comparison, &filed, err) && reader_next(&filed, err);
    sqlite3_finalize(filed.stmt);
    return ok;
}
