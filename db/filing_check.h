/* filing_check.h - what keeps a report from being filed, and what its reader will ask about. */
#ifndef TAIZHANG_DB_FILING_CHECK_H
#define TAIZHANG_DB_FILING_CHECK_H

#include "core/finding.h"
#include "db/filing.h"

struct filing_finding {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *name; /* of the record; owned */
    const char *rule;
    const struct field *field; /* NULL: about the whole record */
    enum severity severity;
    const char *basis; /* may be NULL */
    char *message;     /* owned */
};

/* Errors first, then warnings that nobody has accepted; within these by register and record. */
struct filing_findings {
    struct filing_finding *items; /* owned */
    size_t count, capacity;
    size_t counts[SEVERITY__COUNT];
    size_t gaps; /* required fields that are empty: told as a number, they keep nothing */
};

/* Asks the rules about the records that a report shows and their child records as they are now, and
 * compares names with those that the filing `former` (id; "": none) showed. An error blocks: it is
 * mended, not overridden; that work is late (rule.is_delay) is told as a warning. `findings` is
 * initialised by the call and must be released. */
bool filing_check(struct store *store, const struct filing_rows *rows, const char *former,
                  struct filing_findings *findings, struct error *err);

void filing_findings_release(struct filing_findings *findings);

#endif
