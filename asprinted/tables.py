"""Plain tables for the chapters: printed rows, verdicts, missing numbers, figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from asprinted import display
from asprinted.deciding import best_scale, deciding, exact_places, named, row_of
from asprinted.readings import READINGS
from asprinted.record import Row, record
from asprinted.rows import as_printed, place, quantity
from asprinted.sets import RealSet
from asprinted.verdicts import Case, Margin, Verdict, margin


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


def margin_in_words(found: Margin, entailed: bool) -> str:
    """The values with which a claim holds, or may hold and must hold; the latter rounded inward, so that they do."""
    scale, places, unit = best_scale(found.certain, row_of(found.name).unit)
    places = exact_places(found, scale, places)
    possible = f"{display.words(found.possible, places, scale)} {unit}".rstrip()
    certain = f"{display.words(found.certain, places, scale, inward=True)} {unit}".rstrip()
    if found.possible == found.certain:
        return f"holds only with {certain}"
    return f"holds with {certain}" if entailed else f"can hold with {possible}, must hold with {certain}"


def _margins(found: Verdict, case: Case) -> list[str]:
    groups = case.pairs["plain", "plain"]
    solved = [margin(*pair) for pair in zip(groups, found.formal.measures[: len(groups)], strict=True)]
    return [
        f"{named(one.name)}: {margin_in_words(one, case.verdict() == 'entailed')}"
        for one in solved
        if one is not None and one.possible and one.certain
    ]


def margins(found: Verdict) -> str:
    """What a claim needs, in its own units, on the plain reading; empty where nothing can be solved for."""
    if not found.cases or found.formal is None:
        return ""
    by_sense = {case.sense: _margins(found, case) for case in found.cases}
    if len(set(map(tuple, by_sense.values()))) > 1:
        by_sense = {sense: [f"{sense}: {line}" for line in lines] for sense, lines in by_sense.items()}
    return "; ".join(dict.fromkeys(line for lines in by_sense.values() for line in lines))


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


def _of_what(row: Row) -> str:
    """Of whom and of when an unprinted number is."""
    whom = " and ".join(filter(None, (row.actor, row.counterpart)))
    return ", ".join(filter(None, (whom, row.period))) or "no party and no period named"


def missing_table(found: Sequence[Verdict]) -> Table:
    """The unprinted numbers that the claims need, the claims that each would make testable, and what would bear them out."""
    needed: dict[str, list[Verdict]] = {}
    for item in found:
        for group in item.formal.groups if item.formal else ():
            for name in group:
                if name.startswith("missing:"):
                    needed.setdefault(name.removeprefix("missing:"), []).append(item)
    rows = record().rows["missing"]
    return Table(
        pd.DataFrame(
            {
                "Number": f"{rows[slug].what} ({_of_what(rows[slug])})",
                "Would make testable": " ".join(dict.fromkeys(item.claim.claim for item in items)),
                "Bears it out if": "; ".join(
                    dict.fromkeys(filter(None, (deciding(item, slug) for item in items)))
                )
                or "—",
            }
            for slug, items in needed.items()
        )
    )
