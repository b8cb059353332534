/* calc targets: what the policy demands of each region, what has been reached of it, whether it
 * will be, and where the published table contradicts itself. */
#include "cli/calc_targets.h"
#include "cli/calc.h"
#include "core/decimal.h"
#include "core/text.h"
#include "db/clock.h"

#include <stdlib.h>
#include <string.h>

/* As typed; NULL what was not given. */
struct typed {
    const char *year, *region, *pack, *by;
};

enum { PERCENT_SCALE = 2, PRINTED_SCALE = 2, TO_PRINTED = 10 };

/* ---- what is asked ---- */

static bool read_year(const char *text, int *year, struct error *err)
{
    enum { DIGITS = 4, FIRST = 1900, LAST = 2199 };
    *year = text && strlen(text) == DIGITS && strspn(text, "0123456789") == DIGITS ? atoi(text) : 0;
    return !text || (*year >= FIRST && *year <= LAST) ||
           error_set(err, ERROR_USAGE, "--year 应是四位数字的年份，例如 2025，不能是“%s”", text);
}

static bool read_region(struct store *store, const char *text, struct buffer *code,
                        struct error *err)
{
    const struct lookup *lookup = store_lookup(store);
    if (!text || lookup->find(lookup->context, "region", text, code, err))
        return true;
    err->code = ERROR_USAGE;
    return error_prefix(err, "--region");
}

static bool read_campaign(struct store *store, const char *text, struct buffer *campaign,
                          struct error *err)
{
    const struct lookup *lookup = store_lookup(store);
    if (!text || lookup->find(lookup->context, "campaign", text, campaign, err))
        return true;
    err->code = ERROR_USAGE;
    return error_prefix(err, "--pack");
}

static bool read_by(const char *text, enum target_by *by, struct error *err)
{
    static const char *const names[] = {
        [BY_ENTERPRISE] = "enterprise", [BY_COUNTY] = "county", [BY_CITY] = "city"};
    for (size_t i = 0; text && i < COUNT_OF(names); i++) {
        if (strcmp(text, names[i]) == 0) {
            *by = (enum target_by)i;
            return true;
        }
    }
    return !text ||
           error_set(err, ERROR_USAGE,
                     "--by 可用 enterprise（企业）、county（县）、city（市），没有“%s”", text);
}

/* ---- for people ---- */

/* With the digits of a published table, all three only where the third is not 0. */
static const char *load_text(int64_t load, char text[DECIMAL_TEXT_SIZE])
{
    if (load % TO_PRINTED == 0)
        decimal_format_fixed(load / TO_PRINTED, PRINTED_SCALE, text);
    else
        decimal_format_fixed(load, LOAD_SCALE, text);
    return text;
}

/* Decimals under each other. */
static void add_load(struct amount load, int width, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    bool is_short = load.known && load.value % TO_PRINTED == 0;
    output_cell(load.known ? load_text(load.value, text) : "—", is_short ? 1 - width : -width, out);
    if (is_short)
        buffer_add_char(out, ' ');
}

static void add_percent(struct amount percent, int width, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE] = "—";
    if (percent.known)
        decimal_format_fixed(percent.value, PERCENT_SCALE, text);
    output_cell(text, -width, out);
}

static const char *tell_met(const struct target_line *line)
{
    static const char *const words[] = {
        [ANSWER_UNKNOWN] = "算不出", [ANSWER_NO] = "? 未达到", [ANSWER_YES] = "✓ 已达到"};
    return words[line->met];
}

static const char *tell_forecast(const struct target_line *line)
{
    static const char *const words[] = {
        [FORECAST_OPEN] = "未定", [FORECAST_MET] = "能完成", [FORECAST_MISSED] = "完不成"};
    return words[line->forecast];
}

enum { NAME = 22, METAL = 6, YEAR = 6, KIND = 12, PERCENT = 9, LOAD = 13, STATE = 11 };

static void write_heading(struct buffer *out)
{
    static const struct {
        const char *label;
        int width;
    } cells[] = {{"地区", NAME},       {"重金属", METAL + 2}, {"目标年", YEAR + 2},
                 {"目标类型", KIND},   {"比例%", -PERCENT},   {"基准kg ", -LOAD},
                 {"净削减kg ", -LOAD}, {"目标kg ", -LOAD},    {"现在kg ", -LOAD},
                 {"进度%", -PERCENT},  {"  达标", STATE},     {"年底", 0}};
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        if (cells[i].width)
            output_cell(cells[i].label, cells[i].width, out);
        else
            buffer_addf(out, " %s\n", cells[i].label);
    }
}

