#include "db/pack.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/internal.h"
#include "db/pack_rows.h"
#include "db/resource.h"

#include <stdlib.h>
#include <string.h>

/* Names of folders, nothing that leads elsewhere. */
static bool is_name(const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

static bool is_base(const char *name)
{
    return strcmp(name, PACK_BASE) == 0;
}

static void write_path(const char *name, const struct reg *reg, struct buffer *path)
{
    buffer_addf(path, "%s%s/%s.csv", is_base(name) ? "" : "packs/", name, reg->name);
}

/* Reads a file of a pack; *there is false when the pack has none. */
static bool read_file(const char *path, struct buffer *text, bool *there, struct error *err)
{
    struct error missing = {0};
    struct buffer place = {0};
    *there = resource_path(path, &place, &missing);
    buffer_release(&place);
    if (!*there)
        return missing.code == ERROR_MISSING || error_set(err, missing.code, "%s", missing.message);
    return resource_read(path, text, err);
}

/* ---- names ---- */

void pack_names(struct buffer *names)
{
    resource_entries("packs", names);
}

static bool refuse_name(const char *name, struct error *err)
{
    struct buffer names = {0}, list = {0};
    pack_names(&names);
    for (const char *c = buffer_text(&names); *c; c++)
        if (*c != '\n')
            buffer_add_char(&list, *c);
        else if (c[1])
            buffer_add(&list, "、");
    error_set(err, ERROR_USAGE, "没有名为“%s”的政策包，现有：%s", name, buffer_text(&list));
    buffer_release(&names);
    buffer_release(&list);
    return false;
}

/* Reads the pack's own campaign.csv, which every pack has. */
static bool read_campaign(const char *name, struct buffer *path, struct buffer *text,
                          struct error *err)
{
    bool there = false;
    if (!is_name(name) || is_base(name))
        return refuse_name(name, err);
    write_path(name, &reg_campaign, path);
    return read_file(path->text, text, &there, err) && (there || refuse_name(name, err));
}

bool pack_label(const char *name, struct buffer *label, struct error *err)
{
    struct buffer path = {0}, text = {0};
    struct pack_columns columns;
    struct csv csv;
    bool ok = read_campaign(name, &path, &text, err);
    if (ok) {
        csv_init(&csv, text.text);
        ok = pack_read_heading(&reg_campaign, &csv, &columns, err) ||
             error_prefix(err, "%s", path.text);
    }
    if (ok && csv_next(&csv))
        for (size_t i = 0; i < columns.count; i++)
            if (columns.fields[i] == (size_t)reg_field_index(&reg_campaign, "name"))
                text_add_visible(csv_cell(&csv, i), false, label);
    buffer_release(&path);
    buffer_release(&text);
    return ok;
}

/* ---- loading ---- */

static bool put_file(struct store *store, const char *name, const struct reg *reg,
                     const char *campaign, struct pack_result *result, struct error *err)
{
    struct buffer path = {0}, text = {0};
    bool there;
    write_path(name, reg, &path);
    bool ok = read_file(path.text, &text, &there, err);
    if (ok && there) {
        const struct pack_file file = {
            .pack = name, .path = path.text, .reg = reg, .campaign = campaign};
        ok = pack_put_rows(store, &file, text.text, result, err);
    }
    buffer_release(&path);
    buffer_release(&text);
    return ok;
}

/* The campaign comes first, for the other rows refer to it. */
static bool put_campaign(struct store *store, const char *name, struct buffer *id,
                         struct pack_result *result, struct error *err)
{
    struct record campaign;
    struct error missing = {0};
    if (!put_file(store, name, &reg_campaign, "", result, err))
        return false;
    bool ok = store_find(store, &reg_campaign, name, &campaign, &missing) ||
              error_set(err, ERROR_REFUSED,
                        "packs/%s/campaign.csv 中没有专项代码为“%s”的一行，或它在本文件中已被删除",
                        name, name);
    if (ok)
        buffer_add(id, campaign.id);
    record_release(&campaign);
    return ok;
}

/* A pack or PACK_BASE, within a change that has begun; when it fails the caller rolls back. Adds to
 * `result`. */
static bool put_pack(struct store *store, const char *name, struct pack_result *result,
                     struct error *err)
{
    struct buffer path = {0}, text = {0}, campaign = {0};
    bool ok = is_base(name) || (read_campaign(name, &path, &text, err) &&
                                put_campaign(store, name, &campaign, result, err));
    for (size_t i = 0; ok && i < register_count; i++)
        if ((registers[i]->flags & REG_POLICY) && registers[i] != &reg_campaign)
            ok = put_file(store, name, registers[i], buffer_text(&campaign), result, err);
    buffer_release(&path);
    buffer_release(&text);
    buffer_release(&campaign);
    return ok;
}

static bool follow_first(struct store *store, const char *name, struct error *err)
{
    return is_base(name) || *store_setting(store, "pack") ||
           store_set_setting(store, "pack", name, err);
}

bool pack_load(struct store *store, const char *name, struct pack_result *result, struct error *err)
{
    *result = (struct pack_result){.read = 0};
    struct buffer why = {0};
    if (!is_base(name) && !pack_label(name, &why, err)) {
        buffer_release(&why);
        return false;
    }
    bool ok = store_begin(store, "pack", why.length ? why.text : "基础数据", err) &&
              put_pack(store, name, result, err) && follow_first(store, name, err) &&
              store_commit(store, err);
    if (!ok)
        store_rollback(store);
    buffer_release(&why);
    return ok;
}

bool pack_install(struct store *store, const char *names, struct error *err)
{
    struct pack_result result = {.read = 0};
    char *copy = mem_text(names ? names : ""), *rest = copy;
    bool ok = store_begin(store, "init", NULL, err) && put_pack(store, PACK_BASE, &result, err);
    for (char *name; ok && (name = strtok_r(rest, ",", &rest)) != NULL;)
        ok = (!is_base(name) || refuse_name(name, err)) && put_pack(store, name, &result, err) &&
             follow_first(store, name, err);
    ok = ok && store_commit(store, err);
    if (!ok)
        store_rollback(store);
    free(copy);
    return ok;
}
