/* 案卷, 一企一档: one object and everything that hangs on it. */
#include "tui/screens/case.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/history.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"
#include "tui/screens/views.h"

#include <stdlib.h>
#include <string.h>

static struct case_screen *case_of(const struct screen *screen)
{
    return (struct case_screen *)screen;
}

/* ---- reading ---- */

static void release_pages(struct case_screen *self)
{
    case_release_lines(self);
    for (size_t i = 0; self->file && i < self->file->relation_count; i++) {
        id_list_release(&self->tabs[i].ids);
        listview_release(&self->tabs[i].list);
    }
    for (size_t i = 0; i < self->act_count; i++)
        free(self->acts[i].text);
    free(self->tabs);
    self->tabs = NULL;
    self->act_count = 0;
    self->acts_read = false;
    casefile_close(&self->file);
}

static bool read_file(struct case_screen *self, struct error *err)
{
    struct store *store = desk_store(self->base.app);
    release_pages(self);
    if (!summary_stamp(store, &self->stamp, err) ||
        !casefile_open(&self->file, store, self->reg, self->id, err))
        return false;
    self->tabs = mem_new(self->file->relation_count + 1, sizeof *self->tabs);
    for (size_t i = 0; i < self->file->relation_count; i++)
        self->tabs[i].relation = &self->file->relations[i];
    case_lay_out(self, self->laid_out_rows);
    return true;
}

static void add_act(struct case_screen *self, const struct operation *operation)
{
    struct buffer text = {0};
    self->acts = mem_grow(self->acts, self->act_count, &self->act_capacity, sizeof *self->acts);
    struct case_act *act = &self->acts[self->act_count++];
    *act = (struct case_act){.reg = operation->reg};
    strncpy(act->at, operation->at, sizeof act->at - 1);
    strncpy(act->batch, operation->batch, sizeof act->batch - 1);
    strncpy(act->id, operation->record, sizeof act->id - 1);
    buffer_addf(&text, "%s  %s%s", *operation->who ? operation->who : "未署名",
                history_kind(operation->kind), operation->action == 'C' ? "，新建" : "");
    if (*operation->why)
        buffer_addf(&text, "  %s", operation->why);
    act->text = buffer_take(&text);
}

static void add_operation(void *context, const struct operation *operation)
{
    struct case_screen *self = context;
    const struct case_act *last = self->act_count ? &self->acts[self->act_count - 1] : NULL;
    if (!operation->reg)
        return;
    if (!last || strcmp(last->batch, operation->batch) != 0 || last->reg != operation->reg)
        add_act(self, operation);
    self->acts[self->act_count - 1].changes++;
}

static int compare_acts(const void *a, const void *b)
{
    const struct case_act *first = a, *second = b;
    int order = strcmp(second->at, first->at);
    return order ? order : strcmp(second->batch, first->batch);
}

/* Of the object and of its profiles. */
static void read_acts(struct case_screen *self)
{
    const struct casefile *file = self->file;
    struct error err = {0};
    bool ok = history_each(file->store, file->reg, file->object.id, add_operation, self, &err);
    for (size_t i = 0; ok && i < file->profile_count; i++)
        ok = history_each(file->store, file->profiles[i].reg, file->profiles[i].id, add_operation,
                          self, &err);
    if (!ok)
        app_error(self->base.app, &err);
    if (self->act_count)
        qsort(self->acts, self->act_count, sizeof *self->acts, compare_acts);
    self->acts_read = true;
    listview_set_count(&self->act_list, self->act_count);
}

/* What a page shows is read when it is turned to. */
static void read_page(struct case_screen *self)
{
    struct case_tab *tab = case_tab_in_front(self);
    struct error err = {0};
    if (tab && !tab->is_read) {
        if (!casefile_ids(self->file, tab->relation, &tab->ids, &err))
            app_error(self->base.app, &err);
        tab->is_read = true;
        listview_set_count(&tab->list, tab->ids.count);
    }
    if (case_is_on_history(self) && !self->acts_read)
        read_acts(self);
}

static void turn_to(struct case_screen *self, size_t tab)
{
    if (!self->file)
        return;
    size_t count = self->file->relation_count + 2;
    self->tab = tab % count;
    read_page(self);
}

/* ---- opening what is under the cursor ---- */

static bool is_read(const struct screen *screen)
{
    return case_of(screen)->file != NULL;
}

static bool can_write(const struct screen *screen)
{
    return is_read(screen) && store_can_write(desk_store(screen->app));
}

static const char *selected_id(const struct case_tab *tab)
{
    return tab && tab->ids.count ? tab->ids.ids[tab->list.selected] : NULL;
}

