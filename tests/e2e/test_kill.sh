#!/bin/sh
# A kill at every write of a change leaves an intact file with all or nothing of the change; a disk that
# refuses a write leaves nothing of it, and says so. An export leaves the previous file or the new one.
. "$(dirname "$0")/harness.sh"

if ! strace -f -qq -o /dev/null -e trace=write true 2>"$work/why"; then
    echo "not ok strace: tracing (ptrace) is not permitted here, and a kill at a chosen write needs it:" \
        "$(head -n 1 "$work/why")"
    exit 1
fi
# The leak check of AddressSanitizer stops the program by ptrace itself and cannot run under strace.
export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
# Each run of the sanitizer build costs several times as much: there, only some points are tried.
sparse=1
[ "${MODE:-release}" = release ] || sparse=7

county=$work/before.db
use_small_reference
export TAIZHANG_DB="$county"
make_county
(echo "企业名称,县（市、区）,状态" && seq -f '增补企业%g,清新区,在产' 20) >"$work/twenty.csv"

# traced CALL INJECTION ARGUMENT...: runs the program; $status, $work/out and $work/err as run does.
traced() {
    call=$1 injection=$2
    shift 2
    case $injection in
    *signal*) filter= ;; # a filter in the kernel would swallow the signal …
    *) filter=--seccomp-bpf ;; # … and makes all else faster
    esac
    status=0
    { strace -f $filter -qq -o "$work/trace" -e "trace=$call" ${injection:+-e "$injection"} \
        "$taizhang" "$@" >"$work/out" 2>"$work/err" </dev/null; } 2>/dev/null || status=$?
}

# count_calls CALL ARGUMENT...: how often an undisturbed run makes the call; the result is $work/after.db.
count_calls() {
    counted=$1
    shift
    cp "$county" "$work/after.db"
    TAIZHANG_DB="$work/after.db" traced "$counted" "" "$@"
    calls=$(grep -c "^[0-9]* *$counted(" "$work/trace")
}

# kill_at CALL STEP ARGUMENT...: kills the program at every STEP-th call, each time on a fresh file.
kill_at() {
    killed_call=$1 step=$2
    shift 2
    count_calls "$killed_call" "$@"
    rm -rf "$work/killed" && mkdir "$work/killed"
    points=0
    for k in $(seq 1 "$step" "$calls"); do
        cp "$county" "$work/killed/$k.db"
        TAIZHANG_DB="$work/killed/$k.db" \
            traced "$killed_call" "inject=$killed_call:signal=SIGKILL:when=$k" "$@"
        [ "$status" -eq 137 ] || { echo "call $k of $calls did not kill: status $status"; return 1; }
        points=$((points + 1))
    done
    [ "$points" -gt 0 ] || { echo "$killed_call is never called"; return 1; }
}

