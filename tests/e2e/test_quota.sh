#!/bin/sh
# The quota accounts: sources, transfers and projects, what is refused from every side, and the
# clocks of two packs.
. "$(dirname "$0")/harness.sh"

# new NAME REGISTER FIELD=VALUE...: adds a record and keeps its id in $NAME.
new() {
    name=$1
    shift
    must add "$@"
    eval "$name=\$(cat \"\$work/out\")"
}

is_unchanged() {
    [ "$(state)" = "$before" ]
}

must init --pack jilin-2022 --region 441802 --operator 张
new smelter enterprise name=示例锌业 region=441802
new source reduction_project name=焙烧治理 enterprise=示例锌业 region=441802 key_line=是 \
    permit_held=已领证 load_basis=许可量差值 before_lead_kg=96.4 before_cadmium_kg=8.25 \
    after_lead_kg=71.2 after_cadmium_kg=5.1
new project construction_project name=二期 region=441802 exempted=否 added_lead_kg=12 \
    added_cadmium_kg=1.001 ratio=1.2 quota_opinion_on=2026-03-16

# ---- what a project needs, before anything is transferred ----

run calc quota --project 二期 --format json
expect "a new project lacks everything, rounded up" json \
    'it["exempt"] is False and it["ratio"] == 1.2 and it["sources"] == [] and
     [(m["metal"], m["required_kg"], m["covered_kg"], m["shortage_kg"]) for m in it["metals"]] ==
     [("Pb", 14.4, 0, 14.4), ("Hg", 0, 0, 0), ("Cd", 1.202, 0, 1.202), ("Cr", 0, 0, 0),
      ("As", 0, 0, 0), ("total", 15.602, 0, 15.602)]'
expect "the keys are stable" json 'list(it) == ["project", "name", "exempt", "ratio", "metals",
    "sources"] and all(list(m) == ["metal", "required_kg", "covered_kg", "shortage_kg"]
    for m in it["metals"])'
run calc quota --project 三期
expect "no such project" refuses 3 三期
run calc quota --project 二期 --source 焙烧治理
expect "one thing at a time" refuses 2 "--project 和 --source"
run calc quota --date soon
expect "no such day" refuses 2 --date
run calc quota --format json
expect "an unverified source holds nothing" json \
    'it["date"] == "2026-06-15" and it["sources"][0]["credit_on"] is None and
     it["sources"][0]["remaining_kg"]["total"] == 0'

# ---- the gate: add ----

transfer="quota_transfer project=二期 transferred_on=2026-05-12 transferred_lead_kg=14.4
          transferred_cadmium_kg=1.202 from_city=清远市 to_city=清远市"
before=$(state)
run add $transfer source=焙烧治理
expect "not from an unverified source" refuses 3 "来源“焙烧治理”还没有核定" "12号 三"
expect "nothing is written" is_unchanged
must set reduction_project "$source" confirmed_on=2026-05-13
run add $transfer source=焙烧治理
expect "not before it was verified" refuses 3 "到 2026-05-13 才核定，2026-05-12 还不能转让"
must set reduction_project "$source" confirmed_on=2026-04-20 confirmed_by=清远市生态环境局
before=$(state)
run add reduction_project name=焙烧治理 enterprise=示例锌业 region=441802 key_line=是 \
    permit_held=已领证 load_basis=许可量差值 before_lead_kg=96.4 after_lead_kg=71.2 \
    confirmed_on=2026-04-20
expect "a cut is credited once" refuses 3 "同名减排工程已经核定过" "不能重复核定"
expect "nothing of the second one is written" is_unchanged
new first $transfer source=焙烧治理
run add quota_transfer project=二期 transferred_on=2026-05-20 transferred_lead_kg=10.801 \
    source=焙烧治理
expect "not more than is left" refuses 3 \
    "到 2026-05-20 只剩 铅 10.8 kg，这一笔要转让 铅 10.801 kg，指标不能重复使用" "12号 三、四"
run add quota_transfer project=二期 transferred_on=2026-05-01 transferred_lead_kg=10.801 \
    source=焙烧治理
expect "not on an earlier day either" refuses 3 "到 2026-05-12 只剩 铅 10.8 kg" "以后登记的转让"

# ---- the gate: set, delete ----

