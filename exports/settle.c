#include "exports/settle.h"

#include "core/registers.h"
#include "db/attachment.h"
#include "db/query.h"
#include "exports/file.h"

static bool is_filed(struct store *store, const char *path, bool *filed, struct error *err)
{
    char sha256[ATTACHMENT_HASH_SIZE];
    struct buffer where = {0};
    int64_t count = 0;
    *filed = false;
    if (!attachment_sum(path, sha256))
        return true; /* killed before it had its new file */
    buffer_addf(&where, "file_sha256=%s", sha256);
    const struct query query = {.reg = &reg_filing, .where = where.text};
    bool ok = query_count(store, &query, &count, err);
    buffer_release(&where);
    *filed = count > 0;
    return ok;
}

bool settle_target(struct store *store, const char *path, struct error *err)
{
    struct file_swap swap;
    bool filed = false;
    bool ok = true;
    if (!file_swap_find(&swap, path))
        return true;
    bool alone = store_claim(store);
    if (alone && (ok = is_filed(store, swap.target, &filed, err)))
        file_swap_end(&swap, filed);
    else
        file_swap_leave(&swap);
    if (alone)
        store_unclaim(store);
    return ok;
}
