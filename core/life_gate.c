/* Whether a change keeps to the life that its register declares. */
#include "core/facts.h"
#include "core/life_inside.h"
#include "core/rules/reading.h"
#include "core/text.h"

#include <string.h>

/* What is merely not there first, in one list: it is what a person has to look for. */
static void write_findings(const struct findings *findings, struct buffer *out)
{
    bool any = false;
    for (int missing = 1; missing >= 0; missing--) {
        bool listed = false;
        for (size_t i = 0; i < findings->count; i++) {
            const char *message = findings->items[i].message;
            if (text_starts_with(message, LIFE_MISSING) != missing)
                continue;
            buffer_addf(out, "%s%s",
                        !any                ? ""
                        : listed && missing ? "、"
                                            : "；",
                        message + (listed && missing ? strlen(LIFE_MISSING) : 0));
            any = listed = true;
        }
    }
}

static void write_bases(const struct findings *findings, struct buffer *out)
{
    struct buffer bases = {0};
    for (size_t i = 0; i < findings->count; i++)
        if (!strstr(buffer_text(&bases), findings->items[i].basis))
            buffer_addf(&bases, "%s%s", i ? "；" : "", findings->items[i].basis);
    buffer_addf(out, "（依据：%s）", buffer_text(&bases));
    buffer_release(&bases);
}

/* Tells how far the record may go: `state` of the main line, "" nowhere. */
static bool offer(const char *state, struct error *err)
{
    if (err && *state)
        err->proven = state;
    return false;
}

/* Refuses for what `findings` tell; `act` says what cannot be done. */
static bool refuse(const char *act, const struct findings *findings, const char *reached,
                   struct error *err)
{
    struct buffer sentence = {0};
    buffer_addf(&sentence, "%s：", act);
    write_findings(findings, &sentence);
    if (reached)
        buffer_addf(&sentence, "。现有材料只够到“%s”", reached);
    write_bases(findings, &sentence);
    error_set(err, ERROR_REFUSED, "%s", sentence.text);
    buffer_release(&sentence);
    error_at_field(err, findings->items[0].field, NULL);
    return offer(reached ? reached : "", err);
}

/* Whether the record shows all that the states up to where it stands demand. */
static bool shows_all(const struct record *record, const struct check_context *context,
                      struct error *err)
{
    struct findings findings = {0};
    struct buffer act = {0};
    life_add_unmet(record, life_standing(record), context, &(struct finding){.rule = ""},
                   &findings);
    buffer_addf(&act, "不能进入“%s”", life_state(record));
    bool ok = findings.count == 0 || refuse(act.text, &findings, life_reach(record, context), err);
    buffer_release(&act);
    findings_release(&findings);
    return ok;
}

/* Whether the record still shows what it showed: evidence cannot be taken away afterwards. What was
 * missing already, in a file from elsewhere, does not keep a person from mending the rest. */
static bool keeps_all(const struct record *before, const struct record *after,
                      const struct check_context *context, struct error *err)
{
    struct findings findings = {0};
    struct buffer act = {0};
    life_add_losses(before, after, life_standing(after), context, &(struct finding){.rule = ""},
                    &findings);
    buffer_addf(&act, "已经“%s”，不能这样改", life_state(after));
    bool ok = findings.count == 0 || refuse(act.text, &findings, NULL, err);
    buffer_release(&act);
    findings_release(&findings);
    return ok;
}

