#include "tui/screens/undo.h"

#include "db/history.h"
#include "tui/desk.h"

bool undo_ask(struct app *app)
{
    static const char *const answers[] = {"不撤销", "撤销这次改动", NULL};
    struct buffer what = {0}, question = {0}, summary = {0};
    struct error err = {0};
    bool undone = false;
    if (!history_last(desk_store(app), &what, &err)) {
        app_error(app, &err);
    } else {
        buffer_addf(&question, "最后一次改动是 %s。要撤销吗？", buffer_text(&what));
        if (app_ask(app, buffer_text(&question), answers) == 1) {
            undone = store_undo(desk_store(app), &summary, &err);
            if (undone)
                app_message(app, MESSAGE_DONE, "%s。", buffer_text(&summary));
            else
                app_error(app, &err);
        }
    }
    buffer_release(&what);
    buffer_release(&question);
    buffer_release(&summary);
    return undone;
}
