"""The trade and finance argument: which printed numbers it rests on, and the sets they give."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pandas as pd

from asprinted.measures import (
    annual_growth,
    break_even_growth,
    growth_factor,
    late_growth_share,
    late_share_unassumed,
    level_at_constant_rate,
    total,
)
from asprinted.readings import READINGS, Reading
from asprinted.record import record
from asprinted.sets import Number, RealSet, between, monotone_image, point
from asprinted.values import across, read

CHINA = ("q-kurnaz-china-trade-2001", "q-kurnaz-china-trade-2023")
AFRICA = ("q-kurnaz-africa-trade-2003", "q-kurnaz-africa-trade-2023")
CITED = "q-kurnaz-deik-africa-title"
SUMS = ("q-kurnaz-byd-investment", "q-kurnaz-aiib-approved")
ERA = "e-kurnaz-biden-era"
PARTNERS = {"China": CHINA, "Africa": AFRICA}
PATHS = ("constant rate", "never falling")


def window(pair: tuple[str, str]) -> tuple[int, int]:
    """The first and the last year of a partner's printed trade."""
    first, last = (int(record().rows["quantities"][identifier].period) for identifier in pair)
    return first, last


def years(pair: tuple[str, str]) -> int:
    """Annual steps between a partner's two printed years."""
    first, last = window(pair)
    return last - first


def era_steps(pair: tuple[str, str]) -> int:
    """How many of these steps end in the era that the article prints: 2020 to 2021 is the first of them."""
    return window(pair)[1] - before_era()


def before_era() -> int:
    """The last year before the era that the article prints: the base that its growth would need."""
    return record().rows["events"][ERA].earliest.year - 1


def era_years() -> str:
    """The years of the article's era that the printed trade covers, as a span."""
    return f"{before_era() + 1}–{window(CHINA)[1]}"


def named(partner: str) -> str:
    """A partner with its window, as figures and tables label it."""
    return "{}, {} to {}".format(partner, *window(PARTNERS[partner]))


def growths() -> dict[str, dict[Reading, RealSet]]:
    """Growth factors of trade with each partner over its own printed window; pure numbers."""
    return {named(partner): across(growth_factor, *pair) for partner, pair in PARTNERS.items()}


def _rate(steps: RealSet, earlier: RealSet, later: RealSet) -> RealSet:
    return annual_growth(earlier, later, steps)


def rates() -> dict[str, dict[Reading, RealSet]]:
    """Compound annual growth of trade with each partner over its own window, rounded outward; shares of one."""
    return {
        named(partner): across(partial(_rate, point(years(pair))), *pair)
        for partner, pair in PARTNERS.items()
    }


def balance(volume: RealSet) -> RealSet:
    """Exports less imports that a volume of two-way trade alone allows, in its unit: minus the whole to the whole."""
    hull = volume.hull
    ends = "[]" if hull.hi_closed else "()"
    return between(-hull.hi, hull.hi, ends)


def unprinted_year(partner: str, year: int, reading: Reading = "plain") -> RealSet:
    """Trade with a partner in a year between its two printed ones, had it grown at one rate; in dollars."""
    pair = PARTNERS[partner]
    earlier, later = (read(identifier, reading) for identifier in pair)
    return level_at_constant_rate(earlier, later, year - window(pair)[0], years(pair))


def even_sum_year(partner: str, year: int, reading: Reading = "plain") -> RealSet:
    """Trade with a partner in a year between its two printed ones, had it grown by one sum a year; in dollars."""
    pair = PARTNERS[partner]
    passed = Fraction(year - window(pair)[0], years(pair))
    ends = tuple(read(identifier, reading) for identifier in pair)
    return monotone_image(lambda first, last: first + (last - first) * passed, ends, (1, 1))


def _together(formula: Callable[..., Number], reading: Reading) -> RealSet:
    """The values of a formula of both partners' trade, China's base in Africa's first year at a constant rate.

    The formula takes China's base, China's and Africa's later value and Africa's base, and falls with the
    bases and rises with the later values. That stays so with China's base on its path, which moves with
    the later value by a small power only; so the ends sit at corners of the printed sets. The root in the
    base is enclosed by decimals: ends are rounded outward.
    """
    base, first, last = (read(i, reading) for i in (AFRICA[0], *CHINA))
    elapsed, steps = window(AFRICA)[0] - window(CHINA)[0], years(CHINA)

    def side(higher_base: bool) -> RealSet:
        def corner(c0: Number, c1: Number, a0: Number, a1: Number) -> Number:
            hull = level_at_constant_rate(point(c0), point(c1), elapsed, steps).hull
            return formula(hull.hi if higher_base else hull.lo, c1, a0, a1)

        return monotone_image(corner, (first, last, base, read(AFRICA[1], reading)), (-1, 1, -1, 1))

    lowest, highest = side(True).hull, side(False).hull
    return between(lowest.lo, highest.hi, ("(["[lowest.lo_closed]) + (")]"[highest.hi_closed]))


