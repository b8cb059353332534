/* judge_limit.h - which limits apply to a sample; for the files of core/judge.h, and for gradings
 * that compare with more than the decisive limit. */
#ifndef TAIZHANG_CORE_JUDGE_LIMIT_H
#define TAIZHANG_CORE_JUDGE_LIMIT_H

#include "core/judge.h"

struct limit_found {
    bool found, verified;
    bool discharge; /* of a discharge standard */
    struct measure value;
    struct buffer name, number, place; /* as in struct judgement */
    struct buffer trade;               /* whom it is for, "钢铁工业废水" */
};

/* A limit that a search comes across. One of another class of water than the third stands as a
 * reference; it never decides. */
struct limit_seen {
    const struct record *limit;
    enum standing standing;
    const struct measure *value; /* without unit when the row has no number */
    const char *name;
};
typedef void limit_witness(void *data, const struct limit_seen *seen);

struct limit_search {
    /* What is looked for; texts are borrowed, NULL unknown. */
    const struct record *sample;
    const struct check_context *context;
    struct measure measure; /* the sample's; only its unit matters. None: fits every limit */
    const char *factor, *point, *land_use, *sampled_on;
    const char *standard; /* only limits of this one */
    limit_witness *see;   /* NULL: nobody looks */
    void *data;
    bool sees_all; /* also the limits of the factor that do not apply */

    /* Learnt from the outlet and the profile of the enterprise. */
    struct buffer executed; /* the standard that the outlet is under */
    bool piped;             /* its water goes to a treatment plant */

    /* The strictest of each standing, and of soil the values above which the risk is high. */
    struct limit_found best[STANDING__COUNT], control[STANDING__COUNT];
    /* The most lenient limit that the standard of the strictest has for another trade: nobody says
     * which of the two the outlet is of. */
    struct limit_found rival;
    struct buffer settled; /* the standard of which the trade is named as well */
    bool lacks_ph;         /* a limit depends on a pH that is not known */
    bool other_unit;       /* a limit could not be compared for its unit */
    enum standing nearest; /* why the nearest of those does not apply that is of
                              the standard; STANDING__ALL: there is none */
};

/* Begins a search with what the sample says. */
void limit_search_init(struct limit_search *search, const struct judge_question *question,
                       const struct check_context *context);

/* Fills `search->best` and what follows. */
void limit_search_run(struct limit_search *search);
void limit_search_release(struct limit_search *search);

/* Appends the numbers of the standards that have a limit of the factor, with 、 between. */
void limit_write_standards(const struct limit_search *search, struct buffer *out);

/* "GB 25466-2010". Appends. */
void limit_write_number(const struct record *limit, struct buffer *out);

/* Whether samples of such points are expected to have a limit. */
bool limit_is_expected(const char *point);

/* Whether the use of soil is one of building land (GB 36600). */
bool limit_is_building(const char *land_use);

#endif
