/* Field inspection: the list of questions, one line each, one key an answer. */
#include "tui/screens/inspect.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/shared.h"
#include "core/text.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"
#include "tui/screens/undo.h"

#include <stdlib.h>
#include <string.h>

enum {
    DETAIL_ROWS = 5,
    ROOMY_ROWS = 14,
    NUMBER_AT = 3,
    MARK_AT = 6,
    ANSWER_AT = 8,
    CATEGORY_AT = 15,
    CONTENT_AT = 24,
    TAIL_COLUMNS = 9,
    ANSWER_NO = 1,
};

static struct inspect_screen *inspect_of(const struct screen *screen)
{
    return (struct inspect_screen *)screen;
}

static struct store *store_of(const struct screen *screen)
{
    return desk_store(screen->app);
}

void inspect_write_name(struct store *store, const struct record *inspection, struct buffer *out)
{
    for (size_t i = 0; i < OBJECT_FIELD_COUNT && !out->length; i++)
        record_display(inspection, object_fields[i].name, store_lookup(store), out);
}

struct inspect_look inspect_look(int answer)
{
    static const struct inspect_look looks[INSPECTION_ANSWERS] = {
        {"✓", STYLE_DONE}, {"!", STYLE_ERROR}, {"-", STYLE_HINT}, {"?", STYLE_WARNING}};
    return answer < 0 ? (struct inspect_look){"·", STYLE_HINT} : looks[answer];
}

/* ---- reading ---- */

static void read_again(struct inspect_screen *self)
{
    struct inspection stored;
    struct error err = {0};
    if (!self->inspection.record.version)
        return;
    if (!inspection_load(&stored, store_of(&self->base), self->inspection.record.id, &err)) {
        app_error(self->base.app, &err);
        inspection_release(&stored);
        return;
    }
    inspection_release(&self->inspection);
    self->inspection = stored;
    if (self->list.count != stored.count)
        listview_set_count(&self->list, stored.count);
}

/* ---- drawing ---- */

static void inspect_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct inspect_screen *self = inspect_of(screen);
    struct inspection_count count = inspection_count(&self->inspection);
    buffer_addf(left, "现场检查 · %s", self->name);
    buffer_addf(right, "已答 %zu/%zu · 否 %zu", count.answered, self->inspection.count,
                count.by[ANSWER_NO]);
    if (!store_can_write(store_of(screen)))
        buffer_add(right, " · 只读");
}

static void draw_item(void *context, size_t row, struct grid *area)
{
    const struct inspect_screen *self = context;
    const struct record *item = &self->inspection.items[row];
    int answer = inspection_answer_of(item);
    struct inspect_look look = inspect_look(answer);
    struct buffer number = {0};
    const char *tail = *record_text(item, "problem")         ? "已转整改"
                       : *record_text(item, "photo_numbers") ? "有照片"
                       : *record_text(item, "problem_text") || *record_text(item, "note") ? "有说明"
                                                                                          : "";
    record_format(item, "number", &number);
    grid_text(area, 0, 1, 2, STYLE_PLAIN, row == self->list.selected ? "▶" : " ");
    grid_text_right(area, 0, NUMBER_AT, MARK_AT - NUMBER_AT - 1, STYLE_PLAIN, buffer_text(&number));
    grid_text(area, 0, MARK_AT, 1, look.style, look.mark);
    if (answer >= 0)
        grid_text(area, 0, ANSWER_AT, CATEGORY_AT - ANSWER_AT, look.style,
                  inspection_answer_name((size_t)answer));
    grid_text(area, 0, CATEGORY_AT, CONTENT_AT - CATEGORY_AT - 1, STYLE_HINT,
              record_text(item, "category"));
    grid_text(area, 0, CONTENT_AT, area->columns - CONTENT_AT - (*tail ? TAIL_COLUMNS : 1),
              STYLE_PLAIN, record_text(item, "content"));
    grid_text_right(area, 0, area->columns - TAIL_COLUMNS, TAIL_COLUMNS - 1, STYLE_CHANGED, tail);
    buffer_release(&number);
}

