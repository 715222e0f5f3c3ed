"""Agreement between two readings of a text: which rows both hold, and how alike they are coded."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from asprinted.book import DATA
from asprinted.record import record

READINGS = ("first", "second")

# For each table read twice, the columns that tell rows of one phrase apart, and the columns held against each other.
TELLING = {
    "quantities": ("digits",),
    "events": ("actor",),
    "statuses": ("institution", "state"),
    "codings": ("unit",),
}
CODED = {
    "quantities": ("argument", "kind", "hedge", "unit"),
    "events": ("type", "argument", "dating", "earliest", "latest"),
    "codings": ("unit", "value"),
}

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Matching:
    """Rows of two readings laid side by side: pairs, and the rows that only one of them has."""

    pairs: list[tuple[dict, dict]]
    only_first: list[dict]
    only_second: list[dict]


@cache
def _words(phrase: str) -> Counter[str]:
    return Counter(_WORD.findall(phrase.lower()))


def overlap(a: str, b: str) -> float:
    """Shared words of two phrases over the words of the shorter one, in [0, 1]."""
    first, second = _words(a), _words(b)
    shorter = min(first.total(), second.total())
    return (first & second).total() / shorter if shorter else 0.0


def match(
    first: Sequence[dict],
    second: Sequence[dict],
    same: Sequence[str],
    least: float = 0.5,
    telling: Sequence[str] = (),
) -> Matching:
    """Pair rows that agree in the columns `same` and share at least `least` of the shorter phrase.

    The closest phrases are paired first, and among equally close ones those that agree in most columns of
    `telling`; each row is paired at most once.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for j, row in enumerate(second):
        alike.setdefault(tuple(row[column].lower() for column in same), []).append(j)
    candidates = sorted(
        (
            -overlap(a["printed"], second[j]["printed"]),
            -sum(a[column].lower() == second[j][column].lower() for column in telling),
            i,
            j,
        )
        for i, a in enumerate(first)
        for j in alike.get(tuple(a[column].lower() for column in same), ())
    )
    left, right, pairs = set(range(len(first))), set(range(len(second))), []
    for negative, _, i, j in candidates:
        if -negative >= least and i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((first[i], second[j]))
    return Matching(pairs, [first[i] for i in sorted(left)], [second[j] for j in sorted(right)])


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An agreement coefficient with an interval and the number of units it rests on."""

    value: float
    low: float
    high: float
    units: int


def kappa(codes: Sequence[tuple[Hashable, Hashable]]) -> Coefficient:
    """Cohen's kappa of two coders with its 95 percent interval (Cohen 1960; from statsmodels).

    The interval is asymptotic (Fleiss, Cohen and Everitt 1969), cut off at one; where its variance is nil, as
    without a single disagreement, it shrinks to the value. Raises ValueError without codes. Where both coders use one and the same code throughout,
    kappa is undefined and all three values are nan.
    """
    from statsmodels.stats.inter_rater import cohens_kappa  # half a second to load, and few chapters need it

    if not codes:
        raise ValueError("agreement needs at least one coded unit")
    values = sorted({code for pair in codes for code in pair}, key=str)
    if len(values) == 1:
        return Coefficient(np.nan, np.nan, np.nan, len(codes))
    if all(a == b for a, b in codes):
        return Coefficient(1.0, 1.0, 1.0, len(codes))
    index = {value: i for i, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for a, b in codes:
        table[index[a], index[b]] += 1
    with np.errstate(invalid="ignore", divide="ignore"):
        found = cohens_kappa(table)
    low, high = (found.kappa if np.isnan(end) else end for end in (found.kappa_low, found.kappa_upp))
    return Coefficient(found.kappa, low, min(high, 1.0), len(codes))


def _tallies(units: Sequence[Sequence[Hashable]]) -> tuple[np.ndarray, np.ndarray]:
    """Per unit: how often each code was given (units × codes), and the pairs of unlike codes over its codes less one.

    A unit with fewer than two codes can be compared with nothing and counts for nothing.
    """
    columns = {code: i for i, code in enumerate(dict.fromkeys(code for unit in units for code in unit))}
    counts = np.zeros((len(units), len(columns)))
    for row, unit in zip(counts, units, strict=True):
        for code in unit if len(unit) > 1 else ():
            row[columns[code]] += 1
    given = counts.sum(axis=1, keepdims=True)
    unlike = (counts * (given - counts)).sum(axis=1) / np.maximum(given[:, 0] - 1, 1)
    return counts, unlike


def _alphas(counts: np.ndarray, unlike: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha for nominal codes, one for each row of weights (draws × units); nan where undefined."""
    totals = weights @ counts
    n = totals.sum(axis=1)
    expected = (totals * (n[:, None] - totals)).sum(axis=1) / np.maximum(n - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - weights @ unlike / expected, np.nan)


