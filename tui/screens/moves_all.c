/* One move of many cases: which, asked for once, done in one change, and what was left out. */
#include "tui/screens/moves.h"

#include "core/mem.h"
#include "db/clock.h"
#include "db/moves.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/picker.h"

#include <stdlib.h>
#include <string.h>

enum { CHOICES_MOST = 32, PANEL_ROWS = 5, ROWS_FOR_PANEL = 12 };

/* A move that some of the cases can make. */
struct choice {
    const struct life_move *move;
    size_t count;         /* of those that can */
    struct record sample; /* the first of them */
};

struct choices {
    struct choice items[CHOICES_MOST];
    size_t count;
    size_t cases;
};

static void choices_release(struct choices *choices)
{
    for (size_t i = 0; i < choices->count; i++)
        record_release(&choices->items[i].sample);
}

static void count_move(struct choices *choices, const struct life_move *move,
                       const struct record *record)
{
    size_t at = 0;
    while (at < choices->count && choices->items[at].move != move)
        at++;
    if (at == CHOICES_MOST)
        return;
    if (at == choices->count) {
        choices->items[choices->count++].move = move;
        record_copy(&choices->items[at].sample, record);
    }
    choices->items[at].count++;
}

static bool collect(struct app *app, const struct reg *reg, const struct id_list *cases,
                    struct choices *choices)
{
    struct error err = {0};
    bool ok = true;
    *choices = (struct choices){.cases = cases->count};
    for (size_t i = 0; ok && i < cases->count; i++) {
        struct record record;
        const struct life_move *move;
        ok = store_get(desk_store(app), reg, cases->ids[i], &record, &err);
        for (size_t j = 0; ok && (move = life_move_at(&record, j)); j++)
            count_move(choices, move, &record);
        record_release(&record);
    }
    if (!ok)
        app_error(app, &err);
    return ok;
}

static void describe(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct choices *choices = context;
    const struct choice *choice = &choices->items[index];
    buffer_addf(name, "%s  ", choice->move->label);
    moves_tell_change(choice->move, &choice->sample, name);
    buffer_addf(detail, "%zu %s", choice->count, choice->sample.reg->counter);
    if (choice->count < choices->cases)
        buffer_addf(detail, "，另 %zu %s不在这一步", choices->cases - choice->count,
                    choice->sample.reg->counter);
    if (!(choice->move->flags & LIFE_BULK))
        buffer_add(detail, "，要逐条办");
}

/* ---- doing it ---- */

struct act {
    struct app *app;
    const struct life_move *move;
    struct record sample; /* as the others are, most likely: tells what to fill in */
    struct id_list cases;
    size_t able; /* cases that stand where the move begins */
    struct moves_result result;
};

static void act_close(void *context)
{
    struct act *act = context;
    record_release(&act->sample);
    id_list_release(&act->cases);
    moves_result_release(&act->result);
    free(act);
}

static bool asks_for(const struct life_move *move, const char *field)
{
    for (size_t i = 0; field && i < LIFE_MOST_FIELDS && move->asks[i]; i++)
        if (strcmp(move->asks[i], field) == 0)
            return true;
    return false;
}

/* Only about what is filled in here: what else a case lacks is told case by case. */
static void check(void *context, const struct record *record, struct findings *findings)
{
    const struct act *act = context;
    struct findings all = {0};
    struct record filled;
    record_copy(&filled, &act->sample);
    for (size_t i = 0; i < LIFE_MOST_FIELDS && act->move->asks[i]; i++)
        value_copy(record_value_for_change(&filled, act->move->asks[i]),
                   record_value(record, act->move->asks[i]));
    moves_add_refusals(desk_store(act->app), act->move, &act->sample, &filled, &all);
    for (size_t i = 0; i < all.count; i++)
        if (asks_for(act->move, all.items[i].field))
            findings_add(findings, &all.items[i], "%s", all.items[i].message);
    findings_release(&all);
    record_release(&filled);
}

/* What is left empty here would be refused for every case: nobody is asked before it is there. */
static bool is_filled_in(struct act *act, struct app *app, const struct record *record)
{
    struct findings findings = {0};
    const struct finding *gap = NULL;
    check(act, record, &findings);
    for (size_t i = 0; i < findings.count && !gap; i++)
        if (value_is_null(record_value(record, findings.items[i].field)))
            gap = &findings.items[i];
    if (gap)
        app_message(app, MESSAGE_ERROR, "还不能办“%s”：%s。", act->move->label, gap->message);
    bool ok = !gap;
    findings_release(&findings);
    return ok;
}

