/* The gate of a problem's life from every side of the file, and that undo takes back what passed
 * it. */
#include "fixture.h"

#include "core/life.h"
#include "db/attachment.h"
#include "db/check.h"
#include "db/history.h"
#include "db/internal.h"
#include "db/moves.h"
#include "tests/problem_proofs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>

/* ---- helpers ---- */

static void undo(struct fixture *fixture)
{
    struct buffer summary = {0};
    assert_ok(store_undo(fixture->store, &summary, err));
    buffer_release(&summary);
}

/* A change of the record as it is in the file; refused with a sentence that holds `part`, and
 * nothing is changed. */
static void refuse(struct fixture *fixture, const char *id, const char *fields, const char *part)
{
    struct record record, typed;
    enum store_change change;
    long long operations = fixture_number(fixture, "SELECT count(*) FROM op");
    assert_ok(store_get(fixture->store, &reg_problem, id, &record, err));
    fixture_fill(fixture, &reg_problem, fields, &typed);
    for (struct field_walk walk = {.reg = &reg_problem}; reg_walk(&walk);)
        if (!value_is_null(&typed.values[walk.index]))
            value_copy(&record.values[walk.index], &typed.values[walk.index]);
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_REFUSED,
                 part);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM op"), operations);
    record_release(&typed);
    record_release(&record);
}

static bool is_v21(void *context, const struct check_item *item)
{
    (void)item;
    ++*(int *)context;
    return true;
}

static int count_v21(struct fixture *fixture, const char *id)
{
    int count = 0;
    assert_ok(check_each(fixture->store, &(struct check_filter){.rule = "V21", .record = id},
                         is_v21, &count, err));
    return count;
}

/* ---- every side ---- */

static void a_save_does_not_skip_a_step(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    char id[RECORD_ID_SIZE];
    fixture_fill(fixture, &reg_problem, "region=清城区 description=一来就销号的问题 state=已销号",
                 &record);
    assert_fails(fixture, store_save(fixture->store, &record, NULL, &change, err), ERROR_REFUSED,
                 "现有材料只够到“已登记”");
    assert_int_equal(record.version, 0);
    record_release(&record);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM problem"), 0);
    fixture_add_problem(fixture, "整改中", "description=没有标志牌", id);
    for (size_t i = 3; i < PROBLEM_STATES; i++) {
        char fields[64];
        snprintf(fields, sizeof fields, "state=%s", problem_proofs[i].state);
        refuse(fixture, id, fields, "缺整改后照片");
    }
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "整改中");
}

/* One bad case in a batch spoils the batch of whoever does not leave it out. */
static void a_batch_asks_for_each_record(void **state)
{
    struct fixture *fixture = *state;
    struct record record;
    enum store_change change;
    assert_ok(store_begin(fixture->store, "import", "清单.csv", err));
    for (int i = 0; i < 100; i++) {
        char fields[128];
        snprintf(fields, sizeof fields, "region=清城区 description=问题%d state=%s", i,
                 i % 2 ? "已登记" : "公示");
        fixture_fill(fixture, &reg_problem, fields, &record);
        if (i % 2)
            assert_ok(store_put(fixture->store, &record, &change, err));
        else
            assert_fails(fixture, store_put(fixture->store, &record, &change, err), ERROR_REFUSED,
                         "不能进入“公示”");
        record_release(&record);
    }
    assert_ok(store_commit(fixture->store, err));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM problem"), 50);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM problem WHERE state <> '已登记'"), 0);
}

