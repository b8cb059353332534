#!/bin/sh
# Lists as bureaus send them: what the program finds, asks, remembers, refuses and takes back.
. "$(dirname "$0")/harness.sh"
use_small_reference
must init --pack qingyuan-2018 --region 441802 --operator 张

"$python" - "$work" <<'END'
import sys
from openpyxl import Workbook
from openpyxl.drawing.image import Image
import struct, zlib

work = sys.argv[1]

def png(path, colour):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    raw = b"".join(b"\0" + bytes(colour) * 8 for _ in range(8))
    open(path, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
                           + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))

book = Workbook()
cover = book.active
cover.title = "封面"
cover["A1"] = "清城区涉重金属企业清单"
sheet = book.create_sheet("清单")
sheet.merge_cells("A1:G1")
sheet["A1"] = "清城区涉重金属企业清单（2025年）"
sheet.append(["序号", "企业名称", "县（市、区）", "纳入日期", "2020年基础排放量（kg）", None, "生产什么"])
sheet.append([None, None, None, None, "铅", "砷", None])
sheet.merge_cells("E2:F2")
for column in "ABCDG":
    sheet.merge_cells(f"{column}2:{column}3")
rows = [[1, "甲厂", "清城", 45658, 0.1, 1, "锌锭"], [2, "乙厂", None, "2025.3.5", 0.2, 2, "铅锭"],
        ["小计", None, None, None, 0.3, 3, None], [3, "丙厂", "清新", None, 0.3, 4, "锡锭"],
        [4, "丁厂", "没有县", None, 0.4, 5, "铜锭"], ["合计", None, None, None, 1.0, 13, None],
        ["填表人：张三"]]
for row in rows:
    sheet.append(row)
sheet.merge_cells("C4:C5")
sheet.row_dimensions[7].hidden = True
png(f"{work}/a.png", (200, 0, 0))
sheet.add_image(Image(f"{work}/a.png"), "H4")
book.save(f"{work}/list.xlsx")
END

# ---- a preview ----

: >"$work/why"
before=$(state)
run import enterprise "$work/list.xlsx" --dry-run --format json
expect "a preview refuses one row" test "$status" -eq 1
expect "counts are the whole" json \
    'it["read"] == 4 == it["new"] + it["changed"] + it["same"] + it["refused"] and it["refused"] == 1'
expect "the fitting sheet is taken, the other named" json \
    'it["sheet"] == "清单" and [s["imported"] for s in it["sheets"]] == [False, True]'
expect "the refused row tells row, field and why" json \
    '[(r["row"], r["field"], r["severity"]) for r in it["rows"]] == [(8, "region", "error")]
     and "没有县" in it["rows"][0]["message"]'
expect "the mapping is told, with what nobody knows" json \
    '[m["field"] for m in it["mapping"]][:6] == [None, "name", "region", "entered_on", "base_lead_kg",
     "base_arsenic_kg"] and it["mapping"][6]["match"] in ("unknown", "near")
     and "生产什么" in it["unknown_columns"]'
expect "sums are checked" json \
    'it["sums_checked"] == 4 and [(s["row"], s["field"], s["stated"], s["computed"]) for s in it["sums"]
     if not s["agrees"]] == [(9, "base_arsenic_kg", "13", "12")]'
expect "rows that are no data are left out" json 'it["left_out"] == 3'
expect "hidden rows and merged cells are told" json 'it["hidden_rows"] == 1 and it["filled_cells"] == 1'
expect "what was read otherwise is told by column" json \
    'any(n["field"] == "entered_on" and n["count"] >= 1 for n in it["notes"])'
expect "pictures are counted" json 'it["pictures"]["kept"] == 1'
expect "nothing is written, and no copy is left" test "$(state)" = "$before"

run import enterprise "$work/list.xlsx" --dry-run
expect "a person reads it" test "$status" -eq 1
expect "on one screen" test "$(wc -l <"$work/out")" -le 24
expect "with sums" contains "$work/out" "第 9 行合计 2020年基础排放量 砷 13，各行相加为 12"
expect "with the other sheet" contains "$work/out" "导入的是工作表“清单”，没有导入：“封面”"

# ---- choices ----

run import enterprise "$work/list.xlsx" --map '生产什么=主要产品' --refused "$work/refused.xlsx" --format json
expect "three come in" json 'it["new"] == 3 and it["refused"] == 1 and it["refused_file"]'
run list enterprise --format json
expect "as they were meant" json \
    '{r["name"]: (r["region"], r["entered_on"], r["base_lead_kg"], r["products"]) for r in it} ==
     {"甲厂": ("441802", "2025-01-01", 0.1, "锌锭"), "乙厂": ("441802", "2025-03-05", 0.2, "铅锭"),
      "丙厂": ("441803", None, 0.3, "锡锭")}'
run list attachment --format json
expect "the picture is an attachment of its row" json 'len(it) == 1 and it[0]["enterprise"]'
run history enterprise 甲厂 --format json
expect "the history keeps what the cell said" json \
    'any("导入 list.xlsx" in o["why"] and "第4行" in o["why"] and "45658" in o["why"] for o in it)'
