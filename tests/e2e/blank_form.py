"""A province's blank form, in words and an order of its own, and whether an export looks like it.

    blank_form.py make BLANK.xlsx
    blank_form.py compare BLANK.xlsx EXPORT.xlsx TITLE ROWS    the same form with ROWS records in it
"""
import sys

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

# Heading by columns: levels from above, width.
COLUMNS = [
    (["序号"], 5),
    (["涉铊企业基本情况", "单位名称"], 26),
    (["涉铊企业基本情况", "社会信用代码"], 20),
    (["涉铊企业基本情况", "地理位置", "县区"], 9),
    (["涉铊企业基本情况", "地理位置", "经度"], 12),
    (["涉铊企业基本情况", "地理位置", "纬度"], 12),
    (["原料铊含量（近12个月）", "最大\n（mg/kg）"], 10),
    (["原料铊含量（近12个月）", "均值\n（mg/kg）"], 10),
    (["年入铊量\n（kg/a）"], 11),
    (["含铊依据"], 10),
    (["除铊工艺"], 16),
    (["省级专家复核意见"], 14),  # no field of ours
    (["风险等级"], 8),
    (["备注"], 10),
]
TITLE = "示例省____县（市、区）涉铊企业排查整治清单（20__年度）"
HEAD = "附件2"
LEFT = "填报单位（盖章）：　　　　　　　　"
RIGHT = "填报时间：　　年　月　日"
ABOVE = "本表由县级生态环境部门填写，每年报送一次。"
BELOW = ["注：含铊依据按最近一次检测填写。", "说明：经纬度保留六位小数。"]
SIGNATURES = ["填表人：", "审核人：", "联系电话："]
HEADING_ROW, HEADING_ROWS = 5, 3


def merge(sheet, first_row, first_column, last_row, last_column):
    if (first_row, first_column) != (last_row, last_column):
        sheet.merge_cells(start_row=first_row, start_column=first_column, end_row=last_row,
                          end_column=last_column)


def put_heading(sheet):
    for index, (levels, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        for level, text in enumerate(levels):
            above = [other[0][:level + 1] for other in COLUMNS]
            if level + 1 < len(levels) and index > 1 and above[index - 2] == above[index - 1]:
                continue
            row = HEADING_ROW + level
            sheet.cell(row, index, text)
            if level + 1 == len(levels):
                merge(sheet, row, index, HEADING_ROW + HEADING_ROWS - 1, index)
            else:
                last = index
                while last < len(COLUMNS) and above[last] == above[index - 1]:
                    last += 1
                merge(sheet, row, index, row, last)


def make(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "涉铊清单"
    count = len(COLUMNS)
    sheet["A1"] = HEAD
    sheet["A2"] = TITLE
    sheet["A2"].font = Font(name="方正小标宋简体", size=20)
    sheet["A2"].alignment = Alignment(horizontal="center")
    merge(sheet, 2, 1, 2, count)
    sheet.row_dimensions[2].height = 36
    sheet["A3"] = LEFT
    merge(sheet, 3, 1, 3, 6)
    sheet.cell(3, count - 2, RIGHT)
    merge(sheet, 3, count - 2, 3, count)
    sheet["A4"] = ABOVE
    merge(sheet, 4, 1, 4, count)
    put_heading(sheet)
    for row, height in ((5, 24), (6, 24), (7, 30)):
        sheet.row_dimensions[row].height = height
    numbers = HEADING_ROW + HEADING_ROWS
    for index in range(1, count + 1):
        sheet.cell(numbers, index, "甲" if index == 1 else index - 1)
    thin = Side(style="thin")
    for row in range(HEADING_ROW, numbers + 7):
        for index in range(1, count + 1):
            sheet.cell(row, index).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in range(1, 6):
        sheet.cell(numbers + row, 1, row)
    total = numbers + 6
    sheet.cell(total, 1, "合  计")
    merge(sheet, total, 1, total, 2)
    for offset, text in enumerate(BELOW, 1):
        sheet.cell(total + offset, 1, text)
        merge(sheet, total + offset, 1, total + offset, count)
    signature = total + len(BELOW) + 1
    for index, text in zip((1, 5, 10), SIGNATURES):
        sheet.cell(signature, index, text)
    sheet.page_setup.paperSize = 8
    sheet.page_setup.orientation = "landscape"
    book.save(path)


def areas(sheet, first, last):
    return sorted(str(area) for area in sheet.merged_cells.ranges
                  if first <= area.min_row and area.max_row <= last)


def text(value):
    return "" if value is None else str(value)


def compare(blank_path, path, title, rows):
    blank = load_workbook(blank_path).active
    book = load_workbook(path)
    sheet = book["涉铊清单"]
    count = len(COLUMNS)
    numbers = HEADING_ROW + HEADING_ROWS
    assert sheet["A1"].value == HEAD, sheet["A1"].value
    assert sheet["A2"].value == title, sheet["A2"].value
    assert sheet["A3"].value == "填报单位（盖章）：清城区生态环境局　　　　　　　　", sheet["A3"].value
    assert "填报时间：2026年6月15日" in [cell.value for cell in sheet[3]]
    assert sheet["A4"].value == ABOVE
    for row in range(HEADING_ROW, numbers + 1):
        ours = [text(cell.value) for cell in sheet[row]]
        theirs = [text(cell.value) for cell in blank[row]]
        assert ours == theirs, (row, ours, theirs)
    assert areas(sheet, HEADING_ROW, numbers) == areas(blank, HEADING_ROW, numbers)
    assert areas(sheet, 2, 2) == areas(blank, 2, 2)
    for index in range(1, count + 1):
        letter = get_column_letter(index)
        ours, theirs = (s.column_dimensions[letter].width for s in (sheet, blank))
        assert abs(ours - theirs) <= 1, (letter, ours, theirs)
    for row in range(HEADING_ROW, numbers):
        assert sheet.row_dimensions[row].height == blank.row_dimensions[row].height, row
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape") or (
        int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (8, "landscape")
    first = numbers + 1
    total = first + rows
    for row in range(first, total):
        cells = [cell.value for cell in sheet[row]]
        assert cells[0] == row - first + 1 and all(cells[1:10]), cells
        assert cells[11] is None, cells  # what we have no field for stays empty
    assert sheet.cell(total, 1).value == "合  计", sheet.cell(total, 1).value
    lines = [text(sheet.cell(row, 1).value) for row in range(total + 1, sheet.max_row + 1)]
    assert lines[:2] == BELOW, lines
    assert len(lines) == 3 and lines[2].startswith("填表人：张"), lines
    assert all(word in lines[2] for word in SIGNATURES), lines


action, *arguments = sys.argv[1:]
if action == "make":
    make(*arguments)
else:
    compare(arguments[0], arguments[1], arguments[2], int(arguments[3]))
