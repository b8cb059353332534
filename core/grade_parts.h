/* grade_parts.h - what the files of core/grade*.c share; nobody else includes it. */
#ifndef TAIZHANG_CORE_GRADE_PARTS_H
#define TAIZHANG_CORE_GRADE_PARTS_H

#include "core/grade.h"

/* Samples of the site, those of one point and factor side by side, the latest first. */
struct grade_samples {
    struct record *items; /* owned */
    size_t count, capacity;
};

void grade_samples_read(const struct record *site, const struct check_context *context,
                        struct grade_samples *samples);
void grade_samples_release(struct grade_samples *samples);

/* Whether the two are of the same point and factor. */
bool grade_same_series(const struct record *a, const struct record *b);

/* Whether its point serves for comparison only: it lies upstream, or tells the background. */
bool grade_is_control(const struct record *sample);

void proposal_say(struct grade_proposal *proposal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void proposal_rest_on(struct grade_proposal *proposal, const struct record *record,
                      const char *label);

/* ---- the dimensions; each fills an empty proposal ---- */

void grade_pollution(const struct grade_samples *samples, const struct check_context *context,
                     struct grade_proposal *proposal);
void grade_sensitivity(const struct record *site, const struct check_context *context,
                       struct grade_proposal *proposal);
void grade_feasibility(const struct record *site, const struct check_context *context,
                       struct grade_proposal *proposal);
void grade_hazard(const struct record *site, enum grade pollution,
                  const struct check_context *context, struct grade_proposal *proposal);
void grade_spread(const struct record *site, const struct check_context *context,
                  struct grade_proposal *proposal);

/* What points that were sampled before and after the works show. */
void grade_effects(const struct record *site, const struct grade_samples *samples,
                   struct grading *grading);

#endif
