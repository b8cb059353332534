/* resource.h - finds and reads the files that come with the program (data/): the folder named by
 * TAIZHANG_DATA, else data/ above the program (a source tree), else share/taizhang/ beside
 * its bin/ (an installed program). */
#ifndef TAIZHANG_DB_RESOURCE_H
#define TAIZHANG_DB_RESOURCE_H

#include "core/buffer.h"
#include "core/error.h"

/* Appends the path of data file `name` ("region.csv", "layouts/annual.csv"). */
bool resource_path(const char *name, struct buffer *path, struct error *err);

/* Appends the names of the folders in data folder `name` ("packs"), in order, each ended by a line
 * break: those below TAIZHANG_DATA and the program's own. */
void resource_folders(const char *name, struct buffer *names);

/* Reads the whole file into `text`, which then has a text, if only an empty one. Refuses what is no
 * CSV file in UTF-8: a folder, a device, NUL bytes, more than RESOURCE_MOST_MB. */
enum { RESOURCE_MOST_MB = 16 };
bool resource_read(const char *name, struct buffer *text, struct error *err);

#endif
