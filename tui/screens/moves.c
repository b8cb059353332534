/* 办理: where a case stands, what can be done with it, and what is missing for that. */
#include "tui/screens/moves.h"

#include "core/duty.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/draft.h"
#include "db/moves.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/listview.h"
#include "tui/screens/undo.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOVES_MOST = 16,
    LEFT = 1,
    MARK_COLUMN = 3,
    TEXT_COLUMN = 5,
    LABEL_WIDTH = 16,
    CHANGE_WIDTH = 28,
    PANEL_ROWS = 4, /* with its rule */
    ROWS_FOR_PANEL = 14,
};

struct possible {
    const struct life_move *move;
    struct findings lacks;
};

struct moves_screen {
    struct screen base;
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    struct record record;
    struct possible moves[MOVES_MOST];
    size_t count;
    struct listview list;  /* of the moves */
    struct listview lacks; /* of the selected one */
    bool on_lacks;         /* where the cursor is */
    bool has_draft;
    int list_top, lacks_top; /* rows of the body */
};

static struct moves_screen *moves_of(const struct screen *screen)
{
    return (struct moves_screen *)screen;
}

bool moves_are_possible(const struct reg *reg)
{
    return reg->life != NULL;
}

/* ---- reading ---- */

static void clear(struct moves_screen *self)
{
    for (size_t i = 0; i < self->count; i++)
        findings_release(&self->moves[i].lacks);
    self->count = 0;
    record_release(&self->record);
}

static bool find_draft(const struct moves_screen *self)
{
    struct draft *drafts;
    size_t count;
    bool found = false;
    if (!draft_list(desk_store(self->base.app), &drafts, &count, NULL))
        return false;
    for (size_t i = 0; i < count; i++)
        found = found || (drafts[i].reg == self->reg && strcmp(drafts[i].record, self->id) == 0);
    free(drafts);
    return found;
}

static const struct possible *selected(const struct moves_screen *self)
{
    return self->list.selected < self->count ? &self->moves[self->list.selected] : NULL;
}

static void show_lacks(struct moves_screen *self)
{
    const struct possible *possible = selected(self);
    listview_set_count(&self->lacks, possible ? possible->lacks.count : 0);
    listview_select(&self->lacks, 0);
    self->on_lacks = self->on_lacks && self->lacks.count > 0;
}

static bool load(struct moves_screen *self, struct error *err)
{
    struct store *store = desk_store(self->base.app);
    const struct life_move *move;
    clear(self);
    if (!store_get(store, self->reg, self->id, &self->record, err)) {
        record_release(&self->record);
        record_init(&self->record, self->reg);
        return false;
    }
    for (; !self->record.deleted && self->count < MOVES_MOST &&
           (move = life_move_at(&self->record, self->count));
         self->count++) {
        struct possible *possible = &self->moves[self->count];
        *possible = (struct possible){.move = move};
        moves_add_refusals(store, move, &self->record, &self->record, &possible->lacks);
    }
    self->has_draft = find_draft(self);
    listview_set_count(&self->list, self->count);
    show_lacks(self);
    return true;
}

static void reload(struct moves_screen *self, bool from_top)
{
    struct error err = {0};
    if (!load(self, &err))
        app_error(self->base.app, &err);
    if (from_top)
        listview_select(&self->list, 0);
    show_lacks(self);
}

/* ---- where it stands ---- */

static void moves_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct moves_screen *self = moves_of(screen);
    struct store *store = desk_store(screen->app);
    buffer_add(left, "办理 · ");
    record_name(&self->record, store_lookup(store), left);
    buffer_add(right, record_text(&self->record, self->reg->life->state));
    if (!store_can_write(store))
        buffer_add(right, " · 只读");
}

/* A pen that writes along the rows. */
struct pen {
    struct grid *area;
    int row, column;
};

static void write_on(struct pen *pen, unsigned style, const char *text)
{
    int width = grid_text_width(text);
    if (pen->column > LEFT && pen->column + width > pen->area->columns - 1) {
        pen->row++;
        pen->column = LEFT;
    }
    grid_text(pen->area, pen->row, pen->column, pen->area->columns - pen->column, style, text);
    pen->column += width;
}

