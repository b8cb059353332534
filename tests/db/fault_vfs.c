#include "fault_vfs.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

/* SQLite gives its callbacks no context of ours. */
static struct {
    enum fault_kind kind;
    int nth, count;
} plan;

static sqlite3_vfs *real_vfs;

struct fault_file {
    sqlite3_file base;
    sqlite3_file *real; /* stands behind this struct */
};

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct fault_file *)(void *)file)->real;
}

/* Counts one operation; whether it is to fail. */
static bool fails(bool is_write)
{
    plan.count++;
    if (plan.kind == FAULT_FULL)
        return is_write && plan.count >= plan.nth;
    return plan.kind != FAULT_NONE && plan.count == plan.nth;
}

static int file_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset)
{
    return real_of(file)->pMethods->xRead(real_of(file), to, amount, offset);
}

static int file_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    sqlite3_file *real = real_of(file);
    if (!fails(true))
        return real->pMethods->xWrite(real, from, amount, offset);
    if (plan.kind == FAULT_CRASH) {
        real->pMethods->xWrite(real, from, amount / 2, offset);
        _exit(FAULT_EXIT);
    }
    return plan.kind == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (!fails(false))
        return real_of(file)->pMethods->xTruncate(real_of(file), size);
    if (plan.kind == FAULT_CRASH)
        _exit(FAULT_EXIT);
    return SQLITE_IOERR_TRUNCATE;
}

/* The process may end here but not the machine, so what was written need not reach the disk. */
static int file_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    if (!fails(false))
        return SQLITE_OK;
    if (plan.kind == FAULT_CRASH)
        _exit(FAULT_EXIT);
    return SQLITE_IOERR_FSYNC;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_check_lock(sqlite3_file *file, int *held)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int file_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_features(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_features,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
    (void)vfs;
    struct fault_file *fault = (struct fault_file *)(void *)file;
    fault->real = (sqlite3_file *)(void *)(fault + 1);
    int code = real_vfs->xOpen(real_vfs, name, fault->real, flags, got);
    file->pMethods = code == SQLITE_OK ? &methods : NULL;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    (void)sync;
    if (!fails(false))
        return real_vfs->xDelete(real_vfs, name, 0);
    if (plan.kind == FAULT_CRASH)
        _exit(FAULT_EXIT);
    return SQLITE_IOERR_DELETE;
}

void fault_vfs_install(void)
{
    static sqlite3_vfs fault;
    if (real_vfs)
        return;
    real_vfs = sqlite3_vfs_find(NULL);
    fault = *real_vfs;
    fault.zName = "fault";
    fault.szOsFile = (int)sizeof(struct fault_file) + real_vfs->szOsFile;
    fault.xOpen = vfs_open;
    fault.xDelete = vfs_delete;
    sqlite3_vfs_register(&fault, 1);
}

void fault_vfs_arm(enum fault_kind kind, int nth)
{
    plan.kind = kind;
    plan.nth = nth;
    plan.count = 0;
}

void fault_vfs_disarm(void)
{
    plan.kind = FAULT_NONE;
}

int fault_vfs_count(void)
{
    return plan.count;
}
