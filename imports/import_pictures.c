/* Pictures on the sheet: each belongs to the row on which its upper left corner lies. */
#include "core/facts.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/import_inside.h"
#include "imports/staging.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- where a record keeps its files ---- */

/* The field of `attachments` in which a record of `reg` stands; NULL when it takes none. */
static const struct field *owner_field(const struct reg *attachments, const struct reg *reg)
{
    for (struct field_walk walk = {.reg = attachments}; reg_walk(&walk);)
        if (walk.field->type == TYPE_REF && field_is_stored(walk.field) &&
            strcmp(walk.field->target, reg->name) == 0)
            return walk.field;
    return NULL;
}

/* The record that the files of `record` hang on: itself, or what it is a profile of. Its id is "",
 * when there is none. */
static const char *find_owner(const struct reg *attachments, const struct record *record,
                              const struct field **owner)
{
    const struct reg *subject = reg_subject(record->reg);
    *owner = owner_field(attachments, record->reg);
    if (*owner)
        return record->id;
    *owner = subject ? owner_field(attachments, subject) : NULL;
    for (struct field_walk walk = {.reg = record->reg}; *owner && reg_walk(&walk);)
        if (walk.field->type == TYPE_REF && field_is_stored(walk.field) &&
            strcmp(walk.field->target, subject->name) == 0)
            return record_text(record, walk.field->name);
    return "";
}

/* ---- pictures that were kept already ---- */

/* By the part of the workbook: a logo or a stamp lies on every row, and it takes longest to be sure
 * that a file is on the disk. */
struct saved_pictures {
    struct saved_picture {
        const char *part; /* of the table */
        char sha256[ATTACHMENT_HASH_SIZE], ending[8];
        uint64_t bytes;
    } * items;
    size_t count, capacity;
    uint32_t *slots; /* index plus 1, 0: free; by a hash of the part */
    size_t size;     /* a power of two */
};

static uint32_t *saved_slot(const struct saved_pictures *saved, const char *part)
{
    size_t slot = text_hash(0, part) & (saved->size - 1);
    while (saved->slots[slot] && strcmp(saved->items[saved->slots[slot] - 1].part, part) != 0)
        slot = (slot + 1) & (saved->size - 1);
    return &saved->slots[slot];
}

static const struct saved_picture *find_saved(const struct run *run, size_t image)
{
    const struct saved_pictures *saved = run->saved;
    uint32_t slot = saved ? *saved_slot(saved, run->import->table.images[image].part) : 0;
    return slot ? &saved->items[slot - 1] : NULL;
}

static void spread(struct saved_pictures *saved)
{
    enum { FIRST_SIZE = 64 };
    saved->size = saved->size ? 2 * saved->size : FIRST_SIZE;
    free(saved->slots);
    saved->slots = mem_new(saved->size, sizeof *saved->slots);
    for (size_t i = 0; i < saved->count; i++)
        *saved_slot(saved, saved->items[i].part) = (uint32_t)i + 1;
}

static void remember(struct run *run, size_t image, const struct attachment_file *file)
{
    if (!run->saved)
        run->saved = mem_new(1, sizeof *run->saved);
    struct saved_pictures *saved = run->saved;
    if (2 * saved->count >= saved->size)
        spread(saved);
    saved->items = mem_grow(saved->items, saved->count, &saved->capacity, sizeof *saved->items);
    struct saved_picture *item = &saved->items[saved->count++];
    const char *dot = strrchr(file->name, '.');
    *item =
        (struct saved_picture){.part = run->import->table.images[image].part, .bytes = file->bytes};
    memcpy(item->sha256, file->sha256, sizeof item->sha256);
    snprintf(item->ending, sizeof item->ending, "%s", dot ? dot + 1 : "");
    *saved_slot(saved, item->part) = (uint32_t)saved->count;
}

/* ---- one picture ---- */

static bool make_folder(struct run *run, struct error *err)
{
    struct buffer path = {0};
    if (run->image_folder)
        return true;
    if (!staging_make_folder("pictures", &path)) {
        error_set(err, ERROR_IO, "不能建立临时文件夹“%s”，请清理磁盘后再导入", path.text);
        buffer_release(&path);
        return false;
    }
    run->image_folder = buffer_take(&path);
    return true;
}

/* Writes the picture where attachments are taken from; false with *fate IMPORT_PICTURE_BROKEN when
 * it is none. */
