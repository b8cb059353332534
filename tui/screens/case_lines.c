/* What stands on the first page of a case file: who it is, how the measured factor goes, what is
 * open, what is missing, what happened. */
#include "tui/screens/case.h"

#include "core/decimal.h"
#include "core/duty.h"
#include "core/mem.h"
#include "tui/desk.h"
#include "tui/wording.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROOMY_ROWS = 30,
    CHART_ROWS = 5,
    CASES_SHOWN = 4,
    GAPS_NAMED = 3,
    FINDINGS_SHOWN = 3,
    LOSSES_SHOWN = 3,
    NANO_SCALE = 9,
};

bool case_leads(const struct case_line *line)
{
    return line->reg || line->tab;
}

void case_release_lines(struct case_screen *self)
{
    for (size_t i = 0; i < self->line_count; i++) {
        free(self->lines[i].text);
        free(self->lines[i].more);
        free(self->lines[i].right);
    }
    self->line_count = 0;
}

static char *take(struct buffer *text)
{
    return text->length ? buffer_take(text) : NULL;
}

static struct case_line *add(struct case_screen *self, struct case_line line)
{
    self->lines =
        mem_grow(self->lines, self->line_count, &self->line_capacity, sizeof *self->lines);
    self->lines[self->line_count] = line;
    return &self->lines[self->line_count++];
}

static void add_heading(struct case_screen *self, const char *text, struct buffer *right)
{
    if (self->laid_out_rows >= ROOMY_ROWS)
        add(self, (struct case_line){.kind = CASE_BLANK});
    add(self, (struct case_line){.kind = CASE_HEADING,
                                 .text = mem_text(text),
                                 .right = right ? take(right) : NULL});
}

/* An entry that opens a record. */
static struct case_line *add_entry(struct case_screen *self, char mark, struct buffer *text,
                                   const struct reg *reg, const char *id)
{
    struct case_line *line = add(
        self, (struct case_line){.kind = CASE_ENTRY, .mark = mark, .text = take(text), .reg = reg});
    if (reg)
        memcpy(line->id, id, sizeof line->id);
    return line;
}

/* ---- who it is ---- */

static void tell_field(const struct record *record, const struct field *field,
                       const struct lookup *lookup, struct buffer *out)
{
    buffer_add(out, out->length ? "   " : "");
    field_add_title(field, out);
    buffer_add_char(out, ' ');
    record_display(record, field->name, lookup, out);
    if (field->unit)
        buffer_addf(out, " %s", field->unit);
}

/* Whether the title says it already, or another line of the same object. */
static bool is_said(const struct reg *reg, const struct field *field)
{
    static const char *const titled[] = {"status", "town", "region"};
    bool said = strcmp(field->name, reg->name_field) == 0 || !field_is_stored(field);
    for (size_t i = 0; i < COUNT_OF(titled); i++)
        said = said || strcmp(field->name, titled[i]) == 0;
    return said;
}

/* The code that others know it by, then what the list shows, our own number last. */
static void tell_identity(const struct record *record, const struct lookup *lookup,
                          struct buffer *out)
{
    enum { CODE, LISTED, NUMBER, TURNS };
    for (int turn = 0; turn < TURNS; turn++) {
        for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
            const struct field *field = walk.field;
            int own = field->type == TYPE_USCC              ? CODE
                      : strcmp(field->name, "case_no") == 0 ? NUMBER
                      : field->flags & FIELD_LIST           ? LISTED
                                                            : TURNS;
            if (own == turn && !is_said(record->reg, field) &&
                !value_is_null(&record->values[walk.index]))
                tell_field(record, field, lookup, out);
        }
    }
}

static void tell_verified(const struct case_screen *self, const struct record *record,
                          struct buffer *out)
{
    const struct value *value = record_value(record, "verified_on");
    struct date date;
    if (!value)
        return;
    if (value_is_null(value) || !date_parse(value->text, &date, NULL)) {
        buffer_add(out, "还没有核实过");
        return;
    }
    buffer_addf(out, "最近核实 %s（", value->text);
    int days = date_to_days(self->today) - date_to_days(date);
    wording_span(days > 0 ? days : 0, out);
    buffer_add(out, "）");
}

static void tell_files(const struct casefile *file, struct buffer *out)
{
    if (!file->file_count)
        return;
    buffer_addf(out, "%s附件文件 %zu 个", out->length ? "   " : "", file->file_count);
    buffer_add(out, file->loss_count ? "，! 有的找不到" : "，✓ 都在");
}

static void add_identity(struct case_screen *self)
{
    const struct casefile *file = self->file;
    const struct lookup *lookup = store_lookup(file->store);
    struct buffer text = {0}, details = {0};
    tell_identity(&file->object, lookup, &text);
    add_entry(self, ' ', &text, file->reg, file->object.id);
    tell_verified(self, &file->object, &text);
    tell_files(file, &text);
    if (text.length)
        add_entry(self, ' ', &text, file->reg, file->object.id);
    for (size_t i = 0; i < file->profile_count; i++) {
        const struct record *profile = &file->profiles[i];
        tell_identity(profile, lookup, &details);
        buffer_addf(&text, "%s：%s", reg_brief(profile->reg), buffer_text(&details));
        buffer_clear(&details);
        add_entry(self, ' ', &text, profile->reg, profile->id);
    }
    buffer_release(&text);
    buffer_release(&details);
}

