"""Blank forms as people make them by hand, and whether an export looks like one, part by part.

    other_forms.py make FOLDER               ledger.xlsx and sites.xlsx
    other_forms.py compare BLANK.xlsx EXPORT.xlsx HEADING_ROWS ROWS
"""
import sys

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
USUAL = 16  # points of a row of which nobody has set the height
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def put(sheet, row, column, text=None, font=None, alignment=None, width=1):
    cell = sheet.cell(row, column, text)
    cell.font = font or Font(name="宋体", size=11)
    cell.alignment = alignment or Alignment()
    if width > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=column + width - 1)
    return cell


# A ledger on A3: two rows of heading, a group with a slash in its name, a hidden column, a paragraph
# and the signatures in three cells below.
LEDGER = [("序号", None, 5), ("企业/点位名称", None, 20), ("所在乡镇（街道）", None, 12), ("问题情况", "问题描述", 26),
          ("问题情况", "问题来源", 9), ("问题情况", "发现时间", 11), ("涉及金属（总铊：mg/L）", "重金属种类", 10),
          ("涉及金属（总铊：mg/L）", "监测浓度", 10), ("整改措施", None, 24), ("整改时限", None, 11),
          ("责任单位", None, 14), ("整改进展", None, 10), ("内部编号", None, 8), ("备注", None, 10)]


