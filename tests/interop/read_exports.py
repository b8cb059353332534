"""Every export as other programs see it. Prints results as "ok" and "not ok".

    read_exports.py plan REPORTS SCHEMA RECORDS   "FILE<tab>ARGUMENTS" for each export there is
    read_exports.py cells OURS OFFICE GNUMERIC    folders: the same cells in all three
    read_exports.py lists OURS OFFICE             the drop-down lists hold what they held
    read_exports.py pages OURS PRINTED            pages of the .pdf, and their pictures .pgm
"""
import csv
import datetime
import glob
import json
import os
import re
import sys
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

WIDEST = 8  # so many forms to fill in, of the registers with the most fields
failures = 0


def expect(name, problems):
    global failures
    problems = list(problems)
    if problems:
        failures += 1
        print("not ok %s: %s" % (name, "; ".join(map(str, problems[:5]))))
    else:
        print("ok %s" % name)


def books(folder):
    found = sorted(glob.glob(folder + "/*.xlsx"))
    assert found, folder
    return [(os.path.basename(path)[:-5], path) for path in found]


# ---- plan ----

def plan(reports_path, schema_path, records):
    """Each report; of those that want a choice each choice, with a record of the demo county."""
    def read(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    registers = [it["name"] for it in read(schema_path)]
    widest = sorted(read(schema_path), key=lambda it: len(it["fields"]))[-WIDEST:]

    def first(reg):
        return read("%s/%s.json" % (records, reg))[0]["id"]

    choices = {
        "--register": [it["name"] for it in widest],
        "--problem": [first("problem")],
        "--inspection": [first("inspection")],
        "--object": [first("legacy_site")],
    }
    for report in read(reports_path):
        name = report["name"]
        if not report["needs"]:
            print("%s\t%s --year 2026" % (name, name))
        for option in report["needs"]:
            for choice in choices[option]:
                about = choice if option == "--register" else option.strip("-")
                print("%s-%s\t%s %s %s" % (name, about, name, option, choice))
    print("site-plan-one\tsite-plan --object %s" % first("legacy_site"))
    print("balance-half\tbalance --period 2025H1")
    for reg in registers:
        print("list-%s\t%s" % (reg, reg))


# ---- cells ----

def number(text):
    """As far as a double holds it, however it was written."""
    return "%.12g" % Decimal(text) if Decimal(text) else "0"


def ours(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return number(str(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.replace("\r\n", "\n")


def is_text(cell):
    return isinstance(cell.value, str)


def theirs(text, cell):
    """What gnumeric wrote into its .csv for a cell that holds a text, a number or a date with us."""
    if cell.data_type in ("n", "d", "f") and text:
        if cell.is_date:
            return text.replace("/", "-")
        if re.fullmatch(r"[-+0-9.eE]+", text):
            return number(text)
    return text.replace("\r\n", "\n")


def compare_office(sheets, other):
    for mine, its in zip(sheets, other):
        if mine.sheet_state != its.sheet_state:
            yield "%s: %s, not %s" % (mine.title, its.sheet_state, mine.sheet_state)
        if sorted(map(str, mine.merged_cells.ranges)) != sorted(map(str, its.merged_cells.ranges)):
            yield "%s: merged otherwise" % mine.title
        if len(mine._charts) != len(its._charts) or len(mine._images) != len(its._images):
            yield "%s: charts or pictures" % mine.title
        for row in mine.iter_rows():
            for cell in row:
                twin = its[cell.coordinate]
                if ours(cell) != ours(twin) or is_text(cell) != is_text(twin):
                    yield "%s %s: %r, not %r" % (mine.title, cell.coordinate, twin.value, cell.value)
        for row in its.iter_rows(min_row=mine.max_row + 1):
            for cell in row:
                if cell.value is not None:
                    yield "%s %s: %r below ours" % (mine.title, cell.coordinate, cell.value)


def compare_gnumeric(sheets, prefix):
    for index, sheet in enumerate(sheets):
        with open("%s.%d.csv" % (prefix, index), encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for index_of_row, row in enumerate(sheet.iter_rows()):
            read = rows[index_of_row] if index_of_row < len(rows) else []
            for column, cell in enumerate(row):
                text = read[column] if column < len(read) else ""
                if ours(cell) != theirs(text, cell):
                    yield "%s %s: %r, not %r" % (sheet.title, cell.coordinate, text, cell.value)
            if any(read[len(row):]):
                yield "%s row %d: more cells than ours" % (sheet.title, index_of_row + 1)
        if any(any(row) for row in rows[sheet.max_row:]):
            yield "%s: more rows than ours" % sheet.title


def odd_cells(sheets):
    """What no cell may hold, and columns of dates that are texts."""
    for sheet in sheets:
        for column in sheet.iter_cols():
            texts = dates = 0
            for cell in column:
                text = str(cell.value)
                if cell.data_type == "e" or re.match(r"#[A-Z/0]+[!?]", text):
                    yield "%s %s: %s" % (sheet.title, cell.coordinate, text)
                if isinstance(cell.value, (int, float)) and abs(cell.value) >= 1e15:
                    yield "%s %s: a number of more than 15 digits" % (sheet.title, cell.coordinate)
                texts += is_text(cell)
                dates += is_text(cell) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))
            if sheet.print_title_rows and 2 * dates > texts:
                yield "%s %s: dates as texts" % (sheet.title, column[0].coordinate)


def cells(folder, office, gnumeric):
    codes = 0
    for name, path in books(folder):
        mine = load_workbook(path, data_only=True)
        other = load_workbook("%s/%s.xlsx" % (office, name), data_only=True)
        expect("%s: every cell is sound" % name, odd_cells(mine.worksheets))
        expect("%s: LibreOffice has the same sheets" % name,
               [] if mine.sheetnames == other.sheetnames else [other.sheetnames])
        expect("%s: LibreOffice has the same cells" % name,
               compare_office(mine.worksheets, other.worksheets))
        count = len(glob.glob("%s/%s.*.csv" % (gnumeric, glob.escape(name))))
        expect("%s: gnumeric has as many sheets" % name,
               [] if count == len(mine.worksheets) else [count])
        expect("%s: gnumeric has the same cells" % name,
               compare_gnumeric(mine.worksheets, "%s/%s" % (gnumeric, name)))
        for sheet in other.worksheets:
            codes += sum(bool(re.fullmatch(r"[0-9A-Z]{18}", cell.value))
                         for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    expect("codes of 18 characters are texts everywhere", [] if codes > 20 else [codes])


# ---- drop-down lists ----

def choices(book, sheet, rule):
    """The values of a list rule: of the range that its name stands for."""
    formula = rule.formula1
    named = {it.name: it.attr_text for it in book.defined_names.definedName}
    area = named.get(formula, formula)
    found = re.fullmatch(r"'?([^'!]+)'?!(.+)", area)
    assert found, (formula, area)
    values = book[found[1]]
    left, top, right, bottom = range_boundaries(found[2].replace("$", ""))
    assert left == right, area
    return values.sheet_state, [values.cell(row, left).value for row in range(top, bottom + 1)]


def list_rules(path):
    book = load_workbook(path)
    found = {}
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list":
                for area in rule.sqref.ranges:
                    found[sheet.title, area.min_col, area.min_row] = choices(book, sheet, rule)
    return found


def lists(folder, office):
    longest = 0
    for name, path in books(folder):
        mine = list_rules(path)
        if not mine:
            continue
        other = list_rules("%s/%s.xlsx" % (office, name))
        expect("%s: %d drop-down lists live on in LibreOffice" % (name, len(mine)),
               ["%s: %r, not %r" % (key, other.get(key), value) for key, value in mine.items()
                if other.get(key) != value])
        expect("%s: the lists stand on a hidden sheet, without holes" % name,
               [key for key, (state, values) in mine.items()
                if state != "hidden" or not values or None in values])
        longest = max(longest, *(len(",".join(values)) for _, values in mine.values()))
    expect("a list of more than 255 characters is among them", [] if longest > 255 else [longest])


# ---- pages ----

def darkness(path):
    """How many points of a page are not white: of its picture, a binary .pgm."""
    with open(path, "rb") as file:
        data = file.read()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    pixels = data[head.end():]
    assert len(pixels) == int(head[1]) * int(head[2]), path
    return sum(pixels.count(bytes([shade])) for shade in range(200))


def pages(folder, printed):
    for name, path in books(folder):
        with open("%s/%s.txt" % (printed, name), encoding="utf-8") as file:
            texts = file.read().split("\f")[:-1]
        pictures = sorted(glob.glob("%s/%s-page-*.pgm" % (printed, glob.escape(name))))
        shown = [sheet for sheet in load_workbook(path, read_only=True).worksheets
                 if sheet.sheet_state == "visible"]
        rows = sum(sheet.max_row or 0 for sheet in shown)
        columns = sum(sheet.max_column or 0 for sheet in shown)
        most = 2 * len(shown) + rows // 8 + columns // 12
        expect("%s: %d pages for %d sheets" % (name, len(texts), len(shown)),
               [] if len(shown) <= len(texts) <= most else ["at most %d" % most])
        expect("%s: no page is blank" % name, [] if len(pictures) == len(texts) else [len(pictures)])
        expect("%s: there is something on every page" % name,
               ["page %d" % (i + 1) for i, (text, picture) in enumerate(zip(texts, pictures))
                if not text.strip() or darkness(picture) < 40])
        expect("%s: no column is too narrow, no cell shows an error" % name,
               ["page %d" % (i + 1) for i, text in enumerate(texts)
                if re.search(r"###|#(REF|NAME|VALUE|DIV/0|N/A|NUM)|Err:\d", text)])


{"plan": plan, "cells": cells, "lists": lists, "pages": pages}[sys.argv[1]](*sys.argv[2:])
sys.exit(1 if failures else 0)
