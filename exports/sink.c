#include "exports/sink_driver.h"
#include "exports/heading_path.h"
#include "exports/proof.h"

#include "core/buffer.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "core/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_LIMIT = 31, TEXT_LIMIT = 32767 };

static const struct sink_driver *const drivers[] = {&sink_xlsx, &sink_csv, &sink_json};

enum { DRIVER_COUNT = sizeof drivers / sizeof drivers[0] };

static bool failed(const struct sink *sink)
{
    return sink->error.code != ERROR_NONE;
}

/* Nothing of the current sheet is written: it is left out, or an error came before. */
static bool idle(const struct sink *sink)
{
    return sink->muted || failed(sink);
}

void sink_fail(struct sink *sink, enum error_code code, const char *format, ...)
{
    if (failed(sink))
        return;
    char sentence[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    error_set(&sink->error, code, "%s", sentence);
    if (!sink->table)
        return;
    if (sink->in_row && sink->column < sink->table->column_count)
        error_prefix(&sink->error, "表“%s”第 %zu 行“%s”", sink->table->name, sink->rows + 1,
                     sink->table->columns[sink->column].label);
    else
        error_prefix(&sink->error, "表“%s”", sink->table->name);
}

void sink_check_stream(struct sink *sink)
{
    if (ferror(file_stream(sink->file)) && !failed(sink))
        file_fail(sink->file, errno, &sink->error);
}

/* A sentence for whoever writes a report: the calls came in an order that sink.h excludes. */
static void misuse(struct sink *sink, const char *what)
{
    sink_fail(sink, ERROR_USAGE, "导出程序的调用顺序有误（%s），请把这句话告诉维护人员。", what);
}

void sink_add_label(const struct sink_column *column, struct buffer *out)
{
    buffer_add(out, column->label);
    if (!text_is_empty(column->unit))
        buffer_addf(out, "（%s）", column->unit);
}

static const struct sink_driver *find_driver(const char *path)
{
    if (!path)
        return &sink_none;
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < DRIVER_COUNT; i++)
        if (strcasecmp(dot, drivers[i]->suffix) == 0)
            return drivers[i];
    return NULL;
}

bool sink_open(struct sink **out, const char *path, const struct sink_options *options,
               struct error *err)
{
    *out = NULL;
    const struct sink_driver *driver = find_driver(path);
    if (!driver)
        return error_set(err, ERROR_USAGE,
                         "不知道“%s”要写成哪种文件，请让文件名以 .xlsx、.csv 或 .json 结尾。",
                         path);
    if (driver->one_table && options->tables > 1 && !options->only)
        return error_set(err, ERROR_USAGE,
                         "一个 %s 文件只能放一张表，而这份材料有 %zu 张；"
                         "请指定其中一张，或改为导出 .xlsx。",
                         driver->suffix, options->tables);
    struct file *file = NULL;
    if (path && !file_open(&file, path, err))
        return false;
    struct sink *sink = mem_new(1, sizeof *sink);
    sink->driver = driver;
    sink->file = file;
    sink->options = (struct sink_options){
        .created = options->created,
        .tables = options->tables,
        .title = mem_text(options->title),
        .author = mem_text(options->author),
        .only = driver->one_table ? mem_text(options->only) : NULL,
        .proof = options->proof,
    };
    driver->open(sink);
    *out = sink;
    if (!failed(sink))
        return true;
    if (err)
        *err = sink->error;
    sink_abort(out);
    return false;
}

/* Releases everything but the file. */
static void release(struct sink *sink)
{
    sink->driver->release(sink);
    for (size_t i = 0; i < sink->name_count; i++)
        free(sink->names[i]);
    free((char *)sink->options.title);
    free((char *)sink->options.author);
    free((char *)sink->options.only);
    free(sink->totals);
    free(sink);
}

void sink_abort(struct sink **out)
{
    struct sink *sink = *out;
    if (!sink)
        return;
    struct file *file = sink->file;
    release(sink);
    file_abort(&file);
    *out = NULL;
}

