"""Agreement between two readings of a text: which rows both hold, and how alike they are coded."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.stats.inter_rater import cohens_kappa

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Matching:
    """Rows of two readings laid side by side: pairs, and the rows that only one of them has."""

    pairs: list[tuple[dict, dict]]
    only_first: list[dict]
    only_second: list[dict]


def overlap(a: str, b: str) -> float:
    """Shared words of two phrases over the words of the shorter one, in [0, 1]."""
    first, second = (Counter(_WORD.findall(phrase.lower())) for phrase in (a, b))
    shorter = min(first.total(), second.total())
    return (first & second).total() / shorter if shorter else 0.0


def match(first: Sequence[dict], second: Sequence[dict], same: Sequence[str], least: float = 0.5) -> Matching:
    """Pair rows that agree in the columns `same` and share at least `least` of the shorter phrase.

    The closest phrases are paired first; each row is paired at most once.
    """
    candidates = sorted(
        (
            (-overlap(a["printed"], b["printed"]), i, j)
            for i, a in enumerate(first)
            for j, b in enumerate(second)
            if all(a[column].lower() == b[column].lower() for column in same)
        ),
    )
    left, right, pairs = set(range(len(first))), set(range(len(second))), []
    for negative, i, j in candidates:
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

    Raises ValueError without codes. Where both coders use one and the same code throughout, kappa is
    undefined and all three values are nan.
    """
    if not codes:
        raise ValueError("agreement needs at least one coded unit")
    values = sorted({code for pair in codes for code in pair}, key=str)
    if len(values) == 1:
        return Coefficient(np.nan, np.nan, np.nan, len(codes))
    index = {value: i for i, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for a, b in codes:
        table[index[a], index[b]] += 1
    found = cohens_kappa(table)
    return Coefficient(found.kappa, found.kappa_low, found.kappa_upp, len(codes))


def _alpha(units: Sequence[Sequence[Hashable]]) -> float:
    """Krippendorff's alpha for nominal codes; missing codes are left out of their unit."""
    pairable = [unit for unit in units if len(unit) > 1]
    totals: Counter = Counter(code for unit in pairable for code in unit)
    n = totals.total()
    observed = sum(
        sum(count * (len(unit) - count) for count in Counter(unit).values()) / (len(unit) - 1)
        for unit in pairable
    )
    expected = sum(count * (n - count) for count in totals.values()) / (n - 1) if n > 1 else 0
    return 1 - observed / expected if expected else float("nan")


def krippendorff_alpha(units: Sequence[Sequence[Hashable]], draws: int = 1000, seed: int = 0) -> Coefficient:
    """Krippendorff's alpha for nominal codes, one sequence of codes a unit (Krippendorff 2011).

    The interval holds the middle 95 percent of alphas when units are drawn again with replacement
    `draws` times from a generator with a fixed seed.
    """
    generator = random.Random(seed)
    value = _alpha(units)
    resampled = sorted(
        a for a in (_alpha(generator.choices(units, k=len(units))) for _ in range(draws)) if a == a
    )
    if not resampled:
        return Coefficient(value, float("nan"), float("nan"), len(units))
    low, high = (resampled[int(q * (len(resampled) - 1))] for q in (0.025, 0.975))
    return Coefficient(value, low, high, len(units))
