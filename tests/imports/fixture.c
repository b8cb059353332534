#include "fixture.h"
#include "zipfile.h"

#include "core/buffer.h"
#include "core/mem.h"
#include "core/text.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAIN   "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char default_package[] = "<Relationships><Relationship Id='r1' Type='" OFFICE
                                      "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char default_workbook[] =
    "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets>"
    "<sheet name='清单' sheetId='1' r:id='r1'/></sheets></workbook>";
static const char default_relations[] =
    "<Relationships><Relationship Id='r1' Type='" OFFICE "/worksheet' "
    "Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='" OFFICE "/worksheet' Target='/xl/worksheets/sheet2.xml'/>"
    "<Relationship Id='r3' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='r4' Type='" OFFICE "/styles' Target='styles.xml'/>"
    "<Relationship Id='r5' Type='" OFFICE "/chartsheet' Target='worksheets/sheet2.xml'/>"
    "</Relationships>";

int fixture_open(void **state)
{
    struct fixture *fixture = mem_new(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/taizhang-imports-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

int fixture_close(void **state)
{
    struct fixture *fixture = *state;
    table_release(&fixture->table);
    DIR *folder = opendir(fixture->folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", fixture->folder, entry->d_name);
        unlink(path);
    }
    closedir(folder);
    int done = rmdir(fixture->folder);
    free(fixture);
    return done;
}

static void set_path(struct fixture *fixture, const char *name)
{
    snprintf(fixture->path, sizeof fixture->path, "%s/%s", fixture->folder, name);
}

void fixture_write(struct fixture *fixture, const char *name, const void *bytes, size_t length)
{
    set_path(fixture, name);
    FILE *file = fopen(fixture->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void fixture_write_text(struct fixture *fixture, const char *name, const char *text)
{
    fixture_write(fixture, name, text, strlen(text));
}

static const char *either(const char *given, const char *otherwise)
{
    return given ? given : otherwise;
}

void fixture_write_workbook(struct fixture *fixture, const struct fixture_workbook *workbook)
{
    struct zipfile_part parts[7 + sizeof workbook->more / sizeof workbook->more[0]] = {
        {.name = "_rels/.rels", .text = either(workbook->package, default_package)},
        {.name = "xl/workbook.xml", .text = either(workbook->workbook, default_workbook)},
        {.name = "xl/_rels/workbook.xml.rels",
         .text = either(workbook->relations, default_relations)},
        {.name = "xl/styles.xml", .text = either(workbook->styles, "<styleSheet/>")},
        {.name = "xl/sharedStrings.xml", .text = either(workbook->strings, "<sst/>")},
        {.name = "xl/worksheets/sheet1.xml",
         .text = either(workbook->sheet, "<worksheet/>"),
         .password = workbook->password},
        {.name = workbook->second ? "xl/worksheets/sheet2.xml" : NULL, .text = workbook->second},
    };
    memcpy(parts + 7, workbook->more, sizeof workbook->more);
    set_path(fixture, "清单.xlsx");
    zipfile_write(fixture->path, parts, sizeof parts / sizeof parts[0]);
}

void fixture_write_rows(struct fixture *fixture, const char *rows)
{
    struct buffer sheet = {0};
    buffer_add(&sheet, "<worksheet><sheetData>");
    buffer_add(&sheet, rows);
    buffer_add(&sheet, "</sheetData></worksheet>");
    fixture_write_workbook(fixture, &(struct fixture_workbook){.sheet = sheet.text});
    buffer_release(&sheet);
}

void fixture_expect(struct fixture *fixture, const char *sheet, const char *expected)
{
    table_release(&fixture->table);
    fixture->err = (struct error){0};
    bool done = table_read(fixture->path, sheet, &fixture->table, &fixture->err);
    assert_string_equal(fixture->err.message, "");
    assert_true(done);
    struct buffer cells = {0};
    for (size_t row = 0; row < fixture->table.row_count; row++) {
        buffer_add(&cells, row ? "\n" : "");
        for (uint32_t column = 0; column < fixture->table.rows[row].count; column++) {
            buffer_add(&cells, column ? "|" : "");
            buffer_add(&cells, table_cell(&fixture->table, row, column));
        }
    }
    assert_string_equal(buffer_text(&cells), expected);
    buffer_release(&cells);
}

void fixture_refuse(struct fixture *fixture, const char *sheet, enum error_code code,
                    const char *words)
{
    table_release(&fixture->table);
    fixture->err = (struct error){0};
    assert_false(table_read(fixture->path, sheet, &fixture->table, &fixture->err));
    const char *message = fixture->err.message;
    if (!strstr(message, words))
        fail_msg("“%s” does not say “%s”", message, words);
    assert_int_equal(fixture->err.code, code);
    const char *name = strrchr(fixture->path, '/') + 1;
    if (code != ERROR_CANCELLED)
        assert_true(text_starts_with(message, name));
    assert_null(strstr(message, fixture->folder));
    assert_true(text_is_utf8(message, strlen(message)));
    assert_null(fixture->table.text);
    assert_null(fixture->table.rows);
}

char *fixture_repeat(const char *unit, size_t times)
{
    struct buffer text = {0};
    for (size_t i = 0; i < times; i++)
        buffer_add(&text, unit);
    return buffer_take(&text);
}
