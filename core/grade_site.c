/* What follows from the site itself and from what lies around it. */
#include "core/decimal.h"
#include "core/facts.h"
#include "core/grade_parts.h"
#include "core/mem.h"
#include "core/rules/reading.h"

#include <stdlib.h>
#include <string.h>

#define SEEPS "矿井（硐）涌水|渗滤液"

/* ---- 环境敏感度 ---- */

enum { METRE_SCALE = 1, KILOMETRE_SCALE = 4 }; /* both count tenths of a metre */

/* Up to which distance a receptor of these kinds makes a site 高 or 中. */
struct reach {
    const char *kinds;
    bool is_downstream; /* only what the water of the site can reach */
    const char *near_code, *mid_code;
    int scale;
    int64_t near_usual, mid_usual; /* tenths of a metre */
};

static const struct reach reaches[] = {
    {"饮用水水源地", true, "grade_intake_near_km", "grade_intake_mid_km", KILOMETRE_SCALE, 50000,
     100000},
    {"耕地|居民|学校医院|民井", false, "grade_farmland_near_m", "grade_farmland_mid_m", METRE_SCALE,
     5000, 10000},
};

struct receptors {
    struct record *items; /* owned */
    size_t count, capacity;
};

static bool take_receptor(void *data, const struct record *receptor)
{
    struct receptors *receptors = data;
    receptors->items = mem_grow(receptors->items, receptors->count, &receptors->capacity,
                                sizeof *receptors->items);
    record_copy(&receptors->items[receptors->count++], receptor);
    return true;
}

/* The nearest first, those without a distance last. */
static int compare_receptors(const void *a, const void *b)
{
    int64_t one, other;
    bool has_one = read_integer(a, "distance_m", &one);
    bool has_other = read_integer(b, "distance_m", &other);
    if (has_one && has_other && one != other)
        return one < other ? -1 : 1;
    return has_one != has_other
               ? (has_one ? -1 : 1)
               : strcmp(((const struct record *)a)->id, ((const struct record *)b)->id);
}

static const struct reach *reach_of(const struct record *receptor)
{
    for (size_t i = 0; i < COUNT_OF(reaches); i++)
        if (read_is(receptor, "kind", reaches[i].kinds))
            return &reaches[i];
    return NULL;
}

static void write_metres(int64_t tenths, struct buffer *out)
{
    char digits[DECIMAL_TEXT_SIZE];
    bool is_far = tenths >= 10 * 10000;
    decimal_format(tenths, is_far ? KILOMETRE_SCALE : METRE_SCALE, digits);
    buffer_addf(out, "%s %s", digits, is_far ? "km" : "m");
}

/* "耕地“示例村水田”在下游 400 m" */
static void write_receptor(const struct record *receptor, struct buffer *out)
{
    int64_t distance;
    buffer_addf(out, "%s“%s”", record_text(receptor, "kind"), record_text(receptor, "name"));
    buffer_add(out, read_says(receptor, "downstream", true)    ? "在下游 "
                    : read_says(receptor, "downstream", false) ? "（不在下游）相距 "
                                                               : "（没有写是不是下游）相距 ");
    if (read_integer(receptor, "distance_m", &distance))
        write_metres(distance, out);
    else
        buffer_add(out, "多远没有写");
}

/* The grade that the receptor gives the site, and the bound that it keeps to or lies beyond. */
static enum grade rate_receptor(const struct record *receptor, const struct check_context *context,
                                int64_t *bound, struct buffer *relation)
{
    const struct reach *reach = reach_of(receptor);
    int64_t distance;
    if (!reach || !read_integer(receptor, "distance_m", &distance))
        return GRADE_NONE;
    if (reach->is_downstream && distance == 0) {
        buffer_add(relation, "，点位在水源保护区内");
        return GRADE_HIGH;
    }
    if (reach->is_downstream && read_says(receptor, "downstream", false)) {
        buffer_add(relation, "，水流不到那里");
        return GRADE_LOW;
    }
    int64_t near = facts_parameter(context, reach->near_code, reach->scale, reach->near_usual);
    int64_t middle = facts_parameter(context, reach->mid_code, reach->scale, reach->mid_usual);
    *bound = distance <= near ? near : middle;
    buffer_add(relation, distance <= middle ? "，不超过 " : "，超过 ");
    write_metres(*bound, relation);
    return distance <= near ? GRADE_HIGH : distance <= middle ? GRADE_MIDDLE : GRADE_LOW;
}

