#!/bin/sh
# The thallium balance: the command with its stable keys, that it follows the policy, and the workbook.
. "$(dirname "$0")/harness.sh"
use_small_reference

# ---- wrong usage ----

run calc thallium-balance
expect "which period?" refuses 2 --period
run calc thallium-balance --period 2025Q5 --enterprise 甲厂
expect "no such period" refuses 2 2025Q3
run calc thallium-balance --period 2025Q1 --enterprise 甲厂
expect "no data file" refuses 3 "$TAIZHANG_DB"
must init --pack campaign-2025-2030 --region 441802 --operator 张
run calc thallium-balance --period 2025
expect "of whom?" refuses 2 --enterprise
run calc thallium-balance --period 2025 --enterprise 甲厂
expect "no such enterprise" refuses 3 甲厂
must add enterprise name=甲厂 region=清城区 status=在产
run calc thallium-balance --period 2025Q1 --enterprise 甲厂 --quarters
expect "quarters of a quarter" refuses 2 全年

# ---- nothing is not 0 % ----

balance() {
    run calc thallium-balance --enterprise 甲厂 --period "$1" --format json
}
balance 2025
expect "without rows it is undetermined" json 'it["band"] == "undetermined" and
    it["closure_percent"] is None and it["assay_coverage_percent"] is None'
expect "the keys are stable" json '{"enterprise", "name", "period", "input_kg", "product_kg",
    "byproduct_kg", "waste_kg", "dust_kg", "sludge_kg", "wastewater_kg", "gas_kg",
    "stock_change_kg", "unaccounted_kg", "closure_percent", "assay_coverage_percent", "band",
    "missing", "output_kg", "opening_stock_kg", "closing_stock_kg", "lod_rule", "below_lod",
    "closure_without_stock_percent", "band_without_stock", "profile"} == set(it)'
expect "every reason has a stream" json 'it["missing"] and
    all(set(m) == {"stream", "reason", "rows"} for m in it["missing"])'

# ---- a quarter by hand: 10 in; 0.5 (half of 1), 7 and 0.95046 out; stock 1 to 0.5 ----

flow() {
    must add material_flow enterprise=甲厂 "$@"
}
flow period=2025Q1 flow=库存期初 material_class=精矿 material=锌精矿 quantity=100 quantity_unit=t \
    basis=干基 thallium_content='10 g/t'
flow period=2025Q1 flow=投入 material_class=精矿 material=锌精矿 quantity=1250 quantity_unit=t \
    basis=湿基 moisture_percent=20 thallium_content=0.001 thallium_unit=% sampled_on=2025-02-01
flow period=2025Q1 flow=产出 material_class=主产品 material=锌锭 quantity=500 quantity_unit=t \
    basis=干基 thallium_content='<2' thallium_unit=mg/kg
flow period=2025Q1 flow=产出 material_class=废渣 material=浸出渣 quantity=700 quantity_unit=t \
    basis=干基 thallium_content=10 thallium_unit=mg/kg
flow period=2025Q1 flow=排放 material_class=废水 material=废水 quantity=226300 quantity_unit=m³ \
    thallium_content=4200 thallium_unit=ng/L
flow period=2025Q1 flow=库存期末 material_class=精矿 material=锌精矿 quantity=50 quantity_unit=t \
    basis=干基 thallium_content=10 thallium_unit=mg/kg
flow period=2025Q2 flow=投入 material_class=精矿 material=锌精矿 quantity=500 quantity_unit=t \
    basis=湿基 thallium_content=10 thallium_unit=mg/kg sampled_on=2025-05-01
balance 2025Q1
expect "kilograms to the gram" json '(it["input_kg"], it["product_kg"], it["waste_kg"],
    it["wastewater_kg"], it["output_kg"], it["stock_change_kg"], it["unaccounted_kg"]) ==
    (10, 0.5, 7, 0.95046, 8.45046, -0.5, 2.04954)'
expect "closure" json '(it["closure_percent"], it["closure_without_stock_percent"], it["band"],
    it["assay_coverage_percent"]) == (81.37, 80.48, "normal", 100)'
expect "what is below the detection limit, by each rule" json '(it["lod_rule"], it["below_lod"]) ==
    ("LOD/2", {"rows": 1, "0": {"kg": 0, "closure_percent": 76.82},
     "LOD/2": {"kg": 0.5, "closure_percent": 81.37}, "LOD": {"kg": 1, "closure_percent": 85.91}})'
balance 2025
expect "a wet row without moisture is named" json '{"stream": "input", "reason": "缺含水率",
    "rows": 1} in it["missing"] and it["input_kg"] == 10'
expect "a row without its moisture is covered by the weight that it has" json \
    'it["assay_coverage_percent"] == 100'
run calc thallium-balance --enterprise 甲厂 --period 2025 --quarters --format json
expect "the quarters stand beside the year" json '[q["period"] for q in it["quarters"]] ==
    ["2025Q1", "2025Q2", "2025Q3", "2025Q4"] and
    sum(q["input_kg"] for q in it["quarters"]) == it["input_kg"]'
run calc thallium-balance --enterprise 甲厂 --period 2025 --quarters --format csv
expect "for a spreadsheet, a row for each period" answers 0 "period,input_kg,product_kg" \
    "closure_percent,assay_coverage_percent,band,missing" "2025,10,0.5,,7,," "2025Q4,,,"
