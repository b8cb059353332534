/* field.h - one column of a register, as data. Everything that the program knows of a field stands
 * here once: the table, the form, the list, import headings, export columns, JSON and help are
 * derived from it. */
#ifndef TAIZHANG_CORE_FIELD_H
#define TAIZHANG_CORE_FIELD_H

#include "core/buffer.h"

#include <stdbool.h>

/* Each has its behaviour in core/types/NAME.c and its row in the per-type table of each layer. */
enum field_type {
    TYPE_TEXT,       /* one line */
    TYPE_LONGTEXT,   /* several lines */
    TYPE_INTEGER,    /* whole number */
    TYPE_DECIMAL,    /* exact, `scale` decimals at most */
    TYPE_MEASURE,    /* a measured value, possibly "<0.02", in `unit` or a convertible unit */
    TYPE_DATE,       /* a day */
    TYPE_PERIOD,     /* 2025, 2025H1, 2025Q3, 2025-03 */
    TYPE_BOOL,       /* 是 / 否 */
    TYPE_CHOICE,     /* one of `choices` */
    TYPE_CHOICES,    /* any of `choices` */
    TYPE_REGION,     /* county code of GB/T 2260 */
    TYPE_INDUSTRY,   /* class code of GB/T 4754-2017, four digits */
    TYPE_WASTE,      /* hazardous waste code, 3-3-2 digits */
    TYPE_USCC,       /* unified social credit code, GB 32100-2015 */
    TYPE_PERMIT,     /* pollutant discharge permit number, HJ 608-2017 */
    TYPE_LON,        /* degrees east, six decimals */
    TYPE_LAT,        /* degrees north, six decimals */
    TYPE_REF,        /* id of a record of register `target` */
    TYPE_ATTACHMENT, /* SHA-256 of a file kept beside the database, 64 hexadecimal digits */
    TYPE__COUNT,
};

enum field_flag {
    FIELD_REQUIRED = 1 << 0, /* empty means 待补: stored, counted and shown */
    FIELD_KEY = 1 << 1,      /* a record without it is refused; implies FIELD_REQUIRED */
    FIELD_LIST = 1 << 2,     /* a column of the list screen, in the order of declaration */
    FIELD_SEARCH = 1 << 3,   /* found by filter and search */
    FIELD_PRIVATE = 1 << 4,  /* never in a published list: telephones, persons */
    FIELD_AUTO = 1 << 5,     /* given by the program, not typed: shown read-only */
    FIELD_TOTAL = 1 << 6,    /* summed in the 合计 row of a table */
    FIELD_KEY_WHEN = 1 << 7, /* a record without it is refused while required_when holds */
    FIELD_VOUCHED =
        1 << 8, /* FIELD_AUTO for which the program vouches: not taken from a list either */
};

/* Between the choices in a value of TYPE_CHOICES. */
#define CHOICES_SEPARATOR "、"

/* Holds when the field named has one of the values, separated by '|' (of TYPE_CHOICES: has chosen
 * one of them); no field: never holds. */
struct condition {
    const char *field;
    const char *values;
};

struct field {
    const char *name;  /* required; column, JSON key and command line name: [a-z][a-z0-9_]* */
    const char *label; /* required; Chinese, as form, list and workbook show it */
    enum field_type type;
    unsigned flags;             /* enum field_flag */
    const char *unit;           /* as printed: "kg/a", "mg/L"; NULL for none */
    int scale;                  /* TYPE_DECIMAL: decimals kept, 0..9 */
    int width;                  /* columns in a list or sheet; 0: the type's own */
    int min_chars, max_chars;   /* of a text; 0: no lower limit, the type's upper limit */
    const char *least, *most;   /* smallest and largest value, as a person types it; NULL: none */
    const char *const *choices; /* TYPE_CHOICE, TYPE_CHOICES: NULL-terminated, in order */
    const char *const
        *synonyms; /* other words for choices, in pairs: "总铊", "铊"; NULL-terminated */
    const char *const *akin; /* likewise what lists say on another scale or nearly: "重大", "高"; an
                                import takes it with a mark, a form does not */
    const char *target;      /* TYPE_REF: the register pointed to */
    const char *via, *source;    /* shown from elsewhere: field `source` of the record that the
                                    TYPE_REF field `via` of this register points to. Not stored. */
    const char *describes;       /* the file in this TYPE_ATTACHMENT field of the same register: a
                                    TYPE_TEXT its name, a TYPE_INTEGER its bytes; filled when the
                                    file is added */
    const char *detection_limit; /* TYPE_MEASURE: the TYPE_MEASURE field of the same register that
                                    says from where on the value can be detected */
    const char *of_period; /* the TYPE_PERIOD, TYPE_DATE or TYPE_INTEGER (a year) field of the same
                              register that says of when the value is: that of a later one corrects
                              nothing that was filed */
    const char *suggest;   /* TYPE_TEXT: offers the names of this register to pick from */
    const char *group;     /* heading over neighbouring columns: "2020年基础排放量" */
    const char *const *aliases;     /* other headings that mean this field, NULL-terminated */
    struct condition required_when; /* required only then */
    struct condition shown_when; /* asked for only then; no field: always. An earlier field decides.
                                    What stands in it otherwise is kept, neither shown nor missed */
    const char *initial; /* value of a new record, as a person types it; or of where and when it is
                            made: "@today", "@operator", "@region" */
    const char *help;    /* required; one or two sentences: what to write, where to find it */
    const char *example; /* as a person would type it */
    const char *basis;   /* who asks for it: standard number or passage of the policy */
};

/* Whether values of the field are stored in its register's own table. */
bool field_is_stored(const struct field *field);

/* Whether every record must have it, whatever its other fields say. */
bool field_is_required(const struct field *field);

/* The condition under which it must be filled, other than always; without field: there is none. */
struct condition field_required_when(const struct field *field);

/* Appends the label as it reads outside its group: "2020年基础排放量 铅". */
void field_add_title(const struct field *field, struct buffer *out);

#endif
