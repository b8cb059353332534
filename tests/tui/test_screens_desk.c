/* The desk: what it tells to do, what opens from there, drafts after a crash, undo. */
#include "form_stage.h"

#include "db/draft.h"
#include "db/query.h"
#include "db/summary.h"
#include "tui/duty.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"
#include "tui/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RULE "────────────────────────────────────────────────────────────────────────────────\n"

static const char busy_desk_screen[] =
    " 台账 · 清城区生态环境局                                         清远 2018 · 张\n" RULE
    " 今天要办                                                               共 4 件\n"
    " ▶ ! 整改逾期          2  满 7 天 1 · 1 天 1\n"
    "                          车间口总铊超标，初期…  逾期 12 天        县级核查  李\n"
    "                          截洪沟损坏，雨水流经…  逾期 4 天         整改中  王\n"
    "   ? 许可将到期        1  新源示例锌业           还有 16 天        在产\n"
    "   ? 久未核实          1  新源示例锌业           已过 2 年 3 个月  在产\n"
    "   ? 待补资料          4  企业 1   问题 3\n"
    "   x 核验错误          2  警告 2   提示 2\n"
    "   ? 补节假日             2026 年放假安排还没有装载，期限暂按周一至周五估算\n" RULE
    "     清单                              总数   本年新     待补     问题   未销号\n"
    "   1 全口径涉重金属企业                   1        1        1        1        1\n"
    "   2 涉铊企业                             0        0        0        0        0\n"
    "   3 历史遗留点位                         0        0        0        0        0\n"
    "   4 涉镉污染源                           0        0        0        0        0\n"
    "   5 整改台账                             3        3        3        3        2\n" RULE
    "   减排 无目标：政策包没有给本地区下达，有的请补进减排目标\n"
    "\n\n" RULE " Enter 打开  1-9 清单  m 全部  c 日历  / 搜索  q 退出  n 新建  i 检查  F1 帮助\n";

static const char empty_desk_screen[] =
    " 台账 · 清城区生态环境局                                         清远 2018 · 张\n" RULE
    " 今天要办\n"
    " ▶ ? 补节假日             2026 年放假安排还没有装载，期限暂按周一至周五估算\n"
    "     还没有记录。先做一件事：\n"
    "     按 o 导入去年的清单（.xlsx 或 .csv；先预览，再决定）\n"
    "     按 n 新建一条记录\n"
    "     按 F1 看每一屏能做什么\n" RULE
    "     清单                              总数   本年新     待补     问题   未销号\n"
    "   1 全口径涉重金属企业                   0        0        0        0        0\n"
    "   2 涉铊企业                             0        0        0        0        0\n"
    "   3 历史遗留点位                         0        0        0        0        0\n"
    "   4 涉镉污染源                           0        0        0        0        0\n"
    "   5 整改台账                             0        0        0        0        0\n" RULE
    "   减排 无目标：政策包没有给本地区下达，有的请补进减排目标\n"
    "\n\n\n\n\n" RULE
    " Enter 打开  1-9 清单  m 全部  c 日历  / 搜索  q 退出  n 新建  i 检查  F1 帮助\n";

/* Lets the screen do what it left for a quiet moment. */
static void rest(struct stage *stage)
{
    while (stage->app.eager)
        app_step(&stage->app);
    stage_play(stage, "");
}

static void open_desk(struct stage *stage)
{
    workbench_open(&stage->app);
    rest(stage);
}

static void add_cases(struct stage *stage)
{
    char id[RECORD_ID_SIZE];
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "新源示例锌业", "region", "清城区", "town", "龙塘镇",
                                    "verified_on", "2024-03-15", "status", "在产", "permit_to_on",
                                    "2026-07-01", NULL},
              id);
    stage_add_problem(stage, "县级核查",
                      (const char *const[]){"enterprise", id, "description",
                                            "车间口总铊超标，初期雨水池与清净下水混排", "due_on",
                                            "2026-06-03", "responsible_person", "李", NULL},
                      id);
    stage_add_problem(stage, "整改中",
                      (const char *const[]){"description", "截洪沟损坏，雨水流经废渣堆场后直接外排",
                                            "due_on", "2026-06-11", "responsible_person", "王",
                                            NULL},
                      id);
    stage_add_problem(stage, "已销号",
                      (const char *const[]){"description", "早已销号的问题不应再出现在工作台上",
                                            "found_on", "2026-01-05", "due_on", "2026-02-11", NULL},
                      id);
}

