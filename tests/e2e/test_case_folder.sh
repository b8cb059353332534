#!/bin/sh
# What goes out about problems: the folder of a case, the notice, the dispatch of a former day, cards.
. "$(dirname "$0")/harness.sh"
use_small_reference
export TAIZHANG_NOW=2026-06-01T09:00:00
must init --pack qingyuan-2018 --region 441802 --operator 张
"$python" - "$work" <<'EOF'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
for name, level in (("before", 90), ("after", 200)):
    rows = b"".join(b"\0" + bytes([level, x, 120]) * 64 for x in range(48))
    with open(f"{sys.argv[1]}/{name}.png", "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
EOF
printf '%%PDF-1.4 合同' >"$work/contract.pdf"
must add enterprise name=示例冶炼厂 region=441802 town=龙塘镇 verified_on=2026-05-20
must add problem region=441802 enterprise=示例冶炼厂 category=手续 metals=铊 found_on=2026-05-05 town=龙塘镇 \
    description=堆场没有设置标志牌，也没有台账记录 risk_level=高 due_on=2026-07-15 origin=日常执法检查 \
    found_by_unit=清城分局 found_by=张示
id=$(cat "$work/out")
export TAIZHANG_NOW=2026-06-09T09:00:00
must problem advance "$id" measures=补办标志牌 goal=现场核对 responsible_unit=示例厂 responsible_person=李示 \
    supervising_unit=清城分局 supervisor=赵示 fix_at_once=否 planned_on=2026-05-10
must problem advance "$id" started_on=2026-05-12 before_photo="$work/before.png"
export TAIZHANG_NOW=2026-06-15T10:42:07
must problem advance "$id" after_photo="$work/after.png" after_photo_on=2026-06-10 self_checked_on=2026-06-11
must set problem "$id" contract="$work/contract.pdf"
must add attachment problem="$id" kind=其他 file="$work/contract.pdf" title=合同
must add attachment problem="$id" kind=整改后 file="$work/before.png" title=之二 taken_on=2026-06-10

# ---- the folder of a case ----

# archive EXPRESSION: about `it`, the archive by zipfile, and `names` in it.
archive() {
    "$python" - "$work/f.zip" "$1" <<'EOF'
import hashlib, io, sys, zipfile
import openpyxl
it = zipfile.ZipFile(sys.argv[1])
names = it.namelist()
def book(name):
    return openpyxl.load_workbook(io.BytesIO(it.read(name)))
if not eval("(" + sys.argv[2] + ")"):
    sys.exit("false: %s %s" % (sys.argv[2], names))
EOF
}
run export case-folder --problem "$id" -o "$work/f.zip"
expect "a folder is written" answers 0 "已导出销号档案：5 个文件"
expect "… and is whole" archive "it.testzip() is None and all(i.flag_bits & 0x800 for i in it.infolist())"
expect "… with names that a person reads" archive "names == ['01_整改前照片.png', '02_整改后照片.png',
    '03_合同票据.pdf', '问题卡.xlsx', '目录.xlsx']"
expect "… the files as they were" archive "it.read('03_合同票据.pdf') == open('$work/contract.pdf', 'rb').read()"
expect "… and of the day of the export" archive "all(i.date_time == (2026, 6, 15, 0, 0, 0) for i in it.infolist())"
expect "the index has the sum of every file" archive "{(r[1], r[6]) for r in
    book('目录.xlsx')['文件'].iter_rows(values_only=True) if r[6] and len(r[6]) == 64} ==
    {(n, hashlib.sha256(it.read(n)).hexdigest()) for n in names if n != '目录.xlsx'}"
expect "the photos stand in the forms" archive "len(book('问题卡.xlsx')['自验与照片']._images) == 2"
expect "nothing is left beside it" test "$(ls -A "$work" | grep -c 'f\.zip')" -eq 1
cp "$work/f.zip" "$work/first.zip"
must export case-folder --problem "$id" -o "$work/f.zip"
expect "the same case gives the same bytes" cmp "$work/f.zip" "$work/first.zip"
run export case-folder --problem "$id" -o "$work/g.zip" --format json
expect "its files are counted" json "it == {'files': 5}"
run export case-folder -o "$work/f.zip"
expect "without a problem" refuses 2 --problem
run export case-folder --problem "$id" -o "$work/f.xlsx"
expect "what is no archive" refuses 2 "以 .zip 结尾"
run export case-folder --problem "$id" -o "$work/nowhere/f.zip"
expect "a folder that is not there" refuses 3 文件夹不存在

