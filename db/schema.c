/* The tables of the file. Every register has one; its columns are the register's fields. New fields
 * and registers are found by comparison and added; what cannot be expressed so is a numbered step.
 */
#include "core/duty.h"
#include "core/mem.h"
#include "core/rule.h"
#include "core/text.h"
#include "db/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const storage[TYPE__COUNT] = {
    [TYPE_TEXT] = "TEXT",       [TYPE_LONGTEXT] = "TEXT", [TYPE_INTEGER] = "INTEGER",
    [TYPE_DECIMAL] = "INTEGER", [TYPE_MEASURE] = "TEXT",  [TYPE_DATE] = "TEXT",
    [TYPE_PERIOD] = "TEXT",     [TYPE_BOOL] = "INTEGER",  [TYPE_CHOICE] = "TEXT",
    [TYPE_CHOICES] = "TEXT",    [TYPE_REGION] = "TEXT",   [TYPE_INDUSTRY] = "TEXT",
    [TYPE_WASTE] = "TEXT",      [TYPE_USCC] = "TEXT",     [TYPE_PERMIT] = "TEXT",
    [TYPE_LON] = "INTEGER",     [TYPE_LAT] = "INTEGER",   [TYPE_REF] = "TEXT",
    [TYPE_ATTACHMENT] = "TEXT",
};

/* What the rules found, kept current; derived from the records, so it may be dropped at any time.
 */
#define CHECK_TABLES                                                                               \
    "CREATE TABLE finding (\n"                                                                     \
    "    register TEXT NOT NULL,\n"                                                                \
    "    record TEXT NOT NULL,\n"                                                                  \
    "    rule TEXT NOT NULL,\n"                                                                    \
    "    field TEXT NOT NULL, -- '' when about the whole record\n"                                 \
    "    severity INTEGER NOT NULL,\n"                                                             \
    "    message TEXT NOT NULL,\n"                                                                 \
    "    basis TEXT NOT NULL,\n"                                                                   \
    "    value TEXT NOT NULL -- what stood in the field, canonical\n"                              \
    ") STRICT;\n"                                                                                  \
    "CREATE INDEX finding_record ON finding (record);\n"                                           \
    "CREATE INDEX finding_order ON finding (severity, register, rule);\n"                          \
    "CREATE TABLE unchecked (\n"                                                                   \
    "    register TEXT NOT NULL,\n"                                                                \
    "    record TEXT NOT NULL, -- '' for the whole register\n"                                     \
    "    mark INTEGER NOT NULL, -- another one each time it is said again\n"                       \
    "    PRIMARY KEY (register, record)\n"                                                         \
    ") STRICT, WITHOUT ROWID;\n"

#define EXCHANGE_TABLES                                                                            \
    "CREATE TABLE learned (\n"                                                                     \
    "    kind TEXT NOT NULL,\n"                                                                    \
    "    scope TEXT NOT NULL,\n"                                                                   \
    "    text TEXT NOT NULL, -- as it stands in a list from elsewhere\n"                           \
    "    meaning TEXT NOT NULL, -- what a person decided that it means\n"                          \
    "    PRIMARY KEY (kind, scope, text)\n"                                                        \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE TABLE filed (\n"                                                                       \
    "    filing TEXT NOT NULL, -- id of the report to superiors\n"                                 \
    "    register TEXT NOT NULL,\n"                                                                \
    "    record TEXT NOT NULL,\n"                                                                  \
    "    name TEXT NOT NULL,\n"                                                                    \
    "    figures TEXT NOT NULL, -- the fields that were filed, as JSON of canonical texts\n"       \
    "    PRIMARY KEY (filing, register, record)\n"                                                 \
    ") STRICT, WITHOUT ROWID;\n"                                                                   \
    "CREATE INDEX filed_record ON filed (record, register);\n"

#define TAUGHT_TABLE                                                                               \
    "CREATE TABLE taught ( -- what a change has added to learned\n"                                \
    "    batch TEXT NOT NULL,\n"                                                                   \
    "    kind TEXT NOT NULL,\n"                                                                    \
    "    scope TEXT NOT NULL,\n"                                                                   \
    "    text TEXT NOT NULL,\n"                                                                    \
    "    former TEXT, -- what it meant before\n"                                                   \
    "    PRIMARY KEY (batch, kind, scope, text)\n"                                                 \
    ") STRICT, WITHOUT ROWID;\n"

