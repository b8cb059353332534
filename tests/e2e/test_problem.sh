#!/bin/sh
# The whole life of a problem by commands: what each step refuses and why, and what it takes.
. "$(dirname "$0")/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张
must pack load base
for name in before after again report scan; do
    printf '%s' "$name" >"$work/$name.jpg"
done
must add enterprise name=示例冶炼厂 region=441802
must add problem region=441802 enterprise=示例冶炼厂 category=车间口超标 metals=铊 found_on=2026-03-05 \
    description=车间口总铊超标0.6倍，初期雨水池与清净下水混排
id=$(cat "$work/out")

# advance, return … with the fields of each step
step() {
    run problem "$@" --format json
}
# refused NAME SENTENCE: the last step was refused; one sentence on stderr, the same in the object.
refused() {
    expect "$1" test "$status" -eq 3
    expect "$1: one sentence" is_one_sentence
    expect "$1: it says so" contains "$work/err" "$2"
    expect "$1: and why the law wants it" contains "$work/err" （依据：
    expect "$1: the object too" json "it['done'] is False and it['message'].startswith('$2'[:4])
        and it['missing'] and all(m['field'] and m['message'] and m['basis'] for m in it['missing'])
        and it['state'] == it['former_state']"
}
lacks() {
    json "[m['field'] for m in it['missing']] == $1"
}
done_to() {
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ] &&
        json "it['done'] and it['missing'] == [] and it['message'] is None and it['state'] == '$1'"
}

# ---- asking wrongly ----

run problem
expect "without a move" refuses 2 next、advance、return、extend、suspend、resume、reopen
run problem close "$id"
expect "an unknown move" refuses 2 请写明办什么
run problem advance
expect "without a case" refuses 2 缺少参数
run problem advance nobody
expect "an unknown case" refuses 3 nobody
run problem advance "$id" state=已销号
expect "the state is not typed" refuses 2 不用写“state=已销号”
run problem advance "$id" nothing=1
expect "an unknown field" refuses 2 没有名为“nothing”的字段
run problem return "$id" returned_on=2026-06-01
expect "a move that is not possible" refuses 3 现在是“已登记” 企业自验
for state in 已定方案 整改中 企业自验 已申请销号 县级核查 市级复核 公示 已销号 后督察; do
    run set problem "$id" state=$state
    expect "set does not go round the gate to $state" refuses 3 不能进入“$state” 现有材料只够到“已登记” （依据：
done
run set problem "$id" state=挂起
expect "… nor to a pause" refuses 3 不能挂起 缺挂起日期
run set problem "$id" state=
expect "… nor to nothing" refuses 3 整改状态不能清空
run add problem region=441802 description=刚登记就想销号的问题，材料一份都没有 state=已销号
expect "a new one does not begin closed" refuses 3 不能进入“已销号” 缺发现日期

# ---- next ----

run problem next "$id"
expect "next tells what can be done and what it lacks" answers 0 现在是“已登记” "advance  定方案 → 已定方案" \
    缺整改措施 "suspend  挂起"
run problem next "$id" --format json
expect "… as an object" json "[m['name'] for m in it['moves']] == ['advance', 'suspend']
    and it['moves'][0]['target'] == '已定方案' and it['moves'][0]['asks'][0] == 'measures'
    and it['moves'][0]['bulk'] is False and len(it['moves'][0]['missing']) == 9"

# ---- the plan ----

step advance "$id" measures=除铊设施增加二级硫化 due_on=2026-03-04 planned_on=2026-03-12
refused "a plan without its owners" 不能进入“已定方案”：缺整改目标、责任单位、责任人、督导单位、督导人、立行立改；
expect "a term before the finding" contains "$work/err" "计划完成时限 2026-03-04 早于发现日期 2026-03-05"
expect "… all in the object" lacks "['goal', 'responsible_unit', 'responsible_person',
    'supervising_unit', 'supervisor', 'fix_at_once', 'due_on']"
step advance "$id" measures=除铊设施增加二级硫化 goal=连续三个月达标 responsible_unit=示例冶炼厂 \
    responsible_person=王五 supervising_unit=清城分局 supervisor=赵六 fix_at_once=是 due_on=2026-04-05 \
    planned_on=2026-03-12
refused "what is to be mended at once has thirty days" "不能进入“已定方案”：立行立改的期限是 31 天，超过 30 天"
step advance "$id" measures=除铊设施增加二级硫化 goal=连续三个月达标 responsible_unit=示例冶炼厂 \
    responsible_person=王五 supervising_unit=清城分局 supervisor=赵六 fix_at_once=否 due_on=2026-05-31 \
    planned_on=2026-03-12
expect "the plan" done_to 已定方案
run delete problem "$id"
expect "from here on it is not deleted" refuses 3 不能删除

# ---- 延期 ----

