"""Browse pages of the record, written into the staged book: every row of a table at an address that stays.

A page holds its whole table as HTML; a small script sorts, searches and filters it, and without the
script the table is still there. Nothing is typed: verdicts, sets and results are computed as it is written.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from asprinted import tables
from asprinted.book import DATA, book
from asprinted.figures import FIGURES
from asprinted.ledger import SHOWN, reason, result
from asprinted.record import Row, record
from asprinted.rows import UNIT_NAMES
from asprinted.values import read
from asprinted.verdicts import Verdict, court, verdict
from press import ledger, turkish

DATED_BY = {
    "printed": "the text",
    "relative": "another event",
    "carried": "another place in the text",
    "source": "a citation",
    "none": "nothing",
}
ZIP = "as-printed-record.zip"


@dataclass(frozen=True)
class Cell:
    """One cell of a row: its HTML and, where that is not what the column sorts by, its key."""

    html: str
    key: str = ""
    kind: str = ""


NOTHING = Cell("—", kind="none")  # sorts after every text: browse.js knows the dash


@dataclass(frozen=True)
class Column:
    """One column: its heading, share of the width, how it sorts ("text" or "number") and its cells."""

    title: str
    width: float
    cell: Callable[[Row], Cell]
    sort: str = "text"


@dataclass(frozen=True)
class Page:
    """One browse page: the rows of a table that it holds, their columns, filters and details."""

    name: str
    title: str
    table: str
    lead: str
    columns: tuple[Column, ...]
    filters: dict[str, tuple[str, Callable[[Row], str]]]  # field: (label, value)
    details: Callable[[Row], Iterator[tuple[str, str]]]  # (term, HTML)
    chosen: Callable[[Row], bool] = lambda row: True

    @property
    def rows(self) -> list[Row]:
        """The rows of the page, in record order."""
        return [row for row in record().rows[self.table].values() if self.chosen(row)]


# --- what rows are used by -----------------------------------------------------------------------


def page_of(identifier: str) -> str | None:
    """The page that holds a row; None for a row of a table that has no page."""
    for table in ("quantities", "events", "claims", "tensions"):
        if row := record().rows[table].get(identifier):
            return "browse-slips" if getattr(row, "kind", "") == "slip" else f"browse-{table}"
    return None


def inputs_of(row: Row) -> list[str]:
    """The ids of the rows that a claim or a tension is computed from; a selector stands for its rows."""
    names = [name.strip() for name in re.split(r"[;|]", row.inputs)] + [getattr(row, "claimed", "")]
    found: list[str] = []
    for name in names:
        if "?" in name:
            found += [r.id for r in record().select(name)]
        elif page_of(name):
            found.append(name)
    return list(dict.fromkeys(found))


@cache
def users() -> dict[str, dict[str, list[str]]]:
    """For every row that is used: the ids of the figures, claims and tensions that use it."""
    found: dict[str, dict[str, list[str]]] = {}

    def add(row: str, kind: str, user: str) -> None:
        users_of_kind = found.setdefault(row, {}).setdefault(kind, [])
        if user not in users_of_kind:
            users_of_kind.append(user)

    for figure in FIGURES.values():
        for row in (*figure.rows, *figure.claims):
            add(row, "Figures", figure.id)
    for kind in ("claims", "tensions"):
        for user in record().rows[kind].values():
            for row in inputs_of(user):
                add(row, kind.capitalize(), user.id)
    for event in record().rows["events"].values():
        if event.anchor:
            add(event.anchor, "Dates", event.id)
    return found


def link(identifier: str) -> str:
    """A figure or a row as a link to its anchor; the bare id where it has no page."""
    if identifier in FIGURES:
        figure = FIGURES[identifier]
        return f'<a href="{figure.chapter}.html#{identifier}">{escape(figure.title)}</a>'
    page = page_of(identifier)
    return f'<a href="{page}.html#{identifier}">{identifier}</a>' if page else escape(identifier)


def _links(identifiers: Iterable[str]) -> str:
    return ", ".join(map(link, identifiers))


# --- cells ---------------------------------------------------------------------------------------


def _place(text: str, paragraph: int) -> str:
    return f'<span class="place">{text} ¶{paragraph}</span>'


def quoted(printed: str, section: str) -> str:
    """A printed phrase in quotation marks, in the language of its section."""
    language = ' lang="tr"' if section in turkish.SECTIONS else ""
    return f"<q{language}>{escape(printed, quote=False)}</q>"


def phrase(row: Row) -> Cell:
    """Phrase and place; sorts by the place."""
    html = f"{quoted(row.printed, row.section)} {_place(row.text, row.paragraph)}"
    return Cell(html, f"{row.text} {row.paragraph}")


def other_phrase(row: Row) -> Cell:
    """The second phrase of a tension and its place."""
    if not row.printed_b:
        return NOTHING
    html = f"{quoted(row.printed_b, row.section)} {_place(row.text_b, row.paragraph_b)}"
    return Cell(html, f"{row.text_b} {row.paragraph_b}")


def plain(column: str) -> Callable[[Row], Cell]:
    """A column of the record as it is; nothing sorts last."""

    def cell(row: Row) -> Cell:
        value = str(getattr(row, column))
        return Cell(escape(value, quote=False)) if value else NOTHING

    return cell


def _what(row: Row) -> Cell:
    between = " and ".join(filter(None, (row.actor, row.counterpart)))
    soft = ", ".join(filter(None, (between, row.period)))
    return Cell(
        escape(row.quantity, quote=False)
        + (f' <span class="soft">{escape(soft, quote=False)}</span>' if soft else "")
    )


def _low(row: Row) -> str:
    hull = read(row.id).hull
    return repr(float(hull.lo)) if hull and row.digits else "1e99"


def _unit(row: Row) -> str:
    return escape(" ".join(filter(None, (row.scale, UNIT_NAMES.get(row.unit, row.unit)))), quote=False)


def _number(row: Row) -> Cell:
    """Hedge and digits, with the scale and the unit in which they are read set apart."""
    printed = escape(" ".join(dict.fromkeys(filter(None, (row.hedge, row.digits)))), quote=False)
    return Cell(f'{printed} <span class="soft">{_unit(row)}</span>' if _unit(row) else printed, _low(row))


def _sets(row: Row) -> Cell:
    lines = "<br>".join(
        f'<span class="soft">{reading}</span> {escape(text, quote=False)}'
        for reading, text in record().quantity(row.id).sets.items()
    )
    unit = f'<br><span class="soft">in {_unit(row)}</span>' if row.scale else ""
    return Cell(lines + unit, _low(row), "sets")


def span(row: Row) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that the print allows an event; None where it sets no bound of the event's own."""
    if row.dating != "relative":
        return row.earliest, row.latest
    first, last = court().chronicle.span(row.id)
    known = record().rows["texts"][row.text].latest
    return (first if first != datetime.date.min else None), (last if last != known or row.latest else None)


