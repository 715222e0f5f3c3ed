"""What the head of every page says of it to those who collect references: Zotero, Google Scholar, search engines.

A Sphinx extension. Each page gets `citation_*` tags, Dublin Core, Open Graph and schema.org JSON-LD, all from its
`Reference`. Pages that nobody cites (search, index) get none.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

from asprinted.book import book, day_of, licence, released
from asprinted.citations import (
    Reference,
    address,
    book_reference,
    figure_reference,
    full,
    page_reference,
    text_reference,
)
from asprinted.figures import FIGURES
from asprinted.record import record

CLAIMS = "browse-claims"  # the page that carries the record as linked data, from `press.ledger`
PDF = "downloads/as-printed.pdf"
UNCITED = {"search", "genindex"}
DC_TYPES = {"book": "Book", "chapter": "BookChapter", "figure": "StillImage"}
OG_TYPES = {"book": "book", "chapter": "article", "figure": "article"}


def reference_of(pagename: str, title: str) -> Reference | None:
    """What a page is cited as: the book, a figure, or a chapter of its title; None if nobody cites it."""
    if pagename in UNCITED or not title:
        return None
    if pagename == "index":
        return book_reference()
    folder, _, name = pagename.rpartition("/")
    return (
        figure_reference(name) if folder == "figures" and name in FIGURES else page_reference(pagename, title)
    )


# --- tags ----------------------------------------------------------------------------------------


def _citation_tags(found: Reference, pdf: bool) -> list[tuple[str, str]]:
    """Highwire tags. The comma after a body's name keeps readers from splitting it into given and family name."""
    inside = found.container_title
    return [
        ("citation_title", found.title),
        *(
            ("citation_author", f"{name.literal}," if name.literal else name.inverted)
            for name in found.author
        ),
        ("citation_publication_date", f"{day_of(found.version):%Y/%m/%d}"),
        ("citation_inbook_title", inside),
        ("citation_book_title", inside),
        ("citation_publisher", found.publisher),
        ("citation_language", found.language),
        ("citation_doi", found.DOI),
        ("citation_public_url", found.URL),
        ("citation_fulltext_html_url", found.URL if found.type != "figure" else ""),
        ("citation_pdf_url", address(PDF) if pdf and book().url and found.type == "book" else ""),
    ]


def _dublin_core(found: Reference) -> list[tuple[str, str]]:
    return [
        ("DC.title", found.title),
        *(("DC.creator", name.inverted) for name in found.author),
        ("DC.date", day_of(found.version).isoformat()),
        ("DC.type", DC_TYPES[found.type]),
        ("DC.language", found.language),
        ("DC.rights", licence().url),
        (
            "DC.identifier",
            f"doi:{found.DOI}" if found.DOI else found.URL or f"{found.id}, version {found.version}",
        ),
    ]


def _open_graph(found: Reference) -> list[tuple[str, str]]:
    return [
        ("og:title", found.title),
        ("og:type", OG_TYPES[found.type]),
        ("og:site_name", book().name),
        ("og:url", found.URL),
        ("og:image", address(f"figures/{found.id}.png") if found.type == "figure" and book().url else ""),
    ]


def tags(found: Reference, pdf: bool = False) -> str:
    """The meta elements of an item; `pdf` says whether the site carries the book as PDF."""

    def metas(attribute: str, pairs: list[tuple[str, str]]) -> list[str]:
        return [f'<meta {attribute}="{name}" content="{escape(value)}">' for name, value in pairs if value]

    lines = metas("name", _citation_tags(found, pdf) + _dublin_core(found))
    return "\n".join([*lines, *metas("property", _open_graph(found))])


# --- linked data ---------------------------------------------------------------------------------


def _contributors() -> dict[str, str]:
    return {"@type": "Organization", "name": book().authors}


def _about(found: Reference) -> dict[str, Any]:
    """What is said of every item in the same way."""
    said = {
        "name": found.title,
        "author": _contributors(),
        "publisher": _contributors(),
        "datePublished": day_of(found.version).isoformat(),
        "version": found.version,
        "creativeWorkStatus": "" if released(found.version) else "Draft",
        "inLanguage": found.language,
        "license": licence().url,
        "creditText": full(found),
        "url": found.URL,
        "identifier": f"https://doi.org/{found.DOI}" if found.DOI and found.type == "book" else "",
    }
    return {name: value for name, value in said.items() if value}


