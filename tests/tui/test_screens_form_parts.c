/* The form: choosing instead of typing, child records, and what is kept of unsaved work. */
#include "form_stage.h"

#include "db/draft.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *const plant[] = {"name", "示例冶炼厂", "region", "清城区", NULL};
static const char *const site[] = {"name", "老厂沟废渣堆", "region", "清城区", NULL};

/* ---- choosing ---- */

static void test_choice(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "<Tab><Tab><F3><Down><Enter>");
    stage_expect(&stage, "状态         * [ 停产          ▾ ]");
    stage_expect(&stage, "▸ 停产起始日期"); /* what was chosen is done */
    stage_play(&stage, "<Up> <Esc>");
    stage_expect(&stage, "▸ 状态");
    stage_expect(&stage, "[ 停产          ▾ ]");
    assert_true(term_memory_saw(stage.terminal, " ▶ 停产"));
    stage_play(&stage, "无主<Enter><Up>");
    stage_expect(&stage, "[ 无主          ▾ ]");
    stage_play(&stage, "<Backspace><Down><Up>");
    stage_expect(&stage, "状态 * [               ▾ ]");
    stage_play(&stage, "<Tab><Down><Down><Down>");
    stage_expect(&stage, "▸ 以工业固废为原料的锌无");
    stage_play(&stage, "1");
    stage_expect(&stage, "[ 是   ▾ ]");
    stage_play(&stage, "<Up>否");
    stage_expect(&stage, "[ 否   ▾ ]");
    stage_play(&stage, "<Up> <Home><Enter>");
    stage_expect(&stage, "[ 是   ▾ ]");
    stage_end(&stage);
}

static void test_choices(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "legacy_site", NULL, NULL);
    stage_play(&stage, "<Tab><Tab><Tab> <Tab><Tab><Enter>");
    stage_expect(&stage, "矿井（硐）涌水、废渣堆");
    stage_play(&stage, "<Up> 废渣<Tab><^U>尾<Tab><Enter>");
    stage_expect(&stage, "矿井（硐）涌水、尾矿");
    assert_true(term_memory_saw(stage.terminal, "[x] 废渣堆"));
    stage_play(&stage, "<Up><Delete><Down>");
    stage_expect_not(&stage, "矿井（硐）涌水、尾矿");
    stage_end(&stage);
}

static void test_region(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "<Tab><Backspace><F3><Enter>");
    stage_expect(&stage, "[ 清城区                 ▾ ] 441802");
    assert_true(term_memory_saw(stage.terminal, "选择县（市、区）"));
    assert_true(term_memory_saw(stage.terminal, "441802  广东省清远市"));
    stage_play(&stage, "<Up>连南<Enter>");
    stage_expect(&stage, "[ 连南瑶族自治县         ▾ ] 441826");
    stage_play(&stage, "<Up>530326<Enter>");
    stage_expect(&stage, "[ 会泽县                 ▾ ] 530326");
    stage_end(&stage);
}

static void test_town_of_the_region(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "甲厂<Tab><Backspace><Down><F3>");
    stage_expect(&stage, "先填县（市、区），再从它的名单里选乡镇（街道）。");
    stage_play(&stage, "<Up>清城<Enter><F3>龙<Enter>");
    stage_expect(&stage, "[ 龙塘镇                   ]");
    assert_true(term_memory_saw(stage.terminal, "选择乡镇（街道）"));
    assert_false(term_memory_saw(stage.terminal, "者海镇"));
    stage_play(&stage, "<F2>");
    stage_only_id(&stage, "enterprise", id);
    stage_expect_value(&stage, "enterprise", id, "town", "龙塘镇");
    stage_end(&stage);
}

static void test_date(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "<Tab><Tab>停产<Enter> <Left><Enter><Up>");
    stage_expect(&stage, "[ 2026-06-14     ]");
    stage_play(&stage, "<F3><PgUp><Enter><Up>");
    stage_expect(&stage, "[ 2026-05-14     ]");
    stage_end(&stage);
}

static void test_industry_and_reference(void **state)
{
    (void)state;
    struct stage stage;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, first);
    stage_add(&stage, "enterprise", plant, second); /* of the same name */
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "<Tab><Tab><Tab><Down>3212<Enter>");
    stage_expect(&stage, "▾ ] 3212");
    stage_play(&stage, "<Esc>3");
    stage_open(&stage, "thallium_enterprise", NULL, NULL);
    stage_play(&stage, "示例<Down><Enter>");
    assert_true(term_memory_saw(stage.terminal, "QY-441802-2026-0002"));
    stage_play(&stage, "<Up>");
    stage_expect(&stage, "[ 示例冶炼厂");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "已保存 10:42:07");
    stage_only_id(&stage, "thallium_enterprise", id);
    struct record record;
    assert_true(store_get(stage.store, reg_find("thallium_enterprise"), id, &record, NULL));
    const char *chosen = record_value(&record, "enterprise")->text;
    assert_true(strcmp(chosen, first) == 0 || strcmp(chosen, second) == 0);
    record_release(&record);
    stage_end(&stage);
}

