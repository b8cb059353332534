#!/bin/sh
# calc grade: what is proposed for a legacy site and why, the order of all, and the gate that a
# lowered grade has to pass, from the command line and from an import.
. "$(dirname "$0")/harness.sh"

must init --pack qingyuan-2018 --region 441802 --operator 张三

json() {
    run "$@" --format json
    [ "$status" -eq 0 ] || return 1
}

# has EXPRESSION: a Python expression over `x`, the JSON on standard output.
has() {
    "$python" -c "import json,sys; x=json.load(open('$work/out')); sys.exit(0 if ($1) else 1)"
}

# ---- nothing there ----

run calc grade
expect "no site: says what to do" answers 0 还没有历史遗留点位
run calc grade --format json
expect "no site in JSON" answers 0 '[]'
run calc grade --site 老厂沟
expect "a site that is not there" refuses 3 老厂沟
run calc grade 老厂沟
expect "a stray word" refuses 2 老厂沟

# ---- one site ----

must add legacy_site name=老厂沟 region=清城区 problem_types=废渣堆 waste_class=Ⅱ类一般固废 \
    mass_10kt=3 anti_loss=破损 stage=方案 receptor_state=已登记
site=$(cat "$work/out")
must add legacy_site name=白石岩 region=清城区 problem_types=底泥 pollution_grade=高 \
    sensitivity_grade=低 risk_level=高 graded_on=2026-05-01
other=$(cat "$work/out")

json calc grade --site 老厂沟
expect "no data is a grade of its own" has "x['pollution']['proposed']=='无数据'"
expect "and the first to be dealt with" has "x['priority']=='待监测'"

must add sample site=老厂沟 point_type=土壤 point_name=水田T1 medium=土壤 factor=镉 value=1.86 \
    unit=mg/kg land_use=水田 soil_ph=5.4 sampled_on=2026-05-20
sample=$(cat "$work/out")
must add receptor site=老厂沟 kind=耕地 name=石板村水田 distance_m=500 downstream=是

json calc grade --site 老厂沟
expect "the keys" has "list(x)==['site','name','pollution','sensitivity','feasibility','hazard',
'spread','receptor','risk_level','priority','product','route','route_proposed','effects',
'overrides','series']"
expect "pollution by a checked limit" has "x['pollution']['proposed']=='高' and
x['pollution']['current'] is None and '1.5 mg/kg' in x['pollution']['reasons'][0] and
'GB 15618' in x['pollution']['reasons'][0]"
expect "the sample is the evidence" has "x['pollution']['evidence'][0]['id']=='$sample'"
expect "exactly 500 m is near" has "x['sensitivity']['proposed']=='高'"
expect "priority and product" has "x['priority']=='第一' and x['product']==9"
expect "route by feasibility" has "x['feasibility']['proposed']=='中' and
x['route']=='风险管控（阻隔）'"
expect "risk by the matrix" has "x['risk_level']['proposed']=='高'"

must set parameter "$("$taizhang" list parameter --where code=grade_farmland_near_m \
    --format json | "$python" -c 'import json,sys; print(json.load(sys.stdin)[0]["id"])')" value=499.9
json calc grade --site 老厂沟
expect "the bound is a parameter" has "x['sensitivity']['proposed']=='中'"

must add sample site=老厂沟 point_type=地表水断面 point_name=下游 medium=水 factor=铅 value=0.2 \
    unit=mg/L sampled_on=2026-05-20
run calc grade --site 老厂沟
expect "people read it" answers 0 "老厂沟  优先级 第一" "建议 高" "水田T1（土壤，2026-05-20）镉 1.86 mg/kg" 分级历程
must add sample site=白石岩 point_type=地表水断面 point_name=下游 medium=水 factor=铅 value=0.2 \
    unit=mg/L sampled_on=2026-05-20
json calc grade --site 白石岩
expect "an unchecked limit only hints" has "x['pollution']['proposed']=='待核' and
x['pollution']['hint']=='高' and '仅提示' in x['pollution']['reasons'][0]"
expect "and never says 超标" has "'超标' not in json.dumps(x, ensure_ascii=False)"

# ---- own grades ----

must set legacy_site "$site" pollution_grade=中
json calc grade --site 老厂沟
expect "an override" has "x['overrides']==[{'field':'pollution_grade','current':'中',
'proposed':'高','reason':None}]"
run check --format json
expect "wants its reason" contains "$work/out" V95

# ---- the gate ----

run set legacy_site "$other" risk_level=中
expect "set does not lower" refuses 3 风险等级由高改为中是降级
run set legacy_site "$other" pollution_grade= 
expect "nor clear" refuses 3 改成空白
printf '点位名称,县（市、区）,污染程度/等级\n白石岩,清城区,低\n' >"$work/lower.csv"
run import legacy_site "$work/lower.csv" --format json
expect "an import does not lower" has "x['refused']==1 and '降级' in x['rows'][0]['message']"
echo 治理后监测报告 >"$work/report.txt"
run set legacy_site "$other" risk_level=中 downgrade_reason=截渗完工 graded_on=2026-05-01 \
    downgrade_evidence="$work/report.txt"
expect "nor without a later day" refuses 3 比上次晚的评级日期
run set legacy_site "$other" graded_on=
expect "the day is not wiped out first" refuses 3 "评级日期 2026-05-01 不能清空或改早"
run set legacy_site "$other" risk_level=中 downgrade_reason=截渗完工 graded_on=2099-01-01 \
    downgrade_evidence="$work/report.txt"
expect "nor is one to come a later one" refuses 3 "缺不晚于今天的评级日期"
must set legacy_site "$other" risk_level=中 downgrade_reason=截渗完工 graded_on=2026-06-01 \
    downgrade_evidence="$work/report.txt"
json calc grade --site 白石岩
expect "the series" has "[(s['on'],s['from'],s['to'],s['why'],s['who']) for s in x['series']
if s['field']=='risk_level']==[('2026-06-15',None,'高',None,'张三'),
('2026-06-15','高','中','截渗完工','张三')]"
run set legacy_site "$other" risk_level=低 graded_on=2026-06-10
expect "evidence serves once" refuses 3 新的降级佐证
must undo
json calc grade --site 白石岩
expect "undo gives the grade back" has "x['risk_level']['current']=='高'"

# ---- effect ----

must add legacy_site name=大麦山 region=清城区 stage=管护 works_started_on=2025-08-01 \
    works_done_on=2026-03-31 effect_evaluated_on=2026-05-28 effect_conclusion=达到目标 \
    effect_basis=监测对比
for row in "2025-07-15 0.35" "2026-05-20 0.012"; do
    must add sample site=大麦山 point_type=矿井（硐）涌水 point_name=一号硐口 medium=水 factor=镉 \
        value="${row#* }" unit=mg/L sampled_on="${row% *}"
done
json calc grade --site 大麦山
expect "before and after" has "len(x['effects'])==1 and x['effects'][0]['better'] and
'下降 96.6%' in x['effects'][0]['text']"

# ---- all sites ----

must add legacy_site name=没测过的点 region=清城区
json calc grade
expect "no data first, then by priority" has "[s['name'] for s in x][0]=='没测过的点' and
[s['priority'] for s in x][0]=='待监测'"
run calc grade
expect "as a table" answers 0 "历史遗留点位 4 处" 没测过的点
run calc grade --format csv
expect "as CSV" answers 0 "site,name,priority,pollution,sensitivity,feasibility,risk_level"

finish
