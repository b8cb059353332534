/* quota_guard.h - what must never stand in the quota accounts: nothing is spent twice, nothing
 * before it is verified or from a line that does not count. The store asks before every change,
 * the rules about files that came from elsewhere; both by the same arithmetic (core/account.h).
 *
 * Sources: 吉环固体字〔2022〕12号 三, 四, 六（三）; 桂重金属方案 四（一）. */
#ifndef TAIZHANG_CORE_QUOTA_GUARD_H
#define TAIZHANG_CORE_QUOTA_GUARD_H

#include "core/account.h"

/* The guard of quota_transfer: refuses one that takes its source below zero on any day, one from a
 * source that does not count or is not listed where the policy wants it, one that enters the same
 * paper twice, and a voiding before the transfer. What a change leaves as it was is not judged. */
bool quota_guard_transfer(const struct record *before, const struct record *after,
                          const struct check_context *context, struct error *err);

/* The guard of reduction_project: what has been transferred must stay covered. */
bool quota_guard_reduction(const struct record *before, const struct record *after,
                           const struct check_context *context, struct error *err);

/* Appends why the transfer's source does not count, or not yet; nothing when it does or when no
 * source is named. Looks at reduction_project. */
void quota_describe_flaw(const struct record *transfer, const struct check_context *context,
                         struct buffer *sentence);

/* Appends what is lacking when the transfer's source is overspent on any day; nothing when it is
 * not. Looks at reduction_project and quota_transfer. */
void quota_describe_overspending(const struct record *transfer, const struct check_context *context,
                                 struct buffer *sentence);

/* Whether the policy wants the source in the verified list and the transfer's project says that it
 * is not. Looks at construction_project. */
bool quota_is_unlisted(const struct record *transfer, const struct check_context *context);

/* Whether both transfers say that the same opinion moves the same amount from the same source (or
 * place) to the same project. */
bool quota_is_same_paper(const struct record *a, const struct record *b);

/* What is wrong, to be read behind the name of the reduction project, and how to mend it; both NULL
 * for CREDIT_SOUND. */
struct credit_flaw_text {
    const char *what, *mend;
};
extern const struct credit_flaw_text credit_flaw_texts[];

#endif
