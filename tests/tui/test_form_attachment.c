/* The form: a file is added by its path, kept, shown, and missed when it has gone. */
#include "form_stage.h"

#include "db/attachment.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST_SUM "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const char *const plant[] = {"name", "示例冶炼厂", "region", "清城区", NULL};

static void write_photo(const struct stage *stage, struct buffer *path)
{
    buffer_addf(path, "%s/整改前 photo.jpg", stage->folder);
    FILE *file = fopen(path->text, "w");
    assert_non_null(file);
    assert_true(fputs("test", file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Opens the stored enterprise with the cursor on its attachment, which stands on the last page. */
static void open_at_file(struct stage *stage, const char *id)
{
    const struct reg *reg = reg_find("enterprise");
    int field = reg_field_index(reg, "attachment");
    size_t section = 0, first = 0;
    while (first + reg->sections[section].count <= (size_t)field)
        first += reg->sections[section++].count;
    stage_open(stage, "enterprise", id, NULL);
    stage_play(stage, "<BackTab>"); /* the last page */
    for (int i = 0; i < field - (int)first; i++)
        stage_play(stage, "<Down>");
    stage_expect(stage, "▸ 附件");
}

static void type(struct stage *stage, const char *before, const char *path, const char *behind)
{
    struct buffer script = {0};
    buffer_addf(&script, "%s%s%s", before, path, behind);
    stage_play(stage, script.text);
    buffer_release(&script);
}

static void test_a_file_is_added_by_its_path(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct buffer path = {0}, kept = {0};
    stage_begin(&stage, 24, 80);
    write_photo(&stage, &path);
    stage_add(&stage, "enterprise", plant, id);
    open_at_file(&stage, id);
    type(&stage, "<F3>", path.text, "<Enter>");
    assert_true(term_memory_saw(stage.terminal, "添加附件"));
    assert_true(term_memory_saw(stage.terminal, "整改前 photo.jpg"));
    stage_play(&stage, "<Up>");
    stage_expect(&stage, "已存 4 字节");
    assert_true(attachment_has(stage.store, TEST_SUM, NULL));
    stage_expect_drafts(&stage, "enterprise", "attachment=" TEST_SUM "\n");
    stage_play(&stage, "<F2>");
    stage_expect_value(&stage, "enterprise", id, "attachment", TEST_SUM);
    stage_expect_not(&stage, "不见了");
    attachment_path(stage.store, TEST_SUM, &kept);
    assert_int_equal(unlink(kept.text), 0);
    stage_play(&stage, "<Esc>");
    open_at_file(&stage, id);
    stage_expect(&stage, "x 附件文件不见了（9f86d081…），请从备份找回");
    stage_expect_not(&stage, "已存 4 字节");
    type(&stage, "<F3>'", path.text, "' <Enter>"); /* as a file manager drops it */
    stage_expect_not(&stage, "不见了");
    stage_expect(&stage, "已存 4 字节");
    stage_end(&stage);
    buffer_release(&path);
    buffer_release(&kept);
}

static void test_what_cannot_be_added_stays_to_be_mended(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct buffer path = {0};
    stage_begin(&stage, 24, 80);
    write_photo(&stage, &path);
    stage_add(&stage, "enterprise", plant, id);
    open_at_file(&stage, id);
    type(&stage, "/none/photo.jpg<Enter><^U>", stage.folder, "<Enter><Esc>"); /* "/" opens it */
    assert_true(term_memory_saw(stage.terminal, "“/none/photo.jpg”：没有这个文件"));
    assert_true(term_memory_saw(stage.terminal, "这是文件夹"));
    stage_expect(&stage, "▸ 附件");
    stage_expect_drafts(&stage, "enterprise", "");
    assert_int_equal(attachment_count(stage.store), 0);
    /* Given up again after it was added. */
    type(&stage, "<F3>", path.text, "<Enter>");
    stage_expect(&stage, "已存 4 字节");
    open_at_file(&stage, id);
    stage_expect(&stage, "已存 4 字节");
    stage_play(&stage, "<Backspace><Up>");
    stage_expect_not(&stage, "已存 4 字节");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_end(&stage);
    buffer_release(&path);
}

/* A path that is longer than what the box of a sum holds. */
static void test_a_long_path(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct buffer path = {0}, script = {0};
    stage_begin(&stage, 24, 80);
    write_photo(&stage, &path);
    stage_add(&stage, "enterprise", plant, id);
    open_at_file(&stage, id);
    buffer_add(&script, stage.folder);
    for (int i = 0; i < 60; i++)
        buffer_add(&script, "/.");
    buffer_add(&script, strrchr(path.text, '/'));
    type(&stage, "<F3>", script.text, "<Enter><F2>");
    stage_expect_value(&stage, "enterprise", id, "attachment", TEST_SUM);
    stage_expect(&stage, "已保存");
    stage_play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
    buffer_release(&path);
    buffer_release(&script);
}

/* In the list of attachments the name and the bytes follow the file, also into a draft and out of
 * it. */
static void test_name_and_bytes_follow(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    struct buffer path = {0};
    stage_begin(&stage, 30, 100);
    write_photo(&stage, &path);
    stage_open(&stage, "attachment", NULL, NULL);
    type(&stage, "<F3>", path.text, "<Enter>");
    stage_expect(&stage, "已存 整改前 photo.jpg 4 字节");
    stage_expect(&stage, "文件名");
    stage_draft_id(&stage, id);
    stage_restart(&stage, STORE_WRITE);
    stage_open(&stage, "attachment", id, NULL);
    stage_expect(&stage, "已存 整改前 photo.jpg 4 字节");
    stage_play(&stage, "<Down>前<Enter><F2>");
    stage_expect(&stage, "已保存");
    stage_expect_value(&stage, "attachment", id, "file", TEST_SUM);
    stage_expect_value(&stage, "attachment", id, "file_name", "整改前 photo.jpg");
    stage_expect_value(&stage, "attachment", id, "bytes", "4");
    stage_expect_drafts(&stage, "attachment", "");
    stage_end(&stage);
    buffer_release(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_added_by_its_path),
        cmocka_unit_test(test_what_cannot_be_added_stays_to_be_mended),
        cmocka_unit_test(test_a_long_path),
        cmocka_unit_test(test_name_and_bytes_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