static void write_line(const struct target_line *line, struct buffer *out)
{
    struct buffer year = {0};
    buffer_addf(&year, "%d", line->year);
    output_cell(line->name, NAME, out);
    output_cell(line->metal, METAL + 2, out);
    output_cell(buffer_text(&year), YEAR + 2, out);
    output_cell(line->kind, KIND, out);
    add_percent(line->percent, PERCENT, out);
    add_load(line->base, LOAD, out);
    add_load(line->cut, LOAD, out);
    add_load(line->target, LOAD, out);
    add_load(line->actual, LOAD, out);
    add_percent(line->progress, PERCENT, out);
    buffer_add(out, "  ");
    output_cell(tell_met(line), STATE - 2, out);
    buffer_addf(out, " %s\n", tell_forecast(line));
    buffer_release(&year);
}

static void write_rest(const struct targets_answer *answer, const struct target_line *line,
                       struct buffer *out)
{
    const struct target_facts *facts = &answer->targets.facts;
    for (size_t i = 0; i < facts->contribution_count; i++) {
        const struct contribution *contribution = &facts->contributions[i];
        enum contribution_role role = targets_role(line, contribution);
        struct date day = contribution->done.year ? contribution->done : contribution->due;
        char kg[DECIMAL_TEXT_SIZE], on[DATE_TEXT_SIZE] = "";
        if (!targets_rests_on(role))
            continue;
        struct buffer name = {0};
        targets_write_name(answer->store, contribution, &name);
        decimal_format_fixed(targets_effect(line, contribution), LOAD_SCALE, kg);
        if (day.year)
            date_format(day, on);
        buffer_add(out, "    ");
        output_cell(contribution_role_name(role), STATE, out);
        output_cell(kg, -LOAD, out);
        buffer_addf(out, " kg  %s  %s：%s\n", *on ? on : "—", contribution->reg->label,
                    buffer_text(&name));
        buffer_release(&name);
    }
}

static void write_parts(const struct targets_answer *answer, const struct target_line *line,
                        struct buffer *out)
{
    struct target_parts parts = {.count = 0};
    if (!answer->by)
        return;
    target_parts_read(&parts, answer->store, line, &answer->targets.facts, *answer->by);
    for (size_t i = 0; i < parts.count; i++) {
        const struct target_part *part = &parts.parts[i];
        char cut[DECIMAL_TEXT_SIZE], added[DECIMAL_TEXT_SIZE];
        decimal_format_fixed(part->cut, LOAD_SCALE, cut);
        decimal_format_fixed(part->added, LOAD_SCALE, added);
        buffer_add(out, "    减排 ");
        output_cell(cut, -LOAD, out);
        buffer_add(out, " kg  新增 ");
        output_cell(added, -LOAD, out);
        buffer_addf(out, " kg  %s\n", part->name);
    }
    target_parts_release(&parts);
}

static void write_sums(const struct targets_answer *answer, struct buffer *out)
{
    for (size_t i = 0; i < answer->table.sum_count; i++) {
        const struct target_sum *sum = &answer->table.sums[i];
        char base[DECIMAL_TEXT_SIZE], cut[DECIMAL_TEXT_SIZE], percent[DECIMAL_TEXT_SIZE];
        if (!target_concerns(sum->region, answer->region) || !sum->percent.known)
            continue;
        decimal_format_fixed(sum->percent.value, PERCENT_SCALE, percent);
        buffer_addf(out, "%s %d 年各地区相加：%zu 个地区", sum->name, sum->year, sum->rows);
        if (sum->enterprises.known)
            buffer_addf(out, "，%lld 家企业", (long long)sum->enterprises.value);
        buffer_addf(out, "，基准 %s kg，净削减 %s kg，占 %s%%\n", load_text(sum->base.value, base),
                    load_text(sum->cut.value, cut), percent);
    }
}

static const char *figure_text(int64_t figure, int scale, char text[DECIMAL_TEXT_SIZE])
{
    if (scale == LOAD_SCALE)
        return load_text(figure, text);
    decimal_format_fixed(figure, scale, text);
    return text;
}

