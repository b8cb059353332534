/* pinyin_table.h - how Chinese characters are read, without tones; ü is v. The tables are made from
 * Unihan_Readings.txt while building (core/pinyin_table.awk); only core/pinyin.c looks at them. */
#ifndef TAIZHANG_CORE_PINYIN_TABLE_H
#define TAIZHANG_CORE_PINYIN_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* The characters of the table: CJK Unified Ideographs and Extension A. */
enum { PINYIN_FIRST = 0x3400, PINYIN_LAST = 0x9FFF };

struct pinyin_syllable {
    char text[7];
    uint8_t length;
};
extern const size_t pinyin_syllable_count;
extern const struct pinyin_syllable pinyin_syllables[];

/* The readings that some characters have in common. */
struct pinyin_set {
    uint16_t first; /* of its syllables' numbers in pinyin_members */
    uint16_t count;
};
extern const struct pinyin_set pinyin_sets[];
extern const uint16_t pinyin_members[];

/* By character, from PINYIN_FIRST: the number of its set; 0 is the empty one. */
extern const uint16_t pinyin_set_of[];

/* By letter: a bit for each character, whether one of its readings begins so. */
extern const uint8_t pinyin_initials[26][(PINYIN_LAST - PINYIN_FIRST + 1) / 8];

#endif
