/* Which rows below the heading hold data. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    enum body_kind kind;
    bool is_partial;
} closings[] = {
    {"合计", BODY_SUM, false},        {"总计", BODY_SUM, false},
    {"小计", BODY_SUM, true},         {"累计", BODY_SUM, false},
    {"共计", BODY_SUM, false},        {"填表人", BODY_REMARK, false},
    {"审核人", BODY_REMARK, false},   {"填报人", BODY_REMARK, false},
    {"制表人", BODY_REMARK, false},   {"负责人", BODY_REMARK, false},
    {"备注", BODY_REMARK, false},     {"说明", BODY_REMARK, false},
    {"填表说明", BODY_REMARK, false}, {"注", BODY_REMARK, false},
    {"本年度无", BODY_REMARK, false},
};

size_t body_start(const struct import *import)
{
    return import->heading.first_row + import->heading.row_count;
}

/* ---- what is known of the whole table ---- */

struct body {
    uint32_t
        *wide; /* numbers of rows of which a cell spans most of the columns, ascending; owned */
    size_t wide_count, wide_capacity;
    size_t last_full; /* index of the last row with more than one text; 0: none below the heading */
};

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

struct body *body_new(const struct import *import)
{
    struct body *body = mem_new(1, sizeof *body);
    const struct table *table = &import->table;
    for (size_t i = 0; i < table->merge_count; i++) {
        const struct table_merge *merge = &table->merges[i];
        size_t width = (size_t)merge->last_column - merge->first_column + 1;
        if (width < 2 || 2 * width <= import->heading.column_count)
            continue;
        body->wide =
            mem_grow(body->wide, body->wide_count, &body->wide_capacity, sizeof *body->wide);
        body->wide[body->wide_count++] = merge->first_row;
    }
    if (body->wide_count)
        qsort(body->wide, body->wide_count, sizeof *body->wide, compare_numbers);
    for (size_t row = table->row_count; row-- > body_start(import) && !body->last_full;) {
        size_t texts = 0;
        for (size_t i = 0; i < table->rows[row].count; i++)
            texts += *table_cell(table, row, i) != '\0';
        body->last_full = texts > 1 ? row : 0;
    }
    return body;
}

void body_free(struct body *body)
{
    if (body)
        free(body->wide);
    free(body);
}

static bool is_wide(const struct import *import, size_t row)
{
    const struct body *body = import->body;
    return body->wide_count && bsearch(&import->table.rows[row].number, body->wide,
                                       body->wide_count, sizeof *body->wide, compare_numbers);
}

/* ---- what stands in a row ---- */

/* The first texts that stand in the row by themselves. */
struct texts {
    const char *items[2]; /* "" when there are fewer */
    size_t column;        /* of the first */
    size_t count;         /* up to 2 */
    bool has_filled;      /* before the second one a cell was filled from a merged one above */
};

static void read_texts(const struct table *table, size_t row, struct texts *texts)
{
    *texts = (struct texts){.items = {"", ""}};
    for (size_t i = 0; i < table->rows[row].count && texts->count < COUNT_OF(texts->items); i++) {
        const char *text = table_cell(table, row, i);
        bool filled = *text && table_is_filled(table, row, i);
        texts->has_filled = texts->has_filled || filled;
        if (!*text || filled)
            continue;
        texts->column = texts->count == 0 ? i : texts->column;
        texts->items[texts->count++] = text;
    }
}

/* ---- sums, signatures and captions ---- */

static bool ends_a_word(const char *rest)
{
    return !*rest || text_starts_with(rest, "：") || *rest == ':' || text_starts_with(rest, "（") ||
           *rest == '(';
}

/* "合 计" as well; "清城区小计" ends in the word. */
static enum body_kind closing_kind(const char *text, bool *is_partial)
{
    enum { MOST_BYTES = 60 };
    struct buffer clean = {0};
    enum body_kind kind = BODY_DATA;
    for (size_t i = 0; text[i]; i++)
        if (text[i] != ' ' && text[i] != '\n')
            buffer_add_char(&clean, text[i]);
    for (size_t i = 0; i < COUNT_OF(closings) && kind == BODY_DATA; i++) {
        size_t length = strlen(closings[i].word);
        bool starts = text_starts_with(buffer_text(&clean), closings[i].word) &&
                      ends_a_word(clean.text + length);
        bool ends = closings[i].kind == BODY_SUM && clean.length <= MOST_BYTES &&
                    text_ends_with(buffer_text(&clean), closings[i].word);
        if (!starts && !ends)
            continue;
        kind = closings[i].kind;
        *is_partial = closings[i].is_partial || !starts;
    }
    buffer_release(&clean);
    return kind;
}

/* Whether it begins with such a numeral: "一、", "（二）". */
static bool is_caption(const char *text)
{
    static const char numerals[] = "一二三四五六七八九十";
    bool bracket = text_starts_with(text, "（") || *text == '(';
    text += bracket ? (*text == '(' ? 1 : strlen("（")) : 0;
    size_t count = 0;
    for (bool found = true; found; count += found) {
        found = false;
        for (const char *numeral = numerals; *numeral && !found; numeral += strlen("一"))
            found = strncmp(text, numeral, strlen("一")) == 0;
        text += found ? strlen("一") : 0;
    }
    bool closed =
        bracket ? text_starts_with(text, "）") || *text == ')'
                : text_starts_with(text, "、") || text_starts_with(text, "．") || *text == '.';
    return count > 0 && closed;
}

