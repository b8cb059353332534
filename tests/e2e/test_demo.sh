#!/bin/sh
# The demo county can file whatever there is to file, today and years later, and still shows what a
# clerk has to look after: the one error keeps back the one list that the README names.
. "$(dirname "$0")/harness.sh"
use_small_reference

must export --list --format json
"$python" -c '
import json, sys
for it in json.load(open(sys.argv[1])):
    if not it["needs"] and it["name"] != "half-year":
        print(it["name"])' "$work/out" >"$work/names"

# may_file REPORT KIND PERIOD
may_file() {
    run filing check "$1" --kind "$2" --period "$3" --format json
    json "not it['blocked'] and it['errors'] == 0"
}

# is_worth_a_look: the rules that speak in the file are many, and of the errors only one blocks.
is_worth_a_look() {
    run check --format json
    "$python" - "$work/out" <<'PYTHON'
import json, sys
found = [f for r in json.load(open(sys.argv[1]))["records"] for f in r["findings"]]
errors = {f["rule"] for f in found if f["severity"] == "error"} - {"V01"}  # V01: what is still to be filled in
others = {f["rule"] for f in found if f["severity"] != "error"}
assert {"V11"} <= errors <= {"V11", "V76"}, errors
assert len(others) >= 10, others
PYTHON
}

for made in 2026-06-15 2026-11-22; do
    export TAIZHANG_NOW="${made}T10:42:07" TAIZHANG_DB="$work/$made/taizhang.db"
    must demo "$work/$made"
    for day in "$made" 2028-03-01 2032-01-05; do
        export TAIZHANG_NOW="${day}T10:42:07"
        year=${day%%-*}
        while read -r name; do
            expect "made $made, on $day: $name of $year" may_file "$name" 年报 "$year"
        done <"$work/names"
        expect "made $made, on $day: annual of the year before" may_file annual 年报 $((year - 1))
        expect "made $made, on $day: half-year" may_file half-year 半年报 "${year}H1"
        expect "made $made, on $day: half-year of 2026" may_file half-year 半年报 2026H1
        expect "made $made, on $day: much to look at" is_worth_a_look
    done
done

export TAIZHANG_NOW=2026-06-15T10:42:07 TAIZHANG_DB="$work/2026-06-15/taizhang.db"
run filing check construction_project --kind 其他 --period 2026
expect "the error that is there to be learnt from" answers 1 "错误 V11 建设项目总量替代“示例再生金属挥发窑扩建项目”"
run problem advance WT-清远-2026-003 --format json
expect "a problem that cannot go on" test "$status" -eq 3
expect "… because its progress went back" contains "$work/err" "60 %"
run case inspection XC-清远-2026-001
expect "an inspection with its list, samples and a problem" answers 0 "监测 3" "检查表项 28" WT-清远-2026-021
run list inspection_item --format json
expect "… of which two were answered no and became problems" json "len(it) == 28 and
    all(i['answer'] for i in it) and sum(i['answer'] == '否' and bool(i['problem']) for i in it) == 2"
run filing make annual --kind 年报 --period 2025 -o "$work/annual.xlsx" --format json
expect "the annual workbook goes out" json "it['done'] and it['recipient'] == '广东省生态环境厅'"
finish
