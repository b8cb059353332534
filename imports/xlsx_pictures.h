/* xlsx_pictures.h - the pictures of a worksheet: those that float above it (DrawingML), and those
 * that lie in a cell, as WPS keeps them (the formula =DISPIMG("ID_…",1)) or Excel (xlsx_rich.h). */
#ifndef TAIZHANG_IMPORTS_XLSX_PICTURES_H
#define TAIZHANG_IMPORTS_XLSX_PICTURES_H

#include "imports/table.h"
#include "imports/xlsx_relations.h"

struct xlsx_cell_picture {
    uint32_t row;    /* 1-based */
    uint32_t column; /* 0-based */
    char *id;        /* owned; of WPS, NULL for one of Excel */
    char *part;      /* owned; of Excel, where it stands, else NULL */
};

/* What a sheet says about its pictures; they themselves stand in other parts. */
struct xlsx_pictures {
    char *drawing;                   /* id of the sheet's relation to its drawing, or NULL; owned */
    struct xlsx_cell_picture *cells; /* owned */
    size_t count, capacity;
};

void xlsx_pictures_release(struct xlsx_pictures *pictures);

/* When `formula` (or the value stored for it) shows a picture in a cell: `*id` is set to where its
 * name begins, and the length of the name is returned; else 0. */
size_t xlsx_pictures_parse(const char *formula, const char **id);

/* Notes the picture of a cell: `id` of `length` bytes, or `part`. */
bool xlsx_pictures_add(struct xlsx_pictures *pictures, uint32_t row, uint32_t column,
                       const char *id, size_t length, const char *part, struct error *err);

/* Adds the pictures of the sheet `part` to table->images; `cell_images` is the part in which WPS
 * keeps those of cells, or NULL. Pictures that lie outside of the file, or nowhere, are left out.
 */
bool xlsx_pictures_read(struct zip *zip, const char *part, const char *cell_images,
                        const struct xlsx_pictures *pictures, struct table *table,
                        struct error *err);

#endif
