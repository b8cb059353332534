/* The desk as a clerk meets it: the program in a pseudo terminal, its answers on the screen, and
 * what then stands in the data file. */
#include "terminal.h"

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

struct county {
    char folder[512];
    char file[560];     /* of the running test */
    char template[560]; /* the demo county, made once */
};

/* ---- the command line beside the desk ---- */

static struct buffer output;

/* Runs the program on `file` with `arguments` as a shell reads them; returns its exit status, and
 * what it printed (with stderr) in `output`. */
static int command(const char *file, const char *arguments)
{
    struct buffer line = {0};
    char block[4096];
    size_t length;
    const char *build = getenv("BUILD");
    buffer_addf(&line, "TAIZHANG_NOW=2026-06-15T10:42:07 '%s/taizhang' --db '%s' %s 2>&1",
                build ? build : "build", file, arguments);
    FILE *pipe = popen(line.text, "r");
    assert_non_null(pipe);
    buffer_clear(&output);
    while ((length = fread(block, 1, sizeof block, pipe)) > 0)
        buffer_add_bytes(&output, block, length);
    int status = pclose(pipe);
    buffer_release(&line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static void assert_printed(const char *text)
{
    if (!strstr(buffer_text(&output), text))
        fail_msg("“%s” is missing in: %s", text, buffer_text(&output));
}

static void assert_not_printed(const char *text)
{
    if (strstr(buffer_text(&output), text))
        fail_msg("“%s” should not stand in: %s", text, buffer_text(&output));
}

/* How many live records a register has, or those that satisfy `where`. */
static int count(const struct county *county, const char *reg, const char *where)
{
    struct buffer arguments = {0};
    int number = -1;
    buffer_addf(&arguments, "list %s", reg);
    if (where)
        buffer_addf(&arguments, " --where '%s'", where);
    assert_int_equal(command(county->file, arguments.text), 0);
    buffer_release(&arguments);
    const char *last = strstr(buffer_text(&output), "共 ");
    assert_non_null(last);
    assert_int_equal(sscanf(last, "共 %d", &number), 1);
    return number;
}

/* ---- setting up ---- */

/* Reference data of one city: the size of the file does not matter here, and copying it does. */
static void make_small_reference(const struct county *county)
{
    struct buffer path = {0}, line = {0};
    buffer_addf(&path, "%s/reference", county->folder);
    assert_int_equal(mkdir(path.text, 0700), 0);
    buffer_addf(&line, "sed -n -e 1p -e '/^4418/p' data/region.csv > '%s/region.csv'", path.text);
    assert_int_equal(system(line.text), 0);
    setenv("TAIZHANG_DATA", path.text, 1);
    buffer_release(&path);
    buffer_release(&line);
}

static int make_county(void **state)
{
    struct county *county = mem_new(1, sizeof *county);
    const char *scratch = getenv("TMPDIR");
    snprintf(county->folder, sizeof county->folder, "%s/desk.XXXXXX", scratch ? scratch : "/tmp");
    assert_non_null(mkdtemp(county->folder));
    snprintf(county->template, sizeof county->template, "%s/demo/taizhang.db", county->folder);
    snprintf(county->file, sizeof county->file, "%s/county.db", county->folder);
    make_small_reference(county);
    struct buffer arguments = {0};
    buffer_addf(&arguments, "demo '%s/demo'", county->folder);
    if (command(county->template, arguments.text) != 0)
        fail_msg("demo: %s", buffer_text(&output));
    buffer_release(&arguments);
    *state = county;
    return 0;
}

static int remove_county(void **state)
{
    struct county *county = *state;
    char line[600];
    snprintf(line, sizeof line, "rm -rf '%s'", county->folder);
    buffer_release(&output);
    free(county);
    return system(line);
}

static int copy_county(void **state)
{
    const struct county *county = *state;
    char line[2000];
    snprintf(line, sizeof line, "rm -f '%s'*; cp '%s' '%s'", county->file, county->template,
             county->file);
    return system(line);
}

static struct terminal_window *open_desk(const struct county *county)
{
    return window_open(county->file, 24, 80, NULL);
}

/* Leaves the desk by its own key from wherever it is. */
static void leave(struct terminal_window **window)
{
    for (int i = 0; i < 8 && !window_shows(*window, "q 退出"); i++)
        window_type(*window, "<Esc>");
    assert_false(window_is_restored(*window));
    window_type(*window, "q");
    assert_int_equal(window_wait(*window), 0);
    assert_true(window_is_restored(*window));
    window_close(window);
}

/* From the workbench into the form of the enterprise that `part` finds. */
static void open_record(struct terminal_window *window, const char *part, const char *name)
{
    window_type(window, "1");
    window_find(window, ENTERPRISES);
    window_type(window, "/");
    window_type(window, part);
    window_find(window, "显示 1");
    window_type(window, "<Enter>");
    char title[200];
    snprintf(title, sizeof title, ENTERPRISES " · %s", name);
    assert_int_equal(window_find(window, title), 0);
}

/* ---- the tests ---- */

static void test_workbench(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
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
        assert_int_equal(total, count(county, lists[i].reg, NULL));
    }
    window_type(window, "<Esc>"); /* the outermost screen: only q leaves */
    window_find(window, "今天要办");
    window_type(window, "<F1>");
    window_find(window, "帮助");
    leave(&window);
}

static void test_filter_in_chinese(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
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
    leave(&window);
}

static void test_edit(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
    int row, column;
    bool visible;
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down><Down><Down>");
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
    assert_int_equal(command(county->file, "show enterprise " PLANT), 0);
    assert_not_printed("欧小阳示");
    window_type(window, "<F2>");
    window_find(window, "✓ 已保存");
    assert_int_equal(command(county->file, "show enterprise " PLANT), 0);
    assert_printed("欧小阳示");
    assert_int_equal(command(county->file, "history enterprise " PLANT), 0);
    assert_printed("示范  法定代表人：（空） → 欧小阳示");
    window_type(window, "<F4>");
    window_find(window, "欧小阳示");
    window_type(window, "<Esc>");
    window_type(window, "<Esc>");
    window_find(window, "查找");
    leave(&window);
    assert_int_equal(command(county->file, "undo"), 0);
    assert_int_equal(command(county->file, "show enterprise " PLANT), 0);
    assert_not_printed("欧小阳示");
}

static void test_refused_value(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down>1234<Enter>");
    window_find(window, "不是统一社会信用代码");
    window_type(window, "<F2>");
    assert_false(window_shows(window, "✓ 已保存"));
    assert_int_equal(count(county, "enterprise", "uscc=无"), 0);
    window_type(window, "<^U>无<Enter>");
    window_type(window, "<F2>");
    window_find(window, "✓ 已保存");
    assert_int_equal(count(county, "enterprise", "uscc=无 name~" PLANT_PART), 1);
    leave(&window);
}

static void test_new_record(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
    int before = count(county, "enterprise", NULL);
    window_type(window, "1n");
    window_find(window, "▸ 企业名称");
    window_type(window, "<F2>"); /* without its key */
    assert_false(window_shows(window, "✓ 已保存"));
    assert_int_equal(count(county, "enterprise", NULL), before);
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
    window_find(window, ENTERPRISES " · 新登记示例厂");
    assert_int_equal(count(county, "enterprise", NULL), before + 1);
    assert_int_equal(count(county, "enterprise", "name=新登记示例厂 region=清新区"), 1);
    leave(&window);
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
        "",      "<F1>",  "<Esc>",   "1",          "<PgDn><Down>",
        "/英德", "<End>", "<Enter>", "<Tab>",      "<F3>",
        "清",    "<Esc>", "<Tab>",   "<F1>",       "<Esc>",
        "<Esc>", "<Esc>", "s",       "<Esc>",      "f",
        "<Esc>", "h",     "<Esc>",   "x",          "<Esc>",
        "i",     "<Esc>", "<Esc>",   "5",          "<Enter>",
        "<Tab>", "<Tab>", "<Tab>",   "<Esc><Esc>", "n",
        "<Esc>",
    };
    struct terminal_window *window = open_desk(county);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        window_type(window, steps[i]);
        resize_around(window);
    }
    leave(&window);
}