bool sink_commit(struct sink **out, struct error *err)
{
    struct sink *sink = *out;
    if (sink->in_row)
        misuse(sink, "行没有结束");
    sink->table = NULL;
    sink->page = NULL;
    if (sink->options.only && sink->taken == 0)
        sink_fail(sink, ERROR_USAGE, "没有名为“%s”的表，请改用材料中已有的表名。",
                  sink->options.only);
    else if (!sink->driver->begin_page && sink->taken == 0)
        sink_fail(sink, ERROR_USAGE, "这份材料没有数据表，不能导出为 %s，请改为导出 .xlsx。",
                  sink->driver->suffix);
    else if (sink->tables < sink->options.tables || sink->name_count == 0)
        misuse(sink, "表少于预告");
    if (!failed(sink))
        sink->driver->finish(sink);
    if (failed(sink)) {
        if (err)
            *err = sink->error;
        sink_abort(out);
        return false;
    }
    struct file *file = sink->file;
    release(sink);
    *out = NULL;
    return !file || file_commit(&file, err);
}

/* --- sheets --- */

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return true;
    return false;
}

/* Excel counts UTF-16 units. */
static size_t count_units(const char *text)
{
    size_t units = 0;
    for (size_t step; *text; text += step)
        units += text_decode(text, &step) > 0xFFFF ? 2 : 1;
    return units;
}

bool sink_check_name(const char *name, struct error *err)
{
    size_t length = text_is_empty(name) ? 0 : strlen(name);
    if (length == 0)
        return error_set(err, ERROR_REFUSED, "工作表没有名称，请给它起一个名称。");
    if (!text_is_utf8(name, length) || has_control(name))
        return error_set(err, ERROR_REFUSED, "工作表名称里有不能识别的字符，请重新起名。");
    if (count_units(name) > NAME_LIMIT)
        return error_set(err, ERROR_REFUSED, "工作表名称“%s”超过 31 个字，请缩短。", name);
    if (strpbrk(name, "[]:*?/\\") || name[0] == '\'' || name[length - 1] == '\'')
        return error_set(err, ERROR_REFUSED,
                         "工作表名称“%s”里有符号 [ ] : * ? / \\ 或首尾的单引号，请改名。", name);
    return strcasecmp(name, "History") != 0 ||
           error_set(err, ERROR_REFUSED, "工作表名称“%s”是 Excel 的保留名称，请改名。", name);
}

static void check_name(struct sink *sink, const char *name)
{
    struct error problem = {0};
    if (!sink_check_name(name, &problem))
        sink_fail(sink, problem.code, "%s", problem.message);
    for (size_t i = 0; i < sink->name_count && !failed(sink); i++)
        if (strcasecmp(sink->names[i], name) == 0)
            sink_fail(sink, ERROR_REFUSED, "有两张工作表都叫“%s”，请改名。", name);
}

bool sink_has_sheet(const struct sink *sink, const char *name)
{
    for (size_t i = 0; i < sink->name_count; i++)
        if (strcasecmp(sink->names[i], name) == 0)
            return true;
    return false;
}

/* Ends the sheet before and notes the name of the next one. */
static void begin_sheet(struct sink *sink, const char *name)
{
    if (sink->in_row)
        misuse(sink, "行没有结束");
    sink->table = NULL;
    sink->page = NULL;
    sink->muted = false;
    sink->closed = false;
    sink->rows = 0;
    sink->column = 0;
    if (failed(sink))
        return;
    check_name(sink, name);
    if (sink->name_count == sizeof sink->names / sizeof sink->names[0])
        sink_fail(sink, ERROR_REFUSED, "工作表太多，请分成几个文件导出。");
    if (!failed(sink))
        sink->names[sink->name_count++] = mem_text(name);
}

static bool is_good(const char *text)
{
    return text_is_empty(text) || text_is_utf8(text, strlen(text));
}

