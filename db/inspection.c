#include "db/inspection.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/shared.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_NO = 1 };

static bool set(struct record *record, const char *field, const char *text, struct store *store,
                struct error *err)
{
    int index = reg_field_index(record->reg, field);
    return index < 0 || record_set_text(record, (size_t)index, text, store_lookup(store), err);
}

/* What one record says of a field, into the other; what does not fit there is left out. */
static void carry(struct record *to, const char *field, const struct record *from,
                  const char *source, struct store *store)
{
    struct buffer text = {0};
    record_format(from, source, &text);
    if (text.length)
        set(to, field, text.text, store, NULL);
    buffer_release(&text);
}

/* ---- the object ---- */

bool inspection_is_possible(const struct reg *reg)
{
    const struct reg *subject = reg_subject(reg);
    return object_field_of(reg) || (subject && object_field_of(subject));
}

bool inspection_find_object(struct store *store, const struct reg *reg, const char *id,
                            struct inspection_object *object, struct error *err)
{
    struct record record;
    bool ok = store_get(store, reg, id, &record, err);
    *object = (struct inspection_object){.reg = reg, .field = object_field_of(reg)};
    snprintf(object->id, sizeof object->id, "%s", id);
    if (ok && !object->field && reg_subject(reg)) {
        object->reg = reg_subject(reg);
        object->field = object_field_of(object->reg);
        snprintf(object->id, sizeof object->id, "%s", record_text(&record, reg->name_field));
    }
    record_release(&record);
    if (ok && (!object->field || !*object->id))
        return error_set(err, ERROR_REFUSED, "%s不是现场检查的对象，请从清单中选企业、点位等对象",
                         reg->label);
    return ok;
}

void inspection_object_of(const struct record *record, struct inspection_object *object)
{
    *object = (struct inspection_object){.reg = NULL};
    for (size_t i = 0; i < OBJECT_FIELD_COUNT && !object->reg; i++) {
        const struct field *field = &object_fields[i];
        if (!field->target || !*record_text(record, field->name))
            continue;
        object->reg = reg_find(field->target);
        object->field = field;
        snprintf(object->id, sizeof object->id, "%s", record_text(record, field->name));
    }
}

bool inspection_find_open(struct store *store, const struct inspection_object *object,
                          char id[RECORD_ID_SIZE], struct error *err)
{
    struct id_list list = {0};
    struct buffer where = {0};
    buffer_addf(&where, "%s=\"%s\" conclusion=", object->field->name, object->id);
    bool ok =
        query_ids(store, &(struct query){.reg = &reg_inspection, .where = where.text}, &list, err);
    memset(id, 0, RECORD_ID_SIZE);
    if (ok && list.count)
        memcpy(id, list.ids[0], RECORD_ID_SIZE);
    id_list_release(&list);
    buffer_release(&where);
    return ok;
}

/* ---- one inspection in memory ---- */

static struct record *add_item(struct inspection *inspection)
{
    inspection->items =
        mem_resize(inspection->items, inspection->count + 1, sizeof *inspection->items);
    return &inspection->items[inspection->count++];
}

static bool read_list(struct inspection *inspection, struct store *store, const char *list,
                      struct error *err)
{
    static const char *const fields[] = {"number", "category", "content", "criterion"};
    struct buffer where = {0};
    struct cursor *cursor;
    const struct record *row = NULL;
    buffer_addf(&where, "list=\"%s\"", list);
    const struct query query = {.reg = &reg_checklist, .where = where.text, .order = "number"};
    bool ok = cursor_open(&cursor, store, &query, err);
    while (ok && (ok = cursor_next(cursor, &row, err)) && row) {
        struct record *item = add_item(inspection);
        record_init(item, &reg_inspection_item);
        for (size_t i = 0; i < COUNT_OF(fields); i++)
            carry(item, fields[i], row, fields[i], store);
    }
    cursor_close(&cursor);
    buffer_release(&where);
    if (ok && !inspection->count)
        return error_set(err, ERROR_MISSING,
                         "基础数据里没有“%s”的条目，请用 taizhang pack load base 装入，"
                         "或在“检查表条目”里登记",
                         list);
    return ok;
}

