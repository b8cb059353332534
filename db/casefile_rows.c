/* What the records of a case file tell: what happened, what is open, which files are lost, how a
 * factor went. */
#include "db/casefile_rows.h"

#include "core/duty.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/attachment.h"
#include "db/clock.h"
#include "db/moves.h"

#include <stdlib.h>
#include <string.h>

enum { LATEST_TOLD = 10 };

/* ---- in short ---- */

/* Days stand beside the text, places say the same in every line. */
static bool is_told(const struct field *field, const struct reg *object)
{
    bool is_object = object && field->target && strcmp(field->target, object->name) == 0;
    bool is_place = field->type == TYPE_REGION || (field->suggest && field->type == TYPE_TEXT);
    bool is_own = field_is_stored(field) && !(field->flags & FIELD_PRIVATE);
    return (field->flags & FIELD_LIST) != 0 && is_own && field->type != TYPE_DATE && !is_object &&
           !is_place;
}

/* Appends what a record says in short: its columns of the list without days and places and without
 * what it says about `object` (a register; NULL: nothing). */
static void tell(const struct record *record, const struct reg *object, const struct lookup *lookup,
                 struct buffer *out)
{
    size_t before = out->length;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct value *value = &record->values[walk.index];
        if (value_is_null(value) || !is_told(walk.field, object))
            continue;
        buffer_add(out, out->length > before ? "  " : "");
        type_display(walk.field, value, lookup, out);
        if (walk.field->unit)
            buffer_addf(out, " %s", walk.field->unit);
    }
    if (out->length == before)
        record_name(record, lookup, out);
}

static char *take_display(const struct record *record, const char *field,
                          const struct lookup *lookup)
{
    struct buffer text = {0};
    if (record_value(record, field))
        record_display(record, field, lookup, &text);
    return text.length ? buffer_take(&text) : mem_text("");
}

/* ---- files ---- */

size_t casefile_count_files(const struct store *store, const struct record *record, size_t *lost)
{
    size_t count = 0;
    *lost = 0;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct value *value = &record->values[walk.index];
        if (walk.field->type != TYPE_ATTACHMENT || value_is_null(value))
            continue;
        count++;
        *lost += !attachment_has(store, value->text, NULL);
    }
    return count;
}

static void look_for_files(struct casefile *file, const struct record *record)
{
    struct buffer name = {0};
    size_t lost;
    file->file_count += casefile_count_files(file->store, record, &lost);
    if (!lost)
        return;
    file->losses =
        mem_grow(file->losses, file->loss_count, &file->loss_capacity, sizeof *file->losses);
    struct casefile_loss *loss = &file->losses[file->loss_count++];
    *loss = (struct casefile_loss){.reg = record->reg};
    memcpy(loss->id, record->id, sizeof loss->id);
    record_name(record, store_lookup(file->store), &name);
    loss->name = buffer_take(&name);
}

/* ---- events ---- */

static void add_events(struct casefile *file, const struct record *record)
{
    for (const struct reg_event *event = record->reg->events; event && event->date; event++) {
        const struct value *value = record_value(record, event->date);
        struct buffer text = {0};
        if (!value || value_is_null(value) || strlen(value->text) >= DATE_TEXT_SIZE)
            continue;
        file->events =
            mem_grow(file->events, file->event_count, &file->event_capacity, sizeof *file->events);
        struct casefile_event *to = &file->events[file->event_count++];
        *to = (struct casefile_event){.label = event->label, .reg = record->reg};
        memcpy(to->date, value->text, strlen(value->text) + 1);
        memcpy(to->id, record->id, sizeof to->id);
        if (record->reg != file->reg && reg_subject(record->reg) != file->reg)
            tell(record, file->reg, store_lookup(file->store), &text);
        to->text = text.length ? buffer_take(&text) : mem_text("");
    }
}

static int compare_events(const void *a, const void *b)
{
    const struct casefile_event *first = a, *second = b;
    int order = strcmp(second->date, first->date);
    return order ? order : strcmp(second->id, first->id);
}

