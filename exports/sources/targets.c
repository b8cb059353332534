/* How far the reduction targets of the policies are (db/targets.h). */
#include "exports/sources/targets.h"
#include "exports/source.h"

#include "core/decimal.h"
#include "core/text.h"
#include "db/target_table.h"

enum { PERCENT_SCALE = 2, KG_WIDTH = 12 };

#define LOAD(KEY, GROUP, LABEL)                                                                    \
    {                                                                                              \
        .key = KEY, .group = GROUP, .label = LABEL, .format = SINK_DECIMAL, .scale = LOAD_SCALE,   \
        .width = KG_WIDTH                                                                          \
    }
#define SHARE(KEY, GROUP, LABEL)                                                                   \
    {                                                                                              \
        .key = KEY, .group = GROUP, .label = LABEL, .format = SINK_PERCENT,                        \
        .scale = PERCENT_SCALE, .width = 9                                                         \
    }

static const struct sink_column columns[] = {
    {.key = "region", .label = "地区", .width = 20},
    {.key = "metal", .label = "重金属", .width = 7, .centre = true},
    {.key = "year", .group = "目标", .label = "目标年", .format = SINK_INTEGER, .width = 7},
    {.key = "base_year", .group = "目标", .label = "基准年", .format = SINK_INTEGER, .width = 7},
    {.key = "kind", .group = "目标", .label = "类型", .width = 11, .centre = true},
    SHARE("target_percent", "目标", "比例"),
    LOAD("base_kg", "目标", "基准"),
    LOAD("net_cut_kg", "目标", "净削减"),
    LOAD("target_kg", "目标", "目标排放量"),
    LOAD("cut_kg", "进度", "已减排"),
    LOAD("added_kg", "进度", "已新增"),
    LOAD("actual_kg", "进度", "现在排放量"),
    SHARE("progress_percent", "进度", "进度"),
    {.key = "met", .group = "进度", .label = "达标", .width = 8, .centre = true},
    {.key = "forecast", .group = "年底", .label = "预测", .width = 8, .centre = true},
    LOAD("forecast_kg", "年底", "预计排放量"),
    {.key = "reason", .label = "说明", .width = 44},
};

static void put_amount(struct source_rows *rows, struct amount amount, int scale)
{
    if (amount.known)
        source_number(rows, amount.value, scale);
    else
        source_empty(rows);
}

static bool put_line(struct source_rows *rows, const struct target_line *line, struct error *err)
{
    static const char *const met[] = {
        [ANSWER_UNKNOWN] = "算不出", [ANSWER_NO] = "未达到", [ANSWER_YES] = "已达到"};
    static const char *const forecasts[] = {
        [FORECAST_OPEN] = "未定", [FORECAST_MET] = "能完成", [FORECAST_MISSED] = "完不成"};
    source_text(rows, line->name);
    source_text(rows, line->metal);
    source_number(rows, line->year, 0);
    source_number(rows, line->base_year, 0);
    source_text(rows, line->kind);
    put_amount(rows, line->percent, PERCENT_SCALE);
    put_amount(rows, line->base, LOAD_SCALE);
    put_amount(rows, line->cut, LOAD_SCALE);
    put_amount(rows, line->target, LOAD_SCALE);
    put_amount(rows, (struct amount){line->holdings > 0, line->cuts}, LOAD_SCALE);
    put_amount(rows, (struct amount){line->holdings > 0, line->additions}, LOAD_SCALE);
    put_amount(rows, line->actual, LOAD_SCALE);
    put_amount(rows, line->progress, PERCENT_SCALE);
    source_text(rows, met[line->met]);
    source_text(rows, forecasts[line->forecast]);
    put_amount(rows, line->expected, LOAD_SCALE);
    source_text(rows, line->reason);
    return source_end_row(rows, err) && run_step(rows->run, err);
}

/* Notes that follow the rows. */
static void put_contradictions(struct sink *sink, const struct target_table *table)
{
    for (size_t i = 0; i < table->contradiction_count; i++) {
        const struct contradiction *found = &table->contradictions[i];
        char printed[DECIMAL_TEXT_SIZE], computed[DECIMAL_TEXT_SIZE];
        const char *unit = found->scale == LOAD_SCALE ? " kg" : found->scale ? "%" : " 家";
        struct buffer text = {0};
        decimal_format(found->printed, found->scale, printed);
        decimal_format(found->computed, found->scale, computed);
        buffer_addf(&text, "注：%s %d 年的%s，文件印的是 %s%s，%s得 %s%s；照印的数，不改。",
                    found->name, found->year, target_figure_name(found), printed, unit,
                    found->reason, computed, unit);
        sink_line(sink, text.text);
        buffer_release(&text);
    }
}

/* ---- the source ---- */

static bool take_targets(void *result, struct run *run, const struct layout *layout,
                         struct error *err)
{
    (void)layout;
    const struct date today = run->context.today;
    const struct targets_query query = {.year = run->year == today.year ? 0 : run->year};
    return targets_read(result, run->store, &query, today, err);
}

static void release_targets(void *result)
{
    targets_release(result);
}

const struct run_work targets_work = {
    .size = sizeof(struct targets), .take = take_targets, .release = release_targets};

static bool write(struct source_rows *rows, struct error *err)
{
    const struct targets *targets = run_share(rows->run, &targets_work, rows->sheet->layout, err);
    struct target_table found;
    bool ok = targets != NULL;
    for (size_t i = 0; ok && i < targets->count; i++)
        ok = put_line(rows, &targets->lines[i], err);
    if (!ok)
        return false;
    target_table_read(&found, targets);
    put_contradictions(rows->run->sink, &found);
    target_table_release(&found);
    return true;
}

static bool count(const struct layout *layout, struct store *store, size_t *found,
                  struct error *err)
{
    (void)layout;
    return source_count_register(store, "target", found, err);
}

const struct source source_targets = {
    .name = "targets",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .count = count,
    .write = write,
};