static bool begin_record(struct inspection *inspection, struct store *store,
                         const struct inspection_object *object, const char *list,
                         struct error *err)
{
    struct record *record = &inspection->record;
    struct record about;
    char today[DATE_TEXT_SIZE];
    date_format(clock_today(), today);
    char *operator_name = mem_text(store_setting(store, "operator"));
    const struct record_origin origin = {
        .today = today, .operator_name = operator_name, .region = ""};
    record_set_initial(record, store_lookup(store), &origin);
    bool ok = store_get(store, object->reg, object->id, &about, err) &&
              set(record, object->field->name, object->id, store, err) &&
              set(record, "checklist", list, store, err) &&
              set(record, "inspectors", operator_name, store, err);
    if (ok) {
        carry(record, "region", &about, "region", store);
        carry(record, "town", &about, "town", store);
    }
    record_release(&about);
    free(operator_name);
    return ok;
}

bool inspection_prepare(struct inspection *inspection, struct store *store,
                        const struct inspection_object *object, const char *list, struct error *err)
{
    *inspection = (struct inspection){.items = NULL};
    record_init(&inspection->record, &reg_inspection);
    return begin_record(inspection, store, object, list, err) &&
           read_list(inspection, store, list, err);
}

bool inspection_load(struct inspection *inspection, struct store *store, const char *id,
                     struct error *err)
{
    struct cursor *cursor = NULL;
    const struct record *row = NULL;
    const struct query query = {.reg = &reg_inspection_item, .parent = id, .order = "number"};
    *inspection = (struct inspection){.items = NULL};
    bool ok = store_get(store, &reg_inspection, id, &inspection->record, err) &&
              cursor_open(&cursor, store, &query, err);
    while (ok && (ok = cursor_next(cursor, &row, err)) && row)
        record_copy(add_item(inspection), row);
    cursor_close(&cursor);
    return ok;
}

void inspection_release(struct inspection *inspection)
{
    for (size_t i = 0; i < inspection->count; i++)
        record_release(&inspection->items[i]);
    free(inspection->items);
    record_release(&inspection->record);
    *inspection = (struct inspection){.items = NULL};
}

/* ---- keeping ---- */

/* After a failure nothing is stored, and what is in memory must not say so. */
static void forget_versions(struct inspection *inspection)
{
    inspection->record.version = 0;
    inspection->record.id[0] = '\0';
    for (size_t i = 0; i < inspection->count; i++) {
        inspection->items[i].version = 0;
        inspection->items[i].id[0] = '\0';
    }
}

bool inspection_keep(struct inspection *inspection, struct store *store, struct error *err)
{
    enum store_change change;
    if (inspection->record.version)
        return true;
    bool ok = store_begin(store, "edit", "现场检查", err) &&
              store_put(store, &inspection->record, &change, err);
    for (size_t i = 0; ok && i < inspection->count; i++)
        ok = set(&inspection->items[i], "inspection", inspection->record.id, store, err) &&
             store_put(store, &inspection->items[i], &change, err);
    ok = ok && store_commit(store, err);
    if (!ok) {
        store_rollback(store);
        forget_versions(inspection);
    }
    return ok;
}

/* The item as it is in the file, in place of what could not be saved. */
static void read_again(struct record *item, struct store *store)
{
    struct record stored;
    if (item->version && store_get(store, item->reg, item->id, &stored, NULL)) {
        record_release(item);
        *item = stored;
    } else if (item->version) {
        record_release(&stored);
    }
}

bool inspection_answer(struct inspection *inspection, struct store *store, size_t item,
                       const char *answer, struct error *err)
{
    struct record *record = &inspection->items[item];
    enum store_change change;
    bool is_new = inspection->record.version == 0;
    bool ok = set(record, "answer", answer, store, err) &&
              (is_new ? inspection_keep(inspection, store, err)
                      : store_save(store, record, NULL, &change, err));
    if (!ok && is_new)
        set(record, "answer", "", store, NULL);
    else if (!ok)
        read_again(record, store);
    return ok;
}

