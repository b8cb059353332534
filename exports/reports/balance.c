/* The thallium balance as a workbook: one line for each enterprise, a page with table and chart for
 * each, and the rows of the ledger behind them. */
#include "exports/layout_kind.h"
#include "exports/reports/balance.h"
#include "exports/reports/reports.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAYOUT "layouts/balance.csv"

enum { OWN_TABLES = 2 }; /* the summary and where it went; the rows are sheets of the layout */

/* ---- what is printed ---- */

static bool read_period(struct balance_report *report, struct error *err)
{
    const char *text = report->run.options->choices[REPORT_PERIOD];
    struct buffer clean = {0};
    bool ok = true;
    report->period = period_of_month(report->run.year, 0, 12);
    if (text)
        ok = text_clean(text, false, &clean) && period_parse(buffer_text(&clean), &report->period);
    buffer_release(&clean);
    report->run.year = report->period.year;
    return ok || error_set(err, ERROR_USAGE,
                           "核算期“%s”应写成 2025、2025H1、2025Q3 或 2025-07 的样子", text);
}

static bool find_enterprises(struct balance_report *report, struct error *err)
{
    struct store *store = report->run.store;
    const char *text = report->run.options->choices[REPORT_ENTERPRISE];
    struct record record;
    size_t capacity = 0;
    if (!text)
        return balance_enterprises(store, report->period, &report->enterprises, err);
    bool ok = store_find(store, &reg_enterprise, text, &record, err);
    if (ok)
        id_list_add(&report->enterprises, &capacity, record.id);
    record_release(&record);
    return ok;
}

static bool add_rows(struct balance_report *report, const char *enterprise, struct error *err)
{
    struct id_list found, *rows = &report->rows;
    if (!balance_all_rows(report->run.store, enterprise, report->period, &found, err))
        return false;
    rows->ids = mem_resize(rows->ids, rows->count + found.count + 1, sizeof *rows->ids);
    if (found.count)
        memcpy(rows->ids + rows->count, found.ids, found.count * sizeof *rows->ids);
    rows->count += found.count;
    id_list_release(&found);
    return true;
}

static bool read_balances(struct balance_report *report, struct error *err)
{
    const struct id_list *ids = &report->enterprises;
    bool ok = true;
    report->balances = mem_new(ids->count + 1, sizeof *report->balances);
    report->run.total = ids->count;
    for (size_t i = 0; ok && i < ids->count; i++) {
        ok = run_step(&report->run, err) &&
             balance_read(report->run.store, ids->ids[i], report->period, &report->balances[i],
                          err) &&
             add_rows(report, ids->ids[i], err);
        report->count += ok;
    }
    report->run.total += report->rows.count;
    return ok;
}

void balance_report_name(const struct balance_report *report, size_t index, struct buffer *out)
{
    const struct lookup *lookup = report->run.context.lookup;
    lookup->label(lookup->context, reg_enterprise.name, report->enterprises.ids[index], out);
}

/* ---- the summary: a line for each enterprise ---- */

enum { PERCENTS = 3, COLUMNS = 1 + BALANCE_LINES + PERCENTS + 2 };

