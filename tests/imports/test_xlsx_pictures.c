#include "fixture.h"

#include "core/buffer.h"
#include "core/text.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PNG "\x89PNG\r\n\x1A\n"
enum { PICTURE_SIZE = 200 };

static const char sheet_with_drawing[] =
    "<worksheet><sheetFormatPr defaultRowHeight='20'/><cols><col min='1' max='1' width='10'/>"
    "</cols><sheetData><row ht='40'><c><v>1</v></c></row></sheetData><drawing r:id='d1'/>"
    "</worksheet>";

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"
#define RELATIONS(all) "<Relationships>" all "</Relationships>"
#define FROM(column, row)                                                                          \
    "<xdr:from><xdr:col>" column "</xdr:col><xdr:colOff>99</xdr:colOff><xdr:row>" row              \
    "</xdr:row><xdr:rowOff>88</xdr:rowOff></xdr:from>"
#define PIC(id)                                                                                    \
    "<xdr:pic><xdr:blipFill><a:blip r:embed='" id "'/></xdr:blipFill><xdr:spPr><a:xfrm>"           \
    "<a:off x='5' y='5'/></a:xfrm></xdr:spPr></xdr:pic>"
#define DRAWING(all) "<xdr:wsDr xmlns:xdr='d' xmlns:a='a' xmlns:r='r'>" all "</xdr:wsDr>"

static char png[PICTURE_SIZE] = PNG, jpeg[PICTURE_SIZE] = "\xFF\xD8\xFF\xE0";

static void write_drawing(struct fixture *fixture, const char *drawing)
{
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .sheet = sheet_with_drawing,
            .more = {
                {.name = "xl/worksheets/_rels/sheet1.xml.rels",
                 .text = RELATIONS(RELATION("d1", "drawing", "../drawings/drawing1.xml"))},
                {.name = "xl/drawings/drawing1.xml", .text = drawing},
                {.name = "xl/drawings/_rels/drawing1.xml.rels",
                 .text = RELATIONS(
                     RELATION("a", "image", "../media/image1.png") RELATION(
                         "b", "image", "/xl/media/image2.jpeg") RELATION("missing", "image",
                                                                         "../media/no.png")
                         RELATION("chart", "chart", "../media/image1.png") RELATION(
                             "up", "image",
                             "../../../../etc/passwd") "<Relationship Id='out' "
                                                       "TargetMode='External'"
                                                       " Type='x/image' Target='file:///a.png'/>")},
                {.name = "xl/media/image1.png", .text = png, .length = PICTURE_SIZE},
                {.name = "xl/media/image2.jpeg", .text = jpeg, .length = PICTURE_SIZE},
            }});
    table_release(&fixture->table);
    fixture->err = (struct error){0};
    bool done = table_read(fixture->path, NULL, &fixture->table, &fixture->err);
    assert_string_equal(fixture->err.message, "");
    assert_true(done);
}

/* The pictures of the sheet as "row,column part" joined by a blank. */
static void expect_images(const struct fixture *fixture, const char *expected)
{
    const struct table *table = &fixture->table;
    struct buffer images = {0};
    for (size_t i = 0; i < table->image_count; i++)
        buffer_addf(&images, "%s%u,%u %s", i ? " " : "", table->images[i].row,
                    table->images[i].column, strrchr(table->images[i].part, '/') + 1);
    assert_string_equal(buffer_text(&images), expected);
    assert_int_equal(table->archive != NULL, table->image_count > 0);
    buffer_release(&images);
}

static void test_anchors(void **state)
{
    struct fixture *fixture = *state;
    write_drawing(fixture,
                  DRAWING("<xdr:twoCellAnchor>" FROM(
                      "4", "11") "<xdr:to><xdr:col>9"
                                 "</xdr:col><xdr:row>20</xdr:row></xdr:to>" PIC(
                                     "a") "</xdr:twoCellAnchor><xdr:oneCellAnchor>" FROM("1", "2")
                                     PIC("b") "</xdr:oneCellAnchor>"));
    expect_images(fixture, "3,1 image2.jpeg 12,4 image1.png");
}

