/* How a form looks: tabs, counts, the fields of a section, and what is to be said about the field
 * of the cursor. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/attachment.h"
#include "tui/desk.h"
#include "tui/screens/findings.h"

#include <stdlib.h>
#include <string.h>

enum {
    MARK_COLUMN = 0,
    CURRENT_COLUMN = 1,
    LABEL_COLUMN = 3,
    BOX_GAP = 3,   /* between label and box; the asterisk stands in it */
    BOX_FRAME = 4, /* "[ " and " ]" */
    GROUP_INDENT = 2,
    PANEL_ROWS = 4, /* what is said about the field, with its rule */
    BODY_ROWS_FOR_PANEL = 14,
};

/* Every type has its row; a test looks for holes. */
static const struct form_editor editors[TYPE__COUNT] = {
    [TYPE_TEXT] = {.lines = 1, .choose = form_choose_name},
    [TYPE_LONGTEXT] = {.columns = 200, .lines = 3},
    [TYPE_INTEGER] = {.columns = 12, .lines = 1},
    [TYPE_DECIMAL] = {.columns = 14, .lines = 1},
    [TYPE_MEASURE] = {.columns = 16, .lines = 1},
    [TYPE_DATE] = {.columns = 14, .lines = 1, .is_fixed = true, .choose = form_choose_date},
    [TYPE_PERIOD] = {.columns = 10, .lines = 1},
    [TYPE_BOOL] = {.columns = 6, .lines = 1, .is_chosen = true, .choose = form_choose_one},
    [TYPE_CHOICE] = {.columns = 28, .lines = 1, .is_chosen = true, .choose = form_choose_one},
    [TYPE_CHOICES] = {.columns = 200, .lines = 1, .is_chosen = true, .choose = form_choose_many},
    [TYPE_REGION] = {.columns = 24, .lines = 1, .is_chosen = true, .choose = form_choose_region},
    [TYPE_INDUSTRY] = {.columns = 28, .lines = 1, .is_chosen = true, .choose = form_choose_record},
    [TYPE_WASTE] = {.columns = 16, .lines = 1},
    [TYPE_USCC] = {.columns = 20, .lines = 1},
    [TYPE_PERMIT] = {.columns = 26, .lines = 1},
    [TYPE_LON] = {.columns = 16, .lines = 1},
    [TYPE_LAT] = {.columns = 16, .lines = 1},
    [TYPE_REF] = {.columns = 200, .lines = 1, .is_chosen = true, .choose = form_choose_record},
    [TYPE_ATTACHMENT] = {.columns = 20, .lines = 1, .is_chosen = true, .choose = form_choose_file},
};

const struct form_editor *form_editor_of(enum field_type type)
{
    return &editors[type];
}

/* ---- the columns of a section ---- */

