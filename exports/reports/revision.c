#include "exports/reports/revision.h"

#include <string.h>

static const struct sink_column columns[] = {
    {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 5, .centre = true},
    {.key = "register", .label = "清单", .width = 14},
    {.key = "record", .label = "记录", .width = 24},
    {.key = "field", .label = "项目", .width = 20},
    {.key = "former", .label = "上次报送", .width = 14, .centre = true},
    {.key = "now", .label = "本次", .width = 14, .centre = true},
    {.key = "why", .label = "原因", .width = 34},
    {.key = "who", .label = "谁", .width = 8, .centre = true},
    {.key = "at", .label = "何时", .format = SINK_DATE, .width = 11, .centre = true},
};

/* What was filed empty is filled without being asked why. */
static const char *reason_of(const struct filing_change *change)
{
    if (change->why && *change->why)
        return change->why;
    return change->kind == FILING_CHANGED && !*change->former ? "补填" : "未写明";
}

static void put_text(struct run *run, const struct field *field, const char *canonical)
{
    struct buffer text = {0};
    filing_display(run->store, field, canonical, &text);
    if (text.length && field->unit)
        buffer_addf(&text, " %s", field->unit);
    sink_text(run->sink, text.length ? text.text : "（空）");
    buffer_release(&text);
}

static bool put_change(struct run *run, const struct filing_change *change, size_t serial,
                       struct error *err)
{
    struct sink *sink = run->sink;
    struct buffer label = {0}, day = {0};
    sink_begin_row(sink);
    sink_number(sink, (int64_t)serial, 0);
    sink_text(sink, change->reg->label);
    sink_text(sink, change->name);
    if (change->kind == FILING_CHANGED) {
        field_add_title(change->field, &label);
        sink_text(sink, label.text);
        put_text(run, change->field, change->former);
        put_text(run, change->field, change->now);
    } else {
        sink_text(sink, "整条记录");
        sink_text(sink, "已报送");
        sink_text(sink, "已删除");
    }
    sink_text(sink, reason_of(change));
    sink_text(sink, change->who);
    buffer_add_bytes(&day, change->at, strnlen(change->at, strlen("2026-06-15")));
    sink_date(sink, buffer_text(&day));
    buffer_release(&label);
    buffer_release(&day);
    return sink_end_row(sink, err);
}

bool revision_write(struct run *run, const struct report_revision *revision, struct error *err)
{
    const struct filing_comparison *changes = revision->changes;
    struct buffer left = {0};
    buffer_addf(&left, "上次报送：%s。报出以后改过的数字，每处一行", revision->since);
    const struct sink_table table = {
        .name = "修订说明",
        .key = "revision",
        .title = "修订说明",
        .left = left.text,
        .columns = columns,
        .column_count = COUNT_OF(columns),
        .fixed = 3,
    };
    bool ok = true;
    sink_begin_table(run->sink, &table);
    run->result->tables++;
    for (size_t i = 0; ok && i < changes->count; i++)
        ok = put_change(run, &changes->changes[i], i + 1, err);
    sink_end_sheet(run->sink);
    run->result->rows += changes->count;
    buffer_release(&left);
    return ok;
}
