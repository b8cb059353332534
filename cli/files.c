/* init, backup: the data file as a whole. */
#include "cli/cli.h"
#include "core/text.h"
#include "db/pack.h"


bool cli_create(struct cli *cli, const struct store_bureau *bureau, struct error *err)
{
    struct buffer label = {0};
    bool ok = pack_label(bureau->pack, &label, err) && cli_make_folder(cli->db, err) &&
              store_create(cli->db, bureau, err) && cli_open(cli, STORE_WRITE, err);
    buffer_release(&label);
    return ok;
}

static bool run_init(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct store_bureau bureau = {.pack = NULL};
    const struct option options[] = {
        {.name = "--pack", .value = &bureau.pack},
        {.name = "--region", .value = &bureau.region},
        {.name = "--operator", .value = &bureau.operator_name},
        {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err))
        return false;
    if (text_is_empty(bureau.pack) || text_is_empty(bureau.region) ||
        text_is_empty(bureau.operator_name))
        return error_set(err, ERROR_USAGE,
                         "请写明政策包、县区和操作人，例如："
                         "taizhang init --pack yunnan-2022 --region 530326 --operator 张三");
    if (!cli_create(cli, &bureau, err))
        return false;
    return output_line(err, "已建立数据文件 %s", cli->db);
}

const struct command command_init = {
    .name = "init",
    .usage = "--pack P --region R --operator NAME",
    .help = "建立新的数据文件",
    .run = run_init,
};

static bool run_backup(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    (void)status;
    const char *target = NULL;
    const struct option options[] = {{.name = "-o", .value = &target}, {.name = NULL}};
    if (!cli_parse(cli, argc, argv, options, 0, 1, err))
        return false;
    if (!target && cli->argument_count == 1)
        target = cli->arguments[0];
    if (!target)
        return error_set(err, ERROR_USAGE, "请写明备份文件，例如：taizhang backup -o 备份.db");
    if (!cli_open(cli, STORE_READ, err) || !store_verify(cli->store, err) ||
        !store_backup(cli->store, target, err))
        return false;
    return output_line(err, "已备份到 %s", target);
}

const struct command command_backup = {
    .name = "backup",
    .usage = "-o FILE",
    .help = "检查数据文件并备份成一个完整的副本",
    .run = run_backup,
};
