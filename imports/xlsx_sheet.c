#include "imports/xlsx_sheet.h"
#include "core/mem.h"
#include "imports/staging.h"
#include "imports/xlsx_text.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

enum {
    RECENT_TEXTS = 4096,  /* a power of two */
    LONGEST_RECENT = 48,  /* bytes; longer texts are seldom said twice */
    LONGEST_FORMULA = 256 /* bytes of it that are looked at */
};

struct reader;

/* How the stored value of a cell becomes its text. */
struct cell_type {
    const char *name; /* attribute t */
    bool (*take)(struct reader *reader, struct error *err);
};

struct reader {
    struct table *table;
    const struct xlsx_sheet_source *source;
    struct xlsx_pictures *pictures;
    struct xlsx_text text; /* value of the current cell */
    struct buffer formula; /* of the current cell, as far as a picture's could go */
    const struct cell_type *type;
    const struct xlsx_relation *picture; /* of the current cell, when it is a rich value; or NULL */
    uint8_t format;
    bool in_data, in_row, in_cell, has_formula, in_formula;
    uint32_t row, last_row; /* 1-based; 0 before the first */
    uint32_t column;        /* of the current cell */
    uint32_t next_column;
    uint32_t recent[RECENT_TEXTS]; /* offsets of texts in the table by their hash */
};

static bool refuse_length(const struct reader *reader, struct error *err)
{
    char reference[STAGING_REFERENCE_SIZE];
    staging_reference(reader->row, reader->column, reference);
    return error_set(err, ERROR_FORMAT, "单元格 %s 的文字超过 %d 个字符，请缩短后再导入", reference,
                     TABLE_MAX_CHARACTERS);
}

static bool refuse_structure(struct error *err)
{
    return error_set(err, ERROR_FORMAT,
                     "行和单元格的次序错乱，请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入");
}

/* "B12" is row 12, column 1. Returns what follows, NULL when it is no cell of a worksheet. */
static const char *parse_reference(const char *text, uint32_t *row, uint32_t *column)
{
    uint32_t letters = 0, number = 0;
    for (; *text >= 'A' && *text <= 'Z' && letters <= TABLE_MAX_COLUMNS; text++)
        letters = letters * 26 + (uint32_t)(*text - 'A' + 1);
    for (; *text >= '0' && *text <= '9' && number <= TABLE_MAX_ROWS; text++)
        number = number * 10 + (uint32_t)(*text - '0');
    if (letters == 0 || letters > TABLE_MAX_COLUMNS || number == 0 || number > TABLE_MAX_ROWS)
        return NULL;
    *row = number;
    *column = letters - 1;
    return text;
}

static bool refuse_reference(const char *reference, struct error *err)
{
    char shown[STAGING_NAME_SIZE];
    return error_set(err, ERROR_FORMAT,
                     "单元格位置“%s”超出电子表格的范围（%d 行、%d 列），"
                     "请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入",
                     staging_name(reference, shown), TABLE_MAX_ROWS, TABLE_MAX_COLUMNS);
}

/* Lists say the same again and again: of a text that was seen lately the place is told. */
static uint32_t *recent_place(struct reader *reader, const char *text, size_t length)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return &reader->recent[(hash ^ hash >> 16) & (RECENT_TEXTS - 1)];
}

static bool store(struct reader *reader, const char *text, size_t length, struct error *err)
{
    struct table *table = reader->table;
    if (length == 0)
        return true;
    if (length > LONGEST_RECENT) {
        uint32_t offset;
        return staging_add_text(table, text, length, &offset, err) &&
               staging_set_cell(table, reader->column, offset, err);
    }
    uint32_t *recent = recent_place(reader, text, length);
    /* The text there ends with a NUL, so comparing goes no further than that. */
    if (!*recent || strcmp(table->text + *recent, text) != 0) {
        if (!staging_add_text(table, text, length, recent, err))
            return false;
    }
    return staging_set_cell(table, reader->column, *recent, err);
}

static bool take_text(struct reader *reader, struct error *err)
{
    if (!xlsx_text_finish(&reader->text))
        return refuse_length(reader, err);
    const struct buffer *value = &reader->text.buffer;
    return store(reader, buffer_text(value), value->length, err);
}

