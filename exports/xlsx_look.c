#include "exports/xlsx_look.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fonts by the names that Chinese Excel and WPS write; LibreOffice maps them to what it has. */
#define BLACK "黑体"
#define SONG  "宋体"

enum { GREY = 0xE7E6E6, RED = 0xFFC7CE, ORANGE = 0xFCE4D6 };

static const struct look {
    const char *font;
    double size;         /* points */
    enum sink_part part; /* whose font it takes where a table has its own; 0 none */
    bool bold, border, underline;
    bool open; /* may be changed in a protected sheet */
    lxw_color_t fill;
    uint8_t align;
    const char *number; /* number format; NULL General */
} looks_table[] = {
    [SINK_STYLE_COVER] = {.font = BLACK, .size = 30, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_TITLE] =
        {.font = BLACK, .size = 18, .bold = true, .part = SINK_TITLE, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_SUBTITLE] = {.font = BLACK, .size = 12, .align = LXW_ALIGN_LEFT},
    [SINK_STYLE_CENTRE] = {.font = SONG, .size = 16, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_FILLED] = {.font = SONG, .size = 16, .underline = true, .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_HEADING] = {.font = SONG,
                            .size = 10,
                            .part = SINK_HEADING,
                            .bold = true,
                            .border = true,
                            .fill = GREY,
                            .align = LXW_ALIGN_CENTER},
    [SINK_STYLE_LABEL] = {.font = SONG,
                          .size = 10,
                          .part = SINK_BODY,
                          .border = true,
                          .align = LXW_ALIGN_LEFT,
                          .number = "@"},
    [SINK_STYLE_CELL] = {.font = SONG,
                         .size = 10,
                         .part = SINK_BODY,
                         .border = true,
                         .align = LXW_ALIGN_CENTER,
                         .number = "@"},
    [SINK_STYLE_NOTE] = {.font = SONG, .size = 9, .align = LXW_ALIGN_LEFT},
    [SINK_STYLE_BODY] = {.font = SONG, .size = 12, .align = LXW_ALIGN_LEFT},
    [SINK_STYLE_CLOSING] = {.font = SONG, .size = 12, .align = LXW_ALIGN_RIGHT},
    [XLSX_UNIT_LEFT] = {.font = SONG, .size = 10, .part = SINK_MARGINS, .align = LXW_ALIGN_LEFT},
    [XLSX_UNIT_RIGHT] = {.font = SONG, .size = 10, .part = SINK_MARGINS, .align = LXW_ALIGN_RIGHT},
    [XLSX_HEADS] = {.font = SONG, .size = 10, .part = SINK_HEADS, .align = LXW_ALIGN_LEFT},
    [XLSX_NOTES] = {.font = SONG, .size = 10, .part = SINK_NOTES, .align = LXW_ALIGN_LEFT},
    [XLSX_SIGNATURES] = {.font = SONG,
                         .size = 10,
                         .part = SINK_SIGNATURES,
                         .align = LXW_ALIGN_LEFT},
    [XLSX_DATE] = {.font = SONG,
                   .size = 10,
                   .part = SINK_BODY,
                   .border = true,
                   .align = LXW_ALIGN_CENTER,
                   .number = "yyyy-mm-dd"},
    [XLSX_NUMBER] =
        {.font = SONG, .size = 10, .part = SINK_BODY, .border = true, .align = LXW_ALIGN_RIGHT},
    [XLSX_TOTAL_LABEL] = {.font = SONG,
                          .size = 10,
                          .part = SINK_BODY,
                          .bold = true,
                          .border = true,
                          .align = LXW_ALIGN_CENTER},
    [XLSX_WRONG] = {.font = SONG,
                    .size = 10,
                    .bold = true,
                    .border = true,
                    .fill = RED,
                    .align = LXW_ALIGN_LEFT,
                    .number = "@"},
    [XLSX_TEMPLATE_TITLE] = {.font = BLACK, .size = 16, .bold = true, .align = LXW_ALIGN_LEFT},
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
    [XLSX_NUMBER_CENTRE] =
        {.font = SONG, .size = 10, .part = SINK_BODY, .border = true, .align = LXW_ALIGN_CENTER},
    [XLSX_NUMBER_TOTAL] = {.font = SONG,
                           .size = 10,
                           .part = SINK_BODY,
                           .bold = true,
                           .border = true,
                           .align = LXW_ALIGN_RIGHT},
};

