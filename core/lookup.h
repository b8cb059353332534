/* lookup.h - how the core, which has no store, asks for other records. The store provides one;
 * tests may provide their own. */
#ifndef TAIZHANG_CORE_LOOKUP_H
#define TAIZHANG_CORE_LOOKUP_H

#include "core/buffer.h"
#include "core/error.h"

struct lookup {
    void *context;

    /* Finds the one live record of register `target` that `text` means: its id, its code, or its
     * name when that is unique. Appends the id to `id`. ERROR_REFUSED with a sentence when there is
     * none or several. */
    bool (*find)(void *context, const char *target, const char *text, struct buffer *id,
                 struct error *err);

    /* Appends what a person reads for record `id`; false (nothing appended) when there is none. */
    bool (*label)(void *context, const char *target, const char *id, struct buffer *label);
};

#endif
