/* 报送: what goes out, what blocks it, and the file itself. */
#include "core/mem.h"
#include "core/period.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/summary.h"
#include "exports/filing.h"
#include "exports/layout.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/file_names.h"
#include "tui/screens/filing_choose.h"
#include "tui/screens/form_task.h"
#include "tui/screens/progress.h"
#include "tui/screens/prompt.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum { PROPOSED = 2 };

enum { HEAD_ROWS = 6, PANEL_ROWS = 5, ROOMY_ROWS = 16, LABEL_COLUMN = 2, VALUE_COLUMN = 12 };

struct filing_screen {
    struct screen base;
    struct report report;
    struct record filing; /* as far as it is filled in; never stored before it goes out */
    struct filing_findings findings;
    struct buffer proposed[PROPOSED]; /* what stands in proposed_fields while nobody types */
    struct buffer former;             /* what is said of the filing before */
    bool is_checked;                  /* `findings` are about what is filled in */
    struct listview list;
    int list_top; /* where it was drawn */
    int64_t stamp;
};

static struct filing_screen *screen_of(const struct screen *screen)
{
    return (struct filing_screen *)screen;
}

/* ---- what it is about ---- */

static const char *kind_of(const struct filing_screen *self)
{
    return record_text(&self->filing, "kind");
}

static const char *period_of(const struct filing_screen *self)
{
    return record_text(&self->filing, "period");
}

/* "上一次 BS-441802-2026-0001（2024 年报），报出后改过 3 处，写进修订说明" */
static bool tell_former(struct filing_screen *self, struct store *store, struct error *err)
{
    char id[RECORD_ID_SIZE];
    struct record former = {0};
    struct filing_comparison changes = {0};
    buffer_clear(&self->former);
    const struct filing_subject subject = {
        .kind = kind_of(self), .period = period_of(self), .report = self->report.name};
    if (!filing_last(store, &subject, true, id, err))
        return false;
    if (!*id) {
        buffer_add(&self->former, "第一次报这一种，没有上一次可比");
        return true;
    }
    bool ok = store_get(store, &reg_filing, id, &former, err) &&
              filing_changes_since(store, id, &changes, err);
    if (ok) {
        buffer_addf(&self->former, "%s（%s %s）", record_text(&former, "case_no"),
                    record_text(&former, "period"), record_text(&former, "kind"));
        if (changes.count)
            buffer_addf(&self->former, "，报出后改过 %zu 处，写进修订说明", changes.count);
        else
            buffer_add(&self->former, changes.balance_count ? "，报出的数字没有改过"
                                                            : "，手工登记的，没有存下当时的数字");
    }
    filing_comparison_release(&changes);
    record_release(&former);
    return ok;
}

/* ---- what follows from kind and period ---- */

static const char *const proposed_fields[PROPOSED] = {"recipient", "cutoff_on"};

/* What somebody has typed stays. */
static void take_proposal(struct filing_screen *self, size_t place, const char *text)
{
    const char *name = proposed_fields[place];
    struct buffer *proposed = &self->proposed[place], now = {0};
    record_format(&self->filing, name, &now);
    if (!now.length || strcmp(now.text, buffer_text(proposed)) == 0) {
        record_set_text(&self->filing, (size_t)reg_field_index(&reg_filing, name), text,
                        store_lookup(desk_store(self->base.app)), NULL);
        buffer_clear(proposed);
        buffer_add(proposed, text);
    }
    buffer_release(&now);
}

static bool propose_rest(struct filing_screen *self, struct store *store, struct error *err)
{
    struct buffer recipient = {0};
    char cutoff[DATE_TEXT_SIZE] = "";
    const struct filing_subject subject = {
        .kind = kind_of(self), .period = period_of(self), .report = self->report.name};
    filing_propose_cutoff(&self->report, period_of(self), cutoff);
    bool ok = filing_propose_recipient(store, &subject, &recipient, err);
    const char *const texts[PROPOSED] = {buffer_text(&recipient), cutoff};
    for (size_t i = 0; ok && i < PROPOSED; i++)
        take_proposal(self, i, texts[i]);
    buffer_release(&recipient);
    return ok;
}

