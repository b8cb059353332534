/* export_bare.c - the least that libxlsxwriter needs for the cells of export_data.h: what the sink
 * is measured against. Usage: export_bare ROWS FILE.xlsx */
#include "bench/export_data.h"

#include <stdlib.h>
#include <xlsxwriter.h>

static lxw_format *add_format(lxw_workbook *book, const char *number)
{
    lxw_format *format = workbook_add_format(book);
    format_set_font_name(format, "宋体");
    format_set_font_size(format, 10);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    format_set_num_format(format, number);
    return format;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "企业");
    lxw_format *text = add_format(book, "@");
    lxw_format *number = add_format(book, "0.000");
    lxw_format *date = add_format(book, "yyyy-mm-dd");
    char scratch[TEXT_SIZE];
    uint32_t rows = (uint32_t)strtoul(argv[1], NULL, 10);
    for (uint32_t row = 0; row < rows; row++) {
        lxw_col_t column = 0;
        for (uint32_t i = 0; i < TEXTS; i++)
            worksheet_write_string(sheet, row, column++, bench_text(row, i, scratch), text);
        for (uint32_t i = 0; i < NUMBERS; i++)
            worksheet_write_number(sheet, row, column++, (double)bench_number(row, i) / 1000,
                                   number);
        for (uint32_t i = 0; i < DATES; i++)
            worksheet_write_number(sheet, row, column++, 42005 + bench_day(row, i), date);
    }
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 3;
}