/* Measured from the corner of the sheet: the first row is 40 points high, the others 20. */
static void test_absolute_anchors(void **state)
{
    struct fixture *fixture = *state;
#define AT(x, y)                                                                                   \
    "<xdr:absoluteAnchor><xdr:pos x='" x "' y='" y "'/>" PIC("a") "</xdr:absoluteAnchor>"
    write_drawing(fixture, DRAWING(AT("0", "0") AT("0", "507999") AT("0", "508000")
                                       AT("666750", "762000") AT("-5", "999999999999999")));
    expect_images(fixture, "1,0 image1.png 1,0 image1.png 2,0 image1.png 3,1 image1.png");
}

static void test_pictures_in_groups_and_alternatives(void **state)
{
    struct fixture *fixture = *state;
    write_drawing(
        fixture,
        DRAWING("<xdr:twoCellAnchor>" FROM("0", "1") "<xdr:grpSp>" PIC("a") PIC(
            "b") "</xdr:grpSp></xdr:twoCellAnchor><mc:AlternateContent><mc:Choice>"
                 "<xdr:twoCellAnchor>" FROM("0", "4")
                     PIC("b") "</xdr:twoCellAnchor>"
                              "</mc:Choice><mc:Fallback><xdr:twoCellAnchor>" FROM("0", "4") PIC(
                                  "a") "</xdr:twoCellAnchor></mc:Fallback></mc:AlternateContent>"));
    expect_images(fixture, "2,0 image1.png 2,0 image2.jpeg 5,0 image2.jpeg");
}

/* A shape that is filled with a picture, a chart, and what points nowhere or outside. */
static void test_what_is_no_picture(void **state)
{
    struct fixture *fixture = *state;
    write_drawing(
        fixture,
        DRAWING("<xdr:twoCellAnchor>" FROM(
            "0",
            "1") "<xdr:sp><a:blip r:embed='a'/>"
                 "</xdr:sp></xdr:twoCellAnchor><xdr:twoCellAnchor>" FROM("0", "1") PIC("missing")
                     PIC("chart") PIC("up") PIC("out") PIC(
                         "nobody") "<xdr:pic><a:blip r:link='a'/></xdr:pic></xdr:twoCellAnchor>"
                                   "<xdr:twoCellAnchor>" FROM("16384", "1")
                                       PIC("a") "</xdr:twoCellAnchor><xdr:twoCellAnchor>" FROM(
                                           "0", "1048576")
                                           PIC("a") "</xdr:twoCellAnchor><xdr:twoCellAnchor>" FROM(
                                               "0", "99999999999999999999")
                                               PIC("a") "</xdr:twoCellAnchor>"));
    expect_images(fixture, "");
    fixture_expect(fixture, NULL, "1");
}

static void test_broken_drawing(void **state)
{
    struct fixture *fixture = *state;
    write_drawing(fixture, DRAWING(""));
    expect_images(fixture, "");
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){
                     .sheet = sheet_with_drawing,
                     .more = {{.name = "xl/worksheets/_rels/sheet1.xml.rels",
                               .text = RELATIONS(RELATION("d1", "drawing", "../drawing1.xml"))},
                              {.name = "xl/drawing1.xml", .text = "<wsDr><oneCellAnchor>"}}});
    fixture_refuse(fixture, NULL, ERROR_FORMAT, "XML 已损坏");
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet_with_drawing});
    fixture_expect(fixture, NULL, "1"); /* without the drawing itself the rows stay what they are */
}

/* ---- pictures in cells ---- */

#define IN_CELL(name, id)                                                                          \
    "<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id='2' name='" name "'/></xdr:nvPicPr>"       \
    "<xdr:blipFill><a:blip r:embed='" id "'/></xdr:blipFill></xdr:pic></etc:cellImage>"

static void write_cell_pictures(struct fixture *fixture, const char *rows)
{
    struct buffer sheet = {0};
    buffer_addf(&sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .relations = RELATIONS(RELATION("r1", "worksheet", "worksheets/sheet1.xml")
                                       RELATION("r3", "sharedStrings", "sharedStrings.xml")
                                           RELATION("r9", "2020/cellImage", "cellimages.xml")),
            .strings = "<sst><si><t>=DISPIMG(\"ID_2\",1)</t></si><si><t>=DISPIMG</t></si></sst>",
            .sheet = sheet.text,
            .more = {{.name = "xl/cellimages.xml",
                      .text = "<etc:cellImages>" IN_CELL("ID_2", "b") IN_CELL("ID_1", "a")
                          IN_CELL("ID_3", "nobody") "</etc:cellImages>"},
                     {.name = "xl/_rels/cellimages.xml.rels",
                      .text = RELATIONS(RELATION("a", "image", "media/image1.png")
                                            RELATION("b", "image", "media/image2.jpeg"))},
                     {.name = "xl/media/image1.png", .text = png, .length = PICTURE_SIZE},
                     {.name = "xl/media/image2.jpeg", .text = jpeg, .length = PICTURE_SIZE}}});
    buffer_release(&sheet);
}

