#!/bin/sh
# The province's own form by example: a blank form is learnt, and the export looks like it.
. "$(dirname "$0")/harness.sh"
use_small_reference
export XDG_DATA_HOME=$work/data
make_county
must add enterprise name=清城区示例冶炼有限公司 uscc=91451200791318129Y region=清城区 lon=113.056122 \
    lat=23.682064
must add thallium_enterprise enterprise=清城区示例冶炼有限公司 content_max=38.5 content_mean=21.25 \
    throughput_t=46000 thallium_evidence=原料检测
form="$python $root/tests/e2e/blank_form.py"
$form make "$work/blank.xlsx" || exit 1

run layout learn "$work/blank.xlsx" --register thallium_enterprise --name shengbiao --format json
expect "a form in other words is learnt" json \
    'it["name"] == "shengbiao" and len(it["columns"]) == 14 and
     {c["heading"]: c["field"] for c in it["columns"]}["单位名称"] in ("enterprise", "enterprise_name")'
expect "its columns are found by synonyms" json \
    '[c["field"] for c in it["columns"]][2:10] == ["enterprise_uscc", "enterprise_region",
      "enterprise_lon", "enterprise_lat", "content_max", "content_mean", "input_kg",
      "thallium_evidence"]'
expect "what we have no field for is told" json \
    '[c["heading"] for c in it["columns"] if c["match"] == "unknown"] == ["省级专家复核意见"]'
expect "required fields without a column are told" json '"assay_on" in it["missing"]'

must export shengbiao --year 2025 -o "$work/export.xlsx"
expect "the export looks like the form" $form compare "$work/blank.xlsx" "$work/export.xlsx" \
    示例省清城区涉铊企业排查整治清单（2025年度） 1
cp "$work/export.xlsx" "$work/first.xlsx"
must export shengbiao --year 2025 -o "$work/export.xlsx"
expect "the same data give the same bytes" cmp "$work/first.xlsx" "$work/export.xlsx"
run import thallium_enterprise "$work/export.xlsx" --dry-run --format json
expect "it is read back as the same record" json 'it["read"] == it["same"] == 1'

# ---- forms that people make by hand ----
other="$python $root/tests/e2e/other_forms.py"
$other make "$work" || exit 1
must add problem description=渗滤液外溢 origin=其他 found_on=2026-03-02 metals=铊 measures=建围堰 \
    responsible_unit=示例镇政府 town=示例镇 region=清城区
must add legacy_site name=示例废石场 region=清城区 address=示例村 area_m2=1200
run layout learn "$work/ledger.xlsx" --register problem --name ledger \
    --map '监测浓度=measures_note'
expect "a field that is not there is refused" refuses 2 measures_note
run layout learn "$work/ledger.xlsx" --register problem --name ledger --map '监测结果=整改目标'
expect "a heading that is not there is refused" refuses 2 监测结果
run layout learn "$work/ledger.xlsx" --register problem --name ledger
expect "headings are shown in the form's own words" answers 0 '涉及金属（总铊：mg/L）/监测浓度”没有对应的字段' \
    '1 个隐藏的列' "--map '表头=字段'"
run layout learn "$work/ledger.xlsx" --register problem --name ledger --replace --format json \
    --map '监测浓度=整改目标,B=enterprise|site,整改进展=progress.description'
expect "a person tells what headings mean" json \
    '[it["columns"][i]["field"] for i in (1, 7, 11)] == ["enterprise|site", "goal", "progress.description"]'
must export ledger -o "$work/ledger-out.xlsx"
expect "two rows of heading, a hidden column, a paragraph and signatures look the same" \
    $other compare "$work/ledger.xlsx" "$work/ledger-out.xlsx" 2 1
run layout learn "$work/sites.xlsx" --register legacy_site --name sites
expect "the same unit in other words is no question" answers 0 是否需要复核
expect "nobody has to check it" sh -c '! grep -q 请核对 "$1"' sh "$work/out"
must export sites -o "$work/sites-out.xlsx"
expect "a form upright with a shaded heading and a note under its title looks the same" \
    $other compare "$work/sites.xlsx" "$work/sites-out.xlsx" 1 1

# ---- the layout as a file ----
csv=$work/data/taizhang/layouts/shengbiao.csv
expect "the layout stands in the user's own folder" test -s "$csv"
run layout check "$csv"
expect "layout check takes it" answers 0 涉铊清单 14
run layout list --format json
expect "layout list shows it among the others" json \
    '{"shengbiao", "half-year"} <= {l["name"] for l in it} and all(not l["fault"] for l in it)'
printf '乱写,x\n' >>"$csv"
run layout check "$csv"
expect "layout check names the line of a fault" refuses 3 乱写 行
run layout list --format json
expect "layout list shows the fault" json '[l for l in it if l["fault"]] != []'

# ---- what is refused ----
run layout learn "$work/blank.xlsx" --register thallium_enterprise --name shengbiao
expect "a layout is not silently replaced" refuses 3 --replace
must layout learn "$work/blank.xlsx" --register thallium_enterprise --name shengbiao --replace
run layout check "$csv"
expect "replaced it is good again" answers 0 版式可以用
run layout learn "$work/blank.xlsx" --register thallium_enterprise --name balance
expect "a report of the program keeps its name" refuses 2 balance
run layout learn "$work/blank.xlsx" --register thallium_enterprise --name half-year
expect "neither is a layout of the program's own replaced silently" refuses 3 --replace
run layout learn "$work/blank.xlsx"
expect "the register must be told" refuses 2 --register
run layout learn "$root/data/demo/enterprise_qingyuan.csv" --register sample --name x
expect "what is no such form is refused" refuses 3 标题行
run layout learn "$work/nothing.xlsx" --register sample
expect "a form that is not there is refused" refuses 3 不存在
must layout learn "$work/blank.xlsx" --register thallium_enterprise -o "$work/own.csv"
expect "a layout may be written elsewhere" test -s "$work/own.csv"
finish
