/* sink_none.c - a document that goes nowhere: a report is asked what it would write. */
#include "exports/sink_driver.h"

static void do_nothing(struct sink *sink)
{
    (void)sink;
}

static void take_cell(struct sink *sink, const struct sink_value *value)
{
    (void)sink;
    (void)value;
}

const struct sink_driver sink_none = {
    .suffix = "",
    .open = do_nothing,
    .begin_table = do_nothing,
    .begin_row = do_nothing,
    .cell = take_cell,
    .end_row = do_nothing,
    .finish = do_nothing,
    .release = do_nothing,
};
