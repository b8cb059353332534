#include "imports/xlsx_pictures.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/staging.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

enum {
    EMU_PER_POINT = 12700, /* English Metric Units, in which drawings are measured */
    EMU_PER_PIXEL = 9525,
    USUAL_ROW_POINTS = 15,
    USUAL_COLUMN_WIDTH = 9,
    PIXELS_PER_CHARACTER = 7,
};

void xlsx_pictures_release(struct xlsx_pictures *pictures)
{
    free(pictures->drawing);
    for (size_t i = 0; i < pictures->count; i++) {
        free(pictures->cells[i].id);
        free(pictures->cells[i].part);
    }
    free(pictures->cells);
    *pictures = (struct xlsx_pictures){0};
}

size_t xlsx_pictures_parse(const char *formula, const char **id)
{
    static const char future[] = "_xlfn.", call[] = "DISPIMG(\"";
    formula += *formula == '=';
    if (text_starts_with(formula, future))
        formula += sizeof future - 1;
    if (!text_starts_with(formula, call))
        return 0;
    *id = formula + sizeof call - 1;
    return strcspn(*id, "\"");
}

static bool refuse_count(struct error *err)
{
    return error_set(err, ERROR_FORMAT, "工作表里的图片超过 %d 张，请拆成几个文件分别导入",
                     TABLE_MAX_IMAGES);
}

bool xlsx_pictures_add(struct xlsx_pictures *pictures, uint32_t row, uint32_t column,
                       const char *id, size_t length, const char *part, struct error *err)
{
    if (pictures->count == TABLE_MAX_IMAGES)
        return refuse_count(err);
    pictures->cells =
        mem_grow(pictures->cells, pictures->count, &pictures->capacity, sizeof *pictures->cells);
    pictures->cells[pictures->count++] =
        (struct xlsx_cell_picture){.row = row,
                                   .column = column,
                                   .id = id ? mem_text_part(id, length) : NULL,
                                   .part = mem_text(part)};
    return true;
}

/* Lays the picture of a part on a cell. */
static bool add_part(struct table *table, const struct zip *zip, const char *part, uint32_t row,
                     uint32_t column, struct error *err)
{
    if (!zip_has(zip, part) || row == 0 || row > TABLE_MAX_ROWS || column >= TABLE_MAX_COLUMNS)
        return true;
    if (table->image_count == TABLE_MAX_IMAGES)
        return refuse_count(err);
    table->images =
        mem_grow(table->images, table->image_count, &table->image_capacity, sizeof *table->images);
    table->images[table->image_count++] =
        (struct table_image){.row = row, .column = column, .part = mem_text(part)};
    return true;
}

/* The same for the picture that `id` names among `relations`. */
static bool add_image(struct table *table, const struct zip *zip,
                      const struct xlsx_relations *relations, const char *id, uint32_t row,
                      uint32_t column, struct error *err)
{
    const struct xlsx_relation *relation = id ? xlsx_relations_find_id(relations, id) : NULL;
    return !relation || strcmp(relation->type, "image") != 0 ||
           add_part(table, zip, relation->target, row, column, err);
}

/* ---- pictures above the sheet ---- */

struct drawing_reader {
    struct table *table;
    const struct zip *zip;
    struct xlsx_relations relations;
    uint32_t row, column; /* of the anchor, 0-based */
    uint32_t *number;     /* which of them is being read, or NULL */
    bool in_from;
    int pictures;  /* inside that many <pic> */
    int fallbacks; /* inside that many <Fallback>, which say again what stands before */
};