def _text(key: str, to: str) -> dict[str, Any]:
    found = text_reference(key)
    return {
        "@type": "CreativeWork",
        "@id": f"{to}{CLAIMS}.html#{key}",
        "name": found.title,
        "author": [
            {"@type": "Organization" if name.literal else "Person", "name": name.plain}
            for name in found.author
        ],
        "datePublished": str(found.issued[0]),
    }


def _book_id(to: str) -> str:
    return f"{to}index.html#book"


def _in_book(to: str) -> dict[str, str]:
    return {"@type": "Book", "@id": _book_id(to), "name": book().title}


def _book(found: Reference, to: str) -> dict[str, Any]:
    return {
        "@type": "Book",
        "@id": _book_id(to),
        "alternateName": book().name,
        **_about(found),
        "isBasedOn": [_text(key, to) for key in record().rows["texts"]],
        "hasPart": {"@type": "Dataset", "@id": f"{to}{CLAIMS}.html#record"},
    }


def _chapter(found: Reference, to: str) -> dict[str, Any]:
    return {"@type": "Chapter", "@id": f"{to}{found.path}", **_about(found), "isPartOf": _in_book(to)}


def _file(found: Reference, to: str, ending: str, form: str) -> dict[str, str]:
    url = address(f"figures/{found.id}.{ending}") if book().url else f"{to}figures/{found.id}.{ending}"
    return {"contentUrl": url, "encodingFormat": form}


def _figure(found: Reference, to: str) -> dict[str, Any]:
    chapter = FIGURES[found.id].chapter
    return {
        "@type": "ImageObject",
        "@id": f"{to}{found.path}",
        **_about(found),
        **_file(found, to, "png", "image/png"),
        "creator": _contributors(),
        "copyrightNotice": f"© {found.issued[0]} {book().authors}. {licence().title}",
        "acquireLicensePage": licence().url,
        "associatedMedia": [
            {"@type": "MediaObject", **_file(found, to, "svg", "image/svg+xml")},
            {"@type": "MediaObject", **_file(found, to, "pdf", "application/pdf")},
            {"@type": "DataDownload", **_file(found, to, "csv", "text/csv")},
        ],
        "isPartOf": [_in_book(to), {"@type": "Chapter", "@id": f"{to}{chapter}.html"}],
        "isBasedOn": [_text(key, to) for key in found.sources],
    }


def _table(found: Reference, to: str) -> dict[str, Any]:
    """A browse page as a part of the record, which `press.ledger` describes on the page of the claims."""
    return {
        "@type": "Dataset",
        "@id": f"{to}{found.path}#table",
        **_about(found),
        "description": f"A table of {book().title}: each row with the phrase that prints it.",
        "creator": _contributors(),
        "isPartOf": {"@type": "Dataset", "@id": f"{to}{CLAIMS}.html#record"},
    }


def linked_data(found: Reference) -> dict[str, Any]:
    """An item as schema.org says it: Book, Chapter, ImageObject, and Dataset for a browse page.

    Identifiers are relative to the page, so that they hold in any place the book is put.
    """
    to = "../" * found.path.count("/")
    if found.type == "book":
        graph = [_book(found, to)]
    elif found.type == "figure":
        graph = [_figure(found, to)]
    else:
        graph = [_chapter(found, to)]
        if found.id.startswith("browse-") and found.id != CLAIMS:
            graph.append(_table(found, to))
    return {"@context": "https://schema.org", "@graph": graph}


def script(found: Reference) -> str:
    """The linked data as a script element; nothing in it can end the element."""
    text = json.dumps(linked_data(found), ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


# --- the extension -------------------------------------------------------------------------------


def add(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Add its tags and linked data to the head of a page."""
    title = str(Markup(context.get("title") or "").striptags())
    if found := reference_of(pagename, title):
        pdf = (Path(app.srcdir) / "_extra" / PDF).exists()
        context["metatags"] = "\n".join([context.get("metatags") or "", tags(found, pdf), script(found)])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("html-page-context", add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
