#!/usr/bin/python3
"""Makes the files of tests/fuzz/corpus: small ones of every kind that the readers know, and the
oddities that lists from elsewhere have. Those named found_* were found by the fuzzer and are not
made here. Usage: make_corpus.py FOLDER"""
import io
import os
import struct
import sys
import zipfile

FOLDER = sys.argv[1]
PNG = b"\x89PNG\r\n\x1a\n" + b"-" * 80


def write(name, data):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def relations(*items):
    return "<Relationships>" + "".join(
        f"<Relationship Id='r{i}' Type='t/{kind}' Target='{target}'/>"
        for i, (kind, target) in enumerate(items, 1)) + "</Relationships>"


def sheet(rows, rest=""):
    return f"<worksheet><sheetData>{rows}</sheetData>{rest}</worksheet>"


def workbook(rows, method=zipfile.ZIP_DEFLATED, rest="", parts=(), stream=False):
    class Pipe(io.BytesIO):
        def seekable(self):
            return not stream

        def tell(self):
            if stream:
                raise OSError
            return super().tell()

    out = Pipe()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in (
                ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
                ("xl/workbook.xml",
                 "<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", relations(("worksheet", "s.xml"))),
                ("xl/s.xml", sheet(rows, rest)), *parts):
            archive.writestr(zipfile.ZipInfo(name), text, method)
    return out.getvalue()


def make_parts():
    cells = {
        "types": "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='C2' t='b'><v>1</v></c><c t='e'>"
                 "<v>#N/A</v></c><c t='d'><v>2025-01-31T08:30:00Z</v></c><c t='str'><v>a</v></c>"
                 "<c t='inlineStr'><is><r><t>b</t></r><rPh><t>c</t></rPh></is></c></row>",
        "numbers": "<row>" + "".join(
            f"<c s='{style}'><v>{value}</v></c>" for style in range(7)
            for value in ("45688.354166666664", "-1E-300", "9.1110000100001E+17",
                          "0.30000000000000004", "60", "1E+99999")) + "</row>",
        "escapes": "<row><c t='inlineStr'><is><t>_x000D__x005F__xD83D__xDE00__xD83D__x0000__x12"
                   "&#10;&amp;</t></is></c></row>",
        "hidden": "<row hidden='1' ht='0'><c><v>1</v></c></row><row ht='99999'><c><v>2</v></c></row>",
        "formulas": "<row><c><f t='shared' si='0' ref='A1:A9'>B1</f><v>2</v></c><c><f>1+1</f></c>"
                    "<c><f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>#NAME?</v></c></row>",
        "edge": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        "beyond": "<row r='1048576'><c><v>1</v></c></row><row><c><v>1</v></c></row>",
        "million_columns": "<row><c r='BDWGN1'><v>1</v></c></row>",
        "order": "<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>1</v></c></row>",
    }
    for name, rows in cells.items():
        write(f"sheet_{name}", "@s" + sheet(rows))
    write("sheet_merges", "@s" + sheet(
        "<row><c><v>1</v></c></row><row><c r='C2'><v>2</v></c></row><row><c r='B3'><v>3</v></c></row>",
        "<mergeCells><mergeCell ref='A1:B3'/><mergeCell ref='A2:C9'/><mergeCell ref='C2:XFD3'/>"
        "</mergeCells>"))
    write("sheet_look", "@s<worksheet><dimension ref='A1:XFD1048576'/><sheetFormatPr "
          "defaultRowHeight='13.5'/><cols><col min='1' max='16384' width='12.5' hidden='1'/></cols>"
          "<sheetData><row><c><v>1</v></c></row></sheetData><pageSetup paperSize='9' "
          "orientation='landscape'/></worksheet>")
    write("sheet_prefixed", "@s<x:worksheet xmlns:x='u'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>"
          "</x:row></x:sheetData></x:worksheet>")
    write("sheet_doctype", "@s<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" +
          sheet("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>"))
    write("sheet_deep", "@s" + "<a>" * 300)
    write("sheet_nul", b"@s<worksheet>\0</worksheet>")
    write("sheet_latin", b"@s<?xml version='1.0' encoding='ISO-8859-1'?>" +
          sheet("<row><c t='inlineStr'><is><t>").encode() + b"\xb2</t></is></c></row>")
    write("sheet_utf16", "@s".encode() + ("<?xml version='1.0' encoding='UTF-16'?>" + sheet(
        "<row><c><v>1</v></c></row>")).encode("utf-16"))
    write("strings", "@t<sst><si><t xml:space='preserve'> a </t></si><si/><si><r><t>b</t></r><rPh "
          "sb='0'><t>c</t></rPh></si></sst>")
    write("styles", "@y<styleSheet><numFmts><numFmt numFmtId='177' formatCode='[$-804]yyyy&quot;年"
          "&quot;m;@'/><numFmt numFmtId='99999' formatCode='[h]:mm'/></numFmts><cellStyleXfs><xf/>"
          "</cellStyleXfs><cellXfs><xf numFmtId='177'/><xf numFmtId='58'/></cellXfs></styleSheet>")
    write("workbook_part", "@w<workbook><workbookPr date1904='1'/><sheets><sheet name='' id='r9'/>"
          "<sheet name='h' state='hidden' id='r1'/><sheet name='v' id='r1'/></sheets></workbook>")
    write("relations", "@r" + relations(("worksheet", "/xl/../xl/./s.xml"), ("styles", "../../a"),
                                        ("sharedStrings", "t.xml"), ("cellImage", "c.xml")))
    write("package", "@p" + relations(("officeDocument", "../../../../etc/passwd")))
    write("drawing", "@d<wsDr><twoCellAnchor><from><col>3</col><row>5</row></from><to><col>9</col>"
          "<row>9</row></to><grpSp><pic><blip embed='r1'/></pic></grpSp></twoCellAnchor>"
          "<absoluteAnchor><pos x='999999' y='9999999'/><pic><blip r:embed='r1'/></pic>"
          "</absoluteAnchor></wsDr>")
    write("drawing_relations", "@e" + relations(("image", "/xl/media/../i.png")))
    write("cell_images", "@c<cellImages><cellImage><cNvPr name='ID_2'/><cNvPr name='ID_1'/><blip "
          "embed='r1'/></cellImage></cellImages>")
    write("rich_metadata", "@m<metadata><metadataTypes><metadataType name='a'/><metadataType "
          "name='XLRICHVALUE'/></metadataTypes><futureMetadata name='XLRICHVALUE'><bk><rvb i='9'/></bk>"
          "</futureMetadata><valueMetadata><bk><rc t='2' v='0'/></bk></valueMetadata></metadata>")
    write("rich_structures", "@u<rvStructures><s><k n='a'/><k n='_rvRel:LocalImageIdentifier'/></s>"
          "<s/></rvStructures>")
    write("rich_values", "@v<rvData><rv s='0'><v>1</v><v>-2</v></rv><rv/></rvData>")
    write("rich_links", "@l<richValueRels><rel/><rel r:id='r1'/></richValueRels>")
    for kind, head in (("gif", b"GIF89a"), ("bmp", b"BM............(\0\0\0"),
                       ("webp", b"RIFF....WEBP"), ("other", b"<svg/>")):
        write(f"image_{kind}", b"@i" + head + b"\0" * 60)


