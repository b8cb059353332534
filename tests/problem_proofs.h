/* problem_proofs.h - what a problem must show in each state of its life, for tests that need one in
 * that state. */
#ifndef TAIZHANG_TESTS_PROBLEM_PROOFS_H
#define TAIZHANG_TESTS_PROBLEM_PROOFS_H

enum { PROOFS_MOST = 24 };

/* What each state of the main line demands beyond the one before, as pairs of field and text;
 * PROOF_BEFORE and PROOF_AFTER stand for two kept files. */
#define PROOF_BEFORE "@before"
#define PROOF_AFTER  "@after"

static const struct problem_proofs {
    const char *state;
    const char *fields[PROOFS_MOST];
} problem_proofs[] = {
    {"已登记",
     {"region", "清城区", "category", "手续", "found_on", "2026-04-01", "due_on", "2026-07-15"}},
    {"已定方案",
     {"measures", "补办标志牌", "goal", "现场核对", "responsible_unit", "示例厂",
      "responsible_person", "李示", "supervising_unit", "清城分局", "supervisor", "赵示",
      "fix_at_once", "否", "planned_on", "2026-04-10"}},
    {"整改中", {"started_on", "2026-04-12", "before_photo", PROOF_BEFORE}},
    {"企业自验",
     {"after_photo", PROOF_AFTER, "after_photo_on", "2026-05-02", "self_checked_on", "2026-05-03"}},
    {"已申请销号", {"applied_on", "2026-05-04"}},
    {"县级核查", {"checked_on", "2026-05-05", "checkers", "张示、王示", "check_result", "通过"}},
    {"市级复核", {"reviewed_on", "2026-05-06", "review_result", "通过", "review_opinion", "同意"}},
    {"公示", {"notice_from_on", "2026-05-07", "notice_to_on", "2026-05-13"}},
    {"已销号",
     {"notice_objection", "否", "closed_on", "2026-05-15", "closure_no", "清城环函〔2026〕21号"}},
    {"后督察", {"lookback_on", "2026-06-01", "rebound", "否"}},
};

enum { PROBLEM_STATES = sizeof problem_proofs / sizeof problem_proofs[0] };

#endif
