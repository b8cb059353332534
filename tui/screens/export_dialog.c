/* What to export, for which year, and into which file. */
#include "exports/report.h"

#include "core/mem.h"
#include "core/period.h"
#include "core/text.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/editor.h"
#include "tui/screens/file_names.h"
#include "tui/screens/picker.h"
#include "tui/screens/progress.h"
#include "tui/screens/screens.h"
#include "tui/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum row { ROW_REPORT, ROW_YEAR, ROW_FILE, ROW__COUNT };

enum { LABEL_COLUMN = 3, VALUE_COLUMN = 11, YEAR_MOST = 8, YEAR_WIDTH = 10, PATH_MOST = 1000 };

struct export_screen {
    struct screen base;
    struct report_list list;    /* of what can be exported, beside the registers */
    struct report report;       /* the chosen one */
    const struct reg *form;     /* of a form to hand out, whose it is; NULL else */
    struct id_list only;        /* of a register's list, what the list screen showed */
    const struct reg *subject;  /* of the record that the screen was opened at; NULL none */
    char about[RECORD_ID_SIZE]; /* that record; "" none */
    bool chosen;                /* whether `only` counts */
    struct editor year, file;   /* the year, or of a report by period that */
    enum row row;
    bool named; /* the clerk has changed the file's name: it is proposed no more */
};

static bool takes(const struct export_screen *self, enum report_choice choice)
{
    return (self->report.takes & REPORT_BIT(choice)) != 0;
}

/* Whether the report is about one record such as the one that the screen was opened at. */
static bool is_about(const struct export_screen *self, const struct report *report)
{
    for (size_t i = 0; self->subject && i < REPORT_CHOICE__COUNT; i++)
        if ((report->needs & REPORT_BIT(i)) && report_choice_registers[i] &&
            strcmp(report_choice_registers[i], self->subject->name) == 0)
            return true;
    return false;
}

/* A register's list is exported as it stands today. */
static bool has_year(const struct export_screen *self)
{
    return !self->report.reg && !self->report.needs;
}

/* ---- proposals ---- */

static int typed_year(const struct export_screen *self)
{
    return atoi(editor_text(&self->year));
}

static void propose_period(struct export_screen *self)
{
    char text[PERIOD_TEXT_SIZE];
    period_format(report_propose_period(&self->report, clock_today()), text);
    editor_set_text(&self->year, text);
}

static bool is_archive(const struct export_screen *self)
{
    return self->report.file && text_ends_with(self->report.file, ".zip");
}

/* The number of the one record that the report is about, for its file's name. */
static void add_number(const struct export_screen *self, struct buffer *name)
{
    struct record record;
    if (!is_about(self, &self->report))
        return;
    if (store_get(desk_store(self->base.app), self->subject, self->about, &record, NULL))
        buffer_add(name, record_text(&record, "case_no"));
    record_release(&record);
}

/* "%d年度报送.xlsx" with the year; of a list its own name and the day. */
static void propose_file(struct export_screen *self)
{
    const struct report *report = &self->report;
    struct buffer name = {0};
    char day[DATE_TEXT_SIZE];
    const char *place = !report->reg && report->file ? strstr(report->file, "%d") : NULL;
    if (self->named)
        return;
    date_format(clock_today(), day);
    add_number(self, &name);
    if (report->reg)
        buffer_addf(&name, "%s%s.xlsx", report->reg->label, day);
    else if (place && (report->takes & REPORT_BIT(REPORT_PERIOD)))
        buffer_addf(&name, "%.*s%s%s", (int)(place - report->file), report->file,
                    editor_text(&self->year), place + strlen("%d年"));
    else if (place)
        buffer_addf(&name, "%.*s%d%s", (int)(place - report->file), report->file, typed_year(self),
                    place + 2);
    else
        buffer_addf(&name, "%s%s%s", self->form ? self->form->label : "", report->label,
                    is_archive(self) ? ".zip" : ".xlsx");
    editor_set_text(&self->file, buffer_text(&name));
    buffer_release(&name);
}

/* ---- choosing the report ---- */

/* The filing reports, then every register and what there is for each. What is about one record is
 * offered where the screen was opened for one. */
struct offer {
    const char *name, *label, *kind;
    const struct reg *form; /* of a form to hand out; NULL else */
};

