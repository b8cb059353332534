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
static const struct {
    uint32_t code, first;
} looks[] = {{U'末', U'未'}, {U'已', U'己'}, {U'巳', U'己'}, {U'曰', U'日'}, {U'士', U'土'},
             {U'入', U'人'}, {U'千', U'干'}, {U'于', U'干'}, {U'太', U'大'}, {U'犬', U'大'},
             {U'夭', U'天'}, {U'力', U'刀'}, {U'治', U'冶'}, {U'练', U'炼'}, {U'折', U'析'},
             {U'具', U'县'}, {U'匹', U'区'}, {U'泵', U'汞'}, {U'锅', U'镉'}, {U'隔', U'镉'},
             {U'络', U'铬'}, {U'碑', U'砷'}, {U'坤', U'砷'}, {U'陀', U'铊'}, {U'驼', U'铊'},
             {U'侍', U'待'}, {U'熔', U'溶'}, {U'侯', U'候'}, {U'氣', U'氟'}, {U'坼', U'拆'},
             {U'戌', U'戊'}, {U'晴', U'睛'}, {U'博', U'搏'}, {U'冈', U'网'}, {U'旷', U'矿'},
             {U'查', U'渣'}, {U'伫', U'贮'}, {U'糅', U'鞣'}};

/* The first one of the characters that look like `code`, or `code`. */
static uint32_t look(uint32_t code)
{
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (looks[i].code == code)
            return looks[i].first;
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
