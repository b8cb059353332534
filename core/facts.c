#include "core/facts.h"
#include "core/decimal.h"

#include <string.h>

struct sifting {
    const struct facts_query *query;
    facts_visitor *visit;
    void *data;
};

static bool sift(void *data, const struct record *record)
{
    const struct sifting *sifting = data;
    bool matches = true;
    for (size_t i = 0; i < FACTS_MOST_ALSO && sifting->query->also[i].field; i++) {
        struct buffer text = {0};
        record_format(record, sifting->query->also[i].field, &text);
        matches = matches && strcmp(buffer_text(&text), sifting->query->also[i].value) == 0;
        buffer_release(&text);
    }
    return !matches || sifting->visit(sifting->data, record);
}

void facts_each(const struct check_context *context, const struct facts_query *query,
                facts_visitor *visit, void *data)
{
    const struct facts *facts = context->facts;
    if (query->also[0].field)
        facts->each(facts->context, query, sift, &(struct sifting){query, visit, data});
    else
        facts->each(facts->context, query, visit, data);
}

static bool note_any(void *data, const struct record *record)
{
    (void)record;
    *(bool *)data = true;
    return false;
}

bool facts_any(const struct check_context *context, const struct facts_query *query)
{
    bool any = false;
    facts_each(context, query, note_any, &any);
    return any;
}

struct reading {
    const char *campaign;
    bool is_own; /* `value` comes from the bureau's own pack */
    struct buffer *value;
};

/* A row without a campaign holds everywhere; one of another campaign does not hold here. */
static bool read_parameter(void *data, const struct record *record)
{
    struct reading *reading = data;
    const struct value *campaign = record_value(record, "campaign");
    const struct value *value = record_value(record, "value");
    bool general = value_is_null(campaign);
    if ((general && reading->is_own) ||
        (!general && strcmp(campaign->text, reading->campaign) != 0) || value_is_null(value))
        return true;
    buffer_clear(reading->value);
    buffer_add(reading->value, value->text);
    reading->is_own = !general;
    return true;
}

void facts_parameter_text(const struct check_context *context, const char *code, struct buffer *out)
{
    static const char *const wanted[] = {"campaign", "value", NULL};
    struct buffer value = {0};
    struct reading reading = {.campaign = context->campaign, .value = &value};
    facts_each(
        context,
        &(struct facts_query){.reg = "parameter", .field = "code", .value = code, .wanted = wanted},
        read_parameter, &reading);
    buffer_add(out, buffer_text(&value));
    buffer_release(&value);
}

int64_t facts_parameter(const struct check_context *context, const char *code, int scale,
                        int64_t fallback)
{
    struct buffer text = {0};
    int64_t number;
    facts_parameter_text(context, code, &text);
    if (!text.length || !decimal_parse(text.text, scale, &number, NULL))
        number = fallback;
    buffer_release(&text);
    return number;
}