static bool take_shared(struct reader *reader, struct error *err)
{
    const char *value = buffer_text(&reader->text.buffer);
    if (!*value)
        return true;
    char *end;
    unsigned long index = strtoul(value, &end, 10);
    const struct xlsx_strings *strings = reader->source->strings;
    if (*end || *value == '-' || index >= strings->count) {
        char reference[STAGING_REFERENCE_SIZE];
        staging_reference(reader->row, reader->column, reference);
        return error_set(err, ERROR_FORMAT,
                         "单元格 %s 引用了不存在的共享字符串，文件已损坏，"
                         "请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入",
                         reference);
    }
    uint32_t offset = strings->offsets[index];
    return offset == 0 || staging_set_cell(reader->table, reader->column, offset, err);
}

static bool take_number(struct reader *reader, struct error *err)
{
    const char *value = buffer_text(&reader->text.buffer);
    char shown[XLSX_NUMBER_SIZE];
    if (xlsx_number_format(value, reader->format, reader->source->first_1904, shown))
        value = shown;
    return store(reader, value, strlen(value), err);
}

static bool take_date(struct reader *reader, struct error *err)
{
    const char *value = buffer_text(&reader->text.buffer);
    char shown[XLSX_NUMBER_SIZE];
    if (xlsx_iso_date_format(value, shown))
        value = shown;
    return store(reader, value, strlen(value), err);
}

static bool take_boolean(struct reader *reader, struct error *err)
{
    const char *value = buffer_text(&reader->text.buffer);
    if (!*value)
        return true;
    value = xml_is_true(value) ? "TRUE" : "FALSE";
    return store(reader, value, strlen(value), err);
}

static const struct cell_type cell_types[] = {
    {"n", take_number},       {"s", take_shared},  {"str", take_text},
    {"inlineStr", take_text}, {"b", take_boolean}, {"e", take_text}, /* #N/A, for the value gate */
    {"d", take_date},
};

static const struct cell_type *find_type(const char *name)
{
    for (size_t i = 0; i < sizeof cell_types / sizeof cell_types[0]; i++)
        if (name && strcmp(cell_types[i].name, name) == 0)
            return &cell_types[i];
    return &cell_types[0];
}

/* A size such as "12.7109375", rounded; 0 when it is none. */
static uint16_t parse_size(const char *text)
{
    enum { MOST = 1000 };
    unsigned size = 0;
    for (; text && *text >= '0' && *text <= '9' && size < MOST; text++)
        size = size * 10 + (unsigned)(*text - '0');
    if (text && *text == '.' && text[1] >= '5' && text[1] <= '9')
        size++;
    return (uint16_t)(size < MOST ? size : MOST);
}

static void describe_columns(struct reader *reader, const char **attributes)
{
    const char *first = xml_attribute(attributes, "min"), *last = xml_attribute(attributes, "max");
    const char *width = xml_attribute(attributes, "width");
    unsigned long from = first ? strtoul(first, NULL, 10) : 0;
    unsigned long to = last ? strtoul(last, NULL, 10) : 0;
    struct table_column look = {.width = parse_size(width)};
    look.hidden = xml_is_true(xml_attribute(attributes, "hidden")) || (width && look.width == 0);
    if (from >= 1 && from <= to && from <= TABLE_MAX_COLUMNS)
        staging_describe_columns(reader->table, (uint32_t)from - 1,
                                 (uint32_t)(to < TABLE_MAX_COLUMNS ? to : TABLE_MAX_COLUMNS) - 1,
                                 look);
}

