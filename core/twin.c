#include "core/twin.h"
#include "core/alike.h"
#include "core/text.h"

#include <string.h>

enum { LEAST_KEY = 4, MOST_PREFIX = 3 };

/* ---- names ---- */

static const char *const legal_forms[] = {
    "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司",
    "总公司",       "分公司",       "公司",         "集团",     "股份",
};

static const char *const areas[] = {"省", "市", "县", "区", "州", "盟", "旗", "镇", "乡"};
static const char *const autonomous[] = {"自治区", "自治州", "自治县", "自治旗"};

/* Behind the first `count` characters. */
static const char *behind(const char *text, size_t count)
{
    while (count-- > 0)
        text += text_next(text, 0);
    return text;
}

/* What follows 广西壮族自治区 at the beginning; NULL when there is no such thing. */
static const char *skip_autonomous(const char *text)
{
    enum { MOST_BYTES = 30 };
    for (size_t i = 0; i < sizeof autonomous / sizeof autonomous[0]; i++) {
        const char *found = strstr(text, autonomous[i]);
        if (found && found > text && found - text <= MOST_BYTES)
            return found + strlen(autonomous[i]);
    }
    return NULL;
}

/* What follows a name of two to four characters that ends in 省, 市, 县 …; NULL when there is none,
 * or when too little would be left. */
static const char *skip_area(const char *text)
{
    const char *rest = skip_autonomous(text);
    if (rest && text_count(rest) >= LEAST_KEY)
        return rest;
    size_t count = text_count(text);
    for (size_t at = 3; at > 0; at--) {
        if (count < at + 1 + LEAST_KEY)
            continue;
        const char *last = behind(text, at);
        for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++)
            if (text_starts_with(last, areas[i]))
                return last + strlen(areas[i]);
    }
    return NULL;
}

/* Not by alike_fold: what a scanner mixes up also tells short names apart (太平, 大平), and a
 * longer name may have one other character anyway. */
void twin_add_key(const char *name, struct buffer *key)
{
    struct buffer simple = {0}, folded = {0};
    alike_simplify(name, &simple);
    text_fold(buffer_text(&simple), &folded);
    buffer_release(&simple);
    const char *text = buffer_text(&folded), *rest;
    for (int i = 0; i < 4 && (rest = skip_area(text)) != NULL; i++)
        text = rest;
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof legal_forms / sizeof legal_forms[0]; i++) {
        if (!text_ends_with(text, legal_forms[i]) || length <= strlen(legal_forms[i]))
            continue;
        length -= strlen(legal_forms[i]);
        break;
    }
    buffer_add_bytes(key, text, length);
    buffer_release(&folded);
}

static bool is_sign(const char *character, size_t length)
{
    static const char signs[] = "一二三四五六七八九十甲乙丙丁戊东西南北";
    if (length == 1)
        return (*character >= '0' && *character <= '9') || (*character >= 'a' && *character <= 'z');
    for (const char *sign = signs; *sign; sign += 3)
        if (length == 3 && memcmp(sign, character, 3) == 0)
            return true;
    return false;
}

void twin_add_signs(const char *key, struct buffer *signs)
{
    for (size_t step; *key; key += step) {
        text_decode(key, &step);
        if (is_sign(key, step))
            buffer_add_bytes(signs, key, step);
    }
}

/* The first sign at `text` or behind it. */
static const char *next_sign(const char *text, size_t *length)
{
    for (; *text; text += *length) {
        text_decode(text, length);
        if (is_sign(text, *length))
            return text;
    }
    *length = 0;
    return text;
}

static bool same_signs(const char *a, const char *b)
{
    for (;;) {
        size_t length, other;
        a = next_sign(a, &length);
        b = next_sign(b, &other);
        if (length != other || memcmp(a, b, length) != 0)
            return false;
        if (length == 0)
            return true;
        a += length;
        b += length;
    }
}

/* Whether one character put in, left out or exchanged makes one of the other. */
static bool is_one_apart(const char *a, size_t count, const char *b, size_t other)
{
    if (count > other)
        return is_one_apart(b, other, a, count);
    if (other - count > 1)
        return false;
    while (*a && strncmp(a, b, text_next(a, 0)) == 0) {
        size_t step = text_next(a, 0);
        a += step;
        b += step;
    }
    const char *rest = behind(b, *b != '\0');
    return strcmp(count < other ? a : behind(a, *a != '\0'), rest) == 0;
}

bool twin_keys_match(const char *a, const char *b)
{
    size_t count = text_count(a), other = text_count(b);
    if (count == 0 || other == 0)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    if (count < LEAST_KEY || other < LEAST_KEY || !same_signs(a, b))
        return false;
    if (is_one_apart(a, count, b, other))
        return true;
    size_t more = count > other ? count - other : other - count;
    return more <= MOST_PREFIX && (count > other ? text_ends_with(a, b) : text_ends_with(b, a));
}

/* ---- places ---- */

static int64_t square_root(int64_t number)
{
    int64_t root = number;
    for (int64_t next = (root + 1) / 2; next < root; next = (root + number / root) / 2)
        root = next;
    return root;
}

/* Bhaskara's cosine, of hundredths of a degree, in ten-thousandths: right to two of a thousand. */
static int64_t cosine(int64_t hundredths)
{
    const int64_t whole = 32400 * 10000, square = hundredths * hundredths;
    return (whole - 4 * square) * 10000 / (whole + square);
}

int64_t twin_metres(int64_t lon, int64_t lat, int64_t other_lon, int64_t other_lat)
{
    const int64_t metres_of_degree = 111320, micro = 1000000;
    int64_t north = (lat - other_lat) * metres_of_degree / micro;
    int64_t east = (lon - other_lon) * metres_of_degree / micro * cosine(lat / 10000) / 10000;
    return square_root(north * north + east * east);
}
