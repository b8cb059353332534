#include "core/measure.h"
#include "core/mem.h"
#include "core/period.h"
#include "db/internal.h"

#include <stdlib.h>
#include <string.h>

struct mapping {
    int code; /* primary or extended */
    enum error_code error;
    const char *sentence;
};

static const struct mapping mappings[] = {
    {SQLITE_FULL, ERROR_IO, "磁盘已满，改动没有写入，原有数据完好，请腾出空间后重试"},
    {SQLITE_READONLY, ERROR_IO, "数据文件是只读的，不能保存，请检查文件和文件夹的权限"},
    {SQLITE_CANTOPEN, ERROR_IO, "不能打开数据文件，请检查路径和权限"},
    {SQLITE_PERM, ERROR_IO, "没有读写数据文件的权限，请联系管理员"},
    {SQLITE_BUSY, ERROR_BUSY, "数据文件正忙（另一个程序正在写入），请稍后重试"},
    {SQLITE_LOCKED, ERROR_BUSY, "数据文件正忙（另一个程序正在写入），请稍后重试"},
    {SQLITE_NOTADB, ERROR_FORMAT, "这不是台账数据文件，请选用由本程序建立的文件"},
    {SQLITE_CORRUPT, ERROR_FORMAT, "数据文件已损坏，请用最近的备份恢复"},
    {SQLITE_IOERR, ERROR_IO, "读写数据文件时磁盘出错，改动没有写入，请检查磁盘后重试"},
    {SQLITE_CONSTRAINT_DATATYPE, ERROR_FORMAT,
     "数据文件里有不该有的内容，可能被别的程序改过，请用最近的备份恢复"},
    {SQLITE_TOOBIG, ERROR_REFUSED, "内容太长，数据文件放不下，请缩短后重试"},
};

bool sql_fail(sqlite3 *db, struct error *err)
{
    int code = sqlite3_extended_errcode(db), primary = code & 0xFF;
    for (size_t i = 0; i < COUNT_OF(mappings); i++)
        if (mappings[i].code == code || mappings[i].code == primary)
            return error_set(err, mappings[i].error, "%s", mappings[i].sentence);
    /* SQLite has no code for a sum() that does not fit. Only somebody who writes into the file by
     * hand gets there. */
    if (strcmp(sqlite3_errmsg(db), "integer overflow") == 0)
        return error_set(err, ERROR_REFUSED, "合计大得不合情理，请核对数量和单位");
    return error_set(err, ERROR_IO, "数据文件操作失败：%s", sqlite3_errmsg(db));
}

bool sql_exec(sqlite3 *db, const char *sql, struct error *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || sql_fail(db, err);
}

bool sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **stmt, struct error *err)
{
    *stmt = NULL;
    return sqlite3_prepare_v2(db, sql, -1, stmt, NULL) == SQLITE_OK || sql_fail(db, err);
}

static void forget_cached(struct cached_statement *cached)
{
    sqlite3_finalize(cached->stmt);
    free(cached->sql);
}

/* A free place, else that of the statement which has not been asked for the longest: somebody may
 * still be walking over the rows of another. NULL when somebody is in all of them. */
static struct cached_statement *place_for_cached(struct store *store)
{
    struct cached_statement *oldest = NULL;
    if (store->cached_count < STORE_MAX_CACHED)
        return &store->cached[store->cached_count++];
    for (size_t i = 0; i < STORE_MAX_CACHED; i++) {
        struct cached_statement *cached = &store->cached[i];
        if (!sqlite3_stmt_busy(cached->stmt) && (!oldest || cached->used < oldest->used))
            oldest = cached;
    }
    if (oldest)
        forget_cached(oldest);
    return oldest;
}

bool sql_cached(struct store *store, const char *sql, sqlite3_stmt **stmt, struct error *err)
{
    size_t length = strlen(sql);
    for (size_t i = 0; i < store->cached_count; i++) {
        struct cached_statement *cached = &store->cached[i];
        if (cached->length == length && memcmp(cached->sql, sql, length) == 0) {
            cached->used = ++store->cached_uses;
            *stmt = cached->stmt;
            return true;
        }
    }
    if (!sql_prepare(store->db, sql, stmt, err))
        return false;
    struct cached_statement *place = place_for_cached(store);
    if (!place) {
        sqlite3_finalize(*stmt);
        return error_set(err, ERROR_USAGE, "查询套查询太深，不能再查");
    }
    *place = (struct cached_statement){
        .sql = mem_text(sql), .length = length, .stmt = *stmt, .used = ++store->cached_uses};
    return true;
}

