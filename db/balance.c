#include "db/balance.h"
#include "core/facts.h"
#include "core/mem.h"
#include "core/registers/shared.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PERIODS = PERIOD_MOST_PARTS + PERIOD_MOST_WHOLES };

/* ---- which rows ---- */

/* What a query about an enterprise asks for. Parameters: the enterprise, the first day on which a
 * sample counts, the periods, and the longer ones that may hold a row a second time. */
struct asked {
    const char *enterprise;
    struct date since;
    struct period periods[MOST_PERIODS], longer[PERIOD_MOST_PARTS];
    size_t count, longer_count;
};

enum { ENTERPRISE = 1, SINCE, PERIODS };

static void write_marks(size_t first, size_t count, struct buffer *sql)
{
    for (size_t i = 0; i < count; i++)
        buffer_addf(sql, "%s?%zu", i ? ", " : "", first + i);
}

/* As balance_is_double of core/balance.h. */
static void write_double(const struct asked *asked, struct buffer *sql)
{
    if (!asked->longer_count) {
        buffer_add(sql, "0");
        return;
    }
    buffer_add(sql, "EXISTS (SELECT 1 FROM material_flow AS l WHERE l.deleted = 0"
                    " AND l.enterprise = t.enterprise AND l.period IN (");
    write_marks(PERIODS + asked->count, asked->longer_count, sql);
    buffer_add(sql, ") AND l.flow = t.flow AND period_holds(l.period, t.period)"
                    " AND l.material = t.material"
                    " AND (l.batch IS NULL OR t.batch IS NULL OR l.batch = t.batch)"
                    " AND (l.receiver IS NULL OR t.receiver IS NULL OR l.receiver = t.receiver))");
}

static void write_rows_of(const struct asked *asked, struct buffer *sql)
{
    buffer_addf(sql,
                " FROM material_flow AS t WHERE t.deleted = 0 AND t.enterprise = ?%d"
                " AND t.period IN (",
                ENTERPRISE);
    write_marks(PERIODS, asked->count, sql);
    buffer_add(sql, ")");
}

static void bind_period(sqlite3_stmt *stmt, size_t at, struct period period)
{
    char text[PERIOD_TEXT_SIZE];
    period_format(period, text);
    sql_bind_text(stmt, (int)at, text);
}

static void bind_asked(sqlite3_stmt *stmt, const struct asked *asked)
{
    char since[DATE_TEXT_SIZE];
    date_format(asked->since, since);
    sql_bind_text(stmt, ENTERPRISE, asked->enterprise);
    sql_bind_text(stmt, SINCE, since);
    for (size_t i = 0; i < asked->count; i++)
        bind_period(stmt, PERIODS + i, asked->periods[i]);
    for (size_t i = 0; i < asked->longer_count; i++)
        bind_period(stmt, PERIODS + asked->count + i, asked->longer[i]);
}

static void ask(struct asked *asked, const char *enterprise, struct period period, bool wholes,
                const struct balance_policy *policy)
{
    *asked =
        (struct asked){.enterprise = enterprise, .since = balance_assayed_since(policy, period)};
    asked->count = period_parts(period, asked->periods);
    if (wholes)
        asked->count += period_wholes(period, asked->periods + asked->count);
}

/* ---- sums ---- */

struct rows {
    struct balance_row *items; /* owned */
    size_t count, capacity;
};

/* Sums of the rows that agree in period, direction, class and gap. A sample of an input counts from
 * parameter SINCE on. */
static void write_sums(const struct asked *asked, struct buffer *sql)
{
    buffer_add(sql, "SELECT t.period, t.flow, t.material_class, t.thallium_gap, ");
    write_double(asked, sql);
    buffer_addf(sql,
                " AS twice, count(*),"
                " sum(CASE WHEN t.thallium_lod_kg IS NULL THEN t.thallium_kg END),"
                " count(t.thallium_lod_kg), sum(t.thallium_lod_kg / 2 + t.thallium_lod_kg %% 2),"
                " sum(t.thallium_lod_kg),"
                " sum(CASE WHEN t.quantity_unit = 't'"
                " THEN coalesce(t.dry_quantity, t.quantity) END),"
                " sum(CASE WHEN t.quantity_unit = 't' AND t.sampled_on >= ?%d"
                " THEN coalesce(t.dry_quantity, t.quantity) END),"
                " count(*) - count(CASE WHEN t.sampled_on >= ?%d THEN 1 END)",
                SINCE, SINCE);
    write_rows_of(asked, sql);
    /* Grouped as the index is ordered, SQLite need not sort. */
    buffer_addf(sql, " GROUP BY t.period, t.flow, t.material_class, t.thallium_gap%s",
                asked->longer_count ? ", twice" : "");
}

