/* How a blank form looks: fonts and heights of its parts, and which columns stand centred. */
#include "exports/form_inside.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* The cell in that row at or behind that column, NULL: the file does not tell of one. */
static const struct table_look *find_look(const struct table *table, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < table->look_count; i++)
        if (table->looks[i].row == row && table->looks[i].column >= column)
            return &table->looks[i];
    return NULL;
}

/* The first column with text, in a row that has any. */
static uint32_t first_text(const struct table *table, uint32_t number)
{
    uint32_t column = 0;
    for (size_t row = 0; row < table->row_count; row++)
        while (table->rows[row].number == number && column + 1 < table->rows[row].count &&
               !*table_cell(table, row, column))
            column++;
    return column;
}

/* What differs from the usual height by rounding only is not said, no row is lower than its
 * letters, and a line of text so high has two. */
static void take_height(struct sink_font *font, uint16_t height, int size, double most)
{
    double points = size / 10.0, usual = points * 1.3 + 7;
    bool is_usual = height + 1.0 >= usual && height - 1.0 <= usual;
    if (height && !is_usual && height >= points * 1.1 && height <= points * most)
        font->height = height;
}

/* One line that a layout takes as the name of a font. */
static bool is_name(const char *text)
{
    return *text && text_count(text) <= SINK_FONT_NAME && !text[strcspn(text, "\r\n\t")];
}

static void take_font(struct form *form, enum sink_part part, const struct table *table,
                      const struct table_look *look)
{
    /* Times the size of the letters: a row to be filled in has room for more than one line. */
    static const double most[SINK_PART_COUNT] = {
        [SINK_HEADS] = 2.6, [SINK_TITLE] = 2.6, [SINK_MARGINS] = 2.6, [SINK_BODY] = 10};
    const struct table_style *style = &table->styles[look->style];
    const struct sink_font usual = sink_usual_font(part);
    struct sink_font *font = &form->fonts[part];
    bool is_sized = style->size >= SINK_FONT_SMALLEST && style->size <= SINK_FONT_LARGEST;
    if (is_name(style->font) && strcmp(style->font, usual.name) != 0) {
        form->font_names[part] = mem_text(style->font);
        font->name = form->font_names[part];
    }
    if (is_sized && style->size != usual.size)
        font->size = style->size;
    if (style->bold != (usual.bold == SINK_YES))
        font->bold = style->bold ? SINK_YES : SINK_NO;
    if (style->shaded != (usual.shaded == SINK_YES))
        font->shaded = style->shaded ? SINK_YES : SINK_NO;
    take_height(font, look->height, is_sized ? style->size : usual.size, most[part]);
}

/* The first row below the heading that is to be filled in; 0 when the form has none. */
static uint32_t find_body(const struct form *form, const struct table *table,
                          const struct form_rows *rows)
{
    const struct table_look *look = find_look(table, rows->last + 1, form->columns[0].at);
    if (!look || look->row == form->part_rows[SINK_NOTES] ||
        look->row == form->part_rows[SINK_SIGNATURES] || look->row == form->total_row)
        return 0;
    return look->row;
}

static void read_body(struct form *form, const struct table *table, const struct form_rows *rows)
{
    uint32_t row = find_body(form, table, rows);
    const struct table_look *look =
        find_look(table, row ? row : form->total_row, form->columns[0].at);
    if (!look || !look->row)
        return;
    take_font(form, SINK_BODY, table, look);
    /* Sums are bold and as high as they are, whatever the rows are. */
    if (!row) {
        form->fonts[SINK_BODY].bold = SINK_AS_USUAL;
        form->fonts[SINK_BODY].height = 0;
    }
    for (size_t i = 0; row && i < form->column_count; i++) {
        look = find_look(table, row, form->columns[i].at);
        form->columns[i].centred =
            look && look->column == form->columns[i].at && table->styles[look->style].centred;
    }
}

void form_read_looks(struct form *form, const struct table *table, const struct form_rows *rows)
{
    form->part_rows[SINK_HEADING] = rows->first;
    for (enum sink_part part = SINK_HEADS; part < SINK_PART_COUNT; part++) {
        uint32_t row = form->part_rows[part];
        const struct table_look *look = row ? find_look(table, row, first_text(table, row)) : NULL;
        if (look)
            take_font(form, part, table, look);
    }
    if (form->column_count)
        read_body(form, table, rows);
    for (size_t i = 0; table->has_panes && i < form->column_count; i++)
        form->fixed += form->columns[i].at < table->fixed_columns;
    form->has_panes = table->has_panes;
}

void form_release_looks(struct form *form)
{
    for (size_t i = 0; i < SINK_PART_COUNT; i++)
        free(form->font_names[i]);
}
