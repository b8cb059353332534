/* pack: the policy packs that there are, and loading one into the file. */
#include "cli/cli.h"
#include "db/pack.h"
#include "db/query.h"

#include <string.h>

/* Whether the pack's campaign is in the file; without a file none is. */
static bool is_loaded(struct cli *cli, const char *name)
{
    struct buffer where = {0};
    int64_t count = 0;
    buffer_addf(&where, "code=%s", name);
    const struct query query = {.reg = reg_find("campaign"), .where = where.text};
    bool loaded = cli->store && query_count(cli->store, &query, &count, NULL) && count > 0;
    buffer_release(&where);
    return loaded;
}

static void write_pack(struct cli *cli, const char *name, bool first, struct buffer *out)
{
    struct buffer label = {0};
    bool loaded = is_loaded(cli, name);
    /* A folder that somebody has broken is listed, so that it can be found and mended. */
    if (!pack_label(name, &label, NULL))
        buffer_add(&label, "（不能读取）");
    if (cli->format == FORMAT_JSON) {
        buffer_addf(out, "%s{\"name\":", first ? "" : ",\n");
        buffer_add_json(out, name);
        buffer_add(out, ",\"label\":");
        buffer_add_json(out, label.text);
        buffer_addf(out, ",\"loaded\":%s}", loaded ? "true" : "false");
    } else {
        output_cell(name, 24, out);
        buffer_addf(out, "%s  %s\n", loaded ? "已装入" : "未装入", label.text);
    }
    buffer_release(&label);
}

/* Lists also where there is no file yet: then a pack is what one looks for. */
static bool list(struct cli *cli, struct error *err)
{
    struct buffer names = {0}, out = {0};
    struct error problem = {0};
    if (!cli_open(cli, STORE_READ, &problem) && problem.code != ERROR_MISSING)
        return error_set(err, problem.code, "%s", problem.message);
    pack_names(&names);
    bool json = cli->format == FORMAT_JSON, first = true;
    buffer_add(&out, json ? "[" : "");
    char *rest = names.text;
    for (char *name; rest && (name = strtok_r(rest, "\n", &rest)) != NULL; first = false)
        write_pack(cli, name, first, &out);
    buffer_add(&out, json ? "]\n" : "");
    bool ok = output_write(&out, err);
    buffer_release(&names);
    buffer_release(&out);
    return ok;
}

static bool load(struct cli *cli, const char *name, struct error *err)
{
    struct pack_result result;
    if (!cli_open(cli, STORE_WRITE, err) || !pack_load(cli->store, name, &result, err))
        return false;
    if (cli->format == FORMAT_JSON)
        return output_line(err,
                           "{\"read\":%zu,\"new\":%zu,\"changed\":%zu,\"same\":%zu,\"kept\":%zu}",
                           result.read, result.added, result.changed, result.same, result.kept);
    return output_line(err, "已装入 %s：读 %zu 行，新增 %zu，更新 %zu，相同 %zu，保留本局改动 %zu",
                       name, result.read, result.added, result.changed, result.same, result.kept);
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    if (!cli_parse(cli, argc, argv, NULL, 0, 2, err))
        return false;
    if (cli->argument_count == 0)
        return list(cli, err);
    if (cli->argument_count == 2 && strcmp(cli->arguments[0], "load") == 0)
        return load(cli, cli->arguments[1], err);
    return error_set(err, ERROR_USAGE,
                     "请写 taizhang pack 查看政策包，或 taizhang pack load 政策包 装入一个");
}

const struct command command_pack = {
    .name = "pack",
    .usage = "[load NAME|base]",
    .help = "查看政策包，或把一个政策包（base 为基础数据）装入数据文件",
    .run = run,
};
