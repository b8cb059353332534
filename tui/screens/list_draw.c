#include "core/mem.h"
#include "core/text.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/screens/columns.h"
#include "tui/screens/list.h"
#include "tui/screens/narrow.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROOMY_ROWS = 12, /* from here on there is room for rules and details */
    DETAIL_ROWS = 2,
    MARK_COLUMN = 3,
    MARK_WIDTH = 3, /* "!!!" */
    FIRST_COLUMN = 5,
    COUNTY_DIGITS = 6,
};

/* What a draw needs: the records of the rows that are seen. */
struct view {
    struct list_screen *self;
    struct store *store;
    struct check_context context;
    struct columns columns;
    struct record *records; /* from row `first` on; owned */
    size_t first, count;
};

static bool has_draft(const struct list_screen *self, const char *id)
{
    for (size_t i = 0; i < self->draft_count; i++)
        if (self->drafts[i].reg == self->reg && strcmp(self->drafts[i].record, id) == 0)
            return true;
    return false;
}

/* The first error of the checks. A gap is no error but something to be filled in. */
static const struct finding *first_error(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->severity == SEVERITY_ERROR && !finding->is_gap)
            return finding;
    }
    return NULL;
}

static bool has_error(const struct view *view, const struct record *record)
{
    struct findings findings = {0};
    record_check(record, &view->context, &findings);
    bool found = first_error(&findings) != NULL;
    findings_release(&findings);
    return found;
}

struct mark {
    const char *text;
    unsigned style;
};

/* Where the columns begin: what can be missed by levels has wider marks. */
static int first_column(const struct reg *reg)
{
    return reg->deadline ? MARK_COLUMN + MARK_WIDTH + 1 : FIRST_COLUMN;
}

/* The most pressing thing about a record. */
static struct mark mark_of(const struct view *view, const struct record *record)
{
    const struct duty *duty = duty_of(record, &view->context);
    if (has_draft(view->self, record->id))
        return (struct mark){"~", STYLE_CHANGED};
    if (duty && duty->mark == '!')
        return (struct mark){duty_marks(duty, record, &view->context), STYLE_ERROR};
    if (has_error(view, record))
        return (struct mark){"x", STYLE_ERROR};
    if (record_missing(record) || duty)
        return (struct mark){"?", STYLE_WARNING};
    return (struct mark){" ", STYLE_PLAIN};
}

/* ---- rows ---- */

static const struct record *record_of(const struct view *view, size_t row)
{
    bool read = row >= view->first && row - view->first < view->count;
    return read ? &view->records[row - view->first] : NULL;
}

/* The first drawing of the rows only reads them: the decimals of all numbers decide where their
 * points stand. */
static void read_row(void *context, size_t row, struct grid *area)
{
    struct view *view = context;
    if (view->count == 0)
        view->first = row;
    (void)area;
    struct record *record = &view->records[view->count++];
    store_get(view->store, view->self->reg, list_id(view->self, row), record, NULL);
    columns_measure(&view->columns, record);
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct view *view = context;
    const struct record *record = record_of(view, row);
    const struct listview *list = &view->self->list;
    struct mark mark = mark_of(view, record);
    bool marked = listview_is_marked(list, row);
    grid_text(area, 0, 1, 2, STYLE_PLAIN, row == list->selected ? "▶" : " ");
    grid_text(area, 0, 2, 1, STYLE_CHANGED, marked ? "*" : " ");
    grid_text(area, 0, MARK_COLUMN, MARK_WIDTH, mark.style, mark.text);
    columns_draw_row(&view->columns, record, store_lookup(view->store), area);
}

