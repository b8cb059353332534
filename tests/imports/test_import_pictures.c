/* Pictures on the sheet become files of the rows on which they lie. */
#include "tests/imports/desk.h"

#include "db/attachment.h"
#include "db/history.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PICTURE_SIZE = 200 };

#define TEXT(place, text)  "<c r='" place "' t='inlineStr'><is><t>" text "</t></is></c>"
#define ROW(number, cells) "<row r='" number "'>" cells "</row>"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"
#define ANCHOR(column, row, id)                                                                    \
    "<xdr:oneCellAnchor><xdr:from><xdr:col>" column "</xdr:col><xdr:row>" row                      \
    "</xdr:row></xdr:from><xdr:pic><xdr:blipFill><a:blip r:embed='" id                             \
    "'/></xdr:blipFill></xdr:pic></xdr:oneCellAnchor>"

/* Of row 2 more cells may follow. */
static const char sheet_head[] = "<worksheet><sheetData>" ROW(
    "1", TEXT("A1", "企业名称") TEXT("B1", "县（市、区）") TEXT("C1", "附件")
             TEXT("D1", "整改前照片")) "<row r='2'>" TEXT("A2", "甲厂") TEXT("B2", "清城区");
static const char sheet_tail[] =
    "</row>" ROW("3", TEXT("A3", "乙厂") TEXT("B3", "天上")) "</sheetData><drawing r:id='d1'/>"
                                                             "</worksheet>";

/* In 附件 of row 2, beside it, on a row that is refused, below the list, and one that is none. */
static const char drawing[] =
    "<xdr:wsDr xmlns:xdr='d' xmlns:a='a' xmlns:r='r'>" ANCHOR("2", "1", "a") ANCHOR("3", "1", "b")
        ANCHOR("3", "2", "a") ANCHOR("0", "9", "a") ANCHOR("0", "1", "c") "</xdr:wsDr>";

static char png[PICTURE_SIZE] = "\x89PNG\r\n\x1A\n", jpeg[PICTURE_SIZE] = "\xFF\xD8\xFF\xE0",
            text[PICTURE_SIZE] = "no picture";

static struct import *open_list_with(struct fixture *fixture, struct store *store,
                                     const char *cells)
{
    struct import *import;
    struct error err = {0};
    struct buffer sheet = {0};
    buffer_addf(&sheet, "%s%s%s", sheet_head, cells, sheet_tail);
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .sheet = sheet.text,
            .more = {{.name = "xl/worksheets/_rels/sheet1.xml.rels",
                      .text = "<Relationships>" RELATION(
                          "d1", "drawing", "../drawings/drawing1.xml") "</Relationships>"},
                     {.name = "xl/drawings/drawing1.xml", .text = drawing},
                     {.name = "xl/drawings/_rels/drawing1.xml.rels",
                      .text = "<Relationships>" RELATION("a", "image", "../media/image1.png")
                          RELATION("b", "image", "../media/image2.jpeg")
                              RELATION("c", "image", "../media/image3.png") "</Relationships>"},
                     {.name = "xl/media/image1.png", .text = png, .length = PICTURE_SIZE},
                     {.name = "xl/media/image2.jpeg", .text = jpeg, .length = PICTURE_SIZE},
                     {.name = "xl/media/image3.png", .text = text, .length = PICTURE_SIZE}}});
    if (!import_open(&import, store, &reg_enterprise, fixture->path, NULL, NULL, NULL, &err))
        fail_msg("%s", err.message);
    buffer_release(&sheet);
    return import;
}

static struct import *open_list(struct fixture *fixture, struct store *store)
{
    return open_list_with(fixture, store, "");
}

static void expect_fates(const struct import *import, int kept, int known)
{
    assert_int_equal(import->pictures[IMPORT_PICTURE_KEPT], kept);
    assert_int_equal(import->pictures[IMPORT_PICTURE_KNOWN], known);
    assert_int_equal(import->pictures[IMPORT_PICTURE_REFUSED], 1);
    assert_int_equal(import->pictures[IMPORT_PICTURE_NO_ROW], 1);
    assert_int_equal(import->pictures[IMPORT_PICTURE_BROKEN], 1);
}