/* Before long work, which draws the screen in between. */
static void forget_findings(struct filing_screen *self)
{
    filing_findings_release(&self->findings);
    listview_set_count(&self->list, 0);
}

static void check(struct filing_screen *self)
{
    struct app *app = self->base.app;
    struct store *store = desk_store(app);
    struct error err = {0};
    struct progress progress = progress_begin(app, "核验要报送的内容", "条");
    struct report_options options = {.progress = progress_report, .context = &progress};
    const struct filing_request request = {.report = &self->report, .options = &options};
    forget_findings(self);
    self->is_checked = summary_stamp(store, &self->stamp, &err) &&
                       propose_rest(self, store, &err) && tell_former(self, store, &err) &&
                       filing_inspect(store, &request, &self->filing, &self->findings, &err);
    if (!self->is_checked)
        app_error(app, &err);
    listview_set_count(&self->list, self->findings.count);
}

/* ---- drawing ---- */

static void filing_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct filing_screen *self = screen_of(screen);
    buffer_addf(left, "报送 · %s", self->report.label);
    buffer_addf(right, "%s %s", period_of(self), kind_of(self));
}

static void draw_line(struct grid *body, int row, const char *label, const char *text)
{
    grid_text(body, row, LABEL_COLUMN, VALUE_COLUMN - LABEL_COLUMN, STYLE_HINT, label);
    grid_text(body, row, VALUE_COLUMN, body->columns - VALUE_COLUMN - 1, STYLE_PLAIN, text);
}

/* The values of several fields in one line, each behind its label but the first. */
static void draw_fields(const struct filing_screen *self, struct grid *body, int row,
                        const char *label, const char *const *fields)
{
    struct buffer line = {0};
    for (size_t i = 0; fields[i]; i++) {
        struct buffer value = {0};
        record_display(&self->filing, fields[i], store_lookup(desk_store(self->base.app)), &value);
        if (i > 0)
            buffer_addf(&line, "   %s ", reg_field_find(&reg_filing, fields[i])->label);
        buffer_add(&line, value.length ? value.text : i > 0 ? "—" : "还没有填");
        buffer_release(&value);
    }
    draw_line(body, row, label, line.text);
    buffer_release(&line);
}

static void draw_state(const struct filing_screen *self, struct grid *body, int row)
{
    const struct filing_findings *findings = &self->findings;
    size_t errors = findings->counts[SEVERITY_ERROR];
    struct buffer text = {0};
    if (!self->is_checked)
        buffer_add(&text, "? 还没有核验成，按 r 再试");
    else if (errors)
        buffer_addf(&text, "! %zu 个错误挡着报送，改好才能报；另有警告 %zu 个，待补 %zu 项", errors,
                    findings->counts[SEVERITY_WARNING], findings->gaps);
    else
        buffer_addf(&text, "√ 没有错误，可以报送；警告 %zu 个，待补 %zu 项",
                    findings->counts[SEVERITY_WARNING], findings->gaps);
    grid_text(body, row, LABEL_COLUMN, body->columns - LABEL_COLUMN - 1,
              errors || !self->is_checked ? STYLE_ERROR : STYLE_PLAIN, text.text);
    buffer_release(&text);
}

static void draw_finding(void *context, size_t row, struct grid *area)
{
    enum { MARK_COLUMN = 3, RULE_COLUMN = 5, NAME_COLUMN = 10, WIDE = 100 };
    const struct filing_screen *self = context;
    const struct filing_finding *finding = &self->findings.items[row];
    bool error = finding->severity == SEVERITY_ERROR;
    unsigned style = error ? STYLE_ERROR : STYLE_WARNING;
    int width = area->columns >= WIDE ? 36 : 24, column = NAME_COLUMN + width;
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == self->list.selected ? "▶" : "");
    grid_text(area, 0, MARK_COLUMN, 1, style, error ? "!" : "?");
    grid_text(area, 0, RULE_COLUMN, 4, STYLE_HINT, finding->rule);
    grid_text(area, 0, NAME_COLUMN, width - 1, STYLE_PLAIN, finding->name);
    grid_text(area, 0, column, area->columns - column - 1, style, finding->message);
}