static void open_entry(struct screen *screen, int key)
{
    (void)key;
    struct case_screen *self = case_of(screen);
    const struct case_tab *tab = case_tab_in_front(self);
    const struct case_line *line =
        self->tab == 0 && self->line_count ? &self->lines[self->selected] : NULL;
    if (selected_id(tab)) {
        form_open(screen->app, tab->relation->reg, selected_id(tab), NULL);
    } else if (case_is_on_history(self) && self->act_count) {
        const struct case_act *act = &self->acts[self->act_list.selected];
        history_open(screen->app, act->reg, act->id);
    } else if (line && line->reg) {
        form_open(screen->app, line->reg, line->id, NULL);
    } else if (line && line->tab) {
        turn_to(self, line->tab);
    }
}

/* The case under the cursor. */
static const struct reg *find_case(const struct screen *screen, const char **id)
{
    const struct case_screen *self = case_of(screen);
    const struct case_tab *tab = self->file ? case_tab_in_front(self) : NULL;
    const struct reg *reg = NULL;
    *id = selected_id(tab);
    if (*id) {
        reg = tab->relation->reg;
    } else if (self->tab == 0 && self->line_count) {
        *id = self->lines[self->selected].id;
        reg = self->lines[self->selected].reg;
    }
    return reg && moves_are_possible(reg) ? reg : NULL;
}

static bool has_moves(const struct screen *screen)
{
    const char *id;
    return find_case(screen, &id) != NULL;
}

static void open_moves(struct screen *screen, int key)
{
    (void)key;
    const char *id;
    const struct reg *reg = find_case(screen, &id);
    moves_open(screen->app, reg, id);
}

static void edit(struct screen *screen, int key)
{
    (void)key;
    form_open(screen->app, case_of(screen)->reg, case_of(screen)->id, NULL);
}

static void show_history(struct screen *screen, int key)
{
    (void)key;
    const struct case_screen *self = case_of(screen);
    const struct case_tab *tab = case_tab_in_front(self);
    if (selected_id(tab))
        history_open(screen->app, tab->relation->reg, selected_id(tab));
    else
        history_open(screen->app, self->reg, self->id);
}

/* On a page of records those, else the object's row of its list. */
static void export(struct screen *screen, int key)
{
    (void)key;
    struct case_screen *self = case_of(screen);
    const struct case_tab *tab = case_tab_in_front(self);
    struct id_list one = {.ids = &self->id, .count = 1};
    if (tab)
        export_open_at(screen->app, tab->relation->reg->name, &tab->ids, selected_id(tab));
    else
        export_open(screen->app, self->reg->name, &one);
}

/* ---- new records ---- */

enum { PRESETS_MOST = 8 };

static void add_preset(struct form_preset *presets, size_t *count, const char *field,
                       const char *text)
{
    if (*count < PRESETS_MOST && !text_is_empty(text))
        presets[(*count)++] = (struct form_preset){field, text};
}

/* Where the object lies: its county, and what is chosen by the county. */
static bool is_place(const struct field *field)
{
    return field->type == TYPE_REGION || (field->type == TYPE_TEXT && field->suggest);
}

/* A record of `reg` that hangs on the object, and on the record under the cursor if it can. */
static void begin(struct case_screen *self, const struct reg *reg)
{
    const struct casefile *file = self->file;
    const struct case_tab *tab = case_tab_in_front(self);
    struct form_preset presets[PRESETS_MOST];
    struct casefile_relation relation;
    size_t count = 0;
    if (!casefile_relate(reg, file->reg, &relation)) {
        app_message(self->base.app, MESSAGE_INFORMATION, "%s不能直接挂在%s上。", reg->label,
                    file->reg->label);
        return;
    }
    add_preset(presets, &count, relation.links[0]->name, file->object.id);
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        const struct value *same = record_value(&file->object, field->name);
        if (!field_is_stored(field))
            continue;
        if (is_place(field) && same && same->kind == VALUE_TEXT)
            add_preset(presets, &count, field->name, same->text);
        if (tab && field->type == TYPE_REF &&
            strcmp(field->target, tab->relation->reg->name) == 0 && tab->relation->reg != reg)
            add_preset(presets, &count, field->name, selected_id(tab));
    }
    form_open_new(self->base.app, reg, presets, count);
}

/* What has a key of its own. */
static const struct {
    int key;
    const char *reg;
} begun[] = {{'p', "problem"}, {'m', "sample"}, {'a', "attachment"}};

static bool can_inspect(const struct screen *screen)
{
    return can_write(screen) && inspect_is_possible(((const struct case_screen *)screen)->reg);
}

