#include "core/record.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void derive(struct record *record, const struct record *before)
{
    struct value *total = record_value_for_change(record, "total");
    const struct value *part = record_value(record, "part");
    if (before && value_equal(part, record_value(before, "part")))
        return;
    if (value_is_null(part))
        value_release(total);
    else
        value_set_integer(total, part->integer * 2);
}

static const struct field first[] = {
    {.name = "case_no", .label = "编号", .type = TYPE_TEXT, .flags = FIELD_AUTO},
    {.name = "name",
     .label = "名称",
     .type = TYPE_TEXT,
     .flags = FIELD_KEY,
     .min_chars = 2,
     .help = "写全称。",
     .basis = "规定一"},
    {.name = "status",
     .label = "状态",
     .type = TYPE_CHOICE,
     .flags = FIELD_REQUIRED,
     .choices = (const char *const[]){"在产", "停产", "停产整治", NULL},
     .initial = "在产",
     .help = "选一个。"},
};
static const struct field second[] = {
    {.name = "stopped_on",
     .label = "停产日期",
     .type = TYPE_DATE,
     .flags = FIELD_KEY_WHEN,
     .help = "停产那天。",
     .required_when = {.field = "status", .values = "停产整治|停产"}},
    {.name = "part",
     .label = "分项",
     .type = TYPE_DECIMAL,
     .scale = 1,
     .unit = "kg",
     .least = "0",
     .most = "100.5"},
    {.name = "total", .label = "合计", .type = TYPE_DECIMAL, .scale = 1},
    {.name = "uscc", .label = "信用代码", .type = TYPE_USCC},
};
static const struct section sections[] = {
    {.label = "一", .fields = first, .count = COUNT_OF(first)},
    {.label = "二", .fields = second, .count = COUNT_OF(second)},
};
static const struct reg sample = {.name = "sample_of_test",
                                  .label = "样本",
                                  .sections = sections,
                                  .section_count = COUNT_OF(sections),
                                  .name_field = "name",
                                  .derive = derive};

static void set(struct record *record, const char *field, const char *text)
{
    struct error err = {0};
    int index = reg_field_index(record->reg, field);
    assert_true(index >= 0);
    if (!record_set_text(record, (size_t)index, text, NULL, &err))
        fail_msg("%s", err.message);
}

static void assert_shows(const struct record *record, const char *field, const char *text)
{
    struct buffer out = {0};
    record_format(record, field, &out);
    assert_string_equal(buffer_text(&out), text);
    buffer_release(&out);
}

/* Findings of rule V01 and of the types; the program's rules are silent about this register. */
static void assert_message(const struct record *record, const char *field, const char *message)
{
    static const struct calendar calendar = {.count = 0};
    const struct check_context context = {
        .calendar = &calendar, .campaign = "", .jurisdiction = ""};
    struct findings findings = {0};
    record_check(record, &context, &findings);
    const struct finding *finding = NULL;
    for (size_t i = 0; !finding && i < findings.count; i++)
        if (findings.items[i].field && strcmp(findings.items[i].field, field) == 0)
            finding = &findings.items[i];
    assert_int_equal(finding != NULL, message != NULL);
    if (message)
        assert_string_equal(finding->message, message);
    findings_release(&findings);
}

static void fields_across_sections(void **state)
{
    (void)state;
    assert_int_equal(reg_field_count(&sample), 7);
    assert_string_equal(reg_field(&sample, 3)->name, "stopped_on");
    assert_int_equal(reg_section_start(&sample, 1), 3);
    for (size_t i = 0; i < reg_field_count(&sample); i++)
        assert_int_equal(reg_field_index(&sample, reg_field(&sample, i)->name), i);
    assert_null(reg_field(&sample, 7));
    assert_int_equal(reg_field_index(&sample, "nothing"), -1);
    assert_null(reg_field_find(&sample, "nothing"));
}

static void values_by_text(void **state)
{
    (void)state;
    struct record record, copy;
    record_init(&record, &sample);
    record_set_initial(&record, NULL, NULL);
    assert_shows(&record, "status", "在产");
    set(&record, "name", " 甲厂 ");
    set(&record, "part", "12.50");
    assert_shows(&record, "name", "甲厂");
    assert_shows(&record, "part", "12.5");
    assert_shows(&record, "nothing", "");
    assert_null(record_value(&record, "nothing"));
    record_copy(&copy, &record);
    set(&record, "name", "");
    assert_shows(&record, "name", "");
    assert_shows(&copy, "name", "甲厂");
    record_release(&record);
    record_release(&copy);
}

static void a_refused_text_names_its_field(void **state)
{
    (void)state;
    struct record record;
    struct error err = {0};
    record_init(&record, &sample);
    set(&record, "part", "1");
    assert_false(record_set_text(&record, 4, "很多", NULL, &err));
    assert_string_equal(err.message, "分项：“很多”不是数值，请只填数字，例如 12.5");
    assert_string_equal(err.field, "part");
    assert_shows(&record, "part", "1");
    record_release(&record);
}