static void draw_panel(const struct filing_screen *self, struct grid *panel)
{
    const struct filing_finding *finding = &self->findings.items[self->list.selected];
    struct buffer text = {0}, place = {0};
    buffer_addf(&place, "%s%s", finding->reg->label, finding->field ? " · " : "");
    if (finding->field)
        field_add_title(finding->field, &place);
    int used = grid_wrap(panel, 0, STYLE_HINT, place.text);
    buffer_addf(&text, "%s %s", severity_name(finding->severity), finding->message);
    if (!text_is_empty(finding->basis))
        buffer_addf(&text, "（依据：%s）", finding->basis);
    struct grid rest = grid_part(panel, used, 0, panel->rows - used, panel->columns);
    grid_wrap(&rest, 0, STYLE_PLAIN, text.text);
    buffer_release(&text);
    buffer_release(&place);
}

static void filing_draw(struct screen *screen, struct grid *body)
{
    static const char *const what[] = {"kind", "period", "campaign", NULL};
    static const char *const to[] = {"recipient", "cutoff_on", "estimated", NULL};
    struct filing_screen *self = screen_of(screen);
    int below = body->rows >= ROOMY_ROWS && self->findings.count ? PANEL_ROWS : 0;
    draw_line(body, 0, "内容", self->report.label);
    draw_fields(self, body, 1, "种类", what);
    draw_fields(self, body, 2, "报送对象", to);
    draw_line(body, 3, "上一次", buffer_text(&self->former));
    grid_rule(body, HEAD_ROWS - 2);
    draw_state(self, body, HEAD_ROWS - 1);
    self->list_top = HEAD_ROWS;
    struct grid rows = grid_part(body, HEAD_ROWS, 0, body->rows - HEAD_ROWS - below, body->columns);
    listview_draw(&self->list, &rows, self->findings.count == 0, draw_finding, self);
    if (self->is_checked && self->findings.count == 0) {
        struct grid text = grid_part(&rows, 1, LABEL_COLUMN, rows.rows - 1, rows.columns - 4);
        grid_wrap(
            &text, 0, STYLE_HINT,
            "核验没有发现要先改的。按 F2 报送：写出工作簿，读回来逐格核对，记下数字和校验值。");
    }
    if (!below)
        return;
    grid_rule(body, body->rows - below);
    struct grid panel = grid_part(body, body->rows - below + 1, 1, below - 1, body->columns - 2);
    draw_panel(self, &panel);
}

/* ---- choosing ---- */

static void press_report(struct screen *screen, int key)
{
    (void)key;
    struct filing_screen *self = screen_of(screen);
    struct report report;
    if (!filing_choose_report(screen->app, self->report.name, &report))
        return;
    report_release(&self->report);
    self->report = report;
    check(self);
}

/* ---- filling in ---- */

static const char *const asked[] = {"kind",      "period",    "campaign",  "obligation",   "due_on",
                                    "recipient", "cutoff_on", "estimated", "revision_note"};

static void check_typed(void *context, const struct record *record, struct findings *findings)
{
    (void)context;
    (void)record;
    (void)findings;
}

static bool take_typed(void *context, struct app *app, const struct record *record)
{
    struct filing_screen *self = context;
    struct error err = {0};
    if (!record_check_key(record, &err)) {
        app_error(app, &err);
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(asked); i++)
        value_copy(record_value_for_change(&self->filing, asked[i]),
                   record_value(record, asked[i]));
    return true;
}

static void show_typed(void *context, struct app *app)
{
    (void)app;
    check(context);
}

static void close_task(void *context)
{
    (void)context; /* the screen below owns it */
}

