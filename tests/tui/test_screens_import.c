/* The import preview: the path, what would happen, what is decided, what is written. */
#include "transfer_stage.h"

#include "db/query.h"
#include "tui/screens/file_names.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define RULE "────────────────────────────────────────────────────────────────────────────────\n"

static const char preview_screen[] =
    " 导入预览 · 2025清单.csv                                          标题在第 1 行\n" RULE
    "   A   序号                   →  （不导入）\n"
    "   B   企业名称               →  企业名称\n"
    "   C   县（市、区）           →  县（市、区）\n"
    "   D   乡镇                   →  乡镇（街道）\n"
    "   E   状态                   →  状态\n"
    "   F   备注2                  →  ? 没有对应的项          不导入，Enter 选择\n" RULE
    " 读入 4 行 = 新增 1 + 变更 1 + 相同 0 + 拒绝 2             → 全口径涉重金属企业\n"
    " ? 1 列不导入，按 Tab 看  合计、备注等 1 行不计\n" RULE
    " ▶ ~ 行 2    甲示例电镀           状态：在产 → 停产\n"
    "   ! 行 4    （未命名）           拒绝：缺企业名称，这一项必须先填\n"
    "   ! 行 5    丙示例电池           拒绝：状态：“飞走了”不在可选范围内，请从这些…\n"
    "\n\n\n" RULE " 第 2 行 甲示例电镀  状态：在产 → 停产\n"
    "\n\n" RULE " F2 导入（可撤销）  Enter 选择  Tab 看列  t 换看  s 存拒绝行  F1 帮助\n";

static void test_preview(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_expect_screen(&stage, preview_screen);
    struct error err = {0};
    if (!action_check(app_top(&stage.app)->class->actions, &err))
        fail_msg("%s", err.message);
    stage_play(&stage, "t");
    stage_expect_not(&stage, "~ 行 2");
    stage_expect(&stage, "▶ ! 行 4");
    stage_expect(&stage, "第 4 行 （未命名）  拒绝：");
    stage_play(&stage, "<Down>");
    stage_expect(&stage, "“飞走了”");
    stage_resize(&stage, 43, 132);
    stage_expect(&stage, "? 没有对应的项  ");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "读入 4 行 = 新增 1");
    stage_play(&stage, "<Esc>");
    assert_int_equal(transfer_count(&stage, NULL), 1); /* nothing was written */
    assert_int_equal(transfer_count(&stage, "status=在产"), 1);
    transfer_end(&stage);
}

static void test_import_and_undo(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "✓ 已导入：新增 1，变更 1，相同 0，拒绝 2；用时 ");
    stage_expect(&stage, "乙示例冶炼");
    assert_int_equal(transfer_count(&stage, NULL), 2);
    assert_int_equal(transfer_count(&stage, "status=停产"), 1);
    stage_play(&stage, "u2");
    stage_expect(&stage, "的导入：全口径涉重金属企业“甲示例电镀”等 2 条");
    assert_int_equal(transfer_count(&stage, NULL), 1);
    assert_int_equal(transfer_count(&stage, "status=在产"), 1);
    transfer_end(&stage);
}

static void test_importing_twice_changes_nothing(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "a.csv", "企业名称,县（市、区）,状态\n甲示例电镀,清城区,在产\n");
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "新增 0 + 变更 0 + 相同 1 + 拒绝 0");
    stage_expect(&stage, "文件与清单完全相同，不需要导入。");
    stage_expect_not(&stage, "F2 导入");
    transfer_end(&stage);
}

/* A file that cannot be read leaves the clerk on the line, to mend it. */
static void test_path_is_asked_again(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "o没有.csv<Enter><^U>20<Tab><Enter>");
    assert_true(term_memory_saw(stage.terminal, "! 没有.csv"));
    stage_expect(&stage, "导入预览 · 2025清单.csv");
    transfer_end(&stage);
}

static void test_table_without_heading(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "空.csv", "一,二\n三,四\n");
    stage_play(&stage, "o空.csv<Enter>");
    assert_true(term_memory_saw(stage.terminal, "! 空.csv：找不到全口径涉重金属企业的标题行"));
    assert_false(term_memory_saw(stage.terminal, "导入预览"));
    transfer_end(&stage);
}

