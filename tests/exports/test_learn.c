/* Layouts learnt from blank forms: our own sheets without records, learnt and written again, are
 * the same sheets; and what stands in their lines for this year, county and bureau. */
#include "core/mem.h"
#include "core/registers.h"
#include "core/text.h"
#include "db/resource.h"
#include "exports/form_inside.h"
#include "exports/layout_kind.h"
#include "exports/learn.h"
#include "exports/report.h"
#include "tests/exports/bureau.h"
#include "tests/exports/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Layouts are learnt into the folder of the test. */
static int set_up(void **state)
{
    if (bureau_set_up(state) != 0)
        return -1;
    const struct bureau *bureau = *state;
    return setenv("XDG_DATA_HOME", bureau->folder, 1);
}

enum { PATH_SIZE = 512 };

static void path_of(struct bureau *bureau, const char *name, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s", bureau_path(bureau, name));
}

/* ---- writing the sheets of a layout ---- */

static void write_sheet(struct bureau *bureau, const struct layout_sheet *sheet, const char *path)
{
    struct error err = {0};
    struct sink *sink;
    struct run run;
    struct report_result result = {0};
    const struct report_options options = {.year = 2025};
    const struct sink_options sink_options = {.created = 1};
    if (!sink_open(&sink, path, &sink_options, &err))
        fail_msg("%s", err.message);
    run_init(&run, bureau->store, &options, sink, &result);
    if (!layout_write_sheet(sheet, &run, &err) || !sink_commit(&sink, &err))
        fail_msg("%s: %s", sheet->name, err.message);
}

static void read_table(const char *path, struct table *table)
{
    struct error err = {0};
    *table = (struct table){.with_looks = true};
    if (!table_read(path, NULL, table, &err))
        fail_msg("%s", err.message);
}

/* A sum of nothing, under a column that has no field any more. */
static bool is_lost_sum(const struct layout_sheet *learnt, size_t column, const char *text)
{
    return learnt->columns[column].source == COLUMN_BLANK && strspn(text, "0.") == strlen(text);
}

/* The label of the sums goes on to the first column that has one. */
static bool is_sum_label(const struct table *table, const struct table_merge *area,
                         const struct layout_sheet *learnt)
{
    size_t row = 0;
    while (table->rows[row].number < area->first_row)
        row++;
    const char *text = table_cell(table, row, area->first_column);
    return area->first_column == 0 && learnt->empty && strcmp(text, learnt->empty) == 0;
}

/* Fonts, grounds and heights of all cells, also of those without text. */
static void compare_looks(const char *name, const struct table *a, const struct table *b)
{
    assert_int_equal(a->look_count, b->look_count);
    assert_true(a->look_count > 0);
    for (size_t i = 0; i < a->look_count; i++) {
        const struct table_look *x = &a->looks[i], *y = &b->looks[i];
        const struct table_style *p = &a->styles[x->style], *q = &b->styles[y->style];
        if (x->row != y->row || x->column != y->column || x->height != y->height ||
            strcmp(p->font, q->font) != 0 || p->size != q->size || p->bold != q->bold ||
            p->shaded != q->shaded)
            fail_msg("%s 第 %u 行第 %u 列的样子：%s %u，不是 %s %u", name, x->row, x->column + 1,
                     q->font, q->size, p->font, p->size);
    }
}

/* The element of a part of the workbook, or "". */
static char *element(const char *path, const char *part, const char *name)
{
    char *text = scratch_unzip(path, part), *found = NULL;
    char start[64];
    snprintf(start, sizeof start, "<%s ", name);
    const char *at = strstr(text, start), *end = at ? strchr(at, '>') : NULL;
    /* What stands in it counts, up to the next element. */
    if (end && (end = strchr(end, '<')))
        found = mem_text_part(at, (size_t)(end - at));
    free(text);
    return found ? found : mem_text("");
}

