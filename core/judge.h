/* judge.h - whether a measured value keeps to the limit that applies to it.
 *
 * Which limit that is follows from the factor, the place where the sample was taken, the day, the
 * bureau's region, of an outlet the standard that it is under, and of soil its use and pH. The
 * strictest of those that were compared with the text of their standard decides. One that nobody
 * has compared gives a hint and never the word 超标. Numbers are compared exactly. */
#ifndef TAIZHANG_CORE_JUDGE_H
#define TAIZHANG_CORE_JUDGE_H

#include "core/record.h"

enum verdict {
    VERDICT_NONE,  /* nothing is measured, or there are no limits for such things */
    VERDICT_MET,   /* 达标 */
    VERDICT_ABOVE, /* 超标 */
    VERDICT_OPEN,  /* 无法判定; the sentence says what is missing */
    VERDICT_HINT,  /* 仅提示 */
};

enum { JUDGE_TIMES_SCALE = 3 };

struct judgement {
    enum verdict verdict;
    struct buffer limit;    /* "0.005 mg/L"; empty when there was none to compare with */
    struct buffer standard; /* "GB 25466-2010 铅、锌工业废水 直接排放" */
    struct buffer formula;  /* "(0.13 − 0.1) ÷ 0.1 = 0.3 倍"; only of VERDICT_ABOVE */
    int64_t times;          /* (C − S) ÷ S with JUDGE_TIMES_SCALE decimals; -1: not known */
    struct buffer sentence; /* what a person is told */
};

/* Judges a record of register `sample`. `judgement` is initialised by the call and released by
 * judgement_release. */
void judge_sample(const struct record *sample, const struct check_context *context,
                  struct judgement *judgement);
void judgement_release(struct judgement *judgement);

/* Fills the fields verdict, verdict_limit … of a sample: its `conclude`. */
void judge_conclude(struct record *sample, const struct check_context *context);

#endif
