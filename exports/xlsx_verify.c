#include "exports/xlsx_verify.h"

#include "core/mem.h"
#include "core/text.h"

#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16, NAME_SIZE = 64 };

/* "</worksheet>" for a document whose outermost element is <worksheet …>; "/>" when that is all
 * there is. False when `text` is no beginning of an XML document. */
static bool find_end_tag(const char *text, char *end_tag)
{
    const char *root = strchr(text, '<');
    while (root && (root[1] == '?' || root[1] == '!'))
        root = strchr(root + 1, '<');
    if (!root)
        return false;
    size_t length = strcspn(root + 1, " />\t\r\n");
    if (length == 0 || length > NAME_SIZE - 4)
        return false;
    if (strchr(root + 1, '<'))
        snprintf(end_tag, NAME_SIZE, "</%.*s>", (int)length, root + 1);
    else
        snprintf(end_tag, NAME_SIZE, "/>");
    return true;
}

/* Reads the current part to its end. The last bytes of every chunk are carried in front of the
 * next one, so that an end tag across the border is seen. */
static bool is_complete(unzFile zip, char *chunk, uint64_t least)
{
    char end_tag[NAME_SIZE] = "";
    size_t kept = 0;
    uint64_t size = 0;
    int read;
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return false;
    while ((read = unzReadCurrentFile(zip, chunk + kept, CHUNK)) > 0) {
        size_t have = kept + (size_t)read;
        chunk[have] = '\0';
        if (size == 0 && !find_end_tag(chunk, end_tag))
            break;
        size += (uint64_t)read;
        kept = have < NAME_SIZE ? have : NAME_SIZE;
        memmove(chunk, chunk + have - kept, kept);
    }
    chunk[kept] = '\0';
    while (kept > 0 && strchr("\r\n", chunk[kept - 1]))
        chunk[--kept] = '\0';
    bool whole = unzCloseCurrentFile(zip) == UNZ_OK && read == 0;
    return whole && size > least && text_ends_with(chunk, end_tag);
}

/* Whether the current part is whole, if it is one that can be told; of a sheet, which is counted in
 * `sheets`, it must be larger than its rows. Each part is read once: that takes a tenth of the time
 * of a large export. */
static bool check_part(unzFile zip, char *chunk, const uint64_t *sizes, size_t count,
                       size_t *sheets)
{
    char name[256] = "";
    size_t number = 0;
    int end = 0;
    if (unzGetCurrentFileInfo64(zip, NULL, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK)
        return false;
    if (!text_ends_with(name, ".xml") && !text_ends_with(name, ".rels"))
        return true;
    bool is_sheet = sscanf(name, "xl/worksheets/sheet%zu.xml%n", &number, &end) == 1 &&
                    name[end] == '\0' && number >= 1 && number <= count;
    *sheets += is_sheet;
    return is_complete(zip, chunk, is_sheet ? sizes[number - 1] : 0);
}

bool xlsx_verify(const char *path, const uint64_t *sizes, size_t count)
{
    unzFile zip = unzOpen64(path);
    if (!zip)
        return false;
    char *chunk = mem_new(CHUNK + NAME_SIZE + 1, 1);
    size_t sheets = 0;
    bool good = true;
    for (int at = unzGoToFirstFile(zip); good && at != UNZ_END_OF_LIST_OF_FILE;
         at = unzGoToNextFile(zip))
        good = at == UNZ_OK && check_part(zip, chunk, sizes, count, &sheets);
    free(chunk);
    unzClose(zip);
    return good && sheets == count;
}
