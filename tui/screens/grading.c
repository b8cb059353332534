/* 分级研判: what the program proposes for a legacy site, why, on which records that rests, what the
 * bureau says, and how the grades went. */
#include "tui/screens/grading.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/clock.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

bool grading_differs(enum grade own, enum grade proposed)
{
    return own && own != proposed && (grade_is_rated(proposed) || proposed == GRADE_NO_DATA);
}

/* ---- the lines ---- */

static void forget_lines(struct grading_screen *self)
{
    for (size_t i = 0; i < self->line_count; i++)
        free(self->lines[i].text);
    self->line_count = 0;
}

static struct grading_line *add_line(struct grading_screen *self, unsigned style, const char *text)
{
    self->lines =
        mem_grow(self->lines, self->line_count, &self->line_capacity, sizeof *self->lines);
    struct grading_line *line = &self->lines[self->line_count++];
    *line = (struct grading_line){.text = mem_text(text), .style = style};
    return line;
}

static void add_record_line(struct grading_screen *self, unsigned style, const char *text,
                            const struct reg *reg, const char *id)
{
    struct grading_line *line = add_line(self, style, text);
    line->reg = reg;
    memcpy(line->id, id, RECORD_ID_SIZE);
}

static void add_proposal(struct grading_screen *self)
{
    const struct grade_place *place = &grade_places[self->at];
    const struct grade_proposal *proposal = &self->grading.proposals[self->at];
    struct buffer text = {0};
    buffer_addf(&text, "%s 建议%s", place->label, grade_name(proposal->grade));
    if (proposal->hint)
        buffer_addf(&text, "（仅提示：核对限值后可能是%s）", grade_name(proposal->hint));
    add_line(self, STYLE_HEADING, text.text);
    for (size_t i = 0; i < proposal->reason_count; i++)
        add_line(self, STYLE_PLAIN, proposal->reasons[i]);
    for (size_t i = 0; i < proposal->evidence_count; i++)
        add_record_line(self, STYLE_PLAIN, proposal->evidence[i].label, proposal->evidence[i].reg,
                        proposal->evidence[i].id);
    buffer_release(&text);
}

static void add_own(struct grading_screen *self)
{
    const struct grade_place *place = &grade_places[self->at];
    enum grade own = grade_own(&self->site, self->at);
    bool differs = grading_differs(own, self->grading.proposals[self->at].grade);
    const char *reason = place->reason ? record_text(&self->site, place->reason) : "";
    struct buffer text = {0};
    buffer_addf(&text, "本局评%s",
                own ? grade_name(own) : "：还没有评，按 t 采用建议，按 e 自己评");
    if (differs)
        buffer_add(&text, "，与建议不同");
    if (*reason)
        buffer_addf(&text, "；依据：%s", reason);
    else if (differs && place->reason)
        buffer_add(&text, "；没有写依据，按 e 补上");
    add_line(self, differs && !*reason && place->reason ? STYLE_WARNING : STYLE_PLAIN, text.text);
    buffer_release(&text);
}

static void add_route(struct grading_screen *self)
{
    const char *own = record_text(&self->site, "route");
    const char *proposed = self->grading.route;
    struct buffer text = {0};
    add_line(self, STYLE_HEADING, "治理路线");
    buffer_addf(&text, "本局 %s；建议 %s", *own ? own : "没有定",
                proposed ? proposed : "提不出（先评可行性）");
    if (proposed)
        buffer_addf(&text, "：%s", self->grading.route_why);
    add_line(self, STYLE_PLAIN, text.text);
    buffer_release(&text);
}

static void add_effects(struct grading_screen *self)
{
    const struct grading *grading = &self->grading;
    const char *conclusion = record_text(&self->site, "effect_conclusion");
    struct buffer text = {0};
    if (!grading->effect_count && !*conclusion)
        return;
    buffer_addf(&text, "治理前后%s%s", *conclusion ? "  效果评估：" : "", conclusion);
    add_line(self, STYLE_HEADING, text.text);
    for (size_t i = 0; i < grading->effect_count; i++)
        add_record_line(self, grading->effects[i].is_better ? STYLE_PLAIN : STYLE_WARNING,
                        grading->effects[i].text, &reg_sample, grading->effects[i].after_id);
    buffer_release(&text);
}

