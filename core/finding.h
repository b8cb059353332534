/* finding.h - what a check found: where, what, how to mend it, and the basis. */
#ifndef TAIZHANG_CORE_FINDING_H
#define TAIZHANG_CORE_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum severity {
    SEVERITY_HINT,    /* 提示 */
    SEVERITY_WARNING, /* 警告 */
    SEVERITY_ERROR,   /* 错误 */
    SEVERITY__COUNT,
};

struct finding {
    const char *rule; /* "V02"; static */
    enum severity severity;
    const char *field;     /* name of the field to mend; static, NULL when about the whole record */
    const char *basis;     /* static, may be NULL */
    bool is_gap;           /* only says that a required field is empty */
    const char *mended_by; /* register of which a new record mends it; static, NULL: the field */
    char *message;         /* Chinese: what is wrong and how to mend it; owned */
};

/* A growing list. */
struct findings {
    struct finding *items;
    size_t count, capacity;
};

void findings_release(struct findings *findings);

void findings_add(struct findings *findings, const struct finding *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

size_t findings_count(const struct findings *findings, enum severity severity);

/* "错误", "警告", "提示" */
const char *severity_name(enum severity severity);

#endif
