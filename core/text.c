#include "core/text.h"

#include <string.h>

uint32_t text_decode(const char *text, size_t *length)
{
    const unsigned char *s = (const unsigned char *)text;
    *length = 1;
    if (s[0] < 0x80) {
        *length = s[0] ? 1 : 0;
        return s[0];
    }
    /* Han and the other characters of U+1000..CFFF and U+E000..FFFF: most of what there is. */
    if (s[0] > 0xE0 && s[0] < 0xF0 && s[0] != 0xED && (s[1] & 0xC0) == 0x80 &&
        (s[2] & 0xC0) == 0x80) {
        *length = 3;
        return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    }
    size_t extra = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : 1;
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return TEXT_INVALID;
    uint32_t code = s[0] & (0x3Fu >> extra);
    for (size_t i = 1; i <= extra; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return TEXT_INVALID;
        code = code << 6 | (s[i] & 0x3Fu);
    }
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    if (code < smallest[extra] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return TEXT_INVALID;
    *length = extra + 1;
    return code;
}

size_t text_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    size_t extra = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = extra; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(lead[extra] | code);
    return extra + 1;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        if ((unsigned char)bytes[at] < 0x80) {
            at++;
            continue;
        }
        char window[5] = {0};
        size_t rest = length - at;
        memcpy(window, bytes + at, rest < 4 ? rest : 4);
        size_t step;
        if (text_decode(window, &step) == TEXT_INVALID)
            return false;
        at += step;
    }
    return true;
}

size_t text_count(const char *text)
{
    size_t count = 0;
    for (size_t step; text_decode(text, &step), step; text += step)
        count++;
    return count;
}

