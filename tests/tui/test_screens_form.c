/* The form: filling, refusing, counting, saving, and how it looks at any size. */
#include "form_stage.h"

#include "tui/screens/form.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define RULE "────────────────────────────────────────────────────────────────────────────────\n"

static const char *const plant[] = {
    "name", "清远市示例冶炼有限公司", "region", "清城区", "town", "龙塘镇", NULL};

static void test_every_type_has_its_editor(void **state)
{
    (void)state;
    for (int type = 0; type < TYPE__COUNT; type++) {
        const struct form_editor *editor = form_editor_of((enum field_type)type);
        assert_true(editor->lines > 0);
        assert_true(editor->columns > 0 || type == TYPE_TEXT);
        assert_true(!editor->is_chosen || editor->choose);
    }
}

static void test_new_form(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "receptor", NULL, NULL);
    stage_expect_screen(
        &stage,
        " 敏感目标 · （新建）                                                  第 1/1 页\n" RULE
        " [敏感目标]\n"
        "──────────────────────────────────────────────── 本页 0/6 · 已填 0/6 · 待补 5 ──\n"
        " ▸ 历史遗留点位 * [                                                         ▾ ]\n"
        "   敏感目标类型 * [               ▾ ]\n"
        "   敏感目标名称 * [                                          ]\n"
        "   距离         * [                ] m\n"
        "   位于下游     * [      ▾ ]\n"
        "   备注           [                                                           ]\n"
        "                  [                                                           ]\n"
        "                  [                                                           ]\n"
        "\n\n\n\n\n\n" RULE " 这个敏感目标在哪处点位的周边或下游。\n"
        " 依据 吉环固体字〔2022〕10号 四（八）（环境敏感目标）。例 老厂沟铅锌废渣堆。\n"
        "\n" RULE " Enter 下一项  F2 保存  F3 选取  Tab/⇧Tab 翻页  F1 依据  F6 待补  Esc 返回\n");
    stage_expect_cursor(&stage, 4, 20);
    stage_end(&stage);
}

/* What the desk knows already: the day, who sits here, and the county, unless it serves a city. */
static void test_initial_values(void **state)
{
    (void)state;
    struct stage stage;
    static const char *const regs[] = {"enterprise", "legacy_site", "cadmium_source", "problem"};
    stage_begin(&stage, 43, 132);
    stage_open(&stage, "progress", NULL, NULL);
    stage_expect(&stage, "[ 2026-06-15     ]");
    stage_expect(&stage, "填报人   * [ 张 ");
    stage_play(&stage, "<Esc>"); /* nothing was typed: no question */
    assert_int_equal(stage.app.count, 0);
    for (int is_city = 0; is_city < 2; is_city++) {
        assert_true(store_set_setting(stage.store, "region", is_city ? "4418" : "441802", NULL));
        for (size_t i = 0; i < COUNT_OF(regs); i++) {
            stage_open(&stage, regs[i], NULL, NULL);
            stage_play(&stage, strcmp(regs[i], "problem") == 0 ? "" : "<Tab>");
            stage_expect(&stage, "县（市、区） ");
            (is_city ? stage_expect_not : stage_expect)(&stage, "▾ ] 441802");
            stage_play(&stage, "<Esc>");
            assert_int_equal(stage.app.count, 0);
        }
    }
    stage_end(&stage);
}

static void test_fill_and_save(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "清远市示例冶炼有限公司");
    stage_expect(&stage, "未保存");
    stage_expect_cursor(&stage, 5, 46);
    stage_play(&stage, "<Enter>示例厂<Down>91451200791318129Y<Enter>");
    stage_expect(&stage, "草稿已存 10:42:07");
    stage_play(&stage, "<Tab><Backspace>清城<Enter>龙塘镇<F2>");
    stage_expect(&stage, "✓ 已保存 10:42:07，编号 QY-441802-2026-0001，还有");
    stage_expect(&stage, "已保存 10:42:07\n");
    stage_only_id(&stage, "enterprise", id);
    stage_expect_value(&stage, "enterprise", id, "name", "清远市示例冶炼有限公司");
    stage_expect_value(&stage, "enterprise", id, "uscc", "91451200791318129Y");
    stage_expect_value(&stage, "enterprise", id, "region", "清城区");
    stage_expect_value(&stage, "enterprise", id, "town", "龙塘镇");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_play(&stage, "<F2>");
    stage_expect(&stage, "没有改动，与已保存的相同");
    stage_play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

