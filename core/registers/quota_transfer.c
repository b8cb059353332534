#include "core/quota.h"
#include "core/quota_guard.h"
#include "core/registers.h"
#include "core/registers/loads.h"
#include "core/registers/shared.h"

#define J12      "吉环固体字〔2022〕12号 "
#define TRANSFER J12 "三、四；滇规划 三（五）2"
#define OPINION  J12 "二（一）、四（征求相关市州核准意见）"
#define CHANGE   J12 "四（自出让指标之日起30日内申请变更）"
#define RECORDED J12 "四（未取得许可证的，市州记录并向省报备）"
#define REBASE   J12 "四（每年3月底前重新核定重金属总量基数）"
#define VOID     J12 "六（三）（弄虚作假的核定指标视为无效）"

/* Of a party in the list: it is entered there, once. */
#define LISTED_USCC(PARTY, LABEL)                                                                  \
    {                                                                                              \
        .name = PARTY "_enterprise_uscc", .label = LABEL, .type = TYPE_USCC,                       \
        .via = PARTY "_enterprise", .source = "uscc",                                              \
        .help = "取自选中的那家企业，要改请打开那家企业。",                                        \
    }
#define OTHER_USCC(PARTY, LABEL, HELP, EXAMPLE)                                                    \
    {                                                                                              \
        .name = PARTY "_uscc", .label = LABEL, .type = TYPE_USCC, .flags = FIELD_SEARCH,           \
        .help = HELP, .example = EXAMPLE, .basis = "GB 32100-2015；" J12 "四",                     \
    }

static const struct field party_fields[] = {
    FIELD_CASE_NO("转让编号"),
    {
        .name = "transferred_on",
        .label = "转让日期",
        .type = TYPE_DATE,
        .flags = FIELD_KEY | FIELD_LIST,
        .aliases = (const char *const[]){"转让（生效）日期", "生效日期", "出让日期", NULL},
        .help = "转让生效的日期，出让方变更许可证的期限从这一天起算。",
        .example = "2026-04-20",
        .basis = CHANGE,
    },
    {
        .name = "source",
        .label = "来源工程",
        .type = TYPE_REF,
        .flags = FIELD_LIST | FIELD_SEARCH,
        .width = 22,
        .target = "reduction_project",
        .aliases = (const char *const[]){"减排工程", "指标来源", "来源减排工程", NULL},
        .help =
            "指标从哪个减排工程来，从减排工程清单选取；同一工程可以分几次转让，外地调入的空着。",
        .example = "示例电源公司一期铅熔炼线淘汰",
        .basis = TRANSFER,
    },
    {
        .name = "project",
        .label = "用于项目",
        .type = TYPE_REF,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 22,
        .target = "construction_project",
        .aliases = (const char *const[]){"受让项目", "建设项目", "项目", NULL},
        .help = "指标给哪个建设项目用，从总量替代清单选取；每一笔只给一个项目。",
        .example = "清远市示例新材料有限公司年产2万吨锌合金项目",
        .basis = TRANSFER,
    },
    {
        .name = "from_enterprise",
        .label = "出让单位",
        .type = TYPE_REF,
        .flags = FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"出让企业", "出让方", NULL},
        .help = "让出指标的企业，从全口径清单选取；不在本清单里的填外地出让单位。",
        .example = "英德市示例电源有限公司",
        .basis = TRANSFER,
    },
    LISTED_USCC("from", "出让单位信用代码"),
    {
        .name = "from_name",
        .label = "外地出让单位",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"出让单位名称", NULL},
        .help = "出让单位在别的县、不在本清单里的，写它的全称。",
        .example = "韶关市示例铅锌有限公司",
    },
    OTHER_USCC("from", "外地出让单位信用代码",
               "外地出让单位营业执照上的十八位代码；出让单位在本清单里的空着。",
               "91440200MA58000039"),
    {
        .name = "from_city",
        .label = "出让市州",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 12,
        .suggest = "region",
        .aliases = (const char *const[]){"出让方市州", "出让地", NULL},
        .help = "出让单位在哪个市州；与受让市州不同的要有两地意见。",
        .example = "清远市",
        .basis = OPINION,
    },
    {
        .name = "to_enterprise",
        .label = "受让单位",
        .type = TYPE_REF,
        .flags = FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"受让企业", "受让方", NULL},
        .help = "接受指标的企业，从全口径清单选取；不在本清单里的填外地受让单位。",
        .example = "清远市示例冶炼有限公司",
        .basis = TRANSFER,
    },
    LISTED_USCC("to", "受让单位信用代码"),
    {
        .name = "to_name",
        .label = "外地受让单位",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"受让单位名称", NULL},
        .help = "受让单位是新办的或在别的县、不在本清单里的，写它的全称。",
        .example = "清远市示例新材料有限公司",
    },
    OTHER_USCC("to", "外地受让单位信用代码",
               "外地（新办）受让单位营业执照上的十八位代码；受让单位在本清单里的空着。",
               "91441800MA5800011F"),
    {
        .name = "to_city",
        .label = "受让市州",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 12,
        .suggest = "region",
        .aliases = (const char *const[]){"受让方市州", "受让地", NULL},
        .help = "受让单位在哪个市州。",
        .example = "清远市",
        .basis = OPINION,
    },
};

