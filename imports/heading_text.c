#include "imports/heading_text.h"
#include "core/alike.h"
#include "core/reg.h"
#include "core/text.h"
#include "imports/heading_unit.h"

#include <string.h>

/* ---- characters ---- */

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

/* A line break between words of letters is a blank; between Han characters it is nothing. */
static void write_shown(const char *cell, struct buffer *shown)
{
    while (is_break(*cell) || *cell == ' ')
        cell++;
    for (; *cell; cell++) {
        if (!is_break(*cell)) {
            buffer_add_char(shown, *cell);
            continue;
        }
        while (is_break(cell[1]) || cell[1] == ' ')
            cell++;
        bool joins = (unsigned char)cell[1] < 0x80 && cell[1] && shown->length &&
                     (unsigned char)shown->text[shown->length - 1] < 0x80;
        if (joins)
            buffer_add_char(shown, ' ');
    }
    while (shown->length && shown->text[shown->length - 1] == ' ')
        shown->text[--shown->length] = '\0';
}

/* Full-width marks, letters and blanks to half-width; all brackets to round ones. */
static void write_plain(const char *shown, struct buffer *plain)
{
    for (size_t step; *shown; shown += step) {
        uint32_t code = text_decode(shown, &step);
        char bytes[4];
        if (code >= 0xFF01 && code <= 0xFF5E)
            code -= 0xFEE0;
        else if (code == 0x3000 || code == 0xA0 || code == '\t')
            code = ' ';
        if (code == 0x3010 || code == 0x3014 || code == '[')
            code = '(';
        else if (code == 0x3011 || code == 0x3015 || code == ']')
            code = ')';
        if (code != TEXT_INVALID)
            buffer_add_bytes(plain, bytes, text_encode(code, bytes));
    }
}

/* Marks of what must be filled, of notes at the foot of the page. */
static bool is_mark(uint32_t code)
{
    static const uint32_t marks[] = {'*',    '#',    ' ',    0x2605, 0x2606, 0x203B,
                                     0x25B2, 0x25B3, 0x25CF, 0x25CB, 0x25C6, 0x25A0,
                                     0x25A1, 0x2731, 0xFE61, 0x221A};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (marks[i] == code)
            return true;
    return code >= 0x2460 && code <= 0x249B; /* ①, ⑴, ⒈ */
}

static const char *const han_digits[] = {"一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};

static const char *skip_han_number(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(han_digits); i++)
        if (text_starts_with(text, han_digits[i]))
            return skip_han_number(text + strlen(han_digits[i]));
    return text;
}

static const char *skip_digits(const char *text)
{
    enum { MOST = 2 };
    size_t digits = strspn(text, "0123456789");
    return digits <= MOST ? text + digits : text;
}

/* Behind "1." "(2)" "3-1 " "四、", or `text` itself. */
static const char *skip_number(const char *text)
{
    bool in_brackets = *text == '(';
    const char *start = text + in_brackets, *end = skip_digits(start);
    while (end > start && (*end == '.' || *end == '-') && skip_digits(end + 1) > end + 1)
        end = skip_digits(end + 1);
    bool is_han = end == start;
    if (is_han)
        end = skip_han_number(start);
    if (end == start)
        return text;
    if (in_brackets)
        return *end == ')' ? end + 1 : text;
    if (text_starts_with(end, "、"))
        return end + strlen("、");
    if (is_han)
        return text;
    if (*end == '.' || *end == ')' || *end == ':')
        return end[1] >= '0' && end[1] <= '9' ? text : end + 1;
    return *end == ' ' && (unsigned char)end[1] >= 0x80 ? end + 1 : text;
}

static const char *skip_ahead(const char *text)
{
    for (;;) {
        size_t step;
        const char *next = is_mark(text_decode(text, &step)) ? text + step : skip_number(text);
        if (next == text)
            return text;
        text = next;
    }
}

static void drop_marks_behind(struct buffer *text)
{
    while (text->length) {
        size_t step, last = text_previous(text->text, text->length);
        if (!is_mark(text_decode(text->text + last, &step)))
            return;
        text->text[text->length = last] = '\0';
    }
}

/* ---- brackets and units ---- */

/* What forms say of a column in brackets and no field is called after. */
static bool is_instruction(const char *text)
{
    static const char *const words[] = {"必填", "选填", "可选",     "非必填",   "必须", "下拉",
                                        "单选", "多选", "自动计算", "自动生成", "注:",  "注1",
                                        "注2",  "注3",  "见附",     "见说明",   "见表"};
    text = skip_ahead(text);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_starts_with(text, words[i]))
            return true;
    return false;
}

