#include "imports/heading.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCANNED_ROWS = 40, SCANNED_COLUMNS = 1024 };

/* ---- one heading text against one field ---- */

/* Folds a heading for comparing; the slash between two levels and marks of "required" go too. */
static void write_key(const char *text, struct buffer *key)
{
    struct buffer folded = {0};
    text_fold(text, &folded);
    for (const char *c = buffer_text(&folded); *c; c++)
        if (*c != '/' && *c != '#')
            buffer_add_char(key, *c);
    buffer_release(&folded);
}

/* The text without what stands in brackets: units and explanations. */
static void write_without_brackets(const char *text, struct buffer *out)
{
    static const char *const opening[] = {"（", "("}, *const closing[] = {"）", ")"};
    int depth = 0;
    for (size_t step; *text; text += step) {
        text_decode(text, &step);
        bool opens = text_starts_with(text, opening[0]) || text_starts_with(text, opening[1]);
        bool closes = text_starts_with(text, closing[0]) || text_starts_with(text, closing[1]);
        depth += opens;
        if (depth == 0)
            buffer_add_bytes(out, text, step);
        depth -= closes && depth > 0;
    }
}

/* Every heading that means a field, folded: sorted, so that a cell is looked up at once. */
struct meaning {
    char *key; /* owned */
    size_t field;
};

struct meanings {
    struct meaning *items;
    size_t count, capacity;
};

static void add_meaning(struct meanings *meanings, size_t field, const char *group,
                        const char *heading)
{
    struct buffer key = {0};
    write_key(group ? group : "", &key);
    write_key(heading, &key);
    meanings->items =
        mem_grow(meanings->items, meanings->count, &meanings->capacity, sizeof *meanings->items);
    meanings->items[meanings->count++] = (struct meaning){.key = buffer_take(&key), .field = field};
}

/* By key; of two fields with the same key the one declared first. */
static int compare_meanings(const void *a, const void *b)
{
    const struct meaning *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    return order ? order : (left->field > right->field) - (left->field < right->field);
}

static void meanings_init(struct meanings *meanings, const struct reg *reg)
{
    *meanings = (struct meanings){0};
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        /* Under a group a bare label ("铅") would be ambiguous between groups. */
        add_meaning(meanings, walk.index, field->group, field->label);
        add_meaning(meanings, walk.index, NULL, field->name);
        for (const char *const *alias = field->aliases; alias && *alias; alias++)
            add_meaning(meanings, walk.index, NULL, *alias);
    }
    qsort(meanings->items, meanings->count, sizeof *meanings->items, compare_meanings);
}

static void meanings_release(struct meanings *meanings)
{
    for (size_t i = 0; i < meanings->count; i++)
        free(meanings->items[i].key);
    free(meanings->items);
}

static bool find_key(const struct meanings *meanings, const char *key, size_t *field)
{
    size_t low = 0, high = meanings->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(meanings->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!*key || low == meanings->count || strcmp(meanings->items[low].key, key) != 0)
        return false;
    *field = meanings->items[low].field;
    return true;
}

/* Looks for the text as it stands, then without its brackets. */
static bool find_field(const struct meanings *meanings, const char *text, size_t *field)
{
    struct buffer bare = {0}, whole_key = {0}, bare_key = {0};
    write_key(text, &whole_key);
    write_without_brackets(text, &bare);
    write_key(buffer_text(&bare), &bare_key);
    bool found = find_key(meanings, buffer_text(&whole_key), field) ||
                 find_key(meanings, buffer_text(&bare_key), field);
    buffer_release(&bare);
    buffer_release(&whole_key);
    buffer_release(&bare_key);
    return found;
}

static bool is_running_number(const char *text)
{
    static const char *const words[] = {"序号", "编号", "行号", "No", "№"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_same(text, words[i]))
            return true;
    return false;
}

/* ---- candidate rows ---- */

/* The upper heading over a column: its own cell, or the one to the left that spans it. A title line
 * spans everything and is no heading, hence the lower cell must not be empty. */
static const char *group_over(const struct table *table, size_t row, size_t column)
{
    for (size_t at = column + 1; at-- > 0;) {
        const char *text = table_cell(table, row, at);
        if (*text)
            return text;
    }
    return "";
}

static void write_heading_text(const struct table *table, size_t row, size_t rows, size_t column,
                               struct buffer *text)
{
    const char *upper = table_cell(table, row, column);
    const char *lower = rows == 2 ? table_cell(table, row + 1, column) : "";
    if (!*lower) {
        buffer_add(text, upper);
        return;
    }
    const char *group = *upper ? upper : group_over(table, row, column);
    buffer_addf(text, "%s%s%s", group, *group ? "/" : "", lower);
}