static void draw_state(struct pen *pen, const char *state, const char *mark, unsigned style,
                       bool is_last)
{
    struct buffer text = {0};
    buffer_addf(&text, "%s %s%s", mark, state, is_last ? "" : " → ");
    write_on(pen, style, text.text);
    buffer_release(&text);
}

/* "✓ 已登记 → ▶ 整改中 → · 企业自验 …": what is done, where it stands, what is to come. Returns the
 * rows that it takes. */
static int draw_line(const struct moves_screen *self, struct grid *area)
{
    const char *now = record_text(&self->record, self->reg->life->state);
    const char *stand = life_stand(&self->record);
    struct pen pen = {.area = area, .column = LEFT};
    bool is_on_line = !*now, is_behind = true;
    for (const char *at = self->reg->life->line; *at;) {
        size_t length = strcspn(at, "|");
        char *state = mem_text_part(at, length);
        bool is_stand = strcmp(state, stand) == 0;
        bool is_now = is_stand && (!*now || strcmp(now, stand) == 0);
        is_on_line = is_on_line || is_now;
        draw_state(&pen, state,
                   is_now      ? "▶"
                   : is_behind ? "✓"
                               : "·",
                   is_now      ? STYLE_TITLE
                   : is_behind ? STYLE_DONE
                               : STYLE_HINT,
                   !at[length]);
        is_behind = is_behind && !is_stand;
        free(state);
        at += length + (at[length] == '|');
    }
    if (is_on_line)
        return pen.row + 1;
    grid_printf(area, pen.row + 1, LEFT, area->columns - LEFT, STYLE_WARNING, "▶ %s", now);
    return pen.row + 2;
}

/* "计划完成时限 2026-06-03   !! 逾期 12 天，满 7 天" */
static void write_terms(const struct moves_screen *self, struct buffer *out)
{
    const struct check_context context = store_check_context(desk_store(self->base.app));
    const struct reg_deadline *deadline = self->reg->deadline;
    const struct duty *duty = duty_of(&self->record, &context);
    if (deadline && *record_text(&self->record, deadline->date))
        buffer_addf(out, "%s %s", reg_field_find(self->reg, deadline->date)->label,
                    record_text(&self->record, deadline->date));
    if (duty && (duty->is_deadline || duty->is_pause)) {
        int level = duty_level(duty, &self->record, &context);
        buffer_addf(out, "   %s ", duty_marks(duty, &self->record, &context));
        duty_tell(duty, &self->record, context.today, out);
        if (level > 1)
            buffer_addf(out, "，满 %d 天", duty_level_days(level, &context));
    }
    if (self->has_draft)
        buffer_addf(out, "%s~ 有没办完的，填过的还在", out->length ? "   " : "");
}

/* ---- moves and what is missing ---- */

static bool is_asked(const struct life_move *move, const char *field)
{
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++)
        if (strcmp(move->asks[i], field) == 0)
            return true;
    return false;
}

/* Whether it is only a field that is filled in when the move is done; else somebody has to see to
 * it before. */
static bool is_fillable(const struct moves_screen *self, const struct life_move *move,
                        const struct finding *finding)
{
    const struct record *record = &self->record;
    const struct field *field = finding->field ? reg_field_find(self->reg, finding->field) : NULL;
    if (!field || !field_is_stored(field) || (field->flags & FIELD_AUTO))
        return false;
    if (!(move->flags & LIFE_AHEAD) && is_asked(move, field->name))
        return true; /* also what stands there from the last time */
    return value_is_null(record_value(record, field->name)) &&
           text_starts_with(finding->message, "缺") &&
           text_ends_with(finding->message, field->label);
}

