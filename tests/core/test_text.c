#include "core/text.h"

#include <locale.h>
#include <wchar.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_clean(const char *text, bool multiline, const char *expected)
{
    struct buffer out = {0};
    bool ok = text_clean(text, multiline, &out);
    assert_int_equal(ok, expected != NULL);
    if (expected)
        assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void assert_fold(const char *text, const char *expected)
{
    struct buffer out = {0};
    text_fold(text, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void every_character_survives_encoding(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x110000; code++) {
        char bytes[5] = {0};
        size_t length = text_encode(code, bytes), read;
        bool valid = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        if (!valid) {
            assert_int_equal(length, 0);
            continue;
        }
        assert_int_equal(text_decode(bytes, &read), code);
        assert_int_equal(read, length);
        assert_true(text_is_utf8(bytes, length));
    }
}

static void invalid_bytes(void **state)
{
    (void)state;
    static const char *const invalid[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xe9\x93",
        "\xff",
        "\xc2",
        "\xe4\xb8\x41",
    };
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        size_t length;
        assert_int_equal(text_decode(invalid[i], &length), TEXT_INVALID);
        assert_int_equal(length, 1);
        assert_false(text_is_utf8(invalid[i], strlen(invalid[i])));
    }
    assert_true(text_is_utf8("a\0铊", 5));
    assert_false(text_is_utf8("铊", 2));
    assert_true(text_is_utf8("", 0));
    size_t length;
    assert_int_equal(text_decode("", &length), 0);
    assert_int_equal(length, 0);
}

static void moving_by_characters(void **state)
{
    (void)state;
    static const char text[] = "a铊😀";
    assert_int_equal(text_count(text), 3);
    assert_int_equal(text_next(text, 0), 1);
    assert_int_equal(text_next(text, 1), 4);
    assert_int_equal(text_next(text, 4), 8);
    assert_int_equal(text_next(text, 8), 8);
    assert_int_equal(text_previous(text, 8), 4);
    assert_int_equal(text_previous(text, 4), 1);
    assert_int_equal(text_previous(text, 1), 0);
    assert_int_equal(text_previous(text, 0), 0);
}

static void cutting_never_splits_a_character(void **state)
{
    (void)state;
    static const char text[] = "a铊é😀b镉";
    for (size_t bytes = 0; bytes <= sizeof text; bytes++) {
        char cut[sizeof text];
        memcpy(cut, text, sizeof text);
        text_cut_bytes(cut, bytes);
        size_t length = strlen(cut);
        assert_true(length <= bytes);
        assert_true(text_is_utf8(cut, length));
        assert_int_equal(strncmp(cut, text, length), 0);
        /* Not one character less than fits. */
        assert_true(length == sizeof text - 1 || text_next(text, length) > bytes);
    }
}

static void cutting_mends_what_was_cut_before(void **state)
{
    (void)state;
    char text[] = "a铊\xe9\x95";
    text_cut_bytes(text, sizeof text - 1);
    assert_string_equal(text, "a铊");
    char lead[] = "a\xf0";
    text_cut_bytes(lead, sizeof lead - 1);
    assert_string_equal(lead, "a");
    char empty[] = "";
    text_cut_bytes(empty, 0);
    assert_string_equal(empty, "");
}

static void width(void **state)
{
    (void)state;
    assert_int_equal(text_width("铊 mg/L"), 7);
    assert_int_equal(text_width("（一）"), 6);
    assert_int_equal(text_width("e\xcc\x81"), 1);
    assert_int_equal(text_width("\xef\xbb\xbf"), 0);
    assert_int_equal(text_width("😀"), 2);
    assert_int_equal(text_width("𠮷"), 2);
    assert_int_equal(text_width("μ°′″"), 4);
    assert_int_equal(text_fit("铊镉铅", 4), 6);
    assert_int_equal(text_fit("铊镉铅", 5), 6);
    assert_int_equal(text_fit("铊镉铅", 0), 0);
    assert_int_equal(text_fit("e\xcc\x81x", 1), 3);
    assert_int_equal(text_fit("ab", 80), 2);
}

static void width_agrees_with_the_c_library(void **state)
{
    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    static const struct {
        uint32_t first, last;
    } stored[] = {
        {0x20, 0x7E},       {0xA0, 0xAC},       {0xAE, 0x377},    {0x391, 0x3C9},
        {0x2010, 0x2027},   {0x2030, 0x205E},   {0x2100, 0x218B}, {0x2190, 0x2319},
        {0x2460, 0x24FF},   {0x2500, 0x25FC},   {0x2E80, 0x2E99}, {0x3000, 0x303E},
        {0x3041, 0x3096},   {0x30A0, 0x30FF},   {0x3105, 0x312F}, {0x3200, 0x321E},
        {0x3400, 0x4DBF},   {0x4E00, 0x9FFC},   {0xAC00, 0xD7A3}, {0xF900, 0xFA6D},
        {0xFE30, 0xFE4F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6}, {0x1F300, 0x1F320},
        {0x1F600, 0x1F64F}, {0x20000, 0x2A6DD},
    };
    for (size_t i = 0; i < sizeof stored / sizeof stored[0]; i++)
        for (uint32_t code = stored[i].first; code <= stored[i].last; code++)
            if (wcwidth((wchar_t)code) >= 0 && wcwidth((wchar_t)code) != text_char_width(code))
                fail_msg("U+%04X is %d wide, not %d", (unsigned)code, wcwidth((wchar_t)code),
                         text_char_width(code));
}

static void cleaning(void **state)
{
    (void)state;
    assert_clean("  河池　市\t", false, "河池 市");
    assert_clean("\xc2\xa0"
                 "a\xc2\xa0\xc2\xa0"
                 "b",
                 false, "a b");
    assert_clean("\xef\xbb\xbf名称", false, "名称");
    assert_clean("ＡＢｃ１２３", false, "ABc123");
    assert_clean("１２．５－３／４", false, "12.5-3/4");
    assert_clean("（一），《二》：“三”；", false, "（一），《二》：“三”；");
    assert_clean("a\nb\r\nc\rd", false, "a b c d");
    assert_clean("a\nb\r\nc\rd", true, "a\nb\nc\nd");
    assert_clean("a\xe2\x80\xa8"
                 "b",
                 true, "a\nb");
    assert_clean("\n\na\n", true, "a");
    assert_clean("", true, "");
    assert_clean("a\x1b[0m", true, NULL);
    assert_clean("a\x01", true, NULL);
    assert_clean("a\xc2\x85", true, NULL);
    assert_clean("a\xe2\x80\xaa", true, NULL);
    assert_clean("a\xe2\x81\xa9", true, NULL);
    assert_clean("\xfe", true, NULL);
}

static void cleaning_twice_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"  a  b ", "一\r\n\n 二 ", "１．２", "　　"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct buffer once = {0};
        assert_true(text_clean(texts[i], true, &once));
        assert_clean(buffer_text(&once), true, buffer_text(&once));
        buffer_release(&once);
    }
}

