/* What a new row may be a double of: records with the same code, with a name like it where the
 * register tells records apart by name, or close to it. All of the register is read once, when the
 * first new row comes, and then follows the rows; each row asks a few short lists. */
#include "core/twin.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/query.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <string.h>

enum {
    NEAR_METRES = 100,
    LAT_CELL = 1000, /* micro-degrees, at least 100 m */
    LON_CELL = 2000, /* as far north as 54°, too */
    MOST_SAME = 128, /* rows of one list that are compared: what more have in common says nothing */
    MOST_DOUBLES = 5,
    MOST_SCOPES = 8,
    WHOLE = 0, /* which part of a key a list is about; others are the number of characters */
};

static const int32_t nowhere = INT32_MIN;

/* A record or row to compare with; offsets are into `texts`, where 0 is "". */
struct item {
    uint32_t id;  /* of a record that was there before */
    uint32_t row; /* index in the table, of others */
    uint32_t key; /* what twin_add_key says of its name */
    uint32_t code;
    uint32_t scope; /* a hash of the fields within which a name tells records apart */
    int32_t lon, lat;
};

struct link {
    uint32_t hash, item;
    uint32_t next; /* index plus 1 in `links`, 0 at the end */
};

struct doubles {
    int code, name, lon, lat; /* fields; -1: the register has none */
    int scopes[MOST_SCOPES];
    size_t scope_count;
    struct buffer texts;
    struct item *items;
    size_t item_count, item_capacity;
    struct link *links;
    size_t link_count, link_capacity;
    uint32_t *heads; /* index plus 1 of the first link; a power of two */
    size_t head_count;
    struct item current; /* the one that was looked for last */
    struct buffer key, code_text, signs;
};

/* ---- what tells records of the register apart ---- */

static int stored_field(const struct reg *reg, const char *name)
{
    int index = reg_field_index(reg, name);
    return index >= 0 && field_is_stored(reg_field(reg, (size_t)index)) ? index : -1;
}

/* The fields beside the name in the first identity that has it: names are alike only within them.
 */
static void find_scopes(struct doubles *doubles, const struct reg *reg)
{
    for (const char *const *identity = reg->identity; identity && *identity && doubles->name < 0;
         identity++) {
        doubles->scope_count = 0;
        for (const char *at = *identity; *at; at += strspn(at, " ")) {
            size_t length = strcspn(at, " ");
            char *name = mem_text_part(at, length);
            int index = stored_field(reg, name);
            if (strcmp(name, reg->name_field) == 0)
                doubles->name = index;
            else if (index >= 0 && doubles->scope_count < MOST_SCOPES)
                doubles->scopes[doubles->scope_count++] = index;
            free(name);
            at += length;
        }
    }
    /* A number of the program's own is no name. */
    if (doubles->name >= 0 && reg_field(reg, (size_t)doubles->name)->type != TYPE_TEXT)
        doubles->name = -1;
    if (doubles->name >= 0 && (reg_field(reg, (size_t)doubles->name)->flags & FIELD_AUTO))
        doubles->name = -1;
}

/* Whether records of the register have anything by which they could be alike. */
static bool compares(const struct doubles *doubles)
{
    return doubles->name >= 0 || doubles->code >= 0 || (doubles->lon >= 0 && doubles->lat >= 0);
}

static struct doubles *new_doubles(const struct reg *reg)
{
    struct doubles *doubles = mem_new(1, sizeof *doubles);
    bool is_place = reg->menu == MENU_INVENTORY;
    doubles->code = doubles->name = -1;
    doubles->lon = is_place ? stored_field(reg, "lon") : -1;
    doubles->lat = is_place ? stored_field(reg, "lat") : -1;
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk) && doubles->code < 0;)
        if (walk.field->type == TYPE_USCC && field_is_stored(walk.field) && is_place)
            doubles->code = (int)walk.index;
    find_scopes(doubles, reg);
    doubles->head_count = 1024;
    doubles->heads = mem_new(doubles->head_count, sizeof *doubles->heads);
    buffer_add_char(&doubles->texts, '\0');
    return doubles;
}

