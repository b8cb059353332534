#include "imports/import.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/attachment.h"
#include "imports/merge.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

/* ---- which record was written by which row: two rows of a file must not fight over one ---- */

struct touched {
    char (*ids)[RECORD_ID_SIZE]; /* open addressing; "" is free */
    uint32_t *rows;
    size_t count, size; /* size is a power of two */
};

static size_t touched_slot(const struct touched *touched, const char *id)
{
    size_t slot = text_hash(0, id) & (touched->size - 1);
    while (touched->ids[slot][0] && strcmp(touched->ids[slot], id) != 0)
        slot = (slot + 1) & (touched->size - 1);
    return slot;
}

static void touched_init(struct touched *touched, size_t rows)
{
    *touched = (struct touched){.size = 16};
    while (touched->size < rows * 2)
        touched->size *= 2;
    touched->ids = mem_new(touched->size, sizeof *touched->ids);
    touched->rows = mem_new(touched->size, sizeof *touched->rows);
}

static void touched_release(struct touched *touched)
{
    free(touched->ids);
    free(touched->rows);
}

/* Number of the row that wrote the record before, 0 when none did. */
static uint32_t touched_by(const struct touched *touched, const char *id)
{
    size_t slot = touched_slot(touched, id);
    return touched->ids[slot][0] ? touched->rows[slot] : 0;
}

static void touched_add(struct touched *touched, const char *id, uint32_t row)
{
    size_t slot = touched_slot(touched, id);
    memcpy(touched->ids[slot], id, RECORD_ID_SIZE);
    touched->rows[slot] = row;
}

/* ---- one row ---- */

struct run {
    struct import *import;
    struct store *store;
    struct touched touched;
    size_t row; /* index in the table */
};

static void keep_row(struct import *import, uint32_t number, enum import_outcome outcome,
                     const char *name, const char *field, const char *message)
{
    import->rows =
        mem_grow(import->rows, import->row_count, &import->row_capacity, sizeof *import->rows);
    import->rows[import->row_count++] = (struct import_row){
        .number = number,
        .outcome = outcome,
        .name = mem_text(name),
        .field = mem_text(field),
        .message = mem_text(message),
    };
}

static const char *cell_of(const struct run *run, size_t field)
{
    int column = heading_column_of(&run->import->heading, field);
    return column < 0 ? "" : table_cell(&run->import->table, run->row, (size_t)column);
}

/* What a spreadsheet means by an empty cell: nothing, blanks of any kind, a stroke. */
static bool is_blank(const char *text)
{
    static const char *const marks[] = {"", "/", "—", "——", "-", "--"};
    /* Letters and digits begin nearly every cell. */
    if ((*text >= '0' && *text <= '9') || (*text >= 'A' && *text <= 'z'))
        return false;
    struct buffer clean = {0};
    bool readable = text_clean(text, false, &clean), blank = false;
    for (size_t i = 0; readable && !blank && i < COUNT_OF(marks); i++)
        blank = strcmp(buffer_text(&clean), marks[i]) == 0;
    buffer_release(&clean);
    return blank;
}

/* Fields that belong to the record pointed to are not written, they find it: the row's name, code
 * and county lead to the enterprise that the row is about. */
static bool find_referenced(struct run *run, struct record *record, size_t reference,
                            struct error *err)
{
    const struct reg *reg = record->reg;
    const struct field *field = reg_field(reg, reference);
    struct record target;
    char id[RECORD_ID_SIZE] = "";
    bool ok = true;
    size_t used = 0;
    record_init(&target, reg_find(field->target));
    for (struct field_walk walk = {.reg = reg}; ok && reg_walk(&walk);) {
        const struct field *shown = walk.field;
        if (!shown->via || strcmp(shown->via, field->name) != 0 ||
            is_blank(cell_of(run, walk.index)))
            continue;
        int source = reg_field_index(target.reg, shown->source);
        ok = record_set_text(&target, (size_t)source, cell_of(run, walk.index),
                             store_lookup(run->store), err);
        used++;
    }
    int region = reg_field_index(target.reg, "region");
    if (ok && region >= 0 && value_is_null(&target.values[region]) &&
        *run->import->region_by_default)
        value_set_text(&target.values[region], run->import->region_by_default);
    if (ok && used) {
        struct buffer name = {0};
        ok = store_find_same(run->store, &target, id, err);
        record_name(&target, store_lookup(run->store), &name);
        if (ok && !*id)
            ok = error_set(err, ERROR_REFUSED, "%s中没有“%s”，请先把它登记或导入到那里",
                           target.reg->label, name.text);
        buffer_release(&name);
    }
    if (*id)
        value_set_text(&record->values[reference], id);
    record_release(&target);
    return ok;
}

/* What a spreadsheet may leave around the name of a file. */
#define BLANKS " \t\r\n"

