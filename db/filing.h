/* filing.h - reports that went out to superiors: which records they showed, and with what figures.
 *
 * A filing is a record of register `filing`; beside it stand, in the table `filed`, the records
 * that its workbook showed, each with the fields that it showed, frozen. So any two filings can be
 * compared, and what is changed afterwards is known. A filing that is undone or deleted counts no
 * longer; its rows stay. */
#ifndef TAIZHANG_DB_FILING_H
#define TAIZHANG_DB_FILING_H

#include "db/store.h"

/* ---- what a report showed ---- */

struct filing_row {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *name, *figures; /* figures.h; owned */
    bool is_within;       /* it stood only in cells of other records */
};

struct filing_rows {
    struct filing_row *items; /* owned */
    size_t count, capacity;
};

/* Adds a record with the fields that are `shown` (by field index). */
void filing_rows_add(struct filing_rows *rows, const struct record *record, const bool *shown,
                     const struct lookup *lookup);

/* The same of a record that stands only in cells of another one: the latest progress in the row of
 * its problem. It is frozen like the others, but no entry of a list. */
void filing_rows_add_within(struct filing_rows *rows, const struct record *record,
                            const bool *shown, const struct lookup *lookup);

/* Sorts them by register and id; what was added of one record several times becomes one row. */
void filing_rows_settle(struct filing_rows *rows);

/* Whether the record is among them, which are settled. */
bool filing_rows_have(const struct filing_rows *rows, const struct reg *reg, const char *id);
void filing_rows_release(struct filing_rows *rows);

/* ---- recording ---- */

/* Within a change that was begun: stores the filing with its rows (settled) and fills its numbers
 * 上期, 新增, 移出, 本期, as far as they are known. `filing` then holds the stored state. */
bool filing_keep(struct store *store, struct record *filing, const struct filing_rows *rows,
                 struct error *err);

/* What goes out: which kind, about which period (canonical), by which report ("annual"). */
struct filing_subject {
    const char *kind, *period, *report;
};

/* The latest filing of the kind by the same report (or entered by hand) about an earlier period,
 * or, `with_same`, also about this one; "" when there is none. */
bool filing_last(struct store *store, const struct filing_subject *subject, bool with_same,
                 char id[RECORD_ID_SIZE], struct error *err);

/* The subject of a record of register filing; borrowed. */
struct filing_subject filing_subject_of(const struct record *filing);

/* How many filings of that kind and period there are by the same report (or entered by hand). */
bool filing_count(struct store *store, const struct filing_subject *subject, int64_t *count,
                  struct error *err);

/* ---- comparing ---- */

enum filing_difference { FILING_ENTERED, FILING_REMOVED, FILING_CHANGED, FILING_DIFFERENCES };

struct filing_change {
    enum filing_difference kind;
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *name;                /* owned */
    const struct field *field; /* of FILING_CHANGED */
    char *former, *now;        /* canonical texts, "" empty; NULL unless FILING_CHANGED; owned */
    char *who, *at, *why;      /* of filing_changes_since; NULL else; owned */
};

/* former + entered − removed = current, always: what does not add up is not the same record. What
 * stood only in cells of other records is not counted. */
struct filing_balance {
    const struct reg *reg;
    int64_t former, entered, removed, current;
    int64_t changed; /* records with at least one other text */
};

struct filing_comparison {
    struct filing_change *changes; /* by register and record; owned */
    size_t count, capacity;
    struct filing_balance *balances; /* one for each register that either shows; owned */
    size_t balance_count, balance_capacity;
};

/* What the filing `now` (id) shows otherwise than `former`: records by their ids, fields that both
 * showed. `comparison` is initialised by the call and must be released. */
bool filing_compare(struct store *store, const char *former, const char *now,
                    struct filing_comparison *comparison, struct error *err);

/* What has become of the figures of a filing in the file since: changed (only fields that
 * figures_freeze names), or FILING_REMOVED when the record was deleted, with who did it last. */
bool filing_changes_since(struct store *store, const char *filing,
                          struct filing_comparison *comparison, struct error *err);

void filing_comparison_release(struct filing_comparison *comparison);

/* Appends what a person reads for a canonical text of the field. */
void filing_display(struct store *store, const struct field *field, const char *canonical,
                    struct buffer *out);

#endif
