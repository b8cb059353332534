/* calc quota: what a construction project still lacks, and what the sources of quota still hold. */
#include "cli/calc.h"
#include "cli/json.h"
#include "core/decimal.h"
#include "core/quota_guard.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/account.h"
#include "db/clock.h"

#include <string.h>

enum { NAME_WIDTH = 12, LOAD_WIDTH = 11, DATE_WIDTH = 12, PAPER_WIDTH = 22 };

/* As typed; NULL what was not given. */
struct typed {
    const char *project, *source, *date;
};

static bool read_date(const char *text, struct date *date, struct error *err)
{
    struct buffer clean = {0};
    bool ok = text_clean(text, false, &clean) ||
              error_set(err, ERROR_USAGE, "日期中有不能用的字符，请按 2026-06-15 的样子填写");
    ok = ok && date_parse(buffer_text(&clean), date, err);
    buffer_release(&clean);
    if (!ok) {
        err->code = ERROR_USAGE;
        error_prefix(err, "--date");
    }
    return ok;
}

/* ---- parts of the answer ---- */

static void add_number(int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(kg, LOAD_SCALE, text);
    buffer_add(out, text);
}

static void add_fixed(int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(kg, LOAD_SCALE, text);
    output_cell(text, -LOAD_WIDTH, out);
}

static void add_loads_json(const char *key, const struct loads *loads, struct buffer *out)
{
    json_key(key, out);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        json_number(loads_keys[i], loads->kg[i], LOAD_SCALE, out);
    buffer_add_char(out, '}');
}

static void add_loads_csv(const struct loads *loads, struct buffer *out)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        buffer_add_char(out, ',');
        add_number(loads->kg[i], out);
    }
}

static void add_loads_heading(const char *label, struct buffer *out)
{
    output_cell(label, NAME_WIDTH, out);
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        output_cell(loads_name(i), -LOAD_WIDTH, out);
    buffer_add_char(out, '\n');
}

static void add_loads_row(const char *label, const struct loads *loads, struct buffer *out)
{
    output_cell(label, NAME_WIDTH, out);
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        add_fixed(loads->kg[i], out);
    buffer_add_char(out, '\n');
}

/* ---- a project ---- */

static void write_use_json(const struct account_use *use, struct buffer *out)
{
    buffer_add_char(out, '{');
    json_text("id", use->source, out);
    json_text("transfer", use->transfer, out);
    json_text("name", use->name, out);
    json_text("enterprise", use->enterprise, out);
    json_text("date", use->on, out);
    json_flag("voided", use->voided, out);
    add_loads_json("transferred_kg", &use->transferred, out);
    if (use->source[0])
        add_loads_json("remaining_kg", &use->remaining, out);
    else
        json_text("remaining_kg", NULL, out);
    buffer_add_char(out, '}');
}

static void write_project_json(const struct account_project *project, struct buffer *out)
{
    buffer_add_char(out, '{');
    json_text("project", project->id, out);
    json_text("name", project->name, out);
    json_flag("exempt", project->exempt, out);
    json_known_number("ratio", project->has_ratio, project->ratio, RATIO_SCALE, out);
    buffer_add(out, ",\"metals\":[");
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        buffer_add(out, i ? ",{" : "{");
        json_text("metal", loads_keys[i], out);
        json_number("required_kg", project->required.kg[i], LOAD_SCALE, out);
        json_number("covered_kg", project->covered.kg[i], LOAD_SCALE, out);
        json_number("shortage_kg", project->shortage.kg[i], LOAD_SCALE, out);
        buffer_add_char(out, '}');
    }
    buffer_add(out, "],\"sources\":[");
    for (size_t i = 0; i < project->use_count; i++) {
        buffer_add(out, i ? "," : "");
        write_use_json(&project->uses[i], out);
    }
    buffer_add(out, "]}\n");
}

static void write_project_csv(const struct account_project *project, struct buffer *out)
{
    buffer_add(out, "metal,required_kg,covered_kg,shortage_kg\n");
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        buffer_addf(out, "%s,", loads_keys[i]);
        add_number(project->required.kg[i], out);
        buffer_add_char(out, ',');
        add_number(project->covered.kg[i], out);
        buffer_add_char(out, ',');
        add_number(project->shortage.kg[i], out);
        buffer_add_char(out, '\n');
    }
}

/* The sum is what the policy asks for; a metal that is short is worth a look. */
static void write_short_metals(const struct account_project *project, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++) {
        if (project->shortage.kg[i] <= 0)
            continue;
        buffer_addf(out, "%s%s ", any ? "、" : "? 合计够了，但还缺", load_metals[i]);
        add_number(project->shortage.kg[i], out);
        any = true;
    }
    buffer_add(out, any ? " kg/a，请核对。\n" : "✓ 来源足够。\n");
}

