/* Tables in and out: the path, the preview, what is written and what is not; the export dialog. */
#include "form_stage.h"

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
    " 导入预览 · 2025清单.csv → 全口径涉重金属企业                     标题在第 1 行\n" RULE
    "   A   序号                         →  （序号，不导入）\n"
    "   B   企业名称                     →  企业名称\n"
    "   C   县（市、区）                 →  县（市、区）\n"
    "   D   乡镇                         →  乡镇（街道）\n"
    "   E   状态                         →  状态\n"
    "   F   备注2                        →  ? 没有对应的项，不导入\n" RULE
    " 读入 4 行 = 新增 1 + 变更 1 + 相同 0 + 拒绝 2   合计、签名行 1 不计\n" RULE
    " ▶ ~ 行 2    甲示例电镀           状态：在产 → 停产\n"
    "   ! 行 4    （未命名）           拒绝：缺企业名称，这一项必须先填\n"
    "   ! 行 5    丙示例电池           拒绝：状态：“飞走了”不在可选范围内，请从这些…\n"
    "\n\n\n\n" RULE " 第 2 行 甲示例电镀  状态：在产 → 停产\n"
    "\n\n" RULE " F2 导入（可撤销）  t 只看拒绝  Tab 看列  Esc 不导入  F1 帮助\n";

static void write_file(const struct stage *stage, const char *name, const char *text)
{
    struct buffer path = {0};
    buffer_addf(&path, "%s/%s", stage->folder, name);
    FILE *file = fopen(path.text, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    buffer_release(&path);
}

static const char table[] = "序号,企业名称,县（市、区）,乡镇,状态,备注2\n"
                            "1,甲示例电镀,清城区,龙塘镇,停产,甲\n"
                            "2,乙示例冶炼,清城区,源潭镇,在产,乙\n"
                            "3,,清城区,源潭镇,在产,\n"
                            "4,丙示例电池,清城区,源潭镇,飞走了,\n"
                            "合计,,,,,\n";

/* A desk with one of the enterprises of the table, on its list. */
static void begin(struct stage *stage)
{
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "甲示例电镀", "region", "清城区", "town", "龙塘镇",
                                    "status", "在产", NULL},
              id);
    write_file(stage, "2025清单.csv", table);
    assert_int_equal(chdir(stage->folder), 0);
    list_open(&stage->app, reg_find("enterprise"), NULL);
}

static void end(struct stage *stage)
{
    assert_int_equal(chdir("/"), 0);
    stage_end(stage);
}

static int64_t count(struct stage *stage, const char *where)
{
    int64_t found = -1;
    const struct query query = {.reg = reg_find("enterprise"), .where = where};
    assert_true(query_count(stage->store, &query, &found, NULL));
    return found;
}

static void test_preview(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_expect_screen(&stage, preview_screen);
    struct error err = {0};
    if (!action_check(app_top(&stage.app)->class->actions, &err))
        fail_msg("%s", err.message);
    stage_play(&stage, "t");
    stage_expect_not(&stage, "~ 行 2");
    stage_expect(&stage, "▶ ! 行 4");
    stage_expect(&stage, "第 4 行 （未命名）  拒绝");
    stage_play(&stage, "<Down>");
    stage_expect(&stage, "“飞走了”");
    stage_resize(&stage, 43, 132);
    stage_expect(&stage, "? 没有对应的项，不导入");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "读入 4 行 = 新增 1");
    stage_play(&stage, "<Esc>");
    assert_int_equal(count(&stage, NULL), 1); /* nothing was written */
    assert_int_equal(count(&stage, "status=在产"), 1);
    end(&stage);
}

static void test_import_and_undo(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "o2025清单.csv<Enter>");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "✓ 已导入：新增 1，变更 1，相同 0，拒绝 2；用时 ");
    stage_expect(&stage, "乙示例冶炼");
    assert_int_equal(count(&stage, NULL), 2);
    assert_int_equal(count(&stage, "status=停产"), 1);
    stage_play(&stage, "u2");
    stage_expect(&stage, "的导入：全口径涉重金属企业“甲示例电镀”等 2 条");
    assert_int_equal(count(&stage, NULL), 1);
    assert_int_equal(count(&stage, "status=在产"), 1);
    end(&stage);
}

static void test_importing_twice_changes_nothing(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    write_file(&stage, "a.csv", "企业名称,县（市、区）,状态\n甲示例电镀,清城区,在产\n");
    stage_play(&stage, "oa.csv<Enter>");
    stage_expect(&stage, "新增 0 + 变更 0 + 相同 1 + 拒绝 0");
    stage_expect(&stage, "文件与清单完全相同，不需要导入。");
    stage_expect_not(&stage, "F2 导入");
    end(&stage);
}

/* A file that cannot be read leaves the clerk on the line, to mend it. */
static void test_path_is_asked_again(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "o没有.csv<Enter><^U>20<Tab><Enter>");
    assert_true(term_memory_saw(stage.terminal, "! 没有.csv"));
    stage_expect(&stage, "导入预览 · 2025清单.csv");
    end(&stage);
}

static void test_table_without_heading(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    write_file(&stage, "空.csv", "一,二\n三,四\n");
    stage_play(&stage, "o空.csv<Enter>");
    assert_true(term_memory_saw(stage.terminal, "! 空.csv：找不到全口径涉重金属企业的标题行"));
    assert_false(term_memory_saw(stage.terminal, "导入预览"));
    end(&stage);
}

static void test_file_names(void **state)
{
    (void)state;
    static const char *const suffixes[] = {".xlsx", ".csv", NULL};
    struct stage stage;
    struct buffer names = {0}, path = {0};
    begin(&stage);
    write_file(&stage, "乙.XLSX", "");
    write_file(&stage, ".hidden.csv", "");
    write_file(&stage, "a.doc", "");
    assert_int_equal(mkdir("往年", 0700), 0);
    write_file(&stage, "往年/2024.csv", "");
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
    end(&stage);
}

static void test_choosing_a_file(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    assert_int_equal(mkdir("2024", 0700), 0);
    write_file(&stage, "2024/旧.csv", "企业名称,县（市、区）\n丁示例,清城区\n");
    stage_play(&stage, "o<Down><Enter><Down><Enter>"); /* into the folder, then the file */
    stage_expect(&stage, "导入预览 · 旧.csv");
    stage_expect(&stage, "全部是新增。按 F2 导入。");
    end(&stage);
}

static void test_export_list(void **state)
{
    (void)state;
    struct stage stage;
    struct stat info;
    begin(&stage);
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
    end(&stage);
}

static void test_export_refusals(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    stage_play(&stage, "x<^U><F2>");
    stage_expect(&stage, "还没有写文件名");
    stage_play(&stage, "没有的文件夹/a.csv<F2>");
    stage_expect(&stage, "! ");
    stage_expect(&stage, "没有的文件夹/a.csv");
    stage_play(&stage, "<^U>a.doc<F2>");
    stage_expect(&stage, "! ");
    assert_int_not_equal(access("a.doc", F_OK), 0);
    end(&stage);
}

static void test_export_annual(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
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
    end(&stage);
}

/* Esc during the work, then yes: the file is as if nothing had been. */
static void test_cancelled_export(void **state)
{
    (void)state;
    struct stage stage;
    struct error err = {0};
    begin(&stage);
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
    end(&stage);
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
        cmocka_unit_test(test_export_list),
        cmocka_unit_test(test_export_refusals),
        cmocka_unit_test(test_export_annual),
        cmocka_unit_test(test_cancelled_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