static void add_part(struct buffer *out, const char *label, const char *text, const char *end)
{
    if (*text)
        buffer_addf(out, "%s %s%s", label, text, end);
}

/* How to judge, what to photograph, who asks for it, and what was noted. */
static void write_detail(struct inspect_screen *self, struct buffer *out)
{
    const struct record *item = &self->inspection.items[self->list.selected];
    struct record question;
    struct buffer problem = {0};
    struct store *store = store_of(&self->base);
    inspection_find_question(store, &self->inspection, self->list.selected, &question);
    add_part(out, "判断", record_text(item, "criterion"), "\n");
    add_part(out, "佐证", record_text(&question, "evidence"), "。");
    add_part(out, "依据", record_text(&question, "passage"), "");
    buffer_add(out, "\n");
    record_display(item, "problem", store_lookup(store), &problem);
    add_part(out, "照片", record_text(item, "photo_numbers"), "。");
    add_part(out, "问题", problem.length ? problem.text : record_text(item, "problem_text"), "。");
    add_part(out, "备注", record_text(item, "note"), "");
    buffer_release(&problem);
    record_release(&question);
}

static void inspect_draw(struct screen *screen, struct grid *body)
{
    struct inspect_screen *self = inspect_of(screen);
    const struct record *record = &self->inspection.record;
    bool roomy = body->rows >= ROOMY_ROWS;
    int detail = roomy ? DETAIL_ROWS + 1 : 0;
    struct grid rows = grid_part(body, 2, 0, body->rows - 2 - detail, body->columns);
    grid_printf(body, 0, 1, body->columns - 2, STYLE_HEADING, "%s · %s · 检查人员 %s%s%s",
                record_text(record, "checklist"), record_text(record, "inspected_on"),
                *record_text(record, "inspectors") ? record_text(record, "inspectors") : "待补",
                *record_text(record, "case_no") ? " · " : " · 答第一项时存入",
                record_text(record, "case_no"));
    grid_rule(body, 1);
    listview_draw(&self->list, &rows, false, draw_item, self);
    if (!roomy || !self->inspection.count)
        return;
    struct buffer text = {0};
    struct grid area = grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    grid_rule(body, body->rows - detail);
    write_detail(self, &text);
    grid_wrap(&area, 0, STYLE_PLAIN, buffer_text(&text));
    buffer_release(&text);
}

static bool inspect_input(struct screen *screen, const struct event *event)
{
    return listview_input_at(&inspect_of(screen)->list, event, 2);
}

/* ---- answering ---- */

static bool can_write(const struct screen *screen)
{
    return store_can_write(store_of(screen));
}

static bool can_open(const struct screen *screen)
{
    return can_write(screen) || inspect_of(screen)->inspection.record.version;
}

/* Keys of the answers, in their order; the digits do the same. */
static const int answer_keys[INSPECTION_ANSWERS] = {'y', 'n', 'x', '?'};

static void tell_wrong(struct inspect_screen *self, size_t item)
{
    struct buffer number = {0};
    record_format(&self->inspection.items[item], "number", &number);
    app_message(self->base.app, MESSAGE_WARNING,
                "第 %s 项记为否：按 p 转为整改问题；↑ 回到它按 Enter 写照片编号和情况。",
                buffer_text(&number));
    buffer_release(&number);
}

void inspect_go_unanswered(struct screen *screen)
{
    struct inspect_screen *self = inspect_of(screen);
    struct buffer number = {0};
    size_t item = 0;
    if (screen->class != inspect_class())
        return;
    while (item < self->inspection.count &&
           inspection_answer_of(&self->inspection.items[item]) >= 0)
        item++;
    if (item == self->inspection.count)
        return;
    listview_select(&self->list, item);
    record_format(&self->inspection.items[item], "number", &number);
    app_message(screen->app, MESSAGE_WARNING, "第 %s 项还没有答，光标已移到那里。",
                buffer_text(&number));
    buffer_release(&number);
}