static void add_step(void *context, const struct grade_step *step)
{
    struct grading_screen *self = context;
    struct buffer text = {0};
    if (step->dimension != self->at)
        return;
    buffer_addf(&text, "%s  %s → %s", step->on, *step->from ? step->from : "（空）",
                *step->to ? step->to : "（空）");
    if (*step->who)
        buffer_addf(&text, "  %s", step->who);
    buffer_addf(&text, "%s%s%s", step->is_undo ? "  撤销" : "", *step->why ? "：" : "", step->why);
    add_line(self, STYLE_PLAIN, text.text);
    buffer_release(&text);
}

static void lay_out(struct grading_screen *self)
{
    struct buffer heading = {0};
    struct error err = {0};
    size_t before;
    forget_lines(self);
    add_proposal(self);
    add_own(self);
    add_route(self);
    add_effects(self);
    buffer_addf(&heading, "%s 分级历程", grade_places[self->at].label);
    add_line(self, STYLE_HEADING, heading.text);
    buffer_release(&heading);
    before = self->line_count;
    if (!grades_each(desk_store(self->base.app), self->site.id, add_step, self, &err))
        app_error(self->base.app, &err);
    else if (self->line_count == before)
        add_line(self, STYLE_HINT, "还没有评过级；评了以后每次改动都记在这里。");
    listview_set_count(&self->list, self->line_count);
}

/* ---- reading ---- */

static void forget(struct grading_screen *self)
{
    if (self->is_loaded)
        grading_release(&self->grading);
    self->is_loaded = false;
}

static void load(struct grading_screen *self, const char *id)
{
    struct store *store = desk_store(self->base.app);
    struct record site;
    struct error err = {0};
    bool ok = store_get(store, &reg_legacy_site, id, &site, &err) &&
              summary_stamp(store, &self->stamp, &err);
    forget(self);
    record_release(&self->site);
    self->site = site;
    if (!ok) {
        app_error(self->base.app, &err);
        return;
    }
    struct check_context context = store_check_context(store);
    record_conclude(&self->site, &context);
    grading_work_out(&self->site, &context, &self->grading);
    self->is_loaded = true;
    lay_out(self);
}

static void load_again(struct grading_screen *self)
{
    char id[RECORD_ID_SIZE];
    memcpy(id, self->site.id, sizeof id);
    load(self, id);
}

/* ---- taking over what is proposed ---- */

static void set_text(struct record *site, const char *field, const char *text)
{
    value_set_text(record_value_for_change(site, field), text);
}

/* Whether the field of the dimension can hold what is proposed. */
static bool can_hold(enum grade_dimension dimension, enum grade proposed)
{
    const struct field *field = reg_field_find(&reg_legacy_site, grade_places[dimension].own);
    for (const char *const *choice = field->choices; *choice; choice++)
        if (strcmp(*choice, grade_name(proposed)) == 0)
            return true;
    return false;
}

static bool take_one(const struct grading_screen *self, enum grade_dimension dimension,
                     struct record *site)
{
    const struct grade_proposal *proposal = &self->grading.proposals[dimension];
    const struct grade_place *place = &grade_places[dimension];
    struct buffer why = {0};
    if (!can_hold(dimension, proposal->grade))
        return false;
    set_text(site, place->own, grade_name(proposal->grade));
    for (size_t i = 0; i < proposal->reason_count; i++)
        buffer_add(&why, proposal->reasons[i]);
    if (place->reason)
        set_text(site, place->reason, buffer_text(&why));
    buffer_release(&why);
    return true;
}

/* One act through the gate: `site` is as it is stored but for what was taken over. */
static void save(struct grading_screen *self, struct record *site)
{
    char today[DATE_TEXT_SIZE];
    struct error err = {0};
    enum store_change change;
    date_format(clock_today(), today);
    set_text(site, "graded_on", today);
    if (!store_save(desk_store(self->base.app), site, "采用程序建议的等级", &change, &err))
        app_error(self->base.app, &err);
    else
        app_message(self->base.app, MESSAGE_DONE,
                    "已采用建议，评级日期 %s；要撤销，回到工作台按 u。", today);
    load_again(self);
}

static void take(struct grading_screen *self, enum grade_dimension first, enum grade_dimension last)
{
    struct record site;
    struct error err = {0};
    size_t taken = 0;
    if (!store_get(desk_store(self->base.app), &reg_legacy_site, self->site.id, &site, &err))
        app_error(self->base.app, &err);
    else {
        for (enum grade_dimension i = first; i <= last; i++)
            taken += take_one(self, i, &site);
        if (taken)
            save(self, &site);
        else
            app_message(self->base.app, MESSAGE_INFORMATION,
                        "程序还提不出等级，没有可以采用的；看下面缺什么，或按 e 自己评。");
    }
    record_release(&site);
}

