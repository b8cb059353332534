#include "imports/cell.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/uscc.h"
#include "db/learned.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

enum { QUOTED_CHARACTERS = 40, EXACT_DIGITS = 15 };

void cell_reading_release(struct cell_reading *reading)
{
    buffer_release(&reading->text);
    buffer_release(&reading->note);
    cell_memory_close(&reading->memory);
}

/* ---- how a reader ends ---- */

/* “……”, cut when it is long. */
static void add_quoted(const char *text, struct buffer *out)
{
    size_t end = 0;
    for (int i = 0; i < QUOTED_CHARACTERS && text[end]; i++)
        end = text_next(text, end);
    buffer_add(out, "“");
    char *part = mem_text_part(text, end);
    text_add_visible(part, false, out);
    free(part);
    buffer_add(out, text[end] ? "…”" : "”");
}

bool cell_take(const struct cell *cell, const char *text, const char *shown, const char *why)
{
    struct cell_reading *reading = cell->reading;
    buffer_clear(&reading->text);
    buffer_clear(&reading->note);
    buffer_add(&reading->text, text);
    add_quoted(cell->raw, &reading->note);
    buffer_addf(&reading->note, "读作 %s", shown ? shown : text);
    if (why)
        buffer_addf(&reading->note, "（%s）", why);
    return true;
}

bool cell_guess(const struct cell *cell, const char *text, const char *shown, const char *why)
{
    cell->reading->is_guess = true;
    return cell_take(cell, text, shown, why);
}

bool cell_stands(const struct cell *cell)
{
    if (cell->is_altered)
        return cell_take(cell, cell->text, NULL, NULL);
    buffer_add(&cell->reading->text, cell->raw);
    return true;
}

bool cell_is_none(const struct cell *cell)
{
    add_quoted(cell->raw, &cell->reading->note);
    buffer_add(&cell->reading->note, "当作没有填");
    return true;
}

bool cell_refuse(const struct cell *cell, const char *format, ...)
{
    struct buffer sentence = {0}, title = {0};
    va_list args;
    va_start(args, format);
    buffer_addv(&sentence, format, args);
    va_end(args);
    field_add_title(cell->field, &title);
    error_set(cell->err, ERROR_REFUSED, "%s", sentence.text);
    error_prefix(cell->err, "%s", title.text);
    buffer_release(&sentence);
    buffer_release(&title);
    return error_at_field(cell->err, cell->field->name, cell->field->basis);
}

/* ---- help for readers ---- */

bool cell_accepts(const struct cell *cell, const char *text, struct buffer *canonical)
{
    const struct lookup *lookup = cell->context->store ? store_lookup(cell->context->store) : NULL;
    struct value value = {.kind = VALUE_NULL};
    bool ok = type_of(cell->field->type)->parse(cell->field, lookup, text, &value, NULL);
    if (ok && canonical)
        type_format(cell->field, &value, canonical);
    value_release(&value);
    return ok;
}

bool cell_is_word(const char *text, const char *const *folded_words)
{
    struct buffer folded = {0};
    bool found = false;
    text_fold(text, &folded);
    for (; *folded_words && !found; folded_words++)
        found = strcmp(buffer_text(&folded), *folded_words) == 0;
    buffer_release(&folded);
    return found;
}

