#include "core/quota_guard.h"
#include "core/decimal.h"
#include "core/facts.h"
#include "core/rules/reading.h"

#include <string.h>

#define J12      "吉环固体字〔2022〕12号 "
#define SOURCES  J12 "三（指标来源）"
#define TRANSFER J12 "三、四；滇规划 三（五）2"
#define LISTED   "桂重金属方案 四（一）"
#define VOID     J12 "六（三）（弄虚作假的核定指标视为无效）"

const struct credit_flaw_text credit_flaw_texts[] = {
    [CREDIT_SOUND] = {NULL, NULL},
    [CREDIT_OTHER_LINE] = {"没有写明是重点行业生产线，不是重点行业生产线的减排量不能作指标来源",
                           "请另选来源"},
    [CREDIT_NO_BASIS] = {"没有写基准排放量依据，不能作指标来源", "请先补填依据"},
    [CREDIT_MISFIT] = {"的核算依据与许可证情况不合，已领证的只认许可量差值、注销许可有效量，"
                       "没有领证的只认环评差值、核算报告",
                       "请先改正"},
    [CREDIT_UNVERIFIED] = {"还没有核定，也没有纳入减排台账，不能作指标来源",
                           "请先核定并填写指标核定日期"},
    [CREDIT_NO_CUT] = {"没有减排量，不能作指标来源", "请核对减排前后的排放量"},
};

/* Clerks see the sentence in a form, a list of refused rows, a terminal; the basis goes with it. */
static bool refuse(struct error *err, const char *field, const char *basis, const char *sentence)
{
    error_set(err, ERROR_REFUSED, "%s（依据：%s）", sentence, basis);
    return error_at_field(err, field, basis);
}

/* ---- the source ---- */

struct source {
    const struct check_context *context;
    struct book book;
    struct buffer name;
    enum credit_flaw flaw;
    struct date from;
    bool found;
};

static bool take_source(void *data, const struct record *project)
{
    struct source *source = data;
    source->found = true;
    source->flaw = account_credit(project, &source->from);
    book_add(&source->book, project);
    record_name(project, source->context->lookup, &source->name);
    return false;
}

static void find_source(const char *id, const struct check_context *context, struct source *source)
{
    *source = (struct source){.context = context};
    facts_each(context,
               &(struct facts_query){.reg = "reduction_project", .field = "id", .value = id},
               take_source, source);
}

static void release_source(struct source *source)
{
    book_release(&source->book);
    buffer_release(&source->name);
}

static void describe_flaw(const struct source *source, const struct record *transfer,
                          struct buffer *sentence)
{
    struct date on;
    char from[DATE_TEXT_SIZE];
    if (!source->found) {
        buffer_add(sentence, "来源工程已不在减排工程清单里，请另选来源");
    } else if (source->flaw != CREDIT_SOUND) {
        buffer_addf(sentence, "来源“%s”%s，%s", buffer_text(&source->name),
                    credit_flaw_texts[source->flaw].what, credit_flaw_texts[source->flaw].mend);
    } else if (read_date(transfer, "transferred_on", &on) && date_compare(on, source->from) < 0) {
        date_format(source->from, from);
        buffer_addf(sentence, "来源“%s”到 %s 才核定，%s 还不能转让，请核对转让日期",
                    buffer_text(&source->name), from, read_text(transfer, "transferred_on"));
    }
}

void quota_describe_flaw(const struct record *transfer, const struct check_context *context,
                         struct buffer *sentence)
{
    const char *id = read_text(transfer, "source");
    struct source source;
    if (!id)
        return;
    find_source(id, context, &source);
    describe_flaw(&source, transfer, sentence);
    release_source(&source);
}

/* "铅 3.2 kg" */
static void add_load(size_t metal, int64_t kg, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(kg, LOAD_SCALE, text);
    buffer_addf(out, "%s %s kg", loads_name(metal), text);
}

void quota_describe_overspending(const struct record *transfer, const struct check_context *context,
                                 struct buffer *sentence)
{
    const char *id = read_text(transfer, "source");
    struct source source;
    struct shortfall shortfall;
    char on[DATE_TEXT_SIZE];
    if (!id)
        return;
    find_source(id, context, &source);
    struct account account = account_of(ACCOUNT_SOURCE, id);
    book_add_transfers(&source.book, context, "source", id, "");
    if (book_falls_short(&source.book, NULL, &account, &shortfall)) {
        date_format(shortfall.on, on);
        buffer_addf(sentence, "来源“%s”到 %s 让出的超过它的减排量，多出 ",
                    buffer_text(&source.name), on);
        add_load(shortfall.metal, -shortfall.balance, sentence);
        buffer_add(sentence, "，指标重复使用了，请核减转让量或作废多出的转让");
    }
    release_source(&source);
}

