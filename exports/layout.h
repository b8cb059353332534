/* layout.h - how a filing workbook looks, read from a CSV of data/layouts/.
 *
 * The first cell of a row says what the row is; rows that begin with # and empty rows are comments.
 *
 *     报表,a,标题,一句说明,%d年.xlsx       makes the file a report of its own
 *     公布,是                              refuses columns of private fields
 *     截止,半年报,6                        a report of 6 months, due before they are over: 纳入 and
 *                                          移出 go by the day, see struct run_cut
 *     时点,年末                            all as of the last day of the year, of the present year
 *                                          of today: 纳入 goes by the day
 *     时点,可选                            figures as of the day of --as-of, else of today
 *     卡片,… / 统计,… / 计算,… …           begin sheets of other kinds (layout_kind.h)
 *     封面,{地区}重金属污染防控年度报送    title of the workbook, on a page before the sheets
 *     表,全口径清单                        begins a sheet of kind 表 (a table), named so
 *     清单,enterprise                      the register it shows, before any column
 *     抬头,附件2                           above the title; there may be several
 *     标题,… / 左上,… / 右上,…             above the table
 *     筛选,status!=关闭                    only these records, as `list --where` takes them
 *     纳入,entered_on / 移出,removed_on    see struct listing
 *     排序,town                            by this field; else in the register's own order
 *     范围,where / 范围,problem,必选       by which option the command line may, or must, narrow it
 *     纸张,A3                              A3 or A4; else A4
 *     方向,竖                              横 or 竖; else 横
 *     固定列,2                             columns that stay in view
 *     表头行高,20,30                       points of each row of the heading, 0: as its text needs
 *     字体,标题,方正小标宋简体,22,不加粗
 *                                          font and size (points or 二号) of a part: 抬头, 标题,
 *                                          左上 (and 右上), 表头, 正文, 说明, 签名; then 加粗,
 *                                          不加粗, 底色, 无底色, joined by 、
 *     行高,正文,24                         points of its rows with one line, and at least
 *     说明,…                               a note: above the heading when it stands before the
 *                                          first 列, else below the table; there may be several
 *     列,name,企业名称,甲/乙,24,单位       a column, see below
 *     合计,合计                            label of the total row; without it there is none
 *     键,voided_transfer                   what .json calls it; without it the register's name
 *     空表,本年度无                        what stands in a list without records
 *     签名,填表人：{填表人}                a line below the table; there may be several
 *
 * A column is named as column.h says. Heading, group, width and unit follow where they should not
 * be the field's own; - means none; a group may be a path, 甲/乙, of two rows above the labels
 * (heading_path.h). Two more cells, such as "limit_state=已核" and "限值未核", show what is filled
 * in only while the field named has the value, and else the text. The next one may hold 合并 (equal
 * texts below each other are one cell), 居中, 不合计, joined by 、; the last one numbers the column
 * in a row below the labels (甲, 1). */
#ifndef TAIZHANG_EXPORTS_LAYOUT_H
#define TAIZHANG_EXPORTS_LAYOUT_H

#include "exports/listing.h"

enum { LAYOUT_MAX_LINES = 16, LAYOUT_MOST_GROUPS = 16 };

struct layout_kind; /* layout_kind.h */

struct layout_lines {
    const char *items[LAYOUT_MAX_LINES]; /* with placeholders (run.h) */
    size_t count;
};

struct layout_sheet {
    const struct layout *layout; /* that it is a sheet of */
    const struct layout_kind *kind;
    const char *name;
    const char *title, *left, *right; /* with placeholders; NULL none */
    enum sink_paper paper;
    bool portrait;
    size_t fixed;
    double heading_heights[SINK_HEADING_ROWS]; /* points; 0: as the text needs */
    struct sink_font fonts[SINK_PART_COUNT];
    const char *total, *empty; /* NULL none */
    const char *key;           /* NULL: the register's name */
    struct layout_lines heads, above, below, signatures;
    struct listing listing;
    struct column *columns; /* owned; listing.columns */
    size_t capacity;
    void *own; /* what only its kind knows; owned, released by it */
};

/* What makes a layout a report of its own. */
struct layout_report {
    const char *name; /* "half-year"; NULL: it only belongs to a report in exports/reports/ */
    const char *label, *help;
    const char *file; /* as in struct report */
};

struct layout {
    char *text; /* everything points into it; owned */
    const char *cover;
    struct layout_report report;
    bool is_public;            /* no column may show what is private */
    const char *cutoff_filing; /* kind of the filings whose cut-off days count; NULL: none do */
    int cutoff_months;         /* of the period reported */
    bool has_day;              /* 截止 or 时点 was read */
    bool is_of_year_end;       /* all is as of run_last_day */
    unsigned takes;            /* REPORT_BIT of what the report may be asked */
    unsigned needs;            /* of these exactly one must be asked; 0: none */
    const char *groups[LAYOUT_MOST_GROUPS]; /* by which figures are counted (count.h), each once */
    size_t group_count;
    struct layout_sheet *sheets; /* owned */
    size_t sheet_count, capacity;
};

/* Reads data file `name` ("layouts/annual.csv"). An error names the file and the line. `layout` is
 * initialised in every case. */
bool layout_read(struct layout *layout, const char *name, struct error *err);

/* The same from a text; `name` is only named in errors. */
bool layout_parse(struct layout *layout, const char *name, const char *text, struct error *err);

void layout_release(struct layout *layout);

/* How many tables the sheets are that data file `name` describes: pages are none. */
bool layout_count_sheets(const char *name, size_t *count, struct error *err);

/* The same of a layout that was read. */
size_t layout_count_tables(const struct layout *layout);

/* Whether sheet `index` lists records of a register, and no earlier sheet the same ones: a sheet
 * that only shows more columns of them is no list of its own. */
bool layout_is_list(const struct layout *layout, size_t index);

/* How many records all these lists have together. */
bool layout_count_lists(const struct layout *layout, struct store *store, size_t *count,
                        struct error *err);

/* How many records the lists of all sheets have. */
bool layout_count_records(const struct layout *layout, struct store *store, size_t *count,
                          struct error *err);

/* Writes the page of the cover, if the layout has one. */
void layout_write_cover(const struct layout *layout, struct run *run);

/* Writes one sheet with all that stands on it. */
bool layout_write_sheet(const struct layout_sheet *sheet, struct run *run, struct error *err);

/* Writes all sheets in their order. */
bool layout_write_sheets(const struct layout *layout, struct run *run, struct error *err);

#endif
