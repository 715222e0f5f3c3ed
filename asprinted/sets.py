"""Exact sets of numbers: unions of intervals with open or closed ends over the rationals.

Ends are `fractions.Fraction`, or `-INF` and `INF`, which are never attained. Nothing here rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

INF = math.inf
Number = Fraction | float  # a Fraction, or one of the two infinities


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval; an end is attained only where its `_closed` flag says so.

    Raises ValueError for an interval that holds no number or closes at an infinity.
    """

    lo: Number
    hi: Number
    lo_closed: bool = True
    hi_closed: bool = True

    def __post_init__(self) -> None:
        for name in ("lo", "hi"):
            end = getattr(self, name)
            if not (isinstance(end, Fraction) or math.isinf(end)):
                raise ValueError(f"{name} must be a Fraction or an infinity, not {end!r}")
        if (self.lo == -INF and self.lo_closed) or (self.hi == INF and self.hi_closed):
            raise ValueError("an infinite end is never attained")
        if self.lo > self.hi or (self.lo == self.hi and not (self.lo_closed and self.hi_closed)):
            raise ValueError(f"no number lies between {self.lo} and {self.hi}")

    def __contains__(self, x: Number) -> bool:
        above = self.lo < x or (self.lo == x and self.lo_closed)
        below = x < self.hi or (self.hi == x and self.hi_closed)
        return above and below

    def __str__(self) -> str:
        left, right = "(["[self.lo_closed], ")]"[self.hi_closed]
        return f"{left}{self.lo}, {self.hi}{right}"


def _meet(a: Interval, b: Interval) -> Interval | None:
    lo, lo_closed = max((a.lo, not a.lo_closed), (b.lo, not b.lo_closed))
    hi, hi_closed = min((a.hi, a.hi_closed), (b.hi, b.hi_closed))
    lo_closed = not lo_closed
    if lo > hi or (lo == hi and not (lo_closed and hi_closed)):
        return None
    return Interval(lo, hi, lo_closed, hi_closed)


def _touch(a: Interval, b: Interval) -> bool:
    """Whether a, which starts no later than b, runs into b without a gap."""
    return b.lo < a.hi or (b.lo == a.hi and (a.hi_closed or b.lo_closed))


class RealSet:
    """A finite union of disjoint intervals, in order, joined wherever they touch."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Interval] = ()) -> None:
        merged: list[Interval] = []
        for part in sorted(parts, key=lambda p: (p.lo, not p.lo_closed)):
            if merged and _touch(merged[-1], part):
                last = merged[-1]
                hi, hi_closed = max((last.hi, last.hi_closed), (part.hi, part.hi_closed))
                merged[-1] = Interval(last.lo, hi, last.lo_closed, hi_closed)
            else:
                merged.append(part)
        self.parts: tuple[Interval, ...] = tuple(merged)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RealSet) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __contains__(self, x: Number) -> bool:
        return any(x in part for part in self.parts)

    def __or__(self, other: RealSet) -> RealSet:
        return RealSet(self.parts + other.parts)

    def __and__(self, other: RealSet) -> RealSet:
        meets = (_meet(a, b) for a, b in product(self.parts, other.parts))
        return RealSet(m for m in meets if m is not None)

    def __le__(self, other: RealSet) -> bool:
        """Whether every number of this set lies in the other."""
        return self & other == self

    def __repr__(self) -> str:
        return " ∪ ".join(map(str, self.parts)) or "∅"

    @property
    def hull(self) -> Interval:
        """The smallest interval that holds the set. Raises ValueError if the set is empty."""
        if not self.parts:
            raise ValueError("the empty set has no hull")
        first, last = self.parts[0], self.parts[-1]
        return Interval(first.lo, last.hi, first.lo_closed, last.hi_closed)

    @property
    def complement(self) -> RealSet:
        """All numbers outside the set."""
        gaps, lo, lo_closed = [], -INF, False
        for part in self.parts:
            if lo < part.lo or (lo == part.lo and lo_closed and not part.lo_closed):
                gaps.append(Interval(lo, part.lo, lo_closed, not part.lo_closed))
            lo, lo_closed = part.hi, not part.hi_closed
        if lo < INF:
            gaps.append(Interval(lo, INF, lo_closed, False))
        return RealSet(gaps)


def between(lo: Number, hi: Number, ends: str = "[]") -> RealSet:
    """The interval from lo to hi; `ends` is one of "[]", "[)", "(]", "()". Empty if nothing lies between."""
    lo_closed, hi_closed = ends[0] == "[" and lo != -INF, ends[1] == "]" and hi != INF
    if lo > hi or (lo == hi and not (lo_closed and hi_closed)):
        return RealSet()
    return RealSet([Interval(_exact(lo), _exact(hi), lo_closed, hi_closed)])


def point(x: Number | int) -> RealSet:
    """The set of one number."""
    return between(_exact(x), _exact(x))


def _exact(x: Number | int) -> Number:
    return x if isinstance(x, float) and math.isinf(x) else Fraction(x)


REALS = between(-INF, INF, "()")
NONNEGATIVE = between(Fraction(0), INF, "[)")
POSITIVE = between(Fraction(0), INF, "()")


def monotone_image(
    function: Callable[..., Number], arguments: Sequence[RealSet], signs: Sequence[int]
) -> RealSet:
    """The exact image of a product of sets under a continuous function monotone in each argument.

    `signs` gives +1 (rises) or -1 (falls) for each argument. The function takes the ends themselves,
    infinities included, and returns the limit there. An end of the image is attained where all the
    ends that produce it are. Strict monotonicity is assumed at attained ends (Moore, Kearfott and
    Cloud 2009, section 5.1).
    """
    images = []
    for box in product(*(argument.parts for argument in arguments)):
        corner = {}
        for side in (-1, +1):
            low = [
                (part.lo, part.lo_closed) if sign * side < 0 else (part.hi, part.hi_closed)
                for part, sign in zip(box, signs, strict=True)
            ]
            value = function(*(end for end, _ in low))
            corner[side] = (value, all(closed for _, closed in low) and not math.isinf(value))
        (lo, lo_closed), (hi, hi_closed) = corner[-1], corner[+1]
        if lo == hi:
            lo_closed = hi_closed = lo_closed or hi_closed
        images.append(between(lo, hi, ("(["[lo_closed]) + (")]"[hi_closed])))
    return RealSet(part for image in images for part in image.parts)
