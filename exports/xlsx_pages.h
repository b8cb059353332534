/* xlsx_pages.h - where a page that is longer than its paper is cut. */
#ifndef TAIZHANG_EXPORTS_XLSX_PAGES_H
#define TAIZHANG_EXPORTS_XLSX_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xlsx_page_row {
    double height; /* points */
    bool keep;     /* on the page of the next row */
};

/* The rows of a sheet, from its first one on. */
struct xlsx_page_rows {
    struct xlsx_page_row *items; /* owned */
    size_t count, capacity;
};

void xlsx_pages_add(struct xlsx_page_rows *rows, double height, bool keep);
void xlsx_pages_release(struct xlsx_page_rows *rows);

double xlsx_pages_height(const struct xlsx_page_rows *rows);

/* Where new pages begin when one holds `room` points: the index of the first row of each but the
 * first page, and a 0 behind them. Rows that keep together are parted only when a page cannot hold
 * them. Owned by the caller. */
uint32_t *xlsx_pages_cut(const struct xlsx_page_rows *rows, double room);

#endif
