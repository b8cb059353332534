#!/bin/sh
# Every command of the program: what it prints, its exit status, and what it leaves in the file.
. "$(dirname "$0")/harness.sh"
list=$root/data/demo/enterprise_qingyuan.csv

# ---- help and schema ----

run help
expect "help names every command" answers 0 init demo schema list show add set delete history undo problem \
    import export check backup help 退出状态
run help filing
expect "help of one command" answers 0 "filing make" "filing compare"
expect "and of no other" test -z "$(grep 'taizhang import' "$work/out")"
run help nonsense
expect "help of no command" refuses 2 "没有“nonsense”这个命令"
run --help
expect "--help is help" answers 0 "taizhang init"
run schema
expect "schema shows every register" answers 0 enterprise thallium_enterprise legacy_site receptor \
    cadmium_source problem progress region industry
run schema enterprise
expect "schema of one register" answers 0 统一社会信用代码 排污许可证编号 'kg/a'
run schema --format json
expect "schema as JSON" json '{"enterprise", "obligation", "limit"} <= {r["name"] for r in it} and all(r["fields"] for r in it)'
run schema legacy_site --format json
expect "schema of one register as JSON" json \
    'it["name"] == "legacy_site" and {"lon", "lat"} <= {f["name"] for f in it["fields"]}'

# ---- init ----

run list enterprise
expect "no data file yet" refuses 3 "还没有数据文件" "taizhang init"
run init --region 441802 --operator 张
expect "init without a pack" refuses 2 政策包
run init --pack nowhere-2022 --region 441802 --operator 张
expect "init with an unknown pack" refuses 2 nowhere-2022 qingyuan-2018
run init --pack qingyuan-2018 --region 999999 --operator 张
expect "init with an unknown region" refuses 3 999999
expect "a refused init leaves no file" test ! -e "$TAIZHANG_DB"
run init --pack qingyuan-2018 --region 清城区 --operator 张
expect "init" answers 0 "$TAIZHANG_DB"
expect "the file is the clerk's alone" test "$(stat -c %a "$TAIZHANG_DB")" = 600
run init --pack qingyuan-2018 --region 441802 --operator 张
expect "a second init does not overwrite" refuses 3 已经存在
expect "the data file stands alone" test "$(ls -A "$work" | grep -c '^county')" -eq 1
run list enterprise
expect "an empty list" answers 0 "共 0 家"
run list enterprise --format json
expect "an empty list as JSON" json 'it == []'
run list region --where code=441802 --format json
expect "the country's regions are there" json 'len(it) == 1 and it[0]["name"].startswith("清城")'

# ---- import: the real list, again, in other clothes ----

# What two files must have in common: all but the ids that each draws for itself.
records() {
    "$taizhang" --db "$1" list enterprise --format json >"$work/records.json" || return 1
    "$python" - "$work/records.json" <<'EOF'
import json, sys
rows = json.load(open(sys.argv[1], encoding="utf-8"))
for row in sorted(rows, key=lambda row: row["case_no"]):
    del row["id"]
    print(json.dumps(row, ensure_ascii=False, sort_keys=True))
EOF
}

before=$(state)
run import enterprise "$list" --dry-run --format json
expect "a dry run says what would happen" json \
    'it["read"] == it["new"] == 60 and it["refused"] == 0 and it["dry_run"]'
expect "a dry run writes nothing" test "$(state)" = "$before"
run import enterprise "$list" --format json
expect "the Qingyuan list: read 60, refused 0" json \
    '(it["read"], it["new"], it["changed"], it["same"], it["refused"]) == (60, 60, 0, 0, 0)'
expect "import ends with status 0" answers 0
before=$(state)
run import enterprise "$list" --format json
expect "the same list again: same 60" json \
    '(it["read"], it["new"], it["changed"], it["same"], it["refused"]) == (60, 0, 0, 60, 0)'
records "$TAIZHANG_DB" >"$work/utf8"
expect "sixty different enterprises" test "$(sort -u "$work/utf8" | wc -l)" -eq 60
run list enterprise --format json
expect "counties are codes, the rest of the row is kept" json \
    'all(r["region"].startswith("4418") for r in it) and all(r["industry_name"] for r in it)'

