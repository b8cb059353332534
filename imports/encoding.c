#include "imports/encoding.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/table.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_SIZE = 1 << 16,
    FRONT = 1, /* the NUL before the text */
    SPARE = 2, /* kept free behind it: a NUL, and a byte that marks a fault */
};

static const struct mark {
    const char *bytes;
    size_t length;
    const char *encoding; /* NULL for UTF-8 itself */
    const char *fault;
} marks[] = {
    {"\xEF\xBB\xBF", 3, NULL, "损坏的 UTF-8 字符"},
    {"\xFF\xFE", 2, "UTF-16LE", "损坏的 UTF-16 字符"},
    {"\xFE\xFF", 2, "UTF-16BE", "损坏的 UTF-16 字符"},
};

static bool refuse_unreadable(struct error *err)
{
    return error_set(err, ERROR_IO, "读取文件时出错，请检查磁盘或 U 盘后重试");
}

static bool load(FILE *file, struct encoding_text *text, struct error *err)
{
    text->end = FRONT;
    for (size_t got = 1; got > 0; text->end += got) {
        if (text->end > TABLE_MAX_FILE) /* it may have grown since it was opened */
            return error_set(err, ERROR_FORMAT, "文件超过 1 GB，请拆成几个文件分别导入");
        if (text->capacity < text->end + BLOCK_SIZE + SPARE) {
            text->capacity = 2 * text->capacity + BLOCK_SIZE + FRONT + SPARE;
            text->bytes = mem_resize(text->bytes, text->capacity, 1);
        }
        got = fread(text->bytes + text->end, 1, BLOCK_SIZE, file);
    }
    text->bytes[0] = text->bytes[text->end] = '\0';
    return ferror(file) ? refuse_unreadable(err) : true;
}

/* Counts the characters beyond ASCII that are UTF-8 and the bytes that are not; returns the offset
 * of the first such byte, or the end. */
static size_t scan_utf8(const struct encoding_text *text, size_t *valid, size_t *invalid)
{
    size_t first = text->end;
    *valid = *invalid = 0;
    for (size_t at = FRONT, step; at < text->end; at += step) {
        step = 1;
        if ((unsigned char)text->bytes[at] < 0x80)
            continue;
        if (text_decode(text->bytes + at, &step) != TEXT_INVALID)
            ++*valid;
        else if (++*invalid == 1)
            first = at;
    }
    return first;
}

static void cut(struct encoding_text *text, size_t at, const char *fault)
{
    text->bytes[at] = '\0';
    text->end = at;
    text->fault = fault;
}

static bool cut_at_nul(struct encoding_text *text)
{
    const char *nul = memchr(text->bytes + FRONT, '\0', text->end - FRONT);
    if (nul)
        cut(text, (size_t)(nul - text->bytes), "空字符（NUL），文件不是文本或已损坏");
    return nul;
}

/* Converts one block, whose last bytes may be the beginning of a character; `*rest` says how many
 * were left. False at a byte that is no text. */
static bool convert_block(iconv_t converter, char *block, size_t *rest, struct encoding_text *text)
{
    char *in = block;
    while (*rest > 0) {
        if (text->capacity < text->end + BLOCK_SIZE + SPARE) {
            text->capacity += text->capacity / 2 + BLOCK_SIZE + SPARE;
            text->bytes = mem_resize(text->bytes, text->capacity, 1);
        }
        char *out = text->bytes + text->end;
        size_t room = text->capacity - text->end - SPARE;
        size_t converted = iconv(converter, &in, rest, &out, &room);
        int reason = errno;
        text->end = (size_t)(out - text->bytes);
        if (converted == (size_t)-1 && reason == EINVAL)
            break;
        if (converted == (size_t)-1 && reason != E2BIG)
            return false;
    }
    memmove(block, in, *rest);
    return true;
}

/* Reads the file anew from `start` on: the bytes in memory give way to the text. */
static bool convert(FILE *file, long start, const char *encoding, const char *fault,
                    struct encoding_text *text, struct error *err)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return error_set(err, ERROR_IO, "本机缺少 %s 字符转换模块，请把文件另存为“CSV UTF-8”再导入",
                         encoding);
    char block[BLOCK_SIZE];
    size_t rest = 0, got;
    bool whole = fseek(file, start, SEEK_SET) == 0;
    text->end = FRONT;
    while (whole && (got = fread(block + rest, 1, sizeof block - rest, file)) > 0) {
        rest += got;
        whole = convert_block(converter, block, &rest, text);
    }
    iconv_close(converter);
    text->bytes[text->end] = '\0';
    if (ferror(file))
        return refuse_unreadable(err);
    if (!whole || rest > 0)
        text->fault = fault;
    return true;
}

static bool decode(FILE *file, struct encoding_text *text, struct error *err)
{
    const struct mark *mark = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(text->bytes + FRONT, marks[i].bytes, marks[i].length) == 0)
            mark = &marks[i];
    if (mark && mark->encoding)
        return convert(file, (long)mark->length, mark->encoding, mark->fault, text, err);
    if (cut_at_nul(text))
        return true;

    size_t valid, invalid, first = scan_utf8(text, &valid, &invalid);
    if (invalid == 0 || mark || valid >= 4 * invalid) {
        if (invalid > 0)
            cut(text, first, marks[0].fault);
        return true;
    }
    return convert(file, 0, "GB18030", "既不是 UTF-8 也不是 GB18030 编码的字符", text, err);
}

bool encoding_read_file(const char *path, struct encoding_text *text, struct error *err)
{
    *text = (struct encoding_text){0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return refuse_unreadable(err);
    bool done = load(file, text, err) && decode(file, text, err);
    fclose(file);
    if (!done) {
        free(text->bytes);
        return false;
    }
    cut_at_nul(text);
    text->start = FRONT;
    if (strncmp(text->bytes + FRONT, marks[0].bytes, marks[0].length) == 0)
        text->start += marks[0].length;
    return true;
}
