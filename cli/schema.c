/* schema: the registers and their fields, as people and as programs read them. */
#include "cli/cli.h"

static void add_string(struct buffer *out, const char *name, const char *value)
{
    if (!value)
        return;
    buffer_addf(out, ",\"%s\":", name);
    buffer_add_json(out, value);
}

static void add_strings(struct buffer *out, const char *name, const char *const *values)
{
    if (!values)
        return;
    buffer_addf(out, ",\"%s\":[", name);
    for (size_t i = 0; values[i]; i++) {
        buffer_add(out, i ? "," : "");
        buffer_add_json(out, values[i]);
    }
    buffer_add_char(out, ']');
}

/* "status=停产|长期停产" */
static void add_condition(struct buffer *out, const char *name, struct condition condition)
{
    struct buffer text = {0};
    if (condition.field)
        buffer_addf(&text, "%s=%s", condition.field, condition.values);
    add_string(out, name, text.text);
    buffer_release(&text);
}

static void write_field_json(const struct field *field, struct buffer *out)
{
    buffer_add(out, "{\"name\":");
    buffer_add_json(out, field->name);
    add_string(out, "label", field->label);
    add_string(out, "type", type_of(field->type)->name);
    add_string(out, "group", field->group);
    add_string(out, "unit", field->unit);
    if (field->type == TYPE_DECIMAL)
        buffer_addf(out, ",\"scale\":%d", field->scale);
    buffer_addf(out, ",\"required\":%s,\"key\":%s", field_is_required(field) ? "true" : "false",
                field->flags & FIELD_KEY ? "true" : "false");
    add_condition(out, "required_when", field_required_when(field));
    add_condition(out, "shown_when", field->shown_when);
    add_strings(out, "choices", field->choices);
    add_string(out, "target", type_target(field));
    add_string(out, "via", field->via);
    add_string(out, "help", field->help);
    add_string(out, "example", field->example);
    add_string(out, "basis", field->basis);
    buffer_add_char(out, '}');
}

static void write_reg_json(const struct reg *reg, struct buffer *out)
{
    buffer_add(out, "{\"name\":");
    buffer_add_json(out, reg->name);
    add_string(out, "label", reg->label);
    add_string(out, "title", reg->title);
    add_string(out, "basis", reg->basis);
    add_string(out, "parent", reg->parent);
    buffer_add(out, ",\"fields\":[");
    for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);) {
        buffer_add(out, walk.index ? ",\n" : "\n");
        write_field_json(walk.field, out);
    }
    buffer_add(out, "]}");
}

static void write_reg_text(const struct reg *reg, struct buffer *out)
{
    buffer_addf(out, "%s  %s（%zu 个字段）\n", reg->name, reg->label, reg_field_count(reg));
    for (size_t i = 0; i < reg->section_count; i++) {
        buffer_addf(out, " %s\n", reg->sections[i].label);
        for (size_t j = 0; j < reg->sections[i].count; j++) {
            const struct field *field = &reg->sections[i].fields[j];
            buffer_add(out, field->flags & FIELD_KEY   ? "  ! "
                            : field_is_required(field) ? "  * "
                                                       : "    ");
            output_cell(field->name, 30, out);
            buffer_add_char(out, ' ');
            output_cell(type_of(field->type)->label, 17, out);
            buffer_add_char(out, ' ');
            field_add_title(field, out);
            if (field->unit)
                buffer_addf(out, "（%s）", field->unit);
            buffer_add_char(out, '\n');
        }
    }
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const struct reg *only = NULL;
    if (!cli_parse(cli, argc, argv, NULL, 0, 1, err) ||
        (cli->argument_count == 1 && !cli_find_reg(cli->arguments[0], &only, err)))
        return false;
    struct buffer out = {0};
    bool json = cli->format == FORMAT_JSON, first = true;
    buffer_add(&out, json && !only ? "[" : "");
    for (size_t i = 0; i < register_count; i++) {
        if (only && registers[i] != only)
            continue;
        if (json)
            buffer_add(&out, first ? "" : ",\n");
        first = false;
        if (json)
            write_reg_json(registers[i], &out);
        else
            write_reg_text(registers[i], &out);
    }
    buffer_add(&out, json ? (only ? "\n" : "]\n") : "! 必须先填  * 必填\n");
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

const struct command command_schema = {
    .name = "schema",
    .usage = "[REGISTER]",
    .help = "清单和字段：名称、类型、单位、依据",
    .run = run,
};
