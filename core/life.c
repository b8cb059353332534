#include "core/life.h"

#include <string.h>

/* ---- states ---- */

static const char *state_of(const struct record *record)
{
    return record_text(record, record->reg->life->state);
}

/* Where the state stands on the main line, from 0; -1 when it does not. */
static int rank_of(const struct life *life, const char *state)
{
    size_t length = strlen(state);
    int rank = 0;
    for (const char *at = life->line; length > 0; rank++) {
        size_t span = strcspn(at, "|");
        if (span == length && strncmp(at, state, length) == 0)
            return rank;
        if (!at[span])
            break;
        at += span + 1;
    }
    return -1;
}

static int last_rank(const struct life *life)
{
    int rank = 0;
    for (const char *at = life->line; *at; at++)
        rank += *at == '|';
    return rank;
}

/* The rank whose demands hold. A case without a state has only been entered. */
static int standing(const struct record *record)
{
    const struct life *life = record->reg->life;
    const char *state = state_of(record);
    int rank = rank_of(life, state);
    for (const struct life_move *move = life->moves; rank < 0 && *state && move->name; move++)
        if (move->back && move->to && strcmp(move->to, state) == 0)
            rank = rank_of(life, record_text(record, move->back));
    return rank >= 0 ? rank : *state ? last_rank(life) : 0;
}

const char *life_stand(const struct record *record)
{
    int rank = standing(record);
    const struct field *field = reg_field_find(record->reg, record->reg->life->state);
    for (size_t i = 0; field->choices[i]; i++)
        if (rank_of(record->reg->life, field->choices[i]) == rank)
            return field->choices[i];
    return "";
}

/* ---- needs ---- */

/* Appends what the record lacks of one need. */
static void write_lack(const struct life_need *need, const struct record *record,
                       const struct check_context *context, struct buffer *out)
{
    if (need->when.field && !record_matches(record, need->when))
        return;
    if (need->lacks) {
        need->lacks(record, context, out);
        return;
    }
    const struct value *value = record_value(record, need->field);
    if (value && !value_is_null(value))
        return;
    buffer_add(out, "缺");
    field_add_title(reg_field_find(record->reg, need->field), out);
}

static bool meets(const struct life_need *need, const struct record *record,
                  const struct check_context *context)
{
    struct buffer sentence = {0};
    write_lack(need, record, context, &sentence);
    bool met = sentence.length == 0;
    buffer_release(&sentence);
    return met;
}

/* Calls for each need of the states up to `rank`. */
static void add_lacks(const struct record *record, int rank, const struct check_context *context,
                      const struct finding *as, struct findings *findings)
{
    const struct life *life = record->reg->life;
    struct buffer sentence = {0};
    for (const struct life_need *need = life->needs; need->state; need++) {
        buffer_clear(&sentence);
        if (rank_of(life, need->state) > rank)
            continue;
        write_lack(need, record, context, &sentence);
        struct finding at = *as;
        at.field = need->field;
        at.basis = need->basis;
        if (sentence.length)
            findings_add(findings, &at, "%s", sentence.text);
    }
    buffer_release(&sentence);
}

void life_add_lacks(const struct record *record, const char *state,
                    const struct check_context *context, const char *rule, enum severity severity,
                    struct findings *findings)
{
    add_lacks(record, rank_of(record->reg->life, state), context,
              &(struct finding){.rule = rule, .severity = severity}, findings);
}

/* The furthest state on the main line that the record has all for. */
static const char *reach(const struct record *record, const struct check_context *context)
{
    const struct life *life = record->reg->life;
    const struct field *field = reg_field_find(record->reg, life->state);
    int rank = last_rank(life);
    for (const struct life_need *need = life->needs; need->state; need++) {
        int wanted = rank_of(life, need->state);
        if (wanted <= rank && !meets(need, record, context))
            rank = wanted - 1;
    }
    for (size_t i = 0; field->choices[i]; i++)
        if (rank_of(life, field->choices[i]) == rank)
            return field->choices[i];
    return "";
}

/* ---- the gate ---- */

