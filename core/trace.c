#include "core/trace.h"

#include "core/decimal.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum teller { SENT, BOOKED };

struct trace_row {
    size_t from, to;
    enum teller teller;
    size_t material; /* in trace.materials */
    size_t sequence; /* as it was added */
    int64_t kg;
    bool is_known;
    size_t id, waste_code, manifest_no; /* where they begin in trace.texts */
};

/* ---- nodes ---- */

static const struct {
    const char *label, *key;
} kinds[TRACE_KIND__COUNT] = {
    [TRACE_ENTERPRISE] = {"企业", "enterprise"},
    [TRACE_OUTSIDE] = {"清单外单位", "outside"},
    [TRACE_PLACE] = {"去向", "place"},
    [TRACE_WATER] = {"水体", "water"},
    [TRACE_AIR] = {"大气", "air"},
    [TRACE_UNKNOWN] = {"未写明", "unknown"},
};

const char *trace_kind_label(enum trace_kind kind)
{
    return kinds[kind].label;
}

const char *trace_kind_key(enum trace_kind kind)
{
    return kinds[kind].key;
}

void trace_init(struct trace *trace)
{
    *trace = (struct trace){0};
    buffer_add_char(&trace->texts, '\0'); /* the empty text stands at 0 */
}

void trace_release(struct trace *trace)
{
    for (size_t i = 0; i < trace->node_count; i++) {
        free(trace->nodes[i].key);
        free(trace->nodes[i].name);
    }
    for (size_t i = 0; i < trace->material_count; i++)
        free(trace->materials[i]);
    free(trace->nodes);
    free(trace->links);
    free(trace->edges);
    free(trace->rows);
    free(trace->outs);
    free(trace->ins);
    free(trace->materials);
    free(trace->slots);
    buffer_release(&trace->texts);
    *trace = (struct trace){0};
}

/* The slot that holds the node, or the free one where it belongs. */
static size_t find_slot(const struct trace *trace, enum trace_kind kind, const char *key)
{
    size_t slot = text_hash((uint32_t)kind + 1, key) % trace->slot_count;
    while (trace->slots[slot] != TRACE_NOBODY) {
        const struct trace_node *node = &trace->nodes[trace->slots[slot]];
        if (node->kind == kind && strcmp(node->key, key) == 0)
            break;
        slot = (slot + 1) % trace->slot_count;
    }
    return slot;
}

static void make_slots(struct trace *trace)
{
    enum { LEAST = 64 };
    if (trace->node_count * 2 < trace->slot_count)
        return;
    free(trace->slots);
    trace->slot_count = trace->slot_count ? trace->slot_count * 4 : LEAST;
    trace->slots = mem_new(trace->slot_count, sizeof *trace->slots);
    for (size_t i = 0; i < trace->slot_count; i++)
        trace->slots[i] = TRACE_NOBODY;
    for (size_t i = 0; i < trace->node_count; i++)
        trace->slots[find_slot(trace, trace->nodes[i].kind, trace->nodes[i].key)] = i;
}

size_t trace_node(struct trace *trace, enum trace_kind kind, const char *key, const char *name)
{
    make_slots(trace);
    size_t *slot = &trace->slots[find_slot(trace, kind, key)];
    if (*slot != TRACE_NOBODY)
        return *slot;
    trace->nodes =
        mem_grow(trace->nodes, trace->node_count, &trace->node_capacity, sizeof *trace->nodes);
    trace->nodes[trace->node_count] =
        (struct trace_node){.kind = kind, .key = mem_text(key), .name = mem_text(name)};
    return *slot = trace->node_count++;
}

size_t trace_find(const struct trace *trace, enum trace_kind kind, const char *key)
{
    return trace->slot_count ? trace->slots[find_slot(trace, kind, key)] : TRACE_NOBODY;
}

/* ---- entries ---- */

static size_t keep_text(struct trace *trace, const char *text)
{
    if (text_is_empty(text))
        return 0;
    size_t begin = trace->texts.length;
    buffer_add_bytes(&trace->texts, text, strlen(text) + 1);
    return begin;
}

static size_t find_material(struct trace *trace, const char *material)
{
    const char *name = material ? material : "";
    for (size_t i = 0; i < trace->material_count; i++)
        if (strcmp(trace->materials[i], name) == 0)
            return i;
    trace->materials = mem_grow(trace->materials, trace->material_count, &trace->material_capacity,
                                sizeof *trace->materials);
    trace->materials[trace->material_count] = mem_text(name);
    return trace->material_count++;
}

