/* Texts into the record and back. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/attachment.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/screens/file_names.h"
#include "tui/screens/reason.h"

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
    if (form_has_task(form))
        form->task.check(form->task.context, &form->record, &form->findings);
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
    acceptances_release(&form->accepted);
    acceptances_read(store_of(form), form->reg, record->id, &form->accepted, NULL);
    refresh(form);
}

/* How much a finding asks for: more when severe, least when it was accepted. */
static int urgency(const struct form *form, const struct finding *finding)
{
    bool accepted = acceptance_of(&form->accepted, &form->record, finding) != NULL;
    return accepted ? 0 : 1 + (int)finding->severity;
}

const struct finding *form_finding(const struct form *form, size_t index)
{
    const struct finding *worst = NULL;
    const char *name = reg_field(form->reg, index)->name;
    for (size_t i = 0; i < form->findings.count; i++) {
        const struct finding *finding = &form->findings.items[i];
        if (finding->field && strcmp(finding->field, name) == 0 && !finding->is_gap &&
            (!worst || urgency(form, finding) > urgency(form, worst)))
            worst = finding;
    }
    return worst;
}

/* Through the gate; in a field for a file a path stands for the file. */
static bool set_value(struct form *form, size_t index, const char *text, struct error *err)
{
    struct buffer path = {0};
    bool is_file = reg_field(form->reg, index)->type == TYPE_ATTACHMENT;
    if (is_file)
        file_names_expand(text, &path);
    bool ok = attachment_set_text(store_of(form), &form->record, index,
                                  is_file ? buffer_text(&path) : text, err);
    buffer_release(&path);
    return ok;
}

bool form_accept(struct form *form, size_t index, const char *text)
{
    const struct field *declared = reg_field(form->reg, index);
    struct form_field *field = &form->fields[index];
    struct record before;
    struct error err = {0};
    record_copy(&before, &form->record);
    bool ok = set_value(form, index, text, &err);
    free(field->refusal);
    field->refusal = ok ? NULL : mem_text(err.message);
    if (strcmp(editor_text(&field->editor), text) != 0)
        editor_set_text(&field->editor, text);
    if (ok) {
        /* What the register computes follows each field: it compares with the moment before. */
        struct check_context context = store_check_context(store_of(form));
        record_derive(&form->record, &before);
        record_conclude(&form->record, &context);
        if (declared->type == TYPE_REF)
            show_via(form, declared);
        set_text(&field->accepted, editor_text(&field->editor)); /* which holds only so much */
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

bool form_lacks(const struct form *form, size_t index)
{
    const struct field *field = reg_field(form->reg, index);
    const struct finding *finding = form_finding(form, index);
    return is_filled_in(field) && value_is_null(&form->record.values[index]) &&
           (record_requires(&form->record, field) ||
            (finding && finding->severity == SEVERITY_ERROR));
}

bool form_is_wrong(const struct form *form, size_t index)
{
    const struct finding *finding = form_finding(form, index);
    return form->fields[index].refusal ||
           (finding && finding->severity == SEVERITY_ERROR && !form_lacks(form, index));
}

struct form_count form_count(const struct form *form, size_t first, size_t end)
{
    struct form_count count = {0};
    for (size_t i = first; i < end; i++) {
        const struct field *field = reg_field(form->reg, i);
        if (!form_shows(form, i))
            continue;
        count.wrong += form_is_wrong(form, i);
        if (!is_filled_in(field))
            continue;
        count.total++;
        count.filled += !value_is_null(&form->record.values[i]);
        count.missing += form_lacks(form, i);
    }
    return count;
}

/* ---- saving ---- */

bool form_refuses(struct form *form)
{
    const char *act = form_has_task(form) ? "办理" : "保存";
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        if (!form->fields[i].refusal)
            continue;
        form_go_to(form, i);
        app_message(form->base.app, MESSAGE_ERROR,
                    "没有%s：“%s”填得不对，请照提示改好，或按 ^U 清空后再%s。", act,
                    reg_field(form->reg, i)->label, act);
        return true;
    }
    return false;
}

static void report_saved(const struct form *form, enum store_change change)
{
    struct app *app = form->base.app;
    size_t missing = form_count(form, 0, reg_field_count(form->reg)).missing;
    struct buffer more = {0}, number = {0}, outcome = {0};
    record_format(&form->record, "case_no", &number);
    if (form->reg->outcome)
        record_format(&form->record, form->reg->outcome, &outcome);
    if (change == STORE_NEW && number.length)
        buffer_addf(&more, "，编号 %s", buffer_text(&number));
    if (missing)
        buffer_addf(&more, "，还有 %zu 项待补", missing);
    if (outcome.length)
        app_message(app, MESSAGE_INFORMATION, "已保存。%s。", buffer_text(&outcome));
    else if (change == STORE_SAME)
        app_message(app, MESSAGE_DONE, "没有改动，与已保存的相同%s。", buffer_text(&more));
    else
        app_message(app, MESSAGE_DONE, "已保存 %s%s。", form_clock(form->saved_at),
                    buffer_text(&more));
    buffer_release(&more);
    buffer_release(&number);
    buffer_release(&outcome);
}

/* What was filed may change as well, once it is said why. */
static bool save_record(struct form *form, enum store_change *change, struct error *err)
{
    struct buffer why = {0};
    struct store *store = store_of(form);
    bool ok = store_save(store, &form->record, NULL, change, err) ||
              (reason_ask(form->base.app, err, &why) &&
               store_save(store, &form->record, buffer_text(&why), change, err));
    buffer_release(&why);
    return ok;
}

bool form_save(struct form *form)
{
    struct error err = {0};
    enum store_change change;
    form_leave_field(form);
    if (form_refuses(form))
        return false;
    if (!save_record(form, &change, &err)) {
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
