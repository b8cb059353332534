#!/bin/sh
# Bad input of every kind: one clear Chinese sentence, the exit status of its kind, nothing changed.
. "$(dirname "$0")/harness.sh"
bad=$work/bad
export TAIZHANG_DB="$work/data/county.db"
mkdir "$bad" "$work/data"
use_small_reference
make_county
"$python" "$root/tests/e2e/make_bad_files.py" "$bad" "$TAIZHANG_DB" || exit 1
before=$(state)

# refused NAME STATUS TEXT ARGUMENT...: the sentence holds TEXT, and the data file is what it was.
refused() {
    about=$1 wanted=$2 text=$3
    shift 3
    run "$@"
    expect "$about" refuses "$wanted" "$text"
    [ "$(state)" = "$before" ] && return
    failures=$((failures + 1))
    echo "not ok $about: the data file has changed"
    before=$(state)
}

# ---- files that are no table ----

refuse_file() {
    refused "import of $1" 3 "$2" import enterprise "$bad/$1"
}
refuse_file missing.xlsx 文件不存在
refuse_file no-folder/list.csv 文件不存在
refuse_file folder.xlsx 文件夹
refuse_file empty.xlsx 空的
refuse_file old.xls 另存为
refuse_file page.xlsx 网页
refuse_file xml.xlsx XML
refuse_file cut.xlsx 损坏
refuse_file damaged.xlsx 损坏
refuse_file bomb.xlsx bomb.xlsx
refuse_file doctype.xlsx doctype.xlsx
refuse_file external.xlsx external.xlsx
refuse_file broken.xlsx 损坏
refuse_file columns.xlsx 列
refuse_file column.xlsx 列
refuse_file columns.csv 列
refuse_file cell.csv cell.csv
refuse_file foreign.xlsx 标题行
refuse_file headings.csv 标题行
refuse_file encoding.csv 编码
refuse_file nul.csv nul.csv
refuse_file future.db 数据库
refused "import of a device" 3 普通文件 import enterprise /dev/zero
refused "a sheet that is not there" 3 没有这张表 import enterprise "$bad/good.xlsx" --sheet 没有这张表
refused "a sheet of a text file" 2 工作表 import enterprise "$bad/headings.csv" --sheet 甲

# The same without the fault is read: the refusals above are about the fault.
run import enterprise "$bad/good.xlsx" --dry-run --format json
expect "the good workbook is read" json 'it["read"] == it["new"] == 1'

# ---- wrong usage ----

refused "unknown command" 2 frobnicate frobnicate
refused "unknown register" 2 thallium_enterprise list company
refused "unknown field" 2 colour set enterprise 英德市岳泉化工有限公司 colour=red
refused "unknown field of a new record" 2 schema add enterprise name=甲 region=清城区 colour=red
refused "unknown field in a condition" 2 colour list enterprise --where colour=red
refused "condition without a mark" 2 比较符号 list enterprise --where name
refused "condition with an open quote" 2 引号 list enterprise --where "name='甲"
refused "condition that is no number" 2 产能 list enterprise --where 'capacity_t>多'
refused "unknown option" 2 --colour list enterprise --colour
refused "option without its value" 2 --where list enterprise --where
refused "unknown format" 2 json list enterprise --format yaml
refused "missing argument" 2 help show enterprise
refused "too many arguments" 2 多余 undo 甲
refused "argument without an equals sign" 2 字段=值 add enterprise 甲
refused "unknown report" 2 annual export yearly -o "$work/x.xlsx"
refused "a year that is none" 2 整数 export annual --year 25x -o "$work/x.xlsx"

# ---- files that must not be written over ----

