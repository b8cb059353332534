#include "db/asof.h"
#include "db/clock.h"
#include "db/internal.h"

#include <string.h>

struct reading {
    const struct reg *reg;
    char day[DATE_TEXT_SIZE];
    bool is_whole;        /* the day is not over: all counts, also what a wrong clock dated ahead */
    struct record record; /* of the operations being read */
    bool is_there;
    bool (*each)(void *context, const struct record *record, struct error *err);
    void *context;
};

/* Tells the record that was read last, and begins the one called `id`; NULL: there is none. */
static bool begin_record(struct reading *reading, const char *id, struct error *err)
{
    struct record *record = &reading->record;
    bool ok = !reading->is_there || reading->each(reading->context, record, err);
    record_release(record);
    record_init(record, reading->reg);
    record->version = 1;
    reading->is_there = false;
    if (id)
        strncpy(record->id, id, sizeof record->id - 1);
    return ok;
}

/* A field that this program does not know any more says nothing to it; a text that its type does
 * not take any more stays what it was. */
static void set_field(struct record *record, const char *name, const char *text)
{
    int index = reg_field_index(record->reg, name);
    const struct field *field = index < 0 ? NULL : reg_field(record->reg, (size_t)index);
    if (field && field_is_stored(field) &&
        !type_restore(field, text, &record->values[index], NULL) && schema_is_text(field->type))
        value_set_text(&record->values[index], text);
}

/* What a record was made with counts even if the clock was wrong then: later changes rest on it. */
static void take(struct reading *reading, sqlite3_stmt *stmt)
{
    const char action = sql_column_text(stmt, 1)[0];
    bool is_past = reading->is_whole ||
                   strncmp(sql_column_text(stmt, 4), reading->day, strlen(reading->day)) <= 0;
    if (is_past && action != 'U')
        reading->is_there = action != 'D';
    if (is_past || action == 'C')
        set_field(&reading->record, sql_column_text(stmt, 2), sql_column_text(stmt, 3));
}

/* ["state","town"]; nothing when all are wanted. */
static void write_names(const char *const *wanted, struct buffer *json)
{
    if (!wanted)
        return;
    buffer_add_char(json, '[');
    for (; *wanted; wanted++) {
        buffer_add(json, json->length > 1 ? "," : "");
        buffer_add_json(json, *wanted);
    }
    buffer_add_char(json, ']');
}

/* A create is one operation that carries all fields as a JSON object. It comes first: changes made
 * on another laptop may stand before it. */
bool asof_each(struct store *store, const struct reg *reg, struct date day,
               const char *const *wanted,
               bool (*each)(void *context, const struct record *record, struct error *err),
               void *context, struct error *err)
{
    static const char sql[] =
        "SELECT op.record, op.kind, coalesce(f.key, op.field),"
        " CASE op.kind WHEN 'C' THEN f.value ELSE op.new END, op.at FROM op LEFT JOIN"
        " json_each(CASE WHEN op.kind = 'C' AND json_valid(op.new) THEN op.new END) AS f"
        " ON ?2 IS NULL OR f.key IN (SELECT value FROM json_each(?2))"
        " WHERE op.register = ?1 AND (op.field IS NULL OR ?2 IS NULL"
        " OR op.field IN (SELECT value FROM json_each(?2)))"
        " ORDER BY op.record, op.kind <> 'C', op.site, op.seq";
    struct buffer names = {0};
    struct reading reading = {.reg = reg,
                              .is_whole = date_compare(day, clock_today()) >= 0,
                              .each = each,
                              .context = context};
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_prepare(store->db, sql, &stmt, err))
        return false;
    date_format(day, reading.day);
    record_init(&reading.record, reg);
    write_names(wanted, &names);
    sql_bind_text(stmt, 1, reg->name);
    sql_bind_text(stmt, 2, names.text);
    bool ok;
    while ((ok = sql_step(stmt, &row, err)) && row) {
        const char *id = sql_column_text(stmt, 0);
        if (strcmp(id, reading.record.id) != 0 && !(ok = begin_record(&reading, id, err)))
            break;
        take(&reading, stmt);
    }
    sqlite3_finalize(stmt);
    buffer_release(&names);
    ok = ok && begin_record(&reading, NULL, err);
    record_release(&reading.record);
    return ok;
}

bool asof_first_day(struct store *store, struct date *day, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    *day = (struct date){0};
    if (!sql_prepare(store->db,
                     "SELECT min(substr(at, 1, 10)) FROM batch WHERE kind NOT IN ('init', 'pack')",
                     &stmt, err))
        return false;
    bool ok = sql_step(stmt, &row, err);
    if (ok && row && *sql_column_text(stmt, 0))
        ok = date_parse(sql_column_text(stmt, 0), day, err);
    sqlite3_finalize(stmt);
    return ok;
}
