/* What the file states as sums, beside what its rows come to: exact, in the unit of the field, as
 * the rows stand there, whatever becomes of them. */
#include "core/mem.h"
#include "imports/import_inside.h"

#include <string.h>

struct total {
    int64_t scaled;
    bool is_exact; /* false when a cell is no number, or they are too many */
};

struct summing {
    struct run *run;
    size_t column, field;
    struct total all; /* of all rows */
    bool has_all;
    size_t last_total; /* where the last 合计 stands, or where the rows begin */
    size_t last_any;   /* the same for any sum or caption */
};

/* Reads one cell as the scaled number of its field; *is_blank when nothing stands there. */
static bool read_number(struct summing *summing, size_t row, int64_t *scaled, bool *is_blank)
{
    struct run *run = summing->run;
    const struct import *import = run->import;
    const struct field *field = reg_field(import->reg, summing->field);
    const struct cell_context context = {.store = run->store,
                                         .unit = import->heading.columns[summing->column].unit,
                                         .first_1904 = import->table.first_1904};
    const char *text = table_cell(&import->table, row, summing->column);
    struct value value = {.kind = VALUE_NULL};
    /* A merged number stands for all of its rows once. */
    *is_blank = run_is_blank(text) || table_is_filled(&import->table, row, summing->column);
    if (*is_blank)
        return true;
    bool ok = cell_read(&context, field, text, &run->reading, NULL) &&
              type_parse(field, NULL, buffer_text(&run->reading.text), &value, NULL);
    *is_blank = ok && value_is_null(&value);
    *scaled = value.kind == VALUE_INTEGER ? value.integer : 0;
    value_release(&value);
    return ok;
}

/* Of the rows of data from index `from` to `to` (excluded). */
static struct total sum_up(struct summing *summing, size_t from, size_t to)
{
    struct total total = {.is_exact = true};
    bool is_partial, is_blank;
    for (size_t row = from; row < to && total.is_exact; row++) {
        int64_t scaled = 0;
        if (body_kind(summing->run->import, row, &is_partial) != BODY_DATA)
            continue;
        total.is_exact = read_number(summing, row, &scaled, &is_blank) &&
                         !__builtin_add_overflow(total.scaled, scaled, &total.scaled);
    }
    return total;
}

static struct total sum_all(struct summing *summing)
{
    if (!summing->has_all)
        summing->all = sum_up(summing, body_start(summing->run->import),
                              summing->run->import->table.row_count);
    summing->has_all = true;
    return summing->all;
}

static bool agrees(struct total total, int64_t stated)
{
    return total.is_exact && total.scaled == stated;
}

/* Where the rows end that a 小计 above its group sums up. */
static size_t group_end(const struct import *import, size_t row)
{
    bool is_partial;
    while (++row < import->table.row_count) {
        enum body_kind kind = body_kind(import, row, &is_partial);
        if (kind == BODY_SUM || kind == BODY_CAPTION)
            break;
    }
    return row;
}

/* The sum of the rows that row `row` most likely means: those since the last sum, those below it
 * (a sum may stand above its rows), or all; the first one that agrees, else the usual one. */
static struct total meant(struct summing *summing, size_t row, bool is_partial, int64_t stated)
{
    const struct import *import = summing->run->import;
    struct total usual = is_partial ? sum_up(summing, summing->last_any, row) : sum_all(summing),
                 other = usual;
    if (!agrees(usual, stated))
        other = is_partial ? sum_up(summing, row + 1, group_end(import, row))
                           : sum_up(summing, summing->last_total, row);
    if (!agrees(usual, stated) && !agrees(other, stated) && is_partial)
        other = sum_all(summing);
    return agrees(other, stated) ? other : usual;
}

/* Whether values of the field make sense added up: amounts do, shares and concentrations do not. */
static bool is_summed(const struct field *field)
{
    static const char *const units[] = {"%", "倍", "°", "a", "m", "km", "h/a"};
    if (!field->unit)
        return true;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (strcmp(field->unit, units[i]) == 0)
            return false;
    return strncmp(field->unit, "mg/", strlen("mg/")) != 0;
}

static char *number_text(const struct field *field, int64_t scaled)
{
    struct buffer text = {0};
    struct value value = {.kind = VALUE_INTEGER, .integer = scaled};
    type_format(field, &value, &text);
    return buffer_take(&text);
}

static void check_row(struct summing *summing, size_t row, bool is_partial)
{
    struct import *import = summing->run->import;
    const struct field *field = reg_field(import->reg, summing->field);
    int64_t stated = 0;
    bool is_blank;
    if (!read_number(summing, row, &stated, &is_blank) || is_blank)
        return;
    struct total total = meant(summing, row, is_partial, stated);
    bool right = agrees(total, stated);
    /* What stands there may be a mean. */
    if (!right && !is_summed(field))
        return;
    import->sums_checked++;
    import->sums_wrong += !right;
    if (import->sum_count >= IMPORT_MOST_ROWS)
        return;
    struct import_sum *sum = result_add_sum(import);
    *sum = (struct import_sum){
        .row = import->table.rows[row].number,
        .column = summing->column,
        .field = summing->field,
        .is_partial = is_partial,
        .agrees = right,
        .stated = number_text(field, stated),
        .computed = total.is_exact ? number_text(field, total.scaled) : mem_text(""),
    };
}

static void check_column(struct summing *summing)
{
    const struct import *import = summing->run->import;
    summing->last_total = summing->last_any = body_start(import);
    for (size_t row = body_start(import); row < import->table.row_count; row++) {
        bool is_partial;
        enum body_kind kind = body_kind(import, row, &is_partial);
        if (kind == BODY_SUM)
            check_row(summing, row, is_partial);
        if (kind == BODY_SUM || kind == BODY_CAPTION)
            summing->last_any = row;
        if (kind == BODY_SUM && !is_partial)
            summing->last_total = row;
    }
}

bool sums_check(struct run *run, struct error *err)
{
    (void)err;
    const struct import *import = run->import;
    for (size_t i = 0; import->left[IMPORT_SUM] && i < import->heading.column_count; i++) {
        const struct heading_column *column = &import->heading.columns[i];
        if (column->match != HEADING_FIELD)
            continue;
        enum field_type type = reg_field(import->reg, column->field)->type;
        if (type == TYPE_DECIMAL || type == TYPE_INTEGER)
            check_column(&(struct summing){.run = run, .column = i, .field = column->field});
    }
    return true;
}
