/* encoding.h - a text file as UTF-8, whatever it was written in. */
#ifndef TAIZHANG_IMPORTS_ENCODING_H
#define TAIZHANG_IMPORTS_ENCODING_H

#include "core/error.h"

#include <stddef.h>

struct encoding_text {
    char *bytes;     /* owned; bytes[0] is NUL */
    size_t start;    /* offset of the text, behind that NUL and any byte order mark */
    size_t end;      /* offset of the NUL that ends it; one more byte is free behind it */
    size_t capacity; /* of `bytes` */

    /* What stands at `end` when the file holds something that is no text there: the readable part
     * before it is given all the same, so that a reader can say in which row it is. Or NULL. */
    const char *fault;
};

/* Takes UTF-8 and UTF-16 with a byte order mark, else strict UTF-8, else GB18030. A file that is
 * UTF-8 but for a few damaged bytes is a fault, not GB18030. NUL is a fault in any of them. */
bool encoding_read_file(const char *path, struct encoding_text *text, struct error *err);

#endif
