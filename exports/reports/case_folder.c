/* 销号档案: one .zip with an index, the filled forms of a problem, and every file that speaks for
 * it. */
#include "exports/reports/case_folder.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/rules/reading.h"
#include "core/text.h"
#include "db/casefile.h"
#include "exports/layout_kind.h"
#include "exports/reports/reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAYOUT     "layouts/case-folder.csv"
#define INDEX_NAME "目录.xlsx"
#define FORMS_NAME "问题卡.xlsx"

/* ---- the forms ---- */

/* A card about a record that the problem does not point to is left out. */
static bool concerns(const struct case_folder *folder, const struct layout_sheet *sheet)
{
    const struct reg *reg = sheet->listing.reg;
    bool concerned = !reg || sheet->kind->is_table || reg == &reg_problem;
    for (struct field_walk walk = {.reg = &reg_problem}; !concerned && reg_walk(&walk);)
        concerned = walk.field->type == TYPE_REF && strcmp(walk.field->target, reg->name) == 0 &&
                    read_is_filled(&folder->problem, walk.field->name);
    return concerned;
}

/* A sheet shows the problem, what it points to, or what points to it; of samples those that speak
 * for it. */
static bool write_sheet(struct case_folder *folder, const struct layout_sheet *like,
                        struct error *err)
{
    struct layout_sheet sheet = *like;
    struct casefile_relation relation;
    sheet.listing.scope = REPORT_BIT(REPORT_PROBLEM);
    if (sheet.listing.reg && sheet.kind->is_table &&
        !casefile_relate(like->listing.reg, &reg_problem, &relation)) {
        sheet.listing.scope = 0;
        if (folder->samples.count && like->listing.reg == &reg_sample)
            sheet.listing.only = &folder->samples;
        else
            sheet.listing.records = &folder->problem; /* none of them */
    }
    return layout_write_sheet(&sheet, &folder->run, err);
}

static bool write_sheets(struct case_folder *folder, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < folder->layout.sheet_count; i++)
        if (concerns(folder, &folder->layout.sheets[i]))
            ok = write_sheet(folder, &folder->layout.sheets[i], err);
    return ok;
}

static bool write_forms(struct case_folder *folder, const char *path, struct error *err)
{
    struct buffer bureau = {0};
    run_fill(&folder->run, "{填报单位}", &bureau);
    const struct sink_options options = {
        .created = report_created(),
        .title = "问题卡",
        .author = bureau.text,
        .tables = layout_count_tables(&folder->layout),
    };
    bool ok = sink_open(&folder->run.sink, path, &options, err);
    if (ok && write_sheets(folder, err)) {
        ok = sink_commit(&folder->run.sink, err);
    } else if (ok) {
        sink_abort(&folder->run.sink);
        ok = false;
    }
    buffer_release(&bureau);
    return ok;
}

/* ---- the archive ---- */

/* A file is what was kept when what went into the archive has its sum. */
static bool add_file(struct case_folder *folder, struct case_file *file, struct error *err)
{
    struct buffer path = {0};
    struct archive_entry entry;
    case_folder_path(folder, file, &path);
    bool ok = archive_add(folder->archive, file->name, path.text, &entry, err);
    if (ok && strcmp(entry.sha256, file->sha256) != 0)
        case_folder_note_fault(folder, file->field, file->owner, "文件被改动过");
    file->bytes = ok ? entry.bytes : 0;
    buffer_release(&path);
    return ok;
}

static bool add_evidence(struct case_folder *folder, struct error *err)
{
    bool ok = case_folder_collect(folder, err);
    folder->run.total = folder->file_count;
    folder->run.done = 0;
    for (size_t i = 0; ok && i < folder->file_count; i++)
        ok = run_step(&folder->run, err) && add_file(folder, &folder->files[i], err);
    if (ok && folder->faults.length)
        ok = error_set(
            err, ERROR_REFUSED,
            "销号档案里的文件要齐全、原样：%s；请用备份恢复附件，或在问题里换成留存的原件，"
            "再导出",
            folder->faults.text);
    return ok;
}

/* The forms are a file of the folder like the others: the index tells their sum. */
static bool add_forms(struct case_folder *folder, const char *path, struct error *err)
{
    struct archive_entry entry;
    if (!write_forms(folder, path, err) ||
        !archive_add(folder->archive, FORMS_NAME, path, &entry, err))
        return false;
    struct case_file *file = case_folder_add(folder, "问题卡");
    file->name = mem_text(FORMS_NAME);
    file->owner = mem_text("本问题的各张表");
    file->bytes = entry.bytes;
    memcpy(file->sha256, entry.sha256, sizeof file->sha256);
    date_format(folder->run.context.today, file->date);
    return true;
}

/* The index comes last: it tells the sums of what went into the archive. */
static bool add_index(struct case_folder *folder, const char *path, struct error *err)
{
    struct archive_entry entry;
    return case_folder_write_index(folder, path, err) &&
           archive_add(folder->archive, INDEX_NAME, path, &entry, err);
}

static bool fill(struct case_folder *folder, struct error *err)
{
    struct buffer forms = {0}, index = {0}, name = {0};
    archive_scratch(folder->archive, FORMS_NAME, &forms);
    archive_scratch(folder->archive, INDEX_NAME, &index);
    archive_take_name(folder->archive, INDEX_NAME, &name);
    archive_take_name(folder->archive, FORMS_NAME, &name);
    bool ok = add_evidence(folder, err) && add_forms(folder, forms.text, err) &&
              add_index(folder, index.text, err);
    buffer_release(&forms);
    buffer_release(&index);
    buffer_release(&name);
    return ok;
}

static void release(struct case_folder *folder)
{
    for (size_t i = 0; i < folder->file_count; i++) {
        free(folder->files[i].title);
        free(folder->files[i].owner);
        free(folder->files[i].name);
    }
    free(folder->files);
    buffer_release(&folder->faults);
    id_list_release(&folder->samples);
    record_release(&folder->problem);
    run_release(&folder->run);
    layout_release(&folder->layout);
}

static bool write_file(const struct report *report, struct store *store,
                       const struct report_options *options, const char *path,
                       struct report_result *result, struct error *err)
{
    (void)report;
    struct case_folder folder = {.archive = NULL};
    const char *number = options->choices[REPORT_PROBLEM];
    if (!path || !text_ends_with(path, ".zip"))
        return error_set(err, ERROR_USAGE, "销号档案是压缩包，文件名请以 .zip 结尾");
    run_init(&folder.run, store, options, NULL, result);
    bool ok = store_find(store, &reg_problem, number, &folder.problem, err) &&
              (!folder.problem.deleted ||
               error_set(err, ERROR_MISSING, "问题“%s”已经删除，请先恢复", number));
    ok = ok && layout_read(&folder.layout, LAYOUT, err) &&
         archive_open(&folder.archive, path, report_created(), err);
    if (ok && fill(&folder, err)) {
        ok = archive_commit(&folder.archive, err);
    } else if (ok) {
        archive_abort(&folder.archive);
        ok = false;
    }
    if (ok)
        result->files = folder.file_count + 1; /* and the index */
    release(&folder);
    return ok;
}

const struct report report_case_folder = {
    .name = "case-folder",
    .label = "销号档案",
    .help = "一个问题的压缩包：目录、问题卡（登记、方案、进展、自验、核查、复核、公示、销号）和全部"
            "佐证。",
    .file = "销号档案.zip",
    .write_file = write_file,
    .needs = REPORT_BIT(REPORT_PROBLEM),
};
