#include "db/draft.h"
#include "fixture.h"

#include <stdio.h>

static void write_field(void *context, const char *field, const char *text)
{
    buffer_addf(context, "%s=%s;", field, text);
}

static void assert_draft(struct fixture *fixture, const struct reg *reg, const char *record,
                         const char *expected)
{
    struct buffer out = {0};
    assert_ok(draft_each(fixture->store, reg, record, write_field, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void keep(struct fixture *fixture, const char *record, const char *field, const char *text)
{
    assert_ok(draft_keep(fixture->store, &reg_enterprise, record, field, text, err));
}

static void fields_are_kept_one_by_one(void **state)
{
    struct fixture *fixture = *state;
    keep(fixture, "new-1", "name", "甲");
    keep(fixture, "new-1", "uscc", "还没有填完");
    keep(fixture, "new-1", "name", "甲厂");
    keep(fixture, "new-1", "town", "");
    keep(fixture, "new-2", "name", "乙厂");
    assert_draft(fixture, &reg_enterprise, "new-1", "name=甲厂;town=;uscc=还没有填完;");
    assert_draft(fixture, &reg_enterprise, "new-2", "name=乙厂;");
    assert_draft(fixture, &reg_legacy_site, "new-1", "");
}

static void assert_place(struct fixture *fixture, const char *record, const char *expected)
{
    struct buffer out = {0};
    assert_ok(draft_place(fixture->store, &reg_enterprise, record, &out, err));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void the_place_is_kept_beside_the_fields(void **state)
{
    struct fixture *fixture = *state;
    struct draft *drafts;
    size_t count;
    assert_place(fixture, "new-1", "");
    keep(fixture, "new-1", "name", "甲厂");
    assert_place(fixture, "new-1", "");
    assert_ok(draft_keep_place(fixture->store, &reg_enterprise, "new-1", "region", err));
    assert_ok(draft_keep_place(fixture->store, &reg_enterprise, "new-1", "uscc", err));
    assert_ok(draft_keep_place(fixture->store, &reg_enterprise, "new-2", "name", err));
    assert_place(fixture, "new-1", "uscc");
    assert_draft(fixture, &reg_enterprise, "new-1", "name=甲厂;");
    assert_ok(draft_list(fixture->store, &drafts, &count, err));
    assert_int_equal(count, 1); /* a place alone is no draft */
    assert_int_equal(drafts[0].fields, 1);
    free(drafts);
    assert_ok(draft_discard(fixture->store, &reg_enterprise, "new-1", err));
    assert_place(fixture, "new-1", "");
}

static void the_list_has_the_latest_first(void **state)
{
    struct fixture *fixture = *state;
    struct draft *drafts;
    size_t count;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    keep(fixture, id, "town", "龙塘镇");
    setenv("TAIZHANG_NOW", "2026-06-15T17:42:00", 1);
    keep(fixture, "new-1", "name", "乙");
    keep(fixture, "new-1", "town", "石角镇");
    assert_ok(draft_list(fixture->store, &drafts, &count, err));
    assert_int_equal(count, 2);
    assert_string_equal(drafts[0].record, "new-1");
    assert_ptr_equal(drafts[0].reg, &reg_enterprise);
    assert_true(drafts[0].is_new);
    assert_int_equal(drafts[0].fields, 2);
    assert_string_equal(drafts[0].at, "2026-06-15T17:42:00");
    assert_string_equal(drafts[1].record, id);
    assert_false(drafts[1].is_new);
    assert_int_equal(drafts[1].fields, 1);
    free(drafts);
}

static void drafts_survive_reopening(void **state)
{
    struct fixture *fixture = *state;
    keep(fixture, "new-1", "name", "甲厂");
    fixture_reopen(fixture, STORE_WRITE);
    assert_draft(fixture, &reg_enterprise, "new-1", "name=甲厂;");
}

static void saving_clears_the_draft_of_that_record_only(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_enterprise, "name=甲厂 region=清城区", &record);
    snprintf(record.id, sizeof record.id, "new-1");
    keep(fixture, "new-1", "name", "甲厂");
    keep(fixture, "new-2", "name", "乙厂");
    assert_ok(store_begin(fixture->store, "edit", NULL, err));
    assert_ok(store_put(fixture->store, &record, &change, err));
    /* Another process sees the draft until the very moment in which it sees the record. */
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM draft WHERE record = 'new-1'"),
                     1);
    assert_ok(store_commit(fixture->store, err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM draft WHERE record = 'new-1'"),
                     0);
    assert_draft(fixture, &reg_enterprise, "new-2", "name=乙厂;");

    keep(fixture, "new-1", "town", "龙塘镇");
    assert_int_equal(fixture_change(fixture, &reg_enterprise, "new-1", "town=龙塘镇"),
                     STORE_CHANGED);
    assert_draft(fixture, &reg_enterprise, "new-1", "");
    keep(fixture, "new-1", "town", "龙塘镇");
    assert_int_equal(fixture_change(fixture, &reg_enterprise, "new-1", "town=龙塘镇"), STORE_SAME);
    assert_draft(fixture, &reg_enterprise, "new-1", "");
    record_release(&record);
}

static void a_refused_save_keeps_the_draft(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    fixture_fill(fixture, &reg_enterprise, "name=甲厂", &record);
    snprintf(record.id, sizeof record.id, "new-1");
    keep(fixture, "new-1", "name", "甲厂");
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_REFUSED,
                 "缺");
    assert_draft(fixture, &reg_enterprise, "new-1", "name=甲厂;");
    record_release(&record);
}

static void removing_a_record_drops_its_draft(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", id);
    keep(fixture, id, "town", "龙塘镇");
    fixture_remove(fixture, &reg_enterprise, id);
    assert_draft(fixture, &reg_enterprise, id, "");
}

static void discarding(void **state)
{
    struct fixture *fixture = *state;
    keep(fixture, "new-1", "name", "甲厂");
    keep(fixture, "new-2", "name", "乙厂");
    assert_ok(draft_discard(fixture->store, &reg_enterprise, "new-1", err));
    assert_draft(fixture, &reg_enterprise, "new-1", "");
    assert_draft(fixture, &reg_enterprise, "new-2", "name=乙厂;");
}

static void reading_only(void **state)
{
    struct fixture *fixture = *state;
    keep(fixture, "new-1", "name", "甲厂");
    fixture_reopen(fixture, STORE_READ);
    assert_draft(fixture, &reg_enterprise, "new-1", "name=甲厂;");
    assert_fails(fixture, draft_keep(fixture->store, &reg_enterprise, "new-1", "name", "丙", err),
                 ERROR_BUSY, "只读查看");
    assert_fails(fixture, draft_discard(fixture->store, &reg_enterprise, "new-1", err), ERROR_BUSY,
                 "只读查看");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(fields_are_kept_one_by_one),
        fixture_test(the_place_is_kept_beside_the_fields),
        fixture_test(the_list_has_the_latest_first),
        fixture_test(drafts_survive_reopening),
        fixture_test(saving_clears_the_draft_of_that_record_only),
        fixture_test(a_refused_save_keeps_the_draft),
        fixture_test(removing_a_record_drops_its_draft),
        fixture_test(discarding),
        fixture_test(reading_only),
    };
    return fixture_run(tests);
}
