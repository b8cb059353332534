#include "db/finder.h"
#include "fixture.h"

#include "db/history.h"

#include <stdio.h>

/* Works until nothing is left to do. */
static void work(struct finder *finder)
{
    bool more = true;
    while (more)
        assert_ok(finder_work(finder, 5, &more, err));
}

static void write_names(struct fixture *fixture, struct finder *finder,
                        const struct finder_group *group, struct buffer *out)
{
    buffer_addf(out, "%s%s:", out->length ? " " : "", group->reg->name);
    for (size_t i = 0; i < group->count; i++) {
        char id[RECORD_ID_SIZE];
        struct record record;
        assert_ok(finder_id(finder, group->reg, group->rows[i], id, err));
        assert_ok(store_get(fixture->store, group->reg, id, &record, err));
        buffer_add_char(out, i ? ',' : ' ');
        record_name(&record, store_lookup(fixture->store), out);
        record_release(&record);
    }
}

static void expect_now(struct fixture *fixture, struct finder *finder, const char *text,
                       const char *expected)
{
    const struct finder_group *groups;
    struct buffer names = {0};
    work(finder);
    size_t count = finder_groups(finder, &groups);
    for (size_t i = 0; i < count; i++)
        write_names(fixture, finder, &groups[i], &names);
    if (strcmp(buffer_text(&names), expected) != 0)
        fail_msg("\"%s\" finds \"%s\", not \"%s\"", text, buffer_text(&names), expected);
    buffer_release(&names);
}

static void expect(struct fixture *fixture, struct finder *finder, const char *text,
                   const char *expected)
{
    finder_ask(finder, text);
    expect_now(fixture, finder, text, expected);
}

static struct finder *open_finder(struct fixture *fixture)
{
    struct finder *finder;
    assert_ok(finder_open(&finder, fixture->store, err));
    return finder;
}

static void add_some(struct fixture *fixture, char id[RECORD_ID_SIZE])
{
    char other[RECORD_ID_SIZE], fields[160];
    fixture_add(fixture, &reg_enterprise,
                "name=鑫铀化工 region=清城区 town=龙塘镇 uscc=91441802MA4UQ1XY8K"
                " address=银盏工业园8号",
                id);
    fixture_add(fixture, &reg_enterprise, "name=重阳冶炼 region=佛冈县 town=石角镇", other);
    fixture_add(fixture, &reg_legacy_site, "name=长岗鑫铀废渣堆 region=清城区", other);
    snprintf(fields, sizeof fields, "enterprise=%s", id);
    fixture_add(fixture, &reg_thallium_enterprise, fields, other);
}

static void by_characters_pinyin_codes_and_addresses(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    add_some(fixture, id);
    struct finder *finder = open_finder(fixture);
    static const char all[] = "enterprise: 鑫铀化工 thallium_enterprise: 鑫铀化工 "
                              "legacy_site: 长岗鑫铀废渣堆";
    expect(fixture, finder, "鑫铀", all);
    expect(fixture, finder, "xinyou", all);
    expect(fixture, finder, "xy", all);
    expect(fixture, finder, "鑫y", all);
    expect(fixture, finder, "xinyouhuagong", "enterprise: 鑫铀化工 thallium_enterprise: 鑫铀化工");
    expect(fixture, finder, "xinyhg yinzhan", "enterprise: 鑫铀化工");
    expect(fixture, finder, "银盏 longt", "enterprise: 鑫铀化工");
    expect(fixture, finder, "chongyang", "enterprise: 重阳冶炼");
    expect(fixture, finder, "zhongyang", "enterprise: 重阳冶炼");
    expect(fixture, finder, "cg", "legacy_site: 长岗鑫铀废渣堆");
    expect(fixture, finder, "zhangg", "legacy_site: 长岗鑫铀废渣堆");
    expect(fixture, finder, "fogang", "enterprise: 重阳冶炼");
    expect(fixture, finder, "MA4UQ", "enterprise: 鑫铀化工");
    expect(fixture, finder, "qy-441802", "enterprise: 鑫铀化工");
    expect(fixture, finder, "LY-", "legacy_site: 长岗鑫铀废渣堆");
    expect(fixture, finder, "8号", "enterprise: 鑫铀化工");
    finder_close(&finder);
}

