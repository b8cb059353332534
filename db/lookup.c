/* Finding a record by what a person types, and naming it. */
#include "core/mem.h"
#include "core/region.h"
#include "core/text.h"
#include "db/internal.h"
#include "db/near.h"

#include <stdlib.h>
#include <string.h>

/* Runs a query with one text parameter for at most two ids; *count is 0, 1 or 2, `id` the first. */
static bool find_ids(struct store *store, const char *sql, const char *text, struct buffer *id,
                     int *count, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    *count = 0;
    if (!sql_cached(store, sql, &stmt, err))
        return false;
    sql_bind_text(stmt, 1, text);
    bool ok;
    while ((ok = sql_step(stmt, &row, err)) && row && *count < 2)
        if ((*count)++ == 0)
            buffer_add(id, sql_column_text(stmt, 0));
    sqlite3_reset(stmt);
    return ok;
}

static bool refuse_several(const struct reg *reg, const char *text, struct error *err)
{
    return error_set(err, ERROR_REFUSED, "“%s”在%s中不止一条，请改用编号或代码", text, reg->label);
}

/* Proposes what has nearly that name. */
static bool refuse_unknown(struct store *store, const struct reg *reg, const char *text,
                           struct error *err)
{
    bool is_region = strcmp(reg->name, "region") == 0;
    struct near_match matches[NEAR_MOST];
    struct buffer sentence = {0};
    size_t count = 0;
    if (err && !near_find(store, reg->name, text, matches, &count, err))
        return false;
    if (is_region)
        buffer_addf(&sentence, "没有叫“%s”的县（市、区）", text);
    else
        buffer_addf(&sentence, "%s中没有“%s”", reg->label, text);
    for (size_t i = 0; i < count; i++)
        buffer_addf(&sentence, "%s“%s”", i ? "、" : "，是不是", matches[i].name);
    buffer_addf(&sentence, "%s%s", count ? "？不是的" : "，",
                is_region ? "请填全称或六位区划代码" : "请先登记或改用编号");
    error_set(err, ERROR_REFUSED, "%s", sentence.text);
    buffer_release(&sentence);
    return false;
}

/* A county is meant by its code, or by its name in full or short. Names repeat across the country,
 * so the bureau's own county is asked first, then its city, its province, and last the whole
 * country. */
static bool find_region(struct store *store, const struct reg *reg, const char *text,
                        struct buffer *id, struct error *err)
{
    static const size_t scopes[] = {6, 4, 2, 0};
    /* Two searches rather than an OR, so that both walk an index. */
    static const char sql[] =
        "SELECT id FROM region WHERE name = ?2 AND level = '县' AND statistical = 0 AND id LIKE ?1"
        " UNION SELECT id FROM region WHERE short_name = ?3 AND level = '县' AND statistical = 0"
        " AND id LIKE ?1 LIMIT 2";
    char own[8] = "";
    strncpy(own, store_setting(store, "region"), sizeof own - 1);
    struct buffer shortened = {0}, pattern = {0};
    region_shorten(text, &shortened);
    int count = 0;
    bool ok = true;
    for (size_t i = 0; ok && count == 0 && i < COUNT_OF(scopes); i++) {
        if (strlen(own) < scopes[i])
            continue;
        sqlite3_stmt *stmt;
        bool row = false;
        buffer_clear(&pattern);
        buffer_addf(&pattern, "%.*s%%", (int)scopes[i], own);
        if (!sql_cached(store, sql, &stmt, err)) {
            ok = false;
            break;
        }
        sql_bind_text(stmt, 1, pattern.text);
        sql_bind_text(stmt, 2, text);
        sql_bind_text(stmt, 3, buffer_text(&shortened));
        while ((ok = sql_step(stmt, &row, err)) && row && count < 2)
            if (count++ == 0)
                buffer_add(id, sql_column_text(stmt, 0));
        sqlite3_reset(stmt);
    }
    buffer_release(&shortened);
    buffer_release(&pattern);
    if (ok && count > 1)
        return refuse_several(reg, text, err);
    return ok && (count == 1 || refuse_unknown(store, reg, text, err));
}

