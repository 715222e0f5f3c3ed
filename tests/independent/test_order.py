"""The chapter on order, recomputed by another route: days tried one by one, no code of the package."""

import csv
import datetime
import itertools
import json
import re
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = json.loads((ROOT / "chapters/what-came-first.ipynb").read_text(encoding="utf-8"))
DAY = datetime.timedelta(1)


def table(name):
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EVENTS = {row["id"]: row for row in table("events")}
TEXTS = {row["text"]: row for row in table("texts")}
LONG_AGO = datetime.date(1400, 1, 1)


def days(name):
    """The first and last ten days and every fifteenth day between, of an event's own print, no relation used."""
    row = EVENTS[name]
    first = datetime.date.fromisoformat(row["earliest"]) if row["earliest"] else LONG_AGO
    last = datetime.date.fromisoformat(row["latest"] or TEXTS[row["text"]]["latest"])
    span = (last - first).days
    chosen = {n for n in range(span + 1) if n < 10 or span - n < 10 or (span < 4000 and n % 15 == 0)}
    return [first + n * DAY for n in sorted(chosen)]


def allowed(a, b):
    """The orders that some pair of days shows."""
    first, second = days(a), set(days(b))
    low, high = min(second), max(second)
    found = {"same day"} if second & set(first) else set()
    found |= {"before"} if any(x < high for x in first) else set()
    return found | ({"after"} if any(x > low for x in first) else set())


def verdict(row):
    """Entailed, consistent or contradicted, of a claim on one order or on several."""
    ranks = []
    for group in row["inputs"].split("|"):
        a, b = (name.strip() for name in group.split(";"))
        found, claimed = allowed(a, b), {word.strip() for word in row["claimed"].strip("{}").split(",")}
        ranks.append(0 if found <= claimed else 1 if found & claimed else 2)
    return ("entailed", "consistent", "contradicted")[max(ranks)]


def prose(start):
    """The text of the Markdown cell that holds a phrase, as it is read: without the marks of glossary terms."""
    cells = [
        re.sub(r"\{term\}`([^`]*)`", r"\1", "".join(c["source"]))
        for c in CHAPTER["cells"]
        if c["cell_type"] == "markdown"
    ]
    return next(text for text in cells if start in text)


def numbers(pattern, text):
    return tuple(int(n) for n in re.search(pattern, text, re.DOTALL).groups())


def test_claims_on_an_order_come_out_as_the_chapter_counts_them():
    found = [verdict(r) for r in table("claims") if r["measure"] in ("order", "all(order)")]
    counted = (len(found), *(found.count(v) for v in ("entailed", "contradicted", "consistent")))
    told = numbers(
        r"Of (\d+) claims on an order .*? (\d+) are settled by the dates, (\d+) are excluded .*? and (\d+) stay open",
        prose("# What came first?"),
    )
    assert counted == told


def own_date(row):
    length = row["anchor"] and (row["earliest"] or row["latest"])
    return row["dating"] in ("printed", "carried") or bool(length)


def test_the_arrows_are_those_that_the_days_of_the_print_give():
    with (ROOT / "figures/fig-order-stated-causes.csv").open(encoding="utf-8", newline="") as file:
        drawn = [(r["cause_from"], r["cause_to"], r["effect_from"], r["state"]) for r in csv.DictReader(file)]
    ours = set()
    for row in table("links"):
        ends = [row["cause"], row["effect"]]
        if not all(e in EVENTS and own_date(EVENTS[e]) for e in ends):
            continue
        found = allowed(*ends)
        word = "as stated" if found == {"before"} else "open" if "before" in found else "not as stated"
        cause, effect = days(ends[0]), days(ends[1])
        ours.add((row["effect"], (str(cause[0]), str(cause[-1]), str(effect[0]), word)))
    assert sorted(drawn) == sorted(arrow for _, arrow in ours)
    assert len(drawn) <= 12


def months(first, last):
    """Months from one day to another, by walking month by month with pandas."""
    if last < first:
        return -months(last, first)
    start, whole = pd.Timestamp(first), 0
    while start + pd.DateOffset(months=whole + 1) <= pd.Timestamp(last):
        whole += 1
    here, there = start + pd.DateOffset(months=whole), start + pd.DateOffset(months=whole + 1)
    return whole + Fraction((pd.Timestamp(last) - here).days, (there - here).days)


