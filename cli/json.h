/* json.h - JSON objects for programs, written member by member: each call appends one, with a comma
 * before it unless it is the first of its object. Numbers are written exactly; what is empty or
 * unknown is null. */
#ifndef TAIZHANG_CLI_JSON_H
#define TAIZHANG_CLI_JSON_H

#include "core/buffer.h"
#include "core/date.h"

#include <stdint.h>

/* "key": and nothing behind it: for a list or an object, which the caller writes. */
void json_key(const char *key, struct buffer *out);

/* NULL and "" are null. */
void json_text(const char *key, const char *text, struct buffer *out);

/* A number with `scale` decimals, without zeros behind the last that counts. */
void json_number(const char *key, int64_t scaled, int scale, struct buffer *out);

/* The same, null unless it is known. */
void json_known_number(const char *key, bool is_known, int64_t scaled, int scale,
                       struct buffer *out);

void json_flag(const char *key, bool flag, struct buffer *out);

/* A date without a year is none. */
void json_date(const char *key, struct date date, struct buffer *out);

#endif
