/* The folder of a case: what is in it, under which names; what is lost or was changed is refused;
 * the same data gives the same bytes, and a failure leaves all as it was. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/attachment.h"
#include "exports/archive.h"
#include "imports/zip.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEXT "雨水排口晴天有水流出疑混入废水"

static char problem[RECORD_ID_SIZE]; /* of the running test */

static struct report_options about(const char *id)
{
    return (struct report_options){.choices = {[REPORT_PROBLEM] = id}};
}

/* A case that was closed, with a photo by a name that a file system would mistake. */
static void fill(struct bureau *bureau)
{
    char id[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_enterprise, id, "name", "甲厂", "region", "清城区", "uscc",
               "91441803MA5832486X");
    BUREAU_ADD_PROBLEM(bureau, "已销号", problem, "description", TEXT, "enterprise", "甲厂",
                       "metals", "铊", "before_photo", BUREAU_JPEG, "after_photo", BUREAU_PNG,
                       "contract", "%PDF-1.4 a contract");
    BUREAU_ADD(bureau, reg_attachment, id, "problem", problem, "kind", "监测", "file", "a report",
               "file_name", "../报告\n:1.pdf", "taken_on", "2026-05-02");
    BUREAU_ADD(bureau, reg_attachment, id, "problem", problem, "kind", "其他", "file", BUREAU_PNG);
    BUREAU_ADD(bureau, reg_progress, id, "problem", problem, "reported_on", "2026-05-01",
               "done_percent", "100", "description", "换了阀门");
    BUREAU_ADD(bureau, reg_sample, id, "enterprise", "甲厂", "point_type",
               "车间或生产设施废水排放口", "point_name", "污酸站出口", "sampled_on", "2026-05-03",
               "factor", "铊", "value", "0.002", "unit", "mg/L");
    BUREAU_ADD(bureau, reg_sample, id, "enterprise", "甲厂", "point_type",
               "车间或生产设施废水排放口", "point_name", "别的金属", "sampled_on", "2026-05-03",
               "factor", "镉", "value", "0.002", "unit", "mg/L");
}

static void export_to(struct bureau *bureau, const char *name)
{
    struct report_options options = about(problem);
    bureau_export(bureau, "case-folder", &options, name);
}

/* A part of the archive as text; the whole of it in `length` bytes. */
static char *part_of(struct bureau *bureau, const char *archive, const char *part)
{
    return scratch_unzip(bureau_path(bureau, archive), part);
}

/* A part of a workbook in the archive. */
static char *sheet_of(struct bureau *bureau, const char *archive, const char *book,
                      const char *part)
{
    struct zip *zip;
    struct error err = {0};
    char chunk[4096];
    size_t length = 1;
    FILE *file = fopen(bureau_path(bureau, "part.xlsx"), "wb");
    assert_non_null(file);
    assert_true(zip_open(bureau_path(bureau, archive), &zip, &err));
    assert_true(zip_begin_part(zip, book, &err));
    while (length > 0) {
        assert_true(zip_read(zip, chunk, sizeof chunk, &length, &err));
        assert_int_equal(fwrite(chunk, 1, length, file), length);
    }
    assert_true(zip_end_part(zip, &err));
    zip_close(&zip);
    assert_int_equal(fclose(file), 0);
    return scratch_unzip(bureau_path(bureau, "part.xlsx"), part);
}

static void assert_sheet(struct bureau *bureau, const char *book, const char *part,
                         const char *text)
{
    char *sheet = sheet_of(bureau, "f.zip", book, part);
    assert_has(sheet, text);
    free(sheet);
}

/* ---- what is in it ---- */

static void all_that_speaks_for_the_case_is_in_it(void **state)
{
    static const char *const names[] = {"目录.xlsx",         "问题卡.xlsx",
                                        "01_整改前照片.jpg", "02_整改后照片.png",
                                        "03_合同票据.pdf",   "04_监测_.._报告 _1.pdf"};
    struct bureau *bureau = *state;
    struct error err = {0};
    struct zip *zip;
    fill(bureau);
    export_to(bureau, "f.zip");
    assert_true(zip_open(bureau_path(bureau, "f.zip"), &zip, &err));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!zip_has(zip, names[i]))
            fail_msg("no %s", names[i]);
    zip_close(&zip);
    char *contract = part_of(bureau, "f.zip", "03_合同票据.pdf");
    assert_string_equal(contract, "%PDF-1.4 a contract");
    free(contract);
}

