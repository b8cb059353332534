#include "db/finder.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/internal.h"
#include "db/summary.h"
#include "db/words.h"

#include <stdlib.h>
#include <string.h>

enum { SLICE_ROWS = 128, SLICE_OPERATIONS = 64, SLICE_ENTRIES = 256 };

/* A record. Rows keep their numbers while a file is open, and a number is a quarter of an id. */
struct entry {
    int64_t row;
    uint32_t start; /* of its text; 0: it is deleted */
    bool sounds;    /* not only ASCII */
};

/* A register and those of its records that answer. */
struct source {
    const struct reg *reg;
    sqlite3_stmt *slice, *one, *id;
    int heads;             /* how many columns of these are names and codes */
    struct entry *entries; /* by ascending row */
    size_t count, capacity;
    struct buffer texts;
    size_t unused; /* bytes of texts that no entry has any more */
    int64_t read_row, last_row;
    bool is_read;

    uint32_t *matches; /* entries, ascending: first those that match, then from `next_match` to
                          `last_match` those that matched a shorter query */
    size_t match_count, match_capacity, next_match, last_match;
    size_t scanned; /* entries compared so far */
    uint32_t best[RANK__COUNT][FINDER_SHOWN];
    size_t best_count[RANK__COUNT];
};

/* How far the operations of one copy of the file have been followed. */
struct site {
    char id[RECORD_ID_SIZE];
    int64_t seq;
};

struct finder {
    struct store *store;
    struct source *sources;
    size_t source_count;
    struct site *sites;
    size_t site_count, site_capacity;
    int64_t stamp;      /* of the file when the changes were last looked for */
    size_t site_behind; /* this site and those behind it have to be looked at */
    char *text;         /* as typed; owned */
    struct words words;
    struct finder_group *groups;
};

/* ---- what is read of a record ---- */

static bool is_name_or_code(const struct reg *reg, const struct field *field)
{
    if (strcmp(field->name, reg->name_field) == 0)
        return false; /* it stands first */
    bool code = field->type == TYPE_USCC || field->type == TYPE_PERMIT ||
                (field->type == TYPE_TEXT && field->flags & FIELD_AUTO);
    return code && field_is_stored(field) && field->flags & FIELD_SEARCH;
}

static bool is_other_text(const struct reg *reg, const struct field *field)
{
    bool text = field->type == TYPE_TEXT || field->type == TYPE_REGION;
    return text && field_is_stored(field) && field->flags & FIELD_SEARCH &&
           strcmp(field->name, reg->name_field) != 0 && !is_name_or_code(reg, field);
}

static void add_columns(const struct reg *reg,
                        bool (*is_wanted)(const struct reg *, const struct field *), int *count,
                        struct buffer *sql)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        if (!is_wanted(reg, walk.field))
            continue;
        buffer_add(sql, ", ");
        rows_readable_expression(reg, walk.field, sql);
        ++*count;
    }
}