/* Outlets of the same name: each tells whose it is, and those of the form's enterprise come first.
 */
static void test_whose_outlet(void **state)
{
    (void)state;
    static const char *const plants[] = {"甲锌业", "乙锌业"};
    static const char *const owners[] = {
        "DW001  甲锌业",
        "DW001  乙锌业",
    };
    struct stage stage;
    char id[2][RECORD_ID_SIZE], outlet[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    for (size_t i = 0; i < 2; i++) {
        stage_add(&stage, "enterprise",
                  (const char *const[]){"name", plants[i], "region", "清城区", NULL}, id[i]);
        stage_add(
            &stage, "outlet",
            (const char *const[]){"enterprise", id[i], "code", "DW001", "name", "厂区总排口", NULL},
            outlet);
    }
    for (size_t i = 0; i < 2; i++) {
        struct form_preset preset = {"enterprise", id[i]};
        form_open_new(&stage.app, reg_find("sample"), &preset, 1);
        stage_play(&stage, "<F3><Home><Esc>");
        assert_true(term_memory_saw(stage.terminal, owners[i]));
        stage_play(&stage, "<Esc>3");
    }
    stage_end(&stage);
}

/* ---- children ---- */

static void test_children_of_a_site(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], child[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "legacy_site", site, id);
    stage_open(&stage, "legacy_site", id, NULL);
    stage_expect(&stage, "敏感目标 0");
    stage_play(&stage, "<BackTab>");
    stage_expect(&stage, "还没有敏感目标，按 n 添加。");
    stage_play(&stage, "n");
    stage_expect(&stage, "[ 老厂沟废渣堆");
    stage_expect(&stage, "▸ 敏感目标类型");
    stage_play(&stage, "耕<Enter>石板村水田<Down>400<F2>");
    stage_expect(&stage, "✓ 已保存 10:42:07");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "[敏感目标 1]");
    stage_expect(&stage, " ▸ 石板村水田");
    stage_expect(&stage, "耕地");
    stage_expect_not(&stage, "老厂沟废渣堆              老厂沟");
    stage_only_id(&stage, "receptor", child);
    stage_expect_value(&stage, "receptor", child, "site", "老厂沟废渣堆");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "敏感目标 · 石板村水田");
    stage_play(&stage, "<Esc>d<Enter>");
    stage_expect(&stage, "[敏感目标 1]");
    stage_play(&stage, "d2");
    stage_expect(&stage, "[敏感目标 0]");
    stage_expect(&stage, "✓ 已删除一个敏感目标。");
    stage_end(&stage);
}

static void test_progress_of_a_problem(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], child[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "problem",
              (const char *const[]){"region", "清城区", "description",
                                    "车间口总铊超标0.6倍，初期雨水池混排", NULL},
              id);
    stage_open(&stage, "problem", id, NULL);
    stage_play(&stage, "<BackTab>n<^U>2026-06-08<Down>40<Down>围堰已完成<F2><Esc>");
    stage_expect(&stage, "[整改进展 1]");
    stage_expect(&stage, "2026-06-08");
    stage_expect(&stage, " ▸ 2026-06-08      40  围堰已完成");
    stage_only_id(&stage, "progress", child);
    stage_expect_value(&stage, "progress", child, "done_percent", "40");
    stage_expect_value(&stage, "progress", child, "reported_by", "张");
    stage_end(&stage);
}

static void test_children_need_a_saved_parent(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "legacy_site", NULL, NULL);
    stage_play(&stage, "<BackTab>n");
    stage_expect(&stage, "先按 F2 保存这一条，再来添加敏感目标。");
    assert_int_equal(stage.app.count, 1);
    stage_end(&stage);
}

/* A child that was begun and left lies in its tab, with its parent. */
static void test_draft_of_a_child(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE], child[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "legacy_site", site, id);
    stage_add(&stage, "legacy_site",
              (const char *const[]){"name", "别处", "region", "清城区", NULL}, other);
    stage_open(&stage, "legacy_site", id, NULL);
    stage_play(&stage, "<BackTab>n<Down>石板村<Esc>1");
    stage_expect(&stage, "[敏感目标 1]");
    stage_expect(&stage, "~▸ 未保存的草稿，按 Enter 接着填");
    stage_restart(&stage, STORE_WRITE);
    stage_open(&stage, "legacy_site", other, NULL);
    stage_expect(&stage, "敏感目标 0");
    stage_play(&stage, "<Esc>");
    stage_open(&stage, "legacy_site", id, NULL);
    stage_play(&stage, "<BackTab><Enter>");
    stage_expect(&stage, "[ 石板村");
    stage_play(&stage, "<F2><Esc>");
    stage_only_id(&stage, "receptor", child);
    stage_expect_value(&stage, "receptor", child, "site", "老厂沟废渣堆");
    stage_expect_drafts(&stage, "receptor", "");
    stage_play(&stage, "n<Down>甲<Esc>1");
    stage_expect(&stage, "[敏感目标 2]");
    stage_play(&stage, "d2");
    stage_expect(&stage, "[敏感目标 1]");
    stage_expect_drafts(&stage, "receptor", "");
    stage_end(&stage);
}

