/* What a person decides in the import preview: what a column holds, whether a row is another
 * record's, whose value counts, what a word means. Each decision is tried at once. */
#include "tui/screens/import_preview.h"

#include "core/alike.h"
#include "core/mem.h"
#include "db/query.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a column holds ---- */

struct fields {
    const struct reg *reg;
    const struct heading *heading;
    size_t *items; /* field indexes; the first row of the picker is "no field" */
    size_t count;
};

static void describe_field(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct fields *fields = context;
    if (index == 0) {
        buffer_add(name, "不导入这一列");
        return;
    }
    const struct field *field = reg_field(fields->reg, fields->items[index - 1]);
    int held = heading_column_of(fields->heading, fields->items[index - 1]);
    field_add_title(field, name);
    buffer_addf(detail, "%s%s%s", field->unit ? field->unit : "", field->unit ? "  " : "",
                field->name);
    if (held >= 0)
        buffer_addf(detail, "  现为“%s”", fields->heading->columns[held].text);
}

static void list_fields(struct fields *fields)
{
    fields->items = mem_new(reg_field_count(fields->reg), sizeof *fields->items);
    for (struct field_walk walk = {.reg = fields->reg}; reg_walk(&walk);)
        fields->items[fields->count++] = walk.index;
}

static void choose_column(struct import_screen *self)
{
    const struct heading *heading = &self->import->heading;
    const struct heading_column *column = &heading->columns[self->columns.selected];
    struct fields fields = {.reg = self->reg, .heading = heading};
    struct buffer title = {0};
    size_t index = 0;
    list_fields(&fields);
    buffer_addf(&title, "“%s”是哪一项", *column->text ? column->text : "（无标题）");
    struct picker picker = {.title = buffer_text(&title),
                            .count = fields.count + 1,
                            .context = &fields,
                            .describe = describe_field};
    for (size_t i = 0; i < fields.count; i++)
        if ((column->match == HEADING_FIELD || column->match == HEADING_NEAR) &&
            fields.items[i] == column->field)
            picker.current = i + 1;
    if (picker_choose(self->base.app, &picker, &index)) {
        import_choose_column(self->import, self->columns.selected,
                             index ? (int)fields.items[index - 1] : -1);
        import_try_again(self);
    }
    buffer_release(&title);
    free(fields.items);
}

void import_turn_side(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    const struct heading_column *column = &self->import->heading.columns[self->columns.selected];
    enum import_side side = import_chosen_field(self->import, column->field);
    import_choose_field(self->import, column->field,
                        side == IMPORT_TAKE   ? IMPORT_KEEP
                        : side == IMPORT_KEEP ? IMPORT_FILL
                                              : IMPORT_TAKE);
    import_try_again(self);
}

/* ---- what a word means ---- */

struct words {
    const struct lookup *lookup;
    const struct reg *target;
    struct id_list ids;
};

static void describe_word(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct words *words = context;
    const char *id = words->ids.ids[index];
    words->lookup->label(words->lookup->context, words->target->name, id, name);
    if (words->target->flags & REG_REFERENCE)
        buffer_add(detail, id);
}

static void describe_choice(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct field *field = context;
    (void)detail;
    buffer_add(name, field->choices[index]);
}

static void choose_choice(struct import_screen *self, size_t index, const char *text)
{
    const struct field *field = reg_field(self->reg, index);
    struct buffer title = {0};
    size_t count = 0, chosen = 0;
    while (field->choices[count])
        count++;
    buffer_addf(&title, "“%s”是指", text);
    const struct picker picker = {
        .title = title.text, .count = count, .context = (void *)field, .describe = describe_choice};
    if (picker_choose(self->base.app, &picker, &chosen)) {
        import_choose_word(self->import, index, text, field->choices[chosen]);
        import_try_again(self);
    }
    buffer_release(&title);
}

