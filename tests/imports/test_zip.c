#include "fixture.h"
#include "zipfile.h"

#include "imports/zip.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK = 100000 };

/* Writes a part of `times` blocks, of which `noise` bytes each do not pack well, and reads it to
 * its end. Returns the bytes that came out, or -1 when it was refused. */
static int64_t read_blocks(struct fixture *fixture, size_t noise, size_t times)
{
    static char block[BLOCK], bytes[1 << 16];
    memset(block, ' ', sizeof block);
    uint32_t random = 1;
    for (size_t i = 0; i < noise; i++)
        block[i] = (char)((random = random * 1664525u + 1013904223u) >> 24);
    const bool is_huge = times > 1000; /* then it is written fast */
    struct zipfile_part part = {
        .name = "a", .text = block, .length = BLOCK, .times = times, .level = is_huge};
    snprintf(fixture->path, sizeof fixture->path, "%s/a.zip", fixture->folder);
    zipfile_write(fixture->path, &part, 1);

    struct zip *zip = NULL;
    assert_true(zip_open(fixture->path, &zip, &fixture->err));
    assert_int_equal(zip_size(zip, "A"), (int64_t)(BLOCK * times)); /* whatever the case */
    assert_int_equal(zip_size(zip, "b"), 0);
    assert_true(zip_begin_part(zip, "a", &fixture->err));
    int64_t total = 0;
    size_t length = 0;
    bool good;
    do {
        good = zip_read(zip, bytes, sizeof bytes, &length, &fixture->err);
        total += (int64_t)length;
    } while (good && length > 0);
    if (good)
        assert_true(zip_end_part(zip, &fixture->err));
    else
        zip_abandon_part(zip);
    zip_close(&zip);
    assert_null(zip);
    return good ? total : -1;
}

static void test_ratio(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_blocks(fixture, 0, 100), 100 * BLOCK); /* small parts may be anything */
    assert_int_equal(read_blocks(fixture, 0, 150), -1);
    assert_non_null(strstr(fixture->err.message, "压缩率异常"));
    assert_int_equal(read_blocks(fixture, 1000, 150), 150 * BLOCK);
}

static void test_size_of_a_part(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_blocks(fixture, 1000, ZIP_MAX_PART / BLOCK + 1), -1);
    assert_non_null(strstr(fixture->err.message, "文件解压后超过 1 GB"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(ratio),
        TEST(size_of_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
