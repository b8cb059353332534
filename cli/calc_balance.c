/* calc thallium-balance: where the thallium of an enterprise went in a period, and how much of it
 * nobody can account for. */
#include "cli/calc.h"
#include "cli/json.h"
#include "core/decimal.h"
#include "db/balance.h"

enum { QUARTERS = 4, COLUMNS_MOST = QUARTERS + 1 };

struct answer {
    char id[RECORD_ID_SIZE]; /* of the enterprise */
    struct buffer name;
    struct balance balances[COLUMNS_MOST]; /* of the period, then of its quarters */
    size_t count;
};

/* ---- JSON ---- */

static void write_kg_json(const char *key, int64_t kg, struct buffer *out)
{
    json_number(key, kg, FLOW_KG_SCALE, out);
}

static void write_percent_json(const char *key, bool is_known, int64_t percent, struct buffer *out)
{
    json_known_number(key, is_known, percent, BALANCE_PERCENT_SCALE, out);
}

static void write_below_json(const struct balance *balance, struct buffer *out)
{
    buffer_addf(out, ",\"lod_rule\":\"%s\",\"below_lod\":{\"rows\":%lld",
                flow_lod_name(balance->policy.lod), (long long)balance->below_rows);
    for (enum flow_lod lod = 0; lod < FLOW_LOD_COUNT; lod++) {
        json_key(flow_lod_name(lod), out);
        buffer_add_char(out, '{');
        write_kg_json("kg", balance->below_kg[lod], out);
        write_percent_json("closure_percent", balance->closure_by_lod[lod] >= 0,
                           balance->closure_by_lod[lod], out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, '}');
}

static void write_missing_json(const struct balance *balance, struct buffer *out)
{
    buffer_add(out, ",\"missing\":[");
    for (size_t i = 0; i < balance->missing_count; i++) {
        const struct balance_missing *missing = &balance->missing[i];
        buffer_addf(out, "%s{\"stream\":\"%s\",\"reason\":", i ? "," : "",
                    balance_stream_key(missing->stream));
        buffer_add_json(out, missing->text);
        buffer_addf(out, ",\"rows\":%lld}", (long long)missing->rows);
    }
    buffer_add(out, "]");
}

/* Everything but the braces around it. */
static void write_balance_json(const struct balance *balance, struct buffer *out)
{
    struct balance_line lines[BALANCE_LINES];
    char period[PERIOD_TEXT_SIZE];
    period_format(balance->period, period);
    json_text("period", period, out);
    balance_list_lines(balance, lines);
    for (size_t i = 0; i < BALANCE_LINES; i++)
        write_kg_json(lines[i].key, lines[i].kg, out);
    write_percent_json("closure_percent", balance->has_closure, balance->closure_percent, out);
    write_percent_json("closure_without_stock_percent", balance->has_flow_closure,
                       balance->flow_closure_percent, out);
    write_percent_json("assay_coverage_percent", balance->has_coverage, balance->coverage_percent,
                       out);
    buffer_addf(out, ",\"band\":\"%s\",\"band_without_stock\":\"%s\",\"profile\":%s",
                balance_band_key(balance->band), balance_band_key(balance->flow_band),
                balance->has_profile ? "true" : "false");
    write_below_json(balance, out);
    write_missing_json(balance, out);
}

static void write_json(const struct answer *answer, struct buffer *out)
{
    buffer_add_char(out, '{');
    json_text("enterprise", answer->id, out);
    json_text("name", buffer_text(&answer->name), out);
    write_balance_json(&answer->balances[0], out);
    for (size_t i = 1; i < answer->count; i++) {
        buffer_add(out, i == 1 ? ",\"quarters\":[{" : "},\n{");
        write_balance_json(&answer->balances[i], out);
    }
    buffer_add(out, answer->count > 1 ? "}]}\n" : "}\n");
}

/* ---- CSV: a row for each period; what nobody has entered is an empty cell ---- */

static void add_cell(bool is_known, int64_t scaled, int scale, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE] = "";
    if (is_known)
        decimal_format(scaled, scale, text);
    buffer_addf(out, ",%s", text);
}

