"""Alter the record cell by cell and count what the checks catch.

    python -m press.alterations DIR

A seeded choice of alterations over every table and every column that carries meaning; each is made alone in a copy
of `data/`, which is then loaded as `make test` loads it and held against the texts in DIR as `make verify` does.
Checksums, stored outputs and snapshots do not count as catching.
"""

from __future__ import annotations

import csv
import datetime
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from asprinted.book import DATA
from asprinted.record import RecordError, load
from press.verify import verify

SEED, HOW_MANY = 2026, 200


def _number(cell: str, rng: random.Random) -> str:
    """One unit of the last printed digit more, or another number word."""
    numerals = re.findall(r"\d", cell)
    if numerals:
        at = max(i for i, c in enumerate(cell) if c.isdigit())
        return cell[:at] + str((int(cell[at]) + 1) % 10) + cell[at + 1 :]
    return rng.choice([word for word in ("two", "three", "four", "seven") if word != cell.lower()])


def _day(cell: str, rng: random.Random) -> str:
    day = datetime.date.fromisoformat(cell)
    return str(day.replace(year=day.year + rng.choice((-1, 1)), day=min(day.day, 28)))


def _year(cell: str, rng: random.Random) -> str:
    return re.sub(r"\d{4}", lambda m: str(int(m[0]) + 1), cell, count=1)


def _phrase(cell: str, rng: random.Random) -> str:
    words = cell.split(" ")
    at = rng.randrange(len(words))
    word = words[at]
    words[at] = (word[:-1] + ("s" if word[-1] != "s" else "d")) if rng.random() < 0.5 else word + " also"
    return " ".join(words)


def _step(cell: str, rng: random.Random) -> str:
    return str(int(cell) + 1)


def _other(*values: str) -> Callable[[str, random.Random], str]:
    return lambda cell, rng: rng.choice([value for value in values if value != cell])


def _swap(cell: str, rng: random.Random) -> str:
    return {"Türkiye": "Russia", "Russia": "Türkiye"}.get(cell, "Türkiye")


ARGUMENTS = ("energy", "trade", "finance", "institution", "leverage", "defence")
ALTERATIONS: dict[tuple[str, str], Callable[[str, random.Random], str]] = {
    ("quantities", "digits"): _number,
    ("quantities", "scale"): _other("", "percent", "thousand", "million", "billion"),
    ("quantities", "hedge"): _other("", "almost", "about", "more than"),
    ("quantities", "period"): _year,
    ("quantities", "printed"): _phrase,
    ("quantities", "paragraph"): _step,
    ("quantities", "unit"): _other("USD", "tonnes", "years", "rank", "countries"),
    ("quantities", "kind"): _other("measure", "count", "rank", "duration"),
    ("quantities", "actor"): _swap,
    ("quantities", "argument"): _other(*ARGUMENTS),
    ("quantities", "speaker"): _other("author", "note 1"),
    ("events", "earliest"): _day,
    ("events", "latest"): _day,
    ("events", "date_printed"): _phrase,
    ("events", "printed"): _phrase,
    ("events", "paragraph"): _step,
    ("events", "dating"): _other("printed", "carried", "source", "none"),
    ("events", "anchor"): lambda cell, rng: cell + "-else",
    ("events", "type"): _other("summit", "visit", "decision", "war", "agreement"),
    ("events", "actor"): _swap,
    ("events", "argument"): _other(*ARGUMENTS),
    ("events", "institution"): _other("NATO", "OTS", "SCO"),
    ("statuses", "earliest"): _day,
    ("statuses", "latest"): _day,
    ("statuses", "printed"): _phrase,
    ("statuses", "status"): _other("member", "observer", "applicant"),
    ("claims", "printed"): _phrase,
    ("claims", "inputs"): lambda cell, rng: cell.replace("-", "_", 1) if "-" in cell else cell + "; x",
    ("claims", "measure"): _other("growth_factr", "sum_of"),
    ("claims", "claimed"): lambda cell, rng: cell.replace(">", "=>").replace("q-", "q--", 1) + " ",
    ("claims", "weight"): _other("central", "supporting", "aside"),
    ("tensions", "printed"): _phrase,
    ("tensions", "printed_b"): _phrase,
    ("tensions", "kind"): _other("numbers", "dates", "terms", "slip"),
    ("links", "printed"): _phrase,
    ("links", "sign"): _other("+", "-"),
    ("codings", "printed"): _phrase,
    ("codings", "value"): _other("low", "high", "present"),
    ("hedges", "plain"): _other("[n - 3*g, n + 3*g]", "[n, n - g]"),
    ("numerals", "token"): _number,
    ("numerals", "class"): _other("citation", "quantity", "list"),
    ("numerals", "id"): lambda cell, rng: cell + "-else",
    ("texts", "words"): _step,
}
EXACT = {"digits", "scale", "hedge", "earliest", "latest", "date_printed", "printed", "printed_b", "token"}
SECOND_CODER = {
    "type",
    "argument",
    "actor",
    "institution",
    "status",
    "speaker",
    "weight",
    "sign",
    "value",
    "kind",
    "unit",
}


