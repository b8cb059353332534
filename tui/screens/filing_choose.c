/* 报送: which report. */
#include "tui/screens/filing_choose.h"

#include "core/mem.h"
#include "tui/screens/picker.h"

#include <stdlib.h>
#include <string.h>

static bool can_file(const struct report *report)
{
    return !report->needs && !report->write_file;
}

/* What can be filed: the filing reports, then the lists of the registers. */
struct offers {
    struct report_list list;
    const char **names, **labels;
    size_t count;
};

static void offers_read(struct offers *offers)
{
    *offers = (struct offers){.count = 0};
    report_list_read(&offers->list);
    offers->names = mem_new(offers->list.count + register_count, sizeof *offers->names);
    offers->labels = mem_new(offers->list.count + register_count, sizeof *offers->labels);
    for (size_t i = 0; i < offers->list.count; i++)
        if (can_file(&offers->list.items[i])) {
            offers->names[offers->count] = offers->list.items[i].name;
            offers->labels[offers->count++] = offers->list.items[i].label;
        }
    for (size_t i = 0; i < register_count; i++)
        if (reg_is_main(registers[i])) {
            offers->names[offers->count] = registers[i]->name;
            offers->labels[offers->count++] = registers[i]->title;
        }
}

static void offers_release(struct offers *offers)
{
    report_list_release(&offers->list);
    free(offers->names);
    free(offers->labels);
}

static void describe_offer(void *context, size_t index, struct buffer *name, struct buffer *detail)
{
    const struct offers *offers = context;
    buffer_add(name, offers->labels[index]);
    buffer_add(detail, reg_find(offers->names[index]) ? "清单" : "报送表");
}

bool filing_choose_report(struct app *app, const char *current, struct report *report)
{
    struct offers offers;
    struct error err = {0};
    size_t index;
    offers_read(&offers);
    struct picker picker = {.title = "报送哪一种",
                            .count = offers.count,
                            .describe = describe_offer,
                            .context = &offers};
    for (size_t i = 0; current && i < offers.count; i++)
        if (strcmp(offers.names[i], current) == 0)
            picker.current = i;
    bool chosen = picker_choose(app, &picker, &index);
    bool ok = chosen && report_find(offers.names[index], report, &err);
    if (chosen && !ok)
        app_error(app, &err);
    offers_release(&offers);
    return ok;
}
