#include "tui/editor.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum { UNDO_MOST = 100 };

struct editor_state {
    char *text;
    size_t at;
};

void editor_init(struct editor *editor, const char *text, size_t most, bool multiline)
{
    *editor = (struct editor){.most = most, .multiline = multiline};
    editor_set_text(editor, text);
    for (size_t i = 0; i < editor->undo_count; i++)
        free(editor->undo[i].text);
    editor->undo_count = 0;
}

void editor_release(struct editor *editor)
{
    for (size_t i = 0; i < editor->undo_count; i++)
        free(editor->undo[i].text);
    free(editor->undo);
    buffer_release(&editor->text);
    *editor = (struct editor){0};
}

const char *editor_text(const struct editor *editor)
{
    return buffer_text(&editor->text);
}

/* ---- changes ---- */

static void remember(struct editor *editor, bool typed)
{
    bool joins = typed && editor->typing;
    editor->typing = typed;
    if (joins)
        return;
    if (editor->undo_count == UNDO_MOST) {
        free(editor->undo[0].text);
        editor->undo_count--;
        memmove(editor->undo, editor->undo + 1, editor->undo_count * sizeof *editor->undo);
    }
    editor->undo =
        mem_grow(editor->undo, editor->undo_count, &editor->undo_capacity, sizeof *editor->undo);
    editor->undo[editor->undo_count++] =
        (struct editor_state){mem_text(editor_text(editor)), editor->at};
}

static enum editor_answer undo(struct editor *editor)
{
    editor->typing = false;
    if (editor->undo_count == 0)
        return EDITOR_MOVED;
    struct editor_state *state = &editor->undo[--editor->undo_count];
    buffer_clear(&editor->text);
    buffer_add(&editor->text, state->text);
    editor->at = state->at;
    free(state->text);
    return EDITOR_CHANGED;
}

/* Replaces the bytes from `first` to `last` by `text`; the insertion point goes behind it. */
static void replace(struct editor *editor, size_t first, size_t last, const char *text)
{
    char *tail = mem_text(editor_text(editor) + last);
    editor->text.length = first;
    buffer_add(&editor->text, text);
    editor->at = editor->text.length;
    buffer_add(&editor->text, tail);
    free(tail);
}

static enum editor_answer erase(struct editor *editor, size_t first, size_t last)
{
    if (first == last)
        return EDITOR_MOVED;
    remember(editor, false);
    replace(editor, first, last, "");
    return EDITOR_CHANGED;
}

static bool is_allowed(const struct editor *editor, uint32_t code)
{
    if (code == '\n')
        return editor->multiline;
    bool control = code < 0x20 || (code >= 0x7F && code < 0xA0) || code == TEXT_INVALID;
    bool isolate = code >= 0x2066 && code <= 0x2069;
    bool unseen = text_char_width(code) == 0 && grid_char_width(code) > 0;
    return !control && !isolate && !unseen && code != 0x2028 && code != 0x2029;
}

/* What of `text` may be typed here, within the room that is left. False when there was more. */
static bool clean(const struct editor *editor, const char *text, struct buffer *out)
{
    size_t left = SIZE_MAX;
    if (editor->most) {
        size_t count = text_count(editor_text(editor));
        left = count < editor->most ? editor->most - count : 0;
    }
    for (size_t step; *text; text += step) {
        uint32_t code = text_decode(text, &step);
        bool break_of_two = code == '\r' && text[step] == '\n';
        if (break_of_two)
            continue;
        if (code == '\t')
            code = ' ';
        if (code == '\r')
            code = '\n';
        if (!is_allowed(editor, code))
            continue;
        if (left == 0)
            return false;
        left--;
        char bytes[4];
        buffer_add_bytes(out, bytes, text_encode(code, bytes));
    }
    return true;
}

static enum editor_answer insert(struct editor *editor, const char *text, bool typed)
{
    struct buffer cleaned = {0};
    bool all = clean(editor, text, &cleaned);
    if (cleaned.length) {
        remember(editor, typed);
        replace(editor, editor->at, editor->at, buffer_text(&cleaned));
    }
    enum editor_answer answer = !all ? EDITOR_FULL : cleaned.length ? EDITOR_CHANGED : EDITOR_MOVED;
    buffer_release(&cleaned);
    return answer;
}

void editor_set_text(struct editor *editor, const char *text)
{
    remember(editor, false);
    struct buffer cleaned = {0};
    struct editor empty = {.most = editor->most, .multiline = editor->multiline};
    clean(&empty, text, &cleaned);
    replace(editor, 0, editor->text.length, buffer_text(&cleaned));
    buffer_release(&cleaned);
}

