/* Opening a form: a new record or a stored one, with what was typed and not saved. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/draft.h"
#include "db/history.h"
#include "db/id.h"
#include "tui/desk.h"
#include "tui/screens/draft_name.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

static struct form *form_new(struct app *app, const struct reg *reg, const struct form_task *task)
{
    struct form *form = mem_new(1, sizeof *form);
    form->base.class = form_fields_class();
    form->base.app = app;
    form->reg = reg;
    form->fields = mem_new(reg_field_count(reg), sizeof *form->fields);
    for (size_t i = 0; i < reg_field_count(reg); i++) {
        const struct field *field = reg_field(reg, i);
        int most = field->max_chars ? field->max_chars : type_of(field->type)->max_chars;
        editor_init(&form->fields[i].editor, "", (size_t)most, field->type == TYPE_LONGTEXT);
        form->fields[i].accepted = mem_text("");
    }
    while (!task && reg_child(reg, form->child_count))
        form->child_count++;
    form->children = mem_new(form->child_count, sizeof *form->children);
    return form;
}

static void load_previous(struct form *form)
{
    struct store *store = desk_store(form->base.app);
    char id[RECORD_ID_SIZE];
    if (history_last_record(store, form->reg, form->record.id, id, NULL) && id[0] &&
        !store_get(store, form->reg, id, &form->previous, NULL))
        record_release(&form->previous);
}

/* The clerk who sits here, today; the bureau's county where it is of one. */
static void set_initial(struct form *form, struct record *record)
{
    enum { COUNTY_CODE = 6 };
    struct store *store = desk_store(form->base.app);
    char today[DATE_TEXT_SIZE];
    date_format(clock_today(), today);
    char *operator_name = mem_text(store_setting(store, "operator"));
    char *region = mem_text(store_setting(store, "region"));
    const struct record_origin origin = {
        .today = today,
        .operator_name = operator_name,
        .region = strlen(region) == COUNTY_CODE ? region : "",
    };
    record_set_initial(record, store_lookup(store), &origin);
    free(operator_name);
    free(region);
}

/* What a form is opened for. */
struct opening {
    const char *id; /* NULL: a new record */
    const struct form_preset *presets;
    size_t preset_count;
    bool survey;                  /* step by step */
    const struct field *at;       /* where the cursor is to stand; NULL: where it begins */
    const struct form_task *task; /* NULL: the form of the whole record */
};

static void preset(struct form *form, struct record *record, const struct opening *opening)
{
    const struct lookup *lookup = store_lookup(desk_store(form->base.app));
    for (size_t i = 0; i < opening->preset_count; i++) {
        int field = reg_field_index(form->reg, opening->presets[i].field);
        if (field >= 0)
            form->fields[field].is_preset =
                record_set_text(record, (size_t)field, opening->presets[i].text, lookup, NULL);
    }
}

/* A record that is not in the file: its initial values, and what it was begun with. */
static void begin_record(struct form *form, struct record *record, const struct opening *opening)
{
    record_init(record, form->reg);
    if (opening->id)
        strncpy(record->id, opening->id, sizeof record->id - 1);
    else
        id_new(record->id);
    set_initial(form, record);
    preset(form, record, opening);
}

static bool read_record(struct form *form, const struct opening *opening)
{
    struct record record;
    struct error err = {0};
    const char *id = opening->id;
    bool is_stored = id && store_get(desk_store(form->base.app), form->reg, id, &record, &err);
    if (!is_stored) {
        if (id)
            record_release(&record);
        if (id && err.code != ERROR_MISSING) {
            app_error(form->base.app, &err);
            return false;
        }
        begin_record(form, &record, opening);
    }
    if (is_stored && opening->task)
        preset(form, &record, opening);
    form->lock = !store_can_write(desk_store(form->base.app))
                     ? "现在只能查看：另一个窗口正在用这个文件。关掉那个窗口再打开，就能改。"
                 : record.deleted ? "这一条已经删除，只能查看；撤销那次删除后才能改。"
                                  : NULL;
    form_load(form, &record);
    record_release(&record);
    return true;
}

