/* annual_bare.c - the least that libxlsxwriter needs for the cells of a workbook
 * (workbook_cells.py): what the annual workbook is measured against. Usage: annual_bare FILE.cells
 * FILE.xlsx */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

struct formats {
    lxw_format *text, *number, *date;
};

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

static void write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *cell,
                       const struct formats *formats)
{
    if (*cell == 't')
        worksheet_write_string(sheet, row, column, cell + 1, formats->text);
    else if (*cell == 'n')
        worksheet_write_number(sheet, row, column, strtod(cell + 1, NULL), formats->number);
    else if (*cell == 'd')
        worksheet_write_number(sheet, row, column, strtod(cell + 1, NULL), formats->date);
    else if (*cell == 'b')
        worksheet_write_blank(sheet, row, column, formats->text);
}

static void write_row(lxw_worksheet *sheet, lxw_row_t row, char *line,
                      const struct formats *formats)
{
    lxw_col_t column = 0;
    char *end;
    worksheet_set_row(sheet, row, strtod(line, &end), NULL);
    while (*end) {
        const char *cell = end + 1;
        end += 1 + strcspn(cell, "\t");
        char after = *end;
        *end = '\0';
        write_cell(sheet, row, column++, cell, formats);
        *end = after;
    }
}

int main(int argc, char **argv)
{
    FILE *cells = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (!cells)
        return 2;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    const struct formats formats = {add_format(book, "@"), add_format(book, "0.000"),
                                    add_format(book, "yyyy-mm-dd")};
    lxw_worksheet *sheet = NULL;
    lxw_row_t row = 0;
    char *line = NULL;
    size_t size = 0;
    for (ssize_t length; (length = getline(&line, &size, cells)) > 0; row++) {
        line[length - 1] = '\0';
        if (strcmp(line, "S") == 0) {
            sheet = workbook_add_worksheet(book, NULL);
            row = (lxw_row_t)-1;
        } else {
            write_row(sheet, row, line, &formats);
        }
    }
    free(line);
    fclose(cells);
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 3;
}
