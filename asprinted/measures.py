"""Measures: exact functions from the sets of printed numbers to the set of values they allow.

Each measure takes `RealSet` arguments and returns a `RealSet` (numbers) or a `frozenset` (named
outcomes). Bounds are sharp: every formula is written so that each input appears once and in one
direction, or is solved at the vertices of its domain.
"""

from __future__ import annotations

import datetime
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
DaySpan = tuple[datetime.date, datetime.date]
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
    whole = b & POSITIVE
    zero = point(0) if Fraction(0) in a and whole else RealSet()
    return monotone_image(_divide, (a & POSITIVE, whole), (1, -1)) | zero


def scale_by(a: RealSet, factor: RealSet) -> RealSet:
    """a times a factor, both nonnegative; in a's unit."""

    def formula(x: Number, y: Number) -> Number:
        if x == 0 or y == 0:
            return Fraction(0)
        return INF if INF in (x, y) else x * y

    zero = Fraction(0) in a or Fraction(0) in factor
    product = monotone_image(formula, (a & POSITIVE, factor & POSITIVE), (1, 1))
    return product | point(0) if zero and a & NONNEGATIVE and factor & NONNEGATIVE else product


def growth_factor(earlier: RealSet, later: RealSet) -> RealSet:
    """How many times the earlier value the later value is; a pure number."""
    return ratio(later, earlier)


def growth_from_legs(exports: RealSet, imports: RealSet, later: RealSet) -> RealSet:
    """Growth factor of two-way trade from the sum of its two earlier legs to a later total."""
    return growth_factor(total(exports, imports), later)


def acceleration(first: RealSet, second: RealSet, third: RealSet) -> RealSet:
    """Second growth factor over the first, for three equally spaced positive values; at least 1 if growth does not slow.

    Written as first * third / second**2, monotone in each value.
    """

    def formula(a: Number, b: Number, c: Number) -> Number:
        if a == INF or c == INF:
            return INF
        return _divide(a * c, b if b in (INF,) else b * b)

    return monotone_image(formula, (first & POSITIVE, second & POSITIVE, third & POSITIVE), (1, -1, 1))


def share(part: RealSet, rest: RealSet) -> RealSet:
    """The part's share of part and rest together, as 1/(1 + rest/part); a pure number in [0, 1].

    Part and rest are nonnegative and in one unit; where both are 0 there is no share.
    """

    def formula(x: Number, y: Number) -> Number:
        if x == 0:
            return Fraction(0)
        if x == INF:
            return Fraction(1)
        return _divide(Fraction(1), 1 + _divide(y, x))

    found = monotone_image(formula, (part & POSITIVE, rest & POSITIVE), (1, -1))
    if part & POSITIVE and Fraction(0) in rest:
        found |= point(1)
    if Fraction(0) in part and rest & POSITIVE:
        found |= point(0)
    return found


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
    low, high = 0, math.ceil(max(factor, Fraction(1))) * 10**places + 1
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


def level_at_constant_rate(
    earlier: RealSet, later: RealSet, elapsed: int, years: int, places: int = 4
) -> RealSet:
    """The value `elapsed` years after the earlier one, if it grew to the later one at one rate a year.

    By the definition of compound growth, earlier * (later / earlier) ** (elapsed / years), which rises in both
    values. The root is
    enclosed by decimals, `places` long, so both ends are rounded outward; an earlier value of 0 gives 0.
    Raises ValueError unless 0 <= elapsed <= years and years is at least 1.
    """
    if years < 1 or not 0 <= elapsed <= years:
        raise ValueError("a path needs at least one year, and a point between its first and its last")

    def level(side: int) -> Callable[[Number, Number], Number]:
        def formula(first: Number, last: Number) -> Number:
            if first in (0, INF) or last in (0, INF):
                return INF if INF in (first, last) else Fraction(0)
            return first * (1 + rate_bounds((last / first) ** elapsed, years, places)[side])

        return formula

    low, high = (monotone_image(level(side), (earlier, later), (1, 1)).hull for side in (0, 1))
    return between(low.lo, high.hi, ("(["[low.lo_closed]) + (")]"[high.hi_closed]))


