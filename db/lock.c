#include "db/lock.h"
#include "core/buffer.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the holder wrote: "张，进程 4711，自 2026-06-15T10:42:07". */
static bool report_holder(int file, struct error *err)
{
    char holder[200] = "";
    ssize_t length = pread(file, holder, sizeof holder - 1, 0);
    holder[length > 0 ? length : 0] = '\0';
    struct buffer clean = {0};
    if (length <= 0 || !text_clean(holder, false, &clean))
        buffer_clear(&clean);
    error_set(err, ERROR_BUSY, "数据文件正由另一个窗口使用（%s），请在那边关闭后再试，或先只读查看",
              clean.length ? clean.text : "使用者不明");
    buffer_release(&clean);
    return false;
}

/* A holder removes the file when it lets go, so what was locked may be a file without a name. */
static bool is_current(int file, const char *path)
{
    struct stat locked, named;
    return fstat(file, &locked) == 0 && stat(path, &named) == 0 && locked.st_ino == named.st_ino &&
           locked.st_dev == named.st_dev;
}

/* The file is written into, so it must not be another one under a second name. */
static bool is_lock_file(int file)
{
    struct stat info;
    return fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink <= 1;
}

static void write_holder(int file, const char *who)
{
    char now[CLOCK_TEXT_SIZE];
    clock_now(now);
    struct buffer text = {0};
    buffer_addf(&text, "%s，进程 %ld，自 %.10s %s", who && *who ? who : "未署名", (long)getpid(),
                now, now + 11);
    /* Only for the other side's sentence: a failure here does not weaken the lock. */
    if (ftruncate(file, 0) != 0 || pwrite(file, text.text, text.length, 0) < 0)
        errno = 0;
    buffer_release(&text);
}

bool lock_take(struct lock *lock, const char *path, const char *who, struct error *err)
{
    /* By whatever links it is reached, a file has one lock. */
    char *real = realpath(path, NULL);
    struct buffer name = {0};
    buffer_addf(&name, "%s.lock", real ? real : path);
    free(real);
    lock->path = buffer_take(&name);
    for (;;) {
        lock->file = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
        if (lock->file < 0 && errno == ELOOP) {
            error_set(err, ERROR_IO, "“%s”不是本程序的锁文件，请把它移走后再试", lock->path);
            break;
        }
        if (lock->file < 0) {
            error_set(err, ERROR_IO, "不能在“%s”旁边建立锁文件（%s），请检查文件夹权限", path,
                      strerror(errno));
            break;
        }
        if (!is_lock_file(lock->file)) {
            error_set(err, ERROR_IO, "“%s”不是本程序的锁文件，请把它移走后再试", lock->path);
            break;
        }
        if (flock(lock->file, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK)
                report_holder(lock->file, err);
            else
                error_set(err, ERROR_IO, "不能锁定“%s”（%s），请把数据文件放到本机磁盘上", path,
                          strerror(errno));
            break;
        }
        if (is_current(lock->file, lock->path)) {
            write_holder(lock->file, who);
            return true;
        }
        close(lock->file);
    }
    if (lock->file >= 0)
        close(lock->file);
    lock->file = -1;
    lock_release(lock);
    return false;
}

void lock_release(struct lock *lock)
{
    if (lock->file >= 0) {
        unlink(lock->path);
        close(lock->file);
    }
    free(lock->path);
    *lock = (struct lock){.file = -1};
}
