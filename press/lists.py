"""The lists at the end of the book: its figures, its tables, its printed numbers, and what uses each paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from asprinted.citations import chapter_title, credit
from asprinted.display import decimal
from asprinted.figures import FIGURES
from asprinted.record import Row, record
from asprinted.rows import as_printed
from asprinted.texts import TEXTS, short_name
from press import browse, chapter_tables
from press.bundles import shown_in
from press.site_hooks import UNSEARCHED
from press.sources import KINDS, arguments, figures_using, link, of_a_whole_table, texts

LISTS = {
    "list-of-figures": "List of figures",
    "list-of-tables": "List of tables",
    "list-of-numbers": "List of printed numbers",
    "figures-by-paragraph": "From paragraphs to figures",
}


def _page(name: str, *parts: str) -> str:
    head = "---\nhtml_theme.sidebar_secondary.remove: true\n---"
    return "\n\n".join((head, f"# {LISTS[name]}", *parts)) + "\n"


def _raw(html: str) -> str:
    return f"````{{raw}} html\n{html}\n````"


# --- figures -------------------------------------------------------------------------------------


def _card(identifier: str) -> str:
    entry = FIGURES[identifier]
    about = (
        f'data-texts="{escape(" ".join(texts(entry)))}" data-arguments="{escape(" ".join(arguments(entry)))}"'
    )
    return (
        f'<li {about}><a href="figures/{identifier}.html"><img src="figures/thumbnails/{identifier}.webp" alt="" '
        f'loading="lazy"><span class="number"><!-- number of {identifier} --></span> '
        f"<strong>{escape(entry.title, quote=False)}</strong></a>"
        f'<a class="in" href="{entry.chapter}.html#{identifier}">In its chapter<span class="for">: {identifier}</span></a></li>'
    )


def _select(name: str, label: str, values: dict[str, str]) -> str:
    options = "".join(f'<option value="{value}">{escape(said)}</option>' for value, said in values.items())
    return (
        f'<p><label for="f-{name}">{label}</label><select id="f-{name}" name="{name}">'
        f'<option value="">all</option>{options}</select></p>'
    )


def list_of_figures() -> str:
    """Every figure by chapter in the order of the book, with a small picture; a script filters by text and argument."""
    by_chapter = {page: list(shown_in(page)) for page in chapter_tables.pages()}
    kinds = sorted({argument for entry in FIGURES.values() for argument in arguments(entry)})
    texts = {key: short_name(key) for key in TEXTS}
    form = (
        '<form class="gallery-filter pst-js-only" aria-label="Filter the figures">'
        f"{_select('texts', 'Text', texts)}{_select('arguments', 'Argument', dict(zip(kinds, kinds, strict=True)))}"
        f'<p><button type="reset">Show all</button></p><output>{len(FIGURES)} of {len(FIGURES)} figures</output></form>'
    )
    found = [_raw(form)]
    for page, identifiers in by_chapter.items():
        if identifiers:
            cards = "".join(map(_card, identifiers))
            found += [f"## {chapter_title(page)}", _raw(f'<ul class="gallery">{cards}</ul>')]
    found.append(_raw('<script src="lists/gallery.js" defer></script>'))
    lead = (
        "Every figure of the book. Its page has the files to download, the citation, the long description, the data "
        "as a table and every printed phrase behind it."
    )
    return _page("list-of-figures", lead, *found)


# --- tables --------------------------------------------------------------------------------------


def list_of_tables() -> str:
    """Every table of the chapters with its caption, and the tables of the record."""
    found = []
    for chapter, rows in groupby(chapter_tables.tables(), key=lambda table: table.chapter):
        items = "".join(
            f'<li><a href="{chapter}.html#{row.id}">Table {row.number}</a>. {escape(row.caption, quote=False)}</li>'
            for row in rows
        )
        found += [f"## {chapter_title(chapter)}", _raw(f'<ul class="tables">{items}</ul>')]
    items = "".join(
        f'<li><a href="{page.name}.html">{page.title}</a>: {len(page.rows):,} rows</li>'
        for page in browse.PAGES
    )
    found += ["## The record", _raw(f'<ul class="tables">{items}</ul>')]
    lead = "Every table of the chapters by its caption. A number may move as the book grows; the address of a table stays."
    return _page("list-of-tables", lead, *found)


# --- numbers -------------------------------------------------------------------------------------


def _whole() -> str:
    """The figures that draw on every row of a table: named once, and left out of the rows."""
    items = "; ".join(
        f"{link(identifier)} (every {KINDS[table]})" for identifier, table in of_a_whole_table().items()
    )
    return _raw(f"<p>Left out below, since they draw on every row of a table of the record: {items}.</p>")


def _links(identifiers: Iterable[str]) -> str:
    return ", ".join(map(link, identifiers)) or "—"


def _number(row: Row) -> str:
    used = browse.users().get(row.id, {})
    period = f", {row.period}" if row.period else ""
    return (
        f'<tr id="n-{row.id}"><th scope="row"><a href="browse-quantities.html#{row.id}">'
        f"{escape(as_printed(row), quote=False)}</a></th>"
        f"<td>{escape(row.quantity + period, quote=False)}</td><td>{row.text} ¶{row.paragraph}</td>"
        f"<td>{_links(figures_using(row.id))}</td>"
        f"<td>{_links([*used.get('Claims', ()), *used.get('Tensions', ())])}</td></tr>"
    )


def _table(caption: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<div class="scrolls" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="figure-table links"><caption>{escape(caption, quote=False)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def list_of_numbers() -> str:
    """Every printed number of the record, text by text, with the figures, claims and tensions that use it."""
    heads = ["As printed", "What it measures", "Place", "Figures", "Claims and tensions"]
    found = []
    for text in record().rows["texts"]:
        rows = [row for row in record().rows["quantities"].values() if row.text == text]
        caption = f"Numbers printed in {text}, and where this book uses them"
        found += [f"## {credit(text)}", _raw(UNSEARCHED + _table(caption, heads, map(_number, rows)))]
    lead = (
        "Every printed number that measures something, in the order of the texts, with the figures that draw it and the "
        "claims and tensions that are computed from it. Its phrase, the values that it allows and its citation stand "
        "behind [the number itself](browse-quantities.md)."
    )
    return _page("list-of-numbers", lead, _whole(), *found)


# --- paragraphs ----------------------------------------------------------------------------------


def by_paragraph() -> dict[tuple[str, int], dict[str, list[str]]]:
    """For each paragraph with rows of the record: the figures that draw on it, and the claims that stand there or use it.

    A row counts for each of its places; figures that draw on every row of a table are left out.
    """
    places: dict[tuple[str, int], list[str]] = {}
    for table in KINDS:
        for row in record().rows[table].values():
            for key in dict.fromkeys(_places(row)):
                places.setdefault(key, []).append(row.id)
    order = list(record().rows["texts"])
    found = {}
    for key in sorted(places, key=lambda key: (order.index(key[0]), key[1])):
        figures = dict.fromkeys(figure for row in places[key] for figure in figures_using(row))
        claims = dict.fromkeys(
            claim
            for row in places[key]
            for claim in (
                *([row] if row in record().rows["claims"] else ()),
                *browse.users().get(row, {}).get("Claims", ()),
            )
        )
        found[key] = {"figures": list(figures), "claims": list(claims)}
    return found


def _places(row: Row) -> list[tuple[str, int]]:
    """The paragraphs that a row points at."""
    found = [(row.text, row.paragraph)]
    if getattr(row, "date_printed", ""):
        found.append((row.text, row.date_paragraph))
    if getattr(row, "printed_b", ""):
        found.append((row.text_b, row.paragraph_b))
    return found


def _paragraph(text: str, number: int, used: dict[str, list[str]]) -> str:
    return (
        f'<tr id="p-{text}-{number}"><th scope="row">¶{decimal(number, 0)}</th>'
        f"<td>{_links(used['figures'])}</td><td>{_links(used['claims'])}</td></tr>"
    )


def figures_by_paragraph() -> str:
    """Every paragraph that a figure or a claim uses, with them, text by text."""
    found = []
    for text, keys in groupby(by_paragraph().items(), key=lambda item: item[0][0]):
        rows = [_paragraph(*key, used) for key, used in keys if used["figures"] or used["claims"]]
        caption = f"Paragraphs of {text}, and the figures and claims that use them"
        found += [
            f"## {credit(text)}",
            _raw(UNSEARCHED + _table(caption, ["Paragraph", "Figures", "Claims"], rows)),
        ]
    lead = (
        "From a paragraph of a text to the figures that draw on it, and to the claims that stand there or are computed "
        "from what it prints. Paragraphs are the blocks of a text between blank lines, counted from the first; one that "
        "nothing uses is not listed."
    )
    return _page("figures-by-paragraph", lead, _whole(), *found)


def write(chapters: Path) -> None:
    """Write the lists into a staged folder of chapters."""
    pages = {
        "list-of-figures": list_of_figures,
        "list-of-tables": list_of_tables,
        "list-of-numbers": list_of_numbers,
        "figures-by-paragraph": figures_by_paragraph,
    }
    for name, page in pages.items():
        (chapters / f"{name}.md").write_text(page(), encoding="utf-8")
