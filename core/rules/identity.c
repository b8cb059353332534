/* Who it is, what it makes, and on which list it stands. */
#include "core/rules/reading.h"
#include "core/rules/rules.h"
#include "core/text.h"
#include "core/uscc.h"

#include <ctype.h>
#include <string.h>

#define CHEMISTRY "化学原料及化学制品制造业"

/* Classes of GB/T 4754-2017 that belong to each key industry. Electroplating is not among them: a
 * plating line may stand in a plant of any class. */
static const struct {
    const char *key_industry, *codes;
} groups[] = {
    {"重有色金属矿采选业", "0911|0912|0913|0914|0915|0919"},
    {"重有色金属冶炼业", "3211|3212|3213|3214|3215|3219"},
    {"铅蓄电池制造业", "3843"},
    {CHEMISTRY, "2613|2619|2651"},
    {"皮革鞣制加工业", "1910|1931"},
};

static void check_industry(const struct rule *rule, const struct record *record,
                           const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *code = read_text(record, "industry");
    if (!code)
        return;
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        if (read_is(record, "key_industry", groups[i].key_industry) &&
            !read_is(record, "industry", groups[i].codes))
            rule_report(rule, findings, "industry",
                        "行业代码 %s 不属于%s，请核对行业代码或重点行业类别", code,
                        groups[i].key_industry);
    if (!read_says(record, "zinc_inorganic", true))
        return;
    if (read_is_filled(record, "key_industry") && !read_is(record, "key_industry", CHEMISTRY))
        rule_report(rule, findings, "key_industry",
                    "以工业固废为原料的锌无机化合物企业应归入" CHEMISTRY "，请改正重点行业类别");
    if (!read_is(record, "industry", "2613|2619"))
        rule_report(rule, findings, "industry",
                    "锌无机化合物企业的行业代码应为 2613 或 2619，现为 %s，请核对", code);
}

const struct rule rule_industry = {
    .id = "V07",
    .severity = SEVERITY_WARNING,
    .label = "行业代码应与重点行业类别一致",
    .basis = "GB/T 4754-2017；吉环固体字〔2022〕10号 三",
    .check = check_industry,
};

static void check_permit_owner(const struct rule *rule, const struct record *record,
                               const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *permit = read_text(record, "permit_no");
    const char *uscc = read_text(record, "uscc");
    bool comparable =
        permit && uscc && strlen(uscc) == USCC_LENGTH && !text_starts_with(permit, "H9");
    if (comparable && strncmp(permit, uscc, USCC_LENGTH) != 0)
        rule_report(rule, findings, "permit_no",
                    "许可证编号前 18 位是 %.18s，与信用代码 %s 不一致，请对照许可证和营业执照核对",
                    permit, uscc);
}

const struct rule rule_permit_owner = {
    .id = "V08",
    .severity = SEVERITY_WARNING,
    .label = "许可证编号前 18 位应等于信用代码",
    .basis = "HJ 608-2017",
    .check = check_permit_owner,
};

static void check_removal(const struct rule *rule, const struct record *record,
                          const struct check_context *context, struct findings *findings)
{
    (void)context;
    bool dated = read_is_filled(record, "removed_on");
    bool reasoned = read_is_filled(record, "removal_reason");
    if (dated && !reasoned)
        rule_report(rule, findings, "removal_reason", "已填移出日期但没有移出原因，请选一个原因");
    if (reasoned && !dated)
        rule_report(rule, findings, "removed_on", "已选移出原因但没有移出日期，请补填日期");
    if (read_is(record, "entry_reason", "新建|改扩建|漏报补录|历史信息") &&
        !read_is_filled(record, "entry_basis"))
        rule_report(rule, findings, "entry_basis",
                    "补进清单的企业没有纳入依据，请写明批复、排查记录或文件");
    if (read_is(record, "removal_reason", "关闭") && read_is(record, "status", "在产|在建"))
        rule_report(rule, findings, "status", "移出原因是关闭，状态却是在产或在建，请改正其中一项");
}

const struct rule rule_removal = {
    .id = "V29",
    .severity = SEVERITY_ERROR,
    .reg = "enterprise",
    .label = "列入清单要有依据，移出清单要有日期和原因",
    .basis = "吉环固体字〔2022〕10号 四（二）；桂重金属方案 四（二）",
    .check = check_removal,
};

/* A mobile number of eleven digits, or a landline of seven or eight digits with its area code and
 * perhaps an extension. */
static bool is_phone(const char *text)
{
    char digits[32];
    size_t count = 0;
    for (; *text; text++) {
        if (isdigit((unsigned char)*text) && count < sizeof digits - 1)
            digits[count++] = *text;
        else if (!strchr("-()+ ", *text))
            return false;
    }
    digits[count] = '\0';
    const char *number = text_starts_with(digits, "86") && count == 13 ? digits + 2 : digits;
    count = strlen(number);
    if (*number == '1')
        return count == 11;
    return *number == '0' ? count >= 10 && count <= 16 : count == 7 || count == 8;
}

static void visit_phone(void *context, const char *item)
{
    bool *valid = context;
    *valid = *valid && is_phone(item);
}

static bool are_phones(const char *list)
{
    bool valid = true;
    read_each(list, visit_phone, &valid);
    return valid;
}

/* A blank may stand between two numbers, or within one: "138 0000 0000". */
static bool are_spaced_phones(const char *list)
{
    struct buffer joined = {0};
    for (const char *at = list; *at; at++)
        if (*at != ' ')
            buffer_add_char(&joined, *at);
    bool valid = are_phones(buffer_text(&joined));
    buffer_release(&joined);
    return valid;
}

static void check_phone(const struct rule *rule, const struct record *record,
                        const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *phones = read_text(record, "phone");
    if (phones && !are_phones(phones) && !are_spaced_phones(phones))
        rule_report(rule, findings, "phone",
                    "“%s”不像电话号码，请填 11 位手机号，或带区号的座机，多个用顿号隔开", phones);
}

const struct rule rule_phone = {
    .id = "V45",
    .severity = SEVERITY_WARNING,
    .label = "联系电话应是手机号或座机号",
    .basis = "全口径清单联系信息",
    .check = check_phone,
};

static void check_key_discharger(const struct rule *rule, const struct record *record,
                                 const struct check_context *context, struct findings *findings)
{
    (void)context;
    if (read_is_key_industry(record) && read_says(record, "key_discharger", false) &&
        !read_is_filled(record, "not_key_discharger_reason"))
        rule_report(rule, findings, "not_key_discharger_reason",
                    "重点行业企业应列入重点排污单位名录；没有列入的，请写明原因");
}

const struct rule rule_key_discharger = {
    .id = "V46",
    .severity = SEVERITY_ERROR,
    .reg = "enterprise",
    .label = "重点行业企业未列入重点排污单位名录的要写原因",
    .basis = "吉环固体字〔2022〕10号 四（二）",
    .check = check_key_discharger,
};