/* ---- moving ---- */

static bool is_mark(const char *text, size_t at)
{
    size_t step;
    uint32_t code = text_decode(text + at, &step);
    return step && grid_char_width(code) == 0;
}

static size_t left_of(const struct editor *editor, size_t at)
{
    const char *text = editor_text(editor);
    do
        at = text_previous(text, at);
    while (at > 0 && is_mark(text, at));
    return at;
}

static size_t right_of(const struct editor *editor, size_t at)
{
    const char *text = editor_text(editor);
    do
        at = text_next(text, at);
    while (is_mark(text, at));
    return at;
}

enum { CLASS_BLANK, CLASS_WORD, CLASS_HAN, CLASS_OTHER };

static int class_at(const struct editor *editor, size_t at)
{
    size_t step;
    uint32_t c = text_decode(editor_text(editor) + at, &step);
    if (c == ' ' || c == '\n' || c == 0x3000)
        return CLASS_BLANK;
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_')
        return CLASS_WORD;
    bool han = (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFD);
    return han ? CLASS_HAN : CLASS_OTHER;
}

static size_t word_left(const struct editor *editor, size_t at)
{
    while (at > 0 && class_at(editor, left_of(editor, at)) == CLASS_BLANK)
        at = left_of(editor, at);
    if (at == 0)
        return 0;
    int class = class_at(editor, left_of(editor, at));
    while (at > 0 && class_at(editor, left_of(editor, at)) == class)
        at = left_of(editor, at);
    return at;
}

static size_t word_right(const struct editor *editor, size_t at)
{
    int class = class_at(editor, at);
    while (at < editor->text.length && class_at(editor, at) == class)
        at = right_of(editor, at);
    while (at < editor->text.length && class_at(editor, at) == CLASS_BLANK)
        at = right_of(editor, at);
    return at;
}

/* Columns of the text between two positions. */
static int columns_between(const struct editor *editor, size_t first, size_t last)
{
    int columns = 0;
    for (size_t step; first < last; first += step)
        columns += grid_char_width(text_decode(editor_text(editor) + first, &step));
    return columns;
}

/* Where the line that begins at `start` ends: before its line break, or where the width of the
 * last drawing ends it. One column is kept for the cursor behind the last character. */
static size_t line_end(const struct editor *editor, size_t start)
{
    const char *text = editor_text(editor);
    int room = editor->columns > 2 ? editor->columns - 1 : 2;
    size_t at = start;
    for (int used = 0; text[at] && text[at] != '\n';) {
        size_t next = right_of(editor, at);
        used += columns_between(editor, at, next);
        if (used > room)
            break;
        at = next;
    }
    return at;
}

static size_t next_line(const struct editor *editor, size_t end)
{
    return editor_text(editor)[end] == '\n' ? end + 1 : end;
}

/* The wrapped line of position `at`: its number, and its first byte. */
static int line_of(const struct editor *editor, size_t at, size_t *start)
{
    int line = 0;
    *start = 0;
    if (!editor->multiline)
        return 0;
    for (;;) {
        size_t end = line_end(editor, *start);
        size_t next = next_line(editor, end);
        bool wrapped = next == end && end < editor->text.length;
        if (at < end || (at == end && !wrapped) || end == editor->text.length)
            return line;
        *start = next;
        line++;
    }
}

static size_t line_start(const struct editor *editor, int line)
{
    size_t start = 0;
    for (; line > 0; line--)
        start = next_line(editor, line_end(editor, start));
    return start;
}

static size_t end_of_line(const struct editor *editor, size_t start)
{
    if (!editor->multiline)
        return editor->text.length;
    size_t end = line_end(editor, start);
    bool wrapped = end < editor->text.length && editor_text(editor)[end] != '\n';
    return wrapped ? left_of(editor, end) : end;
}

static enum editor_answer move_lines(struct editor *editor, int lines)
{
    if (!editor->multiline)
        return EDITOR_IGNORED;
    size_t start, last_start;
    int line = line_of(editor, editor->at, &start);
    int last = line_of(editor, editor->text.length, &last_start);
    if (line + lines < 0 || line + lines > last)
        return EDITOR_IGNORED;
    int wanted = columns_between(editor, start, editor->at);
    size_t at = line_start(editor, line + lines);
    size_t end = end_of_line(editor, at);
    while (at < end && wanted > 0) {
        size_t next = right_of(editor, at);
        wanted -= columns_between(editor, at, next);
        if (wanted >= 0)
            at = next;
    }
    editor->at = at;
    return EDITOR_MOVED;
}

