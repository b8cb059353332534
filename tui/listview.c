#include "tui/listview.h"

#include "core/mem.h"

#include <stdlib.h>

enum { WHEEL_ROWS = 3 };

void listview_release(struct listview *list)
{
    free(list->marks);
    *list = (struct listview){0};
}

static void clear_marks(struct listview *list)
{
    free(list->marks);
    list->marks = NULL;
    list->marked = 0;
}

void listview_set_count(struct listview *list, size_t count)
{
    clear_marks(list);
    list->count = count;
    listview_select(list, list->selected);
}

void listview_select(struct listview *list, size_t row)
{
    size_t last = list->count ? list->count - 1 : 0;
    list->selected = row < last ? row : last;
}

static void move_by(struct listview *list, size_t rows, bool down)
{
    if (down)
        listview_select(list, list->selected + rows);
    else
        list->selected -= rows < list->selected ? rows : list->selected;
}

static bool press(struct listview *list, const struct event *event)
{
    if (event->mouse != MOUSE_PRESS) {
        move_by(list, WHEEL_ROWS, event->mouse == MOUSE_WHEEL_DOWN);
        return true;
    }
    bool inside = event->row >= 0 && (size_t)event->row < list->page &&
                  list->top + (size_t)event->row < list->count;
    if (inside)
        listview_select(list, list->top + (size_t)event->row);
    return inside;
}

bool listview_input(struct listview *list, const struct event *event)
{
    if (event->kind == EVENT_MOUSE)
        return press(list, event);
    if (event->kind != EVENT_KEY)
        return false;
    size_t page = list->page > 1 ? list->page - 1 : 1;
    switch (event->key) {
    case K_UP:
        move_by(list, 1, false);
        return true;
    case K_DOWN:
        move_by(list, 1, true);
        return true;
    case K_PAGE_UP:
        move_by(list, page, false);
        return true;
    case K_PAGE_DOWN:
        move_by(list, page, true);
        return true;
    case K_HOME:
        listview_select(list, 0);
        return true;
    case K_END:
        listview_select(list, list->count);
        return true;
    default:
        return false;
    }
}

bool listview_input_at(struct listview *list, const struct event *event, int top)
{
    struct event shifted = *event;
    shifted.row -= top;
    return listview_input(list, &shifted);
}

bool listview_is_marked(const struct listview *list, size_t row)
{
    return list->marks && row < list->count && (list->marks[row / 8] >> (row % 8) & 1);
}

void listview_mark(struct listview *list, size_t row, bool on)
{
    if (row >= list->count || listview_is_marked(list, row) == on)
        return;
    if (!list->marks)
        list->marks = mem_new(list->count / 8 + 1, 1);
    list->marks[row / 8] ^= (unsigned char)(1u << (row % 8));
    list->marked += on ? 1 : (size_t)-1;
}

void listview_draw(struct listview *list, struct grid *area, bool quiet,
                   listview_draw_row *draw_row, void *context)
{
    list->page = (size_t)area->rows;
    if (list->page == 0)
        return;
    if (list->selected < list->top)
        list->top = list->selected;
    if (list->selected >= list->top + list->page)
        list->top = list->selected - list->page + 1;
    size_t last_top = list->count > list->page ? list->count - list->page : 0;
    if (list->top > last_top)
        list->top = last_top;
    for (size_t i = 0; i < list->page && list->top + i < list->count; i++) {
        struct grid row = grid_part(area, (int)i, 0, 1, area->columns);
        draw_row(context, list->top + i, &row);
        if (list->top + i != list->selected)
            continue;
        grid_restyle(&row, 0, 0, row.columns, STYLE_SELECTED);
        if (!quiet)
            grid_show_cursor(&row, 0, 0);
    }
}
