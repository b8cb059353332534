/* Following the chain of a trace both ways, and attributing what left its start. */
#include "core/mem.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* 128 bits: a product of two masses. */
__extension__ typedef __int128 wide;

enum direction { DOWN, UP };
enum state { UNSEEN, ON_PATH, DONE };
enum mark { UNTOLD, FORWARD, RETURN };

/* A node on the path, and which of its links is to be looked at next. */
struct visit {
    size_t node, next;
    size_t depth; /* steps that were told on the way to it */
};

struct walker {
    const struct trace *trace;
    struct trace_walk *walk;
    enum direction direction;
    unsigned char *states; /* by node */
    unsigned char *marks;  /* by link */
    struct visit *path;
    size_t depth;
    size_t *finished; /* nodes in the order in which they were done with */
    size_t finished_count;
};

/* ---- the walk ---- */

static size_t count_links(const struct walker *walker, size_t node)
{
    const struct trace_node *of = &walker->trace->nodes[node];
    return walker->direction == DOWN ? of->out_count : of->in_count;
}

/* The n-th link of a node in the direction of the walk. */
static size_t link_at(const struct walker *walker, size_t node, size_t n)
{
    const struct trace *trace = walker->trace;
    return walker->direction == DOWN ? trace->outs[trace->nodes[node].first_out + n]
                                     : trace->ins[trace->nodes[node].first_in + n];
}

static size_t far_end(const struct walker *walker, size_t link)
{
    const struct trace_link *of = &walker->trace->links[link];
    return walker->direction == DOWN ? of->to : of->from;
}

static void enter(struct walker *walker, size_t node, size_t depth)
{
    walker->path[walker->depth++] = (struct visit){.node = node, .depth = depth};
    walker->states[node] = ON_PATH;
}

static void leave(struct walker *walker)
{
    size_t node = walker->path[--walker->depth].node;
    walker->states[node] = DONE;
    walker->finished[walker->finished_count++] = node;
}

/* A step over `link`; what lies behind it is entered when it is new. What was told downstream (a
 * way back into the start) is not told again upstream, but leads on to what lies behind it. */
static void step(struct walker *walker, size_t link)
{
    struct trace_walk *walk = walker->walk;
    size_t node = far_end(walker, link), depth = walker->path[walker->depth - 1].depth;
    bool is_return = walker->states[node] == ON_PATH, is_told = walker->marks[link] == UNTOLD;
    if (is_told) {
        walk->steps[walk->step_count++] = (struct trace_step){
            .link = link,
            .depth = depth,
            .is_return = is_return,
            .is_again = walker->states[node] == DONE && count_links(walker, node) > 0,
        };
        walker->marks[link] = is_return ? RETURN : FORWARD;
        walk->cycles += is_return;
    }
    if (walker->states[node] == UNSEEN)
        enter(walker, node, depth + is_told);
}

static void list_finished(struct walker *walker)
{
    struct trace_walk *walk = walker->walk;
    for (size_t i = walker->finished_count; i-- > 0;) {
        struct trace_place *place = &walk->places[walker->finished[i]];
        if (place->is_shown)
            continue;
        walk->order[walk->order_count++] = walker->finished[i];
        place->is_shown = true;
        place->is_upstream = walker->direction == UP;
    }
}

/* Against the order in which they were finished, every forward link leads to a later node. */
static void count_layers(struct walker *walker)
{
    struct trace_place *places = walker->walk->places;
    bool up = walker->direction == UP;
    for (size_t i = walker->finished_count; i-- > 0;) {
        size_t node = walker->finished[i];
        int next = up && !places[node].is_upstream ? -1 : places[node].layer + (up ? -1 : 1);
        for (size_t n = 0; n < count_links(walker, node); n++) {
            size_t link = link_at(walker, node, n);
            struct trace_place *place = &places[far_end(walker, link)];
            if (walker->marks[link] == FORWARD && place->is_upstream == up &&
                abs(next) > abs(place->layer))
                place->layer = next;
        }
    }
}

/* Depth first, without recursion: a chain may be as long as the list. */
static void follow(struct walker *walker, enum direction direction)
{
    walker->direction = direction;
    walker->finished_count = 0;
    memset(walker->states, UNSEEN, walker->trace->node_count);
    enter(walker, walker->walk->start, 0);
    while (walker->depth) {
        struct visit *visit = &walker->path[walker->depth - 1];
        if (visit->next < count_links(walker, visit->node))
            step(walker, link_at(walker, visit->node, visit->next++));
        else
            leave(walker);
    }
    list_finished(walker);
    count_layers(walker);
}

/* ---- the attribution ---- */

/* Masses here are nanograms, so that the roundings of many turns stay far below a milligram. */
enum { NANO = 1000000, WORK_MOST = 1 << 20 };

struct spread {
    const struct trace *trace;
    const struct trace_walk *walk;
    wide *pending; /* by node: has come and was not passed on */
    wide *stayed;
    wide *latest; /* the part of `stayed` of the last turn */
    size_t work;
};

/* a * b / divisor without an intermediate result that does not fit; b <= divisor. */
static wide share_of(wide a, int64_t b, int64_t divisor)
{
    return a / divisor * b + a % divisor * b / divisor;
}

/* All that passes through a node, by what its own and its neighbours' ledgers say. */
static int64_t through(const struct trace_node *node)
{
    int64_t most = node->in_kg > node->input_kg ? node->in_kg : node->input_kg;
    return most > node->out_kg ? most : node->out_kg;
}