def make_ledger(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "附表3"
    count = len(LEDGER)
    line = Font(name="仿宋_GB2312", size=12)
    put(sheet, 1, 1, "附表3", Font(name="黑体", size=16))
    put(sheet, 2, 1, "XX县（市、区）重金属环境隐患排查整治台账", Font(name="方正小标宋简体", size=22), MIDDLE, count)
    sheet.row_dimensions[2].height = 45
    put(sheet, 3, 1, "填报单位（盖章）：", line, width=6)
    put(sheet, 3, count - 2, "填报日期：     年   月   日", line, width=3)
    heading = Font(name="黑体", size=11)
    for index, (group, label, width) in enumerate(LEDGER, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        first = index == 1 or LEDGER[index - 2][0] != group
        put(sheet, 4, index, group if first else None, heading, MIDDLE).border = BOX
        put(sheet, 5, index, label, heading, MIDDLE).border = BOX
        if label is None:
            sheet.merge_cells(start_row=4, end_row=5, start_column=index, end_column=index)
    sheet.merge_cells("D4:F4")
    sheet.merge_cells("G4:H4")
    sheet.column_dimensions["M"].hidden = True
    sheet.row_dimensions[4].height = 28
    sheet.row_dimensions[5].height = 32
    for row in range(6, 16):
        sheet.row_dimensions[row].height = 30
        for index in range(1, count + 1):
            put(sheet, row, index, None, Font(name="仿宋_GB2312", size=11), MIDDLE).border = BOX
    put(sheet, 16, 1, "备注：1.问题来源填写自查、督察、信访等；2.整改进展填写未启动、整改中、已完成。", Font(name="楷体", size=12),
        width=count)
    for index, text in ((1, "填表人："), (6, "审核人："), (12, "联系电话：")):
        put(sheet, 17, index, text, line)
    sheet.page_setup.paperSize = 8
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "4:5"
    sheet.freeze_panes = "C6"
    book.save(path)


# A sheet on A4 upright: a note under the title, a shaded heading in one row, nothing below.
SITES = [("编号", 6), ("点位名称", 20), ("县区", 10), ("详细地址", 24), ("占地面积（平方米）", 12), ("是否需要复核", 8),
         ("备注", 12)]


def make_sites(path):
    book = Workbook()
    sheet = book.active
    count = len(SITES)
    put(sheet, 1, 1, "历史遗留点位登记表（2026年度）", Font(name="宋体", size=16, bold=True), MIDDLE, count)
    put(sheet, 2, 1, "注：本表一个点位填一行，面积单位为平方米。", Font(name="宋体", size=9), width=count)
    for index, (text, width) in enumerate(SITES, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        cell = put(sheet, 3, index, text, Font(name="黑体", size=10, bold=True), MIDDLE)
        cell.border, cell.fill = BOX, PatternFill("solid", fgColor="DDEBF7")
    for row in range(4, 9):
        for index in range(1, count + 1):
            put(sheet, row, index, None, Font(name="仿宋", size=10)).border = BOX
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait"
    book.save(path)


def words(cell):
    return "" if cell.value is None else str(cell.value)


def look(cell):
    return cell.font.name, float(cell.font.sz), bool(cell.font.b), cell.fill.patternType not in (None, "none")


def first_words(sheet, row):
    return next((cell for cell in sheet[row] if words(cell)), None)


def areas(sheet, first, last, columns):
    """Merged areas of these rows, columns counted without the hidden ones."""
    found = set()
    for area in sheet.merged_cells.ranges:
        inside = [columns.index(c) for c in range(area.min_col, area.max_col + 1) if c in columns]
        if first <= area.min_row and area.max_row <= last and inside:
            found.add((area.min_row, area.max_row, inside[0], inside[-1]))
    return found


def compare(blank_path, path, heading_rows, rows):
    blank, sheet = load_workbook(blank_path).active, load_workbook(path).active
    assert blank.title == sheet.title, sheet.title
    heading = next(row for row in range(1, 9) if words(blank.cell(row, 1)) in ("序号", "编号"))
    last = heading + heading_rows - 1
    wide = {}
    for dimension in blank.column_dimensions.values():
        for column in range(dimension.min, min(dimension.max, blank.max_column) + 1):
            wide[column] = (dimension.width, dimension.hidden)
    theirs = [c for c in range(1, blank.max_column + 1) if not wide.get(c, (0, False))[1]]
    ours = list(range(1, sheet.max_column + 1))
    assert len(ours) == len(theirs), (len(ours), len(theirs))
    for row in range(1, heading):
        a, b = first_words(blank, row), first_words(sheet, row)
        assert (a is None) == (b is None) and (a is None or look(a) == look(b)), (row, look(a), look(b))
        wanted = blank.row_dimensions[row].height or 0
        told = a and a.font.sz >= 16 and wanted > USUAL
        assert not told or abs(sheet.row_dimensions[row].height - wanted) <= 1, (row, wanted)
    for row in range(heading, last + 1):
        for own, other in zip(ours, theirs):
            a, b = blank.cell(row, other), sheet.cell(row, own)
            assert words(a) == words(b), (row, words(a), words(b))
            assert not words(a) or look(a) == look(b), (words(a), look(a), look(b))
        if (blank.row_dimensions[row].height or 0) > USUAL:
            assert abs(blank.row_dimensions[row].height - sheet.row_dimensions[row].height) <= 1, row
    assert areas(blank, heading, last, theirs) == areas(sheet, heading, last, ours)
    for own, other in zip(ours, theirs):
        width = sheet.column_dimensions[get_column_letter(own)].width
        assert abs(width - wide[other][0]) <= 1, (own, width, wide[other][0])
    for own, other in zip(ours, theirs):
        a, b = blank.cell(last + 1, other), sheet.cell(last + 1, own)
        assert look(a) == look(b), (own, look(a), look(b))
        if a.alignment.horizontal == "center":
            assert b.alignment.horizontal == "center", own
    wanted = blank.row_dimensions[last + 1].height or 0
    lowest = min(sheet.row_dimensions[row].height for row in range(last + 1, last + 1 + rows))
    assert wanted <= USUAL or abs(lowest - wanted) <= 1, (lowest, wanted)
    assert int(blank.page_setup.paperSize) == int(sheet.page_setup.paperSize)
    assert blank.page_setup.orientation == sheet.page_setup.orientation
    assert sheet.print_title_rows.replace("$", "") == "%d:%d" % (heading, last), sheet.print_title_rows
    if blank.freeze_panes:
        assert blank.freeze_panes == sheet.freeze_panes, sheet.freeze_panes
    lines = [first_words(blank, row) for row in range(last + 1, blank.max_row + 1)]
    lines = [cell for cell in lines if cell]
    assert sheet.max_row == last + rows + len(lines), (sheet.max_row, last, rows, len(lines))
    for cell, row in zip(lines, range(last + rows + 1, sheet.max_row + 1)):
        found = sheet.cell(row, 1)
        assert words(found).startswith(words(cell)), (words(cell), words(found))
        assert look(found) == look(cell), (look(found), look(cell))


if sys.argv[1] == "make":
    make_ledger(sys.argv[2] + "/ledger.xlsx")
    make_sites(sys.argv[2] + "/sites.xlsx")
else:
    compare(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
