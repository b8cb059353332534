/* 日历: what falls due in a year, month by month, with the days of rest. */
#include "core/mem.h"
#include "db/clock.h"
#include "db/obligations.h"
#include "db/query.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/listview.h"
#include "tui/screens/obligation.h"
#include "tui/screens/screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MONTHS = 12,
    WEEK = 7,
    LEFT = 2,
    CELL = 5,         /* columns of a day: mark, number, 休 or 班 */
    LIST_COLUMN = 40, /* where the list of the month begins beside the days */
    TWO_PARTS = 70,   /* columns from which on days and list stand side by side */
    TOP_ROWS = 3,     /* the months, their counts, a rule */
    WEEKS = 6,
    YEAR_LEAST = 1950,
    YEAR_MOST = 2150,
};

/* What falls due on one day in one register, or one obligation. */
struct due_event {
    struct date day;
    bool open; /* still to be done */
    int64_t count;
    const struct reg *reg; /* NULL: an obligation */
    const struct duty *duty;
    char id[RECORD_ID_SIZE]; /* of the obligation, or of a single record once it is drawn */
    char *text;              /* NULL: a single record whose name was not read yet; owned */
};

struct year_screen {
    struct screen base;
    struct date today;
    int year, month;
    struct due_event *events; /* of the year, in order of their days */
    size_t count, capacity;
    size_t first[MONTHS + 2]; /* the first event of each month */
    struct listview list;     /* of the month */
    int list_top, list_left;  /* where it stands in the body */
    const struct reg *reg;    /* that is being read */
    const struct duty *duty;
    int64_t stamp;
};

/* ---- reading ---- */

static void clear(struct year_screen *self)
{
    for (size_t i = 0; i < self->count; i++)
        free(self->events[i].text);
    self->count = 0;
}

static struct due_event *add_event(struct year_screen *self, struct due_event event)
{
    self->events = mem_grow(self->events, self->count, &self->capacity, sizeof *self->events);
    self->events[self->count] = event;
    return &self->events[self->count++];
}

static void add_obligation(struct year_screen *self, const struct obligation_item *item)
{
    const struct calendar *calendar = store_calendar(desk_store(self->base.app));
    struct buffer text = {0};
    /* One that is due on the first days of a year may be filed in the one before, and back. */
    for (int year = self->year - 1; year <= self->year + 1; year++) {
        struct occurrence occurrence = obligation_in_year(&item->when, calendar, year);
        if (!occurrence.nominal.year || occurrence.due.year != self->year)
            continue;
        struct due_event *event = add_event(
            self, (struct due_event){.day = occurrence.due,
                                     .open = !obligation_is_settled(&item->when, &occurrence,
                                                                    item->settlements, item->count),
                                     .count = 1});
        memcpy(event->id, item->record.id, sizeof event->id);
        buffer_clear(&text);
        buffer_add(&text, obligation_text(item, "what"));
        if (date_compare(occurrence.due, occurrence.nominal) != 0)
            buffer_addf(&text, "（原 %d-%d）", occurrence.nominal.month, occurrence.nominal.day);
        event->text = mem_text(buffer_text(&text));
    }
    buffer_release(&text);
}

static bool read_obligations(struct year_screen *self, struct error *err)
{
    struct obligations list = {0};
    bool ok = obligations_load(&list, desk_store(self->base.app), self->today, err);
    for (size_t i = 0; ok && i < list.count; i++)
        add_obligation(self, &list.items[i]);
    obligations_release(&list);
    return ok;
}

static void take_day(void *context, const char *text, bool open, int64_t count)
{
    struct year_screen *self = context;
    struct date day;
    struct buffer label = {0};
    if (!date_parse(text, &day, NULL))
        return;
    struct due_event *event = add_event(
        self, (struct due_event){
                  .day = day, .open = open, .count = count, .reg = self->reg, .duty = self->duty});
    if (count > 1) {
        duty_write_day_label(self->duty, self->reg, &label);
        buffer_addf(&label, " %lld %s", (long long)count, self->reg->counter);
        event->text = buffer_take(&label);
    }
}

struct reading {
    struct year_screen *self;
    bool ok;
    struct error *err;
};