/* What stands around the rows. */
static void describe_sheet(struct reader *reader, const char *name, const char **attributes)
{
    struct table *table = reader->table;
    if (strcmp(name, "col") == 0) {
        describe_columns(reader, attributes);
    } else if (strcmp(name, "sheetFormatPr") == 0) {
        table->row_height = parse_size(xml_attribute(attributes, "defaultRowHeight"));
    } else if (strcmp(name, "pageSetup") == 0) {
        const char *way = xml_attribute(attributes, "orientation");
        table->paper = parse_size(xml_attribute(attributes, "paperSize"));
        table->is_landscape = way && strcmp(way, "landscape") == 0;
    } else if (strcmp(name, "pane") == 0) {
        const char *state = xml_attribute(attributes, "state");
        table->has_panes = state && strncmp(state, "frozen", strlen("frozen")) == 0;
        if (table->has_panes)
            table->fixed_columns = parse_size(xml_attribute(attributes, "xSplit"));
    } else if (strcmp(name, "drawing") == 0) {
        free(reader->pictures->drawing);
        reader->pictures->drawing = mem_text(xml_attribute(attributes, "id"));
    }
}

static bool start_row(struct reader *reader, const char **attributes, struct error *err)
{
    const char *number = xml_attribute(attributes, "r");
    unsigned long row = number ? strtoul(number, NULL, 10) : reader->last_row + 1ul;
    if (reader->in_row)
        return refuse_structure(err);
    if (row > TABLE_MAX_ROWS)
        row = 0; /* refused below like every number that no row can have */
    if (row != 0 && row <= reader->last_row)
        return refuse_structure(err);
    if (!staging_begin_row(reader->table, (uint32_t)row, err))
        return false;
    struct table_row *begun = &reader->table->rows[reader->table->row_count - 1];
    begun->height = parse_size(xml_attribute(attributes, "ht"));
    begun->sized = xml_is_true(xml_attribute(attributes, "customHeight"));
    begun->hidden = xml_is_true(xml_attribute(attributes, "hidden"));
    reader->row = reader->last_row = (uint32_t)row;
    reader->next_column = 0;
    reader->in_row = true;
    return true;
}

static bool start_cell(struct reader *reader, const char **attributes, struct error *err)
{
    if (!reader->in_row || reader->in_cell)
        return refuse_structure(err);
    const char *reference = NULL, *type = NULL, *style = NULL;
    reader->picture = NULL;
    for (; *attributes; attributes += 2) {
        if (strcmp(attributes[0], "r") == 0)
            reference = attributes[1];
        else if (strcmp(attributes[0], "t") == 0)
            type = attributes[1];
        else if (strcmp(attributes[0], "s") == 0)
            style = attributes[1];
        else if (strcmp(attributes[0], "vm") == 0)
            reader->picture = xlsx_rich_find(reader->source->rich, attributes[1]);
    }
    uint32_t row = reader->row;
    reader->column = reader->next_column;
    if (reference) {
        const char *rest = parse_reference(reference, &row, &reader->column);
        if (!rest || *rest)
            return refuse_reference(reference, err);
    }
    if (row != reader->row || reader->column < reader->next_column)
        return refuse_structure(err);
    reader->next_column = reader->column + 1;
    reader->type = find_type(type);
    reader->format = xlsx_styles_format(reader->source->styles, style);
    if (reader->table->with_looks)
        staging_add_look(reader->table, row, reader->column,
                         style ? (uint32_t)strtoul(style, NULL, 10) : 0);
    reader->in_cell = true;
    reader->has_formula = false;
    buffer_clear(&reader->formula);
    xlsx_text_clear(&reader->text);
    return true;
}

/* The text of a cell that shows a picture is its formula, which nobody means as a value. */
static bool take_picture(struct reader *reader, bool *is_picture, struct error *err)
{
    const char *text = buffer_text(&reader->text.buffer), *id = NULL;
    size_t length = 0;
    *is_picture = reader->picture && strcmp(reader->picture->type, "image") == 0;
    if (*is_picture)
        return xlsx_pictures_add(reader->pictures, reader->row, reader->column, NULL, 0,
                                 reader->picture->target, err);
    if (reader->has_formula)
        length = xlsx_pictures_parse(buffer_text(&reader->formula), &id);
    if (!length && reader->type->take == take_shared && *text) {
        unsigned long index = strtoul(text, NULL, 10);
        const struct xlsx_strings *strings = reader->source->strings;
        text = index < strings->count ? reader->table->text + strings->offsets[index] : "";
    }
    if (!length && *text == '=')
        length = xlsx_pictures_parse(text, &id);
    *is_picture = length > 0;
    return !*is_picture ||
           xlsx_pictures_add(reader->pictures, reader->row, reader->column, id, length, NULL, err);
}

