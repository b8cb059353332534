/* export_sink.c - the cells of export_data.h through the sink of the exports.
 * Usage: export_sink ROWS FILE.xlsx (or .csv, .json) */
#include "bench/export_data.h"

#include "core/date.h"
#include "exports/sink.h"

#include <stdlib.h>

static void put_row(struct sink *sink, uint32_t row)
{
    static const struct date first = {2015, 1, 1};
    char text[TEXT_SIZE];
    sink_begin_row(sink);
    for (uint32_t i = 0; i < TEXTS; i++)
        sink_text(sink, bench_text(row, i, text));
    for (uint32_t i = 0; i < NUMBERS; i++)
        sink_number(sink, bench_number(row, i), 3);
    for (uint32_t i = 0; i < DATES; i++) {
        date_format(date_from_days(date_to_days(first) + (int)bench_day(row, i)), text);
        sink_date(sink, text);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    struct sink_column columns[CELLS];
    for (int i = 0; i < CELLS; i++)
        columns[i] = (struct sink_column){
            .key = "key",
            .label = "列",
            .format = i < TEXTS             ? SINK_TEXT
                      : i < TEXTS + NUMBERS ? SINK_DECIMAL
                                            : SINK_DATE,
            .scale = i < TEXTS || i >= TEXTS + NUMBERS ? 0 : 3,
            .width = i < TEXTS ? 34 : 12,
            .total = i >= TEXTS && i < TEXTS + NUMBERS,
        };
    struct sink_table table = {.name = "企业", .columns = columns, .column_count = CELLS};
    struct sink_options options = {.created = 1750000000};
    struct sink *sink;
    struct error error = {0};
    uint32_t rows = (uint32_t)strtoul(argv[1], NULL, 10);
    bool good = sink_open(&sink, argv[2], &options, &error);
    if (good) {
        sink_begin_table(sink, &table);
        for (uint32_t row = 0; row < rows && good; row++) {
            put_row(sink, row);
            good = sink_end_row(sink, &error);
        }
        sink_total_row(sink, "合计");
        good = sink_commit(&sink, &error);
    }
    if (!good)
        fprintf(stderr, "%s\n", error.message);
    return good ? 0 : 3;
}
