/* balance.h - the thallium balance of an enterprise over a period: what came in, what went out,
 * what lies in stock, and what nobody can account for (吉环固体字〔2022〕10号 四（七）;
 * 桂重金属方案 四（三）: 铊元素可核算可追踪).
 *
 *     unaccounted = input − outputs − (closing stock − opening stock)
 *     closure     = (outputs + closing stock) ÷ (input + opening stock)
 *
 * No document gives a tolerance for the closure: the bands are parameters. Nothing is guessed: what
 * is missing is named. All masses of thallium are kg with FLOW_KG_SCALE decimals, all percentages
 * have BALANCE_PERCENT_SCALE. */
#ifndef TAIZHANG_CORE_BALANCE_H
#define TAIZHANG_CORE_BALANCE_H

#include "core/flow.h"
#include "core/period.h"

enum { BALANCE_PERCENT_SCALE = 2 };

enum balance_stream {
    BALANCE_INPUT,
    BALANCE_PRODUCT, /* the outputs begin here */
    BALANCE_BYPRODUCT,
    BALANCE_WASTE,
    BALANCE_DUST,
    BALANCE_SLUDGE,
    BALANCE_WASTEWATER,
    BALANCE_GAS, /* and end here */
    BALANCE_OPENING,
    BALANCE_CLOSING,
    BALANCE_UNPLACED, /* rows without direction, or outputs without class: in no sum */
    BALANCE_STREAM_COUNT,
};

/* What programs and people call it: "wastewater", "废水". */
const char *balance_stream_key(enum balance_stream stream);
const char *balance_stream_label(enum balance_stream stream);
bool balance_is_output(enum balance_stream stream);

/* Where a row of the ledger belongs, by its direction and, of an output, its class. */
enum balance_stream balance_stream_of(const char *flow, const char *material_class);

/* ---- what the bureau has settled ---- */

struct balance_policy {
    int64_t red_below, green_from, green_upto, red_above; /* closure, in percent */
    int assay_months; /* so long before the end of the period an assay of an input still counts */
    enum flow_lod lod;
};
void balance_read_policy(struct balance_policy *policy, const struct check_context *context);

/* The day from which on a sample of an input counts for `period`. */
struct date balance_assayed_since(const struct balance_policy *policy, struct period period);

/* What must be worked out by `today`: the last quarter and the last year that ended at least
 * parameter balance_due_days ago. */
struct balance_due {
    struct period quarter, year;
};
struct balance_due balance_find_due(const struct check_context *context);

enum balance_band { BALANCE_UNDETERMINED, BALANCE_NORMAL, BALANCE_EXPLAIN, BALANCE_RETEST };

const char *balance_band_key(enum balance_band band);   /* "normal" */
const char *balance_band_label(enum balance_band band); /* "正常" */

/* ---- rows ---- */

/* One row of the ledger, or several of the same period, stream and gap. */
struct balance_row {
    struct period period;
    enum balance_stream stream;
    const char *gap; /* why there is no kg: one of flow_gap_choices; NULL: there is */
    bool is_double;  /* a row of a longer period holds the same already */
    int64_t rows;
    int64_t kg;                             /* of those that are not below the detection limit */
    int64_t below_rows;                     /* those that are */
    int64_t below_kg[FLOW_LOD_COUNT];       /* what they come to by each rule */
    int64_t mass, assayed_mass, stale_rows; /* of inputs in t, dry where that is known: all, with an
                                               assay that counts; how many have an older one */
};

/* One record of material_flow. */
void balance_read_row(const struct record *flow, struct date assayed_since,
                      struct balance_row *row);

/* Whether `part` is booked a second time in `whole`, a record of a longer period: the same
 * direction and material, and no batch or receiver that tells them apart. */
bool balance_is_double(const struct record *whole, const struct record *part);

/* ---- the balance ---- */