static void inspect(struct screen *screen, int key)
{
    (void)key;
    struct case_screen *self = case_of(screen);
    inspect_open(screen->app, self->reg, self->id);
}

static bool has_view(const struct screen *screen)
{
    return view_is_possible(((const struct case_screen *)screen)->reg);
}

static void open_view(struct screen *screen, int key)
{
    (void)key;
    struct case_screen *self = case_of(screen);
    view_choose(screen->app, self->reg, self->id);
}

static void begin_by_key(struct screen *screen, int key)
{
    for (size_t i = 0; i < COUNT_OF(begun); i++)
        if (begun[i].key == key)
            begin(case_of(screen), reg_find(begun[i].reg));
}

struct choices {
    const struct reg **regs;
    size_t count;
};

static void describe_choice(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct choices *choices = context;
    buffer_add(name, choices->regs[index]->label);
    buffer_add(detail, choices->regs[index]->help);
}

/* On a page of records another one of these; else it is asked of which register. */
static void begin_any(struct screen *screen, int key)
{
    (void)key;
    struct case_screen *self = case_of(screen);
    const struct case_tab *tab = case_tab_in_front(self);
    struct choices choices = {.regs = mem_new(register_count, sizeof *choices.regs)};
    struct picker picker = {.title = "添加什么", .context = &choices, .describe = describe_choice};
    struct casefile_relation relation;
    size_t index = 0;
    for (size_t i = 0; i < register_count; i++)
        if (casefile_relate(registers[i], self->file->reg, &relation))
            choices.regs[choices.count++] = registers[i];
    picker.count = choices.count;
    if (tab)
        begin(self, tab->relation->reg);
    else if (picker_choose(screen->app, &picker, &index))
        begin(self, choices.regs[index]);
    free(choices.regs);
}

/* ---- moving ---- */

static void turn(struct screen *screen, int key)
{
    struct case_screen *self = case_of(screen);
    size_t count = self->file->relation_count + 2;
    bool is_back = key == K_BACKTAB || key == K_LEFT;
    turn_to(self, self->tab + (is_back ? count - 1 : 1));
}

static void turn_to_number(struct screen *screen, int key)
{
    struct case_screen *self = case_of(screen);
    size_t tab = (size_t)(key - '1');
    if (tab < self->file->relation_count + 2)
        turn_to(self, tab);
}

/* To the next line that leads somewhere. */
static void step_to(struct case_screen *self, bool down)
{
    size_t at = self->selected;
    while (down ? ++at < self->line_count : at-- > 0) {
        if (case_leads(&self->lines[at])) {
            self->selected = at;
            return;
        }
    }
}

static bool move(struct case_screen *self, int key)
{
    bool down = key == K_DOWN || key == K_PAGE_DOWN || key == K_END;
    bool is_page = key == K_PAGE_UP || key == K_PAGE_DOWN;
    if (!down && key != K_UP && key != K_PAGE_UP && key != K_HOME)
        return false;
    size_t steps = is_page ? self->page : key == K_UP || key == K_DOWN ? 1 : self->line_count;
    while (steps-- > 0)
        step_to(self, down);
    return true;
}

/* On the first page: keys and the mouse. */
static bool first_page_input(struct case_screen *self, const struct event *event)
{
    if (event->kind == EVENT_KEY)
        return move(self, event->key);
    if (event->kind != EVENT_MOUSE || event->row < CASE_ROWS_ABOVE)
        return false;
    if (event->mouse != MOUSE_PRESS)
        return false;
    size_t line = self->top + (size_t)(event->row - CASE_ROWS_ABOVE);
    if (line < self->line_count && case_leads(&self->lines[line]))
        self->selected = line;
    return true;
}

static bool case_input(struct screen *screen, const struct event *event)
{
    struct case_screen *self = case_of(screen);
    struct case_tab *tab = case_tab_in_front(self);
    if (!self->file)
        return false;
    if (tab)
        return listview_input_at(&tab->list, event, CASE_ROWS_HEADED);
    if (case_is_on_history(self))
        return listview_input_at(&self->act_list, event, CASE_ROWS_ABOVE);
    return first_page_input(self, event);
}

/* ---- the screen ---- */

/* Where the cursor was before the file is read again. */
struct place {
    const struct reg *reg; /* of the page in front; NULL: the first or the history */
    bool on_history;
    size_t selected;
};