static bool prepare_source(struct source *source, struct store *store, struct error *err)
{
    const struct reg *reg = source->reg;
    struct buffer columns = {0}, sql = {0};
    int others = 0;
    buffer_add(&columns, "SELECT t.rowid, t.deleted, ");
    rows_readable_expression(reg, reg_field_find(reg, reg->name_field), &columns);
    source->heads = 1;
    add_columns(reg, is_name_or_code, &source->heads, &columns);
    add_columns(reg, is_other_text, &others, &columns);
    buffer_addf(&columns, " FROM \"%s\" AS t WHERE", reg->name);
    buffer_addf(&sql, "%s t.rowid > ? ORDER BY t.rowid LIMIT ?", columns.text);
    bool ok = sql_prepare(store->db, sql.text, &source->slice, err);
    buffer_clear(&sql);
    buffer_addf(&sql, "%s t.id = ?", columns.text);
    ok = ok && sql_prepare(store->db, sql.text, &source->one, err);
    buffer_clear(&sql);
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE rowid = ?", reg->name);
    ok = ok && sql_prepare(store->db, sql.text, &source->id, err);
    buffer_clear(&sql);
    buffer_addf(&sql, "SELECT coalesce(max(rowid), 0) FROM \"%s\"", reg->name);
    ok = ok && sql_number(store->db, sql.text, NULL, NULL, &source->last_row, err);
    buffer_release(&columns);
    buffer_release(&sql);
    return ok;
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* Keeps the text of a row at the end of all texts. */
static struct entry read_entry(struct source *source, sqlite3_stmt *stmt)
{
    struct buffer *texts = &source->texts;
    struct entry entry = {.row = sqlite3_column_int64(stmt, 0)};
    if (texts->length == 0)
        buffer_add_char(texts, '\0'); /* no text begins at 0 */
    if (sqlite3_column_int(stmt, 1) != 0 || texts->length > UINT32_MAX / 2)
        return entry;
    entry.start = (uint32_t)texts->length;
    for (int i = 2; i < sqlite3_column_count(stmt); i++) {
        size_t before = texts->length;
        text_fold(sql_column_text(stmt, i), texts);
        if (texts->length > before)
            buffer_add_char(texts, WORDS_FIELD_END);
        if (i == source->heads + 1)
            buffer_add_char(texts, WORDS_HEAD_END);
    }
    buffer_add_char(texts, '\0');
    entry.sounds = !is_ascii(texts->text + entry.start);
    return entry;
}

/* ---- looking through what was read ---- */

static void restart_query(struct source *source)
{
    source->match_count = source->next_match = source->last_match = source->scanned = 0;
    memset(source->best_count, 0, sizeof source->best_count);
}

/* Only what matched the shorter query can match the longer one. */
static void narrow_query(struct source *source)
{
    size_t rest = source->last_match - source->next_match;
    if (rest)
        memmove(source->matches + source->match_count, source->matches + source->next_match,
                rest * sizeof *source->matches);
    source->last_match = source->match_count + rest;
    source->match_count = source->next_match = 0;
    memset(source->best_count, 0, sizeof source->best_count);
}

static void compare_entry(struct finder *finder, struct source *source, uint32_t index)
{
    const struct entry *entry = &source->entries[index];
    const char *text = source->texts.text + entry->start;
    if (!entry->start || !words_match(&finder->words, text, entry->sounds))
        return;
    source->matches = mem_grow(source->matches, source->match_count, &source->match_capacity,
                               sizeof *source->matches);
    source->matches[source->match_count++] = index;
    enum words_rank rank = words_rank(&finder->words, text);
    if (source->best_count[rank] < FINDER_SHOWN)
        source->best[rank][source->best_count[rank]++] = index;
}

/* Compares some entries; false when all are compared. */
static bool look_through(struct finder *finder, struct source *source)
{
    bool is_left = source->next_match < source->last_match || source->scanned < source->count;
    if (finder->words.count == 0 || !is_left)
        return false;
    for (int i = 0; i < SLICE_ENTRIES && source->next_match < source->last_match; i++) {
        uint32_t index = source->matches[source->next_match++];
        compare_entry(finder, source, index);
    }
    if (source->next_match < source->last_match)
        return true;
    source->next_match = source->last_match = 0;
    for (int i = 0; i < SLICE_ENTRIES && source->scanned < source->count; i++)
        compare_entry(finder, source, (uint32_t)source->scanned++);
    return true;
}

static bool look_on(struct finder *finder)
{
    for (size_t i = 0; i < finder->source_count; i++)
        if (look_through(finder, &finder->sources[i]))
            return true;
    return false;
}

void finder_ask(struct finder *finder, const char *text)
{
    bool longer = finder->words.count > 0 && text_starts_with(text, finder->text);
    struct words *words = &finder->words;
    words_release(words);
    words_parse(words, text);
    free(finder->text);
    finder->text = mem_text(text);
    for (size_t i = 0; i < finder->source_count; i++) {
        if (longer)
            narrow_query(&finder->sources[i]);
        else
            restart_query(&finder->sources[i]);
    }
}

/* ---- reading on ---- */

static void forget_texts(struct source *source)
{
    buffer_clear(&source->texts);
    source->count = source->unused = 0;
    source->read_row = 0;
    source->is_read = false;
    restart_query(source);
}

static bool read_slice(struct source *source, struct error *err)
{
    sqlite3_stmt *stmt = source->slice;
    bool row = false;
    int rows = 0;
    sqlite3_bind_int64(stmt, 1, source->read_row);
    sqlite3_bind_int(stmt, 2, SLICE_ROWS);
    bool ok;
    while ((ok = sql_step(stmt, &row, err)) && row) {
        source->entries =
            mem_grow(source->entries, source->count, &source->capacity, sizeof *source->entries);
        source->entries[source->count++] = read_entry(source, stmt);
        source->read_row = source->entries[source->count - 1].row;
        rows++;
    }
    sqlite3_reset(stmt);
    source->is_read = ok && rows < SLICE_ROWS;
    return ok;
}

static struct source *unread_source(const struct finder *finder)
{
    for (size_t i = 0; i < finder->source_count; i++)
        if (!finder->sources[i].is_read)
            return &finder->sources[i];
    return NULL;
}

int finder_progress(const struct finder *finder)
{
    int64_t read = 0, all = 0;
    for (size_t i = 0; i < finder->source_count; i++) {
        const struct source *source = &finder->sources[i];
        read += source->is_read ? source->last_row : source->read_row;
        all += source->last_row;
    }
    int percent = all > 0 ? (int)(read * 100 / all) : 100;
    return unread_source(finder) && percent > 99 ? 99 : percent;
}

/* ---- following changes ---- */

/* The index of the first entry whose row is at least `row`. */
static size_t entry_at(const struct source *source, int64_t row)
{
    size_t low = 0, high = source->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->entries[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_entry(struct source *source, struct entry entry)
{
    size_t at = entry_at(source, entry.row);
    bool is_known = at < source->count && source->entries[at].row == entry.row;
    if (!is_known) {
        source->entries =
            mem_grow(source->entries, source->count, &source->capacity, sizeof *source->entries);
        memmove(source->entries + at + 1, source->entries + at,
                (source->count - at) * sizeof *source->entries);
        source->count++;
        if (entry.row > source->read_row)
            source->read_row = source->last_row = entry.row;
    } else if (source->entries[at].start) {
        source->unused += strlen(source->texts.text + source->entries[at].start) + 1;
    }
    source->entries[at] = entry;
    if (at < source->scanned)
        restart_query(source);
    if (source->unused > (1u << 20) && source->unused > source->texts.length / 2)
        forget_texts(source);
}

/* Reads a record anew, unless reading comes to it anyway. */
static bool read_again(struct source *source, const char *id, struct error *err)
{
    bool row = false;
    sql_bind_text(source->one, 1, id);
    bool ok = sql_step(source->one, &row, err);
    if (row && (source->is_read || sqlite3_column_int64(source->one, 0) <= source->read_row))
        put_entry(source, read_entry(source, source->one));
    sqlite3_reset(source->one);
    return ok;
}

/* Records that are named after the record they point to. */
static bool read_namesakes(struct finder *finder, struct source *source, const char *id,
                           struct error *err)
{
    struct buffer sql = {0};
    sqlite3_stmt *stmt;
    bool row = false;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = ?", source->reg->name,
                source->reg->name_field);
    bool ok = sql_prepare(finder->store->db, sql.text, &stmt, err);
    if (ok)
        sql_bind_text(stmt, 1, id);
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        ok = read_again(source, sql_column_text(stmt, 0), err);
    sqlite3_finalize(stmt);
    buffer_release(&sql);
    return ok;
}

static bool follow_operation(struct finder *finder, const char *reg, const char *id, bool is_named,
                             struct error *err)
{
    for (size_t i = 0; i < finder->source_count; i++) {
        struct source *source = &finder->sources[i];
        const struct field *name = reg_field_find(source->reg, source->reg->name_field);
        bool is_own = strcmp(source->reg->name, reg) == 0;
        bool points = !is_own && is_named && name->type == TYPE_REF && field_is_stored(name) &&
                      strcmp(name->target, reg) == 0;
        if (is_own && !read_again(source, id, err))
            return false;
        if (points && !read_namesakes(finder, source, id, err))
            return false;
    }
    return true;
}

static bool is_name_field(const char *reg_name, const char *field)
{
    const struct reg *reg = reg_find(reg_name);
    return reg && strcmp(reg->name_field, field) == 0;
}

/* Follows the next operations of a site; *more tells whether there may be others. */
static bool follow_site(struct finder *finder, struct site *site, bool *more, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    int count = 0;
    bool ok = sql_prepare(finder->store->db,
                          "SELECT seq, register, record, field FROM op WHERE site = ? AND seq > ?"
                          " ORDER BY seq LIMIT ?",
                          &stmt, err);
    if (ok) {
        sql_bind_text(stmt, 1, site->id);
        sqlite3_bind_int64(stmt, 2, site->seq);
        sqlite3_bind_int(stmt, 3, SLICE_OPERATIONS);
    }
    while (ok && (ok = sql_step(stmt, &row, err)) && row) {
        const char *reg = sql_column_text(stmt, 1);
        ok = follow_operation(finder, reg, sql_column_text(stmt, 2),
                              is_name_field(reg, sql_column_text(stmt, 3)), err);
        site->seq = ok ? sqlite3_column_int64(stmt, 0) : site->seq;
        count++;
    }
    sqlite3_finalize(stmt);
    *more = count == SLICE_OPERATIONS;
    return ok;
}

static struct site *find_site(struct finder *finder, const char *id)
{
    for (size_t i = 0; i < finder->site_count; i++)
        if (strcmp(finder->sites[i].id, id) == 0)
            return &finder->sites[i];
    finder->sites =
        mem_grow(finder->sites, finder->site_count, &finder->site_capacity, sizeof *finder->sites);
    struct site *site = &finder->sites[finder->site_count++];
    *site = (struct site){.seq = 0};
    strncpy(site->id, id, RECORD_ID_SIZE - 1);
    return site;
}

/* Finds the copies of the file that have written operations. With `skip`, what they have written so
 * far is part of what will be read. */
static bool read_sites(struct finder *finder, bool skip, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = true;
    char last[RECORD_ID_SIZE] = "";
    if (!sql_prepare(finder->store->db,
                     "SELECT s.site, (SELECT max(seq) FROM op WHERE site = s.site)"
                     " FROM (SELECT min(site) AS site FROM op WHERE site > ?) AS s"
                     " WHERE s.site IS NOT NULL",
                     &stmt, err))
        return false;
    bool ok = true;
    while (ok && row) {
        sql_bind_text(stmt, 1, last);
        ok = sql_step(stmt, &row, err);
        const char *id = row ? sql_column_text(stmt, 0) : "";
        row = row && strlen(id) < RECORD_ID_SIZE; /* none of ours is longer */
        if (row) {
            struct site *site = find_site(finder, id);
            site->seq = skip ? sqlite3_column_int64(stmt, 1) : site->seq;
            memcpy(last, site->id, sizeof last);
        }
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return ok;
}

static bool follow_on(struct finder *finder, struct error *err)
{
    bool more;
    if (!follow_site(finder, &finder->sites[finder->site_behind], &more, err))
        return false;
    finder->site_behind += !more;
    return true;
}

static bool look_for_changes(struct finder *finder, struct error *err)
{
    int64_t stamp;
    if (!summary_stamp(finder->store, &stamp, err))
        return false;
    if (stamp == finder->stamp)
        return true;
    if (!read_sites(finder, false, err))
        return false;
    finder->stamp = stamp;
    finder->site_behind = 0;
    return true;
}

bool finder_work(struct finder *finder, unsigned milliseconds, bool *more, struct error *err)
{
    *more = false;
    if (finder->store->in_batch)
        return true;
    uint64_t begin = clock_milliseconds();
    bool ok = look_for_changes(finder, err);
    *more = ok;
    while (ok && *more && clock_milliseconds() - begin < milliseconds) {
        struct source *source = unread_source(finder);
        if (finder->site_behind < finder->site_count)
            ok = follow_on(finder, err);
        else if (look_on(finder))
            continue;
        else if (source)
            ok = read_slice(source, err);
        else
            *more = false;
    }
    return ok;
}

/* ---- results ---- */

static enum words_rank best_rank(const struct source *source)
{
    enum words_rank rank = 0;
    while (rank < RANK__COUNT && source->best_count[rank] == 0)
        rank++;
    return rank;
}

static void fill_group(const struct source *source, struct finder_group *group)
{
    group->reg = source->reg;
    group->found = source->match_count;
    group->count = 0;
    for (int rank = 0; rank < RANK__COUNT; rank++)
        for (size_t i = 0; i < source->best_count[rank] && group->count < FINDER_SHOWN; i++)
            group->rows[group->count++] = source->entries[source->best[rank][i]].row;
}

size_t finder_groups(struct finder *finder, const struct finder_group **groups)
{
    size_t count = 0;
    for (int rank = 0; rank < RANK__COUNT; rank++)
        for (size_t i = 0; i < finder->source_count; i++)
            if (finder->sources[i].match_count && (int)best_rank(&finder->sources[i]) == rank)
                fill_group(&finder->sources[i], &finder->groups[count++]);
    *groups = finder->groups;
    return count;
}

bool finder_id(struct finder *finder, const struct reg *reg, int64_t row, char id[RECORD_ID_SIZE],
               struct error *err)
{
    memset(id, 0, RECORD_ID_SIZE);
    for (size_t i = 0; i < finder->source_count; i++) {
        struct source *source = &finder->sources[i];
        if (source->reg != reg)
            continue;
        bool is_there = false;
        sqlite3_bind_int64(source->id, 1, row);
        bool ok = sql_step(source->id, &is_there, err);
        if (is_there)
            strncpy(id, sql_column_text(source->id, 0), RECORD_ID_SIZE - 1);
        sqlite3_reset(source->id);
        if (!ok || is_there)
            return ok;
    }
    return error_set(err, ERROR_MISSING, "这条记录已经不在数据文件里，请重新搜索");
}

/* ---- opening ---- */

static bool is_findable(const struct reg *reg)
{
    return reg->menu != MENU_NONE && !(reg->flags & REG_REFERENCE);
}

bool finder_open(struct finder **out, struct store *store, struct error *err)
{
    struct finder *finder = mem_new(1, sizeof *finder);
    finder->store = store;
    finder->text = mem_text("");
    finder->sources = mem_new(register_count, sizeof *finder->sources);
    finder->groups = mem_new(register_count, sizeof *finder->groups);
    bool ok = summary_stamp(store, &finder->stamp, err) && read_sites(finder, true, err);
    finder->site_behind = finder->site_count;
    for (size_t i = 0; ok && i < register_count; i++) {
        if (!is_findable(registers[i]))
            continue;
        struct source *source = &finder->sources[finder->source_count++];
        source->reg = registers[i];
        ok = prepare_source(source, store, err);
    }
    *out = finder;
    if (!ok)
        finder_close(out);
    return ok;
}

void finder_close(struct finder **out)
{
    struct finder *finder = *out;
    if (!finder)
        return;
    *out = NULL;
    for (size_t i = 0; i < finder->source_count; i++) {
        struct source *source = &finder->sources[i];
        sqlite3_finalize(source->slice);
        sqlite3_finalize(source->one);
        sqlite3_finalize(source->id);
        free(source->entries);
        free(source->matches);
        buffer_release(&source->texts);
    }
    words_release(&finder->words);
    free(finder->text);
    free(finder->sources);
    free(finder->groups);
    free(finder->sites);
    free(finder);
}

bool finder_of(struct store *store, struct finder **finder, struct error *err)
{
    bool ok = store->finder || finder_open(&store->finder, store, err);
    *finder = store->finder;
    return ok;
}
