/* words.h - what a person typed into a search line, compared with the folded texts of records.
 *
 * Such a text is made of fields, each ended by WORDS_FIELD_END; names and codes may stand first,
 * ended by WORDS_HEAD_END. Neither mark can be typed, so no word matches across fields. */
#ifndef TAIZHANG_DB_WORDS_H
#define TAIZHANG_DB_WORDS_H

#include "core/buffer.h"
#include "core/pinyin.h"

enum { WORDS_FIELD_END = '\x1F', WORDS_HEAD_END = '\x1E', WORDS_MOST = 8 };

/* How well a text answers, the best first. What a name sounds like from its beginning on stands
 * before letters somewhere inside a code, which nearly always stand there by chance. */
enum words_rank {
    RANK_EXACT,       /* a name or code as a whole */
    RANK_PREFIX,      /* the beginning of a name or code */
    RANK_SOUND_START, /* the beginning of the first name, by pinyin */
    RANK_CONTAINS,    /* somewhere, as typed */
    RANK_SOUND,       /* somewhere, by pinyin */
    RANK__COUNT,
};

struct word {
    struct buffer folded;
    bool is_spelled; /* has letters, which may be pinyin */
    struct pinyin_query sound;
};

struct words {
    struct word list[WORDS_MOST]; /* further words are not looked at */
    size_t count;
};

/* Words are separated by blanks, also full-width ones. `words` is to be released. */
void words_parse(struct words *words, const char *text);
void words_release(struct words *words);

/* Whether every word stands somewhere in `text`. `sounds`: whether the text has characters that
 * pinyin can stand for. */
bool words_match(const struct words *words, const char *text, bool sounds);

/* Of a text that matches: as its worst word. */
enum words_rank words_rank(const struct words *words, const char *text);

#endif
