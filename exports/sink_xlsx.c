/* sink_xlsx.c - .xlsx through libxlsxwriter: the file, its sheets and their cells. */
#include "exports/xlsx.h"
#include "exports/xlsx_book.h"
#include "exports/xlsx_verify.h"

#include "core/decimal.h"
#include "core/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static lxw_error write_number(struct sink *sink, const struct sink_value *value)
{
    struct xlsx *xlsx = sink->state;
    double number;
    if (!xlsx_to_double(sink, value->scaled, value->scale, value->percent, &number))
        return LXW_NO_ERROR;
    int shown = sink->table ? xlsx->slots[sink->column].scale : value->scale;
    xlsx_note_number(xlsx, sink->column, value->scaled, value->scale, shown);
    if (sink->page)
        xlsx_figures_add(&xlsx->figures, xlsx->row, sink->column, value->scaled, value->scale);
    lxw_format *format =
        sink->table ? xlsx->slots[sink->column].number
                    : xlsx_number_look(&xlsx->looks, XLSX_NUMBER, value->percent, value->scale);
    return worksheet_write_number(xlsx->sheet, xlsx->row, (lxw_col_t)sink->column, number, format);
}

/* Day 60 of this calendar is a 29 February 1900 that never was. */
static double date_serial(struct date date)
{
    int serial = date_to_days(date) + 25569;
    return serial > 60 ? serial : serial - 1;
}

/* The note at the cell that is marked. */
static void write_note(struct sink *sink)
{
    enum { WIDTH = 300, HEIGHT = 110 }; /* pixels */
    struct xlsx *xlsx = sink->state;
    lxw_comment_options options = {.width = WIDTH, .height = HEIGHT, .font_name = "宋体"};
    xlsx_check(sink, worksheet_write_comment_opt(xlsx->sheet, xlsx->row, (lxw_col_t)sink->column,
                                                 xlsx_escape(xlsx, sink->mark), &options));
}

void xlsx_put_value(struct sink *sink, const struct sink_value *value)
{
    struct xlsx *xlsx = sink->state;
    const struct xlsx_slot *slot = &xlsx->slots[sink->column];
    lxw_format *text = sink->mark ? xlsx_look(&xlsx->looks, XLSX_WRONG) : slot->text;
    lxw_col_t column = (lxw_col_t)sink->column;
    lxw_error code;
    switch (value->kind) {
    case SINK_VALUE_TEXT:
        /* A text never takes more character cells than bytes. */
        if (value->length > (size_t)slot->room || strchr(value->text, '\n'))
            xlsx_fit_height(xlsx, value->text, slot->width, slot->look);
        code = worksheet_write_string(xlsx->sheet, xlsx->row, column,
                                      xlsx_escape(xlsx, value->text), text);
        break;
    case SINK_VALUE_NUMBER:
        code = write_number(sink, value);
        break;
    case SINK_VALUE_DATE:
        code = worksheet_write_number(xlsx->sheet, xlsx->row, column, date_serial(value->date),
                                      xlsx_look(&xlsx->looks, XLSX_DATE));
        break;
    default:
        code = worksheet_write_blank(xlsx->sheet, xlsx->row, column, text);
    }
    xlsx_check(sink, code);
    if (sink->mark)
        write_note(sink);
}

static void put_cell(struct sink *sink, const struct sink_value *value)
{
    const struct xlsx *xlsx = sink->state;
    if (sink->column >= xlsx->held_count || !xlsx_hold(sink, value))
        xlsx_put_value(sink, value);
}

/* --- sheets --- */

/* Brings the last row to the temporary file, where a full disk shows. */
static void end_sheet(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    if (!xlsx->sheet)
        return;
    FILE *rows = xlsx->sheet->optimize_tmpfile;
    lxw_worksheet_write_single_row(xlsx->sheet);
    if (fflush(rows) != 0 || ferror(rows)) {
        file_fail(sink->file, errno, &sink->error);
        return;
    }
    long size = ftell(rows);
    xlsx->sizes[xlsx->sheet_count++] = size > 0 ? (uint64_t)size : 0;
}

