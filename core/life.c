#include "core/life_inside.h"
#include "core/facts.h"
#include "core/rules/reading.h"
#include "core/text.h"

#include <string.h>

/* ---- states ---- */

const char *life_state(const struct record *record)
{
    return record_text(record, record->reg->life->state);
}

int life_rank(const struct life *life, const char *state)
{
    size_t length = strlen(state);
    int rank = 0;
    for (const char *at = life->line; length > 0; rank++) {
        size_t span = strcspn(at, "|");
        if (span == length && strncmp(at, state, length) == 0)
            return rank;
        if (!at[span])
            return -1;
        at += span + 1;
    }
    return rank;
}

static int life_last_rank(const struct life *life)
{
    int rank = 0;
    for (const char *at = life->line; *at; at++)
        rank += *at == '|';
    return rank;
}

int life_standing(const struct record *record)
{
    const struct life *life = record->reg->life;
    const char *state = life_state(record);
    int rank = life_rank(life, state);
    for (const struct life_move *move = life->moves; rank < 0 && move->name; move++)
        if (move->back && move->to && strcmp(move->to, state) == 0)
            rank = life_rank(life, record_text(record, move->back));
    return rank >= 0 ? rank : life_last_rank(life);
}

/* The state of that rank, "" when there is none. Borrowed. */
static const char *state_at(const struct reg *reg, int rank)
{
    const struct field *field = reg_field_find(reg, reg->life->state);
    for (size_t i = 0; field->choices[i]; i++)
        if (life_rank(reg->life, field->choices[i]) == rank)
            return field->choices[i];
    return "";
}

const char *life_stand(const struct record *record)
{
    return state_at(record->reg, life_standing(record));
}

bool life_has_reached(const struct record *record, const char *state)
{
    return life_standing(record) >= life_rank(record->reg->life, state);
}

/* ---- needs ---- */

/* The steps of a case have labels of their own; the heading of their group would only lengthen the
 * sentence. */
static const char *label_of(const struct record *record, const char *field)
{
    return reg_field_find(record->reg, field)->label;
}

/* The first of the dates before which the one of the need lies; NULL when there is none. Its name
 * is written to `name`. */
static bool find_later(const struct life_need *need, const struct record *record, struct date date,
                       struct buffer *name)
{
    for (const char *at = need->not_before; at && *at;) {
        struct date other;
        size_t length = strcspn(at, "|");
        buffer_clear(name);
        buffer_add_bytes(name, at, length);
        if (read_date(record, name->text, &other) && date_compare(date, other) < 0)
            return true;
        at += length + (at[length] == '|');
    }
    return false;
}

static void write_date_lack(const struct life_need *need, const struct record *record,
                            const struct check_context *context, struct buffer *out)
{
    struct date date;
    struct buffer other = {0};
    if (!read_date(record, need->field, &date))
        return;
    bool early = find_later(need, record, date, &other);
    bool late = !need->ahead && context->today.year && date_compare(date, context->today) > 0;
    if (early || late) {
        buffer_add(out, label_of(record, need->field));
        buffer_addf(out, " %s ", record_text(record, need->field));
    }
    if (early) {
        buffer_add(out, "早于");
        buffer_add(out, label_of(record, other.text));
        buffer_addf(out, " %s，请核对", record_text(record, other.text));
    } else if (late) {
        buffer_add(out, "晚于今天，还没发生的事不能先填");
    }
    buffer_release(&other);
}

static void write_content_lack(const struct life_need *need, const struct record *record,
                               const struct check_context *context, struct buffer *out)
{
    const struct field *field = reg_field_find(record->reg, need->field);
    struct buffer text = {0};
    record_format(record, need->field, &text);
    if (need->must && strcmp(text.text, need->must) != 0) {
        buffer_add(out, label_of(record, need->field));
        buffer_addf(out, "是“%s”，应为“%s”", text.text, need->must);
    } else if (field->type == TYPE_DATE) {
        write_date_lack(need, record, context, out);
    } else if (field->type == TYPE_ATTACHMENT &&
               !context->facts->has_file(context->facts->context, text.text)) {
        buffer_add(out, label_of(record, need->field));
        buffer_add(out, "的文件不见了或已被换过，请重新添加");
    }
    buffer_release(&text);
}

