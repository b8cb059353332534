"""The same cells as annual_bare.c's, with python's XlsxWriter. Usage: annual_python.py FILE.cells FILE.xlsx"""
import sys

import xlsxwriter

source, target = sys.argv[1:]
book = xlsxwriter.Workbook(target, {"constant_memory": True})
look = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
text_look = book.add_format({**look, "num_format": "@"})
number_look = book.add_format({**look, "num_format": "0.000"})
date_look = book.add_format({**look, "num_format": "yyyy-mm-dd"})
with open(source, encoding="utf-8") as cells:
    for line in cells:
        if line == "S\n":
            sheet, row = book.add_worksheet(), 0
            continue
        height, *texts = line[:-1].split("\t")
        sheet.set_row(row, float(height))
        for column, cell in enumerate(texts):
            kind = cell[:1]
            if kind == "t":
                sheet.write_string(row, column, cell[1:], text_look)
            elif kind == "n":
                sheet.write_number(row, column, float(cell[1:]), number_look)
            elif kind == "d":
                sheet.write_number(row, column, float(cell[1:]), date_look)
            elif kind == "b":
                sheet.write_blank(row, column, None, text_look)
        row += 1
book.close()