size_t text_previous(const char *text, size_t at)
{
    if (at == 0)
        return 0;
    at--;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

size_t text_next(const char *text, size_t at)
{
    size_t step;
    text_decode(text + at, &step);
    return at + step;
}

void text_cut_bytes(char *text, size_t bytes)
{
    size_t length = strlen(text);
    size_t end = length > bytes ? bytes : length;
    /* The last character may have been cut in two by whoever filled the array. */
    size_t start = text_previous(text, end);
    size_t step;
    if (end > 0 && (length > bytes || text_decode(text + start, &step) == TEXT_INVALID)) {
        char saved = text[end];
        text[end] = '\0';
        bool whole = text_decode(text + start, &step) != TEXT_INVALID && start + step == end;
        text[end] = saved;
        if (!whole)
            end = start;
    }
    text[end] = '\0';
}

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

int text_char_width(uint32_t code)
{
    static const struct range wide[] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
        {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
    };
    static const struct range none[] = {
        {0x0300, 0x036F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
        {0x20D0, 0x20F0}, {0x302A, 0x302D}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
    };
    if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == TEXT_INVALID)
        return 0;
    if (code < 0x300)
        return 1;
    if (in_ranges(code, none, sizeof none / sizeof none[0]))
        return 0;
    return in_ranges(code, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

int text_width(const char *text)
{
    int width = 0;
    for (size_t step; *text; text += step)
        width += text_char_width(text_decode(text, &step));
    return width;
}

size_t text_fit(const char *text, int columns)
{
    size_t at = 0;
    int used = 0;
    for (size_t step; text[at]; at += step) {
        used += text_char_width(text_decode(text + at, &step));
        if (used > columns)
            break;
    }
    return at;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0 || code == 0x3000 ||
           (code >= 0x2000 && code <= 0x200B) || code == 0x202F || code == 0xFEFF;
}

/* Digits, letters and the marks of numbers, dates and codes (． － ／). Other full-width
 * punctuation is proper in Chinese text. */
static uint32_t half_width(uint32_t code)
{
    bool digit = code >= 0xFF10 && code <= 0xFF19;
    bool upper = code >= 0xFF21 && code <= 0xFF3A;
    bool lower = code >= 0xFF41 && code <= 0xFF5A;
    bool mark = code >= 0xFF0D && code <= 0xFF0F;
    return digit || upper || lower || mark ? code - 0xFEE0 : code;
}

/* Marks that turn the direction of writing: a name with them reads as another one. */
static bool is_bidi_control(uint32_t code)
{
    return code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool text_is_control(uint32_t code)
{
    return code == TEXT_INVALID || code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           is_bidi_control(code);
}

void text_add_visible(const char *text, bool breaks, struct buffer *out)
{
    for (size_t step; *text; text += step) {
        uint32_t code = text_decode(text, &step);
        if (!text_is_control(code) || (breaks && (code == '\n' || code == '\r')))
            buffer_add_bytes(out, text, step);
        else
            buffer_add_char(out, '?');
    }
}

static bool is_line_break(uint32_t code)
{
    return code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029;
}

/* Length of the run at `text` that text_clean takes over as it is: `first` bytes known to be so,
 * then printable ASCII and Han characters, which is nearly all there is. */
static size_t unchanged_run(const char *text, size_t first)
{
    size_t length = first;
    for (;;) {
        unsigned char byte = (unsigned char)text[length];
        size_t step = 1;
        if (byte >= 0xE4 && byte <= 0xE9) {
            if (text_decode(text + length, &step) == TEXT_INVALID)
                return length;
        } else if (byte <= 0x20 || byte >= 0x7F) {
            return length;
        }
        length += step;
    }
}

bool text_clean(const char *text, bool multiline, struct buffer *out)
{
    bool blank = false, started = false;
    size_t breaks = 0;
    for (size_t step; *text; text += step) {
        uint32_t code = text_decode(text, &step);
        if (code == '\r' && text[step] == '\n')
            continue;
        if (is_line_break(code)) {
            if (multiline)
                breaks++;
            blank = true;
            continue;
        }
        if (is_blank(code)) {
            blank = true;
            continue;
        }
        if (text_is_control(code))
            return false;
        if (started && breaks)
            for (; breaks; breaks--)
                buffer_add_char(out, '\n');
        else if (started && blank)
            buffer_add_char(out, ' ');
        if (half_width(code) == code) {
            step = unchanged_run(text, step);
            buffer_add_bytes(out, text, step);
        } else {
            char bytes[4];
            buffer_add_bytes(out, bytes, text_encode(half_width(code), bytes));
        }
        started = true;
        blank = false;
        breaks = 0;
    }
    return true;
}

static bool is_varied_punctuation(uint32_t code)
{
    static const uint32_t marks[] = {
        '(',    ')',    '[',    ']',    '-',    '.',    ',',    '"',    '\'',   ':',    '*',
        0x2010, 0x2013, 0x2014, 0x2015, 0x2018, 0x2019, 0x201C, 0x201D, 0x3001, 0x3002, 0x300A,
        0x300B, 0x300C, 0x300D, 0x3010, 0x3011, 0xB7,   0x2022, 0xFF08, 0xFF09, 0xFF0A, 0xFF0C,
        0xFF0D, 0xFF0E, 0xFF1A, 0xFF3B, 0xFF3D, 0xFF5E, '~',    '\n',   '\r',
    };
    if (code >= 0x3400 && code < 0xFF00) /* Han: nearly every character there is */
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i] == code)
            return true;
    return false;
}

/* The next character that counts, folded; 0 at the end. */
static uint32_t next_folded(const char **text)
{
    for (size_t step; **text; *text += step) {
        uint32_t code = text_decode(*text, &step);
        bool plain = (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
        if (!plain && (code == TEXT_INVALID || is_blank(code) || is_varied_punctuation(code)))
            continue;
        *text += step;
        if (code >= 0xFF01 && code <= 0xFF5E)
            code -= 0xFEE0;
        return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
    }
    return 0;
}

void text_fold(const char *text, struct buffer *out)
{
    for (uint32_t code; (code = next_folded(&text));) {
        char bytes[4];
        buffer_add_bytes(out, bytes, text_encode(code, bytes));
    }
}

bool text_same(const char *a, const char *b)
{
    uint32_t left, right;
    do {
        left = next_folded(&a);
        right = next_folded(&b);
    } while (left && left == right);
    return left == right;
}

uint32_t text_hash(uint32_t before, const char *text)
{
    uint32_t hash = before ? before : 2166136261u;
    for (const char *c = text; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash;
}

bool text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), tail = strlen(suffix);
    return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

bool text_is_sha256(const char *text)
{
    enum { DIGITS = 64 };
    return text && strlen(text) == DIGITS && strspn(text, "0123456789abcdef") == DIGITS;
}

bool text_is_empty(const char *text)
{
    return !text || !*text;
}