static void check_table(struct sink *sink, const struct sink_table *table)
{
    if (table->column_count == 0 || table->column_count > SINK_MOST_COLUMNS)
        misuse(sink, "列数");
    bool good = is_good(table->title) && is_good(table->left) && is_good(table->right);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct sink_column *column = &table->columns[i];
        if (text_is_empty(column->key) || !column->label || column->scale < 0 ||
            column->scale > DECIMAL_MAX_SCALE || !heading_path_is_good(column->group))
            misuse(sink, "列的定义");
        good = good && is_good(column->label) && is_good(column->group) && is_good(column->unit) &&
               is_good(column->number);
    }
    if (!good)
        sink_fail(sink, ERROR_REFUSED, "表“%s”的标题或表头里有不能识别的字符，请改正。",
                  table->name);
}

static bool is_chosen(const struct sink *sink, const struct sink_table *table)
{
    const char *only = sink->options.only;
    return !only || strcmp(only, table->name) == 0 || (table->key && strcmp(only, table->key) == 0);
}

void sink_begin_table(struct sink *sink, const struct sink_table *table)
{
    begin_sheet(sink, table->name);
    if (!failed(sink))
        check_table(sink, table);
    size_t expected = sink->options.tables ? sink->options.tables : 1;
    if (!failed(sink) && sink->tables++ == expected)
        misuse(sink, "表多于预告");
    if (failed(sink))
        return;
    sink->table = table;
    sink->muted = !is_chosen(sink, table);
    if (sink->muted)
        return;
    sink->taken++;
    sink->totals = mem_resize(sink->totals, table->column_count, sizeof *sink->totals);
    for (size_t i = 0; i < table->column_count; i++)
        sink->totals[i] = (struct sink_total){.scale = table->columns[i].scale};
    if (sink->options.proof)
        proof_begin_table(sink->options.proof, table);
    sink->driver->begin_table(sink);
}

void sink_begin_page(struct sink *sink, const struct sink_page *page)
{
    begin_sheet(sink, page->name);
    if (!failed(sink) && (page->column_count == 0 || page->column_count > SINK_MOST_COLUMNS))
        misuse(sink, "列数");
    if (failed(sink))
        return;
    sink->page = page;
    sink->muted = !sink->driver->begin_page;
    if (!sink->muted)
        sink->driver->begin_page(sink);
}

/* --- rows --- */

void sink_begin_row(struct sink *sink)
{
    if (idle(sink))
        return;
    if (sink->in_row || (!sink->table && !sink->page) || sink->closed) {
        misuse(sink, "这里不能开始一行");
        return;
    }
    sink->in_row = true;
    sink->column = 0;
    if (sink->options.proof && sink->table)
        proof_begin_row(sink->options.proof, sink_row(sink));
    sink->driver->begin_row(sink);
}

static size_t column_count(const struct sink *sink)
{
    return sink->table ? sink->table->column_count : sink->page->column_count;
}

/* Whether `count` cells may be written now. */
static bool ready(struct sink *sink, size_t count)
{
    if (idle(sink))
        return false;
    if (!sink->in_row || count == 0 || sink->column + count > column_count(sink))
        misuse(sink, "单元格多于列数，或不在一行里");
    return !failed(sink);
}

/* As text_is_utf8, for the many cells that end in NUL anyway. */
static bool is_utf8(const char *text)
{
    for (size_t step; *text; text += step)
        if ((unsigned char)*text < 0x80)
            step = 1;
        else if (text_is_han(text))
            step = 3;
        else if (text_decode(text, &step) == TEXT_INVALID)
            return false;
    return true;
}

static bool check_text(struct sink *sink, const char *text, size_t length)
{
    if (!is_utf8(text))
        sink_fail(sink, ERROR_REFUSED, "文字里有不能识别的字符（不是 UTF-8），请重新录入这一格。");
    else if (length > TEXT_LIMIT && count_units(text) > TEXT_LIMIT)
        sink_fail(sink, ERROR_REFUSED, "文字超过 %d 个字，一个单元格放不下，请缩短。", TEXT_LIMIT);
    return !failed(sink);
}

