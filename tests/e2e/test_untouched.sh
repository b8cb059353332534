#!/bin/sh
# Whatever stops an export or an import (a signal, a full disk, a folder that cannot be written, a cut
# file), the data file, the files beside it, the target and its folder are as they were.
. "$(dirname "$0")/harness.sh"

if ! strace -f -qq -o /dev/null -e trace=write true 2>"$work/why"; then
    echo "not ok strace: tracing (ptrace) is not permitted here, and a signal at a chosen write needs it:" \
        "$(head -n 1 "$work/why")"
    exit 1
fi
# The leak check of AddressSanitizer stops the program by ptrace itself and cannot run under strace.
export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
rows=10000
# Each run of the sanitizer build costs several times as much.
[ "${MODE:-release}" = release ] || rows=2000

use_small_reference
must demo "$work/demo"
mkdir "$work/large" "$work/kept"
export TAIZHANG_DB="$work/large/county.db"
must init --pack qingyuan-2018 --region 441802 --operator 张
must add enterprise name=有照片的厂 region=441802 attachment="$root/data/demo/photos/wt-001-before.svg"
(echo 企业名称,县（市、区）,状态 && seq -f '示例企业%g,清城区,在产' $rows) >"$work/list.csv"
must import enterprise "$work/list.csv"
large=$TAIZHANG_DB
small=$work/demo/taizhang.db
cp "$large" "$small" "$work/kept"
cp -R "$large.files" "$work/kept/files"

# ---- what must not change ----

exports=$work/exports
mkdir "$exports" "$work/temporary"
export TMPDIR="$work/temporary"

snapshot() {
    sha256sum "$TAIZHANG_DB"
    (cd "$TAIZHANG_DB.files" && find . | sort && find . -type f -exec sha256sum {} + | sort)
    ls -A "$(dirname "$TAIZHANG_DB")" | grep -v '\.lock$' # which a killed program leaves
    ls -A "$TMPDIR"
    (cd "$exports" && find . | sort && find . -type f -exec sha256sum {} + | sort)
}

untouched() {
    snapshot >"$work/after"
    diff "$work/before" "$work/after"
}

# remember: the data file as it was at first, a previous file at the target, and how all things are.
remember() {
    cp "$work/kept/$(basename "$TAIZHANG_DB")" "$TAIZHANG_DB"
    rm -rf "$exports" && mkdir "$exports"
    printf '旧的导出\n' >"$target"
    snapshot >"$work/before"
}

# ---- what stops it ----

