/* What is done with a heading that was found. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/heading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void heading_release(struct heading *heading)
{
    for (size_t i = 0; i < heading->column_count; i++) {
        free(heading->columns[i].text);
        free(heading->columns[i].unit);
    }
    free(heading->columns);
    *heading = (struct heading){0};
}

int heading_column_of(const struct heading *heading, size_t field)
{
    for (size_t i = 0; i < heading->column_count; i++)
        if (heading->columns[i].match == HEADING_FIELD && heading->columns[i].field == field)
            return (int)i;
    return -1;
}

void heading_choose(struct heading *heading, size_t column, int field)
{
    for (size_t i = 0; field >= 0 && i < heading->column_count; i++) {
        struct heading_column *other = &heading->columns[i];
        bool holds = other->match == HEADING_FIELD || other->match == HEADING_NEAR;
        if (holds && other->field == (size_t)field)
            other->match = HEADING_UNKNOWN;
    }
    struct heading_column *chosen = &heading->columns[column];
    chosen->match = field < 0 ? HEADING_UNKNOWN : HEADING_FIELD;
    chosen->field = field < 0 ? 0 : (size_t)field;
    chosen->chosen = true;
}

void heading_fingerprint(const struct heading *heading, char out[HEADING_FINGERPRINT_SIZE])
{
    uint32_t forward = 1, backward = 2;
    for (size_t i = 0; i < heading->column_count; i++) {
        const char *first = heading->columns[i].text;
        const char *last = heading->columns[heading->column_count - 1 - i].text;
        forward = *first ? text_hash(text_hash(forward, first), "\n") : forward;
        backward = *last ? text_hash(text_hash(backward, last), "\n") : backward;
    }
    snprintf(out, HEADING_FINGERPRINT_SIZE, "%08x%08x", forward, backward);
}

/* ---- headings repeated further down ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool same_but_for_blanks(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (is_blank(*a))
            a++;
        while (is_blank(*b))
            b++;
        if (*a != *b || !*a)
            return *a == *b;
    }
}

/* Whether any row of the heading has this text in this column. */
static bool stands_in_heading(const struct table *table, const struct heading *heading,
                              size_t column, const char *text)
{
    for (size_t i = 0; i < heading->row_count; i++)
        if (same_but_for_blanks(text, table_cell(table, heading->first_row + i, column)))
            return true;
    return false;
}

static bool repeats_title(const struct table *table, const struct heading *heading, size_t row)
{
    for (size_t title = 0; title < heading->first_row; title++) {
        if (table->rows[title].count != table->rows[row].count)
            continue;
        size_t i = 0;
        while (i < table->rows[row].count &&
               same_but_for_blanks(table_cell(table, row, i), table_cell(table, title, i)))
            i++;
        if (i == table->rows[row].count)
            return true;
    }
    return false;
}

bool heading_is_repeated(const struct table *table, const struct heading *heading, size_t row)
{
    size_t repeated = 0;
    for (size_t i = 0; i < table->rows[row].count; i++) {
        const char *text = table_cell(table, row, i);
        if (!*text)
            continue;
        if (!stands_in_heading(table, heading, i, text))
            return repeats_title(table, heading, row);
        repeated++;
    }
    return repeated > 1;
}
