/* 工作台: what is to be done today, and the registers. What takes time to count appears after the
 * first frame, piece by piece between keys. */
#include "tui/screens/workbench.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/check.h"
#include "db/clock.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/obligation.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"
#include "tui/screens/targets.h"
#include "tui/screens/undo.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEP_MS = 10,        /* a tick does steps for about this long */
    FRAME_ROWS = 5,      /* of the terminal that are not lines: the app's four and 今天要办 */
    REGISTERS_MOST = 64, /* among which one is chosen */
    OBLIGATIONS_MOST = 200,
};

/* ---- lines ---- */

static void add_line(struct workbench *self, struct line line)
{
    if (self->line_count < LINES_MOST)
        self->lines[self->line_count++] = line;
}

bool workbench_can_open(const struct line *line)
{
    return line->kind == LINE_ITEM || line->kind == LINE_TALLY || line->kind == LINE_PROGRESS;
}

static bool is_empty(const struct workbench *self)
{
    for (size_t i = 0; i < self->agenda.tally_count; i++)
        if (self->agenda.tallies[i].counts.total)
            return false;
    return true;
}

/* An inventory of which the county has nothing waits in the menu. */
static bool is_shown(const struct tally *tally)
{
    return (tally->reg->flags & REG_DESK) || tally->counts.total > 0;
}

/* `whole`: with the further records of an item. */
static size_t add_items(struct workbench *self, bool whole)
{
    size_t before = self->line_count;
    for (size_t i = 0; i < self->agenda.slot_count; i++) {
        const struct slot *slot = &self->agenda.slots[i];
        for (size_t j = 0; j < slot->count; j++)
            if (whole || slot->items[j].label)
                add_line(self, (struct line){.kind = LINE_ITEM, .item = &slot->items[j]});
    }
    return self->line_count - before;
}

static void add_table(struct workbench *self)
{
    add_line(self, (struct line){.kind = LINE_RULE});
    add_line(self, (struct line){.kind = LINE_HEADING});
    for (size_t i = 0; i < self->agenda.tally_count; i++)
        if (is_shown(&self->agenda.tallies[i]))
            add_line(self, (struct line){.kind = LINE_TALLY,
                                         .tally = &self->agenda.tallies[i],
                                         .digit = (int)i + 1});
    add_line(self, (struct line){.kind = LINE_RULE});
    add_line(self, (struct line){.kind = LINE_PROGRESS});
}

static void add_welcome(struct workbench *self)
{
    static const char *const texts[] = {
        "还没有记录。先做一件事：",
        "按 o 导入去年的清单（.xlsx 或 .csv；先预览，再决定）",
        "按 n 新建一条记录",
        "按 F1 看每一屏能做什么",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        add_line(self, (struct line){.kind = LINE_TEXT, .text = texts[i]});
}

static void add_lines(struct workbench *self, bool whole)
{
    self->line_count = 0;
    size_t items = add_items(self, whole);
    if (is_empty(self))
        add_welcome(self);
    else if (items == 0)
        add_line(self, (struct line){.kind = LINE_TEXT, .text = "✓ 今天没有要办的事。"});
    add_table(self);
}

/* Puts the cursor on the line of the same kind and digit, as far as there is one; on the first line
 * while nobody has moved it. */
static void select_again(struct workbench *self, enum line_kind kind, int digit)
{
    if (!self->touched)
        self->selected = 0;
    for (size_t i = 0; self->touched && kind != LINE_ITEM && i < self->line_count; i++)
        if (self->lines[i].kind == kind && self->lines[i].digit == digit)
            self->selected = i;
    if (self->selected >= self->line_count)
        self->selected = 0;
    while (self->selected + 1 < self->line_count &&
           !workbench_can_open(&self->lines[self->selected]))
        self->selected++;
}

/* The lines as the agenda stands; the selected one stays as far as it can. All on one page when
 * that is possible without the further records. */
void workbench_lay_out(struct workbench *self)
{
    struct line at = self->line_count ? self->lines[self->selected] : (struct line){0};
    self->rows = self->base.app->terminal->rows;
    add_lines(self, true);
    if (self->line_count + FRAME_ROWS > (size_t)self->rows)
        add_lines(self, false);
    select_again(self, at.kind, at.digit);
}

/* Whoever lets the desk stand overnight finds the next day's on it. */
static bool is_of_another_day(const struct workbench *self)
{
    return date_compare(clock_today(), self->agenda.today) != 0;
}

static void reload(struct workbench *self)
{
    struct error err = {0};
    struct store *store = desk_store(self->base.app);
    self->agenda.today = clock_today();
    if (store_can_write(store) && !check_note_day(store, &err))
        app_error(self->base.app, &err);
    if (!summary_stamp(store, &self->stamp, &err) || !agenda_begin(&self->agenda, store, &err))
        app_error(self->base.app, &err);
    self->checking = store_can_write(store);
    self->base.app->eager = true;
    workbench_lay_out(self);
}

/* The rules go on with what they must look at again; their findings are counted when they are
 * through. */
static bool check_on(struct workbench *self, struct error *err)
{
    enum { SLICE_MS = 30 };
    struct store *store = desk_store(self->base.app);
    bool more = false;
    if (!self->checking)
        return true;
    bool ok = check_catch_up(store, SLICE_MS, &more, err) &&
              (more ? agenda_note_waiting(&self->agenda, store, err)
                    : agenda_count_findings(&self->agenda, store, err)) &&
              summary_stamp(store, &self->stamp, err);
    self->checking = ok && more;
    return ok;
}

static void work(struct workbench *self)
{
    struct app *app = self->base.app;
    struct error err = {0};
    uint64_t begin = clock_milliseconds();
    bool more = true, ok = true;
    while (ok && more && clock_milliseconds() - begin < STEP_MS)
        ok = agenda_step(&self->agenda, desk_store(app), &more, &err);
    if (ok && !more)
        ok = check_on(self, &err);
    if (!ok)
        app_error(app, &err);
    app->eager = ok && (more || self->checking);
    workbench_lay_out(self);
}

/* ---- actions ---- */

static void workbench_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    (void)right;
    struct store *store = desk_store(screen->app);
    const struct lookup *lookup = store_lookup(store);
    const char *region = store_setting(store, "region");
    buffer_add(left, "台账");
    struct buffer label = {0};
    if (*region && lookup->label(lookup->context, "region", region, &label))
        buffer_addf(left, " · %s生态环境局", label.text);
    buffer_release(&label);
}

