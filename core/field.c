#include "core/field.h"

bool field_is_stored(const struct field *field)
{
    return field->via == NULL;
}

bool field_is_required(const struct field *field)
{
    return (field->flags & (FIELD_REQUIRED | FIELD_KEY)) != 0 && !field->shown_when.field;
}

struct condition field_required_when(const struct field *field)
{
    return field->flags & FIELD_REQUIRED ? field->shown_when : field->required_when;
}

void field_add_title(const struct field *field, struct buffer *out)
{
    if (field->group)
        buffer_addf(out, "%s ", field->group);
    buffer_add(out, field->label);
}
