/* problem.h - what others must know of the ledger of problems, and its parts that fill files of
 * their own. */
#ifndef TAIZHANG_CORE_REGISTERS_PROBLEM_H
#define TAIZHANG_CORE_REGISTERS_PROBLEM_H

#include "core/life.h"

/* Values of `state` in which a problem is closed, for conditions. */
#define PROBLEM_CLOSED "已销号|后督察"

/* Those in which there is nothing left to be done for it by a day; one that came back goes on as a
 * new problem. */
#define PROBLEM_DONE PROBLEM_CLOSED "|反弹重开"

/* Values of `category` that only a measurement can prove to be mended: what is let out cannot be
 * seen; of what is missing in a store room or in a file a photo or the paper itself is the proof.
 */
#define PROBLEM_MEASURED "废水处理|车间口超标|雨污混排|历史遗留"

/* Passages that ask for the ledger and for its steps. */
#define PROBLEM_LEDGER   "吉环固体字〔2022〕10号 四（七）（建立问题台账，制定整改方案）"
#define PROBLEM_TERM     "吉环固体字〔2022〕10号 四（六）（明确治理达标时限）"
#define PROBLEM_MANAGED  "清远计划 二（四）1（登记、报告、治理、评估、销号全过程管理）"
#define PROBLEM_LOOKBACK "本程序约定：防止虚假整改（后督察）"
#define PROBLEM_CLOSURE  "桂重金属方案 四（三）（逐条整改销号）；步骤、人数为本程序约定"

enum {
    PROBLEM_EVIDENCE_FIELD_COUNT = 7,
    PROBLEM_REVIEW_FIELD_COUNT = 8,
    PROBLEM_CLOSURE_FIELD_COUNT = 8,
    PROBLEM_CHANGE_FIELD_COUNT = 14,
};

/* 佐证 整改, 核查, 销号; 变更: extensions, returns, pauses. */
extern const struct field problem_evidence_fields[PROBLEM_EVIDENCE_FIELD_COUNT];
extern const struct field problem_review_fields[PROBLEM_REVIEW_FIELD_COUNT];
extern const struct field problem_closure_fields[PROBLEM_CLOSURE_FIELD_COUNT];
extern const struct field problem_change_fields[PROBLEM_CHANGE_FIELD_COUNT];

/* What each state demands, and the moves between them. */
extern const struct life_need problem_needs[];
extern const struct life problem_life;

/* Counts extensions and returns and keeps what they were made of. */
void problem_derive(struct record *record, const struct record *before);

/* How a result of the monitoring that the problem's category demands speaks for one of its metals.
 */
enum problem_proof {
    PROOF_NONE,    /* there is no result of the right place and time */
    PROOF_AGAINST, /* the last one says 超标 or 无法判定, or is above a limit that nobody has
                      checked */
    PROOF_OPEN,    /* nothing that has been checked can be held against it: not above a limit that
                      nobody has checked, or there is no limit for such samples */
    PROOF_MET,     /* 达标 */
};

/* Calls `visit` for each metal of a problem whose category can only be proven by measuring, with
 * the day ("" unknown) and the verdict ("" none) of the last result that counts. */
void problem_each_proof(const struct record *problem, const struct check_context *context,
                        void (*visit)(void *data, const char *metal, enum problem_proof proof,
                                      const char *day, const char *verdict),
                        void *data);

/* Where such a problem's samples must have been taken: appends the names of the points for a metal.
 */
void problem_write_points(const struct record *problem, const char *metal, struct buffer *out);

#endif
