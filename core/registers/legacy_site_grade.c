/* How bad a legacy site is, in the bureau's words and as the program proposes (core/grade.h), and
 * what is done about it. */
#include "core/registers/legacy_site.h"
#include "core/registers/shared.h"
#include "core/registers/words.h"

#define J10         "吉环固体字〔2022〕10号 "
#define GX          "桂重金属方案 "
#define YN          "滇规划 "
#define ACTION_2025 "重金属环境安全隐患排查整治行动方案（2025—2030年）"
#define EFFECT      "DB61/T 1990-2025（治理成效评估）；" YN "三（二）3"

#define GRADE(NAME, LABEL, GROUP, CHOICES, HELP, BASIS)                                            \
    {                                                                                              \
        .name = NAME, .label = "等级", .type = TYPE_CHOICE, .flags = FIELD_REQUIRED,               \
        .group = GROUP, .choices = CHOICES, .synonyms = grade_synonyms, .akin = grade_akin,        \
        .aliases = (const char *const[]){LABEL, LABEL "等级", NULL}, .help = HELP,                 \
        .example = "高", .basis = BASIS,                                                           \
    }
#define SCORE(NAME, LABEL, GROUP, BASIS)                                                           \
    {                                                                                              \
        .name = NAME, .label = "分值", .type = TYPE_INTEGER, .least = "0", .most = "100",          \
        .group = GROUP, .aliases = (const char *const[]){LABEL "分值", LABEL "得分", NULL},        \
        .help = "按省里打分办法得出的分值，0 到 100；没有打分办法的不填。", .example = "75",       \
        .basis = BASIS,                                                                            \
    }
#define REASON(NAME, LABEL, GROUP, EXAMPLE, BASIS)                                                 \
    {                                                                                              \
        .name = NAME, .label = "依据", .type = TYPE_LONGTEXT, .flags = FIELD_REQUIRED,             \
        .width = 20, .group = GROUP, .aliases = (const char *const[]){LABEL "依据", NULL},         \
        .help = "为什么评这个等级，写出监测数据或现场事实。", .example = EXAMPLE, .basis = BASIS,  \
    }
#define DIMENSION_BASIS J10 "四（八）；" YN "三（二）3（一点一策）"

#define PROPOSED(NAME, LABEL, GROUP, CHOICES, BASIS)                                               \
    {                                                                                              \
        .name = NAME, .label = LABEL, .type = TYPE_CHOICE, .flags = FIELD_AUTO, .group = GROUP,    \
        .choices = CHOICES,                                                                        \
        .help = "程序按监测结果、敏感目标和本表其他栏提出的，以上面评的为准。", .basis = BASIS,    \
    }
#define GROUNDS(NAME, LABEL, GROUP, BASIS)                                                         \
    {                                                                                              \
        .name = NAME, .label = LABEL, .type = TYPE_LONGTEXT, .flags = FIELD_AUTO, .width = 24,     \
        .group = GROUP, .help = "程序建议的理由：比的是哪个结果、哪个限值、多远；还缺什么。",      \
        .basis = BASIS,                                                                            \
    }

/* "No data" stands first: a site that nobody measured is not a harmless one. */
static const char *const pollution_choices[] = {"无数据", "高", "中", "低", NULL};
static const char *const proposed_choices[] = {"无数据", "待核", "未评", "高", "中", "低", NULL};

