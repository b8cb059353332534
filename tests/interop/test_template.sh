#!/bin/sh
# The forms that the program hands out, filled in, saved by LibreOffice and imported: every field type
# comes back as it was typed. What LibreOffice keeps of their lists and locks, and how they print.
. "$(dirname "$0")/../e2e/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张

convert() {
    timeout 120 soffice -env:UserInstallation="file://$work/office" --headless --convert-to "$1" \
        --outdir "$work/converted" "$2" >"$work/out" 2>"$work/err" &&
        [ -s "$work/converted/$(basename "$2" .xlsx).${1%%:*}" ]
}

mkdir "$work/forms" "$work/converted"
for reg in enterprise material_flow tailings_pond; do
    book=$work/forms/$reg.xlsx
    must export template --register $reg -o "$book"
    cp "$book" "$work/forms/$reg-empty.xlsx"
    "$python" "$root/tests/e2e/fill_template.py" fill $reg "$book" "$work/converted" || exit 1
    expect "LibreOffice saves the form of $reg" convert "xlsx:Calc MS Excel 2007 XML" "$book"
    run import $reg "$work/converted/$reg.xlsx" --format json
    expect "the form of $reg comes back from LibreOffice without questions" json \
        'it["read"] == it["new"] > 0 and it["refused"] == 0 and it["unknown_columns"] == []'
    must list $reg --format json
    expect "$reg has what was typed" "$python" "$root/tests/e2e/fill_template.py" check $reg \
        "$work/out"
done

expect "LibreOffice knows the lists, the hints and the locks" "$python" - \
    "$work/forms/enterprise-empty.xlsx" "$work/converted/enterprise.xlsx" <<'PYTHON'
import sys
from openpyxl import load_workbook
def rules(sheet):
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            found[area.min_col] = (rule.type or None, rule.formula1 if rule.type == "list" else None,
                                   rule.promptTitle, rule.prompt)
    return found
ours, theirs = (load_workbook(path).worksheets[0] for path in sys.argv[1:])
first, second = rules(ours), rules(theirs)
assert len(first) > 50
for column, rule in first.items():
    assert second[column] == rule, (column, rule, second[column])
assert theirs.protection.sheet
assert theirs["A4"].protection.locked and not theirs["A5"].protection.locked
PYTHON

expect "LibreOffice prints the empty form" convert pdf "$work/forms/enterprise-empty.xlsx"
pdftotext -f 1 -l 1 -layout "$work/converted/enterprise-empty.pdf" "$work/page.txt"
expect "its first page has the title and the heading" grep -q 企业名称 "$work/page.txt"
pages=$(pdfinfo "$work/converted/enterprise-empty.pdf" | sed -n 's/^Pages: *//p')
expect "it is a few pages side by side" test "$pages" -gt 1 -a "$pages" -lt 9
finish
