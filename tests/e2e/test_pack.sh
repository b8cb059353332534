#!/bin/sh
# Policy packs on the command line: at the making of the file, later, broken, and a bureau's own.
. "$(dirname "$0")/harness.sh"

run pack
expect "packs are listed without a file" answers 0 jilin-2022 guangxi-2022 yunnan-2022 qingyuan-2018 \
    campaign-2025-2030 "云南 2022" 未装入
run init --pack qingyuan-2018 --pack nowhere-2022 --region 441802 --operator 张
expect "one unknown pack of two" refuses 2 nowhere-2022 yunnan-2022
expect "leaves no file" test ! -e "$TAIZHANG_DB"
run init --pack qingyuan-2018 --pack campaign-2025-2030 --region 441802 --operator 张
expect "two packs" answers 0 "$TAIZHANG_DB"
run list campaign --format json
expect "are two campaigns" json '{r["code"] for r in it} == {"qingyuan-2018", "campaign-2025-2030"}'
run list target --format json
expect "with the targets of the city, in percent" json \
    'len(it) == 6 and all(r["percent"] == 12 and r["base_year"] == 2013 for r in it)'
run undo
expect "undo does not take the packs away" refuses 3 没有可以撤销的改动
must --db "$work/comma.db" init --pack qingyuan-2018,campaign-2025-2030 --region 441802 --operator 张
run --db "$work/comma.db" list campaign --format json
expect "a comma does the same" json 'len(it) == 2'

run pack --format json
expect "what is loaded is told" json \
    '{p["name"]: p["loaded"] for p in it} == {"qingyuan-2018": True, "campaign-2025-2030": True,
     "jilin-2022": False, "guangxi-2022": False, "yunnan-2022": False}'
run pack load yunnan-2022 --format json
expect "a third pack later" json 'it["new"] == it["read"] > 40 and it["kept"] == 0'
run list key_region --where region=533325 --format json
expect "both ratios of 兰坪县 are kept, the stricter one counts" json \
    'it[0]["ratio"] == 1.2 and it[0]["other_ratio"] == 1'
run check --format json
expect "and the conflict is shown, with both passages" json \
    'any(f["rule"] == "V66" and "专栏" in f["message"] and "附件（二）" in f["message"]
         for r in it["records"] if r["register"] == "key_region" for f in r["findings"])'
expect "no pack breaks a rule of its own" json \
    'not any(f["severity"] == "error" for r in it["records"] for f in r["findings"])'
run pack load yunnan-2022
expect "again: nothing changes" answers 0 "新增 0，更新 0" "保留本局改动 0"
run pack load nowhere-2022
expect "an unknown pack" refuses 2 nowhere-2022 guangxi-2022
run pack unload yunnan-2022
expect "an unknown verb" refuses 2 "taizhang pack load"

# ---- what no document says is called the program's own ----

run list parameter --format json
expect "thresholds without a passage say so" json 'all("本程序约定" in p["basis"] for p in it if p["code"] in
    ("stale_days", "change_percent", "sums_tolerance_kg", "base_tolerance_kg", "published_tolerance_kg",
     "rest_roll", "notice_days", "checkers_least", "at_once_days", "assay_months") or
    p["code"].startswith(("grade_", "closure_", "overdue_", "balance_")))'

# ---- a person's value outlives the next load ----

run set parameter stale_days value=200
expect "a parameter is changed" answers 0
run pack load base --format json
expect "the base again keeps it" json 'it["kept"] == 1 and it["changed"] == it["new"] == 0'
run list parameter --where code=stale_days --format json
expect "as the person wrote it" json 'it[0]["value"] == "200"'

# ---- a bureau's own folder, as a spreadsheet saves it ----

