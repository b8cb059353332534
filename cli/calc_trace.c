/* calc trace: where the thallium of an enterprise comes from and where it goes, over all
 * enterprises of the chain. */
#include "cli/calc.h"
#include "cli/json.h"
#include "core/csv.h"
#include "core/decimal.h"
#include "core/mem.h"
#include "db/trace.h"

#include <stdlib.h>

struct answer {
    char id[RECORD_ID_SIZE]; /* of the enterprise */
    struct buffer name;
    struct period period;
    struct trace trace;
    struct trace_walk walk;
};

static const struct trace_link *link_of(const struct answer *answer, const struct trace_step *step)
{
    return &answer->trace.links[step->link];
}

static bool is_down(const struct answer *answer, const struct trace_step *step)
{
    return step < answer->walk.steps + answer->walk.down_count;
}

static void write_kg(int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(kg, TRACE_SCALE, text);
    buffer_add(out, text);
}

/* What programs call a node: the id of an enterprise, else its kind and folded name. */
static void write_node_id(const struct answer *answer, size_t node, struct buffer *out)
{
    const struct trace_node *of = &answer->trace.nodes[node];
    if (of->kind != TRACE_ENTERPRISE)
        buffer_addf(out, "%s:", trace_kind_key(of->kind));
    buffer_add(out, of->key);
}

/* ---- JSON ---- */

static void write_kg_json(const char *key, int64_t kg, struct buffer *out)
{
    json_number(key, kg, TRACE_SCALE, out);
}

static void write_node_json(const struct answer *answer, size_t node, struct buffer *out)
{
    const struct trace_node *of = &answer->trace.nodes[node];
    const struct trace_place *place = &answer->walk.places[node];
    struct buffer id = {0};
    write_node_id(answer, node, &id);
    buffer_add_char(out, '{');
    json_text("id", buffer_text(&id), out);
    json_text("name", of->name, out);
    buffer_addf(out, ",\"kind\":\"%s\",\"layer\":%d", trace_kind_key(of->kind), place->layer);
    write_kg_json("received_kg", place->received_kg, out);
    write_kg_json("input_kg", of->input_kg, out);
    write_kg_json("sent_kg", of->out_kg - of->discharged_kg, out);
    write_kg_json("discharged_kg", of->discharged_kg, out);
    write_kg_json("ended_kg", trace_ended(&answer->trace, &answer->walk, node), out);
    write_kg_json("attributed_kg", place->attributed_kg, out);
    buffer_add_char(out, '}');
    buffer_release(&id);
}

/* The texts of an edge: from, to, waste codes, manifests. */
struct edge_texts {
    struct buffer from, to, waste_codes, manifests;
};

static void edge_texts_init(struct edge_texts *texts, const struct answer *answer,
                            const struct trace_edge *edge)
{
    const struct trace_link *link = &answer->trace.links[edge->link];
    *texts = (struct edge_texts){.from = {0}};
    write_node_id(answer, link->from, &texts->from);
    write_node_id(answer, link->to, &texts->to);
    trace_write_waste_codes(&answer->trace, edge, &texts->waste_codes);
    trace_write_manifests(&answer->trace, edge, &texts->manifests);
}

static void edge_texts_release(struct edge_texts *texts)
{
    buffer_release(&texts->from);
    buffer_release(&texts->to);
    buffer_release(&texts->waste_codes);
    buffer_release(&texts->manifests);
}

static void write_edge_json(const struct answer *answer, const struct trace_step *step,
                            const struct trace_edge *edge, struct buffer *out)
{
    struct edge_texts texts;
    edge_texts_init(&texts, answer, edge);
    buffer_add_char(out, '{');
    json_text("from", buffer_text(&texts.from), out);
    json_text("to", buffer_text(&texts.to), out);
    write_kg_json("kg", edge->kg, out);
    json_text("material", edge->material, out);
    json_text("waste_code", buffer_text(&texts.waste_codes), out);
    json_text("manifest_no", buffer_text(&texts.manifests), out);
    buffer_addf(out,
                ",\"rows\":%zu,\"unmeasured_rows\":%zu,\"told_by\":\"%s\",\"return\":%s,"
                "\"direction\":\"%s\"}",
                edge->row_count, edge->unknown_count,
                link_of(answer, step)->is_booked_only ? "receiver" : "sender",
                step->is_return ? "true" : "false", is_down(answer, step) ? "down" : "up");
    edge_texts_release(&texts);
}