const struct field site_grade_fields[SITE_GRADE_FIELD_COUNT] = {
    GRADE("pollution_grade", "污染程度", "污染程度", pollution_choices,
          "超过排放限值、土壤管制值或Ⅴ类水的评高；超过筛选值或Ⅲ类的评中；没监测过的选无数据。降低要"
          "有降级佐证。",
          DIMENSION_BASIS),
    SCORE("pollution_score", "污染程度", "污染程度", DIMENSION_BASIS),
    REASON("pollution_reason", "污染程度", "污染程度", "涌水镉超过排放限值", DIMENSION_BASIS),
    PROPOSED("pollution_proposed", "程序建议", "污染程度", proposed_choices, DIMENSION_BASIS),
    GROUNDS("pollution_grounds", "建议理由", "污染程度", DIMENSION_BASIS),
    GRADE("sensitivity_grade", "环境敏感度", "环境敏感度", grade_choices,
          "水源保护区内，或耕地、居民很近的评高，越远越低。", DIMENSION_BASIS),
    SCORE("sensitivity_score", "环境敏感度", "环境敏感度", DIMENSION_BASIS),
    REASON("sensitivity_reason", "环境敏感度", "环境敏感度", "下游 400 米有水田", DIMENSION_BASIS),
    PROPOSED("sensitivity_proposed", "程序建议", "环境敏感度", proposed_choices, DIMENSION_BASIS),
    GROUNDS("sensitivity_grounds", "建议理由", "环境敏感度", DIMENSION_BASIS),
    GRADE("feasibility_grade", "技术经济可行性", "技术经济可行性", grade_choices,
          "有成熟技术、资金落实的评高；现阶段难以根治的评低。", DIMENSION_BASIS),
    SCORE("feasibility_score", "技术经济可行性", "技术经济可行性", DIMENSION_BASIS),
    REASON("feasibility_reason", "技术经济可行性", "技术经济可行性", "可就近回填，资金已入库",
           DIMENSION_BASIS),
    PROPOSED("feasibility_proposed", "程序建议", "技术经济可行性", proposed_choices,
             DIMENSION_BASIS),
    GROUNDS("feasibility_grounds", "建议理由", "技术经济可行性", DIMENSION_BASIS),
    {
        .name = "hazard_grade",
        .label = "危害性",
        .type = TYPE_CHOICE,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .synonyms = grade_synonyms,
        .akin = grade_akin,
        .aliases = (const char *const[]){"危害性等级", NULL},
        .help = "污染物毒性和数量的危害有多大；属于 2025—2030 年专项的必填。",
        .example = "高",
        .basis = ACTION_2025,
    },
    {
        .name = "spread_grade",
        .label = "扩散性",
        .type = TYPE_CHOICE,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .synonyms = grade_synonyms,
        .akin = grade_akin,
        .aliases = (const char *const[]){"扩散性等级", NULL},
        .help = "污染物随水、随风跑出去有多容易；属于 2025—2030 年专项的必填。",
        .example = "中",
        .basis = ACTION_2025,
    },
    {
        .name = "receptor_grade",
        .label = "环境敏感性",
        .type = TYPE_CHOICE,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .synonyms = grade_synonyms,
        .akin = grade_akin,
        .aliases = (const char *const[]){"环境敏感性等级", NULL},
        .help = "周边水源、耕地、居民有多敏感；属于 2025—2030 年专项的必填。",
        .example = "高",
        .basis = ACTION_2025,
    },
    {
        .name = "risk_level",
        .label = "风险等级",
        .type = TYPE_CHOICE,
        .flags = FIELD_SEARCH,
        .width = 8,
        .group = "2025年行动方案分级",
        .choices = grade_choices,
        .synonyms = grade_synonyms,
        .akin = grade_akin,
        .aliases = (const char *const[]){"综合风险等级", "环境风险等级", NULL},
        .help = "三项综合后的高、中、低；属于 2025—2030 年专项的必填，降低要有降级佐证。",
        .example = "高",
        .basis = ACTION_2025,
    },
    {
        .name = "risk_reason",
        .label = "风险等级依据",
        .type = TYPE_LONGTEXT,
        .width = 20,
        .group = "2025年行动方案分级",
        .aliases = (const char *const[]){"综合风险等级依据", NULL},
        .help = "评的风险等级与程序建议不同的，写清楚为什么；相同的可以不写。",
        .example = "下游 600 米新建取水口，按高风险管",
        .basis = ACTION_2025,
    },
    PROPOSED("hazard_proposed", "危害性建议", "2025年行动方案分级", proposed_choices, ACTION_2025),
    PROPOSED("spread_proposed", "扩散性建议", "2025年行动方案分级", proposed_choices, ACTION_2025),
    PROPOSED("receptor_proposed", "环境敏感性建议", "2025年行动方案分级", proposed_choices,
             ACTION_2025),
    PROPOSED("risk_proposed", "风险等级建议", "2025年行动方案分级", proposed_choices, ACTION_2025),
    GROUNDS("risk_grounds", "风险建议理由", "2025年行动方案分级", ACTION_2025),
    {
        .name = "graded_on",
        .label = "评级日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"分级日期", "研判日期", NULL},
        .help = "上面这些等级是哪一天评的；重新评级的改成新的日期，降级的必须比上次晚。",
        .example = "2026-05-30",
        .basis = ACTION_2025,
    },
    {
        .name = "downgrade_reason",
        .label = "降级理由",
        .type = TYPE_LONGTEXT,
        .width = 20,
        .group = "降级",
        .help = "污染程度或风险等级降低的理由，每次降级都要新写；升级不用写。",
        .example = "截渗工程完工，下游镉连续两期低于筛选值",
        .basis = ACTION_2025,
    },
    {
        .name = "downgrade_evidence",
        .label = "佐证",
        .type = TYPE_ATTACHMENT,
        .group = "降级",
        .help = "证明可以降级的文件，如治理后的监测报告、验收意见，每次降级都要新加。",
        .example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        .basis = ACTION_2025,
    },
    {
        .name = "downstream_farmland",
        .label = "周边下游耕地污染较重",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"下游耕地污染较重", "是否影响下游耕地", NULL},
        .help = "周边或下游有安全利用类、严格管控类耕地的填是，这样的点位优先整治。",
        .example = "是",
        .basis = GX "四（三）",
    },
    {
        .name = "priority",
        .label = "优先级",
        .type = TYPE_CHOICE,
        .flags = FIELD_AUTO | FIELD_LIST,
        .width = 8,
        .choices = (const char *const[]){"待监测", "待核", "第一", "第二", "第三", NULL},
        .aliases = (const char *const[]){"整治优先级", "优先次序", NULL},
        .help = "程序按污染程度和环境敏感度排出，没评的用程序建议；下游耕地污染较重的排第一。",
        .example = "第一",
        .basis = GX "四（三）（优先整治）",
    },
};

