#include "exports/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void counts_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns, lines;
    } cases[] = {
        {"", 10, 1},
        {"河池市", 6, 1},
        {"河池市", 5, 2},
        {"河池市南丹县冶炼厂", 6, 3},
        {"a\nb\n", 10, 3},
        {"lead and cadmium", 8, 2},
        {"lead and cadmium", 7, 3},
        {"914418001234567890", 6, 3}, /* a word longer than the line is cut */
        {"914418001234567890", 7, 3},
        {"铅 lead", 4, 2},
        {"河", 0, 1}, /* narrower than one character counts as one */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (wrap_lines(cases[i].text, cases[i].columns) != cases[i].lines)
            fail_msg("“%s” at %d: %d lines", cases[i].text, cases[i].columns,
                     wrap_lines(cases[i].text, cases[i].columns));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
