#include "db/accept.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- of one record ---- */

static void add_row(struct acceptances *acceptances, sqlite3_stmt *row)
{
    acceptances->items = mem_grow(acceptances->items, acceptances->count, &acceptances->capacity,
                                  sizeof *acceptances->items);
    struct acceptance *item = &acceptances->items[acceptances->count++];
    *item = (struct acceptance){
        .rule = mem_text(sql_column_text(row, 1)),
        .field = mem_text(sql_column_text(row, 2)),
        .value = mem_text(sql_column_text(row, 3)),
        .reason = mem_text(sql_column_text(row, 4)),
        .by = mem_text(sql_column_text(row, 5)),
        .on = mem_text(sql_column_text(row, 6)),
    };
    strncpy(item->id, sql_column_text(row, 0), RECORD_ID_SIZE - 1);
}

bool acceptances_read(struct store *store, const struct reg *reg, const char *record,
                      struct acceptances *acceptances, struct error *err)
{
    sqlite3_stmt *select;
    bool ok, row = false;
    *acceptances = (struct acceptances){.count = 0};
    if (!sql_cached(store,
                    "SELECT id, rule, field_name, value, reason, accepted_by, accepted_on"
                    " FROM acceptance WHERE reg_name = ? AND record = ? AND deleted = 0",
                    &select, err))
        return false;
    sql_lend_text(select, 1, reg->name);
    sql_lend_text(select, 2, record);
    while ((ok = sql_step(select, &row, err)) && row)
        add_row(acceptances, select);
    sqlite3_reset(select);
    return ok;
}

void acceptances_release(struct acceptances *acceptances)
{
    for (size_t i = 0; i < acceptances->count; i++) {
        struct acceptance *item = &acceptances->items[i];
        free(item->rule);
        free(item->field);
        free(item->value);
        free(item->reason);
        free(item->by);
        free(item->on);
    }
    free(acceptances->items);
    *acceptances = (struct acceptances){.count = 0};
}

static bool is_about(const struct acceptance *acceptance, const struct finding *finding)
{
    return strcmp(acceptance->rule, finding->rule) == 0 &&
           strcmp(acceptance->field, finding->field ? finding->field : "") == 0;
}

const struct acceptance *acceptance_of(const struct acceptances *acceptances,
                                       const struct record *record, const struct finding *finding)
{
    const struct acceptance *found = NULL;
    struct buffer value = {0};
    if (acceptances->count == 0 || finding->severity != SEVERITY_WARNING)
        return NULL;
    if (finding->field)
        record_format(record, finding->field, &value);
    for (size_t i = 0; !found && i < acceptances->count; i++)
        if (is_about(&acceptances->items[i], finding) &&
            strcmp(acceptances->items[i].value, buffer_text(&value)) == 0)
            found = &acceptances->items[i];
    buffer_release(&value);
    return found;
}

/* ---- changing ---- */

/* The record of a subject, what the rules say about it now, and what was accepted before. */
struct scene {
    struct record record;
    struct findings findings;
    struct acceptances acceptances;
};

static void scene_release(struct scene *scene)
{
    record_release(&scene->record);
    findings_release(&scene->findings);
    acceptances_release(&scene->acceptances);
}

static bool scene_read(struct scene *scene, struct store *store,
                       const struct accept_subject *subject, struct error *err)
{
    struct check_context context = store_check_context(store);
    *scene = (struct scene){.findings = {0}};
    if (!store_get(store, subject->reg, subject->record, &scene->record, err) ||
        !acceptances_read(store, subject->reg, subject->record, &scene->acceptances, err))
        return false;
    if (!scene->record.deleted)
        record_check(&scene->record, &context, &scene->findings);
    return true;
}

/* The finding that the subject means; refused when there is none or the field is needed to tell. */
static const struct finding *find_subject(const struct scene *scene,
                                          const struct accept_subject *subject, struct error *err)
{
    const struct finding *found = NULL;
    for (size_t i = 0; i < scene->findings.count; i++) {
        const struct finding *finding = &scene->findings.items[i];
        const char *field = finding->field ? finding->field : "";
        if (strcmp(finding->rule, subject->rule) != 0 ||
            (subject->field && strcmp(field, subject->field) != 0))
            continue;
        if (found && strcmp(found->field ? found->field : "", field) != 0) {
            error_set(err, ERROR_USAGE, "%s 在这条记录里说到不止一栏，请写明是哪一栏，如 %s",
                      subject->rule, field);
            return NULL;
        }
        found = finding;
    }
    if (!found)
        error_set(err, ERROR_MISSING, "这条记录现在没有 %s 的警告，请先用 check 核验",
                  subject->rule);
    return found;
}