void doubles_free(struct doubles *doubles)
{
    if (!doubles)
        return;
    buffer_release(&doubles->texts);
    buffer_release(&doubles->key);
    buffer_release(&doubles->code_text);
    buffer_release(&doubles->signs);
    free(doubles->items);
    free(doubles->links);
    free(doubles->heads);
    free(doubles);
}

/* ---- the lists ---- */

static uint32_t add_text(struct doubles *doubles, const char *text)
{
    if (!text || !*text)
        return 0;
    uint32_t offset = (uint32_t)doubles->texts.length;
    buffer_add_bytes(&doubles->texts, text, strlen(text) + 1);
    return offset;
}

static void spread(struct doubles *doubles)
{
    doubles->head_count *= 2;
    free(doubles->heads);
    doubles->heads = mem_new(doubles->head_count, sizeof *doubles->heads);
    for (size_t i = 0; i < doubles->link_count; i++) {
        uint32_t *head = &doubles->heads[doubles->links[i].hash & (doubles->head_count - 1)];
        doubles->links[i].next = *head;
        *head = (uint32_t)i + 1;
    }
}

static void add_link(struct doubles *doubles, uint32_t hash, size_t item)
{
    if (doubles->link_count >= doubles->head_count)
        spread(doubles);
    uint32_t *head = &doubles->heads[hash & (doubles->head_count - 1)];
    doubles->links = mem_grow(doubles->links, doubles->link_count, &doubles->link_capacity,
                              sizeof *doubles->links);
    doubles->links[doubles->link_count] =
        (struct link){.hash = hash, .item = (uint32_t)item, .next = *head};
    *head = (uint32_t)++doubles->link_count;
}

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t hash = (a ^ (b * 0x9E3779B1u)) * 0x85EBCA6Bu;
    return hash ^ hash >> 15;
}

static uint32_t code_hash(const char *code)
{
    return text_hash(1, code);
}

static uint32_t cell_hash(int32_t lon, int32_t lat)
{
    return mix(mix(2, (uint32_t)lon), (uint32_t)lat);
}

/* Calls `use` with the list of each part of a key in which names that are alike agree: the whole,
 * and a few characters at either end (one of the two ends stays when one character differs). */
static void each_part(struct doubles *doubles, const char *key, uint32_t scope,
                      void (*use)(void *context, uint32_t hash), void *context)
{
    enum { SHORT = 2, LONG = 3, LEAST = 4, MOST_SHORT = 6 };
    size_t count = text_count(key);
    buffer_clear(&doubles->signs);
    twin_add_signs(key, &doubles->signs);
    uint32_t base = mix(scope, text_hash(3, buffer_text(&doubles->signs)));
    use(context, mix(base, text_hash(WHOLE, key)));
    for (size_t part = SHORT; part <= LONG && count >= LEAST; part++) {
        if (part == SHORT && count > MOST_SHORT)
            continue;
        size_t head = 0, tail = strlen(key);
        for (size_t i = 0; i < part; i++) {
            head = text_next(key, head);
            tail = text_previous(key, tail);
        }
        char *first = mem_text_part(key, head);
        use(context, mix(base, text_hash((uint32_t)part * 2, first)));
        use(context, mix(base, text_hash((uint32_t)part * 2 + 1, key + tail)));
        free(first);
    }
}

/* ---- filling ---- */

static const char *text_of(const struct record *record, int field)
{
    const struct value *value = field < 0 ? NULL : &record->values[field];
    return value && value->kind == VALUE_TEXT ? value->text : "";
}

static int32_t degrees_of(const struct record *record, int field)
{
    const struct value *value = field < 0 ? NULL : &record->values[field];
    return value && value->kind == VALUE_INTEGER ? (int32_t)value->integer : nowhere;
}