/* Of a file in a field of the problem nobody knows what it was called. */
static void a_text_without_a_name_opens_as_one(void **state)
{
    struct bureau *bureau = *state;
    struct error err = {0};
    struct zip *zip;
    fill(bureau);
    BUREAU_CHANGE(bureau, reg_problem, problem, "contract", "会议记录\n已整改");
    export_to(bureau, "f.zip");
    assert_true(zip_open(bureau_path(bureau, "f.zip"), &zip, &err));
    assert_true(zip_has(zip, "03_合同票据.txt"));
    zip_close(&zip);
}

static void the_index_tells_what_each_step_wants(void **state)
{
    struct bureau *bureau = *state;
    char sum[ATTACHMENT_HASH_SIZE];
    fill(bureau);
    export_to(bureau, "f.zip");
    assert_sheet(bureau, "目录.xlsx", "xl/worksheets/sheet1.xml", "整改开始日期");
    assert_sheet(bureau, "目录.xlsx", "xl/worksheets/sheet1.xml", "01_整改前照片.jpg");
    assert_sheet(bureau, "目录.xlsx", "xl/worksheets/sheet1.xml", "桂重金属方案 四（三）");
    char *needs = sheet_of(bureau, "f.zip", "目录.xlsx", "xl/worksheets/sheet1.xml");
    assert_lacks(needs, "不全");
    assert_has(needs, "未到这一步"); /* 后督察 */
    free(needs);
    scratch_write(bureau_path(bureau, "contract"), "%PDF-1.4 a contract");
    assert_true(attachment_sum(bureau_path(bureau, "contract"), sum));
    assert_sheet(bureau, "目录.xlsx", "xl/worksheets/sheet2.xml", sum);
    assert_sheet(bureau, "目录.xlsx", "xl/worksheets/sheet2.xml", "附件：");
}

static void the_forms_are_filled(void **state)
{
    struct bureau *bureau = *state;
    fill(bureau);
    export_to(bureau, "f.zip");
    char *book = sheet_of(bureau, "f.zip", "问题卡.xlsx", "xl/workbook.xml");
    assert_has(book, "登记与整改方案");
    assert_has(book, "核查与销号");
    assert_lacks(book, "来自检查"); /* it was not found by one */
    free(book);
    assert_sheet(bureau, "问题卡.xlsx", "xl/worksheets/sheet1.xml", TEXT);
    assert_sheet(bureau, "问题卡.xlsx", "xl/worksheets/sheet2.xml", "换了阀门");
    char *samples = sheet_of(bureau, "f.zip", "问题卡.xlsx", "xl/worksheets/sheet4.xml");
    assert_has(samples, "污酸站出口");
    assert_lacks(samples, "别的金属");
    free(samples);
    assert_sheet(bureau, "问题卡.xlsx", "xl/worksheets/sheet5.xml", "清城环函〔2026〕21号");
}

static void a_case_that_goes_on_is_told_as_such(void **state)
{
    struct bureau *bureau = *state;
    char inspection[RECORD_ID_SIZE];
    BUREAU_ADD(bureau, reg_enterprise, problem, "name", "甲厂", "region", "清城区", "uscc",
               "91441803MA5832486X");
    BUREAU_ADD(bureau, reg_inspection, inspection, "checklist", "涉铊企业检查表", "inspected_on",
               "2026-03-30", "region", "清城区", "enterprise", "甲厂", "inspectors", "张示、王示");
    BUREAU_ADD_PROBLEM(bureau, "已登记", problem, "description", TEXT, "enterprise", "甲厂",
                       "metals", "铊", "inspection", inspection);
    export_to(bureau, "f.zip");
    char *book = sheet_of(bureau, "f.zip", "问题卡.xlsx", "xl/workbook.xml");
    assert_has(book, "来自检查");
    free(book);
    char *needs = sheet_of(bureau, "f.zip", "目录.xlsx", "xl/worksheets/sheet1.xml");
    assert_has(needs, "整改状态：已登记");
    assert_lacks(needs, ">齐全<");
    free(needs);
}

