/* typing.h - records filled as if somebody typed; whatever a reference names is there, under that
 * very name. */
#ifndef TAIZHANG_TESTS_CORE_TYPING_H
#define TAIZHANG_TESTS_CORE_TYPING_H

#include "core/record.h"

bool typing_find(void *context, const char *target, const char *text, struct buffer *id,
                 struct error *err);

extern const struct lookup typing_lookup;

void type_in(struct record *record, const char *field, const char *text);

/* The field of the record holds this, canonically. */
void assert_field(const struct record *record, const char *field, const char *expected);

#endif