static void write_contradictions(const struct targets_answer *answer, struct buffer *out)
{
    static const char *const units[] = {[0] = "家", [PERCENT_SCALE] = "%", [LOAD_SCALE] = " kg"};
    bool any = false;
    for (size_t i = 0; i < answer->table.contradiction_count; i++) {
        const struct contradiction *found = &answer->table.contradictions[i];
        char printed[DECIMAL_TEXT_SIZE], computed[DECIMAL_TEXT_SIZE];
        if (!target_concerns(found->region, answer->region))
            continue;
        if (!any)
            buffer_add(out, "公布的表自身对不上的地方（照印的数，不改）：\n");
        any = true;
        buffer_addf(out, "  %s %d 年%s：印的是 %s%s，%s得 %s%s\n", found->name, found->year,
                    target_figure_name(found), figure_text(found->printed, found->scale, printed),
                    units[found->scale], found->reason,
                    figure_text(found->computed, found->scale, computed), units[found->scale]);
    }
}

/* Each reason once, with how many it concerns. */
static void write_reasons(const struct targets_answer *answer, struct buffer *out)
{
    for (size_t i = 0; i < answer->targets.count; i++) {
        const char *reason = answer->targets.lines[i].reason;
        size_t before = 0, all = 0;
        for (size_t j = 0; reason && j < answer->targets.count; j++) {
            const struct target_line *line = &answer->targets.lines[j];
            bool same = line->reason == reason && target_concerns(line->region, answer->region);
            before += same && j < i;
            all += same;
        }
        if (reason && all && !before &&
            target_concerns(answer->targets.lines[i].region, answer->region))
            buffer_addf(out, "注：%s（%zu 项目标）\n", reason, all);
    }
}

static void write_people(const struct targets_answer *answer, struct buffer *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < answer->targets.count; i++) {
        const struct target_line *line = &answer->targets.lines[i];
        if (!target_concerns(line->region, answer->region))
            continue;
        if (shown++ == 0)
            write_heading(out);
        write_line(line, out);
        write_parts(answer, line, out);
        write_rest(answer, line, out);
    }
    if (shown == 0)
        buffer_add(out, "政策包没有下达减排目标；有的请补进“减排目标”，或用 --pack 换一个政策包\n");
    write_reasons(answer, out);
    write_sums(answer, out);
    write_contradictions(answer, out);
}

/* ---- the command ---- */

static bool answer_typed(struct cli *cli, const struct typed *typed, struct error *err)
{
    struct buffer region = {0}, campaign = {0}, out = {0};
    struct targets_query query = {.year = 0};
    enum target_by by = BY_ENTERPRISE;
    struct targets_answer answer = {.store = cli->store};
    bool ok = read_year(typed->year, &query.year, err) && read_by(typed->by, &by, err) &&
              read_region(cli->store, typed->region, &region, err) &&
              read_campaign(cli->store, typed->pack, &campaign, err);
    query.campaign = typed->pack ? buffer_text(&campaign) : NULL;
    answer.region = typed->region ? buffer_text(&region) : NULL;
    answer.by = typed->by ? &by : NULL;
    ok = ok && targets_read(&answer.targets, cli->store, &query, clock_today(), err);
    if (ok) {
        target_table_read(&answer.table, &answer.targets);
        if (cli->format == FORMAT_JSON)
            targets_write_json(&answer, &out);
        else if (cli->format == FORMAT_CSV)
            targets_write_csv(&answer, &out);
        else
            write_people(&answer, &out);
        ok = output_write(&out, err);
    }
    target_table_release(&answer.table);
    targets_release(&answer.targets);
    buffer_release(&region);
    buffer_release(&campaign);
    buffer_release(&out);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct typed typed = {.year = NULL};
    const struct option options[] = {
        {.name = "--year", .value = &typed.year},
        {.name = "--region", .value = &typed.region},
        {.name = "--pack", .value = &typed.pack},
        {.name = "--by", .value = &typed.by},
        {.name = NULL},
    };
    return cli_parse(cli, argc, argv, options, 0, 0, err) && cli_open(cli, STORE_READ, err) &&
           answer_typed(cli, &typed, err);
}

const struct command calc_targets = {
    .name = "targets",
    .usage = "[--year YEAR] [--region REGION] [--pack PACK] [--by enterprise|county|city]",
    .help = "各地区减排目标、进度和年底预测，并指出公布的表自身对不上的地方",
    .run = run,
};