struct part_choice {
    const struct slot *slot;
    size_t parts[REGISTERS_MOST]; /* those with something in them */
    size_t count;
};

static void describe_part(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct part_choice *choice = context;
    const struct part *part = &choice->slot->parts[choice->parts[index]];
    buffer_add(name, part->reg->label);
    buffer_addf(detail, "%lld %s", (long long)part->count, part->reg->counter);
    if (part->more)
        buffer_addf(detail, "，%s", part->more);
}

static void open_part(struct workbench *self, const struct item *item)
{
    struct part_choice choice = {.slot = item->slot};
    struct picker picker = {.title = item->label, .context = &choice, .describe = describe_part};
    size_t index;
    for (size_t i = 0; i < item->slot->part_count && choice.count < REGISTERS_MOST; i++)
        if (item->slot->parts[i].count)
            choice.parts[choice.count++] = i;
    picker.count = choice.count;
    if (!picker_choose(self->base.app, &picker, &index))
        return;
    const struct part *part = &item->slot->parts[choice.parts[index]];
    list_open(self->base.app, part->reg,
              &(struct query){.reg = part->reg, .where = part->where, .incomplete = !part->where});
}

struct obligation_choice {
    const struct obligation_item *items[OBLIGATIONS_MOST];
    size_t count;
    struct date today;
};

static void describe_obligation(void *context, size_t index, struct buffer *name,
                                struct buffer *detail)
{
    const struct obligation_choice *choice = context;
    const struct obligation_item *item = choice->items[index];
    buffer_add(name, obligation_text(item, "what"));
    obligation_tell_span(&item->next, choice->today, detail);
}

static void choose_obligation(struct workbench *self, const struct item *item)
{
    const struct obligations *list = &self->agenda.obligations;
    struct obligation_choice choice = {.today = self->agenda.today};
    struct picker picker = {
        .title = item->label, .context = &choice, .describe = describe_obligation};
    size_t index;
    for (size_t i = 0; i < list->count && choice.count < OBLIGATIONS_MOST; i++)
        if (slot_has_obligation(item->slot, &list->items[i], choice.today))
            choice.items[choice.count++] = &list->items[i];
    picker.count = choice.count;
    if (picker_choose(self->base.app, &picker, &index))
        obligation_open(self->base.app, choice.items[index]->record.id);
}

