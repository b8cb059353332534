#include "core/csv.h"

#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_rows(const char *text, const char *const *rows)
{
    char copy[512];
    struct csv csv;
    size_t line = 0;
    snprintf(copy, sizeof copy, "%s", text);
    csv_init(&csv, copy);
    while (csv_next(&csv)) {
        char joined[512] = "";
        for (size_t i = 0; i < csv.count; i++)
            snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "[%s]",
                     csv_cell(&csv, i));
        assert_non_null(*rows);
        assert_string_equal(joined, *rows++);
        assert_int_equal(csv.line, ++line);
        assert_string_equal(csv_cell(&csv, csv.count), "");
    }
    assert_null(*rows);
    assert_false(csv_next(&csv));
}

#define ROWS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void rows_and_cells(void **state)
{
    (void)state;
    assert_rows("a,b,c\n1,2,3\n", ROWS("[a][b][c]", "[1][2][3]"));
    assert_rows("a,b\r\n1,2", ROWS("[a][b]", "[1][2]"));
    assert_rows("a,,\n,,b\n", ROWS("[a][][]", "[][][b]"));
    assert_rows("\xEF\xBB\xBF"
                "code,name\n",
                ROWS("[code][name]"));
    assert_rows("\n\na\n\n\nb\n\n", ROWS("[a]", "[b]"));
}

static void nothing(void **state)
{
    (void)state;
    assert_rows("", ROWS(NULL));
    assert_rows("\n\r\n", ROWS(NULL));
}

static void quotes(void **state)
{
    (void)state;
    assert_rows("\"a,b\",\"c\"\n", ROWS("[a,b][c]"));
    assert_rows("\"a\"\"b\",\"\"\n\"\"\"\"", ROWS("[a\"b][]", "[\"]"));
    assert_rows("\"一\n二\",三\n四\n", ROWS("[一\n二][三]", "[四]"));
    assert_rows("a,\"never closed", ROWS("[a][never closed]"));
    assert_rows("a\"b,c\n", ROWS("[a\"b][c]"));
}

static void an_open_quote_is_told(void **state)
{
    (void)state;
    char text[] = "a,\"b\"\n\"c\",\"never closed\nd\n";
    struct csv csv;
    struct error err = {0};
    csv_init(&csv, text);
    assert_true(csv_next(&csv) && csv_check(&csv, &err));
    assert_true(csv_next(&csv));
    assert_false(csv_check(&csv, &err));
    assert_int_equal(err.code, ERROR_FORMAT);
}

static void more_cells_than_fit_are_left_out(void **state)
{
    (void)state;
    char text[300] = "";
    for (int i = 0; i < CSV_MAX_CELLS + 5; i++)
        strcat(text, "x,");
    strcat(text, "\ny");
    struct csv csv;
    csv_init(&csv, text);
    assert_true(csv_next(&csv));
    assert_int_equal(csv.count, CSV_MAX_CELLS);
    assert_true(csv_next(&csv));
    assert_string_equal(csv_cell(&csv, 0), "y");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_cells),
        cmocka_unit_test(nothing),
        cmocka_unit_test(quotes),
        cmocka_unit_test(an_open_quote_is_told),
        cmocka_unit_test(more_cells_than_fit_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
