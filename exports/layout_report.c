#include "exports/layout_report.h"

#include "core/mem.h"
#include "core/registers.h"
#include "exports/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the cut-off day ---- */

/* The day until which the filing before told; without one the same day a year before. */
static bool find_former(const struct layout *layout, struct run *run, struct error *err)
{
    char period[PERIOD_TEXT_SIZE], id[RECORD_ID_SIZE];
    struct record filing;
    period_format(run->cut.period, period);
    const struct filing_subject subject = {
        .kind = layout->cutoff_filing, .period = period, .report = layout->report.name};
    if (!filing_last(run->store, &subject, false, id, err))
        return false;
    struct date day;
    date_parse(run->cut.until, &day, NULL);
    day.year--;
    date_format(day, run->cut.former);
    if (!*id)
        return true;
    bool ok = store_get(run->store, &reg_filing, id, &filing, err);
    const char *told = ok ? record_text(&filing, "cutoff_on") : "";
    told = ok && !*told ? record_text(&filing, "filed_on") : told;
    if (*told)
        snprintf(run->cut.former, sizeof run->cut.former, "%s", told);
    record_release(&filing);
    return ok;
}

/* The period asked for, else the one of the day, else the first one of the year. */
static bool find_period(const struct layout *layout, struct run *run, struct date day,
                        struct error *err)
{
    const char *text = run->options->choices[REPORT_PERIOD];
    struct period *period = &run->cut.period;
    int month = run->options->year && run->options->year != day.year ? 0 : day.month - 1;
    *period = period_of_month(run->options->year ? run->options->year : day.year, month,
                              layout->cutoff_months);
    if (!text)
        return true;
    return (period_parse(text, period) && period->months == layout->cutoff_months) ||
           error_set(err, ERROR_USAGE,
                     "核算期“%s”不对：这份报表一期是 %d 个月，应写成 2026%s 的样子", text,
                     layout->cutoff_months,
                     layout->cutoff_months == 6   ? "H1"
                     : layout->cutoff_months == 3 ? "Q1"
                     : layout->cutoff_months == 1 ? "-06"
                                                  : "");
}

static struct date first_day(const struct period *period)
{
    return (struct date){period->year, period->first + 1, 1};
}

/* The day itself, or the nearest one of the period. */
static struct date within(const struct period *period, struct date day)
{
    const int end = period->first + period->months; /* its last month, from 1 */
    const struct date first = first_day(period);
    const struct date last = {period->year, end, date_month_length(period->year, end)};
    return date_compare(day, last) > 0 ? last : date_compare(day, first) < 0 ? first : day;
}

bool layout_report_cutoff(const struct layout *layout, const char *period, struct date *day)
{
    struct period read;
    if (!layout->cutoff_filing || !period_parse(period, &read) ||
        read.months != layout->cutoff_months)
        return false;
    *day = within(&read, *day);
    return true;
}

/* What came in any year until the last day. */
static void cut_at_year_end(struct run *run)
{
    run->cut.period = period_of_month(run->year, 0, 12);
    date_format(run_last_day(run), run->cut.until);
}

static bool find_cut(const struct layout *layout, struct run *run, struct error *err)
{
    const char *as_of = run->options->choices[REPORT_AS_OF];
    struct date day = run->context.today;
    if (layout->is_of_year_end)
        cut_at_year_end(run);
    if (!layout->cutoff_filing)
        return true;
    if (as_of && !date_parse(as_of, &day, err))
        return error_prefix(err, "--as-of");
    if (!find_period(layout, run, day, err))
        return false;
    const struct period period = run->cut.period;
    const struct date first = first_day(&period);
    if (as_of && date_compare(day, first) < 0)
        return error_set(err, ERROR_USAGE, "截止日期 %s 在核算期之前，请改 --as-of 或核算期",
                         as_of);
    run->year = period.year;
    date_format(first, run->cut.from);
    date_format(within(&period, day), run->cut.until);
    return find_former(layout, run, err);
}

/* ---- the report ---- */

/* The page of the layout's cover, if it has one, and its sheets. */
static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    struct run run;
    const struct layout *layout = report->layout;
    run_init(&run, store, options, sink, result);
    bool ok = find_cut(layout, &run, err) && layout_count_records(layout, store, &run.total, err);
    if (ok)
        layout_write_cover(layout, &run);
    ok = ok && layout_write_sheets(layout, &run, err);
    run_release(&run);
    return ok;
}

bool layout_report_read(const char *file, struct report *report, struct error *err)
{
    struct buffer path = {0};
    struct layout *layout = mem_new(1, sizeof *layout);
    buffer_addf(&path, "layouts/%s", file);
    bool ok = layout_read(layout, path.text, err);
    buffer_release(&path);
    const char *dot = strrchr(file, '.');
    if (!ok && !layout->report.name) {
        free(layout->text);
        layout->text = mem_text_part(file, dot ? (size_t)(dot - file) : strlen(file));
        layout->report.name = layout->text;
    }
    *report = (struct report){
        .name = layout->report.name,
        .label = layout->report.label,
        .help = layout->report.help,
        .file = layout->report.file,
        .write = write,
        .layout = layout,
        .months = layout->cutoff_months,
        .takes = layout->takes,
        .needs = layout->needs,
    };
    return ok;
}

void layout_report_release(struct report *report)
{
    if (report->layout)
        layout_release(report->layout);
    free(report->layout);
    report->layout = NULL;
}
