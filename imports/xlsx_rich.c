#include "imports/xlsx_rich.h"
#include "core/mem.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

enum { MAX_NUMBERS = 1000000, DIGITS = 9 };

static const char picture_key[] = "_rvRel:LocalImageIdentifier", rich_type[] = "XLRICHVALUE";

struct reader {
    struct xlsx_rich *rich;
    bool in_future, in_cells;
    uint32_t types, rich_type; /* metadata types so far; 1-based, which of them is the rich value */
    uint32_t keys;             /* of the structure so far */
    bool in_value;
    char digits[DIGITS + 1]; /* of the value */
    size_t digit_count;
};

static bool add(struct xlsx_numbers *numbers, uint32_t number, struct error *err)
{
    if (numbers->count == MAX_NUMBERS)
        return error_set(err, ERROR_FORMAT, "工作簿里的单元格图片太多，请拆成几个文件分别导入");
    numbers->items =
        mem_grow(numbers->items, numbers->count, &numbers->capacity, sizeof *numbers->items);
    numbers->items[numbers->count++] = number;
    return true;
}

static uint32_t item(const struct xlsx_numbers *numbers, size_t index)
{
    return index < numbers->count ? numbers->items[index] : NONE;
}

static void set_last(struct xlsx_numbers *numbers, uint32_t number)
{
    if (numbers->count > 0)
        numbers->items[numbers->count - 1] = number;
}

/* A number of up to nine digits, NONE for everything else. */
static uint32_t parse(const char *text)
{
    size_t length = text ? strspn(text, "0123456789") : 0;
    if (length == 0 || length > DIGITS || text[length])
        return NONE;
    return (uint32_t)strtoul(text, NULL, 10);
}

static uint32_t number_of(const char **attributes, const char *name)
{
    return parse(xml_attribute(attributes, name));
}

static bool is_named(const char **attributes, const char *attribute, const char *value)
{
    const char *found = xml_attribute(attributes, attribute);
    return found && strcmp(found, value) == 0;
}

static bool start_metadata(void *context, const char *name, const char **attributes,
                           struct error *err)
{
    struct reader *reader = context;
    struct xlsx_rich *rich = reader->rich;
    if (strcmp(name, "metadataType") == 0) {
        reader->types++;
        if (is_named(attributes, "name", rich_type))
            reader->rich_type = reader->types;
    } else if (strcmp(name, "futureMetadata") == 0) {
        reader->in_future = is_named(attributes, "name", rich_type);
    } else if (strcmp(name, "valueMetadata") == 0) {
        reader->in_cells = true;
    } else if (strcmp(name, "bk") == 0 && (reader->in_future || reader->in_cells)) {
        return add(reader->in_cells ? &rich->cells : &rich->metadata, NONE, err);
    } else if (strcmp(name, "rvb") == 0 && reader->in_future) {
        set_last(&rich->metadata, number_of(attributes, "i"));
    } else if (strcmp(name, "rc") == 0 && reader->in_cells &&
               number_of(attributes, "t") == reader->rich_type) {
        set_last(&rich->cells, number_of(attributes, "v"));
    }
    return true;
}

static bool end_metadata(void *context, const char *name, struct error *err)
{
    struct reader *reader = context;
    (void)err;
    if (strcmp(name, "futureMetadata") == 0)
        reader->in_future = false;
    else if (strcmp(name, "valueMetadata") == 0)
        reader->in_cells = false;
    return true;
}

static bool start_structure(void *context, const char *name, const char **attributes,
                            struct error *err)
{
    struct reader *reader = context;
    struct xlsx_numbers *structures = &reader->rich->structures;
    if (strcmp(name, "s") == 0) {
        reader->keys = 0;
        return add(structures, NONE, err);
    }
    if (strcmp(name, "k") == 0) {
        if (is_named(attributes, "n", picture_key))
            set_last(structures, reader->keys);
        reader->keys++;
    }
    return true;
}

