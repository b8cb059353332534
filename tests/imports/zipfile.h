/* zipfile.h - writes zip archives part by part, so that every oddity of a test stands in the test.
 */
#ifndef TAIZHANG_TESTS_IMPORTS_ZIPFILE_H
#define TAIZHANG_TESTS_IMPORTS_ZIPFILE_H

#include <stddef.h>

struct zipfile_part {
    const char *name;
    const char *text;
    size_t length;        /* 0: strlen(text) */
    size_t times;         /* 0: once */
    int level;            /* of compression; 0: the usual one */
    const char *password; /* NULL: not encrypted */
};

/* Parts without a name are skipped. */
void zipfile_write(const char *path, const struct zipfile_part *parts, size_t count);

#endif