/* Tables that belong to no register. */
static const char fixed_tables[] =
    "CREATE TABLE setting (\n"
    "    name TEXT NOT NULL PRIMARY KEY,\n"
    "    value TEXT NOT NULL\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE batch (\n"
    "    id TEXT NOT NULL PRIMARY KEY,\n"
    "    site TEXT NOT NULL,\n"
    "    seq INTEGER NOT NULL, -- of its first operation: the order of the changes of a site\n"
    "    kind TEXT NOT NULL,\n"
    "    at TEXT NOT NULL,\n"
    "    who TEXT NOT NULL,\n"
    "    why TEXT,\n"
    "    undoes TEXT, -- the batch that this one takes back\n"
    "    undone_by TEXT\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX batch_order ON batch (site, seq);\n"
    "CREATE TABLE op (\n"
    "    site TEXT NOT NULL, -- the copy of the file in which it was made\n"
    "    seq INTEGER NOT NULL,\n"
    "    batch TEXT NOT NULL,\n"
    "    register TEXT NOT NULL,\n"
    "    record TEXT NOT NULL,\n"
    "    kind TEXT NOT NULL, -- C create, U one field, D delete, R restore\n"
    "    field TEXT,\n"
    "    old TEXT,\n"
    "    new TEXT, -- of a create: all fields as JSON\n"
    "    at TEXT NOT NULL,\n"
    "    who TEXT NOT NULL,\n"
    "    why TEXT,\n"
    "    PRIMARY KEY (site, seq)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX op_record ON op (record, seq);\n"
    "CREATE INDEX op_batch ON op (batch);\n"
    "CREATE TABLE draft (\n"
    "    register TEXT NOT NULL,\n"
    "    record TEXT NOT NULL,\n"
    "    field TEXT NOT NULL,\n"
    "    text TEXT NOT NULL,\n"
    "    at TEXT NOT NULL,\n"
    "    PRIMARY KEY (record, register, field)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE sequence (\n"
    "    name TEXT NOT NULL PRIMARY KEY, -- of case numbers: prefix, region, year\n"
    "    last INTEGER NOT NULL\n"
    ") STRICT, WITHOUT ROWID;\n" CHECK_TABLES EXCHANGE_TABLES TAUGHT_TABLE;

const char *schema_storage(enum field_type type)
{
    return storage[type];
}

bool schema_is_text(enum field_type type)
{
    return storage[type][0] == 'T';
}

static void write_columns(const struct reg *reg, struct buffer *sql)
{
    buffer_add(sql, "    id TEXT NOT NULL PRIMARY KEY,\n"
                    "    version INTEGER NOT NULL,\n"
                    "    deleted INTEGER NOT NULL,\n"
                    "    missing INTEGER NOT NULL, -- required fields that are empty\n"
                    "    created_at TEXT NOT NULL,\n"
                    "    updated_at TEXT NOT NULL");
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (field_is_stored(field))
            buffer_addf(sql, ",\n    \"%s\" %s", field->name, storage[field->type]);
    }
}

/* The words of `fields` with `between` in place of the blanks. */
static void write_joined(const char *fields, const char *between, struct buffer *sql)
{
    for (const char *c = fields; *c; c++) {
        if (*c == ' ')
            buffer_add(sql, between);
        else
            buffer_add_char(sql, *c);
    }
}

/* The field that an identity begins with. */
static const struct field *leading_field(const struct reg *reg, const char *identity)
{
    char *name = mem_text_part(identity, strcspn(identity, " "));
    const struct field *field = reg_field_find(reg, name);
    free(name);
    return field;
}

static bool leads_identity(const struct reg *reg, const struct field *field)
{
    for (size_t i = 0; reg->identity && reg->identity[i]; i++)
        if (leading_field(reg, reg->identity[i]) == field)
            return true;
    return false;
}

/* What rules look records up by, and what tells whose rules are to be asked again. */
static bool is_looked_up(const struct reg *reg, const struct field *field)
{
    for (size_t i = 0; i < rule_count; i++)
        for (const struct rule_link *link = rules[i]->links; link->match; link++) {
            bool own = rule_concerns(rules[i], reg);
            bool other = link->reg ? strcmp(link->reg, reg->name) == 0 : own;
            if ((other && strcmp(link->field, field->name) == 0) ||
                (own && strcmp(link->match, field->name) == 0))
                return true;
        }
    return false;
}

struct duty_index {
    const struct reg *reg;
    struct buffer *sql;
};

