/* What a row is called: by its record as far as there is one, else by what its cells say. */
#include "core/text.h"
#include "imports/import_inside.h"

#include <string.h>

/* Appends the cell of `field`, or, of a reference without a cell, those of the record pointed to
 * that the row shows: its name first. */
static void add_cell(const struct run *run, const char *name, struct buffer *out)
{
    const struct reg *reg = run->import->reg;
    int index = reg_field_index(reg, name);
    const struct field *field = index < 0 ? NULL : reg_field(reg, (size_t)index);
    /* A county or a choice is shared by many. */
    if (!field || field->type == TYPE_REGION || field->choices)
        return;
    text_add_visible(run_cell(run, (size_t)index), false, out);
    if (out->length || field->type != TYPE_REF)
        return;
    const char *first = reg_find(field->target)->name_field;
    for (int wanted = 1; wanted >= 0; wanted--)
        for (struct field_walk walk = {.reg = reg}; !out->length && reg_walk(&walk);)
            if (walk.field->via && strcmp(walk.field->via, name) == 0 &&
                (strcmp(walk.field->source, first) == 0) == wanted && !walk.field->choices &&
                walk.field->type != TYPE_REGION)
                text_add_visible(run_cell(run, walk.index), false, out);
}

/* Appends what the row says of the fields by which lists tell records apart; of days only when
 * there is nothing else. */
static void add_identity(const struct run *run, bool days, struct buffer *out)
{
    const struct reg *reg = run->import->reg;
    for (const char *const *identity = reg->identity; identity && *identity; identity++)
        for (const char *at = *identity; *at && !out->length; at += strspn(at, " ")) {
            struct buffer name = {0};
            size_t length = strcspn(at, " ");
            buffer_add_bytes(&name, at, length);
            if ((reg_field_find(reg, name.text)->type == TYPE_DATE) == days)
                add_cell(run, name.text, out);
            buffer_release(&name);
            at += length;
        }
    for (struct field_walk walk = {.reg = reg}; !out->length && reg_walk(&walk);)
        if ((walk.field->flags & (FIELD_KEY | FIELD_KEY_WHEN)) &&
            (walk.field->type == TYPE_DATE) == days)
            add_cell(run, walk.field->name, out);
}

void run_write_name(const struct run *run, const struct record *record, struct buffer *out)
{
    const struct reg *reg = run->import->reg;
    if (record)
        record_display(record, reg->name_field, store_lookup(run->store), out);
    if (!out->length)
        add_cell(run, reg->name_field, out);
    for (int days = 0; days <= 1 && !out->length; days++)
        add_identity(run, days, out);
    if (!out->length && record)
        record_format(record, "case_no", out);
    if (!out->length)
        buffer_add(out, "（未命名）");
}
