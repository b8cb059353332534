#!/bin/sh
# Checking and accepting from the command line.
. "$(dirname "$0")/harness.sh"

# Counties and above: nothing here lies in a town.
mkdir "$work/reference"
awk -F, 'NR == 1 || length($1) <= 6' "$root/data/region.csv" >"$work/reference/region.csv"
export TAIZHANG_DATA="$work/reference"

must init --pack qingyuan-2018 --region 441802 --operator 张三
must add enterprise name=甲厂 region=清城区 lon=113.05
must add enterprise name=乙厂 region=清城区 lon=113.06 lat=23.68 actual_cadmium_kg=1

# of NAME EXPRESSION: about the findings of a record, `f`, and the whole answer, `it`.
of() {
    expect "$1: $2" json \
        "any((lambda f: $2)({x['rule'] + ' ' + x['field']: x for x in r['findings']}) for r in it['records'] if r['name'] == '$1')"
}

# ---- accepting ----

run check --format json
of 甲厂 'f["V06 lat"]["accepted"] is None'
expect "nothing is accepted yet" json 'it["accepted"] == 0'
run check accept enterprise 甲厂 V06 --why 无人机定位补充中
expect "a warning is accepted" answers 0 "已接受 V06"
run history enterprise 甲厂
expect "the history tells it" answers 0 "接受警告 V06：无人机定位补充中"
run history enterprise 甲厂 --format json
expect "as an operation of another register" json 'it[-1]["register"] == "acceptance" and it[0]["register"] == "enterprise"'
run check --format json
of 甲厂 'f["V06 lat"]["accepted"] == {"reason": "无人机定位补充中", "by": "张三", "on": "2026-06-15"}'
expect "accepted ones count by themselves" json 'it["accepted"] == 1 and
    sum(len(r["findings"]) for r in it["records"]) ==
        it["errors"] + it["warnings"] + it["hints"] + it["accepted"]'
run check
expect "the text gives the reason" answers 1 "（已接受：无人机定位补充中，张三 2026-06-15）" "已接受 1" \
    "待补 全口径涉重金属企业 甲厂：" "；另有待补"
run show enterprise 甲厂
expect "so does the record" answers 0 "（已接受：无人机定位补充中）"
run show enterprise 甲厂 --format json
expect "and as JSON" json '[x["accepted"]["reason"] for x in it["findings"] if x["accepted"]] ==
    ["无人机定位补充中"]'

# ---- which, and why ----

run check accept enterprise 乙厂 V26 --why 周边没有耕地
expect "two fields: which?" refuses 2 "不止一栏"
run check accept enterprise 乙厂 V26 farmland_on --why 周边没有耕地
expect "this one" answers 0
run check accept enterprise 乙厂 V26 deposition_on
expect "without a reason" refuses 2 "--why"
run check accept enterprise 乙厂 V26 deposition_on --why 没错
expect "a reason says something" refuses 3 "至少写 4 个字"
run check accept enterprise 乙厂 V26 nowhere --why 周边没有耕地
expect "a field that is none" refuses 2 "没有名为“nowhere”的字段"
run check accept enterprise 乙厂 V99 --why 周边没有耕地
expect "a warning that is not there" refuses 3 "没有 V99 的警告"
run check accept enterprise 丙厂 V26 --why 周边没有耕地
expect "a record that is not there" refuses 3 "没有“丙厂”"
must set enterprise 乙厂 verified_on=2026-12-01
run check accept enterprise 乙厂 V39 --why 日期没有错
expect "an error" refuses 3 "不能接受，请改正数据"

# ---- until the data change ----

must set enterprise 乙厂 farmland_on=2024-01-01
must set enterprise 乙厂 farmland_on=
run check --format json
of 乙厂 'f["V26 farmland_on"]["accepted"]["reason"] == "周边没有耕地"'
run check withdraw enterprise 甲厂 V06
expect "taken back" answers 0 "已撤回"
run check --format json
of 甲厂 'f["V06 lat"]["accepted"] is None'
run check withdraw enterprise 甲厂 V06
expect "taken back twice" refuses 3 "没有接受过"
must undo
run check --format json
of 甲厂 'f["V06 lat"]["accepted"]["reason"] == "无人机定位补充中"'

# ---- the exit status ----

run check sample
expect "nothing found ends with status 0" answers 0 "错误 0，警告 0，提示 0"
must add outlet enterprise=甲厂 code=YS001 name=雨水口 kind=雨水排放口 lon=113.05 lat=23.68 state=停用 \
    production_units=原料棚 fate=进入厂内综合处理 in_permit=否 factors=铅 standard_no=GB8978 \
    monitor_frequency=年 online_monitoring=否 sign_board=是 shut_valve=是 rain_tested=是 \
    source=排查 verified_on=2024-01-01 verified_by=张三 campaigns=重金属环境安全隐患排查整治2025-2030
run check outlet
expect "a warning ends with status 1" answers 1 "错误 0，警告 1，提示 0，已接受 0"
must check accept outlet YS001 V30 --why 已停用无需再核实
run check outlet
expect "an accepted one with status 0" answers 0 "错误 0，警告 0，提示 0，已接受 1"
run help
expect "the help has the parts" answers 0 "taizhang check accept REGISTER ID RULE [FIELD] --why REASON" \
    "taizhang check [REGISTER]"

# ---- a verdict follows its limit ----

must add limit standard=GB25466 edition=2010 factor=铊 value=0.017 unit=mg/L category=直接排放 \
    point=车间或生产设施废水排放口 state=未核
must add sample enterprise=甲厂 point_type=车间或生产设施废水排放口 point_name=DW001 medium=水 \
    sampled_on=2026-05-06 factor=铊 value=0.020 unit=mg/L
run list sample --format json
expect "a limit that nobody has checked gives a hint" json 'it[0]["verdict"] == "仅提示"'
must set limit GB25466 state=已核
run list sample --format json
expect "once it is checked it decides" json 'it[0]["verdict"] == "超标"'
run check sample
expect "and the check says what follows" answers 1 "V69"

finish
