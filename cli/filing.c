/* filing: a report is checked, written, read back and recorded (exports/filing.h). */
#include "cli/filing.h"
#include "cli/json.h"
#include "cli/stopping.h"
#include "core/registers.h"
#include "exports/filing.h"

#include <string.h>

/* ---- what is typed ---- */

static const struct {
    const char *option, *field;
} fields[] = {
    {"--kind", "kind"},           {"--period", "period"},         {"--campaign", "campaign"},
    {"--recipient", "recipient"}, {"--cutoff", "cutoff_on"},      {"--obligation", "obligation"},
    {"--due", "due_on"},          {"--filed-on", "filed_on"},     {"--revises", "revises"},
    {"--note", "revision_note"},  {"--receipt-no", "receipt_no"},
};

enum { FIELDS = COUNT_OF(fields), OTHERS = 4 };

struct typed {
    const char *texts[FIELDS], *path;
    bool estimated;
    struct report report;
    struct report_options options;
    struct record filing;
};

static void typed_release(struct typed *typed)
{
    record_release(&typed->filing);
    report_release(&typed->report);
}

/* Where the report may be asked more (--enterprise), the filing may be as well; its period is the
 * filing's. */
static bool parse(struct cli *cli, int argc, char **argv, struct typed *typed, struct error *err)
{
    struct option known[FIELDS + REPORT_CHOICE__COUNT + OTHERS] = {
        {.name = "-o", .value = &typed->path},
        {.name = "--estimated", .flag = &typed->estimated},
        {.name = "--public", .flag = &typed->options.publish},
    };
    size_t count = OTHERS - 1;
    for (size_t i = 0; i < FIELDS; i++)
        known[count++] = (struct option){.name = fields[i].option, .value = &typed->texts[i]};
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++)
        if (i != REPORT_PERIOD)
            known[count++] = (struct option){.name = report_choice_options[i],
                                             .value = &typed->options.choices[i]};
    return cli_parse(cli, argc, argv, known, 1, 1, err) &&
           report_find(cli->arguments[0], &typed->report, err);
}

static bool fill_record(struct cli *cli, struct typed *typed, struct error *err)
{
    const struct lookup *lookup = store_lookup(cli->store);
    for (size_t i = 0; i < FIELDS; i++) {
        int field = reg_field_index(&reg_filing, fields[i].field);
        if (typed->texts[i] &&
            !record_set_text(&typed->filing, (size_t)field, typed->texts[i], lookup, err))
            return false;
    }
    int estimated = reg_field_index(&reg_filing, "estimated");
    return !typed->estimated ||
           record_set_text(&typed->filing, (size_t)estimated, "是", lookup, err);
}

static bool require(const struct typed *typed, struct error *err)
{
    const struct record *filing = &typed->filing;
    if (*record_text(filing, "kind") && *record_text(filing, "period"))
        return true;
    return error_set(err, ERROR_USAGE,
                     "请写明种类和报告期，例如：taizhang filing make %s --kind 年报 --period 2025",
                     typed->report.name);
}

/* ---- findings ---- */

static void write_finding_json(const struct filing_finding *finding, struct buffer *out)
{
    buffer_add(out, out->text[out->length - 1] == '[' ? "{" : ",\n{");
    json_text("register", finding->reg->name, out);
    json_text("record", finding->id, out);
    json_text("name", finding->name, out);
    json_text("rule", finding->rule, out);
    json_text("severity", output_severity(finding->severity), out);
    json_text("field", finding->field ? finding->field->name : NULL, out);
    json_text("message", finding->message, out);
    json_text("basis", finding->basis, out);
    buffer_add_char(out, '}');
}

static void write_findings_json(const struct filing_findings *findings, struct buffer *out)
{
    json_flag("blocked", findings->counts[SEVERITY_ERROR] > 0, out);
    json_number("errors", (int64_t)findings->counts[SEVERITY_ERROR], 0, out);
    json_number("warnings", (int64_t)findings->counts[SEVERITY_WARNING], 0, out);
    json_number("gaps", (int64_t)findings->gaps, 0, out);
    json_key("findings", out);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < findings->count; i++)
        write_finding_json(&findings->items[i], out);
    buffer_add_char(out, ']');
}

static void write_findings(const struct filing_findings *findings, bool warnings,
                           struct buffer *out)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct filing_finding *finding = &findings->items[i];
        if (finding->severity != SEVERITY_ERROR && !warnings)
            continue;
        buffer_addf(out, "%s %s %s“%s”：%s\n", severity_name(finding->severity), finding->rule,
                    finding->reg->label, finding->name, finding->message);
    }
    buffer_addf(out, "错误 %zu 个，警告 %zu 个，待补 %zu 项", findings->counts[SEVERITY_ERROR],
                findings->counts[SEVERITY_WARNING], findings->gaps);
}

/* ---- check ---- */

