#include "db/facts.h"
#include "core/mem.h"
#include "db/attachment.h"
#include "db/policy.h"

#include <stdlib.h>
#include <string.h>

/* Behind the first word of `words` when that is `word`; else NULL. */
static const char *pass_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    bool same = strncmp(words, word, length) == 0 && (words[length] == ' ' || !words[length]);
    return same ? words + length + strspn(words + length, " ") : NULL;
}

/* Whether an index that is made to sum up, and begins with what is not deleted, goes on with the
 * first two fields of the query. */
static bool has_narrow_index(const struct reg *reg, const struct facts_query *query)
{
    if (!query->field || !query->also[0].field)
        return false;
    for (size_t i = 0; reg->covered && reg->covered[i]; i++) {
        const char *further = pass_word(reg->covered[i], query->field);
        if (further && pass_word(further, query->also[0].field))
            return true;
    }
    return false;
}

static void write_select(const struct reg *reg, const struct facts_query *query,
                         const struct rows_fields *fields, struct buffer *sql)
{
    rows_write_select(reg, fields, sql);
    /* Without the plus SQLite would rather look for what is not deleted, which is nearly all. */
    bool plus = query->field && !has_narrow_index(reg, query);
    buffer_add(sql, plus ? " WHERE +t.deleted = 0" : " WHERE t.deleted = 0");
    if (query->field)
        buffer_addf(sql, " AND t.\"%s\" = ?", query->field);
    for (size_t i = 0; i < FACTS_MOST_ALSO && query->also[i].field; i++)
        buffer_addf(sql, " AND t.\"%s\" = ?", query->also[i].field);
}

/* The text of a query as the value that is stored for it. */
static bool read_key(const struct reg *reg, const struct facts_query *query, struct value *key)
{
    const struct field *field = query->field ? reg_field_find(reg, query->field) : NULL;
    if (!query->field)
        return true;
    if (field)
        return field_is_stored(field) && type_restore(field, query->value, key, NULL);
    value_set_text(key, query->value);
    return strcmp(query->field, "id") == 0;
}

static void bind_also(sqlite3_stmt *select, int at, const struct reg *reg,
                      const struct facts_query *query)
{
    for (size_t i = 0; i < FACTS_MOST_ALSO && query->also[i].field; i++) {
        struct value value = {0};
        const struct field *field = reg_field_find(reg, query->also[i].field);
        if (field && type_restore(field, query->also[i].value, &value, NULL))
            sql_bind_value(select, at + (int)i, &value);
        value_release(&value);
    }
}

static void visit_rows(const struct reg *reg, const struct rows_fields *fields,
                       sqlite3_stmt *select, facts_visitor *visit, void *data)
{
    struct record record;
    bool row = false, go_on = true;
    record_init(&record, reg);
    while (go_on && sql_step(select, &row, NULL) && row) {
        rows_read(select, fields, &record);
        go_on = visit(data, &record);
    }
    record_release(&record);
}

static void visit_policy(struct store *store, const struct reg *reg,
                         const struct facts_query *query, const struct value *key,
                         facts_visitor *visit, void *data)
{
    const struct policy_table *table = policy_table(store, reg);
    int field = query->field ? reg_field_index(reg, query->field) : -1;
    for (size_t i = 0; i < table->count; i++) {
        const struct record *record = &table->records[i];
        bool same = !query->field ? true
                    : field >= 0  ? value_equal(&record->values[field], key)
                                  : strcmp(record->id, key->text) == 0;
        if (same && !visit(data, record))
            return;
    }
}

/* A file that cannot be read says nothing here; opening and saving report it. */
static void visit_stored(struct store *store, const struct reg *reg,
                         const struct facts_query *query, const struct value *key,
                         facts_visitor *visit, void *data)
{
    struct buffer sql = {0};
    struct rows_fields fields;
    sqlite3_stmt *select;
    if (query->wanted)
        rows_choose_named(reg, query->wanted, &fields);
    else
        rows_choose(reg, NULL, &fields);
    write_select(reg, query, &fields, &sql);
    if (sql_cached(store, sql.text, &select, NULL)) {
        int at = 1;
        if (query->field)
            sql_bind_value(select, at++, key);
        bind_also(select, at, reg, query);
        visit_rows(reg, &fields, select, visit, data);
        sqlite3_reset(select);
    }
    rows_fields_release(&fields);
    buffer_release(&sql);
}

static void each(void *context, const struct facts_query *query, facts_visitor *visit, void *data)
{
    struct store *store = context;
    const struct reg *reg = reg_find(query->reg);
    struct value key = {0};
    if (reg && read_key(reg, query, &key) && (!query->field || !value_is_null(&key))) {
        if (reg->flags & REG_POLICY)
            visit_policy(store, reg, query, &key, visit, data);
        else
            visit_stored(store, reg, query, &key, visit, data);
    }
    value_release(&key);
}

static bool has_file(void *context, const char *sha256)
{
    const struct store *store = context;
    return attachment_has(store, sha256, NULL) &&
           (!store->reads_files || attachment_is_whole(store, sha256));
}

void facts_init(struct store *store)
{
    store->facts = (struct facts){.context = store, .each = each, .has_file = has_file};
}

static bool take_id(void *data, const struct record *record)
{
    buffer_add(data, record->id);
    return false;
}

void facts_write_campaign(struct store *store, struct buffer *id)
{
    static const char *const wanted[] = {"code", NULL};
    char *pack = mem_text(store_setting(store, "pack"));
    each(store,
         &(struct facts_query){.reg = "campaign", .field = "code", .value = pack, .wanted = wanted},
         take_id, id);
    free(pack);
}
