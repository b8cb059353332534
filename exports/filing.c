#include "exports/filing.h"

#include "core/mem.h"
#include "core/period.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/attachment.h"
#include "db/clock.h"
#include "db/obligations.h"
#include "exports/file.h"
#include "exports/proof.h"
#include "exports/settle.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".xlsx"

/* ---- what is asked of the report ---- */

struct making {
    struct store *store;
    const struct filing_request *request;
    struct report_options options;
    struct filing_rows rows;
    struct proof proof;
    struct filing_comparison changes; /* of the figures of the filing before */
    char former[RECORD_ID_SIZE];      /* "" when there is none */
    struct buffer since;              /* what it is called */
    struct buffer cutoff;             /* a day, given or proposed; "" none */
    struct report_revision revision;
};

static void release(struct making *making)
{
    filing_rows_release(&making->rows);
    proof_release(&making->proof);
    filing_comparison_release(&making->changes);
    buffer_release(&making->since);
    buffer_release(&making->cutoff);
}

static void choose_cutoff(struct making *making, const struct record *filing, const char *period)
{
    const char *as_of = making->request->options->choices[REPORT_AS_OF];
    char proposed[DATE_TEXT_SIZE];
    record_format(filing, "cutoff_on", &making->cutoff);
    if (!making->cutoff.length && as_of)
        buffer_add(&making->cutoff, as_of);
    else if (!making->cutoff.length &&
             filing_propose_cutoff(making->request->report, period, proposed))
        buffer_add(&making->cutoff, proposed);
}

/* The filing's own period and day stand for what the report would be asked otherwise. */
static void choose_options(struct making *making, const char *period)
{
    const struct report *report = making->request->report;
    struct report_options *options = &making->options;
    struct period read;
    *options = *making->request->options;
    options->filed = &making->rows;
    if (period_parse(period, &read))
        options->year = read.year;
    if ((report->takes & REPORT_BIT(REPORT_PERIOD)) && !options->choices[REPORT_PERIOD])
        options->choices[REPORT_PERIOD] = period;
    if ((report->takes & REPORT_BIT(REPORT_AS_OF)) && !options->choices[REPORT_AS_OF] &&
        making->cutoff.length)
        options->choices[REPORT_AS_OF] = making->cutoff.text;
}

/* "BS-441802-2026-0001（2025 年报）" */
static bool describe_former(struct making *making, struct error *err)
{
    struct record former;
    bool ok = store_get(making->store, &reg_filing, making->former, &former, err);
    if (ok)
        buffer_addf(&making->since, "%s（%s %s）", record_text(&former, "case_no"),
                    record_text(&former, "period"), record_text(&former, "kind"));
    record_release(&former);
    return ok;
}

static bool compare_former(struct making *making, const struct filing_subject *subject,
                           struct error *err)
{
    if (!filing_last(making->store, subject, true, making->former, err))
        return false;
    if (!*making->former)
        return true;
    if (!filing_changes_since(making->store, making->former, &making->changes, err) ||
        !describe_former(making, err))
        return false;
    making->revision =
        (struct report_revision){.since = making->since.text, .changes = &making->changes};
    /* Who changed what, and why, is not for everybody: then it only stands in the record. */
    if (making->changes.count && !making->options.publish &&
        !report_is_public(making->request->report))
        making->options.revision = &making->revision;
    return true;
}

static bool check_request(const struct filing_request *request, struct error *err)
{
    if (request->report->write_file)
        return error_set(err, ERROR_USAGE, "%s不是一个工作簿，不能报送；可以用导出",
                         request->report->label);
    if (request->path && !text_ends_with(request->path, SUFFIX))
        return error_set(err, ERROR_USAGE, "报送的文件要是工作簿，请让“%s”以 " SUFFIX " 结尾",
                         request->path);
    return true;
}

static bool check_subject(const struct filing_subject *subject, struct error *err)
{
    struct period read;
    if (!*subject->kind)
        return error_set(err, ERROR_USAGE, "请写明报送种类，例如 年报、半年报、调度");
    return period_parse(subject->period, &read) ||
           error_set(err, ERROR_USAGE, "报告期“%s”应写成 2025、2025H1、2025Q3 或 2025-07 的样子",
                     subject->period);
}

static struct filing_subject subject_of(const struct filing_request *request,
                                        const struct record *filing)
{
    return (struct filing_subject){.kind = record_text(filing, "kind"),
                                   .period = record_text(filing, "period"),
                                   .report = request->report->name};
}