static void write_edges_json(const struct answer *answer, struct buffer *out)
{
    const char *comma = "";
    for (size_t i = 0; i < answer->walk.step_count; i++) {
        const struct trace_step *step = &answer->walk.steps[i];
        const struct trace_link *link = link_of(answer, step);
        for (size_t n = 0; n < link->edge_count; n++, comma = ",\n") {
            buffer_add(out, comma);
            write_edge_json(answer, step, &answer->trace.edges[link->first_edge + n], out);
        }
    }
}

static void write_differences_json(const struct answer *answer, struct buffer *out)
{
    const char *comma = "";
    int64_t difference;
    for (size_t i = 0; i < answer->walk.step_count; i++) {
        const struct trace_link *link = link_of(answer, &answer->walk.steps[i]);
        if (!trace_difference(&answer->trace, link, &difference) || difference == 0)
            continue;
        struct buffer from = {0}, to = {0};
        write_node_id(answer, link->from, &from);
        write_node_id(answer, link->to, &to);
        buffer_addf(out, "%s{", comma);
        json_text("from", buffer_text(&from), out);
        json_text("to", buffer_text(&to), out);
        write_kg_json("sent_kg", link->is_booked_only ? 0 : link->kg, out);
        write_kg_json("booked_kg", link->booked_kg, out);
        write_kg_json("difference_kg", difference, out);
        buffer_add_char(out, '}');
        buffer_release(&from);
        buffer_release(&to);
        comma = ",\n";
    }
}

static void write_json(const struct answer *answer, struct buffer *out)
{
    char period[PERIOD_TEXT_SIZE];
    period_format(answer->period, period);
    buffer_add_char(out, '{');
    json_text("enterprise", answer->id, out);
    json_text("name", buffer_text(&answer->name), out);
    buffer_addf(out, ",\"period\":\"%s\"", period);
    write_kg_json("left_kg", answer->walk.left_kg, out);
    buffer_add(out, ",\"nodes\":[");
    for (size_t i = 0; i < answer->walk.order_count; i++) {
        buffer_add(out, i ? ",\n" : "");
        write_node_json(answer, answer->walk.order[i], out);
    }
    buffer_add(out, "],\n\"edges\":[");
    write_edges_json(answer, out);
    buffer_add(out, "],\n\"differences\":[");
    write_differences_json(answer, out);
    buffer_addf(out, "],\"cycles\":%zu}\n", answer->walk.cycles);
}

/* ---- CSV: the edges ---- */

static void write_csv(const struct answer *answer, struct buffer *out)
{
    buffer_add(out, "from,to,kg,material,waste_code,manifest_no,return,direction\n");
    for (size_t i = 0; i < answer->walk.step_count; i++) {
        const struct trace_step *step = &answer->walk.steps[i];
        const struct trace_link *link = link_of(answer, step);
        for (size_t n = 0; n < link->edge_count; n++) {
            const struct trace_edge *edge = &answer->trace.edges[link->first_edge + n];
            struct edge_texts texts;
            edge_texts_init(&texts, answer, edge);
            csv_add_cell(out, answer->trace.nodes[link->from].name);
            buffer_add_char(out, ',');
            csv_add_cell(out, answer->trace.nodes[link->to].name);
            buffer_add_char(out, ',');
            write_kg(edge->kg, out);
            buffer_add_char(out, ',');
            csv_add_cell(out, edge->material);
            buffer_add_char(out, ',');
            csv_add_cell(out, buffer_text(&texts.waste_codes));
            buffer_add_char(out, ',');
            csv_add_cell(out, buffer_text(&texts.manifests));
            buffer_addf(out, ",%s,%s\n", step->is_return ? "true" : "false",
                        is_down(answer, step) ? "down" : "up");
            edge_texts_release(&texts);
        }
    }
}

/* ---- for people: a tree ---- */

enum { KG_WIDTH = 17, INDENT = 2, DEPTH_MOST = 12 };