static bool offer_number(const struct export_screen *self, size_t index, struct offer *offer)
{
    for (size_t i = 0; i < self->list.count; i++) {
        const struct report *report = &self->list.items[i];
        if ((report->needs && !is_about(self, report)) || index-- > 0)
            continue;
        *offer = (struct offer){report->name, report->label, report->needs ? "这一条的" : "报送表",
                                NULL};
        return true;
    }
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *reg = registers[i];
        if (reg->flags & REG_REFERENCE)
            continue;
        if (index-- == 0) {
            *offer = (struct offer){reg->name, reg->title, "清单", NULL};
            return true;
        }
        for (size_t j = 0; (reg->flags & REG_HANDED_OUT) && j < self->list.count; j++) {
            const struct report *report = &self->list.items[j];
            if (!(report->needs & REPORT_BIT(REPORT_REGISTER)) || index-- > 0)
                continue;
            *offer = (struct offer){report->name, reg->label, report->label, reg};
            return true;
        }
    }
    return false;
}

static void describe_report(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    struct offer offer;
    if (!offer_number(context, index, &offer))
        return;
    buffer_addf(name, "%s%s", offer.label, offer.form ? offer.kind : "");
    buffer_add(detail, offer.kind);
}

static void choose_report(struct screen *screen, int key)
{
    (void)key;
    struct export_screen *self = (struct export_screen *)screen;
    struct offer offer;
    struct report report;
    struct error err = {0};
    struct picker picker = {.title = "导出哪一种", .describe = describe_report, .context = self};
    while (offer_number(self, picker.count, &offer)) {
        if (strcmp(offer.name, self->report.name) == 0 && offer.form == self->form)
            picker.current = picker.count;
        picker.count++;
    }
    size_t index;
    if (!picker_choose(screen->app, &picker, &index) || !offer_number(self, index, &offer))
        return;
    if (!report_find(offer.name, &report, &err)) {
        app_error(screen->app, &err);
        return;
    }
    bool same_period = report.months == self->report.months &&
                       (report.takes & REPORT_BIT(REPORT_PERIOD)) ==
                           (self->report.takes & REPORT_BIT(REPORT_PERIOD));
    if (strcmp(report.name, self->report.name) != 0)
        self->chosen = false;
    report_release(&self->report);
    self->report = report;
    if (!same_period)
        propose_period(self);
    self->form = offer.form;
    propose_file(self);
}

/* ---- writing ---- */

static bool check_year(const struct export_screen *self, struct error *err)
{
    const char *text = editor_text(&self->year);
    struct period period;
    if (takes(self, REPORT_PERIOD))
        return period_parse(text, &period) ||
               error_set(err, ERROR_REFUSED,
                         "核算期“%s”要写成 2025、2025H1、2025Q3 或 2025-07 的样子。", text);
    bool digits = strlen(text) == 4 && strspn(text, "0123456789") == 4;
    return digits || error_set(err, ERROR_REFUSED, "年度“%s”要写成四位数字，例如 2025。", text);
}

static void say_done(struct app *app, const char *path, const struct report_result *result,
                     uint64_t milliseconds)
{
    struct stat info = {0};
    struct buffer time = {0}, what = {0};
    char *whole = realpath(path, NULL);
    stat(path, &info);
    wording_duration(milliseconds, &time);
    if (result->files)
        buffer_addf(&what, "%zu 个文件", result->files);
    else
        buffer_addf(&what, "%zu 张表、%zu 行", result->tables, result->rows);
    app_message(app, MESSAGE_DONE, "已导出 %s到 %s（%lld KB，%s）。", what.text,
                whole ? whole : path, (long long)(info.st_size + 1023) / 1024, buffer_text(&time));
    buffer_release(&what);
    buffer_release(&time);
    free(whole);
}

/* What the report is asked: the period typed, the record that the screen was opened for. */
static void choose(const struct export_screen *self, struct report_options *options)
{
    const char *chosen = self->chosen && self->only.count ? self->only.ids[0] : NULL;
    if (takes(self, REPORT_PERIOD))
        options->choices[REPORT_PERIOD] = editor_text(&self->year);
    if (takes(self, REPORT_ENTERPRISE))
        options->choices[REPORT_ENTERPRISE] = chosen;
    for (size_t i = 0; i < REPORT_CHOICE__COUNT; i++) {
        if (!(self->report.needs & REPORT_BIT(i)))
            continue;
        options->choices[i] = i == REPORT_REGISTER && self->form ? self->form->name
                              : is_about(self, &self->report)    ? self->about
                                                                 : chosen;
        break;
    }
}

static bool write_report(struct export_screen *self, const char *path, struct error *err)
{
    struct app *app = self->base.app;
    struct progress progress = progress_begin(app, self->report.label, "行");
    struct report_result result = {0};
    struct report_options options = {
        .year = typed_year(self),
        .only = self->report.reg && self->chosen ? &self->only : NULL,
        .progress = progress_report,
        .context = &progress,
    };
    choose(self, &options);
    uint64_t begin = clock_milliseconds();
    if (!report_write(&self->report, desk_store(app), &options, path, &result, err))
        return false;
    say_done(app, path, &result, clock_milliseconds() - begin);
    return true;
}

