/* grading.h - what the files of 分级研判 share; nobody else includes it (screens.h opens it).
 *
 * grading.c reads a site and has the keys; grading_draw.c draws; grading_list.c is the list of all
 * sites in the order of treatment. */
#ifndef TAIZHANG_TUI_SCREENS_GRADING_H
#define TAIZHANG_TUI_SCREENS_GRADING_H

#include "db/grades.h"
#include "tui/app.h"
#include "tui/listview.h"

/* A line below the table: about the dimension in front, then about the site. */
struct grading_line {
    char *text; /* owned */
    unsigned style;
    const struct reg *reg; /* the record that Enter opens; NULL: there is none */
    char id[RECORD_ID_SIZE];
};

struct grading_screen {
    struct screen base;
    struct record site;
    struct grading grading;
    bool is_loaded;
    enum grade_dimension at;    /* the dimension in front */
    struct grading_line *lines; /* owned */
    size_t line_count, line_capacity;
    struct listview list;
    int list_top; /* where its first row stands in the body */
    int64_t stamp;
};

/* Whether the bureau says another grade than the one that is proposed. */
bool grading_differs(enum grade own, enum grade proposed);

void grading_title(const struct screen *screen, struct buffer *left, struct buffer *right);
void grading_draw(struct screen *screen, struct grid *body);

#endif
