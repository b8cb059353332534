#include "core/decimal.h"
#include "core/quota.h"
#include "core/quota_guard.h"
#include "core/reduction.h"
#include "core/registers.h"
#include "core/registers/loads.h"
#include "core/registers/shared.h"

#define J10      "吉环固体字〔2022〕10号 "
#define J12      "吉环固体字〔2022〕12号 "
#define GX       "桂重金属方案 "
#define YN       "滇规划 "
#define LIST     J10 "四（三）、五（二）；" GX "四（二）"
#define PROGRESS "清远计划 附表6（建设内容、责任单位、实施时间）"
#define METHOD   J12 "三（一）、（二）"
#define PERMIT   J10 "四（四）；" YN "三（五）2"

static const struct field project_fields[] = {
    FIELD_CASE_NO("工程编号"),
    {
        .name = "name",
        .label = "工程名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 28,
        .aliases = (const char *const[]){"减排工程名称", "项目名称", "减排工程", NULL},
        .help = "减排工程的名称，与批复或合同一致。",
        .example = "示例电源公司一期铅熔炼线淘汰",
        .basis = LIST,
    },
    {
        .name = "enterprise",
        .label = "实施企业",
        .type = TYPE_REF,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"企业名称", "企业", "所属企业", NULL},
        .help = "在哪家企业做，从全口径清单选取；不在清单里的先去登记企业。",
        .example = "英德市示例电源有限公司",
        .basis = LIST,
    },
    FIELD_FROM_ENTERPRISE("uscc", "统一社会信用代码", TYPE_USCC, 0),
    FIELD_FROM_ENTERPRISE("industry", "行业类别", TYPE_INDUSTRY, 0),
    FIELD_REGION(FIELD_LIST, "工程所在的县级行政区，可填名称、简称或六位区划代码。"),
    {
        .name = "kind",
        .label = "减排类型",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .choices = (const char *const[]){"结构调整", "升级改造", "深度治理", NULL},
        .synonyms = (const char *const[]){"产业结构调整", "结构调整", "关停淘汰", "结构调整",
                                          "工艺升级改造", "升级改造", "升级", "升级改造",
                                          "污染深度治理", "深度治理", NULL},
        .aliases = (const char *const[]){"工程类型", "减排途径", NULL},
        .help = "关停淘汰填结构调整，改工艺设备填升级改造，提高治理水平填深度治理。",
        .example = "结构调整",
        .basis = GX "四（二）；" YN "三（五）2",
    },
    {
        .name = "measure_kind",
        .label = "措施类别",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 16,
        .choices = (const char *const[]){"淘汰落后产能", "工艺提升改造", "清洁生产技术改造",
                                         "执行特别排放限值", "原料替代", "其他", NULL},
        .synonyms =
            (const char *const[]){"淘汰", "淘汰落后产能", "落后产能淘汰", "淘汰落后产能",
                                  "淘汰落后", "淘汰落后产能", "工艺提升", "工艺提升改造",
                                  "工艺改造", "工艺提升改造", "清洁生产", "清洁生产技术改造",
                                  "清洁生产改造", "清洁生产技术改造", "特别排放限值",
                                  "执行特别排放限值", "执行特排", "执行特别排放限值", NULL},
        .aliases = (const char *const[]){"减排措施类别", "减排措施", NULL},
        .help = "减排量作指标来源的，文件点名的是前五种；别的措施先问清能不能算。",
        .example = "淘汰落后产能",
        .basis = J12 "三",
    },
    {
        .name = "key_line",
        .label = "重点行业生产线",
        .type = TYPE_BOOL,
        .flags = FIELD_REQUIRED,
        .width = 8,
        .aliases = (const char *const[]){"是否重点行业生产线", "是否重点行业", NULL},
        .help = "减排的生产线是不是属于重点行业；不是的，减排量不能作指标来源。",
        .example = "是",
        .basis = J12 "三（末段：非重点行业生产线的削减量不可作为指标来源）",
    },
    {
        .name = "content",
        .label = "建设内容",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 24,
        .aliases = (const char *const[]){"工程内容", "主要内容", NULL},
        .help = "做了什么：停哪条线、换什么设备、加什么治理设施，写清规模。",
        .example = "拆除2台熔铅炉及配套收尘系统，年产能减少1万吨",
        .basis = PROGRESS,
    },
    {
        .name = "investment_10k",
        .label = "投资",
        .type = TYPE_DECIMAL,
        .flags = FIELD_REQUIRED | FIELD_TOTAL,
        .unit = "万元",
        .scale = 2,
        .width = 12,
        .least = "0",
        .aliases =
            (const char *const[]){"总投资", "投资（万元）", "工程投资", "总投资（万元）", NULL},
        .help = "工程总投资，只停产不花钱的填 0。",
        .example = "380",
        .basis = PROGRESS,
    },
};