static void draw_empty(const struct list_screen *self, struct grid *area)
{
    int left = first_column(self->reg);
    struct grid text = grid_part(area, 0, left, area->rows, area->columns - left);
    struct buffer words = {0};
    bool can_write = store_can_write(desk_store(self->base.app));
    if (self->filtered && self->more)
        buffer_add(&words, "正在查找……");
    else if (self->filtered)
        buffer_addf(&words, "没有含“%s”的记录。按 Esc 清除查找。", editor_text(&self->filter));
    else if (self->where.length || self->only.count)
        buffer_add(&words, "没有符合条件的记录。按 F 去掉条件。");
    else if (self->incomplete)
        buffer_add(&words, "没有待补的记录，必填项都填全了。按 b 看全部。");
    else
        buffer_addf(&words, "%s里还没有记录。%s%s", self->reg->label, self->reg->help,
                    can_write ? "\n\n按 o 导入已有的表格（.xlsx 或 .csv，先预览，再决定）；\n"
                                "按 n 新建一条。"
                              : "");
    grid_wrap(&text, 0, STYLE_HINT, buffer_text(&words));
    buffer_release(&words);
}

static void draw_rows(struct view *view, struct grid *area)
{
    struct list_screen *self = view->self;
    size_t most = area->rows > 0 ? (size_t)area->rows : 0;
    view->records = mem_new(most + 1, sizeof *view->records);
    listview_draw(&self->list, area, true, read_row, view);
    listview_draw(&self->list, area, self->typing, draw_row, view);
    if (self->list.count == 0)
        draw_empty(self, area);
}

/* ---- details ---- */

static void tell_code(const struct record *record, struct buffer *out)
{
    for (size_t i = 0; i < reg_field_count(record->reg); i++) {
        const struct field *field = reg_field(record->reg, i);
        if (field->type != TYPE_USCC || value_is_null(&record->values[i]))
            continue;
        buffer_add(out, "  ");
        record_format(record, field->name, out);
        return;
    }
    const struct value *number = record_value(record, "case_no");
    if (number && !value_is_null(number))
        buffer_addf(out, "  %s", number->text);
}

static void tell_verified(const struct record *record, struct date today, struct buffer *out)
{
    const struct value *value = record_value(record, "verified_on");
    struct date date;
    if (!value)
        return;
    if (value_is_null(value) || !date_parse(value->text, &date, NULL)) {
        buffer_add(out, "  未核实过");
        return;
    }
    buffer_addf(out, "  最近核实 %s（", value->text);
    int days = date_to_days(today) - date_to_days(date);
    wording_span(days > 0 ? days : 0, out);
    buffer_add(out, "）");
}

static void tell_state(const struct record *record, const struct lookup *lookup, struct buffer *out)
{
    static const char *const names[] = {"status", "stage", "state"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct value *value = record_value(record, names[i]);
        if (!value || value_is_null(value))
            continue;
        buffer_add(out, "  ");
        record_display(record, names[i], lookup, out);
        return;
    }
}

static void tell_missing(const struct record *record, struct buffer *out)
{
    size_t missing = record_missing(record);
    const char *separator = "：";
    if (missing)
        buffer_addf(out, "? 待补 %zu 项", missing);
    for (size_t i = 0; missing && i < reg_field_count(record->reg); i++) {
        if (!record_lacks(record, i))
            continue;
        buffer_add(out, separator);
        field_add_title(reg_field(record->reg, i), out);
        separator = "、";
    }
}

/* "x 信用代码……" of the first error. */
static void tell_error(const struct view *view, const struct record *record, struct buffer *out)
{
    struct findings findings = {0};
    record_check(record, &view->context, &findings);
    const struct finding *error = first_error(&findings);
    if (error)
        buffer_addf(out, "x %s", error->message);
    findings_release(&findings);
}

/* "!! 整改逾期 12 天，满 7 天" */
static void tell_duty(const struct view *view, const struct duty *duty, const struct record *record,
                      struct buffer *out)
{
    bool of_deadline = record->reg->deadline && (duty->is_deadline || duty->is_pause);
    int level = duty_level(duty, record, &view->context);
    buffer_addf(out, "%s%s ", out->length ? "  " : "", duty_marks(duty, record, &view->context));
    buffer_add(out, of_deadline ? record->reg->deadline->label : duty->label);
    if (duty->date)
        buffer_add(out, "：");
    duty_tell(duty, record, view->self->today, out);
    if (level > 1)
        buffer_addf(out, "，满 %d 天", duty_level_days(level, &view->context));
}

