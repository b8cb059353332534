/* The quota accounts, worked out by hand, and their guards. */
#include "tests/core/books.h"

#include <string.h>

/* A source cuts 25.2 kg of lead and 3.15 of cadmium on 04-20. 14.4 and 1.44 go to one project on
 * 05-12, which is voided on 06-02; 20 and 2 go to another on 06-03. A project of 12 kg lead and 1.2
 * cadmium at 1.2 needs 14.4 and 1.44 from its opinion of 03-16 on; it gets them on 05-12, loses
 * them on 06-02 and gets 5 kg lead from outside on 06-10.
 *
 *            source lead  cadmium  total      project lead  cadmium
 *     04-19       0          0       0          -14.4        -1.44
 *     05-12      10.8        1.71   12.51         0           0
 *     06-02      25.2        3.15   28.35       -14.4        -1.44
 *     06-10       5.2        1.15    6.35        -9.4        -1.44 */
static void test_the_books_by_hand(void **state)
{
    (void)state;
    struct record source, first, second, third, project;
    struct book book = {.entries = NULL};
    struct loads loads, sum = {.kg = {0}};
    books_fill(&source, &reg_reduction_project, "s",
               SOUND
               "before_lead_kg=96.4 after_lead_kg=71.2 before_cadmium_kg=8.25 after_cadmium_kg=5.1"
               " ledger_on=2026-04-20");
    books_fill(&first, &reg_quota_transfer, "t1",
               "source=s project=p transferred_on=2026-05-12 transferred_lead_kg=14.4"
               " transferred_cadmium_kg=1.44 voided=是 voided_on=2026-06-02");
    books_fill(&second, &reg_quota_transfer, "t2",
               "source=s project=q transferred_on=2026-06-03 transferred_lead_kg=20"
               " transferred_cadmium_kg=2");
    books_fill(&third, &reg_quota_transfer, "t3",
               "from_name=示例铅锌 project=p transferred_on=2026-06-10 transferred_lead_kg=5");
    books_fill(&project, &reg_construction_project, "p",
               "added_lead_kg=12 added_cadmium_kg=1.2 ratio=1.2 quota_opinion_on=2026-03-16");
    const struct record *const papers[] = {&third, &second, &project, &first, &source};
    for (size_t i = 0; i < COUNT_OF(papers); i++)
        book_add(&book, papers[i]);
    book_sort(&book);
    assert_int_equal(book.count, 6);
    assert_int_equal(book.entries[0].kind, ENTRY_DEMAND);
    assert_int_equal(book.entries[3].kind, ENTRY_VOIDING);
    static const struct {
        struct date on;
        int64_t lead, cadmium, total, needed_lead, needed_cadmium;
    } days[] = {
        {{2026, 3, 15}, 0, 0, 0, 0, 0},
        {{2026, 4, 19}, 0, 0, 0, -14400, -1440},
        {{2026, 4, 20}, 25200, 3150, 28350, -14400, -1440},
        {{2026, 5, 12}, 10800, 1710, 12510, 0, 0},
        {{2026, 6, 1}, 10800, 1710, 12510, 0, 0},
        {{2026, 6, 2}, 25200, 3150, 28350, -14400, -1440},
        {{2026, 6, 10}, 5200, 1150, 6350, -9400, -1440},
    };
    struct account s = account_of(ACCOUNT_SOURCE, "s"), p = account_of(ACCOUNT_PROJECT, "p");
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        book_balance(&book, &s, days[i].on, &loads);
        books_expect(&loads, LEAD, days[i].lead);
        books_expect(&loads, CADMIUM, days[i].cadmium);
        books_expect(&loads, TOTAL, days[i].total);
        book_balance(&book, &p, days[i].on, &loads);
        books_expect(&loads, LEAD, days[i].needed_lead);
        books_expect(&loads, CADMIUM, days[i].needed_cadmium);
    }
    const struct account all[] = {s,
                                  p,
                                  account_of(ACCOUNT_PROJECT, "q"),
                                  account_of(ACCOUNT_ORIGIN, NULL),
                                  account_of(ACCOUNT_OUTSIDE, NULL),
                                  account_of(ACCOUNT_DEMAND, NULL)};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        book_balance(&book, &all[i], account_end, &loads);
        loads_add(&sum, &loads, 1);
    }
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        books_expect(&sum, i, 0);
    book_balance(&book, &all[4], account_end, &loads);
    books_expect(&loads, LEAD, -5000);
    book_release(&book);
    record_release(&source);
    record_release(&first);
    record_release(&second);
    record_release(&third);
    record_release(&project);
}

