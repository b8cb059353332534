/* What the import preview shows: the columns, the sums, the rows, and one row in full. */
#include "tui/screens/import_preview.h"

#include "core/text.h"
#include "tui/desk.h"

#include <string.h>

enum { ROOMY_ROWS = 16, TALL_ROWS = 30, DETAIL_ROWS = 3, TALL_DETAIL_ROWS = 7, WIDE_COLUMNS = 100 };

void import_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct import_screen *self = (const struct import_screen *)screen;
    const struct import *import = self->import;
    const struct table *table = &import->table;
    buffer_addf(left, "导入预览 · %s", import->file_name);
    if (table->sheet_count > 1)
        buffer_addf(right, "%s · ", table->sheet);
    uint32_t first = table->rows[import->heading.first_row].number;
    buffer_addf(right, "标题在第 %u", first);
    if (import->heading.row_count > 1)
        buffer_addf(right, "–%u", first + (uint32_t)import->heading.row_count - 1);
    buffer_add(right, import->recalled ? " 行 · 照上次的对应" : " 行");
}

/* ---- columns ---- */

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

/* Appends `text`, of which the first `group` bytes with a separator at their end (0: none) are the
 * heading of a group. Where it is too wide, the end of the group goes: the column's own words tell
 * it from its neighbours. */
static void write_fitting(const char *text, size_t group, int width, struct buffer *out)
{
    enum { LEAST = 6 }; /* two characters, the dots and the separator */
    int room = width - grid_text_width(text + group);
    if (!group || grid_text_width(text) <= width || room < LEAST) {
        buffer_add(out, group && room < LEAST ? text + group : text);
        return;
    }
    size_t length = 0;
    for (int used = 2; length < group;) {
        size_t step;
        used += grid_char_width(text_decode(text + length, &step));
        if (used > room)
            break;
        length += step;
    }
    buffer_add_bytes(out, text, length);
    buffer_addf(out, "…%s", text + group - 1);
}

/* How much of the heading a neighbour has as well: the group, with the stroke behind it. */
static size_t shared_group(const struct heading *heading, size_t index)
{
    const char *text = heading->columns[index].text;
    size_t shared = 0;
    for (const char *at = text; (at = strchr(at, '/')) != NULL; at++) {
        size_t length = (size_t)(at + 1 - text);
        if ((index > 0 && strncmp(heading->columns[index - 1].text, text, length) == 0) ||
            (index + 1 < heading->column_count &&
             strncmp(heading->columns[index + 1].text, text, length) == 0))
            shared = length;
    }
    return shared;
}

static void write_field(const struct import_screen *self, size_t index, int width,
                        struct buffer *out)
{
    const struct field *field = reg_field(self->reg, index);
    const char *rest = field_is_stored(field) ? "" : "（用来找记录）";
    struct buffer title = {0};
    field_add_title(field, &title);
    write_fitting(buffer_text(&title), field->group ? strlen(field->group) + 1 : 0,
                  width - grid_text_width(rest), out);
    buffer_add(out, rest);
    buffer_release(&title);
}

static void write_target(const struct import_screen *self, size_t index, int width,
                         struct buffer *out, unsigned *style)
{
    static const char question[] = "? 是不是 ";
    const struct heading_column *column = &self->import->heading.columns[index];
    *style = STYLE_PLAIN;
    if (self->import->pictured[index] && column->match == HEADING_UNKNOWN) {
        buffer_add(out, "（图片，存为附件）");
    } else if (column->match == HEADING_FIELD) {
        write_field(self, column->field, width, out);
    } else if (column->match == HEADING_NEAR) {
        *style = STYLE_WARNING;
        buffer_add(out, question);
        write_field(self, column->field, width - grid_text_width(question), out);
    } else {
        *style = column->match == HEADING_UNKNOWN && *column->text ? STYLE_WARNING : STYLE_HINT;
        buffer_add(out, column->match == HEADING_IGNORED ? "（不导入）"
                        : *column->text                  ? "? 没有对应的项"
                                                         : "（空列）");
    }
}