static void test_key_is_demanded(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "示例厂<Tab><Backspace><Tab><Tab><F2>");
    stage_expect(&stage, "! 缺县（市、区）");
    stage_expect(&stage, "[位置]");
    stage_expect(&stage, "▸ 县（市、区）");
    stage_only_id(&stage, "enterprise", id);
    assert_string_equal(id, "");
    stage_expect_drafts(&stage, "enterprise", "name=示例厂\nregion=\n");
    stage_end(&stage);
}

static void test_refused_text_stays(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Tab><Tab> <Down><Enter>去年<Enter><Up>");
    stage_expect(&stage, "[ 去年           ]");
    stage_expect(&stage, "! “去年”不是日期，请按 2026-06-15 的样子填写");
    stage_expect(&stage, "填错 1");
    stage_expect(&stage, "[状态!]");
    stage_play(&stage, "<Tab><F2>");
    stage_expect(&stage, "没有保存：“停产起始日期”填得不对");
    stage_expect(&stage, "▸ 停产起始日期");
    stage_expect_value(&stage, "enterprise", id, "status", "");
    stage_play(&stage, "<^U>20250510<Enter><Up>");
    stage_expect(&stage, "[ 2025-05-10     ]");
    stage_expect_not(&stage, "填错");
    stage_play(&stage, "<F2>");
    stage_expect_value(&stage, "enterprise", id, "stopped_on", "2025-05-10");
    stage_end(&stage);
}

static void test_required_are_counted(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "legacy_site",
              (const char *const[]){"name", "老厂沟废渣堆", "region", "清城区", NULL}, id);
    stage_open(&stage, "receptor", NULL, id);
    stage_expect(&stage, "本页 1/6 · 已填 1/6 · 待补 4");
    stage_expect(&stage, "[敏感目标]");
    stage_play(&stage, "<F6>");
    stage_expect(&stage, "▸ 敏感目标名称");
    stage_play(&stage, "石板村水田<F6>400<F6>是<F6>");
    stage_expect(&stage, "本页 4/6 · 已填 4/6 · 待补 1");
    stage_expect(&stage, "▸ 敏感目标类型");
    stage_play(&stage, "耕<Enter><F6>");
    stage_expect(&stage, "待补 0");
    stage_expect(&stage, "[敏感目标✓]");
    stage_expect(&stage, "没有待补的项");
    stage_end(&stage);
}

static void test_required_when(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Tab><Tab>");
    stage_expect(&stage, "本页 0/1");
    stage_expect_not(&stage, "停产起始日期");
    stage_play(&stage, "长期<Enter>");
    stage_expect(&stage, "停产起始日期 * [");
    stage_expect(&stage, "本页 1/2");
    stage_expect_not(&stage, "关闭日期");
    stage_play(&stage, "2025-05-10<Up>关闭<Enter>");
    stage_expect(&stage, "停产起始日期   [ 2025-05-10"); /* known, and no longer demanded */
    stage_expect(&stage, "关闭日期     * [");
    stage_play(&stage, "<Up>在产<Enter><F2>");
    stage_expect_value(&stage, "enterprise", id, "stopped_on", "2025-05-10");
    stage_play(&stage, "<Up>");
    stage_expect(&stage, "▸ 状态");
    stage_expect_not(&stage, "停产起始日期");
    stage_end(&stage);
}