static const struct field progress_fields[] = {
    {
        .name = "planned_start_on",
        .label = "计划开工日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"计划开工时间", "计划开工", NULL},
        .help = "计划哪一天动工，只停产的填计划停产日期。",
        .example = "2026-01-10",
    },
    {
        .name = "planned_completion_on",
        .label = "计划完工日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases =
            (const char *const[]){"计划完工时间", "计划完成日期", "计划完工", "实施时间", NULL},
        .help = "计划哪一天完成。",
        .example = "2026-05-31",
        .basis = PROGRESS,
    },
    {
        .name = "started_on",
        .label = "实际开工日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"开工日期", "实际开工时间", "实际开工", NULL},
        .help = "实际哪一天动工，还没有开工的空着。",
        .example = "2026-01-15",
    },
    {
        .name = "completed_on",
        .label = "实际完工日期",
        .type = TYPE_DATE,
        .flags = FIELD_LIST,
        .aliases = (const char *const[]){"完工日期", "完成日期", "实际完工时间", "实际完工", NULL},
        .help = "实际哪一天完成，还没有完成的空着；完成以前减排量不能使用。",
        .example = "2026-05-20",
        .basis = LIST,
    },
    {
        .name = "evidence_kinds",
        .label = "佐证材料",
        .type = TYPE_CHOICES,
        .flags = FIELD_REQUIRED,
        .width = 20,
        .choices =
            (const char *const[]){"验收", "关停证明", "拆除照片", "断电", "注销许可", "监测", NULL},
        .aliases = (const char *const[]){"佐证", "证明材料", NULL},
        .help = "手里有哪些能证明完成的材料，至少一种；文件登记在附件里。",
        .example = "关停证明、拆除照片",
        .basis = J12 "三；" J10 "五（二）（减排评估）",
    },
};

static const struct field before_fields[] = {
    {
        .name = "permit_held",
        .label = "许可证情况",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 10,
        .choices = (const char *const[]){"已领证", "登记管理", "未取得", NULL},
        .synonyms = (const char *const[]){"已取得", "已领证",   "已核发",   "已领证",   "有",
                                          "已领证", "持证",     "已领证",   "已领取",   "已领证",
                                          "登记",   "登记管理", "排污登记", "登记管理", "无",
                                          "未取得", "未领证",   "未取得",   "未办理",   "未取得",
                                          "无证",   "未取得",   "未持证",   "未取得",   NULL},
        .aliases = (const char *const[]){"持证情况", "排污许可情况", NULL},
        .help = "工程实施时企业有没有排污许可证；核算依据能用哪几种由它决定。",
        .example = "已领证",
        .basis = METHOD,
    },
    {
        .name = "load_basis",
        .label = "基准排放量依据",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 16,
        .choices =
            (const char *const[]){"许可量差值", "注销许可有效量", "环评差值", "核算报告", NULL},
        .aliases = (const char *const[]){"排放量依据", "减排核算依据", NULL},
        .help = "已领证的用许可量差值或注销许可有效量；登记或没有证的用环评差值或核算报告。",
        .example = "注销许可有效量",
        .basis = METHOD,
    },
    {
        .name = "method",
        .label = "核算方法",
        .type = TYPE_CHOICE,
        .width = 16,
        .choices =
            (const char *const[]){"执法监测", "在线监测", "竣工环保验收监测", "源强核算指南", NULL},
        .required_when = {.field = "load_basis", .values = "核算报告"},
        .help = "核算报告用的是哪一种数据；依据是核算报告时必填。",
        .example = "竣工环保验收监测",
        .basis = J12 "三（二）2",
    },
    {
        .name = "report",
        .label = "核算报告",
        .type = TYPE_ATTACHMENT,
        .aliases = (const char *const[]){"总量削减核算报告", NULL},
        .required_when = {.field = "load_basis", .values = "核算报告"},
        .help = "污染物总量削减核算报告的文件。",
        .example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        .basis = J12 "三（二）2",
    },
    LOAD_FIELDS("before", "减排前排放量", FIELD_REQUIRED, 0,
                "：工程实施前的年排放量，按上面的依据填，不排放的填 0。", .basis = METHOD),
};

#define CUT(NAME, METAL, FLAGS)                                                                    \
    {                                                                                              \
        .name = "cut_" NAME "_kg", .label = METAL, .type = TYPE_DECIMAL,                           \
        .flags = FIELD_AUTO | FIELD_TOTAL | (FLAGS), .unit = "kg/a", .scale = LOAD_SCALE,          \
        .width = 11, .least = "0", .group = "减排量",                                              \
        .help = "减排前减去减排后，由程序计算；是负数的说明前后填反了。", .basis = LIST,           \
    }

static const struct field after_fields[] = {
    LOAD_FIELDS("after", "减排后排放量", FIELD_REQUIRED, 0, "：工程完成后的年排放量，关停的填 0。",
                .basis = METHOD),
    CUT("lead", "铅", 0),
    CUT("mercury", "汞", 0),
    CUT("cadmium", "镉", 0),
    CUT("chromium", "铬", 0),
    CUT("arsenic", "砷", 0),
    CUT("total", "合计", FIELD_LIST),
};

