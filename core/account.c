#include "core/account.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/mem.h"
#include "core/rules/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const loads_keys[LOAD_FIELD_COUNT] = {"Pb", "Hg", "Cd", "Cr", "As", "total"};

const struct date account_end = {.year = 9999, .month = 12, .day = 31};

const char *loads_name(size_t i)
{
    return i < LOAD_METAL_COUNT ? load_metals[i] : "合计";
}

void loads_read(const struct record *record, const struct load_group *group, struct loads *loads)
{
    *loads = (struct loads){.kg = {0}};
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        loads->named[i] = read_integer(record, load_field_name(group, i), &loads->kg[i]);
}

void loads_add(struct loads *sum, const struct loads *loads, int sign)
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        int64_t part = loads->kg[i] == INT64_MIN ? -INT64_MAX : loads->kg[i];
        decimal_gather(&sum->kg[i], sign < 0 ? -part : part);
        sum->named[i] = sum->named[i] || loads->named[i];
    }
}

bool loads_equal(const struct loads *a, const struct loads *b)
{
    return memcmp(a->kg, b->kg, sizeof a->kg) == 0 &&
           memcmp(a->named, b->named, sizeof a->named) == 0;
}

/* ---- what decides ---- */

bool account_basis_fits(const struct record *reduction)
{
    if (!read_is_filled(reduction, "permit_held") || !read_is_filled(reduction, "load_basis"))
        return true;
    bool licensed = read_is(reduction, "permit_held", "已领证");
    return licensed == read_is(reduction, "load_basis", "许可量差值|注销许可有效量");
}

enum credit_flaw account_credit(const struct record *reduction, struct date *from)
{
    int64_t cut;
    *from = (struct date){0};
    if (!read_says(reduction, "key_line", true))
        return CREDIT_OTHER_LINE;
    if (!read_is_filled(reduction, "load_basis"))
        return CREDIT_NO_BASIS;
    if (!account_basis_fits(reduction))
        return CREDIT_MISFIT;
    if (!read_integer(reduction, load_cut.total, &cut) || cut <= 0)
        return CREDIT_NO_CUT;
    if (!read_date(reduction, "confirmed_on", from) && !read_date(reduction, "ledger_on", from))
        return CREDIT_UNVERIFIED;
    return CREDIT_SOUND;
}

bool account_is_exempt(const struct record *project)
{
    static const char *const conditions[] = {"waste_kinds_met", "waste_origin_met", "location_met",
                                             "process_met", "treatment_met"};
    if (!read_says(project, "exempted", true))
        return false;
    if (read_is(project, "exemption_kind", "国家重大发展战略"))
        return true;
    bool exempt = read_is(project, "exemption_kind", "利用涉重金属固体废物");
    for (size_t i = 0; i < COUNT_OF(conditions); i++)
        exempt = exempt && read_says(project, conditions[i], true);
    return exempt;
}

void account_shortage(const struct record *project, const struct loads *covered,
                      struct loads *required, struct loads *shortage)
{
    *required = (struct loads){.kg = {0}};
    if (!account_is_exempt(project))
        loads_read(project, &load_required, required);
    *shortage = *required;
    loads_add(shortage, covered, -1);
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        if (shortage->kg[i] < 0 || !required->named[i])
            shortage->kg[i] = 0;
}

/* ---- entries ---- */

struct account account_of(enum account_kind kind, const char *id)
{
    struct account account = {.kind = kind};
    snprintf(account.id, sizeof account.id, "%s", id ? id : "");
    return account;
}

static bool is_same(const struct account *a, const struct account *b)
{
    return a->kind == b->kind && strcmp(a->id, b->id) == 0;
}

const char *entry_name(enum entry_kind kind)
{
    static const char *const names[] = {[ENTRY_CREDIT] = "核定",
                                        [ENTRY_TRANSFER] = "转让",
                                        [ENTRY_VOIDING] = "作废",
                                        [ENTRY_DEMAND] = "需求"};
    return names[kind];
}

static struct entry entry_of(enum entry_kind kind, const struct record *record)
{
    struct entry entry = {.kind = kind};
    memcpy(entry.record, record->id, RECORD_ID_SIZE);
    return entry;
}

