/* 限值判定: is a result above its limit? Answers while one types; nothing is stored. */
#include "tui/screens/verdict.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

const struct verdict_input verdict_inputs[VERDICT_INPUTS] = {
    {"factor", NULL, 0, false},
    {"point_type", NULL, 1, false},
    {"outlet", NULL, 2, false},
    {"land_use", NULL, 2, false},
    {"soil_ph", NULL, 2, true},
    {"value", NULL, 3, false},
    {"unit", NULL, 3, true},
    {"sampled_on", NULL, 0, true},
    {"standard", "只按标准", 4, false},
};

static struct verdict_screen *self_of(const struct screen *screen)
{
    return (struct verdict_screen *)screen;
}

const struct field *verdict_field(size_t input)
{
    return reg_field_find(input == VERDICT_STANDARD ? &reg_limit : &reg_sample,
                          verdict_inputs[input].field);
}

static size_t index_of(size_t input)
{
    return (size_t)reg_field_index(&reg_sample, verdict_inputs[input].field);
}

struct form_field *verdict_box(struct verdict_screen *self, size_t input)
{
    return input == VERDICT_STANDARD ? &self->standard : &self->form.fields[index_of(input)];
}

static bool is_soil(const struct verdict_screen *self)
{
    return strcmp(record_text(&self->form.record, "point_type"), "土壤") == 0;
}

bool verdict_shows(const struct verdict_screen *self, size_t input)
{
    const char *field = verdict_inputs[input].field;
    if (strcmp(field, "outlet") == 0)
        return !is_soil(self);
    return is_soil(self) || (strcmp(field, "land_use") != 0 && strcmp(field, "soil_ph") != 0);
}

/* ---- judging ---- */

static void set_text(char **text, const char *to)
{
    char *copy = to ? mem_text(to) : NULL;
    free(*text);
    *text = copy;
}

/* What does not concern the sample must not decide either. */
static void read_input(struct verdict_screen *self, size_t input, struct record *sample)
{
    struct form_field *box = verdict_box(self, input);
    struct value *value = &sample->values[index_of(input)];
    struct error err = {0};
    const char *text = editor_text(&box->editor);
    if (!verdict_shows(self, input)) {
        value_release(value);
    } else if (strcmp(text, box->accepted) != 0) {
        bool ok = record_set_text(sample, index_of(input), text,
                                  store_lookup(desk_store(self->form.base.app)), &err);
        if (!ok)
            value_release(value);
        set_text(&box->refusal, ok ? NULL : err.message);
    } else {
        set_text(&box->refusal, NULL);
    }
}

/* The limits of a thallium enterprise follow from whose outlet it is. */
static void read_owner(struct verdict_screen *self, struct record *sample)
{
    struct record outlet;
    const char *id = record_text(sample, "outlet");
    value_release(record_value_for_change(sample, "enterprise"));
    if (!*id)
        return;
    if (store_get(desk_store(self->form.base.app), &reg_outlet, id, &outlet, NULL))
        value_copy(record_value_for_change(sample, "enterprise"),
                   record_value(&outlet, "enterprise"));
    record_release(&outlet);
}

static void judge_typed(struct verdict_screen *self)
{
    struct check_context context = store_check_context(desk_store(self->form.base.app));
    struct record sample;
    record_copy(&sample, &self->form.record);
    for (size_t i = 0; i < VERDICT_STANDARD; i++)
        read_input(self, i, &sample);
    read_owner(self, &sample);
    record_derive(&sample, NULL);
    const struct judge_question question = {.sample = &sample,
                                            .standard = editor_text(&self->standard.editor)};
    judgement_release(&self->judgement);
    judge_limits_release(&self->limits);
    judge(&question, &context, &self->judgement);
    judge_list_limits(&question, &context, &self->limits);
    listview_set_count(&self->list, self->limits.count);
    record_release(&sample);
}

/* Shows the sample's value where nothing else is being typed. */
static void show(struct verdict_screen *self, size_t input)
{
    struct form_field *box = verdict_box(self, input);
    struct buffer text = {0};
    record_display(&self->form.record, verdict_inputs[input].field,
                   store_lookup(desk_store(self->form.base.app)), &text);
    bool is_idle = strcmp(editor_text(&box->editor), box->accepted) == 0;
    if (is_idle && strcmp(buffer_text(&text), box->accepted) != 0)
        editor_set_text(&box->editor, buffer_text(&text));
    set_text(&box->accepted, buffer_text(&text));
    buffer_release(&text);
}

/* The text of an input becomes its value for good, as a person reads it: when it was chosen, or
 * when one goes on. What the gate refuses stays as typed. */
static void take(struct verdict_screen *self, size_t input, const char *text)
{
    struct form_field *box = verdict_box(self, input);
    struct record *sample = &self->form.record, before;
    if (strcmp(text, editor_text(&box->editor)) != 0)
        editor_set_text(&box->editor, text);
    record_copy(&before, sample);
    if (input != VERDICT_STANDARD && strcmp(text, box->accepted) != 0 &&
        record_set_text(sample, index_of(input), text,
                        store_lookup(desk_store(self->form.base.app)), NULL)) {
        set_text(&box->accepted, editor_text(&box->editor)); /* which holds only so much */
        record_derive(sample, &before);
        for (size_t i = 0; i < VERDICT_STANDARD; i++)
            show(self, i);
    }
    record_release(&before);
    judge_typed(self);
}

