/* How reduction targets look. */
#include "core/decimal.h"
#include "tui/screens/targets.h"

#include <string.h>

enum { PERCENT_SCALE = 2, PRINTED_SCALE = 2, TO_PRINTED = 10, FRACTION = LOAD_SCALE };

void targets_write_percent(int64_t hundredths, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    bool less = hundredths > 0;
    decimal_format(hundredths < 0 ? -hundredths : hundredths, PERCENT_SCALE, text);
    buffer_addf(out, "%s%s%%", hundredths == 0 ? "" : less ? "−" : "+", text);
}

int targets_draw_bar(struct grid *row, int column, int width, int64_t progress, int64_t percent)
{
    int64_t filled = progress <= 0 ? 0 : progress >= percent ? width : progress * width / percent;
    for (int i = 0; i < width; i++)
        grid_text(row, 0, column + i, 1, i < filled ? STYLE_DONE : STYLE_HINT,
                  i < filled ? "█" : "░");
    return column + width;
}

/* With the digits of a published table, all three only where the third is not 0. */
static const char *load_text(int64_t load, char text[DECIMAL_TEXT_SIZE])
{
    if (load % TO_PRINTED == 0)
        decimal_format_fixed(load / TO_PRINTED, PRINTED_SCALE, text);
    else
        decimal_format_fixed(load, LOAD_SCALE, text);
    return text;
}

void targets_draw_load(struct grid *row, int column, int width, struct amount load, unsigned style)
{
    char text[DECIMAL_TEXT_SIZE];
    if (load.known)
        grid_number(row, 0, column, width, FRACTION, style, load_text(load.value, text));
    else
        grid_text_right(row, 0, column, width - FRACTION - 1, STYLE_HINT, "—");
}

const char *targets_tell_met(const struct target_line *line, unsigned *style)
{
    static const struct {
        const char *words;
        unsigned style;
    } states[] = {[ANSWER_UNKNOWN] = {"算不出", STYLE_HINT},
                  [ANSWER_NO] = {"? 未达到", STYLE_WARNING},
                  [ANSWER_YES] = {"✓ 已达到", STYLE_DONE}};
    *style = states[line->met].style;
    return states[line->met].words;
}

/* How many projects of the target have that role. */
static size_t count_role(const struct target_line *line, const struct target_facts *facts,
                         enum contribution_role role)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->contribution_count; i++)
        count += targets_role(line, &facts->contributions[i]) == role;
    return count;
}

/* "，要看 2 个计划完工或待批的、1 个已完工待核定的": what is late is not counted upon. */
static void write_rest(const struct target_line *line, const struct target_facts *facts,
                       struct buffer *out)
{
    static const struct {
        enum contribution_role role;
        const char *words;
    } roles[] = {{ROLE_COMING, "计划完工或待批的"},
                 {ROLE_UNVERIFIED, "已完工待核定的"},
                 {ROLE_LATE, "逾期未完的"}};
    const char *separator = "，要看 ";
    for (size_t i = 0; i < COUNT_OF(roles); i++) {
        size_t count = count_role(line, facts, roles[i].role);
        bool is_hoped = roles[i].role == ROLE_LATE && line->forecast == FORECAST_MET;
        if (count && !is_hoped) {
            buffer_addf(out, "%s%zu 个%s", separator, count, roles[i].words);
            separator = "、";
        }
    }
}

void targets_write_forecast(const struct target_line *line, const struct target_facts *facts,
                            struct buffer *out)
{
    char expected[DECIMAL_TEXT_SIZE], best[DECIMAL_TEXT_SIZE], short_of[DECIMAL_TEXT_SIZE];
    if (!line->expected.known || !line->target.known || !line->best.known) {
        buffer_add(out, line->reason ? line->reason : "没有目标排放量，无法预测");
        return;
    }
    load_text(line->expected.value, expected);
    load_text(line->best.value, best);
    load_text(line->best.value - line->target.value, short_of);
    buffer_addf(out, "%d 年底", line->span.end.year);
    if (line->forecast == FORECAST_MET)
        buffer_addf(out, "能完成：预计 %s kg", expected);
    else if (line->forecast == FORECAST_MISSED)
        buffer_addf(out, "完不成：最好也是 %s kg，还差 %s kg", best, short_of);
    else
        buffer_addf(out, "未定：预计 %s kg，顺利的话 %s kg", expected, best);
    write_rest(line, facts, out);
}

/* ---- the selected target ---- */

