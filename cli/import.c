/* import: a list from elsewhere into a register. */
#include "cli/import.h"
#include "cli/cli.h"
#include "cli/pairs.h"
#include "cli/stopping.h"
#include "core/mem.h"
#include "core/text.h"
#include "exports/refused.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was asked for ---- */

struct request {
    const char *sheet, *refused, *doubles, *states, *reason, *keep, *fill;
    struct buffer map, rows, words;
    bool dry, verbose, skip_hidden;
};

/* Column of the heading with that text, or letter. */
static bool find_column(const struct import *import, const char *name, size_t *column,
                        struct error *err)
{
    const struct heading *heading = &import->heading;
    for (size_t i = 0; i < heading->column_count; i++) {
        if (!text_same(heading->columns[i].text, name))
            continue;
        *column = i;
        return true;
    }
    bool found = pairs_read_letters(name, column) && *column < heading->column_count;
    return found || error_set(err, ERROR_USAGE,
                              "表中没有“%s”这一列，--map 请写标题行中的文字或列号，如 C", name);
}

typedef bool apply_choice(struct cli *cli, struct import *import, const char *left,
                          const char *right, struct error *err);

static bool choose_column(struct cli *cli, struct import *import, const char *left,
                          const char *right, struct error *err)
{
    (void)cli;
    size_t column, field = 0;
    if (!find_column(import, left, &column, err) ||
        (*right && !pairs_find_field(import->reg, right, &field, err)))
        return false;
    import_choose_column(import, column, *right ? (int)field : -1);
    return true;
}

static bool choose_row(struct cli *cli, struct import *import, const char *left, const char *right,
                       struct error *err)
{
    char *end;
    unsigned long row = strtoul(left, &end, 10);
    struct record record;
    if (*end || row > UINT32_MAX || import_row_index(import, (uint32_t)row) < 0)
        return error_set(err, ERROR_USAGE,
                         "表中没有第“%s”行，--row 应写成 行号=skip、行号=new "
                         "或 行号=编号",
                         left);
    if (strcmp(right, "skip") == 0 || strcmp(right, "new") == 0) {
        import_choose_row(import, (uint32_t)row, *right == 's' ? IMPORT_LEAVE_OUT : IMPORT_AS_NEW,
                          NULL);
        return true;
    }
    bool ok = store_find(cli->store, import->reg, right, &record, err);
    if (ok)
        import_choose_row(import, (uint32_t)row, IMPORT_SAME_AS, record.id);
    record_release(&record);
    return ok;
}

/* What a person calls a record of the register that the field points to, or one of its choices. */
static bool find_meaning(struct cli *cli, const struct field *field, const char *text,
                         struct buffer *meaning, struct error *err)
{
    const struct lookup *lookup = store_lookup(cli->store);
    const char *target = type_target(field);
    if (target)
        return lookup->find(lookup->context, target, text, meaning, err);
    if (!field->choices)
        return error_set(err, ERROR_USAGE, "“%s”不是从名单中选的字段，不用 --word", field->label);
    struct value value = {.kind = VALUE_NULL};
    bool ok = type_parse(field, lookup, text, &value, err);
    if (ok)
        type_format(field, &value, meaning);
    value_release(&value);
    return ok;
}

static bool choose_word(struct cli *cli, struct import *import, const char *left, const char *right,
                        struct error *err)
{
    const char *colon = strchr(left, ':');
    if (!colon)
        return error_set(err, ERROR_USAGE, "“%s=%s”应写成 字段:词=代码或选项", left, right);
    char *name = mem_text_part(left, (size_t)(colon - left));
    struct buffer meaning = {0};
    size_t field;
    bool ok = pairs_find_field(import->reg, name, &field, err) &&
              find_meaning(cli, reg_field(import->reg, field), right, &meaning, err);
    if (ok)
        import_choose_word(import, field, colon + 1, buffer_text(&meaning));
    free(name);
    buffer_release(&meaning);
    return ok;
}

struct applying {
    struct cli *cli;
    struct import *import;
    apply_choice *apply;
};

static bool apply_pair(void *context, const char *left, const char *right, struct error *err)
{
    const struct applying *applying = context;
    return applying->apply(applying->cli, applying->import, left, right, err);
}

static bool apply_pairs(struct cli *cli, struct import *import, const struct buffer *list,
                        apply_choice *apply, struct error *err)
{
    struct applying applying = {cli, import, apply};
    return pairs_each(list, apply_pair, &applying, err);
}

static bool apply_side(struct import *import, const char *fields, enum import_side side,
                       struct error *err)
{
    bool ok = true;
    for (const char *at = fields ? fields : ""; ok && *at; at += strspn(at, ",")) {
        size_t length = strcspn(at, ","), field;
        char *name = mem_text_part(at, length);
        ok = pairs_find_field(import->reg, name, &field, err);
        if (ok)
            import_choose_field(import, field, side);
        free(name);
        at += length;
    }
    return ok;
}

