#include "cli/pairs.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

bool pairs_each(const struct buffer *list, pairs_apply *apply, void *context, struct error *err)
{
    const char *at = buffer_text(list);
    bool ok = true;
    while (ok && *at) {
        const char *equals = strchr(at, '=');
        if (!equals)
            return error_set(err, ERROR_USAGE, "“%s”应写成 左边=右边", at);
        size_t length = strcspn(equals, ",");
        char *left = mem_text_part(at, (size_t)(equals - at));
        char *right = mem_text_part(equals + 1, length - 1);
        ok = apply(context, left, right, err);
        free(left);
        free(right);
        at = equals + length + (equals[length] == ',');
    }
    return ok;
}

bool pairs_find_field(const struct reg *reg, const char *name, size_t *index, struct error *err)
{
    int found = reg_field_index(reg, name);
    for (struct field_walk walk = {.reg = reg}; found < 0 && reg_walk(&walk);) {
        struct buffer title = {0};
        field_add_title(walk.field, &title);
        if (text_same(buffer_text(&title), name))
            found = (int)walk.index;
        buffer_release(&title);
    }
    *index = (size_t)found;
    return found >= 0 ||
           error_set(err, ERROR_USAGE, "%s没有“%s”这个字段，请用 taizhang schema %s 查看",
                     reg->label, name, reg->name);
}

bool pairs_read_letters(const char *text, size_t *column)
{
    enum { LETTERS = 26, MOST = 3 };
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    *column = 0;
    for (size_t i = 0; i < length && length <= MOST; i++)
        *column = *column * LETTERS + (size_t)(text[i] - 'A') + 1;
    *column -= *column > 0;
    return length > 0 && length <= MOST && !text[length];
}
