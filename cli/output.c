#include "cli/cli.h"
#include "core/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void output_record_json(const struct record *record, struct buffer *out)
{
    buffer_add(out, "{\"id\":");
    buffer_add_json(out, record->id);
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        const struct field *field = walk.field;
        buffer_addf(out, ",\"%s\":", field->name);
        type_json(field, &record->values[walk.index], out);
    }
    buffer_addf(out, ",\"missing\":%zu}", record_missing(record));
}

void output_cell(const char *text, int width, struct buffer *out)
{
    int room = width < 0 ? -width : width;
    size_t fits = text_fit(text, room);
    char *line_break = memchr(text, '\n', fits);
    if (line_break)
        fits = (size_t)(line_break - text);
    struct buffer part = {0};
    buffer_add_bytes(&part, text, fits);
    int padding = room - text_width(part.text);
    if (width < 0)
        buffer_addf(out, "%*s", padding, "");
    buffer_add(out, part.text);
    if (width > 0)
        buffer_addf(out, "%*s", padding, "");
    buffer_release(&part);
}

static void write_acceptance_json(const struct acceptance *acceptance, struct buffer *out)
{
    if (!acceptance) {
        buffer_add(out, "null");
        return;
    }
    buffer_add(out, "{\"reason\":");
    buffer_add_json(out, acceptance->reason);
    buffer_add(out, ",\"by\":");
    buffer_add_json(out, acceptance->by);
    buffer_add(out, ",\"on\":");
    buffer_add_json(out, acceptance->on);
    buffer_add_char(out, '}');
}

const char *output_severity(enum severity severity)
{
    static const char *const names[SEVERITY__COUNT] = {
        [SEVERITY_HINT] = "hint", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    return names[severity];
}

void output_findings_json(const struct record *record, const struct findings *findings,
                          const struct acceptances *acceptances, struct buffer *out)
{
    buffer_add_char(out, '[');
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        buffer_addf(out, "%s{\"rule\":\"%s\",\"severity\":\"%s\",\"field\":", i ? "," : "",
                    finding->rule, output_severity(finding->severity));
        buffer_add_json(out, finding->field ? finding->field : "");
        buffer_add(out, ",\"message\":");
        buffer_add_json(out, finding->message);
        buffer_add(out, ",\"basis\":");
        buffer_add_json(out, finding->basis ? finding->basis : "");
        buffer_add(out, ",\"accepted\":");
        write_acceptance_json(acceptance_of(acceptances, record, finding), out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

bool output_write(struct buffer *text, struct error *err)
{
    struct buffer visible = {0};
    text_add_visible(buffer_text(text), true, &visible);
    bool ok = visible.length == 0 || fwrite(visible.text, visible.length, 1, stdout) == 1;
    ok = ok && fflush(stdout) == 0;
    buffer_release(&visible);
    buffer_clear(text);
    return ok || error_set(err, ERROR_IO, "不能输出结果：%s", strerror(errno));
}

bool output_line(struct error *err, const char *format, ...)
{
    struct buffer line = {0};
    va_list args;
    va_start(args, format);
    buffer_addv(&line, format, args);
    va_end(args);
    buffer_add_char(&line, '\n');
    bool ok = output_write(&line, err);
    buffer_release(&line);
    return ok;
}

void output_sentence(FILE *file, const char *sentence)
{
    struct buffer line = {0};
    text_add_visible(sentence, false, &line);
    fprintf(file, "%s\n", buffer_text(&line));
    buffer_release(&line);
}