static const struct field permit_fields[] = {
    {
        .name = "confirmed_on",
        .label = "指标核定日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"核定日期", "减排量核定日期", NULL},
        .help = "重金属污染防治部门审核确认这项减排量可作指标来源的那一天；没有另行核定的空着，"
                "按纳入减排台账日期起算。",
        .example = "2026-05-22",
        .basis = J12 "六（二）（指标来源审核、确认）",
    },
    {
        .name = "confirmed_by",
        .label = "核定单位",
        .type = TYPE_TEXT,
        .width = 18,
        .aliases = (const char *const[]){"指标核定单位", NULL},
        .help = "哪个部门核定的，写单位全称和核定文件的文号。",
        .example = "清远市生态环境局 清环总量函〔2026〕5号",
        .basis = J12 "六（二）（指标来源审核、确认）",
    },
    {
        .name = "credit_on",
        .label = "可用起始日期",
        .type = TYPE_DATE,
        .flags = FIELD_AUTO,
        .help = "从哪一天起可以作替代来源，由程序推算；空着的还不能用：没有核定、没有减排量、"
                "不是重点行业生产线或核算依据不合。",
        .basis = J12 "三、六（二）",
    },
    {
        .name = "ledger_on",
        .label = "纳入减排台账日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"纳入减排管理台账日期", "入账日期", NULL},
        .help = "生态环境部门把它记入减排管理台账的那一天；有的省从这天起算许可证变更的期限。",
        .example = "2026-05-25",
        .basis = YN "三（五）2",
    },
    {
        .name = "permit_change_due_on",
        .label = "许可证变更截止日期",
        .type = TYPE_DATE,
        .flags = FIELD_AUTO,
        .help = "最晚哪一天要申请变更排污许可证，由程序按政策包的期限推算。",
        .basis = YN "三（五）2；" J12 "四",
    },
    {
        .name = "permit_change_applied_on",
        .label = "变更申请日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"许可证变更申请日期", "实际申请日期", NULL},
        .help = "企业实际哪一天提出变更（关停的是注销）申请，还没有申请的空着。",
        .example = "2026-06-05",
        .basis = YN "三（五）2",
    },
    {
        .name = "permit_changed_on",
        .label = "变更完成日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"许可证变更完成日期", "变更日期", NULL},
        .help = "许可证哪一天变更或注销完毕。",
        .example = "2026-06-12",
        .basis = PERMIT,
    },
    {
        .name = "permit_states",
        .label = "许可证载明内容",
        .type = TYPE_CHOICES,
        .flags = FIELD_REQUIRED,
        .width = 20,
        .choices = (const char *const[]){"削减措施", "减排量", "出让量", "出让去向", NULL},
        .aliases = (const char *const[]){"许可证载明", NULL},
        .help = "变更后的许可证里写明了哪几样；作替代来源的四样都要有，其余要有前两样。",
        .example = "削减措施、减排量",
        .basis = PERMIT,
    },
};

static const struct section sections[] = {
    {.label = "工程", .fields = project_fields, .count = COUNT_OF(project_fields)},
    {.label = "进度", .fields = progress_fields, .count = COUNT_OF(progress_fields)},
    {.label = "减排前", .fields = before_fields, .count = COUNT_OF(before_fields)},
    {.label = "减排量", .fields = after_fields, .count = COUNT_OF(after_fields)},
    {.label = "许可证", .fields = permit_fields, .count = COUNT_OF(permit_fields)},
    SECTION_REMARKS,
};

static void subtract(struct record *record, const char *before, const char *after, const char *cut)
{
    const struct value *from = record_value(record, before);
    const struct value *what = record_value(record, after);
    struct value *difference = record_value_for_change(record, cut);
    int64_t left;
    if (value_is_null(from) || value_is_null(what) || what->integer == INT64_MIN ||
        !decimal_add(from->integer, -what->integer, &left))
        value_release(difference);
    else
        value_set_integer(difference, left);
}

static void derive(struct record *record, const struct record *before)
{
    static const char *const cuts[LOAD_METAL_COUNT] = {
        "cut_lead_kg", "cut_mercury_kg", "cut_cadmium_kg", "cut_chromium_kg", "cut_arsenic_kg",
    };
    const struct load_group *from = &load_groups[LOAD_BEFORE], *to = &load_groups[LOAD_AFTER];
    load_derive(record, before);
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        subtract(record, from->metals[i], to->metals[i], cuts[i]);
    subtract(record, from->total, to->total, "cut_total_kg");
}

static const struct reg_event events[] = {
    {"started_on", "减排开工"},
    {"completed_on", "减排完工"},
    {"confirmed_on", "指标核定"},
    {NULL, NULL},
};

const struct reg reg_reduction_project = {
    .name = "reduction_project",
    .label = "减排工程",
    .brief = "减排",
    .title = "重金属减排工程实施清单",
    .counter = "个",
    .help = "削减重金属排放量的工程，前后各排多少、许可证变更到哪一步，一个工程一条。",
    .basis = LIST,
    .flags = REG_HANDED_OUT,
    .menu = MENU_QUOTA,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "JP",
    .name_field = "name",
    .events = events,
    .order = "completed_on",
    .descending = true,
    .identity = (const char *const[]){"case_no", "enterprise name", NULL},
    .complete = reduction_complete,
    .derive = derive,
    .conclude = quota_conclude,
    .guard = quota_guard_reduction,
};