static void many_at_once_pass_the_same_gate(void **state)
{
    struct fixture *fixture = *state;
    char good[RECORD_ID_SIZE], bad[RECORD_ID_SIZE], ids[2][RECORD_ID_SIZE];
    struct record stored, asked;
    struct moves_result result;
    fixture_add_problem(fixture, "公示", "description=期满了", good);
    fixture_add_problem(fixture, "公示", "description=还在公示 notice_to_on=2026-06-20", bad);
    assert_ok(store_get(fixture->store, &reg_problem, good, &stored, err));
    const struct life_move *move = life_move_at(&stored, 0);
    assert_true(move->flags & LIFE_BULK);
    fixture_fill(fixture, &reg_problem,
                 "notice_objection=否 closed_on=2026-06-15 closure_no=清城环函〔2026〕21号",
                 &asked);
    memcpy(ids[0], good, RECORD_ID_SIZE);
    memcpy(ids[1], bad, RECORD_ID_SIZE);
    assert_ok(moves_do_all(fixture->store, move, &(struct id_list){.ids = ids, .count = 2}, &asked,
                           &result, err));
    assert_int_equal(result.done, 1);
    assert_int_equal(result.count, 1);
    assert_string_equal(result.refusals[0].id, bad);
    assert_non_null(strstr(result.refusals[0].why, "早于公示截止日期 2026-06-20"));
    assert_string_equal(fixture_text(fixture, &reg_problem, good, "state"), "已销号");
    assert_string_equal(fixture_text(fixture, &reg_problem, bad, "state"), "公示");
    moves_result_release(&result);
    record_release(&asked);
    record_release(&stored);
}

static void undo_goes_back_and_opens_no_door(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE];
    fixture_add_problem(fixture, "县级核查", "description=没有标志牌", id);
    fixture_change(fixture, &reg_problem, id,
                   "state=整改中 returned_on=2026-06-01 return_reason=照片看不出是哪里，要重拍 "
                   "after_photo= after_photo_on= self_checked_on= applied_on= checked_on= "
                   "checkers= check_result=");
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "return_count"), "1");
    refuse(fixture, id, "state=县级核查", "缺整改后照片");
    undo(fixture);
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "县级核查");
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "return_count"), "");
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "checkers"), "张示、王示");
    assert_int_equal(count_v21(fixture, id), 0);
    refuse(fixture, id, "state=市级复核", "缺市级复核日期");
    undo(fixture); /* the case itself */
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "-");
}

static void keep(struct fixture *fixture, const char *content, struct attachment_file *kept)
{
    char path[128];
    snprintf(path, sizeof path, "%s/evidence.jpg", fixture->folder);
    FILE *file = fopen(path, "w");
    assert_true(fputs(content, file) >= 0 && fclose(file) == 0);
    assert_ok(attachment_keep(fixture->store, path, kept, err));
}

/* ---- evidence outside the record ---- */

static void what_goes_later_is_found(void **state)
{
    struct fixture *fixture = *state;
    char works[RECORD_ID_SIZE], sample[RECORD_ID_SIZE], progress[RECORD_ID_SIZE],
        id[RECORD_ID_SIZE], fields[512], report[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_enterprise, "name=示例厂 region=清城区", works);
    snprintf(fields, sizeof fields,
             "enterprise=%s point_type=车间或生产设施废水排放口 factor=镍 value=0.004 unit=mg/L "
             "sampled_on=2026-05-03",
             works);
    fixture_add(fixture, &reg_sample, fields, sample);
    assert_string_equal(fixture_text(fixture, &reg_sample, sample, "verdict"), "无法判定");
    /* Without a limit nothing is proven: the bureau enters the one that holds. */
    char limit[RECORD_ID_SIZE];
    fixture_add(fixture, &reg_limit,
                "standard=GB applies_to=x factor=镍 category=直接排放 value=0.5 unit=mg/L "
                "point=车间或生产设施废水排放口 state=已核 checked_by=张三 checked_on=2026-06-01",
                limit);
    fixture_change(fixture, &reg_sample, sample, "note=重新判定");
    assert_string_equal(fixture_text(fixture, &reg_sample, sample, "verdict"), "达标");
    snprintf(fields, sizeof fields,
             "description=总镍超标 category=车间口超标 metals=镍 enterprise=%s", works);
    fixture_add_problem(fixture, "整改中", fields, id);
    const char *proof = "state=已申请销号 after_photo_on=2026-05-02 self_checked_on=2026-05-03 "
                        "applied_on=2026-05-04 monitoring_report=%s after_photo=%s";
    struct attachment_file report_file, picture;
    keep(fixture, "the laboratory's report", &report_file);
    keep(fixture, "a picture of what was done", &picture);
    snprintf(fields, sizeof fields, proof, report_file.sha256, picture.sha256);
    fixture_change(fixture, &reg_problem, id, fields);
    assert_int_equal(count_v21(fixture, id), 0);

    fixture_remove(fixture, &reg_sample, sample);
    assert_int_equal(count_v21(fixture, id), 1);
    undo(fixture);
    assert_int_equal(count_v21(fixture, id), 0);
    fixture_change(fixture, &reg_sample, sample, "value=0.6");
    assert_int_equal(count_v21(fixture, id), 1);
    undo(fixture);
    snprintf(fields, sizeof fields, "problem=%s reported_on=2026-05-02 done_percent=90", id);
    fixture_add(fixture, &reg_progress, fields, progress);
    assert_int_equal(count_v21(fixture, id), 1);
    snprintf(fields, sizeof fields, "problem=%s reported_on=2026-05-03 done_percent=100", id);
    fixture_add(fixture, &reg_progress, fields, report);
    assert_int_equal(count_v21(fixture, id), 0);
    refuse(fixture, id, "checkers=张示、王示 state=县级核查", "缺现场核查日期");
}

