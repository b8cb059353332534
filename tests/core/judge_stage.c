#include "tests/core/judge_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

void stage_judge(const struct setting *settings, const char *standard, struct judgement *judgement)
{
    struct record sample;
    record_init(&sample, &reg_sample);
    stage_apply(&sample, settings);
    record_derive(&sample, NULL);
    judge(&(struct judge_question){.sample = &sample, .standard = standard}, &stage_desk,
          judgement);
    record_release(&sample);
}

void stage_expect_by(const char *standard, const struct setting *settings, enum verdict verdict,
                     const char *part)
{
    struct judgement judgement;
    stage_judge(settings, standard, &judgement);
    const char *sentence = buffer_text(&judgement.sentence);
    if (judgement.verdict != verdict || (part && !strstr(sentence, part)) || (!part && *sentence))
        fail_msg("verdict %d: %s", (int)judgement.verdict, sentence);
    if (verdict != VERDICT_ABOVE && strstr(sentence, "超标"))
        fail_msg("says 超标: %s", sentence);
    judgement_release(&judgement);
}

void stage_expect(const struct setting *settings, enum verdict verdict, const char *part)
{
    stage_expect_by(NULL, settings, verdict, part);
}
