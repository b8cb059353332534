#include "imports/heading.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/heading_inside.h"
#include "imports/heading_match.h"
#include "imports/heading_unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- columns that hold no field ---- */

/* Running numbers, and what the program writes beside the rows that it hands back. */
static bool is_ignored(const char *text)
{
    static const char *const words[] = {"序号", "编号", "行号", "项次",     "序",
                                        "No",   "No.",  "№",    "拒绝原因", "原行号"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_same(text, words[i]))
            return true;
    return false;
}

/* ---- the lines above the heading ---- */

struct title {
    struct buffer key;   /* of all that stands there, and of the sheet's name */
    struct buffer lines; /* the same as it stands there, a line each cell */
};

static void add_to_title(struct title *title, struct heading_text *text, const char *cell)
{
    heading_text_read(cell, text);
    buffer_addf(&title->key, "%s ", buffer_text(&text->keys[HEADING_WHOLE]));
    buffer_addf(&title->lines, "%s\n", cell);
}

static void open_title(const struct table *table, struct title *title)
{
    struct heading_text text = {0};
    *title = (struct title){0};
    if (table->sheet && *table->sheet)
        add_to_title(title, &text, table->sheet);
    heading_text_release(&text);
}

/* One row more stands above; of many cells it is no title. */
static void extend_title(const struct table *table, size_t row, struct title *title)
{
    enum { MOST_CELLS = 5 };
    struct heading_text text = {0};
    size_t cells = 0;
    for (size_t i = 0; i < table->rows[row].count; i++)
        cells += *table_cell(table, row, i) != '\0';
    for (size_t i = 0; i < table->rows[row].count && cells <= MOST_CELLS; i++)
        if (*table_cell(table, row, i))
            add_to_title(title, &text, table_cell(table, row, i));
    heading_text_release(&text);
}

static void release_title(struct title *title)
{
    buffer_release(&title->key);
    buffer_release(&title->lines);
}

/* A unit in the lines above, for one column. */
struct unit_search {
    const char *own, *heading; /* unit of the field; of the column */
    struct buffer unit, named; /* the first; the first whose words stand in the heading */
    bool several;
};

static void look_at_unit(void *context, const char *of, const char *unit)
{
    struct unit_search *search = context;
    if (heading_unit_compare(unit, search->own) != HEADING_UNITS_AGREE)
        return;
    if (!search->unit.length)
        buffer_add(&search->unit, unit);
    else if (strcmp(search->unit.text, unit) != 0)
        search->several = true;
    if (*of && strstr(search->heading, of) && !search->named.length)
        buffer_add(&search->named, unit);
}

static void take_unit_of_title(const struct reg *reg, const char *lines,
                               struct heading_column *column)
{
    const struct field *field = reg_field(reg, column->field);
    bool is_number =
        field->type == TYPE_DECIMAL || field->type == TYPE_INTEGER || field->type == TYPE_MEASURE;
    bool may_hold = column->match == HEADING_FIELD || column->match == HEADING_NEAR;
    if (!may_hold || *column->unit || !is_number)
        return;
    struct unit_search search = {.own = field->unit, .heading = column->text};
    heading_text_each_unit(lines, look_at_unit, &search);
    struct buffer *best = search.named.length ? &search.named : &search.unit;
    if (best->length && (best == &search.named || !search.several)) {
        free(column->unit);
        column->unit = buffer_take(best);
    }
    buffer_release(&search.unit);
    buffer_release(&search.named);
}

/* ---- columns ---- */

struct finder {
    const struct table *table;
    const struct reg *reg;
    struct terms terms;
    struct heading_rows *rows;
};

static int rank(const struct heading_meaning *meaning)
{
    return 2 * meaning->quality + meaning->units;
}

/* Columns for one field by their own headings: the one with the best right to it has it. When that
 * one was read freely and another one as freely, a person must say which is meant. */
