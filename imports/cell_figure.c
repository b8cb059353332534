#include "imports/cell_figure.h"
#include "core/decimal.h"
#include "core/reg.h"
#include "core/text.h"

#include <string.h>

enum { KEPT_DIGITS = 15, MOST_DIGITS = 40, MOST_EXPONENT = 30 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the one of `words` that `text` begins with, 0 none. */
static size_t starts_with(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (text_starts_with(text, *words))
            return strlen(*words);
    return 0;
}

/* Length of the one that the first `length` bytes end with. */
static size_t ends_with(const char *text, size_t length, const char *const *words)
{
    for (; *words; words++) {
        size_t size = strlen(*words);
        if (length >= size && memcmp(text + length - size, *words, size) == 0)
            return size;
    }
    return 0;
}

static const char *const about_before[] = {"约为", "大约", "大概", "约",   "≈", "估计",
                                           "近",   "~",    "～",   "左右", NULL};
static const char *const about_behind[] = {"左右",   "上下",   "（估）", "(估)", "（估算）",
                                           "(估算)", "（约）", "(约)",   NULL};
static const char *const bounds_before[] = {
    "≥",      "≤",      ">",      "<",      "＞",     "＜",   "大于", "小于",
    "不低于", "不超过", "不小于", "不大于", "不少于", "超过", "低于", "高于",
    "少于",   "多于",   "至少",   "至多",   "最多",   "最少", "不足", NULL};
static const char *const bounds_behind[] = {"以上", "以下", "以内", "多", "余", "起", "+", NULL};
static const char *const range_marks[] = {"-", "~", "～", "—", "–", "〜", "∼", "至", "到", NULL};
static const char *const group_marks[] = {",", "，", " ", "'", "’", NULL};
static const char *const ends[] = {"。", "；", ";", "，", ",", "、", " ", "．", NULL};

/* ---- digits ---- */

struct digits {
    char digit[MOST_DIGITS];
    int count, decimals;
};

/* Whether a separator stands at `at` that three digits follow, no more: its length, else 0. */
static size_t group_length(const char *at)
{
    size_t length = starts_with(at, group_marks);
    const char *digits = at + length;
    bool three = length && is_digit(digits[0]) && is_digit(digits[1]) && is_digit(digits[2]);
    return three && !is_digit(digits[3]) ? length : 0;
}

/* Digits, separated in threes, with one point; NULL when there are none or too many. */
static const char *read_digits(const char *at, struct digits *out)
{
    bool point = false, grouped = false, any = false;
    int lead = 0;
    for (;;) {
        size_t group;
        if (is_digit(*at)) {
            any = true;
            if (out->count == MOST_DIGITS)
                return NULL;
            if (out->count > 0 || *at != '0')
                out->digit[out->count++] = *at;
            out->decimals += point;
            lead++;
            at++;
        } else if (!point && (*at == '.' || (text_starts_with(at, "。") && is_digit(at[3])))) {
            point = true;
            at += *at == '.' ? 1 : 3;
        } else if (!point && any && (grouped || lead <= 3) && (group = group_length(at)) > 0) {
            grouped = true;
            at += group;
        } else {
            break;
        }
    }
    bool ambiguous = starts_with(at, (const char *const[]){",", "，", ".", NULL}) &&
                     is_digit(at[starts_with(at, group_marks)]);
    return any && !ambiguous && *at != '.' ? at : NULL;
}

/* ⁻⁵ or -5; NULL when no digit stands there. */
static const char *read_power(const char *at, int *power)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", NULL};
    bool negative = text_starts_with(at, "⁻") || *at == '-' || text_starts_with(at, "−");
    at += text_starts_with(at, "⁻") || text_starts_with(at, "−") ? 3 : *at == '-' || *at == '+';
    const char *start = at;
    for (*power = 0; *at && *power <= MOST_EXPONENT;) {
        int value = -1;
        size_t length = 1;
        if (is_digit(*at))
            value = *at - '0';
        for (int i = 0; value < 0 && raised[i]; i++) {
            if (text_starts_with(at, raised[i])) {
                value = i;
                length = strlen(raised[i]);
            }
        }
        if (value < 0)
            break;
        *power = 10 * *power + value;
        at += length;
    }
    if (at == start || *power > MOST_EXPONENT)
        return NULL;
    *power = negative ? -*power : *power;
    return at;
}

/* "E+3", "×10^3", "x10³": what the number is multiplied by. `at` itself when nothing of it stands
 * there. */
static const char *read_exponent(const char *at, int *power)
{
    static const char *const times[] = {"×10^", "x10^", "X10^", "*10^", "×10", "x10", "*10", NULL};
    *power = 0;
    if (*at == 'E' || *at == 'e') {
        const char *end = read_power(at + 1, power);
        return end ? end : at;
    }
    size_t length = starts_with(at, times);
    const char *power_at = at + length;
    bool is_raised = length && (power_at[-1] == '^' || !is_digit(*power_at));
    const char *end = is_raised ? read_power(power_at, power) : NULL;
    return end ? end : at;
}