static void run_export(struct screen *screen, int key)
{
    (void)key;
    struct export_screen *self = (struct export_screen *)screen;
    struct app *app = screen->app;
    struct error err = {0};
    struct buffer path = {0};
    file_names_expand(editor_text(&self->file), &path);
    if (has_year(self) && !check_year(self, &err)) {
        self->row = ROW_YEAR;
        app_error(app, &err);
    } else if (path.length == 0) {
        self->row = ROW_FILE;
        app_message(app, MESSAGE_ERROR, "还没有写文件名，请写一个以 .xlsx 或 .csv 结尾的名字。");
    } else if (file_names_may_replace(app, path.text)) {
        if (write_report(self, path.text, &err))
            app_pop(app);
        else
            app_error(app, &err);
    }
    buffer_release(&path);
}

/* ---- the screen ---- */

static void export_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    (void)right;
    const struct export_screen *self = (const struct export_screen *)screen;
    buffer_addf(left, "导出 · %s%s", self->form ? self->form->label : "", self->report.label);
}

static void draw_field(struct editor *editor, struct grid *body, int row, int width, bool active)
{
    int room = body->columns - VALUE_COLUMN - 1;
    struct grid field = grid_part(body, row, VALUE_COLUMN, 1, width < room ? width : room);
    editor_draw(editor, &field, STYLE_FIELD, active);
}

static void draw_folder(const struct export_screen *self, struct grid *body, int row)
{
    char folder[PATH_MOST];
    const char *text = editor_text(&self->file);
    if (*text == '/' || *text == '~' || !getcwd(folder, sizeof folder))
        return;
    grid_printf(body, row, VALUE_COLUMN, body->columns - VALUE_COLUMN - 1, STYLE_HINT,
                "在文件夹 %s", folder);
}

static void export_draw(struct screen *screen, struct grid *body)
{
    static const char *const labels[] = {
        [ROW_REPORT] = "内容", [ROW_YEAR] = "年度", [ROW_FILE] = "文件"};
    struct export_screen *self = (struct export_screen *)screen;
    int width = body->columns - VALUE_COLUMN - 1;
    int gap = body->rows >= 12 ? 3 : 2;
    int rows[ROW__COUNT] = {0, gap, has_year(self) ? 2 * gap - (gap > 2) : gap};
    for (int i = 0; i < ROW__COUNT; i++) {
        if (i == ROW_YEAR && !has_year(self))
            continue;
        grid_text(body, rows[i], 1, 1, STYLE_PLAIN, i == (int)self->row ? "▶" : " ");
        bool is_period = i == ROW_YEAR && takes(self, REPORT_PERIOD);
        grid_text(body, rows[i], LABEL_COLUMN, 7, STYLE_PLAIN, is_period ? "核算期" : labels[i]);
    }
    grid_printf(body, rows[ROW_REPORT], VALUE_COLUMN, width,
                self->row == ROW_REPORT ? STYLE_SELECTED : STYLE_FIELD, "%s%s ▾",
                self->form ? self->form->label : "", self->report.label);
    grid_text(body, rows[ROW_REPORT] + 1, VALUE_COLUMN, width, STYLE_HINT,
              self->chosen && self->report.reg ? "只导出清单上显示的记录，次序相同。"
                                               : self->report.help);
    if (has_year(self)) {
        draw_field(&self->year, body, rows[ROW_YEAR], YEAR_WIDTH, self->row == ROW_YEAR);
        grid_text(body, rows[ROW_YEAR], VALUE_COLUMN + YEAR_WIDTH + 2, width - YEAR_WIDTH - 2,
                  STYLE_HINT,
                  !takes(self, REPORT_PERIOD) ? "报送哪一年的情况"
                  : self->report.months == 6  ? "2025H1 或 2025H2；统计到今天"
                  : self->report.months       ? "报送的那一期；统计到今天"
                                              : "2025、2025H1、2025Q3 或 2025-07");
    }
    draw_field(&self->file, body, rows[ROW_FILE], width, self->row == ROW_FILE);
    draw_folder(self, body, rows[ROW_FILE] + 1);
    grid_text(body, rows[ROW_FILE] + 2, VALUE_COLUMN, width, STYLE_HINT,
              self->report.reg   ? "名字以 .xlsx、.csv 或 .json 结尾"
              : is_archive(self) ? "名字以 .zip 结尾"
                                 : "名字以 .xlsx 结尾");
    if (self->row == ROW_REPORT)
        grid_show_cursor(body, rows[ROW_REPORT], VALUE_COLUMN);
}