/* More were read than can be said to be the newest of all. */
static void settle_events(struct casefile *file)
{
    if (file->event_count)
        qsort(file->events, file->event_count, sizeof *file->events, compare_events);
    while (file->event_count > CASEFILE_ROWS)
        free(file->events[--file->event_count].text);
}

/* ---- the newest records of a relation ---- */

static bool has_files(const struct reg *reg)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        if (walk.field->type == TYPE_ATTACHMENT)
            return true;
    return false;
}

static void write_newest_first(const struct reg *reg, struct buffer *sql)
{
    const struct reg_event *event = reg->events;
    buffer_add(sql, " ORDER BY ");
    if (event && event[1].date) {
        buffer_add(sql, "max(");
        for (const char *comma = ""; event->date; event++, comma = ", ")
            buffer_addf(sql, "%scoalesce(t.\"%s\", '')", comma, event->date);
        buffer_add(sql, ") DESC, ");
    } else if (event && event->date) {
        buffer_addf(sql, "t.\"%s\" DESC, ", event->date);
    }
    buffer_addf(sql, "t.id DESC LIMIT %d", CASEFILE_ROWS);
}

/* Prepares the select of a relation with `rest` behind its conditions. */
static bool prepare(struct casefile *file, const struct casefile_relation *relation,
                    const struct buffer *rest, sqlite3_stmt **stmt, struct error *err)
{
    struct buffer sql = {0};
    rows_write_select(relation->reg, NULL, &sql);
    casefile_write_where(relation, &sql);
    buffer_add(&sql, buffer_text(rest));
    bool ok = sql_prepare(file->store->db, sql.text, stmt, err);
    if (ok)
        sql_bind_text(*stmt, 1, file->object.id);
    buffer_release(&sql);
    return ok;
}

static bool read_newest(struct casefile *file, const struct casefile_relation *relation,
                        struct error *err)
{
    const struct reg *reg = relation->reg;
    struct buffer rest = {0};
    struct record record;
    sqlite3_stmt *stmt = NULL;
    bool row = false, is_first = true;
    if (!reg->events && !relation->is_profile && !has_files(reg))
        return true;
    record_init(&record, reg);
    write_newest_first(reg, &rest);
    bool ok = prepare(file, relation, &rest, &stmt, err);
    while (ok && (ok = sql_step(stmt, &row, err)) && row) {
        rows_read(stmt, NULL, &record);
        if (relation->is_profile && is_first)
            record_copy(&file->profiles[file->profile_count++], &record);
        is_first = false;
        add_events(file, &record);
        look_for_files(file, &record);
    }
    sqlite3_finalize(stmt);
    record_release(&record);
    buffer_release(&rest);
    return ok;
}

/* ---- open cases ---- */

/* What an open case without a life lacks: required now, or demanded before it can be closed. */
static void tell_gaps(const struct record *record, struct buffer *text)
{
    enum { MOST = 3 };
    size_t count = 0;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        if (!record_lacks(record, walk.index))
            continue;
        if (count++ < MOST) {
            buffer_add(text, text->length ? "、" : "");
            field_add_title(walk.field, text);
        }
    }
    if (count > MOST)
        buffer_addf(text, "等 %zu 项", count);
}

/* What stands in the way of the next step of a case: "现场核查日期等 3 项". */
static void tell_next(struct casefile *file, const struct record *record,
                      struct casefile_case *item, struct buffer *text)
{
    static const char lack[] = "缺";
    const struct life_move *move = life_move_at(record, 0);
    struct findings findings = {0};
    if (!move || !(move->flags & LIFE_AHEAD))
        return;
    item->next = move->label;
    moves_add_refusals(file->store, move, record, record, &findings);
    if (findings.count) {
        const char *first = findings.items[0].message;
        item->is_gap = text_starts_with(first, lack);
        buffer_add(text, item->is_gap ? first + strlen(lack) : first);
    }
    if (findings.count > 1)
        buffer_addf(text, "等 %zu 项", findings.count);
    findings_release(&findings);
}

