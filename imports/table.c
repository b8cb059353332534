#include "imports/table.h"
#include "core/mem.h"
#include "imports/convert.h"
#include "imports/csv.h"
#include "imports/staging.h"
#include "imports/xlsx.h"
#include "imports/zip.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const struct {
    int number;
    enum error_code code;
    const char *sentence;
} open_problems[] = {
    {ENOENT, ERROR_MISSING, "文件不存在，请检查路径和文件名"},
    {ENOTDIR, ERROR_MISSING, "文件不存在，请检查路径和文件名"},
    {ENAMETOOLONG, ERROR_MISSING, "文件不存在，请检查路径和文件名"},
    {EACCES, ERROR_IO, "没有读取这个文件的权限，请修改文件权限，或复制到自己的文件夹再导入"},
};

static bool refuse_open(int number, struct error *err)
{
    for (size_t i = 0; i < sizeof open_problems / sizeof open_problems[0]; i++)
        if (open_problems[i].number == number)
            return error_set(err, open_problems[i].code, "%s", open_problems[i].sentence);
    return error_set(err, ERROR_IO, "无法打开文件，请检查磁盘或 U 盘后重试");
}

/* Whether the 16-bit text `name` occurs anywhere in an OLE file: its directory names its streams.
 */
static bool has_stream(FILE *file, const char *name)
{
    enum { BLOCK = 1 << 16, MAX_NAME = 64 };
    char wanted[MAX_NAME], window[BLOCK];
    size_t length = 0, kept = 0, got;
    for (; *name && length + 2 <= sizeof wanted; name++) {
        wanted[length++] = *name;
        wanted[length++] = '\0';
    }
    rewind(file);
    while ((got = fread(window + kept, 1, sizeof window - kept, file)) > 0) {
        size_t filled = kept + got;
        for (size_t at = 0; at + length <= filled; at++)
            if (window[at] == wanted[0] && memcmp(window + at, wanted, length) == 0)
                return true;
        kept = filled < length ? filled : length - 1;
        memmove(window, window + filled - kept, kept);
    }
    return false;
}

/* A file of Microsoft's old container: `*ending` is set for a spreadsheet that LibreOffice is here
 * to convert; everything else is refused. */
static bool inspect_ole(FILE *file, const char **ending, struct error *err)
{
    if (has_stream(file, "EncryptedPackage"))
        return error_set(err, ERROR_FORMAT,
                         "文件设有密码，请用 WPS 表格或 Excel 打开，取消密码后另存再导入");
    if (has_stream(file, "WordDocument"))
        return error_set(
            err, ERROR_FORMAT,
            "这是 Word 文档（.doc），请把其中的表格复制到电子表格，另存为 .xlsx 再导入");
    if (convert_is_available()) {
        *ending = "xls";
        return true;
    }
    return error_set(err, ERROR_FORMAT,
                     "这是旧版表格格式（.xls、.et），请用 WPS 表格或 Excel 打开后另存为 .xlsx "
                     "再导入；装有 LibreOffice 的电脑会自动转换");
}

