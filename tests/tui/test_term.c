/* The two terminals: the one in memory, and the real one on a pseudo terminal of our own. */
#include "core/text.h"
#include "tui/term.h"
#include "tui/term_memory.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WAIT_MS = 5000, OUTPUT_MOST = 1 << 16 };

static void test_memory(void **state)
{
    (void)state;
    struct terminal *terminal = term_memory_open(3, 10);
    struct error err = {0};
    struct event event;
    term_read(terminal, 0, &event);
    assert_int_equal(event.kind, EVENT_TICK);
    assert_false(term_memory_type(terminal, "a<Nowhere>", &err));
    term_memory_feed(terminal, &(struct event){.kind = EVENT_PASTE, .paste = "清远"});
    term_memory_feed(terminal, &(struct event){.kind = EVENT_RESIZE, .row = 2, .column = 8});
    term_read(terminal, -1, &event);
    assert_int_equal(event.key, 'a');
    term_read(terminal, -1, &event);
    assert_string_equal(event.paste, "清远");
    term_read(terminal, -1, &event);
    assert_int_equal(terminal->columns, 8);
    term_read(terminal, -1, &event);
    assert_int_equal(event.kind, EVENT_END);

    struct grid grid;
    grid_init(&grid, 2, 8);
    grid_text(&grid, 1, 0, 8, STYLE_PLAIN, "铊镉");
    term_show(terminal, &grid);
    assert_true(grid_equal(&grid, term_memory_grid(terminal)));
    assert_true(term_memory_saw(terminal, "铊镉"));
    grid_release(&grid);
    term_close(&terminal);
}

/* ---- the program under test, in the child ---- */

/* Shows each event in the first row until the terminal ends. */
static int echo_events(void)
{
    struct terminal *terminal;
    struct error err = {0};
    if (!term_curses_open(&terminal, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 3;
    }
    term_use_mouse(terminal, true);
    struct buffer line = {0};
    for (struct event event = {0}; event.kind != EVENT_END;) {
        struct grid grid;
        grid_init(&grid, terminal->rows, terminal->columns);
        grid_text(&grid, 0, 0, grid.columns, STYLE_ERROR, buffer_text(&line));
        grid_show_cursor(&grid, 0, grid_text_width(buffer_text(&line)));
        term_show(terminal, &grid);
        grid_release(&grid);
        term_read(terminal, -1, &event);
        buffer_clear(&line);
        if (event.kind == EVENT_KEY)
            key_display(event.key, &line);
        if (event.kind == EVENT_PASTE)
            buffer_addf(&line, "{%s}", event.paste);
        if (event.kind == EVENT_MOUSE)
            buffer_addf(&line, "%d@%d,%d", event.mouse, event.row, event.column);
        if (event.kind == EVENT_RESIZE)
            buffer_addf(&line, "%dx%d", terminal->rows, terminal->columns);
    }
    buffer_release(&line);
    term_close(&terminal);
    return 0;
}

/* ---- the terminal's side, in the parent ---- */

struct pty {
    int master;
    pid_t child;
    unsigned long sent; /* keys and pastes */
    char output[OUTPUT_MOST];
    size_t count;
    bool wide; /* the terminal draws ambiguous characters in two columns */
};

static void pty_open(struct pty *pty, const char *term, bool wide)
{
    memset(pty, 0, sizeof *pty);
    pty->wide = wide;
    pty->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(pty->master >= 0 && grantpt(pty->master) == 0 && unlockpt(pty->master) == 0);
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    char name[64];
    snprintf(name, sizeof name, "%s", ptsname(pty->master));
    pty->child = fork();
    if (pty->child == 0) {
        setsid();
        int slave = open(name, O_RDWR);
        ioctl(slave, TIOCSWINSZ, &size);
        dup2(slave, STDIN_FILENO);
        dup2(slave, STDOUT_FILENO);
        dup2(slave, STDERR_FILENO);
        close(pty->master);
        setenv("TERM", term, 1);
        setenv("LC_ALL", "POSIX", 1);
        setenv("TAIZHANG_TEST_MARKER", "1", 1);
        _exit(echo_events());
    }
}

/* Reads what the program writes, answers its question for the cursor. False at the end. */
static bool pty_read(struct pty *pty)
{
    struct pollfd output = {.fd = pty->master, .events = POLLIN};
    if (poll(&output, 1, WAIT_MS) <= 0)
        fail_msg("no answer to event %lu; so far: %s", pty->sent, pty->output);
    size_t room = sizeof pty->output - 1 - pty->count;
    ssize_t got = read(pty->master, pty->output + pty->count, room);
    if (got <= 0)
        return false;
    pty->count += (size_t)got;
    const char *question = strstr(pty->output, "\033[6n");
    if (question && pty->output[0] != '#') {
        const char *answer = pty->wide ? "\033[7;3R" : "\033[7;2R";
        assert_int_equal(write(pty->master, answer, 6), 6);
        pty->output[0] = '#';
    }
    return true;
}

/* Sends bytes that are one event and waits until the program has handled it. */
static void pty_send(struct pty *pty, const char *bytes)
{
    pty->count = 1;
    memset(pty->output + 1, 0, sizeof pty->output - 1);
    size_t length = strlen(bytes);
    assert_int_equal(write(pty->master, bytes, length), (ssize_t)length);
    pty->sent += length > 0;
    char marker[48];
    snprintf(marker, sizeof marker, "\033]7777;%lu\a", pty->sent);
    while (!strstr(pty->output, marker))
        assert_true(pty_read(pty));
}

static int pty_wait(struct pty *pty)
{
    while (pty_read(pty))
        continue;
    int status = -1;
    waitpid(pty->child, &status, 0);
    close(pty->master);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_output(const struct pty *pty, const char *text)
{
    if (!strstr(pty->output, text))
        fail_msg("\"%s\" is missing in: %s", text, pty->output);
}

static void start(struct pty *pty, const char *term, bool wide)
{
    pty_open(pty, term, wide);
    while (!strstr(pty->output, "\033]7777;0\a"))
        assert_true(pty_read(pty));
}

static void test_keys(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *shown;
    } keys[] = {
        {"x", "x"},
        {"铊", "铊"},
        {"\r", "Enter"},
        {"\033", "Esc"},
        {"\033OA", "↑"},
        {"\033[B", "↓"},
        {"\033[1;5D", "^←"},
        {"\x7f", "退格"},
        {"\033[6~", "PgDn"},
        {"\033[H", "Home"},
        {"\033[15~", "F5"},
        {"\033OQ", "F2"},
        {"\x04", "^D"},
        {"\x1a", "^Z"},
        {"\x03", "^C"},
        {"\033[Z", "⇧Tab"},
        {"\033[200~一\r二\033[201~", "{一 二}"},
    };
    static const char *const terms[] = {"xterm-256color", "screen", "vt100", "xterm-unheard-of"};
    for (size_t t = 0; t < sizeof terms / sizeof terms[0]; t++) {
        struct pty pty;
        start(&pty, terms[t], false);
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            pty_send(&pty, "\t");
            pty_send(&pty, keys[i].bytes);
            expect_output(&pty, keys[i].shown);
        }
        kill(pty.child, SIGTERM);
        assert_int_equal(pty_wait(&pty), 0);
        expect_output(&pty, "\033[?2004l");
    }
}

