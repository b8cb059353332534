/* The files of a case: those in the problem itself, in what points to it, in the inspection that
 * found it, in the samples that speak for it. */
#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/text.h"
#include "db/casefile.h"
#include "exports/picture.h"
#include "exports/reports/case_folder.h"
#include "imports/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void case_folder_path(const struct case_folder *folder, const struct case_file *file,
                      struct buffer *path)
{
    attachment_path(folder->run.store, file->sha256, path);
}

struct case_file *case_folder_add(struct case_folder *folder, const char *title)
{
    folder->files =
        mem_grow(folder->files, folder->file_count, &folder->file_capacity, sizeof *folder->files);
    struct case_file *file = &folder->files[folder->file_count++];
    *file = (struct case_file){.title = mem_text(title)};
    return file;
}

/* ---- what a file is called ---- */

/* What office programs write is a .zip that has a certain part. */
static const char *package_suffix(const char *path)
{
    static const struct {
        const char *part, *suffix;
    } kinds[] = {{"xl/workbook.xml", ".xlsx"}, {"word/document.xml", ".docx"}};
    struct zip *zip = NULL;
    const char *suffix = ".zip";
    if (!zip_open(path, &zip, NULL))
        return suffix;
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (zip_has(zip, kinds[i].part))
            suffix = kinds[i].suffix;
    zip_close(&zip);
    return suffix;
}

/* Whether they may be a text, in whatever encoding: no control characters but blanks. */
static bool is_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] < ' ' && !strchr("\t\r\n\f", bytes[i] ? bytes[i] : '\1'))
            return false;
    return length > 0;
}

/* The ending that a file ought to have, by its first bytes. */
static void add_suffix(const char *path, struct buffer *out)
{
    struct picture picture;
    char head[512] = "";
    size_t length = 0;
    FILE *file = fopen(path, "rb");
    if (file) {
        length = fread(head, 1, sizeof head - 1, file);
        fclose(file);
    }
    if (picture_read(path, &picture))
        buffer_addf(out, ".%s", picture_suffix(picture.kind));
    else if (text_starts_with(head, "%PDF"))
        buffer_add(out, ".pdf");
    else if (text_starts_with(head, "<svg"))
        buffer_add(out, ".svg");
    else if (text_starts_with(head, "PK\3\4"))
        buffer_add(out, package_suffix(path));
    else if (is_text(head, length))
        buffer_add(out, ".txt");
}

/* The name that the file had where it came from; "" unknown. */
static const char *original_name(const struct record *record, const struct field *file)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (walk.field->describes && strcmp(walk.field->describes, file->name) == 0 &&
            walk.field->type == TYPE_TEXT)
            return record_text(record, walk.field->name);
    return "";
}

/* "03_整改后照片.jpg"; of a file that had a name "07_附件_二期雨水排口.jpg". */
static void give_name(struct case_folder *folder, struct case_file *file, size_t number,
                      const char *original)
{
    struct buffer wanted = {0}, path = {0}, name = {0};
    case_folder_path(folder, file, &path);
    buffer_addf(&wanted, "%02zu_%s", number, file->title);
    if (*original)
        buffer_addf(&wanted, "_%s", original);
    else
        add_suffix(path.text, &wanted);
    archive_take_name(folder->archive, wanted.text, &name);
    file->name = buffer_take(&name);
    buffer_release(&wanted);
    buffer_release(&path);
}

/* ---- which files ---- */

/* The day that belongs to the file: after_photo_on of after_photo; of a record that is there for
 * its file its first day. */
static void find_date(const struct record *record, const struct field *field,
                      char out[DATE_TEXT_SIZE])
{
    struct buffer name = {0};
    struct date date;
    buffer_addf(&name, "%s_on", field->name);
    if (read_date(record, name.text, &date))
        date_format(date, out);
    buffer_release(&name);
    for (struct field_walk walk = {.reg = record->reg};
         !*out && record->reg != &reg_problem && reg_walk(&walk);)
        if (walk.field->type == TYPE_DATE && read_date(record, walk.field->name, &date))
            date_format(date, out);
}

static bool is_known(const struct case_folder *folder, const char *sha256)
{
    for (size_t i = 0; i < folder->file_count; i++)
        if (strcmp(folder->files[i].sha256, sha256) == 0)
            return true;
    return false;
}