/* ---- a transfer ---- */

static bool is_same(const struct record *a, const struct record *b, const char *field)
{
    return value_equal(record_value(a, field), record_value(b, field));
}

/* Whether all stays as it was that the books or the number of the paper depend on. */
static bool is_unchanged(const struct record *before, const struct record *after)
{
    for (const char *const *field = account_transfer_fields; *field; field++)
        if (!is_same(before, after, *field))
            return false;
    return is_same(before, after, "from_name") && is_same(before, after, "province_opinion_no");
}

/* Whether it draws on its source anew: a voided one that is to count again does, too. */
static bool is_claim(const struct record *before, const struct record *after)
{
    return !read_says(after, "voided", true) &&
           (!before || before->deleted || read_says(before, "voided", true) ||
            !is_same(before, after, "source"));
}

static bool check_voiding(const struct record *after, struct error *err)
{
    struct date transferred, voided;
    if (!read_says(after, "voided", true) || !read_date(after, "transferred_on", &transferred) ||
        !read_date(after, "voided_on", &voided) || date_compare(voided, transferred) >= 0)
        return true;
    struct buffer sentence = {0};
    buffer_addf(&sentence, "作废日期 %s 早于转让日期 %s，请核对；自始无效的，作废日期填转让日期",
                read_text(after, "voided_on"), read_text(after, "transferred_on"));
    refuse(err, "voided_on", VOID, sentence.text);
    buffer_release(&sentence);
    return false;
}

static bool is_unlisted(void *data, const struct record *project)
{
    *(bool *)data = read_says(project, "in_verified_list", false);
    return false;
}

bool quota_is_unlisted(const struct record *transfer, const struct check_context *context)
{
    static const char *const wanted[] = {"in_verified_list", NULL};
    const char *project = read_text(transfer, "project");
    struct buffer demanded = {0};
    bool unlisted = false;
    facts_parameter_text(context, "source_must_be_listed", &demanded);
    bool must = strcmp(buffer_text(&demanded), "是") == 0;
    buffer_release(&demanded);
    if (project && must)
        facts_each(
            context,
            &(struct facts_query){
                .reg = "construction_project", .field = "id", .value = project, .wanted = wanted},
            is_unlisted, &unlisted);
    return unlisted;
}

static bool check_listed(const struct record *after, const struct check_context *context,
                         struct error *err)
{
    return !quota_is_unlisted(after, context) ||
           refuse(err, "source", LISTED,
                  "用于项目的“来源在核定清单内”填的是否，替代来源须是国家核定的全口径清单里的企业，"
                  "请另找来源");
}

bool quota_is_same_paper(const struct record *a, const struct record *b)
{
    static const char *const fields[] = {"province_opinion_no", "source", "from_name", "project",
                                         "transferred_total_kg"};
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (!is_same(a, b, fields[i]))
            return false;
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        if (!is_same(a, b, load_groups[LOAD_TRANSFERRED].metals[i]))
            return false;
    return read_is_filled(a, "province_opinion_no") && read_is_filled(a, "project");
}

/* ---- amounts ---- */

/* A negative amount would give to its source instead of taking from it. */
static bool check_amounts(const struct record *record, const struct load_group *group,
                          struct error *err)
{
    struct loads loads;
    struct buffer sentence = {0};
    loads_read(record, group, &loads);
    for (size_t i = 0; i < LOAD_FIELD_COUNT; i++) {
        if (loads.kg[i] >= 0)
            continue;
        add_load(i, loads.kg[i], &sentence);
        buffer_addf(&sentence, " 小于 0，%s不能是负数，请核对", group->label);
        refuse(err, load_field_name(group, i), TRANSFER, sentence.text);
        buffer_release(&sentence);
        return false;
    }
    return true;
}

/* The sum is what is always judged: one below its metals would spend them unseen. */
static bool check_total(const struct record *after, struct error *err)
{
    const struct load_group *group = &load_groups[LOAD_TRANSFERRED];
    struct buffer sentence = {0};
    int64_t sum, total;
    if (!load_sum(after, group, &sum) || !read_integer(after, group->total, &total) || total >= sum)
        return true;
    buffer_add(&sentence, "转让量");
    add_load(LOAD_METAL_COUNT, total, &sentence);
    buffer_add(&sentence, " 小于各项相加的 ");
    char digits[DECIMAL_TEXT_SIZE];
    decimal_format(sum, LOAD_SCALE, digits);
    buffer_addf(&sentence, "%s kg", digits);
    buffer_add(&sentence, "，请核对各项，或清空合计由程序计算");
    refuse(err, group->total, TRANSFER, sentence.text);
    buffer_release(&sentence);
    return false;
}

