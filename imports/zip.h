/* zip.h - the parts of a zip archive, read as streams, with limits against hostile archives.
 * The only place that talks to zlib. minizip is not used: that of Debian 12 cannot read sizes in 64
 * bits, which the writers of web systems like to state for the smallest part. */
#ifndef TAIZHANG_IMPORTS_ZIP_H
#define TAIZHANG_IMPORTS_ZIP_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

/* A part that unpacks to more than ZIP_MAX_PART bytes is refused, and so is one that is larger than
 * ZIP_FREE_BYTES and more than ZIP_MAX_RATIO times its packed size: a real workbook of 100,000
 * repeated rows reaches about 30. */
enum { ZIP_MAX_PART = 1 << 30, ZIP_FREE_BYTES = 10000000, ZIP_MAX_RATIO = 200 };

struct zip;

bool zip_open(const char *path, struct zip **zip, struct error *err);
void zip_close(struct zip **zip);

/* Part names compare without case, as the packaging convention asks (ECMA-376 part 2). */
bool zip_has(const struct zip *zip, const char *part);

/* Unpacked size that the directory states; 0 when the part is missing. A lie in a hostile file. */
int64_t zip_size(const struct zip *zip, const char *part);

/* One part is read at a time: open, read until *length is 0, end. zip_end_part() verifies length
 * and checksum when the part was read to its end; after an error zip_abandon_part() drops it. */
bool zip_begin_part(struct zip *zip, const char *part, struct error *err);
bool zip_read(struct zip *zip, char *bytes, size_t size, size_t *length, struct error *err);
bool zip_end_part(struct zip *zip, struct error *err);
void zip_abandon_part(struct zip *zip);

#endif