/* The file that the cell names is looked for beside the list. */
static bool set_file(struct run *run, struct record *record, size_t field, const char *text,
                     struct error *err)
{
    struct buffer name = {0}, path = {0};
    size_t end = strlen(text), start = strspn(text, BLANKS);
    while (end > start && strchr(BLANKS, text[end - 1]))
        end--;
    buffer_add_bytes(&name, text + start, end - start);
    if (buffer_text(&name)[0] != '/' && !text_is_sha256(buffer_text(&name)))
        buffer_addf(&path, "%s/", run->import->folder);
    buffer_add(&path, buffer_text(&name));
    bool ok = attachment_set_text(run->store, record, field, path.text, err);
    buffer_release(&name);
    buffer_release(&path);
    return ok;
}

static bool set_cell(struct run *run, struct record *record, size_t field, const char *text,
                     struct error *err)
{
    return reg_field(record->reg, field)->type == TYPE_ATTACHMENT
               ? set_file(run, record, field, text, err)
               : record_set_text(record, field, text, store_lookup(run->store), err);
}

/* Reads the row's cells into `record`, which holds nothing yet or the stored state. */
static bool read_cells(struct run *run, struct record *record, struct error *err)
{
    const struct heading *heading = &run->import->heading;
    for (size_t i = 0; i < heading->column_count; i++) {
        const struct heading_column *column = &heading->columns[i];
        if (column->match != HEADING_FIELD ||
            !field_is_stored(reg_field(record->reg, column->field)))
            continue;
        const char *text = table_cell(&run->import->table, run->row, i);
        /* A number that the program gave is not given anew by a list. */
        bool given =
            record->version > 0 && (reg_field(record->reg, column->field)->flags & FIELD_AUTO) != 0;
        if (!given && !is_blank(text) && !set_cell(run, record, column->field, text, err))
            return false;
    }
    int region = reg_field_index(record->reg, "region");
    if (region >= 0 && *run->import->region_by_default && value_is_null(&record->values[region]))
        value_set_text(&record->values[region], run->import->region_by_default);
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (field->type == TYPE_REF && field_is_stored(field) &&
            is_blank(cell_of(run, walk.index)) && !find_referenced(run, record, walk.index, err))
            return false;
    }
    return true;
}

/* "字段：旧 → 新；…" for a changed row. */
static void write_changes(const struct record *before, const struct record *after,
                          const struct lookup *lookup, struct buffer *out)
{
    for (struct field_walk walk = {.reg = after->reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (!field_is_stored(field) ||
            value_equal(&before->values[walk.index], &after->values[walk.index]))
            continue;
        buffer_add(out, out->length ? "；" : "");
        field_add_title(field, out);
        buffer_add(out, "：");
        size_t start = out->length;
        type_display(field, &before->values[walk.index], lookup, out);
        buffer_add(out, out->length == start ? "（空） → " : " → ");
        start = out->length;
        type_display(field, &after->values[walk.index], lookup, out);
        if (out->length == start)
            buffer_add(out, "（空）");
    }
}

static bool refuse_repeated(uint32_t row, struct error *err)
{
    return error_set(err, ERROR_REFUSED,
                     "与第 %u 行是同一条记录而内容不同，请在表中合并成一行，或补上区分它们的代码",
                     row);
}

/* The stored state of the record that the row is about, and the same with the row's cells on top.
 */
static bool read_existing(struct run *run, const char *id, struct record *before,
                          struct record *after, struct error *err)
{
    bool ok = store_get(run->store, run->import->reg, id, before, err);
    record_copy(after, before);
    return ok && read_cells(run, after, err);
}

/* Writes `record`; for a row of a record that is there already, `before` is its stored state. */
static bool put_record(struct run *run, struct record *record, const struct record *before,
                       enum import_outcome *outcome, struct buffer *changes, struct error *err)
{
    static const enum import_outcome outcomes[] = {
        [STORE_SAME] = IMPORT_SAME, [STORE_NEW] = IMPORT_NEW, [STORE_CHANGED] = IMPORT_CHANGED};
    enum store_change change;
    uint32_t earlier = before ? touched_by(&run->touched, before->id) : 0;
    if (before)
        write_changes(before, record, store_lookup(run->store), changes);
    if (earlier && changes->length)
        return refuse_repeated(earlier, err);
    if (!store_put(run->store, record, &change, err))
        return false;
    *outcome = outcomes[change];
    touched_add(&run->touched, record->id, run->import->table.rows[run->row].number);
    return true;
}

/* `record` is what the row says by itself; `changes` gets what it changes. */
static bool put_row(struct run *run, struct record *record, enum import_outcome *outcome,
                    struct buffer *changes, struct error *err)
{
    char id[RECORD_ID_SIZE];
    if (!read_cells(run, record, err) || !record_check_key(record, err) ||
        !store_find_same(run->store, record, id, err))
        return false;
    if (!*id)
        return put_record(run, record, NULL, outcome, changes, err);
    struct record before, after;
    bool ok = read_existing(run, id, &before, &after, err) &&
              put_record(run, &after, &before, outcome, changes, err);
    record_release(&before);
    record_release(&after);
    return ok;
}

/* A refused value must not stop the rest, a full disk must. */
static bool stops_everything(const struct error *err)
{
    return err->code != ERROR_REFUSED && err->code != ERROR_MISSING;
}

static bool do_row(struct run *run, struct error *err)
{
    struct import *import = run->import;
    struct record record;
    struct buffer changes = {0}, name = {0};
    struct error problem = {0};
    enum import_outcome outcome = IMPORT_REFUSED;
    record_init(&record, import->reg);
    record_set_initial(&record, store_lookup(run->store), NULL);
    bool ok = put_row(run, &record, &outcome, &changes, &problem);
    bool stop = !ok && stops_everything(&problem);
    if (!stop) {
        import->read++;
        import->counts[outcome]++;
        if (outcome == IMPORT_CHANGED || outcome == IMPORT_REFUSED) {
            record_name(&record, store_lookup(run->store), &name);
            keep_row(import, import->table.rows[run->row].number, outcome, buffer_text(&name),
                     problem.field, ok ? buffer_text(&changes) : problem.message);
        }
    } else {
        *err = problem;
    }
    buffer_release(&changes);
    buffer_release(&name);
    record_release(&record);
    return !stop;
}

/* ---- the whole table ---- */

/* Sums, notes and signatures below the data: the first text of the row says so. */
static bool is_closing_row(const struct run *run)
{
    static const char *const words[] = {"合计",   "总计", "小计", "填表人", "审核人",
                                        "填报人", "备注", "说明", "注",     "本年度无"};
    const struct import *import = run->import;
    const char *first = "";
    for (size_t i = 0; i < import->table.column_count && !*first; i++)
        first = table_cell(&import->table, run->row, i);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        const char *rest = first + strlen(words[i]);
        if (text_starts_with(first, words[i]) && (!*rest || text_starts_with(rest, "：") ||
                                                  *rest == ':' || text_starts_with(rest, "（")))
            return true;
    }
    return false;
}

