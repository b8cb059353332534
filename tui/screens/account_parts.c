#include "tui/screens/account_parts.h"
#include "core/decimal.h"
#include "core/registers.h"
#include "tui/screens/screens.h"

void account_draw_load(struct grid *area, int row, int column, int width, unsigned style,
                       int64_t kg)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format_fixed(kg, LOAD_SCALE, text);
    grid_number(area, row, column, width, LOADS_FRACTION, kg < 0 ? STYLE_ERROR : style, text);
}

void account_draw_heading(struct grid *area, int row)
{
    grid_text(area, row, 1, LOADS_LABEL - 1, STYLE_HEADING, "kg/a");
    for (int i = 0; i < LOAD_FIELD_COUNT; i++)
        grid_text_right(area, row, LOADS_LABEL + i * LOADS_NUMBER, LOADS_NUMBER, STYLE_HEADING,
                        loads_name((size_t)i));
}

void account_draw_loads(struct grid *area, int row, const char *label, const struct loads *loads)
{
    grid_text(area, row, 1, LOADS_LABEL - 1, STYLE_PLAIN, label);
    for (int i = 0; i < LOAD_FIELD_COUNT; i++)
        account_draw_load(area, row, LOADS_LABEL + i * LOADS_NUMBER, LOADS_NUMBER, STYLE_PLAIN,
                          loads->kg[i]);
}

static bool lacks_a_metal(const struct account_project *project)
{
    for (size_t i = 0; i < LOAD_METAL_COUNT; i++)
        if (project->shortage.kg[i] > 0)
            return true;
    return false;
}

char account_mark(const struct account_project *project)
{
    return project->exempt                              ? '-'
           : project->shortage.kg[LOAD_METAL_COUNT] > 0 ? '!'
           : lacks_a_metal(project)                     ? '?'
                                                        : ' ';
}

void account_tell(const struct account_project *project, struct buffer *out)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(project->shortage.kg[LOAD_METAL_COUNT], LOAD_SCALE, text);
    switch (account_mark(project)) {
    case '-':
        buffer_add(out, "豁免替代，不需要来源");
        break;
    case '!':
        buffer_addf(out, "! 合计还缺 %s kg/a，请补来源或核减", text);
        break;
    case '?':
        buffer_add(out, "? 合计够了，有的金属不够，请核对");
        break;
    default:
        buffer_add(out, "✓ 来源足够");
        break;
    }
}

void account_begin_transfer(struct app *app, const char *field, const char *id)
{
    const struct form_preset preset = {field, id};
    form_open_new(app, &reg_quota_transfer, &preset, 1);
}
