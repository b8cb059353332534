/* How the calculator looks: what is typed, the verdict, and the limits of the factor. */
#include "tui/screens/verdict.h"

#include "core/decimal.h"
#include "core/registers/assay.h"

#include <string.h>

enum {
    INPUT_ROWS = 5,
    LABEL_COLUMN = 3,
    LABEL_WIDTH = 8,
    BOX_GAP = 2,
    BOX_FRAME = 4, /* "[ " and " ]" */
    LIST_ROWS_LEAST = 3,
    VERDICT_ROWS_MOST = 7,
    NOTE_COLUMN = 3,
    NOTE_WIDTH = 10,
    VALUE_COLUMN = 14,
    VALUE_WIDTH = 11,
    VALUE_FRACTION = 6,
    UNIT_COLUMN = 26,
    UNIT_WIDTH = 6,
    STATE_COLUMN = 33,
    NAME_COLUMN = 38,
};

/* ---- what is typed ---- */

static void draw_input(struct verdict_screen *self, size_t input, struct grid *area)
{
    const struct field *field = verdict_field(input);
    const struct form_editor *kind = form_editor_of(field->type);
    struct form_field *box = verdict_box(self, input);
    bool is_here = self->at == input;
    const char *label = verdict_inputs[input].label ? verdict_inputs[input].label : field->label;
    int left = LABEL_COLUMN + LABEL_WIDTH + BOX_GAP;
    int width = kind->columns ? kind->columns : 2 * field->width;
    if (left + BOX_FRAME + width > area->columns)
        width = area->columns - left - BOX_FRAME;
    int right = left + BOX_FRAME + width - 1;
    if (is_here)
        grid_text(area, 0, 1, 1, STYLE_TITLE, "▸");
    grid_text(area, 0, LABEL_COLUMN, LABEL_WIDTH, is_here ? STYLE_TITLE : STYLE_PLAIN, label);
    grid_text(area, 0, left, 1, STYLE_RULE, "[");
    grid_text(area, 0, right, 1, STYLE_RULE, "]");
    int sign = kind->is_chosen && grid_text_width(editor_text(&box->editor)) + 2 <= width ? 2 : 0;
    if (sign)
        grid_text(area, 0, right - 2, 1, STYLE_HINT, "▾");
    struct grid inside = grid_part(area, 0, left + 2, 1, width - sign);
    editor_draw(&box->editor, &inside, STYLE_FIELD, is_here);
    if (box->refusal)
        grid_text(area, 0, right + 2, area->columns - right - 2, STYLE_ERROR, "!");
}

static void draw_inputs(struct verdict_screen *self, struct grid *body)
{
    int half = body->columns / 2 + 4;
    for (size_t i = 0; i < VERDICT_INPUTS; i++) {
        const struct verdict_input *input = &verdict_inputs[i];
        if (!verdict_shows(self, i))
            continue;
        bool has_right = false;
        for (size_t j = 0; j < VERDICT_INPUTS; j++)
            has_right = has_right || (verdict_inputs[j].row == input->row &&
                                      verdict_inputs[j].is_right && verdict_shows(self, j));
        int columns = has_right && !input->is_right ? half : body->columns;
        int left = input->is_right ? half : 0;
        struct grid area = grid_part(body, input->row, left, 1, columns - left);
        draw_input(self, i, &area);
    }
}

/* ---- the verdict ---- */

static const struct look_of {
    const char *mark;
    unsigned style;
} looks[] = {
    [VERDICT_NONE] = {" ", STYLE_HINT},    [VERDICT_MET] = {"✓", STYLE_DONE},
    [VERDICT_ABOVE] = {"!", STYLE_ERROR},  [VERDICT_OPEN] = {"?", STYLE_WARNING},
    [VERDICT_HINT] = {"?", STYLE_WARNING},
};

static void add_amount(const char *label, const struct judge_amount *amount, struct buffer *out)
{
    if (!amount->is_known)
        return;
    buffer_addf(out, "   %s ", label);
    measure_format(&amount->value, NULL, out);
    buffer_add(out, amount->is_verified ? "（已核）" : "（未核）");
}

/* "! 超标 20.8 倍   限值 0.0001 mg/L（已核）" */
static void write_verdict(const struct judgement *judgement, struct buffer *out)
{
    static const char *const risks[] = {
        [RISK_LOW] = "风险低", [RISK_POSSIBLE] = "可能存在风险", [RISK_HIGH] = "风险高"};
    buffer_addf(out, "%s %s", looks[judgement->verdict].mark,
                judgement->risk ? risks[judgement->risk] : verdict_choices[judgement->verdict - 1]);
    if (judgement->verdict == VERDICT_ABOVE && judgement->times >= 0 && !judgement->risk) {
        char times[DECIMAL_TEXT_SIZE];
        decimal_format(judgement->times, JUDGE_TIMES_SCALE, times);
        buffer_addf(out, " %s 倍", times);
    }
    if (judgement->screening.is_known) {
        add_amount("筛选值", &judgement->screening, out);
        add_amount("管制值", &judgement->intervention, out);
    } else {
        add_amount("限值", &judgement->used, out);
    }
}

/* What keeps the verdict waiting: the first text that the gate refuses. */
static const char *find_refusal(struct verdict_screen *self)
{
    for (size_t i = 0; i < VERDICT_STANDARD; i++)
        if (verdict_shows(self, i) && verdict_box(self, i)->refusal)
            return verdict_box(self, i)->refusal;
    return NULL;
}