/* ---- the measured factor ---- */

static bool has_qualifier(const struct casefile_series *series, char qualifier)
{
    for (size_t i = 0; i < series->count; i++)
        if (series->points[i].qualifier == qualifier)
            return true;
    return false;
}

static void tell_limit(const struct casefile_series *series, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    if (series->count) {
        date_format(date_from_days(series->points[series->count - 1].day), day);
        buffer_addf(out, "%s  最近 %s", day, series->newest);
    }
    decimal_format(series->limit, NANO_SCALE, text);
    if (series->has_limit)
        buffer_addf(out, "  限值 %s（已核）  ▲ 超标", text);
    if (has_qualifier(series, '<'))
        buffer_add(out, "  ▽ 未检出");
}

static void add_series(struct case_screen *self)
{
    const struct casefile_series *series = &self->file->series;
    struct buffer text = {0}, right = {0};
    if (!series->reg)
        return;
    buffer_addf(&text, "%s  %s  %s", series->factor, series->point, series->unit);
    tell_limit(series, &right);
    add_heading(self, text.text, &right);
    struct case_line *line = &self->lines[self->line_count - 1];
    line->reg = series->reg;
    memcpy(line->id, series->id, sizeof line->id);
    int rows = self->laid_out_rows >= ROOMY_ROWS ? 2 * CHART_ROWS : CHART_ROWS;
    for (int i = 0; series->count >= CASE_CHART_LEAST && i < rows; i++)
        add(self, (struct case_line){.kind = CASE_CHART, .row = i, .tab = 0});
    buffer_release(&text);
    buffer_release(&right);
}

/* ---- what is open ---- */

static void tell_days(const struct casefile_case *item, struct buffer *out)
{
    static const char *const marks[DUTY_LEVELS + 1] = {"", "", "!! ", "!!! "};
    if (item->is_paused) {
        wording_span(item->paused_days, out);
        return;
    }
    if (!*item->due) {
        buffer_add(out, "没有时限");
        return;
    }
    buffer_addf(out, "%s%s ", marks[item->level], item->days < 0 ? "逾期" : "剩");
    wording_span(item->days < 0 ? -item->days : item->days, out);
}

/* "缺：现场核查日期等 3 项", "可办现场核查"; how far it has come by its latest report. */
static void tell_next(const struct casefile_case *item, struct buffer *out)
{
    if (*item->missing)
        buffer_addf(out, "%s%s", item->is_gap ? "缺：" : "", item->missing);
    else if (item->next)
        buffer_addf(out, "可办%s", item->next);
    if (item->percent >= 0)
        buffer_addf(out, "%s进度 %d%%", out->length ? "   " : "", item->percent);
    else if (*item->latest)
        buffer_addf(out, "%s进展：%s", out->length ? "   " : "", item->latest);
}

/* The end of a case number, by which people call it: "2026-0041" of "WT-451202-2026-0041". */
static const char *short_number(const char *number)
{
    const char *last = strrchr(number, '-'), *at = last;
    while (at && at > number && at[-1] != '-')
        at--;
    return at && at > number ? at : number;
}

static void add_case(struct case_screen *self, const struct casefile_case *item)
{
    struct buffer text = {0}, right = {0};
    if (*item->number)
        buffer_addf(&text, "%s ", short_number(item->number));
    buffer_add(&text, item->name);
    buffer_addf(&right, "%s  ", item->state);
    tell_days(item, &right);
    struct case_line *line = add_entry(self,
                                       item->level                      ? '!'
                                       : item->is_paused || !*item->due ? '?'
                                                                        : ' ',
                                       &text, item->reg, item->id);
    line->right = take(&right);
    tell_next(item, &text);
    line->more = take(&text);
    buffer_release(&text);
}

static size_t tab_of(const struct case_screen *self, const struct reg *reg)
{
    for (size_t i = 0; i < self->file->relation_count; i++)
        if (self->file->relations[i].reg == reg)
            return i + 1;
    return 0;
}

static void add_cases_of(struct case_screen *self, const struct casefile_relation *relation)
{
    size_t most = self->laid_out_rows >= ROOMY_ROWS ? 2 * CASES_SHOWN : CASES_SHOWN, shown = 0;
    struct buffer text = {0}, right = {0};
    buffer_addf(&text, "未办结的%s", reg_brief(relation->reg));
    buffer_addf(&right, "%lld %s", (long long)relation->open, relation->reg->counter);
    if (relation->overdue)
        buffer_addf(&right, "，! 逾期 %lld", (long long)relation->overdue);
    add_heading(self, text.text, &right);
    for (size_t i = 0; i < self->file->case_count && shown < most; i++) {
        if (self->file->cases[i].reg != relation->reg)
            continue;
        add_case(self, &self->file->cases[i]);
        shown++;
    }
    buffer_clear(&text);
    if (relation->open > (int64_t)shown) {
        buffer_addf(&text, "还有 %lld %s", (long long)relation->open - (long long)shown,
                    relation->reg->counter);
        add_entry(self, ' ', &text, NULL, NULL)->tab = tab_of(self, relation->reg);
    }
    buffer_release(&text);
    buffer_release(&right);
}

