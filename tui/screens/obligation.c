/* 法定任务: the sheet of one obligation. */
#include "tui/screens/obligation.h"

#include "core/duty.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/clock.h"
#include "db/obligations.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_COLUMN = 2, LABEL_WIDTH = 10, TEXT_COLUMN = 13, PARTS_MOST = 16 };

struct part {
    const char *label;
    char *text; /* owned */
};

struct obligation_screen {
    struct screen base;
    char id[RECORD_ID_SIZE];
    struct obligations list; /* only this one; empty when it is gone */
    struct date today;
    int64_t stamp;
    struct part parts[PARTS_MOST];
    size_t count, first; /* parts; the first one shown */
};

/* ---- words ---- */

void obligation_tell_due(const struct occurrence *occurrence, struct date today, struct buffer *out)
{
    struct date due = occurrence->due, nominal = occurrence->nominal;
    if (due.year != today.year)
        buffer_addf(out, "%d-", due.year);
    buffer_addf(out, "%d-%d 前", due.month, due.day);
    if (date_compare(due, nominal) == 0)
        return;
    if (nominal.month == due.month)
        buffer_addf(out, "（%d 日在假内）", nominal.day);
    else
        buffer_addf(out, "（%d-%d 在假内）", nominal.month, nominal.day);
}

void obligation_tell_span(const struct occurrence *occurrence, struct date today,
                          struct buffer *out)
{
    int days = date_to_days(occurrence->due) - date_to_days(today);
    if (days == 0) {
        buffer_add(out, "今天到期");
        return;
    }
    buffer_add(out, days > 0 ? "还有 " : "逾期 ");
    wording_span(abs(days), out);
}

/* ---- what is said ---- */

static void add_part(struct obligation_screen *self, const char *label, struct buffer *text)
{
    if (text->length && self->count < PARTS_MOST)
        self->parts[self->count++] = (struct part){label, buffer_take(text)};
    buffer_release(text);
}

static void add_fields(struct obligation_screen *self, const struct obligation_item *item,
                       const char *label, const char *const *names)
{
    struct buffer text = {0};
    const struct lookup *lookup = store_lookup(desk_store(self->base.app));
    for (; *names; names++) {
        struct buffer value = {0};
        record_display(&item->record, *names, lookup, &value);
        if (value.length)
            buffer_addf(&text, "%s%s", text.length ? "，" : "", value.text);
        buffer_release(&value);
    }
    add_part(self, label, &text);
}

/* "每年 06-20，遇休息日提前" */
static void write_term(const struct obligation_item *item, struct buffer *out)
{
    static const char *const names[] = {"due_on", "due_day", "event", "due_days"};
    const char *roll = obligation_text(item, "roll");
    buffer_add(out, obligation_text(item, "due_kind"));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buffer value = {0};
        record_format(&item->record, names[i], &value);
        if (value.length)
            buffer_addf(out, " %s%s", value.text, strcmp(names[i], "event") == 0 ? "后" : "");
        buffer_release(&value);
    }
    if (!value_is_null(record_value(&item->record, "due_days")))
        buffer_addf(out, " %s",
                    *obligation_text(item, "day_kind") ? obligation_text(item, "day_kind") : "日");
    if (*roll && strcmp(roll, "不变") != 0)
        buffer_addf(out, "，遇休息日%s", roll);
    const struct value *assumed = record_value(&item->record, "assumed");
    if (assumed->kind == VALUE_INTEGER && assumed->integer)
        buffer_add(out, "（原文没有写明日期，是约定的）");
}

static void write_next(const struct obligation_screen *self, const struct obligation_item *item,
                       struct buffer *out)
{
    const struct occurrence *next = &item->next;
    const struct calendar *calendar = store_calendar(desk_store(self->base.app));
    char day[DATE_TEXT_SIZE];
    if (next->nominal.year == 0) {
        buffer_add(out, item->when.kind == OBLIGATION_UNDATED ? "没有固定的日期"
                        : item->count                         ? "没有了，已办完"
                                                              : "没有了");
        return;
    }
    date_format(next->due, day);
    buffer_addf(out, "%s %s，", day, date_weekday_name(next->due));
    obligation_tell_span(next, self->today, out);
    int days = date_to_days(next->due) - date_to_days(self->today);
    if (days > 0 && days <= 2 * DUTY_MONTH)
        buffer_addf(out, "（%d 个工作日）",
                    calendar_count_workdays(calendar, self->today, next->due));
    if (date_compare(next->due, next->nominal) != 0)
        buffer_addf(out, "。原定 %d 月 %d 日是休息日，%s", next->nominal.month, next->nominal.day,
                    item->when.roll == ROLL_BACK ? "提前到前面最后一个工作日"
                                                 : "顺延到后面第一个工作日");
    if (!next->complete)
        buffer_addf(out, "。%d 年" CALENDAR_ESTIMATE, next->due.year);
}

