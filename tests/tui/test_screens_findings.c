/* 核验结果: counts by rule and register, their findings, accepting warnings. */
#include "form_stage.h"

#include "db/check.h"
#include "tui/screens/screens.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two warnings of one rule, and an error. */
static void begin(struct stage *stage, int rows, int columns)
{
    char id[RECORD_ID_SIZE];
    stage_begin(stage, rows, columns);
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "甲厂", "region", "清城区", "lon", "113.05", NULL}, id);
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "乙厂", "region", "清城区", "lon", "113.06", NULL}, id);
    stage_add(stage, "problem",
              (const char *const[]){"region", "清城区", "object_name", "河边空地", "description",
                                    "河边空地堆有废渣，雨天会冲到河里", "found_on", "2026-12-01",
                                    NULL},
              id);
    findings_open(&stage->app, NULL);
    stage_play(stage, "");
}

static void catch_up(struct stage *stage)
{
    const struct event tick = {.kind = EVENT_TICK};
    int64_t records = 1, registers_waiting = 0;
    while (records + registers_waiting) {
        term_memory_feed(stage->terminal, &tick);
        stage_play(stage, "");
        assert_true(check_waiting(stage->store, &records, &registers_waiting, NULL));
    }
}

static void what_is_wrong_stands_first(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_expect(&stage, "核验结果");
    stage_expect(&stage, "▶ x 整改台账");
    stage_expect(&stage, "V39 已发生的日期不能晚于今天");
    stage_expect(&stage,
                 "? 全口径涉重金属企业     V06 经纬度应成对、在本地区、各不相同");
    stage_expect(&stage, "错误 1 · 警告 2 · 提示 0");
    stage_expect(&stage, "错误要改数据。");
    stage_end(&stage);
}

static void one_severity_or_one_register(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_play(&stage, "2");
    stage_expect(&stage, "核验结果 · 只看警告");
    stage_expect_not(&stage, "V39");
    stage_play(&stage, "3");
    stage_expect(&stage, "这里没有。按 0 看全部等级");
    stage_play(&stage, "1");
    stage_expect(&stage, "V39");
    stage_expect_not(&stage, "V06");
    stage_play(&stage, "0f全口径<Enter>");
    stage_expect(&stage, "核验结果 · 全口径涉重金属企业");
    stage_expect_not(&stage, "V39");
    stage_expect(&stage, "V06");
    stage_end(&stage);
}

/* Enter on a finding opens its record with the cursor on the field. */
static void a_finding_leads_to_its_field(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_play(&stage, "<Down><Enter>");
    stage_expect(&stage, "▶ ? 甲厂");
    stage_expect(&stage, "甲厂 · 纬度");
    stage_expect(&stage, "依据 CGCS2000 坐标系。");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "▸ 纬度");
    stage_expect(&stage, "? 只填了经度");
    stage_play(&stage, "23.68<F2><Esc>");
    stage_expect_not(&stage, "甲厂");
    stage_expect(&stage, "▶ ? 乙厂");
    stage_end(&stage);
}

static void a_warning_is_accepted_and_taken_back(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    /* Two characters are no reason: the line stays, and is written on. */
    stage_play(&stage, "<Down><Enter>w没错<Enter>的，定位补充中<Enter>");
    stage_expect(&stage, "已接受，不再列出");
    stage_expect(&stage, "▶ ? 乙厂");
    stage_expect_not(&stage, "甲厂");
    stage_play(&stage, "a");
    stage_expect(&stage, "✓ 甲厂");
    stage_play(&stage, "<Home>");
    stage_expect(&stage, "✓ 已接受：没错的，定位补充中（张 2026-06-15）");
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "✓ 已接受：没错的，定位补充中");
    stage_play(&stage, "<F4>");
    stage_expect(&stage, "接受警告 V06：没错的，定位补充中");
    stage_play(&stage, "<Esc><Esc>w");
    stage_expect(&stage, "已撤回接受");
    stage_expect(&stage, "? 甲厂");
    stage_end(&stage);
}

