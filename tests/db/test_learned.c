#include "db/learned.h"
#include "db/history.h"
#include "tests/db/fixture.h"

static void assert_meaning(struct fixture *fixture, const char *kind, const char *scope,
                           const char *text, const char *expected)
{
    struct buffer meaning = {0};
    bool found;
    assert_ok(learned_find(fixture->store, kind, scope, text, &meaning, &found, err));
    assert_int_equal(found, expected != NULL);
    assert_string_equal(buffer_text(&meaning), expected ? expected : "");
    buffer_release(&meaning);
}

static void the_last_decision_holds(void **state)
{
    struct fixture *fixture = *state;
    assert_meaning(fixture, "word", "industry", "铅锌采选", NULL);
    assert_ok(learned_keep(fixture->store, "word", "industry", "铅锌采选", "0911", err));
    assert_meaning(fixture, "word", "industry", "铅锌采选", "0911");
    assert_ok(learned_keep(fixture->store, "word", "industry", "铅锌采选", "0912", err));
    assert_meaning(fixture, "word", "industry", "铅锌采选", "0912");
    assert_meaning(fixture, "word", "region", "铅锌采选", NULL);
    assert_meaning(fixture, "column", "industry", "铅锌采选", NULL);
}

static void to_decide_for_nothing_is_a_decision(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(learned_keep(fixture->store, "column", "1234", "备注2", "", err));
    assert_meaning(fixture, "column", "1234", "备注2", "");
}

static void a_change_taken_back_teaches_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(store_begin(fixture->store, "import", NULL, err));
    assert_ok(learned_keep(fixture->store, "word", "region", "清城", "441802", err));
    store_rollback(fixture->store);
    assert_meaning(fixture, "word", "region", "清城", NULL);
}

static void teach(struct fixture *fixture, const char *text, const char *meaning)
{
    assert_ok(learned_keep(fixture->store, "word", "industry", text, meaning, err));
}

static void undo(struct fixture *fixture)
{
    struct buffer summary = {0};
    assert_ok(store_undo(fixture->store, &summary, err));
    buffer_release(&summary);
}

/* A change of its own, with a record, that teaches "甲" and says twice what "乙" means. */
static void change(struct fixture *fixture, const char *name, const char *meaning)
{
    struct record record;
    enum store_change done;
    fixture_fill(fixture, &reg_enterprise, name, &record);
    assert_ok(store_begin(fixture->store, "import", NULL, err));
    assert_ok(store_put(fixture->store, &record, &done, err));
    teach(fixture, "甲", meaning);
    teach(fixture, "乙", "0900");
    teach(fixture, "乙", meaning);
    assert_ok(store_commit(fixture->store, err));
    record_release(&record);
}

static void undo_takes_back_what_the_change_taught(void **state)
{
    struct fixture *fixture = *state;
    teach(fixture, "丙", "0915");
    change(fixture, "name=甲厂 region=清城区", "0911");
    change(fixture, "name=乙厂 region=清城区", "0912");
    assert_meaning(fixture, "word", "industry", "甲", "0912");
    undo(fixture);
    assert_meaning(fixture, "word", "industry", "甲", "0911");
    assert_meaning(fixture, "word", "industry", "乙", "0911");
    undo(fixture);
    assert_meaning(fixture, "word", "industry", "甲", NULL);
    assert_meaning(fixture, "word", "industry", "乙", NULL);
    assert_meaning(fixture, "word", "industry", "丙", "0915");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM taught"), 0);
}

static void count_one(void *context, const struct learned *learned)
{
    assert_string_equal(learned->kind, "word");
    ++*(int *)context;
}

static void what_is_forgotten_stays_forgotten(void **state)
{
    struct fixture *fixture = *state;
    int64_t count;
    int listed = 0;
    change(fixture, "name=甲厂 region=清城区", "0911");
    change(fixture, "name=乙厂 region=清城区", "0912");
    assert_ok(learned_each(fixture->store, count_one, &listed, err));
    assert_int_equal(listed, 2);
    assert_ok(learned_forget(fixture->store, "丁", &count, err));
    assert_int_equal(count, 0);
    assert_ok(learned_forget(fixture->store, "甲", &count, err));
    assert_int_equal(count, 1);
    assert_meaning(fixture, "word", "industry", "乙", "0912");
    undo(fixture);
    assert_meaning(fixture, "word", "industry", "甲", NULL);
    assert_meaning(fixture, "word", "industry", "乙", "0911");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(the_last_decision_holds),
        fixture_test(to_decide_for_nothing_is_a_decision),
        fixture_test(a_change_taken_back_teaches_nothing),
        fixture_test(undo_takes_back_what_the_change_taught),
        fixture_test(what_is_forgotten_stays_forgotten),
    };
    return fixture_run(tests);
}
