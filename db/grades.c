#include "db/grades.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the series ---- */

/* What one act did to the grades; its reasons may come before or after them. */
struct act {
    char batch[RECORD_ID_SIZE];
    char on[DATE_TEXT_SIZE];
    char *who, *why; /* owned */
    bool is_undo;
    struct {
        bool is_changed;
        char *from, *to, *reason; /* owned */
    } dimensions[GRADE_DIMENSIONS];
    char *downgrade; /* owned */
};

struct reading {
    struct act act;
    void (*each)(void *context, const struct grade_step *step);
    void *context;
};

static void act_release(struct act *act)
{
    for (size_t i = 0; i < GRADE_DIMENSIONS; i++) {
        free(act->dimensions[i].from);
        free(act->dimensions[i].to);
        free(act->dimensions[i].reason);
    }
    free(act->downgrade);
    free(act->who);
    free(act->why);
    memset(act, 0, sizeof *act);
}

static const char *text_of(const char *text)
{
    return text ? text : "";
}

/* What was written with the grade, else why the whole act was done. */
static const char *reason_of(const struct act *act, size_t dimension, bool is_lower)
{
    const char *reason = text_of(act->dimensions[dimension].reason);
    if (is_lower && *text_of(act->downgrade))
        return act->downgrade;
    return *reason ? reason : text_of(act->why);
}

static void tell(struct reading *reading)
{
    const struct act *act = &reading->act;
    for (size_t i = 0; i < GRADE_DIMENSIONS; i++) {
        const char *from = text_of(act->dimensions[i].from), *to = text_of(act->dimensions[i].to);
        if (!act->dimensions[i].is_changed || strcmp(from, to) == 0)
            continue;
        reading->each(reading->context,
                      &(struct grade_step){
                          .on = act->on,
                          .dimension = (enum grade_dimension)i,
                          .from = from,
                          .to = to,
                          .why = reason_of(act, i, grade_find(to) < grade_find(from)),
                          .who = text_of(act->who),
                          .is_undo = act->is_undo,
                      });
    }
    act_release(&reading->act);
}

static void begin_act(struct reading *reading, sqlite3_stmt *stmt)
{
    struct act *act = &reading->act;
    if (strcmp(act->batch, sql_column_text(stmt, 0)) == 0)
        return;
    tell(reading);
    strncpy(act->batch, sql_column_text(stmt, 0), sizeof act->batch - 1);
    strncpy(act->on, sql_column_text(stmt, 2), strlen("2026-05-30"));
    act->is_undo = strcmp(sql_column_text(stmt, 1), "undo") == 0;
    act->who = mem_text(sql_column_text(stmt, 3));
    act->why = mem_text(sql_column_text(stmt, 4));
}

static void replace(char **text, const char *with)
{
    free(*text);
    *text = mem_text(with);
}

static void take_field(struct act *act, sqlite3_stmt *stmt)
{
    const char *field = sql_column_text(stmt, 5);
    if (strcmp(field, "downgrade_reason") == 0)
        replace(&act->downgrade, sql_column_text(stmt, 7));
    for (size_t i = 0; i < GRADE_DIMENSIONS; i++) {
        const struct grade_place *place = &grade_places[i];
        if (strcmp(field, place->own) == 0) {
            if (!act->dimensions[i].is_changed)
                replace(&act->dimensions[i].from, sql_column_text(stmt, 6));
            replace(&act->dimensions[i].to, sql_column_text(stmt, 7));
            act->dimensions[i].is_changed = true;
        } else if (place->reason && strcmp(field, place->reason) == 0) {
            replace(&act->dimensions[i].reason, sql_column_text(stmt, 7));
        }
    }
}

/* A create is one operation that carries all fields as a JSON object. */
bool grades_each(struct store *store, const char *site,
                 void (*each)(void *context, const struct grade_step *step), void *context,
                 struct error *err)
{
    static const char sql[] =
        "SELECT op.batch, batch.kind, op.at, op.who, op.why, coalesce(f.key, op.field),"
        " CASE op.kind WHEN 'C' THEN '' ELSE op.old END,"
        " CASE op.kind WHEN 'C' THEN f.value ELSE op.new END"
        " FROM op JOIN batch ON batch.id = op.batch LEFT JOIN"
        " json_each(CASE WHEN op.kind = 'C' AND json_valid(op.new) THEN op.new END) AS f"
        " WHERE op.record = ? AND op.register = 'legacy_site' AND op.kind IN ('C', 'U')"
        " ORDER BY op.site, op.seq";
    struct reading reading = {.each = each, .context = context};
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_prepare(store->db, sql, &stmt, err))
        return false;
    sql_bind_text(stmt, 1, site);
    bool ok;
    while ((ok = sql_step(stmt, &row, err)) && row) {
        begin_act(&reading, stmt);
        take_field(&reading.act, stmt);
    }
    sqlite3_finalize(stmt);
    if (ok)
        tell(&reading);
    act_release(&reading.act);
    return ok;
}

/* ---- the order ---- */

struct sites {
    struct record *items; /* owned */
    size_t count, capacity;
};

static int compare(const void *a, const void *b)
{
    return grade_compare_sites(a, b);
}

static bool read_sites(struct store *store, struct sites *sites, struct error *err)
{
    const struct query query = {.reg = &reg_legacy_site, .unordered = true};
    const struct record *site = NULL;
    struct cursor *cursor;
    if (!cursor_open(&cursor, store, &query, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &site, err)) && site) {
        sites->items = mem_grow(sites->items, sites->count, &sites->capacity, sizeof *sites->items);
        record_copy(&sites->items[sites->count++], site);
    }
    cursor_close(&cursor);
    return ok;
}

bool grades_order(struct store *store, struct id_list *list, struct error *err)
{
    struct sites sites = {.count = 0};
    size_t capacity = 0;
    bool ok = read_sites(store, &sites, err);
    if (sites.count)
        qsort(sites.items, sites.count, sizeof *sites.items, compare);
    *list = (struct id_list){.count = 0};
    for (size_t i = 0; i < sites.count; i++) {
        if (ok)
            id_list_add(list, &capacity, sites.items[i].id);
        record_release(&sites.items[i]);
    }
    free(sites.items);
    return ok;
}
