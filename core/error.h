/* error.h - the one way in which a function says why it could not do its work.
 *
 * A function that can fail returns bool (true: done) and takes a `struct error *` as its last
 * parameter. The sentence is Chinese, complete, and says what is wrong and how to mend it; the
 * code decides the exit status. The caller owns the struct; nothing in it needs releasing.
 */
#ifndef TAIZHANG_CORE_ERROR_H
#define TAIZHANG_CORE_ERROR_H

#include <stdbool.h>

enum error_code {
    ERROR_NONE,      /* no error so far */
    ERROR_USAGE,     /* the request itself is wrong: an unknown register, field, option */
    ERROR_REFUSED,   /* a value or row that is not acceptable */
    ERROR_MISSING,   /* what was asked for does not exist */
    ERROR_IO,        /* a file or the disk did not allow it */
    ERROR_FORMAT,    /* a file is not what it should be */
    ERROR_BUSY,      /* somebody else has the file */
    ERROR_CANCELLED, /* the user stopped it */
};

enum { ERROR_MESSAGE_SIZE = 2048, ERROR_FIELD_SIZE = 64, ERROR_BASIS_SIZE = 256 };

struct error {
    enum error_code code;
    char message[ERROR_MESSAGE_SIZE]; /* UTF-8, cut at a character border when too long */
    char field[ERROR_FIELD_SIZE];     /* English field name, or "" */
    char basis[ERROR_BASIS_SIZE];     /* legal basis, or "" */
    bool wants_reason;  /* the same will do once a person has typed why (store_explain) */
    const char *proven; /* the same will do with this state of the record's life (core/life.h), the
                           furthest that it proves; static, NULL: none */
};

/* Fills `err` (which may be NULL) and returns false, so that a callee can `return error_set(...)`.
 */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Names the field (a `struct field` name) that the error is about. Returns false as well. */
bool error_at_field(struct error *err, const char *field, const char *basis);

/* Puts `where` in front of the sentence, e.g. "第 4 行" gives "第 4 行：……". Returns false. */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
