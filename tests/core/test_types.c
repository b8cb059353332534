#include "core/text.h"
#include "core/type.h"

#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_table_has_no_holes(void **state)
{
    (void)state;
    for (int i = 0; i < TYPE__COUNT; i++) {
        const struct type *type = type_of((enum field_type)i);
        if (!type)
            fail_msg("field type %d has no row in core/type.c", i);
        assert_false(text_is_empty(type->name));
        assert_false(text_is_empty(type->label));
        assert_non_null(type->parse);
        assert_non_null(type->format);
        assert_non_null(type->compare);
        assert_true(type->width > 0);
        assert_true(type->max_chars > 0);
        assert_true(text_count(type->label) < strlen(type->label)); /* Chinese */
        assert_int_equal(strspn(type->name, "abcdefghijklmnopqrstuvwxyz"), strlen(type->name));
    }
}

static void names_are_unique(void **state)
{
    (void)state;
    for (int i = 0; i < TYPE__COUNT; i++) {
        for (int j = 0; j < i; j++) {
            const struct type *a = type_of((enum field_type)i), *b = type_of((enum field_type)j);
            assert_ptr_not_equal(a, b);
            assert_string_not_equal(a->name, b->name);
            assert_string_not_equal(a->label, b->label);
        }
    }
}

static void every_type_has_a_test_file_of_its_name(void **state)
{
    (void)state;
    /* __FILE__ is relative to the root of the repository, where make runs. */
    const char *slash = strrchr(__FILE__, '/');
    assert_non_null(slash);
    for (int i = 0; i < TYPE__COUNT; i++) {
        char path[256];
        snprintf(path, sizeof path, "%.*s/test_type_%s.c", (int)(slash - __FILE__), __FILE__,
                 type_of((enum field_type)i)->name);
        FILE *file = fopen(path, "r");
        if (!file)
            fail_msg("%s is missing", path);
        fclose(file);
    }
}

static void null_has_no_text_and_comes_last(void **state)
{
    (void)state;
    for (int i = 0; i < TYPE__COUNT; i++) {
        const struct field field = {.name = "x",
                                    .label = "某",
                                    .type = (enum field_type)i,
                                    .choices = (const char *const[]){"甲", NULL}};
        const struct value null = {0};
        struct value some = {.kind = VALUE_INTEGER};
        struct buffer out = {0};
        struct error err = {0};
        assert_true(type_parse(&field, NULL, " 　", &some, &err));
        assert_true(value_is_null(&some));
        type_format(&field, &null, &out);
        type_display(&field, &null, NULL, &out);
        assert_int_equal(out.length, 0);
        type_json(&field, &null, &out);
        assert_string_equal(out.text, "null");
        value_set_integer(&some, 1);
        assert_true(type_compare(&field, &null, &some) > 0);
        assert_true(type_compare(&field, &some, &null) < 0);
        assert_int_equal(type_compare(&field, &null, &null), 0);
        buffer_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_no_holes),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(every_type_has_a_test_file_of_its_name),
        cmocka_unit_test(null_has_no_text_and_comes_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
