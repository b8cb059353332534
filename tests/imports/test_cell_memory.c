/* A reading remembers what it has read; nobody can tell but by the time it takes. */
#include "cells.h"

#include <stdio.h>
#include <string.h>

static const struct field mass = {
    .name = "mass_kg", .label = "质量", .type = TYPE_DECIMAL, .unit = "kg", .scale = 3};
static const struct field other = {
    .name = "other_kg", .label = "其他", .type = TYPE_DECIMAL, .unit = "kg", .scale = 0};
static const struct cell_context usual = {.unit = ""}, tonnes = {.unit = "吨"};

static void assert_reads(struct cell_reading *reading, const struct cell_context *context,
                         const struct field *field, const char *text, const char *expected)
{
    struct error err = {0};
    bool ok = cell_read(context, field, text, reading, &err);
    if (!expected) {
        assert_false(ok);
        assert_string_equal(err.field, field->name);
        assert_non_null(strstr(err.message, text));
        assert_int_equal(reading->text.length + reading->note.length, 0);
        return;
    }
    assert_true(ok);
    assert_string_equal(buffer_text(&reading->text), expected);
}

static void the_second_reading_is_like_the_first(void **state)
{
    (void)state;
    struct cell_reading reading = {.is_guess = false};
    for (int i = 0; i < 3; i++) {
        assert_reads(&reading, &usual, &mass, "1.5吨", "1500");
        assert_string_equal(buffer_text(&reading.note), "“1.5吨”读作 1500 kg");
        assert_false(reading.is_guess);
        assert_reads(&reading, &usual, &mass, "约2吨", "2000");
        assert_true(reading.is_guess);
        assert_reads(&reading, &usual, &mass, "3-5", NULL);
        assert_false(reading.is_guess);
        assert_reads(&reading, &usual, &mass, "无", "");
        /* not the same without the same field and heading */
        assert_reads(&reading, &usual, &mass, "1,500", "1,500");
        assert_reads(&reading, &tonnes, &mass, "1,500", "1500000");
        assert_reads(&reading, &usual, &other, "0.1吨", "100");
        assert_reads(&reading, &usual, &other, "0.0001吨", NULL);
        assert_reads(&reading, &usual, &mass, "0.0001吨", "0.1");
    }
    cell_reading_release(&reading);
    assert_null(reading.memory);
}

static void very_many_texts_do_not_mix(void **state)
{
    (void)state;
    struct cell_reading reading = {.is_guess = false};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20000; i++) {
            char text[32], expected[32];
            snprintf(text, sizeof text, "%d吨", i);
            snprintf(expected, sizeof expected, i ? "%d000" : "%d", i);
            assert_reads(&reading, &usual, &mass, text, expected);
        }
    }
    cell_reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_reading_is_like_the_first),
        cmocka_unit_test(very_many_texts_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