bool cell_add_before_bracket(const char *text, struct buffer *out)
{
    const char *at = NULL;
    if (text_ends_with(text, "）") || text_ends_with(text, ")"))
        for (const char *c = text; *c; c += text_next(c, 0))
            if (*c == '(' || text_starts_with(c, "（"))
                at = at ? at : c;
    if (!at || at == text)
        return false;
    size_t length = (size_t)(at - text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    buffer_add_bytes(out, text, length);
    return length > 0;
}

#define DIGITS "0123456789"

bool cell_is_scientific(const char *text)
{
    size_t whole = strspn(text, DIGITS);
    const char *at = text + whole;
    if (*at == '.')
        at += 1 + strspn(at + 1, DIGITS);
    if (whole != 1 || (*at != 'E' && *at != 'e'))
        return false;
    at += at[1] == '+' ? 2 : 1;
    size_t exponent = strspn(at, DIGITS);
    return exponent == 2 && !at[exponent];
}

bool cell_has_lost_digits(const char *text)
{
    size_t length = strspn(text, DIGITS);
    return !text[length] && length > EXACT_DIGITS &&
           strspn(text + EXACT_DIGITS, "0") == length - EXACT_DIGITS;
}

bool cell_refuse_lost_digits(const struct cell *cell)
{
    return cell_refuse(cell,
                       "“%s”已被表格软件当成数值，第 15 位以后的数字丢了，"
                       "请先把这一列的格式设为文本，再照原件重新填写",
                       cell->text);
}

/* ---- words that a person decided about ---- */

static const char *scope_of(const struct field *field)
{
    const char *target = type_target(field);
    return target ? target : field->choices ? field->name : NULL;
}

bool cell_recall(const struct cell *cell, bool *found)
{
    struct buffer word = {0}, meaning = {0}, shown = {0};
    text_fold(cell->text, &word);
    bool ok = learned_find(cell->context->store, "word", scope_of(cell->field), buffer_text(&word),
                           &meaning, found, cell->err);
    *found = ok && *found && cell_accepts(cell, buffer_text(&meaning), NULL);
    if (*found) {
        const struct lookup *lookup = store_lookup(cell->context->store);
        const char *target = type_target(cell->field);
        if (!target || !lookup->label(lookup->context, target, meaning.text, &shown))
            buffer_add(&shown, meaning.text);
        cell_take(cell, meaning.text, shown.text, "照以前的选择");
    }
    buffer_release(&word);
    buffer_release(&meaning);
    buffer_release(&shown);
    return ok;
}

bool cell_keep_choice(struct store *store, const struct field *field, const char *text,
                      const char *meaning, struct error *err)
{
    struct buffer word = {0};
    if (!scope_of(field))
        return error_set(err, ERROR_USAGE, "%s不是从名单中选的，没有可记住的叫法", field->label);
    text_fold(text, &word);
    bool ok = learned_keep(store, "word", scope_of(field), buffer_text(&word), meaning, err);
    buffer_release(&word);
    return ok;
}

/* ---- cells that need no reading: nearly all ---- */

typedef bool plainness(const struct cell_context *context, const struct field *field,
                       const char *text);

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Han and printable ASCII without anything that a spreadsheet may have done to it. */
static bool is_plain_text(const struct cell_context *context, const struct field *field,
                          const char *text)
{
    (void)context;
    (void)field;
    if (strchr(" '=#_\\-/.*NnE\xE3", *text))
        return false;
    if (is_digit(*text))
        return strlen(text) <= EXACT_DIGITS && !strpbrk(text, ".Ee");
    for (const unsigned char *c = (const unsigned char *)text; *c;) {
        if (*c >= 0xE3 && *c <= 0xE9 && c[1] >= 0x80 && c[2] >= 0x80)
            c += 3;
        else if (*c >= 0x20 && *c < 0x7F)
            c++;
        else
            return false;
    }
    return true;
}

static bool is_plain_number(const struct cell_context *context, const struct field *field,
                            const char *text)
{
    const char *at = text;
    while (is_digit(*at))
        at++;
    if (at == text)
        return false;
    if (*at == '.') {
        const char *point = at++;
        while (is_digit(*at))
            at++;
        if (at - point > 1 + field->scale && field->type != TYPE_MEASURE)
            return false;
    }
    const char *unit = context->unit;
    return !*at && at - text <= EXACT_DIGITS &&
           (!unit || !*unit || (field->unit && strcmp(unit, field->unit) == 0));
}

static bool is_plain_measure(const struct cell_context *context, const struct field *field,
                             const char *text)
{
    return is_plain_number(context, field, text + (*text == '<'));
}

static bool is_plain_degrees(const struct cell_context *context, const struct field *field,
                             const char *text)
{
    (void)context;
    (void)field;
    size_t whole = strspn(text, DIGITS);
    return (whole == 2 || whole == 3) && text[whole] == '.' && is_digit(text[whole + 1]) &&
           !text[whole + 1 + strspn(text + whole + 1, DIGITS)];
}

static bool is_plain_date(const struct cell_context *context, const struct field *field,
                          const char *text)
{
    (void)context;
    (void)field;
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !is_digit(text[i]) : text[i] != shape[i])
            return false;
    return !text[sizeof shape - 1];
}

