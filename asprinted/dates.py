"""A calculus of dates: what the printed days allow of an order, of a length of time and of a chain of events.

A date is a span: the first and the last day that the print allows, both included. `EVER` stands for a
date of which nothing is printed. Between spans stand relations that the print states without a date
("after the coup attempt", "three weeks after"). Whole days are counted in the Gregorian calendar, and
nothing here rounds. "Before" and "after" form a simple temporal problem, whose least spans are found by
propagation to a fixed point (Dechter, Meiri and Pearl 1991); "during" and a length pass days one way only.

An order can be refuted, never proved a cause: what is anticipated may be answered before it comes.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from asprinted.measures import Outcome
from asprinted.sets import INF, NONNEGATIVE, RealSet, between

Day = datetime.date
Span = tuple[Day, Day]
EVER: Span = (Day.min, Day.max)
UNITS = {"days": 1, "weeks": 7}
MONTHS = {"months": 1, "years": 12, "decades": 120}


def order(a: Span, b: Span) -> Outcome:
    """Which orders of a and b the printed days allow: a subset of {"before", "after", "same day"}.

    An order that is not in the answer is refuted; one that is alone in it is shown. Neither proves a
    cause. Empty if a span is (its first day after its last).
    """
    if a[0] > a[1] or b[0] > b[1]:
        return frozenset()
    found = set()
    if a[0] < b[1]:
        found.add("before")
    if a[1] > b[0]:
        found.add("after")
    if a[0] <= b[1] and b[0] <= a[1]:
        found.add("same day")
    return frozenset(found)


def coincide(a: Span, b: Span) -> Outcome:
    """Whether two dates of one thing can be one day: a subset of {"together", "apart"}."""
    found = {"together" if o == "same day" else "apart" for o in order(a, b)}
    return frozenset(found)


def shift(day: Day, count: int, unit: str) -> Day:
    """A day moved by whole days, weeks, months, years or decades.

    A day that its month lacks becomes the last of the month (31 January and a month: the last of
    February). Stops at the ends of the calendar. Raises KeyError for another unit.
    """
    if unit in UNITS:
        number = day.toordinal() + count * UNITS[unit]
        return Day.fromordinal(min(max(number, Day.min.toordinal()), Day.max.toordinal()))
    year, month = divmod(day.year * 12 + day.month - 1 + count * MONTHS[unit], 12)
    if not Day.min.year <= year <= Day.max.year:
        return Day.min if year < Day.min.year else Day.max
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def length(first: Day, last: Day, unit: str = "days") -> Fraction:
    """How long it is from one day to another, in a unit; negative if the second comes first.

    Months, years and decades are counted as ages are: whole ones up to the last anniversary, then the
    share of the running one that has passed, in days. So a year from any day to the same day of the next
    year is exactly 1. It never falls as `last` moves on and never rises as `first` does.
    Raises KeyError for another unit.
    """
    if last < first:
        return -length(last, first, unit)
    if unit in UNITS:
        return Fraction((last - first).days, UNITS[unit])
    whole = ((last.year - first.year) * 12 + last.month - first.month) // MONTHS[unit]
    if shift(first, whole, unit) > last:
        whole -= 1
    start, end = shift(first, whole, unit), shift(first, whole + 1, unit)
    return whole + Fraction((last - start).days, (end - start).days)


def elapsed(a: Span, b: Span, unit: str = "days") -> RealSet:
    """How long it can be from a day of a to a day of b, in a unit: from the least to the greatest length.

    Negative where b can come first; endless where a day is not printed. Empty if a span is.
    """
    if a[0] > a[1] or b[0] > b[1]:
        return RealSet()
    low = -INF if a[1] == Day.max or b[0] == Day.min else length(a[1], b[0], unit)
    high = INF if a[0] == Day.min or b[1] == Day.max else length(a[0], b[1], unit)
    return between(low, high)


_MONTH = "|".join(name for name in calendar.month_name if name)
_FULL = re.compile(
    rf"(?P<d>\d{{1,2}}) (?P<m>{_MONTH}) (?P<y>\d{{4}})|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}), (?P<y2>\d{{4}})"
)
_MONTHLY = re.compile(rf"(?P<m>{_MONTH}) (?P<y>\d{{4}})")
_YEARLY = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<decade>s?)(?!\d)")


def printed_span(phrase: str) -> Span | None:
    """The days of the first date in an English phrase: a day, a month, a year or a decade; None if there is none.

    "Early" and "late" narrow nothing: the early 2010s are somewhere in the decade.
    """
    names = list(calendar.month_name)
    if match := _FULL.search(phrase):
        year, month, day = (match[k] or match[k + "2"] for k in "ymd")
        found = Day(int(year), names.index(month), int(day))
        return found, found
    if match := _MONTHLY.search(phrase):
        first = Day(int(match["y"]), names.index(match["m"]), 1)
        return first, shift(shift(first, 1, "months"), -1, "days")
    if match := _YEARLY.search(phrase):
        first = Day(int(match["y"]), 1, 1)
        return first, Day(first.year + (9 if match["decade"] else 0), 12, 31)
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """What the print tells of one event's date: days, a relation to an anchor, and when it opens.

    `offset` is "before", "after", "during" or a signed length such as "+3 weeks". `opening` holds the days
    in which something still going on began ("since 2020"); without it, any day of the span may be the first.
    """

    first: Day = Day.min
    last: Day = Day.max
    anchor: str = ""
    offset: str = ""
    opening: Span | None = None


_SIGNED = re.compile(r"([+-]\d+) (days|weeks|months|years)")


class Chronicle:
    """Events with their spans and relations, and what these allow together.

    Days are compared, so "after" lets an event fall on its anchor's day or later; of the two moments it
    still says which came first. "During" puts an event inside the days of its anchor's span. A signed
    length is read a unit either way ("three weeks after": two to four). "Before" and "after" narrow both
    events; "during" and a length narrow the event and not its anchor, so that a span next to one of these
    holds every day that the print allows and can hold more.
    Raises KeyError for an anchor that is not told of and ValueError if the relations run in a circle.
    """

    def __init__(self, told: Mapping[str, Told]) -> None:
        self.told = dict(told)
        self._later: dict[str, set[str]] = {name: set() for name in self.told}
        for name, event in self.told.items():
            if event.anchor and event.anchor not in self.told:
                raise KeyError(f"{name!r} is dated by {event.anchor!r}, of which nothing is told")
            if event.offset == "before" or event.offset.startswith("-"):
                self._later[name].add(event.anchor)
            elif event.offset == "after" or event.offset.startswith("+"):
                self._later[event.anchor].add(name)
        for name in self.told:
            if self.precedes(name, name):
                raise ValueError(f"the relations of {name!r} run in a circle")

    def precedes(self, a: str, b: str) -> bool:
        """Whether a chain of stated relations puts a before b."""
        reached, waiting = set(), set(self._later.get(a, ()))
        while waiting:
            name = waiting.pop()
            reached.add(name)
            waiting |= self._later[name] - reached
        return b in reached

    @cached_property
    def _spans(self) -> dict[str, Span]:
        spans = {name: (event.first, event.last) for name, event in self.told.items()}

        def narrow(name: str, first: Day = Day.min, last: Day = Day.max) -> bool:
            old = spans[name]
            spans[name] = (max(old[0], first), min(old[1], last))
            return spans[name] != old

        related = [(name, event) for name, event in self.told.items() if event.anchor]
        changed = True
        while changed:
            changed = False
            for name, event in related:
                first, last = spans[event.anchor]
                if event.offset == "after":
                    changed |= narrow(name, first=first)
                    changed |= narrow(event.anchor, last=spans[name][1])
                elif event.offset == "before":
                    changed |= narrow(name, last=last)
                    changed |= narrow(event.anchor, first=spans[name][0])
                elif event.offset == "during":
                    changed |= narrow(name, first, last)
                else:
                    number, unit = _SIGNED.fullmatch(event.offset).groups()
                    near, far = int(number) - 1, int(number) + 1
                    changed |= narrow(
                        name,
                        Day.min if first == Day.min else shift(first, near, unit),
                        Day.max if last == Day.max else shift(last, far, unit),
                    )
        return spans

    def span(self, name: str) -> Span:
        """The days that its own print and its relations allow an event. A missing date may be any day."""
        return EVER if name.startswith("missing:") else self._spans[name]

    def opening(self, name: str) -> Span:
        """The days on which an event can have begun: those of its "since", or else any day of its span."""
        event = self.told.get(name)
        return (event and event.opening) or self.span(name)

    def order(self, a: str, b: str) -> Outcome:
        """Which orders of two events are allowed: their stated relation, through any chain, or else their days."""
        found = order(self.span(a), self.span(b))
        for first, last, word in ((a, b, "before"), (b, a, "after")):
            if found and self.precedes(first, last):
                return frozenset({word})
        return found

    def elapsed(self, a: str, b: str, unit: str = "days") -> RealSet:
        """How long it can be from event a to event b, in a unit; not negative where a chain puts a first."""
        found = elapsed(self.span(a), self.span(b), unit)
        if self.precedes(a, b):
            return found & NONNEGATIVE
        return found & between(-INF, Fraction(0)) if self.precedes(b, a) else found

    def coincide(self, a: str, b: str) -> Outcome:
        """Whether two dates of one beginning can be one day."""
        return coincide(self.opening(a), self.opening(b))

    def opening_order(self, a: str, b: str) -> Outcome:
        """Which orders of two beginnings are allowed by their days."""
        return order(self.opening(a), self.opening(b))

    def without(self, names: Iterable[str]) -> Chronicle:
        """The same, with the relations of some events left out and their own days kept."""
        dropped = set(names)
        return Chronicle(
            {
                name: replace(event, anchor="", offset="") if name in dropped else event
                for name, event in self.told.items()
            }
        )


MEASURES_OF_DATES = {
    "order": Chronicle.order,
    "elapsed": Chronicle.elapsed,
    "coincide": Chronicle.coincide,
    "opening_order": Chronicle.opening_order,
}


def _opening(row: Any) -> Span | None:
    """The days in which something still going on is said to have begun; None without such a word."""
    if row.latest or not row.earliest or not re.search(r"\b(since|from)\b", row.date_printed, re.IGNORECASE):
        return None
    return printed_span(row.date_printed)


def chronicle(found: Any) -> Chronicle:
    """The dates of a record: its events, statuses, texts (their year of publication) and cited years.

    No event is later than the last day its text can know, unless its own print says so. A numeral of class
    citation or address that is a year of four digits stands for the days of that year.
    """
    texts = found.rows["texts"]
    told = {key: Told(Day(row.year, 1, 1), row.latest) for key, row in texts.items()}
    for key, row in found.rows["statuses"].items():
        told[key] = Told(row.earliest or Day.min, row.latest or texts[row.text].latest)
    for key, row in found.rows["events"].items():
        last = row.latest or max(texts[row.text].latest, row.earliest or Day.min)
        told[key] = Told(row.earliest or Day.min, last, row.anchor, row.offset, _opening(row))
    for key, row in found.rows["numerals"].items():
        if getattr(row, "class") in ("citation", "address") and re.fullmatch(r"[12]\d{3}", row.token):
            told[key] = Told(Day(int(row.token), 1, 1), Day(int(row.token), 12, 31))
    return Chronicle(told)
