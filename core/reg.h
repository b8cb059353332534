/* reg.h - a register (台账, 清单): a table of fields that the program keeps, declared in one file
 * of core/registers/. (`register` is a word of C; the struct is called reg.) */
#ifndef TAIZHANG_CORE_REG_H
#define TAIZHANG_CORE_REG_H

#include "core/field.h"

#include <stddef.h>

struct record;
struct check_context;
struct error;
struct life;

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A theme of fields: a tab of the form, and a block that several registers may share. */
struct section {
    const char *label;
    const char *intro; /* what it asks for and what the law wants; required in a REG_SURVEY */
    const struct field *fields;
    size_t count;
};

enum reg_flag {
    REG_REFERENCE = 1 << 0, /* facts that come with the program: replaced as a whole, no history */
    REG_POLICY = 1 << 1,    /* loaded from data/ and policy packs; may be edited, has a history */
    REG_SURVEY = 1 << 2, /* a new record is asked for step by step, a section each (排查向导) */
    REG_DESK = 1 << 3,   /* always stands on the desk, with one of the first digits */
    REG_HANDED_OUT = 1 << 4, /* enterprises and townships fill it in for the bureau: a form to hand
                                out is offered */
    REG_RECONCILED = 1 << 5, /* its growth is what a filing tells: 上期家数, 新增, 移出, 本期 */
};

/* Where a register stands in the menus. */
enum reg_menu {
    MENU_NONE,      /* a child table, or codes that nobody opens */
    MENU_INVENTORY, /* 清单 */
    MENU_MONITOR,   /* 排口监测 */
    MENU_RECTIFY,   /* 检查整改 */
    MENU_QUOTA,     /* 总量减排 */
    MENU_DUTY,      /* 任务报送 */
    MENU_BASE,      /* 基础数据 */
    MENU__COUNT,
};

/* "清单"; "" for MENU_NONE. */
const char *reg_menu_name(enum reg_menu menu);

/* Something that happened on the day in a TYPE_DATE field: a line of the case file's time line. */
struct reg_event {
    const char *date;  /* name of the field */
    const char *label; /* what happened: "发现问题" */
};

/* Results of measurements over time: what the case file draws. All are names of fields. */
struct reg_series {
    const char *factor, *value, *unit, *date;
    const char *point;          /* where it was measured: only results of one point make a line */
    const char *limit;          /* a text such as "0.005 mg/L" */
    struct condition is_judged; /* the limit is one that may be judged by */
};

/* Cases with a deadline: those that are not closed stand on the desk and in the case file until
 * they are. */
struct reg_deadline {
    const char *label;       /* what is to be done, 2 to 4 characters: "整改" */
    const char *date;        /* name of the field */
    struct condition closed; /* of a field that is stored as text; no field: only `met` tells */
    const char *met;         /* field whose date, once filled, says that it was done; NULL: none */
};

/* A child table that reports how far the record that it hangs on has come: the newest report
 * counts. Names of fields. */
struct reg_progress {
    const char *percent; /* TYPE_INTEGER, 0 to 100 */
    const char *date;    /* of the report */
};

struct reg {
    const char *name;    /* required; table and command line name, [a-z][a-z0-9_]* */
    const char *label;   /* required; "涉铊企业" */
    const char *brief;   /* for a tab, 2 to 4 characters: "涉铊"; NULL: the label */
    const char *title;   /* as the filing calls it: "涉铊企业清单" */
    const char *counter; /* measure word: "家", "处", "项" */
    const char *help;    /* one sentence: what belongs into it */
    const char *basis;   /* who asks for it */
    unsigned flags;      /* enum reg_flag */
    enum reg_menu menu;
    const struct section *sections;
    size_t section_count;
    const char *prefix;     /* of its case numbers, "QY"; NULL when it has none */
    const char *name_field; /* the field that names a record to a person; required */
    const char *parent; /* TYPE_REF field to the record it hangs on as a child table; NULL none */
    const char *order;  /* field that lists are sorted by at first; NULL: name_field */
    bool descending;
    const struct reg_event *events;      /* ends with one without date; NULL: nothing happens */
    const struct reg_series *series;     /* NULL: it holds no measurements */
    const struct reg_deadline *deadline; /* NULL: it holds no cases with one */
    const struct reg_progress *progress; /* NULL: it reports none */
    /* How an imported row finds its record: each entry names fields, separated by blanks, that
     * together identify one; the first entry whose fields are all filled decides. NULL-terminated.
     */
    const char *const *identity;
    /* Fills what is left empty from other records when the record is saved, before `derive`: part
     * of the change, as if typed. NULL: nothing does. */
    void (*complete)(struct record *record, const struct check_context *context);
    /* Fields that are summed up over very many records, by the first of them: each entry names
     * some, separated by blanks, and an index holds them all. NULL-terminated; NULL: none. */
    const char *const *covered;
    /* Fills computed fields of `record`; `before` is the stored state, NULL for a new record. Pure.
     */
    void (*derive)(struct record *record, const struct record *before);
    /* Fills what follows from other records, the calendar or the policy, after `derive`; NULL:
     * nothing does. */
    void (*conclude)(struct record *record, const struct check_context *context);
    const char *outcome;     /* field whose text is told when a record has been saved; NULL: none */
    const struct life *life; /* how its cases move from state to state; NULL: they have no states */
    /* Refuses a change that must never stand in the file, whoever makes it: `before` is NULL for a
     * new record, `after->deleted` tells of its removal. What can be mended later is a finding
     * instead. ERROR_REFUSED. NULL: there is none. */
    bool (*guard)(const struct record *before, const struct record *after,
                  const struct check_context *context, struct error *err);
};

/* All registers in the order of the menus. */
extern const struct reg *const registers[];
extern const size_t register_count;

/* NULL when there is no such register. */
const struct reg *reg_find(const char *name);

/* Where it stands in `registers`. */
size_t reg_index(const struct reg *reg);

/* Fields of all sections in order of declaration. Index 0..reg_field_count()-1. */
size_t reg_field_count(const struct reg *reg);
const struct field *reg_field(const struct reg *reg, size_t index);

/* Walks over all fields in that order:
 *     for (struct field_walk walk = {.reg = reg}; reg_walk(&walk);)
 *         use(walk.index, walk.field); */
struct field_walk {
    const struct reg *reg;
    const struct field *field; /* set by reg_walk */
    size_t index;              /* of `field` */
    size_t section, place;     /* of the field that comes next */
};
bool reg_walk(struct field_walk *walk);

/* Index of the field called `name`, or -1. */
int reg_field_index(const struct reg *reg, const char *name);
const struct field *reg_field_find(const struct reg *reg, const char *name);

/* Index of the first field of section `section`. */
size_t reg_section_start(const struct reg *reg, size_t section);

/* The n-th register whose parent field points to `reg`, or NULL: its child tables. */
const struct reg *reg_child(const struct reg *reg, size_t n);

/* The register whose records those of `reg` are profiles of: a thallium enterprise is an
 * enterprise, and is named after it. NULL when it stands for itself. */
const struct reg *reg_subject(const struct reg *reg);

/* What a tab calls it. */
const char *reg_brief(const struct reg *reg);

/* The n-th register in the desk's table, which digit n + 1 opens: those that always stand there,
 * then the other inventories. NULL behind the last. */
const struct reg *reg_on_desk(size_t n);

/* Whether the register holds the bureau's own cases: neither base data nor a child table. */
bool reg_is_main(const struct reg *reg);

#endif
