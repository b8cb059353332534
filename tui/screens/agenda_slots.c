/* What is to be done, as lines: found in the file, told in words. */
#include "core/mem.h"
#include "db/check.h"
#include "db/clock.h"
#include "db/query.h"
#include "tui/screens/draft_name.h"
#include "tui/screens/obligation.h"
#include "tui/screens/workbench.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum { GAPS_SHOWN = 3, MISSED_SHOWN = 2, DECEMBER = 12 };

void slot_clear_items(struct slot *slot)
{
    for (size_t i = 0; i < slot->count; i++) {
        struct item *item = &slot->items[i];
        char *const texts[] = {item->label, item->where, item->name, item->detail, item->more};
        for (size_t j = 0; j < COUNT_OF(texts); j++)
            free(texts[j]);
    }
    slot->count = 0;
}

static struct item *add_item(struct slot *slot, struct item item)
{
    slot->items[slot->count] = item;
    slot->items[slot->count].slot = slot;
    return &slot->items[slot->count++];
}

/* ---- parts ---- */

static bool count_levels(const struct slot *slot, struct part *part, struct store *store,
                         struct error *err)
{
    struct check_context context = store_check_context(store);
    bool ok = true;
    part->count = 0;
    for (int level = 1; ok && level <= DUTY_LEVELS; level++) {
        struct buffer where = {0};
        duty_write_level_where(slot->duty, part->reg, level, &context, &where);
        const struct query query = {.reg = part->reg, .where = where.text};
        ok = query_count(store, &query, &part->levels[level - 1], err);
        part->count += part->levels[level - 1];
        buffer_release(&where);
    }
    return ok;
}

static bool count_duty(const struct slot *slot, struct part *part, struct store *store,
                       struct error *err)
{
    struct buffer where = {0};
    struct check_context context = store_check_context(store);
    duty_write_where(slot->duty, part->reg, &context, &where);
    free(part->where);
    part->where = buffer_take(&where);
    const struct query query = {.reg = part->reg, .where = part->where};
    return slot->duty->has_levels ? count_levels(slot, part, store, err)
                                  : query_count(store, &query, &part->count, err);
}

/* "缺 统一社会信用代码 12、产能 3" */
static bool tell_gaps(struct part *part, struct store *store, struct error *err)
{
    struct summary_gap gaps[GAPS_SHOWN];
    size_t found = 0;
    struct buffer text = {0};
    bool ok = part->count == 0 || summary_gaps(store, part->reg, gaps, GAPS_SHOWN, &found, err);
    for (size_t i = 0; i < found; i++) {
        buffer_add(&text, i ? "、" : "缺 ");
        field_add_title(gaps[i].field, &text);
        if (part->count <= SUMMARY_GAP_SAMPLE)
            buffer_addf(&text, " %lld", (long long)gaps[i].count);
    }
    free(part->more);
    part->more = found ? buffer_take(&text) : NULL;
    return ok;
}

bool slot_fill_part(struct slot *slot, size_t index, struct store *store, struct error *err)
{
    struct part *part = &slot->parts[index];
    struct summary_counts counts;
    if (slot->kind == SLOT_DUTY)
        return count_duty(slot, part, store, err);
    if (!summary_count(store, part->reg, &counts, err))
        return false;
    part->count = counts.incomplete;
    return tell_gaps(part, store, err);
}

/* The only part with something in it; NULL when there are several. */
static const struct part *only_part(const struct slot *slot)
{
    const struct part *only = NULL;
    for (size_t i = 0; i < slot->part_count; i++) {
        if (slot->parts[i].count == 0)
            continue;
        if (only)
            return NULL;
        only = &slot->parts[i];
    }
    return only;
}

static int64_t sum_parts(const struct slot *slot)
{
    int64_t sum = 0;
    for (size_t i = 0; i < slot->part_count; i++)
        sum += slot->parts[i].count;
    return sum;
}

static char *label_of(const struct slot *slot)
{
    struct buffer label = {0};
    if (slot->kind == SLOT_INCOMPLETE)
        buffer_add(&label, "待补资料");
    else
        duty_write_label(slot->duty, slot->parts[0].reg, &label);
    return buffer_take(&label);
}

static const char *mark_of(const struct slot *slot)
{
    return slot->kind == SLOT_DUTY && slot->duty->mark == '!' ? "!" : "?";
}

/* One line for several registers: "涉铊 6   遗留点位 9". */
static void add_parts(struct slot *slot, int64_t total)
{
    struct buffer text = {0};
    for (size_t i = 0; i < slot->part_count; i++)
        if (slot->parts[i].count)
            buffer_addf(&text, "%s%s %lld", text.length ? "   " : "", reg_brief(slot->parts[i].reg),
                        (long long)slot->parts[i].count);
    add_item(slot, (struct item){.mark = mark_of(slot),
                                 .label = label_of(slot),
                                 .count = total,
                                 .target = ITEM_PARTS,
                                 .name = buffer_take(&text)});
}