ln -s "$TAIZHANG_DB" "$work/link.xlsx"
ln -s "$TAIZHANG_DB" "$work/link.csv"
cp "$bad/good.xlsx" "$work/own.xlsx"
refused "refused rows onto the data file" 3 数据文件 import enterprise "$bad/good.xlsx" --refused "$work/link.xlsx"
refused "refused rows onto the list" 3 就是要导入的清单 import enterprise "$work/own.xlsx" --refused "$work/own.xlsx"
refused "refused rows into no folder: nothing is imported" 3 文件夹不存在 import enterprise "$bad/good.xlsx" --refused "$work/none/x.xlsx"
refused "refused rows as a text: nothing is imported" 2 .xlsx import enterprise "$bad/good.xlsx" --refused "$work/x.csv"
refused "a layout onto the data file" 3 数据文件 layout learn "$bad/good.xlsx" --register enterprise -o "$work/link.csv"
refused "a layout onto the blank form" 2 .csv layout learn "$work/own.xlsx" --register enterprise -o "$work/own.xlsx"
refused "a row beyond all numbers" 2 4294967298 import enterprise "$bad/good.xlsx" --row 4294967298=skip

# ---- values ----

refused "a record without its key" 3 企业名称 add enterprise region=清城区
refused "a credit code that is too short" 3 统一社会信用代码 \
    add enterprise name=甲 region=清城区 uscc=9145120079131812
refused "a credit code that a spreadsheet has spoilt" 3 丢了末几位 \
    add enterprise name=甲 region=清城区 uscc=9.1451E+17
refused "a number that is none" 3 产能 add enterprise name=甲 region=清城区 capacity_t=1,2,3x
refused "a date that does not exist" 3 日期 add enterprise name=甲 region=清城区 shut_on=2025-02-30
refused "a choice that there is not" 3 在产 add enterprise name=甲 region=清城区 status=半停
refused "an unknown record" 3 没有 show enterprise 没有这家厂
refused "a name that several have" 3 清远 set enterprise 清远 town=甲
refused "reference data" 3 基础数据 add region code=999999 name=甲

# ---- terminal escapes and broken UTF-8 ----

escape=$(printf '甲\033[2J\033]0;坏\a厂')
harmless() {
    ! grep -q "$(printf '[\033\a]')" "$work/out" "$work/err"
}
quiet() {
    about=$1
    shift
    run "$@"
    expect "$about" harmless
}
quiet "escapes in the name of a command" "$escape"
quiet "escapes in the name of a register" list "$escape"
quiet "escapes in the name of a field" add enterprise "$escape=1"
quiet "escapes in the name of an option" list "--$escape"
quiet "escapes in a condition" list enterprise --where "name=$escape"
quiet "escapes in a file name" import enterprise "$bad/$escape.csv"
quiet "escapes in the name of a data file" --db "$work/$escape.db" list enterprise
quiet "escapes in the name of a target" export enterprise -o "$work/none/$escape.xlsx"
quiet "escapes in a record's name" show enterprise "$escape"
expect "nothing of that has changed the file" test "$(state)" = "$before"
cp "$TAIZHANG_DB" "$work/kept.db"
quiet "escapes in a value" add enterprise "name=$escape" region=清城区 "address=$escape"
quiet "escapes in an imported cell" import enterprise "$bad/escapes.csv"
quiet "escapes in a list" list enterprise --where address~坏
quiet "escapes in a check" check enterprise
cp "$work/kept.db" "$TAIZHANG_DB"
refused "a value that is not UTF-8" 3 乱码 add enterprise "name=$(printf '\377\376')" region=清城区

# ---- data files ----