static void test_computed_at_once(void **state)
{
    (void)state;
    struct stage stage;
    char plant_id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, plant_id);
    stage_open(&stage, "thallium_enterprise", NULL, NULL);
    stage_play(&stage, "清远<Enter>");
    stage_expect(&stage, "龙塘镇");
    stage_expect(&stage, "清城区 441802");
    stage_play(&stage, "<Tab><Down><Down>21<Down><Down><Down>46000<Up>");
    stage_expect(&stage, "966 kg/a  （自动）");
    stage_play(&stage, "<Esc>3");
    stage_open(&stage, "enterprise", plant_id, NULL);
    stage_play(&stage, "<BackTab><BackTab><BackTab>1<Down>2.5<Down>");
    stage_expect(&stage, "合计               * [ 3.5            ] kg/a");
    stage_play(&stage, "<Up><^U>3<Down>");
    stage_expect(&stage, "合计               * [ 4              ] kg/a");
    stage_end(&stage);
}

static void test_findings(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Tab><Down><Down><Down>龙塘<Enter>");
    stage_expect(&stage, "x 详细地址太短，至少写 6 个字");
    stage_play(&stage, "<Up><F1>");
    stage_expect(&stage, "帮助 · 详细地址");
    stage_expect(&stage, "能据此找到现场的地址，至少六个字。");
    stage_expect(&stage, "例：清远市清城区龙塘镇工业大道12号");
    stage_expect(&stage, "依据：涉重金属企业清单（地址列）");
    stage_expect(&stage, "V01 错误：详细地址太短，至少写 6 个字");
    stage_play(&stage, "<Esc>");
    stage_expect(&stage, "▸ 详细地址");
    stage_expect(&stage, "依据 涉重金属企业清单（地址列）。");
    stage_end(&stage);
}

static void test_take_and_undo(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "甲厂<Tab><Backspace><Down><Up>");
    stage_expect(&stage, "上一条：清城区（^D 取用）");
    stage_play(&stage, "<^D><Down><^D>");
    stage_expect(&stage, "[ 清城区                 ▾ ] 441802");
    stage_expect(&stage, "[ 龙塘镇                   ]");
    stage_play(&stage, "东<^Z>");
    stage_expect(&stage, "[ 龙塘镇                   ]");
    stage_play(&stage, "<^Z>");
    stage_expect_not(&stage, "龙塘镇 ");
    stage_play(&stage, "<Down><^D>");
    stage_expect(&stage, "上一条没有填村（社区），没有可取的。");
    stage_end(&stage);
}

static void test_paste_becomes_one_line(void **state)
{
    (void)state;
    struct stage stage;
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    const struct event paste = {.kind = EVENT_PASTE, .paste = "示例\r\n冶炼\033[31m厂"};
    term_memory_feed(stage.terminal, &paste);
    stage_play(&stage, "<Enter>");
    stage_expect(&stage, "[ 示例冶炼[31m厂");
    stage_expect_drafts(&stage, "enterprise", "name=示例冶炼[31m厂\n");
    stage_end(&stage);
}

static void test_long_text(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<BackTab><Down><Down><Down><Down>第一行<Enter>第二行<Up>甲<F2>");
    stage_expect_value(&stage, "enterprise", id, "note", "第一行甲\n第二行");
    stage_play(&stage, "<Up>");
    stage_expect(&stage, "▸ 所属专项");
    stage_end(&stage);
}

static void test_save_and_begin_another(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_open(&stage, "enterprise", NULL, NULL);
    stage_play(&stage, "甲厂<Tab>清城<Enter><^N>");
    stage_expect(&stage, "（新建）");
    stage_expect(&stage, "✓ 已保存 10:42:07，编号 QY-441802-2026-0001");
    assert_int_equal(stage.app.count, 1);
    stage_only_id(&stage, "enterprise", id);
    stage_expect_value(&stage, "enterprise", id, "name", "甲厂");
    stage_expect_drafts(&stage, "enterprise", "");
    stage_end(&stage);
}