/* Refuses for what `findings` tell; `act` says what cannot be done. */
static bool refuse(const char *act, const struct findings *findings, const char *reached,
                   struct error *err)
{
    struct buffer sentence = {0};
    buffer_addf(&sentence, "%s：", act);
    for (size_t i = 0; i < findings->count; i++)
        buffer_addf(&sentence, "%s%s", i ? "；" : "", findings->items[i].message);
    if (reached && *reached)
        buffer_addf(&sentence, "。现有材料只够到“%s”", reached);
    if (findings->items[0].basis)
        buffer_addf(&sentence, "（依据：%s）", findings->items[0].basis);
    error_set(err, ERROR_REFUSED, "%s", sentence.text);
    buffer_release(&sentence);
    return false;
}

/* Whether the record shows all that the states up to where it stands demand. */
static bool shows_all(const struct record *record, const struct check_context *context,
                      struct error *err)
{
    struct findings findings = {0};
    struct buffer act = {0};
    add_lacks(record, standing(record), context, &(struct finding){.rule = ""}, &findings);
    buffer_addf(&act, "不能进入“%s”", state_of(record));
    bool ok = findings.count == 0 || refuse(act.text, &findings, reach(record, context), err);
    buffer_release(&act);
    findings_release(&findings);
    return ok;
}

/* Whether the record still shows what it showed: evidence cannot be taken away afterwards. What was
 * missing already, in a file from elsewhere, does not keep a person from mending the rest. */
static bool keeps_all(const struct record *before, const struct record *after,
                      const struct check_context *context, struct error *err)
{
    const struct life *life = after->reg->life;
    int rank = standing(after);
    for (const struct life_need *need = life->needs; need->state; need++) {
        if (rank_of(life, need->state) > rank || !meets(need, before, context) ||
            meets(need, after, context))
            continue;
        struct findings findings = {0};
        struct buffer sentence = {0}, act = {0};
        write_lack(need, after, context, &sentence);
        findings_add(&findings, &(struct finding){.rule = "", .basis = need->basis}, "%s",
                     sentence.text);
        buffer_addf(&act, "已经“%s”，不能这样改", state_of(after));
        refuse(act.text, &findings, NULL, err);
        buffer_release(&sentence);
        buffer_release(&act);
        findings_release(&findings);
        return false;
    }
    return true;
}

static bool may_move(const struct life_move *move, const struct record *before,
                     const struct record *after, const struct check_context *context,
                     struct error *err)
{
    struct findings findings = {0};
    struct buffer sentence = {0}, act = {0};
    const struct finding at = {.rule = "", .basis = move->basis};
    if (move->lacks)
        move->lacks(before, after, context, &sentence);
    if (sentence.length)
        findings_add(&findings, &at, "%s", sentence.text);
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->clears[i]; i++) {
        if (value_is_null(record_value(after, move->clears[i])))
            continue;
        buffer_clear(&sentence);
        field_add_title(reg_field_find(after->reg, move->clears[i]), &sentence);
        findings_add(&findings, &at, "%s要重新填写，请先清空", sentence.text);
    }
    buffer_addf(&act, "不能%s", move->label);
    bool ok = findings.count == 0 || refuse(act.text, &findings, NULL, err);
    buffer_release(&sentence);
    buffer_release(&act);
    findings_release(&findings);
    return ok;
}

static bool changes_any(const struct life_move *move, const struct record *before,
                        const struct record *after)
{
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++)
        if (!value_equal(record_value(before, move->asks[i]), record_value(after, move->asks[i])))
            return true;
    return false;
}

/* Moves that leave the state where it is decide about the fields that they ask for. */
static bool keeps_terms(const struct record *before, const struct record *after,
                        const struct check_context *context, struct error *err)
{
    for (const struct life_move *move = after->reg->life->moves; move->name; move++) {
        if (!move->to && !move->back && record_is_alternative(move->from, state_of(before)) &&
            changes_any(move, before, after) && !may_move(move, before, after, context, err))
            return false;
        if (move->back && strcmp(state_of(before), state_of(after)) == 0 &&
            !value_equal(record_value(before, move->back), record_value(after, move->back)))
            return error_set(err, ERROR_REFUSED, "%s由程序记录，不能改",
                             reg_field_find(after->reg, move->back)->label);
    }
    return true;
}

