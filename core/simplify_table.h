/* simplify_table.h - traditional characters and their simplified forms. The table is made from
 * Unihan_Variants.txt while building (core/simplify_table.awk); only core/alike.c looks at it. */
#ifndef TAIZHANG_CORE_SIMPLIFY_TABLE_H
#define TAIZHANG_CORE_SIMPLIFY_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct simplify_pair {
    uint16_t traditional, simplified; /* code points of the basic plane */
};

/* By traditional character. */
extern const struct simplify_pair simplify_pairs[];
extern const size_t simplify_pair_count;

#endif