static void test_read_only(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down>曾用<Down><Esc><Enter>");
    stage_restart(&stage, STORE_READ);
    stage_open(&stage, "enterprise", id, NULL);
    stage_expect(&stage, "? 现在只能查看：另一个窗口正在用这个文件");
    stage_expect(&stage, "第 1/9 页 · 只读");
    stage_play(&stage, "x");
    stage_expect(&stage, "现在只能查看");
    stage_play(&stage, "<Down><F3><^D><F2>");
    stage_expect(&stage, "清远市示例冶炼有限公司");
    stage_expect_value(&stage, "enterprise", id, "name", "清远市示例冶炼有限公司");
    stage_play(&stage, "h");
    assert_int_equal(stage.app.count, 2);
    stage_play(&stage, "<Esc><Tab><Tab><Esc>");
    assert_int_equal(stage.app.count, 0);
    stage_end(&stage);
}

static void test_any_size(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    static const char *const regs[] = {
        "enterprise", "thallium_enterprise", "legacy_site", "cadmium_source", "problem", "progress",
        "receptor"};
    stage_begin(&stage, 24, 80);
    stage_add(&stage, "enterprise", plant, id);
    for (size_t i = 0; i < COUNT_OF(regs); i++) {
        stage_open(&stage, regs[i], NULL, NULL);
        size_t tabs = reg_find(regs[i])->section_count;
        for (size_t tab = 0; tab < tabs; tab++) {
            stage_resize(&stage, 10, 40);
            stage_play(&stage, "<PgDn><PgDn><PgUp>");
            stage_expect(&stage, "▸");
            stage_resize(&stage, 43, 132);
            stage_expect(&stage, "▸");
            stage_resize(&stage, 11, 57);
            stage_resize(&stage, 24, 80);
            stage_play(&stage, "<Tab>");
            if (!form_is_on_fields(app_top(&stage.app)))
                break;
        }
        stage_play(&stage, "<Esc>");
        assert_int_equal(stage.app.count, 0);
    }
    stage_end(&stage);
}

static void test_small(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 10, 40);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Down><Down><Down>无<Down>");
    stage_expect_screen(&stage, " 清远市示例冶炼有限…  草稿已存 10:42:07\n"
                                "────────────────────────────────────────\n"
                                " [基本] 位置  状态  行业  生产  许可   >\n"
                                "────── 本页 2/6 · 已填 4/74 · 待补 46 ──\n"
                                "   统一社会信  * [                    ]\n"
                                "   用代码\n"
                                "~  法定代表人  * [ 无                 ]\n"
                                " ▸ 环保负责人  * [                    ]\n"
                                "────────────────────────────────────────\n"
                                " Enter 下一项  F2 保存  Esc 返回\n");
    stage_expect_cursor(&stage, 7, 19);
    stage_end(&stage);
}

static void test_wide(void **state)
{
    (void)state;
    struct stage stage;
    char id[RECORD_ID_SIZE];
    stage_begin(&stage, 43, 132);
    stage_add(&stage, "enterprise", plant, id);
    stage_open(&stage, "enterprise", id, NULL);
    stage_play(&stage, "<Tab><Tab><Tab>");
    stage_expect(&stage, "   以工业固废为原料的锌无机化合物企业 * [      ▾ ]\n");
    stage_resize(&stage, 24, 80);
    stage_expect(&stage, "   以工业固废为原料的锌无 * [      ▾ ]\n"
                         "   机化合物企业\n");
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_has_its_editor),
        cmocka_unit_test(test_new_form),
        cmocka_unit_test(test_initial_values),
        cmocka_unit_test(test_fill_and_save),
        cmocka_unit_test(test_key_is_demanded),
        cmocka_unit_test(test_refused_text_stays),
        cmocka_unit_test(test_required_are_counted),
        cmocka_unit_test(test_required_when),
        cmocka_unit_test(test_computed_at_once),
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_take_and_undo),
        cmocka_unit_test(test_paste_becomes_one_line),
        cmocka_unit_test(test_long_text),
        cmocka_unit_test(test_save_and_begin_another),
        cmocka_unit_test(test_read_only),
        cmocka_unit_test(test_any_size),
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
