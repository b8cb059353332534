/* The screens of the manual: each has a sound table of actions and says what it is for. */
#include "tui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void every_table_is_sound(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct screen_class *screen; (screen = desk_screen(count)) != NULL; count++) {
        struct error err = {0};
        if (!action_check(screen->actions, &err))
            fail_msg("%s: %s", screen->name, err.message);
        assert_non_null(screen->title);
        assert_non_null(screen->draw);
        assert_non_null(screen->close);
    }
    assert_true(count >= 7);
}

static void every_screen_is_named_once(void **state)
{
    (void)state;
    for (size_t i = 0; desk_screen(i); i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(desk_screen(i)->name, desk_screen(j)->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_sound),
        cmocka_unit_test(every_screen_is_named_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