static void write_verdict(const struct account_project *project, struct buffer *out)
{
    const int64_t lacking = project->shortage.kg[LOAD_METAL_COUNT];
    const int64_t promised = project->promised.kg[LOAD_METAL_COUNT];
    if (project->exempt) {
        buffer_add(out, "豁免替代，不需要来源。\n");
        return;
    }
    if (lacking == 0) {
        write_short_metals(project, out);
        return;
    }
    buffer_add(out, "! 还缺 ");
    add_number(lacking, out);
    buffer_add(out, " kg/a");
    if (project->use_count == 0 && promised > 0) {
        buffer_add(out, "；削减替代方案写了来源 ");
        add_number(promised, out);
        buffer_add(out, " kg/a，还没有登记转让");
    }
    buffer_add(out, "。\n");
}

static void write_project_table(const struct account_project *project, struct buffer *out)
{
    char ratio[DECIMAL_TEXT_SIZE];
    decimal_format(project->ratio, RATIO_SCALE, ratio);
    buffer_addf(out, "%s · %s · 替代比例 %s\n", project->name, project->owner ? project->owner : "",
                project->has_ratio ? ratio : "未填");
    add_loads_heading("kg/a", out);
    add_loads_row("需替代", &project->required, out);
    add_loads_row("已有来源", &project->covered, out);
    add_loads_row("缺口", &project->shortage, out);
    write_verdict(project, out);
    for (size_t i = 0; i < project->use_count; i++) {
        const struct account_use *use = &project->uses[i];
        buffer_addf(out, "\n%s 转让 · %s · %s%s\n", use->on, use->name,
                    use->source[0] ? use->enterprise : "外地调入", use->voided ? " · 已作废" : "");
        add_loads_row("  这一笔", &use->transferred, out);
        if (use->source[0])
            add_loads_row("  来源剩余", &use->remaining, out);
    }
}

static bool answer_project(struct cli *cli, const struct typed *typed, struct date on,
                           struct error *err)
{
    struct record record;
    struct account_project project = {.name = NULL};
    struct buffer out = {0};
    bool ok = store_find(cli->store, &reg_construction_project, typed->project, &record, err) &&
              account_project_load(&project, cli->store, record.id, on, err);
    record_release(&record);
    if (ok && cli->format == FORMAT_JSON)
        write_project_json(&project, &out);
    else if (ok && cli->format == FORMAT_CSV)
        write_project_csv(&project, &out);
    else if (ok)
        write_project_table(&project, &out);
    ok = ok && output_write(&out, err);
    buffer_release(&out);
    account_project_release(&project);
    return ok;
}

/* ---- sources ---- */

static void write_balance_json(const struct account_balance *balance, struct buffer *out)
{
    buffer_add_char(out, '{');
    json_text("id", balance->id, out);
    json_text("name", balance->name, out);
    json_text("enterprise", balance->enterprise, out);
    json_text("credit_on", balance->credit_on, out);
    add_loads_json("credited_kg", &balance->credited, out);
    add_loads_json("transferred_kg", &balance->transferred, out);
    add_loads_json("remaining_kg", &balance->remaining, out);
    buffer_add_char(out, '}');
}

static void write_line_json(const struct account_line *line, struct buffer *out)
{
    static const char *const kinds[] = {[ENTRY_CREDIT] = "credit",
                                        [ENTRY_TRANSFER] = "transfer",
                                        [ENTRY_VOIDING] = "voiding",
                                        [ENTRY_DEMAND] = "demand"};
    buffer_add_char(out, '{');
    json_date("date", line->entry.on, out);
    json_text("kind", kinds[line->entry.kind], out);
    json_text("paper", line->paper, out);
    json_text("counterparty", line->other, out);
    add_loads_json(line->sign > 0 ? "in_kg" : "out_kg", &line->entry.loads, out);
    add_loads_json("remaining_kg", &line->balance, out);
    buffer_add_char(out, '}');
}

static void write_sources_json(const struct account_balances *list, const char *day,
                               const struct account_statement *statement, struct buffer *out)
{
    buffer_addf(out, "{\"date\":\"%s\",\"sources\":[", day);
    for (size_t i = 0; i < list->count; i++) {
        buffer_add(out, i ? "," : "");
        write_balance_json(&list->items[i], out);
    }
    buffer_add_char(out, ']');
    for (size_t i = 0; statement && i < statement->count; i++) {
        buffer_add(out, i ? "," : ",\"statement\":[");
        write_line_json(&statement->lines[i], out);
    }
    if (statement) {
        buffer_add(out, statement->count ? "]}\n" : ",\"statement\":[]}\n");
        return;
    }
    add_loads_json("remaining_kg", &list->remaining, out);
    add_loads_json("outside_kg", &list->outside, out);
    buffer_add(out, "}\n");
}

