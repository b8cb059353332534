#include "tui/screens/views.h"
#include "db/store.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"

#include <string.h>

static const struct view views[] = {
    {.label = NULL},
};

enum { VIEWS_MOST = 32 };

const struct view *view_at(size_t n)
{
    return n + 1 < COUNT_OF(views) ? &views[n] : NULL;
}

/* The views about records of `reg`. */
static size_t list_views(const struct reg *reg, const struct view *found[VIEWS_MOST])
{
    size_t count = 0;
    for (size_t i = 0; view_at(i) && count < VIEWS_MOST; i++)
        if (reg && view_at(i)->reg && strcmp(view_at(i)->reg, reg->name) == 0)
            found[count++] = view_at(i);
    return count;
}

bool view_is_possible(const struct reg *reg)
{
    const struct view *found[VIEWS_MOST];
    return list_views(reg, found) > 0 || list_views(reg_subject(reg), found) > 0;
}

static void describe(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct view *const *found = context;
    buffer_add(name, found[index]->label);
    buffer_add(detail, found[index]->help);
}

/* The id of what the record is a profile of; "" when that cannot be read. */
static void find_subject(struct app *app, const struct reg *reg, const char *id,
                         char subject[RECORD_ID_SIZE])
{
    struct record record;
    struct error err = {0};
    *subject = '\0';
    if (!store_get(desk_store(app), reg, id, &record, &err))
        app_error(app, &err);
    else
        strncat(subject, record_text(&record, reg->name_field), RECORD_ID_SIZE - 1);
    record_release(&record);
}

void view_choose(struct app *app, const struct reg *reg, const char *id)
{
    const struct view *found[VIEWS_MOST];
    char subject[RECORD_ID_SIZE];
    size_t index = 0, count = list_views(reg, found);
    if (count == 0 && (count = list_views(reg_subject(reg), found)) > 0) {
        find_subject(app, reg, id, subject);
        id = subject;
    }
    const struct picker picker = {
        .title = "测算什么", .count = count, .context = found, .describe = describe};
    if (!*id || count == 0 || (count > 1 && !picker_choose(app, &picker, &index)))
        return;
    found[index]->open(app, id);
}