/* Which row lies at `y`, measured from the top by what the sheet says of its heights. */
static uint32_t row_at(const struct table *table, int64_t y)
{
    int64_t usual = (table->row_height ? table->row_height : USUAL_ROW_POINTS) * EMU_PER_POINT;
    int64_t next = 0; /* 0-based row that lies at the top of what is left of `y` */
    for (size_t i = 0; i < table->row_count && y >= 0; i++) {
        const struct table_row *row = &table->rows[i];
        int64_t between = (row->number - 1 - next) * usual;
        int64_t height = row->height ? row->height * EMU_PER_POINT : usual;
        if (y < between)
            break;
        y -= between;
        next = row->number - 1;
        if (row->hidden)
            height = 0;
        if (y < height)
            return (uint32_t)next;
        y -= height;
        next++;
    }
    next += y / usual;
    return next < TABLE_MAX_ROWS ? (uint32_t)next : TABLE_MAX_ROWS;
}

static uint32_t column_at(const struct table *table, int64_t x)
{
    for (uint32_t column = 0; column < TABLE_MAX_COLUMNS; column++) {
        bool described = column < table->described_columns;
        int64_t width = described ? table->columns[column].width : 0;
        width = (width ? width : USUAL_COLUMN_WIDTH) * PIXELS_PER_CHARACTER * EMU_PER_PIXEL;
        if (described && table->columns[column].hidden)
            width = 0;
        if (x < width)
            return column;
        x -= width;
    }
    return TABLE_MAX_COLUMNS;
}

static int64_t parse_measure(const char *text)
{
    long long value = text ? strtoll(text, NULL, 10) : 0;
    return value > 0 ? value : 0;
}

static bool start_drawing(void *context, const char *name, const char **attributes,
                          struct error *err)
{
    struct drawing_reader *reader = context;
    if (strcmp(name, "Fallback") == 0) {
        reader->fallbacks++;
    } else if (text_ends_with(name, "Anchor")) {
        reader->row = reader->column = 0;
    } else if (strcmp(name, "pos") == 0 && reader->pictures == 0) {
        reader->row = row_at(reader->table, parse_measure(xml_attribute(attributes, "y")));
        reader->column = column_at(reader->table, parse_measure(xml_attribute(attributes, "x")));
    } else if (strcmp(name, "from") == 0) {
        reader->in_from = true;
    } else if (reader->in_from && strcmp(name, "col") == 0) {
        reader->number = &reader->column;
    } else if (reader->in_from && strcmp(name, "row") == 0) {
        reader->number = &reader->row;
    } else if (strcmp(name, "pic") == 0) {
        reader->pictures++;
    } else if (strcmp(name, "blip") == 0 && reader->pictures > 0 && reader->fallbacks == 0) {
        return add_image(reader->table, reader->zip, &reader->relations,
                         xml_attribute(attributes, "embed"), reader->row + 1, reader->column, err);
    }
    return true;
}

static bool end_drawing(void *context, const char *name, struct error *err)
{
    struct drawing_reader *reader = context;
    (void)err;
    reader->number = NULL;
    if (strcmp(name, "Fallback") == 0)
        reader->fallbacks--;
    else if (strcmp(name, "from") == 0)
        reader->in_from = false;
    else if (strcmp(name, "pic") == 0)
        reader->pictures--;
    return true;
}

static bool text_of_drawing(void *context, const char *bytes, size_t length, struct error *err)
{
    struct drawing_reader *reader = context;
    (void)err;
    for (size_t i = 0; reader->number && i < length; i++)
        if (bytes[i] >= '0' && bytes[i] <= '9' && *reader->number < TABLE_MAX_ROWS)
            *reader->number = *reader->number * 10 + (uint32_t)(bytes[i] - '0');
    return true;
}

static bool read_drawing(struct zip *zip, const char *part, const char *id, struct table *table,
                         struct error *err)
{
    static const struct xml_handlers handlers = {
        .start = start_drawing, .end = end_drawing, .text = text_of_drawing};
    struct drawing_reader reader = {.table = table, .zip = zip};
    struct xlsx_relations sheet = {0};
    bool done = xlsx_relations_read(zip, part, &sheet, err);
    const struct xlsx_relation *drawing = done ? xlsx_relations_find_id(&sheet, id) : NULL;
    if (drawing && strcmp(drawing->type, "drawing") == 0 && zip_has(zip, drawing->target))
        done = xlsx_relations_read(zip, drawing->target, &reader.relations, err) &&
               xml_parse_part(zip, drawing->target, &handlers, &reader, err);
    xlsx_relations_release(&reader.relations);
    xlsx_relations_release(&sheet);
    return done;
}