/* A metal of which more is discharged than before gives nothing. */
static size_t write_credit(const struct record *record, struct entry *entry)
{
    *entry = entry_of(ENTRY_CREDIT, record);
    if (account_credit(record, &entry->on) != CREDIT_SOUND)
        return 0;
    entry->from = account_of(ACCOUNT_ORIGIN, NULL);
    entry->to = account_of(ACCOUNT_SOURCE, record->id);
    loads_read(record, &load_cut, &entry->loads);
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        if (entry->loads.kg[i] < 0)
            entry->loads.kg[i] = 0;
    return 1;
}

/* Without the day of the opinion that of the approval, which rests on it. */
static size_t write_demand(const struct record *record, struct entry *entry)
{
    *entry = entry_of(ENTRY_DEMAND, record);
    if (account_is_exempt(record))
        return 0;
    if (!read_date(record, "quota_opinion_on", &entry->on))
        read_date(record, "eia_on", &entry->on);
    entry->from = account_of(ACCOUNT_PROJECT, record->id);
    entry->to = account_of(ACCOUNT_DEMAND, NULL);
    loads_read(record, &load_required, &entry->loads);
    return 1;
}

const char *const account_transfer_fields[] = {
    "source",
    "project",
    "transferred_on",
    "voided",
    "voided_on",
    "transferred_lead_kg",
    "transferred_mercury_kg",
    "transferred_cadmium_kg",
    "transferred_chromium_kg",
    "transferred_arsenic_kg",
    "transferred_total_kg",
    NULL,
};

/* One that was voided on no known day, or before it began, never counted. */
static size_t write_transfer(const struct record *record, struct entry entries[2])
{
    const char *source = read_text(record, "source");
    struct date voided_on;
    bool voided = read_says(record, "voided", true);
    entries[0] = entry_of(ENTRY_TRANSFER, record);
    read_date(record, "transferred_on", &entries[0].on);
    entries[0].from = account_of(source ? ACCOUNT_SOURCE : ACCOUNT_OUTSIDE, source);
    entries[0].to = account_of(ACCOUNT_PROJECT, read_text(record, "project"));
    loads_read(record, &load_groups[LOAD_TRANSFERRED], &entries[0].loads);
    if (!voided)
        return 1;
    if (!read_date(record, "voided_on", &voided_on) || date_compare(voided_on, entries[0].on) <= 0)
        return 0;
    entries[1] = entries[0];
    entries[1].kind = ENTRY_VOIDING;
    entries[1].on = voided_on;
    entries[1].from = entries[0].to;
    entries[1].to = entries[0].from;
    return 2;
}

size_t account_write(const struct record *record, struct entry entries[ACCOUNT_MOST_ENTRIES])
{
    static const struct {
        const char *reg;
        size_t (*write)(const struct record *record, struct entry *entries);
    } writers[] = {
        {"reduction_project", write_credit},
        {"construction_project", write_demand},
        {"quota_transfer", write_transfer},
    };
    for (size_t i = 0; i < COUNT_OF(writers) && !record->deleted; i++)
        if (strcmp(writers[i].reg, record->reg->name) == 0)
            return writers[i].write(record, entries);
    return 0;
}

/* ---- books ---- */

void book_release(struct book *book)
{
    free(book->entries);
    *book = (struct book){0};
}

void book_add(struct book *book, const struct record *record)
{
    struct entry entries[ACCOUNT_MOST_ENTRIES];
    size_t count = account_write(record, entries);
    for (size_t i = 0; i < count; i++) {
        book->entries =
            mem_grow(book->entries, book->count, &book->capacity, sizeof *book->entries);
        book->entries[book->count++] = entries[i];
    }
}

void book_copy(struct book *to, const struct book *from)
{
    *to = (struct book){.count = from->count, .capacity = from->count};
    to->entries = mem_new(from->count + 1, sizeof *to->entries);
    for (size_t i = 0; i < from->count; i++)
        to->entries[i] = from->entries[i];
}

struct gathering {
    struct book *book;
    const char *except;
    size_t count;
};

static bool gather(void *data, const struct record *transfer)
{
    struct gathering *gathering = data;
    if (strcmp(transfer->id, gathering->except) != 0) {
        book_add(gathering->book, transfer);
        gathering->count++;
    }
    return true;
}