static void assign(const struct heading_meaning *meanings, bool sure, int *holder,
                   struct heading *heading, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        const struct heading_meaning *meaning = &meanings[i];
        if (!meaning->quality || meaning->is_sure != sure)
            continue;
        int *held = &holder[meaning->field];
        const struct heading_meaning *former = *held < 0 ? NULL : &meanings[*held];
        if (former && former->is_sure != sure)
            continue;
        bool better = !former || rank(meaning) > rank(former);
        bool contested = former && sure && rank(meaning) == rank(former) && meaning->is_free &&
                         former->is_free &&
                         !text_same(heading->columns[i].text, heading->columns[*held].text);
        if (contested)
            heading->columns[*held].match = HEADING_NEAR;
        if (!better)
            continue;
        if (former)
            heading->columns[*held].match = HEADING_UNKNOWN;
        *held = (int)i;
        heading->columns[i].match = sure ? HEADING_FIELD : HEADING_NEAR;
        heading->columns[i].field = meaning->field;
    }
}

/* A column whose field another one has, and that may mean a second one. */
static void assign_others(const struct heading_meaning *meanings, int *holder,
                          struct heading *heading, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        int other = meanings[i].other;
        if (heading->columns[i].match != HEADING_UNKNOWN || !meanings[i].is_sure || other < 0 ||
            holder[other] >= 0)
            continue;
        holder[other] = (int)i;
        heading->columns[i].match = HEADING_FIELD;
        heading->columns[i].field = (size_t)other;
    }
}

/* What neither is a field nor proposed as one. */
static void look_for_typos(struct finder *finder, const int *holder, struct heading *heading)
{
    bool *taken = mem_new(reg_field_count(finder->reg), sizeof *taken);
    for (size_t i = 0; i < reg_field_count(finder->reg); i++)
        taken[i] = holder[i] >= 0;
    for (size_t i = 0; i < finder->rows->column_count; i++) {
        struct heading_column *column = &heading->columns[i];
        struct heading_levels levels;
        if (column->match != HEADING_UNKNOWN)
            continue;
        heading_rows_read(finder->rows, heading->first_row, heading->row_count, i, &levels);
        if (heading_match_near(&finder->terms, &levels, taken, &column->field)) {
            column->match = HEADING_NEAR;
            taken[column->field] = true;
        }
    }
    free(taken);
}

static void read_columns(struct finder *finder, struct heading *heading)
{
    size_t count = finder->rows->column_count;
    struct heading_meaning *meanings = mem_new(count, sizeof *meanings);
    int *holder = mem_new(reg_field_count(finder->reg), sizeof *holder);
    struct title title;
    open_title(finder->table, &title);
    for (size_t row = 0; row < heading->first_row; row++)
        extend_title(finder->table, row, &title);
    heading->column_count = finder->table->column_count;
    heading->columns = mem_new(heading->column_count, sizeof *heading->columns);
    for (size_t i = 0; i < reg_field_count(finder->reg); i++)
        holder[i] = -1;
    for (size_t i = 0; i < heading->column_count; i++) {
        struct buffer text = {0};
        struct heading_levels levels = {0};
        if (i < count) {
            heading_rows_read(finder->rows, heading->first_row, heading->row_count, i, &levels);
            heading_match(&finder->terms, buffer_text(&title.key), &levels, &meanings[i]);
            heading_match_text(&levels, &text);
        }
        heading->columns[i].unit = mem_text(i < count ? meanings[i].unit : "");
        heading->columns[i].text = buffer_take(&text);
    }
    assign(meanings, true, holder, heading, count);
    assign_others(meanings, holder, heading, count);
    assign(meanings, false, holder, heading, count);
    for (size_t i = 0; i < heading->column_count; i++) {
        struct heading_column *column = &heading->columns[i];
        if (column->match != HEADING_FIELD && (!*column->text || is_ignored(column->text)))
            column->match = HEADING_IGNORED;
    }
    look_for_typos(finder, holder, heading);
    for (size_t i = 0; i < heading->column_count; i++)
        take_unit_of_title(finder->reg, buffer_text(&title.lines), &heading->columns[i]);
    release_title(&title);
    free(holder);
    free(meanings);
}