static void return_to(struct case_screen *self, const struct place *place)
{
    size_t tab = 0;
    for (size_t i = 0; place->reg && i < self->file->relation_count; i++)
        if (self->file->relations[i].reg == place->reg)
            tab = i + 1;
    turn_to(self, place->on_history ? self->file->relation_count + 1 : tab);
    if (case_tab_in_front(self))
        listview_select(&case_tab_in_front(self)->list, place->selected);
}

static void case_resume(struct screen *screen)
{
    struct case_screen *self = case_of(screen);
    const struct case_tab *tab = case_tab_in_front(self);
    struct place place = {.reg = tab ? tab->relation->reg : NULL,
                          .on_history = case_is_on_history(self),
                          .selected = tab ? tab->list.selected : 0};
    struct error err = {0};
    if (!desk_has_changed(screen->app, self->stamp))
        return;
    if (read_file(self, &err))
        return_to(self, &place);
    else
        app_error(screen->app, &err);
}

static void case_close(struct screen *screen)
{
    struct case_screen *self = case_of(screen);
    release_pages(self);
    listview_release(&self->act_list);
    free(self->lines);
    free(self->acts);
    free(self);
}

static const struct action actions[] = {
    {.key = K_ENTER,
     .name = "打开",
     .help = "打开光标所在的一条；在“还有几项”上翻到那一页。",
     .is_available = is_read,
     .run = open_entry},
    {.key = K_TAB,
     .last = K_BACKTAB,
     .name = "翻页",
     .help = "到下一页、上一页。",
     .is_available = is_read,
     .run = turn},
    {.key = K_LEFT,
     .last = K_RIGHT,
     .help = "到上一页、下一页。",
     .is_available = is_read,
     .run = turn},
    {.key = '1',
     .last = '9',
     .help = "翻到第几页，1 是概要。",
     .is_available = is_read,
     .run = turn_to_number},
    {.key = 'i',
     .name = "检查",
     .help = "对这个对象做现场检查，没做完的接着做。",
     .is_available = can_inspect,
     .run = inspect},
    {.key = 'v',
     .name = "测算",
     .help = "由这个对象测算：铊平衡、去向、指标、分级等，有几样的先选。",
     .is_available = has_view,
     .run = open_view},
    {.key = 'p',
     .name = "新问题",
     .help = "登记一个问题，对象已经填好；光标在一次检查上时，也记上那次检查。",
     .is_available = can_write,
     .run = begin_by_key},
    {.key = 'm',
     .name = "监测",
     .help = "登记一条监测结果，对象已经填好。",
     .is_available = can_write,
     .run = begin_by_key},
    {.key = 'a',
     .name = "附件",
     .help = "添一份附件：选文件、类别，文件由程序保存；光标在某条记录上时，附在那一条上。",
     .is_available = can_write,
     .run = begin_by_key},
    {.key = 'n',
     .help = "添加一条：在某一页上就是那一类，在概要上先选哪一类。",
     .is_available = can_write,
     .run = begin_any},
    {.key = 't',
     .name = "办理",
     .help = "光标在一个问题上：办到了哪一步，下一步缺什么。",
     .is_available = has_moves,
     .run = open_moves},
    {.key = 'e',
     .name = "编辑",
     .help = "打开这个对象的表单。",
     .is_available = is_read,
     .run = edit},
    {.key = 'h',
     .name = "历史",
     .help = "光标所在记录的全部修改；在概要上是这个对象的。",
     .is_available = is_read,
     .run = show_history},
    {.key = 'x',
     .name = "导出",
     .help = "把这一页的记录导出成表格；在概要上导出这个对象的一行。",
     .is_available = is_read,
     .run = export},
    {0},
};

const struct screen_class *case_class(void)
{
    static const struct screen_class class = {
        .name = "案卷",
        .about = "一个对象的全部：概要、各类记录、历史，每类一页。行首的标记：! 逾期或文件找不到"
                 "（!!、!!! 是满 7 天、满 30 天），"
                 "x 核验错误，? 待补，✓ 文件都在。图里 ● 是监测值，▽ 未检出，▲ 超标；"
                 "只有核过的限值才画出来。",
        .actions = actions,
        .title = case_title,
        .draw = case_draw,
        .input = case_input,
        .resume = case_resume,
        .close = case_close,
    };
    return &class;
}

void case_open(struct app *app, const struct reg *reg, const char *id)
{
    struct case_screen *self = mem_new(1, sizeof *self);
    struct error err = {0};
    self->base.class = case_class();
    self->base.app = app;
    self->reg = reg;
    strncpy(self->id, id, sizeof self->id - 1);
    self->today = clock_today();
    if (!read_file(self, &err)) {
        app_error(app, &err);
        case_close(&self->base);
        return;
    }
    app_push(app, &self->base);
}