static enum editor_answer move_to(struct editor *editor, size_t at)
{
    editor->typing = false;
    editor->at = at;
    return EDITOR_MOVED;
}

static enum editor_answer press(struct editor *editor, int key)
{
    size_t at = editor->at, end = editor->text.length, start;
    line_of(editor, at, &start);
    switch (key) {
    case K_LEFT:
        return move_to(editor, left_of(editor, at));
    case K_RIGHT:
        return move_to(editor, right_of(editor, at));
    case K_WORD_LEFT:
        return move_to(editor, word_left(editor, at));
    case K_WORD_RIGHT:
        return move_to(editor, word_right(editor, at));
    case K_HOME:
    case K_CTRL('A'):
        return move_to(editor, start);
    case K_END:
    case K_CTRL('E'):
        return move_to(editor, end_of_line(editor, start));
    case K_UP:
        return move_lines(editor, -1);
    case K_DOWN:
        return move_lines(editor, 1);
    case K_BACKSPACE:
        return erase(editor, left_of(editor, at), at);
    case K_DELETE:
        return erase(editor, at, right_of(editor, at));
    case K_CTRL('W'):
        return erase(editor, word_left(editor, at), at);
    case K_CTRL('U'):
        return erase(editor, 0, end);
    case K_CTRL('K'):
        return erase(editor, at, end_of_line(editor, start));
    case K_CTRL('Z'):
        return undo(editor);
    case K_ENTER:
        return editor->multiline ? insert(editor, "\n", false) : EDITOR_IGNORED;
    default:
        return EDITOR_IGNORED;
    }
}

enum editor_answer editor_input(struct editor *editor, const struct event *event)
{
    if (event->kind == EVENT_PASTE)
        return insert(editor, event->paste, false);
    if (event->kind != EVENT_KEY)
        return EDITOR_IGNORED;
    if (!key_is_text(event->key))
        return press(editor, event->key);
    char bytes[5] = {0};
    text_encode((uint32_t)event->key, bytes);
    return insert(editor, bytes, true);
}

/* ---- drawing ---- */

/* Scrolls so that the insertion point shows, with some of what stands before it. */
static void scroll_to(struct editor *editor, int cursor, int room)
{
    if (cursor < editor->scroll)
        editor->scroll = editor->multiline || cursor < room / 2 ? cursor : cursor - room / 2;
    if (cursor >= editor->scroll + room)
        editor->scroll = cursor - room + 1;
    if (!editor->multiline && cursor < room)
        editor->scroll = 0;
}

static void draw_line(struct editor *editor, struct grid *area, unsigned style, bool active)
{
    int cursor = columns_between(editor, 0, editor->at);
    scroll_to(editor, active ? cursor : 0, area->columns);
    const char *text = editor_text(editor);
    if (!active) {
        grid_text(area, 0, 0, area->columns, style, text);
        return;
    }
    size_t at = 0;
    int skipped = 0;
    while (skipped < editor->scroll && text[at]) {
        size_t next = right_of(editor, at);
        skipped += columns_between(editor, at, next);
        at = next;
    }
    int x = skipped - editor->scroll;
    size_t length = text_fit(text + at, area->columns - x);
    char *shown = mem_text_part(text + at, length);
    grid_text(area, 0, x, area->columns - x, style, shown);
    free(shown);
    grid_show_cursor(area, 0, cursor - editor->scroll);
}

static void draw_lines(struct editor *editor, struct grid *area, unsigned style, bool active)
{
    size_t start;
    int line = line_of(editor, editor->at, &start);
    scroll_to(editor, active ? line : 0, area->rows);
    int column = columns_between(editor, start, editor->at);
    size_t at = line_start(editor, editor->scroll);
    for (int row = 0; row < area->rows; row++) {
        size_t end = line_end(editor, at);
        char *shown = mem_text_part(editor_text(editor) + at, end - at);
        grid_text(area, row, 0, area->columns, style, shown);
        free(shown);
        at = next_line(editor, end);
        if (end == editor->text.length)
            break;
    }
    if (active)
        grid_show_cursor(area, line - editor->scroll, column);
}

void editor_draw(struct editor *editor, struct grid *area, unsigned style, bool active)
{
    editor->columns = area->columns;
    grid_fill(area, 0, 0, area->rows, area->columns, ' ', style);
    if (area->columns < 1 || area->rows < 1)
        return;
    (editor->multiline ? draw_lines : draw_line)(editor, area, style, active);
}
