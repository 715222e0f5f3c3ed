"""Verdicts: what the printed figures make of a claim, under three readings of each side.

I is the set of results that the printed figures allow, C the set that the claim asserts. A claim of
several groups (`all`) holds a set of each for every group: it is entailed if every group is, and
contradicted as soon as one is.

Dates come from the whole record of a text (`asprinted.dates`), its stated relations included. A bare
"before", "after" or "during" in a claim's own paragraph is what the claim says and no evidence for it:
it is left out while that claim is judged. A printed length ("three weeks after") stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import product

from asprinted import dates
from asprinted.claims import Claimed, Formal, parse_claim
from asprinted.dates import MEASURES_OF_DATES, Chronicle
from asprinted.measures import MEASURES, Measure, Outcome, certain_inputs, difference, possible_inputs
from asprinted.readings import READINGS, Hedge, Reading, is_exact, read_number
from asprinted.record import Record, Row, _resolver, record
from asprinted.sets import INF, RealSet, between, point

Value = RealSet | Outcome
Side = tuple[tuple[str, ...], tuple[RealSet | dates.Span, ...], Value]  # names, inputs and result of a group
FAVOUR = ("entailed", "consistent", "contradicted")  # most to least favourable to the claim
VERDICTS = (*FAVOUR, "untestable", "interpretive", "inputs conflict")


def judge(inferred: Value, claimed: Value) -> str:
    """The verdict of one set on another: entailed, contradicted, consistent or inputs conflict."""
    if not inferred or not claimed:
        return "inputs conflict"
    if inferred <= claimed:
        return "entailed"
    return "consistent" if inferred & claimed else "contradicted"


def judge_all(pairs: Sequence[tuple[Value, Value]]) -> str:
    """The verdict on a claim that holds only if every pair's does."""
    found = [judge(inferred, claimed) for inferred, claimed in pairs]
    if "inputs conflict" in found:
        return "inputs conflict"
    return max(found, key=FAVOUR.index)


