/* 办理: where a case stands, the next step with what it lacks, steps back and aside, several cases
 * at once, and one that came back. */
#include "form_stage.h"

#include "db/history.h"
#include "db/query.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* `more`: pairs of field and text; NULL: none. */
static void add_problem(struct stage *stage, const char *description, const char *state,
                        const char *const *more, char id[RECORD_ID_SIZE])
{
    const char *fields[16] = {"description", description};
    size_t count = 2;
    while (more && *more && count < 15)
        fields[count++] = *more++;
    stage_add_problem(stage, state, fields, id);
}

static void open_moves(struct stage *stage, const char *id)
{
    moves_open(&stage->app, reg_find("problem"), id);
    stage_play(stage, "");
}

/* ---- one case ---- */

static void test_where_it_stands(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "已申请销号",
                (const char *const[]){"due_on", "2026-06-03", NULL}, id);
    open_moves(stage, id);
    stage_expect(stage, " 办理 · 排污口没有标志牌");
    stage_expect(stage,
                 " ✓ 已登记 → ✓ 已定方案 → ✓ 整改中 → ✓ 企业自验 → ▶ 已申请销号 → · 县级核查");
    stage_expect(stage, "\n · 市级复核 → · 公示 → · 已销号 → · 后督察\n");
    stage_expect(stage, "计划完成时限 2026-06-03   !! 逾期 12 天，满 7 天");
    stage_expect(stage, " ▶ 1 现场核查        已申请销号 → 县级核查       ? 要填 3 处");
    stage_expect(stage, "   2 退回            已申请销号 → 整改中         ? 要填 2 处");
    stage_expect(stage, "   3 挂起");
    stage_expect(stage, " 现场核查：县里至少两个人到现场核查");
    stage_expect(stage, "   ? 缺核查人");
    stage_expect_cursor(stage, 6, 0);
    stage_play(stage, "<Tab><Down>"); /* to the second of what is missing: its basis */
    stage_expect(stage, " ▶ ? 缺核查人");
    stage_expect(stage, "依据 桂重金属方案 四（三）");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "整改台账 · 排污口没有标志牌");
    stage_expect(stage, "▸ 核查人");
    stage_play(stage, "<Esc>2");
    stage_expect(stage, " ▶ 2 退回");
    stage_expect(stage, " 退回：没有改到位");
    stage_expect(stage, "? 缺退回日期");
    stage_expect(stage, "? 缺退回原因");
    stage_resize(stage, 43, 132);
    stage_expect(stage, "→ · 县级核查 → · 市级复核 → · 公示");
    stage_resize(stage, 10, 40);
    stage_expect(stage, "办理 · 排污口");
    stage_expect(stage, "▶");
    stage_end(stage);
}

/* Refused with all that is missing, then mended and done; the next step stands first. */
static void test_advance(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "已申请销号", NULL, id);
    open_moves(stage, id);
    stage_play(stage, "<Enter>");
    stage_expect(stage, " 现场核查 · 排污口没有标志牌");
    stage_expect(stage, "[现场核查  已申请销号 → 县级核查]");
    stage_expect(stage, "现场核查日期   [ 2026-06-15");
    stage_expect(stage, "▸ 核查人       * [ ");
    stage_expect(stage, "x 缺核查人");
    stage_expect_not(stage, "企业自验日期");
    stage_play(stage, "李示<Enter><F2><Enter>");
    assert_true(term_memory_saw(stage->terminal, "还不能办“现场核查”，差 3 处"));
    assert_true(term_memory_saw(stage->terminal, "! 现场核查至少要 2 个人"));
    assert_true(term_memory_saw(stage->terminal, "! 李示既是整改责任人又是核查人"));
    assert_true(term_memory_saw(stage->terminal, "! 缺核查结论"));
    stage_expect(stage, "▸ 核查人"); /* the first field concerned */
    stage_expect_value(stage, "problem", id, "state", "已申请销号");
    stage_play(stage, "<^U>张示、王示<Enter>通过<Enter><F2>");
    stage_expect(stage, "✓ 10:42:07 已办“现场核查”，现在是“县级核查”。");
    stage_expect(stage, "→ ▶ 县级核查");
    stage_expect(stage, " ▶ 1 市级复核        县级核查 → 市级复核");
    stage_expect_value(stage, "problem", id, "checked_on", "2026-06-15");
    stage_expect_value(stage, "problem", id, "checkers", "张示、王示");
    stage_expect_drafts(stage, "problem", "");
    stage_play(stage, "u2");
    stage_expect(stage, "→ ▶ 已申请销号");
    stage_expect_value(stage, "problem", id, "checkers", "");
    stage_end(stage);
}

