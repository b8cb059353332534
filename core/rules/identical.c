/* What another record says of the same enterprise or the same place. */
#include "core/facts.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"
#include "core/text.h"

#include <string.h>

struct comparing {
    const struct record *record;
    bool (*differs)(const struct record *record, const struct record *other);
    bool is_found;
    struct buffer found; /* name of the other record */
};

static bool same_text(const struct record *a, const struct record *b, const char *field)
{
    const char *first = read_text(a, field), *second = read_text(b, field);
    return first && second && text_same(first, second);
}

static bool compare(void *data, const struct record *other)
{
    struct comparing *comparing = data;
    if (strcmp(other->id, comparing->record->id) == 0 ||
        !comparing->differs(comparing->record, other))
        return true;
    comparing->is_found = true;
    record_format(other, other->reg->name_field, &comparing->found);
    const char *case_no = read_text(other, "case_no");
    if (case_no)
        buffer_addf(&comparing->found, "（%s）", case_no);
    return false;
}

/* Compares the record with those that have the same canonical text in `field`, up to the first that
 * contradicts it. */
static bool compare_same(const struct record *record, const struct check_context *context,
                         const char *field, struct comparing *comparing)
{
    static const char *const wanted[] = {"case_no", "name", "former_name", "region", "town",
                                         "address", "lon",  "lat",         "uscc",   NULL};
    struct buffer key = {0};
    record_format(record, field, &key);
    comparing->record = record;
    facts_each(context,
               &(struct facts_query){
                   .reg = record->reg->name, .field = field, .value = key.text, .wanted = wanted},
               compare, comparing);
    buffer_release(&key);
    return comparing->is_found;
}

/* Another name, and neither is the former name of the other. */
static bool is_renamed(const struct record *record, const struct record *other)
{
    const char *name = read_text(record, "name"), *other_name = read_text(other, "name");
    const char *former = read_text(record, "former_name");
    const char *other_former = read_text(other, "former_name");
    return name && other_name && !text_same(name, other_name) &&
           !(former && text_same(former, other_name)) &&
           !(other_former && text_same(other_former, name));
}

static void check_one_name(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    struct comparing comparing = {.differs = is_renamed};
    if (read_is_filled(record, "uscc") && compare_same(record, context, "uscc", &comparing))
        rule_report(
            rule, findings, "name",
            "同一个信用代码还登记为“%s”，名称不一致；已更名的把旧名填在曾用名，否则核对代码",
            buffer_text(&comparing.found));
    buffer_release(&comparing.found);
}

const struct rule rule_one_name = {
    .id = "V03",
    .severity = SEVERITY_WARNING,
    .reg = "enterprise",
    .links = {{.field = "uscc", .match = "uscc"}},
    .label = "同一信用代码应是同一名称",
    .basis = "环境统计审核要求（年际一致）",
    .check = check_one_name,
};

/* One legal person may have several plants: those lie in different places. */
static bool is_same_plant(const struct record *record, const struct record *other)
{
    bool addresses = read_is_filled(record, "address") && read_is_filled(other, "address");
    return same_text(record, other, "region") &&
           same_text(record, other, addresses ? "address" : "name");
}

static void check_duplicate(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    struct comparing comparing = {.differs = is_same_plant};
    if (read_is_filled(record, "uscc") && compare_same(record, context, "uscc", &comparing))
        rule_report(rule, findings, "uscc",
                    "与“%s”信用代码相同、地点相同，重复登记了；请删除其中一条，或改正地址",
                    buffer_text(&comparing.found));
    buffer_release(&comparing.found);
}

const struct rule rule_duplicate = {
    .id = "V04",
    .severity = SEVERITY_ERROR,
    .reg = "enterprise",
    .links = {{.field = "uscc", .match = "uscc"}},
    .label = "同一企业同一地点只登记一次",
    .basis = "全口径清单动态更新要求：吉环固体字〔2022〕10号 四（二）",
    .check = check_duplicate,
};

static bool is_same_latitude(const struct record *record, const struct record *other)
{
    int64_t lat, other_lat;
    return read_integer(record, "lat", &lat) && read_integer(other, "lat", &other_lat) &&
           lat == other_lat;
}

struct place {
    int64_t lon, lat;
    bool is_outside;
};

static bool is_outside(const struct record *campaign, const char *from, const char *to,
                       int64_t degrees)
{
    int64_t least, most;
    return read_integer(campaign, from, &least) && read_integer(campaign, to, &most) &&
           (degrees < least || degrees > most);
}

static bool compare_area(void *data, const struct record *campaign)
{
    struct place *place = data;
    place->is_outside = is_outside(campaign, "lon_from", "lon_to", place->lon) ||
                        is_outside(campaign, "lat_from", "lat_to", place->lat);
    return false;
}

/* The policy pack knows the borders of its province or city; those of each county are not at hand.
 */
static void check_area(const struct rule *rule, const struct record *record,
                       const struct check_context *context, struct findings *findings)
{
    struct place place = {.is_outside = false};
    if (!*context->campaign || !read_integer(record, "lon", &place.lon) ||
        !read_integer(record, "lat", &place.lat))
        return;
    facts_each(context,
               &(struct facts_query){.reg = "campaign", .field = "id", .value = context->campaign},
               compare_area, &place);
    if (place.is_outside)
        rule_report(rule, findings, "lat", "这个点不在本政策包适用的地区内，请核对经度和纬度");
}

static void check_position(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    bool lon = read_is_filled(record, "lon"), lat = read_is_filled(record, "lat");
    struct comparing comparing = {.differs = is_same_latitude};
    if (lon != lat)
        rule_report(rule, findings, lon ? "lat" : "lon", "只填了%s，没有%s，定不了位，请补齐另一个",
                    lon ? "经度" : "纬度", lon ? "纬度" : "经度");
    else if (lon && record->reg->menu == MENU_INVENTORY &&
             compare_same(record, context, "lon", &comparing))
        rule_report(rule, findings, "lon",
                    "经纬度与“%s”完全相同，两处不会在同一点上，请到现场重新定位",
                    buffer_text(&comparing.found));
    buffer_release(&comparing.found);
    check_area(rule, record, context, findings);
}

const struct rule rule_position = {
    .id = "V06",
    .severity = SEVERITY_WARNING,
    .links = {{.field = "lon", .match = "lon"}},
    .label = "经纬度应成对、在本地区、各不相同",
    .basis = "CGCS2000 坐标系",
    .check = check_position,
};
