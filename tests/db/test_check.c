/* Findings are kept in the file and current: after a save, a change of a neighbour, a removal, an
 * undo, a change of many records, a new day. */
#include "db/accept.h"
#include "db/check.h"
#include "db/history.h"
#include "fixture.h"

#include <stdio.h>

#define USCC "91451200791318129Y"

static bool write_item(void *context, const struct check_item *item)
{
    buffer_addf(context, "%s %s%s;", item->rule, item->field ? item->field->name : "",
                *item->accepted ? " accepted" : "");
    return true;
}

/* What stands in the file about a record: "V03 name;V06 lon;". */
static void assert_findings(struct fixture *fixture, const char *id, const char *expected)
{
    struct buffer out = {0};
    struct check_filter filter = {.record = id, .with_accepted = true};
    assert_ok(check_each(fixture->store, &filter, write_item, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void a_save_asks_the_rules(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    assert_findings(fixture, id, "V06 lat;");
    fixture_change(fixture, &reg_enterprise, id, "lat=23.68");
    assert_findings(fixture, id, "");
}

/* A tampered file: rows that cannot be forgotten by what was read of them. */
static void what_cannot_wait_is_asked_of_all(void **state)
{
    static const char *const rows[] = {
        "'enterprise', 'nobody', 9223372036854775807", "'enterprise', 'nobody', 1073741824",
        "'enterprise', 'nobody', 1073741825",          "'enterprise', 'nobody', -1",
        "'enterprise', hex(zeroblob(99)), 1",          "'nowhere', 'nobody', 1",
        "'enterprise', 'no' || char(0) || 'body', 1",
    };
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct buffer sql = {0};
        bool more = true;
        buffer_addf(&sql, "INSERT INTO unchecked VALUES (%s)", rows[i]);
        fixture_execute(fixture->path, sql.text);
        for (int turn = 0; more && turn < 1000; turn++)
            assert_ok(check_catch_up(fixture->store, 100, &more, err));
        assert_false(more);
        assert_findings(fixture, id, "V06 lat;");
        buffer_release(&sql);
    }
}

static void gaps_are_no_findings(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_legacy_site, "name=老厂沟 region=清城区", id);
    assert_int_equal(fixture_number(fixture, "SELECT missing > 5 FROM legacy_site"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM finding WHERE rule = 'V01'"), 0);
}

static void a_neighbour_is_asked_again(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 uscc=" USCC, first);
    assert_findings(fixture, first, "");
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 uscc=" USCC, second);
    assert_findings(fixture, first, "V03 name;");
    assert_findings(fixture, second, "V03 name;");
    fixture_change(fixture, &reg_enterprise, second, "former_name=甲厂");
    assert_findings(fixture, first, "");
    assert_findings(fixture, second, "");
}

static void the_former_neighbour_too(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 uscc=" USCC, first);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 uscc=" USCC, second);
    fixture_change(fixture, &reg_enterprise, second, "uscc=91130200699229617X");
    assert_findings(fixture, first, "");
}

static void removal_and_undo_are_followed(void **state)
{
    struct fixture *fixture = *state;
    char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
    struct buffer summary = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 uscc=" USCC, first);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 uscc=" USCC, second);
    assert_ok(store_begin(fixture->store, "delete", NULL, err));
    assert_ok(store_remove(fixture->store, &reg_enterprise, second, err));
    assert_ok(store_commit(fixture->store, err));
    assert_findings(fixture, first, "");
    assert_findings(fixture, second, "");
    assert_ok(store_undo(fixture->store, &summary, err));
    assert_findings(fixture, first, "V03 name;");
    assert_findings(fixture, second, "V03 name;");
    buffer_release(&summary);
}

static void catch_up(struct fixture *fixture)
{
    bool more = true;
    while (more)
        assert_ok(check_catch_up(fixture->store, 50, &more, err));
}

/* An import does not wait for the rules; they are asked afterwards, and forget nobody. */
static void many_changes_wait_for_a_quiet_moment(void **state)
{
    enum { MANY = 200 };
    struct fixture *fixture = *state;
    int64_t records, whole, counts[SEVERITY__COUNT];
    assert_ok(store_begin(fixture->store, "import", NULL, err));
    for (int i = 0; i < MANY; i++) {
        char text[120];
        struct record record;
        enum store_change change;
        snprintf(text, sizeof text, "name=点位%d region=清城区 lon=113.%d", i, 1000 + i);
        fixture_fill(fixture, &reg_legacy_site, text, &record);
        assert_ok(store_put(fixture->store, &record, &change, err));
        record_release(&record);
    }
    assert_ok(store_commit(fixture->store, err));
    assert_ok(check_waiting(fixture->store, &records, &whole, err));
    assert_int_equal(whole, 1);
    catch_up(fixture);
    assert_ok(check_waiting(fixture->store, &records, &whole, err));
    assert_int_equal(records + whole, 0);
    assert_ok(check_count(fixture->store, counts, err));
    assert_int_equal(counts[SEVERITY_WARNING], MANY);
}

/* Who only looks must not write what the rules find: another process has the file. */
static void nothing_is_caught_up_by_who_only_looks(void **state)
{
    struct fixture *fixture = *state;
    struct store *reader;
    bool more;
    assert_ok(store_open(&reader, fixture->path, STORE_READ, err));
    assert_fails(fixture, check_catch_up(reader, 50, &more, err), ERROR_BUSY, "只读查看");
    assert_fails(fixture, check_note_day(reader, err), ERROR_BUSY, "只读查看");
    store_close(&reader);
}

static void what_is_sound_today_may_be_stale_tomorrow(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 verified_on=2025-06-15", id);
    assert_ok(check_note_day(fixture->store, err));
    catch_up(fixture);
    assert_findings(fixture, id, "");
    setenv("TAIZHANG_NOW", "2026-06-16T08:00:00", 1);
    assert_ok(check_note_day(fixture->store, err));
    catch_up(fixture);
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
    assert_findings(fixture, id, "V30 verified_on;");
}

/* Whether the rules would have to be asked about it. */
static bool is_suspect(struct fixture *fixture, const char *id)
{
    struct check_suspects suspects;
    assert_ok(check_suspects_read(fixture->store, &reg_enterprise, &suspects, err));
    bool found = check_is_suspect(&suspects, id);
    check_suspects_release(&suspects);
    return found;
}

static void who_is_sound_need_not_be_asked(void **state)
{
    struct fixture *fixture = *state;
    char sound[RECORD_ID_SIZE], doubtful[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", sound);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 lon=113.05", doubtful);
    assert_true(is_suspect(fixture, sound)); /* nobody has said that the rest is of today */
    assert_ok(check_note_day(fixture->store, err));
    assert_true(is_suspect(fixture, sound));
    catch_up(fixture);
    assert_false(is_suspect(fixture, sound));
    assert_true(is_suspect(fixture, doubtful));
    fixture_execute(fixture->path, "INSERT INTO unchecked SELECT 'enterprise', id, 1 FROM"
                                   " enterprise WHERE name = '甲厂'");
    assert_true(is_suspect(fixture, sound));
    catch_up(fixture);
    assert_false(is_suspect(fixture, sound));
    setenv("TAIZHANG_NOW", "2026-06-16T08:00:00", 1);
    assert_true(is_suspect(fixture, sound));
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
}

static void write_group(void *context, const struct check_group *group)
{
    buffer_addf(context, "%d %s %s %d;", (int)group->severity, group->reg->name, group->rule,
                (int)group->count);
}

static void assert_groups(struct fixture *fixture, const struct check_filter *filter,
                          const char *expected)
{
    struct buffer out = {0};
    assert_ok(check_groups(fixture->store, filter, write_group, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void findings_are_counted_in_groups(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], first[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", first);
    fixture_add(fixture, &reg_enterprise, "name=乙厂 region=清城区 lon=113.06", id);
    fixture_add(fixture, &reg_legacy_site, "name=老厂沟 region=清城区 lon=113.07", id);
    fixture_add(fixture, &reg_enterprise, "name=丙厂 region=清城区 verified_on=2027-01-01", id);
    assert_groups(fixture, &(struct check_filter){.reg = &reg_enterprise},
                  "2 enterprise V39 1;1 enterprise V06 2;");
    assert_groups(fixture, &(struct check_filter){.least = SEVERITY_WARNING, .alone = true},
                  "1 enterprise V06 2;1 legacy_site V06 1;");
    assert_groups(fixture, &(struct check_filter){.least = SEVERITY_ERROR, .reg = &reg_enterprise},
                  "2 enterprise V39 1;");
    struct accept_subject subject = {.reg = &reg_enterprise, .record = first, .rule = "V06"};
    assert_ok(accept_warning(fixture->store, &subject, "定位补充中", err));
    assert_groups(fixture, &(struct check_filter){.rule = "V06"},
                  "1 enterprise V06 1;1 legacy_site V06 1;");
    assert_groups(fixture, &(struct check_filter){.rule = "V06", .with_accepted = true},
                  "1 enterprise V06 2;1 legacy_site V06 1;");
}

static bool write_record(void *context, const struct check_item *item)
{
    struct buffer *out = context;
    buffer_addf(out, "%s;", item->record);
    return true;
}

static void findings_are_read_by_the_page(void **state)
{
    enum { MANY = 10 };
    struct fixture *fixture = *state;
    char ids[MANY][RECORD_ID_SIZE];
    for (int i = 0; i < MANY; i++) {
        char text[80];
        snprintf(text, sizeof text, "name=厂%d region=清城区 lon=113.%d", i, 1000 + i);
        fixture_add(fixture, &reg_enterprise, text, ids[i]);
    }
    struct check_filter filter = {
        .least = SEVERITY_WARNING, .alone = true, .reg = &reg_enterprise, .rule = "V06"};
    struct buffer page = {0}, expected = {0};
    filter.skip = 3;
    filter.most = 2;
    assert_ok(check_each(fixture->store, &filter, write_record, &page, err));
    buffer_addf(&expected, "%s;%s;", ids[3], ids[4]);
    assert_string_equal(buffer_text(&page), expected.text);
    buffer_clear(&page);
    filter.skip = MANY;
    assert_ok(check_each(fixture->store, &filter, write_record, &page, err));
    assert_string_equal(buffer_text(&page), "");
    buffer_release(&page);
    buffer_release(&expected);
}

static void a_warning_may_be_accepted(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], acceptance[RECORD_ID_SIZE];
    int64_t counts[SEVERITY__COUNT];
    struct buffer fields = {0};
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区 lon=113.05", id);
    buffer_addf(&fields,
                "reg_name=enterprise record=%s rule=V06 field_name=lat reason=无人机定位补充中",
                id);
    fixture_add(fixture, reg_find("acceptance"), fields.text, acceptance);
    assert_findings(fixture, id, "V06 lat accepted;");
    assert_ok(check_count(fixture->store, counts, err));
    assert_int_equal(counts[SEVERITY_WARNING], 0);
    buffer_release(&fields);
}

/* A verdict follows its limit: when that is verified, what was a hint becomes 超标. */
static void verdicts_follow_the_policy(void **state)
{
    struct fixture *fixture = *state;
    char limit[RECORD_ID_SIZE], sample[RECORD_ID_SIZE], enterprise[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", enterprise);
    fixture_add(fixture, &reg_limit,
                "standard=GB25466-2010 factor=铊 value=0.017 unit=mg/L "
                "point=车间或生产设施废水排放口 state=未核",
                limit);
    fixture_add(fixture, &reg_sample,
                "enterprise=甲厂 point_type=车间或生产设施废水排放口 point_name=DW001 medium=水 "
                "sampled_on=2026-05-06 factor=铊 value=0.020 unit=mg/L",
                sample);
    assert_string_equal(fixture_text(fixture, &reg_sample, sample, "verdict"), "仅提示");
    long long ops = fixture_number(fixture, "SELECT count(*) FROM op WHERE register = 'sample'");
    fixture_change(fixture, &reg_limit, limit, "state=已核");
    catch_up(fixture);
    assert_string_equal(fixture_text(fixture, &reg_sample, sample, "verdict"), "超标");
    assert_findings(fixture, sample, "V69 verdict;");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op WHERE register = 'sample'"),
                     ops);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_save_asks_the_rules),
        fixture_test(gaps_are_no_findings),
        fixture_test(what_cannot_wait_is_asked_of_all),
        fixture_test(a_neighbour_is_asked_again),
        fixture_test(the_former_neighbour_too),
        fixture_test(removal_and_undo_are_followed),
        fixture_test(many_changes_wait_for_a_quiet_moment),
        fixture_test(nothing_is_caught_up_by_who_only_looks),
        fixture_test(what_is_sound_today_may_be_stale_tomorrow),
        fixture_test(who_is_sound_need_not_be_asked),
        fixture_test(findings_are_counted_in_groups),
        fixture_test(findings_are_read_by_the_page),
        fixture_test(a_warning_may_be_accepted),
        fixture_test(verdicts_follow_the_policy),
    };
    return fixture_run(tests);
}
