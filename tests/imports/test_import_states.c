/* A list of cases that were dealt with before the bureau had this program: states are reached only
 * with their papers, and what is not proven enters, on request, as far as it is. */
#include "tests/imports/desk.h"

#include "db/history.h"

#include <string.h>

#define HEADING                                                                                                                          \
    "县（市、区）,发现日期,问题类别,问题描述,整改措施,整改目标,责任单位,责任人,督导单位,督导人," \
    "是否立行立改,整改时限,方案确定日期,整改状态\n"
#define PLANNED                                                                                                       \
    "清城区,2025-03-05,手续,仓库门口没有设置危险废物标志牌,补办,现场核对,示例厂,李示," \
    "清城分局,赵示,否,2025-06-30,2025-03-12,"
#define REPORTED "清城区,2025-03-06,手续,应急池里有积水而且没有人清理过,,,,,,,,,,"

static int64_t problems(struct store *store, const char *where)
{
    return desk_count(store, &reg_problem, where);
}

static struct import *open_list(struct fixture *fixture, struct store *store, const char *text)
{
    return desk_list(fixture, store, &reg_problem, text);
}

static void without_its_papers_a_state_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import =
        open_list(fixture, store, HEADING PLANNED "整改中\n" REPORTED "已登记\n");
    desk_run(import, store, false, "2=1+0+0+1");
    const struct import_row *row = desk_row(import, 2);
    assert_string_equal(row->field, "started_on");
    assert_non_null(strstr(row->message, "不能进入“整改中”"));
    assert_non_null(strstr(row->message, "选状态“按材料登记”，可先导入为“已定方案”"));
    assert_int_equal(import->unproven, 1);
    assert_int_equal(import->lowered, 0);
    import_close(&import);
    assert_int_equal(problems(store, NULL), 1);
    desk_close(fixture, store);
}

static void on_request_it_enters_as_far_as_it_is_proven(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    char why[400];
    struct import *import = open_list(
        fixture, store,
        HEADING PLANNED "整改中\n" REPORTED
                        "已销号\n清城区,,,上面的问题还没有办完先挂着再说,,,,,,,,,,挂起\n");
    import_choose_states(import, IMPORT_STATES_PROVEN);
    desk_run(import, store, true, "3=3+0+0+0");
    assert_int_equal(problems(store, NULL), 0);
    desk_run(import, store, false, "3=3+0+0+0");
    assert_int_equal(import->unproven, 0);
    assert_int_equal(import->lowered, 3);
    const struct import_row *row = desk_row(import, 2);
    assert_true(row->is_lowered);
    assert_int_equal(row->note_count, 1);
    assert_string_equal(row->notes[0].text, "整改中");
    assert_string_equal(row->notes[0].note, "原表：整改中（材料只够到“已定方案”）");
    assert_true(row->notes[0].is_guess);
    import_close(&import);
    assert_int_equal(problems(store, "state=已定方案"), 1);
    assert_int_equal(problems(store, "state=已登记"), 2);
    desk_why(store, &reg_problem, "仓库门口没有设置危险废物标志牌", why);
    assert_string_equal(why, "导入 list.csv 第2行；原表：整改中（材料只够到“已定方案”）");
    desk_close(fixture, store);
}

/* What proves its state, or claims less than it proves, is taken as it stands. */
static void a_proven_state_stays(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import =
        open_list(fixture, store, HEADING PLANNED "已定方案\n" REPORTED "已登记\n");
    import_choose_states(import, IMPORT_STATES_PROVEN);
    desk_run(import, store, false, "2=2+0+0+0");
    assert_int_equal(import->lowered, 0);
    assert_int_equal(import->row_count, 0);
    import_close(&import);
    assert_int_equal(problems(store, "state=已定方案"), 1);
    desk_close(fixture, store);
}

/* Only the papers are at stake: other faults are refused as ever. */
static void other_faults_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_list(
        fixture, store, HEADING "清城区,2025-03-05,,,,,,,,,,,,整改中\n" REPORTED "飞走了\n");
    import_choose_states(import, IMPORT_STATES_PROVEN);
    desk_run(import, store, false, "2=0+0+0+2");
    assert_int_equal(import->unproven, 0);
    import_close(&import);
    desk_close(fixture, store);
}

/* The same list again changes nothing; with more papers the case goes on, and never back. */
static void the_same_list_again(void **state)
{
    static const char list[] = HEADING REPORTED "整改中\n";
    static const char more[] =
        HEADING "清城区,2025-03-06,手续,应急池里有积水而且没有人清理过,清理,现场核对,示例厂,李示,"
                "清城分局,赵示,否,2025-06-30,2025-03-12,整改中\n";
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_list(fixture, store, list);
    import_choose_states(import, IMPORT_STATES_PROVEN);
    desk_run(import, store, false, "1=1+0+0+0");
    desk_run(import, store, false, "1=0+0+1+0");
    assert_int_equal(import->rows[0].change_count, 0);
    import_choose_states(import, IMPORT_STATES_LISTED);
    desk_run(import, store, false, "1=0+0+0+1");
    assert_int_equal(import->unproven, 1);
    import_close(&import);
    import = open_list(fixture, store, more);
    import_choose_states(import, IMPORT_STATES_PROVEN);
    desk_run(import, store, false, "1=0+1+0+0");
    assert_true(import->rows[0].is_lowered);
    import_close(&import);
    assert_int_equal(problems(store, "state=已定方案"), 1);
    import = open_list(fixture, store, HEADING REPORTED "整改中\n");
    import_choose_states(import, IMPORT_STATES_PROVEN);
    desk_run(import, store, false, "1=0+0+1+0");
    import_close(&import);
    assert_int_equal(problems(store, "state=已定方案"), 1);
    desk_close(fixture, store);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

/* A bureau above the counties has no county of its own that could stand for the missing column. */
static void the_county_is_that_of_the_object(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    assert_true(store_set_setting(store, "region", "4418", &fixture->err));
    struct import *import =
        desk_list(fixture, store, &reg_enterprise, "企业名称,县（市、区）\n甲冶炼厂,清新区\n");
    desk_run(import, store, false, "1=1+0+0+0");
    import_close(&import);
    import = open_list(fixture, store,
                       "涉及企业,发现日期,问题描述\n甲冶炼厂,2025-03-05,雨水沟晴天有流水\n"
                       ",2025-03-06,应急池里有积水\n");
    desk_run(import, store, false, "2=1+0+0+1");
    import_close(&import);
    assert_int_equal(problems(store, "region=清新区"), 1);
    desk_close(fixture, store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(without_its_papers_a_state_is_refused),
        unit(on_request_it_enters_as_far_as_it_is_proven),
        unit(a_proven_state_stays),
        unit(other_faults_are_refused),
        unit(the_same_list_again),
        unit(the_county_is_that_of_the_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