/* Unit, what was read otherwise, whose value counts. */
static void write_remarks(const struct import_screen *self, size_t index, struct buffer *out)
{
    static const char *const sides[] = {[IMPORT_KEEP] = "不同时留原值", [IMPORT_FILL] = "只补空白"};
    const struct heading_column *column = &self->import->heading.columns[index];
    const struct import_column_notes *notes = &self->import->notes[index];
    if (column->match == HEADING_NEAR)
        buffer_add(out, "Enter 确认或另选");
    if (column->match == HEADING_UNKNOWN && *column->text && !self->import->pictured[index])
        buffer_add(out, "不导入，Enter 选择");
    if (column->match != HEADING_FIELD)
        return;
    enum import_side side = import_chosen_field(self->import, column->field);
    if (side != IMPORT_TAKE)
        buffer_addf(out, "%s  ", sides[side]);
    if (notes->count)
        buffer_addf(out, "%s %lld 处 %s  ", notes->guesses ? "?" : "~", (long long)notes->count,
                    notes->note);
    if (*column->unit)
        buffer_addf(out, "单位 %s", column->unit);
}

static void draw_column(void *context, size_t row, struct grid *area)
{
    const struct import_screen *self = context;
    const struct heading_column *column = &self->import->heading.columns[row];
    struct buffer name = {0}, heading = {0}, target = {0}, remarks = {0};
    bool selected = self->in_columns && row == self->columns.selected;
    int part = (area->columns - 9) / 3, arrow = 7 + part, field = arrow + 3;
    int rest = field + part + 1;
    unsigned style;
    write_column_name(row, &name);
    write_fitting(*column->text ? column->text : "（无标题）",
                  shared_group(&self->import->heading, row), part - 1, &heading);
    write_target(self, row, part, &target, &style);
    write_remarks(self, row, &remarks);
    grid_text(area, 0, 1, 1, STYLE_PLAIN, selected ? "▶" : " ");
    grid_text(area, 0, 3, 3, STYLE_HINT, buffer_text(&name));
    grid_text(area, 0, 7, part - 1, STYLE_PLAIN, buffer_text(&heading));
    grid_text(area, 0, arrow, 2, STYLE_HINT, "→");
    grid_text(area, 0, field, part, style, buffer_text(&target));
    grid_text(area, 0, rest, area->columns - rest - 1, STYLE_HINT, buffer_text(&remarks));
    buffer_release(&name);
    buffer_release(&heading);
    buffer_release(&target);
    buffer_release(&remarks);
}

/* ---- sums ---- */

/* Columns that stay out, as long as nobody has said that they shall. */
static size_t count_lost(const struct import *import)
{
    size_t lost = 0;
    for (size_t i = 0; i < import->heading.column_count; i++)
        lost += import_column_is_lost(import, i);
    return lost;
}

static void write_sums(const struct import *import, struct buffer *out)
{
    size_t lost = count_lost(import);
    if (import->sums_wrong)
        buffer_addf(out, "! 合计 %lld 处与各行之和不符  ", (long long)import->sums_wrong);
    else if (import->sums_checked)
        buffer_addf(out, "合计核对一致  ");
    if (import->doubles)
        buffer_addf(out, "? 疑似重复 %lld  ", (long long)import->doubles);
    if (import->wants_reason)
        buffer_addf(out, "! 改动已报送的数字 %lld 行，按 F2 写原因  ",
                    (long long)import->wants_reason);
    if (import->unproven)
        buffer_addf(out, "! 状态缺材料 %lld 行，按 m 先按材料登记  ", (long long)import->unproven);
    if (import->lowered)
        buffer_addf(out, "? 按材料登记 %lld 行，按 m 改回  ", (long long)import->lowered);
    if (lost)
        buffer_addf(out, "? %zu 列不导入，按 Tab 看  ", lost);
    if (import->counts[IMPORT_SKIPPED])
        buffer_addf(out, "不导入 %lld 行  ", (long long)import->counts[IMPORT_SKIPPED]);
    if (import->pictures[IMPORT_PICTURE_KEPT])
        buffer_addf(out, "照片 %lld 张  ", (long long)import->pictures[IMPORT_PICTURE_KEPT]);
    if (import->hidden_rows)
        buffer_addf(out, "含隐藏的 %lld 行  ", (long long)import->hidden_rows);
    if (import->left_out)
        buffer_addf(out, "合计、备注等 %lld 行不计  ", (long long)import->left_out);
}

