#!/bin/sh
# Files and names that are not what they seem, and users who are quicker than one thinks.
. "$(dirname "$0")/harness.sh"
use_small_reference
make_county
cp "$TAIZHANG_DB" "$work/seed.db"
sql() {
    "$python" -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2])' "$@"
}
count() {
    "$python" -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])' "$@"
}

# ---- the lock ----
before=$(sha256sum <"$TAIZHANG_DB")
ln -s "$TAIZHANG_DB" "$TAIZHANG_DB.lock"
run add enterprise name=甲 region=清城区
expect "a lock that links to the data file is not written into" refuses 3 锁文件
rm "$TAIZHANG_DB.lock" && ln "$TAIZHANG_DB" "$TAIZHANG_DB.lock"
run add enterprise name=甲 region=清城区
expect "nor one that is the data file" refuses 3 锁文件
rm "$TAIZHANG_DB.lock"
expect "the data file is as before" test "$(sha256sum <"$TAIZHANG_DB")" = "$before"

# ---- writing over the open file ----
ln -s "$TAIZHANG_DB" "$work/list.csv"
run export enterprise -o "$work/list.csv"
expect "an export never replaces the open file" refuses 3 正在使用的数据文件
rm "$work/list.csv"
echo 别人的文件 >"$work/mine.txt"
run backup -o "$work/mine.txt"
expect "a backup replaces nothing that is no data file" refuses 3 不会覆盖
expect "which stays" grep -q 别人的文件 "$work/mine.txt"

# ---- making the file ----
expect "of two at once one makes the file" sh -c '
    for i in 1 2; do "$0" init --db "$1" --pack qingyuan-2018 --region 441802 --operator 张 & done \
        >/dev/null 2>&1; wait; "$0" list region --where code=441802 --db "$1"' "$taizhang" "$work/race.db"
strace -f -qq -o "$work/trace" -e trace=pwrite64 "$taizhang" init --db "$work/count.db" \
    --pack qingyuan-2018 --region 441802 --operator 张 >/dev/null 2>&1
writes=$(grep -c pwrite64 "$work/trace")
kill_init() {
    for k in 1 2 $((writes / 2)) $((writes - 1)) "$writes"; do
        rm -f "$work"/new.db*
        ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o /dev/null -e trace=pwrite64 \
            -e "inject=pwrite64:signal=KILL:when=$k" "$taizhang" init --db "$work/new.db" \
            --pack qingyuan-2018 --region 441802 --operator 张 >/dev/null 2>&1
        # The last writes come when the file is whole and has its name.
        if [ ! -e "$work/new.db" ]; then
            "$taizhang" init --db "$work/new.db" --pack qingyuan-2018 --region 441802 --operator 张 || return 1
        fi
        "$taizhang" list region --where code=441802 --db "$work/new.db" | grep -q "共 1 个" ||
            { echo "write $k of $writes left half a file"; return 1; }
    done
}
expect "init, killed at a write, leaves a whole file or none" kill_init

# ---- a file that was tampered with ----
tampered() {
    cp "$work/seed.db" "$work/bad.db"
    sql "$work/bad.db" "$1"
    run "$2" enterprise --db "$work/bad.db"
}
tampered "CREATE TRIGGER t AFTER INSERT ON enterprise BEGIN DELETE FROM op; END" list
expect "a file with triggers is not opened" refuses 3 结构被改动过
tampered "DROP TABLE op" list
expect "nor one without its history" refuses 3 结构被改动过
tampered "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')
    WHERE name = 'enterprise'; PRAGMA writable_schema = 0" list
sql "$work/bad.db" "UPDATE enterprise SET uscc = 5, base_lead_kg = 'x', permit_no = 'short'"
run check --db "$work/bad.db"
expect "values of the wrong kind are read as what they can be" answers 1 核验完成
sql "$work/bad.db" "UPDATE enterprise SET base_lead_kg = -9223372036854775807, base_total_kg = 9223372036854775807,
    base_mercury_kg = -9223372036854775807, former_total_kg = -9223372036854775807, actual_total_kg = 9223372036854775807"
run check --db "$work/bad.db"
expect "sums of absurd numbers are not computed" answers 1 核验完成

# ---- texts that a terminal would obey ----
run init --db "$work/esc.db" --pack qingyuan-2018 --region 441802 --operator "$(printf 'a\033[31m')"
expect "an operator is one clean line" refuses 3 控制字符
run set enterprise 清远楚江铜业有限公司 town=源潭镇 --why "$(printf 'a\033[31m')"
expect "and so is a reason" refuses 3 控制字符
printf '企业名称,县（市、区）,a\033[31mb\n甲厂,清城区,1\n' >"$work/escape.csv"
run import enterprise "$work/escape.csv" --dry-run
expect "a heading reaches the terminal without its escapes" answers 0 'a?[31mb'

# ---- headings that are too long ----
"$python" -c "print(','.join(['企业名称', '县（市、区）'] + ['铅排放量单位千克年' * 3640 + str(i) for i in range(200)]))
print('甲厂,清城区')" >"$work/long.csv"
expect "long headings are compared once, not with each other" \
    timeout 20 "$taizhang" import enterprise "$work/long.csv" --dry-run

# ---- promises of the manual ----
must set enterprise 清远楚江铜业有限公司 address=清远市清城区示例路1号 phone=+86-763-3360000 note==1+1
printf '企业名称,县（市、区）,详细地址,乡镇\n清远楚江铜业有限公司,清城区,\343\200\200,\302\240\n' >"$work/blank.csv"
run import enterprise "$work/blank.csv" --format json
expect "a blank of any kind erases nothing" json "it['same'] == 1 and it['changed'] == 0"
must export enterprise -o "$work/own.csv"
run import enterprise "$work/own.csv" --format json
expect "our own .csv comes back the same" json "it['same'] == it['read'] == 60"
run list enterprise --format csv
cp "$work/out" "$work/listed.csv"
run import enterprise "$work/listed.csv" --format json
expect "and so does a list on standard output" json "it['same'] == it['read'] == 60 and not it['unknown_columns']"
run set enterprise 清远楚江铜业有限公司 case_no=HELLO
expect "a number that the program gives is not typed" refuses 3 由程序给出
run export enterprise --public -o "$work/public.csv"
expect "a published list has no telephone" sh -c '! grep -q 联系电话 "$0" && grep -q 企业名称 "$0"' "$work/public.csv"
expect "twenty commands at once all get their turn" sh -c '
    for i in $(seq 20); do "$0" add enterprise "name=并发$i" region=清城区 >/dev/null & done; wait
    test "$("$0" list enterprise --where name~并发 | tail -n 1)" = "共 20 家"' "$taizhang"
expect "and the history has each" test "$(count "$TAIZHANG_DB" "SELECT count(*) FROM op WHERE kind = 'C' AND register = 'enterprise'")" = 80
finish