static void test_file_names(void **state)
{
    (void)state;
    static const char *const suffixes[] = {".xlsx", ".csv", NULL};
    struct stage stage;
    struct buffer names = {0}, path = {0};
    transfer_begin(&stage);
    transfer_write(&stage, "乙.XLSX", "");
    transfer_write(&stage, ".hidden.csv", "");
    transfer_write(&stage, "a.doc", "");
    assert_int_equal(mkdir("往年", 0700), 0);
    transfer_write(&stage, "往年/2024.csv", "");
    file_names_suggest((void *)suffixes, "", &names);
    assert_string_equal(names.text, "2025清单.csv\n乙.XLSX\n往年/");
    buffer_clear(&names);
    file_names_suggest((void *)suffixes, "往年/2", &names);
    assert_string_equal(names.text, "往年/2024.csv");
    buffer_clear(&names);
    file_names_suggest((void *)suffixes, "没有/", &names);
    assert_int_equal(names.length, 0);
    setenv("HOME", "/home/zhang", 1);
    file_names_expand("  '~/表 格.csv' ", &path);
    assert_string_equal(path.text, "/home/zhang/表 格.csv");
    buffer_release(&names);
    buffer_release(&path);
    transfer_end(&stage);
}

static void test_choosing_a_file(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    assert_int_equal(mkdir("2024", 0700), 0);
    transfer_write(&stage, "2024/旧.csv", "企业名称,县（市、区）\n丁示例,清城区\n");
    stage_play(&stage, "o<Down><Enter><Down><Enter>"); /* into the folder, then the file */
    stage_expect(&stage, "导入预览 · 旧.csv");
    stage_expect(&stage, "全部是新增。按 F2 导入。");
    transfer_end(&stage);
}

/* A column that the program does not know is what the clerk says, also the next time. */
static void test_column_is_chosen(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "a.csv", "企业名称,县（市、区）,大事\n丁示例,清城区,扩建\n");
    stage_play(&stage, "oa.csv<Enter>");
    stage_play(&stage, "<Tab><Down><Down><Enter>主要产品<Enter>");
    assert_true(term_memory_saw(stage.terminal, "“大事”是哪一项"));
    assert_true(term_memory_saw(stage.terminal, "不导入这一列"));
    stage_expect(&stage, "→  主要产品");
    assert_int_equal(transfer_count(&stage, NULL), 1);
    stage_play(&stage, "<F2>");
    assert_int_equal(transfer_count(&stage, "name=丁示例 products=扩建"), 1);
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "照上次的对应");
    stage_expect(&stage, "→  主要产品");
    transfer_end(&stage);
}

static void test_near_heading_is_only_proposed(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "a.csv", "企业名称,县（市、区）,主要产呂\n丁示例,清城区,锌锭\n");
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "? 是不是 主要产品");
    stage_play(&stage, "<F2>");
    assert_int_equal(transfer_count(&stage, "name=丁示例 products="), 1);
    stage_play(&stage, "oa.csv<Enter>");
    stage_play(&stage, "<Tab><Down><Down><Enter><Enter>");
    stage_play(&stage, "<F2>");
    assert_int_equal(transfer_count(&stage, "name=丁示例 products=锌锭"), 1);
    transfer_end(&stage);
}

/* Whose value counts: for a whole column, and for one row of it. */
static void test_whose_value_counts(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_play(&stage, "<Tab><Down><Down><Down><Down>c");
    stage_expect(&stage, "不同时留原值");
    stage_expect(&stage, "变更 0");
    stage_play(&stage, "c");
    stage_expect(&stage, "只补空白");
    stage_play(&stage, "c");
    stage_expect(&stage, "变更 1");
    stage_play(&stage, "<Tab><Enter><Enter>");
    assert_true(term_memory_saw(stage.terminal, "状态：留原值"));
    stage_expect(&stage, "变更 0");
    stage_play(&stage, "<F2>");
    assert_int_equal(transfer_count(&stage, "name=甲示例电镀 status=在产"), 1);
    transfer_end(&stage);
}

/* A name that is nearly one that is there: a warning until the clerk has said which it is. */
static void test_possible_double(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "a.csv", "企业名称,县（市、区）,状态\n甲示例电镀有限公司,清城区,停产\n");
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "疑似重复 1");
    stage_expect(&stage, "? 行 2");
    stage_play(&stage, "<Enter><Enter>");
    assert_true(term_memory_saw(stage.terminal, "同一家：并入“甲示例电镀”"));
    assert_true(term_memory_saw(stage.terminal, "不是同一家：照样新增"));
    stage_expect(&stage, "新增 0 + 变更 1");
    stage_play(&stage, "<F2>");
    assert_int_equal(transfer_count(&stage, NULL), 1);
    assert_int_equal(transfer_count(&stage, "name=甲示例电镀有限公司 status=停产"), 1);
    transfer_end(&stage);
}

static void test_row_is_left_out(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_play(&stage, "<Enter>不导入<Enter>");
    stage_expect(&stage, "读入 3 行 = 新增 1 + 变更 0 + 相同 0 + 拒绝 2");
    stage_expect(&stage, "不导入 1 行");
    stage_play(&stage, "<Enter>照原样<Enter>");
    stage_expect(&stage, "读入 4 行");
    transfer_end(&stage);
}