/* Two lines: the control total, and what else a clerk should know before going on. */
static void draw_sum(const struct import_screen *self, struct grid *body, int row)
{
    const struct import *import = self->import;
    struct buffer notes = {0};
    int used = grid_printf(
        body, row, 1, body->columns - 2, STYLE_BOLD,
        "读入 %lld 行 = 新增 %lld + 变更 %lld + 相同 %lld + 拒绝 %lld", (long long)import->read,
        (long long)import->counts[IMPORT_NEW], (long long)import->counts[IMPORT_CHANGED],
        (long long)import->counts[IMPORT_SAME], (long long)import->counts[IMPORT_REFUSED]);
    if (self->view == IMPORT_VIEW_ALL)
        buffer_addf(&notes, "→ %s", self->reg->label);
    else
        buffer_add(&notes, import_view_name(self->view));
    grid_text_right(body, row, used + 3, body->columns - used - 4, STYLE_HINT, notes.text);
    buffer_clear(&notes);
    write_sums(import, &notes);
    if (*import->region_by_default) {
        const struct lookup *lookup = store_lookup(desk_store(self->base.app));
        buffer_add(&notes, "没有县区列，都按");
        lookup->label(lookup->context, "region", import->region_by_default, &notes);
    }
    bool alarming = import->sums_wrong || import->wants_reason;
    grid_text(body, row + 1, 1, body->columns - 2, alarming ? STYLE_ERROR : STYLE_HINT,
              buffer_text(&notes));
    buffer_release(&notes);
}

/* ---- rows ---- */

/* The mark and colour of a row. */
static const char *mark_of(const struct import_row *row, unsigned *style)
{
    static const struct {
        const char *mark;
        unsigned style;
    } marks[IMPORT__COUNT] = {
        [IMPORT_NEW] = {"+", STYLE_PLAIN},    [IMPORT_CHANGED] = {"~", STYLE_CHANGED},
        [IMPORT_SAME] = {"=", STYLE_HINT},    [IMPORT_REFUSED] = {"!", STYLE_ERROR},
        [IMPORT_SKIPPED] = {"-", STYLE_HINT},
    };
    bool asks = row->outcome == IMPORT_NEW && row->double_count && row->choice == IMPORT_AS_READ;
    *style = asks ? STYLE_WARNING : marks[row->outcome].style;
    return asks ? "?" : marks[row->outcome].mark;
}

static void write_notes(const struct import_screen *self, const struct import_row *row,
                        struct buffer *out)
{
    for (size_t i = 0; i < row->note_count; i++) {
        const struct import_note *note = &row->notes[i];
        buffer_add(out, out->length ? "；" : "");
        if (note->is_guess)
            buffer_add(out, "? ");
        if (note->field >= 0)
            buffer_addf(out, "%s：", reg_field(self->reg, (size_t)note->field)->label);
        buffer_add(out, note->note);
    }
}

static void draw_row(void *context, size_t row, struct grid *area)
{
    const struct import_screen *self = context;
    const struct import_row *item = &self->import->rows[self->rows[row]];
    unsigned style;
    const char *mark = mark_of(item, &style);
    bool selected = !self->in_columns && row == self->list.selected;
    int name = area->columns >= WIDE_COLUMNS ? 32 : 20;
    grid_text(area, 0, 1, 1, STYLE_PLAIN, selected ? "▶" : " ");
    grid_printf(area, 0, 3, 11, style, "%s 行 %u", mark, item->number);
    grid_text(area, 0, 13, name, STYLE_PLAIN, *item->name ? item->name : "（无名称）");
    grid_printf(area, 0, 14 + name, area->columns - name - 15, style, "%s%s",
                item->outcome == IMPORT_REFUSED ? "拒绝：" : "", item->message);
}

