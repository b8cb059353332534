/* A form that asks only for some fields, on one page, and does something with them. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

static struct form *form_of(const struct screen *screen)
{
    return (struct form *)screen;
}

bool form_has_task(const struct form *form)
{
    return form->task.title != NULL;
}

static bool is_asked_for(const struct field *field)
{
    return field_is_stored(field) && !(field->flags & FIELD_AUTO);
}

void form_begin_task(struct form *form, const struct form_task *task)
{
    form->task = *task;
    form->asked = mem_new(reg_field_count(form->reg), sizeof *form->asked);
    for (size_t i = 0; i < task->ask_most && task->asks[i]; i++)
        form->asked[reg_field_index(form->reg, task->asks[i])] = true;
}

/* Also for what stands in the way, and for what somebody has begun to change in the form of the
 * whole record: nothing is saved unseen. */
void form_ask_for_more(struct form *form)
{
    struct findings findings = {0};
    form->task.check(form->task.context, &form->record, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const char *name = findings.items[i].field;
        int field = name ? reg_field_index(form->reg, name) : -1;
        if (field >= 0 && is_asked_for(reg_field(form->reg, (size_t)field)))
            form->asked[field] = true;
    }
    findings_release(&findings);
    for (size_t i = 0; i < reg_field_count(form->reg); i++)
        form->asked[i] = form->asked[i] || form_is_changed(form, i);
}

void form_end_task(struct form *form)
{
    if (!form_has_task(form))
        return;
    if (form->task.close)
        form->task.close(form->task.context);
    free(form->task.headline);
    free(form->task.subject);
    free(form->asked);
}

/* To the first field that keeps the task from being done. */
void form_go_to_hindrance(struct form *form)
{
    for (size_t i = 0; i < reg_field_count(form->reg); i++) {
        if (form_shows(form, i) && (form_lacks(form, i) || form_is_wrong(form, i))) {
            form_go_to(form, i);
            return;
        }
    }
}

static void press_run(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    struct app *app = screen->app;
    form_leave_field(form);
    if (form_refuses(form))
        return;
    if (!form->task.run(form->task.context, app, &form->record)) {
        form_go_to_hindrance(form);
        return;
    }
    const struct form_task task = form->task;
    form->task.close = NULL;
    form->is_settled = true;
    app_pop(app);
    task.finish(task.context, app);
    task.close(task.context);
}

/* A draft keeps what was filled in for a record; without one there is nothing to keep it. */
static bool may_leave(struct screen *screen)
{
    static const char *const kept[] = {"留着，下次接着填", "放弃填的内容", NULL};
    static const char *const lost[] = {"接着填", "放弃填的内容", NULL};
    struct form *form = form_of(screen);
    form_leave_field(form);
    size_t changed = form_count_changed(form);
    bool has_draft = form->stored.version > 0;
    if (form->lock || changed == 0)
        return true;
    struct buffer question = {0};
    buffer_addf(&question, "“%s”还没有办，填的 %zu 项怎么办？", form->task.title, changed);
    bool gives_up = app_ask(screen->app, question.text, has_draft ? kept : lost) == 1;
    buffer_release(&question);
    if (!gives_up)
        return has_draft && form->kept_at[0] != '\0';
    form->is_settled = !has_draft || form_discard_draft(form);
    return form->is_settled;
}

static const struct action actions[] = {
    {.key = K_ENTER,
     .name = "下一项",
     .help = "填好这一项，到下一项；多行的框里是换行，用 ↓ 离开。",
     .is_available = form_is_one_line,
     .run = form_move},
    {.key = K_UP,
     .last = K_DOWN,
     .help = "到上一项、下一项。",
     .is_available = form_is_one_line,
     .run = form_move},
    {.key = K_F(2),
     .name = "办理",
     .help = "照填的内容办；还缺什么，会一条一条说明，光标停在第一处。",
     .is_available = form_is_open,
     .run = press_run},
    {.key = K_F(3),
     .name = "选取",
     .help = "从名单或日历中选取，打字可以缩小范围。",
     .is_available = form_can_choose_here,
     .run = form_press_choose},
    {.key = K_F(1), .name = "依据", .help = "说明这一项怎么填、谁要求填。", .run = form_explain},
    {.key = K_F(6),
     .name = "待补",
     .help = "到下一个要填而没有填的项。",
     .is_available = form_is_open,
     .run = form_go_to_missing},
    {.key = K_CTRL('D'),
     .name = "取上条",
     .help = "取本清单最近保存的一条里同一项的内容。",
     .is_available = form_can_take,
     .run = form_take_previous},
    {.key = K_CTRL('Z'),
     .name = "撤销",
     .help = "一步一步退回这一项里的改动。",
     .is_available = form_can_edit_here,
     .run = form_undo},
    {.key = K_PAGE_UP, .last = K_PAGE_DOWN, .help = "上下翻过一屏的项。", .run = form_move_page},
    {0},
};

const struct screen_class *form_task_class(void)
{
    static const struct screen_class class = {
        .name = "办理填写",
        .about = "办这一步要填的几项，填好按 F2 办理。还缺的项前面有 *，光标到了就说缺什么、"
                 "依据是什么。没办完就离开，填的留着，下次接着填。",
        .actions = actions,
        .title = form_title,
        .draw = form_draw,
        .input = form_input,
        .is_typing = form_is_typing,
        .resume = form_resume,
        .may_leave = may_leave,
        .close = form_close,
    };
    return &class;
}
