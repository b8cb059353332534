#include "core/registers.h"
#include "core/registers/shared.h"

#define DISPATCH "吉环固体字〔2022〕10号 五（二）；桂重金属方案 五（三）（定期调度）"
#define FROZEN   "可追溯要求：报出的数字以当时为准"

enum { FIGURES_CHARS = 60000 };

static const struct field filing_fields[] = {
    FIELD_CASE_NO("报送编号"),
    {
        .name = "kind",
        .label = "报送种类",
        .type = TYPE_CHOICE,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .width = 10,
        .choices =
            (const char *const[]){"半年报", "年报", "清单更新", "方案备案", "调度", "其他", NULL},
        .aliases = (const char *const[]){"种类", "报表种类", NULL},
        .help = "报的是哪一种材料。",
        .example = "半年报",
        .basis = DISPATCH,
    },
    {
        .name = "period",
        .label = "报告期",
        .type = TYPE_PERIOD,
        .flags = FIELD_KEY | FIELD_LIST | FIELD_SEARCH,
        .aliases = (const char *const[]){"期别", "所属期", "年度", NULL},
        .help = "数字是哪一年、哪半年、哪个月的：2025、2026H1、2026-05。",
        .example = "2026H1",
        .basis = DISPATCH,
    },
    {
        .name = "campaign",
        .label = "所属专项",
        .type = TYPE_REF,
        .width = 14,
        .target = "campaign",
        .aliases = (const char *const[]){"专项", "政策包", NULL},
        .help = "按哪个政策文件或专项行动报送。",
        .example = "guangxi-2022",
        .basis = DISPATCH,
    },
    {
        .name = "obligation",
        .label = "对应法定任务",
        .type = TYPE_REF,
        .width = 20,
        .target = "obligation",
        .aliases = (const char *const[]){"法定任务", NULL},
        .help = "这次报送完成的是哪一项法定任务，从法定任务清单选取。",
        .example = "GX-37",
        .basis = DISPATCH,
    },
    {
        .name = "due_on",
        .label = "报送期限",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .aliases = (const char *const[]){"截止日期", "时限", NULL},
        .help = "最晚哪一天报出；期限落在放假里的，提前到最后一个工作日。",
        .example = "2026-06-18",
        .basis = DISPATCH,
    },
    {
        .name = "filed_on",
        .label = "报送日期",
        .type = TYPE_DATE,
        .flags = FIELD_REQUIRED | FIELD_LIST,
        .aliases = (const char *const[]){"报出日期", "上报日期", "报送时间", NULL},
        .help = "实际哪一天报出，还没有报的空着。",
        .example = "2026-06-15",
        .basis = DISPATCH,
    },
    {
        .name = "filed_by",
        .label = "报送人",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_PRIVATE,
        .width = 8,
        .aliases = (const char *const[]){"经办人", "填报人", NULL},
        .help = "谁报出去的。",
        .example = "张三",
        .initial = "@operator",
        .basis = FROZEN,
    },
    {
        .name = "recipient",
        .label = "报送对象",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
        .width = 18,
        .aliases = (const char *const[]){"接收单位", "主送单位", NULL},
        .help = "报给哪个单位。",
        .example = "清远市生态环境局",
        .basis = DISPATCH,
    },
    {
        .name = "receipt_no",
        .label = "回执号",
        .type = TYPE_TEXT,
        .flags = FIELD_LIST | FIELD_SEARCH,
        .width = 16,
        .aliases = (const char *const[]){"回执", "收文号", "发文文号", NULL},
        .help = "对方给的回执号、收文号，或本单位发文的文号。",
        .example = "清城环报〔2026〕6号",
    },
};

/* Numbers by which two filings of a list are reconciled. */
#define LIST_COUNT(NAME, LABEL, HELP, EXAMPLE)                                                     \
    {                                                                                              \
        .name = (NAME), .label = (LABEL), .type = TYPE_INTEGER, .unit = "家", .least = "0",        \
        .group = "全口径清单增减", .help = (HELP), .example = (EXAMPLE),                           \
        .basis = "环境统计审核要求（增减名单核对）；吉环固体字〔2022〕10号 四（二）",              \
    }

