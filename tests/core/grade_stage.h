/* grade_stage.h - sites, limits, samples and receptors for the tests of grading. */
#ifndef TAIZHANG_TESTS_CORE_GRADE_STAGE_H
#define TAIZHANG_TESTS_CORE_GRADE_STAGE_H

#include "core/grade.h"
#include "core/registers.h"
#include "tests/core/stage.h"

#define SITE(...)                                                                                  \
    (const struct setting[MOST_SETTINGS])                                                          \
    {                                                                                              \
        {"name", "老厂沟"}, __VA_ARGS__                                                            \
    }

#define LIMIT(STANDARD, CATEGORY, GRADE, VALUE, UNIT, POINT, STATE, ...)                           \
    {                                                                                              \
        &reg_limit, NULL,                                                                          \
        {                                                                                          \
            {"standard", STANDARD}, {"factor", "镉"}, {"category", CATEGORY}, {"grade", GRADE},    \
                {"value", VALUE}, {"unit", UNIT}, {"point", POINT}, {"state", STATE}, __VA_ARGS__  \
        }                                                                                          \
    }

#define RIVER(GRADE, VALUE, STATE)                                                                 \
    LIMIT("GB 3838", "水质", GRADE, VALUE, "mg/L", "监测断面", STATE, {"applies_to", "地表水"})

#define SAMPLE(POINT_TYPE, POINT, VALUE, UNIT, DAY, ...)                                           \
    {                                                                                              \
        &reg_sample, NULL,                                                                         \
        {                                                                                          \
            {"site", "own"}, {"point_type", POINT_TYPE}, {"point_name", POINT}, {"factor", "镉"},  \
                {"value", VALUE}, {"unit", UNIT}, {"sampled_on", DAY}, __VA_ARGS__                 \
        }                                                                                          \
    }

#define RIVER_SAMPLE(VALUE, DAY)                                                                   \
    SAMPLE("地表水断面", "渣堆下游 50 m", VALUE, "mg/L", DAY, {"medium", "水"})
#define CHECKED_RIVER                                                                              \
    RIVER("Ⅲ", "0.005", "已核"), RIVER("Ⅴ", "0.01", "已核"), RIVER("Ⅰ", "0.001", "已核")

#define RECEPTOR(KIND, DISTANCE, DOWNSTREAM)                                                       \
    {                                                                                              \
        &reg_receptor, NULL,                                                                       \
        {                                                                                          \
            {"site", "own"}, {"kind", KIND}, {"name", "石板村"}, {"distance_m", DISTANCE},         \
            {                                                                                      \
                "downstream", DOWNSTREAM                                                           \
            }                                                                                      \
        }                                                                                          \
    }

#define HEAP                                                                                       \
    {"problem_types", "废渣堆"},                                                                   \
    {                                                                                              \
        "waste_class", "Ⅱ类一般固废"                                                        \
    }
#define PAID                                                                                       \
    {"investment_10k", "860"},                                                                     \
    {                                                                                              \
        "funding", "中央、市县"                                                               \
    }

#endif