before=$(state)
run set quota_transfer "$first" transferred_lead_kg=25.201
expect "a transfer cannot grow beyond it" refuses 3 "只剩 铅 25.2 kg"
run set reduction_project "$source" after_lead_kg=82.001
expect "the cut cannot shrink below it" refuses 3 "已经转让 铅 14.4 kg" "只有 铅 14.399 kg"
run set reduction_project "$source" key_line=否
expect "the line cannot become another" refuses 3 "不是重点行业生产线"
run set reduction_project "$source" confirmed_on=
expect "the verification cannot be taken back" refuses 3 "已经转让" "还没有核定"
run set reduction_project "$source" load_basis=环评差值
expect "nor its basis" refuses 3 "核算依据与许可证情况不合"
run delete reduction_project "$source"
expect "nor can the source be deleted" refuses 3 "引用这条记录"
run set quota_transfer "$first" voided=是
expect "voiding needs a day" refuses 3 作废日期
run set quota_transfer "$first" voided=是 voided_on=2026-06-02
expect "and a reason" refuses 3 作废原因
run set quota_transfer "$first" voided=是 voided_on=2026-05-11 void_reason=申请材料不实
expect "not before the transfer" refuses 3 "早于转让日期 2026-05-12"
expect "nothing was written" is_unchanged

# ---- balances ----

run calc quota --project 二期 --format json
expect "the project is covered by its source" json \
    'all(m["shortage_kg"] == 0 for m in it["metals"]) and len(it["sources"]) == 1 and
     it["sources"][0]["name"] == "焙烧治理" and it["sources"][0]["enterprise"] == "示例锌业" and
     it["sources"][0]["date"] == "2026-05-12" and it["sources"][0]["voided"] is False and
     it["sources"][0]["transferred_kg"] == {"Pb": 14.4, "Hg": 0, "Cd": 1.202, "Cr": 0, "As": 0,
                                            "total": 15.602} and
     it["sources"][0]["remaining_kg"] == {"Pb": 10.8, "Hg": 0, "Cd": 1.948, "Cr": 0, "As": 0,
                                          "total": 12.748}'
expect "also those of a source" json 'all(list(s) == ["id", "transfer", "name", "enterprise",
    "date", "voided", "transferred_kg", "remaining_kg"] for s in it["sources"])'
run calc quota --project 二期 --format csv
expect "a project for a spreadsheet" answers 0 "metal,required_kg,covered_kg,shortage_kg" \
    "Pb,14.4,14.4,0" "total,15.602,15.602,0"
run calc quota --source "$source" --date 2026-05-11 --format json
expect "the day before nothing was gone" json \
    'it["sources"][0]["remaining_kg"]["Pb"] == 25.2 and
     [(l["kind"], l["remaining_kg"]["Pb"]) for l in it["statement"]] ==
     [("credit", 25.2), ("transfer", 10.8)]'
run calc quota --source 焙烧治理
expect "a statement for people" answers 0 "2026-04-20" 清远市生态环境局 "10.800" 二期
run calc quota --project 二期
expect "a project for people" answers 0 "✓ 来源足够" "来源剩余"
must set quota_transfer "$first" voided=是 voided_on=2026-06-02 void_reason=申请材料不实
run calc quota --project 二期 --format json
expect "voiding reopens the shortage" json \
    'it["metals"][-1]["shortage_kg"] == 15.602 and it["sources"][0]["voided"] is True and
     it["sources"][0]["remaining_kg"]["total"] == 28.35'
run calc quota --project 二期 --date 2026-06-01 --format json
expect "from its own day on" json 'it["metals"][-1]["shortage_kg"] == 0'
run check --format json
expect "the check says so" json \
    'any(f["rule"] == "V11" and f["severity"] == "error" for r in it["records"]
         if r["register"] == "construction_project" for f in r["findings"])'
new second quota_transfer project=二期 transferred_on=2026-06-02 transferred_lead_kg=20 \
    source=焙烧治理
run set quota_transfer "$first" voided=否
expect "what was voided cannot return" refuses 3 "只剩 合计 8.35 kg"
must undo
must undo
run calc quota --source 焙烧治理 --format json
expect "undo gives back what was" json 'it["sources"][0]["remaining_kg"]["Pb"] == 10.8'

# ---- the gate: import ----

