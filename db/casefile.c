/* The object, what refers to it, and the lists of it. What those records tell is casefile_rows.c.
 */
#include "db/casefile_rows.h"

#include "core/mem.h"
#include "db/check.h"

#include <stdlib.h>
#include <string.h>

/* ---- which registers belong to it ---- */

bool casefile_relate(const struct reg *reg, const struct reg *target,
                     struct casefile_relation *relation)
{
    *relation = (struct casefile_relation){.reg = reg, .is_profile = reg_subject(reg) == target};
    if (reg->flags & (REG_REFERENCE | REG_POLICY))
        return false;
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        bool points = field->type == TYPE_REF && field_is_stored(field);
        if (points && strcmp(field->target, target->name) == 0 &&
            relation->link_count < CASEFILE_LINKS)
            relation->links[relation->link_count++] = field;
    }
    return relation->link_count > 0;
}

/* The plus keeps SQLite, which has no statistics, from walking all live records by their index. */
void casefile_write_where(const struct casefile_relation *relation, struct buffer *sql)
{
    buffer_add(sql, " WHERE +t.deleted = 0 AND (");
    for (size_t i = 0; i < relation->link_count; i++)
        buffer_addf(sql, "%st.\"%s\" = ?1", i ? " OR " : "", relation->links[i]->name);
    buffer_add_char(sql, ')');
}

static bool count_relation(struct casefile *file, struct casefile_relation *relation,
                           struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    bool row = false;
    buffer_addf(&sql, "SELECT count(*), coalesce(sum(t.missing > 0), 0) FROM \"%s\" AS t",
                relation->reg->name);
    casefile_write_where(relation, &sql);
    bool ok = sql_prepare(file->store->db, sql.text, &stmt, err);
    if (ok) {
        sql_bind_text(stmt, 1, file->object.id);
        ok = sql_step(stmt, &row, err);
        relation->count = row ? sqlite3_column_int64(stmt, 0) : 0;
        relation->incomplete = row ? sqlite3_column_int64(stmt, 1) : 0;
    }
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    return ok;
}

static bool find_relations(struct casefile *file, struct error *err)
{
    file->relations = mem_new(register_count, sizeof *file->relations);
    for (size_t i = 0; i < register_count; i++) {
        struct casefile_relation relation;
        if (!casefile_relate(registers[i], file->reg, &relation))
            continue;
        if (!count_relation(file, &relation, err))
            return false;
        if (relation.count)
            file->relations[file->relation_count++] = relation;
    }
    return true;
}

/* ---- opening ---- */

/* The record itself, or what it is a profile of. */
static bool read_object(struct casefile *file, const struct reg *reg, const char *id,
                        struct error *err)
{
    const struct reg *subject = reg_subject(reg);
    file->reg = reg;
    if (!store_get(file->store, reg, id, &file->object, err))
        return false;
    const struct value *name = record_value(&file->object, reg->name_field);
    if (!subject || value_is_null(name))
        return true;
    struct record record;
    bool ok = store_get(file->store, subject, name->text, &record, NULL);
    if (ok) {
        record_release(&file->object);
        file->object = record;
        file->reg = subject;
    } else { /* it points to nothing: then it stands for itself */
        record_release(&record);
    }
    return true;
}

static bool keep_finding(void *context, const struct check_item *item)
{
    struct casefile *file = context;
    file->findings = mem_grow(file->findings, file->finding_count, &file->finding_capacity,
                              sizeof *file->findings);
    struct casefile_finding *finding = &file->findings[file->finding_count++];
    *finding = (struct casefile_finding){
        .reg = item->reg, .severity = item->severity, .message = mem_text(item->message)};
    strncpy(finding->id, item->record, sizeof finding->id - 1);
    return file->finding_count < CASEFILE_ROWS;
}

