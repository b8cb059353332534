/* What can be done in a list, and with its rows. */
#include "core/mem.h"
#include "core/registers.h"
#include "db/summary.h"
#include "tui/desk.h"
#include "tui/screens/list.h"
#include "tui/screens/narrow.h"
#include "tui/screens/reason.h"
#include "tui/screens/screens.h"
#include "tui/screens/undo.h"
#include "tui/screens/views.h"

#include <string.h>

static bool can_write(const struct screen *screen)
{
    return store_can_write(desk_store(screen->app));
}

static bool has_row(const struct screen *screen)
{
    return ((const struct list_screen *)screen)->list.count > 0;
}

static bool can_change_row(const struct screen *screen)
{
    return has_row(screen) && can_write(screen);
}

static bool is_filtered(const struct screen *screen)
{
    const struct list_screen *self = (const struct list_screen *)screen;
    return self->filtered || self->typing;
}

static bool has_condition(const struct screen *screen)
{
    const struct list_screen *self = (const struct list_screen *)screen;
    return self->where.length > 0 || self->only.count > 0;
}

/* An object of the inventories has a case file; what hangs on one has only its form. */
static bool has_case(const struct screen *screen)
{
    const struct list_screen *self = (const struct list_screen *)screen;
    return has_row(screen) && self->reg->menu == MENU_INVENTORY;
}

static bool has_only_form(const struct screen *screen)
{
    return has_row(screen) && !has_case(screen);
}

static void open_case(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    self->typing = false;
    case_open(screen->app, self->reg, list_id(self, self->list.selected));
}

static void open_row(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    self->typing = false;
    form_open(screen->app, self->reg, list_id(self, self->list.selected), NULL);
}

static void open_record(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    self->typing = false;
    record_open_screen(screen->app, self->reg, list_id(self, self->list.selected));
}

/* Where Enter shows something else than the form. */
static bool has_form_besides(const struct screen *screen)
{
    const struct list_screen *self = (const struct list_screen *)screen;
    return has_case(screen) || (has_row(screen) && self->reg == &reg_obligation);
}

static bool can_inspect(const struct screen *screen)
{
    return has_row(screen) && inspect_is_possible(((const struct list_screen *)screen)->reg);
}

static void inspect(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    self->typing = false;
    inspect_open(screen->app, self->reg, list_id(self, self->list.selected));
}

static bool has_view(const struct screen *screen)
{
    return has_row(screen) && view_is_possible(((const struct list_screen *)screen)->reg);
}

static void open_view(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    view_choose(screen->app, self->reg, list_id(self, self->list.selected));
}

static bool has_moves(const struct screen *screen)
{
    return has_row(screen) && moves_are_possible(((const struct list_screen *)screen)->reg);
}

/* Of the rows with a mark, else of the row of the cursor. */
static void move_rows(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    struct id_list marked = {0};
    self->typing = false;
    if (!self->list.marked) {
        moves_open(screen->app, self->reg, list_id(self, self->list.selected));
        return;
    }
    if (!can_write(screen)) {
        app_message(screen->app, MESSAGE_WARNING, "现在只能查看，不能成批办理。");
        return;
    }
    marked.ids = mem_new(self->list.marked, sizeof *marked.ids);
    for (size_t i = 0; i < self->list.count; i++)
        if (listview_is_marked(&self->list, i))
            memcpy(marked.ids[marked.count++], list_id(self, i), sizeof *marked.ids);
    moves_open_all(screen->app, self->reg, &marked);
    id_list_release(&marked);
}

static void new_record(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    form_begin(screen->app, self->reg, self->parent);
}

static void find(struct screen *screen, int key)
{
    (void)key;
    ((struct list_screen *)screen)->typing = true;
    screen->app->goes_on = true;
}

static void clear_filter(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    char selected[RECORD_ID_SIZE] = "";
    const char *id = list_id(self, self->list.selected);
    if (id)
        memcpy(selected, id, sizeof selected);
    self->typing = false;
    editor_set_text(&self->filter, "");
    list_apply_filter(self);
    if (*selected)
        list_select(self, selected);
}

