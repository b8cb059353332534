#include "exports/learn.h"

#include "core/csv.h"
#include "core/mem.h"
#include "core/text.h"
#include "exports/file.h"
#include "exports/heading_path.h"
#include "exports/layout_kind.h"
#include "exports/report.h"
#include "imports/cell_unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows of the layout ---- */

/* A text in a cell of its own; "-" alone means none there and is no formula. */
static void add_cell(struct buffer *csv, const char *text)
{
    buffer_add_char(csv, ',');
    if (strcmp(text, "-") == 0)
        buffer_add(csv, text);
    else
        csv_add_cell(csv, text);
}

static void add_row(struct buffer *csv, const char *word, const char *text)
{
    buffer_add(csv, word);
    add_cell(csv, text);
    buffer_add_char(csv, '\n');
}

static void add_words(struct store *store, struct buffer *csv, const char *word, const char *text,
                      bool years)
{
    struct buffer filled = {0};
    if (!text_is_empty(text)) {
        learn_add_words(store, text, years, &filled);
        add_row(csv, word, filled.text);
    }
    buffer_release(&filled);
}

static void add_lines(struct store *store, struct buffer *csv, const char *word,
                      const struct form_lines *lines, bool years)
{
    for (size_t i = 0; i < lines->count && i < LAYOUT_MAX_LINES; i++)
        add_words(store, csv, word, lines->items[i], years);
}

/* The title without what changes from year to year and county to county. */
static void write_label(const struct form *form, struct store *store, struct buffer *label)
{
    struct buffer filled = {0};
    learn_add_words(store, form->title ? form->title : form->sheet, true, &filled);
    for (const char *at = buffer_text(&filled); *at;) {
        static const char *const dropped[] = {"（{年度}年度）", "（{年度}年）", "{年度}年度",
                                              "{年度}年",       "{地区}",       "\n"};
        size_t length = 0;
        for (size_t i = 0; i < COUNT_OF(dropped) && !length; i++)
            length = text_starts_with(at, dropped[i]) ? strlen(dropped[i]) : 0;
        if (!length) {
            text_decode(at, &length);
            buffer_add_bytes(label, at, length);
        }
        at += length;
    }
    buffer_add(label, label->length ? "" : form->reg->title);
    buffer_release(&filled);
}

/* The name of a file must not go into a folder, and % has a meaning there. */
static void write_file_name(const char *label, struct buffer *out)
{
    buffer_add(out, "%d年");
    for (; *label; label++)
        if (strchr("/\\%:*?\"<>|", *label))
            buffer_add_char(out, '-');
        else
            buffer_add_char(out, *label);
    buffer_add(out, ".xlsx");
}

static void write_report_row(const struct form *form, struct store *store, const char *name,
                             const char *source, struct buffer *csv)
{
    struct buffer label = {0}, help = {0}, file = {0};
    write_label(form, store, &label);
    buffer_addf(&help, "照空白表“%s”的样子填好的%s。", source, label.text);
    write_file_name(label.text, &file);
    buffer_add(csv, "报表");
    add_cell(csv, name);
    add_cell(csv, label.text);
    add_cell(csv, help.text);
    add_cell(csv, file.text);
    buffer_add_char(csv, '\n');
    buffer_release(&label);
    buffer_release(&help);
    buffer_release(&file);
}

/* ---- columns ---- */

/* What the label says of the unit stands in it already. */
static void write_column(const struct form_column *column, size_t *blanks, struct buffer *csv)
{
    struct buffer name = {0}, width = {0};
    if (column->chosen)
        buffer_add(&name, column->chosen);
    else if (column->field)
        buffer_add(&name, column->field->name);
    else if (column->match == HEADING_IGNORED)
        buffer_add(&name, "serial");
    else
        buffer_addf(&name, "blank%zu", ++*blanks);
    buffer_addf(&width, "%d", column->width);
    buffer_add(csv, "列");
    add_cell(csv, name.text);
    add_cell(csv, column->label);
    add_cell(csv, *column->group ? column->group : "-");
    add_cell(csv, width.text);
    add_cell(csv, "-");
    if (column->centred || *column->number)
        buffer_add(csv, column->centred ? ",,,居中" : ",,,");
    if (*column->number)
        add_cell(csv, column->number);
    buffer_add_char(csv, '\n');
    buffer_release(&name);
    buffer_release(&width);
}

