/* problem.h - what others must know of the ledger of problems. */
#ifndef TAIZHANG_CORE_REGISTERS_PROBLEM_H
#define TAIZHANG_CORE_REGISTERS_PROBLEM_H

/* Values of `state` in which a problem is closed, for conditions. */
#define PROBLEM_CLOSED "已销号|后督察"

#endif
