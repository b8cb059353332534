/* The one form of every register. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "tui/desk.h"
#include "tui/screens/help.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

static struct form *form_of(const struct screen *screen)
{
    return (struct form *)screen;
}

const char *form_clock(const char *at)
{
    return strlen(at) > strlen("2026-06-15T") ? at + strlen("2026-06-15T") : at;
}

static const struct field *current(const struct form *form)
{
    return reg_field(form->reg, form->at);
}

static struct editor *current_editor(const struct form *form)
{
    return &form->fields[form->at].editor;
}

/* ---- title ---- */

/* Whether what was typed is safe: the right of the title. */
static void write_state(const struct form *form, struct buffer *out)
{
    const struct form_field *field = &form->fields[form->at];
    bool is_kept = field->kept && strcmp(field->kept, editor_text(&field->editor)) == 0;
    if (form->lock)
        buffer_add(out, "只读");
    else if (form_is_changed(form, form->at) && !is_kept)
        buffer_add(out, "未保存");
    else if (form->kept_at[0])
        buffer_addf(out, "草稿已存 %s", form_clock(form->kept_at));
    else if (form->saved_at[0])
        buffer_addf(out, "已保存 %s", form_clock(form->saved_at));
}

/* "第 2/9 页"; in a survey "第 2/9 步 位置", behind the last "小结". Pages that do not apply do not
 * count. */
static void write_page(const struct form *form, struct buffer *out)
{
    size_t steps = form->reg->section_count + form->child_count;
    size_t number = 0, count = 0;
    for (size_t page = 0; page < steps; page++) {
        count += form_page_applies(form, page);
        number += page <= form->tab && form_page_applies(form, page);
    }
    if (form->tab == steps)
        buffer_add(out, "小结");
    else
        buffer_addf(out, "第 %zu/%zu %s", number, count, form->survey ? "步" : "页");
    if (form->survey && form->tab < form->reg->section_count)
        buffer_addf(out, " %s", form->reg->sections[form->tab].label);
    else if (form->survey && form->tab < steps)
        buffer_addf(out, " %s", form_child(form)->label);
}

/* The name gives way to the state, which must never be cut. */
void form_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    enum { NAME_LEAST = 8, SPACE = 4, COLUMNS_FOR_PAGE = 60 };
    const struct form *form = form_of(screen);
    struct buffer name = {0};
    if (screen->app->grid.columns >= COLUMNS_FOR_PAGE && !form_has_task(form))
        write_page(form, right);
    struct buffer state = {0};
    write_state(form, &state);
    buffer_addf(right, "%s%s", right->length && state.length ? " · " : "", buffer_text(&state));
    buffer_release(&state);
    buffer_addf(left, "%s%s · ", form_has_task(form) ? form->task.title : form->reg->label,
                form->survey ? "排查向导" : "");
    if (form->task.subject)
        buffer_add(&name, form->task.subject);
    else
        record_name(&form->record, store_lookup(desk_store(screen->app)), &name);
    int room = screen->app->grid.columns - SPACE - grid_text_width(buffer_text(left)) -
               grid_text_width(buffer_text(right));
    if (room < NAME_LEAST) {
        room += grid_text_width(buffer_text(left));
        buffer_clear(left);
    }
    bool fits = grid_text_width(buffer_text(&name)) <= room;
    size_t length = fits ? name.length : text_fit(buffer_text(&name), room - 1);
    if (form->stored.version || form->task.subject || strcmp(buffer_text(&name), "（未命名）") != 0)
        buffer_add_bytes(left, buffer_text(&name), length);
    else
        buffer_add(left, "（新建）");
    buffer_add(left, fits ? "" : "…");
    buffer_release(&name);
}

/* ---- typing and choosing ---- */

static void take(struct form *form, const char *text)
{
    form_accept(form, form->at, text);
    form_keep(form, form->at);
}

static void choose(struct form *form, const char *filter)
{
    struct buffer text = {0};
    const struct field *field = current(form);
    size_t chosen = form->at;
    if (form_editor_of(field->type)->choose(form, field, filter, &text)) {
        take(form, buffer_text(&text));
        /* What was chosen is done: what is typed next belongs to the next field. */
        if (!form->fields[chosen].refusal)
            form_move(&form->base, K_DOWN);
    }
    buffer_release(&text);
}

bool form_can_choose_here(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form_can_edit(form, form->at) && form_can_choose(current(form));
}

