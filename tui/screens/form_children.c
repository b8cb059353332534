/* The records of a child register that hang on the record of the form, as a tab. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/draft.h"
#include "tui/desk.h"
#include "tui/screens/columns.h"
#include "tui/screens/reason.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum { MARK_COLUMNS = 3, ROWS_ABOVE = 3 /* tabs, rule, headings */ };

static struct form *form_of(const struct screen *screen)
{
    return (struct form *)screen;
}

const struct reg *form_child(const struct form *form)
{
    size_t sections = form->reg->section_count;
    return form->tab < sections ? NULL : reg_child(form->reg, form->tab - sections);
}

static struct form_children *children_of(const struct form *form)
{
    return &form->children[form->tab - form->reg->section_count];
}

/* ---- loading ---- */

struct parent_search {
    const char *parent, *id;
    bool found;
};

static void compare_parent(void *context, const char *field, const char *text)
{
    struct parent_search *search = context;
    search->found =
        search->found || (strcmp(field, search->parent) == 0 && strcmp(text, search->id) == 0);
}

/* Children that were begun and never saved stand first: nothing that was typed is out of reach. */
static void add_drafts(const struct form *form, const struct reg *child,
                       struct form_children *children)
{
    struct store *store = desk_store(form->base.app);
    struct draft *drafts = NULL;
    size_t count = 0;
    if (!draft_list(store, &drafts, &count, NULL))
        return;
    for (size_t i = 0; i < count; i++) {
        struct parent_search search = {.parent = child->parent, .id = form->record.id};
        if (drafts[i].reg != child || !drafts[i].is_new ||
            !draft_each(store, child, drafts[i].record, compare_parent, &search, NULL) ||
            !search.found)
            continue;
        struct id_list *ids = &children->ids;
        ids->ids = mem_resize(ids->ids, ids->count + 1, sizeof *ids->ids);
        memmove(ids->ids + 1, ids->ids, ids->count++ * sizeof *ids->ids);
        memcpy(ids->ids[0], drafts[i].record, sizeof ids->ids[0]);
        children->drafts++;
    }
    free(drafts);
}

void form_load_children(struct form *form)
{
    for (size_t i = 0; i < form->child_count; i++) {
        struct form_children *children = &form->children[i];
        struct query query = {.reg = reg_child(form->reg, i), .parent = form->record.id};
        struct error err = {0};
        id_list_release(&children->ids);
        children->drafts = 0;
        if (form->stored.version &&
            !query_ids(desk_store(form->base.app), &query, &children->ids, &err))
            app_error(form->base.app, &err);
        if (form->stored.version)
            add_drafts(form, query.reg, children);
        listview_set_count(&children->list, children->ids.count);
    }
}

void form_release_children(struct form *form)
{
    for (size_t i = 0; i < form->child_count; i++) {
        id_list_release(&form->children[i].ids);
        listview_release(&form->children[i].list);
    }
    free(form->children);
}

/* ---- drawing ---- */

struct drawing {
    const struct form *form;
    struct columns columns;
};

static void draw_child(void *context, size_t row, struct grid *area)
{
    const struct drawing *drawing = context;
    const struct form *form = drawing->form;
    const struct form_children *children = children_of(form);
    bool is_draft = row < children->drafts;
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == children->list.selected ? "▸" : "");
    if (is_draft) {
        grid_text(area, 0, 0, 1, STYLE_CHANGED, "~");
        grid_text(area, 0, MARK_COLUMNS, area->columns, STYLE_CHANGED,
                  "未保存的草稿，按 Enter 接着填");
        return;
    }
    struct store *store = desk_store(form->base.app);
    struct record record;
    if (store_get(store, form_child(form), children->ids.ids[row], &record, NULL))
        columns_draw_row(&drawing->columns, &record, store_lookup(store), area);
    record_release(&record);
}

static void draw_empty(const struct form *form, const struct reg *child, struct grid *area)
{
    if (!form->stored.version)
        grid_printf(area, 0, MARK_COLUMNS, area->columns - MARK_COLUMNS, STYLE_HINT,
                    "先按 F2 保存这一条，再来添加%s。", child->label);
    else
        grid_printf(area, 0, MARK_COLUMNS, area->columns - MARK_COLUMNS, STYLE_HINT,
                    form->lock ? "没有%s。" : "还没有%s，按 n 添加。", child->label);
}

static void children_draw(struct screen *screen, struct grid *body)
{
    struct form *form = form_of(screen);
    struct form_children *children = children_of(form);
    const struct reg *child = form_child(form);
    struct grid heading = grid_part(body, 2, 0, 1, body->columns);
    struct grid rows = grid_part(body, ROWS_ABOVE, 0, body->rows - ROWS_ABOVE, body->columns);
    struct drawing drawing = {.form = form};
    columns_lay_out_below(&drawing.columns, child, child->parent, MARK_COLUMNS, body->columns - 1);
    form_draw_tabs(form, body);
    columns_draw_heading(&drawing.columns, &heading,
                         child->order ? child->order : child->name_field, child->descending);
    listview_draw(&children->list, &rows, false, draw_child, &drawing);
    if (children->ids.count == 0)
        draw_empty(form, child, &rows);
}

