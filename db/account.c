#include "db/account.h"
#include "core/mem.h"
#include "core/quota_guard.h"
#include "db/internal.h"
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

/* Transfers that count at the end of day ?1. */
#define SUMS(PREFIX)                                                                               \
    "sum(" PREFIX "_lead_kg), sum(" PREFIX "_mercury_kg), sum(" PREFIX "_cadmium_kg), sum(" PREFIX \
    "_chromium_kg), sum(" PREFIX "_arsenic_kg), sum(" PREFIX "_total_kg)"
#define COUNTED                                                                                    \
    "deleted = 0 AND transferred_on <= ?1"                                                         \
    " AND NOT (coalesce(voided, 0) <> 0 AND coalesce(voided_on, '') <= ?1)"
#define CUTS                                                                                       \
    "r.cut_lead_kg, r.cut_mercury_kg, r.cut_cadmium_kg, r.cut_chromium_kg, r.cut_arsenic_kg,"      \
    " r.cut_total_kg"

/* Two statements rather than an OR, so that one source is found by the index. */
#define BALANCES(TRANSFERS, SOURCES)                                                               \
    "SELECT r.id, r.name, e.name, r.credit_on, " CUTS ", t.* FROM reduction_project AS r"          \
    " LEFT JOIN enterprise AS e ON e.id = r.enterprise"                                            \
    " LEFT JOIN (SELECT " SUMS("transferred") ", source FROM quota_transfer WHERE " COUNTED        \
                                              " AND source " TRANSFERS                             \
                                              " GROUP BY source) AS t ON t.source = r.id"          \
                                              " WHERE r.deleted = 0" SOURCES                       \
                                              " ORDER BY r.name, r.id"

static void read_loads(sqlite3_stmt *stmt, int column, struct loads *loads)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        loads->named[i] = sqlite3_column_type(stmt, column + (int)i) == SQLITE_INTEGER;
        loads->kg[i] = loads->named[i] ? sqlite3_column_int64(stmt, column + (int)i) : 0;
    }
}

static void copy_text(char *to, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length >= size)
        length = size - 1;
    memcpy(to, text, length);
    to[length] = '\0';
}

/* ---- balances ---- */

static void read_balance(sqlite3_stmt *stmt, const char *day, struct account_balances *list)
{
    struct account_balance balance = {.name = mem_text(sql_column_text(stmt, 1)),
                                      .enterprise = mem_text(sql_column_text(stmt, 2))};
    const int cuts = 4, spent = cuts + LOAD_FIELD_COUNT;
    copy_text(balance.id, sizeof balance.id, sql_column_text(stmt, 0));
    copy_text(balance.credit_on, sizeof balance.credit_on, sql_column_text(stmt, 3));
    if (balance.credit_on[0] && strcmp(balance.credit_on, day) <= 0)
        read_loads(stmt, cuts, &balance.credited);
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        if (balance.credited.kg[i] < 0)
            balance.credited.kg[i] = 0;
    read_loads(stmt, spent, &balance.transferred);
    balance.remaining = balance.credited;
    loads_add(&balance.remaining, &balance.transferred, -1);
    loads_add(&list->credited, &balance.credited, 1);
    loads_add(&list->transferred, &balance.transferred, 1);
    loads_add(&list->remaining, &balance.remaining, 1);
    list->items = mem_grow(list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = balance;
}

static bool load_outside(struct account_balances *list, struct store *store, const char *day,
                         struct error *err)
{
    sqlite3_stmt *select;
    bool row = false;
    if (!sql_cached(store,
                    "SELECT " SUMS("transferred") " FROM quota_transfer WHERE source IS NULL"
                                                  " AND " COUNTED,
                    &select, err))
        return false;
    sql_bind_text(select, 1, day);
    bool ok = sql_step(select, &row, err);
    if (row)
        read_loads(select, 0, &list->outside);
    sqlite3_reset(select);
    return ok;
}

bool account_balances_load(struct account_balances *list, struct store *store, struct date on,
                           const char *source, struct error *err)
{
    static const char of_all[] = BALANCES("IS NOT NULL", "");
    static const char of_one[] = BALANCES("= ?2", " AND r.id = ?2");
    sqlite3_stmt *select;
    bool row = false;
    char day[DATE_TEXT_SIZE];
    *list = (struct account_balances){.items = NULL};
    date_format(on, day);
    if (!sql_cached(store, source ? of_one : of_all, &select, err))
        return false;
    sql_bind_text(select, 1, day);
    if (source)
        sql_bind_text(select, 2, source);
    bool ok;
    while ((ok = sql_step(select, &row, err)) && row)
        read_balance(select, day, list);
    sqlite3_reset(select);
    if (ok && source && list->count == 0)
        return error_set(err, ERROR_MISSING, "没有这个减排工程，它可能已经删除");
    return ok && (source || load_outside(list, store, day, err));
}

void account_balances_release(struct account_balances *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
        free(list->items[i].enterprise);
    }
    free(list->items);
    *list = (struct account_balances){.items = NULL};
}

