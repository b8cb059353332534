/* What the kinds of sheets that are pages share. */
#include "exports/layout_kind.h"

#include "core/text.h"

struct sink_page layout_page(const struct layout_sheet *sheet, const int *widths, size_t columns)
{
    return (struct sink_page){.name = sheet->name,
                              .widths = widths,
                              .column_count = columns,
                              .paper = sheet->paper,
                              .landscape = !sheet->portrait};
}

bool layout_put_wide(struct run *run, enum sink_style style, size_t columns, const char *text,
                     struct error *err)
{
    struct buffer filled = {0};
    run_fill(run, text, &filled);
    sink_begin_row(run->sink);
    sink_styled(run->sink, style, columns, buffer_text(&filled));
    buffer_release(&filled);
    return sink_end_row(run->sink, err);
}
