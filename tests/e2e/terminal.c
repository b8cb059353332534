/* Written against libvterm 0.1.4 (Debian 12); what differs between its versions stays in this file.
 */
#define _GNU_SOURCE /* forkpty */
#include "terminal.h"

#include "core/buffer.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/key.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct terminal_window {
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    int pty;
    pid_t process;
    bool ended; /* waited for */
    int status;
    unsigned long sent, consumed;   /* keys */
    bool marked;                    /* a marker has come at all */
    bool cursor_visible, alternate; /* the screen for full-screen programs is on */
    VTermPos cursor;
    struct buffer text;
};

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- what the program tells the terminal ---- */

/* "7777;12": so many keys are consumed and answered. libvterm hands over everything between OSC and
 * its end. */
static int on_osc(const char *command, size_t length, void *context)
{
    struct terminal_window *window = context;
    unsigned long count;
    char copy[32];
    if (length >= sizeof copy)
        return 0;
    memcpy(copy, command, length);
    copy[length] = '\0';
    if (sscanf(copy, "7777;%lu", &count) != 1)
        return 0;
    window->consumed = count;
    window->marked = true;
    return 1;
}

static int on_move_cursor(VTermPos position, VTermPos before, int visible, void *context)
{
    struct terminal_window *window = context;
    (void)before;
    (void)visible;
    window->cursor = position;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *context)
{
    struct terminal_window *window = context;
    if (property == VTERM_PROP_CURSORVISIBLE)
        window->cursor_visible = value->boolean != 0;
    else if (property == VTERM_PROP_ALTSCREEN)
        window->alternate = value->boolean != 0;
    return 1;
}

static const VTermParserCallbacks fallbacks = {.osc = on_osc};
static const VTermScreenCallbacks callbacks = {.movecursor = on_move_cursor,
                                               .settermprop = on_property};

/* Keys, and replies such as the one to "where is the cursor", which start_width of the program
 * asks. */
static void send_output(struct terminal_window *window)
{
    char bytes[4096];
    size_t length;
    while ((length = vterm_output_read(window->vterm, bytes, sizeof bytes)) > 0) {
        for (size_t done = 0; done < length;) {
            ssize_t written = write(window->pty, bytes + done, length - done);
            if (written < 0 && errno != EINTR && errno != EAGAIN)
                return; /* the program has ended: whoever waits for it will see that */
            done += written > 0 ? (size_t)written : 0;
        }
    }
}

/* Reads what the program has written, waiting for it at most until `deadline`. False when that has
 * passed, or the program has gone. */
static bool read_some(struct terminal_window *window, long deadline)
{
    struct pollfd input = {.fd = window->pty, .events = POLLIN};
    long left = deadline - now_ms();
    if (left <= 0 || poll(&input, 1, (int)left) <= 0)
        return false;
    char bytes[65536];
    ssize_t length = read(window->pty, bytes, sizeof bytes);
    if (length <= 0)
        return false;
    vterm_input_write(window->vterm, bytes, (size_t)length);
    send_output(window);
    return true;
}

/* ---- starting ---- */

static const char *program(void)
{
    static char path[PATH_MAX];
    const char *build = getenv("BUILD");
    snprintf(path, sizeof path, "%s/taizhang", build ? build : "build");
    return path;
}

static void pin_environment(const char *database)
{
    const char *const pinned[][2] = {
        {"TERM", "xterm-256color"},
        {"TZ", "Asia/Shanghai"},
        {"TAIZHANG_NOW", "2026-06-15T10:42:07"},
        {"TAIZHANG_TEST_MARKER", "1"},
        {"TAIZHANG_DB", database},
        {"HOME", "/nonexistent"},
        {"ASAN_OPTIONS", "exitcode=99"},
    };
    const char *data = getenv("TAIZHANG_DATA");
    char *kept = data ? mem_text(data) : NULL;
    clearenv();
    for (size_t i = 0; i < sizeof pinned / sizeof pinned[0]; i++)
        setenv(pinned[i][0], pinned[i][1], 1);
    if (kept)
        setenv("TAIZHANG_DATA", kept, 1);
}

