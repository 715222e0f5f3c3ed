"""Measures: exact functions from the sets of printed numbers to the set of values they allow.

Each measure takes `RealSet` arguments and returns a `RealSet` (numbers) or a `frozenset` (named
outcomes). Bounds are sharp: every formula is written so that each input appears once and in one
direction, or is solved at the vertices of its domain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from asprinted.sets import (
    INF,
    NONNEGATIVE,
    POSITIVE,
    Number,
    RealSet,
    between,
    monotone_image,
    point,
)

Outcome = frozenset[str]
UNIT_INTERVAL = between(Fraction(0), Fraction(1))


def _divide(a: Number, b: Number) -> Number:
    if b in (INF, -INF):
        return Fraction(0)
    if b == 0:
        return INF
    return a / b if a not in (INF, -INF) else a


def value(number: RealSet) -> RealSet:
    """The number itself."""
    return number


def total(*parts: RealSet) -> RealSet:
    """Sum of the parts, in their common unit."""
    return monotone_image(lambda *ends: sum(ends, Fraction(0)), parts, [1] * len(parts))


def difference(a: RealSet, b: RealSet) -> RealSet:
    """a minus b, in their common unit."""
    return monotone_image(lambda x, y: x - y, (a, b), (1, -1))


def ratio(a: RealSet, b: RealSet) -> RealSet:
    """a over b, for nonnegative a and positive b; a pure number."""
    return monotone_image(_divide, (a, b & POSITIVE), (1, -1))


def scale_by(a: RealSet, factor: RealSet) -> RealSet:
    """a times a factor, both nonnegative."""

    def formula(x: Number, y: Number) -> Number:
        if x == 0 or y == 0:
            return Fraction(0)
        return INF if INF in (x, y) else x * y

    return monotone_image(formula, (a & NONNEGATIVE, factor & NONNEGATIVE), (1, 1))


def growth_factor(earlier: RealSet, later: RealSet) -> RealSet:
    """How many times the earlier value the later value is; a pure number."""
    return ratio(later, earlier)


def growth_from_legs(exports: RealSet, imports: RealSet, later: RealSet) -> RealSet:
    """Growth factor of two-way trade from the sum of its two earlier legs to a later total."""
    return growth_factor(total(exports, imports), later)


def acceleration(first: RealSet, second: RealSet, third: RealSet) -> RealSet:
    """Second growth factor over the first, for three equally spaced values; at least 1 if growth does not slow.

    Written as first * third / second**2, monotone in each value.
    """

    def formula(a: Number, b: Number, c: Number) -> Number:
        if a == INF or c == INF:
            return INF
        return _divide(a * c, b if b in (INF,) else b * b)

    return monotone_image(formula, (first, second & POSITIVE, third), (1, -1, 1))


def share(part: RealSet, rest: RealSet) -> RealSet:
    """The part's share of part and rest together, as 1/(1 + rest/part); a pure number in [0, 1]."""

    def formula(x: Number, y: Number) -> Number:
        if x == 0:
            return Fraction(0)
        if x == INF:
            return Fraction(1)
        return _divide(Fraction(1), 1 + _divide(y, x))

    return monotone_image(formula, (part & POSITIVE, rest), (1, -1))


def share_change(part_0: RealSet, rest_0: RealSet, part_1: RealSet, rest_1: RealSet) -> RealSet:
    """Later share minus earlier share, in shares of one."""
    return difference(share(part_1, rest_1), share(part_0, rest_0))


def mix(*parts: RealSet) -> tuple[RealSet, ...]:
    """Each part's share of the sum of all parts."""
    return tuple(
        share(part, total(*(other for j, other in enumerate(parts) if j != i)))
        for i, part in enumerate(parts)
    )


def mean_over(whole: RealSet, periods: int = 12) -> RealSet:
    """The mean per period of a whole; the largest period is at least this."""
    return ratio(whole, point(periods))


def rate_bounds(factor: Number, periods: int, places: int = 4) -> tuple[Fraction, Fraction]:
    """The decimals, `places` long, that enclose the compound rate whose `periods`-th power gives the factor.

    Decided by integer powers: the lower decimal r has (1 + r)**periods <= factor, the next has more.
    Raises ValueError unless the factor is a finite positive number and periods at least 1.
    """
    if factor in (INF, -INF) or factor <= 0 or periods < 1:
        raise ValueError("a compound rate needs a finite positive factor and at least one period")
    step = Fraction(1, 10**places)
    low, high = 0, math.ceil(max(factor, Fraction(1))) * 10**places
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if (middle * step) ** periods <= factor else (low, middle)
    exact = (low * step) ** periods == factor
    return low * step - 1, (low if exact else low + 1) * step - 1