static void test_new_desk_says_what_to_do(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    open_desk(&stage);
    stage_expect_screen(&stage, empty_desk_screen);
    stage_end(&stage);
}

static void test_what_is_to_be_done(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    add_cases(&stage);
    open_desk(&stage);
    stage_expect_screen(&stage, busy_desk_screen);
    stage_resize(&stage, 43, 132);
    stage_expect(&stage, "截洪沟损坏，雨水流经废渣堆场后直接外排 ");
    stage_resize(&stage, 10, 40);
    stage_expect(&stage, "▶ ! 整改逾期          2  满 7 天 1 ·…");
    stage_play(&stage, "<End>");
    stage_expect(&stage, "▶ 减排 无目标");
    stage_play(&stage, "<Up>");
    stage_expect(&stage, "▶ 5 整改台账");
    stage_end(&stage);
}

/* The first frame must not wait for what has to be counted row by row. */
static void test_slow_numbers_come_later(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    add_cases(&stage);
    workbench_open(&stage.app);
    stage_play(&stage, "");
    stage_expect(&stage, "5 整改台账                             3        …");
    stage_expect_not(&stage, "整改逾期");
    rest(&stage);
    stage_expect(&stage, "整改逾期");
    stage_expect(&stage,
                 "5 整改台账                             3        3        3        3        2");
    stage_end(&stage);
}

static void add_overdue(struct stage *stage, const char *description, const char *due)
{
    char id[RECORD_ID_SIZE];
    stage_add_problem(stage, "整改中",
                      (const char *const[]){"description", description, "due_on", due, NULL}, id);
}

static void test_next_day_finds_its_own_desk(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    char *today = strdup(getenv("TAIZHANG_NOW"));
    add_overdue(&stage, "截洪沟损坏", "2026-06-15");
    open_desk(&stage);
    stage_expect(&stage, "整改 7 天内");
    setenv("TAIZHANG_NOW", "2026-06-16T08:00:00", 1);
    stage_play(&stage, "m<Esc>");
    rest(&stage);
    stage_expect(&stage, "逾期 1 天");
    stage_expect_not(&stage, "整改 7 天内");
    assert_string_equal(store_setting(stage.store, "checked_on"), "2026-06-16");
    setenv("TAIZHANG_NOW", today, 1);
    free(today);
    stage_end(&stage);
}