def read_quantity(row: Row, reading: Reading, hedge: Hedge, width: Fraction = Fraction(1)) -> RealSet:
    """The values that a row of the quantities table allows, in whole units."""
    return read_number(
        row.digits, row.scale, hedge, reading, exact=is_exact(row.kind, row.hedge), width=width
    )


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a claim: its inputs and result I, and the set C it is held against."""

    names: tuple[str, ...]
    inputs: tuple[RealSet | dates.Span, ...]
    inferred: Value
    claimed: Value


@dataclass(frozen=True)
class Case:
    """A claim in one sense of its hedge words: every group under every pair of readings (of I, of C)."""

    sense: str
    pairs: dict[tuple[Reading, Reading], tuple[Group, ...]]

    def verdict(self, of_figures: Reading = "plain", of_claim: Reading = "plain") -> str:
        """The verdict under one reading of the figures and one of the claim."""
        return judge_all([(g.inferred, g.claimed) for g in self.pairs[of_figures, of_claim]])

    @property
    def most_favourable(self) -> str:
        """The verdict under the pair of readings kindest to the claim."""
        return min(self._all, key=FAVOUR.index) if "inputs conflict" not in self._all else "inputs conflict"

    @property
    def least_favourable(self) -> str:
        """The verdict under the pair of readings hardest on the claim."""
        return max(self._all, key=FAVOUR.index) if "inputs conflict" not in self._all else "inputs conflict"

    @property
    def _all(self) -> list[str]:
        return [self.verdict(i, c) for i, c in self.pairs]


@dataclass(frozen=True)
class Verdict:
    """What the printed figures make of one claim."""

    claim: Row
    formal: Formal | None
    cases: tuple[Case, ...]
    reason: str

    @property
    def word(self) -> str:
        """The headline: the plain reading of both sides; words are joined where senses differ."""
        if self.formal is None:
            return "interpretive"
        if self.reason:
            return "untestable"
        found = dict.fromkeys(case.verdict() for case in self.cases)
        return " or ".join(found)

    @property
    def turns_on_sense(self) -> bool:
        """Whether the headline differs between the senses of a hedge word."""
        return not self.reason and len({case.verdict() for case in self.cases}) > 1

    def _said(self, words: Sequence[str]) -> str:
        if not self.cases or self.reason:
            return self.word
        if len(set(words)) == 1:
            return words[0]
        return "; ".join(f"{word} ({case.sense})" for word, case in zip(words, self.cases, strict=True))

    @property
    def headline(self) -> str:
        """The headline with the sense of each verdict where it turns on the sense."""
        return self._said([case.verdict() for case in self.cases])

    @property
    def most_favourable(self) -> str:
        """The verdict under the readings kindest to the claim."""
        return self._said([case.most_favourable for case in self.cases])

    @property
    def least_favourable(self) -> str:
        """The verdict under the readings hardest on the claim."""
        return self._said([case.least_favourable for case in self.cases])


RELATIONS = ("before", "after", "during")


class Court:
    """Judges the claims of a record. `width` scales the finite distances of the plain reading.

    With `own_words`, a claim's own "before", "after" or "during" counts as evidence for it.
    """

    def __init__(self, found: Record, width: Fraction = Fraction(1), own_words: bool = False) -> None:
        self.record, self.width, self.own_words = found, width, own_words
        self.readings: Sequence[Reading] = READINGS
        self.chronicle = dates.chronicle(found)
        self._without: dict[tuple[str, ...], Chronicle] = {}

    def at(self, width: Fraction) -> Court:
        """The same court at another width, for headlines only: it reads both sides plainly and knows no other reading.

        What the width does not touch, such as the dates, is shared and computed once.
        """
        other = copy(self)
        other.width, other.readings = width, ("plain",)
        return other

    def dates_for(self, row: Row) -> Chronicle:
        """The dates to judge a claim by: all of the record's, less the relations that its own paragraph states."""
        if self.own_words:
            return self.chronicle
        own = tuple(
            event.id
            for event in self.record.rows["events"].values()
            if event.offset in RELATIONS
            and event.text == row.text
            and (event.date_paragraph or event.paragraph) == row.paragraph
        )
        if own and own not in self._without:
            self._without[own] = self.chronicle.without(own)
        return self._without[own] if own else self.chronicle

    def formal(self, row: Row) -> Formal | None:
        """A claim's cells, parsed."""
        return parse_claim(row.measure, row.inputs, row.claimed, _resolver(self.record))

    def judge(self, identifier: str) -> Verdict:
        """The verdict on a claim. Raises KeyError for an unknown id."""
        row = self.record.rows["claims"][identifier]
        formal = self.formal(row)
        if formal is None:
            return Verdict(row, None, (), "")
        if formal.claimed and formal.claimed.vague:
            return Verdict(row, formal, (), f"vague predicate: {formal.claimed.vague}")
        known = self.dates_for(row) if set(formal.measures) & MEASURES_OF_DATES.keys() else self.chronicle
        cases = tuple(self._case(formal, senses, known) for senses in self._senses(formal))
        return Verdict(row, formal, cases, self._untestable(formal, cases))

    def sides(self, row: Row, reading: Reading) -> list[Side]:
        """What each group of inputs of a claim or a tension allows under a reading, before groups are combined.

        Every hedge word is taken in its first sense. A tension is computed with all relations of its text.
        """
        formal = parse_claim(row.measure, row.inputs, "", _resolver(self.record))
        senses = next(self._senses(formal)) if formal else {}
        return self._sides(formal, senses, reading, self.chronicle) if formal else []

    def results(self, row: Row) -> tuple[Case, ...]:
        """What a tension's inputs allow, nothing being claimed: a case for each sense; none without a measure."""
        formal = parse_claim(row.measure, row.inputs, "", _resolver(self.record))
        if formal is None:
            return ()
        formal = replace(formal, claimed=Claimed(names=frozenset()))
        return tuple(self._case(formal, senses, self.chronicle) for senses in self._senses(formal))

    def _senses(self, formal: Formal) -> Iterator[dict[str, Hedge]]:
        """Every choice of one sense for each hedge word that the claim's quantities use."""
        names = [n for group in formal.groups for n in group]
        if formal.claimed and formal.claimed.quantity:
            names.append(formal.claimed.quantity)
        quantities = self.record.rows["quantities"]
        hedges = dict.fromkeys(quantities[n].hedge for n in names if n in quantities)
        for choice in product(*(self.record.hedge_senses(word) for word in hedges)):
            yield dict(zip(hedges, choice, strict=True))

    def _case(self, formal: Formal, senses: dict[str, Hedge], known: Chronicle) -> Case:
        several = [h.sense for h in senses.values() if len(self.record.hedge_senses(h.hedge)) > 1]
        inferred = {i: self._combined(formal, senses, i, known) for i in self.readings}
        claimed = {c: self._claimed(formal.claimed, senses, c) for c in self.readings}
        pairs = {
            (i, c): tuple(Group(*side, claimed[c]) for side in inferred[i])
            for i, c in product(self.readings, self.readings)
        }
        return Case(", ".join(several) or "as printed", pairs)

    def unit(self, formal: Formal) -> str:
        """The unit in which a claim's lengths of time are compared: its printed length's, or days."""
        names = [n for group in formal.groups for n in group]
        if formal.claimed and formal.claimed.quantity:
            names.append(formal.claimed.quantity)
        quantities = self.record.rows["quantities"]
        units = [quantities[n].unit for n in names if n in quantities]
        return next((u for u in units if u in dates.UNITS | dates.MONTHS), "days")

    def _sides(self, formal: Formal, senses: dict[str, Hedge], i: Reading, known: Chronicle) -> list[Side]:
        results = []
        for name, group in zip(formal.measures, formal.groups, strict=True):
            if name in MEASURES_OF_DATES:
                inputs = tuple(known.span(n) for n in group)
                unit = (self.unit(formal),) if name == "elapsed" else ()
                results.append((group, inputs, MEASURES_OF_DATES[name](known, *group, *unit)))
            else:
                inputs = tuple(self._input(n, name, senses, i) for n in group)
                results.append((group, inputs, MEASURES[name].function(*inputs)))
        return results

    def _combined(self, formal: Formal, senses: dict[str, Hedge], i: Reading, known: Chronicle) -> list[Side]:
        """The sides of a claim; those that it compares become one, their difference."""
        results = self._sides(formal, senses, i, known)
        if formal.combine == "compare":
            (a, ins_a, first), (b, ins_b, second) = results
            return [(a + b, ins_a + ins_b, difference(first, second))]
        return results

    def _input(self, name: str, measure: str, senses: dict[str, Hedge], reading: Reading) -> RealSet:
        if name.startswith("missing:"):
            return MEASURES[measure].domain
        if "?" in name:
            return point(len(self.record.select(name)))
        row = self.record.find(name)
        return read_quantity(row, reading, senses[row.hedge], self.width)

    def _claimed(self, claimed: Claimed | None, senses: dict[str, Hedge], reading: Reading) -> Value:
        if claimed is None:
            raise ValueError("a claim with a measure says what it claims")
        if claimed.names is not None:
            return claimed.names
        if claimed.quantity:
            row = self.record.rows["quantities"][claimed.quantity]
            return read_quantity(row, reading, senses[row.hedge], self.width)
        sign, bound = claimed.comparison
        return {
            ">": between(bound, INF, "()"),
            ">=": between(bound, INF, "[)"),
            "<": between(-INF, bound, "()"),
            "<=": between(-INF, bound, "(]"),
        }[sign]

    def _untestable(self, formal: Formal, cases: tuple[Case, ...]) -> str:
        """Why the print narrows nothing: the missing numbers; empty if it narrows something."""
        missing = [
            n.removeprefix("missing:") for group in formal.groups for n in group if n.startswith("missing:")
        ]
        open_ended = any(name == "count_at_least" for name in formal.measures)
        if not missing and not open_ended:
            return ""
        if any(case.verdict() in ("contradicted", "inputs conflict") for case in cases):
            return ""
        for case in cases:
            groups = zip(case.pairs["plain", "plain"], self._free(formal), strict=True)
            undecided = [(g, free) for g, free in groups if judge(g.inferred, g.claimed) != "entailed"]
            if not undecided or any(g.inferred != free for g, free in undecided):
                return ""
        return "missing number: " + (", ".join(dict.fromkeys(missing)) or "a complete list")

    def _free(self, formal: Formal) -> Iterator[Value]:
        """Each group's result with every input free in its domain."""
        nothing = dates.Chronicle({})
        results = [
            MEASURES_OF_DATES[name](nothing, *[f"missing:{place}" for place in range(len(group))])
            if name in MEASURES_OF_DATES
            else MEASURES[name].function(*[MEASURES[name].domain] * len(group))
            for name, group in zip(formal.measures, formal.groups, strict=True)
        ]
        if formal.combine == "compare":
            results = [difference(*results)]
        yield from results


