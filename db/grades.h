/* grades.h - the grades of a legacy site as a series: when each was given, changed or lowered, by
 * whom and why. The series is the operation log; nothing is kept twice. */
#ifndef TAIZHANG_DB_GRADES_H
#define TAIZHANG_DB_GRADES_H

#include "core/grade.h"
#include "db/query.h"

/* One step; strings are borrowed during the call. */
struct grade_step {
    const char *on; /* "2026-05-30": the day of the change */
    enum grade_dimension dimension;
    const char *from, *to; /* "高"; "" none */
    const char *why; /* the reason given with it: of a lowered grade the reason of the downgrade */
    const char *who;
    bool is_undo; /* a change was taken back */
};

/* Calls `each` for every step of the site's grades, oldest first. */
bool grades_each(struct store *store, const char *site,
                 void (*each)(void *context, const struct grade_step *step), void *context,
                 struct error *err);

/* Ids of all live sites in the order of treatment (grade_compare_sites); released by
 * id_list_release. */
bool grades_order(struct store *store, struct id_list *sites, struct error *err);

#endif
