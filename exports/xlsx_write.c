#include "exports/xlsx.h"
#include "exports/wrap.h"

#include "core/decimal.h"
#include "core/text.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

enum { WIDEST = 120 }; /* character cells of a column */

void xlsx_check(struct sink *sink, lxw_error code)
{
    if (code != LXW_NO_ERROR)
        sink_fail(sink, ERROR_IO, "生成工作簿时出错（%s），请换一个位置再导出。",
                  lxw_strerror(code));
}

/* Whether the current row exists in a sheet. */
bool xlsx_has_row(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    if (xlsx->row < XLSX_ROW_LIMIT)
        return true;
    sink_fail(sink, ERROR_REFUSED, "一张工作表最多 %d 行，请缩小导出范围或改为导出 .csv。",
              XLSX_ROW_LIMIT);
    return false;
}

/* "_x0041_" means "A" in this format: such a text has its underscore written as a code itself. */
const char *xlsx_escape(struct xlsx *xlsx, const char *text)
{
    const char *at = strchr(text, '_'); /* nearly no text has one, and this is found faster */
    if (!at || !(at = strstr(at, "_x")))
        return text;
    buffer_clear(&xlsx->scratch);
    for (; (at = strstr(text, "_x")); text = at + 2) {
        buffer_add_bytes(&xlsx->scratch, text, (size_t)(at - text));
        size_t digits = 0;
        while (digits < 4 && isxdigit((unsigned char)at[2 + digits]))
            digits++;
        buffer_add(&xlsx->scratch, digits == 4 && at[6] == '_' ? "_x005F_x" : "_x");
    }
    buffer_add(&xlsx->scratch, text);
    return buffer_text(&xlsx->scratch);
}

void xlsx_write_text(struct sink *sink, size_t column, const char *text, enum xlsx_look look)
{
    struct xlsx *xlsx = sink->state;
    lxw_format *format = xlsx_look(&xlsx->looks, look);
    xlsx_check(sink,
               *text ? worksheet_write_string(xlsx->sheet, xlsx->row, (lxw_col_t)column,
                                              xlsx_escape(xlsx, text), format)
                     : worksheet_write_blank(xlsx->sheet, xlsx->row, (lxw_col_t)column, format));
}

/* A text over `span` cells of the current row. */
void xlsx_write_across(struct sink *sink, size_t column, size_t span, const char *text,
                       enum xlsx_look look)
{
    struct xlsx *xlsx = sink->state;
    if (span > 1)
        xlsx_check(sink, worksheet_merge_range(xlsx->sheet, xlsx->row, (lxw_col_t)column, xlsx->row,
                                               (lxw_col_t)(column + span - 1), "",
                                               xlsx_look(&xlsx->looks, look)));
    xlsx_write_text(sink, column, text, look);
}

int xlsx_width(const struct xlsx *xlsx, size_t column, size_t span)
{
    int width = 0;
    for (size_t i = column; i < column + span; i++)
        width += xlsx->slots[i].width;
    return width;
}

void xlsx_note_number(struct xlsx *xlsx, size_t column, int64_t scaled, int scale, int shown)
{
    int64_t whole = scaled / decimal_unit(scale);
    int digits = (scaled < 0) + 1 + (shown > 0 ? shown + 1 : 0);
    while ((whole /= 10) != 0)
        digits++;
    if (digits > xlsx->slots[column].digits)
        xlsx->slots[column].digits = digits;
}

void xlsx_fit_numbers(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    for (size_t i = 0; i < xlsx->slot_count; i++)
        if (xlsx->slots[i].digits > xlsx->slots[i].width + 1)
            xlsx_set_width(sink, i, xlsx->slots[i].digits - 1);
}

void xlsx_need_height(struct xlsx *xlsx, double height)
{
    if (height > xlsx->height && !xlsx->fixed_height)
        xlsx->height = height;
}

void xlsx_fit_height(struct xlsx *xlsx, const char *text, int width, enum xlsx_look look)
{
    int lines = wrap_lines(text, xlsx_room(&xlsx->looks, look, width));
    xlsx_need_height(xlsx, xlsx_row_height(&xlsx->looks, look, lines));
}

/* Excel keeps 15 significant digits of a number; more would be changed silently. */
bool xlsx_to_double(struct sink *sink, int64_t scaled, int scale, bool percent, double *out)
{
    static const int64_t most = 999999999999999;
    while (scale > 0 && scaled % 10 == 0) {
        scaled /= 10;
        scale--;
    }
    *out = (double)scaled / (double)decimal_unit(scale) / (percent ? 100 : 1);
    if (scaled >= -most && scaled <= most)
        return true;
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(scaled, scale, text);
    sink_fail(sink, ERROR_REFUSED,
              "“%s”超过 15 位有效数字，Excel 会把它改掉，请核对这个数，或改为导出 .csv。", text);
    return false;
}

void xlsx_begin_row(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    xlsx->height = xlsx->usual_height;
    xlsx->fixed_height = false;
    xlsx->keep_row = false;
    xlsx_has_row(sink);
}

void xlsx_end_row(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    xlsx_check(sink, worksheet_set_row(xlsx->sheet, xlsx->row, xlsx->height, NULL));
    xlsx->row++;
    if (sink->page && sink->page->tall)
        xlsx_pages_add(&xlsx->rows, xlsx->height, xlsx->keep_row);
    if (ferror(xlsx->sheet->optimize_tmpfile))
        file_fail(sink->file, errno, &sink->error);
}

/* One row that holds a single text over all columns. */
void xlsx_put_line(struct sink *sink, const char *text, enum xlsx_look look)
{
    struct xlsx *xlsx = sink->state;
    xlsx_begin_row(sink);
    if (!xlsx_has_row(sink))
        return;
    xlsx_write_across(sink, 0, xlsx->slot_count, text, look);
    xlsx_fit_height(xlsx, text, xlsx_width(xlsx, 0, xlsx->slot_count), look);
    xlsx_end_row(sink);
}

void xlsx_set_width(struct sink *sink, size_t column, int width)
{
    struct xlsx *xlsx = sink->state;
    struct xlsx_slot *slot = &xlsx->slots[column];
    slot->width = width < 2 ? 2 : width > WIDEST ? WIDEST : width;
    slot->room = xlsx_room(&xlsx->looks, slot->look, slot->width);
    xlsx_check(sink, worksheet_set_column(xlsx->sheet, (lxw_col_t)column, (lxw_col_t)column,
                                          xlsx_column_width(slot->width), NULL));
}
