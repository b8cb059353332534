/* grade.h - how bad a legacy site is, and what should be done there first: what follows from its
 * samples, receptors and other facts, with the reasons and the records that they rest on.
 *
 * 污染程度 × 环境敏感度 × 技术经济可行性 (吉环固体字〔2022〕10号 四（八）; 滇规划 三（二）3) and,
 * in the action plan of 2025, 危害性 × 扩散性 × 环境敏感性. The documents name the dimensions and
 * no scale: every threshold is a parameter (grade_…) that a bureau may change. What is worked out
 * here is a proposal; the clerk's own grade stands beside it and holds. Only limits that were
 * compared with the text of their standard (已核) prove anything; others give a hint. */
#ifndef TAIZHANG_CORE_GRADE_H
#define TAIZHANG_CORE_GRADE_H

#include "core/record.h"

enum grade {
    GRADE_NONE,    /* nothing is said */
    GRADE_NO_DATA, /* 无数据 */
    GRADE_OPEN,    /* 待核: measured, but no checked limit proves anything */
    GRADE_UNRATED, /* 未评: too little is known of technique and money */
    GRADE_LOW,     /* 低 */
    GRADE_MIDDLE,  /* 中 */
    GRADE_HIGH,    /* 高 */
    GRADE__COUNT,
};

const char *grade_name(enum grade grade); /* "" for GRADE_NONE */
enum grade grade_find(const char *name);  /* GRADE_NONE when it is none */

/* 高, 中 or 低: neither nothing, nor missing data. */
bool grade_is_rated(enum grade grade);

enum grade_dimension {
    GRADE_POLLUTION,   /* 污染程度 */
    GRADE_SENSITIVITY, /* 环境敏感度 */
    GRADE_FEASIBILITY, /* 技术经济可行性 */
    GRADE_HAZARD,      /* 危害性 */
    GRADE_SPREAD,      /* 扩散性 */
    GRADE_RECEPTOR,    /* 环境敏感性 */
    GRADE_RISK,        /* 风险等级: of the three before it, by the matrix of the parameters */
    GRADE_DIMENSIONS,
};

/* Where a dimension stands in a record of `legacy_site`; names of fields. */
struct grade_place {
    const char *name;     /* "pollution": the key of JSON */
    const char *label;    /* "污染程度" */
    const char *own;      /* what the bureau says */
    const char *reason;   /* why; NULL: there is no such field */
    const char *proposed; /* what the program proposes, FIELD_AUTO */
    const char *grounds;  /* why, FIELD_AUTO; NULL: not kept */
};

extern const struct grade_place grade_places[GRADE_DIMENSIONS];

/* A record that a reason rests on. */
struct grade_evidence {
    const struct reg *reg;
    char id[RECORD_ID_SIZE];
    char *label; /* owned: "渣堆下游 50 m 镉 0.012 mg/L" */
};

struct grade_proposal {
    enum grade grade;
    enum grade hint; /* what it may become once limits are checked; GRADE_NONE: no more than now */
    char **reasons;  /* sentences, the decisive ones first; owned */
    size_t reason_count, reason_capacity;
    struct grade_evidence *evidence; /* owned */
    size_t evidence_count, evidence_capacity;
};

/* What one point showed before and after the works. */
struct grade_effect {
    char before_id[RECORD_ID_SIZE], after_id[RECORD_ID_SIZE]; /* of samples */
    bool is_better; /* the later value is below the earlier one, or below detection */
    char *text;     /* owned: "渣堆下游 50 m 镉：2025-03-01 0.35 mg/L → 2026-05-20 0.02
                       mg/L，下降 94.3%" */
};

struct grading {
    struct grade_proposal proposals[GRADE_DIMENSIONS];
    const char *route;     /* one of the register's choices; NULL: nothing to propose from */
    const char *route_why; /* why; "" without route */
    struct grade_effect
        *effects; /* of points that were sampled before and after the works; owned */
    size_t effect_count, effect_capacity;
};

/* Works out everything about a record of `legacy_site`. `grading` is initialised by the call and
 * released by grading_release. */
void grading_work_out(const struct record *site, const struct check_context *context,
                      struct grading *grading);
void grading_release(struct grading *grading);

/* What the record says of a dimension: the bureau's own grade, the proposal as it was concluded
 * last, and what holds: the own one, else the proposal. */
enum grade grade_own(const struct record *site, enum grade_dimension dimension);
enum grade grade_proposed(const struct record *site, enum grade_dimension dimension);
enum grade grade_effective(const struct record *site, enum grade_dimension dimension);

/* Pollution times sensitivity, 1 to 9; 0 when either is not rated. */
int grade_product(const struct record *site);

/* Fills `priority` from the grades that hold. */
void grade_settle_priority(struct record *site);

/* The order of treatment: sites without data first, then by priority, product, farmland downstream
 * (桂重金属方案 四（三）: 优先整治周边及下游耕地土壤污染较重的矿区), name. As for qsort. */
int grade_compare_sites(const struct record *a, const struct record *b);

/* Fills the proposed grades, their grounds and the priority: the register's `conclude`. */
void grade_conclude(struct record *site, const struct check_context *context);

/* Refuses to lower the pollution grade or the risk level without new evidence, a new reason and a
 * later date of grading in the same change: the register's `guard`. A grade is a series; what was
 * 高 becomes 低 by proof, not by typing. */
bool grade_guard(const struct record *before, const struct record *after,
                 const struct check_context *context, struct error *err);

/* Which media ought to be sampled at a site with these problem types; appends "涌水、下游地表水".
 */
void grade_write_media(const struct record *site, struct buffer *out);

#endif
