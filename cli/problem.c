/* problem: the moves of a case, as its register declares them (core/life.h). A change that the
 * command line makes passes the same gate as any other; here a refusal also lists what is missing.
 */
#include "cli/cli.h"
#include "cli/json.h"
#include "db/moves.h"

#include <string.h>

/* The register whose cases the command moves: any with a life would do. */
#define CASES "problem"
#define NEXT  "next"

static void write_missing_json(const struct findings *missing, struct buffer *out)
{
    buffer_add(out, "\"missing\":[");
    for (size_t i = 0; i < missing->count; i++) {
        const struct finding *finding = &missing->items[i];
        buffer_addf(out, "%s{\"field\":", i ? "," : "");
        buffer_add_json(out, finding->field ? finding->field : "");
        buffer_add(out, ",\"message\":");
        buffer_add_json(out, finding->message);
        buffer_add(out, ",\"basis\":");
        buffer_add_json(out, finding->basis ? finding->basis : "");
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

/* ---- a move ---- */

struct moving {
    const struct life_move *move;
    struct record before, record;
    struct record successor; /* without register: there is none */
    struct findings missing;
};

static void moving_release(struct moving *moving)
{
    record_release(&moving->before);
    record_release(&moving->record);
    record_release(&moving->successor);
    findings_release(&moving->missing);
}

static bool names(const char *argument, const char *field)
{
    size_t length = strcspn(argument, "=");
    return strlen(field) == length && strncmp(field, argument, length) == 0;
}

static bool names_any(const char *argument, const char *const fields[LIFE_MOST_FIELDS])
{
    for (size_t i = 0; i < LIFE_MOST_FIELDS && fields[i]; i++)
        if (names(argument, fields[i]))
            return true;
    return false;
}

/* Where a new case begins, what the move does not ask for is about that one. */
static bool is_about(const struct life_move *move, const char *argument, bool successor)
{
    bool is_for_new = (move->flags & LIFE_NEW) && !names_any(argument, move->asks);
    return is_for_new == successor;
}

static bool check_argument(const struct moving *moving, const char *argument, struct error *err)
{
    if (names(argument, moving->record.reg->life->state))
        return error_set(err, ERROR_USAGE, "办完这一步状态就变，不用写“%s”", argument);
    return !names_any(argument, moving->move->clears) ||
           error_set(err, ERROR_USAGE, "“%s”以后要重新填写，不能在这一步写“%s”",
                     moving->move->label, argument);
}

static bool set_fields(struct cli *cli, struct moving *moving, struct error *err)
{
    for (size_t i = 1; i < cli->argument_count; i++)
        if (!check_argument(moving, cli->arguments[i], err) ||
            (is_about(moving->move, cli->arguments[i], false) &&
             !cli_set_field(cli, &moving->record, cli->arguments[i], err)))
            return false;
    if (!(moving->move->flags & LIFE_NEW))
        return true;
    life_begin_successor(&moving->record, &moving->successor);
    for (size_t i = 1; i < cli->argument_count; i++)
        if (is_about(moving->move, cli->arguments[i], true) &&
            !cli_set_field(cli, &moving->successor, cli->arguments[i], err))
            return false;
    return true;
}

/* Also of a refused move, so that a program learns what to bring. */
static void write_outcome_json(const struct moving *moving, bool done, const struct error *err,
                               struct buffer *out)
{
    const char *state = moving->record.reg->life->state;
    const struct record *now = done ? &moving->record : &moving->before;
    buffer_add_char(out, '{');
    json_text("id", moving->before.id, out);
    json_text("case_no", record_text(&moving->before, "case_no"), out);
    json_text("move", moving->move->name, out);
    json_text("label", moving->move->label, out);
    json_flag("done", done, out);
    json_text("state", record_text(now, state), out);
    json_text("former_state", record_text(&moving->before, state), out);
    buffer_add_char(out, ',');
    write_missing_json(&moving->missing, out);
    json_text("message", done ? NULL : err->message, out);
    json_text("successor", done && moving->successor.reg ? moving->successor.id : NULL, out);
    buffer_add(out, "}\n");
}

static void write_outcome(const struct moving *moving, struct buffer *out)
{
    const char *state = moving->record.reg->life->state;
    const char *from = record_text(&moving->before, state);
    const char *to = record_text(&moving->record, state);
    buffer_addf(out, "%s 已%s", record_text(&moving->record, "case_no"), moving->move->label);
    if (strcmp(from, to) != 0)
        buffer_addf(out, "：%s → %s", from, to);
    buffer_add_char(out, '\n');
    if (moving->successor.reg)
        buffer_addf(out, "新问题 %s 编号 %s\n", record_text(&moving->successor, "case_no"),
                    moving->successor.id);
}

static bool tell(struct cli *cli, const struct moving *moving, bool done, struct error *err)
{
    struct buffer out = {0};
    struct error problem = {0};
    if (cli->format == FORMAT_JSON)
        write_outcome_json(moving, done, err, &out);
    else if (done)
        write_outcome(moving, &out);
    bool told = output_write(&out, &problem);
    buffer_release(&out);
    if (done && !told)
        *err = problem;
    return done && told;
}

static bool run_move(struct cli *cli, const struct reg *reg, const char *name, int argc,
                     char **argv, struct error *err)
{
    const char *why = NULL;
    const struct option options[] = {{.name = "--why", .value = &why}, {.name = NULL}};
    struct moving moving = {.move = NULL};
    if (!cli_parse(cli, argc, argv, options, 1, CLI_MAX_ARGUMENTS, err) ||
        !cli_open(cli, STORE_WRITE, err))
        return false;
    bool ok = store_find(cli->store, reg, cli->arguments[0], &moving.before, err) &&
              (moving.move = life_move_find(&moving.before, name, err)) != NULL;
    if (ok) {
        record_copy(&moving.record, &moving.before);
        ok = set_fields(cli, &moving, err);
    }
    if (ok) {
        struct record *successor = moving.successor.reg ? &moving.successor : NULL;
        bool done = moves_do_filled(cli->store, moving.move, &moving.record, successor, why, err);
        if (!done)
            moves_add_refusals(cli->store, moving.move, &moving.before, &moving.record,
                               &moving.missing);
        ok = tell(cli, &moving, done, err);
    }
    moving_release(&moving);
    return ok;
}

/* ---- what comes next ---- */

static void write_next_json(const struct record *record, const struct life_move *move,
                            const struct findings *missing, struct buffer *out)
{
    buffer_add_char(out, '{');
    json_text("name", move->name, out);
    json_text("label", move->label, out);
    json_text("target", life_target(move, record), out);
    buffer_addf(out, ",\"bulk\":%s,\"asks\":[", move->flags & LIFE_BULK ? "true" : "false");
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++) {
        buffer_add(out, i ? "," : "");
        buffer_add_json(out, move->asks[i]);
    }
    buffer_add(out, "],");
    write_missing_json(missing, out);
    json_text("basis", move->basis, out);
    buffer_add_char(out, '}');
}

static void write_next(const struct record *record, const struct life_move *move,
                       const struct findings *missing, struct buffer *out)
{
    buffer_addf(out, "%s  %s", move->name, move->label);
    const char *target = life_target(move, record);
    if (strcmp(target, life_stand(record)) != 0 && strcmp(target, move->label) != 0)
        buffer_addf(out, " → %s", target);
    buffer_addf(out, "：%s\n", move->help);
    for (size_t i = 0; i < missing->count; i++)
        buffer_addf(out, "    %s\n", missing->items[i].message);
}

static void write_moves(struct cli *cli, const struct record *record, struct buffer *out)
{
    const struct life_move *move;
    bool json = cli->format == FORMAT_JSON;
    for (size_t n = 0; (move = life_move_at(record, n)) != NULL; n++) {
        struct findings missing = {0};
        moves_add_refusals(cli->store, move, record, record, &missing);
        buffer_add(out, json && n ? ",\n" : "");
        (json ? write_next_json : write_next)(record, move, &missing, out);
        findings_release(&missing);
    }
}

static bool run_next(struct cli *cli, const struct reg *reg, int argc, char **argv,
                     struct error *err)
{
    struct record record;
    struct buffer out = {0};
    if (!cli_parse(cli, argc, argv, NULL, 1, 1, err) || !cli_open(cli, STORE_READ, err))
        return false;
    bool ok = store_find(cli->store, reg, cli->arguments[0], &record, err);
    if (ok && cli->format == FORMAT_JSON) {
        buffer_add_char(&out, '{');
        json_text("id", record.id, &out);
        json_text("state", record_text(&record, reg->life->state), &out);
        buffer_add(&out, ",\"moves\":[");
        write_moves(cli, &record, &out);
        buffer_add(&out, "]}\n");
    } else if (ok) {
        buffer_addf(&out, "%s 现在是“%s”\n", record_text(&record, "case_no"),
                    record_text(&record, reg->life->state));
        write_moves(cli, &record, &out);
    }
    ok = ok && output_write(&out, err);
    buffer_release(&out);
    record_release(&record);
    return ok;
}

/* ---- the command ---- */

static bool is_move(const struct life *life, const char *name)
{
    for (const struct life_move *move = life->moves; move->name; move++)
        if (strcmp(move->name, name) == 0)
            return true;
    return false;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    const struct reg *reg = reg_find(CASES);
    const char *name = argc > 0 ? argv[0] : "";
    (void)status;
    if (strcmp(name, NEXT) == 0)
        return run_next(cli, reg, argc - 1, argv + 1, err);
    if (is_move(reg->life, name))
        return run_move(cli, reg, name, argc - 1, argv + 1, err);
    struct buffer names = {0};
    for (size_t i = 0; command_problem.parts[i]; i++)
        buffer_addf(&names, "%s%s", i ? "、" : "", command_problem.parts[i]->name);
    error_set(err, ERROR_USAGE, "请写明办什么（%s），用 taizhang help 查看用法", names.text);
    buffer_release(&names);
    return false;
}

#define PART(NAME, USAGE, HELP)                                                                    \
    &(const struct command)                                                                        \
    {                                                                                              \
        .name = NAME, .usage = USAGE, .help = HELP                                                 \
    }

static const struct command *const parts[] = {
    PART(NEXT, "ID", "现在能办哪些事，每件还缺什么"),
    PART("advance", "ID 字段=值 …", "办下一步；佐证不齐的说明缺什么、依据是什么"),
    PART("return", "ID returned_on=… return_reason=…", "退回整改，佐证要重做"),
    PART("extend", "ID due_on=… extension_approval=… extension_approved_on=…",
         "延期，要有新的批准"),
    PART("suspend", "ID suspended_on=… suspended_until_on=… suspend_reason=… suspend_approval=…",
         "经批准暂停办理"),
    PART("resume", "ID", "恢复办理"),
    PART("reopen", "ID 新问题的字段=值 …", "反弹重开，另立一条新问题，输出它的编号"),
    NULL,
};

const struct command command_problem = {
    .name = "problem",
    .parts = parts,
    .help = "办理整改台账里的一个问题",
    .run = run,
};
