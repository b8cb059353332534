#include "imports/cell_date.h"
#include "core/text.h"
#include "imports/cell_inside.h"

#include <string.h>

/* Of a time that is longer than a day, a deadline means the last one. */
static bool is_deadline(const struct field *field)
{
    static const char *const words[] = {"时限",     "期限",     "截止",     "到期",
                                        "有效期止", "计划完成", "计划完工", "挂起至"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strstr(field->label, words[i]))
            return true;
    return text_ends_with(field->name, "due_on");
}

static bool refuse_fault(const struct cell *cell, enum cell_span_fault fault)
{
    static const char *const sentences[] = {
        [SPAN_FINE] = NULL,
        [SPAN_NONE] = NULL,
        [SPAN_RANGE] = "“%s”是一段时间，这一项只能填其中一个，请按含义选定后填写",
        [SPAN_NO_YEAR] = "“%s”没有写年份，请补上，例如 2026-06-15",
        [SPAN_AMBIGUOUS] = "“%s”分不清哪个是年、月、日，请按 2026-06-15 的样子填写",
    };
    return sentences[fault] ? cell_refuse(cell, sentences[fault], cell->text) : cell_stands(cell);
}

static const char *reason_of(const struct cell_span *span, bool is_last)
{
    bool is_day = date_compare(span->first, span->last) == 0;
    if (!is_day)
        return is_last ? "没有写日，取最后一天" : "没有写日，取第一天";
    return span->has_time ? "只取日期" : span->is_guess ? "年月日的顺序是推断的，请核对" : NULL;
}

bool cell_read_date(const struct cell *cell)
{
    struct date date;
    struct cell_span span;
    char text[DATE_TEXT_SIZE];
    if (date_parse(cell->text, &date, NULL))
        return cell_stands(cell);
    enum cell_span_fault fault = cell_span_read(cell->text, cell->context->first_1904, &span);
    if (fault)
        return refuse_fault(cell, fault);
    bool is_long = date_compare(span.first, span.last) != 0;
    bool is_last = span.end == SPAN_END || (span.end == SPAN_UNSAID && is_deadline(cell->field));
    date_format(is_last ? span.last : span.first, text);
    const char *reason = reason_of(&span, is_last);
    return is_long || span.is_guess ? cell_guess(cell, text, NULL, reason)
                                    : cell_take(cell, text, NULL, reason);
}

bool cell_read_period(const struct cell *cell)
{
    struct period period;
    struct cell_span span;
    char text[PERIOD_TEXT_SIZE];
    if (period_parse(cell->text, &period))
        return cell_stands(cell);
    enum cell_span_fault fault = cell_span_read(cell->text, cell->context->first_1904, &span);
    if (fault)
        return refuse_fault(cell, fault);
    bool is_day = date_compare(span.first, span.last) == 0;
    if (is_day) /* a spreadsheet makes a day of 2025年3月 */
        span.period = (struct period){span.first.year, span.first.month - 1, 1};
    if (!span.period.year)
        return cell_stands(cell);
    period_format(span.period, text);
    return is_day || span.is_guess ? cell_guess(cell, text, NULL, is_day ? "取所在的月份" : NULL)
                                   : cell_take(cell, text, NULL, NULL);
}