static void what_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    add_some(fixture, id);
    struct finder *finder = open_finder(fixture);
    expect(fixture, finder, "", "");
    expect(fixture, finder, "  ", "");
    expect(fixture, finder, "xinhua", "");
    expect(fixture, finder, "tongyangx", "");
    expect(fixture, finder, "鑫铀 石角", ""); /* not in one record */
    expect(fixture, finder, "化工龙塘", "");  /* not in one field */
    expect(fixture, finder, "%", "");
    expect(fixture, finder, "'; DROP TABLE enterprise", "");
    finder_close(&finder);
}

static void the_best_first(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    static const char *const names[] = {"东安锌业", "x安锌", "锌安", "新安旧厂", "安锌"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char fields[80];
        snprintf(fields, sizeof fields, "name=%s region=佛冈县", names[i]);
        fixture_add(fixture, &reg_enterprise, fields, id);
    }
    fixture_add(fixture, &reg_park, "name=安锌 region=佛冈县", id);
    struct finder *finder = open_finder(fixture);
    expect(fixture, finder, "安锌", "enterprise: 安锌,东安锌业,x安锌 park: 安锌");
    expect(fixture, finder, "xinan", "enterprise: 锌安,新安旧厂");
    expect(fixture, finder, "anx", "enterprise: 安锌,东安锌业,x安锌 park: 安锌");
    expect(fixture, finder, "x", "enterprise: x安锌,锌安,新安旧厂,东安锌业,安锌 park: 安锌");
    finder_close(&finder);
}

/* Typing letter by letter narrows, deleting widens, and both give what asking at once gives. */
static void while_typing(void **state)
{
    struct fixture *fixture = *state;
    static const char *const steps[] = {"z",   "zh",   "zho", "zhongy", "zhongyx", "zhong", "z",
                                        "z l", "z li", "z",   "",       "y",       "yl"};
    char id[RECORD_ID_SIZE];
    add_some(fixture, id);
    struct finder *typed = open_finder(fixture);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const struct finder_group *groups;
        struct buffer at_once = {0};
        struct finder *asked = open_finder(fixture);
        finder_ask(asked, steps[i]);
        work(asked);
        size_t count = finder_groups(asked, &groups);
        for (size_t k = 0; k < count; k++)
            write_names(fixture, asked, &groups[k], &at_once);
        expect(fixture, typed, steps[i], buffer_text(&at_once));
        buffer_release(&at_once);
        finder_close(&asked);
    }
    finder_close(&typed);
}

static void changes_are_followed(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], later[RECORD_ID_SIZE];
    struct buffer summary = {0};
    add_some(fixture, id);
    struct finder *finder = open_finder(fixture);
    expect(fixture, finder, "hongda", "");
    fixture_change(fixture, &reg_enterprise, id, "name=宏达化工");
    expect_now(fixture, finder, "hongda", "enterprise: 宏达化工 thallium_enterprise: 宏达化工");
    expect(fixture, finder, "鑫铀", "legacy_site: 长岗鑫铀废渣堆");
    fixture_add(fixture, &reg_enterprise, "name=鑫源电镀 region=清城区", later);
    expect(fixture, finder, "xiny", "enterprise: 鑫源电镀 legacy_site: 长岗鑫铀废渣堆");
    fixture_remove(fixture, &reg_enterprise, later);
    expect_now(fixture, finder, "xiny", "legacy_site: 长岗鑫铀废渣堆");
    assert_ok(store_undo(fixture->store, &summary, err));
    expect_now(fixture, finder, "xiny", "enterprise: 鑫源电镀 legacy_site: 长岗鑫铀废渣堆");
    assert_ok(store_undo(fixture->store, &summary, err)); /* the new one */
    assert_ok(store_undo(fixture->store, &summary, err)); /* the name */
    expect_now(fixture, finder, "xiny",
               "enterprise: 鑫铀化工 thallium_enterprise: 鑫铀化工 "
               "legacy_site: 长岗鑫铀废渣堆");
    buffer_release(&summary);
    finder_close(&finder);
}