static bool save(struct run *run, size_t image, struct buffer *path, struct error *err)
{
    return make_folder(run, err) &&
           table_save_image(&run->import->table, image, run->image_folder, path, err);
}

/* The same file under the name that it has on this row. */
static bool put_saved(const struct run *run, size_t image, const struct saved_picture *saved,
                      struct record *record, size_t field, struct error *err)
{
    struct attachment_file file = {.bytes = saved->bytes};
    struct buffer name = {0};
    memcpy(file.sha256, saved->sha256, sizeof file.sha256);
    table_name_image(&run->import->table, image, saved->ending, &name);
    snprintf(file.name, sizeof file.name, "%s", name.text);
    buffer_release(&name);
    return attachment_put(record, field, &file, err);
}

/* Puts the picture into field `field` of the record. */
static bool put_picture(struct run *run, size_t image, struct record *record, size_t field,
                        struct error *err)
{
    struct buffer path = {0};
    struct attachment_file file = {.bytes = 0};
    const struct saved_picture *saved = find_saved(run, image);
    if (saved)
        return put_saved(run, image, saved, record, field, err);
    bool ok = save(run, image, &path, err) &&
              attachment_add(run->store, record, field, path.text, &file, err);
    if (path.length)
        unlink(path.text);
    copies_add(run->import->copies, &file);
    if (ok)
        remember(run, image, &file);
    buffer_release(&path);
    return ok;
}

/* A picture that cannot be read must not stop the rest, a full disk must. */
static bool is_broken(const struct error *err)
{
    return err->code == ERROR_FORMAT || !run_must_stop(err);
}

/* ---- in a column of files ---- */

/* The empty attachment field whose column the picture lies in, -1 when there is none. */
static int field_under(const struct run *run, size_t image)
{
    const struct heading *heading = &run->import->heading;
    uint32_t column = run->import->table.images[image].column;
    if (column >= heading->column_count || heading->columns[column].match != HEADING_FIELD)
        return -1;
    size_t index = heading->columns[column].field;
    const struct field *field = reg_field(run->import->reg, index);
    bool takes = field->type == TYPE_ATTACHMENT && field_is_stored(field) && !run->given[index];
    return takes ? (int)index : -1;
}

static bool lies_here(const struct run *run, size_t image)
{
    const struct table *table = &run->import->table;
    return image < table->image_count && table->images[image].row == run_row_number(run);
}

bool pictures_fill(struct run *run, struct record *record, struct error *err)
{
    const struct table *table = &run->import->table;
    while (run->image < table->image_count && table->images[run->image].row < run_row_number(run))
        run->image++;
    for (size_t i = run->image; lies_here(run, i); i++) {
        struct error problem = {0};
        int field = field_under(run, i);
        if (field < 0)
            continue;
        if (put_picture(run, i, record, (size_t)field, &problem)) {
            run->given[field] = true;
            run->fates[i] = IMPORT_PICTURE_KEPT;
        } else if (is_broken(&problem)) {
            run->fates[i] = IMPORT_PICTURE_BROKEN;
        } else {
            *err = problem;
            return false;
        }
    }
    return true;
}

/* ---- as records of their own ---- */

/* What the heading above the picture says: its title, and the kind that is named in it. */
static void describe(const struct run *run, size_t image, struct record *attachment)
{
    const struct heading *heading = &run->import->heading;
    uint32_t column = run->import->table.images[image].column;
    const char *title = column < heading->column_count ? heading->columns[column].text : "";
    int kind = reg_field_index(attachment->reg, "kind");
    int name = reg_field_index(attachment->reg, "title");
    const char *chosen = NULL;
    if (kind >= 0)
        for (const char *const *choice = reg_field(attachment->reg, (size_t)kind)->choices;
             *choice && !(chosen && strstr(title, chosen)); choice++)
            chosen = *choice;
    if (chosen)
        record_set_text(attachment, (size_t)kind, chosen, NULL, NULL);
    /* A heading that is too long for a title is no reason to lose the picture. */
    if (name >= 0)
        record_set_text(attachment, (size_t)name, title, NULL, NULL);
}

static int file_field(const struct reg *attachments)
{
    for (struct field_walk walk = {.reg = attachments}; reg_walk(&walk);)
        if (walk.field->type == TYPE_ATTACHMENT && field_is_stored(walk.field))
            return (int)walk.index;
    return -1;
}

