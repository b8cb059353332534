/* init, backup: the data file as a whole. */
#include "cli/cli.h"
#include "core/text.h"
#include "db/attachment.h"

#include <string.h>

bool cli_create(struct cli *cli, const struct store_bureau *bureau, struct error *err)
{
    return cli_make_folder(cli->db, err) && store_create(cli->db, bureau, err) &&
           cli_open(cli, STORE_WRITE, err);
}

static bool create(struct cli *cli, struct store_bureau *bureau, struct buffer *packs,
                   struct error *err)
{
    bureau->pack = buffer_text(packs);
    /* Commas alone name no pack either. */
    if (bureau->pack[strspn(bureau->pack, ",")] == '\0' || text_is_empty(bureau->region) ||
        text_is_empty(bureau->operator_name))
        return error_set(err, ERROR_USAGE,
                         "请写明政策包、县区和操作人，例如："
                         "taizhang init --pack yunnan-2022 --region 530326 --operator 张三");
    return cli_create(cli, bureau, err) && output_line(err, "已建立数据文件 %s", cli->db);
}

static bool run_init(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct store_bureau bureau = {.pack = NULL};
    struct buffer packs = {0};
    const struct option options[] = {
        {.name = "--pack", .list = &packs},
        {.name = "--region", .value = &bureau.region},
        {.name = "--operator", .value = &bureau.operator_name},
        {.name = NULL},
    };
    bool ok = cli_parse(cli, argc, argv, options, 0, 0, err) && create(cli, &bureau, &packs, err);
    buffer_release(&packs);
    return ok;
}

const struct command command_init = {
    .name = "init",
    .usage = "--pack P[,P2] --region R --operator NAME",
    .help = "建立新的数据文件",
    .run = run_init,
};

/* The copy is one file; what lies beside the data file has to be taken along by hand. */
static void write_attachments(const struct store *store, const char *target, struct buffer *out)
{
    size_t count = attachment_count(store);
    if (count == 0)
        return;
    buffer_addf(out, "；附件 %zu 个在 ", count);
    attachment_folder(store, out);
    buffer_addf(out, " 文件夹，请一并复制，放在备份旁边，改名为 %s.files", target);
}

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
    struct buffer attachments = {0};
    write_attachments(cli->store, target, &attachments);
    bool ok = output_line(err, "已备份到 %s%s", target, buffer_text(&attachments));
    buffer_release(&attachments);
    return ok;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "-o FILE",
    .help = "检查数据文件并备份成一个完整的副本",
    .run = run_backup,
};
