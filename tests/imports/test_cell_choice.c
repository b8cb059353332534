#include "cells.h"

#include "core/registers.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct field yes_no = {.name = "has_permit", .label = "有许可证", .type = TYPE_BOOL};
static const struct field status = {
    .name = "status",
    .label = "生产状态",
    .type = TYPE_CHOICE,
    .choices = (const char *const[]){"在产", "停产", "关闭", "未开工", "已完成", NULL},
    .synonyms = (const char *const[]){"生产", "在产", NULL},
};
static const struct field answer = {
    .name = "answer",
    .label = "是否整改",
    .type = TYPE_CHOICE,
    .choices = (const char *const[]){"是", "否", "不涉及", NULL},
};
static const struct field twins = {
    .name = "twins",
    .label = "干支",
    .type = TYPE_CHOICE,
    .choices = (const char *const[]){"已", "巳", NULL},
};
static const struct field metals = {
    .name = "metals",
    .label = "涉及重金属",
    .type = TYPE_CHOICES,
    .choices = (const char *const[]){"铅", "汞", "镉", "铬", "砷", "铊", "锌", "六价铬", NULL},
    .synonyms = (const char *const[]){"Pb", "铅", "Cd", "镉", NULL},
};

static const struct field level = {
    .name = "level",
    .label = "等级",
    .type = TYPE_CHOICE,
    .choices = (const char *const[]){"高", "中", "低", "其他", NULL},
    .synonyms = (const char *const[]){"高风险", "高", NULL},
    .akin = (const char *const[]){"重大", "高", "一般", "低", NULL},
};
static const struct field levels = {
    .name = "levels",
    .label = "等级",
    .type = TYPE_CHOICES,
    .choices = (const char *const[]){"高", "中", "低", "其他", NULL},
    .akin = (const char *const[]){"重大", "高", "一般", "低", NULL},
};

static void answers(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const struct cell_case cases[] = {
        {"是", "是", NULL, false},
        {"√", "√", NULL, false},
        {"✓", "✓", NULL, false},
        {"☑", "☑", NULL, false},
        {"T", "T", NULL, false},
        {"×", "×", NULL, false},
        {"■", "■", NULL, false},
        {"无", "无", NULL, false},
        {"☑是 □否", "是", "读作 是", false},
        {"□是 ☑否", "否", "读作 否", false},
        {"是■ 否□", "是", "读作", false},
        {"是□否√", "否", "读作", false},
        {"□是 □否", "", "当作没有填", false},
        {"●", "是", "读作", false},
        {"有（2套）", "有", "括号里的没有录入", true},
        {"□", "否", "读作", false},
        {"/", "", NULL, false},
        {"不涉及", "", "当作没有填", false},
        {"☑是 ☑否", NULL, "勾了 2 项", false},
    };
    CELLS_CHECK(&context, &yes_no, cases);
    static const char *const left[] = {"可能", "2", "是否", "☑也许 □否"};
    CELLS_LEFT(&context, &yes_no, left);
}

static void one_choice(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const struct cell_case cases[] = {
        {"在产", "在产", NULL, false},
        {" 在产", " 在产", NULL, false},
        {"生产", "生产", NULL, false},
        {"在產", "在产", "繁体", false},
        {"關閉", "关闭", "繁体", false},
        {"末开工", "未开工", "字形相近", true},
        {"己完成", "已完成", "字形相近", true},
        {"巳完成", "已完成", "字形相近", true},
        {"停产（2020年起）", "停产", "括号里的没有录入", true},
        {"☑在产 □停产 □关闭", "在产", "读作 在产", false},
        {"□在产、☑停产、□关闭", "停产", "读作", false},
        {"在产□ 停产√", "停产", "读作", false},
        {"未知", "", "当作没有填", false},
        {"☑在产 ☑停产", NULL, "只能选一项", false},
    };
    CELLS_CHECK(&context, &status, cases);
    static const char *const left[] = {"半停产", "在产停产", "√", "产"};
    CELLS_LEFT(&context, &status, left);
    static const struct cell_case ticks[] = {
        {"√", "是", "读作 是", false}, {"×", "否", "读作 否", false},
        {"Y", "是", "读作", false},    {"不涉及", "不涉及", NULL, false},
        {"有", "是", "读作", false},   {"0", "否", "读作", false},
    };
    CELLS_CHECK(&context, &answer, ticks);
    /* What looks like two of them is none. */
    static const char *const both[] = {"己"};
    CELLS_LEFT(&context, &twins, both);
}

/* A form does not take them: there the choices can be seen. */
static void words_of_another_scale(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const struct cell_case cases[] = {
        {"高风险", "高风险", NULL, false},    {"重大", "高", "读作 高（意思相近）", true},
        {" 一般 ", "低", "意思相近", true},   {"一般（2025年）", "低", "括号里的没有录入", true},
        {"其它", "其他", "读作 其他", false},
    };
    CELLS_CHECK(&context, &level, cases);
    static const struct cell_case several[] = {
        {"重大", "高", "意思相近", true},
        {"重大、一般", "高、低", "读作 高、低", true},
        {"高、其它", "高、其他", "读作", false},
    };
    CELLS_CHECK(&context, &levels, several);
    static const char *const left[] = {"特别重大", "一般般", "其它的"};
    CELLS_LEFT(&context, &level, left);
    struct value value = {.kind = VALUE_NULL};
    struct error err = {0};
    assert_false(type_parse(&level, store_lookup(cells_store), "重大", &value, &err));
    assert_non_null(strstr(err.message, "请从这些中选：高、中、低、其他"));
}

