#include "imports/zip_directory.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    END_SIZE = 22,     /* of the record that ends an archive */
    BIG_END_SIZE = 56, /* of the same in 64 bits */
    LOCATOR_SIZE = 20,
    ENTRY_SIZE = 46,
    MAX_COMMENT = 65535,
    MAX_DIRECTORY = 64 << 20, /* bytes; a part takes about a hundred */
    BIG_EXTRA = 1,            /* the extra field that holds sizes in 64 bits */
};

static const unsigned char end_mark[4] = "PK\5\6", big_end_mark[4] = "PK\6\6",
                           locator_mark[4] = "PK\6\7", entry_mark[4] = "PK\1\2";

bool zip_refuse_damaged(struct error *err)
{
    return error_set(
        err, ERROR_FORMAT,
        "文件已损坏或没有下载完整，请重新获取，或用 WPS 表格、Excel 打开后另存为 .xlsx");
}

uint64_t zip_number(const unsigned char *bytes, int count)
{
    uint64_t number = 0;
    for (int i = count - 1; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

static bool read_at(FILE *file, uint64_t offset, unsigned char *bytes, size_t length)
{
    return offset <= INT64_MAX && fseeko(file, (off_t)offset, SEEK_SET) == 0 &&
           fread(bytes, 1, length, file) == length;
}

/* Where the directory lies. */
struct place {
    uint64_t end;   /* offset of what follows it */
    uint64_t size;  /* bytes */
    uint64_t start; /* its offset as the archive states it: from where the archive itself begins */
};

/* The last bytes of a file, in which the end of the archive is looked for. */
struct tail {
    unsigned char bytes[MAX_COMMENT + END_SIZE + LOCATOR_SIZE];
    size_t length;
    uint64_t offset;
};

static bool read_tail(FILE *file, struct tail *tail)
{
    if (fseeko(file, 0, SEEK_END) != 0)
        return false;
    off_t size = ftello(file);
    if (size < END_SIZE)
        return false;
    tail->length = (uint64_t)size < sizeof tail->bytes ? (size_t)size : sizeof tail->bytes;
    tail->offset = (uint64_t)size - tail->length;
    return read_at(file, tail->offset, tail->bytes, tail->length);
}

/* The record in 64 bits, to which a locator right before the usual one points. */
static bool find_big_end(FILE *file, const struct tail *tail, size_t end, struct place *place)
{
    unsigned char record[BIG_END_SIZE];
    if (end < LOCATOR_SIZE || memcmp(tail->bytes + end - LOCATOR_SIZE, locator_mark, 4) != 0)
        return false;
    uint64_t at = zip_number(tail->bytes + end - LOCATOR_SIZE + 8, 8);
    if (!read_at(file, at, record, sizeof record) || memcmp(record, big_end_mark, 4) != 0)
        return false;
    *place = (struct place){
        .end = at, .size = zip_number(record + 40, 8), .start = zip_number(record + 48, 8)};
    return true;
}

static bool find_directory(FILE *file, struct place *place)
{
    struct tail *tail = mem_new(1, sizeof *tail);
    bool found = false;
    if (read_tail(file, tail)) {
        size_t at = tail->length - END_SIZE + 1;
        while (at > 0 && !found) {
            at--;
            found = memcmp(tail->bytes + at, end_mark, 4) == 0;
        }
        const unsigned char *record = tail->bytes + at;
        *place = (struct place){.end = tail->offset + at,
                                .size = zip_number(record + 12, 4),
                                .start = zip_number(record + 16, 4)};
        bool big = zip_number(record + 10, 2) == UINT16_MAX || place->size == UINT32_MAX ||
                   place->start == UINT32_MAX;
        if (found && big && !find_big_end(file, tail, at, place))
            found = zip_number(record + 10, 2) == UINT16_MAX && place->size < UINT32_MAX;
    }
    free(tail);
    return found && place->size <= place->end && place->start <= place->end - place->size;
}

/* Names compare without case, and some programs write backslashes. False when it is too long. */
static bool normalize(const char *name, size_t length, char out[ZIP_NAME_SIZE])
{
    if (length >= ZIP_NAME_SIZE)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = name[i];
        out[i] = (char)(c == '\\' ? '/' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    out[length] = '\0';
    return strlen(out) == length;
}

/* Numbers that did not fit into 32 bits stand in an extra field, one after the other. */
static void read_big_numbers(const unsigned char *extra, size_t length, struct zip_entry *entry)
{
    while (length >= 4) {
        size_t size = zip_number(extra + 2, 2);
        if (size > length - 4)
            return;
        if (zip_number(extra, 2) == BIG_EXTRA) {
            uint64_t *const numbers[] = {&entry->unpacked, &entry->packed, &entry->offset};
            for (size_t i = 0, at = 4; i < 3 && at + 8 <= size + 4; i++) {
                if (*numbers[i] != UINT32_MAX)
                    continue;
                *numbers[i] = zip_number(extra + at, 8);
                at += 8;
            }
            return;
        }
        extra += 4 + size;
        length -= 4 + size;
    }
}

/* One entry of at most `left` bytes; returns its length, 0 when it is none. */
static size_t read_entry(const unsigned char *bytes, size_t left, struct zip_directory *directory)
{
    if (left < ENTRY_SIZE || memcmp(bytes, entry_mark, 4) != 0)
        return 0;
    size_t name_length = zip_number(bytes + 28, 2), extra_length = zip_number(bytes + 30, 2);
    size_t length = ENTRY_SIZE + name_length + extra_length + zip_number(bytes + 32, 2);
    if (length > left)
        return 0;
    struct zip_entry entry = {
        .order = directory->count,
        .flags = (uint16_t)zip_number(bytes + 8, 2),
        .method = (uint16_t)zip_number(bytes + 10, 2),
        .checksum = (uint32_t)zip_number(bytes + 16, 4),
        .packed = zip_number(bytes + 20, 4),
        .unpacked = zip_number(bytes + 24, 4),
        .offset = zip_number(bytes + 42, 4),
    };
    read_big_numbers(bytes + ENTRY_SIZE + name_length, extra_length, &entry);
    char name[ZIP_NAME_SIZE];
    if (!normalize((const char *)bytes + ENTRY_SIZE, name_length, name))
        return length; /* no part of a workbook is called so */
    entry.name = mem_text(name);
    directory->entries = mem_grow(directory->entries, directory->count, &directory->capacity,
                                  sizeof *directory->entries);
    directory->entries[directory->count++] = entry;
    return length;
}

static bool read_entries(const unsigned char *bytes, size_t size, struct zip_directory *directory,
                         struct error *err)
{
    for (size_t at = 0, length; at < size; at += length) {
        if (directory->count == ZIP_MAX_PARTS)
            return error_set(err, ERROR_FORMAT,
                             "文件内部的部件超过 %d 个，请删去多余的工作表和图片再导入",
                             ZIP_MAX_PARTS);
        length = read_entry(bytes + at, size - at, directory);
        if (!length)
            return zip_refuse_damaged(err);
    }
    return directory->count > 0 || zip_refuse_damaged(err);
}

static int compare(const void *a, const void *b)
{
    const struct zip_entry *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    if (order == 0)
        order = (left->order > right->order) - (left->order < right->order);
    return order;
}

bool zip_directory_read(FILE *file, struct zip_directory *directory, struct error *err)
{
    struct place place;
    *directory = (struct zip_directory){0};
    if (!find_directory(file, &place) || place.size > MAX_DIRECTORY)
        return zip_refuse_damaged(err);
    unsigned char *bytes = mem_new(place.size, 1);
    bool done = read_at(file, place.end - place.size, bytes, place.size) || zip_refuse_damaged(err);
    done = done && read_entries(bytes, place.size, directory, err);
    free(bytes);
    if (!done) {
        zip_directory_release(directory);
        return false;
    }
    /* What stands before the archive in the file moves all of it. */
    uint64_t before = place.end - place.size - place.start;
    for (size_t i = 0; i < directory->count; i++)
        directory->entries[i].offset += before;
    qsort(directory->entries, directory->count, sizeof *directory->entries, compare);
    return true;
}

void zip_directory_release(struct zip_directory *directory)
{
    for (size_t i = 0; i < directory->count; i++)
        free(directory->entries[i].name);
    free(directory->entries);
    *directory = (struct zip_directory){0};
}

const struct zip_entry *zip_directory_find(const struct zip_directory *directory, const char *name)
{
    char wanted[ZIP_NAME_SIZE];
    if (!normalize(name, strlen(name), wanted))
        return NULL;
    size_t low = 0, high = directory->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(directory->entries[middle].name, wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct zip_entry *found = low < directory->count ? &directory->entries[low] : NULL;
    return found && strcmp(found->name, wanted) == 0 ? found : NULL;
}
