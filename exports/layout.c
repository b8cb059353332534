#include "exports/count.h"
#include "exports/layout_kind.h"

#include "core/text.h"
#include "db/resource.h"

#include <stdlib.h>
#include <string.h>

static const struct layout_kind *const kinds[] = {
    &layout_table, &layout_chart,   &layout_count,    &layout_count_page, &layout_count_chart,
    &layout_card,  &layout_summary, &layout_computed, &layout_progress,   &layout_balance,
};

const struct layout_kind *layout_kind_find(const char *word)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i]->word, word) == 0)
            return kinds[i];
    return NULL;
}

bool layout_read(struct layout *layout, const char *name, struct error *err)
{
    struct buffer text = {0};
    *layout = (struct layout){0};
    bool ok = resource_read(name, &text, err);
    ok = ok && layout_parse(layout, name, buffer_text(&text), err);
    buffer_release(&text);
    return ok;
}

void layout_release(struct layout *layout)
{
    for (size_t i = 0; i < layout->sheet_count; i++) {
        if (layout->sheets[i].kind->release)
            layout->sheets[i].kind->release(&layout->sheets[i]);
        free(layout->sheets[i].columns);
    }
    free(layout->sheets);
    free(layout->text);
    *layout = (struct layout){0};
}

bool layout_count_sheets(const char *name, size_t *count, struct error *err)
{
    struct layout layout;
    bool ok = layout_read(&layout, name, err);
    *count = layout_count_tables(&layout);
    layout_release(&layout);
    return ok;
}

size_t layout_count_tables(const struct layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->sheet_count; i++)
        count += layout->sheets[i].kind->is_table;
    return count;
}

static bool is_same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

bool layout_is_list(const struct layout *layout, size_t index)
{
    const struct listing *listing = &layout->sheets[index].listing;
    if (!listing->reg)
        return false;
    for (size_t i = 0; i < index; i++) {
        const struct listing *earlier = &layout->sheets[i].listing;
        if (earlier->reg == listing->reg && is_same(earlier->where, listing->where) &&
            is_same(earlier->since, listing->since) && is_same(earlier->until, listing->until))
            return false;
    }
    return true;
}

bool layout_count_lists(const struct layout *layout, struct store *store, size_t *count,
                        struct error *err)
{
    *count = 0;
    for (size_t i = 0; i < layout->sheet_count; i++) {
        size_t records;
        if (!layout_is_list(layout, i))
            continue;
        if (!listing_count(&layout->sheets[i].listing, store, &records, err))
            return error_prefix(err, "版式文件中“%s”的筛选", layout->sheets[i].name);
        *count += records;
    }
    return true;
}

bool layout_count_records(const struct layout *layout, struct store *store, size_t *count,
                          struct error *err)
{
    *count = 0;
    for (size_t i = 0; i < layout->sheet_count; i++) {
        const struct layout_sheet *sheet = &layout->sheets[i];
        size_t records;
        if (!sheet->kind->count(sheet, store, &records, err))
            return false;
        *count += records;
    }
    return !layout->group_count || counts_add_records(store, count, err);
}

bool layout_write_sheet(const struct layout_sheet *sheet, struct run *run, struct error *err)
{
    return sheet->kind->write(sheet, run, err);
}

bool layout_write_sheets(const struct layout *layout, struct run *run, struct error *err)
{
    for (size_t i = 0; i < layout->sheet_count; i++)
        if (!layout_write_sheet(&layout->sheets[i], run, err))
            return false;
    return true;
}

char *layout_fill(const struct run *run, const char *text)
{
    struct buffer out = {0};
    if (!text)
        return NULL;
    run_fill(run, text, &out);
    return buffer_take(&out);
}
