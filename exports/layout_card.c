/* Sheets of kind 卡片: one for each record, as a form on paper.
 *
 *     卡片,点位卡片                  begins it
 *     清单,legacy_site               whose records; 筛选, 范围 as in a table
 *     列宽,10,18,10,18               the grid: character cells of each column
 *     紧排,是                        rows as low as their texts allow
 *     卡名,name                      field that names the sheets; - the name above does
 *     块,治理措施                    heading of what follows
 *     格,name,3,点位名称             a label (one cell) and a value over so many cells; cells flow,
 *                                    the last one of a row is stretched. a|b is the first of both
 *                                    that is filled; blank: to be written by hand
 *     换行,- / 空行,2                the next cell begins a row; empty rows
 *     段,经查，{description},左      a text over the whole width with fields in braces; then
 *                                    左 右 中 标题 注
 *     明细,receptor,没有敏感目标,20  a table of what points to the record: text without any, how
 *                                    many at most, which (as in 筛选)
 *     明细列,kind,类别,2             its columns: heading, cells
 *     照片,attachment.file,240,2,4   photos in these fields (a|b), or of the records of another
 *                                    register: pixels high, how many beside each other, at most
 *
 * A last cell such as "state=整改中" in a row of 块, 格, 段, 照片 shows it only then. */
#include "exports/card.h"
#include "exports/layout_kind.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static struct card *card_of(struct layout_sheet *sheet)
{
    if (!sheet->own)
        sheet->own = mem_new(1, sizeof(struct card));
    return sheet->own;
}

static const struct reg *reg_of(const struct layout_reading *reading)
{
    return layout_current(reading)->listing.reg;
}

static struct card_item *add_item(const struct layout_reading *reading, enum card_part part)
{
    struct card *card = card_of(layout_current(reading));
    card->items = mem_grow(card->items, card->item_count, &card->capacity, sizeof *card->items);
    struct card_item *item = &card->items[card->item_count++];
    *item = (struct card_item){.part = part, .span = 1};
    return item;
}

/* A number in an optional cell: at least 1, `usual` when it is empty. */
static bool read_number(const struct layout_reading *reading, size_t cell, int usual, int most,
                        int *number, struct error *err)
{
    const char *text = csv_cell(&reading->csv, cell);
    *number = usual;
    return !*text ||
           (layout_read_whole(text, most, number, err) &&
            (*number > 0 || error_set(err, ERROR_FORMAT, "“%s”应是 1 到 %d 的整数", text, most)));
}

static bool read_span(const struct layout_reading *reading, size_t cell, size_t usual, size_t *span,
                      struct error *err)
{
    int number;
    bool ok = read_number(reading, cell, (int)usual, CARD_MOST_COLUMNS, &number, err);
    *span = ok ? (size_t)number : usual;
    return ok;
}

/* "state=整改中|公示" */
static bool read_condition(struct layout_reading *reading, size_t cell, struct condition *when,
                           struct error *err)
{
    if (!*csv_cell(&reading->csv, cell))
        return true;
    char *name = reading->csv.cells[cell], *values = strchr(name, '=');
    if (!values)
        return error_set(err, ERROR_FORMAT, "条件“%s”应写成 字段=值", name);
    *values++ = '\0';
    *when = (struct condition){.field = name, .values = values};
    return reg_field_find(reg_of(reading), name) ||
           error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段，不能作条件", reg_of(reading)->label,
                     name);
}

/* "a|b" */
static bool read_fields(const struct reg *reg, char *names, struct card_item *item,
                        struct error *err)
{
    for (char *rest = names, *name; (name = strtok_r(rest, "|", &rest));) {
        const struct field *field = reg_field_find(reg, name);
        if (!field)
            return error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段", reg->label, name);
        if (item->field_count == CARD_MOST_EITHER)
            return error_set(err, ERROR_FORMAT, "一格最多 %d 个字段", CARD_MOST_EITHER);
        item->fields[item->field_count++] = field;
    }
    return true;
}

/* ---- the rows ---- */

static bool read_widths(struct layout_reading *reading, struct error *err)
{
    enum { MOST_WIDTH = 100 };
    struct card *card = card_of(layout_current(reading));
    card->column_count = 0;
    for (size_t i = 1; *csv_cell(&reading->csv, i); i++) {
        if (card->column_count == CARD_MOST_COLUMNS)
            return error_set(err, ERROR_FORMAT, "一张卡片最多 %d 列", CARD_MOST_COLUMNS);
        if (!read_number(reading, i, 0, MOST_WIDTH, &card->widths[card->column_count++], err))
            return false;
    }
    return true;
}

static bool read_name(struct layout_reading *reading, struct error *err)
{
    const char *name = csv_cell(&reading->csv, 1);
    struct card *card = card_of(layout_current(reading));
    card->is_named = strcmp(name, "-") == 0;
    card->name = card->is_named ? NULL : name;
    return card->is_named || reg_field_find(reg_of(reading), name) ||
           error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段", reg_of(reading)->label, name);
}

static bool read_dense(struct layout_reading *reading, struct error *err)
{
    return layout_read_either(reading, "是", "否", &card_of(layout_current(reading))->dense, err);
}