_Static_assert(sizeof looks_table / sizeof looks_table[0] == XLSX_LOOK_COUNT, "a look is missing");

/* ---- the fonts of a table ---- */

static const struct sink_font *own_font(const struct xlsx_looks *looks, enum xlsx_look look)
{
    return looks->fonts && looks_table[look].part ? &looks->fonts[looks_table[look].part] : NULL;
}

static bool granted(enum sink_wish wish, bool usual)
{
    return wish == SINK_AS_USUAL ? usual : wish == SINK_YES;
}

/* The look as the table wants it. Sums are bold whatever the rows are. */
static struct look resolve(const struct xlsx_looks *looks, enum xlsx_look look)
{
    enum { TENTHS = 10 };
    struct look resolved = looks_table[look];
    const struct sink_font *own = own_font(looks, look);
    bool is_sum = look == XLSX_TOTAL_LABEL || look == XLSX_NUMBER_TOTAL;
    if (!own)
        return resolved;
    if (own->name)
        resolved.font = own->name;
    if (own->size)
        resolved.size = (double)own->size / TENTHS;
    if (!is_sum)
        resolved.bold = granted(own->bold, resolved.bold);
    if (!granted(own->shaded, resolved.fill != 0))
        resolved.fill = 0;
    else if (!resolved.fill)
        resolved.fill = GREY;
    return resolved;
}

struct sink_font sink_usual_font(enum sink_part part)
{
    enum { TENTHS = 10 };
    static const enum xlsx_look looks[SINK_PART_COUNT] = {
        [SINK_HEADS] = XLSX_HEADS,
        [SINK_TITLE] = XLSX_TITLE,
        [SINK_MARGINS] = XLSX_UNIT_LEFT,
        [SINK_HEADING] = XLSX_HEADING,
        [SINK_BODY] = XLSX_TEXT,
        [SINK_NOTES] = XLSX_NOTES,
        [SINK_SIGNATURES] = XLSX_SIGNATURES,
    };
    const struct look *look = &looks_table[looks[part]];
    return (struct sink_font){.name = look->font,
                              .size = (int)(look->size * TENTHS),
                              .bold = look->bold ? SINK_YES : SINK_NO,
                              .shaded = look->fill ? SINK_YES : SINK_NO};
}

/* ---- formats ---- */

enum { NUMBER_SIZE = 32 };

struct xlsx_made {
    struct look look; /* its texts stand below */
    char font[LXW_FORMAT_FIELD_LEN], number[NUMBER_SIZE];
    lxw_format *format;
};

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
    if (*number)
        format_set_num_format(format, number);
    format_set_align(format, look->align);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    return format;
}

static bool is_made(const struct xlsx_made *made, const struct look *look, const char *number)
{
    return made->look.size >= look->size && made->look.size <= look->size &&
           made->look.bold == look->bold && made->look.border == look->border &&
           made->look.underline == look->underline && made->look.open == look->open &&
           made->look.fill == look->fill && made->look.align == look->align &&
           strcmp(made->font, look->font) == 0 && strcmp(made->number, number) == 0;
}

/* Equal formats are one, also of tables with other fonts: the library numbers an equal one anew
 * with every cell, for a fifth of the time of a large workbook. */
