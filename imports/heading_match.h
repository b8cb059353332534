/* heading_match.h - what the texts above one column mean: the rules by which a heading is taken for
 * a field.
 *
 * Tried are all levels together, then without the upper ones: "企业基本情况/联系电话" is 联系电话.
 * A level may be left out silently only when it is a theme and names nothing by itself; under
 * "法定代表人" a "电话" is somebody else's and is proposed at most. A bare "铅" belongs to the one
 * group that a level above, the lines above the heading or its unit tell of. */
#ifndef TAIZHANG_IMPORTS_HEADING_MATCH_H
#define TAIZHANG_IMPORTS_HEADING_MATCH_H

#include "imports/heading_rows.h"
#include "imports/terms.h"

struct heading_meaning {
    size_t field;
    int other;    /* a second field that is called so, when the first one is taken; -1 none */
    int quality;  /* 0: no field; of two columns for one field the higher one has it */
    int units;    /* the unit stated agrees (1) or does not agree (-1) with the field's: decides
                     between two columns of one quality */
    bool is_sure; /* else it is only proposed */
    /* Read without its year or its group: another column may say the same with more right. */
    bool is_free;
    const char *unit; /* that the levels state, "" none; belongs to them */
};

/* `title` is a key of what stands above the heading. */
void heading_match(const struct terms *terms, const char *title,
                   const struct heading_levels *levels, struct heading_meaning *meaning);

/* A field not in `taken` whose heading is spelled nearly so. */
bool heading_match_near(const struct terms *terms, const struct heading_levels *levels,
                        const bool *taken, size_t *field);

/* "上行/下行", as they stand there. */
void heading_match_text(const struct heading_levels *levels, struct buffer *text);

#endif