/* The child table that reports how far the cases of `reg` have come, else the first one. */
static const struct reg *reporting_child(const struct reg *reg)
{
    for (size_t i = 0; reg_child(reg, i); i++)
        if (reg_child(reg, i)->progress)
            return reg_child(reg, i);
    return reg_child(reg, 0);
}

/* The newest record of that child table. */
static void read_latest(struct casefile *file, const struct record *record,
                        struct casefile_case *item, struct buffer *text)
{
    const struct reg *child = reporting_child(record->reg);
    struct id_list ids = {0};
    struct casefile_relation relation;
    struct record newest;
    if (!child || !casefile_relate(child, record->reg, &relation))
        return;
    const struct casefile part = {.store = file->store, .object = *record};
    if (casefile_ids(&part, &relation, &ids, NULL) && ids.count) {
        if (store_get(file->store, child, ids.ids[0], &newest, NULL)) {
            const struct value *percent =
                child->progress ? record_value(&newest, child->progress->percent) : NULL;
            tell(&newest, record->reg, store_lookup(file->store), text);
            if (percent && !value_is_null(percent))
                item->percent = (int)percent->integer;
        }
        record_release(&newest);
    }
    id_list_release(&ids);
}

/* How long it has, or how late it is. */
static void read_days(struct casefile *file, const struct record *record,
                      struct casefile_case *item)
{
    const struct check_context context = store_check_context(file->store);
    const struct value *due = record_value(record, record->reg->deadline->date);
    struct date date;
    int days;
    if (!value_is_null(due) && date_parse(due->text, &date, NULL)) {
        date_format(date, item->due);
        item->days = date_to_days(date) - date_to_days(context.today);
    }
    item->is_paused = record_matches(record, duty_paused(duty_overdue(), record->reg));
    if (item->is_paused && duty_days(duty_pause(), record, context.today, &days))
        item->paused_days = -days;
    if (duty_holds(duty_overdue(), record, &context))
        item->level = duty_level(duty_overdue(), record, &context);
}

static char *take(struct buffer *text)
{
    return text->length ? buffer_take(text) : mem_text("");
}

static void add_case(struct casefile *file, const struct record *record)
{
    const struct reg_deadline *deadline = record->reg->deadline;
    const struct lookup *lookup = store_lookup(file->store);
    struct buffer name = {0}, missing = {0}, latest = {0};
    file->cases =
        mem_grow(file->cases, file->case_count, &file->case_capacity, sizeof *file->cases);
    struct casefile_case *item = &file->cases[file->case_count++];
    *item = (struct casefile_case){.reg = record->reg, .percent = -1};
    memcpy(item->id, record->id, sizeof item->id);
    read_days(file, record, item);
    record_name(record, lookup, &name);
    item->name = buffer_take(&name);
    item->number = take_display(record, "case_no", lookup);
    item->state = deadline->closed.field ? take_display(record, deadline->closed.field, lookup)
                                         : mem_text("");
    if (!record->reg->life)
        tell_gaps(record, &missing);
    item->is_gap = missing.length > 0;
    if (file->case_count <= LATEST_TOLD) {
        if (record->reg->life)
            tell_next(file, record, item, &missing);
        read_latest(file, record, item, &latest);
    }
    item->missing = take(&missing);
    item->latest = take(&latest);
}

/* " AND" that the case is neither closed nor met; ?2 are the closed states, or null. */
static void write_open(const struct reg_deadline *deadline, struct buffer *sql)
{
    if (deadline->closed.field)
        buffer_addf(sql, " AND instr('|' || ?2 || '|', '|' || coalesce(t.\"%s\", '') || '|') = 0",
                    deadline->closed.field);
    else
        buffer_add(sql, " AND ?2 IS NULL");
    if (deadline->met)
        buffer_addf(sql, " AND t.\"%s\" IS NULL", deadline->met);
}

