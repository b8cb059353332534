/* The quota accounts against a ledger of plain numbers, in thousands of random events. */
#include "tests/core/books.h"

#include <stdio.h>
#include <stdlib.h>

enum { SOURCES = 3, TRANSFERS = 12, DAYS = 28, METALS = 2, EVENTS = 20000 };

struct plain_source {
    bool key, fits;
    int day; /* of verification; 0: none */
    int cut[METALS];
};

struct plain_transfer {
    bool exists, voided;
    int source, day, void_day, kg[METALS];
};

struct plain {
    struct plain_source sources[SOURCES];
    struct plain_transfer transfers[TRANSFERS];
};

static unsigned seed = 20260615;

static int draw(int below)
{
    seed = seed * 1103515245u + 12345u;
    return (int)((seed >> 16) & 0x7fff) % below;
}

/* What source `s` holds on `day`, straight from the plain numbers. */
static int plain_balance(const struct plain *plain, int s, int day, int metal)
{
    const struct plain_source *source = &plain->sources[s];
    int balance = 0;
    if (source->key && source->fits && source->day && source->day <= day &&
        source->cut[0] + source->cut[1] > 0)
        balance = source->cut[metal];
    for (int i = 0; i < TRANSFERS; i++) {
        const struct plain_transfer *transfer = &plain->transfers[i];
        bool gone = transfer->voided && transfer->void_day <= day;
        if (transfer->exists && transfer->source == s && transfer->day <= day && !gone)
            balance -= transfer->kg[metal];
    }
    return balance;
}

static bool plain_is_sound(const struct plain *plain)
{
    for (int s = 0; s < SOURCES; s++)
        for (int day = 1; day <= DAYS; day++) {
            int lead = plain_balance(plain, s, day, 0), arsenic = plain_balance(plain, s, day, 1);
            if (lead < 0 || arsenic < 0 || lead + arsenic < 0)
                return false;
        }
    for (int i = 0; i < TRANSFERS; i++)
        if (plain->transfers[i].exists && plain->transfers[i].voided &&
            plain->transfers[i].void_day < plain->transfers[i].day)
            return false;
    return true;
}

static void set_number(struct record *record, const char *field, int grams)
{
    char text[32];
    snprintf(text, sizeof text, "%d.%03d", grams / 1000, grams % 1000);
    books_set(record, field, text);
}

static void set_day(struct record *record, const char *field, int day)
{
    char text[32] = "";
    if (day)
        snprintf(text, sizeof text, "2026-05-%02d", day);
    books_set(record, field, text);
}

static void write_source(const struct plain_source *plain, int s, struct record *record)
{
    char id[8];
    snprintf(id, sizeof id, "s%d", s);
    books_fill(record, &reg_reduction_project, id, "name=工程 permit_held=已领证");
    books_set(record, "key_line", plain->key ? "是" : "否");
    books_set(record, "load_basis", plain->fits ? "许可量差值" : "环评差值");
    set_day(record, "confirmed_on", plain->day);
    set_number(record, "before_lead_kg", plain->cut[0]);
    set_number(record, "before_arsenic_kg", plain->cut[1]);
    set_number(record, "before_total_kg", plain->cut[0] + plain->cut[1]);
    books_set(record, "after_lead_kg", "0");
    books_set(record, "after_arsenic_kg", "0");
}

static void write_transfer(const struct plain_transfer *plain, int t, struct record *record)
{
    char id[8], source[8];
    snprintf(id, sizeof id, "t%d", t);
    snprintf(source, sizeof source, "s%d", plain->source);
    books_fill(record, &reg_quota_transfer, id, t % 2 ? "project=p" : "project=q");
    record->deleted = !plain->exists;
    books_set(record, "source", source);
    set_day(record, "transferred_on", plain->day);
    set_number(record, "transferred_lead_kg", plain->kg[0]);
    set_number(record, "transferred_arsenic_kg", plain->kg[1]);
    books_set(record, "voided", plain->voided ? "是" : "否");
    set_day(record, "voided_on", plain->void_day);
}

static void change_source(struct plain_source *source)
{
    switch (draw(5)) {
    case 0:
        source->day = draw(3) ? 1 + draw(DAYS) : 0;
        break;
    case 1:
        source->key = draw(4) > 0;
        break;
    case 2:
        source->fits = draw(4) > 0;
        break;
    default:
        source->cut[draw(METALS)] = draw(9000);
        break;
    }
}

