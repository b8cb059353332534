#include "exports/column.h"
#include "exports/form_inside.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* What no blank form has. */
enum { MOST_MERGES = 20000, MOST_COLUMNS = 1000 };

static void add_line(struct form_lines *lines, const char *text)
{
    lines->items = mem_grow(lines->items, lines->count, &lines->capacity, sizeof *lines->items);
    lines->items[lines->count++] = mem_text(text);
}

/* ---- one row as pieces of text ---- */

struct piece {
    const char *text;
    uint32_t first, last; /* columns */
};

enum { MOST_PIECES = 32 };

struct pieces {
    struct piece items[MOST_PIECES];
    size_t count;
};

static void read_pieces(const struct table *table, size_t row, struct pieces *pieces)
{
    pieces->count = 0;
    for (uint32_t i = 0; i < table->rows[row].count && pieces->count < MOST_PIECES; i++) {
        const char *text = table_cell(table, row, i);
        if (!*text)
            continue;
        struct table_merge area = form_area(table, table->rows[row].number, i);
        pieces->items[pieces->count++] = (struct piece){text, i, area.last_column};
    }
}

static bool has_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

static bool any_has(const struct pieces *pieces, const char *const *words, size_t count)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (has_any(pieces->items[i].text, words, count))
            return true;
    return false;
}

/* The pieces from `first` on up to `end` as one line, each about where it stands on the sheet: a
 * full-width blank takes two cells. */
static char *join(const struct table *table, const struct pieces *pieces, size_t first, size_t end)
{
    enum { USUAL = 9 };
    struct buffer line = {0};
    int wanted = 0;
    uint32_t column = first < end ? pieces->items[first].first : 0;
    for (size_t i = first; i < end; i++) {
        for (; column < pieces->items[i].first; column++) {
            int width = column < table->described_columns ? table->columns[column].width : 0;
            wanted += width ? width : USUAL;
        }
        if (i > first)
            buffer_add(&line, "　");
        while (i > first && text_width(line.text) + 1 < wanted)
            buffer_add(&line, "　");
        buffer_add(&line, pieces->items[i].text);
    }
    return buffer_take(&line);
}

/* The first row of a part is the one that shows how it looks. */
static void note_row(struct form *form, enum sink_part part, const struct table *table, size_t row)
{
    if (!form->part_rows[part])
        form->part_rows[part] = table->rows[row].number;
}

static void add_joined(struct form_lines *lines, const struct table *table,
                       const struct pieces *pieces)
{
    char *line = join(table, pieces, 0, pieces->count);
    add_line(lines, line);
    free(line);
}

/* ---- above the heading ---- */

static const char *const margin_words[] = {
    "填报单位", "填表单位", "报送单位", "上报单位", "编制单位", "单位：",   "单位:",
    "填报日期", "填表日期", "填报时间", "填表时间", "上报日期", "报送日期", "联系电话",
};

/* A line that is no title, whatever words stand in it. */
static bool is_aside(const char *text)
{
    static const char *const beginnings[] = {"附件", "附表", "附：", "附录", "表一",    "表二",
                                             "注：", "注:",  "说明", "备注", "填表说明"};
    for (size_t i = 0; i < COUNT_OF(beginnings); i++)
        if (text_starts_with(text, beginnings[i]))
            return true;
    return (text_starts_with(text, "表") && strspn(text + strlen("表"), "0123456789 ") > 0) ||
           has_any(text, margin_words, COUNT_OF(margin_words));
}

static bool names_a_form(const char *text)
{
    static const char *const words[] = {"表",   "清单", "台账", "名单", "汇总", "统计", "一览",
                                        "方案", "情况", "名录", "档案", "计划", "报告", "登记"};
    return has_any(text, words, COUNT_OF(words));
}

/* Index of the row with the title, or `end`: the first single text that calls itself a form, else
 * the first that is no aside. */
static size_t find_title(const struct table *table, size_t end)
{
    size_t found = end;
    struct pieces pieces;
    for (size_t row = 0; row < end; row++) {
        read_pieces(table, row, &pieces);
        if (pieces.count != 1 || is_aside(pieces.items[0].text))
            continue;
        if (names_a_form(pieces.items[0].text))
            return row;
        found = found == end ? row : found;
    }
    return found;
}