static const struct field content_fields[] = {
    {
        .name = "report",
        .label = "报表",
        .type = TYPE_TEXT,
        .flags = FIELD_AUTO | FIELD_VOUCHED | FIELD_SEARCH,
        .width = 12,
        .help = "用程序的哪一种报表报的，由程序记下；同一种报表的两次报送才能相比。",
        .basis = FROZEN,
    },
    {
        .name = "file_name",
        .label = "文件名",
        .type = TYPE_TEXT,
        .flags = FIELD_REQUIRED | FIELD_SEARCH,
        .width = 28,
        .help = "报出去的文件叫什么，由程序导出的自动填写。",
        .example = "清城区2026年上半年重金属报表.xlsx",
        .basis = FROZEN,
    },
    {
        .name = "file_sha256",
        .label = "文件校验值",
        .type = TYPE_TEXT,
        .flags = FIELD_AUTO | FIELD_VOUCHED,
        .width = 20,
        .max_chars = 64,
        .help = "报出文件的校验值，凭它能认出手里的文件是不是报出去的那一份，由程序记下。",
        .basis = FROZEN,
    },
    {
        .name = "cutoff_on",
        .label = "统计截止日期",
        .type = TYPE_DATE,
        .aliases = (const char *const[]){"数据截止日期", "统计截止日", NULL},
        .help = "数字算到哪一天；半年报6月20日前就要报，没算进去的几天并入下一期。",
        .example = "2026-06-15",
        .basis = DISPATCH,
    },
    {
        .name = "estimated",
        .label = "含估算数",
        .type = TYPE_BOOL,
        .width = 8,
        .aliases = (const char *const[]){"是否含估算数", "是否估算", NULL},
        .help = "报告期没有过完、有数字是估算的填是，算准后重报一次并写修订说明。",
        .example = "是",
        .basis = DISPATCH,
    },
    LIST_COUNT("former_count", "上期家数", "上一期清单里有多少家，与上一期报送的本期家数一致。",
               "61"),
    LIST_COUNT("entered_count", "新增家数", "本期纳入了多少家，含新建、补录。", "3"),
    LIST_COUNT("removed_count", "移出家数", "本期移出了多少家。", "1"),
    LIST_COUNT("current_count", "本期家数", "本期清单里有多少家；上期加新增减移出应等于本期。",
               "63"),
    {
        .name = "row_counts",
        .label = "各表行数",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_AUTO | FIELD_VOUCHED,
        .width = 20,
        .help = "每张表报了多少行，由程序记下，下一期据此核对增减。",
        .basis = FROZEN,
    },
    {
        .name = "figures",
        .label = "报出数字",
        .type = TYPE_LONGTEXT,
        .flags = FIELD_AUTO | FIELD_VOUCHED,
        .width = 20,
        .max_chars = FIGURES_CHARS,
        .help = "报出时的各项合计，由程序记下，以后清单再改也不变。",
        .basis = FROZEN,
    },
    {
        .name = "revises",
        .label = "更正哪一次",
        .type = TYPE_REF,
        .width = 20,
        .target = "filing",
        .aliases = (const char *const[]){"更正的报送", NULL},
        .help = "这次是重报的，选被更正的那一次；第一次报的空着。",
        .example = "BS-441802-2026-0002",
    },
    {
        .name = "revision_note",
        .label = "修订说明",
        .type = TYPE_LONGTEXT,
        .width = 24,
        .aliases = (const char *const[]){"更正说明", "修改说明", NULL},
        .help = "重报改了哪些数字、为什么改。",
        .example = "补报漏列的减排工程1个，减排量由12.5改为14.1公斤",
    },
};

static const struct section sections[] = {
    {.label = "报送", .fields = filing_fields, .count = COUNT_OF(filing_fields)},
    {.label = "内容", .fields = content_fields, .count = COUNT_OF(content_fields)},
    SECTION_NOTES,
};

static const struct reg_deadline deadline = {
    .label = "报送",
    .date = "due_on",
    .met = "filed_on",
};

const struct reg reg_filing = {
    .name = "filing",
    .label = "报送记录",
    .title = "重金属污染防控报送记录",
    .counter = "次",
    .help = "每一次报给上级的材料：哪一期、哪天报的、报了什么数，一次一条。",
    .basis = DISPATCH,
    .menu = MENU_DUTY,
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .prefix = "BS",
    .name_field = "case_no",
    .deadline = &deadline,
    .order = "filed_on",
    .descending = true,
    .identity = (const char *const[]){"case_no", "kind period filed_on recipient", NULL},
};
