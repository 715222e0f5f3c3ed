"""Numbers and sets in print: exact fractions to decimals, ends rounded outward."""

from __future__ import annotations

import math
from fractions import Fraction

from asprinted.readings import SCALES
from asprinted.sets import INF, Interval, Number, RealSet

MINUS = "\N{MINUS SIGN}"


def decimal(x: Number, places: int, toward: str = "nearest") -> str:
    """A number with a fixed number of decimals, rounded to "nearest" (ties up), "down" or "up"."""
    if x in (INF, -INF):
        return "∞" if x > 0 else MINUS + "∞"
    steps = x * 10**places
    whole = {
        "nearest": math.floor(steps + Fraction(1, 2)),
        "down": math.floor(steps),
        "up": math.ceil(steps),
    }[toward]
    digits = f"{abs(whole):0{places + 1}d}"
    head, tail = (digits[:-places], digits[-places:]) if places else (digits, "")
    return (MINUS if whole < 0 else "") + f"{int(head):,}" + (f".{tail}" if places else "")


def _ends(part: Interval, places: int, scale: str, inward: bool = False) -> tuple[str, str]:
    factor = SCALES[scale]
    lo = part.lo / factor if part.lo != -INF else part.lo
    hi = part.hi / factor if part.hi != INF else part.hi
    sides = ("up", "down") if inward else ("down", "up")
    return decimal(lo, places, sides[0]), decimal(hi, places, sides[1])


def interval(numbers: RealSet, places: int = 2, scale: str = "") -> str:
    """A set in interval notation, in units of a scale, its ends rounded outward."""
    written = []
    for part in numbers.parts:
        lo, hi = _ends(part, places, scale)
        if part.lo == part.hi:
            written.append(f"{{{lo}}}" if lo == hi else f"≈{decimal(part.lo / SCALES[scale], places)}")
        else:
            left, right = "(["[part.lo_closed], ")]"[part.hi_closed]
            written.append(f"{left}{lo}, {hi}{right}")
    return " ∪ ".join(written) or "∅"


def words(numbers: RealSet, places: int = 2, scale: str = "", *, inward: bool = False) -> str:
    """A set of one interval in words: "1.79 to 1.82", "above 60", "at least 21.3", "below 0.40".

    Ends are rounded outward, so that no value of the set is left out; `inward` rounds them the other way, so
    that every value said is in the set, as a sufficient condition asks.
    """
    if not numbers:
        return "no value"
    part = numbers.hull
    lo, hi = _ends(part, places, scale, inward)
    if part.lo == part.hi:
        return lo if lo == hi else f"{lo} to {hi}"
    low = ("at least " if part.lo_closed else "above ") + lo
    high = ("at most " if part.hi_closed else "below ") + hi
    if part.hi == INF:
        return low if part.lo != -INF else "any value"
    if part.lo == -INF or (part.lo == 0 and not part.lo_closed):
        return high
    return f"{lo} to {hi}" if part.lo_closed and part.hi_closed else f"{low}, {high}"
