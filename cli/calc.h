/* calc.h - the calculations of `taizhang calc`, one file each; their table stands in cli/calc.c. */
#ifndef TAIZHANG_CLI_CALC_H
#define TAIZHANG_CLI_CALC_H

#include "cli/cli.h"
#include "core/period.h"

extern const struct command calc_soil, calc_exceedance;
extern const struct command calc_deadline;
extern const struct command calc_grade;
extern const struct command calc_thallium_balance;
extern const struct command calc_trace;
extern const struct command calc_quota;
extern const struct command calc_targets;

/* Opens the data file to look into, where there is one; without it cli->store stays NULL, and what
 * comes with the program serves. */
bool calc_open(struct cli *cli, struct error *err);

/* The period that was typed behind --period; ERROR_USAGE when there is none (NULL). */
bool calc_read_period(const char *text, struct period *period, struct error *err);

/* Finds the enterprise that was typed behind --enterprise; appends its name. */
bool calc_find_enterprise(struct cli *cli, const char *text, char id[RECORD_ID_SIZE],
                          struct buffer *name, struct error *err);

#endif
