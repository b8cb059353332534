/* export_fill.c - a database whose enterprises hold the cells of export_data.h, for export_report.
 * Usage: export_fill ROWS FILE.db */
#include "bench/export_data.h"

#include "core/registers.h"
#include "db/store.h"

#include <stdlib.h>

static void set_number(struct record *record, const char *field, int64_t scaled)
{
    value_set_integer(record_value_for_change(record, field), scaled);
}

static void fill(struct record *record, uint32_t row)
{
    char text[TEXT_SIZE];
    record_init(record, &reg_enterprise);
    value_set_text(record_value_for_change(record, "region"), "441802");
    for (uint32_t i = 0; i < TEXTS; i++)
        value_set_text(record_value_for_change(record, bench_text_fields[i]),
                       bench_text(row, i, text));
    for (uint32_t i = 0; i < NUMBERS; i++)
        set_number(record, bench_number_fields[i], bench_number(row, i));
    for (uint32_t i = 0; i < DATES; i++) {
        date_format(
            date_from_days(date_to_days((struct date){2015, 1, 1}) + (int)bench_day(row, i)), text);
        value_set_text(record_value_for_change(record, bench_date_fields[i]), text);
    }
}

static bool put_rows(struct store *store, uint32_t rows, struct error *err)
{
    bool ok = store_begin(store, "import", NULL, err);
    for (uint32_t row = 0; ok && row < rows; row++) {
        struct record record;
        enum store_change change;
        fill(&record, row);
        ok = store_put(store, &record, &change, err);
        record_release(&record);
    }
    return ok && store_commit(store, err);
}

int main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error error = {0};
    if (argc != 3)
        return 2;
    bool ok = store_create(argv[2], NULL, &error) && store_open(&store, argv[2], STORE_WRITE, &error) &&
              put_rows(store, (uint32_t)strtoul(argv[1], NULL, 10), &error);
    store_close(&store);
    if (!ok)
        fprintf(stderr, "%s\n", error.message);
    return ok ? 0 : 3;
}
