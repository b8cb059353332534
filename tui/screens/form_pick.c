/* Choosing instead of typing: choices, regions, townships, industries, records, days, files. Each
 * gives a text that goes through the gate as if it had been typed. */
#include "tui/screens/form.h"

#include "core/mem.h"
#include "core/text.h"
#include "db/attachment.h"
#include "db/clock.h"
#include "db/history.h"
#include "tui/desk.h"
#include "tui/screens/date_picker.h"
#include "tui/screens/file_names.h"
#include "tui/screens/picker.h"
#include "tui/screens/prompt.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

struct option {
    char *text; /* what is chosen: a choice, an id, a name */
    char *name, *detail;
};

struct options {
    struct option *items;
    size_t count, capacity;
    struct app *app;
    const struct reg *target; /* where a new one may be made; NULL: nowhere */
    char made[RECORD_ID_SIZE];
};

static void add(struct options *options, const char *text, const char *name, const char *detail)
{
    options->items =
        mem_grow(options->items, options->count, &options->capacity, sizeof *options->items);
    options->items[options->count++] =
        (struct option){mem_text(text), mem_text(name), mem_text(detail)};
}

static void options_release(struct options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        free(options->items[i].text);
        free(options->items[i].name);
        free(options->items[i].detail);
    }
    free(options->items);
}

static void describe(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct options *options = context;
    buffer_add(name, options->items[index].name);
    buffer_add(detail, options->items[index].detail);
}

/* The id and version of the record of the register that was saved last. */
static void read_last(const struct options *options, struct record *last)
{
    struct store *store = desk_store(options->app);
    char id[RECORD_ID_SIZE] = "";
    history_last_record(store, options->target, "", id, NULL);
    store_get(store, options->target, id, last, NULL);
}

/* A form for the record that is missing; what was typed is its name. */
static bool create(void *context, const char *typed)
{
    struct options *options = context;
    struct app *app = options->app;
    struct record before, after;
    size_t depth = app->count;
    const struct form_preset preset = {options->target->name_field, typed};
    read_last(options, &before);
    form_open_new(app, options->target, &preset, *typed ? 1 : 0);
    app_run_down_to(app, depth);
    read_last(options, &after);
    bool made = after.version > 0 && strcmp(before.id, after.id) != 0;
    if (made)
        memcpy(options->made, after.id, sizeof options->made);
    record_release(&before);
    record_release(&after);
    return made;
}

/* Runs the picker and releases the options. `marks`: several can be chosen. */
static bool choose(struct form *form, const struct field *field, const char *filter,
                   struct options *options, bool *marks, const char *current, struct buffer *text)
{
    struct buffer title = {0};
    buffer_addf(&title, "选择%s", field->label);
    struct picker picker = {.title = buffer_text(&title),
                            .count = options->count,
                            .context = options,
                            .describe = describe,
                            .create = options->target ? create : NULL,
                            .filter = filter,
                            .marks = marks};
    for (size_t i = 0; i < options->count; i++)
        if (strcmp(options->items[i].text, current) == 0)
            picker.current = i;
    size_t index = 0;
    bool chosen = picker_choose(form->base.app, &picker, &index);
    if (chosen && !marks)
        buffer_add(text, index == options->count ? options->made : options->items[index].text);
    for (size_t i = 0; chosen && marks && i < options->count; i++)
        if (marks[i])
            buffer_addf(text, "%s%s", text->length ? "、" : "", options->items[i].text);
    options_release(options);
    buffer_release(&title);
    return chosen;
}

static size_t field_index(const struct form *form, const struct field *field)
{
    return (size_t)reg_field_index(form->reg, field->name);
}

static void write_current(const struct form *form, const struct field *field, struct buffer *out)
{
    record_format(&form->record, field->name, out);
}

bool form_can_choose(const struct field *field)
{
    const struct form_editor *editor = form_editor_of(field->type);
    return editor->choose && (field->type != TYPE_TEXT || field->suggest);
}

/* ---- declared choices ---- */

static const char *const truths[] = {"是", "否", NULL};

static void add_choices(const struct field *field, struct options *options)
{
    const char *const *choice = field->type == TYPE_BOOL ? truths : field->choices;
    for (; *choice; choice++)
        add(options, *choice, *choice, "");
}

/* 是 and 否 have many spellings; a single letter that is one of them needs no list. */
static bool is_truth(const struct field *field, const char *text)
{
    struct value value = {0};
    bool ok = field->type == TYPE_BOOL && !text_is_empty(text) &&
              type_parse(field, NULL, text, &value, NULL);
    value_release(&value);
    return ok;
}