/* One row between title and heading: the line with the bureau and the unit, or a note. */
static void read_above(struct form *form, const struct table *table, size_t row,
                       const struct pieces *pieces)
{
    bool is_margin = pieces->count > 1 || any_has(pieces, margin_words, COUNT_OF(margin_words));
    if (form->left || form->right || !is_margin) {
        note_row(form, SINK_NOTES, table, row);
        add_joined(&form->above, table, pieces);
        return;
    }
    note_row(form, SINK_MARGINS, table, row);
    size_t half = 0;
    uint32_t middle = table->column_count / 2;
    while (half < pieces->count &&
           (pieces->items[half].first == 0 || pieces->items[half].first < middle))
        half++;
    /* The last of several stands at the right margin. */
    if (half == pieces->count && half > 1)
        half--;
    if (half > 0)
        form->left = join(table, pieces, 0, half);
    if (half < pieces->count)
        form->right = join(table, pieces, half, pieces->count);
}

static void read_head(struct form *form, const struct table *table, size_t end)
{
    struct pieces pieces;
    size_t title = find_title(table, end);
    for (size_t row = 0; row < end; row++) {
        read_pieces(table, row, &pieces);
        if (row == title) {
            note_row(form, SINK_TITLE, table, row);
            form->title = mem_text(pieces.items[0].text);
        } else if (title < end && row < title) {
            note_row(form, SINK_HEADS, table, row);
            add_joined(&form->heads, table, &pieces);
        } else if (pieces.count) {
            read_above(form, table, row, &pieces);
        }
    }
}

/* ---- below the heading ---- */

static bool is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(text, words[i]))
            return true;
    return false;
}

