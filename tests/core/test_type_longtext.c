#include "type_helper.h"

static const struct field field = {.name = "note", .label = "备注", .type = TYPE_LONGTEXT};

static void line_breaks_stay(void **state)
{
    (void)state;
    assert_accepts(&field, "第一行\n第二行", "第一行\n第二行");
    assert_accepts(&field, "第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行");
    assert_accepts(&field, "段一\n\n段二", "段一\n\n段二");
    assert_accepts(&field, "\n 前后的空行  \n\n", "前后的空行");
    assert_accepts(&field, "行尾空白   \n  行首空白", "行尾空白\n行首空白");
}

static void what_is_not_text_is_refused(void **state)
{
    (void)state;
    assert_refuses(&field, "a\x1b]0;x\x07", "含有控制字符或乱码");
    assert_refuses(&field, "a\n\xff", "含有控制字符或乱码");
}

static void limit(void **state)
{
    (void)state;
    char *text = calloc(4002, 1);
    for (int i = 0; i < 4001; i++)
        text[i] = 'x';
    assert_refuses(&field, text, "内容有 4001 个字，超过 4000 个字的上限");
    text[4000] = '\0';
    assert_accepts(&field, text, text);
    free(text);
}

static void json_escapes_line_breaks(void **state)
{
    (void)state;
    assert_json(&field, "一\n二", "\"一\\n二\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_breaks_stay),
        cmocka_unit_test(what_is_not_text_is_refused),
        cmocka_unit_test(limit),
        cmocka_unit_test(json_escapes_line_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