LAGS = (
    ("e-carnegie-coup-attempt", "e-carnegie-saint-petersburg-visit"),
    ("e-carnegie-saint-petersburg-visit", "e-carnegie-s400-delivery"),
    ("e-carnegie-s400-delivery", "e-carnegie-us-sanctions-2020"),
    ("e-carnegie-su24-downing", "e-carnegie-saint-petersburg-visit"),
    ("e-carnegie-grain-deal-brokered", "e-carnegie-russia-walked-out"),
    ("e-kocak-second-karabakh-war", "e-kocak-shusha-signed"),
    ("e-kocak-shusha-signed", "e-kocak-vision-2040-adopted"),
)


@pytest.mark.parametrize("number", range(len(LAGS)))
def test_a_lag_reaches_from_the_least_to_the_greatest_of_any_pair_of_days(number):
    with (ROOT / "figures/fig-order-lags.csv").open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[number]
    ends = [sorted({*d[:3], *d[-3:], *d[:: max(1, len(d) // 6)]}) for d in map(days, LAGS[number])]
    every = [months(a, b) for a, b in itertools.product(*ends)]
    assert (Fraction(row["low"]), Fraction(row["high"])) == (min(every), max(every))


def test_no_length_of_the_grain_deal_is_an_exact_year_and_every_one_rounds_to_one():
    start, end = (days(name) for name in LAGS[4])
    years = [months(a, b) / 12 for a, b in itertools.product((start[0], start[-1]), (end[0], end[-1]))]
    assert max(years) < 1
    assert {round(y) for y in years} == {1}


def test_seven_decades_lie_between_accession_and_the_text():
    first, last = days("e-carnegie-nato-membership-1952"), datetime.date(2024, 1, 1)
    assert months(first[-1], last) > 7 * 120
    assert months(first[0], datetime.date.fromisoformat(TEXTS["carnegie2024"]["latest"])) < 8 * 120


def test_the_dates_of_tensions_clash_where_the_chapter_says():
    """Tensions of two recorded or cited dates, and of a length; beginnings are read off the year they name."""
    years = {
        f"{r['text']} {r['paragraph']} {r['nth']}": r["token"]
        for r in table("numerals")
        if r["class"] in ("citation", "address")
    }
    decade = {"e-kocak-us-leadership-declined": (2010, 2019)}

    def span(name, opening):
        if name in TEXTS:
            return datetime.date(int(TEXTS[name]["year"]), 1, 1), datetime.date.fromisoformat(
                TEXTS[name]["latest"]
            )
        if name in years:
            return datetime.date(int(years[name]), 1, 1), datetime.date(int(years[name]), 12, 31)
        row, found = EVENTS[name], days(name)
        since = not row["latest"] and "since" in row["date_printed"].lower()
        if opening and since:
            first, last = decade.get(name, (found[0].year, found[0].year))
            return datetime.date(first, 1, 1), datetime.date(last, 12, 31)
        return found[0], found[-1]

    counts = {"clash": 0, "open": 0, "no clash": 0}
    for row in table("tensions"):
        opening = row["measure"] in ("coincide", "opening_order")
        if row["measure"] == "compare(elapsed, value)":
            pair, printed = (part.strip() for part in row["inputs"].split("|"))
            a, b = (span(name.strip(), False) for name in pair.split(";"))
            low, high = months(a[1], b[0]), months(a[0], b[1])
            bounds = {  # the plain reading of the printed length, in months, its upper end left out
                "q-carnegie-grain-transit-one-year": (6, 18),
                "q-carnegie-crisis-a-year": (6, 18),
                "q-kocak-within-months": (2, 12),
            }[printed]
            meet = high >= bounds[0] and low < bounds[1]
            inside = low >= bounds[0] and high < bounds[1]
        elif opening or row["measure"] == "order":
            a, b = (span(name.strip(), opening) for name in row["inputs"].split(";"))
            meet = a[0] <= b[1] and (b[0] <= a[1] or row["measure"] != "coincide")
            inside = a[1] <= b[0] if row["measure"] != "coincide" else a == b and a[0] == a[1]
        else:
            continue
        counts["no clash" if inside else "open" if meet else "clash"] += 1
    told = numbers(
        r"Of (\d+) tensions (\d+) are clashes, (\d+) are open and (\d+) are none",
        prose("are none on the plain reading"),
    )
    assert (sum(counts.values()), *counts.values()) == told