/* The records of a day, and what tells whether its duty still stands: counted without their rows.
 */
static void write_duty_index(void *context, const struct duty *duty)
{
    const struct duty_index *index = context;
    const char *name = index->reg->name, *date = duty_date(duty, index->reg);
    const char *further[] = {duty_closed(duty, index->reg).field,
                             duty_ended_field(duty, index->reg)};
    buffer_addf(index->sql, "CREATE INDEX \"%s_due_%s\" ON \"%s\" (deleted, \"%s\"", name, date,
                name, date);
    for (size_t i = 0; i < COUNT_OF(further); i++)
        if (further[i])
            buffer_addf(index->sql, ", \"%s\"", further[i]);
    buffer_addf(index->sql, ") WHERE \"%s\" IS NOT NULL;\n", date);
}

/* An index is named after its columns, so that another choice of columns is found as a new index.
 */
static void write_indexes(const struct reg *reg, struct buffer *sql)
{
    const char *name = reg->name;
    const struct field *order = reg_field_find(reg, reg->order ? reg->order : reg->name_field);
    buffer_addf(sql, "CREATE INDEX \"%s_state\" ON \"%s\" (deleted, missing);\n", name, name);
    if (order && field_is_stored(order))
        buffer_addf(sql, "CREATE INDEX \"%s_order_%s\" ON \"%s\" (deleted, \"%s\", id);\n", name,
                    order->name, name, order->name);
    for (size_t i = 0; reg->identity && reg->identity[i]; i++) {
        /* References have an index of their own, and few records point to the same one. */
        if (leading_field(reg, reg->identity[i])->type == TYPE_REF)
            continue;
        buffer_addf(sql, "CREATE INDEX \"%s_identity_", name);
        write_joined(reg->identity[i], "_", sql);
        buffer_addf(sql, "\" ON \"%s\" (\"", name);
        write_joined(reg->identity[i], "\", \"", sql);
        buffer_add(sql, "\");\n");
    }
    for (size_t i = 0; reg->covered && reg->covered[i]; i++) {
        buffer_addf(sql, "CREATE INDEX \"%s_sums_", name);
        write_joined(reg->covered[i], "_", sql);
        buffer_addf(sql, "\" ON \"%s\" (deleted, \"", name);
        write_joined(reg->covered[i], "\", \"", sql);
        buffer_add(sql, "\");\n");
    }
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (!field_is_stored(field))
            continue;
        if (field->type == TYPE_REF)
            buffer_addf(sql, "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\");\n", name, field->name,
                        name, field->name);
        else if (is_looked_up(reg, field) && !leads_identity(reg, field))
            buffer_addf(sql,
                        "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\") WHERE \"%s\" IS NOT NULL;\n",
                        name, field->name, name, field->name, field->name);
    }
    duty_each_date(reg, write_duty_index, &(struct duty_index){reg, sql});
}

void schema_write_reg(const struct reg *reg, struct buffer *sql)
{
    buffer_addf(sql, "CREATE TABLE \"%s\" ( -- %s\n", reg->name, reg->label);
    write_columns(reg, sql);
    buffer_add(sql, "\n) STRICT;\n");
    write_indexes(reg, sql);
}

void schema_write(struct buffer *sql)
{
    buffer_add(sql, fixed_tables);
    for (size_t i = 0; i < register_count; i++)
        schema_write_reg(registers[i], sql);
}

bool schema_create(sqlite3 *db, struct error *err)
{
    struct buffer sql = {0};
    buffer_addf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", STORE_APPLICATION_ID,
                STORE_SCHEMA_STEP);
    schema_write(&sql);
    bool ok = sql_exec(db, sql.text, err);
    buffer_release(&sql);
    return ok;
}

/* All names in the file, a line each: tables, indexes, and columns as "table.column". One query,
 * for this is done at every start. */
static bool read_names(sqlite3 *db, struct buffer *names, struct error *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    bool ok = sql_prepare(db,
                          "SELECT name FROM sqlite_schema UNION ALL SELECT t.name || '.' || c.name"
                          " FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
                          " WHERE t.type = 'table'",
                          &stmt, err);
    buffer_add_char(names, '\n');
    while (ok && (ok = sql_step(stmt, &row, err)) && row)
        buffer_addf(names, "%s\n", sql_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return ok;
}

/* `column` is NULL when `name` itself is asked for. */
static bool is_there(const struct buffer *names, const char *name, const char *column)
{
    struct buffer line = {0};
    buffer_addf(&line, "\n%s%s%s\n", name, column ? "." : "", column ? column : "");
    bool found = strstr(names->text, line.text) != NULL;
    buffer_release(&line);
    return found;
}

static void find_new_columns(const struct buffer *names, const struct reg *reg, struct buffer *sql)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (field_is_stored(field) && !is_there(names, reg->name, field->name))
            buffer_addf(sql, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s;\n", reg->name, field->name,
                        storage[field->type]);
    }
}

