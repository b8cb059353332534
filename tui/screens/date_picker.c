#include "tui/screens/date_picker.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY_COLUMNS = 6, WEEK = 7, LEFT = 3, MONTHS = 12 };

struct date_picker {
    struct screen base;
    const char *title;
    struct date today, day;
    struct date *date;
    bool *chosen;
};

static void date_picker_title(const struct screen *screen, struct buffer *left,
                              struct buffer *right)
{
    const struct date_picker *self = (const struct date_picker *)screen;
    char text[DATE_TEXT_SIZE];
    date_format(self->today, text);
    buffer_add(left, self->title);
    if (date_is_valid(self->today))
        buffer_addf(right, "今天 %s %s", text, date_weekday_name(self->today));
}

static void draw_day(const struct date_picker *self, struct grid *body, int row, int column,
                     struct date day)
{
    bool selected = date_compare(day, self->day) == 0;
    bool today = date_compare(day, self->today) == 0;
    unsigned style = selected ? STYLE_SELECTED : today ? STYLE_TITLE : STYLE_PLAIN;
    const char *form = selected ? "[%2d]" : today ? "*%2d " : " %2d ";
    char text[DAY_COLUMNS + 8];
    snprintf(text, sizeof text, form, day.day);
    grid_text(body, row, column, DAY_COLUMNS, style, text);
    if (selected)
        grid_show_cursor(body, row, column + 1);
}

static void date_picker_draw(struct screen *screen, struct grid *body)
{
    static const char *const weekdays[WEEK] = {"一", "二", "三", "四", "五", "六", "日"};
    const struct date_picker *self = (const struct date_picker *)screen;
    grid_printf(body, 0, LEFT, body->columns, STYLE_TITLE, "%d 年 %d 月", self->day.year,
                self->day.month);
    for (int i = 0; i < WEEK; i++)
        grid_text(body, 1, LEFT + 1 + i * DAY_COLUMNS, DAY_COLUMNS, STYLE_HEADING, weekdays[i]);
    struct date day = {self->day.year, self->day.month, 1};
    int offset = date_weekday(day);
    int length = date_month_length(day.year, day.month);
    for (; day.day <= length; day.day++) {
        int place = offset + day.day - 1;
        draw_day(self, body, 2 + place / WEEK, LEFT + place % WEEK * DAY_COLUMNS, day);
    }
    char text[DATE_TEXT_SIZE];
    date_format(self->day, text);
    int below = 2 + (offset + length - 1) / WEEK + 2;
    grid_printf(body, below < body->rows ? below : body->rows - 1, LEFT, body->columns, STYLE_PLAIN,
                "%s %s", text, date_weekday_name(self->day));
}

static void go_to(struct date_picker *self, struct date day)
{
    if (date_is_valid(day))
        self->day = day;
}

static void move_days(struct screen *screen, int key)
{
    struct date_picker *self = (struct date_picker *)screen;
    int by = key == K_LEFT ? -1 : key == K_RIGHT ? 1 : key == K_UP ? -WEEK : WEEK;
    go_to(self, date_from_days(date_to_days(self->day) + by));
}

static void move_months(struct screen *screen, int key)
{
    struct date_picker *self = (struct date_picker *)screen;
    int by = key == K_PAGE_UP ? -1 : key == K_PAGE_DOWN ? 1 : key == K_WORD_LEFT ? -MONTHS : MONTHS;
    int month = self->day.year * MONTHS + self->day.month - 1 + by;
    struct date day = {month / MONTHS, month % MONTHS + 1, self->day.day};
    int length = date_month_length(day.year, day.month);
    if (day.day > length)
        day.day = length;
    go_to(self, day);
}

static void move_to_end(struct screen *screen, int key)
{
    struct date_picker *self = (struct date_picker *)screen;
    self->day.day = key == K_HOME ? 1 : date_month_length(self->day.year, self->day.month);
}

static void go_to_today(struct screen *screen, int key)
{
    (void)key;
    struct date_picker *self = (struct date_picker *)screen;
    go_to(self, self->today);
}

static void take(struct screen *screen, int key)
{
    (void)key;
    struct date_picker *self = (struct date_picker *)screen;
    *self->date = self->day;
    *self->chosen = true;
    app_pop(screen->app);
}

static void date_picker_close(struct screen *screen)
{
    free(screen);
}

bool date_picker_choose(struct app *app, const char *title, struct date today, struct date *date)
{
    static const struct action actions[] = {
        {.key = K_ENTER, .name = "选定", .help = "选定这一天。", .run = take},
        {.key = K_UP,
         .last = K_RIGHT,
         .name = "日、周",
         .help = "前后移动一天或一周。",
         .run = move_days},
        {.key = K_PAGE_UP,
         .last = K_PAGE_DOWN,
         .name = "月",
         .help = "前后移动一个月。",
         .run = move_months},
        {.key = K_WORD_LEFT,
         .last = K_WORD_RIGHT,
         .name = "年",
         .help = "前后移动一年。",
         .run = move_months},
        {.key = 't', .name = "今天", .help = "回到今天。", .run = go_to_today},
        {.key = K_HOME, .last = K_END, .help = "到月初、月末。", .run = move_to_end},
        {0},
    };
    static const struct screen_class class = {
        .name = "日历",
        .about = "在月历上选一天。方括号里是选中的一天，星号是今天。",
        .actions = actions,
        .title = date_picker_title,
        .draw = date_picker_draw,
        .close = date_picker_close,
    };
    bool chosen = false;
    struct date_picker *self = mem_new(1, sizeof *self);
    *self = (struct date_picker){
        .base.class = &class, .title = title, .today = today, .date = date, .chosen = &chosen};
    self->day = date_is_valid(*date) ? *date : date_is_valid(today) ? today : date_from_days(0);
    app_run_screen(app, &self->base);
    return chosen;
}