/* Length of the bracket that begins at `text`, with both ends; one that never ends goes to the
 * end. */
static size_t bracket_length(const char *text)
{
    int depth = 0;
    for (size_t at = 0; text[at]; at++) {
        depth += text[at] == '(';
        depth -= text[at] == ')';
        if (depth == 0)
            return at + 1;
    }
    return strlen(text);
}

static bool take_unit(const char *text, size_t length, struct buffer *unit)
{
    struct buffer piece = {0};
    buffer_add_bytes(&piece, text, length);
    const char *start = buffer_text(&piece), *label = strstr(start, "单位:");
    start = label ? label + strlen("单位:") : start;
    start += strspn(start, " ");
    bool is_unit = heading_unit_is(start);
    if (is_unit && !unit->length)
        buffer_add(unit, start);
    buffer_release(&piece);
    return is_unit;
}

static const char *const separators[] = {",", "、", ";", "，", "；", "。"};

/* Bytes up to the next separator of a list. */
static size_t piece_length(const char *text)
{
    for (size_t at = 0, step; text[at]; at += step) {
        text_decode(text + at, &step);
        for (size_t i = 0; i < COUNT_OF(separators); i++)
            if (text_starts_with(text + at, separators[i]))
                return at;
    }
    return strlen(text);
}

/* "kg/a", "单位：kg", "以铅计，千克": the first piece that is a unit; `named` gets what is none. */
static void take_unit_of_bracket(const char *text, size_t length, struct buffer *unit,
                                 struct buffer *named)
{
    struct buffer inside = {0};
    buffer_add_bytes(&inside, text, length);
    const char *at = buffer_text(&inside);
    bool whole = take_unit(at, inside.length, unit);
    while (!whole && *at) {
        size_t piece = piece_length(at), step;
        if (!take_unit(at, piece, unit))
            buffer_add_bytes(named, at, piece);
        at += piece;
        text_decode(at, &step);
        at += step;
    }
    buffer_release(&inside);
}

/* Splits into what stands in no bracket, with `named` also what brackets say besides units, with
 * `kept` all but instructions; and the unit. */
static void read_brackets(const char *plain, struct buffer *kept, struct buffer *named,
                          struct buffer *bare, struct buffer *unit)
{
    while (*plain) {
        if (*plain != '(') {
            buffer_add_char(kept, *plain);
            buffer_add_char(named, *plain);
            buffer_add_char(bare, *plain++);
            continue;
        }
        size_t length = bracket_length(plain);
        size_t inside = length - 1 - (plain[length - 1] == ')' && length > 1);
        if (!is_instruction(plain + 1)) {
            buffer_add_bytes(kept, plain, length);
            take_unit_of_bracket(plain + 1, inside, unit, named);
        }
        plain += length;
    }
}

/* Cuts `text` at `at` when what stands from `unit_at` on is a unit. */
static bool cut_unit(struct buffer *text, size_t at, size_t unit_at, struct buffer *unit)
{
    if (at == 0 || !take_unit(text->text + unit_at, text->length - unit_at, unit))
        return false;
    text->text[text->length = at] = '\0';
    drop_marks_behind(text);
    return true;
}

/* "产能t/a", "铅/kg", "总铊 mg/L", "库容万m³": what stands behind the last Han character. */
static bool cut_letters(struct buffer *bare, struct buffer *unit)
{
    enum { FIRST_HAN = 0x2E80, LAST_HAN = 0x9FFF };
    size_t start = bare->length;
    while (start > 0) {
        size_t step, before = text_previous(bare->text, start);
        uint32_t code = text_decode(bare->text + before, &step);
        if (code >= FIRST_HAN && code <= LAST_HAN)
            break;
        start = before;
    }
    if (start == 0 || start == bare->length)
        return false;
    size_t before = text_previous(bare->text, start);
    return cut_unit(bare, before, before, unit) ||
           cut_unit(bare, start, start + strspn(bare->text + start, " /"), unit);
}

/* "铅/千克", "总铊 毫克/升", "排放量 单位:kg"; of "kg/a" in a cell of its own nothing is cut. */
static void cut_written_unit(struct buffer *bare, struct buffer *unit)
{
    const char *label = strstr(buffer_text(bare), "单位:");
    if (heading_unit_is(buffer_text(bare)))
        return;
    if (label && label == bare->text && take_unit(label, bare->length, unit)) {
        buffer_clear(bare);
        return;
    }
    if (label && cut_unit(bare, (size_t)(label - bare->text), (size_t)(label - bare->text), unit))
        return;
    if (cut_letters(bare, unit))
        return;
    for (size_t at = 1; at < bare->length; at++) {
        /* "姓 名" is no name in 名. */
        bool parts =
            bare->text[at] == '/' || (bare->text[at] == ' ' && text_count(bare->text + at + 1) > 1);
        if (parts && cut_unit(bare, at, at + 1, unit))
            return;
    }
}