enum balance_reason {
    BALANCE_NO_ROW,    /* what the enterprise's profile lets expect is not in the ledger */
    BALANCE_GAP,       /* rows without kg */
    BALANCE_STALE,     /* inputs whose assay is too old */
    BALANCE_UNCOVERED, /* parts of the period without input */
    BALANCE_LONGER,    /* rows of a longer period, which are not split */
    BALANCE_DOUBLE,    /* booked for a longer period too: not counted again */
    BALANCE_STOCK,     /* stocks that do not fit the period or each other */
    BALANCE_REASON_COUNT,
};

struct balance_missing {
    enum balance_stream stream;
    enum balance_reason reason;
    const char *gap;      /* of BALANCE_GAP; NULL else */
    struct period period; /* of BALANCE_LONGER and BALANCE_DOUBLE; year 0: the whole */
    int64_t rows;         /* 0: it is not about rows */
    char *text;           /* Chinese, a few words: "缺含水率"; owned */
};

struct balance_total {
    int64_t kg;          /* by the rule of the policy */
    int64_t rows, known; /* of these, with kg */
};

struct balance {
    struct period period;
    struct balance_policy policy;
    bool has_profile; /* else only what every plant has could be expected */
    struct balance_total totals[BALANCE_STREAM_COUNT];
    struct period stock_from, stock_to; /* of the opening and the closing stock; year 0: none */
    int64_t output_kg, stock_change_kg, unaccounted_kg;
    bool has_closure, has_flow_closure, has_coverage;
    int64_t closure_percent;
    int64_t
        flow_closure_percent; /* outputs ÷ (input − stock change): a large stock hides nothing */
    int64_t coverage_percent; /* of the input mass */
    enum balance_band band, flow_band;
    int64_t below_rows, below_kg[FLOW_LOD_COUNT];
    int64_t closure_by_lod[FLOW_LOD_COUNT]; /* while has_closure; -1: not to be had */
    struct balance_missing *missing;        /* by stream; owned */
    size_t missing_count, missing_capacity;
};

struct balance_request {
    struct period period;
    struct balance_policy policy;
    const struct record *profile; /* of thallium_enterprise; NULL: there is none */
    const struct balance_row *rows;
    size_t row_count;
    struct date today; /* what has not ended before this day cannot be missing; {0}: all has */
};

/* Rows that lie within the period count, of the stocks the earliest opening and the latest closing
 * ones. ERROR_REFUSED when the sums are too large for any plant. `balance` is initialised in every
 * case. */
bool balance_make(struct balance *balance, const struct balance_request *request,
                  struct error *err);
void balance_release(struct balance *balance);

/* A line of the balance as every table shows it, in this order: a stream or a sum. */
struct balance_line {
    const char *key, *label;    /* "input_kg", "投入" */
    enum balance_stream stream; /* BALANCE_STREAM_COUNT: a sum */
    int64_t kg;
    bool is_known; /* false: there is no row with kg, which is not the same as none; of the rest
                      that nobody can account for: there is no closure */
};
enum { BALANCE_LINES = 13 };
void balance_list_lines(const struct balance *balance, struct balance_line lines[BALANCE_LINES]);

/* `kg` in percent of what was put in; false when nothing was. */
bool balance_find_share(const struct balance *balance, int64_t kg, int64_t *percent);

/* Whether a row is in the sums of the balance: within its period, not booked twice, and of the
 * stocks those that open and close it. */
bool balance_counts(const struct balance *balance, const struct balance_row *row);

/* "（产出和排放 … + 期末库存 …）÷（…）= 91.20%": how closure_percent is worked out, with the
 * numbers. Appends. */
void balance_write_formula(const struct balance *balance, struct buffer *out);

/* What the bands are, and what counts below the detection limit and how much that matters: what
 * must stand under every table. One sentence each. Appends. */
void balance_write_bands(const struct balance *balance, struct buffer *out);
void balance_write_below(const struct balance *balance, struct buffer *out);

#endif