static void test_what_is_credited(void **state)
{
    (void)state;
    static const struct {
        const char *fields;
        enum credit_flaw flaw;
        int day; /* of May */
    } rows[] = {
        {SOUND "before_total_kg=3 after_total_kg=1 confirmed_on=2026-05-02", CREDIT_SOUND, 2},
        {SOUND "before_total_kg=3 after_total_kg=1 ledger_on=2026-05-04", CREDIT_SOUND, 4},
        {SOUND "before_total_kg=3 after_total_kg=1 confirmed_on=2026-05-09 ledger_on=2026-05-04",
         CREDIT_SOUND, 9},
        {SOUND "before_total_kg=3 after_total_kg=1", CREDIT_UNVERIFIED, 0},
        {SOUND "before_total_kg=3 after_total_kg=3 confirmed_on=2026-05-02", CREDIT_NO_CUT, 0},
        {SOUND "before_total_kg=3 after_total_kg=4 confirmed_on=2026-05-02", CREDIT_NO_CUT, 0},
        {SOUND "confirmed_on=2026-05-02", CREDIT_NO_CUT, 0},
        {"key_line=否 load_basis=许可量差值 before_total_kg=3 after_total_kg=1", CREDIT_OTHER_LINE,
         0},
        {"load_basis=许可量差值 before_total_kg=3 after_total_kg=1", CREDIT_OTHER_LINE, 0},
        {"key_line=是 before_total_kg=3 after_total_kg=1 confirmed_on=2026-05-02", CREDIT_NO_BASIS,
         0},
        {"key_line=是 permit_held=未取得 load_basis=许可量差值 before_total_kg=3 after_total_kg=1"
         " confirmed_on=2026-05-02",
         CREDIT_MISFIT, 0},
        {"key_line=是 permit_held=已领证 load_basis=核算报告 before_total_kg=3 after_total_kg=1"
         " confirmed_on=2026-05-02",
         CREDIT_MISFIT, 0},
        {"key_line=是 permit_held=登记管理 load_basis=核算报告 before_total_kg=3 after_total_kg=1"
         " confirmed_on=2026-05-02",
         CREDIT_SOUND, 2},
        {"key_line=是 permit_held=已领证 load_basis=注销许可有效量 before_total_kg=3"
         " after_total_kg=0 confirmed_on=2026-05-02",
         CREDIT_SOUND, 2},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record record;
        struct entry entries[ACCOUNT_MOST_ENTRIES];
        struct date from;
        books_fill(&record, &reg_reduction_project, "s", rows[i].fields);
        assert_int_equal(account_credit(&record, &from), rows[i].flaw);
        assert_int_equal(from.day, rows[i].day);
        assert_int_equal(account_write(&record, entries), rows[i].flaw == CREDIT_SOUND);
        record.deleted = true;
        assert_int_equal(account_write(&record, entries), 0);
        record_release(&record);
    }
}

/* More arsenic than before gives none to others, and the sum is what was printed. */
static void test_a_metal_that_grew_gives_nothing(void **state)
{
    (void)state;
    struct record record;
    struct entry entries[ACCOUNT_MOST_ENTRIES];
    books_fill(&record, &reg_reduction_project, "s",
               SOUND "before_lead_kg=10 after_lead_kg=2 before_arsenic_kg=1 after_arsenic_kg=1.5"
                     " confirmed_on=2026-05-02");
    assert_int_equal(account_write(&record, entries), 1);
    books_expect(&entries[0].loads, LEAD, 8000);
    books_expect(&entries[0].loads, ARSENIC, 0);
    assert_true(entries[0].loads.named[ARSENIC]);
    assert_false(entries[0].loads.named[MERCURY]);
    books_expect(&entries[0].loads, TOTAL, 7500);
    record_release(&record);
}

static void test_five_conditions_exempt(void **state)
{
    (void)state;
    static const char waste[] =
        "exempted=是 exemption_kind=利用涉重金属固体废物 waste_kinds_met=是 waste_origin_met=是"
        " location_met=是 process_met=是 added_total_kg=10 ratio=1.2 ";
    static const char *const ticks[] = {"waste_kinds_met", "waste_origin_met", "location_met",
                                        "process_met", "treatment_met"};
    struct record record;
    struct loads covered = {.kg = {0}}, required, shortage;
    struct entry entries[ACCOUNT_MOST_ENTRIES];
    books_fill(&record, &reg_construction_project, "p", waste);
    assert_false(account_is_exempt(&record));
    assert_int_equal(account_write(&record, entries), 1);
    account_shortage(&record, &covered, &required, &shortage);
    books_expect(&shortage, TOTAL, 12000);
    books_set(&record, "treatment_met", "是");
    assert_true(account_is_exempt(&record));
    assert_int_equal(account_write(&record, entries), 0);
    account_shortage(&record, &covered, &required, &shortage);
    books_expect(&required, TOTAL, 0);
    books_expect(&shortage, TOTAL, 0);
    for (size_t i = 0; i < COUNT_OF(ticks); i++) {
        books_set(&record, ticks[i], "否");
        assert_false(account_is_exempt(&record));
        books_set(&record, ticks[i], "是");
    }
    books_set(&record, "exemption_kind", "国家重大发展战略");
    books_set(&record, "treatment_met", "");
    assert_true(account_is_exempt(&record));
    books_set(&record, "exempted", "否");
    assert_false(account_is_exempt(&record));
    record_release(&record);
}

