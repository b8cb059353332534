#include "cli/calc_verdict.h"
#include "core/decimal.h"
#include "core/registers.h"
#include "core/text.h"

#include <string.h>

bool verdict_case_begin(struct verdict_case *asked, struct cli *cli, struct error *err)
{
    *asked = (struct verdict_case){.shipped = NULL};
    record_init(&asked->sample, &reg_sample);
    if (!calc_open(cli, err) || (!cli->store && !shipped_open(&asked->shipped, err)))
        return false;
    asked->context = cli->store ? store_check_context(cli->store) : shipped_context(asked->shipped);
    return true;
}

void verdict_case_end(struct verdict_case *asked)
{
    record_release(&asked->sample);
    shipped_close(&asked->shipped);
}

bool verdict_case_set(struct verdict_case *asked, const char *option, const char *field,
                      const char *text, struct error *err)
{
    int index = reg_field_index(&reg_sample, field);
    if (!text || record_set_text(&asked->sample, (size_t)index, text, asked->context.lookup, err))
        return true;
    err->code = ERROR_USAGE;
    return error_prefix(err, "%s", option);
}

bool verdict_case_check(const struct verdict_case *asked, struct error *err)
{
    struct findings findings = {0};
    bool ok = true;
    record_check(&asked->sample, &asked->context, &findings);
    for (size_t i = 0; ok && i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        if (strcmp(finding->rule, "V01") == 0 && !finding->is_gap)
            ok = error_set(err, ERROR_USAGE, "%s", finding->message);
    }
    findings_release(&findings);
    return ok;
}

/* ---- the answer ---- */

struct buffer *answer_add(struct answer *answer, const char *key, const char *label, bool literal)
{
    struct answer_line *line = &answer->lines[answer->count++];
    *line = (struct answer_line){.key = key, .label = label, .is_literal = literal};
    return &line->text;
}

void answer_add_amount(struct answer *answer, const char *key, const char *label,
                       const struct judge_amount *amount)
{
    char digits[DECIMAL_TEXT_SIZE] = "null";
    if (amount->is_known)
        decimal_format(amount->value.digits, amount->value.scale, digits);
    buffer_add(answer_add(answer, key, NULL, true), digits);
    if (!amount->is_known)
        return;
    struct buffer *told = answer_add(answer, NULL, label, false);
    measure_format(&amount->value, NULL, told);
    buffer_add(told, amount->is_verified ? "（已核）" : "（未核）");
}

void answer_add_text(struct answer *answer, const char *key, const char *label, const char *text)
{
    bool is_empty = text_is_empty(text);
    buffer_add(answer_add(answer, key, is_empty ? NULL : label, is_empty),
               is_empty ? "null" : text);
}

void answer_add_sentence(struct answer *answer, const struct judgement *judgement)
{
    answer_add_text(answer, "sentence", "说明",
                    judgement->sentence.length ? judgement->sentence.text
                                               : "无法判定：这样的结果没有限值可比");
}

void answer_write_times(int64_t times, struct buffer *out)
{
    char digits[DECIMAL_TEXT_SIZE];
    decimal_format(times, JUDGE_TIMES_SCALE, digits);
    buffer_add(out, digits);
}

static void write_json(const struct answer *answer, struct buffer *out)
{
    const char *before = "{";
    for (size_t i = 0; i < answer->count; i++) {
        const struct answer_line *line = &answer->lines[i];
        if (!line->key)
            continue;
        buffer_addf(out, "%s\"%s\":", before, line->key);
        before = ",";
        if (line->is_literal)
            buffer_add(out, buffer_text(&line->text));
        else
            buffer_add_json(out, buffer_text(&line->text));
    }
    buffer_add(out, "}\n");
}

/* Objects and lists have no place in a row. */
static bool has_cell(const struct answer_line *line)
{
    const char *text = buffer_text(&line->text);
    return line->key && !(line->is_literal && (*text == '{' || *text == '['));
}

static void write_csv(const struct answer *answer, struct buffer *out)
{
    for (int row = 0; row < 2; row++) {
        const char *before = "";
        for (size_t i = 0; i < answer->count; i++) {
            const struct answer_line *line = &answer->lines[i];
            bool is_null = line->is_literal && strcmp(buffer_text(&line->text), "null") == 0;
            if (!has_cell(line))
                continue;
            buffer_add(out, before);
            before = ",";
            csv_add_cell(out, row == 0 ? line->key : is_null ? "" : buffer_text(&line->text));
        }
        buffer_add_char(out, '\n');
    }
}

static void write_table(const struct answer *answer, struct buffer *out)
{
    enum { LABEL_COLUMNS = 12 };
    for (size_t i = 0; i < answer->count; i++) {
        const struct answer_line *line = &answer->lines[i];
        if (!line->label)
            continue;
        output_cell(line->label, LABEL_COLUMNS, out);
        buffer_addf(out, "%s\n", buffer_text(&line->text));
    }
}

bool answer_print(const struct answer *answer, const struct cli *cli, const char *below,
                  struct error *err)
{
    static void (*const writers[])(const struct answer *, struct buffer *) = {
        [FORMAT_TABLE] = write_table, [FORMAT_CSV] = write_csv, [FORMAT_JSON] = write_json};
    struct buffer out = {0};
    writers[cli->format](answer, &out);
    buffer_add(&out, cli->format == FORMAT_TABLE ? below : "");
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

void answer_release(struct answer *answer)
{
    for (size_t i = 0; i < answer->count; i++)
        buffer_release(&answer->lines[i].text);
    answer->count = 0;
}