static void add_part_line(struct slot *slot, const struct part *part)
{
    add_item(slot, (struct item){.mark = mark_of(slot),
                                 .label = label_of(slot),
                                 .count = part->count,
                                 .target = ITEM_LIST,
                                 .reg = part->reg,
                                 .where = mem_text(part->where),
                                 .name = mem_text(part->reg->label),
                                 .more = mem_text(part->more)});
}

/* ---- duties of one register: the most pressing records ---- */

static void tell_person(const struct record *record, struct buffer *out)
{
    static const char *const names[] = {"state", "responsible_person", "status", "lead"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct value *value = record_value(record, names[i]);
        if (value && value->kind == VALUE_TEXT)
            buffer_addf(out, "%s%s", out->length ? "  " : "", value->text);
    }
}

static void fill_record(struct item *item, const struct duty *duty, const struct record *record,
                        struct date today, const struct lookup *lookup)
{
    struct buffer name = {0}, detail = {0}, more = {0};
    record_name(record, lookup, &name);
    duty_tell(duty, record, today, &detail);
    tell_person(record, &more);
    item->name = buffer_take(&name);
    item->detail = buffer_take(&detail);
    item->more = buffer_take(&more);
}

/* "满 30 天 2 · 7 天 1 · 1 天 2": the worst first. */
static char *tell_levels(const struct part *part, struct store *store)
{
    struct check_context context = store_check_context(store);
    struct buffer text = {0};
    for (int level = DUTY_LEVELS; level >= 1; level--)
        if (part->levels[level - 1])
            buffer_addf(&text, "%s%d 天 %lld", text.length ? " · " : "满 ",
                        duty_level_days(level, &context), (long long)part->levels[level - 1]);
    return text.length ? buffer_take(&text) : NULL;
}

/* The line that stands for several. */
static void add_levels(struct slot *slot, const struct part *part, struct store *store)
{
    add_item(slot, (struct item){.mark = mark_of(slot),
                                 .label = label_of(slot),
                                 .count = part->count,
                                 .target = ITEM_LIST,
                                 .reg = part->reg,
                                 .where = mem_text(part->where),
                                 .name = tell_levels(part, store)});
}

/* A missed day is shown with its records, a coming one with the next. */
static bool add_records(struct slot *slot, const struct part *part, struct date today,
                        struct store *store, struct error *err)
{
    struct cursor *cursor;
    const struct record *record;
    size_t most = slot->duty->mark == '!' ? MISSED_SHOWN : 1;
    const struct query query = {
        .reg = part->reg, .where = part->where, .order = duty_date(slot->duty, part->reg)};
    if (slot->duty->has_levels && part->count > 1)
        add_levels(slot, part, store);
    bool ok = cursor_open(&cursor, store, &query, err);
    for (size_t i = 0; ok && i < most && (ok = cursor_next(cursor, &record, err)) && record; i++) {
        bool is_first = slot->count == 0, is_list = is_first && part->count > 1;
        struct item *item =
            add_item(slot, (struct item){.mark = mark_of(slot),
                                         .label = is_first ? label_of(slot) : NULL,
                                         .count = part->count,
                                         .target = is_list ? ITEM_LIST : ITEM_RECORD,
                                         .reg = part->reg,
                                         .where = is_list ? mem_text(part->where) : NULL});
        memcpy(item->id, record->id, sizeof item->id);
        fill_record(item, slot->duty, record, today, store_lookup(store));
    }
    cursor_close(&cursor);
    return ok;
}

static bool finish_parts(struct slot *slot, struct agenda *agenda, struct store *store,
                         struct error *err)
{
    int64_t total = sum_parts(slot);
    const struct part *only = only_part(slot);
    if (total == 0)
        return true;
    if (!only)
        add_parts(slot, total);
    else if (slot->kind == SLOT_DUTY && duty_date(slot->duty, only->reg))
        return add_records(slot, only, agenda->today, store, err);
    else
        add_part_line(slot, only);
    return true;
}

/* ---- obligations ---- */

bool slot_has_obligation(const struct slot *slot, const struct obligation_item *item,
                         struct date today)
{
    bool missed = slot->kind == SLOT_MISSED;
    int days = date_to_days(item->next.due) - date_to_days(today);
    return item->next.nominal.year != 0 && (missed ? days < 0 : days >= 0 && days <= DUTY_MONTH);
}

/* The first line stands for all when there are more than can be shown. */
static void add_obligations(struct slot *slot, const struct agenda *agenda)
{
    bool missed = slot->kind == SLOT_MISSED;
    const struct obligations *list = &agenda->obligations;
    size_t most = missed ? MISSED_SHOWN : SLOT_ITEMS;
    int64_t total = 0;
    for (size_t i = 0; i < list->count; i++)
        total += slot_has_obligation(slot, &list->items[i], agenda->today);
    for (size_t i = 0; i < list->count && slot->count < most; i++) {
        const struct obligation_item *obligation = &list->items[i];
        if (!slot_has_obligation(slot, obligation, agenda->today))
            continue;
        bool stands_for_all = slot->count == 0 && total > (int64_t)most;
        struct buffer detail = {0}, more = {0};
        obligation_tell_due(&obligation->next, agenda->today, &detail);
        obligation_tell_span(&obligation->next, agenda->today, &more);
        struct item *item = add_item(
            slot, (struct item){
                      .mark = missed ? "!" : "▸",
                      .label = slot->count ? NULL : mem_text(missed ? "法定任务逾期" : "法定任务"),
                      .count = total,
                      .target = stands_for_all ? ITEM_OBLIGATIONS : ITEM_OBLIGATION,
                      .name = mem_text(obligation_text(obligation, "what")),
                      .detail = buffer_take(&detail),
                      .more = buffer_take(&more)});
        memcpy(item->id, obligation->record.id, sizeof item->id);
    }
}