/* Asks one column after the other; the first that knows the text decides. */
static bool find_by_columns(struct store *store, const struct reg *reg, const char *text,
                            struct buffer *id, struct error *err)
{
    const char *const columns[] = {"case_no", "code", "uscc", reg->name_field};
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct field *field = reg_field_find(reg, columns[i]);
        struct buffer sql = {0};
        int count = 0;
        if (!field)
            continue;
        /* Without the sign SQLite takes the index of what is not deleted, which is nearly all;
         * names stand in one together with it. */
        buffer_addf(&sql, "SELECT t.id FROM \"%s\" AS t WHERE %st.deleted = 0 AND ", reg->name,
                    columns[i] == reg->name_field ? "" : "+");
        rows_readable_expression(reg, field, &sql);
        buffer_add(&sql, " = ? LIMIT 2");
        bool ok = find_ids(store, sql.text, text, id, &count, err);
        buffer_release(&sql);
        if (!ok || count == 1)
            return ok;
        if (count > 1)
            return refuse_several(reg, text, err);
    }
    return refuse_unknown(store, reg, text, err);
}

static bool find_record(struct store *store, const char *target, const char *text,
                        struct buffer *id, struct error *err)
{
    const struct reg *reg = reg_find(target);
    struct buffer sql = {0};
    int count = 0;
    if (!reg)
        return error_set(err, ERROR_USAGE, "没有名为“%s”的清单", target);
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE id = ? AND deleted = 0", reg->name);
    bool ok = find_ids(store, sql.text, text, id, &count, err);
    buffer_release(&sql);
    if (!ok || count == 1)
        return ok;
    return strcmp(target, "region") == 0 ? find_region(store, reg, text, id, err)
                                         : find_by_columns(store, reg, text, id, err);
}

static bool is_reference(const char *target)
{
    const struct reg *reg = reg_find(target);
    return reg && (reg->flags & REG_REFERENCE);
}

static bool memo_holds(const struct lookup_memo *memo, const char *target, const char *text)
{
    size_t length = strlen(target);
    return memo->question && strncmp(memo->question, target, length) == 0 &&
           memo->question[length] == '=' && strcmp(memo->question + length + 1, text) == 0;
}

/* The place of an answer: the one that holds it, else a free one nearby, else the first. A list
 * names few counties and industries, but two of them must not drive each other out at every row. */
static struct lookup_memo *memo_slot(struct store *store, const char *target, const char *text)
{
    enum { NEARBY = 8 };
    uint32_t first = text_hash(text_hash(0, target), text);
    struct lookup_memo *slot = NULL;
    for (uint32_t i = 0; i < NEARBY; i++) {
        struct lookup_memo *memo = &store->memo[(first + i) % LOOKUP_MEMO_SIZE];
        if (memo_holds(memo, target, text))
            return memo;
        if (!slot && !memo->question)
            slot = memo;
    }
    return slot ? slot : &store->memo[first % LOOKUP_MEMO_SIZE];
}

static void memo_keep(struct lookup_memo *memo, const char *target, const char *text,
                      const char *answer)
{
    struct buffer question = {0};
    buffer_addf(&question, "%s=%s", target, text);
    free(memo->question);
    free(memo->answer);
    memo->question = buffer_take(&question);
    memo->answer = mem_text(answer);
}

static bool find(void *context, const char *target, const char *text, struct buffer *id,
                 struct error *err)
{
    struct store *store = context;
    struct lookup_memo *memo = is_reference(target) ? memo_slot(store, target, text) : NULL;
    if (memo && memo_holds(memo, target, text)) {
        buffer_add(id, memo->answer);
        return true;
    }
    size_t before = id->length;
    if (!find_record(store, target, text, id, err))
        return false;
    if (memo)
        memo_keep(memo, target, text, id->text + before);
    return true;
}

static bool label(void *context, const char *target, const char *id, struct buffer *out)
{
    struct store *store = context;
    const struct reg *reg = reg_find(target);
    bool row = false;
    if (!reg)
        return false;
    struct buffer sql = {0};
    sqlite3_stmt *select;
    buffer_add(&sql, "SELECT ");
    rows_readable_expression(reg, reg_field_find(reg, reg->name_field), &sql);
    buffer_addf(&sql, " FROM \"%s\" AS t WHERE t.id = ?", reg->name);
    bool found = sql_cached(store, sql.text, &select, NULL);
    buffer_release(&sql);
    if (!found)
        return false;
    sql_bind_text(select, 1, id);
    found = sql_step(select, &row, NULL) && row && *sql_column_text(select, 0);
    if (found)
        buffer_add(out, sql_column_text(select, 0));
    sqlite3_reset(select);
    return found;
}

