#include "tui/screens/columns.h"

#include "core/text.h"

#include <string.h>

enum {
    GAP = 2,
    NAME_LEAST = 20,
    NAME_WANTED = 36,
    NAME_MOST = 44,
    TEXT_LEAST = 10,
    HEADING_MOST = 24,
};

/* 合计 of a group is called by the group, what stands in brackets is left to the form, and a number
 * has its unit. */
static void write_heading(const struct field *field, struct buffer *out)
{
    bool sum = field->group && strcmp(field->label, "合计") == 0;
    const char *label = sum ? field->group : field->label;
    const char *bracket = strstr(label, "（");
    buffer_add_bytes(out, label, bracket ? (size_t)(bracket - label) : strlen(label));
    if (field->unit && strcmp(field->unit, "°") != 0)
        buffer_addf(out, " %s", field->unit);
}

static int heading_width(const struct field *field)
{
    struct buffer heading = {0};
    write_heading(field, &heading);
    int width = text_width(buffer_text(&heading));
    buffer_release(&heading);
    return width < HEADING_MOST ? width : HEADING_MOST;
}

static int own_width(const struct field *field)
{
    return field->width ? field->width : type_of(field->type)->width;
}

/* Of any length, hence able to use room and to be cut: unlike a date or a code. */
static bool is_free_text(const struct field *field)
{
    enum { FREE_TEXT = 200 };
    return type_of(field->type)->max_chars >= FREE_TEXT;
}

static int wanted_width(const struct field *field, bool is_name)
{
    int own = own_width(field), heading = heading_width(field);
    int width = own > heading ? own : heading;
    return is_name && is_free_text(field) && width < NAME_WANTED ? NAME_WANTED : width;
}

/* What can be cut is shown in fewer columns rather than not at all; numbers, dates and codes are
 * never cut. */
static int least_width(const struct field *field, bool is_name)
{
    int own = own_width(field);
    if (is_name && is_free_text(field))
        return NAME_LEAST;
    switch (field->type) {
    case TYPE_TEXT:
    case TYPE_LONGTEXT:
    case TYPE_CHOICE:
    case TYPE_CHOICES:
    case TYPE_REF:
    case TYPE_REGION:
        return own < TEXT_LEAST ? own : TEXT_LEAST;
    default:
        return own;
    }
}

/* In what turn a field gets room; the name has had it before all. */
enum turn { TURN_LIST, TURN_COUNTY, TURN_REQUIRED, TURN__COUNT };

/* The county says the same in nearly every row of a bureau of one county. */
static enum turn turn_of(const struct field *field, bool one_region)
{
    if (field->flags & FIELD_LIST)
        return one_region && field->type == TYPE_REGION ? TURN_COUNTY : TURN_LIST;
    return field_is_required(field) && field->type != TYPE_ATTACHMENT ? TURN_REQUIRED : TURN__COUNT;
}

struct layout {
    struct columns *columns;
    int room, least, wanted; /* of all columns so far, with the gaps */
    const char *name;
};

static void add(struct layout *layout, const struct field *field, bool extra)
{
    struct columns *columns = layout->columns;
    bool is_name = strcmp(field->name, layout->name) == 0;
    int gap = columns->count ? GAP : 0;
    int least = layout->least + gap + least_width(field, is_name);
    int wanted = layout->wanted + gap + wanted_width(field, is_name);
    bool fits = (extra ? wanted : least) <= layout->room || columns->count == 0;
    if (!fits || columns->count == COLUMNS_MOST)
        return;
    layout->least = least;
    layout->wanted = wanted;
    columns->items[columns->count++] =
        (struct column){.field = field, .width = least_width(field, is_name)};
}

/* The column that can use what is left over: the first of free text, which mostly is the name. */
static struct column *roomiest(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        if (is_free_text(columns->items[i].field))
            return &columns->items[i];
    return &columns->items[0];
}

static void share_rest(struct layout *layout)
{
    struct columns *columns = layout->columns;
    int rest = layout->room - layout->least;
    for (size_t i = 0; i < columns->count && rest > 0; i++) {
        struct column *column = &columns->items[i];
        int more = wanted_width(column->field, i == 0) - column->width;
        more = more < rest ? more : rest;
        if (more <= 0)
            continue;
        column->width += more;
        rest -= more;
    }
    struct column *column = roomiest(columns);
    int more = NAME_MOST - column->width < rest ? NAME_MOST - column->width : rest;
    if (more > 0)
        column->width += more;
    if (columns->items[0].width > layout->room)
        columns->items[0].width = layout->room;
}

