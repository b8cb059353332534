/* import.h - a table into a register: through the same gate as a form, all accepted rows in one
 * transaction and one step of undo.
 *
 *     import_open    reads the file and finds its heading; nothing is written
 *     import_choose_…  what a person decides after having seen a preview
 *     import_run     does every row; with dry = true takes everything back again
 *     import_close
 *
 * so that a preview shows exactly what the import then does: it is a real import taken back. It may
 * be run again and again with other choices; each run forgets the results of the one before.
 *
 * A row finds its record by the register's identity. A blank cell never erases what is there. The
 * cell of an attachment names a file, from the folder of the list on when the path is not absolute;
 * pictures on the sheet belong to the row on which they lie. Files are kept (db/attachment.h) as
 * soon as their row is done, also by a preview; import_close removes those copies that the import
 * made and no record points to.
 *
 * Not imported and not counted as read: sums and signatures (合计, 填表人), notes below the table,
 * examples and hints right below the heading (示例, 必填), rows with nothing but a running number,
 * headings repeated in the body, captions of groups (一、清城区), and rows that a person left out.
 * Sums are compared with the rows that they sum up. */
#ifndef TAIZHANG_IMPORTS_IMPORT_H
#define TAIZHANG_IMPORTS_IMPORT_H

#include "db/store.h"
#include "imports/heading.h"

enum import_outcome {
    IMPORT_NEW,
    IMPORT_CHANGED,
    IMPORT_SAME,
    IMPORT_REFUSED,
    IMPORT_SKIPPED, /* left out by a person's choice: not counted as read */
    IMPORT__COUNT,
};

/* What a person decided about one row. */
enum import_row_choice {
    IMPORT_AS_READ,   /* nothing */
    IMPORT_AS_NEW,    /* it is none of the records that it is like */
    IMPORT_SAME_AS,   /* another version of a certain record */
    IMPORT_LEAVE_OUT, /* not imported */
};

/* Of a record that is there already: what becomes of a field in which the list differs from it. */
enum import_side {
    IMPORT_TAKE, /* the list's value; the usual */
    IMPORT_KEEP, /* ours */
    IMPORT_FILL, /* the list's where ours is empty */
};

/* ---- what a run tells ---- */

/* A cell that was not taken as it stands. */
struct import_note {
    int field;     /* index; -1: about the row ("隐藏行") */
    char *text;    /* the cell, "" for one about the row; owned */
    char *note;    /* "“45658”读作 2025-01-01", "合并单元格向下补"; owned */
    bool is_guess; /* a person should look */
};

/* A field in which the list differs from the record that is there, as a person reads it. */
struct import_change {
    size_t field;
    char *before, *after;  /* "" empty; owned */
    enum import_side side; /* IMPORT_TAKE: it is changed; else it stays, by a person's choice */
};

enum import_likeness { IMPORT_SAME_CODE, IMPORT_LIKE_NAME, IMPORT_NEAR_BY, IMPORT_LIKENESS__COUNT };

/* "信用代码相同", "名称相近", "相距 100 米以内" */
const char *import_likeness_name(enum import_likeness likeness);

/* A record, or an earlier row of the file, that may be the same as a new row. */
struct import_double {
    char id[RECORD_ID_SIZE]; /* of the record; "" for a row of the file */
    uint32_t row;            /* of the file; 0 for a record */
    char *name;              /* owned */
    enum import_likeness likeness;
    int metres;      /* between the two, of IMPORT_NEAR_BY */
    bool other_code; /* both have a code, and not the same: another enterprise, whatever its name */
};

/* A row worth showing: refused, with changes (also those that were decided against), with possible
 * doubles, with notes, or decided about. Others are only counted. */
struct import_row {
    uint32_t number; /* as the spreadsheet shows it */
    enum import_outcome outcome;
    enum import_row_choice choice;
    bool is_lowered; /* registered in an earlier state than the list says: its papers prove no more
                      */
    char id[RECORD_ID_SIZE]; /* of the record that is changed, or stays the same; "" of others */
    char *name;              /* of the record, as far as known; owned */
    char *field;             /* English name of the field that was refused, or ""; owned */
    char *message; /* why it was refused; "字段：旧 → 新；…"; possible doubles; owned, never NULL */
    struct import_note *notes;
    struct import_change *changes;
    struct import_double *doubles;
    size_t note_count, change_count, double_count;
};

/* How many cells of a column were read otherwise than they stand, with the first one. */
struct import_column_notes {
    int64_t count, guesses;
    uint32_t row; /* number of the first */
    char *note;   /* owned; NULL when count is 0 */
};

enum import_left { IMPORT_SUM, IMPORT_REMARK, IMPORT_HEADING, IMPORT_CAPTION, IMPORT_LEFT__COUNT };

/* "合计", "备注、签名或示例", "重复的标题", "分组标题" */
const char *import_left_name(enum import_left left);

/* A sum that the file states for a column of numbers, beside what its rows come to. */
struct import_sum {
    uint32_t row;  /* number of the row that states it */
    size_t column; /* of the table */
    size_t field;
    bool is_partial; /* 小计: of the rows since the last one */
    bool agrees;
    char *stated,
        *computed; /* in the field's unit; computed is "" when a cell is no number; owned */
};

enum import_picture_fate {
    IMPORT_PICTURE_KEPT,
    IMPORT_PICTURE_KNOWN,    /* the record has it already */
    IMPORT_PICTURE_NO_ROW,   /* it does not lie on a row of data */
    IMPORT_PICTURE_REFUSED,  /* its row was refused or left out */
    IMPORT_PICTURE_NO_PLACE, /* records of the register take no files */
    IMPORT_PICTURE_BROKEN,   /* cannot be read */
    IMPORT_PICTURE__COUNT,
};

