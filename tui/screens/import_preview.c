/* What an import would do, before it does it. */
#include "tui/screens/import_preview.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "exports/refused.h"
#include "tui/desk.h"
#include "tui/screens/file_names.h"
#include "tui/screens/picker.h"
#include "tui/screens/prompt.h"
#include "tui/screens/screens.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

/* ---- which rows are shown ---- */

static bool is_any(const struct import_row *row)
{
    (void)row;
    return true;
}

static bool is_refused(const struct import_row *row)
{
    return row->outcome == IMPORT_REFUSED;
}

static bool is_double(const struct import_row *row)
{
    return row->double_count > 0;
}

static bool is_changed(const struct import_row *row)
{
    return row->change_count > 0;
}

static bool is_noted(const struct import_row *row)
{
    return row->note_count > 0;
}

static const struct {
    const char *name;
    bool (*has)(const struct import_row *row);
} views[IMPORT_VIEW__COUNT] = {
    [IMPORT_VIEW_ALL] = {"", is_any},
    [IMPORT_VIEW_REFUSED] = {"只看拒绝的", is_refused},
    [IMPORT_VIEW_DOUBLES] = {"只看疑似重复的", is_double},
    [IMPORT_VIEW_CHANGED] = {"只看与清单不同的", is_changed},
    [IMPORT_VIEW_NOTED] = {"只看改了读法的", is_noted},
};

const char *import_view_name(enum import_view view)
{
    return views[view].name;
}

/* Number of the selected row, 0 when there is none. */
static uint32_t selected_number(const struct import_screen *self)
{
    return self->list.count ? self->import->rows[self->rows[self->list.selected]].number : 0;
}

/* Lists the rows of the view anew and selects the one with that number, or the last before it. */
static void list_rows(struct import_screen *self, uint32_t number)
{
    const struct import *import = self->import;
    size_t count = 0, selected = 0;
    free(self->rows);
    self->rows = mem_new(import->row_count + 1, sizeof *self->rows);
    for (size_t i = 0; i < import->row_count; i++) {
        if (!views[self->view].has(&import->rows[i]))
            continue;
        if (import->rows[i].number <= number)
            selected = count;
        self->rows[count++] = i;
    }
    listview_set_count(&self->list, count);
    listview_select(&self->list, selected);
    listview_set_count(&self->columns, import->heading.column_count);
}

/* ---- running ---- */

static bool report(void *context, int64_t done, int64_t total)
{
    struct import_screen *self = context;
    return progress_report(self->progress, (size_t)done, (size_t)total);
}

/* Runs the import. What the screen shows is of the run before until this one has succeeded, so one
 * that did not is followed by another try. */
static bool run_once(struct import_screen *self, const char *title, bool dry, struct error *err)
{
    struct progress progress = progress_begin(self->base.app, title, "行");
    uint32_t number = selected_number(self);
    self->progress = &progress;
    bool ok = import_run(self->import, desk_store(self->base.app), dry, err);
    self->progress = NULL;
    list_rows(self, number);
    return ok;
}

void import_try_again(struct import_screen *self)
{
    struct error err = {0};
    self->is_decided = true;
    if (!run_once(self, "试导入，还没有写入", true, &err))
        app_error(self->base.app, &err);
}

/* Reads the file and tries the import; replaces what was read before only when all went well. */
static bool read_file(struct import_screen *self, const char *sheet, struct error *err)
{
    struct app *app = self->base.app;
    struct import *import = NULL;
    struct progress progress = progress_begin(app, "读取表格", "行");
    self->progress = &progress;
    bool ok =
        import_open(&import, desk_store(app), self->reg, self->path, sheet, report, self, err);
    progress.title = "试导入，还没有写入";
    ok = ok && import_run(import, desk_store(app), true, err);
    self->progress = NULL;
    if (!ok) {
        import_close(&import);
        return false;
    }
    import_close(&self->import);
    self->import = import;
    self->is_decided = false;
    list_rows(self, 0);
    return true;
}

static void say_done(struct app *app, const struct import *import, uint64_t milliseconds)
{
    struct buffer time = {0};
    wording_duration(milliseconds, &time);
    app_message(app, MESSAGE_DONE,
                "已导入：新增 %lld，变更 %lld，相同 %lld，拒绝 %lld；用时 %s。按 u 可以整批撤销。",
                (long long)import->counts[IMPORT_NEW], (long long)import->counts[IMPORT_CHANGED],
                (long long)import->counts[IMPORT_SAME], (long long)import->counts[IMPORT_REFUSED],
                buffer_text(&time));
    buffer_release(&time);
}

/* Figures that were filed change only with a reason. Without one those rows stay refused. */
static void ask_reason(struct import_screen *self)
{
    struct buffer why = {0};
    const struct prompt prompt = {
        .title = "改动已经报送的数字",
        .label = "原因:",
        .help = "文件改动了已经报送的数字。写明原因，下次报送的修订说明里会列出；"
                "按 Esc 不写，这些行就不导入。",
    };
    if (prompt_ask(self->base.app, &prompt, &why) && why.length) {
        import_choose_reason(self->import, why.text);
        import_try_again(self);
    }
    buffer_release(&why);
}

