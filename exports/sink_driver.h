/* sink_driver.h - what sink.c asks of a kind of file. Private to this folder.
 *
 * sink.c keeps the contract of sink.h: order of calls, valid texts, exact totals. A driver only
 * writes. It reports by sink_fail(); after that no function but `release` is called. */
#ifndef TAIZHANG_EXPORTS_SINK_DRIVER_H
#define TAIZHANG_EXPORTS_SINK_DRIVER_H

#include "exports/file.h"
#include "exports/sink.h"

#include "core/date.h"

enum sink_kind { SINK_VALUE_EMPTY, SINK_VALUE_TEXT, SINK_VALUE_NUMBER, SINK_VALUE_DATE };

struct sink_value {
    enum sink_kind kind;
    bool percent; /* a number in percent points */
    int scale;
    int64_t scaled;
    const char *text; /* valid UTF-8, not empty */
    size_t length;    /* bytes of `text` */
    struct date date;
};

struct sink_total {
    int64_t scaled;
    int scale;
    bool filled; /* some row has a number there */
};

/* What stands in the total row where rows are, but no number: a zero would say that somebody found
 * nothing. */
#define SINK_NO_TOTAL "—"

/* `table`, `page`, `rows` and `column` of struct sink tell where the document is. Functions from
 * `begin_page` on may be NULL: then pages, totals and lines are left out. */
struct sink_driver {
    const char *suffix;
    bool one_table; /* takes a single table only */
    void (*open)(struct sink *sink);
    void (*begin_table)(struct sink *sink);
    void (*begin_row)(struct sink *sink);
    void (*cell)(struct sink *sink, const struct sink_value *value);
    void (*end_row)(struct sink *sink);
    void (*finish)(struct sink *sink); /* the file is complete when it returns */
    void (*release)(struct sink *sink);
    void (*begin_page)(struct sink *sink);
    void (*styled)(struct sink *sink, enum sink_style style, size_t span, const char *text);
    void (*row_height)(struct sink *sink, double points);
    void (*keep_row)(struct sink *sink);
    void (*skip_rows)(struct sink *sink, size_t rows);
    void (*total_row)(struct sink *sink, const char *label);
    void (*line)(struct sink *sink, const char *text, enum sink_part part);
    void (*chart)(struct sink *sink, const struct sink_chart *chart);
    void (*picture)(struct sink *sink, const struct sink_picture *picture);
    size_t (*row)(const struct sink *sink);
};

extern const struct sink_driver sink_xlsx, sink_csv, sink_json, sink_none;

struct sink {
    const struct sink_driver *driver;
    void *state;                 /* of the driver */
    struct file *file;           /* NULL of sink_none */
    struct sink_options options; /* texts are owned */
    struct error error;          /* the first one */

    const struct sink_table *table; /* NULL outside a table */
    const struct sink_page *page;   /* NULL outside a page */
    char *names[256];               /* of the sheets so far, owned */
    size_t name_count;
    size_t tables; /* begun so far */
    size_t taken;  /* of them, those that were not left out */
    bool muted;    /* the current sheet is left out */
    bool in_row;
    const char *mark; /* what is wrong with the next cell, borrowed; NULL nothing */
    bool closed;      /* the table has its total row or a line: no more rows */
    size_t rows;      /* rows of the table so far */
    size_t column;
    struct sink_total *totals; /* one for each column of the table */
};

/* Remembers the first error, with the place in front of the sentence. */
void sink_fail(struct sink *sink, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fails when the stream of the file could not take what was written. */
void sink_check_stream(struct sink *sink);

struct buffer;

/* Appends "标签（单位）", or "标签" without a unit. */
void sink_add_label(const struct sink_column *column, struct buffer *out);

#endif
