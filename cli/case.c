/* case: everything about one object, as the desk's case file shows it. */
#include "cli/cli.h"
#include "core/decimal.h"
#include "db/casefile.h"

#include <stdlib.h>
#include <string.h>

enum { NANO_SCALE = 9 };

/* ---- for people ---- */

static void write_counts(const struct casefile *file, struct buffer *out)
{
    for (size_t i = 0; i < file->relation_count; i++) {
        const struct casefile_relation *relation = &file->relations[i];
        buffer_addf(out, "%s%s %lld", i ? "  " : "", reg_brief(relation->reg),
                    (long long)relation->count);
    }
    buffer_add(out, file->relation_count ? "\n" : "");
}

static void write_series(const struct casefile_series *series, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE], day[DATE_TEXT_SIZE];
    if (!series->reg)
        return;
    buffer_addf(out, "\n%s  %s  %s", series->factor, series->point, series->unit);
    decimal_format(series->limit, NANO_SCALE, text);
    if (series->has_limit)
        buffer_addf(out, "  限值 %s（已核）", text);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < series->count; i++) {
        const struct casefile_point *point = &series->points[i];
        bool over = series->has_limit && point->qualifier != '<' && point->nano > series->limit;
        char qualifier[2] = {point->qualifier, '\0'};
        decimal_format(point->nano, NANO_SCALE, text);
        date_format(date_from_days(point->day), day);
        buffer_addf(out, "  %s  %s%s%s\n", day, qualifier, text, over ? "  ! 超标" : "");
    }
}

static void write_case(const struct casefile_case *item, struct buffer *out)
{
    bool is_overdue = item->level > 0;
    buffer_addf(out, "%s %s  %s  %s", is_overdue ? "!" : " ", item->number, item->name,
                item->state);
    if (item->is_paused)
        buffer_addf(out, "  %d 天", item->paused_days);
    else if (*item->due)
        buffer_addf(out, "  %s %d 天", item->days < 0 ? "逾期" : "还有",
                    item->days < 0 ? -item->days : item->days);
    if (*item->missing)
        buffer_addf(out, "  %s%s", item->is_gap ? "缺：" : "", item->missing);
    if (*item->latest)
        buffer_addf(out, "  进展：%s", item->latest);
    buffer_add_char(out, '\n');
}

static void write_lists(const struct casefile *file, struct buffer *out)
{
    if (file->case_count)
        buffer_add(out, "\n未办结\n");
    for (size_t i = 0; i < file->case_count; i++)
        write_case(&file->cases[i], out);
    if (file->finding_count || file->loss_count)
        buffer_add(out, "\n待办\n");
    for (size_t i = 0; i < file->loss_count; i++)
        buffer_addf(out, "! 附件的文件找不到：%s %s\n", reg_brief(file->losses[i].reg),
                    file->losses[i].name);
    for (size_t i = 0; i < file->finding_count; i++)
        buffer_addf(out, "%s %s\n", file->findings[i].severity == SEVERITY_ERROR ? "x" : "?",
                    file->findings[i].message);
    if (file->event_count)
        buffer_add(out, "\n时间线\n");
    for (size_t i = 0; i < file->event_count; i++)
        buffer_addf(out, "  %s  %s  %s\n", file->events[i].date, file->events[i].label,
                    file->events[i].text);
}

static void write_text(const struct casefile *file, const struct lookup *lookup, struct buffer *out)
{
    buffer_add(out, "案卷 · ");
    record_name(&file->object, lookup, out);
    buffer_addf(out, "  编号 %s\n", file->object.id);
    write_counts(file, out);
    write_series(&file->series, out);
    write_lists(file, out);
}

/* ---- for programs ---- */

/* ,"name":"text" */
static void add_text(struct buffer *out, const char *name, const char *text)
{
    buffer_addf(out, ",\"%s\":", name);
    buffer_add_json(out, text);
}

/* {"register":…,"id":… */
static void begin_object(struct buffer *out, size_t index, const struct reg *reg, const char *id)
{
    buffer_addf(out, "%s{\"register\":\"%s\"", index ? ",\n" : "", reg->name);
    add_text(out, "id", id);
}

static void add_relations(const struct casefile *file, struct buffer *out)
{
    buffer_add(out, ",\n\"related\":[");
    for (size_t i = 0; i < file->relation_count; i++) {
        const struct casefile_relation *relation = &file->relations[i];
        buffer_addf(out,
                    "%s{\"register\":\"%s\",\"count\":%lld,\"incomplete\":%lld,\"open\":%lld,"
                    "\"overdue\":%lld}",
                    i ? ",\n" : "", relation->reg->name, (long long)relation->count,
                    (long long)relation->incomplete, (long long)relation->open,
                    (long long)relation->overdue);
    }
    buffer_add(out, "]");
}

