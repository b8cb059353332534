#include "exports/file.h"

#include "core/buffer.h"
#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct file {
    char *target;
    char *folder;
    char *part;
    int fd;
    FILE *stream; /* NULL until asked for */
};

static const struct reason {
    int code;
    const char *sentence;
} reasons[] = {
    {EACCES, "没有写入权限，请换一个文件夹，或请管理员开放权限"},
    {EPERM, "没有写入权限，请换一个文件夹，或请管理员开放权限"},
    {EROFS, "所在的盘是只读的，请换一个盘"},
    {ENOENT, "文件夹不存在，请先建立文件夹或改正路径"},
    {ENOTDIR, "路径中有一段不是文件夹，请改正路径"},
    {EISDIR, "这是一个文件夹，请写明文件名"},
    {ENAMETOOLONG, "文件名太长，请缩短后再导出"},
    {ENOSPC, "磁盘已满，请清理磁盘或换一个盘后再导出"},
    {EDQUOT, "磁盘配额已用完，请清理后再导出"},
    {EFBIG, "文件超过了系统允许的大小，请缩小导出范围"},
    {EIO, "磁盘读写出错，请换一个盘并检查硬件"},
    {EWOULDBLOCK, "另一个程序正在导出同一个文件，请等它结束后再导出"},
    {ELOOP, "旁边的临时文件被链接占用，请删除它后再导出"},
};

static bool fail(const char *target, int code, struct error *err)
{
    enum error_code kind = code == EWOULDBLOCK ? ERROR_BUSY : ERROR_IO;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].code == code)
            return error_set(err, kind, "不能写入“%s”：%s。", target, reasons[i].sentence);
    return error_set(err, kind, "不能写入“%s”：系统报告错误 %d（%s），请换一个位置再导出。", target,
                     code, strerror(code));
}

bool file_fail(const struct file *file, int code, struct error *err)
{
    return fail(file->target, code, err);
}

const char *file_part(const struct file *file)
{
    return file->part;
}

const char *file_folder(const struct file *file)
{
    return file->folder;
}

bool file_check_target(const char *target, struct error *err)
{
    struct stat status;
    if (stat(target, &status) != 0)
        return errno == ENOENT || fail(target, errno, err);
    if (S_ISDIR(status.st_mode))
        return fail(target, EISDIR, err);
    if (!S_ISREG(status.st_mode))
        return error_set(err, ERROR_IO, "不能写入“%s”：它不是普通文件，请换一个文件名。", target);
    return access(target, W_OK) == 0 || fail(target, errno, err);
}

static struct file *file_new(const char *target)
{
    struct file *file = mem_new(1, sizeof *file);
    char *resolved = realpath(target, NULL);
    const char *path = resolved ? resolved : target;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    struct buffer part = {0};
    file->fd = -1;
    file->target = mem_text(path);
    file->folder = slash == path ? mem_text("/")
                   : slash       ? mem_text_part(path, (size_t)(slash - path))
                                 : mem_text(".");
    buffer_addf(&part, "%s/.%s.part", file->folder, name);
    file->part = buffer_take(&part);
    free(resolved);
    return file;
}

/* A lock tells a part file in use from one that a killed program left behind. Between open and
 * lock another program may have renamed the file away: then it is opened anew. */
static bool open_part(struct file *file, struct error *err)
{
    struct stat ours, named;
    for (;;) {
        file->fd = open(file->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (file->fd < 0)
            return file_fail(file, errno, err);
        if (flock(file->fd, LOCK_EX | LOCK_NB) != 0) {
            int code = errno;
            close(file->fd);
            file->fd = -1;
            return file_fail(file, code, err);
        }
        if (fstat(file->fd, &ours) == 0 && stat(file->part, &named) == 0 &&
            ours.st_ino == named.st_ino && ours.st_dev == named.st_dev)
            break;
        close(file->fd);
    }
    struct stat previous;
    if (ftruncate(file->fd, 0) != 0)
        return file_fail(file, errno, err);
    if (stat(file->target, &previous) == 0)
        (void)fchmod(file->fd, previous.st_mode & 0777);
    return true;
}

bool file_open(struct file **out, const char *target, struct error *err)
{
    *out = NULL;
    if (!file_check_target(target, err))
        return false;
    struct file *file = file_new(target);
    if (!open_part(file, err)) {
        file_abort(&file);
        return false;
    }
    *out = file;
    return true;
}

FILE *file_stream(struct file *file)
{
    if (!file->stream) {
        int copy = dup(file->fd);
        file->stream = copy < 0 ? NULL : fdopen(copy, "wb");
        if (!file->stream)
            abort(); /* no descriptor or no memory left: as in core/mem.h */
    }
    return file->stream;
}

bool file_has_room(const struct file *file, uint64_t bytes, struct error *err)
{
    struct statvfs disk;
    if (fstatvfs(file->fd, &disk) != 0)
        return true; /* a file system that does not say is tried */
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    if (room >= bytes)
        return true;
    return error_set(err, ERROR_IO,
                     "不能写入“%s”：磁盘空间不够，需要约 %.1f MB，只剩 %.1f MB；"
                     "请清理磁盘或换一个盘后再导出。",
                     file->target, (double)bytes / 1e6, (double)room / 1e6);
}

static bool sync_folder(const char *folder, const char *target, struct error *err)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Some network and USB file systems cannot sync a folder; the file itself is safe then. */
    bool done = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP);
    if (!done)
        fail(target, errno, err);
    if (fd >= 0)
        close(fd);
    return done;
}

