/* Names of keys, and key scripts. */
#include "core/text.h"
#include "tui/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void expect_display(int first, int last, const char *expected)
{
    struct buffer text = {0};
    key_display_range(first, last, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static void test_display(void **state)
{
    (void)state;
    expect_display(K_F(1), 0, "F1");
    expect_display(K_F(12), 0, "F12");
    expect_display(K_CTRL('D'), 0, "^D");
    expect_display(K_PAGE_UP, 0, "PgUp");
    expect_display('n', 0, "n");
    expect_display('<', 0, "<");
    expect_display(0x94CA, 0, "铊");
    expect_display(0x20C00, 0, "\U00020C00");
    expect_display('1', '5', "1-5");
    expect_display(K_UP, K_DOWN, "↑↓");
    expect_display(K_PAGE_UP, K_PAGE_DOWN, "PgUp/PgDn");
    expect_display(K_UP, K_RIGHT, "↑↓←→");
}

static void test_script(void **state)
{
    (void)state;
    static const int expected[] = {K_DOWN,      K_F(2),  0x6E05,  'a',    '<',   ' ',
                                   K_CTRL('D'), K_F(12), K_ENTER, K_NONE, K_NONE};
    const char *script = "<Down><F2>清a<Lt><Space><^D><F12><Enter>";
    struct error err = {0};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        int key;
        assert_true(key_parse(&script, &key, &err));
        assert_int_equal(key, expected[i]);
    }
}

static void test_script_errors(void **state)
{
    (void)state;
    static const char *const wrong[] = {"<Sideways>", "<F13>", "<F0>", "<^d>", "<", "\n", "\xff"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *script = wrong[i];
        struct error err = {0};
        int key;
        assert_false(key_parse(&script, &key, &err));
        assert_int_equal(err.code, ERROR_FORMAT);
        assert_true(text_ends_with(err.message, "。"));
    }
}

static void test_what_types(void **state)
{
    (void)state;
    assert_true(key_is_text(' '));
    assert_true(key_is_text(0x94CA));
    assert_false(key_is_text(K_ENTER));
    assert_false(key_is_text(K_CTRL('A')));
    assert_false(key_is_text(0x1B));
    assert_false(key_is_text(0x7F));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_display),
        cmocka_unit_test(test_script),
        cmocka_unit_test(test_script_errors),
        cmocka_unit_test(test_what_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
