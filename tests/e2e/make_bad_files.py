"""Writes into a folder what people and attackers hand to an import: each file is refused for another
reason."""
import sqlite3
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook

folder = Path(sys.argv[1])
county = Path(sys.argv[2])

CONTENT_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType=
"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="%s/%s" Target="%s"/></Relationships>"""
WORKBOOK = """<?xml version="1.0"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s">
<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>""" % OFFICE
SHEET = """<?xml version="1.0"?>%s
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData>%s</sheetData></worksheet>"""


def workbook(name, sheet):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS % (OFFICE, "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels",
                         RELATIONS % (OFFICE, "worksheet", "worksheets/sheet1.xml"))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)


def cell(reference, text):
    return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (reference, text)


HEADING = "<row r=\"1\">%s%s</row>" % (cell("A1", "企业名称"), cell("B1", "县（市、区）"))
ROW = "<row r=\"2\">%s%s</row>" % (cell("A2", "%s"), cell("B2", "清城区"))

# The control: refused files are refused for what they hold, not for how they are made.
workbook("good.xlsx", SHEET % ("", HEADING + ROW % "好厂"))

(folder / "folder.xlsx").mkdir()
(folder / "empty.xlsx").write_bytes(b"")
(folder / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
(folder / "page.xlsx").write_text("<html><table><tr><td>企业名称</td></tr></table></html>")
(folder / "xml.xlsx").write_text('<?xml version="1.0"?><Workbook/>')
whole = (folder / "good.xlsx").read_bytes()
(folder / "cut.xlsx").write_bytes(whole[:len(whole) // 2])
damaged = bytearray(whole)
at = whole.index(b"xl/worksheets/sheet1.xml") + 40
damaged[at:at + 20] = bytes(20)
(folder / "damaged.xlsx").write_bytes(damaged)
workbook("bomb.xlsx", SHEET % ("", HEADING + ROW % (" " * 200_000_000)))
workbook("doctype.xlsx", SHEET % (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    HEADING + ROW % "&b;"))
workbook("external.xlsx", SHEET % (
    '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>', HEADING + ROW % "&secret;"))
workbook("broken.xlsx", SHEET % ("", HEADING + "<row r=\"2\"><c r=\"A2\"></row>"))
workbook("columns.xlsx", SHEET % ("", HEADING + "<row r=\"2\">" + "".join(
    "<c><v>%d</v></c>" % i for i in range(1_000_000)) + "</row>"))
workbook("column.xlsx", SHEET % ("", HEADING + "<row r=\"2\">" + cell("BDWGN2", "远") + "</row>"))

sheet = Workbook()
sheet.active.append(["姓名", "年龄", "爱好"])
sheet.active.append(["张", 40, "钓鱼"])
sheet.save(folder / "foreign.xlsx")

head = "企业名称,县（市、区）\n".encode()
(folder / "encoding.csv").write_bytes(head + b"\xff\xff\x80\xfe,\xff\n")
(folder / "nul.csv").write_bytes(head + "甲\0厂,清城区\n".encode())
(folder / "columns.csv").write_bytes(head + b"," * 1_000_000 + b"x\n")
(folder / "cell.csv").write_bytes(head + b"x" * 40_000 + ",清城区\n".encode())
(folder / "headings.csv").write_text("姓名,年龄\n张,40\n")
(folder / "escapes.csv").write_bytes(head + "甲\033[2J\033]0;坏\a厂,清城区\n".encode())

(folder / "text.db").write_text("这不是数据库。" * 400)
(folder / "empty.db").write_bytes(b"")
other = sqlite3.connect(folder / "other.db")
other.execute("create table enterprise (id text, name text)")
other.close()
for name, statement in (("future.db", "pragma user_version = 9999"),
                        ("damaged.db", "select 1")):
    (folder / name).write_bytes(county.read_bytes())
    copy = sqlite3.connect(folder / name)
    copy.execute(statement)
    copy.commit()
    copy.close()
with open(folder / "damaged.db", "r+b") as file:
    file.seek(0, 2)
    size = file.tell()
    file.seek(4096)
    file.write(b"\xa5" * min(size - 4096, 65536))