static void removal(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], progress[RECORD_ID_SIZE], fields[128];
    fixture_add_problem(fixture, "整改中", "description=没有标志牌", id);
    snprintf(fields, sizeof fields, "problem=%s reported_on=2026-05-02 done_percent=90", id);
    fixture_add(fixture, &reg_progress, fields, progress);
    assert_ok(store_begin(fixture->store, "delete", NULL, err));
    assert_fails(fixture, store_remove(fixture->store, &reg_problem, id, err), ERROR_REFUSED,
                 "已经“整改中”，办理过的不能删除");
    store_rollback(fixture->store);
    assert_string_equal(fixture_text(fixture, &reg_progress, progress, "done_percent"), "90");
    fixture_add_problem(fixture, "已登记", "description=登记错的", id);
    fixture_remove(fixture, &reg_problem, id);
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "-");
}

/* ---- a thousand random moves, and all of them taken back ---- */

enum { MOVES = 1000, CASES = 4, EACH = 25 };

static uint64_t seed = 20260615;

static uint32_t chance(uint32_t range)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 16) % range;
}

/* Rows as the file holds them, but for what counts changes; and what the rules found. */
static char *dump(struct fixture *fixture)
{
    static const struct reg *const regs[] = {&reg_problem, &reg_progress};
    struct buffer sql = {0}, out = {0};
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    for (size_t i = 0; i <= COUNT_OF(regs); i++) {
        sqlite3_stmt *stmt;
        buffer_clear(&sql);
        buffer_add(&sql, "SELECT id, missing");
        for (struct field_walk walk = {.reg = i < COUNT_OF(regs) ? regs[i] : &reg_problem};
             reg_walk(&walk);)
            if (field_is_stored(walk.field))
                buffer_addf(&sql, ", \"%s\"", walk.field->name);
        if (i < COUNT_OF(regs))
            buffer_addf(&sql, " FROM %s WHERE deleted = 0 ORDER BY id", regs[i]->name);
        else
            sql.length = 0, buffer_add(&sql, "SELECT register, record, rule, field, severity,"
                                             " message, basis, value FROM finding"
                                             " ORDER BY register, record, rule, field, message");
        assert_int_equal(sqlite3_prepare_v2(db, sql.text, -1, &stmt, NULL), SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW)
            for (int column = 0; column < sqlite3_column_count(stmt); column++)
                buffer_addf(&out, "%s%c", (const char *)sqlite3_column_text(stmt, column),
                            column + 1 < sqlite3_column_count(stmt) ? '|' : '\n');
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
    buffer_release(&sql);
    return buffer_take(&out);
}

struct office {
    struct fixture *fixture;
    char ids[CASES][RECORD_ID_SIZE];
    char photos[3][65];
};

/* What undo can take back. */
static long long count_changes(const struct fixture *fixture)
{
    return fixture_number(fixture,
                          "SELECT count(*) FROM batch WHERE undoes IS NULL AND undone_by IS NULL");
}

static const char *value_for(struct office *office, const struct record *record,
                             const struct field *field)
{
    static char text[64];
    static const char *const steps[] = {"found_on",       "planned_on",     "started_on",
                                        "returned_on",    "after_photo_on", "self_checked_on",
                                        "applied_on",     "checked_on",     "reviewed_on",
                                        "notice_from_on", "notice_to_on",   "closed_on"};
    struct date date, last = {.year = 2026, .month = 1, .day = 1};
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (date_parse(record_text(record, steps[i]), &date, NULL) && date_compare(date, last) > 0)
            last = date;
    int days = strcmp(field->name, "notice_to_on") == 0 ? 5 : 0;
    if (strcmp(field->name, "due_on") == 0 || strcmp(field->name, "suspended_until_on") == 0)
        days = 200;
    if (field->type == TYPE_DATE) {
        date_format(date_from_days(date_to_days(last) + days + (int)chance(3)), text);
        return text;
    }
    if (field->type == TYPE_ATTACHMENT)
        return office->photos[chance(3)];
    if (field->type == TYPE_BOOL)
        return "否";
    if (field->type == TYPE_CHOICE)
        return chance(8) ? "通过" : "退回";
    if (strcmp(field->name, "checkers") == 0)
        return chance(8) ? "张示、王示" : "李示";
    if (strcmp(field->name, "responsible_person") == 0)
        return "李示";
    snprintf(text, sizeof text, "%s，写明是第 %u 号", field->label, chance(90));
    return text;
}

static void set(struct office *office, struct record *record, const char *name)
{
    size_t index = (size_t)reg_field_index(record->reg, name);
    const struct field *field = reg_field(record->reg, index);
    assert_ok(record_set_text(record, index, value_for(office, record, field),
                              store_lookup(office->fixture->store), err));
}

static void try_move(struct office *office, struct record *record)
{
    size_t count = 0;
    char successor[RECORD_ID_SIZE];
    struct error err = {0};
    while (life_move_at(record, count))
        count++;
    if (count == 0)
        return;
    const struct life_move *move = life_move_at(record, chance(3) ? 0 : chance((uint32_t)count));
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++)
        if (chance(12))
            set(office, record, move->asks[i]);
    if (move->flags & LIFE_NEW)
        value_set_integer(record_value_for_change(record, "rebound"), chance(3) != 0);
    bool done = moves_do(office->fixture->store, move, record, successor, NULL, &err);
    assert_true(done || err.code == ERROR_REFUSED);
    if (done && *successor)
        memcpy(office->ids[chance(CASES)], successor, RECORD_ID_SIZE);
}