void lookup_init(struct store *store)
{
    store->lookup = (struct lookup){.context = store, .find = find, .label = label};
}

void lookup_forget(struct store *store)
{
    for (size_t i = 0; i < LOOKUP_MEMO_SIZE; i++) {
        free(store->memo[i].question);
        free(store->memo[i].answer);
        store->memo[i] = (struct lookup_memo){.question = NULL};
    }
    near_forget(store);
}

bool store_find(struct store *store, const struct reg *reg, const char *text, struct record *record,
                struct error *err)
{
    struct buffer id = {0};
    bool ok = find(store, reg->name, text, &id, err);
    if (ok) {
        ok = store_get(store, reg, id.text, record, err);
    } else {
        if (err && err->code == ERROR_REFUSED)
            err->code = ERROR_MISSING;
        record_init(record, reg);
    }
    buffer_release(&id);
    return ok;
}

/* ---- the record that an imported one is another version of ---- */

enum { MAX_IDENTITY_FIELDS = 12 };

/* The values of the fields that `identity` names; count 0 when one of them is empty. In a policy an
 * empty field tells as well: no land use, the whole country. */
static size_t identity_values(const struct record *record, const char *identity,
                              const struct value *values[MAX_IDENTITY_FIELDS], struct buffer *sql)
{
    size_t count = 0;
    for (const char *at = identity; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        char *name = mem_text_part(at, length);
        const struct value *value = record_value(record, name);
        if (value && !value_is_null(value) && count < MAX_IDENTITY_FIELDS) {
            buffer_addf(sql, " AND \"%s\" = ?", name);
            values[count++] = value;
        } else if (record->reg->flags & REG_POLICY) {
            buffer_addf(sql, " AND \"%s\" IS NULL", name);
        } else {
            value = NULL;
        }
        free(name);
        if (!value)
            return 0;
        at += length;
    }
    return count;
}

/* "无" stands in many records and identifies none. */
static bool identifies(const struct value *const values[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i]->kind == VALUE_TEXT && strcmp(values[i]->text, "无") == 0)
            return false;
    return count > 0;
}

static bool find_identity(struct store *store, const struct record *record, const char *identity,
                          char id[RECORD_ID_SIZE], int *count, struct error *err)
{
    const struct value *values[MAX_IDENTITY_FIELDS];
    struct buffer sql = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = false, ok = true;
    *count = 0;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE deleted = 0", record->reg->name);
    size_t used = identity_values(record, identity, values, &sql);
    if (identifies(values, used)) {
        buffer_add(&sql, " LIMIT 2");
        ok = sql_cached(store, sql.text, &stmt, err);
        for (size_t i = 0; ok && i < used; i++)
            sql_bind_value(stmt, (int)i + 1, values[i]);
        while (ok && (ok = sql_step(stmt, &row, err)) && row)
            if ((*count)++ == 0)
                strncpy(id, sql_column_text(stmt, 0), RECORD_ID_SIZE - 1);
    }
    if (ok && stmt)
        sqlite3_reset(stmt);
    buffer_release(&sql);
    return ok;
}

bool store_find_same(struct store *store, const struct record *record, char id[RECORD_ID_SIZE],
                     struct error *err)
{
    const char *const *identity = record->reg->identity;
    memset(id, 0, RECORD_ID_SIZE);
    for (; identity && *identity && !*id; identity++) {
        int count;
        if (!find_identity(store, record, *identity, id, &count, err))
            return false;
        if (count > 1)
            return error_set(err, ERROR_REFUSED,
                             "已有不止一条记录与这一行相同，不能断定是哪一条，请先处理重复记录");
        /* The nation's parameter is not the province's of the same code. */
        if (record->reg->flags & REG_POLICY)
            break;
    }
    return true;
}