/* `without`: a field that gets no column, or NULL. */
static void lay_out(struct columns *columns, const struct reg *reg, bool one_region,
                    const char *without, int left, int right)
{
    struct layout layout = {.columns = columns, .room = right - left, .name = reg->name_field};
    size_t count = reg_field_count(reg);
    columns->count = 0;
    add(&layout, reg_field_find(reg, reg->name_field), false);
    for (int turn = TURN_LIST; turn < TURN__COUNT; turn++) {
        for (size_t i = 0; i < count; i++) {
            const struct field *field = reg_field(reg, i);
            bool is_done = strcmp(field->name, reg->name_field) == 0 ||
                           (without && strcmp(field->name, without) == 0);
            if (!is_done && (int)turn_of(field, one_region) == turn)
                add(&layout, field, turn != TURN_LIST);
        }
    }
    share_rest(&layout);
    int at = left;
    for (size_t i = 0; i < columns->count; i++) {
        columns->items[i].at = at;
        at += columns->items[i].width + GAP;
    }
}

void columns_lay_out(struct columns *columns, const struct reg *reg, bool one_region, int left,
                     int right)
{
    lay_out(columns, reg, one_region, NULL, left, right);
}

/* Gives the room that is left to the longest kind of text. */
static void widen(struct columns *columns, int right)
{
    size_t widest = columns->count;
    for (size_t i = 0; i < columns->count; i++) {
        enum field_type type = columns->items[i].field->type;
        bool is_longest =
            widest < columns->count && columns->items[widest].field->type == TYPE_LONGTEXT;
        if (!is_longest && (type == TYPE_TEXT || type == TYPE_LONGTEXT))
            widest = i;
    }
    if (widest == columns->count)
        return;
    const struct column *last = &columns->items[columns->count - 1];
    int spare = right - last->at - last->width;
    columns->items[widest].width += spare;
    for (size_t i = widest + 1; i < columns->count; i++)
        columns->items[i].at += spare;
}

void columns_lay_out_below(struct columns *columns, const struct reg *reg, const char *without,
                           int left, int right)
{
    lay_out(columns, reg, true, without, left, right);
    widen(columns, right);
}

static bool is_number(const struct field *field)
{
    return type_of(field->type)->align_right;
}

void columns_measure(struct columns *columns, const struct record *record)
{
    struct buffer text = {0};
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->items[i];
        if (!is_number(column->field))
            continue;
        buffer_clear(&text);
        record_format(record, column->field->name, &text);
        const char *point = strchr(buffer_text(&text), '.');
        int fraction = point ? (int)strlen(point + 1) : 0;
        if (fraction > column->fraction)
            column->fraction = fraction;
    }
    buffer_release(&text);
}

void columns_draw_heading(const struct columns *columns, struct grid *area, const char *order,
                          bool descending)
{
    struct buffer heading = {0};
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        bool sorted = strcmp(column->field->name, order) == 0;
        buffer_clear(&heading);
        write_heading(column->field, &heading);
        int width = column->width - sorted;
        int end = width;
        if (is_number(column->field))
            grid_text_right(area, 0, column->at, width, STYLE_HEADING, buffer_text(&heading));
        else
            end = grid_text(area, 0, column->at, width, STYLE_HEADING, buffer_text(&heading));
        if (sorted)
            grid_text(area, 0, column->at + end, 1, STYLE_HEADING, descending ? "↓" : "↑");
    }
    buffer_release(&heading);
}

static void draw_value(const struct column *column, const struct record *record,
                       const struct lookup *lookup, struct grid *area)
{
    struct buffer text = {0};
    const char *name = column->field->name;
    record_display(record, name, lookup, &text);
    bool missing = text.length == 0 && record_requires(record, column->field);
    if (missing && is_number(column->field))
        grid_text_right(area, 0, column->at, column->width, STYLE_WARNING, "待补");
    else if (missing)
        grid_text(area, 0, column->at, column->width, STYLE_WARNING, "待补");
    else if (is_number(column->field))
        grid_number(area, 0, column->at, column->width, column->fraction, STYLE_PLAIN,
                    buffer_text(&text));
    else
        grid_text(area, 0, column->at, column->width, STYLE_PLAIN, buffer_text(&text));
    buffer_release(&text);
}

void columns_draw_row(const struct columns *columns, const struct record *record,
                      const struct lookup *lookup, struct grid *area)
{
    for (size_t i = 0; i < columns->count; i++)
        draw_value(&columns->items[i], record, lookup, area);
}
