/* 核验结果: what the rules say about the records of the year's lists and of their child registers.
 * What a record still lacks is named in one row: sixty rows of "待补" would hide the rest. */
#include "exports/reports/annual.h"

#include "core/text.h"
#include "db/accept.h"

#include <string.h>

static const struct sink_column columns[] = {
    {.key = "serial", .label = "序号", .format = SINK_INTEGER, .width = 5, .centre = true},
    {.key = "register", .label = "清单", .width = 12},
    {.key = "record", .label = "记录", .width = 22},
    {.key = "field", .label = "字段", .width = 12},
    {.key = "severity", .label = "等级", .width = 5, .centre = true},
    {.key = "rule", .label = "规则", .width = 5, .centre = true},
    {.key = "message", .label = "说明", .width = 60},
    {.key = "basis", .label = "依据", .width = 24},
    {.key = "accepted", .label = "接受理由", .width = 24},
};

static const struct sink_table table = {
    .name = "核验结果",
    .key = "finding",
    .title = "核验结果",
    .left = "先列数据有疑问的，后列待补的；每条记录的待补项合为一行，分组的列只写组名；有接受理由的"
            "警告已核实，数据不用改",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .fixed = 3,
};

struct findings_writer {
    struct run *run;
    bool missing_turn; /* now the rows about what is missing, else the others */
    size_t rows;
    struct buffer name, missing;
};

/* "2025年二期投产（张三 2026-06-15）" */
static void write_reason(const struct acceptance *accepted, struct buffer *out)
{
    if (accepted)
        buffer_addf(out, "%s（%s %s）", accepted->reason, accepted->by, accepted->on);
}

/* One row of the table; `field` names one, or says how many fields it is about. */
static bool put_row(struct findings_writer *writer, const struct record *record,
                    const struct finding *finding, const char *field, const char *reason,
                    struct error *err)
{
    struct sink *sink = writer->run->sink;
    sink_begin_row(sink);
    sink_number(sink, (int64_t)++writer->rows, 0);
    sink_text(sink, record->reg->label);
    sink_text(sink, buffer_text(&writer->name));
    sink_text(sink, field);
    sink_text(sink, severity_name(finding->severity));
    sink_text(sink, finding->rule);
    sink_text(sink, finding->message);
    sink_text(sink, finding->basis);
    sink_text(sink, reason);
    return sink_end_row(sink, err);
}

/* The field is named with its group: "废水许可排放浓度/铅". */
static bool put_finding(struct findings_writer *writer, const struct record *record,
                        const struct finding *finding, const struct acceptance *accepted,
                        struct error *err)
{
    const struct field *field = finding->field ? reg_field_find(record->reg, finding->field) : NULL;
    struct buffer label = {0}, reason = {0};
    write_reason(accepted, &reason);
    if (field && field->group)
        buffer_addf(&label, "%s/", field->group);
    buffer_add(&label, field ? field->label : "");
    bool ok = put_row(writer, record, finding, buffer_text(&label), buffer_text(&reason), err);
    buffer_release(&label);
    buffer_release(&reason);
    return ok;
}

/* Appends "所属专项", or for a group of columns its heading, once. */
static void add_label(const struct field *field, const struct field *before, struct buffer *out)
{
    if (field->group && before && before->group && strcmp(field->group, before->group) == 0)
        return;
    buffer_add(out, out->length ? "、" : "待补：");
    buffer_add(out, field->group ? field->group : field->label);
}

static bool put_missing(struct findings_writer *writer, const struct record *record,
                        const struct findings *findings, struct error *err)
{
    struct finding all = {.rule = NULL};
    const struct field *before = NULL;
    size_t count = 0;
    buffer_clear(&writer->missing);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!finding->is_gap)
            continue;
        const struct field *field = reg_field_find(record->reg, finding->field);
        add_label(field, before, &writer->missing);
        before = field;
        if (count++ == 0)
            all = *finding;
    }
    if (count == 0)
        return true;
    struct buffer field = {0};
    buffer_addf(&field, "%zu 项", count);
    all.message = writer->missing.text;
    all.basis = record->reg->basis;
    bool ok = put_row(writer, record, &all, field.text, "", err);
    buffer_release(&field);
    return ok;
}

static bool put_findings(struct findings_writer *writer, const struct record *record,
                         struct error *err)
{
    struct findings findings = {0};
    struct acceptances acceptances;
    record_check(record, &writer->run->context, &findings);
    buffer_clear(&writer->name);
    record_name(record, writer->run->context.lookup, &writer->name);
    bool ok = acceptances_read(writer->run->store, record->reg, record->id, &acceptances, err);
    for (size_t i = 0; ok && i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        if (!writer->missing_turn && !finding->is_gap)
            ok = put_finding(writer, record, finding, acceptance_of(&acceptances, record, finding),
                             err);
    }
    if (ok && writer->missing_turn)
        ok = put_missing(writer, record, &findings, err);
    findings_release(&findings);
    acceptances_release(&acceptances);
    return ok;
}

static bool put_child(void *context, const struct record *record, struct error *err)
{
    return put_findings(context, record, err);
}

static bool put_record(void *context, const struct record *record, struct error *err)
{
    struct findings_writer *writer = context;
    const struct reg *child;
    bool ok = put_findings(writer, record, err);
    for (size_t i = 0; ok && (child = reg_child(record->reg, i)); i++)
        ok = listing_each_child(writer->run->store, child, record->id, put_child, writer, err);
    return ok;
}

bool annual_write_findings(const struct layout *layout, struct run *run, struct error *err)
{
    struct findings_writer writer = {.run = run};
    bool ok = true;
    sink_begin_table(run->sink, &table);
    for (int turn = 0; turn < 2; turn++) {
        writer.missing_turn = turn == 1;
        for (size_t i = 0; ok && i < layout->sheet_count; i++)
            ok = layout_is_continued(layout, i) ||
                 listing_each(&layout->sheets[i].listing, run, put_record, &writer, err);
    }
    if (ok && writer.rows == 0)
        sink_total_row(run->sink, "核验没有发现问题");
    run->result->tables++;
    run->result->rows += writer.rows;
    buffer_release(&writer.name);
    buffer_release(&writer.missing);
    return ok;
}