static void list_columns(struct sink_column columns[COLUMNS])
{
    static const struct sink_column percents[PERCENTS] = {
        {.key = "closure_percent", .label = "闭合率", .width = 8},
        {.key = "closure_without_stock_percent", .label = "不计库存的闭合率", .width = 8},
        {.key = "assay_coverage_percent", .label = "检测覆盖率", .width = 8},
    };
    const struct balance empty = {.period = {0}};
    struct balance_line lines[BALANCE_LINES];
    size_t at = 0;
    balance_list_lines(&empty, lines);
    columns[at++] = (struct sink_column){.key = "name", .label = "企业名称", .width = 25};
    for (size_t i = 0; i < BALANCE_LINES; i++)
        columns[at++] = (struct sink_column){
            .key = lines[i].key,
            .group = balance_is_output(lines[i].stream) ? "产出和排放" : NULL,
            .label = strcmp(lines[i].key, "output_kg") == 0        ? "产出排放合计"
                     : strcmp(lines[i].key, "unaccounted_kg") == 0 ? "差额"
                                                                   : lines[i].label,
            .format = SINK_DECIMAL,
            .scale = BALANCE_SHOWN_SCALE,
            .width = 9,
            .total = true,
        };
    for (size_t i = 0; i < PERCENTS; i++) {
        columns[at] = percents[i];
        columns[at].format = SINK_PERCENT;
        columns[at++].scale = BALANCE_PERCENT_SCALE;
    }
    columns[at++] =
        (struct sink_column){.key = "band", .label = "判断", .width = 8, .centre = true};
    columns[at++] =
        (struct sink_column){.key = "missing", .label = "缺项", .format = SINK_INTEGER, .width = 5};
}

static void put_percent(struct sink *sink, bool is_known, int64_t percent)
{
    if (is_known)
        sink_number(sink, percent, BALANCE_PERCENT_SCALE);
    else
        sink_empty(sink);
}

static bool put_enterprise(struct balance_report *report, size_t index, struct error *err)
{
    const struct balance *balance = &report->balances[index];
    struct sink *sink = report->run.sink;
    struct balance_line lines[BALANCE_LINES];
    struct buffer name = {0};
    balance_report_name(report, index, &name);
    balance_list_lines(balance, lines);
    sink_begin_row(sink);
    sink_text(sink, buffer_text(&name));
    for (size_t i = 0; i < BALANCE_LINES; i++) {
        if (lines[i].is_known)
            sink_number(sink, lines[i].kg, FLOW_KG_SCALE);
        else
            sink_empty(sink);
    }
    put_percent(sink, balance->has_closure, balance->closure_percent);
    put_percent(sink, balance->has_flow_closure, balance->flow_closure_percent);
    put_percent(sink, balance->has_coverage, balance->coverage_percent);
    sink_text(sink, balance_band_label(balance->band));
    sink_number(sink, (int64_t)balance->missing_count, 0);
    buffer_release(&name);
    report->run.result->rows++;
    return sink_end_row(sink, err);
}

/* What the numbers rest on, under the summary. */
static void put_notes(struct balance_report *report)
{
    struct buffer note = {0};
    const struct balance *balance = &report->balances[0];
    if (report->count == 0)
        return;
    buffer_add(&note, "注：闭合率 =（产出和排放 + 期末库存）÷（投入 + 期初库存）；不计库存的闭合率 "
                      "= 产出和排放 ÷（投入 − 库存变化），库存大时看这一个。");
    balance_write_bands(balance, &note);
    buffer_addf(&note, "。低于检出限的按 %s 计（本程序约定）。空格是没有台账或算不出，不是零。",
                flow_lod_name(balance->policy.lod));
    sink_line(report->run.sink, note.text);
    buffer_release(&note);
}

/* `title_text` and `left_text` with placeholders; NULL: the usual ones. */
static bool write_summary(struct balance_report *report, const char *name, const char *title_text,
                          const char *left_text, struct error *err)
{
    struct sink_column columns[COLUMNS];
    struct buffer title = {0}, left = {0};
    list_columns(columns);
    run_fill(&report->run, title_text ? title_text : "{地区}铊平衡表（{报告期}）", &title);
    run_fill(&report->run, left_text ? left_text : "填报单位：{填报单位}", &left);
    const struct sink_table table = {
        .name = name,
        .key = "balance",
        .title = buffer_text(&title),
        .left = buffer_text(&left),
        .right = "单位：kg",
        .columns = columns,
        .column_count = COLUMNS,
        .fixed = 1,
    };
    bool ok = true;
    sink_begin_table(report->run.sink, &table);
    report->run.result->tables++;
    for (size_t i = 0; ok && i < report->count; i++)
        ok = put_enterprise(report, i, err);
    if (ok) {
        sink_total_row(report->run.sink, report->count ? "合计" : "没有涉铊企业，也没有物料台账");
        put_notes(report);
        sink_end_sheet(report->run.sink);
    }
    buffer_release(&title);
    buffer_release(&left);
    return ok;
}

