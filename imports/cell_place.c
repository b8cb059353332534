/* Counties, industries and records: what is written nearly right is proposed, or taken when nothing
 * else can be meant. */
#include "core/mem.h"
#include "core/region.h"
#include "core/text.h"
#include "db/near.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

enum { CODE_LENGTH = 6, CLASS_LENGTH = 4 };

#define DIGITS "0123456789"

/* Appends the name of a record that the field may point to; nothing when there is none. Only names
 * that nobody knows are looked for among all of them (db/near.h), which takes a while. */
static void add_name(const struct cell *cell, const char *id, struct buffer *name)
{
    const struct lookup *lookup = store_lookup(cell->context->store);
    lookup->label(lookup->context, type_target(cell->field), id, name);
}

/* ---- counties ---- */

/* "441802000000" and "441802001": codes of statistics and of townships begin with the county's. */
static bool take_county_code(const struct cell *cell)
{
    struct buffer name = {0};
    char *code = mem_text_part(cell->text, CODE_LENGTH);
    bool done = cell_accepts(cell, code, NULL);
    if (done) {
        add_name(cell, code, &name);
        cell_take(cell, code, buffer_text(&name), NULL);
    }
    free(code);
    buffer_release(&name);
    return done;
}

/* Whether `text` ends with the county's name, in full or short, also as people shorten it: 连南县
 * is 连南瑶族自治县. Else it has another name now: 清新县 became 清新区. */
static bool ends_with_name(const char *text, const char *name)
{
    static const char *const kinds[] = {"县", "区", "市", "旗"};
    if (text_starts_with(name, text) || text_ends_with(text, name))
        return true;
    struct buffer brief = {0};
    region_shorten(name, &brief);
    bool same = text_ends_with(text, buffer_text(&brief));
    for (size_t i = 0; i < COUNT_OF(kinds) && !same; i++) {
        if (!text_ends_with(name, kinds[i]))
            continue;
        buffer_add(&brief, kinds[i]);
        same = text_ends_with(text, brief.text);
        break;
    }
    buffer_release(&brief);
    return same;
}

static bool take_county(const struct cell *cell, const char *code)
{
    struct buffer name = {0};
    add_name(cell, code, &name);
    bool ok = ends_with_name(cell->text, buffer_text(&name))
                  ? cell_take(cell, code, name.text, NULL)
                  : cell_guess(cell, code, buffer_text(&name), "现名");
    buffer_release(&name);
    return ok;
}

/* In simple characters, without blanks between them: 清 城 區. */
static bool take_plain_county(const struct cell *cell)
{
    struct buffer simple = {0}, plain = {0};
    alike_simplify(cell->text, &simple);
    for (const char *c = buffer_text(&simple); *c; c++)
        if (*c != ' ')
            buffer_add_char(&plain, *c);
    bool done =
        strcmp(buffer_text(&plain), cell->text) != 0 &&
        cell_accepts(cell, buffer_text(&plain), NULL) &&
        cell_take(cell, plain.text, NULL, plain.length < strlen(cell->text) ? NULL : "繁体");
    buffer_release(&simple);
    buffer_release(&plain);
    return done;
}

static bool read_unknown_county(const struct cell *cell)
{
    struct buffer code = {0};
    bool found, ok = near_county(cell->context->store, cell->text, &code, &found, cell->err);
    if (ok && found)
        take_county(cell, code.text);
    else if (ok && !take_plain_county(cell))
        cell_stands(cell); /* the sentence proposes what is near */
    buffer_release(&code);
    return ok;
}

bool cell_read_region(const struct cell *cell)
{
    const char *text = cell->text;
    size_t digits = strspn(text, DIGITS);
    bool is_code = digits > 0 && (!text[digits] || strcmp(text + digits, ".0") == 0);
    if (is_code && (digits > CODE_LENGTH || text[digits]) && take_county_code(cell))
        return true;
    struct buffer code = {0};
    bool found = cell_accepts(cell, text, &code);
    if (found) {
        struct buffer name = {0};
        add_name(cell, code.text, &name);
        if (is_code || ends_with_name(text, buffer_text(&name)))
            cell_stands(cell);
        else
            take_county(cell, code.text);
        buffer_release(&name);
    }
    buffer_release(&code);
    if (found)
        return true;
    if (!cell_recall(cell, &found))
        return false;
    return found || read_unknown_county(cell);
}

/* ---- industries ---- */

/* Lists say 行业 and 业 behind the name, the standard does not. */
static void add_trade(const char *text, struct buffer *out)
{
    static const char *const endings[] = {"行业", "业", "类"};
    size_t length = strlen(text);
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (!text_ends_with(text, endings[i]) || length <= strlen(endings[i]) + 3)
            continue;
        length -= strlen(endings[i]);
        break;
    }
    buffer_add_bytes(out, text, length);
}