struct terminal_window *window_open(const char *database, int rows, int columns,
                                    const char *const *arguments)
{
    struct terminal_window *window = mem_new(1, sizeof *window);
    window->rows = rows;
    window->columns = columns;
    window->vterm = vterm_new(rows, columns);
    window->cursor_visible = true;
    vterm_set_utf8(window->vterm, 1);
    window->screen = vterm_obtain_screen(window->vterm);
    vterm_screen_set_callbacks(window->screen, &callbacks, window);
    vterm_screen_set_unrecognised_fallbacks(window->screen, &fallbacks, window);
    vterm_screen_enable_altscreen(window->screen, 1);
    vterm_screen_reset(window->screen, 1);

    char path[PATH_MAX];
    if (!realpath(program(), path))
        fail_msg("there is no %s", program());
    char *argv[8] = {path};
    for (size_t i = 0; arguments && arguments[i] && i + 2 < sizeof argv / sizeof argv[0]; i++)
        argv[i + 1] = (char *)(uintptr_t)arguments[i];
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    window->process = forkpty(&window->pty, NULL, NULL, &size);
    assert_true(window->process >= 0);
    if (window->process == 0) {
        pin_environment(database);
        execv(path, argv);
        _exit(127);
    }
    fcntl(window->pty, F_SETFD, FD_CLOEXEC);
    return window;
}

void window_close(struct terminal_window **out)
{
    struct terminal_window *window = *out;
    if (!window)
        return;
    if (!window->ended) {
        kill(window->process, SIGKILL);
        waitpid(window->process, NULL, 0);
    }
    close(window->pty);
    vterm_free(window->vterm);
    buffer_release(&window->text);
    free(window);
    *out = NULL;
}

/* ---- typing ---- */

static const struct {
    int key;
    VTermKey code;
    VTermModifier modifier;
} key_codes[] = {
    {K_ENTER, VTERM_KEY_ENTER, 0},
    {K_ESC, VTERM_KEY_ESCAPE, 0},
    {K_TAB, VTERM_KEY_TAB, 0},
    {K_BACKTAB, VTERM_KEY_TAB, VTERM_MOD_SHIFT},
    {K_BACKSPACE, VTERM_KEY_BACKSPACE, 0},
    {K_DELETE, VTERM_KEY_DEL, 0},
    {K_INSERT, VTERM_KEY_INS, 0},
    {K_UP, VTERM_KEY_UP, 0},
    {K_DOWN, VTERM_KEY_DOWN, 0},
    {K_LEFT, VTERM_KEY_LEFT, 0},
    {K_RIGHT, VTERM_KEY_RIGHT, 0},
    {K_WORD_LEFT, VTERM_KEY_LEFT, VTERM_MOD_CTRL},
    {K_WORD_RIGHT, VTERM_KEY_RIGHT, VTERM_MOD_CTRL},
    {K_HOME, VTERM_KEY_HOME, 0},
    {K_END, VTERM_KEY_END, 0},
    {K_PAGE_UP, VTERM_KEY_PAGEUP, 0},
    {K_PAGE_DOWN, VTERM_KEY_PAGEDOWN, 0},
};

static void send_key(struct terminal_window *window, int key)
{
    if (key >= K_F(1) && key <= K_F(12)) {
        vterm_keyboard_key(window->vterm, (VTermKey)VTERM_KEY_FUNCTION(key - K_F1 + 1), 0);
    } else if (key >= K_CONTROL) {
        /* Lower case: libvterm has another sequence for control with a capital. */
        vterm_keyboard_unichar(window->vterm, (uint32_t)(key - K_CONTROL) | 0x20, VTERM_MOD_CTRL);
    } else if (key < K_NAMED) {
        vterm_keyboard_unichar(window->vterm, (uint32_t)key, VTERM_MOD_NONE);
    } else {
        for (size_t i = 0; i < sizeof key_codes / sizeof key_codes[0]; i++)
            if (key_codes[i].key == key)
                vterm_keyboard_key(window->vterm, key_codes[i].code, key_codes[i].modifier);
    }
}

void window_type(struct terminal_window *window, const char *script)
{
    struct error err = {0};
    for (;;) {
        int key;
        /* A program that has not begun to read could take Esc and what follows for one key. */
        if (!window->marked)
            window_settle(window);
        if (!key_parse(&script, &key, &err))
            fail_msg("key script: %s", err.message);
        if (key == K_NONE)
            return;
        send_key(window, key);
        send_output(window);
        window->sent++;
        if (key == K_ESC)
            window_settle(window);
    }
}

void window_paste(struct terminal_window *window, const char *text)
{
    vterm_keyboard_start_paste(window->vterm);
    for (size_t step; *text; text += step)
        vterm_keyboard_unichar(window->vterm, text_decode(text, &step), VTERM_MOD_NONE);
    vterm_keyboard_end_paste(window->vterm);
    send_output(window);
    window->sent++;
}