static void draw_move(void *context, size_t row, struct grid *area)
{
    const struct moves_screen *self = context;
    const struct possible *possible = &self->moves[row];
    struct buffer text = {0};
    size_t elsewhere = 0;
    for (size_t i = 0; i < possible->lacks.count; i++)
        elsewhere += !is_fillable(self, possible->move, &possible->lacks.items[i]);
    grid_text(area, 0, LEFT, 1, STYLE_PLAIN, row == self->list.selected ? "▶" : "");
    grid_printf(area, 0, MARK_COLUMN, 2, STYLE_KEY, "%zu", row + 1);
    grid_text(area, 0, TEXT_COLUMN, LABEL_WIDTH - 1, STYLE_PLAIN, possible->move->label);
    moves_tell_change(possible->move, &self->record, &text);
    grid_text(area, 0, TEXT_COLUMN + LABEL_WIDTH, CHANGE_WIDTH - 1, STYLE_HINT, text.text);
    buffer_clear(&text);
    if (elsewhere)
        buffer_addf(&text, "! 先办 %zu 处%s", elsewhere,
                    possible->lacks.count > elsewhere ? "，" : "");
    if (possible->lacks.count > elsewhere)
        buffer_addf(&text, "? 要填 %zu 处", possible->lacks.count - elsewhere);
    else if (possible->lacks.count == 0)
        buffer_add(&text, "✓ 可以办");
    int column = TEXT_COLUMN + LABEL_WIDTH + CHANGE_WIDTH;
    grid_text(area, 0, column, area->columns - column - 1,
              elsewhere               ? STYLE_ERROR
              : possible->lacks.count ? STYLE_WARNING
                                      : STYLE_DONE,
              text.text);
    buffer_release(&text);
}

static void draw_lack(void *context, size_t row, struct grid *area)
{
    const struct moves_screen *self = context;
    const struct finding *finding = &selected(self)->lacks.items[row];
    bool fillable = is_fillable(self, selected(self)->move, finding);
    bool is_here = self->on_lacks && row == self->lacks.selected;
    grid_text(area, 0, LEFT, 1, STYLE_PLAIN, is_here ? "▶" : "");
    grid_text(area, 0, MARK_COLUMN, 1, fillable ? STYLE_WARNING : STYLE_ERROR,
              fillable ? "?" : "!");
    grid_text(area, 0, TEXT_COLUMN, area->columns - TEXT_COLUMN - 1, STYLE_PLAIN, finding->message);
}

/* Without a selected row: the cursor is elsewhere. */
static void draw_quietly(struct listview *list, struct grid *area, listview_draw_row *draw_row,
                         void *context)
{
    for (size_t i = 0; (int)i < area->rows && list->top + i < list->count; i++) {
        struct grid row = grid_part(area, (int)i, 0, 1, area->columns);
        draw_row(context, list->top + i, &row);
    }
}

static void draw_lacks(struct moves_screen *self, struct grid *area)
{
    const struct possible *possible = selected(self);
    struct grid rows = grid_part(area, 1, 0, area->rows - 1, area->columns);
    if (!possible)
        return;
    grid_printf(area, 0, LEFT, area->columns - LEFT - 1, STYLE_HEADING, "%s：%s",
                possible->move->label, possible->move->help);
    if (self->lacks.count == 0)
        grid_text(&rows, 0, TEXT_COLUMN, rows.columns - TEXT_COLUMN - 1, STYLE_DONE,
                  possible->move->asks[0] ? "没有别的要先办，按 Enter 填写。"
                                          : "要的都有了，按 Enter 办理。");
    else if (self->on_lacks)
        listview_draw(&self->lacks, &rows, false, draw_lack, self);
    else
        draw_quietly(&self->lacks, &rows, draw_lack, self);
}

static void draw_panel(const struct moves_screen *self, struct grid *panel)
{
    const struct possible *possible = selected(self);
    if (!possible)
        return;
    const struct finding *lack =
        self->lacks.count ? &possible->lacks.items[self->lacks.selected] : NULL;
    struct buffer text = {0};
    if (lack && self->on_lacks)
        buffer_addf(&text, "%s。\n", lack->message);
    buffer_addf(&text, "依据 %s", lack && lack->basis ? lack->basis : possible->move->basis);
    grid_wrap(panel, 0, STYLE_HINT, text.text);
    buffer_release(&text);
}

static void draw_nothing(const struct moves_screen *self, struct grid *area)
{
    const struct reg *reg = self->reg;
    struct grid text = grid_part(area, 0, TEXT_COLUMN, area->rows, area->columns - TEXT_COLUMN - 1);
    struct buffer words = {0};
    if (self->record.deleted)
        buffer_add(&words, "这一条已经删除，撤销那次删除后才能办。");
    else
        buffer_addf(&words, "这一%s已经办完，没有下一步。按 h 看办理的经过。", reg->counter);
    grid_wrap(&text, 0, STYLE_HINT, words.text);
    buffer_release(&words);
}

