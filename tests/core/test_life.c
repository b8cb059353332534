/* What each state of a problem demands, and that it stays shown. */
#include "tests/core/life_world.h"
#include "tests/core/typing.h"
#include "core/life_inside.h"
#include "core/registers/problem.h"
#include "core/rule.h"

#include <string.h>

/* ---- what a state demands ---- */

static void each_state_is_reached_by_its_evidence(void **state)
{
    (void)state;
    for (size_t n = 0; world_state(n); n++) {
        struct record record, former;
        world_problem(world_state(n), &record);
        world_allows(NULL, &record);
        if (n > 0) {
            world_problem(world_state(n - 1), &former);
            world_allows(&former, &record);
            record_release(&former);
        }
        record_release(&record);
    }
    world_clear();
}

/* Without the field the state is refused and the one before it is not. */
static void assert_needed(const struct life_need *need, size_t rank)
{
    struct record record;
    world_problem(need->state, &record);
    type_in(&record, need->field, "");
    world_refuses(NULL, &record, reg_field_find(&reg_problem, need->field)->label);
    type_in(&record, "state", world_state(rank - 1));
    world_allows(NULL, &record);
    record_release(&record);
}

static void each_field_that_is_demanded(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct life_need *need = problem_life.needs; need->state; need++) {
        size_t rank = 0;
        while (strcmp(world_state(rank), need->state) != 0)
            rank++;
        assert_non_null(need->basis);
        assert_true(rank > 0);
        assert_non_null(reg_field_find(&reg_problem, need->field));
        assert_true(!need->rule || rule_find(need->rule));
        if (!need->lacks && !need->rule && ++count)
            assert_needed(need, rank);
    }
    assert_in_range(count, 28, 40);
    world_clear();
}

/* At `state` the value breaks a need, with which the state before is content; `good` mends it. */
static const struct {
    const char *state, *field, *broken, *part, *good;
} broken[] = {
    {"已定方案", "due_on", "2026-03-04", "早于发现日期 2026-03-05", "2026-03-05"},
    {"已定方案", "planned_on", "2026-03-04", "早于发现日期", "2026-03-05"},
    {"已定方案", "planned_on", "2026-06-16", "晚于今天", "2026-06-15"},
    {"已定方案", "extension_count", "2", "延期 2 次却没有批准文号", "0"},
    {"整改中", "started_on", "2026-03-11", "早于方案确定日期 2026-03-12", "2026-03-12"},
    {"整改中", "started_on", "2026-06-16", "晚于今天", "2026-06-15"},
    {"整改中", "before_photo", PICTURE_LOST, "整改前照片的文件不见了", PICTURE_BEFORE},
    {"企业自验", "after_photo", PICTURE_LOST, "整改后照片的文件不见了", PICTURE_AFTER},
    {"企业自验", "after_photo", PICTURE_BEFORE, "同一个文件", PICTURE_AGAIN},
    {"企业自验", "returned_photo", PICTURE_AFTER, "被退回的那一张", PICTURE_AGAIN},
    {"企业自验", "after_photo_on", "2026-03-19", "早于整改开始日期", "2026-03-20"},
    {"企业自验", "after_photo_on", "2026-06-16", "晚于今天", "2026-06-15"},
    {"企业自验", "returned_on", "2026-05-06", "早于退回日期 2026-05-06", "2026-05-05"},
    {"企业自验", "self_checked_on", "2026-03-19", "早于整改开始日期", "2026-03-20"},
    {"已申请销号", "applied_on", "2026-05-05", "早于企业自验日期", "2026-05-06"},
    {"已申请销号", "applied_on", "2026-06-16", "晚于今天", "2026-06-15"},
    {"已申请销号", "monitoring_report", PICTURE_LOST, "监测报告的文件不见了", REPORT},
    {"已申请销号", "monitoring_report", PICTURE_AFTER, "整改后照片是同一个文件", REPORT},
    {"已申请销号", "metals", "铊、镉", "采的镉监测结果", "铊"},
    {"已申请销号", "enterprise", "other", "采的铊监测结果", "works"},
    {"已申请销号", "started_on", "2026-05-08", "早于整改开始日期", "2026-05-05"},
    {"县级核查", "checked_on", "2026-05-07", "早于申请销号日期", "2026-05-08"},
    {"县级核查", "checkers", "张三", "至少要 2 个人", "张三、钱七"},
    {"县级核查", "checkers", "张三、王五", "王五既是整改责任人又是核查人", "张三、李四"},
    {"县级核查", "check_result", "退回", "核查结论是“退回”，应为“通过”", "通过"},
    {"市级复核", "reviewed_on", "2026-05-10", "早于现场核查日期", "2026-05-11"},
    {"市级复核", "review_result", "退回", "复核结论是“退回”", "通过"},
    {"公示", "notice_from_on", "2026-05-14", "早于市级复核日期", "2026-05-15"},
    {"公示", "notice_from_on", "2026-06-16", "晚于今天", "2026-05-15"},
    {"公示", "notice_to_on", "2026-05-22", "不满 5 天", "2026-05-23"},
    {"公示", "notice_to_on", "2026-05-17", "早于公示起始日期", "2026-06-30"},
    {"已销号", "notice_objection", "是", "公示有无异议是“是”，应为“否”", "否"},
    {"已销号", "closed_on", "2026-05-25", "就是公示截止日期", "2026-05-26"},
    {"已销号", "closed_on", "2026-05-24", "早于公示截止日期", "2026-05-26"},
    {"已销号", "closed_on", "2026-06-16", "晚于今天", "2026-06-15"},
    {"后督察", "lookback_on", "2026-05-27", "早于销号日期", "2026-05-28"},
    {"后督察", "lookback_on", "2026-06-16", "晚于今天", "2026-06-15"},
};

