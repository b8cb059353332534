/* 排查向导: the form of a register, one section a step, and behind the last step a summary of what
 * is still to be done. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "db/draft.h"
#include "tui/desk.h"
#include "tui/screens/findings.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

enum {
    MARK_COLUMN = 3,
    NAME_COLUMN = 5,
    STATE_COLUMN = 17,
    ROWS_ABOVE = 4, /* tabs, rule, what it comes to, what is next */
    PANEL_ROWS = 5,
    BODY_ROWS_FOR_PANEL = 14,
};

/* Where a survey was left when that is no section. */
static const char place_behind[] = "*";

/* A row of the summary: a page, or a finding. */
struct survey_line {
    size_t page;
    const struct finding *finding; /* NULL: the page as a whole */
};

struct survey {
    struct listview list;
    struct survey_line *lines;
    size_t count, capacity;
};

static struct form *form_of(const struct screen *screen)
{
    return (struct form *)screen;
}

/* ---- from form to survey and back ---- */

void survey_begin(struct form *form)
{
    if (!form->survey)
        form->survey = mem_new(1, sizeof *form->survey);
}

void survey_end(struct form *form)
{
    if (!form->survey)
        return;
    listview_release(&form->survey->list);
    free(form->survey->lines);
    free(form->survey);
    form->survey = NULL;
}

bool survey_is_possible(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return (form->reg->flags & REG_SURVEY) && !form->lock;
}

void survey_switch(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    form_leave_field(form);
    if (form->survey)
        survey_end(form);
    else
        survey_begin(form);
    if (form_is_on_fields(screen))
        form_go_to(form, form->at);
    else
        form_turn_to(form, 0);
}

/* A page by its first field, so that it is found again when there are others. */
const char *survey_place(const struct form *form)
{
    if (!form->survey)
        return "";
    if (!form_is_on_fields(&form->base))
        return place_behind;
    return reg_field(form->reg, reg_section_start(form->reg, form->tab))->name;
}

static size_t page_of_place(const struct form *form, const char *place)
{
    for (size_t page = 0; page < form->reg->section_count; page++)
        if (strcmp(reg_field(form->reg, reg_section_start(form->reg, page))->name, place) == 0)
            return form_page_applies(form, page) ? page : 0;
    return strcmp(place, place_behind) == 0 ? form_page_count(form) - 1 : 0;
}

bool survey_resume(struct form *form)
{
    struct buffer place = {0};
    struct error err = {0};
    if (!draft_place(desk_store(form->base.app), form->reg, form->record.id, &place, &err))
        app_error(form->base.app, &err);
    bool found = place.length > 0;
    if (found) {
        survey_begin(form);
        form_turn_to(form, page_of_place(form, place.text));
    }
    buffer_release(&place);
    return found;
}

/* ---- the summary ---- */

static struct form_count count_page(const struct form *form, size_t page)
{
    size_t start = reg_section_start(form->reg, page);
    return form_count(form, start, start + form->reg->sections[page].count);
}

/* What is missing stands in the line of its page. */
static bool tells_of_gap(const struct form *form, const struct finding *finding)
{
    int field = finding->field ? reg_field_index(form->reg, finding->field) : -1;
    return field >= 0 && form_lacks(form, (size_t)field);
}

static void add_line(struct survey *survey, struct survey_line line)
{
    survey->lines =
        mem_grow(survey->lines, survey->count, &survey->capacity, sizeof *survey->lines);
    survey->lines[survey->count++] = line;
}

void survey_sum_up(struct form *form)
{
    struct survey *survey = form->survey;
    size_t summary = form_page_count(form) - 1;
    if (!survey || form->tab != summary)
        return;
    survey->count = 0;
    for (size_t page = 0; page < summary; page++)
        if (form_page_applies(form, page))
            add_line(survey, (struct survey_line){.page = page});
    for (int severity = SEVERITY__COUNT - 1; severity >= 0; severity--)
        for (size_t i = 0; i < form->findings.count; i++) {
            const struct finding *finding = &form->findings.items[i];
            if ((int)finding->severity == severity && !tells_of_gap(form, finding))
                add_line(survey, (struct survey_line){.finding = finding});
        }
    listview_set_count(&survey->list, survey->count);
}

static const struct survey_line *selected(const struct form *form)
{
    return &form->survey->lines[form->survey->list.selected];
}