def late_growth_share(earlier: RealSet, later: RealSet, last: int, years: int, places: int = 6) -> RealSet:
    """The share of all growth that lies in the last years, if the value grew at one rate a year.

    By the definition of compound growth, with factor G, 1 - (G**((years - last) / years) - 1) / (G - 1), which
    rises with G from
    last / years (G near 1) towards 1. Roots are enclosed by decimals, `places` long, ends rounded outward.
    Raises ValueError unless the later value is above the earlier one throughout and 0 < last < years.
    """
    factors = growth_factor(earlier, later)
    if not factors <= between(Fraction(1), INF, "()") or not 0 < last < years:
        raise ValueError("a share of growth needs growth, and a last part shorter than the whole")
    hull = factors.hull

    def formula(factor: Number, side: int) -> Fraction:
        if factor == INF:
            return Fraction(1)
        if factor == 1:
            return Fraction(last, years)
        return 1 - rate_bounds(factor ** (years - last), years, places)[side] / (factor - 1)

    ends = ("(["[hull.lo_closed]) + (")]"[hull.hi_closed])
    return between(formula(hull.lo, 1), formula(hull.hi, 0), ends)


def late_share_unassumed(earlier: RealSet, later: RealSet) -> RealSet:
    """The share of all growth that can fall in the last years if any value of 0 or more may lie between.

    The value between may have been 0, which gives later / (later - earlier), or as high as one likes.
    Raises ValueError unless the later value is above the earlier one throughout.
    """
    factors = growth_factor(earlier, later)
    if not factors <= between(Fraction(1), INF, "()"):
        raise ValueError("a share of growth needs growth")
    hull = factors.hull
    highest = INF if hull.lo == 1 else 1 / (1 - 1 / hull.lo)
    return between(-INF, highest, "(]" if hull.lo_closed else "()")


def share_change_beside(
    part_0: RealSet, known_0: RealSet, rest_0: RealSet, part_1: RealSet, known_1: RealSet, rest_1: RealSet
) -> RealSet:
    """Later minus earlier share of a part of a whole whose other pieces are a known one and the rest.

    In shares of one. By the definition of a share: negative exactly if the part grew by a smaller factor than known
    and rest together.
    """
    return share_change(part_0, total(known_0, rest_0), part_1, total(known_1, rest_1))


def break_even_growth(known: RealSet, rest: RealSet, weight: Fraction) -> RealSet:
    """The growth factor of a known piece and the rest together: the frontier for the part beside them.

    `weight` is the known piece's share, at the start, of known and rest together: the growth of a sum is the mean of
    its pieces' growth, weighted by their first values. The part's share of the whole falls exactly if its own is
    smaller. All pure numbers; the weight lies in [0, 1].
    """
    return total(scale_by(known, point(weight)), scale_by(rest, point(1 - weight)))


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
    values, best = RealSet(), (Fraction(-1), False, Fraction(0))
    for part in first.parts:
        candidates = [(part.lo, part.lo_closed), (part.hi, part.hi_closed)]
        if rule == "none larger":
            if part.lo == 0:
                raise ValueError("with no supplier larger, a share may not approach 0")
            whole = range(math.ceil(1 / part.hi), math.floor(1 / part.lo) + 1)
            candidates += [(Fraction(1, k), Fraction(1, k) in part) for k in whole]
        ceiling, attained, at = max((concentration((x, *packed(x))), closed, x) for x, closed in candidates)
        values |= between(part.lo * part.lo, ceiling, "(]" if attained else "()")
        best = max(best, (ceiling, attained, at))
    low, (_, attained, high) = first.hull.lo, best
    return Identified(values, (low,), (high, *packed(high)), False, attained)


def herfindahl(first: RealSet) -> RealSet:
    """The Herfindahl-Hirschman indices that one supplier's share allows, the rest split in any way."""
    return herfindahl_set(first, "any split").values


def top_supplier(first: RealSet, largest_other: RealSet = UNIT_INTERVAL) -> Outcome:
    """Whether one supplier is the largest: the subset of {"top", "not top"} that the shares allow.

    Shares of one. The largest other supplier holds at most what the first leaves, so without its share
    the first is sure to be top only with half or more. A tie counts as top; a share of 0 does not.
    """
    found = set()
    for part in (first & UNIT_INTERVAL).parts:
        lowest, highest = part.lo, part.hi
        if (
            largest_other & between(lowest, 1 - lowest, "(]" if part.lo_closed else "()")
            or Fraction(0) in first
        ):
            found.add("not top")
        best = Fraction(1, 2) if Fraction(1, 2) in part else highest if highest < Fraction(1, 2) else lowest
        closed = best in part
        if highest > 0 and largest_other & between(
            Fraction(0), min(best, 1 - best), "[]" if closed else "[)"
        ):
            found.add("top")
    return frozenset(found)


def _largest_other_that_allows(rest: Sequence[RealSet], claimed: Outcome) -> RealSet:
    """Shares of the largest other supplier with which the first can be as claimed."""
    share = rest[0].hull
    top = between(Fraction(0), share.hi, "[]" if share.hi_closed else "[)")
    not_top = between(share.lo, 1 - share.lo, "(]" if share.lo_closed else "()")
    return (top if "top" in claimed else RealSet()) | (not_top if "not top" in claimed else RealSet())


