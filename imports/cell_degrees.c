/* Longitude and latitude: marks for degrees in every spelling, both in one cell, and coordinates
 * that are no degrees at all. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Marks that look like those of degrees, minutes and seconds. */
static const struct {
    const char *written, *meant;
} marks[] = {
    {"˚", "°"}, {"⁰", "°"},  {"∘", "°"},  {"○", "°"},     {"o", "°"}, {"＂", "″"},
    {"“", "″"}, {"〃", "″"}, {"＇", "′"}, {"‘", "′"},     {"`", "′"}, {"´", "′"},
    {"ˊ", "′"}, {"′′", "″"}, {"，", ","}, {"秒。", "秒"},
};

/* Appends `text` with such marks made those that the type knows, and separators between figures
 * made blanks. */
static void add_usual(const char *text, struct buffer *out)
{
    const char *start = text;
    while (*text) {
        size_t i = 0;
        while (i < COUNT_OF(marks) && !text_starts_with(text, marks[i].written))
            i++;
        bool within = text > start && is_digit(text[-1]) && is_digit(text[1]);
        if (i < COUNT_OF(marks)) {
            buffer_add(out, marks[i].meant);
            text += strlen(marks[i].written);
        } else if (within && (*text == '-' || *text == ':')) {
            buffer_add_char(out, ' ');
            text++;
        } else if (text_starts_with(text, "。")) {
            buffer_add(out, is_digit(text[3]) ? "." : "");
            text += 3;
        } else {
            buffer_add_char(out, *text++);
        }
    }
}

/* "113.03.25": degrees, minutes and seconds divided by points. */
static bool add_pointed(const char *text, struct buffer *out)
{
    int points = 0;
    for (const char *c = text; *c; c++) {
        if (*c != '.' && !is_digit(*c))
            return false;
        points += *c == '.';
        buffer_add_char(out, *c == '.' ? ' ' : *c);
    }
    return points == 2;
}

/* "38456123.12": metres of a projection. */
static bool is_projected(const char *text)
{
    size_t whole = strspn(text, DIGITS);
    const char *rest = text + whole;
    if (*rest == '.')
        rest += 1 + strspn(rest + 1, DIGITS);
    return whole >= 6 && !*rest;
}

/* "113.0569，23.6821" or "E113°3′,N23°40′" in one cell: the part that the field takes, if it does
 * not take the other. */
static bool take_of_pair(const struct cell *cell, const char *text)
{
    static const char *const divisions[] = {",", "，", ";",    "；",   "、",
                                            "/", "|",  "北纬", "东经", " "};
    bool done = false;
    for (size_t i = 0; i < COUNT_OF(divisions) && *text && !done; i++) {
        const char *at = strstr(text + 1, divisions[i]);
        if (!at)
            continue;
        char *parts[2] = {mem_text_part(text, (size_t)(at - text)),
                          mem_text(at + strlen(divisions[i]))};
        bool takes[2];
        for (int n = 0; n < 2; n++) {
            struct buffer clean = {0};
            text_clean(parts[n], false, &clean);
            takes[n] =
                clean.length && strlen(clean.text) > 4 && cell_accepts(cell, clean.text, NULL);
            free(parts[n]);
            parts[n] = buffer_take(&clean);
        }
        if (takes[0] != takes[1])
            done = cell_take(cell, parts[takes[1]], NULL, "一格里有经度和纬度");
        free(parts[0]);
        free(parts[1]);
    }
    return done;
}

bool cell_read_degrees(const struct cell *cell)
{
    struct buffer usual = {0}, pointed = {0};
    if (cell_accepts(cell, cell->text, NULL))
        return cell_stands(cell);
    if (is_projected(cell->text))
        return cell_refuse(cell, "“%s”像是平面坐标，不是经纬度，请换算成度后填写，例如 103.471234",
                           cell->text);
    add_usual(cell->text, &usual);
    bool done =
        cell_accepts(cell, buffer_text(&usual), NULL) && cell_take(cell, usual.text, NULL, NULL);
    if (!done && add_pointed(buffer_text(&usual), &pointed))
        done = cell_accepts(cell, pointed.text, NULL) &&
               cell_guess(cell, pointed.text, NULL, "看作度、分、秒");
    done = done || take_of_pair(cell, buffer_text(&usual)) || cell_stands(cell);
    buffer_release(&usual);
    buffer_release(&pointed);
    return done;
}