static bool run(void *context, struct app *app, const struct record *record)
{
    struct act *act = context;
    struct error err = {0};
    struct buffer what = {0};
    if (!is_filled_in(act, app, record))
        return false;
    buffer_addf(&what, "打了标记的 %zu %s", act->cases.count, act->sample.reg->counter);
    if (act->able < act->cases.count)
        buffer_addf(&what, "中的 %zu %s", act->able, act->sample.reg->counter);
    bool ok = moves_confirm(app, act->move, &act->sample, what.text);
    buffer_release(&what);
    if (!ok)
        return false;
    moves_result_release(&act->result);
    ok = moves_do_all(desk_store(app), act->move, &act->cases, record, &act->result, &err);
    if (!ok)
        app_error(app, &err);
    else if (act->result.done == 0)
        app_message(app, MESSAGE_ERROR, "一%s也没有办成。%s：%s。", act->sample.reg->counter,
                    act->result.refusals[0].name, act->result.refusals[0].why);
    return ok && act->result.done > 0;
}

static void result_open(struct app *app, const struct reg *reg, const struct life_move *move,
                        struct moves_result *result);

static void finish(void *context, struct app *app)
{
    struct act *act = context;
    size_t done = act->result.done, left = act->result.count;
    char now[] = "2026-06-15T10:42:07";
    const char *counter = act->sample.reg->counter;
    struct buffer more = {0};
    clock_now(now);
    if (left)
        buffer_addf(&more, "另 %zu %s没有办，原因列在这里。", left, counter);
    if (left)
        result_open(app, act->sample.reg, act->move, &act->result);
    app_message(app, MESSAGE_DONE, "%s 已办“%s” %zu %s。%s按 u 可以一次撤销。",
                now + strlen("2026-06-15T"), act->move->label, done, counter, buffer_text(&more));
    buffer_release(&more);
}

/* The law lets nobody sign for what he has not looked at. */
static void say_one_by_one(struct app *app, const struct life_move *move)
{
    app_message(app, MESSAGE_WARNING,
                "“%s”不能成批办：每一处都要逐一看过，谁验收谁负责。"
                "请去掉标记，光标停在一条上再按 t。依据：%s。",
                move->label, move->basis);
}

static void copy_ids(struct id_list *to, const struct id_list *from)
{
    to->ids = mem_new(from->count, sizeof *to->ids);
    memcpy(to->ids, from->ids, from->count * sizeof *to->ids);
    to->count = from->count;
}

static void ask(struct app *app, const struct choice *choice, const struct id_list *cases)
{
    const struct life_move *move = choice->move;
    struct buffer headline = {0}, subject = {0};
    struct record blank;
    struct act *act = mem_new(1, sizeof *act);
    char today[DATE_TEXT_SIZE];
    act->app = app;
    act->move = move;
    record_copy(&act->sample, &choice->sample);
    copy_ids(&act->cases, cases);
    act->able = choice->count;
    record_init(&blank, choice->sample.reg);
    date_format(clock_today(), today);
    const struct form_preset preset = {.field = moves_day(move, &blank), .text = today};
    record_release(&blank);
    buffer_addf(&headline, "%s  %zu %s", move->label, choice->count, choice->sample.reg->counter);
    if (choice->count < cases->count)
        buffer_addf(&headline, "（另 %zu %s不在这一步，不办）", cases->count - choice->count,
                    choice->sample.reg->counter);
    buffer_addf(&subject, "打了标记的 %zu %s", cases->count, choice->sample.reg->counter);
    const struct form_task task = {
        .title = move->label,
        .headline = buffer_take(&headline),
        .subject = buffer_take(&subject),
        .asks = move->asks,
        .ask_most = LIFE_MOST_FIELDS,
        .context = act,
        .check = check,
        .run = run,
        .finish = finish,
        .close = act_close,
    };
    form_open_task(app, choice->sample.reg, NULL, &task, &preset, preset.field != NULL);
}