void sql_release_cached(struct store *store)
{
    for (size_t i = 0; i < store->cached_count; i++)
        forget_cached(&store->cached[i]);
    store->cached_count = 0;
}

bool sql_step(sqlite3_stmt *stmt, bool *row, struct error *err)
{
    int code = sqlite3_step(stmt);
    *row = code == SQLITE_ROW;
    return *row || code == SQLITE_DONE || sql_fail(sqlite3_db_handle(stmt), err);
}

bool sql_run(sqlite3_stmt *stmt, struct error *err)
{
    bool row;
    bool ok = sql_step(stmt, &row, err);
    sqlite3_reset(stmt);
    return ok;
}

void sql_bind_text(sqlite3_stmt *stmt, int index, const char *text)
{
    /* Binding fails only for a wrong index, which a test of every statement would show. */
    sqlite3_bind_text(stmt, index, text, -1, SQLITE_TRANSIENT);
}

void sql_lend_text(sqlite3_stmt *stmt, int index, const char *text)
{
    sqlite3_bind_text(stmt, index, text, -1, SQLITE_STATIC);
}

void sql_lend_value(sqlite3_stmt *stmt, int index, const struct value *value)
{
    if (value->kind == VALUE_INTEGER)
        sqlite3_bind_int64(stmt, index, value->integer);
    else
        sql_lend_text(stmt, index, value->kind == VALUE_TEXT ? value->text : NULL);
}

void sql_bind_value(sqlite3_stmt *stmt, int index, const struct value *value)
{
    if (value->kind == VALUE_INTEGER)
        sqlite3_bind_int64(stmt, index, value->integer);
    else
        sql_bind_text(stmt, index, value->kind == VALUE_TEXT ? value->text : NULL);
}

const char *sql_column_text(sqlite3_stmt *stmt, int column)
{
    const unsigned char *text = sqlite3_column_text(stmt, column);
    return text ? (const char *)text : "";
}

/* Nobody can enter more than fifteen digits, nor reach more than this by adding; what only a
 * tampered file holds is no number, so that those who calculate need not mind it. */
static bool is_amount(int64_t number)
{
    static const int64_t most = INT64_C(100000000000000000);
    return number <= most && number >= -most;
}

void sql_column_value(sqlite3_stmt *stmt, int column, enum field_type type, struct value *value)
{
    int kind = sqlite3_column_type(stmt, column);
    if (kind == SQLITE_NULL && value->kind == VALUE_NULL)
        return;
    if (kind == SQLITE_NULL)
        value_release(value);
    else if (schema_is_text(type))
        value_set_text(value, sql_column_text(stmt, column));
    else if (kind == SQLITE_INTEGER && is_amount(sqlite3_column_int64(stmt, column)))
        value_set_integer(value, sqlite3_column_int64(stmt, column));
    else
        value_release(value);
}

bool sql_number(sqlite3 *db, const char *sql, const char *first, const char *second,
                int64_t *number, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_prepare(db, sql, &stmt, err))
        return false;
    if (first)
        sql_bind_text(stmt, 1, first);
    if (second)
        sql_bind_text(stmt, 2, second);
    bool ok = sql_step(stmt, &row, err);
    *number = row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_finalize(stmt);
    return ok;
}

/* measure_nano(text, unit): the amount as an integer, so that SQL can compare and sort measures. */
static void measure_nano(sqlite3_context *context, int count, sqlite3_value **args)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(args[0]);
    const char *unit = (const char *)sqlite3_value_text(args[1]);
    struct measure measure;
    int64_t nano;
    if (text && measure_parse(text, unit, &measure, NULL) && measure_in_unit(&measure, unit, &nano))
        sqlite3_result_int64(context, nano);
    else
        sqlite3_result_null(context);
}

/* period_holds(longer, shorter): whether the second period is a part of the first. */
static void period_holds(sqlite3_context *context, int count, sqlite3_value **args)
{
    (void)count;
    const char *longer = (const char *)sqlite3_value_text(args[0]);
    const char *shorter = (const char *)sqlite3_value_text(args[1]);
    struct period whole, part;
    sqlite3_result_int(context, longer && shorter && period_parse(longer, &whole) &&
                                    period_parse(shorter, &part) && whole.months > part.months &&
                                    period_contains(whole, part));
}

bool sql_add_functions(sqlite3 *db, struct error *err)
{
    static const struct {
        const char *name;
        void (*function)(sqlite3_context *context, int count, sqlite3_value **args);
    } functions[] = {{"measure_nano", measure_nano}, {"period_holds", period_holds}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (sqlite3_create_function(db, functions[i].name, 2, flags, NULL, functions[i].function,
                                    NULL, NULL) != SQLITE_OK)
            return sql_fail(db, err);
    return true;
}