static bool end_cell(struct reader *reader, struct error *err)
{
    reader->in_cell = false;
    struct table *table = reader->table;
    bool is_picture;
    if (!take_picture(reader, &is_picture, err))
        return false;
    if (is_picture)
        return true;
    if (reader->has_formula && reader->text.buffer.length == 0 && reader->type->take != take_text) {
        if (table->uncalculated_count++ == 0)
            table->uncalculated_row = reader->row;
        return true;
    }
    return reader->type->take(reader, err);
}

static bool add_merge(struct reader *reader, const char **attributes, struct error *err)
{
    const char *area = xml_attribute(attributes, "ref");
    struct table_merge merge;
    const char *rest = area ? parse_reference(area, &merge.first_row, &merge.first_column) : NULL;
    if (rest && *rest == ':')
        rest = parse_reference(rest + 1, &merge.last_row, &merge.last_column);
    else if (rest && !*rest)
        return true; /* a single cell */
    if (!rest || *rest || merge.last_row < merge.first_row ||
        merge.last_column < merge.first_column)
        return refuse_reference(area ? area : "", err);
    return staging_add_merge(reader->table, merge, err);
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    if (!reader->in_data) {
        /* Form controls have rows and columns of their own, so only those of the data count. */
        if (strcmp(name, "sheetData") == 0)
            reader->in_data = true;
        else if (strcmp(name, "mergeCell") == 0)
            return add_merge(reader, attributes, err);
        else
            describe_sheet(reader, name, attributes);
        return true;
    }
    if (strcmp(name, "c") == 0)
        return start_cell(reader, attributes, err);
    if (strcmp(name, "row") == 0)
        return start_row(reader, attributes, err);
    if (strcmp(name, "sheetData") == 0)
        return refuse_structure(err);
    if (!reader->in_cell)
        return true;
    if (strcmp(name, "v") == 0)
        reader->text.open = true;
    else if (strcmp(name, "f") == 0)
        reader->has_formula = reader->in_formula = true;
    else
        xlsx_text_start(&reader->text, name);
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reader *reader = context;
    if (!reader->in_data)
        return true;
    if (strcmp(name, "c") == 0)
        return end_cell(reader, err);
    if (strcmp(name, "v") == 0) {
        reader->text.open = false;
    } else if (strcmp(name, "f") == 0) {
        reader->in_formula = false;
    } else if (strcmp(name, "row") == 0) {
        staging_end_row(reader->table);
        reader->in_row = false;
    } else if (strcmp(name, "sheetData") == 0) {
        reader->in_data = false;
    } else {
        xlsx_text_end(&reader->text, name);
    }
    return true;
}

static bool on_text(void *context, const char *bytes, size_t length, struct error *err)
{
    struct reader *reader = context;
    if (reader->in_formula && reader->formula.length + length < LONGEST_FORMULA)
        buffer_add_bytes(&reader->formula, bytes, length);
    return xlsx_text_add(&reader->text, bytes, length) || refuse_length(reader, err);
}

static bool on_fed(void *context, int64_t bytes, struct error *err)
{
    struct reader *reader = context;
    return staging_report(reader->table, reader->source->done + bytes, reader->source->total, err);
}

/* One row more than wanted has begun: those before it are whole. */
static bool is_enough(void *context)
{
    const struct table *table = ((struct reader *)context)->table;
    return table->most_rows && table->row_count > table->most_rows;
}

bool xlsx_sheet_read(struct zip *zip, const char *part, const struct xlsx_sheet_source *source,
                     struct table *table, struct xlsx_pictures *pictures, struct error *err)
{
    static const struct xml_handlers handlers = {
        .start = on_start, .end = on_end, .text = on_text, .fed = on_fed, .enough = is_enough};
    struct reader reader = {.table = table, .source = source, .pictures = pictures};
    bool done = xml_parse_part(zip, part, &handlers, &reader, err);
    if (table->most_rows)
        staging_cut_rows(table, table->most_rows);
    buffer_release(&reader.text.buffer);
    buffer_release(&reader.formula);
    return done;
}
