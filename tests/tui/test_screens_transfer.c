/* The export dialog: what is proposed, written and refused. */
#include "transfer_stage.h"

#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include "db/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_export_list(void **state)
{
    (void)state;
    struct stage stage;
    struct stat info;
    transfer_begin(&stage);
    stage_play(&stage, "x");
    stage_expect(&stage, "内容    全口径涉重金属重点行业企业清单 ▾");
    stage_expect(&stage, "▶ 文件    全口径涉重金属企业2026-06-15.xlsx");
    stage_expect_not(&stage, "年度    "); /* a list is as it stands today */
    stage_play(&stage, "<^U>名单.csv<F2>");
    stage_expect(&stage, "✓ 已导出 1 张表、1 行到 ");
    stage_expect(&stage, "名单.csv（");
    assert_int_equal(stat("名单.csv", &info), 0);
    term_memory_forget(stage.terminal);
    stage_play(&stage, "x<^U>名单.csv<F2><Enter>"); /* asked before it is replaced */
    assert_true(term_memory_saw(stage.terminal, "“名单.csv”已经存在。要替换吗？"));
    stage_expect(&stage, "导出 · ");
    stage_play(&stage, "<F2>2");
    stage_expect(&stage, "✓ 已导出");
    transfer_end(&stage);
}

/* The form to hand out stands behind the register's list. */
static void test_export_form(void **state)
{
    (void)state;
    struct stage stage;
    struct stat info;
    transfer_begin(&stage);
    stage_play(&stage, "x<F3><Down><Enter>");
    stage_expect(&stage, "内容    全口径涉重金属企业填报表 ▾");
    stage_expect(&stage, "▶ 文件    全口径涉重金属企业填报表.xlsx");
    stage_expect_not(&stage, "年度    ");
    stage_play(&stage, "<^U>企业填报表.xlsx<F2>");
    stage_expect(&stage, "✓ 已导出 1 张表、0 行到 ");
    assert_int_equal(stat("企业填报表.xlsx", &info), 0);
    transfer_end(&stage);
}

/* Nobody fills in the bureau's own settings for it. */
static void test_export_form_of_base_data(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "x<F3>填报表<Esc>");
    assert_true(term_memory_saw(stage.terminal, "涉铊企业填报表"));
    assert_true(term_memory_saw(stage.terminal, "历史遗留点位填报表"));
    assert_true(term_memory_saw(stage.terminal, "排放口填报表"));
    for (const char *const *words = (const char *const[]){"节假日", "参数", "报送", NULL}; *words;
         words++) {
        char script[60], form[60];
        snprintf(script, sizeof script, "<F3>%s<Esc>", *words);
        snprintf(form, sizeof form, "%s填报表", *words);
        stage_play(&stage, script);
        assert_true(term_memory_saw(stage.terminal, *words));
        assert_false(term_memory_saw(stage.terminal, form));
    }
    assert_false(term_memory_saw(stage.terminal, "报送记录填报表"));
    transfer_end(&stage);
}

static void test_export_refusals(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "x<^U><F2>");
    stage_expect(&stage, "还没有写文件名");
    stage_play(&stage, "没有的文件夹/a.csv<F2>");
    stage_expect(&stage, "! ");
    stage_expect(&stage, "没有的文件夹/a.csv");
    stage_play(&stage, "<^U>a.doc<F2>");
    stage_expect(&stage, "! ");
    assert_int_not_equal(access("a.doc", F_OK), 0);
    transfer_end(&stage);
}

static void test_export_annual(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    export_open(&stage.app, NULL, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "年度    2025");
    stage_expect(&stage, "2025年度");
    stage_play(&stage, "<Up><^U>202<F2>");
    stage_expect(&stage, "年度“202”要写成四位数字");
    stage_play(&stage, "<^U>2024");
    stage_expect(&stage, "2024年度"); /* the name follows */
    stage_play(&stage, "<Down>x<Up><^U>2023");
    stage_expect(&stage, "2024年度"); /* but not once it was changed by hand */
    stage_play(&stage, "<Down><^U>年报.xlsx<F2>");
    stage_expect(&stage, "✓ 已导出");
    assert_int_equal(access("年报.xlsx", F_OK), 0);
    transfer_end(&stage);
}

/* What is about one problem is offered where the dialog was opened for one, and nowhere else. */
static void test_export_of_a_problem(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct id_list one = {.ids = &id, .count = 1};
    transfer_begin(&stage);
    stage_add_problem(
        &stage, "整改中",
        (const char *const[]){"description", "堆场没有设置标志牌，也没有台账记录", NULL}, id);
    export_open(&stage.app, "problem", &one);
    stage_play(&stage, "");
    stage_expect(&stage, "▶ 文件    整改台账2026-06-15.xlsx");
    stage_play(&stage, "<F3>销号档案<Enter>");
    stage_expect(&stage, "内容    销号档案 ▾");
    stage_expect(&stage, "-2026-0001销号档案.zip"); /* one name for each problem */
    stage_expect(&stage, "名字以 .zip 结尾");
    stage_expect_not(&stage, "年度    ");
    stage_play(&stage, "<^U>档案.zip<F2>");
    stage_expect(&stage, "✓ 已导出 3 个文件到 ");
    assert_int_equal(access("档案.zip", F_OK), 0);
    export_open(&stage.app, "problem", &one);
    stage_play(&stage, "<F3>问题整改通知<Enter><^U>通知.xlsx<F2>");
    stage_expect(&stage, "✓ 已导出 1 张表、1 行到 ");
    assert_int_equal(access("通知.xlsx", F_OK), 0);
    export_open_at(&stage.app, "problem", NULL, id); /* as from a list, with this one selected */
    stage_play(&stage, "<F3>销号档案<Enter>");
    stage_expect(&stage, "-2026-0001销号档案.zip");
    stage_play(&stage, "<Esc>");
    export_open_at(&stage.app, "enterprise", NULL, id);
    term_memory_forget(stage.terminal);
    stage_play(&stage, "<F3>销号档案<Esc>");
    assert_true(term_memory_saw(stage.terminal, "没有符合的项"));
    transfer_end(&stage);
}

/* Esc during the work, then yes: the file is as if nothing had been. */
static void test_cancelled_export(void **state)
{
    (void)state;
    struct stage stage;
    struct error err = {0};
    transfer_begin(&stage);
    assert_true(store_begin(stage.store, "import", NULL, &err));
    for (int i = 0; i < 3000; i++) {
        struct record record;
        enum store_change change;
        char name[32];
        snprintf(name, sizeof name, "示例企业%04d", i);
        record_init(&record, reg_find("enterprise"));
        value_set_text(record_value_for_change(&record, "name"), name);
        value_set_text(record_value_for_change(&record, "region"), "441802");
        assert_true(store_put(stage.store, &record, &change, &err));
        record_release(&record);
    }
    assert_true(store_commit(stage.store, &err));
    stage_play(&stage, "x<^U>多.csv<F2><Esc>2");
    assert_true(term_memory_saw(stage.terminal, "要停止吗？"));
    stage_expect(&stage, "导出 · ");
    stage_expect_not(&stage, "已导出");
    assert_int_not_equal(access("多.csv", F_OK), 0);
    transfer_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_export_list),
        cmocka_unit_test(test_export_form),
        cmocka_unit_test(test_export_form_of_base_data),
        cmocka_unit_test(test_export_refusals),
        cmocka_unit_test(test_export_annual),
        cmocka_unit_test(test_cancelled_export),
        cmocka_unit_test(test_export_of_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
