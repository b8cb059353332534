/* What the program writes itself it must know again: the headings of every register's own list. */
#include "core/registers.h"
#include "exports/report.h"
#include "imports/heading.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* The list of all fields: column i holds field i. */
static size_t check(const struct reg *reg, struct store *store, const char *path)
{
    struct report report;
    struct report_result result;
    struct error err = {0};
    struct table table = {0};
    struct heading heading;
    size_t lost = 0;
    if (!report_find(reg->name, &report, &err) ||
        !report_write(&report, store, &(struct report_options){0}, path, &result, &err) ||
        !table_read(path, NULL, &table, &err) || !heading_find(&table, reg, &heading, &err))
        fail_msg("%s: %s", reg->name, err.message);
    report_release(&report);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        int column = heading_column_of(&heading, walk.index);
        if (column == (int)walk.index)
            continue;
        print_error("%s.%s stands in column %zu (%s), not %d\n", reg->name, walk.field->name,
                    walk.index, heading.columns[walk.index].text, column);
        lost++;
    }
    assert_int_equal(heading.column_count, reg_field_count(reg));
    heading_release(&heading);
    table_release(&table);
    return lost;
}

static void every_column_comes_back_to_its_field(void **state)
{
    static const char *const names[] = {"list.xlsx", "list.csv"};
    struct store *store = NULL;
    struct error err = {0};
    const char *path = scratch_path(state, "desk.db");
    size_t lost = 0;
    if (!store_create(path, NULL, &err) || !store_open(&store, path, STORE_WRITE, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < register_count; i++)
        for (size_t j = 0; j < COUNT_OF(names); j++)
            lost += check(registers[i], store, scratch_path(state, names[j]));
    store_close(&store);
    assert_int_equal(lost, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_column_comes_back_to_its_field, scratch_make,
                                        scratch_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
