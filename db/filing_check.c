#include "db/filing_check.h"
#include "core/mem.h"
#include "core/rule.h"
#include "core/text.h"
#include "db/accept.h"
#include "db/figures.h"
#include "db/internal.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

static void add(struct filing_findings *findings, const struct record *record, const char *name,
                const struct finding *finding, const char *message)
{
    findings->items =
        mem_grow(findings->items, findings->count, &findings->capacity, sizeof *findings->items);
    struct filing_finding *item = &findings->items[findings->count++];
    *item = (struct filing_finding){
        .reg = record->reg,
        .name = mem_text(name),
        .rule = finding->rule,
        .field = finding->field ? reg_field_find(record->reg, finding->field) : NULL,
        .severity = finding->severity,
        .basis = finding->basis,
        .message = mem_text(message),
    };
    memcpy(item->id, record->id, sizeof item->id);
    findings->counts[finding->severity]++;
}

void filing_findings_release(struct filing_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        free(findings->items[i].name);
        free(findings->items[i].message);
    }
    free(findings->items);
    *findings = (struct filing_findings){.count = 0};
}

/* The errors first, each kind in the order in which it was found. */
static void sort(struct filing_findings *findings)
{
    struct filing_finding *sorted = mem_new(findings->count + 1, sizeof *sorted);
    size_t count = 0;
    for (int severity = SEVERITY__COUNT; severity-- > 0;)
        for (size_t i = 0; i < findings->count; i++)
            if (findings->items[i].severity == (enum severity)severity)
                sorted[count++] = findings->items[i];
    free(findings->items);
    findings->items = sorted;
    findings->capacity = findings->count + 1;
}

/* ---- the rules ---- */

static bool is_delay(const char *id)
{
    const struct rule *rule = rule_find(id); /* NULL: of a field type */
    return rule && rule->is_delay;
}

static bool check_record(struct store *store, const struct record *record,
                         struct filing_findings *findings, struct error *err)
{
    struct findings found = {0};
    struct acceptances acceptances;
    struct buffer name = {0};
    struct check_context context = store_check_context(store);
    record_check(record, &context, &found);
    record_name(record, store_lookup(store), &name);
    bool ok = acceptances_read(store, record->reg, record->id, &acceptances, err);
    for (size_t i = 0; ok && i < found.count; i++) {
        struct finding finding = found.items[i];
        findings->gaps += finding.is_gap;
        if (finding.is_gap || finding.severity == SEVERITY_HINT ||
            acceptance_of(&acceptances, record, &finding))
            continue;
        if (is_delay(finding.rule))
            finding.severity = SEVERITY_WARNING;
        add(findings, record, buffer_text(&name), &finding, finding.message);
    }
    acceptances_release(&acceptances);
    findings_release(&found);
    buffer_release(&name);
    return ok;
}

static bool check_children(struct store *store, const struct record *record,
                           struct filing_findings *findings, struct error *err)
{
    const struct reg *child;
    bool ok = true;
    for (size_t i = 0; ok && (child = reg_child(record->reg, i)) != NULL; i++) {
        struct query query = {.reg = child, .parent = record->id};
        struct cursor *cursor;
        const struct record *hanging = NULL;
        if (!cursor_open(&cursor, store, &query, err))
            return false;
        while ((ok = cursor_next(cursor, &hanging, err)) && hanging)
            if (!(ok = check_record(store, hanging, findings, err)))
                break;
        cursor_close(&cursor);
    }
    return ok;
}

/* ---- the names of the filing before (V03, from year to year) ---- */

#define NAME_RULE "V03"

/* The name under which the code was filed; "" when it was not. */
static bool find_former_name(struct store *store, const char *former, const struct filing_row *row,
                             const char *uscc, struct buffer *name, struct error *err)
{
    sqlite3_stmt *stmt;
    bool found = false;
    if (!sql_cached(store,
                    "SELECT name FROM filed WHERE filing = ?1 AND register = ?2 AND record = ?3"
                    " AND json_extract(figures, '$.uscc') = ?4",
                    &stmt, err))
        return false;
    const char *const texts[] = {former, row->reg->name, row->id, uscc};
    for (int i = 0; i < (int)COUNT_OF(texts); i++)
        sql_lend_text(stmt, i + 1, texts[i]);
    bool ok = sql_step(stmt, &found, err);
    buffer_add(name, found ? sql_column_text(stmt, 0) : "");
    sqlite3_reset(stmt);
    return ok;
}

/* The same code under another name, which is not told as the former one. */
static bool check_name(struct store *store, const struct filing_row *row,
                       const struct record *record, const char *former,
                       struct filing_findings *findings, struct error *err)
{
    const struct rule *rule = rule_find(NAME_RULE);
    const char *uscc = record_text(record, "uscc"), *name = record_text(record, "name");
    struct buffer before = {0}, message = {0};
    if (!*former || !rule_concerns(rule, record->reg) || !*uscc)
        return true;
    bool ok = find_former_name(store, former, row, uscc, &before, err);
    if (ok && before.length && !text_same(before.text, name) &&
        !text_same(before.text, record_text(record, "former_name"))) {
        const struct finding finding = {.rule = rule->id,
                                        .severity = rule->severity,
                                        .field = "former_name",
                                        .basis = rule->basis};
        buffer_addf(&message,
                    "上次报送时名称是“%s”，现在是“%s”；已更名的把旧名填在曾用名，否则核对名称",
                    before.text, name);
        add(findings, record, name, &finding, message.text);
    }
    buffer_release(&before);
    buffer_release(&message);
    return ok;
}

/* A child record is asked with its parent. */
static bool hangs_on_another(const struct filing_rows *rows, const struct record *record)
{
    const struct reg *reg = record->reg;
    return reg->parent && filing_rows_have(rows, reg_find(reg_field_find(reg, reg->parent)->target),
                                           record_text(record, reg->parent));
}

bool filing_check(struct store *store, const struct filing_rows *rows, const char *former,
                  struct filing_findings *findings, struct error *err)
{
    bool ok = true;
    *findings = (struct filing_findings){.count = 0};
    for (size_t i = 0; ok && i < rows->count; i++) {
        const struct filing_row *row = &rows->items[i];
        struct record record;
        ok = store_get(store, row->reg, row->id, &record, err) &&
             (hangs_on_another(rows, &record) || check_record(store, &record, findings, err)) &&
             check_children(store, &record, findings, err) &&
             check_name(store, row, &record, former, findings, err);
        record_release(&record);
    }
    sort(findings);
    return ok;
}