/* As they stand in bureaus' own lists; NULL: it can be meant in more than one way. */
static void what_ledgers_say(void **state)
{
    (void)state;
    static const struct {
        const struct reg *reg;
        const char *field, *word, *choice;
        bool is_guess;
    } said[] = {
        {&reg_problem, "risk_level", "一般", "低", true},
        {&reg_problem, "risk_level", "较大", "中", true},
        {&reg_problem, "risk_level", "重大", "高", true},
        {&reg_problem, "risk_level", "低风险", "低", false},
        {&reg_problem, "state", "已完成", "企业自验", true},
        {&reg_problem, "state", "销号", "已销号", false},
        {&reg_problem, "state", "未完成", NULL, false},
        {&reg_problem, "origin", "群众举报", "信访举报", false},
        {&reg_problem, "category", "危废贮存", "固废贮存", false},
        {&reg_problem, "metals", "Pb、总镉", "铅、镉", false},
        {&reg_problem, "check_result", "合格", "通过", false},
        {&reg_enterprise, "status", "正常生产", "在产", false},
        {&reg_enterprise, "status", "已关停", "关闭", false},
        {&reg_enterprise, "status", "半停产", NULL, false},
        {&reg_enterprise, "permit_class", "重点", "重点管理", false},
        {&reg_enterprise, "key_industry", "铅酸蓄电池", "铅蓄电池制造业", false},
        {&reg_enterprise, "key_industry", "有色金属冶炼", "重有色金属冶炼业", true},
        {&reg_enterprise, "credit_grade", "绿牌", "诚信", false},
        {&reg_thallium_enterprise, "monitor_frequency", "1次/季度", "季", false},
        {&reg_thallium_enterprise, "water_fate", "间接排放", "纳管", false},
        {&reg_thallium_enterprise, "risk_level", "较大风险", "中", true},
        {&reg_legacy_site, "waste_class", "第Ⅰ类一般工业固体废物", "Ⅰ类一般固废", false},
        {&reg_legacy_site, "anti_seepage", "有", NULL, false},
        {&reg_legacy_site, "risk_level", "重大", "高", true},
        {&reg_tailings_pond, "risk_level", "中风险", "较大", true},
        {&reg_tailings_pond, "grade", "五等库", "五等", false},
        {&reg_cadmium_source, "land_use", "旱地", "其他", false},
        {&reg_outlet, "kind", "总排口", "废水总排放口", false},
        {&reg_task, "state", "正在推进", "进行中", false},
    };
    const struct cell_context context = cells_context();
    struct cell_reading reading = {.memory = NULL};
    struct value value = {.kind = VALUE_NULL};
    struct error err = {0};
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        const struct field *field = reg_field_find(said[i].reg, said[i].field);
        assert_true(cell_read(&context, field, said[i].word, &reading, &err));
        bool known =
            type_parse(field, store_lookup(cells_store), buffer_text(&reading.text), &value, &err);
        if (known != (said[i].choice != NULL) || reading.is_guess != said[i].is_guess)
            fail_msg("%s.%s: %s", said[i].reg->name, field->name, said[i].word);
        if (known)
            assert_string_equal(value.text, said[i].choice);
    }
    value_release(&value);
    cell_reading_release(&reading);
}

static void several_choices(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const struct cell_case cases[] = {
        {"铅、镉", "铅、镉", NULL, false},
        {"铅和镉", "铅和镉", NULL, false},
        {"铅；镉/砷", "铅；镉/砷", NULL, false},
        {"铅\n镉", "铅\n镉", NULL, false},
        {"铅镉砷", "铅、镉、砷", "读作 铅、镉、砷", true},
        {"镉铅", "铅、镉", "读作 铅、镉", true},
        {"铅六价铬", "铅、六价铬", "读作", true},
        {"铅&镉", "铅、镉", "读作", true},
        {"铅.镉.砷", "铅、镉、砷", "读作", true},
        {"鉛、鋅", "铅、锌", "繁体", false},
        {"铅、锅", "铅、镉", "读作", true},
        {"Pb、Cd", "Pb、Cd", NULL, false},
        {"PbCd", "铅、镉", "读作", true},
        {"☑铅 □汞 ☑镉", "铅、镉", "读作 铅、镉", false},
        {"铅、镉（历史遗留）", "铅、镉", "括号里的没有录入", true},
        {"/", "", NULL, false},
        {"无", "", "当作没有填", false},
    };
    CELLS_CHECK(&context, &metals, cases);
    static const char *const left[] = {"铅、金", "铅锌矿", "、", "重金属"};
    CELLS_LEFT(&context, &metals, left);
}

static void a_decision_is_remembered(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    struct error err = {0};
    static const char *const before[] = {"半停产"};
    CELLS_LEFT(&context, &status, before);
    assert_true(store_begin(cells_store, "import", NULL, &err));
    assert_true(cell_keep_choice(cells_store, &status, "半停产", "停产", &err));
    static const struct cell_case after[] = {{"半停产", "停产", "照以前的选择", false},
                                             {"半 停产", "停产", "照以前的选择", false},
                                             {"半关闭", "半关闭", NULL, false}};
    CELLS_CHECK(&context, &status, after);
    store_rollback(cells_store);
    CELLS_LEFT(&context, &status, before);
    assert_false(cell_keep_choice(cells_store, &yes_no, "对对", "是", &err));
    assert_int_equal(err.code, ERROR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(one_choice),
        cmocka_unit_test(words_of_another_scale),
        cmocka_unit_test(what_ledgers_say),
        cmocka_unit_test(several_choices),
        cmocka_unit_test(a_decision_is_remembered),
    };
    return cmocka_run_group_tests(tests, cells_open_store, cells_close_store);
}
