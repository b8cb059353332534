/* Accounting of reductions: streams against loads, loads against permits, lists against projects,
 * a target against itself. */
#include "core/reduction.h"
#include "core/contribution.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#define J10 "吉环固体字〔2022〕10号 "
#define J12 "吉环固体字〔2022〕12号 "

enum {
    PRINTED_SCALE = 2,
    SUMS_TOLERANCE = 10,     /* 0.01 kg at LOAD_SCALE */
    PUBLISHED_TOLERANCE = 2, /* 0.02 kg at PRINTED_SCALE */
};

static bool differ(int64_t a, int64_t b, int64_t tolerance)
{
    int64_t difference;
    return !decimal_add(a, -b, &difference) || difference > tolerance || difference < -tolerance;
}

static void format_kg(int64_t load, char out[DECIMAL_TEXT_SIZE])
{
    decimal_format(load, LOAD_SCALE, out);
}

/* ---- V90 ---- */

static void compare_stream(const struct rule *rule, const struct record *record,
                           const struct load_group *group, size_t metal, int64_t summed,
                           int64_t tolerance, struct findings *findings)
{
    int64_t load, sum;
    char streams[DECIMAL_TEXT_SIZE], filled[DECIMAL_TEXT_SIZE];
    format_kg(summed, streams);
    if (!read_integer(record, group->metals[metal], &load)) {
        rule_report(rule, findings, group->metals[metal],
                    load_sum(record, group, &sum)
                        ? "源强表里%s合计 %s kg，%s却空着，请补填"
                        : "源强表里%s合计 %s kg，%s还空着，把本工程再保存一次就由程序填上",
                    load_metals[metal], streams, group->label);
        return;
    }
    if (!differ(load, summed, tolerance))
        return;
    format_kg(load, filled);
    rule_report(rule, findings, group->metals[metal],
                "%s%s填的是 %s kg，核算报告的源强合计是 %s kg，请核对；"
                "以源强为准的，把这一组五种清空后保存，由程序重填",
                group->label, load_metals[metal], filled, streams);
}

static void check_streams(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    if (!read_is(record, "load_basis", "核算报告"))
        return;
    const struct reduction_streams streams = reduction_sum_streams(record, context);
    int64_t summed,
        tolerance = facts_parameter(context, "sums_tolerance_kg", LOAD_SCALE, SUMS_TOLERANCE);
    for (enum reduction_stage stage = STAGE_BEFORE; stage < STAGE__COUNT; stage++)
        for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
            if (reduction_stream_load(&streams, stage, i, &summed))
                compare_stream(rule, record, reduction_loads(stage), i, summed, tolerance,
                               findings);
}

const struct rule rule_streams = {
    .id = "V90",
    .severity = SEVERITY_ERROR,
    .reg = "reduction_project",
    .links = {{"emission_stream", "project", "id"}},
    .label = "减排前后排放量应等于核算报告的源强合计（允许差 0.01 kg）",
    .basis = J12 "三（二）2",
    .check = check_streams,
};

/* ---- V91 ---- */

static void check_cancelled(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    (void)context;
    const struct load_group *after = &load_groups[LOAD_AFTER];
    int64_t left;
    if (!read_is(record, "load_basis", "注销许可有效量"))
        return;
    if (read_integer(record, after->total, &left) && left != 0)
        rule_report(rule, findings, after->total,
                    "依据是注销许可有效量，生产线已经关停，减排后排放量应是 0；"
                    "还在生产的请把依据改成许可量差值");
    if (read_is_filled(record, "completed_on") && !read_lists(record, "evidence_kinds", "注销许可"))
        rule_report(rule, findings, "evidence_kinds",
                    "按注销的许可证核算，佐证材料里却没有注销许可，请补上注销证明");
}

const struct rule rule_cancelled = {
    .id = "V91",
    .severity = SEVERITY_ERROR,
    .reg = "reduction_project",
    .label = "按注销许可有效量核算的，减排后为 0，并有注销证明",
    .basis = J12 "三（一）2",
    .check = check_cancelled,
};

/* ---- V92 ---- */

struct permitted {
    const struct record *project;
    const struct rule *rule;
    struct findings *findings;
};

static bool compare_permitted(void *data, const struct record *enterprise)
{
    const struct permitted *permitted = data;
    const struct rule *rule = permitted->rule;
    const struct load_group *before = &load_groups[LOAD_BEFORE],
                            *permit = &load_groups[LOAD_PERMITTED];
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        const char *name = load_field_name(before, i);
        int64_t load, most;
        if (!read_integer(permitted->project, name, &load) ||
            !read_integer(enterprise, load_field_name(permit, i), &most) || load <= most)
            continue;
        char more[DECIMAL_TEXT_SIZE], less[DECIMAL_TEXT_SIZE];
        format_kg(load, more);
        format_kg(most, less);
        rule_report(rule, permitted->findings, name,
                    "按许可量核算，%s减排前填的是 %s kg，企业的许可排放量只有 %s kg，"
                    "请按变更以前的许可证副本核对",
                    i < LOAD_METAL_COUNT ? load_metals[i] : "合计", more, less);
    }
    return false;
}