static bool read_block(struct layout_reading *reading, struct error *err)
{
    struct card_item *item = add_item(reading, CARD_BLOCK);
    item->text = csv_cell(&reading->csv, 1);
    return card_check_text(reg_of(reading), item->text, false, err) &&
           read_condition(reading, 2, &item->when, err);
}

static bool read_cell(struct layout_reading *reading, struct error *err)
{
    struct card_item *item = add_item(reading, CARD_CELL);
    const char *label = csv_cell(&reading->csv, 3);
    item->is_blank = strcmp(csv_cell(&reading->csv, 1), "blank") == 0;
    item->text = *label ? label : NULL;
    if (item->is_blank && !item->text)
        return error_set(err, ERROR_FORMAT, "手填的格要写标签");
    return (item->is_blank || read_fields(reg_of(reading), reading->csv.cells[1], item, err)) &&
           read_span(reading, 2, 1, &item->span, err) &&
           read_condition(reading, 4, &item->when, err);
}

static bool read_break(struct layout_reading *reading, struct error *err)
{
    (void)err;
    add_item(reading, CARD_BREAK);
    return true;
}

static bool read_gap(struct layout_reading *reading, struct error *err)
{
    return read_span(reading, 1, 1, &add_item(reading, CARD_GAP)->span, err);
}

static const struct style {
    const char *word;
    enum sink_style style;
} styles[] = {
    {"", SINK_STYLE_BODY},     {"左", SINK_STYLE_BODY},    {"右", SINK_STYLE_CLOSING},
    {"中", SINK_STYLE_CENTRE}, {"标题", SINK_STYLE_TITLE}, {"注", SINK_STYLE_NOTE},
};

static bool read_text(struct layout_reading *reading, struct error *err)
{
    struct card_item *item = add_item(reading, CARD_TEXT);
    const char *word = csv_cell(&reading->csv, 2);
    item->text = csv_cell(&reading->csv, 1);
    for (size_t i = 0; i < COUNT_OF(styles); i++) {
        if (strcmp(styles[i].word, word) != 0)
            continue;
        item->style = styles[i].style;
        return card_check_text(reg_of(reading), item->text, false, err) &&
               read_condition(reading, 3, &item->when, err);
    }
    return error_set(err, ERROR_FORMAT, "段的样式只能是 左、右、中、标题、注，不能是“%s”", word);
}

/* A register whose records point to those of the card. */
static bool find_links(const struct layout_reading *reading, const char *name,
                       struct casefile_relation *links, struct error *err)
{
    const struct reg *reg = reg_find(name);
    if (!reg)
        return error_set(err, ERROR_FORMAT, "没有名为“%s”的清单，可用 taizhang schema 查看", name);
    return casefile_relate(reg, reg_of(reading), links) ||
           error_set(err, ERROR_FORMAT, "%s里没有指向%s的字段", reg->label, reg_of(reading)->label);
}

static bool read_children(struct layout_reading *reading, struct error *err)
{
    enum { USUAL = 20, MOST = 1000 };
    struct card_item *item = add_item(reading, CARD_CHILDREN);
    int most;
    const char *empty = csv_cell(&reading->csv, 2), *where = csv_cell(&reading->csv, 4);
    item->empty = *empty ? empty : NULL;
    item->where = *where ? where : NULL;
    if (!find_links(reading, csv_cell(&reading->csv, 1), &item->links, err) ||
        !read_number(reading, 3, USUAL, MOST, &most, err))
        return false;
    item->most = (size_t)most;
    return true;
}

static bool read_child_column(struct layout_reading *reading, struct error *err)
{
    struct card *card = card_of(layout_current(reading));
    struct card_item *item = card->item_count ? &card->items[card->item_count - 1] : NULL;
    const char *name = csv_cell(&reading->csv, 1), *label = csv_cell(&reading->csv, 2);
    if (!item || item->part != CARD_CHILDREN)
        return error_set(err, ERROR_FORMAT, "“明细列”要写在“明细”后面");
    const struct field *field = reg_field_find(item->links.reg, name);
    if (!field)
        return error_set(err, ERROR_FORMAT, "%s没有名为“%s”的字段", item->links.reg->label, name);
    item->columns =
        mem_grow(item->columns, item->column_count, &item->capacity, sizeof *item->columns);
    struct card_column *column = &item->columns[item->column_count++];
    *column = (struct card_column){.field = field, .label = *label ? label : field->label};
    return read_span(reading, 3, 1, &column->span, err);
}

