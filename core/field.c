#include "core/field.h"

bool field_is_stored(const struct field *field)
{
    return field->via == NULL;
}

void field_add_title(const struct field *field, struct buffer *out)
{
    if (field->group)
        buffer_addf(out, "%s ", field->group);
    buffer_add(out, field->label);
}
