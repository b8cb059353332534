#include "imports/xlsx_strings.h"
#include "core/mem.h"
#include "imports/staging.h"
#include "imports/xlsx_text.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct table *table;
    struct xlsx_strings *strings;
    struct xlsx_text text;
    int64_t total;
};

static bool refuse_length(struct error *err)
{
    return error_set(err, ERROR_FORMAT, "有单元格的文字超过 %d 个字符，请缩短后再导入",
                     TABLE_MAX_CHARACTERS);
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    (void)attributes, (void)err;
    if (strcmp(name, "si") == 0)
        xlsx_text_clear(&reader->text);
    else
        xlsx_text_start(&reader->text, name);
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reader *reader = context;
    if (strcmp(name, "si") != 0) {
        xlsx_text_end(&reader->text, name);
        return true;
    }
    if (!xlsx_text_finish(&reader->text))
        return refuse_length(err);
    struct xlsx_strings *strings = reader->strings;
    strings->offsets =
        mem_grow(strings->offsets, strings->count, &strings->capacity, sizeof *strings->offsets);
    uint32_t *offset = &strings->offsets[strings->count++];
    *offset = 0;
    const struct buffer *text = &reader->text.buffer;
    return text->length == 0 ||
           staging_add_text(reader->table, text->text, text->length, offset, err);
}

static bool on_text(void *context, const char *bytes, size_t length, struct error *err)
{
    struct reader *reader = context;
    return xlsx_text_add(&reader->text, bytes, length) || refuse_length(err);
}

static bool on_fed(void *context, int64_t bytes, struct error *err)
{
    struct reader *reader = context;
    return staging_report(reader->table, bytes, reader->total, err);
}

bool xlsx_strings_read(struct zip *zip, const char *part, int64_t total, struct table *table,
                       struct xlsx_strings *strings, struct error *err)
{
    static const struct xml_handlers handlers = {
        .start = on_start, .end = on_end, .text = on_text, .fed = on_fed};
    struct reader reader = {.table = table, .strings = strings, .total = total};
    bool done = xml_parse_part(zip, part, &handlers, &reader, err);
    buffer_release(&reader.text.buffer);
    return done;
}

void xlsx_strings_release(struct xlsx_strings *strings)
{
    free(strings->offsets);
    *strings = (struct xlsx_strings){0};
}
