#include "type_helper.h"

static const struct field field = {.name = "attachment", .label = "附件", .type = TYPE_ATTACHMENT};
static const char sum[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

static void checksums(void **state)
{
    (void)state;
    assert_accepts(&field, sum, sum);
    assert_json(&field, "", "null");
}

static void others_are_refused(void **state)
{
    (void)state;
    assert_refuses(&field, "报告.pdf", "附件应由程序登记，不能直接填写“报告.pdf”");
    assert_refuses(&field, sum + 1, "附件应由程序登记");
    assert_refuses(&field, "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08",
                   "附件应由程序登记");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checksums),
        cmocka_unit_test(others_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
