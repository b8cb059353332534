/* What came out of an inspection and what is left to do, a line each; Enter leads there. */
#include "tui/screens/inspect.h"

#include "core/mem.h"
#include "core/registers.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DETAIL_ROWS = 4, ROOMY_ROWS = 12, ANSWER_NO = 1, ANSWER_UNSURE = 3, NO_ITEM = -1 };

struct summary_line {
    struct inspect_look look;
    char *text;            /* owned */
    const struct reg *reg; /* of the record that Enter opens; NULL: see `item` */
    char id[RECORD_ID_SIZE];
    int item; /* the question that Enter makes a problem; NO_ITEM: back to the questions */
};

struct summary_screen {
    struct screen base;
    struct inspection inspection;
    struct summary_line *lines;
    size_t count, capacity;
    struct listview list;
};

static struct summary_screen *summary_of(const struct screen *screen)
{
    return (struct summary_screen *)screen;
}

static struct summary_line *add_line(struct summary_screen *self, int answer, struct buffer *text)
{
    self->lines = mem_grow(self->lines, self->count, &self->capacity, sizeof *self->lines);
    struct summary_line *line = &self->lines[self->count++];
    *line = (struct summary_line){
        .look = inspect_look(answer), .text = buffer_take(text), .item = NO_ITEM};
    return line;
}

static void lead_to(struct summary_line *line, const struct reg *reg, const char *id)
{
    line->reg = reg;
    snprintf(line->id, sizeof line->id, "%s", id);
}

/* ---- the lines ---- */

static void add_progress(struct summary_screen *self)
{
    struct inspection_count count = inspection_count(&self->inspection);
    size_t rest = self->inspection.count - count.answered;
    struct buffer text = {0};
    buffer_addf(&text, "已答 %zu/%zu：", count.answered, self->inspection.count);
    for (size_t i = 0; i < INSPECTION_ANSWERS; i++)
        buffer_addf(&text, "%s%s %zu", i ? "，" : "", inspection_answer_name(i), count.by[i]);
    if (rest)
        buffer_addf(&text, "；还有 %zu 项没有答，按 Enter 去答", rest);
    add_line(self, rest ? ANSWER_UNSURE : 0, &text);
}

static void add_answers(struct summary_screen *self, int answer)
{
    for (size_t i = 0; i < self->inspection.count; i++) {
        const struct record *item = &self->inspection.items[i];
        const char *problem = record_text(item, "problem");
        struct buffer text = {0};
        if (inspection_answer_of(item) != answer)
            continue;
        buffer_addf(&text, "%s ", inspection_answer_name((size_t)answer));
        record_format(item, "number", &text);
        buffer_addf(&text, " %s", record_text(item, "content"));
        if (answer == ANSWER_NO)
            buffer_addf(&text, "：%s", *problem ? "已转整改" : "还没有转为整改问题，按 Enter 登记");
        struct summary_line *line = add_line(self, answer, &text);
        if (answer == ANSWER_NO)
            line->item = (int)i;
        else
            lead_to(line, &reg_inspection_item, item->id);
    }
}

/* A result's mark is that of the answer which it would give. */
static int answer_of_verdict(const struct record *sample)
{
    const char *verdict = record_text(sample, "verdict");
    return strcmp(verdict, "达标") == 0   ? 0
           : strcmp(verdict, "超标") == 0 ? ANSWER_NO
                                          : ANSWER_UNSURE;
}

static void add_samples(struct summary_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct buffer where = {0};
    struct cursor *cursor;
    const struct record *sample = NULL;
    struct error err = {0};
    buffer_addf(&where, "inspection=\"%s\"", self->inspection.record.id);
    const struct query query = {.reg = &reg_sample, .where = where.text};
    bool ok = cursor_open(&cursor, store, &query, &err);
    while (ok && (ok = cursor_next(cursor, &sample, &err)) && sample) {
        struct buffer text = {0};
        const char *reason = record_text(sample, "verdict_reason");
        buffer_addf(&text, "样品 %s %s", record_text(sample, "point_name"),
                    record_text(sample, "factor"));
        if (*reason) /* it has the value in it */
            buffer_addf(&text, "。%s", reason);
        else
            buffer_addf(&text, " %s %s。没有判定", record_text(sample, "value"),
                        record_text(sample, "unit"));
        lead_to(add_line(self, answer_of_verdict(sample), &text), &reg_sample, sample->id);
    }
    if (!ok)
        app_error(self->base.app, &err);
    cursor_close(&cursor);
    buffer_release(&where);
}

/* What the record of the visit itself lacks: in one line what is empty, then what is wrong. */
static void add_findings(struct summary_screen *self)
{
    const struct record *record = &self->inspection.record;
    struct check_context context = store_check_context(desk_store(self->base.app));
    struct findings findings = {0};
    struct buffer gaps = {0};
    size_t missing = record_missing(record);
    record_check(record, &context, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        struct buffer text = {0};
        if (finding->is_gap) {
            buffer_addf(&gaps, "%s%s", gaps.length ? "、" : "",
                        reg_field_find(record->reg, finding->field)->label);
            continue;
        }
        buffer_add(&text, finding->message);
        lead_to(
            add_line(self, finding->severity == SEVERITY_ERROR ? ANSWER_NO : ANSWER_UNSURE, &text),
            &reg_inspection, record->id);
    }
    if (missing) {
        struct buffer text = {0};
        buffer_addf(&text, "检查信息待补 %zu 项：%s", missing, buffer_text(&gaps));
        lead_to(add_line(self, ANSWER_UNSURE, &text), &reg_inspection, record->id);
    }
    buffer_release(&gaps);
    findings_release(&findings);
}

