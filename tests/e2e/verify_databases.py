"""Says in how many of the data files of a folder a change is there with all that belongs to it, and in
how many not at all. Anything else, and any damage, ends with status 1.

    verify_databases.py FOLDER BEFORE AFTER
"""
import sqlite3
import sys
from pathlib import Path

folder, before, after = sys.argv[1:]


def contents(path):
    """What a change writes, but for the ids, which are drawn anew each time."""
    database = sqlite3.connect(path)
    damage = database.execute("pragma integrity_check").fetchone()[0]
    if damage != "ok":
        sys.exit("%s: %s" % (path, damage))
    rows = [database.execute(query).fetchall() for query in (
        "select case_no, name, region, status, town, version, deleted from enterprise order by name",
        "select register, kind, field, old, new, why from op order by seq",
        "select kind, at, who, why from batch order by seq",
        "select name, last from sequence order by name")]
    database.close()
    return rows


states = {"none": contents(before), "all": contents(after)}
if states["none"] == states["all"]:
    sys.exit("the change changes nothing: the test would prove nothing")
counts = {"none": 0, "all": 0}
for path in sorted(Path(folder).glob("*.db")):
    found = [name for name, state in states.items() if contents(path) == state]
    if not found:
        sys.exit("%s: neither all nor nothing of the change" % path)
    counts[found[0]] += 1
print("all %(all)d none %(none)d" % counts)
