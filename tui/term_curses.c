/* The terminal itself. No other file includes curses. */
#define NCURSES_NOMACROS 1
#include "tui/term.h"

#include "core/mem.h"
#include "core/text.h"
#include "tui/glyph.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum {
    PROBE_MS = 200,  /* how long a terminal may take to say where its cursor is */
    SLICE_MS = 200,  /* a resize that slips in before poll() is seen after this at the latest */
    PASTE_MS = 1000, /* a paste whose end does not come within this is taken as it is */
    PASTE_MOST = 1 << 20,
    REPLY_MOST = 64,
    CODE_EXTRA = 2000, /* our own curses key codes, above KEY_MAX */
    CODE_PASTE_BEGIN = CODE_EXTRA,
    CODE_PASTE_END,
    CODE_LATE_REPLY,
    CODE_KEYS, /* + (enum key - K_NAMED) */
};

struct curses_terminal {
    struct terminal base;
    SCREEN *screen;
    bool wide_marks; /* characters of ambiguous width take two columns here */
    bool has_colours;
    bool marks_events; /* TAIZHANG_TEST_MARKER */
    unsigned long consumed;
    int signals; /* a signalfd: hang-up and termination without a global flag */
    sigset_t saved_mask;
    struct buffer paste;
};

/* ---- what the terminal is ---- */

