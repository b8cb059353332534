/* xlsx_rich.h - pictures in cells as Excel 365 keeps them: the cell is an error for older programs,
 * and its attribute vm leads over metadata, rich values and their relations to a picture ([MS-XLSX]
 * 2.2.4.15, 2.3.11). */
#ifndef TAIZHANG_IMPORTS_XLSX_RICH_H
#define TAIZHANG_IMPORTS_XLSX_RICH_H

#include "imports/xlsx_relations.h"

struct xlsx_numbers {
    uint32_t *items;
    size_t count, capacity;
};

struct xlsx_rich {
    struct xlsx_numbers cells;      /* by vm - 1: index in `metadata` */
    struct xlsx_numbers metadata;   /* index of a rich value */
    struct xlsx_numbers structures; /* which of its values tells the picture */
    struct xlsx_numbers values;     /* structure and first index in `keys` of each rich value */
    struct xlsx_numbers keys;       /* their values, UINT32_MAX where they are no numbers */
    char **links;                   /* relation ids of the pictures */
    size_t link_count, link_capacity;
    struct xlsx_relations relations;
};

/* Reads what a workbook with these relations says of them; nothing when it has no such pictures. */
bool xlsx_rich_read(struct zip *zip, const struct xlsx_relations *workbook, struct xlsx_rich *rich,
                    struct error *err);
void xlsx_rich_release(struct xlsx_rich *rich);

/* The relation to the picture of a cell by its attribute vm; NULL when it shows none. */
const struct xlsx_relation *xlsx_rich_find(const struct xlsx_rich *rich, const char *vm);

#endif
