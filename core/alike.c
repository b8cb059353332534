#include "core/alike.h"
#include "core/simplify_table.h"
#include "core/text.h"

#include <string.h>

static uint32_t simplify(uint32_t code)
{
    size_t low = 0, high = simplify_pair_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (simplify_pairs[middle].traditional < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < simplify_pair_count && simplify_pairs[low].traditional == code
               ? simplify_pairs[low].simplified
               : code;
}

/* What optical character recognition takes for one another, as far as it stands in words of the
 * registers. */
static const char *const looks[] = {
    "未末", "己已巳", "日曰",   "土士", "人入", "干千于", "大太犬", "天夭",
    "刀力", "冶治",   "炼练",   "析折", "县具", "区匹",   "汞泵",   "镉锅隔",
    "铬络", "砷碑坤", "铊陀驼", "待侍", "溶熔", "候侯",   "氟氣",   "拆坼",
    "戊戌", "睛晴",   "搏博",   "网冈", "矿旷", "渣查",   "贮伫",   "鞣糅",
};

/* The first one of the characters that look like `code`, or `code`. */
static uint32_t look(uint32_t code)
{
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        size_t step;
        uint32_t first = text_decode(looks[i], &step);
        for (const char *at = looks[i]; *at; at += step)
            if (text_decode(at, &step) == code)
                return first;
    }
    return code;
}

static void add_code(uint32_t code, struct buffer *out)
{
    char bytes[4];
    buffer_add_bytes(out, bytes, text_encode(code, bytes));
}

void alike_simplify(const char *text, struct buffer *out)
{
    for (size_t step; *text; text += step) {
        uint32_t code = text_decode(text, &step);
        uint32_t simple = code == TEXT_INVALID ? code : simplify(code);
        if (simple == code)
            buffer_add_bytes(out, text, step);
        else
            add_code(simple, out);
    }
}

void alike_fold(const char *text, struct buffer *out)
{
    struct buffer folded = {0};
    text_fold(text, &folded);
    for (const char *at = buffer_text(&folded); *at;) {
        size_t step;
        add_code(look(simplify(text_decode(at, &step))), out);
        at += step;
    }
    buffer_release(&folded);
}

bool alike_same(const char *a, const char *b)
{
    struct buffer left = {0}, right = {0};
    alike_fold(a, &left);
    alike_fold(b, &right);
    bool same = strcmp(buffer_text(&left), buffer_text(&right)) == 0;
    buffer_release(&left);
    buffer_release(&right);
    return same;
}

enum { MOST_CODES = 64 }; /* of a name; what is longer is compared by its beginning */

static size_t decode(const char *text, uint32_t codes[MOST_CODES])
{
    size_t count = 0;
    for (size_t step; *text && count < MOST_CODES; text += step)
        codes[count++] = text_decode(text, &step);
    return count;
}

/* Common runs of `length` characters of `a` and `b`, each counted as often as it stands in both. */
static size_t common(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                     size_t length)
{
    bool used[MOST_CODES] = {false};
    size_t count = 0;
    for (size_t i = 0; i + length <= a_count; i++) {
        for (size_t j = 0; j + length <= b_count; j++) {
            if (used[j] || memcmp(a + i, b + j, length * sizeof *a) != 0)
                continue;
            used[j] = true;
            count++;
            break;
        }
    }
    return count;
}

static bool is_one_apart(const uint32_t *a, const uint32_t *b, size_t count)
{
    enum { LEAST = 3 };
    size_t apart = 0;
    for (size_t i = 0; i < count; i++)
        apart += a[i] != b[i];
    return count >= LEAST && apart == 1;
}

int alike_score(const char *a, const char *b)
{
    uint32_t left[MOST_CODES], right[MOST_CODES];
    size_t left_count = decode(a, left), right_count = decode(b, right);
    if (left_count == 0 || right_count == 0)
        return 0;
    size_t single = common(left, left_count, right, right_count, 1);
    size_t both = left_count + right_count, score = ALIKE_EQUAL * single / both;
    if (both > 2)
        score += ALIKE_EQUAL * common(left, left_count, right, right_count, 2) / (both - 2);
    else
        score *= 2;
    bool near = left_count == right_count && is_one_apart(left, right, left_count);
    return near && score < ALIKE_ONE_APART ? ALIKE_ONE_APART : (int)score;
}

uint64_t alike_mask(const char *folded)
{
    uint64_t mask = 0;
    for (size_t step; *folded; folded += step)
        mask |= UINT64_C(1) << (text_decode(folded, &step) * 2654435761u >> 26);
    return mask;
}