static void write_row_csv(const struct balance *balance, struct buffer *out)
{
    struct balance_line lines[BALANCE_LINES];
    char period[PERIOD_TEXT_SIZE];
    period_format(balance->period, period);
    buffer_add(out, period);
    balance_list_lines(balance, lines);
    for (size_t i = 0; i < BALANCE_LINES; i++)
        add_cell(lines[i].is_known, lines[i].kg, FLOW_KG_SCALE, out);
    add_cell(balance->has_closure, balance->closure_percent, BALANCE_PERCENT_SCALE, out);
    add_cell(balance->has_coverage, balance->coverage_percent, BALANCE_PERCENT_SCALE, out);
    buffer_addf(out, ",%s,%zu\n", balance_band_key(balance->band), balance->missing_count);
}

static void write_csv(const struct answer *answer, struct buffer *out)
{
    struct balance_line lines[BALANCE_LINES];
    balance_list_lines(&answer->balances[0], lines);
    buffer_add(out, "period");
    for (size_t i = 0; i < BALANCE_LINES; i++)
        buffer_addf(out, ",%s", lines[i].key);
    buffer_add(out, ",closure_percent,assay_coverage_percent,band,missing\n");
    for (size_t i = 0; i < answer->count; i++)
        write_row_csv(&answer->balances[i], out);
}

/* ---- for people ---- */

enum { LABEL_WIDTH = 18, KG_WIDTH = 14, SHARE_WIDTH = 10 };

static void write_right(const char *text, int width, struct buffer *out)
{
    output_cell(text, -width, out);
}

/* To the gram; the JSON has it to the milligram. */
static void write_kg(const struct balance_line *line, struct buffer *out)
{
    enum { SHOWN_SCALE = 3 };
    char text[DECIMAL_TEXT_SIZE];
    int64_t grams = 0;
    decimal_multiply(line->kg, 1, decimal_unit(FLOW_KG_SCALE - SHOWN_SCALE), &grams);
    decimal_format_fixed(grams, SHOWN_SCALE, text);
    write_right(line->is_known ? text : "—", KG_WIDTH, out);
}

static void write_percent(bool is_known, int64_t percent, int width, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    struct buffer cell = {0};
    decimal_format_fixed(percent, BALANCE_PERCENT_SCALE, text);
    buffer_addf(&cell, "%s%s", is_known ? text : "—", is_known ? "%" : "");
    write_right(cell.text, width, out);
    buffer_release(&cell);
}

static void write_label(const char *label, struct buffer *out)
{
    output_cell(label, LABEL_WIDTH, out);
}

static void write_heading(const struct answer *answer, struct buffer *out)
{
    char period[PERIOD_TEXT_SIZE];
    write_label("铊量（kg）", out);
    for (size_t i = 0; i < answer->count; i++) {
        period_format(answer->balances[i].period, period);
        write_right(period, KG_WIDTH, out);
        if (i == 0)
            write_right("占投入", SHARE_WIDTH, out);
    }
    buffer_add_char(out, '\n');
}

static void write_lines(const struct answer *answer, struct buffer *out)
{
    struct balance_line lines[COLUMNS_MOST][BALANCE_LINES];
    for (size_t i = 0; i < answer->count; i++)
        balance_list_lines(&answer->balances[i], lines[i]);
    for (size_t line = 0; line < BALANCE_LINES; line++) {
        int64_t share = 0;
        write_label(lines[0][line].label, out);
        for (size_t i = 0; i < answer->count; i++) {
            write_kg(&lines[i][line], out);
            if (i > 0)
                continue;
            bool is_known = lines[0][line].is_known &&
                            balance_find_share(&answer->balances[0], lines[0][line].kg, &share);
            write_percent(is_known, share, SHARE_WIDTH, out);
        }
        buffer_add_char(out, '\n');
    }
}

static void write_percents(const struct answer *answer, struct buffer *out)
{
    enum { ROWS = 3 };
    static const char *const labels[ROWS] = {"闭合率", "不计库存的闭合率", "检测覆盖率"};
    for (size_t row = 0; row < ROWS; row++) {
        write_label(labels[row], out);
        for (size_t i = 0; i < answer->count; i++) {
            const struct balance *balance = &answer->balances[i];
            const struct {
                bool is_known;
                int64_t percent;
            } cells[ROWS] = {{balance->has_closure, balance->closure_percent},
                             {balance->has_flow_closure, balance->flow_closure_percent},
                             {balance->has_coverage, balance->coverage_percent}};
            write_percent(cells[row].is_known, cells[row].percent, KG_WIDTH, out);
            if (i == 0 && answer->count > 1)
                write_right("", SHARE_WIDTH, out);
        }
        buffer_add_char(out, '\n');
    }
    write_label("判断", out);
    for (size_t i = 0; i < answer->count; i++) {
        write_right(balance_band_label(answer->balances[i].band), KG_WIDTH, out);
        if (i == 0 && answer->count > 1)
            write_right("", SHARE_WIDTH, out);
    }
    buffer_add_char(out, '\n');
}

