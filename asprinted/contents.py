"""What the record holds: numbers by what they measure, steps by how they are dated, claims by what they rest on.

Every function counts rows of the record; nothing here reads a number or judges a claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from asprinted.readings import parse_digits
from asprinted.record import Row, record
from asprinted.texts import TEXTS
from asprinted.verdicts import court

TEXT_NAMES = {"kurnaz2026": "Journal article", "carnegie2024": "Policy paper", "kocak2026": "Book chapter"}

# The unit of a number says what it is a number of.
MATTERS = {
    name: tuple(units.split(", "))
    for name, units in {
        "money": "USD, unstated",
        "weight": "tonnes",
        "shares and multiples": "share, factor",
        "people and things": "soldiers, permits, corvettes, pipelines, lines, projects, participants, locations, "
        "returns, engineers and technicians",
        "time": "years, months, weeks, days, decades",
        "rank": "rank",
        "the parties": "countries, states, nations, capitals, governments, economies, leaders, presidents, "
        "middle powers, superpowers, blocs, allies, members, sides, actors",
        "parts of the argument": "aspects, assumptions, features, factors, trends, dynamics, recommendations, "
        "indicators, categories, arenas, domains, clusters, dimensions, objectives, levels, ways",
    }.items()
}
AMOUNTS = ("money", "weight", "shares and multiples")

# How finely a step is dated, by the days that the print leaves open.
WITHIN = {"within a month": 31, "within a year": 366}
FINENESS = (
    *WITHIN,
    "over a longer span",
    "on one side only",
    "by a citation only",
    "by another step only",
    "no date",
)
DATED = FINENESS[:4]

BASES = (
    "printed numbers",
    "dates and steps",
    "a number not printed",
    "a word without a threshold",
    "nothing countable",
)
QUALITATIVE = BASES[3:]


def matter(unit: str) -> str:
    """What a unit is a unit of. Raises KeyError for a unit that no group names."""
    for name, units in MATTERS.items():
        if unit in units:
            return name
    raise KeyError(f"no group of units names {unit!r}")


def numbers() -> pd.DataFrame:
    """Every printed number: id, text, argument, matter, whether it is an amount, hedged, and said by a cited source."""
    rows = record().rows["quantities"].values()
    return pd.DataFrame(
        {
            "id": row.id,
            "text": row.text,
            "argument": row.argument,
            "matter": matter(row.unit),
            "amount": matter(row.unit) in AMOUNTS,
            "hedged": bool(row.hedge),
            "cited": row.speaker != "author",
        }
        for row in rows
    )


def amounts() -> list[str]:
    """Ids of the numbers that say how much: money, tonnes, shares and multiples."""
    found = numbers()
    return list(found[found.amount].id)


def significant_digits(digits: str) -> int:
    """Digits of a numeral down to its grain: trailing zeros of a whole number count as round, not as measured.

    A range counts its finer end. Raises ValueError for what is no number.
    """
    parsed = parse_digits(digits)
    return len(str(int(parsed.hi / parsed.grain)))


def precision() -> pd.DataFrame:
    """Amounts printed in numerals: id, text, scale and significant digits."""
    rows = [record().rows["quantities"][identifier] for identifier in amounts()]
    return pd.DataFrame(
        {"id": row.id, "text": row.text, "scale": row.scale, "digits": significant_digits(row.digits)}
        for row in rows
        if re.match(r"\d", row.digits)
    )


def fineness(event: Row) -> str:
    """How finely a step is dated: one of `FINENESS`."""
    if event.dating == "source":
        return "by a citation only"
    if event.earliest is None and event.latest is None:
        return "by another step only" if event.dating == "relative" else "no date"
    if event.earliest is None or event.latest is None:
        return "on one side only"
    days = (event.latest - event.earliest).days + 1
    return next((name for name, most in WITHIN.items() if days <= most), "over a longer span")


def steps() -> pd.DataFrame:
    """Every event or step: id, text, argument, how finely it is dated, and whether it has days of the text's own."""
    rows = record().rows["events"].values()
    return pd.DataFrame(
        {
            "id": row.id,
            "text": row.text,
            "argument": row.argument,
            "fineness": fineness(row),
            "dated": fineness(row) in DATED,
        }
        for row in rows
    )


def basis(claim: Row) -> str:
    """What a claim, as formalised, is to be held against: one of `BASES`.

    A printed number among its inputs outweighs a missing one: such a claim is partly carried by print.
    """
    formal = court().formal(claim)
    if formal is None:
        return "nothing countable"
    if formal.claimed and formal.claimed.vague:
        return "a word without a threshold"
    inputs = [name for group in formal.groups for name in group]
    if any(name in record().rows["quantities"] for name in inputs):
        return "printed numbers"
    return (
        "a number not printed" if any(name.startswith("missing:") for name in inputs) else "dates and steps"
    )


