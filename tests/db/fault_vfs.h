/* fault_vfs.h - a SQLite file system that fails on command: every write, truncation, sync and
 * deletion is counted, and the chosen one goes wrong. */
#ifndef TAIZHANG_TESTS_DB_FAULT_VFS_H
#define TAIZHANG_TESTS_DB_FAULT_VFS_H

enum fault_kind {
    FAULT_NONE,
    FAULT_IOERR, /* that one operation fails */
    FAULT_FULL,  /* from that operation on every write says that the disk is full */
    FAULT_CRASH, /* half of a write is done, then the process ends at once with FAULT_EXIT */
};

enum { FAULT_EXIT = 99 };

/* Becomes the file system of all connections opened from now on, doing no harm yet. */
void fault_vfs_install(void);

/* Counts anew; the `nth` operation (from 1) goes wrong. */
void fault_vfs_arm(enum fault_kind kind, int nth);
void fault_vfs_disarm(void);

/* How many operations were counted since arming. */
int fault_vfs_count(void);

#endif
