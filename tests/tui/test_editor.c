/* The line editor: keys in, text and drawn field out. */
#include "tui/editor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static enum editor_answer type(struct editor *editor, const char *script)
{
    enum editor_answer answer = EDITOR_IGNORED;
    for (int key;;) {
        struct error err = {0};
        if (!key_parse(&script, &key, &err))
            fail_msg("%s", err.message);
        if (key == K_NONE)
            return answer;
        answer = editor_input(editor, &(struct event){.kind = EVENT_KEY, .key = key});
    }
}

static enum editor_answer paste(struct editor *editor, const char *text)
{
    return editor_input(editor, &(struct event){.kind = EVENT_PASTE, .paste = text});
}

/* Draws the active editor; checks the rows and where the cursor stands. */
static void expect_drawn(struct editor *editor, int rows, int columns, const char *expected,
                         int cursor_row, int cursor_column)
{
    struct grid grid;
    grid_init(&grid, rows, columns);
    editor_draw(editor, &grid, STYLE_FIELD, true);
    struct buffer text = {0};
    grid_to_text(&grid, &text);
    assert_string_equal(buffer_text(&text), expected);
    assert_int_equal(grid.cursor_row, cursor_row);
    assert_int_equal(grid.cursor_column, cursor_column);
    buffer_release(&text);
    grid_release(&grid);
}

static void test_typing_inside(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "", 0, false);
    assert_int_equal(type(&editor, "示范锌业<Left><Left>有色"), EDITOR_CHANGED);
    assert_string_equal(editor_text(&editor), "示范有色锌业");
    type(&editor, "<Backspace><Home><Delete><End>x<Left><Left><Backspace>");
    assert_string_equal(editor_text(&editor), "范有业x");
    type(&editor, "<Home><Backspace><End><Delete>");
    assert_string_equal(editor_text(&editor), "范有业x");
    assert_int_equal(type(&editor, "<Enter>"), EDITOR_IGNORED);
    assert_int_equal(type(&editor, "<F2>"), EDITOR_IGNORED);
    editor_release(&editor);
}

static void test_words_and_lines(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "示例 DW003，总铊 0.005", 0, false);
    type(&editor, "<^W>");
    assert_string_equal(editor_text(&editor), "示例 DW003，总铊 0.");
    type(&editor, "<WordLeft><WordLeft><WordLeft><WordLeft><^K>");
    assert_string_equal(editor_text(&editor), "示例 DW003");
    type(&editor, "<Home><WordRight>x");
    assert_string_equal(editor_text(&editor), "示例 xDW003");
    type(&editor, "<^U>");
    assert_string_equal(editor_text(&editor), "");
    assert_int_equal(type(&editor, "<^W>"), EDITOR_MOVED);
    editor_release(&editor);
}

static void test_undo(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "原文", 0, false);
    type(&editor, "abc<Left>d<^U>");
    assert_string_equal(editor_text(&editor), "");
    type(&editor, "<^Z>");
    assert_string_equal(editor_text(&editor), "原文abdc");
    type(&editor, "<^Z>");
    assert_string_equal(editor_text(&editor), "原文abc");
    type(&editor, "<^Z>");
    assert_string_equal(editor_text(&editor), "原文");
    assert_int_equal(type(&editor, "<^Z>"), EDITOR_MOVED);
    editor_set_text(&editor, "上一条");
    type(&editor, "<^Z>");
    assert_string_equal(editor_text(&editor), "原文");
    for (int i = 0; i < 300; i++)
        type(&editor, "x<Left>");
    for (int i = 0; i < 300; i++)
        type(&editor, "<^Z>");
    assert_int_equal(strlen(editor_text(&editor)), 200 + strlen("原文"));
    editor_release(&editor);
}

static void test_marks_go_with_their_character(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "ae\u0301b", 0, false);
    type(&editor, "<Left><Left>x");
    assert_string_equal(editor_text(&editor), "axe\u0301b");
    type(&editor, "<Delete>");
    assert_string_equal(editor_text(&editor), "axb");
    type(&editor, "<^Z><Right><Backspace>");
    assert_string_equal(editor_text(&editor), "axb");
    editor_release(&editor);
}