static void say_receptor(struct grade_proposal *proposal, const struct record *receptor,
                         const char *relation, enum grade grade)
{
    struct buffer text = {0};
    write_receptor(receptor, &text);
    proposal_rest_on(proposal, receptor, buffer_text(&text));
    proposal_say(proposal, "%s%s，敏感度%s。", buffer_text(&text), relation, grade_name(grade));
    buffer_release(&text);
}

static void rate_receptors(const struct receptors *receptors, const struct check_context *context,
                           struct grade_proposal *proposal)
{
    size_t unknown = 0;
    for (enum grade told = GRADE_HIGH; told >= GRADE_LOW; told--) {
        for (size_t i = 0; i < receptors->count; i++) {
            struct buffer relation = {0};
            int64_t bound = 0;
            enum grade grade = rate_receptor(&receptors->items[i], context, &bound, &relation);
            if (grade == told && (proposal->grade == GRADE_NONE || proposal->grade == told)) {
                proposal->grade = told;
                say_receptor(proposal, &receptors->items[i], buffer_text(&relation), told);
            }
            unknown += told == GRADE_HIGH && reach_of(&receptors->items[i]) &&
                       !read_is_filled(&receptors->items[i], "distance_m");
            buffer_release(&relation);
        }
    }
    if (unknown)
        proposal_say(proposal, "%zu 个敏感目标没有写距离，没有算进去，请补填。", unknown);
    if (unknown && proposal->grade == GRADE_LOW)
        proposal->grade = GRADE_NONE;
    if (!proposal->grade && !unknown) {
        proposal->grade = GRADE_LOW;
        proposal_say(proposal,
                     "登记的敏感目标里没有水源地、耕地、居民、学校医院、民井，敏感度低。");
    }
}

void grade_sensitivity(const struct record *site, const struct check_context *context,
                       struct grade_proposal *proposal)
{
    struct receptors receptors = {.count = 0};
    if (*site->id)
        facts_each(context,
                   &(struct facts_query){.reg = "receptor", .field = "site", .value = site->id},
                   take_receptor, &receptors);
    if (receptors.count) {
        qsort(receptors.items, receptors.count, sizeof *receptors.items, compare_receptors);
        rate_receptors(&receptors, context, proposal);
    } else if (read_is(site, "receptor_state", "10 km 内无")) {
        proposal->grade = GRADE_LOW;
        proposal_say(proposal, "已排查，10 km 内没有敏感目标，敏感度低。");
    } else {
        proposal_say(proposal,
                     "一个敏感目标也没有登记，评不了；请登记，查过确实没有的选“10 km 内无”。");
    }
    if (!proposal->grade)
        proposal->grade = GRADE_NO_DATA;
    for (size_t i = 0; i < receptors.count; i++)
        record_release(&receptors.items[i]);
    free(receptors.items);
}

/* ---- how much there is ---- */

enum { HEAP_USUAL = 50, FLOW_USUAL = 500, BARRIERS_USUAL = 3 };

static bool has_water(const struct record *site)
{
    return read_is(site, "problem_types", SEEPS);
}

static bool has_heap(const struct record *site)
{
    return read_is(site, "problem_types",
                   "废渣堆|废石场·排土场|尾矿|底泥|污染地块|冶炼遗留渣|电子拆解渣");
}

/* The largest of the three flows, in 0.01 m³/d. */
static bool read_flow(const struct record *site, int64_t *flow)
{
    static const char *const names[] = {"flow_wet", "flow_normal", "flow_dry"};
    bool is_known = false;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int64_t value;
        if (!read_integer(site, names[i], &value) || (is_known && value <= *flow))
            continue;
        *flow = value;
        is_known = true;
    }
    return is_known;
}

