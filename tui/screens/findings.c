/* 核验结果: which rules found how much in which register. */
#include "tui/screens/findings.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    CATCH_UP_MS = 30,
    READ_AGAIN_MS = 500, /* while the rules are at work, the counts are read so often */
    RULE_SIZE = 8,
    DETAIL_ROWS = 3,
    ROOMY_ROWS = 12,
    MARK_COLUMN = 3,
    REG_COLUMN = 5,
    REG_WIDTH = 22,
    COUNT_WIDTH = 8,
};

struct group {
    enum severity severity;
    const struct reg *reg;
    size_t place; /* of the register in the menus */
    char rule[RULE_SIZE];
    int64_t count;
};

struct findings_screen {
    struct screen base;
    struct check_filter filter;
    char record[RECORD_ID_SIZE], rule[RULE_SIZE]; /* what the filter points to */
    struct group *groups;
    size_t capacity;
    int64_t counts[SEVERITY__COUNT]; /* of what is shown */
    struct findings_wait wait;
    int64_t stamp; /* of the file when the groups were read */
    uint64_t read_at;
    struct listview list;
    int rows_top;
};

static struct findings_screen *screen_of(const struct screen *screen)
{
    return (struct findings_screen *)screen;
}

struct findings_look findings_look(enum severity severity)
{
    static const struct findings_look looks[SEVERITY__COUNT] = {
        [SEVERITY_HINT] = {"·", STYLE_HINT},
        [SEVERITY_WARNING] = {"?", STYLE_WARNING},
        [SEVERITY_ERROR] = {"x", STYLE_ERROR},
    };
    return looks[severity];
}

/* ---- what waits ---- */

bool findings_catch_up(struct app *app, struct findings_wait *wait)
{
    struct store *store = desk_store(app);
    struct error err = {0};
    bool more = false;
    if (wait->records + wait->registers == 0 || !store_can_write(store))
        return false;
    if (!check_catch_up(store, CATCH_UP_MS, &more, &err) ||
        !check_waiting(store, &wait->records, &wait->registers, &err)) {
        app_error(app, &err);
        *wait = (struct findings_wait){0};
        return false;
    }
    app->eager = more;
    return true;
}

int findings_draw_wait(const struct app *app, const struct findings_wait *wait, struct grid *body)
{
    struct buffer text = {0};
    if (wait->records + wait->registers == 0)
        return 0;
    buffer_add(&text, "还有");
    if (wait->records)
        buffer_addf(&text, " %lld 条记录", (long long)wait->records);
    if (wait->registers)
        buffer_addf(&text, "%s %lld 张清单", wait->records ? "、" : "", (long long)wait->registers);
    buffer_add(&text, store_can_write(desk_store(app)) ? "正在核验，下面的数还会变。"
                                                       : "待核验；现在只能查看，先不核验。");
    grid_text(body, 0, 1, body->columns - 2, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
    return 1;
}

int findings_draw_text(struct grid *area, int row, unsigned style, const char *text)
{
    struct grid rest = grid_part(area, row, 0, area->rows - row, area->columns);
    return row + grid_wrap(&rest, 0, style, text);
}

/* ---- reading ---- */

static size_t place_of(const struct reg *reg)
{
    size_t place = 0;
    while (place < register_count && registers[place] != reg)
        place++;
    return place;
}

static void add_group(void *context, const struct check_group *group)
{
    struct findings_screen *self = context;
    struct group kept = {.severity = group->severity,
                         .reg = group->reg,
                         .place = place_of(group->reg),
                         .count = group->count};
    strncpy(kept.rule, group->rule, RULE_SIZE - 1);
    self->groups = mem_grow(self->groups, self->list.count, &self->capacity, sizeof kept);
    self->groups[self->list.count++] = kept;
    self->counts[group->severity] += group->count;
}

/* The most severe first, then as the menus have the registers. */
static int compare(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    if (a->severity != b->severity)
        return (int)b->severity - (int)a->severity;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return strcmp(a->rule, b->rule);
}

static bool is_same(const struct group *a, const struct group *b)
{
    return a->severity == b->severity && a->reg == b->reg && strcmp(a->rule, b->rule) == 0;
}

/* The selected group stays selected, else its place. */
static void load(struct findings_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    size_t row = self->list.selected;
    struct group selected = row < self->list.count ? self->groups[row] : (struct group){.place = 0};
    self->list.count = 0;
    memset(self->counts, 0, sizeof self->counts);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !check_groups(store, &self->filter, add_group, self, &err) ||
        !check_waiting(store, &self->wait.records, &self->wait.registers, &err))
        app_error(self->base.app, &err);
    if (self->list.count)
        qsort(self->groups, self->list.count, sizeof *self->groups, compare);
    for (size_t i = 0; i < self->list.count; i++)
        if (is_same(&self->groups[i], &selected))
            row = i;
    listview_select(&self->list, row);
    self->read_at = clock_milliseconds();
    bool works = self->wait.records + self->wait.registers > 0 && store_can_write(store);
    self->base.app->eager = self->base.app->eager || works;
}

