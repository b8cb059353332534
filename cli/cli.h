/* cli.h - what the subcommands share: the options that all of them take, the open file, output. */
#ifndef TAIZHANG_CLI_CLI_H
#define TAIZHANG_CLI_CLI_H

#include "core/buffer.h"
#include "core/csv.h"
#include "core/error.h"
#include "db/accept.h"
#include "db/store.h"

#include <stdio.h>

/* Exit statuses of the program. */
enum status {
    STATUS_DONE,     /* done */
    STATUS_FINDINGS, /* done, with findings or refused rows */
    STATUS_USAGE,    /* asked wrongly */
    STATUS_FAILED,   /* could not; the sentence says why */
};

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

enum { CLI_MAX_ARGUMENTS = 256 };

/* One option of a command: "--name VALUE" sets *value or, each time that it is given, adds to *list
 * with a comma; without them "--name" sets *flag. */
struct option {
    const char *name;
    const char **value;
    bool *flag;
    struct buffer *list;
};

struct cli {
    const char *program;
    const char *db; /* path of the data file; never NULL */
    enum format format;
    struct store *store;                      /* open after cli_open */
    const char *arguments[CLI_MAX_ARGUMENTS]; /* what is left of the command line: no options */
    size_t argument_count;
};

struct command {
    const char *name;
    const char
        *usage;       /* what follows the name on the command line; NULL: always one of its parts */
    const char *help; /* one sentence */
    const struct command *const *parts; /* commands below this one, ends with NULL; NULL: none */
    /* argv begins behind the command's name. Returns false with err set when it could not. */
    bool (*run)(struct cli *cli, int argc, char **argv, enum status *status, struct error *err);
};

extern const struct command *const commands[]; /* in the order of the help */
extern const size_t command_count;

extern const struct command command_init, command_demo, command_schema, command_list, command_show,
    command_case, command_add, command_set, command_delete, command_history, command_undo,
    command_import, command_words, command_export, command_check, command_calc, command_backup,
    command_pack, command_problem, command_filing, command_layout, command_help;

/* Splits what follows the command into options (by the table, which ends with a NULL name; --db and
 * --format are always known) and arguments. ERROR_USAGE for an unknown option or too few or too
 * many arguments. */
bool cli_parse(struct cli *cli, int argc, char **argv, const struct option *options, size_t least,
               size_t most, struct error *err);

/* The part of `command` that argv[0] names; NULL when there is none. */
const struct command *cli_find_part(const struct command *command, int argc, char **argv);

bool cli_open(struct cli *cli, enum store_mode mode, struct error *err);

/* Creates the data file at cli->db and opens it for writing. */
bool cli_create(struct cli *cli, const struct store_bureau *bureau, struct error *err);

/* The register called `name`; ERROR_USAGE lists the names when there is none. */
bool cli_find_reg(const char *name, const struct reg **reg, struct error *err);

/* Sets a field of a record from "field=value". The value of an attachment may be the path of a
 * file, which is kept. */
bool cli_set_field(struct cli *cli, struct record *record, const char *argument, struct error *err);

/* The same for the arguments from index `first` on. */
bool cli_set_fields(struct cli *cli, struct record *record, size_t first, struct error *err);

/* Makes the folder of `path` with its parents, mode 0700. */
bool cli_make_folder(const char *path, struct error *err);

/* ---- output ---- */

/* Appends "id":…, all fields and "missing" of a record as a JSON object. */
void output_record_json(const struct record *record, struct buffer *out);

/* Appends `text` padded with blanks to `width` columns (negative: to the right), cut when longer.
 */
void output_cell(const char *text, int width, struct buffer *out);

/* What programs read for a severity: "error", "warning", "hint". */
const char *output_severity(enum severity severity);

/* Appends the findings about a record as a JSON array, with the reason of those that are accepted.
 */
void output_findings_json(const struct record *record, const struct findings *findings,
                          const struct acceptances *acceptances, struct buffer *out);

/* Formats a line of output and writes it. */
bool output_line(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes a buffer to standard output, with '?' for what a terminal would obey; false when that is
 * not possible (a closed pipe, a full disk).
 */
bool output_write(struct buffer *text, struct error *err);

/* Writes a sentence and a line end. What could steer a terminal (control characters, broken UTF-8
 * in a name that the sentence quotes) becomes "?". */
void output_sentence(FILE *file, const char *sentence);

#endif