cat >"$work/transfers.csv" <<'EOF'
转让日期,来源工程,用于项目,外地出让单位,转让量/铅,核准意见文号,作废,作废日期,作废原因
2026-05-30,焙烧治理,二期,,6,示例5号,否,,
2026-05-29,焙烧治理,二期,,4.8,示例6号,否,,
2026-05-28,焙烧治理,二期,,0.001,示例7号,否,,
2026-05-28,焙烧治理,二期,,3,示例8号,是,,
2026-05-28,没有的工程,二期,,3,示例9号,否,,
2026-06-01,,二期,外地铅锌,5,示例10号,否,,
2026-06-01,,二期,外地铅锌,5,示例10号,否,,
EOF
run import quota_transfer "$work/transfers.csv" --format json
expect "an import passes the same gate" json \
    'it["read"] == 7 and it["new"] == 3 and it["same"] == 1 and it["refused"] == 3 and
     [r["row"] for r in it["rows"]] == [4, 5, 6]'
expect "and says why in each row" json \
    '"只剩 铅 0 kg" in it["rows"][0]["message"] and "作废日期" in it["rows"][1]["message"] and
     "没有的工程" in it["rows"][2]["message"]'
run add quota_transfer project=二期 from_name=外地铅锌 transferred_on=2026-06-01 \
    transferred_lead_kg=5 province_opinion_no=示例10号
expect "the same paper is not entered twice" refuses 3 已经登记过
run calc quota --format json
expect "what came from outside stands by itself" json \
    'it["outside_kg"]["Pb"] == 5 and it["remaining_kg"]["Pb"] == 0'

# ---- the workbook ----

run export quota --year 2026 -o "$work/quota.xlsx"
expect "a workbook of eight tables" answers 0 "8 张表"
run export quota --half 1 -o "$work/half.xlsx"
expect "not of half a year" refuses 2 --half
must export quota --year 2026 -o "$work/quota.json"
cp "$work/quota.json" "$work/out"
expect "its sums agree with each other" json \
    'abs(sum(r["transferred_total_kg"] for r in it["quota_transfer"])
         - sum(r["transferred_total_kg"] for r in it["balance"]) - 5) < 1e-9 and
     abs(sum(r["total_kg"] for r in it["entry"])
         - sum(r["remaining_total_kg"] for r in it["balance"])) < 1e-9 and
     it["entry"][-1]["remaining_kg"] == it["balance"][0]["remaining_total_kg"] and
     it["project"][0]["required_total_kg"] == 15.602 and it["voided_transfer"] == []'

# ---- exemption ----

new reuse construction_project name=烧渣利用 region=441802 exempted=是 added_lead_kg=1 ratio=1 \
    exemption_kind=利用涉重金属固体废物 waste_kinds_met=是 waste_origin_met=是 location_met=是 \
    process_met=是
run calc quota --project 烧渣利用 --format json
expect "four conditions do not exempt" json \
    'it["exempt"] is False and it["metals"][0]["shortage_kg"] == 1'
must set construction_project "$reuse" treatment_met=是
run calc quota --project 烧渣利用 --format json
expect "five do" json 'it["exempt"] is True and it["metals"][0]["required_kg"] == 0'

# ---- clocks, by pack ----

run show quota_transfer "$first" --format json
expect "30 days from the transfer, the base by the end of March" json \
    'it["permit_change_due_on"] == "2026-06-11" and it["rebase_due_on"] == "2027-03-31"'
TAIZHANG_NOW=2027-04-01T09:00:00 run check --format json
expect "the base is late in April" json \
    'any(f["rule"] == "V85" for r in it["records"] for f in r["findings"])'
TAIZHANG_NOW=2027-03-31T09:00:00 run check --format json
expect "not on the last day" json \
    'not any(f["rule"] == "V85" for r in it["records"] for f in r["findings"])'
export TAIZHANG_DB="$work/yunnan.db"
must init --pack yunnan-2022 --region 441802 --operator 张
must add enterprise name=示例锌业 region=441802
new cut reduction_project name=治理 enterprise=示例锌业 region=441802 ledger_on=2026-04-20
run show reduction_project "$cut" --format json
expect "30 working days from the ledger" json \
    'it["permit_change_due_on"] == "2026-06-03" and it["credit_on"] is None'
new move quota_transfer from_name=外地 transferred_on=2026-05-12 transferred_total_kg=1
run show quota_transfer "$move" --format json
expect "this policy does not speak of the base" json 'it["rebase_due_on"] is None'

# ---- the verified list ----

export TAIZHANG_DB="$work/guangxi.db"
must init --pack guangxi-2022 --region 441802 --operator 张
must add construction_project name=二期 region=441802 in_verified_list=否
run add quota_transfer project=二期 from_name=外地 transferred_on=2026-05-12 transferred_total_kg=1
expect "a source outside the verified list" refuses 3 全口径清单 "桂重金属方案 四（一）"

finish
