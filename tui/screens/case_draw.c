/* How the pages of a case file look. */
#include "tui/screens/case.h"

#include "core/mem.h"
#include "core/text.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/screens/columns.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum { MARK_COLUMN = 3, MARK_WIDTH = 3 /* "!!!" */, FIRST_COLUMN = 5, GAP = 2 };

struct case_tab *case_tab_in_front(const struct case_screen *self)
{
    size_t relations = self->file ? self->file->relation_count : 0;
    return self->tab >= 1 && self->tab <= relations ? &self->tabs[self->tab - 1] : NULL;
}

bool case_is_on_history(const struct case_screen *self)
{
    return self->file && self->tab == self->file->relation_count + 1;
}

/* ---- title ---- */

/* The first of the fields that the record has and that is filled. */
static void tell_first(const struct record *record, const char *const *names,
                       const struct lookup *lookup, struct buffer *out)
{
    for (; *names; names++) {
        const struct value *value = record_value(record, *names);
        if (!value || value_is_null(value))
            continue;
        buffer_add(out, out->length ? " · " : "");
        record_display(record, *names, lookup, out);
        return;
    }
}

static bool is_overdue(const struct casefile *file)
{
    for (size_t i = 0; i < file->relation_count; i++)
        if (file->relations[i].overdue)
            return true;
    return false;
}

static void tell_place(const struct record *record, struct buffer *out)
{
    const struct value *lon = record_value(record, "lon"), *lat = record_value(record, "lat");
    if (!lon || !lat || value_is_null(lon) || value_is_null(lat))
        return;
    buffer_add(out, " · ");
    record_format(record, "lon", out);
    buffer_add(out, "°E ");
    record_format(record, "lat", out);
    buffer_add(out, "°N");
}

void case_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    static const char *const grades[] = {"risk_level", "priority", "grade", NULL};
    static const char *const states[] = {"status", "stage", "state", NULL};
    static const char *const towns[] = {"town", "region", NULL};
    enum { COLUMNS_FOR_PLACE = 100 };
    const struct case_screen *self = (const struct case_screen *)screen;
    const struct casefile *file = self->file;
    buffer_add(left, "案卷 · ");
    if (!file) {
        buffer_add(left, self->reg->label);
        return;
    }
    const struct lookup *lookup = store_lookup(file->store);
    record_name(&file->object, lookup, left);
    struct buffer said = {0};
    for (size_t i = 0; i < file->profile_count; i++)
        tell_first(&file->profiles[i], grades, lookup, &said);
    tell_first(&file->object, grades, lookup, &said);
    tell_first(&file->object, states, lookup, &said);
    tell_first(&file->object, towns, lookup, &said);
    if (screen->app->grid.columns >= COLUMNS_FOR_PLACE)
        tell_place(&file->object, &said);
    buffer_addf(right, "%s%s", is_overdue(file) ? "! 逾期 · " : "", buffer_text(&said));
    if (!store_can_write(file->store))
        buffer_addf(right, "%s只读", right->length ? " · " : "");
    buffer_release(&said);
}

/* ---- pages ---- */

static void write_tab(const struct case_screen *self, size_t tab, struct buffer *out)
{
    const struct casefile *file = self->file;
    if (tab == 0)
        buffer_add(out, "概要");
    else if (tab > file->relation_count)
        buffer_add(out, "历史");
    else
        buffer_addf(out, "%s %lld", reg_brief(file->relations[tab - 1].reg),
                    (long long)file->relations[tab - 1].count);
}

/* Columns of tabs `first` to `last` with what stands around them. */
static int tabs_width(const struct case_screen *self, size_t first, size_t last)
{
    int width = 0;
    struct buffer text = {0};
    for (size_t i = first; i <= last; i++) {
        buffer_clear(&text);
        write_tab(self, i, &text);
        width += grid_text_width(text.text) + GAP;
    }
    buffer_release(&text);
    return width;
}

