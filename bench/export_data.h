/* export_data.h - the cells that both programs of the export benchmark write: 12 texts, 6 numbers
 * and 2 dates a row. */
#ifndef TAIZHANG_BENCH_EXPORT_DATA_H
#define TAIZHANG_BENCH_EXPORT_DATA_H

#include <stdint.h>
#include <stdio.h>

enum { TEXTS = 12, NUMBERS = 6, DATES = 2, CELLS = TEXTS + NUMBERS + DATES, TEXT_SIZE = 96 };

/* The fields of an enterprise that hold them. */
static const char *const bench_text_fields[TEXTS] = {
    "name",    "former_name", "address",       "legal_person", "env_manager", "phone",
    "village", "basin",       "industry_name", "park",         "products",    "raw_materials"};
static const char *const bench_number_fields[NUMBERS] = {"base_lead_kg",    "base_mercury_kg",
                                                         "base_cadmium_kg", "base_chromium_kg",
                                                         "base_arsenic_kg", "base_total_kg"};
static const char *const bench_date_fields[DATES] = {"entered_on", "verified_on"};

static inline const char *bench_text(uint32_t row, uint32_t column, char out[TEXT_SIZE])
{
    static const char *const counties[] = {"南丹县", "清城区", "会泽县", "东川区", "罗平县"};
    static const char *const kinds[] = {"冶炼厂", "选矿厂", "电镀厂", "蓄电池有限公司"};
    uint32_t mix = (row * 20 + column) * 2654435761u;
    if (column == 2)
        snprintf(out, TEXT_SIZE, "91%08u%08u", mix % 100000000u, row);
    else
        snprintf(out, TEXT_SIZE, "%s丰利恒泰%u号%s", counties[mix % 5], mix % 997,
                 kinds[mix / 7 % 4]);
    return out;
}

/* At scale 3. */
static inline int64_t bench_number(uint32_t row, uint32_t column)
{
    return (int64_t)((row * 6 + column) * 2246822519u % 100000000u);
}

/* Days after 2015-01-01, within twelve years of 365 days. */
static inline uint32_t bench_day(uint32_t row, uint32_t column)
{
    return (row * 31 + column * 7) % 4380;
}

#endif
