/* What is to be inspected, and with which list of questions. */
#include "tui/screens/inspect.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/checklist.h"
#include "core/registers/shared.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

bool inspect_is_possible(const struct reg *reg)
{
    return reg == &reg_inspection || inspection_is_possible(reg);
}

/* ---- which list ---- */

static void describe_list(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    (void)context;
    (void)detail;
    buffer_add(name, checklist_choices[index]);
}

/* The list that is made for such objects; where there is none or are several, the clerk chooses. */
static const char *choose_list(struct app *app, const struct reg *reg)
{
    const char *own = checklist_for(reg, 0);
    struct picker picker = {.title = "用哪张检查表", .describe = describe_list};
    size_t index = 0;
    if (own && !checklist_for(reg, 1))
        return own;
    while (checklist_choices[picker.count])
        picker.count++;
    return picker_choose(app, &picker, &index) ? checklist_choices[index] : NULL;
}

/* ---- beginning and going on ---- */

static void show_stored(struct app *app, const char *id)
{
    struct inspection inspection;
    struct error err = {0};
    if (!inspection_load(&inspection, desk_store(app), id, &err)) {
        app_error(app, &err);
        inspection_release(&inspection);
    } else if (!inspection.count) {
        inspection_release(&inspection);
        form_open(app, &reg_inspection, id, NULL);
        app_message(app, MESSAGE_INFORMATION, "这次检查没有用检查表，在这里看检查记录。");
    } else {
        inspect_show(app, &inspection);
    }
}

static void begin(struct app *app, const struct reg *reg, const struct inspection_object *object)
{
    struct inspection inspection;
    struct error err = {0};
    const char *list = choose_list(app, reg);
    if (!list)
        return;
    if (inspection_prepare(&inspection, desk_store(app), object, list, &err)) {
        inspect_show(app, &inspection);
    } else {
        app_error(app, &err);
        inspection_release(&inspection);
    }
}

/* Of several questions the harmless answer comes first: nothing is begun twice. */
static bool wants_to_go_on(struct app *app, const char *id)
{
    static const char *const answers[] = {"接着那一次", "新开一次检查", NULL};
    struct inspection inspection;
    struct buffer question = {0};
    bool ok = inspection_load(&inspection, desk_store(app), id, NULL);
    struct inspection_count count = inspection_count(&inspection);
    buffer_addf(&question, "%s 的检查还没有结论，已答 %zu/%zu。要接着做吗？",
                ok ? record_text(&inspection.record, "inspected_on") : "", count.answered,
                inspection.count);
    bool goes_on = app_ask(app, buffer_text(&question), answers) == 0;
    buffer_release(&question);
    inspection_release(&inspection);
    return goes_on;
}

void inspect_open(struct app *app, const struct reg *reg, const char *id)
{
    struct inspection_object object;
    char open[RECORD_ID_SIZE];
    struct error err = {0};
    if (reg == &reg_inspection)
        show_stored(app, id);
    else if (!inspection_find_object(desk_store(app), reg, id, &object, &err) ||
             !inspection_find_open(desk_store(app), &object, open, &err))
        app_error(app, &err);
    else if (*open && wants_to_go_on(app, open))
        show_stored(app, open);
    else
        begin(app, reg, &object);
}

/* ---- choosing ---- */

/* Inspections that were begun and have no conclusion, then the lists of objects. */
struct offer {
    struct store *store;
    struct id_list open;
    const struct reg **regs;
    size_t reg_count;
};

enum { MOST_OPEN = 9 };

static void describe_offer(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    struct offer *offer = context;
    struct record record;
    if (index >= offer->open.count) {
        const struct reg *reg = offer->regs[index - offer->open.count];
        buffer_add(name, reg->label);
        buffer_add(detail, "从清单里选对象");
        return;
    }
    if (store_get(offer->store, &reg_inspection, offer->open.ids[index], &record, NULL)) {
        inspect_write_name(offer->store, &record, name);
        buffer_addf(detail, "接着做：%s %s", record_text(&record, "inspected_on"),
                    record_text(&record, "case_no"));
    }
    record_release(&record);
}

static void read_offer(struct offer *offer, struct app *app)
{
    struct error err = {0};
    const struct query query = {.reg = &reg_inspection, .where = "conclusion="};
    if (!query_ids(offer->store, &query, &offer->open, &err))
        app_error(app, &err);
    if (offer->open.count > MOST_OPEN)
        offer->open.count = MOST_OPEN;
    offer->regs = mem_new(register_count, sizeof *offer->regs);
    for (size_t i = 0; i < register_count; i++)
        if (inspection_is_possible(registers[i]))
            offer->regs[offer->reg_count++] = registers[i];
}

void inspect_choose(struct app *app)
{
    struct offer offer = {.store = desk_store(app)};
    size_t index = 0;
    read_offer(&offer, app);
    struct picker picker = {
        .title = "检查什么",
        .count = offer.open.count + offer.reg_count,
        .context = &offer,
        .describe = describe_offer,
    };
    if (picker_choose(app, &picker, &index)) {
        if (index < offer.open.count) {
            show_stored(app, offer.open.ids[index]);
        } else {
            list_open(app, offer.regs[index - offer.open.count], NULL);
            app_message(app, MESSAGE_INFORMATION,
                        "移到要检查的对象上，按 i 开始检查；/ 可以查找。");
        }
    }
    id_list_release(&offer.open);
    free(offer.regs);
}
