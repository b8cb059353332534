/* Drawing into cells: wide characters, hostile text, alignment, wrapping, and widths that agree
 * with the C library's. */
#include "core/text.h"
#include "tui/glyph.h"
#include "tui/grid.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

static void expect_text(const struct grid *grid, const char *expected)
{
    struct buffer text = {0};
    grid_to_text(grid, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static void test_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 5, 10);
    assert_int_equal(grid_text(&grid, 0, 0, 10, STYLE_PLAIN, "示例锌业甲"), 10);
    assert_int_equal(grid_text(&grid, 1, 0, 10, STYLE_PLAIN, "示例锌业甲乙"), 9);
    assert_int_equal(grid_text(&grid, 2, 0, 5, STYLE_PLAIN, "a示例锌"), 4);
    assert_int_equal(grid_text(&grid, 3, 8, 10, STYLE_PLAIN, "锌业"), 1);
    assert_int_equal(grid_text(&grid, 4, 12, 10, STYLE_PLAIN, "锌业"), 0);
    expect_text(&grid, "示例锌业甲\n示例锌业…\na示…\n        …\n\n");
    grid_release(&grid);
}

static void test_half_of_a_wide_character_is_never_left(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 2, 6);
    grid_text(&grid, 0, 0, 6, STYLE_PLAIN, "铅锌铊");
    grid_text(&grid, 0, 1, 1, STYLE_PLAIN, "x");
    grid_text(&grid, 0, 4, 1, STYLE_PLAIN, "y");
    grid_text(&grid, 1, 0, 6, STYLE_PLAIN, "铅锌铊");
    grid_text(&grid, 1, 1, 2, STYLE_PLAIN, "镉");
    expect_text(&grid, " x锌y\n 镉 铊\n");
    int columns = 0;
    for (int column = 0; column < 6; column++)
        columns += grid_cell(&grid, 1, column)->width;
    assert_int_equal(columns, 6);
    grid_release(&grid);
}

static void test_hostile_text_is_made_visible(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 4, 20);
    const char *escape = "a\033[2Jb\a";
    assert_int_equal(grid_text(&grid, 0, 0, 20, STYLE_PLAIN, escape), grid_text_width(escape));
    grid_text(&grid, 1, 0, 20, STYLE_PLAIN, "x\xff\xc2\x9by\x7f");
    grid_text(&grid, 2, 0, 20, STYLE_PLAIN, "a\u202Eb\u200Bc\u2066d");
    grid_text(&grid, 3, 0, 20, STYLE_PLAIN, "一\n二\t三");
    expect_text(&grid, "a␛[2Jb␇\nx\uFFFD\uFFFDy␡\na\uFFFDb\uFFFDc\uFFFDd\n一 二 三\n");
    for (int row = 0; row < grid.rows; row++)
        for (int column = 0; column < grid.columns; column++) {
            uint32_t code = grid_cell(&grid, row, column)->codes[0];
            assert_false((code > 0 && code < 0x20) || (code >= 0x7F && code < 0xA0));
        }
    grid_release(&grid);
}

static void test_marks_join_their_character(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 1, 4);
    assert_int_equal(grid_text(&grid, 0, 0, 4, STYLE_PLAIN, "e\u0301x"), 2);
    assert_int_equal(grid_cell(&grid, 0, 0)->codes[1], 0x301);
    expect_text(&grid, "e\u0301x\n");
    grid_text(&grid, 0, 0, 4, STYLE_PLAIN, "a\u0301\u0302\u0303\u0304b");
    expect_text(&grid, "a\u0301\u0302b\n");
    grid_release(&grid);
}

static void test_alignment(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 7, 12);
    grid_text_right(&grid, 0, 0, 12, STYLE_PLAIN, "共 14 件");
    grid_text(&grid, 1, 4, 8, STYLE_PLAIN, "合计");
    grid_number(&grid, 2, 0, 12, 4, STYLE_PLAIN, "112763.01");
    grid_number(&grid, 3, 0, 12, 4, STYLE_PLAIN, "0.0042");
    grid_number(&grid, 4, 0, 12, 4, STYLE_PLAIN, "46000");
    grid_number(&grid, 5, 0, 12, 4, STYLE_PLAIN, "<0.02");
    grid_number(&grid, 6, 0, 6, 0, STYLE_PLAIN, "123456789");
    expect_text(&grid, "    共 14 件\n"
                       "    合计\n"
                       " 112763.01\n"
                       "      0.0042\n"
                       "  46000\n"
                       "     <0.02\n"
                       "######\n");
    grid_release(&grid);
}

static void test_wrapping(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 5, 10);
    const char *text = "缺企业名称甲。请补上 DW003 后再导入\n完";
    assert_int_equal(grid_wrap(&grid, 0, STYLE_PLAIN, text), 5);
    expect_text(&grid, "缺企业名称\n甲。请补上\nDW003 后再\n导入\n完\n");
    grid_clear(&grid);
    grid_wrap(&grid, 0, STYLE_PLAIN, "缺企业名字。请补");
    expect_text(&grid, "缺企业名\n字。请补\n\n\n\n");
    grid_clear(&grid);
    assert_int_equal(grid_wrap(&grid, 1, STYLE_PLAIN, "abcdefghijklmno"), 2);
    expect_text(&grid, "klmno\n\n\n\n\n");
    struct grid none = {.columns = 1};
    assert_int_equal(grid_wrap(&none, 0, STYLE_PLAIN, "铊镉"), 2);
    grid_release(&grid);
}

