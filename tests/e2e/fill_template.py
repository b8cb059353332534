"""Fills in the forms that the program hands out, as a person would with a spreadsheet program, and
tells what must be in the file after the import.

    fill_template.py fill REGISTER BOOK FOLDER      writes into BOOK, attachments into FOLDER
    fill_template.py check REGISTER LIST.json       what `list REGISTER --format json` printed
    fill_template.py types SCHEMA.json...           every field type is filled in at least once
"""
import datetime
import hashlib
import json
import os
import sys

from openpyxl import load_workbook

PHOTO = b"a photo of the pond\n"
DAY = datetime.date

# For each register the rows: field, what is typed, and what is stored where that is not the same.
FORMS = {
    "enterprise": [
        {
            "name": "清城区示例冶炼有限公司",
            "former_name": "示例老厂（1998）",
            "uscc": "91451200791318129Y",
            "legal_person": "李四",
            "phone": "07633366123",
            "region": ("清城区", "441802"),
            "town": "龙塘镇",
            "lon": 113.056122,
            "lat": 23.682064,
            "status": "在产",
            "industry": ("铅锌冶炼", "3212"),
            "key_industry": "重有色金属冶炼业",
            "zinc_inorganic": ("否", False),
            "key_region": ("是", True),
            "entry_reason": "原清单",
            "entered_on": (DAY(2025, 6, 30), "2025-06-30"),
            "capacity_t": 100000.5,
            "high_metal_feed": ("是", True),
            "high_feed_metals": "镉、铊",
            "permit_class": "重点管理",
            "permit_no": "91451200791318129Y001P",
            "permit_from_on": (DAY(2023, 8, 1), "2023-08-01"),
            "base_lead_kg": 120.35,
            "base_mercury_kg": 0,
            "base_cadmium_kg": 8.125,
            "actual_period": "2025",
            "campaigns": "十四五重金属污染防控",
            "note": "第一行\n第二行，含“引号”、<0.02 和 & 号",
            "attachment": ("现场照片.jpg", hashlib.sha256(PHOTO).hexdigest()),
        },
        {
            "name": "无代码的老矿点",
            "uscc": "无",
            "no_uscc_reason": "1990年代停办，未办理登记",
            "region": ("连南瑶族自治县", "441826"),
            "phone": "0012",
            "status": "关闭",
            "shut_on": (DAY(1999, 12, 31), "1999-12-31"),
            "lon": ("112°17′30″", 112.291667),
            "lat": 24.7,
            "industry": "0912",
            "zinc_inorganic": ("否", False),
        },
    ],
    "material_flow": [
        {
            "enterprise": "清城区示例冶炼有限公司",
            "period": "2025Q3",
            "flow": "投入",
            "material_class": "精矿",
            "material": "锌精矿",
            "batch": "0507018",
            "quantity": 11500.25,
            "quantity_unit": "t",
            "basis": "湿基",
            "moisture_percent": 8.5,
            "thallium_content": "38.50",
            "thallium_unit": "mg/kg",
            "cma": ("是", True),
            "sampled_on": (DAY(2025, 7, 12), "2025-07-12"),
            "arsenic_content": "<0.020",
        },
        {
            "enterprise": "91451200791318129Y",
            "period": "2025H1",
            "flow": "产出",
            "material": "含铊烟灰",
            "quantity": 3,
            "quantity_unit": "t",
            "waste_code": "321-027-48",
            "manifest_no": "202545180001234567",
            "cma": ("否", False),
        },
    ],
    "tailings_pond": [
        {
            "name": "示例尾矿库",
            "region": ("清新区", "441803"),
            "downstream_people": 1200,
            "well_upstream": 0,
        },
    ],
}


def fill(register, book, folder):
    workbook = load_workbook(book)
    sheet = workbook.worksheets[0]
    mark = workbook["_taizhang"]
    first = mark["C1"].value + mark["D1"].value
    columns = {cell.value: cell.column for cell in mark[2] if cell.value}
    for offset, row in enumerate(FORMS[register]):
        for field, value in row.items():
            cell = sheet.cell(first + offset, columns[field])
            assert not cell.protection.locked, field
            cell.value = value[0] if isinstance(value, tuple) else value
    workbook.save(book)
    with open(os.path.join(folder, "现场照片.jpg"), "wb") as photo:
        photo.write(PHOTO)


def stored(register):
    for row in FORMS[register]:
        yield {field: value[1] if isinstance(value, tuple) else value
               for field, value in row.items()}


def name_of(row):
    return row.get("name") or row["material"]


def check(register, path):
    with open(path, encoding="utf-8") as file:
        found = {name_of(row): row for row in json.load(file)}
    assert len(found) == len(FORMS[register]), sorted(found)
    enterprise = None
    for row in stored(register):
        record = found[name_of(row)]
        for field, value in row.items():
            if field == "enterprise":  # both names lead to one enterprise
                enterprise = enterprise or record[field]
                value = enterprise
                assert value, field
            assert record[field] == value, (field, record[field], value)


def check_types(paths):
    wanted, filled = set(), set()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        names = {name for row in FORMS[schema["name"]] for name in row}
        wanted |= {field["type"] for field in schema["fields"]}
        filled |= {field["type"] for field in schema["fields"] if field["name"] in names}
    known = {"text", "longtext", "integer", "decimal", "measure", "date", "period", "bool", "choice",
             "choices", "region", "industry", "waste", "uscc", "permit", "lon", "lat", "ref",
             "attachment"}
    assert wanted <= known, wanted - known
    assert filled == known, known - filled


action, *arguments = sys.argv[1:]
if action == "fill":
    fill(*arguments)
elif action == "check":
    check(*arguments)
else:
    check_types(arguments)
