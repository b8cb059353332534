#include "cli/cli.h"
#include "core/text.h"
#include "db/check.h"
#include "db/resource.h"
#include "tui/desk.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct command *const commands[] = {
    &command_init,   &command_demo,   &command_schema, &command_list,    &command_show,
    &command_case,   &command_add,    &command_set,    &command_delete,  &command_history,
    &command_undo,   &command_import, &command_words,  &command_export,  &command_check,
    &command_calc,   &command_backup, &command_pack,   &command_problem, &command_filing,
    &command_layout, &command_help,
};
const size_t command_count = COUNT_OF(commands);

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* TAIZHANG_DB, else taizhang/taizhang.db in the user's data directory. */
static void write_default_path(struct buffer *path)
{
    const char *chosen = getenv("TAIZHANG_DB");
    if (!text_is_empty(chosen)) {
        buffer_add(path, chosen);
        return;
    }
    resource_user_folder(path);
    buffer_add(path, "/taizhang.db");
}

static enum status status_of(enum error_code code)
{
    return code == ERROR_USAGE ? STATUS_USAGE : STATUS_FAILED;
}

/* Options before the command (--db FILE) belong to every command. */
static int command_position(int argc, char **argv)
{
    int at = 1;
    while (at + 1 < argc && (strcmp(argv[at], "--db") == 0 || strcmp(argv[at], "--format") == 0))
        at += 2;
    return at;
}

static bool run_command(struct cli *cli, int argc, char **argv, enum status *status,
                        struct error *err)
{
    int at = command_position(argc, argv);
    if (!cli_parse(cli, at - 1, argv + 1, NULL, 0, 0, err))
        return false;
    if (at >= argc)
        return desk_run(cli->db, err);
    const struct command *command = find_command(argv[at]);
    if (!command && (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0))
        command = &command_help;
    if (!command)
        return error_set(err, ERROR_USAGE, "没有“%s”这个命令，请用 taizhang help 查看全部命令",
                         argv[at]);
    return command->run(cli, argc - at - 1, argv + at + 1, status, err);
}

/* Verdicts and findings follow a change of the policy, as far as a moment allows; the rest waits
 * for the desk, and so does what fails here: the command itself is done. */
static void follow_up(struct store *store)
{
    enum { MOMENT_MS = 500 };
    bool more;
    if (store && check_policy_changed(store))
        check_catch_up(store, MOMENT_MS, &more, NULL);
}

static void tell(const struct error *err)
{
    struct buffer sentence = {0};
    buffer_add(&sentence, err->message);
    buffer_add(&sentence, err->wants_reason ? "（--why 原因）" : "");
    output_sentence(stderr, buffer_text(&sentence));
    buffer_release(&sentence);
}

int main(int argc, char **argv)
{
    struct buffer path = {0};
    struct error err = {0};
    enum status status = STATUS_DONE;
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error with a sentence */
    write_default_path(&path);
    struct cli cli = {.program = argv[0], .db = path.text};
    struct buffer rest = {0}; /* what printf has left in its buffer must have gone out as well */
    if (!run_command(&cli, argc, argv, &status, &err) || !output_write(&rest, &err)) {
        tell(&err);
        status = status_of(err.code);
    } else {
        follow_up(cli.store);
    }
    store_close(&cli.store);
    buffer_release(&path);
    return (int)status;
}
