#!/bin/sh
# Every report of the demo county, exported twice and read by another program; layouts of the user.
. "$(dirname "$0")/harness.sh"
use_small_reference
must demo "$work/demo"
export TAIZHANG_DB="$work/demo/taizhang.db"

must export --list --format json
"$python" -c '
import json, sys
for it in json.load(open(sys.argv[1])):
    if not it["needs"]:
        print(it["name"])' "$work/out" >"$work/names"
expect "the list of reports" grep -qx half-year "$work/names"

# ---- the same data give the same bytes ----
while read -r name; do
    run export "$name" --year 2026 -o "$work/$name.xlsx"
    expect "export of $name" test "$status" -eq 0
    now=$TAIZHANG_NOW TAIZHANG_NOW=${TAIZHANG_NOW%T*}T23:59:59
    run export "$name" --year 2026 -o "$work/again.xlsx"
    TAIZHANG_NOW=$now
    expect "$name again has the same bytes" cmp "$work/$name.xlsx" "$work/again.xlsx"
done <"$work/names"

# ---- what another program reads ----
cat >"$work/look.py" <<'PYTHON'
"""look.py BOOK SHEET: prints title, merged areas and the cells of a sheet, and complains of a heading
that is not bordered, not repeated, or wider than its paper."""
import sys
from openpyxl import load_workbook
sheet = load_workbook(sys.argv[1], data_only=True)[sys.argv[2]]
for area in sorted(str(area) for area in sheet.merged_cells.ranges):
    print("merged", area)
for row in sheet.iter_rows():
    print("|".join("" if cell.value is None else str(cell.value) for cell in row))
print("repeated", sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.fitToWidth)
print("charts", len(sheet._charts))
PYTHON
look() {
    "$python" "$work/look.py" "$work/$1.xlsx" "$2" >"$work/seen" 2>&1
}
seen() { # seen NAME TEXT
    expect "$1" grep -qF -e "$2" "$work/seen"
}

look half-year 总量替代清单
seen "half-year: cut-off day on the sheet" "截止日期：2026年6月15日"
seen "half-year: heading in two rows" "merged J4:L4"
seen "half-year: who builds, who agreed, who approved" "示例锌业二期氧压浸出项目|清远示例锌业有限公司|91441882MA5831002Q|"
look half-year 总量替代清单（来源和核对）
seen "half-year: a source of another city, with both opinions" "|韶关示例铅锌有限公司|"
look half-year 减排工程实施清单
seen "half-year: heading in three rows" "repeated \$4:\$6 landscape"
seen "half-year: what was finished after the former day is carried over" "|结转|示例锌业焙烧烟气深度治理|"
look full-list-public 全口径清单
seen "public list" "清远示例锌业有限公司|91441882MA5831002Q"
expect "public list: no telephone" test -z "$(grep -E '1[3-9][0-9]{9}|[0-9]{4}-[0-9]{7}' "$work/seen")"
look thallium 涉铊企业清单
seen "thallium: groups over two levels" "merged L4:M4"
seen "thallium: an unchecked limit is no verdict" "限值未核"
look thallium 铊污染风险问题台账
seen "thallium: its problems" "除铊加药泵停运两天"
look thallium 整改方案
seen "thallium: measures and goals" "整改目标"
look thallium 铊平衡表
seen "thallium: the balance" "闭合率"
look thallium 图表
seen "thallium: charts" "问题按乡镇"
look cadmium 涉镉污染源整治清单
seen "cadmium" "切断重金属污染物进入农田的途径"
look tailings 基本情况和库体
seen "tailings: body" "坝高"
seen "tailings: both volumes are summed up, years are not" "|164.6|109.7||"
look tailings 环境和责任
seen "tailings: care" "包保责任人"
look quota 指标转让台账
seen "quota: whose it was, with the code" "|清远示例锌业有限公司|91441882MA5831002Q|清远市|"
for name in 锰矿山清单 电解锰企业清单 锰渣库清单; do
    look manganese "$name"
    seen "manganese: $name" "$name"
done
look tasks 任务分工
seen "tasks: the columns of the plan" "条|款|项|任务措施|牵头部门|参与部门|时限要求"
seen "tasks: equal articles are one cell" "merged A4:A6"

# ---- a cut-off day ----
run export half-year --as-of 2026-04-30 -o "$work/april.xlsx"
look april 总量替代清单
expect "half-year: nothing after the day" test -z "$(grep 2026-05 "$work/seen")"
run export half-year --as-of 2026-13-01 -o "$work/none.xlsx"
expect "half-year: a wrong day" test "$status" -ne 0 -a ! -e "$work/none.xlsx"
run export tasks --as-of 2026-04-30 -o "$work/none.xlsx"
expect "what a report cannot do is refused" refuses 2 "--as-of"

# ---- the user's folder ----
mine=$HOME/.local/share/taizhang/layouts
mkdir -p "$mine"
printf '%s\n' 报表,mine,县里的表,县里自己的表,%d年县表.xlsx 表,企业 清单,enterprise 列,name >"$mine/mine.csv"
run export mine -o "$work/mine.csv"
expect "a layout of the user" grep -q 清远示例锌业有限公司 "$work/mine.csv"
printf '%s\n' 报表,broken,坏表,坏的 表,企业 清单,enterprise 列,nothing >"$mine/broken.csv"
run export broken -o "$work/none.xlsx"
expect "a broken layout names file and line" refuses 3 "layouts/broken.csv 第 4 行"
run export mine -o "$work/mine.csv"
expect "the others go on" test "$status" -eq 0
run export --list
expect "the list tells of the broken one" test "$status" -eq 1 -a -n "$(grep 'broken.csv 第 4 行' "$work/out")"
sed 's/任务分工表,方案/县里的分工,方案/' "$root/data/layouts/tasks.csv" >"$mine/tasks.csv"
run export --list
expect "the user's layout goes before the program's" grep -q 县里的分工 "$work/out"
run export
expect "export without a report" refuses 2 "--list"
finish
