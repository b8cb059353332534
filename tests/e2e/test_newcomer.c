/* Somebody who has never seen the program, with nothing but F1: registers a thallium enterprise,
 * inspects it and finds two problems, at 80 x 24. */
#include "county.h"

#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* At a key a second, with three for a Chinese character, five minutes are so many. */
enum { KEYS_MOST = 300, KEYS_A_CHARACTER = 3 };

static int keys;

/* Types a script, and counts what a person would have to press for it. */
static void press(struct terminal_window *window, const char *script)
{
    window_type(window, script);
    for (const char *at = script; *at;) {
        size_t length;
        bool is_named = *at == '<' && strchr(at, '>');
        bool is_ascii = text_decode(at, &length) < 0x80;
        keys += is_ascii ? 1 : KEYS_A_CHARACTER;
        at = is_named ? strchr(at, '>') + 1 : at + length;
    }
}

static int begin_county(void **state)
{
    const struct county *county = *state;
    unlink(county->file);
    return county_command(county->file,
                          "init --pack qingyuan-2018 --region 441802 --operator 张三");
}

static void register_enterprise(struct terminal_window *window)
{
    press(window, "<F1>");
    window_find(window, "新建一条记录");
    press(window, "<Esc>2");
    window_find(window, "按 n 新建一条");
    press(window, "n");
    window_find(window, "排查向导");
    press(window, "<F1>");
    window_find(window, "先登记企业");
    press(window, "<Esc><F3>");
    window_find(window, "按 F4 新建一条");
    press(window, "示例锌业<F4>");
    window_find(window, "全口径涉重金属企业 · 示例锌业");
    press(window, "<F2>");
    window_find(window, "✓ 已保存");
    press(window, "<Esc>");
    window_find(window, "▸ 涉铊行业类别");
    press(window, "<F3>有色冶炼<Enter>");
    window_find(window, "▸ 含铊依据");
    press(window, "<F3>原料检测<Enter><F2>");
    window_find(window, "✓ 已保存");
    press(window, "<Esc>");
    window_find(window, "示例锌业");
}

static void report_problem(struct terminal_window *window)
{
    press(window, "n");
    window_find(window, "转为整改问题");
    press(window, "p");
    window_find(window, "已登记到整改台账");
    press(window, "<F2><Esc>");
    window_find(window, "已转整改");
}

static void test_first_hour(void **state)
{
    const struct county *county = *state;
    struct terminal_window *window = county_open(county);
    register_enterprise(window);
    press(window, "i");
    window_find(window, "已答 0/28");
    press(window, "yyyy");
    report_problem(window);
    press(window, "yyyyyy");
    report_problem(window);
    press(window, "xyyyyyyyyyyyyyyy");
    window_find(window, "已答 28/28");
    press(window, "<F2>");
    window_find(window, "检查小结");
    window_find(window, "已转整改");
    county_leave(&window);

    assert_int_equal(county_count(county, "enterprise", "name=示例锌业"), 1);
    assert_int_equal(county_count(county, "thallium_enterprise", "thallium_industry=有色冶炼"), 1);
    assert_int_equal(county_count(county, "inspection", NULL), 1);
    assert_int_equal(county_count(county, "inspection_item", NULL), 28);
    assert_int_equal(county_count(county, "inspection_item", "answer=否"), 2);
    assert_int_equal(county_count(county, "inspection_item", "answer=不适用"), 1);
    assert_int_equal(county_count(county, "problem", "enterprise=示例锌业 inspection!="), 2);
    if (keys > KEYS_MOST)
        fail_msg("%d keys: that takes longer than five minutes", keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_hour, begin_county, NULL),
    };
    return cmocka_run_group_tests_name("newcomer", tests, county_make, county_remove);
}
