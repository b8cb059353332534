/* Rows 字体 and 行高 of a layout: how the parts of a table look. */
#include "exports/layout_kind.h"

#include "core/decimal.h"
#include "core/text.h"

#include <string.h>

enum { TENTHS = 1 };

static const char *const parts[SINK_PART_COUNT] = {
    [SINK_HEADS] = "抬头",      [SINK_TITLE] = "标题", [SINK_MARGINS] = "左上",
    [SINK_HEADING] = "表头",    [SINK_BODY] = "正文",  [SINK_NOTES] = "说明",
    [SINK_SIGNATURES] = "签名",
};

/* The sizes by name, as Word and WPS know them. */
static const struct {
    const char *name;
    int size;
} sizes[] = {
    {"初号", 420}, {"小初", 360}, {"一号", 260}, {"小一", 240}, {"二号", 220},
    {"小二", 180}, {"三号", 160}, {"小三", 150}, {"四号", 140}, {"小四", 120},
    {"五号", 105}, {"小五", 90},  {"六号", 75},  {"小六", 65},
};

static const struct {
    const char *word;
    bool shaded; /* it is about the ground, else about the strokes */
    enum sink_wish wish;
} marks[] = {
    {"加粗", false, SINK_YES},
    {"不加粗", false, SINK_NO},
    {"底色", true, SINK_YES},
    {"无底色", true, SINK_NO},
};

const char *layout_part_word(enum sink_part part)
{
    return parts[part];
}

static struct sink_font *find_part(const struct layout_reading *reading, struct error *err)
{
    const char *word = csv_cell(&reading->csv, 1);
    for (size_t i = 0; i < SINK_PART_COUNT; i++)
        if (parts[i] && strcmp(parts[i], word) == 0)
            return &layout_current(reading)->fonts[i];
    error_set(err, ERROR_FORMAT,
              "“%s”后面只能是 抬头、标题、左上（和右上）、表头、正文、说明、签名，不能是“%s”",
              csv_cell(&reading->csv, 0), word);
    return NULL;
}

static bool read_size(const char *text, int *size, struct error *err)
{
    int64_t tenths;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        if (strcmp(sizes[i].name, text) != 0)
            continue;
        *size = sizes[i].size;
        return true;
    }
    if (!decimal_parse(text, TENTHS, &tenths, NULL) || tenths < SINK_FONT_SMALLEST ||
        tenths > SINK_FONT_LARGEST)
        return error_set(err, ERROR_FORMAT,
                         "字号“%s”应是 5 到 72 的磅数，如 10.5，或字号名称，如 二号", text);
    *size = (int)tenths;
    return true;
}

static bool take_mark(struct sink_font *font, const char *word, size_t length, struct error *err)
{
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (strlen(marks[i].word) != length || memcmp(marks[i].word, word, length) != 0)
            continue;
        *(marks[i].shaded ? &font->shaded : &font->bold) = marks[i].wish;
        return true;
    }
    return error_set(err, ERROR_FORMAT, "字体的标记只能是 加粗、不加粗、底色、无底色，不能是“%.*s”",
                     (int)length, word);
}

/* 字体,标题,方正小标宋简体,22,不加粗、无底色 */
bool layout_read_font(struct layout_reading *reading, struct error *err)
{
    static const char comma[] = "、";
    const struct csv *csv = &reading->csv;
    struct sink_font *font = find_part(reading, err);
    if (!font)
        return false;
    layout_take_text(csv, 2, &font->name);
    if (font->name && text_count(font->name) > SINK_FONT_NAME)
        return error_set(err, ERROR_FORMAT, "字体的名称最多 %d 个字，请改成电脑上有的字体",
                         SINK_FONT_NAME);
    if (*csv_cell(csv, 3) && !read_size(csv_cell(csv, 3), &font->size, err))
        return false;
    for (const char *at = csv_cell(csv, 4); *at;) {
        const char *end = strstr(at, comma);
        size_t length = end ? (size_t)(end - at) : strlen(at);
        if (!take_mark(font, at, length, err))
            return false;
        at = end ? end + sizeof comma - 1 : at + length;
    }
    return true;
}

/* 行高,标题,40 */
bool layout_read_height(struct layout_reading *reading, struct error *err)
{
    enum { MOST_POINTS = 400 };
    int points;
    struct sink_font *font = find_part(reading, err);
    if (!font || !layout_read_whole(csv_cell(&reading->csv, 2), MOST_POINTS, &points, err))
        return false;
    font->height = points;
    return true;
}
