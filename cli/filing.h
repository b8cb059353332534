/* filing.h - what the commands about filings share: cli/filing.c makes and checks, filing_list.c
 * lists and compares. */
#ifndef TAIZHANG_CLI_FILING_H
#define TAIZHANG_CLI_FILING_H

#include "cli/cli.h"

/* Each runs one part of the command; argv begins behind its name. */
bool filing_run_list(struct cli *cli, int argc, char **argv, enum status *status,
                     struct error *err);
bool filing_run_compare(struct cli *cli, int argc, char **argv, enum status *status,
                        struct error *err);
bool filing_run_changes(struct cli *cli, int argc, char **argv, enum status *status,
                        struct error *err);

#endif