/* What is piled up, in 0.0001 of 万t, or of 万m³ where only the volume is known. */
static bool read_heap(const struct record *site, int64_t *amount, const char **unit)
{
    *unit = "万t";
    if (read_integer(site, "mass_10kt", amount))
        return true;
    *unit = "万m³";
    return read_integer(site, "volume_m3", amount) && (*amount /= 100, true);
}

/* Whether there is more than can be dealt with at once; says how much. */
static bool is_large(const struct record *site, const struct check_context *context,
                     struct buffer *says)
{
    enum { AMOUNT_SCALE = 4, FLOW_SCALE = 2 };
    int64_t amount, flow, bound;
    const char *unit;
    char digits[DECIMAL_TEXT_SIZE];
    bool large = false;
    if (has_heap(site) && read_heap(site, &amount, &unit)) {
        bound = facts_parameter(context, "grade_heap_hard_10k", AMOUNT_SCALE, HEAP_USUAL * 10000);
        decimal_format(amount, AMOUNT_SCALE, digits);
        buffer_addf(says, "，堆存 %s %s", digits, unit);
        decimal_format(bound, AMOUNT_SCALE, digits);
        buffer_addf(says, "（%s %s）", amount > bound ? "超过" : "不超过", digits);
        large = amount > bound;
    }
    if (has_water(site) && read_flow(site, &flow)) {
        bound = facts_parameter(context, "grade_flow_hard_m3d", FLOW_SCALE, FLOW_USUAL * 100);
        decimal_format(flow, FLOW_SCALE, digits);
        buffer_addf(says, "，涌水最大 %s m³/d", digits);
        decimal_format(bound, FLOW_SCALE, digits);
        buffer_addf(says, "（%s %s）", flow > bound ? "超过" : "不超过", digits);
        large = large || flow > bound;
    }
    return large;
}

/* ---- 技术经济可行性 ---- */

/* What must be known before technique can be judged; says what is not. */
static bool knows_enough(const struct record *site, struct grade_proposal *proposal)
{
    int64_t amount;
    const char *unit;
    struct buffer lacks = {0};
    if (!read_is_filled(site, "waste_class") || read_is(site, "waste_class", "未鉴别"))
        buffer_add(&lacks, "、固废属性（没有鉴别）");
    if (has_heap(site) && !read_heap(site, &amount, &unit))
        buffer_add(&lacks, "、堆存量");
    if (read_is(site, "problem_types", "矿井（硐）涌水") && !read_flow(site, &amount))
        buffer_add(&lacks, "、涌水量");
    if (!has_heap(site) && !has_water(site))
        buffer_add(&lacks, "、问题类型");
    bool ok = lacks.length == 0;
    if (!ok)
        proposal_say(proposal, "还不知道%s，评不了技术经济可行性。", lacks.text + strlen("、"));
    buffer_release(&lacks);
    return ok;
}

static bool write_funds(const struct record *site, struct buffer *out)
{
    bool priced = read_is_filled(site, "investment_10k") && read_is_filled(site, "funding");
    if (read_is_filled(site, "project_no"))
        buffer_addf(out, "项目已入库（%s）", read_text(site, "project_no"));
    else if (priced) {
        buffer_add(out, "投资 ");
        record_format(site, "investment_10k", out);
        buffer_addf(out, " 万元，资金来自%s", read_text(site, "funding"));
    } else {
        buffer_add(out, "投资、资金来源没有落实，项目没有入库");
    }
    return priced || read_is_filled(site, "project_no");
}

/* Easy or hard to do, paid for or not: four cells. */
void grade_feasibility(const struct record *site, const struct check_context *context,
                       struct grade_proposal *proposal)
{
    static const enum grade cells[2][2] = {{GRADE_MIDDLE, GRADE_HIGH}, {GRADE_LOW, GRADE_MIDDLE}};
    struct buffer technique = {0}, funds = {0};
    proposal->grade = GRADE_UNRATED;
    if (!knows_enough(site, proposal))
        return;
    bool is_hazardous = read_is(site, "waste_class", "危险废物");
    bool is_hard = is_large(site, context, &technique);
    is_hard = is_hard || is_hazardous;
    bool is_funded = write_funds(site, &funds);
    proposal->grade = cells[is_hard][is_funded];
    proposal_say(proposal, "技术上%s：固废属性%s%s。", is_hard ? "难" : "不难",
                 read_text(site, "waste_class"), buffer_text(&technique));
    proposal_say(proposal, "资金上%s：%s。", is_funded ? "有着落" : "没有着落", funds.text);
    proposal_say(proposal, "只凭这几项得出可行性%s；场地、交通、工艺由评估确定，程序不知道。",
                 grade_name(proposal->grade));
    buffer_release(&technique);
    buffer_release(&funds);
}

