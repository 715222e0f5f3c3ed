"""The small language in which claims are formalised: measure, inputs and what is claimed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from asprinted.dates import MEASURES_OF_DATES
from asprinted.measures import MEASURES

ORDERS = ("before", "after", "same day")
COMPARISONS = ("<=", ">=", "<", ">")


class ClaimSyntaxError(ValueError):
    """A cell of a claim that cannot be read: its column, its value and what was expected."""

    def __init__(self, column: str, value: str, expected: str) -> None:
        self.column, self.value, self.expected = column, value, expected
        super().__init__(f"{column}: {value!r}; expected {expected}")


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim asserts: exactly one of a quantity's id, a comparison, a set of names, or a vague word."""

    quantity: str | None = None
    comparison: tuple[str, Fraction] | None = None
    names: frozenset[str] | None = None
    vague: str | None = None


@dataclass(frozen=True, slots=True)
class Formal:
    """A claim made formal: for each group of inputs, a measure; how groups combine; what is claimed.

    `combine` is "one", "all" (the claim holds of every group) or "compare" (of the difference between
    the first group's result and the second's). A claim with no measure is interpretive.
    """

    combine: str
    measures: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    claimed: Claimed | None


def _measures(text: str) -> tuple[str, tuple[str, ...]]:
    match = re.fullmatch(r"(all|compare)\(([^()]*)\)|(\w+)", text)
    known = [*MEASURES, *MEASURES_OF_DATES]
    if not match:
        raise ClaimSyntaxError("measure", text, "a measure, all(measure) or compare(measure, measure)")
    combine = match[1] or "one"
    names = tuple(name.strip() for name in (match[2] or match[3]).split(","))
    for name in names:
        if name not in known:
            raise ClaimSyntaxError("measure", name, "one of " + ", ".join(known))
    if len(names) != (2 if combine == "compare" else 1):
        raise ClaimSyntaxError("measure", text, "one measure, or two to compare")
    return combine, names


def parse_claimed(text: str, kind: Callable[[str], str | None]) -> Claimed:
    """Read what is claimed. Raises ClaimSyntaxError."""
    if text.startswith("vague: "):
        return Claimed(vague=text.removeprefix("vague: "))
    if text.startswith("{") and text.endswith("}"):
        return Claimed(names=frozenset(name.strip() for name in text[1:-1].split(",")))
    if text in ORDERS:
        return Claimed(names=frozenset({text}))
    sign = next((s for s in COMPARISONS if text.startswith(s)), None)
    if sign:
        operand = text.removeprefix(sign).strip()
        try:
            return Claimed(comparison=(sign, Fraction(operand)))
        except (ValueError, ZeroDivisionError):
            raise ClaimSyntaxError("claimed", text, "a comparison with a number, such as '> 0'") from None
    if kind(text) == "quantities":
        return Claimed(quantity=text)
    raise ClaimSyntaxError(
        "claimed", text, "a quantity's id, a comparison, an order word, a set in braces, or 'vague: WORD'"
    )


def parse_claim(measure: str, inputs: str, claimed: str, kind: Callable[[str], str | None]) -> Formal | None:
    """Read a claim's three cells; None if it is interpretive (no measure and nothing claimed).

    `kind` tells which table an input names, "missing" for a missing number, or None.
    Raises ClaimSyntaxError.
    """
    wanted = parse_claimed(claimed, kind) if claimed else None
    if not measure:
        if inputs or (wanted and not wanted.vague):
            raise ClaimSyntaxError("measure", measure, "a measure for these inputs")
        return Formal("one", (), (), wanted) if wanted else None
    combine, names = _measures(measure)
    groups = tuple(
        tuple(name.strip() for name in group.split(";") if name.strip()) for group in inputs.split("|")
    )
    if combine == "one" and len(groups) != 1:
        raise ClaimSyntaxError("inputs", inputs, "one group of inputs")
    if combine == "compare" and len(groups) != 2:
        raise ClaimSyntaxError("inputs", inputs, "two groups of inputs, separated by |")
    for group in groups:
        if not group:
            raise ClaimSyntaxError("inputs", inputs, "at least one input in every group")
        for name in group:
            if kind(name) is None:
                raise ClaimSyntaxError(
                    "inputs", name, "an id of the record, missing:SLUG or table?column=value"
                )
    return Formal(combine, names * (len(groups) if combine == "all" else 1), groups, wanted)