static bool is_plain_period(const struct cell_context *context, const struct field *field,
                            const char *text)
{
    (void)context;
    (void)field;
    size_t length = strspn(text, DIGITS);
    return length == 4 &&
           (!text[4] || (text[4] == '-' && is_digit(text[5]) && is_digit(text[6]) && !text[7]));
}

static bool is_plain_bool(const struct cell_context *context, const struct field *field,
                          const char *text)
{
    (void)context;
    (void)field;
    return strcmp(text, "是") == 0 || strcmp(text, "否") == 0;
}

static bool is_plain_choice(const struct cell_context *context, const struct field *field,
                            const char *text)
{
    (void)context;
    for (const char *const *choice = field->choices; *choice; choice++)
        if (strcmp(*choice, text) == 0)
            return true;
    return false;
}

static bool is_plain_industry(const struct cell_context *context, const struct field *field,
                              const char *text)
{
    (void)context;
    (void)field;
    return strspn(text, DIGITS) == 4 && !text[4];
}

static bool is_plain_uscc(const struct cell_context *context, const struct field *field,
                          const char *text)
{
    (void)context;
    (void)field;
    return strlen(text) == USCC_LENGTH && uscc_has_form(text) && !cell_has_lost_digits(text);
}

static const struct {
    plainness *is_plain; /* NULL: never */
    cell_reader *read;   /* NULL: passed on as it is */
} kinds[TYPE__COUNT] = {
    [TYPE_TEXT] = {is_plain_text, cell_read_text},
    [TYPE_LONGTEXT] = {is_plain_text, cell_read_text},
    [TYPE_INTEGER] = {is_plain_number, cell_read_number},
    [TYPE_DECIMAL] = {is_plain_number, cell_read_number},
    [TYPE_MEASURE] = {is_plain_measure, cell_read_measure},
    [TYPE_DATE] = {is_plain_date, cell_read_date},
    [TYPE_PERIOD] = {is_plain_period, cell_read_period},
    [TYPE_BOOL] = {is_plain_bool, cell_read_bool},
    [TYPE_CHOICE] = {is_plain_choice, cell_read_choice},
    [TYPE_CHOICES] = {is_plain_choice, cell_read_choices},
    [TYPE_REGION] = {NULL, cell_read_region},
    [TYPE_INDUSTRY] = {is_plain_industry, cell_read_industry},
    [TYPE_WASTE] = {NULL, cell_read_code},
    [TYPE_USCC] = {is_plain_uscc, cell_read_code},
    [TYPE_PERMIT] = {NULL, cell_read_code},
    [TYPE_LON] = {is_plain_degrees, cell_read_degrees},
    [TYPE_LAT] = {is_plain_degrees, cell_read_degrees},
    [TYPE_REF] = {NULL, cell_read_reference},
    [TYPE_ATTACHMENT] = {NULL, NULL},
};

/* ---- what a spreadsheet puts into any cell ---- */

/* Appends `text` without control characters; line breaks and tabs are left to text_clean. */
static void add_without_controls(const char *text, struct buffer *out)
{
    for (size_t step; *text; text += step) {
        uint32_t code = text_decode(text, &step);
        bool blank = code == '\t' || code == '\n' || code == '\r';
        if (code == TEXT_INVALID || blank || !text_is_control(code))
            buffer_add_bytes(out, text, step);
    }
}

static bool is_error_value(const char *text)
{
    static const char *const errors[] = {
        "#REF!",  "#N/A",      "#VALUE!",   "#DIV/0!",       "#NAME?",   "#NUM!",
        "#NULL!", "#CALC!",    "#SPILL!",   "#GETTING_DATA", "#FIELD!",  "#BLOCKED!",
        "#BUSY!", "#UNKNOWN!", "#CONNECT!", "#EXTERNAL!",    "#PYTHON!",
    };
    for (size_t i = 0; i < COUNT_OF(errors); i++)
        if (strcmp(text, errors[i]) == 0)
            return true;
    size_t hashes = strspn(text, "#");
    bool office = text_starts_with(text, "Err:") && strspn(text + 4, DIGITS) == 3 && !text[7];
    return (hashes >= 3 && !text[hashes]) || office;
}

