/* Reading the findings that check.c keeps. */
#include "db/check.h"
#include "db/internal.h"

#include <string.h>

/* An acceptance holds for a finding of the same rule about the same field with the same value. */
#define HOLDS(a, f)                                                                                \
    a ".deleted = 0 AND " f ".severity = 1 AND " a ".record = " f ".record"                        \
      " AND " a ".reg_name = " f ".register AND " a ".rule = " f ".rule"                           \
      " AND coalesce(" a ".field_name, '') = " f ".field"                                          \
      " AND coalesce(" a ".value, '') = " f ".value"

_Static_assert(SEVERITY_WARNING == 1, "HOLDS says which severity can be accepted");

/* Acceptances are few, findings may be many: the acceptances lead. */
#define ACCEPTED                                                                                   \
    "SELECT g.rowid FROM acceptance AS b CROSS JOIN finding AS g INDEXED BY finding_record"        \
    " ON g.record = b.record AND " HOLDS("b", "g")

/* Conditions that are not set are left out, so that SQLite can walk the index. */
static void write_conditions(const struct check_filter *filter, struct buffer *sql)
{
    buffer_addf(sql, " WHERE f.severity %s ?1", filter->alone ? "=" : ">=");
    buffer_add(sql, filter->reg ? " AND f.register = ?2" : "");
    buffer_add(sql, filter->rule ? " AND f.rule = ?3" : "");
    buffer_add(sql, filter->record ? " AND f.record = ?4" : "");
    buffer_add(sql, filter->with_accepted ? "" : " AND f.rowid NOT IN (" ACCEPTED ")");
}

static bool prepare(struct store *store, const struct check_filter *filter, const char *select,
                    const char *rest, sqlite3_stmt **stmt, struct error *err)
{
    struct buffer sql = {0};
    buffer_add(&sql, select);
    write_conditions(filter, &sql);
    buffer_add(&sql, rest);
    bool ok = sql_cached(store, sql.text, stmt, err);
    buffer_release(&sql);
    if (!ok)
        return false;
    sqlite3_bind_int(*stmt, 1, (int)filter->least);
    if (filter->reg)
        sql_bind_text(*stmt, 2, filter->reg->name);
    if (filter->rule)
        sql_bind_text(*stmt, 3, filter->rule);
    if (filter->record)
        sql_bind_text(*stmt, 4, filter->record);
    return true;
}

static bool visit_items(sqlite3_stmt *select, bool (*each)(void *, const struct check_item *),
                        void *context, struct error *err)
{
    bool ok, row = false, go_on = true;
    while (go_on && (ok = sql_step(select, &row, err)) && row) {
        const struct reg *reg = reg_find(sql_column_text(select, 0));
        if (!reg) /* of another version of the program */
            continue;
        const struct check_item item = {
            .reg = reg,
            .record = sql_column_text(select, 1),
            .rule = sql_column_text(select, 2),
            .field = reg_field_find(reg, sql_column_text(select, 3)),
            .severity = (enum severity)sqlite3_column_int(select, 4),
            .message = sql_column_text(select, 5),
            .basis = sql_column_text(select, 6),
            .accepted = sql_column_text(select, 7),
            .accepted_by = sql_column_text(select, 8),
            .accepted_on = sql_column_text(select, 9),
        };
        go_on = each(context, &item);
    }
    return ok;
}

#define ORDER " ORDER BY f.severity DESC, f.register, f.rule, f.rowid"

/* What is passed over is only counted in the index: the rest is read for the page alone. */
bool check_each(struct store *store, const struct check_filter *filter,
                bool (*each)(void *context, const struct check_item *item), void *context,
                struct error *err)
{
    sqlite3_stmt *select;
    if (!prepare(store, filter,
                 "SELECT f.register, f.record, f.rule, f.field, f.severity, f.message, f.basis,"
                 " a.reason, a.accepted_by, a.accepted_on"
                 " FROM (SELECT f.rowid AS place FROM finding AS f",
                 ORDER
                 " LIMIT ?5 OFFSET ?6) AS page"
                 " CROSS JOIN finding AS f ON f.rowid = page.place"
                 " LEFT JOIN acceptance AS a ON a.rowid = ("
                 "SELECT c.rowid FROM acceptance AS c WHERE " HOLDS("c", "f") " LIMIT 1)" ORDER,
                 &select, err))
        return false;
    sqlite3_bind_int64(select, 5, filter->most ? filter->most : -1);
    sqlite3_bind_int64(select, 6, filter->skip);
    bool ok = visit_items(select, each, context, err);
    sqlite3_reset(select);
    return ok;
}

bool check_groups(struct store *store, const struct check_filter *filter,
                  void (*each)(void *context, const struct check_group *group), void *context,
                  struct error *err)
{
    sqlite3_stmt *select;
    bool ok, row = false;
    if (!prepare(store, filter, "SELECT f.severity, f.register, f.rule, count(*) FROM finding AS f",
                 " GROUP BY f.severity, f.register, f.rule"
                 " ORDER BY f.severity DESC, f.register, f.rule",
                 &select, err))
        return false;
    while ((ok = sql_step(select, &row, err)) && row) {
        const struct check_group group = {
            .severity = (enum severity)sqlite3_column_int(select, 0),
            .reg = reg_find(sql_column_text(select, 1)),
            .rule = sql_column_text(select, 2),
            .count = sqlite3_column_int64(select, 3),
        };
        if (group.reg)
            each(context, &group);
    }
    sqlite3_reset(select);
    return ok;
}

/* What waits as a whole has no id, and so comes first. */
bool check_suspects_read(struct store *store, const struct reg *reg,
                         struct check_suspects *suspects, struct error *err)
{
    sqlite3_stmt *select;
    size_t capacity = 0;
    bool row = false;
    *suspects = (struct check_suspects){.all = !check_is_of_today(store)};
    if (suspects->all)
        return true;
    if (!sql_cached(store,
                    "SELECT record FROM finding WHERE register = ?1"
                    " UNION SELECT record FROM unchecked WHERE register = ?1 ORDER BY 1",
                    &select, err))
        return false;
    sql_bind_text(select, 1, reg->name);
    bool ok;
    while ((ok = sql_step(select, &row, err)) && row && !suspects->all) {
        const char *id = sql_column_text(select, 0);
        suspects->all = !*id;
        id_list_add(&suspects->list, &capacity, id);
    }
    sqlite3_reset(select);
    return ok;
}

bool check_is_suspect(const struct check_suspects *suspects, const char *id)
{
    return suspects->all || id_list_has(&suspects->list, id);
}

bool check_suspects_none(const struct check_suspects *suspects)
{
    return !suspects->all && suspects->list.count == 0;
}

void check_suspects_release(struct check_suspects *suspects)
{
    id_list_release(&suspects->list);
}

static void add_to_count(void *context, const struct check_group *group)
{
    int64_t *counts = context;
    if (group->severity < SEVERITY__COUNT)
        counts[group->severity] += group->count;
}

bool check_count(struct store *store, int64_t counts[SEVERITY__COUNT], struct error *err)
{
    memset(counts, 0, SEVERITY__COUNT * sizeof *counts);
    return check_groups(store, &(struct check_filter){.rule = NULL}, add_to_count, counts, err);
}