static void read_duty(void *context, const struct duty *duty)
{
    struct reading *reading = context;
    struct year_screen *self = reading->self;
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    if (!duty->day_label || !reading->ok)
        return;
    date_format((struct date){self->year, 1, 1}, from);
    date_format((struct date){self->year, MONTHS, 31}, to);
    self->duty = duty;
    reading->ok = summary_days(desk_store(self->base.app), self->reg, duty, from, to, take_day,
                               self, reading->err);
}

/* Of the same day the obligations first, then what is open. */
static int compare(const void *left, const void *right)
{
    const struct due_event *a = left, *b = right;
    int order = date_compare(a->day, b->day);
    if (order == 0)
        order = (b->reg == NULL) - (a->reg == NULL);
    if (order == 0)
        order = b->open - a->open;
    return order ? order : strcmp(a->text ? a->text : "", b->text ? b->text : "");
}

static void show_month(struct year_screen *self)
{
    listview_set_count(&self->list, self->first[self->month + 1] - self->first[self->month]);
}

static void load(struct year_screen *self)
{
    struct error err = {0};
    struct reading reading = {.self = self, .ok = true, .err = &err};
    clear(self);
    reading.ok = summary_stamp(desk_store(self->base.app), &self->stamp, &err) &&
                 read_obligations(self, &err);
    for (size_t i = 0; reading.ok && i < register_count; i++) {
        self->reg = registers[i];
        duty_each_date(registers[i], read_duty, &reading);
    }
    if (!reading.ok)
        app_error(self->base.app, &err);
    if (self->count)
        qsort(self->events, self->count, sizeof *self->events, compare);
    size_t at = 0;
    for (int month = 1; month <= MONTHS + 1; month++) {
        while (at < self->count && self->events[at].day.month < month)
            at++;
        self->first[month] = at;
    }
    show_month(self);
}

/* ---- drawing ---- */

static const char *mark_of(const struct year_screen *self, const struct due_event *event)
{
    if (!event->open)
        return "✓";
    return date_compare(event->day, self->today) < 0 ? "!" : "▸";
}

static unsigned style_of(const char *mark)
{
    return strcmp(mark, "!") == 0   ? STYLE_ERROR
           : strcmp(mark, "▸") == 0 ? STYLE_WARNING
                                    : STYLE_DONE;
}

static void year_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct year_screen *self = (const struct year_screen *)screen;
    char today[DATE_TEXT_SIZE];
    date_format(self->today, today);
    buffer_addf(left, "日历 · %d 年 %d 月", self->year, self->month);
    buffer_addf(right, "今天 %s %s", today, date_weekday_name(self->today));
}

/* How many things of a month are still to be done; *missed of these are late. */
static int64_t count_open(const struct year_screen *self, int month, int64_t *missed)
{
    int64_t open = 0;
    *missed = 0;
    for (size_t i = self->first[month]; i < self->first[month + 1]; i++) {
        const struct due_event *event = &self->events[i];
        open += event->open ? event->count : 0;
        if (event->open && date_compare(event->day, self->today) < 0)
            *missed += event->count;
    }
    return open;
}

static void draw_months(const struct year_screen *self, struct grid *body)
{
    int width = (body->columns - LEFT) / MONTHS;
    for (int month = 1; month <= MONTHS && width >= 5; month++) {
        bool selected = month == self->month;
        int column = LEFT + (month - 1) * width;
        int64_t missed, open = count_open(self, month, &missed);
        char text[32];
        snprintf(text, sizeof text, selected ? "[%d月]" : " %d月 ", month);
        grid_text(body, 0, column, width, selected ? STYLE_SELECTED : STYLE_HEADING, text);
        snprintf(text, sizeof text, "%s%lld", missed ? "!" : "", (long long)open);
        grid_text(body, 1, column + 1, width - 1,
                  missed ? STYLE_ERROR
                  : open ? STYLE_WARNING
                         : STYLE_HINT,
                  open ? text : "—");
    }
    grid_rule(body, 2);
}

/* The most pressing mark of a day; "" when nothing is due. */
static const char *day_mark(const struct year_screen *self, struct date day)
{
    const char *mark = "";
    for (size_t i = self->first[day.month]; i < self->first[day.month + 1]; i++) {
        const struct due_event *event = &self->events[i];
        if (date_compare(event->day, day) == 0 && (!*mark || event->open))
            mark = mark_of(self, event);
    }
    return mark;
}