static void write_demand(const struct target_line *line, struct buffer *out)
{
    static const char *const sources[] = {
        [BASE_NONE] = "；文件没有公布基准",
        [BASE_PUBLISHED] = "；基准照文件公布的数",
        [BASE_ENTERPRISES] = "；基准是清单各企业2020年基础排放量之和",
        [BASE_SUBSTITUTE] = "",
    };
    char percent[DECIMAL_TEXT_SIZE];
    bool is_level = strcmp(line->kind, "持平") == 0;
    buffer_addf(out, "%s %s：%s%d 年%s %d 年", line->name, line->metal,
                line->cumulative ? "到 " : "当年（", line->year,
                !line->cumulative ? "）比"
                : is_level        ? "与"
                                  : "比",
                line->base_year);
    decimal_format(line->percent.value, PERCENT_SCALE, percent);
    if (line->percent.known)
        buffer_addf(out, "削减 %s%%", percent);
    else
        buffer_add(out, line->kind);
    buffer_add(out, sources[line->base_source]);
}

static void write_sums(const struct target_line *line, struct buffer *out)
{
    char cut[DECIMAL_TEXT_SIZE], added[DECIMAL_TEXT_SIZE];
    if (line->holdings == 0)
        return;
    buffer_addf(out, "本机 %lld 家企业：已减排 %s kg，已新增 %s kg", (long long)line->holdings,
                load_text(line->cuts, cut), load_text(line->additions, added));
}

static void write_contradictions(const struct target_line *line, const struct target_table *table,
                                 struct buffer *out)
{
    for (size_t i = 0; i < table->contradiction_count; i++) {
        const struct contradiction *found = &table->contradictions[i];
        char printed[DECIMAL_TEXT_SIZE], computed[DECIMAL_TEXT_SIZE];
        if (strcmp(found->region, line->region) != 0 || strcmp(found->metal, line->metal) != 0)
            continue;
        bool is_load = found->scale == LOAD_SCALE;
        if (is_load) {
            load_text(found->printed, printed);
            load_text(found->computed, computed);
        } else {
            decimal_format_fixed(found->printed, found->scale, printed);
            decimal_format_fixed(found->computed, found->scale, computed);
        }
        buffer_addf(out, "%s文件的%s印的是 %s，%s得 %s", out->length ? "；" : "? ",
                    target_figure_name(found), printed, found->reason, computed);
    }
}

static void draw_progress(const struct target_line *line, struct grid *area, int row)
{
    enum { BAR = 40 };
    struct grid part = grid_part(area, row, 0, 1, area->columns);
    struct buffer text = {0};
    if (!line->progress.known)
        return;
    int column = 1 + grid_text(&part, 0, 1, area->columns, STYLE_PLAIN, "进度 ");
    if (line->percent.known && line->percent.value > 0) {
        int width = area->columns - column < 2 * BAR ? BAR / 2 : BAR;
        column =
            1 + targets_draw_bar(&part, column, width, line->progress.value, line->percent.value);
    }
    targets_write_percent(line->progress.value, &text);
    buffer_add(&text, line->partial ? "（占本机企业的基础排放量）" : "");
    grid_text(&part, 0, column, area->columns - column, STYLE_PLAIN, buffer_text(&text));
    buffer_release(&text);
}

static void draw_text(struct grid *area, int *row, unsigned style, struct buffer *text)
{
    struct grid rest = grid_part(area, *row, 1, area->rows - *row, area->columns - 2);
    if (text->length && *row < area->rows)
        *row += grid_wrap(&rest, 0, style, text->text);
    buffer_clear(text);
}

void targets_draw_detail(const struct target_line *line, const struct targets *targets,
                         const struct target_table *table, struct grid *area)
{
    struct buffer text = {0};
    int row = 0;
    write_demand(line, &text);
    draw_text(area, &row, STYLE_PLAIN, &text);
    if (line->progress.known)
        draw_progress(line, area, row++);
    write_sums(line, &text);
    draw_text(area, &row, STYLE_HINT, &text);
    targets_write_forecast(line, &targets->facts, &text);
    draw_text(area, &row,
              line->forecast == FORECAST_MET      ? STYLE_DONE
              : line->forecast == FORECAST_MISSED ? STYLE_WARNING
                                                  : STYLE_PLAIN,
              &text);
    write_contradictions(line, table, &text);
    draw_text(area, &row, STYLE_WARNING, &text);
    if (line->reason && line->expected.known)
        buffer_add(&text, line->reason);
    draw_text(area, &row, STYLE_HINT, &text);
    buffer_release(&text);
}
