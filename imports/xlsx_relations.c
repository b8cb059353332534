#include "imports/xlsx_relations.h"
#include "core/buffer.h"
#include "core/mem.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_RELATIONS = 100000 };

struct reader {
    const char *part;
    struct xlsx_relations *relations;
};

/* Length of the folder of `part` with its slash, 0 at the root. */
static size_t folder_length(const char *part)
{
    const char *slash = strrchr(part, '/');
    return slash ? (size_t)(slash - part) + 1 : 0;
}

/* "../a.xml" seen from "xl/b/c.xml" is "xl/a.xml". */
static char *resolve(const char *part, const char *target)
{
    struct buffer path = {0};
    if (*target == '/')
        target++;
    else
        buffer_add_bytes(&path, part, folder_length(part));
    while (strncmp(target, "../", 3) == 0 || strncmp(target, "./", 2) == 0) {
        if (target[1] == '.' && path.length > 0) {
            path.text[path.length - 1] = '\0';
            path.length = folder_length(path.text);
        }
        target = strchr(target, '/') + 1;
    }
    buffer_add(&path, target);
    return buffer_take(&path);
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    struct xlsx_relations *relations = reader->relations;
    const char *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0))
        return true;
    if (relations->count == MAX_RELATIONS)
        return error_set(err, ERROR_FORMAT,
                         "文件内部的部件超过 %d 个，请删去多余的工作表和图片再导入", MAX_RELATIONS);
    relations->items = mem_grow(relations->items, relations->count, &relations->capacity,
                                sizeof *relations->items);
    relations->items[relations->count++] = (struct xlsx_relation){
        .id = mem_text(id),
        .type = mem_text(type + folder_length(type)),
        .target = resolve(reader->part, target),
    };
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    (void)context, (void)name, (void)err;
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    const struct xlsx_relation *left = a, *right = b;
    return strcmp(left->id, right->id);
}

bool xlsx_relations_read(struct zip *zip, const char *part, struct xlsx_relations *relations,
                         struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_start, .end = on_end};
    struct reader reader = {.part = part, .relations = relations};
    size_t folder = folder_length(part);
    struct buffer name = {0};
    buffer_add_bytes(&name, part, folder);
    buffer_addf(&name, "_rels/%s.rels", part + folder);
    bool done = !zip_has(zip, buffer_text(&name)) ||
                xml_parse_part(zip, buffer_text(&name), &handlers, &reader, err);
    buffer_release(&name);
    if (relations->count)
        qsort(relations->items, relations->count, sizeof *relations->items, compare_ids);
    return done;
}

void xlsx_relations_release(struct xlsx_relations *relations)
{
    for (size_t i = 0; i < relations->count; i++) {
        free(relations->items[i].id);
        free(relations->items[i].type);
        free(relations->items[i].target);
    }
    free(relations->items);
    *relations = (struct xlsx_relations){0};
}

const struct xlsx_relation *xlsx_relations_find_id(const struct xlsx_relations *relations,
                                                   const char *id)
{
    struct xlsx_relation wanted = {.id = mem_text(id)};
    const struct xlsx_relation *found = relations->count
                                            ? bsearch(&wanted, relations->items, relations->count,
                                                      sizeof *relations->items, compare_ids)
                                            : NULL;
    free(wanted.id);
    return found;
}

const struct xlsx_relation *xlsx_relations_find_type(const struct xlsx_relations *relations,
                                                     const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->items[i].type, type) == 0)
            return &relations->items[i];
    return NULL;
}