static void add_cases(struct case_screen *self)
{
    for (size_t i = 0; i < self->file->relation_count; i++)
        if (self->file->relations[i].open)
            add_cases_of(self, &self->file->relations[i]);
}

/* ---- what is missing ---- */

static void add_gaps_of(struct case_screen *self, const struct record *record)
{
    struct buffer text = {0};
    size_t missing = record_missing(record), named = 0;
    if (!missing)
        return;
    buffer_addf(&text, "%s待补 %zu 项：", reg_brief(record->reg), missing);
    for (struct field_walk walk = {.reg = record->reg}; named < GAPS_NAMED && reg_walk(&walk);) {
        if (!record_lacks(record, walk.index))
            continue;
        buffer_add(&text, named++ ? "、" : "");
        field_add_title(walk.field, &text);
    }
    buffer_add(&text, missing > named ? "…" : "");
    add_entry(self, '?', &text, record->reg, record->id);
}

/* One line: which page that is, its records' marks say. */
static void add_incomplete(struct case_screen *self)
{
    struct buffer text = {0};
    size_t first = 0;
    for (size_t i = 0; i < self->file->relation_count; i++) {
        const struct casefile_relation *relation = &self->file->relations[i];
        if (relation->is_profile || !relation->incomplete)
            continue;
        first = first ? first : i + 1;
        buffer_addf(&text, "%s%s %lld %s", text.length ? "、" : "有必填项没有填：",
                    reg_brief(relation->reg), (long long)relation->incomplete,
                    relation->reg->counter);
    }
    if (first)
        add_entry(self, '?', &text, NULL, NULL)->tab = first;
}

static void add_findings(struct case_screen *self)
{
    const struct casefile *file = self->file;
    struct buffer text = {0};
    for (size_t i = 0; i < file->finding_count && i < FINDINGS_SHOWN; i++) {
        const struct casefile_finding *finding = &file->findings[i];
        buffer_add(&text, finding->message);
        add_entry(self, finding->severity == SEVERITY_ERROR ? 'x' : '?', &text, finding->reg,
                  finding->id);
    }
    if (file->finding_count > FINDINGS_SHOWN) {
        buffer_addf(&text, "核验还有 %zu 处", file->finding_count - FINDINGS_SHOWN);
        add_entry(self, '?', &text, file->reg, file->object.id);
    }
    buffer_release(&text);
}

static void add_losses(struct case_screen *self)
{
    struct buffer text = {0};
    for (size_t i = 0; i < self->file->loss_count && i < LOSSES_SHOWN; i++) {
        const struct casefile_loss *loss = &self->file->losses[i];
        buffer_addf(&text, "附件的文件找不到：%s %s", reg_brief(loss->reg), loss->name);
        add_entry(self, '!', &text, loss->reg, loss->id);
    }
    buffer_release(&text);
}

static void add_gaps(struct case_screen *self)
{
    const struct casefile *file = self->file;
    size_t before = self->line_count;
    add_heading(self, "待办", NULL);
    size_t empty = self->line_count;
    add_losses(self);
    add_findings(self);
    add_gaps_of(self, &file->object);
    for (size_t i = 0; i < file->profile_count; i++)
        add_gaps_of(self, &file->profiles[i]);
    add_incomplete(self);
    if (self->line_count > empty)
        return;
    while (self->line_count > before) /* nothing to be done: no heading either */
        free(self->lines[--self->line_count].text);
}

/* ---- what happened ---- */

static void add_events(struct case_screen *self)
{
    const struct casefile *file = self->file;
    struct buffer text = {0};
    add_heading(self, "时间线", NULL);
    for (size_t i = 0; i < file->event_count; i++) {
        const struct casefile_event *event = &file->events[i];
        buffer_addf(&text, "%s  %s  %s", event->date, event->label, event->text);
        add_entry(self, ' ', &text, event->reg, event->id);
    }
    if (file->event_count == 0)
        add(self,
            (struct case_line){.kind = CASE_ENTRY,
                               .mark = ' ',
                               .text = mem_text("还没有监测、检查、问题的记录。按 n 添加。")});
    buffer_release(&text);
}

void case_lay_out(struct case_screen *self, int rows)
{
    self->laid_out_rows = rows;
    case_release_lines(self);
    if (!self->file)
        return;
    add_identity(self);
    add_series(self);
    add_cases(self);
    add_gaps(self);
    add_events(self);
    if (self->selected >= self->line_count)
        self->selected = 0;
    while (self->selected + 1 < self->line_count && !case_leads(&self->lines[self->selected]))
        self->selected++;
}