static void test_paste_is_cleaned(void **state)
{
    (void)state;
    struct editor line, lines;
    editor_init(&line, "", 0, false);
    editor_init(&lines, "", 0, true);
    const char *text = "清远\r\n示\t例\033[2J\u200B\u202E\xff\n";
    assert_int_equal(paste(&line, text), EDITOR_CHANGED);
    assert_string_equal(editor_text(&line), "清远示 例[2J");
    paste(&lines, text);
    assert_string_equal(editor_text(&lines), "清远\n示 例[2J\n");
    assert_int_equal(paste(&line, "\033"), EDITOR_MOVED);
    editor_release(&line);
    editor_release(&lines);
}

static void test_room_is_counted_in_characters(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "一二三四", 3, false);
    assert_string_equal(editor_text(&editor), "一二三");
    assert_int_equal(type(&editor, "四"), EDITOR_FULL);
    assert_int_equal(type(&editor, "<Backspace>"), EDITOR_CHANGED);
    assert_int_equal(paste(&editor, "五六"), EDITOR_FULL);
    assert_string_equal(editor_text(&editor), "一二五");
    editor_release(&editor);
}

static void test_long_line_scrolls(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "一二三四五六", 0, false);
    expect_drawn(&editor, 1, 8, " 四五六\n", 0, 7);
    type(&editor, "<Left><Left>");
    expect_drawn(&editor, 1, 8, " 四五六\n", 0, 3);
    type(&editor, "<Left><Left>");
    expect_drawn(&editor, 1, 8, "一二三四\n", 0, 4);
    type(&editor, "<Home>");
    expect_drawn(&editor, 1, 8, "一二三四\n", 0, 0);
    struct grid grid;
    grid_init(&grid, 1, 8);
    editor_draw(&editor, &grid, STYLE_FIELD, false);
    assert_int_equal(grid.cursor_row, -1);
    struct buffer text = {0};
    grid_to_text(&grid, &text);
    assert_string_equal(buffer_text(&text), "一二三…\n");
    buffer_release(&text);
    grid_release(&grid);
    editor_release(&editor);
}

static void test_lines_wrap_and_scroll(void **state)
{
    (void)state;
    struct editor editor;
    editor_init(&editor, "一二三四五\n六", 0, true);
    expect_drawn(&editor, 4, 9, "一二三四\n五\n六\n\n", 2, 2);
    type(&editor, "<Up>");
    expect_drawn(&editor, 4, 9, "一二三四\n五\n六\n\n", 1, 2);
    type(&editor, "<Up><End>");
    expect_drawn(&editor, 4, 9, "一二三四\n五\n六\n\n", 0, 6);
    assert_int_equal(type(&editor, "<Up>"), EDITOR_IGNORED);
    type(&editor, "<Enter>x");
    assert_string_equal(editor_text(&editor), "一二三\nx四五\n六");
    type(&editor, "<Down><Down>");
    expect_drawn(&editor, 2, 9, "x四五\n六\n", 1, 0);
    type(&editor, "<Home><Up><Up>");
    expect_drawn(&editor, 2, 9, "一二三\nx四五\n", 0, 0);
    assert_int_equal(type(&editor, "<Down><Down><Down>"), EDITOR_IGNORED);
    editor_release(&editor);
}

static void test_tiny_areas(void **state)
{
    (void)state;
    struct editor line, lines;
    editor_init(&line, "铊镉 Tl", 0, false);
    editor_init(&lines, "铊镉\nTl", 0, true);
    for (int rows = 0; rows < 3; rows++)
        for (int columns = 0; columns < 4; columns++) {
            struct grid grid;
            grid_init(&grid, rows, columns);
            type(&lines, "<Up><End>");
            editor_draw(&line, &grid, STYLE_FIELD, true);
            editor_draw(&lines, &grid, STYLE_FIELD, true);
            grid_release(&grid);
        }
    editor_release(&line);
    editor_release(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typing_inside),
        cmocka_unit_test(test_words_and_lines),
        cmocka_unit_test(test_undo),
        cmocka_unit_test(test_marks_go_with_their_character),
        cmocka_unit_test(test_paste_is_cleaned),
        cmocka_unit_test(test_room_is_counted_in_characters),
        cmocka_unit_test(test_long_line_scrolls),
        cmocka_unit_test(test_lines_wrap_and_scroll),
        cmocka_unit_test(test_tiny_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
