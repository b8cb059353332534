#include "exports/proof.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/text.h"
#include "exports/heading_path.h"
#include "exports/sink_driver.h"
#include "imports/merge.h"
#include "imports/table.h"

#include <stdlib.h>
#include <string.h>

/* ---- digests: FNV-1a of the texts with their ends ---- */

#define DIGEST_START UINT64_C(14695981039346656037)
#define DIGEST_PRIME UINT64_C(1099511628211)

static uint64_t add_text(uint64_t digest, const char *text)
{
    do {
        digest = (digest ^ (unsigned char)*text) * DIGEST_PRIME;
    } while (*text++);
    return digest;
}

/* ---- what is written ---- */

static struct proof_table *current(struct proof *proof)
{
    return &proof->tables[proof->count - 1];
}

void proof_begin_table(struct proof *proof, const struct sink_table *table)
{
    proof->tables = mem_grow(proof->tables, proof->count, &proof->capacity, sizeof *proof->tables);
    struct proof_table *begun = &proof->tables[proof->count++];
    *begun = (struct proof_table){
        .name = mem_text(table->name),
        .columns = mem_new(table->column_count, sizeof *begun->columns),
        .column_count = table->column_count,
    };
    for (size_t i = 0; i < table->column_count; i++) {
        const struct sink_column *column = &table->columns[i];
        struct buffer label = {0};
        heading_path_add_names(column->group, " ", &label);
        buffer_add(&label, column->label);
        begun->columns[i] =
            (struct proof_column){.label = buffer_take(&label), .digest = DIGEST_START};
        if (!text_is_empty(column->unit))
            begun->columns[i].unit = mem_text(column->unit);
    }
}

void proof_begin_row(struct proof *proof, size_t row)
{
    struct proof_table *table = current(proof);
    if (table->row_count == 0)
        table->first_row = (uint32_t)row + 1;
    table->rows =
        mem_grow(table->rows, table->row_count, &table->row_capacity, sizeof *table->rows);
    table->rows[table->row_count++] = DIGEST_START;
}

static void write_number(int64_t scaled, int scale, bool percent, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(scaled, scale, text);
    buffer_addf(out, "%s%s", text, percent ? "%" : "");
}

void proof_add_cell(struct proof *proof, size_t column, const struct sink_value *value)
{
    struct proof_table *table = current(proof);
    struct buffer number = {0};
    char date[DATE_TEXT_SIZE];
    const char *text = "";
    if (value->kind == SINK_VALUE_TEXT) {
        text = value->text;
    } else if (value->kind == SINK_VALUE_NUMBER) {
        write_number(value->scaled, value->scale, value->percent, &number);
        text = number.text;
    } else if (value->kind == SINK_VALUE_DATE) {
        date_format(value->date, date);
        text = date;
    }
    uint64_t *row = &table->rows[table->row_count - 1];
    *row = add_text(*row, text);
    table->columns[column].digest = add_text(table->columns[column].digest, text);
    buffer_release(&number);
}

void proof_add_totals(struct proof *proof, const struct sink_table *table,
                      const struct sink_total *totals, size_t row)
{
    struct proof_table *ended = current(proof);
    ended->total_row = (uint32_t)row + 1;
    for (size_t i = 0; i < table->column_count; i++) {
        struct buffer sum = {0};
        if (!table->columns[i].total)
            continue;
        if (totals[i].filled || ended->row_count == 0)
            write_number(totals[i].scaled, totals[i].scale,
                         table->columns[i].format == SINK_PERCENT, &sum);
        else
            buffer_add(&sum, SINK_NO_TOTAL);
        ended->columns[i].sum = buffer_take(&sum);
    }
}

void proof_release(struct proof *proof)
{
    for (size_t i = 0; i < proof->count; i++) {
        struct proof_table *table = &proof->tables[i];
        for (size_t n = 0; n < table->column_count; n++) {
            free(table->columns[n].label);
            free(table->columns[n].unit);
            free(table->columns[n].sum);
        }
        free(table->columns);
        free(table->rows);
        free(table->name);
    }
    free(proof->tables);
    *proof = (struct proof){.count = 0};
}

/* ---- what is read ---- */

