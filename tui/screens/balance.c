/* 铊平衡 of an enterprise in a period: where its thallium went, what nobody can account for, and
 * from each figure the way to its rows. */
#include "tui/screens/balance.h"

#include "core/mem.h"
#include "core/registers.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR = 12, QUARTER = 3 };

/* ---- reading ---- */

static void write_notes(struct balance_screen *self)
{
    buffer_clear(&self->below);
    buffer_clear(&self->formula);
    buffer_clear(&self->bands);
    balance_write_below(&self->balance, &self->below);
    buffer_add(&self->formula, "闭合率 = ");
    balance_write_formula(&self->balance, &self->formula);
    balance_write_bands(&self->balance, &self->bands);
}

static void load(struct balance_screen *self)
{
    struct store *store = desk_store(self->base.app);
    struct error err = {0};
    balance_release(&self->balance);
    if (!summary_stamp(store, &self->stamp, &err) ||
        !balance_read(store, self->id, self->period, &self->balance, &err))
        app_error(self->base.app, &err);
    balance_list_lines(&self->balance, self->figures);
    write_notes(self);
    self->columns = 0;
}

static void show_period(struct balance_screen *self, struct period period)
{
    self->period = period;
    if (period.months == QUARTER)
        self->quarter = period;
    load(self);
}

/* The period that the ledger ends with; of a plant without rows, the one that is due. */
static void show_enterprise(struct balance_screen *self, const char *id)
{
    struct store *store = desk_store(self->base.app);
    const struct lookup *lookup = store_lookup(store);
    const struct check_context context = store_check_context(store);
    struct buffer name = {0};
    strncpy(self->id, id, sizeof self->id - 1);
    lookup->label(lookup->context, reg_enterprise.name, id, &name);
    free(self->name);
    self->name = buffer_take(&name);
    self->quarter = balance_find_due(&context).quarter;
    struct period newest = balance_newest_period(store, id);
    self->selected = self->count = self->top = 0;
    show_period(self, newest.year ? newest : self->quarter);
}

/* ---- whose ---- */

struct choice {
    struct app *app;
    struct id_list ids;
    struct balance *balances; /* the one that is due of each; owned */
};

static void describe(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct choice *choice = context;
    const struct balance *balance = &choice->balances[index];
    const struct lookup *lookup = store_lookup(desk_store(choice->app));
    char period[PERIOD_TEXT_SIZE];
    lookup->label(lookup->context, reg_enterprise.name, choice->ids.ids[index], name);
    period_format(balance->period, period);
    buffer_addf(detail, "%s %s", period, balance_band_label(balance->band));
}

/* Asks whose balance is to be shown; false when nobody was chosen. */
static bool choose(struct app *app, char id[RECORD_ID_SIZE])
{
    struct store *store = desk_store(app);
    const struct check_context context = store_check_context(store);
    struct choice choice = {.app = app};
    struct error err = {0};
    size_t index = 0;
    bool ok = balance_enterprises(store, balance_find_due(&context).year, &choice.ids, &err);
    choice.balances = mem_new(choice.ids.count + 1, sizeof *choice.balances);
    for (size_t i = 0; ok && i < choice.ids.count; i++)
        ok = balance_read_due(store, choice.ids.ids[i], &choice.balances[i], &err);
    if (!ok)
        app_error(app, &err);
    if (ok && choice.ids.count == 0)
        app_message(app, MESSAGE_WARNING,
                    "还没有涉铊企业，也没有物料台账。先在涉铊企业清单里登记，或导入铊物料台账。");
    const struct picker picker = {.title = "哪家企业的铊平衡",
                                  .count = choice.ids.count,
                                  .context = &choice,
                                  .describe = describe};
    bool chosen = ok && choice.ids.count && picker_choose(app, &picker, &index);
    if (chosen)
        memcpy(id, choice.ids.ids[index], RECORD_ID_SIZE);
    for (size_t i = 0; i < choice.ids.count; i++)
        balance_release(&choice.balances[i]);
    free(choice.balances);
    id_list_release(&choice.ids);
    return chosen;
}

/* ---- the rows behind a line ---- */

static const struct balance_missing *missing_of(const struct balance_screen *self)
{
    const struct balance_shown *line = &self->shown[self->selected];
    return line->kind == BALANCE_LINE_MISSING ? &self->balance.missing[line->index] : NULL;
}