static bool report_check(struct cli *cli, const struct filing_findings *findings, struct error *err)
{
    struct buffer out = {0};
    if (cli->format == FORMAT_JSON) {
        buffer_add_char(&out, '{');
        write_findings_json(findings, &out);
        buffer_add(&out, "}\n");
    } else {
        write_findings(findings, true, &out);
        buffer_add(&out, findings->counts[SEVERITY_ERROR] ? "；有错误，不能报送\n"
                                                          : "；没有错误，可以报送\n");
    }
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

static bool run_check(struct cli *cli, int argc, char **argv, enum status *status,
                      struct error *err)
{
    struct typed typed = {.path = NULL};
    struct filing_findings findings = {0};
    record_init(&typed.filing, &reg_filing);
    const struct filing_request request = {.report = &typed.report, .options = &typed.options};
    bool ok = parse(cli, argc, argv, &typed, err) && cli_open(cli, STORE_READ, err) &&
              fill_record(cli, &typed, err) && require(&typed, err) &&
              filing_inspect(cli->store, &request, &typed.filing, &findings, err) &&
              report_check(cli, &findings, err);
    if (findings.counts[SEVERITY_ERROR])
        *status = STATUS_FINDINGS;
    filing_findings_release(&findings);
    typed_release(&typed);
    return ok;
}

/* ---- make ---- */

static void write_made_json(const struct record *filing, const char *path, bool done,
                            const struct report_result *result,
                            const struct filing_findings *findings, struct buffer *out)
{
    static const char *const counts[] = {"former_count", "entered_count", "removed_count",
                                         "current_count"};
    buffer_add_char(out, '{');
    json_flag("done", done, out);
    json_text("id", done ? filing->id : NULL, out);
    json_text("case_no", done ? record_text(filing, "case_no") : NULL, out);
    json_text("file", done ? path : NULL, out);
    json_text("sha256", done ? record_text(filing, "file_sha256") : NULL, out);
    json_text("recipient", done ? record_text(filing, "recipient") : NULL, out);
    json_known_number("rows", done, (int64_t)result->rows, 0, out);
    json_known_number("tables", done, (int64_t)result->tables, 0, out);
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        const struct value *count = record_value(filing, counts[i]);
        bool known = done && !value_is_null(count);
        json_known_number(counts[i], known, known ? count->integer : 0, 0, out);
    }
    write_findings_json(findings, out);
    buffer_add(out, "}\n");
}

static bool report_made(struct cli *cli, const struct record *filing, const char *path, bool done,
                        const struct report_result *result, const struct filing_findings *findings,
                        struct error *err)
{
    struct buffer out = {0};
    if (cli->format == FORMAT_JSON) {
        write_made_json(filing, path, done, result, findings, &out);
    } else if (done) {
        buffer_addf(&out, "已报送 %s：%s，%zu 张表，%zu 行，读回核对无误\n报送对象 %s\n校验值 %s\n",
                    record_text(filing, "case_no"), path, result->tables, result->rows,
                    record_text(filing, "recipient"), record_text(filing, "file_sha256"));
        if (findings->counts[SEVERITY_WARNING])
            buffer_addf(&out, "还有 %zu 个警告没有接受，可用 taizhang filing check 查看\n",
                        findings->counts[SEVERITY_WARNING]);
    } else {
        write_findings(findings, false, &out);
        buffer_add(&out, "；有错误，不能报送，什么也没有写\n");
    }
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

static bool make(struct cli *cli, struct typed *typed, enum status *status, struct error *err)
{
    struct buffer proposed = {0};
    struct report_result result = {0};
    struct filing_findings findings = {0};
    if (!typed->path &&
        !filing_propose_name(cli->store, &typed->report, record_text(&typed->filing, "kind"),
                             record_text(&typed->filing, "period"), &proposed, err)) {
        buffer_release(&proposed);
        return false;
    }
    const char *path = typed->path ? typed->path : proposed.text;
    const struct filing_request request = {
        .report = &typed->report, .options = &typed->options, .path = path};
    struct stopping stopping;
    typed->options.progress = stopping_export;
    typed->options.context = &stopping;
    stopping_begin(&stopping);
    bool done = filing_make(cli->store, &request, &typed->filing, &result, &findings, err);
    stopping_end(&stopping);
    bool blocked = findings.counts[SEVERITY_ERROR] > 0;
    bool ok =
        (done || blocked) && report_made(cli, &typed->filing, path, done, &result, &findings, err);
    if (blocked)
        *status = STATUS_FINDINGS;
    filing_findings_release(&findings);
    buffer_release(&proposed);
    return ok;
}

static bool run_make(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    struct typed typed = {.path = NULL};
    record_init(&typed.filing, &reg_filing);
    bool ok = parse(cli, argc, argv, &typed, err) && cli_open(cli, STORE_WRITE, err) &&
              fill_record(cli, &typed, err) && require(&typed, err) &&
              make(cli, &typed, status, err);
    typed_release(&typed);
    return ok;
}

/* ---- the command ---- */

#define PART(NAME, USAGE, HELP, RUN)                                                               \
    &(const struct command)                                                                        \
    {                                                                                              \
        .name = NAME, .usage = USAGE, .help = HELP, .run = RUN                                     \
    }

static const struct command *const parts[] = {
    PART("make",
         "REPORT --kind 年报 --period 2025 [--campaign C] [--recipient 单位] [--cutoff DATE] "
         "[--estimated] [-o FILE]",
         "报送：写出工作簿，读回核对，记下数字和校验值；有错误时什么也不写", run_make),
    PART("check", "REPORT --kind 年报 --period 2025", "只看有哪些错误挡着报送，不写文件",
         run_check),
    PART("list", "", "报过的材料，最近的在前", filing_run_list),
    PART("compare", "A B", "两次报送之间的新增、移出、变更，上期＋新增－移出＝本期",
         filing_run_compare),
    PART("changes", "A", "报出的数字后来改了哪些、谁改的、为什么", filing_run_changes),
    NULL,
};

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const struct command *part = cli_find_part(&command_filing, argc, argv);
    if (part)
        return part->run(cli, argc - 1, argv + 1, status, err);
    return error_set(
        err, ERROR_USAGE,
        "请写明做什么：make、check、list、compare、changes，用 taizhang help 查看用法");
}

const struct command command_filing = {
    .name = "filing",
    .parts = parts,
    .help = "向上级报送：检查、写出、读回核对、记录、比较",
    .run = run,
};
