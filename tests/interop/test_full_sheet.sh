#!/bin/sh
# A sheet has 1,048,576 rows. What needs more is not cut: a list and a layout end with one sentence and
# leave everything as it was, a .csv takes them all. What just fits goes out whole and comes in again.
. "$(dirname "$0")/../e2e/harness.sh"
use_small_reference
mkdir "$work/data" "$work/lists"
export TAIZHANG_DB="$work/data/county.db"
must init --pack qingyuan-2018 --region 441802 --operator 张

# tasks FROM TO: straight into the table; typing a million of them is not what is tested.
tasks() {
    "$python" - "$TAIZHANG_DB" "$1" "$2" <<'PYTHON'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("""
    with recursive n(i) as (select cast(? as int) union all select i + 1 from n where i < cast(? as int))
    insert into task (id, version, deleted, missing, created_at, updated_at, case_no, measure)
    select printf('01a203c5-57be-7000-8000-%012x', i), 1, 0, 0, '2026-06-15T10:42:07',
        '2026-06-15T10:42:07', printf('RW-4418-2026-%07d', i), '措施' from n""", sys.argv[2:])
database.commit()
PYTHON
}

is_untouched() {
    [ "$(state)" = "$before" ] || { echo "the data file or its folder has changed"; return 1; }
    [ "$(ls -A "$work/lists")" = "$1" ] || { ls -A "$work/lists"; return 1; }
}

# The rows below the title and the heading; a list of tasks has no sums.
title=2
fit=$((1048576 - title))
tasks 1 $fit
before=$(state)
run export task --columns case_no,measure -o "$work/lists/full.xlsx"
expect "as many rows as a sheet has" answers 0 "$fit 行"
expect "all of them are in the file" "$python" - "$work/lists/full.xlsx" <<'PYTHON'
import re, sys, zipfile
sheet = zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml")
assert sheet.count(b"<row ") == 1048576, sheet.count(b"<row ")
assert int(re.findall(rb'<row r="(\d+)"', sheet[-2000:])[-1]) == 1048576
PYTHON
run import task "$work/lists/full.xlsx" --dry-run --format json
expect "all of them come in again" json "it['read'] == it['same'] == $fit and it['refused'] == 0"
expect "nothing else has changed" is_untouched full.xlsx

tasks $((fit + 1)) 1048577
before=$(state)
sum=$(sha256sum "$work/lists/full.xlsx")
for report in "task --columns case_no,measure" tasks; do
    # shellcheck disable=SC2086 # several words
    run export $report -o "$work/lists/full.xlsx"
    expect "${report%% *}: more are refused" refuses 3 "一张工作表最多 1048576 行" 缩小导出范围
    expect "${report%% *}: all is as it was" is_untouched full.xlsx
    expect "${report%% *}: also the former file" test "$sum" = "$(sha256sum "$work/lists/full.xlsx")"
done
run export task --columns case_no,measure -o "$work/lists/full.csv"
expect "a .csv takes more" answers 0 "1048577 行"
expect "with every row" test "$(wc -l <"$work/lists/full.csv")" -eq 1048578
run import task "$work/lists/full.csv" --dry-run
expect "which is too long to come in again" refuses 3 "行数超过电子表格的上限 1048576 行"
expect "and changes nothing" is_untouched "$(printf 'full.csv\nfull.xlsx')"
finish
