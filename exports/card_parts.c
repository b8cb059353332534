/* What a card consists of: headings, cells, texts, small tables. */
#include "exports/card_writer.h"

#include "core/mem.h"
#include "db/figures.h"
#include "db/query.h"

#include <stdlib.h>

static bool put_block(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    struct buffer text = {0};
    card_fill(writer, item->text, &text);
    bool ok = card_put_heading(writer, buffer_text(&text), err);
    buffer_release(&text);
    return ok;
}

static bool put_text(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    struct buffer text = {0};
    card_fill(writer, item->text, &text);
    bool ok = card_put_line(writer, item->style, buffer_text(&text), err);
    buffer_release(&text);
    return ok;
}

static const struct field *filled_field(const struct record *record, const struct card_item *item)
{
    for (size_t i = 0; i < item->field_count; i++)
        if (!value_is_null(record_value(record, item->fields[i]->name)))
            return item->fields[i];
    return item->field_count ? item->fields[0] : NULL;
}

static bool put_cell(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    const struct field *field = filled_field(writer->record, item);
    struct buffer label = {0}, text = {0};
    if (writer->used + 1 + item->span > writer->card->column_count && !card_flush(writer, err))
        return false;
    if (item->text)
        buffer_add(&label, item->text);
    else
        field_add_title(field, &label);
    if (!item->text && field->unit)
        buffer_addf(&label, "（%s）", field->unit);
    if (field)
        card_add_value(writer, writer->record, field, &text);
    card_add_cell(writer, SINK_STYLE_HEADING, 1, buffer_text(&label));
    card_add_cell(writer, SINK_STYLE_LABEL, item->span, buffer_text(&text));
    writer->cells[writer->cell_count - 1].is_blank = item->is_blank;
    buffer_release(&label);
    buffer_release(&text);
    return true;
}

static bool put_break(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    (void)item;
    return card_flush(writer, err);
}

static bool put_gap(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    bool ok = card_flush(writer, err);
    sink_skip_rows(writer->run->sink, item->span);
    return ok;
}

/* ---- what points to the record ---- */

bool card_each_child(struct card_visit *visit, struct error *err)
{
    const struct card_item *item = visit->item;
    bool ok = true;
    for (size_t i = 0; ok && i < item->links.link_count; i++) {
        struct buffer where = {0};
        struct query query = {.reg = item->links.reg};
        struct cursor *cursor = NULL;
        const struct record *record = NULL;
        buffer_addf(&where, "%s=\"%s\" %s", item->links.links[i]->name, visit->writer->record->id,
                    item->where ? item->where : "");
        query.where = where.text;
        ok = cursor_open(&cursor, visit->writer->run->store, &query, err);
        while (ok && visit->count < visit->most && (ok = cursor_next(cursor, &record, err)) &&
               record) {
            visit->count++;
            ok = visit->take(visit, record, err);
        }
        cursor_close(&cursor);
        buffer_release(&where);
    }
    return ok;
}

/* Which of its fields the table shows, for who keeps a filing. */
static void note_shown(const struct card_visit *visit, const struct record *record)
{
    const struct card_item *item = visit->item;
    bool *shown = mem_new(reg_field_count(record->reg), sizeof *shown);
    for (size_t i = 0; i < item->column_count; i++)
        shown[reg_field_index(record->reg, item->columns[i].field->name)] = true;
    figures_add_periods(record->reg, shown);
    run_note_within(visit->writer->run, record, shown);
    free(shown);
}

static bool put_child(struct card_visit *visit, const struct record *record, struct error *err)
{
    const struct card_item *item = visit->item;
    note_shown(visit, record);
    for (size_t i = 0; i < item->column_count; i++) {
        struct buffer text = {0};
        card_add_value(visit->writer, record, item->columns[i].field, &text);
        card_add_cell(visit->writer, SINK_STYLE_LABEL, item->columns[i].span, buffer_text(&text));
        buffer_release(&text);
    }
    return card_flush(visit->writer, err);
}

static bool put_child_heading(struct card_writer *writer, const struct card_item *item,
                              struct error *err)
{
    for (size_t i = 0; i < item->column_count; i++) {
        const struct card_column *column = &item->columns[i];
        struct buffer label = {0};
        buffer_add(&label, column->label);
        if (column->field->unit)
            buffer_addf(&label, "（%s）", column->field->unit);
        card_add_cell(writer, SINK_STYLE_HEADING, column->span, label.text);
        buffer_release(&label);
    }
    writer->keep = true;
    return card_flush(writer, err);
}

static bool put_children(struct card_writer *writer, const struct card_item *item,
                         struct error *err)
{
    struct card_visit visit = {
        .writer = writer, .item = item, .most = item->most, .take = put_child};
    if (!card_flush(writer, err) || !put_child_heading(writer, item, err) ||
        !card_each_child(&visit, err))
        return false;
    return visit.count > 0 ||
           card_put_line(writer, SINK_STYLE_LABEL, item->empty ? item->empty : "（无）", err);
}

/* ---- all of them ---- */

static bool (*const parts[])(struct card_writer *writer, const struct card_item *item,
                             struct error *err) = {
    [CARD_BLOCK] = put_block,
    [CARD_CELL] = put_cell,
    [CARD_TEXT] = put_text,
    [CARD_BREAK] = put_break,
    [CARD_GAP] = put_gap,
    [CARD_CHILDREN] = put_children,
    [CARD_PICTURES] = card_put_pictures,
};

bool card_put_item(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    return parts[item->part](writer, item, err);
}
