/* calc: sums and deadlines for which nothing need be stored. */
#include "cli/calc.h"
#include "core/registers.h"
#include "core/text.h"

#include <string.h>

static const struct command *const calculations[] = {
    &calc_deadline, &calc_thallium_balance, &calc_trace, &calc_quota, &calc_targets,
    &calc_soil,     &calc_exceedance,       &calc_grade, NULL};

bool calc_open(struct cli *cli, struct error *err)
{
    struct error problem = {0};
    if (cli_open(cli, STORE_READ, &problem) || problem.code == ERROR_MISSING)
        return true;
    *err = problem;
    return false;
}

bool calc_read_period(const char *text, struct period *period, struct error *err)
{
    struct buffer clean = {0};
    bool ok = text && text_clean(text, false, &clean) && period_parse(buffer_text(&clean), period);
    buffer_release(&clean);
    return ok || error_set(err, ERROR_USAGE,
                           "请用 --period 写明核算期，如 2025、2025H1、2025Q3 或 2025-07");
}

bool calc_find_enterprise(struct cli *cli, const char *text, char id[RECORD_ID_SIZE],
                          struct buffer *name, struct error *err)
{
    struct record record;
    if (!text)
        return error_set(err, ERROR_USAGE,
                         "请用 --enterprise 写明是哪家企业：档案编号、统一社会信用代码或全名");
    bool ok = store_find(cli->store, &reg_enterprise, text, &record, err);
    if (ok) {
        memcpy(id, record.id, RECORD_ID_SIZE);
        record_name(&record, store_lookup(cli->store), name);
    }
    record_release(&record);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const struct command *part = cli_find_part(&command_calc, argc, argv);
    struct buffer names = {0};
    if (part)
        return part->run(cli, argc - 1, argv + 1, status, err);
    for (size_t i = 0; calculations[i]; i++)
        buffer_addf(&names, "%s%s", i ? "、" : "", calculations[i]->name);
    error_set(err, ERROR_USAGE, "请写明算什么（%s），用 taizhang help 查看用法", names.text);
    buffer_release(&names);
    return false;
}

const struct command command_calc = {
    .name = "calc",
    .parts = calculations,
    .help = "不改动数据的测算",
    .run = run,
};
