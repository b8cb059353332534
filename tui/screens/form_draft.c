/* What stands in the form and is not saved: kept as each field is left, and taken up again. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/draft.h"
#include "tui/desk.h"

#include <stdlib.h>
#include <string.h>

/* Canonical text where the record has taken it, so that a reference comes back as the same one even
 * when its name is not unique; else as typed. */
static void write_draft_text(const struct form *form, size_t index, struct buffer *out)
{
    const struct form_field *field = &form->fields[index];
    const char *text = editor_text(&field->editor);
    if (field->refusal || strcmp(text, field->accepted) != 0)
        buffer_add(out, text);
    else
        record_format(&form->record, reg_field(form->reg, index)->name, out);
}

static bool keep(struct form *form, size_t index)
{
    struct app *app = form->base.app;
    struct form_field *field = &form->fields[index];
    struct buffer text = {0};
    struct error err = {0};
    write_draft_text(form, index, &text);
    bool ok = draft_keep(desk_store(app), form->reg, form->record.id,
                         reg_field(form->reg, index)->name, buffer_text(&text), &err);
    buffer_release(&text);
    if (!ok) {
        app_error(app, &err);
        return false;
    }
    free(field->kept);
    field->kept = mem_text(editor_text(&field->editor));
    clock_now(form->kept_at);
    form_keep_place(form);
    return true;
}

/* A new record's draft is of no use without what it was begun with: the record that it hangs on. */
static bool keep_presets(struct form *form)
{
    bool ok = true;
    if (form->stored.version || form->kept_at[0])
        return true;
    for (size_t i = 0; ok && i < reg_field_count(form->reg); i++)
        if (form->fields[i].is_preset && !value_is_null(&form->record.values[i]))
            ok = keep(form, i);
    return ok;
}

static bool keep_if_changed(struct form *form, size_t index)
{
    const struct form_field *field = &form->fields[index];
    const char *text = editor_text(&field->editor);
    if (field->kept ? strcmp(field->kept, text) == 0 : !form_is_changed(form, index))
        return true;
    if (form_count_changed(form) == 0)
        return form_discard_draft(form);
    return keep_presets(form) && keep(form, index);
}

/* What nobody typed does not count as a change; the draft of a file is of little use without it. */
static bool keep_description(struct form *form, size_t index)
{
    const struct form_field *field = &form->fields[index];
    bool is_kept = field->kept
                       ? strcmp(field->kept, editor_text(&field->editor)) == 0
                       : value_equal(&form->record.values[index], &form->stored.values[index]);
    return is_kept || keep(form, index);
}

bool form_keep(struct form *form, size_t index)
{
    const char *name = reg_field(form->reg, index)->name;
    if (form->lock || form->is_settled)
        return true;
    bool ok = keep_if_changed(form, index);
    for (struct field_walk walk = {.reg = form->reg}; ok && reg_walk(&walk);)
        if (walk.field->describes && strcmp(walk.field->describes, name) == 0)
            ok = keep_description(form, walk.index);
    return ok;
}

void form_keep_place(struct form *form)
{
    struct error err = {0};
    const char *place = survey_place(form);
    bool is_kept = strcmp(form->place ? form->place : "", place) == 0;
    if (form->lock || form->is_settled || !form->kept_at[0] || is_kept)
        return;
    if (!draft_keep_place(desk_store(form->base.app), form->reg, form->record.id, place, &err))
        app_error(form->base.app, &err);
    form->place = place;
}

bool form_discard_draft(struct form *form)
{
    struct error err = {0};
    if (form->kept_at[0] &&
        !draft_discard(desk_store(form->base.app), form->reg, form->record.id, &err)) {
        app_error(form->base.app, &err);
        return false;
    }
    form_forget_draft(form);
    return true;
}

void form_forget_draft(struct form *form)
{
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        free(form->fields[i].kept);
        form->fields[i].kept = NULL;
    }
    form->kept_at[0] = '\0';
    form->place = NULL;
}

/* ---- taking up ---- */

struct kept_text {
    size_t field;
    char *text;
};

struct kept_texts {
    const struct reg *reg;
    struct kept_text *items;
    size_t count, capacity;
};

static void collect(void *context, const char *field, const char *text)
{
    struct kept_texts *texts = context;
    int index = reg_field_index(texts->reg, field);
    if (index < 0) /* of a program that knew more fields */
        return;
    texts->items = mem_grow(texts->items, texts->count, &texts->capacity, sizeof *texts->items);
    texts->items[texts->count++] = (struct kept_text){(size_t)index, mem_text(text)};
}

static void find_time(struct form *form)
{
    struct draft *drafts;
    size_t count;
    if (!draft_list(desk_store(form->base.app), &drafts, &count, NULL))
        return;
    for (size_t i = 0; i < count; i++)
        if (drafts[i].reg == form->reg && strcmp(drafts[i].record, form->record.id) == 0)
            strncpy(form->kept_at, drafts[i].at, sizeof form->kept_at - 1);
    free(drafts);
}

size_t form_take_up_draft(struct form *form)
{
    struct kept_texts texts = {.reg = form->reg};
    struct error err = {0};
    if (!draft_each(desk_store(form->base.app), form->reg, form->record.id, collect, &texts, &err))
        app_error(form->base.app, &err);
    for (size_t i = 0; i < texts.count; i++) {
        struct form_field *field = &form->fields[texts.items[i].field];
        form_accept(form, texts.items[i].field, texts.items[i].text);
        free(field->kept);
        field->kept = mem_text(editor_text(&field->editor));
        free(texts.items[i].text);
    }
    free(texts.items);
    if (texts.count)
        find_time(form);
    return texts.count;
}