static bool is_number(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

/* Rows numbered in advance, sums without anything to sum up. */
static bool is_prepared(const struct pieces *pieces, size_t first)
{
    for (size_t i = first; i < pieces->count; i++)
        if (!is_number(pieces->items[i].text) &&
            strspn(pieces->items[i].text, "0.-") != strlen(pieces->items[i].text))
            return false;
    return true;
}

static bool is_signature(const struct pieces *pieces)
{
    static const char *const words[] = {
        "签名",   "签字",   "盖章",   "公章",     "填表人",   "填报人",   "制表",     "审核人",
        "负责人", "经办人", "联系人", "填表日期", "填报日期", "填表时间", "填报时间", "审批"};
    return any_has(pieces, words, COUNT_OF(words));
}

static bool is_note(const struct pieces *pieces)
{
    static const char *const beginnings[] = {"注",       "备注：",   "备注:", "说明",
                                             "填表说明", "填报说明", "※",     "*"};
    enum { SENTENCE = 30 }; /* columns of a text that is no example any more */
    const char *text = pieces->items[0].text;
    for (size_t i = 0; i < COUNT_OF(beginnings); i++)
        if (text_starts_with(text, beginnings[i]))
            return true;
    return pieces->count == 1 &&
           (pieces->items[0].last > pieces->items[0].first + 1 || text_width(text) > SENTENCE);
}

/* "本年度无", "本期没有检查": what stands in a list without records. */
static bool tells_of_nothing(const char *text)
{
    static const char *const words[] = {"无", "本年度无", "本期无", "本月无", "无此项"};
    enum { SHORT = 30 }; /* columns */
    return is_one_of(text, words, COUNT_OF(words)) ||
           (strstr(text, "没有") && text_width(text) <= SHORT && !strstr(text, "。"));
}

static void read_below(struct form *form, const struct table *table, size_t row, bool *closing)
{
    static const char *const totals[] = {"合计", "总计", "小计", "合计数", "共计"};
    struct pieces pieces;
    read_pieces(table, row, &pieces);
    if (pieces.count == 0)
        return;
    const char *first = pieces.items[0].text;
    if (!form->total && is_one_of(first, totals, COUNT_OF(totals))) {
        form->total = mem_text(first);
        form->total_row = table->rows[row].number;
    } else if (!*closing && !form->empty && is_prepared(&pieces, 1) && tells_of_nothing(first)) {
        form->empty = mem_text(first);
        form->total_row = table->rows[row].number;
    } else if (is_signature(&pieces) || form->signatures.count) {
        note_row(form, SINK_SIGNATURES, table, row);
        add_joined(&form->signatures, table, &pieces);
        *closing = true;
    } else if (*closing || is_note(&pieces)) {
        note_row(form, SINK_NOTES, table, row);
        add_joined(&form->below, table, &pieces);
        *closing = true;
    } else if (!is_prepared(&pieces, 0)) {
        form->samples = mem_grow(form->samples, form->sample_count, &form->sample_capacity,
                                 sizeof *form->samples);
        form->samples[form->sample_count++] =
            (struct form_sample){table->rows[row].number, mem_text(first)};
    }
}

/* ---- the whole ---- */

static bool check_size(const struct table *table, struct error *err)
{
    if (table->merge_count > MOST_MERGES || table->column_count > MOST_COLUMNS)
        return error_set(err, ERROR_FORMAT,
                         "这张表有 %zu 处合并、%u 列，不像一张空白表，请删去填好的内容再试",
                         table->merge_count, table->column_count);
    return true;
}

static void read_paper(struct form *form, const struct table *table)
{
    enum { PAPER_A3 = 8 };
    form->is_a3 = table->paper == PAPER_A3;
    form->portrait = table->paper != 0 && !table->is_landscape;
}

bool form_read(struct form *form, const char *path, const char *sheet, const struct reg *reg,
               struct error *err)
{
    struct table table = {.with_looks = true};
    struct heading heading;
    struct form_rows rows;
    bool closing = false;
    *form = (struct form){.reg = reg};
    if (!table_read(path, sheet, &table, err))
        return false;
    bool ok = check_size(&table, err) && heading_find(&table, reg, &heading, err);
    if (ok) {
        form->sheet = mem_text(*table.sheet ? table.sheet : reg->label);
        read_paper(form, &table);
        form_read_columns(form, &table, &heading, &rows);
        read_head(form, &table, heading.first_row);
        for (size_t i = heading.first_row; i < table.row_count; i++)
            if (table.rows[i].number > rows.last)
                read_below(form, &table, i, &closing);
        form_read_looks(form, &table, &rows);
        heading_release(&heading);
    }
    table_release(&table);
    return ok;
}

bool form_choose(struct form *form, size_t column, const char *name, struct error *err)
{
    struct form_column *chosen = &form->columns[column];
    struct column parsed = {.field = NULL};
    if (*name && !column_parse(&parsed, form->reg, name, err))
        return false;
    const struct field *field = parsed.source == COLUMN_FIELD ? parsed.field : NULL;
    for (size_t i = 0; field && i < form->column_count; i++) {
        struct form_column *other = &form->columns[i];
        if (other->field != field)
            continue;
        other->field = NULL;
        other->match = HEADING_UNKNOWN;
    }
    free(chosen->chosen);
    chosen->chosen = *name ? mem_text(name) : NULL;
    chosen->field = field;
    chosen->match = *name ? HEADING_FIELD : HEADING_UNKNOWN;
    return true;
}

static void lines_release(struct form_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->items[i]);
    free(lines->items);
}

void form_release(struct form *form)
{
    lines_release(&form->heads);
    lines_release(&form->above);
    lines_release(&form->below);
    lines_release(&form->signatures);
    for (size_t i = 0; i < form->column_count; i++) {
        free(form->columns[i].label);
        free(form->columns[i].group);
        free(form->columns[i].number);
        free(form->columns[i].unit);
        free(form->columns[i].text);
        free(form->columns[i].chosen);
    }
    for (size_t i = 0; i < form->sample_count; i++)
        free(form->samples[i].text);
    form_release_looks(form);
    free(form->columns);
    free(form->samples);
    free(form->sheet);
    free(form->title);
    free(form->left);
    free(form->right);
    free(form->total);
    free(form->empty);
    *form = (struct form){0};
}