expect "all rows are as wide as the heading" "$python" -c '
import csv, sys
rows = list(csv.reader(open(sys.argv[1])))
assert len(rows) == 6 and len({len(row) for row in rows}) == 1, rows
' "$work/out"
run calc thallium-balance --enterprise 甲厂 --period 2025Q1
expect "for people" answers 0 "甲厂 2025Q1 铊平衡" "差额（去向不明）" "20.50%" "81.37%" 正常 \
    "按 LOD/2 计（本程序约定）" "（产出和排放 8.45046 + 期末库存 0.5）÷（投入 10 + 期初库存 1）= 81.37%"
expect "the columns stand under each other" test -z "$(grep ' $' "$work/out")"

# ---- the policy decides what the detection limit counts as ----

id=$("$taizhang" list parameter --where code=balance_lod --format json |
    "$python" -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
must set parameter "$id" value=0
balance 2025Q1
expect "with nothing" json '(it["lod_rule"], it["product_kg"], it["closure_percent"], it["band"]) ==
    ("0", 0, 76.82, "explain")'
run check
must list material_flow --where material=锌锭 --format json
expect "the stored mass follows" json 'it[0]["thallium_kg"] == 0 and it[0]["thallium_lod_kg"] == 1'
must set parameter "$id" value=LOD
balance 2025Q1
expect "with the limit" json '(it["lod_rule"], it["product_kg"]) == ("LOD", 1)'
must undo
must undo

# ---- booked twice ----

flow period=2025 flow=产出 material_class=废渣 material=浸出渣 quantity=800 quantity_unit=t \
    basis=干基 thallium_content=10 thallium_unit=mg/kg
balance 2025
expect "the longer period counts, once" json 'it["waste_kg"] == 8 and
    any(m["stream"] == "waste" and "2025Q1" in m["reason"] for m in it["missing"])'
balance 2025Q1
expect "a year is not split" json 'it["waste_kg"] == 7 and
    any(m["stream"] == "waste" and "不能拆到" in m["reason"] for m in it["missing"])'
run check material_flow
expect "the check says so" answers 1 "警告 V80"
must undo

# ---- the workbook ----

run export annual --year 2025 --period 2025 -o "$work/none.xlsx"
expect "only a report by period takes one" refuses 2 --period
run export balance --period 2025Q5 -o "$work/none.xlsx"
expect "a period that is none" refuses 2 2025Q3
run export balance --period 2025 --enterprise 乙厂 -o "$work/none.xlsx"
expect "an enterprise that is none" refuses 3 乙厂
expect "nothing is left behind" test ! -e "$work/none.xlsx"
must add enterprise name='乙厂：[一]/二' region=清城区 status=在产
must add thallium_enterprise enterprise='乙厂：[一]/二'
run export balance --period 2025 -o "$work/balance.xlsx" --format json
expect "all plants of the year" json 'it["tables"] == 7 and it["rows"] == 19'
cat >"$work/read.py" <<'EOT'
import sys, zipfile
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], data_only=True)
names = book.sheetnames
assert names[0] == "平衡汇总" and names[-4:] == ["去向", "去向明细", "物料明细", "物料明细（检测和去向）"] and len(names) == 7, names
page = next(book[name] for name in names if name.endswith(" 甲厂"))
cells = {}
for row in page.iter_rows():
    cells.setdefault(row[0].value, row)
assert cells["投入"][1].value == 10 and cells["投入"][3].value == 2 and cells["投入"][4].value == 1
assert cells["烟尘"][1].value == "—", "nobody has entered dust"
assert abs(cells["差额（去向不明）"][1].value - 2.05) < 1e-9
assert abs(cells["闭合率"][1].value - 0.8137) < 1e-9 or cells["闭合率"][1].value == 81.37
assert any("按 LOD/2 计（本程序约定）" in str(row[0].value) for row in page.iter_rows())
rows = [row for row in book["物料明细"].iter_rows(values_only=True) if row[1] == "甲厂"]
assert len(rows) == 7 and [row[3] for row in rows][:3] == ["投入", "产出", "产出"], rows
for name in names:
    setup = book[name].page_setup
    wide = name == "物料明细（检测和去向）"
    assert setup.orientation == "landscape" and int(setup.paperSize) == 9 - wide, (name, setup.paperSize)
charts = [name for name in zipfile.ZipFile(sys.argv[1]).namelist() if "charts/chart" in name]
assert len(charts) == 2, charts  # a plant without figures has none
EOT
expect "table, chart and rows" "$python" "$work/read.py" "$work/balance.xlsx"
run export balance --period 2025Q1 --enterprise 甲厂 -o "$work/one.json"
expect "one of them as .json" "$python" -c '
import json, sys
it = json.load(open(sys.argv[1]))
assert list(it) == ["balance", "trace", "material_flow", "flow_assay"] and len(it["material_flow"]) == 6, it
assert it["balance"][0]["unaccounted_kg"] == 2.04954 and it["balance"][0]["dust_kg"] is None
' "$work/one.json"
run export balance --year 2024 --sheet 平衡汇总 -o "$work/none.csv"
expect "a year with nothing but a profile" answers 0 "1 行"
finish