static void try_edit(struct office *office, struct record *record)
{
    static const char *const fields[] = {"note",       "due_on",     "after_photo", "measures",
                                         "checked_on", "started_on", "goal",        "checkers"};
    enum store_change change;
    struct error err = {0};
    set(office, record, fields[chance(COUNT_OF(fields))]);
    assert_true(store_save(office->fixture->store, record, NULL, &change, &err) ||
                err.code == ERROR_REFUSED);
}

static void report_progress(struct office *office, const struct record *problem)
{
    char fields[160], id[RECORD_ID_SIZE], day[DATE_TEXT_SIZE];
    date_format(date_from_days(date_to_days((struct date){2026, 1, 1}) + (int)chance(150)), day);
    snprintf(fields, sizeof fields, "problem=%s reported_on=%s done_percent=%d", problem->id, day,
             chance(6) ? 100 : 60);
    fixture_add(office->fixture, &reg_progress, fields, id);
}

static void act(struct office *office)
{
    struct record record;
    size_t at = chance(CASES);
    assert_ok(store_get(office->fixture->store, &reg_problem, office->ids[at], &record, err));
    uint32_t kind = chance(12);
    if (kind < 9)
        try_move(office, &record);
    else if (kind < 11)
        try_edit(office, &record);
    else
        report_progress(office, &record);
    bool ended = strcmp(record_text(&record, "state"), "反弹重开") == 0;
    if (ended || (strcmp(record_text(&record, "state"), "后督察") == 0 && chance(4) == 0)) {
        fixture_add(office->fixture, &reg_problem,
                    "region=清城区 category=手续 description=接着登记的问题 found_on=2026-01-03",
                    office->ids[at]);
    }
    record_release(&record);
}