static void test_pictures_in_cells(void **state)
{
    struct fixture *fixture = *state;
    write_cell_pictures(
        fixture,
        "<row r='2'><c t='str'><f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>=DISPIMG(\"ID_1\",1)</v></c>"
        "<c><v>1</v></c></row><row><c t='e'><f>DISPIMG(\"ID_2\",1)</f><v>#NAME?</v></c>"
        "<c t='s'><v>0</v></c><c t='str'><v>=_xlfn.DISPIMG(\"ID_1\",1)</v></c>"
        "<c><f>_xlfn.DISPIMG(\"ID_1\",1)</f></c><c><v>2</v></c></row>");
    fixture_expect(fixture, NULL, "|1\n||||2");
    expect_images(fixture, "2,0 image1.png 3,0 image2.jpeg 3,1 image2.jpeg 3,2 image1.png "
                           "3,3 image1.png");
    assert_int_equal(fixture->table.uncalculated_count, 0);
}

/* A name that nobody knows leaves the cell empty; a text that only looks alike stays. */
static void test_no_pictures_in_cells(void **state)
{
    struct fixture *fixture = *state;
    write_cell_pictures(
        fixture, "<row><c t='str'><v>=DISPIMG(\"ID_9\",1)</v></c><c t='str'><v>=DISPIMG(\"\",1)</v>"
                 "</c><c t='s'><v>1</v></c><c t='str'><f>\"DISPIMG\"</f><v>DISPIMG</v></c>"
                 "<c t='str'><v>=DISPIMG(\"ID_3\",1)</v></c><c><v>2</v></c></row>");
    fixture_expect(fixture, NULL, "|=DISPIMG(\"\",1)|=DISPIMG|DISPIMG||2");
    expect_images(fixture, "");
}

/* As Excel keeps them: a cell whose attribute vm leads over four parts to a picture. */
static void write_rich_pictures(struct fixture *fixture, const char *values)
{
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .relations = RELATIONS(RELATION("r1", "worksheet", "worksheets/sheet1.xml") RELATION(
                "r2", "sheetMetadata", "metadata.xml") RELATION("r3", "rdRichValue", "r/v.xml")
                                       RELATION("r4", "rdRichValueStructure", "r/s.xml")
                                           RELATION("r5", "richValueRel", "r/l.xml")),
            .sheet = "<worksheet><sheetData><row><c t='e' vm='1'><v>#VALUE!</v></c>"
                     "<c t='e' vm='2'><v>#VALUE!</v></c><c t='e' vm='3'><v>#VALUE!</v></c>"
                     "<c t='e' vm='9'><v>#VALUE!</v></c><c t='e' vm='0'><v>#VALUE!</v></c>"
                     "<c t='e' vm='x'><v>#VALUE!</v></c><c><v>1</v></c></row></sheetData>"
                     "</worksheet>",
            .more = {{.name = "xl/metadata.xml",
                      .text =
                          "<metadata><metadataTypes><metadataType name='XLDAPR'/>"
                          "<metadataType name='XLRICHVALUE'/></metadataTypes>"
                          "<futureMetadata name='XLDAPR'><bk><rvb i='1'/></bk></futureMetadata>"
                          "<futureMetadata name='XLRICHVALUE'><bk><extLst><ext><xlrd:rvb i='1'/>"
                          "</ext></extLst></bk><bk><extLst><ext><xlrd:rvb i='0'/></ext></extLst>"
                          "</bk></futureMetadata><valueMetadata><bk><rc t='2' v='0'/></bk>"
                          "<bk><rc t='2' v='1'/></bk><bk><rc t='1' v='0'/></bk></valueMetadata>"
                          "</metadata>"},
                     {.name = "xl/r/s.xml",
                      .text = "<rvStructures><s t='_linked'><k n='Price'/></s><s t='_localImage'>"
                              "<k n='CalcOrigin'/><k n='_rvRel:LocalImageIdentifier'/></s>"
                              "</rvStructures>"},
                     {.name = "xl/r/v.xml", .text = values},
                     {.name = "xl/r/l.xml",
                      .text = "<richValueRels><rel r:id='b'/><rel r:id='a'/></richValueRels>"},
                     {.name = "xl/r/_rels/l.xml.rels",
                      .text = RELATIONS(RELATION("a", "image", "../media/image1.png")
                                            RELATION("b", "image", "../media/image2.jpeg"))},
                     {.name = "xl/media/image1.png", .text = png, .length = PICTURE_SIZE},
                     {.name = "xl/media/image2.jpeg", .text = jpeg, .length = PICTURE_SIZE}}});
}

