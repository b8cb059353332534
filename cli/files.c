/* init, backup: the data file as a whole. */
#include "cli/cli.h"
#include "core/text.h"
#include "db/pack.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool keep_settings(struct store *store, const char *pack, const char *region,
                          const char *operator_name, struct error *err)
{
    struct buffer code = {0};
    const struct lookup *lookup = store_lookup(store);
    bool ok = lookup->find(lookup->context, "region", region, &code, err) &&
              store_set_setting(store, "region", code.text, err) &&
              store_set_setting(store, "pack", pack, err) &&
              store_set_setting(store, "operator", operator_name, err);
    buffer_release(&code);
    return ok;
}

bool cli_create(struct cli *cli, const char *pack, const char *region, const char *operator_name,
                struct error *err)
{
    struct buffer label = {0};
    bool ok = pack_label(pack, &label, err) && cli_make_folder(cli->db, err) &&
              store_create(cli->db, err);
    buffer_release(&label);
    if (!ok)
        return false;
    if (cli_open(cli, STORE_WRITE, err) &&
        keep_settings(cli->store, pack, region, operator_name, err))
        return true;
    store_close(&cli->store);
    unlink(cli->db);
    return false;
}

static bool run_init(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const char *pack = NULL, *region = NULL, *operator_name = NULL;
    const struct option options[] = {
        {.name = "--pack", .value = &pack},
        {.name = "--region", .value = &region},
        {.name = "--operator", .value = &operator_name},
        {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err))
        return false;
    if (text_is_empty(pack) || text_is_empty(region) || text_is_empty(operator_name))
        return error_set(err, ERROR_USAGE,
                         "请写明政策包、县区和操作人，例如："
                         "taizhang init --pack yunnan-2022 --region 530326 --operator 张三");
    if (!cli_create(cli, pack, region, operator_name, err))
        return false;
    printf("已建立数据文件 %s\n", cli->db);
    return true;
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
    printf("已备份到 %s\n", target);
    return true;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "-o FILE",
    .help = "检查数据文件并备份成一个完整的副本",
    .run = run_backup,
};