static void each_way_to_break_a_need(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        struct record record, former;
        size_t rank = 0;
        while (strcmp(world_state(rank), broken[i].state) != 0)
            rank++;
        world_problem(world_state(rank - 1), &former);
        world_problem(broken[i].state, &record);
        type_in(&record, broken[i].field, broken[i].broken);
        world_refuses(NULL, &record, broken[i].part);
        type_in(&record, broken[i].field, broken[i].good);
        world_allows(NULL, &record);
        record_release(&former);
        record_release(&record);
    }
    world_clear();
}

static void what_is_to_be_mended_at_once_has_a_short_term(void **state)
{
    (void)state;
    struct record record;
    world_problem("已定方案", &record);
    type_in(&record, "fix_at_once", "是");
    type_in(&record, "due_on", "2026-04-05");
    world_refuses(NULL, &record, "立行立改的期限是 31 天，超过 30 天");
    type_in(&record, "due_on", "2026-04-04");
    world_allows(NULL, &record);
    /* What was put off with approval was set in time. */
    type_in(&record, "original_due_on", "2026-04-04");
    type_in(&record, "due_on", "2026-05-04");
    world_allows(NULL, &record);
    type_in(&record, "original_due_on", "2026-04-05");
    world_refuses(NULL, &record, "超过 30 天");
    record_release(&record);
    world_clear();
}

static void progress_has_come_to_its_end(void **state)
{
    (void)state;
    struct record record;
    world_problem("企业自验", &record);
    world_add(&reg_progress, "later",
              (const char *const[]){"problem", "own", "reported_on", "2026-05-06", "done_percent",
                                    "90", NULL});
    world_refuses(NULL, &record, "最近一次进展（2026-05-06）是 90 %");
    world_remove("later");
    world_allows(NULL, &record);
    world_add(&reg_progress, "earlier",
              (const char *const[]){"problem", "own", "reported_on", "2026-05-04", "done_percent",
                                    "90", NULL});
    world_allows(NULL, &record);
    world_remove("earlier");
    world_add(&reg_progress, "same",
              (const char *const[]){"problem", "own", "reported_on", "2026-05-05", "done_percent",
                                    "90", NULL});
    world_refuses(NULL, &record, "是 90 %");
    world_remove("same");
    type_in(&record, "returned_on", "2026-05-06");
    type_in(&record, "after_photo_on", "2026-05-06");
    world_refuses(NULL, &record, "退回以后还没有填报进展");
    world_remove("progress");
    world_allows(NULL, &record);
    record_release(&record);
    world_clear();
}