def read(folder: Path, table: str) -> list[list[str]]:
    """A table's raw cells, header first."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def choose(rng: random.Random) -> list[tuple[str, str, int, str]]:
    """The alterations: table, column, line and new value, spread evenly over the columns."""
    cells = {table: read(DATA, table) for table, _ in ALTERATIONS}
    chosen: list[tuple[str, str, int, str]] = []
    places = list(ALTERATIONS)
    while len(chosen) < HOW_MANY:
        table, column = places[len(chosen) % len(places)]
        header, *rows = cells[table]
        at = header.index(column)
        lines = [i for i, row in enumerate(rows, start=1) if row[at]]
        line = rng.choice(lines)
        value = ALTERATIONS[table, column](cells[table][line][at], rng)
        if value != cells[table][line][at]:
            chosen.append((table, column, line, value))
    return chosen


def caught(folder: Path, texts: Path) -> tuple[bool, bool]:
    """Whether loading refuses a folder's record, and whether loading or the texts do."""
    try:
        found = load(folder)
    except RecordError:
        return True, True
    return False, bool(verify(found, texts))


def main(arguments: list[str]) -> int:
    """Command line: print, by column, how many alterations were made and caught."""
    if len(arguments) != 1:
        print("usage: python -m press.alterations DIR, where DIR holds the texts")
        return 2
    texts, rng = Path(arguments[0]), random.Random(SEED)
    counts: dict[tuple[str, str], list[int]] = {}
    missed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("readings"))
        for table, column, line, value in choose(rng):
            cells = read(DATA, table)
            before = cells[line][cells[0].index(column)]
            cells[line][cells[0].index(column)] = value
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(cells)
            by_load, by_verify = caught(folder, texts)
            shutil.copy(DATA / f"{table}.csv", folder)
            tally = counts.setdefault((table, column), [0, 0, 0])
            for i, hit in enumerate((True, by_load, by_verify)):
                tally[i] += hit
            if not by_verify:
                missed.append((table, column, cells[line][0], before, value))
    print(f"{'table':<12}{'column':<14}{'made':>6}{'test':>6}{'verify':>8}")
    for (table, column), (made, by_load, by_verify) in counts.items():
        print(f"{table:<12}{column:<14}{made:>6}{by_load:>6}{by_verify:>8}")
    for name, columns in (
        ("digits, scales, hedges, dates, phrases", EXACT),
        ("what only a second coder can catch", SECOND_CODER),
    ):
        rows = [tally for (_, column), tally in counts.items() if column in columns]
        made, hit = sum(r[0] for r in rows), sum(r[2] for r in rows)
        print(f"{name}: {hit} of {made} caught")
    print(f"all: {sum(t[2] for t in counts.values())} of {sum(t[0] for t in counts.values())} caught")
    for table, column, row, before, value in missed:
        if column not in SECOND_CODER:
            print(f"  missed: {table}.csv, row {row}, {column}: {before!r} to {value!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
