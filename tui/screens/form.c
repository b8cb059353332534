/* The one form of every register. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/history.h"
#include "db/id.h"
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

/* The name gives way to the state, which must never be cut. */
void form_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    enum { NAME_LEAST = 8, SPACE = 4, COLUMNS_FOR_PAGE = 60 };
    const struct form *form = form_of(screen);
    struct buffer name = {0};
    if (screen->app->grid.columns >= COLUMNS_FOR_PAGE)
        buffer_addf(right, "第 %zu/%zu 页", form->tab + 1,
                    form->reg->section_count + form->child_count);
    struct buffer state = {0};
    write_state(form, &state);
    buffer_addf(right, "%s%s", right->length && state.length ? " · " : "", buffer_text(&state));
    buffer_release(&state);
    buffer_addf(left, "%s · ", form->reg->label);
    record_name(&form->record, store_lookup(desk_store(screen->app)), &name);
    int room = screen->app->grid.columns - SPACE - grid_text_width(buffer_text(left)) -
               grid_text_width(buffer_text(right));
    if (room < NAME_LEAST) {
        room += grid_text_width(buffer_text(left));
        buffer_clear(left);
    }
    bool fits = grid_text_width(buffer_text(&name)) <= room;
    size_t length = fits ? name.length : text_fit(buffer_text(&name), room - 1);
    if (form->stored.version || strcmp(buffer_text(&name), "（未命名）") != 0)
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

static bool can_choose(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form_can_edit(form, form->at) && form_can_choose(current(form));
}

static void press_choose(struct screen *screen, int key)
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

static bool form_input(struct screen *screen, const struct event *event)
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

static bool form_is_typing(const struct screen *screen)
{
    return !form_of(screen)->lock;
}

/* In a box of several lines these keys are the editor's first. */
static bool is_one_line(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form->lock || !current_editor(form)->multiline;
}

static bool can_edit_here(const struct screen *screen)
{
    return form_can_edit(form_of(screen), form_of(screen)->at);
}

static bool can_take(const struct screen *screen)
{
    return can_edit_here(screen) && form_of(screen)->previous.reg;
}

static bool is_open(const struct screen *screen)
{
    return !form_of(screen)->lock;
}

static void undo(struct screen *screen, int key)
{
    struct event event = {.kind = EVENT_KEY, .key = key};
    editor_input(current_editor(form_of(screen)), &event);
}

static void take_previous(struct screen *screen, int key)
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
}