static bool may_move(const struct life_move *move, const struct record *before,
                     const struct record *after, const struct check_context *context,
                     struct error *err)
{
    struct findings findings = {0};
    struct buffer act = {0};
    life_add_demands(move, before, after, context, &(struct finding){.rule = ""}, &findings);
    buffer_addf(&act, "不能%s", move->label);
    bool ok = findings.count == 0 || refuse(act.text, &findings, NULL, err);
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

/* Whether a move that leaves the state where it is decides about the fields that it asks for: from
 * the first of its states on. Before, nothing is fixed yet; where it is no longer possible, it says
 * so. */
static bool decides(const struct life_move *move, const struct record *before)
{
    const struct life *life = before->reg->life;
    struct buffer first = {0};
    buffer_add_bytes(&first, move->from, strcspn(move->from, "|"));
    bool reached = life_standing(before) >= life_rank(life, first.text);
    buffer_release(&first);
    return !move->to && !move->back && reached;
}

/* Whether what the move notes for coming back is noted. */
static bool notes_return(const struct life_move *move, const struct record *before,
                         const struct record *after)
{
    return !move->back ||
           strcmp(record_text(after, move->back), move->to ? life_state(before) : "") == 0;
}

/* Whether the change is this move, to another state. */
static bool is_made(const struct life_move *move, const struct record *before,
                    const struct record *after)
{
    return (move->to || move->back) && record_is_alternative(move->from, life_state(before)) &&
           strcmp(life_state(before), life_state(after)) != 0 &&
           strcmp(life_target(move, before), life_state(after)) == 0 &&
           notes_return(move, before, after);
}

/* What was noted when a case was sent back or paused says from when on evidence counts: it is
 * written with the move, and not afterwards. */
static bool keeps_notes(const struct life_move *move, const struct record *before,
                        const struct record *after, struct error *err)
{
    if (!move->to || (move->flags & (LIFE_AHEAD | LIFE_NEW)) || is_made(move, before, after))
        return true;
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++) {
        if (value_equal(record_value(before, move->asks[i]), record_value(after, move->asks[i])))
            continue;
        error_set(err, ERROR_REFUSED, "%s只在办理“%s”时填写，平时不能改；刚填错的可以撤销",
                  reg_field_find(after->reg, move->asks[i])->label, move->label);
        return error_at_field(err, move->asks[i], NULL);
    }
    return true;
}

/* Moves that leave the state where it is decide about the fields that they ask for. */
static bool keeps_terms(const struct record *before, const struct record *after,
                        const struct check_context *context, struct error *err)
{
    for (const struct life_move *move = after->reg->life->moves; move->name; move++) {
        if (!keeps_notes(move, before, after, err) ||
            (decides(move, before) && changes_any(move, before, after) &&
             !may_move(move, before, after, context, err)))
            return false;
        if (move->back && strcmp(life_state(before), life_state(after)) == 0 &&
            !value_equal(record_value(before, move->back), record_value(after, move->back)))
            return error_set(err, ERROR_REFUSED, "%s由程序记录，不能改",
                             reg_field_find(after->reg, move->back)->label);
    }
    return true;
}

/* Whether both states are on the main line, or the case had none yet, and it goes forward. */
static bool is_ahead(const struct life *life, const char *from, const char *to)
{
    int rank = life_rank(life, from);
    return rank >= 0 && (rank < life_rank(life, to) || (!*from && life_rank(life, to) == rank));
}

static bool may_change_state(const struct record *before, const struct record *after,
                             const struct check_context *context, struct error *err)
{
    const struct life *life = after->reg->life;
    const char *from = life_state(before), *to = life_state(after);
    if (is_ahead(life, from, to))
        return shows_all(after, context, err);
    for (const struct life_move *move = life->moves; move->name; move++)
        if (is_made(move, before, after))
            return may_move(move, before, after, context, err) &&
                   keeps_all(before, after, context, err);
    if (*to)
        error_set(err, ERROR_REFUSED, "不能从“%s”直接改为“%s”，请按办理的步骤来", from, to);
    else
        error_set(err, ERROR_REFUSED, "%s不能清空，请按办理的步骤来",
                  reg_field_find(after->reg, life->state)->label);
    return error_at_field(err, life->state, NULL);
}

static bool may_begin(const struct record *record, const struct check_context *context,
                      struct error *err)
{
    const char *state = life_state(record);
    if (*state && life_rank(record->reg->life, state) < 0) {
        error_set(err, ERROR_REFUSED, "新登记的不能是“%s”，请先登记，再办理", state);
        return offer(life_reach(record, context), err);
    }
    return shows_all(record, context, err);
}

struct former {
    const struct life *life;
    bool is_reopened;
};

static bool see_former(void *data, const struct record *record)
{
    struct former *former = data;
    for (const struct life_move *move = former->life->moves; move->name; move++)
        if ((move->flags & LIFE_NEW) && strcmp(move->to, life_state(record)) == 0)
            former->is_reopened = true;
    return false;
}

/* Whether another case was reopened by this new one, which has to stay. */
static bool follows_reopened(const struct record *record, const struct check_context *context)
{
    const struct life *life = record->reg->life;
    const char *const wanted[] = {life->state, NULL};
    struct former former = {.life = life};
    const char *id = record_text(record, life->successor);
    if (*id)
        facts_each(context,
                   &(struct facts_query){
                       .reg = record->reg->name, .field = "id", .value = id, .wanted = wanted},
                   see_former, &former);
    return former.is_reopened;
}

