#include "exports/xlsx.h"

#include "core/text.h"

#include <string.h>

void xlsx_end_rows(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    xlsx_end_merges(sink);
    if (xlsx->has_filter)
        return;
    xlsx->has_filter = true;
    xlsx_check(sink, worksheet_autofilter(xlsx->sheet, xlsx->first_row - 1, 0, xlsx->row - 1,
                                          (lxw_col_t)(xlsx->slot_count - 1)));
}

/* Wide enough for a heading in two lines and for what the format needs. */
static int fitting_width(const struct sink_column *column, const char *label)
{
    static const int least[] = {[SINK_TEXT] = 8,
                                [SINK_INTEGER] = 8,
                                [SINK_DECIMAL] = 10,
                                [SINK_PERCENT] = 8,
                                [SINK_DATE] = 10};
    int width = (text_width(label) + 3) / 2;
    return width < least[column->format] ? least[column->format] : width > 24 ? 24 : width;
}

static void set_slots(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    struct buffer label = {0};
    for (size_t i = 0; i < xlsx->slot_count; i++) {
        const struct sink_column *column = &sink->table->columns[i];
        struct xlsx_slot *slot = &xlsx->slots[i];
        bool is_text = column->format == SINK_TEXT;
        int scale =
            column->format == SINK_DECIMAL || column->format == SINK_PERCENT ? column->scale : 0;
        slot->look = is_text && !column->centre ? XLSX_TEXT : XLSX_CENTRE;
        slot->text = xlsx_look(&xlsx->looks, slot->look);
        slot->scale = scale;
        slot->digits = 0;
        slot->number =
            xlsx_number_look(&xlsx->looks, column->centre ? XLSX_NUMBER_CENTRE : XLSX_NUMBER,
                             column->format == SINK_PERCENT, scale);
        buffer_clear(&label);
        sink_add_label(column, &label);
        xlsx_set_width(sink, i,
                       column->width ? column->width : fitting_width(column, buffer_text(&label)));
    }
    buffer_release(&label);
}

/* The small line under the title: one text at each margin, the longer one gets more cells. */
static void put_margins(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    const char *left = sink->table->left ? sink->table->left : "";
    const char *right = sink->table->right ? sink->table->right : "";
    size_t half = *right == '\0' ? xlsx->slot_count : *left == '\0' ? 0 : 1;
    if (*left == '\0' && *right == '\0')
        return;
    if (xlsx->slot_count == 1 && half == 1) {
        xlsx_put_line(sink, left, XLSX_UNIT_LEFT);
        xlsx_put_line(sink, right, XLSX_UNIT_RIGHT);
        return;
    }
    while (half > 0 && half + 1 < xlsx->slot_count &&
           xlsx_width(xlsx, 0, half) < text_width(left) + 2)
        half++;
    xlsx_begin_row(sink);
    if (half > 0) {
        xlsx_write_across(sink, 0, half, left, XLSX_UNIT_LEFT);
        xlsx_fit_height(xlsx, left, xlsx_width(xlsx, 0, half), XLSX_UNIT_LEFT);
    }
    if (half < xlsx->slot_count) {
        size_t rest = xlsx->slot_count - half;
        xlsx_write_across(sink, half, rest, right, XLSX_UNIT_RIGHT);
        xlsx_fit_height(xlsx, right, xlsx_width(xlsx, half, rest), XLSX_UNIT_RIGHT);
    }
    xlsx_end_row(sink);
}

static void put_lines(struct sink *sink, const struct sink_lines *lines, enum xlsx_look look)
{
    for (size_t i = 0; i < lines->count; i++)
        xlsx_put_line(sink, lines->items[i], look);
}

/* How many pages side by side the table needs to be readable. */
static size_t pages_across(const struct xlsx *xlsx, const struct sink_table *table)
{
    static const size_t most[] = {
        [SINK_A4] = 240, [SINK_A3] = 340}; /* character cells, on its side */
    size_t cells = (size_t)xlsx_width(xlsx, 0, xlsx->slot_count) + 2 * xlsx->slot_count;
    size_t page = table->portrait ? most[table->paper] * 7 / 10 : most[table->paper];
    return (cells + page - 1) / page;
}

