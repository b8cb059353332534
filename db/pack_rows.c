#include "db/pack_rows.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/checking.h"
#include "db/id.h"
#include "db/resource.h"

#include <stdlib.h>
#include <string.h>

/* ---- the heading ---- */

static bool means(const struct field *field, const char *heading)
{
    if (text_same(field->name, heading) || (!field->group && text_same(field->label, heading)))
        return true;
    for (const char *const *alias = field->aliases; alias && *alias; alias++)
        if (text_same(*alias, heading))
            return true;
    return false;
}

static bool find_column(const struct reg *reg, const char *heading, size_t *index)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        if (!field_is_stored(walk.field) || !means(walk.field, heading))
            continue;
        *index = walk.index;
        return true;
    }
    return false;
}

static bool has_column(const struct pack_columns *columns, size_t field)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->fields[i] == field)
            return true;
    return false;
}

/* `campaign` is filled from the pack's folder. */
static bool require_columns(const struct reg *reg, const struct pack_columns *columns,
                            struct error *err)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
        if ((walk.field->flags & (FIELD_KEY | FIELD_REQUIRED)) && field_is_stored(walk.field) &&
            strcmp(walk.field->name, "campaign") != 0 && !has_column(columns, walk.index))
            return error_set(err, ERROR_FORMAT, "缺少“%s”一列，请补上", walk.field->label);
    return true;
}

bool pack_read_heading(const struct reg *reg, struct csv *csv, struct pack_columns *columns,
                       struct error *err)
{
    *columns = (struct pack_columns){.count = 0};
    if (!csv_next(csv))
        return error_set(err, ERROR_FORMAT, "是空文件，第一行应是列名");
    for (size_t i = 0; i < csv->count; i++) {
        size_t field;
        if (!find_column(reg, csv_cell(csv, i), &field))
            return error_set(err, ERROR_FORMAT, "第 %zu 列“%s”不是%s的列，请改正列名或删去这一列",
                             i + 1, csv_cell(csv, i), reg->label);
        if (has_column(columns, field))
            return error_set(err, ERROR_FORMAT, "第 %zu 列“%s”与前面一列重复，请删去一列", i + 1,
                             csv_cell(csv, i));
        columns->fields[columns->count++] = field;
    }
    return require_columns(reg, columns, err);
}

/* ---- rows that are not stored ---- */

static bool read_row(const struct csv *csv, const struct pack_columns *columns,
                     struct record *record, struct error *err)
{
    bool ok = csv_check(csv, err);
    for (size_t i = 0; ok && i < columns->count; i++)
        ok = record_set_text(record, columns->fields[i], csv_unguard(csv_cell(csv, i)), NULL, err);
    return ok || error_prefix(err, "第 %zu 行", csv->line);
}

bool pack_each_row(const struct reg *reg, const char *resource,
                   void (*take)(void *data, const struct record *record), void *data,
                   struct error *err)
{
    struct csv csv;
    struct pack_columns columns;
    struct buffer text = {0};
    bool ok = resource_read(resource, &text, err);
    if (ok) {
        csv_init(&csv, text.text);
        ok = pack_read_heading(reg, &csv, &columns, err);
        while (ok && csv_next(&csv)) {
            struct record record;
            record_init(&record, reg);
            ok = read_row(&csv, &columns, &record, err);
            if (ok)
                take(data, &record);
            record_release(&record);
        }
        ok = ok || error_prefix(err, "基础数据 %s", resource);
    }
    buffer_release(&text);
    return ok;
}

/* ---- one row ---- */

struct writer {
    struct store *store;
    const struct pack_file *file;
    const struct pack_columns *columns;
    struct check_context context;
    struct pack_result *result;
    char (*ids)[RECORD_ID_SIZE]; /* of the rows so far; owned */
    size_t count, capacity;
};

/* The same row has the same id in every file, so that laptops which load a pack each hold the same
 * records. */
