/* zip_directory.h - what a zip archive holds (PKWARE APPNOTE 4.3, 4.4, 4.5.3). For zip.c only. */
#ifndef TAIZHANG_IMPORTS_ZIP_DIRECTORY_H
#define TAIZHANG_IMPORTS_ZIP_DIRECTORY_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { ZIP_MAX_PARTS = 100000, ZIP_NAME_SIZE = 512 };

/* Bits of zip_entry.flags. */
enum { ZIP_ENCRYPTED = 1 };

struct zip_entry {
    char *name; /* as zip_directory_name() leaves it; owned */
    size_t order;
    uint64_t offset; /* of its local header in the file */
    uint64_t packed, unpacked;
    uint32_t checksum;
    uint16_t flags, method;
};

struct zip_directory {
    struct zip_entry *entries; /* ascending by name, then by their order in the archive */
    size_t count, capacity;
};

bool zip_directory_read(FILE *file, struct zip_directory *directory, struct error *err);
void zip_directory_release(struct zip_directory *directory);

/* The entry of that name, of several the first in the archive; NULL when there is none. */
const struct zip_entry *zip_directory_find(const struct zip_directory *directory, const char *name);

/* Little-endian numbers, as zip archives are made of. */
uint64_t zip_number(const unsigned char *bytes, int count);

bool zip_refuse_damaged(struct error *err);

#endif