def _samples(numbers: RealSet) -> list[Fraction]:
    """Some numbers of a set: its attained ends, and points between, near each end and in the middle."""
    found = []
    for part in numbers.parts:
        hi = part.hi if part.hi != INF else max(2 * part.lo, part.lo + 1)
        found += [part.lo + (hi - part.lo) * Fraction(k, 64) for k in (1, 16, 32, 48, 63) if hi != part.lo]
        found += [end for end in (part.lo, hi) if end in numbers]
    return found


def witnesses(group: Group, measure: str) -> dict[bool, tuple[Fraction, ...]]:
    """Values of a group's inputs, as the print allows them, with which its claim holds (True) or fails (False).

    One of each is looked for among samples of every input; a claim that is entailed has none to fail by, one
    that is contradicted none to hold by. Raises KeyError for a measure of dates.
    """
    function, found = MEASURES[measure].function, {}
    for values in product(*(_samples(numbers) for numbers in group.inputs)):
        result = function(*(point(value) for value in values))
        found.setdefault(result <= group.claimed, values)
        if len(found) == 2:
            break
    return found


@dataclass(frozen=True, slots=True)
class Margin:
    """Values of one input with which a claim can hold, and with which it must, the rest as printed."""

    name: str
    possible: RealSet
    certain: RealSet


def margin(group: Group, measure: str, place: int = -1) -> Margin | None:
    """The margin of a group in one of its inputs (the last, unless said otherwise); None if not solved for."""
    place %= len(group.inputs)
    known: Measure | None = MEASURES.get(measure)
    if known is None:
        return None
    possible = possible_inputs(known, group.inputs, place, group.claimed)
    certain = certain_inputs(known, group.inputs, place, group.claimed)
    return None if possible is None or certain is None else Margin(group.names[place], possible, certain)


@cache
def court() -> Court:
    """The judge of the book's own record."""
    return Court(record())


@cache
def verdict(identifier: str) -> Verdict:
    """The verdict on a claim of the book's record. Raises KeyError for an unknown id."""
    return court().judge(identifier)


def verdicts(**conditions: str) -> list[Verdict]:
    """The verdicts on the claims that meet the conditions (such as `argument="energy"`), in record order."""
    selector = "claims?" + "&".join(f"{k}={v}" for k, v in conditions.items())
    return [verdict(row.id) for row in record().select(selector)]
