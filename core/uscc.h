/* uscc.h - the check characters of GB 32100-2015 (unified social credit code) and of the
 * organisation code of GB 11714 within it. */
#ifndef TAIZHANG_CORE_USCC_H
#define TAIZHANG_CORE_USCC_H

#include <stdbool.h>

enum { USCC_LENGTH = 18 };

/* 18 characters of 0123456789ABCDEFGHJKLMNPQRTUWXY. Reads at most 18 bytes of `code`. */
bool uscc_has_form(const char *code);

/* The character that the 18th position should have; `code` has the form. */
char uscc_check_char(const char *code);

/* The character that the 17th position should have (organisation code of positions 9 to 17). */
char uscc_organisation_check_char(const char *code);

/* Whether the first two characters name a registering authority and kind that exist. */
bool uscc_prefix_is_known(const char *code);

#endif
