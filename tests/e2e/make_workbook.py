"""Writes a CSV table as a workbook the way a bureau keeps it: two merged title rows above the
heading, and what is the same from row to row merged downward."""
import csv
import itertools
import sys

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

source, target = sys.argv[1:]
with open(source, encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file))
heading, body = rows[0], rows[1:]
repeated = (heading.index("所在县（区、市）"), len(heading) - 1)

book = Workbook()
sheet = book.active
sheet.title = "企业名单"
sheet.append(["清远市重金属污染防控重点行业企业名单"])
sheet.append(["填报单位：清远市环境保护局"])
sheet.append(heading)
for row in body:
    sheet.append([int(row[0])] + row[1:])
for number in (1, 2):
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(heading))
sheet["A1"].font = Font(size=16, bold=True)
sheet["A1"].alignment = Alignment(horizontal="center")
for column in repeated:
    first = 4
    for _, group in itertools.groupby(row[column] for row in body):
        last = first + len(list(group)) - 1
        sheet.merge_cells(start_row=first, end_row=last, start_column=column + 1,
                          end_column=column + 1)
        first = last + 1
book.save(target)
