/* What a run tells of its rows. */
#include "core/mem.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

const char *import_likeness_name(enum import_likeness likeness)
{
    static const char *const names[IMPORT_LIKENESS__COUNT] = {
        [IMPORT_SAME_CODE] = "信用代码相同",
        [IMPORT_LIKE_NAME] = "名称相近",
        [IMPORT_NEAR_BY] = "相距 100 米以内",
    };
    return names[likeness];
}

const char *import_left_name(enum import_left left)
{
    static const char *const names[IMPORT_LEFT__COUNT] = {
        [IMPORT_SUM] = "合计",
        [IMPORT_REMARK] = "备注、签名或示例",
        [IMPORT_HEADING] = "重复的标题",
        [IMPORT_CAPTION] = "分组标题",
    };
    return names[left];
}

const char *import_picture_sentence(enum import_picture_fate fate)
{
    static const char *const sentences[IMPORT_PICTURE__COUNT] = {
        [IMPORT_PICTURE_KEPT] = "已存为附件",
        [IMPORT_PICTURE_KNOWN] = "这条记录已有同一张图片",
        [IMPORT_PICTURE_NO_ROW] = "不在数据行上，没有导入；请移到所属的那一行",
        [IMPORT_PICTURE_REFUSED] = "所在的行没有导入，图片也没有导入",
        [IMPORT_PICTURE_NO_PLACE] = "这种清单不能附文件，没有导入",
        [IMPORT_PICTURE_BROKEN] = "读不出来，没有导入；请在表中重新插入这张图片",
    };
    return sentences[fate];
}

bool import_column_is_lost(const struct import *import, size_t column)
{
    const struct heading_column *found = &import->heading.columns[column];
    return found->match == HEADING_NEAR || (found->match == HEADING_UNKNOWN && *found->text &&
                                            !found->chosen && !import->pictured[column]);
}

static void row_release(struct import_row *row)
{
    for (size_t i = 0; i < row->note_count; i++) {
        free(row->notes[i].text);
        free(row->notes[i].note);
    }
    for (size_t i = 0; i < row->change_count; i++) {
        free(row->changes[i].before);
        free(row->changes[i].after);
    }
    for (size_t i = 0; i < row->double_count; i++)
        free(row->doubles[i].name);
    free(row->notes);
    free(row->changes);
    free(row->doubles);
    free(row->name);
    free(row->field);
    free(row->message);
    *row = (struct import_row){.number = 0};
}

void result_forget(struct import *import)
{
    for (size_t i = 0; i < import->row_count; i++)
        row_release(&import->rows[i]);
    for (size_t i = 0; import->notes && i < import->heading.column_count; i++) {
        free(import->notes[i].note);
        import->notes[i] = (struct import_column_notes){.note = NULL};
    }
    for (size_t i = 0; i < import->sum_count; i++) {
        free(import->sums[i].stated);
        free(import->sums[i].computed);
    }
    import->row_count = import->sum_count = 0;
    import->read = import->left_out = import->doubles = import->wants_reason = 0;
    import->unproven = import->lowered = 0;
    import->hidden_rows = import->filled_cells = import->sums_checked = import->sums_wrong = 0;
    memset(import->counts, 0, sizeof import->counts);
    memset(import->left, 0, sizeof import->left);
    memset(import->left_row, 0, sizeof import->left_row);
    memset(import->kept, 0, sizeof import->kept);
    import->kept_noted = 0;
    memset(import->unkept, 0, sizeof import->unkept);
    memset(import->pictures, 0, sizeof import->pictures);
    if (import->pictured)
        memset(import->pictured, 0, import->heading.column_count * sizeof *import->pictured);
}

/* A row has few of them: each array grows by one. */
static void *grow_by_one(void *items, size_t count, size_t size)
{
    items = mem_resize(items, count + 1, size);
    memset((char *)items + count * size, 0, size);
    return items;
}

void result_add_note(struct import_row *row, int field, const char *text, const char *note,
                     bool is_guess)
{
    row->notes = grow_by_one(row->notes, row->note_count, sizeof *row->notes);
    row->notes[row->note_count++] = (struct import_note){
        .field = field, .text = mem_text(text), .note = mem_text(note), .is_guess = is_guess};
}

struct import_change *result_add_change(struct import_row *row)
{
    row->changes = grow_by_one(row->changes, row->change_count, sizeof *row->changes);
    return &row->changes[row->change_count++];
}

struct import_double *result_add_double(struct import_row *row)
{
    row->doubles = grow_by_one(row->doubles, row->double_count, sizeof *row->doubles);
    return &row->doubles[row->double_count++];
}

struct import_sum *result_add_sum(struct import *import)
{
    import->sums =
        mem_grow(import->sums, import->sum_count, &import->sum_capacity, sizeof *import->sums);
    import->sums[import->sum_count] = (struct import_sum){.row = 0};
    return &import->sums[import->sum_count++];
}

void result_write_changes(const struct reg *reg, const struct import_row *row, bool taken,
                          struct buffer *out)
{
    for (size_t i = 0; i < row->change_count; i++) {
        const struct import_change *change = &row->changes[i];
        if ((change->side == IMPORT_TAKE) != taken)
            continue;
        buffer_add(out, out->length ? "；" : "");
        field_add_title(reg_field(reg, change->field), out);
        buffer_addf(out, "：%s → %s", *change->before ? change->before : "（空）",
                    *change->after ? change->after : "（空）");
    }
}

static bool has_guess(const struct import_row *row)
{
    for (size_t i = 0; i < row->note_count; i++)
        if (row->notes[i].is_guess)
            return true;
    return false;
}

static bool is_worth_showing(const struct import_row *row)
{
    return row->outcome == IMPORT_REFUSED || row->change_count || row->double_count ||
           row->choice != IMPORT_AS_READ ||
           (row->note_count && (row->outcome == IMPORT_NEW || has_guess(row)));
}

/* Whether it is a new row that tells nothing but how its cells were read. */
static bool is_only_noted(const struct import_row *row)
{
    return row->outcome == IMPORT_NEW && !row->double_count && row->choice == IMPORT_AS_READ &&
           !has_guess(row);
}

static bool is_full(const struct import *import, const struct import_row *row)
{
    if (row->outcome == IMPORT_REFUSED)
        return false;
    return is_only_noted(row) ? import->kept_noted >= IMPORT_MOST_NOTED
                              : import->kept[row->outcome] -
                                        (row->outcome == IMPORT_NEW ? import->kept_noted : 0) >=
                                    IMPORT_MOST_ROWS;
}

void result_keep(struct import *import, struct import_row *row)
{
    if (!is_worth_showing(row)) {
        row_release(row);
        return;
    }
    if (is_full(import, row)) {
        import->unkept[row->outcome]++;
        row_release(row);
        return;
    }
    import->kept[row->outcome]++;
    import->kept_noted += is_only_noted(row);
    import->rows =
        mem_grow(import->rows, import->row_count, &import->row_capacity, sizeof *import->rows);
    import->rows[import->row_count++] = *row;
    *row = (struct import_row){.number = 0};
}