struct search {
    const struct record *transfer;
    struct buffer twin; /* case number of the first that is the same */
};

static bool find_twin(void *data, const struct record *other)
{
    struct search *search = data;
    if (strcmp(other->id, search->transfer->id) == 0 || read_says(other, "voided", true) ||
        !is_same(other, search->transfer, "transferred_on") ||
        !quota_is_same_paper(other, search->transfer))
        return true;
    record_format(other, "case_no", &search->twin);
    return false;
}

/* Two equal instalments of one opinion have different days; rule V87 asks about those. */
static bool check_twin(const struct record *after, const struct check_context *context,
                       struct error *err)
{
    const char *project = read_text(after, "project");
    struct search search = {.transfer = after};
    if (!project || !read_is_filled(after, "province_opinion_no"))
        return true;
    facts_each(context,
               &(struct facts_query){.reg = "quota_transfer", .field = "project", .value = project},
               find_twin, &search);
    bool ok = !search.twin.length;
    struct buffer sentence = {0};
    buffer_addf(&sentence,
                "同一文号、同一来源、同一天、同样数量的转让已经登记过（%s），不能重复登记；"
                "确是两笔的，请核对文号、日期和数量",
                buffer_text(&search.twin));
    if (!ok)
        refuse(err, "province_opinion_no", TRANSFER, sentence.text);
    buffer_release(&sentence);
    buffer_release(&search.twin);
    return ok;
}

/* What was left before this transfer on the day on which it falls short. */
static bool refuse_overspending(const struct source *source, const struct record *after,
                                const struct shortfall *shortfall, struct error *err)
{
    struct account account = account_of(ACCOUNT_SOURCE, read_text(after, "source"));
    struct book own = {.entries = NULL};
    struct loads asked;
    struct buffer sentence = {0};
    char on[DATE_TEXT_SIZE];
    book_add(&own, after);
    book_balance(&own, &account, shortfall->on, &asked);
    book_release(&own);
    int64_t wanted = -asked.kg[shortfall->metal];
    date_format(shortfall->on, on);
    buffer_addf(&sentence, "来源“%s”到 %s 只剩 ", buffer_text(&source->name), on);
    add_load(shortfall->metal, shortfall->balance + wanted, &sentence);
    buffer_add(&sentence, "，这一笔要转让 ");
    add_load(shortfall->metal, wanted, &sentence);
    buffer_addf(&sentence, "，指标不能重复使用，请核减转让量或另找来源%s",
                strcmp(on, read_text(after, "transferred_on")) > 0 ? "（以后登记的转让也要占用它）"
                                                                   : "");
    refuse(err, load_field_name(&load_groups[LOAD_TRANSFERRED], shortfall->metal), TRANSFER,
           sentence.text);
    buffer_release(&sentence);
    return false;
}

/* A source that does not count holds nothing, so the books refuse what is drawn from it; the flaw
 * says why. */
static bool check_source(const struct record *before, const struct record *after,
                         const struct check_context *context, struct error *err)
{
    const char *id = read_text(after, "source");
    struct source source;
    struct shortfall shortfall;
    struct buffer flaw = {0};
    if (!id)
        return true;
    find_source(id, context, &source);
    describe_flaw(&source, after, &flaw);
    struct account account = account_of(ACCOUNT_SOURCE, id);
    struct book former;
    book_add_transfers(&source.book, context, "source", id, after->id);
    book_copy(&former, &source.book);
    if (before)
        book_add(&former, before);
    book_add(&source.book, after);
    bool spent = book_falls_short(&source.book, &former, &account, &shortfall);
    bool ok = !spent && (!flaw.length || !is_claim(before, after));
    if (!ok && flaw.length) {
        refuse(err, "source", SOURCES, flaw.text);
    } else if (!ok) {
        refuse_overspending(&source, after, &shortfall, err);
    }
    book_release(&former);
    buffer_release(&flaw);
    release_source(&source);
    return ok;
}

bool quota_guard_transfer(const struct record *before, const struct record *after,
                          const struct check_context *context, struct error *err)
{
    if (after->deleted || (before && is_unchanged(before, after)))
        return true;
    if (!check_amounts(after, &load_groups[LOAD_TRANSFERRED], err) || !check_voiding(after, err) ||
        !check_source(before, after, context, err))
        return false;
    if (read_says(after, "voided", true))
        return true;
    bool asks = is_claim(before, after) || !is_same(before, after, "project");
    return (!asks || check_listed(after, context, err)) && check_twin(after, context, err) &&
           check_total(after, err);
}