static void say_what_was_found(struct form *form, size_t taken_up)
{
    const char *key = form_has_task(form) ? "F2 办理" : "F2 保存";
    if (form->lock)
        app_message(form->base.app, MESSAGE_WARNING, "%s", form->lock);
    else if (taken_up && form_count_changed(form) == 0)
        form_discard_draft(form);
    else if (taken_up)
        app_message(form->base.app, MESSAGE_WARNING,
                    "这是没有保存的草稿（%.10s %s），标 ~ 的 %zu 项与已保存的不同；%s。",
                    form->kept_at, form_clock(form->kept_at), form_count_changed(form), key);
}

static void open_form(struct app *app, const struct reg *reg, const struct opening *opening)
{
    struct form *form = form_new(app, reg, opening->task);
    if (opening->task)
        form_begin_task(form, opening->task);
    form->is_settled = opening->task && !opening->id; /* what is never stored has no draft */
    if (!read_record(form, opening)) {
        form->is_settled = true;
        form_close(&form->base);
        return;
    }
    size_t taken_up = form->lock ? 0 : form_take_up_draft(form);
    if (opening->task)
        form_ask_for_more(form);
    if (opening->id && !form->stored.version && !taken_up) {
        app_message(app, MESSAGE_ERROR, "%s里没有这一条，可能已被撤销；请回到清单再选。",
                    reg->label);
        form_close(&form->base);
        return;
    }
    if (opening->survey)
        survey_begin(form);
    if (!taken_up || !survey_resume(form))
        form_go_to_section(form, 0);
    if (opening->at)
        form_go_to(form, (size_t)reg_field_index(reg, opening->at->name));
    while (form->fields[form->at].is_preset && form_step(form, true))
        continue;
    if (opening->task)
        form_go_to_hindrance(form);
    load_previous(form);
    form_load_children(form);
    say_what_was_found(form, taken_up);
    app_push(app, &form->base);
}

void form_open(struct app *app, const struct reg *reg, const char *id, const char *parent)
{
    const struct form_preset preset = {reg->parent, parent};
    bool hangs = !id && parent && reg->parent;
    open_form(app, reg, &(struct opening){.id = id, .presets = &preset, .preset_count = hangs});
}

void form_open_at(struct app *app, const struct reg *reg, const char *id, const struct field *field)
{
    open_form(app, reg, &(struct opening){.id = id, .at = field});
}

void form_open_new(struct app *app, const struct reg *reg, const struct form_preset *presets,
                   size_t count)
{
    open_form(app, reg, &(struct opening){.presets = presets, .preset_count = count});
}

void form_open_task(struct app *app, const struct reg *reg, const char *id,
                    const struct form_task *task, const struct form_preset *presets, size_t count)
{
    open_form(app, reg,
              &(struct opening){.id = id, .presets = presets, .preset_count = count, .task = task});
}

/* The draft of a record of the register that was never saved, the latest; "" when there is none. */
static void find_unfinished(struct app *app, const struct reg *reg, char id[RECORD_ID_SIZE],
                            struct buffer *told)
{
    struct draft *drafts;
    size_t count;
    struct store *store = desk_store(app);
    id[0] = '\0';
    if (!draft_list(store, &drafts, &count, NULL))
        return;
    for (size_t i = 0; i < count && !id[0]; i++) {
        if (drafts[i].reg != reg || !drafts[i].is_new)
            continue;
        memcpy(id, drafts[i].record, RECORD_ID_SIZE);
        draft_name(store, &drafts[i], told);
        buffer_add(told, "（");
        draft_tell(&drafts[i], clock_today(), told);
        buffer_add(told, "）");
    }
    free(drafts);
}

/* 排查向导: the form of a new record step by step, with a summary at the end; or of one that was
 * begun and never saved: it asks. */
static void begin_survey(struct app *app, const struct reg *reg)
{
    static const char *const answers[] = {"接着填", "另外新建一条，草稿留着", NULL};
    struct buffer question = {0};
    char unfinished[RECORD_ID_SIZE] = "";
    const char *id = NULL;
    buffer_add(&question, "上次有一条没有填完：");
    find_unfinished(app, reg, unfinished, &question);
    if (unfinished[0] && app_ask(app, buffer_text(&question), answers) == 0)
        id = unfinished;
    buffer_release(&question);
    open_form(app, reg, &(struct opening){.id = id, .survey = true});
}

void form_begin(struct app *app, const struct reg *reg, const char *parent)
{
    if (reg->flags & REG_SURVEY && !parent)
        begin_survey(app, reg);
    else
        form_open(app, reg, NULL, parent);
}