/* The first part of an OpenDocument file says, unpacked, what it is. */
static bool is_open_document(const char *head)
{
    static const char part[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    return memcmp(head, "PK\3\4", 4) == 0 && memcmp(head + 30, part, sizeof part - 1) == 0;
}

static const char html_page[] =
    "这是网页（HTML），不是电子表格，请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入";

/* Files that people choose by mistake, by how they begin; letters compare without case. */
static const struct {
    const char *magic;
    size_t length;
    const char *sentence;
} foreign[] = {
    {"<!DOCTYPE html", 14, html_page},
    {"<html", 5, html_page},
    {"<table", 6, html_page},
    {"<?xml", 5,
     "这是 XML 文件，不是 .xlsx 工作簿，请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入"},
    {"%PDF-", 5, "这是 PDF 文件，请向提供者索取 .xlsx 或 .csv 格式的表格"},
    {"{\\rtf", 5, "这是 RTF 文档，请把其中的表格复制到电子表格，另存为 .xlsx 再导入"},
    {"SQLite format 3", 16, "这是数据库文件，不是电子表格，请改选 .xlsx 或 .csv 文件"},
    {"Rar!", 4, "这是 rar 压缩包，请先解压，再导入其中的表格"},
    {"7z\xBC\xAF", 4, "这是 7z 压缩包，请先解压，再导入其中的表格"},
    {"\x1F\x8B", 2, "这是 gzip 压缩包，请先解压，再导入其中的表格"},
    {"\x89PNG", 4, "这是图片，请向提供者索取 .xlsx 或 .csv 格式的表格"},
    {"\xFF\xD8\xFF", 3, "这是图片，请向提供者索取 .xlsx 或 .csv 格式的表格"},
};

static bool refuse_foreign(const char *head, struct error *err)
{
    if (strncmp(head, "\xEF\xBB\xBF", 3) == 0)
        head += 3;
    while (*head && strchr(" \t\r\n", *head))
        head++;
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (strncasecmp(head, foreign[i].magic, foreign[i].length) == 0)
            return error_set(err, ERROR_FORMAT, "%s", foreign[i].sentence);
    return true;
}

/* Looks at the file itself: one sentence for what cannot be a table, whether it is a zip, and the
 * ending of a format that must be converted first. */
static bool inspect(const char *path, bool *is_zip, const char **ending, struct error *err)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return refuse_open(errno, err);
    if (S_ISDIR(status.st_mode))
        return error_set(err, ERROR_FORMAT, "这是一个文件夹，请选择其中的 .xlsx 或 .csv 文件");
    if (!S_ISREG(status.st_mode))
        return error_set(err, ERROR_FORMAT, "这不是普通文件，请选择 .xlsx 或 .csv 文件");
    if (status.st_size == 0)
        return error_set(err, ERROR_FORMAT, "文件是空的，请重新获取这个文件");
    if (status.st_size > TABLE_MAX_FILE)
        return error_set(err, ERROR_FORMAT, "文件超过 1 GB，请拆成几个文件分别导入");
    FILE *file = fopen(path, "rb");
    if (!file)
        return refuse_open(errno, err);
    char head[512] = {0};
    size_t got = fread(head, 1, sizeof head - 1, file);
    bool good = got > 0 || refuse_open(EIO, err);
    *is_zip = memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0;
    if (good && memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        good = inspect_ole(file, ending, err);
    else if (good && is_open_document(head) && convert_is_available())
        *ending = "ods";
    else if (good && !*is_zip)
        good = refuse_foreign(head, err);
    fclose(file);
    return good;
}

static bool read_xlsx(const char *path, const char *sheet, struct table *table, struct error *err)
{
    uint32_t empty;
    return staging_add_text(table, "", 0, &empty, err) && xlsx_read(path, sheet, table, err);
}

static bool read_converted(const char *path, const char *ending, const char *sheet,
                           struct table *table, struct error *err)
{
    struct conversion own = {.folder = {0}};
    struct conversion *conversion = table->conversion ? table->conversion : &own;
    struct convert convert = {
        .path = path,
        .ending = ending,
        .seconds = CONVERT_SECONDS,
        .progress = table->progress,
        .progress_context = table->progress_context,
    };
    bool done = conversion->xlsx.length > 0 ||
                convert_to_xlsx(&convert, &conversion->folder, &conversion->xlsx, err);
    if (done) {
        done = read_xlsx(conversion->xlsx.text, sheet, table, err);
        table->is_converted = true;
    }
    conversion_release(&own); /* pictures are read from the open file */
    return done;
}

static bool read_file(const char *path, const char *sheet, struct table *table, struct error *err)
{
    bool is_zip = false;
    const char *ending = NULL;
    if (!inspect(path, &is_zip, &ending, err))
        return false;
    if (ending)
        return read_converted(path, ending, sheet, table, err);
    if (is_zip)
        return read_xlsx(path, sheet, table, err);
    if (sheet)
        return error_set(err, ERROR_USAGE, "文本表格（.csv）没有工作表，请不要指定工作表名称");
    table->sheet = mem_text("");
    if (!csv_read(path, table, err))
        return false;
    if (table->visit && !table->choose)
        table->visit(table->visit_context, table);
    return true;
}

/* All but what the caller has set. */
static void forget(struct table *table)
{
    *table = (struct table){
        .progress = table->progress,
        .progress_context = table->progress_context,
        .most_rows = table->most_rows,
        .visit = table->visit,
        .choose = table->choose,
        .visit_context = table->visit_context,
        .conversion = table->conversion,
        .with_looks = table->with_looks,
    };
}

bool table_read(const char *path, const char *sheet, struct table *table, struct error *err)
{
    forget(table);
    struct error problem = {0};
    if (read_file(path, sheet, table, &problem))
        return true;
    table_release(table);
    const char *slash = strrchr(path, '/');
    char shown[STAGING_NAME_SIZE];
    if (problem.code != ERROR_CANCELLED)
        error_prefix(&problem, "%s", staging_name(slash && slash[1] ? slash + 1 : path, shown));
    return error_set(err, problem.code, "%s", problem.message);
}

void table_release(struct table *table)
{
    for (size_t i = 0; i < table->sheet_count; i++)
        free(table->sheets[i].name);
    free(table->sheets);
    free(table->sheet);
    free(table->text);
    free(table->cells);
    free(table->rows);
    free(table->merges);
    free(table->columns);
    for (size_t i = 0; i < table->image_count; i++)
        free(table->images[i].part);
    free(table->images);
    for (size_t i = 0; i < table->style_count; i++)
        free(table->styles[i].font);
    free(table->styles);
    free(table->looks);
    free(table->filled);
    zip_close(&table->archive);
    forget(table);
}

const char *table_cell(const struct table *table, size_t row, size_t column)
{
    if (row >= table->row_count || column >= table->rows[row].count)
        return "";
    return table->text + table->cells[table->rows[row].first + column];
}

bool table_is_filled(const struct table *table, size_t row, size_t column)
{
    if (row >= table->row_count || column >= table->rows[row].count)
        return false;
    size_t cell = table->rows[row].first + column;
    return cell / 8 < table->filled_size && table->filled[cell / 8] & 1u << cell % 8;
}