step extend "$id" extension_approval=清城环函〔2026〕8号 extension_approved_on=2026-05-20
refused "an extension that puts nothing off" 不能延期：计划完成时限没有改，请填新的
step extend "$id" due_on=2026-07-31
refused "an extension without approval" 不能延期：缺延期批准文号、延期批准日期
run set problem "$id" due_on=2026-07-31
expect "… nor by set" refuses 3 不能延期
step extend "$id" due_on=2026-07-31 extension_approval=清城环函〔2026〕8号 extension_approved_on=2026-05-20
expect "an extension" done_to 已定方案
run show problem "$id" --format json
expect "… is counted, and the old term kept" json "it['extension_count'] == 1
    and it['original_due_on'] == '2026-05-31' and it['due_on'] == '2026-07-31'"
step extend "$id" due_on=2026-08-31
refused "the same approval does not serve twice" 不能延期：延期批准文号还是上一次的
run set problem "$id" extension_count=0
expect "nobody counts but the program" refuses 3 由程序给出

# ---- the work ----

step advance "$id" started_on=2026-03-11 before_photo="$work/before.jpg"
refused "work before the plan" "不能进入“整改中”：整改开始日期 2026-03-11 早于方案确定日期 2026-03-12"
run problem advance "$id" started_on=2026-03-20 before_photo="$work/nothing.jpg"
expect "a photo that is not there" refuses 3 不能添加附件 没有这个文件
step advance "$id" started_on=2026-03-20 before_photo="$work/before.jpg"
expect "the work begins" done_to 整改中
must add progress problem="$id" reported_on=2026-04-01 done_percent=60 description=过半
step advance "$id" after_photo="$work/before.jpg" after_photo_on=2026-05-05 self_checked_on=2026-05-06
refused "the same photo twice, and work half done" 不能进入“企业自验”：
expect "… the photo" contains "$work/err" 整改后照片与整改前照片是同一个文件
expect "… the progress" contains "$work/err" "最近一次进展（2026-04-01）是 60 %"
must add progress problem="$id" reported_on=2099-05-05 done_percent=100 description=还没到的日子
step advance "$id" after_photo="$work/after.jpg" after_photo_on=2026-05-05 self_checked_on=2026-05-06
refused "a report of a day to come does not count" "不能进入“企业自验”：最近一次进展（2026-04-01）是 60 %"
must add progress problem="$id" reported_on=2026-05-05 done_percent=100 description=完工
step advance "$id" after_photo="$work/after.jpg" after_photo_on=2026-05-05 self_checked_on=2026-05-06
expect "the enterprise has checked itself" done_to 企业自验

# ---- the proof ----

must add sample enterprise=示例冶炼厂 point_type=车间或生产设施废水排放口 point_name=车间口 medium=水 \
    factor=铊 value=0.0001 unit=mg/L sampled_on=2099-05-07
step advance "$id" applied_on=2026-05-08
refused "an application without monitoring, that of a day to come is none" \
    不能进入“已申请销号”：缺监测报告、整改开始以后在车间或生产设施废水排放口采的铊监测结果
expect "… cites the outlet of the workshop" contains "$work/err" 车间口达标
must add sample enterprise=示例冶炼厂 point_type=废水总排放口 point_name=总排口 medium=水 factor=铊 \
    value=0.0001 unit=mg/L sampled_on=2026-05-07
step advance "$id" applied_on=2026-05-08 monitoring_report="$work/report.jpg"
refused "the main outlet proves nothing" 不能进入“已申请销号”：缺整改开始以后在车间或生产设施废水排放口采的铊
must add sample enterprise=示例冶炼厂 point_type=车间或生产设施废水排放口 point_name=车间口 medium=水 \
    factor=铊 value=0.004 unit=mg/L sampled_on=2026-05-07
sample=$(cat "$work/out")
run show sample "$sample" --format json
expect "no limit is checked: the sample gives a hint" json "it['verdict'] == '仅提示'"
step advance "$id" applied_on=2026-05-08 monitoring_report="$work/report.jpg"
expect "what nothing contradicts is let pass" done_to 已申请销号
run show problem "$id" --format json
expect "… and said" json "[f['severity'] for f in it['findings'] if f['rule'] == 'V77'] == ['hint']"

# ---- 退回 ----

step advance "$id" checked_on=2026-05-11 checkers=王五 check_result=退回
refused "the responsible person does not check alone, and 退回 is no pass" 不能进入“县级核查”：
for sentence in "现场核查至少要 2 个人，现在只有王五" 王五既是整改责任人又是核查人 \
    核查结论是“退回”，应为“通过”; do
    expect "… $sentence" contains "$work/err" "$sentence"