static bool load_obligations(struct agenda *agenda, struct store *store, struct error *err)
{
    obligations_release(&agenda->obligations);
    return obligations_load(&agenda->obligations, store, agenda->today, err);
}

/* ---- findings, the calendar ---- */

static bool add_waiting(struct slot *slot, struct store *store, struct error *err)
{
    int64_t records, wholes;
    struct buffer text = {0};
    if (!check_waiting(store, &records, &wholes, err))
        return false;
    if (records + wholes == 0)
        return true;
    if (wholes)
        buffer_addf(&text, "还有 %lld 张清单要重新核验", (long long)wholes);
    else
        buffer_addf(&text, "还有 %lld 条记录要重新核验", (long long)records);
    add_item(slot, (struct item){.mark = "·",
                                 .label = mem_text("核验中 …"),
                                 .count = -1,
                                 .target = ITEM_FINDINGS,
                                 .name = buffer_take(&text)});
    return true;
}

/* What was counted last, and what is still to be looked at. */
static bool add_findings(struct slot *slot, const struct agenda *agenda, struct store *store,
                         struct error *err)
{
    const int64_t *counts = agenda->findings;
    if (counts[SEVERITY_ERROR] + counts[SEVERITY_WARNING] + counts[SEVERITY_HINT] > 0) {
        struct buffer text = {0};
        buffer_addf(&text, "警告 %lld   提示 %lld", (long long)counts[SEVERITY_WARNING],
                    (long long)counts[SEVERITY_HINT]);
        add_item(slot, (struct item){.mark = counts[SEVERITY_ERROR] ? "x" : "?",
                                     .label = mem_text("核验错误"),
                                     .count = counts[SEVERITY_ERROR],
                                     .target = ITEM_FINDINGS,
                                     .name = buffer_take(&text)});
    }
    return add_waiting(slot, store, err);
}

/* The notice of a year comes in November of the one before. */
static void add_calendar(struct slot *slot, const struct agenda *agenda, struct store *store)
{
    const struct calendar *calendar = store_calendar(store);
    int year = agenda->today.year;
    if (calendar_has_year(calendar, year)) {
        if (agenda->today.month < DECEMBER || calendar_has_year(calendar, ++year))
            return;
    }
    struct buffer text = {0};
    buffer_addf(&text, "%d 年放假安排还没有装载，期限暂按周一至周五估算", year);
    add_item(slot, (struct item){.mark = "?",
                                 .label = mem_text("补节假日"),
                                 .count = -1,
                                 .target = ITEM_LIST,
                                 .reg = reg_find("holiday"),
                                 .where = mem_text(""),
                                 .name = buffer_take(&text)});
}

/* ---- drafts ---- */

static bool add_drafts(struct slot *slot, struct date today, struct store *store, struct error *err)
{
    struct draft *drafts;
    size_t count;
    if (!draft_list(store, &drafts, &count, err))
        return false;
    for (size_t i = 0; i < count && i < MISSED_SHOWN; i++) {
        struct item *item = add_item(slot, (struct item){.mark = "~",
                                                         .label = i ? NULL : mem_text("草稿"),
                                                         .count = (int64_t)count,
                                                         .target = ITEM_RECORD,
                                                         .reg = drafts[i].reg});
        struct buffer name = {0}, more = {0};
        memcpy(item->id, drafts[i].record, sizeof item->id);
        draft_name(store, &drafts[i], &name);
        draft_tell(&drafts[i], today, &more);
        item->name = buffer_take(&name);
        item->more = buffer_take(&more);
    }
    free(drafts);
    return true;
}

bool slot_finish(struct slot *slot, struct agenda *agenda, struct store *store, struct error *err)
{
    slot_clear_items(slot);
    switch (slot->kind) {
    case SLOT_DUTY:
    case SLOT_INCOMPLETE:
        return finish_parts(slot, agenda, store, err);
    case SLOT_MISSED:
        if (!load_obligations(agenda, store, err))
            return false;
        add_obligations(slot, agenda);
        return true;
    case SLOT_COMING:
        add_obligations(slot, agenda);
        return true;
    case SLOT_FINDINGS:
        return add_findings(slot, agenda, store, err);
    case SLOT_CALENDAR:
        add_calendar(slot, agenda, store);
        return true;
    case SLOT_DRAFTS:
        return add_drafts(slot, agenda->today, store, err);
    }
    return true;
}
