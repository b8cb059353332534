#include "cells.h"

#include "core/registers.h"

#include <stdio.h>
#include <string.h>

static const struct field region = {.name = "region", .label = "县区", .type = TYPE_REGION};
static const struct field industry = {.name = "industry", .label = "行业", .type = TYPE_INDUSTRY};
static const struct field enterprise = {
    .name = "enterprise", .label = "企业", .type = TYPE_REF, .target = "enterprise"};

static void counties(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const struct cell_case cases[] = {
        {"清城区", "清城区", NULL, false},
        {"清城", "清城", NULL, false},
        {"441802", "441802", NULL, false},
        {"连南县", "连南县", NULL, false},
        {"连南瑶族自治县", "连南瑶族自治县", NULL, false},
        {"441802000000", "441802", "读作 清城区", false},
        {"441802001", "441802", "读作 清城区", false},
        {"441802.0", "441802", "读作", false},
        {"清新县", "441803", "读作 清新区（现名）", true},
        {"441827", "441803", "读作 清新区（现名）", true},
        {"高要市", "441204", "读作 高要区（现名）", true},
        {"清远市清城区", "441802", "读作 清城区", false},
        {"广东省清远市清城区", "441802", "读作 清城区", false},
        {"广东省清城区", "441802", "读作 清城区", false},
        {"清远清城", "441802", "读作 清城区", false},
        {"广东省/清远市/清城区", "441802", "读作", false},
        {"广东 清远 清城", "441802", "读作", false},
        {"清远市清新县", "441803", "读作 清新区（现名）", true},
        {"云南省曲靖市会泽县", "530326", "读作 会泽县", false},
        {"曲靖市沾益县", "530303", "读作 沾益区（现名）", true},
        {"广西壮族自治区河池市南丹县", "451221", "读作", false},
        {"广西南丹县", "451221", "读作", false},
        {"北京市朝阳区", "110105", "读作", false},
        {"内蒙古自治区赤峰市松山区", "150404", "读作", false},
        {"恩施州恩施市", "422801", "读作", false},
        {"遵义县", "520304", "读作 播州区（现名）", true},
        {"連山縣", "连山县", "繁体", false},
        {"陽山縣", "阳山县", "繁体", false},
        {"清 城 区", "清城区", "读作 清城区", false},
        {"/", "", NULL, false},
    };
    CELLS_CHECK(&context, &region, cases);
}

static void no_counties(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const char *const left[] = {"不存在县",       "999999", "广东省",
                                       "清远市不存在县", "鼓楼区", "清城区清新区"};
    CELLS_LEFT(&context, &region, left);
}

static void the_refusal_proposes_what_is_near(void **state)
{
    (void)state;
    struct value value = {.kind = VALUE_NULL};
    struct error err = {0};
    assert_false(type_parse(&region, store_lookup(cells_store), "清成区", &value, &err));
    if (!strstr(err.message, "没有叫“清成区”的县（市、区），是不是“清城区”"))
        fail_msg("%s", err.message);
    assert_false(type_parse(&region, store_lookup(cells_store), "铅矿", &value, &err));
    assert_null(strstr(err.message, "是不是"));
}

static void industries(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    static const struct cell_case cases[] = {
        {"0912", "0912", NULL, false},
        {"铅锌矿采选", "铅锌矿采选", NULL, false},
        {"912", "0912", "补上开头的 0", true},
        {"3212.0", "3212", "读作 3212 铅锌冶炼", false},
        {"C3212", "3212", "读作 3212 铅锌冶炼", false},
        {"B0912", "0912", "读作", false},
        {"3212 铅锌冶炼", "3212", "读作", false},
        {"3212-铅锌冶炼", "3212", "读作", false},
        {"C3212铅锌冶炼业", "3212", "读作", false},
        {"铅锌矿采选业", "0912", "读作 0912 铅锌矿采选", false},
        {"鉛鋅冶煉", "3212", "读作 3212", false},
        {"铅锌治炼", "3212", "读作 3212", false},
        {"铅锌采选", "0912", "名称相近", true},
        {"铅蓄电池", "3843", "名称相近", true},
        {"3212 铜冶炼", NULL, "名称却不是", false},
        {"/", "", NULL, false},
        {"无", "", "当作没有填", false},
    };
    CELLS_CHECK(&context, &industry, cases);
    static const struct cell_case several[] = {
        {"有色金属冶炼", NULL, "请写明是哪一个的代码", false},
        {"采选", NULL, "0911 铜矿采选", false}};
    CELLS_CHECK(&context, &industry, several);
    static const char *const left[] = {"9999", "C9999", "餐饮", "99"};
    CELLS_LEFT(&context, &industry, left);
}

static void a_decision_is_remembered(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    struct error err = {0};
    assert_true(store_begin(cells_store, "import", NULL, &err));
    assert_true(cell_keep_choice(cells_store, &industry, "有色金属冶炼", "3219", &err));
    assert_true(cell_keep_choice(cells_store, &industry, "怪行业", "9999", &err));
    static const struct cell_case cases[] = {
        {"有色金属冶炼", "3219", "读作 其他常用有色金属冶炼（照以前的选择）", false},
        {" 有色金属冶炼 ", "3219", "照以前的选择", false},
        {"怪行业", "怪行业", NULL, false}, /* its record is gone */
    };
    CELLS_CHECK(&context, &industry, cases);
    store_rollback(cells_store);
}

static void add_enterprise(const char *name)
{
    struct record record;
    struct error err = {0};
    enum store_change change;
    record_init(&record, &reg_enterprise);
    if (!record_set_text(&record, (size_t)reg_field_index(&reg_enterprise, "name"), name,
                         store_lookup(cells_store), &err) ||
        !record_set_text(&record, (size_t)reg_field_index(&reg_enterprise, "region"), "441802",
                         store_lookup(cells_store), &err) ||
        !store_save(cells_store, &record, NULL, &change, &err))
        fail_msg("%s", err.message);
    record_release(&record);
}

static void records_are_proposed_never_taken(void **state)
{
    (void)state;
    struct cell_context context = cells_context();
    add_enterprise("示例锌业有限责任公司");
    add_enterprise("示例化工厂");
    static const struct cell_case cases[] = {
        {"示例锌业有限责任公司", "示例锌业有限责任公司", NULL, false},
        {"示例锌业有限公司", "示例锌业有限公司", NULL, false},
        {"示例鋅業有限責任公司", "示例鋅業有限責任公司", NULL, false},
        {"无", "", "当作没有填", false},
    };
    CELLS_CHECK(&context, &enterprise, cases);
    struct value value = {.kind = VALUE_NULL};
    struct error err = {0};
    assert_false(
        type_parse(&enterprise, store_lookup(cells_store), "示例锌业有限公司", &value, &err));
    if (!strstr(err.message, "没有“示例锌业有限公司”，是不是“示例锌业有限责任公司”？"))
        fail_msg("%s", err.message);
    assert_false(type_parse(&enterprise, store_lookup(cells_store), "完全不同", &value, &err));
    assert_null(strstr(err.message, "是不是"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counties),
        cmocka_unit_test(no_counties),
        cmocka_unit_test(the_refusal_proposes_what_is_near),
        cmocka_unit_test(industries),
        cmocka_unit_test(a_decision_is_remembered),
        cmocka_unit_test(records_are_proposed_never_taken),
    };
    return cmocka_run_group_tests(tests, cells_open_store, cells_close_store);
}