/* What was filled in and not done is not lost, and what was typed elsewhere is not saved unseen. */
static void test_leaving_in_the_middle(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "已申请销号", NULL, id);
    open_moves(stage, id);
    stage_play(stage, "<Enter><Esc>"); /* nothing was typed: nothing is asked */
    stage_expect(stage, " 办理 · ");
    stage_expect_drafts(stage, "problem", "");
    stage_play(stage, "<Enter>张示、王示<Esc><Enter>");
    assert_true(term_memory_saw(stage->terminal, "“现场核查”还没有办，填的 1 项怎么办？"));
    stage_expect(stage, "~ 有没办完的，填过的还在");
    stage_expect_drafts(stage, "problem", "checkers=张示、王示\n");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "这是没有保存的草稿");
    stage_expect(stage, "核查人         [ 张示、王示");
    stage_play(stage, "<Esc>2");
    stage_expect_drafts(stage, "problem", "");
    stage_open(stage, "problem", id, NULL);
    stage_play(stage,
               "<Tab><Tab><Down>再加一条<Esc><Enter>"); /* the measures, in the form of all */
    stage_expect(stage, " 办理 · ");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "~  整改措施 ");
    stage_expect(stage, "补办标志牌再加一条");
    stage_end(stage);
}

static void test_pasting_and_resizing(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    const struct event paste = {.kind = EVENT_PASTE, .paste = "张示、\033[31m王示\nF2"};
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "已申请销号", NULL, id);
    open_moves(stage, id);
    term_memory_feed(stage->terminal, &paste); /* not typing: nothing happens */
    stage_play(stage, "<Enter>");
    stage_expect(stage, " 现场核查 · ");
    stage_resize(stage, 10, 40);
    term_memory_feed(stage->terminal, &paste);
    stage_play(stage, "");
    stage_expect(stage, "张示、");
    stage_resize(stage, 43, 132);
    stage_expect(stage, "张示、");
    stage_expect_value(stage, "problem", id, "state", "已申请销号");
    stage_end(stage);
}

/* A step back is asked about, with the harmless answer in front. */
static void test_return(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "县级核查", NULL, id);
    open_moves(stage, id);
    stage_play(stage, "2<Enter>");
    stage_expect(stage, "退回日期   [ 2026-06-15");
    stage_play(stage, "太短<F2><Enter>");
    assert_true(term_memory_saw(stage->terminal, "! 退回原因太短，至少写 10 个字"));
    stage_play(stage, "，复核时标志牌还没有安装好<F2><Enter>"); /* no */
    assert_true(term_memory_saw(stage->terminal, "状态：县级核查 → 整改中"));
    assert_true(term_memory_saw(stage->terminal, "以后要重新填："));
    stage_expect_value(stage, "problem", id, "state", "县级核查");
    stage_play(stage, "<F2>2");
    stage_expect(stage, "已办“退回”，现在是“整改中”。");
    stage_expect_value(stage, "problem", id, "checkers", "");
    stage_expect_value(stage, "problem", id, "return_count", "1");
    stage_expect(stage, " ▶ 1 企业自验");
    stage_end(stage);
}