/* Index statements are one line each: "CREATE INDEX "name" ON …;". */
static void find_new_indexes(const struct buffer *names, const struct reg *reg, struct buffer *sql)
{
    struct buffer all = {0};
    write_indexes(reg, &all);
    for (char *line = all.text; *line;) {
        char *end = strchr(line, '\n');
        char name[512];
        *end = '\0';
        if (sscanf(line, "CREATE INDEX \"%511[^\"]\"", name) == 1 && !is_there(names, name, NULL))
            buffer_addf(sql, "%s\n", line);
        line = end + 1;
    }
    buffer_release(&all);
}

static bool find_additions(sqlite3 *db, struct buffer *sql, struct error *err)
{
    struct buffer names = {0};
    bool ok = read_names(db, &names, err);
    for (size_t i = 0; ok && i < register_count; i++) {
        if (is_there(&names, registers[i]->name, NULL)) {
            find_new_columns(&names, registers[i], sql);
            find_new_indexes(&names, registers[i], sql);
        } else {
            schema_write_reg(registers[i], sql);
        }
    }
    buffer_release(&names);
    return ok;
}

bool schema_migrate(sqlite3 *db, bool dry, bool *changed, struct error *err)
{
    struct buffer sql = {0};
    bool ok = find_additions(db, &sql, err);
    *changed = sql.length > 0;
    if (ok && *changed && !dry)
        ok = sql_exec(db, sql.text, err);
    buffer_release(&sql);
    return ok;
}

const struct schema_step schema_steps[] = {
    {.version = 2, .sql = CHECK_TABLES},
    {.version = 3, .sql = EXCHANGE_TABLES},
    {.version = 4, .sql = TAUGHT_TABLE},
    {.version = 0},
};

bool schema_apply_steps(sqlite3 *db, const struct schema_step *steps, int version,
                        struct error *err)
{
    int64_t present;
    if (!sql_number(db, "PRAGMA user_version", NULL, NULL, &present, err))
        return false;
    for (; steps->version; steps++)
        if (steps->version > present && !sql_exec(db, steps->sql, err))
            return false;
    struct buffer sql = {0};
    buffer_addf(&sql, "PRAGMA user_version = %d", version);
    bool ok = sql_exec(db, sql.text, err);
    buffer_release(&sql);
    return ok;
}

static void add_condition(struct condition condition, struct buffer *out)
{
    if (condition.field)
        buffer_addf(out, " %s=%s", condition.field, condition.values);
    else
        buffer_add(out, " =");
}

void schema_fingerprint(char out[STORE_FINGERPRINT_SIZE])
{
    struct buffer facts = {0};
    for (size_t i = 0; i < register_count; i++) {
        for (struct field_walk walk = {.reg = registers[i]}; reg_walk(&walk);) {
            buffer_addf(&facts, "%s.%s %d", registers[i]->name, walk.field->name,
                        (walk.field->flags & (FIELD_REQUIRED | FIELD_KEY)) != 0);
            add_condition(walk.field->required_when, &facts);
            add_condition(walk.field->shown_when, &facts);
            buffer_add_char(&facts, '\n');
        }
    }
    for (size_t i = 0; i < rule_count; i++)
        buffer_addf(&facts, "%s %s\n", rules[i]->id, rules[i]->label);
    snprintf(out, STORE_FINGERPRINT_SIZE, "%08x", (unsigned)text_hash(0, buffer_text(&facts)));
    buffer_release(&facts);
}

bool schema_keep_fingerprint(sqlite3 *db, struct error *err)
{
    char fields[STORE_FINGERPRINT_SIZE];
    struct buffer sql = {0};
    schema_fingerprint(fields);
    buffer_addf(&sql, "INSERT OR REPLACE INTO setting (name, value) VALUES ('fields', '%s')",
                fields);
    bool ok = sql_exec(db, sql.text, err);
    buffer_release(&sql);
    return ok;
}