static void test_rich_pictures(void **state)
{
    struct fixture *fixture = *state;
    write_rich_pictures(fixture, "<rvData><rv s='1'><v>5</v><v>0</v></rv>"
                                 "<rv s='1'><v>6</v><v>1</v></rv></rvData>");
    fixture_expect(fixture, NULL, "||#VALUE!|#VALUE!|#VALUE!|#VALUE!|1");
    expect_images(fixture, "1,0 image1.png 1,1 image2.jpeg");
}

/* Other rich values (a share price) and numbers that lead nowhere stay the errors that they are. */
static void test_rich_values_without_picture(void **state)
{
    static const char *const values[] = {
        "<rvData><rv s='0'><v>0</v></rv><rv s='0'><v>1</v></rv></rvData>",
        "<rvData><rv s='9'><v>5</v><v>0</v></rv><rv><v>6</v><v>1</v></rv></rvData>",
        "<rvData><rv s='1'><v>5</v><v>2</v></rv><rv s='1'><v>5</v><v>-1</v></rv></rvData>",
        "<rvData><rv s='1'><v>5</v><v>99999999999</v></rv><rv s='1'><v>5</v></rv></rvData>",
        "<rvData/>",
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        write_rich_pictures(fixture, values[i]);
        fixture_expect(fixture, NULL, "#VALUE!|#VALUE!|#VALUE!|#VALUE!|#VALUE!|#VALUE!|1");
        expect_images(fixture, "");
    }
}

/* ---- saving ---- */