static void read_sums(sqlite3_stmt *stmt, struct rows *rows)
{
    enum { PERIOD, FLOW, CLASS, GAP, TWICE, COUNT, KG, BELOW, HALF, WHOLE, MASS, ASSAYED, STALE };
    struct balance_row row = {
        .stream = balance_stream_of(sql_column_text(stmt, FLOW), sql_column_text(stmt, CLASS)),
        .gap = flow_find_gap(sql_column_text(stmt, GAP)),
        .is_double = sqlite3_column_int(stmt, TWICE),
        .rows = sqlite3_column_int64(stmt, COUNT),
        .kg = sqlite3_column_int64(stmt, KG),
        .below_rows = sqlite3_column_int64(stmt, BELOW),
        .below_kg = {[FLOW_LOD_HALF] = sqlite3_column_int64(stmt, HALF),
                     [FLOW_LOD_WHOLE] = sqlite3_column_int64(stmt, WHOLE)},
    };
    period_parse(sql_column_text(stmt, PERIOD), &row.period);
    if (row.stream == BALANCE_INPUT) {
        bool has_assay = flow_is_assayed(row.gap);
        row.mass = sqlite3_column_int64(stmt, MASS);
        row.assayed_mass = has_assay ? sqlite3_column_int64(stmt, ASSAYED) : 0;
        row.stale_rows = has_assay ? sqlite3_column_int64(stmt, STALE) : 0;
    }
    rows->items = mem_grow(rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    rows->items[rows->count++] = row;
}

static bool sum_rows(struct store *store, const struct asked *asked, struct rows *rows,
                     struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    bool row = false;
    rows->count = 0;
    write_sums(asked, &sql);
    bool ok = sql_cached(store, sql.text, &stmt, err);
    buffer_release(&sql);
    if (!ok)
        return false;
    bind_asked(stmt, asked);
    while ((ok = sql_step(stmt, &row, err)) && row)
        read_sums(stmt, rows);
    sqlite3_reset(stmt);
    return ok;
}

/* Periods among the rows of which others are a part: only then can anything be booked twice. */
static void find_longer(const struct rows *rows, struct period within, struct asked *asked)
{
    for (size_t i = 0; i < asked->count; i++) {
        struct period longer = asked->periods[i];
        bool is_there = false, has_parts = false;
        for (size_t j = 0; j < rows->count; j++) {
            struct period period = rows->items[j].period;
            is_there = is_there || period_compare(period, longer) == 0;
            has_parts =
                has_parts || (period.months < longer.months && period_contains(longer, period));
        }
        if (is_there && has_parts && period_contains(within, longer))
            asked->longer[asked->longer_count++] = longer;
    }
}

/* The sums, after finding out what is booked twice. */
static bool read_rows(struct store *store, struct period period, struct asked *asked,
                      struct rows *rows, struct error *err)
{
    if (!sum_rows(store, asked, rows, err))
        return false;
    find_longer(rows, period, asked);
    return !asked->longer_count || sum_rows(store, asked, rows, err);
}

static bool take_profile(void *data, const struct record *record)
{
    record_release(data);
    record_copy(data, record);
    return false;
}

bool balance_read(struct store *store, const char *enterprise, struct period period,
                  struct balance *balance, struct error *err)
{
    const struct check_context context = store_check_context(store);
    struct balance_request request = {.period = period, .today = context.today};
    struct record profile = {0};
    struct rows rows = {0};
    struct asked asked;
    *balance = (struct balance){.period = period};
    balance_read_policy(&request.policy, &context);
    facts_each(&context,
               &(struct facts_query){
                   .reg = "thallium_enterprise", .field = "enterprise", .value = enterprise},
               take_profile, &profile);
    ask(&asked, enterprise, period, true, &request.policy);
    bool ok = read_rows(store, period, &asked, &rows, err);
    request.profile = profile.reg ? &profile : NULL;
    request.rows = rows.items;
    request.row_count = rows.count;
    ok = ok && balance_make(balance, &request, err);
    free(rows.items);
    if (profile.reg)
        record_release(&profile);
    return ok;
}

/* ---- the rows behind a figure ---- */

struct picked {
    const struct balance *balance;
    enum balance_stream stream;
    const struct balance_missing *missing; /* NULL: what is summed up in the stream */
};

/* Whether a row that stands alone belongs to the figure. */
static bool picks(const struct picked *picked, const struct balance_row *row)
{
    const struct balance_missing *missing = picked->missing;
    bool counts = balance_counts(picked->balance, row);
    if (row->stream != picked->stream)
        return false;
    if (!missing)
        return counts;
    bool is_of_period = period_compare(row->period, missing->period) == 0;
    bool is_within = period_contains(picked->balance->period, row->period);
    const bool matches[BALANCE_REASON_COUNT] = {
        [BALANCE_GAP] = counts && row->gap == missing->gap,
        [BALANCE_STALE] = counts && row->stale_rows,
        [BALANCE_LONGER] = !is_within && is_of_period,
        [BALANCE_DOUBLE] = is_within && row->is_double && is_of_period,
        [BALANCE_STOCK] = is_within,
    };
    return matches[missing->reason];
}

static void write_list(const struct asked *asked, struct buffer *sql)
{
    buffer_add(sql, "SELECT t.id, t.period, t.flow, t.material_class, t.thallium_gap, ");
    write_double(asked, sql);
    buffer_addf(sql, ", coalesce(t.sampled_on, '') < ?%d", SINCE);
    write_rows_of(asked, sql);
    buffer_add(sql,
               " ORDER BY t.period, instr('投入产出排放库存期初库存期末', coalesce(t.flow, '')),"
               " t.material, t.id");
}

static void read_listed(sqlite3_stmt *stmt, struct balance_row *row)
{
    enum { ID, PERIOD, FLOW, CLASS, GAP, TWICE, OLD };
    *row = (struct balance_row){
        .stream = balance_stream_of(sql_column_text(stmt, FLOW), sql_column_text(stmt, CLASS)),
        .gap = flow_find_gap(sql_column_text(stmt, GAP)),
        .is_double = sqlite3_column_int(stmt, TWICE),
        .rows = 1,
    };
    period_parse(sql_column_text(stmt, PERIOD), &row->period);
    row->stale_rows = flow_is_assayed(row->gap) && sqlite3_column_int(stmt, OLD);
}

/* Ids of the rows that `picked` picks; NULL: of all. */
static bool list_rows(struct store *store, const struct asked *asked, const struct picked *picked,
                      struct id_list *ids, struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    size_t capacity = 0;
    bool found = false;
    write_list(asked, &sql);
    bool ok = sql_prepare(store->db, sql.text, &stmt, err);
    if (ok)
        bind_asked(stmt, asked);
    while (ok && (ok = sql_step(stmt, &found, err)) && found) {
        struct balance_row row;
        read_listed(stmt, &row);
        if (!picked || picks(picked, &row))
            id_list_add(ids, &capacity, sql_column_text(stmt, 0));
    }
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    if (!ok)
        id_list_release(ids);
    return ok;
}

bool balance_rows(struct store *store, const char *enterprise, const struct balance *balance,
                  enum balance_stream stream, const struct balance_missing *missing,
                  struct id_list *ids, struct error *err)
{
    const struct picked picked = {balance, stream, missing};
    struct rows rows = {0};
    struct asked asked;
    *ids = (struct id_list){0};
    ask(&asked, enterprise, balance->period, true, &balance->policy);
    bool ok = read_rows(store, balance->period, &asked, &rows, err) &&
              list_rows(store, &asked, &picked, ids, err);
    free(rows.items);
    return ok;
}

bool balance_all_rows(struct store *store, const char *enterprise, struct period period,
                      struct id_list *ids, struct error *err)
{
    const struct balance_policy policy = {0};
    struct asked asked;
    *ids = (struct id_list){0};
    ask(&asked, enterprise, period, false, &policy);
    return list_rows(store, &asked, NULL, ids, err);
}

/* ---- whose balance, and when ---- */

static bool list_ids(sqlite3_stmt *stmt, struct id_list *ids, struct error *err)
{
    size_t capacity = 0;
    bool ok = true, row = false;
    while ((ok = sql_step(stmt, &row, err)) && row)
        id_list_add(ids, &capacity, sql_column_text(stmt, 0));
    if (!ok)
        id_list_release(ids);
    return ok;
}

bool balance_enterprises(struct store *store, struct period period, struct id_list *ids,
                         struct error *err)
{
    struct period parts[PERIOD_MOST_PARTS];
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    size_t count = period_parts(period, parts);
    *ids = (struct id_list){0};
    /* Begins with the few that are concerned, not with all enterprises. */
    buffer_add(&sql, "SELECT e.id FROM (SELECT enterprise, min(only_open) AS only_open FROM ("
                     "SELECT enterprise, 1 AS only_open FROM thallium_enterprise WHERE deleted = 0"
                     " UNION ALL SELECT enterprise, 0 FROM material_flow WHERE deleted = 0"
                     " AND period IN (");
    write_marks(2, count, &sql);
    buffer_add(&sql, ")) GROUP BY enterprise) AS a CROSS JOIN enterprise AS e"
                     " WHERE e.id = a.enterprise AND e.deleted = 0 AND (a.only_open = 0"
                     " OR instr('|' || ?1 || '|', '|' || coalesce(e.status, '-') || '|') = 0)"
                     " ORDER BY e.name, e.id");
    bool ok = sql_prepare(store->db, sql.text, &stmt, err);
    if (ok) {
        sql_bind_text(stmt, 1, STATUS_SHUT);
        for (size_t i = 0; i < count; i++)
            bind_period(stmt, i + 2, parts[i]);
        ok = list_ids(stmt, ids, err);
    }
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    return ok;
}

static bool has_rows(const struct balance *balance)
{
    for (enum balance_stream stream = 0; stream < BALANCE_STREAM_COUNT; stream++)
        if (balance->totals[stream].rows)
            return true;
    return false;
}

bool balance_read_due(struct store *store, const char *enterprise, struct balance *balance,
                      struct error *err)
{
    const struct check_context context = store_check_context(store);
    const struct balance_due due = balance_find_due(&context);
    struct balance year;
    if (!balance_read(store, enterprise, due.quarter, balance, err))
        return false;
    if (has_rows(balance))
        return true;
    bool ok = balance_read(store, enterprise, due.year, &year, err);
    if (ok && has_rows(&year)) {
        balance_release(balance);
        *balance = year;
    } else {
        balance_release(&year);
    }
    return ok;
}

struct period balance_newest_period(struct store *store, const char *enterprise)
{
    enum { QUARTER = 3 };
    sqlite3_stmt *stmt;
    bool row = false;
    struct period newest = {0};
    if (!sql_cached(store,
                    "SELECT DISTINCT period FROM material_flow WHERE deleted = 0"
                    " AND enterprise = ?",
                    &stmt, NULL))
        return newest;
    sql_bind_text(stmt, 1, enterprise);
    while (sql_step(stmt, &row, NULL) && row) {
        struct period period;
        if (!period_parse(sql_column_text(stmt, 0), &period))
            continue;
        if (period.months < QUARTER)
            period = period_of_month(period.year, period.first, QUARTER);
        if (!newest.year || period_compare(period, newest) > 0)
            newest = period;
    }
    sqlite3_reset(stmt);
    return newest;
}

bool balance_tally_step(struct store *store, struct balance_tally *tally, struct error *err)
{
    const struct check_context context = store_check_context(store);
    if (!tally->plants.ids && tally->next == 0 &&
        !balance_enterprises(store, balance_find_due(&context).year, &tally->plants, err))
        return false;
    tally->total = (int64_t)tally->plants.count;
    tally->done = tally->next >= tally->plants.count;
    if (tally->done)
        return true;
    struct balance balance;
    bool ok = balance_read_due(store, tally->plants.ids[tally->next++], &balance, err);
    tally->normal += ok && balance.band == BALANCE_NORMAL;
    balance_release(&balance);
    return ok;
}

void balance_tally_release(struct balance_tally *tally)
{
    id_list_release(&tally->plants);
    *tally = (struct balance_tally){0};
}
