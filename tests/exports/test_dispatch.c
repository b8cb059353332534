/* The dispatch workbook: counts by list, township and metal as of a day; weeks and months by the
 * days in the records; today is what the file holds. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/history.h"
#include "db/query.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEXT "雨水排口晴天有水流出疑混入废水"

/* A county over two weeks of June: the clock goes with it. */
static void fill(struct bureau *bureau)
{
    char id[RECORD_ID_SIZE], plant[RECORD_ID_SIZE];
    bureau_go_to("2026-06-01T09:00:00");
    BUREAU_ADD(bureau, reg_enterprise, plant, "name", "甲厂", "region", "清城区", "uscc",
               "91441803MA5832486X", "town", "龙塘镇", "verified_on", "2026-05-20");
    BUREAU_ADD(bureau, reg_thallium_enterprise, id, "enterprise", "甲厂", "risk_level", "红");
    BUREAU_ADD(bureau, reg_legacy_site, id, "name", "老厂沟", "region", "清城区", "town", "源潭镇",
               "risk_level", "中");
    bureau_go_to("2026-06-05T09:00:00");
    BUREAU_ADD_PROBLEM(bureau, "整改中", id, "description", TEXT "一", "enterprise", "甲厂", "town",
                       "龙塘镇", "metals", "铊、镉", "risk_level", "高", "due_on", "2026-06-09",
                       "found_on", "2026-04-01");
    bureau_go_to("2026-06-09T09:00:00");
    BUREAU_ADD_PROBLEM(bureau, "已登记", plant, "description", TEXT "二", "site", "老厂沟", "town",
                       "源潭镇", "metals", "镉", "risk_level", "低", "due_on", "2026-07-15",
                       "found_on", "2026-06-08");
    bureau_go_to("2026-06-12T09:00:00");
    BUREAU_CHANGE(bureau, reg_problem, id, "state", "企业自验", "after_photo", "后",
                  "after_photo_on", "2026-06-11", "self_checked_on", "2026-06-11");
    BUREAU_CHANGE(bureau, reg_problem, plant, "note", "再看");
    bureau_go_to("2026-06-15T10:42:07");
    BUREAU_ADD_PROBLEM(bureau, "已销号", plant, "description", TEXT "三", "object_name", "河边",
                       "metals", "铅", "risk_level", "中", "fix_at_once", "是", "due_on",
                       "2026-04-20", "closed_on", "2026-06-15", "notice_to_on", "2026-06-12");
}

static char *table(struct bureau *bureau, const char *day, const char *name)
{
    struct report_options options = {.choices = {[REPORT_AS_OF] = day}};
    return bureau_csv(bureau, "dispatch", options, name);
}

static void expect(struct bureau *bureau, const char *day, const char *name, const char *row)
{
    char *text = table(bureau, day, name);
    assert_has(text, row);
    free(text);
}

/* ---- as of a day ---- */

/* 清单数,已排查,本周,本月,红,橙,黄, 问题数,本周,本月,红,橙,黄, 立行立改,已整改,未整改,逾期,挂起,
 * 已销号,本周,本月 */
static void each_day_has_its_counts(void **state)
{
    struct bureau *bureau = *state;
    fill(bureau);
    expect(bureau, "2026-06-01", "按清单",
           "\n全口径涉重金属企业,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0");
    expect(bureau, "2026-06-05", "按清单",
           "\n全口径涉重金属企业,1,1,0,0,0,0,0,1,0,0,1,0,0,0,0,1,0,0,0,0,0");
    /* its time has run out on the ninth */
    expect(bureau, "2026-06-10", "按清单",
           "\n全口径涉重金属企业,1,1,0,0,0,0,0,1,0,0,1,0,0,0,0,1,1,0,0,0,0");
    expect(bureau, "2026-06-12", "按清单",
           "\n全口径涉重金属企业,1,1,0,0,0,0,0,1,0,0,1,0,0,0,1,0,1,0,0,0,0");
    expect(bureau, "2026-06-12", "按清单",
           "\n历史遗留点位,1,0,0,0,0,1,0,1,1,1,0,0,1,0,0,1,0,0,0,0,0");
    expect(bureau, "2026-06-14", "按清单",
           "\n历史遗留点位,1,0,0,0,0,1,0,1,1,1,0,0,1,0,0,1,0,0,0,0,0");
    /* a new week has begun, the month goes on */
    expect(bureau, "2026-06-15", "按清单",
           "\n历史遗留点位,1,0,0,0,0,1,0,1,0,1,0,0,1,0,0,1,0,0,0,0,0");
    expect(bureau, "2026-06-15", "按清单",
           "\n不在清单的对象,0,0,0,0,0,0,0,1,0,0,0,1,0,1,1,0,0,0,1,1,1");
}

