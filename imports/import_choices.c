/* What a person has decided after seeing a preview. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

struct row_choice {
    uint32_t row;
    enum import_row_choice choice;
    char id[RECORD_ID_SIZE];
};

struct value_choice {
    uint32_t row;
    size_t field;
    enum import_side side;
};

struct word_choice {
    size_t field;
    char *text, *meaning; /* owned */
};

struct import_choices {
    enum import_side *sides;     /* by field index; owned */
    struct row_choice *rows;     /* ascending; owned */
    struct value_choice *values; /* ascending by row, then field; owned */
    struct word_choice *words;   /* owned */
    size_t row_count, row_capacity, value_count, value_capacity, word_count, word_capacity;
    enum import_doubles_choice doubles;
    enum import_states_choice states;
    bool leaves_hidden;
    char *reason; /* owned */
};

struct import_choices *choices_new(const struct reg *reg)
{
    struct import_choices *choices = mem_new(1, sizeof *choices);
    choices->sides = mem_new(reg_field_count(reg), sizeof *choices->sides);
    choices->reason = mem_text("");
    return choices;
}

void choices_free(struct import_choices *choices)
{
    if (!choices)
        return;
    for (size_t i = 0; i < choices->word_count; i++) {
        free(choices->words[i].text);
        free(choices->words[i].meaning);
    }
    free(choices->sides);
    free(choices->rows);
    free(choices->values);
    free(choices->words);
    free(choices->reason);
    free(choices);
}

/* ---- columns and fields ---- */

void import_choose_column(struct import *import, size_t column, int field)
{
    heading_choose(&import->heading, column, field);
}

void import_choose_field(struct import *import, size_t field, enum import_side side)
{
    import->choices->sides[field] = side;
}

enum import_side import_chosen_field(const struct import *import, size_t field)
{
    return import->choices->sides[field];
}

/* Index of the first value that is not before that place. */
static size_t value_place(const struct import_choices *choices, uint32_t row, size_t field)
{
    size_t low = 0, high = choices->value_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct value_choice *value = &choices->values[middle];
        if (value->row < row || (value->row == row && value->field < field))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_value_at(const struct import_choices *choices, size_t place, uint32_t row,
                        size_t field)
{
    return place < choices->value_count && choices->values[place].row == row &&
           choices->values[place].field == field;
}

void import_choose_value(struct import *import, uint32_t row, size_t field, enum import_side side)
{
    struct import_choices *choices = import->choices;
    size_t place = value_place(choices, row, field);
    if (!is_value_at(choices, place, row, field)) {
        choices->values = mem_grow(choices->values, choices->value_count, &choices->value_capacity,
                                   sizeof *choices->values);
        memmove(&choices->values[place + 1], &choices->values[place],
                (choices->value_count++ - place) * sizeof *choices->values);
    }
    choices->values[place] = (struct value_choice){.row = row, .field = field, .side = side};
}

enum import_side choices_side(const struct import *import, uint32_t row, size_t field)
{
    const struct import_choices *choices = import->choices;
    size_t place = value_place(choices, row, field);
    return is_value_at(choices, place, row, field) ? choices->values[place].side
                                                   : choices->sides[field];
}

/* ---- rows ---- */

static size_t row_place(const struct import_choices *choices, uint32_t row)
{
    size_t low = 0, high = choices->row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (choices->rows[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct row_choice *find_row(const struct import *import, uint32_t row)
{
    const struct import_choices *choices = import->choices;
    size_t place = row_place(choices, row);
    bool found = place < choices->row_count && choices->rows[place].row == row;
    return found ? &choices->rows[place] : NULL;
}

void import_choose_row(struct import *import, uint32_t row, enum import_row_choice choice,
                       const char *id)
{
    struct import_choices *choices = import->choices;
    size_t place = row_place(choices, row);
    if (!find_row(import, row)) {
        choices->rows = mem_grow(choices->rows, choices->row_count, &choices->row_capacity,
                                 sizeof *choices->rows);
        memmove(&choices->rows[place + 1], &choices->rows[place],
                (choices->row_count++ - place) * sizeof *choices->rows);
    }
    choices->rows[place] = (struct row_choice){.row = row, .choice = choice};
    if (choice == IMPORT_SAME_AS)
        strncpy(choices->rows[place].id, id, RECORD_ID_SIZE - 1);
}

enum import_row_choice import_chosen_row(const struct import *import, uint32_t row)
{
    const struct row_choice *found = find_row(import, row);
    return found ? found->choice : IMPORT_AS_READ;
}

const char *choices_same_as(const struct import *import, uint32_t row)
{
    const struct row_choice *found = find_row(import, row);
    return found ? found->id : "";
}

/* ---- the whole list ---- */

void import_choose_doubles(struct import *import, enum import_doubles_choice choice)
{
    import->choices->doubles = choice;
}

enum import_doubles_choice choices_doubles(const struct import *import)
{
    return import->choices->doubles;
}

void import_choose_states(struct import *import, enum import_states_choice choice)
{
    import->choices->states = choice;
}

enum import_states_choice import_chosen_states(const struct import *import)
{
    return import->choices->states;
}

void import_choose_hidden(struct import *import, bool leave_out)
{
    import->choices->leaves_hidden = leave_out;
}

bool choices_leaves_hidden(const struct import *import)
{
    return import->choices->leaves_hidden;
}

void import_choose_reason(struct import *import, const char *reason)
{
    struct buffer said = {0};
    text_clean(reason, false, &said);
    free(import->choices->reason);
    import->choices->reason = mem_text(said.length ? reason : ""); /* blanks say nothing */
    buffer_release(&said);
}

const char *choices_reason(const struct import *import)
{
    return import->choices->reason;
}

/* ---- words ---- */

void import_choose_word(struct import *import, size_t field, const char *text, const char *meaning)
{
    struct import_choices *choices = import->choices;
    choices->words = mem_grow(choices->words, choices->word_count, &choices->word_capacity,
                              sizeof *choices->words);
    choices->words[choices->word_count++] =
        (struct word_choice){.field = field, .text = mem_text(text), .meaning = mem_text(meaning)};
}

bool choices_keep_words(const struct import *import, struct store *store, struct error *err)
{
    const struct import_choices *choices = import->choices;
    for (size_t i = 0; i < choices->word_count; i++) {
        const struct word_choice *word = &choices->words[i];
        const struct field *field = reg_field(import->reg, word->field);
        if (!cell_keep_choice(store, field, word->text, word->meaning, err))
            return false;
    }
    return true;
}