/* Over the columns of the first page. */
static void put_title(struct sink *sink, size_t pages)
{
    struct xlsx *xlsx = sink->state;
    const char *title = sink->table->title;
    int page = xlsx_width(xlsx, 0, xlsx->slot_count) / (int)pages;
    size_t span = xlsx->slot_count;
    while (pages > 1 && span > 1 && xlsx_width(xlsx, 0, span) > page)
        span--;
    xlsx_begin_row(sink);
    xlsx_write_across(sink, 0, span, title, XLSX_TITLE);
    xlsx_fit_height(xlsx, title, xlsx_width(xlsx, 0, span), XLSX_TITLE);
    xlsx_end_row(sink);
}

/* On paper the heading stands on every page; where pages lie side by side, so do the columns that
 * stay in view. */
static void set_pages(struct sink *sink, lxw_row_t heading, size_t pages)
{
    struct xlsx *xlsx = sink->state;
    const struct sink_table *table = sink->table;
    xlsx_check(sink, worksheet_repeat_rows(xlsx->sheet, heading, xlsx->row - 1));
    if (pages > 1 && table->fixed)
        xlsx_check(sink, worksheet_repeat_columns(xlsx->sheet, 0, (lxw_col_t)(table->fixed - 1)));
    worksheet_fit_to_pages(xlsx->sheet, (uint16_t)pages, 0);
    worksheet_freeze_panes(xlsx->sheet, xlsx->row, (lxw_col_t)table->fixed);
}

void xlsx_begin_table(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    const struct sink_table *table = sink->table;
    xlsx->has_filter = !table->filter;
    set_slots(sink);
    size_t pages = pages_across(xlsx, table);
    xlsx_begin_merges(sink);
    put_lines(sink, &table->heads, XLSX_HEADS);
    if (!text_is_empty(table->title))
        put_title(sink, pages);
    put_margins(sink);
    put_lines(sink, &table->notes, XLSX_NOTES);
    lxw_row_t heading = xlsx->row;
    xlsx_put_heading(sink);
    xlsx->first_row = xlsx->row;
    xlsx->usual_height = xlsx_row_height(&xlsx->looks, XLSX_TEXT, 1);
    set_pages(sink, heading, pages);
}

static void write_sum(struct sink *sink, size_t column)
{
    struct xlsx *xlsx = sink->state;
    const struct sink_column *wanted = &sink->table->columns[column];
    const struct sink_total *total = &sink->totals[column];
    bool percent = wanted->format == SINK_PERCENT;
    lxw_format *format = xlsx_number_look(&xlsx->looks, XLSX_NUMBER_TOTAL, percent, wanted->scale);
    lxw_col_t at = (lxw_col_t)column;
    char range[LXW_MAX_CELL_RANGE_LENGTH], formula[sizeof range + 8];
    double value;
    if (!xlsx_to_double(sink, total->scaled, total->scale, percent, &value))
        return;
    xlsx_note_number(xlsx, column, total->scaled, total->scale, wanted->scale);
    if (xlsx->row == xlsx->first_row) {
        xlsx_check(sink, worksheet_write_number(xlsx->sheet, xlsx->row, at, value, format));
        return;
    }
    lxw_rowcol_to_range(range, xlsx->first_row, at, xlsx->row - 1, at);
    snprintf(formula, sizeof formula, "=SUM(%s)", range);
    xlsx_check(sink,
               worksheet_write_formula_num(xlsx->sheet, xlsx->row, at, formula, format, value));
}

void xlsx_put_total(struct sink *sink, const char *label)
{
    struct xlsx *xlsx = sink->state;
    const struct sink_column *columns = sink->table->columns;
    size_t first = 0;
    while (first < xlsx->slot_count && !columns[first].total)
        first++;
    xlsx_end_rows(sink);
    xlsx_begin_row(sink);
    if (!xlsx_has_row(sink))
        return;
    if (first > 0)
        xlsx_write_across(sink, 0, first, label, XLSX_TOTAL_LABEL);
    for (size_t i = first; i < xlsx->slot_count; i++) {
        sink->column = i;
        if (columns[i].total && !sink->totals[i].filled && xlsx->row > xlsx->first_row)
            xlsx_write_text(sink, i, SINK_NO_TOTAL, XLSX_TOTAL_LABEL);
        else if (columns[i].total)
            write_sum(sink, i);
        else
            xlsx_write_text(sink, i, "", XLSX_TOTAL_LABEL);
    }
    xlsx_end_row(sink);
}

void xlsx_put_note(struct sink *sink, const char *text, enum sink_part part)
{
    xlsx_end_rows(sink);
    xlsx_put_line(sink, text, part == SINK_SIGNATURES ? XLSX_SIGNATURES : XLSX_NOTES);
}
