#include "exports/run.h"

#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_BETWEEN_REPORTS = 64 };

void run_init(struct run *run, struct store *store, const struct report_options *options,
              struct sink *sink, struct report_result *result)
{
    *run = (struct run){
        .store = store,
        .options = options,
        .sink = sink,
        .result = result,
        .context = store_check_context(store),
    };
    run->year = options->year ? options->year : run->context.today.year;
}

void run_release(struct run *run)
{
    for (size_t i = 0; i < run->shared_count; i++) {
        run->shared[i].work->release(run->shared[i].result);
        free(run->shared[i].result);
    }
    free(run->shared);
    run->shared = NULL;
    run->shared_count = run->shared_capacity = 0;
}

const void *run_share(struct run *run, const struct run_work *work, const struct layout *layout,
                      struct error *err)
{
    for (size_t i = 0; i < run->shared_count; i++)
        if (run->shared[i].work == work)
            return run->shared[i].result;
    void *result = mem_new(1, work->size);
    if (!work->take(result, run, layout, err)) {
        work->release(result);
        free(result);
        return NULL;
    }
    run->shared =
        mem_grow(run->shared, run->shared_count, &run->shared_capacity, sizeof *run->shared);
    run->shared[run->shared_count++] = (struct run_shared){work, result};
    return result;
}

struct date run_last_day(const struct run *run)
{
    const struct date today = run->context.today, end = {run->year, 12, 31};
    struct date day = date_compare(today, end) < 0 ? today : end;
    if (*run->cut.until)
        date_parse(run->cut.until, &day, NULL);
    return day;
}

bool run_step(struct run *run, struct error *err)
{
    const struct report_options *options = run->options;
    if (run->done++ % STEPS_BETWEEN_REPORTS != 0 || !options->progress ||
        options->progress(options->context, run->done, run->total))
        return true;
    return error_set(err, ERROR_CANCELLED, "导出已取消，原来的文件没有变动。");
}

void run_note_shown(const struct run *run, const struct record *record, const bool *shown)
{
    if (run->options->filed && record->id[0])
        filing_rows_add(run->options->filed, record, shown, run->context.lookup);
}

void run_note_within(const struct run *run, const struct record *record, const bool *shown)
{
    if (run->options->filed && record->id[0])
        filing_rows_add_within(run->options->filed, record, shown, run->context.lookup);
}

/* ---- placeholders ---- */

static void fill_year(const struct run *run, struct buffer *out)
{
    buffer_addf(out, "%d", run->year);
}

static void fill_period(const struct run *run, struct buffer *out)
{
    if (run->options->choices[REPORT_PERIOD])
        buffer_add(out, run->options->choices[REPORT_PERIOD]);
    else
        fill_year(run, out);
}

/* The bureau's own county; before it is set, a line to fill by hand. */
static void fill_region(const struct run *run, struct buffer *out)
{
    const struct lookup *lookup = run->context.lookup;
    const char *own = run->context.jurisdiction;
    if (text_is_empty(own) || !lookup->label(lookup->context, "region", own, out))
        buffer_add(out, "＿＿县（市、区）");
}

static void fill_bureau(const struct run *run, struct buffer *out)
{
    fill_region(run, out);
    buffer_add(out, "生态环境局");
}

static void fill_operator(const struct run *run, struct buffer *out)
{
    buffer_add(out, store_setting(run->store, "operator"));
}

static void fill_today(const struct run *run, struct buffer *out)
{
    struct date today = run->context.today;
    buffer_addf(out, "%d年%d月%d日", today.year, today.month, today.day);
}

/* "2026年上半年" */
static void fill_period_words(const struct run *run, struct buffer *out)
{
    static const char *const halves[] = {"上半年", "下半年"};
    const char *text = run->options->choices[REPORT_PERIOD];
    struct period period = period_of_month(run->year, 0, 12);
    if (text)
        period_parse(text, &period);
    else if (*run->cut.until)
        period = run->cut.period;
    buffer_addf(out, "%d年", period.year);
    if (period.months == 6)
        buffer_add(out, halves[period.first / 6]);
    else if (period.months == 3)
        buffer_addf(out, "第%d季度", period.first / 3 + 1);
    else if (period.months == 1)
        buffer_addf(out, "%d月", period.first + 1);
}

static void add_day(const char *text, struct buffer *out)
{
    struct date day;
    if (date_parse(text, &day, NULL))
        buffer_addf(out, "%d年%d月%d日", day.year, day.month, day.day);
}

static void fill_cutoff(const struct run *run, struct buffer *out)
{
    const char *chosen = run->options->choices[REPORT_AS_OF];
    if (*run->cut.until || chosen)
        add_day(*run->cut.until ? run->cut.until : chosen, out);
    else
        fill_today(run, out);
}

static void fill_former_cutoff(const struct run *run, struct buffer *out)
{
    add_day(run->cut.former, out);
}

static const struct placeholder {
    const char *name;
    void (*fill)(const struct run *run, struct buffer *out);
} placeholders[] = {
    {"{年度}", fill_year},
    {"{地区}", fill_region},
    {"{填报单位}", fill_bureau},
    {"{填表人}", fill_operator},
    {"{填报日期}", fill_today},
    {"{核算期}", fill_period},
    {"{报告期}", fill_period_words},
    {"{截止日期}", fill_cutoff},
    {"{上次截止日期}", fill_former_cutoff},
};

static const struct placeholder *find_placeholder(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(placeholders); i++)
        if (text_starts_with(text, placeholders[i].name))
            return &placeholders[i];
    return NULL;
}

bool run_check_placeholders(const char *text, struct error *err)
{
    for (const char *at = text; (at = strchr(at, '{')); at++) {
        if (find_placeholder(at))
            continue;
        struct buffer names = {0};
        for (size_t i = 0; i < COUNT_OF(placeholders); i++)
            buffer_addf(&names, "%s%s", i ? "、" : "", placeholders[i].name);
        error_set(err, ERROR_FORMAT, "花括号里只能是 %s，请改正“%s”", names.text, text);
        buffer_release(&names);
        return false;
    }
    return true;
}

void run_fill(const struct run *run, const char *text, struct buffer *out)
{
    while (*text) {
        const struct placeholder *placeholder = find_placeholder(text);
        if (placeholder) {
            placeholder->fill(run, out);
            text += strlen(placeholder->name);
        } else {
            size_t length = strcspn(text + 1, "{") + 1;
            buffer_add_bytes(out, text, length);
            text += length;
        }
    }
}
