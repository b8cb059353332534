#include "cli/cli.h"
#include "core/text.h"

#include <errno.h>
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

void output_findings_json(const struct findings *findings, struct buffer *out)
{
    static const char *const severities[SEVERITY__COUNT] = {
        [SEVERITY_HINT] = "hint", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    buffer_add_char(out, '[');
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        buffer_addf(out, "%s{\"rule\":\"%s\",\"severity\":\"%s\",\"field\":", i ? "," : "",
                    finding->rule, severities[finding->severity]);
        buffer_add_json(out, finding->field ? finding->field : "");
        buffer_add(out, ",\"message\":");
        buffer_add_json(out, finding->message);
        buffer_add(out, ",\"basis\":");
        buffer_add_json(out, finding->basis ? finding->basis : "");
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

bool output_write(struct buffer *text, struct error *err)
{
    bool ok = text->length == 0 || fwrite(text->text, text->length, 1, stdout) == 1;
    ok = ok && fflush(stdout) == 0;
    buffer_clear(text);
    return ok || error_set(err, ERROR_IO, "不能输出结果：%s", strerror(errno));
}

void output_sentence(FILE *file, const char *sentence)
{
    struct buffer line = {0};
    for (size_t step; *sentence; sentence += step) {
        uint32_t code = text_decode(sentence, &step);
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        if (code == TEXT_INVALID || control || turns)
            buffer_add_char(&line, '?');
        else
            buffer_add_bytes(&line, sentence, step);
    }
    fprintf(file, "%s\n", buffer_text(&line));
    buffer_release(&line);
}