def joint_growth(path: str = "constant rate", reading: Reading = "plain") -> RealSet:
    """Growth factor of trade with China and Africa together over Africa's window, China's base by a path.

    The African figures bear no currency; they are taken as dollars, as the Chinese are.

    On "never falling" China's base may equal its later value, and the factor then falls with that value
    because trade with Africa grew. Raises ValueError for a path not in `PATHS`.
    """
    if path == "constant rate":
        return _together(lambda chinese, c1, a0, a1: (c1 + a1) / (a0 + chinese), reading)
    if path != "never falling":
        raise ValueError(f"expected one of {PATHS}, found {path!r}")
    base, first, last, african = (read(i, reading) for i in (AFRICA[0], *CHINA, AFRICA[1]))
    highest = growth_factor(total(base, first), total(african, last)).hull
    lowest = monotone_image(
        lambda chinese, old, new: (chinese + new) / (old + chinese), (last, base, african), (-1, -1, 1)
    ).hull
    return between(lowest.lo, highest.hi, ("(["[lowest.lo_closed]) + (")]"[highest.hi_closed]))


def frontier(rest: Fraction, weight: Fraction, reading: Reading = "plain") -> RealSet:
    """The growth factors of Western trade below which the West's share fell, for a growth of the rest.

    `weight` is the share of China and Africa in all trade that is not Western, in Africa's first year.
    """
    return break_even_growth(joint_growth("constant rate", reading), point(rest), weight)


def _sized(west: Fraction, rest: Fraction, reading: Reading) -> None:
    if not rest < west < joint_growth("constant rate", reading).hull.lo:
        raise ValueError(
            "size decides only where the West grew by more than the rest and by less than both partners"
        )


def weight_needed(west: Fraction, rest: Fraction, reading: Reading = "plain") -> RealSet:
    """The weight above which the West's share fell, for growth factors of the West and the rest; shares of one.

    From w < a*p + (1 - a)*r with w between r and p: a > (w - r) / (p - r), which falls with p.
    Raises ValueError unless rest < west < every allowed p.
    """
    _sized(west, rest, reading)
    joint = joint_growth("constant rate", reading)
    return monotone_image(lambda p: (west - rest) / (p - rest), (joint,), (-1,))


def rest_ceiling(west: Fraction, rest: Fraction, reading: Reading = "plain") -> RealSet:
    """The rest's trade in Africa's first year, in dollars, below which the West's share fell.

    From w * (P0 + R0) < P1 + r * R0: R0 < (P1 - w * P0) / (w - r), P0 and P1 both partners' trade.
    Raises ValueError unless rest < west < every allowed growth factor of both partners.
    """
    _sized(west, rest, reading)
    return _together(lambda chinese, c1, a0, a1: (c1 + a1 - west * (a0 + chinese)) / (west - rest), reading)


def late_shares() -> dict[str, dict[str, dict[Reading, RealSet]]]:
    """By assumption and partner: the share of all growth since the first printed year that falls in the era."""
    found: dict[str, dict[str, dict[Reading, RealSet]]] = {}
    for partner, pair in PARTNERS.items():
        last, steps = era_steps(pair), years(pair)
        by = {
            "nothing assumed": across(late_share_unassumed, *pair),
            "never falling": dict.fromkeys(READINGS, between(Fraction(0), Fraction(1))),
            "same sum every year": dict.fromkeys(READINGS, point(Fraction(last, steps))),
            "same rate every year": across(partial(late_growth_share, last=last, years=steps), *pair),
        }
        for assumption, sets in by.items():
            found.setdefault(assumption, {})[partner] = sets
    return found


def sums() -> pd.DataFrame:
    """The sums of the article's trade and finance: what each is, its year, and whether a place is named.

    What kind of sum it is, and whether its place is named, are codings of the record.
    """
    codings = {
        variable: {row.unit: row.value for row in record().select(f"codings?variable={variable}&coder=first")}
        for variable in ("kind of sum", "place of the sum")
    }
    rows = [record().rows["quantities"][unit] for unit in codings["kind of sum"]]
    return pd.DataFrame(
        {
            "id": row.id,
            "what": row.quantity,
            "kind": codings["kind of sum"][row.id],
            "year": row.period or "none",
            "place": codings["place of the sum"][row.id],
            "currency": "not printed" if row.unit == "unstated" else "dollars",
        }
        for row in rows
    )