static size_t files_in(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

static void write_one(struct fixture *fixture, const char *bytes, size_t length, size_t times)
{
    fixture_write_workbook(
        fixture, &(struct fixture_workbook){
                     .sheet = sheet_with_drawing,
                     .more = {{.name = "xl/worksheets/_rels/sheet1.xml.rels",
                               .text = RELATIONS(RELATION("d1", "drawing", "../d.xml"))},
                              {.name = "xl/d.xml",
                               .text = DRAWING("<xdr:oneCellAnchor>" FROM("0", "11")
                                                   PIC("a") "</xdr:oneCellAnchor>")},
                              {.name = "xl/_rels/d.xml.rels",
                               .text = RELATIONS(RELATION("a", "image", "media/..%2F..%2Fa.png"))},
                              {.name = "xl/media/..%2F..%2Fa.png",
                               .text = bytes,
                               .length = length,
                               .times = times}}});
    table_release(&fixture->table);
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    assert_int_equal(fixture->table.image_count, 1);
}

static void test_saving(void **state)
{
    static const struct {
        const char *head;
        size_t at;
        const char *word, *ending;
    } kinds[] = {
        {PNG, 0, "", "png"},
        {"\xFF\xD8\xFF\xE1", 0, "", "jpeg"},
        {"GIF89a", 0, "", "gif"},
        {"BM....", 14, "(", "bmp"},
        {"II*", 0, "", "tiff"},
        {"MM", 3, "*", "tiff"},
        {"RIFF....", 8, "WEBP", "webp"},
        {"\1", 40, " EMF", "emf"},
        {"\xD7\xCD\xC6\x9A", 0, "", "wmf"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        char picture[PICTURE_SIZE] = {0}, found[PICTURE_SIZE + 1];
        memcpy(picture, kinds[i].head, strlen(kinds[i].head));
        memcpy(picture + kinds[i].at, kinds[i].word, strlen(kinds[i].word));
        write_one(fixture, picture, sizeof picture, 1);
        unlink(fixture->path); /* it is open, and need not be there any more */
        struct buffer path = {0}, name = {0};
        if (!table_save_image(&fixture->table, 0, fixture->folder, &path, &fixture->err))
            fail_msg("%s: %s", kinds[i].ending, fixture->err.message);
        buffer_addf(&name, "%s/第12行图片1.%s", fixture->folder, kinds[i].ending);
        assert_string_equal(path.text, name.text);
        FILE *file = fopen(path.text, "rb");
        assert_int_equal(fread(found, 1, sizeof found, file), PICTURE_SIZE);
        fclose(file);
        assert_memory_equal(found, picture, PICTURE_SIZE);
        assert_int_equal(files_in(fixture->folder), 1);
        buffer_clear(&path); /* what is there is never written over */
        assert_false(table_save_image(&fixture->table, 0, fixture->folder, &path, &fixture->err));
        assert_int_equal(fixture->err.code, ERROR_IO);
        assert_int_equal(files_in(fixture->folder), 1);
        unlink(name.text);
        buffer_release(&path);
        buffer_release(&name);
    }
}

static void refuse_save(struct fixture *fixture, enum error_code code, const char *words)
{
    struct buffer path = {0};
    assert_false(table_save_image(&fixture->table, 0, fixture->folder, &path, &fixture->err));
    assert_int_equal(fixture->err.code, code);
    if (!strstr(fixture->err.message, words))
        fail_msg("“%s” does not say “%s”", fixture->err.message, words);
    assert_true(text_starts_with(fixture->err.message, "第 12 行的图片："));
    assert_int_equal(path.length, 0);
    assert_int_equal(files_in(fixture->folder), 1); /* the workbook */
    buffer_release(&path);
}

static void test_refused_saving(void **state)
{
    static const char *const others[] = {"<svg xmlns='http://www.w3.org/2000/svg'>",
                                         "#!/bin/sh\n",
                                         "MZ",
                                         "PK\3\4",
                                         "BM but no picture",
                                         "RIFF....WAVE",
                                         "\177ELF",
                                         "\x89PNG\n"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char bytes[PICTURE_SIZE] = {0};
        memcpy(bytes, others[i], strlen(others[i]));
        write_one(fixture, bytes, sizeof bytes, 1);
        refuse_save(fixture, ERROR_FORMAT, "不是常用格式的图片");
    }
    write_one(fixture, PNG, 8, 1); /* too short to be anything */
    refuse_save(fixture, ERROR_FORMAT, "不是常用格式的图片");
}

static void test_huge_picture(void **state)
{
    enum { BLOCK = 1 << 20 };
    struct fixture *fixture = *state;
    char *block = calloc(BLOCK, 1);
    uint32_t random = 1;
    for (size_t i = 0; i < BLOCK / 8; i++)
        block[i] = (char)((random = random * 1664525u + 1013904223u) >> 24);
    memcpy(block, png, 8);
    write_one(fixture, block, BLOCK, (TABLE_MAX_IMAGE_FILE >> 20) + 1);
    refuse_save(fixture, ERROR_FORMAT, "图片超过 50 MB");
    free(block);
}

static void test_folder_that_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct buffer path = {0};
    write_one(fixture, png, PICTURE_SIZE, 1);
    assert_false(table_save_image(&fixture->table, 0, "/nonexistent/folder", &path, &fixture->err));
    assert_int_equal(fixture->err.code, ERROR_IO);
    assert_true(table_save_image(&fixture->table, 0, fixture->folder, &path, &fixture->err));
    unlink(path.text);
    buffer_release(&path);
}

/* What the archive says of a picture is checked when it is read. */
static void test_damaged_picture(void **state)
{
    struct fixture *fixture = *state;
    char bytes[16384];
    write_one(fixture, png, PICTURE_SIZE, 1);
    FILE *file = fopen(fixture->path, "rb");
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    size_t at = length;
    while (memcmp(bytes + --at, "PK\1\2", 4) != 0) /* the last entry, which is the picture's */
        ;
    bytes[at + 16] ^= 1;
    fixture_write(fixture, "清单.xlsx", bytes, length);
    table_release(&fixture->table);
    assert_true(table_read(fixture->path, NULL, &fixture->table, &fixture->err));
    refuse_save(fixture, ERROR_FORMAT, "文件已损坏");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(anchors),
        TEST(absolute_anchors),
        TEST(pictures_in_groups_and_alternatives),
        TEST(what_is_no_picture),
        TEST(broken_drawing),
        TEST(pictures_in_cells),
        TEST(no_pictures_in_cells),
        TEST(rich_pictures),
        TEST(rich_values_without_picture),
        TEST(saving),
        TEST(refused_saving),
        TEST(huge_picture),
        TEST(folder_that_is_not_there),
        TEST(damaged_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