void form_press_choose(struct screen *screen, int key)
{
    (void)key;
    choose(form_of(screen), NULL);
}

/* A letter opens the list of what can be chosen, narrowed by it; a blank opens all of it. */
static bool choose_by_letter(struct form *form, int key)
{
    const struct form_editor *kind = form_editor_of(current(form)->type);
    bool is_blank = key == ' ' && editor_text(current_editor(form))[0] == '\0';
    bool opens = kind->is_chosen || (is_blank && current(form)->type == TYPE_DATE);
    if (!key_is_text(key) || !opens)
        return false;
    char filter[5] = {0};
    text_encode((uint32_t)key, filter);
    choose(form, key == ' ' ? NULL : filter);
    return true;
}

/* What was chosen goes as a whole: half of it is no answer. */
static bool clear_chosen(struct form *form, int key)
{
    if (!form_editor_of(current(form)->type)->is_chosen || (key != K_BACKSPACE && key != K_DELETE))
        return false;
    editor_set_text(current_editor(form), "");
    return true;
}

static void say_full(struct form *form)
{
    const struct field *field = current(form);
    app_message(form->base.app, MESSAGE_WARNING, "%s最多 %d 个字，多出的没有放进来。", field->label,
                field->max_chars ? field->max_chars : type_of(field->type)->max_chars);
}

/* Typed behind a whole value that nothing can follow: the preset day gives way to another. */
static void begin_anew(struct form *form, int key)
{
    struct editor *editor = current_editor(form);
    const char *text = editor_text(editor);
    if (form_editor_of(current(form)->type)->is_fixed && key_is_text(key) && *text &&
        editor->at == strlen(text) && strcmp(text, form->fields[form->at].accepted) == 0)
        editor_set_text(editor, "");
}

bool form_input(struct screen *screen, const struct event *event)
{
    struct form *form = form_of(screen);
    bool is_key = event->kind == EVENT_KEY;
    if (event->kind == EVENT_TICK) { /* a pause in typing is a good moment, too */
        form_keep(form, form->at);
        return true;
    }
    if (!form_can_edit(form, form->at)) {
        bool typed = (is_key && key_is_text(event->key)) || event->kind == EVENT_PASTE;
        if (typed && form->lock)
            app_message(screen->app, MESSAGE_WARNING, "%s", form->lock);
        return typed;
    }
    if (is_key && (choose_by_letter(form, event->key) || clear_chosen(form, event->key)))
        return true;
    if (is_key)
        begin_anew(form, event->key);
    enum editor_answer answer = editor_input(current_editor(form), event);
    if (answer == EDITOR_FULL)
        say_full(form);
    bool leaves = is_key && (event->key == K_UP || event->key == K_DOWN || event->key == K_ENTER);
    if (answer == EDITOR_IGNORED && leaves) {
        form_move(screen, event->key);
        return true;
    }
    return answer != EDITOR_IGNORED;
}

bool form_is_typing(const struct screen *screen)
{
    return !form_of(screen)->lock;
}

/* In a box of several lines these keys are the editor's first. */
bool form_is_one_line(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form->lock || !current_editor(form)->multiline;
}

bool form_can_edit_here(const struct screen *screen)
{
    return form_can_edit(form_of(screen), form_of(screen)->at);
}

bool form_can_take(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    /* A file proves something about its own record only. */
    return form_can_edit_here(screen) && form->previous.reg &&
           current(form)->type != TYPE_ATTACHMENT;
}

bool form_is_open(const struct screen *screen)
{
    return !form_of(screen)->lock;
}

void form_undo(struct screen *screen, int key)
{
    struct event event = {.kind = EVENT_KEY, .key = key};
    editor_input(current_editor(form_of(screen)), &event);
}

void form_take_previous(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    struct buffer text = {0};
    record_format(&form->previous, current(form)->name, &text);
    if (text.length)
        take(form, buffer_text(&text));
    else
        app_message(screen->app, MESSAGE_INFORMATION, "上一条没有填%s，没有可取的。",
                    current(form)->label);
    buffer_release(&text);
}

/* ---- what else can be done ---- */

void form_press_save(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    if (form->lock)
        app_message(screen->app, MESSAGE_WARNING, "%s", form->lock);
    else if (form_save(form))
        form_load_children(form);
    survey_sum_up(form);
}

