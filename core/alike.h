/* alike.h - texts that look alike: traditional characters, characters that scanners mix up, names
 * with a word more or less. For recognising words that are known, never for storing a text. Whether
 * two records may be the same thing is another question (core/twin.h). */
#ifndef TAIZHANG_CORE_ALIKE_H
#define TAIZHANG_CORE_ALIKE_H

#include "core/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends `text` with traditional characters made simplified, by Unihan's kSimplifiedVariant. */
void alike_simplify(const char *text, struct buffer *out);

/* Appends `text` as text_fold does, simplified, and with characters that a scanner takes for one
 * another (未 and 末, 冶 and 治) made one. */
void alike_fold(const char *text, struct buffer *out);

enum { ALIKE_EQUAL = 1000, ALIKE_ONE_APART = 550 };

/* How much two texts that alike_fold has written have in common, 0 to ALIKE_EQUAL: the mean of the
 * shares of common characters and of common pairs of neighbours (Dice's coefficient); of three
 * characters and more with one exchanged at least ALIKE_ONE_APART. */
int alike_score(const char *a, const char *b);

/* A bit for each character that stands in a folded text, many to a bit: texts whose masks have few
 * bits in common have few characters in common. */
uint64_t alike_mask(const char *folded);

#endif
