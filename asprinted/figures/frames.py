"""Sets as rows of a figure's data, and back again."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from asprinted.display import words
from asprinted.sets import INF, RealSet, between


def set_row(label: str, reading: str, numbers: RealSet) -> dict:
    """One set as a row: its label and reading, exact ends as fractions, and whether each end is attained."""
    hull = numbers.hull
    return {
        "label": label,
        "reading": reading,
        "low": str(hull.lo),
        "high": str(hull.hi),
        "low_attained": hull.lo_closed,
        "high_attained": hull.hi_closed,
    }


def _end(text: str) -> Fraction | float:
    return INF if text == "inf" else -INF if text == "-inf" else Fraction(text)


def set_of(row) -> RealSet:
    """The set that a row holds, as `set_row` wrote it."""
    ends = "(["[bool(row.low_attained)] + ")]"[bool(row.high_attained)]
    return between(_end(row.low), _end(row.high), ends)


def sets_of(data: pd.DataFrame, label: str) -> dict[str, RealSet]:
    """The sets of one label by reading."""
    return {row.reading: set_of(row) for row in data[data.label == label].itertuples()}


def plain_words(data: pd.DataFrame, label: str, places: int, scale: str = "") -> str:
    """The plain reading of one label in words, to so many decimal places."""
    return words(sets_of(data, label)["plain"], places, scale)
