/* Permit number of HJ 608-2017: credit code, three-digit place number, one letter. Without a credit
 * code 18 other characters take its place: "H9", region of six digits, nine characters that name
 * the organisation, one letter. */
#include "core/uscc.h"
#include "core/types/types.h"

#include <ctype.h>
#include <string.h>

enum { PERMIT_LENGTH = 22 };

#define ALPHANUMERIC "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool has_no_uscc(const char *code)
{
    return strncmp(code, "H9", 2) == 0;
}

static bool has_form(const char *code)
{
    if (strlen(code) != PERMIT_LENGTH)
        return false;
    if (strspn(code + USCC_LENGTH, "0123456789") != 3 ||
        !isalpha((unsigned char)code[PERMIT_LENGTH - 1]))
        return false;
    if (!has_no_uscc(code))
        return uscc_has_form(code);
    return strspn(code, ALPHANUMERIC) == PERMIT_LENGTH && strspn(code + 2, "0123456789") >= 6 &&
           isalpha((unsigned char)code[USCC_LENGTH - 1]);
}

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    char code[64];
    size_t length = 0;
    for (const char *c = text; *c && length < sizeof code - 1; c++)
        if (*c != ' ')
            code[length++] = (char)toupper((unsigned char)*c);
    code[length] = '\0';
    if (!has_form(code))
        return error_set(err, ERROR_REFUSED,
                         "“%s”不是排污许可证编号，应为 22 位：信用代码 18 位、三位序号、一个字母",
                         text);
    value_set_text(value, code);
    return true;
}

static void check(const struct field *field, const struct value *value,
                  const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *code = value->text;
    if (strlen(code) != PERMIT_LENGTH || has_no_uscc(code) || code[USCC_LENGTH - 1] == uscc_check_char(code))
        return;
    struct finding at = {
        .rule = "V08", .severity = SEVERITY_WARNING, .field = field->name, .basis = "HJ 608-2017"};
    findings_add(findings, &at, "许可证编号前 18 位不是有效的信用代码，第 18 位应为 %c，请核对",
                 uscc_check_char(code));
}

const struct type type_permit = {
    .name = "permit",
    .label = "排污许可证编号",
    .width = 24,
    .max_chars = 40,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
    .check = check,
};