static void naming(void **state)
{
    (void)state;
    struct record record;
    struct buffer out = {0};
    record_init(&record, &sample);
    record_name(&record, NULL, &out);
    assert_string_equal(out.text, "（未命名）");
    buffer_clear(&out);
    set(&record, "case_no", "QY-1");
    record_name(&record, NULL, &out);
    assert_string_equal(out.text, "QY-1");
    buffer_clear(&out);
    set(&record, "name", "甲厂");
    record_name(&record, NULL, &out);
    assert_string_equal(out.text, "甲厂");
    buffer_release(&out);
    record_release(&record);
}

static void required_by_condition(void **state)
{
    (void)state;
    struct record record;
    const struct field *stopped = &second[0];
    record_init(&record, &sample);
    assert_int_equal(record_missing(&record), 2);
    assert_false(record_requires(&record, stopped));
    set(&record, "status", "停产");
    assert_true(record_requires(&record, stopped));
    set(&record, "name", "甲厂");
    assert_int_equal(record_missing(&record), 1);
    set(&record, "status", "停产整治");
    assert_true(record_requires(&record, stopped));
    set(&record, "status", "在产");
    assert_false(record_requires(&record, stopped));
    assert_int_equal(record_missing(&record), 0);
    record_release(&record);
}

/* ---- fields that are not asked for in every case ---- */

static const struct field asked[] = {
    {.name = "kinds",
     .label = "类型",
     .type = TYPE_CHOICES,
     .choices = (const char *const[]){"涌水", "废渣", "底泥", NULL}},
    {.name = "treated", .label = "设施", .type = TYPE_BOOL},
    {.name = "flow",
     .label = "水量",
     .type = TYPE_INTEGER,
     .flags = FIELD_REQUIRED,
     .least = "0",
     .help = "去量。",
     .shown_when = {.field = "kinds", .values = "涌水|底泥"}},
    {.name = "process",
     .label = "工艺",
     .type = TYPE_TEXT,
     .help = "写工艺。",
     .required_when = {.field = "kinds", .values = "涌水"},
     .shown_when = {.field = "treated", .values = "是"}},
};
static const struct section asked_sections[] = {
    {.label = "一", .fields = asked, .count = COUNT_OF(asked)},
};
static const struct reg asking = {.name = "asking_of_test",
                                  .label = "测试",
                                  .sections = asked_sections,
                                  .section_count = 1,
                                  .name_field = "process"};

static size_t count_findings(const struct record *record)
{
    struct findings findings = {0};
    const struct lookup lookup = {0};
    const struct check_context context = {.lookup = &lookup, .campaign = ""};
    record_check(record, &context, &findings);
    size_t count = findings.count;
    findings_release(&findings);
    return count;
}

static void shown_by_condition(void **state)
{
    (void)state;
    struct record record;
    const struct field *flow = &asked[2];
    record_init(&record, &asking);
    assert_true(record_shows(&record, &asked[0]));
    assert_false(record_shows(&record, flow));
    assert_int_equal(record_missing(&record), 0);
    set(&record, "kinds", "废渣");
    assert_false(record_shows(&record, flow));
    assert_false(record_requires(&record, flow));
    set(&record, "kinds", "涌水、废渣"); /* one of several decides */
    assert_true(record_shows(&record, flow));
    assert_true(record_requires(&record, flow));
    assert_int_equal(record_missing(&record), 1);
    assert_int_equal(count_findings(&record), 1);
    set(&record, "kinds", "废渣、底泥");
    assert_true(record_requires(&record, flow));
    set(&record, "kinds", "");
    assert_false(record_shows(&record, flow));
    record_release(&record);
}

static void hidden_value_is_kept(void **state)
{
    (void)state;
    struct record record;
    struct buffer text = {0};
    const struct field *flow = &asked[2];
    record_init(&record, &asking);
    set(&record, "flow", "-5");
    assert_true(record_shows(&record, flow)); /* nobody has said that it does not concern it */
    assert_int_equal(count_findings(&record), 1);
    set(&record, "kinds", "废渣");
    assert_false(record_shows(&record, flow));
    assert_int_equal(count_findings(&record), 0);
    record_format(&record, "flow", &text);
    assert_string_equal(text.text, "-5");
    set(&record, "kinds", "底泥");
    assert_true(record_shows(&record, flow));
    buffer_release(&text);
    record_release(&record);
}

static void required_and_shown(void **state)
{
    (void)state;
    struct record record;
    const struct field *process = &asked[3];
    record_init(&record, &asking);
    set(&record, "kinds", "涌水");
    assert_false(record_requires(&record, process));
    set(&record, "treated", "是");
    assert_true(record_requires(&record, process));
    set(&record, "kinds", "废渣");
    assert_true(record_shows(&record, process));
    assert_false(record_requires(&record, process));
    record_release(&record);
}