/* "3 项：涌水量 枯水期、丰水期、占地面积": a group is named once. */
static void write_fields(const struct form *form, size_t page,
                         bool (*is_one)(const struct form *form, size_t field), struct buffer *out)
{
    struct buffer names = {0};
    const char *group = "";
    size_t start = reg_section_start(form->reg, page), count = 0;
    for (size_t i = start; i < start + form->reg->sections[page].count; i++) {
        const struct field *field = reg_field(form->reg, i);
        if (!is_one(form, i))
            continue;
        buffer_add(&names, count++ ? "、" : "");
        if (field->group && strcmp(field->group, group) == 0)
            buffer_add(&names, field->label);
        else
            field_add_title(field, &names);
        group = field->group ? field->group : "";
    }
    buffer_addf(out, "%zu 项：%s", count, buffer_text(&names));
    buffer_release(&names);
}

/* How a page stands; the mark in front says it in one character. */
static const char *write_page(const struct form *form, size_t page, unsigned *style,
                              struct buffer *out)
{
    size_t sections = form->reg->section_count;
    *style = STYLE_PLAIN;
    if (page >= sections) {
        const struct reg *child = reg_child(form->reg, page - sections);
        buffer_addf(out, "%zu %s", form->children[page - sections].ids.count, child->counter);
        return "·";
    }
    struct form_count count = count_page(form, page);
    if (count.wrong) {
        buffer_add(out, "填错 ");
        write_fields(form, page, form_is_wrong, out);
    }
    if (count.missing) {
        buffer_add(out, count.wrong ? "；待补 " : "待补 ");
        write_fields(form, page, form_lacks, out);
    }
    if (count.wrong || count.missing) {
        *style = count.wrong ? STYLE_ERROR : STYLE_WARNING;
        return count.wrong ? "x" : "?";
    }
    if (count.filled == 0) {
        buffer_addf(out, "没有填，%zu 项都可以不填", count.total);
        return "·";
    }
    buffer_addf(out, "填好了 %zu/%zu", count.filled, count.total);
    *style = STYLE_DONE;
    return "✓";
}

static const char *page_name(const struct form *form, size_t page)
{
    size_t sections = form->reg->section_count;
    return page < sections ? form->reg->sections[page].label
                           : reg_child(form->reg, page - sections)->label;
}

static void draw_line(void *context, size_t row, struct grid *area)
{
    const struct form *form = context;
    const struct survey_line *line = &form->survey->lines[row];
    struct buffer text = {0};
    grid_text(area, 0, 1, 1, STYLE_PLAIN, row == form->survey->list.selected ? "▶" : "");
    if (line->finding) {
        struct findings_look look = findings_look(line->finding->severity);
        grid_text(area, 0, MARK_COLUMN, 1, look.style, look.mark);
        grid_text(area, 0, NAME_COLUMN, area->columns - NAME_COLUMN, look.style,
                  line->finding->message);
        return;
    }
    unsigned style;
    const char *mark = write_page(form, line->page, &style, &text);
    grid_text(area, 0, MARK_COLUMN, 1, style, mark);
    grid_text(area, 0, NAME_COLUMN, STATE_COLUMN - NAME_COLUMN - 1, STYLE_PLAIN,
              page_name(form, line->page));
    grid_text(area, 0, STATE_COLUMN, area->columns - STATE_COLUMN, style, buffer_text(&text));
    buffer_release(&text);
}

static bool is_saved(const struct form *form)
{
    return form->stored.version && form_count_changed(form) == 0;
}

static bool has_case(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form->stored.version && form->reg->menu == MENU_INVENTORY;
}

static bool can_inspect(const struct screen *screen)
{
    const struct form *form = form_of(screen);
    return form->stored.version && inspect_is_possible(form->reg);
}

/* What it all comes to. */
static void write_result(const struct form *form, struct buffer *out)
{
    struct form_count all = form_count(form, 0, reg_field_count(form->reg));
    buffer_add(out, is_saved(form) ? "✓ 已保存，" : "");
    if (all.wrong)
        buffer_addf(out, "有 %zu 项填错，", all.wrong);
    if (all.missing)
        buffer_addf(out, "还有 %zu 项待补，可以以后再补。", all.missing);
    else
        buffer_add(out, "必填的都填好了。");
}