/* Whether what the move notes for coming back is noted. */
static bool notes_return(const struct life_move *move, const struct record *before,
                         const struct record *after)
{
    return !move->back ||
           strcmp(record_text(after, move->back), move->to ? state_of(before) : "") == 0;
}

static bool may_change_state(const struct record *before, const struct record *after,
                             const struct check_context *context, struct error *err)
{
    const struct life *life = after->reg->life;
    const char *from = state_of(before), *to = state_of(after);
    int rank = rank_of(life, to);
    if (rank_of(life, from) >= 0 && rank > rank_of(life, from))
        return shows_all(after, context, err);
    for (const struct life_move *move = life->moves; move->name; move++)
        if ((move->to || move->back) && record_is_alternative(move->from, from) &&
            strcmp(life_target(move, before), to) == 0 && notes_return(move, before, after))
            return may_move(move, before, after, context, err) &&
                   (rank < 0 || shows_all(after, context, err));
    return error_set(err, ERROR_REFUSED, "不能从“%s”直接改为“%s”，请按办理的步骤来", from, to);
}

static bool may_begin(const struct record *record, const struct check_context *context,
                      struct error *err)
{
    const char *state = state_of(record);
    if (*state && rank_of(record->reg->life, state) < 0)
        return error_set(err, ERROR_REFUSED, "新登记的不能是“%s”，请先登记，再办理", state);
    return shows_all(record, context, err);
}

static bool may_remove(const struct record *record, struct error *err)
{
    return standing(record) == 0 ||
           error_set(err, ERROR_REFUSED,
                     "已经“%s”，办理过的不能删除；登记错的请在备注里写明，按程序销号",
                     state_of(record));
}

bool life_allows(const struct record *before, const struct record *after,
                 const struct check_context *context, struct error *err)
{
    if (!after->reg->life)
        return true;
    if (after->deleted)
        return may_remove(after, err);
    if (!before)
        return may_begin(after, context, err);
    if (!keeps_terms(before, after, context, err))
        return false;
    return strcmp(state_of(before), state_of(after)) == 0
               ? keeps_all(before, after, context, err)
               : may_change_state(before, after, context, err);
}

/* ---- moves ---- */

const char *life_target(const struct life_move *move, const struct record *record)
{
    return move->to ? move->to : move->back ? record_text(record, move->back) : state_of(record);
}

static bool is_possible(const struct life_move *move, const struct record *record)
{
    const char *state = state_of(record);
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
        error_set(err, ERROR_REFUSED, "现在是“%s”，这一步只能在 %s 时办", state_of(record),
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
                       move->to ? state_of(record) : NULL);
    value_set_text(state, target.text);
    buffer_release(&target);
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->clears[i]; i++)
        value_release(record_value_for_change(record, move->clears[i]));
}

/* What a move asks for or clears tells how the case went; the rest describes it. */
static bool is_history(const struct life *life, const char *field)
{
    if (strcmp(field, life->state) == 0 || strcmp(field, "case_no") == 0)
        return true;
    for (const struct life_need *need = life->needs; need->state; need++)
        if (rank_of(life, need->state) > 0 && need->field && strcmp(need->field, field) == 0)
            return true;
    for (const struct life_move *move = life->moves; move->name; move++)
        for (size_t i = 0; i < LIFE_MOST_FIELDS; i++)
            if ((move->asks[i] && strcmp(move->asks[i], field) == 0) ||
                (move->clears[i] && strcmp(move->clears[i], field) == 0))
                return true;
    return false;
}

void life_begin_successor(const struct record *former, struct record *record)
{
    const struct life *life = former->reg->life;
    record_copy(record, former);
    record->id[0] = '\0';
    record->version = 0;
    for (struct field_walk walk = {.reg = former->reg}; reg_walk(&walk);)
        if (is_history(life, walk.field->name) || (walk.field->flags & FIELD_AUTO))
            value_release(&record->values[walk.index]);
    value_set_text(record_value_for_change(record, life->state), life_stand(record));
    value_set_text(record_value_for_change(record, life->successor), former->id);
}
