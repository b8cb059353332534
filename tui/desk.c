#include "tui/desk.h"

#include "core/text.h"
#include "db/clock.h"
#include "db/finder.h"
#include "db/pack.h"
#include "db/summary.h"
#include "tui/screens/screens.h"
#include "tui/screens/targets.h"

#include <string.h>

struct store *desk_store(const struct app *app)
{
    return ((const struct desk *)app->desk)->store;
}

bool desk_has_changed(const struct app *app, int64_t stamp)
{
    int64_t now;
    return !summary_stamp(desk_store(app), &now, NULL) || now != stamp;
}

/* "清远 2018 · 张 · 2026-06-15 周一" */
static void set_owner(struct app *app, struct store *store)
{
    struct buffer owner = {0};
    char day[DATE_TEXT_SIZE];
    struct date today = clock_today();
    date_format(today, day);
    const char *pack = store_setting(store, "pack");
    if (*pack) {
        /* A file from a newer program may follow a pack that this one does not have. */
        if (!pack_label(pack, &owner, NULL))
            buffer_add(&owner, pack);
        buffer_add(&owner, " · ");
    }
    const char *operator_name = store_setting(store, "operator");
    if (*operator_name)
        buffer_addf(&owner, "%s · ", operator_name);
    buffer_addf(&owner, "%s %s%s", day, date_weekday_name(today),
                store_can_write(store) ? "" : " · 只读");
    app_set_owner(app, buffer_text(&owner));
    buffer_release(&owner);
}

/* Reads what can be searched for while nothing is typed. */
static bool read_on(struct app *app)
{
    enum { SLICE_MS = 8 };
    struct finder *finder;
    bool more = false;
    return finder_of(desk_store(app), &finder, NULL) &&
           finder_work(finder, SLICE_MS, &more, NULL) && more;
}

/* `notice`: what the clerk must know before anything else; NULL nothing. */
static void run(struct terminal *terminal, struct store *store, const char *notice)
{
    struct app app;
    struct desk desk = {.store = store};
    app_init(&app, terminal, &desk);
    app.work_on = read_on;
    set_owner(&app, store);
    workbench_open(&app);
    if (notice)
        app_message(&app, MESSAGE_WARNING, "%s", notice);
    else
        recovery_ask(&app);
    app_run(&app);
    app_release(&app);
}

void desk_run_on(struct terminal *terminal, struct store *store)
{
    run(terminal, store, NULL);
}

static bool open_store(struct store **store, const char *path, struct buffer *notice,
                       struct error *err)
{
    struct error busy = {0};
    if (store_open(store, path, STORE_WRITE, &busy))
        return true;
    if (busy.code == ERROR_MISSING)
        return error_set(err, ERROR_MISSING,
                         "还没有数据文件“%s”。请先运行：taizhang init --pack qingyuan-2018 "
                         "--region 441802 --operator 姓名（改成本县的政策包、区划代码和您的姓名）",
                         path);
    if (busy.code == ERROR_BUSY && store_open(store, path, STORE_READ, err)) {
        buffer_addf(notice, "现在只能查看，不能改动：%s。", busy.message);
        return true;
    }
    if (busy.code != ERROR_BUSY)
        *err = busy;
    return false;
}

bool desk_run(const char *path, struct error *err)
{
    struct store *store = NULL;
    struct terminal *terminal = NULL;
    struct buffer notice = {0};
    bool ok = open_store(&store, path, &notice, err) && term_curses_open(&terminal, err);
    if (ok)
        run(terminal, store, notice.length ? notice.text : NULL);
    term_close(&terminal);
    store_close(&store);
    buffer_release(&notice);
    return ok;
}

const struct screen_class *desk_screen(size_t n)
{
    static const struct screen_class *(*const classes[])(void) = {
        workbench_class,
        menu_class,
        year_class,
        obligation_class,
        list_class,
        case_class,
        form_fields_class,
        form_children_class,
        form_task_class,
        moves_class,
        moves_result_class,
        survey_class,
        survey_summary_class,
        findings_class,
        findings_list_class,
        history_class,
        import_class,
        export_class,
        filing_class,
        filing_compare_class,
        grading_class,
        trace_class,
        grading_list_class,
        accounts_class,
        account_source_class,
        account_project_class,
        targets_class,
        target_parts_class,
        search_class,
        inspect_class,
        inspect_summary_class,
        balance_class,
        verdict_class,
    };
    return n < COUNT_OF(classes) ? classes[n]() : NULL;
}