/* Keeps the digits that a spreadsheet knows; the rest is noise of binary fractions. */
static bool round_noise(struct digits *digits)
{
    if (digits->count <= KEPT_DIGITS || digits->count - digits->decimals > KEPT_DIGITS)
        return digits->count <= 18;
    bool up = digits->digit[KEPT_DIGITS] >= '5';
    digits->decimals -= digits->count - KEPT_DIGITS;
    digits->count = KEPT_DIGITS;
    for (int i = KEPT_DIGITS - 1; up && i >= 0; i--) {
        up = digits->digit[i] == '9';
        digits->digit[i] = up ? '0' : (char)(digits->digit[i] + 1);
    }
    if (up) { /* 999… became 1000… */
        digits->digit[0] = '1';
        digits->decimals--;
    }
    return true;
}

static bool take_digits(struct digits *digits, bool negative, int power, struct cell_figure *figure)
{
    figure->significant = digits->count;
    figure->is_noisy = digits->count > KEPT_DIGITS;
    if (!round_noise(digits))
        return false;
    while (digits->decimals > 0 && digits->count > 0 && digits->digit[digits->count - 1] == '0') {
        digits->count--;
        digits->decimals--;
    }
    for (int i = 0; i < digits->count; i++)
        figure->digits = figure->digits * 10 + (digits->digit[i] - '0');
    if (negative)
        figure->digits = -figure->digits;
    figure->decimals = figure->digits ? digits->decimals - power : 0;
    return figure->decimals <= MOST_EXPONENT && figure->decimals >= -MOST_EXPONENT;
}

/* ---- what stands around them ---- */

/* Whether a mark of a range stands in `text` with a digit behind it. */
static bool holds_range(const char *text)
{
    for (; *text; text += text_next(text, 0)) {
        size_t mark = starts_with(text, range_marks);
        const char *behind = text + mark;
        behind += strspn(behind, " ");
        if (mark && is_digit(*behind))
            return true;
    }
    return false;
}

/* The unit, without brackets around it. */
static void take_unit(const char *rest, size_t length, struct cell_figure *figure)
{
    static const char *const opening[] = {"（", "(", "[", "【", NULL};
    static const char *const closing[] = {"）", ")", "]", "】", NULL};
    size_t open = starts_with(rest, opening), close = ends_with(rest, length, closing);
    if (open && close && open + close < length) {
        rest += open;
        length -= open + close;
    }
    figure->unit = rest;
    figure->unit_length = length;
}

static enum cell_figure_fault read_rest(const char *rest, size_t length, struct cell_figure *figure)
{
    size_t about = ends_with(rest, length, about_behind);
    length -= about;
    figure->is_about = figure->is_about || about > 0;
    if (text_starts_with(rest, "±"))
        return FIGURE_SPREAD;
    if (holds_range(rest))
        return FIGURE_RANGE;
    if (ends_with(rest, length, bounds_behind))
        return FIGURE_BOUND;
    take_unit(rest, length, figure);
    return FIGURE_FINE;
}

enum cell_figure_fault cell_figure_read(const char *text, struct cell_figure *figure)
{
    struct digits digits = {.count = 0};
    int power = 0;
    size_t length = strlen(text), word;
    *figure = (struct cell_figure){.number = text, .unit = ""};
    while ((word = ends_with(text, length, ends)) > 0)
        length -= word;
    while ((word = starts_with(text, about_before)) > 0 && word < length) {
        figure->is_about = true;
        text += word;
        length -= word;
    }
    if (starts_with(text, bounds_before))
        return FIGURE_BOUND;
    bool negative = *text == '-' || text_starts_with(text, "−") || text_starts_with(text, "－");
    bool plus = *text == '+' || text_starts_with(text, "＋");
    const char *at = text + (negative || plus ? text_next(text, 0) : 0);
    figure->number = at;
    at = read_digits(at, &digits);
    if (!at)
        return FIGURE_NONE;
    at = read_exponent(at + strspn(at, " "), &power);
    at += strspn(at, " ");
    if (at > text + length)
        at = text + length;
    if (!take_digits(&digits, negative, power, figure))
        return FIGURE_NONE;
    return read_rest(at, (size_t)(text + length - at), figure);
}

void cell_figure_format(const struct cell_figure *figure, struct buffer *out)
{
    char text[MOST_DIGITS];
    int count = 0;
    int64_t rest = figure->digits < 0 ? -figure->digits : figure->digits;
    for (; rest > 0; rest /= 10)
        text[count++] = (char)('0' + rest % 10); /* the last digit first */
    if (figure->digits < 0)
        buffer_add_char(out, '-');
    int last = figure->decimals < 0 ? figure->decimals : 0;
    int first = count > figure->decimals ? count - 1 : figure->decimals;
    for (int place = first; place >= last; place--) {
        if (place == figure->decimals - 1 && place < first)
            buffer_add_char(out, '.');
        buffer_add_char(out, place >= 0 && place < count ? text[place] : '0');
    }
}