refuse_data() {
    refused "$1 as the data file" 3 "$2" --db "$bad/$1" list enterprise
    refused "$1 as the data file, for writing" 3 "$2" --db "$bad/$1" add enterprise name=甲
}
kept=$(sha256sum "$bad"/*.db)
refuse_data missing.db "taizhang init"
refuse_data folder.xlsx 文件夹
refuse_data text.db 不是台账数据文件
refuse_data empty.db 空文件
refuse_data other.db 不是台账数据文件
refuse_data future.db 升级程序
expect "foreign files stay as they are" test "$(sha256sum "$bad"/*.db)" = "$kept"
run --db "$bad/damaged.db" backup -o "$work/backup.db"
expect "a damaged data file is no source of a backup" refuses 3 损坏
expect "… and leaves none" test ! -e "$work/backup.db"
refused "init over a foreign file" 3 已经存在 --db "$bad/text.db" \
    init --pack qingyuan-2018 --region 441802 --operator 张

# ---- targets ----

printf '旧的导出\n' >"$work/old.xlsx"
refused "export into a missing folder" 3 文件夹不存在 export annual -o "$work/none/x.xlsx"
refused "export onto a folder" 3 文件夹 export annual -o "$bad/folder.xlsx"
refused "export through a file" 3 不是文件夹 export annual -o "$work/old.xlsx/x.xlsx"
ln -s /dev/full "$work/full.xlsx"
refused "export to a device" 3 普通文件 export annual -o "$work/full.xlsx"
refused "the desk without a terminal" 3 没有终端
refused "export to an unknown kind of file" 2 .xlsx export annual -o "$work/x.docx"
refused "export of wrong records" 2 colour export enterprise --where colour=red -o "$work/old.xlsx"
refused "backup into a missing folder" 3 none backup -o "$work/none/x.db"
refused "init into a file's folder" 3 old.xlsx --db "$work/old.xlsx/x.db" \
    init --pack qingyuan-2018 --region 441802 --operator 张
expect "the previous export is intact" contains "$work/old.xlsx" 旧的导出
expect "nothing is left beside it" test -z "$(find "$work" -name '*.part*')"
status=0
"$taizhang" list enterprise >/dev/full 2>"$work/err" || status=$?
: >"$work/out"
expect "output that nobody can take" refuses 3 不能输出
if [ "$(id -u)" -ne 0 ]; then
    mkdir -m 555 "$work/locked"
    refused "export into a locked folder" 3 权限 export annual -o "$work/locked/x.xlsx"
else
    echo "# a locked folder is not tried: the superuser may write everywhere"
fi

# ---- a full disk: a small file system of our own, in a name space that ends with the command ----

cat >"$work/full.sh" <<'EOF'
# full.sh DISK PROGRAM COUNTY OUT: fills a disk that holds the data file and an old export.
mount -t tmpfs -o size=8m,mode=700 none "$1" || exit 77
cp "$3" "$1/county.db" && printf '旧的导出\n' >"$1/out.xlsx" || exit 77
dd if=/dev/zero of="$1/filler" bs=4k 2>/dev/null
sha256sum "$1/county.db" "$1/out.xlsx" >"$4/sums"
export TAIZHANG_DB="$1/county.db"
attempt() {
    name=$1
    shift
    "$@" >"$out/$name.out" 2>"$out/$name.err"
    echo $? >"$out/$name.status"
}
program=$2 out=$4
attempt import "$program" import enterprise "$out/more.csv"
attempt add "$program" add enterprise name=甲 region=清城区
attempt export "$program" export annual -o "$1/out.xlsx"
attempt backup "$program" backup -o "$1/copy.db"
sha256sum -c "$4/sums" >"$4/same" 2>&1
ls -A "$1" >"$4/left"
EOF
mkdir "$work/disk"
(echo "企业名称,县（市、区）" && seq -f '多出企业%g,清城区' 5000) >"$work/more.csv"
if [ "$(id -u)" -eq 0 ]; then separate="unshare -m"; else separate="unshare -r -m"; fi
if $separate sh "$work/full.sh" "$work/disk" "$taizhang" "$TAIZHANG_DB" "$work" 2>"$work/why"; then
    for name in import add export backup; do
        cp "$work/$name.out" "$work/out"
        cp "$work/$name.err" "$work/err"
        status=$(cat "$work/$name.status")
        expect "$name on a full disk" refuses 3 磁盘
    done
    expect "a full disk: the data file and the old export are intact" \
        test "$(grep -c 'OK$' "$work/same")" -eq 2
    expect "a full disk: nothing is left lying about" \
        test "$(tr '\n' ' ' <"$work/left")" = "county.db filler out.xlsx "
else
    echo "# a full disk is not tried: no file system can be mounted here ($(head -n 1 "$work/why"))"
fi
finish
