#include "db/pack.h"
#include "core/csv.h"
#include "db/resource.h"

#include <string.h>

bool pack_label(const char *name, struct buffer *label, struct error *err)
{
    struct buffer text = {0}, names = {0};
    struct csv csv;
    if (!resource_read("packs.csv", &text, err))
        return false;
    csv_init(&csv, text.text);
    bool found = false;
    /* The first row is the heading; no pack is called "name". */
    while (!found && csv_next(&csv)) {
        found = csv.line > 1 && strcmp(csv_cell(&csv, 0), name) == 0;
        if (csv.line > 1)
            buffer_addf(&names, "%s%s", names.length ? "、" : "", csv_cell(&csv, 0));
    }
    if (found)
        buffer_add(label, csv_cell(&csv, 1));
    else
        error_set(err, ERROR_USAGE, "没有名为“%s”的政策包，现有：%s", name, names.text);
    buffer_release(&text);
    buffer_release(&names);
    return found;
}