struct shape {
    int columns, rows; /* of the area for the fields */
    int label;         /* columns of the widest label, as far as there is room */
    int box;           /* where boxes begin */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Moves `index` to the next or the previous field that is shown in the section; false at its end.
 */
static bool step_shown(const struct form *form, size_t *index, bool down)
{
    size_t start = form_page_first(form, form->tab), end = form_page_end(form, form->tab);
    for (size_t i = *index; down ? i + 1 < end : i > start;) {
        i += down ? 1 : (size_t)-1;
        if (form_shows(form, i)) {
            *index = i;
            return true;
        }
    }
    return false;
}

static size_t count_shown(const struct form *form, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += form_shows(form, i);
    return count;
}

static struct shape shape_of(const struct form *form, const struct grid *area)
{
    struct shape shape = {.columns = area->columns, .rows = area->rows};
    for (size_t i = form_page_first(form, form->tab); i < form_page_end(form, form->tab); i++) {
        const struct field *field = reg_field(form->reg, i);
        if (!form_shows(form, i))
            continue;
        int width = grid_text_width(field->label) + (field->group ? GROUP_INDENT : 0);
        if (width > shape.label)
            shape.label = width;
    }
    shape.label = least(shape.label, area->columns * 28 / 100);
    shape.box = LABEL_COLUMN + shape.label + BOX_GAP;
    return shape;
}

static bool has_box(const struct field *field)
{
    return field_is_stored(field) && !(field->flags & FIELD_AUTO);
}

static int box_columns(const struct shape *shape, const struct field *field)
{
    enum { TEXT_LEAST = 20, CHOICE_SIGN = 2 };
    int wanted = editors[field->type].columns;
    int column = field->width ? field->width : type_of(field->type)->width;
    if (wanted == 0)
        wanted = 2 * column > TEXT_LEAST ? 2 * column : TEXT_LEAST;
    if (field->type == TYPE_CHOICE) {
        wanted = 0;
        for (const char *const *choice = field->choices; *choice; choice++)
            if (grid_text_width(*choice) > wanted)
                wanted = grid_text_width(*choice);
        wanted += CHOICE_SIGN + 1;
    }
    int unit = field->unit ? grid_text_width(field->unit) + 1 : 0;
    return least(wanted, shape->columns - shape->box - BOX_FRAME - unit - 1);
}

/* ---- what stands beside or below a field ---- */

struct remark {
    unsigned style;
    struct buffer text;
};

static void write_finding(const struct form *form, const struct finding *finding,
                          struct remark *remark)
{
    struct findings_look look = findings_look(finding->severity);
    const struct acceptance *accepted = acceptance_of(&form->accepted, &form->record, finding);
    remark->style = accepted ? STYLE_DONE : look.style;
    if (accepted)
        buffer_addf(&remark->text, "✓ 已接受：%s", accepted->reason);
    else
        buffer_addf(&remark->text, "%s %s", look.mark, finding->message);
}

/* The sentence begins with the label, which stands in front of the box already. */
static const char *without_label(const struct field *field, const char *sentence)
{
    size_t length = strlen(field->label);
    bool repeats =
        text_starts_with(sentence, field->label) && text_starts_with(sentence + length, "：");
    return repeats ? sentence + length + strlen("：") : sentence;
}

/* "已存 整改前.jpg 1.2 MB": the name only where the register keeps it. */
static void write_kept_file(const struct form *form, size_t index, struct buffer *out)
{
    enum { NAME_COLUMNS = 16 };
    const struct field *field = reg_field(form->reg, index);
    struct buffer name = {0};
    uint64_t bytes = 0;
    if (!attachment_has(desk_store(form->base.app), form->record.values[index].text, &bytes))
        return;
    for (struct field_walk walk = {.reg = form->reg}; reg_walk(&walk);)
        if (walk.field->describes && strcmp(walk.field->describes, field->name) == 0 &&
            walk.field->type == TYPE_TEXT)
            record_format(&form->record, walk.field->name, &name);
    size_t fits = text_fit(buffer_text(&name), NAME_COLUMNS);
    buffer_add(out, "已存 ");
    buffer_add_bytes(out, buffer_text(&name), fits);
    buffer_addf(out, "%s%s", fits < name.length ? "…" : "", name.length ? " " : "");
    if (bytes < 1000)
        buffer_addf(out, "%d 字节", (int)bytes);
    else if (bytes < 1000000)
        buffer_addf(out, "%.1f KB", (double)bytes / 1e3);
    else
        buffer_addf(out, "%.1f MB", (double)bytes / 1e6);
    buffer_release(&name);
}

static void write_remark(const struct form *form, size_t index, struct remark *remark)
{
    const struct field *field = reg_field(form->reg, index);
    const struct form_field *shown = &form->fields[index];
    bool is_empty = value_is_null(&form->record.values[index]);
    bool is_here = index == form->at && form_can_edit(form, index);
    /* An empty field is counted, not shouted at, until the cursor comes to it. */
    const struct finding *finding = is_empty && !is_here ? NULL : form_finding(form, index);
    *remark = (struct remark){.style = STYLE_HINT};
    if (shown->refusal) {
        remark->style = STYLE_ERROR;
        buffer_addf(&remark->text, "! %s", without_label(field, shown->refusal));
    } else if (finding) {
        write_finding(form, finding, remark);
    } else if (field->type == TYPE_ATTACHMENT && !is_empty) {
        write_kept_file(form, index, &remark->text);
    } else if (field->flags & FIELD_AUTO) {
        buffer_add(&remark->text, !is_empty              ? "（自动）"
                                  : form->stored.version ? "（程序填，现在没有）"
                                                         : "（保存时由程序填）");
    } else if (is_here && is_empty && form_can_choose(field)) {
        buffer_add(&remark->text, editors[field->type].is_chosen ? "空格选取" : "F3 选取");
    }
}

/* Unit, or the code of what is named in the box. */
static void write_unit(const struct form *form, size_t index, struct buffer *out)
{
    const struct field *field = reg_field(form->reg, index);
    const char *target = type_target(field);
    if (field->unit)
        buffer_add(out, field->unit);
    else if (target && reg_find(target) && (reg_find(target)->flags & REG_REFERENCE))
        record_format(&form->record, field->name, out);
}

/* ---- one field ---- */

struct row {
    size_t field;
    const char *group; /* of the heading above it; NULL: none */
    int label_rows, box_rows;
    int width;     /* columns of the box, inside */
    int beside;    /* where what follows the box begins */
    bool is_below; /* the remark takes rows of its own */
    int remark_rows;
    struct buffer unit;
    struct remark remark;
};

static void row_release(struct row *row)
{
    buffer_release(&row->unit);
    buffer_release(&row->remark.text);
}

static int wrapped_rows(int columns, const char *text)
{
    struct grid measure = {.columns = columns > 1 ? columns : 1};
    return grid_wrap(&measure, 0, STYLE_PLAIN, text);
}

static int value_columns(const struct form *form, size_t index)
{
    return grid_text_width(form->fields[index].accepted);
}

static struct row row_of(const struct form *form, const struct shape *shape, size_t index,
                         bool is_first)
{
    const struct field *field = reg_field(form->reg, index);
    size_t above = index;
    const char *before =
        step_shown(form, &above, false) ? reg_field(form->reg, above)->group : NULL;
    bool begins = is_first || !before || (field->group && strcmp(before, field->group) != 0);
    struct row row = {.field = index, .group = begins ? field->group : NULL};
    row.label_rows = wrapped_rows(shape->label - (field->group ? GROUP_INDENT : 0), field->label);
    row.width = box_columns(shape, field);
    row.box_rows = shape->rows < 8 ? 1 : editors[field->type].lines;
    int end = shape->box + BOX_FRAME + row.width;
    if (!has_box(field)) { /* nothing to scroll in: a sentence shows whole */
        row.width = least(value_columns(form, index), shape->columns - shape->box - 3);
        row.box_rows = row.width ? wrapped_rows(row.width, form->fields[index].accepted) : 1;
        end = shape->box + 2 + row.width;
    }
    if (has_box(field) || row.width)
        write_unit(form, index, &row.unit);
    row.beside = end + 1 + (row.unit.length ? grid_text_width(buffer_text(&row.unit)) + 2 : 1);
    write_remark(form, index, &row.remark);
    const char *remark = buffer_text(&row.remark.text);
    row.is_below = row.beside + grid_text_width(remark) >= shape->columns;
    if (row.is_below && row.remark.style == STYLE_HINT) /* a hint is not worth a row */
        buffer_clear(&row.remark.text);
    else if (row.is_below)
        row.remark_rows = wrapped_rows(shape->columns - shape->box - 1, remark);
    return row;
}

static int row_height(const struct row *row)
{
    int right = row->box_rows + row->remark_rows;
    return (row->group ? 1 : 0) + (right > row->label_rows ? right : row->label_rows);
}

static void draw_label(const struct form *form, const struct shape *shape, const struct row *row,
                       struct grid *area)
{
    const struct field *field = reg_field(form->reg, row->field);
    int indent = field->group ? GROUP_INDENT : 0;
    bool is_here = row->field == form->at;
    if (form_is_changed(form, row->field))
        grid_text(area, 0, MARK_COLUMN, 1, STYLE_CHANGED, "~");
    if (is_here)
        grid_text(area, 0, CURRENT_COLUMN, 1, STYLE_TITLE, "▸");
    struct grid label =
        grid_part(area, 0, LABEL_COLUMN + indent, area->rows, shape->label - indent);
    unsigned style = is_here ? STYLE_TITLE : has_box(field) ? STYLE_PLAIN : STYLE_HINT;
    grid_wrap(&label, 0, style, field->label);
    bool required = record_requires(&form->record, field) || form_lacks(form, row->field);
    if (has_box(field) && required)
        grid_text(area, 0, shape->box - 2, 1, STYLE_WARNING, "*");
}

static void draw_box(struct form *form, const struct shape *shape, const struct row *row,
                     struct grid *area)
{
    const struct form_editor *kind = &editors[reg_field(form->reg, row->field)->type];
    struct editor *editor = &form->fields[row->field].editor;
    int left = shape->box, right = left + BOX_FRAME + row->width - 1;
    bool is_here = row->field == form->at && form_can_edit(form, row->field);
    for (int i = 0; i < row->box_rows; i++) {
        grid_text(area, i, left, 1, STYLE_RULE, "[");
        grid_text(area, i, right, 1, STYLE_RULE, "]");
    }
    bool is_full = grid_text_width(editor_text(editor)) + 2 > row->width;
    int sign = kind->is_chosen && !is_full ? 2 : 0;
    if (sign)
        grid_text(area, 0, right - 2, 1, STYLE_HINT, "▾");
    struct grid inside = grid_part(area, 0, left + 2, row->box_rows, row->width - sign);
    editor_draw(editor, &inside, STYLE_FIELD, is_here);
}

static void draw_text(const struct form *form, const struct shape *shape, const struct row *row,
                      struct grid *area)
{
    struct grid text = grid_part(area, 0, shape->box + 2, row->box_rows, row->width);
    grid_wrap(&text, 0, STYLE_PLAIN, form->fields[row->field].accepted);
}

static void draw_row(struct form *form, const struct shape *shape, const struct row *row,
                     struct grid *area)
{
    const struct field *field = reg_field(form->reg, row->field);
    struct grid lines = *area;
    if (row->group) {
        grid_text(area, 0, LABEL_COLUMN, area->columns, STYLE_HEADING, row->group);
        lines = grid_part(area, 1, 0, area->rows - 1, area->columns);
    }
    draw_label(form, shape, row, &lines);
    if (has_box(field))
        draw_box(form, shape, row, &lines);
    else
        draw_text(form, shape, row, &lines);
    if (form->lock && row->field == form->at)
        grid_show_cursor(&lines, 0, shape->box + 2);
    int behind = row->beside - 1 - (row->unit.length ? grid_text_width(row->unit.text) + 1 : 0);
    grid_text(&lines, 0, behind, area->columns, STYLE_HINT, buffer_text(&row->unit));
    if (!row->is_below) {
        grid_text(&lines, 0, row->beside, area->columns, row->remark.style,
                  buffer_text(&row->remark.text));
        return;
    }
    struct grid below = grid_part(&lines, row->box_rows, shape->box, lines.rows - row->box_rows,
                                  area->columns - shape->box - 1);
    grid_wrap(&below, 0, row->remark.style, buffer_text(&row->remark.text));
}

/* ---- the section ---- */

static int height_of(const struct form *form, const struct shape *shape, size_t index,
                     bool is_first)
{
    struct row row = row_of(form, shape, index, is_first);
    int height = row_height(&row);
    row_release(&row);
    return height;
}

/* Which field stands on top, so that the field of the cursor shows whole. */
static void scroll(struct form *form, const struct shape *shape)
{
    size_t start = form_page_first(form, form->tab);
    if (form->first < start || form->first > form->at)
        form->first = form->first < start ? start : form->at;
    if (!form_shows(form, form->first))
        step_shown(form, &form->first, true);
    int used = height_of(form, shape, form->at, form->first == form->at);
    size_t top = form->at;
    for (size_t above = top; step_shown(form, &above, false) && above >= form->first; top = above) {
        int height = height_of(form, shape, above, false);
        if (used + height > shape->rows)
            break;
        used += height;
    }
    /* A row more for the heading that the first field repeats. */
    if (top > form->first && top < form->at && used == shape->rows &&
        reg_field(form->reg, top)->group)
        step_shown(form, &top, true);
    form->first = top;
}

static void draw_section(struct form *form, struct grid *area)
{
    struct shape shape = shape_of(form, area);
    scroll(form, &shape);
    form->page = 0;
    form->behind = form->first;
    int used = 0;
    for (size_t i = form->first; i < form_page_end(form, form->tab) && used < area->rows; i++) {
        if (!form_shows(form, i))
            continue;
        struct row row = row_of(form, &shape, i, i == form->first);
        int height = row_height(&row);
        struct grid lines = grid_part(area, used, 0, height, area->columns);
        if (used + height <= area->rows || i == form->at) {
            draw_row(form, &shape, &row, &lines);
            form->page++;
            form->behind = i + 1;
        }
        used += height;
        row_release(&row);
    }
}

/* ---- around it ---- */

static void write_tab(const struct form *form, size_t tab, struct buffer *out)
{
    const struct reg *reg = form->reg;
    bool is_here = tab == form->tab;
    if (!form_page_applies(form, tab))
        return;
    buffer_add(out, is_here ? "[" : " ");
    if (form_has_task(form)) {
        buffer_add(out, form->task.headline);
    } else if (tab == reg->section_count + form->child_count) {
        buffer_add(out, "小结");
    } else if (tab < reg->section_count) {
        size_t start = reg_section_start(reg, tab);
        struct form_count count = form_count(form, start, start + reg->sections[tab].count);
        buffer_add(out, reg->sections[tab].label);
        buffer_add(out, count.wrong ? "!" : count.missing || !count.filled ? "" : "✓");
    } else {
        const struct form_children *children = &form->children[tab - reg->section_count];
        buffer_addf(out, "%s %zu", reg_child(reg, tab - reg->section_count)->label,
                    children->ids.count);
    }
    buffer_add(out, is_here ? "]" : " ");
}

static int tab_columns(const struct form *form, size_t tab)
{
    struct buffer text = {0};
    write_tab(form, tab, &text);
    int columns = grid_text_width(buffer_text(&text));
    buffer_release(&text);
    return columns;
}

/* The tabs, as many as fit around the one in front; < and > say that there are more. */
static void draw_tabs(const struct form *form, struct grid *body)
{
    size_t count = form_page_count(form);
    size_t first = form->tab, end = form->tab + 1;
    int room = body->columns - 4, used = tab_columns(form, form->tab);
    for (bool grew = true; grew;) {
        grew = false;
        if (first > 0 && used + tab_columns(form, first - 1) <= room) {
            used += tab_columns(form, --first);
            grew = true;
        }
        if (end < count && used + tab_columns(form, end) <= room) {
            used += tab_columns(form, end++);
            grew = true;
        }
    }
    int column = 1;
    if (first > 0)
        grid_text(body, 0, 0, 1, STYLE_HINT, "<");
    for (size_t tab = first; tab < end; tab++) {
        struct buffer text = {0};
        write_tab(form, tab, &text);
        column += grid_text(body, 0, column, body->columns - column,
                            tab == form->tab ? STYLE_TITLE : STYLE_PLAIN, buffer_text(&text));
        buffer_release(&text);
    }
    if (end < count)
        grid_text(body, 0, body->columns - 1, 1, STYLE_HINT, ">");
}

/* Stands on a rule, at its right end. */
static void draw_on_rule(struct grid *body, int row, const char *text)
{
    int width = grid_text_width(text);
    if (width == 0 || width + 6 > body->columns)
        return;
    int column = body->columns - width - 3;
    grid_text(body, row, column - 1, 1, STYLE_PLAIN, " ");
    grid_text(body, row, column, width, STYLE_PLAIN, text);
    grid_text(body, row, column + width, 1, STYLE_PLAIN, " ");
}

/* What matters most stands last: a narrow window drops the first parts. */
static void draw_counts(const struct form *form, struct grid *body)
{
    enum { PARTS = 5, FRAME = 8 };
    const struct reg *reg = form->reg;
    struct form_count all = form_count(form, 0, reg_field_count(reg));
    struct buffer parts[PARTS] = {{0}}, text = {0};
    if (form->tab < reg->section_count) {
        size_t start = form_page_first(form, form->tab);
        struct form_count here = form_count(form, start, form_page_end(form, form->tab));
        if (count_shown(form, start, form->first))
            buffer_addf(&parts[0], "↑ 上有 %zu 项", count_shown(form, start, form->first));
        buffer_addf(&parts[1], "本%s %zu/%zu", form->survey ? "步" : "页", here.filled, here.total);
    }
    if (!form_has_task(form))
        buffer_addf(&parts[2], "已填 %zu/%zu", all.filled, all.total);
    buffer_addf(&parts[3], "待补 %zu", all.missing);
    if (all.wrong)
        buffer_addf(&parts[4], "! 填错 %zu", all.wrong);
    for (int first = 0; first < PARTS; first++) {
        buffer_clear(&text);
        for (int i = first; i < PARTS; i++)
            if (parts[i].length)
                buffer_addf(&text, "%s%s", text.length ? " · " : "", parts[i].text);
        if (grid_text_width(buffer_text(&text)) <= body->columns - FRAME)
            break;
    }
    draw_on_rule(body, 1, buffer_text(&text));
    for (int i = 0; i < PARTS; i++)
        buffer_release(&parts[i]);
    buffer_release(&text);
}

void form_draw_tabs(struct form *form, struct grid *body)
{
    draw_tabs(form, body);
    grid_rule(body, 1);
    draw_counts(form, body);
}

/* What to write, who asks for it, and what stood there in the record before. */
static void draw_panel(const struct form *form, struct grid *panel)
{
    const struct field *field = reg_field(form->reg, form->at);
    const struct finding *finding = form_finding(form, form->at);
    const char *basis = finding && finding->basis ? finding->basis : field->basis;
    struct buffer text = {0}, previous = {0};
    int rows = grid_wrap(panel, 0, STYLE_PLAIN, field->help);
    if (basis)
        buffer_addf(&text, "依据 %s。", basis);
    if (field->example && field->type != TYPE_ATTACHMENT) /* a checksum is no example to a clerk */
        buffer_addf(&text, "例 %s。", field->example);
    bool is_empty = value_is_null(&form->record.values[form->at]);
    if (is_empty && form_can_take(&form->base))
        record_display(&form->previous, field->name, store_lookup(desk_store(form->base.app)),
                       &previous);
    if (previous.length)
        buffer_addf(&text, "上一条：%s（^D 取用）", buffer_text(&previous));
    struct grid below = grid_part(panel, rows, 0, panel->rows - rows, panel->columns);
    grid_wrap(&below, 0, STYLE_HINT, buffer_text(&text));
    buffer_release(&text);
    buffer_release(&previous);
}

/* What the step asks for, as a survey says it. Returns the rows that it takes. */
static int draw_intro(const struct form *form, struct grid *body)
{
    const char *intro = form->reg->sections[form->tab].intro;
    if (!form->survey || !intro)
        return 0;
    int rows = least(wrapped_rows(body->columns - 4, intro), 2);
    struct grid area = grid_part(body, 2, 3, rows, body->columns - 4);
    grid_wrap(&area, 0, STYLE_HEADING, intro);
    return rows;
}

void form_draw(struct screen *screen, struct grid *body)
{
    struct form *form = (struct form *)screen;
    bool is_high = body->rows >= BODY_ROWS_FOR_PANEL;
    int below = is_high ? PANEL_ROWS + (body->rows > 30) : 0;
    int top = 2 + (is_high ? draw_intro(form, body) : 0);
    struct grid area = grid_part(body, top, 0, body->rows - top - below, body->columns);
    draw_section(form, &area);
    form_draw_tabs(form, body);
    if (below == 0)
        return;
    int rule = body->rows - below;
    size_t hidden = count_shown(form, form->behind, form_page_end(form, form->tab));
    grid_rule(body, rule);
    struct buffer more = {0};
    if (hidden)
        buffer_addf(&more, "↓ 下有 %zu 项", hidden);
    draw_on_rule(body, rule, buffer_text(&more));
    buffer_release(&more);
    struct grid panel = grid_part(body, rule + 1, 1, below - 1, body->columns - 2);
    draw_panel(form, &panel);
}