/* Up to the column that names the record, if it stands near the left margin. */
static int count_fixed(const struct form *form)
{
    enum { MOST_FIXED = 4, MOST_SAID = 20 };
    if (form->has_panes)
        return form->fixed < MOST_SAID ? (int)form->fixed : MOST_SAID;
    for (size_t i = 0; i < form->column_count && i < MOST_FIXED; i++) {
        const struct field *field = form->columns[i].field;
        if (field &&
            ((field->flags & FIELD_KEY) || strcmp(field->name, form->reg->name_field) == 0))
            return (int)i + 1;
    }
    return 0;
}

static void write_heights(const struct form *form, struct buffer *csv)
{
    if (form->heights[0] <= 0)
        return;
    buffer_add(csv, "表头行高");
    for (size_t i = 0; i < SINK_HEADING_ROWS && form->heights[i] > 0; i++)
        buffer_addf(csv, ",%d", (int)form->heights[i]);
    buffer_add_char(csv, '\n');
}

/* "字体,标题,方正小标宋简体,22,不加粗", where it is not the usual one. */
static void write_font(const struct sink_font *font, const char *part, struct buffer *csv)
{
    enum { TENTHS = 10 };
    const bool bold = font->bold != SINK_AS_USUAL, shaded = font->shaded != SINK_AS_USUAL;
    if (!font->name && !font->size && !bold && !shaded)
        return;
    buffer_addf(csv, "字体,%s", part);
    add_cell(csv, font->name ? font->name : "");
    buffer_add(csv, ",");
    if (font->size % TENTHS)
        buffer_addf(csv, "%d.%d", font->size / TENTHS, font->size % TENTHS);
    else if (font->size)
        buffer_addf(csv, "%d", font->size / TENTHS);
    if (bold || shaded)
        buffer_addf(csv, ",%s%s%s", bold ? font->bold == SINK_YES ? "加粗" : "不加粗" : "",
                    bold && shaded ? "、" : "",
                    shaded ? font->shaded == SINK_YES ? "底色" : "无底色" : "");
    buffer_add_char(csv, '\n');
}

static void write_fonts(const struct form *form, struct buffer *csv)
{
    for (enum sink_part part = SINK_HEADS; part < SINK_PART_COUNT; part++) {
        const char *word = layout_part_word(part);
        write_font(&form->fonts[part], word, csv);
        if (form->fonts[part].height > 0)
            buffer_addf(csv, "行高,%s,%d\n", word, (int)form->fonts[part].height);
    }
}

static void write_layout(const struct form *form, struct store *store, const char *name,
                         const char *source, struct buffer *csv)
{
    size_t blanks = 0;
    int fixed = count_fixed(form);
    buffer_addf(csv,
                "# 从空白表“%s”学来的版式。可用 WPS 或 Excel 改，另存为 UTF-8 编码的 CSV；"
                "blank1 等是没有对应字段的空列，可改成字段名。\n",
                source);
    write_report_row(form, store, name, source, csv);
    add_row(csv, "表", form->sheet);
    add_row(csv, "清单", form->reg->name);
    add_lines(store, csv, "抬头", &form->heads, true);
    add_words(store, csv, "标题", form->title, true);
    add_words(store, csv, "左上", form->left, true);
    add_words(store, csv, "右上", form->right, true);
    add_row(csv, "纸张", form->is_a3 ? "A3" : "A4");
    add_row(csv, "方向", form->portrait ? "竖" : "横");
    if (fixed)
        buffer_addf(csv, "固定列,%d\n", fixed);
    write_heights(form, csv);
    write_fonts(form, csv);
    add_lines(store, csv, "说明", &form->above, false);
    for (size_t i = 0; i < form->column_count; i++)
        write_column(&form->columns[i], &blanks, csv);
    if (form->total)
        add_row(csv, "合计", form->total);
    if (form->empty)
        add_row(csv, "空表", form->empty);
    add_lines(store, csv, "说明", &form->below, false);
    add_lines(store, csv, "签名", &form->signatures, false);
}

/* ---- what to tell ---- */

/* "列“土壤/表层/镉”" on one line. */
static void add_name(const struct form_column *column, struct buffer *out)
{
    buffer_add(out, "列“");
    heading_path_add_names(column->group, "/", out);
    for (const char *c = column->label; *c; c++)
        if (*c != '\n' && *c != '\r')
            buffer_add_char(out, *c);
    buffer_add(out, "”");
}