done
step return "$id"
refused "a return without a reason" 不能退回：缺退回日期、退回原因
run problem return "$id" returned_on=2026-05-12 return_reason=复测偏高，加药泵没有备用 after_photo="$work/again.jpg"
expect "what is to be done anew is not brought along" refuses 2 以后要重新填写
step return "$id" returned_on=2026-05-12 return_reason=复测偏高，加药泵没有备用 --why 县里复查
expect "a return" done_to 整改中
run show problem "$id" --format json
expect "… begins the proof anew" json "it['return_count'] == 1 and it['after_photo'] is None
    and it['applied_on'] is None and it['monitoring_report'] is None and it['before_photo']"
run history problem "$id"
expect "… with its reason in the history" answers 0 县里复查
run set problem "$id" returned_on=2026-03-01
expect "… whose day is not talked away" refuses 3 退回日期只在办理“退回”时填写
step advance "$id" after_photo="$work/after.jpg" after_photo_on=2026-05-05 self_checked_on=2026-05-14
refused "nothing old serves twice" 不能进入“企业自验”：
expect "… the photo" contains "$work/err" 被退回的那一张
expect "… its day" contains "$work/err" "整改后拍摄日期 2026-05-05 早于退回日期 2026-05-12"
expect "… the progress" contains "$work/err" 退回以后还没有填报进展
must add progress problem="$id" reported_on=2026-05-13 done_percent=100 description=备用泵装好
step advance "$id" after_photo="$work/again.jpg" after_photo_on=2026-05-13 self_checked_on=2026-05-14
expect "checked again" done_to 企业自验
step advance "$id" applied_on=2026-05-15 monitoring_report="$work/report.jpg"
refused "the old sample does not serve" 不能进入“已申请销号”：缺退回以后在车间或生产设施废水排放口采的铊监测结果
must add sample enterprise=示例冶炼厂 point_type=车间或生产设施废水排放口 point_name=车间口 medium=水 \
    factor=铊 value=0.003 unit=mg/L sampled_on=2026-05-14
sample=$(cat "$work/out")
step advance "$id" applied_on=2026-05-15 monitoring_report="$work/report.jpg"
expect "applied again" done_to 已申请销号

# ---- 挂起, 恢复 ----

step suspend "$id" suspended_on=2026-05-16 suspended_until_on=2026-05-30 suspend_reason=等厂区拆除方案备案以后再办
refused "a pause without approval" 不能挂起：缺挂起批准文号
step suspend "$id" suspended_on=2026-05-16 suspended_until_on=2026-05-30 \
    suspend_reason=等厂区拆除方案备案以后再办 suspend_approval=清城环函〔2026〕11号
expect "a pause" done_to 挂起
run show problem "$id" --format json
expect "… that has lasted too long is a warning" json \
    "[f['severity'] for f in it['findings'] if f['rule'] == 'V78'] == ['warning']"
expect "… and nobody is late meanwhile" json "'V76' not in [f['rule'] for f in it['findings']]"
run set problem "$id" state=公示
expect "a pause ends where it began" refuses 3 不能从“挂起”直接改为“公示”
step resume "$id"
expect "it goes on" done_to 已申请销号

# ---- the closure ----

step advance "$id" checked_on=2026-06-01 checkers="李 四、李四（科长）" check_result=通过
refused "one person written twice is one person" "不能进入“县级核查”：现场核查至少要 2 个人"
step advance "$id" checked_on=2026-06-01 checkers="张三、王 五" check_result=通过
refused "the responsible person in another spelling" "不能进入“县级核查”：王五既是整改责任人又是核查人"
step advance "$id" checked_on=2026-06-01 checkers=张三、李四 check_result=通过
expect "two others have checked" done_to 县级核查
run set problem "$id" checkers=张三
expect "evidence is not taken away afterwards" refuses 3 已经“县级核查”，不能这样改
step advance "$id" reviewed_on=2026-06-01 review_result=退回 review_opinion=不同意
refused "the city sends it back" 不能进入“市级复核”：复核结论是“退回”
step advance "$id" reviewed_on=2026-06-01 review_result=通过 review_opinion=同意
expect "the city agrees" done_to 市级复核
step advance "$id" notice_from_on=2026-06-02 notice_to_on=2026-06-06
refused "four days of notice" "不能进入“公示”：公示从 2026-06-02 到 2026-06-06，不满 5 天"
step advance "$id" notice_from_on=2026-06-02 notice_to_on=2026-06-08
expect "five and more" done_to 公示
step advance "$id" notice_objection=是 closed_on=2026-06-08 closure_no=清城环函〔2026〕21号
refused "an objection, and closed too early" 不能进入“已销号”：公示有无异议是“是”，应为“否”；
expect "… the day" contains "$work/err" "销号日期 2026-06-08 就是公示截止日期"
step advance "$id" notice_objection=否 closed_on=2026-06-16 closure_no=清城环函〔2026〕21号
refused "closed tomorrow" "不能进入“已销号”：销号日期 2026-06-16 晚于今天"
step advance "$id" notice_objection=否 closed_on=2026-06-09 closure_no=清城环函〔2026〕21号
expect "closed" done_to 已销号
must delete sample "$sample"
run check --format json
expect "a sample that goes later is an error" json "'缺退回以后在车间或生产设施废水排放口采的铊监测结果，请补齐'
    in [f['message'] for r in it['records'] for f in r['findings'] if f['rule'] == 'V21']"
