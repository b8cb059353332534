/* export_report.c - the cells of export_data.h from a database that export_fill made, through the
 * list report: what `taizhang export enterprise --columns …` does.
 * Usage: export_report FILE.db FILE.xlsx (or .csv, .json) */
#include "bench/export_data.h"

#include "exports/report.h"

int main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error error = {0};
    struct report report;
    struct report_result result;
    struct buffer columns = {0};
    if (argc != 3)
        return 2;
    for (int i = 0; i < TEXTS; i++)
        buffer_addf(&columns, "%s,", bench_text_fields[i]);
    for (int i = 0; i < NUMBERS; i++)
        buffer_addf(&columns, "%s,", bench_number_fields[i]);
    for (int i = 0; i < DATES; i++)
        buffer_addf(&columns, "%s,", bench_date_fields[i]);
    struct report_options options = {.choices = {[REPORT_COLUMNS] = buffer_text(&columns)}};
    bool ok = store_open(&store, argv[1], STORE_READ, &error) &&
              report_find("enterprise", &report, &error) &&
              report_write(&report, store, &options, argv[2], &result, &error);
    store_close(&store);
    buffer_release(&columns);
    if (ok)
        printf("%zu\n", result.rows);
    else
        fprintf(stderr, "%s\n", error.message);
    return ok ? 0 : 3;
}
