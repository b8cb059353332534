#include "db/words.h"
#include "core/mem.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static void add_word(struct words *words, const char *text)
{
    struct word *word = &words->list[words->count];
    text_fold(text, &word->folded);
    if (word->folded.length == 0)
        return;
    pinyin_query_init(&word->sound, word->folded.text);
    word->is_spelled = !word->sound.is_too_long &&
                       strpbrk(word->folded.text, "abcdefghijklmnopqrstuvwxyz") != NULL;
    words->count++;
}

/* Chinese input methods type the blank full-width (U+3000); cleaning makes it a plain one. */
void words_parse(struct words *words, const char *text)
{
    struct buffer clean = {0};
    memset(words, 0, sizeof *words);
    text_clean(text, false, &clean);
    for (const char *at = buffer_text(&clean); *at && words->count < WORDS_MOST;) {
        size_t length = strcspn(at, " ");
        char *word = mem_text_part(at, length);
        add_word(words, word);
        free(word);
        at += length;
        at += strspn(at, " ");
    }
    buffer_release(&clean);
}

void words_release(struct words *words)
{
    for (size_t i = 0; i < WORDS_MOST; i++)
        buffer_release(&words->list[i].folded);
    words->count = 0;
}

bool words_match(const struct words *words, const char *text, bool sounds)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->list[i];
        /* By sound, a text also finds what it contains as typed. */
        bool found = word->is_spelled && sounds ? pinyin_query_matches(&word->sound, text, false)
                                                : strstr(text, word->folded.text) != NULL;
        if (!found)
            return false;
    }
    return true;
}

static enum words_rank rank_of(const struct word *word, const char *text)
{
    const char *head_end = strchr(text, WORDS_HEAD_END);
    const char *first = strstr(text, word->folded.text);
    for (const char *at = first; at && head_end && at < head_end;
         at = strstr(at + 1, word->folded.text))
        if (at == text || at[-1] == WORDS_FIELD_END)
            return at[word->folded.length] == WORDS_FIELD_END ? RANK_EXACT : RANK_PREFIX;
    if (word->is_spelled && pinyin_query_matches(&word->sound, text, true))
        return RANK_SOUND_START;
    return first ? RANK_CONTAINS : RANK_SOUND;
}

enum words_rank words_rank(const struct words *words, const char *text)
{
    enum words_rank worst = RANK_EXACT;
    for (size_t i = 0; i < words->count; i++) {
        enum words_rank rank = rank_of(&words->list[i], text);
        worst = rank > worst ? rank : worst;
    }
    return worst;
}
