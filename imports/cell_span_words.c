#include "imports/cell_span_words.h"
#include "core/mem.h"
#include "core/reg.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

const char *const span_end_words[] = {"之前", "以前", "前", "底",   "末",   "完成", "截止",
                                      "为止", "止",   "内", "年底", "年末", "年内", NULL};
const char *const span_begin_words[] = {"年初", "初",   "起", "开始", "始",
                                        "以来", "以后", "后", NULL};
const char *const span_idle_words[] = {"度",       "份",       "间", "期间",
                                       "（预计）", "（计划）", "。", NULL};
const char *const span_until_words[] = {"截至", "截止", "至", "到", "于", "最迟", NULL};
const char *const span_plan_words[] = {"预计", "计划", "拟于", "拟", "力争", "约", "大约", NULL};

/* ---- Chinese numerals ---- */

/* 0 to 9; 10 for 十, 20 for 廿, 30 for 卅; -1 for anything else. */
static int numeral_at(const char *text)
{
    static const struct {
        const char *text;
        int value;
    } numerals[] = {{"〇", 0}, {"零", 0}, {"○", 0},  {"О", 0},   {"Ｏ", 0},  {"一", 1},
                    {"二", 2}, {"三", 3}, {"四", 4}, {"五", 5},  {"六", 6},  {"七", 7},
                    {"八", 8}, {"九", 9}, {"元", 1}, {"十", 10}, {"廿", 20}, {"卅", 30}};
    for (size_t i = 0; i < COUNT_OF(numerals); i++)
        if (text_starts_with(text, numerals[i].text))
            return numerals[i].value;
    return -1;
}

/* Reads a run of numerals: 二〇二五 digit by digit, 二十五 as a number. Returns what is behind. */
static const char *add_numerals(const char *text, struct buffer *out)
{
    enum { TEN = 10 };
    int total = 0, pending = 0, value;
    bool has_tens = false;
    const char *start = text;
    for (; (value = numeral_at(text)) >= 0; text += text_next(text, 0))
        has_tens = has_tens || value >= TEN;
    if (!has_tens) {
        for (const char *at = start; at < text; at += text_next(at, 0))
            buffer_add_char(out, (char)('0' + numeral_at(at)));
        return text;
    }
    for (const char *at = start; at < text; at += text_next(at, 0)) {
        value = numeral_at(at);
        if (value == TEN)
            total = (pending ? pending : 1) * TEN;
        else if (value > TEN)
            total = value;
        pending = value >= TEN ? 0 : value;
    }
    buffer_addf(out, "%d", total + pending);
    return text;
}

/* Whether the numerals count years, months, days or quarters: 一季度, not 一期. */
static bool counts_time(const char *text)
{
    static const char *const units[] = {"年", "月", "日", "号", "季"};
    while (numeral_at(text) >= 0)
        text += text_next(text, 0);
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (text_starts_with(text, units[i]))
            return true;
    return false;
}

/* ---- weekday and time ---- */

/* What follows 星期三, （周三） at the front; `text` itself when no weekday stands there. */
static const char *skip_weekday(const char *text)
{
    static const char *const names[] = {"星期", "礼拜", "周"};
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
    static const char *const brackets[] = {"（", "(", "）", ")"};
    const char *at = text;
    bool bracket = false;
    for (size_t i = 0; i < 2 && !bracket; i++) {
        bracket = text_starts_with(at, brackets[i]);
        at += bracket ? strlen(brackets[i]) : 0;
    }
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (!text_starts_with(at, names[i]))
            continue;
        at += strlen(names[i]);
        for (size_t day = 0; day < COUNT_OF(days); day++) {
            if (!text_starts_with(at, days[day]))
                continue;
            at += strlen(days[day]);
            for (size_t b = 2; bracket && b < COUNT_OF(brackets); b++)
                if (text_starts_with(at, brackets[b]))
                    return at + strlen(brackets[b]);
            return bracket ? text : at;
        }
    }
    return text;
}

/* Whether "08:30:00" or "8时30分" stands at `text`, and whether that is midnight. */
static bool is_clock(const char *text, bool *is_midnight)
{
    static const char *const marks[] = {":", "：", "时", "点"};
    size_t digits = strspn(text, "0123456789");
    bool found = false;
    for (size_t i = 0; i < COUNT_OF(marks) && (digits == 1 || digits == 2); i++)
        found = found || text_starts_with(text + digits, marks[i]);
    if (found)
        *is_midnight = !strpbrk(text, "123456789");
    return found;
}

/* Whether the rest of the text is a time of day; `follows_day`: 日 stands in front of it. */
static bool is_time(const char *text, bool follows_day, bool *is_midnight)
{
    static const char *const words[] = {" ", "T", "上午", "下午", "凌晨", "晚上", "中午"};
    size_t skipped = 0;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!text_starts_with(text + skipped, words[i]))
            continue;
        skipped += strlen(words[i]);
        i = (size_t)-1;
    }
    return (skipped > 0 || follows_day) && is_clock(text + skipped, is_midnight);
}

/* ---- the whole ---- */

static const char *skip_range_mark(const char *text)
{
    static const char *const marks[] = {"～", "~", "—", "–", "−", "〜", "至", "到", "－"};
    const char *at = text;
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (!text_starts_with(at, marks[i]))
            continue;
        at += strlen(marks[i]);
        i = (size_t)-1;
    }
    return at;
}

bool span_add_usual(const char *text, struct buffer *out)
{
    bool is_midnight = true;
    while (*text) {
        const char *behind;
        bool follows_day = out->length > 0 && text_ends_with(out->text, "日");
        if (out->length > 0 && is_time(text, follows_day, &is_midnight))
            break;
        if (*text == ' ') {
            text++;
        } else if ((behind = skip_weekday(text)) != text) {
            text = behind;
        } else if (numeral_at(text) >= 0 && counts_time(text)) {
            text = add_numerals(text, out);
        } else if (out->length > 0 && (behind = skip_range_mark(text)) != text) {
            buffer_add_char(out, '-');
            text = behind;
        } else {
            size_t step = text_next(text, 0);
            buffer_add_bytes(out, text, step);
            text += step;
        }
    }
    return !is_midnight;
}
