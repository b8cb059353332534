#include "cli/cli.h"

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    if (!cli_parse(cli, argc, argv, NULL, 0, 1, err))
        return false;
    struct buffer out = {0};
    buffer_add(&out, "台账：县级重金属与涉铊污染案卷管理\n\n用法：\n");
    output_cell("  taizhang", 54, &out);
    buffer_add(&out, "打开工作台\n");
    struct buffer usage = {0};
    for (size_t i = 0; i < command_count; i++) {
        buffer_clear(&usage);
        buffer_addf(&usage, "  taizhang %s %s", commands[i]->name, commands[i]->usage);
        output_cell(usage.text, 53, &out);
        buffer_addf(&out, " %s\n", commands[i]->help);
    }
    buffer_release(&usage);
    buffer_add(&out, "\n各命令都可加：\n"
                     "  --db FILE                     数据文件（缺省用环境变量 TAIZHANG_DB）\n"
                     "  --format table|csv|json       输出格式\n"
                     "\n退出状态：0 完成；1 完成，但有问题或拒绝的行；2 用法不对；3 未能完成\n");
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

const struct command command_help = {
    .name = "help",
    .usage = "",
    .help = "显示用法",
    .run = run,
};