static void write_notes(const struct balance *balance, struct buffer *out)
{
    struct buffer note = {0};
    buffer_add(out, "\n闭合率 = ");
    balance_write_formula(balance, out);
    buffer_add(out, "\n");
    balance_write_bands(balance, &note);
    buffer_addf(out, "%s\n", note.text);
    buffer_clear(&note);
    balance_write_below(balance, &note);
    buffer_addf(out, "%s\n", note.text);
    buffer_release(&note);
    if (!balance->has_profile)
        buffer_add(out, "这家企业没有涉铊企业档案，不知道还应有哪些流，请先登记\n");
    buffer_add(out, balance->missing_count ? "\n还缺：\n" : "\n没有发现缺项\n");
    for (size_t i = 0; i < balance->missing_count; i++) {
        const struct balance_missing *missing = &balance->missing[i];
        buffer_addf(out, "  %s：%s", balance_stream_label(missing->stream), missing->text);
        if (missing->rows)
            buffer_addf(out, "（%lld 条）", (long long)missing->rows);
        buffer_add_char(out, '\n');
    }
}

static void write_text(const struct answer *answer, struct buffer *out)
{
    char period[PERIOD_TEXT_SIZE];
    period_format(answer->balances[0].period, period);
    buffer_addf(out, "%s %s 铊平衡\n\n", answer->name.text, period);
    write_heading(answer, out);
    write_lines(answer, out);
    write_percents(answer, out);
    write_notes(&answer->balances[0], out);
}

/* ---- the command ---- */

static bool read_balances(struct cli *cli, struct period period, bool quarters,
                          struct answer *answer, struct error *err)
{
    enum { YEAR = 12, QUARTER = 3 };
    bool ok = balance_read(cli->store, answer->id, period, &answer->balances[answer->count++], err);
    for (int first = 0; ok && quarters && first < YEAR; first += QUARTER)
        ok = balance_read(cli->store, answer->id, period_of_month(period.year, first, QUARTER),
                          &answer->balances[answer->count++], err);
    return ok;
}

static bool print(struct cli *cli, const struct answer *answer, struct error *err)
{
    static void (*const writers[])(const struct answer *answer, struct buffer *out) = {
        [FORMAT_TABLE] = write_text, [FORMAT_CSV] = write_csv, [FORMAT_JSON] = write_json};
    struct buffer out = {0};
    writers[cli->format](answer, &out);
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const char *enterprise = NULL, *period_text = NULL;
    bool quarters = false;
    struct period period;
    struct answer answer = {.count = 0};
    const struct option options[] = {
        {.name = "--enterprise", .value = &enterprise},
        {.name = "--period", .value = &period_text},
        {.name = "--quarters", .flag = &quarters},
        {.name = NULL},
    };
    (void)status;
    if (!cli_parse(cli, argc, argv, options, 0, 0, err) ||
        !calc_read_period(period_text, &period, err))
        return false;
    if (quarters && period.months != 12)
        return error_set(err, ERROR_USAGE,
                         "--quarters 只用于全年，请把 --period 写成年份，如 2025");
    bool ok = cli_open(cli, STORE_READ, err) &&
              calc_find_enterprise(cli, enterprise, answer.id, &answer.name, err) &&
              read_balances(cli, period, quarters, &answer, err) && print(cli, &answer, err);
    for (size_t i = 0; i < answer.count; i++)
        balance_release(&answer.balances[i]);
    buffer_release(&answer.name);
    return ok;
}

const struct command calc_thallium_balance = {
    .name = "thallium-balance",
    .usage = "--enterprise E --period 2025|2025H1|2025Q3|2025-07 [--quarters]",
    .help = "一家企业一个核算期的铊平衡：投入、产出、排放、库存变化、差额、闭合率，还缺什么",
    .run = run,
};
