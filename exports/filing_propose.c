/* What is proposed for a filing: its file's name, who gets it, until which day its figures count.
 */
#include "core/region.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/clock.h"
#include "db/query.h"
#include "exports/filing.h"
#include "exports/layout.h"
#include "exports/layout_report.h"

#include <string.h>

/* ---- the file ---- */

bool filing_propose_name(struct store *store, const struct report *report, const char *kind,
                         const char *period, struct buffer *out, struct error *err)
{
    const struct filing_subject subject = {.kind = kind, .period = period, .report = report->name};
    int64_t count = 0;
    size_t start = out->length;
    const char *own = store_setting(store, "region");
    const struct lookup *lookup = store_lookup(store);
    if (!filing_count(store, &subject, &count, err))
        return false;
    if (!*own || !lookup->label(lookup->context, "region", own, out))
        buffer_add(out, "本县");
    buffer_addf(out, "_%s_%s_%s_v%lld.xlsx", period, kind, report->label, (long long)count + 1);
    for (char *slash = out->text + start; (slash = strchr(slash, '/'));)
        *slash = '_';
    return true;
}

/* ---- who gets it ---- */

/* Who got the latest filing of the kind: one by the same report, else one by any. */
static bool add_former(struct store *store, const struct filing_subject *subject,
                       struct buffer *out, struct error *err)
{
    struct buffer where = {0}, found = {0};
    struct cursor *cursor;
    const struct record *filing = NULL;
    bool ok, same = false;
    buffer_addf(&where, "kind='%s' recipient!=", subject->kind);
    const struct query query = {
        .reg = &reg_filing, .where = where.text, .order = "filed_on", .descending = true};
    ok = cursor_open(&cursor, store, &query, err);
    while (ok && !same && (ok = cursor_next(cursor, &filing, err)) && filing) {
        same = strcmp(record_text(filing, "report"), subject->report) == 0;
        if (same || !found.length) {
            buffer_clear(&found);
            buffer_add(&found, record_text(filing, "recipient"));
        }
    }
    cursor_close(&cursor);
    buffer_add(out, buffer_text(&found));
    buffer_release(&where);
    buffer_release(&found);
    return ok;
}

/* What stands between province and county without being a place: 市辖区, 省直辖县级行政区划. */
static bool is_place(const char *name)
{
    static const char *const ends[] = {"市", "州", "盟", "地区", "省"};
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (text_ends_with(name, ends[i]))
            return true;
    return false;
}

/* The department of the region above the bureau's own: of a county the city's, of a city the
 * province's. */
static void add_superior(struct store *store, struct buffer *out)
{
    enum { PROVINCE = 2, CITY = 4 };
    const char *own = store_setting(store, "region");
    const struct lookup *lookup = store_lookup(store);
    size_t length = region_prefix(own);
    struct buffer name = {0};
    while (length > PROVINCE) {
        char code[CITY + 1] = "";
        length = length > CITY ? CITY : PROVINCE;
        memcpy(code, own, length);
        buffer_clear(&name);
        if (lookup->label(lookup->context, "region", code, &name) &&
            (length == PROVINCE || is_place(name.text)))
            break;
    }
    if (name.length)
        buffer_addf(out, "%s%s", name.text,
                    length == PROVINCE && !text_ends_with(name.text, "市") ? "生态环境厅"
                                                                           : "生态环境局");
    buffer_release(&name);
}

bool filing_propose_recipient(struct store *store, const struct filing_subject *subject,
                              struct buffer *out, struct error *err)
{
    size_t start = out->length;
    if (!add_former(store, subject, out, err))
        return false;
    if (out->length == start)
        add_superior(store, out);
    return true;
}

/* ---- until which day ---- */

bool filing_propose_cutoff(const struct report *report, const char *period,
                           char cutoff[DATE_TEXT_SIZE])
{
    struct date day = clock_today();
    if (!report->layout || !layout_report_cutoff(report->layout, period, &day))
        return false;
    date_format(day, cutoff);
    return true;
}
