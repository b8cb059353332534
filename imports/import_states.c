/* Rows that claim a state which they do not prove (core/life.h): a bureau's own list of cases knows
 * that they were dealt with, but rarely holds the papers. On request such a record enters in the
 * furthest state that it does prove, and keeps in its history what the list said. */
#include "core/life.h"
#include "core/mem.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

/* The change of the state that the row asks for, NULL of a new record. */
static struct import_change *find_change(struct import_row *row, size_t state)
{
    for (size_t i = 0; i < row->change_count; i++)
        if (row->changes[i].field == state)
            return &row->changes[i];
    return NULL;
}

/* The record does not change its state. */
static void drop_change(struct import_row *row, struct import_change *change)
{
    free(change->before);
    free(change->after);
    size_t behind = row->change_count - 1 - (size_t)(change - row->changes);
    memmove(change, change + 1, behind * sizeof *change);
    row->change_count--;
}

void states_lower(struct run *run, struct record *record, const char *proven)
{
    const char *name = record->reg->life->state;
    size_t state = (size_t)reg_field_index(record->reg, name);
    struct value *value = record_value_for_change(record, name);
    struct import_change *change = find_change(&run->shown, state);
    struct buffer note = {0};
    buffer_addf(&note, "原表：%s（材料只够到“%s”）", run_cell(run, state), proven);
    if (change) {
        /* What was proven once, or stands there from elsewhere, is not taken back. */
        value_set_text(value, change->before);
        if (*change->before && life_has_reached(record, proven)) {
            drop_change(&run->shown, change);
        } else {
            value_set_text(value, proven);
            free(change->after);
            change->after = mem_text(proven);
        }
    } else {
        value_set_text(value, proven);
    }
    run_note_cell(run, state, note.text, true);
    run->shown.is_lowered = true;
    buffer_release(&note);
}