static void put(struct sink *sink, const struct sink_value *value)
{
    if (sink->options.proof && sink->table)
        proof_add_cell(sink->options.proof, sink->column, value);
    sink->driver->cell(sink, value);
    sink->mark = NULL;
    sink->column++;
}

void sink_mark(struct sink *sink, const char *note)
{
    if (ready(sink, 1))
        sink->mark = note;
}

void sink_empty(struct sink *sink)
{
    if (ready(sink, 1))
        put(sink, &(struct sink_value){.kind = SINK_VALUE_EMPTY});
}

void sink_text(struct sink *sink, const char *text)
{
    if (text_is_empty(text)) {
        sink_empty(sink);
        return;
    }
    size_t length = strlen(text);
    if (ready(sink, 1) && check_text(sink, text, length))
        put(sink, &(struct sink_value){.kind = SINK_VALUE_TEXT, .text = text, .length = length});
}

void sink_date(struct sink *sink, const char *text)
{
    if (text_is_empty(text)) {
        sink_empty(sink);
        return;
    }
    struct sink_value value = {.kind = SINK_VALUE_DATE};
    struct error reason = {0};
    if (!ready(sink, 1))
        return;
    if (date_parse(text, &value.date, &reason))
        put(sink, &value);
    else
        sink_fail(sink, reason.code, "%s。", reason.message);
}

/* Sums keep the finest scale that came by, so that they stay exact. */
static bool add_total(struct sink_total *total, int64_t scaled, int scale)
{
    int finest = total->scale > scale ? total->scale : scale;
    return decimal_rescale(total->scaled, total->scale, finest, &total->scaled) &&
           decimal_rescale(scaled, scale, finest, &scaled) &&
           decimal_add(total->scaled, scaled, &total->scaled) &&
           (total->scale = finest, total->filled = true);
}

static void put_number(struct sink *sink, int64_t scaled, int scale, bool percent)
{
    if (!ready(sink, 1))
        return;
    if (scale < 0 || scale > DECIMAL_MAX_SCALE) {
        misuse(sink, "小数位数");
        return;
    }
    const struct sink_column *column = sink->table ? &sink->table->columns[sink->column] : NULL;
    if (column && column->total && !add_total(&sink->totals[sink->column], scaled, scale)) {
        sink_fail(sink, ERROR_REFUSED, "合计太大，无法精确计算，请核对这一列的数。");
        return;
    }
    put(sink, &(struct sink_value){
                  .kind = SINK_VALUE_NUMBER,
                  .scaled = scaled,
                  .scale = scale,
                  .percent = percent || (column && column->format == SINK_PERCENT),
              });
}

void sink_number(struct sink *sink, int64_t scaled, int scale)
{
    put_number(sink, scaled, scale, false);
}

void sink_percent(struct sink *sink, int64_t scaled, int scale)
{
    put_number(sink, scaled, scale, true);
}

bool sink_end_row(struct sink *sink, struct error *err)
{
    if (!sink->in_row && !idle(sink))
        misuse(sink, "没有开始的行");
    while (sink->table && !idle(sink) && sink->column < column_count(sink))
        sink_empty(sink);
    if (!idle(sink)) {
        sink->driver->end_row(sink);
        sink->in_row = false;
        sink->rows++;
    }
    if (failed(sink) && err)
        *err = sink->error;
    return !failed(sink);
}

/* --- what only people read --- */

/* Whether a line or a total may follow now, and the driver writes such things. */
static bool closing(struct sink *sink, bool written)
{
    if (idle(sink) || !written)
        return false;
    if (sink->in_row || !sink->table)
        misuse(sink, "合计和说明只能写在表的各行之后");
    sink->closed = true;
    return !failed(sink);
}