/* Stores the attachment that holds the picture, unless its owner has the same one. */
static bool store_picture(struct run *run, struct record *attachment, const struct field *owner,
                          const char *id, enum import_picture_fate *fate, struct error *err)
{
    const struct field *file = reg_field(attachment->reg, (size_t)file_field(attachment->reg));
    const struct check_context context = store_check_context(run->store);
    const struct facts_query same = {
        .reg = attachment->reg->name,
        .field = owner->name,
        .value = id,
        .also = {{.field = file->name, .value = record_text(attachment, file->name)}}};
    const struct store_origins origins = {.where = run->where.text};
    enum store_change change;
    *fate = facts_any(&context, &same) ? IMPORT_PICTURE_KNOWN : IMPORT_PICTURE_KEPT;
    if (*fate == IMPORT_PICTURE_KNOWN)
        return true;
    store_set_origins(run->store, &origins);
    return store_put(run->store, attachment, &change, err);
}

static bool attach(struct run *run, size_t image, const struct record *record,
                   enum import_picture_fate *fate, struct error *err)
{
    const struct reg *attachments = reg_find("attachment");
    const struct field *owner = NULL;
    const char *id = find_owner(attachments, record, &owner);
    *fate = IMPORT_PICTURE_NO_PLACE;
    if (!owner || !*id)
        return true;
    struct record attachment;
    record_init(&attachment, attachments);
    record_set_initial(&attachment, store_lookup(run->store), NULL);
    describe(run, image, &attachment);
    value_set_text(record_value_for_change(&attachment, owner->name), id);
    bool ok = put_picture(run, image, &attachment, (size_t)file_field(attachments), err) &&
              store_picture(run, &attachment, owner, id, fate, err);
    record_release(&attachment);
    return ok;
}

bool pictures_attach(struct run *run, const struct record *record, struct error *err)
{
    const struct table *table = &run->import->table;
    while (run->image < table->image_count && table->images[run->image].row < run_row_number(run))
        run->image++;
    for (; lies_here(run, run->image); run->image++) {
        enum import_picture_fate fate = IMPORT_PICTURE_REFUSED;
        struct error problem = {0};
        if (record && run->fates[run->image] >= 0) {
            if (run->shown.outcome == IMPORT_SAME && run->fates[run->image] == IMPORT_PICTURE_KEPT)
                run->fates[run->image] = IMPORT_PICTURE_KNOWN;
            continue;
        }
        if (record && !attach(run, run->image, record, &fate, &problem)) {
            if (!is_broken(&problem)) {
                *err = problem;
                return false;
            }
            fate = IMPORT_PICTURE_BROKEN;
        }
        run->fates[run->image] = (signed char)fate;
    }
    return true;
}

/* ---- all of them ---- */

void pictures_init(struct run *run)
{
    size_t count = run->import->table.image_count;
    run->fates = mem_new(count + 1, sizeof *run->fates);
    memset(run->fates, -1, count);
}

static bool holds_text(const struct import *import, size_t column)
{
    bool is_partial;
    for (size_t row = body_start(import); row < import->table.row_count; row++)
        if (!run_is_blank(table_cell(&import->table, row, column)) &&
            body_kind(import, row, &is_partial) == BODY_DATA)
            return true;
    return false;
}

void pictures_finish(struct run *run)
{
    struct import *import = run->import;
    for (size_t i = 0; i < import->table.image_count; i++) {
        enum import_picture_fate fate =
            run->fates[i] < 0 ? IMPORT_PICTURE_NO_ROW : (enum import_picture_fate)run->fates[i];
        uint32_t column = import->table.images[i].column;
        import->pictures[fate]++;
        if ((fate == IMPORT_PICTURE_KEPT || fate == IMPORT_PICTURE_KNOWN) &&
            column < import->heading.column_count)
            import->pictured[column] = true;
    }
    for (size_t i = 0; i < import->heading.column_count; i++)
        import->pictured[i] = import->pictured[i] && !holds_text(import, i);
}

void pictures_release(struct run *run)
{
    if (run->image_folder)
        rmdir(run->image_folder);
    if (run->saved) {
        free(run->saved->items);
        free(run->saved->slots);
    }
    free(run->saved);
    free(run->image_folder);
    free(run->fates);
}
