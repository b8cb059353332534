#include "tui/duty.h"

#include "tui/wording.h"

#include <stdlib.h>

void duty_tell(const struct duty *duty, const struct record *record, struct date today,
               struct buffer *out)
{
    int days;
    if (!duty_days(duty, record, today, &days))
        return;
    if (days == 0) {
        buffer_add(out, duty->is_pause ? "今天挂起" : "今天到期");
        return;
    }
    buffer_addf(out, "%s ", duty->verb);
    wording_span(abs(days), out);
}

const char *duty_marks(const struct duty *duty, const struct record *record,
                       const struct check_context *context)
{
    static const char *const marks[DUTY_LEVELS + 1] = {"!", "!", "!!", "!!!"};
    return duty->mark == '!' ? marks[duty_level(duty, record, context)] : "?";
}
