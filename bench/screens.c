/* screens.c - how long the desk takes to its first screen and for a PageDown in its longest list.
 * Usage: screens DATABASE; prints medians in milliseconds. */
#define _DEFAULT_SOURCE /* forkpty */
#include "bench/bench.h"
#include "core/buffer.h"
#include "tests/e2e/terminal.h"

#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STARTS = 15, PAGES = 40 };

/* Milliseconds from exec until the registers with their counts stand on the screen. What the desk
 * works out after its first frame does not count, so this looks at the bytes as they come. */
static double first_screen(const char *database)
{
    static const struct winsize size = {.ws_row = 24, .ws_col = 80};
    static const char query[] = "\033[6n", answer[] = "\033[1;2R", last[] = "整改台账";
    struct buffer seen = {0};
    const char *build = getenv("BUILD");
    char program[4096];
    int terminal;
    snprintf(program, sizeof program, "%s/taizhang", build ? build : "build");
    double begin = bench_now();
    pid_t child = forkpty(&terminal, NULL, NULL, &size);
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        execl(program, program, "--db", database, (char *)NULL);
        _exit(127);
    }
    bool answered = false;
    while (!strstr(buffer_text(&seen), last)) {
        char block[4096];
        ssize_t length = read(terminal, block, sizeof block);
        if (length <= 0)
            break;
        buffer_add_bytes(&seen, block, (size_t)length);
        if (!answered && strstr(seen.text, query))
            answered = write(terminal, answer, sizeof answer - 1) > 0;
    }
    double time = bench_now() - begin;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(terminal);
    buffer_release(&seen);
    return time;
}

int main(int argc, char **argv)
{
    static const char *const no_arguments[] = {NULL};
    double starts[STARTS], pages[PAGES];
    if (argc != 2)
        return 2;
    for (int i = 0; i < STARTS; i++)
        starts[i] = first_screen(argv[1]);
    struct terminal_window *window = window_open(argv[1], 24, 80, no_arguments);
    window_type(window, "1");
    window_settle(window);
    for (int i = 0; i < PAGES; i++) {
        double begin = bench_now();
        window_type(window, "<PgDn>");
        window_settle(window);
        pages[i] = bench_now() - begin;
    }
    window_close(&window);
    printf("first screen %.1f ms, PageDown %.2f ms\n", bench_median(starts, STARTS),
           bench_median(pages, PAGES));
    return 0;
}
