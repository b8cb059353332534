/* words: what was decided about the words of lists from elsewhere, and forgetting it. */
#include "cli/cli.h"
#include "cli/json.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/learned.h"

#include <string.h>

struct listing {
    struct cli *cli;
    struct buffer out, told; /* `told`: the lines, each with a line feed in front */
    bool any;
};

/* The register that a column belongs to; without the fingerprint of its form. */
static const struct reg *reg_of_column(const struct learned *learned)
{
    struct buffer name = {0};
    buffer_add_bytes(&name, learned->scope, strcspn(learned->scope, ":"));
    const struct reg *reg = reg_find(buffer_text(&name));
    buffer_release(&name);
    return reg;
}

/* "列  全口径涉重金属企业" and "主要产品". */
static void describe_column(const struct learned *learned, struct buffer *where,
                            struct buffer *meaning)
{
    const struct reg *reg = reg_of_column(learned);
    const struct field *field = reg ? reg_field_find(reg, learned->meaning) : NULL;
    buffer_addf(where, "列 %s", reg ? reg->label : learned->scope);
    if (field)
        field_add_title(field, meaning);
    else
        buffer_add(meaning, *learned->meaning ? learned->meaning : "（不导入）");
}

/* What a field with choices of that name is called in the first register that has one. */
static const char *label_of_choices(const char *name)
{
    for (size_t i = 0; i < register_count; i++) {
        const struct field *field = reg_field_find(registers[i], name);
        if (field && field->choices)
            return field->label;
    }
    return name;
}

static void describe_word(struct cli *cli, const struct learned *learned, struct buffer *where,
                          struct buffer *meaning)
{
    const struct lookup *lookup = store_lookup(cli->store);
    const struct reg *reg = reg_find(learned->scope);
    buffer_addf(where, "词 %s", reg ? reg->label : label_of_choices(learned->scope));
    if (reg && lookup->label(lookup->context, reg->name, learned->meaning, meaning))
        buffer_addf(meaning, "（%s）", learned->meaning);
    else
        buffer_add(meaning, learned->meaning);
}

/* What holds for a form and for its register is told once. */
static void write_line(struct listing *listing, const struct learned *learned)
{
    struct buffer where = {0}, meaning = {0}, line = {0};
    if (strcmp(learned->kind, "column") == 0)
        describe_column(learned, &where, &meaning);
    else
        describe_word(listing->cli, learned, &where, &meaning);
    output_cell(buffer_text(&where), 28, &line);
    output_cell(learned->text, 24, &line);
    buffer_addf(&line, "→ %s\n", buffer_text(&meaning));
    struct buffer same = {0};
    buffer_addf(&same, "\n%s", line.text);
    if (!strstr(buffer_text(&listing->told), same.text)) {
        buffer_add(&listing->out, line.text);
        buffer_add(&listing->told, same.text);
    }
    buffer_release(&same);
    buffer_release(&where);
    buffer_release(&meaning);
    buffer_release(&line);
}

static void list_one(void *context, const struct learned *learned)
{
    struct listing *listing = context;
    if (listing->cli->format == FORMAT_JSON) {
        buffer_add(&listing->out, listing->any ? ",\n{" : "{");
        json_text("kind", learned->kind, &listing->out);
        json_text("scope", learned->scope, &listing->out);
        json_text("text", learned->text, &listing->out);
        json_text("meaning", learned->meaning, &listing->out);
        buffer_add_char(&listing->out, '}');
    } else {
        write_line(listing, learned);
    }
    listing->any = true;
}

static bool list(struct cli *cli, struct error *err)
{
    struct listing listing = {.cli = cli};
    bool json = cli->format == FORMAT_JSON;
    if (!cli_open(cli, STORE_READ, err))
        return false;
    buffer_add(&listing.out, json ? "[" : "");
    bool ok = learned_each(cli->store, list_one, &listing, err);
    if (json)
        buffer_add(&listing.out, "]\n");
    else if (!listing.any)
        buffer_add(&listing.out, "还没有记住什么词；导入时定下的列和词会记在这里\n");
    ok = ok && output_write(&listing.out, err);
    buffer_release(&listing.out);
    buffer_release(&listing.told);
    return ok;
}

static bool forget(struct cli *cli, const char *text, struct error *err)
{
    struct buffer folded = {0};
    int64_t count = 0;
    text_fold(text, &folded);
    bool ok = cli_open(cli, STORE_WRITE, err) && store_begin(cli->store, "words", NULL, err);
    if (ok) {
        ok = learned_forget(cli->store, buffer_text(&folded), &count, err) &&
             store_commit(cli->store, err);
        store_rollback(cli->store);
    }
    buffer_release(&folded);
    if (ok && !count)
        return error_set(err, ERROR_MISSING, "没有记住过“%s”，请用 taizhang words 查看", text);
    if (ok && cli->format == FORMAT_JSON)
        return output_line(err, "{\"forgotten\":%lld}", (long long)count);
    return ok && output_line(err, "已忘记“%s”，下次导入照原样读", text);
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    if (!cli_parse(cli, argc, argv, NULL, 0, 2, err))
        return false;
    if (cli->argument_count == 0)
        return list(cli, err);
    if (cli->argument_count == 2 && strcmp(cli->arguments[0], "forget") == 0)
        return forget(cli, cli->arguments[1], err);
    return error_set(
        err, ERROR_USAGE,
        "请写 taizhang words 查看导入时记住的词，或 taizhang words forget 词 忘记一个");
}

const struct command command_words = {
    .name = "words",
    .usage = "[forget 词]",
    .help = "查看导入时记住的列和词，或忘记一个；撤销导入也会忘记那一次记住的",
    .run = run,
};
