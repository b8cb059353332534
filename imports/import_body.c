/* Which rows below the heading hold data. */
#include "core/text.h"
#include "imports/import_inside.h"

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

/* The first text of the row that stands there by itself; *count tells how many there are, up to 2.
 */
static const char *first_text(const struct table *table, size_t row, size_t *count)
{
    const char *first = "";
    *count = 0;
    for (size_t i = 0; i < table->rows[row].count && *count < 2; i++) {
        const char *text = table_cell(table, row, i);
        if (!*text || table_is_filled(table, row, i))
            continue;
        first = *count == 0 ? text : first;
        (*count)++;
    }
    return first;
}

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

/* Behind the numeral that a caption begins with: "一、", "（二）"; NULL when there is none. */
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

enum body_kind body_kind(const struct import *import, size_t row, bool *is_partial)
{
    size_t count;
    *is_partial = false;
    if (heading_is_repeated(&import->table, &import->heading, row))
        return BODY_HEADING;
    const char *first = first_text(&import->table, row, &count);
    /* Running numbers and codes begin nearly every row. */
    if ((*first >= '0' && *first <= '9') || (*first >= 'A' && *first <= 'z'))
        return BODY_DATA;
    enum body_kind kind = closing_kind(first, is_partial);
    if (kind == BODY_DATA && count == 1 && is_caption(first))
        kind = BODY_CAPTION;
    return kind;
}