/* A page that is a little too long is made smaller; of a longer one the cuts are set here, where it
 * is known what belongs together. */
static void cut_pages(struct xlsx *xlsx)
{
    static const double most = 1.25, spare = 0.97; /* fonts differ between programs */
    double width = 0;
    for (size_t i = 0; i < xlsx->slot_count; i++)
        width += xlsx_column_points(xlsx->slots[i].width);
    double room = xlsx_paper_room(xlsx->paper, xlsx->landscape, width);
    double height = xlsx_pages_height(&xlsx->rows);
    if (height <= room * spare)
        return;
    if (height <= room * most) {
        worksheet_fit_to_pages(xlsx->sheet, 1, 1);
        return;
    }
    uint32_t *cuts = xlsx_pages_cut(&xlsx->rows, room * spare);
    worksheet_set_h_pagebreaks(xlsx->sheet, cuts);
    free(cuts);
}

static void close_table(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    if (xlsx->sheet && sink->error.code == ERROR_NONE) {
        xlsx_end_rows(sink);
        xlsx_fit_numbers(sink);
        cut_pages(xlsx);
    }
    end_sheet(sink);
}

static void begin_sheet(struct sink *sink, const char *name, size_t columns, enum sink_paper paper,
                        bool landscape)
{
    struct xlsx *xlsx = sink->state;
    close_table(sink);
    if (sink->error.code != ERROR_NONE)
        return;
    xlsx_looks_use(&xlsx->looks, sink->table ? sink->table->fonts : NULL,
                   sink->page && sink->page->dense);
    xlsx->sheet = workbook_add_worksheet(xlsx->book, name);
    if (!xlsx->sheet || !xlsx->sheet->optimize_tmpfile) {
        file_fail(sink->file, errno, &sink->error);
        xlsx->sheet = NULL;
        return;
    }
    xlsx->row = 0;
    xlsx->has_filter = true;
    xlsx->held_count = 0;
    xlsx->figures.count = 0;
    xlsx->rows.count = 0;
    xlsx->paper = paper;
    xlsx->landscape = landscape;
    xlsx->usual_height = xlsx_row_height(&xlsx->looks, XLSX_TEXT, 1);
    xlsx->slot_count = columns;
    xlsx->slots = mem_resize(xlsx->slots, columns, sizeof *xlsx->slots);
    xlsx_set_paper(xlsx->sheet, paper, landscape);
    xlsx_check(sink, worksheet_ignore_errors(xlsx->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                             "A1:XFD1048576"));
}

static void number_pages(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    xlsx_check(sink, worksheet_set_footer(xlsx->sheet, "&C&\"宋体\"&9第 &P 页 共 &N 页"));
}

static void begin_table(struct sink *sink)
{
    const struct sink_table *table = sink->table;
    begin_sheet(sink, table->name, table->column_count, table->paper, !table->portrait);
    if (sink->error.code != ERROR_NONE)
        return;
    number_pages(sink);
    xlsx_begin_table(sink);
}

static void begin_page(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    const struct sink_page *page = sink->page;
    begin_sheet(sink, page->name, page->column_count, page->paper, page->landscape);
    if (sink->error.code != ERROR_NONE)
        return;
    for (size_t i = 0; i < page->column_count; i++) {
        xlsx->slots[i] = (struct xlsx_slot){
            .look = XLSX_CENTRE,
            .text = xlsx_look(&xlsx->looks, XLSX_CENTRE),
        };
        xlsx_set_width(sink, i, page->widths[i]);
    }
    worksheet_fit_to_pages(xlsx->sheet, 1, page->tall ? 0 : 1);
    /* A cover stands in the middle of its paper and shows no number. */
    if (page->centred)
        worksheet_center_vertically(xlsx->sheet);
    else
        number_pages(sink);
    worksheet_gridlines(xlsx->sheet, LXW_HIDE_ALL_GRIDLINES);
}

static void put_styled(struct sink *sink, enum sink_style style, size_t span, const char *text)
{
    struct xlsx *xlsx = sink->state;
    enum xlsx_look look = (enum xlsx_look)style;
    xlsx_write_across(sink, sink->column, span, text, look);
    xlsx_fit_height(xlsx, text, xlsx_width(xlsx, sink->column, span), look);
}

