/* filing list, compare, changes: what went out, and what became of it. */
#include "cli/filing.h"
#include "cli/json.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/filing.h"
#include "db/query.h"

#include <string.h>

/* ---- list ---- */

static void add_record_json(const struct record *filing, struct buffer *out)
{
    buffer_add(out, out->length > 1 ? ",\n" : "");
    output_record_json(filing, out);
}

/* The columns, and how wide each is; the last one takes what is left. */
static const struct {
    const char *field;
    int width;
} shown[] = {
    {"case_no", 20},  {"period", 8},     {"kind", 8},
    {"filed_on", 10}, {"recipient", 22}, {"file_name", 0},
};

static void add_cell(const char *text, size_t column, struct buffer *out)
{
    buffer_add(out, column ? " " : "");
    if (shown[column].width)
        output_cell(text, shown[column].width, out);
    else
        buffer_add(out, text);
}

static void add_head(struct buffer *out)
{
    for (size_t i = 0; i < COUNT_OF(shown); i++)
        add_cell(reg_field_find(&reg_filing, shown[i].field)->label, i, out);
    buffer_add_char(out, '\n');
}

static void add_line(const struct record *filing, struct buffer *out)
{
    struct buffer now = {0};
    record_format(filing, "current_count", &now);
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        const char *text = record_text(filing, shown[i].field);
        add_cell(*text ? text : "—", i, out);
    }
    if (now.length)
        buffer_addf(out, "，本期 %s 家", now.text);
    if (*record_text(filing, "file_sha256"))
        buffer_addf(out, "，校验值 %.12s…", record_text(filing, "file_sha256"));
    buffer_add_char(out, '\n');
    buffer_release(&now);
}

bool filing_run_list(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct query query = {.reg = &reg_filing};
    struct cursor *cursor;
    const struct record *record = NULL;
    if (!cli_parse(cli, argc, argv, NULL, 0, 0, err) || !cli_open(cli, STORE_READ, err) ||
        !cursor_open(&cursor, cli->store, &query, err))
        return false;
    bool json = cli->format == FORMAT_JSON, ok;
    struct buffer out = {0};
    buffer_add(&out, json ? "[" : "");
    size_t count = 0;
    for (; (ok = cursor_next(cursor, &record, err)) && record; count++) {
        if (!json && !count)
            add_head(&out);
        (json ? add_record_json : add_line)(record, &out);
    }
    cursor_close(&cursor);
    if (json)
        buffer_add(&out, "]\n");
    else
        buffer_addf(&out, count ? "共 %zu 次\n" : "还没有报送过（%zu 次）\n", count);
    ok = ok && output_write(&out, err);
    buffer_release(&out);
    return ok;
}

/* ---- differences ---- */

static const struct {
    const char *name, *label;
} differences[FILING_DIFFERENCES] = {
    [FILING_ENTERED] = {"entered", "新增"},
    [FILING_REMOVED] = {"removed", "移出"},
    [FILING_CHANGED] = {"changed", "变更"},
};

static void write_change_json(const struct filing_change *change, struct buffer *out)
{
    buffer_add(out, out->text[out->length - 1] == '[' ? "{" : ",\n{");
    json_text("kind", differences[change->kind].name, out);
    json_text("register", change->reg->name, out);
    json_text("record", change->id, out);
    json_text("name", change->name, out);
    json_text("field", change->field ? change->field->name : NULL, out);
    json_text("former", change->former, out);
    json_text("now", change->now, out);
    if (change->at) {
        json_text("at", change->at, out);
        json_text("who", change->who, out);
        json_text("why", change->why, out);
    }
    buffer_add_char(out, '}');
}

static void write_json(const struct filing_comparison *comparison, struct buffer *out)
{
    buffer_add(out, "{\"registers\":[");
    for (size_t i = 0; i < comparison->balance_count; i++) {
        const struct filing_balance *balance = &comparison->balances[i];
        buffer_add(out, i ? ",{" : "{");
        json_text("register", balance->reg->name, out);
        json_number("former", balance->former, 0, out);
        json_number("entered", balance->entered, 0, out);
        json_number("removed", balance->removed, 0, out);
        json_number("current", balance->current, 0, out);
        json_number("changed", balance->changed, 0, out);
        buffer_add_char(out, '}');
    }
    buffer_add(out, "],\"changes\":[");
    for (size_t i = 0; i < comparison->count; i++)
        write_change_json(&comparison->changes[i], out);
    buffer_add(out, "]}\n");
}

