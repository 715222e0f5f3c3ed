"""From print to a set: the numbers that a printed number allows, under three nested readings.

A hedge word is a row of `data/hedges.csv`; its three bounds are written there as an interval in
`n` (the printed value), `u` (the place of its last printed digit) and `g` (its grain: the largest
power of ten that divides the digits). No width stands in this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal, get_args

from asprinted.sets import INF, NONNEGATIVE, Number, RealSet, between, point

Reading = Literal["tight", "plain", "loose"]
READINGS: tuple[Reading, ...] = get_args(Reading)

SCALES = {
    "": Fraction(1),
    "percent": Fraction(1, 100),
    "thousand": Fraction(10**3),
    "million": Fraction(10**6),
    "billion": Fraction(10**9),
}

NUMBER_WORDS = {
    word: value
    for value, words in {
        1: "one first single sole yearlong a decade annual top record last largest only bir ilk tek",
        2: "two second dual twice both double doubled two-way bilateral iki",
        3: "three third triple tripled triangular üç",
        4: "four fourth quartet dört",
        5: "five fifth beş",
        6: "six sixth altı",
        7: "seven seventh yedi",
        8: "eight eighth sekiz",
        9: "nine ninth dokuz",
        10: "ten tenth on",
        11: "eleven",
        12: "twelve dozen",
        20: "twenty",
        30: "thirty",
        33: "thirty-three",
        36: "thirty-six",
        100: "hundred yüz",
        500: "five-hundred",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Digits:
    """A printed number taken apart: its value (or range), rounding unit and grain, all exact."""

    lo: Fraction
    hi: Fraction
    unit: Fraction
    grain: Fraction


THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")  # the commas that group them


def _numeral(text: str) -> tuple[Fraction, Fraction, Fraction]:
    """Value, rounding unit and grain of one numeral ("28.9", "40,7", "150,000", "three")."""
    word = text.strip().lower().replace(" ", "-")
    if word in NUMBER_WORDS:
        text = str(NUMBER_WORDS[word])
    plain = THOUSANDS.sub("", text.strip()).replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise ValueError(f"not a printed number: {text!r}")
    whole, _, decimals = plain.partition(".")
    unit = Fraction(1, 10 ** len(decimals))
    count = int(whole + decimals)
    zeros = len(str(count)) - len(str(count).rstrip("0")) if count else 0
    return Fraction(plain), unit, unit * 10**zeros


@cache
def parse_digits(text: str) -> Digits:
    """Take a printed number apart.

    A comma before exactly three digits groups thousands, any other comma is a decimal comma; a hyphen
    or dash between numerals makes a range, whose unit and grain are the finer of its two ends'.
    Raises ValueError if the text is no number.
    """
    ends = [_numeral(end) for end in re.split(r"(?<=\d)\s*[-–]\s*(?=\d)", text)]
    if len(ends) > 2 or ends[0][0] > ends[-1][0]:
        raise ValueError(f"not a printed number or rising range: {text!r}")
    return Digits(ends[0][0], ends[-1][0], min(e[1] for e in ends), min(e[2] for e in ends))


_TEMPLATE = re.compile(r"(?P<open>[\[(])\s*(?P<lo>[^,]+?)\s*,\s*(?P<hi>[^,]+?)\s*(?P<close>[\])])")
_TERM = re.compile(r"(?P<sign>[+-]?)\s*(?P<factor>\d+(?:/\d+)?)?\s*\*?\s*(?P<name>[nug])(?:/(?P<over>\d+))?")


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a hedge's interval, linear in n, u and g, or infinite."""

    n: Fraction
    u: Fraction
    g: Fraction
    closed: bool
    infinite: bool = False

    def at(self, n: Fraction, digits: Digits, width: Fraction) -> Number:
        """The end for a printed value n; `width` scales its distance from n (1 leaves it as printed)."""
        if self.infinite:
            return INF
        distance = (self.n - 1) * n + self.u * digits.unit + self.g * digits.grain
        return n + width * distance


def _parse_end(text: str, closed: bool) -> Bound:
    if text == "inf":
        return Bound(Fraction(0), Fraction(0), Fraction(0), False, True)
    terms = {"n": Fraction(0), "u": Fraction(0), "g": Fraction(0)}
    rest = text.replace(" ", "")
    while rest:
        match = _TERM.match(rest)
        if not match:
            raise ValueError(f"not a bound in n, u and g: {text!r}")
        size = Fraction(match["factor"] or 1) / Fraction(match["over"] or 1)
        terms[match["name"]] += -size if match["sign"] == "-" else size
        rest = rest[match.end() :]
    if terms["n"] == 0:
        raise ValueError(f"a bound names the printed value n: {text!r}")
    return Bound(terms["n"], terms["u"], terms["g"], closed)


@cache
def parse_template(text: str) -> tuple[Bound, Bound]:
    """Parse an interval such as "[n - g/2, n)" into its two bounds. Raises ValueError."""
    match = _TEMPLATE.fullmatch(text.strip())
    if not match:
        raise ValueError(f"expected an interval such as '[n - g/2, n)', found {text!r}")
    return _parse_end(match["lo"], match["open"] == "["), _parse_end(match["hi"], match["close"] == "]")


def apply_template(template: str, digits: Digits, width: Fraction = Fraction(1)) -> RealSet:
    """The set that a hedge's interval gives for printed digits, in the digits' own scale.

    For a printed range the lower bound is read at its lower end and the upper bound at its upper end.
    `width` scales every finite distance from the printed value, as the ledger's sensitivity asks;
    where a half-open interval then closes on itself, the printed value remains.
    """
    low, high = parse_template(template)
    lo, hi = low.at(digits.lo, digits, width), high.at(digits.hi, digits, width)
    found = between(lo, hi, ("(["[low.closed]) + (")]"[high.closed]))
    return (found or between(digits.lo, digits.hi)) & NONNEGATIVE


@dataclass(frozen=True, slots=True)
class Hedge:
    """One hedge word in one sense, with its interval under each reading."""

    hedge: str
    sense: str
    tight: str
    plain: str
    loose: str

    def template(self, reading: Reading) -> str:
        """The interval, as written in `hedges.csv`, for a reading."""
        return getattr(self, reading)


def is_exact(kind: str, hedge: str) -> bool:
    """Counts and ranks are exact when unhedged."""
    return kind in ("count", "rank") and not hedge


@cache
def read_number(
    digits: str,
    scale: str,
    hedge: Hedge,
    reading: Reading,
    *,
    exact: bool = False,
    width: Fraction = Fraction(1),
) -> RealSet:
    """The set of true values a printed number allows, in whole units (dollars, tonnes, shares of one).

    A magnitude without digits ("multibillion") is read as one of its scale. Raises ValueError for
    digits that are no number and KeyError for an unknown scale.
    """
    parsed = parse_digits(digits or "1")
    if exact:
        found = between(parsed.lo, parsed.hi) if parsed.lo != parsed.hi else point(parsed.lo)
    else:
        found = apply_template(hedge.template(reading), parsed, width if reading == "plain" else Fraction(1))
    return scaled(found, SCALES[scale])


def scaled(numbers: RealSet, factor: Fraction) -> RealSet:
    """Every number of a set times a positive factor."""
    return RealSet(
        part
        for interval in numbers.parts
        for part in between(
            interval.lo * factor if interval.lo != -INF else -INF,
            interval.hi * factor if interval.hi != INF else INF,
            ("(["[interval.lo_closed]) + (")]"[interval.hi_closed]),
        ).parts
    )
