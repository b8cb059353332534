/* import.h - how the command import tells what became of a list. */
#ifndef TAIZHANG_CLI_IMPORT_H
#define TAIZHANG_CLI_IMPORT_H

#include "core/buffer.h"
#include "imports/import.h"

struct import_telling {
    bool dry;            /* nothing was written */
    bool verbose;        /* every row that was kept, not only the first ones */
    const char *refused; /* workbook of the refused rows, or NULL */
};

void import_write_text(const struct import *import, const struct import_telling *telling,
                       struct buffer *out);
void import_write_json(const struct import *import, const struct import_telling *telling,
                       struct buffer *out);

#endif
