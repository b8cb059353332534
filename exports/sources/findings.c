/* What the rules say about the records of the workbook's lists and of their child registers: first
 * what is doubtful, then what is missing. What a record still lacks is named in one row: sixty rows
 * of "待补" would hide the rest. */
#include "exports/source.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/accept.h"
#include "db/check.h"

#include <stdlib.h>
#include <string.h>

static const struct sink_column columns[] = {
    {.key = "register", .label = "清单", .width = 12},
    {.key = "record", .label = "记录", .width = 22},
    {.key = "field", .label = "字段", .width = 12},
    {.key = "severity", .label = "等级", .width = 5, .centre = true},
    {.key = "rule", .label = "规则", .width = 5, .centre = true},
    {.key = "message", .label = "说明", .width = 60},
    {.key = "basis", .label = "依据", .width = 24},
    {.key = "accepted", .label = "接受理由", .width = 24},
};

struct findings_writer {
    struct source_rows *rows;
    const struct turn *turn;
    struct concerned
        *concerned; /* of the list that is walked, then of its child registers; owned */
    size_t concerned_count;
    struct buffer name, missing;
};

/* The records of a register that a turn has something to say about: most have nothing. */
struct concerned {
    const struct reg *reg;
    struct check_suspects suspects;
};

/* What is told first of all lists, then of all. */
struct turn {
    bool (*find)(struct store *store, const struct reg *reg, struct check_suspects *suspects,
                 struct error *err);
    bool (*put)(struct findings_writer *writer, const struct record *record, struct error *err);
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
    struct source_rows *rows = writer->rows;
    source_text(rows, record->reg->label);
    source_text(rows, buffer_text(&writer->name));
    source_text(rows, field);
    source_text(rows, severity_name(finding->severity));
    source_text(rows, finding->rule);
    source_text(rows, finding->message);
    source_text(rows, finding->basis);
    source_text(rows, reason);
    return source_end_row(rows, err);
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
                        struct error *err)
{
    struct findings gaps = {0};
    const struct field *before = NULL;
    record_gaps(record, &gaps);
    buffer_clear(&writer->missing);
    for (size_t i = 0; i < gaps.count; i++) {
        const struct field *field = reg_field_find(record->reg, gaps.items[i].field);
        add_label(field, before, &writer->missing);
        before = field;
    }
    bool ok = true;
    if (gaps.count > 0) {
        struct finding all = gaps.items[0];
        struct buffer field = {0};
        buffer_addf(&field, "%zu 项", gaps.count);
        all.message = writer->missing.text;
        all.basis = record->reg->basis;
        ok = put_row(writer, record, &all, field.text, "", err);
        buffer_release(&field);
    }
    findings_release(&gaps);
    return ok;
}

static bool put_doubtful(struct findings_writer *writer, const struct record *record,
                         struct error *err)
{
    struct run *run = writer->rows->run;
    struct findings findings = {0};
    struct acceptances acceptances;
    record_check(record, &run->context, &findings);
    bool ok = acceptances_read(run->store, record->reg, record->id, &acceptances, err);
    for (size_t i = 0; ok && i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        ok = finding->is_gap || put_finding(writer, record, finding,
                                            acceptance_of(&acceptances, record, finding), err);
    }
    findings_release(&findings);
    acceptances_release(&acceptances);
    return ok;
}

static bool find_incomplete(struct store *store, const struct reg *reg,
                            struct check_suspects *suspects, struct error *err)
{
    *suspects = (struct check_suspects){.all = false};
    return query_incomplete(store, reg, &suspects->list, err);
}

static const struct turn turns[] = {
    {.find = check_suspects_read, .put = put_doubtful},
    {.find = find_incomplete, .put = put_missing},
};

/* ---- walking the lists ---- */

static const struct concerned *concerned_of(const struct findings_writer *writer,
                                            const struct reg *reg)
{
    const struct concerned *concerned = writer->concerned;
    while (concerned->reg != reg)
        concerned++;
    return concerned;
}

static bool put_concerned(void *context, const struct record *record, struct error *err)
{
    struct findings_writer *writer = context;
    const struct run *run = writer->rows->run;
    struct record whole;
    if (!check_is_suspect(&concerned_of(writer, record->reg)->suspects, record->id))
        return true;
    bool ok = store_get(run->store, record->reg, record->id, &whole, err);
    buffer_clear(&writer->name);
    record_name(&whole, run->context.lookup, &writer->name);
    ok = ok && writer->turn->put(writer, &whole, err);
    record_release(&whole);
    return ok;
}

static bool put_record(void *context, const struct record *record, struct error *err)
{
    struct findings_writer *writer = context;
    bool ok = put_concerned(writer, record, err);
    for (size_t i = 1; ok && i < writer->concerned_count; i++) {
        const struct concerned *child = &writer->concerned[i];
        ok = check_suspects_none(&child->suspects) ||
             listing_each_child(writer->rows->run->store, child->reg, record->id, put_concerned,
                                writer, err);
    }
    return ok;
}

static bool find_concerned(struct findings_writer *writer, const struct reg *reg, struct error *err)
{
    const struct reg *next = reg;
    bool ok = true;
    for (size_t i = 0; ok && next; next = reg_child(reg, i++)) {
        struct concerned *concerned = &writer->concerned[writer->concerned_count++];
        concerned->reg = next;
        ok = writer->turn->find(writer->rows->run->store, next, &concerned->suspects, err);
    }
    return ok;
}

static bool write_list(struct findings_writer *writer, const struct listing *list,
                       struct error *err)
{
    struct listing narrow = *list;
    bool any = false;
    writer->concerned = mem_new(register_count, sizeof *writer->concerned);
    writer->concerned_count = 0;
    bool ok = find_concerned(writer, list->reg, err);
    for (size_t i = 0; i < writer->concerned_count; i++)
        any = any || !check_suspects_none(&writer->concerned[i].suspects);
    bool *wanted = listing_fields(list);
    narrow.wanted = wanted;
    ok = ok && (!any || listing_each(&narrow, writer->rows->run, put_record, writer, err));
    free(wanted);
    for (size_t i = 0; i < writer->concerned_count; i++)
        check_suspects_release(&writer->concerned[i].suspects);
    free(writer->concerned);
    return ok;
}

static bool write(struct source_rows *rows, struct error *err)
{
    struct findings_writer writer = {.rows = rows};
    const struct layout *layout = rows->sheet->layout;
    bool ok = true;
    for (size_t turn = 0; turn < COUNT_OF(turns); turn++) {
        writer.turn = &turns[turn];
        for (size_t i = 0; ok && i < layout->sheet_count; i++)
            ok = !layout_is_list(layout, i) || write_list(&writer, &layout->sheets[i].listing, err);
    }
    buffer_release(&writer.name);
    buffer_release(&writer.missing);
    return ok;
}

static bool count(const struct layout *layout, struct store *store, size_t *found,
                  struct error *err)
{
    bool ok = layout_count_lists(layout, store, found, err);
    *found *= COUNT_OF(turns);
    return ok;
}

const struct source source_findings = {
    .name = "findings",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .count = count,
    .write = write,
};