/* ---- what only a measurement proves ---- */

/* One sample instead of the good one, and whether it proves. */
static const struct {
    const char *category, *metals, *point, *factor, *value, *verdict, *limit, *sampled_on;
    const char *part; /* NULL: it proves */
} samples[] = {
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "0.004", "达标", "", "2026-03-20", NULL},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "0.004", "达标", "", "2026-03-19",
     "缺整改开始以后在车间或生产设施废水排放口采的铊监测结果"},
    {"车间口超标", "铊", "废水总排放口", "铊", "0.004", "达标", "", "2026-05-07",
     "缺整改开始以后在车间"},
    {"废水处理", "铊", "废水总排放口", "铊", "0.004", "达标", "", "2026-05-07",
     "缺整改开始以后在车间"},
    {"雨污混排", "铊", "雨水排放口", "铊", "0.004", "达标", "", "2026-05-07",
     "缺整改开始以后在车间"},
    {"废水处理", "镉", "废水总排放口", "镉", "0.004", "达标", "", "2026-05-07", NULL},
    {"雨污混排", "镉", "雨水排放口", "镉", "0.004", "达标", "", "2026-05-07", NULL},
    {"雨污混排", "镉", "地下水井", "镉", "0.004", "达标", "", "2026-05-07",
     "在车间或生产设施废水排放口或雨水排放口采的镉监测结果"},
    {"历史遗留", "镉", "地下水井", "镉", "0.004", "达标", "", "2026-05-07", NULL},
    {"历史遗留", "镉", "浸出液", "镉", "0.004", "", "", "2026-05-07", NULL},
    {"历史遗留", "镉", "地下水井", "镉", "", "", "", "2026-05-07", "缺整改开始以后采的镉监测结果"},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "镉", "0.004", "达标", "", "2026-05-07",
     "铊监测结果"},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "0.006", "超标", "0.005 mg/L",
     "2026-05-07", "铊最近一次监测结果（2026-05-07）是“超标”"},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "<0.02", "无法判定", "0.005 mg/L",
     "2026-05-07", "是“无法判定”"},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "0.005", "仅提示", "0.005 mg/L",
     "2026-05-07", NULL},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "<0.0051", "仅提示", "0.005 mg/L",
     "2026-05-07", NULL},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "0.0051", "仅提示", "0.005 mg/L",
     "2026-05-07", "是“仅提示”"},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "5.1 μg/L", "仅提示", "0.005 mg/L",
     "2026-05-07", "是“仅提示”"},
    {"车间口超标", "铊", "车间或生产设施废水排放口", "铊", "0.004", "仅提示", "", "2026-05-07",
     "是“仅提示”"},
    {"手续", "铊", "废水总排放口", "镉", "9", "超标", "", "2020-05-07", NULL},
    {"其他", "铊", "废水总排放口", "镉", "9", "超标", "", "2020-05-07", NULL},
};

static void which_samples_prove(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        struct record record;
        world_problem("已申请销号", &record);
        world_remove("sample");
        type_in(&record, "category", samples[i].category);
        type_in(&record, "metals", samples[i].metals);
        world_add(&reg_sample, "s",
                  (const char *const[]){"enterprise", "works", "point_type", samples[i].point,
                                        "factor", samples[i].factor, "value", samples[i].value,
                                        "unit", "mg/L", "verdict", samples[i].verdict,
                                        "verdict_limit", samples[i].limit, "sampled_on",
                                        samples[i].sampled_on, NULL});
        if (samples[i].part)
            world_refuses(NULL, &record, samples[i].part);
        else
            world_allows(NULL, &record);
        record_release(&record);
    }
    world_clear();
}

