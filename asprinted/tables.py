"""Plain tables for the chapters: printed rows, verdicts, missing numbers, figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from asprinted import display
from asprinted.readings import READINGS
from asprinted.record import record
from asprinted.rows import UNIT_NAMES, as_printed, place, quantity
from asprinted.sets import RealSet
from asprinted.verdicts import Verdict, margin


@dataclass(frozen=True)
class Table:
    """A data frame as a notebook shows it: an HTML table with real headers, and plain text."""

    data: pd.DataFrame

    def _repr_html_(self) -> str:
        return self.data.to_html(index=False, border=0, classes="printed", escape=True, justify="left")

    def __repr__(self) -> str:
        return self.data.to_string(index=False, max_colwidth=60)


def printed_quantities(identifiers: Iterable[str]) -> Table:
    """Quantities as printed: what they measure, phrase and place, the number, and the sets it allows in its scale."""
    rows = [record().rows["quantities"][identifier] for identifier in identifiers]
    return Table(
        pd.DataFrame(
            {
                "What": row.quantity + (f", {row.period}" if row.period else ""),
                "Phrase and place": f"“{row.printed}” {place(row)}",
                "Number": as_printed(row),
                **{name.capitalize(): text for name, text in quantity(record(), row.id).sets.items()},
            }
            for row in rows
        )
    )


def printed_events(identifiers: Iterable[str]) -> Table:
    """Events as printed: phrase, place and the days that the print allows."""
    rows = [record().rows["events"][identifier] for identifier in identifiers]
    return Table(
        pd.DataFrame(
            {
                "Event": row.event,
                "Phrase and place": f"“{row.printed}” {place(row)}",
                "From": str(row.earliest or "—"),
                "To": str(row.latest or "—"),
                "Dated by": {"none": "nothing", "printed": "the text", "source": "a citation"}.get(
                    row.dating, row.dating
                ),
            }
            for row in rows
        )
    )


def sets(named: dict[str, dict[str, RealSet]], places: int = 3, scale: str = "") -> Table:
    """Results under the three readings, one line each."""
    return Table(
        pd.DataFrame(
            {"": name, **{reading: display.interval(found[reading], places, scale) for reading in READINGS}}
            for name, found in named.items()
        ).rename(columns={"": "Result"})
    )


def _scale_for(numbers: RealSet, unit: str) -> tuple[str, int, str]:
    """Scale, decimals and unit name in which a margin reads best."""
    hull = numbers.hull if numbers else None
    size = (
        max((abs(e) for e in (hull.lo, hull.hi) if isinstance(e, Fraction)), default=Fraction(0))
        if hull
        else 0
    )
    if unit == "share":
        return "percent", 1, "percent"
    name = UNIT_NAMES.get(unit, unit)
    for scale, factor in (("billion", 10**9), ("million", 10**6)):
        if size >= factor:
            return scale, 1, f"{scale} {name}"
    return "", 2 if unit == "factor" else 0, name


def margins(found: Verdict) -> str:
    """What a claim would need, in its own units, on the plain reading; empty where nothing can be solved for."""
    if not found.cases or found.formal is None or found.headline == "entailed":
        return ""
    lines = []
    for case in found.cases:
        groups = case.pairs["plain", "plain"]
        for group, measure in zip(groups, found.formal.measures[: len(groups)], strict=True):
            solved = margin(group, measure)
            if solved is None or not solved.possible or not solved.certain:
                continue
            name = solved.name.removeprefix("missing:")
            row = record().rows["missing"].get(name) or record().rows["quantities"].get(name)
            scale, places, unit = _scale_for(solved.certain, row.unit)
            sense = f"{case.sense}: " if found.turns_on_sense else ""
            what = getattr(row, "quantity", None) or row.what
            period = f", {row.period}" if row.period else ""
            lines.append(
                f"{sense}{what}{period}: can hold with {display.words(solved.possible, places, scale)} {unit}, "
                f"must hold with {display.words(solved.certain, places, scale, inward=True)} {unit}"
            )
    return "; ".join(dict.fromkeys(line.replace(" ,", ",").strip() for line in lines))


def why(found: Verdict) -> str:
    """Why a claim is untestable, its missing numbers named in words; empty if it is not."""
    reason = found.reason
    if reason.startswith("missing number: "):
        names = reason.removeprefix("missing number: ").split(", ")
        missing = record().rows["missing"]
        reason = "not printed: " + "; ".join(
            dict.fromkeys(
                missing[n].what + (f", {missing[n].period}" if missing[n].period else "")
                if n in missing
                else n
                for n in names
            )
        )
    return reason


ORDER_WORDS = {
    "entailed": "order as stated",
    "contradicted": "order not as stated",
    "consistent": "order open",
}


def said(found: Verdict) -> str:
    """A verdict's headline; of a claim on order alone it says so, since dates refute an order and prove no cause."""
    measures = set(found.formal.measures) if found.formal else set()
    on_order = measures and measures <= {"order", "opening_order", "coincide"}
    word = ORDER_WORDS.get(found.headline) if on_order else None
    return f"{found.headline}: {word}" if word else found.headline


def verdict_table(found: Sequence[Verdict]) -> Table:
    """Verdicts with the most and the least favourable pair of readings, the reason and the margin."""
    return Table(
        pd.DataFrame(
            {
                "Claim": f"{item.claim.claim} ({place(item.claim)}, {item.claim.weight})",
                "Verdict": said(item),
                "Kindest reading": item.most_favourable if item.cases and not item.reason else "—",
                "Hardest reading": item.least_favourable if item.cases and not item.reason else "—",
                "Reason or margin": ". ".join(filter(None, (why(item), margins(item)))) or "—",
            }
            for item in found
        )
    )


def figure_table(chapter: str) -> Table:
    """A chapter's figures: id, title, page, files, and how to cite them."""
    from asprinted import citations, figures  # figures draw from modules that make tables

    return Table(
        pd.DataFrame(
            {
                "Figure": entry.title,
                "Id": entry.id,
                "Page and files": f"figures/{entry.id}.html, .svg, .pdf, .png, .csv, .zip; "
                f"one column: {entry.id}-90.svg, .pdf, .png",
                "Cite as": citations.full(citations.figure_reference(entry.id)),
            }
            for entry in figures.of_chapter(chapter)
        )
    )


def missing_table(found: Sequence[Verdict]) -> Table:
    """The unprinted numbers that the claims need, and the claims that each would make testable."""
    needed: dict[str, list[str]] = {}
    for item in found:
        for group in item.formal.groups if item.formal else ():
            for name in group:
                if name.startswith("missing:"):
                    needed.setdefault(name.removeprefix("missing:"), []).append(item.claim.claim)
    rows = record().rows["missing"]
    return Table(
        pd.DataFrame(
            {
                "Number": rows[slug].what,
                "Of": " and ".join(filter(None, (rows[slug].actor, rows[slug].counterpart))) or "—",
                "Period": rows[slug].period or "—",
                "Would make testable": " ".join(dict.fromkeys(claims)),
            }
            for slug, claims in needed.items()
        )
    )