static bool is_on_list(const struct verdict_screen *self)
{
    return self->at == VERDICT_INPUTS;
}

static void leave_input(struct verdict_screen *self)
{
    if (is_on_list(self))
        return;
    char *text = mem_text(editor_text(&verdict_box(self, self->at)->editor));
    take(self, self->at, text);
    free(text);
}

/* ---- moving ---- */

static void go(struct verdict_screen *self, bool down)
{
    leave_input(self);
    for (size_t at = self->at; down ? at < VERDICT_INPUTS : at > 0;) {
        at += down ? 1 : (size_t)-1;
        bool is_list = at == VERDICT_INPUTS;
        if (is_list ? self->list.count > 0 : verdict_shows(self, at)) {
            self->at = at;
            return;
        }
    }
}

static void move(struct screen *screen, int key)
{
    go(self_of(screen), key != K_UP);
}

static void change_part(struct screen *screen, int key)
{
    (void)key;
    struct verdict_screen *self = self_of(screen);
    leave_input(self);
    if (is_on_list(self))
        self->at = 0;
    else if (self->list.count)
        self->at = VERDICT_INPUTS;
}

/* ---- typing and choosing ---- */

static bool can_choose(const struct screen *screen)
{
    const struct verdict_screen *self = self_of(screen);
    return !is_on_list(self) && self->at != VERDICT_STANDARD &&
           form_can_choose(verdict_field(self->at));
}

static void choose(struct verdict_screen *self, const char *filter)
{
    const struct field *field = verdict_field(self->at);
    struct buffer text = {0};
    if (form_editor_of(field->type)->choose(&self->form, field, filter, &text)) {
        take(self, self->at, buffer_text(&text));
        go(self, true);
    }
    buffer_release(&text);
}

static void press_choose(struct screen *screen, int key)
{
    (void)key;
    choose(self_of(screen), NULL);
}

/* As on the form: a letter opens the list, a blank all of it, and what was chosen goes as a whole.
 */
static bool input_chosen(struct verdict_screen *self, int key)
{
    struct editor *editor = &verdict_box(self, self->at)->editor;
    bool is_chosen = form_editor_of(verdict_field(self->at)->type)->is_chosen;
    bool opens = is_chosen || (key == ' ' && !*editor_text(editor));
    char filter[5] = {0};
    if (is_chosen && (key == K_BACKSPACE || key == K_DELETE)) {
        editor_set_text(editor, "");
        judge_typed(self);
        return true;
    }
    if (!key_is_text(key) || !opens || !can_choose(&self->form.base))
        return false;
    text_encode((uint32_t)key, filter);
    choose(self, key == ' ' ? NULL : filter);
    return true;
}

static bool verdict_key(struct screen *screen, const struct event *event)
{
    struct verdict_screen *self = self_of(screen);
    bool is_key = event->kind == EVENT_KEY;
    if (is_on_list(self)) {
        if (is_key && event->key == K_UP && self->list.selected == 0) {
            go(self, false);
            return true;
        }
        return listview_input_at(&self->list, event, self->list_top);
    }
    if (is_key && input_chosen(self, event->key))
        return true;
    enum editor_answer answer = editor_input(&verdict_box(self, self->at)->editor, event);
    if (answer == EDITOR_CHANGED || answer == EDITOR_FULL)
        judge_typed(self);
    return answer != EDITOR_IGNORED;
}

static bool verdict_is_typing(const struct screen *screen)
{
    return !is_on_list(self_of(screen));
}

/* ---- what else can be done ---- */

static bool is_typed(const struct screen *screen)
{
    return !is_on_list(self_of(screen));
}

static bool has_limit(const struct screen *screen)
{
    const struct verdict_screen *self = self_of(screen);
    return is_on_list(self) && self->list.selected < self->limits.count;
}

static const struct judge_limit *limit_of(const struct screen *screen)
{
    const struct verdict_screen *self = self_of(screen);
    return &self->limits.items[self->list.selected];
}

static void open_limit(struct screen *screen, int key)
{
    (void)key;
    form_open(screen->app, &reg_limit, limit_of(screen)->id, NULL);
}

/* The same again: all limits that apply. */
static void take_standard(struct screen *screen, int key)
{
    (void)key;
    struct verdict_screen *self = self_of(screen);
    const char *number = buffer_text(&limit_of(screen)->number);
    bool is_taken = strcmp(editor_text(&self->standard.editor), number) == 0;
    char *text = mem_text(is_taken ? "" : number);
    take(self, VERDICT_STANDARD, text);
    free(text);
    listview_select(&self->list, 0);
}

