/* glyph.h - plain substitutes for a terminal that draws ambiguous characters two columns wide.
 *
 * Lines, arrows, dots and quotation marks are one column wide in Unicode and in the C library, but
 * an old CJK terminal may give them two, and every column behind them would be wrong. */
#ifndef TAIZHANG_TUI_GLYPH_H
#define TAIZHANG_TUI_GLYPH_H

#include <stdint.h>

/* An ASCII character that says the same in one column; ASCII itself, and what is wide anyway, is
 * returned as it is; '?' when there is none. */
uint32_t glyph_plain(uint32_t code);

#endif
