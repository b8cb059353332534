/* key.h - keys: their codes, how a footer writes them, and key scripts for tests. */
#ifndef TAIZHANG_TUI_KEY_H
#define TAIZHANG_TUI_KEY_H

#include "core/buffer.h"
#include "core/error.h"

#include <stdbool.h>
#include <stdint.h>

/* A key is the character that it types, or one of these codes above all characters. */
enum key {
    K_NONE = 0,
    K_NAMED = 0x110000,
    K_ENTER = K_NAMED,
    K_ESC,
    K_TAB,
    K_BACKTAB,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_WORD_LEFT,
    K_WORD_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_F1,
    K_F12 = K_F1 + 11,
    K_NAMED_END,
    K_CONTROL = 0x120000,
};
#define K_F(number)    (K_F1 + (number)-1)
#define K_CTRL(letter) (K_CONTROL | (letter)) /* K_CTRL('D') */

/* Whether the key types a character (a blank too). */
bool key_is_text(int key);

/* Appends the key as a footer shows it: "F1", "^D", "PgUp", "↑", "空格", "n". */
void key_display(int key, struct buffer *out);

/* A range of neighbouring keys: "1-5"; two: "↑↓", "PgUp/PgDn". */
void key_display_range(int first, int last, struct buffer *out);

/* Takes one key off a key script such as "<Down><F2>清远<Enter>" (also "<^D>", "<Lt>" for '<',
 * "<Space>") and moves `*script` behind it. K_NONE at the end. An unknown name is an error. */
bool key_parse(const char **script, int *key, struct error *err);

#endif
