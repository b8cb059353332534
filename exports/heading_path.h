/* heading_path.h - the groups above a column as a path, the outermost first: "土壤/表层". A slash
 * inside of a name has a backslash before it: "总铊（mg\/L）". */
#ifndef TAIZHANG_EXPORTS_HEADING_PATH_H
#define TAIZHANG_EXPORTS_HEADING_PATH_H

#include "core/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether it has room in a heading: fewer levels than SINK_HEADING_ROWS, each with a name. NULL and
 * "" are good. */
bool heading_path_is_good(const char *path);

/* NULL and "" have no level. */
size_t heading_path_levels(const char *path);

/* Appends the name of level `level`, counted from 0, as it is shown. */
void heading_path_add_name(const char *path, size_t level, struct buffer *out);

/* Whether both columns stand under one and the same group of that level. */
bool heading_path_is_shared(const char *a, const char *b, size_t level);

/* Appends all names, each followed by `separator`. */
void heading_path_add_names(const char *path, const char *separator, struct buffer *out);

/* Appends a level of that name to a path. */
void heading_path_extend(struct buffer *path, const char *name);

#endif
