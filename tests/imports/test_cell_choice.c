#include "cells.h"
#include "desk.h"

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

static struct store *store;

static struct cell_context usual(void)
{
    return (struct cell_context){.store = store, .unit = ""};
}

static int open_store(void **state)
{
    if (fixture_open(state) != 0)
        return -1;
    store = desk_open(*state);
    return 0;
}

static int close_store(void **state)
{
    desk_close(*state, store);
    return fixture_close(state);
}

static void answers(void **state)
{
    (void)state;
    struct cell_context context = usual();
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
    struct cell_context context = usual();
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

static void several_choices(void **state)
{
    (void)state;
    struct cell_context context = usual();
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
    struct cell_context context = usual();
    struct error err = {0};
    static const char *const before[] = {"半停产"};
    CELLS_LEFT(&context, &status, before);
    assert_true(store_begin(store, "import", NULL, &err));
    assert_true(cell_keep_choice(store, &status, "半停产", "停产", &err));
    static const struct cell_case after[] = {{"半停产", "停产", "照以前的选择", false},
                                             {"半 停产", "停产", "照以前的选择", false},
                                             {"半关闭", "半关闭", NULL, false}};
    CELLS_CHECK(&context, &status, after);
    store_rollback(store);
    CELLS_LEFT(&context, &status, before);
    assert_false(cell_keep_choice(store, &yes_no, "对对", "是", &err));
    assert_int_equal(err.code, ERROR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(one_choice),
        cmocka_unit_test(several_choices),
        cmocka_unit_test(a_decision_is_remembered),
    };
    return cmocka_run_group_tests(tests, open_store, close_store);
}
