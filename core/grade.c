#include "core/grade.h"
#include "core/facts.h"
#include "core/grade_parts.h"
#include "core/mem.h"
#include "core/rules/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAMPAIGN_2025 "重金属环境安全隐患排查整治2025-2030"

static const char *const names[] = {
    [GRADE_NONE] = "",  [GRADE_NO_DATA] = "无数据", [GRADE_OPEN] = "待核", [GRADE_UNRATED] = "未评",
    [GRADE_LOW] = "低", [GRADE_MIDDLE] = "中",      [GRADE_HIGH] = "高",
};

const struct grade_place grade_places[GRADE_DIMENSIONS] = {
    [GRADE_POLLUTION] = {"pollution", "污染程度", "pollution_grade", "pollution_reason",
                         "pollution_proposed", "pollution_grounds"},
    [GRADE_SENSITIVITY] = {"sensitivity", "环境敏感度", "sensitivity_grade", "sensitivity_reason",
                           "sensitivity_proposed", "sensitivity_grounds"},
    [GRADE_FEASIBILITY] = {"feasibility", "技术经济可行性", "feasibility_grade",
                           "feasibility_reason", "feasibility_proposed", "feasibility_grounds"},
    [GRADE_HAZARD] = {"hazard", "危害性", "hazard_grade", NULL, "hazard_proposed", NULL},
    [GRADE_SPREAD] = {"spread", "扩散性", "spread_grade", NULL, "spread_proposed", NULL},
    [GRADE_RECEPTOR] = {"receptor", "环境敏感性", "receptor_grade", NULL, "receptor_proposed",
                        NULL},
    [GRADE_RISK] = {"risk_level", "风险等级", "risk_level", "risk_reason", "risk_proposed",
                    "risk_grounds"},
};

const char *grade_name(enum grade grade)
{
    return names[grade];
}

enum grade grade_find(const char *name)
{
    for (enum grade grade = GRADE_NO_DATA; grade < GRADE__COUNT; grade++)
        if (strcmp(names[grade], name) == 0)
            return grade;
    return GRADE_NONE;
}

bool grade_is_rated(enum grade grade)
{
    return grade >= GRADE_LOW;
}

/* ---- proposals ---- */

void proposal_say(struct grade_proposal *proposal, const char *format, ...)
{
    struct buffer text = {0};
    va_list args;
    va_start(args, format);
    buffer_addv(&text, format, args);
    va_end(args);
    proposal->reasons = mem_grow(proposal->reasons, proposal->reason_count,
                                 &proposal->reason_capacity, sizeof *proposal->reasons);
    proposal->reasons[proposal->reason_count++] = buffer_take(&text);
}

void proposal_rest_on(struct grade_proposal *proposal, const struct record *record,
                      const char *label)
{
    proposal->evidence = mem_grow(proposal->evidence, proposal->evidence_count,
                                  &proposal->evidence_capacity, sizeof *proposal->evidence);
    struct grade_evidence *evidence = &proposal->evidence[proposal->evidence_count++];
    *evidence = (struct grade_evidence){.reg = record->reg, .label = mem_text(label)};
    memcpy(evidence->id, record->id, RECORD_ID_SIZE);
}

static void proposal_release(struct grade_proposal *proposal)
{
    for (size_t i = 0; i < proposal->reason_count; i++)
        free(proposal->reasons[i]);
    for (size_t i = 0; i < proposal->evidence_count; i++)
        free(proposal->evidence[i].label);
    free(proposal->reasons);
    free(proposal->evidence);
}

/* ---- 风险等级 ---- */

/* A row for each of 扩散性 高中低, in it 环境敏感性 高中低. */
static const struct {
    const char *code, *usual;
} matrices[] = {
    [GRADE_HIGH - GRADE_LOW] = {"grade_risk_hazard_high", "高高中 高中中 中中低"},
    [GRADE_MIDDLE - GRADE_LOW] = {"grade_risk_hazard_mid", "高中中 中中低 中低低"},
    [GRADE_LOW - GRADE_LOW] = {"grade_risk_hazard_low", "中中低 中低低 低低低"},
};

enum { CELLS = 9, CELL_BYTES = 3 /* of one character in UTF-8 */ };

static bool read_cells(const char *text, enum grade cells[CELLS])
{
    size_t count = 0;
    while (*text) {
        char cell[CELL_BYTES + 1] = "";
        if (strchr(" /|,;", *text)) {
            text++;
            continue;
        }
        strncat(cell, text, CELL_BYTES);
        enum grade grade = grade_find(cell);
        if (!grade_is_rated(grade) || count == CELLS)
            return false;
        cells[count++] = grade;
        text += CELL_BYTES;
    }
    return count == CELLS;
}

static enum grade cross(const struct check_context *context, const enum grade parts[3])
{
    struct buffer text = {0};
    enum grade cells[CELLS];
    size_t row = (size_t)(GRADE_HIGH - parts[1]), column = (size_t)(GRADE_HIGH - parts[2]);
    facts_parameter_text(context, matrices[parts[0] - GRADE_LOW].code, &text);
    if (!read_cells(buffer_text(&text), cells))
        read_cells(matrices[parts[0] - GRADE_LOW].usual, cells);
    buffer_release(&text);
    return cells[row * 3 + column];
}

