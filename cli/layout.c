/* layout: how filing workbooks look, and learning it from a blank form. */
#include "cli/cli.h"
#include "cli/pairs.h"
#include "core/text.h"
#include "db/resource.h"
#include "exports/layout.h"
#include "exports/learn.h"
#include "exports/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- list ---- */

static void write_layout(struct cli *cli, const char *file, bool first, struct buffer *out)
{
    struct buffer name = {0}, path = {0};
    struct layout layout;
    struct error problem = {0};
    buffer_addf(&name, "layouts/%s", file);
    resource_path(name.text, &path, NULL);
    bool good = layout_read(&layout, name.text, &problem);
    const char *report = layout.report.name ? layout.report.name : "";
    const char *label = layout.report.label ? layout.report.label : "";
    if (cli->format == FORMAT_JSON) {
        buffer_addf(out, "%s{\"name\":", first ? "" : ",\n");
        buffer_add_json(out, report);
        buffer_add(out, ",\"label\":");
        buffer_add_json(out, label);
        buffer_add(out, ",\"file\":");
        buffer_add_json(out, buffer_text(&path));
        buffer_addf(out, ",\"sheets\":%zu,\"fault\":", layout.sheet_count);
        buffer_add_json(out, problem.message);
        buffer_add_char(out, '}');
    } else {
        output_cell(*report ? report : "（随报表）", 24, out);
        buffer_addf(out, " %s%s%s\n", label, *label ? "　" : "", buffer_text(&path));
        if (!good)
            buffer_addf(out, "  ! %s\n", problem.message);
    }
    layout_release(&layout);
    buffer_release(&name);
    buffer_release(&path);
}

static bool run_list(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct buffer files = {0}, out = {0};
    if (!cli_parse(cli, argc, argv, NULL, 0, 0, err))
        return false;
    bool json = cli->format == FORMAT_JSON, first = true;
    resource_entries("layouts", &files);
    buffer_add(&out, json ? "[" : "");
    char *rest = files.text;
    for (char *name; rest && (name = strtok_r(rest, "\n", &rest)) != NULL;) {
        if (!text_ends_with(name, ".csv"))
            continue;
        write_layout(cli, name, first, &out);
        first = false;
    }
    buffer_add(&out, json ? "]\n" : "");
    bool ok = output_write(&out, err);
    buffer_release(&files);
    buffer_release(&out);
    return ok;
}

/* ---- check ---- */

static void write_sheets(const struct layout *layout, bool json, struct buffer *out)
{
    for (size_t i = 0; i < layout->sheet_count; i++) {
        const struct layout_sheet *sheet = &layout->sheets[i];
        const char *reg = sheet->listing.reg ? sheet->listing.reg->name : "";
        if (json) {
            buffer_addf(out, "%s{\"name\":", i ? "," : "");
            buffer_add_json(out, sheet->name);
            buffer_addf(out, ",\"register\":\"%s\",\"columns\":%zu}", reg,
                        sheet->listing.column_count);
        } else {
            buffer_addf(out, "  %s：%s，%zu 列\n", sheet->name, reg, sheet->listing.column_count);
        }
    }
}

static bool run_check(struct cli *cli, int argc, char **argv, enum status *status,
                      struct error *err)
{
    (void)status;
    struct buffer text = {0}, out = {0};
    struct layout layout = {0};
    if (!cli_parse(cli, argc, argv, NULL, 1, 1, err))
        return false;
    const char *path = cli->arguments[0];
    const char *slash = strrchr(path, '/');
    bool ok = resource_read_file(path, &text, err) &&
              layout_parse(&layout, slash ? slash + 1 : path, buffer_text(&text), err);
    if (ok) {
        bool json = cli->format == FORMAT_JSON;
        buffer_addf(&out, json ? "{\"sheets\":[" : "版式可以用，%zu 张表：\n", layout.sheet_count);
        write_sheets(&layout, json, &out);
        buffer_add(&out, json ? "]}\n" : "");
        ok = output_write(&out, err);
    }
    layout_release(&layout);
    buffer_release(&text);
    buffer_release(&out);
    return ok;
}

/* ---- learn ---- */