def annual_growth(earlier: RealSet, later: RealSet, years: RealSet, places: int = 4) -> RealSet:
    """Compound annual growth rates that the two values allow, rounded outward to `places` decimals.

    `years` is a set of one whole number. The growth factor is exact; only the printed root is rounded.
    """
    (span,) = years.parts
    if span.lo != span.hi or span.lo.denominator != 1:
        raise ValueError("annual growth needs one whole number of years")
    found = RealSet()
    for part in growth_factor(earlier, later).parts:
        lo = rate_bounds(part.lo, int(span.lo), places)[0] if part.lo > 0 else Fraction(-1)
        hi = rate_bounds(part.hi, int(span.lo), places)[1] if part.hi != INF else INF
        found |= between(lo, hi, "[]")
    return found


def rate_exceeds(earlier: RealSet, later: RealSet, years: int, rate: Fraction) -> Outcome:
    """Whether annual growth is above a rate: the subset of {"above", "not above"} that the values allow.

    Compares the growth factor with (1 + rate)**years, so no root is taken.
    """
    return threshold_rule(growth_factor(earlier, later), (1 + rate) ** years)


def threshold_rule(values: RealSet, threshold: Fraction) -> Outcome:
    """Whether a value lies above a threshold: the subset of {"above", "not above"} that is allowed."""
    above = between(threshold, INF, "()")
    found = {"above"} if values & above else set()
    return frozenset(found | ({"not above"} if values & above.complement else set()))


def certainty(outcome: Outcome) -> str:
    """Say a threshold outcome in one word: certainly, possibly or not."""
    return {
        frozenset({"above"}): "certainly",
        frozenset({"above", "not above"}): "possibly",
        frozenset({"not above"}): "not",
    }[outcome]


@dataclass(frozen=True, slots=True)
class Identified:
    """An identified set with the shares that attain (or approach) each of its ends."""

    values: RealSet
    low: tuple[Fraction, ...]
    high: tuple[Fraction, ...]
    low_attained: bool
    high_attained: bool


def concentration(shares: Sequence[Fraction]) -> Fraction:
    """Herfindahl-Hirschman index: the sum of squared shares of one, in (0, 1] (Rhoades 1993)."""
    return sum((s * s for s in shares), Fraction(0))


def _rest_packed(first: Fraction) -> tuple[Fraction, ...]:
    """The rest in as few suppliers as possible, none larger than the first: the most concentrated."""
    count, remainder = divmod(1 - first, first)
    return (first,) * int(count) + ((remainder,) if remainder else ())


def herfindahl_set(first: RealSet, rule: str) -> Identified:
    """The Herfindahl-Hirschman indices that one supplier's share allows, with the shares at each end.

    `first` is the set of the known supplier's shares, inside (0, 1). The rest of supply is split among
    any number of unlisted suppliers under one of two rules: "any split", or "none larger" than the known
    supplier. The lower end, the known share squared, is approached as the rest splinters, never attained.
    The index is convex in the shares, so its maximum sits at a vertex: the rest in one hand, or in as few
    as the rule allows. In between, the largest value falls and then rises with the known share, so it is
    compared at the ends of the share's interval and wherever the number of hands changes.
    Raises ValueError for another rule or a share outside (0, 1).
    """
    if rule not in ("any split", "none larger"):
        raise ValueError(f"expected the rule 'any split' or 'none larger', found {rule!r}")
    if not first or not first <= between(Fraction(0), Fraction(1), "()"):
        raise ValueError(f"expected shares between 0 and 1, found {first}")
    packed = _rest_packed if rule == "none larger" else (lambda s: (1 - s,))
    candidates = []
    for part in first.parts:
        candidates += [(part.lo, part.lo_closed), (part.hi, part.hi_closed)]
        if rule == "none larger":
            if part.lo == 0:
                raise ValueError("with no supplier larger, a share may not approach 0")
            whole = range(math.ceil(1 / part.hi), math.floor(1 / part.lo) + 1)
            candidates += [(Fraction(1, k), Fraction(1, k) in part) for k in whole]
    high, attained = max(candidates, key=lambda c: (concentration((c[0], *packed(c[0]))), c[1]))
    low = first.hull.lo
    ceiling = concentration((high, *packed(high)))
    values = between(low * low, ceiling, "(]" if attained else "()")
    return Identified(values, (low,), (high, *packed(high)), False, attained)


