#include "tui/screens/reason.h"

#include "core/text.h"
#include "tui/desk.h"
#include "tui/screens/prompt.h"

#include <stdio.h>

/* So short says nothing to whoever reads 修订说明. */
enum { LEAST = 4, MOST = DESK_REASON_MOST };

static bool accepts(void *context, const char *text, struct error *err)
{
    (void)context;
    struct buffer clean = {0};
    bool ok = text_clean(text, false, &clean) && text_count(buffer_text(&clean)) >= LEAST &&
              text_count(buffer_text(&clean)) <= MOST;
    buffer_release(&clean);
    return ok || error_set(err, ERROR_REFUSED, "原因要写 %d 到 %d 个字，例如：企业补报了检测报告。",
                           LEAST, MOST);
}

bool reason_ask(struct app *app, const struct error *refusal, struct buffer *why)
{
    struct desk *desk = app->desk;
    struct buffer help = {0};
    if (!refusal->wants_reason)
        return false;
    buffer_addf(&help, "%s。\n写的原因进入历史，并印在下一次报送的修订说明里。按 Esc 就不改。",
                refusal->message);
    const struct prompt prompt = {
        .title = "改动已报出的数字",
        .label = "原因",
        .help = help.text,
        .text = desk->reason,
        .accepts = accepts,
    };
    bool given = prompt_ask(app, &prompt, why);
    if (given)
        snprintf(desk->reason, sizeof desk->reason, "%s", why->text);
    buffer_release(&help);
    return given;
}
