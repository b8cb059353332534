/* One move of one case: asked for in a form, done, and told. */
#include "tui/screens/moves.h"

#include "core/mem.h"
#include "db/clock.h"
#include "db/moves.h"
#include "tui/desk.h"
#include "tui/screens/reason.h"

#include <stdlib.h>
#include <string.h>

struct act {
    struct app *app;
    struct record stored;
    const struct life_move *move;
    char successor[RECORD_ID_SIZE];
    char state[64]; /* after it */
};

static struct act *act_new(struct app *app, const struct record *stored,
                           const struct life_move *move)
{
    struct act *act = mem_new(1, sizeof *act);
    act->app = app;
    act->move = move;
    record_copy(&act->stored, stored);
    return act;
}

static void act_close(void *context)
{
    struct act *act = context;
    record_release(&act->stored);
    free(act);
}

/* ---- what it comes to ---- */

void moves_tell_change(const struct life_move *move, const struct record *record,
                       struct buffer *out)
{
    const char *from = record_text(record, record->reg->life->state);
    const char *to = life_target(move, record);
    if (strcmp(from, to) != 0)
        buffer_addf(out, "%s → %s", *from ? from : life_stand(record), to);
    else
        buffer_addf(out, "仍是%s", from);
}

const char *moves_day(const struct life_move *move, const struct record *record)
{
    const struct reg_deadline *deadline = record->reg->deadline;
    bool is_new_each_time = !(move->flags & (LIFE_AHEAD | LIFE_NEW));
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++) {
        const struct field *field = reg_field_find(record->reg, move->asks[i]);
        bool is_deadline = deadline && strcmp(field->name, deadline->date) == 0;
        bool is_open = is_new_each_time || value_is_null(record_value(record, field->name));
        if (field->type == TYPE_DATE && !is_deadline)
            return is_open ? field->name : NULL;
    }
    return NULL;
}

/* Moves that lead back or aside are not done at one key. */
static bool wants_word(const struct life_move *move)
{
    return !(move->flags & LIFE_AHEAD) && (move->to || move->back);
}

bool moves_confirm(struct app *app, const struct life_move *move, const struct record *record,
                   const char *what)
{
    struct buffer question = {0}, answer = {0};
    buffer_addf(&question, "要对%s办“%s”吗？", what, move->label);
    if (record) {
        buffer_add(&question, "\n状态：");
        moves_tell_change(move, record, &question);
        buffer_add(&question, "。");
    }
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->clears[i]; i++) {
        buffer_add(&question, i ? "、" : "\n以后要重新填：");
        buffer_add(&question, reg_field_find(record->reg, move->clears[i])->label);
    }
    buffer_add(&question, move->clears[0] ? "。" : "");
    if (move->flags & LIFE_NEW)
        buffer_add(&question, "\n同时登记一条接着它的新记录。");
    buffer_addf(&answer, "%s（之后可以撤销）", move->label);
    const char *const answers[] = {"不办", answer.text, NULL};
    bool yes = app_ask(app, question.text, answers) == 1;
    buffer_release(&question);
    buffer_release(&answer);
    return yes;
}

/* ---- doing it ---- */

static void check(void *context, const struct record *record, struct findings *findings)
{
    struct act *act = context;
    moves_add_refusals(desk_store(act->app), act->move, &act->stored, record, findings);
}

/* All of it in a box, so that nobody has to look for what else is missing. */
static void tell_refusal(const struct act *act, const struct findings *findings)
{
    enum { TOLD = 7 };
    static const char *const answers[] = {"回去补", NULL};
    struct buffer text = {0};
    buffer_addf(&text, "还不能办“%s”，差 %zu 处：\n", act->move->label, findings->count);
    for (size_t i = 0; i < findings->count && i < TOLD; i++)
        buffer_addf(&text, "! %s\n", findings->items[i].message);
    if (findings->count > TOLD)
        buffer_addf(&text, "……还有 %zu 处\n", findings->count - TOLD);
    if (findings->items[0].basis)
        buffer_addf(&text, "依据：%s", findings->items[0].basis);
    app_ask(act->app, text.text, answers);
    buffer_release(&text);
}

/* What was filed may change as well, once it is said why. */
static bool do_move(struct act *act, struct record *record, struct error *err)
{
    struct store *store = desk_store(act->app);
    struct buffer why = {0};
    bool ok = moves_do(store, act->move, record, act->successor, NULL, err) ||
              (reason_ask(act->app, err, &why) &&
               moves_do(store, act->move, record, act->successor, buffer_text(&why), err));
    buffer_release(&why);
    return ok;
}

static bool run(void *context, struct app *app, const struct record *record)
{
    struct act *act = context;
    struct findings findings = {0};
    struct record filled;
    struct error err = {0};
    check(act, record, &findings);
    bool ok = findings.count == 0;
    if (!ok)
        tell_refusal(act, &findings);
    findings_release(&findings);
    if (!ok || (wants_word(act->move) && !moves_confirm(app, act->move, &act->stored, "这一条")))
        return false;
    record_copy(&filled, record);
    ok = do_move(act, &filled, &err);
    if (!ok)
        app_error(app, &err);
    else
        strncpy(act->state, record_text(&filled, filled.reg->life->state), sizeof act->state - 1);
    record_release(&filled);
    return ok;
}

static void finish(void *context, struct app *app)
{
    const struct act *act = context;
    char now[] = "2026-06-15T10:42:07";
    clock_now(now);
    if (act->successor[0])
        form_open(app, act->stored.reg, act->successor, NULL);
    app_message(app, MESSAGE_DONE, "%s 已办“%s”，现在是“%s”。%s", now + strlen("2026-06-15T"),
                act->move->label, act->state,
                act->successor[0] ? "这是接着它的新记录，请补全。" : "");
}

/* Nothing is asked for and nothing is missing: then there is no form to fill. */
static void do_at_once(struct app *app, const struct record *stored, const struct life_move *move)
{
    struct act *act = act_new(app, stored, move);
    bool is_asked = wants_word(move); /* by `run` */
    if ((is_asked || moves_confirm(app, move, stored, "这一条")) && run(act, app, stored)) {
        struct screen *top = app_top(app);
        if (top->class->resume)
            top->class->resume(top);
        finish(act, app);
    }
    act_close(act);
}

void moves_begin(struct app *app, const struct record *stored, const struct life_move *move)
{
    struct buffer headline = {0};
    struct findings findings = {0};
    struct form_preset preset = {.field = moves_day(move, stored)};
    char today[DATE_TEXT_SIZE];
    date_format(clock_today(), today);
    preset.text = today;
    moves_add_refusals(desk_store(app), move, stored, stored, &findings);
    bool is_ready = !move->asks[0] && findings.count == 0;
    findings_release(&findings);
    if (is_ready) {
        do_at_once(app, stored, move);
        return;
    }
    buffer_addf(&headline, "%s  ", move->label);
    moves_tell_change(move, stored, &headline);
    const struct form_task task = {
        .title = move->label,
        .headline = buffer_take(&headline),
        .asks = move->asks,
        .ask_most = LIFE_MOST_FIELDS,
        .context = act_new(app, stored, move),
        .check = check,
        .run = run,
        .finish = finish,
        .close = act_close,
    };
    form_open_task(app, stored->reg, stored->id, &task, &preset, preset.field != NULL);
}