static void tell_pressing(const struct view *view, const struct record *record, struct buffer *out)
{
    const struct duty *duty = duty_of(record, &view->context);
    if (has_draft(view->self, record->id))
        buffer_add(out, "~ 有没存完的草稿，按 Enter 接着填。");
    if (duty)
        tell_duty(view, duty, record, out);
    if (out->length == 0)
        tell_error(view, record, out);
    if (out->length)
        buffer_add(out, "  ");
    tell_missing(record, out);
}

static void draw_details(const struct view *view, struct grid *area)
{
    const struct record *record = record_of(view, view->self->list.selected);
    if (!record)
        return;
    const struct lookup *lookup = store_lookup(view->store);
    struct buffer first = {0}, second = {0};
    record_name(record, lookup, &first);
    int name = text_width(buffer_text(&first)) > 40
                   ? grid_text(area, 0, 1, 40, STYLE_BOLD, buffer_text(&first))
                   : grid_text(area, 0, 1, area->columns - 2, STYLE_BOLD, buffer_text(&first));
    buffer_clear(&first);
    tell_code(record, &first);
    tell_state(record, lookup, &first);
    tell_verified(record, view->self->today, &first);
    grid_text(area, 0, 1 + name, area->columns - name - 2, STYLE_PLAIN, buffer_text(&first));
    tell_pressing(view, record, &second);
    struct mark mark = mark_of(view, record);
    grid_text(area, 1, 1, area->columns - 2, mark.style, buffer_text(&second));
    buffer_release(&first);
    buffer_release(&second);
}

/* ---- the whole ---- */

/* Draws the lines above the heading. Returns how many. */
static int draw_conditions(struct list_screen *self, struct grid *body)
{
    int row = 0;
    if (self->where.length) {
        struct buffer words = {0};
        narrow_tell(self->reg, self->where.text, &words);
        grid_printf(body, row++, 1, body->columns - 2, STYLE_PLAIN, "条件: %s", words.text);
        buffer_release(&words);
    }
    if (self->typing || self->filtered) {
        int at = 1 + grid_text(body, row, 1, body->columns, STYLE_PLAIN, "查找: ");
        int width = body->columns - at - 1 < 36 ? body->columns - at - 1 : 36;
        struct grid field = grid_part(body, row, at, 1, width);
        grid_text(body, row, at + width + 2, body->columns - at - width - 3, STYLE_HINT,
                  "名称、代码、地址都可以；↑↓ 移动");
        editor_draw(&self->filter, &field, STYLE_FIELD, self->typing);
        row++;
    }
    return row;
}

/* A bureau of one county has nothing to learn from the county's column. */
static bool is_one_region(struct store *store)
{
    const char *own = store_setting(store, "region");
    return strlen(own) == COUNTY_DIGITS && !text_ends_with(own, "00");
}

void list_draw(struct screen *screen, struct grid *body)
{
    struct list_screen *self = (struct list_screen *)screen;
    struct store *store = desk_store(screen->app);
    struct view view = {.self = self, .store = store, .context = store_check_context(store)};
    bool roomy = body->rows >= ROOMY_ROWS;
    columns_lay_out(&view.columns, self->reg, is_one_region(store), first_column(self->reg),
                    body->columns - 1);
    int row = draw_conditions(self, body);
    struct grid heading = grid_part(body, row++, 0, 1, body->columns);
    const char *own = self->reg->order ? self->reg->order : self->reg->name_field;
    columns_draw_heading(&view.columns, &heading, self->order ? self->order : own,
                         self->order ? self->descending : self->reg->descending);
    if (roomy)
        grid_rule(body, row++);
    int details = roomy ? DETAIL_ROWS + 1 : 0;
    self->rows_top = row;
    struct grid rows = grid_part(body, row, 0, body->rows - row - details, body->columns);
    draw_rows(&view, &rows);
    if (roomy) {
        int top = body->rows - DETAIL_ROWS;
        struct grid area = grid_part(body, top, 0, DETAIL_ROWS, body->columns);
        grid_rule(body, top - 1);
        draw_details(&view, &area);
    }
    for (size_t i = 0; i < view.count; i++)
        record_release(&view.records[i]);
    free(view.records);
}
