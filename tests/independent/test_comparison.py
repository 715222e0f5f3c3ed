"""The comparison's main results once more, by another route: the record's files, read anew, day by day and cell by cell.

Nothing of the book's package is imported. Results are held against those that the chapter stores in its outputs.
"""

import ast
import csv
import json
import re
from datetime import date, timedelta
from fractions import Fraction as F
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def read(name):
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def codings():
    return [row for row in read("codings") if row["coder"] == "first"]


@pytest.fixture(scope="module")
def outputs():
    """The dictionaries that the chapter's cells print, joined, and its tables as rows of cells."""
    notebook = json.loads((ROOT / "chapters" / "three-texts.ipynb").read_text(encoding="utf-8"))
    values, tables = {}, []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            plain = "".join(output["data"]["text/plain"])
            if plain.startswith("{"):
                values |= ast.literal_eval(plain)
            html = "".join(output["data"].get("text/html", ""))
            rows = re.findall(r"<tr.*?>(.*?)</tr>", html, re.DOTALL)
            tables.append([re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows])
    return values, tables


@pytest.fixture(scope="module")
def uses(codings):
    """What each text makes of each shared event."""
    event = {row["unit"]: row["value"] for row in codings if row["variable"] == "shared event"}
    found = {name: {} for name in event.values()}
    for row in codings:
        if row["variable"] == "made of":
            found[event[row["unit"]]].setdefault(row["text"], set()).add(row["value"])
    return found


def test_how_many_events_are_shared_and_how_seldom_two_texts_use_one_alike(uses, outputs):
    same = [n for n, by in uses.items() if any(a & b for a, b in combinations(by.values(), 2))]
    three = [n for n, by in uses.items() if len(by) == 3]
    assert min(len(by) for by in uses.values()) >= 2
    assert outputs[0]["events"] == len(uses)
    assert outputs[0]["all three"] == len(three)
    assert outputs[0]["same"] == len(same)
    assert outputs[0]["same of all three"] == len(set(same) & set(three))


def test_the_days_that_two_texts_allow_a_fact_are_those_of_the_table(codings, outputs):
    """Every day of a decade is tried against the printed ends of both rows."""
    events = {row["id"]: row for row in read("events")}
    latest = {row["text"]: row["latest"] for row in read("texts")}

    def allows(key, day):
        row = events[key]
        first, last = row["earliest"] or "0001-01-01", row["latest"] or latest[row["text"]]
        if row["offset"] == "after":
            anchor = events[row["anchor"]]
            while not anchor["earliest"] and anchor["anchor"]:
                anchor = events[anchor["anchor"]]
            first = max(first, anchor["earliest"])
        return first <= day <= last

    days = [(date(2015, 1, 1) + timedelta(n)).isoformat() for n in range(4400)]
    shown = next(t for t in outputs[1] if t and t[0] and t[0][0] == "Fact")[1:]
    facts = {}
    for row in codings:
        if row["variable"] == "same fact":
            facts.setdefault(row["value"], []).append(row["unit"])
    assert outputs[0]["facts"] == len(facts)
    assert len(shown) == sum(len(list(combinations(ids, 2))) for ids in facts.values())
    for fact, ids in facts.items():
        found = sorted(sum(allows(a, d) and allows(b, d) for d in days) for a, b in combinations(ids, 2))
        lines = [line for line in shown if line[0] == fact]
        if all(line[4] != "one date" for line in lines):
            assert sorted(int(line[3]) for line in lines) == found, fact
            assert ("apart" in {line[4] for line in lines}) == (0 in found)
        else:
            assert any(not any(events[i][c] for c in ("earliest", "latest", "anchor")) for i in ids), fact


def test_at_how_many_steps_one_explanation_alone_is_singled_out(codings, outputs):
    steps = {row["unit"] for row in codings if row["variable"] == "central step"}
    singled = dict.fromkeys(steps, 0)
    names = {row["variable"] for row in codings if row["variable"].startswith("rival: ")}
    full = 0
    for step in steps:
        for name in names:
            codes = {r["value"] for r in codings if r["unit"] == step and r["variable"] == name}
            singled[step] += "singles out" in codes and "against" not in codes
        full += singled[step]
    assert outputs[0]["steps"] == len(steps)
    assert outputs[0]["one"] == sum(n == 1 for n in singled.values())
    assert outputs[0]["several"] == sum(n > 1 for n in singled.values())
    assert outputs[0]["none"] == sum(n == 0 for n in singled.values())
    table = next(t for t in outputs[1] if t and t[0] and t[0][0] == "Step")
    assert len(table) - 1 == full


def test_no_amount_of_one_text_has_the_parties_of_an_amount_of_another(outputs):
    units = {"USD", "unstated", "tonnes", "share", "factor"}
    rows = [r for r in read("quantities") if r["unit"] in units and r["counterpart"]]
    pairs = [
        (a["id"], b["id"])
        for a, b in combinations(rows, 2)
        if a["text"] != b["text"] and {a["actor"], a["counterpart"]} == {b["actor"], b["counterpart"]}
    ]
    assert outputs[0]["amounts in two texts"] == len(pairs)


def test_the_ledger_counts_every_claim_once(outputs):
    claims = read("claims")
    words = ("entailed", "consistent", "contradicted", "untestable", "interpretive", "inputs conflict")
    turning = "turns on the sense of a word"
    assert outputs[0]["claims"] == len(claims)
    assert sum(outputs[0][word] for word in (*words, turning)) == len(claims)
    assert outputs[0]["interpretive"] == sum(not c["measure"] and not c["claimed"] for c in claims)


def test_trade_above_34_billion_fails_as_bare_numbers_and_holds_as_read():
    """By hand: the legs sum to 34.6, which is not 34; within their rounding they stay between 34 and 35."""
    digits = {
        r["id"]: F(r["digits"]) for r in read("quantities") if r["id"].startswith("q-carnegie-russian-")
    }
    legs, rounding = sum(digits.values()), 2 * F(1, 20)
    bare = "contradicted" if legs != 34 else "entailed"
    plain = "entailed" if legs - rounding > 34 and legs + rounding < 35 else "consistent"
    with (ROOT / "figures" / "fig-three-texts-widths.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["claim"] == "c-carnegie-trade-exceeded-34"]
    assert rows[0]["headline"] == bare
    assert [r["headline"] for r in rows if F(r["from"]) <= 1 <= F(r["to"])] == [plain]
