/* xlsx_template.c - a template as a workbook: the sheet to fill in, and two hidden ones, the lists
 * that its cells offer and what it is known by when it comes back. */
#include "exports/template.h"

#include "core/mem.h"
#include "core/text.h"
#include "exports/column.h"
#include "exports/wrap.h"
#include "exports/xlsx.h"
#include "exports/xlsx_book.h"
#include "exports/xlsx_verify.h"
#include "imports/heading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LISTS_SHEET "选项"

/* Rows of the form, from above. */
enum { TITLE_ROW, NOTE_ROW, HEADING_ROW };

static const double body_height = 24; /* points */

/* As many rows are checked while they are typed, and as many are there when the form is printed
 * empty to be filled in by hand; more may be filled in. */
enum { CHECKED_ROWS = 2000, PRINTED_ROWS = 25, LAST_COLUMN = 16383, SHEETS = 3 };

struct writer {
    const struct template *template;
    struct xlsx xlsx; /* its book and looks, and scratch for xlsx_escape */
    lxw_worksheet *form;
    bool failed;
};

static void check(struct writer *writer, lxw_error code)
{
    writer->failed = writer->failed || code != LXW_NO_ERROR;
}

static void put(struct writer *writer, lxw_worksheet *sheet, lxw_row_t row, size_t column,
                const char *text, lxw_format *format)
{
    check(writer, worksheet_write_string(sheet, row, (lxw_col_t)column,
                                         xlsx_escape(&writer->xlsx, text), format));
}

/* One text over an area of the form. */
static void put_over(struct writer *writer, lxw_row_t first_row, lxw_row_t last_row, size_t column,
                     size_t span, const char *text, enum xlsx_look look)
{
    lxw_format *format = xlsx_look(&writer->xlsx.looks, look);
    if (span > 1 || last_row > first_row)
        check(writer, worksheet_merge_range(writer->form, first_row, (lxw_col_t)column, last_row,
                                            (lxw_col_t)(column + span - 1), "", format));
    put(writer, writer->form, first_row, column, text, format);
}

static lxw_row_t heading_rows(const struct template *template)
{
    return template->has_groups ? 2 : 1;
}

static lxw_row_t first_body_row(const struct template *template)
{
    return HEADING_ROW + heading_rows(template);
}

/* ---- the form ---- */

static void put_title(struct writer *writer)
{
    static const char note[] =
        "橙色底、带 * 的列必填；单元格有下拉箭头的，从列表中选；选中一格会"
        "显示怎么填。请不要改动表头，也不要增减列；填好后把这个文件交回即可。";
    const struct template *template = writer->template;
    struct buffer title = {0};
    buffer_addf(&title, "%s（填报表）",
                template->reg->title ? template->reg->title : template->reg->label);
    put_over(writer, TITLE_ROW, TITLE_ROW, 0, template->column_count, title.text,
             XLSX_TEMPLATE_TITLE);
    put_over(writer, NOTE_ROW, NOTE_ROW, 0, template->column_count, note, XLSX_UNIT_LEFT);
    check(writer,
          worksheet_set_row(writer->form, TITLE_ROW,
                            xlsx_row_height(&writer->xlsx.looks, XLSX_TEMPLATE_TITLE, 1), NULL));
    check(writer, worksheet_set_row(writer->form, NOTE_ROW,
                                    xlsx_row_height(&writer->xlsx.looks, XLSX_UNIT_LEFT, 1), NULL));
    buffer_release(&title);
}

static bool same_group(const struct template_column *a, const struct template_column *b)
{
    return a->field->group && b->field->group && strcmp(a->field->group, b->field->group) == 0;
}

static void put_groups(struct writer *writer)
{
    const struct template *template = writer->template;
    for (size_t i = 0, span; i < template->column_count; i += span) {
        const struct template_column *column = &template->columns[i];
        for (span = 1; i + span < template->column_count; span++)
            if (!same_group(column, column + span))
                break;
        if (column->field->group)
            put_over(writer, HEADING_ROW, HEADING_ROW, i, span, column->field->group, XLSX_HEADING);
    }
}

static void put_heading(struct writer *writer)
{
    const struct template *template = writer->template;
    lxw_row_t last = HEADING_ROW + heading_rows(template) - 1;
    double height = 0;
    if (template->has_groups)
        put_groups(writer);
    for (size_t i = 0; i < template->column_count; i++) {
        const struct template_column *column = &template->columns[i];
        enum xlsx_look look = column->required ? XLSX_REQUIRED : XLSX_HEADING;
        double needed =
            xlsx_row_height(&writer->xlsx.looks, look, wrap_lines(column->heading, column->width));
        put_over(writer, column->field->group ? last : HEADING_ROW, last, i, 1, column->heading,
                 look);
        height = needed > height ? needed : height;
    }
    check(writer, worksheet_set_row(writer->form, last, height, NULL));
}

