#include "imports/csv.h"
#include "core/csv.h"
#include "imports/encoding.h"
#include "imports/staging.h"

#include <string.h>
#include <strings.h>

enum { REPORT_ROWS = 1024 };

/* The text is parsed where it lies: a cell never grows when its quotes go, and the separator behind
 * it becomes its NUL. */
struct reader {
    struct table *table;
    char *text;
    size_t at, end;
    char separator;
    uint32_t number; /* of the row being read, 1-based */
};

static const char separators[] = ",;\t";

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

/* How well `separator` divides the first rows: many rows with the same number of cells count more
 * than a few with many. */
static size_t regularity(const char *text, char separator)
{
    enum { SAMPLE_ROWS = 50, MAX_COUNT = 256 };
    unsigned rows_with[MAX_COUNT] = {0};
    size_t count = 0, rows = 0;
    bool quoted = false, cell_start = true;
    for (; *text && rows < SAMPLE_ROWS; text++) {
        bool opens = *text == '"' && cell_start;
        cell_start = !quoted && (is_break(*text) || strchr(separators, *text));
        if (opens) {
            quoted = true;
        } else if (quoted && *text == '"' && text[1] == '"') {
            text++;
        } else if (quoted) {
            quoted = *text != '"';
        } else if (*text == separator) {
            count++;
        } else if (is_break(*text)) {
            rows_with[count < MAX_COUNT ? count : 0]++;
            rows++;
            count = 0;
        }
    }
    rows_with[count < MAX_COUNT ? count : 0]++;
    size_t best = 0;
    for (size_t i = 1; i < MAX_COUNT; i++)
        if (rows_with[i] * rows_with[i] * i > best)
            best = rows_with[i] * rows_with[i] * i;
    return best;
}

static void find_separator(struct reader *reader)
{
    const char *text = reader->text + reader->at;
    if (strncasecmp(text, "sep=", 4) == 0 && text[4] && !is_break(text[4]) &&
        (is_break(text[5]) || !text[5])) {
        reader->separator = text[4];
        reader->at += 5;
        reader->at += text[5] == '\r' && text[6] == '\n' ? 2 : text[5] != '\0';
        reader->number++;
        return;
    }
    size_t best = 0;
    reader->separator = separators[0];
    for (const char *candidate = separators; *candidate; candidate++) {
        size_t score = regularity(text, *candidate);
        if (score > best) {
            best = score;
            reader->separator = *candidate;
        }
    }
}

/* Moves the quoted text at `at` (behind its opening quote) down to `*to`. */
static bool read_quoted(struct reader *reader, size_t *to, struct error *err)
{
    char *text = reader->text;
    for (; reader->at < reader->end; reader->at++) {
        if (text[reader->at] == '"') {
            if (text[reader->at + 1] != '"') {
                reader->at++;
                return true;
            }
            reader->at++;
        } else if (text[reader->at] == '\r' && text[reader->at + 1] == '\n') {
            continue;
        }
        text[(*to)++] = text[reader->at];
    }
    return error_set(err, ERROR_FORMAT,
                     "第 %u 行有一个引号没有配对，一直到文件末尾都没有结束，请补上或删去这个引号",
                     reader->number);
}

/* ="0012" is how programs keep a spreadsheet from eating the zeros. */
static size_t unwrap_formula(char *text, size_t start, size_t end)
{
    if (end - start < 3 || text[start] != '=' || text[start + 1] != '"' || text[end - 1] != '"' ||
        memchr(text + start + 2, '"', end - start - 3))
        return start;
    text[end - 1] = '\0';
    return start + 2;
}

/* Reads one cell with what ends it; `*last` says whether the row ends with it. */
static bool read_cell(struct reader *reader, uint32_t column, bool *last, struct error *err)
{
    char *text = reader->text;
    size_t start = reader->at, to = start;
    if (text[reader->at] == '"') {
        reader->at++;
        if (!read_quoted(reader, &to, err))
            return false;
    }
    char c;
    while ((c = text[reader->at]) != reader->separator && !is_break(c) && c != '\0') {
        text[to++] = c;
        reader->at++;
    }
    *last = c != reader->separator;
    if (c == '\r' && text[reader->at + 1] == '\n')
        reader->at++;
    if (c != '\0')
        reader->at++;
    text[to] = '\0';
    if (!staging_text_fits(text + start, to - start))
        return error_set(err, ERROR_FORMAT,
                         "第 %u 行第 %u 列的文字超过 %d 个字符，多半是引号没有配对，请检查后再导入",
                         reader->number, column + 1, TABLE_MAX_CHARACTERS);
    start = unwrap_formula(text, start, to);
    start = (size_t)(csv_unguard(text + start) - text);
    return text[start] == '\0' || staging_set_cell(reader->table, column, (uint32_t)start, err);
}

static bool read_rows(struct reader *reader, struct error *err)
{
    size_t most = reader->table->most_rows ? reader->table->most_rows : SIZE_MAX;
    for (; reader->at < reader->end && reader->table->row_count < most; reader->number++) {
        if (reader->number % REPORT_ROWS == 0 &&
            !staging_report(reader->table, (int64_t)reader->at, (int64_t)reader->end, err))
            return false;
        if (!staging_begin_row(reader->table, reader->number, err))
            return false;
        bool last = false;
        for (uint32_t column = 0; !last; column++)
            if (!read_cell(reader, column, &last, err))
                return false;
        staging_end_row(reader->table);
    }
    return staging_report(reader->table, (int64_t)reader->end, (int64_t)reader->end, err);
}

bool csv_read(const char *path, struct table *table, struct error *err)
{
    struct encoding_text text;
    if (!encoding_read_file(path, &text, err))
        return false;
    table->text = text.bytes;
    table->text_length = text.end + 1;
    table->text_capacity = text.capacity;
    struct reader reader = {
        .table = table, .text = text.bytes, .at = text.start, .end = text.end, .number = 1};
    find_separator(&reader);
    if (text.fault) {
        reader.text[reader.end++] = '?'; /* stands for it, so that it belongs to a row */
        reader.text[reader.end] = '\0';
    }
    bool done = read_rows(&reader, err);
    bool is_cut = done && reader.at < reader.end;
    if (text.fault && !is_cut && (done || !err || err->code != ERROR_CANCELLED))
        return error_set(err, ERROR_FORMAT,
                         "第 %u 行含有%s，请用 WPS 表格或 Excel 另存为“CSV UTF-8”再导入",
                         done ? reader.number - 1 : reader.number, text.fault);
    if (done && table->row_count == 0)
        return error_set(err, ERROR_FORMAT, "文件里没有数据，请确认选对了文件");
    return done;
}