static void write_kg_cell(int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(kg, TRACE_SCALE, text);
    output_cell(text, -KG_WIDTH, out);
    buffer_add(out, "  ");
}

static void write_edge_words(const struct answer *answer, const struct trace_edge *edge,
                             struct buffer *out)
{
    struct edge_texts texts;
    edge_texts_init(&texts, answer, edge);
    buffer_add(out, edge->material);
    if (texts.waste_codes.length)
        buffer_addf(out, "  %s", texts.waste_codes.text);
    if (texts.manifests.length)
        buffer_addf(out, "  联单 %s", texts.manifests.text);
    if (edge->unknown_count)
        buffer_addf(out, "  （%zu 条没有铊量）", edge->unknown_count);
    edge_texts_release(&texts);
}

static void write_remarks(const struct answer *answer, const struct trace_step *step,
                          struct buffer *out)
{
    const struct trace_link *link = link_of(answer, step);
    int64_t difference;
    bool is_comparable = trace_difference(&answer->trace, link, &difference);
    if (step->is_return)
        buffer_add(out, link->from == link->to ? "  （厂内回用）" : "  （回流，不再往下追）");
    if (step->is_again)
        buffer_add(out, "  （后续见它处）");
    if (link->is_booked_only)
        buffer_add(out,
                   is_comparable ? "  ! 只有接收方入账，送出方台账没有" : "  （按接收方入账）");
    else if (is_comparable && link->booked_count == 0)
        buffer_add(out, "  ! 接收方台账没有入账");
    else if (is_comparable && difference != 0) {
        buffer_add(out, "  ≠ 接收方入账 ");
        write_kg(link->booked_kg, out);
        buffer_add(out, "，相差 ");
        write_kg(difference, out);
    }
}

/* A link with several materials gets its sum, and below it a line for each. */
static void write_step(const struct answer *answer, const struct trace_step *step,
                       struct buffer *out)
{
    const struct trace_link *link = link_of(answer, step);
    const struct trace_edge *edges = &answer->trace.edges[link->first_edge];
    bool down = is_down(answer, step);
    size_t depth = step->depth < DEPTH_MOST ? step->depth : DEPTH_MOST;
    int indent = (int)depth * INDENT;
    write_kg_cell(link->kg, out);
    buffer_addf(out, "%*s%s ", indent, "", step->is_return ? "↺" : down ? "→" : "←");
    if (step->depth > DEPTH_MOST)
        buffer_addf(out, "[%zu] ", step->depth + 1);
    buffer_add(out, answer->trace.nodes[down ? link->to : link->from].name);
    if (!down && answer->walk.places[link->to].is_shown && !step->depth &&
        link->to != answer->walk.start)
        buffer_addf(out, "（送给%s）", answer->trace.nodes[link->to].name);
    buffer_add(out, "  ");
    if (link->edge_count == 1)
        write_edge_words(answer, edges, out);
    else
        buffer_addf(out, "%zu 类物料", link->edge_count);
    write_remarks(answer, step, out);
    buffer_add_char(out, '\n');
    for (size_t i = 0; link->edge_count > 1 && i < link->edge_count; i++) {
        write_kg_cell(edges[i].kg, out);
        buffer_addf(out, "%*s  其中 ", indent, "");
        write_edge_words(answer, &edges[i], out);
        buffer_add_char(out, '\n');
    }
}

static void write_part(const struct answer *answer, const char *title, const char *none,
                       size_t first, size_t end, struct buffer *out)
{
    buffer_addf(out, "\n%s\n", title);
    for (size_t i = first; i < end; i++)
        write_step(answer, &answer->walk.steps[i], out);
    if (first == end)
        buffer_addf(out, "  %s\n", none);
}

struct end {
    size_t node;
    int64_t kg;
};

