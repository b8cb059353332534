#include "imports/xlsx_styles.h"
#include "core/mem.h"
#include "core/reg.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT_IDS = 65536 }; /* ids are 16 bits wide in the older formats, and stay below */

/* What the part being read describes. */
enum list { LIST_NONE, LIST_FONTS, LIST_FILLS, LIST_CELLS };

static const char *const list_names[] = {
    [LIST_FONTS] = "fonts", [LIST_FILLS] = "fills", [LIST_CELLS] = "cellXfs"};

struct reader {
    struct xlsx_styles *styles;
    uint8_t *custom; /* 1 + format by id, 0 where the workbook defines none */
    enum list list;
    bool with_looks;
    struct table_style *fonts; /* only what a font says; names are owned */
    size_t font_count, font_capacity;
    bool *fills; /* whether one is more than empty */
    size_t fill_count, fill_capacity, look_capacity;
};

static unsigned long number_of(const char **attributes, const char *name)
{
    const char *text = xml_attribute(attributes, name);
    return text ? strtoul(text, NULL, 10) : 0;
}

/* A size such as "10.5" in tenths. */
static uint16_t size_of(const char *text)
{
    enum { TENTHS = 10, MOST = 409 };
    char *end;
    unsigned long points = text ? strtoul(text, &end, 10) : 0;
    if (!text || points > MOST)
        return 0;
    unsigned tenth = *end == '.' && end[1] >= '0' && end[1] <= '9' ? (unsigned)(end[1] - '0') : 0;
    return (uint16_t)(points * TENTHS + tenth);
}

/* Inside of a font. */
static void describe_font(struct reader *reader, const char *name, const char **attributes)
{
    const char *value = xml_attribute(attributes, "val");
    if (strcmp(name, "font") == 0) {
        reader->fonts = mem_grow(reader->fonts, reader->font_count, &reader->font_capacity,
                                 sizeof *reader->fonts);
        reader->fonts[reader->font_count++] = (struct table_style){.font = mem_text("")};
    }
    if (reader->font_count == 0)
        return;
    struct table_style *font = &reader->fonts[reader->font_count - 1];
    if (strcmp(name, "name") == 0 && value) {
        free(font->font);
        font->font = mem_text(value);
    } else if (strcmp(name, "sz") == 0) {
        font->size = size_of(value);
    } else if (strcmp(name, "b") == 0) {
        font->bold = !value || xml_is_true(value);
    }
}

static void describe_fill(struct reader *reader, const char *name, const char **attributes)
{
    if (strcmp(name, "fill") == 0) {
        reader->fills = mem_grow(reader->fills, reader->fill_count, &reader->fill_capacity,
                                 sizeof *reader->fills);
        reader->fills[reader->fill_count++] = false;
    } else if (strcmp(name, "patternFill") == 0 && reader->fill_count) {
        const char *pattern = xml_attribute(attributes, "patternType");
        reader->fills[reader->fill_count - 1] = pattern && strcmp(pattern, "none") != 0;
    } else if (strcmp(name, "fgColor") == 0 && reader->fill_count) {
        /* White on white is what people take for none. */
        const char *colour = xml_attribute(attributes, "rgb");
        if (colour && strcmp(colour, "FFFFFFFF") == 0)
            reader->fills[reader->fill_count - 1] = false;
    }
}

static void add_look(struct reader *reader, const char **attributes)
{
    struct xlsx_styles *styles = reader->styles;
    unsigned long font = number_of(attributes, "fontId"), fill = number_of(attributes, "fillId");
    struct table_style look = {.font = NULL};
    if (font < reader->font_count)
        look = reader->fonts[font];
    look.font = mem_text(look.font ? look.font : "");
    look.shaded = fill < reader->fill_count && reader->fills[fill];
    styles->looks =
        mem_grow(styles->looks, styles->count, &reader->look_capacity, sizeof *styles->looks);
    styles->looks[styles->count] = look;
}

static void describe_cell(struct reader *reader, const char *name, const char **attributes)
{
    struct xlsx_styles *styles = reader->styles;
    if (strcmp(name, "alignment") == 0 && styles->looks) {
        const char *way = xml_attribute(attributes, "horizontal");
        styles->looks[styles->count - 1].centred = way && strcmp(way, "center") == 0;
    }
    if (strcmp(name, "xf") != 0)
        return;
    unsigned long number = number_of(attributes, "numFmtId");
    if (number >= FORMAT_IDS)
        number = 0;
    if (reader->with_looks)
        add_look(reader, attributes);
    styles->formats = mem_grow(styles->formats, styles->count, &styles->capacity, 1);
    uint8_t custom = reader->custom[number];
    styles->formats[styles->count++] =
        custom ? (uint8_t)(custom - 1) : xlsx_format_of_id((unsigned)number);
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    (void)err;
    for (size_t i = LIST_FONTS; i < COUNT_OF(list_names); i++)
        if (strcmp(name, list_names[i]) == 0)
            reader->list = (enum list)i;
    if (strcmp(name, "numFmt") == 0) {
        unsigned long number = number_of(attributes, "numFmtId");
        const char *code = xml_attribute(attributes, "formatCode");
        reader->custom[number < FORMAT_IDS ? number : 0] =
            (uint8_t)(1 + xlsx_format_of_code(code ? code : ""));
    } else if (reader->list == LIST_CELLS) {
        describe_cell(reader, name, attributes);
    } else if (reader->list == LIST_FONTS && reader->with_looks) {
        describe_font(reader, name, attributes);
    } else if (reader->list == LIST_FILLS && reader->with_looks) {
        describe_fill(reader, name, attributes);
    }
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reader *reader = context;
    (void)err;
    for (size_t i = LIST_FONTS; i < COUNT_OF(list_names); i++)
        if (strcmp(name, list_names[i]) == 0)
            reader->list = LIST_NONE;
    return true;
}

bool xlsx_styles_read(struct zip *zip, const char *part, bool with_looks,
                      struct xlsx_styles *styles, struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_start, .end = on_end};
    struct reader reader = {
        .styles = styles, .custom = mem_new(FORMAT_IDS, 1), .with_looks = with_looks};
    bool done = xml_parse_part(zip, part, &handlers, &reader, err);
    for (size_t i = 0; i < reader.font_count; i++)
        free(reader.fonts[i].font);
    free(reader.fonts);
    free(reader.fills);
    free(reader.custom);
    return done;
}

void xlsx_styles_release(struct xlsx_styles *styles)
{
    for (size_t i = 0; styles->looks && i < styles->count; i++)
        free(styles->looks[i].font);
    free(styles->looks);
    free(styles->formats);
    *styles = (struct xlsx_styles){0};
}

uint8_t xlsx_styles_format(const struct xlsx_styles *styles, const char *index)
{
    unsigned long number = index ? strtoul(index, NULL, 10) : 0;
    return number < styles->count ? styles->formats[number] : XLSX_GENERAL;
}