static void open_item(struct workbench *self, const struct item *item)
{
    struct app *app = self->base.app;
    switch (item->target) {
    case ITEM_RECORD:
        form_open(app, item->reg, item->id, NULL);
        break;
    case ITEM_LIST:
        list_open(
            app, item->reg,
            &(struct query){.reg = item->reg, .where = item->where, .incomplete = !item->where});
        break;
    case ITEM_PARTS:
        open_part(self, item);
        break;
    case ITEM_OBLIGATION:
        obligation_open(app, item->id);
        break;
    case ITEM_OBLIGATIONS:
        choose_obligation(self, item);
        break;
    case ITEM_FINDINGS:
        findings_open(app, NULL);
        break;
    }
}

static void open_line(struct screen *screen, int key)
{
    (void)key;
    struct workbench *self = (struct workbench *)screen;
    const struct line *line = &self->lines[self->selected];
    if (line->kind == LINE_TALLY)
        list_open(screen->app, line->tally->reg, NULL);
    else if (line->kind == LINE_ITEM)
        open_item(self, line->item);
    else if (line->kind == LINE_PROGRESS && self->agenda.target.id[0])
        targets_open(screen->app, NULL);
    else if (line->kind == LINE_PROGRESS)
        list_open(screen->app, reg_find("target"), NULL);
}

static const struct item *item_of(const struct screen *screen)
{
    const struct workbench *self = (const struct workbench *)screen;
    const struct line *line = self->line_count ? &self->lines[self->selected] : NULL;
    return line && line->kind == LINE_ITEM ? line->item : NULL;
}

static bool has_moves(const struct screen *screen)
{
    const struct item *item = item_of(screen);
    return item && item->id[0] && item->target == ITEM_RECORD && moves_are_possible(item->reg);
}

static void open_moves(struct screen *screen, int key)
{
    (void)key;
    moves_open(screen->app, item_of(screen)->reg, item_of(screen)->id);
}

static void open_register(struct screen *screen, int key)
{
    const struct reg *reg = reg_on_desk((size_t)(key - '1'));
    if (reg)
        list_open(screen->app, reg, NULL);
}

/* The n-th register of the bureau's own cases; NULL behind the last. */
static const struct reg *main_register(size_t n)
{
    for (size_t i = 0; i < register_count; i++)
        if (reg_is_main(registers[i]) && n-- == 0)
            return registers[i];
    return NULL;
}

static void describe_register(void *context, size_t index, struct buffer *name,
                              struct buffer *detail)
{
    (void)context;
    const struct reg *reg = main_register(index);
    buffer_add(name, reg->label);
    buffer_add(detail, reg_menu_name(reg->menu));
}

static const struct reg *choose_register(struct workbench *self, const char *title)
{
    const struct line *line = &self->lines[self->selected];
    size_t index = 0;
    struct picker picker = {.title = title, .describe = describe_register};
    const struct reg *reg;
    for (; (reg = main_register(picker.count)); picker.count++)
        if (line->kind == LINE_TALLY && line->tally->reg == reg)
            picker.current = picker.count;
    return picker_choose(self->base.app, &picker, &index) ? main_register(index) : NULL;
}

static void new_record(struct screen *screen, int key)
{
    (void)key;
    const struct reg *reg = choose_register((struct workbench *)screen, "新建到哪一张清单");
    if (reg)
        form_begin(screen->app, reg, NULL);
}

static void inspect(struct screen *screen, int key)
{
    (void)key;
    inspect_choose(screen->app);
}

static void import(struct screen *screen, int key)
{
    (void)key;
    const struct reg *reg = choose_register((struct workbench *)screen, "导入到哪一张清单");
    if (reg)
        import_open_screen(screen->app, reg);
}

static void export(struct screen *screen, int key)
{
    (void)key;
    export_open(screen->app, NULL, NULL);
}

static void report(struct screen *screen, int key)
{
    (void)key;
    filing_open(screen->app, NULL);
}

static void open_menu(struct screen *screen, int key)
{
    (void)key;
    menu_open(screen->app);
}

static void open_year(struct screen *screen, int key)
{
    (void)key;
    year_open(screen->app);
}

static void search(struct screen *screen, int key)
{
    (void)key;
    search_open_screen(screen->app);
}

static void undo(struct screen *screen, int key)
{
    (void)key;
    if (undo_ask(screen->app))
        reload((struct workbench *)screen);
}

static void leave(struct screen *screen, int key)
{
    (void)key;
    app_pop(screen->app);
}

static void stay(struct screen *screen, int key)
{
    (void)key;
    app_message(screen->app, MESSAGE_INFORMATION, "这里是工作台。按 q 退出程序。");
}