static bool read_findings(struct casefile *file, const struct record *record, struct error *err)
{
    const struct check_filter filter = {
        .least = SEVERITY_WARNING, .reg = record->reg, .record = record->id};
    return check_each(file->store, &filter, keep_finding, file, err);
}

/* Errors of any of the records stand before the warnings of all. */
static int compare_findings(const void *a, const void *b)
{
    const struct casefile_finding *first = a, *second = b;
    return (int)second->severity - (int)first->severity;
}

static bool read_all_findings(struct casefile *file, struct error *err)
{
    bool ok = read_findings(file, &file->object, err);
    for (size_t i = 0; ok && i < file->profile_count; i++)
        ok = read_findings(file, &file->profiles[i], err);
    if (file->finding_count)
        qsort(file->findings, file->finding_count, sizeof *file->findings, compare_findings);
    return ok;
}

bool casefile_open(struct casefile **out, struct store *store, const struct reg *reg,
                   const char *id, struct error *err)
{
    struct casefile *file = mem_new(1, sizeof *file);
    file->store = store;
    *out = file;
    bool ok = read_object(file, reg, id, err) && find_relations(file, err);
    if (ok)
        file->profiles = mem_new(file->relation_count + 1, sizeof *file->profiles);
    ok = ok && casefile_read_rows(file, err) && read_all_findings(file, err);
    if (!ok)
        casefile_close(out);
    return ok;
}

static void release_series(struct casefile_series *series)
{
    free(series->factor);
    free(series->point);
    free(series->unit);
    free(series->newest);
    free(series->points);
}

static void release_cases(struct casefile *file)
{
    for (size_t i = 0; i < file->case_count; i++) {
        struct casefile_case *item = &file->cases[i];
        free(item->number);
        free(item->name);
        free(item->state);
        free(item->missing);
        free(item->latest);
    }
    free(file->cases);
}

void casefile_close(struct casefile **out)
{
    struct casefile *file = *out;
    if (!file)
        return;
    record_release(&file->object);
    for (size_t i = 0; i < file->profile_count; i++)
        record_release(&file->profiles[i]);
    for (size_t i = 0; i < file->event_count; i++)
        free(file->events[i].text);
    for (size_t i = 0; i < file->loss_count; i++)
        free(file->losses[i].name);
    for (size_t i = 0; i < file->finding_count; i++)
        free(file->findings[i].message);
    release_cases(file);
    release_series(&file->series);
    free(file->relations);
    free(file->profiles);
    free(file->events);
    free(file->losses);
    free(file->findings);
    free(file);
    *out = NULL;
}

/* ---- lists ---- */

bool casefile_ids(const struct casefile *file, const struct casefile_relation *relation,
                  struct id_list *ids, struct error *err)
{
    const struct reg *reg = relation->reg;
    const struct field *order = reg_field_find(reg, reg->order ? reg->order : reg->name_field);
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    size_t capacity = 0;
    bool row = false;
    *ids = (struct id_list){0};
    buffer_addf(&sql, "SELECT t.id FROM \"%s\" AS t", reg->name);
    casefile_write_where(relation, &sql);
    buffer_add(&sql, " ORDER BY ");
    rows_readable_expression(reg, order, &sql);
    buffer_addf(&sql, "%s NULLS LAST, t.id%s", reg->descending ? " DESC" : "",
                reg->descending ? " DESC" : "");
    bool ok = sql_prepare(file->store->db, sql.text, &stmt, err);
    if (ok)
        sql_bind_text(stmt, 1, file->object.id);
    while (ok && (ok = sql_step(stmt, &row, err)) && row) {
        ids->ids = mem_grow(ids->ids, ids->count, &capacity, sizeof *ids->ids);
        char *to = ids->ids[ids->count++];
        memset(to, 0, RECORD_ID_SIZE);
        strncpy(to, sql_column_text(stmt, 0), RECORD_ID_SIZE - 1);
    }
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    if (!ok)
        id_list_release(ids);
    return ok;
}
