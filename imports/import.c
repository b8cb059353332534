#include "imports/import.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/convert.h"
#include "imports/import_inside.h"
#include "imports/mapping.h"
#include "imports/merge.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which record was written by which row ---- */

static size_t touched_slot(const struct touched *touched, uint64_t id)
{
    size_t slot = (size_t)id & (touched->size - 1);
    while (touched->slots[slot].row && touched->slots[slot].id != id)
        slot = (slot + 1) & (touched->size - 1);
    return slot;
}

static uint64_t touched_hash(const char *id)
{
    return (uint64_t)text_hash(0, id) << 32 | text_hash(1, id);
}

static void touched_init(struct touched *touched, size_t rows)
{
    *touched = (struct touched){.size = 16};
    while (touched->size < rows + rows / 2)
        touched->size *= 2;
    touched->slots = mem_new(touched->size, sizeof *touched->slots);
}

uint32_t touched_by(const struct touched *touched, const char *id)
{
    return touched->slots[touched_slot(touched, touched_hash(id))].row;
}

void touched_add(struct touched *touched, const char *id, uint32_t row)
{
    uint64_t hash = touched_hash(id);
    touched->slots[touched_slot(touched, hash)] = (struct touched_slot){.id = hash, .row = row};
}

/* ---- the cells of a row ---- */

uint32_t run_row_number(const struct run *run)
{
    return run->import->table.rows[run->row].number;
}

/* What a spreadsheet means by an empty cell: nothing, blanks of any kind, a stroke. */
bool run_is_blank(const char *text)
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

const char *run_cell(const struct run *run, size_t field)
{
    int column = run->column_of[field];
    const char *text = column < 0 ? "" : table_cell(&run->import->table, run->row, (size_t)column);
    return run_is_blank(text) ? "" : text;
}

/* The note that the history tells of the cell, NULL when there is none yet. */
static struct import_note *told_note(const struct run *run, size_t field)
{
    for (size_t i = 0; run->origins[field] && i < run->shown.note_count; i++)
        if (run->shown.notes[i].note == run->origins[field])
            return &run->shown.notes[i];
    return NULL;
}

void run_note_cell(struct run *run, size_t field, const char *note, bool is_guess)
{
    size_t column = (size_t)run->column_of[field];
    struct import_column_notes *notes = &run->import->notes[column];
    struct import_note *told = told_note(run, field);
    if (told) {
        notes->guesses += is_guess && !told->is_guess;
        free(told->note);
        told->note = mem_text(note);
        told->is_guess = is_guess;
        run->origins[field] = told->note;
        return;
    }
    result_add_note(&run->shown, (int)field, table_cell(&run->import->table, run->row, column),
                    note, is_guess);
    run->origins[field] = run->shown.notes[run->shown.note_count - 1].note;
    if (notes->count++ == 0) {
        notes->row = run_row_number(run);
        notes->note = mem_text(note);
    }
    notes->guesses += is_guess;
}

/* What the row says of the detection limit of `field`; "" nothing that can be read. */
static const char *read_limit(struct run *run, const struct field *field)
{
    const struct import *import = run->import;
    int limit = field->detection_limit ? reg_field_index(import->reg, field->detection_limit) : -1;
    const char *text = limit < 0 ? "" : run_cell(run, (size_t)limit);
    if (!*text)
        return "";
    const struct cell_context context = {
        .store = run->store, .unit = import->heading.columns[run->column_of[limit]].unit};
    bool ok = cell_read(&context, reg_field(import->reg, (size_t)limit), text, &run->limit, NULL);
    return ok ? buffer_text(&run->limit.text) : "";
}

bool run_read_cell(struct run *run, size_t field, struct error *err)
{
    struct import *import = run->import;
    size_t column = (size_t)run->column_of[field];
    const char *text = table_cell(&import->table, run->row, column);
    const struct cell_context context = {.store = run->store,
                                         .unit = import->heading.columns[column].unit,
                                         .limit = read_limit(run, reg_field(import->reg, field)),
                                         .first_1904 = import->table.first_1904};
    if (table_is_filled(&import->table, run->row, column)) {
        import->filled_cells++;
        result_add_note(&run->shown, (int)field, text, "合并单元格向下补", false);
    }
    if (!cell_read(&context, reg_field(import->reg, field), text, &run->reading, err))
        return false;
    if (run->reading.note.length)
        run_note_cell(run, field, run->reading.note.text, run->reading.is_guess);
    return true;
}