def days(row: Row) -> str:
    """The days that the print allows an event, in words."""
    first, last = span(row)
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"up to {last}" if last else ""


def _days(row: Row) -> Cell:
    first, last = span(row)
    return Cell(days(row), str(first or last)) if first or last else NOTHING


@cache
def _verdict(identifier: str) -> Verdict:
    return verdict(identifier)


def _headline(row: Row) -> Cell:
    return Cell(_verdict(row.id).headline, kind="verdict")


def _kindest_hardest(row: Row) -> Cell:
    found = _verdict(row.id)
    if not found.cases or found.reason:
        return NOTHING
    kindest, hardest = found.most_favourable, found.least_favourable
    return Cell(
        f'<span class="soft">kindest</span> {kindest}<br><span class="soft">hardest</span> {hardest}', kindest
    )


def _reason(row: Row) -> Cell:
    said = reason(_verdict(row.id))
    return Cell(escape(said, quote=False)) if said else NOTHING


def _result(row: Row) -> Cell:
    return Cell(escape(result(row), quote=False))


# --- details -------------------------------------------------------------------------------------


def _text(row: Row, *columns: str) -> Iterator[tuple[str, str]]:
    for column in columns:
        if value := getattr(row, column):
            yield column.replace("_", " ").capitalize(), escape(str(value), quote=False)