iconv -f UTF-8 -t GB18030 "$list" >"$work/gb18030.csv"
(printf '\357\273\277' && sed 's/$/\r/' "$list") >"$work/bom.csv"
"$python" "$root/tests/e2e/make_workbook.py" "$list" "$work/titled.xlsx"
for file in gb18030.csv bom.csv titled.xlsx; do
    run --db "$work/other.db" init --pack qingyuan-2018 --region 441802 --operator 张
    run --db "$work/other.db" import enterprise "$work/$file" --format json
    expect "$file: read 60, refused 0" json \
        '(it["read"], it["new"], it["refused"], it["unknown_columns"]) == (60, 60, 0, [])'
    records "$work/other.db" >"$work/other"
    expect "$file: the same records" cmp "$work/utf8" "$work/other"
    rm -f "$work/other.db"
done
run import enterprise "$work/titled.xlsx" --format json
expect "the workbook adds nothing to the list" json '(it["same"], it["new"]) == (60, 0)'
run import enterprise "$work/titled.xlsx" --sheet 企业名单 --format json
expect "the sheet by its name" json 'it["same"] == 60'

printf '企业名称,县（市、区）,统一社会信用代码,产能\n' >"$work/mixed.csv"
printf '甲厂,清城区,无,12.5\n,清城区,无,1\n乙厂,清城区,无,许多\n丙厂,不存在县,无,1\n合计,,,13.5\n' \
    >>"$work/mixed.csv"
run import enterprise "$work/mixed.csv" --format json
expect "refused rows end with status 1" test "$status" -eq 1
expect "the rest of the rows is stored" json \
    '(it["read"], it["new"], it["refused"], it["left_out"]) == (4, 1, 3, 1)'
expect "refused rows say where and why" json \
    '[(r["row"], r["field"]) for r in it["rows"]] ==
     [(3, "name"), (4, "capacity_t"), (5, "region")] and all(r["message"] for r in it["rows"])'
run import enterprise "$work/mixed.csv"
expect "the same in words" answers 1 "读入 4 行 = 新增 0 + 变更 0 + 相同 1 + 拒绝 3" "第 4 行"
printf '企业名称,县（市、区）,产能\n甲厂,清城区,13\n' >"$work/changed.csv"
run import enterprise "$work/changed.csv"
expect "a changed row shows old and new" answers 0 "变更 1" "12.5 → 13"

# ---- undo ----

run undo
expect "undo of the last import" answers 0 "已撤销" "导入" "全口径涉重金属企业“"
run list enterprise --where capacity_t=12.5
expect "the old value is back" answers 0 "共 1 家"
run undo
expect "undo of the import before" answers 0 "已撤销"
run undo
expect "undo of the first import" answers 0 "60 条"
run list enterprise
expect "all sixty are gone" answers 0 "共 0 家"
before=$(state)
run undo
expect "nothing left to undo" refuses 3 撤销
expect "… and nothing changed" test "$(state)" = "$before"
run import enterprise "$list" --format json
expect "imported anew after the undo" json 'it["new"] == 60'

# ---- add, show, set, history, delete ----

run add enterprise name=新源锌业 region=清城区 status=在产 capacity_t=112763.01 \
    uscc=91451200791318129Y
expect "add prints the id" answers 0
id=$(cat "$work/out")
expect "the id is one UUID" test "${#id}" -eq 36
run show enterprise "$id" --format json
expect "show: decimals exact, codes as text" json 'it["capacity_t"] == 112763.01 and
    it["uscc"] == "91451200791318129Y" and it["region"] == "441802" and it["park"] is None'
expect "the decimal is written as it was typed" contains "$work/out" '"capacity_t":112763.01,'
run show enterprise 新源锌业
expect "show by name, in words" answers 0 清城区 112763.01 "（待补）"
run show enterprise 91451200791318129Y
expect "show by credit code" answers 0 新源锌业
run set enterprise 新源锌业 status=停产 stopped_on=2026年3月1日 --why 现场核实
expect "set is silent" test "$status" -eq 0 -a ! -s "$work/out" -a ! -s "$work/err"
run show enterprise "$id" --format json
expect "set has changed two fields" json '(it["status"], it["stopped_on"]) == ("停产", "2026-03-01")'
run set enterprise 新源锌业 capacity_t=
run show enterprise "$id" --format json
expect "an empty value clears the field" json 'it["capacity_t"] is None'
run history enterprise "$id"
expect "history in words" answers 0 张 "在产 → 停产" 现场核实 新建
run history enterprise "$id" --format json
expect "history: one op for the new record, one for each field" json \
    '[op["action"] for op in it].count("C") == 1 and [op["action"] for op in it].count("U") == 3'
expect "history: what one act did has one batch" json \
    'len({op["batch"] for op in it}) == 3 and
     len({op["batch"] for op in it if op["why"] == "现场核实"}) == 1'