/* Whether a stream is part of the figure: of itself, or of a sum. */
static bool is_part(const char *key, enum balance_stream stream)
{
    if (strcmp(key, "output_kg") == 0)
        return balance_is_output(stream);
    bool is_stock = stream == BALANCE_OPENING || stream == BALANCE_CLOSING;
    return strcmp(key, "stock_change_kg") == 0 ? is_stock : stream != BALANCE_UNPLACED;
}

static bool add_rows(struct balance_screen *self, enum balance_stream stream, struct id_list *ids,
                     struct error *err)
{
    struct id_list found;
    if (!balance_rows(desk_store(self->base.app), self->id, &self->balance, stream, NULL, &found,
                      err))
        return false;
    ids->ids = mem_resize(ids->ids, ids->count + found.count + 1, sizeof *ids->ids);
    if (found.count)
        memcpy(ids->ids + ids->count, found.ids, found.count * sizeof *ids->ids);
    ids->count += found.count;
    id_list_release(&found);
    return true;
}

static bool list_figure(struct balance_screen *self, struct id_list *ids, struct error *err)
{
    const struct balance_line *line = &self->figures[self->shown[self->selected].index];
    bool ok = true;
    for (enum balance_stream stream = 0; ok && stream < BALANCE_STREAM_COUNT; stream++)
        if (line->stream == BALANCE_STREAM_COUNT ? is_part(line->key, stream)
                                                 : stream == line->stream)
            ok = add_rows(self, stream, ids, err);
    return ok;
}

static bool list_selected(struct balance_screen *self, struct id_list *ids, struct error *err)
{
    const struct balance_missing *missing = missing_of(self);
    if (!missing)
        return list_figure(self, ids, err);
    return !missing->rows || balance_rows(desk_store(self->base.app), self->id, &self->balance,
                                          missing->stream, missing, ids, err);
}

/* ---- actions ---- */

static enum balance_stream selected_stream(const struct balance_screen *self)
{
    const struct balance_missing *missing = missing_of(self);
    return missing ? missing->stream : self->figures[self->shown[self->selected].index].stream;
}

static bool can_add(const struct screen *screen)
{
    const struct balance_screen *self = (const struct balance_screen *)screen;
    return store_can_write(desk_store(screen->app)) && self->selected < self->count &&
           selected_stream(self) < BALANCE_UNPLACED;
}

static void add_flow(struct screen *screen, int key)
{
    (void)key;
    static const struct {
        const char *flow, *material_class;
    } begun[] = {
        [BALANCE_INPUT] = {"投入", ""},           [BALANCE_PRODUCT] = {"产出", "主产品"},
        [BALANCE_BYPRODUCT] = {"产出", "副产品"}, [BALANCE_WASTE] = {"产出", "废渣"},
        [BALANCE_DUST] = {"产出", "烟尘"},        [BALANCE_SLUDGE] = {"产出", "污泥"},
        [BALANCE_WASTEWATER] = {"排放", "废水"},  [BALANCE_GAS] = {"排放", "废气"},
        [BALANCE_OPENING] = {"库存期初", ""},     [BALANCE_CLOSING] = {"库存期末", ""},
    };
    struct balance_screen *self = (struct balance_screen *)screen;
    enum balance_stream stream = selected_stream(self);
    char period[PERIOD_TEXT_SIZE];
    period_format(self->period, period);
    const struct form_preset presets[] = {
        {"enterprise", self->id},
        {"period", period},
        {"flow", begun[stream].flow},
        {"material_class", begun[stream].material_class},
    };
    form_open_new(screen->app, &reg_material_flow, presets, COUNT_OF(presets));
}

static void open_rows(struct screen *screen, int key)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    struct id_list ids = {0};
    struct error err = {0};
    if (!list_selected(self, &ids, &err))
        app_error(screen->app, &err);
    else if (ids.count)
        list_open(screen->app, &reg_material_flow,
                  &(struct query){.reg = &reg_material_flow, .only = &ids});
    else if (can_add(screen))
        add_flow(screen, key);
    else
        app_message(screen->app, MESSAGE_INFORMATION, "这一项没有台账。");
    id_list_release(&ids);
}

static void turn(struct screen *screen, int key)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    struct period next = period_move(self->period, key == K_PAGE_UP ? -1 : 1);
    char text[PERIOD_TEXT_SIZE];
    struct period valid;
    period_format(next, text);
    if (period_parse(text, &valid))
        show_period(self, valid);
}

