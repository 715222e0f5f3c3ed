"""Words that figures' captions, alt texts and descriptions share: lists, counts in words, days, readings."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping

from asprinted.display import words
from asprinted.readings import READINGS, Reading
from asprinted.record import record
from asprinted.sets import RealSet
from asprinted.texts import ROLES, TEXTS, short_name

TEXT_NAMES = ROLES
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


def spelled(count: int) -> str:
    """A small count as a word, a larger one in digits."""
    return COUNTS[count] if 0 <= count < len(COUNTS) else str(count)


def listed(items: Iterable[object], last: str = "and") -> str:
    """Items in a row: "a, b and c"; "none" if there are none."""
    names = [str(item) for item in items]
    if len(names) < 2:
        return names[0] if names else "none"
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def capital(text: str) -> str:
    """A text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def places(*identifiers: str) -> str:
    """The texts and paragraphs of some rows, for a source line: "Kurnaz (2026) ¶69, 72"."""
    found: dict[str, set[int]] = {}
    for identifier in identifiers:
        row = record().find(identifier)
        found.setdefault(row.text, set()).add(row.paragraph)
    return "; ".join(
        f"{short_name(text)} ¶{', '.join(map(str, sorted(found[text])))}" for text in TEXTS if text in found
    )


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def days(first: datetime.date, last: datetime.date) -> str:
    """An interval of days in words: "15 June 2021", "July 2019", "March to May 2023", "2020", "2016 to 2019"."""
    if first == last:
        return _day(first)
    starts = first.day == 1
    ends = last.day == calendar.monthrange(last.year, last.month)[1]
    if starts and ends and (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if starts and ends and first.year == last.year:
        return (
            f"{first:%B} {last.year}" if first.month == last.month else f"{first:%B} to {last:%B} {last.year}"
        )
    return f"{_day(first)} to {_day(last)}"


def under_readings(sets: Mapping[Reading, RealSet], places: int = 2, scale: str = "", unit: str = "") -> str:
    """A set under the readings: "2.17 tight, 2.14 to 2.21 plain, above 2.12, below 2.16 loose"; readings alike share."""
    said: dict[str, list[str]] = {}
    for reading in READINGS:
        said.setdefault(words(sets[reading], places, scale) + unit, []).append(reading)
    return "; ".join(f"{listed(names)} {text}" for text, names in said.items())
