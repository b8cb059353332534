#include "cells.h"

static const struct cell_context usual = {.unit = ""}, apple = {.unit = "", .first_1904 = true};
static const struct field day = {.name = "built_on", .label = "投产日期", .type = TYPE_DATE};
static const struct field deadline = {.name = "due_on", .label = "计划完成", .type = TYPE_DATE};
static const struct field period = {.name = "period", .label = "核算期", .type = TYPE_PERIOD};

static void what_the_type_reads_stands(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"2025-03-05", "2025-03-05", NULL, false},
        {"2025.3.5", "2025.3.5", NULL, false},
        {"2025/3/5", "2025/3/5", NULL, false},
        {"20250305", "20250305", NULL, false},
        {"2025年3月5日", "2025年3月5日", NULL, false},
        {"2025年3月5号", "2025年3月5号", NULL, false},
        {"", "", NULL, false},
    };
    CELLS_CHECK(&usual, &day, cases);
}

static void serials(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"45658", "2025-01-01", "“45658”读作 2025-01-01", false},
        {"18264", "1950-01-01", "读作", false},
        {"73415", "2100-12-31", "读作", false},
        {"36526", "2000-01-01", "读作", false},
        {"36585", "2000-02-29", "读作", false},
        {"36586", "2000-03-01", "读作", false},
        {"45658.5", "2025-01-01", "只取日期", false},
        {"45658.354166667", "2025-01-01", "只取日期", false},
    };
    CELLS_CHECK(&usual, &day, cases);
    static const struct cell_case of_1904[] = {{"44196", "2025-01-01", "读作", false},
                                               {"45658", "2029-01-02", "读作", false}};
    CELLS_CHECK(&apple, &day, of_1904);
    /* Before 1950 and behind 2100 nothing of a list lies; fewer digits are no serial. */
    static const char *const left[] = {"18263", "73416", "60", "12", "1", "4565", "456580", "0"};
    CELLS_LEFT(&usual, &day, left);
}

static void days(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"2025-03-05 00:00:00", "2025-03-05", "读作 2025-03-05", false},
        {"2025-03-05T00:00:00", "2025-03-05", "读作", false},
        {"2025-03-05 08:30", "2025-03-05", "只取日期", false},
        {"2025/3/5 下午3:20", "2025-03-05", "只取日期", false},
        {"2025年3月5日8时30分", "2025-03-05", "只取日期", false},
        {"2025年3月5日 星期三", "2025-03-05", "读作", false},
        {"2025年3月5日（周三）", "2025-03-05", "读作", false},
        {"2025 年 3 月 5 日", "2025-03-05", "读作", false},
        {"2025. 3. 5", "2025-03-05", "读作", false},
        {"2025.3.5.", "2025-03-05", "读作", false},
        {"2025、3、5", "2025-03-05", "读作", false},
        {"二〇二五年三月五日", "2025-03-05", "读作", false},
        {"二○二五年十二月三十一日", "2025-12-31", "读作", false},
        {"二零二四年二月廿九日", "2024-02-29", "读作", false},
        {"二〇二五年十月二十日", "2025-10-20", "读作", false},
        {"2025年元月一日", "2025-01-01", "读作", false},
        {"2025年6月30日前", "2025-06-30", "读作", false},
        {"截至2025年6月30日", "2025-06-30", "读作", false},
        {"25.3.5", "2025-03-05", "推断", true},
        {"25年3月5日", "2025-03-05", "推断", true},
        {"98年3月5日", "1998-03-05", "推断", true},
        {"69.3.5", "2069-03-05", "推断", true},
        {"70.3.5", "1970-03-05", "推断", true},
        {"25/3/5", "2025-03-05", "推断", true},
        {"250305", "2025-03-05", "推断", true},
        {"3/25/2025", "2025-03-25", "推断", true},
        {"25/3/2025", "2025-03-25", "推断", true},
        {"5/5/2025", "2025-05-05", "推断", true},
        {"2025/3-5", "2025-03-05", "推断", true},
        {"预计2025年6月30日", "2025-06-30", "推断", true},
        {"3/5/2025", NULL, "分不清", false},
        {"12-11-2025", NULL, "分不清", false},
        {"12/5/25", NULL, "分不清", false},
        {"3月5日", NULL, "没有写年份", false},
        {"2025.3.1-2025.6.30", NULL, "是一段时间", false},
        {"2025年3月1日至2025年6月30日", NULL, "是一段时间", false},
        {"2025年3月1日—6月30日", NULL, "是一段时间", false},
        {"20250301-20250630", NULL, "是一段时间", false},
        {"2023-2025", NULL, "是一段时间", false},
    };
    CELLS_CHECK(&usual, &day, cases);
    static const char *const left[] = {
        "2025-02-30",           "2025年2月30日", "长期",    "13/25/2025",
        "2025年3月5日竣工验收", "12.5",          "2025-13", "31.4.2025x"};
    CELLS_LEFT(&usual, &day, left);
}