static void test_parts_are_cut_to_the_whole(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 4, 8);
    struct grid part = grid_part(&grid, 1, 2, 10, 4);
    assert_int_equal(part.rows, 3);
    grid_box(&part);
    struct grid inside = grid_part(&part, 1, 1, 1, 2);
    grid_text(&inside, 0, 0, 8, STYLE_PLAIN, "铊镉");
    grid_show_cursor(&inside, 0, 1);
    assert_int_equal(grid.cursor_row, 2);
    assert_int_equal(grid.cursor_column, 4);
    grid_show_cursor(&inside, 0, 2);
    assert_int_equal(grid.cursor_column, 4);
    expect_text(&grid, "\n  ┌──┐\n  │… │\n  └──┘\n");
    grid_release(&grid);
}

static void test_drawing_outside_does_nothing(void **state)
{
    (void)state;
    struct grid grid;
    grid_init(&grid, 2, 3);
    grid_text(&grid, -1, 0, 3, STYLE_PLAIN, "x");
    grid_text(&grid, 2, 0, 3, STYLE_PLAIN, "x");
    grid_text(&grid, 0, -1, 3, STYLE_PLAIN, "xy");
    grid_fill(&grid, -5, -5, 100, 6, '#', STYLE_PLAIN);
    grid_restyle(&grid, 7, 0, 3, STYLE_SELECTED);
    grid_rule(&grid, 9);
    expect_text(&grid, "#\n#\n");
    grid_resize(&grid, 0, 0);
    grid_text(&grid, 0, 0, 3, STYLE_PLAIN, "x");
    expect_text(&grid, "");
    grid_release(&grid);
}

static void test_selection_keeps_errors(void **state)
{
    (void)state;
    struct grid grid, copy;
    grid_init(&grid, 1, 4);
    grid_text(&grid, 0, 0, 1, STYLE_ERROR, "!");
    grid_text(&grid, 0, 1, 1, STYLE_HINT, "a");
    grid_init(&copy, 0, 0);
    grid_copy(&copy, &grid);
    assert_true(grid_equal(&copy, &grid));
    grid_restyle(&grid, 0, 0, 4, STYLE_SELECTED);
    assert_false(grid_equal(&copy, &grid));
    assert_int_equal(STYLE_MEANING(grid_cell(&grid, 0, 0)->style), STYLE_ERROR);
    assert_int_equal(STYLE_MEANING(grid_cell(&grid, 0, 1)->style), STYLE_SELECTED);
    for (int column = 0; column < 4; column++)
        assert_true(style_look(grid_cell(&grid, 0, column)->style).attributes & STYLE_REVERSE);
    grid_release(&grid);
    grid_release(&copy);
}

static void test_plain_glyphs(void **state)
{
    (void)state;
    static const char *const used = "─│┌┐└┘…▶▸▾✓·—“”×±°█░↑↓←→≥≤▁▂▃▄▅▆▇┄╭╮╰╯↺≠◂";
    for (size_t at = 0, step; used[at]; at += step) {
        uint32_t plain = glyph_plain(text_decode(used + at, &step));
        assert_true(plain >= ' ' && plain < 0x7F && plain != '?');
    }
    assert_int_equal(glyph_plain(0x94CA), 0x94CA);
    assert_int_equal(glyph_plain('a'), 'a');
    assert_int_equal(glyph_plain(0x2318), '?');
}

/* Not compared: what the C library calls unassigned or unprintable (-1); pictographs in
 * U+2600-27BF, whose width depends on the year of the Unicode table; and marks of scripts other
 * than Latin and Han (Tibetan, Arabic...), which the real terminal shows as '?'. */
static void test_widths_agree_with_the_c_library(void **state)
{
    (void)state;
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x20, 0x52F},    {0x1E00, 0x1FFF},   {0x2010, 0x2027},   {0x2030, 0x205E},
        {0x2070, 0x20CF}, {0x2100, 0x23E8},   {0x2460, 0x25FC},   {0x2600, 0x2613},
        {0x2701, 0x2704}, {0x2706, 0x2709},   {0x2776, 0x2794},   {0x2E80, 0x3029},
        {0x3030, 0x3098}, {0x309B, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
        {0xAC00, 0xD7A3}, {0xE000, 0xF8FF},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
        {0xFF01, 0xFFE6}, {0x1F600, 0x1F64F}, {0x20000, 0x2FA1D}, {0x30000, 0x3134A},
    };
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    int compared = 0;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        for (uint32_t code = ranges[i].first; code <= ranges[i].last; code++) {
            int width = wcwidth((wchar_t)code);
            bool cyrillic_mark = code >= 0x483 && code <= 0x489;
            if (width < 0 || cyrillic_mark)
                continue;
            if (text_char_width(code) != width)
                fail_msg("U+%04X: %d, C library %d", code, text_char_width(code), width);
            compared++;
        }
    assert_true(compared > 90000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_cut_between_characters),
        cmocka_unit_test(test_half_of_a_wide_character_is_never_left),
        cmocka_unit_test(test_hostile_text_is_made_visible),
        cmocka_unit_test(test_marks_join_their_character),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_wrapping),
        cmocka_unit_test(test_parts_are_cut_to_the_whole),
        cmocka_unit_test(test_drawing_outside_does_nothing),
        cmocka_unit_test(test_selection_keeps_errors),
        cmocka_unit_test(test_plain_glyphs),
        cmocka_unit_test(test_widths_agree_with_the_c_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
