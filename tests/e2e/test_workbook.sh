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
finish