/* What was removed before the finder read the file comes back between others. */
static void what_was_removed_before_comes_back(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    struct buffer summary = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲锌厂 region=清城区", first);
    fixture_add(fixture, &reg_enterprise, "name=乙锌厂 region=清城区", id);
    fixture_remove(fixture, &reg_enterprise, first);
    struct finder *finder = open_finder(fixture);
    expect(fixture, finder, "xc", "enterprise: 乙锌厂");
    assert_ok(store_undo(fixture->store, &summary, err));
    expect_now(fixture, finder, "xc", "enterprise: 甲锌厂,乙锌厂");
    buffer_release(&summary);
    finder_close(&finder);
}

/* More than a slice, written by one batch after the finder has read the file, and taken back. */
static void a_large_batch(void **state)
{
    enum { MANY = 700 };
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct buffer summary = {0};
    const struct finder_group *groups;
    fixture_add(fixture, &reg_enterprise, "name=最早的厂 region=清城区", id);
    struct finder *finder = open_finder(fixture);
    expect(fixture, finder, "piliang", "");
    assert_ok(store_begin(fixture->store, "import", NULL, err));
    for (int i = 0; i < MANY; i++) {
        char fields[80];
        struct record record;
        enum store_change change;
        snprintf(fields, sizeof fields, "name=批量%d厂 region=清城区", i);
        fixture_fill(fixture, &reg_enterprise, fields, &record);
        assert_ok(store_put(fixture->store, &record, &change, err));
        record_release(&record);
    }
    assert_ok(store_commit(fixture->store, err));
    work(finder);
    assert_int_equal(finder_groups(finder, &groups), 1);
    assert_int_equal(groups[0].found, MANY);
    assert_int_equal(groups[0].count, FINDER_SHOWN);
    expect(fixture, finder, "piliang699", "enterprise: 批量699厂");
    assert_ok(store_undo(fixture->store, &summary, err));
    expect_now(fixture, finder, "piliang699", "");
    expect(fixture, finder, "zzdc", "enterprise: 最早的厂");
    assert_int_equal(finder_progress(finder), 100);
    finder_close(&finder);
    finder = open_finder(fixture); /* reading on, among tombstones */
    expect(fixture, finder, "piliang", "");
    expect(fixture, finder, "zzdc", "enterprise: 最早的厂");
    buffer_release(&summary);
    finder_close(&finder);
}

static void what_is_not_committed_is_not_kept(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    struct finder *finder = open_finder(fixture);
    struct record record;
    enum store_change change;
    expect(fixture, finder, "yichang", "");
    assert_ok(store_begin(fixture->store, "edit", NULL, err));
    fixture_fill(fixture, &reg_enterprise, "name=乙厂 region=清城区", &record);
    assert_ok(store_put(fixture->store, &record, &change, err));
    store_rollback(fixture->store);
    record_release(&record);
    expect_now(fixture, finder, "yichang", "");
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=清城区", id);
    expect(fixture, finder, "bingchang", "enterprise: 丙厂");
    expect(fixture, finder, "chang", "enterprise: 甲厂,丙厂");
    finder_close(&finder);
}

/* Somebody who only looks sees what the writer saves. */
static void beside_a_writer(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    struct fixture reader = {.store = NULL};
    add_some(fixture, id);
    assert_ok(store_open(&reader.store, fixture->path, STORE_READ, err));
    struct finder *finder = open_finder(&reader);
    expect(&reader, finder, "hongda", "");
    fixture_change(fixture, &reg_enterprise, id, "name=宏达化工");
    expect_now(&reader, finder, "hongda", "enterprise: 宏达化工 thallium_enterprise: 宏达化工");
    fixture_add(fixture, &reg_enterprise, "name=后来的厂 region=清城区", id);
    expect(&reader, finder, "hldc", "enterprise: 后来的厂");
    fixture_remove(fixture, &reg_enterprise, id);
    expect_now(&reader, finder, "hldc", "");
    finder_close(&finder);
    store_close(&reader.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(by_characters_pinyin_codes_and_addresses),
        fixture_test(what_is_not_there),
        fixture_test(the_best_first),
        fixture_test(while_typing),
        fixture_test(changes_are_followed),
        fixture_test(what_was_removed_before_comes_back),
        fixture_test(a_large_batch),
        fixture_test(what_is_not_committed_is_not_kept),
        fixture_test(beside_a_writer),
    };
    return fixture_run(tests);
}
