/* What an import would do, before it does it. */
#include "imports/import.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/clock.h"
#include "tui/desk.h"
#include "tui/listview.h"
#include "tui/screens/file_names.h"
#include "tui/screens/picker.h"
#include "tui/screens/progress.h"
#include "tui/screens/prompt.h"
#include "tui/screens/screens.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum { DETAIL_ROWS = 3, ROOMY_ROWS = 16, ARROW_LEAST = 14, FIELD_GAP = 3 };

struct import_screen {
    struct screen base;
    struct import *import;
    const struct reg *reg;
    char *path;
    size_t *rows; /* of the import that are shown */
    struct listview columns, list;
    bool in_columns; /* the arrow keys move among the columns */
    bool refused_only;
    int columns_top, list_top; /* in the body, of the last drawing */
    struct progress *progress; /* while something runs */
};

/* ---- running ---- */

static bool report(void *context, int64_t done, int64_t total)
{
    struct import_screen *self = context;
    return progress_report(self->progress, (size_t)done, (size_t)total);
}

static void list_rows(struct import_screen *self)
{
    size_t count = 0;
    free(self->rows);
    self->rows = mem_new(self->import->row_count + 1, sizeof *self->rows);
    for (size_t i = 0; i < self->import->row_count; i++)
        if (!self->refused_only || self->import->rows[i].outcome == IMPORT_REFUSED)
            self->rows[count++] = i;
    listview_set_count(&self->list, count);
    listview_set_count(&self->columns, self->import->heading.column_count);
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
    list_rows(self);
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

static void run_import(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    struct app *app = screen->app;
    struct error err = {0};
    struct progress progress = progress_begin(app, "导入", "行");
    uint64_t begin = clock_milliseconds();
    self->progress = &progress;
    bool ok = import_run(self->import, desk_store(app), false, &err);
    self->progress = NULL;
    if (ok) {
        say_done(app, self->import, clock_milliseconds() - begin);
        app_pop(app);
        return;
    }
    /* The numbers on the screen are those of the run that was stopped. */
    struct error again = {0};
    if (import_run(self->import, desk_store(app), true, &again))
        list_rows(self);
    app_error(app, &err);
}

/* ---- drawing ---- */

static void import_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct import_screen *self = (const struct import_screen *)screen;
    const struct import *import = self->import;
    const struct table *table = &import->table;
    buffer_addf(left, "导入预览 · %s → %s", import->file_name, self->reg->label);
    if (table->sheet_count > 1)
        buffer_addf(right, "工作表 %s · ", table->sheet);
    uint32_t first = table->rows[import->heading.first_row].number;
    buffer_addf(right, "标题在第 %u", first);
    if (import->heading.row_count > 1)
        buffer_addf(right, "–%u", first + (uint32_t)import->heading.row_count - 1);
    buffer_add(right, " 行");
}

/* "A", "AB" */
static void write_column_name(size_t index, struct buffer *out)
{
    char name[8];
    size_t at = sizeof name - 1;
    name[at] = '\0';
    for (size_t rest = index + 1; rest && at; rest = (rest - 1) / 26)
        name[--at] = (char)('A' + (rest - 1) % 26);
    buffer_add(out, name + at);
}

static void draw_column(void *context, size_t row, struct grid *area)
{
    const struct import_screen *self = context;
    const struct heading_column *column = &self->import->heading.columns[row];
    struct buffer name = {0}, target = {0};
    bool selected = self->in_columns && row == self->columns.selected;
    int half = (area->columns - 8) / 2 > ARROW_LEAST ? (area->columns - 8) / 2 : ARROW_LEAST;
    write_column_name(row, &name);
    grid_text(area, 0, 1, 1, STYLE_PLAIN, selected ? "▶" : " ");
    grid_text(area, 0, 3, 3, STYLE_HINT, buffer_text(&name));
    grid_text(area, 0, 7, half - 8, STYLE_PLAIN, *column->text ? column->text : "（无标题）");
    unsigned style = STYLE_PLAIN;
    if (column->match == HEADING_FIELD) {
        const struct field *field = reg_field(self->reg, column->field);
        bool stored = field_is_stored(field);
        field_add_title(field, &target);
        if (field->unit)
            buffer_addf(&target, "  %s", field->unit);
        if (!stored)
            buffer_add(&target, "（用来找到所引用的记录）");
    } else {
        style = column->match == HEADING_UNKNOWN && *column->text ? STYLE_WARNING : STYLE_HINT;
        buffer_add(&target, column->match == HEADING_IGNORED ? "（序号，不导入）"
                            : *column->text                  ? "? 没有对应的项，不导入"
                                                             : "（不导入）");
    }
    grid_text(area, 0, half, 2, STYLE_HINT, "→");
    grid_text(area, 0, half + FIELD_GAP, area->columns - half - FIELD_GAP - 1, style,
              buffer_text(&target));
    buffer_release(&name);
    buffer_release(&target);
}