static void answer(struct screen *screen, int key)
{
    struct inspect_screen *self = inspect_of(screen);
    size_t item = self->list.selected;
    size_t choice = key >= '1' && key <= '4' ? (size_t)(key - '1') : 0;
    struct error err = {0};
    for (size_t i = 0; i < INSPECTION_ANSWERS; i++)
        if (answer_keys[i] == key)
            choice = i;
    if (!inspection_answer(&self->inspection, store_of(screen), item,
                           inspection_answer_name(choice), &err)) {
        app_error(screen->app, &err);
        return;
    }
    self->last = item;
    listview_select(&self->list, item + 1);
    struct inspection_count count = inspection_count(&self->inspection);
    if (choice == ANSWER_NO)
        tell_wrong(self, item);
    else if (count.answered == self->inspection.count)
        app_message(screen->app, MESSAGE_DONE, "%zu 项都答完了，按 F2 看小结。", count.answered);
    else if (item + 1 == self->inspection.count)
        inspect_go_unanswered(screen);
}

static void clear_answer(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    struct error err = {0};
    if (!inspection_answer(&self->inspection, store_of(screen), self->list.selected, "", &err))
        app_error(screen->app, &err);
}

/* ---- what follows from an answer ---- */

/* Stores what there is, so that something can hang on it. */
static bool keep(struct inspect_screen *self)
{
    struct error err = {0};
    bool ok = inspection_keep(&self->inspection, store_of(&self->base), &err);
    if (!ok)
        app_error(self->base.app, &err);
    return ok;
}

static void open_item(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    if (keep(self))
        form_open(screen->app, &reg_inspection_item, self->inspection.items[self->list.selected].id,
                  NULL);
}

static void open_record(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    if (keep(self))
        form_open(screen->app, &reg_inspection, self->inspection.record.id, NULL);
}

/* The item that p means: the one under the cursor, else the one answered last. */
static bool find_wrong(const struct inspect_screen *self, size_t *item)
{
    const size_t candidates[] = {self->list.selected, self->last};
    for (size_t i = 0; i < COUNT_OF(candidates); i++) {
        *item = candidates[i];
        if (*item < self->inspection.count &&
            inspection_answer_of(&self->inspection.items[*item]) == ANSWER_NO)
            return true;
    }
    return false;
}

static bool has_wrong(const struct screen *screen)
{
    size_t item;
    return can_open(screen) && find_wrong(inspect_of(screen), &item);
}

void inspect_open_problem(struct app *app, struct inspection *inspection, size_t item)
{
    char id[RECORD_ID_SIZE];
    struct error err = {0};
    const char *known = record_text(&inspection->items[item], "problem");
    if (*known) {
        form_open(app, &reg_problem, known, NULL);
    } else if (inspection_raise(inspection, desk_store(app), item, id, &err)) {
        form_open(app, &reg_problem, id, NULL);
        app_message(app, MESSAGE_DONE,
                    "已登记到整改台账，并记在这一项上；请改好描述、补上时限和责任人，F2 保存。");
    } else {
        app_error(app, &err);
    }
}

static void open_problem(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    size_t item;
    if (find_wrong(self, &item))
        inspect_open_problem(screen->app, &self->inspection, item);
}

void inspect_add_sample(struct app *app, const struct record *inspection)
{
    struct form_preset presets[OBJECT_FIELD_COUNT + 3];
    size_t count = 0;
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        if (*record_text(inspection, object_fields[i].name))
            presets[count++] = (struct form_preset){object_fields[i].name,
                                                    record_text(inspection, object_fields[i].name)};
    presets[count++] = (struct form_preset){"inspection", inspection->id};
    presets[count++] = (struct form_preset){"sampled_on", record_text(inspection, "inspected_on")};
    presets[count++] = (struct form_preset){"source", "执法监测"};
    form_open_new(app, &reg_sample, presets, count);
}

static void add_sample(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    if (keep(self))
        inspect_add_sample(screen->app, &self->inspection.record);
}