static void expect_no_files(struct store *store)
{
    struct buffer folder = {0};
    attachment_folder(store, &folder);
    assert_int_equal(attachment_count(store), 0);
    assert_int_not_equal(access(folder.text, F_OK), 0);
    buffer_release(&folder);
}

static void a_preview_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_list(fixture, store);
    desk_run(import, store, true, "2=1+0+0+1");
    expect_fates(import, 2, 0);
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_attachment, NULL), 0);
    expect_no_files(store);
    desk_close(fixture, store);
}

/* Removes a kept file, so that the test's folder can go. */
static void drop(struct store *store, const char *sum)
{
    struct buffer path = {0};
    attachment_path(store, sum, &path);
    assert_int_equal(unlink(path.text), 0);
    *strrchr(path.text, '/') = '\0';
    rmdir(path.text);
    *strrchr(path.text, '/') = '\0';
    rmdir(path.text);
    buffer_release(&path);
}

static void pictures_belong_to_their_rows(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_list(fixture, store);
    struct record owner, file;
    struct buffer summary = {0};
    desk_run(import, store, true, "2=1+0+0+1");
    desk_run(import, store, false, "2=1+0+0+1");
    expect_fates(import, 2, 0);
    import_close(&import);
    assert_int_equal(attachment_count(store), 2);
    assert_true(store_find(store, &reg_enterprise, "甲厂", &owner, NULL));
    assert_true(attachment_has(store, record_text(&owner, "attachment"), NULL));
    assert_int_equal(desk_count(store, &reg_attachment, NULL), 1);
    assert_true(store_find(store, &reg_attachment, "第2行图片3.jpeg", &file, NULL));
    assert_string_equal(record_text(&file, "enterprise"), owner.id);
    assert_string_equal(record_text(&file, "title"), "整改前照片");
    assert_string_equal(record_text(&file, "kind"), "整改前");
    assert_true(attachment_has(store, record_text(&file, "file"), NULL));

    /* The same list again brings nothing twice. */
    import = open_list(fixture, store);
    desk_run(import, store, false, "2=0+0+1+1");
    expect_fates(import, 0, 2);
    import_close(&import);
    assert_int_equal(desk_count(store, &reg_attachment, NULL), 1);
    assert_int_equal(attachment_count(store), 2);

    /* One step of undo takes record and picture back. */
    assert_true(store_undo(store, &summary, NULL));
    assert_int_equal(desk_count(store, &reg_attachment, NULL), 0);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 0);
    buffer_release(&summary);
    drop(store, record_text(&owner, "attachment"));
    drop(store, record_text(&file, "file"));
    record_release(&owner);
    record_release(&file);
    desk_close(fixture, store);
}

/* A column of nothing but pictures that were kept is not lost, one with words is. */
static void a_column_of_pictures_is_not_lost(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import = open_list(fixture, store);
    size_t photo = 3;
    desk_run(import, store, true, "2=1+0+0+1");
    assert_int_equal(import->heading.columns[photo].match, HEADING_UNKNOWN);
    assert_true(import->pictured[photo]);
    assert_false(import_column_is_lost(import, photo));
    assert_false(import->pictured[0]);
    import_choose_row(import, 2, IMPORT_LEAVE_OUT, NULL);
    desk_run(import, store, true, "1=0+0+0+1");
    assert_false(import->pictured[photo]);
    assert_true(import_column_is_lost(import, photo));
    import_close(&import);
    import = open_list_with(fixture, store, TEXT("D2", "见图"));
    desk_run(import, store, true, "2=1+0+0+1");
    assert_int_equal(import->pictures[IMPORT_PICTURE_KEPT], 2);
    assert_false(import->pictured[photo]);
    assert_true(import_column_is_lost(import, photo));
    import_close(&import);
    desk_close(fixture, store);
}

