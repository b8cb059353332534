/* types.h - the field types of this folder, one constant a file. */
#ifndef TAIZHANG_CORE_TYPES_TYPES_H
#define TAIZHANG_CORE_TYPES_TYPES_H

#include "core/type.h"

extern const struct type type_text, type_longtext, type_integer, type_decimal, type_measure,
    type_date, type_period, type_bool, type_choice, type_choices, type_region, type_industry,
    type_waste, type_uscc, type_permit, type_lon, type_lat, type_ref, type_attachment;

/* For types whose value is text: appends it, compares it byte by byte. */
void type_format_text(const struct field *field, const struct value *value, struct buffer *out);
int type_compare_text(const struct field *field, const struct value *a, const struct value *b);

/* For types whose value is an integer: compares it. */
int type_compare_integer(const struct field *field, const struct value *a, const struct value *b);

/* For types that point to a register: finds `text` there and keeps the id. */
bool type_parse_target(const struct field *field, const struct lookup *lookup, const char *text,
                       struct value *value, struct error *err);

#endif