static void test_kill(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down><Down><Down>半填甲<Enter>半填乙<Enter>");
    window_find(window, "草稿已存");
    window_kill(window, SIGKILL);
    assert_int_equal(window_wait(window), 128 + SIGKILL);
    window_close(&window);
    assert_int_equal(command(county->file, "show enterprise " PLANT), 0);
    assert_not_printed("半填");

    /* A second one, of a record that was never saved. */
    window = open_desk(county);
    window_find(window, QUESTION);
    window_type(window, "1"); /* later */
    window_type(window, "1n");
    window_find(window, "▸ 企业名称");
    window_type(window, "半填新厂<Enter>");
    window_find(window, "草稿已存");
    window_kill(window, SIGKILL);
    assert_int_equal(window_wait(window), 128 + SIGKILL);
    window_close(&window);

    window = open_desk(county);
    window_find(window, QUESTION);
    window_find(window, "上次有 2 份");
    window_find(window, PLANT);
    const char *line = window_row(window, window_find(window, PLANT_PART));
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
    leave(&window);
    assert_int_equal(command(county->file, "show enterprise " PLANT), 0);
    assert_printed("半填甲");
    assert_printed("半填乙");
    assert_int_equal(count(county, "enterprise", "legal_person=半填甲"), 1);

    window = open_desk(county);
    window_find(window, "上次有 1 份");
    window_type(window, "2");
    window_find(window, ENTERPRISES " · 半填新厂");
    window_type(window, "<Tab><F3>清新<Enter><F2>");
    window_find(window, "✓ 已保存");
    leave(&window);
    assert_int_equal(count(county, "enterprise", "name=半填新厂"), 1);

    window = open_desk(county);
    window_wait_for(window, "整改逾期");
    assert_false(window_shows(window, QUESTION));
    leave(&window);
}

