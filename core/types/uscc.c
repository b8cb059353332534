/* Unified social credit code. Also kept: the older 15-digit licence number and 9-character
 * organisation code of closed plants, and "无" for small old mines that never had any. */
#include "core/uscc.h"
#include "core/types/types.h"

#include <ctype.h>
#include <string.h>

enum { LICENCE_LENGTH = 15, ORGANISATION_LENGTH = 9 };

static const char basis[] = "GB 32100-2015";

static bool is_old_code(const char *code)
{
    size_t length = strlen(code);
    if (length == LICENCE_LENGTH)
        return strspn(code, "0123456789") == LICENCE_LENGTH;
    return length == ORGANISATION_LENGTH &&
           strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ORGANISATION_LENGTH;
}

/* What a spreadsheet left of an 18-digit number: "9.1451E+17", or the last digits turned to zero.
 */
static bool is_spreadsheet_damage(const char *text)
{
    return strchr(text, '.') && strpbrk(text, "Ee") && isdigit((unsigned char)text[0]);
}

static bool parse(const struct field *field, const struct lookup *lookup, const char *text,
                  struct value *value, struct error *err)
{
    (void)field;
    (void)lookup;
    if (strcmp(text, "无") == 0) {
        value_set_text(value, text);
        return true;
    }
    if (is_spreadsheet_damage(text))
        return error_set(err, ERROR_REFUSED,
                         "“%s”已被表格软件改成数值，丢了末几位，请按证照重新填写 18 位代码", text);
    char code[64];
    size_t length = 0;
    for (const char *c = text; *c && length < sizeof code - 1; c++)
        if (*c != ' ' && *c != '-')
            code[length++] = (char)toupper((unsigned char)*c);
    code[length] = '\0';
    if (!is_old_code(code) && (length != USCC_LENGTH || !uscc_has_form(code)))
        return error_set(
            err, ERROR_REFUSED,
            "“%s”不是统一社会信用代码，应为 18 位数字和大写字母（不含 I、O、S、V、Z）；"
            "确实没有的填“无”",
            text);
    value_set_text(value, code);
    return true;
}

static void check(const struct field *field, const struct value *value,
                  const struct check_context *context, struct findings *findings)
{
    (void)context;
    const char *code = value->text;
    struct finding at = {
        .rule = "V02", .severity = SEVERITY_WARNING, .field = field->name, .basis = basis};
    if (strlen(code) != USCC_LENGTH) {
        at.severity = SEVERITY_HINT;
        findings_add(findings, &at,
                     strcmp(code, "无") == 0 ? "登记为没有统一社会信用代码，以后补办了请更新"
                                             : "这是旧代码，请尽量换成 18 位统一社会信用代码");
        return;
    }
    char expected = uscc_check_char(code);
    if (code[USCC_LENGTH - 1] != expected)
        findings_add(findings, &at,
                     "信用代码末位应为 %c，现为 %c，请对照营业执照核对；证照确实如此的可说明后保留",
                     expected, code[USCC_LENGTH - 1]);
    else if (!uscc_prefix_is_known(code))
        findings_add(findings, &at, "信用代码前两位“%.2s”不是已知的登记机关和机构类别，请核对",
                     code);
    else if (code[USCC_LENGTH - 2] != uscc_organisation_check_char(code))
        findings_add(findings, &at, "信用代码第 17 位应为 %c，请对照营业执照核对",
                     uscc_organisation_check_char(code));
}

const struct type type_uscc = {
    .name = "uscc",
    .label = "统一社会信用代码",
    .width = 20,
    .max_chars = 60,
    .parse = parse,
    .format = type_format_text,
    .compare = type_compare_text,
    .check = check,
};