/* Paper, margins, rows that are repeated on each page, columns that stay in view. */
static void compare_print(const char *path, const char *other)
{
    static const struct {
        const char *part, *name;
    } elements[] = {
        {"xl/worksheets/sheet1.xml", "pageSetup"},   {"xl/worksheets/sheet1.xml", "pageMargins"},
        {"xl/worksheets/sheet1.xml", "pageSetUpPr"}, {"xl/worksheets/sheet1.xml", "printOptions"},
        {"xl/worksheets/sheet1.xml", "pane"},        {"xl/workbook.xml", "definedName"},
    };
    for (size_t i = 0; i < COUNT_OF(elements); i++) {
        char *a = element(path, elements[i].part, elements[i].name);
        char *b = element(other, elements[i].part, elements[i].name);
        assert_true(*a);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
}

/* Cells, heights, widths, merged areas and paper. */
static void compare(const char *name, const char *path, const char *other,
                    const struct layout_sheet *learnt)
{
    struct table a, b;
    read_table(path, &a);
    read_table(other, &b);
    assert_string_equal(a.sheet, b.sheet);
    if (a.row_count != b.row_count || a.column_count != b.column_count ||
        a.merge_count != b.merge_count || a.described_columns != b.described_columns)
        fail_msg("%s：%zu 行 %u 列 %zu 处合并，不是 %zu 行 %u 列 %zu 处合并", name, b.row_count,
                 b.column_count, b.merge_count, a.row_count, a.column_count, a.merge_count);
    for (size_t row = 0; row < a.row_count; row++) {
        assert_int_equal(a.rows[row].number, b.rows[row].number);
        if (a.rows[row].height != b.rows[row].height)
            fail_msg("%s 第 %u 行高 %u，不是 %u", name, a.rows[row].number, b.rows[row].height,
                     a.rows[row].height);
        for (size_t column = 0; column < a.column_count; column++) {
            const char *text = table_cell(&a, row, column);
            if (strcmp(text, table_cell(&b, row, column)) != 0 &&
                !(row > 0 && is_lost_sum(learnt, column, text)))
                fail_msg("%s 第 %u 行：“%s”变成“%s”", name, a.rows[row].number, text,
                         table_cell(&b, row, column));
        }
    }
    for (size_t i = 0; i < a.merge_count; i++)
        if (memcmp(&a.merges[i], &b.merges[i], sizeof a.merges[i]) != 0 &&
            !is_sum_label(&a, &a.merges[i], learnt))
            fail_msg("%s 第 %u 行的合并不同", name, a.merges[i].first_row);
    for (size_t i = 0; i < a.described_columns; i++)
        assert_int_equal(a.columns[i].width, b.columns[i].width);
    assert_int_equal(a.paper, b.paper);
    assert_int_equal(a.is_landscape, b.is_landscape);
    compare_looks(name, &a, &b);
    compare_print(path, other);
    table_release(&a);
    table_release(&b);
}

/* Writes the sheet without records, learns it, and writes what was learnt; `learnt` gets the layout
 * file. */
static void learn_again(struct bureau *bureau, const char *name, const struct layout_sheet *sheet,
                        struct buffer *learnt)
{
    char blank[PATH_SIZE], again[PATH_SIZE], csv[PATH_SIZE];
    struct error err = {0};
    struct form form;
    struct layout layout;
    path_of(bureau, "blank.xlsx", blank);
    path_of(bureau, "again.xlsx", again);
    path_of(bureau, "learnt.csv", csv);
    write_sheet(bureau, sheet, blank);
    if (!form_read(&form, blank, NULL, sheet->listing.reg, &err) ||
        !learn_save(&form, bureau->store, "learnt", "blank.xlsx", csv, &err) ||
        !resource_read_file(csv, learnt, &err) ||
        !layout_parse(&layout, "learnt.csv", learnt->text, &err))
        fail_msg("%s %s: %s", name, sheet->name, err.message);
    assert_string_equal(layout.report.name, "learnt");
    assert_int_equal(layout.sheet_count, 1);
    assert_int_equal(layout.sheets[0].listing.column_count, sheet->listing.column_count);
    write_sheet(bureau, &layout.sheets[0], again);
    compare(sheet->name, blank, again, &layout.sheets[0]);
    layout_release(&layout);
    form_release(&form);
}

static void comes_back_from_every_sheet_of_ours(void **state)
{
    struct bureau *bureau = *state;
    struct buffer files = {0};
    size_t sheets = 0;
    char *rest;
    resource_entries("layouts", &files);
    for (char *file = strtok_r(files.text, "\n", &rest); file; file = strtok_r(NULL, "\n", &rest)) {
        struct layout layout;
        struct error err = {0};
        char name[PATH_SIZE];
        snprintf(name, sizeof name, "layouts/%s", file);
        if (!layout_read(&layout, name, &err))
            fail_msg("%s", err.message);
        for (size_t i = 0; i < layout.sheet_count; i++) {
            if (layout.sheets[i].kind != &layout_table || !layout.sheets[i].title)
                continue;
            struct buffer learnt = {0};
            learn_again(bureau, file, &layout.sheets[i], &learnt);
            if (!layout.sheets[i].fonts[SINK_TITLE].name) {
                /* What looks as usual needs no words. */
                assert_lacks(learnt.text, "字体,");
                assert_lacks(learnt.text, "\n行高,");
            }
            buffer_release(&learnt);
            sheets++;
        }
        layout_release(&layout);
    }
    assert_true(sheets >= 12);
    buffer_release(&files);
}

/* ---- looks ---- */

/* A form of which every part looks otherwise; a slash in the name of a group is none of its path.
 */
static const char other_looks[] = "字体,抬头,黑体,16\n"
                                  "字体,标题,方正小标宋简体,22,不加粗\n"
                                  "行高,标题,45\n"
                                  "字体,左上,仿宋_GB2312,12\n"
                                  "字体,表头,黑体,10.5,不加粗、无底色\n"
                                  "字体,正文,仿宋,11\n"
                                  "字体,说明,楷体,9,加粗\n"
                                  "字体,签名,仿宋_GB2312,14\n";

static void comes_back_with_its_looks(void **state)
{
    struct bureau *bureau = *state;
    struct layout layout;
    struct error err = {0};
    struct buffer text = {0}, learnt = {0};
    buffer_addf(&text,
                "表,样子\n清单,thallium_enterprise\n抬头,附件2\n标题,{地区}涉铊企业清单\n"
                "左上,填报单位：{填报单位}\n右上,填报日期：{填报日期}\n%s说明,本表每年报一次。\n"
                "列,serial\n列,enterprise_name\n列,content_max,最大,原料（mg\\/kg）/总铊\n"
                "列,content_mean,均值,原料（mg\\/kg）/总铊\n列,input_kg\n"
                "合计,合计\n签名,填表人：{填表人}\n",
                other_looks);
    if (!layout_parse(&layout, "样子", text.text, &err))
        fail_msg("%s", err.message);
    learn_again(bureau, "样子", &layout.sheets[0], &learnt);
    assert_has(learnt.text, other_looks);
    assert_has(learnt.text, "原料（mg\\/kg）/总铊");
    char path[PATH_SIZE];
    path_of(bureau, "again.xlsx", path);
    char *sheet = scratch_unzip(path, "xl/worksheets/sheet1.xml");
    assert_has(sheet, "原料（mg/kg）");
    char *styles = scratch_unzip(path, "xl/styles.xml");
    assert_has(styles, "<sz val=\"22\"/>");
    assert_has(styles, "方正小标宋简体");
    assert_lacks(styles, "<patternFill patternType=\"solid\">");
    free(styles);
    free(sheet);
    layout_release(&layout);
    buffer_release(&text);
    buffer_release(&learnt);
}

/* What no layout takes of a form's fonts is left out, not refused when the form is learnt. */
static void leaves_out_what_is_no_font(void **state)
{
    (void)state;
    static const struct {
        char *name;
        uint16_t size;
        bool named, sized;
    } cases[] = {
        {"仿宋", 160, true, true},
        {"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", 4090, false, false},
        {"两\n行", 49, false, false},
        {"", 0, false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct table_style style = {.font = cases[i].name, .size = cases[i].size, .bold = true};
        struct table_look look = {.row = 1};
        const struct table table = {
            .looks = &look, .look_count = 1, .styles = &style, .style_count = 1};
        struct form form = {.part_rows[SINK_TITLE] = 1};
        form_read_looks(&form, &table, &(struct form_rows){.first = 2, .last = 2});
        assert_int_equal(form.fonts[SINK_TITLE].name != NULL, cases[i].named);
        assert_int_equal(form.fonts[SINK_TITLE].size != 0, cases[i].sized);
        form_release_looks(&form);
    }
}

/* ---- columns ---- */

/* Writes a blank form whose headings are the cells of `heading`, and reads it. */
static void read_form(struct bureau *bureau, const struct reg *reg, const char *heading,
                      struct form *form)
{
    char path[PATH_SIZE];
    struct error err = {0};
    path_of(bureau, "form.csv", path);
    scratch_write(path, heading);
    if (!form_read(form, path, NULL, reg, &err))
        fail_msg("%s", err.message);
}

static void lets_a_person_choose(void **state)
{
    struct bureau *bureau = *state;
    struct form form;
    struct error err = {0};
    struct buffer remarks = {0};
    read_form(bureau, &reg_legacy_site, "点位名称,县（市、区）,详细地址,专家意见,占地面积（m²）\n",
              &form);
    assert_null(form.columns[3].field);
    learn_write_remarks(&form, &remarks);
    assert_has(remarks.text, "专家意见”没有对应的字段");
    assert_false(form_choose(&form, 3, "nobody", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_true(form_choose(&form, 3, "risk_reason", &err));
    assert_string_equal(form.columns[3].field->name, "risk_reason");
    /* A column that is no field; a field that another column had. */
    assert_true(form_choose(&form, 4, "receptor.list", &err));
    assert_null(form.columns[4].field);
    assert_true(form_choose(&form, 1, "name", &err));
    assert_null(form.columns[0].field);
    assert_int_equal(form.columns[0].match, HEADING_UNKNOWN);
    buffer_clear(&remarks);
    learn_write_remarks(&form, &remarks);
    assert_lacks(remarks.text, "专家意见");
    char csv[PATH_SIZE];
    struct buffer text = {0};
    path_of(bureau, "chosen.csv", csv);
    if (!learn_save(&form, bureau->store, "chosen", "form.csv", csv, &err) ||
        !resource_read_file(csv, &text, &err))
        fail_msg("%s", err.message);
    assert_has(text.text, "列,blank1,点位名称");
    assert_has(text.text, "列,name,县（市、区）");
    assert_has(text.text, "列,risk_reason,专家意见");
    assert_has(text.text, "列,receptor.list,占地面积（m²）");
    buffer_release(&text);
    buffer_release(&remarks);
    form_release(&form);
}

/* Only a unit that is another one is worth a question. */
static void asks_about_other_units(void **state)
{
    struct bureau *bureau = *state;
    static const struct {
        const char *heading, *remark; /* NULL: none */
    } cases[] = {
        {"占地面积（m²）", NULL},
        {"占地面积（平方米）", NULL},
        {"占地面积（㎡）", NULL},
        {"占地面积（亩）", "的单位是 亩，程序按 m² 填"},
        {"占地面积（公顷）", "的单位是 公顷，程序按 m² 填"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct form form;
        struct buffer heading = {0}, remarks = {0};
        buffer_addf(&heading, "点位名称,县（市、区）,详细地址,%s\n", cases[i].heading);
        read_form(bureau, &reg_legacy_site, heading.text, &form);
        assert_string_equal(form.columns[3].field->name, "area_m2");
        learn_write_remarks(&form, &remarks);
        if (cases[i].remark)
            assert_has(buffer_text(&remarks), cases[i].remark);
        else
            assert_string_equal(buffer_text(&remarks), "");
        buffer_release(&remarks);
        buffer_release(&heading);
        form_release(&form);
    }
}

/* ---- words ---- */

static void finds_what_changes(void **state)
{
    struct bureau *bureau = *state;
    static const struct {
        const char *text, *learnt;
        bool years;
    } cases[] = {
        {"清城区2025年度涉铊企业清单", "{地区}{年度}年度涉铊企业清单", true},
        {"广东省清远市清城区2025年涉铊企业清单", "{地区}{年度}年涉铊企业清单", true},
        {"清远市清城区涉铊企业清单（2024年度）", "{地区}涉铊企业清单（{年度}年度）", true},
        {"____县（市、区）20__年度整改台账", "{地区}{年度}年度整改台账", true},
        {"XX县（区）（　　）年度整改台账", "{地区}{年度}年度整改台账", true},
        {"××县　　　年度整改台账", "{地区}{年度}年度整改台账", true},
        {"2025年上半年减排情况", "{年度}年上半年减排情况", true},
        {"填报单位：", "填报单位：{填报单位}", true},
        {"填报单位（盖章）：　　　　填报时间：　　年　月　日",
         "填报单位（盖章）：{填报单位}　　　　填报时间：{填报日期}", true},
        {"填报单位：清城区生态环境局", "填报单位：{填报单位}", true},
        {"填报单位：某某县局　填表人：李四", "填报单位：{填报单位}　填表人：{填表人}", true},
        {"清城区生态环境局（公章）", "{填报单位}（公章）", true},
        {"填表人：＿＿＿＿　审核人：＿＿＿＿", "填表人：{填表人}　审核人：＿＿＿＿", false},
        {"填报日期：2026年6月15日", "填报日期：{填报日期}", false},
        /* What is no blank and no year of the report stays. */
        {"总铊：mg/L　年入铊量：kg/a", "总铊：mg/L　年入铊量：kg/a", true},
        {"截至2025年12月31日", "截至2025年12月31日", true},
        {"注：2020年基础排放量取自普查。", "注：2020年基础排放量取自普查。", false},
        {"12025年", "12025年", true},
        {"第20号年报", "第20号年报", true},
        {"花都区涉铊企业清单", "花都区涉铊企业清单", true},
        {"见{附件}", "见｛附件｝", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer learnt = {0};
        learn_add_words(bureau->store, cases[i].text, cases[i].years, &learnt);
        assert_string_equal(buffer_text(&learnt), cases[i].learnt);
        assert_true(run_check_placeholders(buffer_text(&learnt), NULL));
        buffer_release(&learnt);
    }
}

static void refuses_names_that_are_taken(void **state)
{
    (void)state;
    static const char *const bad[] = {"enterprise", "balance", "", "涉铊", "Tl", "a b"};
    struct error err = {0};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(learn_check_name(bad[i], &err));
        assert_int_equal(err.code, ERROR_USAGE);
    }
    assert_true(learn_check_name("shengbiao-2", &err));
    assert_true(learn_check_name("half-year", &err)); /* a layout file: may be replaced */
}

/* A workbook that is no form of the register changes nothing. */
static void refuses_what_is_no_form(void **state)
{
    struct bureau *bureau = *state;
    char path[PATH_SIZE];
    struct form form;
    struct error err = {0};
    path_of(bureau, "menu.csv", path);
    scratch_write(path, "菜单,价格\n红烧肉,38\n");
    assert_false(form_read(&form, path, NULL, &reg_thallium_enterprise, &err));
    assert_int_equal(err.code, ERROR_FORMAT);
    form_release(&form);
    assert_false(form_read(&form, "/nowhere.xlsx", NULL, &reg_thallium_enterprise, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    form_release(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_from_every_sheet_of_ours),
        cmocka_unit_test(comes_back_with_its_looks),
        cmocka_unit_test(leaves_out_what_is_no_font),
        cmocka_unit_test(lets_a_person_choose),
        cmocka_unit_test(asks_about_other_units),
        cmocka_unit_test(finds_what_changes),
        cmocka_unit_test(refuses_names_that_are_taken),
        cmocka_unit_test(refuses_what_is_no_form),
    };
    return cmocka_run_group_tests_name("learn", tests, set_up, bureau_tear_down);
}
