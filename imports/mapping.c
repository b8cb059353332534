#include "imports/mapping.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/learned.h"

#include <stdlib.h>

static const char kind[] = "column";

/* Of columns with the same words: which of them each is, from 1. Every text is compared once at
 * most, for those of a hostile file are many and long. */
static size_t *number_columns(const struct heading *heading)
{
    size_t *numbers = mem_new(heading->column_count, sizeof *numbers);
    uint32_t *hashes = mem_new(heading->column_count, sizeof *hashes);
    struct buffer folded = {0};
    for (size_t i = 0; i < heading->column_count; i++) {
        buffer_clear(&folded);
        text_fold(heading->columns[i].text, &folded);
        hashes[i] = text_hash(0, buffer_text(&folded));
        for (size_t before = i; before-- > 0 && !numbers[i];)
            if (hashes[before] == hashes[i] &&
                text_same(heading->columns[before].text, heading->columns[i].text))
                numbers[i] = numbers[before] + 1;
        if (!numbers[i])
            numbers[i] = 1;
    }
    buffer_release(&folded);
    free(hashes);
    return numbers;
}

/* The words of a column; of columns with the same words each after the first has its number. */
static void write_words(const struct heading *heading, const size_t *numbers, size_t column,
                        struct buffer *words)
{
    buffer_clear(words);
    text_fold(heading->columns[column].text, words);
    if (numbers[column] > 1)
        buffer_addf(words, "#%zu", numbers[column]);
}

static void write_scope(const struct reg *reg, const struct heading *heading, struct buffer *scope)
{
    char fingerprint[HEADING_FINGERPRINT_SIZE];
    heading_fingerprint(heading, fingerprint);
    buffer_addf(scope, "%s:%s", reg->name, fingerprint);
}

struct recall {
    struct store *store;
    const struct reg *reg;
    const char *scope;
    size_t *numbers; /* of the columns; owned */
    struct buffer words, meaning;
};

/* The field that was chosen for the column, -1 none; *found is false when nothing was decided, or a
 * field that is no more. */
static bool look_up(struct recall *recall, const struct heading *heading, size_t column, int *field,
                    bool *found, struct error *err)
{
    write_words(heading, recall->numbers, column, &recall->words);
    buffer_clear(&recall->meaning);
    if (!learned_find(recall->store, kind, recall->scope, buffer_text(&recall->words),
                      &recall->meaning, found, err))
        return false;
    *field = reg_field_index(recall->reg, buffer_text(&recall->meaning));
    *found = *found && (*field >= 0 || !recall->meaning.length);
    return true;
}

static bool apply(struct recall *recall, struct heading *heading, bool *recalled, struct error *err)
{
    for (size_t i = 0; i < heading->column_count; i++) {
        int field;
        bool found = false;
        if (*heading->columns[i].text && !look_up(recall, heading, i, &field, &found, err))
            return false;
        if (found)
            heading_choose(heading, i, field);
        *recalled = *recalled || found;
    }
    return true;
}

/* Whether a column holds the field, or is proposed for it. */
static bool is_taken(const struct heading *heading, size_t field)
{
    for (size_t i = 0; i < heading->column_count; i++)
        if (heading->columns[i].field == field && (heading->columns[i].match == HEADING_FIELD ||
                                                   heading->columns[i].match == HEADING_NEAR))
            return true;
    return false;
}

static bool propose(struct recall *recall, struct heading *heading, struct error *err)
{
    for (size_t i = 0; i < heading->column_count; i++) {
        struct heading_column *column = &heading->columns[i];
        int field = -1;
        bool found = false;
        bool is_open = !column->chosen && *column->text &&
                       (column->match == HEADING_UNKNOWN || column->match == HEADING_NEAR);
        if (is_open && !look_up(recall, heading, i, &field, &found, err))
            return false;
        if (!found || field < 0 || is_taken(heading, (size_t)field))
            continue;
        column->match = HEADING_NEAR;
        column->field = (size_t)field;
    }
    return true;
}

bool mapping_recall(struct store *store, const struct reg *reg, struct heading *heading,
                    bool *recalled, struct error *err)
{
    struct buffer scope = {0};
    write_scope(reg, heading, &scope);
    struct recall recall = {
        .store = store, .reg = reg, .scope = scope.text, .numbers = number_columns(heading)};
    *recalled = false;
    bool ok = apply(&recall, heading, recalled, err);
    recall.scope = reg->name;
    ok = ok && propose(&recall, heading, err);
    buffer_release(&recall.words);
    buffer_release(&recall.meaning);
    free(recall.numbers);
    buffer_release(&scope);
    return ok;
}

bool mapping_keep(struct store *store, const struct reg *reg, const struct heading *heading,
                  struct error *err)
{
    struct buffer scope = {0}, words = {0};
    size_t *numbers = number_columns(heading);
    bool ok = true;
    write_scope(reg, heading, &scope);
    for (size_t i = 0; i < heading->column_count && ok; i++) {
        const struct heading_column *column = &heading->columns[i];
        bool holds = column->match == HEADING_FIELD;
        if (!column->chosen || !*column->text)
            continue;
        const char *meaning = holds ? reg_field(reg, column->field)->name : "";
        write_words(heading, numbers, i, &words);
        ok = learned_keep(store, kind, scope.text, buffer_text(&words), meaning, err) &&
             learned_keep(store, kind, reg->name, buffer_text(&words), meaning, err);
    }
    free(numbers);
    buffer_release(&scope);
    buffer_release(&words);
    return ok;
}