static void fill_in(struct screen *screen, int key)
{
    (void)key;
    struct filing_screen *self = screen_of(screen);
    struct form_preset presets[COUNT_OF(asked)];
    struct buffer texts[COUNT_OF(asked)] = {{0}};
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        record_format(&self->filing, asked[i], &texts[i]);
        if (texts[i].length)
            presets[count++] = (struct form_preset){asked[i], texts[i].text};
    }
    const struct form_task task = {
        .title = "报送内容",
        .headline = mem_text("报的是哪一期、给谁；填好按 F2 回去核验"),
        .subject = mem_text(self->report.label),
        .asks = asked,
        .ask_most = COUNT_OF(asked),
        .context = self,
        .check = check_typed,
        .run = take_typed,
        .finish = show_typed,
        .close = close_task,
    };
    form_open_task(screen->app, &reg_filing, NULL, &task, presets, count);
    for (size_t i = 0; i < COUNT_OF(asked); i++)
        buffer_release(&texts[i]);
}

/* ---- filing ---- */

static bool accepts_path(void *context, const char *text, struct error *err)
{
    (void)context;
    return text_ends_with(text, ".xlsx") ||
           error_set(err, ERROR_REFUSED, "报送的文件要是工作簿，名字以 .xlsx 结尾。");
}

static bool ask_path(struct filing_screen *self, struct buffer *path)
{
    struct buffer name = {0}, typed = {0};
    struct error err = {0};
    struct app *app = self->base.app;
    if (!filing_propose_name(desk_store(app), &self->report, kind_of(self), period_of(self), &name,
                             &err))
        app_error(app, &err);
    const struct prompt prompt = {
        .title = "报送的文件",
        .label = "文件",
        .help = "写完就读回来逐格核对，不一致就不算报送，什么也不留下。",
        .text = buffer_text(&name),
        .accepts = accepts_path,
    };
    bool given = prompt_ask(app, &prompt, &typed);
    if (given)
        file_names_expand(typed.text, path);
    buffer_release(&name);
    buffer_release(&typed);
    return given && file_names_may_replace(app, path->text);
}

static void write_file(struct filing_screen *self, const char *path)
{
    enum { SUM_SHOWN = 12 };
    struct app *app = self->base.app;
    struct error err = {0};
    struct report_result result = {0};
    struct progress progress = progress_begin(app, "报送", "条");
    struct report_options options = {.progress = progress_report, .context = &progress};
    const struct filing_request request = {
        .report = &self->report, .options = &options, .path = path};
    forget_findings(self);
    bool done =
        filing_make(desk_store(app), &request, &self->filing, &result, &self->findings, &err);
    listview_set_count(&self->list, self->findings.count);
    if (!done) {
        app_error(app, &err);
        return;
    }
    struct buffer told = {0};
    buffer_addf(&told, "已报送 %s：%s，%zu 张表 %zu 行，读回核对无误，校验值 %.*s…",
                record_text(&self->filing, "case_no"), path, result.tables, result.rows, SUM_SHOWN,
                record_text(&self->filing, "file_sha256"));
    app_pop(app);
    app_message(app, MESSAGE_DONE, "%s", told.text);
    buffer_release(&told);
}

static void press_file(struct screen *screen, int key)
{
    struct filing_screen *self = screen_of(screen);
    struct buffer path = {0};
    if (!store_can_write(desk_store(screen->app)))
        app_message(screen->app, MESSAGE_WARNING, "现在只能查看，不能报送。");
    else if (self->findings.counts[SEVERITY_ERROR] || !self->is_checked)
        app_message(screen->app, MESSAGE_ERROR,
                    "有 %zu 个错误挡着，不能报送：按 Enter 到记录改好；只要草稿的按 x 导出。",
                    self->findings.counts[SEVERITY_ERROR]);
    else if (!*record_text(&self->filing, "recipient")) {
        fill_in(screen, key);
        app_message(screen->app, MESSAGE_WARNING,
                    "还不知道报给哪个单位：请填“报送对象”，按 F2 回去。");
    } else if (ask_path(self, &path))
        write_file(self, path.text);
    buffer_release(&path);
}