static bool require_warning(const struct finding *finding, struct error *err)
{
    if (finding->severity == SEVERITY_ERROR)
        return error_set(err, ERROR_REFUSED, "这是错误，不能接受，请改正数据：%s",
                         finding->message);
    return finding->severity == SEVERITY_WARNING ||
           error_set(err, ERROR_REFUSED, "这是提示，不必接受，看过就行");
}

bool accept_check_reason(const char *reason, struct error *err)
{
    const struct field *field = reg_field_find(&reg_acceptance, "reason");
    struct value value = {0};
    bool ok = type_parse(field, NULL, reason, &value, err);
    if (ok && text_count(value.kind == VALUE_TEXT ? value.text : "") < (size_t)field->min_chars)
        ok = error_set(err, ERROR_REFUSED,
                       "接受理由至少写 %d 个字：为什么数据没有错，以后查得到的依据",
                       field->min_chars);
    value_release(&value);
    return ok;
}

/* The live acceptance about the same rule and field, whatever the value was. */
static const struct acceptance *former(const struct scene *scene, const struct finding *finding)
{
    for (size_t i = 0; i < scene->acceptances.count; i++)
        if (is_about(&scene->acceptances.items[i], finding))
            return &scene->acceptances.items[i];
    return NULL;
}

static bool fill(struct store *store, struct record *to, const struct scene *scene,
                 const struct finding *finding, const char *reason, struct error *err)
{
    char today[DATE_TEXT_SIZE];
    struct buffer value = {0};
    date_format(store_check_context(store).today, today);
    if (finding->field)
        record_format(&scene->record, finding->field, &value);
    char *who = mem_text(store_setting(store, "operator"));
    const struct {
        const char *field, *text;
    } texts[] = {{"reg_name", scene->record.reg->name},
                 {"record", scene->record.id},
                 {"rule", finding->rule},
                 {"field_name", finding->field ? finding->field : ""},
                 {"value", buffer_text(&value)},
                 {"message", finding->message},
                 {"reason", reason},
                 {"accepted_on", today},
                 {"accepted_by", who}};
    bool ok = true;
    for (size_t i = 0; ok && i < COUNT_OF(texts); i++)
        ok = record_set_text(to, (size_t)reg_field_index(&reg_acceptance, texts[i].field),
                             texts[i].text, store_lookup(store), err);
    free(who);
    buffer_release(&value);
    return ok;
}

static bool save(struct store *store, const struct scene *scene, const struct finding *finding,
                 const char *reason, struct error *err)
{
    const struct acceptance *before = former(scene, finding);
    struct record record;
    enum store_change change;
    struct buffer why = {0};
    bool ok = true;
    if (before)
        ok = store_get(store, &reg_acceptance, before->id, &record, err);
    else
        record_init(&record, &reg_acceptance);
    ok = ok && fill(store, &record, scene, finding, reason, err);
    buffer_addf(&why, "接受警告 %s：", finding->rule);
    record_format(&record, "reason", &why);
    ok = ok && store_save(store, &record, why.text, &change, err);
    record_release(&record);
    buffer_release(&why);
    return ok;
}

bool accept_warning(struct store *store, const struct accept_subject *subject, const char *reason,
                    struct error *err)
{
    struct scene scene;
    const struct finding *finding = NULL;
    bool ok = accept_check_reason(reason, err);
    if (!ok)
        return false;
    ok = scene_read(&scene, store, subject, err) &&
         (finding = find_subject(&scene, subject, err)) != NULL && require_warning(finding, err) &&
         save(store, &scene, finding, reason, err);
    scene_release(&scene);
    return ok;
}

static bool is_subject(const struct acceptance *acceptance, const struct accept_subject *subject)
{
    return strcmp(acceptance->rule, subject->rule) == 0 &&
           (!subject->field || strcmp(acceptance->field, subject->field) == 0);
}

bool accept_withdraw(struct store *store, const struct accept_subject *subject, struct error *err)
{
    struct acceptances acceptances;
    struct buffer why = {0};
    buffer_addf(&why, "撤回接受警告 %s", subject->rule);
    bool ok = store_begin(store, "delete", why.text, err);
    buffer_release(&why);
    if (!ok)
        return false;
    size_t removed = 0;
    ok = acceptances_read(store, subject->reg, subject->record, &acceptances, err);
    for (size_t i = 0; ok && i < acceptances.count; i++) {
        if (!is_subject(&acceptances.items[i], subject))
            continue;
        ok = store_remove(store, &reg_acceptance, acceptances.items[i].id, err);
        removed++;
    }
    if (ok && removed == 0)
        ok = error_set(err, ERROR_MISSING, "这条记录没有接受过 %s 的警告", subject->rule);
    ok = ok && store_commit(store, err);
    if (!ok)
        store_rollback(store);
    acceptances_release(&acceptances);
    return ok;
}