/* Once the permit is changed the enterprise's record tells of the new one. */
static void check_before(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    const char *enterprise = read_text(record, "enterprise");
    struct permitted permitted = {.project = record, .rule = rule, .findings = findings};
    if (!enterprise || read_is_filled(record, "permit_changed_on") ||
        !read_is(record, "load_basis", "许可量差值|注销许可有效量"))
        return;
    facts_each(context,
               &(struct facts_query){.reg = "enterprise", .field = "id", .value = enterprise},
               compare_permitted, &permitted);
}

const struct rule rule_before = {
    .id = "V92",
    .severity = SEVERITY_WARNING,
    .reg = "reduction_project",
    .links = {{"enterprise", "id", "enterprise"}},
    .label = "按许可量核算的减排前排放量不超过企业的许可排放量",
    .basis = J12 "三（一）",
    .check = check_before,
};

/* ---- V93 ---- */

static bool add_booked(void *data, const struct record *project)
{
    struct contribution contribution;
    if (contribution_read(project, &contribution) && contribution.done.year)
        decimal_gather(data, contribution.loads.kg[LOAD_METAL_COUNT]);
    return true;
}

static void check_listed(const struct rule *rule, const struct record *record,
                         const struct check_context *context, struct findings *findings)
{
    int64_t listed,
        tolerance = facts_parameter(context, "sums_tolerance_kg", LOAD_SCALE, SUMS_TOLERANCE);
    const struct reg *reg;
    for (size_t i = 0; (reg = contribution_reg(i)) != NULL; i++) {
        const char *field = contribution_listed(i);
        int64_t booked = 0;
        char more[DECIMAL_TEXT_SIZE], less[DECIMAL_TEXT_SIZE];
        if (!read_integer(record, field, &listed) || listed <= 0 || !*record->id)
            continue;
        facts_each(context,
                   &(struct facts_query){.reg = reg->name,
                                         .field = "enterprise",
                                         .value = record->id,
                                         .wanted = contribution_fields(i)},
                   add_booked, &booked);
        if (listed <= booked || !differ(listed, booked, tolerance))
            continue;
        format_kg(listed, more);
        format_kg(booked, less);
        rule_report(rule, findings, field,
                    "清单里%s填的是 %s kg，“%s”里这家企业只有 %s kg，请补登记工程或项目",
                    reg_field_find(record->reg, field)->label, more, reg->label, less);
    }
}

const struct rule rule_listed = {
    .id = "V93",
    .severity = SEVERITY_HINT,
    .reg = "enterprise",
    .links = {{"reduction_project", "enterprise", "id"},
              {"construction_project", "enterprise", "id"}},
    .label = "清单里的本年新增量、减排量要有建设项目、减排工程对应",
    .basis = J10 "五（二）（总量替代清单、减排工程实施清单）",
    .check = check_listed,
};

/* ---- V94 ---- */

/* Both are printed with two decimals, and the target keeps them so. */
static void check_table(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    enum { WHOLE = 10000 }; /* percent with two decimals */
    int64_t base, cut, left, percent, computed;
    int64_t tolerance =
        facts_parameter(context, "published_tolerance_kg", PRINTED_SCALE, PUBLISHED_TOLERANCE);
    char printed[DECIMAL_TEXT_SIZE], worked[DECIMAL_TEXT_SIZE];
    if (!read_integer(record, "base_kg", &base))
        return;
    bool has_cut = read_integer(record, "cut_kg", &cut);
    if (has_cut && read_integer(record, "percent", &percent) &&
        decimal_multiply(base, percent, WHOLE, &computed) && differ(cut, computed, tolerance)) {
        decimal_format(cut, PRINTED_SCALE, printed);
        decimal_format(computed, PRINTED_SCALE, worked);
        rule_report(rule, findings, "cut_kg",
                    "净削减量 %s kg 与基准排放量乘比例得的 %s kg 不同，请对照文件核对；"
                    "文件就是这样印的，写进备注",
                    printed, worked);
    }
    if (has_cut && read_integer(record, "target_kg", &left) && decimal_add(base, -cut, &computed) &&
        differ(left, computed, tolerance)) {
        decimal_format(left, PRINTED_SCALE, printed);
        decimal_format(computed, PRINTED_SCALE, worked);
        rule_report(rule, findings, "target_kg",
                    "目标排放量 %s kg 与基准排放量减净削减量得的 %s kg 不同，请对照文件核对；"
                    "文件就是这样印的，写进备注",
                    printed, worked);
    }
}

const struct rule rule_table = {
    .id = "V94",
    .severity = SEVERITY_WARNING,
    .reg = "target",
    .label = "目标的基准、净削减和目标排放量要对得上（允许差 0.02 kg）",
    .basis = "滇规划 附件（一）（尾差 0.01 至 0.02）",
    .check = check_table,
};