def claims() -> pd.DataFrame:
    """Every claim: id, text, argument and what it rests on."""
    rows = record().rows["claims"].values()
    return pd.DataFrame(
        {"id": row.id, "text": row.text, "argument": row.argument, "basis": basis(row)} for row in rows
    )


def by_text(rows: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    """Counts of rows by the values of a column, in a given order, one column a text."""
    return pd.crosstab(rows[column], rows["text"]).reindex(index=order, columns=TEXTS, fill_value=0)


def arguments() -> list[str]:
    """The arguments, those with most claims on printed numbers first, then those with most on dates and steps."""
    counts = pd.crosstab(claims()["argument"], claims()["basis"]).reindex(columns=BASES, fill_value=0)
    return list(counts.sort_values(list(BASES[:3]), ascending=False, kind="stable").index)


def by_argument() -> pd.DataFrame:
    """For each argument: numbers, amounts, steps, dated steps, claims, and claims by what they rest on."""
    of_numbers, of_steps, of_claims = numbers(), steps(), claims()
    return pd.DataFrame(
        {
            "argument": name,
            "numbers": int((of_numbers.argument == name).sum()),
            "amounts": int(((of_numbers.argument == name) & of_numbers.amount).sum()),
            "steps": int((of_steps.argument == name).sum()),
            "dated": int(((of_steps.argument == name) & of_steps.dated).sum()),
            "claims": int((of_claims.argument == name).sum()),
            **{b: int(((of_claims.argument == name) & (of_claims.basis == b)).sum()) for b in BASES},
        }
        for name in arguments()
    )


def per_thousand(count: int, text: str) -> Fraction:
    """A count per 1,000 words of the copy held, reference list included."""
    return Fraction(1000 * int(count), record().rows["texts"][text].words)


def census() -> pd.DataFrame:
    """Numerals and number words of each text by the class that the census gives them, the largest class first."""
    rows = record().frame("numerals").rename(columns={"class": "kind"})
    order = (
        rows["kind"]
        .value_counts(sort=True)
        .sort_index(kind="stable")
        .sort_values(ascending=False, kind="stable")
    )
    return by_text(rows, "kind", list(order.index))


def beyond_the_scan() -> list[str]:
    """Ids of numbers that the census cannot see: said by a word that only implies one (decade, annual, top)."""
    seen = {row.id for row in record().rows["numerals"].values()}
    return [identifier for identifier in record().rows["quantities"] if identifier not in seen]


def tabulated(counts: pd.DataFrame, heading: str) -> pd.DataFrame:
    """Counts by text as a table to be read: the texts by their kind, and a column for all three."""
    named = counts.rename(columns=TEXT_NAMES).assign(All=counts.sum(axis=1))
    return named.rename_axis(heading).rename_axis(None, axis="columns").reset_index()


def rates() -> pd.DataFrame:
    """For each text: words of the copy held, then numbers, amounts, steps and dated steps per 1,000 of them."""
    of_numbers, of_steps = numbers(), steps()
    return pd.DataFrame(
        {
            "text": text,
            "words": record().rows["texts"][text].words,
            "numbers": per_thousand((of_numbers.text == text).sum(), text),
            "amounts": per_thousand(((of_numbers.text == text) & of_numbers.amount).sum(), text),
            "steps": per_thousand((of_steps.text == text).sum(), text),
            "dated steps": per_thousand(((of_steps.text == text) & of_steps.dated).sum(), text),
        }
        for text in TEXTS
    )


def hedges() -> pd.DataFrame:
    """How often each text uses each hedge word of its printed numbers, the commonest first."""
    rows = record().quantities()
    rows = rows[rows.hedge != ""].rename(columns={"hedge": "word"})
    return by_text(
        rows,
        "word",
        list(
            rows.word.value_counts()
            .sort_index(kind="stable")
            .sort_values(ascending=False, kind="stable")
            .index
        ),
    )


def speakers() -> pd.DataFrame:
    """Numbers and amounts of each text that the author states, and those given under a cited source."""
    found = numbers()
    return pd.DataFrame(
        {
            "numbers, author": by_text(found[~found.cited], "amount", (True, False)).sum(),
            "numbers, cited source": by_text(found[found.cited], "amount", (True, False)).sum(),
            "amounts, author": by_text(found[~found.cited], "amount", (True,)).sum(),
            "amounts, cited source": by_text(found[found.cited], "amount", (True,)).sum(),
        }
    ).T


def commonest_span() -> tuple[int, str, str, str]:
    """The span of days longer than a year that most steps share: how many, in which text, first and last day."""
    events = record().events()
    longer = events[list(steps().fineness == "over a longer span")]
    counts = longer.groupby(["text", "earliest", "latest"]).size()
    text, first, last = counts.idxmax()
    return int(counts.max()), text, str(first), str(last)