own=$work/data/packs/yunnan-2022
mkdir -p "$own"
export TAIZHANG_DATA="$work/data"
(printf '\357\273\277' && sed 's/$/\r/' "$root/data/packs/yunnan-2022/parameter.csv") >"$own/parameter.csv"
run pack load yunnan-2022
expect "with a mark and CRLF: the same" answers 0 "新增 0，更新 0"
sed -i 's/smelter_river_km,\([^,]*\),1,/smelter_river_km,\1,2,/' "$own/parameter.csv"
run pack load yunnan-2022 --format json
expect "an edited file is taken first" json 'it["changed"] == 1'
before=$(state)
iconv -f UTF-8 -t GB18030 "$root/data/packs/yunnan-2022/parameter.csv" >"$own/parameter.csv"
run pack load yunnan-2022
expect "another encoding is refused" refuses 3 parameter.csv UTF-8
rm "$own/parameter.csv"
sed '2s/^[0-9]*,/9999,/' "$root/data/packs/yunnan-2022/target.csv" >"$own/target.csv"
run pack load yunnan-2022
expect "an unknown region is refused with its place" refuses 3 "packs/yunnan-2022/target.csv 第 2 行" 地区
expect "and nothing is written" test "$(state)" = "$before"
rm "$own/target.csv"

# ---- files that are not what they seem ----

spoilt() {
    run pack load yunnan-2022
    expect "$1" refuses 3 "yunnan-2022/$2" "$3"
    rm -r "$own/$2"
}
shipped=$root/data/packs/yunnan-2022
(head -n 9 "$shipped/target.csv" && printf '\0' && tail -n +10 "$shipped/target.csv") >"$own/target.csv"
spoilt "a NUL byte does not end the file unseen" target.csv 空字符
sed '2s/,红河州/,"红河州/' "$shipped/target.csv" >"$own/target.csv"
spoilt "an open quote does not swallow the rest" target.csv "第 2 行：有一个引号没有关上"
mkfifo "$own/target.csv"
spoilt "a fifo does not hang" target.csv 不是文件
ln -s /dev/zero "$own/target.csv"
spoilt "a device does not fill the memory" target.csv 不是文件
mkdir "$own/target.csv"
spoilt "a folder" target.csv 不是文件
ln -s target.csv "$own/target.csv"
spoilt "a loop of links is not passed over" target.csv 绕成了圈
truncate -s 16777217 "$own/target.csv"
spoilt "a huge file" target.csv "超过 16 MB"
(cat "$shipped/parameter.csv" && seq -f "p%.0f,含义,1,天,依据," 5001) >"$own/parameter.csv"
spoilt "a file of the wrong kind of length" parameter.csv "最多 5000 行"
sed '2s/简称\|云南 2022/\x1b[31m/' "$shipped/campaign.csv" >"$own/campaign.csv"
spoilt "a name that a terminal would obey" campaign.csv "“简称”列"
awk -F, -v OFS=, 'NR == 2 { $5 = "每年"; $6 = ""; $7 = "99-99" } 1' "$shipped/obligation.csv" >"$own/obligation.csv"
spoilt "a duty whose day would never come" obligation.csv "“99-99”不是月日"
expect "nothing of all that is written" test "$(state)" = "$before"
mkfifo "$own/campaign.csv"
run pack
expect "the list shows what it cannot read" answers 0 yunnan-2022 不能读取
rm "$own/campaign.csv"
for name in ../x x/../yunnan-2022 . "$(printf 'a\033[31m')"; do
    run pack load "$name"
    expect "no folder is reached by name ($(echo "$name" | tr '\033' '^'))" refuses 2 没有名为
done
run --db "$work/commas.db" init --pack , --region 441802 --operator 张
expect "commas name no pack" refuses 2 政策包
expect "and make no file" test ! -e "$work/commas.db"
run --db "$work/base.db" init --pack base --region 441802 --operator 张
expect "the base data is no pack" refuses 2 "没有名为“base”的政策包"

# ---- reference tables ----

spoilt_regions() {
    run --db "$work/regions.db" init --pack qingyuan-2018 --region 441802 --operator 张
    expect "$1" refuses 3 region.csv "$2"
    expect "… and no file" test -z "$(ls "$work" | grep regions.db)"
}
regions=$TAIZHANG_DATA/region.csv
: >"$regions"
spoilt_regions "an empty table of regions" 空文件
printf 'name\n甲县\n' >"$regions"
spoilt_regions "one without codes" code
sed -n -e 1p -e '/^441802/p' -e '/^441802/p' "$root/data/region.csv" >"$regions"
spoilt_regions "one with a code twice" 与前面的一行重复
(sed -n -e 1p -e '/^441802/p' "$root/data/region.csv" && head -c 1000000 /dev/zero | tr '\0' ,) >"$regions"
spoilt_regions "one with a million columns" 比列名多

finish
