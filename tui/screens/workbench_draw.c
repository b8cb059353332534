/* How the desk looks: what is to be done, the registers, progress against the target. */
#include "tui/screens/targets.h"
#include "tui/screens/workbench.h"

#include <string.h>

enum {
    LABEL_COLUMN = 5,
    COUNT_END = 24, /* right edge of an item's number */
    NAME_COLUMN = 26,
    DETAIL_WIDTH = 18, /* "已过 2 年 3 个月" */
    MORE_WIDTH = 12,
    REGISTER_WIDTH = 20,
    WIDE_ROOM = 76,
    NUMBER_WIDTH = 9,
    NUMBERS = 5,
    DIGITS = 9,
    BAR_LEAST = 20, /* of the progress bar */
    BAR_MOST = 40,
    TABLE_LEAST = 22, /* columns for a register's name */
    TABLE_MOST = 42,
};

static unsigned mark_style(const char *mark)
{
    static const struct {
        const char *mark;
        unsigned style;
    } styles[] = {{"!", STYLE_ERROR},   {"x", STYLE_ERROR},   {"?", STYLE_WARNING},
                  {"▸", STYLE_WARNING}, {"~", STYLE_CHANGED}, {"·", STYLE_HINT}};
    for (size_t i = 0; i < COUNT_OF(styles); i++)
        if (strcmp(styles[i].mark, mark) == 0)
            return styles[i].style;
    return STYLE_PLAIN;
}

static void draw_label(const struct item *item, unsigned style, struct grid *row)
{
    struct buffer count = {0};
    grid_text(row, 0, 3, 1, style, item->mark);
    grid_text(row, 0, LABEL_COLUMN, COUNT_END - LABEL_COLUMN - (item->count < 0 ? 0 : 5), style,
              item->label);
    if (item->count >= 0)
        buffer_addf(&count, "%lld", (long long)item->count);
    grid_text_right(row, 0, COUNT_END - 7, 7, style, buffer_text(&count));
    buffer_release(&count);
}

static void draw_item(const struct item *item, struct grid *row)
{
    unsigned style = mark_style(item->mark);
    int room = row->columns - NAME_COLUMN - 1;
    if (item->label)
        draw_label(item, style, row);
    bool has_detail = item->detail && room >= DETAIL_WIDTH + MORE_WIDTH;
    int wanted = has_detail ? grid_text_width(item->detail) + 1 : 0;
    int detail = has_detail && wanted < DETAIL_WIDTH ? DETAIL_WIDTH : wanted;
    int more = room >= WIDE_ROOM ? 2 * MORE_WIDTH : room >= 4 * MORE_WIDTH ? MORE_WIDTH : 0;
    if (!item->detail)
        more = item->more && room > REGISTER_WIDTH ? room - REGISTER_WIDTH : 0;
    int name = room - detail - more;
    grid_text(row, 0, NAME_COLUMN, name - 1, STYLE_PLAIN, item->name ? item->name : "");
    if (has_detail)
        grid_text(row, 0, NAME_COLUMN + name, detail - 1, style, item->detail);
    grid_text(row, 0, NAME_COLUMN + name + detail, more, STYLE_HINT, item->more ? item->more : "");
}

/* Where the numbers of a register's row begin: near its name, also in a wide window. */
static int numbers_shown(int columns)
{
    int most = (columns - 1 - LABEL_COLUMN - TABLE_LEAST) / NUMBER_WIDTH;
    return most < NUMBERS ? most : NUMBERS;
}

static int number_column(int columns, int index)
{
    int start = columns - 1 - numbers_shown(columns) * NUMBER_WIDTH;
    int most = LABEL_COLUMN + TABLE_MOST;
    return (start < most ? start : most) + index * NUMBER_WIDTH;
}

static const char *const number_names[NUMBERS] = {"总数", "本年新", "待补", "问题", "未销号"};

/* Which number stands in column `index`: in a narrow window what is new gives way first. */
static int number_at(int columns, int index)
{
    return index > 0 && numbers_shown(columns) < NUMBERS ? index + 1 : index;
}