const struct field site_treatment_fields[SITE_TREATMENT_FIELD_COUNT] = {
    {
        .name = "route",
        .label = "治理路线",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED,
        .width = 14,
        .choices = (const char *const[]){"风险管控（阻隔）", "治理修复", "综合利用", "清运处置",
                                         "监测留观", "阻隔+监测", NULL},
        .synonyms =
            (const char *const[]){
                "风险管控",   "风险管控（阻隔）", "阻隔",       "风险管控（阻隔）",
                "管控",       "风险管控（阻隔）", "修复",       "治理修复",
                "治理",       "治理修复",         "资源化利用", "综合利用",
                "回收利用",   "综合利用",         "清运",       "清运处置",
                "转运处置",   "清运处置",         "异地处置",   "清运处置",
                "留观",       "监测留观",         "监测",       "监测留观",
                "阻隔加监测", "阻隔+监测",        NULL},
        .aliases = (const char *const[]){"治理措施类型", "治理技术路线", NULL},
        .help = "打算怎样治：能根治的治理修复，一时治不了的先阻隔管控，难以根治的阻隔并长期监测。",
        .example = "风险管控（阻隔）",
        .basis = J10 "四（八）",
    },
    {
        .name = "route_proposed",
        .label = "路线建议",
        .type = TYPE_TEXT,
        .flags = FIELD_AUTO,
        .width = 14,
        .help = "程序按技术经济可行性提出：高的治理修复，中的风险管控，低的阻隔并监测。",
        .basis = J10 "四（八）",
    },
    {
        .name = "stage",
        .label = "阶段",
        .type = TYPE_CHOICE,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 6,
        .choices =
            (const char *const[]){"排查", "调查", "评估", "方案", "施工", "验收", "管护", NULL},
        .synonyms =
            (const char *const[]){
                "排查阶段", "排查", "正在排查", "排查", "调查阶段", "调查", "环境调查", "调查",
                "评估阶段", "评估", "风险评估", "评估", "方案编制", "方案", "编制方案", "方案",
                "方案阶段", "方案", "施工中",   "施工", "正在施工", "施工", "治理中",   "施工",
                "正在治理", "施工", "施工阶段", "施工", "验收阶段", "验收", "已验收",   "验收",
                "后期管护", "管护", "长期管护", "管护", "管护阶段", "管护", NULL},
        .aliases = (const char *const[]){"治理阶段", "工作阶段", "进展阶段", NULL},
        .help = "现在进行到哪一步。",
        .example = "方案",
        .basis = GX "四（三）（分阶段治理）",
    },
    {
        .name = "interim_measure",
        .label = "临时管控措施",
        .type = TYPE_TEXT,
        .width = 20,
        .aliases = (const char *const[]){"临时管控", "污染阻隔措施", NULL},
        .shown_when = {.field = "stage", .values = "排查|调查|评估|方案|施工"},
        .help = "施工以前先做的阻隔、导流、覆盖等措施；风险高而未施工的必填。",
        .example = "彩条布覆盖，修临时截水沟 120 米",
        .basis = J10 "四（八）；" GX "四（三）（污染阻隔）",
    },
    {
        .name = "interim_done_on",
        .label = "临时措施完成日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"临时管控完成日期", "临时管控完成日", NULL},
        .shown_when = {.field = "stage", .values = "排查|调查|评估|方案|施工"},
        .help = "临时管控措施做完的日期。",
        .example = "2026-04-30",
        .basis = J10 "四（八）；" GX "四（三）（污染阻隔）",
    },
    {
        .name = "works_started_on",
        .label = "开工日期",
        .type = TYPE_DATE,
        .group = "治理工程",
        .aliases = (const char *const[]){"治理开工日期", NULL},
        .shown_when = {.field = "stage", .values = "施工|验收|管护"},
        .help = "治理工程开工的日期；这以前的监测结果算治理前。",
        .example = "2025-09-01",
        .basis = EFFECT,
    },
    {
        .name = "works_done_on",
        .label = "完工日期",
        .type = TYPE_DATE,
        .group = "治理工程",
        .aliases = (const char *const[]){"治理完工日期", NULL},
        .shown_when = {.field = "stage", .values = "施工|验收|管护"},
        .help = "治理工程完工的日期；这以后的监测结果算治理后。",
        .example = "2026-03-31",
        .basis = EFFECT,
    },
    {
        .name = "effect_evaluated_on",
        .label = "评估日期",
        .type = TYPE_DATE,
        .group = "效果评估",
        .aliases = (const char *const[]){"效果评估日期", "成效评估日期", NULL},
        .shown_when = {.field = "stage", .values = "验收|管护"},
        .help = "治理效果评估报告出具的日期；验收、管护的必填。",
        .example = "2026-05-20",
        .basis = EFFECT,
    },
    {
        .name = "effect_conclusion",
        .label = "结论",
        .type = TYPE_CHOICE,
        .group = "效果评估",
        .choices = (const char *const[]){"达到目标", "部分达到", "未达到", NULL},
        .synonyms = (const char *const[]){"达到", "达到目标", "达到治理目标", "达到目标",
                                          "达到修复目标", "达到目标", "部分达到目标", "部分达到",
                                          "未达到目标", "未达到", "没有达到", "未达到", NULL},
        .akin = (const char *const[]){"达标", "达到目标", "未达标", "未达到", NULL},
        .aliases = (const char *const[]){"效果评估结论", "成效评估结论", NULL},
        .shown_when = {.field = "stage", .values = "验收|管护"},
        .help = "对照治理方案的目标得出的结论；未达到的不能转入管护。",
        .example = "达到目标",
        .basis = EFFECT,
    },
    {
        .name = "effect_basis",
        .label = "依据",
        .type = TYPE_LONGTEXT,
        .width = 24,
        .group = "效果评估",
        .aliases = (const char *const[]){"效果评估依据", "成效评估依据", NULL},
        .shown_when = {.field = "stage", .values = "验收|管护"},
        .help = "同一点位治理前后的监测结果和对比，写出点位、元素、数值和日期。",
        .example = "渣堆下游 50 m 镉由 0.012 降到 0.0008 mg/L",
        .basis = EFFECT,
    },
    {
        .name = "investment_10k",
        .label = "投资",
        .type = TYPE_DECIMAL,
        .flags = FIELD_TOTAL,
        .unit = "万元",
        .scale = 4,
        .least = "0",
        .aliases =
            (const char *const[]){"总投资", "投资（万元）", "投资额（万元）", "估算投资", NULL},
        .help = "治理工程的总投资或估算，单位万元。",
        .example = "860",
        .basis = GX "五（二）；清远计划 四（二）",
    },
    {
        .name = "funding",
        .label = "资金来源",
        .type = TYPE_CHOICES,
        .width = 10,
        .choices = (const char *const[]){"中央", "省", "市县", "企业", "PPP", NULL},
        .synonyms =
            (const char *const[]){"中央资金", "中央", "中央财政", "中央", "中央专项", "中央",
                                  "省级",     "省",   "省级资金", "省",   "省财政",   "省",
                                  "省级财政", "省",   "市级",     "市县", "县级",     "市县",
                                  "地方",     "市县", "市县财政", "市县", "地方财政", "市县",
                                  "县财政",   "市县", "市财政",   "市县", "企业自筹", "企业",
                                  "自筹",     "企业", "企业资金", "企业", NULL},
        .help = "钱从哪里来，可多选。",
        .example = "中央、市县",
        .basis = GX "五（二）；清远计划 四（二）",
    },
    {
        .name = "project_no",
        .label = "项目入库编号",
        .type = TYPE_TEXT,
        .width = 16,
        .aliases = (const char *const[]){"入库编号", "项目库编号", NULL},
        .help = "中央或省级项目储备库的编号，没有入库的不填。",
        .example = "TR-2025-0123",
        .basis = GX "五（二）",
    },
    {
        .name = "discovery",
        .label = "发现方式",
        .type = TYPE_CHOICES,
        .width = 12,
        .choices = (const char *const[]){"卫星遥感", "无人机", "踏勘", "举报", "大数据", NULL},
        .synonyms =
            (const char *const[]){"遥感", "卫星遥感", "无人机航拍", "无人机", "无人机巡查",
                                  "无人机", "现场踏勘", "踏勘", "现场排查", "踏勘", "人工踏勘",
                                  "踏勘", "信访举报", "举报", "群众举报", "举报", NULL},
        .aliases = (const char *const[]){"排查方式", "发现途径", NULL},
        .help = "这个点位是怎样发现的，可多选。",
        .example = "无人机、踏勘",
        .basis = J10 "四（八）；" GX "四（三）",
    },
    {
        .name = "monitoring_plan",
        .label = "长期监测计划",
        .type = TYPE_LONGTEXT,
        .width = 24,
        .aliases = (const char *const[]){"跟踪监测计划", "监测计划", NULL},
        .required_when = {.field = "stage", .values = "管护"},
        .shown_when = {.field = "stage", .values = "施工|验收|管护"},
        .help = "治理完成后由谁、在哪些点、多久监测一次、测哪些元素；进入管护阶段必填。",
        .example = "县监测站每季度在上下游两个断面测铅镉砷铊",
        .basis = YN "三（二）3",
    },
};
