/* check: every finding about every record; accepting warnings. */
#include "cli/cli.h"
#include "core/text.h"
#include "db/query.h"

#include <string.h>

enum { FLUSH_BYTES = 1 << 20 };

struct checking {
    struct cli *cli;
    struct check_context context;
    size_t records, by_severity[SEVERITY__COUNT], gaps, accepted;
    struct buffer out;
};

/* What is said about one record. */
struct verdict {
    const struct record *record;
    struct findings findings;
    struct acceptances acceptances;
};

/* One line names all gaps of a record: a new list has dozens of them in every row. */
static void write_gaps(const struct verdict *verdict, const char *name, struct buffer *out)
{
    const struct reg *reg = verdict->record->reg;
    size_t count = 0;
    struct buffer labels = {0};
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = &verdict->findings.items[i];
        if (!finding->is_gap)
            continue;
        buffer_add(&labels, count++ ? "、" : "");
        field_add_title(reg_field_find(reg, finding->field), &labels);
    }
    if (count)
        buffer_addf(out, "待补 %s %s：%zu 项：%s\n", reg->label, name, count, labels.text);
    buffer_release(&labels);
}

static void write_text(struct checking *checking, const struct verdict *verdict)
{
    const struct record *record = verdict->record;
    struct buffer name = {0};
    record_name(record, checking->context.lookup, &name);
    write_gaps(verdict, name.text, &checking->out);
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = &verdict->findings.items[i];
        const struct acceptance *accepted = acceptance_of(&verdict->acceptances, record, finding);
        if (finding->is_gap)
            continue;
        buffer_addf(&checking->out, "%s %s %s %s：%s", severity_name(finding->severity),
                    finding->rule, record->reg->label, name.text, finding->message);
        if (finding->basis)
            buffer_addf(&checking->out, "〔%s〕", finding->basis);
        if (accepted)
            buffer_addf(&checking->out, "（已接受：%s，%s %s）", accepted->reason, accepted->by,
                        accepted->on);
        buffer_add_char(&checking->out, '\n');
    }
    buffer_release(&name);
}

static void write_json(struct checking *checking, const struct verdict *verdict)
{
    const struct record *record = verdict->record;
    struct buffer name = {0};
    record_name(record, checking->context.lookup, &name);
    buffer_addf(&checking->out,
                "%s{\"register\":\"%s\",\"id\":\"%s\",\"name\":", checking->records ? ",\n" : "",
                record->reg->name, record->id);
    buffer_add_json(&checking->out, name.text);
    buffer_add(&checking->out, ",\"findings\":");
    output_findings_json(record, &verdict->findings, &verdict->acceptances, &checking->out);
    buffer_add_char(&checking->out, '}');
    buffer_release(&name);
}

static void count(struct checking *checking, const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = &verdict->findings.items[i];
        if (acceptance_of(&verdict->acceptances, verdict->record, finding))
            checking->accepted++;
        else
            checking->by_severity[finding->severity]++;
        checking->gaps += finding->is_gap;
    }
}

static bool check_one(struct checking *checking, const struct record *record, struct error *err)
{
    struct verdict verdict = {.record = record};
    record_check(record, &checking->context, &verdict.findings);
    bool ok =
        findings_count(&verdict.findings, SEVERITY_WARNING) == 0 ||
        acceptances_read(checking->cli->store, record->reg, record->id, &verdict.acceptances, err);
    if (ok && verdict.findings.count) {
        count(checking, &verdict);
        if (checking->cli->format == FORMAT_JSON)
            write_json(checking, &verdict);
        else
            write_text(checking, &verdict);
        checking->records++;
    }
    if (ok && checking->out.length > FLUSH_BYTES)
        ok = output_write(&checking->out, err);
    findings_release(&verdict.findings);
    acceptances_release(&verdict.acceptances);
    return ok;
}

