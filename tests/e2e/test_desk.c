/* The desk as a clerk meets it: the program in a pseudo terminal, its answers on the screen, and
 * what then stands in the data file. */
#include "county.h"

#include "core/buffer.h"
#include "core/mem.h"
#include "core/text.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* An enterprise of the Qingyuan list that no other test changes, and the letters that find it. */
#define PLANT       "英德市岳泉化工有限公司"
#define PLANT_PART  "岳泉"
#define OTHER       "英德市明智五金制品有限公司"
#define QUESTION    "没有保存完"
#define ENTERPRISES "全口径涉重金属企业"

/* From the workbench by the case file into the form of the enterprise that `part` finds. */
static void open_record(struct terminal_window *window, const char *part, const char *name)
{
    window_type(window, "1");
    window_find(window, ENTERPRISES);
    window_type(window, "/");
    window_type(window, part);
    window_find(window, "显示 1");
    window_type(window, "<Enter>");
    char title[200];
    snprintf(title, sizeof title, "案卷 · %s", name);
    assert_int_equal(window_find(window, title), 0);
    window_type(window, "e");
    snprintf(title, sizeof title, ENTERPRISES " · %s", name);
    assert_int_equal(window_find(window, title), 0);
}

/* ---- the tests ---- */

static void test_workbench(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    static const struct {
        const char *reg, *label;
    } lists[] = {{"enterprise", "1 " ENTERPRISES},
                 {"thallium_enterprise", "2 涉铊企业"},
                 {"legacy_site", "3 历史遗留点位"},
                 {"cadmium_source", "4 涉镉污染源"},
                 {"problem", "5 整改台账"}};
    assert_int_equal(window_find(window, "台账"), 0);
    window_find(window, "今天要办");
    window_find(window, "示范 · 2026-06-15 周一");
    window_wait_for(window, "整改逾期");
    assert_int_equal(window_find(window, "q 退出"), 23);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        int total = -1;
        const char *row = window_row(window, window_find(window, lists[i].label));
        sscanf(strstr(row, lists[i].label) + strlen(lists[i].label), "%d", &total);
        assert_int_equal(total, county_count(county, lists[i].reg, NULL));
    }
    window_type(window, "<Esc>"); /* the outermost screen: only q leaves */
    window_find(window, "今天要办");
    window_type(window, "<F1>");
    window_find(window, "帮助");
    county_leave(&window);
}

static void test_filter_in_chinese(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    int row, column;
    bool visible;
    window_type(window, "1");
    window_find(window, "企业名称");
    window_type(window, "/英德");
    int prompt = window_find(window, "查找: 英德");
    window_cursor(window, &row, &column, &visible);
    assert_true(visible);
    assert_int_equal(row, prompt);
    assert_int_equal(column, 11); /* behind the second Han character */
    window_find(window, "显示 ");
    window_find(window, PLANT);
    assert_false(window_shows(window, "清新区"));
    window_type(window, "<Backspace><Backspace>" PLANT_PART);
    window_find(window, "显示 1 ");
    window_find(window, PLANT);
    assert_false(window_shows(window, OTHER));
    window_type(window, "没有");
    window_find(window, "显示 0 ");
    window_type(window, "<Esc>");
    assert_false(window_shows(window, "显示 "));
    /* A paste arrives as text, its line break is no Enter. */
    window_type(window, "/");
    window_paste(window, PLANT_PART "\n");
    window_find(window, "显示 1 ");
    county_leave(&window);
}

static void test_edit(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    int row, column;
    bool visible;
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down><Down>");
    int field = window_find(window, "▸ 法定代表人");
    window_cursor(window, &row, &column, &visible);
    assert_true(visible);
    assert_int_equal(row, field);
    int start = column;
    window_type(window, "欧阳示");
    window_cursor(window, &row, &column, &visible);
    assert_int_equal(column, start + 6);
    window_type(window, "<Left><Left>小<End>例<Backspace>");
    window_find(window, "欧小阳示");
    assert_int_equal(county_command(county->file, "show enterprise " PLANT), 0);
    county_assert_not_printed("欧小阳示");
    window_type(window, "<F2>");
    window_find(window, "✓ 已保存");
    assert_int_equal(county_command(county->file, "show enterprise " PLANT), 0);
    county_assert_printed("欧小阳示");
    assert_int_equal(county_command(county->file, "history enterprise " PLANT), 0);
    county_assert_printed("示范  法定代表人：（空） → 欧小阳示");
    window_type(window, "<F4>");
    window_find(window, "欧小阳示");
    window_type(window, "<Esc>");
    window_type(window, "<Esc>");
    window_find(window, "案卷 · ");
    window_type(window, "<Esc>");
    window_find(window, "查找");
    county_leave(&window);
    assert_int_equal(county_command(county->file, "undo"), 0);
    assert_int_equal(county_command(county->file, "show enterprise " PLANT), 0);
    county_assert_not_printed("欧小阳示");
}

