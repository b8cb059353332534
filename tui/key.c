#include "tui/key.h"

#include "core/text.h"

#include <string.h>

static const struct {
    int key;
    const char *script, *display;
} names[] = {
    {K_ENTER, "Enter", "Enter"},
    {K_ESC, "Esc", "Esc"},
    {K_TAB, "Tab", "Tab"},
    {K_BACKTAB, "BackTab", "⇧Tab"},
    {K_BACKSPACE, "Backspace", "退格"},
    {K_DELETE, "Delete", "Del"},
    {K_INSERT, "Insert", "Ins"},
    {K_UP, "Up", "↑"},
    {K_DOWN, "Down", "↓"},
    {K_LEFT, "Left", "←"},
    {K_RIGHT, "Right", "→"},
    {K_WORD_LEFT, "WordLeft", "^←"},
    {K_WORD_RIGHT, "WordRight", "^→"},
    {K_HOME, "Home", "Home"},
    {K_END, "End", "End"},
    {K_PAGE_UP, "PgUp", "PgUp"},
    {K_PAGE_DOWN, "PgDn", "PgDn"},
    {' ', "Space", "空格"},
    {'<', "Lt", "<"},
};
enum { NAME_COUNT = sizeof names / sizeof names[0] };

bool key_is_text(int key)
{
    return key >= ' ' && key < K_NAMED && key != 0x7F;
}

void key_display(int key, struct buffer *out)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (names[i].key == key) {
            buffer_add(out, names[i].display);
            return;
        }
    if (key >= K_F1 && key <= K_F12) {
        buffer_addf(out, "F%d", key - K_F1 + 1);
    } else if (key >= K_CONTROL) {
        buffer_addf(out, "^%c", key & 0x7F);
    } else {
        char bytes[4];
        buffer_add_bytes(out, bytes, text_encode((uint32_t)key, bytes));
    }
}

void key_display_range(int first, int last, struct buffer *out)
{
    size_t start = out->length;
    key_display(first, out);
    if (last <= first)
        return;
    if (first >= K_UP && last <= K_RIGHT) { /* a dash between arrows says nothing */
        for (int key = first + 1; key <= last; key++)
            key_display(key, out);
        return;
    }
    bool is_long = text_count(buffer_text(out) + start) > 1;
    if (last > first + 1 || is_long)
        buffer_add_char(out, last > first + 1 ? '-' : '/');
    key_display(last, out);
}

static int find_name(const char *name, size_t length)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (strlen(names[i].script) == length && memcmp(names[i].script, name, length) == 0)
            return names[i].key;
    if (length == 2 && name[0] == '^' && name[1] >= 'A' && name[1] <= 'Z')
        return K_CTRL(name[1]);
    if (length == 2 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9')
        return K_F(name[1] - '0');
    if (length == 3 && name[0] == 'F' && name[1] == '1' && name[2] >= '0' && name[2] <= '2')
        return K_F(10 + name[2] - '0');
    return K_NONE;
}

bool key_parse(const char **script, int *key, struct error *err)
{
    const char *at = *script;
    if (*at != '<') {
        size_t step;
        uint32_t code = text_decode(at, &step);
        if (code == TEXT_INVALID || (code && !key_is_text((int)code)))
            return error_set(err, ERROR_FORMAT, "按键脚本里有不能打出的字符，请改写成 <名称>。");
        *key = (int)code;
        *script = at + step;
        return true;
    }
    const char *end = strchr(at, '>');
    *key = end ? find_name(at + 1, (size_t)(end - at - 1)) : K_NONE;
    if (*key == K_NONE)
        return error_set(err, ERROR_FORMAT, "按键脚本里没有名为 %.12s 的键，字符 < 请写成 <Lt>。",
                         at);
    *script = end + 1;
    return true;
}
