# harness.sh - sourced by the test scripts: the program in a pinned environment, and results as
# "ok NAME" and "not ok NAME". Ends with status 1 when a result was bad.
#
#     run list enterprise                      leaves $status, $work/out and $work/err
#     expect "lists" answers 0 "共 60 家"       status, empty stderr, texts on stdout
#     expect "refuses" refuses 3 "不存在"       status, empty stdout, one sentence on stderr
#
# $work is an empty folder of this script, removed at the end; $root is the source tree.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
taizhang=$(realpath "${BUILD:-$root/build}/taizhang") || exit 1
python=/usr/bin/python3 # Debian's, which has python3-openpyxl
work=$(mktemp -d) || exit 1
failures=0
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Nothing may depend on the account, the locale or the day.
unset LC_ALL LANG LANGUAGE LC_CTYPE XDG_DATA_HOME TAIZHANG_DATA
mkdir "$work/home"
export HOME="$work/home" TZ=Asia/Shanghai TAIZHANG_NOW=2026-06-15T10:42:07
export TAIZHANG_DB="$work/county.db"
# A report of a sanitizer must not look like one of the program's own statuses.
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=print_stacktrace=1
: >"$work/out" && : >"$work/err"

run() {
    status=0
    "$taizhang" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

# must ARGUMENT...: a step that the tests only build upon.
must() {
    run "$@"
    [ "$status" -eq 0 ] && return
    echo "not ok taizhang $* (status $status): $(cat "$work/err")"
    exit 1
}

expect() {
    expected=$1
    shift
    if "$@" >"$work/why" 2>&1; then
        echo "ok $expected"
    else
        failures=$((failures + 1))
        echo "not ok $expected: $*"
        for part in why out err; do
            head -n 12 "$work/$part" | cut -c 1-600 | tr '\033' '^' | sed "s/^/    $part: /"
        done
    fi
}

finish() {
    [ "$failures" -eq 0 ]
    exit
}

contains() {
    grep -qF -e "$2" "$1" && return
    echo "“$2” is missing"
    return 1
}

# answers STATUS TEXT...
answers() {
    [ "$status" -eq "$1" ] || { echo "status $status, not $1"; return 1; }
    [ ! -s "$work/err" ] || { echo "something stands on stderr"; return 1; }
    shift
    for text; do
        contains "$work/out" "$text" || return 1
    done
}

# refuses STATUS TEXT...
refuses() {
    [ "$status" -eq "$1" ] || { echo "status $status, not $1"; return 1; }
    [ ! -s "$work/out" ] || { echo "something stands on stdout"; return 1; }
    is_one_sentence || return 1
    shift
    for text; do
        contains "$work/err" "$text" || return 1
    done
}

# One line of Chinese in UTF-8 without control characters.
is_one_sentence() {
    "$python" - "$work/err" <<'EOF'
import sys
data = open(sys.argv[1], "rb").read()
text = data.decode("utf-8")
assert text.endswith("\n") and text.count("\n") == 1, "not exactly one line"
assert all(ord(c) >= 32 and ord(c) != 127 for c in text[:-1]), "control characters"
assert sum("\u4e00" <= c <= "\u9fff" for c in text) >= 4, "not a Chinese sentence"
EOF
}

# json EXPRESSION: a Python expression about `it`, what the program printed.
json() {
    "$python" - "$work/out" "$1" <<'EOF'
import json, sys
it = json.load(open(sys.argv[1], encoding="utf-8"))
if not eval("(" + sys.argv[2] + ")"):
    sys.exit("false: " + sys.argv[2])
EOF
}

# What the data file holds, byte by byte, and what lies around it.
state() {
    sha256sum "$TAIZHANG_DB"
    ls -A "$(dirname "$TAIZHANG_DB")"
}

# Reference data of one province instead of the whole country, where the size of the file only costs
# time: call it before the data file is made.
use_small_reference() {
    mkdir "$work/reference"
    sed -n -e 1p -e '/^44/p' "$root/data/region.csv" >"$work/reference/region.csv"
    export TAIZHANG_DATA="$work/reference"
}

# The Qingyuan list of 60 enterprises in a new data file.
make_county() {
    must init --pack qingyuan-2018 --region 441802 --operator 张
    must import enterprise "$root/data/demo/enterprise_qingyuan.csv"
}