/* The record whose name has most in common with `text`; the first when none has anything. */
static size_t most_alike(const struct words *words, const char *text)
{
    struct buffer own = {0}, name = {0}, folded = {0};
    size_t best = 0;
    int most = 0;
    alike_fold(text, &own);
    for (size_t i = 0; i < words->ids.count; i++) {
        buffer_clear(&name);
        buffer_clear(&folded);
        words->lookup->label(words->lookup->context, words->target->name, words->ids.ids[i], &name);
        alike_fold(buffer_text(&name), &folded);
        int score = alike_score(buffer_text(&own), buffer_text(&folded));
        if (score > most) {
            most = score;
            best = i;
        }
    }
    buffer_release(&own);
    buffer_release(&name);
    buffer_release(&folded);
    return best;
}

static void choose_record(struct import_screen *self, size_t field, const char *text)
{
    struct app *app = self->base.app;
    struct store *store = desk_store(app);
    struct words words = {.lookup = store_lookup(store),
                          .target = reg_find(type_target(reg_field(self->reg, field)))};
    struct buffer title = {0};
    struct error err = {0};
    size_t index = 0;
    buffer_addf(&title, "“%s”是指", text);
    if (!query_ids(store, &(struct query){.reg = words.target}, &words.ids, &err)) {
        app_error(app, &err);
    } else {
        const struct picker picker = {.title = title.text,
                                      .count = words.ids.count,
                                      .context = &words,
                                      .describe = describe_word,
                                      .current = most_alike(&words, text)};
        if (picker_choose(app, &picker, &index)) {
            import_choose_word(self->import, field, text, words.ids.ids[index]);
            import_try_again(self);
        }
    }
    id_list_release(&words.ids);
    buffer_release(&title);
}

static void choose_word(struct import_screen *self, size_t field, const char *text)
{
    if (type_target(reg_field(self->reg, field)))
        choose_record(self, field, text);
    else
        choose_choice(self, field, text);
}

/* ---- what becomes of a row ---- */

struct decision {
    enum { DECIDE_ROW, DECIDE_VALUE, DECIDE_WORD } kind;
    enum import_row_choice choice; /* of DECIDE_ROW */
    const char *id;                /* of IMPORT_SAME_AS */
    enum import_side side;         /* of DECIDE_VALUE */
    size_t field;                  /* of DECIDE_VALUE and DECIDE_WORD */
    char *name, *detail;           /* owned */
};

struct decisions {
    struct decision *items;
    size_t count, capacity;
};