/* Whether a unit that is a word may end in this. */
static bool may_end_unit(const struct buffer *text)
{
    static const char ends[] = "克斤吨米亩顷里升方元人倍个家口座处台套条眼次户起批份年月天日时度";
    size_t step, last = text_previous(buffer_text(text), text->length);
    uint32_t code = text_decode(buffer_text(text) + last, &step);
    for (const char *at = ends; *at && code; at += step)
        if (text_decode(at, &step) == code)
            return true;
    return false;
}

/* "投资万元": the longest end that is a unit. */
static void cut_word_unit(struct buffer *text, struct buffer *unit)
{
    if (!may_end_unit(text))
        return;
    for (size_t at = text->length ? text_next(text->text, 0) : 0; at < text->length;
         at = text_next(text->text, at))
        if (cut_unit(text, at, at, unit))
            return;
}

/* ---- keys ---- */

static void write_key(const char *text, struct buffer *key)
{
    struct buffer folded = {0};
    text_fold(text, &folded);
    for (const char *c = buffer_text(&folded); *c; c++)
        if (*c != '/' && *c != '#')
            buffer_add_char(key, *c);
    buffer_release(&folded);
}

struct replacement {
    const char *from, *to;
};

static bool write_whole_word(const char *key, struct buffer *out)
{
    static const struct replacement words[] = {
        {"pb", "铅"},
        {"hg", "汞"},
        {"cd", "镉"},
        {"cr", "铬"},
        {"as", "砷"},
        {"tl", "铊"},
        {"sb", "锑"},
        {"mn", "锰"},
        {"zn", "锌"},
        {"cu", "铜"},
        {"ni", "镍"},
        {"总量", "合计"},
        {"合计量", "合计"},
        {"重金属合计", "合计"},
        {"五项合计", "合计"},
        {"五种重金属合计", "合计"},
        {"五类重金属合计", "合计"},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(key, words[i].from) == 0) {
            buffer_add(out, words[i].to);
            return true;
        }
    }
    return false;
}

/* Words in front that say nothing where every row is about the same kind of thing. */
static const char *skip_empty_words(const char *key)
{
    static const char *const words[] = {"是否属于", "是否为", "是否", "有无", "所属",
                                        "所在",     "所处",   "企业", "单位", "公司"};
    enum { LEAST = 2 };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        const char *rest = key + strlen(words[i]);
        if (text_starts_with(key, words[i]) && text_count(rest) >= LEAST)
            key = rest;
    }
    return key;
}

static void loosen_simplified(const char *key, struct buffer *out)
{
    static const struct replacement parts[] = {
        {"时间", "日期"}, {"编码", "编号"}, {"及其化合物", ""}, {"总铅", "铅"},
        {"总汞", "汞"},   {"总镉", "镉"},   {"总铬", "铬"},     {"总砷", "砷"},
        {"总铊", "铊"},   {"总锑", "锑"},   {"小计", "合计"},   {"总计", "合计"},
        {"的", ""},       {"及", ""},       {"和", ""},         {"与", ""},
    };
    key = skip_empty_words(key);
    if (write_whole_word(key, out))
        return;
    for (size_t step; *key; key += step) {
        size_t i = 0;
        while (i < COUNT_OF(parts) && !text_starts_with(key, parts[i].from))
            i++;
        if (i < COUNT_OF(parts)) {
            buffer_add(out, parts[i].to);
            step = strlen(parts[i].from);
        } else {
            text_decode(key, &step);
            buffer_add_bytes(out, key, step);
        }
    }
}

void heading_text_loosen(const char *key, struct buffer *out)
{
    struct buffer simplified = {0};
    alike_simplify(key, &simplified);
    loosen_simplified(buffer_text(&simplified), out);
    buffer_release(&simplified);
}

/* Bytes of "2024年度", "上年" at `text`, 0 when no year stands there. */
static size_t year_length(const char *text)
{
    static const char *const words[] = {"上年度", "本年度", "上年", "本年", "当年", "去年", "年度"};
    enum { YEAR = 4 };
    if (strspn(text, "0123456789") == YEAR && text_starts_with(text + YEAR, "年"))
        return YEAR + strlen("年") +
               (text_starts_with(text + YEAR + strlen("年"), "度") ? strlen("度") : 0);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_starts_with(text, words[i]))
            return strlen(words[i]);
    return 0;
}