/* 休 and 班 where the day is not as the week says; an ordinary weekend is seen from its column. */
static const char *day_kind(const struct calendar *calendar, struct date day)
{
    enum { SATURDAY = 5 };
    bool work = calendar_is_workday(calendar, day);
    if (work == (date_weekday(day) < SATURDAY))
        return "";
    return work ? "班" : "休";
}

static void draw_day(const struct year_screen *self, const struct calendar *calendar,
                     struct date day, struct grid *area, int row, int column)
{
    bool today = date_compare(day, self->today) == 0;
    const char *mark = day_mark(self, day), *kind = day_kind(calendar, day);
    grid_text(area, row, column, 1, style_of(mark), mark);
    grid_printf(area, row, column + 1, 2, today ? STYLE_SELECTED : STYLE_PLAIN, "%2d", day.day);
    grid_text(area, row, column + 3, 2, STYLE_HINT, *kind ? kind : today ? "今" : "");
}

static void draw_days(const struct year_screen *self, struct grid *area)
{
    static const char *const weekdays[WEEK] = {"一", "二", "三", "四", "五", "六", "日"};
    const struct calendar *calendar = store_calendar(desk_store(self->base.app));
    struct date day = {self->year, self->month, 1};
    int offset = date_weekday(day), length = date_month_length(day.year, day.month);
    for (int i = 0; i < WEEK; i++)
        grid_text(area, 0, LEFT + i * CELL + 1, 2, STYLE_HEADING, weekdays[i]);
    for (; day.day <= length; day.day++) {
        int place = offset + day.day - 1;
        draw_day(self, calendar, day, area, 1 + place / WEEK, LEFT + place % WEEK * CELL);
    }
    int row = WEEKS + 2;
    grid_text(area, row++, LEFT, area->columns - LEFT, STYLE_HINT,
              "休 放假   班 调班上班   今 今天");
    grid_text(area, row++, LEFT, area->columns - LEFT, STYLE_HINT, "! 逾期    ▸ 到期   ✓ 已办");
    struct grid rest = grid_part(area, row + 1, LEFT, area->rows - row - 1, area->columns - LEFT);
    if (!calendar_has_year(calendar, self->year)) {
        struct buffer text = {0};
        buffer_addf(&text,
                    "? %d 年" CALENDAR_ESTIMATE
                    "，放假安排公布后请补进节假日：工作台按 m，选节假日。",
                    self->year);
        grid_wrap(&rest, 0, STYLE_WARNING, text.text);
        buffer_release(&text);
    }
}

/* The condition that finds the records of an event. */
static void write_where(const struct due_event *event, struct buffer *out)
{
    char day[DATE_TEXT_SIZE];
    date_format(event->day, day);
    buffer_addf(out, "%s=%s", duty_date(event->duty, event->reg), day);
    if (event->open)
        duty_write_open(event->duty, event->reg, out);
}

/* Finds the name of the single record of an event. Of those that are done with there may be others
 * on the same day that are open; the list then shows them all. */
static void name_event(struct year_screen *self, struct due_event *event)
{
    struct store *store = desk_store(self->base.app);
    struct buffer where = {0}, text = {0};
    struct cursor *cursor = NULL;
    const struct record *record = NULL;
    duty_write_day_label(event->duty, event->reg, &text);
    write_where(event, &where);
    const struct query query = {.reg = event->reg, .where = where.text};
    int64_t found = 0;
    if (query_count(store, &query, &found, NULL) && found == 1 &&
        cursor_open(&cursor, store, &query, NULL) && cursor_next(cursor, &record, NULL) && record) {
        memcpy(event->id, record->id, sizeof event->id);
        buffer_add(&text, "：");
        record_name(record, store_lookup(store), &text);
    } else {
        buffer_addf(&text, " %lld %s", (long long)event->count, event->reg->counter);
    }
    cursor_close(&cursor);
    event->text = buffer_take(&text);
    buffer_release(&where);
}

