/* What holds for cells of every kind, texts and places on the map. */
#include "cells.h"

#include <stdio.h>
#include <string.h>

static const struct cell_context usual = {.unit = ""};
static const struct field text = {.name = "products", .label = "主要产品", .type = TYPE_TEXT};
static const struct field lines = {.name = "note", .label = "备注", .type = TYPE_LONGTEXT};
static const struct field lon = {.name = "lon", .label = "经度", .type = TYPE_LON};
static const struct field lat = {.name = "lat", .label = "纬度", .type = TYPE_LAT};

static void every_type_but_files_is_read(void **state)
{
    (void)state;
    static const struct cell_case errors[] = {
        {"#REF!", NULL, "“#REF!”是表格软件的出错标记", false},
        {"#N/A", NULL, "出错标记", false},
        {"#VALUE!", NULL, "出错标记", false},
        {"########", NULL, "出错标记", false},
        {"Err:502", NULL, "出错标记", false},
        {"", "", NULL, false},
        {" 　", "", NULL, false},
        {"/", "", NULL, false},
        {"——", "", NULL, false},
        {"NULL", "", "当作没有填", false},
    };
    static const struct cell_case passed[] = {{"#REF!", "#REF!", NULL, false},
                                              {"照片/1.jpg", "照片/1.jpg", NULL, false},
                                              {"/", "/", NULL, false}};
    for (int i = 0; i < TYPE__COUNT; i++) {
        const struct field field = {.name = "x",
                                    .label = "某",
                                    .type = (enum field_type)i,
                                    .target = "enterprise",
                                    .choices = (const char *const[]){"甲", NULL}};
        if (i == TYPE_ATTACHMENT)
            CELLS_CHECK(&usual, &field, passed);
        else
            CELLS_CHECK(&usual, &field, errors);
    }
}

static void texts(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"电解锌、锌锭", "电解锌、锌锭", NULL, false},
        {"无", "无", NULL, false},
        {"不涉及", "不涉及", NULL, false},
        {"  锌锭  ", "  锌锭  ", NULL, false}, /* the type cleans it */
        {"鉛錠", "鉛錠", NULL, false},
        {"3.0", "3.0", NULL, false},
        {"2025", "2025", NULL, false},
        {"E区", "E区", NULL, false},
        {"'0012", "0012", "读作 0012", false},
        {"=\"0012\"", "0012", "读作 0012", false},
        {"'甲'、'乙'", "'甲'、'乙'", NULL, false},
        {"锌\x01锭", "锌锭", "读作 锌锭", false},
        {"锌\x7F锭\x1B", "锌锭", "读作 锌锭", false},
        {"锌\xE2\x80\xAE锭", "锌锭", "读作 锌锭", false},
        {"锌锭（#1）", "锌锭（#1）", NULL, false},
        {"#1锌锭", "#1锌锭", NULL, false},
        {"9.1451E+17", NULL, "格式设为文本", false},
        {"#NAME?", NULL, "出错标记", false},
    };
    CELLS_CHECK(&usual, &text, cases);
    static const struct cell_case notes[] = {
        {"一\n二", "一\n二", NULL, false},
        {"一\n\x02二", "一\n二", "读作 一", false},
        {"-", "", NULL, false},
    };
    CELLS_CHECK(&usual, &lines, notes);
    static const char *const left[] = {"\xFF\xFE"};
    CELLS_LEFT(&usual, &text, left);
}

static void a_long_cell_is_quoted_in_part(void **state)
{
    (void)state;
    struct cell_reading reading = {.is_guess = false};
    struct buffer long_text = {0};
    for (int i = 0; i < 100; i++)
        buffer_add(&long_text, "锌");
    buffer_add(&long_text, "\x01");
    assert_true(cell_read(&usual, &text, long_text.text, &reading, NULL));
    assert_non_null(strstr(reading.note.text, "锌锌…”读作"));
    assert_int_equal(reading.text.length, 300);
    assert_true(cell_read(&usual, &text, "锌", &reading, NULL));
    assert_int_equal(reading.note.length, 0);
    assert_string_equal(reading.text.text, "锌");
    buffer_release(&long_text);
    cell_reading_release(&reading);
}

static void degrees(void **state)
{
    (void)state;
    static const struct cell_case cases[] = {
        {"113.0569", "113.0569", NULL, false},
        {"113°03′25″E", "113°03′25″E", NULL, false},
        {"113度3分25秒", "113度3分25秒", NULL, false},
        {"E113°3'25\"", "E113°3'25\"", NULL, false},
        {"113.0569°", "113.0569°", NULL, false},
        {"113-03-25", "113 03 25", "读作 113 03 25", false},
        {"113:03:25.5", "113 03 25.5", "读作", false},
        {"113˚3'25''", "113°3'25''", "读作", false},
        {"113°3＇25＂", "113°3′25″", "读作", false},
        {"113o3'25\"", "113°3'25\"", "读作", false},
        {"113。0569", "113.0569", "读作", false},
        {"113.03.25", "113 03 25", "看作度、分、秒", true},
        {"113.0569,23.6821", "113.0569", "一格里有经度和纬度", false},
        {"23.6821，113.0569", "113.0569", "一格里有经度和纬度", false},
        {"E113°3′25″ N23°40′55″", "E113°3′25″", "一格里有经度和纬度", false},
        {"38456123.12", NULL, "像是平面坐标", false},
        {"456123", NULL, "像是平面坐标", false},
        {"/", "", NULL, false},
        {"不详", "", "当作没有填", false},
    };
    CELLS_CHECK(&usual, &lon, cases);
    static const struct cell_case others[] = {
        {"113.0569,23.6821", "23.6821", "一格里有经度和纬度", false},
        {"东经113°3′北纬23°40′", "23°40′", "一格里有经度和纬度", false},
    };
    CELLS_CHECK(&usual, &lat, others);
    static const char *const left[] = {"23.6821", "很远", "200.5", "113°61′", "113.5,114.5"};
    CELLS_LEFT(&usual, &lon, left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_but_files_is_read),
        cmocka_unit_test(texts),
        cmocka_unit_test(a_long_cell_is_quoted_in_part),
        cmocka_unit_test(degrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
