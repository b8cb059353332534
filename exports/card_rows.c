/* Texts and rows of a card. */
#include "exports/card_writer.h"
#include "exports/wrap.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_LINES = 22, /* of one row: a spreadsheet has no higher ones */
    BY_HAND = 36,    /* points of a row that is filled in by hand */
};

/* ---- texts ---- */

void card_add_value(const struct card_writer *writer, const struct record *record,
                    const struct field *field, struct buffer *out)
{
    record_display(record, field->name, writer->run->context.lookup, out);
}

/* The field of `reg` named in the braces at `at`; `*end` is behind them. NULL: none is. */
static const struct field *field_in_braces(const struct reg *reg, const char *at, const char **end)
{
    const char *close = strchr(at, '}');
    if (*at != '{' || !close)
        return NULL;
    char *name = mem_text_part(at + 1, (size_t)(close - at - 1));
    const struct field *field = reg_field_find(reg, name);
    free(name);
    *end = close + 1;
    return field;
}

/* Walks over the parts of a text: `take` gets those without fields, and each field. */
static bool each_part(const struct reg *reg, const char *text,
                      bool (*take)(void *context, const char *part, const struct field *field,
                                   struct error *err),
                      void *context, struct error *err)
{
    struct buffer part = {0};
    bool ok = true;
    while (ok && *text) {
        const char *end;
        const struct field *field = field_in_braces(reg, text, &end);
        if (field) {
            ok = take(context, buffer_text(&part), field, err);
            buffer_clear(&part);
            text = end;
        } else {
            buffer_add_char(&part, *text++);
        }
    }
    ok = ok && take(context, buffer_text(&part), NULL, err);
    buffer_release(&part);
    return ok;
}

static bool check_part(void *context, const char *part, const struct field *field,
                       struct error *err)
{
    const bool *is_public = context;
    if (*is_public && field && (field->flags & FIELD_PRIVATE))
        return error_set(err, ERROR_FORMAT, "“%s”不能公布，公布版请删去", field->label);
    return run_check_placeholders(part, err);
}

bool card_check_text(const struct reg *reg, const char *text, bool is_public, struct error *err)
{
    return each_part(reg, text, check_part, &is_public, err);
}

/* In a sentence a day is written out. */
static void add_day(const struct card_writer *writer, const struct field *field, struct buffer *out)
{
    struct date day;
    if (date_parse(record_text(writer->record, field->name), &day, NULL))
        buffer_addf(out, "%d年%d月%d日", day.year, day.month, day.day);
}

struct filling {
    const struct card_writer *writer;
    struct buffer *out;
};

static bool fill_part(void *context, const char *part, const struct field *field, struct error *err)
{
    const struct filling *filling = context;
    (void)err;
    run_fill(filling->writer->run, part, filling->out);
    if (field && field->type == TYPE_DATE)
        add_day(filling->writer, field, filling->out);
    else if (field)
        card_add_value(filling->writer, filling->writer->record, field, filling->out);
    return true;
}

void card_fill(const struct card_writer *writer, const char *text, struct buffer *out)
{
    struct filling filling = {.writer = writer, .out = out};
    each_part(writer->sheet->listing.reg, text, fill_part, &filling, NULL);
}

/* ---- rows ---- */

int card_width(const struct card *card, size_t first, size_t span)
{
    int width = 0;
    for (size_t i = first; i < first + span && i < card->column_count; i++)
        width += card->widths[i];
    return width;
}

/* Writes as much of every waiting cell as one row can show; the rest stays for the next one. */
static bool put_row(struct card_writer *writer, bool *more, struct error *err)
{
    struct sink *sink = writer->run->sink;
    size_t column = 0;
    *more = false;
    sink_begin_row(sink);
    if (writer->keep)
        sink_keep_row(sink);
    for (size_t i = 0; i < writer->cell_count; i++) {
        struct card_pending *cell = &writer->cells[i];
        if (cell->is_blank)
            sink_row_height(sink, BY_HAND);
        size_t length =
            wrap_prefix(cell->text, card_width(writer->card, column, cell->span), MOST_LINES);
        char *shown = mem_text_part(cell->text, length);
        sink_styled(sink, cell->style, cell->span, shown);
        free(shown);
        const char *rest = cell->text + length + (cell->text[length] == '\n');
        memmove(cell->text, rest, strlen(rest) + 1);
        *more = *more || *cell->text;
        column += cell->span;
    }
    return sink_end_row(sink, err);
}

bool card_flush(struct card_writer *writer, struct error *err)
{
    bool ok = true, more = writer->cell_count > 0;
    if (more)
        writer->cells[writer->cell_count - 1].span += writer->card->column_count - writer->used;
    while (ok && more)
        ok = put_row(writer, &more, err);
    writer->keep = false;
    for (size_t i = 0; i < writer->cell_count; i++)
        free(writer->cells[i].text);
    writer->cell_count = 0;
    writer->used = 0;
    return ok;
}

void card_add_cell(struct card_writer *writer, enum sink_style style, size_t span, const char *text)
{
    writer->cells[writer->cell_count++] =
        (struct card_pending){.style = style, .span = span, .text = mem_text(text)};
    writer->used += span;
}

bool card_put_heading(struct card_writer *writer, const char *text, struct error *err)
{
    if (!card_flush(writer, err))
        return false;
    card_add_cell(writer, SINK_STYLE_HEADING, writer->card->column_count, text);
    writer->keep = true;
    return card_flush(writer, err);
}

/* A text over the whole width. */
bool card_put_line(struct card_writer *writer, enum sink_style style, const char *text,
                   struct error *err)
{
    if (!card_flush(writer, err))
        return false;
    card_add_cell(writer, style, writer->card->column_count, text);
    return card_flush(writer, err);
}