/* Appends what the record lacks of one need. */
static void write_lack(const struct life_need *need, const struct record *record,
                       const struct check_context *context, struct buffer *out)
{
    if (need->when.field && !record_matches(record, need->when))
        return;
    if (need->lacks) {
        need->lacks(record, context, out);
    } else if (read_is_filled(record, need->field)) {
        write_content_lack(need, record, context, out);
    } else if (!need->rule) {
        buffer_add(out, LIFE_MISSING);
        buffer_add(out, label_of(record, need->field));
    }
}

bool life_meets(const struct life_need *need, const struct record *record,
                const struct check_context *context)
{
    struct buffer sentence = {0};
    write_lack(need, record, context, &sentence);
    bool met = sentence.length == 0;
    buffer_release(&sentence);
    return met;
}

/* `mend` follows a sentence that only says what is not there. */
static void add_lack(const struct life_need *need, const struct record *record,
                     const struct check_context *context, const struct finding *as,
                     const char *mend, struct findings *findings)
{
    struct buffer sentence = {0};
    struct finding at = *as;
    at.field = need->field;
    at.basis = need->basis;
    at.mended_by = need->mended_by;
    write_lack(need, record, context, &sentence);
    if (sentence.length)
        findings_add(findings, &at, "%s%s", sentence.text,
                     text_starts_with(sentence.text, LIFE_MISSING) ? mend : "");
    buffer_release(&sentence);
}

void life_add_unmet(const struct record *record, int rank, const struct check_context *context,
                    const struct finding *as, struct findings *findings)
{
    const struct life *life = record->reg->life;
    for (const struct life_need *need = life->needs; need->state; need++)
        if (life_rank(life, need->state) <= rank)
            add_lack(need, record, context, as, "", findings);
}

void life_tell(const struct record *record, const char *rule, const struct check_context *context,
               enum severity severity, struct findings *findings)
{
    const struct life *life = record->reg->life;
    const struct finding as = {.rule = rule, .severity = severity};
    int rank = life_standing(record);
    for (const struct life_need *need = life->needs; need->state; need++) {
        bool is_due = need->rule || life_rank(life, need->state) <= rank;
        if (is_due && strcmp(need->rule ? need->rule : life->rule, rule) == 0)
            add_lack(need, record, context, &as, "，请补齐", findings);
    }
}

const char *life_reach(const struct record *record, const struct check_context *context)
{
    const struct life *life = record->reg->life;
    int rank = life_last_rank(life);
    for (const struct life_need *need = life->needs; need->state; need++) {
        int wanted = life_rank(life, need->state);
        if (wanted <= rank && !life_meets(need, record, context))
            rank = wanted - 1;
    }
    return state_at(record->reg, rank);
}

/* Also what no longer suffices, as a photo whose file is lost, is not wiped out. */
static bool is_emptied(const struct life_need *need, const struct record *before,
                       const struct record *after)
{
    return read_is_filled(before, need->field) && !read_is_filled(after, need->field);
}

void life_add_losses(const struct record *before, const struct record *after, int rank,
                     const struct check_context *context, const struct finding *as,
                     struct findings *findings)
{
    const struct life *life = after->reg->life;
    for (const struct life_need *need = life->needs; need->state; need++)
        if (life_rank(life, need->state) <= rank &&
            (life_meets(need, before, context) || is_emptied(need, before, after)))
            add_lack(need, after, context, as, "", findings);
}

/* ---- moves ---- */

/* The field in which a person would mend what the move itself demands: of those that it asks for
 * the one that the sentence names first. */
static const char *concerned(const struct life_move *move, const struct reg *reg,
                             const char *sentence)
{
    const char *found = move->asks[0], *first = NULL;
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++) {
        const char *at = strstr(sentence, reg_field_find(reg, move->asks[i])->label);
        if (!at || (first && at >= first))
            continue;
        first = at;
        found = move->asks[i];
    }
    return found;
}

/* Each clause of what a move lacks is a thing of its own to see to. */
static void add_clauses(const struct life_move *move, const struct reg *reg, const char *sentence,
                        struct finding *at, struct findings *findings)
{
    struct buffer clause = {0};
    for (const char *end; *sentence; sentence = *end ? end + strlen(LIFE_CLAUSE) : end) {
        end = strstr(sentence, LIFE_CLAUSE);
        end = end ? end : sentence + strlen(sentence);
        buffer_clear(&clause);
        buffer_add_bytes(&clause, sentence, (size_t)(end - sentence));
        at->field = concerned(move, reg, clause.text);
        findings_add(findings, at, "%s", clause.text);
    }
    buffer_release(&clause);
}