static uint32_t scope_of(const struct doubles *doubles, const struct record *record)
{
    struct buffer text = {0};
    uint32_t hash = 1;
    for (size_t i = 0; i < doubles->scope_count; i++) {
        size_t field = (size_t)doubles->scopes[i];
        buffer_clear(&text);
        type_format(reg_field(record->reg, field), &record->values[field], &text);
        hash = mix(hash, text_hash(0, buffer_text(&text)));
    }
    buffer_release(&text);
    return hash;
}

/* What the record is compared by: in doubles->current, key and code_text. */
static void describe(struct doubles *doubles, const struct record *record)
{
    const char *code = text_of(record, doubles->code);
    buffer_clear(&doubles->key);
    buffer_clear(&doubles->code_text);
    twin_add_key(text_of(record, doubles->name), &doubles->key);
    /* "无" stands in many records and identifies none. */
    buffer_add(&doubles->code_text, strcmp(code, "无") == 0 ? "" : code);
    doubles->current = (struct item){
        .scope = scope_of(doubles, record),
        .lon = degrees_of(record, doubles->lon),
        .lat = degrees_of(record, doubles->lat),
    };
}

struct adding {
    struct doubles *doubles;
    size_t item;
};

static void add_part(void *context, uint32_t hash)
{
    struct adding *adding = context;
    add_link(adding->doubles, hash, adding->item);
}

static bool has_place(const struct item *item)
{
    return item->lon != nowhere && item->lat != nowhere;
}

/* Adds what was described last. */
static void add_current(struct doubles *doubles)
{
    struct adding adding = {.doubles = doubles, .item = doubles->item_count};
    doubles->current.key = add_text(doubles, buffer_text(&doubles->key));
    doubles->current.code = add_text(doubles, buffer_text(&doubles->code_text));
    doubles->items = mem_grow(doubles->items, doubles->item_count, &doubles->item_capacity,
                              sizeof *doubles->items);
    doubles->items[doubles->item_count++] = doubles->current;
    if (doubles->current.key)
        each_part(doubles, doubles->key.text, doubles->current.scope, add_part, &adding);
    if (doubles->current.code)
        add_link(doubles, code_hash(doubles->code_text.text), adding.item);
    if (has_place(&doubles->current))
        add_link(doubles,
                 cell_hash(doubles->current.lon / LON_CELL, doubles->current.lat / LAT_CELL),
                 adding.item);
}

static bool read_register(struct run *run, struct doubles *doubles, struct error *err)
{
    const struct reg *reg = run->import->reg;
    bool *wanted = mem_new(reg_field_count(reg), sizeof *wanted);
    const int fields[] = {doubles->code, doubles->name, doubles->lon, doubles->lat};
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (fields[i] >= 0)
            wanted[fields[i]] = true;
    for (size_t i = 0; i < doubles->scope_count; i++)
        wanted[doubles->scopes[i]] = true;
    struct cursor *cursor = NULL;
    const struct record *record = NULL;
    bool ok = cursor_open(&cursor, run->store,
                          &(struct query){.reg = reg, .unordered = true, .wanted = wanted}, err);
    while (ok && (ok = cursor_next(cursor, &record, err)) && record) {
        describe(doubles, record);
        doubles->current.id = add_text(doubles, record->id);
        add_current(doubles);
    }
    cursor_close(&cursor);
    free(wanted);
    return ok;
}

void doubles_add(struct run *run)
{
    if (!run->doubles || !compares(run->doubles))
        return;
    run->doubles->current.row = (uint32_t)run->row;
    add_current(run->doubles);
}

/* ---- looking ---- */

struct looking {
    struct run *run;
    struct doubles *doubles;
    enum import_likeness likeness;
};

static void write_name(const struct run *run, const struct item *item, struct buffer *name)
{
    const struct import *import = run->import;
    int column = run->column_of[reg_field_index(import->reg, import->reg->name_field)];
    if (item->id)
        store_lookup(run->store)
            ->label(store_lookup(run->store)->context, import->reg->name,
                    run->doubles->texts.text + item->id, name);
    else if (column >= 0)
        buffer_add(name, table_cell(&import->table, item->row, (size_t)column));
}

