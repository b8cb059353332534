/* Texts into the record and back. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "tui/desk.h"

#include <stdlib.h>
#include <string.h>

static struct store *store_of(const struct form *form)
{
    return desk_store(form->base.app);
}

static void set_text(char **text, const char *to)
{
    char *copy = mem_text(to);
    free(*text);
    *text = copy;
}

/* Shows the record's value, unless something else is being typed there. */
static void show(struct form *form, size_t index)
{
    struct form_field *field = &form->fields[index];
    struct buffer text = {0};
    record_display(&form->record, reg_field(form->reg, index)->name, store_lookup(store_of(form)),
                   &text);
    bool idle = !field->refusal && strcmp(editor_text(&field->editor), field->accepted) == 0;
    if (idle && strcmp(buffer_text(&text), field->accepted) != 0)
        editor_set_text(&field->editor, buffer_text(&text));
    set_text(&field->accepted, buffer_text(&text));
    buffer_release(&text);
}

/* What is shown from the record that reference field `via` points to. */
static void show_via(struct form *form, const struct field *via)
{
    const struct value *id = record_value(&form->record, via->name);
    struct record source;
    bool found = !value_is_null(id) &&
                 store_get(store_of(form), reg_find(via->target), id->text, &source, NULL);
    if (value_is_null(id))
        record_init(&source, reg_find(via->target));
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        const struct field *field = reg_field(form->reg, i);
        if (!field->via || strcmp(field->via, via->name) != 0)
            continue;
        const struct value *value = found ? record_value(&source, field->source) : NULL;
        if (value)
            value_copy(&form->record.values[i], value);
        else
            value_release(&form->record.values[i]);
    }
    record_release(&source);
}

static void check(struct form *form)
{
    struct check_context context = store_check_context(store_of(form));
    findings_release(&form->findings);
    record_check(&form->record, &context, &form->findings);
}

static void refresh(struct form *form)
{
    for (size_t i = 0; i < reg_field_count(form->reg); i++)
        show(form, i);
    check(form);
}

void form_load(struct form *form, const struct record *record)
{
    record_release(&form->record);
    record_release(&form->stored);
    record_copy(&form->record, record);
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        const struct field *field = reg_field(form->reg, i);
        free(form->fields[i].refusal);
        form->fields[i].refusal = NULL;
        if (field->type == TYPE_REF && !field->via)
            show_via(form, field);
    }
    record_copy(&form->stored, &form->record);
    refresh(form);
}

const struct finding *form_finding(const struct form *form, size_t index)
{
    const struct finding *finding =
        findings_of_field(&form->findings, reg_field(form->reg, index)->name);
    return finding && record_is_gap(&form->record, finding) ? NULL : finding;
}

bool form_accept(struct form *form, size_t index, const char *text)
{
    const struct field *declared = reg_field(form->reg, index);
    struct form_field *field = &form->fields[index];
    struct record before;
    struct error err = {0};
    record_copy(&before, &form->record);
    bool ok = record_set_text(&form->record, index, text, store_lookup(store_of(form)), &err);
    free(field->refusal);
    field->refusal = ok ? NULL : mem_text(err.message);
    if (strcmp(editor_text(&field->editor), text) != 0)
        editor_set_text(&field->editor, text);
    if (ok) {
        /* What the register computes follows each field: it compares with the moment before. */
        record_derive(&form->record, &before);
        if (declared->type == TYPE_REF)
            show_via(form, declared);
        set_text(&field->accepted, text);
        refresh(form);
    }
    record_release(&before);
    return ok;
}

void form_leave_field(struct form *form)
{
    if (!form_is_on_fields(&form->base) || !form_can_edit(form, form->at))
        return;
    struct form_field *field = &form->fields[form->at];
    const char *text = editor_text(&field->editor);
    if (strcmp(text, field->accepted) != 0) {
        char *typed = mem_text(text);
        form_accept(form, form->at, typed);
        free(typed);
    } else if (field->refusal) {
        free(field->refusal);
        field->refusal = NULL;
    }
    form_keep(form, form->at);
}

/* ---- questions about the fields ---- */

static bool is_filled_in(const struct field *field)
{
    return field_is_stored(field) && !(field->flags & FIELD_AUTO);
}

bool form_can_edit(const struct form *form, size_t index)
{
    return !form->lock && is_filled_in(reg_field(form->reg, index));
}

bool form_is_changed(const struct form *form, size_t index)
{
    const struct form_field *field = &form->fields[index];
    return is_filled_in(reg_field(form->reg, index)) &&
           (field->refusal || strcmp(editor_text(&field->editor), field->accepted) != 0 ||
            !value_equal(&form->record.values[index], &form->stored.values[index]));
}

size_t form_count_changed(const struct form *form)
{
    size_t count = 0;
    for (size_t i = 0; i < reg_field_count(form->reg); i++)
        count += form_is_changed(form, i);
    return count;
}

struct form_count form_count(const struct form *form, size_t first, size_t end)
{
    struct form_count count = {0};
    for (size_t i = first; i < end; i++) {
        const struct field *field = reg_field(form->reg, i);
        bool is_empty = value_is_null(&form->record.values[i]);
        const struct finding *finding = form_finding(form, i);
        count.wrong +=
            form->fields[i].refusal != NULL || (finding && finding->severity == SEVERITY_ERROR);
        if (!is_filled_in(field))
            continue;
        count.total++;
        count.filled += !is_empty;
        count.missing += is_empty && record_requires(&form->record, field);
    }
    return count;
}

/* ---- saving ---- */

static bool refuse_to_save(struct form *form)
{
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        if (!form->fields[i].refusal)
            continue;
        form_go_to(form, i);
        app_message(form->base.app, MESSAGE_ERROR,
                    "没有保存：“%s”填得不对，请照提示改好，或按 ^U 清空后再保存。",
                    reg_field(form->reg, i)->label);
        return true;
    }
    return false;
}

static void report_saved(const struct form *form, enum store_change change)
{
    struct app *app = form->base.app;
    size_t missing = record_missing(&form->record);
    struct buffer more = {0}, number = {0};
    record_format(&form->record, "case_no", &number);
    if (change == STORE_NEW && number.length)
        buffer_addf(&more, "，编号 %s", buffer_text(&number));
    if (missing)
        buffer_addf(&more, "，还有 %zu 项待补", missing);
    if (change == STORE_SAME)
        app_message(app, MESSAGE_DONE, "没有改动，与已保存的相同%s。", buffer_text(&more));
    else
        app_message(app, MESSAGE_DONE, "已保存 %s%s。", form_clock(form->saved_at),
                    buffer_text(&more));
    buffer_release(&more);
    buffer_release(&number);
}

bool form_save(struct form *form)
{
    struct error err = {0};
    enum store_change change;
    form_leave_field(form);
    if (refuse_to_save(form))
        return false;
    if (!store_save(store_of(form), &form->record, NULL, &change, &err)) {
        int field = reg_field_index(form->reg, err.field);
        if (field >= 0)
            form_go_to(form, (size_t)field);
        app_error(form->base.app, &err);
        return false;
    }
    struct record saved;
    record_copy(&saved, &form->record);
    form_load(form, &saved);
    record_release(&saved);
    form_forget_draft(form);
    clock_now(form->saved_at);
    report_saved(form, change);
    return true;
}
