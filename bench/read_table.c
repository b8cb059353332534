/* read_table.c - reads a list and fills its merged cells down, as every import begins.
 * Usage: read_table FILE */
#include "bench/bench.h"
#include "imports/merge.h"

int main(int argc, char **argv)
{
    struct table table = {0};
    struct error err = {0};
    if (argc != 2)
        return 2;
    bench_require(table_read(argv[1], NULL, &table, &err) && merge_fill_down(&table, 0, &err),
                  &err);
    size_t filled = 0;
    for (size_t row = 0; row < table.row_count; row++)
        for (size_t column = 0; column < table.column_count; column++)
            filled += table_is_filled(&table, row, column);
    printf("%zu rows, %zu cells filled\n", table.row_count, filled);
    table_release(&table);
    return 0;
}