void sink_total_row(struct sink *sink, const char *label)
{
    if (!idle(sink) && sink->closed)
        misuse(sink, "合计只能有一行，并紧接在各行之后");
    if (!closing(sink, sink->driver->total_row) || !check_text(sink, label, strlen(label)))
        return;
    if (sink->options.proof)
        proof_add_totals(sink->options.proof, sink->table, sink->totals, sink_row(sink));
    sink->driver->total_row(sink, label);
}

static void put_line(struct sink *sink, const char *text, enum sink_part part)
{
    if (closing(sink, sink->driver->line) && check_text(sink, text, strlen(text)))
        sink->driver->line(sink, text, part);
}

void sink_line(struct sink *sink, const char *text)
{
    put_line(sink, text, SINK_NOTES);
}

void sink_signature(struct sink *sink, const char *text)
{
    put_line(sink, text, SINK_SIGNATURES);
}

void sink_end_sheet(struct sink *sink)
{
    if (sink->in_row && !failed(sink))
        misuse(sink, "行没有结束");
    sink->table = NULL;
    sink->page = NULL;
}

void sink_styled(struct sink *sink, enum sink_style style, size_t span, const char *text)
{
    if (!ready(sink, span))
        return;
    if (!sink->page) {
        misuse(sink, "样式只用于自由页面");
        return;
    }
    const char *content = text ? text : "";
    if (!check_text(sink, content, strlen(content)))
        return;
    sink->driver->styled(sink, style, span, content);
    sink->column += span;
}

void sink_skip(struct sink *sink, size_t cells)
{
    if (cells > 0 && ready(sink, cells))
        sink->column += cells;
}

void sink_skip_rows(struct sink *sink, size_t rows)
{
    if (idle(sink))
        return;
    if (sink->in_row || !sink->page)
        misuse(sink, "只有自由页面的两行之间可以空行");
    else
        sink->driver->skip_rows(sink, rows);
}

void sink_row_height(struct sink *sink, double points)
{
    if (idle(sink))
        return;
    if (!sink->in_row || !sink->page)
        misuse(sink, "只有自由页面的行可以定高");
    else
        sink->driver->row_height(sink, points);
}

void sink_keep_row(struct sink *sink)
{
    if (idle(sink))
        return;
    if (!sink->in_row || !sink->page)
        misuse(sink, "只有自由页面的行可以和下一行同页");
    else
        sink->driver->keep_row(sink);
}

size_t sink_row(const struct sink *sink)
{
    return sink->driver->row && !idle(sink) ? sink->driver->row(sink) : 0;
}

static bool ends_above(const struct sink_range *range, size_t row)
{
    return range->first_row <= range->last_row && range->first_column <= range->last_column &&
           range->last_row < row;
}

void sink_chart(struct sink *sink, const struct sink_chart *chart)
{
    if (idle(sink) || !sink->driver->chart)
        return;
    bool written =
        !sink->in_row && chart->series_count > 0 && ends_above(&chart->categories, sink_row(sink));
    bool good = is_good(chart->title) && is_good(chart->value_title);
    for (size_t i = 0; i < chart->series_count; i++) {
        written = written && ends_above(&chart->series[i].values, sink_row(sink));
        good = good && is_good(chart->series[i].name);
    }
    if (!written)
        misuse(sink, "图表的数据要先写好");
    else if (!good)
        sink_fail(sink, ERROR_REFUSED, "图表的标题里有不能识别的字符，请改正。");
    else
        sink->driver->chart(sink, chart);
}

void sink_put_picture(struct sink *sink, const struct sink_picture *picture)
{
    if (idle(sink) || !sink->driver->picture)
        return;
    if (!sink->page || sink->in_row)
        misuse(sink, "照片只能放在自由页面的两行之间");
    else if (!is_good(picture->description))
        sink_fail(sink, ERROR_REFUSED, "照片的说明里有不能识别的字符，请改正。");
    else
        sink->driver->picture(sink, picture);
}