/* "千克" and "kg", "mg／L" and "mg/L" are one. */
static bool is_same_unit(const char *stated, const char *own)
{
    struct cell_unit a, b;
    int64_t numerator, denominator;
    return text_same(stated, own) ||
           (cell_unit_read(stated, &a) && cell_unit_read(own, &b) &&
            cell_unit_convert(&a, &b, &numerator, &denominator) == CELL_UNIT_EXACT &&
            numerator == denominator && a.multiple == b.multiple);
}

static void add_unit_remark(const struct form_column *column, struct buffer *out)
{
    const struct field *field = column->field;
    if (!field || !*column->unit || !field->unit || is_same_unit(column->unit, field->unit))
        return;
    add_name(column, out);
    buffer_addf(out, "的单位是 %s，程序按 %s 填，请核对\n", column->unit, field->unit);
}

void learn_write_remarks(const struct form *form, struct buffer *out)
{
    for (size_t i = 0; i < form->column_count; i++) {
        const struct form_column *column = &form->columns[i];
        if (column->match == HEADING_NEAR) {
            add_name(column, out);
            buffer_add(out, "像是“");
            field_add_title(column->field, out);
            buffer_add(out, "”，就按它填，请核对\n");
        } else if (column->match == HEADING_UNKNOWN) {
            add_name(column, out);
            buffer_add(out, "没有对应的字段，导出时是空列\n");
        }
        add_unit_remark(column, out);
    }
    for (size_t i = 0; i < form->sample_count; i++)
        buffer_addf(out, "第 %u 行“%s”像是填好的样例，没有学\n", form->samples[i].row,
                    form->samples[i].text);
    const struct form_lines *const lines[] = {&form->heads, &form->above, &form->below,
                                              &form->signatures};
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (lines[i]->count > LAYOUT_MAX_LINES)
            buffer_addf(out, "“%s”起的文字超过 %d 行，后面的没有学\n", lines[i]->items[0],
                        LAYOUT_MAX_LINES);
    if (form->hidden_columns)
        buffer_addf(out, "有 %zu 个隐藏的列没有学\n", form->hidden_columns);
}

static bool has_column(const struct form *form, const struct field *field)
{
    for (size_t i = 0; i < form->column_count; i++)
        if (form->columns[i].field == field)
            return true;
    return false;
}

/* A reference is there when anything of the record that it points to is. */
static bool is_told(const struct form *form, const struct field *field)
{
    for (size_t i = 0; i < form->column_count; i++) {
        const struct field *shown = form->columns[i].field;
        if (shown && shown->via && strcmp(shown->via, field->name) == 0)
            return true;
    }
    return has_column(form, field);
}

const struct field *learn_missing(const struct form *form, size_t n)
{
    for (struct field_walk walk = {.reg = form->reg}; reg_walk(&walk);) {
        bool wanted = field_is_required(walk.field) && field_is_stored(walk.field);
        if (wanted && !is_told(form, walk.field) && n-- == 0)
            return walk.field;
    }
    return NULL;
}

bool learn_check_name(const char *name, struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    struct report report;
    if (!*name || strspn(name, letters) != strlen(name))
        return error_set(err, ERROR_USAGE,
                         "版式的名称“%s”只能用小写字母、数字和 -，例如 --name shengbiao", name);
    if (!report_find(name, &report, NULL))
        return true;
    bool is_layout = report.layout != NULL;
    report_release(&report);
    return is_layout ||
           error_set(err, ERROR_USAGE, "已有名为“%s”的报表或清单，请用 --name 另起一个名称", name);
}

bool learn_save(const struct form *form, struct store *store, const char *name, const char *source,
                const char *path, struct error *err)
{
    struct buffer csv = {0};
    struct layout layout;
    struct file *file;
    if (!report_check_target(store, path, err))
        return false;
    if (!text_ends_with(path, ".csv"))
        return error_set(err, ERROR_USAGE, "版式要存成 .csv，请改文件名，例如 %s.csv", name);
    write_layout(form, store, name, source, &csv);
    bool ok = layout_parse(&layout, source, csv.text, err) && file_open(&file, path, err);
    layout_release(&layout);
    if (ok) {
        FILE *stream = file_stream(file);
        /* The mark tells spreadsheet programs that the file is in UTF-8. */
        if (fputs("\xEF\xBB\xBF", stream) == EOF || fputs(csv.text, stream) == EOF ||
            fflush(stream) != 0) {
            ok = file_fail(file, errno, err);
            file_abort(&file);
        } else {
            ok = file_commit(&file, err);
        }
    }
    buffer_release(&csv);
    return ok;
}