/* ---- notes ---- */

/* "2.本表", "（3）", "*", "※", "①": what notes below a table begin with. */
static bool is_numbered(const char *text)
{
    static const char *const marks[] = {"*", "※", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"};
    static const char *const ends[] = {".", "．", "、", ")", "）", "：", ":"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (text_starts_with(text, marks[i]))
            return true;
    text += text_starts_with(text, "（") ? strlen("（") : *text == '(';
    size_t digits = strspn(text, "0123456789");
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (digits > 0 && digits <= 2 && text_starts_with(text + digits, ends[i])) {
            const char *rest = text + digits + strlen(ends[i]);
            return *rest && !strchr("0123456789", *rest);
        }
    return false;
}

/* Names and values hold no full stop and are shorter. */
static bool is_prose(const char *text)
{
    enum { LONG = 40 };
    return strstr(text, "。") || text_count(text) > LONG;
}

/* A record is nothing without what stands in this column. */
static bool is_key(const struct import *import, const struct field *field)
{
    if (field->via)
        field = reg_field_find(import->reg, field->via);
    return (field->flags & (FIELD_KEY | FIELD_KEY_WHEN)) != 0;
}

/* The only text of a row that is a note rather than a record of which little is known. */
static bool is_note(const struct import *import, size_t row, const struct texts *texts)
{
    const char *text = texts->items[0];
    if (texts->count != 1 || texts->has_filled)
        return false;
    if (is_wide(import, row) || texts->column >= import->heading.column_count)
        return true;
    const struct heading_column *column = &import->heading.columns[texts->column];
    if (column->match != HEADING_FIELD)
        return true;
    if (!is_key(import, reg_field(import->reg, column->field)))
        return is_prose(text) || is_numbered(text);
    /* Names may be numbered as well, but not only those behind the list. */
    size_t last = import->body->last_full;
    return is_prose(text) || (last && row > last && is_numbered(text));
}

/* ---- rows right below the heading that show how to fill it in ---- */

enum { TOP_ROWS = 3 };

/* Behind the brackets and asterisks that `text` begins with. */
static const char *skip_opening(const char *text)
{
    static const char *const openings[] = {"（", "(", "【", "[", "*", "＊"};
    for (size_t i = 0; i < COUNT_OF(openings); i++)
        if (text_starts_with(text, openings[i]))
            return text + strlen(openings[i]);
    return text;
}

/* "示例", "例1", "（示例）某某厂", "例：某某厂", but not 示例厂. */
static bool is_example(const char *text)
{
    static const char *const words[] = {"填写示例", "填报示例", "示例", "样例",
                                        "范例",     "举例",     "例如", "例"};
    static const char *const ends[] = {"：", ":", "）", ")", "】", "]"};
    text = skip_opening(text);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!text_starts_with(text, words[i]))
            continue;
        const char *rest = text + strlen(words[i]);
        rest += strspn(rest, "0123456789");
        for (size_t end = 0; end < COUNT_OF(ends); end++)
            if (text_starts_with(rest, ends[end]))
                return true;
        return !*rest;
    }
    return false;
}

static bool is_hint(const char *text)
{
    static const char *const words[] = {
        "必填",     "选填",     "非必填",   "可不填",   "可填",   "不填", "见说明", "见填表",
        "见填报",   "见备注",   "下拉",     "请选择",   "请填",   "请从", "单选",   "多选",
        "自动生成", "自动计算", "自动带出", "系统自动", "格式：", "如：", "如:"};
    text = skip_opening(text);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_starts_with(text, words[i]))
            return true;
    return false;
}

/* Two cells and half of those that are filled say how to fill them in. */
static bool has_hints(const struct table *table, size_t row)
{
    size_t hints = 0, texts = 0;
    for (size_t i = 0; i < table->rows[row].count; i++) {
        const char *text = table_cell(table, row, i);
        texts += *text != '\0';
        hints += is_hint(text);
    }
    return hints > 1 && 2 * hints >= texts;
}

/* Only such rows stand above such a row. */
static bool is_instruction(const struct import *import, size_t row)
{
    size_t start = body_start(import);
    if (row < start || row >= start + TOP_ROWS)
        return false;
    for (size_t above = start; above <= row; above++) {
        struct texts texts;
        read_texts(&import->table, above, &texts);
        if (!is_example(texts.items[0]) && !is_example(texts.items[1]) &&
            !has_hints(&import->table, above))
            return false;
    }
    return true;
}

enum body_kind body_kind(const struct import *import, size_t row, bool *is_partial)
{
    struct texts texts;
    *is_partial = false;
    if (heading_is_repeated(&import->table, &import->heading, row))
        return BODY_HEADING;
    if (is_instruction(import, row))
        return BODY_REMARK;
    read_texts(&import->table, row, &texts);
    const char *first = texts.items[0];
    /* Running numbers and codes begin nearly every row. */
    bool is_code = (*first >= '0' && *first <= '9') || (*first >= 'A' && *first <= 'z');
    enum body_kind kind = is_code ? BODY_DATA : closing_kind(first, is_partial);
    if (kind == BODY_DATA && texts.count == 1 && is_caption(first))
        kind = BODY_CAPTION;
    if (kind == BODY_DATA && is_note(import, row, &texts))
        kind = BODY_REMARK;
    return kind;
}
