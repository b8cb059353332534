#include "db/filing_guard.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/figures.h"
#include "db/filing.h"

#include <string.h>

enum filed_state { FILED_UNKNOWN, FILED_NONE, FILED_SOME };

/* Whether any record of the register was ever filed: asked once in a change, so that an import of
 * many rows does not look each of them up. */
static bool was_filed(struct store *store, const struct reg *reg, bool *filed, struct error *err)
{
    struct batch *batch = &store->batch;
    int64_t found;
    if (!batch->filed)
        batch->filed = mem_new(register_count, sizeof *batch->filed);
    unsigned char *state = &batch->filed[reg_index(reg)];
    if (*state == FILED_UNKNOWN) {
        if (!sql_number(store->db,
                        "SELECT EXISTS (SELECT 1 FROM filing AS f WHERE f.deleted = 0 AND EXISTS"
                        " (SELECT 1 FROM filed WHERE filing = f.id AND register = ?))",
                        reg->name, NULL, &found, err))
            return false;
        *state = found ? FILED_SOME : FILED_NONE;
    }
    *filed = *state == FILED_SOME;
    return true;
}

/* Whether the change touches what stood there: another value, or that it is of another period. Then
 * an empty value counts as well: what was emptied as of a later year and comes back to the year
 * that was filed stands there again. */
static bool differs(const struct record *before, const struct record *after, size_t index)
{
    const char *period = reg_field(before->reg, index)->of_period;
    if (period && !value_equal(record_value(before, period), record_value(after, period)))
        return true;
    return !value_is_null(&before->values[index]) &&
           !value_equal(&before->values[index], &after->values[index]);
}

/* Whether a figure goes that was there, filed or not. */
static bool touches_figures(const struct record *before, const struct record *after)
{
    if (after->deleted)
        return true;
    for (struct field_walk walk = {.reg = before->reg}; reg_walk(&walk);)
        if (differs(before, after, walk.index) && figures_freeze(before->reg, walk.field))
            return true;
    return false;
}

static bool refuse_field(struct store *store, const struct field *field, const char *case_no,
                         const char *filed, struct error *err)
{
    struct buffer label = {0}, value = {0};
    field_add_title(field, &label);
    filing_display(store, field, filed, &value);
    error_set(err, ERROR_REFUSED, "“%s”已随 %s 报出（%s%s%s），改动请写明原因", label.text, case_no,
              buffer_text(&value), field->unit ? " " : "", field->unit ? field->unit : "");
    error_at_field(err, field->name, "");
    buffer_release(&label);
    buffer_release(&value);
    return false;
}

/* Whether the figures of one filing hold for the change. */
static bool allows(struct store *store, const struct record *before, const struct record *after,
                   const char *case_no, const char *figures, struct error *err)
{
    struct buffer name = {0}, filed = {0}, now = {0};
    const char *at = figures;
    bool ok = true;
    if (after->deleted) {
        record_name(before, store_lookup(store), &name);
        ok = error_set(err, ERROR_REFUSED, "“%s”已随 %s 报出，删除请写明原因", buffer_text(&name),
                       case_no);
    }
    while (ok && figures_next(&at, &name, &filed)) {
        int index = reg_field_index(before->reg, buffer_text(&name));
        if (index < 0 || !filed.length ||
            !figures_freeze(before->reg, reg_field(before->reg, (size_t)index)) ||
            !differs(before, after, (size_t)index) ||
            figures_are_past(figures, after, reg_field(before->reg, (size_t)index)))
            continue;
        buffer_clear(&now);
        record_format(after, name.text, &now);
        if (strcmp(buffer_text(&now), filed.text) != 0)
            ok = refuse_field(store, reg_field(before->reg, (size_t)index), case_no, filed.text,
                              err);
    }
    buffer_release(&name);
    buffer_release(&filed);
    buffer_release(&now);
    if (!ok && err)
        err->wants_reason = true;
    return ok;
}

/* The filings that hold the record still, the latest first. A record of a filing that somebody has
 * typed corrects nothing: it shows no figures that would hold instead. */
static const char standing[] =
    "SELECT coalesce(f.case_no, f.period), d.figures"
    " FROM filed AS d JOIN filing AS f ON f.id = d.filing"
    " WHERE d.record = ?1 AND d.register = ?2 AND f.deleted = 0"
    " AND NOT EXISTS (SELECT 1 FROM filing AS r WHERE r.revises = f.id AND r.deleted = 0"
    "  AND r.id > f.id AND r.report IS f.report"
    "  AND EXISTS (SELECT 1 FROM filed WHERE filing = r.id))"
    " AND NOT EXISTS (SELECT 1 FROM filed AS e JOIN filing AS r ON r.id = e.filing"
    "  WHERE e.record = ?1 AND e.register = ?2 AND r.deleted = 0 AND r.kind = f.kind"
    "  AND r.report IS f.report AND (r.period, r.id) > (f.period, f.id))"
    " ORDER BY f.id DESC";

/* A filing that goes takes with it what holds its figures. */
static bool allows_removal(struct store *store, const struct record *filing, struct error *err)
{
    int64_t holds = 0;
    if (!sql_number(store->db, "SELECT EXISTS (SELECT 1 FROM filed WHERE filing = ?)", filing->id,
                    NULL, &holds, err))
        return false;
    if (!holds)
        return true;
    error_set(err, ERROR_REFUSED, "“%s”报出的数字以它为准，删除请写明原因",
              record_text(filing, "case_no"));
    if (err)
        err->wants_reason = true;
    return false;
}

bool filing_guard(struct store *store, const struct record *before, const struct record *after,
                  struct error *err)
{
    sqlite3_stmt *stmt;
    bool filed = false, row = false;
    if (store->batch.explained)
        return true;
    if (before->reg == &reg_filing && after->deleted)
        return allows_removal(store, before, err);
    if (!was_filed(store, before->reg, &filed, err))
        return false;
    if (!filed || !touches_figures(before, after))
        return true;
    if (!sql_cached(store, standing, &stmt, err))
        return false;
    sql_lend_text(stmt, 1, before->id);
    sql_lend_text(stmt, 2, before->reg->name);
    bool ok = true;
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        ok = allows(store, before, after, sql_column_text(stmt, 0), sql_column_text(stmt, 1), err);
    sqlite3_reset(stmt);
    return ok;
}