static bool begin(struct making *making, struct store *store, const struct filing_request *request,
                  const struct record *filing, struct error *err)
{
    const struct filing_subject subject = subject_of(request, filing);
    *making = (struct making){.store = store, .request = request};
    if (!check_request(request, err) || !check_subject(&subject, err))
        return false;
    choose_cutoff(making, filing, subject.period);
    choose_options(making, subject.period);
    return compare_former(making, &subject, err);
}

bool filing_inspect(struct store *store, const struct filing_request *request,
                    const struct record *filing, struct filing_findings *findings,
                    struct error *err)
{
    struct making making;
    struct report_result result;
    *findings = (struct filing_findings){.count = 0};
    bool ok = begin(&making, store, request, filing, err) &&
              report_write(request->report, store, &making.options, NULL, &result, err);
    if (ok) {
        filing_rows_settle(&making.rows);
        ok = filing_check(store, &making.rows, making.former, findings, err);
    }
    release(&making);
    return ok;
}

/* ---- what is recorded ---- */

static bool is_empty(const struct record *filing, const char *field)
{
    return value_is_null(record_value(filing, field));
}

static bool fill(struct making *making, struct record *filing, const char *field, const char *text,
                 struct error *err)
{
    return !is_empty(filing, field) || text_is_empty(text) ||
           record_set_text(filing, (size_t)reg_field_index(filing->reg, field), text,
                           store_lookup(making->store), err);
}

/* Whether the duty is one to report, and its next time is about the period. */
static bool is_about(const struct obligation_item *item, const char *period)
{
    struct buffer about = {0};
    if (item->next.nominal.year)
        obligation_write_period(&item->next, &about);
    bool same = strcmp(obligation_text(item, "reg_name"), reg_filing.name) == 0 && about.length &&
                strcmp(about.text, period) == 0;
    buffer_release(&about);
    return same;
}

static bool is_chosen(const struct obligation_item *item, const struct record *filing)
{
    const char *chosen = record_text(filing, "obligation");
    const char *campaign = record_text(filing, "campaign");
    if (*chosen)
        return strcmp(item->record.id, chosen) == 0;
    return (!*campaign || strcmp(obligation_text(item, "campaign"), campaign) == 0) &&
           is_about(item, record_text(filing, "period"));
}

/* The duty that the filing settles, when the policies in the file leave no doubt which, and by when
 * it was due. */
static bool fill_duty(struct making *making, struct record *filing, struct error *err)
{
    struct obligations list = {0};
    const struct obligation_item *found = NULL;
    size_t count = 0;
    char due[DATE_TEXT_SIZE] = "";
    bool ok = obligations_load(&list, making->store, clock_today(), err);
    for (size_t i = 0; ok && i < list.count; i++)
        if (is_chosen(&list.items[i], filing)) {
            found = &list.items[i];
            count++;
        }
    if (count == 1) {
        if (found->next.nominal.year)
            date_format(found->next.due, due);
        ok = fill(making, filing, "obligation", found->record.id, err) &&
             fill(making, filing, "campaign", obligation_text(found, "campaign"), err) &&
             fill(making, filing, "due_on", due, err);
    }
    obligations_release(&list);
    return ok;
}

/* Sent once more, it corrects the one before. */
static bool fill_revision(struct making *making, struct record *filing, struct error *err)
{
    struct record former;
    struct buffer note = {0};
    if (!*making->former)
        return true;
    bool ok = store_get(making->store, &reg_filing, making->former, &former, err);
    bool again = ok && strcmp(record_text(&former, "period"), record_text(filing, "period")) == 0;
    if (again)
        ok = fill(making, filing, "revises", former.id, err);
    if (ok && making->changes.count) {
        buffer_addf(&note, "与 %s 相比，已报出的数字有 %zu 处改动，见工作簿的修订说明",
                    making->since.text, making->changes.count);
        ok = fill(making, filing, "revision_note", note.text, err);
    }
    record_release(&former);
    buffer_release(&note);
    return ok;
}

static bool fill_file(struct making *making, struct record *filing, const char *part,
                      struct error *err)
{
    char sha256[ATTACHMENT_HASH_SIZE], *path = mem_text(making->request->path);
    struct buffer counts = {0}, sums = {0};
    proof_write_counts(&making->proof, &counts);
    proof_write_sums(&making->proof, &sums);
    bool ok = attachment_sum(part, sha256) ||
              error_set(err, ERROR_IO, "写出的文件读不出来，没有报送；请换一个盘再试");
    ok = ok && fill(making, filing, "file_name", basename(path), err) &&
         fill(making, filing, "file_sha256", sha256, err) &&
         fill(making, filing, "row_counts", buffer_text(&counts), err) &&
         fill(making, filing, "figures", buffer_text(&sums), err);
    buffer_release(&counts);
    buffer_release(&sums);
    free(path);
    return ok;
}

