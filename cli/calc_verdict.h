/* calc_verdict.h - what `calc soil` and `calc exceedance` share: the options become a sample, which
 * is judged as a stored one is; the answer is a list of lines. */
#ifndef TAIZHANG_CLI_CALC_VERDICT_H
#define TAIZHANG_CLI_CALC_VERDICT_H

#include "cli/calc.h"
#include "core/judge.h"
#include "db/shipped.h"

struct verdict_case {
    struct shipped *shipped; /* NULL: there is a data file */
    struct check_context context;
    struct record sample;
};

/* Opens the data file, or without one what comes with the program. To be ended in every case. */
bool verdict_case_begin(struct verdict_case *asked, struct cli *cli, struct error *err);
void verdict_case_end(struct verdict_case *asked);

/* What was typed behind an option goes into a field of the sample; NULL: nothing was. ERROR_USAGE
 * names the option. */
bool verdict_case_set(struct verdict_case *asked, const char *option, const char *field,
                      const char *text, struct error *err);

/* Refuses what is out of range, a pH of 15. */
bool verdict_case_check(const struct verdict_case *asked, struct error *err);

enum { ANSWER_MOST = 24 };

struct answer_line {
    const char *key;   /* in JSON and CSV */
    const char *label; /* before the text for a person; NULL: a person is not told */
    bool is_literal;   /* the text is JSON as it stands: a number, true, null, an object */
    struct buffer text;
};

struct answer {
    struct answer_line lines[ANSWER_MOST];
    size_t count;
};

/* Adds a line and returns its text, to be written. */
struct buffer *answer_add(struct answer *answer, const char *key, const char *label, bool literal);

/* A number in its own unit, or null; for a person with the unit and whether it was verified. */
void answer_add_amount(struct answer *answer, const char *key, const char *label,
                       const struct judge_amount *amount);

/* A text; null when it is empty. */
void answer_add_text(struct answer *answer, const char *key, const char *label, const char *text);

/* What a person is told, as key "sentence". */
void answer_add_sentence(struct answer *answer, const struct judgement *judgement);

/* A number with JUDGE_TIMES_SCALE decimals. Appends. */
void answer_write_times(int64_t times, struct buffer *out);

/* Writes the answer in the format of the command; `below` stands under it for a person. */
bool answer_print(const struct answer *answer, const struct cli *cli, const char *below,
                  struct error *err);
void answer_release(struct answer *answer);

#endif