static bool children_input(struct screen *screen, const struct event *event)
{
    return listview_input_at(&children_of(form_of(screen))->list, event, ROWS_ABOVE);
}

/* ---- actions ---- */

static bool has_rows(const struct screen *screen)
{
    return children_of(form_of(screen))->ids.count > 0;
}

static bool can_add(const struct screen *screen)
{
    return !form_of(screen)->lock && form_of(screen)->stored.version;
}

static bool can_delete(const struct screen *screen)
{
    return has_rows(screen) && !form_of(screen)->lock;
}

static bool is_survey(const struct screen *screen)
{
    return form_of(screen)->survey;
}

static const char *selected_id(const struct form *form)
{
    const struct form_children *children = children_of(form);
    return children->ids.ids[children->list.selected];
}

static void open_child(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    form_open(screen->app, form_child(form), selected_id(form), NULL);
}

static void add_child(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    form_open(screen->app, form_child(form), NULL, form->record.id);
}

static bool remove_record(struct form *form, const char *id, const char *why, struct error *err)
{
    struct store *store = desk_store(form->base.app);
    bool ok = store_begin(store, "delete", NULL, err) && store_explain(store, why, err) &&
              store_remove(store, form_child(form), id, err) && store_commit(store, err);
    if (!ok)
        store_rollback(store);
    return ok;
}

static bool remove_child(struct form *form, const char *id, bool is_draft, struct error *err)
{
    struct app *app = form->base.app;
    struct buffer why = {0};
    if (is_draft)
        return draft_discard(desk_store(app), form_child(form), id, err);
    bool ok = remove_record(form, id, NULL, err) ||
              (reason_ask(app, err, &why) && remove_record(form, id, buffer_text(&why), err));
    buffer_release(&why);
    return ok;
}

static void delete_child(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    struct form_children *children = children_of(form);
    bool is_draft = children->list.selected < children->drafts;
    struct buffer question = {0};
    struct record record;
    struct error err = {0};
    if (is_draft)
        record_init(&record, form_child(form));
    else if (!store_get(desk_store(screen->app), form_child(form), selected_id(form), &record,
                        &err))
        app_error(screen->app, &err);
    buffer_addf(&question, is_draft ? "要丢掉这份%s的草稿吗？丢掉后不能恢复。" : "要删除%s“",
                form_child(form)->label);
    if (!is_draft) {
        record_name(&record, store_lookup(desk_store(screen->app)), &question);
        buffer_add(&question, "”吗？删除后可以撤销，历史仍然保留。");
    }
    static const char *const answers[] = {"不删除", "删除", NULL};
    if (app_ask(screen->app, buffer_text(&question), answers) == 1) {
        if (remove_child(form, selected_id(form), is_draft, &err))
            app_message(screen->app, MESSAGE_DONE, "已删除一%s%s。", form_child(form)->counter,
                        form_child(form)->label);
        else
            app_error(screen->app, &err);
        form_load_children(form);
    }
    record_release(&record);
    buffer_release(&question);
}

const struct screen_class *form_children_class(void)
{
    static const struct action actions[] = {
        {.key = K_ENTER,
         .name = "打开",
         .help = "打开光标所在的一条。",
         .is_available = has_rows,
         .run = open_child},
        {.key = 'n',
         .name = "添加",
         .help = "添加一条，自动挂在这条记录下面。",
         .is_available = can_add,
         .run = add_child},
        {.key = 'd',
         .name = "删除",
         .help = "删除光标所在的一条，先问一次。",
         .is_available = can_delete,
         .run = delete_child},
        {.key = K_TAB,
         .last = K_BACKTAB,
         .name = "翻页",
         .help = "到下一页、上一页。",
         .run = form_turn},
        {.key = K_PAGE_UP,
         .last = K_PAGE_DOWN,
         .help = "在排查向导中：到上一步、下一步。",
         .is_available = is_survey,
         .run = form_turn},
        {.key = K_F(2), .name = "保存", .help = "保存整条记录。", .run = form_press_save},
        {.key = K_F(4), .name = "历史", .help = "这条记录的全部修改。", .run = form_show_history},
        {.key = 'h', .help = "这条记录的全部修改。", .run = form_show_history},
        {0},
    };
    static const struct screen_class class = {
        .name = "下属记录",
        .about = "挂在这条记录下面的各条，如敏感目标、整改进展。每一条都有自己的表单。",
        .actions = actions,
        .title = form_title,
        .draw = children_draw,
        .input = children_input,
        .resume = form_resume,
        .may_leave = form_may_leave,
        .close = form_close,
    };
    return &class;
}