static void test_refused_value(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down>1234<Enter>");
    window_find(window, "不是统一社会信用代码");
    window_type(window, "<F2>");
    assert_false(window_shows(window, "✓ 已保存"));
    assert_int_equal(county_count(county, "enterprise", "uscc=无"), 0);
    window_type(window, "<^U>无<Enter>");
    window_type(window, "<F2>");
    window_find(window, "✓ 已保存");
    assert_int_equal(county_count(county, "enterprise", "uscc=无 name~" PLANT_PART), 1);
    county_leave(&window);
}

static void test_new_record(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    int before = county_count(county, "enterprise", NULL);
    window_type(window, "1n");
    window_find(window, "▸ 企业名称");
    window_type(window, "<F2>"); /* without its key */
    assert_false(window_shows(window, "✓ 已保存"));
    assert_int_equal(county_count(county, "enterprise", NULL), before);
    window_type(window, "<Esc>");
    for (int i = 0; i < 4 && !window_shows(window, "q 退出"); i++)
        window_type(window, "<Esc>");
    window_type(window, "1n");
    window_find(window, "▸ 企业名称");
    window_type(window, "新登记示例厂<Enter><Tab><F3>");
    window_find(window, "选择县");
    window_type(window, "清新<Enter>");
    window_find(window, "441803");
    window_type(window, "<F2>");
    window_find(window, "✓ 已保存");
    window_find(window, ENTERPRISES "排查向导 · 新登记示例厂");
    assert_int_equal(county_count(county, "enterprise", NULL), before + 1);
    assert_int_equal(county_count(county, "enterprise", "name=新登记示例厂 region=清新区"), 1);
    county_leave(&window);
}

/* After ^L everything is drawn anew, so what is on the screen then belongs to its present size. */
static void assert_fits(struct terminal_window *window, int rows, int columns)
{
    struct buffer rule = {0};
    window_type(window, "<^L>");
    for (int i = 0; i < columns; i++)
        buffer_add(&rule, "─");
    buffer_add_char(&rule, '\n');
    const char *row = window_row(window, 1);
    if (strcmp(row, rule.text) != 0)
        fail_msg("%d x %d: the second row is no rule: %s\n%s", rows, columns, row,
                 window_text(window));
    buffer_release(&rule);
    if (strlen(window_row(window, rows - 1)) < 4 || strlen(window_row(window, 0)) < 4)
        fail_msg("%d x %d: no title or footer:\n%s", rows, columns, window_text(window));
}

static void resize_around(struct terminal_window *window)
{
    static const int sizes[][2] = {{43, 132}, {16, 60}, {10, 40}, {24, 80}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        window_resize(window, sizes[i][0], sizes[i][1]);
        assert_fits(window, sizes[i][0], sizes[i][1]);
    }
    /* Too small for anything, several at once, and back. */
    window_resize(window, 4, 12);
    window_resize(window, 1, 1);
    window_resize(window, 200, 400);
    window_resize(window, 5, 20);
    window_type(window, "<^L>");
    window_settle(window);
    window_resize(window, 24, 80);
    assert_fits(window, 24, 80);
}

static void test_resize(void **state)
{
    const struct county *county = *state;
    /* Each step leads to another screen or state of one; the size changes at every one. */
    static const char *const steps[] = {
        "",           "<F1>",      "<Esc>",   "1",     "<PgDn><Down>",
        "/英德",      "<End>",     "<Enter>", "<Tab>", "<End>",
        "<BackTab>",  "<BackTab>", "1",       "e",     "<Tab>",
        "<F3>",       "清",        "<Esc>",   "<Tab>", "<F1>",
        "<Esc>",      "<Esc>",     "<Esc>",   "<Esc>", "s",
        "<Esc>",      "f",         "<Esc>",   "h",     "<Esc>",
        "x",          "<Esc>",     "i",       "<Esc>", "<Esc>",
        "5",          "<Enter>",   "<Tab>",   "<Tab>", "<Tab>",
        "<Esc><Esc>", "n",         "<Esc>",
    };
    struct terminal_window *window = county_open(county);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        window_type(window, steps[i]);
        resize_around(window);
    }
    county_leave(&window);
}

