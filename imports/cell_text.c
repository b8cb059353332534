/* Texts stand as they are; only what a spreadsheet did to a number that is no quantity is mended.
 */
#include "core/mem.h"
#include "core/text.h"
#include "imports/cell_inside.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of documents, telephones and the like. */
static bool holds_codes(const struct field *field)
{
    static const char *const words[] = {"编号", "代码", "电话", "文号", "号码", "手机"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strstr(field->label, words[i]))
            return true;
    return text_ends_with(field->name, "_no");
}

bool cell_read_text(const struct cell *cell)
{
    const char *text = cell->text;
    bool codes = holds_codes(cell->field);
    if (cell_is_scientific(text) && (codes || strlen(text) > 5))
        return cell_refuse_lost_digits(cell);
    if (codes && cell_has_lost_digits(text))
        return cell_refuse_lost_digits(cell);
    size_t whole = strspn(text, "0123456789");
    if (codes && whole > 0 && strcmp(text + whole, ".0") == 0) {
        char *digits = mem_text_part(text, whole);
        cell_take(cell, digits, NULL, NULL);
        free(digits);
        return true;
    }
    return cell_stands(cell);
}
