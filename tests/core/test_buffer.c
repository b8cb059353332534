#include "core/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void grows_and_keeps_its_nul(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    for (int i = 0; i < 10000; i++) {
        buffer_add_char(&buffer, (char)('a' + i % 26));
        assert_int_equal(buffer.text[buffer.length], '\0');
    }
    assert_int_equal(buffer.length, 10000);
    assert_int_equal(buffer.text[9999], 'a' + 9999 % 26);
    buffer_clear(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    assert_true(buffer.capacity > 10000);
    buffer_release(&buffer);
    assert_null(buffer.text);
}

static void adding(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "铊");
    buffer_addf(&buffer, "%s %d", "=", 5);
    buffer_addf(&buffer, "%s", "");
    buffer_add_bytes(&buffer, "\0x", 2);
    buffer_add_bytes(&buffer, NULL, 0);
    assert_int_equal(buffer.length, 8);
    assert_memory_equal(buffer.text, "铊= 5\0x", 9);
    buffer_release(&buffer);
}

static void long_formats(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "x");
    buffer_addf(&buffer, "%5000d|", 1);
    assert_int_equal(buffer.length, 5002);
    assert_int_equal(buffer.text[5000], '1');
    assert_int_equal(buffer.text[5001], '|');
    buffer_release(&buffer);
}

static void json(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_json(&buffer, "a\"b\\c\nd\te\x1b铊\x7f");
    assert_string_equal(buffer.text, "\"a\\\"b\\\\c\\nd\\u0009e\\u001b铊\\u007f\"");
    buffer_release(&buffer);
}

static void taking(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "铊");
    char *text = buffer_take(&buffer);
    assert_string_equal(text, "铊");
    assert_null(buffer.text);
    assert_int_equal(buffer.length, 0);
    free(text);
    text = buffer_take(&buffer);
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_keeps_its_nul),
        cmocka_unit_test(adding),
        cmocka_unit_test(long_formats),
        cmocka_unit_test(json),
        cmocka_unit_test(taking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