static void change_length(struct screen *screen, int key)
{
    (void)key;
    struct balance_screen *self = (struct balance_screen *)screen;
    struct period period = self->period;
    if (period.months != YEAR)
        show_period(self, period_of_month(period.year, 0, YEAR));
    else
        show_period(self, period_of_month(period.year, self->quarter.first, QUARTER));
}

static void change_enterprise(struct screen *screen, int key)
{
    (void)key;
    char id[RECORD_ID_SIZE];
    if (choose(screen->app, id))
        show_enterprise((struct balance_screen *)screen, id);
}

static void export(struct screen *screen, int key)
{
    (void)key;
    struct balance_screen *self = (struct balance_screen *)screen;
    struct id_list one = {.ids = &self->id, .count = 1};
    char period[PERIOD_TEXT_SIZE];
    period_format(self->period, period);
    export_open_period(screen->app, "balance", &one, period);
}

static void move(struct screen *screen, int key)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    bool down = key == K_DOWN || key == K_END, to_end = key == K_HOME || key == K_END;
    for (size_t at = self->selected; down ? ++at < self->count : at-- > 0;) {
        if (!balance_can_select(&self->shown[at]))
            continue;
        self->selected = at;
        if (!to_end)
            return;
    }
}

static bool balance_input(struct screen *screen, const struct event *event)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    if (event->kind != EVENT_MOUSE || event->mouse != MOUSE_PRESS || event->row < 1)
        return false;
    size_t line = self->top + (size_t)event->row - 1;
    if (line < self->count && balance_can_select(&self->shown[line]))
        self->selected = line;
    return true;
}

static void balance_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct balance_screen *self = (const struct balance_screen *)screen;
    char period[PERIOD_TEXT_SIZE];
    period_format(self->period, period);
    buffer_addf(left, "铊平衡 · %s", self->name);
    buffer_addf(right, "%s · 低于检出限按 %s 计", period, flow_lod_name(self->balance.policy.lod));
}

static void balance_resume(struct screen *screen)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    if (desk_has_changed(screen->app, self->stamp))
        load(self);
}

static void balance_close(struct screen *screen)
{
    struct balance_screen *self = (struct balance_screen *)screen;
    balance_release(&self->balance);
    buffer_release(&self->below);
    buffer_release(&self->formula);
    buffer_release(&self->bands);
    free(self->shown);
    free(self->name);
    free(self);
}

const struct screen_class *balance_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "台账",
         .help = "打开这个数后面的台账记录；没有台账的，登记一条。",
         .run = open_rows},
        {.key = K_PAGE_UP,
         .last = K_PAGE_DOWN,
         .name = "上期/下期",
         .help = "看前一期、后一期。",
         .run = turn},
        {.key = 'p', .name = "季度/全年", .help = "在季度和全年之间切换。", .run = change_length},
        {.key = 'c', .name = "换企业", .help = "看另一家企业的铊平衡。", .run = change_enterprise},
        {.key = 'n',
         .name = "补登",
         .help = "给这一项登记一条物料台账。",
         .is_available = can_add,
         .run = add_flow},
        {.key = 'x', .name = "导出", .help = "导出这家企业这一期的平衡表。", .run = export},
        {.key = K_UP, .last = K_DOWN, .help = "移到上一项、下一项。", .run = move},
        {.key = K_HOME, .last = K_END, .help = "移到第一项、最后一项。", .run = move},
        {0},
    };
    static const struct screen_class class = {
        .name = "铊平衡",
        .about = "一家企业一个核算期的铊从哪里来、到哪里去：投入、产出、排放、库存变化和说不清的差"
                 "额，闭合率是否正常，还缺哪些台账和检测。每个数都可以按 Enter 追到台账记录。",
        .actions = actions,
        .title = balance_title,
        .draw = balance_draw,
        .input = balance_input,
        .resume = balance_resume,
        .close = balance_close,
    };
    return &class;
}

void balance_open(struct app *app, const char *id)
{
    char chosen[RECORD_ID_SIZE];
    if (!id && !choose(app, chosen))
        return;
    struct balance_screen *self = mem_new(1, sizeof *self);
    self->base.class = balance_class();
    app_push(app, &self->base);
    show_enterprise(self, id ? id : chosen);
}