/* `below`: without a border. */
static lxw_format *cell_format(struct writer *writer, const struct field *field, bool below)
{
    struct column column;
    struct xlsx_looks *looks = &writer->xlsx.looks;
    enum xlsx_look number = below ? XLSX_BELOW_NUMBER : XLSX_INPUT_NUMBER;
    if (!column_parse(&column, writer->template->reg, field->name, NULL))
        column.sink.format = SINK_TEXT;
    switch (column.sink.format) {
    case SINK_DATE:
        return xlsx_look(looks, below ? XLSX_BELOW_DATE : XLSX_INPUT_DATE);
    case SINK_INTEGER:
        return xlsx_number_look(looks, number, false, 0);
    case SINK_DECIMAL:
        return xlsx_number_look(looks, number, false, column.sink.scale);
    default:
        return xlsx_look(looks, below ? XLSX_BELOW_TEXT : XLSX_INPUT_TEXT);
    }
}

/* ---- what may be typed ---- */

/* "list_status", by the first field that has it. */
static void write_list_name(const struct template_list *list, struct buffer *out)
{
    buffer_addf(out, "list_%s", list->field);
}

struct limits {
    uint8_t kind;
    const char *least, *most; /* formulas */
    const char *refusal;
    bool strict;
};

/* Numbers as a spreadsheet takes them; what stands in the field's own declaration goes before. */
static const struct limits limits[TYPE__COUNT] = {
    [TYPE_INTEGER] = {LXW_VALIDATION_TYPE_INTEGER_FORMULA, "-999999999999999", "999999999999999",
                      "这里应填整数", true},
    [TYPE_DECIMAL] = {LXW_VALIDATION_TYPE_DECIMAL_FORMULA, "-999999999999999", "999999999999999",
                      "这里应填数，不带单位", true},
    [TYPE_DATE] = {LXW_VALIDATION_TYPE_DATE_FORMULA, "DATE(1900,1,1)", "DATE(2199,12,31)",
                   "这里应填日期，写成 2025-03-05 的样子", true},
    [TYPE_LON] = {LXW_VALIDATION_TYPE_DECIMAL_FORMULA, "73", "135",
                  "我国的经度在 73 到 135 度之间；写成度分秒的请选“是”继续", false},
    [TYPE_LAT] = {LXW_VALIDATION_TYPE_DECIMAL_FORMULA, "18", "54",
                  "我国的纬度在 18 到 54 度之间；写成度分秒的请选“是”继续", false},
};

static bool is_number(const struct field *field)
{
    return field->type == TYPE_INTEGER || field->type == TYPE_DECIMAL;
}

static void limit_values(const struct field *field, lxw_data_validation *validation,
                         struct buffer *least, struct buffer *most, struct buffer *refusal)
{
    const struct limits *own = &limits[field->type];
    bool number = is_number(field);
    buffer_addf(least, "=%s", number && field->least ? field->least : own->least);
    buffer_addf(most, "=%s", number && field->most ? field->most : own->most);
    buffer_add(refusal, own->refusal);
    if (number && field->least)
        buffer_addf(refusal, "，不小于 %s", field->least);
    if (number && field->most)
        buffer_addf(refusal, "，不大于 %s", field->most);
    buffer_add(refusal, "。");
    validation->validate = own->kind;
    validation->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    validation->minimum_formula = least->text;
    validation->maximum_formula = most->text;
    validation->error_type =
        own->strict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING;
}

/* The library copies the formula of a list twice and forgets one of the copies: it gets a list of
 * its own here, in the place of which name_list puts the name. */
static void limit_choice(const struct template_list *list, lxw_data_validation *validation,
                         struct buffer *refusal)
{
    static const char *const entries[] = {"-", NULL};
    buffer_add(refusal, list->strict ? "请从下拉列表中选一项。"
                                     : "列表里没有这一项，确定没有写错的请选“是”继续。");
    validation->validate = LXW_VALIDATION_TYPE_LIST;
    validation->value_list = (char **)entries;
    validation->error_type =
        list->strict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING;
}

/* Of the validation added last. */
static void name_list(struct writer *writer, const struct template_list *list)
{
    struct lxw_data_val_obj *added = NULL, *next;
    STAILQ_FOREACH(next, writer->form->data_validations, list_pointers)
    {
        added = next;
    }
    struct buffer name = {0};
    write_list_name(list, &name);
    free(added->value_formula);
    added->value_formula = buffer_take(&name); /* which the library frees */
}

