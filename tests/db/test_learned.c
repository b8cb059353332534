#include "db/learned.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(the_last_decision_holds),
        fixture_test(to_decide_for_nothing_is_a_decision),
        fixture_test(a_change_taken_back_teaches_nothing),
    };
    return fixture_run(tests);
}
