#!/bin/sh
# A report goes out by commands: what blocks it, what is recorded, what may change afterwards and
# why, and how two filings compare. Other programs read the file as well.
. "$(dirname "$0")/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张三
must add enterprise name=甲示例电镀 region=441802 uscc=91451200791318129Y base_lead_kg=12.5
must add enterprise name=乙示例冶炼 region=441802 base_lead_kg=0.25
must add enterprise name=丙示例电池 region=441802 verified_on=2026-12-31
mkdir "$work/out.d"
book="$work/out.d/报送.xlsx"

# Whether the folder, the old file and the data are as they were.
is_unchanged() {
    [ "$(ls -A "$work/out.d")" = "$1" ] || { ls -A "$work/out.d"; return 1; }
    [ "$(filings)" = "$2" ] || { filings; return 1; }
}
filings() {
    "$taizhang" filing list --format json | tr -cd '{' | wc -c
}

# ---- asking wrongly ----

run filing
expect "without a part" refuses 2 make、check、list、compare、changes
run filing make annual
expect "without kind and period" refuses 2 "请写明种类和报告期" "--kind 年报"
run filing make enterprise --kind 年表 --period 2025
expect "an unknown kind" refuses 3 不在可选范围内
run filing make enterprise --kind 年报 --period 去年
expect "a period that is none" refuses 3 去年
run filing make nothing --kind 年报 --period 2025
expect "an unknown report" refuses 2 没有名为“nothing”的报表
run filing make enterprise --kind 年报 --period 2025 -o "$work/out.d/a.csv"
expect "only workbooks are filed" refuses 2 "以 .xlsx 结尾"
run filing make inspection-form --kind 年报 --period 2025 -o "$book"
expect "what is about one object wants it named" refuses 2 --inspection
run filing list
expect "nothing was filed" answers 0 还没有报送过
expect "… and nothing written" is_unchanged "" 0

# ---- blocked ----

run filing check enterprise --kind 年报 --period 2025
expect "check tells what blocks" answers 1 "错误 V39 全口径涉重金属企业“丙示例电池”" 有错误，不能报送
run filing make enterprise --kind 年报 --period 2025 -o "$book" --format json
expect "make is blocked by it" json "it['done'] is False and it['blocked'] and it['errors'] == 1
    and it['findings'][0]['rule'] == 'V39' and it['findings'][0]['field'] == 'verified_on'
    and it['findings'][0]['severity'] == 'error' and it['case_no'] is None"
expect "… with status 1" test "$status" -eq 1
expect "… and nothing is written" is_unchanged "" 0
must set enterprise 丙示例电池 verified_on=2026-05-31
run filing check enterprise --kind 年报 --period 2025
expect "mended, it may go out" answers 0 没有错误，可以报送

# ---- filed ----

run filing make enterprise --kind 年报 --period 2025 --recipient 清远市生态环境局 \
    --cutoff 2025-12-31 --estimated -o "$book" --format json
expect "a filing is made" json "it['done'] and not it['blocked'] and it['rows'] == 3
    and it['tables'] == 1 and it['case_no'] == 'BS-441802-2026-0001' and it['current_count'] == 3
    and it['former_count'] is None"
sum=$(sha256sum "$book" | cut -d' ' -f1)
expect "its sum is that of the file" contains "$work/out" "$sum"
expect "the folder holds the file alone" is_unchanged 报送.xlsx 1
run show filing BS-441802-2026-0001
expect "what is recorded" answers 0 "$sum" 2025-12-31 清远市生态环境局 "全口径涉重金属企业 3 行" \
    "2020年基础排放量 铅 12.75 kg/a"
expect "another program reads the codes as text" "$python" - "$book" <<'EOF'
import sys
from openpyxl import load_workbook
rows = list(load_workbook(sys.argv[1]).active.values)
codes = [c for row in rows for c in row if str(c).startswith("91451200")]
assert codes == ["91451200791318129Y"], codes
EOF
run filing list
expect "the list names the file and who got it" answers 0 "报送对象" "清远市生态环境局" "报送.xlsx" 本期
run filing list --format json
expect "… for programs as well" json "[(f['file_name'], f['recipient'], f['cutoff_on'])
    for f in it] == [('报送.xlsx', '清远市生态环境局', '2025-12-31')]"
run filing make enterprise --kind 年报 --period 2025 -o "$work/nowhere/b.xlsx"
expect "a folder that is not there" refuses 3 文件夹不存在
expect "… records nothing" is_unchanged 报送.xlsx 1

# ---- changed afterwards ----