static void run_import(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    struct app *app = screen->app;
    struct error err = {0};
    if (self->import->wants_reason)
        ask_reason(self);
    uint64_t begin = clock_milliseconds();
    if (run_once(self, "导入", false, &err)) {
        say_done(app, self->import, clock_milliseconds() - begin);
        app_pop(app);
        return;
    }
    import_try_again(self);
    app_error(app, &err);
}

/* ---- the refused rows as a workbook ---- */

static void propose_refused(const struct import_screen *self, struct buffer *path)
{
    const char *dot = strrchr(self->path, '.');
    size_t length = dot && !strchr(dot, '/') ? (size_t)(dot - self->path) : strlen(self->path);
    buffer_addf(path, "%.*s_拒绝的行.xlsx", (int)length, self->path);
}

static bool writes_refused(void *context, const char *text, struct error *err)
{
    struct import_screen *self = context;
    struct buffer path = {0};
    file_names_expand(text, &path);
    bool ok = file_names_may_replace(self->base.app, buffer_text(&path)) ||
              error_set(err, ERROR_CANCELLED, "没有替换，请换一个文件名。");
    ok = ok && refused_write(self->import, desk_store(self->base.app), buffer_text(&path), err);
    buffer_release(&path);
    return ok;
}

static void save_refused(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    struct buffer proposed = {0}, answer = {0};
    propose_refused(self, &proposed);
    const struct prompt prompt = {
        .title = "存下拒绝的行",
        .label = "文件:",
        .help = "存成一张表，出错的格子标红并写明原因。在表里改好，再导入这张表。",
        .text = buffer_text(&proposed),
        .context = self,
        .accepts = writes_refused,
    };
    if (prompt_ask(screen->app, &prompt, &answer))
        app_message(screen->app, MESSAGE_DONE, "已存下拒绝的 %lld 行：%s",
                    (long long)self->import->counts[IMPORT_REFUSED], buffer_text(&answer));
    buffer_release(&proposed);
    buffer_release(&answer);
}

/* ---- keys ---- */

static bool import_input(struct screen *screen, const struct event *event)
{
    struct import_screen *self = (struct import_screen *)screen;
    if (event->kind == EVENT_MOUSE)
        self->in_columns = event->row < self->list_top - 3;
    if (self->in_columns)
        return listview_input_at(&self->columns, event, self->columns_top);
    return listview_input_at(&self->list, event, self->list_top);
}

/* The next view in which there is a row. */
static void turn_view(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    do {
        self->view = (self->view + 1) % IMPORT_VIEW__COUNT;
        list_rows(self, 0);
    } while (self->view != IMPORT_VIEW_ALL && self->list.count == 0);
}

static void switch_part(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    self->in_columns = !self->in_columns;
}

static void leave(struct screen *screen, int key)
{
    (void)key;
    static const char *const answers[] = {"接着看", "不导入，选过的列和词都不留", NULL};
    if (!((const struct import_screen *)screen)->is_decided ||
        app_ask(screen->app, "还没有导入。现在离开，刚才选的要重新选；要留下请按 F2 导入。",
                answers) == 1)
        app_back(screen->app);
}

static bool can_choose(const struct screen *screen)
{
    const struct import_screen *self = (const struct import_screen *)screen;
    return self->in_columns ? self->columns.count > 0 : self->list.count > 0;
}

static bool is_on_field(const struct screen *screen)
{
    const struct import_screen *self = (const struct import_screen *)screen;
    return self->in_columns && self->columns.count &&
           self->import->heading.columns[self->columns.selected].match == HEADING_FIELD;
}

static bool has_refused(const struct screen *screen)
{
    return ((const struct import_screen *)screen)->import->counts[IMPORT_REFUSED] > 0;
}

static bool lacks_papers(const struct screen *screen)
{
    return ((const struct import_screen *)screen)->import->unproven > 0;
}

static bool goes_by_papers(const struct screen *screen)
{
    const struct import *import = ((const struct import_screen *)screen)->import;
    return import_chosen_states(import) == IMPORT_STATES_PROVEN;
}

static void choose_states(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    import_choose_states(self->import,
                         goes_by_papers(screen) ? IMPORT_STATES_LISTED : IMPORT_STATES_PROVEN);
    import_try_again(self);
}

static bool has_sheets(const struct screen *screen)
{
    return ((const struct import_screen *)screen)->import->table.sheet_count > 1;
}

static bool has_work(const struct screen *screen)
{
    const struct import *import = ((const struct import_screen *)screen)->import;
    return import->counts[IMPORT_NEW] + import->counts[IMPORT_CHANGED] + import->wants_reason > 0;
}

static void describe_sheet(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct table *table = context;
    buffer_add(name, table->sheets[index].name);
    buffer_add(detail, table->sheets[index].hidden ? "隐藏" : "");
}

