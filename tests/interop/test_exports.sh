#!/bin/sh
# Every export of the demo county: the same data give the same bytes; openpyxl, LibreOffice and gnumeric
# find the same cells; drop-down lists live on; no printed page is blank or has a column too narrow.
. "$(dirname "$0")/../e2e/harness.sh"
use_small_reference
must demo "$work/demo"
export TAIZHANG_DB="$work/demo/taizhang.db"
look() {
    "$python" "$root/tests/interop/read_exports.py" "$@" || failures=$((failures + 1))
}

mkdir "$work/records" "$work/books" "$work/again" "$work/office" "$work/gnumeric" "$work/printed"
for reg in problem inspection legacy_site; do
    must list $reg --format json
    cp "$work/out" "$work/records/$reg.json"
done
must export --list --format json
cp "$work/out" "$work/reports.json"
must schema --format json
cp "$work/out" "$work/schema.json"
"$python" "$root/tests/interop/read_exports.py" plan "$work/reports.json" "$work/schema.json" \
    "$work/records" >"$work/plan" || exit 1

# ---- the same data give the same bytes ----

# Its rows lie elsewhere in the file, which was made on another day by a copy.
mkdir "$work/other"
"$python" -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("vacuum into ?", sys.argv[2:])' \
    "$TAIZHANG_DB" "$work/other/taizhang.db"
cp -R "$TAIZHANG_DB.files" "$work/other/taizhang.db.files"
tab=$(printf '\t')
: >"$work/differ"
while IFS=$tab read -r name arguments; do
    ending=xlsx
    [ "${arguments%% *}" = case-folder ] && ending=zip
    # shellcheck disable=SC2086 # several words
    run export $arguments -o "$work/books/$name.$ending"
    expect "export of $name" test "$status" -eq 0
    # shellcheck disable=SC2086
    (cd "$work/other" && LC_ALL=C TZ=America/New_York TAIZHANG_DB=taizhang.db \
        "$taizhang" export $arguments -o "../again/$name.$ending") >"$work/out" 2>"$work/err" </dev/null
    cmp "$work/books/$name.$ending" "$work/again/$name.$ending" >>"$work/differ" 2>&1
done <"$work/plan"
cat "$work/differ" >"$work/err"
expect "a copy of the file, elsewhere in the world, gives the same bytes" test ! -s "$work/differ"

# The workbooks of a folder of a case are looked at as well.
for folder in "$work/books"/*.zip; do
    "$python" - "$folder" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        if name.endswith(".xlsx"):
            with open("%s-%s" % (sys.argv[1][:-4], name), "wb") as file:
                file.write(archive.read(name))
PYTHON
    rm "$folder"
done
count=$(ls "$work/books" | wc -l)
expect "there are many exports" test "$count" -gt 50

# ---- other programs ----

office() { # office FORMAT FOLDER
    timeout 150 soffice -env:UserInstallation="file://$work/profile-$1" --headless --convert-to "$1" \
        --outdir "$2" "$work/books"/*.xlsx >"$work/$1.log" 2>&1
}
office xlsx "$work/office" &
writes=$!
office pdf "$work/printed" &
prints=$!
for book in "$work/books"/*.xlsx; do
    name=$(basename "$book" .xlsx)
    ssconvert -S "$book" "$work/gnumeric/$name.%n.csv" 2>>"$work/gnumeric.log"
done
wait $writes
expect "LibreOffice writes all of them again" test "$(ls "$work/office" | wc -l)" -eq "$count"
look cells "$work/books" "$work/office" "$work/gnumeric"
look lists "$work/books" "$work/office"
wait $prints
expect "LibreOffice prints all of them" test "$(ls "$work/printed" | wc -l)" -eq "$count"
for page in "$work/printed"/*.pdf; do
    pdftotext -layout "$page" "${page%.pdf}.txt"
    pdftoppm -r 30 -gray "$page" "${page%.pdf}-page"
done
look pages "$work/books" "$work/printed"
finish