static int compare_ends(const void *left, const void *right)
{
    const struct end *a = left, *b = right;
    if (a->kg != b->kg)
        return a->kg > b->kg ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

static void write_end(const struct answer *answer, const struct end *end, struct buffer *out)
{
    enum { PERCENT = 100, PERCENT_SCALE = 2, PERCENT_WIDTH = 7 };
    const struct trace_node *node = &answer->trace.nodes[end->node];
    char text[DECIMAL_TEXT_SIZE];
    int64_t percent;
    if (!decimal_multiply(end->kg, PERCENT * decimal_unit(PERCENT_SCALE), answer->walk.left_kg,
                          &percent))
        return;
    write_kg_cell(end->kg, out);
    decimal_format_fixed(percent, PERCENT_SCALE, text);
    output_cell(text, -PERCENT_WIDTH, out);
    buffer_addf(out, "%%  %s%s\n", node->name,
                end->node == answer->walk.start  ? "（又回到本企业）"
                : node->kind == TRACE_ENTERPRISE ? "（留在该企业内）"
                                                 : "");
}

/* Where what left has ended, with its share of the whole, the largest first. */
static void write_ends(const struct answer *answer, struct buffer *out)
{
    const struct trace_walk *walk = &answer->walk;
    struct end *ends = mem_new(walk->downstream_count + 1, sizeof *ends);
    size_t count = 0;
    for (size_t i = 0; i < walk->downstream_count; i++) {
        size_t node = walk->order[i];
        if (walk->places[node].attributed_kg)
            ends[count++] = (struct end){node, walk->places[node].attributed_kg};
    }
    if (count) {
        qsort(ends, count, sizeof *ends, compare_ends);
        buffer_add(out, "\n送出的铊最后在哪里（按各家台账的比例推算）\n");
        for (size_t i = 0; i < count; i++)
            write_end(answer, &ends[i], out);
        write_kg_cell(walk->left_kg, out);
        buffer_add(out, " 100.00%  合计\n");
    }
    free(ends);
}

static void write_text(const struct answer *answer, struct buffer *out)
{
    const struct trace_walk *walk = &answer->walk;
    char period[PERIOD_TEXT_SIZE];
    period_format(answer->period, period);
    buffer_addf(out, "%s %s 铊去向  单位 kg\n", answer->name.text, period);
    write_part(answer, "送到哪里", "这一期的台账里没有送出。", 0, walk->down_count, out);
    write_part(answer, "从哪里来", "这一期的台账里没有写来源。", walk->down_count, walk->step_count,
               out);
    write_ends(answer, out);
    if (walk->cycles)
        buffer_addf(out, "\n↺ 回流 %zu 处\n", walk->cycles);
}

/* ---- the command ---- */

static bool read_answer(struct cli *cli, const char *enterprise, struct answer *answer,
                        struct error *err)
{
    char period[PERIOD_TEXT_SIZE];
    period_format(answer->period, period);
    if (!cli_open(cli, STORE_READ, err) ||
        !calc_find_enterprise(cli, enterprise, answer->id, &answer->name, err) ||
        !trace_load(&answer->trace, cli->store, answer->period, err))
        return false;
    size_t start = trace_find(&answer->trace, TRACE_ENTERPRISE, answer->id);
    if (start == TRACE_NOBODY)
        return error_set(err, ERROR_MISSING,
                         "%s在 %s 没有物料台账，也没有别的企业写到它，请先登记铊物料台账",
                         answer->name.text, period);
    trace_walk(&answer->trace, start, &answer->walk);
    return true;
}

static bool print(struct cli *cli, const struct answer *answer, struct error *err)
{
    static void (*const writers[])(const struct answer *answer, struct buffer *out) = {
        [FORMAT_TABLE] = write_text, [FORMAT_CSV] = write_csv, [FORMAT_JSON] = write_json};
    struct buffer out = {0};
    writers[cli->format](answer, &out);
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const char *enterprise = NULL, *period = NULL;
    struct answer answer = {.id = ""};
    const struct option options[] = {
        {.name = "--enterprise", .value = &enterprise},
        {.name = "--period", .value = &period},
        {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err) ||
        !calc_read_period(period, &answer.period, err))
        return false;
    bool ok = read_answer(cli, enterprise, &answer, err) && print(cli, &answer, err);
    trace_walk_release(&answer.walk);
    trace_release(&answer.trace);
    buffer_release(&answer.name);
    return ok;
}

const struct command calc_trace = {
    .name = "trace",
    .usage = "--enterprise E --period 2025|2025H1|2025Q3|2025-07",
    .help = "一家企业的铊从哪里来、到哪里去：顺着台账里的接收单位和供应商一家一家追下去",
    .run = run,
};
