#!/bin/sh
# Lists as four other programs write them (tests/fixtures/make.sh), with every oddity that people
# and spreadsheets make: what is imported is exactly what is expected, whoever wrote the file.
. "$(dirname "$0")/harness.sh"
fixtures="$root/tests/fixtures"

# The live records of a register hold exactly the rows of a CSV, in any order; other fields are not
# looked at. References are given there by their names.
cat >"$work/compare.py" <<'EOF'
import csv, json, sys
expected = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
columns = list(expected[0])
names = {e["id"]: e["name"] for e in json.load(open(sys.argv[3], encoding="utf-8"))}
def text(value):
    return "" if value is None else names.get(value, value) if isinstance(value, str) else str(value)
def number(value):
    return value.rstrip("0").rstrip(".") if "." in value and value.replace(".", "").isdigit() else value
records = json.load(open(sys.argv[1], encoding="utf-8"), parse_float=str, parse_int=str)
found = sorted([number(text(r[c])) for c in columns] for r in records)
wanted = sorted([number(e[c]) for c in columns] for e in expected)
for row in found:
    if row not in wanted:
        print("not expected:", row)
for row in wanted:
    if row not in found:
        print("missing:", row)
sys.exit(found != wanted)
EOF

holds() {
    must list "$1" --format json
    cp "$work/out" "$work/records.json"
    must list enterprise --format json
    "$python" "$work/compare.py" "$work/records.json" "$2" "$work/out"
}

must --db "$work/empty.db" init --pack guangxi-2022 --region 441802 --operator 张三
fresh() {
    rm -rf "$TAIZHANG_DB" "$TAIZHANG_DB.files"
    cp "$work/empty.db" "$TAIZHANG_DB"
}

# What the import of $work/import.json says, as python sees it.
says() {
    "$python" -c "
import json, sys
r = json.load(open(sys.argv[1], encoding='utf-8'))
assert r['read'] == r['new'] + r['changed'] + r['same'] + r['refused'], r
assert $1, {k: r[k] for k in r if k != 'rows'}
" "$work/import.json"
}

import_json() {
    run import "$@" --format json
    cp "$work/out" "$work/import.json"
}

for book in list list1904; do
    for writer in openpyxl exceljs sheetjs libreoffice; do
        file="$fixtures/$book-$writer.xlsx"
        fresh
        import_json enterprise "$file"
        expect "$book of $writer: one row is refused" [ "$status" -eq 1 ]
        expect "$book of $writer: counts" says "(r['new'], r['refused']) == (6, 1)"
        expect "$book of $writer: the row that lost its digits is named" says \
            "r['rows'][0]['field'] == 'uscc' and '丢' in r['rows'][0]['message']"
        expect "$book of $writer: the records" holds enterprise "$fixtures/list.expected.csv"
        import_json enterprise "$file"
        expect "$book of $writer: again changes nothing" says "(r['new'], r['changed']) == (0, 0)"
        must undo
        run list enterprise --format json
        expect "$book of $writer: one step takes it back" grep -qx '\[\]' "$work/out"
    done
done

for writer in openpyxl exceljs sheetjs libreoffice; do
    fresh
    must add enterprise name=示例铅锌一厂 region=清城区
    must add enterprise name=示例冶炼二厂 region=清城区
    import_json sample "$fixtures/samples-$writer.xlsx"
    expect "samples of $writer: counts" says "(r['new'], r['refused']) == (4, 1)"
    expect "samples of $writer: the records" holds sample "$fixtures/samples.expected.csv"
done

# As text the day has no year any more: it is refused, not guessed.
fresh
must add enterprise name=示例铅锌一厂 region=清城区
must add enterprise name=示例冶炼二厂 region=清城区
import_json sample "$fixtures/samples-libreoffice.csv"
expect "samples in GB18030: counts" says "(r['new'], r['refused']) == (3, 2)"
expect "samples in GB18030: the day without a year" says \
    "any(x['field'] == 'sampled_on' for x in r['rows'])"
finish
