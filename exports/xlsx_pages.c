#include "exports/xlsx_pages.h"

#include "core/mem.h"

#include <stdlib.h>

void xlsx_pages_add(struct xlsx_page_rows *rows, double height, bool keep)
{
    rows->items = mem_grow(rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    rows->items[rows->count++] = (struct xlsx_page_row){height, keep};
}

void xlsx_pages_release(struct xlsx_page_rows *rows)
{
    free(rows->items);
    *rows = (struct xlsx_page_rows){0};
}

double xlsx_pages_height(const struct xlsx_page_rows *rows)
{
    double height = 0;
    for (size_t i = 0; i < rows->count; i++)
        height += rows->items[i].height;
    return height;
}

uint32_t *xlsx_pages_cut(const struct xlsx_page_rows *rows, double room)
{
    uint32_t *cuts = mem_new(rows->count + 1, sizeof *cuts);
    size_t count = 0, start = 0;
    double used = 0;
    for (size_t i = 0; i < rows->count; i++) {
        used += rows->items[i].height;
        if (used <= room || i == start)
            continue;
        size_t cut = i;
        while (cut > start && rows->items[cut - 1].keep)
            cut--;
        start = cut > start ? cut : i;
        cuts[count++] = (uint32_t)start;
        used = 0;
        for (size_t j = start; j <= i; j++)
            used += rows->items[j].height;
    }
    return cuts;
}
