#include "core/decimal.h"
#include "core/registers.h"
#include "core/registers/loads.h"
#include "core/registers/shared.h"
#include "core/registers/words.h"

#define J10      "吉环固体字〔2022〕10号 "
#define J12      "吉环固体字〔2022〕12号 "
#define GX       "桂重金属方案 "
#define LIST     J10 "四（一）、五（二）；" GX "四（一）"
#define EIA      J10 "五（二）（上半年建设项目总量替代清单）"
#define OPINION  J12 "二（一）；滇规划 三（五）1"
#define ELEMENTS J12 "二（三）（削减替代方案五要素）"
#define EXEMPT   J10 "四（三）；" J12 "五；" GX "四（二）"
#define NOTED    J12 "四（受让方许可证记录来源）"

static const struct field project_fields[] = {
    FIELD_CASE_NO("项目编号"),
    {
        .name = "name",
        .label = "项目名称",
        .type = TYPE_TEXT,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 28,
        .aliases = (const char *const[]){"建设项目名称", "建设项目", NULL},
        .help = "环评文件上的项目全称。",
        .example = "清远市示例新材料有限公司年产2万吨锌合金项目",
        .basis = LIST,
    },
    FIELD_REGION(FIELD_LIST,
                 "项目建在哪个县，可填名称、简称或六位区划代码；是不是重点区域按它判断。"),
    {
        .name = "enterprise",
        .label = "建设单位（已建档）",
        .type = TYPE_REF,
        .flags = FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"所属企业", NULL},
        .help = "建设单位已在全口径清单里的，从清单选取；新办企业还没有建档的空着。",
        .example = "清远市示例冶炼有限公司",
        .basis = LIST,
    },
    {
        .name = "owner",
        .label = "建设单位",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 22,
        .suggest = "enterprise",
        .aliases = (const char *const[]){"建设单位名称", "业主单位", "企业名称", NULL},
        .help = "环评文件上的建设单位全称，可按 F3 从全口径清单中选取。",
        .example = "清远市示例新材料有限公司",
        .basis = LIST,
    },
    {
        .name = "uscc",
        .label = "统一社会信用代码",
        .type = TYPE_USCC,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .aliases = (const char *const[]){"信用代码", "社会信用代码", NULL},
        .help = "建设单位营业执照上的十八位代码。",
        .example = "91451200791318129Y",
        .basis = "GB 32100-2015",
    },
    {
        .name = "industry",
        .label = "行业类别",
        .type = TYPE_INDUSTRY,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .aliases = (const char *const[]){"行业代码", "国民经济行业", "行业", NULL},
        .help = "项目所属的国民经济行业小类，填四位代码或名称。",
        .example = "3212",
        .basis = "GB/T 4754-2017",
    },
    {
        .name = "key_industry",
        .label = "重点行业",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 16,
        .choices = key_industry_choices,
        .synonyms = key_industry_synonyms,
        .akin = key_industry_akin,
        .aliases = (const char *const[]){"重点行业类型", "所属重点行业", NULL},
        .help = "项目属于六个重点行业中的哪一个；指标来源是否同一行业按它判断。",
        .example = "重有色金属冶炼业",
        .basis = J10 "三（重点行业）",
    },
    {
        .name = "nature",
        .label = "建设性质",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 8,
        .choices = (const char *const[]){"新建", "改建", "扩建", NULL},
        .synonyms = (const char *const[]){"新建项目", "新建", "改建项目", "改建", "技改", "改建",
                                          "技术改造", "改建", "扩建项目", "扩建", NULL},
        .aliases = (const char *const[]){"项目性质", NULL},
        .help = "照环评文件填；既改又扩的填扩建。",
        .example = "扩建",
        .basis = LIST,
    },
};