static bool can_write(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

static void step_to(struct workbench *self, bool down)
{
    size_t at = self->selected;
    while (down ? ++at < self->line_count : at-- > 0) {
        if (workbench_can_open(&self->lines[at])) {
            self->selected = at;
            return;
        }
    }
    if (!down)
        self->top = 0;
}

static void move(struct screen *screen, int key)
{
    struct workbench *self = (struct workbench *)screen;
    bool down = key == K_DOWN || key == K_PAGE_DOWN || key == K_END;
    self->touched = true;
    size_t steps = key == K_UP || key == K_DOWN             ? 1
                   : key == K_PAGE_UP || key == K_PAGE_DOWN ? self->page
                                                            : self->line_count;
    while (steps-- > 0)
        step_to(self, down);
}

static bool workbench_input(struct screen *screen, const struct event *event)
{
    struct workbench *self = (struct workbench *)screen;
    if (event->kind == EVENT_TICK && is_of_another_day(self))
        reload(self);
    else if (event->kind == EVENT_TICK)
        work(self);
    if (event->kind != EVENT_MOUSE || event->mouse != MOUSE_PRESS || event->row < 1)
        return event->kind == EVENT_TICK;
    size_t line = self->top + (size_t)event->row - 1;
    if (line < self->line_count && workbench_can_open(&self->lines[line]))
        self->selected = line;
    self->touched = true;
    return true;
}

static void workbench_resume(struct screen *screen)
{
    struct workbench *self = (struct workbench *)screen;
    if (desk_has_changed(screen->app, self->stamp) || is_of_another_day(self))
        reload(self);
    else
        screen->app->eager = true; /* there may be steps left */
}

static void workbench_close(struct screen *screen)
{
    struct workbench *self = (struct workbench *)screen;
    agenda_release(&self->agenda);
    free(self);
}

const struct screen_class *workbench_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER, .name = "打开", .help = "打开光标所在的事项或清单。", .run = open_line},
        {.key = '1', .last = '9', .name = "清单", .help = "打开第几张清单。", .run = open_register},
        {.key = 't',
         .name = "办理",
         .help = "光标在一条记录上：办到了哪一步，下一步缺什么。",
         .is_available = has_moves,
         .run = open_moves},
        {.key = 'm',
         .name = "全部",
         .help = "全部清单和基础数据，按主题排列，带条数。",
         .run = open_menu},
        {.key = 'c',
         .name = "日历",
         .help = "一年里每个月到期的事，以及放假和调班的日子。",
         .run = open_year},
        {.key = '/', .name = "搜索", .help = "在全部清单里找一条记录，同 ^F。", .run = search},
        {.key = 'q', .name = "退出", .help = "退出程序。", .run = leave},
        {.key = 'n',
         .name = "新建",
         .help = "新建一条记录，先选清单。",
         .is_available = can_write,
         .run = new_record},
        {.key = 'i',
         .name = "检查",
         .help = "现场检查：先选对象，再逐项检查。",
         .is_available = can_write,
         .run = inspect},
        {.key = 'x', .name = "导出", .help = "导出年报工作簿或某张清单。", .run = export},
        {.key = 'r',
         .name = "报送",
         .help = "报给上级：先看哪些错误挡着，再写出、读回核对、记录。",
         .is_available = can_write,
         .run = report},
        {.key = 'o',
         .name = "导入",
         .help = "从 .xlsx 或 .csv 文件导入，先预览，再决定。",
         .is_available = can_write,
         .run = import},
        {.key = 'u',
         .name = "撤销",
         .help = "撤销最后一次改动，包括整批导入；先说明是哪一次。",
         .is_available = can_write,
         .run = undo},
        {.key = K_ESC, .help = "工作台是最外一屏；退出按 q。", .run = stay},
        {.key = K_UP, .last = K_DOWN, .help = "移到上一项、下一项。", .run = move},
        {.key = K_HOME, .last = K_END, .help = "移到第一项、最后一项。", .run = move},
        {.key = K_PAGE_UP, .last = K_PAGE_DOWN, .help = "移到上一页、下一页。", .run = move},
        {0},
    };
    static const struct screen_class class = {
        .name = "工作台",
        .about = "今天要办的事在上，清单在下，最后一行是减排进度；每一行按 Enter 都能打开。"
                 "行首：! 逾期，▸ 法定任务，? 待办或警告，x 核验错误，~ 草稿，· 正在核验。",
        .actions = actions,
        .title = workbench_title,
        .draw = workbench_draw,
        .input = workbench_input,
        .resume = workbench_resume,
        .close = workbench_close,
    };
    return &class;
}

void workbench_open(struct app *app)
{
    struct workbench *self = mem_new(1, sizeof *self);
    self->base.class = workbench_class();
    agenda_init(&self->agenda, clock_today());
    app_push(app, &self->base);
    reload(self);
}