static void write_next(const struct form *form, struct buffer *out)
{
    if (form->lock)
        return;
    if (!is_saved(form)) {
        buffer_add(out, "按 F2 保存；按 Enter 到光标所在的一步去填。");
        return;
    }
    buffer_add(out, "接着可以：n 排查下一条");
    buffer_add(out, can_inspect(&form->base) ? "，i 现场检查" : "");
    buffer_add(out, has_case(&form->base) ? "，c 看案卷" : "");
    buffer_add(out, "，Esc 返回。");
}

static void draw_panel(const struct form *form, struct grid *panel)
{
    const struct survey_line *line = selected(form);
    struct buffer text = {0};
    unsigned style;
    if (line->finding)
        buffer_addf(&text, "%s %s：%s", line->finding->rule, severity_name(line->finding->severity),
                    line->finding->message);
    else
        write_page(form, line->page, &style, &text);
    int rows = grid_wrap(panel, 0, STYLE_PLAIN, buffer_text(&text));
    if (line->finding && line->finding->basis && rows < panel->rows)
        grid_printf(panel, rows, 0, panel->columns, STYLE_HINT, "依据 %s", line->finding->basis);
    buffer_release(&text);
}

static void summary_draw(struct screen *screen, struct grid *body)
{
    struct form *form = form_of(screen);
    int below = body->rows >= BODY_ROWS_FOR_PANEL ? PANEL_ROWS : 0;
    struct grid area =
        grid_part(body, ROWS_ABOVE, 0, body->rows - ROWS_ABOVE - below, body->columns);
    struct buffer result = {0}, next = {0};
    write_result(form, &result);
    write_next(form, &next);
    form_draw_tabs(form, body);
    grid_text(body, 2, 1, body->columns - 1, STYLE_HEADING, buffer_text(&result));
    grid_text(body, 3, 1, body->columns - 1, STYLE_HINT, buffer_text(&next));
    buffer_release(&result);
    buffer_release(&next);
    listview_draw(&form->survey->list, &area, false, draw_line, form);
    if (below == 0)
        return;
    grid_rule(body, body->rows - below);
    struct grid panel = grid_part(body, body->rows - below + 1, 1, below - 1, body->columns - 2);
    draw_panel(form, &panel);
}

static bool summary_input(struct screen *screen, const struct event *event)
{
    return listview_input_at(&form_of(screen)->survey->list, event, ROWS_ABOVE);
}

/* To what is wrong on the page, else to what is missing, else to its beginning. */
static void go_to_page(struct form *form, size_t page)
{
    if (page >= form->reg->section_count) {
        form_turn_to(form, page);
        return;
    }
    size_t start = reg_section_start(form->reg, page);
    size_t end = start + form->reg->sections[page].count, wrong = start, missing = start;
    while (wrong < end && !form_is_wrong(form, wrong))
        wrong++;
    while (missing < end && !form_lacks(form, missing))
        missing++;
    form_turn_to(form, page);
    if (wrong < end)
        form_go_to(form, wrong);
    else if (missing < end)
        form_go_to(form, missing);
}

static void open_line(struct screen *screen, int key)
{
    (void)key;
    struct form *form = form_of(screen);
    const struct survey_line *line = selected(form);
    int field = line->finding && line->finding->field
                    ? reg_field_index(form->reg, line->finding->field)
                    : -1;
    if (!line->finding)
        go_to_page(form, line->page);
    else if (field >= 0)
        form_go_to(form, (size_t)field);
    else
        app_message(screen->app, MESSAGE_INFORMATION, "这一条说的是整条记录，没有单独的一项。");
}

/* ---- keys ---- */