run undo
run check --format json
expect "… and undo brings it back" json "'V21' not in
    [f['rule'] for r in it['records'] for f in r['findings']]"

# ---- 后督察, 反弹重开 ----

step advance "$id" lookback_on=2026-06-12 rebound=否
expect "looked at again" done_to 后督察
step reopen "$id"
refused "nothing came back" 不能反弹重开：后督察没有记明反弹
run list problem --format json
expect "… and no new case was begun" json "len(it) == 1"
step reopen "$id" rebound=是 found_by_unit=清城分局
expect "what came back goes on as a new case" done_to 反弹重开
new=$("$python" -c "import json; print(json.load(open('$work/out'))['successor'])")
run show problem "$new" --format json
expect "… that points to the old one" json "it['former_problem'] == '$id' and it['state'] == '已登记'
    and it['found_on'] == '2026-06-12' and it['found_by_unit'] == '清城分局' and it['closed_on'] is None
    and it['case_no']"
run delete problem "$new"
expect "… and stays" refuses 3 不能删除
run set problem "$new" former_problem=
expect "… linked" refuses 3 原问题不能改
run undo
expect "one undo takes both back" answers 0 "等 2 条记录"
run show problem "$id" --format json
expect "… the old one is where it was" json "it['state'] == '后督察' and it['rebound'] is False"
run problem reopen "$id" rebound=是
expect "without json a person reads it" answers 0 "后督察 → 反弹重开" "新问题 WT-441802-2026-000"

# ---- lists ----

printf '问题描述,发现日期,问题类别,对象名称,整改措施,整改目标,责任单位,责任人,督导单位,督导人,立行立改,%s' \
    '计划完成时限,方案确定日期,整改开始日期,整改前照片,整改后照片,整改后拍摄日期,企业自验日期,' >"$work/list.csv"
printf '%s\n' '申请销号日期,现场核查日期,核查人,核查结论,市级复核日期,复核结论,复核意见,公示起始日期,公示截止日期,公示有无异议,销号日期,销号文号,整改状态' \
    >>"$work/list.csv"
plan='2024-03-05,手续,乌石河段,补办手续,手续齐全,示例厂,王五,清城分局,赵六,否,2024-08-31,2024-03-12'
closing='2024-05-06,2024-05-08,2024-05-13,张三、李四,通过,2024-05-20,通过,同意,2024-05-22,2024-05-29,否,2024-06-03,清城环函〔2024〕3号,已销号'
mkdir "$work/pictures"
cp "$work/before.jpg" "$work/pictures/前 1.jpg"
printf '%s,%s,%s,%s\n' \
    早年办完的第一个问题，材料都在旁边 "$plan" "2024-03-20,pictures/前 1.jpg,$work/after.jpg,2024-05-05" "$closing" \
    早年办完的第二个问题，照片找不到了 "$plan" "2024-03-20,,,2024-05-05" "$closing" \
    早年办完的第三个问题，照片写错了名 "$plan" "2024-03-20,pictures/none.jpg,after.jpg,2024-05-05" "$closing" \
    >>"$work/list.csv"
cp "$work/list.csv" "$work/again.csv"
run import problem "$work/list.csv" --dry-run --format json
expect "a preview says what the import will say" json "it['new'] == 1 and it['refused'] == 2"
run import problem "$work/list.csv" --format json
expect "a closed case comes in with its evidence" json "it['new'] == 1 and it['refused'] == 2"
expect "without it, the row says how far it reaches" json \
    "it['rows'][0]['message'].startswith('不能进入“已销号”：缺整改前照片、整改后照片。现有材料只够到“已定方案”（依据：')
    and it['rows'][0]['field'] == 'before_photo'"
expect "a file that is not there is named" json "'none.jpg' in it['rows'][1]['message']
    and '没有这个文件' in it['rows'][1]['message'] and it['rows'][1]['field'] == 'before_photo'"
run list problem --where 'state=已销号' --format json
sum=$(sha256sum "$work/before.jpg" | cut -c 1-64)
expect "the file beside the list is kept" json "[r['before_photo'] for r in it] == ['$sum']"
run import problem "$work/again.csv" --format json
expect "the same list again changes nothing" json "it['same'] == 1 and it['refused'] == 2"
finish
