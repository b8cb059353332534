#!/bin/sh
# The annual workbook of the demo county, read with openpyxl and with our own import.
. "$(dirname "$0")/harness.sh"
use_small_reference
must demo "$work/demo"
export TAIZHANG_DB="$work/demo/taizhang.db"
book=$work/annual.xlsx
run export annual --year 2026 -o "$book" --format json
expect "export of the annual workbook" json 'it["tables"] >= 8 and it["rows"] > 0'

for reg in enterprise thallium_enterprise legacy_site cadmium_source problem; do
    must list $reg --format json
    cp "$work/out" "$work/$reg.json"
done
"$python" "$root/tests/e2e/read_workbook.py" "$book" "$work" || failures=$((failures + 1))

# round SHEET REGISTER: every row of the sheet is the record that it was written from.
round() {
    must list "$2" --format json
    rows=$("$python" -c 'import json, sys; print(len(json.load(open(sys.argv[1]))))' "$work/out")
    run import "$2" "$book" --sheet "$1" --dry-run --format json
    expect "$1 read back: $rows rows, all the same" json \
        "(it['read'], it['same'], it['refused']) == ($rows, $rows, 0)"
}
round 全口径清单 enterprise
for sheet in 许可与管理 列入和位置 浓度和环境管理; do
    round "全口径清单（$sheet）" enterprise
done
round 涉铊企业清单 thallium_enterprise
round 历史遗留点位一矿一策 legacy_site
round 耕地周边涉镉污染源 cadmium_source
round 整改台账 problem

run export annual --year 2026 -o "$work/again.xlsx"
expect "the same data give the same bytes" cmp "$book" "$work/again.xlsx"
for reg in enterprise problem; do
    run export $reg -o "$work/$reg.csv"
    expect "$reg as .csv begins with a byte order mark" \
        test "$(head -c 3 "$work/$reg.csv" | od -An -tx1 | tr -d ' ')" = efbbbf
done

# ---- what nobody filled in is no reduction ----
must init --db "$work/blank.db" --pack campaign-2025-2030 --region 441802 --operator 张
must add enterprise --db "$work/blank.db" name=甲 region=清城区 base_lead_kg=5 base_arsenic_kg=2
must add enterprise --db "$work/blank.db" name=乙 region=清城区 base_lead_kg=10 actual_lead_kg=8
must export annual --db "$work/blank.db" --year 2026 -o "$work/blank.xlsx"
summary_row() {
    "$python" - "$work/blank.xlsx" "$1" <<'EOF'
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], data_only=True)["汇总"]
for row in sheet.iter_rows(values_only=True):
    cells = [c for c in row if c is not None]
    if sys.argv[2] in cells:
        print(*cells[cells.index(sys.argv[2]) + 1:])
EOF
}
expect "an actual load that nobody gave is a stroke" \
    test "$(summary_row 上年实际排放量)" = "8 — — — — 8"
expect "the change compares only who gave both" \
    test "$(summary_row '实际较基础（两项都填的）')" = "-0.2 — — — — -0.2"
finish