/* ---- which rows are the heading ---- */

struct candidate {
    size_t first, count;
    size_t fields; /* that are surely named */
    bool goes_on;  /* a merged area leads out of it */
    bool is_cut;   /* a merged area leads into it */
    int quality;   /* of all columns together */
};

static void judge(struct finder *finder, const char *title, struct candidate *candidate)
{
    int *best = mem_new(reg_field_count(finder->reg), sizeof *best);
    for (size_t i = 0; i < finder->rows->column_count; i++) {
        struct heading_levels levels;
        struct heading_meaning meaning;
        heading_rows_read(finder->rows, candidate->first, candidate->count, i, &levels);
        heading_match(&finder->terms, title, &levels, &meaning);
        if (!meaning.quality || !meaning.is_sure)
            continue;
        candidate->fields += best[meaning.field] == 0;
        if (meaning.quality > best[meaning.field])
            best[meaning.field] = meaning.quality;
    }
    for (size_t i = 0; i < reg_field_count(finder->reg); i++)
        candidate->quality += best[i];
    candidate->goes_on = heading_rows_go_on(finder->rows, candidate->first, candidate->count);
    candidate->is_cut = heading_rows_are_cut(finder->rows, candidate->first);
    free(best);
}

static bool is_better(const struct candidate *candidate, const struct candidate *best)
{
    if (candidate->is_cut != best->is_cut && candidate->fields >= 2 && best->fields >= 2)
        return best->is_cut;
    if (candidate->fields != best->fields)
        return candidate->fields > best->fields;
    if (candidate->first == best->first && candidate->goes_on != best->goes_on)
        return best->goes_on;
    if (candidate->quality != best->quality)
        return candidate->quality > best->quality;
    return candidate->count < best->count; /* without the title line */
}

/* Looks no further than so many rows below the best heading so far. */
enum { PATIENCE = 12 };

static struct candidate choose_rows(struct finder *finder)
{
    struct candidate best = {.count = 1};
    struct title title;
    open_title(finder->table, &title);
    for (size_t row = 0; row < finder->rows->row_count && row < HEADING_SCANNED_ROWS; row++) {
        if (best.fields >= 2 && row > best.first + PATIENCE)
            break;
        for (size_t rows = 1; rows <= HEADING_LEVELS && row + rows <= finder->rows->row_count;
             rows++) {
            struct candidate candidate = {.first = row, .count = rows};
            judge(finder, buffer_text(&title.key), &candidate);
            if (candidate.fields && is_better(&candidate, &best))
                best = candidate;
        }
        extend_title(finder->table, row, &title);
    }
    release_title(&title);
    return best;
}

/* ---- rows that still belong to the heading ---- */

static bool is_unit_row(const struct table *table, size_t row)
{
    size_t units = 0;
    for (size_t i = 0; i < table->rows[row].count; i++) {
        const char *cell = table_cell(table, row, i);
        if (*cell && !heading_unit_is(cell))
            return false;
        units += *cell != '\0';
    }
    return units > 0;
}