static void a_longer_time_gives_one_of_its_ends(void **state)
{
    (void)state;
    static const struct cell_case first[] = {
        {"2025-3", "2025-03-01", "取第一天", true},
        {"2025.3", "2025-03-01", "取第一天", true},
        {"2025/12", "2025-12-01", "取第一天", true},
        {"2025年3月", "2025-03-01", "取第一天", true},
        {"2025年3月份", "2025-03-01", "取第一天", true},
        {"202503", "2025-03-01", "取第一天", true},
        {"2025年", "2025-01-01", "取第一天", true},
        {"2025", "2025-01-01", "取第一天", true},
        {"2025年度", "2025-01-01", "取第一天", true},
        {"25年3月", "2025-03-01", "取第一天", true},
        {"二〇二五年三月", "2025-03-01", "取第一天", true},
        {"2025年上半年", "2025-01-01", "取第一天", true},
        {"2025年三季度", "2025-07-01", "取第一天", true},
        {"2025年第4季度", "2025-10-01", "取第一天", true},
        {"2025年3月上旬", "2025-03-01", "取第一天", true},
        {"2025年3月中旬", "2025-03-11", "取第一天", true},
        {"2025年3月下旬", "2025-03-21", "取第一天", true},
        /* what the cell says counts more than the field */
        {"2025年底", "2025-12-31", "取最后一天", true},
        {"2020年底前", "2020-12-31", "取最后一天", true},
        {"2025年年底", "2025-12-31", "取最后一天", true},
        {"2025年6月底前", "2025-06-30", "取最后一天", true},
        {"2024年2月底", "2024-02-29", "取最后一天", true},
        {"2025年6月前完成", "2025-06-30", "取最后一天", true},
        {"2025年下半年完成", "2025-12-31", "取最后一天", true},
        {"截至2025年6月", "2025-06-30", "取最后一天", true},
        {"计划2025年6月底完成", "2025-06-30", "取最后一天", true},
    };
    CELLS_CHECK(&usual, &day, first);
    static const struct cell_case last[] = {
        {"2025年3月", "2025-03-31", "取最后一天", true},
        {"2025", "2025-12-31", "取最后一天", true},
        {"2025年上半年", "2025-06-30", "取最后一天", true},
        {"2025年二季度", "2025-06-30", "取最后一天", true},
        {"2024.2", "2024-02-29", "取最后一天", true},
        {"2025年2月中旬", "2025-02-20", "取最后一天", true},
        {"2025年2月下旬", "2025-02-28", "取最后一天", true},
        {"2025年初", "2025-01-01", "取第一天", true},
        {"2025年3月初", "2025-03-01", "取第一天", true},
    };
    CELLS_CHECK(&usual, &deadline, last);
    static const struct field limit = {.name = "until", .label = "整改时限", .type = TYPE_DATE};
    CELLS_CHECK(&usual, &limit, last);
}

static void periods(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"2025", "2025", NULL, false},
        {"2025-03", "2025-03", NULL, false},
        {"2025H1", "2025H1", NULL, false},
        {"2025年上半年", "2025年上半年", NULL, false},
        {"2025年三季度", "2025年三季度", NULL, false},
        {"2025年第三季度", "2025年第三季度", NULL, false},
        {"2025上半年", "2025H1", "读作 2025H1", false},
        {"2025年下半年度", "2025H2", "读作", false},
        {"2025 Q3", "2025Q3", "读作", false},
        {"2025年Q3", "2025Q3", "读作", false},
        {"2025-Q3", "2025Q3", "读作", false},
        {"二〇二五年第三季度", "2025Q3", "读作", false},
        {"2025年3月份", "2025-03", "读作", false},
        {"2025.3", "2025-03", "读作", false},
        {"2025/3", "2025-03", "读作", false},
        {"202503", "2025-03", "读作", false},
        {"2025年全年", "2025", "读作", false},
        {"2025年1-6月", "2025H1", "读作", false},
        {"2025年1月至6月", "2025H1", "读作", false},
        {"2025年1月-2025年3月", "2025Q1", "读作", false},
        {"2025.1-2025.12", "2025", "读作", false},
        {"2025.1", "2025-01", "读作", true},
        {"25年3月", "2025-03", "读作", true},
        {"2025-03-01", "2025-03", "取所在的月份", true},
        {"45717", "2025-03", "取所在的月份", true},
        {"2025年1-9月", NULL, "是一段时间", false},
        {"2024-2025", NULL, "是一段时间", false},
        {"2024年12月至2025年1月", NULL, "是一段时间", false},
        {"3月", NULL, "没有写年份", false},
    };
    CELLS_CHECK(&usual, &period, cases);
    static const char *const left[] = {"2025-13",        "去年", "2025Q5",
                                       "2025年第五季度", "1899", "2025年3月上旬"};
    CELLS_LEFT(&usual, &period, left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_type_reads_stands),
        cmocka_unit_test(serials),
        cmocka_unit_test(days),
        cmocka_unit_test(a_longer_time_gives_one_of_its_ends),
        cmocka_unit_test(periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