run import enterprise "$work/list.xlsx" --dry-run --format json
expect "the mapping is remembered" json \
    'it["recalled"] and it["mapping"][6]["field"] == "products" and it["same"] == 3'

# ---- refused rows, mended ----

"$python" - "$work" <<'END'
import sys
from openpyxl import load_workbook
book = load_workbook(f"{sys.argv[1]}/refused.xlsx")
sheet = book.active
wrong = [c for row in sheet.iter_rows() for c in row if c.comment]
assert len(wrong) == 1 and wrong[0].value == "没有县" and "没有县" in wrong[0].comment.text, wrong
assert wrong[0].fill.fgColor.rgb == "FFFFC7CE"
assert all(c.data_type == "s" for c in sheet[sheet.max_row] if c.value is not None)
assert sheet.cell(sheet.max_row, sheet.max_column).value == wrong[0].comment.text
wrong[0].value = "清新区"
book.save(f"{sys.argv[1]}/mended.xlsx")
END
expect "the wrong cell is red with a comment" test -s "$work/mended.xlsx"
run import enterprise "$work/mended.xlsx" --format json
expect "mended it comes in, without a question" json \
    'it["read"] == it["new"] == 1 and not it["unknown_columns"]'
run show enterprise 丁厂 --format json
expect "with all its cells" json 'it["base_lead_kg"] == 0.4 and it["products"] == "铜锭"'

# ---- conflicts and doubles ----

cat >"$work/second.csv" <<'END'
企业名称,县（市、区）,主要产品,详细地址
甲厂,清城区,锌合金,东路1号
清城示例冶炼有限公司,清城区,,
示例冶炼有限责任公司,清城区,,
END
run import enterprise "$work/second.csv" --dry-run --format json
expect "field by field" json \
    '[(f["field"], f["before"], f["after"]) for f in it["changes"][0]["fields"]] ==
     [("address", None, "东路1号"), ("products", "锌锭", "锌合金")]'
expect "a possible double" json \
    'it["possible_doubles"] == 1 and it["doubles"][0]["candidates"][0]["reason"] == "name"
     and it["doubles"][0]["candidates"][0]["row"] == 3'
run import enterprise "$work/second.csv" --keep 主要产品 --doubles refuse --format json
expect "ours is kept, a double refused" json 'it["changed"] == 1 and it["new"] == 1 and it["refused"] == 1'
run show enterprise 甲厂 --format json
expect "the rest is taken" json 'it["products"] == "锌锭" and it["address"] == "东路1号"'
run import enterprise "$work/second.csv" --fill products,address --row 4=skip --format json
expect "only what is empty is filled, a row is left out" json \
    'it["same"] == 2 and it["skipped"] == 1 and it["read"] == 2'
run import enterprise "$work/second.csv" --doubles merge --keep name --format json
expect "a double is merged" json 'it["new"] == 0 and it["refused"] == 0'

# ---- wrong requests ----

run import enterprise "$work/second.csv" --map '没有=name'
expect "no such column" refuses 2 没有
run import enterprise "$work/second.csv" --map 'A=没有'
expect "no such field" refuses 2 没有
run import enterprise "$work/second.csv" --keep 没有
expect "no such field to keep" refuses 2 没有
run import enterprise "$work/second.csv" --doubles perhaps
expect "no such decision" refuses 2 merge
run import enterprise "$work/second.csv" --row 99=skip
expect "no such row" refuses 2 99
run import enterprise "$work/second.csv" --row 4=没有
expect "no such record" refuses 3 没有
run import enterprise "$work/list.xlsx" --dry-run --refused "$work/refused.csv"
expect "refused rows only as a workbook" refuses 2 .xlsx

# ---- figures that were filed ----

must --db "$work/filed.db" init --pack qingyuan-2018 --region 441802 --operator 张
must --db "$work/filed.db" add enterprise name=甲厂 region=441802 uscc=91451200791318129Y base_lead_kg=0.1
must --db "$work/filed.db" filing make enterprise --kind 年报 --period 2025 -o "$work/filed.xlsx"
printf '企业名称,县（市、区）,2020年基础排放量/铅（kg）\n甲厂,清城区,0.15\n' >"$work/later.csv"
run --db "$work/filed.db" import enterprise "$work/later.csv" --format json
expect "do not change without a reason" json 'it["refused"] == it["wants_reason"] == 1'
run --db "$work/filed.db" import enterprise "$work/later.csv" --why '　' --format json
expect "nor with blanks" json 'it["refused"] == it["wants_reason"] == 1'
run --db "$work/filed.db" import enterprise "$work/later.csv" --why 企业更正 --format json
expect "and do with one" json 'it["changed"] == 1 and it["wants_reason"] == 0'
run --db "$work/filed.db" history enterprise 甲厂 --format json
expect "which the history tells, with the row" json \
    'it[-1]["why"].startswith("企业更正；导入 later.csv（SHA-256 ") and it[-1]["why"].endswith("；第2行")'

# ---- a list of cases that the bureau has kept so far ----

