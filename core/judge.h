/* judge.h - whether a measured value keeps to the limit that applies to it.
 *
 * Which limit that is follows from the factor, the place where the sample was taken, the day, the
 * bureau's region, of an outlet the standard that it is under, and of soil its use and pH. The
 * strictest of those that were compared with the text of their standard decides. One that nobody
 * has compared gives a hint and never the word 超标. Numbers are compared exactly.
 *
 * What is judged is always a record of register `sample`, stored or not: a form, a command and a
 * calculator fill one through the gate and get the same answer. */
#ifndef TAIZHANG_CORE_JUDGE_H
#define TAIZHANG_CORE_JUDGE_H

#include "core/measure.h"
#include "core/record.h"

enum verdict {
    VERDICT_NONE,  /* nothing is measured, or there are no limits for such things */
    VERDICT_MET,   /* 达标 */
    VERDICT_ABOVE, /* 超标; of soil: above the screening value */
    VERDICT_OPEN,  /* 无法判定; the sentence says what is missing */
    VERDICT_HINT,  /* 仅提示 */
};

enum { JUDGE_TIMES_SCALE = 3 };

/* What soil above or below the two values of GB 15618 and GB 36600 is called. Only of limits that
 * were compared with the standard. */
enum judge_risk {
    RISK_UNKNOWN,
    RISK_LOW,      /* not above the screening value */
    RISK_POSSIBLE, /* above it, not above the intervention value, or there is none */
    RISK_HIGH,     /* above the intervention value */
};

/* A limit as the verdict needs it. */
struct judge_amount {
    bool is_known;
    bool is_verified; /* somebody compared it with the text of its standard */
    struct measure value;
};

/* 涉嫌犯罪线索: 环境污染刑事案件司法解释, 超过污染物排放标准三倍以上 of 铅汞镉铬砷铊锑. Two
 * readings are in use; both are counted and the conclusion is left to lawyers. */
struct judge_reading {
    int64_t times; /* with JUDGE_TIMES_SCALE decimals */
    bool is_reached;
};
struct judge_clue {
    bool is_counted; /* above a verified limit of a discharge standard, and such a metal */
    int64_t bound;   /* parameter crime_times, with JUDGE_TIMES_SCALE decimals */
    struct judge_reading ratio;  /* C ÷ S >= bound */
    struct judge_reading excess; /* (C − S) ÷ S >= bound */
};

struct judgement {
    enum verdict verdict;
    struct judge_amount used; /* the limit that was compared with */
    struct buffer limit;      /* the same as text, "0.005 mg/L"; empty when there was none */
    struct buffer standard;   /* "GB 25466-2010 铅、锌工业废水 直接排放" */
    struct buffer number;     /* "GB 25466-2010"; empty for a limit of the outlet's own */
    struct buffer place;      /* where that limit is monitored; may be empty */
    struct buffer formula;    /* "(0.13 − 0.1) ÷ 0.1 = 0.3 倍"; only of VERDICT_ABOVE */
    int64_t times;            /* (C − S) ÷ S with JUDGE_TIMES_SCALE decimals; -1: not known */
    struct judge_clue clue;
    enum judge_risk risk;                        /* of soil */
    struct judge_amount screening, intervention; /* of soil */
    bool lacks_ph, lacks_use;                    /* of soil: what must be known before a limit is */
    struct buffer sentence;                      /* what a person is told */
};

/* What is asked. */
struct judge_question {
    const struct record *sample;
    const char *standard; /* only limits of this standard, "GB 25466-2010", whatever the outlet is
                             under and wherever the bureau is; the point may then be unknown, and
                             the sample counts as taken where the limit is monitored. NULL or "":
                             the limits that apply to the sample */
};

/* `judgement` is initialised by the call and released by judgement_release. */
void judge(const struct judge_question *question, const struct check_context *context,
           struct judgement *judgement);
void judgement_release(struct judgement *judgement);

/* The same of a sample by the limits that apply to it. */
void judge_sample(const struct record *sample, const struct check_context *context,
                  struct judgement *judgement);

/* Fills the fields verdict, verdict_limit … of a sample: its `conclude`. */
void judge_conclude(struct record *sample, const struct check_context *context);

/* How the value of a sample stands to a limit. */
enum judge_outcome { JUDGE_WITHIN, JUDGE_OVER, JUDGE_UNKNOWN };

/* Compares exactly; unknown when the units do not convert, or the value is only known to be below
 * or above some number on the wrong side of the limit. */
enum judge_outcome judge_compare(const struct record *sample, const struct measure *limit);

/* Whether one of the readings is reached, and a sentence with both figures; appends nothing when
 * neither is. */
bool judge_is_clue(const struct judge_clue *clue);
void judge_write_clue(const struct judge_clue *clue, struct buffer *out);

/* ---- which limits there are ---- */

/* What a limit is worth for a sample, the most decisive first. */
enum standing {
    STANDS_VERIFIED,   /* applies, and was compared with its standard */
    STANDS_UNVERIFIED, /* applies, but nobody has compared it */
    STANDS_REFERENCE,  /* is for something near: another class of water, another stage */
    STANDS_ELSEWHERE,  /* is for another point: keeping to it here proves nothing */
    STANDING__COUNT,   /* those above can be compared with; the others do not apply */
    STANDS_NOT_GRADE = STANDING__COUNT,
    STANDS_NOT_POINT,
    STANDS_NOT_DATE,
    STANDS_NOT_REGION,
    STANDS_NOT_STANDARD,
    STANDS_NOT_USE,
    STANDS_NOT_PH,
    STANDS_NOT_VALUE, /* the row has no number */
    STANDS_NOT_UNIT,
    STANDING__ALL,
};

/* "适用", "适用未核" … a few characters. */
const char *standing_name(enum standing standing);

struct judge_limit {
    char id[RECORD_ID_SIZE]; /* of the record of register `limit` */
    enum standing standing;
    bool is_verified;
    bool is_control;      /* a 风险管制值 */
    struct measure value; /* without unit when the row has no number */
    struct buffer name, number, place;
};

struct judge_limits {
    struct judge_limit *items;
    size_t count, capacity;
};

/* All limits of the sample's factor, those that apply first, of these the strictest. The value
 * may be missing. `limits` is initialised by the call. */
void judge_list_limits(const struct judge_question *question, const struct check_context *context,
                       struct judge_limits *limits);
void judge_limits_release(struct judge_limits *limits);

#endif