static void moves_draw(struct screen *screen, struct grid *body)
{
    struct moves_screen *self = moves_of(screen);
    struct buffer terms = {0};
    bool roomy = body->rows >= ROWS_FOR_PANEL;
    int row = draw_line(self, body);
    write_terms(self, &terms);
    if (terms.length)
        grid_text(body, row++, LEFT, body->columns - LEFT - 1, STYLE_PLAIN, terms.text);
    buffer_release(&terms);
    if (roomy)
        grid_rule(body, row++);
    int panel = roomy ? PANEL_ROWS : 0, room = body->rows - row - panel - (roomy ? 1 : 0);
    int rows = (int)self->count < room / 2 ? (int)self->count : room / 2;
    self->list_top = row;
    struct grid moves = grid_part(body, row, 0, rows > 1 ? rows : 1, body->columns);
    if (self->count == 0)
        draw_nothing(self, &moves);
    listview_draw(&self->list, &moves, self->on_lacks, draw_move, self);
    row += moves.rows;
    if (roomy)
        grid_rule(body, row++);
    self->lacks_top = row + 1;
    struct grid lacks = grid_part(body, row, 0, body->rows - row - panel, body->columns);
    draw_lacks(self, &lacks);
    if (!roomy)
        return;
    grid_rule(body, body->rows - panel);
    struct grid below =
        grid_part(body, body->rows - panel + 1, LEFT, panel - 1, body->columns - 2 * LEFT);
    draw_panel(self, &below);
}

/* ---- keys ---- */

static bool can_do(const struct screen *screen)
{
    const struct moves_screen *self = moves_of(screen);
    return selected(self) && !self->on_lacks && store_can_write(desk_store(screen->app));
}

static bool is_on_lack(const struct screen *screen)
{
    return moves_of(screen)->on_lacks;
}

static bool has_lacks(const struct screen *screen)
{
    return moves_of(screen)->lacks.count > 0;
}