run undo
run show enterprise "$id" --format json
expect "undo of a change" json 'it["capacity_t"] == 112763.01'
run delete enterprise 新源锌业 --why 登记错误
expect "delete" test "$status" -eq 0 -a ! -s "$work/err"
run show enterprise 新源锌业
expect "a deleted record is not found by name" refuses 3 新源锌业
run history enterprise "$id"
expect "a deleted record keeps its history" answers 0 删除 登记错误
run undo
run show enterprise 新源锌业
expect "undo of a deletion" answers 0 新源锌业
run add legacy_site name=老厂沟渣堆 region=清城区 lon=113°2\'30\" lat=23.7 --format json
expect "add as JSON" json 'len(it["id"]) == 36'
run show legacy_site 老厂沟渣堆 --format json
expect "degrees, minutes and seconds are read" json 'float(it["lon"]) == 113.041667'
run add thallium_enterprise enterprise=新源锌业
expect "a reference by name" answers 0
run delete enterprise 新源锌业
expect "what others point to is not deleted" refuses 3 涉铊企业

# ---- list ----

count() {
    run list enterprise --where "$1"
    expect "--where $1" answers 0 "共 $2 家"
}
must add enterprise name=示例甲铜 region=清新区 capacity_t=100 status=在产 town=太平镇
must add enterprise name=示例乙铜 region=清新区 capacity_t=9.5 status=在产
must add enterprise name=示例丙铜 region=清新区 capacity_t=20 status=停产
count 'name~示例' 3
count 'name~示例 status=在产' 2
count 'name~示例 status!=在产' 1
count 'name~示例 capacity_t>20' 1
count 'name~示例 capacity_t>=20' 2
count 'name~示例 capacity_t<20' 1
count 'name~示例 capacity_t<=20' 2
count 'name~示例 capacity_t=9.50' 1
count 'name~示例 town=' 2
count 'region=清新区 name~示例' 3
count "name='示例甲铜'" 1
count 'name~%' 0
run list enterprise --where 'name~示例' --sort capacity_t --descending --format json
expect "--sort compares numbers" json '[r["name"][2] for r in it] == ["甲", "丙", "乙"]'
run list enterprise --where 'name~示例' --sort capacity_t --format csv
expect "list as CSV" answers 0 企业名称 示例甲铜
run list enterprise --format json
expect "list as JSON is a document" "$python" -m json.tool "$work/out" /dev/null

# ---- check ----

run check
expect "findings end with status 1" answers 1 核验完成 错误
run check --format json
expect "check as JSON" json 'it["errors"] > 0 and
    sum(len(r["findings"]) for r in it["records"]) == it["errors"] + it["warnings"] + it["hints"]'
run check legacy_site
expect "check of one register" answers 1 老厂沟渣堆

# ---- backup ----

run backup -o "$work/copy.db"
expect "backup" answers 0 "$work/copy.db"
run --db "$work/copy.db" list enterprise
expect "the copy is whole" answers 0 "共 64 家"
expect "the copy is the clerk's alone" test "$(stat -c %a "$work/copy.db")" = 600

# ---- export ----

run export annual --year 2025 -o "$work/2025年度报送.xlsx"
expect "export of the annual workbook" answers 0 "2025年度报送.xlsx"
run export enterprise -o "$work/list.csv"
expect "export of a register as CSV" answers 0
must --db "$work/round.db" init --pack qingyuan-2018 --region 441802 --operator 张
run --db "$work/round.db" import enterprise "$work/list.csv" --format json
expect "what was exported can be imported" json '(it["read"], it["new"]) == (64, 64)'
run import enterprise "$work/list.csv" --format json
expect "… and is the same here" json '(it["read"], it["same"]) == (64, 64)'
run export enterprise --where 'name~示例' -o "$work/some.json" --format json
expect "export reports as JSON" json 'it["rows"] == 3'
expect "export of a register as JSON" "$python" -m json.tool "$work/some.json" /dev/null
run export annual
expect "export without a target" refuses 2 "-o"

# ---- demo ----

run demo "$work/demo"
expect "demo makes the county and the workbook" answers 0 "读入 60 行" 年报工作簿 数据文件
expect "demo: the workbook is there" test -s "$(find "$work/demo" -name '*.xlsx' | head -n 1)"
run --db "$work/demo/taizhang.db" check --format json
expect "demo fills every register" sh -c "for r in enterprise thallium_enterprise legacy_site \
    cadmium_source problem; do '$taizhang' --db '$work/demo/taizhang.db' list \$r --format json |
    grep -q '\"id\"' || exit 1; done"
run demo "$work/demo"
expect "demo again changes nothing" answers 0 "新增 0 + 变更 0 + 相同 60"
finish