/* The last result decides, of one day the worst; what comes after the closure is another matter. */
static void nobody_picks_the_best_result(void **state)
{
    (void)state;
    struct record record;
    world_problem("已申请销号", &record);
    world_sample("earlier", "2026-05-06", "超标");
    world_allows(NULL, &record);
    world_sample("same", "2026-05-07", "超标");
    world_refuses(NULL, &record, "是“超标”");
    world_remove("same");
    world_sample("later", "2026-05-09", "超标");
    world_refuses(NULL, &record, "（2026-05-09）是“超标”");
    record_release(&record);

    world_problem("已销号", &record);
    world_sample("before", "2026-05-28", "超标");
    world_refuses(NULL, &record, "（2026-05-28）是“超标”");
    world_remove("before");
    world_sample("after", "2026-05-29", "超标");
    world_allows(NULL, &record);
    record_release(&record);
    world_clear();
}

static void samples_of_any_object_count(void **state)
{
    (void)state;
    static const char *const objects[] = {"site",       "cadmium_source", "tailings_pond",
                                          "park",       "manganese_mine", "slag_yard",
                                          "object_name"};
    for (size_t i = 0; i < COUNT_OF(objects); i++) {
        struct record record;
        world_problem("已申请销号", &record);
        world_remove("sample");
        type_in(&record, "enterprise", "");
        type_in(&record, objects[i], "x");
        type_in(&record, "category", "历史遗留");
        world_refuses(NULL, &record, "监测结果");
        world_add(&reg_sample, "s",
                  (const char *const[]){objects[i], "x", "factor", "铊", "value", "0.004", "unit",
                                        "mg/L", "sampled_on", "2026-05-07", "verdict", "达标",
                                        NULL});
        world_allows(NULL, &record);
        record_release(&record);
    }
    world_clear();
}

/* The table of needs and the one of categories name the same ones. */
static void every_measured_category_wants_a_report(void **state)
{
    (void)state;
    size_t measured = 0;
    const struct field *category = reg_field_find(&reg_problem, "category");
    for (size_t i = 0; category->choices[i]; i++) {
        struct record record;
        struct error without_report = {0}, without_sample = {0};
        world_problem("已申请销号", &record);
        type_in(&record, "category", category->choices[i]);
        type_in(&record, "monitoring_report", "");
        bool wants_no_report = life_allows(NULL, &record, &world_desk, &without_report);
        type_in(&record, "monitoring_report", REPORT);
        world_remove("sample");
        bool wants_no_sample = life_allows(NULL, &record, &world_desk, &without_sample);
        assert_int_equal(wants_no_report, wants_no_sample);
        measured += !wants_no_report;
        record_release(&record);
    }
    assert_int_equal(measured, 4);
    world_clear();
}

/* ---- what the sentence says ---- */

static void the_sentence_names_all_that_is_missing(void **state)
{
    (void)state;
    struct record record;
    struct error err = {0};
    world_problem("整改中", &record);
    type_in(&record, "state", "县级核查");
    type_in(&record, "checkers", "王五");
    assert_false(life_allows(NULL, &record, &world_desk, &err));
    assert_string_equal(
        err.message,
        "不能进入“县级核查”：缺整改后照片、整改后拍摄日期、企业自验日期、申请销号日期、监测报告、"
        "现场核查日期、核查结论；现场核查至少要 2 个人，现在只有王五，请补上，名字之间用顿号隔开；"
        "王五既是整改责任人又是核查人，请换别人核查。现有材料只够到“整改中”"
        "（依据：桂重金属方案 "
        "四（三）（逐条整改销号）；步骤、人数为本程序约定；"
        "吉环固体字〔2022〕10号 "
        "四（七）；"
        "桂重金属方案 四（三）；滇规划 三（五）3（车间口达标）；本程序约定：谁验收谁负责）");
    assert_string_equal(err.field, "after_photo");
    record_release(&record);

    record_init(&record, &reg_problem);
    type_in(&record, "category", "历史遗留");
    type_in(&record, "state", "后督察");
    assert_false(life_allows(NULL, &record, &world_desk, &err));
    assert_null(strstr(err.message, "……"));
    assert_non_null(strstr(err.message, "缺发现日期、整改措施、"));
    assert_non_null(strstr(err.message, "、是否反弹。现有材料只够到“已登记”（依据："));
    record_release(&record);
    world_clear();
}

/* ---- which changes of state there are ---- */

