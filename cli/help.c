/* help: the commands, and the manual page. Both come from the tables: commands from cli/main.c,
 * keys from the actions of the screens. */
#include "cli/cli.h"
#include "core/text.h"
#include "tui/desk.h"

#include <stdint.h>
#include <string.h>

enum { USAGE_WIDTH = 62 };

typedef void write_command(const struct command *command, const char *usage, struct buffer *out);

/* Writes each command with its words, "taizhang calc deadline --from DATE …", and then its parts.
 */
static void write_commands(const char *above, const struct command *const *list, size_t count,
                           write_command *write, struct buffer *out)
{
    for (size_t i = 0; i < count && list[i]; i++) {
        struct buffer words = {0};
        buffer_addf(&words, "%s %s", above, list[i]->name);
        struct buffer usage = {0};
        buffer_addf(&usage, "%s %s", words.text, list[i]->usage ? list[i]->usage : "");
        if (list[i]->usage)
            write(list[i], usage.text, out);
        if (list[i]->parts)
            write_commands(words.text, list[i]->parts, SIZE_MAX, write, out);
        buffer_release(&usage);
        buffer_release(&words);
    }
}

static void write_usage_line(const struct command *command, const char *usage, struct buffer *out)
{
    struct buffer indented = {0};
    buffer_addf(&indented, "  %s", usage);
    /* What is too long for the column stands on a line of its own. */
    if (text_width(indented.text) > USAGE_WIDTH)
        buffer_addf(out, "%s\n%*s", indented.text, USAGE_WIDTH, "");
    else
        output_cell(indented.text, USAGE_WIDTH, out);
    buffer_addf(out, " %s\n", command->help);
    buffer_release(&indented);
}

static void write_usage(struct buffer *out)
{
    buffer_add(out, "台账：县级重金属与涉铊污染案卷管理\n\n用法：\n");
    output_cell("  taizhang", USAGE_WIDTH, out);
    buffer_add(out, " 打开工作台\n");
    write_commands("taizhang", commands, command_count, write_usage_line, out);
    buffer_add(out, "\n各命令都可加：\n"
                    "  --db FILE                     数据文件（缺省用环境变量 TAIZHANG_DB）\n"
                    "  --format table|csv|json       输出格式\n"
                    "\n退出状态：0 完成；1 完成，但有问题或拒绝的行；2 用法不对；3 未能完成\n");
}

/* One command and its parts. */
static bool write_usage_of(const char *name, struct buffer *out, struct error *err)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i]->name, name) == 0) {
            write_commands("taizhang", &commands[i], 1, write_usage_line, out);
            return true;
        }
    return error_set(err, ERROR_USAGE, "没有“%s”这个命令，用 taizhang help 查看全部命令", name);
}

/* A backslash or a leading point would be a request to the formatter. */
static void write_roff(const char *text, struct buffer *out)
{
    if (*text == '.' || *text == '\'')
        buffer_add(out, "\\&");
    for (const char *c = text; *c; c++) {
        if (*c == '\\')
            buffer_add(out, "\\e");
        else if (*c == '-')
            buffer_add(out, "\\-");
        else
            buffer_add_char(out, *c);
    }
    buffer_add_char(out, '\n');
}

static void write_item(const char *term, const char *text, struct buffer *out)
{
    buffer_add(out, ".TP\n");
    write_roff(term, out);
    write_roff(text, out);
}

static void write_keys(const char *name, const char *about, const struct action *action,
                       struct buffer *out)
{
    struct buffer key = {0};
    buffer_addf(out, ".SS %s\n", name);
    if (about)
        write_roff(about, out);
    for (; action->key != K_NONE; action++) {
        buffer_clear(&key);
        action_add_key(action, &key);
        write_item(key.text, action->help, out);
    }
    buffer_release(&key);
}

static void write_command_item(const struct command *command, const char *usage, struct buffer *out)
{
    write_item(usage, command->help, out);
}

static void write_manual(struct buffer *out)
{
    buffer_add(out, ".TH TAIZHANG 1\n.SH 名称\ntaizhang \\- 县级重金属与涉铊污染案卷管理\n"
                    ".SH 命令\n");
    write_commands("taizhang", commands, command_count, write_command_item, out);
    buffer_add(out, ".SH 选项\n");
    write_item("--db FILE", "数据文件；缺省用环境变量 TAIZHANG_DB，再缺省在用户的数据目录。", out);
    write_item("--format table|csv|json", "输出格式；json 的键是固定的英文名。", out);
    buffer_add(out, ".SH 按键\n");
    for (size_t i = 0; desk_screen(i); i++)
        write_keys(desk_screen(i)->name, desk_screen(i)->about, desk_screen(i)->actions, out);
    write_keys("每一屏", NULL, app_common_actions(), out);
    buffer_add(out, ".SH 退出状态\n");
    write_item("0", "完成。", out);
    write_item("1", "完成，但有问题或拒绝的行。", out);
    write_item("2", "用法不对。", out);
    write_item("3", "未能完成，原因写在标准错误输出中。", out);
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    bool manual = false;
    const struct option options[] = {{.name = "--man", .flag = &manual}, {.name = NULL}};
    if (!cli_parse(cli, argc, argv, options, 0, 1, err))
        return false;
    struct buffer out = {0};
    bool ok = true;
    if (manual)
        write_manual(&out);
    else if (cli->argument_count)
        ok = write_usage_of(cli->arguments[0], &out, err);
    else
        write_usage(&out);
    ok = ok && output_write(&out, err);
    buffer_release(&out);
    return ok;
}

const struct command command_help = {
    .name = "help",
    .usage = "[命令] [--man]",
    .help = "显示全部用法，或一个命令的用法；--man 输出手册页",
    .run = run,
};
