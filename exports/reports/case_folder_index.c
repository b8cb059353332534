/* 目录.xlsx: what each step of the life wants and what shows it, and every file with its sum. */
#include "core/life.h"
#include "core/rules/reading.h"
#include "core/text.h"
#include "exports/reports/case_folder.h"

#include <stdio.h>
#include <string.h>

static const struct sink_column need_columns[] = {
    {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 5, .centre = true},
    {.key = "step", .label = "环节", .width = 10, .merge = true},
    {.key = "need", .label = "要有什么", .width = 14},
    {.key = "shown", .label = "档案里的内容", .width = 34},
    {.key = "file", .label = "证明文件", .width = 26},
    {.key = "result", .label = "是否齐全", .width = 10, .centre = true},
    {.key = "remark", .label = "说明", .width = 30},
    {.key = "basis", .label = "依据", .width = 30},
};

static const struct sink_column file_columns[] = {
    {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 5, .centre = true},
    {.key = "file", .label = "文件", .width = 36},
    {.key = "title", .label = "是什么", .width = 14},
    {.key = "owner", .label = "出自", .width = 26},
    {.key = "date", .label = "日期", .format = SINK_DATE, .width = 11},
    {.key = "bytes", .label = "大小", .unit = "字节", .format = SINK_INTEGER, .width = 11},
    {.key = "sha256", .label = "SHA-256 校验值", .width = 66},
};

static const struct case_file *file_of(const struct case_folder *folder, const char *sha256)
{
    for (size_t i = 0; *sha256 && i < folder->file_count; i++)
        if (strcmp(folder->files[i].sha256, sha256) == 0)
            return &folder->files[i];
    return NULL;
}

/* Whether an earlier need of the same step asks for the same field: they share a row. */
static bool is_first(const struct life_need *needs, const struct life_need *need)
{
    for (const struct life_need *at = needs; at != need; at++)
        if (strcmp(at->state, need->state) == 0 && strcmp(at->field, need->field) == 0)
            return false;
    return true;
}

static bool is_demanded(const struct record *record, const struct life_need *need)
{
    return !need->when.field || record_matches(record, need->when);
}

/* All that the needs of this step say against the field; nothing when all is well. */
static void write_faults(const struct record *record, const struct life_need *need,
                         const struct check_context *context, struct buffer *out)
{
    for (const struct life_need *at = need; at->state; at++) {
        struct buffer sentence = {0};
        if (strcmp(at->state, need->state) != 0 || strcmp(at->field, need->field) != 0 ||
            !is_demanded(record, at))
            continue;
        if (at->lacks)
            at->lacks(record, context, &sentence);
        else if (!read_is_filled(record, at->field))
            buffer_add(&sentence, "没有填");
        else if (at->must && !read_is(record, at->field, at->must))
            buffer_addf(&sentence, "应为“%s”", at->must);
        if (sentence.length && (!out->length || !strstr(out->text, sentence.text)))
            buffer_addf(out, "%s%s", out->length ? LIFE_CLAUSE : "", sentence.text);
        buffer_release(&sentence);
    }
}

static bool put_need(const struct case_folder *folder, struct sink *sink,
                     const struct life_need *need, int64_t serial, struct error *err)
{
    const struct record *problem = &folder->problem;
    const struct field *field = reg_field_find(problem->reg, need->field);
    const struct case_file *file =
        field->type == TYPE_ATTACHMENT ? file_of(folder, record_text(problem, need->field)) : NULL;
    const bool is_due = life_has_reached(problem, need->state);
    struct buffer shown = {0}, faults = {0};
    if (field->type != TYPE_ATTACHMENT)
        record_display(problem, need->field, folder->run.context.lookup, &shown);
    write_faults(problem, need, &folder->run.context, &faults);
    sink_begin_row(sink);
    sink_number(sink, serial, 0);
    sink_text(sink, need->state);
    sink_text(sink, field->label);
    sink_text(sink, buffer_text(&shown));
    sink_text(sink, file ? file->name : "");
    sink_text(sink, !is_due                                ? "未到这一步"
                    : faults.length                        ? "不全"
                    : read_is_filled(problem, need->field) ? "齐全"
                                                           : "不涉及");
    sink_text(sink, is_due ? buffer_text(&faults) : "");
    sink_text(sink, need->basis);
    buffer_release(&shown);
    buffer_release(&faults);
    return sink_end_row(sink, err);
}

static bool put_needs(struct case_folder *folder, struct sink *sink, const char *title,
                      const char *left, const char *right, struct error *err)
{
    const struct life_need *needs = folder->problem.reg->life->needs;
    const struct sink_table table = {
        .name = "销号要件",
        .key = "needs",
        .title = title,
        .left = left,
        .right = right,
        .columns = need_columns,
        .column_count = COUNT_OF(need_columns),
    };
    int64_t serial = 0;
    bool ok = true;
    sink_begin_table(sink, &table);
    for (const struct life_need *need = needs; ok && need->state; need++)
        if (is_demanded(&folder->problem, need) && is_first(needs, need))
            ok = put_need(folder, sink, need, ++serial, err);
    sink_end_sheet(sink);
    return ok;
}

static bool put_files(struct case_folder *folder, struct sink *sink, const char *left,
                      struct error *err)
{
    const struct sink_table table = {
        .name = "文件",
        .key = "files",
        .title = "档案文件目录",
        .left = left,
        .columns = file_columns,
        .column_count = COUNT_OF(file_columns),
    };
    bool ok = true;
    sink_begin_table(sink, &table);
    for (size_t i = 0; ok && i < folder->file_count; i++) {
        const struct case_file *file = &folder->files[i];
        sink_begin_row(sink);
        sink_number(sink, (int64_t)i + 1, 0);
        sink_text(sink, file->name);
        sink_text(sink, file->title);
        sink_text(sink, file->owner ? file->owner : "");
        sink_date(sink, file->date);
        sink_number(sink, (int64_t)file->bytes, 0);
        sink_text(sink, file->sha256);
        ok = sink_end_row(sink, err);
    }
    sink_line(sink, "校验值用来证明文件没有改过：Windows 用 certutil -hashfile 文件 SHA256，"
                    "Linux 用 sha256sum 文件，算出来的应与表中相同。");
    sink_end_sheet(sink);
    return ok;
}

bool case_folder_write_index(struct case_folder *folder, const char *path, struct error *err)
{
    struct sink *sink;
    struct buffer title = {0}, left = {0}, right = {0}, bureau = {0};
    run_fill(&folder->run, "{填报单位}", &bureau);
    const struct sink_options options = {
        .created = report_created(), .title = "销号档案目录", .author = bureau.text, .tables = 2};
    buffer_addf(&title, "问题 %s 销号档案目录", record_text(&folder->problem, "case_no"));
    buffer_addf(&left, "问题：%s", record_text(&folder->problem, "description"));
    buffer_addf(&right, "整改状态：%s", record_text(&folder->problem, "state"));
    bool ok = sink_open(&sink, path, &options, err);
    if (ok && put_needs(folder, sink, title.text, left.text, right.text, err) &&
        put_files(folder, sink, left.text, err)) {
        ok = sink_commit(&sink, err);
    } else if (ok) {
        sink_abort(&sink);
        ok = false;
    }
    buffer_release(&title);
    buffer_release(&left);
    buffer_release(&right);
    buffer_release(&bureau);
    return ok;
}
