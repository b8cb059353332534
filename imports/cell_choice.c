/* Words from a list: ticks, boxes, traditional characters, remarks in brackets, marks in rows. */
#include "core/alike.h"
#include "core/mem.h"
#include "core/text.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- boxes: "☑是 □否", "在产■ 停产□" ---- */

static const struct {
    const char *mark;
    bool is_ticked;
} boxes[] = {
    {"☑", true},  {"■", true},  {"√", true},  {"✓", true},  {"✔", true},  {"▣", true},
    {"●", true},  {"◉", true},  {"☒", false}, {"□", false}, {"☐", false}, {"○", false},
    {"◯", false}, {"×", false}, {"✗", false}, {"✘", false}, {"◻", false}, {"▢", false},
};

/* Length of the box at `text`, 0 when there is none. */
static size_t box_at(const char *text, bool *is_ticked)
{
    for (size_t i = 0; i < COUNT_OF(boxes); i++) {
        *is_ticked = boxes[i].is_ticked;
        if (text_starts_with(text, boxes[i].mark))
            return strlen(boxes[i].mark);
    }
    return 0;
}

/* Appends a label without the blanks and commas around it. */
static void add_label(const char *text, size_t length, struct buffer *out)
{
    static const char *const marks[] = {" ", "、", "，", ",", "；", ";", "/"};
    size_t before;
    do {
        before = length;
        for (size_t i = 0; i < COUNT_OF(marks); i++) {
            size_t size = strlen(marks[i]);
            if (length >= size && memcmp(text, marks[i], size) == 0) {
                text += size;
                length -= size;
            }
            if (length >= size && memcmp(text + length - size, marks[i], size) == 0)
                length -= size;
        }
    } while (length < before);
    if (length && out->length)
        buffer_add(out, CHOICES_SEPARATOR);
    buffer_add_bytes(out, text, length);
}

/* Appends the labels whose box is ticked; how many, or -1 when there are no boxes with labels.
 * Labels stand behind their boxes when the text begins with one, else in front of them. */
static int add_ticked(const char *text, struct buffer *labels)
{
    bool ticked = false, next = false, leads = box_at(text, &ticked) > 0;
    int count = -1;
    for (const char *at = text, *start = text;;) {
        size_t box = *at ? box_at(at, &next) : 0;
        if (*at && !box) {
            at += text_next(at, 0);
            continue;
        }
        if (at > start && (leads || box)) {
            count += count < 0;
            if (leads ? ticked : next) {
                add_label(start, (size_t)(at - start), labels);
                count++;
            }
        }
        if (!*at)
            return count;
        ticked = next;
        at += box;
        start = at;
    }
}

/* Reads boxes; false when there are none. */
static bool read_boxes(const struct cell *cell, bool several, bool *ok)
{
    struct buffer labels = {0};
    int count = add_ticked(cell->text, &labels);
    bool done = count >= 0;
    if (count == 0) {
        *ok = cell_is_none(cell);
    } else if (count > 1 && !several) {
        *ok = cell_refuse(cell, "“%s”勾了 %d 项，只能选一项", cell->text, count);
    } else if (done) {
        done = cell_accepts(cell, labels.text, NULL);
        *ok = done && cell_take(cell, labels.text, NULL, NULL);
    }
    buffer_release(&labels);
    return done;
}

/* ---- words ---- */

/* What may stand in a cell for a choice, by alike_fold. */
struct word {
    char *folded;       /* owned */
    const char *choice; /* of the field */
};

struct words {
    struct word *list; /* owned */
    size_t count, capacity;
};

static void words_add(struct words *words, const char *text, const char *choice)
{
    struct buffer folded = {0};
    alike_fold(text, &folded);
    words->list = mem_grow(words->list, words->count, &words->capacity, sizeof *words->list);
    words->list[words->count++] = (struct word){buffer_take(&folded), choice};
}

static void words_init(struct words *words, const struct field *field)
{
    *words = (struct words){.count = 0};
    for (const char *const *choice = field->choices; *choice; choice++)
        words_add(words, *choice, *choice);
    for (const char *const *pair = field->synonyms; pair && pair[0]; pair += 2)
        words_add(words, pair[0], pair[1]);
    for (const char *const *pair = field->akin; pair && pair[0]; pair += 2)
        words_add(words, pair[0], pair[1]);
}

static void words_release(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->list[i].folded);
    free(words->list);
}

/* The longest word that `folded` begins with: its length and its choice. 0 when there is none, or
 * when several choices are written so. */
static size_t words_longest(const struct words *words, const char *folded, const char **choice)
{
    size_t longest = 0;
    bool several = false;
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->list[i].folded;
        if (!word || !text_starts_with(folded, word) || strlen(word) < longest)
            continue;
        several = strlen(word) == longest && strcmp(*choice, words->list[i].choice) != 0;
        longest = strlen(word);
        *choice = words->list[i].choice;
    }
    return several ? 0 : longest;
}

static bool take_simplified(const struct cell *cell)
{
    struct buffer simple = {0};
    alike_simplify(cell->text, &simple);
    bool done = strcmp(buffer_text(&simple), cell->text) != 0 &&
                cell_accepts(cell, simple.text, NULL) && cell_take(cell, simple.text, NULL, "繁体");
    buffer_release(&simple);
    return done;
}

/* The choice that lists mean by a word of another scale, NULL when there is none. */
static const char *find_akin(const struct field *field, const char *text)
{
    for (const char *const *pair = field->akin; pair && pair[0]; pair += 2)
        if (text_same(pair[0], text))
            return pair[1];
    return NULL;
}

static bool take_akin(const struct cell *cell)
{
    const char *choice = find_akin(cell->field, cell->text);
    return choice && cell_guess(cell, choice, NULL, "意思相近");
}