/* ---- pictures in cells ---- */

/* The name of a picture in a cell, and its relation. */
struct named {
    char *name, *relation;
};

struct cell_images_reader {
    struct named *items;
    size_t count, capacity;
    char *name; /* of the picture being read, or NULL */
};

static bool start_cell_image(void *context, const char *name, const char **attributes,
                             struct error *err)
{
    struct cell_images_reader *reader = context;
    const char *embed = xml_attribute(attributes, "embed");
    if (strcmp(name, "cNvPr") == 0) {
        free(reader->name);
        reader->name = mem_text(xml_attribute(attributes, "name"));
    } else if (strcmp(name, "blip") == 0 && embed && reader->name) {
        if (reader->count == TABLE_MAX_IMAGES)
            return refuse_count(err);
        reader->items =
            mem_grow(reader->items, reader->count, &reader->capacity, sizeof *reader->items);
        reader->items[reader->count++] =
            (struct named){.name = reader->name, .relation = mem_text(embed)};
        reader->name = NULL;
    }
    return true;
}

static bool end_cell_image(void *context, const char *name, struct error *err)
{
    (void)context, (void)name, (void)err;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    const struct named *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static bool lay_on_cells(const struct cell_images_reader *reader, const struct zip *zip,
                         const struct xlsx_relations *relations,
                         const struct xlsx_pictures *pictures, struct table *table,
                         struct error *err)
{
    for (size_t i = 0; i < pictures->count; i++) {
        const struct xlsx_cell_picture *cell = &pictures->cells[i];
        if (!cell->id)
            continue;
        struct named wanted = {.name = cell->id};
        const struct named *found = reader->count ? bsearch(&wanted, reader->items, reader->count,
                                                            sizeof *reader->items, compare_names)
                                                  : NULL;
        if (found &&
            !add_image(table, zip, relations, found->relation, cell->row, cell->column, err))
            return false;
    }
    return true;
}

static bool read_cell_images(struct zip *zip, const char *part,
                             const struct xlsx_pictures *pictures, struct table *table,
                             struct error *err)
{
    static const struct xml_handlers handlers = {.start = start_cell_image, .end = end_cell_image};
    struct cell_images_reader reader = {0};
    struct xlsx_relations relations = {0};
    bool done = xlsx_relations_read(zip, part, &relations, err) &&
                xml_parse_part(zip, part, &handlers, &reader, err);
    if (done && reader.count)
        qsort(reader.items, reader.count, sizeof *reader.items, compare_names);
    done = done && lay_on_cells(&reader, zip, &relations, pictures, table, err);
    for (size_t i = 0; i < reader.count; i++) {
        free(reader.items[i].name);
        free(reader.items[i].relation);
    }
    free(reader.items);
    free(reader.name);
    xlsx_relations_release(&relations);
    return done;
}

static int compare_images(const void *a, const void *b)
{
    const struct table_image *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return strcmp(left->part, right->part);
}

bool xlsx_pictures_read(struct zip *zip, const char *part, const char *cell_images,
                        const struct xlsx_pictures *pictures, struct table *table,
                        struct error *err)
{
    if (pictures->drawing && !read_drawing(zip, part, pictures->drawing, table, err))
        return false;
    if (pictures->count && cell_images && zip_has(zip, cell_images) &&
        !read_cell_images(zip, cell_images, pictures, table, err))
        return false;
    for (size_t i = 0; i < pictures->count; i++) {
        const struct xlsx_cell_picture *cell = &pictures->cells[i];
        if (cell->part && !add_part(table, zip, cell->part, cell->row, cell->column, err))
            return false;
    }
    if (table->image_count)
        qsort(table->images, table->image_count, sizeof *table->images, compare_images);
    return true;
}
