/* value.h - what one field of one record holds. Three kinds are all that the store and the exports
 * ever see; what they mean is said by the field's type (type.h). */
#ifndef TAIZHANG_CORE_VALUE_H
#define TAIZHANG_CORE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

enum value_kind {
    VALUE_NULL,
    VALUE_INTEGER, /* integers, scaled decimals, booleans */
    VALUE_TEXT,    /* UTF-8, never empty */
};

struct value {
    enum value_kind kind;
    int64_t integer; /* when VALUE_INTEGER */
    char *text;      /* when VALUE_TEXT; owned */
};

void value_release(struct value *value); /* leaves VALUE_NULL */
void value_set_integer(struct value *value, int64_t integer);
void value_set_text(struct value *value,
                    const char *text); /* copies; "" and NULL give VALUE_NULL */
void value_copy(struct value *to, const struct value *from);
bool value_equal(const struct value *a, const struct value *b);
bool value_is_null(const struct value *value);

#endif