/* ---- drafts ---- */

static void test_draft_after_each_field(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "甲厂");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_play(&stage, "<Down>");
    stage_expect_drafts(&stage, "enterprise", "name=甲厂\n");
    stage_play(&stage, "<Down>123<Tab>清新<Enter>");
    stage_expect_drafts(&stage, "enterprise", "name=甲厂\nregion=441803\nuscc=123\n");
    stage_play(&stage, "龙塘");
    term_memory_feed(stage.terminal, &(struct event){.kind = EVENT_TICK});
    stage_play(&stage, "");
    stage_expect_drafts(&stage, "enterprise", "name=甲厂\nregion=441803\ntown=龙塘\nuscc=123\n");
    stage_end(&stage);
}

static void test_draft_is_taken_up(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_add(&stage, "enterprise", (const char *const[]){"name", "乙厂", "region", "清城区", NULL},
              other);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down>旧名<Down>错码<Down>李");
    stage_restart(&stage, STORE_WRITE); /* the terminal has gone in the middle of a word */
    stage_open(&stage, "enterprise", other, NULL);
    stage_expect_not(&stage, "旧名");
    stage_expect_not(&stage, "草稿");
    stage_play(&stage, "<Esc>");
    stage_open(&stage, "enterprise", id, NULL);
    stage_expect(&stage, "? 这是没有保存的草稿（2026-06-15 10:42:07），标 ~ 的 3 项");
    stage_expect(&stage, "~  曾用名             [ 旧名 ");
    stage_expect(&stage, "~  统一社会信用代码 * [ 错码 ");
    stage_expect(&stage, "! “错码”不是统一社会信用代码");
    stage_expect(&stage, "~  法定代表人       * [ 李 ");
    stage_play(&stage, "<Down><Down><^U><F2>");
    stage_expect_value(&stage, "enterprise", id, "former_name", "旧名");
    stage_expect_value(&stage, "enterprise", id, "legal_person", "李");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_restart(&stage, STORE_WRITE);
    stage_open(&stage, "enterprise", id, NULL);
    stage_expect_not(&stage, "草稿");
    stage_expect_not(&stage, "~");
    stage_end(&stage);
}

static void test_draft_of_a_new_record(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "甲厂<Tab>清城<Enter>");
    stage_restart(&stage, STORE_WRITE);
    stage_draft_id(&stage, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_expect(&stage, "[ 甲厂");
    stage_expect(&stage, "这是没有保存的草稿");
    stage_play(&stage, "<F2>");
    stage_expect_value(&stage, "enterprise", id, "region", "清城区");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_play(&stage, "<Esc>");
    stage_open(&stage, "enterprise", "0000-never", NULL);
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

static void test_leaving(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down><Down><Esc>"); /* nothing was changed: no question */
    assert_int_equal(stage.app.count, 0);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down>旧名<Esc><Enter>");
    assert_true(term_memory_saw(stage.terminal, "有 1 项改动还没有保存，怎么办？"));
    assert_int_equal(stage.app.count, 0);
    stage_expect_drafts(&stage, "enterprise", "former_name=旧名\n");
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Esc>3");
    assert_int_equal(stage.app.count, 0);
    stage_expect_drafts(&stage, "enterprise", "");
    stage_expect_value(&stage, "enterprise", id, "former_name", "");
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down>老名<Esc>2");
    assert_int_equal(stage.app.count, 0);
    stage_expect_value(&stage, "enterprise", id, "former_name", "老名");
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down><Down>x<Esc>2"); /* cannot be saved: one stays */
    assert_int_equal(stage.app.count, 1);
    stage_expect(&stage, "没有保存：“统一社会信用代码”填得不对");
    stage_end(&stage);
}

static void test_back_to_what_was_saved(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "甲<Down>");
    stage_expect_drafts(&stage, "enterprise", "name=示例冶炼厂甲\n");
    stage_play(&stage, "<Up><Backspace><Down>");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_expect_not(&stage, "草稿");
    stage_play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_region),
        cmocka_unit_test(test_town_of_the_region),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_industry_and_reference),
        cmocka_unit_test(test_whose_outlet),
        cmocka_unit_test(test_children_of_a_site),
        cmocka_unit_test(test_progress_of_a_problem),
        cmocka_unit_test(test_children_need_a_saved_parent),
        cmocka_unit_test(test_draft_of_a_child),
        cmocka_unit_test(test_draft_after_each_field),
        cmocka_unit_test(test_draft_is_taken_up),
        cmocka_unit_test(test_draft_of_a_new_record),
        cmocka_unit_test(test_leaving),
        cmocka_unit_test(test_back_to_what_was_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
