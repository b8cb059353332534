#include "core/mem.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

struct import_copies {
    struct store *store;
    char (*sums)[ATTACHMENT_HASH_SIZE]; /* owned */
    size_t count, capacity;
};

struct import_copies *copies_new(struct store *store)
{
    struct import_copies *copies = mem_new(1, sizeof *copies);
    copies->store = store;
    return copies;
}

void copies_add(struct import_copies *copies, const struct attachment_file *file)
{
    if (!file->is_new)
        return;
    copies->sums = mem_grow(copies->sums, copies->count, &copies->capacity, sizeof *copies->sums);
    memcpy(copies->sums[copies->count++], file->sha256, ATTACHMENT_HASH_SIZE);
}

void copies_free(struct import_copies *copies)
{
    if (!copies)
        return;
    /* One that stays harms nothing. */
    if (copies->count)
        attachment_remove_unused(copies->store, copies->sums, copies->count, NULL);
    free(copies->sums);
    free(copies);
}