def herfindahl(first: RealSet) -> RealSet:
    """The Herfindahl-Hirschman indices that one supplier's share allows, the rest split in any way."""
    return herfindahl_set(first, "any split").values


def top_supplier(first: RealSet) -> Outcome:
    """Whether one supplier is the largest: the subset of {"top", "not top"} that its share alone allows.

    Another can hold all of the rest, so the supplier is sure to be top only with half or more.
    """
    half_or_more = between(Fraction(1, 2), INF, "[)")
    return frozenset({"top"} if first <= half_or_more else {"top", "not top"})


def count_at_least(known: RealSet) -> RealSet:
    """How many cases there are, where the text names some and never says that it names all."""
    return between(known.hull.lo, INF, "[)")


Solver = Callable[[Sequence[RealSet], RealSet], RealSet]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that a claim may name.

    `domain` holds every value an input can take when nothing is printed of it. `solve` gives, for an
    input's place, the values of that input with which some choice of the others reaches a claimed set.
    `outcomes` lists the named outcomes of a measure that returns names.
    """

    function: Callable[..., RealSet | Outcome]
    domain: RealSet = NONNEGATIVE
    solve: dict[int, Solver] | None = None
    outcomes: Outcome | None = None


MEASURES: dict[str, Measure] = {
    "value": Measure(value, solve={0: lambda rest, claimed: claimed}),
    "total": Measure(
        total,
        solve={
            0: lambda rest, claimed: difference(claimed, total(*rest)),
            1: lambda rest, claimed: difference(claimed, total(*rest)),
        },
    ),
    "difference": Measure(
        difference,
        solve={
            0: lambda rest, claimed: total(claimed, rest[0]),
            1: lambda rest, claimed: difference(rest[0], claimed),
        },
    ),
    "ratio": Measure(ratio, domain=POSITIVE, solve={0: lambda rest, claimed: scale_by(rest[0], claimed)}),
    "growth_factor": Measure(
        growth_factor,
        domain=POSITIVE,
        solve={
            0: lambda rest, claimed: ratio(rest[0], claimed),
            1: lambda rest, claimed: scale_by(rest[0], claimed),
        },
    ),
    "growth_from_legs": Measure(
        growth_from_legs,
        domain=POSITIVE,
        solve={
            2: lambda rest, claimed: scale_by(total(*rest), claimed),
        },
    ),
    "acceleration": Measure(
        acceleration,
        domain=POSITIVE,
        solve={
            2: lambda rest, claimed: scale_by(ratio(scale_by(rest[1], rest[1]), rest[0]), claimed),
        },
    ),
    "share": Measure(share, domain=POSITIVE),
    "share_change": Measure(share_change, domain=POSITIVE),
    "herfindahl": Measure(herfindahl, domain=between(Fraction(0), Fraction(1), "()")),
    "top_supplier": Measure(
        top_supplier,
        domain=UNIT_INTERVAL,
        solve={
            0: lambda rest, claimed: (
                UNIT_INTERVAL if "top" in claimed else between(Fraction(0), Fraction(1, 2), "[)")
            )
        },
        outcomes=frozenset({"top", "not top"}),
    ),
    "count_at_least": Measure(count_at_least),
}


def possible_inputs(
    measure: Measure, arguments: Sequence[RealSet], place: int, claimed: RealSet | Outcome
) -> RealSet | None:
    """Values of one input with which the claim can hold, the others as printed; None if not solved for."""
    solver = (measure.solve or {}).get(place)
    if solver is None:
        return None
    rest = [argument for i, argument in enumerate(arguments) if i != place]
    return solver(rest, claimed) & measure.domain


def certain_inputs(
    measure: Measure, arguments: Sequence[RealSet], place: int, claimed: RealSet | Outcome
) -> RealSet | None:
    """Values of one input with which the claim must hold, whatever the others' allowed values."""
    denied = measure.outcomes - claimed if measure.outcomes else claimed.complement
    against = possible_inputs(measure, arguments, place, denied)
    return None if against is None else against.complement & measure.domain