static bool tick(struct findings_screen *self)
{
    if (!findings_catch_up(self->base.app, &self->wait))
        return false;
    bool done = self->wait.records + self->wait.registers == 0;
    if (done || clock_milliseconds() - self->read_at > READ_AGAIN_MS)
        load(self);
    return true;
}

/* ---- drawing ---- */

static void findings_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct findings_screen *self = screen_of(screen);
    buffer_add(left, "核验结果");
    if (self->filter.reg)
        buffer_addf(left, " · %s", self->filter.reg->label);
    if (self->filter.alone)
        buffer_addf(left, " · 只看%s", severity_name(self->filter.least));
    if (self->filter.with_accepted)
        buffer_add(left, " · 含已接受");
    buffer_addf(right, "错误 %lld · 警告 %lld · 提示 %lld", (long long)self->counts[SEVERITY_ERROR],
                (long long)self->counts[SEVERITY_WARNING], (long long)self->counts[SEVERITY_HINT]);
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct findings_screen *self = context;
    const struct group *group = &self->groups[row];
    struct findings_look look = findings_look(group->severity);
    struct buffer count = {0};
    int left = REG_COLUMN + REG_WIDTH + 1, right = area->columns - COUNT_WIDTH - 1;
    grid_text(area, 0, 1, 2, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
    grid_text(area, 0, MARK_COLUMN, 1, look.style, look.mark);
    grid_text(area, 0, REG_COLUMN, REG_WIDTH, STYLE_PLAIN, group->reg->label);
    grid_printf(area, 0, left, right - left - 1, STYLE_PLAIN, "%s %s", group->rule,
                rule_label(group->rule));
    buffer_addf(&count, "%lld", (long long)group->count);
    grid_text_right(area, 0, right, COUNT_WIDTH, STYLE_PLAIN, buffer_text(&count));
    buffer_release(&count);
}

static void draw_heading(struct grid *row)
{
    grid_text(row, 0, REG_COLUMN, REG_WIDTH, STYLE_HEADING, "清单");
    grid_text(row, 0, REG_COLUMN + REG_WIDTH + 1, row->columns, STYLE_HEADING, "规则");
    grid_text_right(row, 0, row->columns - COUNT_WIDTH - 1, COUNT_WIDTH, STYLE_HEADING, "条数");
}

static void draw_empty(const struct findings_screen *self, struct grid *area)
{
    bool narrowed = self->filter.reg || self->filter.alone || self->filter.record;
    bool waits = self->wait.records + self->wait.registers > 0;
    struct grid text = grid_part(area, 0, REG_COLUMN, area->rows, area->columns - REG_COLUMN - 1);
    grid_wrap(&text, 0, STYLE_HINT,
              narrowed ? "这里没有。按 0 看全部等级，按 f 换清单。"
              : waits  ? "到现在为止没有发现问题。"
                      : "✓ 核验没有发现问题。数据一改，程序会自己重新核验。");
}

