"""The duties of the policy packs: what each pack must hold, checked in its file and in a data file.

    check_obligations.py file PACK obligation.csv
    check_obligations.py list PACK list.json        prints the codes of the core duties
"""
import csv
import datetime
import json
import sys

# The duties of each document by number, core and related, from counting the documents' passages.
# A number that is missing here lies outside this program (medical waste, procurement, ...).
PACKS = {
    "jilin-2022": {
        "J10": ("1-32 35 37-46", "33 34 36 47 48"),
        "J12": ("1-5 7-19 21 22", "6 20"),
    },
    "guangxi-2022": {"GX": ("1-20 22-29 31 33-38 40", "21 30 32 39")},
    "yunnan-2022": {"YN": ("1-3 5-27 30", "4 28 29 31 32 34 36 40 41")},
    "qingyuan-2018": {
        "QY": ("1-4 6 7 12 18-31 33-37 41 43 49 50 55-57 59 60 62 68",
               "5 8 9 11 13-17 32 38-40 42 44 46-48 51-54 58 61 63-65 69"),
    },
    "campaign-2025-2030": {"C25": ("1-15", "16 17")},
}
# What stands in Qingyuan's text and annexes beside the numbered tasks; -1: the part that is due earlier.
QINGYUAN_EXTRA = "M1 M2 M3 M4 M5 A1 A3 A4 A4-1 A5 A6 A6-1 A7 A7-1 A8"

HEAD = ("编号,事项,责任主体,范围,期限类型,固定日期,每年月日,起算事件,期限天数,天数种类,遇休息日,日期为约定,"
        "起始日期,截止日期,频次,佐证,依据,涉及清单,另处期限,另处依据,备注").split(",")
CHOICES = {
    "范围": {"核心", "相关"},
    "期限类型": {"固定日期", "每年", "事件后", "每项目", "持续", "未定"},
    "天数种类": {"", "日", "工作日"},
    "遇休息日": {"提前", "顺延", "不变"},
    "日期为约定": {"是", "否"},
    "频次": {"一次", "每年", "每半年", "每季度", "每月", "每周", "定期", "持续", "每项目", "每事件"},
    "涉及清单": {"", "enterprise", "thallium_enterprise", "legacy_site", "cadmium_source", "problem",
             "tailings_pond", "manganese_mine", "manganese_plant", "manganese_slag_yard", "park",
             "outlet", "material_flow", "sample", "inspection", "construction_project",
             "reduction_project", "quota_transfer", "task", "filing"},
}
SOURCES = {
    "J10": "吉环固体字〔2022〕10号 ",
    "J12": "吉环固体字〔2022〕12号 ",
    "GX": "桂重金属方案 ",
    "YN": "滇规划 ",
    "QY": "清远计划 ",
    "C25": "重金属环境安全隐患排查整治行动方案（2025—2030年） ",
}
# The columns that belong to one kind of deadline and are empty with every other.
OF_KIND = {"固定日期": "固定日期", "每年月日": "每年", "期限天数": "事件后", "天数种类": "事件后"}


def numbers(ranges):
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def expected(pack):
    """{code: scope} of one pack."""
    codes = {}
    for source, ranges in PACKS[pack].items():
        for scope, part in zip(("核心", "相关"), ranges):
            codes.update({f"{source}-{n:02}": scope for n in numbers(part)})
    if pack == "qingyuan-2018":
        codes.update({f"QY-{n}": "核心" for n in QINGYUAN_EXTRA.split()})
    return codes


def compare(got, wanted):
    yield from (f"{code} is missing" for code in wanted if code not in got)
    yield from (f"{code} is not expected" for code in got if code not in wanted)
    yield from (f"{code} is {got[code]}" for code in wanted if got.get(code, wanted[code]) != wanted[code])


def parse_date(text):
    """The date, when it is written YYYY-MM-DD and exists, else None."""
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return date if date.isoformat() == text else None


def check_deadline(row):
    kind = row["期限类型"]
    for name in ("固定日期", "起始日期", "截止日期", "另处期限"):
        if row[name] and not parse_date(row[name]):
            yield f"{name}“{row[name]}”"
    if row["每年月日"] and not parse_date("2024-" + row["每年月日"]):
        yield f"每年月日“{row['每年月日']}”"
    for name, owner in OF_KIND.items():
        if row[name] and kind != owner:
            yield f"{kind}不该有{name}"
    if kind in ("固定日期", "每年") and not row["固定日期"] + row["每年月日"]:
        yield "没有日期"
    if kind == "事件后" and not row["起算事件"]:
        yield "没有起算事件"
    if row["起算事件"] and kind not in ("事件后", "每项目"):
        yield f"{kind}不该有起算事件"
    if bool(row["期限天数"]) != bool(row["天数种类"]):
        yield "天数和种类缺一个"
    if row["期限天数"] and not (row["期限天数"].isdigit() and int(row["期限天数"])):
        yield "期限天数不是正整数"
    if row["起始日期"] and row["截止日期"] and row["起始日期"] > row["截止日期"]:
        yield "起止颠倒"
    if bool(row["另处期限"]) != bool(row["另处依据"]):
        yield "另处期限和依据缺一个"
    # Where two passages contradict, the stricter one is the deadline.
    if row["另处期限"] and not row["固定日期"] < row["另处期限"]:
        yield "固定日期不是较早的"


def check_row(row):
    for name in ("编号", "事项", "责任主体", "频次", "佐证", "依据"):
        if not row[name].strip():
            yield f"{name}是空的"
    for name, words in CHOICES.items():
        if row[name] not in words:
            yield f"{name}“{row[name]}”"
    if any(value != value.strip() for value in row.values()):
        yield "首尾有空格"
    if len(row["事项"]) > 60:
        yield "事项太长"
    if not row["依据"].startswith(SOURCES.get(row["编号"].split("-")[0], "？")):
        yield "依据不是本文件"
    yield from check_deadline(row)


def check_file(pack, path):
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
        yield "not UTF-8 without a mark and with plain line ends"
    table = list(csv.reader(data.decode("utf-8").splitlines(), strict=True))
    if table[0] != HEAD:
        yield "the heading is another"
    rows = [dict(zip(HEAD, line)) for line in table[1:] if len(line) == len(HEAD)]
    if len(rows) != len(table) - 1:
        yield "a line has too many or too few cells"
    for row in rows:
        yield from (f"{row['编号']}: {why}" for why in check_row(row))
    codes = {row["编号"]: row["范围"] for row in rows}
    if len(codes) != len(rows):
        yield "a code stands twice"
    yield from compare(codes, expected(pack))


def check_list(pack, path):
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    codes = {row["code"]: row["scope"] for row in rows}
    if len(codes) != len(rows):
        yield "a code stands twice"
    yield from compare(codes, expected(pack))
    for row in rows:
        for name in ("what", "who", "passage", "periodicity", "evidence", "due_kind", "campaign"):
            if not row[name]:
                yield f"{row['code']}: {name} is empty"
    print(*(code for code, scope in codes.items() if scope == "核心"), sep="\n")


found = list({"file": check_file, "list": check_list}[sys.argv[1]](*sys.argv[2:]))
sys.exit("\n".join(found) or 0)
