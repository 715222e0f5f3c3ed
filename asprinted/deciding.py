"""What an unprinted number would have to be for a claim to hold: a value where the rest is printed, else a relation."""

from __future__ import annotations

from fractions import Fraction

from asprinted import display
from asprinted.claims import Claimed
from asprinted.measures import MEASURES
from asprinted.record import Row, record
from asprinted.rows import UNIT_NAMES
from asprinted.sets import RealSet
from asprinted.verdicts import Group, Margin, Verdict, margin

LARGER_FIRST = {"difference": True, "ratio": True, "share": True, "growth_factor": False}
LEVEL = {
    "difference": Fraction(0),
    "ratio": Fraction(1),
    "share": Fraction(1, 2),
    "growth_factor": Fraction(1),
}


def best_scale(numbers: RealSet, unit: str) -> tuple[str, int, str]:
    """Scale, decimals and name of the unit in which a set of a quantity's values reads best."""
    ends = (numbers.hull.lo, numbers.hull.hi) if numbers else ()
    size = max((abs(end) for end in ends if isinstance(end, Fraction)), default=Fraction(0))
    if unit == "share":
        return "percent", 1, "percent"
    name = UNIT_NAMES.get(unit, unit)
    for scale, factor in (("billion", 10**9), ("million", 10**6)):
        if size >= factor:
            return scale, 1, f"{scale} {name}"
    return "", 2 if unit == "factor" else 0, name


def exact_places(found: Margin, scale: str, places: int) -> int:
    """Decimals with which the ends of a margin are written exactly: `places`, or one more; `places` if neither does."""
    ends = [
        end / display.SCALES[scale]
        for numbers in (found.possible, found.certain)
        for end in (numbers.hull.lo, numbers.hull.hi)
        if numbers and isinstance(end, Fraction)
    ]
    exact = (p for p in (places, places + 1) if all((end * 10**p).denominator == 1 for end in ends))
    return next(exact, places)


def row_of(name: str) -> Row:
    """The row of a number that stands in a claim's inputs, printed or missing. Raises KeyError if it is neither."""
    return record().rows["missing"].get(name.removeprefix("missing:")) or record().rows["quantities"][name]


def named(name: str) -> str:
    """A number that stands in a claim's inputs, in words and with its period. Raises KeyError."""
    row = row_of(name)
    what = getattr(row, "what", None) or row.quantity
    return f"{what}, {row.period}" if row.period else what


def _relation(names: tuple[str, ...], measure: str, place: int, claimed: Claimed) -> str:
    """How a number must stand to the other one of its claim; empty if the claim is no bare comparison of two."""
    if claimed.comparison is None or measure not in LEVEL:
        return ""
    sign, bound = claimed.comparison
    if bound != LEVEL[measure] or len(names) != 2:
        return ""
    above = (sign[0] == ">") == (LARGER_FIRST[measure] == (place == 0))
    bar = ("at least" if above else "at most") if "=" in sign else ("above" if above else "below")
    return f"{bar} that other number: {named(names[1 - place])}"


def _change(group: Group, measure: str, claimed: Claimed) -> str:
    """For a share that is to rise or fall: how the growth of its part must stand to the growth of what is beside it."""
    if measure not in ("share_change", "share_change_beside") or claimed.comparison is None:
        return ""
    half = len(group.names) // 2
    sides = group.names[:half], group.names[half:]
    part, *beside = (f"{named(early)} to {named(late)}" for early, late in zip(*sides, strict=True))
    rises = claimed.comparison[0][0] == ">"
    if all(not name.startswith("missing:") for name in (group.names[0], group.names[half])):
        grew = MEASURES["growth_factor"].function(group.inputs[0], group.inputs[half]).hull
        bound = (
            f"less than {display.decimal(grew.lo, 2, 'down')}"
            if rises
            else f"more than {display.decimal(grew.hi, 2, 'up')}"
        )
        return f"grew {bound} times, with all beside: {part}"
    more = "more" if rises else "less"
    return f"its growth decides: {part} must be {more} than {' and '.join(beside)} together"


def deciding(found: Verdict, slug: str) -> str:
    """What a missing number must be for a claim to hold, the others of the claim as printed; empty if not solved for.

    A set of values on the plain reading, ends rounded inward, if the rest of its group is printed; else how it
    must stand to the other number. Of a claim of several groups, what its own group needs.
    """
    formal = found.formal
    if formal is None or formal.claimed is None or not found.cases or formal.combine == "compare":
        return ""
    name = f"missing:{slug}"
    for group, measure in zip(found.cases[0].pairs["plain", "plain"], formal.measures, strict=True):
        if name not in group.names:
            continue
        place = group.names.index(name)
        solved = margin(group, measure, place)
        if solved is not None and solved.certain and solved.certain != MEASURES[measure].domain:
            unit = record().rows["missing"][slug].unit
            scale, places, unit = best_scale(solved.certain, unit)
            places = exact_places(solved, scale, places)
            return f"{display.words(solved.certain, places, scale, inward=True)} {unit}".rstrip()
        return _relation(group.names, measure, place, formal.claimed) or _change(
            group, measure, formal.claimed
        )
    return ""