/* Bytes of the stream reach the file; the first error is reported, also a delayed one. */
static bool finish_stream(struct file *file, struct error *err)
{
    if (!file->stream)
        return true;
    errno = 0;
    bool bad = fflush(file->stream) != 0 || ferror(file->stream);
    int code = errno ? errno : EIO;
    bad = fclose(file->stream) != 0 || bad;
    file->stream = NULL;
    return !bad || file_fail(file, code, err);
}

bool file_commit(struct file **out, struct error *err)
{
    struct file *file = *out;
    bool done = finish_stream(file, err) && (fsync(file->fd) == 0 || file_fail(file, errno, err)) &&
                (rename(file->part, file->target) == 0 || file_fail(file, errno, err));
    if (done) {
        free(file->part);
        file->part = NULL;
        done = sync_folder(file->folder, file->target, err);
    }
    file_abort(out);
    return done;
}

void file_abort(struct file **out)
{
    struct file *file = *out;
    if (!file)
        return;
    if (file->stream)
        fclose(file->stream);
    /* Only the holder of the lock may remove the part file: another program may be writing it. */
    if (file->part && file->fd >= 0)
        unlink(file->part);
    if (file->fd >= 0)
        close(file->fd);
    free(file->target);
    free(file->folder);
    free(file->part);
    free(file);
    *out = NULL;
}

/* ---- a file in the place of another ---- */

/* A second name where the disk has such, so that the target is there at every moment. */
static bool set_aside(const char *target, const char *aside, struct error *err)
{
    unlink(aside);
    return link(target, aside) == 0 || rename(target, aside) == 0 || fail(target, errno, err);
}

/* Where the previous file waits. */
static void add_aside(const struct file *place, struct buffer *out)
{
    buffer_addf(out, "%s.former", place->part);
}

/* Two names of one file are not renamed over each other: then one of them goes. */
static void bring_back(const struct file_swap *swap)
{
    if (rename(swap->former, swap->target) == 0)
        unlink(swap->former);
}

bool file_swap_begin(struct file_swap *swap, const char *part, const char *target,
                     struct error *err)
{
    struct file *place = file_new(target); /* follows links */
    struct buffer aside = {0};
    *swap = (struct file_swap){.target = mem_text(place->target)};
    add_aside(place, &aside);
    bool had = access(swap->target, F_OK) == 0;
    bool ok = !had || set_aside(swap->target, aside.text, err);
    if (ok && had)
        swap->former = mem_text(aside.text);
    ok = ok && (rename(part, swap->target) == 0 || fail(target, errno, err));
    if (!ok) {
        if (swap->former)
            bring_back(swap);
        free(swap->former);
        free(swap->target);
        *swap = (struct file_swap){.target = NULL};
    }
    ok = ok && sync_folder(place->folder, place->target, err);
    buffer_release(&aside);
    file_abort(&place);
    return ok;
}

bool file_swap_find(struct file_swap *swap, const char *target)
{
    struct file *place = file_new(target);
    struct buffer aside = {0};
    struct stat status;
    *swap = (struct file_swap){.target = NULL};
    add_aside(place, &aside);
    if (lstat(aside.text, &status) == 0 && S_ISREG(status.st_mode))
        *swap =
            (struct file_swap){.target = mem_text(place->target), .former = mem_text(aside.text)};
    buffer_release(&aside);
    file_abort(&place);
    return swap->former != NULL;
}

void file_swap_end(struct file_swap *swap, bool keep)
{
    if (!swap->target)
        return;
    if (keep && swap->former)
        unlink(swap->former);
    else if (!keep && swap->former)
        bring_back(swap);
    else if (!keep)
        unlink(swap->target);
    file_swap_leave(swap);
}

void file_swap_leave(struct file_swap *swap)
{
    free(swap->target);
    free(swap->former);
    *swap = (struct file_swap){.target = NULL};
}