bool run_must_stop(const struct error *err)
{
    return err->code != ERROR_REFUSED && err->code != ERROR_MISSING;
}

/* ---- the whole table ---- */

static bool do_body_row(struct run *run, struct error *err)
{
    static const enum import_left left[] = {[BODY_SUM] = IMPORT_SUM,
                                            [BODY_REMARK] = IMPORT_REMARK,
                                            [BODY_HEADING] = IMPORT_HEADING,
                                            [BODY_CAPTION] = IMPORT_CAPTION};
    struct import *import = run->import;
    bool is_partial;
    enum body_kind kind = body_kind(import, run->row, &is_partial);
    if (kind == BODY_DATA)
        return row_import(run, err);
    if (import->left[left[kind]]++ == 0)
        import->left_row[left[kind]] = run_row_number(run);
    import->left_out++;
    return true;
}

enum { PROGRESS_ROWS = 256 };

static bool do_rows(struct run *run, struct error *err)
{
    const struct import *import = run->import;
    const struct table *table = &import->table;
    for (run->row = body_start(import); run->row < table->row_count; run->row++) {
        if (run->row % PROGRESS_ROWS == 0 && table->progress &&
            !table->progress(table->progress_context, (int64_t)run->row, (int64_t)table->row_count))
            return error_set(err, ERROR_CANCELLED, "已取消导入，没有写入任何内容");
        if (!do_body_row(run, err))
            return false;
    }
    return true;
}

/* Every row below the heading has become something, and nothing twice. */
static bool check_totals(const struct import *import, struct error *err)
{
    const int64_t *counts = import->counts;
    int64_t rows = (int64_t)import->table.row_count - (int64_t)body_start(import);
    int64_t read =
        counts[IMPORT_NEW] + counts[IMPORT_CHANGED] + counts[IMPORT_SAME] + counts[IMPORT_REFUSED];
    return (import->read == read && read + counts[IMPORT_SKIPPED] + import->left_out == rows) ||
           error_set(err, ERROR_FORMAT,
                     "表中的 %lld 行与导入的行数对不上，没有写入任何内容；请重新启动程序后再试",
                     (long long)rows);
}

/* The bureau's own county stands for a county column that the file does not have. */
static void choose_default_region(struct import *import, struct store *store)
{
    const char *own = store_setting(store, "region");
    int region = reg_field_index(import->reg, "region");
    bool missing = region >= 0 && heading_column_of(&import->heading, (size_t)region) < 0;
    free(import->region_by_default);
    import->region_by_default = mem_text(missing && strlen(own) == 6 ? own : "");
}

/* Of file and sheet, at most so long that a reason still fits in front. */
static void write_why(const struct import *import, struct buffer *why)
{
    enum { MOST_BYTES = 200 };
    struct buffer text = {0};
    buffer_addf(&text, "导入 %s", import->file_name);
    if (import->table.sheet_count > 1)
        buffer_addf(&text, "（工作表“%s”）", import->table.sheet);
    text_cut_bytes(text.text, MOST_BYTES);
    text_add_visible(text.text, false, why);
    buffer_release(&text);
}

static void run_init(struct run *run, struct import *import, struct store *store)
{
    size_t fields = reg_field_count(import->reg);
    *run = (struct run){.import = import, .store = store};
    run->origins = mem_new(fields, sizeof *run->origins);
    run->given = mem_new(fields, sizeof *run->given);
    run->column_of = mem_new(fields, sizeof *run->column_of);
    for (size_t i = 0; i < fields; i++)
        run->column_of[i] = heading_column_of(&import->heading, i);
    touched_init(&run->touched, import->table.row_count);
    pictures_init(run);
    write_why(import, &run->why);
}

static void run_release(struct run *run)
{
    pictures_release(run);
    doubles_free(run->doubles);
    cell_reading_release(&run->reading);
    cell_reading_release(&run->limit);
    buffer_release(&run->why);
    buffer_release(&run->where);
    free(run->touched.slots);
    free(run->origins);
    free(run->given);
    free(run->column_of);
}

/* The change as a whole names the very file: years later it can be told from one of the same name.
 */