/* From each state to each: forward with all that is demanded, else only by a move. */
static void no_other_way_between_states(void **state)
{
    (void)state;
    const struct field *field = reg_field_find(&reg_problem, "state");
    for (size_t i = 0; world_state(i); i++) {
        for (size_t j = 0; field->choices[j]; j++) {
            struct record before, after;
            struct error err = {0};
            world_begin(world_state(i), &before, &after);
            record_release(&after);
            world_problem("后督察", &after);
            type_in(&after, "state", field->choices[j]);
            if (world_state(j) && j > i) {
                world_allows(&before, &after);
            } else if (i != j) {
                assert_false(life_allows(&before, &after, &world_desk, &err));
            }
            world_end(&before, &after);
        }
    }
}

static void a_new_case_begins_on_the_line(void **state)
{
    (void)state;
    struct record record;
    world_problem("后督察", &record);
    type_in(&record, "state", "挂起");
    world_refuses(NULL, &record, "新登记的不能是“挂起”");
    type_in(&record, "state", "反弹重开");
    world_refuses(NULL, &record, "新登记的不能是“反弹重开”");
    type_in(&record, "state", "");
    world_allows(NULL, &record);
    record_release(&record);
    world_clear();
}

static void the_state_is_not_wiped_out(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("整改中", &before, &after);
    type_in(&after, "state", "");
    world_refuses(&before, &after, "整改状态不能清空");
    world_end(&before, &after);
    world_begin("已登记", &before, &after);
    type_in(&before, "state", "");
    world_allows(&before, &after);
    type_in(&after, "state", "已定方案");
    world_refuses(&before, &after, "缺整改措施");
    world_end(&before, &after);
}

/* ---- evidence is not taken away afterwards ---- */

static void what_was_shown_stays(void **state)
{
    (void)state;
    for (const struct life_need *need = problem_life.needs; need->state; need++) {
        struct record before, after;
        if (need->lacks || need->rule)
            continue;
        world_begin("后督察", &before, &after);
        type_in(&after, need->field, "");
        world_refuses(&before, &after, "不能这样改");
        world_end(&before, &after);
    }
    struct record before, after;
    world_begin("县级核查", &before, &after);
    type_in(&after, "checkers", "张三");
    world_refuses(&before, &after, "已经“县级核查”，不能这样改：现场核查至少要 2 个人");
    type_in(&after, "checkers", "张三、钱七");
    type_in(&after, "note", "改过名字");
    world_allows(&before, &after);
    world_end(&before, &after);
}

/* What closed a case stays what it was judged by. */
static void a_closed_case_is_sealed(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("公示", &before, &after);
    type_in(&after, "after_photo", PICTURE_AGAIN);
    world_allows(&before, &after);
    world_end(&before, &after);
    world_begin("后督察", &before, &after);
    type_in(&after, "after_photo", PICTURE_AGAIN);
    world_refuses(&before, &after, "整改后照片不能再改；证明不实的");
    world_lose(PICTURE_AFTER);
    world_allows(&before, &after);
    world_lose(NULL);
    type_in(&after, "after_photo", PICTURE_AFTER);
    type_in(&after, "closed_on", "2026-06-14");
    world_refuses(&before, &after, "销号日期不能再改");
    world_end(&before, &after);
    world_begin("后督察", &before, &after);
    type_in(&after, "rebound", "是");
    type_in(&after, "note", "又去看过");
    world_allows(&before, &after);
    world_end(&before, &after);
}

