/* calc: sums and deadlines for which nothing need be stored. */
#include "cli/calc.h"

#include <string.h>

static const struct command *const calculations[] = {&calc_deadline, NULL};

bool calc_open(struct cli *cli, struct error *err)
{
    struct error problem = {0};
    if (cli_open(cli, STORE_READ, &problem) || problem.code == ERROR_MISSING)
        return true;
    *err = problem;
    return false;
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