static void add_row(struct trace *trace, size_t from, size_t to, enum teller teller,
                    const struct trace_entry *entry)
{
    bool is_known = entry->is_known && entry->kg >= 0;
    trace->rows =
        mem_grow(trace->rows, trace->row_count, &trace->row_capacity, sizeof *trace->rows);
    trace->rows[trace->row_count] = (struct trace_row){
        .from = from,
        .to = to,
        .teller = teller,
        .material = find_material(trace, entry->material),
        .sequence = trace->row_count,
        .kg = is_known ? entry->kg : 0,
        .is_known = is_known,
        .id = keep_text(trace, entry->id),
        .waste_code = keep_text(trace, entry->waste_code),
        .manifest_no = keep_text(trace, entry->manifest_no),
    };
    trace->row_count++;
}

void trace_send(struct trace *trace, size_t from, size_t to, const struct trace_entry *entry)
{
    trace->nodes[from].has_rows = true;
    add_row(trace, from, to, SENT, entry);
}

void trace_book(struct trace *trace, size_t from, size_t to, const struct trace_entry *entry)
{
    trace->nodes[to].has_rows = true;
    add_row(trace, from, to, BOOKED, entry);
}

void trace_note(struct trace *trace, size_t node)
{
    trace->nodes[node].has_rows = true;
}

/* ---- links and edges ---- */

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* Those whose sender is not named come last: TRACE_NOBODY is the largest number. */
static int compare_rows(const void *left, const void *right)
{
    const struct trace_row *a = left, *b = right;
    int order = compare_sizes(a->from, b->from);
    order = order ? order : compare_sizes(a->to, b->to);
    order = order ? order : (int)a->teller - (int)b->teller;
    order = order ? order : compare_sizes(a->material, b->material);
    return order ? order : compare_sizes(a->sequence, b->sequence);
}

static int compare_edges(const void *left, const void *right)
{
    const struct trace_edge *a = left, *b = right;
    if (a->kg != b->kg)
        return a->kg > b->kg ? -1 : 1;
    return compare_sizes(a->first_row, b->first_row);
}

/* Edges of the rows first..end, which one side tells about the link; returns their sum. */
static int64_t add_edges(struct trace *trace, size_t first, size_t end)
{
    int64_t sum = 0;
    while (first < end) {
        const struct trace_row *row = &trace->rows[first];
        struct trace_edge edge = {.link = trace->link_count,
                                  .material = trace->materials[row->material],
                                  .first_row = first};
        for (; first < end && trace->rows[first].material == row->material; first++) {
            edge.kg += trace->rows[first].kg;
            edge.row_count++;
            edge.unknown_count += !trace->rows[first].is_known;
        }
        sum += edge.kg;
        trace->edges[trace->edge_count++] = edge;
    }
    return sum;
}

/* The link of rows first..end, of which those from `booked` on are the receiver's. */
static void add_link(struct trace *trace, size_t first, size_t booked, size_t end)
{
    struct trace_link link = {.from = trace->rows[first].from,
                              .to = trace->rows[first].to,
                              .is_booked_only = booked == first,
                              .first_edge = trace->edge_count,
                              .first_booked_row = booked,
                              .booked_count = end - booked};
    for (size_t i = booked; i < end; i++)
        link.booked_kg += trace->rows[i].kg;
    link.kg = add_edges(trace, first, link.is_booked_only ? end : booked);
    link.edge_count = trace->edge_count - link.first_edge;
    qsort(&trace->edges[link.first_edge], link.edge_count, sizeof *trace->edges, compare_edges);
    trace->links[trace->link_count++] = link;
}

static bool check_sum(const struct trace *trace, struct error *err)
{
    int64_t sum = 0;
    for (size_t i = 0; i < trace->row_count; i++)
        if (!decimal_add(sum, trace->rows[i].kg, &sum))
            return error_set(
                err, ERROR_REFUSED,
                "这一期的铊量合计超出能计算的范围，请核对物料台账里的数量和铊含量的单位");
    return true;
}

static void make_links(struct trace *trace)
{
    if (trace->row_count)
        qsort(trace->rows, trace->row_count, sizeof *trace->rows, compare_rows);
    trace->links = mem_new(trace->row_count + 1, sizeof *trace->links);
    trace->edges = mem_new(trace->row_count + 1, sizeof *trace->edges);
    for (size_t first = 0; first < trace->row_count;) {
        const struct trace_row *row = &trace->rows[first];
        size_t booked = first, end;
        if (row->from == TRACE_NOBODY)
            return;
        for (end = first; end < trace->row_count && trace->rows[end].from == row->from &&
                          trace->rows[end].to == row->to;
             end++)
            booked += trace->rows[end].teller == SENT;
        add_link(trace, first, booked, end);
        first = end;
    }
}

/* ---- what stands at the nodes ---- */