/* ---- actions ---- */

static struct grading_screen *screen_of(const struct screen *screen)
{
    return (struct grading_screen *)screen;
}

static const struct grading_line *selected(const struct grading_screen *self)
{
    size_t row = self->list.selected;
    return row < self->line_count && self->lines[row].reg ? &self->lines[row] : NULL;
}

static bool can_open(const struct screen *screen)
{
    return selected(screen_of(screen)) != NULL;
}

static bool can_change(const struct screen *screen)
{
    return screen_of(screen)->is_loaded && store_can_write(desk_store(screen->app));
}

static void open_line(struct screen *screen, int key)
{
    (void)key;
    const struct grading_line *line = selected(screen_of(screen));
    form_open_at(screen->app, line->reg, line->id, NULL);
}

static void turn(struct screen *screen, int key)
{
    struct grading_screen *self = screen_of(screen);
    bool ahead = key == K_RIGHT || key == K_TAB;
    size_t at = (size_t)self->at + (ahead ? 1 : GRADE_DIMENSIONS - 1);
    self->at = (enum grade_dimension)(at % GRADE_DIMENSIONS);
    lay_out(self);
    listview_select(&self->list, 0);
}

static void take_this(struct screen *screen, int key)
{
    (void)key;
    struct grading_screen *self = screen_of(screen);
    take(self, self->at, self->at);
}

static void take_all(struct screen *screen, int key)
{
    (void)key;
    take(screen_of(screen), 0, GRADE_RISK);
}

static void edit(struct screen *screen, int key)
{
    (void)key;
    const struct grading_screen *self = screen_of(screen);
    form_open_at(screen->app, &reg_legacy_site, self->site.id,
                 reg_field_find(&reg_legacy_site, grade_places[self->at].own));
}

static void open_case(struct screen *screen, int key)
{
    (void)key;
    case_open(screen->app, &reg_legacy_site, screen_of(screen)->site.id);
}

static bool grading_input(struct screen *screen, const struct event *event)
{
    struct grading_screen *self = screen_of(screen);
    return listview_input_at(&self->list, event, self->list_top);
}

static void grading_resume(struct screen *screen)
{
    struct grading_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        load_again(self);
}

static void grading_close(struct screen *screen)
{
    struct grading_screen *self = screen_of(screen);
    forget(self);
    forget_lines(self);
    free(self->lines);
    listview_release(&self->list);
    record_release(&self->site);
    free(self);
}

const struct screen_class *grading_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开光标所在的证据（→）：监测结果或敏感目标。",
         .is_available = can_open,
         .run = open_line},
        {.key = K_LEFT,
         .last = K_RIGHT,
         .name = "换一项",
         .help = "看左边、右边一项的理由和证据。",
         .run = turn},
        {.key = K_TAB, .help = "看下一项。", .run = turn},
        {.key = 't',
         .name = "采用",
         .help = "这一项采用建议：等级和理由填进档案，评级日期记今天；降级的要到表单里附佐证。",
         .is_available = can_change,
         .run = take_this},
        {.key = 'a',
         .name = "全采用",
         .help = "提得出建议的各项都采用，一次改好。",
         .is_available = can_change,
         .run = take_all},
        {.key = 'e',
         .name = "改评",
         .help = "打开表单，光标停在这一项：自己评，写明依据；降级的附佐证和理由。",
         .run = edit},
        {.key = 'c', .name = "案卷", .help = "打开这个点位的案卷。", .run = open_case},
        {0},
    };
    static const struct screen_class class = {
        .name = "分级研判",
        .about = "一个历史遗留点位的等级：上面并排是本局评的和程序建议的，不同的带“?”；下面是选中"
                 "一项的理由、证据，治理路线，治理前后的对比，和分级历程。",
        .actions = actions,
        .title = grading_title,
        .draw = grading_draw,
        .input = grading_input,
        .resume = grading_resume,
        .close = grading_close,
    };
    return &class;
}

void grading_open(struct app *app, const char *id)
{
    struct grading_screen *self = mem_new(1, sizeof *self);
    self->base.class = grading_class();
    record_init(&self->site, &reg_legacy_site);
    app_push(app, &self->base);
    load(self, id);
}