static void key(void **state)
{
    (void)state;
    struct record record;
    struct error err = {0};
    record_init(&record, &sample);
    assert_false(record_check_key(&record, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_string_equal(err.message, "缺名称，这一项必须先填");
    assert_string_equal(err.field, "name");
    assert_string_equal(err.basis, "规定一");
    set(&record, "name", "甲厂");
    assert_true(record_check_key(&record, &err));
    set(&record, "status", "停产");
    assert_false(record_check_key(&record, &err));
    assert_string_equal(err.message, "状态为“停产”，却缺停产日期，请先填上停产日期");
    assert_string_equal(err.field, "stopped_on");
    set(&record, "stopped_on", "2026-01-01");
    assert_true(record_check_key(&record, &err));
    record_release(&record);
}

static void findings(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &sample);
    assert_message(&record, "name", "名称待补：写全称。");
    assert_message(&record, "status", "状态待补：选一个。");
    assert_message(&record, "stopped_on", NULL);
    assert_message(&record, "part", NULL);
    set(&record, "name", "甲");
    assert_message(&record, "name", "名称太短，至少写 2 个字");
    set(&record, "name", "甲厂");
    assert_message(&record, "name", NULL);
    set(&record, "part", "-0.1");
    assert_message(&record, "part", "分项不能小于 0kg，请核对");
    set(&record, "part", "0");
    assert_message(&record, "part", NULL);
    set(&record, "part", "100.5");
    assert_message(&record, "part", NULL);
    set(&record, "part", "100.6");
    assert_message(&record, "part", "分项不能大于 100.5kg，请核对");
    set(&record, "uscc", "911101066976941873");
    assert_message(&record, "uscc",
                   "信用代码末位应为 2，现为 3，请对照营业执照核对；证照确实如此的可说明后保留");
    record_release(&record);
}

static void derived_fields(void **state)
{
    (void)state;
    struct record record, before;
    record_init(&record, &sample);
    set(&record, "part", "1.5");
    record_derive(&record, NULL);
    assert_shows(&record, "total", "3");
    record_copy(&before, &record);
    set(&record, "total", "7");
    record_derive(&record, &before);
    assert_shows(&record, "total", "7");
    set(&record, "part", "2");
    record_derive(&record, &before);
    assert_shows(&record, "total", "4");
    record_release(&record);
    record_release(&before);
}

static void findings_of_any_length(void **state)
{
    (void)state;
    struct findings findings = {0};
    char longer[2000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    findings_add(&findings, &(struct finding){.rule = "V90", .field = "a"}, "一");
    findings_add(&findings,
                 &(struct finding){.rule = "V91", .field = "a", .severity = SEVERITY_ERROR}, "二");
    findings_add(&findings,
                 &(struct finding){.rule = "V92", .field = "b", .severity = SEVERITY_WARNING}, "%d",
                 3);
    findings_add(&findings,
                 &(struct finding){.rule = "V93", .field = "c", .severity = SEVERITY_WARNING},
                 "长%s", longer);
    assert_string_equal(findings.items[2].message, "3");
    assert_string_equal(findings.items[3].message + strlen("长"), longer);
    assert_int_equal(findings_count(&findings, SEVERITY_WARNING), 2);
    assert_int_equal(findings_count(&findings, SEVERITY_HINT), 1);
    assert_string_equal(severity_name(SEVERITY_ERROR), "错误");
    assert_string_equal(severity_name(SEVERITY_WARNING), "警告");
    assert_string_equal(severity_name(SEVERITY_HINT), "提示");
    findings_release(&findings);
}

static void texts_and_alternatives(void **state)
{
    (void)state;
    struct record record;
    record_init(&record, &sample);
    value_set_text(record_value_for_change(&record, "status"), "停产");
    value_set_integer(record_value_for_change(&record, "part"), 5);
    assert_string_equal(record_text(&record, "status"), "停产");
    assert_string_equal(record_text(&record, "name"), "");
    assert_string_equal(record_text(&record, "part"), "");
    assert_string_equal(record_text(&record, "nowhere"), "");
    record_release(&record);
    assert_true(record_is_alternative("停产整治|停产", "停产"));
    assert_true(record_is_alternative("停产", "停产"));
    assert_false(record_is_alternative("停产整治|在产", "停产"));
    assert_false(record_is_alternative("停产", "停产整治"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_across_sections),
        cmocka_unit_test(values_by_text),
        cmocka_unit_test(a_refused_text_names_its_field),
        cmocka_unit_test(naming),
        cmocka_unit_test(required_by_condition),
        cmocka_unit_test(shown_by_condition),
        cmocka_unit_test(hidden_value_is_kept),
        cmocka_unit_test(required_and_shown),
        cmocka_unit_test(key),
        cmocka_unit_test(findings),
        cmocka_unit_test(derived_fields),
        cmocka_unit_test(texts_and_alternatives),
        cmocka_unit_test(findings_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