/* Too much of one metal does not make up for another, but for the sum it counts. */
static void test_shortage_is_never_negative(void **state)
{
    (void)state;
    struct record record;
    struct loads covered = {.kg = {[LEAD] = 9000, [TOTAL] = 9000}}, required, shortage;
    books_fill(&record, &reg_construction_project, "p",
               "added_lead_kg=1 added_cadmium_kg=2 ratio=1 quota_opinion_on=2026-01-05");
    account_shortage(&record, &covered, &required, &shortage);
    books_expect(&shortage, LEAD, 0);
    books_expect(&shortage, CADMIUM, 2000);
    books_expect(&shortage, TOTAL, 0);
    record_release(&record);
}

/* ---- the guards, one by one ---- */

static void refused(const struct record *before, const struct record *after, const char *part,
                    const char *field)
{
    struct error err = {0};
    assert_false(after->reg->guard(before, after, &books_desk, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    if (!strstr(err.message, part))
        fail_msg("“%s” lacks “%s”", err.message, part);
    assert_string_equal(err.field, field);
    assert_true(err.basis[0]);
}

static void allowed(const struct record *before, const struct record *after)
{
    struct error err = {0};
    if (!after->reg->guard(before, after, &books_desk, &err))
        fail_msg("%s", err.message);
}

/* Nothing is got by amounts that no paper can show, nor of a metal that the source never gave. */
static void test_amounts_make_no_quota(void **state)
{
    (void)state;
    struct record source, transfer;
    books_forget();
    books_fill(&source, &reg_reduction_project, "s",
               "name=一期停产 " SOUND "before_lead_kg=30 after_lead_kg=5 confirmed_on=2026-04-20");
    books_fill(&transfer, &reg_quota_transfer, "",
               "source=s project=p transferred_on=2026-05-12 transferred_lead_kg=-100");
    books_see(&source);
    refused(NULL, &transfer, "铅 -100 kg 小于 0", "transferred_lead_kg");
    books_set(&transfer, "transferred_lead_kg", "20");
    books_set(&transfer, "transferred_total_kg", "0.001");
    refused(NULL, &transfer, "合计 0.001 kg 小于各项相加的 20 kg", "transferred_total_kg");
    books_set(&transfer, "transferred_lead_kg", "");
    books_set(&transfer, "transferred_mercury_kg", "1");
    books_set(&transfer, "transferred_total_kg", "1");
    refused(NULL, &transfer, "只剩 汞 0 kg，这一笔要转让 汞 1 kg", "transferred_mercury_kg");
    books_set(&source, "after_lead_kg", "-5");
    refused(NULL, &source, "铅 -5 kg 小于 0", "after_lead_kg");
    record_release(&source);
    record_release(&transfer);
}

static void test_a_transfer_needs_what_it_takes(void **state)
{
    (void)state;
    struct record source, old, later;
    books_forget();
    books_fill(&source, &reg_reduction_project, "s",
               "name=一期停产 " SOUND "before_lead_kg=30 after_lead_kg=4.8 before_arsenic_kg=5"
               " after_arsenic_kg=2 confirmed_on=2026-04-20");
    books_fill(&old, &reg_quota_transfer, "t1",
               "source=s project=p transferred_on=2026-05-12 transferred_lead_kg=10"
               " transferred_arsenic_kg=1");
    books_fill(&later, &reg_quota_transfer, "",
               "source=s project=q transferred_on=2026-05-10 transferred_lead_kg=15.201"
               " transferred_arsenic_kg=0");
    books_see(&source);
    books_see(&old);
    allowed(NULL, &old);
    refused(NULL, &later, "来源“一期停产”到 2026-05-12 只剩 铅 15.2 kg，这一笔要转让 铅 15.201 kg",
            "transferred_lead_kg");
    refused(NULL, &later, "（以后登记的转让也要占用它）", "transferred_lead_kg");
    books_set(&later, "transferred_lead_kg", "15.2");
    allowed(NULL, &later);
    books_set(&later, "transferred_arsenic_kg", "2");
    allowed(NULL, &later);
    books_set(&later, "transferred_arsenic_kg", "2.001");
    refused(NULL, &later, "只剩 合计 17.2 kg，这一笔要转让 合计 17.201 kg", "transferred_total_kg");
    books_set(&later, "transferred_total_kg", "17.2");
    refused(NULL, &later, "只剩 砷 2 kg，这一笔要转让 砷 2.001 kg", "transferred_arsenic_kg");
    books_set(&later, "transferred_arsenic_kg", "");
    books_set(&later, "transferred_lead_kg", "");
    allowed(NULL, &later);
    books_set(&later, "transferred_on", "2026-04-19");
    refused(NULL, &later, "到 2026-04-20 才核定", "source");
    books_set(&later, "transferred_on", "2026-05-12");
    books_set(&source, "key_line", "否");
    refused(NULL, &later, "不是重点行业生产线", "source");
    books_set(&source, "key_line", "是");
    books_set(&source, "confirmed_on", "");
    refused(NULL, &later, "还没有核定", "source");
    source.deleted = true;
    refused(NULL, &later, "已不在减排工程清单里", "source");
    books_set(&later, "source", "");
    allowed(NULL, &later);
    record_release(&source);
    record_release(&old);
    record_release(&later);
}

/* What was wrong before may be mended step by step, and not made worse. */
static void test_a_bad_file_can_be_mended(void **state)
{
    (void)state;
    struct record source, before, after;
    books_forget();
    books_fill(&source, &reg_reduction_project, "s",
               SOUND "before_total_kg=10 after_total_kg=5 confirmed_on=2026-04-20");
    books_fill(&before, &reg_quota_transfer, "t1",
               "source=s project=p transferred_on=2026-05-12 transferred_total_kg=9");
    books_see(&source);
    books_see(&before);
    record_copy(&after, &before);
    books_set(&after, "note", "核对中");
    allowed(&before, &after);
    books_set(&after, "transferred_total_kg", "8");
    allowed(&before, &after);
    books_set(&after, "transferred_total_kg", "9.001");
    refused(&before, &after, "只剩 合计 5 kg", "transferred_total_kg");
    after.deleted = true;
    allowed(&before, &after);
    record_release(&after);
    record_copy(&after, &source);
    books_set(&after, "after_total_kg", "4");
    allowed(&source, &after);
    books_set(&after, "after_total_kg", "6");
    refused(&source, &after, "已经转让 合计 9 kg，改后到那一天只有 合计 4 kg", "cut_total_kg");
    record_release(&after);
    record_release(&source);
    record_release(&before);
}

static void test_what_was_transferred_stays_covered(void **state)
{
    (void)state;
    struct record source, transfer, after;
    books_forget();
    books_fill(&source, &reg_reduction_project, "s",
               SOUND "before_total_kg=10 after_total_kg=2 confirmed_on=2026-04-20");
    books_fill(&transfer, &reg_quota_transfer, "t1",
               "source=s project=p transferred_on=2026-05-12 transferred_total_kg=8");
    books_see(&source);
    books_see(&transfer);
    static const struct {
        const char *field, *bad, *good, *part;
    } rows[] = {
        {"after_total_kg", "2.001", "1", "只有 合计 7.999 kg"},
        {"confirmed_on", "2026-05-13", "2026-05-12", "只有 合计 0 kg"},
        {"confirmed_on", "", "2026-01-05", "还没有核定"},
        {"key_line", "否", "是", "不是重点行业生产线"},
        {"load_basis", "环评差值", "注销许可有效量", "核算依据与许可证情况不合"},
        {"note", NULL, "核对过", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        record_copy(&after, &source);
        if (rows[i].bad) {
            books_set(&after, rows[i].field, rows[i].bad);
            refused(&source, &after, rows[i].part, "cut_total_kg");
        }
        books_set(&after, rows[i].field, rows[i].good);
        allowed(&source, &after);
        record_release(&after);
    }
    record_copy(&after, &source);
    after.deleted = true;
    refused(&source, &after, "不能删除", "cut_total_kg");
    books_set(&transfer, "voided", "是");
    books_set(&transfer, "voided_on", "2026-05-20");
    refused(&source, &after, "到 2026-05-12 已经转让 合计 8 kg", "cut_total_kg");
    books_set(&transfer, "voided_on", "2026-05-12"); /* void from the beginning */
    allowed(&source, &after);
    record_release(&after);
    record_release(&source);
    record_release(&transfer);
}

static void test_voiding_and_its_return(void **state)
{
    (void)state;
    struct record source, first, second, after;
    books_forget();
    books_fill(&source, &reg_reduction_project, "s",
               SOUND "before_total_kg=10 after_total_kg=0 confirmed_on=2026-04-20");
    books_fill(&first, &reg_quota_transfer, "t1",
               "source=s project=p transferred_on=2026-05-01 transferred_total_kg=10 voided=是"
               " voided_on=2026-06-01");
    books_fill(&second, &reg_quota_transfer, "t2",
               "source=s project=q transferred_on=2026-05-31 transferred_total_kg=10");
    books_see(&source);
    books_see(&first);
    refused(NULL, &second, "到 2026-05-31 只剩 合计 0 kg", "transferred_total_kg");
    books_set(&second, "transferred_on", "2026-06-01");
    allowed(NULL, &second);
    books_see(&second);
    record_copy(&after, &first);
    books_set(&after, "voided", "否");
    refused(&first, &after, "只剩 合计 0 kg", "transferred_total_kg");
    record_release(&after);
    record_copy(&after, &first);
    books_set(&after, "voided_on", "2026-06-02");
    refused(&first, &after, "到 2026-06-01 只剩 合计 0 kg", "transferred_total_kg");
    books_set(&after, "voided_on", "2026-04-30");
    refused(&first, &after, "作废日期 2026-04-30 早于转让日期 2026-05-01", "voided_on");
    books_set(&after, "voided_on", "2026-05-01");
    allowed(&first, &after);
    record_release(&after);
    record_release(&source);
    record_release(&first);
    record_release(&second);
}

static void test_the_same_paper_twice(void **state)
{
    (void)state;
    struct record first, second;
    books_forget();
    static const char paper[] =
        "project=p from_name=外地甲厂 transferred_on=2026-05-12 transferred_total_kg=3"
        " province_opinion_no=示例3号";
    books_fill(&first, &reg_quota_transfer, "t1", paper);
    books_set(&first, "case_no", "ZR-1");
    books_fill(&second, &reg_quota_transfer, "", paper);
    books_see(&first);
    refused(NULL, &second, "已经登记过（ZR-1）", "province_opinion_no");
    static const struct {
        const char *field, *other;
    } rows[] = {{"transferred_on", "2026-05-13"},
                {"transferred_total_kg", "3.001"},
                {"province_opinion_no", "示例4号"},
                {"from_name", "外地乙厂"},
                {"project", "q"}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record other;
        record_copy(&other, &second);
        books_set(&other, rows[i].field, rows[i].other);
        allowed(NULL, &other);
        refused(&other, &second, "已经登记过（ZR-1）", "province_opinion_no");
        record_release(&other);
    }
    books_set(&first, "voided", "是");
    allowed(NULL, &second);
    record_release(&first);
    record_release(&second);
}

static void test_the_source_must_be_listed(void **state)
{
    (void)state;
    struct record project, parameter, transfer, before;
    books_forget();
    books_fill(&project, &reg_construction_project, "p", "in_verified_list=否");
    books_fill(&parameter, &reg_parameter, "x", "code=source_must_be_listed value=是");
    books_fill(&transfer, &reg_quota_transfer, "t1",
               "project=p transferred_on=2026-05-12 transferred_total_kg=3");
    books_see(&project);
    allowed(NULL, &transfer);
    books_see(&parameter);
    refused(NULL, &transfer, "须是国家核定的全口径清单里的企业", "source");
    record_copy(&before, &transfer);
    books_set(&before, "project", "q");
    refused(&before, &transfer, "全口径清单", "source");
    books_set(&project, "in_verified_list", "是");
    allowed(NULL, &transfer);
    record_release(&before);
    record_release(&project);
    record_release(&parameter);
    record_release(&transfer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_books_by_hand),
        cmocka_unit_test(test_what_is_credited),
        cmocka_unit_test(test_a_metal_that_grew_gives_nothing),
        cmocka_unit_test(test_five_conditions_exempt),
        cmocka_unit_test(test_shortage_is_never_negative),
        cmocka_unit_test(test_amounts_make_no_quota),
        cmocka_unit_test(test_a_transfer_needs_what_it_takes),
        cmocka_unit_test(test_a_bad_file_can_be_mended),
        cmocka_unit_test(test_what_was_transferred_stays_covered),
        cmocka_unit_test(test_voiding_and_its_return),
        cmocka_unit_test(test_the_same_paper_twice),
        cmocka_unit_test(test_the_source_must_be_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