static void make_id(const struct pack_file *file, const struct record *row, char id[RECORD_ID_SIZE])
{
    struct buffer key = {0};
    buffer_addf(&key, "%s\n%s", file->reg->name, file->pack);
    for (const char *at = file->reg->identity[0]; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        char *name = mem_text_part(at, length);
        buffer_add_char(&key, '\n');
        if (strcmp(name, "campaign") != 0)
            record_format(row, name, &key);
        free(name);
        at += length;
    }
    id_from_text(key.text, id);
    buffer_release(&key);
}

static bool read_cells(struct writer *writer, const struct csv *csv, struct record *row,
                       struct error *err)
{
    struct value *campaign = record_value_for_change(row, "campaign");
    if (!csv_check(csv, err))
        return false;
    if (campaign)
        value_set_text(campaign, writer->file->campaign);
    if (csv->count > writer->columns->count)
        return error_set(err, ERROR_REFUSED, "有 %zu 格，比列名多，内容中的逗号要用引号括起来",
                         csv->count);
    for (size_t i = 0; i < csv->count; i++) {
        size_t field = writer->columns->fields[i];
        if (!record_set_text(row, field, csv_unguard(csv_cell(csv, i)), store_lookup(writer->store),
                             err))
            return error_prefix(err, "“%s”列", reg_field(row->reg, field)->label);
    }
    return true;
}

/* Of what a pack says nothing may be wrong; hints and warnings are for the bureau. */
static bool check_row(struct writer *writer, struct record *row, struct error *err)
{
    struct findings findings = {0};
    bool ok = true;
    record_derive(row, NULL);
    record_check(row, &writer->context, &findings);
    for (size_t i = 0; ok && i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        const struct field *field =
            finding->field ? reg_field_find(row->reg, finding->field) : NULL;
        if (finding->severity == SEVERITY_ERROR)
            ok = error_set(err, ERROR_REFUSED, "“%s”列：%s", field ? field->label : "整行",
                           finding->message);
    }
    findings_release(&findings);
    return ok;
}

/* A policy has hundreds of rows; the limit keeps comparing each with each short. */
static bool remember(struct writer *writer, const char *id, struct error *err)
{
    enum { MOST_ROWS = 5000 };
    if (writer->count == MOST_ROWS)
        return error_set(err, ERROR_REFUSED, "政策包的一个文件最多 %d 行，请核对是不是选错了文件",
                         MOST_ROWS);
    for (size_t i = 0; i < writer->count; i++)
        if (strcmp(writer->ids[i], id) == 0)
            return error_set(err, ERROR_REFUSED, "与前面的第 %zu 行是同一项，请删去一行", i + 2);
    writer->ids = mem_grow(writer->ids, writer->count, &writer->capacity, sizeof *writer->ids);
    memcpy(writer->ids[writer->count++], id, RECORD_ID_SIZE);
    return true;
}

/* Whether a person, and not a pack, has done `action` to the record ("U": to its field), and it was
 * not taken back. Who typed the record in has filled every field of it. */
static bool was_touched(struct store *store, const struct record *record, const char *action,
                        const char *field, bool *touched, struct error *err)
{
    static const char sql[] =
        "SELECT 1 FROM op JOIN batch ON batch.id = op.batch"
        " WHERE op.record = ? AND op.register = ? AND (op.kind = ? AND coalesce(op.field, '') = ?"
        " OR op.kind = 'C') AND batch.kind NOT IN ('pack', 'init', 'undo')"
        " AND batch.undone_by IS NULL LIMIT 1";
    sqlite3_stmt *select;
    if (!sql_cached(store, sql, &select, err))
        return false;
    const char *const texts[] = {record->id, record->reg->name, action, field};
    for (int i = 0; i < (int)COUNT_OF(texts); i++)
        sql_bind_text(select, i + 1, texts[i]);
    bool ok = sql_step(select, touched, err);
    sqlite3_reset(select);
    return ok;
}

