/* import_inside.h - what the files import*.c share; nobody else includes it. */
#ifndef TAIZHANG_IMPORTS_IMPORT_INSIDE_H
#define TAIZHANG_IMPORTS_IMPORT_INSIDE_H

#include "db/attachment.h"
#include "imports/cell.h"
#include "imports/import.h"

/* ---- import_choices.c ---- */

struct import_choices *choices_new(const struct reg *reg);
void choices_free(struct import_choices *choices);

/* What was decided for the field of that row. */
enum import_side choices_side(const struct import *import, uint32_t row, size_t field);

/* The record that the row was said to be another version of; "" none. */
const char *choices_same_as(const struct import *import, uint32_t row);
enum import_doubles_choice choices_doubles(const struct import *import);
bool choices_leaves_hidden(const struct import *import);
const char *choices_reason(const struct import *import);

/* Writes the words that were chosen, as part of the change begun. */
bool choices_keep_words(const struct import *import, struct store *store, struct error *err);

/* ---- import_copies.c: files that the import has copied beside the store ---- */

struct import_copies *copies_new(struct store *store);
void copies_add(struct import_copies *copies, const struct attachment_file *file);

/* Removes those that no record points to. */
void copies_free(struct import_copies *copies);

/* ---- import_result.c ---- */

/* All results of the last run. */
void result_forget(struct import *import);

void result_add_note(struct import_row *row, int field, const char *text, const char *note,
                     bool is_guess);
struct import_change *result_add_change(struct import_row *row);
struct import_double *result_add_double(struct import_row *row);
struct import_sum *result_add_sum(struct import *import);

/* Takes the row over, to be shown or, when there is nothing to show or too much, dropped. */
void result_keep(struct import *import, struct import_row *row);

/* "字段：旧 → 新；…" of the changes of one side. */
void result_write_changes(const struct reg *reg, const struct import_row *row, bool taken,
                          struct buffer *out);

/* ---- import_sheets.c ---- */

/* Reads the sheet called so; NULL: of those that are not hidden the one that fits the register
 * best. Counts in import->sheet_fields what each of them has for it. */
bool sheets_read(struct import *import, const char *sheet, struct error *err);

/* Sets import->reg to the register that the headings of the sheet (NULL: of the best one) name;
 * ERROR_USAGE when that is not clear. */
bool sheets_guess_reg(struct import *import, const char *sheet, struct error *err);

/* ---- import_body.c: which rows below the heading hold data ---- */

enum body_kind { BODY_DATA, BODY_SUM, BODY_REMARK, BODY_HEADING, BODY_CAPTION };

/* `row` is an index in the table; *is_partial tells a 小计 from a 合计. */
enum body_kind body_kind(const struct import *import, size_t row, bool *is_partial);

/* The first row below the heading. */
size_t body_start(const struct import *import);

/* What body_kind knows of the whole table, whose heading is found. */
struct body *body_new(const struct import *import);
void body_free(struct body *body);

/* ---- import_run.c ---- */

/* Which record was written by which row: two rows of a file must not fight over one. */
struct touched {
    struct touched_slot {
        uint64_t id;  /* a hash that two records of a file never share in practice */
        uint32_t row; /* 0: free */
    } * slots;
    size_t size; /* a power of two */
};

struct doubles;
struct saved_pictures;

struct run {
    struct import *import;
    struct store *store;
    struct touched touched;
    struct doubles *doubles;
    int *column_of; /* by field: the column that holds it, or -1 */
    struct cell_reading reading;
    struct cell_reading limit; /* of the detection limit of what is read */
    const char **origins;      /* by field: what the history tells of the row's cells; borrowed */
    bool *given;               /* by field: the row says something */
    struct buffer why;         /* "导入 清单.xlsx" */
    struct buffer where;       /* "导入 清单.xlsx 第17行" */
    size_t image;              /* the first one that lies on this row or below */
    signed char *fates;        /* of each picture: enum import_picture_fate, -1 not yet known */
    char *image_folder;        /* for pictures on their way; NULL: none yet */
    struct saved_pictures *saved; /* what was kept in this run; NULL: nothing yet */
    size_t row;                   /* index in the table */
    struct import_row shown;      /* what is told of it */
};

uint32_t run_row_number(const struct run *run);

/* Whether a spreadsheet means nothing by the text. */
bool run_is_blank(const char *text);

/* Text of the cell of the current row that holds `field`; "" when it is blank or no column does. */
const char *run_cell(const struct run *run, size_t field);

/* Reads that cell, which is not blank, into run->reading, and notes what was read otherwise. */
bool run_read_cell(struct run *run, size_t field, struct error *err);

/* Notes of the current row how its cell of `field` was read, in place of what was noted before; the
 * history will tell it. */
void run_note_cell(struct run *run, size_t field, const char *note, bool is_guess);

/* A refused value must not stop the rest, a full disk must. */
bool run_must_stop(const struct error *err);

/* Number of the row that wrote the record before, 0 when none did. */
uint32_t touched_by(const struct touched *touched, const char *id);
void touched_add(struct touched *touched, const char *id, uint32_t row);

/* ---- import_row.c ---- */

/* Reads, decides about and writes the current row; false only when nothing more can be done. */
bool row_import(struct run *run, struct error *err);

/* ---- import_name.c ---- */

/* Appends what a person knows the current row by: what `record` (NULL: none), as far as it was
 * read, is called, else what the row says of the name, of the record that it refers to, or of what
 * lists tell records apart by; never nothing. */
void run_write_name(const struct run *run, const struct record *record, struct buffer *out);

/* ---- import_doubles.c ---- */

/* Adds to run->shown what a new record, not yet stored, may be a double of. */
bool doubles_find(struct run *run, const struct record *record, struct error *err);

/* The record that doubles_find was asked for last has become the record of the current row. */
void doubles_add(struct run *run);
void doubles_free(struct doubles *doubles);

/* ---- import_states.c ---- */

/* After the store has refused `record`, as the row gives it, for a state of which it proves only
 * `proven`: puts in the state that it may have, and notes it. */
void states_lower(struct run *run, struct record *record, const char *proven);

/* ---- import_pictures.c ---- */

void pictures_init(struct run *run);

/* Puts a picture that lies in the column of an empty attachment field into that field. False only
 * when nothing more can be done. */
bool pictures_fill(struct run *run, struct record *record, struct error *err);

/* Keeps the other pictures of the row as attachments of `record`; NULL: it was not imported. False
 * only when nothing more can be done. */
bool pictures_attach(struct run *run, const struct record *record, struct error *err);

/* Counts what became of them all. */
void pictures_finish(struct run *run);

/* Removes what was on its way. */
void pictures_release(struct run *run);

/* ---- import_sums.c ---- */

/* Compares the sums that the file states with its rows. */
bool sums_check(struct run *run, struct error *err);

#endif
