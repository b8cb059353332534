#!/bin/sh
# The duties of the policy packs: every one that a policy document holds is in its pack, is complete,
# and arrives in a data file made with that pack.
. "$(dirname "$0")/harness.sh"
check=$root/tests/e2e/check_obligations.py

# ---- the files ----

for pack in jilin-2022 guangxi-2022 yunnan-2022 qingyuan-2018 campaign-2025-2030; do
    expect "$pack: the file holds every duty, complete" \
        "$python" "$check" file "$pack" "$root/data/packs/$pack/obligation.csv"
done

# spoiled WHAT SCRIPT MESSAGE: the check finds what the sed script does to a good file.
spoiled() {
    sed "$2" "$root/data/packs/guangxi-2022/obligation.csv" >"$work/bad.csv"
    "$python" "$check" file guangxi-2022 "$work/bad.csv" 2>"$work/found" >"$work/out"
    expect "the check finds $1" contains "$work/found" "$3"
}
spoiled "a lost duty" '/^GX-20,/d' "GX-20 is missing"
spoiled "a duty of another list" 's/^GX-20,/GX-90,/' "GX-90 is not expected"
spoiled "a day that does not exist" '/^GX-20,/s/2023-12-31/2023-02-29/' 'GX-20: 固定日期“2023-02-29”'
spoiled "a yearly day that does not exist" '/^GX-37,/s/06-20/06-31/' 'GX-37: 每年月日“06-31”'
spoiled "a duty of nobody" 's/^\(GX-37,[^,]*\),[^,]*,/\1,,/' 'GX-37: 责任主体是空的'
spoiled "a word that is no choice" '/^GX-37,/s/,提前,/,推迟,/' 'GX-37: 遇休息日“推迟”'

# ---- in a data file ----

# Counties and above: nothing here lies in a town.
mkdir "$work/reference"
awk -F, 'NR == 1 || length($1) <= 6' "$root/data/region.csv" >"$work/reference/region.csv"
export TAIZHANG_DATA="$work/reference"

# loaded PACK REGION
loaded() {
    rm -f "$TAIZHANG_DB"
    must init --pack "$1" --region "$2" --operator 张
    run list obligation --format json
    cp "$work/out" "$work/$1.json"
    "$python" "$check" list "$1" "$work/$1.json" >"$work/$1.core" 2>"$work/found"
    expect "$1: the data file holds every duty, complete" test ! -s "$work/found" -a -s "$work/$1.core"
    head -n 5 "$work/found"
}

# duty CODE EXPRESSION: about the one record of that number.
duty() {
    run list obligation --where "code=$1" --format json
    expect "$1: $2" json "len(it) == 1 and $2"
}

loaded jilin-2022 220581
duty J10-44 '(it[0]["due_kind"], it[0]["due_day"], it[0]["roll"]) == ("每年", "06-20", "提前")'
duty J10-45 '(it[0]["due_day"], it[0]["assumed"]) == ("01-05", True)'
duty J10-43 '(it[0]["due_on"], it[0]["periodicity"]) == ("2022-07-30", "一次")'
duty J12-13 'it[0]["due_day"] == "03-31"'
duty J12-15 '(int(it[0]["due_days"]), it[0]["day_kind"], it[0]["roll"]) == (30, "日", "顺延")'
loaded guangxi-2022 451221
duty GX-37 '(it[0]["due_day"], it[0]["reg_name"]) == ("06-20", "filing")'
duty GX-38 '(it[0]["due_day"], it[0]["assumed"]) == ("12-31", False)'
duty GX-20 'it[0]["due_on"] == "2023-12-31"'
loaded yunnan-2022 530326
duty YN-10 '(int(it[0]["due_days"]), it[0]["day_kind"], it[0]["from_on"]) == (30, "工作日", "2022-01-01")'
duty YN-03 'it[0]["due_kind"] == "每项目"'
loaded qingyuan-2018 441802
# Of two passages that contradict, the stricter is the deadline and the other is kept.
duty QY-69 '(it[0]["due_on"], it[0]["other_due_on"]) == ("2018-12-31", "2019-12-31")'
duty QY-23 '(it[0]["due_on"], it[0]["other_due_on"]) == ("2018-12-31", "2020-12-31")'
duty QY-04 '(it[0]["due_on"], it[0]["other_due_on"]) == ("2020-12-31", None)'
loaded campaign-2025-2030 451221
duty C25-05 'it[0]["due_on"] == "2027-12-31"'
duty C25-06 'it[0]["due_on"] == "2030-12-31"'

# The core duties of the four provincial documents, counted in the data files.
for part in J10:43 J12:20 GX:36 YN:27; do
    expect "core duties $part" test "$(cat "$work"/*.core | grep -c "^${part%:*}-")" -eq "${part#*:}"
done
expect "core duties of the provinces: 126" \
    test "$(cat "$work"/*.core | grep -cE '^(J10|J12|GX|YN)-')" -eq 126
finish
