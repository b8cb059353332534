#!/bin/sh
# calc targets: the published tables of Yunnan and Guangxi, what the file's own projects do to a
# target, and the workbook.
. "$(dirname "$0")/harness.sh"

agrees() {
    [ "$status" -eq 0 ] && "$python" "$root/tests/e2e/check_targets.py" "$work/out" "$1" "$2" |
        grep -qxF -e "$3"
}

# is REGION METAL EXPRESSION: in Python, where `t` is that target and `d` the whole answer.
is() {
    "$python" - "$work/out" "$@" <<'END'
import json, sys
from decimal import Decimal
d = json.load(open(sys.argv[1]), parse_float=Decimal)
t = next(t for t in d["targets"] if t["region"] == sys.argv[2] and t["metal"] == sys.argv[3])
if not eval("(" + sys.argv[4] + ")"):
    print(t)
    sys.exit(1)
END
}

# ---- wrong usage ----

must init --pack yunnan-2022 --region 5303 --operator 张
for year in 25 2025年 1899 ''; do
    run calc targets --year "$year"
    expect "year “$year”" refuses 2 "--year 应是四位数字的年份"
done
run calc targets --by town
expect "by town" refuses 2 "--by 可用 enterprise"
run calc targets --region nowhere
expect "an unknown region" refuses 2 "--region"
run calc targets --pack nowhere
expect "an unknown pack" refuses 2 "--pack"
run calc targets extra
expect "a stray word" refuses 2 extra

# ---- Yunnan ----

run calc targets --format json
expect "Yunnan as printed" agrees yunnan-2022 2025 "17 rows, 8.80 %"
expect "the keys are stable" is 5303 合计 \
    'set(d) == {"targets", "sums", "contradictions"} and
     {"region", "name", "metal", "year", "base_kg", "target_percent", "net_cut_kg", "target_kg",
      "actual_kg", "met", "forecast", "reason"} <= set(t) and
     all(set(row) == set(t) for row in d["targets"])'
expect "what Kunming's row says twice" is 53 合计 \
    '[(c["region"], c["what"], c["printed"], c["computed"]) for c in d["contradictions"]] == [
     ("5301", "target_kg", Decimal("17585.72"), Decimal("17585.71")),
     ("5306", "target_kg", Decimal("11829.17"), Decimal("11829.18")),
     ("5308", "target_kg", Decimal("5549.19"), Decimal("5549.2")),
     ("53", "target_percent", 7, Decimal("8.8"))]'
expect "without enterprises nothing is reached" is 5303 合计 \
    't["actual_kg"] is None and t["met"] is None and t["forecast"] == "open" and t["reason"]'
run calc targets
expect "for people" answers 0 "曲靖市" "14455.82" "印的是 17585.72 kg，基准排放量减净削减量得 17585.71 kg" \
    "印的是 7.00%" "占 8.80%"

# ---- Guangxi ----

TAIZHANG_DB="$work/guangxi.db"
must init --pack guangxi-2022 --region 4512 --operator 张
for year in "2022 14 1.63" "2023 14 2.92" "2024 14 4.77" "2025 15 6.63"; do
    set -- $year
    run calc targets --year "$1" --format json
    expect "Guangxi $1" agrees guangxi-2022 "$1" "$2 rows, $3 %"
done
expect "408 enterprises" is 45 合计 \
    'd["sums"][0]["enterprise_count"] == 408 and d["sums"][0]["base_kg"] == Decimal("119594.72")'
expect "the whole asks for less than its parts" is 45 合计 \
    '[(c["what"], c["printed"], c["computed"]) for c in d["contradictions"]] ==
     [("target_percent", 6, Decimal("6.63"))]'
run calc targets --year 2022 --format json
expect "0.0% and 控制不新增 are not the same" is 4506 合计 't["target_percent"] == 0'
expect "a region without a share" is 4501 合计 \
    't["target_percent"] is None and t["net_cut_kg"] == 0 and t["kind"] == "控制不新增"'
run calc targets --region 4512 --format csv
expect "for a spreadsheet" answers 0 "4512,河池市,合计,2025,削减比例,49581,6,2974.86,46606.14"

# ---- progress ----

# 甲厂 cuts 36.5 kg by an accounting report: 36500 m³/a × 1 mg/L before, nothing after; 示例线 adds
# 6.5; the net cut is 30.
must add enterprise name=甲厂 region=451202 base_total_kg=1000
must add reduction_project name=一号 enterprise=甲厂 region=451202 key_line=是 permit_held=未取得 \
    load_basis=核算报告 completed_on=2024-05-06 ledger_on=2024-06-01
project=$(cat "$work/out")
must add emission_stream project="$project" stage=减排前 source=DW001 medium=废水 metal=铅 \
    water_m3=36500 "water_concentration=1000 μg/L"
must add emission_stream project="$project" stage=减排后 source=DW001 medium=废水 metal=铅 \
    water_m3=0 water_concentration=1
run calc targets --format json
expect "nothing has said what it cuts" is 4512 合计 't["actual_kg"] == 49581'
run check --format json
expect "the streams wait to be taken over" contains "$work/out" "把本工程再保存一次就由程序填上"
must set reduction_project "$project" permit_held=登记管理
run list reduction_project --format json
expect "the streams are taken over" answers 0 '"before_lead_kg":36.5,' '"after_lead_kg":0,' \
    '"cut_total_kg":36.5,'
must add construction_project name=示例线 region=451202 eia_on=2025-01-02 added_lead_kg=6.5
run calc targets --by county --format json
expect "base less cuts plus additions" is 4512 合计 \
    't["actual_kg"] == 49551 and t["cut_kg"] == Decimal("36.5") and t["met"] is False and
     t["progress_percent"] == Decimal("0.06") and t["forecast"] == "missed"'
expect "by county" is 4512 合计 \
    '[(p["id"], p["net_kg"]) for p in t["parts"]] == [("451202", 30)]'
run calc targets --year 2023 --format json
expect "before it was done" is 4512 合计 't["actual_kg"] == 49581 and t["year"] == 2023'
must undo
run calc targets --format json
expect "undone" is 4512 合计 't["actual_kg"] == Decimal("49544.5")'

# ---- the workbook ----

must export reduction -o "$work/r.json"
expect "its tables" "$python" -c '
import json, sys
d = json.load(open(sys.argv[1]))
assert list(d) == ["reduction_project", "accounting", "emission_stream", "targets"], list(d)
assert d["accounting"][0]["before_lead_kg"] == 36.5 and d["accounting"][0]["emission_stream.count"] == 2
assert [s["load_kg"] for s in d["emission_stream"]] == [36.5, 0]
line = next(t for t in d["targets"] if t["region"] == "河池市")
assert line["actual_kg"] == 49544.5 and line["met"] == "未达到", line
' "$work/r.json"
must export reduction -o "$work/r.xlsx"
expect "a native chart" "$python" -c '
import sys, zipfile
names = zipfile.ZipFile(sys.argv[1]).namelist()
assert "xl/charts/chart1.xml" in names, names
' "$work/r.xlsx"
run export reduction --half 1 -o "$work/h.xlsx"
expect "no half-years" refuses 2 "按全年填报"
finish
