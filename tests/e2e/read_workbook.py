"""Reads the annual workbook as another program sees it, and compares it with the records that
`taizhang list --format json` printed into FOLDER/REGISTER.json. Prints results as "ok" and "not ok".

    read_workbook.py WORKBOOK FOLDER
"""
import datetime
import json
import re
import sys
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

book_path, folder = sys.argv[1:]
written = load_workbook(book_path)
shown = load_workbook(book_path, data_only=True)
failures = 0

LISTS = {
    "全口径清单": ("enterprise", "企业名称"),
    "全口径清单（许可与管理）": ("enterprise", "企业名称"),
    "全口径清单（列入和位置）": ("enterprise", "企业名称"),
    "全口径清单（浓度和环境管理）": ("enterprise", "企业名称"),
    "涉铊企业清单": ("thallium_enterprise", "企业名称"),
    "历史遗留点位一矿一策": ("legacy_site", "点位名称"),
    "耕地周边涉镉污染源": ("cadmium_source", "污染源名称"),
    "整改台账": ("problem", "问题编号"),
    "整改台账（督导和销号）": ("problem", "问题编号"),
}
SHEETS = ["封面", "汇总", *LISTS, "核验结果"]
FIRST_ROW = 5  # below title, unit line and two heading rows


def expect(name, problems):
    global failures
    problems = list(problems)
    if problems:
        failures += 1
        print("not ok %s: %s" % (name, "; ".join(map(str, problems[:5]))))
    else:
        print("ok %s" % name)


def headings(sheet):
    """Column number by its heading, "上行/下行" where columns are grouped."""
    found, group = {}, ""
    for column in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(3, column).value, sheet.cell(4, column).value
        group = upper or group
        found["%s/%s" % (group, lower) if lower else group] = column
    return found


def total_row(sheet):
    """The row behind the last record: the sums, or the signatures where nothing can be summed up."""
    return next(row for row in range(FIRST_ROW, sheet.max_row + 1)
                if str(sheet.cell(row, 1).value).startswith(("合计", "填表人")))


def cells(book):
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.value is not None)


expect("the sheets and their order", [] if written.sheetnames == SHEETS else [written.sheetnames])
expect("no cell shows an error", ("%s %s" % (cell.parent.title, cell.coordinate)
                                  for cell in cells(shown)
                                  if cell.data_type == "e" or re.match(r"#[A-Z/0]+[!?]", str(cell.value))))
expect("no cell holds what is no text", (
    "%s %s" % (cell.parent.title, cell.coordinate) for cell in cells(shown)
    if isinstance(cell.value, str) and re.fullmatch(r"(?i)null|nan|inf|\(null\)|none", cell.value)))
expect("a date is a date, not a text", (
    "%s %s" % (cell.parent.title, cell.coordinate) for cell in cells(shown)
    if cell.parent.title in LISTS and isinstance(cell.value, str)
    and re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell.value)))
dates = [cell for cell in cells(shown) if isinstance(cell.value, datetime.datetime)]
expect("there are dates", [] if len(dates) > 10 else [len(dates)])
expect("dates are shown as dates", (cell.coordinate for cell in dates
                                    if "yy" not in cell.number_format.lower()))
expect("there are charts", [] if written["汇总"]._charts else ["none"])

for title, (reg, key) in LISTS.items():
    sheet, values = written[title], shown[title]
    with open("%s/%s.json" % (folder, reg), encoding="utf-8") as file:
        records = json.load(file)
    columns, last = headings(sheet), total_row(sheet) - 1
    rows = range(FIRST_ROW, last + 1)

    expect("%s: a title over the whole width" % title, [] if any(
        str(area) == "A1:%s1" % get_column_letter(sheet.max_column)
        for area in sheet.merged_cells.ranges) else [sheet.merged_cells.ranges])
    expect("%s: heading frozen and repeated on each page" % title, [] if (
        sheet.freeze_panes and sheet.print_title_rows == "$3:$4") else [sheet.print_title_rows])
    expect("%s: landscape, one page wide, as long as it needs" % title, [] if (
        sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        and sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0) else ["no"])
    expect("%s: pages are numbered" % title, [] if "&P" in (
        sheet.oddFooter.center.text or "") else [sheet.oddFooter.center.text])
    expect("%s: as many rows as records, numbered" % title, [] if [
        values.cell(row, 1).value for row in rows] == list(range(1, len(records) + 1)) else [len(rows)])
    expect("%s: signature line" % title, [] if any(
        "填表人" in str(sheet.cell(last + n, 1).value) and "审核人" in str(sheet.cell(last + n, 1).value)
        for n in (1, 2)) else ["none"])

    expect("%s: the column %s" % (title, key), [] if key in columns else [list(columns)])
    names = [values.cell(row, columns[key]).value for row in rows]
    wanted = [record["case_no" if reg == "problem" else "name" if "name" in record
                     else "enterprise_name"] for record in records] \
        if reg != "thallium_enterprise" else None
    if wanted is not None:
        expect("%s: the records themselves" % title, set(names) ^ set(wanted))

    if "统一社会信用代码" in columns:
        codes = [sheet.cell(row, columns["统一社会信用代码"]) for row in rows]
        expect("%s: codes are text of 18 characters" % title, (
            cell.coordinate for cell in codes if cell.value not in (None, "无") and (
                cell.data_type not in ("s", "inlineStr") or len(cell.value) != 18)))

    sums, wrong = 0, []
    for column in range(1, sheet.max_column + 1):
        formula = sheet.cell(last + 1, column).value
        if not str(formula).startswith("=SUM("):
            continue
        sums += 1
        left, top, right, bottom = range_boundaries(formula[5:-1])
        if (left, right, top, bottom) != (column, column, FIRST_ROW, last):
            wrong.append("%s covers other rows: %s" % (get_column_letter(column), formula))
        total = sum(Decimal(str(values.cell(row, column).value or 0)) for row in rows)
        stored = Decimal(str(values.cell(last + 1, column).value or 0))
        if abs(total - stored) > Decimal("1e-9") * max(1, abs(total)):
            wrong.append("%s: %s is not %s" % (get_column_letter(column), stored, total))
    expect("%s: 合计 is the sum of the rows (%d columns)" % (title, sums), wrong)

enterprises = headings(written["全口径清单"])
expect("全口径清单: masses are summed up", [] if sum(
    str(written["全口径清单"].cell(total_row(written["全口径清单"]), column).value).startswith("=SUM(")
    for column in enterprises.values()) >= 5 else [list(enterprises)])
sys.exit(1 if failures else 0)