static bool start_value(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    struct xlsx_rich *rich = reader->rich;
    if (strcmp(name, "rv") == 0)
        return add(&rich->values, number_of(attributes, "s"), err) &&
               add(&rich->values, (uint32_t)rich->keys.count, err);
    if (strcmp(name, "v") == 0) {
        reader->in_value = true;
        reader->digit_count = 0;
    }
    return true;
}

static bool text_of_value(void *context, const char *bytes, size_t length, struct error *err)
{
    struct reader *reader = context;
    (void)err;
    for (size_t i = 0; reader->in_value && i < length && reader->digit_count < DIGITS; i++)
        reader->digits[reader->digit_count++] = bytes[i];
    return true;
}

static bool end_value(void *context, const char *name, struct error *err)
{
    struct reader *reader = context;
    if (strcmp(name, "v") != 0)
        return true;
    reader->in_value = false;
    reader->digits[reader->digit_count] = '\0';
    return add(&reader->rich->keys, parse(reader->digits), err);
}

static bool start_link(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    struct xlsx_rich *rich = reader->rich;
    const char *id = xml_attribute(attributes, "id");
    if (strcmp(name, "rel") != 0)
        return true;
    if (rich->link_count == MAX_NUMBERS)
        return error_set(err, ERROR_FORMAT, "工作簿里的单元格图片太多，请拆成几个文件分别导入");
    rich->links =
        mem_grow(rich->links, rich->link_count, &rich->link_capacity, sizeof *rich->links);
    rich->links[rich->link_count++] = mem_text(id ? id : "");
    return true;
}

static bool end_nothing(void *context, const char *name, struct error *err)
{
    (void)context, (void)name, (void)err;
    return true;
}

bool xlsx_rich_read(struct zip *zip, const struct xlsx_relations *workbook, struct xlsx_rich *rich,
                    struct error *err)
{
    static const struct {
        const char *type; /* of the workbook's relation to the part */
        struct xml_handlers handlers;
    } parts[] = {
        {"sheetMetadata", {.start = start_metadata, .end = end_metadata}},
        {"rdRichValueStructure", {.start = start_structure, .end = end_nothing}},
        {"rdRichValue", {.start = start_value, .end = end_value, .text = text_of_value}},
        {"richValueRel", {.start = start_link, .end = end_nothing}},
    };
    enum { PARTS = sizeof parts / sizeof parts[0] };
    const struct xlsx_relation *found[PARTS];
    struct reader reader = {.rich = rich, .rich_type = NONE};
    for (size_t i = 0; i < PARTS; i++) {
        found[i] = xlsx_relations_find_type(workbook, parts[i].type);
        if (!found[i] || !zip_has(zip, found[i]->target))
            return true; /* all four are needed */
    }
    for (size_t i = 0; i < PARTS; i++)
        if (!xml_parse_part(zip, found[i]->target, &parts[i].handlers, &reader, err))
            return false;
    return xlsx_relations_read(zip, found[PARTS - 1]->target, &rich->relations, err);
}

void xlsx_rich_release(struct xlsx_rich *rich)
{
    free(rich->cells.items);
    free(rich->metadata.items);
    free(rich->structures.items);
    free(rich->values.items);
    free(rich->keys.items);
    for (size_t i = 0; i < rich->link_count; i++)
        free(rich->links[i]);
    free(rich->links);
    xlsx_relations_release(&rich->relations);
    *rich = (struct xlsx_rich){0};
}

const struct xlsx_relation *xlsx_rich_find(const struct xlsx_rich *rich, const char *vm)
{
    uint32_t cell = parse(vm);
    if (cell == 0 || cell == NONE)
        return NULL;
    size_t value = item(&rich->metadata, item(&rich->cells, cell - 1));
    uint32_t key = item(&rich->structures, item(&rich->values, 2 * value));
    uint32_t first = item(&rich->values, 2 * value + 1);
    if (key == NONE || first == NONE)
        return NULL;
    size_t link = item(&rich->keys, (size_t)first + key);
    return link < rich->link_count ? xlsx_relations_find_id(&rich->relations, rich->links[link])
                                   : NULL;
}
