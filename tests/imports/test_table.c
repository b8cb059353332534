#include "fixture.h"
#include "zipfile.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_missing_file(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "名单.csv", "a");
    unlink(fixture->path);
    fixture_refuse(fixture, NULL, ERROR_MISSING, "名单.csv：文件不存在");
}

static void test_folder(void **state)
{
    struct fixture *fixture = *state;
    snprintf(fixture->path, sizeof fixture->path, "%s", fixture->folder);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "这是一个文件夹");
}

static void test_device(void **state)
{
    struct fixture *fixture = *state;
    snprintf(fixture->path, sizeof fixture->path, "%s/管道", fixture->folder);
    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "这不是普通文件");
}

static void test_no_permission(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "a,b\n");
    chmod(fixture->path, 0);
    uid_t user = geteuid();
    if (user == 0)
        assert_int_equal(seteuid(65534), 0); /* root may read everything */
    fixture_refuse(fixture, NULL, ERROR_IO, "没有读取这个文件的权限");
    if (user == 0)
        assert_int_equal(seteuid(0), 0);
}

static void test_empty_file(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.xlsx", "");
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件是空的");
}

static void test_huge_file(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "a");
    assert_int_equal(truncate(fixture->path, (off_t)TABLE_MAX_FILE + 1), 0);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "文件超过 1 GB");
}

static void write_ole(struct fixture *fixture, const char *name, const char *stream, size_t at)
{
    char *bytes = calloc(at + 1024, 1);
    memcpy(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    for (size_t i = 0; stream[i]; i++)
        bytes[at + 2 * i] = stream[i];
    fixture_write(fixture, name, bytes, at + 1024);
    free(bytes);
}

/* On a computer without LibreOffice; with it see test_convert.c. */
static void test_ole_files(void **state)
{
    struct fixture *fixture = *state;
    setenv("PATH", "/nonexistent", 1);
    write_ole(fixture, "a.xls", "Workbook", 1024);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "另存为 .xlsx 再导入；装有 LibreOffice 的");
    write_ole(fixture, "a.xlsx", "EncryptedPackage", 1024);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "设有密码");
    write_ole(fixture, "a.xlsx", "EncryptedPackage", (1 << 16) - 11); /* across two blocks */
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "设有密码");
    write_ole(fixture, "a.doc", "WordDocument", 5000);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "Word 文档（.doc）");
}

static void test_foreign_files(void **state)
{
    static const struct {
        const char *bytes, *words;
    } files[] = {
        {"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML）"},
        {"\xEF\xBB\xBF \r\n<!doctype HTML>", "网页（HTML）"},
        {"\n<TABLE border=1>", "网页（HTML）"},
        {"<?xml version='1.0'?><Workbook/>", "这是 XML 文件"},
        {"%PDF-1.7\n", "这是 PDF 文件"},
        {"{\\rtf1 }", "这是 RTF 文档"},
        {"SQLite format 3", "这是数据库文件"},
        {"Rar!\x1A", "这是 rar 压缩包"},
        {"7z\xBC\xAF'", "这是 7z 压缩包"},
        {"\x1F\x8B\x08", "这是 gzip 压缩包"},
        {"\x89PNG\r\n", "这是图片"},
        {"\xFF\xD8\xFF\xE0", "这是图片"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        fixture_write(fixture, "清单.xlsx", files[i].bytes, strlen(files[i].bytes) + 1);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, files[i].words);
    }
}