static void townships_and_metals_are_told(void **state)
{
    struct bureau *bureau = *state;
    fill(bureau);
    expect(bureau, "2026-06-12", "按乡镇", "\n龙塘镇,1,1,0,0,1,0,0,1,0,0,0,1,0,1,0,0,0,0");
    expect(bureau, "2026-06-12", "按乡镇", "\n源潭镇,1,0,0,0,1,1,1,0,0,1,0,0,1,0,0,0,0,0");
    expect(bureau, "2026-06-15", "按乡镇", "\n（未填）,0,0,0,0,1,0,0,0,1,0,1,1,0,0,0,1,1,1");
    /* in the order of the field's choices; what has none is left out */
    char *metals = table(bureau, "2026-06-15", "按金属");
    assert_has(metals, "\n铅,1,0,0,0,1,0,1,1,0,0,1,1\r\n镉,2,0,1,1,0,1,0,1,1,1,0,0\r\n铊,1,");
    assert_lacks(metals, "汞");
    free(metals);
    /* objects have no category: they are in no such group */
    char *categories = table(bureau, "2026-06-15", "按类别");
    assert_has(categories, "\n手续,3,");
    assert_lacks(categories, "未填");
    free(categories);
}

static void what_was_taken_back_does_not_count(void **state)
{
    struct bureau *bureau = *state;
    struct buffer summary = {0};
    struct error err = {0};
    fill(bureau);
    bureau_go_to("2026-06-16T08:00:00");
    assert_true(store_undo(bureau->store, &summary, &err));
    buffer_release(&summary);
    expect(bureau, "2026-06-15", "按类别", "\n手续,3,");
    expect(bureau, "2026-06-16", "按类别", "\n手续,2,");
    expect(bureau, NULL, "按类别", "\n手续,2,");
}

/* What the log says of today is what stands in the rows. */
static void today_is_what_the_file_holds(void **state)
{
    static const struct {
        const char *where;
        const char *column;
    } pairs[] = {{NULL, "problems"},
                 {"fix_at_once=是", "at_once"},
                 {"state=已销号", "closed"},
                 {"risk_level=高", "problems_red"}};
    struct bureau *bureau = *state;
    struct report_options options = {.year = 0};
    fill(bureau);
    bureau_export(bureau, "dispatch", &options, "all.json");
    char *json = scratch_read(bureau_path(bureau, "all.json"), NULL);
    const char *category = strstr(json, "\"category\": \"手续\"");
    assert_non_null(category);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct query query = {.reg = &reg_problem, .where = pairs[i].where};
        struct error err = {0};
        int64_t live;
        char part[64];
        assert_true(query_count(bureau->store, &query, &live, &err));
        snprintf(part, sizeof part, "\"%s\": %lld", pairs[i].column, (long long)live);
        assert_has(category, part);
    }
    free(json);
}

/* ---- the page ---- */

static void the_page_says_it_in_words(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = {.choices = {[REPORT_AS_OF] = "2026-06-15"}};
    fill(bureau);
    bureau_export(bureau, "dispatch", &options, "d.xlsx");
    const char *path = bureau_path(bureau, "d.xlsx");
    char *strings = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    assert_has(strings,
               "截至2026年6月15日，清单内对象 2 个，已排查 1 个（排查率 50%）；发现问题 3 项，"
               "其中立行立改 1 项；已整改 2 项（整改率 66.7%），已销号 1 项（销号率 33.3%）；"
               "逾期 1 项，挂起 0 项。本周发现 0 项、整改 0 项、销号 1 项；本月发现 1 项、"
               "整改 1 项、销号 1 项。");
    assert_has(strings, "　其中：涉铊企业");
    free(strings);
    path = bureau_path(bureau, "d.xlsx");
    for (int i = 1; i <= 3; i++) {
        char part[64];
        snprintf(part, sizeof part, "xl/charts/chart%d.xml", i);
        char *chart = scratch_unzip(path, part);
        assert_non_null(chart);
        free(chart);
    }
}

static void an_empty_file_has_a_workbook_too(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = {.year = 0};
    bureau_export(bureau, "dispatch", &options, "d.xlsx");
    expect(bureau, NULL, "按清单", "\n尾矿库、堆场,0,0,");
    char *towns = table(bureau, NULL, "按乡镇");
    assert_lacks(towns, "未填");
    free(towns);
}

static void days_that_cannot_be_told_are_refused(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = {.choices = {[REPORT_AS_OF] = "2026-06-16"}};
    fill(bureau);
    bureau_refuses(bureau, "dispatch", &options, ERROR_USAGE, "2026-06-16 还没有到");
    options.choices[REPORT_AS_OF] = "2026-05-31";
    bureau_refuses(bureau, "dispatch", &options, ERROR_USAGE, "从 2026-06-01 起才有记录");
    options.choices[REPORT_AS_OF] = "六月";
    bureau_refuses(bureau, "dispatch", &options, ERROR_USAGE, "--as-of");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(each_day_has_its_counts),
        bureau_test(townships_and_metals_are_told),
        bureau_test(what_was_taken_back_does_not_count),
        bureau_test(today_is_what_the_file_holds),
        bureau_test(the_page_says_it_in_words),
        bureau_test(an_empty_file_has_a_workbook_too),
        bureau_test(days_that_cannot_be_told_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