static void write_settled(const struct obligation_item *item, struct buffer *out)
{
    if (item->count)
        buffer_addf(out, "已记录完成 %zu 次", item->count);
}

static void describe(struct obligation_screen *self, const struct obligation_item *item)
{
    struct buffer term = {0}, next = {0}, settled = {0}, over = {0};
    write_term(item, &term);
    write_next(self, item, &next);
    write_settled(item, &settled);
    if (item->when.kind == OBLIGATION_YEARLY && obligation_outlives(&item->when, self->today))
        buffer_addf(&over,
                    "文件管到 %d 年；没有见到新文件以前照旧报送，确定不用再做的，按 e 填截止日期",
                    item->when.campaign_ends.year);
    add_fields(self, item, "要做什么", (const char *const[]){"what", NULL});
    add_fields(self, item, "谁来做", (const char *const[]){"who", NULL});
    add_part(self, "期限", &term);
    add_part(self, "下一次", &next);
    add_part(self, "文件期限", &over);
    add_fields(self, item, "佐证", (const char *const[]){"evidence", NULL});
    add_fields(self, item, "依据", (const char *const[]){"passage", NULL});
    add_fields(self, item, "另处期限",
               (const char *const[]){"other_due_on", "other_passage", NULL});
    add_part(self, "完成情况", &settled);
    add_fields(self, item, "备注", (const char *const[]){"note", NULL});
}

static void clear(struct obligation_screen *self)
{
    for (size_t i = 0; i < self->count; i++)
        free(self->parts[i].text);
    self->count = 0;
    obligations_release(&self->list);
}

static void load(struct obligation_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    clear(self);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !obligations_load_one(&self->list, store, self->id, self->today, &err))
        app_error(self->base.app, &err);
    if (self->list.count)
        describe(self, &self->list.items[0]);
}

static const struct obligation_item *item_of(const struct screen *screen)
{
    const struct obligation_screen *self = (const struct obligation_screen *)screen;
    return self->list.count ? &self->list.items[0] : NULL;
}

/* ---- drawing ---- */

static void sheet_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct obligation_item *item = item_of(screen);
    buffer_add(left, "法定任务");
    if (!item)
        return;
    buffer_addf(left, " · %s", obligation_text(item, "code"));
    buffer_addf(right, "%s · %s", item->campaign, obligation_text(item, "scope"));
}

static void sheet_draw(struct screen *screen, struct grid *body)
{
    struct obligation_screen *self = (struct obligation_screen *)screen;
    int row = 0;
    for (size_t i = self->first; i < self->count && row < body->rows; i++) {
        struct grid text =
            grid_part(body, row, TEXT_COLUMN, body->rows - row, body->columns - TEXT_COLUMN - 2);
        grid_text(body, row, LABEL_COLUMN, LABEL_WIDTH, STYLE_HEADING, self->parts[i].label);
        row += grid_wrap(&text, 0, STYLE_PLAIN, self->parts[i].text);
    }
}

/* ---- actions ---- */

static bool is_there(const struct screen *screen)
{
    return item_of(screen) != NULL;
}

static bool can_change(const struct screen *screen)
{
    return is_there(screen) && store_can_write(desk_store(screen->app));
}

static const struct reg *register_of(const struct obligation_item *item)
{
    const char *name = obligation_text(item, "reg_name");
    return *name ? reg_find(name) : NULL;
}

static bool has_register(const struct screen *screen)
{
    return is_there(screen) && register_of(item_of(screen));
}

