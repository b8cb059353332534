#include "imports/zip.h"
#include "core/mem.h"

#include <minizip/unzip.h>
#include <stdlib.h>

struct zip {
    unzFile file;
    uint64_t packed, unpacked; /* of the open part, as the directory states them */
    uint64_t done;             /* bytes unpacked so far */
};

enum { IGNORE_CASE = 2, FLAG_ENCRYPTED = 1 };

static bool refuse_damaged(struct error *err)
{
    return error_set(
        err, ERROR_FORMAT,
        "文件已损坏或没有下载完整，请重新获取，或用 WPS 表格、Excel 打开后另存为 .xlsx");
}

bool zip_open(const char *path, struct zip **zip, struct error *err)
{
    unzFile file = unzOpen64(path);
    if (!file)
        return refuse_damaged(err);
    if (unzGoToFirstFile(file) != UNZ_OK) { /* minizip reads zeros where a cut file ends */
        unzClose(file);
        return refuse_damaged(err);
    }
    *zip = mem_new(1, sizeof **zip);
    (*zip)->file = file;
    return true;
}

void zip_close(struct zip **zip)
{
    if (!*zip)
        return;
    unzClose((*zip)->file);
    free(*zip);
    *zip = NULL;
}

bool zip_has(struct zip *zip, const char *part)
{
    return unzLocateFile(zip->file, part, IGNORE_CASE) == UNZ_OK;
}

static bool part_info(struct zip *zip, const char *part, unz_file_info64 *info)
{
    return zip_has(zip, part) &&
           unzGetCurrentFileInfo64(zip->file, info, NULL, 0, NULL, 0, NULL, 0) == UNZ_OK;
}

int64_t zip_size(struct zip *zip, const char *part)
{
    unz_file_info64 info;
    if (!part_info(zip, part, &info) || info.uncompressed_size > INT64_MAX)
        return 0;
    return (int64_t)info.uncompressed_size;
}

bool zip_begin_part(struct zip *zip, const char *part, struct error *err)
{
    unz_file_info64 info;
    if (!part_info(zip, part, &info))
        return refuse_damaged(err);
    if (info.flag & FLAG_ENCRYPTED)
        return error_set(err, ERROR_FORMAT,
                         "文件设有密码，请用 WPS 表格或 Excel 打开，取消密码后另存再导入");
    if (unzOpenCurrentFile(zip->file) != UNZ_OK)
        return refuse_damaged(err);
    zip->packed = info.compressed_size;
    zip->unpacked = info.uncompressed_size;
    zip->done = 0;
    return true;
}

bool zip_read(struct zip *zip, char *bytes, size_t size, size_t *length, struct error *err)
{
    int got = unzReadCurrentFile(zip->file, bytes, (unsigned)size);
    if (got < 0)
        return refuse_damaged(err);
    *length = (size_t)got;
    zip->done += (uint64_t)got;
    if (zip->done > ZIP_MAX_PART)
        return error_set(err, ERROR_FORMAT, "文件解压后超过 1 GB，请拆成几个文件分别导入");
    if (zip->done > ZIP_FREE_BYTES && zip->done / ZIP_MAX_RATIO > zip->packed)
        return error_set(err, ERROR_FORMAT,
                         "文件的压缩率异常（疑为“压缩炸弹”），已拒绝读取，请向提供者核实来源");
    return true;
}

bool zip_end_part(struct zip *zip, struct error *err)
{
    int closed = unzCloseCurrentFile(zip->file); /* tells whether the checksum agrees */
    if (closed != UNZ_OK || zip->done != zip->unpacked)
        return refuse_damaged(err);
    return true;
}

void zip_abandon_part(struct zip *zip)
{
    unzCloseCurrentFile(zip->file);
}