static void release_lines(struct summary_screen *self)
{
    for (size_t i = 0; i < self->count; i++)
        free(self->lines[i].text);
    self->count = 0;
}

static void load(struct summary_screen *self, const char *id)
{
    struct inspection stored;
    struct error err = {0};
    if (!inspection_load(&stored, desk_store(self->base.app), id, &err)) {
        app_error(self->base.app, &err);
        inspection_release(&stored);
        return;
    }
    inspection_release(&self->inspection);
    self->inspection = stored;
    release_lines(self);
    add_progress(self);
    add_answers(self, ANSWER_NO);
    add_answers(self, ANSWER_UNSURE);
    add_samples(self);
    add_findings(self);
    if (self->list.count != self->count)
        listview_set_count(&self->list, self->count);
}

/* ---- the screen ---- */

static void summary_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct record *record = &summary_of(screen)->inspection.record;
    struct buffer name = {0};
    inspect_write_name(desk_store(screen->app), record, &name);
    buffer_addf(left, "检查小结 · %s", buffer_text(&name));
    buffer_addf(right, "%s · %s", record_text(record, "case_no"),
                record_text(record, "inspected_on"));
    buffer_release(&name);
}

static void draw_line(void *context, size_t row, struct grid *area)
{
    const struct summary_screen *self = context;
    const struct summary_line *line = &self->lines[row];
    grid_text(area, 0, 1, 2, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
    grid_text(area, 0, 3, 1, line->look.style, line->look.mark);
    grid_text(area, 0, 5, area->columns - 6, STYLE_PLAIN, line->text);
}

static void summary_draw(struct screen *screen, struct grid *body)
{
    struct summary_screen *self = summary_of(screen);
    int detail = body->rows >= ROOMY_ROWS ? DETAIL_ROWS + 1 : 0;
    struct grid rows = grid_part(body, 0, 0, body->rows - detail, body->columns);
    listview_draw(&self->list, &rows, false, draw_line, self);
    if (!detail || !self->count)
        return;
    struct grid text = grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    grid_rule(body, body->rows - detail);
    grid_wrap(&text, 0, STYLE_PLAIN, self->lines[self->list.selected].text);
}

static bool summary_input(struct screen *screen, const struct event *event)
{
    return listview_input(&summary_of(screen)->list, event);
}

static void summary_resume(struct screen *screen)
{
    char id[RECORD_ID_SIZE];
    memcpy(id, summary_of(screen)->inspection.record.id, sizeof id);
    load(summary_of(screen), id);
}

static void summary_close(struct screen *screen)
{
    struct summary_screen *self = summary_of(screen);
    inspection_release(&self->inspection);
    release_lines(self);
    free(self->lines);
    listview_release(&self->list);
    free(self);
}

/* ---- actions ---- */

static bool can_write(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

static void back_to_questions(struct app *app)
{
    app_pop(app);
    if (app_top(app))
        inspect_go_unanswered(app_top(app));
}

static void open_line(struct screen *screen, int key)
{
    (void)key;
    struct summary_screen *self = summary_of(screen);
    if (!self->count)
        return;
    const struct summary_line *line = &self->lines[self->list.selected];
    if (line->reg)
        form_open(screen->app, line->reg, line->id, NULL);
    else if (line->item != NO_ITEM)
        inspect_open_problem(screen->app, &self->inspection, (size_t)line->item);
    else
        back_to_questions(screen->app);
}

static void add_sample(struct screen *screen, int key)
{
    (void)key;
    inspect_add_sample(screen->app, &summary_of(screen)->inspection.record);
}

static void open_record(struct screen *screen, int key)
{
    (void)key;
    form_open(screen->app, &reg_inspection, summary_of(screen)->inspection.record.id, NULL);
}

static void print(struct screen *screen, int key)
{
    (void)key;
    struct id_list one = {.ids = &summary_of(screen)->inspection.record.id, .count = 1};
    export_open(screen->app, "inspection-form", &one);
}

static void tell_saved(struct screen *screen, int key)
{
    (void)key;
    app_message(screen->app, MESSAGE_DONE, "都已存下。Esc 回到检查表，x 打印检查表。");
}

const struct screen_class *inspect_summary_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开这一行说的记录；没有登记的问题就登记到整改台账。",
         .run = open_line},
        {.key = 's',
         .name = "采样",
         .help = "登记这次检查采的样品，存下就判定是否达标。",
         .is_available = can_write,
         .run = add_sample},
        {.key = 'e',
         .name = "检查信息",
         .help = "检查人员、执法证号、天气、结论等。",
         .run = open_record},
        {.key = 'x',
         .name = "打印表格",
         .help = "把检查表存成 .xlsx，打印出来签字。",
         .run = print},
        {.key = K_F(2), .help = "答案随答随存，这里没有要存的。", .run = tell_saved},
        {0},
    };
    static const struct screen_class class = {
        .name = "检查小结",
        .about = "答了多少、哪些是否、样品是否达标、还缺什么；每一行按 Enter 都能打开。",
        .actions = actions,
        .title = summary_title,
        .draw = summary_draw,
        .input = summary_input,
        .resume = summary_resume,
        .close = summary_close,
    };
    return &class;
}

void inspect_summary_open(struct app *app, const char *id)
{
    struct summary_screen *self = mem_new(1, sizeof *self);
    self->base.class = inspect_summary_class();
    app_push(app, &self->base);
    load(self, id);
}
