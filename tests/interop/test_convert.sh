#!/bin/sh
# Lists in formats that only LibreOffice reads: what it made of a list as .xls and .ods comes in like
# the list itself, and nothing of it stays behind.
. "$(dirname "$0")/../e2e/harness.sh"
use_small_reference
must demo "$work/demo"
export TAIZHANG_DB="$work/demo/taizhang.db"
cp "$root/data/demo/enterprise_qingyuan.csv" "$work/list.csv"
mkdir "$work/temporary"
export TMPDIR="$work/temporary"
for target in 'xls:MS Excel 97' 'ods:calc8'; do
    ending=${target%%:*}
    timeout 120 soffice -env:UserInstallation="file://$work/office" --headless \
        --infilter='CSV:44,34,76' --convert-to "$target" --outdir "$work/lists" "$work/list.csv" \
        >"$work/out" 2>"$work/err"
    run import enterprise "$work/lists/list.$ending" --dry-run --format json
    expect "a .$ending list is read" json '(it["read"], it["same"], it["refused"]) == (60, 60, 0)'
    expect "nothing of it stays behind" [ -z "$(ls -A "$TMPDIR")" ]
    # Cut in half it is refused, by whoever reads it.
    size=$(wc -c <"$work/lists/list.$ending")
    head -c $((size / 2)) "$work/lists/list.$ending" >"$work/lists/half.$ending"
    run import enterprise "$work/lists/half.$ending" --dry-run
    expect "half a .$ending list is refused" refuses 3 "half.$ending" "另存为 .xlsx"
    expect "and nothing stays behind either" [ -z "$(ls -A "$TMPDIR")" ]
done
finish