static bool is_known(const struct looking *looking, const struct item *item, uint32_t number)
{
    const struct import_row *row = &looking->run->shown;
    for (size_t i = 0; i < row->double_count; i++)
        if (item->id ? strcmp(row->doubles[i].id, looking->doubles->texts.text + item->id) == 0
                     : row->doubles[i].row == number)
            return true;
    return false;
}

static void add_double(struct looking *looking, const struct item *item, int metres)
{
    struct run *run = looking->run;
    uint32_t number = item->id ? 0 : run->import->table.rows[item->row].number;
    if (run->shown.double_count == MOST_DOUBLES || is_known(looking, item, number))
        return;
    struct buffer name = {0};
    write_name(run, item, &name);
    buffer_add(&name, "");
    struct import_double *found = result_add_double(&run->shown);
    found->row = number;
    found->name = buffer_take(&name);
    found->likeness = looking->likeness;
    found->metres = metres;
    const char *code = looking->doubles->texts.text + item->code;
    const char *own = buffer_text(&looking->doubles->code_text);
    found->other_code = item->code && *own && strcmp(code, own) != 0;
    if (item->id)
        strncpy(found->id, looking->doubles->texts.text + item->id, RECORD_ID_SIZE - 1);
}

static void compare(struct looking *looking, const struct item *item)
{
    struct doubles *doubles = looking->doubles;
    const struct item *current = &doubles->current;
    const char *texts = doubles->texts.text;
    if (looking->likeness == IMPORT_SAME_CODE) {
        if (strcmp(texts + item->code, buffer_text(&doubles->code_text)) == 0)
            add_double(looking, item, 0);
    } else if (looking->likeness == IMPORT_LIKE_NAME) {
        if (item->scope == current->scope &&
            twin_keys_match(texts + item->key, buffer_text(&doubles->key)))
            add_double(looking, item, 0);
    } else if (has_place(item)) {
        int64_t metres = twin_metres(item->lon, item->lat, current->lon, current->lat);
        if (metres <= NEAR_METRES)
            add_double(looking, item, (int)metres);
    }
}

static void look(void *context, uint32_t hash)
{
    struct looking *looking = context;
    const struct doubles *doubles = looking->doubles;
    size_t compared = 0;
    uint32_t at = doubles->heads[hash & (doubles->head_count - 1)];
    for (; at && compared < MOST_SAME; at = doubles->links[at - 1].next) {
        if (doubles->links[at - 1].hash != hash)
            continue;
        compare(looking, &doubles->items[doubles->links[at - 1].item]);
        compared++;
    }
}

static void look_around(struct looking *looking)
{
    const struct item *current = &looking->doubles->current;
    for (int32_t east = -1; east <= 1; east++)
        for (int32_t north = -1; north <= 1; north++)
            look(looking,
                 cell_hash(current->lon / LON_CELL + east, current->lat / LAT_CELL + north));
}

bool doubles_find(struct run *run, const struct record *record, struct error *err)
{
    if (!run->doubles) {
        run->doubles = new_doubles(run->import->reg);
        if (compares(run->doubles) && !read_register(run, run->doubles, err))
            return false;
    }
    struct doubles *doubles = run->doubles;
    if (!compares(doubles))
        return true;
    describe(doubles, record);
    struct looking looking = {.run = run, .doubles = doubles, .likeness = IMPORT_SAME_CODE};
    if (doubles->code_text.length)
        look(&looking, code_hash(doubles->code_text.text));
    looking.likeness = IMPORT_LIKE_NAME;
    if (doubles->key.length)
        each_part(doubles, doubles->key.text, doubles->current.scope, look, &looking);
    looking.likeness = IMPORT_NEAR_BY;
    if (has_place(&doubles->current))
        look_around(&looking);
    return true;
}