def make_archives():
    plain = "<row><c><v>1</v></c></row>"
    write("deflated.xlsx", workbook(plain))
    write("stored.xlsx", workbook(plain, zipfile.ZIP_STORED))
    write("streamed.xlsx", workbook(plain, stream=True))
    write("cut.xlsx", workbook(plain)[:-30])
    write("in_front.xlsx", b"PK\3\4 something in front" + workbook(plain))
    encrypted = bytearray(workbook(plain))
    encrypted[encrypted.rfind(b"PK\1\2") + 8] |= 1
    write("encrypted.xlsx", bytes(encrypted))
    write("picture.xlsx", workbook(plain, rest="<drawing id='r1'/>", parts=(
        ("xl/_rels/s.xml.rels", relations(("drawing", "d.xml"))),
        ("xl/d.xml", "<wsDr><oneCellAnchor><from><col>1</col><row>2</row></from><pic>"
                     "<blip embed='r1'/></pic></oneCellAnchor></wsDr>"),
        ("xl/_rels/d.xml.rels", relations(("image", "media/a.png"))),
        ("xl/media/a.png", PNG))))
    zip64_end = (b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2 ** 63, 2 ** 63,
                                         2 ** 63, 2 ** 63) +
                 b"PK\6\7" + struct.pack("<IQI", 0, 4, 1))
    write("zip64_lie.xlsx", b"PK\3\4" + zip64_end + b"PK\5\6" + b"\xff" * 16 + b"\0\0")
    write("ole.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 80 +
          "EncryptedPackage".encode("utf-16-le"))


def make_texts():
    write("comma.csv", "名称,数量\r\n\"甲,\"\"乙\"\"\n丙\",1\r\n=\"0012\",'=1\r\n")
    write("semicolon.csv", "sep=;\n1;2\n\n3;4")
    write("tabs.tsv", "a\tb\n1\t\t2\n")
    write("gb18030.csv", "名称,数量\n南丹县,1\n".encode("gb18030"))
    write("utf16.csv", "名称\t数量\n甲\t1\n".encode("utf-16"))
    write("marked.csv", b"\xef\xbb\xbfa,b\n")
    write("broken_utf8.csv", "名称,数量,备注,地址\n甲".encode() + b"\xff,1\n")
    write("nul.csv", b"a,b\n\0,c\n")
    write("open_quote.csv", "a,b\n\"c,d\n")
    write("page.html", "<html><table><tr><td>1</td></tr></table></html>")


make_parts()
make_archives()
make_texts()
