/* list, show, add, set, delete, history, undo: records on the command line. */
#include "cli/cli.h"
#include "core/text.h"
#include "db/history.h"
#include "db/query.h"

#include <stdio.h>
#include <string.h>

/* ---- list ---- */

/* The columns of the list's screen, and the number by which other commands find a record. */
static bool is_column(const struct field *field)
{
    return (field->flags & FIELD_LIST) || strcmp(field->name, "case_no") == 0;
}

static void write_heading(const struct reg *reg, struct buffer *out)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (!is_column(field))
            continue;
        int width = field->width ? field->width : type_of(field->type)->width;
        int label = text_width(field->label);
        output_cell(field->label, width > label ? width : label, out);
        buffer_add(out, "  ");
    }
    buffer_add_char(out, '\n');
}

static void write_line(const struct record *record, const struct lookup *lookup, struct buffer *out)
{
    struct buffer text = {0};
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        if (!is_column(field))
            continue;
        const struct type *type = type_of(field->type);
        int width = field->width ? field->width : type->width;
        int label = text_width(field->label);
        width = width > label ? width : label;
        buffer_clear(&text);
        type_display(field, &record->values[walk.index], lookup, &text);
        output_cell(buffer_text(&text), type->align_right ? -width : width, out);
        buffer_add(out, "  ");
    }
    buffer_add_char(out, '\n');
    buffer_release(&text);
}

static void write_csv_line(const struct record *record, const struct lookup *lookup,
                           struct buffer *out)
{
    struct buffer text = {0};
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        buffer_clear(&text);
        type_display(walk.field, &record->values[walk.index], lookup, &text);
        if (walk.index)
            buffer_add_char(out, ',');
        csv_add_cell(out, buffer_text(&text));
    }
    buffer_add(out, "\r\n");
    buffer_release(&text);
}

/* With its group, so that the list can be imported again. */
static void write_csv_label(const struct field *field, struct buffer *out)
{
    struct buffer label = {0};
    if (field->group)
        buffer_addf(&label, "%s/", field->group);
    buffer_add(&label, field->label);
    csv_add_cell(out, label.text);
    buffer_release(&label);
}

static void write_csv_heading(const struct reg *reg, struct buffer *out)
{
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        if (walk.index)
            buffer_add_char(out, ',');
        write_csv_label(walk.field, out);
    }
    buffer_add(out, "\r\n");
}

enum { FLUSH_BYTES = 1 << 20 };

static bool write_list(struct cli *cli, const struct query *query, struct error *err)
{
    struct cursor *cursor;
    if (!cursor_open(&cursor, cli->store, query, err))
        return false;
    struct buffer out = {0};
    const struct record *record = NULL;
    const struct lookup *lookup = store_lookup(cli->store);
    size_t count = 0;
    if (cli->format == FORMAT_JSON)
        buffer_add_char(&out, '[');
    else if (cli->format == FORMAT_CSV)
        write_csv_heading(query->reg, &out);
    else
        write_heading(query->reg, &out);
    bool ok;
    while ((ok = cursor_next(cursor, &record, err)) && record) {
        if (cli->format == FORMAT_JSON) {
            buffer_add(&out, count ? ",\n" : "");
            output_record_json(record, &out);
        } else if (cli->format == FORMAT_CSV) {
            write_csv_line(record, lookup, &out);
        } else {
            write_line(record, lookup, &out);
        }
        count++;
        if (out.length > FLUSH_BYTES && !(ok = output_write(&out, err)))
            break;
    }
    if (cli->format == FORMAT_JSON)
        buffer_add(&out, "]\n");
    else if (cli->format == FORMAT_TABLE)
        buffer_addf(&out, "共 %zu %s\n", count, query->reg->counter);
    ok = ok && output_write(&out, err);
    buffer_release(&out);
    cursor_close(&cursor);
    return ok;
}

static bool run_list(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct query query = {.reg = NULL};
    const struct option options[] = {
        {.name = "--where", .value = &query.where},
        {.name = "--sort", .value = &query.order},
        {.name = "--descending", .flag = &query.descending},
        {.name = "--incomplete", .flag = &query.incomplete},
        {.name = NULL},
    };
    return cli_parse(cli, argc, argv, options, 1, 1, err) &&
           cli_find_reg(cli->arguments[0], &query.reg, err) && cli_open(cli, STORE_READ, err) &&
           write_list(cli, &query, err);
}

const struct command command_list = {
    .name = "list",
    .usage = "REGISTER [--where EXPR]",
    .help = "列出记录；条件如 'status=在产 base_total_kg>100 name~锌'",
    .run = run_list,
};

/* ---- show ---- */

