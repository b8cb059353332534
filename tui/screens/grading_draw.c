#include "tui/screens/grading.h"

#include <string.h>

enum { LABEL_COLUMN = 1, FIRST_COLUMN = 9, TABLE_ROWS = 3, DETAIL_ROWS = 4, ROOMY_ROWS = 14 };

/* What stands over the columns, and how wide they are. */
static const struct {
    const char *label;
    int width;
} columns[GRADE_DIMENSIONS] = {
    [GRADE_POLLUTION] = {"污染程度", 10}, [GRADE_SENSITIVITY] = {"环境敏感度", 12},
    [GRADE_FEASIBILITY] = {"可行性", 9},  [GRADE_HAZARD] = {"危害性", 9},
    [GRADE_SPREAD] = {"扩散性", 9},       [GRADE_RECEPTOR] = {"敏感性", 9},
    [GRADE_RISK] = {"风险等级", 10},
};

void grading_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct grading_screen *self = (const struct grading_screen *)screen;
    const char *priority = record_text(&self->site, "priority");
    buffer_addf(left, "分级研判 · %s", record_text(&self->site, "name"));
    if (*priority)
        buffer_addf(right, "优先级 %s", priority);
}

static void draw_column(const struct grading_screen *self, enum grade_dimension dimension,
                        int column, struct grid *body)
{
    const struct grade_proposal *proposal = &self->grading.proposals[dimension];
    enum grade own = grade_own(&self->site, dimension);
    bool differs = grading_differs(own, proposal->grade);
    int width = columns[dimension].width - 1;
    grid_text(body, 0, column, width, STYLE_HEADING, columns[dimension].label);
    grid_text(body, 1, column, width, own ? STYLE_PLAIN : STYLE_HINT, own ? grade_name(own) : "—");
    grid_printf(body, 2, column, width, differs ? STYLE_WARNING : STYLE_PLAIN, "%s%s",
                grade_name(proposal->grade), differs ? " ?" : "");
    if (dimension == self->at)
        for (int row = 0; row < TABLE_ROWS; row++)
            grid_restyle(body, row, column, width, STYLE_SELECTED);
}

static void draw_table(const struct grading_screen *self, struct grid *body)
{
    int column = FIRST_COLUMN;
    grid_text(body, 1, LABEL_COLUMN, FIRST_COLUMN - 2, STYLE_HINT, "本局");
    grid_text(body, 2, LABEL_COLUMN, FIRST_COLUMN - 2, STYLE_HINT, "建议");
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++) {
        draw_column(self, i, column, body);
        column += columns[i].width;
    }
}

static void draw_line(void *context, size_t row, struct grid *area)
{
    const struct grading_screen *self = context;
    const struct grading_line *line = &self->lines[row];
    bool is_heading = STYLE_MEANING(line->style) == STYLE_HEADING;
    if (row == self->list.selected)
        grid_text(area, 0, 1, 1, STYLE_PLAIN, "▶");
    if (!is_heading)
        grid_text(area, 0, 3, 1, STYLE_HINT, line->reg ? "→" : "·");
    int left = is_heading ? 3 : 5;
    grid_text(area, 0, left, area->columns - left - 1, line->style, line->text);
}

void grading_draw(struct screen *screen, struct grid *body)
{
    struct grading_screen *self = (struct grading_screen *)screen;
    int below = body->rows >= ROOMY_ROWS ? DETAIL_ROWS + 1 : 0;
    if (!self->is_loaded)
        return;
    draw_table(self, body);
    grid_rule(body, TABLE_ROWS);
    self->list_top = TABLE_ROWS + 1;
    struct grid rows =
        grid_part(body, self->list_top, 0, body->rows - self->list_top - below, body->columns);
    listview_draw(&self->list, &rows, false, draw_line, self);
    if (!below || self->list.selected >= self->line_count)
        return;
    grid_rule(body, body->rows - below);
    struct grid details =
        grid_part(body, body->rows - DETAIL_ROWS, 1, DETAIL_ROWS, body->columns - 2);
    grid_wrap(&details, 0, STYLE_PLAIN, self->lines[self->list.selected].text);
}
