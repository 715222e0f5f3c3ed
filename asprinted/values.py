"""Ask the record: the set that a printed number allows, and a measure under all three readings."""

from __future__ import annotations

from collections.abc import Callable

from asprinted.measures import Outcome
from asprinted.readings import READINGS, Reading
from asprinted.record import record
from asprinted.sets import RealSet
from asprinted.verdicts import read_quantity


def read(identifier: str, reading: Reading = "plain", sense: str | None = None) -> RealSet:
    """The values that a printed quantity allows, in whole units (dollars, tonnes, shares of one).

    Raises KeyError for an unknown id or sense; without a sense, a hedge's first sense is taken.
    """
    row = record().rows["quantities"][identifier]
    senses = {hedge.sense: hedge for hedge in record().hedge_senses(row.hedge)}
    return read_quantity(row, reading, senses[sense] if sense else next(iter(senses.values())))


def across(measure: Callable[..., RealSet | Outcome], *identifiers: str) -> dict[Reading, RealSet | Outcome]:
    """A measure of printed quantities under the tight, the plain and the loose reading."""
    return {reading: measure(*(read(i, reading) for i in identifiers)) for reading in READINGS}


def digits(identifier: str) -> str:
    """A quantity's digits as printed."""
    return record().rows["quantities"][identifier].digits