static void show_summary(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    if (keep(self))
        inspect_summary_open(screen->app, self->inspection.record.id);
}

static void undo(struct screen *screen, int key)
{
    (void)key;
    struct inspect_screen *self = inspect_of(screen);
    if (undo_ask(screen->app))
        read_again(self);
    if (self->inspection.record.deleted)
        app_pop(screen->app);
}

/* ---- the screen ---- */

static void inspect_resume(struct screen *screen)
{
    read_again(inspect_of(screen));
}

static void inspect_close(struct screen *screen)
{
    struct inspect_screen *self = inspect_of(screen);
    inspection_release(&self->inspection);
    listview_release(&self->list);
    free(self->name);
    free(self);
}

static const struct action actions[] = {
    {.key = 'y',
     .name = "是",
     .help = "做到了，到下一项。",
     .is_available = can_write,
     .run = answer},
    {.key = 'n',
     .name = "否",
     .help = "有问题，到下一项；接着按 p 就转为整改问题。",
     .is_available = can_write,
     .run = answer},
    {.key = 'x',
     .name = "不适用",
     .help = "与这个对象无关，到下一项。",
     .is_available = can_write,
     .run = answer},
    {.key = '?',
     .name = "待确认",
     .help = "当场定不了，到下一项。",
     .is_available = can_write,
     .run = answer},
    {.key = 'p',
     .name = "转整改",
     .help = "把答否的这一项（或刚答否的那一项）登记到整改台账，已登记的打开它。",
     .is_available = has_wrong,
     .run = open_problem},
    {.key = K_F(2),
     .name = "小结",
     .help = "答了多少、哪些是否、还缺什么；在那里打印检查表。",
     .is_available = can_open,
     .run = show_summary},
    {.key = K_ENTER,
     .name = "照片",
     .help = "写这一项的照片编号、问题描述和备注。",
     .is_available = can_open,
     .run = open_item},
    {.key = 's',
     .name = "采样",
     .help = "登记这次检查采的样品，存下就判定是否达标。",
     .is_available = can_write,
     .run = add_sample},
    {.key = 'e',
     .name = "检查信息",
     .help = "检查人员、执法证号、天气、结论等。",
     .is_available = can_open,
     .run = open_record},
    {.key = K_DELETE, .help = "去掉这一项的答案。", .is_available = can_write, .run = clear_answer},
    {.key = '1',
     .last = '4',
     .help = "1 是，2 否，3 不适用，4 待确认，同 y n x ?。",
     .is_available = can_write,
     .run = answer},
    {.key = 'u',
     .help = "撤销最后一次改动；先说明是哪一次。",
     .is_available = can_write,
     .run = undo},
    {0},
};

const struct screen_class *inspect_class(void)
{
    static const struct screen_class class = {
        .name = "现场检查",
        .about =
            "一项一行，一键一答，答了就存下；随时可以离开，下次接着答。“是”表示没有问题，“否”表"
            "示有问题。",
        .actions = actions,
        .title = inspect_title,
        .draw = inspect_draw,
        .input = inspect_input,
        .resume = inspect_resume,
        .close = inspect_close,
    };
    return &class;
}

/* The first question that has no answer. */
static void select_open(struct inspect_screen *self)
{
    size_t item = 0;
    while (item < self->inspection.count &&
           inspection_answer_of(&self->inspection.items[item]) >= 0)
        item++;
    listview_select(&self->list, item < self->inspection.count ? item : 0);
}

void inspect_show(struct app *app, struct inspection *inspection)
{
    struct inspect_screen *self = mem_new(1, sizeof *self);
    struct buffer name = {0};
    self->base.class = inspect_class();
    self->inspection = *inspection;
    self->last = inspection->count;
    inspect_write_name(desk_store(app), &inspection->record, &name);
    self->name = mem_text(buffer_text(&name));
    buffer_release(&name);
    listview_set_count(&self->list, inspection->count);
    select_open(self);
    app_push(app, &self->base);
}
