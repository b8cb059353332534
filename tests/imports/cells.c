#include "cells.h"
#include "core/text.h"
#include "desk.h"

#include <string.h>

struct store *cells_store;

int cells_open_store(void **state)
{
    if (fixture_open(state) != 0)
        return -1;
    cells_store = desk_open(*state);
    return 0;
}

int cells_close_store(void **state)
{
    desk_close(*state, cells_store);
    return fixture_close(state);
}

struct cell_context cells_context(void)
{
    return (struct cell_context){.store = cells_store, .unit = ""};
}

static const struct lookup *lookup_of(const struct cell_context *context)
{
    return context->store ? store_lookup(context->store) : NULL;
}

static bool type_takes(const struct cell_context *context, const struct field *field,
                       const char *text)
{
    struct value value = {.kind = VALUE_NULL};
    bool ok = type_parse(field, lookup_of(context), text, &value, NULL);
    value_release(&value);
    return ok;
}

static void check_refusal(const struct field *field, const struct cell_case *one,
                          const struct error *err)
{
    assert_int_equal(err->code, ERROR_REFUSED);
    assert_string_equal(err->field, field->name);
    assert_true(text_starts_with(err->message, field->label));
    if (!strstr(err->message, one->note))
        fail_msg("“%s” was refused with “%s”", one->text, err->message);
}

static void check_reading(const struct cell_context *context, const struct field *field,
                          const struct cell_case *one, const struct cell_reading *reading)
{
    const char *text = buffer_text(&reading->text), *note = buffer_text(&reading->note);
    if (strcmp(text, one->reading) != 0)
        fail_msg("“%s” was read as “%s”, not “%s” (%s)", one->text, text, one->reading, note);
    if (one->note ? !strstr(note, one->note) || !*note : *note != '\0')
        fail_msg("“%s” has the note “%s”, not “%s”", one->text, note, one->note ? one->note : "");
    if (reading->is_guess != one->is_guess)
        fail_msg("“%s” read as “%s” is%s a guess", one->text, text, one->is_guess ? " not" : "");
    if (*note && *text && !type_takes(context, field, text))
        fail_msg("“%s” was read as “%s”, which the field does not take", one->text, text);
}

void cells_check(const struct cell_context *context, const struct field *field,
                 const struct cell_case *cases, size_t count)
{
    struct cell_reading reading = {.is_guess = true};
    for (size_t i = 0; i < count; i++) {
        struct error err = {0};
        bool ok = cell_read(context, field, cases[i].text, &reading, &err);
        if (ok != (cases[i].reading != NULL))
            fail_msg("“%s”: %s", cases[i].text, ok ? buffer_text(&reading.text) : err.message);
        if (ok)
            check_reading(context, field, &cases[i], &reading);
        else
            check_refusal(field, &cases[i], &err);
    }
    cell_reading_release(&reading);
}

void cells_left(const struct cell_context *context, const struct field *field,
                const char *const *texts, size_t count)
{
    struct cell_reading reading = {.is_guess = true};
    for (size_t i = 0; i < count; i++) {
        struct error err = {0};
        if (!cell_read(context, field, texts[i], &reading, &err))
            fail_msg("“%s” was refused: %s", texts[i], err.message);
        if (reading.note.length || strcmp(buffer_text(&reading.text), texts[i]) != 0)
            fail_msg("“%s” did not stand: %s", texts[i], buffer_text(&reading.note));
        if (type_takes(context, field, texts[i]))
            fail_msg("“%s” is taken by the field", texts[i]);
    }
    cell_reading_release(&reading);
}
