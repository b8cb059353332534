/* The thallium ledger as accounts: nothing booked twice, and a balance that closes. */
#include "core/balance.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/mem.h"
#include "core/registers/shared.h"
#include "core/rules/reading.h"
#include "core/rules/rules.h"

#include <stdlib.h>
#include <string.h>

#define BASIS "吉环固体字〔2022〕10号 四（七）；桂重金属方案 四（三）（可核算可追踪）"

/* ---- V80: booked twice ---- */

struct twin {
    const struct record *record;
    char found[PERIOD_TEXT_SIZE]; /* period of the row that holds the same; "" none */
};

static bool take_twin(void *data, const struct record *other)
{
    struct twin *twin = data;
    struct period period;
    if (!balance_is_double(other, twin->record) && !balance_is_double(twin->record, other))
        return true;
    if (period_parse(record_text(other, "period"), &period))
        period_format(period, twin->found);
    return false;
}

/* Rows of the enterprise in one period: looking there costs little, however many rows there are. */
static void find_twin(const struct check_context *context, struct period period, struct twin *twin)
{
    static const char *const wanted[] = {"enterprise", "period",   "flow", "material",
                                         "batch",      "receiver", NULL};
    char text[PERIOD_TEXT_SIZE];
    period_format(period, text);
    facts_each(context,
               &(struct facts_query){
                   .reg = "material_flow",
                   .field = "enterprise",
                   .value = record_text(twin->record, "enterprise"),
                   .also = {{"period", text}, {"material", record_text(twin->record, "material")}},
                   .wanted = wanted},
               take_twin, twin);
}

static void check_twice(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    struct period own, others[PERIOD_MOST_PARTS + PERIOD_MOST_WHOLES];
    struct twin twin = {.record = record};
    const char *text = record_text(record, "period");
    if (!period_parse(text, &own) || !*record_text(record, "enterprise"))
        return;
    size_t count = period_parts(own, others);
    count += period_wholes(own, others + count);
    for (size_t i = 1; i < count && !*twin.found; i++)
        find_twin(context, others[i], &twin);
    if (*twin.found)
        rule_report(rule, findings, "period",
                    "同一种物料在 %s 和 %s 都登记了，铊平衡只按长的一期计；"
                    "确是两回事的写上批次号或接收企业，否则删去一处",
                    text, twin.found);
}

const struct rule rule_booked_twice = {
    .id = "V80",
    .severity = SEVERITY_WARNING,
    .reg = "material_flow",
    .links = {{"material_flow", "enterprise", "enterprise"}},
    .label = "同一种物料不在长短两个核算期里重复登记",
    .basis = BASIS,
    .check = check_twice,
};

/* ---- V81: the balance that is due ---- */

struct ledger {
    struct date since;
    struct balance_row *rows; /* owned */
    size_t count, capacity;
};

static bool take_flow(void *data, const struct record *flow)
{
    struct ledger *ledger = data;
    ledger->rows = mem_grow(ledger->rows, ledger->count, &ledger->capacity, sizeof *ledger->rows);
    balance_read_row(flow, ledger->since, &ledger->rows[ledger->count++]);
    return true;
}

/* The balance of a profile's enterprise; false when there are no rows in the period. */
static bool make_balance(const struct record *profile, const struct check_context *context,
                         struct period period, struct balance *balance)
{
    static const char *const wanted[] = {"period",
                                         "flow",
                                         "material_class",
                                         "thallium_gap",
                                         "thallium_kg",
                                         "quantity_unit",
                                         "quantity",
                                         "dry_quantity",
                                         "sampled_on",
                                         "thallium_lod_kg",
                                         NULL};
    struct balance_request request = {
        .period = period, .profile = profile, .today = context->today};
    struct period parts[PERIOD_MOST_PARTS];
    struct ledger ledger = {0};
    balance_read_policy(&request.policy, context);
    ledger.since = balance_assayed_since(&request.policy, period);
    size_t count = period_parts(period, parts);
    for (size_t i = 0; i < count; i++) {
        char text[PERIOD_TEXT_SIZE];
        period_format(parts[i], text);
        facts_each(context,
                   &(struct facts_query){.reg = "material_flow",
                                         .field = "enterprise",
                                         .value = record_text(profile, "enterprise"),
                                         .also = {{"period", text}},
                                         .wanted = wanted},
                   take_flow, &ledger);
    }
    request.rows = ledger.rows;
    request.row_count = ledger.count;
    bool ok = ledger.count > 0 && balance_make(balance, &request, NULL);
    if (ledger.count > 0 && !ok)
        balance_release(balance);
    free(ledger.rows);
    return ok;
}

static void report_band(const struct rule *rule, const struct balance *balance,
                        struct findings *findings)
{
    char period[PERIOD_TEXT_SIZE], closure[DECIMAL_TEXT_SIZE], limit[DECIMAL_TEXT_SIZE];
    const struct balance_policy *policy = &balance->policy;
    bool is_low = balance->closure_percent < policy->red_below;
    period_format(balance->period, period);
    decimal_format(balance->closure_percent, BALANCE_PERCENT_SCALE, closure);
    decimal_format(is_low ? policy->red_below : policy->red_above, BALANCE_PERCENT_SCALE, limit);
    if (balance->band == BALANCE_UNDETERMINED)
        rule_report(rule, findings, "enterprise",
                    "%s 的铊平衡算不出来，投入或产出没有铊量，请在铊平衡一屏看缺什么", period);
    if (balance->band == BALANCE_RETEST)
        rule_report(rule, findings, "enterprise",
                    "%s 的铊平衡闭合率 %s%%，%s于 %s%%，请核对台账并复测", period, closure,
                    is_low ? "低" : "高", limit);
}

static void check_balance(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    struct balance balance;
    if (read_is(record, "enterprise_status", STATUS_SHUT) || !context->today.year ||
        !*record_text(record, "enterprise"))
        return;
    const struct balance_due due = balance_find_due(context);
    if (!make_balance(record, context, due.quarter, &balance) &&
        !make_balance(record, context, due.year, &balance)) {
        char quarter[PERIOD_TEXT_SIZE], year[PERIOD_TEXT_SIZE];
        period_format(due.quarter, quarter);
        period_format(due.year, year);
        rule_report(rule, findings, "enterprise",
                    "没有 %s 的物料台账，也没有 %s 年的，铊平衡算不了，请督促企业报台账", quarter,
                    year);
        return;
    }
    report_band(rule, &balance, findings);
    balance_release(&balance);
}

const struct rule rule_balance = {
    .id = "V81",
    .severity = SEVERITY_WARNING,
    .reg = "thallium_enterprise",
    .links = {{"material_flow", "enterprise", "enterprise"}, {"enterprise", "id", "enterprise"}},
    .label = "涉铊企业每季（年）的铊平衡应当算得出、合得上",
    .basis = BASIS,
    .check = check_balance,
};