def _uses(row: Row) -> Iterator[tuple[str, str]]:
    for kind, found in users().get(row.id, {}).items():
        term = {"Figures": "In figures", "Dates": "Dates the events"}.get(kind, f"Used by {kind.lower()}")
        yield term, _links(found)


def _quantity(row: Row) -> Iterator[tuple[str, str]]:
    yield from _text(row, "kind", "hedge", "speaker", "section")


def _event(row: Row) -> Iterator[tuple[str, str]]:
    yield from _text(row, "actor", "counterpart", "type", "stated_target")
    if row.date_printed:
        yield (
            "Date printed",
            f"{quoted(row.date_printed, row.section)} {_place(row.text, row.date_paragraph)}",
        )
    if row.anchor:
        yield "Dated against", f"{escape(row.offset)} {link(row.anchor)}"
    yield from _text(row, "section")


def _formal(row: Row) -> Iterator[tuple[str, str]]:
    """Measure, inputs and what is claimed, with every id of a row that has a page as a link."""
    for term, text in _text(row, "measure", "inputs", *(["claimed"] if hasattr(row, "claimed") else [])):
        yield term, re.sub(r"(?<![\w:-])[qect](?:-\w+)+", lambda match: link(match[0]), text)


def _claim(row: Row) -> Iterator[tuple[str, str]]:
    if needed := tables.margins(_verdict(row.id)):
        yield "Margin", escape(needed, quote=False)
    yield from _formal(row)
    yield from _text(row, "section")


def _tension(row: Row) -> Iterator[tuple[str, str]]:
    yield from _formal(row)
    yield from _text(row, "section")


# --- the pages -----------------------------------------------------------------------------------


def _of(column: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row, column))


def _headlines(row: Row) -> str:
    return "; ".join(dict.fromkeys(case for case in _verdict(row.id).word.split(" or ")))


TEXT = {"text": ("Text", _of("text"))}
ARGUMENT = {"argument": ("Argument", _of("argument"))}
TENSION_COLUMNS = (
    Column("What pulls apart", 2.6, plain("note")),
    Column("One phrase and place", 1.8, phrase),
    Column("The other", 1.8, other_phrase),
)

