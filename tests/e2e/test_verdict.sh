#!/bin/sh
# calc soil and calc exceedance: a result against its limit, without a data file and with one.
. "$(dirname "$0")/harness.sh"
use_small_reference

soil() {
    run calc soil "$@" --format json
}

exceedance() {
    run calc exceedance "$@" --format json
}

# is STATUS-0 with a JSON answer of which a Python expression holds
is() {
    answers 0 && json "$1"
}

# ---- soil ----

soil --element 镉 --land 水田 --ph 5.5 --value 0.31
expect "above the screening value, 5.5 in the lower band" is "it['verdict'] == 'possible'
    and it['screening'] == 0.3 and it['intervention'] == 1.5 and it['ph'] == 5.5
    and it['verified'] is True and it['standard'] == 'GB 15618-2018' and it['missing'] == []"
expect "soil: the keys are stable" json 'list(it) == ["element", "land", "ph", "value", "unit",
    "screening", "intervention", "verdict", "standard", "verified", "formula", "missing",
    "sentence"]'
soil --element 镉 --land 水田 --ph 5.51 --value 0.31
expect "low in the next band" is "it['verdict'] == 'low' and it['screening'] == 0.4"
soil --element 镉 --land 水田 --ph 5 --value 1.51
expect "high above the intervention value" is "it['verdict'] == 'high'"
soil --element Cd --land 水旱轮作 --ph 6 --value 0.35
expect "rice in turns with others: the stricter" is "it['verdict'] == 'possible'
    and it['screening'] == 0.3 and it['element'] == '镉'"
soil --element 铜 --land 果园 --ph 5 --value 151
expect "copper has no intervention value" is "it['verdict'] == 'possible'
    and it['screening'] == 150 and it['intervention'] is None"
soil --element 镉 --land 水田 --ph 5.5 --value '<0.01'
expect "not detected is low" is "it['verdict'] == 'low' and it['value'] == '<0.01'"
soil --element 镉 --land 水田 --ph 5.5 --value '<0.31'
expect "unless it could not have been seen" is "it['verdict'] == 'undetermined'"
soil --element 镉 --land 水田 --ph 5.5 --value 310 --unit ug/kg
expect "in another unit" is "it['verdict'] == 'possible' and it['unit'] == 'μg/kg'"
soil --element 镉 --land 水田 --value 9
expect "no pH: withheld" is "it['verdict'] == 'undetermined' and it['missing'] == ['ph']
    and it['screening'] is None and 'pH' in it['sentence']"
soil --element 镉 --ph 6 --value 9
expect "no land use: withheld" is "it['verdict'] == 'undetermined' and it['missing'] == ['land']"
soil --element 镉 --value 9
expect "neither" is "it['missing'] == ['land', 'ph']"
soil --element 铊 --land 水田 --ph 6 --value 1
expect "thallium has no value of the law" is "it['verdict'] == 'undetermined'
    and '没有法定值' in it['sentence'] and it['standard'] is None"
soil --element 镉 --land 第一类用地 --value 50
expect "building land is not verified" is "it['verdict'] == 'undetermined'
    and it['screening'] == 20 and it['intervention'] == 47 and it['verified'] is False
    and it['standard'] == 'GB 36600-2018' and '超标' not in it['sentence']"
soil --element 镉 --land 水田 --ph 6 --value 9 --standard GB36600
expect "a standard for other land" is "it['verdict'] == 'undetermined'"
run calc soil --element 镉 --land 水田 --ph 5.5 --value 0.31
expect "for a person" answers 0 "风险筛选值  0.3 mg/kg（已核）" "可能存在风险" "安全利用" \
    "(0.31 − 0.3) ÷ 0.3 ≈ 0.033 倍"
run calc soil --element 镉 --land 水田 --ph 5.5 --value 0.31 --format csv
expect "as CSV" answers 0 "element,land,ph,value,unit,screening,intervention,verdict" \
    "镉,水田,5.5,0.31,mg/kg,0.3,1.5,possible,GB 15618-2018,true"
run calc soil --element 镉 --land 水田
expect "no value" refuses 2 --value
run calc soil --element 金 --land 水田 --ph 5 --value 1
expect "an unknown element" refuses 2 --element 镉
run calc soil --element 镉 --land 沙漠 --ph 5 --value 1
expect "an unknown use" refuses 2 --land 水旱轮作
for ph in 15 -1 酸 5.555; do
    run calc soil --element 镉 --land 水田 --ph "$ph" --value 1
    expect "pH $ph" refuses 2 pH