static bool take_without_remark(const struct cell *cell)
{
    struct buffer rest = {0};
    bool done = false;
    if (cell_add_before_bracket(cell->text, &rest)) {
        const char *akin = find_akin(cell->field, rest.text);
        done = (akin || cell_accepts(cell, rest.text, NULL)) &&
               cell_guess(cell, akin ? akin : rest.text, NULL, "括号里的没有录入");
    }
    buffer_release(&rest);
    return done;
}

/* 其它 is 其他 written another way. */
static bool take_other(const struct cell *cell)
{
    static const char ways[] = "其它", way[] = "其他";
    struct buffer text = {0};
    const char *at = strstr(cell->text, ways);
    if (!at)
        return false;
    buffer_add_bytes(&text, cell->text, (size_t)(at - cell->text));
    buffer_addf(&text, "%s%s", way, at + strlen(ways));
    bool done = cell_accepts(cell, text.text, NULL) && cell_take(cell, text.text, NULL, NULL);
    buffer_release(&text);
    return done;
}

static bool is_choice(const struct field *field, const char *word)
{
    for (const char *const *choice = field->choices; *choice; choice++)
        if (strcmp(*choice, word) == 0)
            return true;
    return false;
}

/* A tick in a column whose choices are 是 and 否, or 有 and 无. */
static bool take_tick(const struct cell *cell)
{
    static const char *const answers[2][3] = {{"否", "无", "未"}, {"是", "有", "已"}};
    static const char *const ticks[] = {"√", "✓",    "✔", "☑",  "■",  "●",  "y", "yes",
                                        "t", "true", "1", "是", "有", "对", NULL};
    static const char *const crosses[] = {"×",  "✗", "✘",     "☒", "□",  "○",  "x",    "n",
                                          "no", "f", "false", "0", "否", "无", "没有", NULL};
    bool tick = cell_is_word(cell->text, ticks);
    if (!tick && !cell_is_word(cell->text, crosses))
        return false;
    for (size_t i = 0; i < COUNT_OF(answers[0]); i++)
        if (is_choice(cell->field, answers[tick][i]))
            return cell_take(cell, answers[tick][i], NULL, NULL);
    return false;
}

/* As a scanner or another script has it. */
static bool take_alike(const struct cell *cell)
{
    struct words words;
    struct buffer folded = {0};
    const char *choice = NULL;
    words_init(&words, cell->field);
    alike_fold(cell->text, &folded);
    size_t length = words_longest(&words, buffer_text(&folded), &choice);
    bool done = length > 0 && length == folded.length && cell_guess(cell, choice, NULL, "字形相近");
    buffer_release(&folded);
    words_release(&words);
    return done;
}

bool cell_read_bool(const struct cell *cell)
{
    static const char *const yes[] = {"●", "◉", "▣", "是的", "已有", "有的", "已完成", NULL};
    static const char *const no[] = {"□", "○", "☐", "不", "未", "未有", "不存在", NULL};
    bool ok;
    if (cell_accepts(cell, cell->text, NULL))
        return cell_stands(cell);
    if (cell_is_word(cell->text, yes) || cell_is_word(cell->text, no))
        return cell_take(cell, cell_is_word(cell->text, yes) ? "是" : "否", NULL, NULL);
    if (read_boxes(cell, false, &ok))
        return ok;
    return take_simplified(cell) || take_without_remark(cell) || cell_stands(cell);
}

/* What may stand for one choice as for several; true when the cell is read, and *ok says how. */
static bool read_usual(const struct cell *cell, bool several, bool *ok)
{
    bool found = cell_accepts(cell, cell->text, NULL);
    *ok = found ? cell_stands(cell) : cell_recall(cell, &found);
    if (!*ok || found || take_tick(cell))
        return true;
    return read_boxes(cell, several, ok);
}

bool cell_read_choice(const struct cell *cell)
{
    bool ok;
    if (read_usual(cell, false, &ok))
        return ok;
    return take_simplified(cell) || take_other(cell) || take_akin(cell) ||
           take_without_remark(cell) || take_alike(cell) || cell_stands(cell);
}

/* ---- several choices ---- */

/* Length of the separator at a folded text, 0 when there is none. Commas, blanks and brackets are
 * folded away. */
static size_t separator_at(const char *text)
{
    static const char *const marks[] = {"/", ";", "|", "+", "&", "\\", "以及", "和", "及", "与"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (text_starts_with(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

/* Words without separators between them, with ones that the type does not know, or misread. */
static bool take_words(const struct cell *cell)
{
    struct words words;
    struct buffer folded = {0}, chosen = {0}, canonical = {0};
    size_t step = 1;
    words_init(&words, cell->field);
    alike_fold(cell->text, &folded);
    for (const char *at = buffer_text(&folded); *at && step > 0; at += step) {
        const char *choice = NULL;
        step = words_longest(&words, at, &choice);
        if (step > 0)
            buffer_addf(&chosen, "%s%s", chosen.length ? CHOICES_SEPARATOR : "", choice);
        else
            step = separator_at(at);
    }
    bool done = step > 0 && chosen.length && cell_accepts(cell, chosen.text, &canonical) &&
                cell_guess(cell, canonical.text, NULL, NULL);
    buffer_release(&folded);
    buffer_release(&chosen);
    buffer_release(&canonical);
    words_release(&words);
    return done;
}

bool cell_read_choices(const struct cell *cell)
{
    bool ok;
    if (read_usual(cell, true, &ok))
        return ok;
    return take_simplified(cell) || take_other(cell) || take_akin(cell) || take_words(cell) ||
           take_without_remark(cell) || cell_stands(cell);
}
