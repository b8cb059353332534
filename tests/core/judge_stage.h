/* judge_stage.h - samples against limits that a test makes up. */
#ifndef TAIZHANG_TESTS_CORE_JUDGE_STAGE_H
#define TAIZHANG_TESTS_CORE_JUDGE_STAGE_H

#include "core/judge.h"
#include "core/registers.h"
#include "tests/core/stage.h"

#define WORKSHOP "车间或生产设施废水排放口"
#define FARM     "耕作层土壤"

/* Judges a sample of these settings, by the standard that is asked for (NULL: none). */
void stage_judge(const struct setting *settings, const char *standard, struct judgement *judgement);

/* `part` stands in the sentence; NULL: there is none. */
void stage_expect(const struct setting *settings, enum verdict verdict, const char *part);
void stage_expect_by(const char *standard, const struct setting *settings, enum verdict verdict,
                     const char *part);

#define WATER(VALUE, UNIT)                                                                         \
    (const struct setting[MOST_SETTINGS])                                                          \
    {                                                                                              \
        {"point_type", "饮用水水源地"}, {"factor", "铊"}, {"value", (VALUE)}, {"unit", (UNIT)},    \
            {"sampled_on", "2026-05-20"},                                                          \
    }

#define OUTLET(POINT, VALUE, UNIT, ...)                                                            \
    (const struct setting[MOST_SETTINGS])                                                          \
    {                                                                                              \
        {"point_type", (POINT)}, {"factor", "铊"}, {"value", (VALUE)}, {"unit", (UNIT)},           \
            {"sampled_on", "2026-05-20"}, __VA_ARGS__                                              \
    }

#define SOIL(FACTOR, VALUE, ...)                                                                   \
    (const struct setting[MOST_SETTINGS])                                                          \
    {                                                                                              \
        {"point_type", "土壤"}, {"factor", (FACTOR)}, {"value", (VALUE)}, {"unit", "mg/kg"},       \
            {"sampled_on", "2026-05-20"}, __VA_ARGS__                                              \
    }

#define SOURCE_LIMIT                                                                               \
    {                                                                                              \
        .reg = &reg_limit, .settings = {                                                           \
            {"standard", "GB 3838"},                                                               \
            {"edition", "2002"},                                                                   \
            {"factor", "铊"},                                                                      \
            {"category", "水质"},                                                                  \
            {"value", "0.0001"},                                                                   \
            {"unit", "mg/L"},                                                                      \
            {"point", "水源地取水口断面"},                                                         \
            {"state", "已核"}                                                                      \
        }                                                                                          \
    }

#define TRADE(STANDARD, VALUE, STATE, ...)                                                         \
    {                                                                                              \
        .reg = &reg_limit, .settings = {                                                           \
            {"standard", (STANDARD)},                                                              \
            {"factor", "铊"},                                                                      \
            {"category", "直接排放"},                                                              \
            {"value", (VALUE)},                                                                    \
            {"unit", "mg/L"},                                                                      \
            {"point", WORKSHOP},                                                                   \
            {"state", (STATE)},                                                                    \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

#endif
