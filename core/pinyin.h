/* pinyin.h - finding Chinese text by what it sounds like: "xinyouhuagong", "xyhg", "xinyhg" find
 * 鑫铀化工. Readings come from the Unihan database; a character that is read in several ways is
 * found by each (重: zhong, chong). Without tones; ü is typed as v. */
#ifndef TAIZHANG_CORE_PINYIN_H
#define TAIZHANG_CORE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PINYIN_QUERY_MOST = 63, PINYIN_SYLLABLES_MOST = 512 };

/* What was typed, prepared for being compared with many texts. Bit p of a mask stands for the p-th
 * character of the query. */
struct pinyin_query {
    uint32_t codes[PINYIN_QUERY_MOST];
    size_t count;
    bool is_too_long;    /* more than PINYIN_QUERY_MOST characters: it matches nothing */
    bool has_characters; /* not only ASCII */
    uint64_t ascii[128]; /* where this ASCII character stands */
    uint64_t whole[PINYIN_SYLLABLES_MOST]; /* where this syllable stands */
    uint64_t tail[PINYIN_SYLLABLES_MOST];  /* where the rest of the query begins this syllable */
};

/* `text` and the texts compared with it are folded (text_fold): half-width, lower case. */
void pinyin_query_init(struct pinyin_query *query, const char *text);

/* Whether the query stands somewhere in `text`, or, if `anchored`, at its beginning. Each character
 * of the query stands for itself; letters also stand for Chinese characters: each for its syllable,
 * its initial (zh, ch, sh or one letter), and the last one for the beginning of its syllable. An
 * empty query stands everywhere. */
bool pinyin_query_matches(const struct pinyin_query *query, const char *text, bool anchored);

#endif