/* The name of the file without its ending, if a report may be called so, else the register's. */
static void propose_name(const char *path, const struct reg *reg, struct buffer *name)
{
    const char *slash = strrchr(path, '/'), *start = slash ? slash + 1 : path;
    const char *dot = strrchr(start, '.');
    size_t length = dot ? (size_t)(dot - start) : strlen(start);
    bool good = length > 0;
    for (size_t i = 0; i < length && good; i++) {
        good = isalnum((unsigned char)start[i]) || strchr("-_ ", start[i]);
        buffer_add_char(
            name, isalnum((unsigned char)start[i]) ? (char)tolower((unsigned char)start[i]) : '-');
    }
    if (good)
        return;
    buffer_clear(name);
    for (const char *c = reg->name; *c; c++)
        buffer_add_char(name, *c == '_' ? '-' : *c);
    buffer_add(name, "-form");
}

static void write_columns_json(const struct form *form, struct buffer *out)
{
    static const char *const matches[] = {[HEADING_UNKNOWN] = "unknown",
                                          [HEADING_IGNORED] = "serial",
                                          [HEADING_FIELD] = "field",
                                          [HEADING_NEAR] = "near"};
    buffer_add(out, "\"columns\":[");
    for (size_t i = 0; i < form->column_count; i++) {
        const struct form_column *column = &form->columns[i];
        buffer_add(out, i ? ",\n{\"heading\":" : "\n{\"heading\":");
        buffer_add_json(out, column->label);
        buffer_add(out, ",\"group\":");
        buffer_add_json(out, column->group);
        buffer_addf(out, ",\"width\":%d,\"match\":\"%s\",\"field\":\"%s\"}", column->width,
                    matches[column->match],
                    column->chosen  ? column->chosen
                    : column->field ? column->field->name
                                    : "");
    }
    buffer_add(out, "],\"missing\":[");
    const struct field *field;
    for (size_t i = 0; (field = learn_missing(form, i)); i++)
        buffer_addf(out, "%s\"%s\"", i ? "," : "", field->name);
    buffer_add_char(out, ']');
}

static void write_learnt_json(const struct form *form, const char *name, const char *path,
                              struct buffer *out)
{
    buffer_addf(out, "{\"name\":\"%s\",\"file\":", name);
    buffer_add_json(out, path);
    buffer_add(out, ",\"title\":");
    buffer_add_json(out, form->title ? form->title : "");
    buffer_add_char(out, ',');
    write_columns_json(form, out);
    buffer_add(out, "}\n");
}

static void write_learnt_text(const struct form *form, const char *name, const char *path,
                              bool is_report, struct buffer *out)
{
    size_t matched = 0, serial = 0;
    for (size_t i = 0; i < form->column_count; i++) {
        matched += form->columns[i].field || form->columns[i].chosen;
        serial += form->columns[i].match == HEADING_IGNORED;
    }
    buffer_addf(out, "学会了“%s”：%zu 列，对上字段 %zu 列，序号 %zu 列，空列 %zu 列\n",
                form->title ? form->title : form->sheet, form->column_count, matched, serial,
                form->column_count - matched - serial);
    learn_write_remarks(form, out);
    const struct field *field;
    for (size_t i = 0; (field = learn_missing(form, i)); i++) {
        buffer_add(out, i ? "、" : "表里没有这些必填的字段：");
        field_add_title(field, out);
    }
    buffer_add(out, learn_missing(form, 0) ? "\n" : "");
    if (form->column_count > matched + serial)
        buffer_addf(
            out, "空列要填上的，加 --map '表头=字段' 再学一次（字段用 taizhang schema %s 列出）\n",
            form->reg->name);
    buffer_addf(out, "版式写在 %s", path);
    if (is_report)
        buffer_addf(out, "，可以用 taizhang export %s -o 文件.xlsx 导出", name);
    buffer_add_char(out, '\n');
}

/* Where the layout goes when nobody says: the user's own folder, in which a report is found. */
static bool own_path(const char *name, bool replace, struct buffer *path, struct error *err)
{
    struct buffer shipped = {0}, known = {0};
    resource_user_folder(path);
    buffer_addf(path, "/layouts/%s.csv", name);
    /* One of the program's own is covered by that of the user. */
    buffer_addf(&shipped, "layouts/%s.csv", name);
    bool taken = resource_path(shipped.text, &known, NULL);
    buffer_release(&shipped);
    buffer_release(&known);
    if (taken && !replace)
        return error_set(err, ERROR_REFUSED,
                         "已有名为 %s 的版式，请用 --name 另起一个名称，或加 --replace 换掉它",
                         name);
    return cli_make_folder(path->text, err);
}