static void write_section(const struct record *record, size_t section, const struct lookup *lookup,
                          struct buffer *out)
{
    const struct reg *reg = record->reg;
    size_t start = reg_section_start(reg, section);
    struct buffer text = {0};
    buffer_addf(out, "%s\n", reg->sections[section].label);
    for (size_t i = 0; i < reg->sections[section].count; i++) {
        const struct field *field = &reg->sections[section].fields[i];
        const struct value *value = &record->values[start + i];
        if (value_is_null(value) && !record_requires(record, field))
            continue;
        buffer_clear(&text);
        field_add_title(field, &text);
        buffer_add(out, "  ");
        output_cell(text.text, 30, out);
        buffer_add_char(out, ' ');
        if (value_is_null(value))
            buffer_add(out, "（待补）");
        else
            type_display(field, value, lookup, out);
        if (!value_is_null(value) && field->unit)
            buffer_addf(out, " %s", field->unit);
        buffer_add_char(out, '\n');
    }
    buffer_release(&text);
}

static void write_findings(const struct record *record, const struct findings *findings,
                           const struct acceptances *acceptances, struct buffer *out)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        const struct acceptance *accepted = acceptance_of(acceptances, record, finding);
        if (strcmp(finding->rule, "V01") == 0)
            continue;
        buffer_addf(out, "%s %s %s", severity_name(finding->severity), finding->rule,
                    finding->message);
        if (accepted)
            buffer_addf(out, "（已接受：%s）", accepted->reason);
        buffer_add_char(out, '\n');
    }
}

static bool write_record(struct cli *cli, const struct record *record, struct error *err)
{
    struct buffer out = {0};
    struct findings findings = {0};
    struct acceptances acceptances;
    struct check_context context = store_check_context(cli->store);
    record_check(record, &context, &findings);
    bool ok = acceptances_read(cli->store, record->reg, record->id, &acceptances, err);
    if (cli->format == FORMAT_JSON) {
        output_record_json(record, &out);
        out.length--; /* the findings go inside the object */
        buffer_add(&out, ",\"findings\":");
        output_findings_json(record, &findings, &acceptances, &out);
        buffer_add(&out, "}\n");
    } else {
        buffer_addf(&out, "%s  编号 %s%s\n", record->reg->label, record->id,
                    record->deleted ? "（已删除）" : "");
        for (size_t i = 0; i < record->reg->section_count; i++)
            write_section(record, i, store_lookup(cli->store), &out);
        write_findings(record, &findings, &acceptances, &out);
    }
    ok = ok && output_write(&out, err);
    acceptances_release(&acceptances);
    findings_release(&findings);
    buffer_release(&out);
    return ok;
}

static bool run_show(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const struct reg *reg;
    if (!cli_parse(cli, argc, argv, NULL, 2, 2, err) ||
        !cli_find_reg(cli->arguments[0], &reg, err) || !cli_open(cli, STORE_READ, err))
        return false;
    struct record record;
    bool ok = store_find(cli->store, reg, cli->arguments[1], &record, err) &&
              write_record(cli, &record, err);
    record_release(&record);
    return ok;
}

const struct command command_show = {
    .name = "show",
    .usage = "REGISTER ID",
    .help = "显示一条记录，编号、代码或唯一的名称均可",
    .run = run_show,
};

/* ---- add, set ---- */

static bool require_editable(const struct reg *reg, struct error *err)
{
    return !(reg->flags & REG_REFERENCE) ||
           error_set(err, ERROR_REFUSED, "%s是随程序提供的基础数据，不能在这里改", reg->label);
}

static bool save(struct cli *cli, struct record *record, const char *why, struct error *err)
{
    enum store_change change;
    return store_save(cli->store, record, why, &change, err);
}

static bool run_add(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const struct reg *reg;
    if (!cli_parse(cli, argc, argv, NULL, 1, CLI_MAX_ARGUMENTS, err) ||
        !cli_find_reg(cli->arguments[0], &reg, err) || !require_editable(reg, err) ||
        !cli_open(cli, STORE_WRITE, err))
        return false;
    struct record record;
    record_init(&record, reg);
    record_set_initial(&record, store_lookup(cli->store), NULL);
    bool ok = cli_set_fields(cli, &record, 1, err) && save(cli, &record, NULL, err);
    ok = ok && output_line(err, cli->format == FORMAT_JSON ? "{\"id\":\"%s\"}" : "%s", record.id);
    record_release(&record);
    return ok;
}

const struct command command_add = {
    .name = "add",
    .usage = "REGISTER 字段=值 …",
    .help = "新建一条记录，输出它的编号",
    .run = run_add,
};

static bool run_set(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const struct reg *reg;
    const char *why = NULL;
    const struct option options[] = {{.name = "--why", .value = &why}, {.name = NULL}};
    if (!cli_parse(cli, argc, argv, options, 3, CLI_MAX_ARGUMENTS, err) ||
        !cli_find_reg(cli->arguments[0], &reg, err) || !require_editable(reg, err) ||
        !cli_open(cli, STORE_WRITE, err))
        return false;
    struct record record;
    bool ok = store_find(cli->store, reg, cli->arguments[1], &record, err) &&
              cli_set_fields(cli, &record, 2, err) && save(cli, &record, why, err);
    record_release(&record);
    return ok;
}

const struct command command_set = {
    .name = "set",
    .usage = "REGISTER ID 字段=值 … [--why 原因]",
    .help = "修改一条记录；“字段=”清空该字段",
    .run = run_set,
};

/* ---- delete ---- */