/* What the next record of the same kind begins with. */
static size_t copy_presets(const struct form *form, struct form_preset *presets)
{
    size_t count = 0;
    for (struct field_walk walk = {.reg = form->reg}; reg_walk(&walk);) {
        struct buffer text = {0};
        const char *name = walk.field->name;
        bool hangs = form->reg->parent && strcmp(form->reg->parent, name) == 0;
        if (!form->fields[walk.index].is_preset && !hangs)
            continue;
        record_format(&form->record, name, &text);
        if (text.length)
            presets[count++] = (struct form_preset){name, buffer_take(&text)};
    }
    return count;
}

void form_begin_next(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    struct app *app = screen->app;
    const struct reg *reg = form->reg;
    if (!form_save(form))
        return;
    struct form_preset *presets = mem_new(reg_field_count(reg), sizeof *presets);
    size_t count = copy_presets(form, presets);
    struct buffer said = {0};
    buffer_add(&said, buffer_text(&app->message));
    form->is_settled = true;
    app_pop(app);
    if (count)
        form_open_new(app, reg, presets, count);
    else
        form_begin(app, reg, NULL);
    buffer_clear(&app->message);
    buffer_add(&app->message, buffer_text(&said));
    buffer_release(&said);
    for (size_t i = 0; i < count; i++)
        free((char *)presets[i].text);
    free(presets);
}

void form_show_history(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    form_leave_field(form);
    if (form->stored.version)
        history_open(screen->app, form->reg, form->record.id);
    else
        app_message(screen->app, MESSAGE_INFORMATION, "这一条还没有保存过，没有历史。");
}

/* The help of the field stands above the help of the screen. */
void form_explain(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    const struct field *field = current(form);
    const struct finding *finding = form_finding(form, form->at);
    struct buffer text = {0};
    if (form->reg->sections[form->tab].intro && !form_has_task(form))
        buffer_addf(&text, "%s\n\n", form->reg->sections[form->tab].intro);
    buffer_addf(&text, "%s（%s）\n", field->help, type_of(field->type)->label);
    if (field->example && field->type != TYPE_ATTACHMENT)
        buffer_addf(&text, "例：%s\n", field->example);
    if (field->basis)
        buffer_addf(&text, "依据：%s\n", field->basis);
    if (form->fields[form->at].refusal)
        buffer_addf(&text, "\n! %s\n", form->fields[form->at].refusal);
    if (finding)
        buffer_addf(&text, "\n%s%s%s：%s\n", finding->rule, *finding->rule ? " " : "",
                    severity_name(finding->severity), finding->message);
    if (finding && finding->basis)
        buffer_addf(&text, "依据：%s\n", finding->basis);
    const struct acceptance *accepted =
        finding ? acceptance_of(&form->accepted, &form->record, finding) : NULL;
    if (accepted)
        buffer_addf(&text, "✓ 已接受：%s（%s %s）\n", accepted->reason, accepted->by, accepted->on);
    struct screen_class class = *screen->class;
    class.name = field->label;
    class.about = buffer_text(&text);
    const struct screen about = {.class = &class};
    app_push(screen->app, help_open(&about));
    buffer_release(&text);
}

bool form_may_leave(struct screen *screen)
{
    static const char *const answers[] = {"保留草稿，下次接着填", "保存", "放弃改动", NULL};
    struct form *form = form_of(screen);
    form_leave_field(form);
    size_t changed = form_count_changed(form);
    if (form->lock || changed == 0)
        return true;
    struct buffer question = {0};
    buffer_addf(&question, "有 %zu 项改动还没有保存，怎么办？", changed);
    int answer = app_ask(screen->app, buffer_text(&question), answers);
    buffer_release(&question);
    if (answer == 1)
        return form_save(form);
    if (answer == 0)
        return form->kept_at[0] != '\0'; /* else the message says why it could not be kept */
    form->is_settled = form_discard_draft(form);
    return form->is_settled;
}

/* The field or the page of the cursor may concern it no longer. */
static void reload(struct form *form, const struct record *record)
{
    form_load(form, record);
    if (form_is_on_fields(&form->base) && !form_shows(form, form->at))
        form_turn_to(form, form_page_applies(form, form->tab) ? form->tab : 0);
}

/* What lay above may have changed the record (an undo) or its children. */
void form_resume(struct screen *screen)
{
    struct form *form = form_of(screen);
    struct record record;
    if (form->stored.version) {
        bool found = store_get(desk_store(screen->app), form->reg, form->record.id, &record, NULL);
        bool differs = found && record.version != form->stored.version;
        if (differs && form_count_changed(form) == 0)
            reload(form, &record);
        else if (differs)
            app_message(screen->app, MESSAGE_WARNING,
                        "这条记录在别处改过：请保留草稿退出，重新打开后再保存。");
        record_release(&record);
    }
    form_load_children(form);
    survey_sum_up(form);
}