static const struct field approval_fields[] = {
    {
        .name = "quota_opinion_no",
        .label = "总量核准意见文号",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"核准意见文号", "总量意见文号", NULL},
        .help = "同意重金属总量指标的文件文号；按豁免办理的填同意豁免的文号。",
        .example = "清环总量函〔2026〕3号",
        .basis = OPINION,
    },
    {
        .name = "quota_opinion_by",
        .label = "核准意见出具单位",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED,
        .width = 18,
        .aliases = (const char *const[]){"出具单位", "总量意见出具单位", NULL},
        .help = "谁出具的总量意见：有的省由省厅出具，有的省由州、市局出具。",
        .example = "清远市生态环境局",
        .basis = OPINION,
    },
    {
        .name = "quota_opinion_on",
        .label = "核准意见日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED,
        .aliases = (const char *const[]){"总量核准日期", "总量意见日期", NULL},
        .help = "总量意见的落款日期，不晚于环评审批日期。",
        .example = "2026-03-12",
        .basis = OPINION,
    },
    {
        .name = "eia_no",
        .label = "环评批复文号",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"环评文号", "环评审批文号", NULL},
        .help = "环境影响评价文件批复的文号，还没有批的空着。",
        .example = "清环审〔2026〕18号",
        .basis = EIA,
    },
    {
        .name = "eia_authority",
        .label = "环评审批部门",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED,
        .width = 18,
        .aliases = (const char *const[]){"审批部门", "环评审批机关", NULL},
        .help = "批准环评文件的部门。",
        .example = "清远市生态环境局",
        .basis = EIA,
    },
    {
        .name = "eia_on",
        .label = "环评审批日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .aliases = (const char *const[]){"环评批复日期", "审批日期", "批复日期", NULL},
        .help = "环评批复的落款日期；报半年清单时按它归到上半年还是下半年。",
        .example = "2026-04-20",
        .basis = EIA,
    },
};

#define DEMANDED(NAME, METAL)                                                                      \
    {                                                                                              \
        .name = "required_" NAME "_kg", .label = METAL, .type = TYPE_DECIMAL,                      \
        .flags = FIELD_AUTO | FIELD_TOTAL, .unit = "kg/a", .scale = LOAD_SCALE, .width = 11,       \
        .group = "需替代量", .help = "新增量乘替代比例，由程序计算，第三位小数只入不舍。",         \
        .basis = LIST,                                                                             \
    }

static const struct field added_fields[] = {
    LOAD_FIELDS("added", "新增量", FIELD_REQUIRED, FIELD_LIST,
                "：环评核定的新增年排放量，不排放的填 0。", .basis = J12 "二（三）"),
    {
        .name = "ratio",
        .label = "替代比例",
        .type = TYPE_DECIMAL,
        .flags = FIELD_REQUIRED,
        .scale = RATIO_SCALE,
        .width = 6,
        .least = "1",
        .most = "10",
        .aliases = (const char *const[]){"适用替代比例", "减量替代比例", NULL},
        .help = "每新增 1 公斤要削减多少公斤：等量替代填 1，重点区域减量替代填 1.2。",
        .example = "1.2",
        .initial = "1",
        .basis = GX "四（一）；滇规划 三（五）1",
    },
    DEMANDED("lead", "铅"),
    DEMANDED("mercury", "汞"),
    DEMANDED("cadmium", "镉"),
    DEMANDED("chromium", "铬"),
    DEMANDED("arsenic", "砷"),
    DEMANDED("total", "合计"),
};

#define NOT_EXEMPT                                                                                 \
    {                                                                                              \
        .field = "exempted", .values = "否"                                                       \
    }

static const struct field source_fields[] = {
    {
        .name = "source_enterprise",
        .label = "削减源企业",
        .type = TYPE_REF,
        .flags = FIELD_SEARCH,
        .width = 20,
        .target = "enterprise",
        .aliases = (const char *const[]){"削减源", "指标来源企业", NULL},
        .help = "由哪家企业削减出来，从全口径清单选取；几家的选最大的一家，其余记在指标转让台账。",
        .example = "英德市示例电源有限公司",
        .basis = ELEMENTS,
    },
    {
        .name = "source_name",
        .label = "外地削减源",
        .type = TYPE_TEXT,
        .flags = FIELD_SEARCH,
        .width = 20,
        .aliases = (const char *const[]){"县外削减源", NULL},
        .help = "削减源在别的县、不在本清单里的，写它的全称；在清单里的空着。",
        .example = "韶关市示例铅锌有限公司",
        .basis = ELEMENTS,
    },
    {
        .name = "source_kind",
        .label = "削减来源类型",
        .type = TYPE_CHOICE,
        .flags = FIELD_SEARCH,
        .width = 16,
        .choices = (const char *const[]){"淘汰落后产能", "工艺提升改造", "清洁生产技术改造",
                                         "执行特别排放限值", "原料替代", "关停", "全省统一调剂",
                                         "其他", NULL},
        .synonyms = (const char *const[]){"淘汰",
                                          "淘汰落后产能",
                                          "落后产能淘汰",
                                          "淘汰落后产能",
                                          "淘汰落后",
                                          "淘汰落后产能",
                                          "工艺提升",
                                          "工艺提升改造",
                                          "工艺改造",
                                          "工艺提升改造",
                                          "清洁生产",
                                          "清洁生产技术改造",
                                          "清洁生产改造",
                                          "清洁生产技术改造",
                                          "特别排放限值",
                                          "执行特别排放限值",
                                          "执行特排",
                                          "执行特别排放限值",
                                          "关闭",
                                          "关停",
                                          "企业关停",
                                          "关停",
                                          "已关停",
                                          "关停",
                                          "全省调剂",
                                          "全省统一调剂",
                                          "省级调剂",
                                          "全省统一调剂",
                                          "统一调剂",
                                          "全省统一调剂",
                                          NULL},
        .aliases = (const char *const[]){"来源类型", "削减来源", NULL},
        .required_when = NOT_EXEMPT,
        .help = "削减量是怎样来的。",
        .example = "清洁生产技术改造",
        .basis = ELEMENTS,
    },
    {
        .name = "source_measure",
        .label = "削减措施",
        .type = TYPE_LONGTEXT,
        .width = 24,
        .required_when = NOT_EXEMPT,
        .help = "削减源做了什么工程、停了哪条线，要能到现场核对。",
        .example = "拆除一期铅熔炼生产线，收尘系统改为覆膜滤袋",
        .basis = ELEMENTS,
    },
    {
        .name = "source_liable",
        .label = "责任主体",
        .type = TYPE_TEXT,
        .width = 18,
        .aliases = (const char *const[]){"削减责任主体", NULL},
        .required_when = NOT_EXEMPT,
        .help = "谁对完成削减负责，写单位全称。",
        .example = "英德市示例电源有限公司",
        .basis = ELEMENTS,
    },
    {
        .name = "source_due_on",
        .label = "削减完成时限",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"完成时限", "削减时限", NULL},
        .required_when = NOT_EXEMPT,
        .help = "削减措施应在哪一天前完成，照削减替代方案填。",
        .example = "2026-09-30",
        .basis = ELEMENTS,
    },
    LOAD_FIELDS("source", "来源量", 0, 0, "：削减源可以给本项目的量，合计不少于需替代量。",
                .required_when = NOT_EXEMPT, .basis = J12 "三、四"),
};