static void accepted_ones_count_only_when_asked_for(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_play(&stage, "<Down><Enter>w定位补充中<Enter>w定位补充中<Enter>");
    stage_expect(&stage, "这里的都处理完了");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "错误 1 · 警告 0");
    stage_expect_not(&stage, "V06");
    stage_play(&stage, "a");
    stage_expect(&stage, "含已接受");
    stage_expect(&stage, "V06");
    stage_end(&stage);
}

static void an_error_cannot_be_accepted(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_play(&stage, "<Enter>w");
    stage_expect(&stage, "错误不能接受，要改数据");
    stage_expect_not(&stage, "接受这条警告");
    stage_expect_not(&stage, "w 接受");
    stage_end(&stage);
}

static void who_only_looks_accepts_nothing(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    stage_restart(&stage, STORE_READ);
    findings_open(&stage.app, NULL);
    stage_play(&stage, "<Down><Enter>w");
    stage_expect(&stage, "现在只能查看，不能接受");
    stage_expect(&stage, "▶ ? 甲厂");
    stage_end(&stage);
}

static void nothing_found_says_so(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    findings_open(&stage.app, NULL);
    stage_play(&stage, "<Enter><Down>w");
    catch_up(&stage);
    stage_expect(&stage, "✓ 核验没有发现问题");
    stage_end(&stage);
}

/* After a change of many the rules go on while nobody types. */
static void what_waits_is_caught_up(void **state)
{
    enum { MANY = 100 };
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    catch_up(&stage);
    assert_true(store_begin(stage.store, "import", NULL, NULL));
    for (int i = 0; i < MANY; i++) {
        struct record record;
        enum store_change change;
        struct buffer name = {0};
        buffer_addf(&name, "点位%d", i);
        record_init(&record, reg_find("legacy_site"));
        value_set_text(record_value_for_change(&record, "name"), name.text);
        value_set_text(record_value_for_change(&record, "region"), "441802");
        value_set_integer(record_value_for_change(&record, "lon"), 113000000 + i);
        assert_true(store_put(stage.store, &record, &change, NULL));
        record_release(&record);
        buffer_release(&name);
    }
    assert_true(store_commit(stage.store, NULL));
    stage_restart(&stage, STORE_READ);
    findings_open(&stage.app, NULL);
    stage_play(&stage, "");
    stage_expect(&stage, "张清单待核验；现在只能查看，先不核验。");
    stage_restart(&stage, STORE_WRITE);
    findings_open(&stage.app, NULL);
    catch_up(&stage);
    stage_expect_not(&stage, "待核验");
    stage_expect(&stage, "V06");
    stage_expect(&stage, "100");
    stage_end(&stage);
}

static void every_size_will_do(void **state)
{
    (void)state;
    static const int sizes[][2] = {{43, 132}, {10, 40}, {24, 80}, {5, 20}, {60, 200}};
    struct stage stage;
    begin(&stage, 24, 80);
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
    stage_expect(&stage, "▶ x 整改台账");
    stage_play(&stage, "<Enter>");
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
    stage_expect(&stage, "晚于今天");
    stage_end(&stage);
}

static void the_keys_are_sound(void **state)
{
    (void)state;
    struct error err = {0};
    if (!action_check(findings_class()->actions, &err) ||
        !action_check(findings_list_class()->actions, &err))
        fail_msg("%s", err.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_stands_first),
        cmocka_unit_test(one_severity_or_one_register),
        cmocka_unit_test(a_finding_leads_to_its_field),
        cmocka_unit_test(a_warning_is_accepted_and_taken_back),
        cmocka_unit_test(accepted_ones_count_only_when_asked_for),
        cmocka_unit_test(an_error_cannot_be_accepted),
        cmocka_unit_test(who_only_looks_accepts_nothing),
        cmocka_unit_test(nothing_found_says_so),
        cmocka_unit_test(what_waits_is_caught_up),
        cmocka_unit_test(every_size_will_do),
        cmocka_unit_test(the_keys_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
