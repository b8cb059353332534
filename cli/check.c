/* check: every finding about every record. */
#include "cli/cli.h"
#include "db/query.h"

#include <string.h>

struct checking {
    struct cli *cli;
    struct check_context context;
    size_t records, by_severity[SEVERITY__COUNT];
    struct buffer out;
};

/* One line names all gaps of a record: a new list has dozens of them in every row. */
static void write_gaps(const struct record *record, const struct findings *findings,
                       const char *name, struct buffer *out)
{
    size_t count = 0;
    struct buffer labels = {0};
    for (size_t i = 0; i < findings->count; i++) {
        if (!record_is_gap(record, &findings->items[i]))
            continue;
        const struct field *field = reg_field_find(record->reg, findings->items[i].field);
        buffer_add(&labels, count++ ? "、" : "");
        field_add_title(field, &labels);
    }
    if (count)
        buffer_addf(out, "%s V01 %s %s：待补 %zu 项：%s\n", severity_name(SEVERITY_ERROR),
                    record->reg->label, name, count, labels.text);
    buffer_release(&labels);
}

static void write_text(struct checking *checking, const struct record *record,
                       const struct findings *findings)
{
    struct buffer name = {0};
    record_name(record, checking->context.lookup, &name);
    write_gaps(record, findings, name.text, &checking->out);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (record_is_gap(record, finding))
            continue;
        buffer_addf(&checking->out, "%s %s %s %s：%s", severity_name(finding->severity),
                    finding->rule, record->reg->label, name.text, finding->message);
        if (finding->basis)
            buffer_addf(&checking->out, "〔%s〕", finding->basis);
        buffer_add_char(&checking->out, '\n');
    }
    buffer_release(&name);
}

static void write_json(struct checking *checking, const struct record *record,
                       const struct findings *findings)
{
    struct buffer name = {0};
    record_name(record, checking->context.lookup, &name);
    buffer_addf(&checking->out,
                "%s{\"register\":\"%s\",\"id\":\"%s\",\"name\":", checking->records ? ",\n" : "",
                record->reg->name, record->id);
    buffer_add_json(&checking->out, name.text);
    buffer_add(&checking->out, ",\"findings\":");
    output_findings_json(findings, &checking->out);
    buffer_add_char(&checking->out, '}');
    buffer_release(&name);
}

static void check_one(struct checking *checking, const struct record *record)
{
    struct findings findings = {0};
    record_check(record, &checking->context, &findings);
    for (size_t i = 0; i < findings.count; i++)
        checking->by_severity[findings.items[i].severity]++;
    if (findings.count) {
        if (checking->cli->format == FORMAT_JSON)
            write_json(checking, record, &findings);
        else
            write_text(checking, record, &findings);
        checking->records++;
    }
    findings_release(&findings);
}

static bool check_reg(struct checking *checking, const struct reg *reg, struct error *err)
{
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cursor_open(&cursor, checking->cli->store, &(struct query){.reg = reg}, err))
        return false;
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record)
        check_one(checking, record);
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
    const size_t *count = checking->by_severity;
    buffer_addf(&checking->out,
                json ? "],\"errors\":%zu,\"warnings\":%zu,\"hints\":%zu}\n"
                     : "核验完成：错误 %zu，警告 %zu，提示 %zu\n",
                count[SEVERITY_ERROR], count[SEVERITY_WARNING], count[SEVERITY_HINT]);
    return output_write(&checking->out, err);
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const struct reg *only = NULL;
    if (!cli_parse(cli, argc, argv, NULL, 0, 1, err) ||
        (cli->argument_count == 1 && !cli_find_reg(cli->arguments[0], &only, err)) ||
        !cli_open(cli, STORE_READ, err))
        return false;
    struct checking checking = {.cli = cli, .context = store_check_context(cli->store)};
    bool ok = check_all(&checking, only, err);
    if (checking.records)
        *status = STATUS_FINDINGS;
    buffer_release(&checking.out);
    return ok;
}

const struct command command_check = {
    .name = "check",
    .usage = "[REGISTER]",
    .help = "核验全部记录，列出缺项、错误和依据",
    .run = run,
};
