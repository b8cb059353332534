/* storedzip.h - zip archives in memory whose parts are not packed, byte by byte: for what other
 * programs write and minizip does not, and for archives that no program writes. */
#ifndef TAIZHANG_TESTS_IMPORTS_STOREDZIP_H
#define TAIZHANG_TESTS_IMPORTS_STOREDZIP_H

#include "core/buffer.h"

enum storedzip_form {
    STOREDZIP_PLAIN,
    STOREDZIP_DESCRIPTOR, /* checksum and sizes stand behind the data, as when written to a pipe */
    STOREDZIP_ZIP64,      /* sizes in 64 bits, and a directory of that kind */
};

struct storedzip {
    enum storedzip_form form;
    struct buffer bytes, directory;
    size_t count;
};

void storedzip_add(struct storedzip *zip, const char *name, const void *bytes, size_t length);
void storedzip_add_text(struct storedzip *zip, const char *name, const char *text);

/* Writes the directory; the archive is zip->bytes. */
void storedzip_finish(struct storedzip *zip);
void storedzip_release(struct storedzip *zip);

#endif
