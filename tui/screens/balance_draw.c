/* How the thallium balance looks: a table with bars, the closure in words, what is missing, and by
 * which conventions it was worked out. */
#include "core/decimal.h"
#include "core/mem.h"
#include "tui/screens/balance.h"

#include <stdlib.h>
#include <string.h>

enum {
    LABEL_COLUMN = 3,
    LABEL_WIDTH = 17,
    KG_WIDTH = 14,
    SHARE_WIDTH = 10,
    KG_COLUMN = LABEL_COLUMN + LABEL_WIDTH,
    SHARE_COLUMN = KG_COLUMN + KG_WIDTH,
    BAR_COLUMN = SHARE_COLUMN + SHARE_WIDTH + 2,
    BAR_MOST = 60,
    GRAM_SCALE = 3, /* decimals of a kg that are shown */
    WHOLE = 10000,  /* 100 % */
};

/* ---- lines ---- */

static void add_line(struct balance_screen *self, struct balance_shown line)
{
    self->shown = mem_grow(self->shown, self->count, &self->capacity, sizeof *self->shown);
    self->shown[self->count++] = line;
}

static void add_note(struct balance_screen *self, const char *text)
{
    struct grid measure = {.columns = self->columns - LABEL_COLUMN - 1};
    int parts = grid_wrap(&measure, 0, STYLE_HINT, text);
    for (int part = 0; part < parts; part++)
        add_line(self,
                 (struct balance_shown){.kind = BALANCE_LINE_NOTE, .text = text, .part = part});
}

bool balance_can_select(const struct balance_shown *line)
{
    return line->kind == BALANCE_LINE_FIGURE || line->kind == BALANCE_LINE_MISSING;
}

static void select_again(struct balance_screen *self, struct balance_shown at)
{
    self->selected = 0;
    for (size_t i = 0; i < self->count; i++)
        if (self->shown[i].kind == at.kind && self->shown[i].index == at.index &&
            balance_can_select(&self->shown[i]))
            self->selected = i;
}

/* Puts the lines in their order for a body of that width. */
static void lay_out(struct balance_screen *self, int columns)
{
    struct balance_shown at = {.kind = BALANCE_LINE_FIGURE};
    const struct balance *balance = &self->balance;
    if (self->selected < self->count)
        at = self->shown[self->selected];
    self->columns = columns;
    self->count = 0;
    for (size_t i = 0; i < BALANCE_LINES; i++)
        add_line(self, (struct balance_shown){.kind = BALANCE_LINE_FIGURE, .index = i});
    add_line(self, (struct balance_shown){.kind = BALANCE_LINE_CLOSURE});
    add_line(self,
             (struct balance_shown){.kind = BALANCE_LINE_HEADING,
                                    .text = balance->missing_count ? "还缺" : "✓ 没有发现缺项"});
    for (size_t i = 0; i < balance->missing_count; i++)
        add_line(self, (struct balance_shown){.kind = BALANCE_LINE_MISSING, .index = i});
    if (!balance->has_profile)
        add_note(self, "? 这家企业没有涉铊企业档案，不知道还应有哪些流；登记以后再看。");
    add_line(self, (struct balance_shown){.kind = BALANCE_LINE_BLANK});
    add_note(self, buffer_text(&self->below));
    add_note(self, buffer_text(&self->formula));
    add_note(self, buffer_text(&self->bands));
    select_again(self, at);
}

/* ---- drawing ---- */

static void draw_bar(int64_t share, struct grid *row)
{
    int room = row->columns - BAR_COLUMN - 2;
    int width = room < BAR_MOST ? room : BAR_MOST;
    if (width < 4 || share <= 0)
        return;
    bool is_over = share > WHOLE;
    int64_t filled = is_over ? width : (share * width + WHOLE / 2) / WHOLE;
    for (int i = 0; i < (filled ? filled : 1); i++)
        grid_text(row, 0, BAR_COLUMN + i, 1, STYLE_DONE, filled ? "█" : "▏");
    if (is_over)
        grid_text(row, 0, BAR_COLUMN + width, 1, STYLE_WARNING, "+");
}

/* What is known to be none is 0.000; what nobody has entered is a stroke. */
static void draw_figure(const struct balance_screen *self, size_t index, struct grid *row)
{
    const struct balance_line *line = &self->figures[index];
    bool is_sum = line->stream == BALANCE_STREAM_COUNT;
    unsigned style = is_sum ? STYLE_HEADING : STYLE_PLAIN;
    int64_t share = 0, grams = 0;
    char text[DECIMAL_TEXT_SIZE];
    grid_text(row, 0, LABEL_COLUMN, LABEL_WIDTH, style, line->label);
    if (!line->is_known) {
        bool has_rows = !is_sum && self->balance.totals[line->stream].rows;
        grid_text_right(row, 0, KG_COLUMN, KG_WIDTH, has_rows ? STYLE_WARNING : STYLE_HINT,
                        has_rows ? "? 算不出" : "—");
        return;
    }
    if (decimal_multiply(line->kg, 1, decimal_unit(FLOW_KG_SCALE - GRAM_SCALE), &grams)) {
        decimal_format_fixed(grams, GRAM_SCALE, text);
        grid_number(row, 0, KG_COLUMN, KG_WIDTH, GRAM_SCALE, style, text);
    }
    if (!balance_find_share(&self->balance, line->kg, &share))
        return;
    decimal_format_fixed(share, BALANCE_PERCENT_SCALE, text);
    grid_number(row, 0, SHARE_COLUMN, SHARE_WIDTH, BALANCE_PERCENT_SCALE, style, text);
    grid_text(row, 0, SHARE_COLUMN + SHARE_WIDTH, 1, style, "%");
    bool has_bar = line->stream < BALANCE_OPENING || index + 1 == BALANCE_LINES;
    if (has_bar)
        draw_bar(share, row);
}