/* ---- statement ---- */

/* What stands in a field of a record, to a person; "" when the record cannot be read. */
static char *read_field(struct store *store, const struct reg *reg, const char *id,
                        const char *field)
{
    struct record record;
    struct buffer text = {0};
    if (id[0] && store_get(store, reg, id, &record, NULL))
        record_display(&record, field, store_lookup(store), &text);
    if (id[0])
        record_release(&record);
    return text.text ? buffer_take(&text) : mem_text("");
}

static void fill_line(struct account_line *line, struct store *store, const struct record *source)
{
    const struct reg *projects = reg_find("construction_project");
    struct buffer text = {0};
    if (line->entry.kind == ENTRY_CREDIT) {
        record_format(source, "case_no", &text);
        line->paper = mem_text(buffer_text(&text));
        buffer_clear(&text);
        record_display(source, "confirmed_by", store_lookup(store), &text);
        line->other = mem_text(text.length ? text.text : "纳入减排台账");
    } else {
        const struct account *other =
            line->sign < 0 ? &line->entry.to : &line->entry.from; /* the project */
        line->paper = read_field(store, reg_find("quota_transfer"), line->entry.record, "case_no");
        line->other = read_field(store, projects, other->id, "name");
    }
    buffer_release(&text);
}

static void fill_lines(struct account_statement *statement, struct store *store,
                       const struct record *source, const struct book *book)
{
    struct account account = account_of(ACCOUNT_SOURCE, source->id);
    struct loads balance = {.kg = {0}};
    statement->lines = mem_new(book->count + 1, sizeof *statement->lines);
    for (size_t i = 0; i < book->count; i++) {
        struct account_line *line = &statement->lines[statement->count++];
        line->entry = book->entries[i];
        line->sign = entry_sign(&line->entry, &account);
        loads_add(&balance, &line->entry.loads, line->sign);
        line->balance = balance;
        fill_line(line, store, source);
    }
}

bool account_statement_load(struct account_statement *statement, struct store *store,
                            const char *source, struct error *err)
{
    struct record record;
    struct book book = {.entries = NULL};
    struct date from;
    struct buffer name = {0};
    *statement = (struct account_statement){.lines = NULL};
    bool ok = store_get(store, reg_find("reduction_project"), source, &record, err);
    if (ok && record.deleted)
        ok = error_set(err, ERROR_MISSING, "这个减排工程已经删除");
    if (ok) {
        struct check_context context = store_check_context(store);
        copy_text(statement->id, sizeof statement->id, source);
        record_name(&record, store_lookup(store), &name);
        statement->name = mem_text(buffer_text(&name));
        statement->flaw = account_credit(&record, &from);
        book_add(&book, &record);
        book_add_transfers(&book, &context, "source", source, "");
        book_sort(&book);
        fill_lines(statement, store, &record, &book);
    }
    buffer_release(&name);
    book_release(&book);
    record_release(&record);
    return ok;
}

void account_statement_release(struct account_statement *statement)
{
    for (size_t i = 0; i < statement->count; i++) {
        free(statement->lines[i].paper);
        free(statement->lines[i].other);
    }
    free(statement->lines);
    free(statement->name);
    *statement = (struct account_statement){.lines = NULL};
}

/* ---- project ---- */

static void read_use(sqlite3_stmt *stmt, struct account_project *project)
{
    const char *source = sql_column_text(stmt, 2);
    struct account_use use = {
        .case_no = mem_text(sql_column_text(stmt, 1)),
        .name = mem_text(sql_column_text(stmt, 3)),
        .enterprise = mem_text(sql_column_text(stmt, 4)),
        .voided = sqlite3_column_int64(stmt, 6) != 0,
    };
    copy_text(use.transfer, sizeof use.transfer, sql_column_text(stmt, 0));
    copy_text(use.source, sizeof use.source, source);
    copy_text(use.on, sizeof use.on, sql_column_text(stmt, 5));
    read_loads(stmt, 7, &use.transferred);
    if (!use.voided)
        loads_add(&project->covered, &use.transferred, 1);
    project->uses =
        mem_grow(project->uses, project->use_count, &project->use_capacity, sizeof *project->uses);
    project->uses[project->use_count++] = use;
}