/* ---- 危害性、扩散性 ---- */

void grade_hazard(const struct record *site, enum grade pollution,
                  const struct check_context *context, struct grade_proposal *proposal)
{
    struct buffer amount = {0};
    bool large = is_large(site, context, &amount);
    if (read_is(site, "waste_class", "危险废物")) {
        proposal->grade = GRADE_HIGH;
        proposal_say(proposal, "固废属性是危险废物，危害性高。");
    } else if (!grade_is_rated(pollution)) {
        proposal->grade = GRADE_NO_DATA;
        proposal_say(proposal, "污染程度%s，危害性评不了。",
                     pollution ? grade_name(pollution) : "没有评");
    } else {
        proposal->grade = pollution == GRADE_MIDDLE && large ? GRADE_HIGH : pollution;
        proposal_say(proposal, "污染程度%s%s，危害性%s。", grade_name(pollution),
                     buffer_text(&amount), grade_name(proposal->grade));
    }
    buffer_release(&amount);
}

void grade_spread(const struct record *site, const struct check_context *context,
                  struct grade_proposal *proposal)
{
    static const char *const names[] = {"anti_seepage", "anti_loss", "anti_dust", "flood_ditch",
                                        "leachate_collection"};
    struct buffer bad = {0};
    int64_t count = 0, flow = 0;
    size_t known = 0;
    int64_t many = facts_parameter(context, "grade_barriers_bad", 0, BARRIERS_USUAL);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        known += read_is_filled(site, names[i]);
        if (!read_is(site, names[i], "破损|无"))
            continue;
        count++;
        buffer_addf(&bad, "、%s%s", reg_field_find(site->reg, names[i])->label,
                    read_text(site, names[i]));
    }
    bool drains = read_is(site, "problem_types", "渗滤液") || (read_flow(site, &flow) && flow > 0);
    bool caught = read_is(site, "leachate_collection", "完好");
    if (drains && known && !caught) {
        proposal->grade = GRADE_HIGH;
        proposal_say(proposal, "有涌水或渗滤液流出，收集设施不完好，扩散性高。");
    } else if (known == 0) {
        proposal->grade = GRADE_NO_DATA;
        proposal_say(proposal, "三防设施一项也没有填，扩散性评不了。");
    } else {
        proposal->grade = count >= many ? GRADE_HIGH : count > 0 ? GRADE_MIDDLE : GRADE_LOW;
    }
    if (count)
        proposal_say(proposal, "三防设施 %lld 项破损或没有（%s），%lld 项以上扩散性高。",
                     (long long)count, bad.text + strlen("、"), (long long)many);
    else if (known)
        proposal_say(proposal, "填了的三防设施都完好。");
    if (known && known < COUNT_OF(names))
        proposal_say(proposal, "三防设施还有 %zu 项没有填。", COUNT_OF(names) - known);
    buffer_release(&bad);
}

/* ---- what ought to be sampled ---- */

void grade_write_media(const struct record *site, struct buffer *out)
{
    static const struct {
        const char *types, *media;
    } lines[] = {
        {"矿井（硐）涌水", "涌水和下游地表水"},
        {"渗滤液", "渗滤液和下游地表水、地下水"},
        {"废渣堆|废石场·排土场|尾矿|冶炼遗留渣|电子拆解渣", "废渣浸出液、周边土壤和下游地表水"},
        {"底泥", "底泥和上下游地表水"},
        {"污染地块", "地块土壤和地下水"},
    };
    size_t begin = out->length;
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (read_is(site, "problem_types", lines[i].types))
            buffer_addf(out, "%s%s", out->length > begin ? "；" : "", lines[i].media);
    if (out->length == begin)
        buffer_add(out, "周边土壤和下游地表水");
}
