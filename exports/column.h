/* column.h - where the cells of a table's column come from, and what the sink is told of it. */
#ifndef TAIZHANG_EXPORTS_COLUMN_H
#define TAIZHANG_EXPORTS_COLUMN_H

#include "core/record.h"
#include "exports/sink.h"

enum column_source {
    COLUMN_FIELD,  /* "name": a field of the record, as a person reads it */
    COLUMN_EITHER, /* "enterprise|site": the first of these fields that is filled */
    COLUMN_CODE,   /* "region.code": a field's code where the field itself shows a name */
    COLUMN_CHECK,  /* "answer=是": a mark where the field has this value */
    COLUMN_FILLED, /* "report.filled": a mark where anything stands in the field */
    COLUMN_SERIAL, /* "serial": 1, 2, 3 … */
    COLUMN_FIRST,  /* "progress.done_percent": a field of the first record of a child register */
    COLUMN_LIST,   /* "receptor.list": all records of a child register in one cell */
    COLUMN_COUNT,  /* "receptor.count": how many they are */
    COLUMN_CARRY,  /* "carry": 结转 or 本期, of a report with a cut-off day */
    COLUMN_BLANK,  /* "blank1" … "blank999": nothing, to be filled in by hand */
};

enum { COLUMN_MAX_EITHER = 8 }; /* all that a problem may be about */

struct column {
    enum column_source source;
    const struct field *field; /* NULL of COLUMN_SERIAL, _LIST, _COUNT and _BLANK */
    size_t index;              /* of the field in its register */
    const struct reg *child;   /* of _FIRST, _LIST, _COUNT; NULL else */
    size_t either[COLUMN_MAX_EITHER], either_count; /* fields of COLUMN_EITHER */
    struct condition check;                         /* of COLUMN_CHECK */
    struct condition when;   /* the cell is shown only then; no field: always */
    const char *otherwise;   /* what stands in its place when it is filled; "" nothing */
    struct sink_column sink; /* heading, format and width, derived from the field */
};

/* Reads one of the names above. `text` becomes the key of the column and must stay.
 * ERROR_USAGE names what the register does not have. */
bool column_parse(struct column *column, const struct reg *reg, const char *text,
                  struct error *err);

/* Whether the column, of records of `reg`, may show what no published list may (FIELD_PRIVATE). */
bool column_is_private(const struct column *column, const struct reg *reg);

/* What the cells of one column need while rows are written: the label last looked up. */
struct column_memo {
    struct buffer id, label;
};

void column_memo_release(struct column_memo *memo);

/* Writes the value of a field of `record` as the next cell: COLUMN_FIELD, _EITHER, _CODE, _CHECK,
 * _FILLED and _FIRST (the record is the child then). NULL for `record` leaves the cell empty. */
void column_put(const struct column *column, const struct record *record,
                const struct lookup *lookup, struct column_memo *memo, struct sink *sink);

/* How a field type stands in a table. */
struct type_column {
    enum sink_format format;
    bool centre;
    void (*put)(const struct column *column, const struct value *value, const struct lookup *lookup,
                struct column_memo *memo, struct sink *sink);
};

extern const struct type_column type_columns[TYPE__COUNT];

#endif