done
run calc soil --element 镉 --land 水田 --ph 5 --value 1 --unit mg
expect "an unknown unit" refuses 2 --unit

# ---- exceedance ----

exceedance --standard GB3838 --factor 总铊 --value 0.00218 --unit mg/L
expect "the river of 2017" is "it['verdict'] == 'above' and it['times'] == 20.8
    and it['limit'] == 0.0001 and it['unit'] == 'mg/L' and it['verified'] is True
    and it['formula'] == '(0.00218 − 0.0001) ÷ 0.0001 = 20.8 倍'
    and it['standard'] == 'GB 3838-2002' and it['criminal_clue'] is None"
expect "exceedance: the keys are stable" json 'list(it) == ["factor", "value", "value_unit",
    "verdict", "limit", "unit", "value_in_unit", "times", "verified", "standard", "limit_name",
    "point", "formula", "criminal_clue", "sentence", "limits"] and set(it["limits"][0]) ==
    {"standard", "name", "limit", "unit", "point", "verified", "used", "note"}'
exceedance --standard GB3838 --factor 铊 --value 1.52 --unit mg/L
expect "and its source" is "it['times'] == 15199"
exceedance --standard GB3838 --factor Tl --value 0.13 --unit μg/L
expect "the river of 2025" is "it['times'] == 0.3 and it['value_in_unit'] == 0.00013"
exceedance --standard GB3838 --factor 铊 --value 50 --unit ng/L
expect "nanograms are not milligrams" is "it['verdict'] == 'met' and it['times'] is None"
exceedance --standard GB3838 --factor 铊 --value 50
expect "no unit" refuses 2 --unit "HJ/T 212" 一百万倍
exceedance --standard GB3838 --factor 铊 --value '50 ng/L'
expect "unless it stands with the value" is "it['verdict'] == 'met' and it['value'] == '50'"
exceedance --standard GB3838 --factor 铊 --value '<0.2' --unit μg/L
expect "a limit of detection above the limit" is "it['verdict'] == 'undetermined'
    and '检出限' in it['sentence']"
exceedance --standard "GB 25466" --factor 总铊 --value 5 --unit mg/L --point 车间口
expect "a limit that nobody verified" is "it['verdict'] == 'hint' and it['verified'] is False
    and it['times'] is None and it['criminal_clue'] is None and '超标' not in it['sentence']"
exceedance --standard "GB 25466" --factor 总铊 --value 0.001 --unit mg/L --point 总排口
expect "the main outlet proves nothing" is "it['verdict'] == 'undetermined'
    and it['point'] == '废水总排放口' and '证明不了达标' in it['sentence']"
smelters="DB41/777-2013 铅冶炼废水"
exceedance --standard "$smelters" --factor 镉 --value 0.09 --unit mg/L
expect "three times the limit: the readings differ" is "it['verdict'] == 'above'
    and it['criminal_clue'] == {'bound': 3, 'three_times_reading': {'ratio': 3, 'reached': True},
    'exceed_by_three_reading': {'times': 2, 'reached': False}, 'either': True}
    and '交法制审核' in it['sentence']"
exceedance --standard "$smelters" --factor 镉 --value 0.12 --unit mg/L
expect "exceeded by three times: both" is "it['criminal_clue']['exceed_by_three_reading'] ==
    {'times': 3, 'reached': True}"
exceedance --standard "$smelters" --factor 镉 --value 0.08 --unit mg/L
expect "less: neither" is "it['criminal_clue']['either'] is False
    and '法制' not in it['sentence'] and it['times'] == 1.667"
expect "only the limit of the trade that was named" json "[(x['limit'], x['used'])
    for x in it['limits']] == [(0.03, True)]"
exceedance --standard DB41/777 --factor 镉 --value 0.045 --unit mg/L
expect "above the limit of one trade only" is "it['verdict'] == 'hint' and it['times'] is None
    and '超标' not in it['sentence'] and '两个限值管的行业不同' in it['sentence']"