void case_folder_note_fault(struct case_folder *folder, const struct field *field,
                            const char *owner, const char *what)
{
    buffer_addf(&folder->faults, "%s%s（%s）", folder->faults.length ? "、" : "",
                *owner ? owner : field->label, what);
}

static void take_file(struct case_folder *folder, const struct record *record,
                      const struct field *field)
{
    const struct lookup *lookup = folder->run.context.lookup;
    const char *sha256 = record_text(record, field->name);
    const bool is_own = record->reg == &reg_problem;
    struct buffer owner = {0};
    if (!*sha256 || is_known(folder, sha256))
        return;
    if (!is_own) {
        buffer_addf(&owner, "%s：", record->reg->label);
        record_name(record, lookup, &owner);
    }
    if (!attachment_has(folder->run.store, sha256, NULL)) {
        case_folder_note_fault(folder, field, buffer_text(&owner), "文件缺失");
        buffer_release(&owner);
        return;
    }
    const char *kind = is_own ? field->label : record_text(record, "kind");
    struct case_file *file = case_folder_add(folder, *kind ? kind : record->reg->label);
    memcpy(file->sha256, sha256, sizeof file->sha256);
    file->reg = record->reg;
    file->field = field;
    file->owner = buffer_take(&owner);
    find_date(record, field, file->date);
    give_name(folder, file, folder->file_count, original_name(record, field));
}

static void take_record(struct case_folder *folder, const struct record *record)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (walk.field->type == TYPE_ATTACHMENT && field_is_stored(walk.field))
            take_file(folder, record, walk.field);
}

static bool take_query(struct case_folder *folder, const struct query *query, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cursor_open(&cursor, folder->run.store, query, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record)
        take_record(folder, record);
    cursor_close(&cursor);
    return ok;
}

/* What points to the problem, but for the problem that followed it. */
static bool take_children(struct case_folder *folder, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < register_count; i++) {
        struct casefile_relation relation;
        if (registers[i] == &reg_problem || !casefile_relate(registers[i], &reg_problem, &relation))
            continue;
        for (size_t j = 0; ok && j < relation.link_count; j++) {
            struct buffer where = {0};
            buffer_addf(&where, "%s=\"%s\"", relation.links[j]->name, folder->problem.id);
            ok = take_query(folder, &(struct query){.reg = registers[i], .where = where.text}, err);
            buffer_release(&where);
        }
    }
    return ok;
}

static bool take_inspection(struct case_folder *folder, struct error *err)
{
    const char *id = read_text(&folder->problem, "inspection");
    struct record record;
    if (!id)
        return true;
    bool ok = store_get(folder->run.store, &reg_inspection, id, &record, err);
    if (ok)
        take_record(folder, &record);
    record_release(&record);
    return ok;
}

/* ---- samples ---- */

/* Of the object, since the problem was found, for one of its metals. */
static bool find_samples(struct case_folder *folder, struct error *err)
{
    const struct record *problem = &folder->problem;
    const struct record *sample = NULL;
    size_t capacity = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < OBJECT_FIELD_COUNT; i++) {
        const char *object = read_text(problem, object_fields[i].name);
        struct buffer where = {0};
        struct query query = {.reg = &reg_sample};
        struct cursor *cursor = NULL;
        if (!object || !object_fields[i].target ||
            !reg_field_find(&reg_sample, object_fields[i].name))
            continue;
        buffer_addf(&where, "%s=\"%s\"", object_fields[i].name, object);
        if (read_is_filled(problem, "found_on"))
            buffer_addf(&where, " sampled_on>=%s", record_text(problem, "found_on"));
        query.where = where.text;
        ok = cursor_open(&cursor, folder->run.store, &query, err);
        while (ok && (ok = cursor_next(cursor, &sample, err)) && sample)
            if (!read_is_filled(problem, "metals") ||
                read_lists(problem, "metals", record_text(sample, "factor")))
                id_list_add(&folder->samples, &capacity, sample->id);
        cursor_close(&cursor);
        buffer_release(&where);
    }
    return ok;
}

bool case_folder_collect(struct case_folder *folder, struct error *err)
{
    const struct query samples = {.reg = &reg_sample, .only = &folder->samples};
    take_record(folder, &folder->problem);
    return find_samples(folder, err) && take_children(folder, err) &&
           take_inspection(folder, err) &&
           (!folder->samples.count || take_query(folder, &samples, err));
}
