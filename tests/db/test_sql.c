/* What the files of db/ rely on when they talk to SQLite. */
#include "fixture.h"
#include "db/account.h"
#include "db/internal.h"

/* A walk over rows goes on, however many other queries are asked for meanwhile. */
static void test_a_walk_survives_other_queries(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    sqlite3_stmt *walk, *other;
    bool row = false;
    int64_t sum = 0;
    assert_ok(sql_cached(store, "VALUES (1), (2), (3)", &walk, err));
    while (sql_step(walk, &row, NULL) && row) {
        sum += sqlite3_column_int64(walk, 0);
        for (int i = 0; i < 2 * STORE_MAX_CACHED; i++) {
            struct buffer sql = {0};
            buffer_addf(&sql, "SELECT %d", i);
            assert_ok(sql_cached(store, sql.text, &other, err));
            assert_ok(sql_step(other, &row, err));
            assert_int_equal(sqlite3_column_int(other, 0), i);
            sqlite3_reset(other);
            buffer_release(&sql);
        }
    }
    sqlite3_reset(walk);
    assert_int_equal(sum, 6);
}

/* Walks within walks need as many statements as there are. */
static void test_too_many_walks_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    sqlite3_stmt *stmt;
    bool row;
    sql_release_cached(store);
    for (int i = 0; i < STORE_MAX_CACHED; i++) {
        struct buffer sql = {0};
        buffer_addf(&sql, "VALUES (%d), (0)", i);
        assert_ok(sql_cached(store, sql.text, &stmt, err));
        assert_ok(sql_step(stmt, &row, err));
        buffer_release(&sql);
    }
    assert_fails(fixture, sql_cached(store, "SELECT 1", &stmt, err), ERROR_USAGE, "太深");
    sql_release_cached(store);
    assert_ok(sql_cached(store, "SELECT 1", &stmt, err));
}

static void test_a_sum_that_does_not_fit_is_told(void **state)
{
    struct fixture *fixture = *state;
    int64_t sum;
    assert_fails(fixture,
                 sql_number(fixture->store->db,
                            "SELECT sum(n) FROM (SELECT 9223372036854775807 AS n UNION ALL"
                            " SELECT 9223372036854775807)",
                            NULL, NULL, &sum, err),
                 ERROR_REFUSED, "大得不合情理");
}

/* How SQLite goes about the kept statements that contain `part`: each by an index with `index` in
 * its line. */
static void assert_goes_by(struct fixture *fixture, const char *part, const char *index)
{
    struct store *store = fixture->store;
    size_t found = 0;
    for (size_t i = 0; i < store->cached_count; i++) {
        struct buffer sql = {0}, plan = {0};
        sqlite3_stmt *explain;
        bool row = false;
        if (!strstr(store->cached[i].sql, part))
            continue;
        found++;
        buffer_addf(&sql, "EXPLAIN QUERY PLAN %s", store->cached[i].sql);
        assert_ok(sql_prepare(store->db, sql.text, &explain, err));
        while (sql_step(explain, &row, NULL) && row)
            buffer_addf(&plan, "%s\n", sql_column_text(explain, 3));
        sqlite3_finalize(explain);
        if (!strstr(buffer_text(&plan), index))
            fail_msg("%s\n%s", sql.text, buffer_text(&plan));
        buffer_release(&sql);
        buffer_release(&plan);
    }
    assert_true(found > 0);
}

static bool take_none(void *data, const struct record *record)
{
    (void)data;
    (void)record;
    return true;
}

/* One project, one source, one period of an enterprise cost the same in a large file. */
static void test_what_is_narrow_is_looked_up(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    struct check_context context = store_check_context(store);
    struct account_balances balances;
    struct account_project project;
    char enterprise[RECORD_ID_SIZE], source[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=甲厂 region=清城区", enterprise);
    fixture_add(fixture, &reg_reduction_project, "name=工程 enterprise=甲厂 region=清城区", source);
    fixture_add(fixture, &reg_construction_project, "name=项目 region=清城区", id);
    assert_ok(account_balances_load(&balances, store, account_end, source, err));
    account_balances_release(&balances);
    assert_ok(account_project_load(&project, store, id, account_end, err));
    account_project_release(&project);
    assert_goes_by(fixture, "AND source = ?2", "(deleted=? AND source=? AND transferred_on<?)");
    assert_goes_by(fixture, "AND t.project = ?2", "(project=?)");

    facts_each(&context,
               &(struct facts_query){.reg = "material_flow",
                                     .field = "enterprise",
                                     .value = "e",
                                     .also = {{"period", "2025"}, {"material", "m"}}},
               take_none, NULL);
    assert_goes_by(fixture, "AND t.\"period\" = ?", "(deleted=? AND enterprise=? AND period=?)");
    facts_each(&context,
               &(struct facts_query){
                   .reg = "sample", .field = "site", .value = "s", .also = {{"factor", "铅"}}},
               take_none, NULL);
    assert_goes_by(fixture, "AND t.\"factor\" = ?", "(site=?)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_walk_survives_other_queries),
        fixture_test(test_too_many_walks_are_refused),
        fixture_test(test_a_sum_that_does_not_fit_is_told),
        fixture_test(test_what_is_narrow_is_looked_up),
    };
    return fixture_run(tests);
}