static const struct field quantity_fields[] = {
    LOAD_FIELDS("transferred", "转让量", FIELD_REQUIRED, FIELD_LIST,
                "：这一笔转让的年排放量，没有转让的填 0。", .basis = TRANSFER),
    {
        .name = "from_city_opinion",
        .label = "出让地意见",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"出让市州核准意见", NULL},
        .help = "出让市州的核准意见文号和结论；同一市州内转让的空着。",
        .example = "韶环函〔2026〕9号 同意",
        .basis = OPINION,
    },
    {
        .name = "to_city_opinion",
        .label = "受让地意见",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"受让市州核准意见", NULL},
        .help = "受让市州的核准意见文号和结论；同一市州内转让的空着。",
        .example = "清环函〔2026〕11号 同意",
        .basis = OPINION,
    },
    {
        .name = "province_opinion_no",
        .label = "核准意见文号",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"省核准意见文号", "总量核准意见文号", NULL},
        .help = "省厅（有的省是州市局）同意这笔指标的核准意见文号。",
        .example = "粤环总量函〔2026〕15号",
        .basis = OPINION,
    },
    {
        .name = "province_opinion_on",
        .label = "核准意见日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"省核准意见日期", NULL},
        .help = "核准意见的落款日期，不晚于转让日期。",
        .example = "2026-03-12",
        .basis = OPINION,
    },
};

#define UNLICENSED                                                                                 \
    {                                                                                              \
        .field = "unlicensed", .values = "是"                                                     \
    }

