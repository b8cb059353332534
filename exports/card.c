#include "exports/card_writer.h"

#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/figures.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_UNITS = 31 }; /* of a sheet's name */

/* ---- a card ---- */

/* What a sheet may be called: of `text` what a spreadsheet allows, as long as it may be. */
static void write_name(const char *text, size_t most, struct buffer *out)
{
    size_t units = 0;
    for (size_t step; *text; text += step) {
        uint32_t code = text_decode(text, &step);
        units += code > 0xFFFF ? 2 : 1;
        if (units > most)
            return;
        if (text_is_control(code) || (code < 0x80 && strchr("[]:*?/\\'", (int)code)))
            buffer_add_char(out, '_');
        else
            buffer_add_bytes(out, text, step);
    }
}

/* Two records of one name, and one of the name of another sheet, get a number. */
static void find_name(const struct card_writer *writer, struct buffer *name)
{
    enum { ROOM = 6 };
    const struct reg *reg = writer->record->reg;
    struct buffer text = {0};
    if (!writer->card->is_named)
        record_display(writer->record, writer->card->name ? writer->card->name : reg->name_field,
                       writer->run->context.lookup, &text);
    write_name(text.length ? text.text : writer->sheet->name, NAME_UNITS, name);
    if (strcasecmp(name->text, "History") == 0)
        buffer_add_char(name, '_');
    for (int i = 2; sink_has_sheet(writer->run->sink, name->text); i++) {
        buffer_clear(name);
        write_name(text.length ? text.text : writer->sheet->name, NAME_UNITS - ROOM, name);
        buffer_addf(name, "(%d)", i);
    }
    buffer_release(&text);
}

static bool put_head(struct card_writer *writer, struct error *err)
{
    const struct layout_sheet *sheet = writer->sheet;
    struct buffer line = {0};
    bool ok = true;
    if (sheet->title) {
        run_fill(writer->run, sheet->title, &line);
        ok = card_put_line(writer, SINK_STYLE_TITLE, line.text, err);
        buffer_clear(&line);
    }
    if (sheet->left)
        run_fill(writer->run, sheet->left, &line);
    if (sheet->right) {
        buffer_add(&line, line.length ? "　　" : "");
        run_fill(writer->run, sheet->right, &line);
    }
    if (ok && line.length)
        ok = card_put_line(writer, SINK_STYLE_NOTE, line.text, err);
    buffer_release(&line);
    return ok;
}

static bool put_lines(struct card_writer *writer, const struct layout_lines *lines,
                      struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < lines->count; i++) {
        struct buffer line = {0};
        run_fill(writer->run, lines->items[i], &line);
        ok = card_put_line(writer, SINK_STYLE_NOTE, buffer_text(&line), err);
        buffer_release(&line);
    }
    return ok;
}

/* Which fields the card shows, for who keeps a filing. */
static void note_shown(const struct card_writer *writer)
{
    bool *shown = mem_new(reg_field_count(writer->record->reg), sizeof *shown);
    for (size_t i = 0; i < writer->card->item_count; i++) {
        const struct card_item *item = &writer->card->items[i];
        for (size_t j = 0; !item->links.reg && j < item->field_count; j++)
            shown[reg_field_index(writer->record->reg, item->fields[j]->name)] = true;
    }
    figures_add_periods(writer->record->reg, shown);
    run_note_shown(writer->run, writer->record, shown);
    free(shown);
}

/* `name` stays until the sheet ends. */
static void begin_page(struct card_writer *writer, const char *name)
{
    const struct card *card = writer->card;
    writer->page = (struct sink_page){
        .name = name,
        .widths = card->widths,
        .column_count = card->column_count,
        .paper = writer->sheet->paper,
        .landscape = !writer->sheet->portrait,
        .tall = true,
        .dense = card->dense,
    };
    sink_begin_page(writer->run->sink, &writer->page);
    writer->run->result->tables++;
}

static bool put_items(struct card_writer *writer, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < writer->card->item_count; i++) {
        const struct card_item *item = &writer->card->items[i];
        if (!item->when.field || record_matches(writer->record, item->when))
            ok = card_put_item(writer, item, err);
    }
    return ok && card_flush(writer, err);
}

static bool put_card(void *context, const struct record *record, struct error *err)
{
    struct card_writer *writer = context;
    struct buffer name = {0};
    if (writer->written++ == CARD_MOST_SHEETS)
        return error_set(err, ERROR_REFUSED,
                         "一个工作簿最多放 %d 张%s卡片，请用 --where 分几次导出，例如按县、乡镇分",
                         CARD_MOST_SHEETS, record->reg->label);
    writer->record = record;
    find_name(writer, &name);
    begin_page(writer, name.text);
    bool ok = put_head(writer, err) && put_lines(writer, &writer->sheet->above, err) &&
              put_items(writer, err) && put_lines(writer, &writer->sheet->below, err) &&
              put_lines(writer, &writer->sheet->signatures, err);
    note_shown(writer);
    sink_end_sheet(writer->run->sink);
    writer->run->result->rows++;
    buffer_release(&name);
    return ok;
}

/* ---- all of them ---- */

bool card_write(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    struct card_writer writer = {.sheet = sheet, .card = sheet->own, .run = run};
    bool ok = listing_each(&sheet->listing, run, put_card, &writer, err);
    if (ok && writer.written == 0) {
        begin_page(&writer, sheet->name);
        ok = card_put_line(&writer, SINK_STYLE_BODY,
                           sheet->empty ? sheet->empty : "没有符合条件的记录。", err);
        sink_end_sheet(run->sink);
    }
    for (size_t i = 0; i < writer.cell_count; i++)
        free(writer.cells[i].text);
    return ok;
}
