/* What a person reads of an import, on about one screen. */
#include "cli/import.h"
#include "core/text.h"

#include <string.h>

enum { MOST_ROWS = 30, MOST_SUMS = 10 };

static void write_title(const struct import *import, size_t field, struct buffer *out)
{
    field_add_title(reg_field(import->reg, field), out);
}

/* ---- the list ---- */

/* Which rows were taken for no records: a person may see it otherwise. */
static void write_left_out(const struct import *import, struct buffer *out)
{
    if (!import->left_out)
        return;
    buffer_addf(out, "另有 %lld 行没有导入：", (long long)import->left_out);
    bool first = true;
    for (size_t i = 0; i < IMPORT_LEFT__COUNT; i++) {
        if (!import->left[i])
            continue;
        buffer_addf(out, "%s%s %lld 行（第 %u 行%s）", first ? "" : "，",
                    import_left_name((enum import_left)i), (long long)import->left[i],
                    import->left_row[i], import->left[i] > 1 ? "起" : "");
        first = false;
    }
    buffer_add(out, "\n");
}

static void write_counts(const struct import *import, const struct import_telling *telling,
                         struct buffer *out)
{
    buffer_addf(out, "%s读入 %lld 行 = 新增 %lld + 变更 %lld + 相同 %lld + 拒绝 %lld\n",
                telling->dry ? "（试导入，没有写入）" : "", (long long)import->read,
                (long long)import->counts[IMPORT_NEW], (long long)import->counts[IMPORT_CHANGED],
                (long long)import->counts[IMPORT_SAME], (long long)import->counts[IMPORT_REFUSED]);
    write_left_out(import, out);
    const struct {
        int64_t count;
        const char *format;
    } lines[] = {
        {import->counts[IMPORT_SKIPPED], "按您的选择 %lld 行没有导入\n"},
        {import->hidden_rows, "其中 %lld 行在表中是隐藏的，也已读入；不要的请加 --skip-hidden\n"},
        {import->filled_cells, "合并单元格向下补了 %lld 格\n"},
        {import->unproven,
         "%lld 行的状态缺材料，没有导入；要先登记到材料够得上的一步，请加 --states proven\n"},
        {import->lowered, "? %lld 行的状态缺材料，按材料登记，没有照表，见下\n"},
        {import->wants_reason, "%lld 行要改动已报送的数，请用 --why 写明原因再导入\n"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (!lines[i].count)
            continue;
        const char *place = strstr(lines[i].format, "%lld");
        buffer_add_bytes(out, lines[i].format, (size_t)(place - lines[i].format));
        buffer_addf(out, "%lld%s", (long long)lines[i].count, place + strlen("%lld"));
    }
}

static void write_sheets(const struct import *import, struct buffer *out)
{
    const struct table *table = &import->table;
    if (table->sheet_count < 2 || import->is_template)
        return;
    buffer_addf(out, "导入的是工作表“%s”，没有导入：", table->sheet);
    bool first = true;
    for (size_t i = 0; i < table->sheet_count; i++) {
        if (strcmp(table->sheets[i].name, table->sheet) == 0)
            continue;
        buffer_addf(out, "%s“%s”%s", first ? "" : "、", table->sheets[i].name,
                    table->sheets[i].hidden ? "（隐藏）" : "");
        first = false;
    }
    buffer_add(out, "；要导入它请用 --sheet\n");
}

/* Columns that are taken for a field of another name; the others speak for themselves. */
static void write_mapping(const struct import *import, const struct import_telling *telling,
                          struct buffer *out)
{
    size_t shown = 0, more = 0;
    for (size_t i = 0; i < import->heading.column_count; i++) {
        const struct heading_column *column = &import->heading.columns[i];
        struct buffer title = {0};
        if (column->match != HEADING_FIELD)
            continue;
        write_title(import, column->field, &title);
        bool tells = !text_same(buffer_text(&title), column->text);
        if (tells && (telling->verbose || shown++ < MOST_ROWS))
            buffer_addf(out, "  列“%s” → %s\n", column->text, buffer_text(&title));
        else
            more += tells;
        buffer_release(&title);
    }
    if (more)
        buffer_addf(out, "  还有 %zu 列没有列出，加 --verbose 全部列出\n", more);
}

static void write_columns(const struct import *import, struct buffer *out)
{
    for (size_t i = 0; i < import->heading.column_count; i++) {
        const struct heading_column *column = &import->heading.columns[i];
        if (column->match == HEADING_UNKNOWN && !import->pictured[i]) {
            buffer_addf(out, "列“%s”没有对应的字段，没有导入\n", column->text);
        } else if (column->match == HEADING_NEAR) {
            const struct field *field = reg_field(import->reg, column->field);
            buffer_addf(out, "? 列“%s”可能是“", column->text);
            write_title(import, column->field, out);
            buffer_addf(out, "”，没有导入；如果是，请加 --map '%s=%s'\n", column->text,
                        field->name);
        }
    }
    if (import->table.uncalculated_count)
        buffer_addf(out,
                    "有 %zu 个公式没有计算结果（首见第 %u 行），按空白处理；请在 WPS 或 Excel "
                    "中打开并保存一次再导入\n",
                    import->table.uncalculated_count, import->table.uncalculated_row);
}

static void write_notes(const struct import *import, struct buffer *out)
{
    for (size_t i = 0; i < import->heading.column_count; i++) {
        const struct import_column_notes *notes = &import->notes[i];
        if (!notes->count)
            continue;
        buffer_addf(out, "%s 列“%s”有 %lld 格换了写法，如第 %u 行：%s\n",
                    notes->guesses ? "?" : " ", import->heading.columns[i].text,
                    (long long)notes->count, notes->row, notes->note);
    }
}

/* ---- sums and pictures ---- */

static void write_sums(const struct import *import, struct buffer *out)
{
    if (!import->sums_checked)
        return;
    if (!import->sums_wrong) {
        buffer_addf(out, "合计、小计 %lld 个数核对一致\n", (long long)import->sums_checked);
        return;
    }
    buffer_addf(out, "合计、小计 %lld 个数，%lld 个与各行不符：\n", (long long)import->sums_checked,
                (long long)import->sums_wrong);
    size_t shown = 0;
    for (size_t i = 0; i < import->sum_count && shown < MOST_SUMS; i++) {
        const struct import_sum *sum = &import->sums[i];
        if (sum->agrees)
            continue;
        shown++;
        buffer_addf(out, "! 第 %u 行%s ", sum->row, sum->is_partial ? "小计" : "合计");
        write_title(import, sum->field, out);
        if (*sum->computed)
            buffer_addf(out, " %s，各行相加为 %s\n", sum->stated, sum->computed);
        else
            buffer_addf(out, " %s，有的行不是数字，无法核对\n", sum->stated);
    }
}

static void write_pictures(const struct import *import, struct buffer *out)
{
    for (size_t i = 0; i < IMPORT_PICTURE__COUNT; i++)
        if (import->pictures[i])
            buffer_addf(out, "图片 %lld 张：%s\n", (long long)import->pictures[i],
                        import_picture_sentence((enum import_picture_fate)i));
}

/* ---- rows ---- */

static bool has_guess(const struct import_row *row)
{
    for (size_t i = 0; i < row->note_count; i++)
        if (row->notes[i].is_guess)
            return true;
    return false;
}

/* The mark and word in front of a row; NULL for one that only a preview shows. */
static const char *row_word(const struct import_row *row)
{
    static const char *const words[] = {
        [IMPORT_REFUSED] = "! 拒绝", [IMPORT_CHANGED] = "~ 变更", [IMPORT_SKIPPED] = "- 不导入"};
    if (row->outcome == IMPORT_NEW && row->double_count)
        return "? 新增";
    if (row->outcome == IMPORT_SAME && row->change_count)
        return "= 相同";
    if (row->outcome == IMPORT_NEW || row->outcome == IMPORT_SAME)
        return has_guess(row) ? "? 存疑" : NULL;
    return words[row->outcome];
}

/* Refused rows first: they are what a person must mend. */
static int rank(const struct import_row *row)
{
    if (row->outcome == IMPORT_REFUSED)
        return 0;
    return row->outcome == IMPORT_NEW || row->outcome == IMPORT_SKIPPED ? 1 : 2;
}

static void write_rows(const struct import *import, const struct import_telling *telling,
                       struct buffer *out)
{
    size_t shown = 0, more = 0;
    for (int wanted = 0; wanted <= 2; wanted++) {
        for (size_t i = 0; i < import->row_count; i++) {
            const struct import_row *row = &import->rows[i];
            const char *word = row_word(row);
            if (!word || rank(row) != wanted)
                continue;
            if (shown >= MOST_ROWS && !telling->verbose) {
                more++;
                continue;
            }
            shown++;
            buffer_addf(out, "%s 第 %u 行 %s：%s\n", word, row->number, row->name, row->message);
        }
    }
    int64_t unkept = 0;
    for (size_t i = 0; i < IMPORT__COUNT; i++)
        unkept += import->unkept[i];
    if (more)
        buffer_addf(out, "还有 %zu 行没有列出，加 --verbose 全部列出\n", more);
    if (unkept)
        buffer_addf(out, "还有 %lld 行有变更或说明，太多而没有逐行列出\n", (long long)unkept);
}

void import_write_text(const struct import *import, const struct import_telling *telling,
                       struct buffer *out)
{
    write_counts(import, telling, out);
    if (import->doubles)
        buffer_addf(out,
                    "? 新增中 %lld 行可能与已有的重复，见下；要并入已有的请加 --doubles merge\n",
                    (long long)import->doubles);
    write_sheets(import, out);
    if (telling->dry && !import->is_template)
        write_mapping(import, telling, out);
    write_columns(import, out);
    write_notes(import, out);
    write_sums(import, out);
    write_pictures(import, out);
    write_rows(import, telling, out);
    if (telling->refused && import->counts[IMPORT_REFUSED])
        buffer_addf(out, "被拒绝的行已存为 %s：在红色单元格中改正后再导入\n", telling->refused);
}
