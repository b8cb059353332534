#!/usr/bin/python3
"""The cells of a workbook as text, for annual_bare.c and annual_python.py to write again: a line "S" begins
a sheet, any other is a row: its height in points, then its cells, separated by tabs. A cell is "t" and
a text, "n" and a number, "d" and a number shown as a date, "b" without a value, or "" where there is none.
Usage: workbook_cells.py FILE.xlsx FILE.cells"""
import html
import re
import sys
import zipfile

source, target = sys.argv[1:]
ROW = re.compile(r'<row r="\d+"[^>]*?(?: ht="([\d.]+)")?[^>]*?(?:/>|>(.*?)</row>)', re.S)
CELL = re.compile(r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?[^>]*?(?:/>|>(?:<is><t[^>]*>(.*?)</t></is>|<v>(.*?)</v>)</c>)', re.S)
DATE = re.compile(r'<numFmt numFmtId="(\d+)" formatCode="[^"]*yyyy')


def date_styles(styles):
    """Which formats of cells show dates."""
    dates = set(DATE.findall(styles))
    cells = re.search(r"<cellXfs.*?</cellXfs>", styles, re.S).group(0)
    return {str(i) for i, number in enumerate(re.findall(r'<xf numFmtId="(\d+)"', cells)) if number in dates}


def column_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


with zipfile.ZipFile(source) as book, open(target, "w", encoding="utf-8") as out:
    dates = date_styles(book.read("xl/styles.xml").decode())
    for i in range(sum(name.startswith("xl/worksheets/sheet") for name in book.namelist())):
        out.write("S\n")
        for row in ROW.finditer(book.read(f"xl/worksheets/sheet{i + 1}.xml").decode()):
            cells = [row.group(1) or "14"]
            for letters, style, text, number in CELL.findall(row.group(2) or ""):
                cells += [""] * (column_of(letters) - len(cells))
                kind = "t" if text else "b" if not number else "d" if style in dates else "n"
                cells.append(kind + (html.unescape(text) or number).replace("\t", " ").replace("\n", " "))
            out.write("\t".join(cells) + "\n")
