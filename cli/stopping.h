/* stopping.h - Ctrl-C stops a long command between two records and takes everything back, instead
 * of striking anywhere. */
#ifndef TAIZHANG_CLI_STOPPING_H
#define TAIZHANG_CLI_STOPPING_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stopping {
    int signals; /* a signalfd: no flag that a handler would have to set */
    bool stopped, is_watched;
    sigset_t former;
};

/* From here on SIGINT, SIGTERM and SIGHUP wait until somebody asks for them. */
void stopping_begin(struct stopping *stopping);

/* What came too late to stop anything has been answered by the result. */
void stopping_end(struct stopping *stopping);

/* Progress of an import and of an export: tell how far it is where a person watches, and false once
 * one of the signals has come. `stopping` is a struct stopping. */
bool stopping_import(void *stopping, int64_t done, int64_t total);
bool stopping_export(void *stopping, size_t done, size_t total);

#endif