static bool can_record(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

/* What was typed begins a sample. */
static void record_sample(struct screen *screen, int key)
{
    (void)key;
    struct verdict_screen *self = self_of(screen);
    struct form_preset presets[VERDICT_INPUTS];
    struct buffer texts[VERDICT_STANDARD] = {{0}};
    size_t count = 0;
    leave_input(self);
    if (is_soil(self))
        presets[count++] = (struct form_preset){"medium", "土壤"};
    for (size_t i = 0; i < VERDICT_STANDARD; i++) {
        if (verdict_shows(self, i))
            record_format(&self->form.record, verdict_inputs[i].field, &texts[i]);
        if (texts[i].length)
            presets[count++] = (struct form_preset){verdict_inputs[i].field, texts[i].text};
    }
    form_open_new(screen->app, &reg_sample, presets, count);
    for (size_t i = 0; i < VERDICT_STANDARD; i++)
        buffer_release(&texts[i]);
}

static void verdict_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct verdict_screen *self = self_of(screen);
    buffer_add(left, "限值判定");
    if (self->limits.count)
        buffer_addf(right, "%s的限值 %zu 条", record_text(&self->form.record, "factor"),
                    self->limits.count);
}

static void verdict_resume(struct screen *screen)
{
    judge_typed(self_of(screen));
}

static void release_box(struct form_field *box)
{
    editor_release(&box->editor);
    free(box->accepted);
    free(box->refusal);
}

static void verdict_close(struct screen *screen)
{
    struct verdict_screen *self = self_of(screen);
    for (size_t i = 0; i < reg_field_count(&reg_sample); i++)
        release_box(&self->form.fields[i]);
    release_box(&self->standard);
    free(self->form.fields);
    record_release(&self->form.record);
    judgement_release(&self->judgement);
    judge_limits_release(&self->limits);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *verdict_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "下一项",
         .help = "填好这一项，到下一项；判定随着打字变。",
         .is_available = is_typed,
         .run = move},
        {.key = K_ENTER,
         .name = "打开限值",
         .help = "打开光标所在的限值，核对、改正或标为已核。",
         .is_available = has_limit,
         .run = open_limit},
        {.key = K_UP,
         .last = K_DOWN,
         .help = "到上一项、下一项。",
         .is_available = is_typed,
         .run = move},
        {.key = K_F(3),
         .name = "选取",
         .help = "从名单或日历中选取，打字可以缩小范围。",
         .is_available = can_choose,
         .run = press_choose},
        {.key = 's',
         .name = "只按这个标准",
         .help = "只按光标所在限值的标准判定；再按一次恢复。",
         .is_available = has_limit,
         .run = take_standard},
        {.key = K_TAB, .name = "限值表", .help = "在填写和限值表之间来回。", .run = change_part},
        {.key = K_F(2),
         .name = "登记结果",
         .help = "用填好的内容新建一条监测结果，补全后保存。",
         .is_available = can_record,
         .run = record_sample},
        {0},
    };
    static const struct screen_class class = {
        .name = "限值判定",
        .about =
            "填监测因子、点位类型、监测值和单位，边填边判定：用哪个限值、核过没有、超标倍数怎样"
            "算、是不是涉嫌犯罪线索；下面列出这种因子的全部限值。填的内容不保存，要留下来的按 "
            "F2 登记。",
        .actions = actions,
        .title = verdict_title,
        .draw = verdict_draw,
        .input = verdict_key,
        .is_typing = verdict_is_typing,
        .resume = verdict_resume,
        .close = verdict_close,
    };
    return &class;
}

/* ---- opening ---- */

static void begin_box(struct form_field *box, const struct field *field, const char *text)
{
    int most = field->max_chars ? field->max_chars : type_of(field->type)->max_chars;
    editor_init(&box->editor, text, (size_t)most, false);
    box->accepted = mem_text(text);
}

/* An empty sample of today, or a copy of a stored one. */
static void begin_sample(struct verdict_screen *self, const char *id)
{
    struct record *sample = &self->form.record;
    struct error err = {0};
    char today[DATE_TEXT_SIZE];
    struct store *store = desk_store(self->form.base.app);
    if (id) {
        if (!store_get(store, &reg_sample, id, sample, &err))
            app_error(self->form.base.app, &err);
        return;
    }
    record_init(sample, &reg_sample);
    date_format(clock_today(), today);
    record_set_text(sample, (size_t)reg_field_index(&reg_sample, "sampled_on"), today,
                    store_lookup(store), NULL);
}

void verdict_open(struct app *app, const char *id)
{
    struct verdict_screen *self = mem_new(1, sizeof *self);
    self->form.base.class = verdict_class();
    self->form.base.app = app;
    self->form.reg = &reg_sample;
    self->form.fields = mem_new(reg_field_count(&reg_sample), sizeof *self->form.fields);
    self->judgement.times = -1;
    begin_sample(self, id);
    for (struct field_walk walk = {.reg = &reg_sample}; reg_walk(&walk);) {
        struct buffer text = {0};
        record_display(&self->form.record, walk.field->name, store_lookup(desk_store(app)), &text);
        begin_box(&self->form.fields[walk.index], walk.field, buffer_text(&text));
        buffer_release(&text);
    }
    begin_box(&self->standard, verdict_field(VERDICT_STANDARD), "");
    judge_typed(self);
    app_push(app, &self->form.base);
}