void heading_text_undate(const char *key, struct buffer *out)
{
    size_t start = out->length;
    for (size_t at = 0, step; key[at]; at += step) {
        step = year_length(key + at);
        if (step)
            continue;
        text_decode(key + at, &step);
        buffer_add_bytes(out, key + at, step);
    }
    if (out->length == start)
        buffer_add(out, key);
}

int heading_text_year(const char *key)
{
    for (; *key; key++) {
        size_t digits = strspn(key, "0123456789");
        if (digits == 4 && text_starts_with(key + digits, "年"))
            return (key[0] - '0') * 1000 + (key[1] - '0') * 100 + (key[2] - '0') * 10 + key[3] -
                   '0';
        key += digits ? digits - 1 : 0;
    }
    return 0;
}

void heading_text_release(struct heading_text *text)
{
    buffer_release(&text->shown);
    buffer_release(&text->unit);
    buffer_release(&text->word_unit);
    for (size_t i = 0; i < HEADING__VARIANTS; i++)
        buffer_release(&text->keys[i]);
}

void heading_text_read(const char *cell, struct heading_text *text)
{
    enum { LONGEST = 3000 }; /* bytes; what is longer is no heading but an instruction */
    struct buffer plain = {0}, kept = {0}, named = {0}, bare = {0};
    buffer_clear(&text->shown);
    buffer_clear(&text->unit);
    buffer_clear(&text->word_unit);
    for (size_t i = 0; i < HEADING__VARIANTS; i++)
        buffer_clear(&text->keys[i]);
    write_shown(cell, &text->shown);
    write_plain(buffer_text(&text->shown), &plain);
    if (plain.length > LONGEST)
        text_cut_bytes(plain.text, LONGEST), plain.length = strlen(plain.text);
    const char *start = skip_ahead(buffer_text(&plain));
    /* A number alone is the heading itself. */
    read_brackets(*start ? start : buffer_text(&plain), &kept, &named, &bare, &text->unit);
    drop_marks_behind(&kept);
    drop_marks_behind(&named);
    drop_marks_behind(&bare);
    cut_written_unit(&named, &text->unit);
    cut_written_unit(&bare, &text->unit);
    text->is_unit =
        heading_unit_is(buffer_text(&text->shown)) || (text->unit.length && !bare.length);
    write_key(buffer_text(&kept), &text->keys[HEADING_WHOLE]);
    write_key(buffer_text(&named), &text->keys[HEADING_NAMED]);
    write_key(buffer_text(&bare), &text->keys[HEADING_BARE]);
    cut_word_unit(&bare, &text->word_unit);
    write_key(buffer_text(&bare), &text->keys[HEADING_SHORT]);
    heading_text_loosen(buffer_text(&text->keys[HEADING_NAMED]), &text->keys[HEADING_NAMED_LOOSE]);
    heading_text_loosen(buffer_text(&text->keys[HEADING_BARE]), &text->keys[HEADING_LOOSE]);
    buffer_release(&plain);
    buffer_release(&kept);
    buffer_release(&named);
    buffer_release(&bare);
}

/* ---- lines above the heading ---- */

/* Start of the words that end at `end`: "排放量" of "2025年，排放量单位". */
static size_t words_start(const char *line, size_t end)
{
    size_t at = end;
    while (at > 0) {
        size_t before = text_previous(line, at);
        if (piece_length(line + before) == 0 || strchr(" ():", line[before]))
            return at;
        at = before;
    }
    return at;
}

void heading_text_each_unit(const char *line, heading_unit_visitor *visit, void *context)
{
    static const char label[] = "单位:";
    struct buffer plain = {0};
    write_plain(line, &plain);
    const char *text = buffer_text(&plain), *at = text;
    while ((at = strstr(at, label))) {
        size_t start = words_start(text, (size_t)(at - text));
        struct buffer of = {0};
        buffer_add_bytes(&of, text + start, (size_t)(at - text) - start);
        at += strlen(label);
        for (bool goes_on = true; goes_on;) {
            at += strspn(at, " ");
            size_t length = strcspn(at, " )\n"), piece = piece_length(at);
            length = piece < length ? piece : length;
            struct buffer unit = {0};
            take_unit(at, length, &unit);
            if (unit.length)
                visit(context, buffer_text(&of), unit.text);
            goes_on = unit.length > 0 && text_starts_with(at + length, "、");
            at += length + (goes_on ? strlen("、") : 0);
            buffer_release(&unit);
        }
        buffer_release(&of);
    }
    buffer_release(&plain);
}