static void write_text(struct cli *cli, const struct filing_change *change, const char *canonical,
                       struct buffer *out)
{
    size_t start = out->length;
    filing_display(cli->store, change->field, canonical, out);
    if (out->length == start)
        buffer_add(out, "（空）");
}

static void write_change(struct cli *cli, const struct filing_change *change, struct buffer *out)
{
    bool deleted = change->kind == FILING_REMOVED && change->at;
    buffer_addf(out, "%s %s“%s”", deleted ? "删除" : differences[change->kind].label,
                change->reg->label, change->name);
    if (change->field) {
        buffer_add(out, "：");
        field_add_title(change->field, out);
        buffer_add_char(out, ' ');
        write_text(cli, change, change->former, out);
        buffer_add(out, " → ");
        write_text(cli, change, change->now, out);
    }
    if (change->at && *change->at)
        buffer_addf(out, "（%s %.10s%s%s）", change->who, change->at, *change->why ? "：" : "",
                    change->why);
    buffer_add_char(out, '\n');
}

/* Changes since a filing tell of its own records only, so that nothing can have entered. */
static void write_balance(const struct filing_balance *balance, bool since, struct buffer *out)
{
    if (since)
        buffer_addf(out, "%s：报出 %lld，删除 %lld，改动 %lld\n", balance->reg->label,
                    (long long)balance->former, (long long)balance->removed,
                    (long long)balance->changed);
    else
        buffer_addf(out, "%s：上期 %lld + 新增 %lld − 移出 %lld = 本期 %lld，变更 %lld\n",
                    balance->reg->label, (long long)balance->former, (long long)balance->entered,
                    (long long)balance->removed, (long long)balance->current,
                    (long long)balance->changed);
}

static bool tell(struct cli *cli, const struct filing_comparison *comparison, bool since,
                 struct error *err)
{
    struct buffer out = {0};
    if (cli->format == FORMAT_JSON) {
        write_json(comparison, &out);
    } else {
        for (size_t i = 0; i < comparison->count; i++)
            write_change(cli, &comparison->changes[i], &out);
        for (size_t i = 0; i < comparison->balance_count; i++)
            write_balance(&comparison->balances[i], since, &out);
        if (comparison->balance_count == 0)
            buffer_add(&out,
                       "没有可比的记录：手工登记的报送没有存下数字，只有算出来的表的也没有\n");
        else if (comparison->count == 0)
            buffer_add(&out, since ? "报出的数字没有改过\n" : "两次报送的内容相同\n");
    }
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

static bool find(struct cli *cli, const char *text, char id[RECORD_ID_SIZE], struct error *err)
{
    struct record filing;
    bool ok = store_find(cli->store, &reg_filing, text, &filing, err);
    memcpy(id, filing.id, RECORD_ID_SIZE);
    record_release(&filing);
    return ok;
}

bool filing_run_compare(struct cli *cli, int argc, char **argv, enum status *status,
                        struct error *err)
{
    (void)status;
    char former[RECORD_ID_SIZE], now[RECORD_ID_SIZE];
    struct filing_comparison comparison = {0};
    bool ok = cli_parse(cli, argc, argv, NULL, 2, 2, err) && cli_open(cli, STORE_READ, err) &&
              find(cli, cli->arguments[0], former, err) && find(cli, cli->arguments[1], now, err) &&
              filing_compare(cli->store, former, now, &comparison, err) &&
              tell(cli, &comparison, false, err);
    filing_comparison_release(&comparison);
    return ok;
}

bool filing_run_changes(struct cli *cli, int argc, char **argv, enum status *status,
                        struct error *err)
{
    (void)status;
    char id[RECORD_ID_SIZE];
    struct filing_comparison comparison = {0};
    bool ok = cli_parse(cli, argc, argv, NULL, 1, 1, err) && cli_open(cli, STORE_READ, err) &&
              find(cli, cli->arguments[0], id, err) &&
              filing_changes_since(cli->store, id, &comparison, err) &&
              tell(cli, &comparison, true, err);
    filing_comparison_release(&comparison);
    return ok;
}
