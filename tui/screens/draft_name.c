#include "tui/screens/draft_name.h"

#include "core/text.h"
#include "tui/wording.h"

#include <string.h>

struct search {
    const char *field;
    struct buffer *out;
};

static void take_name(void *context, const char *field, const char *text)
{
    struct search *search = context;
    if (strcmp(field, search->field) == 0)
        buffer_add(search->out, text);
}

void draft_name(struct store *store, const struct draft *draft, struct buffer *out)
{
    struct record record;
    struct buffer typed = {0};
    struct search search = {.field = draft->reg->name_field, .out = &typed};
    if (!draft->is_new) {
        if (store_get(store, draft->reg, draft->record, &record, NULL))
            record_name(&record, store_lookup(store), out);
        record_release(&record);
        return;
    }
    const struct field *name = reg_field_find(draft->reg, draft->reg->name_field);
    if (!type_target(name))
        draft_each(store, draft->reg, draft->record, take_name, &search, NULL);
    if (typed.length)
        buffer_add(out, typed.text);
    else
        buffer_addf(out, "新的%s", draft->reg->label);
    buffer_release(&typed);
}

void draft_tell(const struct draft *draft, struct date today, struct buffer *out)
{
    buffer_addf(out, "%s，填了 %d 项，", draft->reg->label, draft->fields);
    wording_time(draft->at, today, out);
}
