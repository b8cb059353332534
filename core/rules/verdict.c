/* What follows from a measured value that exceeds its limit. */
#include "core/facts.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

struct search {
    struct date since;
    bool is_found;
};

/* A problem found before the sample was taken is another one, unless it is still open. */
static bool is_about_it(void *data, const struct record *problem)
{
    struct search *search = data;
    struct date found;
    search->is_found =
        !record_matches(problem, problem->reg->deadline->closed) ||
        (read_date(problem, "found_on", &found) && date_compare(found, search->since) >= 0);
    return !search->is_found;
}

static void check_exceedance(const struct rule *rule, const struct record *record,
                             const struct check_context *context, struct findings *findings)
{
    static const char *const objects[] = {"enterprise", "site"};
    struct search search = {.is_found = false};
    bool asked = false;
    if (!read_is(record, "verdict", "超标") || !read_date(record, "sampled_on", &search.since))
        return;
    for (size_t i = 0; i < COUNT_OF(objects) && !search.is_found; i++) {
        const char *object = read_text(record, objects[i]);
        if (!object)
            continue;
        asked = true;
        facts_each(context,
                   &(struct facts_query){.reg = "problem", .field = objects[i], .value = object},
                   is_about_it, &search);
    }
    if (asked && !search.is_found)
        rule_report(rule, findings, "verdict",
                    "监测结果超标，却没有登记整改问题，请核实结果并登记问题；已在整改的核对对象");
}

const struct rule rule_exceedance = {
    .id = "V69",
    .severity = SEVERITY_WARNING,
    .reg = "sample",
    .links = {{"problem", "enterprise", "enterprise"},
              {"problem", "site", "site"},
              {"outlet", "id", "outlet"},
              {"thallium_enterprise", "enterprise", "enterprise"}},
    .label = "超标的监测结果应登记整改问题",
    .basis = "吉环固体字〔2022〕10号 四（七）；桂重金属方案 四（三）（问题台账）",
    .check = check_exceedance,
};