def count_at_least(known: RealSet) -> RealSet:
    """How many cases there are, where the text names some and never says that it names all."""
    return between(known.hull.lo, INF, "[)")


def cover_ratio(exports: RealSet, imports: RealSet) -> RealSet:
    """Exports over imports between two countries, a pure number; below 1 in deficit (INSEE, definition c1793)."""
    return ratio(exports, imports)


def share_of_rank(rank: RealSet) -> RealSet:
    """Shares that a rank allows: the k-th largest part of a whole holds at most 1/k of it.

    `rank` is a set of one whole number; a tie attains the end. Raises ValueError for anything else.
    """
    (span,) = rank.parts
    if span.lo != span.hi or span.lo.denominator != 1 or span.lo < 1:
        raise ValueError(f"expected one whole rank from 1, found {rank}")
    return between(Fraction(0), 1 / span.lo, "(]")


def rest_of_rank(part: RealSet, rank: RealSet) -> RealSet:
    """Least that all others hold together, in the part's unit, where the part is the k-th largest: k - 1 times it."""
    share_of_rank(rank)
    floor = scale_by(part, difference(rank, point(1))).hull
    return between(floor.lo, INF, "[)" if floor.lo_closed else "()")


def lead_set(contributions: Sequence[frozenset[int]]) -> RealSet:
    """Every sum of one contribution a case: +1 for one side, -1 for the other, 0 for both or neither.

    A case whose side is contested has several contributions. Raises ValueError for a case without any.
    """
    sums = {0}
    for case in contributions:
        if not case:
            raise ValueError("a case has at least one contribution")
        sums = {a + b for a in sums for b in case}
    return RealSet(part for lead in sums for part in point(lead).parts)


def tipping_count(favour: int, against: int) -> int:
    """Fewest unmentioned cases against that would outnumber the cases in favour; 0 if they do already."""
    return max(favour - against + 1, 0)


def count_from(spans: Sequence[DaySpan], day: datetime.date) -> RealSet:
    """How many events fall on a day or later, where each may fall on any day of its span.

    A span holds the first and the last day that the print allows. The ends are sharp: all events at
    their first days give the least count, all at their last days the greatest (Manski 2003, chapter 1).
    """
    return between(
        Fraction(sum(first >= day for first, _ in spans)), Fraction(sum(last >= day for _, last in spans))
    )


def pace_ratio(
    spans: Sequence[DaySpan], start: datetime.date, day: datetime.date, end: datetime.date
) -> RealSet:
    """Events a day from `day` to `end` over events a day from `start` to the eve of `day`; a pure number.

    Each event may fall on any day of its span, outside both periods included. The ratio rises when an
    event moves from the earlier period out of both, and from there into the later one, so the ends are
    attained with every event as late, or as early, in that order as its span allows. The set is the smallest
    interval that holds all finite ratios; it runs to infinity if the earlier period may hold no event, and
    is empty if it can hold none.
    Raises ValueError unless start is before day and day not after end.
    """
    if not start < day <= end:
        raise ValueError(f"expected start < day <= end, found {start}, {day}, {end}")
    places = [_periods(span, start, day, end) for span in spans]

    def ratio_at(choices: Sequence[int]) -> Number | None:
        before, after = choices.count(-1), choices.count(1)
        if not before and not after:
            return None
        return _divide(Fraction(after, (end - day).days + 1), Fraction(before, (day - start).days))

    ends = [ratio_at([choose(p) for p in places]) for choose in (min, max)]
    finite = [x for x in ends if x is not None and x != INF]
    return between(finite[0], INF if INF in ends else finite[-1]) if finite else RealSet()


def _periods(span: DaySpan, start: datetime.date, day: datetime.date, end: datetime.date) -> set[int]:
    """Where a span lets an event fall: -1 from start to the eve of day, 1 from day to end, 0 outside both."""
    first, last = span
    allowed = {
        -1: first < day and last >= start,
        0: first < start or last > end,
        1: first <= end and last >= day,
    }
    return {place for place, may in allowed.items() if may}


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
    "share_change_beside": Measure(share_change_beside, domain=POSITIVE),
    "herfindahl": Measure(herfindahl, domain=between(Fraction(0), Fraction(1), "()")),
    "top_supplier": Measure(
        top_supplier,
        domain=UNIT_INTERVAL,
        solve={
            0: lambda rest, claimed: (
                between(Fraction(0), Fraction(1), "(]")
                if "top" in claimed
                else between(Fraction(0), Fraction(1, 2), "[)")
            ),
            1: _largest_other_that_allows,
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
    if against is None:
        return None
    return possible_inputs(measure, arguments, place, claimed) & against.complement