static void sort(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    const struct reg *reg = self->reg;
    const struct field *field;
    const char *now = self->order ? self->order : reg->order ? reg->order : reg->name_field;
    bool descending = self->order ? self->descending : reg->descending;
    if (!narrow_choose_field(screen->app, "按哪一项排序（再选一次，次序倒过来）", reg, now, NULL,
                             &field))
        return;
    self->descending = strcmp(field->name, now) == 0 && !descending;
    self->order = field->name;
    list_load(self);
    listview_select(&self->list, 0);
}

static void narrow(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    if (!narrow_ask(screen->app, self->reg, &self->where))
        return;
    list_load(self);
    listview_select(&self->list, 0);
}

static void widen(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    buffer_clear(&self->where);
    id_list_release(&self->only);
    list_load(self);
}

static void toggle_incomplete(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    self->incomplete = !self->incomplete;
    list_load(self);
}

static void mark(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    size_t row = self->list.selected;
    listview_mark(&self->list, row, !listview_is_marked(&self->list, row));
    listview_select(&self->list, row + 1);
}

static void write_question(struct list_screen *self, struct buffer *out)
{
    struct record record;
    if (self->list.marked) {
        buffer_addf(out, "要删除打了标记的 %zu %s吗？", self->list.marked, self->reg->counter);
        return;
    }
    const char *id = list_id(self, self->list.selected);
    store_get(desk_store(self->base.app), self->reg, id, &record, NULL);
    buffer_add(out, "要删除 ");
    record_name(&record, store_lookup(desk_store(self->base.app)), out);
    buffer_add(out, " 吗？");
    record_release(&record);
}

/* All or nothing: a record that others point to keeps the rest as well. */
static bool remove_chosen(struct list_screen *self, const char *why, size_t *count,
                          struct error *err)
{
    struct store *store = desk_store(self->base.app);
    bool ok = store_begin(store, "delete", NULL, err) && store_explain(store, why, err);
    *count = 0;
    for (size_t i = 0; ok && i < self->list.count; i++) {
        bool chosen =
            self->list.marked ? listview_is_marked(&self->list, i) : i == self->list.selected;
        if (!chosen)
            continue;
        ok = store_remove(store, self->reg, list_id(self, i), err);
        *count += ok;
    }
    ok = ok && store_commit(store, err);
    if (!ok)
        store_rollback(store);
    return ok;
}

static void remove_rows(struct screen *screen, int key)
{
    (void)key;
    static const char *const answers[] = {"不删除", "删除（之后可以按 u 撤销）", NULL};
    struct list_screen *self = (struct list_screen *)screen;
    struct buffer question = {0}, why = {0};
    struct error err = {0};
    size_t count;
    write_question(self, &question);
    if (app_ask(screen->app, buffer_text(&question), answers) == 1) {
        if (remove_chosen(self, NULL, &count, &err) ||
            (reason_ask(screen->app, &err, &why) &&
             remove_chosen(self, buffer_text(&why), &count, &err))) {
            list_load(self);
            app_message(screen->app, MESSAGE_DONE, "已删除 %zu %s。按 u 可以撤销。", count,
                        self->reg->counter);
        } else {
            app_error(screen->app, &err);
        }
    }
    buffer_release(&question);
    buffer_release(&why);
}

static void undo(struct screen *screen, int key)
{
    (void)key;
    if (undo_ask(screen->app))
        list_load((struct list_screen *)screen);
}

static void show_history(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    history_open(screen->app, self->reg, list_id(self, self->list.selected));
}

static void import(struct screen *screen, int key)
{
    (void)key;
    import_open_screen(screen->app, ((struct list_screen *)screen)->reg);
}

static void export(struct screen *screen, int key)
{
    (void)key;
    struct list_screen *self = (struct list_screen *)screen;
    struct id_list found = {0};
    list_search_all(self);
    if (self->filtered)
        filter_list(self->search, &found);
    export_open_at(screen->app, self->reg->name, self->filtered ? &found : &self->all,
                   list_id(self, self->list.selected));
    id_list_release(&found);
}

static void refresh(struct screen *screen, int key)
{
    (void)key;
    list_load((struct list_screen *)screen);
}

