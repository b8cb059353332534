#include "core/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *mem_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block)
        abort();
    return block;
}

void *mem_resize(void *block, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        abort();
    size_t bytes = count * size;
    void *moved = realloc(block, bytes ? bytes : 1);
    if (!moved)
        abort();
    return moved;
}

char *mem_text(const char *text)
{
    return text ? mem_text_part(text, strlen(text)) : NULL;
}

char *mem_text_part(const char *text, size_t length)
{
    char *copy = mem_resize(NULL, length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void *mem_grow(void *block, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return block;
    *capacity = *capacity ? *capacity * 2 : 8;
    return mem_resize(block, *capacity, size);
}