static bool begin(const struct run *run, bool dry, struct error *err)
{
    enum { SHOWN_DIGITS = 16 };
    struct buffer why = {0}, reason = {0};
    char sum[ATTACHMENT_HASH_SIZE];
    buffer_add(&why, run->why.text);
    if (!dry && attachment_sum(run->import->path, sum))
        buffer_addf(&why, "（SHA-256 %.*s…）", SHOWN_DIGITS, sum);
    if (*choices_reason(run->import))
        buffer_addf(&reason, "%s；%s", choices_reason(run->import), why.text);
    bool ok = store_begin(run->store, "import", why.text, err) &&
              store_explain(run->store, buffer_text(&reason), err) &&
              choices_keep_words(run->import, run->store, err);
    buffer_release(&why);
    buffer_release(&reason);
    return ok;
}

bool import_run(struct import *import, struct store *store, bool dry, struct error *err)
{
    struct run run;
    result_forget(import);
    choose_default_region(import, store);
    run_init(&run, import, store);
    bool ok = begin(&run, dry, err);
    if (ok) {
        ok = do_rows(&run, err) && check_totals(import, err) && sums_check(&run, err) &&
             (dry || (mapping_keep(store, import->reg, &import->heading, err) &&
                      store_commit(store, err)));
        pictures_finish(&run);
        store_rollback(store);
    }
    run_release(&run);
    return ok;
}

int64_t import_row_index(const struct import *import, uint32_t number)
{
    size_t low = 0, high = import->table.row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (import->table.rows[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < import->table.row_count && import->table.rows[low].number == number;
    return found ? (int64_t)low : -1;
}

/* ---- opening ---- */

static bool require_editable(const struct reg *reg, struct error *err)
{
    return !(reg->flags & REG_REFERENCE) ||
           error_set(err, ERROR_REFUSED, "%s是随程序提供的基础数据，不能导入", reg->label);
}

static struct import *new_import(struct store *store, const struct reg *reg, const char *path)
{
    struct import *import = mem_new(1, sizeof *import);
    char *copy = mem_text(path);
    import->reg = reg;
    import->path = mem_text(path);
    import->file_name = mem_text(basename(copy));
    free(copy);
    copy = mem_text(path);
    import->folder = mem_text(dirname(copy));
    free(copy);
    import->region_by_default = mem_text("");
    import->copies = copies_new(store);
    return import;
}

static bool find_heading(struct import *import, struct store *store, struct error *err)
{
    struct table *table = &import->table;
    return heading_of_template(import->path, import->reg, table, &import->heading,
                               &import->is_template, err) &&
           (import->is_template || heading_find(table, import->reg, &import->heading, err)) &&
           mapping_recall(store, import->reg, &import->heading, &import->recalled, err) &&
           merge_fill_down(table, body_start(import), err);
}

bool import_open(struct import **out, struct store *store, const struct reg *reg, const char *path,
                 const char *sheet, table_progress *progress, void *context, struct error *err)
{
    struct conversion conversion = {.folder = {0}};
    struct import *import = new_import(store, reg, path);
    import->table.progress = progress;
    import->table.progress_context = context;
    import->table.conversion = &conversion;
    *out = import;
    bool ok = (reg || sheets_guess_reg(import, sheet, err)) && require_editable(import->reg, err) &&
              sheets_read(import, sheet, err);
    import->choices = ok ? choices_new(import->reg) : NULL;
    if (ok && !(ok = find_heading(import, store, err)))
        error_prefix(err, "%s", import->file_name);
    import->table.conversion = NULL;
    conversion_release(&conversion);
    if (ok) {
        import->notes = mem_new(import->heading.column_count + 1, sizeof *import->notes);
        import->pictured = mem_new(import->heading.column_count + 1, sizeof *import->pictured);
        import->body = body_new(import);
        choose_default_region(import, store);
    } else {
        import_close(out);
    }
    return ok;
}

void import_close(struct import **out)
{
    struct import *import = *out;
    if (!import)
        return;
    result_forget(import);
    body_free(import->body);
    copies_free(import->copies);
    choices_free(import->choices);
    free(import->rows);
    free(import->notes);
    free(import->pictured);
    free(import->sums);
    heading_release(&import->heading);
    table_release(&import->table);
    free(import->sheet_fields);
    free(import->region_by_default);
    free(import->path);
    free(import->file_name);
    free(import->folder);
    free(import);
    *out = NULL;
}
