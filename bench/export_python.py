"""The same workbook as export_report.c's, from the same database, with python's XlsxWriter as a script
would use it: the same cells and looks, rows as high as their texts need.
Usage: export_python.py FILE.db FILE.xlsx"""
import datetime
import re
import sqlite3
import sys

import xlsxwriter

database, path = sys.argv[1:]
with open(__file__.replace("export_python.py", "export_data.h"), encoding="utf-8") as header:
    source = header.read()


def fields(kind):
    """The names that export_data.h lists."""
    block = re.search(r"bench_%s_fields\[\w+\] = \{(.*?)\};" % kind, source, re.S).group(1)
    return re.findall(r'"(\w+)"', block)


texts, numbers, dates = fields("text"), fields("number"), fields("date")
book = xlsxwriter.Workbook(path, {"constant_memory": True})
look = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
text_look = book.add_format({**look, "num_format": "@"})
number_look = book.add_format({**look, "num_format": "0.000"})
date_look = book.add_format({**look, "num_format": "yyyy-mm-dd"})
sheet = book.add_worksheet("企业")
query = "SELECT %s FROM enterprise WHERE deleted = 0" % ", ".join(texts + numbers + dates)
first_number, first_date = len(texts), len(texts) + len(numbers)
looks = [text_look] * len(texts) + [number_look] * len(numbers) + [date_look] * len(dates)
LINE_POINTS, COLUMN_CELLS = 14, 24


def count_lines(text):
    """A Han character takes two cells."""
    return -(-sum(2 if c > "\u2e7f" else 1 for c in text) // COLUMN_CELLS)


for row, record in enumerate(sqlite3.connect(database).execute(query)):
    sheet.set_row(row, LINE_POINTS * max(count_lines(text) for text in record[:first_number] if text))
    for column, value in enumerate(record):
        if value is not None and column >= first_date:
            value = datetime.date.fromisoformat(value)
        elif value is not None and column >= first_number:
            value = value / 1000
        sheet.write(row, column, value, looks[column])
book.close()
