#!/bin/sh
# LibreOffice opens the annual workbook of the demo county: it recalculates it, prints it and writes it
# again, and what comes out is what the program wrote.
. "$(dirname "$0")/../e2e/harness.sh"
use_small_reference
must demo "$work/demo"
export TAIZHANG_DB="$work/demo/taizhang.db"
book=$work/annual.xlsx
must export annual --year 2026 -o "$book"

convert() {
    timeout 120 soffice -env:UserInstallation="file://$work/office" --headless --convert-to "$1" \
        --outdir "$work/converted" "$book" >"$work/out" 2>"$work/err" &&
        [ -s "$work/converted/annual.${1%%:*}" ]
}

expect "LibreOffice prints the workbook" convert pdf
pdftotext -layout "$work/converted/annual.pdf" "$work/pages.txt"
pages=$(pdfinfo "$work/converted/annual.pdf" | sed -n 's/^Pages: *//p')
"$python" "$root/tests/interop/read_pages.py" "$work/pages.txt" "$pages" || failures=$((failures + 1))
pdfinfo -f 1 -l "$pages" "$work/converted/annual.pdf" >"$work/out"
expect "every page lies on its side" "$python" - "$work/out" <<'EOF'
import re, sys
sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", open(sys.argv[1]).read())
assert sizes and all(float(width) > float(height) for width, height in sizes), sizes
EOF
pdffonts "$work/converted/annual.pdf" >"$work/out"
expect "the pages can be drawn" pdftoppm -r 40 -png "$work/converted/annual.pdf" "$work/page"
expect "no page is blank" "$python" - "$work" <<'EOF'
import glob, os, sys
small = [name for name in glob.glob(sys.argv[1] + "/page*.png") if os.path.getsize(name) < 1000]
assert not small, small
EOF

# What LibreOffice writes again is read by our own import, with the same records in it.
expect "LibreOffice writes the workbook again" convert xlsx
for pair in 全口径清单:enterprise 涉铊企业清单:thallium_enterprise \
    历史遗留点位一矿一策:legacy_site 耕地周边涉镉污染源:cadmium_source 整改台账:problem; do
    run import "${pair#*:}" "$work/converted/annual.xlsx" --sheet "${pair%:*}" --dry-run --format json
    expect "${pair%:*} comes back the same from LibreOffice" json \
        'it["read"] == it["same"] > 0 and it["refused"] == 0'
done
for reg in enterprise thallium_enterprise legacy_site cadmium_source problem; do
    must list $reg --format json
    cp "$work/out" "$work/$reg.json"
done
# Its copy has been recalculated: the sums that the program stored are those that LibreOffice finds.
expect "LibreOffice finds the same sums and no error" "$python" - "$book" \
    "$work/converted/annual.xlsx" <<'EOF'
import sys
from openpyxl import load_workbook
formulas = load_workbook(sys.argv[1])
ours, theirs = (load_workbook(path, data_only=True) for path in sys.argv[1:])
compared = 0
for sheet in formulas:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            mine = ours[sheet.title][cell.coordinate].value
            other = theirs[sheet.title][cell.coordinate].value
            assert isinstance(other, (int, float)) and abs(mine - other) < 1e-6, (
                sheet.title, cell.coordinate, mine, other)
            compared += 1
assert compared > 10, compared
EOF

# A list that LibreOffice has written as .xlsx and .csv in the old encoding of Chinese Windows.
cp "$root/data/demo/enterprise_qingyuan.csv" "$work/list.csv"
for target in 'xlsx:Calc MS Excel 2007 XML' 'csv:Text - txt - csv (StarCalc):44,34,67'; do
    mkdir -p "$work/lists"
    timeout 120 soffice -env:UserInstallation="file://$work/office" --headless \
        --infilter='CSV:44,34,76' --convert-to "$target" --outdir "$work/lists" "$work/list.csv" \
        >"$work/out" 2>"$work/err"
    run import enterprise "$work/lists/list.${target%%:*}" --dry-run --format json
    expect "a ${target%%:*} list of LibreOffice is read" json \
        '(it["read"], it["same"], it["refused"]) == (60, 60, 0)'
done
finish
