#include "tests/core/typing.h"
#include "core/registers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

bool typing_find(void *context, const char *target, const char *text, struct buffer *id,
                 struct error *err)
{
    (void)context;
    (void)err;
    assert_non_null(reg_find(target));
    buffer_add(id, text);
    return true;
}

static bool label(void *context, const char *target, const char *id, struct buffer *out)
{
    (void)context;
    (void)target;
    buffer_add(out, id);
    return true;
}

const struct lookup typing_lookup = {.find = typing_find, .label = label};

void type_in(struct record *record, const char *field, const char *text)
{
    struct error err = {0};
    int index = reg_field_index(record->reg, field);
    assert_true(index >= 0);
    if (!record_set_text(record, (size_t)index, text, &typing_lookup, &err))
        fail_msg("%s = %s: %s", field, text, err.message);
}

void assert_field(const struct record *record, const char *field, const char *expected)
{
    struct buffer text = {0};
    record_format(record, field, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}