/* A problem that is made a smaller one would need less to prove. */
static void the_matter_stays(void **state)
{
    (void)state;
    static const struct {
        const char *state, *field, *text;
        bool allowed;
    } cases[] = {
        {"已定方案", "category", "手续", true}, {"整改中", "category", "手续", false},
        {"整改中", "metals", "镉", false},      {"整改中", "metals", "铊、镉", true},
        {"整改中", "metals", "", false},        {"整改中", "found_on", "2026-01-01", false},
        {"整改中", "enterprise", "", false},    {"整改中", "note", "改了备注", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record before, after;
        world_begin(cases[i].state, &before, &after);
        type_in(&after, cases[i].field, cases[i].text);
        if (cases[i].allowed)
            world_allows(&before, &after);
        else
            world_refuses(&before, &after, "已经“整改中”，不能这样改");
        world_end(&before, &after);
    }
}

/* A file that is lost or a sample that was deleted is a finding; the record can be mended, but not
 * emptied. */
static void what_was_missing_already_can_be_mended(void **state)
{
    (void)state;
    struct record before, after;
    world_begin("已销号", &before, &after);
    world_remove("sample");
    world_lose(PICTURE_BEFORE);
    type_in(&after, "note", "照片在找");
    world_allows(&before, &after);
    type_in(&after, "before_photo", "");
    world_refuses(&before, &after, "缺整改前照片");
    type_in(&after, "before_photo", PICTURE_AGAIN);
    world_allows(&before, &after);
    world_end(&before, &after);
}

static size_t findings_of(const struct record *record, const char *rule, const char *field)
{
    struct findings findings = {0};
    size_t count = 0;
    rule_find(rule)->check(rule_find(rule), record, &world_desk, &findings);
    for (size_t i = 0; i < findings.count; i++)
        count += strcmp(findings.items[i].field, field) == 0;
    findings_release(&findings);
    return count;
}

/* Gate and finding never differ: each need is told by one rule. */
static void rules_ask_what_the_gate_asks(void **state)
{
    (void)state;
    static const char *const told[] = {"V21", "V22", "V34", "V40", "V41", "V43"};
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        struct record record;
        size_t count = 0, gate = 0;
        struct findings lacks = {0};
        world_problem(broken[i].state, &record);
        type_in(&record, broken[i].field, broken[i].broken);
        life_add_unmet(&record, life_rank(&problem_life, broken[i].state), &world_desk,
                       &(struct finding){.rule = ""}, &lacks);
        gate = lacks.count;
        findings_release(&lacks);
        for (size_t j = 0; j < COUNT_OF(told); j++) {
            struct findings findings = {0};
            rule_find(told[j])->check(rule_find(told[j]), &record, &world_desk, &findings);
            count += findings.count;
            findings_release(&findings);
        }
        assert_true(gate > 0);
        assert_int_equal(count, gate);
        record_release(&record);
    }
    struct record record;
    world_problem("已销号", &record);
    assert_int_equal(findings_of(&record, "V21", "monitoring_report"), 0);
    world_remove("sample");
    assert_int_equal(findings_of(&record, "V21", "monitoring_report"), 1);
    world_lose(PICTURE_AFTER);
    assert_int_equal(findings_of(&record, "V21", "after_photo"), 1);
    record_release(&record);
    world_clear();
}

static void what_is_under_way_is_not_removed(void **state)
{
    (void)state;
    for (size_t n = 0; world_state(n); n++) {
        struct record before, after;
        world_begin(world_state(n), &before, &after);
        after.deleted = true;
        if (n == 0)
            world_allows(&before, &after);
        else
            world_refuses(&before, &after, "不能删除");
        world_end(&before, &after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_is_reached_by_its_evidence),
        cmocka_unit_test(each_field_that_is_demanded),
        cmocka_unit_test(each_way_to_break_a_need),
        cmocka_unit_test(what_is_to_be_mended_at_once_has_a_short_term),
        cmocka_unit_test(progress_has_come_to_its_end),
        cmocka_unit_test(which_samples_prove),
        cmocka_unit_test(nobody_picks_the_best_result),
        cmocka_unit_test(samples_of_any_object_count),
        cmocka_unit_test(every_measured_category_wants_a_report),
        cmocka_unit_test(the_sentence_names_all_that_is_missing),
        cmocka_unit_test(no_other_way_between_states),
        cmocka_unit_test(a_new_case_begins_on_the_line),
        cmocka_unit_test(the_state_is_not_wiped_out),
        cmocka_unit_test(what_was_shown_stays),
        cmocka_unit_test(the_matter_stays),
        cmocka_unit_test(a_closed_case_is_sealed),
        cmocka_unit_test(what_was_missing_already_can_be_mended),
        cmocka_unit_test(rules_ask_what_the_gate_asks),
        cmocka_unit_test(what_is_under_way_is_not_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
