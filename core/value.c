#include "core/value.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

void value_release(struct value *value)
{
    if (value->kind == VALUE_TEXT)
        free(value->text);
    memset(value, 0, sizeof *value);
}

void value_set_integer(struct value *value, int64_t integer)
{
    value_release(value);
    value->kind = VALUE_INTEGER;
    value->integer = integer;
}

void value_set_text(struct value *value, const char *text)
{
    char *copy = text_is_empty(text) ? NULL : mem_text(text);
    value_release(value);
    if (copy) {
        value->kind = VALUE_TEXT;
        value->text = copy;
    }
}

void value_copy(struct value *to, const struct value *from)
{
    if (to == from)
        return;
    if (from->kind == VALUE_TEXT) {
        value_set_text(to, from->text);
    } else {
        value_release(to);
        *to = *from;
    }
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == VALUE_TEXT)
        return strcmp(a->text, b->text) == 0;
    return a->kind == VALUE_NULL || a->integer == b->integer;
}

bool value_is_null(const struct value *value)
{
    return value->kind == VALUE_NULL;
}