static void test_lines_lead_somewhere(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    add_cases(&stage);
    add_overdue(&stage, "危废贮存间没有围堰", "2026-06-04");
    open_desk(&stage);
    stage_expect(&stage, "▶ ! 整改逾期          3  满 7 天 2 · 1 天 1");
    stage_play(&stage, "<Enter>"); /* several problems: the list of these */
    stage_expect(&stage, "整改台账                                       4 项 · 显示 3");
    stage_expect(&stage, "计划完成时限 ≤ 2026-06-14，整改状态 不是 已销号");
    stage_play(&stage, "<Esc><Down><Enter>"); /* the worst of them: its form */
    stage_expect(&stage, "整改台账 · 车间口总铊超标");
    stage_play(&stage, "<Esc><Down><Enter>");
    stage_expect(&stage, "整改台账 · 危废贮存间没有围堰");
    stage_play(&stage,
               "<Esc><Down><Down><Down><Enter><Down><Enter>"); /* of two registers: which? */
    assert_true(term_memory_saw(stage.terminal, "1 家，缺 统一社会信用代码 1"));
    stage_expect(&stage, "整改台账 · 只看待补                                     4 项");
    stage_play(&stage, "<Esc>4");
    stage_expect(&stage, "涉镉污染源里还没有记录。");
    stage_play(&stage, "1");
    stage_expect(&stage, "全口径涉重金属企业                                          1 家");
    stage_play(&stage, "<Esc><End><Enter>"); /* no target: where one is added */
    stage_expect(&stage, "减排目标里还没有记录。");
    stage_play(&stage, "<Esc><Esc>");
    stage_expect(&stage, "按 q 退出程序");
    stage_play(&stage, "q");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

static void set_parameter(struct stage *stage, const char *code, const char *value)
{
    char id[RECORD_ID_SIZE];
    stage_add(
        stage, "parameter",
        (const char *const[]){"code", code, "label", code, "value", value, "basis", "试", NULL},
        id);
}

/* The levels of what is late, and that a page is enough while there are no further records to show.
 */
static void test_late_by_levels(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    add_overdue(&stage, "一天前", "2026-06-14");
    add_overdue(&stage, "六天前", "2026-06-09");
    add_overdue(&stage, "七天前", "2026-06-08");
    add_overdue(&stage, "二十九天前", "2026-05-17");
    add_overdue(&stage, "三十天前", "2026-05-16");
    add_overdue(&stage, "三十一天前", "2026-05-15");
    add_overdue(&stage, "今天", "2026-06-15");
    add_overdue(&stage, "七天后", "2026-06-22");
    add_overdue(&stage, "八天后", "2026-06-23");
    add_overdue(&stage, "三十天后", "2026-07-15");
    add_overdue(&stage, "三十一天后", "2026-07-16");
    open_desk(&stage);
    stage_expect(&stage, "! 整改逾期          6  满 30 天 2 · 7 天 2 · 1 天 2\n");
    stage_expect(&stage, "三十一天前             逾期 31 天"); /* the worst first */
    stage_expect(&stage, "三十天前               逾期 30 天");
    stage_expect_not(&stage, "二十九天前");
    stage_expect(&stage, "? 整改 7 天内       2  今天                   今天到期");
    stage_expect(&stage, "? 整改 30 天内      2  八天后                 还有 8 天");
    stage_expect_not(&stage, "三十一天后");
    stage_resize(&stage, 21, 80);
    stage_expect(&stage, "共 10 件");
    stage_expect_not(&stage, "三十一天前"); /* gives way */
    stage_expect(&stage, "减排 无目标");
    set_parameter(&stage, "overdue_days", "3");
    set_parameter(&stage, "overdue_days_more", "10");
    set_parameter(&stage, "overdue_days_most", "31");
    stage_play(&stage, "m<Esc>");
    rest(&stage);
    stage_expect(&stage, "! 整改逾期          5  满 31 天 1 · 10 天 2 · 3 天 2\n");
    stage_end(&stage);
}

/* Nobody need keep the day of a paused case, but it is not forgotten. */
static void test_paused_is_not_late(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add_problem(
        &stage, "整改中",
        (const char *const[]){"description", "厂区拆除", "due_on", "2026-06-03", NULL}, id);
    moves_open(&stage.app, reg_find("problem"), id);
    stage_play(&stage, "3<Enter><Up><Up><^U>2026-05-22<Enter>2026-09-30<Enter>"
                       "厂区整体拆除，等方案备案以后再改<Down>清城环函〔2026〕11号<F2>2<Esc>");
    open_desk(&stage);
    stage_expect_not(&stage, "逾期");
    stage_expect(&stage,
                 "▶ ? 整改挂起          1  厂区拆除               挂起 24 天        挂起  李示");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "整改台账 · 厂区拆除");
    stage_play(&stage, "<Esc>");
    list_open(&stage.app, reg_find("problem"), NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "? 整改挂起 24 天");
    year_open(&stage.app);
    stage_play(&stage, "");
    stage_expect_not(&stage, "整改到期");
    stage_end(&stage);
}

static void test_undo_says_what_it_is(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "新源示例锌业", "region", "清城区", NULL}, id);
    open_desk(&stage);
    stage_play(&stage, "u<Enter>"); /* the harmless answer stands first */
    stage_only_id(&stage, "enterprise", id);
    assert_string_not_equal(id, "");
    term_memory_forget(stage.terminal);
    stage_play(&stage, "u2");
    assert_true(term_memory_saw(stage.terminal, "最后一次改动是 张 于 2026-06-15 10:42 的编辑"));
    stage_only_id(&stage, "enterprise", id);
    assert_string_equal(id, "");
    stage_play(&stage, "u");
    stage_expect(&stage, "没有可以撤销的改动");
    stage_end(&stage);
}

static void keep_draft(struct stage *stage, const char *record, const char *name)
{
    struct error err = {0};
    assert_true(draft_keep(stage->store, reg_find("legacy_site"), record, "name", name, &err));
}

static void test_drafts_after_a_crash(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    keep_draft(&stage, "01997c6e-1b2f-7c3a-8d4e-000000000001", "马路乡炼渣点");
    open_desk(&stage);
    stage_expect(&stage, "~ 草稿              1  马路乡炼渣点");
    term_memory_type(stage.terminal, "<Enter>", NULL);
    recovery_ask(&stage.app); /* leaves them */
    stage_play(&stage, "");
    stage_expect(&stage, "马路乡炼渣点");
    term_memory_type(stage.terminal, "2", NULL);
    recovery_ask(&stage.app);
    stage_play(&stage, "");
    stage_expect(&stage, "历史遗留点位 · ");
    stage_expect(&stage, "马路乡炼渣点");
    stage_end(&stage);
}

