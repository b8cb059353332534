#include "core/finding.h"
#include "core/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *message = mem_new((size_t)length + 1, 1);
    vsnprintf(message, (size_t)length + 1, format, again);
    va_end(again);

    struct finding *finding = &findings->items[findings->count++];
    *finding = *at;
    finding->message = message;
}

const struct finding *findings_of_field(const struct findings *findings, const char *field)
{
    const struct finding *worst = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->field && strcmp(finding->field, field) == 0 &&
            (!worst || finding->severity > worst->severity))
            worst = finding;
    }
    return worst;
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