PAGES = (
    Page(
        name="browse-quantities",
        title="Quantities",
        table="quantities",
        lead="Every printed number that measures something, with the phrase that prints it and the values it allows "
        "under [three readings](how-to-read.ipynb).",
        columns=(
            Column("What", 2.2, _what),
            Column("Phrase and place", 2, phrase),
            Column("As printed", 1.1, _number, "number"),
            Column("Values allowed", 1.7, _sets, "number"),
            Column("Argument", 0.8, plain("argument")),
        ),
        filters={**TEXT, **ARGUMENT, "kind": ("Kind", _of("kind")), "unit": ("Unit", _of("unit"))},
        details=_quantity,
    ),
    Page(
        name="browse-events",
        title="Events",
        table="events",
        lead="Every event and step that the texts tell, dated or not. Days are those that the print allows; an undated "
        "event may fall on any day up to the last that its text can know.",
        columns=(
            Column("Event", 2.2, plain("event")),
            Column("Phrase and place", 2, phrase),
            Column("Days the print allows", 1.1, _days),
            Column("Dated by", 0.9, lambda row: Cell(DATED_BY[row.dating])),
            Column("Institution", 0.9, plain("institution")),
            Column("Argument", 0.8, plain("argument")),
        ),
        filters={
            **TEXT,
            **ARGUMENT,
            "institution": ("Institution", _of("institution")),
            "type": ("Type of step", _of("type")),
            "dating": ("Dated by", lambda row: DATED_BY[row.dating]),
        },
        details=_event,
    ),
    Page(
        name="browse-claims",
        title="Claims",
        table="claims",
        lead="Every checkable claim, in our words, with [the verdict](how-to-read.ipynb) that the printed figures give. "
        "A verdict is on the printed figures, not on the world or the author.",
        columns=(
            Column("Claim", 2.2, plain("claim")),
            Column("Phrase and place", 1.6, phrase),
            Column("Verdict", 1.5, _headline),
            Column("Other readings", 1.35, _kindest_hardest),
            Column("Reason", 1.6, _reason),
            Column("Argument", 0.95, plain("argument")),
            Column("Weight", 1, plain("weight")),
        ),
        filters={
            **TEXT,
            **ARGUMENT,
            "verdict": ("Verdict", _headlines),
            "weight": ("Weight", _of("weight")),
        },
        details=_claim,
    ),
    Page(
        name="browse-tensions",
        title="Tensions",
        table="tensions",
        lead="Every place where a text pulls apart from itself or from another. Where numbers or dates clash it is computed; "
        "else it is shown. Slips of spelling, bibliography and boilerplate have [a page of their own](browse-slips.md).",
        columns=(
            *TENSION_COLUMNS,
            Column("Kind", 0.7, plain("kind")),
            Column("Result", 1.1, _result),
            Column("Argument", 0.8, plain("argument")),
        ),
        filters={
            **TEXT,
            **ARGUMENT,
            "kind": ("Kind", _of("kind")),
            "result": ("Result", lambda row: "computed" if row.measure else SHOWN),
        },
        details=_tension,
        chosen=lambda row: row.kind != "slip",
    ),
    Page(
        name="browse-slips",
        title="Slips",
        table="tensions",
        lead="Slips of spelling, bibliography and boilerplate in the copies held. They stay out of the chapters and of "
        "every count of [tensions](browse-tensions.md).",
        columns=(*TENSION_COLUMNS, Column("Argument", 0.8, plain("argument"))),
        filters={**TEXT, **ARGUMENT},
        details=_tension,
        chosen=lambda row: row.kind == "slip",
    ),
)


def citation(page: Page, identifier: str) -> str:
    """How to cite a row: the book with its version, the row's id and where it stands."""
    return f"{book().citation} Row {identifier}, {page.name}.html#{identifier}."


def _row(page: Page, row: Row) -> str:
    fields = "".join(
        f' data-{field}="{escape(value)}"' for field, (_, of) in page.filters.items() if (value := of(row))
    )
    cells = []
    for number, column in enumerate(page.columns):
        cell = column.cell(row)
        kind = f' class="{cell.kind}"' if cell.kind else ""
        key = f' data-sort="{escape(cell.key)}"' if cell.key else ""
        tag = "td" if number else "th"
        scope = "" if number else ' scope="row"'
        cells.append(f"<{tag}{scope}{kind}{key}>{cell.html}</{tag}>")
    note = () if page.table == "tensions" else _text(row, "note")
    items = "".join(
        f"<dt>{term}</dt><dd>{html}</dd>" for term, html in (*page.details(row), *_uses(row), *note)
    )
    cite = f'<dt>Cite as</dt><dd class="cite">{escape(citation(page, row.id), quote=False)}</dd>'
    return (
        f'<tr id="{row.id}"{fields}>{"".join(cells)}<td class="more"><a class="self" href="#{row.id}">{row.id}</a>'
        f"<details><summary>Details</summary><dl>{items}{cite}</dl></details></td></tr>"
    )


def _turkish(text: str) -> list[tuple[int, str]]:
    alphabet = "aâbcçdefgğhıiîjklmnoöpqrsştuûüvwxyz"
    lower = text.replace("I", "ı").replace("İ", "i").lower()
    return [(alphabet.find(letter), letter) for letter in lower]