static void folding(void **state)
{
    (void)state;
    assert_fold("清远市（清城）冶炼厂", "清远市清城冶炼厂");
    assert_fold("清远市(清城)冶炼厂 ", "清远市清城冶炼厂");
    assert_fold("ＤＷ－００３", "dw003");
    assert_fold("A·B—C、D。", "abcd");
    assert_fold("“一”《二》【三】", "一二三");
    assert_fold("\xff", "");
    assert_true(text_same("（总铊）", "总铊"));
    assert_true(text_same("PH值", "ｐｈ 值"));
    assert_false(text_same("铊", "镉"));
    assert_false(text_same("铊", "总铊"));
}

static void beginnings_and_ends(void **state)
{
    (void)state;
    assert_true(text_starts_with("清城区", "清城"));
    assert_false(text_starts_with("清", "清城"));
    assert_true(text_ends_with("清城区", "区"));
    assert_false(text_ends_with("区", "清城区"));
    assert_true(text_starts_with("a", ""));
    assert_true(text_is_empty(NULL));
    assert_true(text_is_empty(""));
    assert_false(text_is_empty(" "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_survives_encoding),
        cmocka_unit_test(invalid_bytes),
        cmocka_unit_test(moving_by_characters),
        cmocka_unit_test(cutting_never_splits_a_character),
        cmocka_unit_test(cutting_mends_what_was_cut_before),
        cmocka_unit_test(width),
        cmocka_unit_test(width_agrees_with_the_c_library),
        cmocka_unit_test(cleaning),
        cmocka_unit_test(cleaning_twice_changes_nothing),
        cmocka_unit_test(folding),
        cmocka_unit_test(beginnings_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