static void add_decision(struct decisions *list, struct decision decision, struct buffer *name,
                         const char *detail)
{
    decision.name = buffer_take(name);
    decision.detail = mem_text(detail);
    list->items = mem_grow(list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = decision;
}

static void describe_decision(void *context, size_t index, struct buffer *name,
                              struct buffer *detail)
{
    const struct decisions *list = context;
    buffer_add(name, list->items[index].name);
    buffer_add(detail, list->items[index].detail);
}

static void add_doubles(const struct import_row *row, struct decisions *list)
{
    struct buffer name = {0};
    for (size_t i = 0; i < row->double_count; i++) {
        const struct import_double *same = &row->doubles[i];
        if (!*same->id)
            continue;
        buffer_addf(&name, "同一家：并入“%s”", same->name);
        add_decision(
            list, (struct decision){.kind = DECIDE_ROW, .choice = IMPORT_SAME_AS, .id = same->id},
            &name, import_likeness_name(same->likeness));
    }
    if (row->double_count) {
        buffer_add(&name, "不是同一家：照样新增");
        add_decision(list, (struct decision){.kind = DECIDE_ROW, .choice = IMPORT_AS_NEW}, &name,
                     "");
    }
}

static void add_values(const struct import_screen *self, const struct import_row *row,
                       struct decisions *list)
{
    for (size_t i = 0; i < row->change_count; i++) {
        const struct import_change *change = &row->changes[i];
        bool taken = change->side == IMPORT_TAKE;
        struct buffer name = {0}, detail = {0};
        field_add_title(reg_field(self->reg, change->field), &name);
        buffer_add(&name, taken ? "：留原值" : "：取文件的值");
        buffer_addf(&detail, "%s → %s", *change->before ? change->before : "（空）", change->after);
        add_decision(list,
                     (struct decision){.kind = DECIDE_VALUE,
                                       .field = change->field,
                                       .side = taken ? IMPORT_KEEP : IMPORT_TAKE},
                     &name, detail.text);
        buffer_release(&detail);
    }
}

/* Whether a person may say what `text` means in the field: a record, or a choice that the field
 * does not know. */
static bool may_be_explained(const struct import_screen *self, const struct field *field,
                             const char *text)
{
    struct value value = {.kind = VALUE_NULL};
    if (!field->choices || !*text)
        return type_target(field) && *text;
    bool known = type_parse(field, store_lookup(desk_store(self->base.app)), text, &value, NULL);
    value_release(&value);
    return !known;
}

/* The cell that a refused row was refused for, when a person may say what it means. */
static const char *refused_word(const struct import_screen *self, const struct import_row *row,
                                size_t *field)
{
    int index = reg_field_index(self->reg, row->field);
    int column = index < 0 ? -1 : heading_column_of(&self->import->heading, (size_t)index);
    int64_t at = import_row_index(self->import, row->number);
    if (row->outcome != IMPORT_REFUSED || column < 0 || at < 0)
        return "";
    const char *text = table_cell(&self->import->table, (size_t)at, (size_t)column);
    *field = (size_t)index;
    return may_be_explained(self, reg_field(self->reg, *field), text) ? text : "";
}

static void list_decisions(const struct import_screen *self, const struct import_row *row,
                           struct decisions *list)
{
    struct buffer name = {0};
    size_t field = 0;
    const char *word = refused_word(self, row, &field);
    add_doubles(row, list);
    add_values(self, row, list);
    if (*word) {
        buffer_addf(&name, "“%s”是指……", word);
        add_decision(list, (struct decision){.kind = DECIDE_WORD, .field = field}, &name,
                     "选一次，以后的表也照此");
    }
    if (row->choice != IMPORT_LEAVE_OUT) {
        buffer_add(&name, "不导入这一行");
        add_decision(list, (struct decision){.kind = DECIDE_ROW, .choice = IMPORT_LEAVE_OUT}, &name,
                     "");
    }
    if (row->choice != IMPORT_AS_READ) {
        buffer_add(&name, "照原样处理这一行");
        add_decision(list, (struct decision){.kind = DECIDE_ROW, .choice = IMPORT_AS_READ}, &name,
                     "取消上面的选择");
    }
}

static void decide(struct import_screen *self, const struct import_row *row,
                   const struct decision *decision)
{
    size_t field = 0;
    if (decision->kind == DECIDE_WORD) {
        char *word = mem_text(refused_word(self, row, &field));
        choose_word(self, decision->field, word);
        free(word);
        return;
    }
    if (decision->kind == DECIDE_ROW)
        import_choose_row(self->import, row->number, decision->choice, decision->id);
    else
        import_choose_value(self->import, row->number, decision->field, decision->side);
    import_try_again(self);
}

static void choose_row(struct import_screen *self)
{
    const struct import_row *row = &self->import->rows[self->rows[self->list.selected]];
    struct decisions list = {0};
    struct buffer title = {0};
    size_t index = 0;
    list_decisions(self, row, &list);
    buffer_addf(&title, "第 %u 行 %s", row->number, row->name);
    const struct picker picker = {.title = buffer_text(&title),
                                  .count = list.count,
                                  .context = &list,
                                  .describe = describe_decision};
    if (picker_choose(self->base.app, &picker, &index))
        decide(self, row, &list.items[index]);
    for (size_t i = 0; i < list.count; i++) {
        free(list.items[i].name);
        free(list.items[i].detail);
    }
    free(list.items);
    buffer_release(&title);
}

void import_choose(struct screen *screen, int key)
{
    (void)key;
    struct import_screen *self = (struct import_screen *)screen;
    if (self->in_columns)
        choose_column(self);
    else
        choose_row(self);
}