static void test_kill(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down><Down>半填甲<Enter>半填乙<Enter>");
    window_find(window, "草稿已存");
    window_kill(window, SIGKILL);
    assert_int_equal(window_wait(window), 128 + SIGKILL);
    window_close(&window);
    assert_int_equal(county_command(county->file, "show enterprise " PLANT), 0);
    county_assert_not_printed("半填");

    /* A second one, of a record that was never saved. */
    window = county_open(county);
    window_find(window, QUESTION);
    window_type(window, "1"); /* later */
    window_type(window, "1n");
    window_find(window, "▸ 企业名称");
    window_type(window, "半填新厂<Enter>");
    window_find(window, "草稿已存");
    window_kill(window, SIGKILL);
    assert_int_equal(window_wait(window), 128 + SIGKILL);
    window_close(&window);

    window = county_open(county);
    window_find(window, QUESTION);
    window_find(window, "上次有 2 份");
    window_find(window, PLANT);
    const char *line = window_row(window, window_find(window, " 接着填 英德市岳泉"));
    const char *offer = strstr(line, " 接着填");
    assert_non_null(offer);
    const char answer[] = {offer[-1], '\0'};
    window_type(window, answer);
    assert_int_equal(window_find(window, ENTERPRISES " · " PLANT), 0);
    window_find(window, "半填甲");
    window_find(window, "半填乙");
    assert_false(window_shows(window, "半填新厂"));
    window_type(window, "<F2>");
    window_find(window, "✓ 已保存");
    county_leave(&window);
    assert_int_equal(county_command(county->file, "show enterprise " PLANT), 0);
    county_assert_printed("半填甲");
    county_assert_printed("半填乙");
    assert_int_equal(county_count(county, "enterprise", "legal_person=半填甲"), 1);

    window = county_open(county);
    window_find(window, "上次有 1 份");
    window_type(window, "2");
    window_find(window, ENTERPRISES "排查向导 · 半填新厂");
    window_type(window, "<Tab><F3>清新<Enter><F2>");
    window_find(window, "✓ 已保存");
    county_leave(&window);
    assert_int_equal(county_count(county, "enterprise", "name=半填新厂"), 1);

    window = county_open(county);
    window_wait_for(window, "整改逾期");
    assert_false(window_shows(window, QUESTION));
    county_leave(&window);
}

static void test_killed_after_a_save(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down><Down>存好甲<Enter><F2>");
    window_find(window, "✓ 已保存");
    window_kill(window, SIGKILL);
    assert_int_equal(window_wait(window), 128 + SIGKILL);
    window_close(&window);
    window = county_open(county);
    window_wait_for(window, "整改逾期");
    assert_false(window_shows(window, QUESTION));
    assert_int_equal(county_count(county, "enterprise", "legal_person=存好甲"), 1);
    county_leave(&window);
}