/* A picture that lies on many rows is kept once, and has on each row the name of that row. */
static void the_same_picture_on_many_rows(void **state)
{
    enum { ROWS = 100 };
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct buffer rows = {0}, anchors = {0};
    struct import *import;
    struct record file;
    struct error err = {0};
    buffer_add(&rows, "<worksheet><sheetData>" ROW("1", TEXT("A1", "企业名称")
                                                            TEXT("B1", "县（市、区）")));
    buffer_add(&anchors, "<xdr:wsDr xmlns:xdr='d' xmlns:a='a' xmlns:r='r'>");
    for (int i = 2; i < ROWS + 2; i++) {
        buffer_addf(&rows,
                    "<row r='%d'><c r='A%d' t='inlineStr'><is><t>第%d号示例厂</t></is></c>"
                    "<c r='B%d' t='inlineStr'><is><t>清城区</t></is></c></row>",
                    i, i, i, i);
        buffer_addf(&anchors,
                    "<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>%d</xdr:row>"
                    "</xdr:from><xdr:pic><xdr:blipFill><a:blip r:embed='%s'/></xdr:blipFill>"
                    "</xdr:pic></xdr:oneCellAnchor>",
                    i - 1, i % 2 ? "a" : "b");
    }
    buffer_add(&rows, "</sheetData><drawing r:id='d1'/></worksheet>");
    buffer_add(&anchors, "</xdr:wsDr>");
    fixture_write_workbook(
        fixture,
        &(struct fixture_workbook){
            .sheet = rows.text,
            .more = {{.name = "xl/worksheets/_rels/sheet1.xml.rels",
                      .text = "<Relationships>" RELATION(
                          "d1", "drawing", "../drawings/drawing1.xml") "</Relationships>"},
                     {.name = "xl/drawings/drawing1.xml", .text = anchors.text},
                     {.name = "xl/drawings/_rels/drawing1.xml.rels",
                      .text = "<Relationships>" RELATION("a", "image", "../media/image1.png")
                          RELATION("b", "image", "../media/image2.jpeg") "</Relationships>"},
                     {.name = "xl/media/image1.png", .text = png, .length = PICTURE_SIZE},
                     {.name = "xl/media/image2.jpeg", .text = jpeg, .length = PICTURE_SIZE}}});
    if (!import_open(&import, store, &reg_enterprise, fixture->path, NULL, NULL, NULL, &err))
        fail_msg("%s", err.message);
    desk_run(import, store, false, "100=100+0+0+0");
    assert_int_equal(import->pictures[IMPORT_PICTURE_KEPT], ROWS);
    import_close(&import);
    assert_int_equal(attachment_count(store), 2);
    assert_int_equal(desk_count(store, &reg_attachment, NULL), ROWS);
    assert_true(store_find(store, &reg_attachment, "第101行图片100.png", &file, NULL));
    assert_int_equal(record_value(&file, "bytes")->integer, PICTURE_SIZE);
    drop(store, record_text(&file, "file"));
    record_release(&file);
    assert_true(store_find(store, &reg_attachment, "第4行图片3.jpeg", &file, NULL));
    assert_true(attachment_is_whole(store, record_text(&file, "file")));
    drop(store, record_text(&file, "file"));
    record_release(&file);
    buffer_release(&rows);
    buffer_release(&anchors);
    desk_close(fixture, store);
}

static bool stop_soon(void *context, int64_t done, int64_t total)
{
    (void)done;
    (void)total;
    return !*(bool *)context;
}

static void a_stopped_import_leaves_no_copies(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = desk_open(fixture);
    struct import *import;
    struct error err = {0};
    struct buffer list = {0};
    bool stop = false;
    buffer_add(&list, "企业名称,县（市、区）,附件\n");
    for (int i = 0; i < 600; i++)
        buffer_addf(&list, "第%d厂,清城区,%s\n", i, i ? "" : "photo.jpg");
    fixture_write_text(fixture, "photo.jpg", "test");
    char path[160];
    snprintf(path, sizeof path, "%s", fixture->path);
    fixture_write_text(fixture, "list.csv", list.text);
    assert_true(
        import_open(&import, store, &reg_enterprise, fixture->path, NULL, stop_soon, &stop, NULL));
    stop = true;
    assert_false(import_run(import, store, false, &err));
    assert_int_equal(err.code, ERROR_CANCELLED);
    assert_int_equal(attachment_count(store), 1);
    import_close(&import);
    expect_no_files(store);
    assert_int_equal(desk_count(store, &reg_enterprise, NULL), 0);
    assert_int_equal(unlink(path), 0);
    buffer_release(&list);
    desk_close(fixture, store);
}

#define unit(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        unit(a_preview_leaves_nothing_behind),   unit(pictures_belong_to_their_rows),
        unit(a_column_of_pictures_is_not_lost),  unit(the_same_picture_on_many_rows),
        unit(a_stopped_import_leaves_no_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