void moves_open_all(struct app *app, const struct reg *reg, const struct id_list *cases)
{
    struct choices choices;
    struct picker picker = {.context = &choices, .describe = describe};
    struct buffer title = {0};
    size_t index = 0;
    bool ok = collect(app, reg, cases, &choices);
    buffer_addf(&title, "对打了标记的 %zu %s办什么", cases->count, reg->counter);
    picker.title = title.text;
    picker.count = choices.count;
    if (ok && choices.count == 0)
        app_message(app, MESSAGE_INFORMATION, "打了标记的都已经办完，没有下一步。");
    else if (ok && picker_choose(app, &picker, &index)) {
        if (choices.items[index].move->flags & LIFE_BULK)
            ask(app, &choices.items[index], cases);
        else
            say_one_by_one(app, choices.items[index].move);
    }
    buffer_release(&title);
    choices_release(&choices);
}

/* ---- what was left out ---- */

struct result_screen {
    struct screen base;
    const struct reg *reg;
    const struct life_move *move;
    struct moves_result result;
    struct listview list;
};

static const struct result_screen *result_of(const struct screen *screen)
{
    return (const struct result_screen *)screen;
}

static void result_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct result_screen *self = result_of(screen);
    buffer_addf(left, "没有办“%s”的", self->move->label);
    buffer_addf(right, "已办 %zu %s · 没有办 %zu %s", self->result.done, self->reg->counter,
                self->result.count, self->reg->counter);
}

static void draw_refusal(void *context, size_t row, struct grid *area)
{
    enum { NAME_COLUMN = 5, NAME_WIDTH = 30 };
    const struct result_screen *self = context;
    const struct moves_refusal *refusal = &self->result.refusals[row];
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == self->list.selected ? "▶" : "");
    grid_text(area, 0, 3, 1, STYLE_ERROR, "!");
    grid_text(area, 0, NAME_COLUMN, NAME_WIDTH - 2, STYLE_PLAIN, refusal->name);
    int column = NAME_COLUMN + NAME_WIDTH;
    grid_text(area, 0, column, area->columns - column - 1, STYLE_ERROR, refusal->why);
}

static void result_draw(struct screen *screen, struct grid *body)
{
    struct result_screen *self = (struct result_screen *)screen;
    int below = body->rows >= ROWS_FOR_PANEL ? PANEL_ROWS : 0;
    struct grid rows = grid_part(body, 0, 0, body->rows - below, body->columns);
    listview_draw(&self->list, &rows, false, draw_refusal, self);
    if (!below)
        return;
    grid_rule(body, body->rows - below);
    struct grid panel = grid_part(body, body->rows - below + 1, 1, below - 1, body->columns - 2);
    grid_wrap(&panel, 0, STYLE_PLAIN, self->result.refusals[self->list.selected].why);
}

static bool result_input(struct screen *screen, const struct event *event)
{
    return listview_input(&((struct result_screen *)screen)->list, event);
}

static void result_close(struct screen *screen)
{
    struct result_screen *self = (struct result_screen *)screen;
    moves_result_release(&self->result);
    listview_release(&self->list);
    free(self);
}

static void open_refused(struct screen *screen, int key)
{
    (void)key;
    const struct result_screen *self = result_of(screen);
    moves_open(screen->app, self->reg, self->result.refusals[self->list.selected].id);
}

const struct screen_class *moves_result_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "办理",
         .help = "打开光标所在的一条的办理，看还缺什么。",
         .run = open_refused},
        {0},
    };
    static const struct screen_class class = {
        .name = "成批办理结果",
        .about = "成批办理时没有办的各条，每条说明原因；其余的已经一次办好，可以一次撤销。",
        .actions = actions,
        .title = result_title,
        .draw = result_draw,
        .input = result_input,
        .close = result_close,
    };
    return &class;
}

/* Takes over what the result holds. */
static void result_open(struct app *app, const struct reg *reg, const struct life_move *move,
                        struct moves_result *result)
{
    struct result_screen *self = mem_new(1, sizeof *self);
    *self = (struct result_screen){
        .base.class = moves_result_class(), .reg = reg, .move = move, .result = *result};
    *result = (struct moves_result){0};
    listview_set_count(&self->list, self->result.count);
    app_push(app, &self->base);
}
