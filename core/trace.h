/* trace.h - where the thallium of an enterprise comes from and where it goes, over several
 * enterprises (吉环固体字〔2022〕10号 四（七）“铊元素可核算可追踪”): a graph of one period.
 *
 * Nodes are enterprises and places where thallium ends; a link is all that one sent to another, an
 * edge the part of it that is one class of material, a row one entry of a ledger. Masses are exact
 * kg at scale 6 (milligrams) in int64; all of a period together fit, or trace_seal refuses.
 *
 *     trace_init; trace_node, trace_send, trace_book for every entry; trace_seal;
 *     trace_walk from any node, as often as one likes; trace_walk_release; trace_release
 */
#ifndef TAIZHANG_CORE_TRACE_H
#define TAIZHANG_CORE_TRACE_H

#include "core/buffer.h"
#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

enum { TRACE_SCALE = 6 };
#define TRACE_NOBODY SIZE_MAX

enum trace_kind {
    TRACE_ENTERPRISE, /* of the list; its key is its id */
    TRACE_OUTSIDE,    /* a company that is not in the list, buyer or supplier; key: folded name */
    TRACE_PLACE,      /* 填埋场, 外售: where the ledger's trail ends */
    TRACE_WATER,
    TRACE_AIR,
    TRACE_UNKNOWN, /* the ledger does not say */
    TRACE_KIND__COUNT
};

struct trace_node {
    enum trace_kind kind;
    char *key, *name;      /* owned */
    bool has_rows;         /* whether it has a ledger in the period */
    int64_t input_kg;      /* booked by itself as input, from whomever else */
    int64_t in_kg, out_kg; /* over its links, those to itself left out */
    int64_t discharged_kg; /* the part of out_kg that went to water and air */
    size_t first_out, out_count, first_in, in_count; /* in trace.outs, trace.ins */
};

/* Everything from one node to another. Where both ledgers tell of it the sender's counts; what the
 * receiver booked stands beside it. */
struct trace_link {
    size_t from, to; /* equal: used again by itself */
    int64_t kg;      /* sum of its edges */
    int64_t booked_kg;
    bool is_booked_only; /* the sender's ledger does not show it: kg is what the receiver booked */
    size_t first_edge, edge_count;         /* the largest edge first */
    size_t first_booked_row, booked_count; /* entries of the receiver */
};

struct trace_edge {
    size_t link;
    const char *material; /* class: "烟尘"; lives as long as the trace */
    int64_t kg;
    size_t first_row, row_count;
    size_t unknown_count; /* of the rows, those without a mass */
};

/* One entry. Texts are copied by the call; NULL or "" where there is none. */
struct trace_entry {
    const char *id, *material, *waste_code, *manifest_no;
    int64_t kg;    /* at scale 6 */
    bool is_known; /* false: nobody has measured it, or it makes no sense (below zero) */
};

struct trace_row;

struct trace {
    struct trace_node *nodes;
    struct trace_link *links;
    struct trace_edge *edges;
    struct trace_row *rows;
    size_t node_count, link_count, edge_count, row_count;
    size_t *outs, *ins; /* links by their `from` and by their `to`, the largest first */
    char **materials;
    size_t material_count;
    struct buffer texts; /* of the rows */
    size_t *slots;       /* finds nodes */
    size_t slot_count, node_capacity, row_capacity, material_capacity;
};

void trace_init(struct trace *trace);
void trace_release(struct trace *trace);

/* The node of that kind and key; makes it, with `name`, when there is none. */
size_t trace_node(struct trace *trace, enum trace_kind kind, const char *key, const char *name);

/* The same without making it; TRACE_NOBODY when there is none. */
size_t trace_find(const struct trace *trace, enum trace_kind kind, const char *key);

/* An entry in the ledger of `from`: it went to `to`. */
void trace_send(struct trace *trace, size_t from, size_t to, const struct trace_entry *entry);

/* An entry in the ledger of `to`: it came from `from`, TRACE_NOBODY when the ledger does not say.
 */
void trace_book(struct trace *trace, size_t from, size_t to, const struct trace_entry *entry);

/* Any other entry (stock): the node has a ledger. */
void trace_note(struct trace *trace, size_t node);

/* Makes links and edges of the entries. ERROR_REFUSED when the sum is too large to be calculated.
 */
bool trace_seal(struct trace *trace, struct error *err);

/* Id of the n-th row (from an edge's first_row or a link's first_booked_row). Borrowed. */
const char *trace_row_id(const struct trace *trace, size_t row);

/* Appends the waste codes, the manifests of an edge, each once, separated by 、. */
void trace_write_waste_codes(const struct trace *trace, const struct trace_edge *edge,
                             struct buffer *out);
void trace_write_manifests(const struct trace *trace, const struct trace_edge *edge,
                           struct buffer *out);

/* Sent minus booked of a link, where both ledgers can be compared: both are enterprises that have
 * entries in the period. False: they cannot. */
bool trace_difference(const struct trace *trace, const struct trace_link *link, int64_t *kg);

/* Whether a destination says that all of the material stays with the enterprise: 自用, 回用,
 * 厂内贮存; not 自用、外售. */
bool trace_stays(const char *destination);

/* What a person calls a kind: "企业", "清单外单位", …. And in JSON: "enterprise", "outside", …. */
const char *trace_kind_label(enum trace_kind kind);
const char *trace_kind_key(enum trace_kind kind);

/* ---- following the chain ---- */

/* One link, as one comes upon it: a node's links follow it, one step deeper. */
struct trace_step {
    size_t link;
    size_t depth;   /* 0: at the start */
    bool is_return; /* leads back to a node that one has come through: the walk ends there */
    bool is_again;  /* leads to a node whose own links stand at another step */
};

/* What the walk tells about a node. */
struct trace_place {
    bool is_shown, is_upstream; /* upstream: the start does not lead to it */
    int layer;                  /* steps from the start on the longest way, negative upstream */
    int64_t received_kg;        /* over the links of the walk */
    int64_t attributed_kg; /* how much of what left the start ended here; with the start: came back
                              to it */
};

struct trace_walk {
    size_t start;
    struct trace_step *steps;
    size_t step_count, down_count; /* the first down_count lead downstream, the others upstream */
    struct trace_place *places;    /* by node */
    size_t *order; /* the nodes shown: start, downstream with the current, then upstream */
    size_t order_count, downstream_count; /* the start counts as downstream */
    size_t cycles;                        /* return streams */
    int64_t left_kg;                      /* what left the start; the sum of all attributed_kg */
};

/* Follows the chain from `start` both ways, each link once. What left the start is attributed to
 * where it ended: what comes to a node leaves it in the proportions of its ledger, of the larger of
 * all that came in and all that left; what does not leave stays. What comes back to the start has
 * ended there, as it has been counted when it left. Return streams make this a system of equations:
 * iterated until less than 1 mg is under way. `walk` is initialised by the call. */
void trace_walk(const struct trace *trace, size_t start, struct trace_walk *walk);
void trace_walk_release(struct trace_walk *walk);

/* What ended at a node, by its own ledger: at an enterprise what came in and did not leave. */
int64_t trace_ended(const struct trace *trace, const struct trace_walk *walk, size_t node);

#endif