static void limit_length(const struct field *field, lxw_data_validation *validation,
                         struct buffer *refusal)
{
    int most = field->max_chars ? field->max_chars : type_of(field->type)->max_chars;
    buffer_addf(refusal, "这里最多写 %d 个字。", most);
    validation->validate = LXW_VALIDATION_TYPE_LENGTH;
    validation->criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
    validation->value_number = most;
    validation->error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
}

static void put_validation(struct writer *writer, size_t at)
{
    static const char title[] = "填写有误";
    const struct template *template = writer->template;
    const struct template_column *column = &template->columns[at];
    struct buffer first = {0}, second = {0}, refusal = {0};
    lxw_data_validation validation = {.input_title = column->hint_title,
                                      .input_message = column->hint,
                                      .error_title = (char *)title};
    if (column->has_list)
        limit_choice(&template->lists[column->list], &validation, &refusal);
    else if (limits[column->field->type].kind)
        limit_values(column->field, &validation, &first, &second, &refusal);
    else
        limit_length(column->field, &validation, &refusal);
    validation.error_message = refusal.text;
    lxw_row_t row = first_body_row(template);
    check(writer,
          worksheet_data_validation_range(writer->form, row, (lxw_col_t)at, row + CHECKED_ROWS - 1,
                                          (lxw_col_t)at, &validation));
    if (column->has_list && !writer->failed)
        name_list(writer, &template->lists[column->list]);
    buffer_release(&first);
    buffer_release(&second);
    buffer_release(&refusal);
}

/* ---- the sheet as a whole ---- */

/* Lines for what is filled in by hand, and further down around each row with something in it. */
static void put_empty_rows(struct writer *writer)
{
    const struct template *template = writer->template;
    lxw_row_t first = first_body_row(template), below = first + PRINTED_ROWS;
    lxw_col_t last = (lxw_col_t)(template->column_count - 1);
    for (lxw_row_t row = first; row < below; row++) {
        check(writer, worksheet_set_row(writer->form, row, body_height, NULL));
        for (size_t i = 0; i < template->column_count; i++)
            check(writer,
                  worksheet_write_blank(writer->form, row, (lxw_col_t)i,
                                        cell_format(writer, template->columns[i].field, false)));
    }
    char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH], formula[64];
    lxw_rowcol_to_cell(from, below, 0);
    lxw_rowcol_to_cell(to, below, last);
    snprintf(formula, sizeof formula, "=COUNTA($%s:$%s)>0", from, to);
    lxw_conditional_format lines = {
        .type = LXW_CONDITIONAL_TYPE_FORMULA,
        .value_string = formula,
        .format = workbook_add_format(writer->xlsx.book),
    };
    format_set_border(lines.format, LXW_BORDER_THIN);
    check(writer, worksheet_conditional_format_range(writer->form, below, 0,
                                                     first + CHECKED_ROWS - 1, last, &lines));
}

static void put_columns(struct writer *writer)
{
    const struct template *template = writer->template;
    for (size_t i = 0; i < template->column_count; i++) {
        const struct template_column *column = &template->columns[i];
        check(writer, worksheet_set_column(writer->form, (lxw_col_t)i, (lxw_col_t)i,
                                           xlsx_column_width(column->width),
                                           cell_format(writer, column->field, true)));
        put_validation(writer, i);
    }
    put_empty_rows(writer);
    /* A row can only be deleted while all of its cells are open. */
    check(writer,
          worksheet_set_column(writer->form, (lxw_col_t) template->column_count, LAST_COLUMN,
                               LXW_DEF_COL_WIDTH, xlsx_look(&writer->xlsx.looks, XLSX_BELOW_TEXT)));
}

/* A3 across holds so many character cells before the print becomes too small to be written on. */
enum { PAGE_CELLS = 260 };