static void draw_table_heading(struct grid *row)
{
    grid_text(row, 0, LABEL_COLUMN, row->columns, STYLE_HEADING, "清单");
    for (int i = 0; i < numbers_shown(row->columns); i++)
        grid_text_right(row, 0, number_column(row->columns, i), NUMBER_WIDTH, STYLE_HEADING,
                        number_names[number_at(row->columns, i)]);
}

static void write_number(int64_t number, bool known, bool applies, struct buffer *out)
{
    if (!applies)
        buffer_add(out, "—");
    else if (!known)
        buffer_add(out, "…");
    else
        buffer_addf(out, "%lld", (long long)number);
}

static void draw_tally(const struct tally *tally, int digit, struct grid *row)
{
    const struct summary_problems *problems = &tally->problems;
    bool related = !tally->problems_known || problems->related;
    struct {
        int64_t number;
        bool known, applies;
        unsigned style;
    } numbers[NUMBERS] = {
        {tally->counts.total, true, true, STYLE_PLAIN},
        {tally->entered, tally->entered >= 0, true, STYLE_PLAIN},
        {tally->counts.incomplete, true, true, STYLE_WARNING},
        {problems->total, tally->problems_known, related, STYLE_PLAIN},
        {problems->open, tally->problems_known, related, STYLE_ERROR},
    };
    int end = number_column(row->columns, 0);
    if (digit <= DIGITS)
        grid_printf(row, 0, 3, 2, STYLE_KEY, "%d", digit);
    grid_text(row, 0, LABEL_COLUMN, end - LABEL_COLUMN, STYLE_PLAIN, tally->reg->label);
    for (int i = 0; i < numbers_shown(row->columns); i++) {
        struct buffer text = {0};
        const int n = number_at(row->columns, i);
        bool quiet = !numbers[n].number || !numbers[n].applies;
        write_number(numbers[n].number, numbers[n].known, numbers[n].applies, &text);
        grid_text_right(row, 0, number_column(row->columns, i), NUMBER_WIDTH,
                        quiet ? STYLE_PLAIN : numbers[n].style, buffer_text(&text));
        buffer_release(&text);
    }
}

/* ---- progress against the target ---- */

static void write_goal(const struct target_line *target, bool own, struct buffer *out)
{
    buffer_addf(out, "%s%s减排 %d 目标 ", own ? "" : target->name, own ? "" : " ", target->year);
    if (target->percent.known)
        targets_write_percent(target->percent.value, out);
    else
        buffer_add(out, target->kind);
}

/* In tenths of a percent: the desk has no room for more. */
static void write_progress(int64_t hundredths, struct buffer *out)
{
    targets_write_percent(hundredths / 10 * 10, out);
}

static void draw_progress(const struct workbench *self, struct grid *row)
{
    const struct agenda *agenda = &self->agenda;
    const struct target_line *target = &agenda->target;
    struct buffer goal = {0}, state = {0};
    int column = 3, room = row->columns - column - 1;
    int64_t percent = target->percent.known ? target->percent.value : 0;
    bool known = agenda->target_judged && target->progress.known;
    bool reached = known && target->progress.value >= percent;
    if (!target->id[0]) {
        grid_text(row, 0, column, room, STYLE_HINT,
                  "减排 无目标：政策包没有给本地区下达，有的请补进减排目标");
        return;
    }
    write_goal(target, !target->partial, &goal);
    column += grid_text(row, 0, column, room, STYLE_PLAIN, buffer_text(&goal)) + 2;
    if (known && percent > 0)
        column =
            1 + targets_draw_bar(row, column,
                                 row->columns >= 2 * BAR_MOST + BAR_MOST ? BAR_MOST : BAR_LEAST,
                                 target->progress.value, percent);
    if (known)
        write_progress(target->progress.value, &state);
    else
        buffer_add(&state, agenda->target_judged ? "企业还没有填基础排放量，算不出进度" : "…");
    if (known)
        buffer_addf(&state, "  %s", reached ? "✓ 已达到" : "? 还没有达到");
    grid_text(row, 0, column, row->columns - column - 1,
              !known    ? STYLE_HINT
              : reached ? STYLE_DONE
                        : STYLE_WARNING,
              buffer_text(&state));
    buffer_release(&goal);
    buffer_release(&state);
}