/* Passes on what has come to a node, to the last nanogram. */
static void pass_on(struct spread *spread, size_t at)
{
    const struct trace *trace = spread->trace;
    const struct trace_node *node = &trace->nodes[at];
    wide mass = spread->pending[at], given = 0;
    int64_t all = through(node), sum = 0;
    spread->pending[at] = 0;
    for (size_t i = 0; i < node->out_count; i++) {
        const struct trace_link *link = &trace->links[trace->outs[node->first_out + i]];
        if (link->to == at || link->kg == 0)
            continue;
        sum += link->kg;
        wide upto = share_of(mass, sum, all);
        spread->pending[link->to] += upto - given;
        given = upto;
        spread->work++;
    }
    spread->stayed[at] += mass - given;
    spread->latest[at] += mass - given;
}

/* One turn over the chain; returns what is still under way, on return streams. */
static wide turn(struct spread *spread)
{
    const struct trace_walk *walk = spread->walk;
    wide rest = 0;
    for (size_t i = 1; i < walk->downstream_count; i++) {
        size_t node = walk->order[i];
        spread->latest[node] = 0;
        if (spread->pending[node])
            pass_on(spread, node);
    }
    spread->stayed[walk->start] += spread->pending[walk->start];
    spread->latest[walk->start] = spread->pending[walk->start];
    spread->pending[walk->start] = 0;
    for (size_t i = 1; i < walk->downstream_count; i++)
        rest += spread->pending[walk->order[i]];
    return rest;
}

/* What has not arrived ends as that of the last turn did: turns are proportional to each other
 * once the smaller circles have died out. */
static void settle(struct spread *spread, wide rest)
{
    const struct trace_walk *walk = spread->walk;
    const int64_t parts = INT64_C(1) << 40;
    wide latest = 0, sum = 0, given = 0;
    for (size_t i = 0; i < walk->downstream_count; i++)
        latest += spread->latest[walk->order[i]];
    for (size_t i = 0; i < walk->downstream_count; i++) {
        size_t node = walk->order[i];
        if (latest == 0) {
            spread->stayed[node] += spread->pending[node];
            continue;
        }
        sum += spread->latest[node];
        wide upto = share_of(rest, (int64_t)(sum * parts / latest), parts);
        spread->stayed[node] += upto - given;
        given = upto;
    }
}

/* In whole milligrams, whose sum is what left. */
static void round_off(const struct spread *spread, struct trace_walk *walk)
{
    wide sum = 0, given = 0;
    for (size_t i = 0; i < walk->downstream_count; i++) {
        size_t node = walk->order[i];
        sum += spread->stayed[node];
        walk->places[node].attributed_kg = (int64_t)(sum / NANO - given);
        given = sum / NANO;
    }
}

static void attribute(const struct trace *trace, struct trace_walk *walk)
{
    struct spread spread = {
        .trace = trace,
        .walk = walk,
        .pending = mem_new(trace->node_count, sizeof(wide)),
        .stayed = mem_new(trace->node_count, sizeof(wide)),
        .latest = mem_new(trace->node_count, sizeof(wide)),
    };
    const struct trace_node *start = &trace->nodes[walk->start];
    for (size_t i = 0; i < start->out_count; i++) {
        const struct trace_link *link = &trace->links[trace->outs[start->first_out + i]];
        if (link->to != walk->start)
            spread.pending[link->to] += (wide)link->kg * NANO;
    }
    walk->left_kg = start->out_kg;
    wide rest;
    do
        rest = turn(&spread);
    while (rest >= NANO && spread.work < WORK_MOST);
    settle(&spread, rest);
    round_off(&spread, walk);
    free(spread.pending);
    free(spread.stayed);
    free(spread.latest);
}

/* ---- both ---- */

void trace_walk(const struct trace *trace, size_t start, struct trace_walk *walk)
{
    *walk = (struct trace_walk){
        .start = start,
        .steps = mem_new(trace->link_count + 1, sizeof *walk->steps),
        .places = mem_new(trace->node_count, sizeof *walk->places),
        .order = mem_new(trace->node_count, sizeof *walk->order),
    };
    struct walker walker = {
        .trace = trace,
        .walk = walk,
        .states = mem_new(trace->node_count, 1),
        .marks = mem_new(trace->link_count + 1, 1),
        .path = mem_new(trace->node_count, sizeof *walker.path),
        .finished = mem_new(trace->node_count, sizeof *walker.finished),
    };
    follow(&walker, DOWN);
    walk->down_count = walk->step_count;
    walk->downstream_count = walk->order_count;
    follow(&walker, UP);
    for (size_t i = 0; i < walk->step_count; i++) {
        const struct trace_link *link = &trace->links[walk->steps[i].link];
        if (link->from != link->to)
            walk->places[link->to].received_kg += link->kg;
    }
    attribute(trace, walk);
    free(walker.states);
    free(walker.marks);
    free(walker.path);
    free(walker.finished);
}

void trace_walk_release(struct trace_walk *walk)
{
    free(walk->steps);
    free(walk->places);
    free(walk->order);
    *walk = (struct trace_walk){0};
}

int64_t trace_ended(const struct trace *trace, const struct trace_walk *walk, size_t node)
{
    const struct trace_node *of = &trace->nodes[node];
    if (of->out_count == 0 && of->kind != TRACE_ENTERPRISE)
        return walk->places[node].received_kg;
    int64_t most = of->in_kg > of->input_kg ? of->in_kg : of->input_kg;
    return most > of->out_kg ? most - of->out_kg : 0;
}