/* The n-th column number as forms print it: 甲, 乙, … then 1, 2, … */
static bool is_column_number(const char *cell, size_t *stems, size_t *numbers)
{
    static const char *const names[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    struct buffer key = {0};
    char number[24];
    text_fold(cell, &key);
    const char *text = buffer_text(&key);
    snprintf(number, sizeof number, "%zu", *numbers + 1);
    bool is_stem = *numbers == 0 && *stems < COUNT_OF(names) && strcmp(text, names[*stems]) == 0;
    bool is_number =
        text_starts_with(text, number) && (!text[strlen(number)] || text[strlen(number)] == '=');
    *stems += is_stem;
    *numbers += !is_stem && is_number;
    buffer_release(&key);
    return is_stem || is_number;
}

static bool is_number_row(const struct table *table, size_t row)
{
    enum { LEAST = 3 };
    size_t stems = 0, numbers = 0;
    for (size_t i = 0; i < table->rows[row].count; i++) {
        const char *cell = table_cell(table, row, i);
        bool is_label = stems + numbers == 0 && text_same(cell, "栏次");
        if (*cell && !is_label && !is_column_number(cell, &stems, &numbers))
            return false;
    }
    return stems + numbers >= LEAST;
}

/* Without merged areas: a row that has text only where the row above shows a group begun, and none
 * under a field. */
static bool is_row_of_labels(struct finder *finder, const struct candidate *found)
{
    const struct table *table = finder->table;
    size_t row = found->first + found->count, labels = 0;
    if (finder->rows->has_areas[found->first])
        return false;
    for (size_t i = 0; i < finder->rows->column_count; i++) {
        const char *above = table_cell(table, row - 1, i),
                   *next = table_cell(table, row - 1, i + 1);
        bool spans = !*above || (!*next && i + 1 < finder->rows->column_count);
        if (*table_cell(table, row, i) && !spans)
            return false;
        labels += *table_cell(table, row, i) != '\0';
    }
    return labels > 1 && !*table_cell(table, row, 0);
}

static void take_rows_below(struct finder *finder, struct candidate *found)
{
    const struct table *table = finder->table;
    while (found->count < HEADING_LEVELS &&
           heading_rows_go_on(finder->rows, found->first, found->count))
        found->count++;
    size_t next = found->first + found->count;
    if (found->count == 1 && next < finder->rows->row_count && is_row_of_labels(finder, found))
        found->count++;
    next = found->first + found->count;
    if (next < finder->rows->row_count && is_unit_row(table, next))
        found->count++;
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

static void finish(struct finder *finder, struct heading *heading)
{
    size_t next = heading->first_row + heading->row_count;
    read_columns(finder, heading);
    heading->has_numbers = next < finder->table->row_count && is_number_row(finder->table, next);
    heading->row_count += heading->has_numbers;
}

bool heading_find(const struct table *table, const struct reg *reg, struct heading *heading,
                  struct error *err)
{
    struct heading_rows rows;
    struct finder finder = {.table = table, .reg = reg, .rows = &rows};
    terms_init(&finder.terms, reg);
    heading_rows_init(&rows, table);
    struct candidate found = choose_rows(&finder);
    /* A single match may be a title that happens to be a field's name. */
    bool ok = found.fields >= 2 || refuse(reg, err);
    *heading = (struct heading){0};
    if (ok) {
        take_rows_below(&finder, &found);
        *heading = (struct heading){.first_row = found.first, .row_count = found.count};
        finish(&finder, heading);
    }
    terms_release(&finder.terms);
    heading_rows_release(&rows);
    return ok;
}

void heading_read(const struct table *table, const struct reg *reg, size_t first_row,
                  size_t row_count, struct heading *heading)
{
    struct heading_rows rows;
    struct finder finder = {.table = table, .reg = reg, .rows = &rows};
    terms_init(&finder.terms, reg);
    heading_rows_init(&rows, table);
    size_t most = rows.row_count > first_row ? rows.row_count - first_row : 0;
    most = most < HEADING_MOST_ROWS ? most : HEADING_MOST_ROWS;
    *heading =
        (struct heading){.first_row = first_row, .row_count = row_count < most ? row_count : most};
    finish(&finder, heading);
    terms_release(&finder.terms);
    heading_rows_release(&rows);
}

size_t heading_count_in(struct heading_rows *rows, const struct reg *reg, size_t *row)
{
    struct finder finder = {.table = rows->table, .reg = reg, .rows = rows};
    terms_init(&finder.terms, reg);
    struct candidate found = choose_rows(&finder);
    terms_release(&finder.terms);
    if (row)
        *row = found.first;
    return found.fields >= 2 ? found.fields : 0;
}

size_t heading_count_fields(const struct table *table, const struct reg *reg, size_t *row)
{
    struct heading_rows rows;
    heading_rows_init(&rows, table);
    size_t fields = heading_count_in(&rows, reg, row);
    heading_rows_release(&rows);
    return fields;
}