/* The column with that heading, whole or only its last line, or that letter. */
static bool find_column(const struct form *form, const char *name, size_t *column,
                        struct error *err)
{
    size_t letter;
    bool is_letter = pairs_read_letters(name, &letter);
    for (*column = 0; *column < form->column_count; ++*column)
        if (text_same(form->columns[*column].text, name))
            return true;
    for (*column = 0; *column < form->column_count; ++*column)
        if (text_same(form->columns[*column].label, name) ||
            (is_letter && form->columns[*column].at == letter))
            return true;
    return error_set(err, ERROR_USAGE, "空白表中没有“%s”这一列，--map 请写表头中的文字或列号，如 C",
                     name);
}

/* What a column may hold is more than fields: receptor.list, serial. */
static bool choose_column(void *context, const char *left, const char *right, struct error *err)
{
    struct form *form = context;
    size_t column, field;
    if (!find_column(form, left, &column, err))
        return false;
    if (*right && pairs_find_field(form->reg, right, &field, NULL))
        right = reg_field(form->reg, field)->name;
    return form_choose(form, column, right, err);
}

static bool learn(struct cli *cli, const struct form *form, const char *name, const char *target,
                  bool replace, struct error *err)
{
    struct buffer path = {0}, out = {0};
    const char *blank = cli->arguments[0], *slash = strrchr(blank, '/');
    bool ok = learn_check_name(name, err);
    if (target)
        buffer_add(&path, target);
    else
        ok = ok && own_path(name, replace, &path, err);
    ok = ok && learn_save(form, cli->store, name, slash ? slash + 1 : blank, path.text, err);
    if (ok && cli->format == FORMAT_JSON)
        write_learnt_json(form, name, path.text, &out);
    else if (ok)
        write_learnt_text(form, name, path.text, target == NULL, &out);
    ok = ok && output_write(&out, err);
    buffer_release(&path);
    buffer_release(&out);
    return ok;
}

static bool run_learn(struct cli *cli, int argc, char **argv, enum status *status,
                      struct error *err)
{
    (void)status;
    const char *reg_name = NULL, *name = NULL, *sheet = NULL, *target = NULL;
    bool replace = false;
    struct buffer map = {0};
    const struct reg *reg;
    const struct option options[] = {
        {.name = "--register", .value = &reg_name},
        {.name = "--name", .value = &name},
        {.name = "--sheet", .value = &sheet},
        {.name = "-o", .value = &target},
        {.name = "--replace", .flag = &replace},
        {.name = "--map", .list = &map},
        {.name = NULL},
    };
    struct form form = {.reg = NULL};
    struct buffer proposed = {0};
    bool ok = cli_parse(cli, argc, argv, options, 1, 1, err) &&
              (reg_name ||
               error_set(err, ERROR_USAGE,
                         "请用 --register 写明空白表填的是哪个清单，例如 --register enterprise")) &&
              cli_find_reg(reg_name, &reg, err) && cli_open(cli, STORE_READ, err);
    if (ok) {
        propose_name(cli->arguments[0], reg, &proposed);
        ok = form_read(&form, cli->arguments[0], sheet, reg, err) &&
             pairs_each(&map, choose_column, &form, err) &&
             learn(cli, &form, name ? name : proposed.text, target, replace, err);
    }
    form_release(&form);
    buffer_release(&proposed);
    buffer_release(&map);
    return ok;
}

/* ---- the command ---- */

static const struct command learn_part = {
    .name = "learn",
    .usage =
        "BLANK.xlsx --register R [--map '表头=字段'] [--name N] [--sheet S] [--replace] [-o FILE]",
    .help = "照一张空白表学会版式，以后 taizhang export N 导出的就是它的样子",
    .run = run_learn,
};
static const struct command list_part = {
    .name = "list",
    .usage = "",
    .help = "列出全部版式和它们的文件",
    .run = run_list,
};
static const struct command check_part = {
    .name = "check",
    .usage = "FILE",
    .help = "检查一个版式文件，改错了指出是哪一行",
    .run = run_check,
};
static const struct command *const parts[] = {&learn_part, &list_part, &check_part, NULL};

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const struct command *part = cli_find_part(&command_layout, argc, argv);
    if (part)
        return part->run(cli, argc - 1, argv + 1, status, err);
    return error_set(err, ERROR_USAGE,
                     "请写 taizhang layout learn、list 或 check，用 taizhang help 查看用法");
}

const struct command command_layout = {
    .name = "layout",
    .parts = parts,
    .help = "报送表的版式",
    .run = run,
};