static bool remove_record(struct cli *cli, const struct record *record, const char *why,
                          struct error *err)
{
    if (!store_begin(cli->store, "delete", NULL, err))
        return false;
    if (store_explain(cli->store, why, err) &&
        store_remove(cli->store, record->reg, record->id, err) && store_commit(cli->store, err))
        return true;
    store_rollback(cli->store);
    return false;
}

static bool run_delete(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    (void)status;
    const struct reg *reg;
    const char *why = NULL;
    const struct option options[] = {{.name = "--why", .value = &why}, {.name = NULL}};
    if (!cli_parse(cli, argc, argv, options, 2, 2, err) ||
        !cli_find_reg(cli->arguments[0], &reg, err) || !require_editable(reg, err) ||
        !cli_open(cli, STORE_WRITE, err))
        return false;
    struct record record;
    bool ok = store_find(cli->store, reg, cli->arguments[1], &record, err) &&
              remove_record(cli, &record, why, err);
    record_release(&record);
    return ok;
}

const struct command command_delete = {
    .name = "delete",
    .usage = "REGISTER ID [--why 原因]",
    .help = "删除一条记录（可撤销，历史保留）",
    .run = run_delete,
};

/* ---- history, undo ---- */

struct history_output {
    enum format format;
    const struct reg *reg;
    size_t count;
    struct buffer *out;
};

static void write_operation_json(const struct operation *op, struct buffer *out)
{
    const char action[] = {op->action, '\0'};
    const struct {
        const char *name, *value;
    } parts[] = {
        {"batch", op->batch}, {"kind", op->kind},   {"register", op->reg ? op->reg->name : ""},
        {"action", action},   {"field", op->field}, {"old", op->before},
        {"new", op->after},   {"at", op->at},       {"who", op->who},
        {"why", op->why}};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        buffer_addf(out, "%s\"%s\":", i ? "," : "{", parts[i].name);
        buffer_add_json(out, parts[i].value);
    }
    buffer_add_char(out, '}');
}

static void write_field_change(const struct reg *reg, const struct operation *op,
                               struct buffer *out)
{
    const struct field *field = reg ? reg_field_find(reg, op->field) : NULL;
    if (field)
        field_add_title(field, out);
    else
        buffer_add(out, op->field);
    buffer_addf(out, "：%s → %s", *op->before ? op->before : "（空）",
                *op->after ? op->after : "（空）");
}

static void write_operation(void *context, const struct operation *op)
{
    struct history_output *history = context;
    if (history->format == FORMAT_JSON) {
        buffer_add(history->out, history->count ? ",\n" : "");
        write_operation_json(op, history->out);
    } else {
        buffer_addf(history->out, "%.10s %.8s  %s  ", op->at, op->at + 11,
                    *op->who ? op->who : "未署名");
        if (op->reg != history->reg && op->reg)
            buffer_addf(history->out, "%s：", op->reg->label);
        if (op->action == 'U')
            write_field_change(op->reg, op, history->out);
        else
            buffer_add(history->out, op->action == 'C'   ? "新建"
                                     : op->action == 'D' ? "删除"
                                                         : "恢复");
        if (*op->why)
            buffer_addf(history->out, "（%s）", op->why);
        buffer_add_char(history->out, '\n');
    }
    history->count++;
}

static bool run_history(struct cli *cli, int argc, char **argv, enum status *status,
                        struct error *err)
{
    (void)status;
    const struct reg *reg;
    if (!cli_parse(cli, argc, argv, NULL, 2, 2, err) ||
        !cli_find_reg(cli->arguments[0], &reg, err) || !cli_open(cli, STORE_READ, err))
        return false;
    struct buffer out = {0};
    struct record record;
    struct history_output history = {.format = cli->format, .reg = reg, .out = &out};
    /* By id also when it is deleted: its history is what one wants to see then. */
    bool ok = store_find(cli->store, reg, cli->arguments[1], &record, err);
    if (!ok && err->code == ERROR_MISSING) {
        record_release(&record);
        ok = store_get(cli->store, reg, cli->arguments[1], &record, err);
    }
    buffer_add(&out, cli->format == FORMAT_JSON ? "[" : "");
    ok = ok &&
         history_each_with_acceptances(cli->store, reg, record.id, write_operation, &history, err);
    buffer_add(&out, cli->format == FORMAT_JSON ? "]\n" : "");
    ok = ok && output_write(&out, err);
    record_release(&record);
    buffer_release(&out);
    return ok;
}

const struct command command_history = {
    .name = "history",
    .usage = "REGISTER ID",
    .help = "一条记录的全部改动：何时、何人、从什么改成什么",
    .run = run_history,
};

static bool run_undo(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    if (!cli_parse(cli, argc, argv, NULL, 0, 0, err) || !cli_open(cli, STORE_WRITE, err))
        return false;
    struct buffer summary = {0};
    bool ok = store_undo(cli->store, &summary, err);
    buffer_add_char(&summary, '\n');
    ok = ok && output_write(&summary, err);
    buffer_release(&summary);
    return ok;
}

const struct command command_undo = {
    .name = "undo",
    .usage = "",
    .help = "撤销最近一次改动，一次导入也算一次",
    .run = run_undo,
};