static bool count_cases(struct casefile *file, struct casefile_relation *relation,
                        struct error *err)
{
    const struct reg *reg = relation->reg;
    const struct condition paused = duty_paused(duty_overdue(), reg);
    const struct check_context context = store_check_context(file->store);
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    char last[DATE_TEXT_SIZE];
    bool row = false;
    buffer_addf(&sql, "SELECT count(*), coalesce(sum(t.\"%s\" <= ?3", reg->deadline->date);
    if (paused.field)
        buffer_addf(&sql, " AND t.\"%s\" IS NOT ?4", paused.field);
    buffer_addf(&sql, "), 0) FROM \"%s\" AS t", reg->name);
    casefile_write_where(relation, &sql);
    write_open(reg->deadline, &sql);
    bool ok = sql_prepare(file->store->db, sql.text, &stmt, err);
    if (ok) {
        date_format(date_from_days(date_to_days(context.today) - duty_level_days(1, &context)),
                    last);
        sql_bind_text(stmt, 1, file->object.id);
        sql_bind_text(stmt, 2, reg->deadline->closed.values);
        sql_bind_text(stmt, 3, last);
        if (paused.field)
            sql_bind_text(stmt, 4, paused.values);
        ok = sql_step(stmt, &row, err);
        relation->open = row ? sqlite3_column_int64(stmt, 0) : 0;
        relation->overdue = row ? sqlite3_column_int64(stmt, 1) : 0;
    }
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    return ok;
}

static bool read_cases(struct casefile *file, struct casefile_relation *relation, struct error *err)
{
    const struct reg_deadline *deadline = relation->reg->deadline;
    struct buffer rest = {0};
    struct record record;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    if (!deadline)
        return true;
    record_init(&record, relation->reg);
    write_open(deadline, &rest);
    buffer_addf(&rest, " ORDER BY t.\"%s\" NULLS LAST, t.id LIMIT %d", deadline->date,
                CASEFILE_ROWS);
    bool ok = count_cases(file, relation, err) && prepare(file, relation, &rest, &stmt, err);
    if (ok)
        sql_bind_text(stmt, 2, deadline->closed.values);
    while (ok && (ok = sql_step(stmt, &row, err)) && row) {
        rows_read(stmt, NULL, &record);
        add_case(file, &record);
    }
    sqlite3_finalize(stmt);
    record_release(&record);
    buffer_release(&rest);
    return ok;
}

/* ---- the series ---- */

/* Of the newest day a result that was judged by a limit, if there is one. */
static bool find_newest(struct casefile *file, const struct casefile_relation *relation,
                        struct record *record, bool *found, struct error *err)
{
    const struct reg_series *series = relation->reg->series;
    struct buffer rest = {0};
    sqlite3_stmt *stmt = NULL;
    *found = false;
    buffer_addf(&rest,
                " AND t.\"%s\" IS NOT NULL AND t.\"%s\" IS NOT NULL ORDER BY t.\"%s\" DESC,"
                " instr('|' || ?2 || '|', '|' || coalesce(t.\"%s\", '') || '|') > 0 DESC,"
                " t.id DESC LIMIT 1",
                series->value, series->factor, series->date, series->is_judged.field);
    bool ok = prepare(file, relation, &rest, &stmt, err);
    if (ok) {
        sql_bind_text(stmt, 2, series->is_judged.values);
        ok = sql_step(stmt, found, err);
    }
    if (ok && *found)
        rows_read(stmt, NULL, record);
    sqlite3_finalize(stmt);
    buffer_release(&rest);
    return ok;
}

/* A value with the unit beside it, in `unit`; "0.02 μg/L" has its own. */
static bool read_nano(const char *value, const char *beside, const char *unit, char *qualifier,
                      int64_t *nano)
{
    struct measure measure;
    if (!measure_parse(value, *beside ? beside : NULL, &measure, NULL))
        return false;
    *qualifier = measure.qualifier;
    return measure_in_unit(&measure, unit, nano);
}