static void test_drafts_can_be_thrown_away(void **state)
{
    (void)state;
    struct stage stage;
    struct draft *drafts;
    size_t count;
    stage_begin(&stage, 24, 80);
    keep_draft(&stage, "01997c6e-1b2f-7c3a-8d4e-000000000001", "马路乡炼渣点");
    term_memory_type(stage.terminal, "3<Enter>", NULL); /* asked twice; no */
    workbench_open(&stage.app);
    recovery_ask(&stage.app);
    assert_true(draft_list(stage.store, &drafts, &count, NULL));
    assert_int_equal(count, 1);
    free(drafts);
    term_memory_type(stage.terminal, "32", NULL);
    recovery_ask(&stage.app);
    assert_true(draft_list(stage.store, &drafts, &count, NULL));
    assert_int_equal(count, 0);
    free(drafts);
    stage_end(&stage);
}

static void test_read_only_desk(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "新源示例锌业", "region", "清城区", NULL}, id);
    stage_restart(&stage, STORE_READ);
    open_desk(&stage);
    stage_expect_not(&stage, "n 新建");
    stage_expect_not(&stage, "u 撤销");
    stage_play(&stage, "1d");
    stage_expect(&stage, "只读");
    stage_expect_not(&stage, "要删除");
    stage_end(&stage);
}

static void test_whole_program(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    assert_true(store_set_setting(stage.store, "pack", "qingyuan-2018", NULL));
    struct terminal *terminal = term_memory_open(24, 80);
    term_memory_type(terminal, "5<Esc>q", NULL);
    desk_run_on(terminal, stage.store);
    assert_true(term_memory_saw(terminal, "台账 · 清城区生态环境局"));
    assert_true(term_memory_saw(terminal, "清远 2018 · 张 · 2026-06-15 周一"));
    assert_true(term_memory_saw(terminal, "整改台账里还没有记录。"));
    assert_true(term_memory_is_waiting(terminal));
    term_close(&terminal);
    stage_end(&stage);
}

/* What the desk counts and what a list shows for it are the same records. */
static void test_duty_and_condition_agree(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    add_cases(&stage);
    const struct check_context context = store_check_context(stage.store);
    for (size_t i = 0; i < duty_count; i++) {
        for (size_t j = 0; j < register_count; j++) {
            struct buffer where = {0};
            struct cursor *cursor;
            const struct record *record;
            int64_t found = 0, held = 0;
            if (!duty_concerns(&duties[i], registers[j]))
                continue;
            duty_write_where(&duties[i], registers[j], &context, &where);
            const struct query narrowed = {.reg = registers[j], .where = where.text};
            assert_true(query_count(stage.store, &narrowed, &found, NULL));
            assert_true(
                cursor_open(&cursor, stage.store, &(struct query){.reg = registers[j]}, NULL));
            while (cursor_next(cursor, &record, NULL) && record)
                held += duty_holds(&duties[i], record, &context);
            cursor_close(&cursor);
            assert_int_equal(found, held);
            buffer_release(&where);
        }
    }
    stage_end(&stage);
}

static struct summary_problems count_problems(struct stage *stage, const char *reg)
{
    struct summary_problems problems = {0};
    struct summary_walk walk = {0};
    while (!walk.done)
        assert_true(summary_problems(stage->store, reg_find(reg), &walk, &problems, NULL));
    return problems;
}

static void test_summary(void **state)
{
    (void)state;
    struct stage stage;
    struct summary_counts counts;
    struct summary_gap gaps[4];
    struct summary_problems problems;
    size_t count;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    add_cases(&stage);
    const struct reg *enterprise = reg_find("enterprise");
    stage_add(
        &stage, "enterprise",
        (const char *const[]){"name", "停产示例厂", "region", "清城区", "status", "停产", NULL},
        id);
    assert_true(summary_count(stage.store, enterprise, &counts, NULL));
    assert_int_equal(counts.total, 2);
    assert_int_equal(counts.incomplete, 2);
    assert_true(store_begin(stage.store, "delete", NULL, NULL));
    assert_true(store_remove(stage.store, enterprise, id, NULL));
    assert_true(store_commit(stage.store, NULL));
    assert_true(summary_count(stage.store, enterprise, &counts, NULL));
    assert_int_equal(counts.total, 1);
    assert_int_equal(counts.incomplete, 1);
    assert_true(summary_gaps(stage.store, enterprise, gaps, 4, &count, NULL));
    assert_int_equal(count, 4);
    assert_string_equal(gaps[0].field->name, "uscc");
    assert_int_equal(gaps[0].count, 1);
    problems = count_problems(&stage, "enterprise");
    assert_true(problems.related);
    assert_int_equal(problems.total, 1);
    assert_false(count_problems(&stage, "filing").related);
    problems = count_problems(&stage, "problem");
    assert_int_equal(problems.total, 3);
    assert_int_equal(problems.open, 2);
    stage_end(&stage);
}