static bool read_pictures(struct layout_reading *reading, struct error *err)
{
    enum {
        HEIGHT = 240,
        ACROSS = 2,
        MOST = 4,
        MOST_HEIGHT = 1000,
        MOST_ACROSS = 6,
        MOST_MOST = 40
    };
    struct card_item *item = add_item(reading, CARD_PICTURES);
    char *names = reading->csv.cells[1], *dot = strchr(names, '.');
    const struct reg *reg = reg_of(reading);
    int across, most;
    if (dot) {
        *dot = '\0';
        if (!find_links(reading, names, &item->links, err))
            return false;
        reg = item->links.reg;
        names = dot + 1;
    }
    if (!read_fields(reg, names, item, err))
        return false;
    for (size_t i = 0; i < item->field_count; i++)
        if (item->fields[i]->type != TYPE_ATTACHMENT)
            return error_set(err, ERROR_FORMAT, "“%s”不是附件，放不了照片", item->fields[i]->label);
    bool ok = read_number(reading, 2, HEIGHT, MOST_HEIGHT, &item->height, err) &&
              read_number(reading, 3, ACROSS, MOST_ACROSS, &across, err) &&
              read_number(reading, 4, MOST, MOST_MOST, &most, err) &&
              read_condition(reading, 5, &item->when, err);
    if (ok) {
        item->across = (size_t)across;
        item->most = (size_t)most;
    }
    return ok;
}

static const struct layout_row rows[] = {
    {.word = "列宽", .need = LAYOUT_NEEDS_REGISTER, .read = read_widths},
    {.word = "卡名", .need = LAYOUT_NEEDS_REGISTER, .read = read_name},
    {.word = "紧排", .need = LAYOUT_NEEDS_REGISTER, .read = read_dense},
    {.word = "块", .need = LAYOUT_NEEDS_REGISTER, .read = read_block},
    {.word = "格", .need = LAYOUT_NEEDS_REGISTER, .read = read_cell},
    {.word = "换行", .need = LAYOUT_NEEDS_REGISTER, .read = read_break},
    {.word = "空行", .need = LAYOUT_NEEDS_REGISTER, .read = read_gap},
    {.word = "段", .need = LAYOUT_NEEDS_REGISTER, .read = read_text},
    {.word = "明细", .need = LAYOUT_NEEDS_REGISTER, .read = read_children},
    {.word = "明细列", .need = LAYOUT_NEEDS_REGISTER, .read = read_child_column},
    {.word = "照片", .need = LAYOUT_NEEDS_REGISTER, .read = read_pictures},
};

/* ---- the sheet ---- */

static bool check_item(const struct card *card, const struct card_item *item, struct error *err)
{
    size_t cells = 0;
    for (size_t i = 0; i < item->column_count; i++)
        cells += item->columns[i].span;
    if (item->part == CARD_CELL && item->span >= card->column_count)
        return error_set(err, ERROR_FORMAT, "有一格跨 %zu 列，连标签一行只有 %zu 列", item->span,
                         card->column_count);
    if (item->part == CARD_CHILDREN && cells == 0)
        return error_set(err, ERROR_FORMAT, "明细“%s”一列也没有", item->links.reg->label);
    return cells <= card->column_count ||
           error_set(err, ERROR_FORMAT, "明细“%s”共跨 %zu 列，一行只有 %zu 列",
                     item->links.reg->label, cells, card->column_count);
}

static bool check_field(const struct field *field, struct error *err)
{
    return !(field->flags & FIELD_PRIVATE) ||
           error_set(err, ERROR_FORMAT, "“%s”不能公布，公布版请删去", field->label);
}

/* What is private is private on a card too. */
static bool check_public(const struct layout_sheet *sheet, const struct card_item *item,
                         struct error *err)
{
    bool ok = (item->part != CARD_TEXT && item->part != CARD_BLOCK) ||
              card_check_text(sheet->listing.reg, item->text, true, err);
    for (size_t i = 0; ok && i < item->field_count; i++)
        ok = check_field(item->fields[i], err);
    for (size_t i = 0; ok && i < item->column_count; i++)
        ok = check_field(item->columns[i].field, err);
    return ok;
}

static bool check(const struct layout *layout, const struct layout_sheet *sheet, struct error *err)
{
    const struct card *card = sheet->own;
    if (!card || card->column_count < 2)
        return error_set(err, ERROR_FORMAT, "卡片“%s”要有一行“列宽”，至少两列", sheet->name);
    for (size_t i = 0; i < card->item_count; i++)
        if (!check_item(card, &card->items[i], err) ||
            (layout->is_public && !check_public(sheet, &card->items[i], err)))
            return error_prefix(err, "卡片“%s”", sheet->name);
    return true;
}

static bool count(const struct layout_sheet *sheet, struct store *store, size_t *found,
                  struct error *err)
{
    return listing_count(&sheet->listing, store, found, err) ||
           error_prefix(err, "版式文件中卡片“%s”的筛选", sheet->name);
}

static void release(struct layout_sheet *sheet)
{
    struct card *card = sheet->own;
    for (size_t i = 0; card && i < card->item_count; i++)
        free(card->items[i].columns);
    if (card)
        free(card->items);
    free(card);
    sheet->own = NULL;
}

static const char *const takes[] = {"标题", "左上", "右上", "说明", "空表",
                                    "签名", "纸张", "方向", NULL};

const struct layout_kind layout_card = {
    .word = "卡片",
    .takes = takes,
    .has_records = true,
    .rows = rows,
    .row_count = COUNT_OF(rows),
    .check = check,
    .count = count,
    .write = card_write,
    .release = release,
};