static void forget_results(struct import *import)
{
    for (size_t i = 0; i < import->row_count; i++) {
        free(import->rows[i].name);
        free(import->rows[i].field);
        free(import->rows[i].message);
    }
    import->row_count = 0;
    import->read = import->left_out = 0;
    memset(import->counts, 0, sizeof import->counts);
}

enum { PROGRESS_ROWS = 256 };

static bool do_rows(struct run *run, struct error *err)
{
    struct import *import = run->import;
    const struct table *table = &import->table;
    for (run->row = import->heading.first_row + import->heading.row_count;
         run->row < table->row_count; run->row++) {
        if (run->row % PROGRESS_ROWS == 0 && table->progress &&
            !table->progress(table->progress_context, (int64_t)run->row, (int64_t)table->row_count))
            return error_set(err, ERROR_CANCELLED, "已取消导入，没有写入任何内容");
        if (is_closing_row(run))
            import->left_out++;
        else if (!do_row(run, err))
            return false;
    }
    return true;
}

bool import_run(struct import *import, struct store *store, bool dry, struct error *err)
{
    struct run run = {.import = import, .store = store};
    struct buffer why = {0};
    forget_results(import);
    buffer_addf(&why, "导入 %s", import->file_name);
    bool ok = store_begin(store, "import", why.text, err);
    buffer_release(&why);
    if (!ok)
        return false;
    touched_init(&run.touched, import->table.row_count);
    ok = do_rows(&run, err) && (dry || store_commit(store, err));
    store_rollback(store);
    touched_release(&run.touched);
    return ok;
}

/* The bureau's own county stands for a county column that the file does not have. */
static void choose_default_region(struct import *import, struct store *store)
{
    const char *own = store_setting(store, "region");
    int region = reg_field_index(import->reg, "region");
    bool missing = region >= 0 && heading_column_of(&import->heading, (size_t)region) < 0;
    import->region_by_default = mem_text(missing && strlen(own) == 6 ? own : "");
}

static bool require_editable(const struct reg *reg, struct error *err)
{
    return !(reg->flags & REG_REFERENCE) ||
           error_set(err, ERROR_REFUSED, "%s是随程序提供的基础数据，不能导入", reg->label);
}

bool import_open(struct import **out, struct store *store, const struct reg *reg, const char *path,
                 const char *sheet, table_progress *progress, void *context, struct error *err)
{
    struct import *import = mem_new(1, sizeof *import);
    char *copy = mem_text(path);
    import->reg = reg;
    import->file_name = mem_text(basename(copy));
    free(copy);
    copy = mem_text(path);
    import->folder = mem_text(dirname(copy));
    free(copy);
    import->table.progress = progress;
    import->table.progress_context = context;
    *out = import;
    if (!require_editable(reg, err) || !table_read(path, sheet, &import->table, err)) {
        import->table = (struct table){0};
        import_close(out);
        return false;
    }
    if (!heading_find(&import->table, reg, &import->heading, err) ||
        !merge_fill_down(&import->table, import->heading.first_row + import->heading.row_count,
                         err)) {
        error_prefix(err, "%s", import->file_name);
        import_close(out);
        return false;
    }
    choose_default_region(import, store);
    return true;
}

void import_close(struct import **out)
{
    struct import *import = *out;
    if (!import)
        return;
    forget_results(import);
    free(import->rows);
    heading_release(&import->heading);
    table_release(&import->table);
    free(import->region_by_default);
    free(import->file_name);
    free(import->folder);
    free(import);
    *out = NULL;
}
