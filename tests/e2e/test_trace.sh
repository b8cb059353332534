#!/bin/sh
# calc trace: the thallium of an enterprise followed over three enterprises and back, worked out by
# hand in tests/core/test_trace.c.
. "$(dirname "$0")/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张

# enterprise NAME [FORMER_NAME]
enterprise() {
    must add enterprise name="$1" former_name="${2:-}" region=清城区
}

# flow ENTERPRISE FLOW CLASS KG [FIELD=VALUE...]: so many tons with 1000 mg/kg.
flow() {
    flows=$((${flows:-0} + 1))
    owner=$1 way=$2 class=$3 kg=$4
    shift 4
    must add material_flow enterprise="$owner" period=2026Q1 flow="$way" material_class="$class" \
        material="$class$flows" quantity="$kg" quantity_unit=t basis=干基 thallium_content=1000 \
        thallium_unit=mg/kg "$@"
}

enterprise 示例锌业 示例锌厂
enterprise 示例再生
enterprise 示例水泥
flow 示例锌业 产出 烟尘 90 receiver=示例再生 waste_code=321-014-48 manifest_no=20264418000112
flow 示例锌业 产出 酸泥 10 receiver_name=示例再生
flow 示例锌业 排放 废水 2 destination=北江
flow 示例再生 投入 返料 100 supplier=示例锌厂
flow 示例再生 产出 废渣 60 receiver=示例水泥
flow 示例再生 产出 废渣 10 receiver_name=示例水泥窑
flow 示例水泥 产出 烟尘 20 receiver=示例再生
flow 示例水泥 产出 主产品 40 destination=外售
flow 示例水泥 投入 矿石原料 20 supplier=示例石场
flow 示例水泥 投入 废渣 60 supplier=示例再生

# ---- wrong usage ----

run calc trace
expect "no period" refuses 2 --period
run calc trace --period 2026Q1
expect "no enterprise" refuses 2 --enterprise
for period in 2026Q5 今年 2026-03-01; do
    run calc trace --enterprise 示例锌业 --period "$period"
    expect "period $period" refuses 2 2025Q3
done
run calc trace --enterprise 无名厂 --period 2026
expect "an unknown enterprise" refuses 3 无名厂
run calc trace --enterprise 示例锌业 --period 2025
expect "a period without a ledger" refuses 3 "示例锌业在 2025 没有物料台账"

# ---- JSON ----

before=$(state)
run calc trace --enterprise 示例锌业 --period 2026Q1 --format json
expect "the chain ends" json 'it["cycles"] == 1 and it["left_kg"] == 102 and it["period"] == "2026Q1"'
expect "every edge once" json 'sorted((e["kg"], e["material"], e["direction"], e["return"])
    for e in it["edges"]) == [(2, "废水", "down", False), (10, "废渣", "down", False),
    (10, "酸泥", "down", False), (20, "烟尘", "down", True),
    (40, "主产品", "down", False), (60, "废渣", "down", False), (90, "烟尘", "down", False)]'
expect "where it ended" json '{n["name"]: n["attributed_kg"] for n in it["nodes"]} == {
    "示例锌业": 0, "示例再生": 47.619047, "示例水泥": 14.285714, "外售": 28.571429,
    "示例水泥窑": 9.52381, "北江": 2}'
expect "adds up to what left" json 'round(sum(n["attributed_kg"] for n in it["nodes"]), 6) == 102'
expect "papers go along" json '[e for e in it["edges"] if e["kg"] == 90][0]["waste_code"] ==
    "321-014-48" and [e for e in it["edges"] if e["kg"] == 90][0]["manifest_no"] == "20264418000112"'
expect "only the return stream differs" json '[(d["sent_kg"], d["booked_kg"])
    for d in it["differences"]] == [(20, 0)]'
expect "ends name nodes" json 'all(e["from"] in [n["id"] for n in it["nodes"]] and
    e["to"] in [n["id"] for n in it["nodes"]] for e in it["edges"])'
expect "the node of the middle" json '[(n["received_kg"], n["input_kg"], n["sent_kg"], n["ended_kg"],
    n["kind"], n["layer"]) for n in it["nodes"] if n["name"] == "示例再生"] ==
    [(120, 100, 70, 50, "enterprise", 1)]'
expect "a question is answered, whatever the ledgers say" [ "$status" -eq 0 ]
expect "nothing has changed" [ "$before" = "$(state)" ]

run calc trace --enterprise 示例水泥 --period 2026 --format json
expect "upstream from the end" json '{e["from"] for e in it["edges"] if e["direction"] == "up"} >=
    {"outside:示例石场"} and [n["layer"] for n in it["nodes"] if n["name"] == "示例锌业"] == [-1]'

# ---- for people, and as CSV ----

run calc trace --enterprise 示例锌业 --period 2026Q1
expect "a tree with its sums" answers 0 "示例锌业 2026Q1 铊去向" \
    "       100.000000  → 示例再生  2 类物料" \
    "        90.000000    其中 烟尘  321-014-48  联单 20264418000112" \
    "        20.000000      ↺ 示例再生  烟尘  （回流，不再往下追）  ! 接收方台账没有入账" \
    "        47.619047    46.69%  示例再生（留在该企业内）" \
    "       102.000000   100.00%  合计"
run calc trace --enterprise 示例锌业 --period 2026Q1 --format csv
expect "edges as CSV" answers 0 "from,to,kg,material,waste_code,manifest_no,return,direction" \
    "示例锌业,示例再生,90,烟尘,321-014-48,20264418000112,false,down"
flow 示例再生 投入 烟尘 20 supplier=示例水泥
run calc trace --enterprise 示例锌业 --period 2026Q1
expect "both ledgers show it now" answers 0 "↺ 回流 1 处"

# ---- in the workbook of the balance ----

run export balance --period 2026Q1 --enterprise 示例锌业 -o "$work/one.json"
expect "the chain of one enterprise as .json" "$python" -c '
import json, sys
edges = json.load(open(sys.argv[1]))["trace"]
assert [e["kg"] for e in edges] == [90, 10, 60, 40, 20, 10, 2], edges
assert edges[0]["booked_kg"] == 100 and edges[0]["difference_kg"] == 0, edges[0]
assert edges[1]["booked_kg"] is None and edges[4]["note"] == "回流", edges
' "$work/one.json"
run export balance --period 2026Q1 -o "$work/all.xlsx"
expect "all that was sent, the largest first, with a chart" "$python" -c '
import sys, zipfile
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], data_only=True)
rows = list(book["去向"].iter_rows(values_only=True))
assert rows[3][:3] == ("示例锌业 → 示例再生", "烟尘等 2 类", 100), rows[3]
assert rows[4][:3] == ("示例再生 → 示例水泥", "废渣", 60), rows[4]
assert len(book["去向"]._charts) == 1
rows = list(book["去向明细"].iter_rows(values_only=True))
assert ("示例石场", "示例水泥", "企业", "矿石原料", 20) in [row[:5] for row in rows], rows
' "$work/all.xlsx"

finish