# The limit on the size of files stands for a full disk. In blocks of 512 bytes.
limited() {
    blocks=$1
    shift
    (
        ulimit -f "$blocks"
        exec "$taizhang" "$@"
    ) >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# signalled SIGNAL CALL K ARGUMENT...: the signal comes at the K-th CALL.
signalled() {
    signal=$1 call=$2 at=$3
    shift 3
    status=0
    { strace -f -qq -o "$work/trace" -e "trace=$call" -e "inject=$call:signal=$signal:when=$at" \
        "$taizhang" "$@" >"$work/out" 2>"$work/err" </dev/null; } 2>"$work/why" || status=$?
}

count_calls() {
    counted=$1
    shift
    status=0
    strace -f -qq --seccomp-bpf -o "$work/trace" -e "trace=$counted" "$taizhang" "$@" \
        >"$work/out" 2>"$work/err" </dev/null || status=$?
    calls=$(grep -c "^[0-9]* *$counted(" "$work/trace")
}

is_whole() {
    "$python" -c 'import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip())' "$target"
}

# Asked to stop, it has either stopped or was too far: then the whole file is there, and nothing else.
stopped() {
    if [ "$status" -eq 0 ] && [ "$1" = any ]; then
        is_whole && [ "$(ls -A "$exports")" = "$(basename "$target")" ]
        return
    fi
    refuses 3 取消 && untouched
}

# Killed, it leaves the old or the whole new file; the next export removes what else is there.
survived() {
    [ "$status" -eq 137 ] || { echo "status $status"; return 1; }
    [ "$(cat "$target")" = 旧的导出 ] || is_whole || return 1
    [ "$(ls "$exports")" = "$(basename "$target")" ] || { ls -A "$exports"; return 1; }
    sed -n 1p "$work/before" | sha256sum -c --quiet
}

# sweep NAME SIZE ARGUMENT...: SIZE is "long" for an export that takes its time, else "any".
sweep() {
    name=$1 size=$2
    shift 2
    target=$exports/$name
    remember
    count_calls write "$@" -o "$target"
    expect "$name: undisturbed" test "$status" -eq 0 -a "$calls" -gt 0
    blocks=$(($(wc -c <"$target") / 1024))
    [ "$blocks" -gt 8 ] || blocks=8
    remember
    for limit in 8 $blocks; do
        limited $limit "$@" -o "$target"
        expect "$name: no room beyond $limit blocks" refuses 3
        expect "$name: … and all is as it was" untouched
    done
    # The last part of an export puts the file together, and is not stopped any more.
    for point in SIGINT:3:$size SIGTERM:2:any; do
        at=$((calls / $(echo $point | cut -d: -f2) + 1))
        remember
        signalled ${point%%:*} write $at "$@" -o "$target"
        expect "$name: ${point%%:*} at write $at of $calls" stopped ${point##*:}
    done
    remember
    signalled SIGKILL write $((calls * 2 / 3 + 1)) "$@" -o "$target"
    expect "$name: killed at write $((calls * 2 / 3 + 1)) of $calls" survived
    run "$@" -o "$target"
    expect "$name: nothing is left behind" test "$(ls -A "$exports")" = "$name"
}

# name, of which county, "long" or "any", then what is exported
while read -r name county size arguments; do
    [ "$county" = large ] && TAIZHANG_DB=$large || TAIZHANG_DB=$small
    # shellcheck disable=SC2086 # several words
    sweep $name $size $arguments
done <<EOF
list.xlsx large long export enterprise
list.csv large long export enterprise
layout.xlsx large long export full-list-public
annual.xlsx large long export annual
filing.xlsx large long filing make annual --kind 年报 --period 2025
dispatch.xlsx small any export dispatch
cards.xlsx small any export site-plan
notice.xlsx small any export notice --problem WT-清远-2026-004
template.xlsx small any export template --register enterprise
folder.zip small any export case-folder --problem WT-清远-2026-004
EOF

# ---- where nothing can be written ----

mkdir "$work/closed"
chmod 500 "$work/closed"
closed=$work/closed
[ -w "$closed" ] && closed=/proc/self # who may write everywhere may not write there

# place NAME SENTENCE PATH ARGUMENT...
place() {
    about=$1 sentence=$2 path=$3
    shift 3
    snapshot >"$work/before"
    run "$@" -o "$path"
    expect "$name: $about" refuses 3 "$sentence"
    expect "$name: … and all is as it was" untouched
}

TAIZHANG_DB=$small
while read -r name arguments; do
    target=$exports/$name
    remember
    mkdir "$exports/folder-$name"
    ln -s "$TAIZHANG_DB" "$exports/link-$name"
    ln "$TAIZHANG_DB" "$exports/same-$name"
    # shellcheck disable=SC2086 # several words
    {
        place "no such folder" 文件夹不存在 "$exports/none/$name" $arguments
        place "a folder that nobody may write to" 不能写入 "$closed/$name" $arguments
        place "the target is a folder" 这是一个文件夹 "$exports/folder-$name" $arguments
        place "the target is the data file by a link" 正在使用的数据文件 "$exports/link-$name" $arguments
        place "the target is the data file by another name" 正在使用的数据文件 \
            "$exports/same-$name" $arguments
    }
    rm "$exports/link-$name" "$exports/same-$name"
    mkdir "$work/far"
    target=$work/far/$name
    printf '旧的导出\n' >"$target"
    ln -s "$target" "$exports/link-$name"
    # shellcheck disable=SC2086 # several words
    run $arguments -o "$exports/link-$name"
    expect "$name: a link leads to the file" test "$status" -eq 0 -a -L "$exports/link-$name"
    expect "$name: … which is the new one" is_whole
    expect "$name: … and alone" test "$(ls -A "$work/far")" = "$name"
    rm -r "$work/far"
done <<EOF
list.xlsx export enterprise
layout.xlsx export thallium
annual.xlsx export annual
cards.xlsx export site-plan
template.xlsx export template --register enterprise
folder.zip export case-folder --problem WT-清远-2026-004
filing.xlsx filing make tasks --kind 其他 --period 2026
EOF

# ---- imports ----

TAIZHANG_DB=$large
target=$exports/former.xlsx
printf '照片' >"$work/photo.jpg"
(echo 企业名称,县（市、区）,状态,附件 && seq -f '增补企业%g,清城区,在产,' $rows |
    sed "1,9s|\$|$work/photo.jpg|") >"$work/large.csv"
remember
count_calls pwrite64 import enterprise "$work/large.csv"
expect "import: undisturbed" test "$status" -eq 0 -a "$calls" -gt 0
rm -r "$TAIZHANG_DB.files"
cp -R "$work/kept/files" "$TAIZHANG_DB.files"
for point in SIGINT:40 SIGTERM:20; do
    at=$((calls / ${point#*:}))
    remember
    signalled ${point%:*} pwrite64 $at import enterprise "$work/large.csv"
    expect "import: ${point%:*} at write $at of $calls" refuses 3 已取消导入
    expect "import: … and all is as it was" untouched
done
remember
signalled SIGKILL pwrite64 $((calls * 2 / 3)) import enterprise "$work/large.csv"
expect "import: killed at write $((calls * 2 / 3)) of $calls" test "$status" -eq 137
run list enterprise --where name=有照片的厂
expect "import: … the next start finds the data file as it was" sh -c \
    "sed -n 1p '$work/before' | sha256sum -c --quiet"
rm -r "$TAIZHANG_DB.files" # the copies of the photo: nobody could remove them
cp -R "$work/kept/files" "$TAIZHANG_DB.files"
remember
limited $(($(wc -c <"$TAIZHANG_DB") / 512 + 64)) import enterprise "$work/large.csv"
expect "import: a full disk" refuses 3
expect "import: … and all is as it was" untouched
signalled SIGINT pwrite64 9 import enterprise "$work/large.csv" --dry-run
expect "preview: SIGINT" refuses 3 已取消导入
expect "preview: … and all is as it was" untouched
run import enterprise "$work/large.csv" --dry-run
expect "preview: undisturbed" test "$status" -eq 0
expect "preview: … and all is as it was" untouched
must export enterprise -o "$work/list.xlsx"
head -c $(($(wc -c <"$work/list.xlsx") / 2)) "$work/list.xlsx" >"$work/half.xlsx"
run import enterprise "$work/half.xlsx"
expect "import: half a file" refuses 3 half.xlsx
expect "import: … and all is as it was" untouched
run undo
expect "undo takes back what was done before all this" answers 0 示例企业1
finish