/* The page in front always shows; arrows say that there are others to either side. */
static void draw_tabs(const struct case_screen *self, struct grid *row)
{
    size_t first = 0, count = self->file->relation_count + 2;
    int at = 2, right = row->columns - 3;
    struct buffer text = {0};
    while (first < self->tab && tabs_width(self, first, self->tab) > right - at)
        first++;
    if (first)
        grid_text(row, 0, 0, 2, STYLE_KEY, "←");
    for (size_t i = first; i < count; i++) {
        bool is_front = i == self->tab;
        buffer_clear(&text);
        write_tab(self, i, &text);
        int width = grid_text_width(text.text);
        if (at + width > right + 1) {
            grid_text(row, 0, row->columns - 2, 1, STYLE_KEY, "→");
            break;
        }
        grid_text(row, 0, at - 1, 1, STYLE_TITLE, is_front ? "[" : "");
        grid_text(row, 0, at, width, is_front ? STYLE_TITLE : STYLE_PLAIN, text.text);
        grid_text(row, 0, at + width, 1, STYLE_TITLE, is_front ? "]" : "");
        at += width + GAP;
    }
    buffer_release(&text);
}

static unsigned mark_style(char mark)
{
    return mark == '!' || mark == 'x' ? STYLE_ERROR : mark == '?' ? STYLE_WARNING : STYLE_PLAIN;
}

/* The name gives way to what else there is, down to three fifths of the room. */
static void draw_entry(const struct case_line *line, struct grid *row)
{
    char mark[2] = {line->mark, '\0'};
    int end = row->columns - 1, style = (int)mark_style(line->mark);
    if (line->right)
        end = grid_text_right(row, 0, FIRST_COLUMN, row->columns - FIRST_COLUMN - 1,
                              (unsigned)style, line->right) -
              GAP;
    grid_text(row, 0, MARK_COLUMN, 1, (unsigned)style, mark);
    int room = end - FIRST_COLUMN, name = room;
    if (line->more) {
        int wanted = room - grid_text_width(line->more) - GAP, least = room * 3 / 5;
        name = wanted > least ? wanted : least;
    }
    int used = grid_text(row, 0, FIRST_COLUMN, name, STYLE_PLAIN, line->text ? line->text : "");
    if (line->more)
        grid_text(row, 0, FIRST_COLUMN + used + GAP, room - used - GAP, STYLE_HINT, line->more);
}

static int chart_rows(const struct case_screen *self)
{
    int rows = 0;
    for (size_t i = 0; i < self->line_count; i++)
        rows += self->lines[i].kind == CASE_CHART;
    return rows;
}

static void draw_line(const struct case_screen *self, const struct case_line *line,
                      struct grid *row)
{
    switch (line->kind) {
    case CASE_HEADING:
        if (line->right)
            grid_text_right(row, 0, 3, row->columns - 4, STYLE_HINT, line->right);
        grid_text(row, 0, 3, row->columns - 6 - (line->right ? grid_text_width(line->right) : 0),
                  STYLE_HEADING, line->text);
        break;
    case CASE_ENTRY:
        draw_entry(line, row);
        break;
    case CASE_CHART:
        case_chart_draw_row(&self->file->series, line->row, chart_rows(self), row);
        break;
    case CASE_BLANK:
        break;
    }
}

/* The heading above the selected line comes into sight with it. */
static void scroll(struct case_screen *self)
{
    size_t first = self->selected;
    while (first > 0 && !case_leads(&self->lines[first - 1]) &&
           self->selected - first + 1 < self->page)
        first--;
    if (first < self->top)
        self->top = first;
    if (self->selected >= self->top + self->page)
        self->top = self->selected - self->page + 1;
    if (self->top + self->page > self->line_count)
        self->top = self->line_count > self->page ? self->line_count - self->page : 0;
}

static void draw_first_page(struct case_screen *self, int rows, struct grid *area)
{
    if (rows != self->laid_out_rows)
        case_lay_out(self, rows);
    self->page = area->rows > 0 ? (size_t)area->rows : 1;
    scroll(self);
    for (size_t i = 0; i < self->page && self->top + i < self->line_count; i++) {
        struct grid row = grid_part(area, (int)i, 0, 1, area->columns);
        const struct case_line *line = &self->lines[self->top + i];
        draw_line(self, line, &row);
        if (self->top + i != self->selected || !case_leads(line))
            continue;
        grid_text(&row, 0, 1, 1, STYLE_PLAIN, "▶");
        grid_restyle(&row, 0, 0, row.columns, STYLE_SELECTED);
        grid_show_cursor(&row, 0, 0);
    }
}

/* ---- a relation ---- */