static void test_extend(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "整改中", NULL, id);
    open_moves(stage, id);
    stage_expect(stage, "   2 延期            仍是整改中                  ? 要填 1 处");
    stage_play(stage, "2<Enter><F2><Enter>");
    assert_true(term_memory_saw(stage->terminal, "! 计划完成时限没有改，请填新的"));
    stage_expect(stage, "计划完成时限 * [ 2026-07-15");
    stage_play(stage, "<^U>2026-09-30<F2><Enter>");
    assert_true(term_memory_saw(stage->terminal, "! 缺延期批准文号"));
    stage_expect(stage, "▸ 延期批准文号");
    stage_play(stage, "清城环函〔2026〕8号<F2>");
    stage_expect(stage, "已办“延期”，现在是“整改中”。");
    stage_expect(stage, "计划完成时限 2026-09-30");
    stage_expect_value(stage, "problem", id, "extension_count", "1");
    stage_expect_value(stage, "problem", id, "extension_approved_on", "2026-06-15");
    stage_end(stage);
}

/* A paused case is not late, says since when, and goes on where it was. */
static void test_pause_and_resume(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "整改中",
                (const char *const[]){"due_on", "2026-06-03", NULL}, id);
    open_moves(stage, id);
    stage_expect(stage, "!! 逾期 12 天");
    stage_play(stage, "3<Enter><Up><Up><^U>2026-06-01<Enter>2026-09-30<Enter>"
                      "厂区整体拆除，等方案备案以后再改<Down>清城环函〔2026〕11号<F2>2");
    stage_expect(stage, "已办“挂起”，现在是“挂起”。");
    stage_expect(stage, " ▶ 挂起\n");
    stage_expect(stage, "✓ 整改中 → · 企业自验");
    stage_expect(stage, "? 挂起 14 天");
    stage_expect_not(stage, "逾期");
    stage_play(stage, "2");
    stage_expect(stage, "恢复");
    stage_play(stage, "<Home><Enter><Enter>");
    stage_expect_value(stage, "problem", id, "state", "挂起"); /* asked; the harmless answer */
    stage_end(stage);
}

/* The new case is there at the same moment, and its form is opened. */
static void test_reopen(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    struct id_list ids;
    struct buffer last = {0};
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "后督察",
                (const char *const[]){"lookback_on", "2026-06-10", "rebound", "是", NULL}, id);
    open_moves(stage, id);
    stage_expect(stage, " ▶ 1 反弹重开");
    stage_expect(stage, "✓ 可以办");
    stage_play(stage, "<Enter><F2>2");
    assert_true(term_memory_saw(stage->terminal, "同时登记一条接着它的新记录。"));
    stage_expect(stage, "整改台账 · 排污口没有标志牌");
    stage_expect(stage, "已办“反弹重开”，现在是“反弹重开”。这是接着它的新记录，请补全。");
    assert_true(query_ids(stage->store,
                          &(struct query){.reg = reg_find("problem"), .where = "state=已登记"},
                          &ids, NULL));
    assert_int_equal(ids.count, 1);
    stage_expect_value(stage, "problem", ids.ids[0], "former_problem", "排污口没有标志牌");
    stage_expect_value(stage, "problem", ids.ids[0], "found_on", "2026-06-10");
    id_list_release(&ids);
    stage_play(stage, "<Esc>");
    stage_expect(stage, "▶ 反弹重开\n");
    stage_expect(stage, "已经办完，没有下一步");
    assert_true(history_last(stage->store, &last, NULL)); /* one act */
    assert_non_null(strstr(last.text, "的办理："));
    assert_non_null(strstr(last.text, "等 2 条记录"));
    buffer_release(&last);
    stage_end(stage);
}

/* ---- several cases ---- */

static void add_three(struct stage *stage, char ids[3][RECORD_ID_SIZE])
{
    add_problem(stage, "甲车间联单缺签字", "县级核查", NULL, ids[0]);
    add_problem(stage, "乙车间联单缺签字", "县级核查",
                (const char *const[]){"checked_on", "2026-06-14", NULL}, ids[1]);
    add_problem(stage, "丙车间联单缺签字", "整改中", NULL, ids[2]);
    list_open(&stage->app, reg_find("problem"), NULL);
    stage_play(stage, "   "); /* all three are marked */
    stage_expect(stage, "标记 3");
}

