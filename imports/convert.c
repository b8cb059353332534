#include "imports/convert.h"
#include "imports/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_HANDLES = 4096,
    TICK_MS = 50, /* between two looks whether LibreOffice has ended */
    GRACE_MS = 2000,
    BLOCK_SIZE = 1 << 16,
};

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* Appends where the program lies. Empty and relative folders of PATH are passed over: what a list's
 * folder holds must not run. */
static bool find_program(struct buffer *path)
{
    static const char *const names[] = {"soffice", "libreoffice"};
    const char *folders = getenv("PATH");
    for (size_t i = 0; folders && i < sizeof names / sizeof names[0]; i++) {
        for (const char *at = folders; *at;) {
            size_t length = strcspn(at, ":");
            buffer_clear(path);
            buffer_add_bytes(path, at, length);
            buffer_addf(path, "/%s", names[i]);
            if (*at == '/' && is_program(path->text))
                return true;
            at += length + (at[length] == ':');
        }
    }
    buffer_clear(path);
    return false;
}

bool convert_is_available(void)
{
    struct buffer path = {0};
    bool found = find_program(&path);
    buffer_release(&path);
    return found;
}

static bool refuse_room(struct error *err)
{
    return error_set(err, ERROR_IO, "无法建立临时文件，请检查磁盘空间后重试");
}

static bool copy_file(const char *from, const char *to, struct error *err)
{
    char block[BLOCK_SIZE];
    ssize_t got = -1;
    int source = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool done = source >= 0 && target >= 0;
    while (done && (got = read(source, block, sizeof block)) > 0)
        done = write(target, block, (size_t)got) == got;
    if (source >= 0)
        close(source);
    if (target >= 0 && close(target) != 0)
        done = false;
    return (done && got == 0) || refuse_room(err);
}

/* The child: nothing but calls that are safe between fork and exec. */
static void run(const char *folder, char *const arguments[])
{
    sigset_t none;
    const struct rlimit file_size = {TABLE_MAX_FILE, TABLE_MAX_FILE};
    int null = open("/dev/null", O_RDWR);
    setsid(); /* so that it can be stopped with its children, and not by a key at the terminal */
    if (null < 0 || chdir(folder) != 0 || setrlimit(RLIMIT_FSIZE, &file_size) != 0)
        _exit(126);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int handle = 0; handle < 3; handle++)
        dup2(null, handle);
    for (int handle = 3; handle < MOST_HANDLES; handle++)
        close(handle);
    execv(arguments[0], arguments);
    _exit(127);
}

static void pause_ms(int milliseconds)
{
    struct timespec time = {.tv_nsec = milliseconds * 1000000L};
    nanosleep(&time, NULL);
}

/* Whether it has ended; its status then. */
static bool has_ended(pid_t child, int *status)
{
    pid_t ended = waitpid(child, status, WNOHANG);
    if (ended < 0 && errno != EINTR) {
        *status = -1;
        return true;
    }
    return ended == child;
}

/* Stops it with all that it has started. */
static void stop(pid_t child)
{
    int status;
    bool ended = false;
    kill(child, SIGTERM); /* it may not lead its own group yet */
    kill(-child, SIGTERM);
    for (int waited = 0; waited < GRACE_MS && !ended; waited += TICK_MS) {
        ended = has_ended(child, &status);
        if (!ended)
            pause_ms(TICK_MS);
    }
    kill(-child, SIGKILL);
    if (!ended) {
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
    }
}

/* Signals by which a person or the system ends this program: held back while LibreOffice runs, so
 * that nothing of it stays behind. */
static void ending_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGHUP);
}

static bool goes_on(const struct convert *convert)
{
    sigset_t pending;
    if (sigpending(&pending) == 0 &&
        (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
         sigismember(&pending, SIGHUP)))
        return false;
    return !convert->progress || convert->progress(convert->progress_context, 0, 1);
}

