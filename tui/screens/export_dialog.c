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

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum row { ROW_REPORT, ROW_YEAR, ROW_FILE, ROW__COUNT };

enum { LABEL_COLUMN = 3, VALUE_COLUMN = 11, YEAR_MOST = 8, YEAR_WIDTH = 10, PATH_MOST = 1000 };

struct export_screen {
    struct screen base;
    struct report report;
    struct id_list only;      /* of a register's list, what the list screen showed */
    bool chosen;              /* whether `only` counts */
    struct editor year, file; /* the year, or of a report by period that */
    enum row row;
    bool named; /* the clerk has changed the file's name: it is proposed no more */
};

static bool takes(const struct export_screen *self, enum report_choice choice)
{
    return (self->report.takes & REPORT_BIT(choice)) != 0;
}

/* A register's list is exported as it stands today. */
static bool has_year(const struct export_screen *self)
{
    return !self->report.reg && !self->report.needs;
}

/* ---- proposals ---- */

/* In the first half-year it is last year that is filed. */
static int proposed_year(struct date today)
{
    return today.month <= 6 ? today.year - 1 : today.year;
}

static int typed_year(const struct export_screen *self)
{
    return atoi(editor_text(&self->year));
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
    if (report->reg)
        buffer_addf(&name, "%s%s.xlsx", report->reg->label, day);
    else if (place && (report->takes & REPORT_BIT(REPORT_PERIOD)))
        buffer_addf(&name, "%.*s%s%s", (int)(place - report->file), report->file,
                    editor_text(&self->year), place + strlen("%d年"));
    else if (place)
        buffer_addf(&name, "%.*s%d%s", (int)(place - report->file), report->file, typed_year(self),
                    place + 2);
    else
        buffer_addf(&name, "%s.xlsx", report->label);
    editor_set_text(&self->file, buffer_text(&name));
    buffer_release(&name);
}

/* ---- choosing the report ---- */

/* The filing reports, then every register. What is about one record is exported from there. */
static bool report_number(size_t index, struct report *report)
{
    for (size_t i = 0; report_at(i); i++) {
        if (!report_at(i)->needs && index-- == 0) {
            *report = *report_at(i);
            return true;
        }
    }
    for (size_t i = 0; i < register_count; i++)
        if (!(registers[i]->flags & REG_REFERENCE) && index-- == 0)
            return report_find(registers[i]->name, report, NULL);
    return false;
}

static void describe_report(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    (void)context;
    struct report report;
    if (!report_number(index, &report))
        return;
    buffer_add(name, report.label);
    buffer_add(detail, report.reg ? "清单" : "报送表");
}

static void choose_report(struct screen *screen, int key)
{
    (void)key;
    struct export_screen *self = (struct export_screen *)screen;
    struct report report;
    struct picker picker = {.title = "导出哪一种", .describe = describe_report};
    while (report_number(picker.count, &report)) {
        if (strcmp(report.name, self->report.name) == 0)
            picker.current = picker.count;
        picker.count++;
    }
    size_t index;
    if (!picker_choose(screen->app, &picker, &index) || !report_number(index, &report))
        return;
    if (strcmp(report.name, self->report.name) != 0)
        self->chosen = false;
    self->report = report;
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

static bool may_replace(struct app *app, const char *path)
{
    static const char *const answers[] = {"不替换，改一个名字", "替换原来的文件", NULL};
    struct stat info;
    if (stat(path, &info) != 0 || S_ISDIR(info.st_mode))
        return true;
    struct buffer question = {0};
    buffer_addf(&question, "“%s”已经存在。要替换吗？", path);
    bool yes = app_ask(app, buffer_text(&question), answers) == 1;
    buffer_release(&question);
    return yes;
}

static void say_done(struct app *app, const char *path, const struct report_result *result,
                     uint64_t milliseconds)
{
    struct stat info = {0};
    struct buffer time = {0};
    char *whole = realpath(path, NULL);
    stat(path, &info);
    wording_duration(milliseconds, &time);
    app_message(app, MESSAGE_DONE, "已导出 %zu 张表、%zu 行到 %s（%lld KB，%s）。", result->tables,
                result->rows, whole ? whole : path, (long long)(info.st_size + 1023) / 1024,
                buffer_text(&time));
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
        options->choices[i] = chosen;
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
    } else if (may_replace(app, path.text)) {
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
    buffer_addf(left, "导出 · %s", ((const struct export_screen *)screen)->report.label);
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
                self->row == ROW_REPORT ? STYLE_SELECTED : STYLE_FIELD, "%s ▾", self->report.label);
    grid_text(body, rows[ROW_REPORT] + 1, VALUE_COLUMN, width, STYLE_HINT,
              self->chosen && self->report.reg ? "只导出清单上显示的记录，次序相同。"
                                               : self->report.help);
    if (has_year(self)) {
        draw_field(&self->year, body, rows[ROW_YEAR], YEAR_WIDTH, self->row == ROW_YEAR);
        grid_text(
            body, rows[ROW_YEAR], VALUE_COLUMN + YEAR_WIDTH + 2, width - YEAR_WIDTH - 2, STYLE_HINT,
            takes(self, REPORT_PERIOD) ? "2025、2025H1、2025Q3 或 2025-07" : "报送哪一年的情况");
    }
    draw_field(&self->file, body, rows[ROW_FILE], width, self->row == ROW_FILE);
    draw_folder(self, body, rows[ROW_FILE] + 1);
    grid_text(body, rows[ROW_FILE] + 2, VALUE_COLUMN, width, STYLE_HINT,
              self->report.reg ? "名字以 .xlsx、.csv 或 .json 结尾" : "名字以 .xlsx 结尾");
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

void export_open_period(struct app *app, const char *name, const struct id_list *only,
                        const char *period)
{
    struct error err = {0};
    struct report report;
    const char *first = report_at(0) ? report_at(0)->name : registers[0]->name;
    if (!report_find(name ? name : first, &report, &err)) {
        app_error(app, &err);
        return;
    }
    struct buffer year = {0};
    if (period)
        buffer_add(&year, period);
    else
        buffer_addf(&year, "%d", proposed_year(clock_today()));
    struct export_screen *self = mem_new(1, sizeof *self);
    *self = (struct export_screen){
        .base.class = export_class(), .report = report, .chosen = only != NULL, .row = ROW_FILE};
    if (only)
        id_list_copy(&self->only, only);
    editor_init(&self->year, buffer_text(&year), YEAR_MOST, false);
    editor_init(&self->file, "", PATH_MOST, false);
    propose_file(self);
    buffer_release(&year);
    app_push(app, &self->base);
}

void export_open(struct app *app, const char *name, const struct id_list *only)
{
    export_open_period(app, name, only, NULL);
}
