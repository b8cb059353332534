/* accept.h - warnings that somebody has looked at, found right as they are, and lets stand, with
 * the reason. Each is a record of the register `acceptance`, so it has a history and can be undone.
 *
 * It holds as long as the same rule speaks about the same field of the record and the field holds
 * what it held then: another number must be looked at again, another day need not. */
#ifndef TAIZHANG_DB_ACCEPT_H
#define TAIZHANG_DB_ACCEPT_H

#include "db/store.h"

/* ---- of one record, beside findings in memory ---- */

struct acceptance {
    char id[RECORD_ID_SIZE];
    char *rule, *field, *value; /* owned; field and value may be "" */
    char *reason, *by, *on;     /* owned */
};

struct acceptances {
    struct acceptance *items;
    size_t count, capacity;
};

/* Reads what was accepted about the record; `acceptances` is initialised by the call. */
bool acceptances_read(struct store *store, const struct reg *reg, const char *record,
                      struct acceptances *acceptances, struct error *err);
void acceptances_release(struct acceptances *acceptances);

/* By what `finding` about `record` is let stand; NULL when it is not. Only warnings can be. */
const struct acceptance *acceptance_of(const struct acceptances *acceptances,
                                       const struct record *record, const struct finding *finding);

/* ---- changing ---- */

/* Which warning. */
struct accept_subject {
    const struct reg *reg;
    const char *record; /* id */
    const char *rule;
    const char *field; /* NULL: the rule's only warning about the record, whatever its field */
};

/* Whether the reason will do: the sentence that a register with that field would ask for. */
bool accept_check_reason(const char *reason, struct error *err);

/* Lets a warning stand. Refused without such a warning, for an error (data must be mended) and for
 * a hint (nothing is asked). */
bool accept_warning(struct store *store, const struct accept_subject *subject, const char *reason,
                    struct error *err);

/* Takes that back. ERROR_MISSING when it was not accepted. */
bool accept_withdraw(struct store *store, const struct accept_subject *subject, struct error *err);

#endif