/* With the pluses SQLite goes by the project, not through the transfers of all days. */
static bool load_uses(struct account_project *project, struct store *store, struct date on,
                      struct error *err)
{
    static const char sql[] =
        "SELECT t.id, t.case_no, t.source, coalesce(r.name, t.from_name), e.name,"
        " t.transferred_on,"
        " coalesce(t.voided, 0) <> 0 AND coalesce(t.voided_on, '') <= ?1,"
        " transferred_lead_kg, transferred_mercury_kg, transferred_cadmium_kg,"
        " transferred_chromium_kg, transferred_arsenic_kg, transferred_total_kg"
        " FROM quota_transfer AS t LEFT JOIN reduction_project AS r ON r.id = t.source"
        " LEFT JOIN enterprise AS e ON e.id = coalesce(t.from_enterprise, r.enterprise)"
        " WHERE +t.deleted = 0 AND t.project = ?2 AND +t.transferred_on <= ?1"
        " ORDER BY t.transferred_on, t.case_no, t.id";
    sqlite3_stmt *select;
    bool row = false;
    char day[DATE_TEXT_SIZE];
    date_format(on, day);
    if (!sql_cached(store, sql, &select, err))
        return false;
    sql_bind_text(select, 1, day);
    sql_bind_text(select, 2, project->id);
    bool ok;
    while ((ok = sql_step(select, &row, err)) && row)
        read_use(select, project);
    sqlite3_reset(select);
    return ok;
}

static bool load_remaining(struct account_project *project, struct store *store, struct date on,
                           struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < project->use_count; i++) {
        struct account_use *use = &project->uses[i];
        struct account_balances balances;
        if (!use->source[0])
            continue;
        ok = account_balances_load(&balances, store, on, use->source, err);
        if (ok)
            use->remaining = balances.items[0].remaining;
        account_balances_release(&balances);
    }
    return ok;
}

static void take_project(struct account_project *project, const struct record *record)
{
    const struct value *ratio = record_value(record, "ratio");
    project->name = mem_text(record_text(record, "name"));
    project->owner = mem_text(record_text(record, "owner"));
    project->exempt = account_is_exempt(record);
    project->has_ratio = !value_is_null(ratio);
    project->ratio = project->has_ratio ? ratio->integer : 0;
    loads_read(record, &load_groups[LOAD_SOURCE], &project->promised);
}

bool account_project_load(struct account_project *project, struct store *store, const char *id,
                          struct date on, struct error *err)
{
    struct record record;
    *project = (struct account_project){.name = NULL};
    copy_text(project->id, sizeof project->id, id);
    bool ok = store_get(store, reg_find("construction_project"), id, &record, err);
    if (ok && record.deleted)
        ok = error_set(err, ERROR_MISSING, "这个建设项目已经删除");
    if (ok) {
        take_project(project, &record);
        ok = load_uses(project, store, on, err) && load_remaining(project, store, on, err);
        account_shortage(&record, &project->covered, &project->required, &project->shortage);
    }
    record_release(&record);
    return ok;
}

void account_project_release(struct account_project *project)
{
    for (size_t i = 0; i < project->use_count; i++) {
        free(project->uses[i].case_no);
        free(project->uses[i].name);
        free(project->uses[i].enterprise);
    }
    free(project->uses);
    free(project->name);
    free(project->owner);
    *project = (struct account_project){.name = NULL};
}

bool account_projects_load(struct account_projects *list, struct store *store, struct date on,
                           struct error *err)
{
    struct id_list ids = {0};
    *list = (struct account_projects){.items = NULL};
    bool ok = query_ids(store, &(struct query){.reg = reg_find("construction_project")}, &ids, err);
    list->items = mem_new(ids.count + 1, sizeof *list->items);
    for (size_t i = 0; ok && i < ids.count; i++)
        ok = account_project_load(&list->items[list->count++], store, ids.ids[i], on, err);
    id_list_release(&ids);
    return ok;
}

void account_projects_release(struct account_projects *list)
{
    for (size_t i = 0; i < list->count; i++)
        account_project_release(&list->items[i]);
    free(list->items);
    *list = (struct account_projects){.items = NULL};
}
