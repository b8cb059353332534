/* mem.h - memory that is there or the program is not.
 *
 * A desk program has no useful answer to an exhausted heap: every change to the file is one
 * transaction, so ending at once loses nothing that was confirmed. These functions never return
 * NULL. What they return is released with free().
 */
#ifndef TAIZHANG_CORE_MEM_H
#define TAIZHANG_CORE_MEM_H

#include <stddef.h>

/* `count` zeroed elements of `size` bytes. */
void *mem_new(size_t count, size_t size);

/* Resizes `block` (or NULL) to `count` elements of `size` bytes; new bytes are not set. */
void *mem_resize(void *block, size_t count, size_t size);

/* A copy of `text`; NULL gives NULL. */
char *mem_text(const char *text);

/* A copy of the first `length` bytes of `text`, with a NUL behind them. */
char *mem_text_part(const char *text, size_t length);

/* Makes room for one more element in an array that doubles: returns the (moved) array. */
void *mem_grow(void *block, size_t count, size_t *capacity, size_t size);

#endif
