/* wrap.h - how many lines a text takes in a column of a spreadsheet. */
#ifndef TAIZHANG_EXPORTS_WRAP_H
#define TAIZHANG_EXPORTS_WRAP_H

#include <stddef.h>

/* Lines of `text` (valid UTF-8) wrapped at `columns` character cells, a Han character taking two;
 * at least 1. Latin words stay whole when they fit into a line, as spreadsheets keep them. */
int wrap_lines(const char *text, int columns);

/* How many bytes of it `most` such lines hold; at least one character of a text that has any. */
size_t wrap_prefix(const char *text, int columns, int most);

#endif