static const struct field change_fields[] = {
    {
        .name = "unlicensed",
        .label = "出让方无许可证",
        .type = TYPE_BOOL,
        .flags = FIELD_REQUIRED,
        .width = 8,
        .initial = "否",
        .aliases = (const char *const[]){"无证出让", "是否无证出让", NULL},
        .help = "出让单位没有排污许可证或只做了登记的填是，这时由市州记录并报省备案。",
        .example = "否",
        .basis = RECORDED,
    },
    {
        .name = "permit_change_due_on",
        .label = "出让方变更截止日期",
        .type = TYPE_DATE,
        .flags = FIELD_AUTO,
        .help = "出让方最晚哪一天要申请变更许可证，由程序按政策包的期限推算。",
        .basis = CHANGE,
    },
    {
        .name = "permit_change_applied_on",
        .label = "出让方变更申请日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"实际变更日期", "出让方许可变更实际", NULL},
        .help = "出让方实际哪一天申请变更许可证，还没有申请的空着。",
        .example = "2026-05-08",
        .basis = CHANGE,
    },
    {
        .name = "permit_noted_on",
        .label = "受让方登记日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"受让方许可登记日期", "指标来源登记日期", NULL},
        .help = "受让方的许可证哪一天记录了指标来源，还没有领证的空着。",
        .example = "2026-05-18",
        .basis = J12 "四（受让方许可证记录来源）",
    },
    {
        .name = "recorded_on",
        .label = "市州记录日期",
        .type = TYPE_DATE,
        .required_when = UNLICENSED,
        .help = "出让方没有许可证的，市州哪一天记录了这次出让。",
        .example = "2026-04-25",
        .basis = RECORDED,
    },
    {
        .name = "filed_on",
        .label = "报省备案日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"备案日期", NULL},
        .required_when = UNLICENSED,
        .help = "出让方没有许可证的，哪一天报省厅备案。",
        .example = "2026-04-28",
        .basis = RECORDED,
    },
    {
        .name = "rebase_period",
        .label = "基数核定年度",
        .type = TYPE_PERIOD,
        .aliases = (const char *const[]){"基数重新核定年度", NULL},
        .help = "省厅在哪一年按这次转让重新核定了总量基数，还没有核定的空着。",
        .example = "2027",
        .basis = REBASE,
    },
    {
        .name = "rebase_due_on",
        .label = "基数核定期限",
        .type = TYPE_DATE,
        .flags = FIELD_AUTO,
        .help = "总量基数最晚哪一天要按这次转让重新核定，由程序按政策包推算；政策没有要求的空着。",
        .basis = REBASE,
    },
    {
        .name = "voided",
        .label = "作废",
        .type = TYPE_BOOL,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .width = 6,
        .initial = "否",
        .aliases = (const char *const[]){"作废标志", "是否作废", NULL},
        .help = "指标被认定无效的填是，受让的项目要另找来源；记录不要删除。",
        .example = "否",
        .basis = VOID,
    },
    {
        .name = "voided_on",
        .label = "作废日期",
        .type = TYPE_DATE,
        .flags = FIELD_KEY_WHEN,
        .required_when = {.field = "voided", .values = "是"},
        .help = "认定无效的日期，从这一天起指标退回来源；自始无效的填转让日期。",
        .example = "2026-06-02",
        .basis = VOID,
    },
    {
        .name = "void_reason",
        .label = "作废原因",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY_WHEN,
        .width = 20,
        .required_when = {.field = "voided", .values = "是"},
        .help = "为什么作废，写明依据的文件。",
        .example = "申请材料谎报削减量，清环函〔2026〕30号",
        .basis = VOID,
    },
};

static const struct section sections[] = {
    {.label = "双方", .fields = party_fields, .count = COUNT_OF(party_fields)},
    {.label = "数量", .fields = quantity_fields, .count = COUNT_OF(quantity_fields)},
    {.label = "变更", .fields = change_fields, .count = COUNT_OF(change_fields)},
    SECTION_NOTES,
};

static const struct reg_event events[] = {
    {"transferred_on", "指标转让"},
    {"voided_on", "转让作废"},
    {NULL, NULL},
};

const struct reg reg_quota_transfer = {
    .name = "quota_transfer",
    .label = "指标来源与转让",
    .brief = "指标",
    .title = "重金属总量指标来源与转让台账",
    .counter = "笔",
    .help = "减排工程的削减量给了哪个项目，一笔一条；一笔既是出让也是受让。",
    .basis = TRANSFER,
    .menu = MENU_QUOTA,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "ZR",
    .name_field = "case_no",
    .events = events,
    .order = "transferred_on",
    .descending = true,
    .identity = (const char *const[]){"case_no", "source project transferred_on",
                                      "from_name project transferred_on", NULL},
    .covered = (const char *const[]){"source transferred_on voided voided_on transferred_lead_kg "
                                     "transferred_mercury_kg transferred_cadmium_kg "
                                     "transferred_chromium_kg transferred_arsenic_kg "
                                     "transferred_total_kg",
                                     NULL},
    .derive = load_derive,
    .conclude = quota_conclude,
    .guard = quota_guard_transfer,
};
