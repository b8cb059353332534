#include "imports/zip.h"
#include "core/mem.h"
#include "imports/zip_directory.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    LOCAL_SIZE = 30, /* of the header in front of a part */
    STORED = 0,
    DEFLATED = 8,
    BLOCK_SIZE = 1 << 16,
};

struct zip {
    FILE *file;
    struct zip_directory directory;
    const struct zip_entry *part; /* that is open, or NULL */
    uint64_t left;                /* packed bytes of it that were not read yet */
    uint64_t done;                /* bytes of it unpacked so far */
    uint32_t checksum;            /* of them */
    z_stream inflater;            /* in use while a deflated part is open */
    bool ended;                   /* the deflated data have said that they are complete */
    unsigned char block[BLOCK_SIZE];
};

bool zip_open(const char *path, struct zip **zip, struct error *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return error_set(err, ERROR_IO, "无法打开文件，请检查磁盘或 U 盘后重试");
    *zip = mem_new(1, sizeof **zip);
    (*zip)->file = file;
    if (zip_directory_read(file, &(*zip)->directory, err))
        return true;
    zip_close(zip);
    return false;
}

void zip_close(struct zip **zip)
{
    if (!*zip)
        return;
    zip_abandon_part(*zip);
    fclose((*zip)->file);
    zip_directory_release(&(*zip)->directory);
    free(*zip);
    *zip = NULL;
}

bool zip_has(const struct zip *zip, const char *part)
{
    return zip_directory_find(&zip->directory, part) != NULL;
}

int64_t zip_size(const struct zip *zip, const char *part)
{
    const struct zip_entry *entry = zip_directory_find(&zip->directory, part);
    return entry && entry->unpacked <= INT64_MAX ? (int64_t)entry->unpacked : 0;
}

/* Goes to the data of a part; its header repeats what the directory says, which is what counts. */
static bool seek(struct zip *zip, const struct zip_entry *entry)
{
    unsigned char header[LOCAL_SIZE];
    if (entry->offset > INT64_MAX || fseeko(zip->file, (off_t)entry->offset, SEEK_SET) != 0 ||
        fread(header, 1, sizeof header, zip->file) != sizeof header ||
        memcmp(header, "PK\3\4", 4) != 0)
        return false;
    uint64_t skipped = zip_number(header + 26, 2) + zip_number(header + 28, 2);
    return fseeko(zip->file, (off_t)skipped, SEEK_CUR) == 0;
}

bool zip_begin_part(struct zip *zip, const char *part, struct error *err)
{
    const struct zip_entry *entry = zip_directory_find(&zip->directory, part);
    if (!entry)
        return zip_refuse_damaged(err);
    if (entry->flags & ZIP_ENCRYPTED)
        return error_set(err, ERROR_FORMAT,
                         "文件设有密码，请用 WPS 表格或 Excel 打开，取消密码后另存再导入");
    if (entry->method != STORED && entry->method != DEFLATED)
        return error_set(
            err, ERROR_FORMAT,
            "文件采用了少见的压缩方法，请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入");
    if (!seek(zip, entry))
        return zip_refuse_damaged(err);
    zip->inflater = (z_stream){0};
    if (entry->method == DEFLATED && inflateInit2(&zip->inflater, -MAX_WBITS) != Z_OK)
        return zip_refuse_damaged(err);
    zip->part = entry;
    zip->left = entry->packed;
    zip->done = 0;
    zip->checksum = 0;
    zip->ended = false;
    return true;
}

/* Up to `size` of the packed bytes that are left; 0 at their end, and where the file ends. */
static size_t read_packed(struct zip *zip, void *bytes, size_t size)
{
    size_t wanted = zip->left < size ? (size_t)zip->left : size;
    size_t got = fread(bytes, 1, wanted, zip->file);
    zip->left -= got;
    return got;
}

static bool inflate_some(struct zip *zip, char *bytes, size_t size, size_t *length)
{
    z_stream *inflater = &zip->inflater;
    inflater->next_out = (unsigned char *)bytes;
    inflater->avail_out = (unsigned)size;
    while (!zip->ended && inflater->avail_out > 0) {
        if (inflater->avail_in == 0) {
            inflater->next_in = zip->block;
            inflater->avail_in = (unsigned)read_packed(zip, zip->block, sizeof zip->block);
            if (inflater->avail_in == 0)
                return false; /* more was promised */
        }
        int status = inflate(inflater, Z_NO_FLUSH);
        zip->ended = status == Z_STREAM_END;
        if (status != Z_OK && !zip->ended)
            return false;
    }
    *length = size - inflater->avail_out;
    return true;
}

bool zip_read(struct zip *zip, char *bytes, size_t size, size_t *length, struct error *err)
{
    if (zip->part->method == STORED)
        *length = read_packed(zip, bytes, size);
    else if (!inflate_some(zip, bytes, size, length))
        return zip_refuse_damaged(err);
    zip->done += *length;
    zip->checksum = (uint32_t)crc32(zip->checksum, (const unsigned char *)bytes, (unsigned)*length);
    if (zip->done > ZIP_MAX_PART)
        return error_set(err, ERROR_FORMAT, "文件解压后超过 1 GB，请拆成几个文件分别导入");
    if (zip->done > ZIP_FREE_BYTES && zip->done / ZIP_MAX_RATIO > zip->part->packed)
        return error_set(err, ERROR_FORMAT,
                         "文件的压缩率异常（疑为“压缩炸弹”），已拒绝读取，请向提供者核实来源");
    return true;
}

bool zip_end_part(struct zip *zip, struct error *err)
{
    const struct zip_entry *part = zip->part;
    bool whole = zip->done == part->unpacked && zip->checksum == part->checksum;
    zip_abandon_part(zip);
    return whole || zip_refuse_damaged(err);
}

void zip_abandon_part(struct zip *zip)
{
    if (zip->part && zip->part->method == DEFLATED)
        inflateEnd(&zip->inflater);
    zip->part = NULL;
}