static void add_cases(const struct casefile *file, struct buffer *out)
{
    buffer_add(out, ",\n\"open\":[");
    for (size_t i = 0; i < file->case_count; i++) {
        const struct casefile_case *item = &file->cases[i];
        begin_object(out, i, item->reg, item->id);
        add_text(out, "case_no", item->number);
        add_text(out, "name", item->name);
        add_text(out, "state", item->state);
        buffer_add(out, ",\"due_on\":");
        if (*item->due) {
            buffer_add_json(out, item->due);
            buffer_addf(out, ",\"days\":%d", item->days);
        } else {
            buffer_add(out, "null,\"days\":null");
        }
        add_text(out, "missing", item->missing);
        add_text(out, "next", item->next ? item->next : "");
        add_text(out, "latest", item->latest);
        buffer_addf(out, ",\"overdue_level\":%d,\"paused\":%s", item->level,
                    item->is_paused ? "true" : "false");
        if (item->percent >= 0)
            buffer_addf(out, ",\"done_percent\":%d", item->percent);
        else
            buffer_add(out, ",\"done_percent\":null");
        buffer_add_char(out, '}');
    }
    buffer_add(out, "]");
}

static void add_series(const struct casefile_series *series, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE], day[DATE_TEXT_SIZE];
    buffer_add(out, ",\n\"series\":");
    if (!series->reg) {
        buffer_add(out, "null");
        return;
    }
    begin_object(out, 0, series->reg, series->id);
    add_text(out, "factor", series->factor);
    add_text(out, "point", series->point);
    add_text(out, "unit", series->unit);
    decimal_format(series->limit, NANO_SCALE, text);
    buffer_addf(out, ",\"limit\":%s,\"points\":[", series->has_limit ? text : "null");
    for (size_t i = 0; i < series->count; i++) {
        const struct casefile_point *point = &series->points[i];
        date_format(date_from_days(point->day), day);
        decimal_format(point->nano, NANO_SCALE, text);
        buffer_addf(out, "%s{\"date\":\"%s\",\"value\":%s,\"below_detection\":%s}", i ? "," : "",
                    day, text, point->qualifier == '<' ? "true" : "false");
    }
    buffer_add(out, "]}");
}

static void add_events(const struct casefile *file, struct buffer *out)
{
    buffer_add(out, ",\n\"events\":[");
    for (size_t i = 0; i < file->event_count; i++) {
        const struct casefile_event *event = &file->events[i];
        begin_object(out, i, event->reg, event->id);
        add_text(out, "date", event->date);
        add_text(out, "label", event->label);
        add_text(out, "text", event->text);
        buffer_add_char(out, '}');
    }
    buffer_add(out, "]");
}

static void add_findings(const struct casefile *file, struct buffer *out)
{
    buffer_add(out, ",\n\"findings\":[");
    for (size_t i = 0; i < file->finding_count; i++) {
        const struct casefile_finding *finding = &file->findings[i];
        begin_object(out, i, finding->reg, finding->id);
        add_text(out, "severity", output_severity(finding->severity));
        add_text(out, "message", finding->message);
        buffer_add_char(out, '}');
    }
    buffer_addf(out, "],\n\"files\":%zu,\"lost_files\":[", file->file_count);
    for (size_t i = 0; i < file->loss_count; i++) {
        begin_object(out, i, file->losses[i].reg, file->losses[i].id);
        add_text(out, "name", file->losses[i].name);
        buffer_add_char(out, '}');
    }
    buffer_add(out, "]");
}

static void write_json(const struct casefile *file, struct buffer *out)
{
    buffer_addf(out, "{\"register\":\"%s\",\"object\":", file->reg->name);
    output_record_json(&file->object, out);
    buffer_add(out, ",\n\"profiles\":[");
    for (size_t i = 0; i < file->profile_count; i++) {
        buffer_add(out, i ? ",\n" : "");
        output_record_json(&file->profiles[i], out);
    }
    buffer_add(out, "]");
    add_relations(file, out);
    add_cases(file, out);
    add_series(&file->series, out);
    add_findings(file, out);
    add_events(file, out);
    buffer_add(out, "}\n");
}

/* ---- the command ---- */

static bool run_case(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const struct reg *reg;
    if (!cli_parse(cli, argc, argv, NULL, 2, 2, err) ||
        !cli_find_reg(cli->arguments[0], &reg, err) || !cli_open(cli, STORE_READ, err))
        return false;
    struct record record;
    struct casefile *file = NULL;
    struct buffer out = {0};
    bool ok = store_find(cli->store, reg, cli->arguments[1], &record, err) &&
              casefile_open(&file, cli->store, reg, record.id, err);
    if (ok && cli->format == FORMAT_JSON)
        write_json(file, &out);
    else if (ok)
        write_text(file, store_lookup(cli->store), &out);
    ok = ok && output_write(&out, err);
    casefile_close(&file);
    record_release(&record);
    buffer_release(&out);
    return ok;
}

const struct command command_case = {
    .name = "case",
    .usage = "REGISTER ID",
    .help = "一个对象的案卷：各类记录的数目、未办结的问题、监测趋势、时间线",
    .run = run_case,
};
