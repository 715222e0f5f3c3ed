"""The chapter on leverage recomputed by another route: csv, brute force, and nothing of the book's own package."""

import csv
import itertools
import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAYMENTS = {f"e-carnegie-{name}" for name in ("advance-transfers", "ruble-payments", "gas-payment-deferral")}


def rows(table):
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Tables(HTMLParser):
    """Every table of a page as a list of rows of cells."""

    def __init__(self):
        super().__init__()
        self.tables, self.open = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def notebook():
    return json.loads((ROOT / "chapters" / "asymmetric-leverage.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shown(notebook):
    parser = Tables()
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            parser.feed("".join(output["data"].get("text/html", "")))
    return parser.tables


@pytest.fixture(scope="module")
def prose(notebook):
    return " ".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")


def table_with(tables, header):
    return next([row for row in table[1:]] for table in tables if header in table[0])


def column(tables, header):
    found = next(table for table in tables if header in table[0])
    return [row[found[0].index(header)] for row in found[1:]]


def coded(coder):
    """Each case's codes by one coder, gathered from the csv."""
    cases = {}
    for row in rows("codings"):
        if row["coder"] != coder or row["text"] != "carnegie2024":
            continue
        if row["variable"] in ("ledger", "period", "request by", "answer", "told as"):
            cases.setdefault(row["unit"], {}).setdefault(row["variable"], []).append(row["value"])
    return {unit: case for unit, case in cases.items() if "answer" in case}


@pytest.fixture(scope="module")
def ledger():
    return coded("first")


@pytest.fixture(scope="module")
def second():
    return coded("second")


def select(ledger, partner, period):
    return {u: c for u, c in ledger.items() if c["ledger"] == [partner] and c["period"] == [period]}


ACTORS = {row["id"]: row["actor"] for row in rows("events")}


def scores(unit, case):
    """What a case may add: +1 Ankara, -1 the other; by told side first, then by who asked and who refused."""
    told = set(case["told as"]) - {"not said"}
    if not told:
        answer, asker = case["answer"][0], case["request by"][0]
        if answer == "met" and asker != "none stated":
            told = {asker}
        elif answer in ("refused", "withdrawn"):
            told = {"Ankara" if "Türkiye" in ACTORS[unit] else "other"}
    if not told:
        return (0,)
    if told == {"Ankara"}:
        return (1,)
    return (-1, 0, 1) if "Ankara" in told else (-1,)


def test_the_lead_over_every_placement_is_as_the_chapter_says(ledger, shown, prose):
    found = select(ledger, "Moscow", "since the war")
    leads = {sum(choice) for choice in itertools.product(*(scores(u, c) for u, c in found.items()))}
    low, high = (f"{'−' if n < 0 else ''}{abs(n)}" for n in (min(leads), max(leads)))
    assert f"its lead runs from {low} to {high}" in prose
    assert f"{low} to {high}" in column(shown, "Ankara's lead")


def test_the_three_placements_and_their_tipping_counts(ledger, shown):
    found = select(ledger, "Moscow", "since the war")
    named = {u: c for u, c in found.items() if set(c["told as"]) != {"not said"}}
    merged = {
        *sorted(PAYMENTS)[1:],
        "e-carnegie-pleas-turned-down",
    }  # further steps of an instance already counted
    printed = table_with(shown, "The payments told twice put to")
    ways = [(skip, put) for skip in (set(), merged) for put in (1, 0, -1)]
    for line, (skip, put) in zip(printed, ways, strict=True):
        assert line[0] == ("instance" if skip else "step")
        for every, count, tipping in ((found, line[2], line[3]), (named, line[4], line[5])):
            cases = {u: c for u, c in every.items() if u not in skip}
            ankara = moscow = 0
            for unit, case in cases.items():
                score = scores(unit, case)
                twice = len(score) > 1
                ankara += score == (1,) or (twice and put >= 0)
                moscow += score == (-1,) or (twice and put <= 0)
            assert count == f"{ankara} to {moscow}"
            unmentioned = 0
            while moscow + unmentioned <= ankara:
                unmentioned += 1
            assert tipping == (str(unmentioned) if unmentioned else "it is reversed already")


def test_by_instance_ankara_leads_on_every_placement_as_the_chapter_says(ledger, prose):
    merged = {*sorted(PAYMENTS)[1:], "e-carnegie-pleas-turned-down"}
    found = {u: c for u, c in select(ledger, "Moscow", "since the war").items() if u not in merged}
    leads = {sum(choice) for choice in itertools.product(*(scores(u, c) for u, c in found.items()))}
    assert min(leads) > 0
    assert f"leads on every placement, by {min(leads)} to {max(leads)}" in prose


def test_the_lead_toward_the_west_over_both_codings(ledger, second, shown, prose):
    codings = [select(book, "the West", "since the war") for book in (ledger, second)]
    choices = [
        {n for book in codings for n in (scores(unit, book[unit]) if unit in book else (0,))}
        for unit in set().union(*codings)
    ]
    leads = {0}
    for choice in choices:
        leads = {a + b for a in leads for b in choice}
    low, high = (f"{'−' if n < 0 else ''}{abs(n)}" for n in (min(leads), max(leads)))
    assert f"where one did not list it, the lead runs from {low} to {high}" in prose
    assert f"{low} to {high}" in column(shown, "Over all codings")
    alone = [sum(scores(u, c)[0] for u, c in book.items()) for book in codings]
    assert f"The lead is {alone[0]}. " in prose
    assert f"finds a lead of {alone[1]}." in prose


def test_the_payments_alone_stand_on_both_sides(ledger):
    assert {u for u, c in ledger.items() if len(scores(u, c)) > 1} == PAYMENTS


def test_requests_met_and_refused_under_every_rule(ledger, shown):
    asked = {
        u: c["answer"][0]
        for u, c in select(ledger, "Moscow", "since the war").items()
        if c["request by"] == ["Ankara"]
    }
    met, refused = ([u for u, a in asked.items() if a == answer] for answer in ("met", "refused"))
    weights = {"each counted": Fraction(1), "one grant": Fraction(1, 3), "left out": Fraction(0)}
    lines = table_with(shown, "Unmentioned refusals that reverse it")
    assert len(lines) == 6
    for payments, steps, said_met, said_refused, said_lead, said_tipping in lines:
        often = steps != "once"
        gains = sum(weights[payments] if u in PAYMENTS else 1 + (often and "twice" in u) for u in met)
        losses = len(refused) + often
        assert (said_met, said_refused) == (str(gains), f"at least {losses}" if often else str(losses))
        tipping = next(n for n in itertools.count() if losses + n > gains)
        assert said_tipping == (f"at most {tipping}" if often else str(tipping))
        assert said_lead == (f"at most {gains - losses}" if often else str(gains - losses))


def test_the_west_ledger_turns_and_nothing_was_asked_of_moscow_before(ledger, prose):
    before, since = (
        [scores(u, c)[0] for u, c in select(ledger, "the West", p).items()]
        for p in ("before the war", "since the war")
    )
    assert f"{before.count(-1)} cases against Ankara before the war" in prose
    assert f"{since.count(1)} for it and {since.count(-1)} against since" in prose
    early = select(ledger, "Moscow", "before the war").values()
    assert (
        f"Ankara asked for something in {sum(c['request by'] == ['Ankara'] for c in early)} of them" in prose
    )


QUANTITIES = {row["id"]: row for row in rows("quantities")}


def around(identifier, steps=20):
    """Values that round to the printed digits, ends included, in billions or as printed."""
    printed = QUANTITIES[identifier]["digits"]
    unit = Fraction(1, 10 ** len(printed.partition(".")[2]))
    return [Fraction(printed) + unit * Fraction(n, 2 * steps) for n in range(-steps, steps + 1)]


def numbers(text):
    return [Fraction(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", text)]


def result(tables, name):
    line = next(r for t in tables for r in t if r and r[0] == name)
    return numbers(line[2])


def test_balance_and_cover_ratio_by_brute_force(shown):
    bought, sold = around("q-carnegie-russian-exports-2021"), around("q-carnegie-russian-imports-2021")
    balances = [s - b for s in sold for b in bought]
    assert result(shown, "balance for Türkiye, 2021, billion dollars") == [min(balances), max(balances)]
    covers = [s / b for s in sold for b in bought]
    low, high = result(shown, "cover ratio, 2021")
    assert low <= min(covers) < low + Fraction(1, 1000)
    assert high - Fraction(1, 1000) < max(covers) <= high


def test_the_trade_between_two_cancels_out_of_the_comparison_of_shares():
    grid = [Fraction(n) for n in range(10, 400, 30)]
    for trade, russia, turkiye in itertools.product(grid, repeat=3):
        needs_more = trade / (trade + russia) > trade / (trade + turkiye)
        assert needs_more == (russia < turkiye)


def test_no_share_of_a_second_or_third_passes_its_ceiling(prose):
    sizes = range(1, 8)
    for rank, ceiling in ((2, Fraction(1, 2)), (3, Fraction(1, 3))):
        best = max(
            Fraction(sorted(parts, reverse=True)[rank - 1], sum(parts))
            for parts in itertools.product(sizes, repeat=4)
        )
        equal = Fraction(1, rank)
        assert best < ceiling == equal
    third = -(-1000 // 3) / 10  # the ceiling in percent, rounded up to tenths
    assert f"third-largest buyer takes at most {third} percent" in prose


def test_every_dated_step_that_blocks_the_defence_recommendation_precedes_the_war(prose):
    events = {row["id"]: row for row in rows("events")}
    blocks = [
        events[row["unit"]]
        for row in rows("codings")
        if (row["variable"], row["value"], row["coder"]) == ("bears on defence", "obstacle", "first")
    ]
    dated = [row for row in blocks if row["latest"]]
    assert all(row["latest"] < "2022-02-24" for row in dated)
    assert f"all dated steps that block it, {len(dated)} in the coding, precede the war" in prose


def test_every_theatre_diverges_and_some_also_meet(prose):
    goals = {}
    for row in rows("codings"):
        if row["variable"] == "theatre goal" and row["coder"] == "first":
            goals.setdefault(row["unit"], set()).add(row["value"])
    everywhere = sum("diverging" in g for g in goals.values())
    assert f"stated for all {everywhere} of {len(goals)} theatres" in prose
    assert f"For {sum(len(g) > 1 for g in goals.values())} of them" in prose
