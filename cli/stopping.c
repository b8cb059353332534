#include "cli/stopping.h"

#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

void stopping_begin(struct stopping *stopping)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    *stopping = (struct stopping){.is_watched = isatty(STDERR_FILENO)};
    sigprocmask(SIG_BLOCK, &ending, &stopping->former);
    stopping->signals = signalfd(-1, &ending, SFD_NONBLOCK | SFD_CLOEXEC);
}

bool stopping_import(void *context, int64_t done, int64_t total)
{
    struct stopping *stopping = context;
    struct signalfd_siginfo taken;
    if (read(stopping->signals, &taken, sizeof taken) > 0)
        stopping->stopped = true;
    if (stopping->is_watched && total > 0)
        fprintf(stderr, "\r%3lld%%（Ctrl-C 取消）\r", (long long)(done * 100 / total));
    return !stopping->stopped;
}

bool stopping_export(void *context, size_t done, size_t total)
{
    return stopping_import(context, (int64_t)done, (int64_t)total);
}

void stopping_end(struct stopping *stopping)
{
    struct signalfd_siginfo taken;
    if (stopping->is_watched)
        fputs("                          \r", stderr);
    while (read(stopping->signals, &taken, sizeof taken) > 0)
        stopping->stopped = true;
    close(stopping->signals);
    sigprocmask(SIG_SETMASK, &stopping->former, NULL);
}
