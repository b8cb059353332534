/* template.h - the blank workbook of a register that a bureau hands out to be filled in: which
 * columns it has, what stands in their headings, what a person is told who stands on a cell, and
 * what may be chosen there. It says on a hidden sheet what it is (HEADING_TEMPLATE_SHEET), so that
 * it comes back through the import without questions. */
#ifndef TAIZHANG_EXPORTS_TEMPLATE_H
#define TAIZHANG_EXPORTS_TEMPLATE_H

#include "db/store.h"

/* The limits of a data validation (ECMA-376), in characters. */
enum { TEMPLATE_MAX_HINT_TITLE = 32, TEMPLATE_MAX_HINT = 255 };

/* Texts that a person may choose from. Columns with the same choices share one. */
struct template_list {
    const void *source; /* what they were made from */
    const char *field;  /* name of the first field that uses them */
    char **entries;     /* owned */
    size_t count, capacity;
    bool strict; /* nothing else may be typed */
};

struct template_column {
    const struct field *field;
    char *heading;    /* without its group: "*铅（kg/a）"; owned */
    char *hint_title; /* owned */
    char *hint;       /* owned */
    int width;        /* character cells */
    bool required;    /* always */
    size_t list;      /* number of its list */
    bool has_list;
};

struct template
{
    const struct reg *reg;
    struct template_column *columns;
    size_t column_count;
    struct template_list *lists;
    size_t list_count;
    bool has_groups; /* the heading has two rows */
    size_t fixed;    /* columns that stay in view */
};

/* The fields that a person types, in the order of the form. `names`, separated by commas, takes
 * only those and what no record may lack; NULL: all. `template` is initialised in every case.
 * ERROR_USAGE for a field that there is not or that nobody types, ERROR_REFUSED for a register that
 * cannot be imported. */
bool template_init(struct template *template, struct store *store, const struct reg *reg,
                   const char *names, struct error *err);
void template_release(struct template *template);

/* What a column offers to choose from: template_list.c. False in `found` when it offers nothing. */
bool template_find_list(struct template *template, struct store *store, const struct field *field,
                        size_t *list, bool *found, struct error *err);

/* xlsx_template.c: writes the workbook to `path`, whole or not at all; `created` is a Unix time. */
bool template_write(const struct template *template, const char *path, int64_t created,
                    const char *author, struct error *err);

#endif