static void draw_details(const struct findings_screen *self, struct grid *area)
{
    if (self->list.count == 0)
        return;
    const struct group *group = &self->groups[self->list.selected];
    const struct rule *rule = rule_find(group->rule);
    struct buffer text = {0};
    buffer_addf(&text, "%s %s：%s", severity_name(group->severity), group->rule,
                rule_label(group->rule));
    int row = findings_draw_text(area, 0, STYLE_PLAIN, buffer_text(&text));
    buffer_clear(&text);
    if (rule && rule->basis)
        buffer_addf(&text, "依据 %s。", rule->basis);
    buffer_add(&text, group->severity == SEVERITY_ERROR ? "错误要改数据。"
                      : group->severity == SEVERITY_WARNING
                          ? "警告要核实：错的改数据，没错的写明理由接受。"
                          : "提示看过就行。");
    findings_draw_text(area, row, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
}

static void findings_draw(struct screen *screen, struct grid *body)
{
    struct findings_screen *self = screen_of(screen);
    bool roomy = body->rows >= ROOMY_ROWS;
    int row = findings_draw_wait(screen->app, &self->wait, body);
    struct grid heading = grid_part(body, row++, 0, 1, body->columns);
    draw_heading(&heading);
    if (roomy)
        grid_rule(body, row++);
    self->rows_top = row;
    int below = roomy ? DETAIL_ROWS + 1 : 0;
    struct grid rows = grid_part(body, row, 0, body->rows - row - below, body->columns);
    listview_draw(&self->list, &rows, false, draw_row, self);
    if (self->list.count == 0)
        draw_empty(self, &rows);
    if (!roomy)
        return;
    grid_rule(body, body->rows - below);
    struct grid details =
        grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    draw_details(self, &details);
}

/* ---- actions ---- */

static bool has_row(const struct screen *screen)
{
    return screen_of(screen)->list.count > 0;
}

static void open_group(struct screen *screen, int key)
{
    (void)key;
    struct findings_screen *self = screen_of(screen);
    const struct group *group = &self->groups[self->list.selected];
    struct check_filter filter = self->filter;
    filter.least = group->severity;
    filter.alone = true;
    filter.reg = group->reg;
    filter.rule = group->rule;
    findings_open_list(screen->app, &filter, group->count);
}

static void choose_severity(struct screen *screen, int key)
{
    static const enum severity severities[] = {
        ['0' - '0'] = SEVERITY_HINT,
        ['1' - '0'] = SEVERITY_ERROR,
        ['2' - '0'] = SEVERITY_WARNING,
        ['3' - '0'] = SEVERITY_HINT,
    };
    struct findings_screen *self = screen_of(screen);
    self->filter.least = severities[key - '0'];
    self->filter.alone = key != '0';
    load(self);
}

/* Registers in which something was found, in the order of the menus; the first row is all. */
struct choice {
    const struct reg **regs;
    int64_t *counts;
    size_t count;
};

static void describe(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct choice *choice = context;
    buffer_add(name, choice->regs[index] ? choice->regs[index]->label : "全部清单");
    if (choice->regs[index])
        buffer_addf(detail, "%lld 条", (long long)choice->counts[index]);
}

static void count_register(void *context, const struct check_group *group)
{
    int64_t *counts = context;
    counts[place_of(group->reg)] += group->count;
}

static void choose_register(struct screen *screen, int key)
{
    (void)key;
    struct findings_screen *self = screen_of(screen);
    struct error err = {0};
    struct check_filter all = self->filter;
    int64_t *counts = mem_new(register_count, sizeof *counts);
    struct choice choice = {.regs = mem_new(register_count + 1, sizeof(struct reg *)),
                            .counts = mem_new(register_count + 1, sizeof(int64_t)),
                            .count = 1};
    struct picker picker = {
        .title = "看哪一张清单的核验结果", .context = &choice, .describe = describe};
    size_t chosen;
    all.reg = NULL;
    if (!check_groups(desk_store(screen->app), &all, count_register, counts, &err))
        app_error(screen->app, &err);
    for (size_t i = 0; i < register_count; i++) {
        if (counts[i] == 0)
            continue;
        if (registers[i] == self->filter.reg)
            picker.current = choice.count;
        choice.counts[choice.count] = counts[i];
        choice.regs[choice.count++] = registers[i];
    }
    picker.count = choice.count;
    if (picker_choose(screen->app, &picker, &chosen)) {
        self->filter.reg = choice.regs[chosen];
        load(self);
    }
    free(counts);
    free(choice.regs);
    free(choice.counts);
}

static void toggle_accepted(struct screen *screen, int key)
{
    (void)key;
    struct findings_screen *self = screen_of(screen);
    self->filter.with_accepted = !self->filter.with_accepted;
    load(self);
}

static void read_again(struct screen *screen, int key)
{
    (void)key;
    load(screen_of(screen));
}

static bool findings_input(struct screen *screen, const struct event *event)
{
    struct findings_screen *self = screen_of(screen);
    if (event->kind == EVENT_TICK)
        return tick(self);
    return listview_input_at(&self->list, event, self->rows_top);
}

static void findings_resume(struct screen *screen)
{
    struct findings_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void findings_close(struct screen *screen)
{
    struct findings_screen *self = screen_of(screen);
    listview_release(&self->list);
    free(self->groups);
    free(self);
}

const struct screen_class *findings_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "看这条规则在这张清单里发现的每一条。",
         .is_available = has_row,
         .run = open_group},
        {.key = '0',
         .last = '3',
         .name = "等级",
         .help = "1 只看错误，2 只看警告，3 只看提示，0 全部都看。",
         .run = choose_severity},
        {.key = 'f', .name = "清单", .help = "只看某一张清单的。", .run = choose_register},
        {.key = 'a',
         .name = "已接受",
         .help = "已接受的警告也列出来；再按一次又不列。",
         .run = toggle_accepted},
        {.key = 'r', .help = "重新读取。", .run = read_again},
        {.key = K_F(5), .help = "重新读取。", .run = read_again},
        {0},
    };
    static const struct screen_class class = {
        .name = "核验结果",
        .about = "程序按规则核验每条记录，把发现的问题按清单和规则归在一起：x 错误要改，? 警告要"
                 "核实，· 提示看过就行。打开后改数据，或按 w "
                 "写明理由接受。必填没有填的不在这里，见各清单的待补。",
        .actions = actions,
        .title = findings_title,
        .draw = findings_draw,
        .input = findings_input,
        .resume = findings_resume,
        .close = findings_close,
    };
    return &class;
}

void findings_open(struct app *app, const struct check_filter *filter)
{
    struct findings_screen *self = mem_new(1, sizeof *self);
    self->base.class = findings_class();
    if (filter) {
        self->filter = *filter;
        strncpy(self->record, filter->record ? filter->record : "", sizeof self->record - 1);
        strncpy(self->rule, filter->rule ? filter->rule : "", sizeof self->rule - 1);
        self->filter.record = filter->record ? self->record : NULL;
        self->filter.rule = filter->rule ? self->rule : NULL;
    }
    app_push(app, &self->base);
    load(self);
}