static void sum_nodes(struct trace *trace)
{
    for (size_t i = 0; i < trace->row_count; i++) {
        const struct trace_row *row = &trace->rows[i];
        if (row->teller == BOOKED && row->from != row->to)
            trace->nodes[row->to].input_kg += row->kg;
    }
    for (size_t i = 0; i < trace->link_count; i++) {
        const struct trace_link *link = &trace->links[i];
        struct trace_node *from = &trace->nodes[link->from], *to = &trace->nodes[link->to];
        from->out_count++;
        to->in_count++;
        if (from == to)
            continue;
        from->out_kg += link->kg;
        to->in_kg += link->kg;
        if (to->kind == TRACE_WATER || to->kind == TRACE_AIR)
            from->discharged_kg += link->kg;
    }
}

struct mass {
    size_t link;
    int64_t kg;
};

static int compare_masses(const void *left, const void *right)
{
    const struct mass *a = left, *b = right;
    if (a->kg != b->kg)
        return a->kg > b->kg ? -1 : 1;
    return compare_sizes(a->link, b->link);
}

/* The links of each node, the largest first. */
static void order_links(struct trace *trace)
{
    struct mass *masses = mem_new(trace->link_count + 1, sizeof *masses);
    size_t *next_out = mem_new(trace->node_count + 1, sizeof *next_out);
    size_t *next_in = mem_new(trace->node_count + 1, sizeof *next_in);
    trace->outs = mem_new(trace->link_count + 1, sizeof *trace->outs);
    trace->ins = mem_new(trace->link_count + 1, sizeof *trace->ins);
    for (size_t i = 0; i < trace->link_count; i++)
        masses[i] = (struct mass){i, trace->links[i].kg};
    qsort(masses, trace->link_count, sizeof *masses, compare_masses);
    for (size_t i = 0; i < trace->node_count; i++) {
        struct trace_node *node = &trace->nodes[i];
        node->first_out = next_out[i];
        node->first_in = next_in[i];
        next_out[i + 1] = next_out[i] + node->out_count;
        next_in[i + 1] = next_in[i] + node->in_count;
    }
    for (size_t i = 0; i < trace->link_count; i++) {
        const struct trace_link *link = &trace->links[masses[i].link];
        trace->outs[next_out[link->from]++] = masses[i].link;
        trace->ins[next_in[link->to]++] = masses[i].link;
    }
    free(masses);
    free(next_out);
    free(next_in);
}

bool trace_seal(struct trace *trace, struct error *err)
{
    if (!check_sum(trace, err))
        return false;
    make_links(trace);
    sum_nodes(trace);
    order_links(trace);
    return true;
}

/* ---- asking ---- */

static const char *text_at(const struct trace *trace, size_t place)
{
    return trace->texts.text + place;
}

const char *trace_row_id(const struct trace *trace, size_t row)
{
    return text_at(trace, trace->rows[row].id);
}

/* Whether `text` stands in a list separated by 、. */
static bool is_listed(const char *list, const char *text)
{
    static const char comma[] = "、";
    size_t length = strlen(text);
    for (const char *item = list; item; item = strstr(item, comma)) {
        item += item == list ? 0 : strlen(comma);
        if (strncmp(item, text, length) == 0 &&
            (!item[length] || text_starts_with(item + length, comma)))
            return true;
    }
    return false;
}

static void list_text(struct buffer *out, size_t begin, const char *text)
{
    if (!*text || (out->length > begin && is_listed(out->text + begin, text)))
        return;
    buffer_add(out, out->length > begin ? "、" : "");
    buffer_add(out, text);
}

void trace_write_waste_codes(const struct trace *trace, const struct trace_edge *edge,
                             struct buffer *out)
{
    size_t begin = out->length;
    for (size_t i = 0; i < edge->row_count; i++)
        list_text(out, begin, text_at(trace, trace->rows[edge->first_row + i].waste_code));
}

void trace_write_manifests(const struct trace *trace, const struct trace_edge *edge,
                           struct buffer *out)
{
    size_t begin = out->length;
    for (size_t i = 0; i < edge->row_count; i++)
        list_text(out, begin, text_at(trace, trace->rows[edge->first_row + i].manifest_no));
}

bool trace_difference(const struct trace *trace, const struct trace_link *link, int64_t *kg)
{
    const struct trace_node *from = &trace->nodes[link->from], *to = &trace->nodes[link->to];
    *kg = (link->is_booked_only ? 0 : link->kg) - link->booked_kg;
    return link->from != link->to && from->kind == TRACE_ENTERPRISE &&
           to->kind == TRACE_ENTERPRISE && from->has_rows && to->has_rows;
}

static bool says(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strstr(text, *words))
            return true;
    return false;
}

bool trace_stays(const char *destination)
{
    static const char *const inside[] = {"自用", "回用", "返回", "返炉", "厂内", "本厂",
                                         "自有", "自建", "贮存", "暂存", "堆存", NULL};
    static const char *const outside[] = {"外售", "外运", "委托", "委外", NULL};
    return says(destination, inside) && !says(destination, outside);
}
