#!/bin/sh
# calc: the calculations, without a data file and with one.
. "$(dirname "$0")/harness.sh"
use_small_reference
estimate="日历未装载，暂按周一至周五估算"

prints() {
    [ "$(cat "$work/out")" = "$1" ] && answers 0
}

due() {
    prints "{\"due\":\"$1\",\"calendar_complete\":$2}"
}

# ---- help and wrong usage ----

run help
expect "help shows the calculations" answers 0 "taizhang calc deadline --from DATE"
run help --man
expect "so does the manual page" answers 0 "taizhang calc deadline"
run calc
expect "calc what?" refuses 2 deadline
run calc tides
expect "an unknown calculation" refuses 2 deadline
run calc deadline
expect "no dates" refuses 2 --from
run calc deadline --workdays 30
expect "no first day" refuses 2 --from
run calc deadline --from 2026-01-05
expect "no period" refuses 2 --workdays --days
run calc deadline --from 2026-01-05 --days 30 --workdays 30
expect "two periods" refuses 2 只写其中一个
for count in -1 3661 30.5 '' 三十 99999999999; do
    run calc deadline --from 2026-01-05 --days "$count"
    expect "“$count” days" refuses 2 "--days 应是 0 到 3660 的整数"
done
run calc deadline --from 2026-01-05 --workdays 3661
expect "too many working days" refuses 2 "--workdays 应是 0 到 3660 的整数"
for day in 2026-02-30 1899-12-31 2200-01-01 soon; do
    run calc deadline --from "$day" --days 30
    expect "from $day" refuses 2 "--from：“$day”"
    run calc deadline --filing "$day"
    expect "filing on $day" refuses 2 "--filing：“$day”"
done
run calc deadline --from 2199-12-01 --days 3660
expect "an end beyond all dates" refuses 2 2199
run calc deadline --filing 2026-06-20 --days 30
expect "a filing date with a period" refuses 2 --filing
run calc deadline --from 2026-01-05 --days 30 --roll up
expect "an unknown way to roll" refuses 2 顺延、提前、不变
run calc deadline 2026-01-05
expect "a stray word" refuses 2 2026-01-05

# ---- without a data file: the notices that come with the program ----

vectors() {
    run calc deadline --from 2026-01-05 --workdays 30 --format json
    expect "30 working days over the Spring Festival, $1" due 2026-02-14 true
    run calc deadline --from 2024-09-02 --days 30 --format json
    expect "30 days roll forward, $1" due 2024-10-08 true
    run calc deadline --from 2024-09-02 --days 30 --roll 提前 --format json
    expect "or back, $1" due 2024-09-30 true
    run calc deadline --from 2024-09-02 --days 30 --roll 不变 --format json
    expect "or not at all, $1" due 2024-10-02 true
    run calc deadline --from 2026-11-20 --workdays 30 --format json
    expect "a year without a notice, $1" due 2027-01-01 false
    run calc deadline --filing 2026-06-20 --format json
    expect "a filing date rolls back, $1" due 2026-06-18 true
    run calc deadline --filing 2027-06-20 --format json
    expect "a filing date of a year without a notice, $1" due 2027-06-18 false
}

vectors "no data file"
expect "no data file is made" test ! -e "$TAIZHANG_DB"
run calc deadline --from ２０２６-1-5 --workdays 30 --format csv
expect "as CSV" prints "due,calendar_complete
2026-02-14,true"
run calc deadline --from 2026-01-05 --workdays 30
expect "a sentence with the weekday" answers 0 "2026-01-05（周一）" "30 个工作日" \
    "2026-02-14（周六，调休上班）"
expect "that is certain" test -z "$(grep 估算 "$work/out")"
run calc deadline --from 2024-09-02 --days 30
expect "a sentence about the move" answers 0 "2024-10-02（周三，放假）" "顺延到 2024-10-08（周二）"
run calc deadline --filing 2026-06-20
expect "a sentence about the filing" answers 0 "2026-06-20（周六）" "提前到 2026-06-18（周四）"
run calc deadline --from 2026-11-20 --workdays 30
expect "an estimate says so" answers 0 "2027-01-01（周五）" "$estimate"

# ---- with a data file: its own table ----

make_county
vectors "a new data file"
must add holiday day_on=2027-01-01 kind=休 name=元旦
must add holiday day_on=2027-10-01 kind=休 name=国庆节
run calc deadline --from 2026-11-20 --workdays 30 --format json
expect "the notice of 2027 is in" due 2027-01-04 true
must undo
run calc deadline --from 2026-11-20 --workdays 30 --format json
expect "and half of it out again" due 2027-01-04 false
run calc deadline --from 2026-11-20 --workdays 30 --format json --db "$work/none.db"
expect "the table is that of the file" due 2027-01-01 false
echo "no data file" >"$work/bad.db"
run calc deadline --from 2026-11-20 --workdays 30 --db "$work/bad.db"
expect "a file that is not ours" refuses 3 "$work/bad.db"

# ---- the rule about deadlines ----

must add problem region=441802 description=车间口总铊超标，初期雨水池与清净下水混排 due_on=2027-03-01
run check problem
expect "a deadline without a calendar is a hint" answers 1 "提示 V23" "$estimate"
must add holiday day_on=2027-10-01 kind=休 name=国庆节
run check problem
expect "with one it is none" test -z "$(grep V23 "$work/out")"

finish
