/* Drafts that a crash has left: asked about once, at the start. They stay until their form is saved
 * or the clerk throws them away. */
#include "core/mem.h"
#include "db/clock.h"
#include "db/draft.h"
#include "tui/desk.h"
#include "tui/screens/draft_name.h"
#include "tui/screens/screens.h"

#include <stdlib.h>

enum { SHOWN = 4, LATER = 0 };

/* "马路乡炼渣点（历史遗留点位，填了 2 项，昨天 17:42）" */
static char *describe(struct store *store, const struct draft *draft)
{
    struct buffer text = {0};
    buffer_add(&text, "接着填 ");
    draft_name(store, draft, &text);
    buffer_addf(&text, "（");
    draft_tell(draft, clock_today(), &text);
    buffer_add(&text, "）");
    return buffer_take(&text);
}

static void discard_all(struct app *app, const struct draft *drafts, size_t count)
{
    static const char *const answers[] = {"不丢弃", "全部丢弃，不能恢复", NULL};
    struct error err = {0};
    bool ok = true;
    if (app_ask(app, "要丢弃全部草稿吗？已经保存的记录不受影响。", answers) != 1)
        return;
    for (size_t i = 0; ok && i < count; i++)
        ok = draft_discard(desk_store(app), drafts[i].reg, drafts[i].record, &err);
    if (ok)
        app_message(app, MESSAGE_DONE, "已丢弃 %zu 份草稿。", count);
    else
        app_error(app, &err);
}

static void ask(struct app *app, const struct draft *drafts, size_t count)
{
    const char *answers[SHOWN + 3] = {"以后再说，草稿留在工作台上"};
    size_t shown = count < SHOWN ? count : SHOWN;
    char *owned[SHOWN];
    struct buffer question = {0};
    for (size_t i = 0; i < shown; i++)
        answers[i + 1] = owned[i] = describe(desk_store(app), &drafts[i]);
    answers[shown + 1] = "丢弃全部草稿…";
    buffer_addf(&question, "上次有 %zu 份没有保存完，填过的内容都还在。要接着填吗？", count);
    size_t answer = (size_t)app_ask(app, buffer_text(&question), answers);
    if (answer == shown + 1)
        discard_all(app, drafts, count);
    else if (answer != LATER)
        form_open(app, drafts[answer - 1].reg, drafts[answer - 1].record, NULL);
    for (size_t i = 0; i < shown; i++)
        free(owned[i]);
    buffer_release(&question);
}

void recovery_ask(struct app *app)
{
    struct draft *drafts = NULL;
    size_t count = 0;
    struct error err = {0};
    if (!draft_list(desk_store(app), &drafts, &count, &err))
        app_error(app, &err);
    else if (count && store_can_write(desk_store(app)))
        ask(app, drafts, count);
    free(drafts);
}