static void set_height(struct sink *sink, double points)
{
    struct xlsx *xlsx = sink->state;
    xlsx->height = points;
    xlsx->fixed_height = true;
}

static void keep_row(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    xlsx->keep_row = true;
}

/* What lies over rows without text, a photo, is not cut in two. */
static void skip_rows(struct sink *sink, size_t rows)
{
    static const double height = 15;
    struct xlsx *xlsx = sink->state;
    for (size_t i = 0; sink->page->tall && i < rows && i < XLSX_ROW_LIMIT; i++)
        xlsx_pages_add(&xlsx->rows, height, true);
    xlsx->row = rows < XLSX_ROW_LIMIT - xlsx->row ? xlsx->row + (lxw_row_t)rows : XLSX_ROW_LIMIT;
}

static size_t current_row(const struct sink *sink)
{
    const struct xlsx *xlsx = sink->state;
    return xlsx->row;
}

/* --- the file --- */

static void open_xlsx(struct sink *sink)
{
    struct xlsx *xlsx = mem_new(1, sizeof *xlsx);
    sink->state = xlsx;
    /* Temporary files hold the data in plain: they stay on the disk that the user chose. */
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = (char *)file_folder(sink->file),
    };
    xlsx->book = workbook_new_opt(file_part(sink->file), &options);
    if (!xlsx->book)
        abort();
    xlsx->looks.book = xlsx->book;
    lxw_doc_properties properties = {
        .title = (char *)sink->options.title,
        .author = (char *)sink->options.author,
        .company = (char *)sink->options.author,
        /* The library takes 0 for "now". */
        .created = sink->options.created ? (time_t)sink->options.created : 1,
    };
    xlsx_check(sink, workbook_set_properties(xlsx->book, &properties));
}

/* While the library puts the package together it needs room for the largest sheet once more, and
 * for the package, which is smaller than all sheets. */
static bool has_room(struct sink *sink)
{
    const struct xlsx *xlsx = sink->state;
    uint64_t all = (1 << 16) + xlsx->picture_bytes, largest = 0;
    for (size_t i = 0; i < xlsx->sheet_count; i++) {
        all += xlsx->sizes[i];
        largest = xlsx->sizes[i] > largest ? xlsx->sizes[i] : largest;
    }
    return file_has_room(sink->file, all + largest, &sink->error);
}

static void finish(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    close_table(sink);
    if (sink->error.code != ERROR_NONE || !has_room(sink))
        return;
    lxw_workbook *book = xlsx->book;
    xlsx->book = NULL; /* the library releases it, also when closing fails */
    lxw_error code = xlsx_book_close(book);
    if (code != LXW_NO_ERROR)
        file_fail(sink->file, errno ? errno : EIO, &sink->error);
    else if (!xlsx_verify(file_part(sink->file), xlsx->sizes, xlsx->sheet_count))
        sink_fail(sink, ERROR_IO,
                  "写出的工作簿不完整，磁盘可能已满，请清理磁盘或换一个盘后再导出。");
}

static void release(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    if (!xlsx)
        return;
    if (xlsx->book)
        xlsx_book_discard(xlsx->book);
    buffer_release(&xlsx->scratch);
    xlsx_release_merges(xlsx);
    xlsx_figures_release(&xlsx->figures);
    xlsx_pages_release(&xlsx->rows);
    xlsx_looks_release(&xlsx->looks);
    free(xlsx->slots);
    free(xlsx);
}

const struct sink_driver sink_xlsx = {
    .suffix = ".xlsx",
    .open = open_xlsx,
    .begin_table = begin_table,
    .begin_row = xlsx_begin_row,
    .cell = put_cell,
    .end_row = xlsx_end_row,
    .finish = finish,
    .release = release,
    .begin_page = begin_page,
    .styled = put_styled,
    .row_height = set_height,
    .keep_row = keep_row,
    .skip_rows = skip_rows,
    .total_row = xlsx_put_total,
    .line = xlsx_put_note,
    .chart = xlsx_put_chart,
    .picture = xlsx_put_picture,
    .row = current_row,
};