/* 查、评、改、治、防、管: what the action plan of 2025 wants next of such a site. */
static void say_steps(const struct record *site, struct grade_proposal *proposal)
{
    static const struct {
        const char *stages, *step;
    } steps[] = {{"排查", "查"}, {"调查|评估", "评"}, {"方案", "改、治"},
                 {"施工", "治"}, {"验收", "防"},      {"管护", "管"}};
    static const char *const advice[] = {
        [GRADE_HIGH - GRADE_LOW] =
            "能马上改的立行立改，其余一企一策、一地一策，2027 年底前基本完成整治",
        [GRADE_MIDDLE - GRADE_LOW] = "一企一策、一地一策，2030 年底前完成整治",
        [GRADE_LOW - GRADE_LOW] = "纳入日常管理，保持三防完好、定期监测",
    };
    const char *step = NULL;
    if (!read_lists(site, "campaigns", CAMPAIGN_2025) || !grade_is_rated(proposal->grade))
        return;
    for (size_t i = 0; i < COUNT_OF(steps) && !step; i++)
        if (read_is(site, "stage", steps[i].stages))
            step = steps[i].step;
    proposal_say(proposal, "行动方案“查、评、改、治、防、管”，%s%s%s风险%s：%s。",
                 step ? "现在在“" : "", step ? step : "", step ? "”；" : "",
                 grade_name(proposal->grade), advice[proposal->grade - GRADE_LOW]);
}

/* What the bureau says, else what is proposed. */
static enum grade holds(const struct record *site, const struct grading *grading,
                        enum grade_dimension dimension)
{
    enum grade own = grade_own(site, dimension);
    return own ? own : grading->proposals[dimension].grade;
}

/* 敏感 is the same in both schemes. */
static void propose_receptor(const struct record *site, struct grading *grading)
{
    struct grade_proposal *proposal = &grading->proposals[GRADE_RECEPTOR];
    enum grade sensitivity = holds(site, grading, GRADE_SENSITIVITY);
    proposal->grade = grade_is_rated(sensitivity) ? sensitivity : GRADE_NO_DATA;
    proposal_say(proposal, "与环境敏感度相同：%s。", grade_name(proposal->grade));
}

static void propose_risk(const struct record *site, const struct check_context *context,
                         struct grading *grading)
{
    struct grade_proposal *proposal = &grading->proposals[GRADE_RISK];
    enum grade parts[GRADE_RISK - GRADE_HAZARD];
    struct buffer text = {0};
    bool complete = true;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        enum grade_dimension dimension = (enum grade_dimension)(GRADE_HAZARD + i);
        parts[i] = holds(site, grading, dimension);
        complete = complete && grade_is_rated(parts[i]);
        buffer_addf(&text, "%s%s%s", i ? " × " : "", grade_places[dimension].label,
                    grade_name(parts[i]));
    }
    proposal->grade = complete ? cross(context, parts) : GRADE_NO_DATA;
    if (complete)
        proposal_say(proposal, "%s，按本程序约定的矩阵（参数 grade_risk_…，可以改）风险%s。",
                     text.text, grade_name(proposal->grade));
    else
        proposal_say(proposal, "%s，缺一项就合不出风险等级。", text.text);
    say_steps(site, proposal);
    buffer_release(&text);
}

/* ---- the whole ---- */

static void propose_route(const struct record *site, struct grading *grading)
{
    static const struct {
        const char *route, *why;
    } routes[] = {
        [GRADE_HIGH - GRADE_LOW] = {"治理修复", "可行性高，能根治的治理修复"},
        [GRADE_MIDDLE - GRADE_LOW] = {"风险管控（阻隔）", "可行性中，先阻隔污染、管住风险"},
        [GRADE_LOW - GRADE_LOW] = {"阻隔+监测", "可行性低，短时难以彻底解决，阻隔并长期监测"},
    };
    enum grade feasibility = holds(site, grading, GRADE_FEASIBILITY);
    grading->route_why = "";
    if (holds(site, grading, GRADE_POLLUTION) == GRADE_LOW) {
        grading->route = "监测留观";
        grading->route_why = "污染程度低，没有要治理的，监测留观";
    } else if (grade_is_rated(feasibility)) {
        grading->route = routes[feasibility - GRADE_LOW].route;
        grading->route_why = routes[feasibility - GRADE_LOW].why;
    }
}

void grading_work_out(const struct record *site, const struct check_context *context,
                      struct grading *grading)
{
    struct grade_proposal *proposals = grading->proposals;
    struct grade_samples samples;
    *grading = (struct grading){.route = NULL};
    grade_samples_read(site, context, &samples);
    grade_pollution(&samples, context, &proposals[GRADE_POLLUTION]);
    grade_sensitivity(site, context, &proposals[GRADE_SENSITIVITY]);
    grade_feasibility(site, context, &proposals[GRADE_FEASIBILITY]);
    grade_hazard(site, holds(site, grading, GRADE_POLLUTION), context, &proposals[GRADE_HAZARD]);
    grade_spread(site, context, &proposals[GRADE_SPREAD]);
    propose_receptor(site, grading);
    propose_risk(site, context, grading);
    propose_route(site, grading);
    grade_effects(site, &samples, grading);
    grade_samples_release(&samples);
}

void grading_release(struct grading *grading)
{
    for (size_t i = 0; i < GRADE_DIMENSIONS; i++)
        proposal_release(&grading->proposals[i]);
    for (size_t i = 0; i < grading->effect_count; i++)
        free(grading->effects[i].text);
    free(grading->effects);
}
