/* Columns whose equal texts below each other are one cell. */
#include "exports/xlsx.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

void xlsx_begin_merges(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    const struct sink_table *table = sink->table;
    for (size_t i = 0; i < table->column_count; i++)
        xlsx->held_count = table->columns[i].merge ? i + 1 : xlsx->held_count;
    if (xlsx->held_count > xlsx->held_most) {
        xlsx->held = mem_resize(xlsx->held, xlsx->held_count, sizeof *xlsx->held);
        memset(xlsx->held + xlsx->held_most, 0,
               (xlsx->held_count - xlsx->held_most) * sizeof *xlsx->held);
        xlsx->held_most = xlsx->held_count;
    }
    for (size_t i = 0; i < xlsx->held_count; i++)
        xlsx->held[i].merge = table->columns[i].merge;
    xlsx->held_open = 0;
}

void xlsx_release_merges(struct xlsx *xlsx)
{
    for (size_t i = 0; i < xlsx->held_most; i++) {
        buffer_release(&xlsx->held[i].text);
        buffer_release(&xlsx->held[i].above);
    }
    free(xlsx->held);
}

/* Ends the areas of the columns from `from` on with the row above, which the library still holds.
 */
static void end_areas(struct sink *sink, size_t from)
{
    struct xlsx *xlsx = sink->state;
    for (size_t i = from; i < xlsx->held_open; i++) {
        const struct xlsx_held *held = &xlsx->held[i];
        if (held->merge && held->first + 1 < xlsx->row)
            xlsx_check(sink,
                       worksheet_merge_range(xlsx->sheet, held->first, (lxw_col_t)i, xlsx->row - 1,
                                             (lxw_col_t)i, "", xlsx->slots[i].text));
    }
    xlsx->held_open = from < xlsx->held_open ? from : xlsx->held_open;
}

void xlsx_end_merges(struct sink *sink)
{
    const struct xlsx *xlsx = sink->state;
    if (xlsx->held_count > 0)
        end_areas(sink, 0);
}

/* Whether the held row goes on with the area above in this column. */
static bool goes_on(const struct xlsx_held *held)
{
    return !held->merge || (held->value.kind == SINK_VALUE_TEXT &&
                            strcmp(buffer_text(&held->text), buffer_text(&held->above)) == 0);
}

/* All held cells of the row are there. */
static void write_held(struct sink *sink)
{
    struct xlsx *xlsx = sink->state;
    size_t same = 0;
    while (same < xlsx->held_open && goes_on(&xlsx->held[same]))
        same++;
    end_areas(sink, same);
    for (size_t i = 0; i < xlsx->held_count; i++) {
        struct xlsx_held *held = &xlsx->held[i];
        sink->column = i;
        if (i < same && held->merge) {
            xlsx_put_value(sink, &(struct sink_value){.kind = SINK_VALUE_EMPTY});
            continue;
        }
        held->value.text = buffer_text(&held->text);
        xlsx_put_value(sink, &held->value);
        held->first = xlsx->row;
        buffer_clear(&held->above);
        buffer_add(&held->above, held->value.kind == SINK_VALUE_TEXT ? held->value.text : "");
    }
    xlsx->held_open = xlsx->held_count;
}

bool xlsx_hold(struct sink *sink, const struct sink_value *value)
{
    struct xlsx *xlsx = sink->state;
    if (sink->column >= xlsx->held_count)
        return false;
    struct xlsx_held *held = &xlsx->held[sink->column];
    held->value = *value;
    buffer_clear(&held->text);
    if (value->kind == SINK_VALUE_TEXT)
        buffer_add_bytes(&held->text, value->text, value->length);
    if (sink->column + 1 == xlsx->held_count)
        write_held(sink);
    return true;
}
