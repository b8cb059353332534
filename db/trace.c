#include "db/trace.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

struct name {
    char *folded, *id; /* owned */
};

/* What the enterprises of the list are called, in order; read when a name first has to be found. */
struct names {
    struct name *items;
    size_t count, capacity;
    bool is_read;
};

static int compare_names(const void *left, const void *right)
{
    const struct name *a = left, *b = right;
    int order = strcmp(a->folded, b->folded);
    return order ? order : strcmp(a->id, b->id);
}

static void add_name(struct names *names, const char *id, const char *text)
{
    struct buffer folded = {0};
    text_fold(text, &folded);
    if (folded.length) {
        names->items = mem_grow(names->items, names->count, &names->capacity, sizeof *names->items);
        names->items[names->count++] = (struct name){buffer_take(&folded), mem_text(id)};
    }
    buffer_release(&folded);
}

static bool read_names(struct store *store, struct names *names, struct error *err)
{
    static const char sql[] = "SELECT id, name, former_name FROM enterprise WHERE deleted = 0";
    sqlite3_stmt *select;
    bool row = false, ok = true;
    if (names->is_read)
        return true;
    names->is_read = true;
    if (!sql_cached(store, sql, &select, err))
        return false;
    while ((ok = sql_step(select, &row, err)) && row) {
        add_name(names, sql_column_text(select, 0), sql_column_text(select, 1));
        add_name(names, sql_column_text(select, 0), sql_column_text(select, 2));
    }
    sqlite3_reset(select);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return ok;
}

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i].folded);
        free(names->items[i].id);
    }
    free(names->items);
}

