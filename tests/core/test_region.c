#include "core/region.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_short(const char *name, const char *expected)
{
    struct buffer out = {0};
    region_shorten(name, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void endings_go(void **state)
{
    (void)state;
    assert_short("清城区", "清城");
    assert_short("清城", "清城");
    assert_short("英德市", "英德");
    assert_short("会泽县", "会泽");
    assert_short("六枝特区", "六枝");
    assert_short("神农架林区", "神农架");
    assert_short("阿拉善左旗", "阿拉善左");
}

static void two_characters_stay(void **state)
{
    (void)state;
    assert_short("岷县", "岷县");
    assert_short("城区", "城区");
    assert_short("郊区", "郊区");
    assert_short("滕州市", "滕州");
    assert_short("", "");
}

static void names_of_ethnic_groups_go(void **state)
{
    (void)state;
    assert_short("连南瑶族自治县", "连南");
    assert_short("连南县", "连南");
    assert_short("连山壮族瑶族自治县", "连山");
    assert_short("双江拉祜族佤族布朗族傣族自治县", "双江");
    assert_short("隆林各族自治县", "隆林");
    assert_short("巴里坤哈萨克自治县", "巴里坤");
    assert_short("前郭尔罗斯蒙古族自治县", "前郭尔罗斯");
    assert_short("积石山保安族东乡族撒拉族自治县", "积石山");
}

static void a_county_may_be_called_after_the_group(void **state)
{
    (void)state;
    assert_short("鄂伦春自治旗", "鄂伦春");
    assert_short("东乡族自治县", "东乡族");
    assert_short("鄂温克族自治旗", "鄂温克族");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endings_go),
        cmocka_unit_test(two_characters_stay),
        cmocka_unit_test(names_of_ethnic_groups_go),
        cmocka_unit_test(a_county_may_be_called_after_the_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