def krippendorff_alpha(units: Sequence[Sequence[Hashable]], draws: int = 1000, seed: int = 0) -> Coefficient:
    """Krippendorff's alpha for nominal codes, one sequence of codes a unit (Krippendorff 2011).

    The interval holds the middle 95 percent of alphas when units are drawn again with replacement
    `draws` times from a generator with a fixed seed.
    """
    counts, unlike = _tallies(units)
    (value,) = _alphas(counts, unlike, np.ones((1, len(units))))
    drawn = (np.random.RandomState([seed]).random_sample((draws, len(units))) * len(units)).astype(int)
    weights = np.stack([np.bincount(row, minlength=len(units)) for row in drawn]).astype(float)
    resampled = np.sort(_alphas(counts, unlike, weights))
    resampled = resampled[~np.isnan(resampled)]
    if not resampled.size:
        return Coefficient(float(value), float("nan"), float("nan"), len(units))
    low, high = (float(resampled[int(q * (len(resampled) - 1))]) for q in (0.025, 0.975))
    return Coefficient(float(value), low, high, len(units))


def reading(which: str, table: str) -> list[dict[str, str]]:
    """The rows of one of the two readings, "first" or "second", as text.

    Codings are those of states and systems that both readers made; they are taken from the record, where the
    names that each reader had given freely are set in one frame.
    """
    if table == "codings":
        by_both = set.intersection(*({row.variable for row in _codings(coder)} for coder in READINGS))
        return [
            {column: str(value) for column, value in row.model_dump().items()}
            for row in _codings(which)
            if row.variable in by_both and not _of_a_row(row.unit)
        ]
    with (DATA / "readings" / which / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codings(coder: str) -> list:
    return record().select(f"codings?coder={coder}")


def _of_a_row(unit: str) -> bool:
    """Whether a coding's unit is a row of the record and not a state or a system."""
    return any(unit in rows for rows in record().rows.values())


def codings_of_rows() -> pd.DataFrame:
    """For each variable that codes rows of the record: how many each coder coded, and agreement where both did.

    Where one coder gives a row several values, they are taken together as one.
    """
    values: dict[str, dict[str, dict[str, str]]] = {}
    for coder in READINGS:
        for row in sorted(_codings(coder), key=lambda row: row.value):
            if _of_a_row(row.unit):
                units = values.setdefault(row.variable, {c: {} for c in READINGS})[coder]
                units[row.unit] = "; ".join(filter(None, (units.get(row.unit), row.value)))
    found = []
    for variable, by_coder in values.items():
        first, second = by_coder.values()
        codes = [(first[unit], second[unit]) for unit in first if unit in second]
        k = kappa(codes) if codes else Coefficient(np.nan, np.nan, np.nan, 0)
        a = krippendorff_alpha(codes) if codes else k
        alike = sum(x == y for x, y in codes)
        found.append(
            (
                variable,
                len(first),
                len(second),
                len(codes),
                alike,
                k.value,
                k.low,
                k.high,
                a.value,
                a.low,
                a.high,
            )
        )
    names = (
        "variable, first, second, units, alike, kappa, kappa low, kappa high, alpha, alpha low, alpha high"
    )
    return pd.DataFrame(found, columns=names.split(", "))


@cache
def laid_side_by_side(table: str) -> Matching:
    """The two readings of a table, matched by text, paragraph and phrase (codings also by variable)."""
    same = ("text", "paragraph", "variable") if table == "codings" else ("text", "paragraph")
    return match(*(reading(which, table) for which in READINGS), same, telling=TELLING[table])


def matches() -> pd.DataFrame:
    """For each table and text: rows in each reading, matched, only in the first, only in the second."""
    found = []
    for table in TELLING:
        both = laid_side_by_side(table)
        for text in record().rows["texts"]:
            pairs = sum(a["text"] == text for a, _ in both.pairs)
            first, second = (
                sum(row["text"] == text for row in rows) for rows in (both.only_first, both.only_second)
            )
            found.append((table, text, pairs + first, pairs + second, pairs, first, second))
    columns = ["table", "text", "first", "second", "matched", "only first", "only second"]
    rows = pd.DataFrame(found, columns=columns)
    return rows[rows["first"] + rows["second"] > 0].reset_index(drop=True)


@cache
def coefficients() -> pd.DataFrame:
    """For each coded column: matched rows, how many are coded alike, kappa and alpha with their intervals."""
    found = []
    for table, columns in CODED.items():
        for column in columns:
            codes = [(a[column].lower(), b[column].lower()) for a, b in laid_side_by_side(table).pairs]
            k, a = kappa(codes), krippendorff_alpha(codes)
            alike = sum(x == y for x, y in codes)
            found.append((table, column, len(codes), alike, k.value, k.low, k.high, a.value, a.low, a.high))
    names = "table, column, units, alike, kappa, kappa low, kappa high, alpha, alpha low, alpha high"
    return pd.DataFrame(found, columns=names.split(", "))


@cache
def resolutions() -> pd.DataFrame:
    """The log of resolved differences, with `side`: whether a row stood in both readings or in one only."""
    with (DATA / "readings" / "resolutions.csv").open(encoding="utf-8", newline="") as file:
        log = pd.DataFrame(csv.DictReader(file))
    names = {(True, True): "both", (True, False): "only first", (False, True): "only second"}
    sides = [
        names.get((bool(a), bool(b)), "the whole table")
        for a, b in zip(log.first_id, log.second_id, strict=True)
    ]
    return log.assign(side=sides)
