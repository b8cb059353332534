#include "core/alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_simple(const char *text, const char *simple)
{
    struct buffer out = {0};
    alike_simplify(text, &out);
    assert_string_equal(buffer_text(&out), simple);
    buffer_release(&out);
}

static void traditional_characters(void **state)
{
    (void)state;
    assert_simple("鉛鋅礦採選", "铅锌矿采选");
    assert_simple("廣東省陽山縣", "广东省阳山县");
    assert_simple("鎘、鉻、砷、鉈", "镉、铬、砷、铊");
    assert_simple("修復", "修复");
    assert_simple("停產 (2020)", "停产 (2020)");
    /* What is simple stays, and so does what is no text. */
    assert_simple("铅锌矿采选，abc１２３😀", "铅锌矿采选，abc１２３😀");
    assert_simple("乾", "干");
    assert_simple("里", "里");
    assert_simple("\xFF", "\xFF");
    assert_simple("", "");
}

static bool same(const char *a, const char *b)
{
    struct buffer left = {0}, right = {0};
    alike_fold(a, &left);
    alike_fold(b, &right);
    bool same = strcmp(buffer_text(&left), buffer_text(&right)) == 0;
    buffer_release(&left);
    buffer_release(&right);
    return same;
}

static void what_scanners_mix_up(void **state)
{
    (void)state;
    assert_true(same("未开工", "末开工"));
    assert_true(same("已完成", "己完成"));
    assert_true(same("已完成", "巳完成"));
    assert_true(same("铅锌冶炼", "鉛鋅治煉"));
    assert_true(same("Ａ1 （铅）", "a1(铅)"));
    assert_false(same("铅", "锌"));
    assert_false(same("在产", "停产"));
    assert_false(same("", "铅"));
    assert_true(same("", " "));
}

static void scores(void **state)
{
    (void)state;
    assert_int_equal(alike_score("铅锌矿采选", "铅锌矿采选"), ALIKE_EQUAL);
    assert_int_equal(alike_score("铅", "铅"), ALIKE_EQUAL);
    assert_int_equal(alike_score("铅", "锌"), 0);
    assert_int_equal(alike_score("", "锌"), 0);
    assert_int_equal(alike_score("", ""), 0);
    /* four of nine characters twice, two of seven pairs */
    assert_int_equal(alike_score("铅锌采选", "铅锌矿采选"), 1000 * 4 / 9 + 1000 * 2 / 7);
    assert_true(alike_score("铅锌采选", "铅锌矿采选") > alike_score("铅锌采选", "锡矿采选") + 150);
    assert_int_equal(alike_score("清成区", "清城区"), ALIKE_ONE_APART);
    assert_true(alike_score("清区", "城区") < ALIKE_ONE_APART);
    assert_int_equal(alike_score("铅锌采选", "铅锌矿采选"), alike_score("铅锌矿采选", "铅锌采选"));
    /* A character counts as often as it stands in both. */
    assert_int_equal(alike_score("aaaa", "a"), 1000 * 1 / 5);
}

static void masks(void **state)
{
    (void)state;
    assert_true(alike_mask("") == 0);
    assert_true(alike_mask("铅锌") == alike_mask("锌铅锌"));
    assert_true((alike_mask("铅锌矿采选") & alike_mask("铅")) == alike_mask("铅"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(traditional_characters),
        cmocka_unit_test(what_scanners_mix_up),
        cmocka_unit_test(scores),
        cmocka_unit_test(masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
