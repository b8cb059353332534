/* The query is followed in all its possible divisions at once: a state is the set of its characters
 * that may come next, one bit each, and a character of the text moves it on. */
#include "core/pinyin.h"
#include "core/pinyin_table.h"
#include "core/text.h"

#include <string.h>

static uint64_t bit(size_t position)
{
    return (uint64_t)1 << position;
}

static bool is_letter(uint32_t code)
{
    return code >= 'a' && code <= 'z';
}

/* How many characters of the query from `at` on are those of the syllable. */
static size_t common_length(const struct pinyin_query *query, size_t at,
                            const struct pinyin_syllable *syllable)
{
    size_t length = 0;
    while (at + length < query->count && length < syllable->length &&
           query->codes[at + length] == (uint32_t)syllable->text[length])
        length++;
    return length;
}

static void find_syllables(struct pinyin_query *query)
{
    for (size_t i = 0; i < pinyin_syllable_count; i++) {
        const struct pinyin_syllable *syllable = &pinyin_syllables[i];
        uint64_t begins = query->ascii[(unsigned char)syllable->text[0]];
        for (size_t at = 0; at < query->count && begins >> at; at++) {
            if (!(begins & bit(at)))
                continue;
            size_t length = common_length(query, at, syllable);
            if (length == syllable->length)
                query->whole[i] |= bit(at);
            else if (at + length == query->count)
                query->tail[i] |= bit(at);
        }
    }
}

void pinyin_query_init(struct pinyin_query *query, const char *text)
{
    memset(query, 0, sizeof *query);
    size_t length;
    for (uint32_t code; (code = text_decode(text, &length)) != 0; text += length) {
        if (query->count == PINYIN_QUERY_MOST) {
            query->is_too_long = true;
            return;
        }
        if (code < 128)
            query->ascii[code] |= bit(query->count);
        else
            query->has_characters = true;
        query->codes[query->count++] = code;
    }
    find_syllables(query);
}

static const struct pinyin_set *set_of(uint32_t code)
{
    bool known = code >= PINYIN_FIRST && code <= PINYIN_LAST;
    return &pinyin_sets[known ? pinyin_set_of[code - PINYIN_FIRST] : 0];
}

static uint64_t step_itself(const struct pinyin_query *query, uint64_t state, uint32_t code)
{
    uint64_t next = 0;
    for (size_t at = 0; at < query->count; at++)
        if (query->codes[at] == code)
            next |= (state & bit(at)) << 1;
    return next;
}

static uint64_t step_syllable(const struct pinyin_query *query, uint64_t state, size_t number)
{
    const struct pinyin_syllable *syllable = &pinyin_syllables[number];
    const char *text = syllable->text;
    uint64_t initial = state & query->ascii[(unsigned char)text[0]];
    uint64_t next = (state & query->whole[number]) << syllable->length | initial << 1;
    if (state & query->tail[number])
        next |= bit(query->count);
    if (text[1] == 'h' && text[0] != 'n') /* zh, ch, sh */
        next |= (initial & query->ascii['h'] >> 1) << 2;
    return next;
}

/* The state behind one more character of the text. */
static uint64_t step(const struct pinyin_query *query, uint64_t state, uint32_t code)
{
    if (code < 128)
        return (state & query->ascii[code]) << 1;
    uint64_t next = query->has_characters ? step_itself(query, state, code) : 0;
    const struct pinyin_set *set = set_of(code);
    for (size_t i = 0; i < set->count; i++)
        next |= step_syllable(query, state, pinyin_members[set->first + i]);
    return next;
}

/* As text_decode; nearly all of the text is Chinese, three bytes each. */
static uint32_t decode(const unsigned char **at)
{
    const unsigned char *p = *at;
    if (p[0] < 0x80) {
        *at += p[0] != 0;
        return p[0];
    }
    if ((p[0] & 0xF0) == 0xE0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    size_t length;
    uint32_t code = text_decode((const char *)p, &length);
    *at += length;
    return code;
}

/* Whether a character may begin with the letter whose bits these are. */
static bool may_begin(const uint8_t *initials, uint32_t code)
{
    uint32_t at = code - PINYIN_FIRST;
    return at <= PINYIN_LAST - PINYIN_FIRST && (initials[at / 8] >> at % 8 & 1);
}

bool pinyin_query_matches(const struct pinyin_query *query, const char *text, bool anchored)
{
    if (query->count == 0 || query->is_too_long)
        return !query->is_too_long;
    static const uint8_t none[sizeof pinyin_initials[0]];
    const uint64_t done = bit(query->count);
    const uint32_t first = query->codes[0];
    const uint8_t *initials = is_letter(first) ? pinyin_initials[first - 'a'] : none;
    const unsigned char *at = (const unsigned char *)text;
    uint64_t state = 0;
    bool is_open = true; /* the query may begin here */
    for (uint32_t code; (code = decode(&at)) != 0; is_open = !anchored) {
        if (is_open && (code == first || may_begin(initials, code)))
            state |= 1;
        if (state)
            state = step(query, state, code);
        if (state & done)
            return true;
        if (anchored && !state)
            return false;
    }
    return false;
}
