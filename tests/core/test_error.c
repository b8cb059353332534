#include "core/error.h"
#include "core/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void sets_and_clears(void **state)
{
    (void)state;
    struct error err = {0};
    assert_false(error_set(&err, ERROR_IO, "第 %d 次", 3));
    assert_int_equal(err.code, ERROR_IO);
    assert_string_equal(err.message, "第 3 次");
    assert_false(error_at_field(&err, "name", NULL));
    assert_string_equal(err.field, "name");
    assert_string_equal(err.basis, "");
    assert_false(error_prefix(&err, "第 %d 行", 4));
    assert_string_equal(err.message, "第 4 行：第 3 次");
    error_set(&err, ERROR_USAGE, "新的");
    assert_string_equal(err.field, "");
    assert_false(error_set(NULL, ERROR_IO, "没有人听"));
    assert_false(error_prefix(NULL, "没有人听"));
}

/* Characters of three bytes that no sentence can hold. */
enum { LONG = ERROR_MESSAGE_SIZE / 2 };

static void a_long_sentence_ends_at_a_character_border(void **state)
{
    (void)state;
    char text[3 * LONG + 1] = "";
    for (int i = 0; i < LONG; i++)
        memcpy(text + 3 * i, "铊", 4);
    for (int shift = 0; shift < 3; shift++) {
        struct error err = {0};
        error_set(&err, ERROR_REFUSED, "%.*s%s", shift, "ab", text);
        size_t length = strlen(err.message);
        assert_true(length > ERROR_MESSAGE_SIZE - 8 && length < ERROR_MESSAGE_SIZE);
        assert_true(text_is_utf8(err.message, length));
        error_prefix(&err, "%s", text);
        assert_true(text_is_utf8(err.message, strlen(err.message)));
        error_at_field(&err, "name", text);
        assert_true(text_is_utf8(err.basis, strlen(err.basis)));
    }
}

static void what_to_do_is_not_cut_off(void **state)
{
    (void)state;
    char text[3 * LONG + 1] = "";
    for (int i = 0; i < LONG; i++)
        memcpy(text + 3 * i, "铊", 4);
    for (int shift = 0; shift < 3; shift++) {
        struct error err = {0};
        error_set(&err, ERROR_USAGE, "没有“%s%.*s”，请改正", text, shift, "ab");
        assert_true(text_is_utf8(err.message, strlen(err.message)));
        assert_true(text_starts_with(err.message, "没有“铊"));
        assert_true(text_ends_with(err.message, "”，请改正"));
        assert_non_null(strstr(err.message, "……"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_and_clears),
        cmocka_unit_test(a_long_sentence_ends_at_a_character_border),
        cmocka_unit_test(what_to_do_is_not_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
