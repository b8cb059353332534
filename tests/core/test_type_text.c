#include "type_helper.h"

#include <string.h>

static const struct field field = {.name = "name", .label = "名称", .type = TYPE_TEXT};
static const struct field brief = {
    .name = "brief", .label = "简称", .type = TYPE_TEXT, .max_chars = 3};

static void text_is_cleaned(void **state)
{
    (void)state;
    assert_accepts(&field, "  河池市　冶炼厂\t", "河池市 冶炼厂");
    assert_accepts(&field, "ＤＷ００３", "DW003");
    assert_accepts(&field, "第一行\n第二行", "第一行 第二行");
    assert_accepts(&field, "（一）厂，二期", "（一）厂，二期");
    assert_accepts(&field, " \t　\n ", "");
    assert_accepts(&field, "𠮷野😀", "𠮷野😀");
}

static void length_counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_accepts(&brief, "铊镉铅", "铊镉铅");
    assert_accepts(&brief, "  铊镉铅  ", "铊镉铅");
    assert_refuses(&brief, "铊镉铅汞", "内容有 4 个字，超过 3 个字的上限");
    char long_text[202];
    memset(long_text, 'x', 201);
    long_text[201] = '\0';
    assert_refuses(&field, long_text, "超过 200 个字");
    long_text[200] = '\0';
    assert_accepts(&field, long_text, long_text);
}

static void hostile_text_is_refused(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "a\x1b[31mb",       /* an escape sequence */
        "a\x07",            /* a bell */
        "a\x7f",            /* delete */
        "\xc2\x9bm",        /* the one-character escape sequence introducer */
        "厂\xe2\x80\xae名", /* right-to-left override */
        "厂\xe2\x80\x8f名", /* right-to-left mark */
        "厂\xe2\x81\xa6名", /* isolate */
        "\xff\xfe",         /* not UTF-8 */
        "\xc0\xaf",         /* overlong */
        "\xed\xa0\x80",     /* surrogate */
        "铊\xe9\x93",       /* cut in two */
    };
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        assert_refuses(&field, hostile[i], "含有控制字符或乱码，请删去后重新填写");
}

static void json_and_order(void **state)
{
    (void)state;
    assert_json(&field, "a\"b\\c", "\"a\\\"b\\\\c\"");
    assert_json(&field, "", "null");
    assert_int_equal(order_of(&field, "a", "b"), -1);
    assert_int_equal(order_of(&field, "a", "a"), 0);
    assert_int_equal(order_of(&field, "a", ""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(length_counts_characters_not_bytes),
        cmocka_unit_test(hostile_text_is_refused),
        cmocka_unit_test(json_and_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