/* What was read holds until somebody changes the file: this process or another. */
static void test_stamp(void **state)
{
    (void)state;
    struct stage stage;
    struct store *reader;
    char id[RECORD_ID_SIZE];
    int64_t before, after, reader_before, reader_after;
    stage_begin(&stage, 24, 80);
    add_cases(&stage);
    assert_true(store_open(&reader, stage.path.text, STORE_READ, NULL));
    open_desk(&stage); /* the rules are asked about the new day */
    assert_true(summary_stamp(stage.store, &before, NULL));
    assert_true(summary_stamp(reader, &reader_before, NULL));
    stage_play(&stage, "1<Esc>"); /* only reads */
    rest(&stage);
    assert_true(summary_stamp(stage.store, &after, NULL));
    assert_true(before == after);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "另一家", "region", "清城区", NULL}, id);
    assert_true(summary_stamp(stage.store, &after, NULL));
    assert_true(summary_stamp(reader, &reader_after, NULL));
    assert_true(before != after);
    assert_true(reader_before != reader_after);
    store_close(&reader);
    stage_end(&stage);
}

static void check_actions(struct stage *stage)
{
    struct error err = {0};
    if (!action_check(app_top(&stage->app)->class->actions, &err))
        fail_msg("%s", err.message);
    app_help(&stage->app, app_top(&stage->app)); /* and the help can be drawn from them */
    stage_play(stage, "<PgDn><Esc>");
}

static void test_action_tables_are_sound(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise",
              (const char *const[]){"name", "新源示例锌业", "region", "清城区", NULL}, id);
    workbench_open(&stage.app);
    check_actions(&stage);
    list_open(&stage.app, reg_find("enterprise"), NULL);
    check_actions(&stage);
    history_open(&stage.app, reg_find("enterprise"), id);
    check_actions(&stage);
    export_open(&stage.app, "enterprise", NULL);
    check_actions(&stage);
    stage_end(&stage);
}

static void test_wording(void **state)
{
    (void)state;
    const struct date today = {2026, 6, 15};
    struct buffer out = {0};
    wording_span(12, &out);
    buffer_add_char(&out, '|');
    wording_span(210, &out);
    buffer_add_char(&out, '|');
    wording_span(822, &out);
    buffer_add_char(&out, '|');
    wording_time("2026-06-15T10:42:07", today, &out);
    buffer_add_char(&out, '|');
    wording_time("2026-06-14T17:42:00", today, &out);
    buffer_add_char(&out, '|');
    wording_time("2025-12-31", today, &out);
    buffer_add_char(&out, '|');
    wording_duration(35, &out);
    buffer_add_char(&out, '|');
    wording_duration(1234, &out);
    assert_string_equal(out.text, "12 天|7 个月|2 年 3 个月|今天 10:42|昨天 17:42|2025-12-31|"
                                  "35 毫秒|1.2 秒");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_desk_says_what_to_do),
        cmocka_unit_test(test_what_is_to_be_done),
        cmocka_unit_test(test_slow_numbers_come_later),
        cmocka_unit_test(test_next_day_finds_its_own_desk),
        cmocka_unit_test(test_lines_lead_somewhere),
        cmocka_unit_test(test_late_by_levels),
        cmocka_unit_test(test_paused_is_not_late),
        cmocka_unit_test(test_undo_says_what_it_is),
        cmocka_unit_test(test_drafts_after_a_crash),
        cmocka_unit_test(test_drafts_can_be_thrown_away),
        cmocka_unit_test(test_read_only_desk),
        cmocka_unit_test(test_whole_program),
        cmocka_unit_test(test_duty_and_condition_agree),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_stamp),
        cmocka_unit_test(test_action_tables_are_sound),
        cmocka_unit_test(test_wording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
