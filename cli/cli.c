#include "cli/cli.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/attachment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static bool set_format(struct cli *cli, const char *name, struct error *err)
{
    static const char *const names[] = {
        [FORMAT_TABLE] = "table", [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            cli->format = (enum format)i;
            return true;
        }
    }
    return error_set(err, ERROR_USAGE, "没有“%s”这种格式，--format 可用 table、csv、json", name);
}

static const struct option *find_option(const struct option *options, const char *name)
{
    for (; options && options->name; options++)
        if (strcmp(options->name, name) == 0)
            return options;
    return NULL;
}

/* Handles the option at argv[*at] and moves *at to its last word. */
static bool read_option(struct cli *cli, int argc, char **argv, int *at,
                        const struct option *options, struct error *err)
{
    const char *name = argv[*at];
    const struct option *option = find_option(options, name);
    if (option && option->flag) {
        *option->flag = true;
        return true;
    }
    bool common = strcmp(name, "--db") == 0 || strcmp(name, "--format") == 0;
    if (!option && !common)
        return error_set(err, ERROR_USAGE, "没有“%s”这个选项，请用 taizhang help 查看用法", name);
    if (++*at >= argc)
        return error_set(err, ERROR_USAGE, "选项“%s”后面缺少内容", name);
    if (option && option->list)
        buffer_addf(option->list, "%s%s", option->list->length ? "," : "", argv[*at]);
    else if (option)
        *option->value = argv[*at];
    else if (strcmp(name, "--db") == 0)
        cli->db = argv[*at];
    else
        return set_format(cli, argv[*at], err);
    return true;
}

const struct command *cli_find_part(const struct command *command, int argc, char **argv)
{
    for (size_t i = 0; argc > 0 && command->parts && command->parts[i]; i++)
        if (strcmp(argv[0], command->parts[i]->name) == 0)
            return command->parts[i];
    return NULL;
}

bool cli_parse(struct cli *cli, int argc, char **argv, const struct option *options, size_t least,
               size_t most, struct error *err)
{
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0 && !only_arguments) {
            only_arguments = true;
        } else if (argv[i][0] == '-' && argv[i][1] && !only_arguments) {
            if (!read_option(cli, argc, argv, &i, options, err))
                return false;
        } else if (cli->argument_count == CLI_MAX_ARGUMENTS) {
            return error_set(err, ERROR_USAGE, "参数太多");
        } else {
            cli->arguments[cli->argument_count++] = argv[i];
        }
    }
    if (cli->argument_count < least)
        return error_set(err, ERROR_USAGE, "缺少参数，请用 taizhang help 查看用法");
    if (cli->argument_count > most)
        return error_set(err, ERROR_USAGE, "多余的参数“%s”，请用 taizhang help 查看用法",
                         cli->arguments[most]);
    return true;
}

/* Another command is mostly done within moments; a desk that is open stays, and then says who it
 * is. */
bool cli_open(struct cli *cli, enum store_mode mode, struct error *err)
{
    enum { TRIES = 30 };
    static const struct timespec pause = {.tv_nsec = 100000000};
    for (int i = 0; i < TRIES; i++) {
        struct error problem = {0};
        if (store_open(&cli->store, cli->db, mode, &problem))
            return true;
        *err = problem;
        if (problem.code != ERROR_BUSY)
            break;
        nanosleep(&pause, NULL);
    }
    return false;
}

bool cli_find_reg(const char *name, const struct reg **reg, struct error *err)
{
    *reg = reg_find(name);
    if (*reg)
        return true;
    struct buffer names = {0};
    for (size_t i = 0; i < register_count; i++)
        buffer_addf(&names, "%s%s（%s）", i ? "、" : "", registers[i]->name, registers[i]->label);
    error_set(err, ERROR_USAGE, "没有名为“%s”的清单，现有：%s", name, names.text);
    buffer_release(&names);
    return false;
}

bool cli_set_field(struct cli *cli, struct record *record, const char *argument, struct error *err)
{
    const char *equals = strchr(argument, '=');
    if (!equals)
        return error_set(err, ERROR_USAGE, "“%s”应写成 字段=值", argument);
    char *name = mem_text_part(argument, (size_t)(equals - argument));
    int index = reg_field_index(record->reg, name);
    const struct field *field = index < 0 ? NULL : reg_field(record->reg, (size_t)index);
    bool ok;
    if (!field)
        ok = error_set(err, ERROR_USAGE,
                       "%s没有名为“%s”的字段，可用 taizhang schema %s 查看全部字段",
                       record->reg->label, name, record->reg->name);
    else if (field->flags & FIELD_AUTO)
        ok = error_set(err, ERROR_REFUSED, "%s由程序给出，不能改", field->label);
    else if (!field_is_stored(field))
        ok = error_set(err, ERROR_REFUSED, "%s来自引用的记录，请到那里去改", field->label);
    else
        ok = attachment_set_text(cli->store, record, (size_t)index, equals + 1, err);
    free(name);
    return ok;
}

bool cli_set_fields(struct cli *cli, struct record *record, size_t first, struct error *err)
{
    for (size_t i = first; i < cli->argument_count; i++)
        if (!cli_set_field(cli, record, cli->arguments[i], err))
            return false;
    return true;
}

bool cli_make_folder(const char *path, struct error *err)
{
    if (text_is_empty(path))
        return error_set(err, ERROR_USAGE, "数据文件的名称是空的，请写明 --db 文件");
    char *copy = mem_text(path);
    bool ok = true;
    for (char *slash = strchr(copy + 1, '/'); ok && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        ok = mkdir(copy, 0700) == 0 || errno == EEXIST || errno == EISDIR;
        if (!ok)
            error_set(err, ERROR_IO, "不能建立文件夹“%s”：%s", copy, strerror(errno));
        *slash = '/';
    }
    free(copy);
    return ok;
}
