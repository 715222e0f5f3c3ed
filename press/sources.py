"""What stands behind a figure: its printed phrases with their places, its claims, and the way to each row's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

import pandas as pd

from asprinted.figures import FIGURES
from asprinted.figures.spec import Figure
from asprinted.record import Row, record
from press import browse

KINDS = {
    "quantities": "number",
    "events": "event",
    "statuses": "standing",
    "codings": "coding",
    "links": "stated cause",
    "claims": "claim",
    "tensions": "tension",
}


@cache
def data_of(identifier: str) -> pd.DataFrame:
    """The data of a figure, computed once; not to be changed."""
    return FIGURES[identifier].data()


@cache
def _tables() -> dict[str, str]:
    return {identifier: table for table in KINDS for identifier in record().rows[table]}


def table_of(identifier: str) -> str:
    """The table that a row stands in. Raises KeyError for an unknown row."""
    return _tables()[identifier]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A printed phrase, where it stands, and the rows that rest on it with what each is."""

    text: str
    paragraph: int
    section: str
    printed: str
    rows: tuple[tuple[str, str], ...]  # id, and "number", "event", "date of the event", ...


def _pointers(row: Row) -> Iterator[tuple[str, int, str, str]]:
    """Every place that a row points at: text, paragraph, phrase, and what it is there."""
    kind = KINDS[table_of(row.id)]
    yield row.text, row.paragraph, row.printed, kind
    date = getattr(row, "date_printed", "")
    if date and (row.date_paragraph, date) != (row.paragraph, row.printed):
        yield row.text, row.date_paragraph, date, f"date of the {kind}"


def phrases(identifiers: Iterable[str]) -> list[Phrase]:
    """The phrases that some rows rest on, each once, in the order of the texts and their paragraphs."""
    order = {text: n for n, text in enumerate(record().rows["texts"])}
    found: dict[tuple[str, int, str], tuple[str, list[tuple[str, str]]]] = {}
    for identifier in identifiers:
        row = record().rows[table_of(identifier)][identifier]
        for text, paragraph, printed, kind in _pointers(row):
            found.setdefault((text, paragraph, printed), (row.section, []))[1].append((identifier, kind))
    keys = sorted(found, key=lambda key: (order[key[0]], key[1]))
    return [Phrase(*key[:2], found[key][0], key[2], tuple(found[key][1])) for key in keys]


def link(identifier: str, up: str = "") -> str:
    """A row or a figure as a link to its page; `up` leads from the page to the root of the book."""
    if identifier in FIGURES:
        return f'<a href="{up}figures/{identifier}.html">{escape(FIGURES[identifier].title, quote=False)}</a>'
    page = browse.page_of(identifier)
    return (
        f'<a href="{up}{page}.html#{identifier}">{identifier}</a>' if page else f"<code>{identifier}</code>"
    )


@cache
def of_a_whole_table() -> dict[str, str]:
    """The figures that draw on every row of a table of the record, and what those rows are."""
    every = {table: set(record().rows[table]) for table in KINDS}
    return {
        entry.id: table
        for entry in FIGURES.values()
        for table, rows in every.items()
        if rows and rows <= set(entry.rows)
    }


def figures_using(identifier: str) -> list[str]:
    """The figures that draw on a row, or bear on a claim, save those that draw on every row of its table."""
    users = browse.users().get(identifier, {}).get("Figures", [])
    whole = of_a_whole_table()
    table = table_of(identifier)
    return [u for u in users if whole.get(u) != table or identifier in FIGURES[u].claims]


def arguments(entry: Figure) -> list[str]:
    """The arguments that a figure belongs to: those of its claims, else those of its rows."""
    for identifiers in (entry.claims, entry.rows):
        rows = (record().rows[table_of(identifier)][identifier] for identifier in identifiers)
        if found := {row.argument for row in rows if hasattr(row, "argument")}:
            return sorted(found)
    return []


def texts(entry: Figure) -> list[str]:
    """The texts that a figure draws on, in the order of the record."""
    used = {record().rows[table_of(identifier)][identifier].text for identifier in entry.rows or entry.claims}
    return [text for text in record().rows["texts"] if text in used]
