#include "imports/cell.h"

void cell_reading_release(struct cell_reading *reading)
{
    buffer_release(&reading->text);
    buffer_release(&reading->note);
}

bool cell_read(const struct cell_context *context, const struct field *field, const char *text,
               struct cell_reading *reading, struct error *err)
{
    (void)context;
    (void)field;
    (void)err;
    buffer_clear(&reading->text);
    buffer_clear(&reading->note);
    reading->is_guess = false;
    buffer_add(&reading->text, text);
    return true;
}
