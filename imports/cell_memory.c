/* Cells that were read before: a table with one place for each hash, so that it never grows. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES = 4096, LONGEST = 120 }; /* a power of two; longer texts are not said twice */

struct place {
    const struct field *field; /* NULL: free */
    char *cell;                /* owned; the others stand behind it */
    const char *unit, *limit;  /* of the context */
    const char *text, *note;   /* `note` of a refusal: its sentence */
    bool is_guess, is_refused;
};

struct cell_memory {
    struct place places[PLACES];
};

static const char *unit_of(const struct cell *cell)
{
    return cell->context->unit ? cell->context->unit : "";
}

static const char *limit_of(const struct cell *cell)
{
    return cell->context->limit ? cell->context->limit : "";
}

static struct place *place_of(const struct cell *cell)
{
    uint32_t seed = (uint32_t)((uintptr_t)cell->field >> 4) | 1;
    uint32_t hash = text_hash(seed, cell->raw);
    return &cell->reading->memory->places[(hash ^ hash >> 16) % PLACES];
}

bool cell_memory_recall(const struct cell *cell, bool *ok)
{
    struct cell_reading *reading = cell->reading;
    if (!reading->memory)
        return false;
    const struct place *place = place_of(cell);
    if (place->field != cell->field || strcmp(place->cell, cell->raw) != 0 ||
        strcmp(place->unit, unit_of(cell)) != 0 || strcmp(place->limit, limit_of(cell)) != 0)
        return false;
    *ok = !place->is_refused;
    if (place->is_refused) {
        error_set(cell->err, ERROR_REFUSED, "%s", place->note);
        error_at_field(cell->err, cell->field->name, cell->field->basis);
    } else {
        buffer_add(&reading->text, place->text);
        buffer_add(&reading->note, place->note);
        reading->is_guess = place->is_guess;
    }
    return true;
}

void cell_memory_keep(const struct cell *cell, bool ok)
{
    struct cell_reading *reading = cell->reading;
    /* A full disk is not remembered, nor a sentence that nobody wanted to have. */
    if (strlen(cell->raw) > LONGEST || (!ok && (!cell->err || cell->err->code != ERROR_REFUSED)))
        return;
    if (!reading->memory)
        reading->memory = mem_new(1, sizeof *reading->memory);
    struct place *place = place_of(cell);
    const char *const parts[] = {cell->raw, unit_of(cell), limit_of(cell),
                                 buffer_text(&reading->text),
                                 ok ? buffer_text(&reading->note) : cell->err->message};
    size_t starts[COUNT_OF(parts)], length = 0;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        starts[i] = length;
        length += strlen(parts[i]) + 1;
    }
    char *texts = mem_new(length, 1);
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        memcpy(texts + starts[i], parts[i], strlen(parts[i]) + 1);
    free(place->cell);
    *place = (struct place){.field = cell->field,
                            .cell = texts,
                            .unit = texts + starts[1],
                            .limit = texts + starts[2],
                            .text = texts + starts[3],
                            .note = texts + starts[4],
                            .is_guess = reading->is_guess,
                            .is_refused = !ok};
}

void cell_memory_close(struct cell_memory **memory)
{
    if (!*memory)
        return;
    for (size_t i = 0; i < PLACES; i++)
        free((*memory)->places[i].cell);
    free(*memory);
    *memory = NULL;
}