/* "铊平衡 5/7 家正常" at the right, where there is room beside the target. */
static void draw_balance(const struct balance_tally *tally, struct grid *row)
{
    enum { GAP = 2 };
    struct buffer text = {0};
    if (!tally->done || !tally->total)
        return;
    buffer_addf(&text, "铊平衡 %lld/%lld 家正常", (long long)tally->normal,
                (long long)tally->total);
    int begin = row->columns - grid_text_width(text.text) - 1;
    bool is_free = begin >= GAP;
    for (int column = begin - GAP; is_free && column < row->columns; column++)
        is_free = grid_cell(row, 0, column)->codes[0] == ' ';
    if (is_free)
        grid_text(row, 0, begin, row->columns - begin,
                  tally->normal < tally->total ? STYLE_WARNING : STYLE_DONE, text.text);
    buffer_release(&text);
}

static void draw_line(const struct workbench *self, const struct line *line, struct grid *row)
{
    switch (line->kind) {
    case LINE_ITEM:
        draw_item(line->item, row);
        break;
    case LINE_TALLY:
        draw_tally(line->tally, line->digit, row);
        break;
    case LINE_PROGRESS:
        draw_progress(self, row);
        draw_balance(&self->agenda.balance, row);
        break;
    case LINE_TEXT:
        grid_text(row, 0, LABEL_COLUMN, row->columns - LABEL_COLUMN, STYLE_PLAIN, line->text);
        break;
    case LINE_RULE:
        grid_rule(row, 0);
        break;
    case LINE_HEADING:
        draw_table_heading(row);
        break;
    }
}

/* Gaps and findings are no errands of today. */
static int64_t count_errands(const struct agenda *agenda)
{
    int64_t sum = 0;
    for (size_t i = 0; i < agenda->slot_count; i++) {
        const struct slot *slot = &agenda->slots[i];
        bool is_errand = slot->kind != SLOT_INCOMPLETE && slot->kind != SLOT_FINDINGS &&
                         slot->kind != SLOT_CALENDAR;
        if (slot->count && is_errand)
            sum += slot->items[0].count;
    }
    return sum;
}

static void draw_today(const struct workbench *self, struct grid *row)
{
    int64_t sum = count_errands(&self->agenda);
    grid_text(row, 0, 1, row->columns, STYLE_HEADING, "今天要办");
    struct buffer text = {0};
    buffer_addf(&text, "共 %lld 件", (long long)sum);
    if (sum)
        grid_text_right(row, 0, 1, row->columns - 2, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
}

void workbench_draw(struct screen *screen, struct grid *body)
{
    struct workbench *self = (struct workbench *)screen;
    if (self->rows != self->base.app->terminal->rows)
        workbench_lay_out(self);
    draw_today(self, body);
    struct grid area = grid_part(body, 1, 0, body->rows - 1, body->columns);
    self->page = area.rows > 0 ? (size_t)area.rows : 1;
    if (self->selected < self->top)
        self->top = self->selected;
    if (self->selected >= self->top + self->page)
        self->top = self->selected - self->page + 1;
    if (self->top + self->page > self->line_count)
        self->top = self->line_count > self->page ? self->line_count - self->page : 0;
    for (size_t i = 0; i < self->page && self->top + i < self->line_count; i++) {
        struct grid row = grid_part(&area, (int)i, 0, 1, area.columns);
        const struct line *line = &self->lines[self->top + i];
        draw_line(self, line, &row);
        if (self->top + i != self->selected || !workbench_can_open(line))
            continue;
        grid_text(&row, 0, 1, 1, STYLE_PLAIN, "▶");
        grid_restyle(&row, 0, 0, row.columns, STYLE_SELECTED);
        grid_show_cursor(&row, 0, 0);
    }
}