static const struct look_of {
    const char *mark;
    unsigned style;
} looks[] = {
    [BALANCE_UNDETERMINED] = {"?", STYLE_HINT},
    [BALANCE_NORMAL] = {"✓", STYLE_DONE},
    [BALANCE_EXPLAIN] = {"?", STYLE_WARNING},
    [BALANCE_RETEST] = {"!", STYLE_ERROR},
};

/* "闭合率 90.60% ✓ 正常" */
static int draw_percent(struct grid *row, int column, const char *label, bool is_known,
                        int64_t percent, enum balance_band band)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(percent, BALANCE_PERCENT_SCALE, text);
    column += grid_printf(row, 0, column, row->columns - column, STYLE_PLAIN, "%s ", label);
    column += grid_printf(row, 0, column, row->columns - column, STYLE_PLAIN | STYLE_BOLD, "%s%s ",
                          is_known ? text : "—", is_known ? "%" : "");
    column += grid_printf(row, 0, column, row->columns - column, looks[band].style, "%s %s",
                          looks[band].mark, balance_band_label(band));
    return column + 3;
}

static void draw_closure(const struct balance *balance, struct grid *row)
{
    char text[DECIMAL_TEXT_SIZE];
    int column = draw_percent(row, LABEL_COLUMN, "闭合率", balance->has_closure,
                              balance->closure_percent, balance->band);
    column = draw_percent(row, column, "不计库存", balance->has_flow_closure,
                          balance->flow_closure_percent, balance->flow_band);
    decimal_format_fixed(balance->coverage_percent, BALANCE_PERCENT_SCALE, text);
    grid_printf(row, 0, column, row->columns - column, STYLE_PLAIN, "检测覆盖 %s%s",
                balance->has_coverage ? text : "—", balance->has_coverage ? "%" : "");
}

static void draw_missing(const struct balance_missing *missing, struct grid *row)
{
    struct buffer text = {0};
    bool is_grave = missing->reason == BALANCE_NO_ROW || missing->reason == BALANCE_GAP;
    grid_text(row, 0, LABEL_COLUMN, 1, is_grave ? STYLE_ERROR : STYLE_WARNING,
              is_grave ? "!" : "?");
    grid_text(row, 0, LABEL_COLUMN + 2, LABEL_WIDTH - 3, STYLE_PLAIN,
              balance_stream_label(missing->stream));
    buffer_add(&text, missing->text);
    if (missing->rows)
        buffer_addf(&text, "（%lld 条）", (long long)missing->rows);
    grid_text(row, 0, KG_COLUMN, row->columns - KG_COLUMN - 1, STYLE_PLAIN, text.text);
    buffer_release(&text);
}

static void draw_line(const struct balance_screen *self, const struct balance_shown *line,
                      struct grid *row)
{
    struct grid note = grid_part(row, 0, LABEL_COLUMN, 1, row->columns - LABEL_COLUMN - 1);
    switch (line->kind) {
    case BALANCE_LINE_FIGURE:
        draw_figure(self, line->index, row);
        break;
    case BALANCE_LINE_CLOSURE:
        draw_closure(&self->balance, row);
        break;
    case BALANCE_LINE_HEADING:
        grid_text(row, 0, 1, row->columns - 1, STYLE_HEADING, line->text);
        break;
    case BALANCE_LINE_MISSING:
        draw_missing(&self->balance.missing[line->index], row);
        break;
    case BALANCE_LINE_NOTE:
        grid_wrap(&note, line->part, STYLE_HINT, line->text);
        break;
    case BALANCE_LINE_BLANK:
        break;
    }
}

static void draw_heading(struct grid *body)
{
    grid_text(body, 0, LABEL_COLUMN, LABEL_WIDTH, STYLE_HEADING, "铊");
    grid_text_right(body, 0, KG_COLUMN, KG_WIDTH, STYLE_HEADING, "kg");
    grid_text_right(body, 0, SHARE_COLUMN, SHARE_WIDTH + 1, STYLE_HEADING, "占投入");
}

/* The notes behind the last line that can be selected are shown with it, as far as there is room.
 */
static void scroll(struct balance_screen *self, size_t page)
{
    size_t last = self->selected;
    bool is_end = true;
    for (size_t i = self->selected + 1; i < self->count; i++)
        is_end = is_end && !balance_can_select(&self->shown[i]);
    if (is_end && self->count)
        last = self->count - 1;
    if (last >= self->top + page)
        self->top = last - page + 1;
    if (self->selected < self->top)
        self->top = self->selected;
    if (self->top + page > self->count)
        self->top = self->count > page ? self->count - page : 0;
}

void balance_draw(struct screen *screen, struct grid *body)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    if (self->columns != body->columns)
        lay_out(self, body->columns);
    draw_heading(body);
    struct grid area = grid_part(body, 1, 0, body->rows - 1, body->columns);
    size_t page = area.rows > 0 ? (size_t)area.rows : 1;
    scroll(self, page);
    for (size_t i = 0; i < page && self->top + i < self->count; i++) {
        struct grid row = grid_part(&area, (int)i, 0, 1, area.columns);
        draw_line(self, &self->shown[self->top + i], &row);
        if (self->top + i != self->selected)
            continue;
        grid_text(&row, 0, 1, 1, STYLE_PLAIN, "▶");
        grid_restyle(&row, 0, 0, row.columns, STYLE_SELECTED);
        grid_show_cursor(&row, 0, 0);
    }
}
