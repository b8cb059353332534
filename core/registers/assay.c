#include "core/registers/assay.h"

#include <string.h>

const char *const assay_unit_choices[] = {
    "mg/L", "μg/L", "ng/L",  "g/L",   "mg/kg",     "μg/kg",  "g/kg",
    "g/t",  "%",    "mg/m³", "μg/m³", "mg/(m²·a)", "无量纲", NULL,
};

const char *const factor_choices[] = {
    "铅", "汞",   "镉",     "铬",     "砷",     "铊",     "锑", "锰", "锌",
    "铜", "镍",   "银",     "钒",     "钴",     "铍",     "硒", "锡", "六价铬",
    "pH", "氨氮", "氟化物", "氰化物", "硫酸盐", "悬浮物", NULL,
};

/* As laboratories and the code table of HJ 212 write them; w20023, which some lists give for
 * thallium, is boron. */
const char *const factor_synonyms[] = {
    "总铊",       "铊",     "Tl",   "铊",     "w20089", "铊",     "总镉",   "镉",     "Cd",
    "镉",         "w20115", "镉",   "总汞",   "汞",     "Hg",     "汞",     "w20111", "汞",
    "总砷",       "砷",     "As",   "砷",     "w20119", "砷",     "总铅",   "铅",     "Pb",
    "铅",         "w20120", "铅",   "总铬",   "铬",     "Cr",     "铬",     "w20116", "铬",
    "铬（六价）", "六价铬", "Cr6+", "六价铬", "Cr(VI)", "六价铬", "w20117", "六价铬", "总锑",
    "锑",         "Sb",     "锑",   "w20004", "锑",     "总锰",   "锰",     "Mn",     "锰",
    "w20124",     "锰",     "总镍", "镍",     "Ni",     "镍",     "总铜",   "铜",     "Cu",
    "铜",         "总锌",   "锌",   "Zn",     "锌",     "总银",   "银",     "Ag",     "银",
    "酸碱度",     "pH",     "pH值", "pH",     NULL,
};

const char *const assay_unit_synonyms[] = {
    "ug/L",      "μg/L",  "毫克/升",   "mg/L",  "微克/升", "μg/L",   "纳克/升", "ng/L",
    "毫克/千克", "mg/kg", "毫克/公斤", "mg/kg", "ug/kg",   "μg/kg",  "ug/m3",   "μg/m³",
    "mg/m3",     "mg/m³", "克/吨",     "g/t",   "无",      "无量纲", NULL,
};

const char *const sample_point_choices[] = {
    "车间或生产设施废水排放口",
    "废水总排放口",
    "雨水排放口",
    "废气排放口",
    "无组织排放",
    "地表水断面",
    "饮用水水源地",
    "地下水井",
    "生活饮用水",
    "农田灌溉水",
    "矿井（硐）涌水",
    "渗滤液",
    "浸出液",
    "土壤",
    "农产品",
    "底泥",
    "大气沉降",
    "原料",
    "固体废物",
    "其他",
    NULL,
};

const char *const sample_point_synonyms[] = {
    "车间口",   "车间或生产设施废水排放口", "车间排放口", "车间或生产设施废水排放口",
    "车间排口", "车间或生产设施废水排放口", "设施口",     "车间或生产设施废水排放口",
    "总排口",   "废水总排放口",             "总排放口",   "废水总排放口",
    "废水总排", "废水总排放口",             "雨水口",     "雨水排放口",
    "雨水排口", "雨水排放口",               "地表水",     "地表水断面",
    "监测断面", "地表水断面",               "水源地",     "饮用水水源地",
    "饮用水源", "饮用水水源地",             "地下水",     "地下水井",
    "监测井",   "地下水井",                 "饮用水",     "生活饮用水",
    "出厂水",   "生活饮用水",               "末梢水",     "生活饮用水",
    "灌溉水",   "农田灌溉水",               NULL,
};

const char *const verdict_choices[] = {"达标", "超标", "无法判定", "仅提示", NULL};

bool assay_read(const struct record *record, const char *value, const char *unit,
                struct measure *measure)
{
    const struct value *content = record_value(record, value);
    const struct value *beside = record_value(record, unit);
    return !value_is_null(content) &&
           measure_parse(content->text, value_is_null(beside) ? NULL : beside->text, measure,
                         NULL) &&
           *measure->unit;
}

bool assay_is_undetected(const struct record *record, const char *unit, struct measure *measure)
{
    struct measure least;
    int64_t value, limit;
    if (measure->qualifier == '<')
        return true;
    if (measure->qualifier || !assay_read(record, "detection_limit", unit, &least) ||
        !measure_align(measure, &least, &value, &limit) || value >= limit)
        return false;
    *measure = least;
    measure->qualifier = '<';
    return true;
}

void assay_settle_unit(struct record *record, const struct record *before, const char *value,
                       const char *unit)
{
    struct value *content = record_value_for_change(record, value);
    struct value *beside = record_value_for_change(record, unit);
    struct measure measure;
    if (value_is_null(content) || !measure_parse(content->text, NULL, &measure, NULL) ||
        !*measure.unit)
        return;
    bool same = !value_is_null(beside) && strcmp(beside->text, measure.unit) == 0;
    bool given =
        !value_is_null(beside) && !(before && value_equal(beside, record_value(before, unit)));
    if (given && !same)
        return;
    value_set_text(beside, measure.unit);
    struct buffer number = {0};
    measure_format(&measure, measure.unit, &number);
    value_set_text(content, buffer_text(&number));
    buffer_release(&number);
}