static void write_sources_csv(const struct account_balances *list, struct buffer *out)
{
    static const char *const groups[] = {"credited", "transferred", "remaining"};
    buffer_add(out, "id,name,credit_on");
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        for (size_t j = 0; j < LOAD_FIELD_COUNT; j++)
            buffer_addf(out, ",%s_%s_kg", groups[i], loads_keys[j]);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < list->count; i++) {
        const struct account_balance *balance = &list->items[i];
        buffer_addf(out, "%s,", balance->id);
        csv_add_cell(out, balance->name);
        buffer_addf(out, ",%s", balance->credit_on);
        add_loads_csv(&balance->credited, out);
        add_loads_csv(&balance->transferred, out);
        add_loads_csv(&balance->remaining, out);
        buffer_add_char(out, '\n');
    }
}

static void write_sources_table(const struct account_balances *list, const char *day, bool all,
                                struct buffer *out)
{
    buffer_addf(out, "指标账户余额 · 到 %s\n", day);
    add_loads_heading("kg/a", out);
    for (size_t i = 0; i < list->count; i++) {
        const struct account_balance *balance = &list->items[i];
        buffer_addf(out, "%s · %s%s\n", balance->name, balance->enterprise,
                    balance->credit_on[0] ? "" : " · ? 还不能用");
        add_loads_row("  核定", &balance->credited, out);
        add_loads_row("  已转让", &balance->transferred, out);
        add_loads_row("  剩余", &balance->remaining, out);
    }
    if (!all)
        return;
    if (list->count == 0)
        buffer_add(out, "还没有减排工程，请先登记减排工程并核定。\n");
    add_loads_row("剩余合计", &list->remaining, out);
    add_loads_row("外地调入", &list->outside, out);
}

static void write_statement_table(const struct account_statement *statement, struct buffer *out)
{
    buffer_add(out, "\n流水\n");
    output_cell("日期", DATE_WIDTH, out);
    output_cell("单据", PAPER_WIDTH, out);
    output_cell("收支", 6, out);
    output_cell("合计 kg/a", -LOAD_WIDTH, out);
    output_cell("余额", -LOAD_WIDTH, out);
    buffer_add(out, "  对方\n");
    for (size_t i = 0; i < statement->count; i++) {
        const struct account_line *line = &statement->lines[i];
        char on[DATE_TEXT_SIZE];
        date_format(line->entry.on, on);
        output_cell(on, DATE_WIDTH, out);
        output_cell(line->paper, PAPER_WIDTH, out);
        output_cell(entry_name(line->entry.kind), 6, out);
        add_fixed(line->sign * line->entry.loads.kg[LOAD_METAL_COUNT], out);
        add_fixed(line->balance.kg[LOAD_METAL_COUNT], out);
        buffer_addf(out, "  %s\n", line->other);
    }
    if (statement->flaw != CREDIT_SOUND)
        buffer_addf(out, "这项工程%s，%s。\n", credit_flaw_texts[statement->flaw].what,
                    credit_flaw_texts[statement->flaw].mend);
}

static bool find_source(struct cli *cli, const char *text, char id[RECORD_ID_SIZE],
                        struct error *err)
{
    struct record record;
    bool ok = store_find(cli->store, &reg_reduction_project, text, &record, err);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
    return ok;
}

static bool answer_sources(struct cli *cli, const struct typed *typed, struct date on,
                           struct error *err)
{
    struct account_balances list = {.items = NULL};
    struct account_statement statement = {.lines = NULL};
    struct buffer out = {0};
    char id[RECORD_ID_SIZE], day[DATE_TEXT_SIZE];
    bool one = typed->source != NULL;
    bool ok = !one || (find_source(cli, typed->source, id, err) &&
                       account_statement_load(&statement, cli->store, id, err));
    ok = ok && account_balances_load(&list, cli->store, on, one ? id : NULL, err);
    date_format(on, day);
    if (ok && cli->format == FORMAT_JSON) {
        write_sources_json(&list, day, one ? &statement : NULL, &out);
    } else if (ok && cli->format == FORMAT_CSV) {
        write_sources_csv(&list, &out);
    } else if (ok) {
        write_sources_table(&list, day, !one, &out);
        if (one)
            write_statement_table(&statement, &out);
    }
    ok = ok && output_write(&out, err);
    buffer_release(&out);
    account_balances_release(&list);
    account_statement_release(&statement);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct typed typed = {.project = NULL};
    struct date on = account_end;
    const struct option options[] = {
        {.name = "--project", .value = &typed.project},
        {.name = "--source", .value = &typed.source},
        {.name = "--date", .value = &typed.date},
        {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err))
        return false;
    if (typed.project && typed.source)
        return error_set(err, ERROR_USAGE, "--project 和 --source 只能写一个，请分开查");
    if (!typed.project)
        on = clock_today();
    if ((typed.date && !read_date(typed.date, &on, err)) || !cli_open(cli, STORE_READ, err))
        return false;
    return typed.project ? answer_project(cli, &typed, on, err)
                         : answer_sources(cli, &typed, on, err);
}

const struct command calc_quota = {
    .name = "quota",
    .usage = "[--project ID | --source ID] [--date DATE]",
    .help = "总量指标账户：项目需替代多少、还缺多少，各来源到某一天还剩多少",
    .run = run,
};