static const struct action step_actions[] = {
    {.key = K_ENTER,
     .name = "下一项",
     .help = "填好这一项，到下一项；这一步填完了，到下一步。多行的框里是换行，用 ↓ 离开。",
     .is_available = form_is_one_line,
     .run = form_move},
    {.key = K_UP,
     .last = K_DOWN,
     .help = "到上一项、下一项。",
     .is_available = form_is_one_line,
     .run = form_move},
    {.key = K_PAGE_UP,
     .last = K_PAGE_DOWN,
     .name = "上下步",
     .help = "到上一步、下一步；没填的可以回头再填，最后一步后面是小结。",
     .run = form_turn},
    {.key = K_F(2),
     .name = "保存",
     .help = "保存已经填的，随时可以。",
     .is_available = form_is_open,
     .run = form_press_save},
    {.key = K_F(3),
     .name = "选取",
     .help = "从名单或日历中选取，打字可以缩小范围。",
     .is_available = form_can_choose_here,
     .run = form_press_choose},
    {.key = K_CTRL('D'),
     .name = "取上条",
     .help = "取本清单最近保存的一条里同一项的内容。",
     .is_available = form_can_take,
     .run = form_take_previous},
    {.key = K_F(1),
     .name = "依据",
     .help = "这一步要查什么，这一项怎么填、谁要求填，并举例。",
     .run = form_explain},
    {.key = K_F(6),
     .name = "待补",
     .help = "到下一个必填而没有填的项，也会跨到别的步。",
     .is_available = form_is_open,
     .run = form_go_to_missing},
    {.key = K_F(7),
     .name = "表单",
     .help = "改用表单，不再一步一步地走；填过的都在。",
     .is_available = survey_is_possible,
     .run = survey_switch},
    {.key = K_TAB, .last = K_BACKTAB, .help = "到下一步、上一步。", .run = form_turn},
    {.key = K_CTRL('Z'),
     .name = "撤销",
     .help = "一步一步退回这一项里的改动。",
     .is_available = form_can_edit_here,
     .run = form_undo},
    {.key = K_F(4), .name = "历史", .help = "这条记录的全部修改。", .run = form_show_history},
    {0},
};

static void open_case(struct screen *screen, int key)
{
    (void)key;
    case_open(screen->app, form_of(screen)->reg, form_of(screen)->record.id);
}

static void inspect(struct screen *screen, int key)
{
    (void)key;
    inspect_open(screen->app, form_of(screen)->reg, form_of(screen)->record.id);
}

static bool is_stored(const struct screen *screen)
{
    return form_of(screen)->stored.version > 0;
}

static const struct action summary_actions[] = {
    {.key = K_ENTER,
     .name = "去填",
     .help = "到光标所在的那一步，停在待补或填错的项上。",
     .run = open_line},
    {.key = K_F(2),
     .name = "保存",
     .help = "保存整条记录。待补的不妨碍保存，会记在工作台上。",
     .is_available = form_is_open,
     .run = form_press_save},
    {.key = 'n',
     .name = "下一条",
     .help = "保存这一条，接着排查下一条。",
     .is_available = form_is_open,
     .run = form_begin_next},
    {.key = 'i',
     .name = "检查",
     .help = "对这个对象做现场检查。",
     .is_available = can_inspect,
     .run = inspect},
    {.key = 'c',
     .name = "案卷",
     .help = "打开这个对象的案卷。",
     .is_available = has_case,
     .run = open_case},
    {.key = K_F(6),
     .name = "待补",
     .help = "到第一个必填而没有填的项。",
     .is_available = form_is_open,
     .run = form_go_to_missing},
    {.key = K_PAGE_UP, .name = "上一步", .help = "回到最后一步。", .run = form_turn},
    {.key = K_BACKTAB, .help = "回到最后一步。", .run = form_turn},
    {.key = K_F(7),
     .name = "表单",
     .help = "改用表单，不再一步一步地走；填过的都在。",
     .is_available = survey_is_possible,
     .run = survey_switch},
    {.key = K_F(4),
     .name = "历史",
     .help = "这条记录的全部修改。",
     .is_available = is_stored,
     .run = form_show_history},
    {0},
};

const struct screen_class *survey_class(void)
{
    static const struct screen_class class = {
        .name = "排查向导",
        .about = "一步一个主题，只问与这条记录有关的项。随时可以按 Esc 离开，下次从同一步接着填；"
                 "不再相关的项不显示，填过的值仍然保留。",
        .actions = step_actions,
        .title = form_title,
        .draw = form_draw,
        .input = form_input,
        .is_typing = form_is_typing,
        .resume = form_resume,
        .may_leave = form_may_leave,
        .close = form_close,
    };
    return &class;
}

const struct screen_class *survey_summary_class(void)
{
    static const struct screen_class class = {
        .name = "排查小结",
        .about = "每一步填得怎样，还缺什么，核验有什么问题。",
        .actions = summary_actions,
        .title = form_title,
        .draw = summary_draw,
        .input = summary_input,
        .resume = form_resume,
        .may_leave = form_may_leave,
        .close = form_close,
    };
    return &class;
}