static void save_and_begin(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    struct app *app = screen->app;
    const struct reg *reg = form->reg;
    struct buffer parent = {0};
    if (!form_save(form))
        return;
    if (reg->parent)
        record_format(&form->record, reg->parent, &parent);
    struct buffer said = {0};
    buffer_add(&said, buffer_text(&app->message));
    form->is_settled = true;
    app_pop(app);
    form_open(app, reg, NULL, parent.length ? buffer_text(&parent) : NULL);
    buffer_clear(&app->message);
    buffer_add(&app->message, buffer_text(&said));
    buffer_release(&said);
    buffer_release(&parent);
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
static void explain(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    const struct field *field = current(form);
    const struct finding *finding = form_finding(form, form->at);
    struct buffer text = {0};
    buffer_addf(&text, "%s（%s）\n", field->help, type_of(field->type)->label);
    if (field->example)
        buffer_addf(&text, "例：%s\n", field->example);
    if (field->basis)
        buffer_addf(&text, "依据：%s\n", field->basis);
    if (form->fields[form->at].refusal)
        buffer_addf(&text, "\n! %s\n", form->fields[form->at].refusal);
    if (finding)
        buffer_addf(&text, "\n%s %s：%s\n", finding->rule, severity_name(finding->severity),
                    finding->message);
    if (finding && finding->basis)
        buffer_addf(&text, "依据：%s\n", finding->basis);
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

/* What lay above may have changed the record (an undo) or its children. */
void form_resume(struct screen *screen)
{
    struct form *form = form_of(screen);
    struct record record;
    if (form->stored.version) {
        bool found = store_get(desk_store(screen->app), form->reg, form->record.id, &record, NULL);
        bool differs = found && record.version != form->stored.version;
        if (differs && form_count_changed(form) == 0)
            form_load(form, &record);
        else if (differs)
            app_message(screen->app, MESSAGE_WARNING,
                        "这条记录在别处改过：请保留草稿退出，重新打开后再保存。");
        record_release(&record);
    }
    form_load_children(form);
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
    findings_release(&form->findings);
    record_release(&form->record);
    record_release(&form->stored);
    record_release(&form->previous);
    free(form);
}

static const struct action field_actions[] = {
    {.key = K_ENTER,
     .name = "下一项",
     .help = "填好这一项，到下一项；多行的框里是换行，用 ↓ 离开。",
     .is_available = is_one_line,
     .run = form_move},
    {.key = K_UP,
     .last = K_DOWN,
     .help = "到上一项、下一项。",
     .is_available = is_one_line,
     .run = form_move},
    {.key = K_F(2),
     .name = "保存",
     .help = "保存整条记录。",
     .is_available = is_open,
     .run = form_press_save},
    {.key = K_F(3),
     .name = "选取",
     .help = "从名单或日历中选取，打字可以缩小范围。",
     .is_available = can_choose,
     .run = press_choose},
    {.key = K_TAB,
     .last = K_BACKTAB,
     .name = "翻页",
     .help = "到下一页、上一页。",
     .run = form_turn},
    {.key = K_F(1), .name = "依据", .help = "说明这一项怎么填、谁要求填。", .run = explain},
    {.key = K_CTRL('D'),
     .name = "取上条",
     .help = "取本清单最近保存的一条里同一项的内容。",
     .is_available = can_take,
     .run = take_previous},
    {.key = K_F(6),
     .name = "待补",
     .help = "到下一个必填而没有填的项。",
     .is_available = is_open,
     .run = form_go_to_missing},
    {.key = K_CTRL('Z'),
     .name = "撤销",
     .help = "一步一步退回这一项里的改动。",
     .is_available = can_edit_here,
     .run = undo},
    {.key = K_CTRL('N'),
     .name = "存后新建",
     .help = "保存，接着新建一条。",
     .is_available = is_open,
     .run = save_and_begin},
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

/* ---- opening ---- */

static struct form *form_new(struct app *app, const struct reg *reg)
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
    while (reg_child(reg, form->child_count))
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

/* A record that is not in the file: its initial values, and what it hangs on. */
static void begin_record(struct form *form, struct record *record, const char *id,
                         const char *parent)
{
    const struct lookup *lookup = store_lookup(desk_store(form->base.app));
    record_init(record, form->reg);
    if (id)
        strncpy(record->id, id, sizeof record->id - 1);
    else
        id_new(record->id);
    set_initial(form, record);
    int field = parent && form->reg->parent ? reg_field_index(form->reg, form->reg->parent) : -1;
    if (field >= 0)
        record_set_text(record, (size_t)field, parent, lookup, NULL);
}

static bool read_record(struct form *form, const char *id, const char *parent)
{
    struct record record;
    struct error err = {0};
    bool is_stored = id && store_get(desk_store(form->base.app), form->reg, id, &record, &err);
    if (!is_stored) {
        if (id)
            record_release(&record);
        if (id && err.code != ERROR_MISSING) {
            app_error(form->base.app, &err);
            return false;
        }
        begin_record(form, &record, id, parent);
    }
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
    if (form->lock)
        app_message(form->base.app, MESSAGE_WARNING, "%s", form->lock);
    else if (taken_up && form_count_changed(form) == 0)
        form_discard_draft(form);
    else if (taken_up)
        app_message(form->base.app, MESSAGE_WARNING,
                    "这是没有保存的草稿（%.10s %s），标 ~ 的 %zu 项与已保存的不同；F2 保存。",
                    form->kept_at, form_clock(form->kept_at), form_count_changed(form));
}

void form_open(struct app *app, const struct reg *reg, const char *id, const char *parent)
{
    struct form *form = form_new(app, reg);
    if (!read_record(form, id, parent)) {
        form->is_settled = true;
        form_close(&form->base);
        return;
    }
    size_t taken_up = form->lock ? 0 : form_take_up_draft(form);
    if (id && !form->stored.version && !taken_up) {
        app_message(app, MESSAGE_ERROR, "%s里没有这一条，可能已被撤销；请回到清单再选。",
                    reg->label);
        form_close(&form->base);
        return;
    }
    form_go_to_section(form, 0);
    if (parent && reg->parent && strcmp(current(form)->name, reg->parent) == 0)
        form_step(form, true);
    load_previous(form);
    form_load_children(form);
    say_what_was_found(form, taken_up);
    app_push(app, &form->base);
}
