/* How a column of a table looks: what rows 列 say beside what it shows. */
#include "exports/heading_path.h"
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/text.h"

#include <string.h>

struct column *layout_add_column(struct layout_sheet *sheet, struct error *err)
{
    if (sheet->listing.column_count == SINK_MOST_COLUMNS) {
        error_set(err, ERROR_FORMAT, "一张表最多 %d 列，请删去多余的", SINK_MOST_COLUMNS);
        return NULL;
    }
    sheet->columns = mem_grow(sheet->columns, sheet->listing.column_count, &sheet->capacity,
                              sizeof *sheet->columns);
    struct column *column = &sheet->columns[sheet->listing.column_count++];
    sheet->listing.columns = sheet->columns;
    *column = (struct column){.source = COLUMN_BLANK};
    return column;
}

bool layout_read_width(const struct csv *csv, size_t cell, int *width, struct error *err)
{
    enum { WIDEST = 100 };
    return !*csv_cell(csv, cell) || layout_read_whole(csv_cell(csv, cell), WIDEST, width, err) ||
           error_prefix(err, "列宽");
}

static const struct mark {
    const char *word;
    size_t flag; /* offset of a bool in struct sink_column */
    bool value;
} marks[] = {
    {"合并", offsetof(struct sink_column, merge), true},
    {"居中", offsetof(struct sink_column, centre), true},
    {"不合计", offsetof(struct sink_column, total), false},
};

static bool take_mark(struct sink_column *look, const char *word, size_t length, struct error *err)
{
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (strlen(marks[i].word) == length && memcmp(marks[i].word, word, length) == 0) {
            *(bool *)((char *)look + marks[i].flag) = marks[i].value;
            return true;
        }
    }
    return error_set(err, ERROR_FORMAT, "列的标记只能是 合并、居中、不合计，不能是“%.*s”",
                     (int)length, word);
}

/* "合并、居中" */
static bool read_marks(struct sink_column *look, const char *text, struct error *err)
{
    static const char comma[] = "、";
    while (*text) {
        const char *end = strstr(text, comma);
        size_t length = end ? (size_t)(end - text) : strlen(text);
        if (!take_mark(look, text, length, err))
            return false;
        text = end ? end + sizeof comma - 1 : text + length;
    }
    return true;
}

bool layout_read_look(const struct csv *csv, struct sink_column *look, struct error *err)
{
    layout_take_text(csv, LAYOUT_LABEL_CELL, &look->label);
    layout_take_text(csv, LAYOUT_GROUP_CELL, &look->group);
    layout_take_text(csv, LAYOUT_UNIT_CELL, &look->unit);
    layout_take_text(csv, LAYOUT_NUMBER_CELL, &look->number);
    if (!layout_read_width(csv, LAYOUT_WIDTH_CELL, &look->width, err))
        return false;
    if (!heading_path_is_good(look->group))
        return error_set(err, ERROR_FORMAT, "分组“%s”应是一层“甲”或两层“甲/乙”", look->group);
    return read_marks(look, csv_cell(csv, LAYOUT_MARKS_CELL), err) &&
           (look->label || error_set(err, ERROR_FORMAT, "列的表头不能为空"));
}