static void begin_series(struct casefile *file, const struct record *record)
{
    const struct reg_series *names = record->reg->series;
    const struct lookup *lookup = store_lookup(file->store);
    struct casefile_series *series = &file->series;
    char qualifier;
    series->reg = record->reg;
    memcpy(series->id, record->id, sizeof series->id);
    series->factor = take_display(record, names->factor, lookup);
    series->point = take_display(record, names->point, lookup);
    series->unit = take_display(record, names->unit, lookup);
    series->newest = take_display(record, names->value, lookup);
    const struct value *limit = record_value(record, names->limit);
    series->has_limit =
        record_matches(record, names->is_judged) && !value_is_null(limit) &&
        read_nano(limit->text, series->unit, series->unit, &qualifier, &series->limit);
}

static void add_point(struct casefile_series *series, sqlite3_stmt *stmt, size_t *capacity)
{
    struct casefile_point point = {0};
    struct date date;
    if (!date_parse(sql_column_text(stmt, 0), &date, NULL) ||
        !read_nano(sql_column_text(stmt, 1), sql_column_text(stmt, 2), series->unit,
                   &point.qualifier, &point.nano))
        return;
    point.day = date_to_days(date);
    series->points = mem_grow(series->points, series->count, capacity, sizeof *series->points);
    series->points[series->count++] = point;
}

static void turn_round(struct casefile_series *series)
{
    for (size_t i = 0; i < series->count / 2; i++) {
        struct casefile_point *a = &series->points[i], *b = &series->points[series->count - 1 - i];
        struct casefile_point kept = *a;
        *a = *b;
        *b = kept;
    }
}

static bool read_points(struct casefile *file, const struct casefile_relation *relation,
                        const struct record *newest, struct error *err)
{
    const struct reg_series *names = relation->reg->series;
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    size_t capacity = 0;
    bool row = false;
    buffer_addf(&sql, "SELECT t.\"%s\", t.\"%s\", t.\"%s\" FROM \"%s\" AS t", names->date,
                names->value, names->unit, relation->reg->name);
    casefile_write_where(relation, &sql);
    buffer_addf(&sql,
                " AND t.\"%s\" IS ?2 AND t.\"%s\" IS ?3 AND t.\"%s\" IS NOT NULL"
                " ORDER BY t.\"%s\" DESC, t.id DESC LIMIT %d",
                names->factor, names->point, names->value, names->date, CASEFILE_POINTS);
    bool ok = sql_prepare(file->store->db, sql.text, &stmt, err);
    if (ok) {
        sql_bind_text(stmt, 1, file->object.id);
        sql_bind_value(stmt, 2, record_value(newest, names->factor));
        sql_bind_value(stmt, 3, record_value(newest, names->point));
    }
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        add_point(&file->series, stmt, &capacity);
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    turn_round(&file->series);
    return ok;
}

static bool read_series(struct casefile *file, const struct casefile_relation *relation,
                        struct error *err)
{
    struct record newest;
    bool found = false;
    if (!relation->reg->series || file->series.reg)
        return true;
    record_init(&newest, relation->reg);
    bool ok = find_newest(file, relation, &newest, &found, err);
    if (ok && found) {
        begin_series(file, &newest);
        ok = read_points(file, relation, &newest, err);
    }
    record_release(&newest);
    return ok;
}

bool casefile_read_rows(struct casefile *file, struct error *err)
{
    bool ok = true;
    add_events(file, &file->object);
    look_for_files(file, &file->object);
    for (size_t i = 0; ok && i < file->relation_count; i++) {
        struct casefile_relation *relation = &file->relations[i];
        ok = read_newest(file, relation, err) && read_cases(file, relation, err) &&
             read_series(file, relation, err);
    }
    settle_events(file);
    return ok;
}