static void begin_office(struct office *office, struct fixture *fixture)
{
    *office = (struct office){.fixture = fixture};
    for (int i = 0; i < 3; i++) {
        struct attachment_file kept;
        char path[128];
        snprintf(path, sizeof path, "%s/photo.jpg", fixture->folder);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fprintf(file, "photo %d", i) > 0 && fclose(file) == 0);
        assert_ok(attachment_keep(fixture->store, path, &kept, err));
        memcpy(office->photos[i], kept.sha256, sizeof office->photos[i]);
    }
    for (int i = 0; i < CASES; i++)
        fixture_add(fixture, &reg_problem,
                    "region=清城区 category=手续 description=许可证没有载明总铊限值 "
                    "found_on=2026-01-03",
                    office->ids[i]);
}

static void undoing_all_returns_to_the_same_rows(void **state)
{
    struct fixture *fixture = *state;
    struct office office;
    char *dumps[MOVES / EACH + 1];
    long long counts[MOVES / EACH + 1];
    int kept = 0;
    /* What is durable is not what is asked here, and waiting for the disk would take a minute. */
    assert_ok(sql_exec(fixture->store->db, "PRAGMA synchronous = OFF", err));
    begin_office(&office, fixture);
    for (int i = 0; i <= MOVES; i++) {
        if (i % EACH == 0) {
            counts[kept] = count_changes(fixture);
            dumps[kept++] = dump(fixture);
        }
        act(&office);
    }
    assert_in_range(count_changes(fixture), MOVES / 2, 2 * MOVES);
    assert_true(fixture_number(fixture, "SELECT count(DISTINCT state) FROM problem") >= 6);
    while (kept-- > 0) {
        for (long long left = count_changes(fixture); left > counts[kept]; left--)
            undo(fixture);
        char *now = dump(fixture);
        assert_string_equal(now, dumps[kept]);
        free(now);
        free(dumps[kept]);
    }
}

/* A file that was exchanged under its name is no evidence: the change of state reads it. */
static void an_exchanged_file_is_no_evidence(void **state)
{
    struct fixture *fixture = *state;
    char id[RECORD_ID_SIZE], fields[256];
    struct buffer path = {0};
    struct attachment_file picture;
    fixture_add_problem(fixture, "整改中", "description=危废间标志牌缺失而且没有台账", id);
    keep(fixture, "a picture of the sign", &picture);
    attachment_path(fixture->store, picture.sha256, &path);
    assert_int_equal(chmod(path.text, 0600), 0);
    FILE *file = fopen(path.text, "w");
    assert_true(fputs("another picture", file) >= 0 && fclose(file) == 0);
    snprintf(fields, sizeof fields,
             "state=企业自验 after_photo=%s after_photo_on=2026-05-02 self_checked_on=2026-05-03",
             picture.sha256);
    refuse(fixture, id, fields, "整改后照片的文件不见了或已被换过");
    file = fopen(path.text, "w");
    assert_true(fputs("a picture of the sign", file) >= 0 && fclose(file) == 0);
    fixture_change(fixture, &reg_problem, id, fields);
    assert_string_equal(fixture_text(fixture, &reg_problem, id, "state"), "企业自验");
    buffer_release(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_save_does_not_skip_a_step),
        fixture_test(a_batch_asks_for_each_record),
        fixture_test(many_at_once_pass_the_same_gate),
        fixture_test(undo_goes_back_and_opens_no_door),
        fixture_test(what_goes_later_is_found),
        fixture_test(an_exchanged_file_is_no_evidence),
        fixture_test(removal),
        fixture_test(undoing_all_returns_to_the_same_rows),
    };
    return fixture_run(tests);
}