static const struct field check_fields[] = {
    {
        .name = "same_key_industry",
        .label = "同一重点行业",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"是否同一重点行业", NULL},
        .required_when = NOT_EXEMPT,
        .help = "削减源与项目是不是同一个重点行业；不是的要写明跨行业理由。",
        .example = "是",
        .basis = J10 "四（一）；" GX "四（一）",
    },
    {
        .name = "cross_industry_reason",
        .label = "跨行业理由",
        .type = TYPE_TEXT,
        .width = 24,
        .required_when = {.field = "same_key_industry", .values = "否"},
        .help = "同一行业的削减量为什么不够，从哪个行业调剂。",
        .example = "全市铅蓄电池行业削减量已用完，从重有色金属冶炼业调剂",
        .basis = J10 "四（一）；" GX "四（一）",
    },
    {
        .name = "in_verified_list",
        .label = "来源在核定清单内",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases =
            (const char *const[]){"来源是否在国家核定全口径清单内", "是否在核定清单内", NULL},
        .required_when = NOT_EXEMPT,
        .help = "削减源是不是国家核定的全口径清单里的企业；广西要求必须是。",
        .example = "是",
        .basis = GX "四（一）",
    },
    {
        .name = "cross_city",
        .label = "跨市调剂",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"是否跨市", "是否跨市州", NULL},
        .required_when = NOT_EXEMPT,
        .help = "指标是不是从别的市州来的；是的要有两地的意见。",
        .example = "否",
        .basis = J12 "四",
    },
    {
        .name = "from_city_opinion",
        .label = "出让地意见",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"出让地市州意见", NULL},
        .required_when = {.field = "cross_city", .values = "是"},
        .help = "出让指标的市州同意的文件和文号。",
        .example = "韶环函〔2026〕9号 同意",
        .basis = J12 "四",
    },
    {
        .name = "to_city_opinion",
        .label = "受让地意见",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"受让地市州意见", NULL},
        .required_when = {.field = "cross_city", .values = "是"},
        .help = "接受指标的市州同意的文件和文号。",
        .example = "清环函〔2026〕11号 同意",
        .basis = J12 "四",
    },
    {
        .name = "permit_noted",
        .label = "许可证已记录来源",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"受让方许可证是否已记录来源", NULL},
        .help = "项目的排污许可证里有没有记录指标来源；还没有领证的空着。",
        .example = "否",
        .basis = NOTED,
    },
    {
        .name = "permit_noted_on",
        .label = "许可证记录日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"许可证记录来源日期", NULL},
        .required_when = {.field = "permit_noted", .values = "是"},
        .help = "许可证哪一天记录了指标来源，不早于环评审批日期。",
        .example = "2026-05-18",
        .basis = NOTED,
    },
};