static void test_killed_after_a_save(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
    open_record(window, PLANT_PART, PLANT);
    window_type(window, "<Down><Down><Down><Down>存好甲<Enter><F2>");
    window_find(window, "✓ 已保存");
    window_kill(window, SIGKILL);
    assert_int_equal(window_wait(window), 128 + SIGKILL);
    window_close(&window);
    window = open_desk(county);
    window_wait_for(window, "整改逾期");
    assert_false(window_shows(window, QUESTION));
    assert_int_equal(count(county, "enterprise", "legal_person=存好甲"), 1);
    leave(&window);
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
    int before = count(county, "enterprise", NULL);
    struct terminal_window *window = open_desk(county);
    snprintf(script, sizeof script, "1i<^U>%s<Enter>", path);
    window_type(window, script);
    window_wait_for(window, "读入 4 行 = 新增 2 + 变更 1 + 相同 0 + 拒绝 1");
    window_find(window, "缺企业名称");
    assert_int_equal(count(county, "enterprise", NULL), before);
    window_type(window, "<Esc>");
    assert_int_equal(count(county, "enterprise", NULL), before);
    for (int i = 0; i < 4 && !window_shows(window, "q 退出"); i++)
        window_type(window, "<Esc>");
    window_type(window, script);
    window_wait_for(window, "读入 4 行");
    window_type(window, "<F2>");
    window_wait_for(window, "✓ 已导入：新增 2，变更 1，相同 0，拒绝 1");
    assert_int_equal(count(county, "enterprise", NULL), before + 2);
    leave(&window);
    assert_int_equal(command(county->file, "undo"), 0);
    assert_int_equal(count(county, "enterprise", NULL), before);
}

static void test_import_of_bad_file(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = open_desk(county);
    window_type(window, "1i<^U>/nonexistent/list.xlsx<Enter>");
    window_wait_for(window, "文件不存在");
    leave(&window);
}

static void test_export(void **state)
{
    const struct county *county = *state;
    char path[600], script[700], arguments[700];
    snprintf(path, sizeof path, "%s/annual.xlsx", county->folder);
    struct terminal_window *window = open_desk(county);
    window_type(window, "x");
    window_find(window, "导出 · ");
    window_find(window, "▶ 文件");
    snprintf(script, sizeof script, "<^U>%s<F2>", path);
    window_type(window, script);
    window_wait_for(window, "✓ 已导出");
    assert_int_equal(access(path, R_OK), 0);
    leave(&window);
    snprintf(arguments, sizeof arguments, "import enterprise '%s' --sheet 全口径清单 --dry-run",
             path);
    assert_int_equal(command(county->file, arguments), 0);
    assert_printed("拒绝 0");
    unlink(path);
}

static void test_second_process(void **state)
{
    const struct county *county = *state;
    char who[64];
    struct terminal_window *first = open_desk(county), *second;
    window_wait_for(first, "整改逾期");
    second = open_desk(county);
    snprintf(who, sizeof who, "进程 %ld", (long)window_process(first));
    window_find(second, "只读");
    window_find(second, "现在只能查看");
    window_find(second, who);
    window_find(second, "示范");
    open_record(second, PLANT_PART, PLANT);
    window_type(second, "<Down><Down><Down><Down>不能写<Enter><F2>");
    assert_false(window_shows(second, "✓ 已保存"));
    assert_int_equal(command(county->file, "set enterprise " PLANT " town=不能写"), 3);
    assert_printed(who);
    assert_int_equal(count(county, "enterprise", "town=不能写"), 0);
    /* The first one still writes, and the second sees it when it looks again. */
    open_record(first, PLANT_PART, PLANT);
    window_type(first, "<Down><Down><Down><Down>先开者<F2>");
    window_find(first, "✓ 已保存");
    leave(&second);
    second = open_desk(county);
    open_record(second, PLANT_PART, PLANT);
    window_find(second, "先开者");
    leave(&second);
    leave(&first);
    assert_int_equal(command(county->file, "set enterprise " PLANT " town=大站镇"), 0);
}

static void test_end_from_outside(void **state)
{
    const struct county *county = *state;
    static const int signals[] = {SIGTERM, SIGHUP};
    char lock[600];
    snprintf(lock, sizeof lock, "%s.lock", county->file);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct terminal_window *window = open_desk(county);
        open_record(window, PLANT_PART, PLANT);
        window_type(window, "<Down><Down><Down><Down>中断时<Enter>");
        window_find(window, "草稿已存");
        window_kill(window, signals[i]);
        assert_int_equal(window_wait(window), 0);
        assert_true(window_is_restored(window));
        window_close(&window);
        assert_int_not_equal(access(lock, F_OK), 0);
        window = open_desk(county);
        window_find(window, QUESTION);
        window_type(window, "2");
        window_find(window, "中断时");
        window_kill(window, SIGTERM);
        assert_int_equal(window_wait(window), 0);
        window_close(&window);
        copy_county(state);
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
#define DESK_TEST(name) cmocka_unit_test_setup(name, copy_county)
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
    return cmocka_run_group_tests(tests, make_county, remove_county);
}
