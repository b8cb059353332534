#include "tui/action.h"

#include "core/text.h"

enum { KEY_COLUMNS = 12, NAME_COLUMNS = 12 };

static int last_key(const struct action *action)
{
    return action->last > action->key ? action->last : action->key;
}

static bool has_key(const struct action *action, int key)
{
    return key >= action->key && key <= last_key(action);
}

static bool is_usable(const struct action *action, const struct screen *screen, bool typing)
{
    if (typing && key_is_text(action->key))
        return false;
    return !action->is_available || action->is_available(screen);
}

const struct action *action_find(const struct action *actions, const struct screen *screen,
                                 bool typing, int key)
{
    for (; actions->key != K_NONE; actions++)
        if (has_key(actions, key) && is_usable(actions, screen, typing))
            return actions;
    return NULL;
}

static bool is_shown(const struct action *action, const struct action *first,
                     const struct screen *screen, bool typing)
{
    return action->name && is_usable(action, screen, typing) &&
           !(first && action_find(first, screen, typing, action->key));
}

static int draw_label(const struct action *action, struct grid *grid, int row, int column,
                      int columns)
{
    struct buffer key = {0};
    key_display_range(action->key, last_key(action), &key);
    int wanted = grid_text_width(buffer_text(&key)) + 1 + grid_text_width(action->name);
    if (wanted <= columns) {
        int at = grid_text(grid, row, column, columns, STYLE_KEY, buffer_text(&key)) + 1;
        grid_text(grid, row, column + at, columns - at, STYLE_PLAIN, action->name);
    }
    buffer_release(&key);
    return wanted;
}

/* Draws the labels of a table as long as they fit. Returns the column behind the last. */
static int draw_labels(const struct action *actions, const struct action *first,
                       const struct screen *screen, bool typing, struct grid *grid, int row,
                       int column, int end)
{
    for (; actions->key != K_NONE; actions++) {
        if (!is_shown(actions, first, screen, typing))
            continue;
        int wanted = draw_label(actions, grid, row, column, end - column);
        if (wanted > end - column)
            return column;
        column += wanted + 2;
    }
    return column;
}

void action_draw_footer(const struct action *actions, const struct action *common,
                        const struct screen *screen, bool typing, struct grid *grid, int row)
{
    struct grid nowhere = grid_part(grid, 0, 0, 0, 0);
    int reserved = 0;
    for (const struct action *action = common; action->key != K_NONE; action++)
        if (is_shown(action, actions, screen, typing))
            reserved += draw_label(action, &nowhere, 0, 0, 0) + 2;
    int end = grid->columns - 1;
    int column = draw_labels(actions, NULL, screen, typing, grid, row, 1, end - reserved);
    draw_labels(common, actions, screen, typing, grid, row, column, end);
}

static void pad(struct buffer *out, const char *text, int columns)
{
    buffer_add(out, text);
    int used = grid_text_width(text);
    do
        buffer_add_char(out, ' ');
    while (++used < columns);
}

void action_add_key(const struct action *action, struct buffer *out)
{
    key_display_range(action->key, last_key(action), out);
}

void action_describe(const struct action *actions, struct buffer *out)
{
    for (; actions->key != K_NONE; actions++) {
        struct buffer key = {0};
        key_display_range(actions->key, last_key(actions), &key);
        buffer_add(out, "  ");
        pad(out, buffer_text(&key), KEY_COLUMNS);
        pad(out, actions->name ? actions->name : "", NAME_COLUMNS);
        buffer_add(out, actions->help);
        buffer_add_char(out, '\n');
        buffer_release(&key);
    }
}

bool action_check(const struct action *actions, struct error *err)
{
    for (const struct action *a = actions; a->key != K_NONE; a++) {
        struct buffer key = {0};
        key_display_range(a->key, last_key(a), &key);
        bool complete = a->run && !text_is_empty(a->help) && text_ends_with(a->help, "。");
        bool twice = false;
        for (const struct action *b = actions; b != a; b++)
            twice = twice || (b->key <= last_key(a) && last_key(b) >= a->key &&
                              !(a->is_available && b->is_available));
        if (!complete)
            error_set(err, ERROR_REFUSED,
                      "按键 %s 的操作缺少函数或完整的说明句，请在操作表里补上。",
                      buffer_text(&key));
        if (twice)
            error_set(err, ERROR_REFUSED, "按键 %s 在同一张操作表里出现两次，请改用别的键。",
                      buffer_text(&key));
        buffer_release(&key);
        if (!complete || twice)
            return false;
    }
    return true;
}