static bool put_new_row(struct writer *writer, struct record *row, struct error *err)
{
    enum store_change change;
    writer->result->added++;
    return store_put(writer->store, row, &change, err);
}

/* A record that undo has taken away comes back with the next load. */
static bool restore(struct writer *writer, struct record *stored, struct error *err)
{
    stored->deleted = false;
    stored->version++;
    checking_note(writer->store, NULL, stored);
    return row_write(writer->store, stored, err) &&
           op_write(writer->store,
                    &(struct op){.action = 'R', .reg = stored->reg, .record = stored->id}, err);
}

/* Brings a stored record up to the row, except what a person has changed in it. */
static bool update(struct writer *writer, const struct record *row, struct record *stored,
                   struct error *err)
{
    bool kept = false, restored = stored->deleted;
    enum store_change change;
    if (restored && !restore(writer, stored, err))
        return false;
    for (size_t i = 0; i < writer->columns->count; i++) {
        size_t field = writer->columns->fields[i];
        bool touched;
        if (value_equal(&row->values[field], &stored->values[field]))
            continue;
        if (!was_touched(writer->store, stored, "U", reg_field(row->reg, field)->name, &touched,
                         err))
            return false;
        kept = kept || touched;
        if (!touched)
            value_copy(&stored->values[field], &row->values[field]);
    }
    if (!store_put(writer->store, stored, &change, err))
        return false;
    struct pack_result *result = writer->result;
    *(restored                  ? &result->added
      : kept                    ? &result->kept
      : change == STORE_CHANGED ? &result->changed
                                : &result->same) += 1;
    return true;
}

static bool put_stored_row(struct writer *writer, const struct record *row, struct record *stored,
                           struct error *err)
{
    bool removed = false;
    if (stored->deleted && !was_touched(writer->store, stored, "D", "", &removed, err))
        return false;
    if (removed) {
        writer->result->kept++;
        return true;
    }
    return update(writer, row, stored, err);
}

/* The record of this row: the one that a load has written, else one that a person has typed in. */
static bool find_stored(struct writer *writer, const struct record *row, struct record *stored,
                        bool *found, struct error *err)
{
    char id[RECORD_ID_SIZE];
    struct error missing = {0};
    *found = store_get(writer->store, row->reg, row->id, stored, &missing);
    if (*found)
        return true;
    if (missing.code != ERROR_MISSING)
        return error_set(err, missing.code, "%s", missing.message);
    if (!store_find_same(writer->store, row, id, err))
        return false;
    if (!*id)
        return true;
    record_release(stored);
    *found = store_get(writer->store, row->reg, id, stored, err);
    return *found;
}

static bool put_row(struct writer *writer, const struct csv *csv, struct record *row,
                    struct error *err)
{
    struct record stored = {.reg = NULL};
    bool found = false;
    if (!read_cells(writer, csv, row, err) || !check_row(writer, row, err))
        return false;
    make_id(writer->file, row, row->id);
    bool ok = remember(writer, row->id, err) && find_stored(writer, row, &stored, &found, err) &&
              (found ? put_stored_row(writer, row, &stored, err) : put_new_row(writer, row, err));
    record_release(&stored);
    writer->result->read += ok;
    return ok;
}

bool pack_put_rows(struct store *store, const struct pack_file *file, char *text,
                   struct pack_result *result, struct error *err)
{
    struct csv csv;
    struct pack_columns columns;
    csv_init(&csv, text);
    if (!pack_read_heading(file->reg, &csv, &columns, err))
        return error_prefix(err, "%s", file->path);
    struct writer writer = {.store = store,
                            .file = file,
                            .columns = &columns,
                            .context = store_check_context(store),
                            .result = result};
    bool ok = true;
    while (ok && csv_next(&csv)) {
        struct record row;
        record_init(&row, file->reg);
        ok = put_row(&writer, &csv, &row, err) ||
             error_prefix(err, "%s 第 %zu 行", file->path, csv.line);
        record_release(&row);
    }
    free(writer.ids);
    return ok;
}