static bool may_remove(const struct record *record, const struct check_context *context,
                       struct error *err)
{
    if (life_standing(record) > 0)
        return error_set(err, ERROR_REFUSED,
                         "已经“%s”，办理过的不能删除；登记错的请在备注里写明，按程序办结",
                         life_state(record));
    return !follows_reopened(record, context) ||
           error_set(err, ERROR_REFUSED, "这一条接着办另一条反弹的问题，不能删除");
}

static bool keeps_former(const struct record *before, const struct record *after,
                         const struct check_context *context, struct error *err)
{
    const char *name = after->reg->life->successor;
    if (value_equal(record_value(before, name), record_value(after, name)) ||
        !follows_reopened(before, context))
        return true;
    error_set(err, ERROR_REFUSED, "这一条接着办另一条反弹的问题，%s不能改",
              reg_field_find(after->reg, name)->label);
    return error_at_field(err, name, NULL);
}

struct kept {
    const struct record *after;
    const char *field;
    bool all;
};

static void see_item(void *data, const char *item)
{
    struct kept *kept = data;
    kept->all = kept->all && read_lists(kept->after, kept->field, item);
}

/* Whether what stood in the field still stands there; more may have been chosen. */
static bool keeps_field(const struct record *before, const struct record *after, const char *name)
{
    const struct value *value = record_value(before, name);
    struct kept kept = {.after = after, .field = name, .all = true};
    if (value_is_null(value) || value_equal(value, record_value(after, name)))
        return true;
    if (reg_field_find(after->reg, name)->type != TYPE_CHOICES)
        return false;
    read_each(value->text, see_item, &kept);
    return kept.all;
}

/* Who could make the problem a smaller one would need less to prove. */
static bool keeps_matter(const struct record *before, const struct record *after, struct error *err)
{
    const struct life *life = after->reg->life;
    if (!life->settled || life_standing(before) < life_rank(life, life->settled_at))
        return true;
    for (const char *const *name = life->settled; *name; name++) {
        if (keeps_field(before, after, *name))
            continue;
        error_set(err, ERROR_REFUSED,
                  "已经“%s”，不能这样改：%s决定要证明什么，多选的只能添；登记错的请另立一条，本条在"
                  "备注里写明后按程序办结",
                  life_state(before), reg_field_find(after->reg, *name)->label);
        return error_at_field(err, *name, NULL);
    }
    return true;
}

/* Whether all needs about the field are met: what is lost may be replaced. */
static bool shows_well(const struct record *record, const char *field,
                       const struct check_context *context)
{
    for (const struct life_need *need = record->reg->life->needs; need->state; need++)
        if (strcmp(need->field, field) == 0 && !life_meets(need, record, context))
            return false;
    return true;
}

/* What closed a case is what it is judged by later. */
static bool keeps_seal(const struct record *before, const struct record *after,
                       const struct check_context *context, struct error *err)
{
    const struct life *life = after->reg->life;
    int sealed = life->sealed_at ? life_rank(life, life->sealed_at) : 0;
    if (!life->sealed_at || life_standing(before) < sealed)
        return true;
    for (const struct life_need *need = life->needs; need->state; need++) {
        const struct value *shown = record_value(before, need->field);
        if (life_rank(life, need->state) > sealed || value_is_null(shown) ||
            value_equal(shown, record_value(after, need->field)) ||
            !shows_well(before, need->field, context))
            continue;
        error_set(err, ERROR_REFUSED,
                  "已经“%s”，不能这样改：%s不能再改；"
                  "证明不实的，后督察时写明反弹，再反弹重开（依据：%s）",
                  life_state(before), reg_field_find(after->reg, need->field)->label, need->basis);
        return error_at_field(err, need->field, NULL);
    }
    return true;
}

bool life_allows(const struct record *before, const struct record *after,
                 const struct check_context *context, struct error *err)
{
    if (!after->reg->life)
        return true;
    if (after->deleted)
        return may_remove(after, context, err);
    if (!before)
        return may_begin(after, context, err);
    if (!keeps_terms(before, after, context, err) || !keeps_former(before, after, context, err) ||
        !keeps_matter(before, after, err) || !keeps_seal(before, after, context, err))
        return false;
    return strcmp(life_state(before), life_state(after)) == 0
               ? keeps_all(before, after, context, err)
               : may_change_state(before, after, context, err);
}