# all_or_nothing WANTED: what the files of $work/killed must hold, "all", "none" or "both".
all_or_nothing() {
    # The next start rolls back what was cut short. It is the program's own here and there, and that of
    # the test for the rest.
    for file in "$work/killed"/1.db "$work/killed"/*[37].db; do
        [ -e "$file" ] || continue
        TAIZHANG_DB=$file run list enterprise --where 'name~增补'
        [ "$status" -eq 0 ] || { echo "$file: $(cat "$work/err")"; return 1; }
    done
    found=$("$python" "$root/tests/e2e/verify_databases.py" "$work/killed" "$county" \
        "$work/after.db" 2>&1) || { echo "$found"; return 1; }
    case $1:$found in
    none:"all 0 none "* | all:*" none 0") return 0 ;;
    both:"all 0 "* | both:*" none 0") ;;
    both:*) return 0 ;;
    esac
    echo "$found, expected: $1"
    return 1
}

kill_sweep() {
    about=$1 step=$2
    shift 2
    for call in pwrite64 fdatasync unlink; do
        wanted=none # before the journal goes, the change is not there …
        [ "$call" = pwrite64 ] || wanted=both
        calls_step=$step
        [ "$call" = pwrite64 ] || calls_step=1
        expect "$about: killed at $call" kill_at "$call" "$calls_step" "$@"
        expect "$about: all or nothing after each of $points kills of $calls" all_or_nothing "$wanted"
    done
}

kill_sweep "add" "$sparse" add enterprise name=增补企业甲 region=清新区 status=在产
kill_sweep "set" $((sparse * 3)) set enterprise 英德市岳泉化工有限公司 status=停产 town=大站镇
kill_sweep "import" $((sparse * 6)) import enterprise "$work/twenty.csv"

# ---- a disk that refuses ----

every() {
    seq "$1" "$2" "$3"
}

# refuse_at CALL ERROR POINTS WHEN ARGUMENT...: the call fails from the k-th on ("+") or only there ("").
# POINTS is "FIRST STEP", or "FIRST STEP LAST".
refuse_at() {
    refused_call=$1 error=$2 points=$3 from=$4
    shift 4
    count_calls "$refused_call" "$@"
    rm -rf "$work/killed" && mkdir "$work/killed"
    for k in $(every $points "$calls"); do
        cp "$county" "$work/killed/$k.db"
        TAIZHANG_DB="$work/killed/$k.db" \
            traced "$refused_call" "inject=$refused_call:error=$error:when=$k$from" "$@"
        refuses 3 || { echo "$refused_call $k of $calls: $(cat "$work/err")"; return 1; }
    done
}

expect "add: no space from a write on" refuse_at pwrite64 ENOSPC "1 $((sparse * 5))" + \
    add enterprise name=增补企业甲 region=清新区
expect "add: nothing of it is there" all_or_nothing none
expect "import: no space from a write on" refuse_at pwrite64 ENOSPC "1 $((sparse * 8))" + \
    import enterprise "$work/twenty.csv"
expect "import: nothing of it is there" all_or_nothing none
# Beginning with the second: the first write only tells others who has the file.
expect "set: one write fails" refuse_at pwrite64 EIO "2 $((sparse * 5))" "" \
    set enterprise 英德市岳泉化工有限公司 status=停产 town=大站镇
expect "set: nothing of it is there" all_or_nothing none
# Five syncs: journal, folder, journal, file, folder. SQLite takes it upon itself to ignore a folder that
# cannot be synced before the change, and after the last one the change is already in the file.
expect "add: a sync of the journal fails" refuse_at fdatasync EIO "1 2 3" "" \
    add enterprise name=增补企业甲 region=清新区
expect "add: nothing after a failed sync of the journal" all_or_nothing none
expect "add: the sync of the file fails" refuse_at fdatasync EIO "4 1 4" "" \
    add enterprise name=增补企业甲 region=清新区
expect "add: nothing after a failed sync of the file" all_or_nothing none
expect "the folder's sync is the fifth and last" test "$calls" -eq 5

# ---- export ----

target=$work/exports/2025.xlsx
mkdir "$work/exports"
printf '旧的导出\n' >"$work/previous.xlsx"

# The previous file, or a whole workbook.
is_whole() {
    cmp -s "$target" "$work/previous.xlsx" && return
    "$python" -c 'import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip())' "$target"
}

kill_export() {
    killed_call=$1 step=$2
    cp "$work/previous.xlsx" "$target"
    traced "$killed_call" "" export annual --year 2025 -o "$target"
    calls=$(grep -c "^[0-9]* *$killed_call(" "$work/trace")
    [ "$calls" -gt 0 ] || { echo "$killed_call is never called"; return 1; }
    for k in $(seq 1 "$step" "$calls"); do
        cp "$work/previous.xlsx" "$target"
        traced "$killed_call" "inject=$killed_call:signal=SIGKILL:when=$k" \
            export annual --year 2025 -o "$target"
        [ "$status" -eq 137 ] || { echo "call $k of $calls did not kill: status $status"; return 1; }
        is_whole || { echo "$killed_call $k of $calls: the target is neither old nor new"; return 1; }
    done
}

fail_export() {
    refused_call=$1 error=$2 step=$3
    traced "$refused_call" "" export annual --year 2025 -o "$target"
    calls=$(grep -c "^[0-9]* *$refused_call(" "$work/trace")
    case $refused_call in
    write) calls=$((calls - 1)) ;; # the last is the sentence on stdout, when the file is safe
    fsync) calls=1 ;;              # the second is of the folder, when the file has its name
    esac
    for k in $(seq 1 "$step" "$calls"); do
        cp "$work/previous.xlsx" "$target"
        traced "$refused_call" "inject=$refused_call:error=$error:when=$k" \
            export annual --year 2025 -o "$target"
        refuses 3 || { echo "$refused_call $k of $calls: status $status"; return 1; }
        cmp "$target" "$work/previous.xlsx" || return 1
    done
}

TAIZHANG_DB=$county
run export annual --year 2025 -o "$target"
expect "an undisturbed export" answers 0
traced write "" export annual --year 2025 -o "$target"
writes=$(grep -c '^[0-9]* *write(' "$work/trace")
step=$((writes * sparse / 15 + 1))
for call in write:$step rename:1 fsync:1; do
    expect "export: killed at ${call%:*}" kill_export "${call%:*}" "${call#*:}"
done
expect "export: no space at a write" fail_export write ENOSPC "$step"
expect "export: the disk fails at the sync" fail_export fsync EIO 1
expect "export: the rename fails" fail_export rename EIO 1
run export annual --year 2025 -o "$target"
expect "an export after all that" answers 0
expect "nothing is left beside it" test "$(ls -A "$work/exports")" = 2025.xlsx
# ---- filing ----

book=$work/filed/报送.xlsx
county=$work/own.db
mkdir "$work/filed"
export TAIZHANG_DB="$county"
must init --pack qingyuan-2018 --region 441802 --operator 张
must add enterprise name=甲示例电镀 region=441802 base_lead_kg=12.5
filing="filing make enterprise --kind 年报 --period 2025 --recipient 市局 -o $book"

# The former file or the one that is recorded, nothing beside it, once the next filing was tried.
is_settled() {
    run add enterprise name=错的厂 region=清城区 verified_on=2027-01-01
    run $filing
    [ "$status" -eq 1 ] || { echo "$1: not blocked: $(cat "$work/err")"; return 1; }
    [ "$(ls -A "$work/filed" | grep -c former)" -eq 0 ] || { echo "$1"; ls -A "$work/filed"; return 1; }
    run list filing --format json
    if grep -q "$(sha256sum "$book" | cut -d' ' -f1)" "$work/out"; then
        recorded=$((recorded + 1))
    else
        cmp "$book" "$work/previous.xlsx" || { echo "$1: neither former nor recorded"; return 1; }
        grep -q '"id"' "$work/out" && { echo "$1: a record without its file"; return 1; }
        restored=$((restored + 1))
    fi
}

kill_filing() {
    killed_call=$1
    cp "$county" "$work/file.db" && cp "$work/previous.xlsx" "$book"
    TAIZHANG_DB="$work/file.db" traced "$killed_call" "" $filing
    [ "$status" -eq 0 ] || { echo "an undisturbed filing: $(cat "$work/err")"; return 1; }
    calls=$(grep -c "^[0-9]* *$killed_call(" "$work/trace")
    [ "$calls" -gt 0 ] || { echo "$killed_call is never called"; return 1; }
    for k in $(seq 1 "$2" "$calls"); do
        rm -rf "$work/filed" && mkdir "$work/filed"
        cp "$county" "$work/file.db" && cp "$work/previous.xlsx" "$book"
        TAIZHANG_DB="$work/file.db" \
            traced "$killed_call" "inject=$killed_call:signal=SIGKILL:when=$k" $filing
        [ "$status" -eq 137 ] || { echo "call $k of $calls did not kill: status $status"; return 1; }
        TAIZHANG_DB="$work/file.db" is_settled "$killed_call $k" || return 1
    done
}

restored=0 recorded=0
for call in link rename unlink fdatasync; do
    expect "filing: killed at $call" kill_filing "$call" 1
done
expect "filing: both ends were met" test "$restored" -gt 0 -a "$recorded" -gt 0
finish
