#include "tui/screens/views.h"
#include "db/store.h"
#include "tui/desk.h"
#include "tui/screens/picker.h"
#include "tui/screens/screens.h"
#include "tui/screens/targets.h"

#include <string.h>

static const struct view views[] = {
    {.label = "减排进度",
     .help = "各地区的减排目标、进度和年底预测。",
     .menu = MENU_QUOTA,
     .open = targets_open},
    {.label = "分级排序",
     .help = "历史遗留点位按整治的先后：没有数据的在前。",
     .menu = MENU_INVENTORY,
     .open = grading_list_open},
    {.label = "分级研判",
     .help = "历史遗留点位的等级：建议、理由、证据、历程。",
     .reg = "legacy_site",
     .open = grading_open},
    {.label = "限值判定",
     .help = "监测值对照限值：超标没有、几倍、限值核过没有、是不是涉嫌犯罪线索。",
     .menu = MENU_MONITOR,
     .reg = "sample",
     .open = verdict_open},
    {.label = "指标账户",
     .help = "来源还剩多少、项目还缺多少，到哪一天。",
     .menu = MENU_QUOTA,
     .open = accounts_open},
    {.label = "来源账户",
     .help = "减排工程的流水：核定、转让、作废，还剩多少。",
     .reg = "reduction_project",
     .open = account_source_open},
    {.label = "项目账户",
     .help = "建设项目要替代多少、有了多少、还缺多少。",
     .reg = "construction_project",
     .open = account_project_open},
    {.label = "铊去向",
     .help = "铊从哪里来、到哪里去：一家一家追下去，回流、对不上的都标出来。",
     .menu = MENU_MONITOR,
     .reg = "enterprise",
     .open = trace_open},
    {.label = "铊平衡",
     .help = "企业的铊从哪里来、到哪里去：投入、产出、排放、库存、差额，闭合率，还缺什么。",
     .menu = MENU_MONITOR,
     .reg = "enterprise",
     .open = balance_open},
    {.label = "报送",
     .help = "把材料报给上级：看哪些错误挡着，写出、读回核对、记录。",
     .menu = MENU_DUTY,
     .open = filing_open},
    {.label = "报送比较",
     .help = "与上一次同种报送相比的新增、移出、变更，报出以后改过什么。",
     .reg = "filing",
     .open = filing_compare_open},
    {.label = NULL},
};

enum { VIEWS_MOST = 32 };

const struct view *view_at(size_t n)
{
    return n + 1 < COUNT_OF(views) ? &views[n] : NULL;
}

/* The views about records of `reg`. */
static size_t list_views(const struct reg *reg, const struct view *found[VIEWS_MOST])
{
    size_t count = 0;
    for (size_t i = 0; view_at(i) && count < VIEWS_MOST; i++)
        if (reg && view_at(i)->reg && strcmp(view_at(i)->reg, reg->name) == 0)
            found[count++] = view_at(i);
    return count;
}

bool view_is_possible(const struct reg *reg)
{
    const struct view *found[VIEWS_MOST];
    return list_views(reg, found) > 0 || list_views(reg_subject(reg), found) > 0;
}

static void describe(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct view *const *found = context;
    buffer_add(name, found[index]->label);
    buffer_add(detail, found[index]->help);
}

/* The id of what the record is a profile of; "" when that cannot be read. */
static void find_subject(struct app *app, const struct reg *reg, const char *id,
                         char subject[RECORD_ID_SIZE])
{
    struct record record;
    struct error err = {0};
    *subject = '\0';
    if (!store_get(desk_store(app), reg, id, &record, &err))
        app_error(app, &err);
    else
        strncat(subject, record_text(&record, reg->name_field), RECORD_ID_SIZE - 1);
    record_release(&record);
}

void view_choose(struct app *app, const struct reg *reg, const char *id)
{
    const struct view *found[VIEWS_MOST];
    char subject[RECORD_ID_SIZE];
    size_t index = 0, count = list_views(reg, found);
    if (count == 0 && (count = list_views(reg_subject(reg), found)) > 0) {
        find_subject(app, reg, id, subject);
        id = subject;
    }
    const struct picker picker = {
        .title = "测算什么", .count = count, .context = found, .describe = describe};
    if (!*id || count == 0 || (count > 1 && !picker_choose(app, &picker, &index)))
        return;
    found[index]->open(app, id);
}