static void draw_event(void *context, size_t row, struct grid *area)
{
    struct year_screen *self = context;
    struct due_event *event = &self->events[self->first[self->month] + row];
    const char *mark = mark_of(self, event);
    if (!event->text)
        name_event(self, event);
    grid_text(area, 0, 0, 1, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
    grid_text(area, 0, 1, 1, style_of(mark), mark);
    grid_printf(area, 0, 3, 5, STYLE_PLAIN, "%2d %s", event->day.day,
                date_weekday_name(event->day) + strlen("周"));
    grid_text(area, 0, 9, area->columns - 9, event->open ? STYLE_PLAIN : STYLE_HINT, event->text);
}

static void year_draw(struct screen *screen, struct grid *body)
{
    struct year_screen *self = (struct year_screen *)screen;
    bool two = body->columns >= TWO_PARTS;
    draw_months(self, body);
    self->list_top = TOP_ROWS;
    self->list_left = two ? LIST_COLUMN : 0;
    if (two) {
        struct grid days = grid_part(body, TOP_ROWS, 0, body->rows - TOP_ROWS, LIST_COLUMN - 2);
        draw_days(self, &days);
    }
    struct grid area = grid_part(body, self->list_top, self->list_left, body->rows - self->list_top,
                                 body->columns - self->list_left);
    listview_draw(&self->list, &area, false, draw_event, self);
    if (self->list.count == 0)
        grid_text(&area, 0, 1, area.columns - 1, STYLE_HINT, "这个月没有到期的事。");
}

/* ---- actions ---- */

static bool has_event(const struct screen *screen)
{
    return ((const struct year_screen *)screen)->list.count > 0;
}

static void open_event(struct screen *screen, int key)
{
    (void)key;
    struct year_screen *self = (struct year_screen *)screen;
    const struct due_event *event = &self->events[self->first[self->month] + self->list.selected];
    struct buffer where = {0};
    if (!event->reg) {
        obligation_open(screen->app, event->id);
        return;
    }
    if (event->id[0]) {
        form_open(screen->app, event->reg, event->id, NULL);
        return;
    }
    write_where(event, &where);
    list_open(screen->app, event->reg, &(struct query){.reg = event->reg, .where = where.text});
    buffer_release(&where);
}

static void go_to(struct year_screen *self, int year, int month)
{
    bool same_year = year == self->year;
    if (year < YEAR_LEAST || year > YEAR_MOST)
        return;
    self->year = year;
    self->month = month;
    if (!same_year)
        load(self);
    listview_set_count(&self->list, 0);
    show_month(self);
}

static void move_months(struct screen *screen, int key)
{
    struct year_screen *self = (struct year_screen *)screen;
    int by = key == K_LEFT ? -1 : key == K_RIGHT ? 1 : key == K_PAGE_UP ? -MONTHS : MONTHS;
    int month = self->year * MONTHS + self->month - 1 + by;
    go_to(self, month / MONTHS, month % MONTHS + 1);
}

static void go_to_today(struct screen *screen, int key)
{
    (void)key;
    struct year_screen *self = (struct year_screen *)screen;
    go_to(self, self->today.year, self->today.month);
}

static bool year_input(struct screen *screen, const struct event *event)
{
    struct year_screen *self = (struct year_screen *)screen;
    return listview_input_at(&self->list, event, self->list_top);
}

static void year_resume(struct screen *screen)
{
    struct year_screen *self = (struct year_screen *)screen;
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void year_close(struct screen *screen)
{
    struct year_screen *self = (struct year_screen *)screen;
    clear(self);
    free(self->events);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *year_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开光标所在的事项。",
         .is_available = has_event,
         .run = open_event},
        {.key = K_LEFT,
         .last = K_RIGHT,
         .name = "月",
         .help = "上一个月、下一个月。",
         .run = move_months},
        {.key = K_PAGE_UP,
         .last = K_PAGE_DOWN,
         .name = "年",
         .help = "上一年、下一年。",
         .run = move_months},
        {.key = 't', .name = "今天", .help = "回到今天所在的月。", .run = go_to_today},
        {0},
    };
    static const struct screen_class class = {
        .name = "日历",
        .about =
            "一年里到期的事：法定任务、整改、许可证、任务和报送。最上面一行是每个月还没办的件数，"
            "左边是月历，右边是这个月的事。",
        .actions = actions,
        .title = year_title,
        .draw = year_draw,
        .input = year_input,
        .resume = year_resume,
        .close = year_close,
    };
    return &class;
}

void year_open(struct app *app)
{
    struct year_screen *self = mem_new(1, sizeof *self);
    self->base.class = year_class();
    self->today = clock_today();
    self->year = self->today.year;
    self->month = self->today.month;
    app_push(app, &self->base);
    load(self);
}