run set enterprise 甲示例电镀 base_lead_kg=13
expect "a filed figure wants a reason" refuses 3 "已随 BS-441802-2026-0001 报出（12.5 kg/a），改动请写明原因" --why
run set enterprise 甲示例电镀 base_lead_kg=13 --why ''
expect "an empty one is none" refuses 3 改动请写明原因
must set enterprise 甲示例电镀 status=停产
must set enterprise 甲示例电镀 base_lead_kg=13 --why 企业补报了检测报告
run delete enterprise 乙示例冶炼
expect "a filed record as well" refuses 3 "“乙示例冶炼”已随 BS-441802-2026-0001 报出，删除请写明原因"
must delete enterprise 乙示例冶炼 --why 重复登记
must add enterprise name=丁示例冶炼 region=441802
run filing changes BS-441802-2026-0001 --format json
expect "what became of it" json "[(c['kind'], c['name'], c['field'], c['former'], c['now'], c['why'])
    for c in it['changes']] == [('changed', '甲示例电镀', 'base_lead_kg', '12.5', '13', '企业补报了检测报告'),
    ('changed', '甲示例电镀', 'base_total_kg', '12.5', '13', '企业补报了检测报告'),
    ('removed', '乙示例冶炼', None, None, None, '重复登记')] and it['changes'][0]['who'] == '张三'"

# ---- the next one ----

before=$(cat "$book" | sha256sum)
must set enterprise 丁示例冶炼 verified_on=2027-01-01
run filing make enterprise --kind 年报 --period 2026 -o "$book"
expect "a blocked one leaves the old file" test "$before" = "$(cat "$book" | sha256sum)"
must set enterprise 丁示例冶炼 verified_on=2026-06-01
run filing make enterprise --kind 年报 --period 2026 -o "$book" --format json
expect "the next filing reconciles" json "it['done'] and [it[k + '_count'] for k in
    ('former', 'entered', 'removed', 'current')] == [3, 1, 1, 3]"
expect "… and says what was revised" "$python" - "$book" <<'EOF'
import sys
from openpyxl import load_workbook
rows = list(load_workbook(sys.argv[1])["修订说明"].values)
told = [row for row in rows if row[2] == "甲示例电镀" and row[3] == "2020年基础排放量 铅"]
assert len(told) == 1 and told[0][4:8] == ("12.5 kg/a", "13 kg/a", "企业补报了检测报告", "张三"), rows
assert any(row[2] == "乙示例冶炼" and row[5] == "已删除" for row in rows), rows
EOF
run filing compare BS-441802-2026-0001 BS-441802-2026-0002
expect "two filings compared" answers 0 "新增 全口径涉重金属企业“丁示例冶炼”" \
    "移出 全口径涉重金属企业“乙示例冶炼”" "2020年基础排放量 铅 12.5 → 13" \
    "上期 3 + 新增 1 − 移出 1 = 本期 3"
run filing compare BS-441802-2026-0002 BS-441802-2026-0001 --format json
expect "in any order" json "all(r['former'] + r['entered'] - r['removed'] == r['current']
    for r in it['registers']) and [c['name'] for c in it['changes'] if c['kind'] == 'entered']
    == ['乙示例冶炼']"
run check --format json
expect "no rule finds the numbers wrong" json "not [f for r in it['records'] for f in r['findings']
    if f['rule'] == 'V31']"
run undo
expect "a filing can be taken back" answers 0 BS-441802-2026-0002
expect "… and counts no longer" is_unchanged 报送.xlsx 1
run filing make enterprise --kind 年报 --period 2025 -o "$work/out.d/again.xlsx"
must show filing BS-441802-2026-0003 --format json
expect "sent once more it corrects the first" json "it['revises'] and it['period'] == '2025'"

# ---- plain exports stay as they are ----

must export enterprise -o "$work/plain.xlsx"
expect "an export has no such sheet" "$python" - "$work/plain.xlsx" <<'EOF'
import sys
from openpyxl import load_workbook
assert load_workbook(sys.argv[1]).sheetnames == ["全口径涉重金属企业"]
EOF

for period in 2025 2026; do
    must filing make full-list-public --kind 清单更新 --period "$period" -o "$work/public.xlsx"
    must set enterprise 甲示例电镀 industry=33"$([ "$period" = 2025 ] && echo 91 || echo 60)" --why 按许可证更正
done
expect "what is published does not say who changed what" "$python" - "$work/public.xlsx" <<'EOF'
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
assert book.sheetnames == ["全口径清单"], book.sheetnames
assert not any("张三" in str(cell) for row in book.active.values for cell in row)
EOF
# ---- who gets it, until which day ----

run filing make enterprise --kind 年报 --period 2027 -o "$work/out.d/next.xlsx" --format json
expect "who got the last one gets the next" json "it['recipient'] == '清远市生态环境局'"
TAIZHANG_NOW=2026-11-22T09:00:00 run filing make half-year --kind 半年报 --period 2026H1 \
    -o "$work/half.xlsx" --format json
expect "a half-year that is over ends on its last day" json "it['recipient'] == '清远市生态环境局'"
run filing list --format json
expect "… which is recorded" json "[f['cutoff_on'] for f in it if f['kind'] == '半年报'] == ['2026-06-30']"
must init --db "$work/nowhere.db" --pack qingyuan-2018 --region 44 --operator 张三
run filing make enterprise --db "$work/nowhere.db" --kind 年报 --period 2025 -o "$work/nobody.xlsx"
expect "nobody knows who gets it" refuses 2 "--recipient" 清远市生态环境局
expect "… and nothing is written" test ! -e "$work/nobody.xlsx"
finish
