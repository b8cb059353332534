#!/bin/sh
# Blank forms that LibreOffice has saved are learnt, and the exports look like them.
. "$(dirname "$0")/../e2e/harness.sh"
use_small_reference
export XDG_DATA_HOME=$work/data
make_county
must add problem description=渗滤液外溢 origin=其他 found_on=2026-03-02 metals=铊 measures=建围堰 \
    responsible_unit=示例镇政府 town=示例镇 region=清城区
must add legacy_site name=示例废石场 region=清城区 address=示例村 area_m2=1200
mkdir "$work/forms" "$work/saved"
"$python" "$root/tests/e2e/other_forms.py" make "$work/forms" || exit 1

learn() {
    timeout 120 soffice -env:UserInstallation="file://$work/office" --headless \
        --convert-to "xlsx:Calc MS Excel 2007 XML" --outdir "$work/saved" "$work/forms/$1.xlsx" \
        >"$work/out" 2>"$work/err"
    must layout learn "$work/saved/$1.xlsx" --register "$2" --name "$1"
    must export "$1" -o "$work/$1.xlsx"
    expect "$1, saved by LibreOffice, looks the same" "$python" "$root/tests/e2e/other_forms.py" \
        compare "$work/saved/$1.xlsx" "$work/$1.xlsx" "$3" 1
}
learn ledger problem 2
learn sites legacy_site 1
finish
