/* xlsx_number.h - the number of a cell as a person would type it.
 *
 * A workbook stores numbers as decimal text of up to 17 digits. They are handled as decimal text
 * here too: no binary floats, no locale. */
#ifndef TAIZHANG_IMPORTS_XLSX_NUMBER_H
#define TAIZHANG_IMPORTS_XLSX_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* What a number format makes of a number; a date with time has both bits. */
enum xlsx_format {
    XLSX_GENERAL = 0,
    XLSX_PERCENT = 1,
    XLSX_TEXT = 2,
    XLSX_DATE = 4,
    XLSX_TIME = 8,
};

enum { XLSX_NUMBER_SIZE = 64 };

/* The format of a custom code such as `yyyy"年"m"月"`; only its first section counts. */
uint8_t xlsx_format_of_code(const char *code);

/* The format of a built-in id, also of the Chinese ones 27-36 and 50-58 (ECMA-376 18.8.30). */
uint8_t xlsx_format_of_id(unsigned id);

/* Writes the text of the stored number `raw`. `raw` itself is the answer, and false is returned,
 * when it is no number, has more than 15 digits before the point, or carries a text format. */
bool xlsx_number_format(const char *raw, uint8_t format, bool first_1904,
                        char out[XLSX_NUMBER_SIZE]);

/* The same for a stored ISO 8601 date or date with time (cells of type "d"). */
bool xlsx_iso_date_format(const char *raw, char out[XLSX_NUMBER_SIZE]);

#endif