/* ---- a reduction project ---- */

static bool refuse_uncovered(const struct record *after, const struct book *book,
                             const struct shortfall *shortfall, struct error *err)
{
    struct account account = account_of(ACCOUNT_SOURCE, after->id);
    struct loads spent = {.kg = {0}};
    struct buffer sentence = {0};
    struct date from;
    char on[DATE_TEXT_SIZE];
    enum credit_flaw flaw = account_credit(after, &from);
    date_format(shortfall->on, on);
    for (size_t i = 0; i < book->count; i++)
        if (book->entries[i].kind != ENTRY_CREDIT &&
            date_compare(book->entries[i].on, shortfall->on) <= 0)
            loads_add(&spent, &book->entries[i].loads, -entry_sign(&book->entries[i], &account));
    buffer_addf(&sentence, "这项工程到 %s 已经转让 ", on);
    add_load(shortfall->metal, spent.kg[shortfall->metal], &sentence);
    if (after->deleted) {
        buffer_add(&sentence, "，不能删除");
    } else if (flaw != CREDIT_SOUND) {
        buffer_addf(&sentence, "，改后这项工程%s", credit_flaw_texts[flaw].what);
    } else {
        buffer_add(&sentence, "，改后到那一天只有 ");
        add_load(shortfall->metal, shortfall->balance + spent.kg[shortfall->metal], &sentence);
    }
    buffer_add(&sentence, "；要改的，先把转让作废（自始无效的作废日期填转让日期）或核减转让量");
    refuse(err, load_field_name(&load_cut, shortfall->metal), TRANSFER, sentence.text);
    buffer_release(&sentence);
    return false;
}

static bool is_booked_alike(const struct record *before, const struct record *after)
{
    struct entry a[ACCOUNT_MOST_ENTRIES], b[ACCOUNT_MOST_ENTRIES];
    size_t count = account_write(before, a);
    if (count != account_write(after, b))
        return false;
    for (size_t i = 0; i < count; i++)
        if (date_compare(a[i].on, b[i].on) != 0 || !loads_equal(&a[i].loads, &b[i].loads))
            return false;
    return true;
}

struct namesake {
    const struct record *project;
    struct buffer case_no; /* of the first that is credited under the same name */
};

static bool find_namesake(void *data, const struct record *other)
{
    struct namesake *namesake = data;
    struct entry entries[ACCOUNT_MOST_ENTRIES];
    if (strcmp(other->id, namesake->project->id) == 0 ||
        !is_same(other, namesake->project, "name") || account_write(other, entries) == 0)
        return true;
    record_format(other, "case_no", &namesake->case_no);
    return false;
}

/* What one project has cut is credited once, however often it is entered. */
static bool check_namesake(const struct record *after, const struct check_context *context,
                           struct error *err)
{
    struct entry entries[ACCOUNT_MOST_ENTRIES];
    struct namesake namesake = {.project = after};
    struct buffer sentence = {0};
    if (account_write(after, entries) == 0)
        return true;
    facts_each(context,
               &(struct facts_query){.reg = "reduction_project",
                                     .field = "enterprise",
                                     .value = record_text(after, "enterprise")},
               find_namesake, &namesake);
    bool ok = namesake.case_no.length == 0;
    buffer_addf(&sentence,
                "这家企业的同名减排工程已经核定过（%s），减排量不能重复核定；确是两个工程的，"
                "请在名称里区分",
                buffer_text(&namesake.case_no));
    if (!ok)
        refuse(err, "name", TRANSFER, sentence.text);
    buffer_release(&sentence);
    buffer_release(&namesake.case_no);
    return ok;
}

bool quota_guard_reduction(const struct record *before, const struct record *after,
                           const struct check_context *context, struct error *err)
{
    struct book book = {.entries = NULL}, former = {.entries = NULL};
    struct shortfall shortfall;
    bool is_alike = before && is_booked_alike(before, after);
    if (!after->deleted && !is_alike &&
        (!check_amounts(after, &load_groups[LOAD_BEFORE], err) ||
         !check_amounts(after, &load_groups[LOAD_AFTER], err) ||
         !check_namesake(after, context, err)))
        return false;
    if (!before || is_alike)
        return true;
    struct account account = account_of(ACCOUNT_SOURCE, after->id);
    book_add(&book, after);
    book_add_transfers(&book, context, "source", after->id, "");
    book_add(&former, before);
    book_add_transfers(&former, context, "source", after->id, "");
    bool ok = !book_falls_short(&book, &former, &account, &shortfall) ||
              refuse_uncovered(after, &book, &shortfall, err);
    book_release(&book);
    book_release(&former);
    return ok;
}