void window_resize(struct terminal_window *window, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    window->rows = rows;
    window->columns = columns;
    vterm_set_size(window->vterm, rows, columns);
    ioctl(window->pty, TIOCSWINSZ, &size);
}

/* ---- looking ---- */

static void fail_with_screen(struct terminal_window *window, const char *about, const char *text)
{
    printf("keys sent %lu, consumed %lu; the screen:\n%s\n", window->sent, window->consumed,
           window_text(window));
    fail_msg("%s%s", about, text);
}

void window_settle(struct terminal_window *window)
{
    long deadline = now_ms() + TERMINAL_SECONDS * 1000L;
    while (!window->marked || window->consumed < window->sent)
        if (!read_some(window, deadline))
            fail_with_screen(window, "the program does not answer", "");
}

static void add_row(struct terminal_window *window, int row)
{
    struct buffer *text = &window->text;
    size_t end = text->length;
    for (int column = 0; column < window->columns; column++) {
        VTermScreenCell cell;
        char bytes[4];
        if (!vterm_screen_get_cell(window->screen, (VTermPos){.row = row, .col = column}, &cell) ||
            cell.chars[0] == UINT32_MAX)
            continue; /* the right half of a wide character */
        if (cell.chars[0] == 0)
            buffer_add_char(text, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            buffer_add_bytes(text, bytes, text_encode(cell.chars[i], bytes));
        if (cell.chars[0] != 0 && cell.chars[0] != ' ')
            end = text->length;
    }
    text->length = end;
    buffer_add_char(text, '\n');
}

const char *window_text(struct terminal_window *window)
{
    buffer_clear(&window->text);
    for (int row = 0; row < window->rows; row++)
        add_row(window, row);
    return buffer_text(&window->text);
}

const char *window_row(struct terminal_window *window, int row)
{
    window_settle(window);
    buffer_clear(&window->text);
    add_row(window, row);
    return buffer_text(&window->text);
}

bool window_shows(struct terminal_window *window, const char *text)
{
    window_settle(window);
    return strstr(window_text(window), text) != NULL;
}

int window_find(struct terminal_window *window, const char *text)
{
    if (!window_shows(window, text))
        fail_with_screen(window, "the screen does not show: ", text);
    int row = 0;
    while (!strstr(window_row(window, row), text))
        row++;
    return row;
}

void window_wait_for(struct terminal_window *window, const char *text)
{
    long deadline = now_ms() + TERMINAL_SECONDS * 1000L;
    while (!window_shows(window, text))
        if (!read_some(window, deadline))
            fail_with_screen(window, "the screen never shows: ", text);
}

void window_cursor(struct terminal_window *window, int *row, int *column, bool *visible)
{
    window_settle(window);
    *row = window->cursor.row;
    *column = window->cursor.col;
    *visible = window->cursor_visible;
}

static VTermScreenCell cell_at(struct terminal_window *window, int row, int column)
{
    VTermScreenCell cell;
    window_settle(window);
    assert_true(
        vterm_screen_get_cell(window->screen, (VTermPos){.row = row, .col = column}, &cell));
    return cell;
}

bool window_is_bold(struct terminal_window *window, int row, int column)
{
    return cell_at(window, row, column).attrs.bold != 0;
}

bool window_is_reversed(struct terminal_window *window, int row, int column)
{
    return cell_at(window, row, column).attrs.reverse != 0;
}

/* ---- ending ---- */

void window_kill(struct terminal_window *window, int number)
{
    kill(window->process, number);
}

int window_wait(struct terminal_window *window)
{
    long deadline = now_ms() + TERMINAL_SECONDS * 1000L;
    /* The terminal's side must be read, or a program that still has something to say never ends. */
    while (!window->ended && now_ms() < deadline) {
        int status;
        if (waitpid(window->process, &status, WNOHANG) == window->process) {
            window->ended = true;
            window->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        } else if (!read_some(window, now_ms() + 100)) {
            struct timespec moment = {.tv_nsec = 1000000};
            nanosleep(&moment, NULL); /* between the hang-up of the terminal and the exit */
        }
    }
    if (!window->ended)
        fail_with_screen(window, "the program does not end", "");
    while (read_some(window, now_ms() + 10))
        continue;
    return window->status;
}

bool window_is_restored(const struct terminal_window *window)
{
    return window->cursor_visible && !window->alternate;
}

pid_t window_process(const struct terminal_window *window)
{
    return window->process;
}
