/* judge_limit.h - which limits apply to a sample; only core/judge.c includes it. */
#ifndef TAIZHANG_CORE_JUDGE_LIMIT_H
#define TAIZHANG_CORE_JUDGE_LIMIT_H

#include "core/measure.h"
#include "core/record.h"

/* What a limit is worth for the sample, the most decisive first. */
enum standing {
    STANDS_VERIFIED,   /* applies, and was compared with its standard */
    STANDS_UNVERIFIED, /* applies, but nobody has compared it */
    STANDS_REFERENCE,  /* is for something near: another class of water, another stage */
    STANDS_ELSEWHERE,  /* is for another point: keeping to it here proves nothing */
    STANDING__COUNT,
};

struct limit_found {
    bool found;
    struct measure value;
    struct buffer name;
};

struct limit_search {
    /* What is looked for; texts are borrowed. */
    const struct record *sample;
    const struct check_context *context;
    struct measure measure; /* the sample's; only its unit matters */
    const char *factor, *point, *land_use, *sampled_on;

    /* Learnt from the outlet and the profile of the enterprise. */
    struct buffer executed; /* the standard that the outlet is under */
    bool piped;             /* its water goes to a treatment plant */

    /* The strictest of each standing, and of soil the value above which the risk is high. */
    struct limit_found best[STANDING__COUNT], control;
    bool lacks_ph;   /* a limit depends on a pH that is not known */
    bool other_unit; /* a limit could not be compared for its unit */
};

/* Fills `search->best` and what follows; the first group is filled by the caller, the rest zero. */
void limit_search_run(struct limit_search *search);
void limit_search_release(struct limit_search *search);

/* Whether samples of such points are expected to have a limit. */
bool limit_is_expected(const char *point);

/* Whether the point lets out waste water. */
bool limit_is_outlet(const char *point);

#endif