# ---- what goes wrong leaves all as it was ----

head -c 3000000 /dev/urandom >"$work/large.pdf"
must set problem "$id" other_evidence="$work/large.pdf"
status=0
(
    trap '' XFSZ # then the write fails, as on a full disk
    ulimit -f 1000
    exec "$taizhang" export case-folder --problem "$id" -o "$work/f.zip"
) >"$work/out" 2>"$work/err" || status=$?
expect "a full disk" refuses 3 不能写入
expect "… leaves the former folder" cmp "$work/f.zip" "$work/first.zip"
expect "… and nothing else" test "$(ls -A "$work" | grep -c 'f\.zip')" -eq 1
sum=$(sha256sum "$work/after.png" | cut -c 1-64)
kept=$TAIZHANG_DB.files/$(echo "$sum" | cut -c 1-2)/$sum
cp "$kept" "$work/saved"
printf 'x' >>"$kept"
run export case-folder --problem "$id" -o "$work/f.zip"
expect "a photo that was changed" refuses 3 "整改后照片（文件被改动过）" 用备份恢复
rm -f "$kept"
run export case-folder --problem "$id" -o "$work/f.zip"
expect "a photo that is gone" refuses 3 "整改后照片（文件缺失）"
expect "… leaves the former folder" cmp "$work/f.zip" "$work/first.zip"
cp "$work/saved" "$kept"
run export case-folder --problem "$id" -o "$work/f.zip"
expect "once it is back the folder is written" answers 0 "6 个文件"

# ---- notice and cards ----

run export notice --problem "$id" -o "$work/n.xlsx"
expect "a notice is written" answers 0 已导出问题整改通知
run export notice -o "$work/n.xlsx"
expect "… about one problem" refuses 2 --problem
must add legacy_site name=老厂沟废渣堆 region=441802 town=源潭镇
must add attachment site=老厂沟废渣堆 kind=其他 file="$work/before.png" title=东侧
must add attachment site=老厂沟废渣堆 kind=其他 file="$work/contract.pdf" title=合同
run export site-plan -o "$work/s.xlsx"
expect "each site has its sheet" answers 0 已导出一矿一策
expect "… with its photo" "$python" -c "
import openpyxl
book = openpyxl.load_workbook('$work/s.xlsx')
assert book.sheetnames == ['点位总表', '点位总表（问题和监测）', '点位总表（治理和责任）', '老厂沟废渣堆'], book.sheetnames
sheet = book['老厂沟废渣堆']
assert len(sheet._images) == 1
text = ' '.join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
assert '不是能显示的图片' in text, text"

# ---- the dispatch of a former day ----

# dispatch DAY EXPRESSION: about `it`, the counts of that day.
dispatch() {
    must export dispatch --as-of "$1" -o "$work/d.json"
    cp "$work/d.json" "$work/out"
    json "$2"
}
expect "on the day on which it was entered" dispatch 2026-06-01 "it['register'][0]['problems'] == 1 and
    it['register'][0]['unmended'] == 1 and it['town'][0]['town'] == '龙塘镇'"
expect "on a day before it was mended" dispatch 2026-06-14 "it['register'][0]['mended'] == 0"
expect "today" dispatch 2026-06-15 "it['register'][0]['mended'] == 1 and it['register'][0]['problems_red'] == 1"
run export dispatch --as-of 2026-05-31 -o "$work/d.xlsx"
expect "before the file was there" refuses 2 "从 2026-06-01 起才有记录"
run export dispatch --as-of 2026-06-16 -o "$work/d.xlsx"
expect "a day ahead" refuses 2 还没有到
run export dispatch -o "$work/d.xlsx"
expect "without a day it is today's" answers 0 已导出排查整治调度表
finish