static bool wait_for(const struct convert *convert, pid_t child, struct error *err)
{
    struct timespec start, now;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (!has_ended(child, &status)) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        bool late = now.tv_sec - start.tv_sec >= convert->seconds;
        bool wanted = goes_on(convert);
        if (late || !wanted) {
            stop(child);
            return wanted
                       ? error_set(err, ERROR_FORMAT,
                                   "LibreOffice 在 %d 秒内没有转换完，请用 WPS 表格或 Excel "
                                   "打开后另存为 .xlsx 再导入",
                                   convert->seconds)
                       : error_set(err, ERROR_CANCELLED, "已按您的要求停止读取，没有写入任何内容");
        }
        pause_ms(TICK_MS);
    }
    kill(-child, SIGKILL); /* what it may have left running */
    return status == 0 || error_set(err, ERROR_FORMAT,
                                    "LibreOffice 没能转换这个文件，请用 WPS 表格或 Excel "
                                    "打开后另存为 .xlsx 再导入");
}

static void add_file_url(struct buffer *url, const char *path)
{
    buffer_add(url, "file://");
    for (; *path; path++)
        if ((*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
            (*path >= '-' && *path <= '9'))
            buffer_add_char(url, *path);
        else
            buffer_addf(url, "%%%02X", (unsigned char)*path);
}

/* How LibreOffice calls the format. It is told, since else it takes a damaged file for a text. */
static const char *filter_of(const char *ending)
{
    static const struct {
        const char *ending, *filter;
    } formats[] = {{"xls", "MS Excel 97"}, {"ods", "calc8"}};
    size_t i = 0;
    while (strcmp(formats[i].ending, ending) != 0)
        i++;
    return formats[i].filter;
}

static bool launch(const struct convert *convert, const char *program, const char *folder,
                   struct error *err)
{
    struct buffer profile = {0}, filter = {0}, name = {0};
    buffer_add(&profile, "-env:UserInstallation=");
    add_file_url(&profile, folder);
    buffer_add(&profile, "/profile");
    buffer_addf(&name, "list.%s", convert->ending);
    buffer_addf(&filter, "--infilter=%s", filter_of(convert->ending));
    char *const arguments[] = {
        (char *)program, profile.text, "--headless", "--norestore", filter.text, "--convert-to",
        "xlsx",          "--outdir",   "out",        name.text,     NULL,
    };
    pid_t child = fork();
    if (child == 0)
        run(folder, arguments);
    bool done = child > 0 ? wait_for(convert, child, err) : refuse_room(err);
    buffer_release(&profile);
    buffer_release(&filter);
    buffer_release(&name);
    return done;
}

static bool convert_in(const struct convert *convert, const char *program, const char *folder,
                       struct buffer *xlsx, struct error *err)
{
    struct buffer copy = {0};
    struct stat status;
    buffer_addf(&copy, "%s/list.%s", folder, convert->ending);
    buffer_addf(xlsx, "%s/out/list.xlsx", folder);
    bool done = copy_file(convert->path, copy.text, err) && launch(convert, program, folder, err);
    buffer_release(&copy);
    if (done && (lstat(xlsx->text, &status) != 0 || !S_ISREG(status.st_mode)))
        done =
            error_set(err, ERROR_FORMAT,
                      "LibreOffice 打不开这个文件（可能已损坏，或设有密码），请用 WPS 表格或 Excel "
                      "打开后另存为 .xlsx 再导入");
    return done;
}

bool convert_to_xlsx(const struct convert *convert, struct buffer *folder, struct buffer *xlsx,
                     struct error *err)
{
    struct buffer program = {0};
    bool done =
        find_program(&program) || error_set(err, ERROR_MISSING,
                                            "没有安装 LibreOffice，无法转换，请用 WPS 表格或 "
                                            "Excel 打开后另存为 .xlsx 再导入");
    if (done && (staging_make_folder("convert", folder) || refuse_room(err))) {
        sigset_t ending, before;
        ending_signals(&ending);
        sigprocmask(SIG_BLOCK, &ending, &before);
        done = convert_in(convert, program.text, folder->text, xlsx, err);
        if (!done)
            convert_remove(folder->text);
        sigprocmask(SIG_SETMASK, &before, NULL); /* what was held back comes now */
    } else {
        done = false;
    }
    buffer_release(&program);
    return done;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    remove(path);
    return 0;
}

void convert_remove(const char *folder)
{
    enum { OPEN_FOLDERS = 16 };
    nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

void conversion_release(struct conversion *conversion)
{
    if (conversion->folder.length)
        convert_remove(conversion->folder.text);
    buffer_release(&conversion->folder);
    buffer_release(&conversion->xlsx);
}