exceedance --standard DB41/777 --factor 镉 --value 0.12 --unit mg/L
expect "above both: by the most lenient" is "it['verdict'] == 'above' and it['times'] == 1.4
    and it['criminal_clue']['either'] is False and '执行 0.03 mg/L' in it['sentence']
    and [(x['limit'], x['used']) for x in it['limits']] == [(0.03, False), (0.05, True)]"
exceedance --standard GB9999 --factor 总铊 --value 5 --unit mg/L
expect "an unknown standard" is "it['verdict'] == 'undetermined' and it['limits'] == []
    and 'GB 3838-2002' in it['sentence'] and 'DB32/3431-2018' in it['sentence']"
exceedance --standard GB15618 --factor 镉 --value 5 --unit mg/kg
expect "soil is for calc soil" is "it['verdict'] == 'undetermined' and '土壤' in it['sentence']"
exceedance --factor 总铊 --value 5 --unit mg/L
expect "neither standard nor point: all limits" is "it['verdict'] == 'undetermined'
    and len(it['limits']) == 17 and it['limits'][0]['verified'] is True"
exceedance --factor 总铊 --value 0.0002 --unit mg/L --point 水源地
expect "by the point alone" is "it['verdict'] == 'above' and it['times'] == 1
    and all('车间' not in x['point'] for x in it['limits'])"
exceedance --factor 镉 --value 0.006 --unit mg/L --point 饮用水
expect "drinking water" is "it['verdict'] == 'hint' and it['standard'] == 'GB 5749-2022'"
exceedance --factor 镉 --value 0.02 --unit mg/L --point 灌溉水
expect "irrigation water" is "it['verdict'] == 'hint' and it['standard'] == 'GB 5084-2021'"
exceedance --factor 镉 --value 0.02 --unit mg/L --point 地下水
expect "groundwater by class Ⅲ" is "it['verdict'] == 'hint' and it['limit'] == 0.005"
exceedance --factor 铊 --value 1 --unit mg/L --point 原料
expect "nothing to compare with" is "it['verdict'] == 'undetermined' and it['sentence']"
run calc exceedance --standard DB41/777 --factor 镉 --value 0.2 --unit mg/L
expect "for a person" answers 0 "超标倍数    3 倍" "0.05 mg/L（已核）" "涉嫌犯罪线索，交法制审核" \
    "* 适用" "DB41/777-2013 电镀、铅锌工业废水"
run calc exceedance --factor 铊 --value 1 --unit mg/L --point 土壤
expect "soil asks for more" refuses 2 "calc soil"
run calc exceedance --value 1 --unit mg/L
expect "no factor" refuses 2 --factor
run calc exceedance --factor 铊 --value 1 --unit mg/L --date 明天
expect "no such day" refuses 2 --date
expect "no data file is made" test ! -e "$TAIZHANG_DB"

# ---- with a data file: its own limits ----

make_county
exceedance --factor 总铊 --value 0.03 --unit mg/L --point 车间口
expect "the county's limits" is "it['verdict'] == 'hint' and it['limit'] == 0.005
    and any(x['standard'] == 'DB44/1989-2017' and x['note'] == '适用未核' for x in it['limits'])"
must list limit --where 'standard=DB44/1989' --format json
limit=$(sed -n 's/.*"id":"\([^"]*\)".*/\1/p' "$work/out" | head -n 1)
must set limit "$limit" state=已核 checked_by=张
exceedance --factor 总铊 --value 0.03 --unit mg/L --point 车间口
expect "once verified it decides" is "it['verdict'] == 'above' and it['times'] == 5
    and it['criminal_clue']['either'] is True"
must add sample point_type=车间口 sampled_on=2026-05-20 factor=总铊 value=30 unit=μg/L object_name=某厂
id=$(sed -n 1p "$work/out")
run show sample "$id" --format json
expect "as a stored sample is judged" json "it['verdict'] == '超标' and it['verdict_times'] == 5
    and it['verdict_limit'] == '0.005 mg/L' and '涉嫌犯罪线索' in it['verdict_reason']"
run check sample
expect "the clue is a finding" answers 1 "提示 V100" "交法制审核"
must list parameter --where 'code=crime_times' --format json
must set parameter "$(sed -n 's/.*"id":"\([^"]*\)".*/\1/p' "$work/out" | head -n 1)" value=7
run check sample
expect "by the parameter" test -z "$(grep V100 "$work/out")"

finish