enum { CLEAR_SCORE = 600, CLEAR_LEAD = 150, NEAR_SCORE = 500 };

static bool refuse_several(const struct cell *cell, const struct near_match *matches, size_t count)
{
    struct buffer names = {0};
    for (size_t i = 0; i < count; i++)
        buffer_addf(&names, "%s%s %s", i ? "、" : "", matches[i].id, matches[i].name);
    cell_refuse(cell, "“%s”可能是 %s，请写明是哪一个的代码", cell->text, names.text);
    buffer_release(&names);
    return false;
}

/* The one name that is most like it by far; of several that are as near the person decides. */
static bool read_trade(const struct cell *cell, const char *trade)
{
    struct near_match matches[NEAR_MOST];
    struct buffer shown = {0};
    size_t count;
    if (!near_find(cell->context->store, type_target(cell->field), trade, matches, &count,
                   cell->err))
        return false;
    bool clear = count > 0 && matches[0].score >= CLEAR_SCORE &&
                 (count == 1 || matches[0].score - matches[1].score >= CLEAR_LEAD);
    if (!clear)
        return count > 0 ? refuse_several(cell, matches, count) : cell_stands(cell);
    buffer_addf(&shown, "%s %s", matches[0].id, matches[0].name);
    if (matches[0].score == ALIKE_EQUAL)
        cell_take(cell, matches[0].id, shown.text, NULL);
    else
        cell_guess(cell, matches[0].id, shown.text, "名称相近");
    buffer_release(&shown);
    return true;
}

/* "C3216", "3212 铅锌冶炼": a code with the letter of its category or its name. `trade` is what
 * stands behind it. */
static bool find_class_code(const struct cell *cell, char code[CLASS_LENGTH + 1],
                            const char **trade)
{
    const char *text = cell->text;
    bool has_letter = *text >= 'A' && *text <= 'T' && strchr(DIGITS, text[1]) && text[1];
    text += has_letter;
    size_t length = strspn(text, DIGITS);
    *trade = text + length;
    *trade += strspn(*trade, " .-_:");
    for (const char *const *mark = (const char *const[]){"、", "：", "（", "—", NULL}; *mark;
         mark++)
        if (text_starts_with(*trade, *mark))
            *trade += strlen(*mark);
    /* A spreadsheet drops the zero in front. */
    bool lost_zero = length == CLASS_LENGTH - 1 && !has_letter;
    if (strcmp(*trade, "0") == 0 && text[length] == '.')
        *trade = "";
    if (length != CLASS_LENGTH && !lost_zero)
        return false;
    code[0] = '0';
    memcpy(code + lost_zero, text, length);
    code[CLASS_LENGTH] = '\0';
    return cell_accepts(cell, code, NULL);
}

/* Code and name must not speak of different trades. */
static bool take_class_code(const struct cell *cell, const char *code, const char *trade)
{
    struct buffer own = {0}, other = {0}, shown = {0}, known = {0}, name = {0};
    add_name(cell, code, &name);
    add_trade(trade, &known);
    alike_fold(buffer_text(&known), &own);
    alike_fold(buffer_text(&name), &other);
    int score = alike_score(buffer_text(&own), buffer_text(&other));
    bool differs = own.length && score < NEAR_SCORE, ok = true;
    buffer_addf(&shown, "%s %s", code, buffer_text(&name));
    if (differs)
        ok = cell_refuse(cell, "“%s”中代码是%s，名称却不是，请核对以哪个为准", cell->text,
                         shown.text);
    else if (strspn(cell->text, DIGITS) == CLASS_LENGTH - 1)
        cell_guess(cell, code, shown.text, "补上开头的 0");
    else
        cell_take(cell, code, shown.text, NULL);
    buffer_release(&own);
    buffer_release(&other);
    buffer_release(&shown);
    buffer_release(&known);
    buffer_release(&name);
    return ok;
}

bool cell_read_industry(const struct cell *cell)
{
    char code[CLASS_LENGTH + 1];
    const char *trade;
    bool found, ok;
    if (cell_accepts(cell, cell->text, NULL))
        return cell_stands(cell);
    if (!cell_recall(cell, &found))
        return false;
    if (found)
        return true;
    if (find_class_code(cell, code, &trade))
        return take_class_code(cell, code, trade);
    if (strspn(cell->text, DIGITS) > 0 || !*trade)
        return cell_stands(cell); /* a code that the table does not have */
    struct buffer bare = {0};
    add_trade(cell->text, &bare);
    ok = read_trade(cell, buffer_text(&bare));
    buffer_release(&bare);
    return ok;
}

/* ---- records ---- */

/* Names of records are never mended: the refusal proposes what is near (db/lookup.c). */
bool cell_read_reference(const struct cell *cell)
{
    bool found;
    if (!cell_recall(cell, &found))
        return false;
    return found || cell_stands(cell);
}