static void test_import(void **state)
{
    const struct county *county = *state;
    char path[600], script[700];
    snprintf(path, sizeof path, "%s/more.csv", county->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("企业名称,县（市、区）,状态\n增补企业甲,清新区,在产\n增补企业乙,清新区,停产\n,清新区,"
          "在产\n" PLANT ",英德市,在产\n",
          file);
    fclose(file);
    int before = county_count(county, "enterprise", NULL);
    struct terminal_window *window = county_open(county);
    snprintf(script, sizeof script, "1o<^U>%s<Enter>", path);
    window_type(window, script);
    window_wait_for(window, "读入 4 行 = 新增 2 + 变更 1 + 相同 0 + 拒绝 1");
    window_find(window, "缺企业名称");
    assert_int_equal(county_count(county, "enterprise", NULL), before);
    window_type(window, "<Esc>");
    assert_int_equal(county_count(county, "enterprise", NULL), before);
    for (int i = 0; i < 4 && !window_shows(window, "q 退出"); i++)
        window_type(window, "<Esc>");
    window_type(window, script);
    window_wait_for(window, "读入 4 行");
    window_type(window, "<F2>");
    window_wait_for(window, "✓ 已导入：新增 2，变更 1，相同 0，拒绝 1");
    assert_int_equal(county_count(county, "enterprise", NULL), before + 2);
    county_leave(&window);
    assert_int_equal(county_command(county->file, "undo"), 0);
    assert_int_equal(county_count(county, "enterprise", NULL), before);
}

static void test_import_of_bad_file(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    window_type(window, "1o<^U>/nonexistent/list.xlsx<Enter>");
    window_wait_for(window, "文件不存在");
    county_leave(&window);
}

static void test_export(void **state)
{
    const struct county *county = *state;
    char path[600], script[700], arguments[700];
    snprintf(path, sizeof path, "%s/annual.xlsx", county->folder);
    struct terminal_window *window = county_open(county);
    window_type(window, "x");
    window_find(window, "导出 · ");
    window_find(window, "▶ 文件");
    snprintf(script, sizeof script, "<^U>%s<F2>", path);
    window_type(window, script);
    window_wait_for(window, "✓ 已导出");
    assert_int_equal(access(path, R_OK), 0);
    county_leave(&window);
    snprintf(arguments, sizeof arguments, "import enterprise '%s' --sheet 全口径清单 --dry-run",
             path);
    assert_int_equal(county_command(county->file, arguments), 0);
    county_assert_printed("拒绝 0");
    unlink(path);
}

static void test_second_process(void **state)
{
    const struct county *county = *state;
    char who[64];
    struct terminal_window *first = county_open(county), *second;
    window_wait_for(first, "整改逾期");
    second = county_open(county);
    snprintf(who, sizeof who, "进程 %ld", (long)window_process(first));
    window_find(second, "只读");
    window_find(second, "现在只能查看");
    window_find(second, who);
    window_find(second, "示范");
    open_record(second, PLANT_PART, PLANT);
    window_type(second, "<Down><Down><Down>不能写<Enter><F2>");
    assert_false(window_shows(second, "✓ 已保存"));
    assert_int_equal(county_command(county->file, "set enterprise " PLANT " town=不能写"), 3);
    county_assert_printed(who);
    assert_int_equal(county_count(county, "enterprise", "town=不能写"), 0);
    /* The first one still writes, and the second sees it when it looks again. */
    open_record(first, PLANT_PART, PLANT);
    window_type(first, "<Down><Down><Down>先开者<F2>");
    window_find(first, "✓ 已保存");
    county_leave(&second);
    second = county_open(county);
    open_record(second, PLANT_PART, PLANT);
    window_find(second, "先开者");
    county_leave(&second);
    county_leave(&first);
    assert_int_equal(county_command(county->file, "set enterprise " PLANT " town=大站镇"), 0);
}

static void test_end_from_outside(void **state)
{
    const struct county *county = *state;
    static const int signals[] = {SIGTERM, SIGHUP};
    char lock[600];
    snprintf(lock, sizeof lock, "%s.lock", county->file);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct terminal_window *window = county_open(county);
        open_record(window, PLANT_PART, PLANT);
        window_type(window, "<Down><Down><Down>中断时<Enter>");
        window_find(window, "草稿已存");
        window_kill(window, signals[i]);
        assert_int_equal(window_wait(window), 0);
        assert_true(window_is_restored(window));
        window_close(&window);
        assert_int_not_equal(access(lock, F_OK), 0);
        window = county_open(county);
        window_find(window, QUESTION);
        window_type(window, "2");
        window_find(window, "中断时");
        window_kill(window, SIGTERM);
        assert_int_equal(window_wait(window), 0);
        window_close(&window);
        county_copy(state);
    }
}

static void test_terminals(void **state)
{
    const struct county *county = *state;
    static const char *const none[] = {"list", "enterprise", NULL};
    struct terminal_window *window = window_open(county->file, 24, 80, none);
    assert_int_equal(window_wait(window), 0); /* a command in a terminal leaves it as it is */
    assert_non_null(strstr(window_text(window), "共 "));
    window_close(&window);
}

int main(void)
{
#define DESK_TEST(name) cmocka_unit_test_setup(name, county_copy)
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_workbench),
        DESK_TEST(test_filter_in_chinese),
        DESK_TEST(test_edit),
        DESK_TEST(test_refused_value),
        DESK_TEST(test_new_record),
        DESK_TEST(test_resize),
        DESK_TEST(test_kill),
        DESK_TEST(test_killed_after_a_save),
        DESK_TEST(test_import),
        DESK_TEST(test_import_of_bad_file),
        DESK_TEST(test_export),
        DESK_TEST(test_second_process),
        DESK_TEST(test_end_from_outside),
        DESK_TEST(test_terminals),
    };
    return cmocka_run_group_tests(tests, county_make, county_remove);
}