#define TICK(NAME, LABEL, HELP)                                                                    \
    {                                                                                              \
        .name = NAME, .label = LABEL, .type = TYPE_BOOL, .width = 8, .group = "五项条件",          \
        .required_when = {.field = "exemption_kind", .values = "利用涉重金属固体废物"},            \
        .help = HELP, .example = "是", .basis = EXEMPT,                                            \
    }

static const struct field exemption_fields[] = {
    {
        .name = "exempted",
        .label = "是否豁免替代",
        .type = TYPE_BOOL,
        .flags = FIELD_REQUIRED,
        .width = 8,
        .initial = "否",
        .aliases = (const char *const[]){"是否豁免", "豁免", NULL},
        .help = "环评审批时有没有豁免总量替代；填否的，削减替代方案各栏都要填。",
        .example = "否",
        .basis = EXEMPT,
    },
    {
        .name = "exemption_kind",
        .label = "豁免类型",
        .type = TYPE_CHOICE,
        .width = 20,
        .choices = (const char *const[]){"国家重大发展战略", "利用涉重金属固体废物", NULL},
        .required_when = {.field = "exempted", .values = "是"},
        .help = "凭哪一条豁免，只有这两种。",
        .example = "利用涉重金属固体废物",
        .basis = EXEMPT,
    },
    {
        .name = "legacy_waste",
        .label = "以历史遗留固废为原料",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"是否历史遗留固废", NULL},
        .required_when = {.field = "exemption_kind", .values = "利用涉重金属固体废物"},
        .help = "原料是不是历史遗留的涉重金属固体废物；是的优先豁免。",
        .example = "是",
        .basis = EXEMPT,
    },
    TICK("waste_kinds_met", "固废种类符合", "利用的固体废物是哪些种类，已核对符合审批要求的填是。"),
    TICK("waste_origin_met", "原料来源符合", "固体废物从哪里来、来源是否合法稳定，已核对的填是。"),
    TICK("location_met", "建设地点符合", "建设地点是否符合规划和三线一单，已核对的填是。"),
    TICK("process_met", "工艺设备符合", "工艺设备是否达到要求、不属于淘汰目录，已核对的填是。"),
    TICK("treatment_met", "治理水平符合", "污染治理水平是否达到要求，已核对的填是。"),
};

static const struct section sections[] = {
    {.label = "项目", .fields = project_fields, .count = COUNT_OF(project_fields)},
    {.label = "审批", .fields = approval_fields, .count = COUNT_OF(approval_fields)},
    {.label = "新增量", .fields = added_fields, .count = COUNT_OF(added_fields)},
    {.label = "豁免", .fields = exemption_fields, .count = COUNT_OF(exemption_fields)},
    {.label = "来源", .fields = source_fields, .count = COUNT_OF(source_fields)},
    {.label = "核对", .fields = check_fields, .count = COUNT_OF(check_fields)},
    SECTION_REMARKS,
};

/* What must be cut for what is added: a load times the ratio, never less. */
static void demand(struct record *record, const char *added, const char *required)
{
    const struct value *load = record_value(record, added);
    const struct value *ratio = record_value(record, "ratio");
    struct value *demanded = record_value_for_change(record, required);
    int64_t product;
    if (value_is_null(load) || value_is_null(ratio) ||
        !decimal_multiply_up(load->integer, ratio->integer, decimal_unit(RATIO_SCALE), &product))
        value_release(demanded);
    else
        value_set_integer(demanded, product);
}

static void derive(struct record *record, const struct record *before)
{
    static const char *const required[LOAD_METAL_COUNT] = {
        "required_lead_kg",     "required_mercury_kg", "required_cadmium_kg",
        "required_chromium_kg", "required_arsenic_kg",
    };
    const struct load_group *added = &load_groups[LOAD_ADDED];
    load_derive(record, before);
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        demand(record, added->metals[i], required[i]);
    demand(record, added->total, "required_total_kg");
}

static const struct reg_event events[] = {
    {"eia_on", "环评审批"},
    {NULL, NULL},
};

const struct reg reg_construction_project = {
    .name = "construction_project",
    .label = "建设项目总量替代",
    .brief = "项目",
    .title = "重点行业建设项目总量替代清单",
    .counter = "个",
    .help = "新、改、扩建的重点行业项目，新增多少、从哪里替代，一个项目一条。",
    .basis = LIST,
    .flags = REG_HANDED_OUT,
    .menu = MENU_QUOTA,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "JS",
    .name_field = "name",
    .events = events,
    .order = "eia_on",
    .descending = true,
    .identity = (const char *const[]){"case_no", "region name", "eia_no", NULL},
    .derive = derive,
};