void life_add_demands(const struct life_move *move, const struct record *before,
                      const struct record *after, const struct check_context *context,
                      const struct finding *as, struct findings *findings)
{
    struct buffer sentence = {0};
    struct finding at = *as;
    at.basis = move->basis;
    if (move->lacks)
        move->lacks(before, after, context, &sentence);
    add_clauses(move, after->reg, buffer_text(&sentence), &at, findings);
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->clears[i]; i++) {
        if (value_is_null(record_value(after, move->clears[i])))
            continue;
        at.field = move->clears[i];
        findings_add(findings, &at, "%s要重新填写，请先清空", label_of(after, move->clears[i]));
    }
    buffer_release(&sentence);
}

const char *life_target(const struct life_move *move, const struct record *record)
{
    return move->to ? move->to : move->back ? record_text(record, move->back) : life_state(record);
}

static bool is_possible(const struct life_move *move, const struct record *record)
{
    const char *state = life_state(record);
    return record_is_alternative(move->from, *state ? state : life_stand(record));
}

const struct life_move *life_move_at(const struct record *record, size_t n)
{
    for (int ahead = 1; ahead >= 0; ahead--)
        for (const struct life_move *move = record->reg->life->moves; move->name; move++)
            if (((move->flags & LIFE_AHEAD) != 0) == ahead && is_possible(move, record) && n-- == 0)
                return move;
    return NULL;
}

const struct life_move *life_move_find(const struct record *record, const char *name,
                                       struct error *err)
{
    struct buffer states = {0};
    const struct life_move *found = NULL;
    for (const struct life_move *move = record->reg->life->moves; !found && move->name; move++) {
        if (strcmp(move->name, name) != 0)
            continue;
        if (is_possible(move, record))
            found = move;
        buffer_addf(&states, "%s%s", states.length ? "|" : "", move->from);
    }
    for (char *bar = states.text; bar && (bar = strchr(bar, '|')) != NULL;)
        *bar = '/';
    if (!found)
        error_set(err, ERROR_REFUSED, "现在是“%s”，这一步只能在 %s 时办", life_state(record),
                  buffer_text(&states));
    buffer_release(&states);
    return found;
}

void life_apply(const struct life_move *move, struct record *record)
{
    struct value *state = record_value_for_change(record, record->reg->life->state);
    struct buffer target = {0};
    buffer_add(&target, life_target(move, record));
    if (move->back)
        value_set_text(record_value_for_change(record, move->back),
                       move->to ? life_state(record) : NULL);
    value_set_text(state, target.text);
    buffer_release(&target);
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->clears[i]; i++)
        value_release(record_value_for_change(record, move->clears[i]));
}

void life_add_refusals(const struct life_move *move, const struct record *before,
                       const struct record *after, const struct check_context *context,
                       const char *rule, enum severity severity, struct findings *findings)
{
    const struct finding as = {.rule = rule, .severity = severity};
    if (move->changes &&
        value_equal(record_value(before, move->changes), record_value(after, move->changes)))
        findings_add(
            findings,
            &(struct finding){
                .rule = rule, .severity = severity, .field = move->changes, .basis = move->basis},
            "%s没有改，请填新的", label_of(after, move->changes));
    life_add_demands(move, before, after, context, &as, findings);
    if (move->flags & LIFE_AHEAD)
        life_add_unmet(after, life_standing(after), context, &as, findings);
    else
        life_add_losses(before, after, life_standing(after), context, &as, findings);
}

const struct life_move *life_pause(const struct life *life)
{
    for (const struct life_move *move = life ? life->moves : NULL; move && move->name; move++)
        if (move->back && move->to)
            return move;
    return NULL;
}

void life_begin_successor(const struct record *former, struct record *record)
{
    const struct life *life = former->reg->life;
    record_init(record, former->reg);
    for (const char *const *name = life->inherited; *name; name++)
        value_copy(record_value_for_change(record, *name), record_value(former, *name));
    for (const char *const *pair = life->continued; *pair; pair += 2)
        value_copy(record_value_for_change(record, pair[0]), record_value(former, pair[1]));
    value_set_text(record_value_for_change(record, life->state), state_at(former->reg, 0));
    value_set_text(record_value_for_change(record, life->successor), former->id);
}
