#include "cli/calc_targets.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "core/decimal.h"

enum { PERCENT_SCALE = 2 };

void targets_write_name(struct store *store, const struct contribution *contribution,
                        struct buffer *out)
{
    struct record record;
    if (store_get(store, contribution->reg, contribution->id, &record, NULL))
        record_name(&record, store_lookup(store), out);
    record_release(&record);
}

bool targets_rests_on(enum contribution_role role)
{
    return role == ROLE_UNVERIFIED || role == ROLE_COMING || role == ROLE_LATE;
}

static void add_amount(const char *key, struct amount amount, int scale, struct buffer *out)
{
    json_known_number(key, amount.known, amount.value, scale, out);
}

static const char *const sources[] = {
    [BASE_NONE] = NULL,
    [BASE_PUBLISHED] = "published",
    [BASE_ENTERPRISES] = "enterprises",
    [BASE_SUBSTITUTE] = "substitute",
};
static const char *const answers[] = {
    [ANSWER_UNKNOWN] = "null", [ANSWER_NO] = "false", [ANSWER_YES] = "true"};
static const char *const forecasts[] = {
    [FORECAST_OPEN] = "open", [FORECAST_MET] = "met", [FORECAST_MISSED] = "missed"};

/* ---- one target ---- */

static void write_rest(const struct targets_answer *answer, const struct target_line *line,
                       struct buffer *out)
{
    const struct target_facts *facts = &answer->targets.facts;
    const char *separator = "";
    json_key("rests_on", out);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < facts->contribution_count; i++) {
        const struct contribution *contribution = &facts->contributions[i];
        enum contribution_role role = targets_role(line, contribution);
        struct buffer name = {0};
        if (!targets_rests_on(role))
            continue;
        targets_write_name(answer->store, contribution, &name);
        buffer_addf(out, "%s{\"register\":\"%s\"", separator, contribution->reg->name);
        json_text("id", contribution->id, out);
        json_text("name", buffer_text(&name), out);
        json_text("state", contribution_role_key(role), out);
        json_number("effect_kg", targets_effect(line, contribution), LOAD_SCALE, out);
        json_date("due_on", contribution->done.year ? contribution->done : contribution->due, out);
        buffer_add_char(out, '}');
        separator = ",";
        buffer_release(&name);
    }
    buffer_add_char(out, ']');
}