bool form_choose_one(struct form *form, const struct field *field, const char *filter,
                     struct buffer *text)
{
    if (is_truth(field, filter)) {
        buffer_add(text, filter);
        return true;
    }
    struct options options = {0};
    struct buffer current = {0};
    add_choices(field, &options);
    write_current(form, field, &current);
    bool chosen = choose(form, field, filter, &options, NULL, buffer_text(&current), text);
    buffer_release(&current);
    return chosen;
}

/* Whether choice `name` is among the chosen ones, which stand between 、. */
static bool is_among(const char *chosen, const char *name)
{
    struct buffer all = {0}, one = {0};
    buffer_addf(&all, "、%s、", chosen);
    buffer_addf(&one, "、%s、", name);
    bool found = strstr(buffer_text(&all), buffer_text(&one)) != NULL;
    buffer_release(&all);
    buffer_release(&one);
    return found;
}

bool form_choose_many(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text)
{
    struct options options = {0};
    struct buffer current = {0};
    add_choices(field, &options);
    write_current(form, field, &current);
    bool *marks = mem_new(options.count, sizeof *marks);
    for (size_t i = 0; i < options.count; i++)
        marks[i] = is_among(buffer_text(&current), options.items[i].text);
    bool chosen = choose(form, field, filter, &options, marks, "", text);
    buffer_release(&current);
    free(marks);
    return chosen;
}

/* ---- records ---- */

/* Whose it is: names such as 厂区总排口 recur from one enterprise to the next. */
#define OWNER "enterprise"

struct search {
    struct query query;
    bool (*belongs)(const struct record *record, const char *of); /* NULL: every record does */
    const char *of;
    /* Appends what tells a record from others of its name. */
    void (*tell)(const struct record *record, const struct lookup *lookup, struct buffer *detail);
};

static void tell_record(const struct record *record, const struct lookup *lookup,
                        struct buffer *detail)
{
    static const char *const fields[] = {"code", OWNER, "key_industry", "case_no", "region"};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        const struct value *value = record_value(record, fields[i]);
        bool is_name = strcmp(fields[i], record->reg->name_field) == 0;
        if (!value || value_is_null(value) || is_name)
            continue;
        buffer_add(detail, detail->length ? "  " : "");
        record_display(record, fields[i], lookup, detail);
    }
}

static void add_records(struct form *form, const struct search *search, struct options *options)
{
    struct store *store = desk_store(form->base.app);
    const struct lookup *lookup = store_lookup(store);
    struct cursor *cursor = NULL;
    struct error err = {0};
    const struct record *record = NULL;
    bool ok = cursor_open(&cursor, store, &search->query, &err);
    while (ok && (ok = cursor_next(cursor, &record, &err)) && record) {
        if (search->belongs && !search->belongs(record, search->of))
            continue;
        struct buffer name = {0}, detail = {0};
        record_name(record, lookup, &name);
        search->tell(record, lookup, &detail);
        add(options, record->id, buffer_text(&name), buffer_text(&detail));
        buffer_release(&name);
        buffer_release(&detail);
    }
    cursor_close(&cursor);
    if (!ok)
        app_error(form->base.app, &err);
}

static bool is_owned_by(const struct record *record, const char *of)
{
    const struct value *owner = record_value(record, OWNER);
    return owner && owner->kind == VALUE_TEXT && strcmp(owner->text, of) == 0;
}

static bool is_not_owned_by(const struct record *record, const char *of)
{
    return !is_owned_by(record, of);
}

/* Those of the enterprise that the form names come first. */
static void add_own_first(struct form *form, const struct reg *target, struct options *options)
{
    const struct value *owner = record_value(&form->record, OWNER);
    struct search search = {.query.reg = target, .tell = tell_record};
    if (owner && owner->kind == VALUE_TEXT && reg_field_find(target, OWNER)) {
        search.of = owner->text;
        search.belongs = is_owned_by;
        add_records(form, &search, options);
        search.belongs = is_not_owned_by;
    }
    add_records(form, &search, options);
}

bool form_choose_record(struct form *form, const struct field *field, const char *filter,
                        struct buffer *text)
{
    const struct reg *target = reg_find(type_target(field));
    bool may_create = reg_is_main(target) && store_can_write(desk_store(form->base.app));
    struct options options = {.app = form->base.app, .target = may_create ? target : NULL};
    struct buffer current = {0};
    add_own_first(form, target, &options);
    write_current(form, field, &current);
    bool chosen = choose(form, field, filter, &options, NULL, buffer_text(&current), text);
    buffer_release(&current);
    return chosen;
}

/* ---- regions ---- */

enum { PROVINCE_DIGITS = 2, CITY_DIGITS = 4, COUNTY_DIGITS = 6 };