/* Id of the one enterprise called so; NULL when there is none or several. */
static const char *find_name(const struct names *names, const char *folded)
{
    size_t low = 0, high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(names->items[middle].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const char *id = NULL;
    for (; low < names->count && strcmp(names->items[low].folded, folded) == 0; low++) {
        if (id && strcmp(id, names->items[low].id) != 0)
            return NULL;
        id = names->items[low].id;
    }
    return id;
}

/* ---- entries ---- */

enum column {
    COLUMN_ID,
    COLUMN_PERIOD,
    COLUMN_ENTERPRISE,
    COLUMN_FLOW,
    COLUMN_CLASS,
    COLUMN_KG,
    COLUMN_RECEIVER,
    COLUMN_RECEIVER_NAME,
    COLUMN_DESTINATION,
    COLUMN_SUPPLIER,
    COLUMN_WASTE_CODE,
    COLUMN_MANIFEST,
};

struct loading {
    struct store *store;
    struct trace *trace;
    struct names names;
    sqlite3_stmt *row;
    struct error *err;
};

static const char *text_of(const struct loading *loading, enum column column)
{
    return sql_column_text(loading->row, (int)column);
}

static size_t enterprise_node(struct loading *loading, const char *id)
{
    struct buffer name = {0};
    size_t node = trace_find(loading->trace, TRACE_ENTERPRISE, id);
    if (node != TRACE_NOBODY)
        return node;
    const struct lookup *lookup = store_lookup(loading->store);
    if (!lookup->label(lookup->context, reg_enterprise.name, id, &name))
        buffer_add(&name, "（未命名）");
    node = trace_node(loading->trace, TRACE_ENTERPRISE, id, name.text);
    buffer_release(&name);
    return node;
}

/* The node of a company that is only named. */
static bool named_node(struct loading *loading, const char *name, size_t *node)
{
    struct buffer folded = {0};
    text_fold(name, &folded);
    const char *key = buffer_text(&folded), *id;
    bool ok = read_names(loading->store, &loading->names, loading->err);
    if (!ok)
        *node = TRACE_NOBODY;
    else if ((id = find_name(&loading->names, key)) != NULL)
        *node = enterprise_node(loading, id);
    else
        *node = trace_node(loading->trace, TRACE_OUTSIDE, key, name);
    buffer_release(&folded);
    return ok;
}

/* Where a ledger's trail ends. */
static size_t end_node(struct loading *loading, const char *destination)
{
    static const struct {
        const char *class;
        enum trace_kind kind;
        const char *unnamed;
    } discharges[] = {
        {"废水", TRACE_WATER, "水体（未写明）"},
        {"废气", TRACE_AIR, "大气"},
    };
    enum trace_kind kind = *destination ? TRACE_PLACE : TRACE_UNKNOWN;
    const char *name = *destination ? destination : "去向未写明";
    struct buffer folded = {0};
    /* A sewage works is no water yet. */
    bool is_discharge =
        strcmp(text_of(loading, COLUMN_FLOW), "排放") == 0 && !strstr(destination, "污水");
    for (size_t i = 0; is_discharge && i < COUNT_OF(discharges); i++) {
        if (strcmp(text_of(loading, COLUMN_CLASS), discharges[i].class) != 0)
            continue;
        kind = discharges[i].kind;
        name = *destination ? destination : discharges[i].unnamed;
    }
    text_fold(name, &folded);
    size_t node = trace_node(loading->trace, kind, buffer_text(&folded), name);
    buffer_release(&folded);
    return node;
}

static bool take_output(struct loading *loading, size_t from, const struct trace_entry *entry)
{
    const char *receiver = text_of(loading, COLUMN_RECEIVER);
    const char *name = text_of(loading, COLUMN_RECEIVER_NAME);
    const char *destination = text_of(loading, COLUMN_DESTINATION);
    size_t to;
    if (*receiver)
        to = enterprise_node(loading, receiver);
    else if (*name) {
        if (!named_node(loading, name, &to))
            return false;
    } else if (trace_stays(destination))
        to = from;
    else
        to = end_node(loading, destination);
    trace_send(loading->trace, from, to, entry);
    return true;
}

static bool take_input(struct loading *loading, size_t to, const struct trace_entry *entry)
{
    const char *supplier = text_of(loading, COLUMN_SUPPLIER);
    size_t from = TRACE_NOBODY;
    if (*supplier && !named_node(loading, supplier, &from))
        return false;
    trace_book(loading->trace, from, to, entry);
    return true;
}

static bool take_row(struct loading *loading)
{
    const char *enterprise = text_of(loading, COLUMN_ENTERPRISE);
    const char *flow = text_of(loading, COLUMN_FLOW);
    struct value kg = {0};
    if (!*enterprise)
        return true;
    sql_column_value(loading->row, COLUMN_KG, TYPE_DECIMAL, &kg);
    const struct trace_entry entry = {
        .id = text_of(loading, COLUMN_ID),
        .material = text_of(loading, COLUMN_CLASS),
        .waste_code = text_of(loading, COLUMN_WASTE_CODE),
        .manifest_no = text_of(loading, COLUMN_MANIFEST),
        .kg = kg.integer,
        .is_known = kg.kind == VALUE_INTEGER,
    };
    size_t own = enterprise_node(loading, enterprise);
    bool ok = true;
    if (strcmp(flow, "产出") == 0 || strcmp(flow, "排放") == 0)
        ok = take_output(loading, own, &entry);
    else if (strcmp(flow, "投入") == 0)
        ok = take_input(loading, own, &entry);
    else
        trace_note(loading->trace, own);
    value_release(&kg);
    return ok;
}

static bool is_within(const struct loading *loading, struct period whole)
{
    struct period part;
    return period_parse(text_of(loading, COLUMN_PERIOD), &part) && period_contains(whole, part);
}

bool trace_load(struct trace *trace, struct store *store, struct period period, struct error *err)
{
    /* Periods begin with their year, so a year is a range of texts. */
    static const char sql[] =
        "SELECT id, period, enterprise, flow, material_class, thallium_kg, receiver,"
        " receiver_name, destination, supplier, waste_code, manifest_no FROM material_flow"
        " WHERE deleted = 0 AND period >= ?1 AND period < ?2 ORDER BY period, id";
    struct loading loading = {.store = store, .trace = trace, .err = err};
    char from[PERIOD_TEXT_SIZE], to[PERIOD_TEXT_SIZE];
    bool row = false;
    trace_init(trace);
    if (!sql_cached(store, sql, &loading.row, err))
        return false;
    snprintf(from, sizeof from, "%04d", period.year);
    snprintf(to, sizeof to, "%04d", period.year + 1);
    sql_bind_text(loading.row, 1, from);
    sql_bind_text(loading.row, 2, to);
    bool ok;
    while ((ok = sql_step(loading.row, &row, err)) && row)
        if (is_within(&loading, period) && !(ok = take_row(&loading)))
            break;
    sqlite3_reset(loading.row);
    names_release(&loading.names);
    return ok && trace_seal(trace, err);
}

/* ---- periods ---- */

/* The latest year first; a year before its parts. */
static int compare_periods(const void *left, const void *right)
{
    const struct period *a = left, *b = right;
    return a->year != b->year ? b->year - a->year : period_compare(*a, *b);
}

/* Adds a period and the year that it lies in. */
static void add_period(struct period **periods, size_t *count, size_t *capacity, const char *text)
{
    enum { YEAR = 12 };
    struct period period;
    if (!period_parse(text, &period))
        return;
    const struct period both[] = {period, period_of_month(period.year, 0, YEAR)};
    for (size_t i = 0; i < COUNT_OF(both); i++) {
        *periods = mem_grow(*periods, *count, capacity, sizeof **periods);
        (*periods)[(*count)++] = both[i];
    }
}

bool trace_periods(struct store *store, const char *enterprise, struct period **periods,
                   size_t *count, struct error *err)
{
    static const char of_all[] = "SELECT DISTINCT period FROM material_flow WHERE deleted = 0";
    static const char of_one[] =
        "SELECT DISTINCT period FROM material_flow WHERE deleted = 0 AND enterprise = ?1";
    sqlite3_stmt *select;
    size_t capacity = 0, kept = 0;
    bool row = false, ok;
    *periods = NULL;
    *count = 0;
    if (!sql_cached(store, enterprise ? of_one : of_all, &select, err))
        return false;
    if (enterprise)
        sql_bind_text(select, 1, enterprise);
    while ((ok = sql_step(select, &row, err)) && row)
        add_period(periods, count, &capacity, sql_column_text(select, 0));
    sqlite3_reset(select);
    if (*count)
        qsort(*periods, *count, sizeof **periods, compare_periods);
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || compare_periods(&(*periods)[kept - 1], &(*periods)[i]) != 0)
            (*periods)[kept++] = (*periods)[i];
    *count = kept;
    return ok;
}
