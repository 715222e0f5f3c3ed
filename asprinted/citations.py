"""Citations of the book, of its chapters, figures, numbers and verdicts, and of the works it cites.

A `Reference` holds what CSL-JSON holds of an item; every form of citation is written from it alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

import latexcodec  # noqa: F401  registers the codec "latex"
from pybtex.database import Entry, Person, parse_file
from pybtex.richtext import Text

from asprinted.book import ROOT, book, day_of, released
from asprinted.figures import figure
from asprinted.record import record
from asprinted.rows import as_printed
from asprinted.verdicts import verdict

CHAPTERS = ROOT / "chapters"


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or a body that has a `literal` name only."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def inverted(self) -> str:
        """Family name first; a body as it is."""
        return self.literal or ", ".join(filter(None, (self.family, self.given)))

    @property
    def plain(self) -> str:
        """As one says it."""
        return self.literal or " ".join(filter(None, (self.given, self.family)))


@dataclass(frozen=True, slots=True)
class Reference:
    """One item to be cited, with the variables of CSL-JSON; empty where the item has none.

    `path` is its address within the book, `sources` the keys of the texts whose figures it draws on.
    """

    id: str
    type: str
    title: str
    author: tuple[Name, ...]
    issued: tuple[int, ...]
    version: str = ""
    container_title: str = ""
    editor: tuple[Name, ...] = ()
    publisher: str = ""
    publisher_place: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    genre: str = ""
    note: str = ""
    language: str = ""
    URL: str = ""
    DOI: str = ""
    path: str = ""
    sources: tuple[str, ...] = ()

    @property
    def stated_version(self) -> str:
        """Its version as a citation says it: of one that is at work, that it is not released."""
        at_work = bool(self.version) and not released(self.version)
        return f"{self.version} (unreleased)" if at_work else self.version


# --- what is cited -------------------------------------------------------------------------------


def address(path: str) -> str:
    """The public address of a page of the book; its path within the book as long as there is none."""
    return f"{book().url.rstrip('/')}/{path}" if book().url else path


def _own(path: str, version: str = "") -> dict:
    """What all items of the book share; without a version, that of the book."""
    found = book()
    version = version or found.version
    return {
        "author": (Name(literal=found.authors),),
        "issued": (day_of(version).year,),
        "version": version,
        "publisher": found.authors,
        "language": "en",
        "URL": address(path) if found.url else "",
        "DOI": found.doi or "",
        "path": path,
    }


def book_reference() -> Reference:
    """The book."""
    return Reference(id="as-printed", type="book", title=book().title, **_own("index.html"))


@cache
def chapter_title(stem: str) -> str:
    """The heading of a page of the book. Raises KeyError for an unknown page, ValueError if it has no heading."""
    notebook, page = CHAPTERS / f"{stem}.ipynb", CHAPTERS / f"{stem}.md"
    if notebook.exists():
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    elif page.exists():
        text = page.read_text(encoding="utf-8")
    else:
        raise KeyError(f"no page {stem!r} in the book")
    heading = re.search(r"^# (.+)$", text, re.MULTILINE)
    if not heading:
        raise ValueError(f"{stem} has no heading")
    return heading[1].strip()


def page_reference(stem: str, title: str) -> Reference:
    """A page of the book under a title, by its address without its ending."""
    return Reference(
        id=stem, type="chapter", title=title, container_title=book().title, **_own(f"{stem}.html")
    )


def chapter_reference(stem: str) -> Reference:
    """A chapter, or another page that is written and not made, by the stem of its file. Raises KeyError."""
    return page_reference(stem, chapter_title(stem))


def _texts_of(identifiers: Iterable[str]) -> tuple[str, ...]:
    rows = record().rows
    found = {
        table[identifier].text
        for identifier in identifiers
        for name, table in rows.items()
        if name != "texts" and identifier in table and hasattr(table[identifier], "text")
    }
    return tuple(key for key in rows["texts"] if key in found)


def figure_sources(figure_id: str) -> tuple[str, ...]:
    """Keys of the texts whose figures a figure draws: those of its rows, else of its claims, else all."""
    entry = figure(figure_id)
    return _texts_of(entry.rows) or _texts_of(entry.claims) or tuple(record().rows["texts"])


def figure_reference(figure_id: str) -> Reference:
    """A figure in the version in which it last changed. Raises KeyError for an unknown id."""
    entry = figure(figure_id)
    return Reference(
        id=entry.id,
        type="figure",
        title=entry.title,
        container_title=book().title,
        number=entry.id,
        genre="Figure",
        sources=figure_sources(figure_id),
        **_own(f"figures/{entry.id}.html", entry.changed),
    )


def _printed_at(row) -> str:
    return f"printed in {credit(row.text)}, paragraph {row.paragraph}: “{row.printed}”"


def number_reference(quantity_id: str) -> Reference:
    """A printed number, as the record has it. Raises KeyError for an unknown id."""
    row = record().rows["quantities"][quantity_id]
    what = ", ".join(filter(None, (row.quantity, row.period)))
    return Reference(
        id=row.id,
        type="entry",
        title=f"{as_printed(row)}: {what}",
        container_title=book().title,
        number=row.id,
        genre="Printed number",
        note=_printed_at(row),
        sources=(row.text,),
        **_own(f"browse-quantities.html#{row.id}"),
    )


def verdict_reference(claim_id: str) -> Reference:
    """The verdict on a claim. Raises KeyError for an unknown id."""
    row = record().rows["claims"][claim_id]
    found = verdict(row.id).headline
    return Reference(
        id=row.id,
        type="entry",
        title=f"{found[:1].upper()}{found[1:]}: verdict on the claim “{row.claim.rstrip('.')}”",
        container_title=book().title,
        number=row.id,
        genre="Verdict",
        note=_printed_at(row),
        sources=(row.text,),
        **_own(f"browse-claims.html#{row.id}"),
    )


@cache
def _works() -> dict[str, Entry]:
    return dict(parse_file(CHAPTERS / "references.bib", bib_format="bibtex").entries)


def work_keys() -> list[str]:
    """The keys of the bibliography, in its order."""
    return list(_works())


def _unicode(latex: str) -> str:
    return str(Text.from_latex(latex)).replace("'", "’")


def _name(person: Person) -> Name:
    given = " ".join(map(_unicode, (*person.first_names, *person.middle_names)))
    family = " ".join(map(_unicode, (*person.prelast_names, *person.last_names, *person.lineage_names)))
    return Name(family, given) if given else Name(literal=family)


CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "techreport": "report",
}


@cache
def work_reference(key: str) -> Reference:
    """A work of the bibliography, by its key in `references.bib`. Raises KeyError for an unknown one."""
    entry = _works()[key]
    fields = {name: _unicode(value) for name, value in entry.fields.items()}
    return Reference(
        id=key,
        type=CSL_TYPES[entry.type],
        title=fields["title"],
        author=tuple(map(_name, entry.persons["author"])),
        issued=(int(fields["year"]),),
        container_title=fields.get("journal", fields.get("booktitle", "")),
        editor=tuple(map(_name, entry.persons.get("editor", ()))),
        publisher=fields.get("publisher", fields.get("institution", "")),
        publisher_place=fields.get("address", ""),
        volume=fields.get("volume", ""),
        issue=fields.get("number", "") if entry.type == "article" else "",
        page=fields.get("pages", ""),
        number=fields.get("number", "") if entry.type != "article" else "",
        genre=fields.get("type", ""),
        DOI=entry.fields.get("doi", ""),
        URL=entry.fields.get("url", ""),
    )


def text_reference(key: str) -> Reference:
    """One of the three texts, by its key in the record. Raises KeyError for an unknown one."""
    row = record().rows["texts"][key]
    return work_reference(re.sub(r"(\d+)$", r"_\1", row.text))


def credit(key: str) -> str:
    """A text as it is named in a citation: authors, year and title."""
    text = text_reference(key)
    return f"{_joined([name.plain for name in text.author])} ({text.issued[0]}), “{text.title}”"


def latest(reference: Reference) -> Reference:
    """The same item in whatever version is current when it is looked up: without version, with the DOI of all."""
    return replace(reference, version="", DOI=book().concept or "")


# --- the forms -----------------------------------------------------------------------------------


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _inner(text: str) -> str:
    """A text to be set in quotation marks."""
    return text.replace("“", "‘").replace("”", "’")


def _version(reference: Reference) -> str:
    return f"version {reference.stated_version}" if reference.version else "latest version"


def short(reference: Reference) -> str:
    """The book, the id and the version; author and year for a work that is not ours."""
    if not reference.path:
        return f"{_joined([n.family or n.literal for n in reference.author])} ({reference.issued[0]})"
    part = reference.id if reference.type != "book" else ""
    return ", ".join(filter(None, (book().name, part, _version(reference))))


def _rests_on(reference: Reference) -> str:
    """The printed place of a number or a claim; the texts whose figures a figure draws."""
    if reference.note or not reference.sources:
        return reference.note
    return "drawn from the figures of " + "; ".join(map(credit, reference.sources))


def _within(reference: Reference) -> str:
    """Where an item stands in the book, as long as it has no public address."""
    inside = reference.path and reference.type != "book" and not reference.URL
    return f"at {reference.path} within the book" if inside else ""


def _where(reference: Reference) -> str:
    doi = f"https://doi.org/{reference.DOI}" if reference.DOI else ""
    return ", ".join(filter(None, (_within(reference), doi, reference.URL)))


def _full_own(reference: Reference) -> str:
    book_itself = reference.type == "book"
    parts = (
        f"{reference.author[0].plain} ({reference.issued[0]})",
        reference.title if book_itself else f"“{_inner(reference.title)}”",
        f"{reference.genre} {reference.number}".strip().lower(),
        _version(reference),
        _rests_on(reference),
        "" if book_itself else f"in {reference.container_title}",
    )
    return ", ".join(filter(None, parts))


def _full_other(reference: Reference) -> str:
    author = _joined([name.plain for name in reference.author])
    quoted = reference.type in ("article-journal", "chapter")
    title = f"“{_inner(reference.title)}”" if quoted else reference.title
    editors = _joined([name.plain for name in reference.editor]) if reference.editor else ""
    volume = reference.volume + (f"({reference.issue})" if reference.issue else "")
    publisher = reference.publisher if reference.publisher != author else ""
    parts = (
        f"{author} ({reference.issued[0]})",
        title,
        f"in {reference.container_title}" if reference.type == "chapter" else "",
        f"{reference.container_title} {volume}".strip() if reference.type == "article-journal" else "",
        f"edited by {editors}" if editors else "",
        " ".join(filter(None, (reference.genre, reference.number))),
        ": ".join(filter(None, (reference.publisher_place, publisher))),
        f"pp. {reference.page}" if reference.page else "",
    )
    return ", ".join(filter(None, parts))


def full(reference: Reference) -> str:
    """The citation as a sentence: who, when, what, drawn from which texts, in which book, version and address."""
    found = _full_own(reference) if reference.path else _full_other(reference)
    where = _where(reference)
    return f"{found}, {where}." if where else f"{found}."


def csl(reference: Reference) -> dict:
    """The item as CSL-JSON.

    Styles print neither a note nor an address within a book: what an item rests on stands under `references`
    too, and its address, as long as there is no public one, as that of an archive.
    """

    def names(found: tuple[Name, ...]) -> list[dict[str, str]]:
        return [
            {"literal": n.literal} if n.literal else {"family": n.family, "given": n.given} for n in found
        ]

    item = {
        "id": reference.id,
        "type": reference.type,
        "title": reference.title,
        "author": names(reference.author),
        "editor": names(reference.editor),
        "issued": {"date-parts": [list(reference.issued)]},
        "version": reference.stated_version,
        "container-title": reference.container_title,
        "publisher": reference.publisher,
        "publisher-place": reference.publisher_place,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.page,
        "number": reference.number,
        "genre": reference.genre,
        "references": _sentence(_rests_on(reference)),
        "archive": book().name if _within(reference) else "",
        "archive_location": f"at {reference.path}" if _within(reference) else "",
        "note": note(reference),
        "language": reference.language,
        "DOI": reference.DOI,
        "URL": reference.URL,
    }
    return {name: value for name, value in item.items() if value}


def note(reference: Reference) -> str:
    """What no field of a format holds: on what print an item rests, and where it stands without an address."""
    said = (_rests_on(reference), _within(reference))
    return ". ".join(_sentence(text) for text in said if text)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def latex(text: str) -> str:
    """A text in the ASCII of classic BibTeX: each accented letter, and each sign with a name, in braces of its own."""

    def letter(character: str) -> str:
        written = character.encode("latex").decode("ascii")
        command = written.startswith("\\") and (ord(character) > 127 or written[1:].isalpha())
        return f"{{{written}}}" if command else written

    return "".join(map(letter, text))


def _kept(title: str) -> str:
    """A title whose capitals, the first aside, a style must keep."""
    words = title.split(" ")
    kept = [
        f"{{{latex(word)}}}" if re.search(r"[^\W\d_]", word) and word != word.lower() else latex(word)
        for word in words[1:]
    ]
    return " ".join([latex(words[0]), *kept])


BIBTEX_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "figure": "misc",
    "entry": "misc",
}


def bibtex(reference: Reference) -> str:
    """The item as a BibTeX entry, for BibTeX and biblatex alike."""
    kind = BIBTEX_TYPES[reference.type]

    def names(found: tuple[Name, ...]) -> str:
        return " and ".join(f"{{{latex(n.literal)}}}" if n.literal else latex(n.inverted) for n in found)

    inside = (
        f"{reference.genre} {reference.number} in \\emph{{{latex(reference.container_title)}}}"
        if kind == "misc"
        else ""
    )
    version = _version(reference).capitalize() if reference.path else ""
    fields = {
        "author": names(reference.author),
        "title": _kept(reference.title),
        "journal": latex(reference.container_title) if kind == "article" else "",
        "booktitle": _kept(reference.container_title) if kind == "incollection" else "",
        "editor": names(reference.editor),
        "howpublished": inside,
        "type": latex(reference.genre) if kind == "techreport" else "",
        "institution" if kind == "techreport" else "publisher": ""
        if kind == "misc"
        else latex(reference.publisher),
        "address": latex(reference.publisher_place),
        "volume": reference.volume,
        "number": latex(reference.issue or ("" if kind == "misc" else reference.number)),
        "pages": latex(reference.page),
        "year": str(reference.issued[0]),
        "note": latex(". ".join(filter(None, (version, note(reference))))),
        "doi": reference.DOI,
        "url": reference.URL,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{reference.id},\n" + ",\n".join(lines) + "\n}\n"


RIS_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "figure": "CHAP",  # programs take FIGURE for a work of art, which is in no book
    "entry": "DATA",
}


def ris(reference: Reference) -> str:
    """The item in RIS, each line ended as the format asks (CR LF)."""
    start, _, end = reference.page.partition("–")
    journal = reference.type == "article-journal"
    lines = [
        ("TY", RIS_TYPES[reference.type]),
        ("ID", reference.id),
        *(("AU", name.inverted) for name in reference.author),
        ("TI", reference.title),
        ("JO" if journal else "T2", reference.container_title),
        *(("ED", name.inverted) for name in reference.editor),
        ("PY", str(reference.issued[0])),
        ("ET", reference.stated_version),
        ("VL", reference.volume),
        ("IS", reference.issue or reference.number),
        ("SP", start),
        ("EP", end),
        ("PB", reference.publisher),
        ("CY", reference.publisher_place),
        ("M3", reference.genre),
        ("LA", reference.language),
        ("N1", note(reference)),
        ("DO", reference.DOI),
        ("UR", reference.URL),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def forms(reference: Reference) -> dict[str, str]:
    """The citation in every form: `short`, `full`, `bibtex`, `ris` and `csl` (CSL-JSON)."""
    return {
        "short": short(reference),
        "full": full(reference),
        "bibtex": bibtex(reference),
        "ris": ris(reference),
        "csl": json.dumps([csl(reference)], ensure_ascii=False, indent=2) + "\n",
    }
