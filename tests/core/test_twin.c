/* What may be the same thing, and what only looks like it. */
#include "core/twin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect_key(const char *name, const char *expected)
{
    struct buffer key = {0};
    twin_add_key(name, &key);
    assert_string_equal(buffer_text(&key), expected);
    buffer_release(&key);
}

static void a_key_is_what_tells_enterprises_apart(void **state)
{
    (void)state;
    expect_key("清远市示例新材料有限公司", "示例新材料");
    expect_key("广东省清远市清城区示例新材料有限责任公司", "示例新材料");
    expect_key("广西壮族自治区河池市示例冶炼厂", "示例冶炼厂");
    expect_key("连州市示例（清远） 电镀股份有限公司", "示例清远电镀");
    expect_key("示例有限公司", "示例");
    expect_key("清遠市示例新材料有限責任公司", "示例新材料");
    expect_key("廣西壯族自治區河池市東豐冶煉廠", "东丰冶炼厂");
    /* Too little would be left. */
    expect_key("清远市电镀厂", "清远市电镀厂");
    expect_key("公司", "公司");
    expect_key("", "");
}

static bool alike(const char *a, const char *b)
{
    struct buffer first = {0}, second = {0};
    twin_add_key(a, &first);
    twin_add_key(b, &second);
    bool result = twin_keys_match(buffer_text(&first), buffer_text(&second));
    assert_int_equal(twin_keys_match(buffer_text(&second), buffer_text(&first)), result);
    buffer_release(&first);
    buffer_release(&second);
    return result;
}

static void one_character_is_near(void **state)
{
    (void)state;
    assert_true(alike("清远市丰利冶炼有限公司", "丰利冶炼有限责任公司"));
    assert_true(alike("丰利冶炼厂", "丰俐冶炼厂"));
    assert_true(alike("丰利冶炼厂", "丰利冶炼"));
    assert_true(alike("清远丰利冶炼", "丰利冶炼"));
    assert_false(alike("丰利冶炼厂", "丰泰铸造厂"));
    assert_false(alike("丰利", "丰泰"));
    assert_true(alike("豐利冶煉廠", "丰利冶炼厂"));
    assert_false(alike("太平厂", "大平厂"));
    assert_false(alike("東風冶煉廠", "西风冶炼厂"));
    assert_false(alike("恒泰铅业清远丰利冶炼", "丰利冶炼"));
    assert_false(alike("", ""));
}

static void what_is_numbered_is_another(void **state)
{
    (void)state;
    assert_false(alike("龙塘第一电镀厂", "龙塘第二电镀厂"));
    assert_false(alike("龙塘电镀厂3号", "龙塘电镀厂4号"));
    assert_false(alike("老厂沟东废渣堆", "老厂沟西废渣堆"));
    assert_true(alike("老厂沟东废渣堆", "老场沟东废渣堆"));
}

static void metres_follow_the_latitude(void **state)
{
    (void)state;
    assert_int_equal(twin_metres(113000000, 23000000, 113000000, 23000000), 0);
    assert_in_range(twin_metres(113000000, 23000000, 113000000, 23001000), 110, 112);
    /* cos 23° = 0.9205, cos 53° = 0.6018 */
    assert_in_range(twin_metres(113000000, 23000000, 113001000, 23000000), 101, 103);
    assert_in_range(twin_metres(122000000, 53000000, 122001000, 53000000), 66, 68);
    assert_in_range(twin_metres(73000000, 18000000, 135000000, 54000000), 7000000, 8000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_what_tells_enterprises_apart),
        cmocka_unit_test(one_character_is_near),
        cmocka_unit_test(what_is_numbered_is_another),
        cmocka_unit_test(metres_follow_the_latitude),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
