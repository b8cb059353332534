/* The tables of the file. Every register has one; its columns are the register's fields. New fields
 * and registers are found by comparison and added; what cannot be expressed so is a numbered step.
 */
#include "core/text.h"
#include "db/internal.h"

#include <stdio.h>
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
    ") STRICT, WITHOUT ROWID;\n";

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
        buffer_addf(sql, "CREATE INDEX \"%s_identity_", name);
        write_joined(reg->identity[i], "_", sql);
        buffer_addf(sql, "\" ON \"%s\" (\"", name);
        write_joined(reg->identity[i], "\", \"", sql);
        buffer_add(sql, "\");\n");
    }
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (field->type == TYPE_REF && field_is_stored(field))
            buffer_addf(sql, "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\");\n", name, field->name,
                        name, field->name);
    }
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
        char name[160];
        *end = '\0';
        if (sscanf(line, "CREATE INDEX \"%159[^\"]\"", name) == 1 && !is_there(names, name, NULL))
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

/* The first version is what schema_create makes. */
const struct schema_step schema_steps[] = {{.version = 0}};

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

void schema_fingerprint(char out[STORE_FINGERPRINT_SIZE])
{
    struct buffer facts = {0};
    for (size_t i = 0; i < register_count; i++)
        for (struct field_walk walk = {.reg = registers[i]}; reg_walk(&walk);)
            buffer_addf(&facts, "%s.%s %d %s=%s\n", registers[i]->name, walk.field->name,
                        (walk.field->flags & (FIELD_REQUIRED | FIELD_KEY)) != 0,
                        walk.field->required_when.field ? walk.field->required_when.field : "",
                        walk.field->required_when.field ? walk.field->required_when.values : "");
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