static void change_transfer(struct plain_transfer *transfer)
{
    if (!transfer->exists) {
        *transfer = (struct plain_transfer){.exists = true,
                                            .source = draw(SOURCES),
                                            .day = 1 + draw(DAYS),
                                            .kg = {1 + draw(3000), draw(3000)}};
        return;
    }
    switch (draw(6)) {
    case 0:
        transfer->exists = false;
        break;
    case 1:
        transfer->day = 1 + draw(DAYS);
        break;
    case 2:
        transfer->source = draw(SOURCES);
        break;
    case 3:
        transfer->kg[draw(METALS)] = 1 + draw(4000);
        break;
    default:
        transfer->voided = !transfer->voided;
        transfer->void_day = transfer->voided ? 1 + draw(DAYS) : 0;
        break;
    }
}

struct world {
    struct plain plain;
    struct record records[SOURCES + TRANSFERS];
};

/* One event: the guard must say what the plain ledger says; what it refuses does not happen. */
static bool step(struct world *world)
{
    struct plain next = world->plain;
    struct record after;
    int which = draw(SOURCES + TRANSFERS * 2);
    bool is_source = which < SOURCES;
    int t = is_source ? 0 : (which - SOURCES) % TRANSFERS, at = is_source ? which : SOURCES + t;
    struct record *record = &world->records[at];
    if (is_source) {
        change_source(&next.sources[which]);
        write_source(&next.sources[which], which, &after);
    } else {
        change_transfer(&next.transfers[t]);
        write_transfer(&next.transfers[t], t, &after);
    }
    bool is_new = record->deleted;
    bool sound = plain_is_sound(&next);
    struct error err = {0};
    bool allows = record->reg->guard(is_new ? NULL : record, &after, &books_desk, &err);
    if (allows != sound)
        fail_msg("%s %s: the guard says %d: %s", record->reg->name, record->id, allows,
                 err.message);
    if (sound) {
        record_release(record);
        *record = after;
        world->plain = next;
    } else {
        record_release(&after);
    }
    return sound;
}

static void assert_books_agree(const struct world *world)
{
    struct book book = {.entries = NULL};
    struct loads loads, sum;
    for (size_t i = 0; i < COUNT_OF(world->records); i++)
        book_add(&book, &world->records[i]);
    struct date on = {2026, 5, 1 + draw(DAYS)};
    sum = (struct loads){.kg = {0}};
    for (int s = 0; s < SOURCES; s++) {
        struct account account = account_of(ACCOUNT_SOURCE, world->records[s].id);
        struct shortfall shortfall;
        book_balance(&book, &account, on, &loads);
        books_expect(&loads, LEAD, plain_balance(&world->plain, s, on.day, 0));
        books_expect(&loads, ARSENIC, plain_balance(&world->plain, s, on.day, 1));
        books_expect(&loads, TOTAL, loads.kg[LEAD] + loads.kg[ARSENIC]);
        assert_false(book_falls_short(&book, NULL, &account, &shortfall));
        loads_add(&sum, &loads, 1);
    }
    const struct account others[] = {account_of(ACCOUNT_ORIGIN, NULL),
                                     account_of(ACCOUNT_PROJECT, "p"),
                                     account_of(ACCOUNT_PROJECT, "q")};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        book_balance(&book, &others[i], on, &loads);
        loads_add(&sum, &loads, 1);
    }
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        books_expect(&sum, i, 0);
    book_release(&book);
}

static void test_no_source_ever_falls_below_zero(void **state)
{
    (void)state;
    struct world *world = calloc(1, sizeof *world);
    size_t happened = 0;
    books_forget();
    for (int s = 0; s < SOURCES; s++) {
        world->plain.sources[s] = (struct plain_source){true, true, 1 + draw(5), {5000, 4000}};
        write_source(&world->plain.sources[s], s, &world->records[s]);
        books_see(&world->records[s]);
    }
    for (int t = 0; t < TRANSFERS; t++) {
        write_transfer(&world->plain.transfers[t], t, &world->records[SOURCES + t]);
        books_see(&world->records[SOURCES + t]);
    }
    for (int i = 0; i < EVENTS; i++) {
        happened += step(world);
        assert_books_agree(world);
    }
    /* Both answers were given often. */
    assert_true(happened > EVENTS / 5 && happened < EVENTS * 4 / 5);
    for (size_t i = 0; i < COUNT_OF(world->records); i++)
        record_release(&world->records[i]);
    free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_source_ever_falls_below_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