static void draw_sum(const struct import_screen *self, struct grid *body, int row)
{
    const struct import *import = self->import;
    int column = 1;
    column += grid_printf(
        body, row, column, body->columns - 2, STYLE_BOLD,
        "读入 %lld 行 = 新增 %lld + 变更 %lld + 相同 %lld + 拒绝 %lld", (long long)import->read,
        (long long)import->counts[IMPORT_NEW], (long long)import->counts[IMPORT_CHANGED],
        (long long)import->counts[IMPORT_SAME], (long long)import->counts[IMPORT_REFUSED]);
    struct buffer notes = {0};
    if (import->left_out)
        buffer_addf(&notes, "合计、签名行 %lld 不计  ", (long long)import->left_out);
    if (*import->region_by_default) {
        const struct lookup *lookup = store_lookup(desk_store(self->base.app));
        buffer_add(&notes, "没有县区列，都按");
        lookup->label(lookup->context, "region", import->region_by_default, &notes);
    }
    grid_text(body, row, column + 3, body->columns - column - 4, STYLE_HINT, buffer_text(&notes));
    buffer_release(&notes);
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct import_screen *self = context;
    const struct import_row *item = &self->import->rows[self->rows[row]];
    bool refused = item->outcome == IMPORT_REFUSED;
    unsigned style = refused ? STYLE_ERROR : STYLE_CHANGED;
    bool selected = !self->in_columns && row == self->list.selected;
    int name = area->columns >= 100 ? 32 : 20;
    grid_text(area, 0, 1, 1, STYLE_PLAIN, selected ? "▶" : " ");
    grid_printf(area, 0, 3, 11, style, "%s 行 %u", refused ? "!" : "~", item->number);
    grid_text(area, 0, 13, name, STYLE_PLAIN, *item->name ? item->name : "（无名称）");
    grid_printf(area, 0, 14 + name, area->columns - name - 15, style, "%s%s",
                refused ? "拒绝：" : "", item->message);
}

static void draw_no_rows(const struct import_screen *self, struct grid *area)
{
    const struct import *import = self->import;
    const char *words = self->refused_only ? "没有被拒绝的行。按 t 看全部。"
                        : import->counts[IMPORT_NEW]
                            ? "没有要变更的，也没有被拒绝的行；全部是新增。按 F2 导入。"
                            : "文件与清单完全相同，不需要导入。按 Esc 返回。";
    struct grid text = grid_part(area, 0, 3, area->rows, area->columns - 4);
    grid_wrap(&text, 0, STYLE_HINT, words);
}

static void draw_detail(const struct import_screen *self, struct grid *area)
{
    if (self->in_columns || self->list.count == 0)
        return;
    const struct import_row *row = &self->import->rows[self->rows[self->list.selected]];
    const struct field *field = reg_field_find(self->reg, row->field);
    struct buffer text = {0};
    buffer_addf(&text, "第 %u 行 %s  ", row->number, row->name);
    if (row->outcome == IMPORT_REFUSED)
        buffer_addf(&text, "拒绝%s%s%s：", field ? "（" : "", field ? field->label : "",
                    field ? "）" : "");
    buffer_add(&text, row->message);
    grid_wrap(area, 0, row->outcome == IMPORT_REFUSED ? STYLE_ERROR : STYLE_PLAIN,
              buffer_text(&text));
    buffer_release(&text);
}

/* Of the two lists only the one that the arrow keys move in shows where they are. */
static void draw_part(struct import_screen *self, struct listview *list, struct grid *area,
                      bool active, listview_draw_row *draw)
{
    if (active) {
        listview_draw(list, area, false, draw, self);
        return;
    }
    for (size_t i = 0; (int)i < area->rows && list->top + i < list->count; i++) {
        struct grid row = grid_part(area, (int)i, 0, 1, area->columns);
        draw(self, list->top + i, &row);
    }
}

static void import_draw(struct screen *screen, struct grid *body)
{
    struct import_screen *self = (struct import_screen *)screen;
    bool roomy = body->rows >= ROOMY_ROWS;
    int details = roomy ? DETAIL_ROWS + 1 : 0;
    int most = self->in_columns ? body->rows / 2 : body->rows / 3;
    int columns = (int)self->columns.count < most ? (int)self->columns.count : most;
    self->columns_top = 0;
    struct grid top = grid_part(body, 0, 0, columns, body->columns);
    draw_part(self, &self->columns, &top, self->in_columns, draw_column);
    grid_rule(body, columns);
    draw_sum(self, body, columns + 1);
    grid_rule(body, columns + 2);
    self->list_top = columns + 3;
    struct grid rows =
        grid_part(body, self->list_top, 0, body->rows - self->list_top - details, body->columns);
    draw_part(self, &self->list, &rows, !self->in_columns, draw_row);
    if (self->list.count == 0)
        draw_no_rows(self, &rows);
    if (!roomy)
        return;
    struct grid text = grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    grid_rule(body, body->rows - details);
    draw_detail(self, &text);
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

static void toggle_refused(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    self->refused_only = !self->refused_only;
    list_rows(self);
    listview_select(&self->list, 0);
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
    app_back(screen->app);
}

static bool has_sheets(const struct screen *screen)
{
    return ((const struct import_screen *)screen)->import->table.sheet_count > 1;
}

static bool has_work(const struct screen *screen)
{
    const struct import *import = ((const struct import_screen *)screen)->import;
    return import->counts[IMPORT_NEW] + import->counts[IMPORT_CHANGED] > 0;
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
    {.key = 't',
     .name = "只看拒绝",
     .help = "只看被拒绝的行，再按一次看全部。",
     .run = toggle_refused},
    {.key = K_TAB,
     .name = "看列",
     .help = "在文件的列与各行之间切换，用上下键移动。",
     .run = switch_part},
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

static const char *const suffixes[] = {".xlsx", ".csv", ".tsv", ".txt", NULL};

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
        .help = "写表格文件的路径（.xlsx 或 .csv），或按 ↓ 从下面选；"
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
