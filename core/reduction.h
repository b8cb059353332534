/* reduction.h - the accounting of a reduction project (减排核算): what the streams of its
 * accounting report add up to, before and after.
 *
 * Source: 吉环固体字〔2022〕12号 三: the difference of the permitted loads, the valid load of a
 * cancelled permit, the difference of the loads in the environmental assessments, or an accounting
 * report, whose streams are the records of register `emission_stream`. */
#ifndef TAIZHANG_CORE_REDUCTION_H
#define TAIZHANG_CORE_REDUCTION_H

#include "core/record.h"
#include "core/registers/loads.h"

enum reduction_stage { STAGE_BEFORE, STAGE_AFTER, STAGE__COUNT };

/* What each stage adds up to, metal by metal, in kg/a with STREAM_SCALE decimals. */
struct reduction_streams {
    int64_t loads[STAGE__COUNT][LOAD_METAL_COUNT];
    size_t counts[STAGE__COUNT][LOAD_METAL_COUNT]; /* streams that say something */
    bool overflow;                                 /* a sum does not fit */
};

/* Which loads of a project a stage is about: LOAD_BEFORE, LOAD_AFTER. */
const struct load_group *reduction_loads(enum reduction_stage stage);

/* Adds up the streams of project `record`. */
struct reduction_streams reduction_sum_streams(const struct record *record,
                                               const struct check_context *context);

/* The sum of a stage rounded to LOAD_SCALE. False when no stream tells of that metal or a sum does
 * not fit. */
bool reduction_stream_load(const struct reduction_streams *streams, enum reduction_stage stage,
                           size_t metal, int64_t *load);

/* Fills the loads of a stage from the streams, in a project that goes by an accounting report and
 * has none of that stage's loads filled. A metal of which no stream tells stays empty: nobody has
 * said that it is 0. The `complete` of the register. */
void reduction_complete(struct record *record, const struct check_context *context);

#endif