size_t book_add_transfers(struct book *book, const struct check_context *context, const char *by,
                          const char *id, const char *except)
{
    struct gathering gathering = {.book = book, .except = except};
    facts_each(
        context,
        &(struct facts_query){
            .reg = "quota_transfer", .field = by, .value = id, .wanted = account_transfer_fields},
        gather, &gathering);
    return gathering.count;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = date_compare(a->on, b->on);
    if (order == 0)
        order = (a->kind > b->kind) - (a->kind < b->kind);
    return order ? order : strcmp(a->record, b->record);
}

void book_sort(struct book *book)
{
    if (book->count)
        qsort(book->entries, book->count, sizeof *book->entries, compare_entries);
}

int entry_sign(const struct entry *entry, const struct account *account)
{
    return (int)is_same(&entry->to, account) - (int)is_same(&entry->from, account);
}

void book_balance(const struct book *book, const struct account *account, struct date on,
                  struct loads *balance)
{
    *balance = (struct loads){.kg = {0}};
    for (size_t i = 0; i < book->count; i++) {
        int sign = entry_sign(&book->entries[i], account);
        if (sign && date_compare(book->entries[i].on, on) <= 0)
            loads_add(balance, &book->entries[i].loads, sign);
    }
}

/* ---- below zero ---- */

/* An entry of the account in the books that are judged, or in the former ones. */
struct step {
    const struct entry *entry;
    bool former;
};

static int compare_steps(const void *left, const void *right)
{
    const struct step *a = left, *b = right;
    return date_compare(a->entry->on, b->entry->on);
}

static size_t add_steps(const struct book *book, const struct account *account, bool former,
                        struct step *steps)
{
    size_t count = 0;
    for (size_t i = 0; book && i < book->count; i++)
        if (entry_sign(&book->entries[i], account))
            steps[count++] = (struct step){.entry = &book->entries[i], .former = former};
    return count;
}

/* The sum is always judged; the metals only where the credit says how much there was of one: of
 * those that it leaves out there is nothing to give. */
static void choose_judged(const struct book *book, const struct account *account,
                          bool judged[LOAD_FIELD_COUNT])
{
    bool is_split = false;
    for (size_t i = 0; i < book->count; i++)
        for (size_t j = 0; j < LOAD_METAL_COUNT; j++)
            is_split = is_split ||
                       (book->entries[i].kind == ENTRY_CREDIT && book->entries[i].loads.named[j] &&
                        is_same(&book->entries[i].to, account));
    for (size_t j = 0; j < LOAD_METAL_COUNT; j++)
        judged[j] = is_split;
    judged[LOAD_METAL_COUNT] = true;
}

/* Keeps for each metal the first day on which it falls below zero and below what it was. */
static void judge_day(const struct loads *now, const struct loads *then, bool has_former,
                      struct date on, struct shortfall found[LOAD_FIELD_COUNT])
{
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++)
        if (found[i].balance == 0 && now->kg[i] < 0 && (!has_former || now->kg[i] < then->kg[i]))
            found[i] = (struct shortfall){.on = on, .metal = i, .balance = now->kg[i]};
}

bool book_falls_short(const struct book *book, const struct book *former,
                      const struct account *account, struct shortfall *shortfall)
{
    struct shortfall found[LOAD_FIELD_COUNT] = {{.metal = 0}};
    struct loads now = {.kg = {0}}, then = {.kg = {0}};
    bool judged[LOAD_FIELD_COUNT];
    struct step *steps = mem_new(book->count + (former ? former->count : 0) + 1, sizeof *steps);
    size_t count = add_steps(book, account, false, steps);
    count += add_steps(former, account, true, steps + count);
    qsort(steps, count, sizeof *steps, compare_steps);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = steps[i].entry;
        loads_add(steps[i].former ? &then : &now, &entry->loads, entry_sign(entry, account));
        if (i + 1 == count || date_compare(entry->on, steps[i + 1].entry->on) != 0)
            judge_day(&now, &then, former != NULL, entry->on, found);
    }
    free(steps);
    choose_judged(book, account, judged);
    for (size_t i = LOAD_FIELD_COUNT; i-- > 0;) {
        if (!judged[i] || found[i].balance == 0)
            continue;
        *shortfall = found[i];
        return true;
    }
    return false;
}
