#include "core/contribution.h"
#include "core/registers/enterprise.h"
#include "core/rules/reading.h"

#include <string.h>

enum { PROOFS = 2, FIELDS = 16 };

/* How the records of each register say it. */
static const struct source {
    const char *reg;
    int sign;
    const struct load_group *loads;
    struct condition foreign;
    const char *done, *due;
    const char *proofs[PROOFS]; /* one of them verifies; none named: nothing need be */
    const char *promise;        /* NULL: nothing promises it */
    const char *listed;         /* in the list of enterprises */
    const char *fields[FIELDS];
} sources[] = {
    {
        .reg = "reduction_project",
        .sign = -1,
        .loads = &load_cut,
        .foreign = {"key_line", "否"},
        .done = "completed_on",
        .due = "planned_completion_on",
        .proofs = {"confirmed_on", "ledger_on"},
        .listed = "cut_kg",
        .fields = {"enterprise", "region", "key_line", "completed_on", "planned_completion_on",
                   "confirmed_on", "ledger_on", "cut_lead_kg", "cut_mercury_kg", "cut_cadmium_kg",
                   "cut_chromium_kg", "cut_arsenic_kg", "cut_total_kg"},
    },
    {
        .reg = "construction_project",
        .sign = 1,
        .loads = &load_groups[LOAD_ADDED],
        .foreign = {"key_industry", NO_KEY_INDUSTRY},
        .done = "eia_on",
        .promise = "quota_opinion_on",
        .listed = "added_kg",
        .fields = {"enterprise", "region", "key_industry", "eia_on", "quota_opinion_on",
                   "added_lead_kg", "added_mercury_kg", "added_cadmium_kg", "added_chromium_kg",
                   "added_arsenic_kg", "added_total_kg"},
    },
};

const struct reg *contribution_reg(size_t n)
{
    return n < COUNT_OF(sources) ? reg_find(sources[n].reg) : NULL;
}

const char *const *contribution_fields(size_t n)
{
    return sources[n].fields;
}

const char *contribution_listed(size_t n)
{
    return sources[n].listed;
}

static bool is_verified(const struct record *record, const struct source *source)
{
    bool verified = !source->proofs[0];
    for (size_t i = 0; i < PROOFS && source->proofs[i]; i++)
        verified = verified || read_is_filled(record, source->proofs[i]);
    return verified;
}

bool contribution_read(const struct record *record, struct contribution *contribution)
{
    const struct source *source = NULL;
    for (size_t i = 0; i < COUNT_OF(sources); i++)
        if (strcmp(sources[i].reg, record->reg->name) == 0)
            source = &sources[i];
    if (!source)
        return false;
    *contribution = (struct contribution){.reg = record->reg, .sign = source->sign};
    memcpy(contribution->id, record->id, sizeof contribution->id);
    strncat(contribution->enterprise, record_text(record, "enterprise"), RECORD_ID_SIZE - 1);
    strncat(contribution->region, record_text(record, "region"), sizeof contribution->region - 1);
    contribution->foreign = record_matches(record, source->foreign);
    contribution->verified = is_verified(record, source);
    read_date(record, source->done, &contribution->done);
    if (source->due)
        read_date(record, source->due, &contribution->due);
    contribution->promised = source->promise && read_is_filled(record, source->promise);
    loads_read(record, source->loads, &contribution->loads);
    return true;
}

static const struct {
    const char *name, *key;
} roles[ROLE__COUNT] = {
    [ROLE_NONE] = {"", "none"},
    [ROLE_DONE] = {"已计入", "done"},
    [ROLE_UNVERIFIED] = {"待核定", "unverified"},
    [ROLE_COMING] = {"今后", "coming"},
    [ROLE_LATE] = {"逾期未完", "late"},
    [ROLE_FOREIGN] = {"不计", "foreign"},
};

const char *contribution_role_name(enum contribution_role role)
{
    return roles[role].name;
}

const char *contribution_role_key(enum contribution_role role)
{
    return roles[role].key;
}

/* What has still to be done: nothing of it comes once the end has passed. */
static enum contribution_role role_ahead(const struct contribution *contribution,
                                         const struct contribution_span *span)
{
    if (date_compare(span->end, span->today) < 0)
        return ROLE_NONE;
    if (contribution->promised)
        return ROLE_COMING;
    if (contribution->due.year == 0 || date_compare(contribution->due, span->end) > 0)
        return ROLE_NONE;
    return date_compare(contribution->due, span->today) < 0 ? ROLE_LATE : ROLE_COMING;
}

enum contribution_role contribution_role(const struct contribution *contribution,
                                         const struct contribution_span *span)
{
    enum contribution_role role;
    if (contribution->done.year == 0)
        role = role_ahead(contribution, span);
    else if (date_compare(contribution->done, span->from) < 0 ||
             date_compare(contribution->done, span->upto) > 0)
        role = ROLE_NONE;
    else
        role = contribution->verified ? ROLE_DONE : ROLE_UNVERIFIED;
    return role != ROLE_NONE && contribution->foreign ? ROLE_FOREIGN : role;
}