static void draw_verdict(struct verdict_screen *self, struct grid *area)
{
    const struct judgement *judgement = &self->judgement;
    const char *refusal = find_refusal(self);
    struct buffer text = {0};
    struct grid inner = grid_part(area, 0, 1, area->rows, area->columns - 2);
    struct grid below = grid_part(&inner, 1, 0, area->rows - 1, inner.columns);
    if (refusal) {
        grid_wrap(&inner, 0, STYLE_ERROR, refusal);
    } else if (judgement->verdict == VERDICT_NONE) {
        grid_wrap(&inner, 0, STYLE_HINT,
                  "选监测因子和点位类型，填监测值和单位，边填边判定；空格打开名单。点位不清"
                  "楚的，写明标准也能算。这里填的不保存，要留下来的按 F2 登记。");
    } else {
        write_verdict(judgement, &text);
        grid_text(&inner, 0, 0, inner.columns, looks[judgement->verdict].style | STYLE_BOLD,
                  buffer_text(&text));
        grid_wrap(&below, 0, STYLE_PLAIN, buffer_text(&judgement->sentence));
    }
    buffer_release(&text);
}

/* ---- the limits ---- */

/* Of a sample of which neither point nor standard is known no limit is known to apply. */
static const char *note_of(const struct verdict_screen *self, const struct judge_limit *limit)
{
    const struct record *sample = &self->form.record;
    bool is_open = !*record_text(sample, "point_type") && !*record_text(sample, "outlet") &&
                   strcmp(record_text(sample, "medium"), "土壤") != 0 &&
                   !*editor_text(&self->standard.editor);
    return is_open && limit->standing <= STANDS_REFERENCE ? "看点位"
                                                          : standing_name(limit->standing);
}

static void draw_limit(void *context, size_t index, struct grid *row)
{
    const struct verdict_screen *self = context;
    const struct judge_limit *limit = &self->limits.items[index];
    unsigned style = limit->standing < STANDING__COUNT ? STYLE_PLAIN : STYLE_HINT;
    if (self->at == VERDICT_INPUTS && self->list.selected == index)
        grid_text(row, 0, 1, 1, STYLE_TITLE, "▶");
    grid_text(row, 0, NOTE_COLUMN, NOTE_WIDTH, style, note_of(self, limit));
    if (*limit->value.unit) {
        char digits[DECIMAL_TEXT_SIZE];
        decimal_format(limit->value.digits, limit->value.scale, digits);
        grid_number(row, 0, VALUE_COLUMN, VALUE_WIDTH, VALUE_FRACTION, style, digits);
        grid_text(row, 0, UNIT_COLUMN, UNIT_WIDTH, STYLE_HINT, limit->value.unit);
    }
    grid_text(row, 0, STATE_COLUMN, NAME_COLUMN - STATE_COLUMN - 1, style,
              limit->is_verified ? "已核" : "未核");
    struct buffer name = {0};
    buffer_add(&name, buffer_text(&limit->name));
    if (limit->place.length)
        buffer_addf(&name, "（%s）", limit->place.text);
    grid_text(row, 0, NAME_COLUMN, row->columns - NAME_COLUMN - 1, style, buffer_text(&name));
    buffer_release(&name);
}

static void draw_limits(struct verdict_screen *self, struct grid *area)
{
    static const struct {
        int column;
        const char *text;
    } headings[] = {{NOTE_COLUMN, "适用"},
                    {VALUE_COLUMN + 2, "限值"},
                    {UNIT_COLUMN, "单位"},
                    {STATE_COLUMN, "核验"},
                    {NAME_COLUMN, "标准、适用、监控位置"}};
    for (size_t i = 0; i < COUNT_OF(headings); i++)
        grid_text(area, 0, headings[i].column, area->columns - headings[i].column, STYLE_HEADING,
                  headings[i].text);
    struct grid rows = grid_part(area, 1, 0, area->rows - 1, area->columns);
    if (self->list.count == 0) {
        grid_text(&rows, 0, 1, area->columns - 2, STYLE_HINT,
                  "选了监测因子，这里列出它的全部限值。");
        return;
    }
    if (self->at == VERDICT_INPUTS) {
        listview_draw(&self->list, &rows, false, draw_limit, self);
        return;
    }
    for (size_t i = 0; i < self->list.count && (int)i < rows.rows; i++) {
        struct grid row = grid_part(&rows, (int)i, 0, 1, rows.columns);
        draw_limit(self, i, &row);
    }
}

void verdict_draw(struct screen *screen, struct grid *body)
{
    struct verdict_screen *self = (struct verdict_screen *)screen;
    int room = body->rows - INPUT_ROWS - 2 - LIST_ROWS_LEAST;
    draw_inputs(self, body);
    grid_rule(body, INPUT_ROWS);
    if (room > VERDICT_ROWS_MOST)
        room = VERDICT_ROWS_MOST;
    struct grid verdict = grid_part(body, INPUT_ROWS + 1, 0, room, body->columns);
    draw_verdict(self, &verdict);
    int top = INPUT_ROWS + 1 + room;
    grid_rule(body, top);
    self->list_top = top + 2;
    struct grid limits = grid_part(body, top + 1, 0, body->rows - top - 1, body->columns);
    draw_limits(self, &limits);
}