struct rows {
    const struct case_screen *self;
    const struct case_tab *tab;
    struct check_context context;
    struct columns columns;
    struct record *records; /* from row `first` on; owned */
    size_t first, count;
};

/* The first drawing only reads: the decimals of all numbers decide where their points stand. */
static void read_row(void *context, size_t row, struct grid *area)
{
    struct rows *rows = context;
    (void)area;
    if (rows->count == 0)
        rows->first = row;
    struct record *record = &rows->records[rows->count++];
    store_get(rows->self->file->store, rows->tab->relation->reg, rows->tab->ids.ids[row], record,
              NULL);
    columns_measure(&rows->columns, record);
}

/* Overdue, a lost file, something missing, all files there. */
static const char *mark_of(const struct rows *rows, const struct record *record, unsigned *style)
{
    const struct duty *duty = duty_of(record, &rows->context);
    size_t lost, files = casefile_count_files(rows->self->file->store, record, &lost);
    bool is_bad = (duty && duty->mark == '!') || lost;
    bool lacks = duty || record_missing(record);
    *style = is_bad ? STYLE_ERROR : lacks ? STYLE_WARNING : STYLE_DONE;
    if (is_bad)
        return duty && duty->mark == '!' ? duty_marks(duty, record, &rows->context) : "!";
    return lacks ? "?" : files ? "✓" : " ";
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct rows *rows = context;
    const struct record *record = &rows->records[row - rows->first];
    unsigned style;
    const char *mark = mark_of(rows, record, &style);
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == rows->tab->list.selected ? "▶" : "");
    grid_text(area, 0, MARK_COLUMN, MARK_WIDTH, style, mark);
    columns_draw_row(&rows->columns, record, store_lookup(rows->self->file->store), area);
}

static void draw_relation(struct case_screen *self, struct case_tab *tab, struct grid *area)
{
    const struct reg *reg = tab->relation->reg;
    struct rows rows = {
        .self = self, .tab = tab, .context = store_check_context(self->file->store)};
    struct grid heading = grid_part(area, 0, 0, 1, area->columns);
    struct grid list = grid_part(area, 1, 0, area->rows - 1, area->columns);
    int left = reg->deadline ? MARK_COLUMN + MARK_WIDTH + 1 : FIRST_COLUMN;
    columns_lay_out_below(&rows.columns, reg, tab->relation->links[0]->name, left,
                          area->columns - 1);
    columns_draw_heading(&rows.columns, &heading, reg->order ? reg->order : reg->name_field,
                         reg->descending);
    rows.records = mem_new(list.rows > 0 ? (size_t)list.rows + 1 : 1, sizeof *rows.records);
    listview_draw(&tab->list, &list, true, read_row, &rows);
    listview_draw(&tab->list, &list, false, draw_row, &rows);
    for (size_t i = 0; i < rows.count; i++)
        record_release(&rows.records[i]);
    free(rows.records);
}

/* ---- the history ---- */

static void draw_act(void *context, size_t row, struct grid *area)
{
    const struct case_screen *self = context;
    const struct case_act *act = &self->acts[row];
    struct buffer text = {0};
    wording_time(act->at, self->today, &text);
    buffer_addf(&text, "  %s  %s", reg_brief(act->reg), act->text);
    if (act->changes > 1)
        buffer_addf(&text, "（%zu 项）", act->changes);
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == self->act_list.selected ? "▶" : "");
    grid_text(area, 0, MARK_COLUMN, area->columns - MARK_COLUMN - 1, STYLE_PLAIN, text.text);
    buffer_release(&text);
}

void case_draw(struct screen *screen, struct grid *body)
{
    struct case_screen *self = (struct case_screen *)screen;
    struct grid tabs = grid_part(body, 0, 0, 1, body->columns);
    struct grid area =
        grid_part(body, CASE_ROWS_ABOVE, 0, body->rows - CASE_ROWS_ABOVE, body->columns);
    if (!self->file) {
        grid_wrap(body, 0, STYLE_HINT, "这一条读不出来。按 Esc 返回。");
        return;
    }
    draw_tabs(self, &tabs);
    grid_rule(body, 1);
    struct case_tab *tab = case_tab_in_front(self);
    if (tab)
        draw_relation(self, tab, &area);
    else if (case_is_on_history(self))
        listview_draw(&self->act_list, &area, false, draw_act, self);
    else
        draw_first_page(self, body->rows, &area);
}