static bool fill_recipient(struct making *making, struct record *filing, struct error *err)
{
    const struct filing_subject subject = subject_of(making->request, filing);
    struct buffer proposed = {0};
    bool ok = !is_empty(filing, "recipient") ||
              filing_propose_recipient(making->store, &subject, &proposed, err);
    ok = ok && fill(making, filing, "recipient", buffer_text(&proposed), err);
    buffer_release(&proposed);
    return ok &&
           (!is_empty(filing, "recipient") ||
            error_set(err, ERROR_USAGE, "请写明报送对象（--recipient）：报给哪个单位，例如 %s",
                      reg_field_find(&reg_filing, "recipient")->example));
}

static bool fill_record(struct making *making, struct record *filing, const char *part,
                        struct error *err)
{
    char today[DATE_TEXT_SIZE];
    date_format(clock_today(), today);
    value_set_text(record_value_for_change(filing, "report"), making->request->report->name);
    return fill(making, filing, "filed_on", today, err) &&
           fill(making, filing, "filed_by", store_setting(making->store, "operator"), err) &&
           fill(making, filing, "cutoff_on", buffer_text(&making->cutoff), err) &&
           fill_duty(making, filing, err) && fill_revision(making, filing, err) &&
           fill_file(making, filing, part, err);
}

/* Whether the file in its place is the one recorded: another data file's filing to the same place
 * writes beside it under the same name. */
static bool stands_there(const struct making *making, const struct record *filing,
                         struct error *err)
{
    char sha256[ATTACHMENT_HASH_SIZE];
    return (attachment_sum(making->request->path, sha256) &&
            strcmp(sha256, record_text(filing, "file_sha256")) == 0) ||
           error_set(err, ERROR_BUSY, "别的程序同时在写“%s”，没有报送，请稍后再试",
                     making->request->path);
}

/* The file takes its place before the commit: a record of a file that is not there would be worse
 * than the other way round. */
static bool record(struct making *making, struct record *filing, const char *part,
                   struct error *err)
{
    struct store *store = making->store;
    struct file_swap swap = {0};
    struct buffer why = {0};
    buffer_addf(&why, "报送 %s %s", record_text(filing, "period"), record_text(filing, "kind"));
    bool ok = store_begin(store, "filing", why.text, err);
    buffer_release(&why);
    if (!ok)
        return false;
    ok = filing_keep(store, filing, &making->rows, err) &&
         file_swap_begin(&swap, part, making->request->path, err) &&
         stands_there(making, filing, err) && store_commit(store, err);
    file_swap_end(&swap, ok);
    store_rollback(store);
    return ok;
}

/* ---- making ---- */

static bool refuse_blocked(const struct filing_findings *findings, struct error *err)
{
    const struct filing_finding *first = &findings->items[0];
    return error_set(err, ERROR_REFUSED,
                     "有 %zu 个错误，不能报送，什么也没有写。第一个：%s“%s” %s %s",
                     findings->counts[SEVERITY_ERROR], first->reg->label, first->name, first->rule,
                     first->message);
}

/* Beside the target, so that the rename stays on one disk. */
static char *part_of(const char *target)
{
    struct buffer out = {0};
    char *folder = mem_text(target), *name = mem_text(target);
    buffer_addf(&out, "%s/.报送-%s", dirname(folder), basename(name));
    free(folder);
    free(name);
    return buffer_take(&out);
}

bool filing_make(struct store *store, const struct filing_request *request, struct record *filing,
                 struct report_result *result, struct filing_findings *findings, struct error *err)
{
    struct making making;
    struct record before;
    *findings = (struct filing_findings){.count = 0};
    record_copy(&before, filing);
    char *part = part_of(request->path);
    bool ok = report_check_target(store, request->path, err) &&
              settle_target(store, request->path, err) &&
              begin(&making, store, request, filing, err);
    if (ok) {
        making.options.proof = &making.proof;
        ok = fill_recipient(&making, filing, err) &&
             report_write(request->report, store, &making.options, part, result, err);
        filing_rows_settle(&making.rows);
        ok = ok && filing_check(store, &making.rows, making.former, findings, err) &&
             (!findings->counts[SEVERITY_ERROR] || refuse_blocked(findings, err)) &&
             proof_check(&making.proof, part, err) && fill_record(&making, filing, part, err) &&
             record(&making, filing, part, err);
        unlink(part);
        release(&making);
    }
    if (!ok) {
        record_release(filing);
        record_copy(filing, &before);
    }
    record_release(&before);
    free(part);
    return ok;
}