static void test_refused_rows_are_saved(void **state)
{
    (void)state;
    struct stage stage;
    struct stat info;
    transfer_begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_play(&stage, "s<Enter>");
    assert_true(term_memory_saw(stage.terminal, "2025清单_拒绝的行.xlsx"));
    stage_expect(&stage, "✓ 已存下拒绝的 2 行");
    assert_int_equal(stat("2025清单_拒绝的行.xlsx", &info), 0);
    stage_play(&stage, "s<Enter><Enter><Esc>"); /* asked before it is replaced */
    assert_true(term_memory_saw(stage.terminal, "已经存在。要替换吗？"));
    assert_int_equal(transfer_count(&stage, NULL), 1);
    transfer_end(&stage);
}

/* A word that is none of the choices is what the clerk says. */
static void test_word_for_a_choice(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_play(&stage, "<Down><Down><Enter><Enter>停产<Enter>");
    assert_true(term_memory_saw(stage.terminal, "“飞走了”是指……"));
    assert_true(term_memory_saw(stage.terminal, "拆除中"));
    stage_expect(&stage, "“飞走了”读作 停产（照以前的选择）");
    stage_expect(&stage, "新增 2 + 变更 1 + 相同 0 + 拒绝 1");
    stage_play(&stage, "<F2>");
    assert_int_equal(transfer_count(&stage, "name=丙示例电池 status=停产"), 1);
    transfer_end(&stage);
}

/* Of a group of columns that is too wide, what tells them apart is shown. */
static void test_columns_of_a_group(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "a.csv",
                   "企业名称,县（市、区）,2020年重点重金属污染物基础排放量,"
                   "2020年重点重金属污染物基础排放量,很长很长很长很长很长很长的标题\n"
                   ",,铅,汞,\n丁示例,清城区,1,2,x\n");
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "   C   2020年重点重金属污…/铅 →  2020年基础排放量 铅");
    stage_expect(&stage, "   D   2020年重点重金属污…/汞 →  2020年基础排放量 汞");
    stage_expect(&stage, "   E   很长很长很长很长很长…  →  ? 没有对应的项");
    transfer_end(&stage);
}

static int64_t count_problems(struct stage *stage, const char *where)
{
    int64_t found = -1;
    const struct query query = {.reg = reg_find("problem"), .where = where};
    assert_true(query_count(stage->store, &query, &found, NULL));
    return found;
}

/* Cases whose papers are missing enter only as far as the clerk wants, and as they prove. */
static void test_states_by_papers(void **state)
{
    (void)state;
    struct stage stage;
    transfer_begin(&stage);
    transfer_write(&stage, "a.csv",
                   "县（市、区）,问题描述,整改状态\n清城区,仓库门口没有设置危险废物标志牌,已销号\n"
                   "清城区,应急池里有积水而且没有人清理过,已登记\n");
    list_open(&stage.app, reg_find("problem"), NULL);
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "新增 1 + 变更 0 + 相同 0 + 拒绝 1");
    stage_expect(&stage, "! 状态缺材料 1 行，按 m 先按材料登记");
    stage_expect(&stage, "m 按材料登记");
    stage_play(&stage, "m");
    stage_expect(&stage, "新增 2 + 变更 0 + 相同 0 + 拒绝 0");
    stage_expect(&stage, "? 按材料登记 1 行，按 m 改回");
    stage_expect(&stage, "原表：已销号（材料只够到“已登记”）");
    stage_expect(&stage, "m 照表登记");
    stage_play(&stage, "m");
    stage_expect(&stage, "新增 1 + 变更 0 + 相同 0 + 拒绝 1");
    stage_play(&stage, "m<F2>");
    assert_int_equal(count_problems(&stage, NULL), 2);
    assert_int_equal(count_problems(&stage, "state=已登记"), 2);
    transfer_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_preview),
        cmocka_unit_test(test_import_and_undo),
        cmocka_unit_test(test_importing_twice_changes_nothing),
        cmocka_unit_test(test_path_is_asked_again),
        cmocka_unit_test(test_table_without_heading),
        cmocka_unit_test(test_file_names),
        cmocka_unit_test(test_choosing_a_file),
        cmocka_unit_test(test_column_is_chosen),
        cmocka_unit_test(test_near_heading_is_only_proposed),
        cmocka_unit_test(test_whose_value_counts),
        cmocka_unit_test(test_possible_double),
        cmocka_unit_test(test_row_is_left_out),
        cmocka_unit_test(test_refused_rows_are_saved),
        cmocka_unit_test(test_word_for_a_choice),
        cmocka_unit_test(test_columns_of_a_group),
        cmocka_unit_test(test_states_by_papers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
