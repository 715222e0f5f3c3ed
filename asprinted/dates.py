"""Dates as intervals of days: what the printed dates allow of an order."""

from __future__ import annotations

import datetime

from asprinted.measures import Outcome

Span = tuple[datetime.date, datetime.date]


def order(a: Span, b: Span) -> Outcome:
    """Which orders of a and b the printed days allow: a subset of {"before", "after", "same day"}.

    Each span holds the first and the last day that the print allows, both included. An order that is
    not in the answer is refuted; one that is alone in it is shown. Neither proves a cause.
    """
    found = set()
    if a[0] < b[1]:
        found.add("before")
    if a[1] > b[0]:
        found.add("after")
    if a[0] <= b[1] and b[0] <= a[1]:
        found.add("same day")
    return frozenset(found)