/* Why pictures were not kept: a sentence. */
const char *import_picture_sentence(enum import_picture_fate fate);

/* ---- the import ---- */

enum {
    /* Rows kept for showing, of each outcome; refused ones are all kept. */
    IMPORT_MOST_ROWS = 5000,
    /* Of them those of new rows that only have notes without a guess. */
    IMPORT_MOST_NOTED = 1000,
};

struct import_choices;
struct import_copies;
struct body;

struct import {
    const struct reg *reg;
    struct table table;
    int *sheet_fields; /* of each of table.sheets: how many fields of the register its heading
                          names, -1 not looked at; owned */
    struct heading heading;
    bool is_template; /* the file is a form that the program has handed out */
    bool recalled;    /* the mapping is one that a person decided for this form before */

    /* read = new + changed + same + refused, always */
    int64_t read, counts[IMPORT__COUNT];
    int64_t left_out; /* the sum of `left` */
    int64_t left[IMPORT_LEFT__COUNT];
    uint32_t left_row[IMPORT_LEFT__COUNT]; /* number of the first; 0: none */
    int64_t doubles;         /* new rows with possible doubles that nobody decided about */
    int64_t wants_reason;    /* rows refused until import_choose_reason tells why */
    int64_t unproven;        /* rows refused for a state that they do not prove */
    int64_t lowered;         /* rows with is_lowered */
    int64_t hidden_rows;     /* read although the sheet hides them */
    int64_t filled_cells;    /* that were filled from a merged cell above */
    struct import_row *rows; /* in the order of the file */
    size_t row_count, row_capacity;
    size_t kept[IMPORT__COUNT], kept_noted; /* of `rows`: by outcome; new with nothing but notes */
    int64_t unkept[IMPORT__COUNT];     /* rows worth showing that are not in `rows`: too many */
    struct import_column_notes *notes; /* by column of the heading */
    struct import_sum *sums;
    size_t sum_count, sum_capacity;
    int64_t sums_checked, sums_wrong; /* of all, also when there are too many for `sums` */
    int64_t pictures[IMPORT_PICTURE__COUNT];
    /* By column of the heading: it holds nothing but pictures that are kept. Owned. */
    bool *pictured;

    char *region_by_default; /* given to rows because the file has no county column, or ""; owned */
    char *path, *file_name;  /* the latter without folders; owned */
    char *folder;            /* in which the file lies; owned */
    struct import_choices *choices;
    struct import_copies *copies;
    struct body *body;
};

/* Whether the column's contents stay out although nobody has said so: unknown, or only proposed. */
bool import_column_is_lost(const struct import *import, size_t column);

/* `reg` NULL takes the register that the headings name, ERROR_USAGE when that is not clear;
 * `sheet` NULL the sheet that fits the register best. `progress` may be NULL; it is called
 * during reading and running, and cancels by returning false (ERROR_CANCELLED, nothing is written).
 * The mapping that a person once decided for this form is recalled (imports/mapping.h). */
bool import_open(struct import **import, struct store *store, const struct reg *reg,
                 const char *path, const char *sheet, table_progress *progress, void *context,
                 struct error *err);

/* Does every row. A real run remembers the mapping and the words that were chosen. When it fails
 * (also ERROR_CANCELLED) nothing of it is in the file. */
bool import_run(struct import *import, struct store *store, bool dry, struct error *err);

void import_close(struct import **import);

/* ---- choices: they count from the next run on ---- */

/* Column `column` of the heading holds field `field`, -1 none. */
void import_choose_column(struct import *import, size_t column, int field);

void import_choose_field(struct import *import, size_t field, enum import_side side);
enum import_side import_chosen_field(const struct import *import, size_t field);

/* The same for the row with number `row` alone. */
void import_choose_value(struct import *import, uint32_t row, size_t field, enum import_side side);

/* `id` only for IMPORT_SAME_AS, else NULL. */
void import_choose_row(struct import *import, uint32_t row, enum import_row_choice choice,
                       const char *id);
enum import_row_choice import_chosen_row(const struct import *import, uint32_t row);

enum import_doubles_choice {
    IMPORT_DOUBLES_NEW,    /* a new record, with a warning; the usual */
    IMPORT_DOUBLES_REFUSE, /* refused */
    IMPORT_DOUBLES_MERGE,  /* another version of the one record that it is like, unless that has
                              another code; of several refused
                            */
};

/* What becomes of new rows with possible doubles that nobody decided about. */
void import_choose_doubles(struct import *import, enum import_doubles_choice choice);

enum import_states_choice {
    IMPORT_STATES_LISTED, /* as the list says, refused without the papers for it; the usual */
    IMPORT_STATES_PROVEN, /* the furthest that the record proves; one that is there already does not
                             go back */
};

/* What becomes of rows whose state needs papers that are not there, in a register with a life. */
void import_choose_states(struct import *import, enum import_states_choice choice);
enum import_states_choice import_chosen_states(const struct import *import);

/* Rows that the sheet hides are left out (they are imported otherwise). */
void import_choose_hidden(struct import *import, bool leave_out);

/* Why figures that were filed change (store_explain); "" for no reason. */
void import_choose_reason(struct import *import, const char *reason);

/* In a column of `field`, whose values are records of another register or choices, `text` means the
 * record with that id or that choice. A real run remembers it for all lists (db/learned.h). */
void import_choose_word(struct import *import, size_t field, const char *text, const char *meaning);

/* ---- rows of the table ---- */

/* Index in the table of the row with that number, or -1. */
int64_t import_row_index(const struct import *import, uint32_t number);

#endif