static void set_up_page(struct writer *writer)
{
    const struct template *template = writer->template;
    int cells = 0;
    for (size_t i = 0; i < template->column_count; i++)
        cells += template->columns[i].width + 2;
    xlsx_set_paper(writer->form, SINK_A3, true);
    worksheet_fit_to_pages(writer->form, (uint16_t)((cells + PAGE_CELLS - 1) / PAGE_CELLS), 0);
    lxw_row_t body = first_body_row(template);
    check(writer, worksheet_repeat_rows(writer->form, HEADING_ROW, body - 1));
    if (template->fixed)
        check(writer, worksheet_repeat_columns(writer->form, 0, (lxw_col_t)(template->fixed - 1)));
    check(writer, worksheet_set_footer(writer->form, "&C&\"宋体\"&9第 &P 页 共 &N 页"));
    check(writer,
          worksheet_ignore_errors(writer->form, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
    worksheet_freeze_panes(writer->form, body, (lxw_col_t) template->fixed);
    worksheet_set_selection(writer->form, body, 0, body, 0);
    lxw_protection allowed = {
        .format_cells = LXW_TRUE,
        .format_columns = LXW_TRUE,
        .format_rows = LXW_TRUE,
        .insert_rows = LXW_TRUE,
        .delete_rows = LXW_TRUE,
        .sort = LXW_TRUE,
        .autofilter = LXW_TRUE,
    };
    worksheet_protect(writer->form, NULL, &allowed);
}

static void put_lists(struct writer *writer, lxw_worksheet *sheet)
{
    const struct template *template = writer->template;
    for (size_t i = 0; i < template->list_count; i++) {
        const struct template_list *list = &template->lists[i];
        struct buffer name = {0}, formula = {0};
        char range[LXW_MAX_CELL_RANGE_LENGTH];
        if (list->count == 0)
            continue;
        for (size_t j = 0; j < list->count; j++)
            put(writer, sheet, (lxw_row_t)j, i, list->entries[j], NULL);
        lxw_rowcol_to_range_abs(range, 0, (lxw_col_t)i, (lxw_row_t)list->count - 1, (lxw_col_t)i);
        write_list_name(list, &name);
        buffer_addf(&formula, "='%s'!%s", LISTS_SHEET, range);
        check(writer, workbook_define_name(writer->xlsx.book, name.text, formula.text));
        buffer_release(&name);
        buffer_release(&formula);
    }
}

static void put_mark(struct writer *writer, lxw_worksheet *sheet)
{
    const struct template *template = writer->template;
    put(writer, sheet, 0, 0, "taizhang", NULL);
    put(writer, sheet, 0, 1, template->reg->name, NULL);
    check(writer, worksheet_write_number(sheet, 0, 2, HEADING_ROW + 1, NULL));
    check(writer, worksheet_write_number(sheet, 0, 3, heading_rows(template), NULL));
    for (size_t i = 0; i < template->column_count; i++)
        put(writer, sheet, 1, i, template->columns[i].field->name, NULL);
}

static void write_sheets(struct writer *writer)
{
    const struct template *template = writer->template;
    lxw_workbook *book = writer->xlsx.book;
    writer->form = workbook_add_worksheet(book, template->reg->label);
    lxw_worksheet *lists = workbook_add_worksheet(book, LISTS_SHEET);
    lxw_worksheet *mark = workbook_add_worksheet(book, HEADING_TEMPLATE_SHEET);
    if (!writer->form || !lists || !mark) {
        writer->failed = true;
        return;
    }
    put_columns(writer);
    put_title(writer);
    put_heading(writer);
    set_up_page(writer);
    put_lists(writer, lists);
    put_mark(writer, mark);
    worksheet_hide(lists);
    worksheet_hide(mark);
}

/* ---- the file ---- */

static void open_book(struct writer *writer, const struct file *file, int64_t created,
                      const char *author)
{
    lxw_workbook_options options = {.tmpdir = (char *)file_folder(file)};
    lxw_doc_properties properties = {
        .title = (char *)writer->template->reg->label,
        .author = (char *)author,
        .company = (char *)author,
        /* The library takes 0 for "now". */
        .created = created ? (time_t)created : 1,
    };
    writer->xlsx.book = workbook_new_opt(file_part(file), &options);
    if (!writer->xlsx.book)
        abort();
    writer->xlsx.looks.book = writer->xlsx.book;
    check(writer, workbook_set_properties(writer->xlsx.book, &properties));
}

static bool close_book(struct writer *writer, const struct file *file, struct error *err)
{
    static const uint64_t sizes[SHEETS] = {0};
    if (writer->failed) {
        xlsx_book_discard(writer->xlsx.book);
        return error_set(err, ERROR_IO, "生成填报表时出错，请换一个位置再导出。");
    }
    if (xlsx_book_close(writer->xlsx.book) != LXW_NO_ERROR)
        return file_fail(file, errno ? errno : EIO, err);
    return xlsx_verify(file_part(file), sizes, SHEETS) ||
           error_set(err, ERROR_IO,
                     "写出的填报表不完整，磁盘可能已满，请清理磁盘或换一个盘后再导出。");
}

bool template_write(const struct template *template, const char *path, int64_t created,
                    const char *author, struct error *err)
{
    struct file *file;
    struct writer writer = {.template = template};
    if (!file_open(&file, path, err))
        return false;
    open_book(&writer, file, created, author);
    write_sheets(&writer);
    bool ok = close_book(&writer, file, err);
    buffer_release(&writer.xlsx.scratch);
    xlsx_looks_release(&writer.xlsx.looks);
    if (!ok) {
        file_abort(&file);
        return false;
    }
    return file_commit(&file, err);
}
