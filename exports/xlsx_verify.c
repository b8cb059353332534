#include "exports/xlsx_verify.h"

#include "core/mem.h"

#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16 };

static const char end_tag[] = "</worksheet>";

/* Reads the current part to its end. The last bytes of every chunk are carried in front of the
 * next one, so that an end tag across the border is seen. */
static bool is_complete(unzFile zip, char *chunk, uint64_t least)
{
    const size_t tag = sizeof end_tag - 1;
    size_t kept = 0;
    uint64_t size = 0;
    int read;
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return false;
    while ((read = unzReadCurrentFile(zip, chunk + kept, CHUNK)) > 0) {
        size_t have = kept + (size_t)read;
        size += (uint64_t)read;
        kept = have < tag ? have : tag;
        memmove(chunk, chunk + have - kept, kept);
    }
    bool whole = unzCloseCurrentFile(zip) == UNZ_OK && read == 0;
    return whole && size > least && kept == tag && memcmp(chunk, end_tag, tag) == 0;
}

bool xlsx_verify(const char *path, const uint64_t *sizes, size_t count)
{
    unzFile zip = unzOpen64(path);
    if (!zip)
        return false;
    char *chunk = mem_new(CHUNK + sizeof end_tag, 1);
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        char name[64];
        snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
        good = unzLocateFile(zip, name, 1) == UNZ_OK && is_complete(zip, chunk, sizes[i]);
    }
    free(chunk);
    unzClose(zip);
    return good;
}
