"""Reads the text of the printed workbook page by page: headings repeated, pages numbered.

    read_pages.py TEXT PAGES
"""
import re
import sys

text_path, count = sys.argv[1:]
pages = open(text_path, encoding="utf-8").read().split("\f")[:-1]
failures = 0

# Title of a list and words of its heading; each of its pages must repeat the heading.
LISTS = {
    "涉重金属重点行业企业清单": ("企业名称", "区划代码"),
    "涉铊企业清单": ("企业名称", "涉铊行业类别"),
    "历史遗留点位": ("点位名称", "属地责任单位"),
    "重金属污染源整治清单": ("污染源名称", "影响途径"),
    "问题整改台账": ("问题编号", "问题类别"),
    "核验结果": ("清单", "依据"),
}


def expect(name, good, about=""):
    global failures
    failures += not good
    print(("ok %s" if good else "not ok %s: " + str(about)[:500]) % name)


def squeeze(text):
    """Without blanks and line ends: a heading may be wrapped in its cell."""
    return re.sub(r"\s+", "", text)


expect("as many pages as the file says", len(pages) == int(count), len(pages))
expect("a sensible number of pages", 8 <= len(pages) <= 40, len(pages))
expect("no error on any page", not re.search(r"#(REF|NAME|VALUE|DIV/0|N/A|NUM)|Err:\d", "".join(pages)))
expect("no column was too narrow for its number", "###" not in "".join(pages))

# Numbered pages come in runs, one a list: 第 1 页 … 第 m 页 of m.
runs, current = [], []
for page in pages:
    found = re.search(r"第(\d+)页共(\d+)页", squeeze(page))
    if found:
        current.append((int(found[1]), int(found[2]), page))
expect("list pages are numbered", len(current) >= len(LISTS), len(current))
totals = {total for _, total, _ in current}
expect("第 n 页 共 m 页: n never goes beyond m", all(n <= total for n, total, _ in current),
       [(n, total) for n, total, _ in current])
expect("第 n 页 共 m 页: no page is numbered twice",
       len({n for n, _, _ in current}) == len(current) or len(totals) > 1,
       [(n, total) for n, total, _ in current])

for title, words in LISTS.items():
    begins = [i for i, page in enumerate(pages) if title in squeeze("".join(page.split("\n")[:6]))]
    expect("%s: printed" % title, bool(begins), "no page has the title")
    if not begins:
        continue
    following = begins[0] + 1
    while following < len(pages) and not any(
            other in squeeze("".join(pages[following].split("\n")[:6])) for other in LISTS):
        following += 1
    missing = [(i + 1, word) for i in range(begins[0], following) for word in words
               if word not in squeeze(pages[i])]
    expect("%s: the heading stands on each of its %d pages" % (title, following - begins[0]),
           not missing, missing)
sys.exit(1 if failures else 0)
