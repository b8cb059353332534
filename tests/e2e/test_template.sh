#!/bin/sh
# Forms handed out, filled in and imported again: every field type comes back as it was typed.
. "$(dirname "$0")/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张
forms="enterprise material_flow tailings_pond"

for reg in $forms; do
    must schema $reg --format json
    cp "$work/out" "$work/$reg.schema"
done
expect "every field type is among those filled in" "$python" "$root/tests/e2e/fill_template.py" \
    types "$work/enterprise.schema" "$work/material_flow.schema" "$work/tailings_pond.schema"

mkdir "$work/forms"
for reg in $forms; do
    book=$work/forms/$reg.xlsx
    must export template --register $reg -o "$book"
    cp "$book" "$work/forms/$reg.empty.xlsx"
    must export template --register $reg -o "$book"
    expect "the form of $reg has the same bytes again" cmp "$book" "$work/forms/$reg.empty.xlsx"
    expect "$reg is filled in" "$python" "$root/tests/e2e/fill_template.py" fill $reg "$book" \
        "$work/forms"
    run import $reg "$book" --format json
    expect "the form of $reg comes back without questions" json \
        'it["read"] == it["new"] > 0 and it["refused"] == 0 and it["unknown_columns"] == []'
    must list $reg --format json
    expect "$reg has what was typed" "$python" "$root/tests/e2e/fill_template.py" check $reg \
        "$work/out"
    run import $reg "$book" --format json
    expect "the form of $reg a second time changes nothing" json 'it["same"] == it["read"] > 0'
done

# What people bring is another register's form, or an empty one.
run import enterprise "$work/forms/tailings_pond.xlsx"
expect "a form of another register is refused" refuses 3 尾矿库
run import enterprise "$work/forms/enterprise.empty.xlsx" --format json
expect "an empty form brings nothing" json 'it["read"] == 0'

# openpyxl sees what a person sees.
expect "lists, hints and locks are what spreadsheet programs know" "$python" - \
    "$work/forms/enterprise.empty.xlsx" <<'PYTHON'
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
assert [s.sheet_state for s in book] == ["visible", "hidden", "hidden"]
sheet = book.worksheets[0]
assert sheet.protection.sheet and not sheet.protection.password
assert not sheet.protection.formatColumns and not sheet.protection.insertRows
rules = sheet.data_validations.dataValidation
assert len(rules) == sheet.max_column
names = book.defined_names
for rule in rules:
    assert 0 < len(rule.promptTitle) <= 32 and 0 < len(rule.prompt) <= 255, rule.prompt
    assert str(rule.sqref).endswith("2004"), rule.sqref
    if rule.type == "list":
        assert rule.formula1 in (names if isinstance(names, dict) else
                                 [name.name for name in names.definedName]), rule.formula1
assert sheet["A4"].protection.locked and not sheet["A5"].protection.locked
assert sheet.freeze_panes == "B5", sheet.freeze_panes
PYTHON

must export template --register enterprise --columns uscc,status -o "$work/forms/short.xlsx"
expect "a short form has the keys and what was asked for" "$python" - "$work/forms/short.xlsx" \
    <<'PYTHON'
import sys
from openpyxl import load_workbook
mark = load_workbook(sys.argv[1])["_taizhang"]
assert [cell.value for cell in mark[2]] == ["name", "uscc", "region", "status"]
PYTHON
run export template -o "$work/forms/x.xlsx"
expect "a form needs its register" refuses 2 --register
run export template --register enterprise --columns case_no -o "$work/forms/x.xlsx"
expect "what the program fills in is not asked for" refuses 2 由程序填写
finish
