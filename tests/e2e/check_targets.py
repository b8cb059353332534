#!/usr/bin/python3
"""check_targets.py ANSWER PACK YEAR: compares the JSON of `calc targets` with every figure that the
pack's own table prints, and with sums worked out here."""
import csv
import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

CENT = Decimal("0.02")  # kg by which published figures may differ
LOADS = {"基准排放量": "base_kg", "净削减量": "net_cut_kg", "目标排放量": "target_kg"}


def fail(message):
    print(message)
    sys.exit(1)


def near(line, key, printed):
    if line[key] is None or abs(line[key] - Decimal(printed)) > CENT:
        fail(f"{line['region']} {key}: {line[key]}, printed {printed}")


def main(answer, pack, year):
    root = Path(__file__).resolve().parents[2]
    data = json.loads(Path(answer).read_text(), parse_float=Decimal, parse_int=Decimal)
    lines = {(line["region"], line["metal"]): line for line in data["targets"]}
    base = cut = Decimal(0)
    with open(root / "data/packs" / pack / "target.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["目标年"] == year]
    for row in rows:
        line = lines[row["地区"], row["重金属"]]
        for column, key in LOADS.items():
            if row[column]:
                near(line, key, row[column])
        if row["基准排放量"] and row["地区"] not in ("45", "53"):
            share = Decimal(row["削减比例"] or 0) / 100
            expected = Decimal(row["基准排放量"]) * share
            near(line, "net_cut_kg", expected)
            near(line, "target_kg", Decimal(row["基准排放量"]) - expected)
            base += Decimal(row["基准排放量"])
            cut += Decimal(row["净削减量"] or expected)
        if row["削减比例"] and line["target_percent"] != Decimal(row["削减比例"]):
            fail(f"{row['地区']}: {line['target_percent']} %")
        if not row["削减比例"] and line["target_percent"] is not None:
            fail(f"{row['地区']}: a share that nobody printed")
    percent = (cut / base * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    total = data["sums"][0]
    if total["base_kg"] != base or total["percent"] != percent:
        fail(f"sum {total}, expected {base} and {percent} %")
    print(f"{len(rows)} rows, {percent} %")


if __name__ == "__main__":
    main(*sys.argv[1:])
