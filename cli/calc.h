/* calc.h - the calculations of `taizhang calc`, one file each; their table stands in cli/calc.c. */
#ifndef TAIZHANG_CLI_CALC_H
#define TAIZHANG_CLI_CALC_H

#include "cli/cli.h"

extern const struct command calc_deadline;

/* Opens the data file to look into, where there is one; without it cli->store stays NULL, and what
 * comes with the program serves. */
bool calc_open(struct cli *cli, struct error *err);

#endif