static bool check_reg(struct checking *checking, const struct reg *reg, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    const struct query query = {.reg = reg, .unordered = true};
    if (!cursor_open(&cursor, checking->cli->store, &query, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record &&
           (ok = check_one(checking, record, err)))
        continue;
    cursor_close(&cursor);
    return ok;
}

static bool check_all(struct checking *checking, const struct reg *only, struct error *err)
{
    bool json = checking->cli->format == FORMAT_JSON;
    buffer_add(&checking->out, json ? "{\"records\":[" : "");
    for (size_t i = 0; i < register_count; i++) {
        bool wanted = only ? registers[i] == only : !(registers[i]->flags & REG_REFERENCE);
        if (wanted && !check_reg(checking, registers[i], err))
            return false;
    }
    const size_t *found = checking->by_severity;
    if (json)
        buffer_addf(&checking->out,
                    "],\"errors\":%zu,\"warnings\":%zu,\"hints\":%zu,\"accepted\":%zu}\n",
                    found[SEVERITY_ERROR], found[SEVERITY_WARNING], found[SEVERITY_HINT],
                    checking->accepted);
    else /* what is empty counts by itself, as on the desk */
        buffer_addf(&checking->out,
                    "核验完成：错误 %zu，警告 %zu，提示 %zu，已接受 %zu；另有待补 %zu 项\n",
                    found[SEVERITY_ERROR] - checking->gaps, found[SEVERITY_WARNING],
                    found[SEVERITY_HINT], checking->accepted, checking->gaps);
    return output_write(&checking->out, err);
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const struct command *part = cli_find_part(&command_check, argc, argv);
    const struct reg *only = NULL;
    if (part)
        return part->run(cli, argc - 1, argv + 1, status, err);
    if (!cli_parse(cli, argc, argv, NULL, 0, 1, err) ||
        (cli->argument_count == 1 && !cli_find_reg(cli->arguments[0], &only, err)) ||
        !cli_open(cli, STORE_READ, err))
        return false;
    struct checking checking = {.cli = cli, .context = store_check_context(cli->store)};
    bool ok = check_all(&checking, only, err);
    for (size_t i = 0; i < SEVERITY__COUNT; i++)
        if (checking.by_severity[i])
            *status = STATUS_FINDINGS;
    buffer_release(&checking.out);
    return ok;
}

/* ---- accepting ---- */

/* REGISTER ID RULE [FIELD], as cli_parse has left them; the record's id goes to `id`. */
static bool read_subject(struct cli *cli, struct accept_subject *subject, char id[RECORD_ID_SIZE],
                         struct error *err)
{
    struct record record;
    const char *field = cli->argument_count > 3 ? cli->arguments[3] : NULL;
    *subject = (struct accept_subject){.rule = cli->arguments[2], .field = field, .record = id};
    if (!cli_find_reg(cli->arguments[0], &subject->reg, err))
        return false;
    if (field && !reg_field_find(subject->reg, field))
        return error_set(err, ERROR_USAGE, "%s没有名为“%s”的字段", subject->reg->label, field);
    if (!cli_open(cli, STORE_WRITE, err))
        return false;
    bool ok = store_find(cli->store, subject->reg, cli->arguments[1], &record, err);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
    return ok;
}

static bool run_accept(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    (void)status;
    const char *why = NULL;
    const struct option options[] = {{.name = "--why", .value = &why}, {.name = NULL}};
    struct accept_subject subject;
    char id[RECORD_ID_SIZE];
    if (!cli_parse(cli, argc, argv, options, 3, 4, err))
        return false;
    if (text_is_empty(why))
        return error_set(err, ERROR_USAGE, "请用 --why 写明接受的理由，如 --why 二期投产产量翻番");
    return read_subject(cli, &subject, id, err) && accept_warning(cli->store, &subject, why, err) &&
           output_line(err, "已接受 %s 的警告：%s", subject.rule, why);
}

static const struct command accept = {
    .name = "accept",
    .usage = "REGISTER ID RULE [FIELD] --why REASON",
    .help = "接受一条警告：数据没有错，写明理由；数据改了要重新接受",
    .run = run_accept,
};

static bool run_withdraw(struct cli *cli, int argc, char **argv, enum status *status,
                         struct error *err)
{
    (void)status;
    struct accept_subject subject;
    char id[RECORD_ID_SIZE];
    return cli_parse(cli, argc, argv, NULL, 3, 4, err) && read_subject(cli, &subject, id, err) &&
           accept_withdraw(cli->store, &subject, err) &&
           output_line(err, "已撤回对 %s 的警告的接受", subject.rule);
}

static const struct command withdraw = {
    .name = "withdraw",
    .usage = "REGISTER ID RULE [FIELD]",
    .help = "撤回对一条警告的接受",
    .run = run_withdraw,
};

const struct command command_check = {
    .name = "check",
    .usage = "[REGISTER]",
    .help = "核验全部记录，列出缺项、错误和依据",
    .parts = (const struct command *const[]){&accept, &withdraw, NULL},
    .run = run,
};