static void go_to_register(struct screen *screen, int key)
{
    struct app *app = screen->app;
    const struct reg *reg = reg_on_desk((size_t)(key - '1'));
    if (!reg)
        return;
    app_pop(app);
    list_open(app, reg, NULL);
}

const struct action list_actions[] = {
    {.key = K_ENTER,
     .name = "案卷",
     .help = "在企业、点位等清单里：打开光标所在对象的案卷，监测、检查、问题、附件都在里面。",
     .is_available = has_case,
     .run = open_case},
    {.key = K_ENTER,
     .name = "打开",
     .help = "在其他清单里：打开光标所在的记录，查看或修改。",
     .is_available = has_only_form,
     .run = open_record},
    {.key = 'e',
     .name = "编辑",
     .help = "打开光标所在记录的表单，查看或修改。",
     .is_available = has_form_besides,
     .run = open_row},
    {.key = 't',
     .name = "办理",
     .help = "光标所在的一条办到了哪一步、下一步缺什么；有标记时，对打了标记的成批办一步。",
     .is_available = has_moves,
     .run = move_rows},
    {.key = K_ESC,
     .name = "清除查找",
     .help = "清除查找的字，回到全部记录；没有在查找时回到上一屏。",
     .is_available = is_filtered,
     .run = clear_filter},
    {.key = '/',
     .name = "查找",
     .help = "边打字边查找：汉字、全拼、首字母都行；直接输入汉字也可以。几个词用空格隔开，要都"
             "含有。",
     .run = find},
    {.key = 'n',
     .name = "新建",
     .help = "新建一条记录。",
     .is_available = can_write,
     .run = new_record},
    {.key = 'i',
     .name = "检查",
     .help = "对光标所在的对象做现场检查，没做完的接着做。",
     .is_available = can_inspect,
     .run = inspect},
    {.key = 'v',
     .name = "测算",
     .help = "由光标所在的记录测算：铊平衡、去向、指标、分级等，有几样的先选。",
     .is_available = has_view,
     .run = open_view},
    {.key = 's', .name = "排序", .help = "选择按哪一项排序；再选同一项，次序倒过来。", .run = sort},
    {.key = 'f', .name = "筛选", .help = "加一个条件，例如某个乡镇、某种状态。", .run = narrow},
    {.key = 'F',
     .name = "去掉条件",
     .help = "去掉全部筛选条件。",
     .is_available = has_condition,
     .run = widen},
    {.key = 'b',
     .name = "待补",
     .help = "只看必填项没有填全的记录，再按一次看全部。",
     .run = toggle_incomplete},
    {.key = 'd',
     .name = "删除",
     .help = "删除光标所在的记录，或全部打了标记的记录；先问一次，可以撤销。",
     .is_available = can_change_row,
     .run = remove_rows},
    {.key = 'h',
     .name = "历史",
     .help = "这条记录每次改动的内容、时间和人。",
     .is_available = has_row,
     .run = show_history},
    {.key = 'x', .name = "导出", .help = "把这张清单导出成表格文件。", .run = export},
    {.key = 'o',
     .name = "导入",
     .help = "从 .xlsx 或 .csv 文件导入，先预览，再决定。",
     .is_available = can_write,
     .run = import},
    {.key = 'u',
     .name = "撤销",
     .help = "撤销最后一次改动，包括整批导入；先说明是哪一次。",
     .is_available = can_write,
     .run = undo},
    {.key = ' ',
     .name = "标记",
     .help = "打上或去掉标记，再移到下一行；删除和办理时按标记成批处理。",
     .is_available = has_row,
     .run = mark},
    {.key = K_INSERT, .help = "同空格键。", .is_available = has_row, .run = mark},
    {.key = 'r', .help = "重新读取清单。", .run = refresh},
    {.key = K_F(5), .help = "重新读取清单。", .run = refresh},
    {.key = '1', .last = '9', .help = "换到另一张清单，次序与工作台相同。", .run = go_to_register},
    {0},
};

/* ---- events ---- */

/* Texts are read already while the first word is thought of. */
