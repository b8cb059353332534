/* text.h - UTF-8 text: decoding, width in terminal and spreadsheet cells, cleaning, folding.
 * Nothing here depends on a locale. */
#ifndef TAIZHANG_CORE_TEXT_H
#define TAIZHANG_CORE_TEXT_H

#include "core/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_INVALID UINT32_MAX

/* Decodes one character at `text` (NUL-terminated) and stores its length in bytes (1..4; 1 for an
 * invalid byte, 0 at the end). Returns the code point, 0 at the end, or TEXT_INVALID. Overlong
 * forms, surrogates and values over U+10FFFF are invalid. */
uint32_t text_decode(const char *text, size_t *length);

/* Whether one of the common Han characters begins here, U+5000 to U+9FFF: three bytes and two
 * columns each, nearly all that lists hold, told without decoding them. */
static inline bool text_is_han(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    return byte[0] >= 0xE5 && byte[0] <= 0xE9 && (byte[1] & 0xC0) == 0x80 &&
           (byte[2] & 0xC0) == 0x80;
}

/* Writes `code` as UTF-8 (no NUL). Returns the number of bytes, 0 when `code` is no character. */
size_t text_encode(uint32_t code, char out[4]);

/* Whether the `length` bytes are strict UTF-8. NUL bytes count as valid characters here. */
bool text_is_utf8(const char *bytes, size_t length);

size_t text_count(const char *text); /* characters */

/* Start of the character before / after `at`, a byte offset on a character border. */
size_t text_previous(const char *text, size_t at);
size_t text_next(const char *text, size_t at);

/* Cuts `text` in place to at most `bytes` bytes, at a character border. */
void text_cut_bytes(char *text, size_t bytes);

/* Columns of a character cell grid: 2 for Han, full-width forms and emoji, 0 for combining marks
 * and controls, else 1. Agrees with glibc's wcwidth in C.UTF-8 for what can be stored. */
int text_char_width(uint32_t code);
int text_width(const char *text);

/* The longest prefix of `text` that fits in `columns`: its length in bytes. */
size_t text_fit(const char *text, int columns);

/* Cleans what a person typed or a cell held: surrounding white space (also U+3000, U+00A0) goes,
 * full-width digits, letters and － ． ／ become half-width, inner runs of blanks one blank. Line
 * breaks are kept only when `multiline`, others become a blank. Appends to `out`. Returns false
 * when the text holds a control character (also an escape sequence, or one that turns the direction
 * of writing) or invalid UTF-8. */
bool text_clean(const char *text, bool multiline, struct buffer *out);

/* Whether a character must never reach a terminal or a file as it is: a control character, a mark
 * that turns the direction of writing, or TEXT_INVALID. */
bool text_is_control(uint32_t code);

/* Appends `text` with '?' in place of such characters; line ends stay when `breaks`. */
void text_add_visible(const char *text, bool breaks, struct buffer *out);

/* For comparing and searching: full-width to half-width, ASCII lower case, all blanks and the
 * punctuation that people vary (brackets, dashes, dots, quotes) removed. Appends to `out`. */
void text_fold(const char *text, struct buffer *out);

/* Whether two texts are equal after text_fold. */
bool text_same(const char *a, const char *b);

/* FNV-1a of the text, continuing from the hash of what stands before it (0: nothing). */
uint32_t text_hash(uint32_t before, const char *text);

bool text_starts_with(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);

/* Whether `text` (or NULL) is a SHA-256: 64 lower-case hexadecimal digits. */
bool text_is_sha256(const char *text);

/* Whether `text` is NULL or "". */
bool text_is_empty(const char *text);

#endif
