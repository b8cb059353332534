/* sample.h - a small table with every kind of column, for the tests of the sinks. */
#ifndef TAIZHANG_TESTS_EXPORTS_SAMPLE_H
#define TAIZHANG_TESTS_EXPORTS_SAMPLE_H

#include "exports/sink.h"

enum { SAMPLE_COLUMNS = 6 };

extern const struct sink_column sample_columns[SAMPLE_COLUMNS];
extern const struct sink_table sample_table;
extern const struct sink_options sample_options;

/* Two rows, the total row and a line; the first error is kept by the sink. */
void sample_put_rows(struct sink *sink);

/* The whole table to `path`. */
bool sample_write(const char *path, struct error *err);

#endif