/* One case is not that far, another was checked after the day of the review: they are left out and
 * told; the third is done, and one undo takes all of it back. */
static void test_bulk(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char ids[3][RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_three(stage, ids);
    stage_play(stage, "t市级复核<Enter>");
    assert_true(term_memory_saw(stage->terminal, "对打了标记的 3 项办什么"));
    assert_true(term_memory_saw(stage->terminal, "2 项，另 1 项不在这一步"));
    stage_expect(stage, " 市级复核 · 打了标记的 3 项");
    stage_expect(stage, "[市级复核  2 项（另 1 项不在这一步，不办）]");
    stage_expect(stage, "市级复核日期   [ 2026-06-15");
    stage_play(stage, "<F2>"); /* what is left empty is told before anybody is asked */
    stage_expect(stage, "! 还不能办“市级复核”：缺复核结论。");
    stage_play(stage, "<Up><^U>2026-06-10<Down>通过<Enter>同意销号<F2>2");
    assert_true(term_memory_saw(stage->terminal, "要对打了标记的 3 项中的 2 项办“市级复核”吗？"));
    stage_expect(stage, "✓ 10:42:07 已办“市级复核” 1 项。另 2 项没有办，原因列在这里。");
    stage_expect(stage, " 没有办“市级复核”的");
    stage_expect(stage, "已办 1 项 · 没有办 2 项");
    stage_expect(stage, "! 乙车间联单缺签字");
    stage_expect(stage, "! 丙车间联单缺签字");
    stage_expect(stage, "早于现场核查日期 2026-06-14");
    stage_expect_value(stage, "problem", ids[0], "state", "市级复核");
    stage_expect_value(stage, "problem", ids[1], "state", "县级核查");
    stage_expect_value(stage, "problem", ids[1], "reviewed_on", "");
    stage_expect_value(stage, "problem", ids[2], "state", "整改中");
    stage_play(stage, "<Down>");
    stage_expect(stage, "现在是“整改中”，不能市级复核");
    stage_play(stage, "<Enter>");
    stage_expect(stage, " 办理 · 丙车间联单缺签字");
    stage_play(stage, "<Esc><Esc>u2");
    stage_expect_value(stage, "problem", ids[0], "state", "县级核查");
    stage_expect_value(stage, "problem", ids[0], "reviewed_on", "");
    stage_end(stage);
}

/* Nobody is refused for all of them, and the filled form stays. */
static void test_bulk_without_any(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char ids[3][RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_three(stage, ids);
    stage_play(stage, "t市级复核<Enter>退回<Enter>再看<F2>2");
    stage_expect(stage, "一项也没有办成。");
    stage_expect(stage, "复核结论是“退回”，应为“通过”");
    stage_expect(stage, " 市级复核 · 打了标记的 3 项");
    stage_play(stage, "<Esc><Enter>"); /* stays */
    stage_expect(stage, " 市级复核 · 打了标记的 3 项");
    stage_play(stage, "<Esc>2");
    stage_expect(stage, "标记 3");
    stage_expect_drafts(stage, "problem", "");
    stage_expect_value(stage, "problem", ids[0], "state", "县级核查");
    stage_end(stage);
}

static void test_what_is_not_done_in_bulk(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char ids[3][RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_three(stage, ids);
    stage_play(stage, "t企业自验<Enter>");
    assert_true(term_memory_saw(stage->terminal, "要逐条办"));
    stage_expect(stage, "“企业自验”不能成批办：每一处都要逐一看过，谁验收谁负责。");
    stage_expect(stage, "整改台账");
    stage_end(stage);
}

/* ---- from where, and for whom ---- */

static void test_ways_in(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "整改中",
                (const char *const[]){"due_on", "2026-06-03", NULL}, id);
    workbench_open(&stage->app);
    while (stage->app.eager)
        app_step(&stage->app);
    stage_play(stage, "t"); /* a single case stands on the desk itself */
    stage_expect(stage, " 办理 · 排污口没有标志牌");
    stage_play(stage, "<Esc><Enter>");
    stage_expect(stage, "整改台账 · 排污口没有标志牌");
    stage_play(stage, "<F9>");
    stage_expect(stage, " 办理 · 排污口没有标志牌");
    stage_play(stage, "<Esc><Down>龙塘镇<F9>");
    stage_expect(stage, "先按 F2 保存，再办理");
    stage_play(stage, "<Esc>3");
    list_open(&stage->app, reg_find("problem"), NULL);
    stage_play(stage, "");
    stage_expect(stage, "Enter 打开  t 办理");
    stage_play(stage, "t");
    stage_expect(stage, " 办理 · 排污口没有标志牌");
    list_open(&stage->app, reg_find("enterprise"), NULL);
    stage_play(stage, "");
    stage_expect_not(stage, "t 办理");
    stage_end(stage);
}

static void test_reporting_progress(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "整改中", NULL, id);
    open_moves(stage, id);
    stage_play(stage, "n");
    stage_expect(stage, "整改进展 · ");
    stage_play(stage, "<Esc>");
    stage_expect(stage, " 办理 · ");
    stage_end(stage);
}

/* What no field of the case can mend begins where it belongs, on the same objects. */
static void test_mending_elsewhere(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char works[RECORD_ID_SIZE], id[RECORD_ID_SIZE], half[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "清远示例锌业有限公司", "region", "441802", NULL},
              works);
    add_problem(
        stage, "车间口总铊超标", "企业自验",
        (const char *const[]){"category", "车间口超标", "metals", "铊", "enterprise", works, NULL},
        id);
    open_moves(stage, id);
    stage_play(stage, "<Tab><End>");
    stage_expect(stage, " ▶ ! 缺整改开始以后在车间或生产设施废水排放口采的铊监测结果");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "监测结果 · ");
    stage_play(stage, "<Tab>");
    stage_expect(stage, "清远示例锌业有限公司");
    stage_play(stage, "<Esc>");
    stage_expect(stage, " 办理 · 车间口总铊超标");
    add_problem(stage, "截洪沟没有清完", "整改中", NULL, id);
    stage_add(stage, "progress",
              (const char *const[]){"problem", id, "reported_on", "2026-06-01", "done_percent",
                                    "40", "description", "清了一半", "reported_by", "张三", NULL},
              half);
    open_moves(stage, id);
    stage_play(stage, "<Tab><End><Up>");
    stage_expect(stage, " ▶ ! 最近一次进展（2026-06-01）是 40 %");
    stage_play(stage, "<Enter>");
    stage_expect(stage, "整改进展 · ");
    stage_end(stage);
}

