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
    """Decimals with which the ends of a margin are written exactly: none, `places` or one more; else `places`."""
    ends = [
        end / display.SCALES[scale]
        for numbers in (found.possible, found.certain)
        for end in (numbers.hull.lo, numbers.hull.hi)
        if numbers and isinstance(end, Fraction)
    ]
    exact = (p for p in (0, places, places + 1) if all((end * 10**p).denominator == 1 for end in ends))
    return next(exact, places)


def row_of(name: str) -> Row:
    """The row of a number that stands in a claim's inputs, printed or missing. Raises KeyError if it is neither."""
    return record().rows["missing"].get(name.removeprefix("missing:")) or record().rows["quantities"][name]


def _what(row: Row) -> str:
    return getattr(row, "what", None) or row.quantity


def named(name: str) -> str:
    """A number that stands in a claim's inputs, in words and with its period. Raises KeyError."""
    row = row_of(name)
    return f"{_what(row)}, {row.period}" if row.period else _what(row)


def _relation(names: tuple[str, ...], measure: str, place: int, claimed: Claimed) -> str:
    """How a number must stand to the other one of its claim; empty if the claim is no bare comparison of two."""
    if claimed.comparison is None or measure not in LEVEL:
        return ""
    sign, bound = claimed.comparison
    if bound != LEVEL[measure] or len(names) != 2:
        return ""
    above = (sign[0] == ">") == (LARGER_FIRST[measure] == (place == 0))
    bar = ("at least" if above else "at most") if "=" in sign else ("above" if above else "below")
    return f"{bar}: {named(names[1 - place])}"


def _change(group: Group, measure: str, claimed: Claimed) -> str:
    """For a share that is to rise or fall: how the growth of its part must stand to the growth of what is beside it."""
    if measure not in ("share_change", "share_change_beside") or claimed.comparison is None:
        return ""
    half = len(group.names) // 2
    part, *beside = (row_of(name) for name in group.names[:half])
    rises = claimed.comparison[0][0] == ">"
    if all(not name.startswith("missing:") for name in (group.names[0], group.names[half])):
        grew = MEASURES["growth_factor"].function(group.inputs[0], group.inputs[half]).hull
        bound = (
            f"below {display.decimal(grew.lo, 2, 'down')}"
            if rises
            else f"above {display.decimal(grew.hi, 2, 'up')}"
        )
        return f"it grew by a factor {bound}"
    more, together = "more" if rises else "less", " together" if len(beside) > 1 else ""
    others = " and ".join(_what(row) for row in beside)
    return f"growth by a factor that is {more} for {_what(part)} than for {others}{together}"


def needed(group: Group, measure: str, place: int, claimed: Claimed) -> str:
    """What one input of a group must be for the group to hold, the others as printed; empty if not solved for.

    A set of values on the plain reading, ends rounded inward, if that can be said of it alone; else how it must
    stand to the others.
    """
    solved = margin(group, measure, place)
    if solved is not None and solved.certain and solved.certain != MEASURES[measure].domain:
        scale, places, unit = best_scale(solved.certain, row_of(solved.name).unit)
        places = exact_places(solved, scale, places)
        return f"{display.words(solved.certain, places, scale, inward=True)} {unit}".rstrip()
    return _relation(group.names, measure, place, claimed) or _change(group, measure, claimed)


def deciding(found: Verdict, slug: str) -> str:
    """What a missing number must be for every group of a claim that asks for it to hold; empty if not solved for."""
    formal, name = found.formal, f"missing:{slug}"
    if formal is None or formal.claimed is None or not found.cases or formal.combine == "compare":
        return ""
    groups = zip(found.cases[0].pairs["plain", "plain"], formal.measures, strict=True)
    said = [
        needed(group, measure, group.names.index(name), formal.claimed)
        for group, measure in groups
        if name in group.names
    ]
    return "; and ".join(dict.fromkeys(filter(None, said)))