/* ---- the screen ---- */

static bool has_finding(const struct screen *screen)
{
    return screen_of(screen)->findings.count > 0;
}

static void open_record(struct screen *screen, int key)
{
    (void)key;
    const struct filing_screen *self = screen_of(screen);
    const struct filing_finding *finding = &self->findings.items[self->list.selected];
    form_open_at(screen->app, finding->reg, finding->id, finding->field);
}

static void press_export(struct screen *screen, int key)
{
    (void)key;
    export_open(screen->app, screen_of(screen)->report.name, NULL);
}

static void press_check(struct screen *screen, int key)
{
    (void)key;
    check(screen_of(screen));
}

static bool filing_input(struct screen *screen, const struct event *event)
{
    struct filing_screen *self = screen_of(screen);
    return listview_input_at(&self->list, event, self->list_top);
}

static void filing_resume(struct screen *screen)
{
    struct filing_screen *self = screen_of(screen);
    if (desk_has_changed(screen->app, self->stamp))
        check(self);
}

static void filing_close(struct screen *screen)
{
    struct filing_screen *self = screen_of(screen);
    filing_findings_release(&self->findings);
    record_release(&self->filing);
    report_release(&self->report);
    buffer_release(&self->former);
    for (size_t i = 0; i < PROPOSED; i++)
        buffer_release(&self->proposed[i]);
    listview_release(&self->list);
    free(self);
}

const struct screen_class *filing_class(void)
{
    static const struct action actions[] = {
        {.key = K_F(2),
         .name = "报送",
         .help = "写出工作簿，读回来逐格核对，记下数字和校验值。有错误时不能报。",
         .run = press_file},
        {.key = 'e',
         .name = "填写",
         .help = "种类、报告期、专项、报送对象、统计截止日期、是否含估算数。",
         .run = fill_in},
        {.key = K_F(3), .name = "选内容", .help = "报送哪一种报表或清单。", .run = press_report},
        {.key = K_ENTER,
         .name = "去改",
         .help = "打开光标所在的记录，光标停在要改的一项。",
         .is_available = has_finding,
         .run = open_record},
        {.key = 'x', .name = "草稿", .help = "不报送，只导出一份看看。", .run = press_export},
        {.key = 'r', .help = "重新核验。", .run = press_check},
        {0},
    };
    static const struct screen_class class = {
        .name = "报送",
        .about = "把材料报给上级：先看哪些错误挡着，改好了才能报；报出的数字冻结下来，以后再改要写"
                 "原因，并印在下一次的修订说明里。",
        .actions = actions,
        .title = filing_title,
        .draw = filing_draw,
        .input = filing_input,
        .resume = filing_resume,
        .close = filing_close,
    };
    return &class;
}

/* What the report is made for, and the period that is due. */
static void propose(struct filing_screen *self)
{
    struct store *store = desk_store(self->base.app);
    const struct lookup *lookup = store_lookup(store);
    const struct layout *layout = self->report.layout;
    struct check_context context = store_check_context(store);
    const char *kind = layout && layout->cutoff_filing ? layout->cutoff_filing : "年报";
    char period[PERIOD_TEXT_SIZE];
    period_format(report_propose_period(&self->report, clock_today()), period);
    const char *const pairs[][2] = {
        {"kind", kind}, {"period", period}, {"campaign", context.campaign}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        record_set_text(&self->filing, (size_t)reg_field_index(&reg_filing, pairs[i][0]),
                        pairs[i][1], lookup, NULL);
}

void filing_open(struct app *app, const char *id)
{
    (void)id;
    struct report report;
    if (!filing_choose_report(app, NULL, &report))
        return;
    struct filing_screen *self = mem_new(1, sizeof *self);
    *self = (struct filing_screen){.base.class = filing_class(), .report = report};
    record_init(&self->filing, &reg_filing);
    app_push(app, &self->base);
    propose(self);
    check(self);
}