static void test_looking_only(void **state)
{
    (void)state;
    struct stage stage_of_test, *stage = &stage_of_test;
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    add_problem(stage, "排污口没有标志牌", "已申请销号", NULL, id);
    stage_restart(stage, STORE_READ);
    open_moves(stage, id);
    stage_expect(stage, "· 只读");
    stage_expect(stage, "? 缺核查人");
    stage_expect_not(stage, "Enter 办理");
    stage_play(stage, "<Enter>");
    stage_expect(stage, " 办理 · ");
    stage_play(stage, "<Esc>");
    moves_open(&stage->app, reg_find("problem"), "nobody");
    stage_play(stage, "");
    assert_int_equal(stage->app.count, 0);
    stage_end(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_it_stands),
        cmocka_unit_test(test_advance),
        cmocka_unit_test(test_leaving_in_the_middle),
        cmocka_unit_test(test_pasting_and_resizing),
        cmocka_unit_test(test_return),
        cmocka_unit_test(test_extend),
        cmocka_unit_test(test_pause_and_resume),
        cmocka_unit_test(test_reopen),
        cmocka_unit_test(test_bulk),
        cmocka_unit_test(test_bulk_without_any),
        cmocka_unit_test(test_what_is_not_done_in_bulk),
        cmocka_unit_test(test_ways_in),
        cmocka_unit_test(test_reporting_progress),
        cmocka_unit_test(test_mending_elsewhere),
        cmocka_unit_test(test_looking_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
