/* resource.h - finds and reads the files that come with the program (data/): in the folder named by
 * TAIZHANG_DATA, else in the user's own folder, else in data/ above the program (a source tree),
 * else in share/taizhang/ beside its bin/ (an installed program). */
#ifndef TAIZHANG_DB_RESOURCE_H
#define TAIZHANG_DB_RESOURCE_H

#include "core/buffer.h"
#include "core/error.h"

/* Appends the folder of the user's own files: taizhang/ in XDG_DATA_HOME, else in ~/.local/share.
 */
void resource_user_folder(struct buffer *path);

/* Appends the path of data file `name` ("region.csv", "layouts/annual.csv"). */
bool resource_path(const char *name, struct buffer *path, struct error *err);

/* Appends the names of what stands in data folder `name` ("packs", "layouts"), each once and ended
 * by a line break: the program's own in order, then what only the user's or TAIZHANG_DATA has. */
void resource_entries(const char *name, struct buffer *names);

/* Reads the whole file into `text`, which then has a text, if only an empty one. Refuses what is no
 * CSV file in UTF-8: a folder, a device, NUL bytes, more than RESOURCE_MOST_MB. */
enum { RESOURCE_MOST_MB = 16 };
bool resource_read(const char *name, struct buffer *text, struct error *err);

/* The same for a file of which the path is known. ERROR_MISSING when there is none. */
bool resource_read_file(const char *path, struct buffer *text, struct error *err);

#endif