/* Where it is written down that it was done: where the obligation says, if that can be. */
static const struct reg *proof_of(const struct obligation_item *item)
{
    const struct reg *named = register_of(item);
    if (named && obligation_is_settled_by(named))
        return named;
    for (size_t i = 0; i < register_count; i++)
        if (obligation_is_settled_by(registers[i]))
            return registers[i];
    return NULL;
}

/* A register takes of these what it has a field for. */
static void settle(struct screen *screen, int key)
{
    (void)key;
    struct obligation_screen *self = (struct obligation_screen *)screen;
    const struct obligation_item *item = item_of(screen);
    char today[DATE_TEXT_SIZE], due[DATE_TEXT_SIZE] = "";
    struct buffer period = {0}, term = {0};
    date_format(self->today, today);
    if (item->next.nominal.year) {
        date_format(item->next.due, due);
        obligation_write_period(&item->next, &period);
    }
    write_term(item, &term);
    const struct form_preset presets[] = {
        {"obligation", self->id},
        {"campaign", obligation_text(item, "campaign")},
        {"due_on", due},
        {"period", buffer_text(&period)},
        {"measure", obligation_text(item, "what")},
        {"lead", obligation_text(item, "who")},
        {"deadline", buffer_text(&term)},
        {"state", "已完成"},
        {"done_on", today},
        {"filed_on", today},
        {"evidence", obligation_text(item, "evidence")},
    };
    form_open_new(screen->app, proof_of(item), presets, COUNT_OF(presets));
    buffer_release(&period);
    buffer_release(&term);
}

static void open_register(struct screen *screen, int key)
{
    (void)key;
    list_open(screen->app, register_of(item_of(screen)), NULL);
}

static void export(struct screen *screen, int key)
{
    (void)key;
    const struct reg *reg = register_of(item_of(screen));
    export_open(screen->app, reg && reg_is_main(reg) ? reg->name : NULL, NULL);
}

static void edit(struct screen *screen, int key)
{
    (void)key;
    form_open(screen->app, item_of(screen)->record.reg, item_of(screen)->record.id, NULL);
}

static void scroll(struct screen *screen, int key)
{
    struct obligation_screen *self = (struct obligation_screen *)screen;
    if (key == K_UP && self->first > 0)
        self->first--;
    if (key == K_DOWN && self->first + 1 < self->count)
        self->first++;
}

static void sheet_resume(struct screen *screen)
{
    struct obligation_screen *self = (struct obligation_screen *)screen;
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void sheet_close(struct screen *screen)
{
    struct obligation_screen *self = (struct obligation_screen *)screen;
    clear(self);
    free(self);
}

const struct screen_class *obligation_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "记为已完成",
         .help = "登记这一次已经做完：打开填好大半的任务或报送记录，补全后按 F2 保存。",
         .is_available = can_change,
         .run = settle},
        {.key = 'l',
         .name = "打开清单",
         .help = "打开这项任务要用的清单。",
         .is_available = has_register,
         .run = open_register},
        {.key = 'x',
         .name = "导出",
         .help = "导出这项任务要报的清单或年报工作簿。",
         .is_available = is_there,
         .run = export},
        {.key = 'e',
         .name = "改任务",
         .help = "改这项任务的日期、截止日期和说明。",
         .is_available = can_change,
         .run = edit},
        {.key = K_UP, .last = K_DOWN, .help = "上下移动。", .run = scroll},
        {0},
    };
    static const struct screen_class class = {
        .name = "法定任务",
        .about = "政策文件要求做的一件事：做什么、谁做、下一次哪天到期和为什么、拿什么证明、依据哪"
                 "一条。",
        .actions = actions,
        .title = sheet_title,
        .draw = sheet_draw,
        .resume = sheet_resume,
        .close = sheet_close,
    };
    return &class;
}

void obligation_open(struct app *app, const char *id)
{
    struct obligation_screen *self = mem_new(1, sizeof *self);
    self->base.class = obligation_class();
    self->today = clock_today();
    strncpy(self->id, id, sizeof self->id - 1);
    app_push(app, &self->base);
    load(self);
}

void record_open_screen(struct app *app, const struct reg *reg, const char *id)
{
    if (reg == &reg_obligation)
        obligation_open(app, id);
    else
        form_open(app, reg, id, NULL);
}