static void draw_no_rows(const struct import_screen *self, struct grid *area)
{
    const struct import *import = self->import;
    const char *words = self->view != IMPORT_VIEW_ALL ? "没有这样的行。按 t 换看别的。"
                        : import->counts[IMPORT_NEW]
                            ? "没有要变更的，也没有被拒绝的行；全部是新增。按 F2 导入。"
                            : "文件与清单完全相同，不需要导入。按 Esc 返回。";
    struct grid text = grid_part(area, 0, 3, area->rows, area->columns - 4);
    grid_wrap(&text, 0, STYLE_HINT, words);
}

/* ---- one row or column in full ---- */

static void describe_column(const struct import_screen *self, struct buffer *out)
{
    const struct heading_column *column = &self->import->heading.columns[self->columns.selected];
    buffer_addf(out, "%s  ", *column->text ? column->text : "（无标题）");
    write_remarks(self, self->columns.selected, out);
    if (column->match == HEADING_FIELD || column->match == HEADING_NEAR)
        buffer_addf(out, "\n%s", reg_field(self->reg, column->field)->help);
}

/* The message of a new row consists of its notes: here they stand with their fields. */
static void describe_row(const struct import_screen *self, struct buffer *out)
{
    const struct import_row *row = &self->import->rows[self->rows[self->list.selected]];
    bool only_notes = row->outcome == IMPORT_NEW && !row->double_count;
    struct buffer notes = {0};
    write_notes(self, row, &notes);
    buffer_addf(out, "第 %u 行 %s  ", row->number, row->name);
    if (row->outcome == IMPORT_REFUSED)
        buffer_add(out, "拒绝：");
    buffer_add(out, only_notes ? buffer_text(&notes) : row->message);
    if (!only_notes && notes.length)
        buffer_addf(out, "\n读法：%s", notes.text);
    buffer_release(&notes);
}

static void draw_detail(const struct import_screen *self, struct grid *area)
{
    struct buffer text = {0};
    unsigned style = STYLE_PLAIN;
    if (self->in_columns && self->columns.count) {
        describe_column(self, &text);
    } else if (!self->in_columns && self->list.count) {
        mark_of(&self->import->rows[self->rows[self->list.selected]], &style);
        describe_row(self, &text);
    }
    grid_wrap(area, 0, style == STYLE_ERROR ? STYLE_ERROR : STYLE_PLAIN, buffer_text(&text));
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

void import_draw(struct screen *screen, struct grid *body)
{
    struct import_screen *self = (struct import_screen *)screen;
    int rows = body->rows >= TALL_ROWS    ? TALL_DETAIL_ROWS
               : body->rows >= ROOMY_ROWS ? DETAIL_ROWS
                                          : 0;
    int details = rows ? rows + 1 : 0;
    int most = self->in_columns ? body->rows / 2 : body->rows / 3;
    int columns = (int)self->columns.count < most ? (int)self->columns.count : most;
    self->columns_top = 0;
    struct grid top = grid_part(body, 0, 0, columns, body->columns);
    draw_part(self, &self->columns, &top, self->in_columns, draw_column);
    grid_rule(body, columns);
    draw_sum(self, body, columns + 1);
    grid_rule(body, columns + 3);
    self->list_top = columns + 4;
    struct grid part =
        grid_part(body, self->list_top, 0, body->rows - self->list_top - details, body->columns);
    draw_part(self, &self->list, &part, !self->in_columns, draw_row);
    if (self->list.count == 0)
        draw_no_rows(self, &part);
    if (!rows)
        return;
    struct grid text = grid_part(body, body->rows - rows, 1, rows, body->columns - 2);
    grid_rule(body, body->rows - details);
    draw_detail(self, &text);
}
