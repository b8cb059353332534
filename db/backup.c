#include "core/mem.h"
#include "db/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool sync_path(const char *path, int flags, struct error *err)
{
    int file = open(path, flags | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;
    int problem = errno;
    if (file >= 0)
        close(file);
    return ok ||
           error_set(err, ERROR_IO, "不能把“%s”写到磁盘：%s，请检查磁盘", path, strerror(problem));
}

bool sync_folder_of(const char *path, struct error *err)
{
    char *copy = mem_text(path);
    bool ok = sync_path(dirname(copy), O_RDONLY | O_DIRECTORY, err);
    free(copy);
    return ok;
}

static bool vacuum_into(struct store *store, const char *target, struct error *err)
{
    sqlite3_stmt *stmt;
    if (!sql_prepare(store->db, "VACUUM INTO ?", &stmt, err))
        return false;
    sql_bind_text(stmt, 1, target);
    bool ok = sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return ok;
}

static bool write_copy(struct store *store, const char *temporary, const char *target,
                       struct error *err)
{
    /* VACUUM INTO fills an existing empty file, which so keeps its narrow mode. */
    int file = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return error_set(err, ERROR_IO, "不能在“%s”写备份（%s），请换一个文件夹", target,
                         strerror(errno));
    close(file);
    if (!vacuum_into(store, temporary, err) || !sync_path(temporary, O_RDONLY, err))
        return false;
    if (rename(temporary, target) != 0)
        return error_set(err, ERROR_IO, "不能把备份放到“%s”：%s，请检查文件夹", target,
                         strerror(errno));
    return sync_folder_of(target, err);
}

/* A backup may replace an older backup, but nothing else that somebody may need. */
static bool check_target(const struct store *store, const char *target, struct error *err)
{
    struct stat info;
    char head[16] = "";
    if (stat(target, &info) != 0)
        return true;
    if (S_ISDIR(info.st_mode))
        return error_set(err, ERROR_IO, "“%s”是文件夹，请写明备份文件的名称", target);
    if (store_is_at(store, target))
        return error_set(err, ERROR_REFUSED, "不能把备份写到正在使用的数据文件上，请换一个名称");
    int file = S_ISREG(info.st_mode) ? open(target, O_RDONLY | O_CLOEXEC) : -1;
    bool is_database = file >= 0 && read(file, head, sizeof head) == (ssize_t)sizeof head &&
                       memcmp(head, "SQLite format 3", sizeof head) == 0;
    bool is_empty = file >= 0 && info.st_size == 0;
    if (file >= 0)
        close(file);
    return is_database || is_empty ||
           error_set(err, ERROR_REFUSED, "“%s”已经存在而不是数据文件，不会覆盖，请换一个名称",
                     target);
}

bool store_backup(struct store *store, const char *target, struct error *err)
{
    struct buffer temporary = {0};
    if (!check_target(store, target, err))
        return false;
    buffer_addf(&temporary, "%s.%ld.tmp", target, (long)getpid());
    bool ok = write_copy(store, temporary.text, target, err);
    if (!ok)
        unlink(temporary.text);
    buffer_release(&temporary);
    return ok;
}

bool store_verify(struct store *store, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    if (!sql_prepare(store->db, "PRAGMA integrity_check(1)", &stmt, err))
        return false;
    bool ok = sql_step(stmt, &row, err);
    if (ok && strcmp(sql_column_text(stmt, 0), "ok") != 0)
        ok = error_set(err, ERROR_FORMAT, "数据文件已损坏（%s），请用最近的备份恢复",
                       sql_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return ok;
}
