#include "core/finding.h"
#include "core/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_USUAL = 512 };

void findings_release(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->items[i].message);
    free(findings->items);
    memset(findings, 0, sizeof *findings);
}

void findings_add(struct findings *findings, const struct finding *at, const char *format, ...)
{
    findings->items =
        mem_grow(findings->items, findings->count, &findings->capacity, sizeof *findings->items);
    char usual[MESSAGE_USUAL]; /* formatting twice to learn the length took most of the time */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(usual, sizeof usual, format, args);
    va_end(args);
    char *message = mem_text_part(usual, length < MESSAGE_USUAL ? (size_t)length : 0);
    if (length >= MESSAGE_USUAL) {
        message = mem_resize(message, (size_t)length + 1, 1);
        vsnprintf(message, (size_t)length + 1, format, again);
    }
    va_end(again);

    struct finding *finding = &findings->items[findings->count++];
    *finding = *at;
    finding->message = message;
}

size_t findings_count(const struct findings *findings, enum severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i].severity == severity;
    return count;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[SEVERITY__COUNT] = {
        [SEVERITY_HINT] = "提示",
        [SEVERITY_WARNING] = "警告",
        [SEVERITY_ERROR] = "错误",
    };
    return names[severity];
}