static bool differs(const struct proof_table *table, uint32_t row, const char *column,
                    const char *what, struct error *err)
{
    return error_set(err, ERROR_IO,
                     "写出的文件读回来与数据不一致：表“%s”第 %u 行%s%s%s%s。没有报送，原来的文件"
                     "没有变动；请再试一次，仍不一致请把这句话告诉维护人员。",
                     table->name, row, column ? "“" : "", column ? column : "", column ? "”" : "",
                     what);
}

/* Where the row with that number stands among the rows read, which leave out empty ones. */
static bool find_row(const struct table *read, uint32_t number, size_t *row)
{
    while (*row < read->row_count && read->rows[*row].number < number)
        ++*row;
    return *row < read->row_count && read->rows[*row].number == number;
}

static const char *cell_at(const struct table *read, bool found, size_t row, size_t column)
{
    return found ? table_cell(read, row, column) : "";
}

/* A row that is not what was written; which column it is, the digests of the columns tell. */
static bool check_rows(const struct proof_table *table, const struct table *read, uint64_t *columns,
                       uint32_t *wrong)
{
    size_t row = 0;
    for (size_t i = 0; i < table->column_count; i++)
        columns[i] = DIGEST_START;
    for (size_t i = 0; i < table->row_count; i++) {
        uint32_t number = table->first_row + (uint32_t)i;
        bool found = find_row(read, number, &row);
        uint64_t digest = DIGEST_START;
        for (size_t n = 0; n < table->column_count; n++) {
            const char *text = cell_at(read, found, row, n);
            digest = add_text(digest, text);
            columns[n] = add_text(columns[n], text);
        }
        if (digest != table->rows[i] && !*wrong)
            *wrong = number;
    }
    return *wrong == 0;
}

static bool check_cells(const struct proof_table *table, const struct table *read,
                        struct error *err)
{
    uint64_t *columns = mem_new(table->column_count, sizeof *columns);
    uint32_t wrong = 0;
    const char *label = NULL;
    if (!check_rows(table, read, columns, &wrong))
        for (size_t i = 0; i < table->column_count && !label; i++)
            if (columns[i] != table->columns[i].digest)
                label = table->columns[i].label;
    free(columns);
    return !wrong || differs(table, wrong, label, "不是写出的内容", err);
}

/* Below the rows there may be a total row and lines, but nothing in between. */
static bool check_totals(const struct proof_table *table, const struct table *read,
                         struct error *err)
{
    size_t row = 0;
    bool found = table->total_row && find_row(read, table->total_row, &row);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *sum = table->columns[i].sum;
        if (sum && strcmp(cell_at(read, found, row, i), sum) != 0)
            return differs(table, table->total_row, table->columns[i].label, "的合计不对", err);
    }
    return true;
}

/* Rows of titles and heading, which are not filled down. */
static size_t rows_above(const struct proof_table *table, const struct table *read)
{
    size_t row = 0;
    find_row(read, table->first_row, &row);
    return row;
}

bool proof_check(const struct proof *proof, const char *path, struct error *err)
{
    for (size_t i = 0; i < proof->count; i++) {
        const struct proof_table *table = &proof->tables[i];
        struct table read = {0};
        if (!table_read(path, table->name, &read, err))
            return error_prefix(err, "读回写出的文件");
        bool ok = merge_fill_down(&read, rows_above(table, &read), err) &&
                  check_cells(table, &read, err) && check_totals(table, &read, err);
        table_release(&read);
        if (!ok)
            return false;
    }
    return true;
}

/* ---- what is kept of it ---- */

void proof_write_counts(const struct proof *proof, struct buffer *out)
{
    for (size_t i = 0; i < proof->count; i++)
        buffer_addf(out, "%s%s %zu 行", i ? "\n" : "", proof->tables[i].name,
                    proof->tables[i].row_count);
}

void proof_write_sums(const struct proof *proof, struct buffer *out)
{
    for (size_t i = 0; i < proof->count; i++) {
        const struct proof_table *table = &proof->tables[i];
        bool begun = false;
        for (size_t n = 0; n < table->column_count; n++) {
            const struct proof_column *column = &table->columns[n];
            if (!column->sum)
                continue;
            if (!begun)
                buffer_addf(out, "%s%s：", out->length ? "\n" : "", table->name);
            buffer_addf(out, "%s%s %s%s%s", begun ? "；" : "", column->label, column->sum,
                        column->unit ? " " : "", column->unit ? column->unit : "");
            begun = true;
        }
    }
}
