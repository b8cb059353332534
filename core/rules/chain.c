/* The way of thallium from one enterprise to the next: each ledger must show what the other does.
 */
#include "core/facts.h"
#include "core/period.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"
#include "core/text.h"
#include "core/trace.h"

#include <string.h>

#define J10 "吉环固体字〔2022〕10号 "

static bool carries_thallium(const struct record *flow)
{
    int64_t kg;
    return read_integer(flow, "thallium_kg", &kg) && kg > 0;
}

/* ---- the receiver's ledger ---- */

struct counterpart {
    struct period period;
    struct buffer name, former_name; /* of the sender */
    bool has_rows, is_booked;
};

static bool take_sender(void *data, const struct record *enterprise)
{
    struct counterpart *counterpart = data;
    buffer_add(&counterpart->name, record_text(enterprise, "name"));
    buffer_add(&counterpart->former_name, record_text(enterprise, "former_name"));
    return false;
}

static bool take_flow(void *data, const struct record *flow)
{
    struct counterpart *counterpart = data;
    struct period period;
    const char *supplier = record_text(flow, "supplier");
    if (!period_parse(record_text(flow, "period"), &period) ||
        !period_overlaps(period, counterpart->period))
        return true;
    counterpart->has_rows = true;
    counterpart->is_booked = read_is(flow, "flow", "投入") && *supplier &&
                             (text_same(supplier, buffer_text(&counterpart->name)) ||
                              text_same(supplier, buffer_text(&counterpart->former_name)));
    return !counterpart->is_booked;
}

static void look_up(const struct record *record, const struct check_context *context,
                    struct counterpart *counterpart)
{
    static const char *const names[] = {"name", "former_name", NULL};
    static const char *const flows[] = {"period", "flow", "supplier", NULL};
    facts_each(context,
               &(struct facts_query){.reg = "enterprise",
                                     .field = "id",
                                     .value = record_text(record, "enterprise"),
                                     .wanted = names},
               take_sender, counterpart);
    facts_each(context,
               &(struct facts_query){.reg = "material_flow",
                                     .field = "enterprise",
                                     .value = record_text(record, "receiver"),
                                     .wanted = flows},
               take_flow, counterpart);
}

static void check_counterpart(const struct rule *rule, const struct record *record,
                              const struct check_context *context, struct findings *findings)
{
    struct counterpart counterpart = {.has_rows = false};
    const char *receiver = read_text(record, "receiver"), *own = read_text(record, "enterprise");
    if (!read_is(record, "flow", "产出|排放") || !receiver || !own || text_same(receiver, own) ||
        !carries_thallium(record) || !read_is_filled(record, "period") ||
        !period_parse(read_text(record, "period"), &counterpart.period))
        return;
    look_up(record, context, &counterpart);
    if (counterpart.has_rows && !counterpart.is_booked)
        rule_report(rule, findings, "receiver",
                    "接收企业这一期的台账里没有从%s收到物料的投入记录，请核对是否漏记，"
                    "或投入记录的供应商没有写全称",
                    counterpart.name.length ? counterpart.name.text : "本企业");
    buffer_release(&counterpart.name);
    buffer_release(&counterpart.former_name);
}

const struct rule rule_counterpart = {
    .id = "V83",
    .severity = SEVERITY_WARNING,
    .reg = "material_flow",
    .links = {{"enterprise", "id", "enterprise"}, {NULL, "enterprise", "receiver"}},
    .label = "送出的含铊物料在接收企业的台账里应有投入记录",
    .basis = J10 "四（七）（可核算可追踪）；滇规划 三（五）3（含铊灰渣利用）",
    .check = check_counterpart,
};

/* ---- waste that leaves ---- */

/* Also to a place of its own, whose record tells the rest. */
static bool keeps_it(const struct record *flow)
{
    static const char *const places[] = {"尾矿库", "渣库", "渣场", "堆场"};
    const char *destination = record_text(flow, "destination");
    bool keeps = trace_stays(destination);
    for (size_t i = 0; i < COUNT_OF(places); i++)
        keeps = keeps || strstr(destination, places[i]);
    return keeps;
}

static void check_waste_way(const struct rule *rule, const struct record *record,
                            const struct check_context *context, struct findings *findings)
{
    (void)context;
    bool is_hazardous = read_is_filled(record, "waste_code");
    if (!read_is(record, "flow", "产出") ||
        !read_is(record, "material_class", "废渣|烟尘|污泥|酸泥|外委危废") ||
        !carries_thallium(record) || keeps_it(record))
        return;
    if (!read_is_filled(record, "receiver") && !read_is_filled(record, "receiver_name"))
        rule_report(rule, findings, "receiver",
                    "含铊废物没有写接收单位，铊的去向追不下去，请按合同或联单补上；"
                    "留在厂里的，去向写厂内贮存或自用");
    /* Where the form asks for it, it is a gap already. */
    if (is_hazardous && !read_is_filled(record, "manifest_no") &&
        !read_is(record, "material_class", "外委危废"))
        rule_report(rule, findings, "manifest_no",
                    "这种含铊废物是危险废物（%s），送出去要有转移联单，请补联单号",
                    read_text(record, "waste_code"));
}

const struct rule rule_waste_way = {
    .id = "V84",
    .severity = SEVERITY_WARNING,
    .reg = "material_flow",
    .label = "送出的含铊废物要写接收单位，危险废物还要写联单号",
    .basis = J10 "四（九）3；固体废物污染环境防治法 第八十二条",
    .check = check_waste_way,
};