def _form(page: Page) -> str:
    selects = []
    for field, (label, of) in page.filters.items():
        values = {value for row in page.rows for value in of(row).split("; ") if value}
        options = "".join(f"<option>{escape(value)}</option>" for value in sorted(values, key=_turkish))
        selects.append(
            f'<p><label for="f-{field}">{label}</label><select id="f-{field}" name="{field}" data-field="{field}">'
            f'<option value="">all</option>{options}</select></p>'
        )
    within = "".join(
        f'<option value="{number}">{column.title}</option>' for number, column in enumerate(page.columns)
    )
    return (
        '<form class="browse" role="search" aria-label="Search and filter the table" hidden>'
        '<p class="search"><label for="f-q">Search</label>'
        '<input id="f-q" name="q" type="search" autocomplete="off" spellcheck="false"></p>'
        f'<p><label for="f-within">Search in</label><select id="f-within" name="within">'
        f'<option value="">everywhere</option>{within}</select></p>'
        f'{"".join(selects)}<p><button type="reset">Show all</button></p><output></output></form>'
    )


def _table(page: Page) -> str:
    widths = " ".join(f"minmax(0,{column.width:g}fr)" for column in page.columns)
    names = "".join(f";--c{n}:'{column.title}'" for n, column in enumerate(page.columns, start=1))
    heads = "".join(
        f'<th scope="col" data-sort-method="{column.sort}">{column.title}</th>' for column in page.columns
    )
    return "\n".join(
        [
            f'<div class="frame"><table class="browse" style="--columns:{widths}{names}">',
            f"<caption>{page.title} of the record, version {book().version}, in the order of the texts.</caption>",
            f'<thead><tr>{heads}<th class="end" scope="col" data-sort-method="none">Row</th></tr></thead><tbody>',
            *(_row(page, row) for row in page.rows),
            "</tbody></table></div>",
        ]
    )


def _downloads(page: Page) -> str:
    size = f"{len(page.rows):,}"
    found = (
        'the findings on all claims and tensions: <a href="data/verdicts.csv" download>CSV</a>, '
        '<a href="data/verdicts.json" download>JSON</a>; '
        if page.name in ("browse-claims", "browse-tensions")
        else ""
    )
    return (
        f"<p>{size} rows. Download the whole table {page.table}: "
        f'<a href="data/{page.table}.csv" download>CSV</a>, <a href="data/{page.table}.json" download>JSON</a>; '
        f'{found}the whole record: <a href="data/{ZIP}" download>zip</a>.</p>'
    )


def _linked(page: Page) -> str:
    """What a machine reads of the claims: nothing on the other pages."""
    files = {ZIP: "application/zip", "verdicts.csv": "text/csv", "verdicts.json": "application/json"}
    return "\n" + ledger.script(files) if page.table == "claims" else ""


def markdown(page: Page) -> str:
    """A page as MyST Markdown, its table as raw HTML."""
    others = "".join(
        f'<li><a href="{other.name}.html"{" aria-current=page" if other is page else ""}>{other.title}</a></li>'
        for other in PAGES
    )
    return f"""---
html_theme.sidebar_secondary.remove: true
---

# The record: {page.title.lower()}

{page.lead}

````{{raw}} html
<link rel="stylesheet" href="browse/browse.css">
<nav aria-label="Tables of the record"><ul class="browse-pages">{others}</ul></nav>
{_downloads(page)}
{_form(page)}
{_table(page)}
<script src="browse/tablesort.js" defer></script>
<script src="browse/browse.js" defer></script>{_linked(page)}
````
"""


# --- downloads -----------------------------------------------------------------------------------


def as_json(table: str) -> str:
    """A table of the record as JSON: a list of rows, numbers as numbers, an empty number or day as null."""
    rows = [row.model_dump(mode="json") for row in record().rows[table].values()]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_zip(folder: Path = DATA) -> bytes:
    """Every file of the record in one zip, whose bytes depend on nothing but theirs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def write(folder: Path) -> None:
    """Write the pages, and the tables to download, into a staged folder of chapters."""
    for page in PAGES:
        (folder / f"{page.name}.md").write_text(markdown(page), encoding="utf-8")
    data = folder / "_extra" / "data"
    data.mkdir(parents=True, exist_ok=True)
    for table in dict.fromkeys(page.table for page in PAGES):
        source = DATA / f"{table}.csv"
        (data / source.name).write_bytes(source.read_bytes())
        (data / f"{table}.json").write_text(as_json(table), encoding="utf-8")
    (data / ZIP).write_bytes(as_zip())
    ledger.write(data)
