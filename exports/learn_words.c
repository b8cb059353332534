/* What stands in the lines of a form for this year, this county and this bureau. */
#include "exports/learn.h"

#include "core/mem.h"
#include "core/region.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

struct words {
    struct store *store;
    char *regions[3]; /* names of the bureau's own region, the longest first; owned */
    size_t region_count;
    bool years;
};

/* ---- the bureau's own names ---- */

/* "广东省清远市清城区", "清远市清城区", "清城区" */
static void words_init(struct words *words, struct store *store, bool years)
{
    enum { STEP = 2, MOST_LEVELS = 3 };
    char code[MOST_LEVELS * STEP + 1] = "";
    const struct lookup *lookup = store_lookup(store);
    struct buffer name = {0};
    *words = (struct words){.store = store, .years = years};
    strncpy(code, store_setting(store, "region"), sizeof code - 1);
    size_t length = region_prefix(code);
    for (size_t first = STEP; first <= length; first += STEP) {
        buffer_clear(&name);
        for (size_t level = first; level <= length; level += STEP) {
            char area[sizeof code];
            memcpy(area, code, level);
            area[level] = '\0';
            lookup->label(lookup->context, "region", area, &name);
        }
        if (name.length)
            words->regions[words->region_count++] = mem_text(name.text);
    }
    buffer_release(&name);
}

static void words_release(struct words *words)
{
    for (size_t i = 0; i < words->region_count; i++)
        free(words->regions[i]);
}

/* ---- scanning ---- */

static size_t prefix_of(const char *text, const char *const *prefixes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_starts_with(text, prefixes[i]))
            return strlen(prefixes[i]);
    return 0;
}

#define PREFIX_OF(TEXT, PREFIXES) prefix_of((TEXT), (PREFIXES), COUNT_OF(PREFIXES))

/* Bytes of blanks and strokes, which ask to be filled in. */
static size_t blank_run(const char *text)
{
    static const char *const blanks[] = {" ", "　", "_", "＿", "\t", "\xC2\xA0"};
    size_t length = 0;
    for (size_t step; (step = PREFIX_OF(text + length, blanks)); length += step)
        continue;
    return length;
}

/* The same with the crosses and circles that stand for a name or a figure. */
static size_t open_run(const char *text)
{
    static const char *const marks[] = {" ",  "　", "_",  "＿", "X", "x", "×",
                                        "Ｘ", "○",  "〇", "某", "*", "＊"};
    size_t length = 0;
    for (size_t step; (step = PREFIX_OF(text + length, marks)); length += step)
        continue;
    return length;
}

/* ---- values behind a label ---- */

/* "2026年6月15日", "年 月 日": bytes, 0 when it is no day. */
static size_t day_length(const char *text)
{
    static const char *const parts[] = {"年", "月", "日"};
    size_t length = 0;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        length += blank_run(text + length);
        length += strspn(text + length, "0123456789");
        length += blank_run(text + length);
        if (!text_starts_with(text + length, parts[i]))
            return 0;
        length += strlen(parts[i]);
    }
    return length;
}

/* What is filled in behind a label: up to the next blank, as far as no other label begins there. */
static size_t value_length(const char *text)
{
    size_t length = 0;
    for (size_t step; text[length] && text[length] != '\n' && !blank_run(text + length);
         length += step) {
        if (text_starts_with(text + length, "：") || text[length] == ':')
            return 0;
        text_decode(text + length, &step);
    }
    return text_starts_with(text, "（") || text[0] == '(' ? 0 : length;
}

/* "填表人（签名）：" */
static size_t label_length(const char *text, const char *label)
{
    size_t length = text_starts_with(text, label) ? strlen(label) : 0;
    const char *close =
        length && text_starts_with(text + length, "（") ? strstr(text + length, "）") : NULL;
    if (close)
        length = (size_t)(close - text) + strlen("）");
    if (!length)
        return 0;
    if (text[length] == ':')
        return length + 1;
    return text_starts_with(text + length, "：") ? length + strlen("：") : 0;
}

