/* targets.h - reduction targets: what the policy demands of a region, what the bureau's own records
 * have reached of it, and whether it will be reached.
 *
 *     target   = base − net cut demanded
 *     actual   = base − cuts + additions since the base year
 *     progress = (base − actual) ÷ base
 *
 * What a document prints is taken as printed, also where it does not agree with itself; where it
 * disagrees is listed by target_table.h. Loads are in kg/a at LOAD_SCALE, percentages in 0.01 %.
 *
 * Sources: 桂重金属方案 附表1; 滇规划 附件（一）; 吉环固体字〔2022〕10号 二; 清远计划 附表1. */
#ifndef TAIZHANG_DB_TARGETS_H
#define TAIZHANG_DB_TARGETS_H

#include "db/target_facts.h"

struct amount {
    bool known;
    int64_t value;
};

enum base_source {
    BASE_NONE,        /* nobody says */
    BASE_PUBLISHED,   /* printed in the document */
    BASE_ENTERPRISES, /* the sum of the enterprises' base loads */
    BASE_SUBSTITUTE,  /* that sum, which is of 2020, in place of another year */
};

enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

enum forecast {
    FORECAST_OPEN,   /* not known (as whether it is met), or it depends on what is late or not yet
                        approved */
    FORECAST_MET,    /* with what is planned, even with all that is about to be added */
    FORECAST_MISSED, /* even if everything planned is completed and nothing more is added */
};

enum { TARGET_NAME_SIZE = 64 };

struct target_line {
    /* As the document has it. */
    char id[RECORD_ID_SIZE], campaign[RECORD_ID_SIZE];
    char region[8], name[TARGET_NAME_SIZE]; /* "4512", "河池市" */
    char metal[8];                          /* "合计", "铅" … */
    int year, base_year;
    bool cumulative; /* since the base year; else of the target's own year */
    char kind[32];   /* "削减比例", "控制不新增", "持平" */
    struct amount percent;
    struct amount enterprises;       /* how many the document counts */
    struct amount base, cut, target; /* printed, else worked out */
    bool cut_printed, target_printed;
    enum base_source base_source;

    /* As the file has it. */
    bool partial;            /* the bureau's own region is only a part of it */
    int64_t holdings;        /* enterprises of the region in the file */
    struct amount own_base;  /* their base loads */
    int64_t cuts, additions; /* that count */
    struct amount actual;    /* unknown without a base or any enterprise */
    struct amount progress;  /* of the base; of a partial one, of the own base */
    enum answer met;         /* unknown of a part of a published base, and with a substitute */
    const char *reason; /* why there is no actual load, or what it is worth; NULL: nothing to say */

    /* At the end of its year. */
    struct contribution_span span;
    enum forecast forecast;
    struct amount expected, best; /* with all that is planned; with everything going well */
};

/* Which part of the loads it is about: a metal, or LOAD_METAL_COUNT for all five. */
size_t target_metal(const struct target_line *line);

struct targets {
    struct target_line *lines; /* by campaign, region, metal; owned */
    size_t count, capacity;
    struct target_facts facts;
};

struct targets_query {
    const char *campaign; /* id of a policy pack's campaign; NULL: the bureau's own */
    int year; /* the targets of that year and what was reached by its end; of a region and metal
                 without one the next, else the last. 0: as of today */
};

/* Works out every target that is asked for. `targets` is initialised in every case. */
bool targets_read(struct targets *targets, struct store *store, const struct targets_query *query,
                  struct date today, struct error *err);
void targets_release(struct targets *targets);

/* Whether a target of `area` is one of region `code`, of a part of it or of what it lies in; any
 * is when `code` is NULL. */
bool target_concerns(const char *area, const char *code);

/* The bureau's own target as of today: of its region, else of the nearest region around it that has
 * one, for all metals together; the followed pack's before others. Only what the document says: no
 * fact is looked at. line->id is "" when there is none. */
void targets_find_own(struct store *store, struct date today, struct target_line *line);

/* Fills what the file knows about the target. */
void targets_judge(struct target_line *line, const struct target_facts *facts);

/* What a contribution means for the target; ROLE_NONE also for one of another region. */
enum contribution_role targets_role(const struct target_line *line,
                                    const struct contribution *contribution);

/* What it does to the target's emissions: below zero a cut. */
int64_t targets_effect(const struct target_line *line, const struct contribution *contribution);

#endif