/* ---- what is not as it was ---- */

static void lost_and_changed_files_are_refused(void **state)
{
    struct bureau *bureau = *state;
    struct record record;
    struct error err = {0};
    struct buffer before = {0}, contract = {0};
    struct report_options options = about(problem);
    struct report_result result;
    fill(bureau);
    assert_true(store_get(bureau->store, &reg_problem, problem, &record, &err));
    attachment_path(bureau->store, record_text(&record, "before_photo"), &before);
    attachment_path(bureau->store, record_text(&record, "contract"), &contract);
    record_release(&record);
    assert_int_equal(unlink(before.text), 0);
    unlink(contract.text);
    scratch_write(contract.text, "another contract");
    scratch_write(bureau_path(bureau, "f.zip"), "the former one");
    size_t files = scratch_count((void **)&bureau->folder);
    assert_false(bureau_try(bureau, "case-folder", &options, "f.zip", &result, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_has(err.message, "整改前照片（文件缺失）、合同票据（文件被改动过）");
    assert_int_equal(scratch_count((void **)&bureau->folder), files);
    char *former = scratch_read(bureau_path(bureau, "f.zip"), NULL);
    assert_string_equal(former, "the former one");
    free(former);
    buffer_release(&before);
    buffer_release(&contract);
}

struct meddler {
    const char *path;
    bool was_asked;
};

static bool meddle(void *context, size_t done, size_t total)
{
    struct meddler *meddler = context;
    (void)done;
    (void)total;
    unlink(meddler->path);
    scratch_write(meddler->path, "another contract");
    meddler->was_asked = true;
    return true;
}

/* All that is looked at before is as it was: what counts is what goes into the archive. */
static void a_file_that_changes_while_it_is_packed_is_refused(void **state)
{
    struct bureau *bureau = *state;
    struct record record;
    struct error err = {0};
    struct buffer contract = {0};
    struct report_options options = about(problem);
    struct report_result result;
    fill(bureau);
    assert_true(store_get(bureau->store, &reg_problem, problem, &record, &err));
    attachment_path(bureau->store, record_text(&record, "contract"), &contract);
    record_release(&record);
    struct meddler meddler = {.path = contract.text};
    options.progress = meddle;
    options.context = &meddler;
    assert_false(bureau_try(bureau, "case-folder", &options, "f.zip", &result, &err));
    assert_true(meddler.was_asked);
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_has(err.message, "：合同票据（文件被改动过）；");
    assert_int_not_equal(access(bureau_path(bureau, "f.zip"), F_OK), 0);
    buffer_release(&contract);
}

static void wrong_questions_are_answered(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options = about(NULL);
    fill(bureau);
    bureau_refuses(bureau, "case-folder", &options, ERROR_USAGE, "--problem");
    options = about(problem);
    bureau_refuses(bureau, "case-folder", &options, ERROR_USAGE, "以 .zip 结尾");
    options = about("没有的问题");
    struct report_result result;
    struct error err = {0};
    assert_false(bureau_try(bureau, "case-folder", &options, "f.zip", &result, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_int_not_equal(access(bureau_path(bureau, "f.zip"), F_OK), 0);
}

static bool stop(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void it_can_be_cancelled(void **state)
{
    struct bureau *bureau = *state;
    struct report_options options;
    struct report_result result;
    struct error err = {0};
    fill(bureau);
    options = about(problem);
    options.progress = stop;
    size_t files = scratch_count((void **)&bureau->folder);
    assert_false(bureau_try(bureau, "case-folder", &options, "f.zip", &result, &err));
    assert_int_equal(err.code, ERROR_CANCELLED);
    assert_int_equal(scratch_count((void **)&bureau->folder), files);
}

static void the_same_case_gives_the_same_bytes(void **state)
{
    struct bureau *bureau = *state;
    size_t first, second;
    fill(bureau);
    export_to(bureau, "a.zip");
    export_to(bureau, "b.zip");
    char *a = scratch_read(bureau_path(bureau, "a.zip"), &first);
    char *b = scratch_read(bureau_path(bureau, "b.zip"), &second);
    assert_int_equal(first, second);
    assert_memory_equal(a, b, first);
    free(a);
    free(b);
}

/* ---- names ---- */

static void names_are_harmless(void **state)
{
    static const struct {
        const char *wanted, *given;
    } names[] = {
        {"照片.jpg", "照片.jpg"},
        {"照片.JPG", "照片(2).JPG"},
        {"照片.jpg", "照片(3).jpg"},
        {"../../etc/passwd", "_.._etc_passwd"},
        {"a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"},
        {"con.txt", "_con.txt"},
        {"LPT1", "_LPT1"},
        {"console.txt", "console.txt"},
        {" .隐藏. ", "隐藏"},
        {"line\nbreak\x7f", "line_break_"},
        {"\xE2\x80\xAEgpj.exe", "_gpj.exe"},
        {"...", "未命名"},
        {"", "未命名(2)"},
    };
    struct bureau *bureau = *state;
    struct archive *archive;
    struct error err = {0};
    assert_true(archive_open(&archive, bureau_path(bureau, "n.zip"), 1750000000, &err));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buffer name = {0};
        archive_take_name(archive, names[i].wanted, &name);
        assert_string_equal(name.text, names[i].given);
        buffer_release(&name);
    }
    struct buffer wanted = {0}, name = {0};
    for (int i = 0; i < 100; i++)
        buffer_add(&wanted, "很长");
    buffer_add(&wanted, ".pdf");
    archive_take_name(archive, wanted.text, &name);
    assert_int_equal(name.length, 180 + strlen(".pdf"));
    assert_has(name.text, "很长.pdf");
    buffer_release(&wanted);
    buffer_release(&name);
    archive_abort(&archive);
    assert_int_not_equal(access(bureau_path(bureau, "n.zip"), F_OK), 0);
}

/* "test", as sha256sum says. */
static void what_went_in_is_told(void **state)
{
    struct bureau *bureau = *state;
    struct archive *archive;
    struct archive_entry entry;
    struct error err = {0};
    scratch_write(bureau_path(bureau, "a.txt"), "test");
    assert_true(archive_open(&archive, bureau_path(bureau, "n.zip"), 1750000000, &err));
    assert_true(archive_add(archive, "a", bureau_path(bureau, "a.txt"), &entry, &err));
    assert_int_equal(entry.bytes, 4);
    assert_string_equal(entry.sha256,
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    assert_true(archive_commit(&archive, &err));
}

static void a_file_that_is_not_there_ends_it(void **state)
{
    struct bureau *bureau = *state;
    struct archive *archive;
    struct archive_entry entry;
    struct error err = {0};
    size_t files = scratch_count((void **)&bureau->folder);
    assert_true(archive_open(&archive, bureau_path(bureau, "n.zip"), 1750000000, &err));
    assert_false(archive_add(archive, "a", bureau_path(bureau, "nowhere"), &entry, &err));
    assert_int_equal(err.code, ERROR_IO);
    archive_abort(&archive);
    assert_int_equal(scratch_count((void **)&bureau->folder), files);
    assert_false(archive_open(&archive, bureau_path(bureau, "no/n.zip"), 1750000000, &err));
    assert_int_equal(err.code, ERROR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(all_that_speaks_for_the_case_is_in_it),
        bureau_test(a_text_without_a_name_opens_as_one),
        bureau_test(the_index_tells_what_each_step_wants),
        bureau_test(the_forms_are_filled),
        bureau_test(a_case_that_goes_on_is_told_as_such),
        bureau_test(lost_and_changed_files_are_refused),
        bureau_test(a_file_that_changes_while_it_is_packed_is_refused),
        bureau_test(wrong_questions_are_answered),
        bureau_test(it_can_be_cancelled),
        bureau_test(the_same_case_gives_the_same_bytes),
        bureau_test(names_are_harmless),
        bureau_test(what_went_in_is_told),
        bureau_test(a_file_that_is_not_there_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
