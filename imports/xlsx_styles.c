#include "imports/xlsx_styles.h"
#include "core/mem.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT_IDS = 65536 }; /* ids are 16 bits wide in the older formats, and stay below */

struct reader {
    struct xlsx_styles *styles;
    uint8_t *custom; /* 1 + format by id, 0 where the workbook defines none */
    bool in_cell_styles;
};

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    (void)err;
    const char *id = xml_attribute(attributes, "numFmtId");
    unsigned long number = id ? strtoul(id, NULL, 10) : 0;
    if (number >= FORMAT_IDS)
        number = 0;
    if (strcmp(name, "cellXfs") == 0) {
        reader->in_cell_styles = true;
    } else if (strcmp(name, "numFmt") == 0) {
        const char *code = xml_attribute(attributes, "formatCode");
        reader->custom[number] = (uint8_t)(1 + xlsx_format_of_code(code ? code : ""));
    } else if (strcmp(name, "xf") == 0 && reader->in_cell_styles) {
        struct xlsx_styles *styles = reader->styles;
        styles->formats = mem_grow(styles->formats, styles->count, &styles->capacity, 1);
        uint8_t custom = reader->custom[number];
        styles->formats[styles->count++] =
            custom ? (uint8_t)(custom - 1) : xlsx_format_of_id((unsigned)number);
    }
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reader *reader = context;
    (void)err;
    if (strcmp(name, "cellXfs") == 0)
        reader->in_cell_styles = false;
    return true;
}

bool xlsx_styles_read(struct zip *zip, const char *part, struct xlsx_styles *styles,
                      struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_start, .end = on_end};
    struct reader reader = {.styles = styles, .custom = mem_new(FORMAT_IDS, 1)};
    bool done = xml_parse_part(zip, part, &handlers, &reader, err);
    free(reader.custom);
    return done;
}

void xlsx_styles_release(struct xlsx_styles *styles)
{
    free(styles->formats);
    *styles = (struct xlsx_styles){0};
}

uint8_t xlsx_styles_format(const struct xlsx_styles *styles, const char *index)
{
    unsigned long number = index ? strtoul(index, NULL, 10) : 0;
    return number < styles->count ? styles->formats[number] : XLSX_GENERAL;
}