static lxw_format *find_or_make(struct xlsx_looks *looks, enum xlsx_look look, const char *number)
{
    struct look wanted = resolve(looks, look);
    for (size_t i = 0; i < looks->made_count; i++)
        if (is_made(&looks->made[i], &wanted, number))
            return looks->made[i].format;
    looks->made =
        mem_grow(looks->made, looks->made_count, &looks->made_capacity, sizeof *looks->made);
    struct xlsx_made *made = &looks->made[looks->made_count++];
    *made = (struct xlsx_made){.look = wanted};
    snprintf(made->font, sizeof made->font, "%s", wanted.font);
    snprintf(made->number, sizeof made->number, "%s", number);
    wanted.font = made->font;
    made->format = make(looks->book, &wanted, number);
    return made->format;
}

void xlsx_looks_use(struct xlsx_looks *looks, const struct sink_font *fonts, bool dense)
{
    looks->dense = dense;
    looks->fonts = fonts;
    memset(looks->plain, 0, sizeof looks->plain);
    memset(looks->numbers, 0, sizeof looks->numbers);
}

void xlsx_looks_release(struct xlsx_looks *looks)
{
    free(looks->made);
    *looks = (struct xlsx_looks){0};
}

lxw_format *xlsx_look(struct xlsx_looks *looks, enum xlsx_look look)
{
    const char *number = looks_table[look].number;
    if (!looks->plain[look])
        looks->plain[look] = find_or_make(looks, look, number ? number : "");
    return looks->plain[look];
}

lxw_format *xlsx_number_look(struct xlsx_looks *looks, enum xlsx_look look, bool percent, int scale)
{
    lxw_format **format = &looks->numbers[look - XLSX_NUMBER][percent][scale];
    char number[NUMBER_SIZE];
    if (*format)
        return *format;
    snprintf(number, sizeof number, "0%s%.*s%s", scale ? "." : "", scale, "000000000",
             percent ? "%" : "");
    *format = find_or_make(looks, look, number);
    return *format;
}

/* ---- sizes ---- */

double xlsx_row_height(const struct xlsx_looks *looks, enum xlsx_look look, int lines)
{
    static const double tallest = 409; /* Excel's limit */
    const double padding = looks->dense ? 2.5 : 7;
    const struct sink_font *own = own_font(looks, look);
    double wanted = own ? own->height : 0;
    double height = lines * resolve(looks, look).size * 1.3 + padding;
    if (wanted > 0 && (lines <= 1 || wanted > height))
        return wanted;
    return height < tallest ? height : tallest;
}

int xlsx_room(const struct xlsx_looks *looks, enum xlsx_look look, int cells)
{
    static const double body = 10.5; /* what a column of so many cells is made for */
    double size = resolve(looks, look).size;
    int room = size > body ? (int)(cells * body / size) : cells;
    return room > 0 ? room : 1;
}

static const double side_margin = 0.5, edge_margin = 0.7; /* inches */

double xlsx_column_width(int cells)
{
    return cells + 1.7;
}

double xlsx_column_points(int cells)
{
    static const double digit = 7, padding = 5, dots = 96, inch = 72; /* pixels of Calibri 11 */
    return (xlsx_column_width(cells) * digit + padding) * inch / dots;
}

double xlsx_paper_room(enum sink_paper paper, bool landscape, double width)
{
    static const struct {
        double narrow, wide; /* points */
    } papers[] = {[SINK_A4] = {595.3, 841.9}, [SINK_A3] = {841.9, 1190.6}};
    static const double inch = 72;
    double across = landscape ? papers[paper].wide : papers[paper].narrow;
    double down = landscape ? papers[paper].narrow : papers[paper].wide;
    across -= 2 * side_margin * inch;
    down -= 2 * edge_margin * inch;
    return width > across ? down * width / across : down;
}

void xlsx_set_paper(lxw_worksheet *sheet, enum sink_paper paper, bool landscape)
{
    enum { PAPER_A3 = 8, PAPER_A4 = 9 };
    static const uint8_t papers[] = {[SINK_A4] = PAPER_A4, [SINK_A3] = PAPER_A3};
    worksheet_set_paper(sheet, papers[paper]);
    if (landscape)
        worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, side_margin, side_margin, edge_margin, edge_margin);
    worksheet_center_horizontally(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
}