/* What means an empty cell in every field. */
static bool is_stroke(const char *text)
{
    static const char *const strokes[] = {"/", "／", "\\", "//", "-", "--", "---", "—", "——", "–",
                                          "−", "_",  "__", "－", ".", "…",  "……",  "*", "#",  "·"};
    for (size_t i = 0; i < COUNT_OF(strokes); i++)
        if (strcmp(text, strokes[i]) == 0)
            return true;
    return false;
}

/* What databases write for nothing, in every field; what people write, where it is no value. */
static const char *const nulls[] = {"null", "none", "nan", "<na>", "nat", NULL};
static const char *const nones[] = {"无",     "不涉及", "不适用", "暂无", "没有", "无数据",
                                    "未填",   "未知",   "不详",   "待定", "待补", "待补充",
                                    "待核实", "n/a",    "na",     "空",   "空白", "不明",
                                    "未提供", "无此项", "未涉及", "缺",   "缺失", NULL};

static bool says_none(const struct cell *cell)
{
    bool is_text = cell->field->type == TYPE_TEXT || cell->field->type == TYPE_LONGTEXT;
    if (is_digit(*cell->text) || strlen(cell->text) > strlen("待补充"))
        return false;
    if (cell_is_word(cell->text, nulls))
        return true;
    return !is_text && cell_is_word(cell->text, nones) && !cell_accepts(cell, cell->text, NULL);
}

/* ="0012" keeps a spreadsheet from making a number of it, and so does an apostrophe in front. */
static bool strip_guard(struct buffer *text)
{
    size_t from = 0, until = text->length;
    if (text_starts_with(text->text, "=\"") && text->length > 3 && text->text[until - 1] == '"') {
        from = 2;
        until--;
    } else if (text->text[0] == '\'' && text->length > 1 && !strchr(text->text + 1, '\'')) {
        from = 1;
    } else {
        return false;
    }
    char *rest = mem_text_part(text->text + from, until - from);
    buffer_clear(text);
    buffer_add(text, rest);
    free(rest);
    return true;
}

static bool read_cleaned(struct cell *cell, struct buffer *clean)
{
    if (clean->length == 0 || is_stroke(clean->text))
        return true;
    if (is_error_value(clean->text))
        return cell_refuse(cell,
                           "“%s”是表格软件的出错标记，请在原表中改好公式或列宽，或直接填写数值",
                           clean->text);
    cell->is_altered = strip_guard(clean) || cell->is_altered;
    cell->text = clean->text;
    return says_none(cell) ? cell_is_none(cell) : kinds[cell->field->type].read(cell);
}

static bool read_carefully(struct cell *cell)
{
    bool multiline = cell->field->type == TYPE_LONGTEXT;
    struct buffer clean = {0}, visible = {0};
    bool readable = text_clean(cell->raw, multiline, &clean);
    if (!readable) {
        buffer_clear(&clean);
        add_without_controls(cell->raw, &visible);
        readable = text_clean(buffer_text(&visible), multiline, &clean);
        cell->is_altered = true;
    }
    bool ok;
    if (readable) {
        ok = read_cleaned(cell, &clean);
    } else { /* the field type has a sentence for it */
        buffer_add(&cell->reading->text, cell->raw);
        ok = true;
    }
    buffer_release(&clean);
    buffer_release(&visible);
    return ok;
}

bool cell_read(const struct cell_context *context, const struct field *field, const char *text,
               struct cell_reading *reading, struct error *err)
{
    buffer_clear(&reading->text);
    buffer_clear(&reading->note);
    reading->is_guess = false;
    if (!*text)
        return true;
    if (!kinds[field->type].read ||
        (kinds[field->type].is_plain && kinds[field->type].is_plain(context, field, text))) {
        buffer_add(&reading->text, text);
        return true;
    }
    struct cell cell = {
        .context = context, .field = field, .raw = text, .reading = reading, .err = err};
    bool ok;
    if (!cell_memory_recall(&cell, &ok)) {
        ok = read_carefully(&cell);
        cell_memory_keep(&cell, ok);
    }
    return ok;
}