static size_t take_label(const struct words *words, const char *text, struct buffer *out)
{
    static const struct {
        const char *label, *placeholder;
        bool is_day;
    } labels[] = {
        {"填报单位", "{填报单位}", false}, {"填表单位", "{填报单位}", false},
        {"报送单位", "{填报单位}", false}, {"上报单位", "{填报单位}", false},
        {"编制单位", "{填报单位}", false}, {"填表人", "{填表人}", false},
        {"填报人", "{填表人}", false},     {"制表人", "{填表人}", false},
        {"填报日期", "{填报日期}", true},  {"填表日期", "{填报日期}", true},
        {"填报时间", "{填报日期}", true},  {"填表时间", "{填报日期}", true},
        {"上报日期", "{填报日期}", true},  {"报送日期", "{填报日期}", true},
        {"上报时间", "{填报日期}", true},  {"报送时间", "{填报日期}", true},
    };
    static const char *const lines[] = {"_", "＿"};
    (void)words;
    for (size_t i = 0; i < COUNT_OF(labels); i++) {
        size_t label = label_length(text, labels[i].label);
        if (!label)
            continue;
        size_t blanks = blank_run(text + label);
        size_t day = labels[i].is_day ? day_length(text + label) : 0;
        size_t value = value_length(text + label + blanks);
        buffer_add_bytes(out, text, label);
        buffer_add(out, labels[i].placeholder);
        if (day)
            return label + day;
        if (value)
            return label + blanks + value;
        /* Strokes are written over; blanks keep what stands behind them in its place. */
        size_t strokes = 0;
        for (size_t step; (step = PREFIX_OF(text + label + strokes, lines)); strokes += step)
            continue;
        return label + strokes;
    }
    return 0;
}

/* ---- names and years ---- */

static size_t take_region(const struct words *words, const char *text, struct buffer *out)
{
    static const char *const kinds[] = {"县（市、区）", "县(市、区)",   "县（区、市）",
                                        "县（区）",     "市、县（区）", "县"};
    static const char bureau[] = "生态环境局";
    for (size_t i = 0; i < words->region_count; i++) {
        size_t length = strlen(words->regions[i]);
        if (!text_starts_with(text, words->regions[i]))
            continue;
        bool is_bureau = text_starts_with(text + length, bureau);
        buffer_add(out, is_bureau ? "{填报单位}" : "{地区}");
        return length + (is_bureau ? strlen(bureau) : 0);
    }
    size_t open = open_run(text), kind = open ? PREFIX_OF(text + open, kinds) : 0;
    if (!kind)
        return 0;
    buffer_add(out, "{地区}");
    return open + kind;
}

/* "2025年", "20　年", "（　）年度", "____年度": what stands before 年. */
static size_t take_year(const struct words *words, const char *text, struct buffer *out)
{
    static const char year[] = "年";
    size_t digits = strspn(text, "0123456789"), length = 0;
    if (!words->years)
        return 0;
    if (digits == 4 && (text_starts_with(text, "19") || text_starts_with(text, "20"))) {
        length = digits;
    } else if (digits == 2 || digits == 3) {
        size_t open = open_run(text + digits);
        length = open && text_starts_with(text, "20") ? digits + open : 0;
    } else if (digits == 0) {
        bool bracket = text_starts_with(text, "（");
        size_t start = bracket ? strlen("（") : 0, open = open_run(text + start);
        length = open ? start + open : 0;
        if (bracket)
            length = open && text_starts_with(text + length, "）") ? length + strlen("）") : 0;
        /* A blank before a word such as 年产量 only parts it from the one before. */
        else if (!text_starts_with(text + length, "年度") || open <= text_next(text, 0))
            length = 0;
    }
    const char *behind = text + length;
    if (!length || !text_starts_with(behind, year))
        return 0;
    /* A day is none of the years that are reported. */
    if (digits && day_length(text))
        return 0;
    buffer_add(out, "{年度}");
    return length;
}

/* Braces mean something in a layout. */
static size_t take_brace(const struct words *words, const char *text, struct buffer *out)
{
    (void)words;
    if (*text != '{' && *text != '}')
        return 0;
    buffer_add(out, *text == '{' ? "｛" : "｝");
    return 1;
}

void learn_add_words(struct store *store, const char *text, bool years, struct buffer *out)
{
    static size_t (*const takers[])(const struct words *words, const char *text,
                                    struct buffer *out) = {take_label, take_region, take_year,
                                                           take_brace};
    struct words words;
    bool after_digit = false;
    words_init(&words, store, years);
    for (size_t step; *text; text += step) {
        step = 0;
        for (size_t i = 0; i < COUNT_OF(takers) && !step && !after_digit; i++)
            step = takers[i](&words, text, out);
        after_digit = *text >= '0' && *text <= '9' && !step;
        if (!step) {
            text_decode(text, &step);
            buffer_add_bytes(out, text, step);
        }
    }
    words_release(&words);
}