static void test_other_packages(void **state)
{
    setenv("PATH", "/nonexistent", 1);
    static const struct {
        const char *part, *words;
    } packages[] = {
        {"word/document.xml", "Word 文档（.docx）"},
        {"ppt/presentation.xml", "演示文稿（.pptx）"},
        {"xl/workbook.bin", "二进制工作簿（.xlsb）"},
        {"content.xml", "OpenDocument 文件（.ods 等）"},
        {"Index/Document.iwa", "Apple Numbers"},
        {"OFD.xml", "OFD 版式文件"},
        {"照片.jpg", "普通的 zip 压缩包"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof packages / sizeof packages[0]; i++) {
        struct zipfile_part part = {.name = packages[i].part, .text = "<document/>"};
        snprintf(fixture->path, sizeof fixture->path, "%s/清单.xlsx", fixture->folder);
        zipfile_write(fixture->path, &part, 1);
        fixture_refuse(fixture, NULL, ERROR_FORMAT, packages[i].words);
    }
}

static void test_word_with_relations(void **state)
{
    struct fixture *fixture = *state;
    const struct zipfile_part parts[] = {
        {.name = "_rels/.rels",
         .text = "<Relationships><Relationship Id='a' Type='x/officeDocument' "
                 "Target='word/document.xml'/></Relationships>"},
        {.name = "word/document.xml", .text = "<w:document/>"},
    };
    fixture_write_text(fixture, "a.xlsx", "");
    zipfile_write(fixture->path, parts, 2);
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "Word 文档（.docx）");
}

static void test_content_decides_not_the_name(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.xls", "名称\t数量\n甲\t1\n");
    fixture_expect(fixture, NULL, "名称|数量\n甲|1");
    fixture_write_rows(fixture, "<row><c><v>1</v></c></row>");
    char renamed[200];
    snprintf(renamed, sizeof renamed, "%s/a.csv", fixture->folder);
    assert_int_equal(rename(fixture->path, renamed), 0);
    strcpy(fixture->path, renamed);
    fixture_expect(fixture, NULL, "1");
}

static void test_sheet_of_csv(void **state)
{
    struct fixture *fixture = *state;
    fixture_write_text(fixture, "a.csv", "a,b\n");
    fixture_refuse(fixture, "清单", ERROR_USAGE, "没有工作表");
}

static void test_hostile_file_name(void **state)
{
    struct fixture *fixture = *state;
    snprintf(fixture->path, sizeof fixture->path, "%s/x\x1B[2J.csv", fixture->folder);
    assert_false(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    assert_non_null(strstr(fixture->err.message, "x?[2J.csv：文件不存在"));
}

struct watch {
    int calls, stop_at;
    int64_t last, total;
};

static bool on_progress(void *context, int64_t done, int64_t total)
{
    struct watch *watch = context;
    assert_true(done >= watch->last && done <= total);
    watch->last = done;
    watch->total = total;
    return ++watch->calls != watch->stop_at;
}

static void check_progress(struct fixture *fixture)
{
    struct watch watch = {0};
    fixture->table.progress = on_progress;
    fixture->table.progress_context = &watch;
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    assert_true(watch.calls > 3);
    assert_int_equal(watch.last, watch.total);
    int calls = watch.calls;
    for (int stop = 1; stop <= calls; stop++) {
        watch = (struct watch){.stop_at = stop};
        fixture_refuse(fixture, NULL, ERROR_CANCELLED, "没有写入任何内容");
        assert_int_equal(watch.calls, stop);
    }
}

static void test_progress_and_cancel(void **state)
{
    struct fixture *fixture = *state;
    char *lines = fixture_repeat("a,b\n", 5000);
    fixture_write_text(fixture, "a.csv", lines);
    free(lines);
    check_progress(fixture);
    char *rows = fixture_repeat("<row><c><v>1</v></c></row>", 5000);
    fixture_write_rows(fixture, rows);
    free(rows);
    check_progress(fixture);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(missing_file),
        TEST(folder),
        TEST(device),
        TEST(no_permission),
        TEST(empty_file),
        TEST(huge_file),
        TEST(ole_files),
        TEST(foreign_files),
        TEST(other_packages),
        TEST(word_with_relations),
        TEST(content_decides_not_the_name),
        TEST(sheet_of_csv),
        TEST(hostile_file_name),
        TEST(progress_and_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