static bool use_utf8(struct error *err)
{
    static const char *const fallbacks[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8"};
    setlocale(LC_CTYPE, "");
    for (size_t i = 0; strcmp(nl_langinfo(CODESET), "UTF-8") != 0; i++) {
        if (i == sizeof fallbacks / sizeof fallbacks[0])
            return error_set(err, ERROR_IO,
                             "系统没有 UTF-8 语言环境，显示不了汉字：请安装 libc-bin 或 locales。");
        setlocale(LC_CTYPE, fallbacks[i]);
    }
    return true;
}

static bool check_terminal(struct error *err)
{
    const char *term = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, ERROR_IO,
                         "这里没有终端，打不开工作台：请在终端窗口里直接运行 taizhang，"
                         "或者使用子命令，见 taizhang --help。");
    if (!term || !*term || strcmp(term, "dumb") == 0)
        return error_set(err, ERROR_IO,
                         "这个终端（TERM=%s）不能移动光标，打不开工作台：请换一个终端窗口，"
                         "或者使用子命令，见 taizhang --help。",
                         term ? term : "");
    if (strcmp(term, "linux") == 0)
        return error_set(err, ERROR_IO,
                         "Linux 文字控制台没有汉字字形：请在图形界面的终端窗口里运行，或者先运行 "
                         "fbterm，再在其中执行 TERM=fbterm taizhang。");
    return true;
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void put_bytes(const char *text)
{
    size_t left = strlen(text);
    for (ssize_t done; left && (done = write(STDOUT_FILENO, text, left)) > 0; text += done)
        left -= (size_t)done;
}

struct probe {
    bool answered, wide;
    char typed[REPLY_MOST]; /* what was typed meanwhile */
    size_t count;
};

/* Takes a cursor report "ESC [ row ; column R" out of what was read. */
static bool find_report(struct probe *probe, int *column)
{
    for (size_t at = 0; at + 1 < probe->count; at++) {
        if (probe->typed[at] != '\033' || probe->typed[at + 1] != '[')
            continue;
        int row, used = 0;
        probe->typed[probe->count] = '\0';
        if (sscanf(probe->typed + at, "\033[%d;%d%n", &row, column, &used) != 2 ||
            probe->typed[at + (size_t)used] != 'R')
            continue;
        size_t end = at + (size_t)used + 1;
        memmove(probe->typed + at, probe->typed + end, probe->count - end);
        probe->count -= end - at;
        return true;
    }
    return false;
}

/* Prints a quotation mark and asks where the cursor is: in column 3, ambiguous characters are wide.
 * Must run before curses takes the terminal. */
static void probe_width(struct probe *probe)
{
    struct termios saved, raw;
    if (tcgetattr(STDIN_FILENO, &saved) != 0)
        return;
    raw = saved;
    raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    put_bytes("\r“\033[6n");
    int column = 0;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    for (long end = now_ms() + PROBE_MS, left; (left = end - now_ms()) > 0 && !probe->answered;) {
        if (poll(&input, 1, (int)left) <= 0)
            break;
        size_t room = sizeof probe->typed - 1 - probe->count;
        ssize_t got = read(STDIN_FILENO, probe->typed + probe->count, room);
        if (got <= 0)
            break;
        probe->count += (size_t)got;
        probe->answered = find_report(probe, &column);
    }
    probe->wide = probe->answered && column == 3;
    put_bytes("\r  \r");
    tcsetattr(STDIN_FILENO, TCSANOW, &saved);
}

/* ---- keys ---- */

static const struct {
    const char *sequence;
    int key;
} extra_keys[] = {
    {"\033[1;5D", K_WORD_LEFT}, {"\033[1;5C", K_WORD_RIGHT},
    {"\033[H", K_HOME},         {"\033[F", K_END},
    {"\033OH", K_HOME},         {"\033OF", K_END},
    {"\033[1~", K_HOME},        {"\033[4~", K_END},
    {"\033[7~", K_HOME},        {"\033[8~", K_END},
    {"\033[2~", K_INSERT},      {"\033[3~", K_DELETE},
    {"\033[5~", K_PAGE_UP},     {"\033[6~", K_PAGE_DOWN},
    {"\033[Z", K_BACKTAB},      {"\033[A", K_UP},
    {"\033[B", K_DOWN},         {"\033[C", K_RIGHT},
    {"\033[D", K_LEFT},         {"\033OA", K_UP},
    {"\033OB", K_DOWN},         {"\033OC", K_RIGHT},
    {"\033OD", K_LEFT},         {"\033OP", K_F(1)},
    {"\033OQ", K_F(2)},         {"\033OR", K_F(3)},
    {"\033OS", K_F(4)},         {"\033[11~", K_F(1)},
    {"\033[12~", K_F(2)},       {"\033[13~", K_F(3)},
    {"\033[14~", K_F(4)},       {"\033[15~", K_F(5)},
    {"\033[17~", K_F(6)},       {"\033[18~", K_F(7)},
    {"\033[19~", K_F(8)},       {"\033[20~", K_F(9)},
    {"\033[21~", K_F(10)},      {"\033[23~", K_F(11)},
    {"\033[24~", K_F(12)},
};

static const struct {
    int code, key;
} curses_keys[] = {
    {KEY_UP, K_UP},           {KEY_DOWN, K_DOWN},   {KEY_LEFT, K_LEFT},
    {KEY_RIGHT, K_RIGHT},     {KEY_HOME, K_HOME},   {KEY_END, K_END},
    {KEY_FIND, K_HOME},       {KEY_SELECT, K_END},  {KEY_PPAGE, K_PAGE_UP},
    {KEY_NPAGE, K_PAGE_DOWN}, {KEY_DC, K_DELETE},   {KEY_IC, K_INSERT},
    {KEY_BTAB, K_BACKTAB},    {KEY_ENTER, K_ENTER}, {KEY_BACKSPACE, K_BACKSPACE},
};

static int key_of_code(int code)
{
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return K_F1 + code - KEY_F(1);
    if (code >= CODE_KEYS && code < CODE_KEYS + K_NAMED_END - K_NAMED)
        return K_NAMED + code - CODE_KEYS;
    for (size_t i = 0; i < sizeof curses_keys / sizeof curses_keys[0]; i++)
        if (curses_keys[i].code == code)
            return curses_keys[i].key;
    return K_NONE;
}

/* Adds what many terminals send although their terminfo entry does not say so. */
static void define_keys(bool answered, int rows)
{
    for (size_t i = 0; i < sizeof extra_keys / sizeof extra_keys[0]; i++)
        if (key_of_code(key_defined(extra_keys[i].sequence)) == K_NONE)
            define_key(extra_keys[i].sequence, CODE_KEYS + extra_keys[i].key - K_NAMED);
    define_key("\033[200~", CODE_PASTE_BEGIN);
    define_key("\033[201~", CODE_PASTE_END);
    /* A cursor report that comes after all must not be taken for Esc and letters. */
    for (int row = 1; !answered && row <= rows; row++)
        for (int column = 2; column <= 3; column++) {
            char report[32];
            snprintf(report, sizeof report, "\033[%d;%dR", row, column);
            define_key(report, CODE_LATE_REPLY);
        }
}

static int key_of_char(wint_t c)
{
    static const int controls[0x20] = {
        [8] = K_BACKSPACE, ['\t'] = K_TAB, ['\n'] = K_ENTER, ['\r'] = K_ENTER, [27] = K_ESC};
    if (c == 0x7F)
        return K_BACKSPACE;
    if (c >= 0x20)
        return (int)c;
    return controls[c] ? controls[c] : K_CTRL('@' + (int)c);
}

/* ---- events ---- */

static void read_paste(struct curses_terminal *self, struct event *event)
{
    buffer_clear(&self->paste);
    timeout(PASTE_MS);
    for (long end = now_ms() + PASTE_MS; now_ms() < end;) {
        wint_t c;
        int kind = get_wch(&c); /* ERR before its time is a byte that is no UTF-8 */
        if (kind == ERR)
            continue;
        if (kind == KEY_CODE_YES && (c == CODE_PASTE_END || c == KEY_RESIZE))
            break;
        end = now_ms() + PASTE_MS;
        if (kind == KEY_CODE_YES || self->paste.length > PASTE_MOST)
            continue;
        char bytes[4];
        uint32_t code = c == '\r' ? '\n' : (uint32_t)c;
        buffer_add_bytes(&self->paste, bytes, text_encode(code, bytes));
    }
    timeout(0);
    event->kind = EVENT_PASTE;
    event->paste = buffer_text(&self->paste);
}

static bool read_mouse(struct event *event)
{
    MEVENT mouse;
    if (getmouse(&mouse) != OK)
        return false;
    event->kind = EVENT_MOUSE;
    event->row = mouse.y;
    event->column = mouse.x;
    event->mouse = mouse.bstate & BUTTON4_PRESSED   ? MOUSE_WHEEL_UP
                   : mouse.bstate & BUTTON5_PRESSED ? MOUSE_WHEEL_DOWN
                                                    : MOUSE_PRESS;
    return (mouse.bstate & (BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED)) != 0;
}

/* Translates what curses has ready. False when that is nothing for anybody. */
static bool read_ready(struct curses_terminal *self, struct event *event, bool *empty)
{
    wint_t c;
    int kind = get_wch(&c);
    *empty = kind == ERR;
    if (kind == ERR)
        return false;
    event->kind = EVENT_KEY;
    if (kind != KEY_CODE_YES) {
        event->key = key_of_char(c);
    } else if (c == KEY_RESIZE) {
        getmaxyx(stdscr, self->base.rows, self->base.columns);
        event->kind = EVENT_RESIZE;
        return true;
    } else if (c == CODE_PASTE_BEGIN) {
        read_paste(self, event);
    } else if (c == KEY_MOUSE) {
        if (!read_mouse(event))
            return false;
    } else {
        event->key = key_of_code((int)c);
    }
    self->consumed++;
    return event->kind != EVENT_KEY || event->key != K_NONE;
}

/* Waits for input, at most `ms` (-1: as long as it takes, in slices). False when the terminal is
 * gone or the program shall end. */
static bool wait_for_input(struct curses_terminal *self, long ms)
{
    struct pollfd wanted[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                              {.fd = self->signals, .events = POLLIN}};
    int slice = ms < 0 || ms > SLICE_MS ? SLICE_MS : (int)ms;
    if (poll(wanted, 2, slice) <= 0)
        return true;
    return !(wanted[1].revents & POLLIN) && !(wanted[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

static void curses_read(struct terminal *terminal, int timeout_ms, struct event *event)
{
    struct curses_terminal *self = (struct curses_terminal *)terminal;
    long end = now_ms() + timeout_ms;
    bool marks = self->marks_events && timeout_ms != 0;
    unsigned long marked = ULONG_MAX;
    for (;;) {
        bool empty;
        if (read_ready(self, event, &empty))
            return;
        *event = (struct event){.kind = EVENT_TICK};
        if (!empty)
            continue;
        if (marks && marked != self->consumed) {
            char marker[48];
            snprintf(marker, sizeof marker, "\033]7777;%lu\a", self->consumed);
            put_bytes(marker);
            marked = self->consumed;
        }
        long left = timeout_ms < 0 ? -1 : end - now_ms();
        if (!wait_for_input(self, timeout_ms >= 0 && left < 0 ? 0 : left)) {
            event->kind = EVENT_END;
            return;
        }
        if (timeout_ms >= 0 && left <= 0) {
            read_ready(self, event, &empty);
            return;
        }
    }
}

/* ---- drawing ---- */

static attr_t curses_attributes(unsigned attributes)
{
    return (attributes & STYLE_BOLD ? A_BOLD : 0) | (attributes & STYLE_DIM ? A_DIM : 0) |
           (attributes & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
           (attributes & STYLE_REVERSE ? A_REVERSE : 0);
}

/* Draws one cell. A character for which the C library has another width than the grid would move
 * all that follows, so a question mark of the right width stands for it. */
static void draw_cell(const struct curses_terminal *self, int row, int column,
                      const struct cell *cell)
{
    wchar_t text[CELL_CODES + 1] = {0};
    for (int i = 0; i < CELL_CODES; i++)
        text[i] = (wchar_t)cell->codes[i];
    if (self->wide_marks)
        text[0] = (wchar_t)glyph_plain(cell->codes[0]);
    bool known = wcwidth(text[0]) == cell->width;
    for (int i = 1; i < CELL_CODES && text[i]; i++)
        known = known && wcwidth(text[i]) == 0;
    if (!known)
        wmemcpy(text, L"?\0\0", CELL_CODES);

    struct look look = style_look(cell->style);
    short pair = self->has_colours ? (short)look.colour : 0;
    cchar_t drawn;
    setcchar(&drawn, text, curses_attributes(look.attributes), pair, NULL);
    mvadd_wch(row, column, &drawn);
    if (!known && cell->width == 2) {
        setcchar(&drawn, L" ", curses_attributes(look.attributes), pair, NULL);
        mvadd_wch(row, column + 1, &drawn);
    }
}

static void curses_show(struct terminal *terminal, const struct grid *grid)
{
    const struct curses_terminal *self = (const struct curses_terminal *)terminal;
    for (int row = 0; row < grid->rows; row++)
        for (int column = 0; column < grid->columns; column++)
            if (grid_cell(grid, row, column)->width)
                draw_cell(self, row, column, grid_cell(grid, row, column));
    bool shown = grid->cursor_row >= 0;
    curs_set(shown);
    if (shown)
        move(grid->cursor_row, grid->cursor_column);
    refresh();
}

static void curses_repaint(struct terminal *terminal)
{
    (void)terminal;
    clearok(curscr, TRUE);
}

static void curses_use_mouse(struct terminal *terminal, bool on)
{
    (void)terminal;
    mousemask(on ? ALL_MOUSE_EVENTS : 0, NULL);
    mouseinterval(0);
}

/* ---- opening and closing ---- */

static void curses_close(struct terminal *terminal)
{
    struct curses_terminal *self = (struct curses_terminal *)terminal;
    put_bytes("\033[?2004l");
    curs_set(1);
    endwin();
    delscreen(self->screen);
    struct signalfd_siginfo taken; /* else the signal would strike when it is unblocked */
    while (read(self->signals, &taken, sizeof taken) > 0)
        continue;
    close(self->signals);
    sigprocmask(SIG_SETMASK, &self->saved_mask, NULL);
    buffer_release(&self->paste);
    free(self);
}

static void start_colours(struct curses_terminal *self)
{
    static const short colours[] = {
        [COLOUR_RED] = COLOR_RED,   [COLOUR_GREEN] = COLOR_GREEN, [COLOUR_YELLOW] = COLOR_YELLOW,
        [COLOUR_BLUE] = COLOR_BLUE, [COLOUR_CYAN] = COLOR_CYAN,
    };
    self->has_colours = has_colors() && start_color() == OK && COLORS >= 8;
    if (!self->has_colours)
        return;
    short background = use_default_colors() == OK ? -1 : COLOR_BLACK;
    for (short i = COLOUR_RED; i <= COLOUR_CYAN; i++)
        init_pair(i, colours[i], background);
}

static void start_input(const struct probe *probe)
{
    raw(); /* ^Z is undo here, not suspend */
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    typeahead(-1);
    set_escdelay(25);
    timeout(0);
    define_keys(probe->answered, LINES);
    for (size_t i = probe->count; i > 0; i--)
        ungetch((unsigned char)probe->typed[i - 1]);
    put_bytes("\033[?2004h");
}

bool term_curses_open(struct terminal **terminal, struct error *err)
{
    static const struct terminal_class class = {
        .read = curses_read,
        .show = curses_show,
        .repaint = curses_repaint,
        .use_mouse = curses_use_mouse,
        .close = curses_close,
    };
    if (!use_utf8(err) || !check_terminal(err))
        return false;
    struct probe probe = {0};
    probe_width(&probe);
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (!screen)
        screen = newterm("xterm-256color", stdout, stdin);
    if (!screen)
        return error_set(err, ERROR_IO,
                         "系统不认识这个终端（TERM=%s）：请执行 TERM=xterm taizhang 再试，"
                         "或者安装 ncurses-term。",
                         getenv("TERM"));
    struct curses_terminal *self = mem_new(1, sizeof *self);
    self->base.class = &class;
    self->screen = screen;
    self->wide_marks = probe.wide;
    self->marks_events = getenv("TAIZHANG_TEST_MARKER") != NULL;
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, &self->saved_mask);
    self->signals = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
    start_input(&probe);
    start_colours(self);
    getmaxyx(stdscr, self->base.rows, self->base.columns);
    *terminal = &self->base;
    return true;
}