static void test_mouse(void **state)
{
    (void)state;
    struct pty pty;
    start(&pty, "xterm-256color", false);
    static const char *const sent[] = {"\033[<0;5;3M", "\033[<64;5;3M", "\033[<65;7;4M"};
    static const char *const shown[] = {"0@2,4", "1@2,4", "2@3,6"};
    for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
        pty_send(&pty, "\t");
        pty_send(&pty, sent[i]);
        expect_output(&pty, shown[i]);
    }
    kill(pty.child, SIGTERM);
    assert_int_equal(pty_wait(&pty), 0);
}

static void test_wide_terminal_gets_plain_characters(void **state)
{
    (void)state;
    struct pty pty;
    start(&pty, "xterm", true);
    pty_send(&pty, "\033[200~“铊”—…\033[201~");
    expect_output(&pty, "{\"铊\"-.}");
    pty_send(&pty, "⌘");
    expect_output(&pty, "?");
    kill(pty.child, SIGHUP);
    assert_int_equal(pty_wait(&pty), 0);
}

static void test_resize_and_hang_up(void **state)
{
    (void)state;
    struct pty pty;
    start(&pty, "xterm", false);
    struct winsize size = {.ws_row = 43, .ws_col = 132};
    ioctl(pty.master, TIOCSWINSZ, &size);
    while (!strstr(pty.output, "43x132"))
        assert_true(pty_read(&pty));
    close(pty.master);
    int status = -1;
    waitpid(pty.child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void test_hostile_output_never_arrives(void **state)
{
    (void)state;
    struct pty pty;
    start(&pty, "xterm-256color", false);
    pty_send(&pty, "\033[200~a\x07\x9b\xc2\x9b"
                   "31mb\033[201~");
    assert_null(strstr(pty.output, "\xc2\x9b"));
    assert_null(strstr(pty.output, "a\a"));
    kill(pty.child, SIGTERM);
    assert_int_equal(pty_wait(&pty), 0);
}

static void test_terminals_that_will_not_do(void **state)
{
    (void)state;
    static const struct {
        const char *term, *says;
    } cases[] = {{"dumb", "不能移动光标"}, {"", "不能移动光标"}, {"linux", "fbterm"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pty pty;
        pty_open(&pty, cases[i].term, false);
        assert_int_equal(pty_wait(&pty), 3);
        expect_output(&pty, cases[i].says);
        expect_output(&pty, "。");
        assert_null(strchr(pty.output, '\033'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_wide_terminal_gets_plain_characters),
        cmocka_unit_test(test_resize_and_hang_up),
        cmocka_unit_test(test_hostile_output_never_arrives),
        cmocka_unit_test(test_terminals_that_will_not_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