static bool is_on_report(const struct screen *screen)
{
    return ((const struct export_screen *)screen)->row == ROW_REPORT;
}

static bool export_is_typing(const struct screen *screen)
{
    return !is_on_report(screen);
}

static bool export_input(struct screen *screen, const struct event *event)
{
    struct export_screen *self = (struct export_screen *)screen;
    if (self->row == ROW_REPORT)
        return false;
    bool is_year = self->row == ROW_YEAR;
    enum editor_answer answer = editor_input(is_year ? &self->year : &self->file, event);
    if (answer == EDITOR_CHANGED || answer == EDITOR_FULL) {
        self->named = self->named || !is_year;
        if (is_year)
            propose_file(self);
    }
    return answer != EDITOR_IGNORED;
}

static void move(struct screen *screen, int key)
{
    struct export_screen *self = (struct export_screen *)screen;
    bool up = key == K_UP || key == K_BACKTAB;
    do
        self->row = (enum row)(((int)self->row + (up ? ROW__COUNT - 1 : 1)) % ROW__COUNT);
    while (self->row == ROW_YEAR && !has_year(self));
}

static void enter(struct screen *screen, int key)
{
    if (is_on_report(screen))
        choose_report(screen, key);
    else
        move(screen, K_DOWN);
}

static void export_close(struct screen *screen)
{
    struct export_screen *self = (struct export_screen *)screen;
    editor_release(&self->year);
    editor_release(&self->file);
    id_list_release(&self->only);
    report_release(&self->report);
    report_list_release(&self->list);
    free(self);
}

const struct screen_class *export_class(void)
{
    static const struct action actions[] = {
        {.key = K_F(2),
         .name = "导出",
         .help = "写出文件。原有的同名文件先问再换。",
         .run = run_export},
        {.key = K_F(3), .name = "选内容", .help = "选择导出哪一种。", .run = choose_report},
        {.key = K_ENTER,
         .name = "选、下一项",
         .help = "在“内容”上打开选择，在别处到下一项。",
         .run = enter},
        {.key = K_UP, .last = K_DOWN, .name = "移动", .help = "到上一项、下一项。", .run = move},
        {.key = K_TAB, .last = K_BACKTAB, .help = "到下一项、上一项。", .run = move},
        {0},
    };
    static const struct screen_class class = {
        .name = "导出",
        .about = "把报送表或清单写成文件。写完以前，原有的文件不动；导出时按 Esc 可以停止。",
        .actions = actions,
        .title = export_title,
        .draw = export_draw,
        .input = export_input,
        .is_typing = export_is_typing,
        .close = export_close,
    };
    return &class;
}

/* The register of the record that a report was opened for. */
static const struct reg *subject_of(const struct report *report)
{
    const struct reg *reg = report->reg;
    for (size_t i = 0; !reg && i < REPORT_CHOICE__COUNT; i++)
        if (((report->takes | report->needs) & REPORT_BIT(i)) && report_choice_registers[i])
            reg = reg_find(report_choice_registers[i]);
    return reg;
}

static void open(struct app *app, const char *name, const struct id_list *only, const char *period,
                 const char *about)
{
    struct error err = {0};
    struct report_list list;
    struct report report;
    report_list_read(&list);
    if (!report_find(name ? name : list.items[0].name, &report, &err)) {
        app_error(app, &err);
        report_list_release(&list);
        return;
    }
    struct export_screen *self = mem_new(1, sizeof *self);
    *self = (struct export_screen){.base = {.class = export_class(), .app = app},
                                   .list = list,
                                   .report = report,
                                   .chosen = only != NULL,
                                   .row = ROW_FILE};
    if (only)
        id_list_copy(&self->only, only);
    about = !about && only && only->count == 1 ? only->ids[0] : about;
    if (about) {
        self->subject = subject_of(&report);
        snprintf(self->about, sizeof self->about, "%s", about);
    }
    if (self->list.faults.length)
        app_message(app, MESSAGE_ERROR, "%.*s；其余报表不受影响。",
                    (int)strcspn(self->list.faults.text, "\n"), self->list.faults.text);
    editor_init(&self->year, period ? period : "", YEAR_MOST, false);
    if (!period)
        propose_period(self);
    editor_init(&self->file, "", PATH_MOST, false);
    propose_file(self);
    app_push(app, &self->base);
}

void export_open(struct app *app, const char *name, const struct id_list *only)
{
    open(app, name, only, NULL, NULL);
}

void export_open_period(struct app *app, const char *name, const struct id_list *only,
                        const char *period)
{
    open(app, name, only, period, NULL);
}

void export_open_at(struct app *app, const char *name, const struct id_list *only, const char *id)
{
    open(app, name, only, NULL, id);
}