static void choose_sheet(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    struct table *table = &self->import->table;
    struct picker picker = {.title = "选择工作表",
                            .count = table->sheet_count,
                            .context = table,
                            .describe = describe_sheet};
    size_t index = 0;
    struct error err = {0};
    if (!picker_choose(screen->app, &picker, &index))
        return;
    char *name = mem_text(table->sheets[index].name);
    if (!read_file(self, name, &err))
        app_error(screen->app, &err);
    free(name);
}

static void import_screen_close(struct screen *screen)
{
    struct import_screen *self = (struct import_screen *)screen;
    import_close(&self->import);
    listview_release(&self->columns);
    listview_release(&self->list);
    free(self->rows);
    free(self->path);
    free(self);
}

static const struct action actions[] = {
    {.key = K_F(2),
     .name = "导入（可撤销）",
     .help = "把新增和变更的行写入清单；整批是一步，可以撤销。",
     .is_available = has_work,
     .run = run_import},
    {.key = K_ENTER,
     .name = "选择",
     .help = "在列上：选这一列是哪一项。在行上：是不是同一家、取谁的值、导不导入。",
     .is_available = can_choose,
     .run = import_choose},
    {.key = K_TAB,
     .name = "看列",
     .help = "在文件的列与各行之间切换，用上下键移动。",
     .run = switch_part},
    {.key = 'm',
     .name = "按材料登记",
     .help = "状态缺材料的行不拒绝，先登记到材料够得上的一步，原表怎样写记在历史里。",
     .is_available = lacks_papers,
     .run = choose_states},
    {.key = 'm',
     .name = "照表登记",
     .help = "状态照表登记，缺材料的行拒绝。",
     .is_available = goes_by_papers,
     .run = choose_states},
    {.key = 't',
     .name = "换看",
     .help = "依次只看拒绝的、疑似重复的、与清单不同的、改了读法的，再按回到全部。",
     .run = turn_view},
    {.key = 'c',
     .name = "不同时",
     .help = "这一列与清单不同时：取文件的值、留原值、只补空白，依次换。",
     .is_available = is_on_field,
     .run = import_turn_side},
    {.key = 's',
     .name = "存拒绝行",
     .help = "把拒绝的行存成一张表，出错的格子标红写明原因，改好再导入。",
     .is_available = has_refused,
     .run = save_refused},
    {.key = 'w',
     .name = "工作表",
     .help = "换一张工作表。",
     .is_available = has_sheets,
     .run = choose_sheet},
    {.key = K_ESC, .name = "不导入", .help = "不写入任何内容，回到上一屏。", .run = leave},
    {0},
};

const struct screen_class *import_class(void)
{
    static const struct screen_class class = {
        .name = "导入预览",
        .about = "上面是文件中的列对应哪一项，下面是会变更的行（~）和被拒绝的行（!）。"
                 "按 F2 以前什么都不写入。空的单元格不会抹掉已有的内容。",
        .actions = actions,
        .title = import_title,
        .draw = import_draw,
        .input = import_input,
        .close = import_screen_close,
    };
    return &class;
}

static struct import_screen *new_screen(struct app *app, const struct reg *reg, const char *path)
{
    struct import_screen *self = mem_new(1, sizeof *self);
    self->base.class = import_class();
    self->base.app = app;
    self->reg = reg;
    self->path = mem_text(path);
    return self;
}

static const char *const suffixes[] = {".xlsx", ".xls", ".et",  ".ods",
                                       ".csv",  ".tsv", ".txt", NULL};

struct request {
    struct app *app;
    const struct reg *reg;
    struct import_screen *ready; /* once a file was read */
};

static bool accepts(void *context, const char *text, struct error *err)
{
    struct request *request = context;
    struct buffer path = {0};
    file_names_expand(text, &path);
    struct import_screen *self = new_screen(request->app, request->reg, buffer_text(&path));
    buffer_release(&path);
    if (!read_file(self, NULL, err)) {
        import_screen_close(&self->base);
        return false;
    }
    request->ready = self;
    return true;
}

static void suggest(void *context, const char *text, struct buffer *lines)
{
    (void)context;
    file_names_suggest((void *)suffixes, text, lines);
}

void import_open_screen(struct app *app, const struct reg *reg)
{
    struct request request = {.app = app, .reg = reg};
    struct buffer title = {0}, path = {0};
    buffer_addf(&title, "导入到 %s", reg->label);
    const struct prompt prompt = {
        .title = buffer_text(&title),
        .label = "文件:",
        .help = "写表格文件的路径（.xlsx、.csv、.xls），或按 ↓ 从下面选；"
                "从文件管理器拖进来也可以。先预览，再决定是否导入。",
        .context = &request,
        .accepts = accepts,
        .suggest = suggest,
    };
    if (prompt_ask(app, &prompt, &path))
        app_push(app, &request.ready->base);
    else if (request.ready)
        import_screen_close(&request.ready->base);
    buffer_release(&title);
    buffer_release(&path);
}