static bool apply_doubles(struct import *import, const char *word, struct error *err)
{
    static const char *const words[] = {[IMPORT_DOUBLES_NEW] = "new",
                                        [IMPORT_DOUBLES_REFUSE] = "refuse",
                                        [IMPORT_DOUBLES_MERGE] = "merge"};
    for (size_t i = 0; word && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i]) != 0)
            continue;
        import_choose_doubles(import, (enum import_doubles_choice)i);
        return true;
    }
    return !word ||
           error_set(err, ERROR_USAGE,
                     "--doubles 应写 new（作为新增）、refuse（拒绝）或 merge（并入已有的）");
}

static bool apply_states(struct import *import, const char *word, struct error *err)
{
    if (word && strcmp(word, "listed") != 0 && strcmp(word, "proven") != 0)
        return error_set(err, ERROR_USAGE,
                         "--states 应写 listed（照表，缺材料的拒绝）或 proven（按材料登记）");
    if (word && *word == 'p')
        import_choose_states(import, IMPORT_STATES_PROVEN);
    return true;
}

static bool apply(struct cli *cli, struct import *import, const struct request *request,
                  struct error *err)
{
    import_choose_hidden(import, request->skip_hidden);
    import_choose_reason(import, request->reason ? request->reason : "");
    return apply_pairs(cli, import, &request->map, choose_column, err) &&
           apply_pairs(cli, import, &request->rows, choose_row, err) &&
           apply_pairs(cli, import, &request->words, choose_word, err) &&
           apply_side(import, request->keep, IMPORT_KEEP, err) &&
           apply_side(import, request->fill, IMPORT_FILL, err) &&
           apply_doubles(import, request->doubles, err) &&
           apply_states(import, request->states, err);
}

/* ---- running ---- */

static bool tell(struct cli *cli, const struct import *import, const struct request *request,
                 enum status *status, struct error *err)
{
    struct buffer out = {0};
    const struct import_telling telling = {
        .dry = request->dry, .verbose = request->verbose, .refused = request->refused};
    if (cli->format == FORMAT_JSON)
        import_write_json(import, &telling, &out);
    else
        import_write_text(import, &telling, &out);
    *status = import->counts[IMPORT_REFUSED] ? STATUS_FINDINGS : STATUS_DONE;
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

/* NULL: what the headings name. */
static bool find_reg(const struct cli *cli, const struct reg **reg, struct error *err)
{
    *reg = NULL;
    return strcmp(cli->arguments[0], "auto") == 0 || cli_find_reg(cli->arguments[0], reg, err);
}

static bool import_list(struct cli *cli, const struct request *request, enum status *status,
                        struct error *err)
{
    const struct reg *reg;
    struct import *import = NULL;
    struct stopping stopping;
    if (!find_reg(cli, &reg, err) || !cli_open(cli, STORE_WRITE, err))
        return false;
    stopping_begin(&stopping);
    bool ok = import_open(&import, cli->store, reg, cli->arguments[1], request->sheet,
                          stopping_import, &stopping, err) &&
              apply(cli, import, request, err) &&
              (!request->refused || refused_check(import, cli->store, request->refused, err)) &&
              import_run(import, cli->store, request->dry, err);
    if (ok && request->refused && import->counts[IMPORT_REFUSED])
        ok = refused_write(import, cli->store, request->refused, err);
    if (!ok)
        import_close(&import); /* and with it the copies of files */
    stopping_end(&stopping);
    ok = ok && tell(cli, import, request, status, err);
    import_close(&import);
    return ok;
}

static bool run_import(struct cli *cli, int argc, char **argv, enum status *status,
                       struct error *err)
{
    struct request request = {.dry = false};
    const struct option options[] = {
        {.name = "--sheet", .value = &request.sheet},
        {.name = "--dry-run", .flag = &request.dry},
        {.name = "--map", .list = &request.map},
        {.name = "--row", .list = &request.rows},
        {.name = "--word", .list = &request.words},
        {.name = "--keep", .value = &request.keep},
        {.name = "--fill", .value = &request.fill},
        {.name = "--doubles", .value = &request.doubles},
        {.name = "--states", .value = &request.states},
        {.name = "--why", .value = &request.reason},
        {.name = "--refused", .value = &request.refused},
        {.name = "--skip-hidden", .flag = &request.skip_hidden},
        {.name = "--verbose", .flag = &request.verbose},
        {.name = NULL},
    };
    bool ok =
        cli_parse(cli, argc, argv, options, 2, 2, err) && import_list(cli, &request, status, err);
    buffer_release(&request.map);
    buffer_release(&request.rows);
    buffer_release(&request.words);
    return ok;
}

const struct command command_import = {
    .name = "import",
    .usage =
        "REGISTER|auto FILE [--sheet S] [--dry-run] [--map '列=字段'] "
        "[--keep|--fill 字段,…] [--doubles new|refuse|merge] [--states listed|proven] [--row "
        "N=skip|new|ID] "
        "[--word '字段:词=代码或选项'] [--refused F.xlsx] [--why 原因] [--skip-hidden] [--verbose]",
    .help = "导入 .xlsx 或 .csv；--dry-run 只看结果不写入，--refused 把被拒绝的行存成工作簿",
    .run = run_import,
};