/* ---- the rows ---- */

static bool write_rows_of(struct balance_report *report, struct layout_sheet sheet,
                          struct error *err)
{
    const struct record none = {.reg = &reg_material_flow};
    if (sheet.listing.reg != &reg_material_flow)
        return error_set(err, ERROR_FORMAT,
                         "版式文件 " LAYOUT " 的表“%s”应是清单 material_flow，请改正", sheet.name);
    sheet.listing.only = report->rows.count ? &report->rows : NULL;
    sheet.listing.records = report->rows.count ? NULL : &none;
    return layout_write_sheet(&sheet, &report->run, err);
}

static bool write_rows(struct balance_report *report, struct error *err)
{
    for (size_t i = 0; i < report->layout.sheet_count; i++)
        if (!write_rows_of(report, report->layout.sheets[i], err))
            return false;
    return true;
}

static void release(struct balance_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        balance_release(&report->balances[i]);
    free(report->balances);
    id_list_release(&report->enterprises);
    id_list_release(&report->rows);
    layout_release(&report->layout);
}

static bool count_tables(size_t *count, struct error *err)
{
    bool ok = layout_count_sheets(LAYOUT, count, err);
    *count += OWN_TABLES;
    return ok;
}

static bool write(const struct report *report_of, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    (void)report_of;
    struct balance_report report = {.count = 0};
    run_init(&report.run, store, options, sink, result);
    bool ok = layout_read(&report.layout, LAYOUT, err) && read_period(&report, err) &&
              find_enterprises(&report, err) && read_balances(&report, err) &&
              write_summary(&report, "平衡汇总", report.layout.cover, NULL, err);
    for (size_t i = 0; ok && i < report.count; i++)
        ok = balance_report_page(&report, i, err);
    ok = ok && balance_report_trace(&report, err) && write_rows(&report, err);
    release(&report);
    return ok;
}

const struct report report_balance = {
    .name = "balance",
    .label = "铊平衡表",
    .help = "涉铊企业的铊平衡：汇总、每家企业的平衡表和图、物料明细；一年、半年、一季或一月。",
    .file = "%d年铊平衡表.xlsx",
    .count_tables = count_tables,
    .write = write,
    .takes = REPORT_BIT(REPORT_PERIOD) | REPORT_BIT(REPORT_ENTERPRISE),
};

/* ---- the summary as a sheet of another workbook: 平衡,铊平衡表 ---- */

static bool check_sheet(const struct layout *layout, const struct layout_sheet *sheet,
                        struct error *err)
{
    return !layout->is_public ||
           error_set(err, ERROR_FORMAT, "铊平衡不公布，公布版请删去“%s”", sheet->name);
}

static bool count_sheet(const struct layout_sheet *sheet, struct store *store, size_t *count,
                        struct error *err)
{
    (void)sheet;
    const struct query query = {.reg = &reg_thallium_enterprise};
    int64_t found = 0;
    bool ok = query_count(store, &query, &found, err);
    *count = (size_t)found;
    return ok;
}

static bool write_sheet(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    struct balance_report report = {.run = *run};
    bool ok = read_period(&report, err) && find_enterprises(&report, err) &&
              read_balances(&report, err) &&
              write_summary(&report, sheet->name, sheet->title, sheet->left, err);
    run->done = report.run.done;
    release(&report);
    return ok;
}

static const char *const takes[] = {"标题", "左上", NULL};

const struct layout_kind layout_balance = {
    .word = "平衡",
    .takes = takes,
    .is_table = true,
    .check = check_sheet,
    .count = count_sheet,
    .write = write_sheet,
};
