/* What programs read of an import. */
#include "cli/import.h"
#include "cli/json.h"

#include <string.h>

typedef void write_item(const struct import *import, size_t index, struct buffer *out);
typedef bool filter_item(const struct import *import, size_t index);

/* "key":[{…},…] of the items that `filter` lets through; NULL: all. */
static void write_list(const struct import *import, const char *key, size_t count,
                       filter_item *filter, write_item *write, struct buffer *out)
{
    bool first = true;
    json_key(key, out);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (filter && !filter(import, i))
            continue;
        buffer_add(out, first ? "{" : ",\n{");
        first = false;
        write(import, i, out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static const char *field_name(const struct import *import, int field)
{
    return field < 0 ? NULL : reg_field(import->reg, (size_t)field)->name;
}

static void write_count(const char *key, int64_t count, struct buffer *out)
{
    json_number(key, count, 0, out);
}

/* ---- columns ---- */

static void write_mapping(const struct import *import, size_t index, struct buffer *out)
{
    static const char *const words[] = {[HEADING_UNKNOWN] = "unknown",
                                        [HEADING_IGNORED] = "ignored",
                                        [HEADING_FIELD] = "field",
                                        [HEADING_NEAR] = "near"};
    const struct heading_column *column = &import->heading.columns[index];
    bool means = column->match == HEADING_FIELD || column->match == HEADING_NEAR;
    write_count("column", (int64_t)index + 1, out);
    json_text("heading", column->text, out);
    json_text("match", words[column->match], out);
    json_text("field", means ? field_name(import, (int)column->field) : NULL, out);
    json_text("unit", column->unit, out);
    json_flag("chosen", column->chosen, out);
    json_flag("pictures", import->pictured[index], out);
}

static bool is_noted(const struct import *import, size_t index)
{
    return import->notes[index].count > 0;
}

static void write_column_notes(const struct import *import, size_t index, struct buffer *out)
{
    const struct import_column_notes *notes = &import->notes[index];
    write_count("column", (int64_t)index + 1, out);
    json_text("field", field_name(import, (int)import->heading.columns[index].field), out);
    write_count("count", notes->count, out);
    write_count("guesses", notes->guesses, out);
    write_count("row", notes->row, out);
    json_text("note", notes->note, out);
}

static void write_unknown(const struct import *import, struct buffer *out)
{
    bool first = true;
    json_key("unknown_columns", out);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < import->heading.column_count; i++) {
        const struct heading_column *column = &import->heading.columns[i];
        if ((column->match != HEADING_UNKNOWN && column->match != HEADING_NEAR) ||
            import->pictured[i])
            continue;
        buffer_add(out, first ? "" : ",");
        first = false;
        buffer_add_json(out, column->text);
    }
    buffer_add_char(out, ']');
}

/* ---- rows ---- */

static bool is_refused(const struct import *import, size_t index)
{
    return import->rows[index].outcome == IMPORT_REFUSED;
}

static bool is_changed(const struct import *import, size_t index)
{
    return import->rows[index].change_count > 0 && !is_refused(import, index);
}

static bool has_doubles(const struct import *import, size_t index)
{
    return import->rows[index].double_count > 0;
}

static bool has_guess(const struct import *import, size_t index)
{
    const struct import_row *row = &import->rows[index];
    for (size_t i = 0; i < row->note_count; i++)
        if (row->notes[i].is_guess)
            return true;
    return false;
}

static void write_row_head(const struct import_row *row, const char *severity, struct buffer *out)
{
    write_count("row", row->number, out);
    json_key("field", out);
    buffer_add_json(out, row->field);
    json_text("severity", severity, out);
    json_key("name", out);
    buffer_add_json(out, row->name);
    json_key("message", out);
    buffer_add_json(out, row->message);
}

static void write_refused(const struct import *import, size_t index, struct buffer *out)
{
    write_row_head(&import->rows[index], "error", out);
}

static void write_changed(const struct import *import, size_t index, struct buffer *out)
{
    static const char *const sides[] = {
        [IMPORT_TAKE] = "take", [IMPORT_KEEP] = "keep", [IMPORT_FILL] = "fill"};
    const struct import_row *row = &import->rows[index];
    write_row_head(row, "hint", out);
    json_text("id", row->id, out);
    json_key("fields", out);
    for (size_t i = 0; i < row->change_count; i++) {
        const struct import_change *change = &row->changes[i];
        buffer_add(out, i ? ",{" : "[{");
        json_text("field", field_name(import, (int)change->field), out);
        json_text("before", change->before, out);
        json_text("after", change->after, out);
        json_text("side", sides[change->side], out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void write_doubles(const struct import *import, size_t index, struct buffer *out)
{
    static const char *const reasons[] = {
        [IMPORT_SAME_CODE] = "code", [IMPORT_LIKE_NAME] = "name", [IMPORT_NEAR_BY] = "place"};
    const struct import_row *row = &import->rows[index];
    write_row_head(row, "warning", out);
    json_key("candidates", out);
    for (size_t i = 0; i < row->double_count; i++) {
        const struct import_double *found = &row->doubles[i];
        buffer_add(out, i ? ",{" : "[{");
        json_text("id", found->id, out);
        json_known_number("row", found->row > 0, found->row, 0, out);
        json_text("name", found->name, out);
        json_text("reason", reasons[found->likeness], out);
        json_known_number("metres", found->likeness == IMPORT_NEAR_BY, found->metres, 0, out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void write_guesses(const struct import *import, size_t index, struct buffer *out)
{
    const struct import_row *row = &import->rows[index];
    bool first = true;
    write_row_head(row, "hint", out);
    json_key("cells", out);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < row->note_count; i++) {
        const struct import_note *note = &row->notes[i];
        if (!note->is_guess)
            continue;
        buffer_add(out, first ? "{" : ",{");
        first = false;
        json_text("field", field_name(import, note->field), out);
        json_text("text", note->text, out);
        json_text("note", note->note, out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

/* ---- the rest ---- */

static void write_sum(const struct import *import, size_t index, struct buffer *out)
{
    const struct import_sum *sum = &import->sums[index];
    write_count("row", sum->row, out);
    write_count("column", (int64_t)sum->column + 1, out);
    json_text("field", field_name(import, (int)sum->field), out);
    json_text("stated", sum->stated, out);
    json_text("computed", sum->computed, out);
    json_flag("agrees", sum->agrees, out);
}

static void write_sheet(const struct import *import, size_t index, struct buffer *out)
{
    const struct table_sheet *sheet = &import->table.sheets[index];
    int fields = import->sheet_fields[index];
    json_text("name", sheet->name, out);
    json_flag("hidden", sheet->hidden, out);
    json_flag("imported", strcmp(sheet->name, import->table.sheet) == 0, out);
    json_known_number("fields", fields >= 0, fields, 0, out);
}

static void write_pictures(const struct import *import, struct buffer *out)
{
    static const char *const keys[IMPORT_PICTURE__COUNT] = {
        [IMPORT_PICTURE_KEPT] = "kept",         [IMPORT_PICTURE_KNOWN] = "known",
        [IMPORT_PICTURE_NO_ROW] = "no_row",     [IMPORT_PICTURE_REFUSED] = "refused",
        [IMPORT_PICTURE_NO_PLACE] = "no_place", [IMPORT_PICTURE_BROKEN] = "broken"};
    json_key("pictures", out);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < IMPORT_PICTURE__COUNT; i++)
        write_count(keys[i], import->pictures[i], out);
    buffer_add_char(out, '}');
}

static void write_counts(const struct import *import, struct buffer *out)
{
    int64_t unkept = 0;
    for (size_t i = 0; i < IMPORT__COUNT; i++)
        unkept += import->unkept[i];
    const struct {
        const char *key;
        int64_t count;
    } counts[] = {
        {"read", import->read},
        {"new", import->counts[IMPORT_NEW]},
        {"changed", import->counts[IMPORT_CHANGED]},
        {"same", import->counts[IMPORT_SAME]},
        {"refused", import->counts[IMPORT_REFUSED]},
        {"left_out", import->left_out},
        {"skipped", import->counts[IMPORT_SKIPPED]},
        {"remarks", import->left[IMPORT_REMARK]},
        {"repeated_headings", import->left[IMPORT_HEADING]},
        {"hidden_rows", import->hidden_rows},
        {"filled_cells", import->filled_cells},
        {"possible_doubles", import->doubles},
        {"sums_checked", import->sums_checked},
        {"sums_wrong", import->sums_wrong},
        {"wants_reason", import->wants_reason},
        {"unproven", import->unproven},
        {"lowered", import->lowered},
        {"not_listed", unkept},
    };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        write_count(counts[i].key, counts[i].count, out);
}

void import_write_json(const struct import *import, const struct import_telling *telling,
                       struct buffer *out)
{
    buffer_add_char(out, '{');
    write_counts(import, out);
    json_flag("dry_run", telling->dry, out);
    json_text("register", import->reg->name, out);
    json_text("sheet", import->table.sheet, out);
    json_flag("template", import->is_template, out);
    json_flag("recalled", import->recalled, out);
    json_text("refused_file", telling->refused, out);
    write_unknown(import, out);
    write_list(import, "mapping", import->heading.column_count, NULL, write_mapping, out);
    write_list(import, "rows", import->row_count, is_refused, write_refused, out);
    write_list(import, "changes", import->row_count, is_changed, write_changed, out);
    write_list(import, "doubles", import->row_count, has_doubles, write_doubles, out);
    write_list(import, "guesses", import->row_count, has_guess, write_guesses, out);
    write_list(import, "notes", import->heading.column_count, is_noted, write_column_notes, out);
    write_list(import, "sums", import->sum_count, NULL, write_sum, out);
    write_list(import, "sheets", import->table.sheet_count, NULL, write_sheet, out);
    write_pictures(import, out);
    buffer_add(out, "}\n");
}
