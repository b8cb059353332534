#include "exports/xlsx_look.h"

#include <stdio.h>

/* Fonts by the names that Chinese Excel and WPS write; LibreOffice maps them to what it has. */
#define BLACK "黑体"
#define SONG  "宋体"

enum { GREY = 0xE7E6E6, RED = 0xFFC7CE, ORANGE = 0xFCE4D6 };

static const struct look {
    const char *font;
    double size; /* points */
    bool bold, border, underline;
    bool open; /* may be changed in a protected sheet */
    lxw_color_t fill;
    uint8_t align;
    const char *number; /* number format; NULL General */
} looks_table[] = {
    [SINK_STYLE_COVER] = {.font = BLACK, .size = 30, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_TITLE] = {.font = BLACK, .size = 18, .bold = true, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_SUBTITLE] = {.font = BLACK, .size = 12, .align = LXW_ALIGN_LEFT},
    [SINK_STYLE_CENTRE] = {.font = SONG, .size = 16, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_FILLED] = {.font = SONG, .size = 16, .underline = true, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_HEADING] = {.font = SONG,
                            .size = 10,
                            .bold = true,
                            .border = true,
                            .fill = GREY,
                            .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_LABEL] =
        {.font = SONG, .size = 10, .border = true, .align = LXW_ALIGN_LEFT, .number = "@"},
    [SINK_STYLE_CELL] =
        {.font = SONG, .size = 10, .border = true, .align = LXW_ALIGN_CENTER, .number = "@"},
    [SINK_STYLE_NOTE] = {.font = SONG, .size = 9, .align = LXW_ALIGN_LEFT},
    [SINK_STYLE_BODY] = {.font = SONG, .size = 12, .align = LXW_ALIGN_LEFT},
    [SINK_STYLE_CLOSING] = {.font = SONG, .size = 12, .align = LXW_ALIGN_RIGHT},
    [XLSX_UNIT_LEFT] = {.font = SONG, .size = 10, .align = LXW_ALIGN_LEFT},
    [XLSX_UNIT_RIGHT] = {.font = SONG, .size = 10, .align = LXW_ALIGN_RIGHT},
    [XLSX_TEXT] =
        {.font = SONG, .size = 10, .border = true, .align = LXW_ALIGN_LEFT, .number = "@"},
    [XLSX_CENTRE] =
        {.font = SONG, .size = 10, .border = true, .align = LXW_ALIGN_CENTER, .number = "@"},
    [XLSX_DATE] = {.font = SONG,
                   .size = 10,
                   .border = true,
                   .align = LXW_ALIGN_CENTER,
                   .number = "yyyy-mm-dd"},
    [XLSX_NUMBER] = {.font = SONG, .size = 10, .border = true, .align = LXW_ALIGN_RIGHT},
    [XLSX_TOTAL_LABEL] =
        {.font = SONG, .size = 10, .bold = true, .border = true, .align = LXW_ALIGN_CENTER},
    [XLSX_WRONG] = {.font = SONG,
                    .size = 10,
                    .bold = true,
                    .border = true,
                    .fill = RED,
                    .align = LXW_ALIGN_LEFT,
                    .number = "@"},
    [XLSX_TEMPLATE_TITLE] = {.font = BLACK, .size = 16, .bold = true, .align = LXW_ALIGN_LEFT},
    [XLSX_TEMPLATE_NOTE] = {.font = SONG, .size = 10, .align = LXW_ALIGN_LEFT},
    [XLSX_REQUIRED] = {.font = SONG,
                       .size = 10,
                       .bold = true,
                       .border = true,
                       .fill = ORANGE,
                       .align = LXW_ALIGN_CENTER},
    [XLSX_INPUT_TEXT] = {.font = SONG,
                         .size = 10,
                         .border = true,
                         .open = true,
                         .align = LXW_ALIGN_LEFT,
                         .number = "@"},
    [XLSX_INPUT_DATE] = {.font = SONG,
                         .size = 10,
                         .border = true,
                         .open = true,
                         .align = LXW_ALIGN_CENTER,
                         .number = "yyyy-mm-dd"},
    [XLSX_BELOW_TEXT] =
        {.font = SONG, .size = 10, .open = true, .align = LXW_ALIGN_LEFT, .number = "@"},
    [XLSX_BELOW_DATE] =
        {.font = SONG, .size = 10, .open = true, .align = LXW_ALIGN_CENTER, .number = "yyyy-mm-dd"},
    [XLSX_INPUT_NUMBER] =
        {.font = SONG, .size = 10, .border = true, .open = true, .align = LXW_ALIGN_RIGHT},
    [XLSX_BELOW_NUMBER] = {.font = SONG, .size = 10, .open = true, .align = LXW_ALIGN_RIGHT},
    [XLSX_NUMBER_CENTRE] = {.font = SONG, .size = 10, .border = true, .align = LXW_ALIGN_CENTER},
    [XLSX_NUMBER_TOTAL] =
        {.font = SONG, .size = 10, .bold = true, .border = true, .align = LXW_ALIGN_RIGHT},
};

_Static_assert(sizeof looks_table / sizeof looks_table[0] == XLSX_LOOK_COUNT, "a look is missing");

static lxw_format *make(lxw_workbook *book, const struct look *look, const char *number)
{
    lxw_format *format = workbook_add_format(book);
    format_set_font_name(format, look->font);
    format_set_font_size(format, look->size);
    if (look->bold)
        format_set_bold(format);
    if (look->border)
        format_set_border(format, LXW_BORDER_THIN);
    if (look->underline)
        format_set_bottom(format, LXW_BORDER_THIN);
    if (look->fill)
        format_set_bg_color(format, look->fill);
    if (look->open)
        format_set_unlocked(format);
    if (number)
        format_set_num_format(format, number);
    format_set_align(format, look->align);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    return format;
}

lxw_format *xlsx_look(struct xlsx_looks *looks, enum xlsx_look look)
{
    if (!looks->plain[look])
        looks->plain[look] = make(looks->book, &looks_table[look], looks_table[look].number);
    return looks->plain[look];
}

lxw_format *xlsx_number_look(struct xlsx_looks *looks, enum xlsx_look look, bool percent, int scale)
{
    lxw_format **format = &looks->numbers[look - XLSX_NUMBER][percent][scale];
    char number[32];
    snprintf(number, sizeof number, "0%s%.*s%s", scale ? "." : "", scale, "000000000",
             percent ? "%" : "");
    if (!*format)
        *format = make(looks->book, &looks_table[look], number);
    return *format;
}

double xlsx_row_height(enum xlsx_look look, int lines)
{
    static const double tallest = 409; /* Excel's limit */
    double height = lines * looks_table[look].size * 1.3 + 7;
    return height < tallest ? height : tallest;
}

double xlsx_column_width(int cells)
{
    return cells + 1.7;
}

void xlsx_set_paper(lxw_worksheet *sheet, enum sink_paper paper, bool landscape)
{
    enum { PAPER_A3 = 8, PAPER_A4 = 9 };
    static const uint8_t papers[] = {[SINK_A4] = PAPER_A4, [SINK_A3] = PAPER_A3};
    worksheet_set_paper(sheet, papers[paper]);
    if (landscape)
        worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.7, 0.7);
    worksheet_center_horizontally(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
}