static void write_parts(const struct targets_answer *answer, const struct target_line *line,
                        struct buffer *out)
{
    struct target_parts parts = {.count = 0};
    if (!answer->by)
        return;
    target_parts_read(&parts, answer->store, line, &answer->targets.facts, *answer->by);
    json_key("parts", out);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < parts.count; i++) {
        const struct target_part *part = &parts.parts[i];
        buffer_addf(out, "%s{\"id\":", i ? "," : "");
        buffer_add_json(out, part->id);
        json_text("name", part->name, out);
        buffer_addf(out, ",\"projects\":%zu", part->projects);
        json_number("cut_kg", part->cut, LOAD_SCALE, out);
        json_number("added_kg", part->added, LOAD_SCALE, out);
        json_number("net_kg", part->cut - part->added, LOAD_SCALE, out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
    target_parts_release(&parts);
}

static void write_line(const struct targets_answer *answer, const struct target_line *line,
                       struct buffer *out)
{
    buffer_add(out, "{\"region\":");
    buffer_add_json(out, line->region);
    json_text("name", line->name, out);
    json_text("metal", line->metal, out);
    json_number("year", line->year, 0, out);
    json_number("base_year", line->base_year, 0, out);
    json_text("kind", line->kind, out);
    json_flag("cumulative", line->cumulative, out);
    add_amount("base_kg", line->base, LOAD_SCALE, out);
    json_text("base_source", sources[line->base_source], out);
    add_amount("target_percent", line->percent, PERCENT_SCALE, out);
    add_amount("net_cut_kg", line->cut, LOAD_SCALE, out);
    add_amount("target_kg", line->target, LOAD_SCALE, out);
    add_amount("enterprise_count", line->enterprises, 0, out);
    json_number("enterprises", line->holdings, 0, out);
    json_number("cut_kg", line->cuts, LOAD_SCALE, out);
    json_number("added_kg", line->additions, LOAD_SCALE, out);
    add_amount("actual_kg", line->actual, LOAD_SCALE, out);
    add_amount("progress_percent", line->progress, PERCENT_SCALE, out);
    buffer_addf(out, ",\"met\":%s", answers[line->met]);
    json_date("as_of", line->span.upto, out);
    json_flag("partial", line->partial, out);
    json_text("reason", line->reason, out);
    json_text("forecast", forecasts[line->forecast], out);
    add_amount("forecast_kg", line->expected, LOAD_SCALE, out);
    add_amount("best_kg", line->best, LOAD_SCALE, out);
    write_rest(answer, line, out);
    write_parts(answer, line, out);
    buffer_add_char(out, '}');
}

/* ---- the table ---- */

static void write_sums(const struct targets_answer *answer, struct buffer *out)
{
    const char *separator = "";
    buffer_add(out, "],\"sums\":[");
    for (size_t i = 0; i < answer->table.sum_count; i++) {
        const struct target_sum *sum = &answer->table.sums[i];
        if (!target_concerns(sum->region, answer->region))
            continue;
        buffer_addf(out, "%s{\"region\":", separator);
        buffer_add_json(out, sum->region);
        json_text("name", sum->name, out);
        json_text("metal", sum->metal, out);
        json_number("year", sum->year, 0, out);
        buffer_addf(out, ",\"rows\":%zu", sum->rows);
        add_amount("enterprise_count", sum->enterprises, 0, out);
        add_amount("base_kg", sum->base, LOAD_SCALE, out);
        add_amount("net_cut_kg", sum->cut, LOAD_SCALE, out);
        add_amount("target_kg", sum->target, LOAD_SCALE, out);
        add_amount("percent", sum->percent, PERCENT_SCALE, out);
        buffer_add_char(out, '}');
        separator = ",";
    }
}

static void write_contradictions(const struct targets_answer *answer, struct buffer *out)
{
    const char *separator = "";
    buffer_add(out, "],\"contradictions\":[");
    for (size_t i = 0; i < answer->table.contradiction_count; i++) {
        const struct contradiction *found = &answer->table.contradictions[i];
        if (!target_concerns(found->region, answer->region))
            continue;
        buffer_addf(out, "%s{\"region\":", separator);
        buffer_add_json(out, found->region);
        json_text("name", found->name, out);
        json_text("metal", found->metal, out);
        json_number("year", found->year, 0, out);
        json_text("what", found->what, out);
        json_number("printed", found->printed, found->scale, out);
        json_number("computed", found->computed, found->scale, out);
        json_text("reason", found->reason, out);
        buffer_add_char(out, '}');
        separator = ",";
    }
    buffer_add(out, "]}\n");
}

void targets_write_json(const struct targets_answer *answer, struct buffer *out)
{
    const char *separator = "";
    buffer_add(out, "{\"targets\":[");
    for (size_t i = 0; i < answer->targets.count; i++) {
        const struct target_line *line = &answer->targets.lines[i];
        if (!target_concerns(line->region, answer->region))
            continue;
        buffer_add(out, separator);
        write_line(answer, line, out);
        separator = ",\n";
    }
    write_sums(answer, out);
    write_contradictions(answer, out);
}

/* ---- a spreadsheet ---- */

static void add_cell(struct amount amount, int scale, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE] = "";
    if (amount.known)
        decimal_format(amount.value, scale, text);
    buffer_addf(out, ",%s", text);
}

void targets_write_csv(const struct targets_answer *answer, struct buffer *out)
{
    buffer_add(out, "region,name,metal,year,kind,base_kg,target_percent,net_cut_kg,target_kg,"
                    "actual_kg,progress_percent,met,forecast,forecast_kg\n");
    for (size_t i = 0; i < answer->targets.count; i++) {
        const struct target_line *line = &answer->targets.lines[i];
        if (!target_concerns(line->region, answer->region))
            continue;
        buffer_addf(out, "%s,", line->region);
        csv_add_cell(out, line->name);
        buffer_addf(out, ",%s,%d,%s", line->metal, line->year, line->kind);
        add_cell(line->base, LOAD_SCALE, out);
        add_cell(line->percent, PERCENT_SCALE, out);
        add_cell(line->cut, LOAD_SCALE, out);
        add_cell(line->target, LOAD_SCALE, out);
        add_cell(line->actual, LOAD_SCALE, out);
        add_cell(line->progress, PERCENT_SCALE, out);
        buffer_addf(out, ",%s,%s", line->met == ANSWER_UNKNOWN ? "" : answers[line->met],
                    forecasts[line->forecast]);
        add_cell(line->expected, LOAD_SCALE, out);
        buffer_add_char(out, '\n');
    }
}