/* ---- problems ---- */

bool inspection_find_question(struct store *store, const struct inspection *inspection, size_t item,
                              struct record *row)
{
    struct id_list list = {0};
    struct buffer where = {0}, number = {0};
    record_format(&inspection->items[item], "number", &number);
    buffer_addf(&where, "list=\"%s\" number=%s", record_text(&inspection->record, "checklist"),
                buffer_text(&number));
    bool found = query_ids(store, &(struct query){.reg = &reg_checklist, .where = where.text},
                           &list, NULL) &&
                 list.count && store_get(store, &reg_checklist, list.ids[0], row, NULL);
    if (!list.count)
        record_init(row, &reg_checklist);
    id_list_release(&list);
    buffer_release(&where);
    buffer_release(&number);
    return found;
}

/* Why the inspectors came tells where the problem is from. */
static const char *origin_of(const struct record *inspection)
{
    static const struct {
        const char *kind, *origin;
    } origins[] = {{"专项", "专项执法行动"}, {"信访举报", "信访举报"}};
    for (size_t i = 0; i < COUNT_OF(origins); i++)
        if (strcmp(record_text(inspection, "kind"), origins[i].kind) == 0)
            return origins[i].origin;
    return "日常执法检查";
}

static void fill_problem(struct record *problem, const struct inspection *inspection, size_t item,
                         const struct record *question, struct store *store)
{
    const struct record *visit = &inspection->record;
    const struct record *answered = &inspection->items[item];
    record_set_initial(problem, store_lookup(store), NULL);
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        carry(problem, object_fields[i].name, visit, object_fields[i].name, store);
    carry(problem, "region", visit, "region", store);
    carry(problem, "town", visit, "town", store);
    carry(problem, "found_on", visit, "inspected_on", store);
    carry(problem, "found_by", visit, "inspectors", store);
    carry(problem, "category", question, "problem_category", store);
    carry(problem, "measures", question, "measure", store);
    carry(problem, "description", answered, "content", store);
    carry(problem, "description", question, "statement", store);
    carry(problem, "description", answered, "problem_text", store);
    set(problem, "inspection", visit->id, store, NULL);
    set(problem, "origin", origin_of(visit), store, NULL);
}

bool inspection_raise(struct inspection *inspection, struct store *store, size_t item,
                      char problem_id[RECORD_ID_SIZE], struct error *err)
{
    struct record problem, question;
    enum store_change change;
    if (!inspection_keep(inspection, store, err))
        return false;
    record_init(&problem, &reg_problem);
    inspection_find_question(store, inspection, item, &question);
    fill_problem(&problem, inspection, item, &question, store);
    bool ok = store_begin(store, "edit", "现场检查发现问题", err) &&
              store_put(store, &problem, &change, err) &&
              set(&inspection->items[item], "problem", problem.id, store, err) &&
              store_put(store, &inspection->items[item], &change, err) && store_commit(store, err);
    memcpy(problem_id, problem.id, RECORD_ID_SIZE);
    if (!ok) {
        store_rollback(store);
        read_again(&inspection->items[item], store);
    }
    record_release(&problem);
    record_release(&question);
    return ok;
}

/* ---- counting ---- */

const char *inspection_answer_name(size_t n)
{
    return reg_field_find(&reg_inspection_item, "answer")->choices[n];
}

int inspection_answer_of(const struct record *item)
{
    for (int i = 0; i < INSPECTION_ANSWERS; i++)
        if (strcmp(record_text(item, "answer"), inspection_answer_name((size_t)i)) == 0)
            return i;
    return -1;
}

struct inspection_count inspection_count(const struct inspection *inspection)
{
    struct inspection_count count = {0};
    for (size_t i = 0; i < inspection->count; i++) {
        int answer = inspection_answer_of(&inspection->items[i]);
        if (answer < 0)
            continue;
        count.answered++;
        count.by[answer]++;
        count.raised += answer == ANSWER_NO && *record_text(&inspection->items[i], "problem");
    }
    return count;
}
