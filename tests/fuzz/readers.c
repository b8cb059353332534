/* readers.c - what a fuzzer feeds to the readers of imports/: a file of any kind, or the inside of
 * one part of a workbook, so that fuzzing does not end at a checksum.
 *
 * An input that begins with "@" and a letter of `parts` is the text of that part; any other is a
 * whole file. `make fuzz` runs it under libFuzzer, tests/imports/test_corpus.c over the corpus. */
#include "readers.h"

#include "core/text.h"
#include "imports/merge.h"
#include "imports/table.h"
#include "tests/imports/storedzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='t/" type "' Target='" target "'/>"

/* A workbook in which every part is asked for. */
static const struct part {
    char letter; /* by which an input names it */
    const char *name, *text;
} parts[] = {
    {'p', "_rels/.rels",
     "<Relationships>" RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>"},
    {'w', "xl/workbook.xml", "<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>"},
    {'r', "xl/_rels/workbook.xml.rels",
     "<Relationships>" RELATION("r1", "worksheet", "s.xml") RELATION("r2", "styles", "y.xml")
         RELATION("r3", "sharedStrings", "t.xml") RELATION("r4", "cellImage", "c.xml")
             RELATION("r5", "sheetMetadata", "m.xml") RELATION("r6", "rdRichValue", "v.xml")
                 RELATION("r7", "rdRichValueStructure", "u.xml")
                     RELATION("r8", "richValueRel", "l.xml") "</Relationships>"},
    {'y', "xl/y.xml",
     "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy\"年\"m\"月\"'/></numFmts>"
     "<cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='10'/><xf numFmtId='49'/>"
     "<xf numFmtId='176'/></cellXfs></styleSheet>"},
    {'t', "xl/t.xml", "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>"},
    {'s', "xl/s.xml",
     "<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='5'><v>45688</v></c><c t='str'>"
     "<v>=DISPIMG(\"ID_1\",1)</v></c><c vm='1'><v>2</v></c></row></sheetData><drawing id='r1'/>"
     "</worksheet>"},
    {'q', "xl/_rels/s.xml.rels",
     "<Relationships>" RELATION("r1", "drawing", "d.xml") "</Relationships>"},
    {'d', "xl/d.xml",
     "<wsDr><oneCellAnchor><from><col>0</col><row>0</row></from><pic><blip embed='r1'/></pic>"
     "</oneCellAnchor></wsDr>"},
    {'e', "xl/_rels/d.xml.rels",
     "<Relationships>" RELATION("r1", "image", "i.png") "</Relationships>"},
    {'c', "xl/c.xml",
     "<cellImages><cellImage><cNvPr name='ID_1'/><blip embed='r1'/></cellImage></cellImages>"},
    {'f', "xl/_rels/c.xml.rels",
     "<Relationships>" RELATION("r1", "image", "i.png") "</Relationships>"},
    {'m', "xl/m.xml",
     "<metadata><metadataTypes><metadataType name='XLRICHVALUE'/></metadataTypes><futureMetadata "
     "name='XLRICHVALUE'><bk><rvb i='0'/></bk></futureMetadata><valueMetadata><bk><rc t='1' v='0'/>"
     "</bk></valueMetadata></metadata>"},
    {'u', "xl/u.xml", "<rvStructures><s><k n='_rvRel:LocalImageIdentifier'/></s></rvStructures>"},
    {'v', "xl/v.xml", "<rvData><rv s='0'><v>0</v></rv></rvData>"},
    {'l', "xl/l.xml", "<richValueRels><rel id='r1'/></richValueRels>"},
    {'k', "xl/_rels/l.xml.rels",
     "<Relationships>" RELATION("r1", "image", "i.png") "</Relationships>"},
    {'i', "xl/i.png",
     "\x89PNG\r\n\x1A\n-------------------------------------------------------------"},
};

static const struct part *find_part(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && length >= 2 && bytes[0] == '@'; i++)
        if (parts[i].letter == bytes[1])
            return &parts[i];
    return NULL;
}

static void write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
}

static void write_input(const char *path, const uint8_t *bytes, size_t length)
{
    const struct part *part = find_part(bytes, length);
    if (!part) {
        write_file(path, bytes, length);
        return;
    }
    struct storedzip zip = {0};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (part == &parts[i])
            storedzip_add(&zip, part->name, bytes + 2, length - 2);
        else
            storedzip_add_text(&zip, parts[i].name, parts[i].text);
    storedzip_finish(&zip);
    write_file(path, zip.bytes.text, zip.bytes.length);
    storedzip_release(&zip);
}

/* Whatever was read keeps what table.h promises. */
static void check_table(const struct table *table)
{
    uint32_t before = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct table_row *here = &table->rows[row];
        if (here->number <= before || here->number > TABLE_MAX_ROWS ||
            here->count > TABLE_MAX_COLUMNS || here->first + here->count > table->cell_count)
            abort();
        before = here->number;
        for (size_t column = 0; column < here->count; column++) {
            const char *text = table_cell(table, row, column);
            if (!text_is_utf8(text, strlen(text)) ||
                (table_is_filled(table, row, column) && !*text))
                abort();
        }
    }
    for (size_t i = 0; i < table->image_count; i++)
        if (!table->archive || table->images[i].row == 0 || table->images[i].row > TABLE_MAX_ROWS ||
            table->images[i].column >= TABLE_MAX_COLUMNS)
            abort();
}

static void save_images(const struct table *table, const char *folder)
{
    enum { SOME = 4 };
    for (size_t i = 0; i < table->image_count && i < SOME; i++) {
        struct buffer path = {0};
        struct error err = {0};
        if (table_save_image(table, i, folder, &path, &err) ? remove(path.text) != 0
                                                            : !*err.message)
            abort();
        buffer_release(&path);
    }
}

static void read_table(const char *path, const char *folder)
{
    struct table table = {0};
    struct error err = {0};
    if (!table_read(path, NULL, &table, &err)) {
        if (!err.code || !text_is_utf8(err.message, strlen(err.message)))
            abort();
        return;
    }
    if (table.row_count == 0)
        abort();
    check_table(&table);
    merge_fill_down(&table, 0, &err);
    check_table(&table);
    save_images(&table, folder);
    table_release(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *place = getenv("TMPDIR");
    struct buffer folder = {0}, path = {0};
    setenv("PATH", "/nonexistent", 1); /* LibreOffice is not what is tested here */
    buffer_addf(&folder, "%s/taizhang-fuzz-XXXXXX", place ? place : "/tmp");
    if (!mkdtemp(folder.text))
        abort();
    buffer_addf(&path, "%s/input", folder.text);
    write_input(path.text, bytes, length);
    read_table(path.text, folder.text);
    if (unlink(path.text) != 0 || rmdir(folder.text) != 0)
        abort(); /* something was left behind */
    buffer_release(&folder);
    buffer_release(&path);
    return 0;
}
