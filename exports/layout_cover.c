/* The page before the sheets, with the lines that are filled by hand and stamped. */
#include "exports/layout.h"

#include "core/text.h"

enum {
    SIDE_CELLS = 2,
    LABEL_CELLS = 2,
    TEXT_CELLS = 5,
    CELLS = 2 * SIDE_CELLS + LABEL_CELLS + TEXT_CELLS,
};

static void put_centred(struct run *run, enum sink_style style, const char *text, double height)
{
    struct buffer line = {0};
    run_fill(run, text, &line);
    sink_begin_row(run->sink);
    sink_styled(run->sink, style, CELLS, buffer_text(&line));
    sink_row_height(run->sink, height);
    sink_end_row(run->sink, NULL);
    buffer_release(&line);
}

/* "填 表 人：张" */
static void put_pair(struct run *run, const char *label, const char *text)
{
    enum { HEIGHT = 34 };
    struct buffer value = {0};
    run_fill(run, text, &value);
    sink_begin_row(run->sink);
    sink_skip(run->sink, SIDE_CELLS);
    sink_styled(run->sink, SINK_STYLE_CENTRE, LABEL_CELLS, label);
    sink_styled(run->sink, SINK_STYLE_FILLED, TEXT_CELLS, buffer_text(&value));
    sink_row_height(run->sink, HEIGHT);
    sink_end_row(run->sink, NULL);
    buffer_release(&value);
}

void layout_write_cover(const struct layout *layout, struct run *run)
{
    static const int widths[CELLS] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    static const struct sink_page page = {
        .name = "封面",
        .widths = widths,
        .column_count = CELLS,
        .landscape = true,
        .centred = true,
    };
    if (!layout->cover)
        return;
    sink_begin_page(run->sink, &page);
    run->result->tables++;
    put_centred(run, SINK_STYLE_COVER, layout->cover, 90);
    put_centred(run, SINK_STYLE_CENTRE, "（{年度}年度）", 44);
    sink_skip_rows(run->sink, 4);
    put_pair(run, "填报单位：", "{填报单位}");
    put_pair(run, "填报日期：", "{填报日期}");
    put_pair(run, "填 表 人：", "{填表人}");
    put_pair(run, "审 核 人：", "");
    put_pair(run, "联系电话：", "");
}
