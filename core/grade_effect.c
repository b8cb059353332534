/* What the works have brought: the same point and metal before and after (DB61/T 1990-2025,
 * 废弃矿硐治理成效评估). */
#include "core/decimal.h"
#include "core/grade_parts.h"
#include "core/mem.h"
#include "core/registers/assay.h"
#include "core/rules/reading.h"

#include <string.h>

/* Days are compared as texts: their order is the same. */
static bool is_before(const struct record *site, const struct record *sample)
{
    const char *day = record_text(sample, "sampled_on");
    const char *started = read_text(site, "works_started_on");
    const char *done = record_text(site, "works_done_on");
    return *day && strcmp(day, started ? started : done) < 0;
}

static bool is_after(const struct record *site, const struct record *sample)
{
    return strcmp(record_text(sample, "sampled_on"), record_text(site, "works_done_on")) > 0;
}

static void write_value(const struct record *sample, struct buffer *out)
{
    struct measure measure;
    buffer_addf(out, "%s ", record_text(sample, "sampled_on"));
    if (assay_read(sample, "value", "unit", &measure))
        measure_format(&measure, NULL, out);
}

/* "，下降 94.3%" */
static void write_change(int64_t before, int64_t after, struct buffer *out)
{
    int64_t tenths;
    char digits[DECIMAL_TEXT_SIZE];
    int64_t change = before > after ? before - after : after - before;
    if (before <= 0 || !decimal_multiply(change, 1000, before, &tenths))
        return;
    decimal_format(tenths, 1, digits);
    if (change == 0)
        buffer_add(out, "，没有变化");
    else
        buffer_addf(out, "，%s %s%%", before > after ? "下降" : "上升", digits);
}

static void add_effect(struct grading *grading, const struct record *before,
                       const struct record *after)
{
    struct measure old, new;
    int64_t former, latter;
    struct buffer text = {0};
    if (!assay_read(before, "value", "unit", &old) || !assay_read(after, "value", "unit", &new) ||
        !measure_align(&old, &new, &former, &latter))
        return;
    buffer_addf(&text, "%s %s：", record_text(after, "point_name"), record_text(after, "factor"));
    write_value(before, &text);
    buffer_add(&text, " → ");
    write_value(after, &text);
    if (new.qualifier == '<')
        buffer_add(&text, "，未检出");
    else
        write_change(former, latter, &text);
    grading->effects = mem_grow(grading->effects, grading->effect_count, &grading->effect_capacity,
                                sizeof *grading->effects);
    struct grade_effect *effect = &grading->effects[grading->effect_count++];
    *effect = (struct grade_effect){.is_better = new.qualifier == '<' || latter < former};
    effect->text = buffer_take(&text);
    memcpy(effect->before_id, before->id, RECORD_ID_SIZE);
    memcpy(effect->after_id, after->id, RECORD_ID_SIZE);
}

/* The samples of a series follow each other, the latest first. */
void grade_effects(const struct record *site, const struct grade_samples *samples,
                   struct grading *grading)
{
    const struct record *after = NULL;
    if (!read_is_filled(site, "works_done_on"))
        return;
    for (size_t i = 0; i < samples->count; i++) {
        const struct record *sample = &samples->items[i];
        bool begins = i == 0 || !grade_same_series(sample, sample - 1);
        if (begins)
            after = NULL;
        if (grade_is_control(sample) || !read_is_filled(sample, "point_name"))
            continue;
        if (begins && is_after(site, sample)) {
            after = sample;
        } else if (after && is_before(site, sample)) {
            add_effect(grading, sample, after);
            after = NULL;
        }
    }
}
