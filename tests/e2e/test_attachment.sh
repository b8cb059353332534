#!/bin/sh
# Files that belong to records: added by path, listed, missed when they have gone, found again.
. "$(dirname "$0")/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张
files=$TAIZHANG_DB.files
photo="$work/整改前 1.jpg"
printf 'test' >"$photo"
sum=$(sha256sum "$photo" | cut -c 1-64)
stored=$files/$(echo "$sum" | cut -c 1-2)/$sum

# What check says of the files of records; the rest of the findings is not this test's.
lost() {
    run check --format json
    json "sorted(f['field'] for r in it['records'] for f in r['findings'] if f['rule'] == 'V70') == $1"
}

run backup -o "$work/plain.db"
expect "a backup without attachments does not speak of them" sh -c \
    "! grep -q 附件 '$work/out' && grep -q 已备份 '$work/out'"

must add enterprise name=示例厂 region=441802 attachment="$photo"
id=$(cat "$work/out")
expect "the file is kept under its sum" cmp "$photo" "$stored"
expect "… for the clerk alone" test "$(stat -c %a "$files" "$stored" | tr '\n' ' ')" = "700 600 "
run show enterprise "$id" --format json
expect "the record holds the sum" json "it['attachment'] == '$sum'"
expect "nothing is missed" lost "[]"
rm -f "$photo"
expect "the original may go" lost "[]"

printf 'test' >"$work/same.jpg"
must set enterprise "$id" attachment="$work/same.jpg"
expect "the same file is kept once" test "$(find "$files" -type f | wc -l)" -eq 1

# ---- what is no file ----

refused() {
    run set enterprise "$id" attachment="$2"
    expect "$1" refuses 3 不能添加附件 "$3"
}
mkfifo "$work/fifo"
: >"$work/empty"
ln -s loop "$work/loop"
truncate -s 209715201 "$work/large"
before=$(state)
refused "a path without file" "$work/none.jpg" 没有这个文件
refused "a folder" "$work" 这是文件夹
refused "a fifo does not hang" "$work/fifo" 不是普通文件
refused "an empty file" "$work/empty" 文件是空的
refused "a loop of links" "$work/loop" 绕成了圈
refused "a file over 200 MB" "$work/large" "超过 200 MB"
expect "refusals change nothing" test "$(state)" = "$before"
expect "… and leave no half copies" test "$(find "$files" -type f | wc -l)" -eq 1
head -c 100000 /dev/zero >"$work/long"
status=0
(
    trap '' XFSZ # then the write fails, as on a full disk
    ulimit -f 100
    exec "$taizhang" set enterprise "$id" attachment="$work/long"
) >"$work/out" 2>"$work/err" </dev/null || status=$?
expect "a disk that takes no more" refuses 3 不能把附件存进
expect "… leaves no half copy" test "$(find "$files" -type f | wc -l)" -eq 1
rm -f "$work/large"

printf 'other' >"$work/other.jpg"
occupied=$files/$(sha256sum "$work/other.jpg" | sed 's/^\(..\)\([0-9a-f]*\).*/\1\/\1\2/')
mkdir -p "$occupied"
run set enterprise "$id" attachment="$work/other.jpg"
expect "a folder under the name of the copy" refuses 3 不能把附件存进 移开
rmdir "$occupied"
run set enterprise "$id" attachment="$(printf '%03000d' 0)"
expect "a long path does not hide the reason" refuses 3 不能添加附件 路径太长

# ---- gone, and back ----

mv "$stored" "$work/aside"
run check
expect "a file that has gone ends check with status 1" answers 1 V70 "附件文件不见了" "${sum%"${sum#????????}"}"
expect "it is a finding of its field" lost "['attachment']"
run list enterprise --format json
expect "the list still shows the sum" json "it[0]['attachment'] == '$sum'"
run export annual --year 2025 -o "$work/annual.xlsx"
expect "the workbook is written all the same" answers 0 annual.xlsx
mv "$work/aside" "$stored"
expect "back from the backup: silent" lost "[]"
rm -f "$stored"
must set enterprise "$id" attachment="$work/same.jpg"
expect "added again: silent" lost "[]"

# ---- the list of attachments ----

must add problem region=441802 description=渗滤液外溢
problem=$(cat "$work/out")
photo="$work/整改后 2.jpg"
printf 'after' >"$photo"
must add attachment file="$photo" kind=整改后 taken_on=2026-06-01 problem="$problem"
attachment=$(cat "$work/out")
sum_after=$(sha256sum "$photo" | cut -c 1-64)
run list attachment --format json
expect "the list shows sum, name and bytes" json "[(r['file'], r['file_name'], r['bytes'], r['kind'])
    for r in it] == [('$sum_after', '整改后 2.jpg', 5, '整改后')]"
run set attachment "$attachment" bytes=7
expect "the bytes are not to be typed" refuses 3 由程序给出
mv "$files/$(echo "$sum_after" | cut -c 1-2)/$sum_after" "$work/aside"
expect "its file is missed" lost "['file']"
expect "… with status 1" test "$status" -eq 1
mv "$work/aside" "$files/$(echo "$sum_after" | cut -c 1-2)/$sum_after"
expect "… and found again" lost "[]"
must set attachment "$attachment" file="$work/same.jpg"
run list attachment --format json
expect "another file brings its own name and bytes" json "[(r['file'], r['file_name'], r['bytes'])
    for r in it] == [('$sum', 'same.jpg', 4)]"

# ---- copies ----

run backup -o "$work/copy.db"
expect "a backup tells of the attachments" answers 0 "$work/copy.db" "附件 2 个在 $files 文件夹" \
    "$work/copy.db.files"
run --db "$work/copy.db" check --format json
expect "a copy without its files misses them" json \
    "[f['rule'] for r in it['records'] for f in r['findings']].count('V70') == 2"
cp -r "$files" "$work/copy.db.files"
run --db "$work/copy.db" check --format json
expect "with the folder beside it, it is whole" json \
    "[f['rule'] for r in it['records'] for f in r['findings']].count('V70') == 0"
must set enterprise "$id" attachment=
run show enterprise "$id" --format json
expect "the file can be taken off the record" json "it['attachment'] is None"
run undo
expect "… and undo brings it back" answers 0 已撤销
run show enterprise "$id" --format json
expect "with its file" json "it['attachment'] == '$sum' and 'V70' not in str(it['findings'])"
finish
