#include "core/uscc.h"

#include <stddef.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int digit_of(char c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

bool uscc_has_form(const char *code)
{
    for (int i = 0; i < USCC_LENGTH; i++)
        if (digit_of(code[i]) < 0)
            return false;
    return true;
}

char uscc_check_char(const char *code)
{
    int sum = 0, weight = 1;
    for (int i = 0; i < USCC_LENGTH - 1; i++) {
        sum += digit_of(code[i]) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

/* The organisation code counts letters A=10 .. Z=35, another alphabet than the one around it. */
static int organisation_digit(char c)
{
    return c >= 'A' ? c - 'A' + 10 : c - '0';
}

char uscc_organisation_check_char(const char *code)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < 8; i++)
        sum += organisation_digit(code[8 + i]) * weights[i];
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

bool uscc_prefix_is_known(const char *code)
{
    static const char known[] = "11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 55 59 61 62 "
                                "69 71 72 79 81 89 91 92 93 A1 A9 N1 N2 N3 N9 Y1 ";
    char prefix[] = {code[0], code[1], ' ', '\0'};
    return strstr(known, prefix) != NULL;
}
