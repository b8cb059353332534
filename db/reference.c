/* Reference registers come with the program as data/REGISTER.csv, whose heading names the fields.
 * The table is replaced as a whole; there is no history, for nobody edits it. */
#include "core/csv.h"
#include "db/internal.h"
#include "db/resource.h"

struct loader {
    sqlite3 *db;
    const struct reg *reg;
    sqlite3_stmt *insert;
    int fields[CSV_MAX_CELLS]; /* field index of each column */
    size_t columns;
    int code; /* field index of the code, which is the id */
};

static bool read_heading(struct loader *loader, struct csv *csv, struct error *err)
{
    if (!csv_next(csv))
        return error_set(err, ERROR_FORMAT, "基础数据 %s.csv 是空文件，请重新安装程序",
                         loader->reg->name);
    bool has_code = false;
    loader->columns = csv->count;
    for (size_t i = 0; i < csv->count; i++) {
        loader->fields[i] = reg_field_index(loader->reg, csv_cell(csv, i));
        if (loader->fields[i] < 0)
            return error_set(err, ERROR_FORMAT, "基础数据 %s.csv 的列“%s”无法识别，请重新安装程序",
                             loader->reg->name, csv_cell(csv, i));
        has_code = has_code || loader->fields[i] == loader->code;
    }
    return has_code ||
           error_set(err, ERROR_FORMAT, "基础数据 %s.csv 缺少“%s”一列，请补上", loader->reg->name,
                     reg_field(loader->reg, (size_t)loader->code)->name);
}

static bool prepare_insert(struct loader *loader, struct error *err)
{
    struct buffer sql = {0};
    buffer_addf(&sql, "INSERT INTO \"%s\" (id, version, deleted, missing, created_at, updated_at",
                loader->reg->name);
    for (struct field_walk walk = {.reg = loader->reg}; reg_walk(&walk);)
        buffer_addf(&sql, ", \"%s\"", walk.field->name);
    buffer_add(&sql, ") VALUES (?, 1, 0, 0, '', ''");
    for (struct field_walk walk = {.reg = loader->reg}; reg_walk(&walk);)
        buffer_add(&sql, ", ?");
    buffer_add(&sql, ")");
    bool ok = sql_prepare(loader->db, sql.text, &loader->insert, err);
    buffer_release(&sql);
    return ok;
}

/* The code is the id; the table tells when it stands there already. */
static bool insert(struct loader *loader, struct record *record, struct error *err)
{
    const struct value *id = &record->values[loader->code];
    if (value_is_null(id))
        return error_set(err, ERROR_FORMAT, "没有代码，请补上或删去这一行");
    record_derive(record, NULL);
    sql_bind_value(loader->insert, 1, id);
    for (struct field_walk walk = {.reg = loader->reg}; reg_walk(&walk);)
        sql_bind_value(loader->insert, (int)walk.index + 2, &record->values[walk.index]);
    if (sql_run(loader->insert, err))
        return true;
    int code = sqlite3_extended_errcode(loader->db);
    bool twice = code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE;
    return twice ? error_set(err, ERROR_FORMAT, "代码“%s”与前面的一行重复，请删去一行", id->text)
                 : false;
}

static bool load_row(struct loader *loader, const struct csv *csv, struct error *err)
{
    struct record record;
    record_init(&record, loader->reg);
    bool ok = csv_check(csv, err);
    if (ok && csv->count > loader->columns)
        ok = error_set(err, ERROR_FORMAT, "有 %zu 格，比列名多，内容中的逗号要用引号括起来",
                       csv->count);
    for (size_t i = 0; ok && i < csv->count; i++)
        ok = record_set_text(&record, (size_t)loader->fields[i], csv_cell(csv, i), NULL, err);
    ok = ok && insert(loader, &record, err);
    if (!ok)
        error_prefix(err, "基础数据 %s.csv 第 %zu 行", loader->reg->name, csv->line);
    record_release(&record);
    return ok;
}

static bool load_rows(struct loader *loader, char *text, struct error *err)
{
    struct csv csv;
    csv_init(&csv, text);
    if (!read_heading(loader, &csv, err) || !prepare_insert(loader, err))
        return false;
    bool ok = true;
    while (ok && csv_next(&csv))
        ok = load_row(loader, &csv, err);
    return ok;
}

static bool load_reg(sqlite3 *db, const struct reg *reg, struct error *err)
{
    struct loader loader = {.db = db, .reg = reg, .code = reg_field_index(reg, "code")};
    struct buffer name = {0}, text = {0}, sql = {0};
    buffer_addf(&name, "%s.csv", reg->name);
    buffer_addf(&sql, "DELETE FROM \"%s\"", reg->name);
    bool ok = resource_read(name.text, &text, err) && sql_exec(db, sql.text, err) &&
              load_rows(&loader, text.text, err);
    sqlite3_finalize(loader.insert);
    buffer_release(&name);
    buffer_release(&text);
    buffer_release(&sql);
    return ok;
}

bool reference_load(sqlite3 *db, struct error *err)
{
    for (size_t i = 0; i < register_count; i++)
        if ((registers[i]->flags & REG_REFERENCE) && !load_reg(db, registers[i], err))
            return false;
    return true;
}
