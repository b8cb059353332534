#include "db/moves.h"

#include "core/facts.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* What the gate will see when the case that follows has been begun. */
struct foresight {
    const struct facts *facts;
    const struct record *successor;
};

static void foresee_each(void *context, const struct facts_query *query, facts_visitor *visit,
                         void *data)
{
    const struct foresight *foresight = context;
    const struct record *successor = foresight->successor;
    const char *field = successor->reg->life->successor;
    bool is_asked_for = strcmp(query->reg, successor->reg->name) == 0 && query->field &&
                        strcmp(query->field, field) == 0 &&
                        strcmp(query->value, record_text(successor, field)) == 0;
    if (!is_asked_for || visit(data, successor))
        foresight->facts->each(foresight->facts->context, query, visit, data);
}

static bool foresee_file(void *context, const char *sha256)
{
    const struct foresight *foresight = context;
    return foresight->facts->has_file(foresight->facts->context, sha256);
}

void moves_add_refusals(struct store *store, const struct life_move *move,
                        const struct record *stored, const struct record *filled,
                        struct findings *findings)
{
    struct check_context context = store_check_context(store);
    struct record after, successor = {.reg = NULL};
    struct foresight foresight = {.facts = context.facts, .successor = &successor};
    const struct facts facts = {
        .context = &foresight, .each = foresee_each, .has_file = foresee_file};
    if (move->flags & LIFE_NEW) {
        life_begin_successor(filled, &successor);
        context.facts = &facts;
    }
    record_copy(&after, filled);
    life_apply(move, &after);
    record_compute(&after, stored, &context);
    life_add_refusals(move, stored, &after, &context, "", SEVERITY_ERROR, findings);
    record_release(&after);
    record_release(&successor);
}

/* What undo and history call it. */
static bool begin(struct store *store, const char *why, struct error *err)
{
    return store_begin(store, "move", why, err);
}

/* A move that is there to change a field changes it; the gate, which sees only the records, takes
 * the rest of it for a correction. */
static bool changes_its_field(struct store *store, const struct life_move *move,
                              const struct record *record, struct error *err)
{
    struct record stored;
    if (!move->changes)
        return true;
    if (!store_get(store, record->reg, record->id, &stored, err))
        return false;
    bool ok =
        !value_equal(record_value(&stored, move->changes), record_value(record, move->changes));
    record_release(&stored);
    if (ok)
        return true;
    error_set(err, ERROR_REFUSED, "不能%s：%s没有改，请填新的（依据：%s）", move->label,
              reg_field_find(record->reg, move->changes)->label, move->basis);
    return error_at_field(err, move->changes, NULL);
}

bool moves_do_filled(struct store *store, const struct life_move *move, struct record *record,
                     struct record *successor, const char *why, struct error *err)
{
    enum store_change change;
    struct record after, begun;
    if (!changes_its_field(store, move, record, err))
        return false;
    if (!begin(store, move->label, err))
        return false;
    record_copy(&after, record);
    record_copy(&begun, successor ? successor : record);
    life_apply(move, &after);
    bool ok = store_explain(store, why, err) &&
              (!successor || store_put(store, &begun, &change, err)) &&
              store_put(store, &after, &change, err) && store_commit(store, err);
    if (ok) {
        record_release(record);
        record_copy(record, &after);
    } else {
        store_rollback(store);
    }
    if (ok && successor) {
        record_release(successor);
        record_copy(successor, &begun);
    }
    record_release(&begun);
    record_release(&after);
    return ok;
}

bool moves_do(struct store *store, const struct life_move *move, struct record *record,
              char successor[RECORD_ID_SIZE], const char *why, struct error *err)
{
    struct record begun;
    bool begins = (move->flags & LIFE_NEW) != 0;
    memset(successor, 0, RECORD_ID_SIZE);
    if (!begins)
        return moves_do_filled(store, move, record, NULL, why, err);
    life_begin_successor(record, &begun);
    bool ok = moves_do_filled(store, move, record, &begun, why, err);
    if (ok)
        memcpy(successor, begun.id, RECORD_ID_SIZE);
    record_release(&begun);
    return ok;
}

/* ---- many at once ---- */

void moves_result_release(struct moves_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        free(result->refusals[i].name);
        free(result->refusals[i].why);
    }
    free(result->refusals);
    *result = (struct moves_result){0};
}

static void add_refusal(struct store *store, const struct record *record, const char *why,
                        struct moves_result *result)
{
    struct buffer name = {0};
    result->refusals =
        mem_grow(result->refusals, result->count, &result->capacity, sizeof *result->refusals);
    struct moves_refusal *refusal = &result->refusals[result->count++];
    *refusal = (struct moves_refusal){.why = mem_text(why)};
    memcpy(refusal->id, record->id, sizeof refusal->id);
    record_name(record, store_lookup(store), &name);
    refusal->name = buffer_take(&name);
}

static void fill(const struct life_move *move, const struct record *asked, struct record *record)
{
    for (size_t i = 0; i < LIFE_MOST_FIELDS && move->asks[i]; i++) {
        const struct value *value = record_value(asked, move->asks[i]);
        if (!value_is_null(value))
            value_copy(record_value_for_change(record, move->asks[i]), value);
    }
}

/* Whether the move is possible now; another one of the same name may lead on from there. */
static bool is_possible(const struct life_move *move, const struct record *record,
                        struct error *err)
{
    for (size_t i = 0; life_move_at(record, i); i++)
        if (life_move_at(record, i) == move)
            return true;
    return error_set(err, ERROR_REFUSED, "现在是“%s”，不能%s",
                     record_text(record, record->reg->life->state), move->label);
}

/* Fails only when the file does; a refusal goes into the result. */
static bool do_one(struct store *store, const struct life_move *move, const char *id,
                   const struct record *asked, struct moves_result *result, struct error *err)
{
    enum store_change change;
    struct record record;
    struct error refused = {0};
    if (!store_get(store, asked->reg, id, &record, err)) {
        record_release(&record);
        return false;
    }
    bool ok = is_possible(move, &record, &refused);
    if (ok) {
        fill(move, asked, &record);
        life_apply(move, &record);
        ok = store_put(store, &record, &change, &refused);
    }
    result->done += ok;
    if (!ok && refused.code == ERROR_REFUSED) {
        add_refusal(store, &record, refused.message, result);
        ok = true;
    } else if (!ok && err) {
        *err = refused;
    }
    record_release(&record);
    return ok;
}

bool moves_do_all(struct store *store, const struct life_move *move, const struct id_list *cases,
                  const struct record *asked, struct moves_result *result, struct error *err)
{
    *result = (struct moves_result){0};
    if (!(move->flags & LIFE_BULK))
        return error_set(err, ERROR_REFUSED, "“%s”要一条一条办，不能成批", move->label) ||
               error_at_field(err, "", move->basis);
    bool ok = begin(store, move->label, err);
    for (size_t i = 0; ok && i < cases->count; i++)
        ok = do_one(store, move, cases->ids[i], asked, result, err);
    ok = ok && store_commit(store, err);
    if (!ok) {
        store_rollback(store);
        moves_result_release(result);
    }
    return ok;
}
