/* Codes with a fixed form: blanks and dashes in them go, what a scanner misread is mended where the
 * check character proves it, and what a spreadsheet has destroyed is refused. */
#include "core/mem.h"
#include "core/text.h"
#include "core/uscc.h"
#include "imports/cell_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE_SIZE = 64, PERMIT_LENGTH = 22, MOST_UNSURE = 4 };

#define DIGITS "0123456789"

/* Writes letters and digits of `text`, behind a caption such as "代码：". */
static size_t write_alphanumeric(const char *text, char out[CODE_SIZE])
{
    size_t length = 0;
    const char *colon = strstr(text, "：");
    text = colon ? colon + strlen("：") : strchr(text, ':') ? strchr(text, ':') + 1 : text;
    for (; *text && length < CODE_SIZE - 1; text++) {
        bool digit = *text >= '0' && *text <= '9';
        if (digit || (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'))
            out[length++] = *text;
    }
    out[length] = '\0';
    return length;
}

static void make_upper(char *code)
{
    for (; *code; code++)
        if (*code >= 'a' && *code <= 'z')
            *code = (char)(*code - 'a' + 'A');
}

/* Whether the credit code at the beginning of `code` is right in both check characters. */
static bool is_right_uscc(const char *code)
{
    return uscc_has_form(code) && code[USCC_LENGTH - 1] == uscc_check_char(code) &&
           code[USCC_LENGTH - 2] == uscc_organisation_check_char(code);
}

/* ---- characters that look like others ---- */

/* What a character that stands in no credit code may have been. Behind the check characters of a
 * permit nothing proves a reading: there only the first one counts, where there is no other. */
static const struct look {
    char written;
    const char *readings;
} looks[] = {
    {'O', "0DQCG"}, {'I', "1LJT7"}, {'l', "1LJT7"}, {'Z', "27"}, {'S', "5869"},
};

static const char *readings_of(char c)
{
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    for (size_t i = 0; i < COUNT_OF(looks); i++)
        if (looks[i].written == c || (looks[i].written == upper && c != 'l'))
            return looks[i].readings;
    return NULL;
}

/* Whether it is right in all that can be told of a credit code without asking anybody. */
static bool may_be_uscc(const char *code)
{
    enum { REGION_AT = 2, REGION_LENGTH = 6 };
    return strspn(code + REGION_AT, DIGITS) >= REGION_LENGTH && uscc_prefix_is_known(code) &&
           is_right_uscc(code);
}

/* The next combination of readings; false after the last one. */
static bool next_reading(size_t *chosen, const char *const *readings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (readings[i][++chosen[i]])
            return true;
        chosen[i] = 0;
    }
    return false;
}

/* Mends what follows the credit code in a permit number: three digits and a letter. */
static bool mend_tail(char *tail)
{
    for (size_t i = 0; tail[i] && tail[i + 1]; i++) {
        const char *readings = readings_of(tail[i]);
        if (readings && *readings != '0' && *readings != '1')
            return false;
        tail[i] = readings ? *readings : tail[i];
    }
    make_upper(tail);
    return true;
}

/* Tries all that the characters may be. The reading that is right is written into `code`; false
 * when there is none, or more than one: the code of another enterprise may look the same. */
static bool mend_looks(const char *written, char code[CODE_SIZE])
{
    char trial[CODE_SIZE];
    const char *readings[MOST_UNSURE];
    size_t at[MOST_UNSURE], chosen[MOST_UNSURE] = {0}, count = 0, right = 0;
    snprintf(trial, sizeof trial, "%s", written);
    for (size_t i = 0; i < USCC_LENGTH; i++) {
        const char *may_be = readings_of(written[i]);
        if (may_be && count == MOST_UNSURE)
            return false;
        if (may_be) {
            readings[count] = may_be;
            at[count++] = i;
        }
    }
    make_upper(trial);
    do {
        for (size_t i = 0; i < count; i++)
            trial[at[i]] = readings[i][chosen[i]];
        if (may_be_uscc(trial) && ++right == 1)
            memcpy(code, trial, CODE_SIZE);
    } while (right < 2 && next_reading(chosen, readings, count));
    snprintf(code + USCC_LENGTH, CODE_SIZE - USCC_LENGTH, "%s", written + USCC_LENGTH);
    return right == 1 && mend_tail(code + USCC_LENGTH) && strcmp(code, written) != 0;
}

/* ---- the kinds of codes: each fills the reading and returns true, or leaves it ---- */

static bool mend_credit_code(const struct cell *cell)
{
    char written[CODE_SIZE], code[CODE_SIZE];
    size_t length = write_alphanumeric(cell->text, written);
    size_t wanted = cell->field->type == TYPE_PERMIT ? PERMIT_LENGTH : USCC_LENGTH;
    return length == wanted && mend_looks(written, code) && cell_accepts(cell, code, NULL) &&
           cell_guess(cell, code, NULL, "看错的字符已按校验位改正，请核对");
}

/* Eight digits are 3-3-2; HW31 in front tells the category once more. */
static bool mend_waste_code(const struct cell *cell)
{
    char written[CODE_SIZE];
    struct buffer code = {0};
    size_t length = write_alphanumeric(cell->text, written);
    const char *at = written;
    if (length == 12 && (*at == 'H' || *at == 'h') && (at[1] == 'W' || at[1] == 'w') &&
        strncmp(at + 2, at + 10, 2) == 0)
        at += 4;
    bool done = strlen(at) == 8 && strspn(at, DIGITS) == 8;
    if (done) {
        buffer_addf(&code, "%.3s-%.3s-%s", at, at + 3, at + 6);
        done = cell_accepts(cell, code.text, NULL) && cell_take(cell, code.text, NULL, NULL);
    }
    buffer_release(&code);
    return done;
}

/* What the field type takes after its own cleaning is told too: a code is compared letter by
 * letter. */
static bool take_canonical(const struct cell *cell)
{
    char written[CODE_SIZE];
    struct buffer canonical = {0};
    write_alphanumeric(cell->text, written);
    make_upper(written);
    bool done = cell_accepts(cell, cell->text, &canonical) ||
                (*written && cell_accepts(cell, written, &canonical));
    done = done && strcmp(canonical.text, cell->text) != 0 &&
           cell_take(cell, canonical.text, NULL, NULL);
    buffer_release(&canonical);
    return done;
}

/* Whether the field type takes it, and no small l in it may be a 1 that makes it right. */
static bool is_beyond_doubt(const struct cell *cell)
{
    struct buffer canonical = {0};
    bool sure = cell_accepts(cell, cell->text, &canonical) &&
                (!strchr(cell->text, 'l') || is_right_uscc(canonical.text));
    buffer_release(&canonical);
    return sure;
}

/* "3216.0": a number after all. */
static bool read_without_decimals(const struct cell *cell, size_t length)
{
    char *digits = mem_text_part(cell->text, length);
    struct cell whole = *cell;
    whole.text = digits;
    whole.is_altered = true;
    bool ok = cell_read_code(&whole);
    free(digits);
    return ok;
}

bool cell_read_code(const struct cell *cell)
{
    const char *text = cell->text;
    size_t whole = strspn(text, DIGITS);
    if (whole > 0 && strcmp(text + whole, ".0") == 0)
        return read_without_decimals(cell, whole);
    if (cell_is_scientific(text) ||
        (cell_has_lost_digits(text) && !(whole == USCC_LENGTH && is_right_uscc(text))))
        return cell_refuse_lost_digits(cell);
    bool done = cell->field->type == TYPE_WASTE
                    ? !cell_accepts(cell, text, NULL) && mend_waste_code(cell)
                    : (!is_beyond_doubt(cell) && mend_credit_code(cell)) || take_canonical(cell);
    return done || cell_stands(cell);
}