/* How many columns the heading would name; each field counts once. */
static size_t score(const struct table *table, const struct reg *reg,
                    const struct meanings *meanings, size_t row, size_t rows)
{
    bool *seen = mem_new(reg_field_count(reg), sizeof *seen);
    struct buffer text = {0};
    size_t count = 0;
    for (size_t i = 0; i < table->column_count && i < SCANNED_COLUMNS; i++) {
        size_t field;
        buffer_clear(&text);
        write_heading_text(table, row, rows, i, &text);
        if (!text.length || !find_field(meanings, text.text, &field) || seen[field])
            continue;
        seen[field] = true;
        count++;
    }
    buffer_release(&text);
    free(seen);
    return count;
}

static void read_columns(const struct table *table, const struct reg *reg,
                         const struct meanings *meanings, struct heading *heading)
{
    bool *seen = mem_new(reg_field_count(reg), sizeof *seen);
    heading->column_count = table->column_count;
    heading->columns = mem_new(heading->column_count, sizeof *heading->columns);
    for (size_t i = 0; i < heading->column_count; i++) {
        struct heading_column *column = &heading->columns[i];
        struct buffer text = {0};
        if (i < SCANNED_COLUMNS)
            write_heading_text(table, heading->first_row, heading->row_count, i, &text);
        column->text = buffer_take(&text);
        column->unit = mem_text("");
        if (!*column->text || is_running_number(column->text))
            column->match = HEADING_IGNORED;
        else if (find_field(meanings, column->text, &column->field) && !seen[column->field])
            column->match = HEADING_FIELD;
        if (column->match == HEADING_FIELD)
            seen[column->field] = true;
    }
    free(seen);
}

static bool refuse(const struct reg *reg, struct error *err)
{
    struct buffer wanted = {0};
    for (size_t i = 0; i < reg_field_count(reg) && wanted.length < 120; i++)
        if (reg_field(reg, i)->flags & (FIELD_KEY | FIELD_LIST))
            buffer_addf(&wanted, "%s%s", wanted.length ? "、" : "", reg_field(reg, i)->label);
    error_set(err, ERROR_FORMAT, "找不到%s的标题行，表中应有这样的列：%s", reg->label, wanted.text);
    buffer_release(&wanted);
    return false;
}

/* Whether a cell of the row is merged with the one below: then the heading goes on there. */
static bool continues_below(const struct table *table, size_t row)
{
    for (size_t i = 0; i < table->merge_count; i++)
        if (table->merges[i].first_row == table->rows[row].number &&
            table->merges[i].last_row == table->rows[row + 1].number)
            return true;
    return false;
}

bool heading_find(const struct table *table, const struct reg *reg, struct heading *heading,
                  struct error *err)
{
    size_t best = 0;
    struct meanings meanings;
    meanings_init(&meanings, reg);
    *heading = (struct heading){.row_count = 1};
    for (size_t row = 0; row < table->row_count && row < SCANNED_ROWS; row++) {
        for (size_t rows = 1; rows <= 2 && row + rows <= table->row_count; rows++) {
            size_t found = score(table, reg, &meanings, row, rows);
            bool as_good = found == best && found > 0 && rows == 2 && heading->first_row == row;
            if (found < best || (found == best && !(as_good && continues_below(table, row))))
                continue;
            best = found;
            heading->first_row = row;
            heading->row_count = rows;
        }
    }
    /* A single match may be a title that happens to be a field's name. */
    bool ok = best >= 2 || refuse(reg, err);
    if (ok)
        read_columns(table, reg, &meanings, heading);
    meanings_release(&meanings);
    return ok;
}

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
    int former = field < 0 ? -1 : heading_column_of(heading, (size_t)field);
    if (former >= 0)
        heading->columns[former].match = HEADING_UNKNOWN;
    heading->columns[column].match = field < 0 ? HEADING_UNKNOWN : HEADING_FIELD;
    heading->columns[column].field = field < 0 ? 0 : (size_t)field;
}

void heading_fingerprint(const struct heading *heading, char out[HEADING_FINGERPRINT_SIZE])
{
    uint32_t forward = 0, backward = 1;
    for (size_t i = 0; i < heading->column_count; i++) {
        forward = text_hash(forward, heading->columns[i].text);
        backward = text_hash(backward, heading->columns[heading->column_count - 1 - i].text);
    }
    snprintf(out, HEADING_FINGERPRINT_SIZE, "%08x%08x", forward, backward);
}