void form_close(struct screen *screen)
{
    struct form *form = form_of(screen);
    form_keep(form, form->at); /* the terminal may have gone in the middle of a word */
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        editor_release(&form->fields[i].editor);
        free(form->fields[i].accepted);
        free(form->fields[i].kept);
        free(form->fields[i].refusal);
    }
    free(form->fields);
    form_release_children(form);
    survey_end(form);
    form_end_task(form);
    findings_release(&form->findings);
    acceptances_release(&form->accepted);
    record_release(&form->record);
    record_release(&form->stored);
    record_release(&form->previous);
    free(form);
}

static bool can_inspect(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form->stored.version && inspect_is_possible(form->reg);
}

static void inspect(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    form_leave_field(form);
    inspect_open(screen->app, form->reg, form->record.id);
}

static bool has_moves(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form->stored.version && moves_are_possible(form->reg);
}

static void open_moves(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    form_leave_field(form);
    if (form_count_changed(form) && !form->lock)
        app_message(screen->app, MESSAGE_WARNING, "有改动还没有保存：先按 F2 保存，再办理。");
    else
        moves_open(screen->app, form->reg, form->record.id);
}

static const struct action field_actions[] = {
    {.key = K_ENTER,
     .name = "下一项",
     .help = "填好这一项，到下一项；多行的框里是换行，用 ↓ 离开。",
     .is_available = form_is_one_line,
     .run = form_move},
    {.key = K_UP,
     .last = K_DOWN,
     .help = "到上一项、下一项。",
     .is_available = form_is_one_line,
     .run = form_move},
    {.key = K_F(2),
     .name = "保存",
     .help = "保存整条记录。",
     .is_available = form_is_open,
     .run = form_press_save},
    {.key = K_F(3),
     .name = "选取",
     .help = "从名单或日历中选取，打字可以缩小范围。",
     .is_available = form_can_choose_here,
     .run = form_press_choose},
    {.key = K_TAB,
     .last = K_BACKTAB,
     .name = "翻页",
     .help = "到下一页、上一页。",
     .run = form_turn},
    {.key = K_F(1), .name = "依据", .help = "说明这一项怎么填、谁要求填。", .run = form_explain},
    {.key = K_CTRL('D'),
     .name = "取上条",
     .help = "取本清单最近保存的一条里同一项的内容。",
     .is_available = form_can_take,
     .run = form_take_previous},
    {.key = K_F(6),
     .name = "待补",
     .help = "到下一个必填而没有填的项。",
     .is_available = form_is_open,
     .run = form_go_to_missing},
    {.key = K_CTRL('Z'),
     .name = "撤销",
     .help = "一步一步退回这一项里的改动。",
     .is_available = form_can_edit_here,
     .run = form_undo},
    {.key = K_CTRL('N'),
     .name = "存后新建",
     .help = "保存，接着新建一条。",
     .is_available = form_is_open,
     .run = form_begin_next},
    {.key = K_F(7),
     .name = "向导",
     .help = "一步一步地填，每步一个主题，最后有小结；再按一次回到表单。",
     .is_available = survey_is_possible,
     .run = survey_switch},
    {.key = K_F(8),
     .name = "检查",
     .help = "对这个对象做现场检查，没做完的接着做。",
     .is_available = can_inspect,
     .run = inspect},
    {.key = K_F(9),
     .name = "办理",
     .help = "办到了哪一步，下一步缺什么；在那里办下一步。",
     .is_available = has_moves,
     .run = open_moves},
    {.key = K_F(4), .name = "历史", .help = "这条记录的全部修改。", .run = form_show_history},
    {.key = 'h', .help = "只读时：这条记录的全部修改。", .run = form_show_history},
    {.key = K_PAGE_UP, .last = K_PAGE_DOWN, .help = "上下翻过一屏的项。", .run = form_move_page},
    {0},
};

const struct screen_class *form_fields_class(void)
{
    static const struct screen_class class = {
        .name = "表单",
        .actions = field_actions,
        .title = form_title,
        .draw = form_draw,
        .input = form_input,
        .is_typing = form_is_typing,
        .resume = form_resume,
        .may_leave = form_may_leave,
        .close = form_close,
    };
    return &class;
}