heading='县（市、区）,发现日期,问题描述,严重程度,问题来源,整改状态'
printf '%s\n清城区,2025-03-05,仓库门口没有设置危险废物标志牌,一般,群众举报,整改中\n' "$heading" >"$work/cases.csv"
echo '清城区,2025-03-06,应急池里有积水而且没有人清理过,重大,其它,已完成' >>"$work/cases.csv"
echo '清城区,2025-03-07,雨水切换阀损坏而且不能关闭半个月,较大,专项检查,销号' >>"$work/cases.csv"
echo '清城区,2025-03-08,原料堆场没有围堰而且没有雨棚遮挡,很重,专项检查,已登记' >>"$work/cases.csv"
run import problem "$work/cases.csv" --format json
expect "without its papers a case is refused" json \
    'it["refused"] == 4 and it["unproven"] == 3 and it["lowered"] == 0
     and all("按材料登记" in r["message"] for r in it["rows"][:3])'
expect "and a word that is none of the choices, naming them" json '"高、中、低" in it["rows"][3]["message"]'
run import problem "$work/cases.csv" --dry-run
expect "with the option that takes it" contains "$work/out" "请加 --states proven"
run import problem "$work/cases.csv" --states proven --word 'risk_level:很重=高' --format json
expect "on request it enters as far as it is proven" json \
    'it["new"] == it["read"] == 4 and it["lowered"] == 3 and it["unproven"] == 0
     and [c["note"] for g in it["guesses"] for c in g["cells"] if c["field"] == "state"] ==
     ["原表：整改中（材料只够到“已登记”）", "原表：已完成（材料只够到“已登记”）",
      "原表：销号（材料只够到“已登记”）"]'
run list problem --format json
expect "with the words of lists read as ours" json \
    '{(r["risk_level"], r["origin"], r["state"]) for r in it} ==
     {("低", "信访举报", "已登记"), ("高", "其他", "已登记"), ("中", "专项执法行动", "已登记"),
      ("高", "专项执法行动", "已登记")}'
run history problem 仓库门口没有设置危险废物标志牌 --format json
expect "and the history tells what the list said" json \
    '"原表：整改中" in it[0]["why"] and "“一般”读作 低" in it[0]["why"]'
run import problem "$work/cases.csv" --states proven --format json
expect "again it changes nothing" json 'it["same"] == 4 and it["changed"] == 0'
run import problem "$work/cases.csv" --states perhaps
expect "no such decision about states" refuses 2 proven
run import problem "$work/cases.csv" --word 'risk_level:很重=特别重'
expect "no such choice" refuses 3 高、中、低
run import problem "$work/cases.csv" --word 'found_on:很重=高'
expect "no words in such a field" refuses 2 --word

# ---- what was learned ----

run words --format json
expect "what was decided is listed" json \
    '[w["meaning"] for w in it if w["text"] == "很重"] == ["高"] and
     {w["meaning"] for w in it if w["text"] == "生产什么"} == {"products"}'
run words
expect "for a person as well" contains "$work/out" "主要产品"
must undo
run words --format json
expect "undo forgets what that import has learned, and no more" json \
    'all(w["text"] != "很重" for w in it) and any(w["text"] == "生产什么" for w in it)'
must words forget 生产什么
run words --format json
expect "and a person may forget" json 'all(w["text"] != "生产什么" for w in it)'
run words forget 生产什么
expect "what is not known cannot be forgotten" refuses 3 没有记住过
run words remember 生产什么
expect "words can do no more" refuses 2 forget
must --db "$work/fresh.db" init --pack qingyuan-2018 --region 441802 --operator 张
run --db "$work/fresh.db" words
expect "a new file knows nothing" answers 0 还没有记住什么词

# ---- which register ----

printf '点位名称,县（市、区）,乡镇,堆存量（万吨）,污染程度/等级,治理路线\n' >"$work/sites.csv"
echo '老厂沟,清新区,龙颈镇,1.5,,' >>"$work/sites.csv"
run import auto "$work/sites.csv" --format json
expect "the headings tell the register" json 'it["register"] == "legacy_site" and it["new"] == 1'
printf '甲,乙\n1,2\n' >"$work/what.csv"
run import auto "$work/what.csv"
expect "or do not" refuses 2 看不出

# ---- one step back, and stopping ----

must undo
run list legacy_site --format json
expect "one undo takes an import back" json 'it == []'
(echo "企业名称,县（市、区）" && seq -f '批量%g号厂,清城区' 60000) >"$work/many.csv"
before=$(state)
"$taizhang" import enterprise "$work/many.csv" >"$work/out" 2>"$work/err" </dev/null &
importing=$!
# It has begun once it holds back the signal itself.
for try in $(seq 100); do
    grep -q 'SigBlk:.*[2367abef]$' "/proc/$importing/status" && break
    sleep 0.1
done
kill -INT "$importing"
status=0
wait "$importing" || status=$?
expect "an interrupt cancels" refuses 3 没有写入任何内容
expect "and leaves the file as it was" test "$(state)" = "$before"
finish