static bool can_write(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

static const struct reg *reporting_child(const struct reg *reg)
{
    for (size_t i = 0; reg_child(reg, i); i++)
        if (reg_child(reg, i)->progress)
            return reg_child(reg, i);
    return NULL;
}

static bool can_report(const struct screen *screen)
{
    return can_write(screen) && reporting_child(moves_of(screen)->reg);
}

static void do_move(struct screen *screen, int key)
{
    (void)key;
    struct moves_screen *self = moves_of(screen);
    moves_begin(screen->app, &self->record, selected(self)->move);
}

/* A new record of another register, on the same objects as the case. */
static void begin_elsewhere(const struct moves_screen *self, const struct reg *reg)
{
    enum { MOST = 16 };
    struct form_preset presets[MOST];
    size_t count = 0;
    for (struct field_walk walk = {.reg = reg}; count < MOST && reg_walk(&walk);) {
        const struct field *own = reg_field_find(self->reg, walk.field->name);
        if (!own || own->type != TYPE_REF || walk.field->type != TYPE_REF ||
            strcmp(own->target, walk.field->target) != 0 || !field_is_stored(walk.field) ||
            value_is_null(record_value(&self->record, own->name)))
            continue;
        presets[count++] = (struct form_preset){own->name, record_text(&self->record, own->name)};
    }
    form_open_new(self->base.app, reg, presets, count);
}

/* To where it can be mended. */
static void open_lack(struct screen *screen, int key)
{
    (void)key;
    struct moves_screen *self = moves_of(screen);
    const struct finding *lack = &selected(self)->lacks.items[self->lacks.selected];
    const struct reg *other = lack->mended_by ? reg_find(lack->mended_by) : NULL;
    if (other && !can_write(screen))
        app_message(screen->app, MESSAGE_INFORMATION, "只能查看，不能登记%s。", other->label);
    else if (other && other->parent)
        form_open(screen->app, other, NULL, self->id);
    else if (other)
        begin_elsewhere(self, other);
    else
        form_open_at(screen->app, self->reg, self->id,
                     lack->field ? reg_field_find(self->reg, lack->field) : NULL);
}

static void change_side(struct screen *screen, int key)
{
    (void)key;
    struct moves_screen *self = moves_of(screen);
    self->on_lacks = !self->on_lacks && self->lacks.count > 0;
}

static void select_number(struct screen *screen, int key)
{
    struct moves_screen *self = moves_of(screen);
    if ((size_t)(key - '1') >= self->count)
        return;
    self->on_lacks = false;
    listview_select(&self->list, (size_t)(key - '1'));
    show_lacks(self);
}

static void edit(struct screen *screen, int key)
{
    (void)key;
    form_open(screen->app, moves_of(screen)->reg, moves_of(screen)->id, NULL);
}

static void report(struct screen *screen, int key)
{
    (void)key;
    const struct moves_screen *self = moves_of(screen);
    form_open(screen->app, reporting_child(self->reg), NULL, self->id);
}

static void show_history(struct screen *screen, int key)
{
    (void)key;
    history_open(screen->app, moves_of(screen)->reg, moves_of(screen)->id);
}

static void undo(struct screen *screen, int key)
{
    (void)key;
    if (undo_ask(screen->app))
        reload(moves_of(screen), true);
}

static bool moves_input(struct screen *screen, const struct event *event)
{
    struct moves_screen *self = moves_of(screen);
    if (event->kind == EVENT_MOUSE && event->mouse == MOUSE_PRESS)
        self->on_lacks = self->lacks.count > 0 && event->row >= self->lacks_top;
    if (self->on_lacks)
        return listview_input_at(&self->lacks, event, self->lacks_top);
    size_t before = self->list.selected;
    bool used = listview_input_at(&self->list, event, self->list_top);
    if (self->list.selected != before)
        show_lacks(self);
    return used;
}

/* After a move the next step stands first. */
static void moves_resume(struct screen *screen)
{
    struct moves_screen *self = moves_of(screen);
    struct buffer state = {0};
    buffer_add(&state, record_text(&self->record, self->reg->life->state));
    reload(self, false);
    if (strcmp(buffer_text(&state), record_text(&self->record, self->reg->life->state)) != 0)
        listview_select(&self->list, 0);
    show_lacks(self);
    buffer_release(&state);
}

static void moves_close(struct screen *screen)
{
    struct moves_screen *self = moves_of(screen);
    clear(self);
    listview_release(&self->list);
    listview_release(&self->lacks);
    free(self);
}

static const struct action actions[] = {
    {.key = K_ENTER,
     .name = "办理",
     .help = "办光标所在的一步：先填要填的几项，再按 F2。",
     .is_available = can_do,
     .run = do_move},
    {.key = K_ENTER,
     .name = "去补",
     .help = "光标在所缺的一行上：打开表单，停在那一项；缺进展、缺监测结果的，新建一条。",
     .is_available = is_on_lack,
     .run = open_lack},
    {.key = K_TAB,
     .last = K_BACKTAB,
     .name = "看所缺",
     .help = "在上面的步骤和下面所缺的各行之间换；光标在某一行上，就显示它的依据。",
     .is_available = has_lacks,
     .run = change_side},
    {.key = '1', .last = '9', .help = "光标到第几步。", .run = select_number},
    {.key = 'n',
     .name = "报进展",
     .help = "登记一条进展：日期、百分比、做了什么。",
     .is_available = can_report,
     .run = report},
    {.key = 'e', .name = "编辑", .help = "打开整条记录的表单。", .run = edit},
    {.key = 'h', .name = "历史", .help = "这条记录的全部修改。", .run = show_history},
    {.key = 'u',
     .name = "撤销",
     .help = "撤销最后一次改动；先说明是哪一次。",
     .is_available = can_write,
     .run = undo},
    {0},
};

const struct screen_class *moves_class(void)
{
    static const struct screen_class class = {
        .name = "办理",
        .about = "一件事办到了哪一步：✓ 已办，▶ 现在，· 还没到。下面是现在能办的几步，"
                 "最前面的是下一步；再下面是光标所在的一步还缺什么：? 办理时就能填，"
                 "! 要先到别处办好。",
        .actions = actions,
        .title = moves_title,
        .draw = moves_draw,
        .input = moves_input,
        .resume = moves_resume,
        .close = moves_close,
    };
    return &class;
}

void moves_open(struct app *app, const struct reg *reg, const char *id)
{
    struct moves_screen *self = mem_new(1, sizeof *self);
    struct error err = {0};
    self->base.class = moves_class();
    self->base.app = app;
    self->reg = reg;
    strncpy(self->id, id, sizeof self->id - 1);
    if (!load(self, &err)) {
        app_error(app, &err);
        moves_close(&self->base);
        return;
    }
    app_push(app, &self->base);
}
