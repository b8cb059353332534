/* What a photo is, by its own bytes: sizes and dots of whole files; broken and cut ones are none.
 */
#include "exports/picture.h"
#include "tests/exports/pictures.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool read_bytes(void **state, const void *bytes, size_t length, struct picture *picture)
{
    const char *path = scratch_path(state, "photo");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return picture_read(path, picture);
}

#define READ(state, bytes, picture) read_bytes(state, bytes, sizeof(bytes) - 1, picture)

static void each_kind_tells_its_size(void **state)
{
    struct picture picture;
    assert_true(READ(state, PHOTO_JPEG, &picture));
    assert_int_equal(picture.kind, PICTURE_JPEG);
    assert_int_equal(picture.width, 320);
    assert_int_equal(picture.height, 200);
    assert_true(picture.dots_x > 299 && picture.dots_x < 301);
    assert_int_equal(picture.bytes, sizeof(PHOTO_JPEG) - 1);
    assert_true(READ(state, PHOTO_PNG, &picture));
    assert_int_equal(picture.kind, PICTURE_PNG);
    assert_int_equal(picture.width, 64);
    assert_int_equal(picture.height, 48);
    assert_true(picture.dots_x > 71.9 && picture.dots_x < 72.1);
    assert_true(READ(state, PHOTO_GIF, &picture));
    assert_int_equal(picture.width, 16);
    assert_int_equal(picture.height, 9);
    assert_true(READ(state, PHOTO_BMP, &picture));
    assert_int_equal(picture.width, 10);
    assert_int_equal(picture.height, 20);
    assert_string_equal(picture_suffix(picture.kind), "bmp");
}

static void what_is_cut_before_its_size_is_none(void **state)
{
    struct picture picture;
    for (size_t length = 0; length < PHOTO_JPEG_HEAD; length++)
        if (read_bytes(state, PHOTO_JPEG, length, &picture))
            fail_msg("%zu bytes are a photo", length);
    for (size_t length = 0; length < PHOTO_PNG_HEAD; length++)
        if (read_bytes(state, PHOTO_PNG, length, &picture))
            fail_msg("%zu bytes are a photo", length);
}

static void other_files_are_none(void **state)
{
    struct picture picture;
    assert_false(READ(state, "%PDF-1.4\n1 0 obj", &picture));
    assert_false(READ(state, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", &picture));
    assert_false(READ(state, "\xFF\xD8\xFF\xE0\0\1 too short a segment", &picture));
    assert_false(READ(state, "GIF89a\0\0\x09\0", &picture)); /* no width */
    assert_false(picture_read(scratch_path(state, "nowhere"), &picture));
    assert_false(picture_read("/", &picture));
}

/* Whatever stands in the bytes, an answer comes and sizes are in bounds. */
static void any_bytes_are_answered(void **state)
{
    char bytes[sizeof(PHOTO_JPEG)];
    struct picture picture;
    uint32_t random = 1;
    for (int round = 0; round < 2000; round++) {
        memcpy(bytes, PHOTO_JPEG, sizeof bytes);
        for (int i = 0; i < 3; i++) {
            random = random * 1664525 + 1013904223;
            bytes[(random >> 8) % (sizeof bytes - 1)] = (char)(random >> 24);
        }
        if (read_bytes(state, bytes, sizeof bytes - 1, &picture))
            assert_true(picture.width > 0 && picture.width <= 100000 && picture.dots_x > 0);
    }
}

static void a_frame_keeps_the_shape(void **state)
{
    const struct picture wide = {.width = 1600, .height = 800}, high = {.width = 1, .height = 9999};
    int width, height;
    (void)state;
    picture_fit(&wide, 300, 300, &width, &height);
    assert_int_equal(width, 300);
    assert_int_equal(height, 150);
    picture_fit(&wide, 300, 100, &width, &height);
    assert_int_equal(width, 200);
    assert_int_equal(height, 100);
    picture_fit(&high, 300, 100, &width, &height);
    assert_int_equal(width, 1);
    assert_int_equal(height, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_kind_tells_its_size, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(what_is_cut_before_its_size_is_none, scratch_make,
                                        scratch_remove),
        cmocka_unit_test_setup_teardown(other_files_are_none, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(any_bytes_are_answered, scratch_make, scratch_remove),
        cmocka_unit_test(a_frame_keeps_the_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