/* How many levels a county shares with the bureau's own region: 3 the county itself. */
static int nearness(const char *code, const char *own)
{
    static const size_t digits[] = {COUNTY_DIGITS, CITY_DIGITS, PROVINCE_DIGITS};
    for (int i = 0; i < (int)COUNT_OF(digits); i++)
        if (strlen(own) >= digits[i] && strncmp(code, own, digits[i]) == 0)
            return (int)COUNT_OF(digits) - i;
    return 0;
}

static bool is_as_near(const struct record *record, const char *wanted)
{
    const struct value *statistical = record_value(record, "statistical");
    bool counts = value_is_null(statistical) || !statistical->integer;
    return counts && nearness(record->id, wanted + 1) == wanted[0] - '0';
}

/* "441802  广东省清远市" */
static void tell_region(const struct record *record, const struct lookup *lookup,
                        struct buffer *detail)
{
    static const int digits[] = {PROVINCE_DIGITS, CITY_DIGITS};
    buffer_addf(detail, "%s  ", record->id);
    for (size_t i = 0; i < COUNT_OF(digits); i++) {
        char *above = mem_text_part(record->id, (size_t)digits[i]);
        lookup->label(lookup->context, "region", above, detail);
        free(above);
    }
}

/* The own county first, then the own city, the own province, the rest of the country. */
bool form_choose_region(struct form *form, const struct field *field, const char *filter,
                        struct buffer *text)
{
    const char *own = store_setting(desk_store(form->base.app), "region");
    struct search search = {
        .query = {.reg = reg_find("region"), .where = "level=县"},
        .belongs = is_as_near,
        .tell = tell_region,
    };
    struct options options = {0};
    struct buffer current = {0}, wanted = {0};
    for (int near = 3; near >= 0; near--) {
        buffer_clear(&wanted);
        buffer_addf(&wanted, "%d%s", near, own);
        search.of = buffer_text(&wanted);
        add_records(form, &search, &options);
    }
    buffer_release(&wanted);
    write_current(form, field, &current);
    bool chosen = choose(form, field, filter, &options, NULL, buffer_text(&current), text);
    buffer_release(&current);
    return chosen;
}

/* Names of the register that the field suggests; of regions only those within the record's own. */
bool form_choose_name(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text)
{
    struct search search = {.query.reg = reg_find(field->suggest), .tell = tell_record};
    struct options options = {0};
    struct buffer where = {0}, region = {0};
    record_format(&form->record, "region", &region);
    bool within = search.query.reg->flags & REG_REFERENCE;
    if (within && !region.length) {
        app_message(form->base.app, MESSAGE_WARNING, "先填县（市、区），再从它的名单里选%s。",
                    field->label);
        return false;
    }
    if (within) {
        buffer_addf(&where, "parent_code=%s", buffer_text(&region));
        search.query.where = buffer_text(&where);
    }
    add_records(form, &search, &options);
    for (size_t i = 0; i < options.count; i++) {
        free(options.items[i].text);
        options.items[i].text = mem_text(options.items[i].name);
    }
    const char *typed = editor_text(&form->fields[field_index(form, field)].editor);
    bool chosen = choose(form, field, filter, &options, NULL, typed, text);
    buffer_release(&where);
    buffer_release(&region);
    return chosen;
}

/* ---- days ---- */

bool form_choose_date(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text)
{
    (void)filter;
    struct date date = {0};
    char chosen[DATE_TEXT_SIZE];
    date_parse(editor_text(&form->fields[field_index(form, field)].editor), &date, NULL);
    if (!date_picker_choose(form->base.app, field->label, clock_today(), &date))
        return false;
    date_format(date, chosen);
    buffer_add(text, chosen);
    return true;
}

/* ---- files ---- */

static bool accepts_file(void *context, const char *text, struct error *err)
{
    (void)context;
    struct buffer path = {0};
    file_names_expand(text, &path);
    bool ok = attachment_accepts(buffer_text(&path), err);
    buffer_release(&path);
    return ok;
}

static void suggest_files(void *context, const char *text, struct buffer *lines)
{
    static const char *const any[] = {"", NULL};
    (void)context;
    file_names_suggest((void *)any, text, lines);
}

bool form_choose_file(struct form *form, const struct field *field, const char *filter,
                      struct buffer *text)
{
    struct buffer title = {0};
    buffer_addf(&title, "添加%s", field->label);
    const struct prompt prompt = {
        .title = buffer_text(&title),
        .label = "文件:",
        .help = "写照片、扫描件等文件的路径，或按 ↓ 从下面选；从文件管理器拖进来也可以。"
                "文件会复制到数据文件旁边，原来的文件以后移走也不要紧。",
        .text = filter,
        .accepts = accepts_file,
        .suggest = suggest_files,
    };
    bool chosen = prompt_ask(form->base.app, &prompt, text);
    buffer_release(&title);
    return chosen;
}
