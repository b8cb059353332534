/* Degrees as micro-degrees. Typed as 103.471234 or in degrees, minutes and seconds: 103°28′12.5″,
 * 103度28分12.5秒, 103 28 12.5. Six decimals are 0.1 m; what is finer is rounded. */
#include "core/decimal.h"
#include "core/text.h"
#include "core/types/types.h"

#include <string.h>

enum { DEGREE_SCALE = 6, PART_SCALE = 9, PART_SIZE = 24 };

struct limits {
    const char *axis;
    int64_t least, most; /* whole degrees: the land of China */
};

static const struct limits longitude = {.axis = "经度", .least = 73, .most = 135};
static const struct limits latitude = {.axis = "纬度", .least = 18, .most = 54};

/* Passes over a leading 东经, 北纬, E or N. */
static const char *skip_axis(const char *text)
{
    static const char *const words[] = {"东经", "北纬", "E", "N", "e", "n", ":", "："};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts_with(text, words[i]))
            text += strlen(words[i]);
    while (*text == ' ')
        text++;
    return text;
}

/* What stands behind a number tells what it counts: 0 degrees, 1 minutes, 2 seconds. */
static const struct {
    const char *text;
    int rank;
} marks[] = {{"°", 0}, {"º", 0}, {"度", 0}, {"′", 1},  {"分", 1}, {"''", 2}, {"’’", 2},
             {"'", 1}, {"’", 1}, {"″", 2},  {"秒", 2}, {"\"", 2}, {"”", 2}};

/* Reads the mark at *at; without one the number counts what comes after the last one, `next`. */
static int read_mark(const char **at, int next)
{
    int rank = next;
    *at += strspn(*at, " ");
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (text_starts_with(*at, marks[i].text)) {
            *at += strlen(marks[i].text);
            rank = marks[i].rank;
            break;
        }
    }
    *at += strspn(*at, " ");
    return rank;
}

/* Reads a number as scaled by 10 to the 9th; what is finer is far below any receiver's precision.
 */
static bool read_part(const char **at, int64_t *part, bool *is_whole)
{
    char digits[PART_SIZE];
    size_t length = strspn(*at, "0123456789.");
    if (length == 0 || length >= sizeof digits)
        return false;
    memcpy(digits, *at, length);
    digits[length] = '\0';
    *at += length;
    char *point = strchr(digits, '.');
    if (point && strlen(point + 1) > PART_SCALE)
        point[1 + PART_SCALE] = '\0';
    *is_whole = point == NULL;
    return decimal_parse(digits, PART_SCALE, part, NULL);
}

/* Sexagesimal or decimal degrees to micro-degrees, exactly rounded. Only the last number may have
 * decimals. */
static bool read_degrees(const char *text, int64_t *micro)
{
    static const int64_t seconds_of[] = {3600, 60, 1};
    int64_t unit = decimal_unit(PART_SCALE), seconds = 0;
    bool is_whole = true;
    int next = 0;
    while (*text >= '0' && *text <= '9') {
        int64_t part;
        if (!is_whole || !read_part(&text, &part, &is_whole))
            return false;
        int rank = read_mark(&text, next);
        if (rank < next || rank > 2 || (next == 0 && rank != 0) ||
            part >= (rank == 0 ? 1000 : 60) * unit)
            return false;
        seconds += part * seconds_of[rank];
        next = rank + 1;
    }
    if (*text && strchr("EeNn", *text))
        text++;
    return next > 0 && !*text &&
           decimal_multiply(seconds, 1, 3600 * decimal_unit(PART_SCALE - DEGREE_SCALE), micro);
}

static bool within(const struct limits *limits, int64_t micro)
{
    int64_t unit = decimal_unit(DEGREE_SCALE);
    return micro >= limits->least * unit && micro <= limits->most * unit;
}

static bool parse_axis(const struct limits *own, const struct limits *other, const char *text,
                       struct value *value, struct error *err)
{
    int64_t micro;
    if (!read_degrees(skip_axis(text), &micro))
        return error_set(err, ERROR_REFUSED,
                         "“%s”不是经纬度，请按 103.471234 或 103°28′12.5″ 的样子填写", text);
    if (!within(own, micro) && within(other, micro))
        return error_set(err, ERROR_REFUSED, "“%s”像是%s，经度和纬度可能填反了，请对调", text,
                         other->axis);
    if (!within(own, micro))
        return error_set(err, ERROR_REFUSED, "%s应在 %d 到 %d 度之间，“%s”不在我国境内，请核对",
                         own->axis, (int)own->least, (int)own->most, text);
    value_set_integer(value, micro);
    return true;
}

static bool parse_lon(const struct field *field, const struct lookup *lookup, const char *text,
                      struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    return parse_axis(&longitude, &latitude, text, value, err);
}

static bool parse_lat(const struct field *field, const struct lookup *lookup, const char *text,
                      struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    return parse_axis(&latitude, &longitude, text, value, err);
}

static void format(const struct field *field, const struct value *value, struct buffer *out)
{
    (void)field;
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(value->integer, DEGREE_SCALE, text);
    buffer_add(out, text);
}

const struct type type_lon = {
    .name = "lon",
    .label = "经度",
    .json = TYPE_JSON_NUMBER,
    .align_right = true,
    .width = 11,
    .max_chars = 40,
    .parse = parse_lon,
    .format = format,
    .compare = type_compare_integer,
};

const struct type type_lat = {
    .name = "lat",
    .label = "纬度",
    .json = TYPE_JSON_NUMBER,
    .align_right = true,
    .width = 10,
    .max_chars = 40,
    .parse = parse_lat,
    .format = format,
    .compare = type_compare_integer,
};
